//! Deciding for each of several rows.

use serde::{Deserialize, Serialize};

use super::Grade;
use crate::scenario::is_false;
use crate::text::Text;

/// The id of the row that decides about the whole text.
pub const WHOLE: &str = "whole";

/// What can be done with a post of a feed.
const POST_ACTS: &[&str] = &["nothing", "consult", "report", "reply", "keep-report"];
/// What can be done with a part of a text.
const PART_ACTS: &[&str] = &["keep", "soft", "cut"];
/// What can be done with a whole text.
const WHOLE_ACTS: &[&str] = &["post", "consent", "drop"];

/// Rows, for each of which one act is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assign {
    /// What is decided about.
    pub kind: AssignKind,
    /// The groups of a sort; none for the other kinds, whose acts are fixed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// The rows, in the order in which they are shown.
    pub rows: Vec<AssignRow>,
}

/// What is decided about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AssignKind {
    /// タイムライン対応: what to do with each post of a feed. The id of a row is that of its post.
    Triage,
    /// なかま分け: into which group each card belongs.
    Sort,
    /// 直して投稿: what to do with each part of a text.
    Redact,
}

/// Something with a name to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Unique among its kind.
    pub id: String,
    /// Its name.
    pub text: Text,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignRow {
    /// Unique in its file.
    pub id: String,
    /// Its words; a row of a feed has its post instead, and the row about the whole text has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// Softer words that can stand in their place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub soft: Option<Text>,
    /// Words between the others that cannot be changed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub plain: bool,
    /// The best act.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub best: String,
    /// Acts that are right, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ok: Vec<String>,
    /// Acts that do harm. What is not named is risky.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub harm: Vec<String>,
    /// This row has to be right.
    #[serde(default, skip_serializing_if = "is_false")]
    pub must: bool,
    /// Why; plain words have no reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Text>,
    /// The clause that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cite: Option<String>,
}

impl AssignRow {
    /// How good an act is here.
    #[must_use]
    pub fn grade(&self, act: &str) -> Grade {
        let named = |acts: &[String]| acts.iter().any(|named| named == act);
        match () {
            () if self.best == act => Grade::Best,
            () if named(&self.ok) => Grade::Ok,
            () if named(&self.harm) => Grade::Harm,
            () => Grade::Risky,
        }
    }
}

impl Assign {
    /// The rows that ask for a decision.
    pub fn asked(&self) -> impl Iterator<Item = &AssignRow> {
        self.rows.iter().filter(|row| !row.plain)
    }

    /// The acts that are offered for a row, in the order shown.
    #[must_use]
    pub fn acts(&self, row: &AssignRow) -> Vec<&str> {
        match self.kind {
            AssignKind::Triage => POST_ACTS.to_vec(),
            AssignKind::Sort => self.groups.iter().map(|group| group.id.as_str()).collect(),
            AssignKind::Redact if row.id == WHOLE => WHOLE_ACTS.to_vec(),
            AssignKind::Redact => {
                let offered = |act: &&&str| **act != "soft" || row.soft.is_some();
                PART_ACTS.iter().filter(offered).copied().collect()
            }
        }
    }
}
