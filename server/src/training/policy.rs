//! The policy as one readable, printable, anchored page, in the present and in every earlier version.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use kokoroe_app::policy::{ClauseEntry, PlainText, PolicyChange, PolicyPage};
use kokoroe_app::ui::prose::{Block, Inline};
use kokoroe_courses::Policy;
use serde::Deserialize;

use super::content::Content;
use super::store::{self, Attempt};
use super::translate::{Translator, effective};
use crate::db::{Conn, DbError};
use crate::http::{Answer, Learner, Problem, Visitor, page};
use crate::policies::{in_force, in_force_at};
use crate::state::Site;

/// The policy in force.
pub async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    _: Learner,
    Query(asked): Query<TextAsked>,
) -> Answer {
    let mut conn = site.db.read().await?;
    let Pinned { policy, .. } = in_force(&site, &mut conn).await?;
    let versions = versions(&site, &mut conn, &policy).await?;
    drop(conn);
    let (words, plain) = asked.read(Translator::new(&site, &visitor), &policy, kokoroe_app::paths::POLICY);
    let view = PolicyPage { plain, ..view(words, &policy, &versions, None) };
    Ok(page(&site, &visitor, view))
}

/// A policy by the hash of its text.
pub async fn show_version(
    State(site): State<Site>,
    visitor: Visitor,
    _: Learner,
    Path(hash): Path<String>,
    Query(asked): Query<TextAsked>,
) -> Answer {
    let mut conn = site.db.read().await?;
    let policy =
        site.content.pinned_policy(&mut conn, &hash).await.ok().flatten().ok_or(Problem::not_found())?;
    let versions = versions(&site, &mut conn, &policy).await?;
    let present = in_force(&site, &mut conn).await?;
    drop(conn);
    let newer = (present.hash != hash).then(|| kokoroe_app::paths::POLICY.to_owned());
    let address = format!("{}/{hash}", kokoroe_app::paths::POLICY);
    let (words, plain) = asked.read(Translator::new(&site, &visitor), &policy, &address);
    let ahead = policy.version > present.policy.version;
    let view = PolicyPage { plain, ahead, ..view(words, &policy, &versions, newer) };
    Ok(page(&site, &visitor, view))
}

/// Which of its Japanese texts is asked for, by somebody who reads plain Japanese: `text=binding` or nothing.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct TextAsked {
    text: Option<String>,
}

impl TextAsked {
    /// Whether the text that binds is asked for.
    #[must_use]
    pub fn is_binding(&self) -> bool {
        self.text.as_deref() == Some(BINDING)
    }

    /// The words in which a policy is shown at this address, and where its other text is for a reader of plain Japanese.
    pub(super) fn read<'a>(
        &self,
        words: Translator<'a>,
        policy: &Policy,
        address: &str,
    ) -> (Translator<'a>, Option<PlainText>) {
        if !words.is_plain() || !is_plain(policy) {
            return (words, None);
        }
        if self.is_binding() {
            return (words.binding(), Some(PlainText::SetAside { plain: address.to_owned() }));
        }
        (words, Some(PlainText::Shown { binding: format!("{address}?text={BINDING}") }))
    }
}

/// The word in an address that asks for the text that binds.
pub(super) const BINDING: &str = "binding";

/// Whether there is a plain text of a policy.
#[must_use]
pub fn is_plain(policy: &Policy) -> bool {
    policy.preamble.easy.is_some() || policy.clauses.iter().any(|clause| clause.body.easy.is_some())
}

/// A policy and the hash of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pinned {
    /// The hash.
    pub hash: String,
    /// The policy.
    pub policy: Arc<Policy>,
}

impl Pinned {
    /// The policy in force, as it was last asked for.
    #[must_use]
    pub fn present(content: &Content) -> Self {
        content.present()
    }

    /// The policy that belongs to a way through a module. While the way goes on, that is the one in force. Once it has ended, it is the
    /// one that was signed for the same period, or else the one that was in force then: earlier years read as they were.
    ///
    /// # Errors
    /// When the database fails or a stored text is not a policy.
    pub async fn of(site: &Site, conn: &mut Conn, attempt: &Attempt) -> Result<Self, DbError> {
        // Asked for in any case: links tell the policy in force from others.
        let present = in_force(site, conn).await?;
        let Some(finished) = attempt.finished_at else { return Ok(present) };
        let Some(signature) = store::attestation(conn, &attempt.period_id).await? else {
            return in_force_at(site, conn, finished).await;
        };
        let policy = site.content.pinned_policy(conn, &signature.policy).await?;
        match policy {
            Some(policy) => Ok(Self { hash: signature.policy, policy }),
            None => Ok(present),
        }
    }
}

/// Every version of a policy that was published, up to this one, newest first: of several texts of one version the last.
///
/// # Errors
/// When the database fails or a stored text is not a policy.
pub async fn versions(
    site: &Site,
    conn: &mut Conn,
    policy: &Arc<Policy>,
) -> Result<Vec<Arc<Policy>>, DbError> {
    let mut versions = BTreeMap::new();
    for row in store::revisions(conn).await? {
        if row.kind != "policy" || row.content_id != policy.id {
            continue;
        }
        let Some(earlier) = site.content.pinned_policy(conn, &row.hash).await? else { continue };
        if earlier.version < policy.version {
            versions.insert(earlier.version, earlier);
        }
    }
    versions.insert(policy.version, Arc::clone(policy));
    Ok(versions.into_values().rev().collect())
}

/// The page of a policy; `newer` is the address of the one in force, where it is another.
#[must_use]
pub fn view(
    words: Translator<'_>,
    policy: &Policy,
    versions: &[Arc<Policy>],
    newer: Option<String>,
) -> PolicyPage {
    PolicyPage {
        title: words.words(&policy.title),
        version: policy.version,
        effective: effective(policy),
        contents: contents(words, policy),
        body: body(words, policy, ""),
        changes: changes(words, versions),
        translation: words.lang() != kokoroe_app::Lang::Ja,
        plain: None,
        newer,
        ahead: false,
        draft: None,
    }
}

/// The table of contents.
#[must_use]
pub fn contents(words: Translator<'_>, policy: &Policy) -> Vec<ClauseEntry> {
    policy
        .clauses
        .iter()
        .map(|clause| ClauseEntry { id: clause.id.clone(), title: words.words(&clause.heading) })
        .collect()
}

/// Preamble and clauses; links between clauses lead to this address.
#[must_use]
pub fn body(words: Translator<'_>, policy: &Policy, address: &str) -> Vec<Block> {
    let mut blocks = words.passage(&policy.preamble, address);
    for clause in &policy.clauses {
        blocks.push(Block::Heading {
            level: 2,
            id: Some(clause.id.clone()),
            text: vec![Inline::Text(words.words(&clause.heading))],
        });
        blocks.extend(words.passage(&clause.body, address));
    }
    blocks
}

/// What changed in each of these versions, where it says so.
#[must_use]
pub fn changes(words: Translator<'_>, versions: &[Arc<Policy>]) -> Vec<PolicyChange> {
    versions
        .iter()
        .filter(|policy| !policy.changes.is_empty())
        .map(|policy| PolicyChange {
            version: policy.version,
            effective: effective(policy),
            lines: policy.changes.iter().map(|change| words.words(&change.text)).collect(),
        })
        .collect()
}
