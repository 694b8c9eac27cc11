//! Every answer of an evidence pack judged anew, from the content that its attempt pinned and nothing else: the pack holds both.

use std::collections::{BTreeMap, HashMap, HashSet};

use kokoroe_courses::{Grade, Judged, Module, Response, Walk};
use kokoroe_evidence::pack::LEAVES;
use kokoroe_evidence::{Difference, Fault, Kind, Leaf};
use serde_json::Value;

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

/// Judges every answer of a pack anew.
///
/// # Errors
/// With the first answer of each kind of difference.
pub fn regrade(files: &BTreeMap<String, Vec<u8>>) -> Result<Regraded, Vec<Difference>> {
    let modules: HashMap<&str, Module> = files
        .iter()
        .filter_map(|(name, text)| {
            let revision = name.strip_prefix("contents/")?.strip_suffix(".json")?;
            // Policies are contents as well.
            Some((revision, Module::from_canonical(std::str::from_utf8(text).ok()?).ok()?))
        })
        .collect();
    let mut again =
        Again { modules: &modules, walks: HashMap::new(), lost: HashSet::new(), found: Vec::new() };
    let mut told = Regraded::default();
    let leaves = files.get(LEAVES).map(Vec::as_slice).unwrap_or_default();
    for (number, line) in (0..).zip(leaves.split(|byte| *byte == b'\n')) {
        // What is no leaf is told by the check of the log.
        let Ok(leaf) = Leaf::parse(line) else { continue };
        match leaf.kind() {
            kind if *kind == Kind::ATTEMPT_START => told.attempts += u64::from(again.begin(number, &leaf)),
            kind if *kind == Kind::ANSWER => again.answer(number, &leaf, &mut told),
            _ => {}
        }
    }
    if again.found.is_empty() { Ok(told) } else { Err(again.found) }
}

/// The attempts under way.
struct Again<'m> {
    modules: &'m HashMap<&'m str, Module>,
    walks: HashMap<String, Walk<'m>>,
    /// Attempts in which something differed: what follows would only differ as well.
    lost: HashSet<String>,
    found: Vec<Difference>,
}

impl Again<'_> {
    fn begin(&mut self, number: u64, leaf: &Leaf) -> bool {
        let said = |part: &str| leaf.d().get(part).and_then(Value::as_str);
        let module = said("rev").and_then(|revision| self.modules.get(revision));
        let seed = said("seed").and_then(|seed| seed.parse::<i64>().ok());
        let (Some(attempt), Some(module), Some(seed)) = (leaf.obj(), module, seed) else {
            self.differs(number, "content, seed", String::new());
            return false;
        };
        self.walks.insert(attempt.to_owned(), Walk::begin(module, seed.cast_unsigned()));
        true
    }

    fn answer(&mut self, number: u64, leaf: &Leaf, told: &mut Regraded) {
        let attempt = leaf.obj().unwrap_or_default();
        if self.lost.contains(attempt) {
            return;
        }
        let Some(walk) = self.walks.get_mut(attempt) else {
            told.elsewhere += 1;
            return;
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
        let recorded = (noted, said("led_to"));
        if again.as_ref() != Ok(&recorded) {
            self.lost.insert(attempt.to_owned());
            self.differs(
                number,
                &again.as_ref().map_or_else(ToString::to_string, told_of),
                told_of(&recorded),
            );
        }
    }

    fn differs(&mut self, leaf: u64, expected: &str, found: String) {
        match self.found.first_mut() {
            Some(first) => first.count += 1,
            None => self.found.push(Difference {
                fault: Fault::Grade,
                file: LEAVES.to_owned(),
                line: Some(leaf + 1),
                leaf: Some(leaf),
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
