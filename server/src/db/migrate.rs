//! Bringing the schema up to date. Migrations are embedded and only go forward (`migrations/README.md`).

use sqlx::migrate::Migrator;

use super::{Db, DbError, Pools};

static SQLITE: Migrator = sqlx::migrate!("../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../migrations/postgres");

/// Applies every migration that this database has not seen.
///
/// # Errors
/// When a migration fails, was edited after it was applied, or the database is newer than this program.
pub async fn migrate(db: &Db) -> Result<(), DbError> {
    match &db.0 {
        Pools::Sqlite { write, .. } => write.pool(|pool| async move { SQLITE.run(&pool).await }).await?,
        Pools::Postgres(pool) => POSTGRES.run(pool).await?,
    }
    Ok(())
}
