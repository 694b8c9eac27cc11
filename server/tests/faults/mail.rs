//! The mail server is down, hangs up after a mail that it took, and the server dies while it sends.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use kokoroe_server::db::DbError;
use kokoroe_server::people::{self, Scribe, staff};

use crate::crowd::Crowd;
use crate::hospital::{Hospital, on_each_engine};
use crate::oracle;
use crate::process::Start;
use crate::shim::Shim;
use crate::support::post::{Listener, Manner};
use crate::table::Row;

/// Gives everybody an address, and the hospital a mail server.
async fn with_mail(hospital: &Hospital, port: u16) {
    let settings = [
        ("mail.server", format!("smtp://localhost:{port}")),
        ("mail.from", "training@mail.example.jp".to_owned()),
        ("mail.quiet", "none".to_owned()),
    ];
    hospital.set(settings.to_vec()).await;
    let site = hospital.open().await;
    let people: Vec<_> = hospital.people.iter().map(|(person, _)| person.staff.clone()).collect();
    let inner = site.clone();
    let written: Result<(), DbError> = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: "system" };
                for id in people {
                    let mut person = staff::staff(tx, &id).await?.expect("a person");
                    person.mail = format!("s{}@mail.example.jp", person.staff_no);
                    people::update_staff(tx, &by, &person).await?;
                }
                Ok(())
            })
        })
        .await;
    written.expect("addresses");
    site.db.close().await;
}

async fn until(listener: &Listener, mails: usize) {
    let began = Instant::now();
    while listener.mails().len() < mails {
        assert!(began.elapsed() < Duration::from_secs(30), "{} mails of {mails}", listener.mails().len());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_that_was_being_sent_when_the_server_died_comes_again_under_the_same_name() {
    on_each_engine(4, |hospital| async move {
        let listener = Listener::start().await;
        with_mail(&hospital, listener.port).await;
        let shim = Shim::in_front_of(&hospital.folder);
        let environment = shim.environment();
        let start = Start { environment: &environment, ..hospital.start() };
        listener.behave(Manner::RefusesForNow);
        let (mut server, _) = start.ready().await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert_eq!(listener.mails().len(), 0);
        assert!(server.is_ready().await, "a mail server that is down is no trouble of this one");
        server.kill();
        // Ten minutes later, when every lease and every pause is over, it takes a mail and hangs up, and the server dies.
        shim.clock_is_wrong_by(600);
        listener.behave(Manner::HangsUp);
        let (mut server, _) = start.ready().await;
        until(&listener, 1).await;
        server.kill();
        shim.clock_is_wrong_by(3600);
        listener.behave(Manner::Takes);
        let (server, _) = start.ready().await;
        until(&listener, 5).await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        server.stop().await;
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        for mail in listener.mails() {
            let name = mail.lines().find(|line| line.starts_with("Message-ID: ")).expect("a name");
            *names.entry(name.to_owned()).or_default() += 1;
        }
        assert_eq!(names.len(), 4, "everybody was told: {names:?}");
        assert_eq!(names.values().sum::<usize>(), 5, "one mail came twice, under one name: {names:?}");
        let kept = oracle::ask(&hospital, &Crowd::of(&hospital.duties)).await;
        Row {
            number: 24,
            engine: Some(hospital.engine),
            fault: "the mail server refuses, then takes a mail and hangs up while the server is killed"
                .into(),
            saw: "4 people were told; one mail came twice under the same Message-ID".into(),
            kept: kept.words(),
            back: None,
        }
        .tell();
    })
    .await;
}
