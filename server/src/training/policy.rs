//! The policy as one readable, printable, anchored page, in the present and in every earlier version.

use axum::extract::{Path, State};
use kokoroe_app::policy::{ClauseEntry, PolicyChange, PolicyPage};
use kokoroe_app::ui::prose::{Block, Inline};
use kokoroe_courses::Policy;

use super::translate::{Translator, effective};
use crate::http::{Answer, Learner, Problem, Visitor, page};
use crate::state::Site;

/// The policy in force.
pub async fn show(State(site): State<Site>, visitor: Visitor, _: Learner) -> Answer {
    let (_, policy) = site.content.policy();
    let view = view(Translator::new(&site, &visitor), policy, &visitor, None);
    Ok(page(&site, &visitor, view))
}

/// A policy by the hash of its text.
pub async fn show_version(
    State(site): State<Site>,
    visitor: Visitor,
    _: Learner,
    Path(hash): Path<String>,
) -> Answer {
    let mut conn = site.db.read().await?;
    let policy =
        site.content.pinned_policy(&mut conn, &hash).await.ok().flatten().ok_or(Problem::not_found())?;
    let newer = (site.content.policy().0 != hash).then(|| kokoroe_app::paths::POLICY.to_owned());
    Ok(page(&site, &visitor, view(Translator::new(&site, &visitor), &policy, &visitor, newer)))
}

fn view(words: Translator<'_>, policy: &Policy, visitor: &Visitor, newer: Option<String>) -> PolicyPage {
    PolicyPage {
        title: words.words(&policy.title),
        version: policy.version,
        effective: effective(policy),
        contents: contents(words, policy),
        body: body(words, policy, ""),
        changes: changes(words, policy),
        translation: visitor.lang != kokoroe_app::Lang::Ja,
        newer,
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

/// What changed in this version.
#[must_use]
pub fn changes(words: Translator<'_>, policy: &Policy) -> Vec<PolicyChange> {
    vec![PolicyChange {
        version: policy.version,
        effective: effective(policy),
        lines: policy.changes.iter().map(|change| words.words(&change.text)).collect(),
    }]
}
