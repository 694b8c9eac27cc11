//! Changing one's own password.

use http::StatusCode;

use crate::support::{PASSWORD, TestSite, engines};

const PATH: &str = "/settings/password";
const NEW: &str = "夜勤あけの朝ごはんは卵かけ御飯";

#[tokio::test]
async fn a_changed_password_ends_every_other_session_and_keeps_this_one() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        test.ward().await;
        let mut here = test.signed_in("100001").await;
        let mut phone = test.signed_in("100001").await;
        let mut neighbour = test.signed_in("100002").await;
        assert!(here.get("/settings").await.body.contains(PATH), "it is found from the settings");
        assert_eq!(here.get(PATH).await.status, StatusCode::OK);
        let fields = [("present", PASSWORD), ("password", NEW), ("password_again", NEW)];
        let changed = here.post(PATH, &fields).await;
        assert_eq!(changed.location(), "/settings/password?changed=1", "{}", changed.body);
        assert!(here.get(changed.location()).await.body.contains("パスワードを変えました"));
        assert_eq!(phone.get("/").await.location(), "/sign-in?notice=expired");
        assert_eq!(neighbour.get("/").await.status, StatusCode::OK, "nobody else is signed out");
        let old = phone.post("/sign-in", &[("number", "100001"), ("password", PASSWORD)]).await;
        assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
        let new = phone.post("/sign-in", &[("number", "100001"), ("password", NEW)]).await;
        assert_eq!(new.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn a_password_is_changed_only_by_whoever_knows_the_present_one_and_guessing_gets_slower() {
    let test = TestSite::new().await;
    test.ward().await;
    let mut nobody = test.browser();
    assert_eq!(nobody.get(PATH).await.location(), "/sign-in?return_to=/settings/password");
    let mut browser = test.signed_in("100001").await;
    let guess = [("present", "not the password at all"), ("password", NEW), ("password_again", NEW)];
    for _ in 0..4 {
        let refused = browser.post(PATH, &guess).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("今のパスワードが違っています"), "{}", refused.body);
        assert!(!refused.body.contains("not the password at all") && !refused.body.contains(NEW));
    }
    let right = [("present", PASSWORD), ("password", NEW), ("password_again", NEW)];
    let waits = browser.post(PATH, &right).await;
    assert!(waits.body.contains("待ってからもう一度"), "even the right password waits: {}", waits.body);
    let elsewhere = test.browser().post("/sign-in", &[("number", "100001"), ("password", PASSWORD)]).await;
    assert_eq!(elsewhere.status, StatusCode::TOO_MANY_REQUESTS, "one count for both doors");
}

#[tokio::test]
async fn a_new_password_that_is_refused_says_by_which_rule() {
    let test = TestSite::new().await;
    test.ward().await;
    let mut browser = test.signed_in("100001").await;
    for (present, new, again, why) in [
        ("", NEW, NEW, "今のパスワードを入れてください"),
        (PASSWORD, "", "", "新しいパスワードを入れてください"),
        (PASSWORD, NEW, "another one entirely", "二つのパスワードが違っています"),
        (PASSWORD, PASSWORD, PASSWORD, "今のパスワードと同じです"),
        (PASSWORD, "短い", "短い", "短すぎます"),
        (PASSWORD, "suzuki-100001-suzuki", "suzuki-100001-suzuki", "自分の名前か職員番号"),
        (PASSWORD, "qwertyuiop12345", "qwertyuiop12345", "よく使われる言葉"),
    ] {
        let fields = [("present", present), ("password", new), ("password_again", again)];
        let answer = browser.post(PATH, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{new}");
        assert!(answer.body.contains(why), "{new}: {}", answer.body);
    }
    assert_eq!(test.signed_in("100001").await.get("/").await.status, StatusCode::OK, "nothing was changed");
}
