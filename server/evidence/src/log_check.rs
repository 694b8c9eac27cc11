//! Is the live log in the database whole? Leaves come one by one, so that a log of any length fits in little memory.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::difference::{Difference, Fault, Findings, Place};
use crate::hash::Hash;
use crate::note::VerifyingKey;
use crate::walk::{self, Request, Walk};

/// How the differences name the stored leaves.
const LEAVES: &str = "log_leaf";
/// How the differences name the stored head.
const HEAD: &str = "log_head";

/// What the database says of the whole log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The number of leaves.
    pub size: u64,
    /// [`Frontier::to_bytes`](crate::Frontier::to_bytes).
    pub frontier: Vec<u8>,
    /// The root.
    pub root: Hash,
}

/// A log that was found to be whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogSummary {
    /// The number of leaves.
    pub leaves: u64,
    /// The number of checkpoints, all of which are right.
    pub checkpoints: u64,
    /// How many leaves the last checkpoint covers. Those after it are protected by the server's own controls only.
    pub signed: u64,
    /// The root over all leaves.
    pub root: Hash,
    /// The time of the last leaf.
    pub last_at: Option<String>,
}

/// A check under way.
pub struct LogCheck {
    log: String,
    walk: Walk,
    next: u64,
    /// The requests so far. The leaves come once, so there is no second look at those that seem to come twice, as there is in a pack.
    requests: HashMap<Request, u64>,
    findings: Findings,
}

impl LogCheck {
    /// Begins a check of `log`, whose first checkpoint `key` signed. `checkpoints` are all signed notes that are kept,
    /// in any order; the differences call them `checkpoint/1` and so on.
    pub fn new(log: &str, key: &VerifyingKey, checkpoints: &[Vec<u8>]) -> Self {
        let mut walk = Walk::new(log, LEAVES, key);
        let mut findings = Findings::default();
        for (number, note) in (1..).zip(checkpoints) {
            walk.expect(format!("checkpoint/{number}"), note.clone(), &mut findings);
        }
        Self { log: log.to_owned(), walk, next: 0, requests: HashMap::new(), findings }
    }

    /// Adds the time stamp of a checkpoint, which the differences call by this name. All of them come before the first leaf.
    pub fn stamp(&mut self, name: &str, note: &[u8], reply: &[u8]) {
        self.walk.expect_stamp(name, note, reply, &mut self.findings);
    }

    /// Takes the next leaf in the order of `seq`: its number, its stored bytes and its stored hash.
    pub fn leaf(&mut self, seq: u64, body: &[u8], stored_hash: &[u8]) {
        let place = Place::leaf(LEAVES, seq);
        if seq != self.next {
            let next = self.next;
            self.findings.add(Fault::Sequence, place, || (next.to_string(), seq.to_string()));
        }
        self.next = seq.saturating_add(1);
        let (fact, _) = walk::read(&self.log, LEAVES, seq, body, &mut self.findings);
        if fact.hash.as_ref() != stored_hash {
            self.findings.add(Fault::LeafHash, place, || {
                let stored = Hash::from_slice(stored_hash);
                (fact.hash.to_string(), stored.map_or_else(|| "not a hash".to_owned(), |h| h.to_string()))
            });
        }
        self.walk.step(&fact, &mut self.findings);
        let Some(request) = fact.request() else { return };
        match self.requests.entry(request) {
            Entry::Vacant(entry) => {
                entry.insert(seq);
            }
            Entry::Occupied(first) => {
                self.findings
                    .add(Fault::Request, place, || (String::new(), format!("#{} = #{seq}", first.get())));
            }
        }
    }

    /// Ends the check by comparing with the head.
    ///
    /// # Errors
    /// With the first difference of each kind.
    pub fn finish(self, head: &Head) -> Result<LogSummary, Vec<Difference>> {
        let mut findings = self.findings;
        let end = self.walk.end(&mut findings);
        let place = Place::file(HEAD);
        if end.frontier.size() != head.size {
            findings.add(Fault::HeadSize, place, || (end.frontier.size().to_string(), head.size.to_string()));
        }
        if end.frontier.to_bytes() != head.frontier {
            findings.add(Fault::HeadFrontier, place, || {
                let told = |bytes: &[u8]| format!("{} bytes, SHA-256 {}", bytes.len(), Hash::of(bytes));
                (told(&end.frontier.to_bytes()), told(&head.frontier))
            });
        }
        let root = end.frontier.root();
        if root != head.root {
            findings.add(Fault::HeadRoot, place, || (root.to_string(), head.root.to_string()));
        }
        let summary = LogSummary {
            leaves: end.frontier.size(),
            checkpoints: end.confirmed,
            signed: end.signed,
            root,
            last_at: end.last_at(),
        };
        findings.unless_different(summary)
    }
}

/// The whole check at once, over (seq, stored bytes, stored hash) in the order of `seq`.
///
/// # Errors
/// With the first difference of each kind.
pub fn check<B: AsRef<[u8]>, H: AsRef<[u8]>>(
    log: &str,
    key: &VerifyingKey,
    leaves: impl IntoIterator<Item = (u64, B, H)>,
    head: &Head,
    checkpoints: &[Vec<u8>],
) -> Result<LogSummary, Vec<Difference>> {
    let mut check = LogCheck::new(log, key, checkpoints);
    for (seq, body, hash) in leaves {
        check.leaf(seq, body.as_ref(), hash.as_ref());
    }
    check.finish(head)
}
