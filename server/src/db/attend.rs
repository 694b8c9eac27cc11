//! Who else is at work on the same records. Two servers may share a PostgreSQL database; whoever changes the key that all of them sign with has to be alone.
//! The embedded engine needs none of it: a lock on the data folder lets nobody else in.

use sqlx::PgConnection;

use super::{Db, DbError, Pools};

/// The advisory lock that stands for the records: shared by servers, held alone by commands that change what servers keep in memory.
const RECORDS: i64 = 0x006B_6F6B_6F72_6F65;

/// That somebody is at work on the records, until it is dropped. If the database restarts meanwhile, it is forgotten.
#[derive(Debug)]
pub struct Attendance(
    #[expect(dead_code, reason = "the lock ends with its connection")] Option<PgConnection>,
);

impl Db {
    /// Notes that a server is at work.
    ///
    /// # Errors
    /// When the database fails, or a command is at work alone.
    pub async fn attend(&self) -> Result<Attendance, DbError> {
        self.take(
            "SELECT PG_TRY_ADVISORY_LOCK_SHARED($1)",
            "a kokoroe command that has to be alone is at work on these records. Start the server when it has ended.\n\
             ほかの端末で、kokoroeコマンドがこの記録を使っています。終わってから、サーバーを起動します。",
        )
        .await
    }

    /// Notes that a command is at work alone.
    ///
    /// # Errors
    /// When the database fails, or a server is at work.
    pub async fn attend_alone(&self) -> Result<Attendance, DbError> {
        self.take(
            "SELECT PG_TRY_ADVISORY_LOCK($1)",
            "another server is at work on these records. Stop every server that shares this database, run this again, then start them.\n\
             この記録を使っているサーバーがほかにあります。同じデータベースを使うサーバーをすべて止めてから実行し、終わったら起動します。",
        )
        .await
    }

    async fn take(&self, lock: &'static str, refusal: &str) -> Result<Attendance, DbError> {
        let Pools::Postgres(pool) = &self.0 else { return Ok(Attendance(None)) };
        // A connection of its own: one that went back to the pool would take the lock along.
        let mut conn = pool.acquire().await?.detach();
        let is_held: bool = sqlx::query_scalar(lock).bind(RECORDS).fetch_one(&mut conn).await?;
        if is_held { Ok(Attendance(Some(conn))) } else { Err(DbError::Setup(refusal.to_owned())) }
    }
}
