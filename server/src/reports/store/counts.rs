//! How many people stand where, by department: people with equal facts are counted together, the facts are read by the program.

use chrono::TimeDelta;

use super::Question;
use crate::db::{Conn, DbError};
use crate::id::DepartmentId;
use crate::on;
use crate::reports::facts;
use crate::requirements::status::{Facts, Status};

/// Beside the facts: the date of period `p` comes by $5.
macro_rules! soon {
    ($of:ident) => {
        concat!(" + CASE WHEN ", due!($of, "p"), " > $2 AND ", due!($of, "p"), " <= $5 THEN 1024 ELSE 0 END")
    };
}

/// The facts of everybody are reckoned before they are grouped: SQLite would otherwise reckon them once to group and once to tell.
macro_rules! counted {
    ($of:ident, $with:expr, $department:expr, $from:expr) => {
        concat!(
            "WITH RECURSIVE ",
            $with,
            " x AS MATERIALIZED (
                SELECT ",
            $department,
            " AS department_id,
                       ",
            mask!($of),
            soon!($of),
            " AS mask
                  ",
            $from,
            person_is!("p.staff_id", "$6", "$7"),
            ")
             SELECT x.department_id, CAST(x.mask AS BIGINT), CAST(COUNT(*) AS BIGINT)
               FROM x
              GROUP BY x.department_id, x.mask"
        )
    };
}

/// $5 due dates until then come soon, $6 profession, $7 pattern, $8 the departments.
pub(super) const BELOW: &str = counted!(some, concat!(below!("$8"), ","), "b.id", in_main_posting!());
pub(super) const EVERYWHERE: &str = counted!(everybody, "", "q.department_id", everywhere!(in_department));
/// Where nobody is asked for their department, nobody's posting is looked at.
pub(super) const AS_ONE: &str = counted!(everybody, "", "CAST(NULL AS TEXT)", everywhere!());

/// The place in the list of the period that attempt `a` fills. What was taken in the place of another module counts there: a report shows
/// no difference. Once it has begun it stays there, so this holds at any instant at which it is finished.
macro_rules! place {
    () => {
        "COALESCE((SELECT MAX(w.module_id)
                     FROM module_swap w
                    WHERE w.period_id = a.period_id AND w.instead = a.module_id
                      AND NOT EXISTS (SELECT 1
                                        FROM module_swap v
                                       WHERE v.period_id = w.period_id AND v.module_id = w.module_id
                                         AND v.number > w.number)), a.module_id)"
    };
}

/// Counts, and beside them the modules that people halfway have finished; the people are looked at once for both.
/// The last parameter says which facts are halfway.
macro_rules! with_modules {
    ($of:ident, $with:expr, $department:expr, $from:expr, $halfway:literal) => {
        concat!(
            "WITH RECURSIVE ",
            $with,
            " x AS MATERIALIZED (
                SELECT ",
            $department,
            " AS department_id, p.id AS period_id, p.track,
                       ",
            mask!($of),
            soon!($of),
    " AS mask
                  ",
            $from,
            person_is!("p.staff_id", "$6", "$7"),
            ")
             SELECT x.department_id, x.track, CAST(NULL AS TEXT), CAST(x.mask AS BIGINT), CAST(COUNT(*) AS BIGINT)
               FROM x
              GROUP BY x.department_id, x.track, x.mask
             UNION ALL
             SELECT y.department_id, CAST(NULL AS TEXT), y.module_id, CAST(0 AS BIGINT), CAST(COUNT(*) AS BIGINT)
               FROM (SELECT x.department_id, ",
            place!(),
            " AS module_id
               FROM x
              CROSS JOIN attempt a
              WHERE SUBSTR(CAST(",
            $halfway,
            " AS TEXT), x.mask + 1, 1) <> '0'
                AND a.period_id = x.period_id
                AND a.finished_at <= $2) y
              GROUP BY y.department_id, y.module_id"
        )
    };
}

pub(super) const MODULES_BELOW: &str =
    with_modules!(some, concat!(below!("$8"), ","), "b.id", in_main_posting!(), "$9");
pub(super) const MODULES_EVERYWHERE: &str =
    with_modules!(everybody, "", "q.department_id", everywhere!(in_department), "$8");

pub(super) const VERSIONS: &str = "SELECT log_id, size FROM log_head ORDER BY log_id";

/// Days before its due date at which a period is said to be due soon.
pub const SOON_DAYS: i64 = 14;

/// Which way to read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Scan {
    /// These departments, as the tree of the day has them, from the departments outwards.
    Below(String),
    /// The whole hospital, along the periods. People without a main posting that day are told under no department.
    Everywhere,
}

/// People of one department with equal facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountRow {
    /// Their main department that day; `None` when they have none.
    pub department: Option<DepartmentId>,
    /// Their track, where modules are counted as well; otherwise people of all tracks are counted together.
    pub track: Option<String>,
    /// Their facts.
    pub facts: Facts,
    /// The due date comes within [`SOON_DAYS`].
    pub soon: bool,
    /// How many.
    pub people: i64,
}

/// How many people stand where. Everybody is counted once, in the department of the main posting of the day.
///
/// # Errors
/// When the database fails.
pub async fn counts(conn: &mut Conn, asked: &Question, scan: &Scan) -> Result<Vec<CountRow>, DbError> {
    match scan {
        Scan::Below(departments) => counted(conn, BELOW, asked, Some(departments)).await,
        Scan::Everywhere => counted(conn, EVERYWHERE, asked, None).await,
    }
}

/// How many people of the whole hospital stand where, whichever department they belong to.
///
/// # Errors
/// When the database fails.
pub async fn counts_as_one(conn: &mut Conn, asked: &Question) -> Result<Vec<CountRow>, DbError> {
    counted(conn, AS_ONE, asked, None).await
}

async fn counted(
    conn: &mut Conn,
    statement: &'static str,
    asked: &Question,
    departments: Option<&String>,
) -> Result<Vec<CountRow>, DbError> {
    let (at, day, renewal) = (asked.instant.at, asked.instant.day, asked.instant.renewal);
    let soon = at + TimeDelta::days(SOON_DAYS);
    let rows: Vec<(Option<DepartmentId>, i64, i64)> = on!(conn, |c| {
        let mut query = sqlx::query_as(statement)
            .bind(&asked.requirement)
            .bind(at)
            .bind(day)
            .bind(renewal)
            .bind(soon)
            .bind(&asked.profession)
            .bind(asked.pattern());
        if let Some(departments) = departments {
            query = query.bind(departments);
        }
        query.fetch_all(c).await
    })?;
    Ok(rows.into_iter().map(|(department, mask, people)| count(department, None, mask, people)).collect())
}

const fn count(department: Option<DepartmentId>, track: Option<String>, mask: i64, people: i64) -> CountRow {
    CountRow { department, track, facts: facts::facts(mask), soon: mask & facts::SOON != 0, people }
}

/// People of one department who have finished a module, or what they took in its place, but not yet all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleRow {
    /// Their main department that day.
    pub department: Option<DepartmentId>,
    /// The module.
    pub module: String,
    /// How many.
    pub people: i64,
}

/// Whether the attempts of a period have to be looked at to know which modules are done: whoever has done everything has done each.
fn is_halfway(facts: Facts) -> bool {
    facts.status().counts() && !facts.done && !facts.completed
}

/// Department, track of people who are counted by their facts, module of those halfway, facts, how many.
type ModuleCount = (Option<DepartmentId>, Option<String>, Option<String>, i64, i64);

/// How many people stand where, and how many of those who have not done everything have finished each module.
/// Those who have done everything have finished each.
///
/// # Errors
/// When the database fails.
pub async fn counts_with_modules(
    conn: &mut Conn,
    asked: &Question,
    scan: &Scan,
) -> Result<(Vec<CountRow>, Vec<ModuleRow>), DbError> {
    let (at, day, renewal) = (asked.instant.at, asked.instant.day, asked.instant.renewal);
    let soon = at + TimeDelta::days(SOON_DAYS);
    // Whether somebody is halfway has nothing to do with how soon it is due.
    let halfway = facts::key(|facts| if is_halfway(facts) { '1' } else { facts::LEAVE_OUT }).repeat(2);
    let rows: Vec<ModuleCount> = match scan {
        Scan::Below(departments) => on!(conn, |c| sqlx::query_as(MODULES_BELOW)
            .bind(&asked.requirement)
            .bind(at)
            .bind(day)
            .bind(renewal)
            .bind(soon)
            .bind(&asked.profession)
            .bind(asked.pattern())
            .bind(departments)
            .bind(&halfway)
            .fetch_all(c)
            .await)?,
        Scan::Everywhere => on!(conn, |c| sqlx::query_as(MODULES_EVERYWHERE)
            .bind(&asked.requirement)
            .bind(at)
            .bind(day)
            .bind(renewal)
            .bind(soon)
            .bind(&asked.profession)
            .bind(asked.pattern())
            .bind(&halfway)
            .fetch_all(c)
            .await)?,
    };
    let (mut counts, mut modules) = (Vec::new(), Vec::new());
    for (department, track, module, mask, people) in rows {
        match module {
            None => counts.push(count(department, track, mask, people)),
            Some(module) => modules.push(ModuleRow { department, module, people }),
        }
    }
    Ok((counts, modules))
}

/// How long every log is: it grows with every fact, so two counts between which it did not grow are equal.
///
/// # Errors
/// When the database fails.
pub async fn versions(conn: &mut Conn) -> Result<Vec<(String, i64)>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(VERSIONS).fetch_all(c).await)?)
}

impl CountRow {
    /// Where they stand.
    #[must_use]
    pub const fn status(&self) -> Status {
        self.facts.status()
    }
}
