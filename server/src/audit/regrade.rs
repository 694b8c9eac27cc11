//! Every answer of an evidence pack judged anew, from the content that its attempt pinned and nothing else: the pack holds both.

use std::collections::HashMap;
use std::io;

use kokoroe_courses::{Grade, Judged, Module, Place, Refusal, Response, Walk};
use kokoroe_evidence::pack::{LEAVES, LONGEST_TEXT, PART_LEAVES, Source, each_leaf, held};
use kokoroe_evidence::{Difference, Fault, Hash, Kind, Leaf};
use serde_json::Value;

use super::glance::Glance;
use crate::training::record::{LedTo, Noted};

/// What was judged anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Regraded {
    /// Attempts that were walked through again.
    pub attempts: u64,
    /// Their answers.
    pub answers: u64,
    /// How many of them were in somebody's own words. The log keeps only their length, so their judgement is taken as it was written down;
    /// what follows them is judged anew.
    pub words: u64,
    /// Answers to attempts that began in the log of another year, which are judged with that one's pack.
    pub elsewhere: u64,
}

/// How many attempts may be under way at once, and how many are remembered at all. Of a log with more, the leaves are read several times,
/// each time for a part of the attempts.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Attempts under way at once.
    pub under_way: usize,
    /// Attempts at all.
    pub known: usize,
}

const LIMITS: Limits = Limits { under_way: 8_192, known: 262_144 };

/// Judges every answer of a pack anew.
///
/// # Errors
/// With the first answer of each kind of difference.
pub fn regrade<S: Source + ?Sized>(source: &S) -> Result<Regraded, Vec<Difference>> {
    regrade_within(source, LIMITS)
}

/// The same within other limits; what comes of it does not depend on them.
///
/// # Errors
/// With the first answer of each kind of difference.
pub fn regrade_within<S: Source + ?Sized>(source: &S, limits: Limits) -> Result<Regraded, Vec<Difference>> {
    let mut modules = HashMap::new();
    for name in source.names() {
        let revision = name.strip_prefix("contents/").and_then(|name| name.strip_suffix(".json"));
        // What is not as its name says is told by the check of the pack.
        let Some((revision, text)) = revision.zip(held(source, &name, LONGEST_TEXT).ok()) else { continue };
        // Policies are contents as well.
        let module = std::str::from_utf8(&text).ok().and_then(|text| Module::from_canonical(text).ok());
        if let Some(module) = module {
            modules.insert(revision.to_owned(), module);
        }
    }
    let mut parts = 1;
    loop {
        match in_parts(source, &modules, parts, limits) {
            Ok(Some((told, found))) if found.is_empty() => return Ok(told),
            Ok(Some((_, found))) => return Err(found),
            Ok(None) => parts *= 2,
            Err(error) => return Err(vec![unreadable(&error)]),
        }
    }
}

/// Judges the attempts of one part after the other; `None` if a part is too large.
fn in_parts<S: Source + ?Sized>(
    source: &S,
    modules: &HashMap<String, Module>,
    parts: u64,
    limits: Limits,
) -> io::Result<Option<(Regraded, Vec<Difference>)>> {
    let (mut told, mut found) = (Regraded::default(), Vec::new());
    let file = if source.names().contains(LEAVES) { LEAVES } else { PART_LEAVES };
    for part in 0..parts {
        let mut again = Again { file, modules, attempts: HashMap::new(), under_way: 0, found };
        let mut too_many = false;
        each_leaf(source, file, &mut |number, line| {
            if too_many {
                return;
            }
            let Some(glance) = Glance::at(line) else { return };
            let judged = [Kind::ATTEMPT_START, Kind::ANSWER].iter().any(|kind| kind.as_str() == glance.kind);
            let attempt = Attempt::of(glance.obj);
            if !judged || attempt.part(parts) != part {
                return;
            }
            // What is no leaf is told by the check of the log.
            let Ok(leaf) = Leaf::parse(line) else { return };
            if *leaf.kind() == Kind::ATTEMPT_START {
                told.attempts += u64::from(again.begin(attempt, number, &leaf));
            } else {
                again.answer(attempt, number, &leaf, &mut told);
            }
            too_many = again.under_way > limits.under_way || again.attempts.len() > limits.known;
        })?;
        if too_many {
            return Ok(None);
        }
        found = again.found;
    }
    Ok(Some((told, found)))
}

fn unreadable(error: &io::Error) -> Difference {
    Difference {
        fault: Fault::Unreadable,
        file: LEAVES.to_owned(),
        line: None,
        leaf: None,
        expected: String::new(),
        found: error.to_string(),
        count: 1,
    }
}

/// An attempt's id, in a fixed size.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Attempt([u8; 16]);

impl Attempt {
    fn of(id: &str) -> Self {
        let hash = Hash::of(id.as_bytes());
        Self(hash.as_bytes().first_chunk().copied().unwrap_or_default())
    }

    /// The part that it belongs to, of so many.
    const fn part(self, parts: u64) -> u64 {
        (u128::from_le_bytes(self.0) % parts as u128) as u64
    }
}

/// Where an attempt stands.
enum Standing<'m> {
    UnderWay(Box<Walk<'m>>),
    /// Nothing can be answered any more.
    Over,
    /// Something differed: what follows would only differ as well.
    Lost,
}

/// The attempts of a part.
struct Again<'m> {
    file: &'static str,
    modules: &'m HashMap<String, Module>,
    attempts: HashMap<Attempt, Standing<'m>>,
    under_way: usize,
    found: Vec<Difference>,
}

impl<'m> Again<'m> {
    fn begin(&mut self, attempt: Attempt, number: u64, leaf: &Leaf) -> bool {
        let said = |part: &str| leaf.d().get(part).and_then(Value::as_str);
        let module = said("rev").and_then(|revision| self.modules.get(revision));
        let seed = said("seed").and_then(|seed| seed.parse::<i64>().ok());
        let (Some(_), Some(module), Some(seed)) = (leaf.obj(), module, seed) else {
            self.differs(number, "content, seed", String::new());
            return false;
        };
        // Whatever differed before, it was lost for good.
        if !matches!(self.attempts.get(&attempt), Some(Standing::Lost)) {
            let walk = Walk::begin(module, seed.cast_unsigned());
            self.stands(attempt, Standing::UnderWay(Box::new(walk)));
        }
        true
    }

    fn stands(&mut self, attempt: Attempt, standing: Standing<'m>) {
        self.under_way += usize::from(matches!(standing, Standing::UnderWay(_)));
        let before = self.attempts.insert(attempt, standing);
        self.under_way -= usize::from(matches!(before, Some(Standing::UnderWay(_))));
    }

    fn answer(&mut self, attempt: Attempt, number: u64, leaf: &Leaf, told: &mut Regraded) {
        let walk = match self.attempts.get_mut(&attempt) {
            Some(Standing::Lost) => return,
            Some(Standing::UnderWay(walk)) => Some(walk),
            Some(Standing::Over) => None,
            None => {
                told.elsewhere += 1;
                return;
            }
        };
        told.answers += 1;
        let said = |part: &str| leaf.d().get(part).and_then(Value::as_str).unwrap_or_default();
        let count = |part: &str| leaf.d().get(part).and_then(Value::as_i64);
        // What is not noted is equal to nothing.
        let noted = Noted {
            place: said("place").to_owned(),
            grade: count("grade"),
            points: count("points").unwrap_or(-1),
            out_of: count("out_of").unwrap_or(-1),
        };
        let recorded = (noted, said("led_to"));
        let Some(walk) = walk else {
            self.stands(attempt, Standing::Lost);
            return self.differs(number, &Refusal::Finished.to_string(), told_of(&recorded));
        };
        let noted = &recorded.0;
        let missed = walk.failed_round();
        let visit = match serde_json::from_str::<Response>(said("response")) {
            Ok(response) => walk.answer(response),
            Err(_) => {
                told.words += 1;
                let short = |number| u16::try_from(number).unwrap_or(0);
                let grade = noted.grade.and_then(Grade::of_points);
                walk.trust(Judged {
                    grade,
                    points: short(noted.points),
                    of: short(noted.out_of),
                    ..Judged::default()
                })
            }
        };
        let again = visit.map(Noted::of).map(|noted| (noted, LedTo::between(missed, walk).code()));
        if matches!(walk.place(), Place::End) {
            self.stands(attempt, Standing::Over);
        }
        if again.as_ref() != Ok(&recorded) {
            self.stands(attempt, Standing::Lost);
            self.differs(
                number,
                &again.as_ref().map_or_else(ToString::to_string, told_of),
                told_of(&recorded),
            );
        }
    }

    fn differs(&mut self, line: u64, expected: &str, found: String) {
        match self.found.first_mut() {
            Some(first) => first.count += 1,
            None => self.found.push(Difference {
                fault: Fault::Grade,
                file: self.file.to_owned(),
                line: Some(line + 1),
                // In a part of a log, lines are not counted as leaves are.
                leaf: (self.file == LEAVES).then_some(line),
                expected: expected.to_owned(),
                found,
                count: 1,
            }),
        }
    }
}

/// What was noted, and what it led to, in a line: place, grade, points of how many.
fn told_of((Noted { place, grade, points, out_of }, led_to): &(Noted, &str)) -> String {
    let grade = grade.map_or_else(|| "-".to_owned(), |grade| grade.to_string());
    format!("{place} {grade} {points}/{out_of} {led_to}").trim().to_owned()
}
