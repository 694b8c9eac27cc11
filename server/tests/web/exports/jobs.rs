//! What becomes of something that was asked for.

use chrono::TimeDelta;
use http::StatusCode;
use kokoroe_server::db::DbError;
use kokoroe_server::exports::store::{self, JobRow};
use kokoroe_server::exports::work::{TRIES, Turn};
use kokoroe_server::id::ExportId;
use kokoroe_server::{exports, jobs};

use super::{ask, id, taken, turn};
use crate::reports::hospital::leaves;
use crate::support::{TestSite, engines, kokoroe};

const BASE: &str = "/office/binder";

async fn row(test: &TestSite, job: &ExportId) -> JobRow {
    let mut conn = test.site.db.read().await.expect("a connection");
    store::job(&mut conn, job).await.expect("read").expect("a job")
}

/// A server that takes a job and dies over it.
async fn die_over(test: &TestSite) -> Option<ExportId> {
    let now = test.site.now();
    let claimed: Result<Option<JobRow>, DbError> = test
        .site
        .db
        .write(move |tx| {
            Box::pin(async move { store::claim(tx, now, "dead", now + TimeDelta::seconds(30)).await })
        })
        .await;
    claimed.expect("a claim").map(|job| job.id)
}

#[tokio::test]
async fn a_form_that_is_sent_twice_asks_once() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut office = test.signed_in("100020").await;
        let first = ask(&mut office, BASE, &ward, "once", "").await;
        let second = ask(&mut office, BASE, &ward, "once", "").await;
        assert_eq!(first, second);
        assert_ne!(ask(&mut office, BASE, &ward, "another", "").await, first);
        assert_eq!(leaves(&test, "export.ask").await.len(), 2);
    }
}

#[tokio::test]
async fn a_binder_is_made_beside_the_pages_and_taken_later_and_each_is_a_leaf() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut office = test.signed_in("100020").await;
        let page = ask(&mut office, BASE, &ward, "a", "").await;
        let waiting = office.get(&page).await;
        assert!(waiting.body.contains("順番を待っています"), "{}", waiting.body);
        assert!(waiting.body.contains("作るのをやめる"));
        let figures = office.get(&format!("{page}/figures")).await;
        assert_eq!(figures.body, r#"{"done":0,"of":0,"over":false}"#);
        let early = office.post(&format!("{page}/file"), &[]).await;
        assert_eq!(early.status, StatusCode::NOT_FOUND, "there is no file yet");
        assert_eq!(turn(&test).await, Turn::Finished(id(&page)));
        assert_eq!(turn(&test).await, Turn::Idle, "once is enough");
        let done = office.get(&page).await;
        assert!(done.body.contains("できました"), "{}", done.body);
        let bytes = taken(&mut office, &page).await;
        let hash = row(&test, &id(&page)).await.sha256.expect("a hash");
        assert_eq!(sha256(&bytes), hash);
        assert!(done.body.contains(&hash), "the page tells it");
        for kind in ["export.ask", "export.made", "export.take"] {
            assert_eq!(leaves(&test, kind).await.len(), 1, "{kind}");
        }
        assert!(format!("{:?}", leaves(&test, "export.made").await).contains(&hash), "and so does the log");
        let list = office.get(BASE).await;
        assert!(list.body.contains(&hash) && list.body.contains("渡邊 学"), "{}", list.body);
    }
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    hex::encode(sha2::Sha256::digest(bytes))
}

#[tokio::test]
async fn what_a_server_died_over_is_taken_up_again_and_finished() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut office = test.signed_in("100020").await;
        let page = ask(&mut office, BASE, &ward, "a", "").await;
        let left = test.folder().join("exports");
        std::fs::create_dir_all(&left).expect("a folder");
        std::fs::write(left.join(format!("{}.dead.part", id(&page))), b"half").expect("a file");
        assert_eq!(die_over(&test).await, Some(id(&page)));
        assert_eq!(turn(&test).await, Turn::Idle, "it belongs to somebody");
        test.clock.advance(TimeDelta::seconds(31));
        assert_eq!(turn(&test).await, Turn::Finished(id(&page)));
        let files: Vec<_> =
            std::fs::read_dir(&left).expect("files").map(|entry| entry.expect("one").path()).collect();
        assert_eq!(files.len(), 1, "what was left of it is gone: {files:?}");
    }
}

#[tokio::test]
async fn what_kills_every_server_is_given_up_and_can_be_asked_for_again() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut office = test.signed_in("100020").await;
        let page = ask(&mut office, BASE, &ward, "a", "").await;
        for _ in 0..TRIES {
            assert!(die_over(&test).await.is_some());
            test.clock.advance(TimeDelta::seconds(31));
        }
        assert!(matches!(turn(&test).await, Turn::Failed(..)));
        let told = office.get(&page).await;
        assert!(told.body.contains("サーバーが何度も止まりました"), "{}", told.body);
        assert_eq!(turn(&test).await, Turn::Idle);
        let again = office.post(&format!("{page}/again"), &[]).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER);
        assert_eq!(turn(&test).await, Turn::Finished(id(&page)));
    }
}

#[tokio::test]
async fn two_servers_make_it_once() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut office = test.signed_in("100020").await;
        let page = ask(&mut office, BASE, &ward, "a", "").await;
        let (one, other) = tokio::join!(turn(&test), turn(&test));
        let made = [one, other].into_iter().filter(|turn| *turn == Turn::Finished(id(&page))).count();
        assert_eq!(made, 1);
        assert_eq!(leaves(&test, "export.made").await.len(), 1);
    }
}

#[tokio::test]
async fn what_is_withdrawn_is_not_made_even_by_whoever_has_begun() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut office = test.signed_in("100020").await;
        let page = ask(&mut office, BASE, &ward, "a", "").await;
        assert!(die_over(&test).await.is_some());
        office.post(&format!("{page}/withdraw"), &[]).await;
        let late = store::Finished { name: "x".into(), size: 1, sha256: "y".into() };
        let (job, now) = (id(&page), test.site.now());
        let stands: Result<bool, DbError> = test
            .site
            .db
            .write(move |tx| Box::pin(async move { store::finish(tx, &job, "dead", now, &late).await }))
            .await;
        assert!(!stands.expect("an answer"), "it is no longer wanted");
        test.clock.advance(TimeDelta::seconds(31));
        assert_eq!(turn(&test).await, Turn::Idle);
        assert!(office.get(&page).await.body.contains("取りやめました"));
        assert_eq!(leaves(&test, "export.withdraw").await.len(), 1);
        office.post(&format!("{page}/withdraw"), &[]).await;
        assert_eq!(leaves(&test, "export.withdraw").await.len(), 1, "twice is harmless");
    }
}

#[tokio::test]
async fn what_cannot_be_written_is_told_in_words_without_internals() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let mut office = test.signed_in("100020").await;
    let page = ask(&mut office, BASE, &ward, "a", "").await;
    // A file where the folder should be: nothing can be written.
    std::fs::write(test.folder().join("exports"), b"").expect("a file");
    assert!(matches!(turn(&test).await, Turn::Failed(..)));
    let told = office.get(&page).await;
    assert!(told.body.contains("もう一度作る"), "{}", told.body);
    assert!(!told.body.contains("os error"), "no internals");
}

#[tokio::test]
async fn binders_stay_until_the_office_removes_them_with_a_reason() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut office = test.signed_in("100020").await;
        let page = ask(&mut office, BASE, &ward, "a", "").await;
        turn(&test).await;
        test.clock.advance(TimeDelta::days(400));
        jobs::hourly(&test.site).await;
        assert_eq!(exports::forget(&test.site).await.expect("forgotten"), 0);
        let mut office = test.signed_in("100020").await;
        taken(&mut office, &page).await;
        let silent = office.post(&format!("{page}/remove"), &[("why", " ")]).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        office.post(&format!("{page}/remove"), &[("why", "作り直したため")]).await;
        let gone = office.get(&page).await;
        assert!(gone.body.contains("作り直したため") && gone.body.contains("削除しました"), "{}", gone.body);
        let answer = office.post(&format!("{page}/file"), &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert!(row(&test, &id(&page)).await.sha256.is_some(), "what it was stays known");
        assert_eq!(std::fs::read_dir(test.folder().join("exports")).expect("a folder").count(), 0);
        assert_eq!(leaves(&test, "export.remove").await.len(), 1);
    }
}

#[tokio::test]
async fn a_backup_has_the_binders_too() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let mut office = test.signed_in("100020").await;
    let page = ask(&mut office, BASE, &ward, "a", "").await;
    turn(&test).await;
    let out = test.folder().join("backup.zip");
    let done = kokoroe(test.folder(), &["backup", "--out", &out.display().to_string()]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let copied = crate::audit::pack::unzipped(&std::fs::read(out).expect("a file"));
    let binder = copied.iter().find(|(name, _)| name.starts_with("exports/")).expect("the binder");
    assert_eq!(row(&test, &id(&page)).await.sha256, Some(sha256(binder.1)));
}

#[tokio::test]
async fn learners_and_managers_are_refused_everywhere() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let mut office = test.signed_in("100020").await;
    let page = ask(&mut office, BASE, &ward, "a", "").await;
    turn(&test).await;
    let job = id(&page);
    for number in ["100001", "100010"] {
        let mut browser = test.signed_in(number).await;
        for base in [BASE, "/audit/binder"] {
            let page = format!("{base}/{job}");
            for address in [base.to_owned(), page.clone(), format!("{page}/figures")] {
                let answer = browser.get(&address).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{number} {address}");
            }
            for what in ["", "/file", "/withdraw", "/again"] {
                let address = if what.is_empty() { base.to_owned() } else { format!("{page}{what}") };
                let answer = browser.post(&address, &[("form", "x")]).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{number} {address}");
            }
        }
        let answer = browser.post(&format!("{page}/remove"), &[("why", "x")]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{number}");
    }
    let mut auditor = test.signed_in("100030").await;
    assert_eq!(auditor.get(&page).await.status, StatusCode::FORBIDDEN, "each role on its own pages");
    let answer = auditor.post(&format!("{page}/remove"), &[("why", "x")]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "an auditor removes nothing");
    taken(&mut auditor, &format!("/audit/binder/{job}")).await;
    assert_eq!(leaves(&test, "export.take").await.len(), 1);
}

#[tokio::test]
async fn a_wrong_day_and_a_long_text_come_back_with_what_was_typed() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let mut office = test.signed_in("100020").await;
    let long = "あ".repeat(2_001);
    let fields =
        [("form", "a"), ("requirement", ward.requirement.as_str()), ("at", "2026-10-02"), ("improve", &long)];
    let answer = office.post(BASE, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains(&long) && answer.body.contains("2026-10-02"));
    assert!(answer.body.contains("2000字まで"), "{}", answer.body);
    assert!(leaves(&test, "export.ask").await.is_empty());
}

#[tokio::test]
async fn the_hash_of_a_file_that_was_handed_over_is_known_again() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let mut auditor = test.signed_in("100030").await;
    let page = ask(&mut auditor, "/audit/binder", &ward, "a", "").await;
    turn(&test).await;
    let hash = row(&test, &id(&page)).await.sha256.expect("a hash");
    let known = auditor.get(&format!("/audit/binder?sha256={}", hash.to_uppercase())).await;
    assert!(known.body.contains("この病院が作ったファイルです"), "{}", known.body);
    let other = auditor.get(&format!("/audit/binder?sha256={}", "0".repeat(64))).await;
    assert!(other.body.contains("同じ値のものはありません"));
    let wrong = auditor.get("/audit/binder?sha256=hello").await;
    assert!(wrong.body.contains("64文字です"));
}
