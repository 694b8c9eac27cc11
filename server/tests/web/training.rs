//! The employee's way, from sign-in to certificate, as a browser without JavaScript goes it.

use crate::support::solve::{self, Temper};
use crate::support::{Browser, PASSWORD, TestSite, engines};
use http::StatusCode;
use http::header::CONTENT_TYPE;
use kokoroe_courses::{Item, Step, Task};
use kokoroe_server::id::{PeriodId, StaffId};
use kokoroe_server::requirements::status::Status;
use kokoroe_server::requirements::store as requirements;
use kokoroe_server::training::overview::Overview;
use kokoroe_server::{audit, on};

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// Goes through one module, answering in this temper until `patience` answers, then at its best. Checks on each step that nothing
/// is told before it is answered.
pub(crate) async fn go_through(
    test: &TestSite,
    browser: &mut Browser,
    staff: &StaffId,
    period: &PeriodId,
    module: &str,
    patience: u32,
) {
    let base = format!("/learn/{period}/{module}");
    let intro = browser.get(&base).await;
    assert_eq!(intro.status, StatusCode::OK, "{}", intro.body);
    let begun = browser.post(&base, &[]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER);
    let content = test.site.content.module(module).expect("a module").1.content.clone();
    let secrets = solve::secrets(&content);
    let mut answered = 0;
    loop {
        let temper = if answered < patience { Temper::Worst } else { Temper::Best };
        let Some(ask) = solve::answer(&test.site, staff, period, module, temper).await else { break };
        let step = format!("{base}/{}", ask.turn);
        let page = browser.get(&step).await;
        assert_eq!(page.status, StatusCode::OK, "{step}: {}", page.body);
        if ask.question.is_some() {
            for secret in &secrets {
                assert!(
                    !page.body.contains(secret.as_str()),
                    "{step} tells «{secret}» before it is answered"
                );
            }
            let empty = browser.post(&step, &[]).await;
            assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "{step} took an empty answer");
        }
        let saved = browser.post(&step, &pairs(&ask.fields)).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{step}: {}", saved.body);
        let twice = browser.post(&step, &pairs(&ask.fields)).await;
        assert_eq!(twice.status, StatusCode::SEE_OTHER, "{step} a second time: {}", twice.body);
        assert_eq!(twice.location(), saved.location(), "a double click leads to the same page");
        let (_, next) = browser.follow(saved.location()).await;
        assert_eq!(next.status, StatusCode::OK, "{}: {}", saved.location(), next.body);
        answered += 1;
        assert!(answered < 200, "{module} does not end");
    }
    let (_, done) = browser.follow(&format!("{base}/done")).await;
    assert_eq!(done.status, StatusCode::OK);
}

pub(crate) async fn finish_modules(
    test: &TestSite,
    browser: &mut Browser,
    staff: &StaffId,
    period: &PeriodId,
) {
    for module in test.site.content.catalogue.course.modules_of_everybody().to_vec() {
        go_through(test, browser, staff, period, &module, 3).await;
    }
}

pub(crate) async fn sign(test: &TestSite, browser: &mut Browser, period: &PeriodId) -> String {
    let statements: Vec<String> =
        test.site.content.policy().1.statements.iter().map(|s| s.id.clone()).collect();
    let ticks: Vec<(&str, &str)> = statements.iter().map(|id| ("statement", id.as_str())).collect();
    let base = format!("/learn/{period}/sign");
    let text = browser.get(&base).await;
    assert!(text.body.contains("id=\"C14\""), "the policy has anchors");
    let missing = browser.post(&base, &ticks[1..]).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let ticked = browser.post(&base, &ticks).await;
    let check = ticked.location().to_owned();
    assert!(check.starts_with(&format!("{base}/check?policy=")), "{check}");
    let mut fields = ticks.clone();
    fields.push(("password", "not the password at all"));
    let wrong = browser.post(&check, &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!wrong.body.contains("not the password at all"), "a password never comes back");
    fields.pop();
    fields.push(("password", PASSWORD));
    let signed = browser.post(&check, &fields).await;
    assert_eq!(signed.location(), format!("{base}/done"), "{}", signed.body);
    let again = browser.post(&check, &fields).await;
    assert_eq!(again.location(), format!("{base}/done"), "signing twice signs once");
    let done = browser.get(&format!("{base}/done")).await;
    let number = done.body.find("2026-SNS-").and_then(|at| done.body.get(at..)?.get(..15));
    number.unwrap_or_else(|| panic!("{}", done.body)).to_owned()
}

/// The nurse of a new ward, signed in, with the year behind her, and the number of her certificate.
pub(crate) async fn finished(test: &TestSite) -> (Browser, String) {
    let ward = test.ward().await;
    let mut browser = test.signed_in("100001").await;
    let period = test.period(&ward.nurse).await;
    finish_modules(test, &mut browser, &ward.nurse, &period).await;
    let number = sign(test, &mut browser, &period).await;
    (browser, number)
}

#[tokio::test]
async fn a_nurse_finishes_the_year_from_sign_in_to_certificate() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut browser = test.signed_in("100001").await;
        let home = browser.get("/").await;
        assert_eq!(home.status, StatusCode::OK);
        assert!(home.body.contains("鈴木 一郎"), "{}", home.body);
        let period = test.period(&ward.nurse).await;
        let early = browser.get(&format!("/learn/{period}/sign")).await;
        assert_eq!(early.status, StatusCode::SEE_OTHER, "nobody signs before the modules are done");
        finish_modules(&test, &mut browser, &ward.nurse, &period).await;
        let number = sign(&test, &mut browser, &period).await;
        let paper = browser.get(&format!("/certificates/{number}")).await;
        assert!(paper.body.contains("鈴木 一郎") && paper.body.contains(&number));
        let mut conn = test.site.db.read().await.expect("a connection");
        let code: String =
            on!(&mut conn, |c| sqlx::query_scalar("SELECT code FROM completion").fetch_one(c).await)
                .expect("a code");
        drop(conn);
        let mut public = test.browser();
        let valid = public.get(&format!("/verify?number={number}&code={code}")).await;
        assert!(
            valid.body.contains("2026") && !valid.body.contains("鈴木"),
            "the public check never names anybody"
        );
        let guessed = public.get(&format!("/verify?number={number}&code=2222-2222-2222")).await;
        assert_ne!(guessed.body, valid.body);
        let sheet = browser.get(&format!("/history/{period}/m1-photo")).await;
        assert_eq!(sheet.status, StatusCode::OK);
        audit::sign_now(&test.site).await.expect("the log is whole");
    }
}

#[tokio::test]
async fn an_answer_is_saved_once_however_often_it_is_sent() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let period = test.period(&ward.nurse).await;
    let mut browser = test.signed_in("100001").await;
    let base = format!("/learn/{period}/m1-photo");
    browser.post(&base, &[]).await;
    let ask =
        solve::answer(&test.site, &ward.nurse, &period, "m1-photo", Temper::Best).await.expect("a step");
    let step = format!("{base}/{}", ask.turn);
    let sends = (0..20).map(|_| {
        let (mut browser, step, fields) = (browser.clone(), step.clone(), ask.fields.clone());
        async move { browser.post(&step, &pairs(&fields)).await.status }
    });
    for status in futures_util::future::join_all(sends).await {
        assert_eq!(status, StatusCode::SEE_OTHER);
    }
    let mut conn = test.site.db.read().await.expect("a connection");
    let answers: i64 =
        on!(&mut conn, |c| sqlx::query_scalar("SELECT COUNT(*) FROM answer").fetch_one(c).await)
            .expect("a count");
    let leaves: i64 =
        on!(&mut conn, |c| sqlx::query_scalar("SELECT COUNT(*) FROM log_leaf WHERE kind = 'answer'")
            .fetch_one(c)
            .await)
        .expect("a count");
    assert_eq!((answers, leaves), (2, 2), "whether to try first, and this one");
}

#[tokio::test]
async fn a_script_that_sends_an_answer_is_told_the_way_on_and_sends_it_again_without_harm() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let period = test.period(&ward.nurse).await;
    let mut browser = test.signed_in("100001").await;
    let base = format!("/learn/{period}/m1-photo");
    browser.post(&base, &[]).await;
    let ask =
        solve::answer(&test.site, &ward.nurse, &period, "m1-photo", Temper::Best).await.expect("a step");
    let step = format!("{base}/{}", ask.turn);
    let ahead = browser.post_by_script(&format!("{base}/{}", ask.turn + 5), &[]).await;
    assert_eq!(ahead.status, StatusCode::CONFLICT, "a page answers as it does to anybody");
    let told = browser.post_by_script(&step, &pairs(&ask.fields)).await;
    assert_eq!((told.status, told.body.as_str()), (StatusCode::NO_CONTENT, ""));
    let again = browser.post_by_script(&step, &pairs(&ask.fields)).await;
    assert_eq!((again.status, again.location()), (StatusCode::NO_CONTENT, told.location()));
    let by_itself = browser.post(&step, &pairs(&ask.fields)).await;
    assert_eq!((by_itself.status, by_itself.location()), (StatusCode::SEE_OTHER, told.location()));
    // Whoever is no more signed in is led to the sign-in, which says that the form was not taken.
    let signed_out = test.browser().post_by_script(&step, &pairs(&ask.fields)).await;
    assert_eq!(signed_out.status, StatusCode::NO_CONTENT);
    assert!(signed_out.location().contains("notice=unsent"), "{}", signed_out.location());
}

#[tokio::test]
async fn a_step_that_is_answered_or_ahead_takes_no_other_answer() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let period = test.period(&ward.nurse).await;
    let mut browser = test.signed_in("100001").await;
    let base = format!("/learn/{period}/m2-disaster");
    browser.post(&base, &[]).await;
    let ahead = browser.post(&format!("{base}/5"), &[("choice", "x")]).await;
    assert_eq!(ahead.status, StatusCode::CONFLICT);
    let ahead = browser.get(&format!("{base}/5")).await;
    assert_eq!(ahead.location(), format!("{base}/2"));
    browser.post(&format!("{base}/2"), &[]).await;
    let ask =
        solve::answer(&test.site, &ward.nurse, &period, "m2-disaster", Temper::Best).await.expect("a step");
    let made_up = browser.post(&format!("{base}/3"), &[("choice", "no-such-choice")]).await;
    assert_eq!(made_up.status, StatusCode::UNPROCESSABLE_ENTITY);
    browser.post(&format!("{base}/3"), &pairs(&ask.fields)).await;
    let other = browser.post(&format!("{base}/3"), &[("choice", "no-such-choice")]).await;
    assert_eq!(other.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn nobody_learns_anything_of_anothers_training() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let period = test.period(&ward.nurse).await;
    let mut owner = test.signed_in("100001").await;
    owner.post(&format!("/learn/{period}/m1-photo"), &[]).await;
    let paths = [
        format!("/learn/{period}/m1-photo"),
        format!("/learn/{period}/m1-photo/1"),
        format!("/learn/{period}/m1-photo/1/why"),
        format!("/learn/{period}/m1-photo/done"),
        format!("/learn/{period}/sign"),
        format!("/learn/{period}/sign/check"),
        format!("/history/{period}/m1-photo"),
    ];
    for number in ["100002", "100003", "100010", "100020"] {
        let mut browser = test.signed_in(number).await;
        for path in &paths {
            assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{number} {path}");
        }
        assert_eq!(browser.post(&paths[0], &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(browser.post(&paths[1], &[]).await.status, StatusCode::NOT_FOUND);
    }
    let mut nobody = test.browser();
    for path in &paths {
        let answer = nobody.get(path).await;
        assert!(
            answer.location().starts_with("/sign-in?return_to=/learn")
                || answer.location().starts_with("/sign-in?return_to=/history")
        );
    }
    for odd in ["", "0", "-1", "%00", "..", "018f0000-0000-7000-8000-000000000000"] {
        let answer = owner.get(&format!("/learn/{odd}/m1-photo/1")).await;
        assert!(
            matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST),
            "{odd}: {}",
            answer.status
        );
    }
}

#[tokio::test]
async fn words_of_a_draft_are_kept_for_another_device_and_never_run_as_html() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let period = test.period(&ward.nurse).await;
    let mut phone = test.signed_in("100001").await;
    let base = format!("/learn/{period}/m2-disaster");
    phone.post(&base, &[]).await;
    let turn = loop {
        let ask = solve::answer(&test.site, &ward.nurse, &period, "m2-disaster", Temper::Best)
            .await
            .expect("a step");
        if ask.fields.iter().any(|(name, _)| name == "draft") {
            break ask.turn;
        }
        phone.post(&format!("{base}/{}", ask.turn), &pairs(&ask.fields)).await;
    };
    let attack = "</textarea><script>alert(1)</script>";
    let kept = phone.post(&format!("{base}/{turn}/draft"), &[("draft", attack)]).await;
    assert_eq!((kept.status, kept.body.as_str()), (StatusCode::OK, "9:00"));
    let kind = kept.headers.get(CONTENT_TYPE).expect("a kind").to_str().expect("text");
    assert!(kind.starts_with("text/plain"), "the browser takes only this for saved: {kind}");
    let mut nobody = test.browser();
    let sent_away = nobody.post(&format!("{base}/{turn}/draft"), &[("draft", "lost")]).await;
    assert_eq!(
        sent_away.status,
        StatusCode::SEE_OTHER,
        "a redirect, which the browser does not take for saved"
    );
    let mut ward_pc = test.signed_in("100001").await;
    let page = ward_pc.get(&format!("{base}/{turn}")).await;
    assert!(!page.body.contains("<script>alert"), "the words were run");
    assert!(page.body.contains("alert(1)"), "the words were lost");
}

#[tokio::test]
async fn a_missed_final_test_asks_only_what_was_missed() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let period = test.period(&ward.nurse).await;
    let mut browser = test.signed_in("100001").await;
    go_through(&test, &mut browser, &ward.nurse, &period, "final-test", 6).await;
    let mut conn = test.site.db.read().await.expect("a connection");
    let questions: i64 =
        on!(&mut conn, |c| sqlx::query_scalar("SELECT COUNT(*) FROM answer WHERE place <> ''")
            .fetch_one(c)
            .await)
        .expect("a count");
    assert_eq!(questions, 16, "ten, and the six again");
    let missed: i64 = on!(&mut conn, |c| sqlx::query_scalar(
        "SELECT COUNT(*) FROM progress WHERE retry_at IS NOT NULL AND recovered_at IS NOT NULL"
    )
    .fetch_one(c)
    .await)
    .expect("a count");
    assert_eq!(missed, 1);
    let period = requirements::period(&mut conn, &period).await.expect("read").expect("a period");
    let overview = Overview::load(&test.site, &mut conn, period).await.expect("loaded");
    assert_eq!(overview.status, Status::InProgress, "nobody is told to retry what they have passed");
}

#[tokio::test]
async fn the_page_of_a_module_shows_how_far_somebody_is() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let period = test.period(&ward.nurse).await;
    let mut browser = test.signed_in("100001").await;
    let base = format!("/learn/{period}/m1-photo");
    let states = |body: &str| -> Vec<String> {
        let steps = body.split("<li data-state=\"").skip(1).filter(|rest| rest.contains("intro__step"));
        steps.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
    };
    let before = states(&browser.get(&base).await.body);
    assert!(before.len() > 3 && before.iter().all(|state| state == "ahead"), "{before:?}");
    browser.post(&base, &[]).await;
    let begun = states(&browser.get(&base).await.body);
    assert_eq!((begun[0].as_str(), begun[1].as_str()), ("now", "ahead"));
    let mut furthest = 0;
    while let Some(ask) = solve::answer(&test.site, &ward.nurse, &period, "m1-photo", Temper::Best).await {
        browser.post(&format!("{base}/{}", ask.turn), &pairs(&ask.fields)).await;
        let now = states(&browser.get(&base).await.body);
        let done = now.iter().take_while(|state| *state == "done").count();
        assert!(done >= furthest, "nobody falls back: {now:?}");
        furthest = done;
        if done < now.len() {
            assert_eq!(now[done], "now", "{now:?}");
            assert!(now[done + 1..].iter().all(|state| state == "ahead"), "{now:?}");
        }
    }
    assert_eq!(furthest, before.len(), "at the end every step is done");
    go_through(&test, &mut browser, &ward.nurse, &period, "final-test", 0).await;
    assert_eq!(states(&browser.get(&format!("/learn/{period}/final-test")).await.body), ["done"]);
}

#[tokio::test]
async fn the_third_try_at_a_drawing_shows_what_is_still_missing() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let period = test.period(&ward.nurse).await;
    let mut browser = test.signed_in("100001").await;
    let base = format!("/learn/{period}/m1-photo");
    browser.post(&base, &[]).await;
    let read =
        solve::answer(&test.site, &ward.nurse, &period, "m1-photo", Temper::Best).await.expect("a page");
    browser.post(&format!("{base}/2"), &pairs(&read.fields)).await;
    let module = test.site.content.module("m1-photo").expect("a module").1.clone();
    let steps = module.steps();
    let drawing = steps.iter().find_map(|step| match step {
        Step::Item(Item { task: Task::Hotspot(drawing), .. }) => Some(drawing),
        _ => None,
    });
    let regions = &drawing.expect("a drawing").regions;
    let harmless = regions.iter().position(|region| !region.leak).expect("a harmless place") + 1;
    let missing = regions.iter().find(|region| region.leak).expect("a place that tells something");
    for turn in 3..=5 {
        let told = format!("{base}/{turn}/why");
        let answered = browser.post(&format!("{base}/{turn}"), &[("pick", &harmless.to_string())]).await;
        assert_eq!(answered.location(), told);
        let page = browser.get(&told).await;
        assert_eq!(page.body.contains(&missing.why.ja), turn == 5, "try {}", turn - 2);
        let asked = browser.get(&format!("{base}/{}", turn + 1)).await;
        assert_eq!(asked.status, StatusCode::OK, "it is asked once more");
    }
}
