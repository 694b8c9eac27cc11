//! The auditor's first page: the state of the evidence, the newest checkpoint, the pack, and the ways into the records.

use super::signed::{KeyChange, LogLine, Stamping, checkpoint, earlier_logs};
use super::witness::{self, Witnessing};
use super::{CheckState, Choice, grouped, options};
use crate::day::Moment;
use crate::page::Page;
use crate::ui::{Icon, Notice, SelectField, Shape, Submit, TextField, Tone, Weight};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// A log that had more leaves, or others, when it was signed, and was closed because of that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostLog {
    /// When somebody said so.
    pub at: Moment,
    /// Which log.
    pub log: String,
    /// How many leaves it has.
    pub found: u64,
    /// How many it is known to have had.
    pub signed: u64,
}

/// The first page. `find` is a GET form: `q`. The others are POST forms: `check_action` without fields, `pack_action` with `year` and
/// `department`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditTop {
    /// The logs, newest first.
    pub logs: Vec<LogLine>,
    /// The public key.
    pub vkey: String,
    /// The key with which the newest log began: its pack is checked with that one.
    pub pack_vkey: String,
    /// Its changes, the newest first.
    pub changes: Vec<KeyChange>,
    /// Why nothing is signed any more; a technical sentence.
    pub refusal: Option<String>,
    /// What was lost and written down as lost, the newest first.
    pub lost: Vec<LostLog>,
    /// How it is with the time stamps.
    pub stamping: Stamping,
    /// How it is with the witness.
    pub witnessing: Witnessing,
    /// How the last check went.
    pub check: CheckState,
    /// Where to ask for a check.
    pub check_action: String,
    /// Where to ask for a pack.
    pub pack_action: String,
    /// The years of which there is a pack, newest first.
    pub years: Vec<Choice>,
    /// The departments of which there can be a part, by their codes.
    pub departments: Vec<Choice>,
}

impl Page for AuditTop {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "監査", "Audit")
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self {
            logs,
            vkey,
            pack_vkey,
            changes,
            refusal,
            lost,
            stamping,
            witnessing,
            check,
            check_action,
            pack_action,
            years,
            departments,
        } = self;
        let mut logs = logs.into_iter();
        let newest = logs.next();
        let earlier: Vec<LogLine> = logs.collect();
        view! {
            <div class="audit">
                <h1>{say!(lang, "監査", "Audit")}</h1>
                <p class="lead">{say!(
                    lang,
                    "研修の記録を読めます。職員が自分で書いた文は、文字数だけがわかります。ここからは何も変えられません。",
                    "You can read the records of the training. Of texts that people wrote themselves you see only the length. Nothing can be changed from here.",
                )}</p>
                {state(refusal, lost, &witnessing, check, check_action, lang)}
                {ways(lang)}
                {pack(pack_action, (years, departments), &pack_vkey, newest.as_ref(), lang)}
                {newest.map(|log| checkpoint(log, (stamping, witnessing), (vkey, changes), lang))}
                {(!earlier.is_empty()).then(|| earlier_logs(earlier, lang))}
            </div>
        }
        .into_any()
    }
}

fn state(
    refusal: Option<String>,
    lost: Vec<LostLog>,
    witnessing: &Witnessing,
    check: CheckState,
    action: String,
    lang: Lang,
) -> AnyView {
    let refusal = refusal.map(|refusal| {
        let title = say!(
            lang,
            "記録を確かめるまで、新しい記録と署名を止めています",
            "Nothing new is recorded or signed until the records have been looked at",
        );
        view! { <Notice tone=Tone::Warn title=title><p class="audit__technical" lang="en">{refusal}</p></Notice> }
    });
    view! {
        <section class="audit__part" aria-labelledby="state">
            <h2 id="state">{say!(lang, "証跡の状態", "State of the evidence")}</h2>
            {refusal}
            {witness::warning(witnessing, lang)}
            {lost.into_iter().map(|lost| gone(lost, lang)).collect_view()}
            {check.notice(lang)}
            <form method="post" action=action>
                <Submit words=say!(lang, "いま検証する", "Check now")/>
            </form>
        </section>
    }
    .into_any()
}

/// That a log was closed, and what is not in it any more.
fn gone(lost: LostLog, lang: Lang) -> AnyView {
    let LostLog { at, log, found, signed } = lost;
    let (day, kept) = (at.minutes(lang), grouped(found));
    let title = say!(lang, "{day}に、記録を復元しました", "The records were restored on {day}");
    let words = if signed > found {
        let (first, last) = (grouped(found), grouped(signed - 1));
        say!(
            lang,
            "証跡「{log}」には{kept}件が残っています。署名された証跡番号{first}から{last}までは、失われています。新しい記録は、次の証跡に続いています。",
            "The log “{log}” still has {kept} leaves. Leaves {first} to {last}, which had been signed, are lost. What was recorded since is in the next log.",
        )
    } else {
        say!(
            lang,
            "証跡「{log}」には{kept}件が残っています。これより後に失われた記録があるかどうかは、この病院の署名からはわかりません。新しい記録は、次の証跡に続いています。",
            "The log “{log}” still has {kept} leaves. Whether more was recorded and lost cannot be told from what was signed here. What was recorded since is in the next log.",
        )
    };
    view! { <Notice tone=Tone::Warn title=title><p>{words}</p></Notice> }.into_any()
}

fn ways(lang: Lang) -> AnyView {
    let way = |href: &'static str, words: String, about: String| {
        view! {
            <li class="audit-way">
                <a class="audit-way__link" href=href><span>{words}</span><Icon shape=Shape::Forward/></a>
                <p class="audit-way__about">{about}</p>
            </li>
        }
    };
    view! {
        <section class="audit__part" aria-labelledby="ways">
            <h2 id="ways">{say!(lang, "記録を読む", "Read the records")}</h2>
            <form method="get" action=paths::AUDIT_ROSTER class="audit__find" role="search">
                <TextField
                    name="q"
                    kind="search"
                    label=say!(lang, "職員番号、氏名、フリガナで探す", "Find a person by number, name or reading")
                />
                <Submit words=say!(lang, "探す", "Find") weight=Weight::Side/>
            </form>
            <ul class="audit-ways" role="list">
                {way(
                    paths::AUDIT_ROSTER,
                    say!(lang, "受講者名簿", "Roster"),
                    say!(lang, "だれがいつまでに受け、いつ修了したかがわかります。過去の日の名簿も見られます。一人ひとりの記録は、ここから開きます。",
                        "Who owed what by when, and when it was completed, as of any day. One person's record opens from here."),
                )}
                {way(
                    paths::AUDIT_BINDER,
                    say!(lang, "監査用ファイル", "Inspection binder"),
                    say!(lang, "立入検査で求められる書類を、一つのzipにまとめます。渡されたファイルが改変されていないかも確かめられます。",
                        "Everything that an inspection asks to see, in one zip. Files that were handed over can be checked here as well."),
                )}
                {way(
                    paths::AUDIT_CONTENT,
                    say!(lang, "教材と規程", "Content and policies"),
                    say!(lang, "受講者に示した文章と設問を、版ごとに、示したとおりに読めます。", "What was shown and asked, edition by edition, as it was shown."),
                )}
                {way(
                    paths::AUDIT_POLICIES,
                    say!(lang, "規程の版と承認", "Versions of the policy"),
                    say!(lang, "どの版が、いつから有効で、だれが書き、だれが承認したかがわかります。過去の日の様子も見られます。",
                        "Which version held from when, who wrote it and who approved it, as of any day."),
                )}
                {way(
                    paths::AUDIT_READINGS,
                    say!(lang, "記録を開いた人", "Who opened records"),
                    say!(lang, "だれが、いつ、だれの記録を開いたかがわかります。", "Who opened whose record, and when."),
                )}
                {way(
                    paths::AUDIT_LOG,
                    say!(lang, "証跡", "The log"),
                    say!(lang, "起きたことを、起きた順に、保存された文字のまま読めます。", "What happened, in the order in which it happened, as it is stored."),
                )}
            </ul>
        </section>
    }
    .into_any()
}

fn pack(
    action: String,
    (years, departments): (Vec<Choice>, Vec<Choice>),
    vkey: &str,
    newest: Option<&LogLine>,
    lang: Lang,
) -> AnyView {
    let file = newest.map_or_else(
        || "evidence.zip".to_owned(),
        |log| format!("evidence-{}.zip", log.log.replace('/', "-")),
    );
    let command = format!("kokoroe verify {file} --vkey \"{vkey}\"");
    let everybody = say!(lang, "病院の全体", "The whole hospital");
    let whole = Choice { value: String::new(), words: everybody, chosen: true };
    let whom = options(std::iter::once(whole).chain(departments).collect());
    view! {
        <section class="audit__part" aria-labelledby="pack">
            <h2 id="pack">{say!(lang, "証跡パック", "Evidence pack")}</h2>
            <p>{say!(
                lang,
                "一年度の証跡、チェックポイント、名簿と記録の表、示した教材、検証の手順を、一つのzipにまとめます。\
                 病院の外の、ネットワークにつながらない端末でも検証できます。作成したことは証跡に残ります。",
                "One zip with a year's log and checkpoints, the roster and the records as tables, the contents that were shown, and how to \
                 check all of it. It can be checked outside the hospital, without a network. That it was made becomes a leaf of the log.",
            )}</p>
            <form method="post" action=action class="audit__find">
                <SelectField name="year" label=say!(lang, "年度", "Fiscal year") options=options(years) lang/>
                <SelectField name="department" label=say!(lang, "範囲", "Of whom") options=whom lang/>
                <Submit words=say!(lang, "作成してダウンロード", "Make and download") shape=Shape::Save/>
            </form>
            <p>{say!(
                lang,
                "部署を選ぶと、主たる配属がその部署と下の部署にある人の記録だけになります。ほかに記録がないことは、全体の証跡パックでなければわかりません。一人分は、その人の記録のページから作成できます。",
                "A department’s pack holds the records of the people who work there or below it, and no others. That there are no more, only the whole pack shows. The pack of one person is made from the page of that person.",
            )}</p>
            <p>{say!(lang, "検証する端末で、次のように入力します。", "To check it, type this:")}</p>
            <pre class="audit__copy" tabindex="0">{command}</pre>
        </section>
    }
    .into_any()
}
