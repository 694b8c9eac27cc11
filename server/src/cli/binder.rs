//! The part of `kokoroe verify` for inspection binders: every file against the list of sums, and the SHA-256 of the whole.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use kokoroe_evidence::pack::{LONGEST_TEXT, Source, held, sum};
use sha2::{Digest as _, Sha256};

use super::{Failure, Outcome, say};
use crate::reports::binder::SUMS;

/// Whether these are the files of a binder.
pub(super) fn is_binder(files: &(impl Source + ?Sized)) -> bool {
    files.names().contains(SUMS)
}

/// Checks a binder. That its files agree with its own list says that none was altered by chance; who alters a file and the list alike is
/// found by the SHA-256 of the whole, which the hospital has in its evidence log.
pub(super) fn check(path: &Path, files: &(impl Source + ?Sized)) -> Outcome {
    let wrong = differences(files);
    if !wrong.is_empty() {
        return Err(Failure::new(format!("NOT WHOLE  相違があります\n{}", wrong.join("\n"))));
    }
    let number = files.names().len() - 1;
    say::line(&format!("OK  {number} files agree with {SUMS}"));
    say::line(&format!("{number}個のファイルは、{SUMS}と一致しました。"));
    if path.is_file() {
        say::line(&format!("SHA-256 {}", whole(path)?));
        say::line(
            "この値を、病院の「監査用ファイル」の画面に入れて、病院が作ったファイルかどうかを確かめます。\n\
             Enter this value on the hospital’s page of inspection binders to see whether this file was made there.",
        );
    }
    Ok(())
}

/// What is not as the list says.
fn differences(files: &(impl Source + ?Sized)) -> Vec<String> {
    let names = files.names();
    let sums = match held(files, SUMS, LONGEST_TEXT) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) => return vec![format!("- {SUMS}: {error}")],
    };
    let listed: BTreeMap<&str, &str> =
        sums.lines().filter_map(|line| line.split_once(" *")).map(|(hash, name)| (name, hash)).collect();
    let mut wrong = Vec::new();
    for (name, hash) in &listed {
        if !names.contains(*name) {
            wrong.push(format!("- {name}: missing  ありません"));
            continue;
        }
        match sum(files, name) {
            Ok(found) if found.to_string() == *hash => {}
            Ok(_) => wrong.push(format!("- {name}: altered  変わっています")),
            Err(error) => wrong.push(format!("- {name}: {error}")),
        }
    }
    let unknown = names.iter().filter(|name| *name != SUMS && !listed.contains_key(name.as_str()));
    wrong.extend(unknown.map(|name| format!("- {name}: not in the list  一覧にありません")));
    wrong
}

fn whole(path: &Path) -> io::Result<String> {
    let (mut file, mut hash, mut piece) = (File::open(path)?, Sha256::new(), vec![0; 1 << 18]);
    loop {
        let read = file.read(&mut piece)?;
        let Some(bytes) = piece.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
        hash.update(bytes);
    }
    Ok(hex::encode(hash.finalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(listed: &[(&str, &str)], there: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
        let sums: String = listed
            .iter()
            .map(|(name, text)| format!("{} *{name}\n", hex::encode(Sha256::digest(text.as_bytes()))))
            .collect();
        let mut files: BTreeMap<String, Vec<u8>> =
            there.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
        files.insert(SUMS.to_owned(), sums.into_bytes());
        files
    }

    #[test]
    fn what_is_altered_missing_or_added_is_named() {
        let listed = [("a.pdf", "one"), ("b.pdf", "two")];
        assert!(differences(&files(&listed, &listed)).is_empty());
        let told = differences(&files(&listed, &[("a.pdf", "other"), ("c.pdf", "three")]));
        assert_eq!(told.len(), 3);
        for (told, name) in told.iter().zip(["a.pdf: altered", "b.pdf: missing", "c.pdf: not in the list"]) {
            assert!(told.contains(name), "{told}");
        }
    }
}
