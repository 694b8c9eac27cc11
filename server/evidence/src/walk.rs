//! The walk along a log from its first leaf: what every check of a log has in common.

use crate::brought::Printed;
use crate::checkpoint::Checkpoint;
use crate::difference::{Fault, Findings, Place};
use crate::hash::Hash;
use crate::leaf::{self, Kind, View};
use crate::note::{NoteError, VerifyingKey};
use crate::stamp::{self, Stamp, StampError};
use crate::tree::Frontier;

/// What the walk needs to know of one leaf. Kept small: there are thousands at a time.
pub(crate) struct Fact {
    pub(crate) hash: Hash,
    /// `None` if the bytes are not a leaf of this log.
    said: Option<Said>,
}

impl Fact {
    /// The request that caused it.
    pub(crate) fn request(&self) -> Option<Request> {
        self.said.as_ref().and_then(|said| said.req)
    }
}

/// The first half of a hash of a request's id: enough to tell requests apart, and of fixed size.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Request([u8; 16]);

impl Request {
    /// Two numbers that are as good as drawn by lot.
    pub(crate) fn halves(self) -> (u64, u64) {
        let number = u128::from_le_bytes(self.0);
        ((number >> 64) as u64, number as u64)
    }
}

/// The request that a leaf names.
pub(crate) fn request_of(view: &View<'_>) -> Option<Request> {
    Hash::of(view.req?.as_bytes()).as_bytes().first_chunk().copied().map(Request)
}

struct Said {
    at: u64,
    req: Option<Request>,
    new_key: Option<Box<str>>,
    /// Somebody else may have had the key before.
    stolen: bool,
}

/// Reads one leaf. Differences of the leaf alone are noted here, so that leaves can be read side by side.
pub(crate) fn read<'a>(
    log: &str,
    file: &str,
    index: u64,
    bytes: &'a [u8],
    findings: &mut Findings,
) -> (Fact, Option<View<'a>>) {
    let place = Place::leaf(file, index);
    let hash = leaf::hash(bytes);
    let view = match View::read(bytes) {
        Ok(view) => view,
        Err(error) => {
            findings.add(Fault::LeafForm, place, || (String::new(), error.to_string()));
            return (Fact { hash, said: None }, None);
        }
    };
    if view.log != log {
        findings.add(Fault::LeafLog, place, || (log.to_owned(), view.log.to_owned()));
    }
    if view.prev_cp > index {
        findings.add(Fault::PreviousCheckpoint, place, || (format!("≤ {index}"), view.prev_cp.to_string()));
    }
    let new_key = (view.kind == Kind::KEY_ROTATE.as_str())
        .then(|| view.content("vkey").unwrap_or_default().trim_matches('"').into());
    let stolen = new_key.is_some() && view.content("why") == Some("\"stolen\"");
    let said = Said { at: view.at_number, req: request_of(&view), new_key, stolen };
    (Fact { hash, said: Some(said) }, Some(view))
}

/// A checkpoint to meet on the way.
struct Milestone {
    file: String,
    size: u64,
    claim: Claim,
}

/// What is claimed of the log at that size.
enum Claim {
    /// A signed note, and what it says.
    Signed(Vec<u8>, Checkpoint),
    /// What a report prints: the reader vouches for the paper.
    Printed(Printed),
    /// When an authority was shown the checkpoint.
    Stamped(Stamp),
}

/// A key's name for a log, the checkpoints of it, and how far the walk is.
pub(crate) struct Walk {
    log: String,
    file: String,
    key: VerifyingKey,
    /// Keys that leaves have named but no checkpoint has confirmed yet.
    next_key: Option<VerifyingKey>,
    /// Largest first: the next one is at the end.
    milestones: Vec<Milestone>,
    frontier: Frontier,
    at: u64,
    signed: u64,
    confirmed: u64,
    stolen: Vec<u64>,
    stamped: Option<Stamped>,
}

/// The time stamps that were met, as far as the signatures of their authorities are believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamped {
    /// How many there are.
    pub number: u64,
    /// The largest checkpoint that has one.
    pub size: u64,
    /// When that was stamped, by the authority's clock.
    pub at: String,
    /// What the authority is called.
    pub authority: Option<String>,
    /// How many milliseconds after the newest leaf that it covers each stamp was made at most. By so much at least a leaf could have been
    /// dated back.
    pub latest: u64,
    at_number: u64,
}

impl Walk {
    /// A walk along `log`, whose leaves are said to be in `file`, as signed by `key`.
    pub(crate) fn new(log: &str, file: &str, key: &VerifyingKey) -> Self {
        Self {
            log: log.to_owned(),
            file: file.to_owned(),
            key: key.clone(),
            next_key: None,
            milestones: Vec::new(),
            frontier: Frontier::new(),
            at: 0,
            signed: 0,
            confirmed: 0,
            stolen: Vec::new(),
            stamped: None,
        }
    }

    /// Puts a checkpoint on the way; gives back the size it claims. All of them must be there before the first leaf.
    pub(crate) fn expect(&mut self, file: String, note: Vec<u8>, findings: &mut Findings) -> Option<u64> {
        match Checkpoint::read_unverified(&note) {
            Ok(claimed) => {
                let size = claimed.size;
                self.put(Milestone { file, size, claim: Claim::Signed(note, claimed) });
                Some(size)
            }
            Err(error) => {
                findings
                    .add(Fault::CheckpointForm, Place::file(&file), || (String::new(), error.to_string()));
                None
            }
        }
    }

    /// Puts on the way what a report says of the log.
    pub(crate) fn expect_printed(&mut self, file: String, printed: Printed) {
        self.put(Milestone { file, size: printed.size, claim: Claim::Printed(printed) });
    }

    /// Puts on the way the time stamp of a checkpoint. What is no checkpoint is told where that is expected.
    pub(crate) fn expect_stamp(&mut self, file: &str, note: &[u8], reply: &[u8], findings: &mut Findings) {
        let place = Place::file(file);
        let Ok(checkpoint) = Checkpoint::read_unverified(note) else { return };
        match Stamp::of(note, reply) {
            Ok(stamp) => {
                let file = file.to_owned();
                self.put(Milestone { file, size: checkpoint.size, claim: Claim::Stamped(stamp) });
            }
            Err(StampError::Imprint(other)) => {
                findings.add(Fault::StampImprint, place, || (Hash::of(note).to_string(), other.to_string()));
            }
            Err(error) => findings.add(Fault::StampForm, place, || (String::new(), error.to_string())),
        }
    }

    fn put(&mut self, milestone: Milestone) {
        let after = self.milestones.partition_point(|m| m.size > milestone.size);
        self.milestones.insert(after, milestone);
    }

    /// Takes the next leaf.
    pub(crate) fn step(&mut self, fact: &Fact, findings: &mut Findings) {
        self.confirm(findings);
        let index = self.frontier.size();
        self.frontier.append(fact.hash);
        let Some(said) = &fact.said else { return };
        if said.at < self.at {
            findings.add(Fault::Time, Place::leaf(&self.file, index), || {
                (format!("≥ {}", time_text(self.at)), time_text(said.at))
            });
        }
        self.at = self.at.max(said.at);
        self.stolen.extend(said.stolen.then_some(index));
        if let Some(text) = &said.new_key {
            match VerifyingKey::parse(text) {
                Ok(key) => self.next_key = Some(key),
                Err(error) => findings.add(Fault::KeyRotation, Place::leaf(&self.file, index), || {
                    (String::new(), error.to_string())
                }),
            }
        }
    }

    /// Compares the checkpoints of the present size.
    fn confirm(&mut self, findings: &mut Findings) {
        let size = self.frontier.size();
        let here = self.milestones.partition_point(|m| m.size > size);
        if here == self.milestones.len() {
            return;
        }
        let milestones = self.milestones.split_off(here);
        let mut unsigned = Vec::new();
        let mut handed_over = false;
        for Milestone { file, claim, .. } in &milestones {
            match claim {
                Claim::Printed(printed) => self.compare_printed(file, printed, findings),
                Claim::Stamped(stamp) => self.compare_stamp(file, stamp, findings),
                Claim::Signed(note, claimed) => match Checkpoint::open(note, &self.key) {
                    Ok(_) => {
                        handed_over = true;
                        self.compare(file, claimed, findings);
                    }
                    Err(error) => unsigned.push((file, note, claimed, error)),
                },
            }
        }
        // A leaf under the old key's signature named the new key: from here on only the new key counts.
        if handed_over && let Some(next) = self.next_key.take() {
            self.key = next;
        }
        for (file, note, claimed, error) in unsigned {
            let by_next = matches!(error, NoteError::Unsigned(_)) && handed_over;
            if by_next && Checkpoint::open(note, &self.key).is_ok() {
                self.compare(file, claimed, findings);
            } else {
                findings.add(Fault::CheckpointSignature, Place::file(file), || {
                    (self.key.to_string(), error.to_string())
                });
            }
        }
    }

    fn compare(&mut self, file: &str, claimed: &Checkpoint, findings: &mut Findings) {
        let place = Place::file(file);
        let root = self.frontier.root();
        if claimed.origin != self.log {
            findings.add(Fault::CheckpointOrigin, place, || (self.log.clone(), claimed.origin.clone()));
        } else if claimed.root != root {
            findings.add(Fault::CheckpointRoot, place, || (claimed.root.to_base64(), root.to_base64()));
        } else {
            self.signed = claimed.size;
            self.confirmed += 1;
        }
    }

    /// The same for what stands on paper; it counts as no signature.
    fn compare_printed(&self, file: &str, printed: &Printed, findings: &mut Findings) {
        let place = Place::file(file);
        let root = self.frontier.root();
        if printed.log != self.log {
            findings.add(Fault::CheckpointOrigin, place, || (self.log.clone(), printed.log.clone()));
        } else if !printed.agrees(&root) {
            findings.add(Fault::CheckpointRoot, place, || (printed.digits().to_owned(), root.to_string()));
        }
    }

    /// No leaf under a checkpoint is younger than its stamp, and stamps follow each other as their checkpoints do.
    fn compare_stamp(&mut self, file: &str, stamp: &Stamp, findings: &mut Findings) {
        let place = Place::file(file);
        let (newest, at) = (stamp::millis(self.at), stamp::millis(stamp.at_number()));
        if at + stamp::SKEW < newest {
            findings.add(Fault::StampTime, place, || {
                (format!("≥ {}", time_text(self.at)), stamp.at().to_owned())
            });
        }
        let before = self.stamped.take();
        if let Some(before) = before.as_ref().filter(|before| stamp.at_number() < before.at_number) {
            findings.add(Fault::StampOrder, place, || (format!("≥ {}", before.at), stamp.at().to_owned()));
        }
        let (number, latest) = before.map_or((0, 0), |before| (before.number, before.latest));
        self.stamped = Some(Stamped {
            number: number + 1,
            size: self.frontier.size(),
            at: stamp.at().to_owned(),
            authority: stamp.authority().map(str::to_owned),
            latest: latest.max(at.saturating_sub(newest)),
            at_number: stamp.at_number(),
        });
    }

    /// Compares what is left and tells where the walk ended.
    pub(crate) fn end(mut self, findings: &mut Findings) -> End {
        self.confirm(findings);
        let size = self.frontier.size();
        // The stamp of a checkpoint that was not met is told with the checkpoint.
        let left = self.milestones.iter().rev().filter(|left| !matches!(left.claim, Claim::Stamped(_)));
        for milestone in left {
            findings.add(Fault::CheckpointBeyond, Place::file(&milestone.file), || {
                (milestone.size.to_string(), size.to_string())
            });
        }
        End {
            frontier: self.frontier,
            key: self.key,
            signed: self.signed,
            confirmed: self.confirmed,
            stolen: self.stolen,
            stamped: self.stamped,
            at: self.at,
        }
    }
}

/// Where a walk ended.
pub(crate) struct End {
    pub(crate) frontier: Frontier,
    /// The key that counts after the last checkpoint.
    pub(crate) key: VerifyingKey,
    /// The size of the largest checkpoint that was right.
    pub(crate) signed: u64,
    /// How many checkpoints were right.
    pub(crate) confirmed: u64,
    /// The places of the leaves that say that the key was stolen.
    pub(crate) stolen: Vec<u64>,
    /// The time stamps on the way.
    pub(crate) stamped: Option<Stamped>,
    at: u64,
}

impl End {
    /// The time of the last leaf.
    pub(crate) fn last_at(&self) -> Option<String> {
        (self.frontier.size() > 0).then(|| time_text(self.at))
    }
}

/// The time that [`leaf::time_number`] read.
fn time_text(number: u64) -> String {
    let part = |below: u64, size: u64| number / below % size;
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
        number / 10_000_000_000_000,
        part(100_000_000_000, 100),
        part(1_000_000_000, 100),
        part(10_000_000, 100),
        part(100_000, 100),
        part(1_000, 100),
        number % 1_000
    )
}
