//! Taking a test: which questions are drawn, which are asked again, when it is passed.

use std::collections::BTreeMap;

use super::place::{Judged, QuestionPlace, Refusal, TestResult};
use super::seed::Chance;
use crate::item::Grade;
use crate::test::{Family, Test, Variant};

/// A test under way.
#[derive(Clone, Debug)]
pub(super) struct Exam<'m> {
    test: &'m Test,
    seed: u64,
    /// The families drawn, in the order asked.
    drawn: Vec<&'m Family>,
    round: u32,
    /// The families of this round.
    queue: Vec<&'m Family>,
    /// How many of them are answered.
    answered: usize,
    latest: BTreeMap<&'m str, Grade>,
    /// How often each family has been answered.
    times: BTreeMap<&'m str, usize>,
    failed: bool,
    done: bool,
}

impl<'m> Exam<'m> {
    /// At the first question of the first round.
    pub(super) fn begin(test: &'m Test, seed: u64) -> Self {
        let drawn = draw(test, seed);
        Self {
            test,
            seed,
            queue: drawn.clone(),
            drawn,
            round: 1,
            answered: 0,
            latest: BTreeMap::new(),
            times: BTreeMap::new(),
            failed: false,
            done: false,
        }
    }

    /// Passed, and the result has been seen.
    pub(super) fn is_done(&self) -> bool {
        self.done
    }

    /// The last finished round did not pass.
    pub(super) fn failed(&self) -> bool {
        self.failed
    }

    /// The question now open; none at a result.
    pub(super) fn question(&self) -> Option<QuestionPlace<'m>> {
        let family = *self.queue.get(self.answered)?;
        let variant = self.variant(family)?;
        let label = format!("choices/{}/{}/{}", self.round, family.id, variant.id);
        Some(QuestionPlace {
            round: self.round,
            number: count(self.answered + 1),
            of: count(self.queue.len()),
            family,
            variant,
            choices: Chance::new(self.seed, &label).shuffled(&variant.choices),
        })
    }

    /// Answers the question now open.
    pub(super) fn answer(&mut self, choice: &str) -> Result<Judged, Refusal> {
        let place = self.question().ok_or(Refusal::NotAsked)?;
        let chosen = place.choices.iter().find(|offered| offered.id == choice);
        let grade = chosen.ok_or_else(|| Refusal::Unknown(choice.to_owned()))?.grade;
        self.latest.insert(&place.family.id, grade);
        *self.times.entry(&place.family.id).or_default() += 1;
        self.answered += 1;
        if self.answered >= self.queue.len() {
            self.failed = !self.result().passed;
        }
        Ok(Judged {
            grade: Some(grade),
            points: grade.points(),
            of: 3,
            resolved: grade >= Grade::Ok,
            remarks: Vec::new(),
        })
    }

    /// The result as it stands.
    pub(super) fn result(&self) -> TestResult {
        let (points, of) = self.points();
        let enough = u32::from(points) * 100 >= u32::from(self.test.pass_percent) * u32::from(of);
        let harmed = self.drawn.iter().any(|family| family.must && self.grade(family) == Some(Grade::Harm));
        let passed = enough && !harmed;
        let missed = if passed { 0 } else { count(self.missed().len()) };
        TestResult { round: self.round, points, of, passed, held_by_must: enough && harmed, missed }
    }

    /// Goes on from a result: to the end, or to a round of what was missed.
    pub(super) fn go_on(&mut self) {
        if self.result().passed {
            self.done = true;
        } else {
            self.queue = self.missed();
            self.answered = 0;
            self.round = self.round.saturating_add(1);
        }
    }

    /// Points of the latest answers, and the most that can be had.
    pub(super) fn points(&self) -> (u16, u16) {
        let points = self.drawn.iter().filter_map(|family| self.grade(family)).map(Grade::points).sum();
        (points, count(self.drawn.len()).saturating_mul(3))
    }

    /// The families where a harmful answer would not pass and which have not been answered otherwise.
    pub(super) fn open_musts(&self) -> impl Iterator<Item = &'m Family> {
        self.drawn
            .iter()
            .filter(|family| family.must && self.grade(family).is_none_or(|grade| grade == Grade::Harm))
            .copied()
    }

    /// The question of this round and how many it has.
    pub(super) fn progress(&self) -> (u16, u16) {
        let of = count(self.queue.len());
        (count(self.answered + 1).min(of), of)
    }

    fn grade(&self, family: &Family) -> Option<Grade> {
        self.latest.get(family.id.as_str()).copied()
    }

    /// What the next round asks: what was answered below ok, or else whatever was not answered best.
    fn missed(&self) -> Vec<&'m Family> {
        let below = |limit: Grade| {
            let drawn = self.drawn.iter().copied();
            drawn.filter(|family| self.grade(family).is_none_or(|grade| grade < limit)).collect::<Vec<_>>()
        };
        let poor = below(Grade::Ok);
        if poor.is_empty() { below(Grade::Best) } else { poor }
    }

    /// The wording: by chance at first, then one after the other.
    fn variant(&self, family: &'m Family) -> Option<&'m Variant> {
        let all = family.variants.len().max(1);
        let first = Chance::new(self.seed, &format!("variant/{}", family.id)).below(all);
        let times = self.times.get(family.id.as_str()).copied().unwrap_or_default();
        family.variants.get((first + times) % all)
    }
}

/// Draws families: first those that are a must, then from the clauses asked least so far. The order asked is a
/// matter of chance.
fn draw(test: &Test, seed: u64) -> Vec<&Family> {
    let mut pool: Vec<&Family> = Chance::new(seed, "pool").shuffled(&test.families);
    pool.retain(|family| !family.variants.is_empty());
    let mut drawn: Vec<&Family> = Vec::new();
    while drawn.len() < usize::from(test.draw) {
        let times = |clause: &str| drawn.iter().filter(|family| family.clause == clause).count();
        // Of equals the first is taken, and the pool is in a chance order.
        let Some(at) = (0..pool.len()).min_by_key(|at| {
            pool.get(*at).map_or((true, usize::MAX), |family| (!family.must, times(&family.clause)))
        }) else {
            break;
        };
        drawn.push(pool.remove(at));
    }
    Chance::new(seed, "asked").shuffle(&mut drawn);
    drawn
}

fn count(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}
