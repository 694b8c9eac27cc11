//! The tables of a pack.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use kokoroe_app::Lang;
use tokio::sync::mpsc;

use super::PackError;
use super::archive::{Order, Piece};
use crate::clock::Calendar;
use crate::db::Conn;
use crate::reports::evidence::store::{self as evidence, RosterRow, Span};
use crate::reports::evidence::{Kept, Row, millis};
use crate::reports::harmless;
use crate::requirements::store::{Requirement, requirements};
use crate::state::Site;
use crate::training::my_training::status_view;

/// Spreadsheets take a file without it for one in an old Japanese encoding.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Batches that may wait between the database and the file.
const WAITING: usize = 4;

/// Writes one table of records, of the rows whose leaves belong, and gives the number of its rows.
pub(super) async fn records(
    conn: &mut Conn,
    kept: Kept,
    span: &Span,
    belongs: impl Fn(i64) -> bool,
    order: &Order,
) -> Result<u64, PackError> {
    begin(kept, order).await;
    let (to, mut batches) = mpsc::channel::<Vec<Row>>(WAITING);
    let reading = async {
        let read = evidence::rows(conn, kept, span, false, &to).await;
        drop(to);
        read
    };
    let writing = async {
        let mut number = 0;
        while let Some(batch) = batches.recv().await {
            let mut text = String::with_capacity(256 * batch.len());
            for row in batch.iter().filter(|row| belongs(row.leaf)) {
                number += 1;
                line(&mut text, row);
            }
            order.send(Piece::Bytes(text.into_bytes())).await;
        }
        number
    };
    let (read, number) = tokio::join!(reading, writing);
    read?;
    Ok(number)
}

/// Writes one table of a few rows, in the order of their leaves, and gives their number.
pub(super) async fn few(kept: Kept, rows: &[&Row], order: &Order) -> u64 {
    begin(kept, order).await;
    let mut text = String::new();
    rows.iter().for_each(|row| line(&mut text, row));
    order.send(Piece::Bytes(text.into_bytes())).await;
    rows.len() as u64
}

async fn begin(kept: Kept, order: &Order) {
    let mut header = String::from(BYTE_ORDER_MARK);
    header.push_str("leaf,obj,at,actor");
    for column in kept.columns() {
        header.push(',');
        header.push_str(column);
    }
    header.push_str("\r\n");
    order.send(Piece::Begin(kept.file().to_owned())).await;
    order.send(Piece::Bytes(header.into_bytes())).await;
}

fn line(text: &mut String, row: &Row) {
    text.push_str(&row.leaf.to_string());
    // The time that the record itself keeps; only an exemption keeps none.
    let at = row.at.or(row.logged_at).map_or_else(String::new, millis);
    for value in [&row.obj, &at, &row.actor].into_iter().chain(&row.said) {
        text.push(',');
        cell(text, value);
    }
    text.push_str("\r\n");
}

/// Quotes what a comma, a quote or a line break would tear apart (RFC 4180).
fn cell(text: &mut String, value: &str) {
    if value.contains([',', '"', '\n', '\r']) {
        text.push('"');
        text.push_str(&value.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(value);
    }
}

/// The heads of the roster's columns, for Japanese and English readers alike.
const ROSTER: [&str; 21] = [
    "研修 requirement",
    "部署コード department_code",
    "部署 department",
    "職種 profession",
    "雇用区分 employment",
    "職員番号 staff_no",
    "氏名 name",
    "フリガナ reading",
    "状態 status",
    "割当日時 assigned_at",
    "期限 due",
    "開始日時 started_at",
    "修了日時 completed_at",
    "署名日時 signed_at",
    "規程の版 policy_version",
    "修了番号 number",
    "有効期限 valid_until",
    "免除の終わり exempt_until",
    "免除の理由 exempt_reason",
    "職員ID staff",
    "受講ID period",
];

/// Writes the roster of every requirement of a fiscal year, as of an instant, with those who belong. It holds names, which no leaf does: the
/// pack's signature covers it, the log does not.
pub(super) async fn roster(
    site: &Site,
    conn: &mut Conn,
    year: i64,
    at: DateTime<Utc>,
    belongs: impl Fn(&RosterRow) -> bool,
    order: &Order,
) -> Result<(), PackError> {
    order.send(Piece::Begin("tables/roster.csv".to_owned())).await;
    order.send(Piece::Bytes(format!("{BYTE_ORDER_MARK}{}\r\n", ROSTER.join(",")).into_bytes())).await;
    let calendar = site.calendar();
    for requirement in of_year(conn, year).await? {
        let (to, mut batches) = mpsc::channel::<Vec<RosterRow>>(WAITING);
        let reading = async {
            let read = evidence::roster(conn, &requirement.id, at, calendar.date(at), &to).await;
            drop(to);
            read
        };
        let writing = async {
            while let Some(batch) = batches.recv().await {
                let mut text = String::with_capacity(512 * batch.len());
                for row in batch.iter().filter(|row| belongs(row)) {
                    person(&mut text, &requirement.code, row, at, calendar);
                }
                order.send(Piece::Bytes(text.into_bytes())).await;
            }
        };
        let (read, ()) = tokio::join!(reading, writing);
        read?;
    }
    Ok(())
}

async fn of_year(conn: &mut Conn, year: i64) -> Result<Vec<Requirement>, PackError> {
    Ok(requirements(conn).await?.into_iter().filter(|requirement| requirement.fiscal_year == year).collect())
}

/// The ids of those on the rosters of a fiscal year who work in a department with one of these codes.
pub(super) async fn people_of(
    conn: &mut Conn,
    (year, at, calendar): (i64, DateTime<Utc>, Calendar),
    codes: &BTreeSet<String>,
) -> Result<BTreeSet<String>, PackError> {
    let mut people = BTreeSet::new();
    for requirement in of_year(conn, year).await? {
        let (to, mut batches) = mpsc::channel::<Vec<RosterRow>>(WAITING);
        let reading = async {
            let read = evidence::roster(conn, &requirement.id, at, calendar.date(at), &to).await;
            drop(to);
            read
        };
        let taking = async {
            while let Some(batch) = batches.recv().await {
                let here =
                    |row: &RosterRow| row.department_code.as_ref().is_some_and(|code| codes.contains(code));
                people.extend(batch.into_iter().filter(here).map(|row| row.staff_id));
            }
        };
        let (read, ()) = tokio::join!(reading, taking);
        read?;
    }
    Ok(people)
}

fn person(text: &mut String, requirement: &str, row: &RosterRow, at: DateTime<Utc>, calendar: Calendar) {
    let time = |at: Option<DateTime<Utc>>| {
        at.map_or_else(String::new, |at| {
            at.with_timezone(&calendar.zone).format("%Y-%m-%d %H:%M:%S").to_string()
        })
    };
    let last_day = |until: Option<DateTime<Utc>>| {
        until.map_or_else(String::new, |until| calendar.last_day_before(until).to_string())
    };
    let status = row.status(at);
    // What happened later is in the tables of later years.
    let by_then = |told: Option<DateTime<Utc>>| told.filter(|told| *told <= at);
    let completed = by_then(row.completed_at);
    let if_completed = |cell: String| if completed.is_some() { cell } else { String::new() };
    let cells = [
        requirement.to_owned(),
        row.department_code.clone().unwrap_or_default(),
        row.department.clone().unwrap_or_default(),
        row.profession.clone(),
        row.employment.clone(),
        row.staff_no.clone(),
        format!("{} {}", row.family, row.given).trim().to_owned(),
        format!("{} {}", row.family_kana, row.given_kana).trim().to_owned(),
        format!("{} {}", status_view(status).word(Lang::Ja), status.code()),
        time(Some(row.assigned_at)),
        last_day(Some(row.due_at)),
        time(by_then(row.started_at)),
        time(completed),
        time(by_then(row.signed_at)),
        if_completed(row.policy_version.map_or_else(String::new, |version| version.to_string())),
        if_completed(row.number.clone().unwrap_or_default()),
        if_completed(last_day(row.valid_until)),
        last_day(row.exempt_until),
        row.exempt_reason.clone().unwrap_or_default(),
        row.staff_id.clone(),
        row.period_id.clone(),
    ];
    for (i, value) in cells.iter().enumerate() {
        if i > 0 {
            text.push(',');
        }
        cell(text, &harmless(value));
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_is_quoted_only_when_it_must_be() {
        for (value, written) in
            [("a b", "a b"), ("a,b", "\"a,b\""), ("「\"」", "\"「\"\"」\""), ("a\nb", "\"a\nb\""), ("", "")]
        {
            let mut text = String::new();
            cell(&mut text, value);
            assert_eq!(text, written);
        }
    }
}
