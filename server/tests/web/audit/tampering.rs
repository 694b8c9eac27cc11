//! Somebody with access to the database file alters it behind the server's back.

use std::path::Path;

use http::StatusCode;
use kokoroe_evidence::{Fault, pack};
use kokoroe_server::audit::{self, CheckpointError, live_check};
use kokoroe_server::db::Location;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};

use super::pack::{download, unzipped};
use super::{auditor, finished};
use crate::support::solve::{self, Temper};
use crate::support::{TestSite, fresh_folder};

/// Alters the file as somebody with its own tools would: the guards are taken away first.
pub(super) async fn alter(test: &TestSite, statement: &str) {
    let file = test.folder().join("kokoroe.db");
    let mut conn =
        sqlx::SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.expect("opened");
    let triggers: Vec<(String,)> = sqlx::query_as("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        .fetch_all(&mut conn)
        .await
        .expect("guards");
    for (name,) in triggers {
        conn.execute(AssertSqlSafe(format!("DROP TRIGGER {name}"))).await.expect("dropped");
    }
    let done = conn.execute(AssertSqlSafe(statement.to_owned())).await.expect("altered");
    assert_eq!(done.rows_affected(), 1, "{statement}");
    conn.close().await.expect("closed");
}

/// What is altered, where that is found, and as what.
const CASES: [(&str, &str, Fault); 25] = [
    (
        "UPDATE log_leaf SET body = CAST(REPLACE(CAST(body AS TEXT), '\"points\":3', '\"points\":2') AS BLOB) WHERE seq = (SELECT MIN(seq) FROM log_leaf WHERE kind = 'answer' AND INSTR(CAST(body AS TEXT), '\"points\":3') > 0)",
        "log_leaf",
        Fault::LeafHash,
    ),
    ("UPDATE log_leaf SET kind = 'answer' WHERE kind = 'completion'", "log_leaf", Fault::RowContent),
    ("DELETE FROM log_leaf WHERE kind = 'completion'", "log_head", Fault::HeadSize),
    ("UPDATE log_head SET size = size - 1", "log_head", Fault::HeadFrontier),
    (
        "UPDATE log_checkpoint SET note = REPLACE(note, char(10) || size || char(10), char(10) || (size - 1) || char(10))",
        "log_checkpoint",
        Fault::CheckpointSignature,
    ),
    (
        "UPDATE answer SET points = points + 1 WHERE leaf = (SELECT MIN(leaf) FROM answer)",
        "answer",
        Fault::RowContent,
    ),
    (
        "UPDATE answer SET response = REPLACE(response, 'a', 'b') WHERE leaf = (SELECT MIN(leaf) FROM answer WHERE INSTR(response, 'a') > 0 AND place <> '')",
        "answer",
        Fault::RowContent,
    ),
    (
        "UPDATE answer SET led_to = 'missed' WHERE leaf = (SELECT MIN(leaf) FROM answer)",
        "answer",
        Fault::RowContent,
    ),
    ("UPDATE progress SET started_at = '2026-09-01T00:00:00+00:00'", "progress", Fault::RowContent),
    ("UPDATE progress SET done_at = NULL", "progress", Fault::RowContent),
    (
        "UPDATE attempt SET finished_at = '2026-09-01T00:00:00+00:00' WHERE id = (SELECT MIN(id) FROM attempt)",
        "attempt",
        Fault::RowContent,
    ),
    (
        "UPDATE attempt SET role = 'doctor' WHERE id = (SELECT MIN(id) FROM attempt)",
        "attempt",
        Fault::RowContent,
    ),
    ("UPDATE completion SET valid_until = '2030-03-31T15:00:00+00:00'", "completion", Fault::RowContent),
    ("UPDATE completion SET held_at = '2026-09-01T00:00:00+00:00'", "completion", Fault::RowContent),
    ("UPDATE completion SET way = 'paper'", "completion", Fault::RowContent),
    ("UPDATE completion SET name = '別人 太郎'", "completion", Fault::RowContent),
    ("UPDATE completion SET number = '2026-SNS-000002'", "completion", Fault::RowContent),
    ("UPDATE completion SET completed_at = '2026-09-01T00:00:00+00:00'", "completion", Fault::RowContent),
    (
        "UPDATE attestation SET statements = REPLACE(statements, 'text', 'tExt')",
        "attestation",
        Fault::RowContent,
    ),
    (
        "UPDATE period SET due_at = '2027-10-31T15:00:00+00:00' WHERE leaf = (SELECT MIN(leaf) FROM period)",
        "period",
        Fault::RowContent,
    ),
    ("DELETE FROM attestation", "log_leaf", Fault::RowMissing),
    (
        "INSERT INTO completion SELECT (SELECT id FROM period WHERE id NOT IN (SELECT period_id FROM completion) LIMIT 1), '2026-SNS-000777', code, completed_at, valid_until, name, policy_version, 0, held_at, way, paper FROM completion",
        "completion",
        Fault::RowLeaf,
    ),
    // Nobody was erased: a name that is gone is a name that somebody took away.
    ("UPDATE completion SET name = '消去済み', code = '', paper = 'ff'", "completion", Fault::RowContent),
    (
        "INSERT INTO erasure (staff_id, basis, at, leaf) SELECT MIN(id), 'wish', '2026-10-01T00:00:00+00:00', 0 FROM staff",
        "erasure",
        Fault::RowLeaf,
    ),
    (
        "UPDATE content_revision SET body = body || ' ' WHERE kind = 'policy'",
        "content_revision",
        Fault::RowContent,
    ),
];

/// A copy of a hospital that has stopped.
pub(super) async fn copied(from: &Path) -> TestSite {
    let folder = fresh_folder();
    let mut folders = vec![from.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            let target = folder.join(path.strip_prefix(from).expect("below"));
            if path.is_dir() {
                std::fs::create_dir_all(target).expect("a folder");
                folders.push(path);
            } else {
                std::fs::copy(path, target).expect("copied");
            }
        }
    }
    TestSite::open(folder.clone(), Location::File(folder.join("kokoroe.db"))).await
}

#[tokio::test]
async fn whatever_is_altered_is_found_with_its_place() {
    let original = TestSite::new().await;
    finished(&original).await;
    audit::sign_now(&original.site).await.expect("signed");
    original.site.db.close().await;
    let whole = live_check(&copied(original.folder()).await.site).await.expect("a check");
    assert!(whole.is_whole(), "{:?}", whole.logs);
    for (statement, place, fault) in CASES {
        let test = copied(original.folder()).await;
        alter(&test, statement).await;
        let check = live_check(&test.site).await.expect("a check");
        let found: Vec<_> = check.logs.iter().flat_map(|log| &log.differences).collect();
        let told =
            found.iter().find(|difference| difference.fault == fault && difference.file.starts_with(place));
        assert!(told.is_some(), "{statement}: {found:?}");
    }
}

#[tokio::test]
async fn a_pack_of_altered_records_does_not_verify() {
    let original = TestSite::new().await;
    finished(&original).await;
    audit::sign_now(&original.site).await.expect("signed");
    original.site.db.close().await;
    // What an auditor takes away holds these as tables, so the pack has to show it as well as the check on the spot.
    let tables = ["answer", "period", "attestation", "completion"];
    for (statement, place, _) in CASES.into_iter().filter(|(_, place, _)| tables.contains(place)) {
        let test = copied(original.folder()).await;
        alter(&test, statement).await;
        let differences = unverified(&test).await;
        let file = format!("tables/{place}s.csv");
        assert!(differences.iter().any(|found| found.file == file), "{statement}: {differences:?}");
    }
}

#[tokio::test]
async fn a_clock_that_stepped_back_leaves_a_note_and_a_whole_log() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let period = test.period(&ward.nurse).await;
    let mut browser = test.signed_in("100001").await;
    let module = test.site.content.catalogue.course.modules_of_everybody()[0].clone();
    test.clock.set(test.site.now() - chrono::TimeDelta::hours(3));
    let base = format!("/learn/{period}/{module}");
    browser.post(&base, &[]).await;
    let ask =
        solve::answer(&test.site, &ward.nurse, &period, &module, Temper::Best).await.expect("a question");
    let fields: Vec<(&str, &str)> =
        ask.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let saved = browser.post(&format!("{base}/{}", ask.turn), &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    audit::sign_now(&test.site).await.expect("signed");
    let check = live_check(&test.site).await.expect("a check");
    assert!(check.is_whole(), "{:?}", check.logs);
    let mut conn = test.site.db.read().await.expect("a connection");
    let head = audit::store::heads(&mut conn).await.expect("heads").remove(0);
    let leaves =
        audit::store::leaves(&mut conn, &head.log_id, head.size - 2, head.size).await.expect("leaves");
    let kinds: Vec<&str> = leaves.iter().map(|leaf| leaf.kind.as_str()).collect();
    assert_eq!(kinds, ["clock.step", "answer"]);
    assert!(leaves[0].at <= leaves[1].at, "the log itself never steps back");
}

#[tokio::test]
async fn one_changed_byte_stops_the_signing_and_fails_the_pack() {
    let test = TestSite::new().await;
    finished(&test).await;
    assert!(unverified(&test).await.is_empty(), "whole before");
    let (statement, _, _) = CASES[0];
    alter(&test, statement).await;
    let mut browser = auditor(&test).await;
    let asked = browser.post("/audit/check", &[]).await;
    assert_eq!((asked.status, asked.location()), (StatusCode::SEE_OTHER, "/audit/check"));
    let result = browser.get("/audit/check").await;
    assert!(result.body.contains("相違が") && result.body.contains("証跡番号"), "{}", result.body);
    browser.lang = "en";
    let differences = unverified(&test).await;
    assert!(
        differences.iter().any(|difference| difference.fault == Fault::CheckpointRoot),
        "{differences:?}"
    );
    assert!(matches!(audit::sign_now(&test.site).await, Err(CheckpointError::Disagrees { .. })));
    browser.lang = "ja";
    let top = browser.get("/audit").await;
    assert!(top.body.contains("新しい記録と署名を止めています"), "{}", top.body);
}

#[tokio::test]
async fn a_report_signs_what_is_new_and_the_hour_reads_everything_again() {
    let test = TestSite::new().await;
    let (ward, period) = finished(&test).await;
    audit::sign_now(&test.site).await.expect("signed");
    let mut nurse = test.signed_in("100002").await;
    alter(&test, CASES[0].0).await;
    let others = test.period(&ward.other_nurse).await;
    assert_ne!(others, period);
    nurse.post(&format!("/learn/{others}/m1-photo"), &[]).await;
    let signed = audit::sign_for_report(&test.site).await.expect("signed without reading the old leaves");
    assert!(signed.is_some());
    let hourly = audit::sign_now(&test.site).await;
    assert!(matches!(hourly, Err(CheckpointError::Disagrees { .. })), "though nothing is left to sign");
}

/// What verifying the pack of the present year finds.
async fn unverified(test: &TestSite) -> Vec<kokoroe_evidence::Difference> {
    let files = unzipped(&download(test).await);
    pack::verify(&files, test.site.signer.key().verifying_key(), &[]).err().unwrap_or_default()
}

#[tokio::test]
async fn a_log_that_was_rewritten_from_its_first_leaf_does_not_agree_with_the_copies_outside() {
    let test = TestSite::new().await;
    test.ward().await;
    audit::sign_now(&test.site).await.expect("signed");
    // Everything in the database is consistent with itself: a shorter log, its own frontier, no checkpoint.
    alter(&test, "DELETE FROM log_checkpoint").await;
    let mut conn = test.site.db.read().await.expect("a connection");
    let head = audit::store::heads(&mut conn).await.expect("heads").remove(0);
    let leaves = audit::store::leaves(&mut conn, &head.log_id, 0, head.size - 1).await.expect("leaves");
    drop(conn);
    let mut frontier = kokoroe_evidence::Frontier::new();
    leaves.iter().for_each(|leaf| frontier.append(kokoroe_evidence::leaf::hash(&leaf.body)));
    let frontier = hex::encode(frontier.to_bytes());
    alter(&test, &format!("DELETE FROM log_leaf WHERE seq = {}", head.size - 1)).await;
    alter(
        &test,
        &format!("UPDATE log_head SET size = {}, signed = 0, frontier = x'{frontier}'", head.size - 1),
    )
    .await;
    let check = live_check(&test.site).await.expect("a check");
    let found: Vec<_> = check.logs.iter().flat_map(|log| &log.differences).collect();
    let beyond = found.iter().find(|difference| difference.fault == Fault::CheckpointBeyond).expect("found");
    assert!(beyond.file.starts_with("checkpoints/"), "{beyond:?}");
    assert!(matches!(audit::sign_now(&test.site).await, Err(CheckpointError::Disagrees { .. })));
}
