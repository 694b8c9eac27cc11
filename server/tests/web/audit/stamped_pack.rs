//! Time stamps in an evidence pack and in a backup: whoever takes them away can check them, by our program, by Python and by bash.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use kokoroe_evidence::pack as form;
use kokoroe_server::audit::pack;
use kokoroe_server::db::Engine;

use super::pack::{unpacked, unzipped};
use super::stamps::Stamped;
use crate::support::tsa::Tsa;
use crate::support::{engines, fresh_folder, kokoroe};

type Files = BTreeMap<String, Vec<u8>>;

/// The files of a pack with two stamped checkpoints and one that waits.
async fn packed(stamped: &Stamped) -> Files {
    stamped.grow().await;
    stamped.grow().await;
    assert_eq!(stamped.work().await, 2);
    let path = stamped.test.folder().join("made.zip");
    let file = fs::File::options().read(true).write(true).create_new(true).open(&path).expect("a file");
    pack::build(&stamped.site, None, "system", file).await.expect("a pack");
    unzipped(&fs::read(path).expect("a pack"))
}

/// The names of the time stamps among the files.
fn stamps(files: &Files) -> Vec<String> {
    files.keys().filter(|name| name.ends_with(".tsr")).cloned().collect()
}

/// Lists and signs the files again, as somebody with the key would, and puts them into a folder.
fn resealed(stamped: &Stamped, mut files: Files) -> PathBuf {
    let (key, log) = (stamped.site.signer.key(), stamped.site.ledger.log_at(stamped.site.now()));
    form::seal(&mut files, &log, "2026-10-01T00:00:00.000Z", key.verifying_key(), key).expect("sealed");
    unpacked(&files)
}

/// `kokoroe verify`, with the certificates that are trusted to vouch for an authority.
fn verify(stamped: &Stamped, folder: &Path, ca: Option<&Path>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kokoroe"));
    command.args(["verify", "--vkey", &stamped.site.signer.vkey()]).arg(folder);
    if let Some(ca) = ca {
        command.arg("--tsa-ca").arg(ca);
    }
    command.output().expect("the program runs")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&[&*output.stdout, &*output.stderr].concat()).into_owned()
}

#[tokio::test]
async fn a_checkpoint_is_stamped_and_whoever_has_the_authoritys_certificate_can_check_it() {
    for engine in engines() {
        let (tsa, stranger) = (Tsa::start().await, Tsa::start().await);
        let stamped = Stamped::by(&tsa, engine).await;
        let files = packed(&stamped).await;
        let key = stamped.site.signer.key().verifying_key();
        let summary = form::verify(&files, key, &[]).unwrap_or_else(|found| panic!("{engine:?}: {found:?}"));
        assert_eq!((stamps(&files).len(), summary.checkpoints), (2, 3), "{engine:?}");
        let said = summary.stamped.expect("stamps");
        assert_eq!((said.number, said.authority.as_deref()), (2, Some("Test Time Authority")), "{engine:?}");

        let folder = unpacked(&files);
        let whole = verify(&stamped, &folder, Some(&tsa.ca()));
        assert!(whole.status.success(), "{}", told(&whole));
        assert!(told(&whole).contains("lead to the certificates that you trust"), "{}", told(&whole));
        assert!(told(&whole).contains("署名も確かめました"), "{}", told(&whole));
        let unsure = verify(&stamped, &folder, None);
        assert!(unsure.status.success(), "{}", told(&unsure));
        assert!(told(&unsure).contains("WERE NOT CHECKED") && told(&unsure).contains("確かめていません"));
        let other = verify(&stamped, &folder, Some(&stranger.ca()));
        assert_eq!(other.status.code(), Some(1));
        assert!(told(&other).contains("does not lead to a certificate that you trust"), "{}", told(&other));
        let nothing = verify(&stamped, &folder, Some(&folder.join("leaves.ndjson")));
        assert_eq!(nothing.status.code(), Some(1), "{}", told(&nothing));
    }
}

#[tokio::test]
async fn where_there_is_no_openssl_it_says_that_signatures_were_not_checked() {
    let tsa = Tsa::start().await;
    let stamped = Stamped::by(&tsa, Engine::Sqlite).await;
    let folder = unpacked(&packed(&stamped).await);
    let mut command = Command::new(env!("CARGO_BIN_EXE_kokoroe"));
    command.args(["verify", "--vkey", &stamped.site.signer.vkey()]).arg(&folder);
    let output = command.arg("--tsa-ca").arg(tsa.ca()).env("PATH", &folder).output().expect("it runs");
    assert!(output.status.success(), "{}", told(&output));
    assert!(told(&output).contains("WERE NOT CHECKED: there is no openssl"), "{}", told(&output));
}

#[tokio::test]
async fn a_stamp_of_another_checkpoint_or_with_a_changed_byte_does_not_verify() {
    let tsa = Tsa::start().await;
    let stamped = Stamped::by(&tsa, Engine::Sqlite).await;
    let files = packed(&stamped).await;
    let names = stamps(&files);
    let refused = |changed: Files, words: &str| {
        let output = verify(&stamped, &resealed(&stamped, changed), Some(&tsa.ca()));
        let told = told(&output);
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(told.contains(words) && told.contains(&names[1]), "{told}");
    };
    assert!(verify(&stamped, &resealed(&stamped, files.clone()), Some(&tsa.ca())).status.success());
    let mut exchanged = files.clone();
    exchanged.insert(names[1].clone(), files[&names[0]].clone());
    refused(exchanged, "not of this checkpoint");
    // The last bytes are the signature; the time stands before them, where only the signature knows that it was another.
    let whole = &files[&names[1]];
    let time = stamped.stamps().await[1].at.format("%Y%m%d%H%M%SZ").to_string();
    let time = whole.windows(time.len()).position(|piece| piece == time.as_bytes()).expect("a time");
    for at in [whole.len() - 1, time + 13] {
        let mut changed = files.clone();
        changed.get_mut(&names[1]).expect("a stamp")[at] ^= 1;
        refused(changed, "does not lead to a certificate that you trust");
    }
    let mut rubbish = files.clone();
    rubbish.insert(names[1].clone(), b"<html>".to_vec());
    refused(rubbish, "this is not a time stamp");
}

#[tokio::test]
async fn the_scripts_in_a_pack_check_its_stamps_too() {
    let (tsa, stranger) = (Tsa::start().await, Tsa::start().await);
    let stamped = Stamped::by(&tsa, Engine::Sqlite).await;
    let files = packed(&stamped).await;
    let names = stamps(&files);
    let folder = unpacked(&files);
    let mut exchanged = files.clone();
    exchanged.insert(names[1].clone(), files[&names[0]].clone());
    let exchanged = resealed(&stamped, exchanged);
    for (program, script) in [("python3", "verify.py"), ("bash", "verify.sh")] {
        let run = |folder: &Path, ca: Option<&Path>| {
            let mut command = Command::new(program);
            command.arg(folder.join(script));
            if let Some(ca) = ca {
                command.arg("--tsa-ca").arg(ca);
            }
            let output = command.arg(stamped.site.signer.vkey()).arg(folder).output().expect("it runs");
            (output.status.success(), told(&output))
        };
        let (whole, words) = run(&folder, Some(&tsa.ca()));
        assert!(
            whole && words.contains("2 time stamps") && !words.contains("NOT CHECKED"),
            "{script}: {words}"
        );
        let (whole, words) = run(&folder, None);
        assert!(whole && words.contains("WERE NOT CHECKED"), "{script}: {words}");
        let (whole, words) = run(&folder, Some(&stranger.ca()));
        assert!(!whole && words.contains(&format!("{}: its signature", names[0])), "{script}: {words}");
        let (whole, words) = run(&exchanged, None);
        assert!(!whole && words.contains(&format!("{}: not a time stamp", names[1])), "{script}: {words}");
    }
}

#[tokio::test]
async fn a_backup_takes_the_stamps_along() {
    let tsa = Tsa::start().await;
    let stamped = Stamped::by(&tsa, Engine::Sqlite).await;
    stamped.grow().await;
    assert_eq!(stamped.work().await, 1);
    let out = fresh_folder().join("backup.zip");
    let made = kokoroe(stamped.test.folder(), &["backup", "--out", &out.display().to_string()]);
    assert!(made.status.success(), "{}", told(&made));
    let files = unzipped(&fs::read(&out).expect("a backup"));
    let [name] = &*stamps(&files) else { panic!("one stamp") };
    assert_eq!(files[name], tsa.replies()[0]);
    assert!(files.contains_key(&name.replace(".tsr", ".note")));
}
