//! Long lists of people: asked for as a job, made beside the pages, for whoever asked alone.

use std::io::Cursor;

use calamine::{Reader as _, Xlsx};
use chrono::TimeDelta;
use http::StatusCode;
use kokoroe_server::db::DbError;
use kokoroe_server::exports::Failure;
use kokoroe_server::exports::work::Turn;
use kokoroe_server::people::{Role, Scribe};
use kokoroe_server::{exports, on, people};

use super::{id, taken, turn};
use crate::reports::hospital::leaves;
use crate::support::facts::stand_alone;
use crate::support::people::Ward;
use crate::support::{TestSite, engines};

const NUMBERS: &str = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 2001)";

/// Two thousand and one people more, all like the nurse of 3病棟 and without a posting.
async fn many(test: &TestSite, ward: &Ward) {
    let staff = format!(
        "INSERT INTO staff (id, staff_no, family, given, family_kana, given_kana, roman, kana_key, search, profession,
                            employment, joined_on, left_on, mail)
         {NUMBERS}
         SELECT s.id || '-' || CAST(n.n AS TEXT), s.staff_no || '-' || CAST(n.n AS TEXT), s.family, s.given, s.family_kana,
                s.given_kana, s.roman, s.kana_key, s.search, s.profession, s.employment, s.joined_on, s.left_on, s.mail
           FROM staff s CROSS JOIN n
          WHERE s.id = $1"
    );
    let periods = format!(
        "INSERT INTO period (id, staff_id, requirement_id, cycle, assigned_at, due_at, reason, track, leaf)
         {NUMBERS}
         SELECT p.id || '-' || CAST(n.n AS TEXT), p.staff_id || '-' || CAST(n.n AS TEXT), p.requirement_id, p.cycle,
                p.assigned_at, p.due_at, p.reason, p.track, p.leaf
           FROM period p CROSS JOIN n
          WHERE p.staff_id = $1"
    );
    let nurse = ward.nurse.clone();
    let done: Result<(), DbError> = test
        .site
        .db
        .write(move |tx| {
            Box::pin(async move {
                stand_alone(tx).await?;
                for statement in [staff, periods] {
                    let statement = sqlx::AssertSqlSafe(statement);
                    on!(tx, |c| sqlx::query(statement).bind(&nurse).execute(c).await.map(drop))?;
                }
                Ok(())
            })
        })
        .await;
    done.expect("many people");
}

fn fields<'f>(ward: &'f Ward, format: &'f str) -> [(&'f str, &'f str); 3] {
    [("requirement", ward.requirement.as_str()), ("format", format), ("form", "one")]
}

const EXPORT: &str = "/office/departments/all/export";

#[tokio::test]
async fn a_long_list_is_made_beside_the_pages_and_a_short_one_at_once() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut office = test.signed_in("100020").await;
        let short = office.post(EXPORT, &fields(&ward, "xlsx")).await;
        assert_eq!(short.status, StatusCode::OK, "seven people do not take long");
        many(&test, &ward).await;
        let csv = office.post(EXPORT, &fields(&ward, "csv")).await;
        assert_eq!(csv.status, StatusCode::OK, "nor does plain text");
        let asked = office.post(EXPORT, &fields(&ward, "xlsx")).await;
        assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
        let page = asked.location().to_owned();
        assert!(page.starts_with("/office/exports/"), "{page}");
        assert_eq!(
            office.post(EXPORT, &fields(&ward, "xlsx")).await.location(),
            page,
            "sent twice, asked once"
        );
        assert_eq!(turn(&test).await, Turn::Finished(id(&page)));
        let bytes = taken(&mut office, &page).await;
        let mut workbook = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        let rows = workbook.worksheet_range("受講状況").expect("a sheet").rows().count();
        assert_eq!(rows, 1 + 7 + 2001);
        let list = office.get("/office/exports").await;
        assert!(list.body.contains(&page), "{}", list.body);
        assert!(format!("{:?}", leaves(&test, "export.made").await).contains("\\\"what\\\":\\\"people\\\""));
    }
}

#[tokio::test]
async fn a_list_is_only_for_whoever_asked_and_goes_by_itself() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    many(&test, &ward).await;
    let mut office = test.signed_in("100020").await;
    let page = office.post(EXPORT, &fields(&ward, "xlsx")).await.location().to_owned();
    assert_eq!(turn(&test).await, Turn::Finished(id(&page)));
    appoint(&test, "100011").await;
    let mut colleague = test.signed_in("100011").await;
    assert_eq!(colleague.get(&page).await.status, StatusCode::NOT_FOUND);
    assert_eq!(colleague.post(&format!("{page}/file"), &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(colleague.get(&format!("/office/binder/{}", id(&page))).await.status, StatusCode::NOT_FOUND);
    assert_eq!(test.signed_in("100010").await.get(&page).await.status, StatusCode::FORBIDDEN, "a manager");
    assert_eq!(exports::forget(&test.site).await.expect("forgotten"), 0);
    test.clock.advance(TimeDelta::days(15));
    assert_eq!(exports::forget(&test.site).await.expect("forgotten"), 1);
    assert_eq!(std::fs::read_dir(test.folder().join("exports")).expect("a folder").count(), 0);
    let mut office = test.signed_in("100020").await;
    assert!(office.get(&page).await.body.contains("残しておく日数が過ぎた"));
}

async fn appoint(test: &TestSite, number: &str) {
    let (site, staff) = (test.site.clone(), test.staff(number).await);
    let granted: Result<(), DbError> = test
        .site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                people::grant(tx, &by, &staff, &Role::Office).await.map(drop)
            })
        })
        .await;
    granted.expect("appointed");
}

#[tokio::test]
async fn whoever_left_the_office_meanwhile_gets_nothing() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    many(&test, &ward).await;
    let mut office = test.signed_in("100020").await;
    let page = office.post(EXPORT, &fields(&ward, "xlsx")).await.location().to_owned();
    let now = test.site.now();
    let gone: Result<(), DbError> = test
        .site
        .db
        .write(move |tx| {
            Box::pin(async move {
                stand_alone(tx).await?;
                let end = "UPDATE role_grant SET revoked_at = $1 WHERE role = 'office'";
                on!(tx, |c| sqlx::query(end).bind(now).execute(c).await.map(drop))?;
                Ok(())
            })
        })
        .await;
    gone.expect("revoked");
    test.clock.advance(TimeDelta::seconds(1));
    assert_eq!(turn(&test).await, Turn::Failed(id(&page), Failure::NotAllowed));
}
