//! The key that signs is changed, lost or stolen, and whoever trusts the first one still follows.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use http::StatusCode;
use kokoroe_evidence::{Checkpoint, Fault, VerifyingKey, certificate, pack};
use kokoroe_server::audit::rotation::{Why, rotate};
use kokoroe_server::audit::signer::{KEY, NEXT};
use kokoroe_server::audit::{self, CheckpointError, live_check};
use kokoroe_server::db::Location;
use kokoroe_server::start;

use super::pack::{unpacked, unzipped};
use super::tampering::copied;
use super::{auditor, finished, leaves};
use crate::support::{TestSite, at, engines, kokoroe};

/// The pack of a log, as the auditor's browser gets it.
async fn pack_of(test: &TestSite, year: &str) -> BTreeMap<String, Vec<u8>> {
    let answer = auditor(test).await.post("/audit/pack", &[("year", year)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    unzipped(&answer.bytes)
}

/// The same site, opened again.
async fn again(test: &TestSite) -> TestSite {
    test.site.db.close().await;
    let now = test.site.now();
    let test = TestSite::open(test.folder().to_owned(), test.site.config.location.clone()).await;
    test.clock.set(now + chrono::TimeDelta::minutes(1));
    test
}

/// What both scripts of a pack say of it.
fn scripts(files: &BTreeMap<String, Vec<u8>>, vkey: &str) -> Vec<(bool, String)> {
    let folder = unpacked(files);
    let run = |(program, script): (&str, &str)| {
        let output = Command::new(program).arg(folder.join(script)).arg(vkey).arg(&folder).output();
        let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
        let told = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&told).into_owned())
    };
    [("python3", "verify.py"), ("bash", "verify.sh")].map(run).into()
}

#[tokio::test]
async fn whoever_trusts_the_first_key_follows_a_change_by_the_log_alone() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        test.ward().await;
        let first = test.site.signer.key().verifying_key().clone();
        let changed = rotate(&test.site, Why::Routine, &[]).await.expect("changed");
        assert_ne!(changed.vkey, first.to_string());
        let test = again(&test).await;
        assert_eq!(test.site.signer.vkey(), changed.vkey);
        assert!(!test.folder().join(NEXT).exists());
        let note = std::fs::read(
            test.folder()
                .join("checkpoints")
                .join(changed.log.replace('/', "-"))
                .join(format!("{}.note", changed.leaf + 1)),
        )
        .expect("the checkpoint that ends with the change");
        for vkey in [first.to_string(), changed.vkey.clone()] {
            Checkpoint::open(&note, &VerifyingKey::parse(&vkey).expect("a key")).expect("signed by both");
        }

        kokoroe_server::jobs::hourly(&test.site).await;
        let files = pack_of(&test, "2026").await;
        let summary =
            pack::verify(&files, &first, &[]).unwrap_or_else(|wrong| panic!("{engine:?}: {wrong:?}"));
        assert_eq!((summary.signed_by.to_string(), summary.stolen), (changed.vkey.clone(), vec![]));
        let told =
            pack::verify(&files, test.site.signer.key().verifying_key(), &[]).expect_err("not the first key");
        assert!(told.iter().any(|difference| difference.fault == Fault::KeyFile), "{told:?}");
        for (whole, told) in scripts(&files, &first.to_string()) {
            assert!(whole && told.contains("OK "), "{told}");
        }
        let check = live_check(&test.site).await.expect("a check");
        assert!(check.is_whole(), "{:?}", check.logs);
        let top = auditor(&test).await.get("/audit").await;
        assert!(
            top.body.contains("これまでの検証鍵") && top.body.contains(&first.to_string()),
            "{}",
            top.body
        );
        assert!(
            top.body.contains(&format!("--vkey &quot;{first}&quot;"))
                || top.body.contains(&format!("--vkey \"{first}\""))
        );
    }
}

#[tokio::test]
async fn a_certificate_that_was_printed_before_a_change_of_the_key_is_still_proven() {
    let test = TestSite::new().await;
    finished(&test).await;
    audit::sign_now(&test.site).await.expect("signed");
    let mut nurse = test.signed_in("100001").await;
    let text = nurse.get("/certificates/2026-SNS-000001/proof").await.body;
    let first = test.site.signer.keys().clone();
    rotate(&test.site, Why::Routine, &[]).await.expect("changed");
    let test = again(&test).await;
    let mut stranger = test.browser();
    let page = stranger.post("/verify/proof", &[("proof", &text)]).await;
    assert!(page.body.contains("この修了は、病院が署名した記録にあります"), "{}", page.body);
    // And by whoever still has the first key, or the new one for what is printed now.
    certificate::check(&text, &first).expect("proven");
    let mut nurse = test.signed_in("100001").await;
    let now = nurse.get("/certificates/2026-SNS-000001/proof").await.body;
    assert_ne!(now, text);
    certificate::check(&now, test.site.signer.keys()).expect("proven");
}

#[tokio::test]
async fn the_pack_of_a_year_before_the_change_leads_from_its_key_to_the_one_that_signs_it() {
    let test = TestSite::new().await;
    finished(&test).await;
    let first = test.site.signer.key().verifying_key().clone();
    test.clock.set(at("2027-05-10T03:00:00Z"));
    rotate(&test.site, Why::Routine, &[]).await.expect("changed");
    let second = again(&test).await;
    rotate(&second.site, Why::Stolen, &[]).await.expect("changed");
    let test = again(&second).await;
    let mut files = pack_of(&test, "2026").await;
    let summary = pack::verify(&files, &first, &[]).expect("whole");
    assert_eq!(summary.signed_by.to_string(), test.site.signer.vkey());
    assert!(files.contains_key("keys/1.note") && files.contains_key("keys/2.note"));
    for (whole, told) in scripts(&files, &first.to_string()) {
        assert!(whole, "{told}");
    }
    let next = pack::verify(&pack_of(&test, "2027").await, &first, &[]).expect("whole as well");
    assert_eq!(next.stolen.len(), 1, "a stolen key is told to whoever verifies");
    // Without the note nothing leads to the new key.
    files.remove("keys/2.note");
    assert!(pack::verify(&files, &first, &[]).is_err());
    for (whole, told) in scripts(&files, &first.to_string()) {
        assert!(!whole && told.contains("manifest.note"), "{told}");
    }
}

#[tokio::test]
async fn what_auditors_hold_is_compared_before_a_stolen_key_is_changed() {
    let test = TestSite::new().await;
    test.ward().await;
    let note = audit::sign_now(&test.site).await.expect("signed").expect("a checkpoint").note;
    let held = test.site.signer.keys().open(note.as_bytes()).expect("ours");
    let before = leaves(&test).await;
    let other = Checkpoint { root: kokoroe_evidence::Hash::of(b"another history"), ..held.clone() };
    let refused = rotate(&test.site, Why::Stolen, &[other]).await;
    assert!(matches!(refused, Err(CheckpointError::Disagrees { .. })), "{refused:?}");
    assert_eq!(leaves(&test).await, before);
    assert!(!test.folder().join(NEXT).exists());
    rotate(&test.site, Why::Stolen, std::slice::from_ref(&held)).await.expect("changed");
    let test = again(&test).await;
    let top = auditor(&test).await.get("/audit").await;
    assert!(top.body.contains("この鍵は、ほかの人に渡ったおそれがあります"), "{}", top.body);
}

#[tokio::test]
async fn a_change_of_the_key_that_was_interrupted_is_ended_by_the_next_start() {
    let test = TestSite::new().await;
    test.ward().await;
    let seed = |folder: &Path| std::fs::read(folder.join(KEY)).expect("a key");
    let first = test.site.signer.vkey();
    let old = seed(test.folder());
    // Before the leaf: nothing was handed over.
    std::fs::write(test.folder().join(NEXT), [9; 32]).expect("a key that waits");
    let test = again(&test).await;
    assert_eq!(test.site.signer.vkey(), first);
    assert!(!test.folder().join(NEXT).exists());
    // After the leaf, before its checkpoint.
    let changed = rotate(&test.site, Why::Routine, &[]).await.expect("changed");
    let copy: PathBuf = test
        .folder()
        .join("checkpoints")
        .join(changed.log.replace('/', "-"))
        .join(format!("{}.note", changed.leaf + 1));
    let note = std::fs::read(&copy).expect("a checkpoint");
    let new = seed(test.folder());
    test.site.db.close().await;
    std::fs::remove_file(&copy).expect("not kept yet");
    std::fs::write(test.folder().join(KEY), &old).expect("the old key");
    std::fs::write(test.folder().join(NEXT), &new).expect("the new one waits");
    let test = again(&test).await;
    assert_eq!(test.site.signer.vkey(), changed.vkey);
    assert_eq!((std::fs::read(&copy).expect("kept"), seed(test.folder())), (note, new));
    assert!(live_check(&test.site).await.expect("a check").is_whole());
}

#[tokio::test]
async fn a_lost_key_ends_its_log_and_another_begins_with_a_new_one() {
    let test = TestSite::new().await;
    finished(&test).await;
    audit::sign_now(&test.site).await.expect("signed");
    let first = test.site.signer.key().verifying_key().clone();
    let there = kokoroe(test.folder(), &["recover", "--new-key", "--confirm"]);
    assert!(!there.status.success(), "the server is using the folder, and the key is there");
    // What comes after the last checkpoint will never be signed.
    test.signed_in("100002").await.post("/settings", &[("lang", "en")]).await;
    test.site.db.close().await;
    std::fs::remove_file(test.folder().join(KEY)).expect("lost");
    let asked = kokoroe(test.folder(), &["recover", "--new-key"]);
    assert_eq!(asked.status.code(), Some(1), "{}", String::from_utf8_lossy(&asked.stderr));
    let done = kokoroe(test.folder(), &["recover", "--new-key", "--confirm"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    let location = Location::File(test.folder().join("kokoroe.db"));
    let test = TestSite::open(test.folder().to_owned(), location).await;
    test.clock.set(kokoroe_server::clock::Clock::system().now());
    assert!(
        said.contains(&test.site.signer.vkey()) && test.site.signer.vkey() != first.to_string(),
        "{said}"
    );
    assert_eq!(test.site.ledger.sealed(), None);
    kokoroe_server::jobs::hourly(&test.site).await;
    let check = live_check(&test.site).await.expect("a check");
    assert!(check.is_whole(), "{:?}", check.logs);

    let old = pack_of(&test, "2026").await;
    let told =
        pack::verify(&old, &first, &[]).expect_err("the pack is signed by a key that nothing leads to");
    assert_eq!(
        told.iter().map(|difference| difference.fault).collect::<Vec<_>>(),
        [Fault::ManifestSignature]
    );
    let new = test.site.signer.key().verifying_key().clone();
    pack::verify_with(&old, &first, std::slice::from_ref(&new), &[]).expect("whole by both keys");
    for (whole, told) in scripts(&old, &format!("{first},{new}")) {
        assert!(whole, "{told}");
    }
    pack::verify(&pack_of(&test, "2026.2").await, &new, &[]).expect("whole by the new key");
}

#[tokio::test]
async fn the_key_is_changed_by_a_command_that_says_what_to_do_with_it() {
    let test = TestSite::new().await;
    test.ward().await;
    let first = test.site.signer.vkey();
    test.site.db.close().await;
    let asked = kokoroe(test.folder(), &["rotate-key"]);
    assert_eq!(asked.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&asked.stdout).contains(&first));
    let done = kokoroe(test.folder(), &["rotate-key", "--stolen", "--confirm"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(said.contains("No checkpoint of the auditors was brought"), "{said}");
    let test = copied(test.folder()).await;
    assert!(said.contains(&format!("vkey: {}", test.site.signer.vkey())), "{said}");
    assert_ne!(test.site.signer.vkey(), first);
    // The old key is not taken back.
    assert!(start::site(test.site.config.clone(), test.site.clock.clone()).await.is_ok());
}
