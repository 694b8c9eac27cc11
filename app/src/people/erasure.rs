//! Erasing the personal data of somebody who left: asked for by one person, confirmed by another.

use super::erasure_effects::{BACKUP_DAYS, effects};
use crate::account::throttled_words;
use crate::day::{Day, Moment};
use crate::page::Page;
use crate::people::OfficeTrail;
use crate::ui::written::Written;
use crate::ui::{
    ErrorSummary, Fact, Facts, Fault, LinkButton, Notice, PasswordField, SelectField, SelectOption, Submit,
    Tone, Weight,
};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// Why somebody is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErasureBasis {
    /// The time for which records are kept is over.
    Retention,
    /// The person wished it, and that time is over.
    Wish,
}

impl ErasureBasis {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Retention, Self::Wish];

    /// The value of the field `basis`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Retention => "retention",
            Self::Wish => "wish",
        }
    }

    /// In words.
    pub fn words(self, lang: Lang) -> String {
        match self {
            Self::Retention => say!(lang, "保存期間が過ぎたため", "The time for keeping records is over"),
            Self::Wish => say!(
                lang,
                "本人から求めがあり、保存期間も過ぎたため",
                "The person wished it, and the time for keeping records is over"
            ),
        }
    }
}

/// What is wrong with a confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErasureError {
    /// No password.
    NoPassword,
    /// Not the password of whoever confirms.
    Wrong,
    /// Too many tries: so many seconds until the next.
    Throttled(u32),
}

impl ErasureError {
    fn words(self, lang: Lang) -> String {
        match self {
            Self::NoPassword => say!(lang, "あなたのパスワードを入れてください", "Enter your own password"),
            Self::Wrong => say!(lang, "あなたのパスワードが違っています", "That is not your password"),
            Self::Throttled(seconds) => throttled_words(seconds, lang),
        }
    }
}

/// Until when records are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptUntil {
    /// The first day on which the person may be erased.
    pub day: Day,
    /// The fiscal year from whose end it is counted; `None`: it is counted from the day on which the person left.
    pub year: Option<i64>,
    /// For so many years.
    pub years: u32,
}

impl KeptUntil {
    fn because(self, lang: Lang) -> String {
        let years = self.years;
        match self.year {
            Some(year) => say!(
                lang,
                "この人の記録がある最後の年度は、{year}年度です。その年度の終わりから{years}年間、記録を残します。",
                "The last fiscal year with records of this person is {year}. Records are kept for {years} years from its end."
            ),
            None => say!(
                lang,
                "退職した日から{years}年間、記録を残します。",
                "Records are kept for {years} years from the day on which the person left."
            ),
        }
    }
}

/// Where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErasureState {
    /// The person belongs to the hospital.
    Here,
    /// Not before a day.
    Kept(KeptUntil),
    /// It can be asked for.
    Ask(KeptUntil),
    /// Somebody asked.
    Waiting {
        /// Who.
        by: String,
        /// When.
        at: Moment,
        /// Why.
        basis: ErasureBasis,
        /// It was the reader: somebody else confirms.
        own: bool,
        /// What is wrong with the confirmation.
        error: Option<ErasureError>,
    },
    /// It is done.
    Done {
        /// When.
        at: Moment,
        /// Why.
        basis: ErasureBasis,
        /// Who asked; `None`: it was done on the server's command line.
        asked_by: Option<String>,
        /// Who confirmed.
        done_by: Option<String>,
        /// Since when no file of the database holds it either.
        swept: Option<Moment>,
    },
}

/// The page. POST to `action`: `do` (`ask` with `basis`, `confirm` with `password`, `withdraw`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasurePage {
    /// Name of the person.
    pub name: String,
    /// Their staff number.
    pub number: String,
    /// Last day at the hospital.
    pub left: Option<Day>,
    /// Where it stands.
    pub state: ErasureState,
    /// The person's page.
    pub person: String,
    /// Where the forms go.
    pub action: String,
}

impl Page for ErasurePage {
    fn title(&self, lang: Lang) -> String {
        match &self.state {
            ErasureState::Waiting { error: Some(_), .. } => {
                say!(lang, "確認があります：個人情報の消去", "Please check: erasing personal data")
            }
            _ => say!(lang, "個人情報の消去", "Erasing personal data"),
        }
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { name, number, left, state, person, action } = self;
        let error = match &state {
            ErasureState::Waiting { error: Some(error), .. } => Some(error.words(lang)),
            _ => None,
        };
        let faults: Vec<Fault> = error
            .iter()
            .map(|message| Fault { field: Some("password".into()), message: message.clone() })
            .collect();
        let mut facts = vec![
            Fact {
                name: say!(lang, "本人", "Person"),
                value: view! { <a href=person><Written text=name lang/></a> }.into_any(),
            },
            Fact::text(say!(lang, "職員番号", "Staff number"), number),
        ];
        facts.extend(left.map(|left| Fact::text(say!(lang, "退職日", "Last day"), left.plain(lang))));
        let body = match state {
            ErasureState::Here => view! {
                <Notice title=say!(lang, "在籍している人の個人情報は消去できません。", "The data of people in post cannot be erased.")/>
            }
            .into_any(),
            ErasureState::Kept(kept) => {
                let day = kept.day.plain(lang);
                view! {
                    <Notice title=say!(lang, "{day}から消去できます。", "It can be erased from {day} on.")>
                        <p>{kept.because(lang)}</p>
                    </Notice>
                }
                .into_any()
            }
            ErasureState::Ask(kept) => asking(kept, action, lang),
            ErasureState::Waiting { by, at, basis, own, error: _ } => {
                waiting((by, at, basis), own, error, action, lang)
            }
            ErasureState::Done { at, basis, asked_by, done_by, swept } => {
                done((at, basis), asked_by, done_by, swept, lang)
            }
        };
        view! {
            <div class="narrow">
                <OfficeTrail lang people=Some("/office/people".to_owned())/>
                <ErrorSummary lang faults/>
                <h1>{say!(lang, "個人情報の消去", "Erasing personal data")}</h1>
                <Facts facts/>
                {body}
                <p class="links">
                    <LinkButton href=paths::RETENTION.to_owned() weight=Weight::Light words=say!(lang, "保存期間と消去の一覧へ", "Retention and erasure")/>
                </p>
            </div>
        }
        .into_any()
    }
}

fn asking(kept: KeptUntil, action: String, lang: Lang) -> AnyView {
    let day = kept.day.plain(lang);
    let options = ErasureBasis::ALL
        .into_iter()
        .map(|basis| SelectOption {
            value: basis.code().to_owned(),
            words: basis.words(lang),
            chosen: basis == ErasureBasis::Retention,
        })
        .collect();
    view! {
        <p class="lead">{say!(lang, "{day}から消去できるようになりました。", "It can be erased since {day}.")}</p>
        <p>{kept.because(lang)}</p>
        {effects(lang)}
        <form method="post" action=action class="form" novalidate>
            <input type="hidden" name="do" value="ask"/>
            <SelectField name="basis" label=say!(lang, "消去する理由", "Why") options lang/>
            <p>{say!(lang, "ほかの担当者が確認すると、消去します。", "The data is erased when a colleague has confirmed it.")}</p>
            <div class="form__end"><Submit words=say!(lang, "消去を依頼する", "Ask for it to be erased")/></div>
        </form>
    }
    .into_any()
}

fn waiting(
    (by, at, basis): (String, Moment, ErasureBasis),
    own: bool,
    error: Option<String>,
    action: String,
    lang: Lang,
) -> AnyView {
    let withdraw = action.clone();
    let at = at.minutes(lang);
    let confirm = if own {
        view! {
            <Notice title=say!(lang, "ほかの担当者が確認します。", "Somebody else confirms this.")>
                <p>{say!(lang, "自分が依頼した消去は、自分では確認できません。", "Nobody confirms what they asked for.")}</p>
            </Notice>
        }
        .into_any()
    } else {
        view! {
            <form method="post" action=action class="form" novalidate>
                <input type="hidden" name="do" value="confirm"/>
                <PasswordField
                    name="password"
                    label=say!(lang, "あなたのパスワード", "Your own password")
                    hint=say!(lang, "確認したのがあなたであることを確かめます。", "To make sure that it is you who confirms.")
                    autocomplete="current-password"
                    error
                />
                <div class="form__end"><Submit words=say!(lang, "確認して消去する", "Confirm and erase")/></div>
            </form>
        }
        .into_any()
    };
    view! {
        <p class="lead"><Written text=by lang/>{say!(
            lang,
            "さんが、{at}に消去を依頼しました。",
            " asked for it to be erased, {at}.",
        )}</p>
        <p>{basis.words(lang)}</p>
        {effects(lang)}
        {confirm}
        <form method="post" action=withdraw class="form">
            <input type="hidden" name="do" value="withdraw"/>
            <div class="form__end"><Submit weight=Weight::Side words=say!(lang, "依頼を取り下げる", "Withdraw the request")/></div>
        </form>
    }
    .into_any()
}

fn done(
    (at, basis): (Moment, ErasureBasis),
    asked_by: Option<String>,
    done_by: Option<String>,
    swept: Option<Moment>,
    lang: Lang,
) -> AnyView {
    let at = at.minutes(lang);
    let server = || say!(lang, "サーバーの管理者（コマンド）", "Whoever runs the server, by a command");
    let who = |name: Option<String>| match name {
        Some(name) => view! { <Written text=name lang/> }.into_any(),
        None => server().into_any(),
    };
    let facts = vec![
        Fact::text(say!(lang, "消去した日時", "Erased"), at.clone()),
        Fact::text(say!(lang, "理由", "Why"), basis.words(lang)),
        Fact { name: say!(lang, "依頼した人", "Asked by"), value: who(asked_by) },
        Fact { name: say!(lang, "確認した人", "Confirmed by"), value: who(done_by) },
    ];
    let days = BACKUP_DAYS;
    let files = match swept {
        Some(at) => {
            let at = at.minutes(lang);
            say!(
                lang,
                "{at}に、データベースのファイルを書き直しました。ファイルの中にも残っていません。",
                "The files of the database were written anew, {at}. They hold nothing of it any more."
            )
        }
        None => say!(
            lang,
            "今夜、データベースのファイルを書き直します。それまでは、ファイルの空き領域に残ることがあります。",
            "The files of the database will be written anew tonight. Until then, unused parts of them may still hold it."
        ),
    };
    view! {
        <Notice tone=Tone::Done title=say!(lang, "消去しました。", "It was erased.")>
            <p>{files}</p>
            <p>{say!(
                lang,
                "これより前に取ったバックアップは、{days}日を過ぎたら消してください。",
                "Delete backups that were made before it once they are {days} days old.",
            )}</p>
        </Notice>
        <Facts facts/>
    }
    .into_any()
}
