//! The policy before signing: the whole text, what changed, and statements with a tick each.

use crate::day::Day;
use crate::policy::{ClauseEntry, PolicyChange};
use crate::ui::prose::Block;
use crate::ui::say::Words;

/// A statement that the signer makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementView {
    /// Value of the check box.
    pub id: String,
    /// The statement.
    pub text: Words,
    /// Ticked, kept after an error.
    pub ticked: bool,
}

/// The policy to sign. POST to `action`: `statement`, once for each tick. A missing tick comes back with
/// `missing = true`; all ticked goes to [`super::PolicySignCheck`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicySign {
    /// 「SNS利用規程」
    pub title: Words,
    /// Version.
    pub version: u32,
    /// From when it applies.
    pub effective: Day,
    /// The clauses.
    pub contents: Vec<ClauseEntry>,
    /// The text.
    pub body: Vec<Block>,
    /// Version and day of the person's last signature.
    pub last_signed: Option<(u32, Day)>,
    /// What changed since then, newest first. Empty: the same text as last time.
    pub changes: Vec<PolicyChange>,
    /// The text shown is a reference translation.
    pub translation: bool,
    /// The statements.
    pub statements: Vec<StatementView>,
    /// Not everything was ticked.
    pub missing: bool,
    /// POST here.
    pub action: String,
    /// Way back.
    pub back: String,
}
