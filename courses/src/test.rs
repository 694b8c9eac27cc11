//! The final test: a pool of questions from which each person gets some.

use serde::{Deserialize, Serialize};

use crate::item::Choice;
use crate::scenario::is_false;
use crate::text::Text;

/// A pool and how much of it is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Test {
    /// How many families each person gets.
    pub draw: u16,
    /// The share of points, in percent, that passes.
    pub pass_percent: u8,
    /// The pool.
    pub families: Vec<Family>,
}

/// Questions that test the same point with different surface details.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    /// Never changes and is never reused.
    pub id: String,
    /// The clause it tests.
    pub clause: String,
    /// A harmful latest answer here does not pass.
    #[serde(default, skip_serializing_if = "is_false")]
    pub must: bool,
    /// Ids of the real incidents it draws on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub draws_on: Vec<String>,
    /// The wordings; somebody who is asked again gets the next one.
    pub variants: Vec<Variant>,
}

/// One wording of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// Unique in its family.
    pub id: String,
    /// Who, where and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scene: Option<Text>,
    /// The question.
    pub ask: Text,
    /// What can be answered.
    pub choices: Vec<Choice>,
}
