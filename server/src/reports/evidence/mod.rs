//! Records beside the leaves that prove them: what an evidence pack's tables hold, and what the check of the live log compares.
//!
//! Every fact is kept twice: as a row, which pages read, and as a leaf of the log, which nobody can alter unseen. Each row here is
//! turned into the very words that its leaf must say. Whoever changes one of the two has to change the other as well, and that
//! shows in the signed root.

pub mod store;

use chrono::{DateTime, SecondsFormat, Utc};
use kokoroe_evidence::Kind;

/// The records whose rows have a leaf each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kept {
    /// Whom ids name.
    Identities,
    /// Obligations.
    Periods,
    /// Exemptions from them.
    Exemptions,
    /// Dates that moved.
    Terms,
    /// Obligations that ended or came back.
    Releases,
    /// Completions that count no more.
    Corrections,
    /// Attendance elsewhere, from signed sheets.
    Attendances,
    /// Other modules taken in the place of hard ones.
    Swaps,
    /// Ways through a module.
    Attempts,
    /// Answers.
    Answers,
    /// Answers to questions that came back later.
    Recalls,
    /// Signatures.
    Attestations,
    /// Completions.
    Completions,
    /// What was said of drafts of the policy.
    Reviews,
    /// Published contents.
    Contents,
    /// What binds the records that were opened.
    Readings,
    /// People whose data was erased.
    Erasures,
}

impl Kept {
    /// All of them, in the order in which they come to be.
    pub const ALL: [Self; 17] = [
        Self::Identities,
        Self::Reviews,
        Self::Contents,
        Self::Periods,
        Self::Exemptions,
        Self::Terms,
        Self::Releases,
        Self::Corrections,
        Self::Attendances,
        Self::Swaps,
        Self::Attempts,
        Self::Answers,
        Self::Recalls,
        Self::Attestations,
        Self::Completions,
        Self::Readings,
        Self::Erasures,
    ];

    /// The name of the database table, for whoever has to look there.
    #[must_use]
    pub const fn table(self) -> &'static str {
        match self {
            Self::Identities => "identity",
            Self::Periods => "period",
            Self::Exemptions => "exemption",
            Self::Terms => "term_change",
            Self::Releases => "period_release",
            Self::Corrections => "correction",
            Self::Attendances => "attendance",
            Self::Swaps => "module_swap",
            Self::Attempts => "attempt",
            Self::Answers => "answer",
            Self::Recalls => "recall_answer",
            Self::Attestations => "attestation",
            Self::Completions => "completion",
            Self::Reviews => "policy_review",
            Self::Contents => "content_revision",
            Self::Readings => "reading_digest",
            Self::Erasures => "erasure",
        }
    }

    /// The file in an evidence pack.
    #[must_use]
    pub const fn file(self) -> &'static str {
        match self {
            Self::Identities => "tables/identities.csv",
            Self::Periods => "tables/periods.csv",
            Self::Exemptions => "tables/exemptions.csv",
            Self::Terms => "tables/terms.csv",
            Self::Releases => "tables/releases.csv",
            Self::Corrections => "tables/corrections.csv",
            Self::Attendances => "tables/attendances.csv",
            Self::Swaps => "tables/swaps.csv",
            Self::Attempts => "tables/attempts.csv",
            Self::Answers => "tables/answers.csv",
            Self::Recalls => "tables/recalls.csv",
            Self::Attestations => "tables/attestations.csv",
            Self::Completions => "tables/completions.csv",
            Self::Reviews => "tables/reviews.csv",
            Self::Contents => "tables/contents.csv",
            Self::Readings => "tables/readings.csv",
            Self::Erasures => "tables/erasures.csv",
        }
    }

    /// The kinds of their leaves.
    #[must_use]
    pub const fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Identities => &[Kind::USER_IDENTITY],
            Self::Periods => &[Kind::ASSIGN_CREATE],
            Self::Exemptions => &[Kind::ASSIGN_WAIVE],
            Self::Terms => &[Kind::ASSIGN_DUE_CHANGE],
            Self::Releases => &[Kind::ASSIGN_RELEASE, Kind::ASSIGN_RESTORE],
            Self::Corrections => &[Kind::CORRECTION],
            Self::Attendances => &[Kind::ATTENDANCE],
            Self::Swaps => &[Kind::MODULE_SWAP, Kind::MODULE_RETURN],
            Self::Attempts => &[Kind::ATTEMPT_START],
            Self::Answers => &[Kind::ANSWER],
            Self::Recalls => &[Kind::RECALL_ANSWER],
            Self::Attestations => &[Kind::ATTEST_SIGN],
            Self::Completions => &[Kind::COMPLETION],
            Self::Reviews => &[Kind::POLICY_REVIEW],
            Self::Contents => &[Kind::COURSE_PUBLISH, Kind::POLICY_PUBLISH],
            Self::Readings => &[Kind::READING_DIGEST],
            Self::Erasures => &[Kind::ERASE_DONE],
        }
    }

    /// What the leaves of this kind belong to, if to any.
    #[must_use]
    pub fn of_kind(kind: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kept| kept.kinds().iter().any(|own| own.as_str() == kind))
    }

    /// The keys of the leaf's content, in the order of [`Row::said`].
    #[must_use]
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Identities => &["who"],
            Self::Periods => &["requirement", "cycle", "subject", "due", "rule", "track"],
            Self::Exemptions => &["period", "asked_by", "approved_by", "from", "until"],
            Self::Terms => &["number", "due", "valid_until", "reason"],
            Self::Releases => &["number", "reason"],
            Self::Corrections => &["request", "asked_by"],
            Self::Attendances => &["way", "held", "sheet"],
            Self::Swaps => &["module", "number", "instead"],
            Self::Attempts => &["period", "module", "rev", "seed", "role"],
            Self::Answers => {
                &["turn", "place", "response", "grade", "points", "out_of", "led_to", "lang", "rev"]
            }
            Self::Recalls => &["module", "number", "rev", "family", "variant", "response", "grade", "lang"],
            Self::Attestations => &["period", "rev", "version", "lang", "method", "statements"],
            Self::Completions => {
                &["number", "subject", "in_time", "version", "valid_until", "paper", "way", "held"]
            }
            Self::Reviews => &["draft", "text", "verdict", "length", "words"],
            Self::Contents => &["id", "rev", "change", "effective", "asks"],
            Self::Readings => &["number", "sha256"],
            Self::Erasures => &["basis", "asked_by"],
        }
    }
}

/// A row and what its leaf must say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The place of its leaf in the log.
    pub leaf: i64,
    /// When it happened, by the row. Exemptions do not keep it.
    pub at: Option<DateTime<Utc>>,
    /// The id of what it is about.
    pub obj: String,
    /// The id of who did it.
    pub actor: String,
    /// The content, each value as a table's cell holds it: strings as they are, the rest as JSON, nothing for none.
    pub said: Vec<String>,
    /// What the log keeps beside the leaf's bytes as its time; `None` if there is no such leaf.
    pub logged_at: Option<DateTime<Utc>>,
    /// The bytes of its leaf, if they were asked for and exist.
    pub body: Option<Vec<u8>>,
    /// The log that the leaf is in, where rows of several logs are asked for.
    pub log: Option<String>,
    /// The bytes of the leaf before it, where rows of several logs are asked for.
    pub before: Option<Vec<u8>>,
}

/// A time as a leaf spells the time of a fact.
#[must_use]
pub fn millis(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// A time as a leaf spells it in its content.
fn seconds(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
