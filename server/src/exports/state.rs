//! What became of a job, derived from its facts.

use chrono::{DateTime, Utc};
use kokoroe_app::exports::FailureView;

use super::store::JobRow;

/// Why a file was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The disk is full.
    NoSpace,
    /// The database did not answer.
    Database,
    /// Whoever made it died in the middle of it too often.
    Interrupted,
    /// Whoever asked may no longer have it.
    NotAllowed,
    /// Something else.
    Inside,
}

impl Failure {
    const ALL: [Self; 5] = [Self::NoSpace, Self::Database, Self::Interrupted, Self::NotAllowed, Self::Inside];

    /// Its word in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoSpace => "no_space",
            Self::Database => "database",
            Self::Interrupted => "interrupted",
            Self::NotAllowed => "not_allowed",
            Self::Inside => "inside",
        }
    }

    fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|failure| failure.code() == code).unwrap_or(Self::Inside)
    }

    pub(super) const fn view(self) -> FailureView {
        match self {
            Self::NoSpace => FailureView::NoSpace,
            Self::Database => FailureView::Database,
            Self::Interrupted => FailureView::Interrupted,
            Self::NotAllowed => FailureView::NotAllowed,
            Self::Inside => FailureView::Inside,
        }
    }
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Nobody makes it.
    Waiting,
    /// Somebody makes it.
    Working,
    /// Its file is there.
    Finished,
    /// It could not be made.
    Failed(Failure),
    /// Nobody wants it any more.
    Withdrawn,
    /// Its file was there.
    Removed,
}

/// Where a job stands at an instant.
#[must_use]
pub(super) fn state(row: &JobRow, now: DateTime<Utc>) -> State {
    match row {
        JobRow { removed_at: Some(_), .. } => State::Removed,
        JobRow { finished_at: Some(_), .. } => State::Finished,
        JobRow { withdrawn_at: Some(_), .. } => State::Withdrawn,
        JobRow { failed_at: Some(_), failure, .. } => {
            State::Failed(failure.as_deref().map_or(Failure::Inside, Failure::from_code))
        }
        JobRow { lease_until: Some(until), .. } if *until > now => State::Working,
        JobRow { .. } => State::Waiting,
    }
}
