//! How somebody likes to read, before and after signing in.

use http::StatusCode;

use crate::support::{Browser, PASSWORD, TestSite, engines};

const LARGE: [(&str, &str); 4] = [("lang", "ja"), ("text_size", "large"), ("furigana", "on"), ("calm", "on")];

fn has(browser: &Browser, cookie: &str) -> bool {
    browser.cookies.iter().any(|(name, _)| name == cookie)
}

#[tokio::test]
async fn what_a_visitor_sets_before_signing_in_is_kept_and_taken_along() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        test.ward().await;
        let mut browser = test.browser();
        assert_eq!(browser.post("/settings", &LARGE).await.status, StatusCode::SEE_OTHER);
        let page = browser.get("/sign-in").await;
        assert!(
            page.body.contains("data-text=\"large\"") && page.body.contains("data-calm"),
            "{}",
            page.body
        );
        browser.post("/language", &[("lang", "en")]).await;
        let page = browser.get("/settings").await;
        assert!(page.body.contains("data-text=\"large\"") && page.body.contains("lang=\"en\""));
        browser.post("/sign-in", &[("number", "100001"), ("password", PASSWORD)]).await;
        let mut phone = test.signed_in("100001").await;
        for device in [&mut browser, &mut phone] {
            let home = device.get("/").await;
            assert!(home.body.contains("data-text=\"large\"") && home.body.contains("<html lang=\"en\""));
        }
    }
}

#[tokio::test]
async fn whoever_has_chosen_as_themselves_keeps_it_whatever_the_browser_was_set_to() {
    let test = TestSite::new().await;
    test.ward().await;
    let mut own = test.signed_in("100001").await;
    own.post("/settings", &[("lang", "ja"), ("text_size", "standard")]).await;
    let mut ward_pc = test.browser();
    ward_pc.post("/settings", &LARGE).await;
    let fields = [("number", "100001"), ("password", PASSWORD), ("shared_pc", "on")];
    ward_pc.post("/sign-in", &fields).await;
    let home = ward_pc.get("/").await;
    assert!(home.body.contains("data-text=\"standard\"") && !home.body.contains("data-calm"));
    assert!(!has(&ward_pc, "looks"), "on a shared PC nothing is left for the next person");
}

#[tokio::test]
async fn settings_as_they_come_leave_no_cookie() {
    let test = TestSite::new().await;
    let mut browser = test.browser();
    browser.post("/settings", &LARGE).await;
    assert!(has(&browser, "looks"));
    browser.post("/settings", &[("lang", "ja"), ("text_size", "standard")]).await;
    assert!(!has(&browser, "looks"));
}
