//! What is asked for rows with their leaves: each sort of record in one table that can be read at a glance, of a whole log and of one
//! person or thing.

/// All rows of a log. $1 the log, $2 whether the leaves' bytes are asked for, $3 and $4 the times between which it was written.
macro_rules! of_log {
    ($columns:literal, $from:literal, $obj:literal, $leaf:literal, $at:literal) => {
        concat!(
            "SELECT ",
            $leaf,
            " AS leaf, ",
            $at,
            " AS at, l.at AS logged_at, CASE WHEN $2 THEN l.body END AS body, ",
            $obj,
            " AS obj, ",
            $columns,
            "
               FROM ",
            $from,
            "
               LEFT JOIN log_leaf l ON l.log_id = $1 AND l.seq = ",
            $leaf,
            "
              WHERE ",
            $at,
            " >= $3 AND ",
            $at,
            " < $4
              ORDER BY ",
            $leaf
        )
    };
}

/// The rows of one person or thing ($1), whichever logs they are in.
macro_rules! of_one {
    ($columns:literal, $from:literal, $obj:literal, $leaf:literal, $at:literal, $which:literal) => {
        concat!(
            "SELECT ", $leaf, " AS leaf, ", $at, " AS at, l.at AS logged_at, l.body, ", $obj, " AS obj, l.log_id AS log,
                    (SELECT q.body FROM log_leaf q WHERE q.log_id = l.log_id AND q.seq = l.seq - 1) AS before, ", $columns, "
               FROM ", $from, "
               LEFT JOIN log_leaf l ON l.obj = ", $obj, " AND l.seq = ", $leaf, "
              WHERE ", $which, " = $1
              ORDER BY ", $leaf
        )
    };
}

macro_rules! periods {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "p.requirement_id, p.cycle, p.staff_id, p.due_at, p.reason, p.track",
            "period p",
            "p.id", "p.leaf", "p.assigned_at" $(, $which)?
        )
    };
}

macro_rules! terms {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "t.actor, t.number, t.due_at, t.valid_until, t.reason",
            "term_change t JOIN period p ON p.id = t.period_id",
            "t.period_id", "t.leaf", "t.at" $(, $which)?
        )
    };
}

macro_rules! releases {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "w.actor, w.number, w.reason",
            "period_release w JOIN period p ON p.id = w.period_id",
            "w.period_id", "w.leaf", "w.at" $(, $which)?
        )
    };
}

macro_rules! corrections {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "x.decided_by, x.asked_by, k.request_id",
            "correction k JOIN exception_request x ON x.id = k.request_id JOIN period p ON p.id = k.period_id",
            "k.period_id", "k.leaf", "k.at" $(, $which)?
        )
    };
}

macro_rules! attendances {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "d.recorded_by, d.way, d.held_on, d.sheet_sha256",
            "attendance d JOIN period p ON p.id = d.period_id",
            "d.period_id", "d.leaf", "d.recorded_at" $(, $which)?
        )
    };
}

macro_rules! swaps {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "p.staff_id, w.module_id, w.number, w.instead",
            "module_swap w JOIN period p ON p.id = w.period_id",
            "w.period_id", "w.leaf", "w.at" $(, $which)?
        )
    };
}

macro_rules! attempts {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "p.staff_id, t.period_id, t.module_id, t.revision, t.seed, t.role",
            "attempt t JOIN period p ON p.id = t.period_id",
            "t.id", "t.leaf", "t.started_at" $(, $which)?
        )
    };
}

macro_rules! answers {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "p.staff_id, a.turn, a.place, a.response, a.grade, a.points, a.out_of, a.led_to, a.lang, t.revision",
            "answer a JOIN attempt t ON t.id = a.attempt_id JOIN period p ON p.id = t.period_id",
            "a.attempt_id", "a.leaf", "a.answered_at" $(, $which)?
        )
    };
}

macro_rules! recalls {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "r.staff_id, r.module_id, r.number, r.revision, r.family, r.variant, r.response, r.grade, r.lang",
            "recall_answer r",
            "r.attempt_id", "r.leaf", "r.answered_at" $(, $which)?
        )
    };
}

macro_rules! attestations {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "p.staff_id, s.period_id, s.policy, s.lang, s.method, s.statements, c.policy_version",
            "attestation s JOIN period p ON p.id = s.period_id LEFT JOIN completion c ON c.period_id = s.period_id",
            "s.id", "s.leaf", "s.signed_at" $(, $which)?
        )
    };
}

macro_rules! completions {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "p.staff_id, c.number, c.policy_version, c.valid_until, c.name, c.code, c.held_at, c.way, d.recorded_by,
             CASE WHEN c.paper IS NOT NULL AND EXISTS (SELECT 1 FROM erasure e WHERE e.staff_id = p.staff_id)
                  THEN c.paper END AS paper,
             COALESCE((SELECT t.due_at
                         FROM term_change t
                        WHERE t.period_id = p.id AND t.at <= c.completed_at
                        ORDER BY t.number DESC
                        LIMIT 1), p.due_at) AS due_at",
            "completion c JOIN period p ON p.id = c.period_id LEFT JOIN attendance d ON d.period_id = c.period_id",
            "c.period_id", "c.leaf", "c.completed_at" $(, $which)?
        )
    };
}

macro_rules! reviews {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "v.by_id, v.draft_id, v.hash, v.verdict, v.words",
            "policy_review v",
            "v.id", "v.leaf", "v.at" $(, $which)?
        )
    };
}

macro_rules! contents {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "r.content_id, r.body AS text, r.published_by, r.change_kind, r.effective_at, r.requirement_id",
            "content_revision r",
            "r.hash", "r.leaf", "r.published_at" $(, $which)?
        )
    };
}

macro_rules! erasures {
    ($shape:ident $(, $which:literal)?) => {
        $shape!(
            "e.done_by, e.basis, e.asked_by",
            "erasure e",
            "e.staff_id", "e.leaf", "e.at" $(, $which)?
        )
    };
}

pub(super) const IDENTITIES: &str = of_log!("i.actor, i.who", "identity i", "i.staff_id", "i.leaf", "i.at");
/// Several logs have leaves about the same person, so their places alone do not tell them apart.
pub(super) const IDENTITIES_OF: &str = "
    SELECT i.leaf, i.at, l.at AS logged_at, l.body, i.staff_id AS obj, i.log_id AS log, i.actor, i.who,
           (SELECT q.body FROM log_leaf q WHERE q.log_id = i.log_id AND q.seq = i.leaf - 1) AS before
      FROM identity i
      LEFT JOIN log_leaf l ON l.log_id = i.log_id AND l.seq = i.leaf
     WHERE i.staff_id = $1
     ORDER BY i.at, i.leaf";
pub(super) const READINGS: &str = of_log!("d.number, d.sha256", "reading_digest d", "d.id", "d.leaf", "d.at");
pub(super) const PERIODS: &str = periods!(of_log);
pub(super) const PERIODS_OF: &str = periods!(of_one, "p.staff_id");
pub(super) const TERMS: &str = terms!(of_log);
pub(super) const TERMS_OF: &str = terms!(of_one, "p.staff_id");
pub(super) const RELEASES: &str = releases!(of_log);
pub(super) const RELEASES_OF: &str = releases!(of_one, "p.staff_id");
pub(super) const CORRECTIONS: &str = corrections!(of_log);
pub(super) const CORRECTIONS_OF: &str = corrections!(of_one, "p.staff_id");
pub(super) const ATTENDANCES: &str = attendances!(of_log);
pub(super) const ATTENDANCES_OF: &str = attendances!(of_one, "p.staff_id");
pub(super) const SWAPS: &str = swaps!(of_log);
pub(super) const SWAPS_OF: &str = swaps!(of_one, "p.staff_id");
pub(super) const ATTEMPTS: &str = attempts!(of_log);
pub(super) const ATTEMPTS_OF: &str = attempts!(of_one, "p.staff_id");
pub(super) const ANSWERS: &str = answers!(of_log);
pub(super) const ANSWERS_OF: &str = answers!(of_one, "p.staff_id");
pub(super) const RECALLS: &str = recalls!(of_log);
pub(super) const RECALLS_OF: &str = recalls!(of_one, "r.staff_id");
pub(super) const ATTESTATIONS: &str = attestations!(of_log);
pub(super) const ATTESTATIONS_OF: &str = attestations!(of_one, "p.staff_id");
pub(super) const COMPLETIONS: &str = completions!(of_log);
pub(super) const COMPLETIONS_OF: &str = completions!(of_one, "p.staff_id");
pub(super) const COMPLETION: &str = completions!(of_one, "c.number");
pub(super) const REVIEWS: &str = reviews!(of_log);
pub(super) const REVIEW: &str = reviews!(of_one, "v.id");
pub(super) const CONTENTS: &str = contents!(of_log);
pub(super) const CONTENT: &str = contents!(of_one, "r.hash");
pub(super) const ERASURES: &str = erasures!(of_log);
/// Other facts about the person may stand at the same place of another year's log.
pub(super) const ERASURES_OF: &str =
    erasures!(of_one, "COALESCE(l.kind, 'erase.done') = 'erase.done' AND e.staff_id");
/// An exemption does not keep when it was granted: its leaf, found by the exemption's id, tells which log it is in.
pub(super) const EXEMPTIONS: &str = "
    SELECT e.leaf, l.at AS logged_at, CASE WHEN $2 THEN l.body END AS body,
           e.id AS obj, e.period_id, e.asked_by, e.approved_by, e.from_at, e.until_at
      FROM exemption e
      LEFT JOIN log_leaf l ON l.obj = e.id AND l.seq = e.leaf
     WHERE COALESCE(l.log_id, $1) = $1
     ORDER BY e.leaf";
pub(super) const EXEMPTIONS_OF: &str = "
    SELECT e.leaf, l.at AS logged_at, l.body, l.log_id AS log,
           e.id AS obj, e.period_id, e.asked_by, e.approved_by, e.from_at, e.until_at
      FROM exemption e
      JOIN period p ON p.id = e.period_id
      LEFT JOIN log_leaf l ON l.obj = e.id AND l.seq = e.leaf
     WHERE p.staff_id = $1
     ORDER BY e.leaf";

/// Every statement of this store, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] = &[
    IDENTITIES,
    IDENTITIES_OF,
    READINGS,
    PERIODS,
    PERIODS_OF,
    EXEMPTIONS,
    EXEMPTIONS_OF,
    TERMS,
    TERMS_OF,
    RELEASES,
    RELEASES_OF,
    CORRECTIONS,
    CORRECTIONS_OF,
    ATTENDANCES,
    ATTENDANCES_OF,
    SWAPS,
    SWAPS_OF,
    ATTEMPTS,
    ATTEMPTS_OF,
    ANSWERS,
    ANSWERS_OF,
    RECALLS,
    RECALLS_OF,
    ATTESTATIONS,
    ATTESTATIONS_OF,
    COMPLETIONS,
    COMPLETIONS_OF,
    COMPLETION,
    REVIEWS,
    REVIEW,
    CONTENTS,
    CONTENT,
    ERASURES,
    ERASURES_OF,
    super::roster::ROSTER,
    super::reckoned::RECKONED,
];
