//! How many answers a second one log takes, when each is on the disk before it is acknowledged: whoever appends waits for those before.

use std::time::Instant;

use kokoroe_server::Site;
use kokoroe_server::db::{DbError, Engine};
use kokoroe_server::id::AttemptId;
use kokoroe_server::on;
use kokoroe_server::training::record::{self, Judgement, Written};
use kokoroe_server::training::role::Roles;
use kokoroe_server::training::store::Attempt;
use kokoroe_server::training::walk::{Standing, own_period};

use crate::figures::{Figures, percentile};
use crate::population::{self, Person};
use crate::support::solve::{self, Temper};
use crate::support::{TestSite, engines};

const MODULE: &str = "m1-photo";

/// How many answer at a time, and how many answers each of them gives.
const ROUNDS: [(usize, usize); 3] = [(1, 300), (16, 60), (64, 30)];

/// Somebody begins the module; what they are going to answer is judged already.
async fn begin(site: &Site, person: &Person) -> Judgement {
    let (revision, _) = site.content.module(MODULE).expect("a module");
    let attempt = Attempt {
        id: AttemptId::new(&site.clock),
        period_id: person.period.clone(),
        module_id: MODULE.to_owned(),
        revision: revision.to_owned(),
        seed: 7,
        role: Roles::of("看護師", false).text(),
        turn: 1,
        started_at: site.now(),
        finished_at: None,
    };
    let (inner, staff) = (site.clone(), person.staff.clone());
    let begun: Result<(), DbError> = site
        .db
        .write(move |tx| {
            Box::pin(
                async move { record::begin(tx, &inner.ledger, &inner.clock, &staff, attempt, None).await },
            )
        })
        .await;
    begun.expect("begun");
    let mut conn = site.db.read().await.expect("a connection");
    let period = own_period(&mut conn, person.period.as_str(), &person.staff).await.expect("their period");
    let standing = Standing::load(site, &mut conn, period, MODULE).await.expect("loaded").expect("begun");
    let response = solve::respond(&standing.walk().expect("a walk").place(), Temper::Best);
    standing.judge(response, "ja", &site.clock).expect("judged").expect("an answer")
}

async fn save(site: &Site, judgement: Judgement) {
    let inner = site.clone();
    let written: Result<Written, DbError> = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                record::write(tx, &inner.ledger, &inner.clock, &inner.content, judgement).await
            })
        })
        .await;
    assert_eq!(written.expect("written"), Written::Saved);
}

/// Whether this engine waits for the disk, as it says itself.
async fn waits(site: &Site) -> String {
    if site.db.engine() == Engine::Sqlite {
        return "synchronous is FULL".to_owned();
    }
    let mut conn = site.db.read().await.expect("a connection");
    let text = "SELECT CONCAT('fsync is ', current_setting('fsync'), ', synchronous_commit is ', current_setting('synchronous_commit'))";
    on!(&mut conn, |c| sqlx::query_scalar(text).fetch_one(c).await).expect("settings")
}

pub(crate) async fn measure(figures: &mut Figures) {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let all = ROUNDS.iter().map(|(clients, each)| clients * each).sum();
        let mut people =
            population::learners(&test.site, &ward.third, &ward.requirement, all, None).await.into_iter();
        let waits = waits(&test.site).await;
        for (clients, each) in ROUNDS {
            let mut workers = Vec::new();
            for _ in 0..clients {
                let mut mine = Vec::new();
                for person in people.by_ref().take(each) {
                    mine.push(begin(&test.site, &person).await);
                }
                workers.push(mine);
            }
            let began = Instant::now();
            let workers: Vec<_> = workers
                .into_iter()
                .map(|mine| {
                    let site = test.site.clone();
                    tokio::spawn(async move {
                        let mut times = Vec::new();
                        for judgement in mine {
                            let asked = Instant::now();
                            save(&site, judgement).await;
                            times.push(asked.elapsed());
                        }
                        times
                    })
                })
                .collect();
            let mut times = Vec::new();
            for worker in workers {
                times.extend(worker.await.expect("a worker"));
            }
            let took = began.elapsed().as_secs_f64();
            let name = match engine {
                Engine::Sqlite => "SQLite",
                Engine::Postgres => "PostgreSQL",
            };
            let answers = f64::from(u32::try_from(clients * each).expect("few"));
            figures.plain(&format!("{name}, one log, {clients} at a time: answers"), answers / took, "/s");
            figures.note(&format!("{waits}; p95 {:.1} ms", percentile(&mut times, 95)));
        }
        kokoroe_server::audit::sign_now(&test.site).await.expect("the log is whole after all this");
        test.site.db.close().await;
    }
}
