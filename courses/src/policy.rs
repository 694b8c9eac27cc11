//! The policy that is read and signed.

use serde::{Deserialize, Serialize};

use crate::module::{Unreadable, canonical};
use crate::prose::Passage;
use crate::text::{Text, sha256_hex};

/// One version of a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Never changes over the versions.
    pub id: String,
    /// Counts up.
    pub version: u32,
    /// What it is called.
    pub title: Text,
    /// The day from which it holds, as `2026-04-01`.
    pub effective: String,
    /// How much it changes the version before. Texts that came with the program do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<ChangeKind>,
    /// The changes in one or two sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
    /// What changed since the version before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// What the signer ticks.
    pub statements: Vec<Statement>,
    /// What stands before the first clause.
    pub preamble: Passage,
    /// The clauses, in order.
    pub clauses: Vec<Clause>,
}

/// How much a version changes the one before it, and so whether people are asked to sign again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Words only: nobody is asked.
    Editorial,
    /// What is asked of people changes: everybody signs again.
    Material,
    /// The same, and at once.
    Urgent,
}

impl ChangeKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Editorial, Self::Material, Self::Urgent];

    /// Its word in texts, forms and leaves.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Editorial => "editorial",
            Self::Material => "material",
            Self::Urgent => "urgent",
        }
    }

    /// Reads [`ChangeKind::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether whoever signed an earlier version is asked to sign this one.
    #[must_use]
    pub const fn asks_again(self) -> bool {
        matches!(self, Self::Material | Self::Urgent)
    }
}

/// Something that changed since the version before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Unique in its file.
    pub id: String,
    /// The clause that changed, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// What changed.
    pub text: Text,
}

/// A sentence that the signer ticks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Unique in its file.
    pub id: String,
    /// The sentence.
    pub text: Text,
}

/// One clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// `C1`, `C2` and so on.
    pub id: String,
    /// Its heading, number included.
    pub heading: Text,
    /// Its text.
    pub body: Passage,
}

impl Policy {
    /// The policy as one JSON text with a fixed key order.
    #[must_use]
    pub fn canonical(&self) -> String {
        canonical(self)
    }

    /// SHA-256 of [`Policy::canonical`], in lower-case hex.
    #[must_use]
    pub fn revision(&self) -> String {
        sha256_hex(&self.canonical())
    }

    /// Reads a stored text back. Fields that this version does not know are passed over.
    ///
    /// # Errors
    /// When the text is not the canonical text of a policy.
    pub fn from_canonical(text: &str) -> Result<Self, Unreadable> {
        Ok(serde_json::from_str(text)?)
    }

    /// The clause of that id.
    #[must_use]
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.id == id)
    }
}
