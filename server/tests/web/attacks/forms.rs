//! What a form brings along that is not its to say: the grade, the time, the person, the role; and what is sent before its turn or many
//! times at once.

use http::StatusCode;
use kokoroe_server::on;

use super::kept::{kept, unchanged};
use crate::support::lesson::short_course;
use crate::support::solve::{self, Temper};
use crate::support::{Browser, TestSite, engines};
use crate::training::finished;

async fn count(test: &TestSite, statement: &'static str) -> i64 {
    let mut conn = test.site.db.read().await.expect("a connection");
    on!(&mut conn, |c| sqlx::query_scalar(statement).fetch_one(c).await).expect("a count")
}

async fn text(test: &TestSite, statement: &'static str) -> String {
    let mut conn = test.site.db.read().await.expect("a connection");
    on!(&mut conn, |c| sqlx::query_scalar(statement).fetch_one(c).await).expect("a text")
}

/// Names by which other systems have taken a verdict, a time or a person from a form.
const CLAIMED: [(&str, &str); 14] = [
    ("grade", "best"),
    ("points", "3"),
    ("score", "100"),
    ("correct", "true"),
    ("is_correct", "1"),
    ("correctAnswers", "[0]"),
    ("resolved", "true"),
    ("finished", "1"),
    ("passed", "1"),
    ("answered_at", "2020-01-01T00:00:00Z"),
    ("done_at", "2020-01-01T00:00:00Z"),
    ("staff_id", "100020"),
    ("user_id", "0"),
    ("attempt_id", "x"),
];

#[tokio::test]
async fn a_verdict_a_time_or_a_person_that_a_form_claims_counts_for_nothing() {
    for engine in engines() {
        let mut graded = Vec::new();
        for claims in [&[][..], &CLAIMED] {
            let test = TestSite::on(engine).await;
            let ward = test.ward().await;
            let period = test.period(&ward.nurse).await;
            let mut nurse = test.signed_in("100001").await;
            let base = format!("/learn/{period}/m1-photo");
            nurse.post(&base, claims).await;
            for _ in 0..4 {
                let ask = solve::answer(&test.site, &ward.nurse, &period, "m1-photo", Temper::Worst).await;
                let ask = ask.expect("a step");
                let fields = ask.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
                // The claims first: of two fields with one name, some programs take the first.
                let fields: Vec<(&str, &str)> = claims.iter().copied().chain(fields).collect();
                let saved = nurse.post(&format!("{base}/{}", ask.turn), &fields).await;
                assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
            }
            let mut conn = test.site.db.read().await.expect("a connection");
            let answers =
                on!(&mut conn, |c| sqlx::query_as::<_, (i64, Option<i64>, chrono::DateTime<chrono::Utc>)>(
                    "SELECT a.turn, a.grade, a.answered_at FROM answer a ORDER BY a.turn"
                )
                .fetch_all(c)
                .await)
                .expect("answers");
            assert!(answers.iter().all(|(_, _, at)| *at == test.site.now()), "the server's clock says when");
            graded.push(answers.into_iter().map(|(turn, grade, _)| (turn, grade)).collect::<Vec<_>>());
        }
        assert!(graded[0].len() >= 4 && graded[0] == graded[1], "{graded:?}");
    }
}

#[tokio::test]
async fn a_module_that_is_not_owed_is_neither_begun_nor_answered_nor_signed() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let period = test.period(&ward.nurse).await;
    let of_everybody = test.site.content.catalogue.course.modules_of_everybody().to_vec();
    let other = test.site.content.catalogue.modules.iter().find(|module| !of_everybody.contains(&module.id));
    let other = other.expect("a module that not everybody owes").id.clone();
    let before = kept(&test).await;
    let mut nurse = test.signed_in("100001").await;
    let statements: Vec<String> =
        test.site.content.policy().1.statements.iter().map(|statement| statement.id.clone()).collect();
    let mut signing: Vec<(&str, &str)> = statements.iter().map(|id| ("statement", id.as_str())).collect();
    signing.push(("password", crate::support::PASSWORD));
    for path in [
        format!("/learn/{period}/{other}"),
        format!("/learn/{period}/{other}/1"),
        format!("/learn/{period}/{other}/2"),
        format!("/learn/{period}/{other}/swap"),
        format!("/learn/{period}/no-such-module"),
        format!("/learn/{period}/m1-photo/1"),
        format!("/learn/{period}/m1-photo/7/draft"),
        format!("/learn/{period}/final-test/1"),
        format!("/learn/{period}/sign"),
        format!("/learn/{period}/sign/check?policy={}", test.site.content.policy().0),
    ] {
        let answer = nurse.post(&path, &signing).await;
        let led_back = answer.status == StatusCode::SEE_OTHER && !answer.location().ends_with("/done");
        assert!(led_back || answer.status.is_client_error(), "{path}: {}", answer.status);
        unchanged(&before, &kept(&test).await, &path);
    }
    for path in [format!("/learn/{period}/sign/done"), format!("/learn/{period}/m1-photo/done")] {
        assert_ne!(nurse.get(&path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn a_signature_is_of_whoever_is_signed_in_and_nobody_takes_one_away() {
    for engine in engines() {
        let test = TestSite::teaching_on(engine, short_course()).await;
        let (mut nurse, number) = finished(&test).await;
        let signer = test.staff("100001").await;
        let whose = "SELECT p.staff_id FROM attestation a JOIN period p ON p.id = a.period_id";
        assert_eq!(text(&test, whose).await, signer.to_string());
        // Somebody else, with the address of the nurse's signature and her id in every field.
        let before = kept(&test).await;
        let period = test.period(&signer).await;
        let mut other = test.signed_in("100002").await;
        for method in ["POST", "DELETE", "PUT", "PATCH"] {
            for path in [
                format!("/learn/{period}/sign"),
                format!("/learn/{period}/sign/check"),
                format!("/learn/{period}/sign/done"),
                format!("/certificates/{number}"),
                format!("/history/{period}/m1-photo"),
            ] {
                let form =
                    format!("staff={signer}&staff_id={signer}&user_id=0&period={period}&_method=DELETE");
                for browser in [&mut other, &mut nurse] {
                    let request = http::Request::builder()
                        .method(method)
                        .uri(format!("{path}?{form}"))
                        .header("sec-fetch-site", "same-origin")
                        .header("content-type", "application/x-www-form-urlencoded");
                    let answer = browser.send(request.body(form.clone().into()).expect("a request")).await;
                    assert_ne!(answer.status, StatusCode::OK, "{method} {path}");
                }
            }
        }
        unchanged(&before, &kept(&test).await, "other methods and other people");
        for table in ["attestation", "completion", "answer"] {
            for change in ["DELETE FROM", "UPDATE"] {
                let set = if change == "UPDATE" { " SET leaf = 0" } else { "" };
                let statement = sqlx::AssertSqlSafe(format!("{change} {table}{set}"));
                let refused: Result<(), kokoroe_server::db::DbError> = test
                    .site
                    .db
                    .write(|tx| {
                        Box::pin(async move {
                            Ok(on!(tx, |c| sqlx::query(statement).execute(c).await.map(drop))?)
                        })
                    })
                    .await;
                assert!(
                    refused.is_err_and(|error| error.to_string().contains("append-only")),
                    "{change} {table}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_certificate_keeps_the_name_under_which_it_was_signed() {
    let test = TestSite::teaching(short_course()).await;
    let (mut nurse, number) = finished(&test).await;
    let site = test.site.clone();
    let staff = test.staff("100001").await;
    let renamed: Result<(), kokoroe_server::db::DbError> = test
        .site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let by = kokoroe_server::people::Scribe {
                    ledger: &site.ledger,
                    clock: &site.clock,
                    actor: "system",
                };
                let mut person = kokoroe_server::people::staff::staff(tx, &staff).await?.expect("a nurse");
                "院長".clone_into(&mut person.family);
                kokoroe_server::people::update_staff(tx, &by, &person).await
            })
        })
        .await;
    renamed.expect("renamed");
    let mut again = test.signed_in("100001").await;
    assert!(again.get("/").await.body.contains("院長 一郎"), "they are called so now");
    let paper = nurse.get(&format!("/certificates/{number}")).await;
    assert!(paper.body.contains("鈴木 一郎"), "{}", paper.body);
    let certified = paper.body.split("<main").nth(1).expect("the paper");
    assert!(!certified.contains("院長"), "the paper says what was signed: {certified}");
    // A number that was made up, and the right number with a code that was.
    let mut public = test.browser();
    for query in [
        format!("number={number}&code=AAAA-AAAA-AAAA"),
        "number=2026-SNS-000002&code=AAAA-AAAA-AAAA".to_owned(),
    ] {
        let check = public.get(&format!("/verify?{query}")).await;
        assert!(!check.body.contains("鈴木") && !check.body.contains("2026年10月1日"), "{}", check.body);
    }
}

#[tokio::test]
async fn no_hospital_knows_the_keys_or_the_sessions_of_another() {
    let (here, there) = (TestSite::new().await, TestSite::new().await);
    here.ward().await;
    there.ward().await;
    assert_ne!(here.site.signer.vkey(), there.site.signer.vkey());
    let mut browser = here.signed_in("100020").await;
    assert_eq!(browser.get("/office").await.status, StatusCode::OK);
    let mut elsewhere = Browser::at(&there.site);
    elsewhere.cookies.clone_from(&browser.cookies);
    let answer = elsewhere.get("/office").await;
    assert!(answer.location().starts_with("/sign-in"), "{}", answer.status);
}

#[tokio::test]
async fn ones_own_settings_give_nobody_a_role() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        test.ward().await;
        let before = text_of_roles(&test).await;
        let mut nurse = test.signed_in("100001").await;
        let mut form: Vec<(&str, &str)> = vec![("lang", "en"), ("text_size", "normal")];
        form.extend([
            ("role", "office"),
            ("roles", "auditor"),
            ("office", "1"),
            ("auditor", "true"),
            ("department_id", "all"),
            ("manages", "/"),
            ("staff_no", "100020"),
            ("staff", "100020"),
            ("id", "0"),
        ]);
        for path in ["/settings", "/language", "/settings/password", "/still-here"] {
            let answer = nurse.post(path, &form).await;
            assert!(!answer.status.is_server_error(), "{path}");
        }
        for path in ["/office", "/audit", "/team"] {
            assert_eq!(nurse.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        assert_eq!(text_of_roles(&test).await, before);
    }
}

async fn text_of_roles(test: &TestSite) -> String {
    kept(test).await["role_grant"].clone()
}

#[tokio::test]
async fn twenty_starts_at_once_begin_once_and_the_test_is_drawn_once() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let period = test.period(&ward.nurse).await;
        let nurse = test.signed_in("100001").await;
        for module in ["m1-photo", "final-test"] {
            let base = format!("/learn/{period}/{module}");
            let starts = (0..20).map(|_| {
                let (mut browser, base) = (nurse.clone(), base.clone());
                async move { browser.post(&base, &[]).await.status }
            });
            for status in futures_util::future::join_all(starts).await {
                assert_eq!(status, StatusCode::SEE_OTHER, "{module}");
            }
        }
        assert_eq!(count(&test, "SELECT COUNT(*) FROM attempt").await, 2);
        assert_eq!(count(&test, "SELECT COUNT(*) FROM log_leaf WHERE kind = 'attempt.start'").await, 2);
    }
}
