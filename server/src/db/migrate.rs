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

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::SqlitePool;
    use sqlx::sqlite::SqlitePoolOptions;

    async fn run(pool: &SqlitePool, statement: &'static str) {
        sqlx::query(statement).execute(pool).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }

    #[tokio::test]
    async fn a_year_from_before_there_were_tracks_keeps_its_list_for_everybody() {
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .connect("sqlite::memory:")
            .await
            .expect("a database in memory");
        let before = SQLITE.iter().filter(|migration| migration.version < 11).cloned().collect();
        Migrator::with_migrations(before).run(&pool).await.expect("the schema of then");
        for statement in [
            "INSERT INTO staff (id, staff_no, family, given, family_kana, given_kana, roman, kana_key, search, profession,
                                employment, joined_on)
             VALUES ('s', '1', '', '', '', '', '', x'', '', '', '', '2020-04-01')",
            "INSERT INTO requirement (id, code, title, title_en, basis, basis_en, course, fiscal_year, opens_at, due_at)
             VALUES ('r', 'sns-2025', '', '', '', '', 'sns', 2025, '', '')",
            "INSERT INTO requirement_module (requirement_id, module_id, position) VALUES ('r', 'm3', 1), ('r', 'm1', 0)",
            "INSERT INTO period (id, staff_id, requirement_id, cycle, assigned_at, due_at, reason, leaf)
             VALUES ('p', 's', 'r', 2025, '', '', '{\"rule\":\"every_year\"}', 0)",
        ] {
            run(&pool, statement).await;
        }
        SQLITE.run(&pool).await.expect("the schema of now");
        let asked: Vec<String> = sqlx::query_scalar(
            "SELECT m.module_id
               FROM period p
               JOIN requirement_module m ON m.requirement_id = p.requirement_id AND m.track = p.track
              WHERE p.id = 'p'
              ORDER BY m.position",
        )
        .fetch_all(&pool)
        .await
        .expect("the modules");
        assert_eq!(asked, ["m1", "m3"]);
        for statement in ["UPDATE requirement_module SET position = 9", "DELETE FROM requirement_module"] {
            let refused = sqlx::query(statement).execute(&pool).await.expect_err(statement).to_string();
            assert!(refused.contains("append-only"), "{refused}");
        }
    }
}
