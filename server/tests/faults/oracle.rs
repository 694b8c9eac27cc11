//! The oracle: are the records what they must be after whatever was done to them?

use std::collections::BTreeMap;

use kokoroe_courses::Response;
use kokoroe_server::db::Conn;
use kokoroe_server::{audit, on};
use sqlx::AssertSqlSafe;

use crate::crowd::{Crowd, Person};
use crate::hospital::Hospital;

/// What stands in the records, once nothing is wrong with them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kept {
    pub(crate) answers: usize,
    pub(crate) signatures: usize,
    pub(crate) leaves: i64,
    /// Of the requests that were never acknowledged: how many stand in the records all the same.
    pub(crate) unconfirmed: usize,
}

impl Kept {
    /// In words, for the table.
    pub(crate) fn words(self) -> String {
        let Self { answers, signatures, leaves, unconfirmed } = self;
        format!(
            "{answers} answers, {signatures} signatures, {leaves} leaves; of those never acknowledged {unconfirmed} are kept"
        )
    }
}

/// Asks everything; panics with all that is wrong. No server may be running.
pub(crate) async fn ask(hospital: &Hospital, crowd: &Crowd) -> Kept {
    let kept = look(hospital, crowd).await.unwrap_or_else(|wrong| panic!("{}", wrong.join("\n")));
    // As an auditor would: the pack of the year, verified offline with the key of the first day and every checkpoint that was ever signed.
    let pack = hospital.export("pack.zip");
    let (whole, said) = hospital.verify(&pack, &hospital.checkpoints());
    assert!(whole, "{said}");
    std::fs::remove_file(pack).expect("the pack goes");
    kept
}

/// Looks into the records from inside; everything that is wrong, or what is kept.
pub(crate) async fn look(hospital: &Hospital, crowd: &Crowd) -> Result<Kept, Vec<String>> {
    let site = hospital.open().await;
    let mut wrong = Vec::new();
    // The log, its checkpoints, each record beside its leaf, and where everybody stands beside what their answers come to.
    let check = audit::live_check(&site).await.expect("a check");
    for log in &check.logs {
        wrong.extend(log.differences.iter().map(|difference| format!("{}: {difference}", log.log)));
    }
    let mut conn = site.db.read().await.expect("a connection");
    let records = Records::load(&mut conn).await;
    drop(conn);
    site.db.close().await;
    let mut kept = Kept { answers: 0, signatures: 0, leaves: records.leaves, unconfirmed: 0 };
    if records.leaves != records.size {
        wrong.push(format!("the log says {} and has {} leaves", records.size, records.leaves));
    }
    for person in &crowd.people {
        if let Err(what) = records.hold(person, &mut kept) {
            wrong.push(format!("{}: {what}", person.duty.number));
        }
    }
    if wrong.is_empty() { Ok(kept) } else { Err(wrong) }
}

/// The records, read at a stroke.
struct Records {
    /// Turn and response, by attempt.
    answers: BTreeMap<String, Vec<(i64, String)>>,
    /// The step that is asked next, by attempt.
    turns: BTreeMap<String, i64>,
    /// How often somebody signed, and whether it is a completion; by period.
    signed: BTreeMap<String, (i64, i64)>,
    done: BTreeMap<String, i64>,
    size: i64,
    leaves: i64,
}

async fn rows<T>(conn: &mut Conn, statement: &'static str) -> Vec<T>
where
    T: Send
        + Unpin
        + for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow>
        + for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow>,
{
    on!(conn, |c| sqlx::query_as(AssertSqlSafe(statement)).fetch_all(c).await).expect(statement)
}

impl Records {
    async fn load(conn: &mut Conn) -> Self {
        let mut answers: BTreeMap<String, Vec<(i64, String)>> = BTreeMap::new();
        let all: Vec<(String, i64, String)> =
            rows(conn, "SELECT attempt_id, turn, response FROM answer ORDER BY attempt_id, turn").await;
        for (attempt, turn, response) in all {
            answers.entry(attempt).or_default().push((turn, response));
        }
        let turns: Vec<(String, i64)> = rows(conn, "SELECT id, turn FROM attempt").await;
        let signed: Vec<(String, i64, i64)> = rows(
            conn,
            "SELECT p.id, (SELECT COUNT(*) FROM attestation a WHERE a.period_id = p.id),
                          (SELECT COUNT(*) FROM completion c WHERE c.period_id = p.id)
               FROM period p",
        )
        .await;
        let done: Vec<(String, i64)> =
            rows(conn, "SELECT period_id, CAST(COUNT(done_at) AS BIGINT) FROM progress GROUP BY period_id")
                .await;
        let sizes: Vec<(i64, i64)> =
            rows(conn, "SELECT CAST(SUM(size) AS BIGINT), (SELECT COUNT(*) FROM log_leaf) FROM log_head")
                .await;
        let (size, leaves) = sizes[0];
        Self {
            answers,
            turns: turns.into_iter().collect(),
            signed: signed.into_iter().map(|(period, signed, done)| (period, (signed, done))).collect(),
            done: done.into_iter().collect(),
            size,
            leaves,
        }
    }

    /// What somebody was told is saved stands there once, as they sent it; of what they were not told, at most the one that is open.
    fn hold(&self, person: &Person, kept: &mut Kept) -> Result<(), String> {
        let duty = &person.duty;
        let none = Vec::new();
        let answers = self.answers.get(&duty.attempt).unwrap_or(&none);
        let (signatures, completions) = self.signed.get(duty.period.as_str()).copied().unwrap_or_default();
        let there = answers.len() + usize::try_from(signatures).unwrap_or(usize::MAX);
        let (least, most) = (person.acknowledged, person.acknowledged + usize::from(person.open));
        if there < least {
            return Err(format!("LOST: {least} were acknowledged and {there} are there"));
        }
        if there > most {
            return Err(format!("{there} are there and only {most} were ever sent"));
        }
        for (at, ((turn, response), sent)) in answers.iter().zip(&duty.turns).enumerate() {
            let stored: Response = serde_json::from_str(response).map_err(|error| error.to_string())?;
            let sent: Response = serde_json::from_str(&sent.response).map_err(|error| error.to_string())?;
            if stored != sent || usize::try_from(*turn).ok() != Some(at + 1) {
                return Err(format!("answer {turn} is not the one that was sent as {}", at + 1));
            }
        }
        // Where somebody stands, counted again.
        let open = self.turns.get(&duty.attempt).copied().unwrap_or_default();
        if usize::try_from(open).ok() != Some(answers.len() + 1) {
            return Err(format!("step {open} is open after {} answers", answers.len()));
        }
        let done = self.done.get(duty.period.as_str()).copied().unwrap_or_default();
        if (done == 1) != (answers.len() == duty.turns.len()) || signatures != completions || signatures > 1 {
            return Err(format!(
                "{} of {} answers, done {done}, {signatures} signatures, {completions} completions",
                answers.len(),
                duty.turns.len()
            ));
        }
        kept.answers += answers.len();
        kept.signatures += usize::try_from(signatures).unwrap_or_default();
        kept.unconfirmed += there - least;
        Ok(())
    }
}
