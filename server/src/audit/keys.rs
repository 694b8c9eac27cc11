//! Which keys have signed the logs, as the logs tell: the first leaf of each names one, and a change is a leaf of its own.

use kokoroe_evidence::keys::{Change, LogKeys};
use kokoroe_evidence::{Kind, Leaf, VerifyingKey};

use super::recovery;
use super::store::{self, Head};
use crate::db::{Conn, DbError};

/// What the logs say of the keys that sign them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// The newest log.
    pub log: String,
    /// The public key that signs it by now.
    pub vkey: String,
    /// Every log with its changes, the oldest first.
    pub logs: Vec<LogKeys>,
}

impl Begun {
    /// The newest change of the newest log, if there is one.
    #[must_use]
    pub fn change(&self) -> Option<&Change> {
        self.logs.last().and_then(|told| told.changes.last())
    }
}

/// What the logs say of their keys; `None` where nothing was ever written.
///
/// # Errors
/// When the database fails, or the first leaf of the newest log cannot be read.
pub async fn begun(conn: &mut Conn) -> Result<Option<Begun>, DbError> {
    let heads = store::heads(conn).await?;
    let Some(newest) = heads.last() else { return Ok(None) };
    let mut logs = Vec::with_capacity(heads.len());
    for head in &heads {
        logs.push(told(conn, head).await?);
    }
    let log = newest.log_id.clone();
    let changed = logs.last().and_then(|told| told.changes.last()).map(|change| change.new.to_string());
    let vkey = match changed {
        Some(vkey) => vkey,
        None => first(conn, &log).await?,
    };
    Ok(Some(Begun { log, vkey, logs }))
}

/// The key that the first leaf of a log names.
async fn first(conn: &mut Conn, log: &str) -> Result<String, DbError> {
    let unreadable = || DbError::Inconsistent(format!("the first leaf of the log {log}"));
    let row = store::leaves(conn, log, 0, 1).await?.pop().ok_or_else(unreadable)?;
    let leaf = Leaf::parse(&row.body).map_err(|_| unreadable())?;
    leaf.d().get("vkey").and_then(serde_json::Value::as_str).map(str::to_owned).ok_or_else(unreadable)
}

async fn told(conn: &mut Conn, head: &Head) -> Result<LogKeys, DbError> {
    let log = &head.log_id;
    // What is about the log itself is little: its opening, a change of the key, a pack that somebody asked for.
    let about = store::leaves_of(conn, log, log).await?;
    let changes = about.iter().filter(|leaf| leaf.kind == Kind::KEY_ROTATE.as_str());
    let changes = changes.filter_map(|leaf| Change::read(u64::try_from(leaf.seq).ok()?, &leaf.body));
    let lost = recovery::said(conn, log).await?.and_then(|leaf| {
        leaf.d().get(recovery::LOST_KEY).and_then(|key| VerifyingKey::parse(key.as_str()?).ok())
    });
    Ok(LogKeys { log: log.clone(), changes: changes.collect(), after_lost: lost })
}
