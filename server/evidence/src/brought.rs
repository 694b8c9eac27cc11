//! What an auditor brings to a check: a checkpoint as it was signed, with whatever a mail or an editor put around it, or what a printed
//! report says of the log.

use crate::checkpoint::{Checkpoint, decimal};
use crate::hash::Hash;

/// Digits of a root that a report must show at least. Whoever wants to write two logs that share 32 of them has to try 2⁶⁴ times.
const FEWEST_DIGITS: usize = 32;
const ALL_DIGITS: usize = 64;
const SIGNATURE: &str = "— ";

/// A checkpoint that somebody kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Brought {
    /// The signed note.
    Signed(Vec<u8>),
    /// What stands on paper. Nobody signed the paper, and nobody has to: the reader had it in a drawer.
    Printed(Printed),
}

/// The state of a log as a report prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The log.
    pub log: String,
    /// The number of its leaves.
    pub size: u64,
    /// The first digits of its root, in lowercase hexadecimal.
    root: String,
}

impl Printed {
    /// Reads `LOG SIZE ROOT`, with any space between them. The root is at least 32 hexadecimal digits from its beginning on, or base64.
    pub fn read(line: &str) -> Option<Self> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [log, size, root] = words.as_slice() else { return None };
        let digits = root.to_ascii_lowercase();
        let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let root = if is_hex && (FEWEST_DIGITS..=ALL_DIGITS).contains(&digits.len()) {
            digits
        } else {
            Hash::from_base64(root)?.to_string()
        };
        Some(Self { log: (*log).to_owned(), size: decimal(&size.replace(',', ""))?, root })
    }

    /// Whether this is the root that was printed.
    pub fn agrees(&self, root: &Hash) -> bool {
        root.to_string().starts_with(&self.root)
    }

    /// The digits of the root, as far as they were printed.
    pub fn digits(&self) -> &str {
        &self.root
    }
}

/// Every checkpoint in a text: all signed notes, and where there is none, every line that states a log as reports print it.
pub fn read(text: &[u8]) -> Vec<Brought> {
    let text = String::from_utf8_lossy(text).replace("\r\n", "\n");
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').split('\n').map(str::trim_end).collect();
    let notes = notes(&lines);
    if !notes.is_empty() {
        return notes.into_iter().map(Brought::Signed).collect();
    }
    lines.iter().filter_map(|line| Printed::read(line)).map(Brought::Printed).collect()
}

/// The same, for somebody who checks this log. A text may have checkpoints of several, such as what a witness shows: where one of them is of
/// this log, the others are left to those who check theirs. Where none is, all are given, so that it can be told.
pub fn of_log(text: &[u8], log: &str) -> Vec<Brought> {
    let all = read(text);
    let is_own = |brought: &Brought| match brought {
        Brought::Signed(note) => Checkpoint::read_unverified(note).is_ok_and(|claimed| claimed.origin == log),
        Brought::Printed(printed) => printed.log == log,
    };
    if all.iter().any(is_own) { all.into_iter().filter(is_own).collect() } else { all }
}

/// The notes among the lines: three lines, an empty one, and the signatures.
fn notes(lines: &[&str]) -> Vec<Vec<u8>> {
    let mut notes = Vec::new();
    for (first, window) in lines.windows(5).enumerate() {
        let [origin, size, root, empty, signature] = window else { continue };
        if !empty.is_empty() || !signature.starts_with(SIGNATURE) || decimal(size).is_none() {
            continue;
        }
        let signatures = lines.iter().skip(first + 4).take_while(|line| line.starts_with(SIGNATURE));
        let signatures: Vec<&str> = signatures.copied().collect();
        let note = format!("{origin}\n{size}\n{root}\n\n{}\n", signatures.join("\n"));
        if Checkpoint::read_unverified(note.as_bytes()).is_ok() {
            notes.push(note.into_bytes());
        }
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::SigningKey;

    fn note(size: u64) -> (Checkpoint, String) {
        let key = SigningKey::from_seed("kokoroe-1a2b", &[7; 32]).expect("a key");
        let root = Hash::of(&size.to_be_bytes());
        let checkpoint = Checkpoint { origin: "kokoroe-1a2b/2026".into(), size, root };
        let note = checkpoint.sign(&[&key]).expect("signed");
        (checkpoint, note)
    }

    #[test]
    fn a_note_is_found_in_a_whole_mail() {
        let (first, second) = (note(3).1, note(9).1);
        let mail = format!(
            "\u{feff}監査者さま\r\n\r\n{}\r\nこのメールを保管してください。\r\n\r\n{second}\r\n--\r\n",
            first.replace('\n', "\r\n")
        );
        assert_eq!(
            read(mail.as_bytes()),
            [Brought::Signed(first.into_bytes()), Brought::Signed(second.into_bytes())]
        );
    }

    #[test]
    fn of_a_text_with_several_logs_those_of_the_log_that_is_checked_are_taken() {
        let (own, _) = note(3);
        let key = SigningKey::from_seed("kokoroe-1a2b", &[7; 32]).expect("a key");
        let other =
            Checkpoint { origin: "kokoroe-1a2b/2025".into(), ..own.clone() }.sign(&[&key]).expect("signed");
        let shown = format!("{}\n{other}", note(3).1);
        assert_eq!(of_log(shown.as_bytes(), &own.origin), [Brought::Signed(note(3).1.into_bytes())]);
        assert_eq!(of_log(other.as_bytes(), &own.origin), [Brought::Signed(other.clone().into_bytes())]);
        assert_eq!(of_log(shown.as_bytes(), "kokoroe-1a2b/2024").len(), 2);
    }

    #[test]
    fn the_line_of_a_printed_report_is_a_checkpoint_too() {
        let (checkpoint, _) = note(12_345);
        let root = checkpoint.root.to_string();
        let shown = [root[..32].to_uppercase(), root.clone(), checkpoint.root.to_base64()];
        for root in shown {
            let text = format!("from the binder of 2026\n\n kokoroe-1a2b/2026   12,345  {root}\n");
            let found = read(text.as_bytes());
            let [Brought::Printed(printed)] = found.as_slice() else { panic!("{found:?}") };
            assert_eq!((printed.log.as_str(), printed.size), ("kokoroe-1a2b/2026", 12_345));
            assert!(printed.agrees(&checkpoint.root));
            assert!(!printed.agrees(&Hash::of(b"another log")));
        }
    }

    #[test]
    fn too_few_digits_prove_nothing_and_are_not_taken() {
        let root = note(5).0.root.to_string();
        assert_eq!(Printed::read(&format!("kokoroe-1a2b/2026 5 {}", &root[..31])), None);
        assert_eq!(read(b"no checkpoint is in this text"), []);
    }
}
