//! Every training: what is being written, what is open, what is over.

use super::trail;
use crate::day::{Day, Moment};
use crate::page::{Page, PageKind};
use crate::ui::written::Written;
use crate::ui::{LinkButton, Rate, Sheet, Weight};
use crate::{Lang, say};
use leptos::prelude::*;

/// Something that is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftLine {
    /// Its title.
    pub title: String,
    /// It would change a training that is open.
    pub changes: bool,
    /// Who wrote it last.
    pub by: String,
    /// When.
    pub at: Moment,
    /// Its form.
    pub href: String,
}

/// A training.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequirementLine {
    /// Its title.
    pub title: String,
    /// For whom, in one line.
    pub whom: String,
    /// How often, in one line.
    pub cycle: String,
    /// Its first day.
    pub opens: Day,
    /// The last day, for most people.
    pub due: Day,
    /// Nobody new comes to owe it any more.
    pub over: bool,
    /// How many of those who owe it have done it.
    pub rate: Rate,
    /// Its page.
    pub href: String,
}

/// Every training.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequirementList {
    /// What is being written.
    pub drafts: Vec<DraftLine>,
    /// What is open, newest first.
    pub open: Vec<RequirementLine>,
    /// What is over, newest first.
    pub over: Vec<RequirementLine>,
    /// The form of a new one.
    pub new: String,
    /// What was asked and waits for a decision: its page, and how many.
    pub exceptions: (String, u32),
    /// The form in which attendance elsewhere is recorded.
    pub attendance: String,
}

impl Page for RequirementList {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "研修の対象と期限", "Who owes what")
    }

    fn kind(&self) -> PageKind {
        PageKind::Wide
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { drafts, open, over, new, exceptions, attendance } = self;
        let drafts = (!drafts.is_empty()).then(|| {
            let lines = drafts.into_iter().map(|line| draft(line, lang)).collect_view();
            view! {
                <section class="report__part" aria-labelledby="drafts">
                    <h2 id="drafts">{say!(lang, "下書き", "Drafts")}</h2>
                    <ul role="list" class="drafts">{lines}</ul>
                </section>
            }
        });
        let none = open.is_empty().then(|| {
            view! { <p class="report__empty">{say!(lang, "受け付けている研修はありません。", "No training is open.")}</p> }
        });
        let open = (!open.is_empty())
            .then(|| table("open", say!(lang, "受け付けている研修", "Open trainings"), open, lang));
        let over = (!over.is_empty()).then(|| {
            let count = over.len();
            view! {
                <details class="fold">
                    <summary>{say!(lang, "終わった研修 {count}件", "{count} that are over")}</summary>
                    {table("over", say!(lang, "終わった研修", "Trainings that are over"), over, lang)}
                </details>
            }
        });
        let (asked, waiting) = exceptions;
        view! {
            <div class="report">
                {trail(lang, false)}
                <h1>{say!(lang, "研修の対象と期限", "Who owes what")}</h1>
                <p class="lead">{say!(
                    lang,
                    "だれが、いつまでに、何を受けるかを決めます。下書きの段階では、だれにも割り当てられません。",
                    "Who takes which training by when. While something is a draft, nobody owes it.",
                )}</p>
                <p class="links">
                    <LinkButton href=new words=say!(lang, "研修を新しく作る", "Make a new training")/>
                    <LinkButton href=asked weight=Weight::Side words=say!(lang, "延長や免除の申請（{waiting}件）", "Exceptions asked for ({waiting})")/>
                    <LinkButton href=attendance weight=Weight::Side words=say!(lang, "集合研修や紙での受講を記録する", "Record attendance elsewhere")/>
                </p>
                {drafts}
                <section class="report__part" aria-labelledby="now">
                    <h2 id="now">{say!(lang, "受け付けている研修", "Open trainings")}</h2>
                    {none}
                    {open}
                </section>
                {over}
            </div>
        }
        .into_any()
    }
}

fn draft(line: DraftLine, lang: Lang) -> impl IntoView {
    let DraftLine { title, changes, by, at, href } = line;
    let what = if changes {
        say!(lang, "決まりの変更", "change of its rule")
    } else {
        say!(lang, "新しい研修", "new training")
    };
    let at = at.minutes(lang);
    view! {
        <li>
            <a href=href><Written text=title lang/></a>
            <span class="drafts__what">{what}</span>
            <span class="drafts__by">{say!(lang, "{at}　", "{at}, ")}<Written text=by lang/></span>
        </li>
    }
}

fn table(id: &'static str, caption: String, lines: Vec<RequirementLine>, lang: Lang) -> AnyView {
    let rows = lines
        .into_iter()
        .map(|line| {
            let RequirementLine { title, whom, cycle, opens, due, rate, href, .. } = line;
            let (opens, due) = (opens.plain(lang), due.plain(lang));
            view! {
                <tr>
                    <th scope="row"><a href=href><Written text=title lang/></a></th>
                    <td data-label=say!(lang, "対象", "For whom")><Written text=whom lang/></td>
                    <td data-label=say!(lang, "繰り返し", "How often")>{cycle}</td>
                    <td data-label=say!(lang, "開始", "Opens")><span class="nowrap">{opens}</span></td>
                    <td data-label=say!(lang, "期限", "Due")><span class="nowrap">{due}</span></td>
                    <td data-label=say!(lang, "受講率", "Rate")><span class="nowrap">{rate.words(lang)}</span></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Sheet id caption quiet=true>
            <thead>
                <tr>
                    <th scope="col">{say!(lang, "研修", "Training")}</th>
                    <th scope="col">{say!(lang, "対象", "For whom")}</th>
                    <th scope="col">{say!(lang, "繰り返し", "How often")}</th>
                    <th scope="col">{say!(lang, "開始", "Opens")}</th>
                    <th scope="col">{say!(lang, "期限", "Due")}</th>
                    <th scope="col">{say!(lang, "受講率", "Rate")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Sheet>
    }
    .into_any()
}
