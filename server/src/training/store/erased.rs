//! What is taken out of the records of training when somebody is erased.

use crate::db::{Conn, DbError, Tx, expect_rows};
use crate::id::{AttemptId, ObjectionId, PeriodId, StaffId};
use crate::on;

pub(super) const COMPLETION: &str = "
    UPDATE completion SET name = $2, code = '', paper = $3 WHERE period_id = $1 AND paper IS NULL";
pub(super) const ANSWER: &str = "UPDATE answer SET response = $3 WHERE attempt_id = $1 AND turn = $2";
pub(super) const DRAFTS: &str = "DELETE FROM draft WHERE attempt_id = $1";
pub(super) const SHEET: &str = "UPDATE attendance SET sheet_name = $2 WHERE period_id = $1";
pub(super) const OBJECTIONS: &str = "SELECT id, module_id, place, staff_id, mark FROM objection ORDER BY id";
pub(super) const OBJECTION: &str = "
    UPDATE objection
       SET words = $2, staff_id = NULL, mark = id,
           reply = CASE WHEN reply IS NULL OR reply = '' THEN reply ELSE $2 END
     WHERE id = $1";

/// Takes name and code off a completion; what its leaf holds of them stays.
pub(in crate::training) async fn erase_completion(
    tx: &mut Tx,
    period: &PeriodId,
    name: &str,
    paper: &str,
) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(COMPLETION)
        .bind(period)
        .bind(name)
        .bind(paper)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    expect_rows("erase a completion", rows, 1)
}

/// Puts another response in the place of one.
pub(in crate::training) async fn erase_answer(
    tx: &mut Tx,
    attempt: &AttemptId,
    turn: i64,
    response: &str,
) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(ANSWER)
        .bind(attempt)
        .bind(turn)
        .bind(response)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    expect_rows("erase an answer", rows, 1)
}

pub(in crate::training) async fn drop_drafts(tx: &mut Tx, attempt: &AttemptId) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(DRAFTS).bind(attempt).execute(c).await.map(drop))?;
    Ok(())
}

/// Takes the name off the file of a signed sheet; its hash stays.
pub(in crate::training) async fn erase_sheet(
    tx: &mut Tx,
    period: &PeriodId,
    words: &str,
) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(SHEET).bind(period).bind(words).execute(c).await.map(drop))?;
    Ok(())
}

/// To what somebody objected, and by what they are known.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in crate::training) struct Marked {
    pub id: ObjectionId,
    pub module_id: String,
    pub place: String,
    pub staff_id: Option<StaffId>,
    pub mark: String,
}

pub(in crate::training) async fn marked(conn: &mut Conn) -> Result<Vec<Marked>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(OBJECTIONS).fetch_all(c).await)?)
}

pub(in crate::training) async fn erase_objection(
    tx: &mut Tx,
    id: &ObjectionId,
    words: &str,
) -> Result<(), DbError> {
    let rows =
        on!(tx, |c| sqlx::query(OBJECTION).bind(id).bind(words).execute(c).await.map(|d| d.rows_affected()))?;
    expect_rows("erase an objection", rows, 1)
}
