//! 3,000 people who start in the same second, at the built program: how long they wait, and whose work the processors do meanwhile.

use std::time::{Duration, Instant};

use kokoroe_server::db::Engine;

use crate::figures::{Figures, percentile};
use crate::population;
use crate::process::{Line, Start};
use crate::support::{ORIGIN, TestSite};

const MODULE: &str = "m1-photo";
const PEOPLE: u32 = 3000;

/// The processor time that a process has had: a hundredth of a second is the finest that the system tells.
fn work(process: &str) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).expect("a process");
    let (_, fields) = stat.rsplit_once(')').expect("a name");
    let ticks = |at: usize| fields.split_whitespace().nth(at).and_then(|ticks| ticks.parse::<f64>().ok());
    (ticks(11).expect("user time") + ticks(12).expect("system time")) / 100.0
}

pub(crate) async fn measure(figures: &mut Figures) {
    let test = TestSite::today(Engine::Sqlite, chrono::TimeDelta::zero()).await;
    let ward = test.ward().await;
    let count = usize::try_from(PEOPLE).expect("few");
    let people = population::learners(&test.site, &ward.third, &ward.requirement, count, None).await;
    let cookies = population::sign_in(&test.site, &people).await;
    test.site.db.close().await;
    let start = Start { origin: Some(ORIGIN), ..Start::on(test.folder(), None, 3918) };
    let (server, _) = start.ready().await;
    let (port, process) = (server.port, server.process().to_string());
    let (theirs, ours) = (work(&process), work("self"));

    let began = Instant::now();
    let starts: Vec<_> = (0_u32..)
        .zip(people.into_iter().zip(cookies))
        .map(|(n, (person, cookies))| {
            tokio::spawn(async move {
                let at = Duration::from_secs(1) * n / PEOPLE;
                tokio::time::sleep(at.saturating_sub(began.elapsed())).await;
                let asked = Instant::now();
                let mut line = Line::open(port).await.expect("a connection");
                let path = format!("/learn/{}/{MODULE}", person.period);
                let started = line.post(&path, &cookies, "").await.expect("an answer");
                assert_eq!(started.status, 303, "{}", String::from_utf8_lossy(&started.body));
                let took = asked.elapsed();
                let page = line.get(&started.location, &cookies).await.expect("an answer");
                assert_eq!(page.status, 200);
                (took, asked.elapsed())
            })
        })
        .collect();
    let (mut started, mut read) = (Vec::new(), Vec::new());
    for start in starts {
        let (one, both) = start.await.expect("started");
        started.push(one);
        read.push(both);
    }
    let whole = began.elapsed().as_secs_f64();
    let (theirs, ours) = (work(&process) - theirs, work("self") - ours);
    figures.at_most(
        "3,000 people starting in the same second, p95",
        percentile(&mut started, 95),
        "ms",
        300.0,
    );
    figures.plain("  until they had read their first page, p95", percentile(&mut read, 95), "ms");
    figures.plain("  until all 3,000 had read their first page", whole, "s");
    let each = 1000.0 / f64::from(PEOPLE);
    figures.plain("  processor time of the server for each of them", theirs * each, "ms");
    figures.plain("  processor time of those who ask, for each of them", ours * each, "ms");
    server.stop().await;
}
