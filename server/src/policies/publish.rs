//! Publishing the draft: what it would ask of whom, and doing it. The version, its leaf, the approvals that it rests on and the requirement
//! by which people are asked are one write.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, SecondsFormat, TimeDelta, Utc};
use kokoroe_courses::{ChangeKind, Lang as CourseLang, Policy};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::draft::Draft;
use super::review::Standing as Reviewed;
use super::store;
use super::version::holds_from;
use crate::audit::{Entry, Kind, append, hold};
use crate::clock::Calendar;
use crate::db::{Conn, DbError, Tx};
use crate::id::{RequirementId, StaffId};
use crate::requirements::follow::{Everybody, Standing, facts};
use crate::requirements::office;
use crate::requirements::plan::{Plan, plan};
use crate::requirements::rule::{Audience, Cycle, Days, Rule};
use crate::requirements::store::{self as requirements, Requirement, SIGNATURE};
use crate::requirements::year;
use crate::state::Site;
use crate::training::store::{self as training, OwnVersion, Revision};

/// What publishing the draft would do.
#[derive(Clone, Debug)]
pub struct Outlook {
    /// From when it holds.
    pub effective_at: DateTime<Utc>,
    /// It holds only from a later day on.
    pub later: bool,
    /// By what people would be asked to sign it; nobody is asked about an editorial change.
    pub requirement: Option<Requirement>,
    /// Who would be asked, by today's staff list.
    pub plan: Plan,
    /// Everybody in post.
    pub everybody: Everybody,
    /// How many of them have signed which version last.
    pub versions: BTreeMap<u32, usize>,
    /// How many of them sign it where they still have something else to sign.
    pub elsewhere: usize,
    /// How many have never signed anything.
    pub never: usize,
}

/// The day of a policy's text; one that cannot be read is today.
fn effective_day(policy: &Policy, today: NaiveDate) -> NaiveDate {
    policy.effective.parse().unwrap_or(today)
}

impl Outlook {
    /// What it would do, with so many days to sign.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(site: &Site, conn: &mut Conn, policy: &Policy, days: u16) -> Result<Self, DbError> {
        let (now, calendar) = (site.now(), site.calendar());
        let today = calendar.date(now);
        let effective = effective_day(policy, today);
        let effective_at = calendar.start_of(effective).max(now);
        let later = effective > today;
        // Whoever signs is looked up by the rule of a requirement, even where none will be made.
        let asking = asking(site, policy, effective_at, days, calendar);
        let everybody = Everybody::load(conn, calendar, now).await?;
        let standing = Standing::for_new(conn, &asking, now).await?;
        let at = (effective_at, calendar);
        let asks = policy.change.is_some_and(ChangeKind::asks_again);
        let plan = if asks {
            plan(&facts(&asking, &asking.rule, &everybody, &standing, at, true))
        } else {
            Plan::default()
        };
        let (mut versions, mut elsewhere, mut never) = (BTreeMap::new(), 0, 0);
        for who in &everybody.people {
            match standing.signed.get(&who.staff) {
                Some(signed) => {
                    *versions.entry(signed.version).or_insert(0) += 1;
                    elsewhere += usize::from(signed.elsewhere);
                }
                None => never += 1,
            }
        }
        let requirement = asks.then_some(asking);
        Ok(Self { effective_at, later, requirement, plan, everybody, versions, elsewhere, never })
    }

    /// Names this outlook: whoever confirms has seen this one and no other.
    #[must_use]
    pub fn seen(&self, hash: &str) -> String {
        let seconds = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
        let mut lines: Vec<String> =
            self.plan.give.iter().map(|give| format!("{} {}", give.staff, seconds(give.due_at))).collect();
        lines.sort();
        lines.push(hash.to_owned());
        hex::encode(Sha256::digest(lines.join("\n").as_bytes())).chars().take(16).collect()
    }

    /// The main departments of those who would be asked, in the order of their codes, with how many.
    #[must_use]
    pub fn departments(&self) -> Vec<(String, usize)> {
        let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
        for give in &self.plan.give {
            let who = self.everybody.people.iter().find(|who| who.staff == give.staff);
            let place = who.and_then(|who| who.places.first());
            let key = place.map_or_else(Default::default, |place| (place.code.clone(), place.name.clone()));
            *counts.entry(key).or_insert(0) += 1;
        }
        counts.into_iter().map(|((_, name), people)| (name, people)).collect()
    }
}

/// The requirement that asks those who signed an earlier version for nothing but another signature.
fn asking(
    site: &Site,
    policy: &Policy,
    opens_at: DateTime<Utc>,
    days: u16,
    calendar: Calendar,
) -> Requirement {
    let version = policy.version;
    let whom = Audience { signed_before: Some(version), ..Audience::everybody() };
    let given = Days { joiner: days, back: days, least: days, ..Days::default() };
    let (ja, en) = (policy.title.get(CourseLang::Ja).0, policy.title.get(CourseLang::En).0);
    let changes = |lang: CourseLang| {
        let lines = policy.changes.iter().map(|change| change.text.get(lang).0);
        lines.collect::<Vec<_>>().join(" ")
    };
    Requirement {
        id: RequirementId::new(&site.clock),
        code: format!("{SIGNATURE}-{version}"),
        title: format!("{ja} 第{version}版への署名"),
        title_en: format!("Signing version {version} of the {en}"),
        basis: format!("規程を改めたため：{}", changes(CourseLang::Ja)),
        basis_en: format!("The policy was changed: {}", changes(CourseLang::En)),
        course: SIGNATURE.to_owned(),
        fiscal_year: calendar.fiscal_year(opens_at),
        opens_at,
        due_at: calendar.end_of(calendar.date(opens_at) + TimeDelta::days(days.into())),
        valid_until: None,
        rule: Rule { whom, cycle: Cycle::Once, days: given },
        closed_at: None,
    }
}

/// Why the draft cannot be published yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocked {
    /// Nothing differs from the version before.
    Unchanged,
    /// What changed, how much or from when is not written down.
    Frame,
    /// The day from which it would hold is past.
    DayPast,
    /// It would hold before a version that was published earlier.
    DayBeforeEarlier,
    /// Not enough others have approved it, or somebody has sent it back.
    Reviews,
}

/// Everything that is missing before the draft can be published.
#[must_use]
pub fn blocked(
    draft: &Draft,
    before: &Policy,
    earlier: Option<NaiveDate>,
    needed: usize,
    today: NaiveDate,
) -> Vec<Blocked> {
    let policy = &draft.policy;
    let mut found = Vec::new();
    let texts = |policy: &Policy| (policy.preamble.clone(), policy.clauses.clone());
    let begun = super::draft::begun_from(before, before.version, today).statements;
    if texts(policy) == texts(before) && policy.statements == begun {
        found.push(Blocked::Unchanged);
    }
    if policy.changes.is_empty() || policy.change.is_none() {
        found.push(Blocked::Frame);
    }
    match policy.effective.parse::<NaiveDate>() {
        Ok(day) if day < today => found.push(Blocked::DayPast),
        Ok(day) if earlier.is_some_and(|earlier| day < earlier) => found.push(Blocked::DayBeforeEarlier),
        Ok(_) => {}
        Err(_) => found.push(Blocked::Frame),
    }
    found.dedup();
    if !Reviewed::of(&draft.hash, &draft.reviews, &draft.writers).suffices(needed) {
        found.push(Blocked::Reviews);
    }
    found
}

/// The day from which the version holds that the hospital published last.
///
/// # Errors
/// When the database fails.
pub async fn earlier_day(site: &Site, conn: &mut Conn) -> Result<Option<NaiveDate>, DbError> {
    let versions = training::versions(conn, &site.content.policy().1.id).await?;
    let last = versions.iter().rfind(|version| version.effective_at.is_some());
    Ok(last.map(|version| site.calendar().date(holds_from(version))))
}

/// Publishes the draft with this hash, if it still stands there and enough others have approved exactly this text. Tells whether it did.
///
/// # Errors
/// When the database fails.
pub async fn publish(
    tx: &mut Tx,
    site: &Site,
    by: &StaffId,
    hash: &str,
    needed: usize,
    outlook: &Outlook,
) -> Result<bool, DbError> {
    let (ledger, clock) = (&site.ledger, &site.clock);
    let at = hold(tx, ledger, clock).await?;
    let Some(draft) = Draft::load(tx).await?.filter(|draft| draft.hash == hash) else { return Ok(false) };
    let before = super::newest(site, tx).await?;
    let (earlier, today) = (earlier_day(site, tx).await?, ledger.calendar.date(at));
    if !blocked(&draft, &before.policy, earlier, needed, today).is_empty() {
        return Ok(false);
    }
    let Some(change) = draft.policy.change else { return Ok(false) };
    if let Some(requirement) = &outlook.requirement {
        // Whoever is still to sign an earlier version signs this one there; nobody new is asked for that one.
        for open in requirements::requirements(tx).await? {
            if open.rule.whom.signed_before.is_some() && open.closed_at.is_none() {
                office::close_in(tx, site, &open.id, by).await?;
            }
        }
        year::open(tx, ledger, clock, requirement, &[], by.as_str()).await?;
    }
    let approved = Reviewed::of(hash, &draft.reviews, &draft.writers).approved;
    let effective_at = outlook.effective_at.max(at);
    let effective = effective_at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let d = json!({
        "id": draft.policy.id, "rev": hash, "version": draft.policy.version, "change": change.code(),
        "effective": effective, "asks": outlook.requirement.as_ref().map(|requirement| &requirement.id),
        "writers": draft.writers, "approved_by": approved,
    });
    let entry = Entry { kind: Kind::POLICY_PUBLISH, at, actor: by.as_str(), obj: hash, req: None, d };
    let leaf = append(tx, ledger, entry).await?;
    let own = OwnVersion {
        by: by.clone(),
        effective_at,
        change,
        requirement: outlook.requirement.as_ref().map(|requirement| requirement.id.clone()),
    };
    let (id, body) = (draft.policy.id.as_str(), draft.policy.canonical());
    let revision = Revision {
        hash,
        kind: "policy",
        content_id: id,
        body: &body,
        published_at: at,
        leaf,
        own: Some(&own),
    };
    training::add_revision(tx, &revision).await?;
    store::drop_draft(tx, &draft.row.id, draft.row.version).await
}
