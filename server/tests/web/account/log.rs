//! Who tried to sign in, from where, and what came of it, as the log of the program says it.

use std::cell::RefCell;
use std::io::Write;
use std::net::SocketAddr;

use axum::extract::ConnectInfo;
use http::header::CONTENT_TYPE;
use http::{Request, StatusCode};
use serde_json::Value;

use crate::support::{PASSWORD, TestSite, form};

thread_local! {
    /// What the program wrote into its log in this thread, if somebody listens.
    static KEPT: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// The log of the thread that writes. There is one for the whole process, because a place in the program that was passed while nobody listened
/// may stay silent for good.
struct OfThisThread;

impl Write for OfThisThread {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        KEPT.with_borrow_mut(|kept| kept.iter_mut().for_each(|kept| kept.extend_from_slice(bytes)));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn listen() {
    let log = tracing_subscriber::fmt().json().flatten_event(true).with_writer(|| OfThisThread);
    log.try_init().expect("nobody else listens");
    KEPT.set(Some(Vec::new()));
}

/// What was written since.
fn heard() -> String {
    String::from_utf8(KEPT.take().expect("somebody listened")).expect("text")
}

/// Way, outcome, person and address of each line about a sign-in or sign-out.
fn tries(text: &str) -> Vec<[String; 4]> {
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line is JSON"));
    let tries = lines.filter(|line| line["target"] == "kokoroe_server::account::log");
    tries
        .map(|line| {
            assert_eq!(line["level"], "INFO");
            ["way", "outcome", "staff", "address"]
                .map(|field| line[field].as_str().unwrap_or_default().to_owned())
        })
        .collect()
}

#[tokio::test]
async fn every_try_to_sign_in_and_every_sign_out_is_a_line_without_what_was_typed() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let nurse = ward.nurse.as_str();
    // Everything of this test happens in this thread.
    listen();

    let mut browser = test.browser();
    let (unknown, wrong) = ("hunter2-in-the-wrong-field", "not the password at all");
    let status = |number, password| {
        let mut browser = browser.clone();
        async move { browser.post("/sign-in", &[("number", number), ("password", password)]).await.status }
    };
    assert_eq!(status(unknown, wrong).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(status("100001", "").await, StatusCode::UNPROCESSABLE_ENTITY);
    for _ in 0..4 {
        assert_eq!(status("100001", wrong).await, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(status("100001", PASSWORD).await, StatusCode::TOO_MANY_REQUESTS);
    let first =
        [("number", "100001"), ("code", "ABCD-EFGH-JKLM"), ("password", wrong), ("password_again", wrong)];
    test.clock.advance(chrono::TimeDelta::minutes(2));
    assert_eq!(browser.post("/sign-in/first", &first).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    test.clock.advance(chrono::TimeDelta::minutes(2));
    let mut request = Request::post("/sign-in")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .body(form(&[("number", "100001"), ("password", PASSWORD)]).into())
        .expect("a request");
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 7], 4711))));
    assert_eq!(browser.send(request).await.status, StatusCode::SEE_OTHER);
    for password in [wrong, PASSWORD] {
        browser.post("/locked", &[("password", password)]).await;
    }
    browser.post("/sign-out", &[]).await;
    browser.post("/sign-out", &[]).await;
    let text = heard();

    let here = "127.0.0.1";
    assert_eq!(
        tries(&text),
        [
            ["password", "wrong", "", here],
            ["password", "incomplete", "", here],
            ["password", "wrong", nurse, here],
            ["password", "wrong", nurse, here],
            ["password", "wrong", nurse, here],
            ["password", "wrong", nurse, here],
            ["password", "wait", nurse, here],
            ["code", "wrong", nurse, here],
            ["password", "right", nurse, "192.0.2.7"],
            ["again", "wrong", nurse, ""],
            ["again", "right", nurse, ""],
            ["", "out", nurse, here],
        ]
    );
    for typed in [unknown, wrong, PASSWORD, "100001", "ABCD"] {
        assert!(!text.contains(typed), "{typed} is in the log: {text}");
    }
}
