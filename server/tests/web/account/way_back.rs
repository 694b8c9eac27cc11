//! Somebody whose session ended or whose screen was locked learns what was not taken, and comes back to where they were.

use chrono::TimeDelta;
use http::StatusCode;

use crate::support::{Browser, PASSWORD, TestSite, engines};

async fn on_a_shared_pc(test: &TestSite) -> Browser {
    let mut browser = test.browser();
    let fields = [("number", "100001"), ("password", PASSWORD), ("shared_pc", "on")];
    assert_eq!(browser.post("/sign-in", &fields).await.status, StatusCode::SEE_OTHER);
    browser
}

#[tokio::test]
async fn an_answer_that_came_after_the_session_leads_through_the_sign_in_back_to_its_step() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let period = test.period(&ward.nurse).await;
        let mut browser = on_a_shared_pc(&test).await;
        let step = format!("/learn/{period}/m1-photo/1");
        browser.post(&format!("/learn/{period}/m1-photo"), &[]).await;
        test.clock.advance(TimeDelta::minutes(31));
        let mut reader = browser.clone();
        for address in [step.clone(), format!("{step}/again"), format!("{step}/draft")] {
            let answer = browser.post(&address, &[("choice", "a")]).await;
            let expected = format!("/sign-in?return_to={step}&notice=unsent");
            assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, expected.as_str()));
            let page = browser.get(answer.location()).await;
            assert!(page.body.contains("最後に送ったものは保存されていません"), "{}", page.body);
            assert!(page.body.contains(&format!("value=\"{step}\"")), "{}", page.body);
        }
        let expected = format!("/sign-in?return_to={step}&notice=expired");
        let answer = reader.get(&step).await;
        assert_eq!(answer.location(), expected, "whoever only reads has lost nothing");
        assert!(reader.get(&expected).await.body.contains("保存された答えは、そのまま残っています"));
        assert_eq!(reader.get(&step).await.location(), format!("/sign-in?return_to={step}"), "told once");
        let fields = [("number", "100001"), ("password", PASSWORD), ("return_to", &step)];
        assert_eq!(browser.post("/sign-in", &fields).await.location(), step);
        assert_eq!(browser.get(&step).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn an_answer_that_came_to_a_locked_screen_leads_back_to_its_step_after_unlocking() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let period = test.period(&ward.nurse).await;
    let mut browser = on_a_shared_pc(&test).await;
    let step = format!("/learn/{period}/m1-photo/1");
    browser.post(&format!("/learn/{period}/m1-photo"), &[]).await;
    test.clock.advance(TimeDelta::minutes(15));
    for address in [step.clone(), format!("{step}/again"), format!("{step}/draft")] {
        let answer = browser.post(&address, &[("choice", "a")]).await;
        assert_eq!(answer.location(), format!("/locked?return_to={step}&unsent=1"));
        let page = browser.get(answer.location()).await;
        assert!(page.body.contains("最後に送ったものは保存されていません"), "{}", page.body);
    }
    let wrong = [("password", "not the password at all"), ("return_to", step.as_str()), ("unsent", "on")];
    let wrong = browser.post("/locked", &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("最後に送ったものは保存されていません"), "it is said until it is read");
    let again = format!("{step}/again");
    let unlocked = browser.post("/locked", &[("password", PASSWORD), ("return_to", &again)]).await;
    assert_eq!(unlocked.location(), step, "a page, not an address that only takes forms");
    assert_eq!(browser.get(&step).await.status, StatusCode::OK);
    let nothing = browser.get(&format!("/locked?return_to={step}")).await;
    assert_eq!(nothing.location(), step, "where nothing is locked, nothing has to be unlocked");
}

#[tokio::test]
async fn somebody_who_reads_for_long_on_a_shared_pc_is_not_locked_out_of_their_answer() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let period = test.period(&ward.nurse).await;
        let mut browser = on_a_shared_pc(&test).await;
        let module = format!("/learn/{period}/m1-photo");
        for _ in 0..5 {
            test.clock.advance(TimeDelta::minutes(9));
            assert_eq!(browser.post("/still-here", &[]).await.status, StatusCode::NO_CONTENT);
        }
        test.clock.advance(TimeDelta::seconds(59));
        browser.get("/").await;
        // The screen is covered ten minutes after the last key, and that may have been a minute after what was noted last.
        test.clock.advance(TimeDelta::minutes(10));
        assert_eq!(browser.post(&module, &[]).await.location(), format!("{module}/2"), "it is taken");
        test.clock.advance(TimeDelta::minutes(12));
        let late = browser.post("/still-here", &[]).await;
        assert_eq!(late.location(), "/locked?return_to=/&unsent=1", "a locked screen stays locked");
        assert!(browser.get("/").await.location().starts_with("/locked"));
    }
}

#[tokio::test]
async fn a_screen_that_locks_itself_after_its_session_ended_says_so_and_comes_back() {
    let test = TestSite::new().await;
    test.ward().await;
    let mut browser = on_a_shared_pc(&test).await;
    test.clock.advance(TimeDelta::minutes(45));
    let answer = browser.post("/locked", &[("return_to", "/history")]).await;
    assert_eq!(answer.location(), "/sign-in?return_to=/history&notice=expired");
}
