//! Looking through a reply that somebody wrote.

use serde::{Deserialize, Serialize};

use crate::item::{Draft, Level};
use crate::text::Text;

/// Something seen in a reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// The id of the rule.
    pub rule: String,
    /// How much it matters.
    pub level: Level,
    /// The writer's own words that it is about, as they were written; empty if something is missing.
    pub quotes: Vec<String>,
    /// What is said about it.
    pub why: Text,
    /// The clause that says so.
    pub cite: Option<String>,
}

impl Draft {
    /// What is seen in a reply: first what must be changed, then what could be better, then what is good.
    #[must_use]
    pub fn remarks(&self, _reply: &str) -> Vec<Remark> {
        Vec::new()
    }
}
