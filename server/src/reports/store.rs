//! What the reports ask of the database: read-only, everything as of an instant, with the postings, leaves, joins and exits of the
//! hospital's day of that instant.
//!
//! Two ways lead through the tables. A part of the tree is read from its departments outwards, touching only its own people. A large
//! part, or the whole hospital, is read along the periods of the requirement, whose neighbours lie together on disk.

// The pieces that several statements share. Numbers of parameters are the same everywhere:
// $1 the requirement, $2 the instant, $3 its day, $4 the instant plus the days of renewal.

/// The departments of a scope, whose ids the parameter lists, parted by spaces; which they are on the day that is asked for was found out
/// from the tree of that day (`scope.rs`). Recursive: an id is 36 characters long.
macro_rules! below {
    ($listed:literal) => {
        concat!(
            "listed (id, rest) AS (
                SELECT SUBSTR(CAST(",
            $listed,
            " AS TEXT), 1, 36), SUBSTR(CAST(",
            $listed,
            " AS TEXT), 38)
                 UNION ALL
                SELECT SUBSTR(l.rest, 1, 36), SUBSTR(l.rest, 38) FROM listed l WHERE l.rest <> ''),
             below AS MATERIALIZED (SELECT DISTINCT l.id FROM listed l)"
        )
    };
}

/// The first instant that was too late for period `$p`, as of the instant. Dates move rarely: of everybody, the periods whose date moved are
/// listed once; of some people each is looked up, or a department would pay for every date that ever moved.
macro_rules! due {
    (everybody, $p:literal) => {
        concat!(
            "CASE WHEN ",
            $p,
            ".id IN (SELECT t.period_id FROM term_change t WHERE t.at <= $2)
                  THEN ",
            due!(moved, $p),
            "
                  ELSE ",
            $p,
            ".due_at END"
        )
    };
    (some, $p:literal) => {
        concat!("COALESCE(", due!(moved, $p), ", ", $p, ".due_at)")
    };
    (moved, $p:literal) => {
        concat!(
            "(SELECT t.due_at
                          FROM term_change t
                         WHERE t.period_id = ",
            $p,
            ".id AND t.at <= $2
                         ORDER BY t.number DESC
                         LIMIT 1)"
        )
    };
}

/// The first instant at which completion `$c` of period `$p` no longer counted, as of the instant; in the same two ways.
macro_rules! valid {
    (everybody, $p:literal, $c:literal) => {
        concat!(
            "CASE WHEN ",
            $p,
            ".id IN (SELECT t.period_id
                                         FROM term_change t
                                        WHERE t.at <= $2 AND t.valid_until IS NOT NULL)
                  THEN ",
            valid!(moved, $p),
            "
                  ELSE ",
            $c,
            ".valid_until END"
        )
    };
    (some, $p:literal, $c:literal) => {
        concat!("COALESCE(", valid!(moved, $p), ", ", $c, ".valid_until)")
    };
    (moved, $p:literal) => {
        concat!(
            "(SELECT t.valid_until
                          FROM term_change t
                         WHERE t.period_id = ",
            $p,
            ".id AND t.at <= $2 AND t.valid_until IS NOT NULL
                         ORDER BY t.number DESC
                         LIMIT 1)"
        )
    };
}

/// Period `$p` was not corrected away by then.
macro_rules! stands {
    ($p:literal) => {
        concat!($p, ".id NOT IN (SELECT k.period_id FROM correction k WHERE k.at <= $2)")
    };
}

/// Of several periods of a person for one requirement, `p` is the one that tells where they stood: the one whose completion counted, and
/// where none did, the newest.
macro_rules! tells {
    ($of:ident) => {
        concat!(
            "((SELECT r.recurs FROM requirement r WHERE r.id = $1) = FALSE
              OR p.id = (SELECT x.id
                           FROM period x
                           LEFT JOIN completion y ON y.period_id = x.id
                          WHERE x.requirement_id = p.requirement_id AND x.staff_id = p.staff_id
                            AND x.assigned_at <= $2 AND ",
            stands!("x"),
            "
                          ORDER BY CASE WHEN y.completed_at <= $2
                                             AND COALESCE(",
            valid!($of, "x", "y"),
            " > $2, TRUE) THEN 0 ELSE 1 END,
                                   x.cycle DESC
                          LIMIT 1))"
        )
    };
}

/// Period `p` was not owed on the day or at the instant: its person had left, was not there yet or on leave, or the rule no longer fitted.
/// Of everybody it is read off a list of those who were out; of some people each is looked up, or a department would pay for all who ever
/// left the hospital.
macro_rules! out {
    (everybody) => {
        "(p.staff_id IN (SELECT s.id FROM staff s WHERE s.left_on <= $3
                            UNION ALL
                            SELECT s.id FROM staff s WHERE s.joined_on > $3
                            UNION ALL
                            SELECT l.staff_id
                              FROM leave_of_absence l
                             WHERE l.from_on <= $3 AND (l.to_on IS NULL OR l.to_on > $3))
          OR p.id IN (SELECT w.period_id
                        FROM period_release w
                       WHERE w.at <= $2 AND w.owed = FALSE
                         AND NOT EXISTS (SELECT 1
                                           FROM period_release n
                                          WHERE n.period_id = w.period_id AND n.number > w.number AND n.at <= $2)))"
    };
    (some) => {
        "(EXISTS (SELECT 1 FROM staff s WHERE s.id = p.staff_id AND (s.left_on <= $3 OR s.joined_on > $3))
          OR EXISTS (SELECT 1
                       FROM leave_of_absence l
                      WHERE l.staff_id = p.staff_id AND l.from_on <= $3 AND (l.to_on IS NULL OR l.to_on > $3))
          OR (SELECT w.owed
                FROM period_release w
               WHERE w.period_id = p.id AND w.at <= $2
               ORDER BY w.number DESC
               LIMIT 1) = FALSE)"
    };
}

/// An exemption from period `p` held at the instant.
macro_rules! exempt {
    (everybody) => {
        "p.id IN (SELECT e.period_id FROM exemption e WHERE e.until_at > $2 AND e.from_at <= $2)"
    };
    (some) => {
        "EXISTS (SELECT 1 FROM exemption e WHERE e.period_id = p.id AND e.until_at > $2 AND e.from_at <= $2)"
    };
}

/// The same course was completed for a later year than that of period `p`, or for a later time round, when the instant had come.
macro_rules! renewals {
    () => {
        concat!(
            "FROM period n
             JOIN completion m ON m.period_id = n.id
             JOIN requirement rn ON rn.id = n.requirement_id
             JOIN requirement rp ON rp.id = p.requirement_id
            WHERE n.staff_id = p.staff_id AND rn.course = rp.course
              AND (rn.fiscal_year > rp.fiscal_year OR (rn.id = rp.id AND n.cycle > p.cycle))
              AND m.completed_at <= $2 AND ",
            stands!("n")
        )
    };
}

/// The facts of period `p`, as the number that `facts.rs` reads. Whether something was renewed is asked only of what ends: behind an AND,
/// PostgreSQL would ask it of everybody whose completion has no end.
macro_rules! mask {
    ($of:ident) => {
        concat!(
            "(CASE WHEN g.started_at <= $2 THEN 1 ELSE 0 END
        + CASE WHEN g.retry_at <= $2 AND (g.recovered_at IS NULL OR g.recovered_at > $2) THEN 2 ELSE 0 END
        + CASE WHEN g.done_at <= $2 THEN 4 ELSE 0 END
        + CASE WHEN c.completed_at <= $2 THEN 8 ELSE 0 END
        + CASE WHEN COALESCE(c.held_at, c.completed_at) < ",
            due!($of, "p"),
            " THEN 16 ELSE 0 END
        + CASE WHEN ",
            due!($of, "p"),
            " <= $2 THEN 32 ELSE 0 END
        + CASE WHEN ",
            exempt!($of),
            " THEN 64 ELSE 0 END
        + CASE WHEN ",
            out!($of),
            " THEN 128 ELSE 0 END
        + CASE WHEN ",
            valid!($of, "p", "c"),
            " <= $4
               THEN CASE WHEN EXISTS (SELECT 1 ",
            renewals!(),
            ") THEN 0 ELSE 256 + CASE WHEN ",
            valid!($of, "p", "c"),
            " <= $2 THEN 512 ELSE 0 END END
               ELSE 0 END)"
        )
    };
}

#[macro_use]
mod ways;

/// What the person `$s` was by profession, or how they were employed, on the day.
macro_rules! of_that_day {
    ($column:literal, $s:literal) => {
        concat!(
            "COALESCE((SELECT w.",
            $column,
            " FROM staff_before w WHERE w.staff_id = ",
            $s,
            ".id AND w.until_on > $3 ORDER BY w.until_on LIMIT 1), ",
            $s,
            ".",
            $column,
            ")"
        )
    };
}

/// Only people of a profession, and only those who are searched for.
macro_rules! person_is {
    ($person:literal, $profession:literal, $pattern:literal) => {
        concat!(
            " AND ((CAST(",
            $profession,
            " AS TEXT) = '' AND CAST(",
            $pattern,
            " AS TEXT) = '%')
                   OR EXISTS (SELECT 1
                                FROM staff f
                               WHERE f.id = ",
            $person,
            "
                                 AND (CAST(",
            $profession,
            " AS TEXT) = '' OR ",
            of_that_day!("profession", "f"),
            " = ",
            $profession,
            ")
                                 AND f.search LIKE ",
            $pattern,
            " ESCAPE '!'))"
        )
    };
}

pub mod answers;
mod counts;
mod held;
mod person;
mod question;
mod retention;
mod roster;
mod signed;
pub mod trend;

pub use counts::{
    CountRow, ModuleRow, SOON_DAYS, Scan, counts, counts_as_one, counts_with_modules, versions,
};
pub use held::{held, held_by, recent, without};
pub use person::{HistoryRow, PostingRow, Seen, history, person, postings, professions};
pub use question::{Instant, Question};
pub use retention::{LastRecord, last_record, left_before};
pub use roster::{Order, Page, RosterRow, concurrent, roster, roster_in_batches};
pub use signed::{signatures, signed_by, signed_by_everybody};

/// Every statement of this store, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] = &[
    answers::RESPONSES,
    answers::GROUPS,
    answers::PEOPLE,
    answers::REQUIREMENT,
    counts::BELOW,
    counts::EVERYWHERE,
    counts::AS_ONE,
    counts::MODULES_BELOW,
    counts::MODULES_EVERYWHERE,
    counts::VERSIONS,
    held::HELD,
    held::HELD_BY,
    held::WITHOUT,
    held::RECENT,
    retention::LAST_RECORD,
    retention::LEFT_BEFORE,
    roster::BELOW_BY_KANA,
    roster::BELOW_BY_DUE,
    roster::BELOW_BY_DEPARTMENT,
    roster::EVERYWHERE_BY_KANA,
    roster::EVERYWHERE_BY_DUE,
    roster::EVERYWHERE_BY_DEPARTMENT,
    roster::CONCURRENT,
    signed::BY_EVERYBODY,
    signed::BY,
    signed::SIGNATURES,
    person::PERSON,
    person::POSTINGS,
    person::HISTORY,
    person::PROFESSIONS,
    trend::PERIODS,
    trend::EXEMPTIONS,
    trend::RELEASES,
    trend::VALID,
    trend::RENEWALS,
    trend::LEAVES,
    trend::PROFESSIONS_BEFORE,
];
