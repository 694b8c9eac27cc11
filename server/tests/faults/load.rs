//! Everybody at once: they start in the same second, answer for a while, and in the middle the server is killed.

use std::time::{Duration, Instant};

use kokoroe_server::db::{Engine, Location};

use crate::crowd::{Crowd, Seen};
use crate::hospital::{Hospital, MODULE};
use crate::oracle;
use crate::process::Line;
use crate::support::{engines, fresh_folder, fresh_location};
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

async fn everybody(engine: Engine, location: &Location, folder: std::path::PathBuf) {
    let people = asked("KOKOROE_FAULT_PEOPLE", 50);
    let minutes = Duration::from_secs(asked("KOKOROE_FAULT_SECONDS", 3));
    let mut hospital = Hospital::waiting(folder, location, usize::try_from(people).expect("a number")).await;
    let mut server = hospital.serve().await;
    let (mut starts, start_seen) = start_together(&hospital).await;
    // What each of them was asked is drawn when they start; it is looked up from inside.
    let site = hospital.open().await;
    hospital.think(&site).await;
    site.db.close().await;
    let turns: usize = hospital.duties.iter().map(|duty| duty.turns.len()).sum();
    let each = u32::try_from(turns / hospital.duties.len()).expect("a number");
    // Everybody is at it for the whole time.
    let crowd = Crowd { reads: minutes / each.max(1), ..Crowd::of(&hospital.duties) };
    let work = crowd.work(hospital.port, hospital.duties.len());
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
async fn everybody_at_once_and_a_kill_in_the_middle_lose_no_acknowledged_answer() {
    for engine in engines() {
        let folder = fresh_folder();
        let location = fresh_location(engine, &folder).await;
        everybody(engine, &location, folder).await;
    }
}
