//! The evidence pack of a year: the log, its checkpoints, the records as tables, the contents that were shown, and how to check all of it
//! far from here. Its form is [`kokoroe_evidence::pack`]; this makes it from the database, page by page, into a file.

mod archive;
mod beginnings;
mod part;
mod private;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;

use chrono::{DateTime, Utc};
use kokoroe_evidence::VerifyingKey;
use kokoroe_evidence::pack as form;
use kokoroe_evidence::pack::Counts;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::checkpoint::{CheckpointError, sign_now};
use super::glance::content_of;
use super::ledger::Epoch;
use super::store::{self, Head};
use super::{Entry, Kind, append};
use crate::db::{Conn, DbError};
use crate::reports::evidence::store::Span;
use crate::reports::evidence::{Kept, millis};
use crate::state::Site;
use crate::training::store::revision_body;
use archive::{Archive, Order, Piece};
pub use part::{Whom, build_part};

/// How many leaves are read at once.
const CHUNK: i64 = 4096;

const README_JA: &str = include_str!("README.ja.txt");
const README_EN: &str = include_str!("README.en.txt");
const VERIFY: &str = include_str!("verify.py");
const VERIFY_SH: &str = include_str!("verify.sh");

/// Why a pack was not made.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// There is no log of that year.
    #[error("there is no log of the fiscal year {0}")]
    NoSuchYear(Epoch),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// No checkpoint could be signed for another reason than a log that disagrees.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// There is nobody of whom a part could be made.
    #[error("there is no such person or department")]
    Nobody,
    /// The log disagrees with what was signed, so that no leaf of it can be proved alone.
    #[error("a part cannot be proved: {0}")]
    Unproven(String),
    /// The file could not be written or sealed.
    #[error("the pack could not be written: {0}")]
    File(String),
}

/// A pack that was made.
#[derive(Debug)]
pub struct Pack {
    /// The file, at its beginning.
    pub file: File,
    /// Its length in bytes.
    pub length: u64,
    /// The name to save it under.
    pub name: String,
    /// The log.
    pub log: String,
    /// How many leaves it holds.
    pub leaves: i64,
    /// Why its newest leaves are not signed: the log disagrees with what was signed before. Such a pack is made all the same, because it is
    /// what an auditor needs to see; whoever verifies it is told where the difference is.
    pub refusal: Option<String>,
}

/// Makes the pack of an epoch (the present one if none is named) into `file`, on the order of `by`. The order itself is a leaf, and the
/// checkpoint that is signed then covers it.
///
/// # Errors
/// When there is no such year, or the database or the file fails.
pub async fn build(site: &Site, epoch: Option<Epoch>, by: &str, file: File) -> Result<Pack, PackError> {
    let now = site.now();
    let epoch = epoch.unwrap_or_else(|| site.ledger.epoch_at(now));
    let log = site.ledger.log(epoch);
    let refusal = ordered(site, epoch, by, json!({ "what": "evidence_pack" }), now).await?;
    let mut conn = site.db.read().await?;
    let head = store::head(&mut conn, &log).await?.ok_or(PackError::NoSuchYear(epoch))?;
    let signed = store::newest_checkpoint(&mut conn, &log).await?.map_or(0, |newest| newest.size);
    let size = if refusal.is_some() { head.size } else { signed };
    let (pieces, taken) = mpsc::channel(8);
    let archive = Archive::begin(file, site.calendar(), now, site.signer.clone(), taken);
    let order = Order::new(pieces);
    // A log that disagrees with what was signed is shown with everything that was signed.
    let up_to = if refusal.is_some() { u64::MAX } else { u64::try_from(size).unwrap_or(0) };
    let notes = notes(site, &mut conn, &log, up_to).await?;
    let written = write(site, &mut conn, &head, size, notes, &order, (epoch, now)).await;
    drop((order, conn));
    let (file, length) = archive.end().await.map_err(PackError::File)?;
    written?;
    let name = format!("evidence-{}.zip", log.replace('/', "-"));
    Ok(Pack { file, length, name, log, leaves: size, refusal })
}

/// Notes in the log who asked for what, and signs everything up to that. Gives the reason why nothing was signed, if the log disagrees.
async fn ordered(
    site: &Site,
    epoch: Epoch,
    by: &str,
    what: Value,
    now: DateTime<Utc>,
) -> Result<Option<String>, PackError> {
    let log = site.ledger.log(epoch);
    let mut conn = site.db.read().await?;
    if store::head(&mut conn, &log).await?.is_none() {
        return Err(PackError::NoSuchYear(epoch));
    }
    drop(conn);
    match note_order(site, &log, by, what, now).await {
        // Where nothing is recorded any more, an auditor needs the pack more than ever.
        Ok(()) | Err(DbError::Sealed(_)) => {}
        Err(error) => return Err(error.into()),
    }
    match sign_now(site).await {
        Ok(_) => Ok(None),
        Err(error @ (CheckpointError::Disagrees { .. } | CheckpointError::Sealed(_))) => {
            Ok(Some(error.to_string()))
        }
        Err(other) => Err(other.into()),
    }
}

/// Notes in the log who asked for which pack.
async fn note_order(site: &Site, log: &str, by: &str, d: Value, now: DateTime<Utc>) -> Result<(), DbError> {
    let (ledger, log, by) = (site.ledger.clone(), log.to_owned(), by.to_owned());
    site.db
        .write(move |tx| {
            Box::pin(async move {
                let entry = Entry { kind: Kind::EXPORT_MADE, at: now, actor: &by, obj: &log, req: None, d };
                append(tx, &ledger, entry).await.map(drop)
            })
        })
        .await
}

/// Writes every file of the pack but the list of them, which the archive makes last.
async fn write(
    site: &Site,
    conn: &mut Conn,
    head: &Head,
    size: i64,
    notes: BTreeMap<u64, Vec<u8>>,
    order: &Order,
    (epoch, now): (Epoch, DateTime<Utc>),
) -> Result<(), PackError> {
    let keys = site.signer.keys();
    let vkey = keys.first(&head.log_id).to_string();
    // The roster of a year that is over is the one with which it ended, and not of those who are there when somebody asks.
    let as_of = now.min(site.calendar().last_of(epoch.year));
    let told = Told { log: &head.log_id, vkey: &vkey, made: now, roster: as_of };
    told.write((README_JA, README_EN), order).await;
    handed_over(site, keys.last(&head.log_id), order).await;
    let mut counts = Counts { checkpoints: notes.len() as u64, ..Counts::default() };
    let stamps = stamps(site, conn, &head.log_id).await?;
    for (size, reply) in stamps.into_iter().filter(|(size, _)| notes.contains_key(size)) {
        order.file(&form::stamp_file(size), reply).await;
    }
    for (size, lines) in witnessed(conn, &head.log_id).await? {
        if notes.contains_key(&size) {
            order.file(&form::witness_file(size), lines.into_bytes()).await;
        }
    }
    for (size, note) in notes {
        order.file(&form::checkpoint_file(size), note).await;
    }
    let contents = leaves(conn, &head.log_id, size, order, &mut counts).await?;
    counts.contents = shown(conn, contents, order).await?;
    let all = u64::try_from(size).unwrap_or(0);
    private::write(site, conn, &head.log_id, &[(0, all)], |place| place < all, order).await?;
    let begun = store::begun(conn).await?;
    let span = Span::of(&begun, site.calendar()).into_iter().find(|span| span.log == head.log_id);
    let span = span.ok_or(PackError::NoSuchYear(epoch))?;
    for kept in Kept::ALL {
        let rows = tables::records(conn, kept, &span, |leaf| leaf < size, order).await?;
        count(&mut counts, kept, rows);
    }
    tables::roster(site, conn, epoch.year, as_of, |_| true, order).await?;
    order.send(Piece::Seal { log: head.log_id.clone(), counts, part: None }).await;
    Ok(())
}

/// What the files that explain a pack say of it.
struct Told<'a> {
    log: &'a str,
    vkey: &'a str,
    made: DateTime<Utc>,
    roster: DateTime<Utc>,
}

impl Told<'_> {
    /// Writes how to check the pack, in both languages, the key and the scripts.
    async fn write(&self, (japanese, english): (&str, &str), order: &Order) {
        let told = |text: &str| {
            let text = text.replace("{log}", self.log).replace("{vkey}", self.vkey);
            text.replace("{made}", &millis(self.made)).replace("{roster}", &millis(self.roster)).into_bytes()
        };
        order.file("README.en.txt", told(english)).await;
        order.file(form::README, told(japanese)).await;
        order.file(form::KEY, format!("{}\n", self.vkey).into_bytes()).await;
        order.file("verify.py", VERIFY.as_bytes().to_vec()).await;
        order.file("verify.sh", VERIFY_SH.as_bytes().to_vec()).await;
    }
}

/// Writes the notes by which a key was followed by others.
async fn handed_over(site: &Site, key: &VerifyingKey, order: &Order) {
    let (mut last, mut number) = (key, 0);
    for (_, change) in site.signer.changes() {
        if change.old == *last {
            (last, number) = (&change.new, number + 1);
            order.file(&form::key_file(number), change.note.clone().into_bytes()).await;
        }
    }
}

/// Writes the contents with these hashes, and gives the number of those that there are.
async fn shown(conn: &mut Conn, contents: BTreeSet<String>, order: &Order) -> Result<u64, PackError> {
    let mut number = 0;
    for hash in contents {
        if let Some(body) = revision_body(conn, &hash).await? {
            number += 1;
            order.file(&format!("contents/{hash}.json"), body.into_bytes()).await;
        }
    }
    Ok(number)
}

fn count(counts: &mut Counts, kept: Kept, rows: u64) {
    match kept {
        Kept::Answers => counts.answers = rows,
        Kept::Completions => counts.completions = rows,
        Kept::Attestations => counts.attestations = rows,
        Kept::Identities
        | Kept::Readings
        | Kept::Erasures
        | Kept::Periods
        | Kept::Exemptions
        | Kept::Terms
        | Kept::Releases
        | Kept::Corrections
        | Kept::Attendances
        | Kept::Swaps
        | Kept::Attempts
        | Kept::Recalls
        | Kept::Reviews
        | Kept::Contents => {}
    }
}

/// Every checkpoint of a log up to a size: those of the database, and those kept outside, which count where the two differ.
async fn notes(
    site: &Site,
    conn: &mut Conn,
    log: &str,
    up_to: u64,
) -> Result<BTreeMap<u64, Vec<u8>>, PackError> {
    let kept = site.signer.copies().of(log).map_err(|error| PackError::File(error.to_string()))?;
    let mut notes = BTreeMap::new();
    for row in store::checkpoints(conn, log).await? {
        notes.insert(u64::try_from(row.size).unwrap_or(0), row.note.into_bytes());
    }
    notes.extend(kept);
    notes.retain(|size, _| *size <= up_to);
    Ok(notes)
}

/// Every time stamp of a log's checkpoints, from the same two places.
async fn stamps(site: &Site, conn: &mut Conn, log: &str) -> Result<BTreeMap<u64, Vec<u8>>, PackError> {
    let kept = site.signer.copies().stamps(log).map_err(|error| PackError::File(error.to_string()))?;
    let mut stamps = BTreeMap::new();
    for row in store::stamp::of_log(conn, log).await? {
        stamps.insert(u64::try_from(row.size).unwrap_or(0), row.reply);
    }
    stamps.extend(kept);
    Ok(stamps)
}

/// What witnesses said of a log's checkpoints, the lines of each under its size.
async fn witnessed(conn: &mut Conn, log: &str) -> Result<BTreeMap<u64, String>, PackError> {
    let mut lines: BTreeMap<u64, String> = BTreeMap::new();
    for row in store::witness::of_log(conn, log).await? {
        lines.entry(u64::try_from(row.size).unwrap_or(0)).or_default().push_str(&row.lines);
    }
    Ok(lines)
}

/// Writes the leaves and gives the hashes of the contents that they name.
async fn leaves(
    conn: &mut Conn,
    log: &str,
    size: i64,
    order: &Order,
    counts: &mut Counts,
) -> Result<BTreeSet<String>, PackError> {
    let mut contents = BTreeSet::new();
    order.send(Piece::Begin(form::LEAVES.to_owned())).await;
    let mut from = 0;
    while from < size {
        let to = (from + CHUNK).min(size);
        let mut bytes = Vec::with_capacity(1 << 21);
        for leaf in store::leaves(conn, log, from, to).await? {
            if let Some(hash) = content_of(&leaf.body).filter(|hash| !contents.contains(*hash)) {
                contents.insert(hash.to_owned());
            }
            bytes.extend_from_slice(&leaf.body);
            bytes.push(b'\n');
            counts.leaves += 1;
        }
        order.send(Piece::Bytes(bytes)).await;
        from = to;
    }
    Ok(contents)
}
