//! The auditors' morning mail: the newest checkpoint of the evidence log.

use chrono::TimeDelta;
use kokoroe_evidence::Checkpoint;
use kokoroe_evidence::brought::{self, Brought};
use kokoroe_server::audit;
use kokoroe_server::db::{DbError, Engine};
use kokoroe_server::people::{self, Scribe, role, staff};
use kokoroe_server::reminders::post::Mailer;
use kokoroe_server::reminders::{checkpoint, outbox};

use super::Posted;
use crate::support::engines;
use crate::support::post::Listener;

const BODIES: &str = "SELECT body FROM outbox WHERE kind = 'checkpoint' ORDER BY made_at, id";
const WITHDRAWN: &str = "SELECT COUNT(*) FROM outbox WHERE kind = 'checkpoint' AND withdrawn_at IS NOT NULL";
const AUDITOR: &str = "100030";

/// A hospital whose auditor has an address, on a morning at nine.
async fn posted(engine: Engine, port: u16) -> Posted {
    let posted = Posted::on(engine, &format!("smtp://localhost:{port}"), "none").await;
    let id = posted.test.staff(AUDITOR).await;
    let site = posted.site.clone();
    let written: Result<(), DbError> = posted
        .site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                let mut person = staff::staff(tx, &id).await?.expect("a person");
                person.mail = "auditor@mail.example.jp".into();
                people::update_staff(tx, &by, &person).await
            })
        })
        .await;
    written.expect("an address");
    posted
}

async fn bodies(posted: &Posted) -> Vec<String> {
    let mut conn = posted.site.db.read().await.expect("a connection");
    kokoroe_server::on!(&mut conn, |c| sqlx::query_scalar(BODIES).fetch_all(c).await).expect("mails")
}

#[tokio::test]
async fn an_auditor_is_sent_the_checkpoint_of_the_morning_once_and_only_when_the_log_has_grown() {
    for engine in engines() {
        let posted = posted(engine, 1).await;
        assert_eq!(checkpoint::run(&posted.site).await.expect("nothing is signed yet"), 0, "{engine:?}");
        let signed = audit::sign_now(&posted.site).await.expect("signed").expect("a checkpoint");
        let other = posted.another().await;
        assert_eq!(checkpoint::run(&posted.site).await.expect("run"), 1, "{engine:?}");
        assert_eq!(checkpoint::run(&other).await.expect("run"), 0, "{engine:?}: nobody else sends it again");

        let [body] = &*bodies(&posted).await else { panic!("{engine:?}: one mail") };
        let [Brought::Signed(note)] = &*brought::read(body.as_bytes()) else { panic!("no note in {body}") };
        assert_eq!(note, signed.note.as_bytes(), "{engine:?}: the mail as it is can be brought to a check");
        let key = posted.site.signer.key().verifying_key();
        assert_eq!(
            Checkpoint::open(note, key).expect("ours").size,
            u64::try_from(signed.size).expect("a size")
        );

        // Later on the same day the log grows and is signed: that is told tomorrow.
        posted.test.clock.advance(TimeDelta::hours(5));
        grow(&posted).await;
        audit::sign_now(&posted.site).await.expect("signed");
        assert_eq!(checkpoint::run(&posted.site).await.expect("run"), 0, "{engine:?}: one mail a day");
        posted.test.clock.advance(TimeDelta::hours(19));
        assert_eq!(checkpoint::run(&posted.site).await.expect("run"), 1, "{engine:?}");
        posted.test.clock.advance(TimeDelta::days(1));
        assert_eq!(checkpoint::run(&posted.site).await.expect("run"), 0, "{engine:?}: nothing new");
        assert_eq!(bodies(&posted).await.len(), 2, "{engine:?}");
    }
}

/// Something is recorded.
async fn grow(posted: &Posted) {
    let site = posted.site.clone();
    let written: Result<(), DbError> = posted
        .site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                people::hospital::set(tx, &by, "hospital.name", "みなと病院").await
            })
        })
        .await;
    written.expect("a setting");
}

#[tokio::test]
async fn whoever_is_no_auditor_any_more_is_sent_no_checkpoint() {
    for engine in engines() {
        let listener = Listener::start().await;
        let posted = posted(engine, listener.port).await;
        audit::sign_now(&posted.site).await.expect("signed");
        assert_eq!(checkpoint::run(&posted.site).await.expect("run"), 1, "{engine:?}");
        let (site, auditor) = (posted.site.clone(), posted.test.staff(AUDITOR).await);
        let revoked: Result<(), DbError> = posted
            .site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                    for grant in role::grants_of(tx, &auditor).await? {
                        role::revoke(tx, &by, &grant).await?;
                    }
                    Ok(())
                })
            })
            .await;
        revoked.expect("revoked");
        let mailer =
            Mailer::of(&posted.site.hospital, posted.test.folder()).expect("settings").expect("a mailer");
        posted.test.clock.advance(TimeDelta::minutes(1));
        assert_eq!(outbox::work(&posted.site, &mailer).await.expect("looked at"), 0, "{engine:?}");
        assert_eq!(listener.mails().len(), 0, "{engine:?}");
        assert_eq!(posted.count(WITHDRAWN).await, 1, "{engine:?}");
    }
}
