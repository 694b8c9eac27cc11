//! The matrix of rights, `server/docs/authorisation.md`: every address of the router has a row, every row is asked for by everybody, and
//! what is refused leaves nothing behind.

use axum::body::Body;
use http::header::{ALLOW, CONTENT_TYPE, LOCATION};
use http::{Method, Request, StatusCode};
use kokoroe_server::db::Engine;
use kokoroe_server::routes::addresses;

use super::hospital::{Hospital, ROLES, fill, names};
use super::kept::{kept, unchanged};
use crate::support::{Answered, Browser, TestSite, engines};

const MATRIX: &str = include_str!("../../../docs/authorisation.md");

/// A row of the matrix.
pub(super) struct Row {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    of_the_fourth: bool,
    /// What each of the [`ROLES`] gets.
    expected: Vec<Expected>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    /// To the sign-in page.
    SignIn,
    /// 403: it is somebody else's work.
    No,
    /// 404, as if it did not exist.
    Hidden,
    /// It is theirs; with an empty form it comes to this.
    Theirs(u16),
}

impl Expected {
    fn read(cell: &str) -> Self {
        match cell {
            "sign in" => Self::SignIn,
            "no" => Self::No,
            "hidden" => Self::Hidden,
            status => Self::Theirs(status.parse().unwrap_or_else(|_| panic!("what is {status}?"))),
        }
    }

    /// Whether this is what was found. Where somebody has a right to what is not there, that looks like what is hidden.
    fn is(self, found: Self) -> bool {
        self == found || (self == Self::Theirs(404) && found == Self::Hidden)
    }

    fn of(answer: &Answered) -> Self {
        let location = answer.headers.get(LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
        match answer.status {
            StatusCode::SEE_OTHER if location.starts_with("/sign-in") => Self::SignIn,
            StatusCode::FORBIDDEN => Self::No,
            StatusCode::NOT_FOUND => Self::Hidden,
            status => Self::Theirs(status.as_u16()),
        }
    }
}

pub(super) fn rows() -> Vec<Row> {
    let rows = MATRIX.lines().filter(|line| line.starts_with("| GET ") || line.starts_with("| POST "));
    rows.map(|line| {
        let cells: Vec<&'static str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [method, path, of, expected @ ..] = cells.as_slice() else { panic!("a short row: {line}") };
        assert_eq!(expected.len(), ROLES.len(), "{line}");
        Row {
            method,
            path: path.trim_matches('`'),
            of_the_fourth: *of == "4",
            expected: expected.iter().map(|cell| Expected::read(cell)).collect(),
        }
    })
    .collect()
}

/// A request with an empty form.
async fn ask(browser: &mut Browser, method: &str, path: &str) -> Answered {
    if method == "POST" { browser.post(path, &[]).await } else { browser.get(path).await }
}

#[tokio::test]
async fn every_address_of_the_router_has_a_row_and_every_row_an_address() {
    let test = TestSite::new().await;
    let mut browser = test.browser();
    let mut routed = Vec::new();
    for path in addresses().paths() {
        let request = Request::builder()
            .method(Method::PATCH)
            .uri(fill(path, |_| "x".to_owned()))
            .header("sec-fetch-site", "same-origin");
        let answer = browser.send(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        let allowed = answer.headers.get(ALLOW).expect("the methods that there are").to_str().expect("text");
        // Whoever may read a page may ask for its head.
        let methods = allowed.split(',').filter(|method| *method != "HEAD");
        routed.extend(methods.map(|method| format!("{method} {path}")));
    }
    let mut told: Vec<String> = rows().iter().map(|row| format!("{} {}", row.method, row.path)).collect();
    told.dedup();
    let untold: Vec<&String> = routed.iter().filter(|route| !told.contains(route)).collect();
    assert!(untold.is_empty(), "without a row in server/docs/authorisation.md: {untold:#?}");
    let gone: Vec<&String> = told.iter().filter(|row| !routed.contains(row)).collect();
    assert!(gone.is_empty(), "without an address in the router: {gone:#?}");
}

/// Names that somebody might try to be somebody else by, in an address and in a form.
const SMUGGLED: &str = "staff=100020&staff_id=0&user_id=0&user=&id=&role=office&office=1&auditor=1&admin=true\
                        &is_admin=1&department_id=&_method=GET&actor=system";

/// The same request, dressed up.
async fn dressed_up(browser: &mut Browser, row: &Row, path: &str) -> Answered {
    let joint = if path.contains('?') { '&' } else { '?' };
    let request = Request::builder()
        .method(row.method)
        .uri(format!("{path}{joint}{SMUGGLED}"))
        .header("sec-fetch-site", "same-origin")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("x-http-method-override", "GET")
        .header("x-original-url", "/healthz")
        .header("x-rewrite-url", "/healthz")
        .header("x-forwarded-for", "127.0.0.1")
        .header("x-forwarded-user", "100020")
        .header("x-remote-user", "100020")
        .header("authorization", "Basic MTAwMDIwOg==");
    browser.send(request.body(Body::from(SMUGGLED)).expect("a request")).await
}

/// The head of a page.
async fn head(browser: &mut Browser, path: &str) -> Answered {
    browser.send(Request::head(path).body(Body::empty()).expect("a request")).await
}

#[tokio::test]
async fn whoever_may_gets_it_and_everybody_else_is_refused_without_a_trace() {
    for engine in engines() {
        let hospital = Hospital::on(engine).await;
        let before = kept(&hospital.test).await;
        let mut wrong = Vec::new();
        for (role, (who, _)) in ROLES.iter().enumerate() {
            let mut browser = hospital.browser(role).await;
            for row in rows() {
                let (expected, path) = (row.expected[role], hospital.address(row.path, row.of_the_fourth));
                let mut note = |how: &str, answer: &Answered| {
                    let found = Expected::of(answer);
                    if !expected.is(found) {
                        let method = row.method;
                        wrong.push(format!("{who} {method} {path}{how}: {expected:?}, but {found:?}"));
                    }
                };
                let theirs = matches!(expected, Expected::Theirs(_));
                if row.method == "POST" && theirs {
                    continue;
                }
                note("", &ask(&mut browser, row.method, &path).await);
                if !theirs && matches!(role, 1 | 2) && engine == Engine::Sqlite {
                    note(" (dressed up)", &dressed_up(&mut browser, &row, &path).await);
                    if row.method == "GET" {
                        note(" (its head)", &head(&mut browser, &path).await);
                    }
                }
            }
        }
        unchanged(&before, &kept(&hospital.test).await, "what is read or refused");
        for (role, (who, _)) in ROLES.iter().enumerate() {
            for row in rows() {
                let (expected, path) = (row.expected[role], hospital.address(row.path, row.of_the_fourth));
                if row.method == "GET" || !matches!(expected, Expected::Theirs(_)) {
                    continue;
                }
                // What is done here may end the session.
                let mut browser = hospital.browser(role).await;
                let found = Expected::of(&ask(&mut browser, row.method, &path).await);
                if !expected.is(found) {
                    wrong.push(format!("{who} POST {path}: {expected:?}, but {found:?}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{engine:?}: {wrong:#?}");
    }
}

/// What stands in the place of an id and is none, or is one that nobody has.
const HOSTILE: [&str; 14] = [
    "01999999-9999-7999-8999-999999999999",
    "00000000-0000-0000-0000-000000000000",
    "0",
    "-1",
    "99999999999999999999999",
    "null",
    "%20",
    "%00",
    "%FF%FE",
    "..%2F..%2Fetc%2Fpasswd",
    "1%27%20OR%20%271%27%3D%271",
    "*",
    "%EF%BC%91",
    "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
];

/// Names that are looked up, of which one who is allowed to ask may ask for any: a wrong one leads on to where they stand.
const COUNTED: [&str; 2] = ["turn", "number"];

#[tokio::test]
async fn an_id_that_is_none_is_not_found_by_anybody() {
    let hospital = Hospital::on(Engine::Sqlite).await;
    let before = kept(&hospital.test).await;
    let long = "9".repeat(4000);
    let mut tried = 0;
    for (role, (who, _)) in ROLES.iter().enumerate() {
        let mut browser = hospital.browser(role).await;
        // Whoever may ask, and a nurse, who may ask for little.
        let asks = |row: &Row| role == 1 || matches!(row.expected[role], Expected::Theirs(_));
        for row in rows().iter().filter(|row| !row.of_the_fourth && asks(row)) {
            for hostile in names(row.path) {
                for id in HOSTILE.iter().copied().chain([long.as_str()]) {
                    let path = fill(row.path, |name| {
                        if name == hostile { id.to_owned() } else { hospital.value(row.path, name, false) }
                    });
                    let answer = ask(&mut browser, row.method, &path).await;
                    let status = answer.status.as_u16();
                    let refused = matches!(status, 400 | 403 | 404 | 422)
                        || Expected::of(&answer) == Expected::SignIn
                        || (COUNTED.contains(&hostile) && matches!(status, 303 | 409))
                        // Pressed twice, what takes away leads on; that nothing was done is asserted below.
                        || (["module", "part"].contains(&hostile) && row.method == "POST" && status == 303);
                    assert!(refused, "{who} {} {path}: {status}", row.method);
                    assert!(!answer.body.contains("<script>alert"), "{path}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 2000, "{tried}");
    unchanged(&before, &kept(&hospital.test).await, "ids that are none");
}

#[tokio::test]
async fn a_refusal_does_not_tell_whether_there_is_something() {
    let hospital = Hospital::on(Engine::Sqlite).await;
    let nobodys = "01999999-9999-7999-8999-999999999999";
    let mut compared = 0;
    for role in [1, 2] {
        let who = ROLES[role].0;
        let mut browser = hospital.browser(role).await;
        for row in rows().iter().filter(|row| !matches!(row.expected[role], Expected::Theirs(_))) {
            if names(row.path).is_empty() {
                continue;
            }
            let real = hospital.address(row.path, row.of_the_fourth);
            let is_id = |value: &str| value.len() == nobodys.len() && value.matches('-').count() == 4;
            let invented = fill(row.path, |name| {
                let value = hospital.value(row.path, name, row.of_the_fourth);
                if is_id(&value) { nobodys.to_owned() } else { value }
            });
            if invented == real {
                continue;
            }
            let there = ask(&mut browser, row.method, &real).await;
            let not_there = ask(&mut browser, row.method, &invented).await;
            assert_eq!(there.status, not_there.status, "{who} {} {real}", row.method);
            assert_eq!(
                without_itself(&there, &real),
                without_itself(&not_there, &invented),
                "{} {} {real}",
                who,
                row.method
            );
            compared += 1;
        }
    }
    assert!(compared > 90, "{compared}");
}

/// A page of refusal without what differs each time: its nonce, its number and its own address.
fn without_itself(answer: &Answered, path: &str) -> String {
    let mut body = answer.body.replace(path, "").replace(kokoroe_server::http::page_of(path), "");
    for mark in ["nonce=\"", "<code>"] {
        while let Some(at) = body.find(mark) {
            let end = body[at + mark.len()..].find(['"', '<']).expect("an end") + at + mark.len();
            body.replace_range(at..end, "");
        }
    }
    body
}

#[tokio::test]
async fn no_address_takes_a_form_from_another_site() {
    let hospital = Hospital::on(Engine::Sqlite).await;
    let before = kept(&hospital.test).await;
    let foreign = [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "none")],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site"), ("origin", crate::support::ORIGIN)],
        &[],
    ];
    for role in 0..ROLES.len() {
        let mut browser = hospital.browser(role).await;
        // Asked by the first to whom it is open: others are refused anyway.
        let first = |row: &Row| row.expected.iter().position(|cell| matches!(cell, Expected::Theirs(_)));
        for row in rows().iter().filter(|row| row.method == "POST" && first(row) == Some(role)) {
            let path = hospital.address(row.path, row.of_the_fourth);
            for headers in foreign {
                let mut request =
                    Request::post(&path).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
                for (name, value) in headers {
                    request = request.header(*name, *value);
                }
                let answer = browser.send(request.body(Body::empty()).expect("a request")).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {headers:?}");
            }
        }
    }
    unchanged(&before, &kept(&hospital.test).await, "forms of another site");
    let mut nurse = hospital.browser(1).await;
    assert_eq!(nurse.get("/").await.status, StatusCode::OK, "and nobody was signed out");
}
