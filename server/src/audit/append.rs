//! Appending a fact to the log, in the transaction that makes it true.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use kokoroe_evidence::{Frontier, Kind, Leaf, leaf as leaves};
use serde_json::{Value, json};

use super::ledger::Ledger;
use super::store::{self, Head, LeafRow};
use crate::clock::Clock;
use crate::db::{DbError, Many, Tx, Value as Column};

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
    held(tx, ledger, clock).await.map(|(_, _, now)| now)
}

/// The same, with the log and its head.
async fn held(tx: &mut Tx, ledger: &Ledger, clock: &Clock) -> Result<(String, Head, DateTime<Utc>), DbError> {
    ledger.may_write()?;
    let mut now = clock.now();
    loop {
        let log = ledger.log_at(now);
        let head = match store::lock_head(tx, &log).await? {
            Some(head) => head,
            None => open(tx, ledger, &log, now).await?,
        };
        // Asked for again: another transaction may have been waited for, into another year even.
        now = clock.now();
        if ledger.log_at(now) == log {
            let head = if head.last_at - now > SLACK { note_step(tx, &log, &head, now).await? } else { head };
            let now = now.max(head.last_at);
            return Ok((log, head, now));
        }
    }
}

/// Appends a fact. Gives its place in the log of its year, to be kept with the row that it proves.
///
/// # Errors
/// When the database fails or the fact cannot be written as a leaf.
pub async fn append(tx: &mut Tx, ledger: &Ledger, entry: Entry<'_>) -> Result<i64, DbError> {
    ledger.may_write()?;
    let log = ledger.log_at(entry.at);
    let head = match store::lock_head(tx, &log).await? {
        Some(head) => head,
        None => open(tx, ledger, &log, entry.at).await?,
    };
    let head =
        if head.last_at - entry.at > SLACK { note_step(tx, &log, &head, entry.at).await? } else { head };
    add(tx, &log, &head, &entry).await.map(|head| head.size - 1)
}

/// Facts that are appended one after another, and the rows that they prove, on their way to be written at a stroke. Whoever has begun it
/// writes it before anybody else appends to the same log: [`Run::write`] fails where somebody did.
#[derive(Debug)]
pub struct Run {
    log: String,
    head: Head,
    frontier: Frontier,
    begun: i64,
    rows: Many,
}

impl Run {
    /// Holds the log of now and begins where it ends; says what time it is, as [`hold`] does. The rows that are added with the facts are
    /// written in the order of these statements.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin(
        tx: &mut Tx,
        ledger: &Ledger,
        clock: &Clock,
        order: &[&'static str],
    ) -> Result<(Self, DateTime<Utc>), DbError> {
        let (log, head, now) = held(tx, ledger, clock).await?;
        let frontier = frontier(&log, &head)?;
        let mut rows = Many::in_order(&[store::ADD_LEAF]);
        rows.then(order);
        Ok((Self { log, begun: head.size, head, frontier, rows }, now))
    }

    /// Appends a fact. Gives its place in the log.
    ///
    /// # Errors
    /// When it cannot be written as a leaf, or is older than the one before it.
    pub fn append(&mut self, entry: &Entry<'_>) -> Result<i64, DbError> {
        if entry.at < self.head.last_at {
            return Err(DbError::Inconsistent(format!(
                "log {}: {} of {} comes before the last fact, of {}",
                self.log, entry.kind, entry.at, self.head.last_at
            )));
        }
        let row = leaf(&self.log, &self.head, &mut self.frontier, entry)?;
        let LeafRow { seq, kind, at, obj, body, hash } = row;
        let log = Column::from(&self.log);
        let row = [log, seq.into(), kind.into(), at.into(), obj.into(), body.into(), hash.into()];
        self.rows.add(store::ADD_LEAF, row);
        self.head.size += 1;
        self.head.last_at = at;
        Ok(seq)
    }

    /// Adds a row.
    pub fn add<const WIDTH: usize>(&mut self, statement: &'static str, row: [Column; WIDTH]) {
        self.rows.add(statement, row);
    }

    /// The log that it appends to.
    #[must_use]
    pub fn log(&self) -> &str {
        &self.log
    }

    /// How many rows wait, leaves among them.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows.rows()
    }

    /// Takes what waits, to be written; what follows is written later.
    #[must_use]
    pub fn take(&mut self) -> Portion {
        let from = std::mem::replace(&mut self.begun, self.head.size);
        let head = Head { frontier: self.frontier.to_bytes(), ..self.head.clone() };
        Portion { log: self.log.clone(), from, head, rows: self.rows.take() }
    }
}

/// Facts and rows that are written together.
#[derive(Debug)]
pub struct Portion {
    log: String,
    from: i64,
    head: Head,
    rows: Many,
}

impl Portion {
    /// Writes them.
    ///
    /// # Errors
    /// When the database fails, or somebody else has appended to the log meanwhile.
    pub async fn write(self, tx: &mut Tx) -> Result<(), DbError> {
        let Self { log, from, head, rows } = self;
        store::move_head(tx, &log, from, &head).await?;
        rows.write(tx).await
    }
}

/// The frontier that a head keeps.
pub(super) fn frontier(log: &str, head: &Head) -> Result<Frontier, DbError> {
    let unreadable = |what: &dyn std::fmt::Display| DbError::Inconsistent(format!("log {log}: {what}"));
    let size = u64::try_from(head.size).map_err(|error| unreadable(&error))?;
    Frontier::from_bytes(size, &head.frontier).map_err(|error| unreadable(&error))
}

/// The next leaf, by which the frontier grows.
fn leaf(log: &str, head: &Head, frontier: &mut Frontier, entry: &Entry<'_>) -> Result<LeafRow, DbError> {
    // The machine's clock may step back; the log never does.
    let at = entry.at.max(head.last_at);
    let body =
        encode(log, head, entry, at).map_err(|error| DbError::Inconsistent(format!("log {log}: {error}")))?;
    let hash = leaves::hash(&body);
    frontier.append(hash);
    Ok(LeafRow {
        seq: head.size,
        kind: entry.kind.as_str().to_owned(),
        at,
        obj: entry.obj.to_owned(),
        body,
        hash: hash.as_ref().to_vec(),
    })
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
    let mut frontier = frontier(log, head)?;
    let row = leaf(log, head, &mut frontier, entry)?;
    store::add_leaf(tx, log, &row).await?;
    let moved = Head { size: head.size + 1, frontier: frontier.to_bytes(), last_at: row.at, ..head.clone() };
    store::move_head(tx, log, head.size, &moved).await?;
    Ok(moved)
}

fn encode(
    log: &str,
    head: &Head,
    entry: &Entry<'_>,
    at: DateTime<Utc>,
) -> Result<Vec<u8>, leaves::LeafError> {
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
