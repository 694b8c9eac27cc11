//! The process dies: `kill -9` at rest and under load, before a commit and after it.

use std::time::{Duration, Instant};

use crate::crowd::Crowd;
use crate::hospital::{Hospital, on_each_engine};
use crate::oracle;
use crate::process::{Line, Start};
use crate::support::engines;
use crate::table::Row;

/// How long a server may take until it is ready again.
const READY: Duration = Duration::from_secs(30);

/// How often a server is killed: a few times in every test run, hundreds of times when asked.
fn rounds() -> u64 {
    let asked = std::env::var("KOKOROE_FAULT_ROUNDS").ok().and_then(|rounds| rounds.parse().ok());
    asked.unwrap_or(20)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_idle_server_that_is_killed_comes_back_with_everything() {
    on_each_engine(2, |hospital| async move {
        let mut server = hospital.serve().await;
        let crowd = Crowd::of(&hospital.duties).finish(hospital.port, 2).await;
        let before = crowd.acknowledged();
        assert!(crowd.people.iter().all(|person| person.next().is_none()), "everybody has finished");
        server.kill();
        let (server, back) = hospital.start().ready().await;
        assert!(back < READY, "{back:?}");
        // The same people are still signed in and stand where they stood.
        let mut line = Line::open(hospital.port).await.expect("a connection");
        let duty = &hospital.duties[0];
        let done =
            line.get(&format!("/learn/{}/sign/done", duty.period), &duty.cookies).await.expect("a page");
        assert_eq!(done.status, 200);
        server.stop().await;
        let kept = oracle::ask(&hospital, &crowd).await;
        assert_eq!(kept.answers + kept.signatures, before);
        Row {
            number: 1,
            engine: Some(hospital.engine),
            fault: "kill −9 of an idle server".into(),
            saw: format!("{}; afterwards still signed in", crowd.seen.words()),
            kept: kept.words(),
            back: Some(back),
        }
        .tell();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_acknowledged_answer_is_lost_when_the_server_is_killed_while_people_answer() {
    let rounds = rounds();
    for engine in engines() {
        let people = usize::try_from(rounds * 2).expect("a number").max(20);
        let hospital = Hospital::on(engine, people).await;
        let mut crowd = Crowd::of(&hospital.duties);
        let (mut slowest, mut total, mut unconfirmed) = (Duration::ZERO, Duration::ZERO, 0);
        for round in 0..rounds {
            let (mut server, back) = hospital.start().ready().await;
            assert!(back < READY, "round {round}: {back:?}");
            (slowest, total) = (slowest.max(back), total + back);
            let work = crowd.work(hospital.port, 20);
            // Each time at another moment of a commit.
            work.until_saved(5 + round % 11).await;
            tokio::time::sleep(Duration::from_micros(round * 7919 % 40_000)).await;
            server.kill();
            crowd = work.stop().await;
            unconfirmed += crowd.open();
            // Every few rounds from inside; in the others the next server is the first to read what the killed one left.
            if round % 5 == 4
                && let Err(wrong) = oracle::look(&hospital, &crowd).await
            {
                panic!("round {round}: {}", wrong.join("\n"));
            }
        }
        let server = hospital.serve().await;
        // Whoever was not told sends the same again, once.
        let crowd = crowd.finish(hospital.port, 20).await;
        server.stop().await;
        let kept = oracle::ask(&hospital, &crowd).await;
        assert_eq!(kept.answers + kept.signatures, crowd.acknowledged());
        Row {
            number: 2,
            engine: Some(engine),
            fault: format!("kill −9 under 20 people who answer, ×{rounds}"),
            saw: format!("{}; {unconfirmed} answers sent again after a restart", crowd.seen.words()),
            kept: kept.words(),
            back: Some(total / u32::try_from(rounds).expect("a number")),
        }
        .tell();
        println!("slowest start {slowest:?}");
    }
}

/// Lets the server die at a commit of an answer of the only person there; says how many of their answers stand in the records above those
/// that were acknowledged.
async fn die_at(hospital: &Hospital, place: &str, pass: u64) -> (Crowd, usize, Duration) {
    let failpoint = format!("{place}:{pass}");
    let environment = [("KOKOROE_FAILPOINT", failpoint.as_str())];
    let start = Start { environment: &environment, ..hospital.start() };
    let (mut server, _) = start.ready().await;
    let work = Crowd::of(&hospital.duties).work(hospital.port, 1);
    let ended = server.ends(Duration::from_secs(60)).await.expect("it dies");
    assert!(!ended.success());
    let crowd = work.stop().await;
    assert_eq!(crowd.open(), 1, "somebody was in the middle of it");
    let unconfirmed = match oracle::look(hospital, &crowd).await {
        Ok(kept) => kept.unconfirmed,
        Err(wrong) => panic!("{}", wrong.join("\n")),
    };
    let began = Instant::now();
    let server = hospital.serve().await;
    let back = began.elapsed();
    let crowd = crowd.finish(hospital.port, 1).await;
    server.stop().await;
    (crowd, unconfirmed, back)
}

/// The commit at which it dies: after those of the start, and well before the last answer of a few people.
const PASS: u64 = 60;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_whose_reply_was_lost_is_there_once() {
    on_each_engine(5, |hospital| async move {
        let (crowd, unconfirmed, back) = die_at(&hospital, "after_commit", PASS).await;
        assert_eq!(unconfirmed, 1, "it was on disk when the server died");
        tell(3, "killed between COMMIT and the reply", &hospital, &crowd, back).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_was_not_committed_is_not_there_until_it_is_sent_again() {
    on_each_engine(5, |hospital| async move {
        let (crowd, unconfirmed, back) = die_at(&hospital, "before_commit", PASS).await;
        assert_eq!(unconfirmed, 0, "nothing of it is visible");
        tell(4, "killed before COMMIT", &hospital, &crowd, back).await;
    })
    .await;
}

async fn tell(number: u8, fault: &str, hospital: &Hospital, crowd: &Crowd, back: Duration) {
    let kept = oracle::ask(hospital, crowd).await;
    assert_eq!(kept.answers + kept.signatures, crowd.acknowledged());
    Row {
        number,
        engine: Some(hospital.engine),
        fault: fault.into(),
        saw: format!("{}; the same request again was taken", crowd.seen.words()),
        kept: kept.words(),
        back: Some(back),
    }
    .tell();
}
