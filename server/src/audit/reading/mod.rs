//! Who opened the record of somebody else: managers and the training office, who need it for their work, and auditors. Each opening is a row; one leaf an hour
//! binds all rows since the one before, so that nobody can take back afterwards that they looked. Lists of many people are not noted, files are
//! (`export.made`).

pub(super) mod page;

use std::fmt::Write as _;

use chrono::{DateTime, TimeDelta, Utc};
use kokoroe_evidence::{Difference, Fault, Hash};
use serde_json::{Value, json};

use super::store::reading::{self as store, Digest, Reading};
use super::{Entry, Kind, append, hold};
use crate::db::{Conn, DbError};
use crate::id::{ReadingDigestId, ReadingId, StaffId};
use crate::reports::evidence::millis;
use crate::state::Site;

/// Whoever turns a page back and forth has opened it once.
const ONCE_IN: TimeDelta = TimeDelta::minutes(10);

/// Which page of a person was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// The manager's.
    Team,
    /// The training office's: where they stand.
    Office,
    /// The training office's: where they work, and when they are away.
    Record,
    /// The auditor's.
    Audit,
}

impl Opened {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Team, Self::Office, Self::Record, Self::Audit];

    /// The word that is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Team => "team",
            Self::Office => "office",
            Self::Record => "record",
            Self::Audit => "audit",
        }
    }
}

/// Notes that somebody opened the record of somebody else. Where it cannot be noted the page is shown all the same: whoever has to look into
/// records that cannot be written any more needs it most. The server's log tells of it then.
pub async fn note(site: &Site, reader: &StaffId, subject: &StaffId, opened: Opened) {
    if reader == subject {
        return;
    }
    if let Err(error) = write(site, reader, subject, opened).await {
        tracing::error!(%error, %reader, %subject, "it could not be noted who opened a record");
    }
}

async fn write(site: &Site, reader: &StaffId, subject: &StaffId, opened: Opened) -> Result<(), DbError> {
    let now = site.now();
    let mut conn = site.db.read().await?;
    if store::is_known(&mut conn, reader, subject, opened.code(), now - ONCE_IN).await? {
        return Ok(());
    }
    drop(conn);
    site.ledger.may_write()?;
    let new = Reading {
        id: ReadingId::new(&site.clock),
        at: now,
        reader_id: reader.clone(),
        subject_id: subject.clone(),
        page: opened.code().to_owned(),
        digest_id: None,
    };
    site.db.write(move |tx| Box::pin(async move { store::add(tx, &new).await })).await
}

/// What a leaf says of these readings: how many, and the hash of a line for each, in the order of their ids.
fn digest(readings: &[Reading]) -> (i64, String) {
    let mut lines = String::with_capacity(160 * readings.len());
    for Reading { id, at, reader_id, subject_id, page, .. } in readings {
        // Writing to a text does not fail.
        writeln!(lines, "{id} {} {reader_id} {subject_id} {page}", millis(*at)).ok();
    }
    (i64::try_from(readings.len()).unwrap_or(i64::MAX), Hash::of(lines.as_bytes()).to_string())
}

/// What the log says of it.
pub(crate) fn said(number: i64, sha256: &str) -> Value {
    json!({ "number": number, "sha256": sha256 })
}

/// Binds what was opened since the last time. Gives how many there were.
///
/// # Errors
/// When the database fails.
pub async fn bind(site: &Site) -> Result<usize, DbError> {
    if store::open(&mut site.db.read().await?).await?.is_empty() {
        return Ok(0);
    }
    let (ledger, clock) = (site.ledger.clone(), site.clock.clone());
    site.db
        .write(move |tx| {
            Box::pin(async move {
                // Held before looking: another server may be doing the same.
                let at = hold(tx, &ledger, &clock).await?;
                let readings = store::open(tx).await?;
                if readings.is_empty() {
                    return Ok(0);
                }
                let (number, sha256) = digest(&readings);
                let id = ReadingDigestId::new(&clock);
                let d = said(number, &sha256);
                let entry =
                    Entry { kind: Kind::READING_DIGEST, at, actor: "system", obj: id.as_str(), req: None, d };
                let leaf = append(tx, &ledger, entry).await?;
                store::add_digest(tx, &Digest { id: id.clone(), number, sha256, leaf }, at).await?;
                for reading in &readings {
                    store::bind(tx, &reading.id, &id).await?;
                }
                Ok(readings.len())
            })
        })
        .await
}

/// The readings that are not those that were bound, of the leaves since an instant.
pub(super) async fn altered(conn: &mut Conn, since: DateTime<Utc>) -> Result<Option<Difference>, DbError> {
    let mut found: Option<Difference> = None;
    for bound in store::digests_since(conn, since).await? {
        let (number, sha256) = digest(&store::bound(conn, &bound.id).await?);
        if (number, &sha256) == (bound.number, &bound.sha256) {
            continue;
        }
        match &mut found {
            Some(first) => first.count += 1,
            None => {
                found = Some(Difference {
                    fault: Fault::RowContent,
                    file: "reading".to_owned(),
                    line: None,
                    leaf: u64::try_from(bound.leaf).ok(),
                    expected: said(bound.number, &bound.sha256).to_string(),
                    found: said(number, &sha256).to_string(),
                    count: 1,
                });
            }
        }
    }
    Ok(found)
}
