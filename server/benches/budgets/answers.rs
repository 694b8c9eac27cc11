//! Many people at once, every answer on disk before it is acknowledged.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use kokoroe_server::audit::{Entry, Kind, append, hold};
use kokoroe_server::db::{DbError, Engine};
use kokoroe_server::id::{PeriodId, StaffId};
use kokoroe_server::{on, router};
use serde_json::json;

use crate::figures::{Figures, percentile};
use crate::population::{self, Person};
use crate::process::Line;
use crate::support::solve::{self, Temper};
use crate::support::{TestSite, form};

/// Somebody with a session.
#[derive(Clone)]
struct Learner {
    staff: StaffId,
    period: PeriodId,
    cookies: String,
}

const MODULE: &str = "m1-photo";

async fn serve(test: &TestSite) -> u16 {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let service = router(test.site.clone()).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    port
}

/// Answers the step that is open; says how long it took until the answer was on disk and the next page known.
async fn answer(test: &TestSite, line: &mut Line, learner: &Learner) -> Option<Duration> {
    let ask = solve::answer(&test.site, &learner.staff, &learner.period, MODULE, Temper::Best).await?;
    let fields: Vec<(&str, &str)> =
        ask.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let path = format!("/learn/{}/{MODULE}/{}", learner.period, ask.turn);
    let began = Instant::now();
    let saved = line.post(&path, &learner.cookies, &form(&fields)).await.expect("an answer");
    let took = began.elapsed();
    assert_eq!(saved.status, 303, "{}", String::from_utf8_lossy(&saved.body));
    Some(took)
}

pub(crate) async fn measure(figures: &mut Figures) {
    let test = std::sync::Arc::new(TestSite::on(Engine::Sqlite).await);
    let ward = test.ward().await;
    let people = population::learners(&test.site, &ward.third, &ward.requirement, 3500, None).await;
    let cookies = population::sign_in(&test.site, &people).await;
    let learner =
        |(person, cookies): (Person, String)| Learner { staff: person.staff, period: person.period, cookies };
    let learners: Vec<Learner> = people.into_iter().zip(cookies).map(learner).collect();
    let port = serve(&test).await;

    // 3,000 people press "start" in the same second and read their first page.
    let began = Instant::now();
    let starts: Vec<_> = learners[..3000]
        .iter()
        .cloned()
        .enumerate()
        .map(|(n, learner)| {
            tokio::spawn(async move {
                let at = Duration::from_micros(u64::try_from(n).unwrap_or(0) * 333);
                tokio::time::sleep(at.saturating_sub(began.elapsed())).await;
                let asked = Instant::now();
                let mut line = Line::open(port).await.expect("a connection");
                let started = line
                    .post(&format!("/learn/{}/{MODULE}", learner.period), &learner.cookies, "")
                    .await
                    .expect("an answer");
                assert_eq!(started.status, 303);
                let took = asked.elapsed();
                assert_eq!(
                    line.get(&started.location, &learner.cookies).await.expect("an answer").status,
                    200
                );
                took
            })
        })
        .collect();
    let mut times = Vec::new();
    for start in starts {
        times.push(start.await.expect("started"));
    }
    let whole = began.elapsed().as_secs_f64();
    figures.plain("the same inside this process, p95", percentile(&mut times, 95), "ms");
    figures.plain("  until all 3,000 had read their first page", whole, "s");
    let kept = count(&test, "SELECT COUNT(*) FROM attempt").await;
    figures.at_least("  of them kept", kept, "people", 3000.0);

    // 500 people answer at once.
    let answers: Vec<_> = learners[..500]
        .iter()
        .cloned()
        .map(|learner| {
            let test = test.clone();
            tokio::spawn(async move {
                answer(&test, &mut Line::open(port).await.expect("a connection"), &learner)
                    .await
                    .expect("a step")
            })
        })
        .collect();
    let mut times = Vec::new();
    for one in answers {
        times.push(one.await.expect("answered"));
    }
    figures.plain("500 people answering at once, p95", percentile(&mut times, 95), "ms");
    figures.at_least("  of them kept", count(&test, "SELECT COUNT(*) FROM answer").await, "answers", 500.0);

    // As many answers as it takes, 64 at a time.
    let began = Instant::now();
    let workers: Vec<_> = learners[500..3000]
        .chunks(40)
        .map(|mine| {
            let (test, mine) = (test.clone(), mine.to_vec());
            tokio::spawn(async move {
                let mut line = Line::open(port).await.expect("a connection");
                for learner in &mine {
                    answer(&test, &mut line, learner).await;
                }
            })
        })
        .collect();
    for worker in workers {
        worker.await.expect("a worker");
    }
    figures.plain(
        "answers saved, each on disk, 63 people at a time",
        2500.0 / began.elapsed().as_secs_f64(),
        "/s",
    );

    // One after the other on a machine that does nothing else.
    let mut line = Line::open(port).await.expect("a connection");
    let mut times = Vec::new();
    for learner in &learners[..250] {
        times.extend(answer(&test, &mut line, learner).await);
    }
    figures.at_most(
        "one answer saved, durable, nothing else running, p95",
        percentile(&mut times, 95),
        "ms",
        20.0,
    );
    let median = percentile(&mut times, 50);
    let leaf = leaf_of_an_answer(&test, &learners[0]).await;
    figures.at_most("  its leaf, of the time of one answer", leaf / median * 100.0, "%", 10.0);
    figures.note(&format!("{leaf:.3} of {median:.2} ms, medians of one run"));
    kokoroe_server::audit::sign_now(&test.site).await.expect("the log is whole after all this");
}

/// What was measured in a transaction that is undone.
struct Undone(Vec<Duration>);

impl From<DbError> for Undone {
    fn from(error: DbError) -> Self {
        panic!("the log: {error}")
    }
}

/// What appending the leaf of an answer takes inside a transaction that is under way, in milliseconds: the disk is waited for by each answer
/// anyway, with its leaf or without. The leaves are taken back, because no answer belongs to them.
async fn leaf_of_an_answer(test: &TestSite, learner: &Learner) -> f64 {
    const TIMES: usize = 250;
    let (ledger, clock) = (test.site.ledger.clone(), test.site.clock.clone());
    let (staff, period) = (learner.staff.to_string(), learner.period.to_string());
    let taken = test.site.db.write(move |tx| {
        Box::pin(async move {
            let mut times = Vec::with_capacity(TIMES);
            for turn in 0..TIMES {
                let d = json!({
                    "turn": turn, "place": "evening/n1", "response": "{\"choice\":\"stop\"}", "grade": 3, "points": 3, "out_of": 3,
                    "led_to": "next", "lang": "ja", "rev": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                });
                let began = Instant::now();
                let at = hold(tx, &ledger, &clock).await?;
                let entry = Entry { kind: Kind::ANSWER, at, actor: &staff, obj: &period, req: None, d };
                append(tx, &ledger, entry).await?;
                times.push(began.elapsed());
            }
            Err::<(), _>(Undone(times))
        })
    });
    let Err(Undone(mut times)) = taken.await else { panic!("the leaves were kept") };
    percentile(&mut times, 50)
}

#[expect(clippy::cast_precision_loss, reason = "counts of a test fit")]
async fn count(test: &TestSite, statement: &'static str) -> f64 {
    let mut conn = test.site.db.read().await.expect("a connection");
    let count: i64 = on!(&mut conn, |c| sqlx::query_scalar(statement).fetch_one(c).await).expect("a count");
    count as f64
}
