//! Facts refuse to be altered.

use kokoroe_server::db::{Db, DbError};
use kokoroe_server::on;
use sqlx::AssertSqlSafe;

/// Whether the database itself refuses a statement that would alter or delete a fact.
pub(crate) async fn refuses(db: &Db, statement: &str) {
    let text = AssertSqlSafe(statement.to_owned());
    let altered: Result<(), DbError> = db
        .write(|tx| Box::pin(async move { Ok(on!(tx, |c| sqlx::query(text).execute(c).await.map(drop))?) }))
        .await;
    let error = altered.expect_err(statement).to_string();
    assert!(error.contains("append-only"), "{:?} {statement}: {error}", db.engine());
}
