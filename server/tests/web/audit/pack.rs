//! The evidence pack: made by the server, checked far from it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use http::StatusCode;
use http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use kokoroe_evidence::{Fault, pack};
use kokoroe_server::audit;
use kokoroe_server::audit::regrade::{Limits, regrade, regrade_within};

use super::{auditor, finished, leaves};
use crate::records::sign_under;
use crate::reports::hospital::move_to;
use crate::support::{TestSite, at, day, engines, fresh_folder};

/// The files of a zip.
pub(crate) fn unzipped(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    (0..zip.len())
        .map(|index| {
            let mut entry = zip.by_index(index).expect("an entry");
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("its bytes");
            (entry.name().expect("a name").to_string(), bytes)
        })
        .collect()
}

/// The same in a folder of their own.
pub(crate) fn unpacked(files: &BTreeMap<String, Vec<u8>>) -> PathBuf {
    let folder = fresh_folder();
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("written");
    }
    folder
}

/// The pack of the present year, as the auditor's browser gets it.
pub(crate) async fn download(test: &TestSite) -> Vec<u8> {
    let mut browser = auditor(test).await;
    let answer = browser.post("/audit/pack", &[("year", "2026")]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let header =
        |name| answer.headers.get(&name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    assert_eq!(header(CONTENT_TYPE), "application/zip");
    assert_eq!(header(CONTENT_LENGTH), answer.bytes.len().to_string());
    let name = format!("attachment; filename=\"evidence-{}-2026.zip\"", test.site.signer.series());
    assert_eq!(header(CONTENT_DISPOSITION), name);
    answer.bytes
}

/// `kokoroe verify`, as an auditor types it.
pub(super) fn verify(pack: &Path, vkey: &str, checkpoint: Option<&Path>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kokoroe"));
    command.args(["verify", "--vkey", vkey]).arg(pack);
    if let Some(checkpoint) = checkpoint {
        command.arg("--checkpoint").arg(checkpoint);
    }
    command.output().expect("the program runs")
}

#[tokio::test]
async fn a_pack_covers_its_own_making_and_verifies_on_both_engines() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        finished(&test).await;
        let before = leaves(&test).await;
        let files = unzipped(&download(&test).await);
        let key = test.site.signer.key().verifying_key();
        let summary = pack::verify(&files, key, &[])
            .unwrap_or_else(|differences| panic!("{engine:?}: {differences:?}"));
        assert_eq!(i64::try_from(summary.leaves), Ok(before + 1), "the order itself is a leaf, and covered");
        assert_eq!(summary.unproven_tables, ["tables/roster.csv"]);
        let rows = |file: &str| summary.rows.get(file).copied().unwrap_or(0);
        assert_eq!((rows("tables/completions.csv"), rows("tables/attestations.csv")), (1, 1));
        assert_eq!(rows("tables/periods.csv"), 7);
        assert!(rows("tables/answers.csv") > 30);
        let text = |name: &str| String::from_utf8(files[name].clone()).expect("text");
        assert!(text("leaves.ndjson").lines().last().expect("a leaf").contains("\"k\":\"export.made\""));
        let roster = text("tables/roster.csv");
        assert!(roster.contains("100001,鈴木 一郎,スズキ イチロウ,修了 completed"), "{roster}");
        assert!(roster.contains("𠮷田 恵"), "names survive: {roster}");
        for (name, bytes) in &files {
            let names_people = ["tables/roster.csv", pack::IDENTITIES].contains(&name.as_str());
            assert!(
                names_people || !String::from_utf8_lossy(bytes).contains("鈴木 一郎"),
                "{name} names somebody"
            );
        }
    }
}

#[tokio::test]
async fn the_program_verifies_a_pack_offline_and_names_the_place_of_a_changed_byte() {
    let test = TestSite::new().await;
    finished(&test).await;
    audit::sign_now(&test.site).await.expect("signed");
    let series = test.site.signer.series().to_owned();
    let copies = test.folder().join("checkpoints").join(format!("{series}-2026"));
    let kept = std::fs::read_dir(copies).expect("copies").next().expect("a copy").expect("a copy").path();
    let bytes = download(&test).await;
    let (pack, vkey) = (test.folder().join("pack.zip"), test.site.signer.vkey());
    std::fs::write(&pack, &bytes).expect("written");
    let whole = verify(&pack, &vkey, Some(&kept));
    let said = String::from_utf8_lossy(&whole.stdout).into_owned();
    assert!(whole.status.success(), "{}", String::from_utf8_lossy(&whole.stderr));
    assert!(said.contains("OK  ") && said.contains("一致しました"), "{said}");

    let folder = unpacked(&unzipped(&bytes));
    assert!(verify(&folder, &vkey, None).status.success(), "the unpacked folder verifies as well");
    let table = folder.join("tables/completions.csv");
    let text =
        std::fs::read_to_string(&table).expect("a table").replace("2026-SNS-000001", "2026-SNS-000009");
    std::fs::write(&table, text).expect("written");
    let altered = verify(&folder, &vkey, None);
    let told = String::from_utf8_lossy(&altered.stderr).into_owned();
    assert_eq!(altered.status.code(), Some(1));
    assert!(
        told.contains("tables/completions.csv, line 2") && told.contains("tables/completions.csv 2行目"),
        "{told}"
    );

    let other = kokoroe_evidence::SigningKey::from_seed(&series, &[7; 32]).expect("a key");
    let foreign = verify(&pack, &other.verifying_key().to_string(), None);
    assert_eq!(foreign.status.code(), Some(1), "another key is not trusted");
    let nothing = verify(&test.folder().join("absent.zip"), &vkey, None);
    assert_eq!(nothing.status.code(), Some(1));
}

#[tokio::test]
async fn every_answer_is_judged_anew_from_the_content_that_was_shown() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        finished(&test).await;
        let bytes = download(&test).await;
        let mut files = unzipped(&bytes);
        let told = regrade(&files).unwrap_or_else(|differences| panic!("{engine:?}: {differences:?}"));
        assert!(told.attempts > 3 && told.answers > 30 && told.elsewhere == 0, "{told:?}");
        let few = regrade_within(&files, Limits { under_way: 1, known: 2 });
        assert_eq!(few, Ok(told), "a long log is read several times, and nothing is judged otherwise");
        let pack = test.folder().join("pack.zip");
        std::fs::write(&pack, &bytes).expect("written");
        let mut command = Command::new(env!("CARGO_BIN_EXE_kokoroe"));
        command.args(["verify", "--grades", "--vkey", &test.site.signer.vkey()]).arg(&pack);
        let said = command.output().expect("the program runs");
        let words = String::from_utf8_lossy(&said.stdout).into_owned();
        assert!(said.status.success() && words.contains(&format!("{} answers of", told.answers)), "{words}");

        // Somebody with the key writes the log anew, with one answer a little better or worse than it was.
        let text = String::from_utf8(files["leaves.ndjson"].clone()).expect("text");
        let altered = text.replacen("\"points\":3", "\"points\":2", 1);
        assert_ne!(altered, text);
        let place = altered.lines().zip(text.lines()).position(|(one, other)| one != other).expect("a line");
        files.insert("leaves.ndjson".to_owned(), altered.into_bytes());
        let found = regrade(&files).expect_err("it is noticed");
        assert_eq!(regrade_within(&files, Limits { under_way: 1, known: 2 }), Err(found.clone()));
        assert_eq!((found[0].fault, found[0].leaf), (Fault::Grade, Some(place as u64)), "{found:?}");
    }
}

#[tokio::test]
async fn the_pack_of_a_year_that_is_over_holds_the_roster_with_which_it_ended() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let (ward, _) = finished(&test).await;
        let late = test.period(&ward.other_nurse).await;
        test.clock.set(at("2027-05-10T03:00:00Z"));
        let (hash, _) = test.site.content.policy();
        sign_under(&test, &ward.other_nurse, &late, hash, "ja").await;
        move_to(&test, &ward.nurse, &ward.fourth, day("2027-04-01")).await;
        let files = unzipped(&download(&test).await);
        let key = test.site.signer.key().verifying_key();
        pack::verify(&files, key, &[]).unwrap_or_else(|differences| panic!("{engine:?}: {differences:?}"));
        let text = |name: &str| String::from_utf8(files[name].clone()).expect("text");
        let roster = text("tables/roster.csv");
        let line =
            |number: &str| roster.lines().find(|line| line.contains(number)).expect("a line").to_owned();
        assert!(line("100001").contains("03,3病棟,"), "the ward of that day: {roster}");
        let other = line("100002");
        assert!(other.contains("期限超過 overdue") && !other.contains("2027-05-10"), "{other}");
        for (readme, words) in [("README.ja.txt", "名簿の時点"), ("README.en.txt", "Roster as of (UTC)")]
        {
            let line = text(readme).lines().find(|line| line.contains(words)).expect("told").to_owned();
            assert!(line.ends_with("2027-03-31T14:59:59.999Z"), "{readme}: {line}");
        }
    }
}

#[tokio::test]
async fn the_pack_of_the_present_year_holds_the_roster_of_now() {
    let test = TestSite::new().await;
    finished(&test).await;
    let files = unzipped(&download(&test).await);
    let readme = String::from_utf8_lossy(&files["README.en.txt"]).into_owned();
    assert!(readme.contains("Roster as of (UTC)  2026-10-01T00:00:00.000Z"), "{readme}");
}

#[tokio::test]
async fn a_year_without_a_log_has_no_pack() {
    let test = TestSite::new().await;
    test.ward().await;
    let mut browser = auditor(&test).await;
    for year in ["1999", "x", "-1", "99999999999999999999"] {
        let answer = browser.post("/audit/pack", &[("year", year)]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{year}");
    }
    let left = std::fs::read_dir(test.folder()).expect("the folder").filter_map(Result::ok);
    let parts = left.filter(|entry| entry.file_name().to_string_lossy().ends_with(".part")).count();
    assert_eq!(parts, 0, "no half-made pack is left behind");
}

#[tokio::test]
async fn the_scripts_in_a_pack_need_no_kokoroe_and_find_what_was_altered() {
    let test = TestSite::new().await;
    test.ward().await;
    let note = audit::sign_now(&test.site).await.expect("signed").expect("a checkpoint").note;
    let files = unzipped(&download(&test).await);
    let folder = unpacked(&files);
    let vkey = test.site.signer.vkey();
    let run = |program: &str, script: &str, more: &[&str]| {
        let mut command = Command::new(program);
        command.arg(folder.join(script)).arg(&vkey).arg(&folder).args(more);
        let output = command.output().unwrap_or_else(|error| panic!("{program}: {error}"));
        let told = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&told).into_owned())
    };
    let signed = kokoroe_evidence::Checkpoint::read_unverified(note.as_bytes()).expect("a checkpoint");
    let paper = format!("{} {} {}", signed.origin, signed.size, &signed.root.to_string()[..32]);
    for (program, script, more) in [
        ("python3", "verify.py", vec![]),
        ("bash", "verify.sh", vec![]),
        ("bash", "verify.sh", vec![paper.as_str()]),
    ] {
        let (whole, told) = run(program, script, &more);
        assert!(whole && told.contains("OK "), "{script} {more:?}: {told}");
    }
    let (whole, told) =
        run("bash", "verify.sh", &[&format!("{} {} {}", signed.origin, signed.size, "0".repeat(32))]);
    assert!(!whole && told.contains("not those that were signed"), "{told}");

    let leaves = String::from_utf8(files["leaves.ndjson"].clone()).expect("text");
    let altered = leaves.replacen("\"actor\":\"system\"", "\"actor\":\"nobody\"", 1);
    assert_ne!(altered, leaves);
    std::fs::write(folder.join("leaves.ndjson"), altered).expect("written");
    for (program, script) in [("python3", "verify.py"), ("bash", "verify.sh")] {
        let (whole, told) = run(program, script, &[]);
        assert!(
            !whole && told.contains("not those that were signed") && told.contains("NOT WHOLE"),
            "{script}: {told}"
        );
    }
}
