//! Earlier years read as they were, and a signer is told of everything that has changed since.

use chrono::{DateTime, TimeDelta, Utc};
use kokoroe_courses::{Change, Policy, Text};
use kokoroe_server::db::DbError;
use kokoroe_server::id::{PeriodId, RequirementId, SessionId, StaffId};
use kokoroe_server::requirements::period::assign;
use kokoroe_server::requirements::rule::{Audience, Rule};
use kokoroe_server::requirements::store::{self as requirements, InPost, Requirement};
use kokoroe_server::requirements::track::one_list;
use kokoroe_server::requirements::year;
use kokoroe_server::training::signature::{Signature, complete};

use crate::reports::hospital::write;
use crate::reports::stored::Value;
use crate::support::people::Ward;
use crate::support::{TestSite, at, day, engines};
use crate::training::go_through;

const PUBLISHED: &str = "
    INSERT INTO content_revision (hash, kind, content_id, body, published_at, leaf) VALUES ($1, 'policy', 'sns', $2, $3, 0)";
const DONE: &str = "INSERT INTO progress (period_id, started_at, done_at) VALUES ($1, $2, $2)";

/// The policy in another version, with a change and a heading of its own.
fn policy(test: &TestSite, version: u32, change: Option<&str>) -> Policy {
    let mut policy = test.site.content.policy().1.as_ref().clone();
    policy.version = version;
    policy.effective = format!("20{}-04-01", 20 + version);
    policy.changes = change
        .map(|text| Change { id: "it".into(), clause: None, text: Text::ja(text) })
        .into_iter()
        .collect();
    for clause in &mut policy.clauses {
        clause.heading = Text::ja(format!("第{}条 昔の題{version}", clause.id.trim_start_matches('C')));
    }
    policy
}

/// Keeps a policy as published at a time, and gives its hash.
async fn publish(test: &TestSite, policy: &Policy, published_at: DateTime<Utc>) -> String {
    let (hash, body) = (policy.revision(), policy.canonical());
    let row = vec![Value::Text(hash.clone()), Value::Text(body), Value::Time(published_at)];
    write(test, vec![(PUBLISHED, vec![row])]).await;
    hash
}

/// Signs a period under the text of this hash.
pub(crate) async fn sign_under(test: &TestSite, staff: &StaffId, period: &PeriodId, hash: &str, lang: &str) {
    let mut conn = test.site.db.read().await.expect("a connection");
    let period = requirements::period(&mut conn, period).await.expect("read").expect("a period");
    assert_eq!(period.staff_id, *staff);
    let signature = Signature {
        due_at: period.due_at,
        period,
        series: "2025-SNS".into(),
        valid_until: None,
        policy: hash.to_owned(),
        policy_version: 2,
        statements: r#"[{"id":"read","text":"昔の約束を読みました。"}]"#.into(),
        lang: lang.to_owned(),
        name: "鈴木 一郎".into(),
        done_at: Some(test.site.now()),
        session: SessionId::new(&test.clock),
    };
    let (ledger, clock) = (test.site.ledger.clone(), test.clock.clone());
    let signed: Result<(), DbError> = test
        .site
        .db
        .write(move |tx| Box::pin(async move { complete(tx, &ledger, &clock, signature).await }))
        .await;
    signed.expect("signed");
}

/// The nurse's period in the year before.
pub(crate) async fn last_year(test: &TestSite, ward: &Ward) -> PeriodId {
    let requirement = Requirement {
        id: RequirementId::new(&test.clock),
        code: "sns-2025".into(),
        title: "SNSの約束 2025年度".into(),
        title_en: String::new(),
        basis: String::new(),
        basis_en: String::new(),
        course: "sns".into(),
        fiscal_year: 2025,
        opens_at: at("2025-08-31T15:00:00Z"),
        due_at: at("2025-10-31T15:00:00Z"),
        valid_until: None,
        rule: Rule::yearly(Audience { named: true, ..Audience::default() }),
        closed_at: None,
    };
    let (site, id, staff) = (test.site.clone(), requirement.id.clone(), ward.nurse.clone());
    let made: Result<u32, DbError> = test
        .site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let lists = one_list(&["m1-photo".to_owned()]);
                year::open(tx, &site.ledger, &site.clock, &requirement, &lists, "system").await?;
                let owing = [InPost { staff, joined_on: day("2020-04-01") }];
                let tracks = &site.content.catalogue.course.tracks;
                assign(tx, &site.ledger, &site.clock, tracks, &requirement, &owing).await?;
                Ok(1)
            })
        })
        .await;
    assert_eq!(made.expect("owed"), 1);
    let mut conn = test.site.db.read().await.expect("a connection");
    let periods = requirements::periods_of(&mut conn, &ward.nurse).await.expect("periods");
    periods.into_iter().find(|period| period.requirement_id == id).expect("a period").id
}

/// Says that everything but the signature is done.
async fn all_done(test: &TestSite, period: &PeriodId) {
    let row = vec![Value::Text(period.to_string()), Value::Time(test.site.now())];
    write(test, vec![(DONE, vec![row])]).await;
}

#[tokio::test]
async fn whoever_signed_version_2_is_told_what_3_and_4_changed() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let present = test.period(&ward.nurse).await;
        let second = policy(&test, 2, Some("第2版の変更"));
        let hash = publish(&test, &second, at("2024-04-01T00:00:00Z")).await;
        publish(&test, &policy(&test, 3, Some("第3版の古い書き方")), at("2025-04-01T00:00:00Z")).await;
        publish(&test, &policy(&test, 3, Some("第3版の変更")), at("2025-05-01T00:00:00Z")).await;
        let earlier = last_year(&test, &ward).await;
        sign_under(&test, &ward.nurse, &earlier, &hash, "ja").await;
        all_done(&test, &present).await;
        let mut nurse = test.signed_in("100001").await;
        let page = nurse.get(&format!("/learn/{present}/sign")).await;
        let newest = test.site.content.policy().1.changes[0].text.ja.clone();
        let (third, fourth) = (page.body.find("第3版の変更"), page.body.find(&newest));
        assert!(fourth.is_some() && fourth < third, "both, the newest first: {}", page.body);
        assert!(page.body.contains("に第2版に署名しています"), "{}", page.body);
        for not in ["第2版の変更", "第3版の古い書き方", "本文に変更はありません", "記録がありません"]
        {
            assert!(!page.body.contains(not), "{not}");
        }
        let policy = nurse.get("/policy/sns").await;
        for version in ["第2版の変更", "第3版の変更", newest.as_str()] {
            assert!(policy.body.contains(version), "the record of changes has all of them: {version}");
        }
        let old = nurse.get(&format!("/policy/sns/{hash}")).await;
        assert!(old.body.contains("第2版の変更") && !old.body.contains("第3版の変更"));
    }
}

#[tokio::test]
async fn a_version_of_which_nothing_is_on_record_and_an_edited_text_are_told_as_such() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let present = test.period(&ward.nurse).await;
    let version = test.site.content.policy().1.version;
    let second = publish(&test, &policy(&test, 2, None), at("2024-04-01T00:00:00Z")).await;
    let earlier = last_year(&test, &ward).await;
    sign_under(&test, &ward.nurse, &earlier, &second, "ja").await;
    all_done(&test, &present).await;
    let mut nurse = test.signed_in("100001").await;
    let page = nurse.get(&format!("/learn/{present}/sign")).await;
    assert!(page.body.contains("第3版で変わったところは、記録がありません"), "{}", page.body);

    let edited = publish(&test, &policy(&test, version, None), at("2025-04-01T00:00:00Z")).await;
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let present = test.period(&ward.nurse).await;
    assert_eq!(publish(&test, &policy(&test, version, None), at("2025-04-01T00:00:00Z")).await, edited);
    let earlier = last_year(&test, &ward).await;
    sign_under(&test, &ward.nurse, &earlier, &edited, "ja").await;
    all_done(&test, &present).await;
    let mut nurse = test.signed_in("100001").await;
    let page = nurse.get(&format!("/learn/{present}/sign")).await;
    assert!(page.body.contains("版は同じですが、本文に直したところがあります"), "{}", page.body);
    assert!(!page.body.contains("本文に変更はありません"));
}

/// The explanation of the first question of a module that has one.
async fn explanation(test: &TestSite, period: &PeriodId) -> String {
    let mut nurse = test.signed_in("100001").await;
    for turn in 1..10 {
        let page = nurse.get(&format!("/learn/{period}/m1-photo/{turn}/why")).await;
        if page.status == http::StatusCode::OK && page.body.contains("/policy/sns") {
            return page.body;
        }
    }
    panic!("no explanation names a clause");
}

#[tokio::test]
async fn the_explanations_of_an_earlier_year_name_the_clauses_of_the_policy_of_that_year() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let period = last_year(&test, &ward).await;
        let mut nurse = test.signed_in("100001").await;
        test.clock.advance(TimeDelta::hours(1));
        let in_force = publish(&test, &policy(&test, 3, None), test.site.now()).await;
        test.clock.advance(TimeDelta::hours(1));
        go_through(&test, &mut nurse, &ward.nurse, &period, "m1-photo", 0).await;
        test.clock.advance(TimeDelta::hours(1));
        // Published when the module was finished already.
        publish(&test, &policy(&test, 5, None), test.site.now()).await;
        let page = explanation(&test, &period).await;
        assert!(page.contains("昔の題3"), "in force when it was finished: {page}");
        assert!(page.contains(&format!("/policy/sns/{in_force}#C")), "{page}");

        let signed = publish(&test, &policy(&test, 2, None), at("2024-04-01T00:00:00Z")).await;
        sign_under(&test, &ward.nurse, &period, &signed, "en").await;
        let page = explanation(&test, &period).await;
        assert!(page.contains("昔の題2") && !page.contains("昔の題3"), "the one that was signed: {page}");
        assert!(page.contains(&format!("/policy/sns/{signed}#C")), "{page}");

        let history = nurse.get("/history").await;
        for expected in [
            format!("href=\"/policy/sns/{signed}\""),
            "署名した規程（第2版）を読む".into(),
            "英語の画面で署名しました".into(),
            "<ul lang=\"en\"><li>昔の約束を読みました。</li>".into(),
        ] {
            assert!(history.body.contains(&expected), "{expected}: {}", history.body);
        }
    }
}
