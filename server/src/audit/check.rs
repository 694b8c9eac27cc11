//! Is the log in the database whole, and do the records still say what its leaves say?
//!
//! Everything is read again: each leaf from its stored bytes up to the signed roots, those kept outside the database included, and then
//! each record beside its leaf. Whatever differs is told with its place.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use kokoroe_evidence::log_check::{Head as StoredHead, LogCheck};
use kokoroe_evidence::{Checkpoint, Difference, Fault, Frontier, Hash, KeyBook, stamp};
use tokio::sync::mpsc;

use super::compare::{Told, compare};
use super::copies::Copies;
use super::glance::Glance;
use super::reading::altered;
use super::recovery::{last_of, recoveries};
use super::signer::KeyFileError;
use super::store::{self, Head, LeafRow};
use crate::clock::Calendar;
use crate::db::{Conn, Db, DbError};
use crate::erasure;
use crate::people::identity;
use crate::reports::evidence::store::{Span, misnoted, rows};
use crate::reports::evidence::{Kept, Row, millis};
use crate::state::Site;

/// How many leaves are read at once.
const CHUNK: i64 = 4096;

/// What a check of everything found.
#[derive(Clone, Debug)]
pub struct LiveCheck {
    /// When it was made.
    pub at: DateTime<Utc>,
    /// Each log, oldest first.
    pub logs: Vec<LogState>,
}

/// What the check of one log found.
#[derive(Clone, Debug)]
pub struct LogState {
    /// The log.
    pub log: String,
    /// How many leaves were read.
    pub leaves: u64,
    /// How many of them a checkpoint covers.
    pub signed: u64,
    /// How many records were compared with their leaves.
    pub rows: u64,
    /// The first difference of each kind; none when the log is whole.
    pub differences: Vec<Difference>,
}

impl LiveCheck {
    /// Nothing differs.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.logs.iter().all(|log| log.differences.is_empty())
    }
}

/// Checks every log of the running server, and remembers how it went. Changes nothing.
///
/// # Errors
/// When the database or the folder of the kept checkpoints cannot be read.
pub async fn live_check(site: &Site) -> Result<LiveCheck, DbError> {
    let at = site.now();
    let records = Records {
        db: &site.db,
        keys: site.signer.keys(),
        copies: site.signer.copies(),
        calendar: site.calendar(),
    };
    let check = LiveCheck { at, logs: records.check().await? };
    site.signer.remember(&check);
    Ok(check)
}

/// Records with what their log is checked against. They need not be those of a running server: a backup is checked alike.
#[derive(Clone, Copy, Debug)]
pub struct Records<'a> {
    /// The database.
    pub db: &'a Db,
    /// The keys that sign its logs.
    pub keys: &'a KeyBook,
    /// The checkpoints that were kept outside.
    pub copies: &'a Copies,
    /// When its years turn.
    pub calendar: Calendar,
}

impl Records<'_> {
    /// Checks every log and every record that has a leaf. Changes nothing.
    ///
    /// # Errors
    /// When the database or the folder of the kept checkpoints cannot be read.
    pub async fn check(&self) -> Result<Vec<LogState>, DbError> {
        let mut conn = self.db.read().await?;
        let heads = store::heads(&mut conn).await?;
        let begun = store::begun(&mut conn).await?;
        let recoveries = recoveries(&mut conn, &heads).await?;
        let mut states = Vec::new();
        for (head, span) in heads.iter().zip(Span::of(&begun, self.calendar)) {
            let last = last_of(&recoveries, &head.log_id);
            states.push(self.check_log(&mut conn, head, &span, last).await?);
        }
        if let Some(newest) = states.last_mut() {
            newest.differences.extend(misnamed(&mut conn).await?);
            if let Some(span) = Span::of(&begun, self.calendar).last() {
                newest.differences.extend(altered(&mut conn, span.from).await?);
            }
        }
        let gone = recoveries.iter().flat_map(|recovery| &recovery.lost).map(|lost| &lost.log);
        let logs: Vec<&String> = heads.iter().map(|head| &head.log_id).chain(gone).collect();
        let known = |folder: &String| logs.iter().any(|log| Copies::folder_name(log) == *folder);
        for folder in self.copies.logs().map_err(unreadable)?.into_iter().filter(|folder| !known(folder)) {
            let mut found = Found::default();
            let file = format!("checkpoints/{folder}");
            found.add(Fault::CheckpointBeyond, &file, None, || ("log_head".into(), String::new()));
            states.push(LogState {
                log: folder,
                leaves: 0,
                signed: 0,
                rows: 0,
                differences: found.into_list(),
            });
        }
        Ok(states)
    }

    /// `last`: notes of more leaves are not expected to be met.
    async fn check_log(
        &self,
        conn: &mut Conn,
        head: &Head,
        span: &Span,
        last: u64,
    ) -> Result<LogState, DbError> {
        let mut found = Found::default();
        let mut notes = self.notes(conn, &head.log_id).await?;
        notes.retain(|(_, note)| {
            Checkpoint::read_unverified(note).map_or(true, |claimed| claimed.size <= last)
        });
        let bytes: Vec<Vec<u8>> = notes.iter().map(|(_, note)| note.clone()).collect();
        let mut check = LogCheck::new(&head.log_id, self.keys.first(&head.log_id), &bytes);
        self.expect_stamps(conn, &head.log_id, &notes, &mut check).await?;
        let mut marks = Marks::default();
        let mut from = 0;
        while from < head.size {
            let to = (from + CHUNK).min(head.size);
            for leaf in store::leaves(conn, &head.log_id, from, to).await? {
                check.leaf(u64::try_from(leaf.seq).unwrap_or(u64::MAX), &leaf.body, &leaf.hash);
                marks.note(&leaf, &mut found);
            }
            from = to;
        }
        let size = u64::try_from(head.size).unwrap_or(0);
        let frontier = Frontier::from_bytes(size, &head.frontier);
        let root = frontier.map_or_else(|_| Hash::of(b"not a frontier"), |frontier| frontier.root());
        let stored = StoredHead { size, frontier: head.frontier.clone(), root };
        let (leaves, signed) = match check.finish(&stored) {
            Ok(summary) => (summary.leaves, summary.signed),
            Err(differences) => {
                found.take(differences, &notes);
                (size, u64::try_from(head.signed).unwrap_or(0))
            }
        };
        let mut compared = 0;
        for kept in Kept::ALL {
            compared += self.compare_rows(kept, span, &mut marks, &mut found).await?;
        }
        marks.tell_unseen(&mut found);
        for note in misnoted(conn, span).await? {
            let told = |at: Option<DateTime<Utc>>| at.map_or_else(String::new, millis);
            found.add(Fault::RowContent, &note.kept, None, || {
                let at = |time| format!("{} {}={}", note.id, note.name, told(time));
                (at(note.reckoned), at(note.noted))
            });
        }
        Ok(LogState {
            log: head.log_id.clone(),
            leaves,
            signed,
            rows: compared,
            differences: found.into_list(),
        })
    }

    /// Every signed note of a log, with the name by which a person finds it: those of the database, and those kept outside.
    async fn notes(&self, conn: &mut Conn, log: &str) -> Result<Vec<(String, Vec<u8>)>, DbError> {
        let mut notes = Vec::new();
        for row in store::checkpoints(conn, log).await? {
            notes.push((format!("log_checkpoint {}", row.size), row.note.into_bytes()));
        }
        let folder = Copies::folder_name(log);
        let kept = self.copies.of(log).map_err(unreadable)?.into_iter();
        notes.extend(kept.map(|(size, note)| (format!("checkpoints/{folder}/{size}.note"), note)));
        Ok(notes)
    }

    /// Every time stamp of these notes: those of the database, and those kept outside.
    async fn expect_stamps(
        &self,
        conn: &mut Conn,
        log: &str,
        notes: &[(String, Vec<u8>)],
        check: &mut LogCheck,
    ) -> Result<(), DbError> {
        let folder = Copies::folder_name(log);
        let mut stamps = Vec::new();
        for row in store::stamp::of_log(conn, log).await? {
            let size = row.size;
            stamps.push((format!("log_stamp {size}"), format!("log_checkpoint {size}"), row.reply));
        }
        for (size, reply) in self.copies.stamps(log).map_err(unreadable)? {
            let name = format!("checkpoints/{folder}/{size}");
            stamps.push((format!("{name}{}", stamp::ENDING), format!("{name}.note"), reply));
        }
        let notes: BTreeMap<&str, &[u8]> =
            notes.iter().map(|(name, note)| (name.as_str(), note.as_slice())).collect();
        for (name, note_name, reply) in stamps {
            // The stamp of a note that is not expected to be met is not either.
            if let Some(note) = notes.get(note_name.as_str()) {
                check.stamp(&name, note, &reply);
            }
        }
        Ok(())
    }

    async fn compare_rows(
        &self,
        kept: Kept,
        span: &Span,
        marks: &mut Marks,
        found: &mut Found,
    ) -> Result<u64, DbError> {
        let (to, mut batches) = mpsc::channel(4);
        let mut conn = self.db.read().await?;
        let reading = async {
            let read = rows(&mut conn, kept, span, true, &to).await;
            drop(to);
            read
        };
        let comparing = async {
            let mut number = 0;
            while let Some(batch) = batches.recv().await {
                for row in batch {
                    number += 1;
                    marks.see(kept, &row, found);
                }
            }
            number
        };
        let (read, number) = tokio::join!(reading, comparing);
        read.map(|()| number)
    }
}

/// Whoever is called otherwise than the log was told last, or whose words are not those that it was told.
async fn misnamed(conn: &mut Conn) -> Result<Vec<Difference>, DbError> {
    let mut found = Found::default();
    let erased = erasure::store::all(conn).await?;
    for one in identity::named(conn).await? {
        if !one.is_bound(erased.contains(&one.staff.id)) {
            found.add(Fault::Identity, "staff", None, || {
                // The staff number leads to the person; names have no place in a server's log.
                (one.who.clone(), format!("staff_no={}", one.staff.staff_no))
            });
        }
    }
    Ok(found.into_list())
}

#[expect(clippy::needless_pass_by_value, reason = "it is what map_err hands over")]
fn unreadable(error: KeyFileError) -> DbError {
    DbError::Setup(error.to_string())
}

/// What the walk along the leaves noted, for the rows that come afterwards.
#[derive(Default)]
struct Marks(Vec<Mark>);

#[derive(Clone, Copy)]
struct Mark {
    told: Told,
    kept: Option<Kept>,
    seen: bool,
}

impl Marks {
    /// Notes a leaf. The columns beside its bytes must say the same as the bytes, because pages search by them.
    fn note(&mut self, leaf: &LeafRow, found: &mut Found) {
        let number = u64::try_from(leaf.seq).ok();
        let glance = Glance::at(&leaf.body);
        if let Some(glance) = glance {
            let at = millis(leaf.at);
            for (column, stored, said) in [
                ("kind", leaf.kind.as_str(), glance.kind),
                ("at", at.as_str(), glance.at),
                ("obj", &leaf.obj, glance.obj),
            ] {
                if stored != said {
                    found.add(Fault::RowContent, "log_leaf", number, || {
                        (format!("{column}={said}"), format!("{column}={stored}"))
                    });
                }
            }
        }
        let kept = glance.and_then(|glance| Kept::of_kind(glance.kind));
        self.0.push(Mark { told: Told::by(&leaf.body), kept, seen: false });
    }

    /// Compares a row with its leaf.
    fn see(&mut self, kept: Kept, row: &Row, found: &mut Found) {
        let number = u64::try_from(row.leaf).ok();
        let index = usize::try_from(row.leaf).ok();
        let Some(body) = &row.body else {
            return found.add(Fault::RowLeaf, kept.table(), number, || (String::new(), row.obj.clone()));
        };
        let before = index.and_then(|index| index.checked_sub(1)).and_then(|index| self.0.get(index));
        let before = before.map(|mark| mark.told);
        // A row that was written while the check ran has its leaf beyond the marks: it is compared, but cannot be counted.
        if let Some(mark) = index.and_then(|index| self.0.get_mut(index)) {
            if mark.kept == Some(kept) && mark.seen {
                return found.add(Fault::RowTwice, kept.table(), number, || (String::new(), row.obj.clone()));
            }
            mark.seen = true;
        }
        if let Some((fault, expected, is)) = compare(kept, row, body, before) {
            found.add(fault, kept.table(), number, || (expected, is));
        }
    }

    fn tell_unseen(&self, found: &mut Found) {
        for (index, mark) in (0..).zip(&self.0) {
            if let Some(kept) = mark.kept.filter(|_| !mark.seen) {
                found.add(Fault::RowMissing, "log_leaf", Some(index), || {
                    (kept.table().to_owned(), String::new())
                });
            }
        }
    }
}

/// The first difference of each kind and place, and how many there are.
#[derive(Default)]
struct Found(BTreeMap<(Fault, String), Difference>);

impl Found {
    fn add(&mut self, fault: Fault, file: &str, leaf: Option<u64>, told: impl FnOnce() -> (String, String)) {
        self.0.entry((fault, file.to_owned())).and_modify(|first| first.count += 1).or_insert_with(|| {
            let (expected, found) = told();
            Difference { fault, file: file.to_owned(), line: None, leaf, expected, found, count: 1 }
        });
    }

    /// Takes over what the walk found; the notes get the names by which a person finds them.
    fn take(&mut self, differences: Vec<Difference>, notes: &[(String, Vec<u8>)]) {
        for mut difference in differences {
            let note =
                difference.file.strip_prefix("checkpoint/").and_then(|number| number.parse::<usize>().ok());
            if let Some((name, _)) = note.and_then(|number| notes.get(number.checked_sub(1)?)) {
                difference.file.clone_from(name);
            }
            self.0.insert((difference.fault, difference.file.clone()), difference);
        }
    }

    fn into_list(self) -> Vec<Difference> {
        self.0.into_values().collect()
    }
}
