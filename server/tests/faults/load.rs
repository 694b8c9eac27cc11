//! Everybody at once: they start in the same second, answer for a while, and in the middle the server is killed.

use std::time::{Duration, Instant};

use kokoroe_server::db::Engine;

use crate::crowd::{Crowd, Seen};
use crate::hospital::{Duty, Hospital, MODULE, free_port};
use crate::oracle;
use crate::process::{Line, Start};
use crate::support::{ORIGIN, engines, fresh_folder, fresh_location};
use crate::table::Row;

/// What is asked for in the environment, or what every run can bear.
fn asked(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|number| number.parse().ok()).unwrap_or(otherwise)
}

fn milliseconds(times: &mut [Duration], percent: usize) -> u128 {
    times.sort_unstable();
    times.get((times.len() * percent / 100).min(times.len().saturating_sub(1))).map_or(0, Duration::as_millis)
}

/// Everybody presses "start" within a second. How long each of them waited.
async fn start_together(hospital: &Hospital) -> (Vec<Duration>, Seen) {
    let began = Instant::now();
    let count = u32::try_from(hospital.people.len()).expect("a number");
    let starts: Vec<_> = (0_u32..)
        .zip(&hospital.people)
        .map(|(number, (person, cookies))| {
            let (port, cookies) = (hospital.port, cookies.clone());
            let path = format!("/learn/{}/{MODULE}", person.period);
            tokio::spawn(async move {
                tokio::time::sleep((Duration::from_secs(1) * number / count).saturating_sub(began.elapsed()))
                    .await;
                let (pressed, mut seen) = (Instant::now(), Seen::default());
                loop {
                    let status = match Line::open(port).await {
                        Ok(mut line) => {
                            line.post(&path, &cookies, "").await.map_or(0, |answer| answer.status)
                        }
                        Err(_) => 0,
                    };
                    seen.note(status);
                    match status {
                        303 => return (pressed.elapsed(), seen),
                        0 | 503 => tokio::time::sleep(Duration::from_millis(500)).await,
                        other => panic!("{path}: {other}"),
                    }
                }
            })
        })
        .collect();
    let (mut took, mut all) = (Vec::new(), Seen::default());
    for start in starts {
        let (waited, seen) = start.await.expect("started");
        took.push(waited);
        all.add(&seen);
    }
    (took, all)
}

/// These people, who are at it for the whole time.
fn at_it_for(time: Duration, duties: &[Duty]) -> Crowd {
    let turns: usize = duties.iter().map(|duty| duty.turns.len()).sum();
    let each = u32::try_from(turns / duties.len()).expect("a number");
    Crowd { reads: time / each.max(1), ..Crowd::of(duties) }
}

async fn everybody(engine: Engine) {
    let folder = fresh_folder();
    let location = &fresh_location(engine, &folder).await;
    let people = asked("KOKOROE_FAULT_PEOPLE", 50);
    let minutes = Duration::from_secs(asked("KOKOROE_FAULT_SECONDS", 3));
    let mut hospital = Hospital::waiting(folder, location, usize::try_from(people).expect("a number")).await;
    let mut server = hospital.serve().await;
    let (mut starts, start_seen) = start_together(&hospital).await;
    // What each of them was asked is drawn when they start; it is looked up from inside.
    let site = hospital.open().await;
    hospital.think(&site).await;
    site.db.close().await;
    let work = at_it_for(minutes, &hospital.duties).work(hospital.port, hospital.duties.len());
    tokio::time::sleep(minutes / 2).await;
    let before = work.saved();
    server.kill();
    let died = Instant::now();
    drop(server);
    let (mut server, back) = hospital.start().ready().await;
    let down = died.elapsed();
    tokio::time::sleep(minutes / 2).await;
    let (now, most) = server.memory();
    let mut crowd = work.stop().await;
    crowd.reads = Duration::ZERO;
    let (p50, p95, p99) = (
        milliseconds(&mut crowd.took, 50),
        milliseconds(&mut crowd.took, 95),
        milliseconds(&mut crowd.took, 99),
    );
    let crowd = crowd.finish(hospital.port, 50).await;
    assert!(server.ended().is_none());
    server.stop().await;
    let kept = oracle::ask(&hospital, &crowd).await;
    assert_eq!(kept.answers + kept.signatures, crowd.acknowledged());
    Row {
        number: 27,
        engine: Some(engine),
        fault: format!(
            "{people} people start in the same second and answer for {} s, kill −9 after {before} answers",
            minutes.as_secs()
        ),
        saw: format!(
            "start p95 {} ms ({}); answers: {}; p50 {p50} ms, p95 {p95} ms, p99 {p99} ms; {:.1} s without a server",
            milliseconds(&mut starts, 95),
            start_seen.words(),
            crowd.seen.words(),
            down.as_secs_f64()
        ),
        kept: format!("{}; the server held {now:.0} MiB, at most {most:.0} MiB", kept.words()),
        back: Some(back),
    }
    .tell();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_servers_on_one_database_one_is_killed_and_the_other_takes_its_people() {
    if !engines().contains(&Engine::Postgres) {
        return;
    }
    let people = asked("KOKOROE_FAULT_PEOPLE", 40);
    let time = Duration::from_secs(asked("KOKOROE_FAULT_SECONDS", 3));
    let folder = fresh_folder();
    let location = fresh_location(Engine::Postgres, &folder).await;
    let hospital = Hospital::at(folder, &location, usize::try_from(people).expect("a number")).await;
    // The other machine has the same keys, and nothing else.
    let other = fresh_folder();
    std::fs::create_dir_all(&other).expect("a folder");
    for key in ["evidence.key", "evidence.name", "session.key"] {
        std::fs::copy(hospital.folder.join(key), other.join(key)).expect("a key");
    }
    let mut killed = hospital.serve().await;
    let port = free_port();
    let start = Start { origin: Some(ORIGIN), ..Start::on(&other, hospital.postgres.as_deref(), port) };
    let (mut left, _) = start.ready().await;
    let (theirs, ours) = hospital.duties.split_at(hospital.duties.len() / 2);
    let there = at_it_for(time, theirs).work(hospital.port, theirs.len());
    let here = at_it_for(time, ours).work(port, ours.len());
    tokio::time::sleep(time / 2).await;
    let before = there.saved() + here.saved();
    killed.kill();
    // Those who were there come here, with what was not acknowledged.
    let moved = there.stop().await.work(port, theirs.len());
    tokio::time::sleep(time / 2).await;
    let (now, most) = left.memory();
    let mut crowd = moved.stop().await.with(here.stop().await);
    crowd.reads = Duration::ZERO;
    let p95 = milliseconds(&mut crowd.took, 95);
    let crowd = crowd.finish(port, 50).await;
    assert!(left.ended().is_none());
    left.stop().await;
    let kept = oracle::ask(&hospital, &crowd).await;
    assert_eq!(kept.answers + kept.signatures, crowd.acknowledged());
    drop(std::fs::remove_dir_all(&other));
    Row {
        number: 27,
        engine: Some(Engine::Postgres),
        fault: format!(
            "{people} people answer for {} s at two servers on one database; kill −9 of one of them after {before} answers",
            time.as_secs()
        ),
        saw: format!("{}; p95 {p95} ms; whoever sent it again to the other server was taken", crowd.seen.words()),
        kept: format!("{}; the server that was left held {now:.0} MiB, at most {most:.0} MiB", kept.words()),
        back: None,
    }
    .tell();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_at_once_and_a_kill_in_the_middle_lose_no_acknowledged_answer() {
    everybody(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_at_once_and_a_kill_in_the_middle_lose_no_acknowledged_answer_on_postgres() {
    if engines().contains(&Engine::Postgres) {
        everybody(Engine::Postgres).await;
    }
}
