//! A pack of one person's records, or of a department's: nothing of anybody else, and what it holds is proved.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use http::StatusCode;
use kokoroe_evidence::pack::{self, Manifest, Names, Part, PartOf, PartSummary};
use kokoroe_evidence::{Checkpoint, Difference, Fault, Hash};
use kokoroe_server::audit::regrade::regrade;
use kokoroe_server::audit::{self, store};
use kokoroe_server::id::StaffId;

use super::pack::{unpacked, unzipped, verify};
use super::{auditor, finished};
use crate::support::people::Ward;
use crate::support::{TestSite, engines, kokoroe};
use crate::training::finish_modules;

type Files = BTreeMap<String, Vec<u8>>;

/// Two nurses of one ward have learned something; one of them has finished.
async fn hospital(test: &TestSite) -> Ward {
    let (ward, _) = finished(test).await;
    let period = test.period(&ward.other_nurse).await;
    let mut browser = test.signed_in("100002").await;
    finish_modules(test, &mut browser, &ward.other_nurse, &period).await;
    ward
}

async fn download(test: &TestSite, field: &str, value: &str) -> Vec<u8> {
    let mut browser = auditor(test).await;
    let answer = browser.post("/audit/pack", &[("year", "2026"), (field, value)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.bytes
}

fn checked(test: &TestSite, files: &Files) -> Result<PartSummary, Vec<Difference>> {
    pack::verify_part(files, test.site.signer.key().verifying_key(), &[], &[])
}

/// Lists the files anew and signs the list, as somebody with the key would.
fn resealed(test: &TestSite, mut files: Files, part: PartOf, change: impl Fn(&mut Files)) -> Files {
    let manifest = Manifest::parse(&files[pack::MANIFEST]).expect("a list");
    let [encoded, note] = [pack::MANIFEST, pack::MANIFEST_NOTE].map(|name| files.remove(name));
    assert!(encoded.is_some() && note.is_some());
    change(&mut files);
    let lines = |name: &str| files[name].iter().filter(|byte| **byte == b'\n').count() as u64;
    let size = manifest.part.expect("a part").size;
    let mut counts = manifest.counts;
    counts.leaves = lines(pack::PART_LEAVES);
    counts.completions = lines("tables/completions.csv") - 1;
    let listed = files.iter().map(|(name, bytes)| (name.clone(), Hash::of(bytes))).collect();
    let manifest = Manifest { part: Some(Part { of: part, size }), counts, files: listed, ..manifest };
    let encoded = manifest.encode().expect("a list");
    let note = manifest.sign(&encoded, test.site.signer.key()).expect("signed");
    files.insert(pack::MANIFEST.to_owned(), encoded);
    files.insert(pack::MANIFEST_NOTE.to_owned(), note.into_bytes());
    files
}

fn edit(files: &mut Files, name: &str, edit: impl Fn(&str) -> String) {
    let text = String::from_utf8(files[name].clone()).expect("text");
    let edited = edit(&text);
    assert_ne!(edited, text, "{name}");
    files.insert(name.to_owned(), edited.into_bytes());
}

fn kinds(found: Result<PartSummary, Vec<Difference>>) -> Vec<Fault> {
    found.expect_err("a difference should be found").iter().map(|difference| difference.fault).collect()
}

/// Every word of a file: ids, numbers and names stand between marks that no word has.
fn words(bytes: &[u8]) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    text.split(|c: char| !(c.is_alphanumeric() || c == '-')).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_part_of_one_person_proves_its_records_and_holds_nobody_else() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = hospital(&test).await;
        let files = unzipped(&download(&test, "person", ward.nurse.as_str()).await);
        let summary = checked(&test, &files).unwrap_or_else(|found| panic!("{engine:?}: {found:?}"));
        assert_eq!((summary.of, summary.people), (PartOf::Person, 1));
        let rows = |file: &str| summary.rows.get(file).copied().unwrap_or(0);
        assert_eq!((rows("tables/periods.csv"), rows("tables/completions.csv")), (1, 1));
        assert_eq!(rows("tables/attestations.csv"), 1);
        assert!(rows("tables/answers.csv") > 15 && summary.contents > 2, "{summary:?}");
        assert_eq!(
            summary.leaves,
            1 + summary.rows.values().sum::<u64>(),
            "the first leaf, and one for each row"
        );
        let judged = regrade(&files).expect("judged anew");
        assert_eq!((judged.answers, judged.elsewhere), (rows("tables/answers.csv"), 0));

        let others =
            [&ward.other_nurse, &ward.fourth_nurse, &ward.manager, &ward.fourth_manager, &ward.office];
        let mut strange: Vec<String> = others.map(ToString::to_string).to_vec();
        strange.push(test.staff("100030").await.to_string());
        strange.extend(["100002", "100003", "100010", "100011", "100020", "100030"].map(str::to_owned));
        for (name, bytes) in &files {
            let words = words(bytes);
            for word in &strange {
                assert!(!words.contains(word), "{engine:?}: {name} holds {word}");
            }
            let text = String::from_utf8_lossy(bytes);
            for who in ["髙橋 花子", "𠮷田 恵", "阿部 洋子", "渡邊 学", "加藤 凛"] {
                assert!(!text.contains(who), "{engine:?}: {name} names {who}");
            }
        }
        let roster = String::from_utf8_lossy(&files["tables/roster.csv"]).into_owned();
        assert!(roster.contains("100001,鈴木 一郎"), "{roster}");
        assert_eq!(summary.names, Some(Names { told: 1, erased: 0, otherwise: 0 }), "{engine:?}");
        assert!(pack::verify(&files, test.site.signer.key().verifying_key(), &[]).is_err(), "it is no whole");

        // That it was made is a leaf that says of whom, and is in no part.
        let mut conn = test.site.db.read().await.expect("a connection");
        let head = store::heads(&mut conn).await.expect("heads").pop().expect("a log");
        let last = store::leaves(&mut conn, &head.log_id, head.size - 1, head.size).await.expect("a leaf");
        let body = String::from_utf8(last[0].body.clone()).expect("text");
        assert!(body.contains("\"k\":\"export.made\"") && body.contains("\"of\":\"person\""), "{body}");
        assert!(body.contains("evidence_part") && body.contains(ward.nurse.as_str()), "{body}");
    }
}

#[tokio::test]
async fn whatever_is_altered_in_a_part_is_found_even_if_it_is_signed_again() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = hospital(&test).await;
        let files = unzipped(&download(&test, "person", ward.nurse.as_str()).await);
        let mut unsigned = files.clone();
        edit(&mut unsigned, pack::PART_LEAVES, |text| text.replacen("\"points\":3", "\"points\":2", 1));
        let found = kinds(checked(&test, &unsigned));
        assert!(found.contains(&Fault::FileHash) && found.contains(&Fault::ProofLeaf), "{found:?}");

        let again = |change: &dyn Fn(&mut Files)| {
            kinds(checked(&test, &resealed(&test, files.clone(), PartOf::Person, change)))
        };
        let answer = again(&|files| {
            edit(files, pack::PART_LEAVES, |text| text.replacen("\"points\":3", "\"points\":2", 1));
        });
        assert_eq!(answer, [Fault::ProofLeaf, Fault::RowContent], "a changed answer");
        let row = again(&|files| {
            edit(files, "tables/completions.csv", |text| text.split_inclusive('\n').take(1).collect());
        });
        assert_eq!(row, [Fault::RowMissing], "a dropped completion");
        let proof = again(&|files| {
            edit(files, pack::PROOFS, |text| {
                let mut proofs: Vec<&str> = text.split_inclusive("c2sp.org/tlog-proof@v1\n").collect();
                proofs.swap(3, 4);
                proofs.concat()
            });
        });
        assert!(proof.contains(&Fault::ProofLeaf), "swapped proofs: {proof:?}");

        let both = unzipped(&download(&test, "department", "03").await);
        checked(&test, &both).unwrap_or_else(|found| panic!("{engine:?}: {found:?}"));
        let one = |text: &str| {
            text.lines().find(|line| line.starts_with(ward.nurse.as_str())).expect("a line").to_owned() + "\n"
        };
        let slipped = resealed(&test, both, PartOf::Person, |files| edit(files, pack::PEOPLE, one));
        assert_eq!(kinds(checked(&test, &slipped)), [Fault::Foreign], "leaves of somebody else");
    }
}

#[tokio::test]
async fn a_part_of_a_department_is_of_its_people_and_of_those_below() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = hospital(&test).await;
        let people = |files: &Files| -> BTreeSet<StaffId> {
            let text = String::from_utf8_lossy(&files[pack::PEOPLE]).into_owned();
            text.lines().filter_map(|line| StaffId::parse(line.split(' ').next()?)).collect()
        };
        let third = unzipped(&download(&test, "department", "03").await);
        let summary = checked(&test, &third).unwrap_or_else(|found| panic!("{engine:?}: {found:?}"));
        assert_eq!((summary.of, summary.people), (PartOf::Department, 3));
        assert_eq!(
            people(&third),
            [&ward.nurse, &ward.other_nurse, &ward.manager].into_iter().cloned().collect()
        );
        assert_eq!(summary.rows.get("tables/periods.csv"), Some(&3));
        let roster = String::from_utf8_lossy(&third["tables/roster.csv"]).into_owned();
        assert!(roster.contains("髙橋 花子") && !roster.contains("𠮷田 恵"), "{roster}");
        let top = unzipped(&download(&test, "department", "00").await);
        let summary = checked(&test, &top).unwrap_or_else(|found| panic!("{engine:?}: {found:?}"));
        assert_eq!(summary.people, 7, "everybody is below the top");
        let mut browser = auditor(&test).await;
        for (field, value) in
            [("department", "99"), ("person", "x"), ("person", "01a00000-0000-7000-8000-000000000042")]
        {
            let answer = browser.post("/audit/pack", &[("year", "2026"), (field, value)]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{field} {value}");
        }
    }
}

#[tokio::test]
async fn the_program_and_the_scripts_check_a_part_and_say_what_only_the_whole_can_show() {
    let test = TestSite::new().await;
    let ward = hospital(&test).await;
    let out = test.folder().join("part.zip");
    let made = kokoroe(
        test.folder(),
        &["export", "--fy", "2026", "--person", "100001", "--out", &out.to_string_lossy()],
    );
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let nobody = kokoroe(test.folder(), &["export", "--person", "999999", "--out", &out.to_string_lossy()]);
    assert_eq!(nobody.status.code(), Some(1));
    let vkey = test.site.signer.vkey();
    let told = verify(&out, &vkey, None);
    let said = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    assert!(said.contains("OK, A PART") && said.contains("この証跡パックは一部です"), "{said}");
    for number in ["V2", "V8"] {
        let line = said.lines().find(|line| line.contains(&format!("    {number} "))).expect("a line");
        assert!(line.contains("not checked: this pack is a part"), "{line}");
    }
    for number in ["V0", "V1", "V3", "V5", "V6"] {
        let line = said.lines().find(|line| line.contains(&format!("    {number} "))).expect("a line");
        assert!(line.contains("OK  一致"), "{line}");
    }

    let files = unzipped(&std::fs::read(&out).expect("a part"));
    let folder = unpacked(&files);
    let run = |program: &str, script: &str| {
        let mut command = Command::new(program);
        command.arg(folder.join(script)).arg(&vkey).arg(&folder);
        let output = command.output().unwrap_or_else(|error| panic!("{program}: {error}"));
        let told = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&told).into_owned())
    };
    for (program, script) in [("python3", "verify.py"), ("bash", "verify.sh")] {
        let (right, told) = run(program, script);
        assert!(right && told.contains("OK, A PART") && told.contains("一部として"), "{script}: {told}");
    }
    let leaves = String::from_utf8(files[pack::PART_LEAVES].clone()).expect("text");
    let last = leaves.lines().last().expect("a leaf");
    let fewer = leaves.replacen(&format!("{last}\n"), "", 1);
    let own = leaves.lines().find(|line| line.contains("attest.sign")).expect("a signature");
    let period = test.period(&ward.nurse).await;
    let others = own.replace(ward.nurse.as_str(), ward.other_nurse.as_str()).replace(period.as_str(), "x");
    let other = leaves.replacen(own, &others, 1);
    for (altered, words) in [
        (leaves.replacen("\"points\":3", "\"points\":2", 1), "not the one of that number"),
        (fewer, "proofs"),
        (other, "nobody in people.txt"),
    ] {
        assert_ne!(altered, leaves);
        std::fs::write(folder.join(pack::PART_LEAVES), altered).expect("written");
        for (program, script) in [("python3", "verify.py"), ("bash", "verify.sh")] {
            let (right, told) = run(program, script);
            assert!(
                !right && told.contains(words) && told.contains("NOT WHOLE"),
                "{script}, {words}: {told}"
            );
        }
    }
}

#[tokio::test]
async fn a_checkpoint_that_was_kept_before_a_part_was_made_is_compared_with_it() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let signed = || async {
            let row = audit::sign_now(&test.site).await.expect("signed").expect("a checkpoint");
            Checkpoint::read_unverified(row.note.as_bytes())
                .map(|signed| (signed, row.note))
                .expect("a checkpoint")
        };
        let (first, note) = signed().await;
        let period = test.period(&ward.nurse).await;
        let mut browser = test.signed_in("100001").await;
        finish_modules(&test, &mut browser, &ward.nurse, &period).await;
        let (second, _) = signed().await;
        let files = unzipped(&download(&test, "person", ward.nurse.as_str()).await);
        let paper = |kept: &Checkpoint, root: &Hash| {
            format!("{} {} {}", kept.origin, kept.size, &root.to_string()[..32])
        };
        let key = test.site.signer.key().verifying_key();
        let right = paper(&second, &second.root);
        let kept = [note.into_bytes(), right.clone().into_bytes()];
        let told = pack::verify_part(&files, key, &[], &kept);
        let told = told.unwrap_or_else(|found| panic!("{engine:?}: {found:?}"));
        assert_eq!(told.brought, (2, 0), "{engine:?}");
        assert!(second.size < told.checkpoint.size && first.size < second.size);
        let wrong = paper(&second, &first.root);
        let found =
            pack::verify_part(&files, key, &[], &[wrong.clone().into_bytes()]).expect_err("another log");
        assert_eq!((found[0].fault, found[0].file.as_str()), (Fault::CheckpointRoot, "brought/1"));

        let folder = unpacked(&files);
        let script = |paper: &str| {
            let mut command = Command::new("bash");
            command.arg(folder.join("verify.sh")).arg(test.site.signer.vkey()).arg(&folder).arg(paper);
            let output = command.output().expect("bash");
            (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
        };
        let (whole, told) = script(&right);
        assert!(whole && told.contains("OK, A PART") && !told.contains("NOT CHECKED"), "{told}");
        let (whole, told) = script(&wrong);
        assert!(!whole && told.contains("is not the one that was signed"), "{told}");
        let (whole, told) = script(&format!("{} 999999 {}", first.origin, "0".repeat(32)));
        assert!(whole && told.contains("NOT CHECKED"), "{told}");
    }
}

#[tokio::test]
async fn the_auditors_pages_offer_the_parts() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let mut browser = auditor(&test).await;
    let page = browser.get(&format!("/audit/people/{}", ward.nurse)).await.body;
    assert!(page.contains("この人の証跡パック") && page.contains("name=\"person\""), "{page}");
    let page = browser.get("/audit").await.body;
    assert!(page.contains("name=\"department\"") && page.contains("03 3病棟"), "{page}");
}
