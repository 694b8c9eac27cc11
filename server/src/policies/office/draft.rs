//! The draft: its parts, what differs, who has read it, and what is missing before it can be published.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use kokoroe_app::paths;
use kokoroe_app::policy::{
    BlockedView, Comparison, DraftPage, PartLine, PartName, PolicyPage, ReviewFault, ReviewLine,
};
use kokoroe_app::ui::Words;

use super::{DRAFT, part_path, words};
use crate::db::DbError;
use crate::http::{Answer, Form, Office, Problem, Visitor, page, page_with_status, see_other};
use crate::id::StaffId;
use crate::policies::difference::clauses;
use crate::policies::draft::{self, Draft, NoReview};
use crate::policies::newest;
use crate::policies::part::Part;
use crate::policies::publish::{Blocked, blocked, earlier_day};
use crate::policies::review::{Standing, Verdict};
use crate::requirements::office::person_name;
use crate::state::Site;
use crate::training::policy;
use crate::training::sign::short;
use crate::training::translate::{Translator, effective, moment};

/// The longest words of a review, in characters.
const WORDS: usize = 1000;

/// The page.
pub(super) async fn show(State(site): State<Site>, visitor: Visitor, office: Office) -> Answer {
    answer(&site, &visitor, &office.0.staff, "", None).await
}

async fn answer(
    site: &Site,
    visitor: &Visitor,
    reader: &StaffId,
    said: &str,
    fault: Option<ReviewFault>,
) -> Result<Response, Problem> {
    let (lang, calendar) = (visitor.lang, site.calendar());
    let translator = Translator::new(site, visitor).binding();
    let mut conn = site.db.read().await?;
    let Some(draft) = Draft::load(&mut conn).await? else { return Ok(see_other(paths::OFFICE_POLICY)) };
    let before = newest(site, &mut conn).await?.policy;
    let earlier = earlier_day(site, &mut conn).await?;
    let needed = site.hospital.reviewers();
    let standing = Standing::of(&draft.hash, &draft.reviews, &draft.writers);
    let missing = blocked(&draft, &before, earlier, needed, calendar.date(site.now()));
    let mut reviews = Vec::new();
    for review in draft.reviews.iter().rev() {
        reviews.push(ReviewLine {
            by: person_name(&mut conn, &review.by_id, lang).await?,
            at: moment(review.at, calendar),
            approved: review.verdict == Verdict::Approved,
            words: review.words.clone(),
            // What was said of an earlier text, or by somebody who has written in it since, no longer counts.
            stale: review.hash != draft.hash || draft.writers.contains(&review.by_id),
        });
    }
    let mut writers = Vec::new();
    for writer in &draft.writers {
        writers.push(person_name(&mut conn, writer, lang).await?);
    }
    drop(conn);
    let policy = &draft.policy;
    let parts = Part::all(policy).into_iter().map(|part| PartLine {
        name: match &part {
            Part::Frame => PartName::Frame,
            Part::Preamble => PartName::Preamble,
            Part::Statements | Part::New => PartName::Statements,
            Part::Clause(id) => PartName::Clause(
                policy
                    .clause(id)
                    .map_or_else(|| Words::plain(lang, id), |clause| translator.words(&clause.heading)),
            ),
        },
        // The number in the statements and the day always change.
        changed: match &part {
            Part::Clause(_) | Part::Preamble => part.seen(policy) != part.seen(&before),
            Part::Frame | Part::Statements | Part::New => false,
        },
        href: part_path(&part),
    });
    let view = DraftPage {
        title: translator.words(&policy.title),
        version: policy.version,
        change: policy.change.map(words::change),
        effective: effective(policy),
        changes: policy.changes.iter().map(|change| translator.words(&change.text)).collect(),
        revision: short(&draft.hash),
        hash: draft.hash.clone(),
        at: moment(draft.row.made_at, calendar),
        own: draft.writers.contains(reader),
        writers,
        parts: parts.collect(),
        add: part_path(&Part::New),
        compared: Comparison {
            before: before.version,
            after: policy.version,
            clauses: clauses(&before, policy, lang),
        },
        approved: standing.approved.len(),
        needed,
        reviews,
        missing: missing
            .into_iter()
            .map(|missing| match missing {
                Blocked::Unchanged => BlockedView::Unchanged,
                Blocked::Frame => BlockedView::Frame,
                Blocked::DayPast => BlockedView::DayPast,
                Blocked::DayBeforeEarlier => BlockedView::DayBeforeEarlier,
                Blocked::Reviews => BlockedView::Reviews,
            })
            .collect(),
        said: said.to_owned(),
        fault,
        draft_version: draft.row.version,
        read: format!("{DRAFT}/read"),
        review: format!("{DRAFT}/review"),
        publish: format!("{DRAFT}/publish"),
        withdraw: format!("{DRAFT}/withdraw"),
    };
    let status = match fault {
        None => StatusCode::OK,
        Some(ReviewFault::Meanwhile | ReviewFault::Own) => StatusCode::CONFLICT,
        Some(ReviewFault::NoVerdict | ReviewFault::NoWords | ReviewFault::TooLong) => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    Ok(page_with_status(site, visitor, status, view))
}

/// The draft as signers will read it.
pub(super) async fn read(State(site): State<Site>, visitor: Visitor, _office: Office) -> Answer {
    let mut conn = site.db.read().await?;
    let Some(draft) = Draft::load(&mut conn).await? else { return Ok(see_other(paths::OFFICE_POLICY)) };
    drop(conn);
    let text = Arc::new(draft.policy);
    let translator = Translator::new(&site, &visitor).binding();
    let view = policy::view(translator, &text, &[Arc::clone(&text)], None);
    Ok(page(&site, &visitor, PolicyPage { draft: Some(DRAFT.to_owned()), ..view }))
}

/// Takes down what somebody says of exactly the text that they have read.
pub(super) async fn review(State(site): State<Site>, visitor: Visitor, office: Office, form: Form) -> Answer {
    let by = office.0.staff.clone();
    let said = form.text("words").replace("\r\n", "\n");
    let verdict = Verdict::from_code(form.text("verdict"));
    let fault = match verdict {
        None => Some(ReviewFault::NoVerdict),
        Some(Verdict::Returned) if said.is_empty() => Some(ReviewFault::NoWords),
        Some(_) if said.chars().count() > WORDS => Some(ReviewFault::TooLong),
        Some(_) => None,
    };
    let (Some(verdict), None) = (verdict, fault) else {
        return answer(&site, &visitor, &by, &said, fault).await;
    };
    let (inner, who, hash, text) = (site.clone(), by.clone(), form.text("hash").to_owned(), said.clone());
    let taken: Result<Result<(), NoReview>, DbError> = site
        .db
        .write(move |tx| {
            Box::pin(async move { draft::review(tx, &inner, &who, &hash, (verdict, &text)).await })
        })
        .await;
    let fault = match taken? {
        Ok(()) => return Ok(see_other(DRAFT)),
        Err(NoReview::Meanwhile) => ReviewFault::Meanwhile,
        Err(NoReview::Own) => ReviewFault::Own,
    };
    answer(&site, &visitor, &by, &said, Some(fault)).await
}

/// Withdraws the draft that was looked at.
pub(super) async fn withdraw(
    State(site): State<Site>,
    _visitor: Visitor,
    _office: Office,
    form: Form,
) -> Answer {
    let mut conn = site.db.read().await?;
    let Some(draft) = Draft::load(&mut conn).await? else { return Ok(see_other(paths::OFFICE_POLICY)) };
    drop(conn);
    let version = form.text("version").parse().unwrap_or(0);
    let gone: Result<bool, DbError> = site
        .db
        .write(move |tx| Box::pin(async move { draft::withdraw(tx, &draft.row.id, version).await }))
        .await;
    Ok(see_other(if gone? { paths::OFFICE_POLICY } else { DRAFT }))
}
