//! Facts refuse to be altered.

use kokoroe_server::db::{Db, DbError, Engine, Tx};
use kokoroe_server::on;
use sqlx::AssertSqlSafe;

use super::inventory::ALONE;

/// Whether the database itself refuses a statement that would alter or delete a fact.
pub(crate) async fn refuses(db: &Db, statement: &str) {
    let text = AssertSqlSafe(statement.to_owned());
    let altered: Result<(), DbError> = db
        .write(|tx| Box::pin(async move { Ok(on!(tx, |c| sqlx::query(text).execute(c).await.map(drop))?) }))
        .await;
    let error = altered.expect_err(statement).to_string();
    assert!(error.contains("append-only"), "{:?} {statement}: {error}", db.engine());
}

/// Lets this write change facts without their leaves: it is the test's, and not the program's.
pub(crate) async fn stand_alone(tx: &mut Tx) -> Result<(), DbError> {
    if tx.engine() == Engine::Postgres {
        on!(tx, |c| sqlx::query(ALONE).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// Writes beside the program, as somebody does who has the database.
pub(crate) async fn alone(db: &Db, statement: &'static str) {
    let done: Result<(), DbError> = db
        .write(move |tx| {
            Box::pin(async move {
                stand_alone(tx).await?;
                Ok(on!(tx, |c| sqlx::query(statement).execute(c).await.map(drop))?)
            })
        })
        .await;
    done.expect("written");
}
