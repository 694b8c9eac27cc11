//! The auditor: what can be read, what can be proved, and what is found when somebody has altered it.

mod backup;
mod certificate;
mod long;
mod memory;
mod names;
mod own_words;
pub(crate) mod pack;
mod pages;
mod part;
mod private;
mod readings;
mod recovery;
mod rotation;
mod stamp_work;
mod stamped_pack;
mod stamps;
mod tampering;
mod witness;

use http::StatusCode;
use kokoroe_server::id::PeriodId;

use crate::support::people::Ward;
use crate::support::{Browser, TestSite};
use crate::training::{finish_modules, sign};

/// A hospital in which one nurse has finished the year; everybody else has not begun.
async fn finished(test: &TestSite) -> (Ward, PeriodId) {
    let ward = test.ward().await;
    let period = test.period(&ward.nurse).await;
    let mut browser = test.signed_in("100001").await;
    finish_modules(test, &mut browser, &ward.nurse, &period).await;
    sign(test, &mut browser, &period).await;
    (ward, period)
}

/// The auditor's browser.
async fn auditor(test: &TestSite) -> Browser {
    test.signed_in("100030").await
}

/// Every address of the auditor that is read.
fn addresses(ward: &Ward, hash: &str) -> Vec<String> {
    let person = format!("/audit/people/{}", ward.nurse);
    let mut all: Vec<String> =
        ["/audit", "/audit/check", "/audit/roster", "/audit/content", "/audit/log", "/audit/readings"]
            .map(str::to_owned)
            .to_vec();
    all.extend([person, format!("/audit/content/{hash}"), format!("/audit/content/{hash}/text")]);
    all
}

#[tokio::test]
async fn everybody_else_is_refused_at_every_address() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let hash = test.site.content.policy().0.to_owned();
    let before = leaves(&test).await;
    for number in ["100001", "100010", "100020"] {
        let mut browser = test.signed_in(number).await;
        for address in addresses(&ward, &hash) {
            let answer = browser.get(&address).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{number} {address}");
            assert!(!answer.body.contains("kokoroe-"), "{number} {address} tells of the log");
        }
        for address in ["/audit/check", "/audit/pack"] {
            let answer = browser.post(address, &[]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{number} {address}");
        }
    }
    let mut nobody = test.browser();
    for address in addresses(&ward, &hash) {
        let answer = nobody.get(&address).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{address}");
        assert!(answer.location().starts_with("/sign-in"), "{address}");
    }
    assert_eq!(leaves(&test).await, before, "nothing was written");
}

/// How many leaves the logs have.
async fn leaves(test: &TestSite) -> i64 {
    let mut conn = test.site.db.read().await.expect("a connection");
    let heads = kokoroe_server::audit::store::heads(&mut conn).await.expect("heads");
    heads.iter().map(|head| head.size).sum()
}
