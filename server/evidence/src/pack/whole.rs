//! Is a pack of a whole log whole?

use std::collections::BTreeMap;
use std::thread;

use super::files::Files;
use super::leaves::Lines;
use super::manifest::Counts;
use super::private::{self, Private};
use super::requests::Requests;
use super::sheet::{Order, Sheet};
use super::source::{LONGEST_NOTE, Source};
use super::stream::Stream;
use super::{
    KEY, LEAVES, MANIFEST, MANIFEST_NOTE, README, Summary, Table, checkpoint_file, checkpoints, projection,
};
use crate::brought::{self, Brought};
use crate::difference::{Difference, Fault, Findings, Place};
use crate::leaf::{LeafError, View};
use crate::note::VerifyingKey;
use crate::walk::Walk;

/// Checks a pack against the verifier key that the reader trusts. `brought` are texts with checkpoints that the reader got at other times,
/// from mails and printed reports (see [`brought`](crate::brought)).
///
/// # Errors
/// With the first difference of each kind.
pub fn verify<S: Source + ?Sized>(
    source: &S,
    key: &VerifyingKey,
    brought: &[Vec<u8>],
) -> Result<Summary, Vec<Difference>> {
    verify_with(source, key, &[], brought)
}

/// The same for a reader who trusts `later` keys as well: after a key was lost, nothing leads from the one that signed the log to the one
/// that signs the pack.
///
/// # Errors
/// With the first difference of each kind.
pub fn verify_with<S: Source + ?Sized>(
    source: &S,
    key: &VerifyingKey,
    later: &[VerifyingKey],
    brought: &[Vec<u8>],
) -> Result<Summary, Vec<Difference>> {
    let mut files = Files::open(source);
    files.require(&[LEAVES, KEY, README, MANIFEST, MANIFEST_NOTE]);
    files.check_key(key);
    let manifest = files.manifest(|manifest| match manifest.part {
        None => Ok(manifest),
        Some(_) => Err(LeafError::Unknown("part".to_owned())),
    });
    let log = match &manifest {
        Some(manifest) => manifest.log.clone(),
        None => first_log(source).unwrap_or_default(),
    };

    let mut walk = Walk::new(&log, LEAVES, key);
    files.expect_checkpoints(&mut walk);
    let kept = expect_brought(&mut walk, &log, brought, &mut files.findings);
    let claimed = manifest.as_ref().map_or(0, |manifest| manifest.counts.leaves);
    let read = read_through(&mut files, &log, claimed, &mut walk);
    let end = walk.end(&mut files.findings);
    let size = end.frontier.size();
    if end.signed != size || !files.names.contains(&checkpoint_file(size)) {
        files.findings.add(Fault::Unsigned, Place::leaf(LEAVES, end.signed), || {
            (checkpoint_file(size), checkpoint_file(end.signed))
        });
    }

    let names = read.private.map(|open| {
        let keys = files.trusted(&end.key, later);
        open.settle(&mut files, &keys)
    });
    let contents = files.check_contents();
    let rows_of = |table: Table| read.rows.get(table.file()).copied().unwrap_or(0);
    let counts = Counts {
        leaves: size,
        checkpoints: checkpoints(&files.names).count() as u64,
        contents,
        answers: rows_of(Table::Answers),
        completions: rows_of(Table::Completions),
        attestations: rows_of(Table::Attestations),
    };
    let mut generated_at = String::new();
    let mut signed_by = end.key.clone();
    if let Some(manifest) = manifest {
        files.check_sums(&manifest.files);
        manifest.check(&counts, &mut files.findings);
        signed_by = files.signer(&manifest, &end.key, later);
        generated_at = manifest.generated_at;
    }
    files.findings.number_lines(LEAVES);
    files.findings.unless_different(Summary {
        log,
        generated_at,
        leaves: size,
        root: end.frontier.root(),
        last_at: end.last_at(),
        checkpoints: counts.checkpoints,
        stamped: end.stamped,
        brought: kept,
        signed_by,
        stolen: end.stolen,
        contents,
        names,
        rows: read.rows,
        unproven_tables: read.unproven,
    })
}

/// The log that the first leaf names.
fn first_log<S: Source + ?Sized>(source: &S) -> Option<String> {
    let mut line = Vec::new();
    source
        .feed(LEAVES, &mut |piece| {
            line.extend(piece.iter().take_while(|byte| **byte != b'\n'));
            !piece.contains(&b'\n') && line.len() < LONGEST_NOTE
        })
        .ok()?;
    View::read(&line).ok().map(|view| view.log.to_owned())
}

/// Puts on the way what the reader brought. Gives the number of checkpoints.
fn expect_brought(walk: &mut Walk, log: &str, texts: &[Vec<u8>], findings: &mut Findings) -> u64 {
    let mut kept = 0;
    for (number, text) in (1..).zip(texts) {
        let file = format!("brought/{number}");
        let found = brought::of_log(text, log);
        if found.is_empty() {
            findings.add(Fault::CheckpointForm, Place::file(&file), Default::default);
        }
        for one in found {
            kept += 1;
            match one {
                Brought::Signed(note) => {
                    walk.expect(file.clone(), note, findings);
                }
                Brought::Printed(printed) => walk.expect_printed(file.clone(), printed),
            }
        }
    }
    kept
}

/// What the tables turned out to be.
#[derive(Default)]
struct ReadThrough {
    private: Option<private::Open>,
    /// The number of rows by file.
    rows: BTreeMap<String, u64>,
    /// The files that name no leaves.
    unproven: Vec<String>,
}

/// Reads the leaves and the tables side by side.
fn read_through<S: Source + ?Sized>(
    files: &mut Files<'_, S>,
    log: &str,
    claimed: u64,
    walk: &mut Walk,
) -> ReadThrough {
    let mut through = ReadThrough::default();
    let mut requests = Requests::of(claimed);
    let Files { source, names, contents, sums, findings, .. } = files;
    let tables: Vec<&String> = names.iter().filter(|name| name.starts_with("tables/")).collect();
    let absent = Table::ALL.into_iter().filter(|table| !names.contains(table.file()));
    let absent: Vec<Table> = absent.collect();
    let mut size = 0;
    thread::scope(|scope| {
        let mut sheets: Vec<_> =
            tables.iter().map(|name| Sheet::open(scope, *source, name, Order::Any)).collect();
        let mut lines = Lines::new(Stream::open(scope, *source, LEAVES), LEAVES);
        let mut private = Private::open(scope, *source, names, LEAVES);
        while let Some(batch) = lines.batch(findings) {
            let said = batch.read(log, contents, findings);
            for fact in &said.facts {
                walk.step(fact, findings);
                if let Some(request) = fact.request() {
                    requests.meet(request);
                }
            }
            private.compare(&batch, &said.views, findings);
            for sheet in &mut sheets {
                sheet.compare(&batch, &said.views);
            }
            for table in &absent {
                projection::missing(*table, &batch, &said.views, &[], findings);
            }
            size = batch.until();
        }
        through.private = private.end(sums, findings);
        if names.contains(LEAVES) {
            sums.insert(LEAVES.to_owned(), lines.finish());
        }
        for sheet in sheets {
            let read = sheet.end(*source, size, findings);
            sums.insert(read.file.clone(), read.sum);
            match read.rows {
                Some(rows) => {
                    through.rows.insert(read.file, rows);
                }
                None => through.unproven.push(read.file),
            }
        }
    });
    if let Err(error) = requests.decide(*source, LEAVES, findings) {
        findings.unreadable(LEAVES, &error);
    }
    through
}
