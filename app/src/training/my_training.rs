//! 「わたしの研修」: what is owed, by when, and one way on.

use crate::day::Day;
use crate::page::Page;
use crate::reminders::ShownNotice;
use crate::training::history::YearLine;
use crate::training::objection::{Replies, ReplyLine};
use crate::training::owed::{Due, Owed, OwedCard, due_words};
use crate::training::recall::RecallLine;
use crate::ui::{Icon, LinkButton, Notice, Say, Shape, StatusTag, Words};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// What the one card on top leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextKind {
    /// Begin a module.
    Start,
    /// Go on in the middle of a module.
    Continue,
    /// Go back to a point that is still open.
    Redo,
    /// Sign the policy.
    Sign,
    /// Sign the policy, where nothing else is asked for.
    SignAlone,
}

/// The one thing to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// What it is.
    pub kind: NextKind,
    /// Module, or the policy.
    pub title: Words,
    /// Minutes that are left of it, at least 1.
    pub minutes: u16,
    /// Where it is.
    pub href: String,
    /// By when.
    pub due: Option<Due>,
}

/// A certificate in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateLine {
    /// Number: 「2026-SNS-000123」.
    pub number: String,
    /// Course and year.
    pub title: Words,
    /// Day of completion.
    pub completed: Day,
    /// Its page.
    pub href: String,
}

/// The first page of everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MyTraining {
    /// Name at work, for the greeting.
    pub name: String,
    /// The one thing to do next. `None`: nothing is owed or all is done.
    pub next: Option<Next>,
    /// When records were lost among which a completion of what is open may have been.
    pub lost: Option<Day>,
    /// The newest reminder, for somebody who gets no mail.
    pub notice: Option<ShownNotice>,
    /// The calendar file of the due dates, while there are any.
    pub calendar: Option<String>,
    /// What is owed in the present periods, done ones too.
    pub owed: Vec<Owed>,
    /// Replies of the training office to what this person said about explanations, newest first.
    pub replies: Vec<ReplyLine>,
    /// Recall cards that wait.
    pub recall: u16,
    /// Certificates, newest first.
    pub certificates: Vec<CertificateLine>,
    /// Earlier years, newest first (a few; the rest is behind [`crate::paths::HISTORY`]).
    pub earlier: Vec<YearLine>,
}

impl Page for MyTraining {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "わたしの研修", "My training")
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { name, next, lost, notice, calendar, owed, replies, recall, certificates, earlier } = self;
        let open = owed.iter().any(|owed| !owed.status.is_settled());
        let top = match next {
            Some(next) => view! { <NextCard next lang/> }.into_any(),
            None if owed.is_empty() => view! {
                <div class="calm-card">
                    <p class="calm-card__title">{say!(lang, "いま受ける研修はありません。", "There is nothing for you to do now.")}</p>
                    <p>{say!(
                        lang,
                        "次の研修が始まると、ここに表示されます。",
                        "The next training will appear here when it begins.",
                    )}</p>
                </div>
            }
            .into_any(),
            None if open => ().into_any(),
            None => view! {
                <div class="calm-card calm-card--done">
                    <Icon shape=Shape::Tick/>
                    <div>
                        <p class="calm-card__title">{say!(lang, "今年の研修は終わっています。", "This year's training is done.")}</p>
                        <p>{say!(lang, "おつかれさまでした。", "Thank you for your time.")}</p>
                    </div>
                </div>
            }
            .into_any(),
        };
        let owed =
            owed.into_iter().zip(1_u16..).map(|(owed, n)| view! { <OwedCard owed n lang/> }).collect_view();
        view! {
            <div class="home">
                <div class="home__head">
                    <h1>{say!(lang, "わたしの研修", "My training")}</h1>
                    <p class="home__name">{say!(lang, "{name} さん", "{name}")}</p>
                </div>
                {top}
                {lost.map(|day| view! { <LostRecords day lang/> })}
                {notice.map(|notice| notice.view(lang))}
                {owed}
                {calendar.map(|href| view! {
                    <p class="home__calendar"><a href=href download="training.ics">{say!(lang, "期限をカレンダーに入れる（icsファイル）", "Add the due dates to a calendar (ics file)")}</a></p>
                })}
                <Replies replies lang/>
                <RecallLine count=recall lang/>
                <Certificates certificates lang/>
                <Earlier earlier lang/>
            </div>
        }
        .into_any()
    }
}

/// The one card that leads on.
#[component]
pub(crate) fn NextCard(next: Next, lang: Lang) -> AnyView {
    let Next { kind, title, minutes, href, due } = next;
    let (eyebrow, words) = match kind {
        NextKind::Start => {
            (say!(lang, "つぎの研修", "Next"), say!(lang, "はじめる（{minutes}分）", "Start ({minutes} min)"))
        }
        NextKind::Continue => (
            say!(lang, "途中の研修", "Under way"),
            say!(lang, "続きから（あと{minutes}分）", "Continue ({minutes} min left)"),
        ),
        NextKind::Redo => (
            say!(lang, "もう一度考えるところがあります", "One point to look at again"),
            say!(lang, "続きから（あと{minutes}分）", "Continue ({minutes} min left)"),
        ),
        NextKind::Sign => (
            say!(lang, "最後の一つ", "The last step"),
            say!(lang, "読んで署名する（{minutes}分）", "Read and sign ({minutes} min)"),
        ),
        NextKind::SignAlone => (
            say!(lang, "署名のお願い", "A signature is asked for"),
            say!(lang, "読んで署名する（{minutes}分）", "Read and sign ({minutes} min)"),
        ),
    };
    // A signature is given at one go.
    let note = (kind != NextKind::SignAlone).then(|| {
        view! {
            <p class="next-card__note">{say!(
                lang,
                "途中でやめても、答えは保存され、別の端末でも続きから始められます。",
                "You can stop at any time. Your answers are kept, and you can go on from another device.",
            )}</p>
        }
    });
    view! {
        <section class="next-card" aria-labelledby="next-title">
            <p class="next-card__eyebrow">{eyebrow}</p>
            <h2 class="next-card__title" id="next-title"><Say words=title page=lang/></h2>
            {due.map(|due| view! { <p class="next-card__due">{due_words(due, minutes, lang)}</p> })}
            <LinkButton href words/>
            {note}
        </section>
    }
    .into_any()
}

/// Whoever has completed it already need not do it again.
#[component]
fn LostRecords(day: Day, lang: Lang) -> AnyView {
    let day = day.plain(lang);
    let title =
        say!(lang, "{day}に、研修の記録の一部が失われました。", "Some training records were lost on {day}.");
    view! {
        <Notice title=title>
            <p>{say!(
                lang,
                "それまでに修了していた人は、修了証の証明で記録を戻せます。受け直す必要はありません。",
                "If you had completed the training by then, the proof of your certificate restores the record. You need not take it again.",
            )}</p>
            <p><a href=paths::VERIFY_PROOF>{say!(lang, "修了証で記録を戻す", "Restore my record")}</a></p>
        </Notice>
    }
    .into_any()
}

#[component]
fn Certificates(certificates: Vec<CertificateLine>, lang: Lang) -> AnyView {
    (!certificates.is_empty()).then(|| {
        let lines = certificates
            .into_iter()
            .map(|CertificateLine { number, title, completed, href }| {
                let day = completed.plain(lang);
                view! {
                    <li>
                        <a class="step-row" href=href>
                            <span class="step-row__shape"><Icon shape=Shape::Paper/></span>
                            <span class="step-row__title"><Say words=title page=lang/></span>
                            <span class="step-row__state">{say!(lang, "{day} 修了", "Completed {day}")}{say!(lang, " ", " · ")}<span class="whole">{number}</span></span>
                            <Icon shape=Shape::Forward/>
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="owed" aria-labelledby="certificates">
                <h2 class="owed__title" id="certificates">{say!(lang, "修了証", "Certificates")}</h2>
                <ul class="steps-list" role="list">{lines}</ul>
            </section>
        }
    })
    .into_any()
}

#[component]
fn Earlier(earlier: Vec<YearLine>, lang: Lang) -> AnyView {
    (!earlier.is_empty()).then(|| {
        let lines = earlier
            .into_iter()
            .map(|YearLine { year, title, status, .. }| {
                view! {
                    <li class="earlier__line">
                        <span class="earlier__year">{say!(lang, "{year}年度", "FY{year}")}</span>
                        <span class="earlier__title"><Say words=title page=lang/></span>
                        <StatusTag status lang/>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="owed" aria-labelledby="earlier">
                <h2 class="owed__title" id="earlier">{say!(lang, "これまでの年度", "Earlier years")}</h2>
                <ul class="earlier" role="list">{lines}</ul>
                <p><a href=paths::HISTORY>{say!(lang, "これまでの記録を見る", "See my whole record")}</a></p>
            </section>
        }
    })
    .into_any()
}
