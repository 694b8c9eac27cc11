//! Names in a pack: those that the log was told, proved far from the server.

use std::collections::BTreeMap;
use std::process::Command;

use kokoroe_evidence::identity::Identity;
use kokoroe_evidence::pack::{self, Summary};
use kokoroe_evidence::{Difference, Fault};

use super::pack::{download, unpacked, unzipped, verify};
use crate::support::facts::alone;
use crate::support::{TestSite, engines};

type Files = BTreeMap<String, Vec<u8>>;

/// Checks a pack after a change of its names, listed and signed anew as somebody with the key would.
fn changed(
    test: &TestSite,
    files: &Files,
    change: impl Fn(&str) -> String,
) -> Result<Summary, Vec<Difference>> {
    let key = test.site.signer.key();
    let mut files = files.clone();
    let text = String::from_utf8(files[pack::IDENTITIES].clone()).expect("text");
    files.insert(pack::IDENTITIES.to_owned(), change(&text).into_bytes());
    let log = test.site.ledger.log_at(test.site.now());
    pack::seal(&mut files, &log, "2026-10-01T00:00:00.000Z", key.verifying_key(), key).expect("sealed");
    pack::verify(&files, key.verifying_key(), &[])
}

fn only(found: Result<Summary, Vec<Difference>>) -> Difference {
    let mut found = found.expect_err("a difference should be found");
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

/// Exchanges two words.
fn exchanged(text: &str, one: &str, other: &str) -> String {
    text.replace(one, "\u{1}").replace(other, one).replace('\u{1}', other)
}

#[tokio::test]
async fn the_names_in_a_pack_are_those_that_its_leaves_bind_and_no_others() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        test.ward().await;
        let files = unzipped(&download(&test).await);
        let names = changed(&test, &files, str::to_owned).map(|summary| summary.names);
        let names = names.unwrap_or_else(|found| panic!("{engine:?}: {found:?}")).expect("a private part");
        let text = String::from_utf8(files[pack::IDENTITIES].clone()).expect("text");
        assert_eq!((names.told, names.erased, names.otherwise), (text.lines().count() as u64, 0, 0));
        let told = text.lines().find(|line| line.contains("\"100001\"")).expect("the nurse");
        let told = told.split_once("\"told\":").and_then(|(_, told)| Identity::read(told.strip_suffix('}')?));
        assert_eq!(told.map(|told| (told.family, told.given)), Some(("鈴木".into(), "一郎".into())));
        for (one, other) in [("100001", "100002"), ("鈴木", "髙橋")] {
            let found = only(changed(&test, &files, |text| exchanged(text, one, other)));
            assert_eq!((found.fault, found.count), (Fault::Identity, 2), "{engine:?}: {one}");
        }
    }
}

#[tokio::test]
async fn a_name_that_is_left_out_of_a_pack_without_an_erasure_is_missing() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        test.ward().await;
        let files = unzipped(&download(&test).await);
        let without = |text: &str| -> String {
            text.split_inclusive('\n').filter(|line| !line.contains("\"100001\"")).collect()
        };
        assert_eq!(only(changed(&test, &files, without)).fault, Fault::PrivateMissing, "{engine:?}");
    }
}

#[tokio::test]
async fn a_roster_with_a_name_that_was_exchanged_beside_the_log_is_told() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        test.ward().await;
        alone(&test.site.db, "UPDATE staff SET family = '髙橋' WHERE staff_no = '100001'").await;
        let files = unzipped(&download(&test).await);
        let names = changed(&test, &files, str::to_owned).map(|summary| summary.names);
        let names = names.unwrap_or_else(|found| panic!("{engine:?}: {found:?}")).expect("a private part");
        assert_eq!(names.otherwise, 1, "{engine:?}");
        let folder = unpacked(&files);
        let told = verify(&folder, &test.site.signer.vkey(), None);
        assert!(String::from_utf8_lossy(&told.stdout).contains("名簿の1行の氏名と職員番号は"), "{engine:?}");
        let mut command = Command::new("python3");
        command.arg(folder.join("verify.py")).arg(test.site.signer.vkey()).arg(&folder);
        let told = String::from_utf8_lossy(&command.output().expect("python").stdout).into_owned();
        assert!(told.contains("1 rows of the roster"), "{engine:?}: {told}");
    }
}

#[tokio::test]
async fn the_program_says_whether_names_were_checked() {
    let test = TestSite::new().await;
    test.ward().await;
    let mut files = unzipped(&download(&test).await);
    let (key, log) = (test.site.signer.key(), test.site.ledger.log_at(test.site.now()));
    let said = |files: &Files| {
        let told = verify(&unpacked(files), &test.site.signer.vkey(), None);
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        String::from_utf8_lossy(&told.stdout).into_owned()
    };
    let checked = said(&files);
    let line = |said: &str| said.lines().find(|line| line.contains("    V10 ")).expect("a line").to_owned();
    assert!(line(&checked).contains("OK  一致") && checked.contains("names that leaves bind"), "{checked}");
    // As a program made it that had no private part.
    files.remove(pack::IDENTITIES);
    pack::seal(&mut files, &log, "2026-10-01T00:00:00.000Z", key.verifying_key(), key).expect("sealed");
    let older = said(&files);
    assert!(line(&older).contains("not checked: this pack has no private part"), "{older}");
}
