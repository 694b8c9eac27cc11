//! What witnesses said of the checkpoints of a pack: in `witnesses/<size>.txt`, the lines that belong below the note of that size. They
//! stand apart from the note, because a time stamp is one of the note's bytes.

use super::source::{LONGEST_NOTE, Source, held};
use super::{WITNESSES, checkpoint_file};
use crate::difference::{Difference, Fault, Findings, Place};
use crate::note::NoteError;
use crate::witness::Witness;

/// What a witness has seen of a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// How many checkpoints of the pack it signed.
    pub number: u64,
    /// The number of leaves of the largest of them.
    pub size: u64,
    /// When it saw that one, in seconds since 1970, by its own clock.
    pub at: u64,
}

/// What this witness has seen. That the checkpoints are those of the pack's leaves is for [`verify`](super::verify) to say.
///
/// # Errors
/// With the first signature in the name of the witness that it did not make, or what cannot be read.
pub fn witnessed(source: &(impl Source + ?Sized), witness: &Witness) -> Result<Seen, Vec<Difference>> {
    let mut findings = Findings::default();
    let mut seen = Seen::default();
    for name in source.names() {
        let size = name.strip_prefix(WITNESSES).and_then(|rest| rest.strip_suffix(".txt"));
        let Some(size) = size.and_then(|size| size.parse().ok()) else { continue };
        let read = |name: &str| held(source, name, LONGEST_NOTE);
        let note = match (read(&checkpoint_file(size)), read(&name)) {
            (Ok(note), Ok(lines)) => [note, lines].concat(),
            (Err(error), _) | (_, Err(error)) => {
                findings.unreadable(&name, &error);
                continue;
            }
        };
        match witness.saw(&note) {
            Ok(at) => {
                seen.number += 1;
                if size >= seen.size {
                    (seen.size, seen.at) = (size, at);
                }
            }
            Err(NoteError::Unsigned(_)) => {}
            Err(error) => {
                findings
                    .add(Fault::Cosignature, Place::file(&name), || (witness.to_string(), error.to_string()));
            }
        }
    }
    findings.unless_different(seen)
}
