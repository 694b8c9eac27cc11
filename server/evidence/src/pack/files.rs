//! The files of a pack under a check, and what is wrong with them as files.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;

use super::manifest::{self, Manifest};
use super::source::{LONGEST_NOTE, LONGEST_TEXT, Source, held, sum};
use super::{KEY, MANIFEST, MANIFEST_NOTE, checkpoint_file, checkpoints, content_file, key_file, stamps};
use crate::difference::{Fault, Findings, Place};
use crate::hash::Hash;
use crate::keys;
use crate::leaf::LeafError;
use crate::note::VerifyingKey;
use crate::walk::Walk;

/// The files of a pack under a check.
pub(super) struct Files<'s, S: ?Sized> {
    pub(super) source: &'s S,
    pub(super) names: BTreeSet<String>,
    /// The contents that it has, by their names.
    pub(super) contents: HashSet<Hash>,
    /// The bytes of the list of files.
    pub(super) manifest: Vec<u8>,
    /// What the files that were read turned out to be.
    pub(super) sums: BTreeMap<String, io::Result<Hash>>,
    pub(super) findings: Findings,
}

impl<'s, S: Source + ?Sized> Files<'s, S> {
    pub(super) fn open(source: &'s S) -> Self {
        let names = source.names();
        let hash = |name: &String| Hash::from_hex(name.strip_prefix("contents/")?.strip_suffix(".json")?);
        let contents = names.iter().filter_map(hash).collect();
        Self {
            source,
            names,
            contents,
            manifest: Vec::new(),
            sums: BTreeMap::new(),
            findings: Findings::default(),
        }
    }

    pub(super) fn require(&mut self, names: &[&str]) {
        for name in names {
            if !self.names.contains(*name) {
                self.findings.add(Fault::MissingFile, Place::file(name), Default::default);
            }
        }
    }

    /// The bytes of a short file; none if it is missing, which is told elsewhere.
    pub(super) fn held(&mut self, name: &str, longest: usize) -> Option<Vec<u8>> {
        if !self.names.contains(name) {
            return None;
        }
        match held(self.source, name, longest) {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                self.findings.unreadable(name, &error);
                None
            }
        }
    }

    /// `vkey.txt` is the key that the reader trusts.
    pub(super) fn check_key(&mut self, key: &VerifyingKey) {
        let Some(text) = self.held(KEY, LONGEST_NOTE) else { return };
        let expected = key.to_string();
        let found = String::from_utf8_lossy(&text);
        if found.trim() != expected {
            let found = found.trim().to_owned();
            self.findings.add(Fault::KeyFile, Place::file(KEY), || (expected, found));
        }
    }

    /// The list of files, if it is one of the right sort.
    pub(super) fn manifest<T>(&mut self, sort: impl Fn(Manifest) -> Result<T, LeafError>) -> Option<T> {
        self.manifest = self.held(MANIFEST, LONGEST_TEXT)?;
        match Manifest::parse(&self.manifest).and_then(sort) {
            Ok(manifest) => Some(manifest),
            Err(error) => {
                let told = error.to_string();
                self.findings.add(Fault::ManifestForm, Place::file(MANIFEST), || (String::new(), told));
                None
            }
        }
    }

    /// Puts every checkpoint of the pack on the way, and every time stamp.
    pub(super) fn expect_checkpoints(&mut self, walk: &mut Walk) {
        let stamps: Vec<_> = stamps(&self.names).map(|(name, note)| (name.clone(), note)).collect();
        for (name, note_name) in stamps {
            if !self.names.contains(&note_name) {
                self.findings.add(Fault::MissingFile, Place::file(&note_name), Default::default);
                continue;
            }
            let (note, reply) = (self.held(&note_name, LONGEST_NOTE), self.held(&name, LONGEST_NOTE));
            if let (Some(note), Some(reply)) = (note, reply) {
                walk.expect_stamp(&name, &note, &reply, &mut self.findings);
            }
        }
        let notes: Vec<String> = checkpoints(&self.names).cloned().collect();
        for name in notes {
            let Some(note) = self.held(&name, LONGEST_NOTE) else { continue };
            let size = walk.expect(name.clone(), note, &mut self.findings);
            if size.is_some_and(|size| name != checkpoint_file(size)) {
                let stated = size.map(checkpoint_file).unwrap_or_default();
                self.findings.add(Fault::CheckpointName, Place::file(&name), || (stated, name.clone()));
            }
        }
    }

    /// What a file turned out to be, read now if it was not yet.
    fn sum(&mut self, name: &str) -> Option<Hash> {
        let source = self.source;
        match self.sums.entry(name.to_owned()).or_insert_with(|| sum(source, name)) {
            Ok(hash) => Some(*hash),
            Err(error) => {
                self.findings.unreadable(name, error);
                None
            }
        }
    }

    /// Every content is what its name says. Gives their number.
    pub(super) fn check_contents(&mut self) -> u64 {
        let names: Vec<String> =
            self.names.iter().filter(|name| name.starts_with("contents/")).cloned().collect();
        for name in &names {
            let Some(hash) = self.sum(name) else { continue };
            let expected = content_file(hash);
            if *name != expected {
                self.findings.add(Fault::ContentHash, Place::file(name), || (name.clone(), expected.clone()));
            }
        }
        names.len() as u64
    }

    /// Every file is the one that is listed, and none is there beside them.
    pub(super) fn check_sums(&mut self, listed: &BTreeMap<String, Hash>) {
        for (name, expected) in listed {
            if !self.names.contains(name) {
                self.findings.add(Fault::MissingFile, Place::file(name), Default::default);
                continue;
            }
            let Some(found) = self.sum(name) else { continue };
            if found != *expected {
                self.findings
                    .add(Fault::FileHash, Place::file(name), || (expected.to_string(), found.to_string()));
            }
        }
        for name in &self.names {
            if ![MANIFEST, MANIFEST_NOTE].contains(&name.as_str()) && !listed.contains_key(name) {
                self.findings.add(Fault::UnlistedFile, Place::file(name), Default::default);
            }
        }
    }

    /// The key that signed the list of files: the log's last one, one that followed it, or one that the reader trusts as well.
    pub(super) fn signer(
        &mut self,
        manifest: &Manifest,
        last: &VerifyingKey,
        later: &[VerifyingKey],
    ) -> VerifyingKey {
        // What is missing is told as a missing file.
        let Some(note) = self.held(MANIFEST_NOTE, LONGEST_NOTE) else { return last.clone() };
        let keys = self.trusted(last, later);
        match manifest::signer(&manifest.signed_text(&self.manifest), &note, keys) {
            Ok(key) => key,
            Err((expected, found)) => {
                self.findings.add(Fault::ManifestSignature, Place::file(MANIFEST_NOTE), || (expected, found));
                last.clone()
            }
        }
    }

    /// A key and those that followed it, as far as the notes in the pack lead; and the `later` ones that the reader trusts as well.
    pub(super) fn trusted(&mut self, key: &VerifyingKey, later: &[VerifyingKey]) -> Vec<VerifyingKey> {
        let mut keys = vec![key.clone()];
        for number in 1.. {
            let Some(note) = self.held(&key_file(number), LONGEST_NOTE) else { break };
            let next = keys.last().and_then(|key| keys::handed_over(&note, key).ok());
            let Some(next) = next else { break };
            keys.push(next);
        }
        keys.extend(later.iter().cloned());
        keys
    }
}
