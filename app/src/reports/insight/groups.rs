//! The departments and professions of a question. No group of fewer than ten people is told.

use crate::reports::grouped;
use crate::ui::written::Written;
use crate::ui::{Rate, Say, Sheet, Words};
use crate::{Lang, say};
use leptos::prelude::*;

use super::list::hidden_cell;
use super::whole_percent;

/// What is told of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupTold {
    /// Best or ok, of all.
    pub good: Rate,
    /// The wrong choice that most of them made, with how many.
    pub wrong: Option<(Words, u32)>,
}

/// A department or profession.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupLine {
    /// Its name. `None`: people without a department.
    pub name: Option<String>,
    /// `None`: it is too small, or would tell one that is.
    pub told: Option<GroupTold>,
}

/// How each group did, as a table. `None`: set against another table on the page, it would tell of few people.
pub(super) fn groups(
    id: &'static str,
    heading: String,
    column: String,
    lines: Option<Vec<GroupLine>>,
    lang: Lang,
) -> AnyView {
    let Some(lines) = lines else {
        let words = say!(
            lang,
            "部署別の表と引き比べると10人未満の人の答えが分かってしまうため、表示していません。",
            "Not shown: set against the table by department, it would tell what fewer than 10 people answered.",
        );
        return instead(id, heading, words);
    };
    if lines.is_empty() {
        return ().into_any();
    }
    let hidden = lines.iter().filter(|line| line.told.is_none()).count();
    if hidden == lines.len() {
        let words = say!(
            lang,
            "どのまとまりも人数が少ないため、表示していません。",
            "Every group is too small to be shown.",
        );
        return instead(id, heading, words);
    }
    let note = (hidden > 0).then(|| {
        view! { <p class="report__note">{say!(
            lang,
            "人数の少ない{hidden}のまとまりは表示していません。",
            "{hidden} small groups are not shown.",
        )}</p> }
    });
    let rows = lines.into_iter().map(|line| group(line, lang)).collect_view();
    let caption = heading.clone();
    view! {
        <section class="report__part" aria-labelledby=id>
            <h2 id=id>{heading}</h2>
            <Sheet id=format!("{id}-table") caption quiet=true>
                <thead>
                    <tr>
                        <th scope="col">{column}</th>
                        <th scope="col" class="number">{say!(lang, "人数", "People")}</th>
                        <th scope="col" class="number">{say!(lang, "初回正答率", "First-try rate")}</th>
                        <th scope="col">{say!(lang, "最も多い誤答", "Most common wrong choice")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Sheet>
            {note}
        </section>
    }
    .into_any()
}

/// Why there is no table.
fn instead(id: &'static str, heading: String, words: String) -> AnyView {
    view! {
        <section class="report__part" aria-labelledby=id>
            <h2 id=id>{heading}</h2>
            <p class="report__note">{words}</p>
        </section>
    }
    .into_any()
}

fn group(line: GroupLine, lang: Lang) -> AnyView {
    let GroupLine { name, told } = line;
    let name = name.unwrap_or_else(|| say!(lang, "所属なし", "No department"));
    let name = view! { <th scope="row"><Written text=name lang/></th> };
    let label = say!(lang, "人数", "People");
    let Some(GroupTold { good, wrong }) = told else {
        return view! { <tr data-hidden="true">{name}{hidden_cell(3, label, lang)}</tr> }.into_any();
    };
    let wrong = wrong.map(|(words, done)| {
        let share = whole_percent(Rate { done, of: good.of });
        view! { <span class="insight__wrong"><Say words page=lang/>" "<b>{share}</b></span> }
    });
    let people = grouped(good.of);
    view! {
        <tr>
            {name}
            <td class="number" data-label=label>{say!(lang, "{people}人", "{people}")}</td>
            <td class="number" data-label=say!(lang, "初回正答率", "First-try rate")>{good.percent()}</td>
            <td data-label=say!(lang, "最も多い誤答", "Most common wrong choice")>{wrong}</td>
        </tr>
    }
    .into_any()
}
