//! One-time codes on paper, to be cut and handed over. They are shown this once.

use crate::day::{Day, Moment};
use crate::page::{Page, PageKind};
use crate::people::{OfficeTrail, people_words};
use crate::ui::written::Written;
use crate::ui::{LinkButton, Notice, PrintButton, Tone, Weight};
use crate::{Lang, say};
use leptos::prelude::*;

/// Until when a code works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeUntil {
    /// To the end of this day.
    Day(Day),
    /// To this minute.
    Moment(Moment),
}

impl CodeUntil {
    fn words(self, lang: Lang) -> String {
        match self {
            Self::Day(day) => day.plain(lang),
            Self::Moment(moment) => moment.minutes(lang),
        }
    }
}

/// A slip for one person.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeCard {
    /// Staff number.
    pub number: String,
    /// Name.
    pub name: String,
    /// Department, for handing it over.
    pub department: String,
    /// The code, in groups of four.
    pub code: String,
    /// Until when it works.
    pub until: CodeUntil,
}

impl std::fmt::Debug for CodeCard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CodeCard").field("number", &self.number).finish_non_exhaustive()
    }
}

/// The slips.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeSheet {
    /// One for each person, in the order in which they are handed over.
    pub cards: Vec<CodeCard>,
    /// Where the person goes: `kokoroe.example.jp/sign-in/first`. Printed, not linked.
    pub place: String,
    /// Who helps.
    pub help: String,
    /// Address of the import that they come from.
    pub import: Option<String>,
    /// Address of the list of people.
    pub people: String,
}

impl Page for CodeSheet {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "初回コード", "One-time codes")
    }

    fn kind(&self) -> PageKind {
        PageKind::Paper
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { cards, place, help, import, people } = self;
        let count = people_words(u32::try_from(cards.len()).unwrap_or(u32::MAX), lang);
        let bundles =
            bundles(cards).into_iter().map(|bundle| bundle.view(&place, &help, lang)).collect::<Vec<_>>();
        let on = import.map(|href| {
            view! { <LinkButton href weight=Weight::Side words=say!(lang, "取り込みの結果を見る", "See what was brought in")/> }
        });
        let back = people.clone();
        view! {
            <div class="codes">
                <div class="codes__screen">
                    <OfficeTrail lang people=Some(people)/>
                    <h1>{say!(lang, "初回コード {count}分", "One-time codes for {count}")}</h1>
                    <Notice tone=Tone::Warn live=true title=say!(lang, "このコードは、このページを離れると二度と表示できません。", "These codes cannot be shown again once you leave this page.")>
                        <p>{say!(
                            lang,
                            "印刷して切り分け、本人に手渡します。なくしたときは、職員の一覧から出しなおせます。",
                            "Print them, cut them apart and hand them over in person. A lost code can be made anew from the list of people.",
                        )}</p>
                    </Notice>
                    <PrintButton lang/>
                    <p class="links">
                        {on}
                        <LinkButton href=back weight=Weight::Light words=say!(lang, "職員の一覧へ", "To the list of people")/>
                    </p>
                </div>
                {bundles}
            </div>
        }
        .into_any()
    }
}

/// The slips of one department: they are handed over together.
struct Bundle {
    department: String,
    cards: Vec<CodeCard>,
}

/// Neighbours of one department, one bundle for each.
fn bundles(cards: Vec<CodeCard>) -> Vec<Bundle> {
    let mut bundles: Vec<Bundle> = Vec::new();
    for card in cards {
        match bundles.last_mut().filter(|bundle| bundle.department == card.department) {
            Some(bundle) => bundle.cards.push(card),
            None => bundles.push(Bundle { department: card.department.clone(), cards: vec![card] }),
        }
    }
    bundles
}

impl Bundle {
    /// On paper each bundle begins a sheet, with a line that says for whom it is and how many slips belong to it.
    fn view(self, place: &str, help: &str, lang: Lang) -> AnyView {
        let count = people_words(u32::try_from(self.cards.len()).unwrap_or(u32::MAX), lang);
        let department = match self.department {
            department if department.is_empty() => say!(lang, "部署の決まっていない人", "In no department"),
            department => department,
        };
        let cards = self.cards.into_iter().map(|card| slip(card, place, help, lang)).collect::<Vec<_>>();
        view! {
            <section class="codes__bundle">
                <h2 class="codes__cover">
                    <Written text=department lang/>
                    <span class="codes__count">{say!(lang, "{count}分。切り分けて、本人に手渡します。", "For {count}. Cut apart and hand over in person.")}</span>
                </h2>
                <ul class="codes__slips" role="list">{cards}</ul>
            </section>
        }
        .into_any()
    }
}

fn slip(card: CodeCard, place: &str, help: &str, lang: Lang) -> AnyView {
    let CodeCard { number, name, department, code, until } = card;
    let until = until.words(lang);
    let (place, help) = (place.to_owned(), help.to_owned());
    view! {
        <li class="slip">
            <p class="slip__who">
                <span class="slip__department"><Written text=department lang/></span>
                <span class="slip__name"><Written text=name lang/></span>
            </p>
            <dl class="slip__facts">
                <div><dt>{say!(lang, "職員番号", "Staff number")}</dt><dd>{number}</dd></div>
                <div><dt>{say!(lang, "初回コード", "One-time code")}</dt><dd class="slip__code"><code>{code}</code></dd></div>
            </dl>
            <p class="slip__how">{say!(
                lang,
                "SNS研修のはじめの手続きに使います。開くページ：{place}",
                "For your first sign-in to the social media training. Page: {place}",
            )}</p>
            <p class="slip__how">{say!(
                lang,
                "{until}まで使えます。使ったあとは捨ててかまいません。",
                "Works until {until}. Throw it away once it is used.",
            )}</p>
            <p class="slip__how">{say!(lang, "困ったとき：", "Help: ")}<Written text=help lang/></p>
        </li>
    }
    .into_any()
}
