//! What is owed: one requirement with its modules, its signature and its reasons.

use super::because::{Because, Reasons, Told};
use crate::day::Day;
use crate::ui::{Icon, LinkButton, Say, Shape, Status, StatusTag, Weight, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// A due date seen from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The last day on which it is in time.
    pub day: Day,
    /// Days from today to `day`: 0 is today, negative is over.
    pub days_left: i32,
}

/// How far a module is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModuleState {
    /// Not begun.
    NotStarted,
    /// So many minutes left.
    InProgress(u16),
    /// Done, but a required point is open.
    Redo,
    /// Done.
    Done,
}

/// A module in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleRow {
    /// Its title.
    pub title: Words,
    /// Minutes for the whole module.
    pub minutes: u16,
    /// How far it is.
    pub state: ModuleState,
    /// Its first page or the step that is open.
    pub href: String,
}

/// The signature in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignRow {
    /// Title of the policy.
    pub title: Words,
    /// Version to sign.
    pub version: u32,
    /// Signed on this day.
    pub signed: Option<Day>,
    /// Where to sign. `None` while modules are open: the row then says what comes first.
    pub href: Option<String>,
}

/// One requirement in one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// Title of the requirement: 「SNSの約束 2026年度」.
    pub title: Words,
    /// Where it stands.
    pub status: Status,
    /// By when. `None` for exempt and out of scope.
    pub due: Option<Due>,
    /// Minutes that are left in all.
    pub minutes_left: u16,
    /// Its modules in order.
    pub modules: Vec<ModuleRow>,
    /// Its signature.
    pub sign: Option<SignRow>,
    /// Rules that explain it.
    pub because: Vec<Because>,
    /// Exempt or out until this day.
    pub released_until: Option<Day>,
    /// Address of the certificate, once there is one.
    pub certificate: Option<String>,
    /// Nothing but a signature is asked for.
    pub alone: bool,
    /// Where more time or another exception can be asked for, while something is owed.
    pub exceptions: Option<String>,
}

/// The due date in words. Over: when it was, and that it can still be done.
pub(crate) fn due_words(due: Due, minutes: u16, lang: Lang) -> String {
    let day = due.day.short(lang);
    match due.days_left {
        left @ 1..=14 => say!(lang, "期限は{day}です（あと{left}日）", "Due {day} ({left} days left)"),
        0 => say!(lang, "期限は今日、{day}です", "Due today, {day}"),
        1.. => say!(lang, "期限は{day}です", "Due {day}"),
        _ => say!(
            lang,
            "期限は{day}でした。今からでも受けられます。{minutes}分です。",
            "It was due on {day}. You can still do it now; it takes {minutes} minutes."
        ),
    }
}

/// The way to the paper that a completion, or a signature alone, makes.
pub(crate) fn paper_words(alone: bool, lang: Lang) -> String {
    if alone {
        say!(lang, "署名受領書を見る", "See the receipt")
    } else {
        say!(lang, "修了証を見る", "See the certificate")
    }
}

/// A requirement: where it stands, its modules, its signature, and why.
#[component]
pub(crate) fn OwedCard(owed: Owed, n: u16, lang: Lang) -> AnyView {
    let Owed {
        title,
        status,
        due,
        minutes_left,
        modules,
        sign,
        because,
        released_until,
        certificate,
        alone,
        exceptions,
    } = owed;
    let id = format!("owed-{n}");
    let named = id.clone();
    let settled = status.is_settled();
    let due = due.map(|due| {
        let day = due.day.short(lang);
        view! { <span>{say!(lang, "期限 {day}", "Due {day}")}</span> }
    });
    let released = released_until.map(|day| {
        let day = day.long(lang);
        view! { <span>{say!(lang, "{day}まで", "Until {day}")}</span> }
    });
    let left = (!settled && minutes_left > 0).then(|| {
        view! { <span>{say!(lang, "残り{minutes_left}分", "{minutes_left} min left")}</span> }
    });
    let first_open = sign.as_ref().is_some_and(|sign| sign.href.is_none() && sign.signed.is_none());
    let modules = modules.into_iter().map(|row| view! { <ModuleLine row lang/> }).collect_view();
    let sign = sign.map(|row| view! { <SignLine row lang/> });
    view! {
        <section class="owed" aria-labelledby=named>
            <div class="owed__head">
                <h2 class="owed__title" id=id><Say words=title page=lang/></h2>
                <p class="owed__facts"><StatusTag status lang/>{due}{released}{left}</p>
            </div>
            <ol class="steps-list" role="list">{modules}{sign}</ol>
            {first_open.then(|| view! {
                <p class="owed__hint">{say!(
                    lang,
                    "研修が終わると署名できます。",
                    "You can sign when the modules are done.",
                )}</p>
            })}
            {certificate.map(|href| view! {
                <p class="owed__certificate">
                    <LinkButton href words=paper_words(alone, lang) weight=Weight::Side shape=Shape::Paper/>
                </p>
            })}
            <Reasons because to=Told::Themselves lang/>
            {exceptions.map(|href| view! {
                <p class="owed__ask"><a href=href>{if alone {
                    say!(lang, "期限までに署名できないとき", "If you cannot sign it by then")
                } else {
                    say!(lang, "期限までに受けられないとき", "If you cannot do it by then")
                }}</a></p>
            })}
        </section>
    }
    .into_any()
}

#[component]
fn ModuleLine(row: ModuleRow, lang: Lang) -> AnyView {
    let ModuleRow { title, minutes, state, href } = row;
    let (code, shape, words) = match state {
        ModuleState::NotStarted => ("not_started", Shape::Ring, say!(lang, "{minutes}分", "{minutes} min")),
        ModuleState::InProgress(left) => {
            ("in_progress", Shape::Half, say!(lang, "途中・あと{left}分", "Under way, {left} min left"))
        }
        ModuleState::Redo => (
            "retry",
            Shape::Again,
            say!(lang, "もう一度考えるところがあります", "One point to look at again"),
        ),
        ModuleState::Done => ("completed", Shape::Tick, say!(lang, "終わりました", "Done")),
    };
    view! { <StepRow code shape title words href=Some(href) lang/> }.into_any()
}

#[component]
fn SignLine(row: SignRow, lang: Lang) -> AnyView {
    let SignRow { title, version, signed, href } = row;
    let (code, shape, words) = match signed {
        Some(day) => {
            let day = day.short(lang);
            (
                "completed",
                Shape::Tick,
                say!(lang, "第{version}版に署名済み {day}", "Version {version} signed {day}"),
            )
        }
        None => (
            "to_sign",
            Shape::Pencil,
            say!(lang, "第{version}版を読んで署名", "Read and sign version {version}"),
        ),
    };
    view! { <StepRow code shape title words href lang/> }.into_any()
}

/// A row with a shape, a title and where it stands; the whole row is the link.
#[component]
fn StepRow(
    code: &'static str,
    shape: Shape,
    title: Words,
    words: String,
    href: Option<String>,
    lang: Lang,
) -> AnyView {
    let inside = view! {
        <span class="step-row__shape" data-status=code><Icon shape/></span>
        <span class="step-row__title"><Say words=title page=lang/></span>
        <span class="step-row__state">{words}</span>
    };
    let row = match href {
        Some(href) => {
            view! { <a class="step-row" href=href>{inside}<Icon shape=Shape::Forward/></a> }.into_any()
        }
        None => view! { <div class="step-row">{inside}</div> }.into_any(),
    };
    view! { <li>{row}</li> }.into_any()
}
