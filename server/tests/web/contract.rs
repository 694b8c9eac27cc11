//! What both engines promise.

use crate::support::facts::refuses;
use crate::support::{TestSite, engines};
use chrono::TimeDelta;
use kokoroe_server::db::{DbError, Engine};
use kokoroe_server::{
    Site, account, audit, erasure, exports, on, people, policies, reminders, reports, requirements, training,
};

pub(crate) fn statements() -> Vec<&'static str> {
    [
        account::store::STATEMENTS,
        audit::store::STATEMENTS,
        erasure::store::STATEMENTS,
        exports::store::STATEMENTS,
        people::store::STATEMENTS,
        policies::store::STATEMENTS,
        reminders::store::STATEMENTS,
        reports::binder::store::STATEMENTS,
        reports::store::STATEMENTS,
        reports::evidence::store::STATEMENTS,
        requirements::store::STATEMENTS,
        training::store::STATEMENTS,
    ]
    .concat()
}

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    use sqlx::{Executor as _, SqlSafeStr as _};
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let mut conn = test.site.db.read().await.expect("a connection");
        for statement in statements() {
            let prepared = on!(&mut conn, |c| c.prepare(statement.into_sql_str()).await.map(drop));
            prepared.unwrap_or_else(|error| panic!("{engine:?}: {error}\n{statement}"));
        }
    }
}

fn scribe(site: &Site) -> people::Scribe<'_> {
    people::Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" }
}

/// Table, column, nullable, part of the primary key.
type Column = (String, String, bool, bool);

pub(crate) async fn columns(engine: Engine) -> Vec<Column> {
    let test = TestSite::on(engine).await;
    let mut conn = test.site.db.read().await.expect("a connection");
    let text = match engine {
        Engine::Sqlite => {
            "SELECT m.name, c.name, c.\"notnull\" = 0, c.pk > 0
               FROM sqlite_master m, pragma_table_info(m.name) c
              WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\'"
        }
        Engine::Postgres => {
            "SELECT c.table_name::text, c.column_name::text, c.is_nullable = 'YES',
                    EXISTS (SELECT 1
                              FROM information_schema.table_constraints t
                              JOIN information_schema.key_column_usage k USING (constraint_name, table_name)
                             WHERE t.constraint_type = 'PRIMARY KEY'
                               AND k.table_name = c.table_name AND k.column_name = c.column_name)
               FROM information_schema.columns c
              WHERE c.table_schema = 'public' AND c.table_name NOT LIKE '\\_sqlx%'"
        }
    };
    let mut rows: Vec<Column> = on!(&mut conn, |c| sqlx::query_as(text).fetch_all(c).await).expect("columns");
    rows.sort();
    rows
}

/// Table and columns of each index and unique key, in order.
async fn keys(engine: Engine) -> Vec<(String, String)> {
    let test = TestSite::on(engine).await;
    let mut conn = test.site.db.read().await.expect("a connection");
    let text = match engine {
        Engine::Sqlite => {
            "SELECT m.name, (SELECT GROUP_CONCAT(c.name, ',') FROM pragma_index_info(i.name) c)
               FROM sqlite_master m, pragma_index_list(m.name) i
              WHERE m.type = 'table' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\'"
        }
        Engine::Postgres => {
            "SELECT t.relname::text, STRING_AGG(a.attname::text, ',' ORDER BY k.place)
               FROM pg_index i
               JOIN pg_class t ON t.oid = i.indrelid
               JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
              CROSS JOIN LATERAL UNNEST(i.indkey::int[]) WITH ORDINALITY k (number, place)
               JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number
              WHERE t.relname NOT LIKE '\\_sqlx%'
              GROUP BY i.indexrelid, t.relname"
        }
    };
    let mut rows: Vec<(String, String)> =
        on!(&mut conn, |c| sqlx::query_as(text).fetch_all(c).await).expect("keys");
    rows.sort();
    rows
}

#[tokio::test]
async fn the_two_schemas_agree() {
    if engines().contains(&Engine::Postgres) {
        assert_eq!(columns(Engine::Sqlite).await, columns(Engine::Postgres).await);
        assert_eq!(keys(Engine::Sqlite).await, keys(Engine::Postgres).await);
    } else {
        assert!(columns(Engine::Sqlite).await.len() > 100, "the schema was read");
    }
}

#[tokio::test]
async fn a_write_that_fails_leaves_nothing_behind_and_its_neighbours_stand() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let db = test.site.db.clone();
        let write = |name: String, fail: bool| {
            let (db, site) = (db.clone(), test.site.clone());
            async move {
                db.write(move |tx| {
                    Box::pin(async move {
                        people::hospital::set(tx, &scribe(&site), &name, "x").await?;
                        if fail { Err(DbError::Setup("on purpose".into())) } else { Ok(()) }
                    })
                })
                .await
            }
        };
        let outcomes =
            futures_util::future::join_all((0..40).map(|n| write(format!("probe.{n:02}"), n % 4 == 3))).await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 30, "{engine:?}");
        let mut conn = db.read().await.expect("a connection");
        let kept: i64 =
            on!(&mut conn, |c| sqlx::query_scalar("SELECT COUNT(*) FROM setting WHERE name LIKE 'probe.%'")
                .fetch_one(c)
                .await)
            .expect("a count");
        assert_eq!(kept, 30, "{engine:?}");
    }
}

#[tokio::test]
async fn a_panic_in_one_write_does_not_stop_the_next() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let outcome: Result<(), DbError> =
            test.site.db.write(|_| Box::pin(async { panic!("on purpose") })).await;
        assert!(outcome.is_err());
        let site = test.site.clone();
        let outcome: Result<(), DbError> = test
            .site
            .db
            .write(move |tx| {
                Box::pin(async move { people::hospital::set(tx, &scribe(&site), "after", "x").await })
            })
            .await;
        outcome.expect("the writer lives");
    }
}

#[tokio::test]
async fn facts_cannot_be_changed_or_deleted() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        test.ward().await;
        for table in ["period", "content_revision", "log_leaf", "requirement", "requirement_module"] {
            for statement in [format!("DELETE FROM {table}"), format!("UPDATE {table} SET leaf = 0")] {
                let statement = statement
                    .replace("log_leaf SET leaf", "log_leaf SET seq")
                    .replace("requirement SET leaf", "requirement SET fiscal_year")
                    .replace("requirement_module SET leaf", "requirement_module SET position");
                refuses(&test.site.db, &statement).await;
            }
        }
    }
}

#[tokio::test]
async fn leaf_and_row_are_one_write_and_the_log_verifies() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        test.ward().await;
        let note = audit::sign_now(&test.site).await.expect("signed").expect("a checkpoint");
        test.clock.advance(TimeDelta::hours(1));
        let again = audit::sign_now(&test.site).await.expect("signed").expect("a checkpoint");
        assert_eq!(note.size, again.size, "nothing new, nothing signed");
        let mut conn = test.site.db.read().await.expect("a connection");
        let log = test.site.ledger.log_at(test.site.now());
        let leaves = audit::store::leaves(&mut conn, &log, 0, note.size).await.expect("leaves");
        assert_eq!(i64::try_from(leaves.len()).expect("small"), note.size);
        let periods = leaves.iter().filter(|leaf| leaf.kind == "assign.create").count();
        assert_eq!(periods, 7, "one for each period");
        let names = leaves.iter().filter(|leaf| String::from_utf8_lossy(&leaf.body).contains("鈴木")).count();
        assert_eq!(names, 0, "a leaf never holds a name");
    }
}

#[tokio::test]
async fn whoever_has_to_be_alone_with_the_records_waits_for_every_server_to_stop() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let db = &test.site.db;
        let (one, two) = (db.attend().await.expect("a server"), db.attend().await.expect("a second"));
        if engine == Engine::Sqlite {
            // A lock on the data folder lets no second process in at all.
            db.attend_alone().await.expect("nothing to wait for");
            continue;
        }
        let refused = db.attend_alone().await.expect_err("two servers are at work").to_string();
        assert!(refused.contains("Stop every server"), "{refused}");
        drop((one, two));
        let alone = alone(db).await;
        let refused = db.attend().await.expect_err("a command is at work").to_string();
        assert!(refused.contains("Start the server when it has ended"), "{refused}");
        drop(alone);
    }
}

/// PostgreSQL notices after a moment that a connection has gone.
async fn alone(db: &kokoroe_server::db::Db) -> kokoroe_server::db::Attendance {
    for _ in 0..100 {
        if let Ok(alone) = db.attend_alone().await {
            return alone;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the servers have stopped, but their lock is still held");
}
