//! Whom an id names is told to the log: nobody gives what one person did to another by exchanging names beside it.

use http::StatusCode;
use kokoroe_evidence::{Difference, Fault};
use kokoroe_server::audit::live_check;
use kokoroe_server::people::identity::{bind_everybody, named};
use kokoroe_server::people::{self, staff};
use kokoroe_server::{Site, jobs};

use super::{auditor, finished, leaves};
use crate::support::facts::alone;
use crate::support::{TestSite, at, engines};

fn scribe(site: &Site) -> people::Scribe<'_> {
    people::Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" }
}

async fn differences(test: &TestSite) -> Vec<Difference> {
    let check = live_check(&test.site).await.expect("a check");
    check.logs.into_iter().flat_map(|log| log.differences).collect()
}

/// Gives the nurse who has finished and the one who has not each other's name and number.
const EXCHANGED: &str = "
    UPDATE staff
       SET (family, given) = (SELECT o.family, o.given FROM staff o WHERE o.staff_no = '100002')
     WHERE staff_no = '100001'";

#[tokio::test]
async fn a_name_that_was_exchanged_beside_the_log_is_found() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        finished(&test).await;
        assert_eq!(differences(&test).await, Vec::new());
        alone(&test.site.db, EXCHANGED).await;
        let found = differences(&test).await;
        let [one] = &found[..] else { panic!("{found:?}") };
        assert_eq!((one.fault, one.found.as_str(), one.count), (Fault::Identity, "staff_no=100001", 1));
        let page = auditor(&test).await.post("/audit/check", &[]).await;
        let page = if page.status == StatusCode::SEE_OTHER {
            auditor(&test).await.get(page.location()).await
        } else {
            page
        };
        assert!(page.body.contains(Fault::Identity.japanese()), "{}", page.body);
    }
}

#[tokio::test]
async fn somebody_who_takes_another_name_is_bound_again() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let site = test.site.clone();
        let before = leaves(&test).await;
        let nurse = ward.nurse.clone();
        let renamed = test.site.db.write(move |tx| {
            Box::pin(async move {
                let mut person = staff::staff(tx, &nurse).await?.expect("the nurse");
                person.family = "新姓".to_owned();
                people::update_staff(tx, &scribe(&site), &person).await?;
                // Another mail address is nobody's identity.
                person.mail = "n@example.jp".to_owned();
                people::update_staff(tx, &scribe(&site), &person).await
            })
        });
        renamed.await.expect("renamed");
        assert_eq!(leaves(&test).await, before + 1);
        assert_eq!(differences(&test).await, Vec::new());
        let mut conn = test.site.db.read().await.expect("a connection");
        let all = named(&mut conn).await.expect("names");
        let told: Vec<&str> =
            all.iter().filter(|one| one.staff.id == ward.nurse).map(|one| one.told.as_str()).collect();
        assert!(matches!(told[..], [one] if one.contains("新姓")), "{told:?}");
    }
}

#[tokio::test]
async fn the_log_of_every_year_names_everybody_once_but_those_whose_name_was_altered() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        test.ward().await;
        assert_eq!(bind_everybody(&test.site).await.expect("bound"), 0, "whoever is added is bound at once");
        alone(&test.site.db, EXCHANGED).await;
        test.clock.set(at("2027-04-01T00:00:00Z"));
        let everybody = {
            let mut conn = test.site.db.read().await.expect("a connection");
            named(&mut conn).await.expect("names").len() as u64
        };
        jobs::hourly(&test.site).await;
        assert_eq!(bind_everybody(&test.site).await.expect("bound"), 0, "the work of the hour has done it");
        let mut conn = test.site.db.read().await.expect("a connection");
        let heads = kokoroe_server::audit::store::heads(&mut conn).await.expect("heads");
        let log = &heads.last().expect("a log").log_id;
        let leaves =
            kokoroe_server::audit::store::leaves_back(&mut conn, log, i64::MAX, Some("user.identity"), 1000);
        let bound = leaves.await.expect("leaves").len() as u64;
        assert_eq!(bound, everybody - 1);
        drop(conn);
        assert_eq!(
            differences(&test).await.iter().map(|one| one.fault).collect::<Vec<_>>(),
            [Fault::Identity]
        );
    }
}
