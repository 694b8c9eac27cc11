//! The questions that were answered, each in the wording in which it was asked.

use std::collections::HashMap;

use super::figures::{Figures, Flag};
use super::question::{self, Kind, Line, Question, Said, Sort};
use crate::db::{Conn, DbError};
use crate::reports::store::answers::ResponseRow;
use crate::state::Site;
use crate::training::translate::{Translator, verdict};
use kokoroe_app::reports::insight as view;
use kokoroe_app::ui::Rate;
use kokoroe_app::ui::say::{Word, Words};
use kokoroe_courses::Grade;

/// A question in one wording.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Its module.
    pub(super) module: String,
    /// What it is.
    pub(super) question: Question,
    /// The revisions of the module that word it so.
    pub(super) revisions: Vec<String>,
    /// The module of this release words it otherwise, or has it no more.
    pub(super) older: bool,
}

/// Every question that was answered, in the order of the course.
#[derive(Debug, Default)]
pub(super) struct Entries {
    pub(super) all: Vec<Entry>,
    places: HashMap<(String, String, String), usize>,
}

impl Entries {
    /// Reads the questions that these rows are about: module, revision and name. What a revision does not have, or what is never
    /// graded, is passed over.
    pub(super) async fn load<'r>(
        site: &Site,
        conn: &mut Conn,
        modules: &[String],
        rows: impl Iterator<Item = (&'r str, &'r str, &'r str)>,
    ) -> Result<Self, DbError> {
        let mut entries = Self::default();
        let mut wordings: HashMap<(String, String), usize> = HashMap::new();
        for (module, revision, place) in rows {
            let key = (module.to_owned(), revision.to_owned(), place.to_owned());
            if entries.places.contains_key(&key) {
                continue;
            }
            let Some(pinned) = site.content.pinned(conn, revision).await? else { continue };
            let Some(question) = question::find(&pinned, place) else { continue };
            let wording = (format!("{module}/{place}"), question.wording.clone());
            let at = *wordings.entry(wording).or_insert_with(|| {
                entries.all.push(Entry {
                    module: module.to_owned(),
                    older: !is_present(site, module, &question),
                    question,
                    revisions: Vec::new(),
                });
                entries.all.len() - 1
            });
            if let Some(entry) = entries.all.get_mut(at) {
                entry.revisions.push(revision.to_owned());
            }
            entries.places.insert(key, at);
        }
        entries.sort(modules);
        Ok(entries)
    }

    fn sort(&mut self, modules: &[String]) {
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        order.sort_by_key(|at| {
            self.all.get(*at).map(|entry| {
                let module = modules.iter().position(|id| *id == entry.module).unwrap_or(usize::MAX);
                (module, entry.module.clone(), entry.question.position, entry.older, *at)
            })
        });
        let places: HashMap<usize, usize> = order.iter().enumerate().map(|(new, old)| (*old, new)).collect();
        self.all = order.iter().filter_map(|at| self.all.get(*at).cloned()).collect();
        for at in self.places.values_mut() {
            *at = places.get(at).copied().unwrap_or(*at);
        }
    }

    /// Which question a row is about.
    pub(super) fn of(&self, module: &str, revision: &str, place: &str) -> Option<usize> {
        self.places.get(&(module.to_owned(), revision.to_owned(), place.to_owned())).copied()
    }

    /// What the first answers to each come to.
    pub(super) fn figures(&self, rows: &[ResponseRow]) -> Vec<Figures> {
        let mut all: Vec<Figures> = self.all.iter().map(|entry| Figures::of(&entry.question)).collect();
        for row in rows {
            let Some(at) = self.of(&row.module, &row.revision, &row.place) else { continue };
            if let (Some(entry), Some(figures)) = (self.all.get(at), all.get_mut(at)) {
                figures.add(&entry.question, row);
            }
        }
        all
    }
}

fn is_present(site: &Site, module: &str, question: &Question) -> bool {
    let present = site.content.module(module).and_then(|(_, module)| question::find(module, &question.place));
    present.is_some_and(|present| present.wording == question.wording)
}

/// A kind of question as the page shows it.
pub(super) const fn kind_view(kind: Kind) -> view::QuestionKind {
    match kind {
        Kind::Item => view::QuestionKind::Item,
        Kind::Story => view::QuestionKind::Story,
        Kind::Test => view::QuestionKind::Test,
    }
}

/// A flag as the page shows it.
pub(super) const fn flag_view(flag: Flag) -> view::Flag {
    match flag {
        Flag::Backwards => view::Flag::Backwards,
        Flag::SameWrong => view::Flag::SameWrong,
        Flag::AllRight => view::Flag::AllRight,
    }
}

/// What a line is called.
pub(super) fn said(words: Translator<'_>, line: &Line) -> Words {
    match &line.said {
        Said::Text(text) => words.words(text),
        Said::Way(way) => words.way(way),
        Said::Whole => words.either("文全体", "The whole text"),
    }
}

/// What was chosen for a row, in words.
pub(super) fn act(words: Translator<'_>, question: &Question, act: &str) -> Option<Words> {
    question.assign.as_ref().map(|assign| words.act(assign, act))
}

/// A count for a page.
pub(super) fn small(count: i64) -> u32 {
    crate::reports::tally::small(count)
}

/// The figures as the page shows them; none while they are too few.
pub(super) fn told(words: Translator<'_>, question: &Question, figures: &Figures) -> Option<view::Told> {
    if figures.is_small() {
        return None;
    }
    let [harm, risky, ok, best] = figures.grades.map(small);
    let wrong = figures.most_wrong(question).and_then(|(block, number, people)| {
        let line = question.blocks.get(block)?.lines.get(number)?;
        let mut what = said(words, line);
        let chosen = match line.sort {
            Sort::Row => figures.line(block, number)?.act().map(|(code, _)| code),
            _ => None,
        };
        if let Some(act) = chosen.and_then(|code| act(words, question, code)) {
            what.words.push(Word { base: " → ".to_owned(), reading: None });
            what.words.extend(act.words);
        }
        Some((what, small(people)))
    });
    Some(view::Told {
        good: Rate { done: small(figures.good()), of: small(figures.people) },
        grades: [
            (verdict(Grade::Best), best),
            (verdict(Grade::Ok), ok),
            (verdict(Grade::Risky), risky),
            (verdict(Grade::Harm), harm),
        ],
        discrimination: figures.discrimination(),
        wrong,
        flags: figures.flags(question).into_iter().map(flag_view).collect(),
    })
}
