//! What is taken out of the records of people when somebody is erased.

use crate::db::{Conn, DbError, Tx, expect_rows};
use crate::id::{ImportId, StaffId};
use crate::on;

pub(super) const ERASE_STAFF: &str = "
    UPDATE staff
       SET staff_no = $2, family = $3, given = '', family_kana = '', given_kana = '', roman = $4, kana_key = $5,
           search = '', mail = ''
     WHERE id = $1 AND search <> ''";
pub(super) const ERASE_LEAVES: &str = "UPDATE leave_of_absence SET reason = $2 WHERE staff_id = $1";
/// The hash stays in its leaf and in the row; without salt and words it says nothing of anybody.
pub(super) const ERASE_IDENTITY: &str = "UPDATE identity SET salt = '', told = '' WHERE staff_id = $1";
pub(super) const IMPORTS: &str = "SELECT id, file_name, plan FROM staff_import ORDER BY id";
pub(super) const DROP_IMPORT: &str = "DELETE FROM staff_import WHERE id = $1";

pub(in crate::people) async fn erase_staff(
    tx: &mut Tx,
    id: &StaffId,
    number: &str,
    (name, roman): (&str, &str),
    kana_key: &[u8],
) -> Result<(), DbError> {
    let rows = on!(tx, |c| sqlx::query(ERASE_STAFF)
        .bind(id)
        .bind(number)
        .bind(name)
        .bind(roman)
        .bind(kana_key)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    expect_rows("erase a person", rows, 1)
}

pub(in crate::people) async fn erase_leaves(tx: &mut Tx, id: &StaffId, words: &str) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ERASE_LEAVES).bind(id).bind(words).execute(c).await.map(drop))?;
    Ok(())
}

pub(in crate::people) async fn erase_identity(tx: &mut Tx, id: &StaffId) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(ERASE_IDENTITY).bind(id).execute(c).await.map(drop))?;
    Ok(())
}

/// Every list of staff that is kept: its id, the name of its file, what it would change or has changed.
pub(in crate::people) async fn imports(conn: &mut Conn) -> Result<Vec<(ImportId, String, String)>, DbError> {
    Ok(on!(conn, |c| sqlx::query_as(IMPORTS).fetch_all(c).await)?)
}

pub(in crate::people) async fn drop_import(tx: &mut Tx, id: &ImportId) -> Result<(), DbError> {
    on!(tx, |c| sqlx::query(DROP_IMPORT).bind(id).execute(c).await.map(drop))?;
    Ok(())
}
