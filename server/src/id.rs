//! Ids: one type for each thing, so that a person cannot be mistaken for a department.
//!
//! They are UUIDs of version 7 (RFC 9562) as lower-case text on both engines: an auditor can read them, nobody can guess them,
//! and they sort by the time at which they were made; [`ObjectionId::timeless`] is the exception.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::{NoContext, Timestamp, Uuid};

use crate::clock::Clock;

/// An id as it would have been made at an instant, from these bytes instead of chance: for invented hospitals.
pub(crate) trait Made: Sized {
    /// Makes it.
    fn made(at: DateTime<Utc>, bytes: [u8; 10]) -> Self;
}

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
        #[sqlx(transparent)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// A new id that nobody has yet.
            #[must_use]
            pub fn new(clock: &Clock) -> Self {
                Self(fresh(clock))
            }

            /// Reads an id from outside; `None` if it is not a UUID.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Uuid::parse_str(text).ok().map(|id| Self(id.hyphenated().to_string()))
            }

            /// The id as it is written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Made for $name {
            fn made(at: DateTime<Utc>, bytes: [u8; 10]) -> Self {
                let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
                let id = uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid();
                Self(id.hyphenated().to_string())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

id! {
    /// A person.
    StaffId,
    /// A department.
    DepartmentId,
    /// A person in a department for a time.
    PostingId,
    /// A role that somebody was given.
    GrantId,
    /// Who owes what, until when.
    RequirementId,
    /// One person × one requirement × one cycle.
    PeriodId,
    /// One way through one module in one period.
    AttemptId,
    /// Something that somebody could not agree with.
    ObjectionId,
    /// A signature under a policy.
    AttestationId,
    /// An exemption from a period.
    ExemptionId,
    /// A draft of a requirement.
    DraftId,
    /// An exception that was asked for.
    ExceptionId,
    /// A leave of absence.
    LeaveId,
    /// Something that was entered by hand.
    HandEntryId,
    /// A record of somebody else that was opened.
    ReadingId,
    /// What binds the records that were opened in an hour.
    ReadingDigestId,
    /// A file that waits for confirmation.
    ImportId,
    /// A sign-in.
    SessionId,
    /// A mail on its way.
    MailId,
    /// A note that somebody spoke to somebody.
    FollowUpId,
    /// A file that somebody asked for and that takes long to make.
    ExportId,
    /// A draft of a version of the policy.
    PolicyDraftId,
    /// Somebody's review of such a draft.
    ReviewId,
}

fn fresh(clock: &Clock) -> String {
    let now = clock.now();
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, now.timestamp_subsec_nanos()))
        .hyphenated()
        .to_string()
}

impl ObjectionId {
    /// A new id that says nothing, not even when: whoever was not named must not be found by the minute.
    #[must_use]
    pub fn timeless() -> Self {
        let id = uuid::Builder::from_random_bytes(crate::account::secret::random()).into_uuid();
        Self(id.hyphenated().to_string())
    }
}

/// A short random name for one request, printed in logs and on problem pages.
#[must_use]
pub fn request_id() -> String {
    Uuid::from_bytes(crate::account::secret::random()).simple().to_string().chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_uuids_are_ids() {
        for text in ["", "0", "-1", "1 OR 1=1", "../", "018f0000-0000-7000-8000-00000000000g"] {
            assert_eq!(StaffId::parse(text), None, "{text}");
        }
        let id = StaffId::new(&Clock::system());
        assert_eq!(StaffId::parse(&id.as_str().to_uppercase()), Some(id));
    }
}
