//! The evidence of 10,000 people and a year: 750,000 leaves, made into a pack, checked from it, and checked where they are.

use std::time::Instant;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use kokoroe_evidence::{Frontier, Kind, Leaf, leaf};
use kokoroe_server::audit::{self, pack, store};
use kokoroe_server::db::{DbError, Engine};
use kokoroe_server::on;
use kokoroe_server::training::signature::on_paper;
use serde_json::{Value, json};

use crate::figures::Figures;
use crate::long;
use crate::support::{TestSite, fresh_folder};

const PEOPLE: u32 = 10_000;
/// Answers of one person in each of five modules.
const ANSWERS: u32 = 13;

/// Rows of one table, inserted a thousand at a stroke, as no hospital would; each is like those that the program writes.
struct Rows {
    statement: &'static str,
    waiting: Vec<Value>,
}

impl Rows {
    const fn new(statement: &'static str) -> Self {
        Self { statement, waiting: Vec::new() }
    }
}

const LEAF: &str = "
    INSERT INTO log_leaf (log_id, seq, kind, at, obj, body, hash)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, CAST(value ->> 5 AS BLOB), unhex(value ->> 6)
      FROM json_each($1)";
const STAFF: &str = "
    INSERT INTO staff (id, staff_no, family, given, family_kana, given_kana, roman, kana_key, search, profession, employment, joined_on)
    SELECT value ->> 0, value ->> 1, '鈴木', '一郎', 'スズキ', 'イチロウ', '', CAST(value ->> 1 AS BLOB), value ->> 1, '看護師', '常勤',
           '2020-04-01'
      FROM json_each($1)";
const PERIOD: &str = "
    INSERT INTO period (id, staff_id, requirement_id, cycle, assigned_at, due_at, reason, leaf)
    SELECT value ->> 0, value ->> 1, value ->> 2, 2026, value ->> 3, '2026-10-31T15:00:00+00:00', '{\"rule\":\"every_year\"}', value ->> 4
      FROM json_each($1)";
const ATTEMPT: &str = "
    INSERT INTO attempt (id, period_id, module_id, revision, seed, turn, started_at, finished_at, leaf)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, 7, 14, value ->> 4, value ->> 5, value ->> 6 FROM json_each($1)";
const ANSWER: &str = "
    INSERT INTO answer (attempt_id, turn, place, response, grade, points, out_of, first, led_to, lang, answered_at, leaf)
    SELECT value ->> 0, value ->> 1, 'quake-evening/n1', '{\"choice\":\"stop\"}', 3, 3, 3, 1, value ->> 2, 'ja', value ->> 3, value ->> 4
      FROM json_each($1)";
const PROGRESS: &str = "
    INSERT INTO progress (period_id, started_at, done_at) SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each($1)";
const ATTESTATION: &str = "
    INSERT INTO attestation (id, period_id, policy, statements, lang, signed_at, method, session_id, leaf)
    SELECT value ->> 0, value ->> 1, value ->> 2, '[]', 'ja', value ->> 3, 'password', 's', value ->> 4 FROM json_each($1)";
const COMPLETION: &str = "
    INSERT INTO completion (period_id, number, code, completed_at, name, policy_version, leaf)
    SELECT value ->> 0, value ->> 1, '2222-2222-2222', value ->> 2, '鈴木 一郎', 4, value ->> 3 FROM json_each($1)";

/// A year under way: the log grows in memory, its rows wait to be inserted.
struct Year {
    log: String,
    frontier: Frontier,
    now: DateTime<Utc>,
    leaves: Rows,
}

impl Year {
    /// A fact, a millisecond after the one before. Gives its place and its time.
    fn add(&mut self, kind: &Kind, actor: &str, obj: &str, d: Value) -> (u64, String) {
        self.now += TimeDelta::milliseconds(1);
        let at = self.now.to_rfc3339_opts(SecondsFormat::Millis, true);
        let body = Leaf::new(&self.log, kind.clone(), &at, actor)
            .and_then(|leaf| leaf.with_obj(obj))
            .and_then(|leaf| leaf.with_d(d))
            .expect("a leaf")
            .encode();
        let (hash, seq) = (leaf::hash(&body), self.frontier.size());
        self.frontier.append(hash);
        let text = String::from_utf8(body).expect("text");
        let stored = at.replace('Z', "+00:00");
        self.leaves.waiting.push(json!([self.log, seq, kind.as_str(), stored, obj, text, hash.to_string()]));
        (seq, stored)
    }
}

async fn fill(test: &TestSite) {
    let ward = test.ward().await;
    let mut conn = test.site.db.read().await.expect("a connection");
    let head = store::heads(&mut conn).await.expect("heads").remove(0);
    drop(conn);
    let modules: Vec<(String, String)> = test
        .site
        .content
        .catalogue
        .course
        .modules_of_everybody()
        .iter()
        .map(|id| {
            let (hash, _) = test.site.content.module(id).expect("a module");
            (id.clone(), hash.to_owned())
        })
        .collect();
    let policy = test.site.content.policy().0.to_owned();
    let empty = "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945";
    let frontier = Frontier::from_bytes(head.size.unsigned_abs(), &head.frontier).expect("a frontier");
    let log = head.log_id.clone();
    let mut year = Year { log, frontier, now: head.last_at, leaves: Rows::new(LEAF) };
    let (mut staff, mut periods, mut attempts) = (Rows::new(STAFF), Rows::new(PERIOD), Rows::new(ATTEMPT));
    let (mut answers, mut noted) = (Rows::new(ANSWER), Rows::new(PROGRESS));
    let (mut signed, mut completed) = (Rows::new(ATTESTATION), Rows::new(COMPLETION));
    let id = |sort: char, n: u32| format!("01{sort}00000-0000-7000-8000-{n:012}");
    for n in 0..PEOPLE {
        let (who, period) = (id('a', n), id('b', n));
        staff.waiting.push(json!([who, format!("8{n:06}")]));
        let d = json!({ "requirement": ward.requirement, "cycle": 2026, "subject": who, "due": "2026-10-31T15:00:00Z", "rule": { "rule": "every_year" } });
        let (leaf, at) = year.add(&Kind::ASSIGN_CREATE, "system", &period, d);
        periods.waiting.push(json!([period, who, ward.requirement, at, leaf]));
        let (mut began, mut done) = (None, String::new());
        for (m, (module, rev)) in (0_u32..).zip(&modules) {
            let attempt = id('c', n * 10 + m);
            let d = json!({ "period": period, "module": module, "rev": rev, "seed": "7" });
            let (start, started) = year.add(&Kind::ATTEMPT_START, &who, &attempt, d);
            for turn in 1..=ANSWERS {
                let led_to = if turn == ANSWERS { "finished" } else { "" };
                let d = json!({
                    "turn": turn, "place": "quake-evening/n1", "response": "{\"choice\":\"stop\"}", "grade": 3, "points": 3, "out_of": 3,
                    "led_to": led_to, "lang": "ja", "rev": rev,
                });
                let (leaf, at) = year.add(&Kind::ANSWER, &who, &attempt, d);
                answers.waiting.push(json!([attempt, turn, led_to, at, leaf]));
                began.get_or_insert_with(|| at.clone());
                done = at;
            }
            attempts.waiting.push(json!([attempt, period, module, rev, started, done, start]));
        }
        noted.waiting.push(json!([period, began, done]));
        let signature = id('d', n);
        let d = json!({ "period": period, "rev": policy, "version": 4, "lang": "ja", "method": "password", "statements": empty });
        let (leaf, at) = year.add(&Kind::ATTEST_SIGN, &who, &signature, d);
        signed.waiting.push(json!([signature, period, policy, at, leaf]));
        let number = format!("2026-SNS-{:06}", n + 1);
        let paper = on_paper("鈴木 一郎", "2222-2222-2222");
        let d = json!({ "number": number, "subject": who, "in_time": true, "version": 4, "paper": paper });
        let (leaf, at) = year.add(&Kind::COMPLETION, &who, &period, d);
        completed.waiting.push(json!([period, number, at, leaf]));
        if n % 100 == 99 {
            let all = [
                &mut staff,
                &mut periods,
                &mut attempts,
                &mut answers,
                &mut noted,
                &mut signed,
                &mut completed,
                &mut year.leaves,
            ];
            let batches: Vec<(&str, String)> = all
                .into_iter()
                .map(|rows| (rows.statement, json!(std::mem::take(&mut rows.waiting)).to_string()))
                .collect();
            insert(test, batches).await;
        }
    }
    let (size, bytes) = (year.frontier.size().cast_signed(), year.frontier.to_bytes());
    let at = year.now;
    let moved: Result<(), DbError> = test
        .site
        .db
        .write(move |tx| {
            Box::pin(async move {
                on!(tx, |c| sqlx::query("UPDATE log_head SET size = $1, frontier = $2, last_at = $3")
                    .bind(size)
                    .bind(bytes)
                    .bind(at)
                    .execute(c)
                    .await
                    .map(drop))?;
                Ok(())
            })
        })
        .await;
    moved.expect("the head");
    test.clock.set(at + TimeDelta::seconds(1));
}

async fn insert(test: &TestSite, batches: Vec<(&'static str, String)>) {
    let inserted: Result<(), DbError> = test
        .site
        .db
        .write(move |tx| {
            Box::pin(async move {
                for (statement, rows) in batches {
                    on!(tx, |c| sqlx::query(statement).bind(rows).execute(c).await.map(drop))?;
                }
                Ok(())
            })
        })
        .await;
    inserted.expect("inserted");
}

/// Megabytes that this process has had in memory at most.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1024.0
}

/// Packs of ever more leaves: the time grows with them, the memory does not.
pub(crate) fn lengths(figures: &mut Figures) {
    let folder = fresh_folder();
    let path = folder.join("long.zip");
    for (leaves, name) in [(100_000, "100,000"), (1_000_000, "1,000,000"), (10_000_000, "10,000,000")] {
        let vkey = long::write(&path, leaves);
        let (took, most) = long::checked(&path, &vkey, &[]);
        let what = format!("evidence pack of {name} leaves, verified");
        if leaves == 1_000_000 {
            figures.at_most(&what, took, "s", 5.0);
        } else {
            figures.plain(&what, took, "s");
        }
        figures.plain(&format!("memory for verifying {name} leaves"), most, "MiB");
    }
    std::fs::remove_dir_all(folder).expect("removed");
}

pub(crate) async fn measure(figures: &mut Figures) {
    let test = TestSite::on(Engine::Sqlite).await;
    fill(&test).await;
    let before = peak();
    let began = Instant::now();
    audit::sign_now(&test.site).await.expect("signed");
    figures.plain("checkpoint over 750,000 leaves", began.elapsed().as_secs_f64(), "s");

    let path = test.folder().join("pack.zip");
    let file = std::fs::File::options().read(true).write(true).create_new(true).open(&path).expect("a file");
    let began = Instant::now();
    let made = pack::build(&test.site, None, "system", file).await.expect("a pack");
    figures.at_most("evidence pack of 10,000 people, made", began.elapsed().as_secs_f64(), "s", 30.0);
    assert!(made.leaves > 700_000 && made.refusal.is_none(), "{made:?}");
    figures.plain("evidence pack of 10,000 people, size", made.length as f64 / 1e6, "MB");
    figures.plain("memory for making it, above what the log took to sign", peak() - before, "MiB");

    let (took, most) = long::checked(&path, &test.site.signer.vkey(), &[]);
    figures.at_most("evidence pack of 10,000 people, verified", took, "s", 5.0);
    figures.plain("memory for verifying it", most, "MiB");
    let began = Instant::now();
    let check = audit::live_check(&test.site).await.expect("a check");
    figures.plain("check of the log and its records where they are", began.elapsed().as_secs_f64(), "s");
    assert!(check.is_whole(), "{:?}", check.logs);

    let mut auditor = test.signed_in("100030").await;
    let began = Instant::now();
    let page = auditor.get("/audit/people/01a00000-0000-7000-8000-000000000042").await;
    figures.plain("one person's record beside its leaves", began.elapsed().as_secs_f64() * 1000.0, "ms");
    assert_eq!(page.status, 200, "{}", page.body);
}
