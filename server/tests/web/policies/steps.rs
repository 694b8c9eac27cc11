//! What those who write, read and publish do.

use http::StatusCode;
use kokoroe_server::db::DbError;
use kokoroe_server::id::{PeriodId, SessionId, StaffId};
use kokoroe_server::people::{self, Role, Scribe};
use kokoroe_server::requirements::store::{self as requirements, Period, Requirement};
use kokoroe_server::training::signature::{Signature, complete};

use crate::support::people::Ward;
use crate::support::{Answered, Browser, PASSWORD, TestSite};

/// A ward whose training office has three members.
pub(super) struct Office {
    pub(super) ward: Ward,
    /// 100020
    pub(super) author: Browser,
    /// 100010
    pub(super) first: Browser,
    /// 100011
    pub(super) second: Browser,
}

impl Office {
    pub(super) async fn of(test: &TestSite) -> Self {
        let ward = test.ward().await;
        let (site, members) = (test.site.clone(), [ward.manager.clone(), ward.fourth_manager.clone()]);
        let granted: Result<(), DbError> = test
            .site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                    for member in &members {
                        people::grant(tx, &by, member, &Role::Office).await?;
                    }
                    Ok(())
                })
            })
            .await;
        granted.expect("granted");
        let author = test.signed_in("100020").await;
        let (first, second) = (test.signed_in("100010").await, test.signed_in("100011").await);
        Self { ward, author, first, second }
    }
}

/// The value of a hidden field of a page.
pub(super) fn hidden(body: &str, name: &str) -> String {
    let from = body.split(&format!("name=\"{name}\" value=\"")).nth(1);
    let from = from.unwrap_or_else(|| panic!("no {name}: {body}"));
    from.split('"').next().expect("a value").to_owned()
}

pub(super) fn seen(body: &str) -> String {
    hidden(body, "seen")
}

pub(super) async fn begin(author: &mut Browser) {
    let begun = author.post("/office/policy/draft", &[]).await;
    assert_eq!(begun.location(), "/office/policy/draft");
}

/// Saves a part with these fields, and a heading where none is among them.
pub(super) async fn part(author: &mut Browser, code: &str, fields: &[(&str, &str)]) {
    let path = format!("/office/policy/draft/parts/{code}");
    let page = author.get(&path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let seen = seen(&page.body);
    let mut fields = [&[("seen", seen.as_str())], fields].concat();
    let heading = page.body.split("name=\"heading\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    if !fields.iter().any(|(name, _)| *name == "heading")
        && let Some(heading) = heading
    {
        fields.push(("heading", heading));
    }
    let saved = author.post(&path, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
}

pub(super) async fn frame(author: &mut Browser, effective: &str, change: &str) {
    let fields = [
        ("effective", effective),
        ("change", change),
        ("changes", "カルテを開くときの決まりを、短くしました。"),
        ("changes_en", "The rule on opening records is shorter."),
    ];
    part(author, "frame", &fields).await;
}

/// Approves the text that stands there.
pub(super) async fn approve(reviewer: &mut Browser) -> Answered {
    let page = reviewer.get("/office/policy/draft").await;
    let hash = match page.body.contains("name=\"hash\"") {
        true => hidden(&page.body, "hash"),
        // Whoever wrote it has no form; somebody may send one all the same.
        false => {
            let code =
                page.body.split("<code>").nth(1).and_then(|rest| rest.split('<').next()).expect("a hash");
            full_hash(reviewer, code).await
        }
    };
    reviewer
        .post("/office/policy/draft/review", &[("verdict", "approved"), ("words", ""), ("hash", &hash)])
        .await
}

async fn full_hash(reviewer: &Browser, begins: &str) -> String {
    let mut conn = reviewer.site().db.read().await.expect("a connection");
    let draft =
        kokoroe_server::policies::draft::Draft::load(&mut conn).await.expect("read").expect("a draft");
    assert!(draft.hash.starts_with(begins));
    draft.hash
}

/// A draft that two others have approved: another clause 3, from that day on.
pub(super) async fn ready(office: &mut Office, effective: &str, change: &str) {
    begin(&mut office.author).await;
    part(&mut office.author, "C3", &[("text", "カルテは、自分の仕事に必要なときだけ開きます。")]).await;
    frame(&mut office.author, effective, change).await;
    for reviewer in [&mut office.first, &mut office.second] {
        assert_eq!(approve(reviewer).await.status, StatusCode::SEE_OTHER);
    }
}

/// Publishes what the page before it shows, with so many days to sign where they are asked for.
pub(super) async fn publish(author: &mut Browser, days: Option<&str>) {
    let path = "/office/policy/draft/publish";
    let page = author.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let (hash, seen) = (hidden(&page.body, "hash"), hidden(&page.body, "seen"));
    let mut fields = vec![("hash", hash.as_str()), ("seen", seen.as_str())];
    fields.extend(days.map(|days| ("days", days)));
    let published = author.post(path, &fields).await;
    assert_eq!(published.status, StatusCode::SEE_OTHER, "{}", published.body);
    assert_eq!(published.location(), "/office/policy");
}

/// Somebody's periods, newest first, each with its requirement.
pub(super) async fn periods(test: &TestSite, staff: &StaffId) -> Vec<(Period, Requirement)> {
    let mut conn = test.site.db.read().await.expect("a connection");
    let mut found = Vec::new();
    for period in requirements::periods_of(&mut conn, staff).await.expect("periods") {
        let of =
            requirements::requirement(&mut conn, &period.requirement_id).await.expect("read").expect("it");
        found.push((period, of));
    }
    found
}

/// What somebody was asked to sign apart.
pub(super) async fn asked(test: &TestSite, staff: &StaffId) -> Option<(Period, Requirement)> {
    periods(test, staff).await.into_iter().find(|(_, of)| of.rule.whom.signed_before.is_some())
}

/// Somebody has the year's training behind them, signed under the text that the program brought.
pub(super) async fn signed_before(test: &TestSite, staff: &StaffId) {
    let (period, of) = periods(test, staff).await.into_iter().next_back().expect("a period");
    let (hash, policy) = test.site.content.policy();
    let signature = Signature {
        due_at: period.due_at,
        period,
        series: of.series(),
        valid_until: None,
        policy: hash.to_owned(),
        policy_version: i64::from(policy.version),
        statements: r#"[{"id":"read","text":"読みました。"}]"#.into(),
        lang: "ja".into(),
        name: "鈴木 一郎".into(),
        done_at: Some(test.site.now()),
        session: SessionId::new(&test.clock),
    };
    let (ledger, clock) = (test.site.ledger.clone(), test.clock.clone());
    let done: Result<(), DbError> = test
        .site
        .db
        .write(move |tx| Box::pin(async move { complete(tx, &ledger, &clock, signature).await }))
        .await;
    done.expect("signed");
}

/// Somebody reads, ticks, gives the password, and has signed.
pub(super) async fn sign(browser: &mut Browser, period: &PeriodId) {
    let base = format!("/learn/{period}/sign");
    let page = browser.get(&base).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let ids: Vec<String> = page
        .body
        .split("name=\"statement\" value=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next().map(str::to_owned))
        .collect();
    let mut fields: Vec<(&str, &str)> = ids.iter().map(|id| ("statement", id.as_str())).collect();
    let ticked = browser.post(&base, &fields).await;
    let check = ticked.location().to_owned();
    fields.push(("password", PASSWORD));
    let signed = browser.post(&check, &fields).await;
    assert_eq!(signed.location(), format!("{base}/done"), "{}", signed.body);
}
