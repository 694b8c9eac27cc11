//! Whoever has the machine: bits that flip, records that are rewritten with everything that belongs to them, an old backup.
//!
//! An insider here has everything: the file of the records, the folder of the checkpoints, the signing key. What they do not have is the
//! checkpoint that somebody was sent or printed before.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use kokoroe_evidence::{Frontier, Leaf, leaf};
use kokoroe_server::db::Engine;
use serde_json::Value;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _};

use crate::crowd::Crowd;
use crate::hospital::Hospital;
use crate::oracle;
use crate::process::Server;
use crate::table::Row;

/// A hospital in which everybody has finished, and the checkpoint that its auditor was sent.
struct Scene {
    hospital: Hospital,
    crowd: Crowd,
    mailed: PathBuf,
}

impl Scene {
    async fn play() -> Self {
        let hospital = Hospital::on(Engine::Sqlite, 4).await;
        let server = hospital.serve().await;
        let crowd = Crowd::of(&hospital.duties).finish(hospital.port, 4).await;
        server.stop().await;
        let newest = hospital.checkpoints().pop().expect("a checkpoint of the end");
        let mailed = hospital.folder.join("mailed.txt");
        std::fs::copy(newest, &mailed).expect("mailed");
        let before = hospital.export("before.zip");
        let (whole, said) = hospital.verify(&before, std::slice::from_ref(&mailed));
        assert!(whole, "{said}");
        Self { hospital, crowd, mailed }
    }

    /// Opens the file with everything that protects it taken away.
    async fn break_in(&self) -> SqliteConnection {
        let options = SqliteConnectOptions::new().filename(self.hospital.file()).foreign_keys(false);
        let mut conn = options.connect().await.expect("the file");
        let triggers: Vec<String> =
            sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                .fetch_all(&mut conn)
                .await
                .expect("triggers");
        for trigger in triggers {
            conn.execute(AssertSqlSafe(format!("DROP TRIGGER {trigger}"))).await.expect("dropped");
        }
        conn
    }

    /// Makes the stored hashes and the head those of the stored bytes, and forgets every checkpoint that was ever signed.
    async fn cover_up(&self, conn: &mut SqliteConnection) {
        let log = &self.hospital.log;
        let bodies: Vec<(i64, Vec<u8>)> =
            sqlx::query_as("SELECT seq, body FROM log_leaf WHERE log_id = $1 ORDER BY seq")
                .bind(log)
                .fetch_all(&mut *conn)
                .await
                .expect("leaves");
        let mut frontier = Frontier::default();
        for (seq, body) in &bodies {
            let hash = leaf::hash(body);
            frontier.append(hash);
            sqlx::query("UPDATE log_leaf SET hash = $1 WHERE log_id = $2 AND seq = $3")
                .bind(hash.as_ref())
                .bind(log)
                .bind(seq)
                .execute(&mut *conn)
                .await
                .expect("rewritten");
        }
        sqlx::query("UPDATE log_head SET size = $1, frontier = $2, signed = 0 WHERE log_id = $3")
            .bind(i64::try_from(bodies.len()).expect("a size"))
            .bind(frontier.to_bytes())
            .bind(log)
            .execute(&mut *conn)
            .await
            .expect("rewritten");
        conn.execute("DELETE FROM log_checkpoint").await.expect("forgotten");
        std::fs::remove_dir_all(self.hospital.folder.join("checkpoints")).expect("forgotten");
    }

    /// The server runs for a moment and signs what it finds. Whether it is ready meanwhile.
    async fn runs_ready(&self) -> bool {
        let mut server = self.hospital.start().begin();
        let ready = settled(&mut server).await;
        server.terminate();
        server.ends(Duration::from_secs(30)).await.expect("it ends");
        ready
    }

    /// Whether a pack of now passes with this checkpoint; what the verifier says. A pack whose newest leaves nobody signs is a pack as well.
    fn judged(&self, kept: &[PathBuf]) -> (bool, String) {
        let pack = self.hospital.folder.join("after.zip");
        let out = pack.to_str().expect("text");
        let exported = self.hospital.command(&["export", "--out", out]).output().expect("the program runs");
        let (whole, said) = self.hospital.verify(&pack, kept);
        let refused = String::from_utf8_lossy(&exported.stderr).into_owned();
        (whole && exported.status.success(), refused + &said)
    }

    /// What an insider did is found with the checkpoint that was mailed, however well it was covered up.
    fn found(&self, number: u8, fault: &str, ready: bool) {
        let mailed = self.judged(std::slice::from_ref(&self.mailed));
        assert!(!mailed.0, "{fault}: {}", mailed.1);
        let alone = self.judged(&[]);
        let told =
            |said: &str| first_difference(&said.replace(&format!("{}/", self.hospital.folder.display()), ""));
        Row {
            number,
            engine: Some(Engine::Sqlite),
            fault: fault.into(),
            saw: format!("the server is {}", if ready { "ready" } else { "not ready" }),
            kept: format!(
                "verify with the checkpoint that was mailed: {}; without it: {}",
                told(&mailed.1),
                if alone.0 { "nothing is found".to_owned() } else { told(&alone.1) }
            ),
            back: None,
        }
        .tell();
    }
}

/// Whether the server is ready once its first checkpoint was tried.
async fn settled(server: &mut Server) -> bool {
    let began = Instant::now();
    let mut ready = server.becomes_ready(Duration::from_secs(30)).await;
    while ready && began.elapsed() < Duration::from_secs(3) {
        tokio::time::sleep(Duration::from_millis(100)).await;
        ready = server.is_ready().await;
    }
    ready
}

/// The first difference that the verifier names, in English.
fn first_difference(said: &str) -> String {
    let line = said.lines().find(|line| line.starts_with("- ")).or_else(|| said.lines().next());
    line.unwrap_or_default().trim_start_matches("- ").to_owned()
}

/// Turns one bit of a stored value of the log.
async fn flip(conn: &mut SqliteConnection, table: &str, column: &str, whose: &str) {
    let mut bytes: Vec<u8> =
        sqlx::query_scalar(AssertSqlSafe(format!("SELECT {column} FROM {table} WHERE {whose}")))
            .fetch_one(&mut *conn)
            .await
            .expect("bytes");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    sqlx::query(AssertSqlSafe(format!("UPDATE {table} SET {column} = $1 WHERE {whose}")))
        .bind(bytes)
        .execute(&mut *conn)
        .await
        .expect("flipped");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bit_that_flips_is_named_and_nothing_is_signed_over_it() {
    for (number, fault, table, column, whose) in [
        (10, "a bit of a leaf's bytes flips", "log_leaf", "body", "seq = 9"),
        (11, "a bit of the head flips", "log_head", "frontier", "size > 0"),
    ] {
        let scene = Scene::play().await;
        let mut conn = scene.break_in().await;
        flip(&mut conn, table, column, whose).await;
        conn.close().await.expect("closed");
        let signed = scene.hospital.checkpoints();
        assert!(!scene.runs_ready().await, "{fault}: the server noticed it when it signed");
        assert_eq!(scene.hospital.checkpoints(), signed, "{fault}: nothing was signed over it");
        let wrong = oracle::look(&scene.hospital, &scene.crowd).await.expect_err("the check sees it");
        if number == 10 {
            assert!(wrong.iter().any(|what| what.contains('9')), "it says where: {wrong:?}");
        }
        let (whole, said) = scene.judged(&[]);
        assert!(!whole, "{said}");
        Row {
            number,
            engine: Some(Engine::Sqlite),
            fault: fault.into(),
            saw: "the server is not ready, no checkpoint is signed".into(),
            kept: format!("the check says: {}", wrong[0]),
            back: None,
        }
        .tell();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_was_rewritten_with_everything_that_belongs_to_it_is_found() {
    let scene = Scene::play().await;
    let mut conn = scene.break_in().await;
    // The worst answer of somebody becomes the best one: in its row, in its leaf, in the hashes, in the head.
    let (seq, body): (i64, Vec<u8>) =
        sqlx::query_as("SELECT seq, body FROM log_leaf WHERE kind = 'answer' ORDER BY seq DESC LIMIT 1")
            .fetch_one(&mut conn)
            .await
            .expect("an answer");
    let mut told: Value = serde_json::from_slice(&body).expect("a leaf");
    let points = told["d"]["points"].as_i64().expect("points") + 1;
    told["d"]["points"] = points.into();
    let forged = serde_json::to_vec(&told).expect("bytes");
    assert!(Leaf::parse(&forged).is_ok(), "as well formed as before");
    sqlx::query("UPDATE log_leaf SET body = $1 WHERE seq = $2")
        .bind(forged)
        .bind(seq)
        .execute(&mut conn)
        .await
        .expect("forged");
    sqlx::query("UPDATE answer SET points = $1 WHERE leaf = $2")
        .bind(points)
        .bind(seq)
        .execute(&mut conn)
        .await
        .expect("forged");
    scene.cover_up(&mut conn).await;
    conn.close().await.expect("closed");
    let ready = scene.runs_ready().await;
    scene.found(12, "an insider with the key rewrites an answer, its leaf, hash and head", ready);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leaves_that_were_cut_off_the_end_are_found() {
    let scene = Scene::play().await;
    let mut conn = scene.break_in().await;
    let last: i64 =
        sqlx::query_scalar("SELECT MAX(seq) FROM log_leaf").fetch_one(&mut conn).await.expect("a leaf");
    for statement in [
        "DELETE FROM log_leaf WHERE seq > ",
        "DELETE FROM answer WHERE leaf > ",
        "DELETE FROM attestation WHERE leaf > ",
        "DELETE FROM completion WHERE leaf > ",
    ] {
        conn.execute(AssertSqlSafe(format!("{statement}{}", last - 10))).await.expect("deleted");
    }
    scene.cover_up(&mut conn).await;
    conn.close().await.expect("closed");
    let ready = scene.runs_ready().await;
    scene.found(13, "an insider with the key cuts off the last ten leaves and their records", ready);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fact_that_was_dated_back_is_found() {
    let scene = Scene::play().await;
    let mut conn = scene.break_in().await;
    // The last signature is moved to before the first answer: body, row and the column beside the bytes.
    let (seq, body): (i64, Vec<u8>) =
        sqlx::query_as("SELECT seq, body FROM log_leaf WHERE kind = 'completion' ORDER BY seq DESC LIMIT 1")
            .fetch_one(&mut conn)
            .await
            .expect("a completion");
    let mut told: Value = serde_json::from_slice(&body).expect("a leaf");
    let early = "2020-04-01T00:00:00.000Z";
    told["at"] = early.into();
    for (statement, bytes) in
        [("UPDATE log_leaf SET body = $1 WHERE seq = $2", serde_json::to_vec(&told).expect("bytes"))]
    {
        sqlx::query(statement).bind(bytes).bind(seq).execute(&mut conn).await.expect("forged");
    }
    conn.execute(AssertSqlSafe(format!(
        "UPDATE log_leaf SET at = '2020-04-01T00:00:00+00:00' WHERE seq = {seq}"
    )))
    .await
    .expect("forged");
    conn.execute(AssertSqlSafe(format!(
        "UPDATE completion SET completed_at = '2020-04-01T00:00:00+00:00' WHERE leaf = {seq}"
    )))
    .await
    .expect("forged");
    scene.cover_up(&mut conn).await;
    conn.close().await.expect("closed");
    let ready = scene.runs_ready().await;
    let (whole, said) = scene.judged(&[]);
    assert!(!whole, "a time that runs backwards is found without any checkpoint: {said}");
    scene.found(14, "an insider with the key dates a completion back", ready);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_backup_beside_newer_checkpoints_is_not_signed() {
    let hospital = Hospital::on(Engine::Sqlite, 8).await;
    let mut server = hospital.serve().await;
    let work = Crowd::of(&hospital.duties).work(hospital.port, 4);
    work.until_saved(40).await;
    let crowd = work.stop().await;
    // Yesterday's copy, as the documentation says.
    let backup = hospital.folder.join("yesterday.zip");
    crate::process::run(hospital.command(&["backup", "--out", backup.to_str().expect("text")]));
    let yesterday = crowd.acknowledged();
    let crowd = crowd.finish(hospital.port, 4).await;
    server.terminate();
    server.ends(Duration::from_secs(30)).await.expect("it stops");
    let signed = hospital.checkpoints();
    // Only the database is put back; the checkpoints of today are still there.
    let mut zip = zip::ZipArchive::new(std::fs::File::open(&backup).expect("a backup")).expect("a zip");
    let mut old = zip.by_name("kokoroe.db").expect("the database");
    let mut file = std::fs::File::create(hospital.file()).expect("put back");
    std::io::copy(&mut old, &mut file).expect("put back");
    for rest in ["kokoroe.db-wal", "kokoroe.db-shm"] {
        std::fs::remove_file(hospital.folder.join(rest)).ok();
    }
    let mut server = hospital.start().begin();
    let ready = settled(&mut server).await;
    assert!(!ready, "no balancer sends anybody here");
    // What happens to somebody who comes all the same.
    let person = &hospital.duties[7];
    let mut line = crate::process::Line::open(hospital.port).await.expect("a connection");
    let page = line.get("/", &person.cookies).await.expect("a page").status;
    let mut refused = 0;
    for turn in &person.turns {
        let answer = line.post(&turn.path, &person.cookies, &turn.body).await.expect("an answer");
        refused += usize::from(answer.status == 503);
    }
    assert!(refused > 0, "nothing is added to records that are older than what was signed");
    server.terminate();
    server.ends(Duration::from_secs(30)).await.expect("it ends");
    assert_eq!(hospital.checkpoints(), signed, "nothing was signed on top of it");
    let wrong = oracle::look(&hospital, &crowd).await.expect_err("today is missing");
    let beyond =
        wrong.iter().find(|what| !what.contains("LOST")).expect("the checkpoints say more than the log");
    Row {
        number: 15,
        engine: Some(Engine::Sqlite),
        fault: "yesterday's backup is put back beside today's checkpoints".into(),
        saw: format!(
            "the server is not ready, signs nothing and records nothing: a page is shown ({page}), answers are refused ({refused} × 503)"
        ),
        kept: format!(
            "{yesterday} of {} acknowledged are in the backup; the check says: {beyond}",
            crowd.acknowledged()
        ),
        back: None,
    }
    .tell();
}
