//! The disk: power that is cut, syncs that fail, space that runs out, files that may only be read, a torn log of recent writes.

use std::os::unix::fs::FileExt as _;
use std::time::{Duration, Instant};

use kokoroe_server::db::Engine;

use crate::crowd::Crowd;
use crate::hospital::Hospital;
use crate::oracle;
use crate::process::{Line, Start};
use crate::shim::{Disk, Shim};
use crate::table::Row;

fn row(number: u8, fault: &str) -> Row {
    Row {
        number,
        engine: Some(Engine::Sqlite),
        fault: fault.into(),
        saw: String::new(),
        kept: String::new(),
        back: None,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn power_that_is_cut_takes_no_acknowledged_answer() {
    let hospital = Hospital::on(Engine::Sqlite, 25).await;
    let shim = Shim::in_front_of(&hospital.folder);
    let environment = shim.environment();
    let start = Start { environment: &environment, ..hospital.start() };
    let mut crowd = Crowd::of(&hospital.duties);
    let (mut lost, mut slowest) = (0, Duration::ZERO);
    for round in 0..6 {
        let (mut server, back) = start.ready().await;
        slowest = slowest.max(back);
        // Most of the time is spent in a sync then, and so the power goes in one.
        shim.becomes(Disk::Slow);
        let work = crowd.work(hospital.port, 10);
        work.until_saved(20 + round * 7).await;
        tokio::time::sleep(Duration::from_millis(10 + round * 7)).await;
        server.kill();
        shim.becomes(Disk::Good);
        crowd = work.stop().await;
        // Everything that was not synced, or all but the first few writes.
        lost += shim.power_cut(
            &hospital.folder,
            if round % 2 == 0 { 0 } else { usize::try_from(round).expect("few") },
        );
        if let Err(wrong) = oracle::look(&hospital, &crowd).await {
            panic!("round {round}: {}", wrong.join("\n"));
        }
    }
    assert!(lost > 0, "no write was ever lost: nothing was tried");
    let (server, _) = start.ready().await;
    let crowd = crowd.finish(hospital.port, 10).await;
    server.stop().await;
    let kept = oracle::ask(&hospital, &crowd).await;
    Row {
        saw: format!("{}; {lost} unsynced writes were dropped", crowd.seen.words()),
        kept: kept.words(),
        back: Some(slowest),
        ..row(5, "power cut ×6: writes that were not synced never reach the disk")
    }
    .tell();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_lies_is_found_out_by_the_oracle() {
    // The same test on a disk that only says that it has synced: if the oracle did not find anything here, it would find nothing anywhere.
    let hospital = Hospital::on(Engine::Sqlite, 12).await;
    let shim = Shim::in_front_of(&hospital.folder);
    let environment = shim.environment();
    let (mut server, _) = Start { environment: &environment, ..hospital.start() }.ready().await;
    shim.becomes(Disk::Lies);
    let work = Crowd::of(&hospital.duties).work(hospital.port, 10);
    work.until_saved(30).await;
    server.kill();
    let crowd = work.stop().await;
    assert!(shim.power_cut(&hospital.folder, 0) > 0);
    let wrong = oracle::look(&hospital, &crowd).await.expect_err("acknowledged answers are gone");
    assert!(wrong.iter().any(|what| what.contains("LOST")), "{wrong:?}");
    Row {
        saw: format!(
            "{}; the oracle names {} people whose answers are gone",
            crowd.seen.words(),
            wrong.len()
        ),
        kept: "what a lying disk loses is lost; the test proves that the oracle sees it".into(),
        ..row(5, "the same on a disk that only says that it has synced")
    }
    .tell();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_torn_log_of_recent_writes_opens_at_its_last_whole_commit() {
    let hospital = Hospital::on(Engine::Sqlite, 10).await;
    let mut server = hospital.serve().await;
    let work = Crowd::of(&hospital.duties).work(hospital.port, 4);
    work.until_saved(40).await;
    server.kill();
    let crowd = work.stop().await;
    // The last hundred bytes of the log are garbled: those of a commit that may have been acknowledged. No disk that keeps its word does
    // this; what matters is that nothing half is taken for whole.
    let path = hospital.folder.join("kokoroe.db-wal");
    let wal = std::fs::File::options().read(true).write(true).open(&path).expect("a log");
    let length = wal.metadata().expect("its length").len();
    wal.write_all_at(&[0xA5; 100], length - 100).expect("torn");
    let began = Instant::now();
    let server = hospital.serve().await;
    let back = began.elapsed();
    server.stop().await;
    let found = oracle::look(&hospital, &crowd).await;
    // The tail of the file need not be the newest commit: the log is written over from its beginning.
    if let Err(wrong) = &found {
        assert!(wrong.iter().all(|what| what.contains("LOST")), "whole up to somewhere: {wrong:?}");
    }
    let pack = hospital.export("pack.zip");
    let (whole, said) = hospital.verify(&pack, &[]);
    assert!(whole, "{said}");
    Row {
        saw: format!("{}; the server starts", crowd.seen.words()),
        kept: match found {
            Ok(kept) => format!("everything: {}", kept.words()),
            Err(wrong) => {
                format!("everything up to the torn commit; {} people lost their last answer", wrong.len())
            }
        },
        back: Some(back),
        ..row(6, "the last 100 bytes of the write-ahead log garbled")
    }
    .tell();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_whose_disk_fails_to_sync_ends_and_acknowledges_nothing_more() {
    let hospital = Hospital::on(Engine::Sqlite, 12).await;
    let shim = Shim::in_front_of(&hospital.folder);
    let environment = shim.environment();
    let (mut server, _) = Start { environment: &environment, ..hospital.start() }.ready().await;
    let work = Crowd::of(&hospital.duties).work(hospital.port, 10);
    work.until_saved(20).await;
    shim.becomes(Disk::FailsToSync);
    let began = Instant::now();
    let ended = server.ends(Duration::from_secs(10)).await.expect("it ends by itself");
    let took = began.elapsed();
    assert_eq!(ended.code(), Some(70), "a service manager can tell");
    let crowd = work.stop().await;
    assert!(crowd.seen.only(&[0, 303, 503]), "{}", crowd.seen.words());
    // Nothing after the failure can be believed before the file is read again: the power goes as well.
    shim.power_cut(&hospital.folder, 0);
    shim.becomes(Disk::Good);
    let (server, back) = Start { environment: &environment, ..hospital.start() }.ready().await;
    let crowd = crowd.finish(hospital.port, 10).await;
    server.stop().await;
    let kept = oracle::ask(&hospital, &crowd).await;
    Row {
        saw: format!("{}; the server ended with 70 after {:.2} s", crowd.seen.words(), took.as_secs_f64()),
        kept: kept.words(),
        back: Some(back),
        ..row(7, "fdatasync fails with EIO, then the power goes")
    }
    .tell();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_takes_no_answers_and_shows_pages_until_there_is_room() {
    let hospital = Hospital::on(Engine::Sqlite, 12).await;
    let shim = Shim::in_front_of(&hospital.folder);
    let environment = shim.environment();
    let (mut server, _) = Start { environment: &environment, ..hospital.start() }.ready().await;
    let work = Crowd::of(&hospital.duties).work(hospital.port, 10);
    work.until_saved(20).await;
    shim.becomes(Disk::Full);
    tokio::time::sleep(Duration::from_millis(500)).await;
    let at_full = work.saved();
    let mut line = Line::open(hospital.port).await.expect("a connection");
    let duty = &hospital.duties[11];
    let first = line.post(&duty.turns[1].path, &duty.cookies, &duty.turns[1].body).await.expect("an answer");
    assert_eq!(first.status, 503);
    assert!(first.retry_after > 0, "it is told when to try again");
    let page = line.get(&duty.turns[1].path, &duty.cookies).await.expect("a page");
    assert_eq!(page.status, 200, "reading goes on");
    assert!(!server.is_ready().await, "no balancer sends more");
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(work.saved(), at_full, "nothing is acknowledged that is not on disk");
    assert!(server.ended().is_none(), "it goes on");
    shim.becomes(Disk::Good);
    let began = Instant::now();
    assert!(server.becomes_ready(Duration::from_secs(10)).await);
    let back = began.elapsed();
    work.until_saved(at_full + 20).await;
    let crowd = work.stop().await.finish(hospital.port, 10).await;
    server.stop().await;
    let kept = oracle::ask(&hospital, &crowd).await;
    Row {
        saw: format!("{}; pages could be read", crowd.seen.words()),
        kept: kept.words(),
        back: Some(back),
        ..row(8, "the disk is full for a second (ENOSPC)")
    }
    .tell();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_may_only_be_read_takes_no_answers_and_no_start() {
    let hospital = Hospital::on(Engine::Sqlite, 12).await;
    let shim = Shim::in_front_of(&hospital.folder);
    let environment = shim.environment();
    let start = Start { environment: &environment, ..hospital.start() };
    shim.becomes(Disk::ReadOnly);
    let mut server = start.begin();
    let refused = server.ends(Duration::from_secs(20)).await.expect("it says so and ends");
    assert!(!refused.success());
    shim.becomes(Disk::Good);
    let (mut server, _) = start.ready().await;
    let work = Crowd::of(&hospital.duties).work(hospital.port, 10);
    work.until_saved(20).await;
    shim.becomes(Disk::ReadOnly);
    // The engine reports a write that was refused by the system as an error of the disk.
    let ended = server.ends(Duration::from_secs(10)).await.expect("it ends by itself");
    let crowd = work.stop().await;
    assert!(crowd.seen.only(&[0, 303, 503]), "{}", crowd.seen.words());
    shim.becomes(Disk::Good);
    let (server, back) = start.ready().await;
    let crowd = crowd.finish(hospital.port, 10).await;
    server.stop().await;
    let kept = oracle::ask(&hospital, &crowd).await;
    Row {
        saw: format!(
            "{}; a start is refused, a running server ends with {}",
            crowd.seen.words(),
            ended.code().unwrap_or_default()
        ),
        kept: kept.words(),
        back: Some(back),
        ..row(9, "the disk becomes read-only (EROFS)")
    }
    .tell();
}
