//! /office/people, /office/departments: who there is, and who may see it. The list that brings them up to date is in [`import`], roles are in
//! [`roles`].

mod import;
mod in_time;
mod record;
mod roles;

use crate::support::{self, Answered, Browser, PASSWORD, TestSite, day};
use chrono::TimeDelta;
use http::StatusCode;
use kokoroe_server::id::DepartmentId;
use kokoroe_server::people::codes::Handed;
use kokoroe_server::people::posting::postings_of;
use kokoroe_server::people::renew_code::{AskedFrom, Renewed, renew};
use kokoroe_server::people::staff::{Staff, staff_by_number};
use kokoroe_server::people::{Role, Scribe, grant};

const HEAD: &str =
    "職員番号,姓,名,セイ,メイ,部署コード,部署名,上位部署コード,職種,入職日,退職日,兼務部署コード";

/// The people of the ward, as the personnel office lists them.
const WARD: [&str; 7] = [
    "100001,鈴木,一郎,スズキ,イチロウ,03,3病棟,00,看護師,2020/4/1,,",
    "100002,髙橋,花子,タカハシ,ハナコ,03,3病棟,00,看護師,2020/4/1,,",
    "100003,𠮷田,恵,ヨシダ,メグミ,04,4病棟,00,看護師,2020/4/1,,",
    "100010,阿部,洋子,アベ,ヨウコ,03,3病棟,00,看護師,2020/4/1,,",
    "100011,﨑山,実,サキヤマ,ミノル,04,4病棟,00,看護師,2020/4/1,,",
    "100020,渡邊,学,ワタナベ,マナブ,00,病院,,看護師,2020/4/1,,",
    "100030,加藤,凛,カトウ,リン,00,病院,,看護師,2020/4/1,,",
];

const JOINER: &str =
    "100040,\"=HYPERLINK(\"\"x\"\")\",<img src=x>,タケダ,アオイ,03,3病棟,00,看護師,2026/9/1,,04";

fn list(rows: &[&str]) -> String {
    format!("{HEAD}\n{}\n", rows.join("\n"))
}

fn without(number: &str, more: &[&str]) -> String {
    let rows: Vec<&str> =
        WARD.iter().copied().filter(|row| !row.starts_with(number)).chain(more.iter().copied()).collect();
    list(&rows)
}

/// Sends a file as the form does.
async fn upload(browser: &mut Browser, name: &str, bytes: &[u8], complete: bool) -> Answered {
    let fields: &[(&str, &str)] = if complete { &[("complete", "on")] } else { &[] };
    browser.upload("/office/people/import", fields, ("file", name, bytes)).await
}

/// Uploads a list and opens what it would change.
async fn plan_of(browser: &mut Browser, csv: &str, complete: bool) -> (String, Answered) {
    let answer = upload(browser, "list.csv", csv.as_bytes(), complete).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let path = answer.location().to_owned();
    let page = browser.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    (path, page)
}

fn seal(page: &Answered) -> String {
    let (_, rest) = page.body.split_once("name=\"seal\" value=\"").expect("a seal");
    rest.split('"').next().expect("a value").to_owned()
}

async fn confirm(browser: &mut Browser, path: &str, page: &Answered) -> Answered {
    let seal = seal(page);
    browser.post(path, &[("seal", seal.as_str())]).await
}

async fn person(site: &TestSite, number: &str) -> Option<Staff> {
    let mut conn = site.site.db.read().await.expect("a connection");
    staff_by_number(&mut conn, number).await.expect("a look")
}

/// The codes of the departments in which somebody works on the day of the test, the main one first.
async fn departments_of(site: &TestSite, number: &str) -> Vec<String> {
    let staff = person(site, number).await.expect("a person");
    let mut conn = site.site.db.read().await.expect("a connection");
    let mut open: Vec<_> = postings_of(&mut conn, &staff.id)
        .await
        .expect("postings")
        .into_iter()
        .filter(|posting| posting.holds_on(day("2026-10-01")))
        .collect();
    open.sort_by_key(|posting| !posting.main);
    let mut codes = Vec::new();
    for posting in open {
        let found = kokoroe_server::people::department::department(&mut conn, &posting.department_id).await;
        codes.push(found.expect("a look").expect("a department").code);
    }
    codes
}

/// Makes somebody manager of a department.
async fn make_manager(site: &TestSite, number: &str, department: DepartmentId) {
    let staff = person(site, number).await.expect("a person").id;
    let inner = site.site.clone();
    let write = site.site.db.write(move |tx| {
        Box::pin(async move {
            let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: "system" };
            grant(tx, &by, &staff, &Role::Manager(department)).await
        })
    });
    write.await.expect("a role");
}

/// The one-time code on a sheet of slips.
fn code_on(sheet: &Answered) -> String {
    let (_, rest) = sheet.body.split_once("<code>").expect("a code");
    rest.split("</code>").next().expect("an end").to_owned()
}

#[tokio::test]
async fn only_the_training_office_sees_and_changes_people() {
    let site = TestSite::new().await;
    let ward = site.ward().await;
    let paths = ["/office/people", "/office/people/import", "/office/departments"];
    let mut stranger = site.browser();
    for path in paths {
        assert_eq!(stranger.get(path).await.status, StatusCode::SEE_OTHER, "{path} leads to the sign-in");
    }
    for number in ["100001", "100010", "100030"] {
        let mut browser = site.signed_in(number).await;
        for path in paths {
            assert_eq!(browser.get(path).await.status, StatusCode::FORBIDDEN, "{number} {path}");
        }
        let answer = upload(&mut browser, "list.csv", list(&WARD).as_bytes(), true).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{number}");
        let code = format!("/office/people/{}/code", ward.nurse);
        assert_eq!(browser.post(&code, &[]).await.status, StatusCode::FORBIDDEN, "{number}");
    }
    let mut office = site.signed_in("100020").await;
    for path in paths {
        assert_eq!(office.get(path).await.status, StatusCode::OK, "{path}");
    }
    let (path, page) = plan_of(&mut office, &list(&[JOINER]), false).await;
    let mut manager = site.signed_in("100010").await;
    assert_eq!(manager.get(&path).await.status, StatusCode::FORBIDDEN);
    assert_eq!(confirm(&mut manager, &path, &page).await.status, StatusCode::FORBIDDEN);
    assert_eq!(person(&site, "100040").await, None);
}

#[tokio::test]
async fn people_are_found_by_number_name_and_reading_with_any_letters() {
    let site = TestSite::new().await;
    let ward = site.ward().await;
    let mut office = site.signed_in("100020").await;
    for (words, found) in [
        ("100002", "髙橋"),
        ("高橋", "髙橋"),
        ("たかはし", "髙橋"),
        ("ﾀｶﾊｼ", "髙橋"),
        ("はなこ 高", "髙橋"),
        ("吉田", "𠮷田"),
        ("１００００３", "𠮷田"),
    ] {
        let query = support::form(&[("q", words)]);
        let page = office.get(&format!("/office/people?{query}")).await;
        assert!(page.body.contains(found), "{words}");
        assert!(!page.body.contains("鈴木 一郎"), "{words}");
    }
    let below = office.get(&format!("/office/people?below={}", ward.fourth)).await;
    assert!(below.body.contains("𠮷田") && !below.body.contains("鈴木 一郎"));
    for wrong in ["%25", "_", "' OR 1=1"] {
        let page = office.get(&format!("/office/people?{}", support::form(&[("q", wrong)]))).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.body.contains("鈴木 一郎"), "{wrong} finds nobody");
    }
    assert_eq!(office.get("/office/people?below=0").await.status, StatusCode::NOT_FOUND);
    assert_eq!(office.get("/office/people?page=99&state=x").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_new_code_ends_the_old_password_and_every_session() {
    let site = TestSite::new().await;
    let ward = site.ward().await;
    let mut nurse = site.signed_in("100001").await;
    let mut office = site.signed_in("100020").await;
    let path = format!("/office/people/{}/code", ward.nurse);
    assert_eq!(office.get(&path).await.status, StatusCode::OK);
    for wrong in ["", "not the password at all"] {
        let refused = office.post(&path, &[("password", wrong)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    }
    assert_eq!(nurse.get("/").await.status, StatusCode::OK, "nothing has changed");
    let sheet = office.post(&path, &[("password", PASSWORD)]).await;
    assert_eq!(sheet.status, StatusCode::OK);
    assert!(sheet.body.contains("2026年10月1日 9:30"), "it works for half an hour: {}", sheet.body);
    let code = code_on(&sheet);
    assert_eq!(code.len(), 14, "{code}");
    assert_eq!(nurse.get("/").await.status, StatusCode::SEE_OTHER);
    let mut again = site.browser();
    let old = again.post("/sign-in", &[("number", "100001"), ("password", PASSWORD)]).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields =
        [("number", "100001"), ("code", code.as_str()), ("password", PASSWORD), ("password_again", PASSWORD)];
    assert_eq!(again.post("/sign-in/first", &fields).await.status, StatusCode::SEE_OTHER);
    for wrong in ["/office/people/0/code", "/office/people/018f0000-0000-7000-8000-000000000000/code"] {
        assert_eq!(office.post(wrong, &[]).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn the_office_stops_a_sign_in_at_once_and_allows_it_again() {
    for engine in support::engines() {
        let site = TestSite::on(engine).await;
        let ward = site.ward().await;
        let mut office = site.signed_in("100020").await;
        let mut nurse = site.signed_in("100001").await;
        let address = |what: &str| format!("/office/people/{}/{what}", ward.nurse);
        assert_eq!(nurse.post(&address("disable"), &[]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(office.get(&address("disable")).await.status, StatusCode::METHOD_NOT_ALLOWED);
        let itself = format!("/office/people/{}/disable", ward.office);
        assert_eq!(
            office.post(&itself, &[]).await.status,
            StatusCode::FORBIDDEN,
            "nobody shuts themselves out"
        );

        for _ in 0..2 {
            let stopped = office.post(&address("disable"), &[]).await;
            assert_eq!(
                (stopped.status, stopped.location()),
                (StatusCode::SEE_OTHER, "/office/people?q=100001")
            );
        }
        assert_eq!(nurse.get("/").await.status, StatusCode::SEE_OTHER, "signed out at once");
        let fields = [("number", "100001"), ("password", PASSWORD)];
        assert_eq!(nurse.post("/sign-in", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = office.get("/office/people?q=100001").await;
        assert!(
            page.body.contains("サインイン停止中") && page.body.contains(&address("enable")),
            "{}",
            page.body
        );
        assert!(!page.body.contains(&address("code")), "a new code is no way around it");
        assert_eq!(office.post(&address("code"), &[]).await.status, StatusCode::NOT_FOUND);

        assert_eq!(office.post(&address("enable"), &[]).await.status, StatusCode::SEE_OTHER);
        site.signed_in("100001").await;
        let mut conn = site.site.db.read().await.expect("a connection");
        let log = site.site.ledger.log_at(site.site.now());
        let leaves = kokoroe_server::audit::store::leaves_of(&mut conn, &log, ward.nurse.as_str())
            .await
            .expect("leaves");
        let kinds: Vec<&str> = leaves.iter().map(|leaf| leaf.kind.as_str()).collect();
        assert!(kinds.ends_with(&["user.disable", "user.enable"]), "{kinds:?}");
        for wrong in ["0", "018f0000-0000-7000-8000-000000000000"] {
            let answer = office.post(&format!("/office/people/{wrong}/disable"), &[]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
        }
    }
}

#[tokio::test]
async fn a_code_made_at_the_desk_works_for_half_an_hour() {
    let site = TestSite::new().await;
    let ward = site.ward().await;
    let mut office = site.signed_in("100020").await;
    let sheet = office.post(&format!("/office/people/{}/code", ward.nurse), &[("password", PASSWORD)]).await;
    let code = code_on(&sheet);
    site.clock.advance(TimeDelta::minutes(30));
    let fields =
        [("number", "100001"), ("code", code.as_str()), ("password", PASSWORD), ("password_again", PASSWORD)];
    let late = site.browser().post("/sign-in/first", &fields).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_office_cannot_become_an_auditor_or_one_of_its_own_by_a_new_code() {
    let site = TestSite::new().await;
    let ward = site.ward().await;
    let mut office = site.signed_in("100020").await;
    let mut auditor = site.signed_in("100030").await;
    let auditor_id = person(&site, "100030").await.expect("a person").id;
    for id in [&auditor_id, &ward.office] {
        let path = format!("/office/people/{id}/code");
        let page = office.get(&path).await;
        assert!(page.body.contains("ここでは出せません") && !page.body.contains("type=\"password\""));
        let refused = office.post(&path, &[("password", PASSWORD)]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert!(!refused.body.contains("<code>"), "{}", refused.body);
    }
    assert_eq!(auditor.get("/audit").await.status, StatusCode::OK, "still signed in");
    let inner = site.site.clone();
    let asked = site.site.db.write(move |tx| {
        Box::pin(async move {
            let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: "system" };
            renew(tx, &by, &auditor_id, AskedFrom::CommandLine, Handed::InPerson).await
        })
    });
    assert!(matches!(asked.await.expect("asked"), Renewed::Code(_)), "whoever runs the server may");
}

#[tokio::test]
async fn the_tree_shows_departments_with_people_and_managers() {
    let site = TestSite::new().await;
    site.ward().await;
    let mut office = site.signed_in("100020").await;
    let page = office.get("/office/departments").await;
    for words in ["3病棟", "阿部 洋子", "3人", "下の部署も合わせて7人"] {
        assert!(page.body.contains(words), "{words}");
    }
    office.lang = "en";
    assert!(office.get("/office/departments").await.body.contains("Departments"));
}
