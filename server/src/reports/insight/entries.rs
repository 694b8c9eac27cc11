//! The questions that were answered, each in the wording in which it was asked.

use std::collections::{BTreeMap, HashMap};

use super::figures::{Figures, Flag};
use super::hide::hidden;
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
    /// Reads the questions that these rows are about. What a revision does not have, or what is never graded, is passed over.
    pub(super) async fn load(
        site: &Site,
        conn: &mut Conn,
        modules: &[String],
        rows: &[ResponseRow],
    ) -> Result<Self, DbError> {
        let mut entries = Self::default();
        let mut wordings: HashMap<(String, String), usize> = HashMap::new();
        for ResponseRow { module, revision, place, .. } in rows {
            if entries.of(module, revision, place).is_some() {
                continue;
            }
            let Some(pinned) = site.content.pinned(conn, revision).await? else { continue };
            let Some(question) = question::find(&pinned, place) else { continue };
            let family = (question.kind == Kind::Wording).then(|| family_of(place));
            entries.add(site, &mut wordings, (module, revision), question);
            if let Some(family) = family.filter(|family| entries.of(module, revision, family).is_none())
                && let Some(question) = question::find(&pinned, family)
            {
                entries.add(site, &mut wordings, (module, revision), question);
            }
        }
        entries.sort(modules);
        Ok(entries)
    }

    fn add(
        &mut self,
        site: &Site,
        wordings: &mut HashMap<(String, String), usize>,
        (module, revision): (&str, &str),
        question: Question,
    ) {
        let place = question.place.clone();
        let wording = (format!("{module}/{place}"), question.wording.clone());
        let at = *wordings.entry(wording).or_insert_with(|| {
            let older = !is_present(site, module, &question);
            self.all.push(Entry { module: module.to_owned(), question, revisions: Vec::new(), older });
            self.all.len() - 1
        });
        if let Some(entry) = self.all.get_mut(at) {
            entry.revisions.push(revision.to_owned());
        }
        self.places.insert((module.to_owned(), revision.to_owned(), place), at);
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

    /// The question under which a row is told by group: of a test all wordings together.
    pub(super) fn unit(&self, module: &str, revision: &str, place: &str) -> Option<usize> {
        let at = self.of(module, revision, place)?;
        let is_wording = self.all.get(at).is_some_and(|entry| entry.question.kind == Kind::Wording);
        if is_wording { self.of(module, revision, family_of(place)) } else { Some(at) }
    }

    /// The wordings of a point.
    pub(super) fn wordings_of(&self, family: &Entry) -> impl Iterator<Item = usize> {
        self.all
            .iter()
            .enumerate()
            .filter(move |(_, entry)| {
                entry.question.kind == Kind::Wording
                    && entry.module == family.module
                    && family_of(&entry.question.place) == family.question.place
                    && entry.revisions.iter().any(|revision| family.revisions.contains(revision))
            })
            .map(|(at, _)| at)
    }

    /// Which wordings must not be told, because too few people were asked or because they and the whole would tell of one that few were
    /// asked. A wording that stayed while its point was worded anew is never told: it belongs to two wholes at once.
    pub(super) fn withheld(&self, rows: &[ResponseRow]) -> Vec<bool> {
        let mut asked: BTreeMap<usize, BTreeMap<usize, i64>> = BTreeMap::new();
        for row in rows {
            let at = self.of(&row.module, &row.revision, &row.place);
            let family = self.unit(&row.module, &row.revision, &row.place);
            if let (Some(at), Some(family)) = (at, family.filter(|family| Some(*family) != at)) {
                *asked.entry(family).or_default().entry(at).or_default() += row.people;
            }
        }
        let mut withheld = vec![false; self.all.len()];
        for (family, wordings) in asked {
            let Some(family) = self.all.get(family) else { continue };
            let sizes: Vec<i64> = wordings.values().copied().collect();
            for (at, hidden) in wordings.into_keys().zip(hidden(&sizes)) {
                let (Some(wording), Some(slot)) = (self.all.get(at), withheld.get_mut(at)) else { continue };
                let is_whole = wording.revisions.iter().all(|each| family.revisions.contains(each));
                *slot |= hidden || !is_whole;
            }
        }
        withheld
    }

    /// No answer to any of them.
    pub(super) fn nothing(&self) -> Vec<Figures> {
        self.all.iter().map(|entry| Figures::of(&entry.question)).collect()
    }

    /// Adds the first answers to each.
    pub(super) fn add_answers(&self, all: &mut [Figures], rows: &[ResponseRow]) {
        for row in rows {
            let at = self.of(&row.module, &row.revision, &row.place);
            let unit = self.unit(&row.module, &row.revision, &row.place).filter(|unit| Some(*unit) != at);
            for at in at.into_iter().chain(unit) {
                if let (Some(entry), Some(figures)) = (self.all.get(at), all.get_mut(at)) {
                    figures.add(&entry.question, row);
                }
            }
        }
    }
}

/// The family of `family/variant`.
fn family_of(place: &str) -> &str {
    place.split('/').next().unwrap_or(place)
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
        Kind::Family => view::QuestionKind::Family,
        Kind::Wording => view::QuestionKind::Wording,
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
