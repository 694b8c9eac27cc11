//! The worker that gets the time stamps: beside others like it, after one that died, and by itself.

use std::fs;
use std::time::Duration;

use chrono::TimeDelta;
use kokoroe_evidence::stamp::Query;
use kokoroe_server::audit;
use kokoroe_server::audit::stamp::{watch, work};
use kokoroe_server::db::DbError;
use kokoroe_server::on;

use super::stamps::{Stamped, another};
use crate::support::engines;
use crate::support::tsa::{Manner, Tsa};

#[tokio::test]
async fn two_servers_stamp_each_checkpoint_once() {
    for engine in engines() {
        let tsa = Tsa::start().await;
        let stamped = Stamped::by(&tsa, engine).await;
        for _ in 0..4 {
            stamped.grow().await;
        }
        let other = another(&stamped.test).await;
        let (one, two) = tokio::join!(stamped.work(), work(&other, &stamped.authority));
        // Whoever finds the next one of the log taken leaves it to the other.
        let got = one + two.expect("tried") + stamped.work().await;
        assert_eq!((got, tsa.heads().len(), stamped.waiting().await), (4, 4, 0), "{engine:?}");
        let at: Vec<_> = stamped.stamps().await.into_iter().map(|row| row.at).collect();
        assert!(at.is_sorted(), "{engine:?}: {at:?}");
    }
}

#[tokio::test]
async fn a_lease_that_nobody_ended_ends_by_itself() {
    for engine in engines() {
        let tsa = Tsa::start().await;
        let stamped = Stamped::by(&tsa, engine).await;
        stamped.grow().await;
        let until = stamped.site.now() + TimeDelta::minutes(5);
        let leased: Result<(), DbError> = stamped
            .site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let statement = "UPDATE log_stamp_wait SET attempts = 1, lease_until = $1";
                    Ok(on!(tx, |c| sqlx::query(statement).bind(until).execute(c).await.map(drop))?)
                })
            })
            .await;
        leased.expect("another server died with it");
        assert_eq!(stamped.work().await, 0, "{engine:?}");
        stamped.test.clock.advance(TimeDelta::minutes(5));
        assert_eq!(stamped.work().await, 1, "{engine:?}");
    }
}

#[tokio::test]
async fn a_stamp_that_lies_beside_its_checkpoint_is_taken_and_not_asked_for_again() {
    for engine in engines() {
        let tsa = Tsa::start().await;
        let stamped = Stamped::by(&tsa, engine).await;
        let signed = audit::sign_now(&stamped.site).await.expect("signed").expect("a checkpoint");
        let query = Query::new(signed.note.as_bytes(), [1; 8]);
        let reply = stamped.authority.ask(&query.encode()).await.expect("a reply");
        let (log, size) =
            (stamped.site.ledger.log_at(stamped.site.now()), u64::try_from(signed.size).expect("a size"));
        stamped.site.signer.copies().keep_stamp(&log, size, &reply).expect("kept");
        tsa.behave(Manner::HangsUp);
        assert_eq!((stamped.work().await, tsa.heads().len()), (1, 1), "{engine:?}");
        assert_eq!(stamped.stamps().await[0].reply, reply, "{engine:?}");
        let other = stamped.site.signer.copies().keep_stamp(&log, size, b"another");
        assert!(other.is_err_and(|error| error.to_string().contains("kept already")));
    }
}

#[tokio::test]
async fn a_server_asks_by_itself_until_it_is_stopped_and_completes_the_copies_that_it_has() {
    for engine in engines() {
        let tsa = Tsa::start().await;
        let stamped = Stamped::by(&tsa, engine).await;
        stamped.grow().await;
        assert_eq!(stamped.work().await, 1);
        let (log, copies) = (stamped.site.ledger.log_at(stamped.site.now()), stamped.site.signer.copies());
        let first = stamped.stamps().await.remove(0);
        let folder = stamped.test.folder().join("checkpoints").join(log.replace('/', "-"));
        fs::remove_file(folder.join(format!("{}.tsr", first.size))).expect("another server got it");
        stamped.grow().await;
        let (tell, told) = tokio::sync::watch::channel(false);
        let watching = tokio::spawn(watch(stamped.site.clone(), told));
        let kept = async {
            while copies.stamps(&log).expect("copies").len() < 2 {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), kept).await.expect("both stamps are there");
        assert_eq!(copies.stamps(&log).expect("copies")[0].1, first.reply, "{engine:?}");
        tell.send_replace(true);
        tokio::time::timeout(Duration::from_secs(30), watching).await.expect("it ends").expect("in order");
        assert_eq!(stamped.waiting().await, 0, "{engine:?}");
    }
}
