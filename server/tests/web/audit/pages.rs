//! What an auditor reads.

use http::StatusCode;
use kokoroe_server::audit;

use super::{addresses, auditor, finished};
use crate::support::{TestSite, engines};

#[tokio::test]
async fn an_auditor_reads_everything_in_both_languages_on_both_engines() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let (ward, _) = finished(&test).await;
        audit::sign_now(&test.site).await.expect("signed");
        let hash = test.site.content.policy().0.to_owned();
        for lang in ["ja", "en"] {
            let mut browser = auditor(&test).await;
            browser.lang = lang;
            for address in addresses(&ward, &hash) {
                let answer = browser.get(&address).await;
                assert_eq!(answer.status, StatusCode::OK, "{engine:?} {lang} {address}: {}", answer.body);
            }
        }
    }
}

#[tokio::test]
async fn one_persons_record_stands_beside_its_leaves() {
    let test = TestSite::new().await;
    let (ward, period) = finished(&test).await;
    let mut browser = auditor(&test).await;
    let address = format!("/audit/people/{}", ward.nurse);
    let before = browser.get(&address).await;
    assert!(before.body.contains("data-proof=\"waiting\""), "nothing is signed yet");
    audit::sign_now(&test.site).await.expect("signed");
    let page = browser.get(&address).await;
    for expected in ["鈴木 一郎", "スズキ イチロウ", "3病棟", "2026-SNS-000001", "data-proof=\"proven\""]
    {
        assert!(page.body.contains(expected), "{expected}");
    }
    for not in ["data-proof=\"broken\"", "data-proof=\"waiting\""] {
        assert!(!page.body.contains(not), "{not}");
    }
    let mut conn = test.site.db.read().await.expect("a connection");
    let answers: usize = {
        let mut number = 0;
        for attempt in
            kokoroe_server::training::store::attempts_of(&mut conn, &period).await.expect("attempts")
        {
            number += kokoroe_server::training::store::answers(&mut conn, &attempt.id)
                .await
                .expect("answers")
                .len();
        }
        number
    };
    assert!(answers > 30, "{answers}");
    // Whom the id names, obligation, five beginnings, the answers, signature and completion.
    let attempts = test.site.content.catalogue.course.modules_of_everybody().len();
    let proved = page.body.matches("data-proof=\"proven\"").count();
    assert_eq!(proved, 2 + attempts + answers + 2);
    let nobody = browser.get("/audit/people/018f0000-0000-7000-8000-000000000000").await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_log_shows_stored_letters_and_no_names() {
    let test = TestSite::new().await;
    finished(&test).await;
    let mut browser = auditor(&test).await;
    let mut address = "/audit/log".to_owned();
    let mut pages = 0;
    loop {
        let page = browser.get(&address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        for name in ["鈴木", "一郎", "スズキ", "100001", "3病棟"] {
            assert!(!page.body.contains(name), "{address} shows {name}");
        }
        assert!(page.body.contains("&quot;v&quot;:1}") || page.body.contains("\"v\":1}"), "{address}");
        pages += 1;
        let next = page.body.split("rel=\"next\"").next().filter(|_| page.body.contains("rel=\"next\""));
        let Some(before) = next else { break };
        let href =
            before.rsplit("href=\"").next().and_then(|rest| rest.split('"').next()).expect("an address");
        address = href.replace("&amp;", "&");
        assert!(pages < 50, "it does not end");
    }
    assert!(pages > 1, "there are more leaves than fit on a page");
    let completions = browser.get("/audit/log?log=2026&kind=completion").await;
    assert!(completions.body.contains("2026-SNS-000001"));
    assert_eq!(completions.body.matches("class=\"leaf\"").count(), 1);
    for wrong in ["/audit/log?log=1999", "/audit/log?kind=%27%20OR%201=1"] {
        assert_eq!(browser.get(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let odd = browser.get("/audit/log?from=-99999999999999999999").await;
    assert_eq!(odd.status, StatusCode::OK);
}

#[tokio::test]
async fn the_roster_is_that_of_the_day_that_is_asked_for() {
    let test = TestSite::new().await;
    finished(&test).await;
    test.clock.advance(chrono::TimeDelta::days(1));
    let mut browser = auditor(&test).await;
    let now = browser.get("/audit/roster").await;
    assert!(now.body.contains("14.2%（1 / 7人）"), "{}", now.body);
    let before = browser.get("/audit/roster?at=2026-09-30").await;
    assert!(before.body.contains("2026年9月30日 24:00 時点"), "{}", before.body);
    assert!(!before.body.contains("100001"), "nobody owed anything on that day");
    for wrong in ["2030-01-01", "yesterday"] {
        let answer = browser.get(&format!("/audit/roster?at={wrong}")).await;
        assert!(answer.body.contains("role=\"alert\""), "{wrong}");
    }
    let found = browser.get("/audit/roster?q=%E3%81%9F%E3%81%8B%E3%81%AF%E3%81%97").await;
    assert!(found.body.contains("100002") && !found.body.contains("100001"), "たかはし finds 髙橋");
    let unknown = browser.get("/audit/roster?requirement=018f0000-0000-7000-8000-000000000000").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_same_word_draws_the_same_people() {
    let test = TestSite::new().await;
    test.ward().await;
    let mut browser = auditor(&test).await;
    let drawn = |body: &str| -> Vec<String> {
        let numbers = body.split("1000").skip(1).filter_map(|rest| rest.get(..2));
        numbers.map(str::to_owned).collect()
    };
    let first = drawn(&browser.get("/audit/roster?sample=3&seed=autumn").await.body);
    let again = drawn(&browser.get("/audit/roster?sample=3&seed=autumn").await.body);
    let other = drawn(&browser.get("/audit/roster?sample=3&seed=spring").await.body);
    assert_eq!(first.len(), 3);
    assert_eq!(first, again);
    assert_ne!(first, other);
}

#[tokio::test]
async fn a_content_is_shown_as_it_was_and_its_hash_is_taken_again() {
    let test = TestSite::new().await;
    test.ward().await;
    let mut browser = auditor(&test).await;
    let list = browser.get("/audit/content").await;
    for module in &test.site.content.catalogue.modules {
        let (hash, _) = test.site.content.module(&module.id).expect("present");
        assert!(list.body.contains(hash), "{}", module.id);
        let page = browser.get(&format!("/audit/content/{hash}")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", module.id);
        assert!(page.body.contains("本文から計算し直した値と一致しています"), "{}", module.id);
        let text = browser.get(&format!("/audit/content/{hash}/text")).await;
        assert_eq!(text.body, module.canonical());
    }
    assert_eq!(browser.get("/audit/content/0000").await.status, StatusCode::NOT_FOUND);
}
