//! The invented group of hospitals: its log is whole, its rules leave nothing to do, and its reports add up.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use http::StatusCode;
use kokoroe_server::audit;
use kokoroe_server::clock::Calendar;
use kokoroe_server::demo::PASSWORD;
use kokoroe_server::demo::group::Size;
use kokoroe_server::on;
use kokoroe_server::reports::store::{self, Instant, Order, Page, Question, Scan};
use kokoroe_server::requirements::follow::follow_all;
use kokoroe_server::requirements::status::Status;
use kokoroe_server::requirements::store::requirements;

use crate::support::group::group;
use crate::support::{at, engines, kokoroe};

const SMALL: Size = Size { people: 300, cycles: 3, here: 2 };
const NOW: &str = "2026-11-22T01:00:00Z";

#[tokio::test]
async fn a_large_hospital_is_like_one_that_has_really_run() {
    for engine in engines() {
        let (test, made) = group(engine, SMALL, NOW).await;
        let check = audit::live_check(&test.site).await.expect("a check");
        assert!(check.is_whole(), "{engine:?}: {:?}", check.logs);
        assert_eq!(check.logs.len(), 3, "a log a year");
        assert!(check.logs.iter().all(|log| log.signed == log.leaves && log.rows > 500), "{:?}", check.logs);
        assert_eq!(
            follow_all(&test.site).await.expect("followed"),
            0,
            "{engine:?}: everybody has what they owe"
        );

        let mut conn = test.site.db.read().await.expect("a connection");
        let mut seen: BTreeMap<Status, i64> = BTreeMap::new();
        for requirement in requirements(&mut conn).await.expect("requirements") {
            let ended = (requirement.due_at + TimeDelta::days(1)).min(at(NOW));
            let halfway = requirement.opens_at + TimeDelta::days(40);
            for instant in [halfway, ended, at(NOW)] {
                let asked = Question::of(requirement.id.clone(), Instant::new(instant, Calendar::default()));
                let mut counted: BTreeMap<Status, i64> = BTreeMap::new();
                for row in store::counts(&mut conn, &asked, &Scan::Everywhere).await.expect("counts") {
                    *counted.entry(row.status()).or_default() += row.people;
                }
                let rows = store::roster(
                    &mut conn,
                    &asked,
                    &Scan::Everywhere,
                    "all",
                    |_| true,
                    Order::Kana,
                    Page::WHOLE,
                );
                let mut listed: BTreeMap<Status, i64> = BTreeMap::new();
                for row in rows.await.expect("a list") {
                    *listed.entry(row.status()).or_default() += 1;
                }
                assert_eq!(counted, listed, "{engine:?} {} {instant}", requirement.code);
                assert!(counted.values().sum::<i64>() >= 280, "{engine:?} {}", requirement.code);
                for (status, people) in counted {
                    *seen.entry(status).or_default() += people;
                }
            }
        }
        for status in
            [Status::NotStarted, Status::InProgress, Status::Completed, Status::CompletedLate, Status::Out]
        {
            assert!(seen.contains_key(&status), "{engine:?}: nobody is {status:?}: {seen:?}");
        }
        drop(conn);
        let mut office = test.browser();
        let signed = office.post("/sign-in", &[("number", &made.office), ("password", PASSWORD)]).await;
        assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.body);
        assert_eq!(office.get("/office").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_large_hospital_is_the_same_every_time() {
    let (one, _) = group(engines()[0], SMALL, NOW).await;
    let (other, _) = group(engines()[0], SMALL, NOW).await;
    let mut all = Vec::new();
    for test in [&one, &other] {
        let mut conn = test.site.db.read().await.expect("a connection");
        let text = "SELECT p.id, COALESCE(c.number || c.code, '') FROM period p LEFT JOIN completion c ON c.period_id = p.id ORDER BY p.id";
        let rows: Vec<(String, String)> =
            on!(&mut conn, |c| sqlx::query_as(text).fetch_all(c).await).expect("rows");
        all.push(rows);
    }
    assert!(all[0].len() > 800);
    assert_eq!(all[0], all[1]);
}

#[test]
fn a_large_hospital_is_never_put_beside_anything_else() {
    let folder = crate::support::fresh_folder();
    std::fs::write(folder.join("records.txt"), "ours").expect("a file");
    let refused = kokoroe(&folder, &["make-hospital", "--people", "300", "--cycles", "1"]);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("not empty"), "{refused:?}");
    assert_eq!(std::fs::read_dir(&folder).expect("a folder").count(), 1, "nothing was put there");
    drop(std::fs::remove_dir_all(&folder));
}
