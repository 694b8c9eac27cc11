//! An invented hospital full of odd cases: people with no posting, two main ones, gaps, leaves without end, facts in any order.
//! It stands in memory and in the database, so that what a report says can be reckoned a second time by hand.
//!
//! Long because: a population, the statements that write it and the reckoning by hand belong together.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use kokoroe_server::db::{Db, DbError, Tx};
use kokoroe_server::on;
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

#[derive(Clone, Debug)]
pub(crate) struct Period {
    pub(crate) id: String,
    pub(crate) requirement: String,
    pub(crate) assigned: DateTime<Utc>,
    pub(crate) record: Record,
    pub(crate) exemptions: Vec<(String, DateTime<Utc>, DateTime<Utc>)>,
    /// Module and when it was finished, if it was.
    pub(crate) attempts: Vec<(String, Option<DateTime<Utc>>)>,
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
        Record { out: self.is_out(day), ..period.record.clone() }.status(now)
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
        let requirements = vec![chance.id(), chance.id()];
        let places: Vec<String> = departments.iter().map(|department| department.id.clone()).collect();
        let people = (0..people).map(|number| person(&mut chance, number, &places, &requirements)).collect();
        Self { departments, requirements, people }
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
        self.people.iter().flat_map(move |person| {
            person
                .periods
                .iter()
                .filter(move |period| period.requirement == requirement && period.assigned <= now)
                .map(move |period| (person, period, person.main_on(day), person.status(period, now, day)))
        })
    }

    pub(crate) async fn store(&self, db: &Db) {
        let rows = self.rows();
        let done: Result<(), DbError> =
            db.write(move |tx| Box::pin(async move { insert(tx, rows).await })).await;
        done.expect("stored");
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
    for requirement in requirements {
        if chance.percent(90) {
            periods.push(period(chance, requirement));
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

fn period(chance: &mut Chance, requirement: &str) -> Period {
    let mut some = |times: u64| chance.percent(times).then(|| chance.time("2026-04-01T15:00:00Z", 300));
    let record = Record {
        started_at: some(70),
        retry_at: some(20),
        done_at: some(50),
        completed_at: some(45),
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
        assigned: chance.time("2026-03-01T15:00:00Z", 120),
        record: Record {
            valid_until,
            exempt: exemptions.iter().map(|(_, from, until)| (*from, *until)).collect(),
            ..record
        },
        exemptions,
        attempts,
    }
}

/// What is bound, in the order of a statement's parameters.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Text(String),
    Bytes(Vec<u8>),
    Day(NaiveDate),
    Time(DateTime<Utc>),
    Number(i64),
    Bool(bool),
    NoText,
    NoDay,
    NoTime,
}

/// Rows for one table: the statement and the values of each row.
pub(crate) type Rows = (&'static str, Vec<Vec<Value>>);

macro_rules! bind_all {
    ($query:expr, $values:expr) => {{
        let mut query = $query;
        for value in $values {
            query = match value {
                Value::Text(text) => query.bind(text),
                Value::Bytes(bytes) => query.bind(bytes),
                Value::Day(day) => query.bind(day),
                Value::Time(time) => query.bind(time),
                Value::Number(number) => query.bind(number),
                Value::Bool(yes) => query.bind(yes),
                Value::NoText => query.bind(Option::<String>::None),
                Value::NoDay => query.bind(Option::<NaiveDate>::None),
                Value::NoTime => query.bind(Option::<DateTime<Utc>>::None),
            };
        }
        query
    }};
}

pub(crate) async fn insert(tx: &mut Tx, tables: Vec<Rows>) -> Result<(), DbError> {
    for (statement, rows) in tables {
        for row in rows {
            on!(tx, |c| bind_all!(sqlx::query(statement), row).execute(c).await.map(drop))?;
        }
    }
    Ok(())
}

const DEPARTMENT: &str = "
    INSERT INTO department (id, code, name, name_en, parent_id, path, position, closed_on)
    VALUES ($1, $2, $3, '', $4, $5, 0, NULL)";
const STAFF: &str = "
    INSERT INTO staff (id, staff_no, family, given, family_kana, given_kana, roman, kana_key, search, profession, employment,
                       joined_on, left_on)
    VALUES ($1, $2, $3, '花子', 'カナ', 'ハナコ', '', $4, $2, $5, '常勤', $6, $7)";
const POSTING: &str = "
    INSERT INTO posting (id, staff_id, department_id, from_on, to_on, main) VALUES ($1, $2, $3, $4, $5, $6)";
const LEAVE: &str = "
    INSERT INTO leave_of_absence (id, staff_id, reason, from_on, to_on) VALUES ($1, $2, '育休', $3, $4)";
const REQUIREMENT: &str = "
    INSERT INTO requirement (id, code, title, title_en, basis, basis_en, course, fiscal_year, opens_at, due_at, valid_until)
    VALUES ($1, $2, $2, '', '', '', 'sns', $3, $4, $5, NULL)";
const REQUIREMENT_MODULE: &str = "
    INSERT INTO requirement_module (requirement_id, module_id, position) VALUES ($1, $2, $3)";
const PERIOD: &str = "
    INSERT INTO period (id, staff_id, requirement_id, cycle, assigned_at, due_at, reason, leaf)
    VALUES ($1, $2, $3, 2026, $4, $5, '', 0)";
const PROGRESS: &str = "
    INSERT INTO progress (period_id, started_at, retry_at, done_at, completed_at) VALUES ($1, $2, $3, $4, $5)";
const COMPLETION: &str = "
    INSERT INTO completion (period_id, number, code, completed_at, valid_until, name, policy_version, leaf)
    VALUES ($1, $1, '', $2, $3, '', 4, 0)";
const EXEMPTION: &str = "
    INSERT INTO exemption (id, period_id, reason, asked_by, approved_by, from_at, until_at, leaf)
    VALUES ($1, $2, '産休', $3, $4, $5, $6, 0)";
const REVISION: &str = "
    INSERT INTO content_revision (hash, kind, content_id, body, published_at, leaf) VALUES ('h', 'module', 'm', '', $1, 0)";
const ATTEMPT: &str = "
    INSERT INTO attempt (id, period_id, module_id, revision, seed, turn, started_at, finished_at, leaf)
    VALUES ($1, $2, $3, 'h', 1, 1, $4, $5, 0)";

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn maybe_day(day: Option<NaiveDate>) -> Value {
    day.map_or(Value::NoDay, Value::Day)
}

fn maybe_time(time: Option<DateTime<Utc>>) -> Value {
    time.map_or(Value::NoTime, Value::Time)
}

impl Population {
    fn rows(&self) -> Vec<Rows> {
        let mut tables: BTreeMap<usize, Rows> = BTreeMap::new();
        let mut add = |place: usize, statement: &'static str, row: Vec<Value>| {
            tables.entry(place).or_insert_with(|| (statement, Vec::new())).1.push(row);
        };
        for department in &self.departments {
            let parent = department.parent.as_deref().map_or(Value::NoText, text);
            let row = vec![
                text(&department.id),
                text(&department.code),
                text(&department.code),
                parent,
                text(&department.path),
            ];
            add(0, DEPARTMENT, row);
        }
        for (place, id) in self.requirements.iter().enumerate() {
            let year = 2026 - i64::try_from(place).expect("small");
            let row = vec![
                text(id),
                text(&format!("odd-{year}")),
                Value::Number(year),
                Value::Time(at("2026-03-31T15:00:00Z")),
                Value::Time(at("2026-10-31T15:00:00Z")),
            ];
            add(1, REQUIREMENT, row);
            for (position, module) in MODULES.iter().enumerate() {
                let position = i64::try_from(position).expect("small");
                add(2, REQUIREMENT_MODULE, vec![text(id), text(module), Value::Number(position)]);
            }
        }
        add(3, REVISION, vec![Value::Time(at("2026-03-01T00:00:00Z"))]);
        let (asker, approver) = (&self.people[0].id, &self.people[1].id);
        let mut number = 0;
        for person in &self.people {
            let row = vec![
                text(&person.id),
                text(&person.number),
                text(&person.number),
                Value::Bytes(person.number.as_bytes().to_vec()),
                text(&person.profession),
                Value::Day(person.joined),
                maybe_day(person.left),
            ];
            add(4, STAFF, row);
            for p in &person.postings {
                let row = vec![
                    text(&p.id),
                    text(&person.id),
                    text(&p.department),
                    Value::Day(p.from),
                    maybe_day(p.to),
                    Value::Bool(p.main),
                ];
                add(5, POSTING, row);
            }
            for (from, to) in &person.leaves {
                number += 1;
                add(
                    6,
                    LEAVE,
                    vec![
                        text(&format!("leave-{number}")),
                        text(&person.id),
                        Value::Day(*from),
                        maybe_day(*to),
                    ],
                );
            }
            for period in &person.periods {
                let record = &period.record;
                let row = vec![
                    text(&period.id),
                    text(&person.id),
                    text(&period.requirement),
                    Value::Time(period.assigned),
                    Value::Time(record.due_at),
                ];
                add(7, PERIOD, row);
                let times = [record.started_at, record.retry_at, record.done_at, record.completed_at];
                if times.iter().any(Option::is_some) {
                    let row =
                        std::iter::once(text(&period.id)).chain(times.into_iter().map(maybe_time)).collect();
                    add(8, PROGRESS, row);
                }
                if let Some(completed) = record.completed_at {
                    add(
                        9,
                        COMPLETION,
                        vec![text(&period.id), Value::Time(completed), maybe_time(record.valid_until)],
                    );
                }
                for (id, from, until) in &period.exemptions {
                    let row = vec![
                        text(id),
                        text(&period.id),
                        text(asker),
                        text(approver),
                        Value::Time(*from),
                        Value::Time(*until),
                    ];
                    add(10, EXEMPTION, row);
                }
                for (module, finished) in &period.attempts {
                    number += 1;
                    let row = vec![
                        text(&format!("attempt-{number}")),
                        text(&period.id),
                        text(module),
                        Value::Time(at("2026-04-01T00:00:00Z")),
                        maybe_time(*finished),
                    ];
                    add(11, ATTEMPT, row);
                }
            }
        }
        tables.into_values().collect()
    }
}
