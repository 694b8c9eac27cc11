//! An invented hospital full of odd cases: people with no posting, two main ones, gaps, leaves without end, facts in any order.
//! It stands in memory and in the database, so that what a report says can be reckoned a second time by hand.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use kokoroe_server::requirements::status::{Record, Status};

use crate::support::{at, day};

/// Numbers from a seed (splitmix64).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, most: u64) -> u64 {
        self.next() % most.max(1)
    }

    pub(crate) fn percent(&mut self, times: u64) -> bool {
        self.below(100) < times
    }

    pub(crate) fn pick<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[usize::try_from(self.below(list.len() as u64)).expect("small")]
    }

    /// An id that sorts by nothing in particular.
    pub(crate) fn id(&mut self) -> String {
        let (a, b) = (self.next(), self.next());
        format!(
            "{:08x}-{:04x}-7{:03x}-8{:03x}-{:012x}",
            a >> 32,
            (a >> 16) & 0xffff,
            a & 0xfff,
            (b >> 48) & 0xfff,
            b & 0xffff_ffff_ffff
        )
    }

    fn date(&mut self, from: &str, days: u64) -> NaiveDate {
        day(from) + TimeDelta::days(i64::try_from(self.below(days)).expect("small"))
    }

    fn time(&mut self, from: &str, days: u64) -> DateTime<Utc> {
        // Whole days and odd instants, so that comparisons meet their edges.
        let at = at(from) + TimeDelta::days(i64::try_from(self.below(days)).expect("small"));
        if self.percent(50) {
            at
        } else {
            at + TimeDelta::microseconds(i64::try_from(self.below(86_400_000_000)).expect("small"))
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Department {
    pub(crate) id: String,
    pub(crate) path: String,
    pub(crate) parent: Option<String>,
    pub(crate) code: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Posting {
    pub(crate) id: String,
    pub(crate) department: String,
    pub(crate) from: NaiveDate,
    pub(crate) to: Option<NaiveDate>,
    pub(crate) main: bool,
}

impl Posting {
    pub(crate) fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}

/// From when, the date from then on, and the end of the completion from then on.
pub(crate) type Move = (DateTime<Utc>, DateTime<Utc>, Option<DateTime<Utc>>);

#[derive(Clone, Debug)]
pub(crate) struct Period {
    pub(crate) id: String,
    pub(crate) requirement: String,
    /// Which of the requirements.
    pub(crate) place: usize,
    pub(crate) cycle: i64,
    pub(crate) assigned: DateTime<Utc>,
    pub(crate) record: Record,
    pub(crate) exemptions: Vec<(String, DateTime<Utc>, DateTime<Utc>)>,
    /// How its dates moved: when, the date from then on, and the end of the completion from then on.
    pub(crate) moves: Vec<Move>,
    /// From when it was owed again, or not any more.
    pub(crate) owed: Vec<(DateTime<Utc>, bool)>,
    /// Since when its completion counts no more.
    pub(crate) corrected: Option<DateTime<Utc>>,
    /// Module and when it was finished, if it was.
    pub(crate) attempts: Vec<(String, Option<DateTime<Utc>>)>,
}

/// The requirement that gives one period after another.
pub(crate) const RECURRING: usize = 2;

/// The fiscal year of a requirement.
pub(crate) fn year_of(place: usize) -> i64 {
    2026 - i64::try_from(place).expect("small")
}

impl Period {
    fn is_completed(&self, now: DateTime<Utc>) -> bool {
        self.record.completed_at.is_some_and(|at| at <= now)
    }

    fn is_corrected(&self, now: DateTime<Utc>) -> bool {
        self.corrected.is_some_and(|at| at <= now)
    }

    /// The due date and the end of the completion at an instant.
    fn terms(&self, now: DateTime<Utc>) -> (DateTime<Utc>, Option<DateTime<Utc>>) {
        let mut terms = (self.record.due_at, self.record.valid_until);
        for (at, due, valid) in &self.moves {
            if *at <= now {
                terms = (*due, valid.or(terms.1));
            }
        }
        terms
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) number: String,
    pub(crate) profession: String,
    pub(crate) joined: NaiveDate,
    pub(crate) left: Option<NaiveDate>,
    pub(crate) postings: Vec<Posting>,
    pub(crate) leaves: Vec<(NaiveDate, Option<NaiveDate>)>,
    pub(crate) periods: Vec<Period>,
}

impl Person {
    /// The main department of a day: of two, the later one.
    pub(crate) fn main_on(&self, day: NaiveDate) -> Option<&str> {
        self.postings
            .iter()
            .filter(|posting| posting.main && posting.holds(day))
            .max_by_key(|posting| (posting.from, posting.id.clone()))
            .map(|posting| posting.department.as_str())
    }

    pub(crate) fn is_out(&self, day: NaiveDate) -> bool {
        self.joined > day
            || self.left.is_some_and(|left| left <= day)
            || self.leaves.iter().any(|(from, to)| *from <= day && to.is_none_or(|to| day < to))
    }

    /// Where the person stands, by the one function that says so.
    pub(crate) fn status(&self, period: &Period, now: DateTime<Utc>, day: NaiveDate) -> Status {
        let released = period.owed.iter().rfind(|(at, _)| *at <= now).is_some_and(|(_, owed)| !owed);
        let (due_at, valid_until) = period.terms(now);
        Record {
            out: self.is_out(day) || released,
            due_at,
            valid_until,
            renewed_at: self.renewed(period, now).then_some(now),
            ..period.record.clone()
        }
        .status(now)
    }

    /// Whether the course was completed by then for a later year or a later time round.
    fn renewed(&self, period: &Period, now: DateTime<Utc>) -> bool {
        self.periods.iter().any(|other| {
            let later = year_of(other.place) > year_of(period.place)
                || (other.place == period.place && other.cycle > period.cycle);
            later && other.is_completed(now) && !other.is_corrected(now)
        })
    }

    /// The periods of a requirement that tell where the person stood: all of them, but where one follows another only the one whose
    /// completion counted, or else the newest.
    fn telling(&self, place: usize, now: DateTime<Utc>) -> Vec<&Period> {
        let mut told: Vec<&Period> = self
            .periods
            .iter()
            .filter(|period| period.place == place && period.assigned <= now && !period.is_corrected(now))
            .collect();
        if place == RECURRING {
            told.sort_by_key(|period| period.cycle);
            let counts = |period: &&&Period| {
                period.is_completed(now) && period.terms(now).1.is_none_or(|until| until > now)
            };
            let one = told.iter().rev().find(counts).or(told.last()).copied();
            told = one.into_iter().collect();
        }
        told
    }
}

pub(crate) const MODULES: [&str; 3] = ["photo", "night", "test"];

/// The whole hospital.
pub(crate) struct Population {
    pub(crate) departments: Vec<Department>,
    pub(crate) requirements: Vec<String>,
    pub(crate) people: Vec<Person>,
}

impl Population {
    pub(crate) fn invent(seed: u64, people: usize) -> Self {
        let mut chance = Chance(seed);
        let departments = departments(&mut chance);
        let requirements = vec![chance.id(), chance.id(), chance.id()];
        let places: Vec<String> = departments.iter().map(|department| department.id.clone()).collect();
        let people = (0..people).map(|number| person(&mut chance, number, &places, &requirements)).collect();
        Self { departments, requirements, people }
    }

    /// The departments at or below one, as statements read them.
    pub(crate) fn below(&self, top: &str) -> String {
        let below = self.departments.iter().filter(|each| self.lies_below(&each.id, top));
        below.map(|each| each.id.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Whether a department lies at or below another.
    pub(crate) fn lies_below(&self, department: &str, top: &str) -> bool {
        self.departments
            .iter()
            .find(|each| each.id == department)
            .is_some_and(|each| each.path.contains(&format!("{top}/")))
    }

    /// Everybody who owes a requirement at an instant, with main department and status.
    pub(crate) fn owing<'p>(
        &'p self,
        requirement: &'p str,
        now: DateTime<Utc>,
        day: NaiveDate,
    ) -> impl Iterator<Item = (&'p Person, &'p Period, Option<&'p str>, Status)> {
        let place = self.requirements.iter().position(|id| id == requirement).expect("a requirement");
        self.people.iter().flat_map(move |person| {
            person
                .telling(place, now)
                .into_iter()
                .map(move |period| (person, period, person.main_on(day), person.status(period, now, day)))
        })
    }
}

fn departments(chance: &mut Chance) -> Vec<Department> {
    let mut out: Vec<Department> = Vec::new();
    for number in 0..9 {
        let parent = (number > 1).then(|| chance.pick(&out).clone());
        let id = chance.id();
        let above = parent.as_ref().map_or("", |parent| parent.path.as_str());
        out.push(Department {
            path: format!("{above}{id}/"),
            id,
            parent: parent.map(|parent| parent.id),
            code: format!("P{number:02}"),
        });
    }
    out
}

fn person(chance: &mut Chance, number: usize, places: &[String], requirements: &[String]) -> Person {
    let joined =
        if chance.percent(80) { chance.date("2015-04-01", 3000) } else { chance.date("2026-03-01", 300) };
    let mut postings = Vec::new();
    let mut from = joined;
    for _ in 0..chance.below(4) {
        let to = chance
            .percent(60)
            .then(|| from + TimeDelta::days(i64::try_from(chance.below(1500)).expect("small")));
        let main = chance.percent(75);
        postings.push(Posting { id: chance.id(), department: chance.pick(places).clone(), from, to, main });
        // Some begin before the last one ended, some after a gap.
        from = to.unwrap_or(from) + TimeDelta::days(i64::try_from(chance.below(200)).expect("small") - 60);
    }
    let leaves = (0..chance.below(3))
        .map(|_| {
            let from = chance.date("2025-01-01", 800);
            let to = chance
                .percent(60)
                .then(|| from + TimeDelta::days(i64::try_from(chance.below(200)).expect("small")));
            (from, to)
        })
        .collect();
    let mut periods = Vec::new();
    for (place, requirement) in requirements.iter().enumerate() {
        let cycles = if place == RECURRING { 1..=3 } else { year_of(place)..=year_of(place) };
        for cycle in cycles {
            if chance.percent(90) {
                periods.push(period(chance, requirement, place, cycle));
            }
        }
    }
    Person {
        id: chance.id(),
        number: format!("{number:06}"),
        profession: (*chance.pick(&["看護師", "医師", "事務"])).to_owned(),
        joined,
        left: chance.percent(15).then(|| chance.date("2025-06-01", 700)),
        postings,
        leaves,
        periods,
    }
}

fn period(chance: &mut Chance, requirement: &str, place: usize, cycle: i64) -> Period {
    let mut some = |times: u64| chance.percent(times).then(|| chance.time("2026-04-01T15:00:00Z", 300));
    let record = Record {
        started_at: some(70),
        retry_at: some(20),
        recovered_at: some(20),
        done_at: some(50),
        completed_at: some(45),
        held_at: some(10),
        renewed_at: None,
        due_at: some(100).expect("always"),
        valid_until: some(50),
        exempt: Vec::new(),
        out: false,
    };
    // A completion that ends is one that was there.
    let valid_until = record.valid_until.filter(|_| record.completed_at.is_some());
    let exemptions: Vec<_> = (0..chance.below(5) / 3)
        .map(|_| {
            let from = chance.time("2026-04-01T15:00:00Z", 200);
            let until = from + TimeDelta::days(i64::try_from(chance.below(120)).expect("small"));
            (chance.id(), from, until)
        })
        .collect();
    let mut moves: Vec<_> = (0..chance.below(6) / 3)
        .map(|_| {
            let (at, due) =
                (chance.time("2026-04-01T15:00:00Z", 300), chance.time("2026-06-01T15:00:00Z", 300));
            (at, due, chance.percent(40).then(|| chance.time("2026-06-01T15:00:00Z", 300)))
        })
        .collect();
    moves.sort_by_key(|(at, ..)| *at);
    let mut owed: Vec<_> =
        (0..chance.below(6) / 4 * 2).map(|_| (chance.time("2026-04-01T15:00:00Z", 300), false)).collect();
    owed.sort_by_key(|(at, _)| *at);
    for (number, (_, owed)) in owed.iter_mut().enumerate() {
        *owed = number % 2 == 1;
    }
    let corrected = chance.percent(8).then(|| chance.time("2026-06-01T15:00:00Z", 200));
    let mut attempts = Vec::new();
    for module in MODULES {
        if chance.percent(60) {
            let finished = chance.percent(70).then(|| chance.time("2026-04-01T15:00:00Z", 300));
            attempts.push(((*module).to_owned(), finished));
        }
    }
    Period {
        id: chance.id(),
        requirement: requirement.to_owned(),
        place,
        cycle,
        assigned: chance.time("2026-03-01T15:00:00Z", 120),
        record: Record {
            valid_until,
            exempt: exemptions.iter().map(|(_, from, until)| (*from, *until)).collect(),
            ..record
        },
        exemptions,
        moves,
        owed,
        corrected,
        attempts,
    }
}
