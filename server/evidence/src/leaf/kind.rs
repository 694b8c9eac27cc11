//! The sorts of facts. Any well-formed word can be read, so that a newer log still verifies; the ones we write are here.

use std::borrow::Cow;
use std::fmt;

use super::LeafError;

/// What sort of fact a leaf states, such as `attest.sign`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Kind(Cow<'static, str>);

/// Words of lowercase letters and underscores, joined by dots.
pub(crate) fn is_kind(text: &str) -> bool {
    text.len() <= 40
        && text
            .split('.')
            .all(|word| !word.is_empty() && word.bytes().all(|b| matches!(b, b'a'..=b'z' | b'_')))
}

impl Kind {
    /// Reads a kind from a leaf or a request.
    ///
    /// # Errors
    /// When it is not at most 40 characters of lowercase words joined by dots.
    pub fn new(text: &str) -> Result<Self, LeafError> {
        if is_kind(text) {
            Ok(Self(Cow::Owned(text.to_owned())))
        } else {
            Err(LeafError::Part { part: "k", value: text.to_owned() })
        }
    }

    /// The word as it stands in the leaf.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! kinds {
    ($($(#[$meaning:meta])* $name:ident = $word:literal;)*) => {
        impl Kind {
            $($(#[$meaning])* pub const $name: Self = Self(Cow::Borrowed($word));)*

            /// Every kind that this version writes.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

kinds! {
    /// A requirement was opened: course, modules, from when and until when.
    REQUIREMENT_OPEN = "requirement.open";
    /// The rule of a requirement changed.
    REQUIREMENT_CHANGE = "requirement.change";
    /// A requirement was closed: nobody new comes to owe it.
    REQUIREMENT_CLOSE = "requirement.close";
    /// A person owes something in a period.
    ASSIGN_CREATE = "assign.create";
    /// A period was waived: exemption with its reason and approver.
    ASSIGN_WAIVE = "assign.waive";
    /// A due date was moved.
    ASSIGN_DUE_CHANGE = "assign.due_change";
    /// A period is not owed any more.
    ASSIGN_RELEASE = "assign.release";
    /// A period is owed again.
    ASSIGN_RESTORE = "assign.restore";
    /// Somebody asked for an exception. The leaf says how long the words are, not what they are.
    EXCEPTION_ASK = "exception.ask";
    /// An exception was granted or refused.
    EXCEPTION_DECIDE = "exception.decide";
    /// Attendance in a classroom or on paper was recorded, with the hash of the signed sheet.
    ATTENDANCE = "attendance.record";
    /// A person takes another module in the place of one, without a reason.
    MODULE_SWAP = "module.swap";
    /// A person takes the module of their track after all.
    MODULE_RETURN = "module.return";
    /// An attempt began, pinned to a content revision.
    ATTEMPT_START = "attempt.start";
    /// One answer was given. It has a row in `tables/answers.csv`.
    ANSWER = "answer";
    /// A question came back after its module and was answered. It has a row in `tables/recalls.csv`.
    RECALL_ANSWER = "recall.answer";
    /// An attempt was handed in.
    ATTEMPT_SUBMIT = "attempt.submit";
    /// An attempt was graded.
    ATTEMPT_GRADE = "attempt.grade";
    /// An attempt was graded again after a question was corrected.
    ATTEMPT_REGRADE = "attempt.regrade";
    /// Somebody could not agree with an explanation. The leaf says how long the text is and not what it is about, because its time would
    /// tell who wrote it.
    OBJECTION_MADE = "objection.made";
    /// An objection was answered.
    OBJECTION_ANSWERED = "objection.answered";
    /// A person finished a period. It has a row in `tables/completions.csv`.
    COMPLETION = "completion";
    /// A certificate was issued.
    CERTIFICATE_ISSUE = "certificate.issue";
    /// A certificate was revoked.
    CERTIFICATE_REVOKE = "certificate.revoke";
    /// Somebody approved a version of a policy text that was being written, or sent it back. Their words are bound by length and hash.
    POLICY_REVIEW = "policy.review";
    /// A version of a policy text was published.
    POLICY_PUBLISH = "policy.publish";
    /// A person signed a version of a policy text. It has a row in `tables/attestations.csv`.
    ATTEST_SIGN = "attest.sign";
    /// A signature was withdrawn.
    ATTEST_WITHDRAW = "attest.withdraw";
    /// A revision of a course was published.
    COURSE_PUBLISH = "course.publish";
    /// A question got a new revision.
    QUESTION_VERSION = "question.version";
    /// Somebody was spoken to about what they owe: who, by whom, on which day, when again. What was said is bound by its length and hash.
    FOLLOWUP_NOTE = "followup.note";
    /// A course was taken out of use.
    COURSE_RETIRE = "course.retire";
    /// An account was made.
    USER_CREATE = "user.create";
    /// An account was closed.
    USER_DISABLE = "user.disable";
    /// A closed account was opened again.
    USER_ENABLE = "user.enable";
    /// Whom an id names: number and name, bound by a hash (see [`crate::identity`]).
    USER_IDENTITY = "user.identity";
    /// A person got a right.
    ROLE_GRANT = "role.grant";
    /// A person lost a right.
    ROLE_REVOKE = "role.revoke";
    /// A person's posting changed.
    DEPT_MOVE = "dept.move";
    /// An account was tied to the hospital's sign-in.
    SSO_LINK = "sso.link";
    /// The hospital's directory changed an account.
    SCIM_CHANGE = "scim.change";
    /// A record was corrected; the old one is named and stays.
    CORRECTION = "correction";
    /// The log began.
    LOG_OPEN = "log.open";
    /// The signing key changed; `d.vkey` is the new one, and the next checkpoint bears both signatures.
    KEY_ROTATE = "key.rotate";
    /// The log went on after a restore that lost leaves.
    EPOCH_RECOVER = "epoch.recover";
    /// A person's private data were erased.
    ERASE_DONE = "erase.done";
    /// An old log was pruned at the end of its retention.
    RETENTION_PRUNE = "retention.prune";
    /// The clock jumped.
    CLOCK_STEP = "clock.step";
    /// A setting changed.
    CONFIG_CHANGE = "config.change";
    /// Who opened the records of others since the last such leaf: how many, and the hash of a line for each.
    READING_DIGEST = "reading.digest";
    /// Somebody asked for a file that takes long to make.
    EXPORT_ASK = "export.ask";
    /// A file that was asked for is no longer wanted.
    EXPORT_WITHDRAW = "export.withdraw";
    /// Records were exported.
    EXPORT_MADE = "export.made";
    /// Somebody took a file that was made before.
    EXPORT_TAKE = "export.take";
    /// A file that was made before was removed.
    EXPORT_REMOVE = "export.remove";
    /// An administrator used the emergency access.
    ADMIN_BREAK_GLASS = "admin.break_glass";
    /// The security log of an hour, as one hash.
    SECLOG_DIGEST = "seclog.digest";
}
