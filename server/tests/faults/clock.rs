//! The machine's clock is wrong: a day ahead, and then right again.

use kokoroe_server::on;
use sqlx::AssertSqlSafe;

use crate::crowd::Crowd;
use crate::hospital::on_each_engine;
use crate::oracle;
use crate::process::{Line, Start};
use crate::shim::Shim;
use crate::support::PASSWORD;
use crate::table::Row;

const DAY: i64 = 24 * 60 * 60;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_steps_back_is_noted_and_the_log_never_runs_backwards() {
    on_each_engine(1, |hospital| async move {
        let shim = Shim::in_front_of(&hospital.folder);
        let environment = shim.environment();
        let (server, _) = Start { environment: &environment, ..hospital.start() }.ready().await;
        let mut crowd = Crowd::of(&hospital.duties);
        let person = &mut crowd.people[0];
        let mut line = Line::open(hospital.port).await.expect("a connection");
        for wrong_by in [0, DAY, 0] {
            shim.clock_is_wrong_by(wrong_by);
            // A day later the browser's session is over.
            person.duty.cookies = server.sign_in(&person.duty.number, PASSWORD).await;
            for _ in 0..3 {
                let status = person.send(&mut line).await.expect("an answer");
                crowd.seen.note(status);
                assert_eq!(status, 303);
            }
        }
        server.stop().await;
        let site = hospital.open().await;
        let mut conn = site.db.read().await.expect("a connection");
        let steps: i64 = on!(&mut conn, |c| sqlx::query_scalar(
            "SELECT COUNT(*) FROM log_leaf WHERE kind = 'clock.step'"
        )
        .fetch_one(c)
        .await)
        .expect("a count");
        let backwards: i64 = on!(&mut conn, |c| sqlx::query_scalar(AssertSqlSafe(
            "SELECT COUNT(*) FROM log_leaf a JOIN log_leaf b ON b.log_id = a.log_id AND b.seq = a.seq + 1 WHERE b.at < a.at"
        ))
        .fetch_one(c)
        .await)
        .expect("a count");
        drop(conn);
        site.db.close().await;
        assert!(steps > 0, "the step is in the log");
        assert_eq!(backwards, 0);
        let kept = oracle::ask(&hospital, &crowd).await;
        Row {
            number: 26,
            engine: Some(hospital.engine),
            fault: "the clock is a day ahead, then right again".into(),
            saw: format!("{}; a day later one signs in anew", crowd.seen.words()),
            kept: format!("{}; {steps} notes of the step in the log, no time runs backwards", kept.words()),
            back: None,
        }
        .tell();
    })
    .await;
}
