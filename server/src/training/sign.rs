//! Reading the policy and signing it again with the password.

mod text;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use chrono::{DateTime, Utc};
use http::StatusCode;
use kokoroe_app::ShownIn;
use kokoroe_app::training::{PolicySignCheck, SignDone, SignError};
use serde::Deserialize;
use serde_json::json;

use super::overview::Overview;
use super::policy::{BINDING, Pinned, TextAsked, is_plain};
use super::signature::{Signature, complete};
use super::store;
use super::translate::{Translator, course_lang, moment};
use super::walk::own_period;
use crate::account::{Confirmed, confirm};
use crate::audit::hold;
use crate::db::{Conn, DbError};
use crate::http::{Answer, Form, Learner, Problem, Signed, Visitor, page, page_with_status, see_other};
use crate::id::PeriodId;
use crate::policies::in_force;
use crate::requirements::plan::Release;
use crate::requirements::store as requirements;
use crate::requirements::term::Terms;
use crate::state::Site;
use text::Desk;

/// The period and the policy in force, if now is the time to sign it; otherwise the way to where the person stands: something before it is
/// still to be done, it is signed already, or it is not owed any more.
async fn to_sign(
    site: &Site,
    signed: &Signed,
    period: &str,
) -> Result<Result<(Overview, Pinned), Response>, Problem> {
    let mut conn = site.db.read().await?;
    let period = own_period(&mut conn, period, &signed.staff).await?;
    let overview = Overview::load(site, &mut conn, period).await?;
    let settled = overview.released.is_some_and(|(why, _)| why == Release::Signed);
    let early = overview.requirement.opens_at > site.now();
    Ok(match (&overview.completion, overview.progress.done_at) {
        (Some(_), _) => Err(see_other(&format!("{}/done", base(&overview.period.id)))),
        (None, Some(_)) if !settled && !early => Ok((overview, in_force(site, &mut conn).await?)),
        (None, _) => Err(see_other("/")),
    })
}

fn base(period: &PeriodId) -> String {
    format!("/learn/{period}/sign")
}

/// The text, and what the signer says about it.
pub async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Learner(signed): Learner,
    Path(period): Path<String>,
    Query(asked): Query<TextAsked>,
) -> Answer {
    let (overview, present) = match to_sign(&site, &signed, &period).await? {
        Ok(found) => found,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let desk =
        Desk { site: &site, visitor: &visitor, staff: &signed.staff, overview: &overview, present: &present };
    let view = desk.text(&asked, &[]).await?;
    Ok(page(&site, &visitor, view))
}

/// Whether every statement of the policy is among these.
fn all_ticked(present: &Pinned, ticked: &[&str]) -> bool {
    present.policy.statements.iter().all(|statement| ticked.contains(&statement.id.as_str()))
}

/// Takes the ticks: all of them lead to the check page.
pub async fn submit(
    State(site): State<Site>,
    visitor: Visitor,
    Learner(signed): Learner,
    Path(period): Path<String>,
    Query(asked): Query<TextAsked>,
    form: Form,
) -> Answer {
    let (overview, present) = match to_sign(&site, &signed, &period).await? {
        Ok(found) => found,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let id = &overview.period.id;
    let ticked: Vec<&str> = form.all("statement").collect();
    if !all_ticked(&present, &ticked) {
        let desk = Desk {
            site: &site,
            visitor: &visitor,
            staff: &signed.staff,
            overview: &overview,
            present: &present,
        };
        let mut view = desk.text(&asked, &ticked).await?;
        view.missing = true;
        return Ok(page_with_status(&site, &visitor, StatusCode::UNPROCESSABLE_ENTITY, view));
    }
    Ok(see_other(&check_path(&present, id, asked.is_binding())))
}

/// What is about to be signed: the version, the name, the statements.
pub async fn show_check(
    State(site): State<Site>,
    visitor: Visitor,
    Learner(signed): Learner,
    Path(period): Path<String>,
    Query(shown): Query<Shown>,
) -> Answer {
    let (overview, present) = match to_sign(&site, &signed, &period).await? {
        Ok(found) => found,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if !shown.is_of(&present) || !shown.is_ticked(&present) {
        return Ok(see_other(&text_path(&overview.period.id, shown.is_binding())));
    }
    let view = check(&site, &visitor, &signed, &overview.period.id, &present, shown.is_binding(), None);
    Ok(page(&site, &visitor, view))
}

fn check(
    site: &Site,
    visitor: &Visitor,
    signed: &Signed,
    period: &PeriodId,
    present: &Pinned,
    binding: bool,
    error: Option<SignError>,
) -> PolicySignCheck {
    let words = Translator::new(site, visitor).binding();
    let Pinned { hash, policy } = present;
    PolicySignCheck {
        title: words.words(&policy.title),
        version: policy.version,
        revision: short(hash),
        name: signed.name(visitor.lang),
        number: signed.number.clone(),
        statements: policy.statements.iter().map(|s| (s.id.clone(), words.words(&s.text))).collect(),
        error,
        action: check_path(present, period, binding),
        back: text_path(period, binding),
    }
}

/// The page of the text, as it was shown: whoever reads plain Japanese may have turned to the binding words.
fn text_path(period: &PeriodId, binding: bool) -> String {
    if binding { format!("{}?text={BINDING}", base(period)) } else { base(period) }
}

/// The check page of the text in force, for somebody who has ticked every statement: its address names the text and in which words it was
/// shown, so that nobody signs another one than they were shown, and the ticks, so that nobody comes to it without them.
fn check_path(present: &Pinned, period: &PeriodId, binding: bool) -> String {
    let Pinned { hash, policy } = present;
    let ticked: Vec<&str> = policy.statements.iter().map(|statement| statement.id.as_str()).collect();
    let text = if binding { format!("&text={BINDING}") } else { String::new() };
    format!("{}/check?policy={hash}&ticked={}{text}", base(period), ticked.join(","))
}

/// Which text somebody was shown, and which statements they ticked.
#[derive(Debug, Deserialize)]
pub struct Shown {
    policy: Option<String>,
    #[serde(default)]
    ticked: String,
    #[serde(flatten)]
    text: TextAsked,
}

impl Shown {
    fn is_of(&self, present: &Pinned) -> bool {
        self.policy.as_deref() == Some(&present.hash)
    }

    fn is_binding(&self) -> bool {
        self.text.is_binding()
    }

    fn is_ticked(&self, present: &Pinned) -> bool {
        all_ticked(present, &self.ticked.split(',').collect::<Vec<_>>())
    }
}

/// The first characters of a hash, for the eye.
#[must_use]
pub fn short(hash: &str) -> String {
    hash.chars().take(12).collect()
}

/// Signs: with the password again, in one transaction with the completion.
pub async fn submit_check(
    State(site): State<Site>,
    visitor: Visitor,
    Learner(signed): Learner,
    Path(period): Path<String>,
    Query(shown): Query<Shown>,
    form: Form,
) -> Answer {
    let (overview, present) = match to_sign(&site, &signed, &period).await? {
        Ok(found) => found,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let id = overview.period.id.clone();
    if !shown.is_of(&present) || !all_ticked(&present, &form.all("statement").collect::<Vec<_>>()) {
        return Ok(see_other(&text_path(&id, shown.is_binding())));
    }
    let error = match confirm(&site, &signed, form.get("password").unwrap_or_default()).await? {
        Confirmed::Yes => None,
        Confirmed::Empty => Some(SignError::NoPassword),
        Confirmed::No => Some(SignError::Wrong),
        Confirmed::Wait(seconds) => Some(SignError::Throttled(seconds)),
    };
    if let Some(error) = error {
        let view = check(&site, &visitor, &signed, &id, &present, shown.is_binding(), Some(error));
        return Ok(page_with_status(&site, &visitor, StatusCode::UNPROCESSABLE_ENTITY, view));
    }
    let mut conn = site.db.read().await?;
    let valid_until = valid_until(&site, &mut conn, &overview, site.now()).await?;
    drop(conn);
    let signature = signature(&overview, &present, &signed, &visitor, shown.is_binding(), valid_until);
    let inner = site.clone();
    let taken: Result<bool, DbError> = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                hold(tx, &inner.ledger, &inner.clock).await?;
                // Another version may have come into force since the page was made.
                if in_force(&inner, tx).await?.hash != signature.policy {
                    return Ok(false);
                }
                complete(tx, &inner.ledger, &inner.clock, signature).await.map(|()| true)
            })
        })
        .await;
    Ok(see_other(&if taken? { format!("{}/done", base(&id)) } else { text_path(&id, shown.is_binding()) }))
}

/// The first instant at which a completion of this period no longer counts, if it is made now.
///
/// # Errors
/// When the database fails.
pub(super) async fn valid_until(
    site: &Site,
    conn: &mut Conn,
    overview: &Overview,
    completed: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, DbError> {
    let Overview { requirement, period, .. } = overview;
    let rule = &requirement.rule;
    if !rule.cycle.recurs() {
        return Ok(requirement.valid_until);
    }
    let mut before = None;
    for earlier in requirements::periods_of(conn, &period.staff_id).await? {
        if earlier.requirement_id != requirement.id || earlier.cycle >= period.cycle {
            continue;
        }
        let Some(completion) = store::completion(conn, &earlier.id).await? else { continue };
        let changes = requirements::terms(conn, &earlier.id).await?;
        let first = Terms { due_at: earlier.due_at, valid_until: completion.valid_until };
        before = before.max(Terms::at(first, &changes, completed).valid_until);
    }
    let joined_on = crate::people::staff::staff(conn, &period.staff_id).await?.map(|person| person.joined_on);
    let joined_on = joined_on.unwrap_or_else(|| site.calendar().date(period.assigned_at));
    Ok(rule.valid_until(completed, before, joined_on, overview.terms.due_at, site.calendar()))
}

fn signature(
    overview: &Overview,
    present: &Pinned,
    signed: &Signed,
    visitor: &Visitor,
    binding: bool,
    valid_until: Option<DateTime<Utc>>,
) -> Signature {
    let Pinned { hash, policy } = present;
    // Whoever reads plain Japanese signs the ordinary text all the same; that they read the plain one is kept beside it.
    let lang = visitor.lang;
    let shown = if is_plain(policy) && !binding { visitor.shown_in() } else { ShownIn::from(lang) };
    let statements: Vec<_> = policy
        .statements
        .iter()
        .map(|statement| json!({ "id": statement.id, "text": statement.text.get(course_lang(lang)).0 }))
        .collect();
    Signature {
        period: overview.period.clone(),
        series: overview.requirement.series(),
        due_at: overview.terms.due_at,
        valid_until,
        policy: hash.clone(),
        policy_version: i64::from(policy.version),
        statements: json!(statements).to_string(),
        lang: shown.tag().to_owned(),
        name: crate::people::display_name(&signed.family, &signed.given, "", kokoroe_app::Lang::Ja),
        done_at: overview.progress.done_at,
        session: signed.session.clone(),
    }
}

/// The proof of a signature.
pub async fn done(
    State(site): State<Site>,
    visitor: Visitor,
    Learner(signed): Learner,
    Path(period): Path<String>,
) -> Answer {
    let words = Translator::new(&site, &visitor);
    let mut conn = site.db.read().await?;
    let period = own_period(&mut conn, &period, &signed.staff).await?;
    let completion = store::completion(&mut conn, &period.id).await?;
    let Some(signature) = store::attestation(&mut conn, &period.id).await? else {
        // Whoever was in a classroom or signed on paper has a certificate and no signature here.
        let certificate = completion.map(|completion| format!("/certificates/{}", completion.number));
        return Ok(see_other(&certificate.unwrap_or_else(|| base(&period.id))));
    };
    let changes = requirements::terms(&mut conn, &period.id).await?;
    let first = Terms { due_at: period.due_at, valid_until: None };
    let due_at = Terms::at(first, &changes, signature.signed_at).due_at;
    let policy =
        site.content.pinned_policy(&mut conn, &signature.policy).await?.ok_or(Problem::not_found())?;
    let requirement = requirements::requirement(&mut conn, &period.requirement_id).await?;
    let view = SignDone {
        alone: requirement.is_some_and(|requirement| requirement.is_signature()),
        number: completion
            .as_ref()
            .map_or_else(|| signature.id.to_string(), |completion| completion.number.clone()),
        title: words.words(&policy.title),
        version: policy.version,
        revision: short(&signature.policy),
        name: signed.name(visitor.lang),
        at: moment(signature.signed_at, site.calendar()),
        late: completion.as_ref().is_some_and(|completion| completion.completed_at >= due_at),
        certificate: completion.map(|completion| {
            let path = format!("/certificates/{}", completion.number);
            (completion.number, path)
        }),
    };
    Ok(page(&site, &visitor, view))
}
