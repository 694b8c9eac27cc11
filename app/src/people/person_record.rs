//! 「所属と休職」: where somebody works from when to when, when they are away, what they manage, and what lists of staff leave alone.

use crate::day::Day;
use crate::page::Page;
use crate::people::OfficeTrail;
use crate::people::person_forms::{Drawn, Typed};
use crate::ui::written::Written;
use crate::ui::{ErrorSummary, Fact, Facts, LinkButton, Notice, SelectOption, Sheet, Tone, Weight};
use crate::{Lang, say};
use leptos::prelude::*;

/// A kind of posting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PostingKind {
    /// The one by which the person is counted.
    Main,
    /// Besides the main one (兼務).
    Also,
    /// Sent there for a time (出向).
    Seconded,
}

impl PostingKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Main, Self::Also, Self::Seconded];

    /// The value of the field `kind`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Also => "also",
            Self::Seconded => "seconded",
        }
    }

    /// Reads [`PostingKind::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What it is called.
    pub fn words(self, lang: Lang) -> String {
        match self {
            Self::Main => say!(lang, "主の所属", "Main"),
            Self::Also => say!(lang, "兼務", "Besides (concurrent)"),
            Self::Seconded => say!(lang, "出向", "Seconded"),
        }
    }
}

/// A posting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostingLine {
    /// The department.
    pub department: String,
    /// Which kind.
    pub kind: PostingKind,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Option<Day>,
    /// It holds today.
    pub now: bool,
}

/// A leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaveLine {
    /// Why.
    pub reason: String,
    /// First day away.
    pub from: Day,
    /// First day back.
    pub back: Option<Day>,
}

/// That somebody manages a department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleLine {
    /// The department.
    pub department: String,
    /// In the place of the manager (代行).
    pub deputy: bool,
    /// The last day, where it is set.
    pub until: Option<Day>,
    /// Where it is ended at once (POST).
    pub end: String,
}

/// Something that lists of staff leave as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldLine {
    /// What.
    pub what: String,
    /// The day on which it was entered.
    pub entered: Day,
    /// Where it is released (POST).
    pub release: String,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRecord {
    /// Name.
    pub name: String,
    /// Staff number.
    pub number: String,
    /// First day of work.
    pub joined: Day,
    /// Last day of work.
    pub left: Option<Day>,
    /// Newest first.
    pub postings: Vec<PostingLine>,
    /// Newest first.
    pub leaves: Vec<LeaveLine>,
    /// What they manage now.
    pub roles: Vec<RoleLine>,
    /// What lists of staff leave alone.
    pub held: Vec<HeldLine>,
    /// The departments to choose from.
    pub departments: Vec<SelectOption>,
    /// Postings that can be ended.
    pub open_postings: Vec<SelectOption>,
    /// Leaves whose end can be set.
    pub open_leaves: Vec<SelectOption>,
    /// A form that comes back.
    pub typed: Option<Typed>,
    /// Something was written down just now.
    pub done: bool,
    /// Address of this page; the forms go below it.
    pub address: String,
    /// The training of the person.
    pub training: String,
    /// Address of the list of people.
    pub people: String,
}

fn span(from: Day, until: Option<Day>, lang: Lang) -> String {
    let from = from.plain(lang);
    match until.map(|day| day.plain(lang)) {
        Some(until) => say!(lang, "{from} から {until} まで", "{from} to {until}"),
        None => say!(lang, "{from} から", "since {from}"),
    }
}

impl Page for PersonRecord {
    fn title(&self, lang: Lang) -> String {
        match self.typed {
            None => say!(lang, "所属と休職", "Postings and leave"),
            Some(_) => say!(lang, "確認があります：所属と休職", "Please check: postings and leave"),
        }
    }

    fn view(self, lang: Lang) -> AnyView {
        let faults = self.typed.as_ref().map(|typed| typed.summary(lang)).unwrap_or_default();
        let drawn = Drawn {
            lang,
            address: &self.address,
            typed: self.typed.as_ref(),
            departments: &self.departments,
        };
        let mut facts = vec![
            Fact::text(say!(lang, "職員番号", "Staff number"), self.number.clone()),
            Fact::text(say!(lang, "入職日", "Joined"), self.joined.plain(lang)),
        ];
        facts
            .extend(self.left.map(|day| Fact::text(say!(lang, "最後の勤務日", "Last day"), day.plain(lang))));
        let done = self.done.then(|| {
            view! { <Notice tone=Tone::Done live=true title=say!(lang, "記録しました。", "It is written down.")/> }
        });
        let (posting, posting_end) = (drawn.posting(), drawn.posting_end(&self.open_postings));
        let (leave, leave_end) = (drawn.leave(), drawn.leave_end(&self.open_leaves));
        let (left, role) = (drawn.left(self.left.is_some()), drawn.role());
        view! {
            <div class="people person-record">
                <ErrorSummary lang faults/>
                <OfficeTrail lang people=Some(self.people)/>
                <h1>{say!(lang, "所属と休職", "Postings and leave")}</h1>
                <p class="reorganise__which"><b><Written text=self.name lang/></b></p>
                {done}
                <Facts facts/>
                {left}
                <section aria-labelledby="postings-heading">
                    <h2 id="postings-heading">{say!(lang, "所属", "Postings")}</h2>
                    {postings(self.postings, lang)}
                    {posting}
                    {posting_end}
                </section>
                <section aria-labelledby="leaves-heading">
                    <h2 id="leaves-heading">{say!(lang, "休職", "Leave")}</h2>
                    {leaves(self.leaves, lang)}
                    {leave}
                    {leave_end}
                </section>
                <section aria-labelledby="roles-heading">
                    <h2 id="roles-heading">{say!(lang, "所属長と代行", "Manager and deputy")}</h2>
                    {roles(self.roles, lang)}
                    {role}
                </section>
                {held(self.held, lang)}
                <p class="links">
                    <LinkButton href=self.training weight=Weight::Light words=say!(lang, "受講状況を見る", "See their training")/>
                </p>
            </div>
        }
        .into_any()
    }
}

fn none(lang: Lang) -> AnyView {
    view! { <p>{say!(lang, "ありません。", "None.")}</p> }.into_any()
}

fn postings(all: Vec<PostingLine>, lang: Lang) -> AnyView {
    if all.is_empty() {
        return none(lang);
    }
    let rows = all
        .into_iter()
        .map(|PostingLine { department, kind, from, until, now }| {
            let mark =
                now.then(|| view! { " "<span class="tree__closed">{say!(lang, "現在", "Now")}</span> });
            view! {
                <tr>
                    <th scope="row"><Written text=department lang/>{mark}</th>
                    <td data-label=say!(lang, "種類", "Kind")>{kind.words(lang)}</td>
                    <td data-label=say!(lang, "期間", "When")>{span(from, until, lang)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Sheet id="postings" caption=say!(lang, "所属", "Postings") quiet=true>
            <thead>
                <tr>
                    <th scope="col">{say!(lang, "部署", "Department")}</th>
                    <th scope="col">{say!(lang, "種類", "Kind")}</th>
                    <th scope="col">{say!(lang, "期間", "When")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Sheet>
    }
    .into_any()
}

fn leaves(all: Vec<LeaveLine>, lang: Lang) -> AnyView {
    if all.is_empty() {
        return none(lang);
    }
    let lines = all
        .into_iter()
        .map(|LeaveLine { reason, from, back }| {
            let from = from.plain(lang);
            let back = match back.map(|day| day.plain(lang)) {
                Some(back) => say!(lang, "{from} から（{back} に復帰）", "since {from}, back on {back}"),
                None => say!(lang, "{from} から", "since {from}"),
            };
            view! { <li><Written text=reason lang/>" "{back}</li> }
        })
        .collect_view();
    view! { <ul class="plain-list" role="list">{lines}</ul> }.into_any()
}

fn roles(all: Vec<RoleLine>, lang: Lang) -> AnyView {
    if all.is_empty() {
        return none(lang);
    }
    let lines = all
        .into_iter()
        .map(|RoleLine { department, deputy, until, end }| {
            let word =
                if deputy { say!(lang, "代行", "Deputy") } else { say!(lang, "所属長", "Manager") };
            let until = until.map(|day| {
                let day = day.plain(lang);
                say!(lang, "（{day}まで）", " (until {day})")
            });
            let of = department.clone();
            view! {
                <li>
                    <form method="post" action=end class="person-record__line">
                        <span><Written text=department lang/>" "{word}{until}</span>
                        <button class="button button--side button--small" type="submit">
                            {say!(lang, "今すぐ終える", "End it now")}
                            <span class="visually-hidden">" "<Written text=of lang/></span>
                        </button>
                    </form>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="plain-list" role="list">{lines}</ul> }.into_any()
}

fn held(all: Vec<HeldLine>, lang: Lang) -> AnyView {
    if all.is_empty() {
        return ().into_any();
    }
    let lines = all
        .into_iter()
        .map(|HeldLine { what, entered, release }| {
            let entered = entered.plain(lang);
            let of = what.clone();
            view! {
                <li>
                    <form method="post" action=release class="person-record__line">
                        <span>{say!(lang, "{what}（{entered} に入力）", "{what} (entered {entered})")}</span>
                        <button class="button button--side button--small" type="submit">
                            {say!(lang, "一覧に合わせる", "Follow lists again")}
                            <span class="visually-hidden">" "{of}</span>
                        </button>
                    </form>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="held-heading">
            <h2 id="held-heading">{say!(lang, "手で入力したこと", "Entered by hand")}</h2>
            <p>{say!(
                lang,
                "人事の一覧と違っていても、取り込みでは変えません。「一覧に合わせる」を押すと、次の取り込みから一覧のとおりになります。",
                "A list of staff does not change these, even if it says otherwise. Once they follow lists again, the next list decides.",
            )}</p>
            <ul class="plain-list" role="list">{lines}</ul>
        </section>
    }
    .into_any()
}
