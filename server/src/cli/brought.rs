//! What auditors hold: checkpoints that they bring, and the key that they are given.

use std::fs;
use std::path::PathBuf;

use kokoroe_evidence::brought::{self, Brought};
use kokoroe_evidence::{Checkpoint, KeyBook};

use super::{Failure, say};

/// The signed checkpoints in mails that auditors kept.
pub(super) fn checkpoints(paths: &[PathBuf], keys: &KeyBook) -> Result<Vec<Checkpoint>, Failure> {
    let mut checkpoints = Vec::new();
    for path in paths {
        let wrong = |error: &dyn std::fmt::Display| Failure::new(format!("{}: {error}", path.display()));
        let text = fs::read(path).map_err(|error| wrong(&error))?;
        let before = checkpoints.len();
        for one in brought::read(&text) {
            if let Brought::Signed(note) = one {
                checkpoints.push(keys.open(&note).map_err(|error| wrong(&error))?);
            }
        }
        if checkpoints.len() == before {
            return Err(wrong(
                &"there is no signed checkpoint in it  署名されたチェックポイントがありません",
            ));
        }
    }
    Ok(checkpoints)
}

/// Tells the new key, and who has to have it.
pub(super) fn hand_out(vkey: &str) {
    say::line(&format!(
        "vkey: {vkey}\n\
         This is the verifier key from now on. Keep the line, printed or in a mail to the auditors, together with the one before. Keep a copy of \
         evidence.key where the old one was kept, and destroy the copies of the old one.\n\
         これからの検証鍵です。この行を印刷するか監査者にメールで送り、前の検証鍵とあわせて保管してもらいます。\
         evidence.keyの写しを、前の鍵と同じように別の場所に保管し、前の鍵の写しは破棄します。"
    ));
}
