//! Copying the records of a running server, and starting on the copy.

use std::path::Path;
use std::process::{Command, Output};

use kokoroe_server::audit::{self, Sealed, live_check};
use kokoroe_server::db::Location;
use kokoroe_server::start::lock_data;

use super::pack::{unpacked, unzipped};
use super::recovery::recover;
use super::{finished, leaves};
use crate::support::TestSite;

fn backup(data: &Path, out: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kokoroe"));
    command
        .env_remove("KOKOROE_POSTGRES")
        .arg("backup")
        .arg("--data")
        .arg(data)
        .arg("--out")
        .arg(out)
        .args(more);
    command.output().expect("the program runs")
}

#[tokio::test]
async fn a_backup_of_a_running_server_is_a_whole_hospital_elsewhere() {
    let test = TestSite::new().await;
    let _held = lock_data(&test.site.config).expect("the server holds its folder");
    finished(&test).await;
    audit::sign_now(&test.site).await.expect("signed");
    let out = test.folder().join("backup.zip");
    let made = backup(test.folder(), &out, &[]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let files = unzipped(&std::fs::read(&out).expect("the backup"));
    for secret in ["evidence.key", "session.key"] {
        assert!(!files.contains_key(secret), "{secret} is kept elsewhere");
    }
    let folder = unpacked(&files);
    std::fs::copy(test.folder().join("evidence.key"), folder.join("evidence.key"))
        .expect("the key from its own safe");
    let before = leaves(&test).await;

    let restored = TestSite::open(folder.clone(), Location::File(folder.join("kokoroe.db"))).await;
    assert_eq!(leaves(&restored).await, before);
    let check = live_check(&restored.site).await.expect("a check");
    assert!(check.is_whole(), "{:?}", check.logs);
    let mut browser = restored.signed_in("100001").await;
    assert!(browser.get("/").await.body.contains("/certificates/2026-SNS-000001"));
    assert!(
        matches!(restored.site.ledger.sealed(), Some(Sealed::Copy(_))),
        "whatever came after the backup is not in it, so nothing is written until somebody has looked"
    );
    audit::sign_now(&restored.site).await.expect_err("nor signed");
    restored.site.db.close().await;

    let recovered = recover(&folder, &["--confirm"]);
    assert!(recovered.status.success(), "{}", String::from_utf8_lossy(&recovered.stderr));
    let restored = TestSite::open(folder.clone(), Location::File(folder.join("kokoroe.db"))).await;
    assert_eq!(restored.site.ledger.sealed(), None);
    audit::sign_now(&restored.site).await.expect("the records go on");
}

#[tokio::test]
async fn a_backup_keeps_the_keys_only_when_it_is_told_to_and_says_what_it_cannot_do() {
    let test = TestSite::new().await;
    test.ward().await;
    let out = test.folder().join("backup.zip");
    let with_keys = backup(test.folder(), &out, &["--with-keys"]);
    assert!(with_keys.status.success(), "{}", String::from_utf8_lossy(&with_keys.stderr));
    let files = unzipped(&std::fs::read(&out).expect("the backup"));
    assert_eq!(files["evidence.key"], std::fs::read(test.folder().join("evidence.key")).expect("a key"));
    let left = std::fs::read_dir(test.folder()).expect("the folder").filter_map(Result::ok);
    assert!(left.map(|entry| entry.file_name()).all(|name| !name.to_string_lossy().contains("staged")));

    let postgres = backup(test.folder(), &out, &["--postgres", "postgres://kokoroe@localhost/none"]);
    assert_eq!(postgres.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&postgres.stderr).contains("pg_dump"));
    let nothing = backup(&test.folder().join("absent"), &out, &[]);
    assert_eq!(nothing.status.code(), Some(1));
}
