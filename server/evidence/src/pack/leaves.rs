//! The file of leaves, a batch of lines at a time.

use std::collections::HashSet;

use super::parallel;
use super::stream::{Line, Stream};
use crate::difference::{Fault, Findings, Place};
use crate::hash::Hash;
use crate::leaf::View;
use crate::walk::{self, Fact};

/// Leaves that are held at once: enough for every processor, little enough for the memory.
const BATCH: usize = 16_384;
/// And how many bytes of them, if they are long.
const BATCH_BYTES: usize = 1 << 23;
/// No fact is nearly as long.
const LONGEST: usize = 1 << 20;

/// Leaves in the order of their places.
pub(crate) struct Batch {
    pub(crate) file: &'static str,
    /// How many lines are before them.
    pub(crate) first: u64,
    /// Where they stand in the log, if they do not simply follow each other.
    places: Option<Vec<u64>>,
    bytes: Vec<u8>,
    /// Where each of them ends.
    ends: Vec<usize>,
}

/// What a batch says.
pub(crate) struct Said<'a> {
    pub(crate) facts: Vec<Fact>,
    /// `None` where a line is no leaf.
    pub(crate) views: Vec<Option<View<'a>>>,
}

/// What one thread found out.
#[derive(Default)]
struct Piece<'a> {
    facts: Vec<Fact>,
    views: Vec<Option<View<'a>>>,
    findings: Findings,
}

impl Batch {
    pub(crate) const fn len(&self) -> usize {
        self.ends.len()
    }

    /// There are others between them.
    pub(crate) const fn is_part(&self) -> bool {
        self.places.is_some()
    }

    /// The place of one of them.
    pub(crate) fn place(&self, index: usize) -> u64 {
        match &self.places {
            None => self.first + index as u64,
            Some(places) => places.get(index).copied().unwrap_or(u64::MAX),
        }
    }

    /// Which of them stands at a place.
    pub(crate) fn position(&self, place: u64) -> Option<usize> {
        match &self.places {
            None => usize::try_from(place.checked_sub(self.first)?).ok().filter(|index| *index < self.len()),
            Some(places) => places.binary_search(&place).ok(),
        }
    }

    /// The place after the last of them.
    pub(crate) fn until(&self) -> u64 {
        self.len().checked_sub(1).map_or(self.first, |last| self.place(last) + 1)
    }

    /// Says where they stand; in order.
    pub(crate) fn stand(&mut self, places: Vec<u64>) {
        self.places = Some(places);
    }

    pub(crate) fn lines(&self) -> Vec<&[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(from, to)| self.bytes.get(from..*to).unwrap_or_default()).collect()
    }

    /// Reads every line; `contents` are those that the pack has.
    pub(crate) fn read(&self, log: &str, contents: &HashSet<Hash>, findings: &mut Findings) -> Said<'_> {
        let lines = self.lines();
        let pieces = parallel::pieces(&lines, |start, lines| {
            let mut piece = Piece::default();
            for (index, line) in (start..).zip(lines) {
                piece.read(log, (self.file, self.place(index)), line, contents);
            }
            piece
        });
        let mut said =
            Said { facts: Vec::with_capacity(lines.len()), views: Vec::with_capacity(lines.len()) };
        for piece in pieces {
            said.facts.extend(piece.facts);
            said.views.extend(piece.views);
            findings.merge(piece.findings);
        }
        said
    }
}

impl<'a> Piece<'a> {
    fn read(&mut self, log: &str, at: (&str, u64), line: &'a [u8], contents: &HashSet<Hash>) {
        let (fact, view) = walk::read(log, at.0, at.1, line, &mut self.findings);
        if let Some(rev) = view.as_ref().and_then(|view| view.content("rev")) {
            check_content(rev, Place::leaf(at.0, at.1), contents, &mut self.findings);
        }
        self.facts.push(fact);
        self.views.push(view);
    }
}

/// A content that a leaf names is there.
fn check_content(rev: &str, place: Place<'_>, contents: &HashSet<Hash>, findings: &mut Findings) {
    match rev.strip_prefix('"').and_then(|rev| rev.strip_suffix('"')).and_then(Hash::from_hex) {
        Some(content) if contents.contains(&content) => {}
        Some(content) => {
            findings.add(Fault::ContentMissing, place, || (super::content_file(content), String::new()));
        }
        None => findings.add(Fault::ContentName, place, || ("SHA-256".to_owned(), rev.to_owned())),
    }
}

/// The lines of the file, from the first on.
pub(crate) struct Lines<'scope> {
    stream: Stream<'scope>,
    file: &'static str,
    next: u64,
}

impl<'scope> Lines<'scope> {
    pub(crate) const fn new(stream: Stream<'scope>, file: &'static str) -> Self {
        Self { stream, file, next: 0 }
    }

    /// The next leaves; `None` at the end.
    pub(crate) fn batch(&mut self, findings: &mut Findings) -> Option<Batch> {
        let mut batch =
            Batch { file: self.file, first: self.next, places: None, bytes: Vec::new(), ends: Vec::new() };
        while batch.ends.len() < BATCH && batch.bytes.len() < BATCH_BYTES {
            let told = match self.stream.line(&mut batch.bytes, LONGEST) {
                Line::End => break,
                Line::Whole => None,
                Line::Cut => Some("the last line has no end"),
                Line::TooLong => Some("the line is too long for a leaf"),
            };
            if let Some(told) = told {
                let place = Place::leaf(self.file, batch.until());
                findings.add(Fault::LeafForm, place, || (String::new(), told.to_owned()));
            }
            batch.ends.push(batch.bytes.len());
        }
        self.next = batch.until();
        (batch.len() > 0).then_some(batch)
    }

    /// See [`Stream::finish`].
    pub(crate) fn finish(self) -> std::io::Result<Hash> {
        self.stream.finish()
    }
}
