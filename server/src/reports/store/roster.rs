//! Lists of people with where they stand.

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::TryStreamExt as _;
use sqlx::FromRow;
use tokio::sync::mpsc;

use super::{Question, Scan};
use crate::db::{Conn, DbError};
use crate::id::{DepartmentId, PeriodId, StaffId};
use crate::on;
use crate::reports::facts;
use crate::requirements::status::{Facts, Status};
use crate::training::store::Way;

// First the lines of one page are picked by what they are sorted by, then the rest is looked up for these lines alone.
// $5 which facts are asked for and how urgent each is, $6 profession, $7 pattern, $8 lines, $9 lines before them, $10 scope.

macro_rules! pick {
    ($which:literal, $order:expr) => {
        concat!(
            "picked AS (
                SELECT x.period_id, x.department_id, x.mask, x.due, SUBSTR(CAST($5 AS TEXT), x.mask + 1, 1) AS urgency
                  FROM standing x
                 CROSS JOIN staff s
                  LEFT JOIN department d ON d.id = x.department_id
                 WHERE s.id = x.staff_id
                   AND SUBSTR(CAST($5 AS TEXT), x.mask + 1, 1) <> '0' ", $which, "
                 ORDER BY ", $order, "
                 LIMIT $8 OFFSET $9)
             SELECT x.staff_id, s.staff_no, s.family, s.given, s.family_kana, s.given_kana, s.roman,
                    ", of_that_day!("profession", "s"), " AS profession,
                    s.joined_on, s.left_on, k.department_id, k.urgency, CAST(k.mask AS BIGINT) AS mask,
                    x.assigned_at,
                    x.id AS period_id, k.due AS due_at, g.started_at, g.done_at,
                    COALESCE(c.held_at, c.completed_at) AS completed_at, c.way, ", valid!(some, "x", "c"), " AS valid_until,
                    e.reason AS exempt_reason, e.until_at AS exempt_until,
                    v.from_on AS leave_from, v.reason AS leave_reason, v.to_on AS leave_until
               FROM picked k
              CROSS JOIN period x
              CROSS JOIN staff s
               LEFT JOIN department d ON d.id = k.department_id
               LEFT JOIN progress g ON g.period_id = k.period_id
               LEFT JOIN completion c ON c.period_id = k.period_id
               LEFT JOIN exemption e
                 ON e.id = (SELECT f.id
                              FROM exemption f
                             WHERE f.period_id = x.id AND f.from_at <= $2 AND f.until_at > $2
                             ORDER BY f.until_at DESC, f.id
                             LIMIT 1)
               LEFT JOIN leave_of_absence v
                 ON v.id = (SELECT l.id
                              FROM leave_of_absence l
                             WHERE l.staff_id = x.staff_id AND l.from_on <= $3 AND (l.to_on IS NULL OR l.to_on > $3)
                             ORDER BY l.from_on DESC, l.id
                             LIMIT 1)
              WHERE x.id = k.period_id AND s.id = x.staff_id
              ORDER BY ", $order
        )
    };
}

macro_rules! standing {
    ($of:ident, $department:expr, $from:expr) => {
        concat!(
            "standing AS MATERIALIZED (
                SELECT ",
            $department,
            " AS department_id, p.id AS period_id, p.staff_id, ",
            due!($of, "p"),
            " AS due, ",
            mask!($of),
            " AS mask
                ",
            $from,
            person_is!("p.staff_id", "$6", "$7"),
            "),
             "
        )
    };
}

macro_rules! roster_below {
    ($order:literal) => {
        concat!(
            "WITH RECURSIVE ",
            below!("$10"),
            ", ",
            standing!(some, "b.id", in_main_posting!()),
            pick!("", $order)
        )
    };
}

/// `all` is everybody, `none` those without a main posting that day.
macro_rules! roster_everywhere {
    ($order:literal) => {
        concat!(
            "WITH RECURSIVE ",
            below!("$10"),
            ", ",
            standing!(everybody, "q.department_id", everywhere!(in_department)),
            pick!(
                "AND (CAST($10 AS TEXT) = 'all'
                      OR (CAST($10 AS TEXT) = 'none' AND x.department_id IS NULL)
                      OR EXISTS (SELECT 1 FROM below b WHERE b.id = x.department_id))",
                $order
            )
        )
    };
}

pub(super) const BELOW_BY_KANA: &str = roster_below!("s.kana_key, s.staff_no");
pub(super) const BELOW_BY_DUE: &str = roster_below!("urgency, due, s.kana_key, s.staff_no");
pub(super) const BELOW_BY_DEPARTMENT: &str = roster_below!("d.code NULLS LAST, s.kana_key, s.staff_no");
pub(super) const EVERYWHERE_BY_KANA: &str = roster_everywhere!("s.kana_key, s.staff_no");
pub(super) const EVERYWHERE_BY_DUE: &str = roster_everywhere!("urgency, due, s.kana_key, s.staff_no");
pub(super) const EVERYWHERE_BY_DEPARTMENT: &str =
    roster_everywhere!("d.code NULLS LAST, s.kana_key, s.staff_no");

/// People with a posting below who are counted elsewhere, each once. Whether they are is asked of the posting, before anything of the period.
pub(super) const CONCURRENT: &str = concat!(
    "WITH RECURSIVE ",
    below!("$10"),
    ", ",
    standing!(
        some,
        "b.id",
        concat!(
            "FROM below b
            CROSS JOIN posting o
            CROSS JOIN period p
             LEFT JOIN progress g ON g.period_id = p.id
             LEFT JOIN completion c ON c.period_id = p.id
            WHERE o.department_id = b.id AND ",
            holds!("o"),
            "
              AND p.requirement_id = $1 AND p.staff_id = o.staff_id AND p.assigned_at <= $2
              AND ",
            stands!("p"),
            " AND ",
            tells!(some),
            "
              AND COALESCE(",
            main_department!("o"),
            ", '') NOT IN (SELECT h.id FROM below h)
              AND NOT EXISTS (SELECT 1
                                FROM posting q
                                JOIN below h ON h.id = q.department_id
                               WHERE q.staff_id = o.staff_id AND ",
            holds!("q"),
            "
                                 AND (q.from_on < o.from_on OR (q.from_on = o.from_on AND q.id < o.id)))"
        )
    ),
    pick!("", "s.kana_key, s.staff_no")
);

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The reading of the name.
    #[default]
    Kana,
    /// How soon somebody has to act: those who are late first, and of them the latest.
    Due,
    /// The code of the department.
    Department,
}

/// Which part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Lines at most.
    pub lines: i64,
    /// Lines before it.
    pub skip: i64,
}

impl Page {
    /// All of it.
    pub const WHOLE: Self = Self { lines: i64::MAX, skip: 0 };
}

/// A person in a list, with the times from which the status follows. Never answers, never points.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct RosterRow {
    /// Who.
    pub staff_id: StaffId,
    /// Staff number.
    pub staff_no: String,
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// Reading of the family name.
    pub family_kana: String,
    /// Reading of the given name.
    pub given_kana: String,
    /// Name in Latin letters.
    pub roman: String,
    /// Profession.
    pub profession: String,
    /// First day of work.
    pub joined_on: NaiveDate,
    /// First day on which the person no longer belongs to the hospital.
    pub left_on: Option<NaiveDate>,
    /// The department under which the person is listed.
    pub department_id: Option<DepartmentId>,
    /// The facts as one number.
    mask: i64,
    /// The period.
    pub period_id: PeriodId,
    /// When it came to be owed.
    pub assigned_at: DateTime<Utc>,
    /// The first instant that is too late.
    pub due_at: DateTime<Utc>,
    /// First answer, whenever that was: [`RosterRow::started`] is as of the instant.
    started_at: Option<DateTime<Utc>>,
    /// All modules done, whenever that was.
    done_at: Option<DateTime<Utc>>,
    /// Here, in a classroom or on paper.
    way: Option<String>,
    /// Completed, whenever that was.
    completed_at: Option<DateTime<Utc>>,
    /// The first instant at which the completion no longer counts.
    pub valid_until: Option<DateTime<Utc>>,
    /// Why exempt.
    pub exempt_reason: Option<String>,
    /// Exempt until then, exclusive.
    pub exempt_until: Option<DateTime<Utc>>,
    /// On leave since.
    pub leave_from: Option<NaiveDate>,
    /// Why on leave.
    pub leave_reason: Option<String>,
    /// First day back.
    pub leave_until: Option<NaiveDate>,
}

impl RosterRow {
    /// The facts as of the instant that was asked for.
    #[must_use]
    pub const fn facts(&self) -> Facts {
        facts::facts(self.mask)
    }

    /// Where the person stands as of that instant.
    #[must_use]
    pub const fn status(&self) -> Status {
        self.facts().status()
    }

    /// How the person took part, if it was completed by then.
    #[must_use]
    pub fn way(&self) -> Way {
        facts::way(self.way.as_deref(), self.facts())
    }

    /// When the person began, if they had by then.
    #[must_use]
    pub fn started(&self) -> Option<DateTime<Utc>> {
        self.started_at.filter(|_| self.facts().started)
    }

    /// When every module was done, if it was by then.
    #[must_use]
    pub fn done(&self) -> Option<DateTime<Utc>> {
        self.done_at.filter(|_| self.facts().done)
    }

    /// When it was completed, if it was by then.
    #[must_use]
    pub fn completed(&self) -> Option<DateTime<Utc>> {
        self.completed_at.filter(|_| self.facts().completed)
    }
}

/// A key that lets through the statuses that are asked for and says how urgent each is.
fn urgency(wanted: impl Fn(Status) -> bool) -> String {
    facts::key(|facts| {
        let status = facts.status();
        if wanted(status) { facts::urgency(status) } else { facts::LEAVE_OUT }
    })
}

/// The people of a scope who stand as asked, sorted, a page of them. `scope` lists departments, or is `all` or `none` with
/// [`Scan::Everywhere`].
///
/// # Errors
/// When the database fails.
pub async fn roster(
    conn: &mut Conn,
    asked: &Question,
    scan: &Scan,
    scope: &str,
    wanted: impl Fn(Status) -> bool,
    order: Order,
    page: Page,
) -> Result<Vec<RosterRow>, DbError> {
    read(conn, statement(scan, order), asked, scope, &urgency(wanted), page).await
}

/// The same people, all of them, as they are read.
///
/// # Errors
/// When the database fails. When nobody takes them any more, it ends early without an error.
pub async fn roster_in_batches(
    conn: &mut Conn,
    asked: &Question,
    scan: &Scan,
    scope: &str,
    wanted: impl Fn(Status) -> bool,
    order: Order,
    to: &mpsc::Sender<(Vec<RosterRow>, bool)>,
) -> Result<(), DbError> {
    let (statement, key) = (statement(scan, order), urgency(wanted));
    on!(conn, |c| {
        let mut rows = sqlx::query_as::<_, RosterRow>(statement)
            .bind(&asked.requirement)
            .bind(asked.instant.at)
            .bind(asked.instant.day)
            .bind(asked.instant.renewal)
            .bind(&key)
            .bind(&asked.profession)
            .bind(asked.pattern())
            .bind(Page::WHOLE.lines)
            .bind(Page::WHOLE.skip)
            .bind(scope)
            .fetch(c);
        let mut batch = Vec::with_capacity(BATCH);
        while let Some(row) = rows.try_next().await? {
            batch.push(row);
            if batch.len() == BATCH
                && to.send((std::mem::replace(&mut batch, Vec::with_capacity(BATCH)), true)).await.is_err()
            {
                return Ok(());
            }
        }
        to.send((batch, true)).await.ok();
    });
    Ok(())
}

/// How many rows travel together.
const BATCH: usize = 512;

const fn statement(scan: &Scan, order: Order) -> &'static str {
    match (scan, order) {
        (Scan::Below(_), Order::Kana) => BELOW_BY_KANA,
        (Scan::Below(_), Order::Due) => BELOW_BY_DUE,
        (Scan::Below(_), Order::Department) => BELOW_BY_DEPARTMENT,
        (Scan::Everywhere, Order::Kana) => EVERYWHERE_BY_KANA,
        (Scan::Everywhere, Order::Due) => EVERYWHERE_BY_DUE,
        (Scan::Everywhere, Order::Department) => EVERYWHERE_BY_DEPARTMENT,
    }
}

/// The people who work below those departments as well (兼務) and are counted elsewhere.
///
/// # Errors
/// When the database fails.
pub async fn concurrent(
    conn: &mut Conn,
    asked: &Question,
    tops: &str,
    wanted: impl Fn(Status) -> bool,
    page: Page,
) -> Result<Vec<RosterRow>, DbError> {
    read(conn, CONCURRENT, asked, tops, &urgency(wanted), page).await
}

async fn read(
    conn: &mut Conn,
    statement: &'static str,
    asked: &Question,
    scope: &str,
    key: &str,
    page: Page,
) -> Result<Vec<RosterRow>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(statement)
        .bind(&asked.requirement)
        .bind(asked.instant.at)
        .bind(asked.instant.day)
        .bind(asked.instant.renewal)
        .bind(key)
        .bind(&asked.profession)
        .bind(asked.pattern())
        .bind(page.lines)
        .bind(page.skip)
        .bind(scope)
        .fetch_all(c)
        .await)?)
}
