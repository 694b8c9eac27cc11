//! The file of leaves.

use std::collections::BTreeMap;

use super::{LEAVES, Table, parallel};
use crate::difference::{Fault, Findings, Place};
use crate::hash::Hash;
use crate::leaf::View;
use crate::walk::{self, Fact};

/// The leaves of a pack, with what the other checks ask of them.
pub(crate) struct Leaves<'a> {
    /// The log they are of.
    pub(crate) log: String,
    /// Their bytes, by index.
    pub(crate) lines: Vec<&'a [u8]>,
    pub(crate) facts: Vec<Fact>,
    /// The table that each belongs to, by index.
    pub(crate) tables: Vec<Option<Table>>,
    /// The contents that they name, with the first leaf that does.
    pub(crate) contents: BTreeMap<Hash, u64>,
}

/// What one thread found out.
#[derive(Default)]
struct Piece {
    facts: Vec<Fact>,
    tables: Vec<Option<Table>>,
    contents: BTreeMap<Hash, u64>,
    findings: Findings,
}

/// Reads every line. Without a manifest the first leaf tells which log it is.
pub(crate) fn read<'a>(bytes: &'a [u8], log: Option<&str>, findings: &mut Findings) -> Leaves<'a> {
    let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    // What follows the last line break is empty, unless the file was cut off.
    if lines.pop_if(|last| last.is_empty()).is_none() {
        let last = (lines.len() as u64).saturating_sub(1);
        findings.add(Fault::LeafForm, Place::leaf(LEAVES, last), || {
            (String::new(), "the last line has no end".to_owned())
        });
    }
    let log = match (log, lines.first()) {
        (Some(log), _) => log.to_owned(),
        (None, first) => {
            first.and_then(|line| View::read(line).ok()).map(|view| view.log.to_owned()).unwrap_or_default()
        }
    };
    let pieces = parallel::pieces(&lines, |start, lines| {
        let mut piece = Piece::default();
        for (index, line) in (start as u64..).zip(lines) {
            piece.read(&log, index, line);
        }
        piece
    });
    let (mut facts, mut tables) = (Vec::with_capacity(lines.len()), Vec::with_capacity(lines.len()));
    let mut contents = BTreeMap::new();
    for piece in pieces {
        facts.extend(piece.facts);
        tables.extend(piece.tables);
        for (content, leaf) in piece.contents {
            contents.entry(content).or_insert(leaf);
        }
        findings.merge(piece.findings);
    }
    Leaves { log, lines, facts, tables, contents }
}

impl Piece {
    fn read(&mut self, log: &str, index: u64, line: &[u8]) {
        let (fact, view) = walk::read(log, LEAVES, index, line, &mut self.findings);
        self.facts.push(fact);
        self.tables.push(view.as_ref().and_then(|view| Table::of_kind(view.kind)));
        let Some(rev) = view.and_then(|view| view.content("rev")) else { return };
        match rev.strip_prefix('"').and_then(|rev| rev.strip_suffix('"')).and_then(Hash::from_hex) {
            Some(content) => {
                self.contents.entry(content).or_insert(index);
            }
            None => self.findings.add(Fault::ContentName, Place::leaf(LEAVES, index), || {
                ("SHA-256".to_owned(), rev.to_owned())
            }),
        }
    }
}
