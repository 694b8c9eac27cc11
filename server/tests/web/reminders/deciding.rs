//! What is decided, and how often: once.

use chrono::TimeDelta;
use kokoroe_server::db::Engine;
use kokoroe_server::on;
use kokoroe_server::reminders::{decide, digest};

use super::{Posted, count, exempt};
use crate::support::facts::refuses;
use crate::support::{TestSite, at, engines};

const REMINDERS: &str = "SELECT COUNT(*) FROM reminder";
const BY_MAIL: &str = "SELECT COUNT(*) FROM reminder WHERE way = 'mail'";
const MAILS: &str = "SELECT COUNT(*) FROM outbox WHERE kind = 'reminder'";
const DIGESTS: &str = "SELECT COUNT(*) FROM outbox WHERE kind = 'digest'";
const SERVER: &str = "smtp://localhost:2525";

#[tokio::test]
async fn two_servers_that_look_at_the_same_time_decide_once() {
    for engine in engines() {
        let posted = Posted::on(engine, SERVER, "none").await;
        let other = posted.another().await;
        let (one, two) = tokio::join!(decide::run(&posted.site), decide::run(&other));
        assert_eq!(one.expect("decided") + two.expect("decided"), 7, "{engine:?}: everybody, once");
        assert_eq!(posted.count(REMINDERS).await, 7, "{engine:?}");
        assert_eq!(posted.count(BY_MAIL).await, 4, "{engine:?}: whoever has an address");
        assert_eq!(posted.count(MAILS).await, 4, "{engine:?}: in the same write");
        assert_eq!(decide::run(&posted.site).await.expect("decided"), 0, "{engine:?}");
        posted.test.clock.advance(TimeDelta::minutes(-90));
        assert_eq!(
            decide::run(&posted.site).await.expect("decided"),
            0,
            "{engine:?}: a clock that steps back"
        );
    }
}

#[tokio::test]
async fn the_steps_of_a_whole_autumn_end_for_whoever_has_nothing_to_do() {
    let posted = Posted::on(Engine::Sqlite, SERVER, "18-8 sat sun").await;
    let mut steps = Vec::new();
    for hour in 0..24 * 50 {
        posted.test.clock.set(at("2026-10-01T00:00:00Z") + TimeDelta::hours(hour));
        if hour == 24 * 40 {
            exempt(&posted.test, &posted.ward, &posted.ward.nurse).await;
        }
        let decided = decide::run(&posted.site).await.expect("decided");
        if decided > 0 {
            steps.push((posted.test.clock.now().to_rfc3339(), decided));
        }
    }
    let expected = [
        ("2026-10-01T00:00:00+00:00", 7),
        // Saturday the 17th waits for Monday at eight.
        ("2026-10-18T23:00:00+00:00", 7),
        ("2026-10-28T00:00:00+00:00", 7),
        ("2026-10-30T00:00:00+00:00", 7),
        ("2026-11-01T23:00:00+00:00", 7),
        ("2026-11-08T23:00:00+00:00", 7),
        ("2026-11-15T23:00:00+00:00", 6),
    ];
    let expected: Vec<(String, u64)> =
        expected.iter().map(|(at, people)| ((*at).to_owned(), *people)).collect();
    assert_eq!(steps, expected);
    // Of each person only the newest mail still waits.
    assert_eq!(
        posted.count("SELECT COUNT(*) FROM outbox WHERE withdrawn_at IS NULL AND sent_at IS NULL AND kind = 'reminder'").await,
        4
    );
}

#[tokio::test]
async fn without_a_mail_server_everything_is_told_inside_the_program() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        test.ward().await;
        assert_eq!(decide::run(&test.site).await.expect("decided"), 7);
        assert_eq!(digest::run(&test.site).await.expect("decided"), 0);
        assert_eq!(count(&test.site, MAILS).await, 0, "{engine:?}");
        assert_eq!(count(&test.site, BY_MAIL).await, 0, "{engine:?}");
    }
}

#[tokio::test]
async fn a_manager_gets_one_mail_a_week_about_their_own_people() {
    for engine in engines() {
        let posted = Posted::on(engine, SERVER, "18-8 sat sun").await;
        let at_hour = |text: &str| posted.test.clock.set(at(text));
        at_hour("2026-10-02T01:00:00Z");
        assert_eq!(digest::run(&posted.site).await.expect("written"), 0, "{engine:?}: not on a Friday");
        at_hour("2026-10-04T22:00:00Z");
        assert_eq!(
            digest::run(&posted.site).await.expect("written"),
            0,
            "{engine:?}: not at seven on Monday"
        );
        exempt(&posted.test, &posted.ward, &posted.ward.fourth_nurse).await;
        at_hour("2026-10-05T00:00:00Z");
        let other = posted.another().await;
        let (one, two) = tokio::join!(digest::run(&posted.site), digest::run(&other));
        assert_eq!(
            one.expect("written") + two.expect("written"),
            1,
            "{engine:?}: nobody but the manager of 4病棟 is left there"
        );
        at_hour("2026-10-06T00:00:00Z");
        assert_eq!(digest::run(&posted.site).await.expect("written"), 0, "{engine:?}: once a week");
        let mut conn = posted.site.db.read().await.expect("a connection");
        let (to, subject, body): (String, String, String) = on!(&mut conn, |c| sqlx::query_as(
            "SELECT address, subject, body FROM outbox WHERE kind = 'digest'"
        )
        .fetch_one(c)
        .await)
        .expect("a mail");
        drop(conn);
        assert_eq!(to, "s100010@mail.example.jp");
        assert!(subject.contains("未修了 2人"), "{subject}");
        assert!(
            body.contains("鈴木 一郎 さん（期限 10月31日（土））") && body.contains("髙橋 花子"),
            "{body}"
        );
        assert!(body.contains("http://localhost:3000/team\n"), "{body}");
        assert!(
            !body.contains("𠮷田") && !body.contains("阿部"),
            "nobody else's people, and not themselves: {body}"
        );
        at_hour("2026-10-12T00:00:00Z");
        assert_eq!(digest::run(&posted.site).await.expect("written"), 1, "{engine:?}: the next week");
        assert_eq!(posted.count(DIGESTS).await, 2);
    }
}

#[tokio::test]
async fn a_mail_to_a_learner_says_nothing_but_what_they_owe() {
    let posted = Posted::on(Engine::Sqlite, SERVER, "none").await;
    decide::run(&posted.site).await.expect("decided");
    let mut conn = posted.site.db.read().await.expect("a connection");
    let mails: Vec<(String, String)> =
        on!(&mut conn, |c| sqlx::query_as("SELECT subject, body FROM outbox").fetch_all(c).await)
            .expect("mails");
    for (subject, body) in mails {
        assert!(subject.contains("SNSの約束 2026年度") && subject.contains("10月31日（土）"), "{subject}");
        assert!(body.contains("http://localhost:3000/\n"), "{body}");
        assert!(body.contains("教育研修の担当"), "whom to ask: {body}");
        assert!(body.contains("届いた理由：研修が割り当てられました。"), "{body}");
        for name in ["鈴木", "髙橋", "阿部", "﨑山", "渡邊", "100"] {
            assert!(!body.contains(name), "{name}: {body}");
        }
    }
}

#[tokio::test]
async fn what_was_decided_and_what_was_said_is_never_altered() {
    for engine in engines() {
        let posted = Posted::on(engine, SERVER, "none").await;
        decide::run(&posted.site).await.expect("decided");
        let mut manager = posted.test.signed_in("100010").await;
        let path = format!("/team/people/{}/notes", posted.ward.nurse);
        let answer = manager.post(&path, &[("spoken_on", "2026-10-01"), ("way", "phone")]).await;
        assert_eq!(answer.status, http::StatusCode::SEE_OTHER, "{}", answer.body);
        for statement in [
            "UPDATE reminder SET way = 'page'",
            "DELETE FROM reminder",
            "UPDATE follow_up SET words = ''",
            "DELETE FROM follow_up",
        ] {
            refuses(&posted.site.db, statement).await;
        }
    }
}
