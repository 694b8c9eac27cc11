//! What happens to people in these tests: they finish, move, go on leave, work in two places.

use chrono::{DateTime, NaiveDate, Utc};
use kokoroe_server::db::DbError;
use kokoroe_server::id::{DepartmentId, StaffId};
use kokoroe_server::on;
use kokoroe_server::people::staff::{staff, update_staff};
use kokoroe_server::people::store::posting::postings_of;
use kokoroe_server::people::{self, NewLeave, NewPosting, NewStaff, Scribe};
use kokoroe_server::requirements::period::assign;
use kokoroe_server::requirements::store::{InPost, requirement};

use super::stored::{Rows, Value, insert};
use crate::support::TestSite;
use crate::support::people::Ward;

const PROGRESS: &str = "
    INSERT INTO progress (period_id, started_at, done_at) VALUES ($1, $2, $2)";
const COMPLETION: &str = "
    INSERT INTO completion (period_id, number, code, completed_at, valid_until, name, policy_version, leaf)
    VALUES ($1, $1, '', $2, NULL, '', 4, 0)";
const ATTEMPT: &str = "
    INSERT INTO attempt (id, period_id, module_id, revision, seed, turn, started_at, finished_at, leaf)
    SELECT $1, $2, $3, MIN(hash), 1, 4, $4, $5, 0 FROM content_revision";
const ANSWER: &str = "
    INSERT INTO answer (attempt_id, turn, place, response, grade, points, out_of, first, lang, answered_at, leaf)
    VALUES ($1, 1, 'secret-place', 'secret-answer', 0, 777777, 888888, $2, 'ja', $3, 0)";

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// Does something in one write.
pub(crate) async fn write(test: &TestSite, tables: Vec<Rows>) {
    let done: Result<(), DbError> =
        test.site.db.write(move |tx| Box::pin(async move { insert(tx, tables).await })).await;
    done.expect("written");
}

/// Somebody finishes and signs now.
pub(crate) async fn finish(test: &TestSite, staff: &StaffId) {
    let (period, now) = (test.period(staff).await, test.site.now());
    let id = text(period.as_str());
    let progress = vec![id.clone(), Value::Time(now)];
    write(test, vec![(PROGRESS, vec![progress]), (COMPLETION, vec![vec![id, Value::Time(now)]])]).await;
}

/// Somebody has answered something in a module; the answer must never be seen by others.
pub(crate) async fn answer(test: &TestSite, staff: &StaffId, module: &str, finished: Option<DateTime<Utc>>) {
    let (period, now) = (test.period(staff).await, test.site.now());
    let attempt = format!("{period}/{module}");
    let finished = finished.map_or(Value::NoTime, Value::Time);
    let row = vec![text(&attempt), text(period.as_str()), text(module), Value::Time(now), finished];
    let answer = vec![text(&attempt), Value::Bool(true), Value::Time(now)];
    write(test, vec![(ATTEMPT, vec![row]), (ANSWER, vec![answer])]).await;
}

/// Somebody moves on a day.
pub(crate) async fn move_to(test: &TestSite, staff: &StaffId, department: &DepartmentId, on: NaiveDate) {
    let (site, staff, department) = (test.site.clone(), staff.clone(), department.clone());
    let moved: Result<(), DbError> = test
        .site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                for open in postings_of(tx, &staff).await? {
                    people::end_posting(tx, &by, &open, on).await?;
                }
                people::post(tx, &by, &NewPosting { staff, department, from_on: on, to_on: None, main: true })
                    .await
                    .map(drop)
            })
        })
        .await;
    moved.expect("moved");
}

/// Somebody works in a second place from a day on.
pub(crate) async fn also_in(test: &TestSite, staff: &StaffId, department: &DepartmentId, on: NaiveDate) {
    let (site, staff, department) = (test.site.clone(), staff.clone(), department.clone());
    let posted: Result<(), DbError> = test
        .site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                people::post(
                    tx,
                    &by,
                    &NewPosting { staff, department, from_on: on, to_on: None, main: false },
                )
                .await
                .map(drop)
            })
        })
        .await;
    posted.expect("posted");
}

/// Somebody is away from a day on, until the first day back if that is known.
pub(crate) async fn leave(test: &TestSite, who: &StaffId, from_on: NaiveDate, to_on: Option<NaiveDate>) {
    let new = NewLeave { staff: who.clone(), reason: "育休".into(), from_on, to_on };
    let site = test.site.clone();
    let noted: Result<(), DbError> = test
        .site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                people::add_leave(tx, &by, &new).await.map(drop)
            })
        })
        .await;
    noted.expect("noted");
}

/// Somebody works in another profession from today on.
pub(crate) async fn profession(test: &TestSite, who: &StaffId, word: &'static str) {
    let (site, who) = (test.site.clone(), who.clone());
    let changed: Result<(), DbError> = test
        .site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                let mut person = staff(tx, &who).await?.expect("a person");
                word.clone_into(&mut person.profession);
                update_staff(tx, &by, &person).await
            })
        })
        .await;
    changed.expect("changed");
}

/// Somebody new, who owes what everybody owes.
pub(crate) async fn newcomer(
    test: &TestSite,
    ward: &Ward,
    department: &DepartmentId,
    number: &str,
    names: [&str; 4],
) -> StaffId {
    let (site, department) = (test.site.clone(), department.clone());
    let [family, given, family_kana, given_kana] = names.map(str::to_owned);
    let (number, requirement_id) = (number.to_owned(), ward.requirement.clone());
    let added: Result<StaffId, DbError> = test
        .site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                let joined_on = crate::support::day("2020-04-01");
                let new = NewStaff {
                    staff_no: number,
                    family,
                    given,
                    family_kana,
                    given_kana,
                    roman: String::new(),
                    profession: "事務".into(),
                    employment: "常勤".into(),
                    joined_on,
                    left_on: None,
                    mail: String::new(),
                };
                let id = people::add_staff(tx, &by, &new).await?;
                let posting =
                    NewPosting { staff: id.clone(), department, from_on: joined_on, to_on: None, main: true };
                people::post(tx, &by, &posting).await?;
                let requirement = requirement(tx, &requirement_id).await?.expect("the requirement");
                let owing = [InPost { staff: id.clone(), joined_on }];
                let tracks = &site.content.catalogue.course.tracks;
                assign(tx, &site.ledger, &site.clock, tracks, &requirement, &owing).await?;
                Ok(id)
            })
        })
        .await;
    added.expect("a newcomer")
}

/// Runs one statement of a test.
pub(crate) async fn run(test: &TestSite, statement: &'static str, id: &str, value: Value) {
    write(test, vec![(statement, vec![vec![text(id), value]])]).await;
}

/// The leaves of a kind.
pub(crate) async fn leaves(test: &TestSite, kind: &str) -> Vec<String> {
    let mut conn = test.site.db.read().await.expect("a connection");
    let bodies: Vec<Vec<u8>> =
        on!(&mut conn, |c| sqlx::query_scalar("SELECT body FROM log_leaf WHERE kind = $1 ORDER BY seq")
            .bind(kind)
            .fetch_all(c)
            .await)
        .expect("leaves");
    bodies.into_iter().map(|body| String::from_utf8(body).expect("text")).collect()
}
