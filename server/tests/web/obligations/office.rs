//! The training office makes a training: a form, a look at what it would do, and doing it.

use http::StatusCode;
use kokoroe_server::audit::{self, live_check};
use kokoroe_server::requirements::store::requirements;

use super::steps::{owed, run};
use crate::support::{Answered, Browser, TestSite, engines};

pub(crate) fn written<'f>(more: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let mut fields = vec![
        ("version", "0"),
        ("title", "撮影する人の研修"),
        ("title_en", "Training for taking pictures"),
        ("basis", "SNS利用規程 第3条"),
        ("opens", "2026-10-01"),
        ("due", "2026-11-30"),
        ("cycle", "year"),
        ("profession", "看護師"),
        ("joiner", "60"),
        ("back", "30"),
        ("least", "14"),
        ("renewal", "60"),
        ("gap", "0"),
    ];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend(more);
    fields
}

/// The value of a hidden field.
fn hidden(page: &Answered, name: &str) -> String {
    let field = page.body.split(&format!("name=\"{name}\" value=\"")).nth(1).expect("the field");
    field.split('"').next().expect("a value").to_owned()
}

async fn confirm(office: &mut Browser, path: &str) -> Answered {
    let page = office.get(path).await;
    let (version, seen) = (hidden(&page, "version"), hidden(&page, "seen"));
    office.post(path, &[("version", &version), ("seen", &seen)]).await
}

#[tokio::test]
async fn a_draft_binds_nobody_until_it_was_looked_at_and_confirmed() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut office = test.signed_in("100020").await;
        let form = office.get("/office/requirements/new").await;
        assert_eq!(form.status, StatusCode::OK);
        let kept =
            office.post("/office/requirements/new", &written(&[("department", ward.third.as_str())])).await;
        let dry_run = kept.location().to_owned();
        let page = office.get(&dry_run).await;
        assert!(page.body.contains("新しく対象になる人 3人、対象でなくなる人 0人です。"), "{}", page.body);
        assert!(page.body.contains("100001") && !page.body.contains("100003"), "those of 3病棟 by name");
        run(&test).await;
        let mut conn = test.site.db.read().await.expect("a connection");
        assert_eq!(requirements(&mut conn).await.expect("all").len(), 1, "nothing happened yet");
        drop(conn);
        let done = confirm(&mut office, &dry_run).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let page = office.get(done.location()).await;
        assert!(page.body.contains("0%（0 / 3人）"), "{}", page.body);
        let mut conn = test.site.db.read().await.expect("a connection");
        let all = requirements(&mut conn).await.expect("all");
        let made = all.iter().find(|each| each.title == "撮影する人の研修").expect("the new one").clone();
        drop(conn);
        assert_eq!(made.code, "sns-2026-2");
        assert_eq!(owed(&test, &ward.nurse, &made).await.len(), 1);
        assert_eq!(owed(&test, &ward.fourth_nurse, &made).await, []);
        assert_eq!(office.get(&dry_run).await.status, StatusCode::NOT_FOUND, "the draft is gone");
        audit::sign_now(&test.site).await.expect("signed");
        let check = live_check(&test.site).await.expect("a check");
        assert!(check.is_whole(), "{:?}", check.logs);
    }
}

#[tokio::test]
async fn a_changed_rule_says_who_comes_and_who_goes_and_a_stale_look_is_not_enough() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let mut office = test.signed_in("100020").await;
    let kept =
        office.post("/office/requirements/new", &written(&[("department", ward.third.as_str())])).await;
    let path = kept.location().to_owned();
    let opened = confirm(&mut office, &path).await;
    let requirement = opened.location().to_owned();
    let draft = office.post(&format!("{requirement}/change"), &[]).await.location().to_owned();
    let again = office.post(&format!("{requirement}/change"), &[]).await;
    assert_eq!(again.location(), draft, "one change at a time");
    let fields = written(&[("version", "1"), ("department", ward.fourth.as_str())]);
    let dry_run = office.post(&draft, &fields).await.location().to_owned();
    let page = office.get(&dry_run).await;
    assert!(page.body.contains("新しく対象になる人 2人、対象でなくなる人 3人です。"), "{}", page.body);
    let stale = office.post(&dry_run, &[("version", "2"), ("seen", "something else")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.body.contains("まだ何も変えていません"));
    let done = confirm(&mut office, &dry_run).await;
    assert_eq!(done.location(), requirement);
    let page = office.get(&requirement).await;
    assert!(page.body.contains("0%（0 / 2人）"), "{}", page.body);
    let mut nurse = test.signed_in("100001").await;
    let home = nurse.get("/").await;
    assert!(
        !home.body.contains("撮影する人の研修") || home.body.contains("対象外"),
        "it is not asked any more"
    );
    let old = office.post(&draft, &fields).await;
    assert_eq!(old.status, StatusCode::NOT_FOUND, "the draft is gone");
}

#[tokio::test]
async fn a_form_with_faults_comes_back_with_everything_that_was_typed() {
    let test = TestSite::new().await;
    test.ward().await;
    let mut office = test.signed_in("100020").await;
    let faults =
        [("title", ""), ("basis", "理由 <b>"), ("due", "2026-09-01"), ("months", "x"), ("cycle", "rolling")];
    let page = office.post("/office/requirements/new", &written(&faults)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in [
        "研修の名前を入れてください",
        "期限は開始日より後にしてください",
        "1から120までの数",
        "理由 &lt;b&gt;",
    ] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    for number in ["100001", "100010", "100030"] {
        let mut other = test.signed_in(number).await;
        for path in ["/office/requirements", "/office/requirements/new", "/office/exceptions"] {
            assert_eq!(other.get(path).await.status, StatusCode::FORBIDDEN, "{number} {path}");
        }
    }
}
