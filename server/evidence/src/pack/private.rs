//! The private part of a pack: what leaves bind by a hash and do not say.
//!
//! A leaf `user.identity` binds number and name of somebody to an id (see [`identity`](crate::identity)). [`IDENTITIES`] has a line for each such
//! leaf of the pack, in their order: `{"leaf":12,"salt":"…","told":{"family":"…",…}}`, in canonical JSON. A leaf whose words were erased has none;
//! that they were erased, a leaf `erase.done` about the same id says. Most are written years later and stand in the log of another year: then
//! [`ERASURES`] has the leaf with its proof, as a C2SP tlog-proof whose extra data are the bytes of the leaf. The proofs stand one behind the other,
//! and each person has one.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io;
use std::thread::{self, Scope};

use super::files::Files;
use super::leaves::Batch;
use super::part::open;
use super::people::{Id, id};
use super::roster::{Known, Mark, otherwise};
use super::source::{LONGEST_NOTE, Source};
use super::stream::{Line, Stream};
use super::{ERASURES, IDENTITIES};
use crate::checkpoint::{Checkpoint, decimal};
use crate::difference::{Fault, Findings, Place};
use crate::hash::Hash;
use crate::identity::{Identity, who};
use crate::json::Cursor;
use crate::leaf::{Kind, LeafError, View};
use crate::note::VerifyingKey;
use crate::proof::{FIRST_LINE, Proof};
use crate::tree;

/// No name is nearly as long.
const LONGEST: usize = 1 << 16;

/// The names that the leaves of a pack bind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// How many leaves bind a name that is in the pack, and is the one that was bound.
    pub told: u64,
    /// How many bind one that was erased.
    pub erased: u64,
    /// How many rows of the roster call somebody otherwise than the leaf that bound a name last, or somebody whom no leaf binds. The roster has names of the
    /// day on which the pack was made, so of a past year these may be right.
    pub otherwise: u64,
}

/// The line of [`IDENTITIES`] for a leaf: the salt, as hexadecimal digits, and the words (see [`Identity::told`]).
pub fn identity(leaf: u64, salt: &str, told: &str) -> String {
    format!("{{\"leaf\":{leaf},\"salt\":\"{salt}\",\"told\":{told}}}\n")
}

/// What stands in [`ERASURES`] for the leaf that says that somebody was erased.
pub fn erasure(leaf: &[u8], proof: Proof) -> String {
    Proof { extra: Some(leaf.to_vec()), ..proof }.encode()
}

/// A line of [`IDENTITIES`].
struct Told {
    /// Its number, from 1.
    line: u64,
    leaf: u64,
    /// The hash of its salt and words.
    who: String,
    mark: Mark,
}

impl Told {
    fn read(line: u64, bytes: &[u8]) -> Result<Self, LeafError> {
        let text = std::str::from_utf8(bytes).map_err(|_| LeafError::NotText)?;
        let (mut leaf, mut salt, mut told, mut other) = ("", "", "", None);
        let mut cursor = Cursor::new(text);
        cursor.object(|key, value| match key {
            "leaf" => leaf = value,
            "salt" => salt = value,
            "told" => told = value,
            _ => other = Some(LeafError::Unknown(key.to_owned())),
        })?;
        cursor.end()?;
        other.map_or(Ok(()), Err)?;
        let salt = salt.trim_matches('"');
        let leaf = decimal(leaf).ok_or(LeafError::Missing("leaf"))?;
        Hash::from_hex(salt).ok_or(LeafError::Missing("salt"))?;
        let words = Identity::read(told).ok_or(LeafError::Missing("told"))?;
        Ok(Self { line, leaf, who: who(salt, told), mark: Mark::of(&words) })
    }

    fn place(&self) -> Place<'static> {
        Place { file: IDENTITIES, line: Some(self.line), leaf: Some(self.leaf) }
    }
}

/// Leaves of one person that bind words which are not there.
struct Silent {
    /// The place of the first.
    first: u64,
    leaves: u64,
}

/// The private part, read beside the leaves.
pub(super) struct Private<'scope> {
    /// `None` if the pack has none.
    stream: Option<Stream<'scope>>,
    /// A line of a later leaf.
    waiting: Option<Told>,
    number: u64,
    last: Option<u64>,
    /// The file of the leaves.
    file: &'static str,
    names: Names,
    known: Known,
    silent: HashMap<Id, Silent>,
    erased: HashSet<Id>,
}

/// What the leaves of a pack leave open of its private part.
pub(super) struct Open {
    file: &'static str,
    names: Names,
    known: Known,
    silent: HashMap<Id, Silent>,
}

impl<'scope> Private<'scope> {
    pub(super) fn open<'env, S: Source + ?Sized>(
        scope: &'scope Scope<'scope, 'env>,
        source: &'env S,
        names: &BTreeSet<String>,
        file: &'static str,
    ) -> Self {
        Self {
            stream: names.contains(IDENTITIES).then(|| Stream::open(scope, source, IDENTITIES)),
            waiting: None,
            number: 0,
            last: None,
            file,
            names: Names::default(),
            known: Known::new(),
            silent: HashMap::new(),
            erased: HashSet::new(),
        }
    }

    /// The next line that can be read.
    fn next(&mut self, findings: &mut Findings) -> Option<Told> {
        if let Some(waiting) = self.waiting.take() {
            return Some(waiting);
        }
        loop {
            let mut bytes = Vec::new();
            let told = match self.stream.as_mut()?.line(&mut bytes, LONGEST) {
                Line::End => return None,
                Line::Cut => Err("the last line has no end".to_owned()),
                Line::TooLong => Err("the line is too long".to_owned()),
                Line::Whole => Told::read(self.number + 1, &bytes).map_err(|error| error.to_string()),
            };
            self.number += 1;
            let ordered = told.and_then(|told| {
                let follows = self.last.is_none_or(|last| told.leaf > last);
                follows.then_some(told).ok_or_else(|| "it is not in the order of the leaves".to_owned())
            });
            match ordered {
                Ok(told) => {
                    self.last = Some(told.leaf);
                    return Some(told);
                }
                Err(error) => {
                    let place = Place { file: IDENTITIES, line: Some(self.number), leaf: None };
                    findings.add(Fault::PrivateForm, place, || (String::new(), error));
                }
            }
        }
    }

    /// The line of a leaf, if it has one. Lines before it are of leaves that bind nothing.
    fn line_of(&mut self, leaf: u64, findings: &mut Findings) -> Option<Told> {
        while let Some(told) = self.next(findings) {
            if told.leaf == leaf {
                return Some(told);
            }
            if told.leaf > leaf {
                self.waiting = Some(told);
                return None;
            }
            findings.add(Fault::PrivateLeaf, told.place(), Default::default);
        }
        None
    }

    /// Compares what these leaves bind.
    pub(super) fn compare(&mut self, batch: &Batch, views: &[Option<View<'_>>], findings: &mut Findings) {
        if self.stream.is_none() {
            return;
        }
        for (index, view) in views.iter().enumerate() {
            let Some(view) = view else { continue };
            let whom = || id(view.obj.unwrap_or_default());
            if view.kind == Kind::ERASE_DONE.as_str() {
                self.erased.insert(whom());
            } else if view.kind == Kind::USER_IDENTITY.as_str() {
                let place = batch.place(index);
                match self.line_of(place, findings) {
                    Some(told) => {
                        self.names.told += 1;
                        self.known.insert(whom(), Some(told.mark));
                        let bound = view.content("who").unwrap_or_default().trim_matches('"');
                        if told.who != bound {
                            let bound = bound.to_owned();
                            findings.add(Fault::Identity, told.place(), || (bound, told.who.clone()));
                        }
                    }
                    None => {
                        self.known.insert(whom(), None);
                        let silent = Silent { first: place, leaves: 0 };
                        self.silent.entry(whom()).or_insert(silent).leaves += 1;
                    }
                }
            }
        }
    }

    /// Ends the private part behind the last leaf. `None` if there is none.
    pub(super) fn end(
        mut self,
        sums: &mut BTreeMap<String, io::Result<Hash>>,
        findings: &mut Findings,
    ) -> Option<Open> {
        while let Some(told) = self.next(findings) {
            findings.add(Fault::PrivateLeaf, told.place(), Default::default);
        }
        sums.insert(IDENTITIES.to_owned(), self.stream?.finish());
        let mut open = Open { file: self.file, names: self.names, known: self.known, silent: self.silent };
        for whom in self.erased {
            open.erase(whom);
        }
        Some(open)
    }
}

impl Open {
    /// Somebody was erased. Whether anything was missing of them.
    fn erase(&mut self, whom: Id) -> bool {
        let silent = self.silent.remove(&whom);
        self.names.erased += silent.as_ref().map_or(0, |silent| silent.leaves);
        silent.is_some()
    }

    fn take(&mut self, proven: &mut Proven<'_>, text: &str, findings: &mut Findings) {
        let place = Place::file(ERASURES);
        match proven.whom(text).map(|whom| self.erase(whom)) {
            Ok(true) => {}
            Ok(false) => findings.add(Fault::PrivateLeaf, place, Default::default),
            Err(told) => findings.add(Fault::ErasureProof, place, || (String::new(), told)),
        }
    }

    /// Takes up the proofs of erasures that one of these keys signed; whoever is still missing then is missing.
    pub(super) fn settle<S: Source + ?Sized>(
        mut self,
        files: &mut Files<'_, S>,
        keys: &[VerifyingKey],
    ) -> Names {
        let Files { source, names, sums, findings, .. } = files;
        let mut proven = Proven { keys, signed: None };
        if names.contains(ERASURES) {
            let sum = thread::scope(|scope| {
                let mut stream = Stream::open(scope, *source, ERASURES);
                let mut text = String::new();
                let mut over = false;
                while !over {
                    let mut line = Vec::new();
                    over = stream.line(&mut line, LONGEST_NOTE) == Line::End;
                    let line = String::from_utf8_lossy(&line);
                    // The first line of a proof, or the end of the file, ends the one before.
                    if !text.is_empty() && (over || line == FIRST_LINE || text.len() > LONGEST_NOTE) {
                        self.take(&mut proven, &text, findings);
                        text.clear();
                    }
                    text.push_str(&line);
                    text.push('\n');
                }
                stream.finish()
            });
            sums.insert(ERASURES.to_owned(), sum);
        }
        for silent in self.silent.values() {
            findings.add(Fault::PrivateMissing, Place::leaf(self.file, silent.first), Default::default);
        }
        self.names.otherwise = otherwise(*source, &self.known);
        self.names
    }
}

/// Reads proofs of erasures. Many are under the same checkpoint.
struct Proven<'a> {
    keys: &'a [VerifyingKey],
    signed: Option<(String, Checkpoint)>,
}

impl Proven<'_> {
    /// Who was erased, by a proof; otherwise why it is none.
    fn whom(&mut self, text: &str) -> Result<Id, String> {
        let proof = Proof::parse(text).map_err(|error| error.to_string())?;
        let leaf = proof.extra.as_deref().unwrap_or_default();
        let view = View::read(leaf).map_err(|error| error.to_string())?;
        if self.signed.as_ref().is_none_or(|(note, _)| *note != proof.checkpoint) {
            let signed = open(proof.checkpoint.as_bytes(), self.keys).map_err(|(_, found)| found)?;
            self.signed = Some((proof.checkpoint.clone(), signed));
        }
        let Some((_, Checkpoint { origin, size, root })) = &self.signed else { return Err(String::new()) };
        let holds = tree::verify_inclusion(&tree::leaf_hash(leaf), proof.index, *size, &proof.path, root);
        if !holds || view.log != origin {
            return Err(format!("{origin} #{}", proof.index));
        }
        match view.obj.filter(|_| view.kind == Kind::ERASE_DONE.as_str()) {
            Some(whom) => Ok(id(whom)),
            None => Err(view.kind.to_owned()),
        }
    }
}
