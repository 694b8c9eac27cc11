//! A new version that dies while it changes the schema, and an old one on a schema that is newer than itself.

use std::path::Path;
use std::time::Duration;

use kokoroe_server::db::{Engine, Location, connect};
use kokoroe_server::on;
use sqlx::AssertSqlSafe;

use crate::cluster::{Cluster, Wire, make};
use crate::crowd::Crowd;
use crate::hospital::on_each_engine;
use crate::oracle;
use crate::process::{Start, command};
use crate::shim::Shim;
use crate::support::fresh_folder;
use crate::table::Row;

/// The schema as the engine tells it, with its keys, indexes and triggers.
pub(crate) async fn schema(location: &Location) -> Vec<String> {
    let db = connect(location).await.expect("the database");
    let mut conn = db.read().await.expect("a connection");
    let statement = match db.engine() {
        Engine::Sqlite => "SELECT COALESCE(sql, name) FROM sqlite_master ORDER BY name",
        Engine::Postgres => {
            "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || COALESCE(column_default, '')
               FROM information_schema.columns WHERE table_schema = 'public'
             UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
             UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
             UNION ALL SELECT conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid)
               FROM pg_constraint WHERE connamespace = 'public'::regnamespace
             ORDER BY 1"
        }
    };
    let lines = on!(&mut conn, |c| sqlx::query_scalar(AssertSqlSafe(statement)).fetch_all(c).await);
    drop(conn);
    db.close().await;
    lines.expect("a schema")
}

/// Brings the records of a folder or an address forward by the built program.
pub(crate) fn migrate(
    folder: &Path,
    postgres: Option<&str>,
    environment: &[(&str, &str)],
) -> std::process::Output {
    let mut command = command(&["migrate"], folder, postgres);
    command.envs(environment.iter().copied()).output().expect("the program runs")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_migration_that_is_killed_at_any_write_is_finished_by_the_next_start() {
    let whole = fresh_folder();
    assert!(migrate(&whole, None, &[]).status.success());
    let expected = schema(&Location::File(whole.join("kokoroe.db"))).await;
    let (mut killed, mut at) = (0, 1_u32);
    loop {
        let folder = fresh_folder();
        let shim = Shim::in_front_of(&folder);
        let number = at.to_string();
        let mut environment = shim.environment();
        environment.push(("SHIM_KILL_AT", &number));
        let died = migrate(&folder, None, &environment);
        if died.status.success() {
            drop(std::fs::remove_dir_all(folder));
            break;
        }
        killed += 1;
        // The power goes as well: what was not synced is not there.
        shim.power_cut(&folder, 0);
        let again = migrate(&folder, None, &[]);
        assert!(again.status.success(), "write {at}: {}", String::from_utf8_lossy(&again.stderr));
        assert_eq!(schema(&Location::File(folder.join("kokoroe.db"))).await, expected, "write {at}");
        drop(std::fs::remove_dir_all(folder));
        // Every write in a long run; in every run a sample, which is not at the same place in each transaction.
        at += if std::env::var("KOKOROE_FAULT_ROUNDS").is_ok() { 1 } else { 37 };
    }
    assert!(killed > 5, "{killed}");
    drop(std::fs::remove_dir_all(whole));
    Row {
        number: 30,
        engine: Some(Engine::Sqlite),
        fault: format!("a migration killed at a write and the power cut, at {killed} places"),
        saw: "the server does not start; the next start goes on".into(),
        kept: "the same schema as without the fault".into(),
        back: None,
    }
    .tell();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_migration_whose_wire_is_cut_at_any_message_is_finished_by_the_next_start() {
    let Some(cluster) = Cluster::start() else { return };
    let admin = cluster.address("postgres");
    make(&admin, "whole").await;
    let folder = fresh_folder();
    let address = cluster.address("whole");
    assert!(migrate(&folder, Some(&address), &[]).status.success());
    let expected = schema(&Location::postgres(&address).expect("an address")).await;
    let (mut cut, mut at) = (0, 2_u64);
    loop {
        let name = format!("cut_{at}");
        make(&admin, &name).await;
        let wire = Wire::to(cluster.folder()).await;
        wire.pass(at);
        let through = wire.address(&name);
        let died = tokio::task::block_in_place(|| migrate(&folder, Some(&through), &[]));
        if died.status.success() {
            break;
        }
        assert!(wire.is_used_up(), "{}", String::from_utf8_lossy(&died.stderr));
        cut += 1;
        let address = cluster.address(&name);
        let again = tokio::task::block_in_place(|| migrate(&folder, Some(&address), &[]));
        assert!(again.status.success(), "message {at}: {}", String::from_utf8_lossy(&again.stderr));
        assert_eq!(
            schema(&Location::postgres(&address).expect("an address")).await,
            expected,
            "message {at}"
        );
        at += if std::env::var("KOKOROE_FAULT_ROUNDS").is_ok() { 1 } else { 9 };
    }
    assert!(cut > 5, "{cut}");
    drop(std::fs::remove_dir_all(folder));
    Row {
        number: 30,
        engine: Some(Engine::Postgres),
        fault: format!("a migration cut off from PostgreSQL, at {cut} places"),
        saw: "the server does not start; the next start goes on".into(),
        kept: "the same schema as without the fault".into(),
        back: None,
    }
    .tell();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_program_refuses_records_that_are_newer_than_itself() {
    on_each_engine(2, |hospital| async move {
        let db = connect(&hospital.location()).await.expect("the database");
        let newer = db
            .write(|tx| {
                Box::pin(async move {
                    on!(tx, |c| sqlx::query(
                        "INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time)
                         SELECT 9999, 'of a later release', installed_on, success, checksum, execution_time
                           FROM _sqlx_migrations WHERE version = 1"
                    )
                    .execute(c)
                    .await
                    .map(drop))?;
                    Ok::<(), kokoroe_server::db::DbError>(())
                })
            })
            .await;
        newer.expect("a later release");
        let log = hospital.folder.join("old.log");
        let mut old = Start { log: Some(&log), ..hospital.start() }.begin();
        let ended = old.ends(Duration::from_secs(20)).await.expect("it ends");
        assert_eq!(ended.code(), Some(1));
        let said = std::fs::read_to_string(log).expect("a log");
        assert!(said.contains("9999"), "{said}");
        // The later release comes back, and nothing was changed meanwhile.
        let forget = db
            .write(|tx| {
                Box::pin(async move {
                    on!(tx, |c| sqlx::query("DELETE FROM _sqlx_migrations WHERE version = 9999").execute(c).await.map(drop))?;
                    Ok::<(), kokoroe_server::db::DbError>(())
                })
            })
            .await;
        forget.expect("back");
        db.close().await;
        let kept = oracle::ask(&hospital, &Crowd::of(&hospital.duties)).await;
        Row {
            number: 30,
            engine: Some(hospital.engine),
            fault: "an old program on the schema of a later release".into(),
            saw: format!("it does not start: {}", said.lines().last().unwrap_or_default()),
            kept: kept.words(),
            back: None,
        }
        .tell();
    })
    .await;
}
