//! Many rows at a stroke: a statement that adds one row adds hundreds, so that what concerns everybody does not take an hour.
//!
//! The statement stays the one that the store prepares and the tests look at; only its list of values is repeated.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use chrono::{DateTime, NaiveDate, Utc};

use super::{DbError, Tx};
use crate::on;

/// How many values travel together. SQLite takes 32,766 of them; above some hundred nothing is gained.
const VALUES_AT_ONCE: usize = 1024;

/// A value on its way into a row.
#[derive(Clone, Debug)]
pub enum Value {
    /// A text, or none.
    Text(Option<Cow<'static, str>>),
    /// A number, or none.
    Number(Option<i64>),
    /// Yes or no.
    Flag(bool),
    /// An instant, or none.
    Time(Option<DateTime<Utc>>),
    /// A day, or none.
    Day(Option<NaiveDate>),
    /// Bytes.
    Bytes(Vec<u8>),
}

macro_rules! value {
    ($($from:ty => |$given:ident| $value:expr),+ $(,)?) => {$(
        impl From<$from> for Value {
            fn from($given: $from) -> Self {
                $value
            }
        }
    )+};
}
value! {
    String => |text| Self::Text(Some(Cow::Owned(text))),
    &'static str => |text| Self::Text(Some(Cow::Borrowed(text))),
    &String => |text| Self::Text(Some(Cow::Owned(text.clone()))),
    Option<String> => |text| Self::Text(text.map(Cow::Owned)),
    i64 => |number| Self::Number(Some(number)),
    Option<i64> => |number| Self::Number(number),
    bool => |flag| Self::Flag(flag),
    DateTime<Utc> => |at| Self::Time(Some(at)),
    Option<DateTime<Utc>> => |at| Self::Time(at),
    NaiveDate => |day| Self::Day(Some(day)),
    Option<NaiveDate> => |day| Self::Day(day),
    Vec<u8> => |bytes| Self::Bytes(bytes),
}

/// Rows that wait to be written, by the statement that adds one of them.
#[derive(Debug, Default)]
pub struct Many(Vec<Waiting>);

#[derive(Debug)]
struct Waiting {
    statement: &'static str,
    width: usize,
    values: Vec<Value>,
}

impl Many {
    /// Rows of these statements, which are written in this order: what others refer to first.
    #[must_use]
    pub fn in_order(statements: &[&'static str]) -> Self {
        let none = |statement: &&'static str| Waiting { statement, width: 1, values: Vec::new() };
        Self(statements.iter().map(none).collect())
    }

    /// Rows of these statements as well, after those.
    pub fn then(&mut self, statements: &[&'static str]) {
        self.0.extend(Self::in_order(statements).0);
    }

    /// Adds a row; its values stand in the order of the statement's parameters. A statement that was not named before comes last.
    pub fn add<const WIDTH: usize>(&mut self, statement: &'static str, row: [Value; WIDTH]) {
        match self.0.iter_mut().find(|waiting| waiting.statement == statement) {
            Some(waiting) => {
                waiting.width = WIDTH;
                waiting.values.extend(row);
            }
            None => self.0.push(Waiting { statement, width: WIDTH, values: row.into() }),
        }
    }

    /// How many rows wait.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.0.iter().map(|waiting| waiting.values.len().checked_div(waiting.width).unwrap_or(0)).sum()
    }

    /// Takes what waits; what is added afterwards is written later.
    #[must_use]
    pub fn take(&mut self) -> Self {
        let taken = |waiting: &mut Waiting| Waiting {
            values: std::mem::take(&mut waiting.values),
            statement: waiting.statement,
            width: waiting.width,
        };
        Self(self.0.iter_mut().map(taken).collect())
    }

    /// Writes every row.
    ///
    /// # Errors
    /// When the database fails or a row does not fit its statement.
    pub async fn write(self, tx: &mut Tx) -> Result<(), DbError> {
        for Waiting { statement, width, values } in
            self.0.into_iter().filter(|waiting| !waiting.values.is_empty())
        {
            let together = (VALUES_AT_ONCE / width.max(1)).max(1);
            let wide = wide(statement, width, together)?;
            for some in values.chunks(width * together) {
                if some.len() == width * together {
                    run(tx, wide, some).await?;
                } else {
                    for one in some.chunks(width) {
                        run(tx, statement, one).await?;
                    }
                }
            }
        }
        Ok(())
    }
}

async fn run(tx: &mut Tx, statement: &'static str, values: &[Value]) -> Result<(), DbError> {
    on!(tx, |c| {
        let mut query = sqlx::query(statement);
        for value in values {
            query = match value {
                Value::Text(text) => query.bind(text.as_deref()),
                Value::Number(number) => query.bind(number),
                Value::Flag(flag) => query.bind(flag),
                Value::Time(at) => query.bind(at),
                Value::Day(day) => query.bind(day),
                Value::Bytes(bytes) => query.bind(bytes),
            };
        }
        query.execute(c).await.map(drop)?;
    });
    Ok(())
}

/// The statement with its list of values so many times. Made once for each; there are few.
fn wide(statement: &'static str, width: usize, times: usize) -> Result<&'static str, DbError> {
    static MADE: LazyLock<Mutex<HashMap<&'static str, &'static str>>> = LazyLock::new(Mutex::default);
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(wide) = made.get(statement) {
        return Ok(wide);
    }
    let wide: &'static str = widened(statement, width, times)
        .ok_or_else(|| DbError::Inconsistent(format!("this adds no row of {width} values: {statement}")))?
        .leak();
    made.insert(statement, wide);
    Ok(wide)
}

/// The list of values begins after VALUES and ends with its last parameter.
fn widened(statement: &str, width: usize, times: usize) -> Option<String> {
    let (head, rest) = statement.split_once("VALUES (")?;
    let (list, tail) = rest.split_once(')')?;
    let parameters = list.matches('$').count();
    if parameters != width || tail.contains('$') {
        return None;
    }
    let parts: Vec<&str> = list.split(',').map(str::trim).collect();
    let row = |number: usize| {
        let part = |part: &&str| match part.strip_prefix('$').and_then(|place| place.parse::<usize>().ok()) {
            Some(place) => format!("${}", number * width + place),
            None => (*part).to_owned(),
        };
        format!("({})", parts.iter().map(part).collect::<Vec<_>>().join(", "))
    };
    let rows: Vec<String> = (0..times).map(row).collect();
    Some(format!("{head}VALUES {}{tail}", rows.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_that_adds_a_row_adds_three() {
        let one = "INSERT INTO t (a, b, c) VALUES ($1, 1, $2)\n ON CONFLICT (a) DO NOTHING";
        assert_eq!(
            widened(one, 2, 3).as_deref(),
            Some(
                "INSERT INTO t (a, b, c) VALUES ($1, 1, $2), ($3, 1, $4), ($5, 1, $6)\n ON CONFLICT (a) DO NOTHING"
            )
        );
        assert_eq!(widened(one, 3, 3), None, "a row of another width");
        assert_eq!(widened("UPDATE t SET a = $1", 1, 3), None);
    }

    #[test]
    fn what_was_taken_does_not_wait_any_more() {
        let mut many = Many::in_order(&["INSERT INTO t (a, b) VALUES ($1, $2)"]);
        many.add("INSERT INTO t (a, b) VALUES ($1, $2)", ["a".into(), 1.into()]);
        assert_eq!((many.rows(), many.take().rows(), many.rows()), (1, 1, 0));
    }
}
