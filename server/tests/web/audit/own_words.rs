//! What somebody wrote in their own words is read by nobody else.

use super::pack::{download, unzipped};
use super::tampering::alter;
use super::{addresses, auditor};
use crate::support::solve::{self, Temper};
use crate::support::{Browser, TestSite};
use kokoroe_server::id::{PeriodId, StaffId};

/// Words that stand nowhere else, 18 characters.
const WORDS: &str = "ひみつの花園で待つと書いた人がいます";

/// Goes through a module and writes [`WORDS`] wherever a reply is asked for.
async fn write(test: &TestSite, browser: &mut Browser, staff: &StaffId, period: &PeriodId, module: &str) {
    let base = format!("/learn/{period}/{module}");
    browser.post(&base, &[]).await;
    while let Some(ask) = solve::answer(&test.site, staff, period, module, Temper::Best).await {
        let own = |name: &str| name == "draft";
        let fields: Vec<(&str, &str)> = ask
            .fields
            .iter()
            .map(|(name, value)| (name.as_str(), if own(name) { WORDS } else { value.as_str() }))
            .collect();
        browser.post(&format!("{base}/{}", ask.turn), &fields).await;
    }
}

#[tokio::test]
async fn own_words_are_on_no_page_of_an_auditor_or_a_manager_and_in_no_pack() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let period = test.period(&ward.nurse).await;
    let mut nurse = test.signed_in("100001").await;
    write(&test, &mut nurse, &ward.nurse, &period, "m2-disaster").await;
    let sheet = nurse.get(&format!("/history/{period}/m2-disaster")).await;
    assert!(sheet.body.contains(WORDS), "the person reads them");
    let hash = test.site.content.module("m2-disaster").expect("a module").0.to_owned();
    let person = format!("/audit/people/{}", ward.nurse);
    // Then the answers no longer lead through the module, and then the reply cannot even be read.
    for (statement, told) in [
        (None, "自分で書いた文（18字）"),
        (Some("UPDATE answer SET response = '\"again\"' WHERE turn = 1"), "draft 18 characters"),
        (
            Some(
                "UPDATE answer SET response = REPLACE(response, 'draft', 'draught') WHERE response LIKE '{\"draft%'",
            ),
            "unreadable 32 characters",
        ),
    ] {
        if let Some(statement) = statement {
            alter(&test, statement).await;
        }
        let mut browser = auditor(&test).await;
        let page = browser.get(&person).await;
        assert!(page.body.contains(told), "{told}: {}", page.body);
        browser.post("/audit/check", &[]).await;
        let log = ["/audit/log?from=0".to_owned(), "/audit/log?kind=answer".to_owned()];
        for address in addresses(&ward, &hash).into_iter().chain(log) {
            let page = browser.get(&address).await;
            assert!(!page.body.contains(WORDS), "{address}");
        }
        for (number, address) in [("100010", "/team/people"), ("100020", "/office/people")] {
            let page = test.signed_in(number).await.get(&format!("{address}/{}", ward.nurse)).await;
            assert!(!page.body.contains(WORDS), "{address}");
        }
        for (name, bytes) in unzipped(&download(&test).await) {
            assert!(!String::from_utf8_lossy(&bytes).contains(WORDS), "{name}");
        }
    }
}
