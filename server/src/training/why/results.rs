//! What came of each of several: of options that could be picked, of rows that were decided, of whom and how.

use std::collections::{BTreeMap, BTreeSet};

use kokoroe_app::training::{PickResult, RowResult};
use kokoroe_app::ui::say::Words;
use kokoroe_courses::{Assign, AssignKind, AssignRow, Grade, Item, PickOption, WHOLE, Whom};

use crate::training::shown::Shown;
use crate::training::translate::{Translator, verdict};

/// Options: all of them, or, while the question is still asked, those that were picked.
pub(super) fn picks(
    words: Translator<'_>,
    options: &[PickOption],
    picked: &BTreeSet<String>,
    kept_back: bool,
) -> Vec<PickResult> {
    options
        .iter()
        .filter(|option| !option.plain && (!kept_back || picked.contains(&option.id)))
        .map(|option| PickResult {
            text: words.words(&option.text),
            hit: option.hit,
            must: option.must,
            picked: picked.contains(&option.id),
            why: option.why.as_ref().map(|why| words.words(why)),
            clause: option.cite.as_deref().and_then(|id| words.clause(id)),
        })
        .collect()
}

/// Rows: all of them, or, while the question is still asked, those that were answered well.
pub(super) fn rows(
    words: Translator<'_>,
    item: &Item,
    shown: &Shown<'_>,
    assign: &Assign,
    given: &BTreeMap<String, String>,
    kept_back: bool,
) -> Vec<RowResult> {
    assign
        .asked()
        .filter_map(|row| {
            let act = given.get(&row.id)?;
            let grade = row.grade(act);
            if kept_back && grade < Grade::Ok {
                return None;
            }
            let post = item.posts.iter().find(|post| assign.kind == AssignKind::Triage && post.id == row.id);
            let author = post.and_then(|post| shown.module.actors.get(&post.by));
            // The reason says why the best is best, so it waits until nobody looks for that any more.
            let told = !kept_back || grade == Grade::Best;
            Some(RowResult {
                by: author.map(|actor| words.words(&actor.name)),
                text: post.map(|post| &post.text).or(row.text.as_ref()).map(|text| words.words(text)),
                given: words.act(assign, act),
                verdict: verdict(grade),
                best: (!kept_back && grade != Grade::Best).then(|| words.act(assign, &row.best)),
                why: row.why.as_ref().filter(|_| told).map(|why| words.words(why)),
                clause: row.cite.as_deref().and_then(|id| words.clause(id)),
            })
        })
        .collect()
}

/// A text as it was made, and as it would best be: nothing where that is the same, where it would best not be posted at all, and while
/// the question is still asked.
pub(super) fn texts(
    words: Translator<'_>,
    assign: &Assign,
    given: &BTreeMap<String, String>,
    kept_back: bool,
) -> (Vec<Words>, Option<Vec<Words>>) {
    let parts = || assign.rows.iter().filter(|row| row.id != WHOLE);
    let read = |act: &dyn Fn(&AssignRow) -> String| -> Vec<Words> {
        parts()
            .filter_map(|row| match act(row).as_str() {
                "cut" => None,
                "soft" => row.soft.as_ref(),
                _ => row.text.as_ref(),
            })
            .map(|text| words.words(text))
            .collect()
    };
    let yours = read(&|row| given.get(&row.id).cloned().unwrap_or_default());
    let model = read(&|row| row.best.clone());
    let dropped = assign.rows.iter().any(|row| row.id == WHOLE && row.best == "drop");
    let shown = !kept_back && !dropped && model != yours;
    (yours, shown.then_some(model))
}

/// Whom somebody told, and how. The reasons are those of what was chosen; the best waits while the question is still asked.
pub(super) fn whom(
    words: Translator<'_>,
    whom: &Whom,
    contact: &str,
    way: &str,
    kept_back: bool,
) -> Vec<RowResult> {
    let name = |id: &str| whom.book.iter().find(|entry| entry.id == id).map(|entry| words.words(&entry.text));
    let row =
        |given: Words, grade: Grade, best: Option<Words>, why: Words, cite: Option<&String>| RowResult {
            by: None,
            text: None,
            given,
            verdict: verdict(grade),
            best: best.filter(|_| !kept_back && grade != Grade::Best),
            why: Some(why),
            clause: cite.and_then(|id| words.clause(id)),
        };
    let own = whom.options.iter().find(|option| option.id == contact);
    let best = whom.options.iter().max_by_key(|option| option.grade);
    let person = name(contact).zip(whom.contact_grade(contact)).map(|(given, grade)| {
        let why = own.map_or(&whom.otherwise, |option| &option.why);
        let cite = own.and_then(|option| option.cite.as_ref());
        row(given, grade, best.and_then(|option| name(&option.id)), words.words(why), cite)
    });
    let best_way = whom.ways.iter().max_by_key(|each| each.grade).map(|way| words.way(way.by.code()));
    let channel = whom.ways.iter().find(|each| each.by.code() == way).map(|chosen| {
        row(words.way(way), chosen.grade, best_way, words.words(&chosen.why), chosen.cite.as_ref())
    });
    person.into_iter().chain(channel).collect()
}
