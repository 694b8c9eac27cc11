//! Writing the next version: begun from a text, saved part by part, read by others, or withdrawn. Each of these is one write.

use chrono::{DateTime, NaiveDate, Utc};
use kokoroe_app::policy::DraftFault;
use kokoroe_courses::{Policy, Text};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::part::{Desk, Part};
use super::review::Verdict;
use super::store::{self, DraftRow, ReviewRow};
use crate::audit::{Entry, Kind, append, hold};
use crate::db::{Conn, DbError, Tx};
use crate::http::Form;
use crate::id::{PolicyDraftId, ReviewId, StaffId};
use crate::state::Site;

/// The draft as it stands.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its row.
    pub row: DraftRow,
    /// The policy that it would become.
    pub policy: Policy,
    /// The hash of its text.
    pub hash: String,
    /// Everybody who wrote in it.
    pub writers: Vec<StaffId>,
    /// What was said of it, of this text or an earlier one.
    pub reviews: Vec<ReviewRow>,
}

impl Draft {
    /// The draft, if one is being written.
    ///
    /// # Errors
    /// When the database fails or the stored text is not a policy.
    pub async fn load(conn: &mut Conn) -> Result<Option<Self>, DbError> {
        let Some(row) = store::draft(conn).await? else { return Ok(None) };
        let policy = read(&row)?;
        let hash = policy.revision();
        let writers = store::writers(conn, &row.id).await?;
        let reviews = store::reviews(conn, &row.id).await?;
        Ok(Some(Self { row, policy, hash, writers, reviews }))
    }
}

fn read(row: &DraftRow) -> Result<Policy, DbError> {
    Policy::from_canonical(&row.body).map_err(|error| DbError::Inconsistent(error.to_string()))
}

/// A text as the beginning of the next version: with its number, from that day on, and with nothing written down yet of what changed.
#[must_use]
pub fn begun_from(text: &Policy, before: u32, effective: NaiveDate) -> Policy {
    let mut next = text.clone();
    let (was, number) = (text.version, before + 1);
    next.version = number;
    next.effective = effective.to_string();
    next.change = None;
    next.changes = Vec::new();
    for statement in &mut next.statements {
        renumber(&mut statement.text, was, number);
    }
    next
}

/// The number of the version in a sentence that the signer ticks.
pub(super) fn renumber(text: &mut Text, was: u32, number: u32) {
    let (old, new) = (format!("第{was}版"), format!("第{number}版"));
    text.ja = text.ja.replace(&old, &new);
    text.easy = text.easy.as_ref().map(|easy| easy.replace(&old, &new));
    let (old, new) = (format!("version {was}"), format!("version {number}"));
    text.en = text.en.as_ref().map(|english| english.replace(&old, &new));
}

/// Begins a draft, unless somebody has already.
///
/// # Errors
/// When the database fails.
pub async fn begin(tx: &mut Tx, site: &Site, by: &StaffId, policy: &Policy) -> Result<(), DbError> {
    let now = hold(tx, &site.ledger, &site.clock).await?;
    put(tx, PolicyDraftId::new(&site.clock), by, policy, now).await.map(drop)
}

/// The same, for somebody at that time. Tells whether there was none yet.
pub(crate) async fn put(
    tx: &mut Tx,
    id: PolicyDraftId,
    by: &StaffId,
    policy: &Policy,
    at: DateTime<Utc>,
) -> Result<bool, DbError> {
    let row = DraftRow { id, body: policy.canonical(), made_by: by.clone(), made_at: at, version: 1 };
    let begun = store::add(tx, &row).await?;
    if begun {
        store::add_writer(tx, &row.id, by).await?;
    }
    Ok(begun)
}

/// What came of saving a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is saved.
    Yes,
    /// Somebody else has changed the part since it was read, or the draft is gone.
    Meanwhile,
    /// The form has faults.
    No(Vec<DraftFault>),
}

/// Saves a part, if it still is as `seen` says.
///
/// # Errors
/// When the database fails.
pub async fn save(
    tx: &mut Tx,
    site: &Site,
    by: &StaffId,
    part: &Part,
    form: &Form,
    desk: Desk,
) -> Result<Saved, DbError> {
    let now = hold(tx, &site.ledger, &site.clock).await?;
    let Some(row) = store::draft(tx).await? else { return Ok(Saved::Meanwhile) };
    let before = read(&row)?;
    let mut policy = before.clone();
    if let Err(faults) = part.write(&mut policy, form, desk) {
        return Ok(Saved::No(faults));
    }
    if form.text("seen") != part.seen(&before) {
        return Ok(Saved::Meanwhile);
    }
    if policy != before {
        rewrite(tx, &row, by, &policy, now).await?;
    }
    Ok(Saved::Yes)
}

async fn rewrite(
    tx: &mut Tx,
    row: &DraftRow,
    by: &StaffId,
    policy: &Policy,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let new = DraftRow { body: policy.canonical(), made_by: by.clone(), made_at: at, ..row.clone() };
    store::change(tx, &new).await?;
    store::add_writer(tx, &row.id, by).await
}

/// Takes a clause out of the draft. Clauses that the courses test stay.
///
/// # Errors
/// When the database fails.
pub async fn remove(tx: &mut Tx, site: &Site, by: &StaffId, clause: &str) -> Result<(), DbError> {
    let now = hold(tx, &site.ledger, &site.clock).await?;
    let Some(row) = store::draft(tx).await? else { return Ok(()) };
    if site.content.catalogue.policy.clause(clause).is_some() {
        return Ok(());
    }
    let mut policy = read(&row)?;
    let before = policy.clauses.len();
    policy.clauses.retain(|each| each.id != clause);
    if policy.clauses.len() == before { Ok(()) } else { rewrite(tx, &row, by, &policy, now).await }
}

/// Withdraws the draft, if it was not saved again since `version`. What was said of it stays.
///
/// # Errors
/// When the database fails.
pub async fn withdraw(tx: &mut Tx, id: &PolicyDraftId, version: i64) -> Result<bool, DbError> {
    store::drop_draft(tx, id, version).await
}

/// Why a review was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoReview {
    /// Another text stands there now.
    Meanwhile,
    /// They have written in it.
    Own,
}

/// Takes down what somebody said of exactly the text with this hash.
///
/// # Errors
/// When the database fails.
pub async fn review(
    tx: &mut Tx,
    site: &Site,
    by: &StaffId,
    hash: &str,
    (verdict, words): (Verdict, &str),
) -> Result<Result<(), NoReview>, DbError> {
    let at = hold(tx, &site.ledger, &site.clock).await?;
    let Some(draft) = Draft::load(tx).await?.filter(|draft| draft.hash == hash) else {
        return Ok(Err(NoReview::Meanwhile));
    };
    if draft.writers.contains(by) {
        return Ok(Err(NoReview::Own));
    }
    let last = draft.reviews.iter().rfind(|review| review.by_id == *by && review.hash == hash);
    if last.is_some_and(|last| last.verdict == verdict && last.words == words) {
        return Ok(Ok(()));
    }
    let id = ReviewId::new(&site.clock);
    let d = json!({
        "draft": draft.row.id, "text": hash, "verdict": verdict.code(), "length": words.chars().count(),
        "words": hex::encode(Sha256::digest(words.as_bytes())),
    });
    let entry = Entry { kind: Kind::POLICY_REVIEW, at, actor: by.as_str(), obj: id.as_str(), req: None, d };
    let leaf = append(tx, &site.ledger, entry).await?;
    let row = ReviewRow {
        id,
        draft_id: draft.row.id,
        hash: hash.to_owned(),
        verdict,
        words: words.to_owned(),
        by_id: by.clone(),
        at,
        leaf,
    };
    store::add_review(tx, &row).await.map(Ok)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::content::EMBEDDED;

    #[test]
    fn the_next_version_begins_with_the_text_and_numbers_itself() {
        let text = &EMBEDDED.policy;
        let next = begun_from(text, 7, NaiveDate::from_ymd_opt(2027, 4, 1).expect("a day"));
        assert_eq!((next.version, next.effective.as_str()), (8, "2027-04-01"));
        assert_eq!(next.clauses, text.clauses);
        let said: String = next.statements.iter().map(|each| each.text.ja.clone()).collect();
        assert!(said.contains("第8版") && !said.contains(&format!("第{}版", text.version)), "{said}");
        assert_eq!(next.changes, []);
    }
}
