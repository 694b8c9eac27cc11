//! One-time codes for the first sign-in: made here, handed over on paper, never to be seen again.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::department::Department;
use super::scribe::{Scribe, kind};
use super::staff::Staff;
use crate::account::store::NewCredential;
use crate::account::{self, secret};
use crate::clock::Calendar;
use crate::db::{DbError, Tx};

/// Characters of a code; twelve carry 59 bits.
const LENGTH: usize = 12;

/// How long a code on a slip works: it goes by the house's own post to people who may be on nights or not there yet.
const ON_SLIPS: TimeDelta = TimeDelta::days(30);

/// Minutes for which a code works that is made while the person stands there.
pub const IN_PERSON_MINUTES: u16 = 30;

/// How a code reaches its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handed {
    /// On a slip of an import.
    OnSlips,
    /// At the desk.
    InPerson,
}

/// A code on its way to a person.
#[derive(Clone)]
pub struct Code {
    /// The person.
    pub staff: Staff,
    /// Where they work.
    pub department: Option<Department>,
    /// The code, in groups of four. Only its fingerprint is kept.
    pub code: String,
    /// How it reaches them.
    pub handed: Handed,
    /// The first instant at which it no longer works.
    pub until: DateTime<Utc>,
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Code").field("staff", &self.staff.id).finish_non_exhaustive()
    }
}

/// Gives a person a new code. What they signed in with until now no longer works, and wherever they are signed in, that ends.
///
/// # Errors
/// When the database fails.
pub async fn issue(
    tx: &mut Tx,
    by: &Scribe<'_>,
    staff: &Staff,
    department: Option<Department>,
    handed: Handed,
) -> Result<Code, DbError> {
    let now = by.clock.now();
    let (code, fingerprint) = new(staff, department, handed, by.ledger.calendar, now);
    let credential = NewCredential { password: None, code: Some((fingerprint, code.until)) };
    account::open(tx, &staff.id, credential, now).await?;
    // An account that was closed stays closed: a code is no way around that.
    account::end_sessions(tx, &staff.id, now).await?;
    by.write(tx, kind("user.code")?, staff.id.as_str(), json!({})).await?;
    Ok(code)
}

/// A code, and the fingerprint by which it is known again.
pub(super) fn new(
    staff: &Staff,
    department: Option<Department>,
    handed: Handed,
    calendar: Calendar,
    now: DateTime<Utc>,
) -> (Code, String) {
    let code = secret::legible_code(LENGTH);
    let until = match handed {
        // Whoever begins later has as long from their first day.
        Handed::OnSlips => now.max(calendar.start_of(staff.joined_on)) + ON_SLIPS,
        Handed::InPerson => now + TimeDelta::minutes(i64::from(IN_PERSON_MINUTES)),
    };
    let fingerprint = secret::fingerprint(&secret::normal_code(&code));
    (Code { staff: staff.clone(), department, code, handed, until }, fingerprint)
}
