//! Records that are older than what was signed: they are read, nothing is added to them, and whoever goes on says what is gone.

use std::path::Path;
use std::process::{Command, Output};

use http::StatusCode;
use kokoroe_app::paths;
use kokoroe_evidence::brought::{self, Brought};
use kokoroe_evidence::{Checkpoint, Fault, pack};
use kokoroe_server::audit::checkpoint::sign_closed;
use kokoroe_server::audit::{self, Sealed, live_check, recovery};
use kokoroe_server::db::Location;
use kokoroe_server::start;

use super::pack::{download, unzipped};
use super::tampering::copied;
use super::{auditor, finished, leaves};
use crate::support::solve::{self, Temper};
use crate::support::{Browser, TestSite};
use crate::training::{finish_modules, sign};

/// `kokoroe recover`, as somebody types it.
pub(super) fn recover(data: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kokoroe"));
    command.env_remove("KOKOROE_POSTGRES").arg("recover").arg("--data").arg(data).args(more);
    command.output().expect("the program runs")
}

/// A hospital that has stopped, put back to before the last things happened; the checkpoints outside stayed as they are.
struct Restored {
    test: TestSite,
    /// The newest checkpoint that was ever signed.
    newest: Checkpoint,
    note: String,
    /// How many leaves the records have now.
    found: i64,
}

impl Restored {
    async fn new() -> Self {
        Self::without(async |later| {
            let mut nurse = later.signed_in("100002").await;
            begin(later, &mut nurse).await;
        })
        .await
    }

    /// What happened last is gone.
    async fn without(last: impl AsyncFnOnce(&TestSite)) -> Self {
        let original = TestSite::new().await;
        finished(&original).await;
        audit::sign_now(&original.site).await.expect("signed");
        original.site.db.close().await;
        let later = copied(original.folder()).await;
        last(&later).await;
        let note = audit::sign_now(&later.site).await.expect("signed").expect("a checkpoint").note;
        later.site.db.close().await;
        for folder in std::fs::read_dir(later.folder().join("checkpoints")).expect("the copies") {
            let folder = folder.expect("a folder").path();
            let to = original.folder().join("checkpoints").join(folder.file_name().expect("a name"));
            for kept in std::fs::read_dir(&folder).expect("the copies") {
                let kept = kept.expect("a copy").path();
                std::fs::copy(&kept, to.join(kept.file_name().expect("a name"))).expect("copied");
            }
        }
        let test = copied(original.folder()).await;
        let newest = Checkpoint::read_unverified(note.as_bytes()).expect("a checkpoint");
        let found = leaves(&test).await;
        Self { test, newest, note, found }
    }
}

/// Begins a module and answers its first question; what the answer was met with.
async fn begin(test: &TestSite, browser: &mut Browser) -> StatusCode {
    let staff = test.staff("100002").await;
    let period = test.period(&staff).await;
    let module = test.site.content.catalogue.course.modules_of_everybody()[0].clone();
    let base = format!("/learn/{period}/{module}");
    let begun = browser.post(&base, &[]).await;
    if begun.status != StatusCode::SEE_OTHER {
        return begun.status;
    }
    let ask = solve::answer(&test.site, &staff, &period, &module, Temper::Best).await.expect("a question");
    let fields: Vec<(&str, &str)> =
        ask.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(&format!("{base}/{}", ask.turn), &fields).await.status
}

#[tokio::test]
async fn half_a_checkpoint_that_a_kill_left_behind_is_gone_after_the_next_start() {
    let test = TestSite::new().await;
    test.ward().await;
    audit::sign_now(&test.site).await.expect("signed");
    let log = test.site.ledger.log_at(test.site.now());
    let folder = test.folder().join("checkpoints").join(log.replace('/', "-"));
    std::fs::write(folder.join("59.part"), "kokoroe-").expect("written");
    let before = test.site.signer.copies().of(&log).expect("copies");
    let again = start::site(test.site.config.clone(), test.clock.clone()).await.expect("a site");
    assert!(!folder.join("59.part").exists());
    assert_eq!(again.signer.copies().of(&log).expect("copies"), before);
}

#[tokio::test]
async fn records_that_are_older_than_what_was_signed_are_read_and_nothing_is_added_to_them() {
    let Restored { test, newest, found, .. } = Restored::new().await;
    let signed = newest.size;
    assert_eq!(
        test.site.ledger.sealed(),
        Some(Sealed::Behind { log: newest.origin, signed, found: u64::try_from(found).expect("a size") })
    );
    let mut nurse = test.signed_in("100002").await;
    let home = nurse.get("/").await;
    assert_eq!(home.status, StatusCode::OK, "what is there can be read");
    assert_eq!(begin(&test, &mut nurse).await, StatusCode::SERVICE_UNAVAILABLE);
    let module = test.site.content.catalogue.course.modules_of_everybody()[0].clone();
    let period = test.period(&test.staff("100002").await).await;
    let refused = nurse.post(&format!("/learn/{period}/{module}"), &[]).await;
    assert!(refused.body.contains("いまは記録できません"), "{}", refused.body);
    kokoroe_server::jobs::hourly(&test.site).await;
    audit::sign_now(&test.site).await.expect_err("nothing is signed either");
    assert_eq!(leaves(&test).await, found);
    assert_eq!(nurse.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    let top = auditor(&test).await.get("/audit").await;
    assert!(top.body.contains(&format!("had {signed} leaves when it was signed and has only {found} now")));
}

#[tokio::test]
async fn a_recovery_closes_the_log_names_what_is_lost_and_goes_on_in_a_new_one() {
    let Restored { test, newest, note, found } = Restored::new().await;
    let lost = recovery::losses(&test.site, &[]).await.expect("a look");
    let [one] = lost.as_slice() else { panic!("{lost:?}") };
    assert_eq!((&one.log, one.signed, one.found), (&newest.origin, newest.size, found as u64));
    assert_eq!(one.signed_root, newest.root.to_base64());
    let log = recovery::recover(&test.site, lost).await.expect("recovered");
    assert_eq!(log, format!("{}.2", newest.origin));
    test.site.db.close().await;

    let test = copied(test.folder()).await;
    test.clock.advance(chrono::TimeDelta::minutes(1));
    assert_eq!(test.site.ledger.sealed(), None);
    sign_closed(&test.site).await.expect("closed");
    let mut nurse = test.signed_in("100002").await;
    assert_eq!(begin(&test, &mut nurse).await, StatusCode::SEE_OTHER, "answers are saved again");
    kokoroe_server::jobs::hourly(&test.site).await;
    assert_eq!(nurse.get("/readyz").await.status, StatusCode::OK);
    let check = live_check(&test.site).await.expect("a check");
    assert!(check.is_whole(), "{:?}", check.logs);
    let logs: Vec<&str> = check.logs.iter().map(|log| log.log.as_str()).collect();
    assert_eq!(logs, [newest.origin.as_str(), log.as_str()]);
    assert_eq!(check.logs[0].signed, check.logs[0].leaves, "the closed log is signed to its end");

    let mut browser = auditor(&test).await;
    let top = browser.get("/audit").await;
    let last = newest.size - 1;
    assert!(
        top.body.contains(&format!("署名された証跡番号{found}から{last}までは、失われています")),
        "{}",
        top.body
    );
    assert!(browser.get("/audit/log?log=2026.2").await.body.contains("epoch.recover"));
    let person = browser.get(&format!("/audit/people/{}", test.staff("100002").await)).await;
    assert!(person.body.contains("log=2026.2"), "what she did since stands in the new log");

    let key = test.site.signer.key().verifying_key();
    let old = unzipped(&download(&test).await);
    let summary = pack::verify(&old, key, &[]).expect("what is left is whole");
    assert_eq!(summary.leaves, found as u64);
    let found = pack::verify(&old, key, &[note.into_bytes()]).expect_err("an auditor holds more");
    assert_eq!(found[0].fault, Fault::CheckpointBeyond);
    let answer = browser.post("/audit/pack", &[("year", "2026.2")]).await;
    let summary = pack::verify(&unzipped(&answer.bytes), key, &[]).expect("whole as well");
    assert_eq!(summary.log, log);
}

/// Goes on in a new log, a minute later.
async fn recovered(test: TestSite) -> TestSite {
    let lost = recovery::losses(&test.site, &[]).await.expect("a look");
    recovery::recover(&test.site, lost).await.expect("recovered");
    test.site.db.close().await;
    let test = copied(test.folder()).await;
    test.clock.advance(chrono::TimeDelta::minutes(1));
    test
}

#[tokio::test]
async fn whoever_has_the_proof_of_a_completion_that_is_gone_has_it_recorded_again_once() {
    let mut proof = String::new();
    let Restored { test, .. } = Restored::without(async |later| {
        let staff = later.staff("100002").await;
        let period = later.period(&staff).await;
        let mut nurse = later.signed_in("100002").await;
        finish_modules(later, &mut nurse, &staff, &period).await;
        sign(later, &mut nurse, &period).await;
        audit::sign_now(&later.site).await.expect("signed");
        proof = nurse.get("/certificates/2026-SNS-000002/proof").await.body;
    })
    .await;
    let fields = [("proof", proof.as_str())];
    let mut nurse = test.signed_in("100002").await;
    assert!(!nurse.get("/").await.body.contains(paths::VERIFY_PROOF), "nothing is said to be lost yet");
    assert!(!nurse.get(paths::VERIFY_PROOF).await.body.contains(paths::RESTORE));
    let early = nurse.post(paths::RESTORE, &fields).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody has said that it is lost");

    let test = recovered(test).await;
    let mut nurse = test.signed_in("100002").await;
    assert!(nurse.get("/").await.body.contains("研修の記録の一部が失われました"));
    assert!(nurse.get(paths::VERIFY_PROOF).await.body.contains(paths::RESTORE));
    assert!(!test.browser().get(paths::VERIFY_PROOF).await.body.contains(paths::RESTORE));
    let before = leaves(&test).await;
    for (number, text, told) in [
        ("100001", proof.clone(), "いまサインインしている人の修了証として記録されたものではありません"),
        ("100001", kept(&test).await, "病院の記録に残っています"),
        ("100002", proof.replace("index ", "index 1"), "署名された記録の中に、この修了がありません"),
        ("100002", String::new(), "証明ファイルを選ぶか、中身を入れてください"),
    ] {
        let refused = test.signed_in(number).await.post(paths::RESTORE, &[("proof", &text)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
        assert!(refused.body.contains(told), "{told}: {}", refused.body);
    }
    assert_eq!(leaves(&test).await, before);

    let restored = nurse.upload(paths::RESTORE, &[], ("file", "mine.tlog-proof", proof.as_bytes())).await;
    assert_eq!(restored.status, StatusCode::SEE_OTHER, "{}", restored.body);
    let page = nurse.get(restored.location()).await;
    assert!(page.body.contains("修了証から戻した記録"), "{}", page.body);
    let after = leaves(&test).await;
    assert_eq!(after, before + 2, "the proof, and the completion");
    let twice = nurse.post(paths::RESTORE, &fields).await;
    assert_eq!((twice.location(), leaves(&test).await), (restored.location(), after));
    assert!(!nurse.get("/").await.body.contains("研修の記録の一部が失われました"), "she owes nothing");
    sign_closed(&test.site).await.expect("closed");
    kokoroe_server::jobs::hourly(&test.site).await;
    let check = live_check(&test.site).await.expect("a check");
    assert!(check.is_whole(), "{:?}", check.logs);
}

/// The proof of a completion that was not lost.
async fn kept(test: &TestSite) -> String {
    sign_closed(&test.site).await.expect("closed");
    let answer = test.signed_in("100001").await.get("/certificates/2026-SNS-000001/proof").await;
    assert_eq!(answer.status, StatusCode::OK);
    answer.body
}

#[tokio::test]
async fn what_an_auditor_was_mailed_names_a_loss_that_the_server_cannot_know() {
    let Restored { test, newest, note, .. } = Restored::new().await;
    // The whole machine was put back: the copies of the checkpoints are as old as the records.
    let folder = test.folder().join("checkpoints").join(newest.origin.replace('/', "-"));
    std::fs::remove_file(folder.join(format!("{}.note", newest.size))).expect("gone");
    test.site.db.close().await;
    let test =
        TestSite::open(test.folder().to_owned(), Location::File(test.folder().join("kokoroe.db"))).await;
    assert_eq!(test.site.ledger.sealed(), None, "nothing here tells of it");
    let mail = format!("監査者さま\n\n{note}\n保管してください。\n");
    let [Brought::Signed(signed)] = &*brought::read(mail.as_bytes()) else { panic!("a note") };
    let key = test.site.signer.key().verifying_key();
    let brought = [Checkpoint::open(signed, key).expect("ours")];
    let lost = recovery::losses(&test.site, &brought).await.expect("a look");
    assert_eq!(lost.iter().map(|lost| lost.signed).collect::<Vec<_>>(), [newest.size]);
}

#[tokio::test]
async fn recover_does_nothing_without_confirmation_and_nothing_where_nothing_is_lost() {
    let test = TestSite::new().await;
    test.ward().await;
    audit::sign_now(&test.site).await.expect("signed");
    test.site.db.close().await;
    let fine = recover(test.folder(), &["--confirm"]);
    assert!(fine.status.success(), "{}", String::from_utf8_lossy(&fine.stderr));
    assert!(String::from_utf8_lossy(&fine.stdout).contains("Nothing is lost"));
    std::fs::write(test.folder().join(recovery::COPIED), "2026-10-01T00:00:00Z\n").expect("a mark");
    let asked = recover(test.folder(), &[]);
    assert_eq!(asked.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&asked.stderr).contains("--confirm"));
    assert!(test.folder().join(recovery::COPIED).exists());
    let done = recover(test.folder(), &["--confirm"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(!test.folder().join(recovery::COPIED).exists());
}
