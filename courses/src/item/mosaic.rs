//! Playing the stranger who works out who is meant.

use serde::{Deserialize, Serialize};

use super::{Choice, PickOption};

/// Clues in harmless-looking posts, what they tell together, and what makes it stop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mosaic {
    /// Pieces of the posts; those that fit together are hits.
    pub clues: Vec<PickOption>,
    /// What a stranger can know. Explained, never scored.
    pub findings: Vec<Choice>,
    /// Which change takes the clue away. This is what is scored.
    pub cuts: Vec<Choice>,
}
