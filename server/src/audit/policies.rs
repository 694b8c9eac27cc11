//! The versions of the policy with what was said of their drafts, as of any day.

use axum::extract::{Query, State};
use kokoroe_app::audit::{AuditPolicies, AuditReview, AuditVersion};
use kokoroe_app::paths;
use kokoroe_courses::ChangeKind;
use serde::Deserialize;

use super::proofs::{Proofs, lost};
use super::roster::instant;
use crate::http::{Answer, Auditor, Visitor, page};
use crate::id::StaffId;
use crate::policies::change_view;
use crate::policies::review::Verdict;
use crate::policies::store::all_reviews;
use crate::policies::version::holding;
use crate::reports::evidence::store::{content_row, review_row};
use crate::reports::evidence::{Kept, Row};
use crate::reports::store::signatures;
use crate::requirements::office::person_name;
use crate::state::Site;
use crate::training::store as training;
use crate::training::translate::{day, effective, moment};

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    at: String,
}

/// The page.
pub async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    _auditor: Auditor,
    Query(asked): Query<Asked>,
) -> Answer {
    let (lang, calendar) = (visitor.lang, site.calendar());
    let (when, at_wrong) = instant(&asked.at, &site);
    let at = when.instant.at;
    let mut conn = site.db.read().await?;
    let mut published = training::versions(&mut conn, &site.content.policy().1.id).await?;
    published.retain(|version| version.published_at <= at);
    let held = holding(&published, at).map(|version| version.hash.clone());
    let signed = signatures(&mut conn, at).await?;
    let mut versions = Vec::new();
    for row in published.iter().rev() {
        let Some(policy) = site.content.pinned_policy(&mut conn, &row.hash).await? else { continue };
        let by = match StaffId::parse(&row.published_by) {
            Some(id) => Some(person_name(&mut conn, &id, lang).await?),
            None => None,
        };
        let record = content_row(&mut conn, &row.hash).await?;
        versions.push((record, row, policy, by));
    }
    let mut reviews = Vec::new();
    for review in all_reviews(&mut conn, at).await?.into_iter().rev() {
        let record = review_row(&mut conn, review.id.as_str()).await?;
        let by = person_name(&mut conn, &review.by_id, lang).await?;
        reviews.push((record, review, by));
    }
    let records = versions.iter().map(|(record, ..)| record).chain(reviews.iter().map(|(record, ..)| record));
    let records: Vec<&Row> = records.flatten().collect();
    let proofs = Proofs::load(&site, &mut conn, &records).await?;
    drop(conn);
    let became = |hash: &str| {
        versions.iter().find(|(_, row, ..)| row.hash == hash).map(|(_, _, policy, _)| policy.version)
    };
    let reviews = reviews.into_iter().map(|(record, review, by)| AuditReview {
        by,
        at: moment(review.at, calendar),
        approved: review.verdict == Verdict::Approved,
        became: became(&review.hash),
        words: review.words,
        revision: review.hash,
        leaf: record.map_or_else(lost, |record| proofs.of(Kept::Reviews, &record)),
    });
    let reviews = reviews.collect();
    let versions = versions.into_iter().map(|(record, row, policy, by)| AuditVersion {
        version: policy.version,
        change: ChangeKind::from_code(&row.change_kind).map(change_view),
        effective: row.effective_at.map_or_else(|| effective(&policy), |from| day(calendar.date(from))),
        in_force: held.as_ref() == Some(&row.hash),
        published: moment(row.published_at, calendar),
        by,
        signed: u32::try_from(signed.get(&row.hash).copied().unwrap_or(0)).unwrap_or(u32::MAX),
        revision: row.hash.clone(),
        href: format!("{}/{}", paths::AUDIT_CONTENT, row.hash),
        leaf: record.map_or_else(lost, |record| proofs.of(Kept::Contents, &record)),
    });
    let view =
        AuditPolicies { at: asked.at, at_wrong, as_of: when.view, versions: versions.collect(), reviews };
    Ok(page(&site, &visitor, view))
}
