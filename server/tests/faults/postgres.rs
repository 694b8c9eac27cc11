//! PostgreSQL goes away: a restart in the middle, a wire that is cut in COMMIT, connections that are all in use.

use std::time::{Duration, Instant};

use kokoroe_server::db::Engine;
use sqlx::{Connection as _, Executor as _, PgConnection};

use crate::cluster::{Cluster, Cut, Wire};
use crate::crowd::Crowd;
use crate::hospital::Hospital;
use crate::oracle;
use crate::process::line::form;
use crate::process::{Line, Start};
use crate::support::engines;
use crate::table::Row;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cluster_that_restarts_in_the_middle_loses_no_acknowledged_answer() {
    let Some(cluster) = Cluster::start() else { return };
    let hospital = cluster.hospital(24).await;
    let mut server = hospital.serve().await;
    let work = Crowd::of(&hospital.duties).work(hospital.port, 20);
    let mut slowest = Duration::ZERO;
    for _ in 0..3 {
        let so_far = work.saved();
        work.until_saved(so_far + 40).await;
        cluster.restart().await;
        let began = Instant::now();
        assert!(server.becomes_ready(Duration::from_secs(10)).await, "the pool heals");
        slowest = slowest.max(began.elapsed());
    }
    let crowd = work.stop().await.finish(hospital.port, 20).await;
    assert!(crowd.seen.only(&[303, 503]), "{}", crowd.seen.words());
    server.stop().await;
    let kept = oracle::ask(&hospital, &crowd).await;
    assert_eq!(kept.answers + kept.signatures, crowd.acknowledged());
    Row {
        number: 19,
        engine: Some(Engine::Postgres),
        fault: "pg_ctl restart -m immediate under 20 people who answer, ×3".into(),
        saw: crowd.seen.words(),
        kept: kept.words(),
        back: Some(slowest),
    }
    .tell();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_standby_that_takes_over_has_every_acknowledged_answer() {
    let Some(cluster) = Cluster::start() else { return };
    let mut hospital = cluster.hospital(20).await;
    let standby = cluster.standby().await;
    let wire = Wire::to(cluster.folder()).await;
    let address = wire.address("hospital");
    let (mut server, _) = Start { postgres: Some(&address), ..hospital.start() }.ready().await;
    let work = Crowd::of(&hospital.duties).work(hospital.port, 20);
    work.until_saved(60).await;
    cluster.is_gone();
    standby.takes_over();
    wire.lead_to(standby.folder());
    let began = Instant::now();
    assert!(server.becomes_ready(Duration::from_secs(10)).await, "the pool finds the new one");
    let back = began.elapsed();
    let so_far = work.saved();
    work.until_saved(so_far + 40).await;
    let crowd = work.stop().await.finish(hospital.port, 20).await;
    assert!(crowd.seen.only(&[303, 503]), "{}", crowd.seen.words());
    server.stop().await;
    hospital.postgres = Some(standby.address("hospital"));
    let kept = oracle::ask(&hospital, &crowd).await;
    assert_eq!(kept.answers + kept.signatures, crowd.acknowledged());
    Row {
        number: 19,
        engine: Some(Engine::Postgres),
        fault: "the machine of the database is gone, its synchronous standby takes over".into(),
        saw: crowd.seen.words(),
        kept: kept.words(),
        back: Some(back),
    }
    .tell();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wire_that_is_cut_in_commit_leaves_an_answer_that_is_there_once() {
    let Some(cluster) = Cluster::start() else { return };
    let hospital = cluster.hospital(4).await;
    let wire = Wire::to(cluster.folder()).await;
    let address = wire.address("hospital");
    let start = Start { postgres: Some(&address), ..hospital.start() };
    let (server, _) = start.ready().await;
    let mut crowd = Crowd::of(&hospital.duties);
    let mut confirmed = 0;
    for round in 0..10 {
        let place = if round % 2 == 0 { Cut::BeforeCommit } else { Cut::AfterCommit };
        wire.cut(place);
        let work = crowd.work(hospital.port, 1);
        work.until_saved(2).await;
        crowd = work.stop().await;
        confirmed += usize::from(wire.is_whole());
    }
    assert_eq!(confirmed, 10, "each cut was made");
    assert!(crowd.seen.only(&[303, 503]), "{}", crowd.seen.words());
    assert!(crowd.seen.of(503) >= 5, "somebody was told to come again: {}", crowd.seen.words());
    let crowd = crowd.finish(hospital.port, 2).await;
    server.stop().await;
    let kept = oracle::ask(&hospital, &crowd).await;
    assert_eq!(kept.answers + kept.signatures, crowd.acknowledged());
    Row {
        number: 20,
        engine: Some(Engine::Postgres),
        fault: "the connection is cut in COMMIT ×10: five times before it arrives, five times before it is confirmed".into(),
        saw: crowd.seen.words(),
        kept: kept.words(),
        back: None,
    }
    .tell();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_thirty_two_lines_send_at_once_is_saved_once() {
    for engine in engines() {
        let hospital = Hospital::on(engine, 1).await;
        let server = hospital.serve().await;
        let mut crowd = Crowd::of(&hospital.duties);
        let person = &mut crowd.people[0];
        let mut lines = Vec::new();
        for _ in 0..32 {
            lines.push(Line::open(hospital.port).await.expect("a connection"));
        }
        while person.acknowledged < person.duty.turns.len() {
            let turn = person.next().expect("a step").clone();
            let sent = lines.into_iter().map(|mut line| {
                let (turn, cookies) = (turn.clone(), person.duty.cookies.clone());
                tokio::spawn(async move {
                    let answer = line.post(&turn.path, &cookies, &turn.body).await.expect("an answer");
                    (line, answer)
                })
            });
            lines = Vec::new();
            let mut targets = Vec::new();
            for sent in sent.collect::<Vec<_>>() {
                let (line, answer) = sent.await.expect("sent");
                crowd.seen.note(answer.status);
                targets.push((answer.status, answer.location));
                lines.push(line);
            }
            assert!(targets.iter().all(|target| *target == targets[0] && target.0 == 303), "{targets:?}");
            person.acknowledged += 1;
        }
        server.stop().await;
        let kept = oracle::ask(&hospital, &crowd).await;
        assert_eq!(kept.answers, crowd.people[0].duty.turns.len());
        Row {
            number: 21,
            engine: Some(engine),
            fault: "every answer of a module sent by 32 lines at the same moment".into(),
            saw: format!("{}; all 32 were led to the same page", crowd.seen.words()),
            kept: kept.words(),
            back: None,
        }
        .tell();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browsers_that_go_away_in_the_middle_leave_nothing_half_done() {
    for engine in engines() {
        let hospital = Hospital::on(engine, 10).await;
        let server = hospital.serve().await;
        let mut crowd = Crowd::of(&hospital.duties);
        let times = if std::env::var("KOKOROE_FAULT_ROUNDS").is_ok() { 1000 } else { 400 };
        for number in 0..times {
            let at = number % crowd.people.len();
            let person = &mut crowd.people[at];
            let turn = person.next().expect("a step").clone();
            let mut line = Line::open(hospital.port).await.expect("a connection");
            line.say(&form(&turn.path, &person.duty.cookies, &turn.body)).await.expect("sent");
            tokio::time::sleep(Duration::from_micros(u64::try_from(number % 20).expect("few") * 150)).await;
            person.open = true;
            drop(line);
        }
        let crowd = crowd.finish(hospital.port, 10).await;
        assert!(crowd.seen.only(&[303]), "no connection was left in a transaction: {}", crowd.seen.words());
        server.stop().await;
        let kept = oracle::ask(&hospital, &crowd).await;
        assert_eq!(kept.answers + kept.signatures, crowd.acknowledged());
        Row {
            number: 22,
            engine: Some(engine),
            fault: format!("a browser sends an answer and goes away, ×{times}"),
            saw: crowd.seen.words(),
            kept: kept.words(),
            back: None,
        }
        .tell();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_are_all_in_use_are_told_and_not_waited_for() {
    let Some(cluster) = Cluster::start() else { return };
    let hospital = cluster.hospital(30).await;
    let mut server = hospital.serve().await;
    let mut tool = PgConnection::connect(&cluster.address("hospital")).await.expect("a tool");
    tool.execute("BEGIN").await.expect("begun");
    tool.execute("SELECT * FROM log_head FOR UPDATE").await.expect("held");
    // Twenty people answer: each of the sixteen connections waits for the log, and then nobody gets one.
    let work = Crowd::of(&hospital.duties[..20]).work(hospital.port, 20);
    tokio::time::sleep(Duration::from_secs(1)).await;
    let duty = &hospital.duties[25];
    let mut line = Line::open(hospital.port).await.expect("a connection");
    let began = Instant::now();
    let page = line.get("/", &duty.cookies).await.expect("an answer");
    let waited = began.elapsed();
    assert_eq!(page.status, 503, "{}", String::from_utf8_lossy(&page.body));
    assert!(page.retry_after > 0 && waited < Duration::from_secs(8), "{waited:?}");
    tool.execute("ROLLBACK").await.expect("let go");
    let began = Instant::now();
    assert!(server.becomes_ready(Duration::from_secs(10)).await);
    let back = began.elapsed();
    let crowd = work.stop().await.finish(hospital.port, 20).await;
    assert!(crowd.seen.only(&[303, 503]), "{}", crowd.seen.words());
    server.stop().await;
    let kept = oracle::ask(&hospital, &crowd).await;
    Row {
        number: 23,
        engine: Some(Engine::Postgres),
        fault: "a foreign tool holds the head of the log: all 16 connections wait".into(),
        saw: format!(
            "{}; a page is refused after {:.1} s with 503",
            crowd.seen.words(),
            waited.as_secs_f64()
        ),
        kept: kept.words(),
        back: Some(back),
    }
    .tell();
}
