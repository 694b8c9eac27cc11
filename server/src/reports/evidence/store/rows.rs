//! The rows of each sort, and the words that their leaves must say.

use chrono::{DateTime, Utc};
use kokoroe_courses::Track;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use sqlx::FromRow;

use crate::reports::evidence::{Row, seconds};
use crate::training::record::logged;
use crate::training::signature::on_paper;

/// What all rows have in common.
#[derive(FromRow)]
pub(super) struct Head {
    leaf: i64,
    #[sqlx(default)]
    at: Option<DateTime<Utc>>,
    logged_at: Option<DateTime<Utc>>,
    body: Option<Vec<u8>>,
    obj: String,
    #[sqlx(default)]
    log: Option<String>,
    #[sqlx(default)]
    before: Option<Vec<u8>>,
}

impl Head {
    pub(super) fn row(self, actor: String, said: Vec<String>) -> Row {
        let Self { leaf, at, logged_at, body, obj, log, before } = self;
        Row { leaf, at, obj, actor, said, logged_at, body, log, before }
    }
}

#[derive(FromRow)]
pub(super) struct IdentityRow {
    #[sqlx(flatten)]
    head: Head,
    actor: String,
    who: String,
}

impl From<IdentityRow> for Row {
    fn from(row: IdentityRow) -> Self {
        row.head.row(row.actor, vec![row.who])
    }
}

#[derive(FromRow)]
pub(super) struct ReadingRow {
    #[sqlx(flatten)]
    head: Head,
    number: i64,
    sha256: String,
}

impl From<ReadingRow> for Row {
    fn from(row: ReadingRow) -> Self {
        row.head.row("system".to_owned(), vec![row.number.to_string(), row.sha256])
    }
}

#[derive(FromRow)]
pub(super) struct PeriodRow {
    #[sqlx(flatten)]
    head: Head,
    requirement_id: String,
    cycle: i64,
    staff_id: String,
    due_at: DateTime<Utc>,
    reason: String,
    track: String,
}

impl From<PeriodRow> for Row {
    fn from(row: PeriodRow) -> Self {
        // The leaf holds the rule as JSON with its keys in order; a rule that is none is told as it is.
        let rule = serde_json::from_str::<Value>(&row.reason);
        // A period from before there were tracks has the one list that there was: its leaf does not name it.
        let untold =
            row.track == Track::EVERYBODY && rule.as_ref().is_ok_and(|rule| rule.get("fits").is_none());
        let track = if untold { String::new() } else { row.track };
        let rule = rule.map_or(row.reason, |rule| rule.to_string());
        let due = seconds(row.due_at);
        let said = vec![row.requirement_id, row.cycle.to_string(), row.staff_id, due, rule, track];
        row.head.row("system".to_owned(), said)
    }
}

#[derive(FromRow)]
pub(super) struct ExemptionRow {
    #[sqlx(flatten)]
    head: Head,
    period_id: String,
    asked_by: String,
    approved_by: String,
    from_at: DateTime<Utc>,
    until_at: DateTime<Utc>,
}

impl From<ExemptionRow> for Row {
    fn from(row: ExemptionRow) -> Self {
        let (from, until) = (seconds(row.from_at), seconds(row.until_at));
        let said = vec![row.period_id, row.asked_by, row.approved_by.clone(), from, until];
        row.head.row(row.approved_by, said)
    }
}

#[derive(FromRow)]
pub(super) struct SwapRow {
    #[sqlx(flatten)]
    head: Head,
    staff_id: String,
    module_id: String,
    number: i64,
    instead: String,
}

impl From<SwapRow> for Row {
    fn from(row: SwapRow) -> Self {
        let said = vec![row.module_id, row.number.to_string(), row.instead];
        row.head.row(row.staff_id, said)
    }
}

#[derive(FromRow)]
pub(super) struct AttemptRow {
    #[sqlx(flatten)]
    head: Head,
    staff_id: String,
    period_id: String,
    module_id: String,
    revision: String,
    seed: i64,
    role: String,
}

impl From<AttemptRow> for Row {
    fn from(row: AttemptRow) -> Self {
        let said = vec![row.period_id, row.module_id, row.revision, row.seed.to_string(), row.role];
        row.head.row(row.staff_id, said)
    }
}

#[derive(FromRow)]
pub(super) struct AnswerRow {
    #[sqlx(flatten)]
    head: Head,
    staff_id: String,
    turn: i64,
    place: String,
    response: String,
    grade: Option<i64>,
    points: i64,
    out_of: i64,
    led_to: String,
    lang: String,
    revision: String,
}

impl From<AnswerRow> for Row {
    fn from(row: AnswerRow) -> Self {
        let said = vec![
            row.turn.to_string(),
            row.place,
            logged(&row.response),
            row.grade.map_or_else(String::new, |grade| grade.to_string()),
            row.points.to_string(),
            row.out_of.to_string(),
            row.led_to,
            row.lang,
            row.revision,
        ];
        row.head.row(row.staff_id, said)
    }
}

#[derive(FromRow)]
pub(super) struct RecallRow {
    #[sqlx(flatten)]
    head: Head,
    staff_id: String,
    module_id: String,
    number: i64,
    revision: String,
    family: String,
    variant: String,
    response: String,
    grade: i64,
    lang: String,
}

impl From<RecallRow> for Row {
    fn from(row: RecallRow) -> Self {
        let said = vec![
            row.module_id,
            row.number.to_string(),
            row.revision,
            row.family,
            row.variant,
            logged(&row.response),
            row.grade.to_string(),
            row.lang,
        ];
        row.head.row(row.staff_id, said)
    }
}

#[derive(FromRow)]
pub(super) struct AttestationRow {
    #[sqlx(flatten)]
    head: Head,
    staff_id: String,
    period_id: String,
    policy: String,
    lang: String,
    method: String,
    statements: String,
    policy_version: Option<i64>,
}

impl From<AttestationRow> for Row {
    fn from(row: AttestationRow) -> Self {
        let said = vec![
            row.period_id,
            row.policy,
            row.policy_version.map_or_else(String::new, |version| version.to_string()),
            row.lang,
            row.method,
            hex::encode(Sha256::digest(row.statements.as_bytes())),
        ];
        row.head.row(row.staff_id, said)
    }
}

#[derive(FromRow)]
pub(super) struct CompletionRow {
    #[sqlx(flatten)]
    head: Head,
    staff_id: String,
    number: String,
    policy_version: i64,
    valid_until: Option<DateTime<Utc>>,
    name: String,
    code: String,
    paper: Option<String>,
    held_at: Option<DateTime<Utc>>,
    way: String,
    recorded_by: Option<String>,
    due_at: DateTime<Utc>,
}

impl From<CompletionRow> for Row {
    fn from(row: CompletionRow) -> Self {
        let in_time = row.held_at.or(row.head.at).is_some_and(|at| at < row.due_at);
        let said = vec![
            row.number,
            row.staff_id.clone(),
            in_time.to_string(),
            row.policy_version.to_string(),
            row.valid_until.map_or_else(String::new, seconds),
            // Of somebody who was erased the record keeps what the leaf holds; that they were erased has a leaf of its own.
            row.paper.unwrap_or_else(|| on_paper(&row.name, &row.code)),
            // The leaf of what was signed here says neither.
            if row.way == "here" { String::new() } else { row.way },
            row.held_at.map_or_else(String::new, seconds),
        ];
        row.head.row(row.recorded_by.unwrap_or(row.staff_id), said)
    }
}

#[derive(FromRow)]
pub(super) struct ErasureRow {
    #[sqlx(flatten)]
    head: Head,
    done_by: Option<String>,
    basis: String,
    asked_by: Option<String>,
}

impl From<ErasureRow> for Row {
    fn from(row: ErasureRow) -> Self {
        let said = vec![row.basis, row.asked_by.unwrap_or_default()];
        row.head.row(row.done_by.unwrap_or_else(|| "system".to_owned()), said)
    }
}

#[derive(FromRow)]
pub(super) struct ContentRow {
    #[sqlx(flatten)]
    head: Head,
    content_id: String,
    text: String,
    published_by: String,
    change_kind: String,
    effective_at: Option<DateTime<Utc>>,
    requirement_id: Option<String>,
}

impl From<ContentRow> for Row {
    fn from(row: ContentRow) -> Self {
        // The name of a content is the hash of its text: the text itself is asked, not the name.
        let said = vec![
            row.content_id,
            hex::encode(Sha256::digest(row.text.as_bytes())),
            row.change_kind,
            row.effective_at.map_or_else(String::new, seconds),
            row.requirement_id.unwrap_or_default(),
        ];
        row.head.row(row.published_by, said)
    }
}

#[derive(FromRow)]
pub(super) struct ReviewRow {
    #[sqlx(flatten)]
    head: Head,
    by_id: String,
    draft_id: String,
    hash: String,
    verdict: String,
    words: String,
}

impl From<ReviewRow> for Row {
    fn from(row: ReviewRow) -> Self {
        let length = row.words.chars().count().to_string();
        let words = hex::encode(Sha256::digest(row.words.as_bytes()));
        row.head.row(row.by_id, vec![row.draft_id, row.hash, row.verdict, length, words])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(reason: &str, track: &str) -> String {
        let head =
            Head { leaf: 1, at: None, logged_at: None, body: None, obj: "p".into(), log: None, before: None };
        let row = PeriodRow {
            head,
            requirement_id: "r".into(),
            cycle: 2026,
            staff_id: "s".into(),
            due_at: DateTime::UNIX_EPOCH,
            reason: reason.into(),
            track: track.into(),
        };
        Row::from(row).said.pop().expect("the track")
    }

    #[test]
    fn the_leaf_names_the_track_unless_there_were_none_yet() {
        let old = r#"{"rule":"every_year"}"#;
        let new = r#"{"rule":"every_year","fits":{"by":"everybody"}}"#;
        assert_eq!(told(old, "all"), "", "leaves from before say nothing");
        assert_eq!(told(old, "new"), "new", "and whoever alters such a row is found");
        assert_eq!(told(new, "all"), "all");
    }
}
