//! Which key signs which part of which log. A key is handed over by a note that the old and the new key both sign; the note stands in the
//! leaf of the change, so whoever trusts the first key can follow to the last one.

use std::fmt::Write as _;

use crate::checkpoint::{Checkpoint, decimal};
use crate::leaf::{Kind, Leaf};
use crate::note::{self, Note, NoteError, SigningKey, VerifyingKey};

/// The second line of the note. It is not a number, so that no such note can pass for a checkpoint.
const CHANGE: &str = "key change";

/// The note by which `old` hands over to `new`. Both sign: the old one says who follows, the new one that it is there.
///
/// # Errors
/// When the two keys have different names: the name is that of the logs and never changes.
pub fn hand_over(old: &SigningKey, new: &SigningKey) -> Result<String, NoteError> {
    let name = old.verifying_key().name();
    if new.verifying_key().name() != name {
        return Err(NoteError::Key("the new key has another name"));
    }
    note::sign(&format!("{name}\n{CHANGE}\n{}\n", new.verifying_key()), &[old, new])
}

/// The key that a note hands over to, if `old` and that key signed it.
///
/// # Errors
/// With what is not so.
pub fn handed_over(note: &[u8], old: &VerifyingKey) -> Result<VerifyingKey, NoteError> {
    let note = Note::parse(note)?;
    let mut lines = note.verify(old)?.lines();
    let new = match (lines.next(), lines.next(), lines.next(), lines.next()) {
        (Some(name), Some(CHANGE), Some(new), None) if name == old.name() => VerifyingKey::parse(new)?,
        _ => return Err(NoteError::Form("it hands no key over")),
    };
    if new.name() != old.name() || new == *old {
        return Err(NoteError::Key("the new key is the old one, or has another name"));
    }
    note.verify(&new)?;
    Ok(new)
}

/// A change of the key, as its leaf tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The place of the leaf. The checkpoint that ends with it is signed by both keys.
    pub leaf: u64,
    /// The key before.
    pub old: VerifyingKey,
    /// The key after.
    pub new: VerifyingKey,
    /// The note that both signed.
    pub note: String,
    /// When, as the leaf has it.
    pub at: String,
    /// Somebody else may have had the old key.
    pub stolen: bool,
}

impl Change {
    /// Reads the leaf at a place; `None` if it is of another kind, or hands nothing over.
    pub fn read(place: u64, body: &[u8]) -> Option<Self> {
        let leaf = Leaf::parse(body).ok().filter(|leaf| *leaf.kind() == Kind::KEY_ROTATE)?;
        let said = |part: &str| leaf.d().get(part).and_then(serde_json::Value::as_str);
        let old = VerifyingKey::parse(said("old")?).ok()?;
        let note = said("note")?.to_owned();
        let new = handed_over(note.as_bytes(), &old).ok()?;
        let stolen = said("why") == Some("stolen");
        let at = leaf.at().to_owned();
        (said("vkey")? == new.to_string()).then_some(Self { leaf: place, old, new, note, at, stolen })
    }
}

/// What a log tells of its keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogKeys {
    /// The log.
    pub log: String,
    /// The changes in it, in the order of their leaves.
    pub changes: Vec<Change>,
    /// It began because the key before was lost: nothing leads from that one to this log's.
    pub after_lost: Option<VerifyingKey>,
}

/// Every key that has signed the logs of a hospital, and which part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyBook {
    present: VerifyingKey,
    /// In the order of the logs, and in a log in the order of the places.
    spans: Vec<Span>,
}

/// From this size of this log on a key signs its checkpoints, until the next span of the log; where they meet, both sign.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Span {
    log: String,
    from: u64,
    key: VerifyingKey,
}

impl From<VerifyingKey> for KeyBook {
    /// One key, which has signed everything.
    fn from(key: VerifyingKey) -> Self {
        Self { present: key, spans: Vec::new() }
    }
}

impl KeyBook {
    /// The book of logs, the oldest first, that `present` signs now. It is followed backwards from that key, which the reader trusts: a
    /// change that does not lead to it counts for nothing, so that nobody's key comes into the book by a leaf alone.
    pub fn follow(present: VerifyingKey, logs: &[LogKeys]) -> Self {
        let mut key = present.clone();
        let mut spans = Vec::new();
        for told in logs.iter().rev() {
            for change in told.changes.iter().rev() {
                if change.new == key {
                    spans.push(Span { log: told.log.clone(), from: change.leaf + 1, key });
                    key = change.old.clone();
                }
            }
            spans.push(Span { log: told.log.clone(), from: 0, key: key.clone() });
            if let Some(lost) = &told.after_lost {
                key = lost.clone();
            }
        }
        spans.reverse();
        Self { present, spans }
    }

    /// The key that signs now.
    pub const fn present(&self) -> &VerifyingKey {
        &self.present
    }

    /// The key with which a log begins.
    pub fn first(&self, log: &str) -> &VerifyingKey {
        self.spans.iter().find(|span| span.log == log).map_or(&self.present, |span| &span.key)
    }

    /// The key with which a log ends.
    pub fn last(&self, log: &str) -> &VerifyingKey {
        self.spans.iter().rfind(|span| span.log == log).map_or(&self.present, |span| &span.key)
    }

    /// Reads a checkpoint, if the key signed it whose turn it was.
    ///
    /// # Errors
    /// When the note is no checkpoint, or not signed by that key.
    pub fn open(&self, note: &[u8]) -> Result<Checkpoint, NoteError> {
        let claimed = Checkpoint::read_unverified(note)?;
        let mut of_log = self.spans.iter().filter(|span| span.log == claimed.origin).peekable();
        if of_log.peek().is_none() {
            return Checkpoint::open(note, &self.present);
        }
        let mut told = Err(NoteError::Unsigned(self.present.name().to_owned()));
        while let Some(span) = of_log.next() {
            let until = of_log.peek().map_or(u64::MAX, |next| next.from);
            if (span.from..=until).contains(&claimed.size) {
                told = Checkpoint::open(note, &span.key);
                if told.is_ok() {
                    break;
                }
            }
        }
        told
    }

    /// The book as a text: the present key in the first line, then a line for each part of a log that another key signed.
    pub fn encode(&self) -> String {
        let mut text = format!("{}\n", self.present);
        for Span { log, from, key } in &self.spans {
            // A line into a text cannot fail.
            writeln!(text, "{log} {from} {key}").ok();
        }
        text
    }

    /// Reads what [`KeyBook::encode`] wrote. A single key is a book as well.
    ///
    /// # Errors
    /// When a line is not one of a book.
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let mut lines = text.trim().lines();
        let present = VerifyingKey::parse(lines.next().unwrap_or_default())?;
        let span = |line: &str| {
            let mut parts = line.splitn(3, ' ');
            let (Some(log), Some(from), Some(key)) =
                (parts.next(), parts.next().and_then(decimal), parts.next())
            else {
                return Err(NoteError::Key("a line of the book is not log, size and key"));
            };
            Ok(Span { log: log.to_owned(), from, key: VerifyingKey::parse(key)? })
        };
        Ok(Self { present, spans: lines.map(span).collect::<Result<_, _>>()? })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::hash::Hash;

    const NAME: &str = "kokoroe-1a2b";

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_seed(NAME, &[seed; 32]).expect("a key")
    }

    fn change(place: u64, old: u8, new: u8) -> Change {
        let (old, new) = (key(old), key(new));
        let note = hand_over(&old, &new).expect("a note");
        let d = json!({ "vkey": new.verifying_key().to_string(), "old": old.verifying_key().to_string(), "note": note });
        let leaf = Leaf::new(&format!("{NAME}/2026"), Kind::KEY_ROTATE, "2026-10-01T00:00:00.000Z", "system");
        let body = leaf.and_then(|leaf| leaf.with_d(d)).expect("a leaf").encode();
        Change::read(place, &body).expect("a change")
    }

    fn note(year: u32, size: u64, seeds: &[u8]) -> Vec<u8> {
        let checkpoint = Checkpoint { origin: format!("{NAME}/{year}"), size, root: Hash::of(b"root") };
        let keys: Vec<SigningKey> = seeds.iter().map(|seed| key(*seed)).collect();
        checkpoint.sign(&keys.iter().collect::<Vec<_>>()).expect("signed").into_bytes()
    }

    fn log(year: u32, changes: Vec<Change>) -> LogKeys {
        LogKeys { log: format!("{NAME}/{year}"), changes, after_lost: None }
    }

    #[test]
    fn each_key_counts_for_its_own_part_and_both_where_they_meet() {
        let logs = [log(2025, vec![]), log(2026, vec![change(9, 1, 2)]), log(2027, vec![])];
        let book = KeyBook::follow(key(2).verifying_key().clone(), &logs);
        for (year, size, seed, good) in [
            (2025, 500, 1, true),
            (2025, 500, 2, false),
            (2026, 9, 1, true),
            (2026, 10, 1, true),
            (2026, 11, 1, false),
            (2026, 9, 2, false),
            (2026, 10, 2, true),
            (2026, 11, 2, true),
            (2027, 1, 2, true),
            (2027, 1, 1, false),
            (2028, 1, 2, true),
        ] {
            let opened = book.open(&note(year, size, &[seed]));
            assert_eq!(opened.is_ok(), good, "{year} {size} by {seed}: {opened:?}");
        }
        assert!(book.open(&note(2026, 10, &[1, 2])).is_ok());
        assert_eq!(book.first(&format!("{NAME}/2026")), key(1).verifying_key());
        assert_eq!(book.last(&format!("{NAME}/2026")), key(2).verifying_key());
        assert_eq!(book.last(&format!("{NAME}/2025")), key(1).verifying_key());
        assert_eq!(KeyBook::parse(&book.encode()), Ok(book));
    }

    #[test]
    fn a_change_that_does_not_lead_to_the_present_key_brings_no_key_into_the_book() {
        let logs = [log(2025, vec![change(3, 7, 8)]), log(2026, vec![change(9, 1, 2), change(20, 8, 9)])];
        let book = KeyBook::follow(key(2).verifying_key().clone(), &logs);
        for seed in [7, 8, 9] {
            for size in [2, 4, 21, 22] {
                assert!(
                    book.open(&note(2026, size, &[seed])).is_err()
                        && book.open(&note(2025, size, &[seed])).is_err()
                );
            }
        }
        assert!(book.open(&note(2025, 4, &[1])).is_ok());
    }

    #[test]
    fn where_the_key_was_lost_the_logs_before_keep_theirs() {
        let lost = Some(key(1).verifying_key().clone());
        let next = LogKeys { log: format!("{NAME}/2026.2"), changes: vec![], after_lost: lost };
        let book = KeyBook::follow(key(2).verifying_key().clone(), &[log(2026, vec![]), next]);
        assert!(book.open(&note(2026, 4, &[1])).is_ok() && book.open(&note(2026, 4, &[2])).is_err());
        assert_eq!(book.first(&format!("{NAME}/2026.2")), key(2).verifying_key());
    }

    #[test]
    fn only_both_keys_together_hand_over() {
        let good = hand_over(&key(1), &key(2)).expect("a note");
        assert_eq!(handed_over(good.as_bytes(), key(1).verifying_key()).as_ref(), Ok(key(2).verifying_key()));
        assert!(handed_over(good.as_bytes(), key(2).verifying_key()).is_err(), "to itself");
        let text = format!("{NAME}\n{CHANGE}\n{}\n", key(2).verifying_key());
        for signed in [vec![key(1)], vec![key(2)], vec![key(1), key(3)]] {
            let note = note::sign(&text, &signed.iter().collect::<Vec<_>>()).expect("a note");
            assert!(handed_over(note.as_bytes(), key(1).verifying_key()).is_err());
        }
        let other = SigningKey::from_seed("another", &[2; 32]).expect("a key");
        assert!(hand_over(&key(1), &other).is_err());
        assert!(handed_over(&note(2026, 4, &[1, 2]), key(1).verifying_key()).is_err(), "a checkpoint");
    }
}
