//! A part of a log: the records of one person, or of the people of a department. Each of its leaves is proved to stand in the log that one
//! checkpoint signs; that none is left out, only the whole log can show.
//!
//! | file | what it is |
//! | --- | --- |
//! | `part.ndjson` | the exact bytes of the leaves, one in a line, in the order of the log |
//! | `proofs.txt` | for each of them, in the same order, its C2SP tlog-proof |
//! | `beginnings.txt` | how the log went on from each signed checkpoint to the next, so that an earlier one can be compared |
//! | `people.txt` | whom the part is of: in each line a person's id and the ids of what they owe |
//! | `checkpoints/<size>.note`, `.tsr` | the one checkpoint, and its time stamp if it has one |
//! | `keys/<n>.note` | how the log's first key was followed by the one that signs, from the first on |
//!
//! The other files are those of a pack of a whole log, with what is of these people. The rows of its tables are in the order of the leaves.
//! The list of files says that it is a part, and is signed as one, so neither can ever pass for the other.

use std::collections::BTreeMap;
use std::thread;

use super::beginnings::compare_brought;
use super::files::Files;
use super::leaves::Lines;
use super::manifest::{Counts, Manifest, Part, PartOf};
use super::people::People;
use super::private::{self, Names, Private};
use super::proofs::Proofs;
use super::requests::Requests;
use super::sheet::{Order, Sheet};
use super::source::{LONGEST_NOTE, LONGEST_TEXT, Source, held};
use super::stream::Stream;
use super::{
    KEY, MANIFEST, MANIFEST_NOTE, PART_LEAVES, PEOPLE, PROOFS, README, Table, checkpoint_file, checkpoints,
    projection, stamp_file, stamps,
};
use crate::checkpoint::Checkpoint;
use crate::difference::{Difference, Fault, Findings, Place};
use crate::hash::Hash;
use crate::leaf::{LeafError, View};
use crate::note::VerifyingKey;
use crate::stamp::{self, Stamp, StampError};

/// A part that holds what it claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartSummary {
    /// The log's id.
    pub log: String,
    /// What it is a part of.
    pub of: PartOf,
    /// How many people it is of.
    pub people: u64,
    /// When it was made, by the word of the server that made it.
    pub generated_at: String,
    /// The number of its leaves.
    pub leaves: u64,
    /// The checkpoint that they are proved under.
    pub checkpoint: Checkpoint,
    /// When the checkpoint was stamped, and by whom. The signature is not checked here.
    pub stamped: Option<(String, Option<String>)>,
    /// Checkpoints that the reader brought: those that are the part's own or proved to be its beginnings, and those that cannot be compared.
    pub brought: (u64, u64),
    /// The key that signed the part.
    pub signed_by: VerifyingKey,
    /// The number of pinned contents.
    pub contents: u64,
    /// The names that its leaves bind; `None` if it has no private part, as those of older programs.
    pub names: Option<Names>,
    /// The number of rows that were compared with their leaves, by file.
    pub rows: BTreeMap<String, u64>,
    /// Tables that no leaf speaks for.
    pub unproven_tables: Vec<String>,
}

/// Whether a pack says that it is a part. Whoever is not sure checks it as a whole, and finds out.
pub fn is_part(source: &(impl Source + ?Sized)) -> bool {
    let manifest = held(source, MANIFEST, LONGEST_TEXT).ok();
    manifest.and_then(|bytes| Manifest::parse(&bytes).ok()).is_some_and(|manifest| manifest.part.is_some())
}

/// Checks a part against the verifier key that the reader trusts, and `later` ones where a key was lost. `brought` are texts with
/// checkpoints that the reader got at other times.
///
/// # Errors
/// With the first difference of each kind.
pub fn verify_part<S: Source + ?Sized>(
    source: &S,
    key: &VerifyingKey,
    later: &[VerifyingKey],
    brought: &[Vec<u8>],
) -> Result<PartSummary, Vec<Difference>> {
    let mut files = Files::open(source);
    files.require(&[PART_LEAVES, PROOFS, PEOPLE, KEY, README, MANIFEST, MANIFEST_NOTE]);
    files.check_key(key);
    let sort = |manifest: Manifest| {
        let part = manifest.part.ok_or(LeafError::Missing("of"))?;
        Ok((manifest, part))
    };
    let Some((manifest, part)) = files.manifest(sort) else {
        return Err(files.findings.unless_different(()).err().unwrap_or_default());
    };
    let keys = files.trusted(key, later);
    let signed = checkpoint(&mut files, &manifest.log, part, &keys);
    let brought = compare_brought(&mut files, brought, &signed, &keys);
    let people = people(&mut files, part);
    let number = people.len();
    let read = read_through(&mut files, &signed, people, manifest.counts.leaves);
    let stamped = stamp(&mut files, &signed, &read.newest);
    let names = read.private.map(|open| open.settle(&mut files, &keys));

    let contents = files.check_contents();
    let rows_of = |table: Table| read.rows.get(table.file()).copied().unwrap_or(0);
    let counts = Counts {
        leaves: read.leaves,
        checkpoints: checkpoints(&files.names).count() as u64,
        contents,
        answers: rows_of(Table::Answers),
        completions: rows_of(Table::Completions),
        attestations: rows_of(Table::Attestations),
    };
    files.check_sums(&manifest.files);
    manifest.check(&counts, &mut files.findings);
    // Whoever signed the checkpoint, or a key that followed.
    let signed_by = files.signer(&manifest, key, later);
    files.findings.unless_different(PartSummary {
        log: manifest.log,
        of: part.of,
        people: number,
        generated_at: manifest.generated_at,
        leaves: read.leaves,
        checkpoint: signed.checkpoint,
        stamped,
        brought,
        signed_by,
        contents,
        names,
        rows: read.rows,
        unproven_tables: read.unproven,
    })
}

/// The checkpoint of a part.
pub(super) struct Signed {
    pub(super) checkpoint: Checkpoint,
    pub(super) note: String,
}

/// The one checkpoint, if a key that the reader trusts signed it. Without it nothing is proved.
fn checkpoint<S: Source + ?Sized>(
    files: &mut Files<'_, S>,
    log: &str,
    part: Part,
    keys: &[VerifyingKey],
) -> Signed {
    let file = checkpoint_file(part.size);
    files.require(&[&file]);
    let others: Vec<String> = checkpoints(&files.names).filter(|name| **name != file).cloned().collect();
    for other in others {
        files.findings.add(Fault::CheckpointName, Place::file(&other), || (file.clone(), other.clone()));
    }
    let nothing = Checkpoint { origin: log.to_owned(), size: part.size, root: Hash::default() };
    let note = files.held(&file, LONGEST_NOTE).unwrap_or_default();
    let place = Place::file(&file);
    let checkpoint = match open(&note, keys) {
        Ok(found) if found.origin != log => {
            files.findings.add(Fault::CheckpointOrigin, place, || (log.to_owned(), found.origin.clone()));
            nothing
        }
        Ok(found) if found.size != part.size => {
            let stated = checkpoint_file(found.size);
            files.findings.add(Fault::CheckpointName, place, || (stated, file.clone()));
            nothing
        }
        Ok(found) => found,
        Err(told) => {
            files.findings.add(Fault::CheckpointSignature, place, || told);
            nothing
        }
    };
    Signed { checkpoint, note: String::from_utf8_lossy(&note).into_owned() }
}

/// A checkpoint that one of these keys signed; otherwise what was expected and what is there.
pub(super) fn open(note: &[u8], keys: &[VerifyingKey]) -> Result<Checkpoint, (String, String)> {
    let mut told = (String::new(), String::new());
    for key in keys.iter().rev() {
        match Checkpoint::open(note, key) {
            Ok(found) => return Ok(found),
            Err(error) => told = (key.to_string(), error.to_string()),
        }
    }
    Err(told)
}

fn people<S: Source + ?Sized>(files: &mut Files<'_, S>, part: Part) -> People {
    let text = files.held(PEOPLE, LONGEST_TEXT).unwrap_or_default();
    let people = People::read(&String::from_utf8_lossy(&text));
    if part.of == PartOf::Person && people.len() != 1 {
        files
            .findings
            .add(Fault::Foreign, Place::file(PEOPLE), || ("1".to_owned(), people.len().to_string()));
    }
    people
}

/// The time stamp of the checkpoint, which is not older than the newest leaf.
fn stamp<S: Source + ?Sized>(
    files: &mut Files<'_, S>,
    signed: &Signed,
    newest: &(u64, String),
) -> Option<(String, Option<String>)> {
    let file = stamp_file(signed.checkpoint.size);
    let others: Vec<String> =
        stamps(&files.names).map(|(name, _)| name.clone()).filter(|name| *name != file).collect();
    for other in others {
        files.findings.add(Fault::StampImprint, Place::file(&other), Default::default);
    }
    let reply = files.held(&file, LONGEST_NOTE)?;
    let place = Place::file(&file);
    match Stamp::of(signed.note.as_bytes(), &reply) {
        Ok(stamp) => {
            if stamp::millis(stamp.at_number()) + stamp::SKEW < stamp::millis(newest.0) {
                let at = stamp.at().to_owned();
                files.findings.add(Fault::StampTime, place, || (format!("≥ {}", newest.1), at));
            }
            Some((stamp.at().to_owned(), stamp.authority().map(str::to_owned)))
        }
        Err(StampError::Imprint(other)) => {
            let expected = Hash::of(signed.note.as_bytes()).to_string();
            files.findings.add(Fault::StampImprint, place, || (expected, other.to_string()));
            None
        }
        Err(error) => {
            files.findings.add(Fault::StampForm, place, || (String::new(), error.to_string()));
            None
        }
    }
}

/// What the leaves and tables turned out to be.
#[derive(Default)]
struct ReadThrough {
    leaves: u64,
    /// The time of the newest leaf, as a number and as it is spelled.
    newest: (u64, String),
    private: Option<private::Open>,
    rows: BTreeMap<String, u64>,
    unproven: Vec<String>,
}

/// Reads the leaves, their proofs and the tables side by side.
fn read_through<S: Source + ?Sized>(
    files: &mut Files<'_, S>,
    signed: &Signed,
    mut people: People,
    claimed: u64,
) -> ReadThrough {
    let mut through = ReadThrough::default();
    let mut requests = Requests::of(claimed);
    let Files { source, names, contents, sums, findings, .. } = files;
    let tables: Vec<&String> = names.iter().filter(|name| name.starts_with("tables/")).collect();
    let absent: Vec<Table> = Table::ALL.into_iter().filter(|table| !names.contains(table.file())).collect();
    let mut until = 0;
    thread::scope(|scope| {
        let mut sheets: Vec<_> =
            tables.iter().map(|name| Sheet::open(scope, *source, name, Order::Leaves)).collect();
        let mut lines = Lines::new(Stream::open(scope, *source, PART_LEAVES), PART_LEAVES);
        let mut private = Private::open(scope, *source, names, PART_LEAVES);
        let mut proofs = Proofs(Stream::open(scope, *source, PROOFS));
        while let Some(mut batch) = lines.batch(findings) {
            proofs.place(&mut batch, until, signed, findings);
            let said = batch.read(&signed.checkpoint.origin, contents, findings);
            for (index, (fact, view)) in said.facts.iter().zip(&said.views).enumerate() {
                if let Some(request) = fact.request() {
                    requests.meet(request);
                }
                let Some(view) = view else { continue };
                through.meet(view, Place::leaf(PART_LEAVES, batch.place(index)), &mut people, findings);
            }
            private.compare(&batch, &said.views, findings);
            for sheet in &mut sheets {
                sheet.compare(&batch, &said.views);
            }
            for table in &absent {
                projection::missing(*table, &batch, &said.views, &[], findings);
            }
            through.leaves += batch.len() as u64;
            until = batch.until();
        }
        proofs.end(findings);
        through.private = private.end(sums, findings);
        sums.insert(PART_LEAVES.to_owned(), lines.finish());
        sums.insert(PROOFS.to_owned(), proofs.0.finish());
        for sheet in sheets {
            let read = sheet.end(*source, until, findings);
            sums.insert(read.file.clone(), read.sum);
            match read.rows {
                Some(rows) => {
                    through.rows.insert(read.file, rows);
                }
                None => through.unproven.push(read.file),
            }
        }
    });
    for name in [PART_LEAVES, PROOFS].iter().filter(|name| !names.contains(**name)) {
        sums.remove(*name);
    }
    if let Err(error) = requests.decide(*source, PART_LEAVES, findings) {
        findings.unreadable(PART_LEAVES, &error);
    }
    through
}

impl ReadThrough {
    fn meet(&mut self, view: &View<'_>, place: Place<'_>, people: &mut People, findings: &mut Findings) {
        if view.at_number < self.newest.0 {
            findings.add(Fault::Time, place, || (format!("≥ {}", self.newest.1), view.at.to_owned()));
        } else {
            self.newest = (view.at_number, view.at.to_owned());
        }
        if !people.owns(view) {
            let told = format!("{} {}", view.kind, view.obj.unwrap_or_default());
            findings.add(Fault::Foreign, place, || (String::new(), told));
        }
    }
}
