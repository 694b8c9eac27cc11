//! A hospital on its first day: nothing is asked of anybody, and nobody is there but whoever looks.

use http::StatusCode;
use kokoroe_server::account::{self, store::NewCredential};
use kokoroe_server::db::DbError;
use kokoroe_server::people::{self, NewDepartment, NewPosting, NewStaff, Role, Scribe};

use crate::reports::hospital::write;
use crate::reports::stored::Value;
use crate::support::{Browser, PASSWORD, TestSite, day, engines};

const OPENED: &str = "
    INSERT INTO requirement (id, code, title, title_en, basis, basis_en, course, fiscal_year, opens_at, due_at, valid_until)
    VALUES ('018f0000-0000-7000-8000-0000000000aa', 'sns-2026', 'SNSの約束', '', '', '', 'sns', 2026, $1, $1, NULL)";

/// One person with every role, in the only department.
async fn alone(test: &TestSite) -> Browser {
    let site = test.site.clone();
    let made: Result<(), DbError> = test
        .site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                let new = NewDepartment {
                    code: "00".into(),
                    name: "病院".into(),
                    name_en: String::new(),
                    parent: None,
                    position: 0,
                };
                let top = people::add_department(tx, &by, &new).await?;
                let new = NewStaff {
                    staff_no: "1".into(),
                    family: "渡邊".into(),
                    given: "学".into(),
                    joined_on: day("2020-04-01"),
                    ..NewStaff::default()
                };
                let staff = people::add_staff(tx, &by, &new).await?;
                let hash = account::password::demo_hash(PASSWORD).expect("a hash");
                account::open(tx, &staff, NewCredential { password: Some(hash), code: None }, site.now())
                    .await?;
                let posting = NewPosting {
                    staff: staff.clone(),
                    department: top.clone(),
                    from_on: day("2020-04-01"),
                    to_on: None,
                    main: true,
                };
                people::post(tx, &by, &posting).await?;
                for role in [Role::Manager(top), Role::Office, Role::Auditor] {
                    people::grant(tx, &by, &staff, &role).await?;
                }
                Ok(())
            })
        })
        .await;
    made.expect("a hospital");
    test.signed_in("1").await
}

#[tokio::test]
async fn every_first_page_says_what_will_be_there_before_any_training_is() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let mut browser = alone(&test).await;
        for (lang, none, nothing) in [
            ("ja", "研修はまだありません", "いま受ける研修はありません"),
            ("en", "There is no training yet", "There is nothing for you to do now"),
        ] {
            browser.lang = lang;
            for address in
                ["/team", "/office", "/office/report", "/audit/roster", "/audit/roster?sample=3&seed=x"]
            {
                let page = browser.get(address).await;
                assert_eq!(page.status, StatusCode::OK, "{address}");
                assert!(page.body.contains(none), "{address}: {}", page.body);
            }
            assert!(browser.get("/").await.body.contains(nothing));
            for address in
                ["/audit", "/audit/log", "/audit/check", "/audit/content", "/history", "/office/people"]
            {
                assert_eq!(browser.get(address).await.status, StatusCode::OK, "{address}");
            }
            let office = browser.get("/office").await;
            for way in ["href=\"/office/people\"", "href=\"/office/departments\""] {
                assert!(office.body.contains(way), "the office goes on from there: {way}");
            }
        }
        let unknown = browser.get("/audit/roster?requirement=018f0000-0000-7000-8000-000000000000").await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND, "what is asked for must be there");
    }
}

#[tokio::test]
async fn a_training_that_nobody_owes_leads_the_office_to_the_people() {
    let test = TestSite::new().await;
    let mut browser = alone(&test).await;
    write(&test, vec![(OPENED, vec![vec![Value::Time(test.site.now())]])]).await;
    for address in ["/team", "/office", "/office/report", "/audit/roster", "/audit", "/"] {
        let page = browser.get(address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}: {}", page.body);
    }
    let office = browser.get("/office").await;
    assert!(office.body.contains("この研修を受ける人は、まだいません"), "{}", office.body);
}
