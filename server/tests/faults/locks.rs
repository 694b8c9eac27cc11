//! Others at the same records: a second server, a tool that holds the file, a reader that does not end.

use std::time::{Duration, Instant};

use kokoroe_server::db::Engine;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, Executor as _};

use crate::crowd::Crowd;
use crate::hospital::{Hospital, free_port, on_each_engine};
use crate::oracle;
use crate::process::{Line, Start};
use crate::table::Row;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_server_on_the_same_folder_says_so_and_ends() {
    on_each_engine(6, |hospital| async move {
        let server = hospital.serve().await;
        let work = Crowd::of(&hospital.duties).work(hospital.port, 3);
        work.until_saved(10).await;
        let log = hospital.folder.join("second.log");
        let began = Instant::now();
        let mut second = Start { port: free_port(), log: Some(&log), ..hospital.start() }.begin();
        let ended = second.ends(Duration::from_secs(10)).await.expect("it ends");
        let took = began.elapsed();
        assert_eq!(ended.code(), Some(1));
        let said = std::fs::read_to_string(&log).expect("a log");
        assert!(said.contains("is using this folder"), "{said}");
        assert!(took < Duration::from_secs(2), "{took:?}");
        let crowd = work.stop().await.finish(hospital.port, 3).await;
        server.stop().await;
        let kept = oracle::ask(&hospital, &crowd).await;
        Row {
            number: 16,
            engine: Some(hospital.engine),
            fault: "a second server on the same data folder".into(),
            saw: format!(
                "{}; the second one said why and ended after {:.2} s",
                crowd.seen.words(),
                took.as_secs_f64()
            ),
            kept: kept.words(),
            back: None,
        }
        .tell();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_that_does_not_end_keeps_nobody_from_answering() {
    let hospital = Hospital::on(Engine::Sqlite, 10).await;
    let server = hospital.serve().await;
    let mut reader = SqliteConnectOptions::new()
        .filename(hospital.file())
        .read_only(true)
        .connect()
        .await
        .expect("a reader");
    reader.execute("BEGIN").await.expect("begun");
    let before: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM answer").fetch_one(&mut reader).await.expect("a count");
    let crowd = Crowd::of(&hospital.duties).finish(hospital.port, 5).await;
    let after: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM answer").fetch_one(&mut reader).await.expect("a count");
    assert_eq!(before, after, "it sees what it saw first");
    assert!(crowd.seen.only(&[303]), "{}", crowd.seen.words());
    let wal = std::fs::metadata(hospital.folder.join("kokoroe.db-wal")).expect("a log").len();
    reader.close().await.expect("closed");
    server.stop().await;
    let kept = oracle::ask(&hospital, &crowd).await;
    Row {
        number: 17,
        engine: Some(Engine::Sqlite),
        fault: "a foreign reader keeps a transaction open while everybody answers".into(),
        saw: crowd.seen.words(),
        kept: format!(
            "{}; the write-ahead log grew to {} KiB and was folded in at the stop",
            kept.words(),
            wal / 1024
        ),
        back: None,
    }
    .tell();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tool_that_holds_the_file_makes_answers_wait_and_then_come_again() {
    let hospital = Hospital::on(Engine::Sqlite, 10).await;
    let server = hospital.serve().await;
    // One of them answers here; nobody else may have given that answer before.
    let (duty, others) = hospital.duties.split_last().expect("people");
    let work = Crowd::of(others).work(hospital.port, 5);
    work.until_saved(20).await;
    // Twenty seconds when there is time for it; in every run just longer than a write waits.
    let held = Duration::from_secs(if std::env::var("KOKOROE_FAULT_ROUNDS").is_ok() { 20 } else { 7 });
    let mut tool = SqliteConnectOptions::new()
        .filename(hospital.file())
        .busy_timeout(Duration::from_secs(5))
        .connect()
        .await
        .expect("a tool");
    tool.execute("BEGIN IMMEDIATE").await.expect("held");
    let began = Instant::now();
    let turn = &duty.turns[duty.begun];
    let mut line = Line::open(hospital.port).await.expect("a connection");
    let page = line.get(&turn.path, &duty.cookies).await.expect("a page");
    assert_eq!(page.status, 200, "reading goes on");
    let first = line.post(&turn.path, &duty.cookies, &turn.body).await.expect("an answer");
    let waited = began.elapsed();
    assert_eq!(first.status, 503);
    assert!(first.retry_after > 0 && waited < Duration::from_secs(8), "{waited:?}");
    tokio::time::sleep(held.saturating_sub(began.elapsed())).await;
    tool.execute("ROLLBACK").await.expect("let go");
    tool.close().await.expect("closed");
    let released = Instant::now();
    let so_far = work.saved();
    work.until_saved(so_far + 1).await;
    let back = released.elapsed();
    let crowd = work.stop().await.finish(hospital.port, 5).await;
    assert!(crowd.seen.only(&[303, 503]), "{}", crowd.seen.words());
    server.stop().await;
    let kept = oracle::ask(&hospital, &crowd).await;
    Row {
        number: 18,
        engine: Some(Engine::Sqlite),
        fault: format!("a foreign tool holds the file for {} s (BEGIN IMMEDIATE)", held.as_secs()),
        saw: format!(
            "{}; the first 503 after {:.1} s, pages could be read",
            crowd.seen.words(),
            waited.as_secs_f64()
        ),
        kept: kept.words(),
        back: Some(back),
    }
    .tell();
}
