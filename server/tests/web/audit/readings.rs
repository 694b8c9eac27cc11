//! Who opened the record of somebody else is written down, once, and cannot be taken back.

use chrono::TimeDelta;
use http::StatusCode;
use kokoroe_evidence::Fault;
use kokoroe_server::audit::live_check;
use kokoroe_server::audit::reading::bind;

use super::{auditor, leaves};
use crate::support::facts::{alone, refuses};
use crate::support::{TestSite, engines};

#[tokio::test]
async fn whoever_opens_the_record_of_somebody_else_is_listed_for_auditors_and_bound_by_a_leaf() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let nurse = &ward.nurse;
        let mut manager = test.signed_in("100010").await;
        let mut office = test.signed_in("100020").await;
        for _ in 0..2 {
            let page = manager.get(&format!("/team/people/{nurse}")).await;
            assert_eq!(page.status, StatusCode::OK);
        }
        for address in [format!("/office/people/{nurse}"), format!("/office/people/{nurse}/record")] {
            assert_eq!(office.get(&address).await.status, StatusCode::OK, "{address}");
        }
        // Somebody who may not see it has opened nothing.
        let hidden = manager.get(&format!("/team/people/{}", ward.fourth_nurse)).await;
        assert_eq!(hidden.status, StatusCode::NOT_FOUND);
        // One's own record is nobody else's.
        assert_eq!(manager.get(&format!("/team/people/{}", ward.manager)).await.status, StatusCode::OK);
        let before = leaves(&test).await;
        assert_eq!(bind(&test.site).await.expect("bound"), 3);
        assert_eq!(bind(&test.site).await.expect("bound"), 0, "nothing was opened since");
        assert_eq!(leaves(&test).await, before + 1);

        let list = auditor(&test).await.get(&format!("/audit/readings?of={nurse}")).await;
        assert_eq!(list.status, StatusCode::OK);
        assert_eq!(list.body.matches("<tr>").count(), 1 + 3, "a head and three lines: {}", list.body);
        let none = auditor(&test).await.get(&format!("/audit/readings?of={}", ward.fourth_nurse)).await;
        assert!(none.body.contains("開いた人はまだいません"), "{}", none.body);

        test.clock.advance(TimeDelta::minutes(11));
        manager.get(&format!("/team/people/{nurse}")).await;
        assert_eq!(bind(&test.site).await.expect("bound"), 1, "later it is opened again");
        assert!(live_check(&test.site).await.expect("a check").is_whole());
    }
}

#[tokio::test]
async fn a_reading_that_is_taken_back_is_found() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut manager = test.signed_in("100010").await;
        manager.get(&format!("/team/people/{}", ward.nurse)).await;
        bind(&test.site).await.expect("bound");
        for refused in
            ["DELETE FROM reading", "UPDATE reading SET page = 'audit'", "DELETE FROM reading_digest"]
        {
            refuses(&test.site.db, refused).await;
        }
        let guard = match engine {
            kokoroe_server::db::Engine::Sqlite => "DROP TRIGGER reading_refuses_delete",
            kokoroe_server::db::Engine::Postgres => "DROP TRIGGER reading_refuses_delete ON reading",
        };
        alone(&test.site.db, guard).await;
        alone(&test.site.db, "DELETE FROM reading").await;
        let check = live_check(&test.site).await.expect("a check");
        let found: Vec<_> = check.logs.iter().flat_map(|log| &log.differences).collect();
        assert!(
            matches!(found[..], [one] if one.fault == Fault::RowContent && one.file == "reading"),
            "{found:?}"
        );
    }
}
