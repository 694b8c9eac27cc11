//! What a check of the whole log found.

use super::{grouped, trail};
use crate::day::Moment;
use crate::page::Page;
use crate::ui::{Notice, Sheet, Submit, Tone};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// How the last check went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CheckState {
    /// None was made since the server started.
    #[default]
    NotYet,
    /// Nothing differs.
    Whole {
        /// When.
        at: Moment,
        /// Leaves that were read.
        leaves: u64,
        /// Records that were compared.
        rows: u64,
    },
    /// Something differs.
    Different {
        /// When.
        at: Moment,
        /// In how many ways.
        ways: u64,
    },
}

impl CheckState {
    /// What it means, in a notice.
    pub(super) fn notice(self, lang: Lang) -> AnyView {
        match self {
            Self::NotYet => {
                let title = say!(
                    lang,
                    "サーバーを起動してから、まだ検証していません",
                    "Not checked since the server started"
                );
                view! { <Notice tone=Tone::Info title=title/> }.into_any()
            }
            Self::Whole { at, leaves, rows } => {
                let (at, leaves, rows) = (at.seconds(lang), grouped(leaves), grouped(rows));
                let title =
                    say!(lang, "{at} の検証で、相違はありませんでした", "Checked on {at}: nothing differs");
                view! {
                    <Notice tone=Tone::Done title=title>
                        <p>{say!(
                            lang,
                            "証跡{leaves}件を初めから読み直し、署名と記録{rows}件に照らし合わせました。",
                            "{leaves} leaves were read from the first on and compared with the signatures and {rows} records.",
                        )}</p>
                    </Notice>
                }
                .into_any()
            }
            Self::Different { at, ways } => {
                let at = at.seconds(lang);
                let title = say!(
                    lang,
                    "{at} の検証で、相違が{ways}種類見つかりました",
                    "Checked on {at}: it differs in {ways} ways"
                );
                view! {
                    <Notice tone=Tone::Warn title=title>
                        <p><a href=paths::AUDIT_CHECK>{say!(lang, "相違の場所を見る", "See where")}</a></p>
                    </Notice>
                }
                .into_any()
            }
        }
    }
}

/// One log in a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckLine {
    /// The log.
    pub log: String,
    /// Leaves that were read.
    pub leaves: u64,
    /// Of these, covered by a checkpoint.
    pub signed: u64,
    /// Records that were compared.
    pub rows: u64,
    /// What differs, a sentence each, with its place.
    pub differences: Vec<String>,
}

/// The result, log by log. POST to `action` checks again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckPage {
    /// How it went.
    pub state: CheckState,
    /// Each log, newest first.
    pub logs: Vec<CheckLine>,
    /// Where to ask for another check.
    pub action: String,
}

impl Page for CheckPage {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "証跡の検証", "Check of the log")
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { state, logs, action } = self;
        let table = (!logs.is_empty()).then(|| table(&logs, lang));
        let different = logs
            .into_iter()
            .filter(|line| !line.differences.is_empty())
            .enumerate()
            .map(|(n, line)| {
                let CheckLine { log, differences, .. } = line;
                let id = format!("different-{n}");
                let named = id.clone();
                let differences = differences.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
                view! {
                    <section class="audit__part" aria-labelledby=named>
                        <h2 id=id>{say!(lang, "相違のある場所：", "Where it differs: ")}<code>{log}</code></h2>
                        <ul class="audit__differences" role="list">{differences}</ul>
                    </section>
                }
            })
            .collect_view();
        let check = match state {
            CheckState::NotYet => say!(lang, "いま検証する", "Check now"),
            CheckState::Whole { .. } | CheckState::Different { .. } => {
                say!(lang, "もう一度検証する", "Check again")
            }
        };
        view! {
            <div class="audit">
                {trail(lang, None)}
                <h1>{say!(lang, "証跡の検証", "Check of the log")}</h1>
                {state.notice_plain(lang)}
                <form method="post" action=action>
                    <Submit words=check/>
                </form>
                {different}
                {table}
                <p class="audit__note">{say!(
                    lang,
                    "検証では、保存されたままの証跡から木を作り直し、署名済みのチェックポイントすべてと比べます。データベースの外に控えた分も含みます。\
                     続けて、割り当て、受講、解答、署名、修了、免除、教材の記録を、それぞれの証跡と一件ずつ比べます。",
                    "The check builds the tree anew from the leaves as they are stored and compares it with every signed checkpoint, those \
                     kept outside the database included. Then it compares each obligation, attempt, answer, signature, completion, exemption \
                     and content with its leaf.",
                )}</p>
            </div>
        }
        .into_any()
    }
}

impl CheckState {
    /// The same without the link to this very page.
    fn notice_plain(self, lang: Lang) -> AnyView {
        match self {
            Self::Different { at, ways } => {
                let at = at.seconds(lang);
                let title = say!(
                    lang,
                    "{at} の検証で、相違が{ways}種類見つかりました",
                    "Checked on {at}: it differs in {ways} ways"
                );
                view! {
                    <Notice tone=Tone::Warn title=title>
                        <p>{say!(
                            lang,
                            "この画面を保存します。次に、控えてあるチェックポイントと、監査用ファイルの検証の結果に照らし合わせます。",
                            "Keep this page. Then compare it with the checkpoints that you hold and with what checking the evidence pack shows.",
                        )}</p>
                    </Notice>
                }
                .into_any()
            }
            other => other.notice(lang),
        }
    }
}

fn table(logs: &[CheckLine], lang: Lang) -> AnyView {
    let heads = [
        say!(lang, "証跡ログ", "Log"),
        say!(lang, "証跡", "Leaves"),
        say!(lang, "署名済み", "Signed"),
        say!(lang, "照合した記録", "Records compared"),
        say!(lang, "結果", "Result"),
    ];
    let rows = logs
        .iter()
        .map(|line| {
            let result = if line.differences.is_empty() {
                say!(lang, "相違なし", "Nothing differs")
            } else {
                say!(lang, "相違あり", "Differs")
            };
            let [_, leaves, signed, rows, outcome] = heads.clone();
            view! {
                <tr>
                    <th scope="row"><code>{line.log.clone()}</code></th>
                    <td data-label=leaves class="number">{grouped(line.leaves)}</td>
                    <td data-label=signed class="number">{grouped(line.signed)}</td>
                    <td data-label=rows class="number">{grouped(line.rows)}</td>
                    <td data-label=outcome>{result}</td>
                </tr>
            }
        })
        .collect_view();
    let caption = say!(lang, "年度ごとの結果", "Year by year");
    let [log, leaves, signed, compared, outcome] = heads.clone();
    view! {
        <Sheet id="logs" caption>
            <thead>
                <tr>
                    <th scope="col">{log}</th>
                    <th scope="col" class="number">{leaves}</th>
                    <th scope="col" class="number">{signed}</th>
                    <th scope="col" class="number">{compared}</th>
                    <th scope="col">{outcome}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Sheet>
    }
    .into_any()
}
