//! Which logs a hospital keeps: one a fiscal year, and after records were lost another one for the rest of that year. And whether anything
//! may be written into them at all.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};

use super::recovery::Recovery;
use crate::clock::Calendar;
use crate::db::DbError;

/// What comes after the series in the name of a log: the fiscal year, and which log of that year it is: `2026`, `2026.2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Epoch {
    /// The fiscal year.
    pub year: i64,
    /// 1, unless records were lost in that year.
    pub number: u32,
}

impl Epoch {
    /// That of a log.
    #[must_use]
    pub fn of(log: &str) -> Option<Self> {
        log.rsplit_once('/').and_then(|(_, epoch)| epoch.parse().ok())
    }
}

impl fmt::Display for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.number {
            1 => write!(f, "{}", self.year),
            number => write!(f, "{}.{number}", self.year),
        }
    }
}

/// A text that names no epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a fiscal year such as 2026, or 2026.2 for the second log of a year")]
pub struct NoEpoch;

impl FromStr for Epoch {
    type Err = NoEpoch;

    fn from_str(text: &str) -> Result<Self, NoEpoch> {
        let (year, number) = text.split_once('.').unwrap_or((text, "1"));
        let epoch =
            Self { year: year.parse().map_err(|_| NoEpoch)?, number: number.parse().map_err(|_| NoEpoch)? };
        // One spelling only: names of logs are compared as texts.
        if epoch.number > 0 && epoch.to_string() == text { Ok(epoch) } else { Err(NoEpoch) }
    }
}

/// Why nothing is recorded any more, until somebody has looked and said `kokoroe recover`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Sealed {
    /// The records were unpacked from a backup.
    #[error("these records are a copy made at {0}; whatever was recorded after that is not in it")]
    Copy(String),
    /// A log is shorter than when it was signed.
    #[error("the log {log} had {signed} leaves when it was signed and has only {found} now")]
    Behind {
        /// Which log.
        log: String,
        /// How many leaves it had.
        signed: u64,
        /// How many it has.
        found: u64,
    },
    /// The key that signs is gone for good.
    #[error("the key that signed these records is lost")]
    KeyLost,
    /// A log is not the one that was signed.
    #[error("{0}")]
    Disagrees(String),
}

impl From<Sealed> for DbError {
    fn from(sealed: Sealed) -> Self {
        Self::Sealed(sealed.to_string())
    }
}

/// Which logs this installation keeps.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// The name of the series; it is also the name of the signing key.
    pub series: String,
    /// The public key, named in the first leaf of each log.
    pub vkey: String,
    /// When a year turns.
    pub calendar: Calendar,
    /// Which log of a year is written, where it is not the first.
    epochs: Arc<BTreeMap<i64, u32>>,
    /// What was lost, and that somebody said so.
    recoveries: Arc<Vec<Recovery>>,
    seal: Arc<Mutex<Option<Sealed>>>,
}

impl Ledger {
    /// The logs of a series that nothing is known of yet.
    #[must_use]
    pub fn new(series: &str, vkey: String, calendar: Calendar) -> Self {
        Self {
            series: series.to_owned(),
            vkey,
            calendar,
            epochs: Arc::default(),
            recoveries: Arc::default(),
            seal: Arc::default(),
        }
    }

    /// The same, where these logs and recoveries are known.
    #[must_use]
    pub fn knowing<'a>(self, logs: impl IntoIterator<Item = &'a str>, recoveries: Vec<Recovery>) -> Self {
        let mut epochs: BTreeMap<i64, u32> = BTreeMap::new();
        for Epoch { year, number } in logs.into_iter().filter_map(Epoch::of) {
            let newest = epochs.entry(year).or_insert(number);
            *newest = number.max(*newest);
        }
        Self { epochs: Arc::new(epochs), recoveries: Arc::new(recoveries), ..self }
    }

    /// The log of an epoch.
    #[must_use]
    pub fn log(&self, epoch: Epoch) -> String {
        format!("{}/{epoch}", self.series)
    }

    /// The log into which a fact of this instant is written.
    #[must_use]
    pub fn log_at(&self, at: DateTime<Utc>) -> String {
        self.log(self.epoch_at(at))
    }

    /// The epoch of an instant.
    #[must_use]
    pub fn epoch_at(&self, at: DateTime<Utc>) -> Epoch {
        let year = self.calendar.fiscal_year(at);
        Epoch { year, number: self.epochs.get(&year).copied().unwrap_or(1) }
    }

    /// The times at which somebody said that records were lost, the earliest first.
    #[must_use]
    pub fn recoveries(&self) -> &[Recovery] {
        &self.recoveries
    }

    /// Nothing more is recorded.
    pub fn seal(&self, why: Sealed) {
        *self.sealing() = Some(why);
    }

    /// A log agrees with what was signed after all. What a restore has lost stays lost.
    pub fn agrees(&self) {
        let mut seal = self.sealing();
        if matches!(*seal, Some(Sealed::Disagrees(_))) {
            *seal = None;
        }
    }

    /// Why nothing is recorded, if so.
    #[must_use]
    pub fn sealed(&self) -> Option<Sealed> {
        self.sealing().clone()
    }

    /// Whoever writes asks first.
    ///
    /// # Errors
    /// [`DbError::Sealed`].
    pub fn may_write(&self) -> Result<(), DbError> {
        self.sealed().map_or(Ok(()), |sealed| Err(sealed.into()))
    }

    fn sealing(&self) -> std::sync::MutexGuard<'_, Option<Sealed>> {
        self.seal.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_has_one_spelling() {
        for (text, year, number) in [("2026", 2026, 1), ("2026.2", 2026, 2), ("2026.10", 2026, 10)] {
            let epoch = Epoch { year, number };
            assert_eq!(text.parse(), Ok(epoch));
            assert_eq!(epoch.to_string(), text);
        }
        for wrong in ["", "2026.", "2026.1", "2026.0", "2026.02", "02026", "+2026", "2026.2.1", "x"] {
            assert_eq!(wrong.parse::<Epoch>(), Err(NoEpoch), "{wrong}");
        }
        assert_eq!(Epoch::of("kokoroe-1a2b/2026.2"), Some(Epoch { year: 2026, number: 2 }));
    }

    #[test]
    fn the_newest_log_of_a_year_is_written() {
        let ledger = Ledger::new("k", String::new(), Calendar::default());
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
        assert_eq!(ledger.log_at(at("2026-10-01T00:00:00Z")), "k/2026");
        let ledger = ledger.knowing(["k/2025", "k/2026", "k/2026.2"], Vec::new());
        assert_eq!(ledger.log_at(at("2026-10-01T00:00:00Z")), "k/2026.2");
        assert_eq!(ledger.log_at(at("2026-03-31T00:00:00Z")), "k/2025");
        assert_eq!(ledger.log_at(at("2027-10-01T00:00:00Z")), "k/2027");
    }

    #[test]
    fn only_a_disagreement_can_turn_out_to_be_none() {
        let ledger = Ledger::new("k", String::new(), Calendar::default());
        ledger.seal(Sealed::Disagrees("it had another root".into()));
        assert!(ledger.may_write().is_err());
        ledger.agrees();
        assert!(ledger.may_write().is_ok());
        ledger.seal(Sealed::Copy("2026-10-01".into()));
        ledger.agrees();
        assert!(matches!(ledger.may_write(), Err(DbError::Sealed(_))));
    }
}
