//! 朝礼用: a sheet of A4 with the people who still have to act, by department, large enough to read from a step away.

use crate::day::Day;
use crate::page::{Page, PageKind};
use crate::ui::written::Written;
use crate::ui::{BackLink, PrintButton};
use crate::{Lang, say};
use leptos::prelude::*;

/// Somebody on the list: nothing but the name and the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MorningLine {
    /// Name.
    pub name: String,
    /// Last day in time. That it is past is said to nobody before the others.
    pub due: Day,
}

/// A department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MorningGroup {
    /// Its name.
    pub name: String,
    /// Its people, the most urgent first.
    pub lines: Vec<MorningLine>,
}

/// The sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MorningPage {
    /// The list from which one comes.
    pub back: String,
    /// Its name.
    pub back_words: String,
    /// Day of the sheet.
    pub on: Day,
    /// Whom to ask.
    pub help: String,
    /// Departments in the order of the tree; those without anybody are left out.
    pub groups: Vec<MorningGroup>,
}

impl Page for MorningPage {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "朝礼用の一覧", "List for the morning meeting")
    }

    fn kind(&self) -> PageKind {
        PageKind::Paper
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { back, back_words, on, help, groups } = self;
        let on = on.long(lang);
        let none = groups.is_empty().then(|| {
            view! { <p class="report__empty">{say!(lang, "いま声をかける人はいません。", "There is nobody to speak to now.")}</p> }
        });
        let groups = groups
            .into_iter()
            .zip(1_u16..)
            .map(|(MorningGroup { name, lines }, n)| {
                let id = format!("group-{n}");
                let named = id.clone();
                let lines = lines
                    .into_iter()
                    .map(|MorningLine { name, due }| {
                        let due = due.short(lang);
                        view! {
                            <li class="morning__line">
                                <span class="morning__box" aria-hidden="true"></span>
                                <span class="morning__name"><Written text=name lang/></span>
                                <span class="morning__due">{say!(lang, "期限 {due}", "due {due}")}</span>
                            </li>
                        }
                    })
                    .collect_view();
                view! {
                    <section class="morning__group" aria-labelledby=named>
                        <h2 id=id><Written text=name lang/></h2>
                        <ul class="morning__list" role="list">{lines}</ul>
                    </section>
                }
            })
            .collect_view();
        view! {
            <div class="morning">
                <BackLink href=back words=back_words/>
                <h1>{say!(lang, "研修がまだの人", "Training still to do")}</h1>
                <p class="morning__on">{say!(lang, "{on}　朝礼用", "{on}, for the morning meeting")}</p>
                {none}
                {groups}
                <p class="morning__foot">{say!(
                    lang,
                    "時間がとれないときは {help} へ。この紙は、使い終わったらシュレッダーへ。",
                    "No time for it? Call {help}. Shred this sheet after use.",
                )}</p>
                <PrintButton lang/>
            </div>
        }
        .into_any()
    }
}
