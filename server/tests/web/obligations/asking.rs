//! Exceptions: asked by the person or their manager, decided by somebody else, and what follows.

use http::StatusCode;
use kokoroe_server::audit::{self, live_check};
use kokoroe_server::people::{Role, Scribe, grant};
use kokoroe_server::requirements::status::Status;
use kokoroe_server::requirements::store as requirements;

use super::steps::{last_day, rate, status};
use crate::support::{Browser, TestSite, day, engines};

async fn first_open(office: &mut Browser) -> String {
    let list = office.get("/office/exceptions").await;
    let id =
        list.body.split("href=\"/office/exceptions/").nth(1).expect("one").split('"').next().expect("an id");
    format!("/office/exceptions/{id}")
}

async fn second_of_the_office(test: &TestSite) -> Browser {
    let (site, staff) = (test.site.clone(), test.staff("100011").await);
    let granted: Result<(), kokoroe_server::db::DbError> = test
        .site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                grant(tx, &by, &staff, &Role::Office).await.map(drop)
            })
        })
        .await;
    granted.expect("granted");
    test.signed_in("100011").await
}

#[tokio::test]
async fn more_time_is_asked_by_the_person_and_granted_by_the_office_with_a_reason() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let period = test.period(&ward.nurse).await;
        let path = format!("/exceptions/{period}");
        let mut nurse = test.signed_in("100001").await;
        let wrong =
            nurse.post(&path, &[("kind", "extend"), ("words", "夜勤が続くため"), ("until", "")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("いつまでかを入れてください") && wrong.body.contains("夜勤が続くため"));
        let ask = [("kind", "extend"), ("words", "夜勤が続くため"), ("until", "2026-11-30")];
        let sent = nurse.post(&path, &ask).await;
        assert_eq!(sent.location(), format!("{path}?sent=1"));
        let again = nurse.post(&path, &ask).await;
        assert!(again.body.contains("同じ申請が、決定を待っています"));
        let mut office = test.signed_in("100020").await;
        let one = first_open(&mut office).await;
        let page = office.get(&one).await;
        assert!(page.body.contains("夜勤が続くため"), "{}", page.body);
        let silent = office.post(&one, &[("granted", "yes"), ("until", "2026-11-30"), ("reply", " ")]).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "a decision has a reason");
        let reply = [("granted", "yes"), ("until", "2026-11-20"), ("reply", "勤務の都合のため")];
        assert_eq!(office.post(&one, &reply).await.location(), "/office/exceptions");
        assert_eq!(office.post(&one, &reply).await.status, StatusCode::UNPROCESSABLE_ENTITY, "once");
        let mut conn = test.site.db.read().await.expect("a connection");
        let moved = requirements::terms(&mut conn, &period).await.expect("changes");
        drop(conn);
        assert_eq!(
            moved.iter().map(|change| last_day(change.due_at)).collect::<Vec<_>>(),
            [day("2026-11-20")]
        );
        let home = nurse.get("/").await;
        assert!(home.body.contains("11月20日") && home.body.contains("勤務の都合のため"), "{}", home.body);
        let mut manager = test.signed_in("100010").await;
        let seen = manager.get(&format!("/team/people/{}", ward.nurse)).await;
        assert!(seen.body.contains("期限を2026年11月20日まで延ばしました"), "{}", seen.body);
        assert!(!seen.body.contains("夜勤が続くため"), "what the person wrote stays with the office");
        audit::sign_now(&test.site).await.expect("signed");
        let check = live_check(&test.site).await.expect("a check");
        assert!(check.is_whole(), "{:?}", check.logs);
    }
}

#[tokio::test]
async fn an_exemption_shows_what_it_does_to_the_rate_and_nobody_grants_their_own() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let period = test.period(&ward.office).await;
    let mut office = test.signed_in("100020").await;
    let ask = [("kind", "exempt"), ("words", "長期出張"), ("until", "2026-12-31")];
    office.post(&format!("/exceptions/{period}"), &ask).await;
    let one = first_open(&mut office).await;
    let page = office.get(&one).await;
    assert!(
        page.body.contains("ほかの担当者が決めます")
            && page.body.contains("0.0%（0 / 7人） → 0.0%（0 / 6人）"),
        "{}",
        page.body
    );
    let own = office.post(&one, &[("granted", "yes"), ("reply", "出張"), ("until", "2026-12-31")]).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    let mut second = second_of_the_office(&test).await;
    second.post(&one, &[("granted", "yes"), ("reply", "出張"), ("until", "2026-12-31")]).await;
    assert_eq!(status(&test, &ward.office, &period).await, Status::Exempt);
    let mut conn = test.site.db.read().await.expect("a connection");
    let of = requirements::requirement(&mut conn, &ward.requirement).await.expect("a look").expect("it");
    drop(conn);
    assert_eq!(rate(&test, &of, None, test.site.now()).await.of, 6);
}

#[tokio::test]
async fn a_manager_asks_for_their_own_people_only_and_strangers_see_nothing() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let period = test.period(&ward.nurse).await;
    let path = format!("/exceptions/{period}");
    for (number, expected) in [
        ("100010", StatusCode::OK),
        ("100020", StatusCode::OK),
        ("100011", StatusCode::NOT_FOUND),
        ("100002", StatusCode::NOT_FOUND),
        ("100030", StatusCode::NOT_FOUND),
    ] {
        let mut who = test.signed_in(number).await;
        assert_eq!(who.get(&path).await.status, expected, "{number}");
    }
    let mut manager = test.signed_in("100010").await;
    let leave =
        [("kind", "leave"), ("words", "本人から連絡"), ("from", "2026-10-05"), ("until", "2026-11-15")];
    assert_eq!(manager.post(&path, &leave).await.status, StatusCode::SEE_OTHER);
    let mut nurse = test.signed_in("100001").await;
    let seen = nurse.get(&path).await;
    assert!(seen.body.contains("休職") && !seen.body.contains("本人から連絡"), "{}", seen.body);
    let mut office = test.signed_in("100020").await;
    let one = first_open(&mut office).await;
    office.post(&one, &[("granted", "yes"), ("reply", "休職"), ("until", "2026-11-15")]).await;
    let mut conn = test.site.db.read().await.expect("a connection");
    let moved = requirements::terms(&mut conn, &period).await.expect("changes");
    assert_eq!(
        last_day(moved.last().expect("a change").due_at),
        day("2026-12-16"),
        "thirty days from 16 November"
    );
}

#[tokio::test]
async fn a_correction_needs_two_people_and_the_completion_is_asked_for_again() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let period = test.period(&ward.nurse).await;
        let mut conn = test.site.db.read().await.expect("a connection");
        let of = requirements::requirement(&mut conn, &ward.requirement).await.expect("a look").expect("it");
        let first = requirements::period(&mut conn, &period).await.expect("a look").expect("it");
        drop(conn);
        super::complete(&test, &of, &first, None).await;
        let done = test.site.now();
        assert_eq!(rate(&test, &of, None, done).await.done, 1);
        let mut office = test.signed_in("100020").await;
        let path = format!("/exceptions/{period}");
        let asked = office.post(&path, &[("kind", "correct"), ("words", "別の人の記録でした")]).await;
        assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
        let one = first_open(&mut office).await;
        assert_eq!(
            office.post(&one, &[("granted", "yes"), ("reply", "取り違え")]).await.status,
            StatusCode::FORBIDDEN
        );
        let mut second = second_of_the_office(&test).await;
        test.clock.advance(chrono::TimeDelta::hours(1));
        assert_eq!(
            second.post(&one, &[("granted", "yes"), ("reply", "取り違え")]).await.status,
            StatusCode::SEE_OTHER
        );
        let now = test.site.now();
        let after = rate(&test, &of, None, now).await;
        assert_eq!((after.done, after.of), (0, 7), "asked for once more, and counted once");
        assert_eq!(
            rate(&test, &of, None, done).await.done,
            1,
            "what was printed before can be printed again"
        );
        let periods = super::owed(&test, &ward.nurse, &of).await;
        assert_eq!(periods.len(), 2);
        assert_eq!(status(&test, &ward.nurse, &periods[1].id).await, Status::NotStarted);
        assert_eq!(super::run(&test).await, 0, "and the hour gives nothing more");
    }
}
