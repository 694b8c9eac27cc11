//! Handing mail over: to a listener with bad manners, and to a real mail server.

use chrono::TimeDelta;
use kokoroe_server::db::Engine;
use kokoroe_server::reminders::outbox::{self, TRIES};
use kokoroe_server::reminders::post::{Mailer, Secrecy, Server};
use kokoroe_server::reminders::{decide, digest};
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;

use super::{Posted, exempt};
use crate::support::post::{Exim, Listener, Manner, USER};
use crate::support::{at, engines};

const SENT: &str = "SELECT COUNT(*) FROM outbox WHERE sent_at IS NOT NULL";
const GIVEN_UP: &str = "SELECT COUNT(*) FROM outbox WHERE failed_at IS NOT NULL";
const WITHDRAWN: &str = "SELECT COUNT(*) FROM outbox WHERE withdrawn_at IS NOT NULL";

async fn posted(engine: Engine, port: u16, quiet: &str) -> (Posted, Mailer) {
    let posted = Posted::on(engine, &format!("smtp://localhost:{port}"), quiet).await;
    let mailer =
        Mailer::of(&posted.site.hospital, posted.test.folder()).expect("settings").expect("a mailer");
    (posted, mailer)
}

fn message_id(mail: &str) -> &str {
    let line = mail.lines().find(|line| line.starts_with("Message-ID: ")).expect("a Message-ID");
    line.trim_start_matches("Message-ID: ")
}

#[tokio::test]
async fn each_mail_is_handed_over_once_with_a_name_that_any_server_would_give_it() {
    for engine in engines() {
        let listener = Listener::start().await;
        let (posted, mailer) = posted(engine, listener.port, "none").await;
        decide::run(&posted.site).await.expect("decided");
        let other = posted.another().await;
        let (one, two) = tokio::join!(outbox::work(&posted.site, &mailer), outbox::work(&other, &mailer));
        assert_eq!(one.expect("sent") + two.expect("sent"), 4, "{engine:?}");
        let mails = listener.mails();
        assert_eq!(mails.len(), 4, "{engine:?}: two servers, each mail once");
        for mail in &mails {
            let id = message_id(mail);
            assert!(id.len() == 64 + "<@mail.example.jp>".len() && id.ends_with("@mail.example.jp>"), "{id}");
            assert!(mail.contains("Auto-Submitted: auto-generated"), "{mail}");
            assert!(mail.contains("Date: Thu, 01 Oct 2026 00:00:00"), "{mail}");
            assert!(mail.contains("<training@mail.example.jp>"), "{mail}");
        }
        posted.test.clock.advance(TimeDelta::days(1));
        assert_eq!(outbox::work(&posted.site, &mailer).await.expect("sent"), 0);
    }
}

#[tokio::test]
async fn a_mail_whose_receipt_was_lost_comes_again_under_the_same_name() {
    for engine in engines() {
        let listener = Listener::start().await;
        let (posted, mailer) = posted(engine, listener.port, "none").await;
        decide::run(&posted.site).await.expect("decided");
        listener.behave(Manner::HangsUp);
        assert_eq!(outbox::work(&posted.site, &mailer).await.expect("tried"), 0, "{engine:?}");
        assert_eq!(listener.mails().len(), 1, "one is tried, the others would fare no better");
        listener.behave(Manner::Takes);
        assert_eq!(
            outbox::work(&posted.site, &mailer).await.expect("sent"),
            3,
            "the first one waits a little"
        );
        posted.test.clock.advance(TimeDelta::minutes(5));
        assert_eq!(outbox::work(&posted.site, &mailer).await.expect("sent"), 1);
        let mails = listener.mails();
        let first = message_id(mails.first().expect("a mail"));
        assert_eq!(mails.iter().filter(|mail| message_id(mail) == first).count(), 2, "{engine:?}");
    }
}

#[tokio::test]
async fn a_lease_that_nobody_ended_ends_by_itself() {
    for engine in engines() {
        let listener = Listener::start().await;
        let (posted, mailer) = posted(engine, listener.port, "none").await;
        decide::run(&posted.site).await.expect("decided");
        let leased = posted.site.db.write(|tx| {
            Box::pin(async move {
                let statement = "UPDATE outbox SET attempts = 1, lease_until = $1";
                let until = at("2026-10-01T00:05:00Z");
                Ok::<(), kokoroe_server::db::DbError>(kokoroe_server::on!(tx, |c| {
                    sqlx::query(statement).bind(until).execute(c).await.map(drop)
                })?)
            })
        });
        leased.await.expect("another server died with them");
        assert_eq!(outbox::work(&posted.site, &mailer).await.expect("tried"), 0, "{engine:?}");
        posted.test.clock.advance(TimeDelta::minutes(5));
        assert_eq!(outbox::work(&posted.site, &mailer).await.expect("sent"), 4, "{engine:?}");
    }
}

#[tokio::test]
async fn after_eight_tries_the_training_office_sees_it_and_can_try_again() {
    for engine in engines() {
        let listener = Listener::start().await;
        let (posted, mailer) = posted(engine, listener.port, "none").await;
        decide::run(&posted.site).await.expect("decided");
        listener.behave(Manner::RefusesForNow);
        for tried in 1..=TRIES {
            outbox::work(&posted.site, &mailer).await.expect("tried");
            assert_eq!(
                posted.count(GIVEN_UP).await,
                if tried == TRIES { 4 } else { 0 },
                "{engine:?}: try {tried}"
            );
            posted.test.clock.advance(TimeDelta::hours(12));
        }
        let mut office = posted.test.signed_in("100020").await;
        let page = office.get("/office/mail").await;
        assert!(
            page.body.contains("s100001@mail.example.jp") && page.body.contains("not now"),
            "{}",
            page.body
        );
        listener.behave(Manner::Takes);
        assert_eq!(outbox::work(&posted.site, &mailer).await.expect("nothing"), 0);
        assert_eq!(office.post("/office/mail", &[]).await.location(), "/office/mail");
        assert_eq!(outbox::work(&posted.site, &mailer).await.expect("sent"), 4, "{engine:?}");
        assert!(office.get("/office/mail").await.body.contains("届かなかったメールはありません"));
    }
}

#[tokio::test]
async fn an_address_that_the_server_does_not_know_is_given_up_at_once() {
    let listener = Listener::start().await;
    let (posted, mailer) = posted(Engine::Sqlite, listener.port, "none").await;
    decide::run(&posted.site).await.expect("decided");
    listener.behave(Manner::KnowsNobody);
    assert_eq!(outbox::work(&posted.site, &mailer).await.expect("tried"), 0);
    assert_eq!(posted.count(GIVEN_UP).await, 4);
    let mut nurse = posted.test.signed_in("100001").await;
    assert!(nurse.get("/history").await.body.contains("届けられませんでした"));
}

#[tokio::test]
async fn nothing_leaves_in_a_quiet_hour_and_nothing_that_no_longer_holds() {
    let listener = Listener::start().await;
    let (posted, mailer) = posted(Engine::Sqlite, listener.port, "18-8 sat sun").await;
    decide::run(&posted.site).await.expect("decided");
    posted.test.clock.set(at("2026-10-01T12:00:00Z"));
    assert_eq!(outbox::work(&posted.site, &mailer).await.expect("quiet"), 0, "nine in the evening");
    exempt(&posted.test, &posted.ward, &posted.ward.nurse).await;
    posted.test.clock.set(at("2026-10-02T00:00:00Z"));
    assert_eq!(outbox::work(&posted.site, &mailer).await.expect("sent"), 3);
    assert_eq!(posted.count(WITHDRAWN).await, 1, "the nurse has nothing to do any more");
    assert!(listener.mails().iter().all(|mail| !mail.contains("s100001@")));
}

#[tokio::test]
async fn names_and_addresses_leave_the_outbox_three_months_later() {
    let listener = Listener::start().await;
    let (posted, mailer) = posted(Engine::Sqlite, listener.port, "none").await;
    decide::run(&posted.site).await.expect("decided");
    outbox::work(&posted.site, &mailer).await.expect("sent");
    const FULL: &str = "SELECT COUNT(*) FROM outbox WHERE address <> '' OR body <> '' OR subject <> ''";
    for (days, full) in [(89, 4), (2, 0)] {
        posted.test.clock.advance(TimeDelta::days(days));
        let now = posted.test.clock.now();
        posted.site.db.write(move |tx| Box::pin(outbox::forget(tx, now))).await.expect("forgotten");
        assert_eq!(posted.count(FULL).await, full);
    }
    assert_eq!(posted.count(SENT).await, 4, "that they were sent stays");
}

#[tokio::test]
async fn a_server_elsewhere_without_tls_gets_nothing() {
    let listener = Listener::start().await;
    let (posted, _) = posted(Engine::Sqlite, listener.port, "none").await;
    let server = Server { host: "localhost".into(), port: listener.port, secrecy: Secrecy::StartTls };
    let from: Mailbox = "training@mail.example.jp".parse().expect("an address");
    let mailer = Mailer::new(&server, from, None).expect("a mailer");
    decide::run(&posted.site).await.expect("decided");
    assert_eq!(outbox::work(&posted.site, &mailer).await.expect("tried"), 0);
    assert_eq!(listener.mails().len(), 0, "not even the first line of a mail");
    assert_eq!(posted.count(GIVEN_UP).await, 0, "it is tried again");
}

/// The certificate that this process trusts is named in its environment, which only a process that is started can be given.
#[tokio::test]
async fn a_real_mail_server_takes_mail_over_starttls_from_whoever_signs_in() {
    const INSIDE: &str = "KOKOROE_TEST_EXIM";
    if let Ok(port) = std::env::var(INSIDE) {
        return hand_over(port.parse().expect("a port")).await;
    }
    let folder = crate::support::fresh_folder();
    let Some(exim) = Exim::start(&folder).await else { return };
    let name = "reminders::sending::a_real_mail_server_takes_mail_over_starttls_from_whoever_signs_in";
    let run = |authority: Option<std::path::PathBuf>| {
        let mut command = std::process::Command::new(std::env::current_exe().expect("this test"));
        command.args(["--exact", name]).env(INSIDE, exim.port.to_string());
        if let Some(authority) = authority {
            command.env("SSL_CERT_FILE", authority);
        }
        tokio::task::spawn_blocking(move || command.output().expect("run"))
    };
    let stranger = run(None).await.expect("run");
    assert!(!stranger.status.success(), "a certificate of nobody known is not trusted");
    assert_eq!(exim.queue().len(), 0);
    let done = run(Some(exim.authority())).await.expect("run");
    assert!(
        done.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    );
    let queue = exim.queue();
    assert_eq!(queue.len(), 6, "four reminders and two weekly mails");
    for (head, _) in &queue {
        assert!(head.contains("esmtpsa"), "TLS and signed in: {head}");
        assert!(head.contains("Message-ID: <") && head.contains("@mail.example.jp>"), "{head}");
        assert!(head.contains("Auto-Submitted: auto-generated"), "{head}");
    }
    drop(std::fs::remove_dir_all(folder));
}

async fn hand_over(port: u16) {
    let (posted, _) = posted(Engine::Sqlite, port, "none").await;
    let server = Server { host: "localhost".into(), port, secrecy: Secrecy::StartTls };
    let from: Mailbox = "training@mail.example.jp".parse().expect("an address");
    let sign_in = |password: &str| Some(Credentials::new(USER.0.to_owned(), password.to_owned()));
    posted.test.clock.set(at("2026-10-05T00:00:00Z"));
    decide::run(&posted.site).await.expect("decided");
    digest::run(&posted.site).await.expect("written");
    let wrong = Mailer::new(&server, from.clone(), sign_in("something else")).expect("a mailer");
    assert_eq!(outbox::work(&posted.site, &wrong).await.expect("tried"), 0, "a wrong password");
    assert_eq!(posted.count(GIVEN_UP).await, 0, "which is mended at the server, and not mail by mail");
    posted.test.clock.advance(TimeDelta::minutes(5));
    let mailer = Mailer::new(&server, from, sign_in(USER.1)).expect("a mailer");
    let sent = outbox::work(&posted.site, &mailer).await.expect("sent");
    assert_eq!(sent, 6);
}
