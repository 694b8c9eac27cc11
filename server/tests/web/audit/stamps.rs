//! Time stamps of checkpoints: they come, they are waited for, and what is none is not taken.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use kokoroe_evidence::stamp::Query;
use kokoroe_evidence::{Fault, Stamp};
use kokoroe_server::audit::outside::Target;
use kokoroe_server::audit::rotation::{Why, rotate};
use kokoroe_server::audit::stamp::{Authority, work};
use kokoroe_server::audit::store::stamp::{StampRow, of_log, waiting};
use kokoroe_server::audit::{self, live_check};
use kokoroe_server::db::{DbError, Engine};
use kokoroe_server::people::hospital::{self, SetError};
use kokoroe_server::people::{self, Scribe};
use kokoroe_server::{Site, on, start};

use super::tampering::alter;
use crate::support::facts::refuses;
use crate::support::tsa::{Manner, Tsa};
use crate::support::{TestSite, engines};

/// A hospital of today that has its checkpoints stamped.
pub(super) struct Stamped {
    pub(super) test: TestSite,
    pub(super) site: Site,
    pub(super) authority: Authority,
}

impl Stamped {
    pub(super) async fn by(tsa: &Tsa, engine: Engine) -> Self {
        Self::ahead(tsa, engine, TimeDelta::zero()).await
    }

    /// Its clock is ahead of the machine's by this much.
    async fn ahead(tsa: &Tsa, engine: Engine, ahead: TimeDelta) -> Self {
        let test = TestSite::today(engine, ahead).await;
        set(&test.site, "tsa.url", &tsa.url()).await.expect("an address");
        // Settings are read at the start.
        let site = another(&test).await;
        let authority =
            Authority::of(&site.hospital, test.folder()).expect("settings").expect("an authority");
        Self { test, site, authority }
    }

    pub(super) async fn work(&self) -> u32 {
        work(&self.site, &self.authority).await.expect("the database")
    }

    /// Something is recorded and signed.
    pub(super) async fn grow(&self) {
        grow(&self.site).await;
        audit::sign_now(&self.site).await.expect("signed");
    }

    /// How many wait.
    pub(super) async fn waiting(&self) -> i64 {
        let mut conn = self.site.db.read().await.expect("a connection");
        waiting(&mut conn).await.expect("a count").0
    }

    /// The stamps of the present log.
    pub(super) async fn stamps(&self) -> Vec<StampRow> {
        let mut conn = self.site.db.read().await.expect("a connection");
        of_log(&mut conn, &self.site.ledger.log_at(self.site.now())).await.expect("stamps")
    }

    /// How often the authority was asked for the one that waits longest.
    async fn tries(&self) -> i64 {
        const TRIES: &str = "SELECT attempts FROM log_stamp_wait ORDER BY size LIMIT 1";
        let mut conn = self.site.db.read().await.expect("a connection");
        on!(&mut conn, |c| sqlx::query_scalar(TRIES).fetch_one(c).await).expect("a number")
    }

    /// Why there is none yet.
    async fn reason(&self) -> String {
        const REASON: &str = "SELECT last_error FROM log_stamp_wait WHERE attempts > 0 ORDER BY size LIMIT 1";
        let mut conn = self.site.db.read().await.expect("a connection");
        on!(&mut conn, |c| sqlx::query_scalar(REASON).fetch_one(c).await).expect("a reason")
    }
}

pub(super) async fn another(test: &TestSite) -> Site {
    start::site(test.site.config.clone(), test.clock.clone()).await.expect("a site")
}

pub(super) async fn set(site: &Site, name: &'static str, value: &str) -> Result<(), SetError> {
    let (inner, value) = (site.clone(), value.to_owned());
    site.db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: "system" };
                hospital::change(tx, &by, &inner.content.catalogue.contacts, name, &value).await
            })
        })
        .await
}

pub(super) async fn grow(site: &Site) {
    let inner = site.clone();
    let written: Result<(), DbError> = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: "system" };
                people::hospital::set(tx, &by, "hospital.help", "内線 1234").await
            })
        })
        .await;
    written.expect("written");
}

#[tokio::test]
async fn without_an_authority_nothing_waits() {
    for engine in engines() {
        let test = TestSite::today(engine, TimeDelta::zero()).await;
        grow(&test.site).await;
        audit::sign_now(&test.site).await.expect("signed");
        let mut conn = test.site.db.read().await.expect("a connection");
        assert_eq!(waiting(&mut conn).await.expect("a count"), (0, None), "{engine:?}");
        assert!(Authority::of(&test.site.hospital, test.folder()).is_ok_and(|none| none.is_none()));
    }
}

#[tokio::test]
async fn the_checkpoint_that_two_keys_sign_waits_for_its_stamp_too() {
    for engine in engines() {
        let tsa = Tsa::start().await;
        let stamped = Stamped::by(&tsa, engine).await;
        stamped.grow().await;
        assert_eq!(stamped.work().await, 1, "{engine:?}");
        rotate(&stamped.site, Why::Routine, &[]).await.expect("changed");
        assert_eq!((stamped.waiting().await, stamped.work().await), (1, 1), "{engine:?}");
    }
}

#[tokio::test]
async fn a_stamp_comes_is_kept_in_the_records_and_beside_the_checkpoint() {
    for engine in engines() {
        let tsa = Tsa::start().await;
        let stamped = Stamped::by(&tsa, engine).await;
        stamped.grow().await;
        assert_eq!((stamped.waiting().await, stamped.work().await), (1, 1), "{engine:?}");
        assert_eq!((stamped.waiting().await, stamped.work().await), (0, 0), "{engine:?}: once");
        let [head] = &*tsa.heads() else { panic!("{engine:?}: one request") };
        assert!(
            head.starts_with("POST /stamp HTTP/1.1") && head.contains("application/timestamp-query"),
            "{head}"
        );
        let [row] = &*stamped.stamps().await else { panic!("{engine:?}: one stamp") };
        assert_eq!(&row.reply, &tsa.replies()[0], "{engine:?}: as it came");
        assert_eq!(row.authority, "Test Time Authority");
        assert!((row.at - stamped.site.now()).abs() < TimeDelta::minutes(1), "{engine:?}: {}", row.at);
        let log = stamped.site.ledger.log_at(stamped.site.now());
        let kept = stamped.site.signer.copies().stamps(&log).expect("copies");
        assert_eq!(kept, [(u64::try_from(row.size).expect("a size"), row.reply.clone())], "{engine:?}");

        for statement in ["DELETE FROM log_stamp", "UPDATE log_stamp SET size = 0"] {
            refuses(&stamped.site.db, statement).await;
        }

        stamped.grow().await;
        assert_eq!(stamped.work().await, 1, "{engine:?}: each checkpoint has its own");
        let check = live_check(&stamped.site).await.expect("a check");
        assert!(check.is_whole(), "{engine:?}: {:?}", check.logs);
    }
}

#[tokio::test]
async fn while_the_authority_is_down_checkpoints_wait_and_are_stamped_later_in_their_order() {
    for engine in engines() {
        let tsa = Tsa::start().await;
        let stamped = Stamped::by(&tsa, engine).await;
        tsa.behave(Manner::HangsUp);
        stamped.grow().await;
        stamped.grow().await;
        assert_eq!((stamped.work().await, stamped.waiting().await), (0, 2), "{engine:?}");
        assert_eq!(tsa.heads().len(), 1, "{engine:?}: the second would fare no better");
        assert_eq!(
            (stamped.work().await, tsa.heads().len()),
            (0, 1),
            "{engine:?}: it is left alone for a minute"
        );
        stamped.test.clock.advance(TimeDelta::minutes(1));
        assert_eq!((stamped.work().await, tsa.heads().len()), (0, 2), "{engine:?}");
        tsa.behave(Manner::Stamps);
        stamped.test.clock.advance(TimeDelta::minutes(1));
        assert_eq!(
            stamped.work().await,
            0,
            "{engine:?}: the pause has grown, and the second does not overtake"
        );
        stamped.test.clock.advance(TimeDelta::minutes(1));
        assert_eq!((stamped.work().await, stamped.waiting().await), (2, 0), "{engine:?}");
        let rows = stamped.stamps().await;
        assert!(rows[0].size < rows[1].size && rows[0].at <= rows[1].at, "{engine:?}");
        let nobody = Authority::new(Target::read("http://127.0.0.1:1/").expect("an address"), None, None);
        stamped.grow().await;
        assert_eq!(work(&stamped.site, &nobody.expect("a way")).await.expect("tried"), 0);
        assert!(stamped.reason().await.contains("127.0.0.1:1 was not reached"), "{engine:?}");
    }
}

#[tokio::test]
async fn what_is_no_stamp_of_the_checkpoint_is_not_taken_and_nothing_waits_for_ever() {
    for engine in engines() {
        let tsa = Tsa::start().await;
        let stamped = Stamped::by(&tsa, engine).await;
        stamped.grow().await;
        assert_eq!(stamped.work().await, 1);
        let of_another = tsa.replies()[0].clone();
        stamped.grow().await;
        let hasty = stamped.authority.clone().within(Duration::from_millis(500));
        let refusal = vec![0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02];
        for (manner, reason) in [
            (Manner::Answers("200 OK", b"<html>Welcome</html>".to_vec()), "it is not a reply"),
            (Manner::Answers("200 OK", Vec::new()), "it is not a reply"),
            (Manner::Answers("200 OK", of_another.clone()), "the time stamp of something else"),
            (Manner::Answers("200 OK", refusal), "the authority refused"),
            (Manner::Answers("200 OK", vec![0x30; 70_000]), "no whole reply"),
            (Manner::Answers("503 Later", of_another.clone()), "it answered 503"),
            (Manner::Answers("302 Found\r\nLocation: http://127.0.0.1:1/", Vec::new()), "it answered 302"),
            (Manner::Endless, "no whole reply"),
            (Manner::Silent, "it did not reply within 0.5 seconds"),
            (Manner::HangsUp, "no reply"),
        ] {
            tsa.behave(manner.clone());
            let began = Instant::now();
            assert_eq!(work(&stamped.site, &hasty).await.expect("tried"), 0, "{engine:?} {manner:?}");
            assert!(
                began.elapsed() < Duration::from_secs(10),
                "{engine:?} {manner:?}: {:?}",
                began.elapsed()
            );
            let told = stamped.reason().await;
            assert!(told.contains(reason), "{engine:?} {manner:?}: {told}");
            assert_eq!(
                (stamped.waiting().await, stamped.stamps().await.len()),
                (1, 1),
                "{engine:?} {manner:?}"
            );
            stamped.test.clock.advance(TimeDelta::hours(1));
        }
    }
}

#[tokio::test]
async fn a_server_that_stops_does_not_wait_for_an_authority_that_hangs() {
    let tsa = Tsa::start().await;
    let stamped = Stamped::by(&tsa, Engine::Sqlite).await;
    stamped.grow().await;
    tsa.behave(Manner::Silent);
    let (stop, told) = tokio::sync::watch::channel(false);
    let watching = tokio::spawn(audit::stamp::watch(stamped.site.clone(), told));
    while stamped.tries().await == 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    stop.send(true).expect("it listens");
    tokio::time::timeout(Duration::from_secs(5), watching).await.expect("in time").expect("ended");
    assert_eq!(
        (stamped.waiting().await, stamped.stamps().await.len()),
        (1, 0),
        "the checkpoint goes on waiting"
    );
}

#[tokio::test]
async fn a_reply_that_was_recorded_earlier_is_not_taken_for_the_same_checkpoint() {
    let tsa = Tsa::start().await;
    let stamped = Stamped::by(&tsa, Engine::Sqlite).await;
    let note = audit::sign_now(&stamped.site).await.expect("signed").expect("a checkpoint").note;
    let query = Query::new(note.as_bytes(), [1; 8]);
    let earlier = stamped.authority.ask(&query.encode()).await.expect("a reply");
    assert!(query.answered_by(&earlier).is_ok());
    tsa.behave(Manner::Answers("200 OK", earlier));
    assert_eq!(stamped.work().await, 0);
    assert!(stamped.reason().await.contains("another request"));
}

#[tokio::test]
async fn a_clock_that_is_ahead_of_the_authoritys_gets_no_stamp() {
    for engine in engines() {
        let tsa = Tsa::start().await;
        let stamped = Stamped::ahead(&tsa, engine, TimeDelta::minutes(30)).await;
        stamped.grow().await;
        assert_eq!((stamped.work().await, stamped.waiting().await), (0, 1), "{engine:?}");
        let told = stamped.reason().await;
        assert!(told.contains("the authority's clock says") && told.contains("covers a record of"), "{told}");
        assert!(stamped.stamps().await.is_empty(), "{engine:?}");
    }
}

#[tokio::test]
async fn an_authority_behind_https_is_asked_only_when_the_right_certificate_vouches_for_it() {
    let tsa = Tsa::start_secure().await;
    let target = Target::read(&format!("https://localhost:{}/stamp", tsa.port)).expect("an address");
    let query = Query::new(b"a note", [3; 8]);
    let way = |ca: &std::path::Path| Authority::new(target.clone(), Some(ca), Some(("kokoroe", "a word")));
    let reply = way(&tsa.tls_ca()).expect("a way").ask(&query.encode()).await.expect("a reply");
    assert_eq!(query.answered_by(&reply), Stamp::of(b"a note", &reply));
    let [head] = &*tsa.heads() else { panic!("one request") };
    assert!(head.to_lowercase().contains("authorization: basic a29rb3jvztphihdvcmq="), "{head}");
    let refused = way(&tsa.ca()).expect("a way").ask(&query.encode()).await;
    assert!(refused.as_ref().is_err_and(|error| error.contains("certificate")), "{refused:?}");
    assert_eq!(tsa.heads().len(), 1, "nothing was told to whoever that was");
    assert!(way(&tsa.tls_ca().with_extension("none")).is_err_and(|error| error.contains("tsa.ca")));
}

#[tokio::test]
async fn an_address_that_cannot_be_asked_is_not_set() {
    let test = TestSite::new().await;
    for wrong in ["tsa.example.jp", "ftp://tsa.example.jp/", "http://user:word@tsa.example.jp/"] {
        assert!(matches!(set(&test.site, "tsa.url", wrong).await, Err(SetError::StampAuthority)), "{wrong}");
    }
    assert!(matches!(set(&test.site, "tsa.ca", "ca.pem").await, Err(SetError::File(_))));
    set(&test.site, "tsa.url", "https://tsa.example.jp/tsr").await.expect("set");
    set(&test.site, "tsa.user", "kokoroe").await.expect("set");
    let told = Authority::of(&another(&test).await.hospital, test.folder());
    assert!(told.as_ref().is_err_and(|error| error.contains("tsa.password")), "{told:?}");
    set(&test.site, "tsa.url", "").await.expect("taken away");
}

#[tokio::test]
async fn a_stamp_that_was_exchanged_in_the_records_is_found_by_the_check() {
    let tsa = Tsa::start().await;
    let stamped = Stamped::by(&tsa, Engine::Sqlite).await;
    stamped.grow().await;
    stamped.grow().await;
    assert_eq!(stamped.work().await, 2);
    let statement = "UPDATE log_stamp SET reply = (SELECT reply FROM log_stamp ORDER BY size LIMIT 1) WHERE size = (SELECT MAX(size) FROM log_stamp)";
    alter(&stamped.test, statement).await;
    let check = live_check(&stamped.site).await.expect("a check");
    let found: Vec<_> =
        check.logs.iter().flat_map(|log| &log.differences).map(|d| (d.fault, &*d.file)).collect();
    let [(Fault::StampImprint, file)] = &*found else { panic!("{found:?}") };
    assert!(file.starts_with("log_stamp "), "{file}");
}

#[tokio::test]
async fn the_auditors_page_says_who_stamped_the_newest_checkpoint_and_how_many_wait() {
    for engine in engines() {
        let tsa = Tsa::start().await;
        let stamped = Stamped::by(&tsa, engine).await;
        stamped.test.ward().await;
        let mut off = stamped.test.signed_in("100030").await;
        let page = off.get("/audit").await.body;
        assert!(!page.contains("タイムスタンプ"), "{engine:?}: a server without an authority says nothing");
        let mut browser = crate::support::Browser::at(&stamped.site);
        browser.cookies.clone_from(&off.cookies);
        stamped.grow().await;
        let page = browser.get("/audit").await.body;
        assert!(
            page.contains("まだありません") && page.contains("チェックポイント1件（"),
            "{engine:?}: {page}"
        );
        browser.lang = "en";
        let page = browser.get("/audit").await.body;
        assert!(page.contains("None yet") && page.contains("Checkpoints: 1, since "), "{engine:?}: {page}");
        assert_eq!(stamped.work().await, 1);
        let page = browser.get("/audit").await.body;
        assert!(
            page.contains("By the clock of") && page.contains("Test Time Authority"),
            "{engine:?}: {page}"
        );
        assert!(!page.contains("Waiting for a time stamp"), "{engine:?}");
        browser.lang = "ja";
        let page = browser.get("/audit").await.body;
        assert!(page.contains("時刻認証局") && page.contains("Test Time Authority"), "{engine:?}: {page}");
    }
}
