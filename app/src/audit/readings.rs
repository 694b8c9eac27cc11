//! Who opened the record of somebody else.

use super::{grouped, trail};
use crate::day::Moment;
use crate::page::{Page, PageKind};
use crate::people::Listed;
use crate::ui::written::Written;
use crate::ui::{Pager, PrintButton, Sheet};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// Which page of a person was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// The manager's.
    Team,
    /// The training office's: where they stand.
    Office,
    /// The training office's: where they work, and when they are away.
    Record,
    /// The auditor's.
    Audit,
}

impl Opened {
    fn words(self, lang: Lang) -> String {
        match self {
            Self::Team => say!(lang, "受講状況（管理者の画面）", "Progress (page for managers)"),
            Self::Office => {
                say!(lang, "受講状況（研修担当の画面）", "Progress (page of the training office)")
            }
            Self::Record => say!(lang, "所属と休職", "Postings and leave"),
            Self::Audit => say!(lang, "監査用の記録", "Record for auditors"),
        }
    }
}

/// A record that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingLine {
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: String,
    /// What else they opened.
    pub by_href: String,
    /// Whose.
    pub of: String,
    /// Who else opened it.
    pub of_href: String,
    /// Which page.
    pub opened: Opened,
    /// The number of the leaf that binds it, once there is one.
    pub bound: Option<u64>,
}

/// A person to whom the list is narrowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingOf {
    /// Name.
    pub name: String,
    /// The person's full record.
    pub href: String,
}

/// The list. GET: `of`, `by`, `page`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditReadings {
    /// Only records of this person.
    pub of: Option<ReadingOf>,
    /// Only what this person opened.
    pub by: Option<ReadingOf>,
    /// Newest first.
    pub lines: Vec<ReadingLine>,
    /// Which part of them.
    pub listed: Listed,
}

impl Page for AuditReadings {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "記録を開いた人（監査）", "Who opened records (audit)")
    }

    fn kind(&self) -> PageKind {
        PageKind::Wide
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { of, by, lines, listed } = self;
        let Listed { first, last, of: whole, before, after } = listed;
        let narrowed = of.is_some() || by.is_some();
        let person = |words: String, person: ReadingOf| {
            view! { <p>{words}<a href=person.href><Written text=person.name lang/></a></p> }
        };
        view! {
            <div class="audit audit--wide">
                {trail(lang, None)}
                <header class="audit__head">
                    <h1>{say!(lang, "記録を開いた人", "Who opened records")}</h1>
                </header>
                <p>{say!(
                    lang,
                    "ほかの職員一人の記録を開いた人を、新しい順に並べています。自分の記録を開いたときと、10分以内に同じ画面を開きなおしたときは載りません。一覧の閲覧も載りません。名簿などのファイルの取り出しは、証跡に一件ずつあります。",
                    "Whoever opened the record of one other person, newest first. Opening one's own record is not listed, nor is opening the same page again within ten minutes, nor are lists of many people. Each file that was taken has a leaf of its own in the log.",
                )}</p>
                {of.map(|of| person(say!(lang, "開かれた記録：", "Record of: "), of))}
                {by.map(|by| person(say!(lang, "開いた人：", "Opened by: "), by))}
                {narrowed.then(|| view! { <p><a href=paths::AUDIT_READINGS>{say!(lang, "全員分を表示する", "Show those of everybody")}</a></p> })}
                {table(lines, lang)}
                <Pager lang first last of=whole before after/>
                <PrintButton lang/>
            </div>
        }
        .into_any()
    }
}

fn table(lines: Vec<ReadingLine>, lang: Lang) -> AnyView {
    if lines.is_empty() {
        return view! {
            <p class="audit__empty">{say!(lang, "開いた人はまだいません。", "Nobody has opened any yet.")}</p>
        }
        .into_any();
    }
    let heads = [
        say!(lang, "開いた人", "Opened by"),
        say!(lang, "日時", "When"),
        say!(lang, "だれの記録", "Whose record"),
        say!(lang, "画面", "Page"),
        say!(lang, "証跡", "Leaf"),
    ];
    let head = heads.iter().map(|words| view! { <th scope="col">{words.clone()}</th> }).collect_view();
    let rows = lines.into_iter().map(|line| row(line, heads.clone(), lang)).collect_view();
    let caption = say!(lang, "記録を開いた人", "Who opened records");
    view! {
        <Sheet id="readings" caption quiet=true>
            <thead><tr>{head}</tr></thead>
            <tbody>{rows}</tbody>
        </Sheet>
    }
    .into_any()
}

fn row(line: ReadingLine, [_, when, of, page, leaf]: [String; 5], lang: Lang) -> AnyView {
    let bound = match line.bound {
        Some(number) => grouped(number),
        None => say!(lang, "まだ（1時間以内に記録します）", "not yet (within the hour)"),
    };
    view! {
        <tr>
            <th scope="row"><a href=line.by_href><Written text=line.by lang/></a></th>
            <td data-label=when>{line.at.minutes(lang)}</td>
            <td data-label=of><a href=line.of_href><Written text=line.of lang/></a></td>
            <td data-label=page>{line.opened.words(lang)}</td>
            <td data-label=leaf>{bound}</td>
        </tr>
    }
    .into_any()
}
