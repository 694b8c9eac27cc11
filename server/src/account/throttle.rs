//! Slowing down guesses, by account and by address, without ever locking anybody out for good.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};

use super::store::{self, ThrottleRow};
use crate::db::{Conn, DbError};
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

/// Failures longer ago than this are forgotten.
const FORGET: TimeDelta = TimeDelta::hours(1);
/// The longest wait.
const LONGEST: i64 = 60;

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

/// Seconds until another try is taken; 0 when it is taken now.
///
/// # Errors
/// When the database fails.
pub async fn wait(conn: &mut Conn, subjects: &[Subject], now: DateTime<Utc>) -> Result<u32, DbError> {
    let mut longest = 0;
    for subject in subjects {
        let until = store::throttle(conn, &subject.key()).await?.and_then(|row| row.blocked_until);
        let seconds = until.map_or(0, |until| ((until - now).num_milliseconds().max(0) + 999) / 1000);
        longest = longest.max(seconds);
    }
    Ok(u32::try_from(longest).unwrap_or(u32::MAX))
}

/// Remembers a failure.
///
/// # Errors
/// When the database fails.
pub async fn failed(site: &Site, subjects: Vec<Subject>) -> Result<(), DbError> {
    let now = site.now();
    site.db
        .write(move |tx| {
            Box::pin(async move {
                for subject in subjects {
                    let key = subject.key();
                    let before = store::throttle(tx, &key).await?.filter(|row| now - row.last_at < FORGET);
                    let failures = before.map_or(0, |row| row.failures) + 1;
                    let seconds = wait_seconds(failures, subject.free());
                    let blocked_until = (seconds > 0).then(|| now + TimeDelta::seconds(seconds));
                    store::add_failure(tx, &key, &ThrottleRow { failures, last_at: now, blocked_until })
                        .await?;
                }
                Ok(())
            })
        })
        .await
}

/// Forgets the failures of somebody who got in.
///
/// # Errors
/// When the database fails.
pub async fn succeeded(tx: &mut crate::db::Tx, subject: &Subject) -> Result<(), DbError> {
    store::clear_failures(tx, &subject.key()).await
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
