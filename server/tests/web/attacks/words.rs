//! Words of people stay words: whatever somebody is called, writes, asks or answers, on every page of everybody. And what every answer
//! carries, so that a browser does not make more of it than was meant.

use http::StatusCode;
use http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use kokoroe_server::db::DbError;
use kokoroe_server::people::staff::{staff, update_staff};
use kokoroe_server::people::{Scribe, rename_department};

use super::hospital::{Hospital, ROLES};
use super::rights::rows;
use crate::reports::hospital::{leave, write};
use crate::reports::stored::Value;
use crate::support::solve::{self, Temper};
use crate::support::{Browser, TestSite, day};

/// What would run if it were not text: in a tag, in an attribute, in a title, in a text area, in a script, in the text of a drawing.
const HOSTILE: [&str; 6] = [
    "\"><img src=x onerror=alert(1)>",
    "</title><script>alert(2)</script>",
    "</textarea><svg onload=alert(3)>",
    "'-alert(4)-'</script><script>alert(4)</script>",
    "<iframe srcdoc=\"<script>alert(5)</script>\">",
    "<!--<svg><style><img src=\"</style><img src=x onerror=alert(6)//\">",
];

/// What of them must stand on no page as it was written.
const RUNS: [&str; 7] =
    ["<img src=x", "<script>alert", "<svg onload", "<iframe", "<!--<svg", "\" onerror=", "' onerror="];

fn assert_only_words(body: &str, what: &str) {
    for runs in RUNS {
        if let Some(at) = body.find(runs) {
            let from = body[..at].char_indices().rev().nth(80).map_or(0, |(at, _)| at);
            panic!("{what} has {runs}: …{}", body[from..].chars().take(200).collect::<String>());
        }
    }
}

/// The people, the department and the training get hostile names, and everybody writes hostile words wherever words can be written.
async fn attack(hospital: &Hospital) {
    let test = &hospital.test;
    let (site, nurse, manager) =
        (test.site.clone(), hospital.ward.nurse.clone(), hospital.ward.manager.clone());
    let third = hospital.ward.third.clone();
    let named: Result<(), DbError> = test
        .site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                for (id, word) in [(nurse, HOSTILE[0]), (manager, HOSTILE[1])] {
                    let mut person = staff(tx, &id).await?.expect("a person");
                    word.clone_into(&mut person.family);
                    HOSTILE[5].clone_into(&mut person.given);
                    HOSTILE[2].clone_into(&mut person.profession);
                    HOSTILE[3].clone_into(&mut person.employment);
                    update_staff(tx, &by, &person).await?;
                }
                rename_department(tx, &by, &third, HOSTILE[3], HOSTILE[4]).await
            })
        })
        .await;
    named.expect("named");
    leave(test, &hospital.ward.other_nurse, day("2026-09-01"), None).await;
    let draft = "UPDATE requirement_draft SET body = REPLACE(body, '撮影する人の研修', $1)";
    let escaped = serde_json::to_string(HOSTILE[1]).expect("a string");
    write(test, vec![(draft, vec![vec![Value::Text(escaped.trim_matches('"').to_owned())]])]).await;

    let mut browsers = Vec::new();
    for role in 0..ROLES.len() {
        browsers.push(hospital.browser(role).await);
    }
    let [_, nurse, manager, _, office, _] = browsers.try_into().unwrap_or_else(|_| panic!("six of them"));
    writes(hospital, nurse, manager, office).await;
}

async fn writes(hospital: &Hospital, mut nurse: Browser, mut manager: Browser, mut office: Browser) {
    let person = format!("/team/people/{}/notes", hospital.ward.nurse);
    for word in HOSTILE {
        let note = [("spoken_on", "2026-10-08"), ("way", "phone"), ("words", word)];
        assert_eq!(manager.post(&person, &note).await.status, StatusCode::SEE_OTHER);
    }
    let asking = hospital.address("/exceptions/{period}", false);
    for (kind, word) in [("exempt", HOSTILE[0]), ("assist", HOSTILE[2]), ("leave", HOSTILE[4])] {
        let asked = [("kind", kind), ("words", word), ("from", "2026-10-20"), ("until", "2026-11-30")];
        let asked = nurse.post(&asking, &asked).await;
        assert!(asked.status == StatusCode::SEE_OTHER || kind != "exempt", "{}", asked.body);
    }
    let deciding = hospital.address("/office/exceptions/{exception}", false);
    let decided = [("granted", "no"), ("reply", HOSTILE[1])];
    assert_eq!(office.post(&deciding, &decided).await.status, StatusCode::SEE_OTHER);
    let objection = hospital.address("/office/objections/{id}", false);
    office.post(&objection, &[("reply", HOSTILE[3])]).await;
    let binder = [
        ("form", "b"),
        ("requirement", hospital.ward.requirement.as_str()),
        ("at", ""),
        ("improve", HOSTILE[0]),
    ];
    assert_eq!(office.post("/office/binder", &binder).await.status, StatusCode::SEE_OTHER);
    let part = hospital.address("/office/policy/draft/parts/{part}", false);
    let seen = office.get(&part).await.body;
    let seen =
        seen.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a mark");
    let text = [("seen", seen), ("heading", HOSTILE[0]), ("text", HOSTILE[5])];
    drop(office.post(&part, &text).await);
}

#[tokio::test]
async fn words_of_people_are_run_by_no_page_of_anybody() {
    let hospital = Hospital::on(kokoroe_server::db::Engine::Sqlite).await;
    attack(&hospital).await;
    let (mut pages, mut told) = (0, 0);
    for (role, (who, _)) in ROLES.iter().enumerate() {
        let mut browser = hospital.browser(role).await;
        // Half of the roles read English: what is escaped is the same words.
        let lang = if role % 2 == 0 { "en" } else { "ja" };
        browser.post("/language", &[("lang", lang), ("return_to", "/")]).await;
        for row in rows().iter().filter(|row| row.method == "GET") {
            let path = hospital.address(row.path, false);
            let answer = browser.get(&path).await;
            if answer.headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
            {
                assert_only_words(&answer.body, &format!("{who} {path}"));
                pages += 1;
                told += usize::from(answer.body.contains("alert("));
            }
        }
        // What was typed comes back in the page, too.
        for (page, name) in
            [("/team", "q"), ("/office/people", "q"), ("/audit/roster", "q"), ("/verify", "number")]
        {
            for word in HOSTILE {
                let typed: String = word.bytes().map(|byte| format!("%{byte:02X}")).collect();
                let answer = browser.get(&format!("{page}?{name}={typed}&code={typed}&at={typed}")).await;
                assert_only_words(&answer.body, &format!("{who} {page}?{name}={word}"));
            }
        }
    }
    assert!(pages > 200 && told > 40, "{told} of {pages} pages have the words at all");
}

/// An answer in words of one's own is read by its writer and proved to auditors, and runs nowhere.
#[tokio::test]
async fn an_answer_in_words_of_ones_own_is_run_by_no_page() {
    let test = TestSite::small("m1-day").await;
    let ward = test.ward().await;
    let period = test.period(&ward.nurse).await;
    let mut nurse = test.signed_in("100001").await;
    let base = format!("/learn/{period}/m1-day");
    nurse.post(&base, &[]).await;
    let mut written = 0;
    while let Some(ask) = solve::answer(&test.site, &ward.nurse, &period, "m1-day", Temper::Best).await {
        let step = format!("{base}/{}", ask.turn);
        let mut fields: Vec<(&str, &str)> =
            ask.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        for (_, value) in fields.iter_mut().filter(|(name, _)| *name == "draft") {
            *value = HOSTILE[2];
            nurse.post(&format!("{step}/draft"), &[("draft", HOSTILE[2])]).await;
            assert_only_words(&nurse.get(&step).await.body, &step);
            written += 1;
        }
        let saved = nurse.post(&step, &fields).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        assert_only_words(&nurse.get(saved.location()).await.body, saved.location());
    }
    assert!(written > 0, "something is written there");
    let sheet = nurse.get(&format!("/history/{period}/m1-day")).await;
    assert!(sheet.body.contains("onload=alert(3)"), "the writer reads what they wrote");
    assert_only_words(&sheet.body, "the sheet");
    let mut auditor = test.signed_in("100030").await;
    let proof = auditor.get(&format!("/audit/people/{}", ward.nurse)).await;
    assert!(proof.status == StatusCode::OK && !proof.body.contains("alert(3)"), "own words are the writer's");
}

/// A browser guesses nothing, keeps nothing that is somebody's, shows nothing in a frame, and saves what is a file.
#[tokio::test]
async fn every_answer_says_how_it_is_to_be_taken() {
    let hospital = Hospital::on(kokoroe_server::db::Engine::Sqlite).await;
    let mut files = 0;
    for (role, (who, _)) in ROLES.iter().enumerate() {
        let mut browser = hospital.browser(role).await;
        for row in rows() {
            let path = hospital.address(row.path, false);
            // These end the session, or lock its screen.
            if row.method == "POST" && ["/sign-out", "/locked"].contains(&row.path) {
                continue;
            }
            let answer =
                if row.method == "GET" { browser.get(&path).await } else { browser.post(&path, &[]).await };
            let header = |name: &str| {
                answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
            };
            let what = format!("{who} {} {path}", row.method);
            assert_eq!(header("x-content-type-options"), "nosniff", "{what}");
            assert_eq!(header("cross-origin-resource-policy"), "same-origin", "{what}");
            assert_eq!(header("referrer-policy"), "same-origin", "{what}");
            let policy = header(CONTENT_SECURITY_POLICY.as_str());
            assert!(
                policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
                "{what}: {policy}"
            );
            assert!(
                !policy.contains("'unsafe-eval'") && !policy.contains("script-src 'unsafe-inline'"),
                "{what}: {policy}"
            );
            let kept = header("cache-control");
            let may_be_kept = ["/assets/{name}", "/drawings/{revision}/{name}"].contains(&row.path);
            assert!(
                kept == "no-store" || may_be_kept && !kept.contains("public") || row.path == "/assets/{name}",
                "{what}: {kept}"
            );
            let kind = header(CONTENT_TYPE.as_str());
            let shown = ["", "text/html", "text/plain", "image/svg+xml", "application/json", "text/css"];
            if !shown.iter().any(|shown| kind.split(';').next() == Some(shown)) {
                assert!(header(CONTENT_DISPOSITION.as_str()).starts_with("attachment"), "{what}: {kind}");
                files += 1;
            }
            for cookie in answer.headers.get_all("set-cookie") {
                let cookie = cookie.to_str().expect("text");
                assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{what}: {cookie}");
            }
            assert!(header("access-control-allow-origin").is_empty(), "{what}");
            assert!(header("server").is_empty() && header("x-powered-by").is_empty(), "{what}");
        }
    }
    assert!(files > 3, "{files}");
}
