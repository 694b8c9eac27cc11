//! Slowing down guesses, by account and by address, without ever locking anybody out for good.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};

use super::store::{self, ThrottleRow};
use crate::db::{DbError, Tx};
use crate::state::Site;

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// One staff number, whether it exists or not.
    Account(String),
    /// One address. A hospital may be behind a single one, so it is patient.
    Address(IpAddr),
    /// One certificate or one-time code form, by address.
    Code(IpAddr),
}

impl Subject {
    fn key(&self) -> String {
        match self {
            // The number itself stays out of the table: it may be a mistyped password.
            Self::Account(number) => format!("account {}", super::secret::fingerprint(number)),
            Self::Address(address) => format!("address {address}"),
            Self::Code(address) => format!("code {address}"),
        }
    }

    /// Failures that cost nothing.
    const fn free(&self) -> i64 {
        match self {
            Self::Account(_) => 3,
            Self::Address(_) => 60,
            Self::Code(_) => 10,
        }
    }
}

/// Failures of an account longer ago than this are forgotten.
const FORGET: TimeDelta = TimeDelta::hours(1);
/// The longest wait, in seconds.
const LONGEST: i64 = 60;
/// An address may be a whole hospital: each so many seconds one of its failures is forgotten.
const FORGIVE_SECONDS: i64 = 6;

/// The wait in seconds after so many failures in a row: 1, 2, 4 … 60.
#[must_use]
pub fn wait_seconds(failures: i64, free: i64) -> i64 {
    let over = failures - free;
    if over <= 0 {
        0
    } else {
        1_i64.checked_shl(u32::try_from(over - 1).unwrap_or(u32::MAX)).unwrap_or(LONGEST).clamp(1, LONGEST)
    }
}

impl Subject {
    /// What is left of earlier failures by now.
    fn remembered(&self, row: &ThrottleRow, now: DateTime<Utc>) -> i64 {
        let gone = now - row.last_at;
        match self {
            Self::Account(_) if gone >= FORGET => 0,
            Self::Account(_) => row.failures,
            Self::Address(_) | Self::Code(_) => (row.failures - gone.num_seconds() / FORGIVE_SECONDS).max(0),
        }
    }
}

/// Takes a try, before anything is compared: it counts as a failure until [`succeeded`] takes that back, so that a thousand tries at once
/// are a thousand tries. Gives the seconds that somebody has to wait instead; 0 when the try is taken.
///
/// # Errors
/// When the database fails.
pub async fn take(site: &Site, subjects: &[Subject]) -> Result<u32, DbError> {
    let now = site.now();
    let subjects = subjects.to_vec();
    let seconds: Result<i64, DbError> = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let mut rows = Vec::with_capacity(subjects.len());
                let mut wait = 0;
                for subject in &subjects {
                    let row = store::throttle(tx, &subject.key()).await?;
                    let until = row.as_ref().and_then(|row| row.blocked_until);
                    wait = wait
                        .max(until.map_or(0, |until| ((until - now).num_milliseconds().max(0) + 999) / 1000));
                    rows.push(row.map_or(0, |row| subject.remembered(&row, now)));
                }
                if wait > 0 {
                    return Ok(wait);
                }
                for (subject, remembered) in subjects.iter().zip(rows) {
                    let failures = remembered + 1;
                    let seconds = wait_seconds(failures, subject.free());
                    let blocked_until = (seconds > 0).then(|| now + TimeDelta::seconds(seconds));
                    let row = ThrottleRow { failures, last_at: now, blocked_until };
                    store::add_failure(tx, &subject.key(), &row).await?;
                }
                Ok(0)
            })
        })
        .await;
    Ok(u32::try_from(seconds?).unwrap_or(u32::MAX))
}

/// Takes a try back that was none: an account starts anew, an address is forgiven this one.
///
/// # Errors
/// When the database fails.
pub async fn succeeded(tx: &mut Tx, subjects: &[Subject]) -> Result<(), DbError> {
    for subject in subjects {
        match subject {
            Subject::Account(_) => store::clear_failures(tx, &subject.key()).await?,
            Subject::Address(_) | Subject::Code(_) => store::forgive_one(tx, &subject.key()).await?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::wait_seconds;

    #[test]
    fn the_wait_doubles_up_to_a_minute_and_never_becomes_for_ever() {
        let waits: Vec<i64> = (0..=12).map(|failures| wait_seconds(failures, 3)).collect();
        assert_eq!(waits, [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(wait_seconds(i64::MAX, 3), 60);
    }
}
