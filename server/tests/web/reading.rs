//! How a course reads: in plain Japanese for whoever asks for it, and in words of one's own work.

use http::StatusCode;
use kokoroe_server::people::{self, Role, Scribe, role::grants_of};
use kokoroe_server::training::store as training;
use kokoroe_server::{Site, on};

use crate::support::facts::stand_alone;
use crate::support::lesson::{MODULE, finish, learn, short_course};
use crate::support::{PASSWORD, TestSite, engines};

const PLAIN: [(&str, &str); 3] = [("lang", "ja"), ("text_size", "standard"), ("easy", "on")];
const REMARK: &str = "やさしい日本語は、読むためのものです。署名するのは、ふつうの日本語の文です。";

#[tokio::test]
async fn a_course_comes_in_plain_japanese_with_readings_where_there_is_one() {
    for engine in engines() {
        let test = TestSite::teaching_on(engine, short_course()).await;
        let ward = test.ward().await;
        let period = test.period(&ward.nurse).await;
        let mut browser = test.signed_in("100001").await;
        let base = format!("/learn/{period}/{MODULE}");
        browser.post(&base, &[]).await;
        // The first step was answered on the page before: not to try first.
        let first = format!("{base}/2");
        assert!(!browser.get(&first).await.body.contains("やさしい題"), "only for whoever asks for it");
        browser.post("/settings", &PLAIN).await;
        let page = browser.get(&first).await;
        assert!(page.body.contains("やさしい題") && page.body.contains("<ruby"), "{}", page.body);
        assert!(page.body.contains("<html lang=\"ja\""), "the language of the page stays");
        browser.post(&first, &[]).await;
        browser.post("/language", &[("lang", "en"), ("return_to", "/")]).await;
        let page = browser.get(&first).await;
        assert!(!page.body.contains("やさしい題"), "in English it has no effect");
        assert!(
            browser.get("/settings").await.body.contains("It changes nothing while the language is English")
        );
        let step =
            learn(&test, &mut browser, (&ward.nurse, &period), MODULE, Some("off-day-post"), ("", "3")).await;
        browser.post("/language", &[("lang", "ja"), ("return_to", "/")]).await;
        let asked = browser.get(&step).await;
        assert!(asked.body.contains("どうしますか"), "{}", asked.body);
        let mut conn = test.site.db.read().await.expect("a connection");
        let attempt = training::attempt(&mut conn, &period, MODULE).await.expect("read").expect("begun");
        let answers = training::answers(&mut conn, &attempt.id).await.expect("answers");
        let langs: Vec<&str> = answers.iter().map(|answer| answer.lang.as_str()).collect();
        assert_eq!((langs[1], langs[2]), ("ja-easy", "en"), "the record says how each page was shown");
    }
}

#[tokio::test]
async fn whoever_reads_the_policy_in_plain_japanese_signs_the_text_that_binds() {
    for engine in engines() {
        let test = TestSite::teaching_on(engine, short_course()).await;
        let ward = test.ward().await;
        let period = test.period(&ward.nurse).await;
        let mut browser = test.signed_in("100001").await;
        finish(&test, &mut browser, &ward.nurse, &period, MODULE).await;
        finish(&test, &mut browser, &ward.nurse, &period, "final-test").await;
        assert!(!browser.get("/policy/sns").await.body.contains(REMARK));
        browser.post("/settings", &PLAIN).await;
        let base = format!("/learn/{period}/sign");
        for page in ["/policy/sns", base.as_str()] {
            let plain = browser.get(page).await;
            let binding = format!("{page}?text=binding");
            assert!(plain.body.contains(REMARK) && plain.body.contains(&binding), "{}", plain.body);
            let bound = browser.get(&binding).await;
            assert!(bound.body.contains(REMARK) && bound.body.contains(&format!("href=\"{page}\"")));
            assert_ne!(plain.body.len(), bound.body.len(), "they are two texts");
        }
        let (hash, policy) = test.site.content.policy();
        let ids: Vec<String> = policy.statements.iter().map(|statement| statement.id.clone()).collect();
        let mut fields: Vec<(&str, &str)> = ids.iter().map(|id| ("statement", id.as_str())).collect();
        let turned = browser.post(&format!("{base}?text=binding"), &fields).await;
        assert!(turned.location().ends_with("&text=binding"), "{}", turned.location());
        let read_there = browser.get(turned.location()).await;
        assert!(read_there.body.contains(&format!("href=\"{base}?text=binding\"")), "{}", read_there.body);
        let check = browser.post(&base, &fields).await.location().to_owned();
        fields.push(("password", PASSWORD));
        assert_eq!(browser.post(&check, &fields).await.status, StatusCode::SEE_OTHER);
        let mut conn = test.site.db.read().await.expect("a connection");
        let signed = training::attestation(&mut conn, &period).await.expect("read").expect("signed");
        assert_eq!((signed.policy.as_str(), signed.lang.as_str()), (hash, "ja-easy"));
        let bound: Vec<String> =
            policy.statements.iter().map(|statement| statement.text.ja.clone()).collect();
        assert_eq!(signed.stated(), bound, "what is signed is the ordinary text");
        drop(conn);
        let history = browser.get("/history").await;
        assert!(history.body.contains("やさしい日本語の画面で署名しました"), "{}", history.body);
    }
}

#[tokio::test]
async fn whoever_turned_to_the_binding_text_is_recorded_as_having_read_that_one() {
    let test = TestSite::teaching(short_course()).await;
    let ward = test.ward().await;
    let period = test.period(&ward.nurse).await;
    let mut browser = test.signed_in("100001").await;
    finish(&test, &mut browser, &ward.nurse, &period, MODULE).await;
    finish(&test, &mut browser, &ward.nurse, &period, "final-test").await;
    browser.post("/settings", &PLAIN).await;
    let (_, policy) = test.site.content.policy();
    let ids: Vec<String> = policy.statements.iter().map(|statement| statement.id.clone()).collect();
    let mut fields: Vec<(&str, &str)> = ids.iter().map(|id| ("statement", id.as_str())).collect();
    let text = format!("/learn/{period}/sign?text=binding");
    let check = browser.post(&text, &fields).await.location().to_owned();
    fields.push(("password", PASSWORD));
    assert_eq!(browser.post(&check, &fields).await.status, StatusCode::SEE_OTHER);
    let mut conn = test.site.db.read().await.expect("a connection");
    let signed = training::attestation(&mut conn, &period).await.expect("read").expect("signed");
    assert_eq!(signed.lang, "ja");
}

#[tokio::test]
async fn the_setting_is_taken_along_from_before_signing_in() {
    let test = TestSite::teaching(short_course()).await;
    test.ward().await;
    let mut browser = test.browser();
    browser.post("/settings", &PLAIN).await;
    browser.post("/sign-in", &[("number", "100001"), ("password", PASSWORD)]).await;
    for mut device in [browser, test.signed_in("100001").await] {
        assert!(device.get("/policy/sns").await.body.contains(REMARK));
    }
}

fn scribe(site: &Site) -> Scribe<'_> {
    Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" }
}

#[tokio::test]
async fn a_scene_is_told_in_words_of_ones_own_work_and_stays_as_it_was_shown() {
    for engine in engines() {
        let test = TestSite::teaching_on(engine, short_course()).await;
        let ward = test.ward().await;
        for (number, staff, words, role) in [
            ("100001", &ward.nurse, "病棟の看護師の例です。", "nurse"),
            ("100010", &ward.manager, "所属長の例です。", "manager nurse"),
        ] {
            let period = test.period(staff).await;
            let mut browser = test.signed_in(number).await;
            let step =
                learn(&test, &mut browser, (staff, &period), MODULE, Some("off-day-post"), ("", "3")).await;
            let asked = browser.get(&step).await;
            assert!(asked.body.contains(words), "{number}: {}", asked.body);
            let mut conn = test.site.db.read().await.expect("a connection");
            let attempt = training::attempt(&mut conn, &period, MODULE).await.expect("read").expect("begun");
            assert_eq!(attempt.role, role);
        }
        let (site, manager) = (test.site.clone(), ward.manager.clone());
        let outcome: Result<(), kokoroe_server::db::DbError> = test
            .site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    for grant in grants_of(tx, &manager).await? {
                        assert!(
                            grant.is_of(&Role::Manager(grant.department_id.clone().expect("a department")))
                        );
                        people::revoke(tx, &scribe(&site), &grant).await?;
                    }
                    stand_alone(tx).await?;
                    on!(tx, |c| sqlx::query("UPDATE staff SET profession = '事務'")
                        .execute(c)
                        .await
                        .map(drop))?;
                    Ok(())
                })
            })
            .await;
        outcome.expect("another job");
        let period = test.period(&ward.manager).await;
        let mut browser = test.signed_in("100010").await;
        let base = format!("/learn/{period}/{MODULE}");
        let (_, again) = browser.follow(&format!("{base}/99")).await;
        assert!(again.body.contains("所属長の例です。"), "it reads as it was shown: {}", again.body);
    }
}
