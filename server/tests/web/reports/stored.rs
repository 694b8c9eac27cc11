//! Rows that a test writes straight into the tables, and how the invented hospital is written.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use kokoroe_server::db::{Db, DbError, Tx};
use kokoroe_server::on;

use super::population::{MODULES, Population, RECURRING, year_of};
use crate::support::at;
use crate::support::facts::stand_alone;

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
    stand_alone(tx).await?;
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
    INSERT INTO requirement (id, code, title, title_en, basis, basis_en, course, fiscal_year, opens_at, due_at, valid_until, recurs)
    VALUES ($1, $2, $2, '', '', '', 'sns', $3, $4, $5, NULL, $6)";
const REQUIREMENT_MODULE: &str = "
    INSERT INTO requirement_module (requirement_id, module_id, position) VALUES ($1, $2, $3)";
const PERIOD: &str = "
    INSERT INTO period (id, staff_id, requirement_id, cycle, assigned_at, due_at, reason, leaf)
    VALUES ($1, $2, $3, $4, $5, $6, '', 0)";
const PROGRESS: &str = "
    INSERT INTO progress (period_id, started_at, retry_at, recovered_at, done_at) VALUES ($1, $2, $3, $4, $5)";
const COMPLETION: &str = "
    INSERT INTO completion (period_id, number, code, completed_at, valid_until, name, policy_version, leaf, held_at)
    VALUES ($1, $1, '', $2, $3, '', 4, 0, $4)";
const MOVE: &str = "
    INSERT INTO term_change (period_id, number, due_at, valid_until, reason, actor, at, leaf)
    VALUES ($1, $2, $3, $4, '', '', $5, 0)";
const RELEASE: &str = "
    INSERT INTO period_release (period_id, number, owed, reason, actor, at, leaf)
    VALUES ($1, $2, $3, 'unfit', '', $4, 0)";
const REQUEST: &str = "
    INSERT INTO exception_request (id, period_id, kind, words, asked_by, asked_at, leaf)
    VALUES ($1, $2, 'correct', '', $3, $4, 0)";
const CORRECTION: &str = "INSERT INTO correction (period_id, request_id, at, leaf) VALUES ($1, $2, $3, 0)";
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
    pub(crate) async fn store(&self, db: &Db) {
        let rows = self.rows();
        let done: Result<(), DbError> =
            db.write(move |tx| Box::pin(async move { insert(tx, rows).await })).await;
        done.expect("stored");
    }

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
            let year = year_of(place);
            let row = vec![
                text(id),
                text(&format!("odd-{year}")),
                Value::Number(year),
                Value::Time(at("2026-03-31T15:00:00Z")),
                Value::Time(at("2026-10-31T15:00:00Z")),
                Value::Bool(place == RECURRING),
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
                    Value::Number(period.cycle),
                    Value::Time(period.assigned),
                    Value::Time(record.due_at),
                ];
                add(7, PERIOD, row);
                let times = [record.started_at, record.retry_at, record.recovered_at, record.done_at];
                if times.iter().any(Option::is_some) {
                    let row =
                        std::iter::once(text(&period.id)).chain(times.into_iter().map(maybe_time)).collect();
                    add(8, PROGRESS, row);
                }
                if let Some(completed) = record.completed_at {
                    add(
                        9,
                        COMPLETION,
                        vec![
                            text(&period.id),
                            Value::Time(completed),
                            maybe_time(record.valid_until),
                            maybe_time(record.held_at),
                        ],
                    );
                }
                for ((at, due, valid), place) in period.moves.iter().zip(1..) {
                    let (due, valid) = (Value::Time(*due), maybe_time(*valid));
                    add(12, MOVE, vec![text(&period.id), Value::Number(place), due, valid, Value::Time(*at)]);
                }
                for ((at, owed), place) in period.owed.iter().zip(1..) {
                    let owed = Value::Bool(*owed);
                    add(13, RELEASE, vec![text(&period.id), Value::Number(place), owed, Value::Time(*at)]);
                }
                if let Some(at) = period.corrected {
                    let request = format!("request of {}", period.id);
                    let asked = vec![text(&request), text(&period.id), text(asker), Value::Time(at)];
                    add(14, REQUEST, asked);
                    add(15, CORRECTION, vec![text(&period.id), text(&request), Value::Time(at)]);
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
