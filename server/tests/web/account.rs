//! Signing in and out, and the door.

mod log;
mod looks;
mod own_password;
mod way_back;

use axum::body::Body;
use chrono::TimeDelta;
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use http::{Method, Request, StatusCode};
use kokoroe_server::account::{self, secret, store::NewCredential};
use kokoroe_server::db::DbError;
use kokoroe_server::id::StaffId;
use kokoroe_server::people::{self, Scribe};

use crate::support::facts::stand_alone;
use crate::support::{Browser, ORIGIN, PASSWORD, TestSite, day, engines};

async fn write_account(test: &TestSite, staff: &StaffId, new: NewCredential) {
    let (staff, now) = (staff.clone(), test.site.now());
    let done: Result<(), DbError> = test
        .site
        .db
        .write(move |tx| Box::pin(async move { account::open(tx, &staff, new, now).await }))
        .await;
    done.expect("an account");
}

/// A page as anybody gets it: without what differs each time, and without the number that was typed.
fn without_nonce(text: &str) -> String {
    let mut rest = text.replace("999999", "N").replace("100001", "N");
    while let Some(at) = rest.find("nonce=\"") {
        let end = rest[at + 7..].find('"').expect("a quote") + at + 8;
        rest.replace_range(at..end, "");
    }
    rest
}

#[tokio::test]
async fn a_wrong_number_and_a_wrong_password_look_alike() {
    let test = TestSite::new().await;
    test.ward().await;
    let mut browser = test.browser();
    let unknown = browser.post("/sign-in", &[("number", "999999"), ("password", "wrong wrong wrong")]).await;
    let wrong = browser.post("/sign-in", &[("number", "100001"), ("password", "wrong wrong wrong")]).await;
    assert_eq!(
        (unknown.status, wrong.status),
        (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY)
    );
    assert_eq!(without_nonce(&unknown.body), without_nonce(&wrong.body));
    assert!(!wrong.body.contains("wrong wrong wrong"), "a password never comes back");
}

#[tokio::test]
async fn after_the_last_day_the_right_password_is_answered_like_a_wrong_one() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let (site, nurse) = (test.site.clone(), ward.nurse.clone());
        let leaves = test.site.db.write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                let nurse = people::staff::staff(tx, &nurse).await?.expect("a nurse");
                people::leave_hospital(tx, &by, nurse, day("2026-10-02")).await
            })
        });
        leaves.await.expect("a last day");
        let mut browser = test.browser();
        let right = [("number", "100001"), ("password", PASSWORD)];
        let wrong = [("number", "100001"), ("password", "wrong wrong wrong")];
        assert_eq!(
            browser.post("/sign-in", &right).await.status,
            StatusCode::SEE_OTHER,
            "the last day itself"
        );
        test.clock.advance(TimeDelta::days(1));
        let mut browser = test.browser();
        let (right, wrong) = (browser.post("/sign-in", &right).await, browser.post("/sign-in", &wrong).await);
        assert_eq!(right.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(right.body.contains("確かめられませんでした"), "{}", right.body);
        assert_eq!(without_nonce(&right.body), without_nonce(&wrong.body));
        assert!(browser.cookies.is_empty());
    }
}

#[tokio::test]
async fn full_width_digits_are_a_staff_number_too() {
    let test = TestSite::new().await;
    test.ward().await;
    let mut browser = test.browser();
    let answer = browser
        .post("/sign-in", &[("number", "１００００１"), ("password", PASSWORD), ("return_to", "/history")])
        .await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/history"));
    let answer = browser
        .post("/sign-in", &[("number", "100001"), ("password", PASSWORD), ("return_to", "//evil.example")])
        .await;
    assert_eq!(answer.location(), "/", "nobody is sent elsewhere");
}

#[tokio::test]
async fn guessing_gets_slower_and_is_never_locked_for_good() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        test.ward().await;
        let mut browser = test.browser();
        for _ in 0..4 {
            browser.post("/sign-in", &[("number", "100001"), ("password", "wrong wrong wrong")]).await;
        }
        let right = browser.post("/sign-in", &[("number", "100001"), ("password", PASSWORD)]).await;
        assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS, "even the right password waits");
        test.clock.advance(TimeDelta::seconds(61));
        let right = browser.post("/sign-in", &[("number", "100001"), ("password", PASSWORD)]).await;
        assert_eq!(right.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn the_first_sign_in_takes_a_one_time_code_once_and_keeps_an_own_password() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let code = secret::legible_code(12);
    let until = test.site.now() + TimeDelta::days(14);
    let kept = secret::fingerprint(&secret::normal_code(&code));
    write_account(&test, &ward.nurse, NewCredential { password: None, code: Some((kept, until)) }).await;
    let mut browser = test.browser();
    let old = browser.post("/sign-in", &[("number", "100001"), ("password", PASSWORD)]).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    let new = "夜勤あけの朝ごはんは卵かけ御飯";
    let typed = code.to_lowercase();
    let fields = |password: &'static str, again: &'static str| {
        [("number", "100001"), ("password", password), ("password_again", again)]
    };
    for (password, again, why) in [
        ("short", "short", "短すぎます"),
        (new, "another one entirely", "二つのパスワードが違っています"),
        ("my number is 100001!", "my number is 100001!", "自分の名前か職員番号"),
        ("病院への道を鈴木さんと歩いた朝", "病院への道を鈴木さんと歩いた朝", "自分の名前か職員番号"),
        ("the kokoroe umbrella", "the kokoroe umbrella", "病院かこの研修の名前"),
        ("passwordpassword", "passwordpassword", "よく使われる言葉"),
    ] {
        let mut sent = fields(password, again).to_vec();
        sent.push(("code", &typed));
        let answer = browser.post("/sign-in/first", &sent).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{password}");
        assert!(answer.body.contains(why), "the rule is named: {password}");
    }
    let mut sent = fields(new, new).to_vec();
    sent.push(("code", &typed));
    let answer = browser.post("/sign-in/first", &sent).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let again = browser.post("/sign-in/first", &sent).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "a code works once");
    let signed = browser.post("/sign-in", &[("number", "100001"), ("password", new)]).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn whoever_has_no_code_reads_where_the_hospital_gives_one_out() {
    let test = TestSite::new().await;
    let inner = test.site.clone();
    let set: Result<(), DbError> = test
        .site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let by = people::Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: "system" };
                people::hospital::set(tx, &by, "hospital.help", "研修係 内線7").await
            })
        })
        .await;
    set.expect("a word of the hospital");
    let before = test.browser().get("/sign-in/first").await;
    assert!(before.body.contains("教育研修の担当"), "until it is known: {}", before.body);
    let site =
        kokoroe_server::start::site(test.site.config.clone(), test.clock.clone()).await.expect("a site");
    let mut browser = Browser::at(&site);
    assert!(browser.get("/sign-in/first").await.body.contains("研修係 内線7 で新しいものを受け取れます"));
    let fields = [("number", "1"), ("code", "x"), ("password", "x y z"), ("password_again", "x y z")];
    let refused = browser.post("/sign-in/first", &fields).await;
    assert!(refused.body.contains("新しいコードは 研修係 内線7 で受け取れます"), "{}", refused.body);
}

#[tokio::test]
async fn signing_out_and_closing_an_account_work_at_once() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut browser = test.signed_in("100001").await;
        let mut stolen = browser.clone();
        assert_eq!(browser.post("/sign-out", &[]).await.status, StatusCode::SEE_OTHER);
        assert!(browser.cookies.is_empty());
        assert_eq!(
            stolen.get("/").await.location(),
            "/sign-in?notice=expired",
            "a copy of the cookies is worth nothing"
        );
        let mut other = test.signed_in("100001").await;
        let (staff, now) = (ward.nurse.clone(), test.site.now());
        let closed: Result<(), DbError> = test
            .site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    stand_alone(tx).await?;
                    account::close(tx, &staff, now).await
                })
            })
            .await;
        closed.expect("closed");
        assert_eq!(other.get("/").await.location(), "/sign-in?notice=expired");
        let again = other.post("/sign-in", &[("number", "100001"), ("password", PASSWORD)]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn a_session_goes_on_by_its_refresh_token_and_a_replayed_one_ends_it() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        test.ward().await;
        let mut browser = test.signed_in("100001").await;
        let first = browser.clone();
        test.clock.advance(TimeDelta::seconds(account::session::access_seconds() + 1));
        assert_eq!(browser.get("/").await.status, StatusCode::OK, "the page is right at once");
        assert_ne!(browser.cookies, first.cookies, "and the tokens are new");
        let mut second_tab = first.clone();
        assert_eq!(second_tab.get("/").await.status, StatusCode::OK, "two tabs renew at the same time");
        let refresh =
            |b: &crate::support::Browser| b.cookies.iter().find(|(name, _)| name == "__Host-rt").cloned();
        assert_eq!(refresh(&second_tab), refresh(&browser), "and get the same successor");
        test.clock.advance(TimeDelta::minutes(11));
        let mut thief = first.clone();
        assert_eq!(thief.get("/").await.location(), "/sign-in?notice=expired", "an old token is refused");
        assert_eq!(
            browser.get("/").await.location(),
            "/sign-in?notice=expired",
            "and ends the session for both"
        );
    }
}

#[tokio::test]
async fn a_shared_pc_forgets_after_half_an_hour() {
    let test = TestSite::new().await;
    test.ward().await;
    let mut browser = test.browser();
    browser.post("/sign-in", &[("number", "100001"), ("password", PASSWORD), ("shared_pc", "on")]).await;
    assert_eq!(browser.get("/").await.status, StatusCode::OK);
    test.clock.advance(TimeDelta::minutes(31));
    assert_eq!(browser.get("/").await.location(), "/sign-in?notice=expired");
}

#[tokio::test]
async fn nothing_is_changed_for_another_site() {
    let test = TestSite::new().await;
    test.ward().await;
    let mut browser = test.signed_in("100001").await;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("x-none", ""),
    ] {
        for path in [
            "/sign-out",
            "/settings",
            "/language",
            "/sign-in",
            "/locked",
            "/still-here",
            "/settings/password",
        ] {
            let request = Request::post(path)
                .header(name, value)
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from("lang=en"))
                .expect("a request");
            assert_eq!(browser.send(request).await.status, StatusCode::FORBIDDEN, "{path} {name} {value}");
        }
    }
    let request = Request::post("/language")
        .header("origin", ORIGIN)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("lang=en&return_to=%2Fhistory"))
        .expect("a request");
    assert_eq!(browser.send(request).await.location(), "/history", "our own page without fetch metadata");
    assert!(browser.get("/").await.body.contains("<html lang=\"en\""), "the language follows the person");
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let test = TestSite::new().await;
    test.ward().await;
    let mut browser = test.browser();
    for path in
        ["/sign-in", "/no-such-page", "/", "/assets/none.css", "/healthz", "/readyz", "/verify", "/locked"]
    {
        let answer = browser.get(path).await;
        for name in [
            "x-content-type-options",
            "referrer-policy",
            "cross-origin-opener-policy",
            "content-security-policy",
            "cache-control",
        ] {
            assert!(answer.headers.contains_key(name), "{path} has no {name}");
        }
    }
    let page = browser.get("/sign-in").await;
    let policy = page.headers.get(CONTENT_SECURITY_POLICY).expect("a policy").to_str().expect("text");
    assert!(!policy.contains("unsafe-inline") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!page.body.contains(" style=\""), "no inline styles");
}

#[tokio::test]
async fn problems_are_pages_with_an_id_and_without_internals() {
    let test = TestSite::new().await;
    test.ward().await;
    let mut browser = test.signed_in("100001").await;
    let missing = browser.get("/no-such-page").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(missing.body.contains("<h1"), "{}", missing.body);
    let wrong = browser
        .send(
            Request::builder()
                .method(Method::DELETE)
                .uri("/settings")
                .header("sec-fetch-site", "same-origin")
                .body(Body::empty())
                .expect("a request"),
        )
        .await;
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
    let long = "x".repeat(300 * 1024);
    let large = browser.post("/settings", &[("lang", &long)]).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    let odd = Request::post("/settings")
        .header("sec-fetch-site", "same-origin")
        .header(CONTENT_TYPE, "text/plain")
        .body(Body::from("x"))
        .expect("a request");
    assert_eq!(browser.send(odd).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn only_those_who_may_reach_the_pages_of_managers_office_and_auditors() {
    let test = TestSite::new().await;
    test.ward().await;
    let mut nurse = test.signed_in("100001").await;
    for path in [
        "/team",
        "/office",
        "/office/people",
        "/office/people/import",
        "/office/departments",
        "/audit",
        "/audit/log",
        "/audit/content",
    ] {
        assert_eq!(nurse.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        let mut nobody = test.browser();
        assert!(nobody.get(path).await.location().starts_with("/sign-in"), "{path}");
    }
}
