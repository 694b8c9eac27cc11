//! Recall cards: they come on their day, in other words, once, and change nothing else.

use chrono::TimeDelta;
use http::StatusCode;
use kokoroe_courses::{Content, Family, Place};
use kokoroe_server::id::{PeriodId, StaffId};
use kokoroe_server::requirements::status::Status;
use kokoroe_server::requirements::store as requirements;
use kokoroe_server::training::overview::Overview;
use kokoroe_server::training::store as training;
use kokoroe_server::training::walk::Standing;
use kokoroe_server::{audit, on};

use crate::support::lesson::{CARDS, MODULE, finish, learn, short_course};
use crate::support::people::Ward;
use crate::support::{Browser, TestSite, at, engines};

/// The last moment before a card of a module that was finished on 1 October 2026, and its first.
const BEFORE: &str = "2026-10-07T14:59:59Z";
const ON_THE_DAY: &str = "2026-10-07T15:00:00Z";

async fn hospital(engine: kokoroe_server::db::Engine) -> (TestSite, Ward, PeriodId) {
    let test = TestSite::teaching_on(engine, short_course()).await;
    let ward = test.ward().await;
    let period = test.period(&ward.nurse).await;
    (test, ward, period)
}

async fn on(test: &TestSite, moment: &str) -> Browser {
    test.clock.set(at(moment));
    test.signed_in("100001").await
}

/// The families of the test of the course.
fn families(test: &TestSite) -> Vec<Family> {
    match &test.site.content.module("final-test").expect("a test").1.content {
        Content::Test(pool) => pool.families.clone(),
        Content::Lesson(_) => panic!("no test"),
    }
}

/// The wordings of a family that a page shows.
fn shown(test: &TestSite, family: &str, page: &str) -> Vec<String> {
    let families = families(test);
    let family = families.iter().find(|known| known.id == family).expect("a family");
    let is_shown = |text: &kokoroe_courses::Text| page.contains(&text.ja);
    let fits = family.variants.iter().filter(|variant| variant.scene.as_ref().is_some_and(is_shown));
    fits.map(|variant| variant.id.clone()).collect()
}

/// Where the form of a card goes.
fn action(page: &str) -> String {
    let start = page.find("action=\"/recall/").expect("a form") + 8;
    let rest = &page[start..];
    rest[..rest.find('"').expect("an end")].replace("&amp;", "&")
}

async fn status(test: &TestSite, staff: &StaffId) -> Status {
    let mut conn = test.site.db.read().await.expect("a connection");
    let period = requirements::periods_of(&mut conn, staff).await.expect("periods").remove(0);
    Overview::load(&test.site, &mut conn, period).await.expect("an overview").status
}

async fn answers(test: &TestSite, staff: &StaffId) -> usize {
    let mut conn = test.site.db.read().await.expect("a connection");
    training::recalled(&mut conn, staff).await.expect("cards").len()
}

#[tokio::test]
async fn a_card_comes_on_its_day_is_answered_once_and_leaves_the_status_as_it_was() {
    for engine in engines() {
        let (test, ward, period) = hospital(engine).await;
        let mut browser = test.signed_in("100001").await;
        finish(&test, &mut browser, &ward.nurse, &period, MODULE).await;
        let mut early = on(&test, BEFORE).await;
        assert!(!early.get("/").await.body.contains("/recall"), "not a moment before the day");
        let none = early.get("/recall").await;
        assert!(none.body.contains("いまは、思い出しカードはありません"), "{}", none.body);

        let mut browser = on(&test, ON_THE_DAY).await;
        let home = browser.get("/").await;
        assert!(home.body.contains("思い出しカードが1枚あります"), "{}", home.body);
        let card = browser.get("/recall").await;
        assert_eq!(shown(&test, CARDS[0], &card.body).len(), 1, "{}", card.body);
        let address = action(&card.body);
        let stands = status(&test, &ward.nurse).await;

        let empty = browser.post(&address, &[]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(shown(&test, CARDS[0], &empty.body), shown(&test, CARDS[0], &card.body));
        let invented = browser.post(&address, &[("choice", "9")]).await;
        assert_eq!(invented.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", invented.body);
        assert_eq!(answers(&test, &ward.nurse).await, 0);

        let saved = browser.post(&address, &[("choice", "1")]).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        let twice = browser.post(&address, &[("choice", "1")]).await;
        assert_eq!(twice.location(), saved.location(), "a double click leads to the same page");
        let other = browser.post(&address, &[("choice", "2")]).await;
        assert_eq!(other.status, StatusCode::CONFLICT, "another answer changes nothing");
        let why = browser.get(saved.location()).await;
        assert!(why.body.contains("あなたの答え") && why.body.contains("data-verdict="), "{}", why.body);
        assert_eq!(answers(&test, &ward.nurse).await, 1);
        assert!(!browser.get("/").await.body.contains("/recall"), "it is not asked again");
        assert_eq!(status(&test, &ward.nurse).await, stands);
        let mut years_later = on(&test, "2029-10-08T00:00:00Z").await;
        assert_eq!(shown(&test, CARDS[0], &years_later.get(saved.location()).await.body).len(), 1);
    }
}

#[tokio::test]
async fn the_record_and_its_leaf_agree_and_cannot_be_altered() {
    for engine in engines() {
        let (test, ward, period) = hospital(engine).await;
        let mut browser = test.signed_in("100001").await;
        finish(&test, &mut browser, &ward.nurse, &period, MODULE).await;
        let mut browser = on(&test, ON_THE_DAY).await;
        let card = browser.get("/recall").await;
        browser.post(&action(&card.body), &[("choice", "1")]).await;
        let note = audit::sign_now(&test.site).await.expect("signed").expect("a checkpoint");
        let mut conn = test.site.db.read().await.expect("a connection");
        let log = test.site.ledger.log_at(test.site.now());
        let leaves = audit::store::leaves(&mut conn, &log, 0, note.size).await.expect("leaves");
        drop(conn);
        let leaf = leaves.iter().find(|leaf| leaf.kind == "recall.answer").expect("a leaf");
        let text = String::from_utf8_lossy(&leaf.body).into_owned();
        assert!(text.contains("\"family\":\"photo-background\"") && text.contains("\"module\":\"m1-photo\""));
        let check = audit::live_check(&test.site).await.expect("a check");
        assert!(check.is_whole(), "{:?}", check.logs);
        for statement in ["UPDATE recall_answer SET grade = 3", "DELETE FROM recall_answer"] {
            let outcome: Result<(), kokoroe_server::db::DbError> = test
                .site
                .db
                .write(move |tx| {
                    Box::pin(
                        async move { Ok(on!(tx, |c| sqlx::query(statement).execute(c).await.map(drop))?) },
                    )
                })
                .await;
            assert!(outcome.expect_err(statement).to_string().contains("append-only"));
        }
    }
}

#[tokio::test]
async fn a_question_of_the_test_comes_back_in_the_wording_that_was_not_given() {
    for engine in engines() {
        let (test, ward, period) = hospital(engine).await;
        let mut browser = test.signed_in("100001").await;
        finish(&test, &mut browser, &ward.nurse, &period, MODULE).await;
        finish(&test, &mut browser, &ward.nurse, &period, "final-test").await;
        let given = {
            let mut conn = test.site.db.read().await.expect("a connection");
            let period = requirements::period(&mut conn, &period).await.expect("read").expect("a period");
            let standing = Standing::load(&test.site, &mut conn, period, "final-test").await.expect("loaded");
            let standing = standing.expect("begun");
            let walk = standing.walk().expect("a walk");
            let given = walk.visits().iter().filter_map(|visit| match &visit.place {
                Place::Question(question) => Some((question.family.id.clone(), question.variant.id.clone())),
                _ => None,
            });
            given.collect::<Vec<_>>()
        };
        for (day, family) in [(ON_THE_DAY, CARDS[0]), ("2026-10-31T00:00:00Z", CARDS[1])] {
            let mut browser = on(&test, day).await;
            let card = browser.get("/recall").await;
            let [wording] = shown(&test, family, &card.body).try_into().expect("one wording");
            assert!(!given.contains(&(family.to_owned(), wording.clone())), "{family}: {given:?}");
            let other = given.iter().find(|(of, _)| of == family).map_or("no-such", |(_, variant)| variant);
            let chosen =
                action(&card.body).replace(&format!("wording={wording}"), &format!("wording={other}"));
            let refused = browser.post(&chosen, &[("choice", "2")]).await;
            assert_eq!(refused.location(), "/recall", "an address does not choose the question");
            let saved = browser.post(&action(&card.body), &[("choice", "2")]).await;
            assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        }
    }
}

#[tokio::test]
async fn a_card_is_nobody_elses_business() {
    let (test, ward, period) = hospital(kokoroe_server::db::Engine::Sqlite).await;
    let mut browser = test.signed_in("100001").await;
    finish(&test, &mut browser, &ward.nurse, &period, MODULE).await;
    let mut browser = on(&test, ON_THE_DAY).await;
    let address = action(&browser.get("/recall").await.body);
    let path = address.split('?').next().expect("a path").to_owned();
    for number in ["100002", "100010", "100020"] {
        let mut stranger = test.signed_in(number).await;
        assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND, "{number}");
        let answered = stranger.post(&address, &[("choice", "1")]).await;
        assert_eq!(answered.status, StatusCode::NOT_FOUND, "{number}");
        let put_off = stranger.post(&format!("{path}/later"), &[]).await;
        assert_eq!(put_off.status, StatusCode::NOT_FOUND, "{number}");
    }
    let before = manager_pages(&test, &ward).await;
    browser.post(&address, &[("choice", "1")]).await;
    assert_eq!(answers(&test, &ward.nurse).await, 1);
    assert_eq!(manager_pages(&test, &ward).await, before, "a manager's pages say the same as before");
    let next_month = path.replace("/1", "/2");
    let early = browser.post(&next_month, &[("choice", "1")]).await;
    assert_eq!(early.status, StatusCode::NOT_FOUND, "a card that is not due yet cannot be answered");
}

/// What the manager of the ward sees, without what differs each time.
async fn manager_pages(test: &TestSite, ward: &Ward) -> Vec<String> {
    let mut manager = test.signed_in("100010").await;
    let mut pages = Vec::new();
    for path in ["/team".to_owned(), format!("/team/people/{}", ward.nurse)] {
        let page = manager.get(&path).await.body;
        let nonce = page.find("nonce=\"").map(|at| page[at + 7..].split('"').next().unwrap_or("").to_owned());
        pages.push(page.replace(&nonce.unwrap_or_default(), ""));
    }
    pages
}

#[tokio::test]
async fn a_card_that_is_put_off_comes_back_after_a_week_twice_and_then_never() {
    for engine in engines() {
        let (test, ward, period) = hospital(engine).await;
        let mut browser = test.signed_in("100001").await;
        finish(&test, &mut browser, &ward.nurse, &period, MODULE).await;
        test.clock.set(at(ON_THE_DAY));
        for words in ["きょうはやめておく", "きょうはやめておく", "このカードはもう出さない"]
        {
            let mut browser = test.signed_in("100001").await;
            let card = browser.get("/recall").await;
            assert!(card.body.contains(words), "{}", card.body);
            let later = format!("{}/later", action(&card.body).split('?').next().expect("a path"));
            assert_eq!(browser.post(&later, &[]).await.location(), "/");
            assert_eq!(browser.post(&later, &[]).await.location(), "/", "twice is once");
            assert!(!browser.get("/").await.body.contains("/recall"));
            test.clock.advance(TimeDelta::days(6));
            let mut browser = test.signed_in("100001").await;
            assert!(!browser.get("/").await.body.contains("/recall"));
            test.clock.advance(TimeDelta::days(1));
        }
        let mut browser = test.signed_in("100001").await;
        assert!(!browser.get("/").await.body.contains("/recall"), "it was put off for good");
        assert_eq!(answers(&test, &ward.nurse).await, 0);
        let mut browser = on(&test, "2026-10-31T00:00:00Z").await;
        let card = browser.get("/recall").await;
        assert_eq!(shown(&test, CARDS[1], &card.body).len(), 1, "the next card comes all the same");
    }
}

#[tokio::test]
async fn whoever_was_wrong_and_very_sure_gets_one_card_more_about_the_same_clause() {
    let (test, ward, period) = hospital(kokoroe_server::db::Engine::Sqlite).await;
    let other = test.period(&ward.other_nurse).await;
    for (number, staff, period, level) in
        [("100001", &ward.nurse, &period, "4"), ("100002", &ward.other_nurse, &other, "2")]
    {
        let mut browser = test.signed_in(number).await;
        learn(&test, &mut browser, (staff, period), MODULE, None, ("ward-photo", level)).await;
    }
    test.clock.set(at("2026-10-14T15:00:00Z"));
    let mut sure = test.signed_in("100001").await;
    assert!(sure.get("/").await.body.contains("思い出しカードが2枚あります"));
    let card = sure.get("/recall").await;
    sure.post(&action(&card.body), &[("choice", "1")]).await;
    let card = sure.get("/recall").await;
    assert_eq!(shown(&test, CARDS[3], &card.body).len(), 1, "{}", card.body);
    assert_eq!(sure.post(&action(&card.body), &[("choice", "1")]).await.status, StatusCode::SEE_OTHER);
    let mut doubtful = test.signed_in("100002").await;
    assert!(doubtful.get("/").await.body.contains("思い出しカードが1枚あります"), "who doubted gets no more");
}

#[tokio::test]
async fn the_pages_speak_english_too() {
    let (test, ward, period) = hospital(kokoroe_server::db::Engine::Sqlite).await;
    let mut browser = test.signed_in("100001").await;
    finish(&test, &mut browser, &ward.nurse, &period, MODULE).await;
    let mut browser = on(&test, ON_THE_DAY).await;
    browser.post("/language", &[("lang", "en"), ("return_to", "/")]).await;
    assert!(browser.get("/").await.body.contains("There is one recall card for you"));
    let card = browser.get("/recall").await;
    assert!(card.body.contains("one week on") && card.body.contains("Not today"), "{}", card.body);
    let saved = browser.post(&action(&card.body), &[("choice", "1")]).await;
    assert!(browser.get(saved.location()).await.body.contains("Your answer"));
}
