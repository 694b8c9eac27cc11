//! Whom a part of a log is of, and which leaves are theirs.

use std::collections::HashSet;

use crate::hash::Hash;
use crate::leaf::{Kind, View};

/// What everybody needs: how the log began and went on, and who signs it.
const EVERYBODYS: [Kind; 3] = [Kind::LOG_OPEN, Kind::EPOCH_RECOVER, Kind::KEY_ROTATE];
/// What people do themselves, to their own records.
const OWN: [Kind; 6] = [
    Kind::ATTEMPT_START,
    Kind::ANSWER,
    Kind::RECALL_ANSWER,
    Kind::ATTEST_SIGN,
    Kind::MODULE_SWAP,
    Kind::MODULE_RETURN,
];

/// An id in a fixed size.
pub(super) type Id = [u8; 16];

pub(super) fn id(text: &str) -> Id {
    Hash::of(text.as_bytes()).as_bytes().first_chunk().copied().unwrap_or_default()
}

/// The people of a part, and what is known to be theirs.
#[derive(Default)]
pub(super) struct People {
    people: HashSet<Id>,
    /// What they owe, and the ways through modules that led from there.
    theirs: HashSet<Id>,
}

impl People {
    /// Reads [`PEOPLE`](super::PEOPLE).
    pub(super) fn read(text: &str) -> Self {
        let mut read = Self::default();
        for line in text.lines() {
            let mut ids = line.split_whitespace().map(id);
            read.people.extend(ids.next());
            read.theirs.extend(ids);
        }
        read
    }

    pub(super) fn len(&self) -> u64 {
        self.people.len() as u64
    }

    /// Whether a leaf is of one of these people.
    pub(super) fn owns(&mut self, view: &View<'_>) -> bool {
        let is = |kinds: &[Kind]| kinds.iter().any(|kind| kind.as_str() == view.kind);
        if is(&EVERYBODYS) {
            return true;
        }
        let said = |key: &str| view.content(key).map(|value| id(value.trim_matches('"')));
        let obj = view.obj.map(id);
        let owns = match said("subject") {
            Some(subject) => self.people.contains(&subject),
            None => {
                let theirs = |id: Option<Id>| id.is_some_and(|id| self.theirs.contains(&id));
                let actor = is(&OWN) && self.people.contains(&id(view.actor));
                actor
                    || theirs(obj)
                    || theirs(said("period"))
                    || obj.is_some_and(|obj| self.people.contains(&obj))
            }
        };
        if owns {
            self.theirs.extend(obj);
        }
        owns
    }
}
