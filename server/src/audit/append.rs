//! Appending a fact to the log, in the transaction that makes it true.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use kokoroe_evidence::{Frontier, Kind, Leaf, leaf};
use serde_json::{Value, json};

use super::store::{self, Head, LeafRow};
use crate::clock::{Calendar, Clock};
use crate::db::{DbError, Tx};

/// Which logs this installation keeps: one a fiscal year.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// The name of the series; it is also the name of the signing key.
    pub series: String,
    /// The public key, named in the first leaf of each log.
    pub vkey: String,
    /// When a year turns.
    pub calendar: Calendar,
}

impl Ledger {
    /// The log of the fiscal year of an instant.
    #[must_use]
    pub fn log_at(&self, at: DateTime<Utc>) -> String {
        format!("{}/{}", self.series, self.calendar.fiscal_year(at))
    }
}

/// A fact on its way into the log. Ids only, never names.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// What sort of fact.
    pub kind: Kind,
    /// When.
    pub at: DateTime<Utc>,
    /// The id of who did it; `system` when nobody did.
    pub actor: &'a str,
    /// The id of what it is about.
    pub obj: &'a str,
    /// The id of the request that caused it, when it must have happened only once.
    pub req: Option<&'a str>,
    /// Its content: an object of strings, integers, booleans and lists.
    pub d: Value,
}

/// How much older than the last leaf a fact may be without a word: requests that wait for each other ask for the time in another order.
pub const SLACK: TimeDelta = TimeDelta::seconds(5);

/// Holds the log until the end of this transaction and gives its time: now, or the last leaf's time where the machine's clock has stepped
/// back. Whoever looks before writing ("is there one already?") holds the log first, so that two who look at the same time follow each other.
///
/// # Errors
/// When the database fails.
pub async fn hold(tx: &mut Tx, ledger: &Ledger, clock: &Clock) -> Result<DateTime<Utc>, DbError> {
    let now = clock.now();
    let log = ledger.log_at(now);
    let head = match store::lock_head(tx, &log).await? {
        Some(head) => head,
        None => open(tx, ledger, &log, now).await?,
    };
    // Asked for again: another transaction may have been waited for.
    let now = clock.now();
    let head = if head.last_at - now > SLACK { note_step(tx, &log, &head, now).await? } else { head };
    Ok(now.max(head.last_at))
}

/// Appends a fact. Gives its place in the log of its year, to be kept with the row that it proves.
///
/// # Errors
/// When the database fails or the fact cannot be written as a leaf.
pub async fn append(tx: &mut Tx, ledger: &Ledger, entry: Entry<'_>) -> Result<i64, DbError> {
    let log = ledger.log_at(entry.at);
    let head = match store::lock_head(tx, &log).await? {
        Some(head) => head,
        None => open(tx, ledger, &log, entry.at).await?,
    };
    let head =
        if head.last_at - entry.at > SLACK { note_step(tx, &log, &head, entry.at).await? } else { head };
    add(tx, &log, &head, &entry).await.map(|head| head.size - 1)
}

/// The machine's clock says less than the log: what it says is noted, and the fact that follows takes the log's time. Without the note
/// a row that somebody dated back later could not be told from one that was written while the clock was wrong.
async fn note_step(tx: &mut Tx, log: &str, head: &Head, clock: DateTime<Utc>) -> Result<Head, DbError> {
    tracing::warn!(%log, "the clock says less than the last record");
    let d = json!({ "clock": clock.to_rfc3339_opts(SecondsFormat::Millis, true) });
    add(tx, log, head, &Entry { kind: Kind::CLOCK_STEP, at: clock, actor: "system", obj: log, req: None, d })
        .await
}

async fn open(tx: &mut Tx, ledger: &Ledger, log: &str, at: DateTime<Utc>) -> Result<Head, DbError> {
    store::open_head(tx, log, at).await?;
    let head = store::lock_head(tx, log)
        .await?
        .ok_or_else(|| DbError::Inconsistent(format!("log {log} has no head")))?;
    if head.size > 0 {
        return Ok(head);
    }
    let d = json!({ "software": concat!("kokoroe ", env!("CARGO_PKG_VERSION")), "vkey": ledger.vkey });
    let first = Entry { kind: Kind::LOG_OPEN, at, actor: "system", obj: log, req: None, d };
    add(tx, log, &head, &first).await
}

async fn add(tx: &mut Tx, log: &str, head: &Head, entry: &Entry<'_>) -> Result<Head, DbError> {
    let unreadable = |what: &dyn std::fmt::Display| DbError::Inconsistent(format!("log {log}: {what}"));
    let size = u64::try_from(head.size).map_err(|error| unreadable(&error))?;
    let mut frontier = Frontier::from_bytes(size, &head.frontier).map_err(|error| unreadable(&error))?;
    // The machine's clock may step back; the log never does.
    let at = entry.at.max(head.last_at);
    let bytes = encode(log, head, entry, at).map_err(|error| unreadable(&error))?;
    let hash = leaf::hash(&bytes);
    frontier.append(hash);
    let row = LeafRow {
        seq: head.size,
        kind: entry.kind.as_str().to_owned(),
        at,
        obj: entry.obj.to_owned(),
        body: bytes,
        hash: hash.as_ref().to_vec(),
    };
    store::add_leaf(tx, log, &row).await?;
    let frontier = frontier.to_bytes();
    store::move_head(tx, log, head.size + 1, frontier.clone(), at).await?;
    Ok(Head { size: head.size + 1, frontier, last_at: at, ..head.clone() })
}

fn encode(log: &str, head: &Head, entry: &Entry<'_>, at: DateTime<Utc>) -> Result<Vec<u8>, leaf::LeafError> {
    let at = at.to_rfc3339_opts(SecondsFormat::Millis, true);
    let mut leaf = Leaf::new(log, entry.kind.clone(), &at, entry.actor)?
        .with_obj(entry.obj)?
        .with_prev_cp(u64::try_from(head.signed).unwrap_or(0))?
        .with_d(entry.d.clone())?;
    if let Some(req) = entry.req {
        leaf = leaf.with_req(req)?;
    }
    Ok(leaf.encode())
}
