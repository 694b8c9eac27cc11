//! Running the program on a server of a hospital: whether it is ready, what it forgets, what it says at the terminal, and a key that is lost.

use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use chrono::TimeDelta;
use http::StatusCode;
use kokoroe_server::audit::{self, CheckpointError};
use kokoroe_server::clock::{Calendar, Clock};
use kokoroe_server::config::{Config, Origin};
use kokoroe_server::db::{Conn, DbError, Location};
use kokoroe_server::jobs::hourly;
use kokoroe_server::start::{self, lock_data};
use kokoroe_server::{Site, on};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};

use crate::support::{ORIGIN, PASSWORD, TestSite, at, engines, fresh_folder, kokoroe};

#[tokio::test]
async fn the_server_is_ready_until_it_stops() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let mut browser = test.browser();
        assert_eq!(browser.get("/readyz").await.status, StatusCode::OK);
        test.site.stop();
        assert_eq!(browser.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(
            browser.get("/healthz").await.status,
            StatusCode::OK,
            "it lives, it only takes no more work"
        );
    }
}

#[tokio::test]
async fn a_server_without_its_database_is_not_ready() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        test.site.db.close().await;
        let answer = test.browser().get("/readyz").await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(!answer.body.contains("pool"), "strangers are told nothing of the cause");
    }
}

#[tokio::test]
async fn whoever_comes_while_the_database_is_away_sees_a_page_that_says_when_to_come_again() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        test.ward().await;
        let mut nurse = test.signed_in("100001").await;
        test.site.db.close().await;
        // The session cannot be looked up, long before a page is asked for anything.
        let looked = nurse.get("/").await;
        let sent = nurse.post("/learn/1/m1-photo/1", &[("choice", "a")]).await;
        for (answer, words) in [(looked, "もう一度開いてください"), (sent, "保存されていないことがあります")]
        {
            assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
            assert!(answer.headers.contains_key("retry-after"));
            assert!(answer.body.contains(words), "{}", answer.body);
        }
    }
}

#[tokio::test]
async fn a_server_whose_log_was_altered_is_not_ready() {
    let test = TestSite::new().await;
    test.ward().await;
    let file = test.folder().join("kokoroe.db");
    let mut conn =
        sqlx::SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.expect("opened");
    conn.execute("DROP TRIGGER log_leaf_refuses_update").await.expect("dropped");
    conn.execute("UPDATE log_leaf SET body = CAST(CAST(body AS TEXT) || ' ' AS BLOB) WHERE seq = 3")
        .await
        .expect("altered");
    assert_eq!(test.browser().get("/readyz").await.status, StatusCode::OK, "nobody has looked yet");
    assert!(matches!(audit::sign_now(&test.site).await, Err(CheckpointError::Disagrees { .. })));
    assert_eq!(test.browser().get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
}

async fn count(conn: &mut Conn, table: &str) -> i64 {
    let text = format!("SELECT COUNT(*) FROM {table}");
    on!(conn, |c| sqlx::query_scalar(AssertSqlSafe(text)).fetch_one(c).await).expect("a count")
}

async fn counts(test: &TestSite) -> [i64; 4] {
    let mut conn = test.site.db.read().await.expect("a connection");
    let mut counts = [0; 4];
    for (count_of, table) in counts.iter_mut().zip(["session", "refresh_token", "throttle", "staff_import"]) {
        *count_of = count(&mut conn, table).await;
    }
    counts
}

#[tokio::test]
async fn what_is_no_longer_needed_is_forgotten_and_nothing_before() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut nurse = test.signed_in("100001").await;
        let wrong = [("number", "100002"), ("password", "wrong")];
        test.browser().post("/sign-in", &wrong).await;
        let (site, office) = (test.site.clone(), ward.office.clone());
        let written: Result<(), DbError> = test
            .site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    for (id, confirmed) in [("waiting", None), ("done", Some(site.now()))] {
                        on!(tx, |c| sqlx::query(
                            "INSERT INTO staff_import (id, made_by, made_at, file_name, plan, confirmed_at)
                             VALUES ($1, $2, $3, 'a.csv', '', $4)"
                        )
                        .bind(id)
                        .bind(&office)
                        .bind(site.now())
                        .bind(confirmed)
                        .execute(c)
                        .await
                        .map(drop))?;
                    }
                    Ok(())
                })
            })
            .await;
        written.expect("two plans");
        let all = counts(&test).await;
        assert!(all.iter().all(|rows| *rows > 0), "{all:?}");
        hourly(&test.site).await;
        assert_eq!(counts(&test).await, all, "nothing is old");

        test.clock.advance(TimeDelta::hours(25));
        hourly(&test.site).await;
        let [sessions, tokens, failures, plans] = counts(&test).await;
        assert_eq!(
            ([sessions, tokens], failures, plans),
            ([all[0], all[1]], 0, 2),
            "failed sign-ins go first"
        );
        nurse = {
            drop(nurse);
            test.signed_in("100001").await
        };
        assert_eq!(nurse.get("/").await.status, StatusCode::OK);

        test.clock.advance(TimeDelta::days(29));
        hourly(&test.site).await;
        assert_eq!(counts(&test).await[3], 0, "the plans after thirty days");
        assert_eq!(counts(&test).await[0], 2, "the sessions ended less than thirty days ago");
        test.clock.advance(TimeDelta::days(9));
        hourly(&test.site).await;
        assert_eq!(counts(&test).await[..3], [0, 0, 0]);
        let mut back = test.browser();
        let again = back.post("/sign-in", &[("number", "100001"), ("password", PASSWORD)]).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER);
    }
}

fn config(folder: &Path) -> Config {
    Config {
        data: folder.to_path_buf(),
        location: Location::File(folder.join("kokoroe.db")),
        listen: ([127, 0, 0, 1], 0).into(),
        origin: Origin::parse(ORIGIN).expect("an origin"),
        trusted_proxies: Vec::new(),
        calendar: Calendar::default(),
        demo: false,
    }
}

async fn started(folder: &Path) -> Result<Site, String> {
    let clock = Clock::standing_at(at("2026-10-01T00:00:00Z"));
    start::site(config(folder), clock).await.map_err(|error| error.to_string())
}

#[tokio::test]
async fn a_lost_key_is_never_replaced_by_a_new_one() {
    let folder = fresh_folder();
    started(&folder).await.expect("a new hospital").db.close().await;
    let (key, name) = (folder.join("evidence.key"), folder.join("evidence.name"));
    let kept = std::fs::read(&key).expect("a key");
    let kept_name = std::fs::read(&name).expect("a name");

    std::fs::remove_file(&key).expect("lost");
    let refused = started(&folder).await.expect_err("no key");
    assert!(refused.contains("evidence.key") && refused.contains("--with-keys"), "{refused}");
    assert!(!key.exists(), "no new key was made");

    std::fs::remove_file(&name).expect("lost");
    started(&folder).await.expect_err("the records know that they were signed");
    assert!(!key.exists() && !name.exists());

    std::fs::write(&key, [7; 32]).expect("another key");
    std::fs::write(&name, &kept_name).expect("back");
    let refused = started(&folder).await.expect_err("another key");
    assert!(refused.contains("not the key of the records"), "{refused}");

    std::fs::write(&key, &kept).expect("back");
    std::fs::remove_file(&name).expect("lost");
    let refused = started(&folder).await.expect_err("no name");
    assert!(refused.contains("evidence.name") && refused.contains("バックアップ"), "{refused}");

    std::fs::write(&name, &kept_name).expect("back");
    started(&folder).await.expect("as before").db.close().await;
    std::fs::remove_file(folder.join("kokoroe.db")).expect("lost");
    std::fs::remove_file(&key).expect("lost");
    started(&folder).await.expect_err("a name without a key was a hospital once");
    drop(std::fs::remove_dir_all(folder));
}

const LIST: &str = "職員番号,姓,名,セイ,メイ,部署コード,部署名,上位部署コード,職種,入職日\n\
    100001,鈴木,一郎,スズキ,イチロウ,03,3病棟,00,看護師,2020/4/1\n\
    100020,渡邊,学,ワタナベ,マナブ,00,病院,,事務,2020/4/1\n";

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_look_at_a_list_makes_no_hospital_and_rows_with_faults_end_with_1() {
    let folder = fresh_folder();
    let data = folder.join("data");
    let good = folder.join("good.csv");
    let bad = folder.join("bad.csv");
    std::fs::write(&good, LIST).expect("written");
    std::fs::write(&bad, format!("{LIST}100030,林,学,ハヤシ,マナブ,03,3病棟,00,看護師,2026/2/30\n"))
        .expect("written");
    let good = good.to_str().expect("text");
    let bad = bad.to_str().expect("text");

    let looked = kokoroe(&data, &["import-staff", good]);
    assert!(looked.status.success(), "{}", err(&looked));
    assert!(
        out(&looked).contains("Joining: 2") && out(&looked).contains("There is no hospital in"),
        "{}",
        out(&looked)
    );
    assert!(!data.exists(), "nothing was made");
    let looked = kokoroe(&data, &["import-staff", bad]);
    assert_eq!(looked.status.code(), Some(1));

    let written = kokoroe(&data, &["import-staff", bad, "--confirm"]);
    assert_eq!(written.status.code(), Some(1));
    assert!(
        out(&written).contains("Written.") && err(&written).contains("1 rows have faults"),
        "{}",
        err(&written)
    );
    let again = kokoroe(&data, &["import-staff", good]);
    assert!(again.status.success(), "{}", err(&again));
    assert!(!out(&again).contains("There is no hospital in"));
    drop(std::fs::remove_dir_all(folder));
}

#[tokio::test]
async fn a_folder_that_a_server_uses_says_what_to_do() {
    let test = TestSite::new().await;
    test.ward().await;
    let _held = lock_data(&test.site.config).expect("the server holds its folder");
    let refused = kokoroe(test.folder(), &["appoint", "100001", "office"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        err(&refused).contains("Stop the server") && err(&refused).contains("サーバーを止めて"),
        "{}",
        err(&refused)
    );
}

#[tokio::test]
async fn only_its_owner_reads_an_evidence_pack() {
    let test = TestSite::new().await;
    test.ward().await;
    // The command goes by the machine's clock, the records by the test's: the year is named.
    let pack = test.folder().join("pack.zip");
    std::fs::write(test.folder().join("pack.zip.part"), "left by an earlier try").expect("written");
    let made = kokoroe(test.folder(), &["export", "--year", "2026", "--out", pack.to_str().expect("text")]);
    assert!(made.status.success(), "{}", err(&made));
    let mode = std::fs::metadata(&pack).expect("a pack").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

/// The lines that a server prints until it is ready to be stopped.
fn served(data: &Path) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kokoroe"))
        .env_remove("KOKOROE_POSTGRES")
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(data)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    // The first checkpoint is signed at once, and told in the log.
    let mut log = BufReader::new(child.stderr.take().expect("a log"));
    let signed =
        log.by_ref().lines().map_while(Result::ok).any(|line| line.contains("the evidence log is signed"));
    assert!(signed);
    let stopped = Command::new("kill").arg(child.id().to_string()).status().expect("told to stop");
    assert!(stopped.success());
    let output = child.wait_with_output().expect("it ends");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_first_start_prints_the_key_that_auditors_need_once() {
    let folder = fresh_folder();
    let data = folder.join("data");
    let first = served(&data);
    assert!(first.contains("\nvkey: kokoroe-") && first.contains("保管してください"), "{first}");
    let second = served(&data);
    assert!(second.contains("Kokoroe is ready") && !second.contains("vkey"), "{second}");
    drop(std::fs::remove_dir_all(folder));
}
