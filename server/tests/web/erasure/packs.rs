//! What an evidence pack of earlier years has of somebody who was erased: no name, and the proof that it was erased.

use std::collections::BTreeMap;
use std::process::Command;

use http::StatusCode;
use kokoroe_evidence::pack::{self, Names};
use kokoroe_evidence::{Difference, Fault};
use kokoroe_server::id::StaffId;

use super::somebody_left;
use super::story::erase_by_two;
use crate::audit::pack::{unpacked, unzipped};
use crate::support::{TestSite, at, engines};

type Files = BTreeMap<String, Vec<u8>>;

/// The pack of the year in which the person was there, or the part of it that is of somebody.
async fn packed(test: &TestSite, person: Option<&StaffId>) -> Files {
    let mut auditor = test.signed_in("100030").await;
    let mut fields = vec![("year", "2026")];
    fields.extend(person.map(|person| ("person", person.as_str())));
    let answer = auditor.post("/audit/pack", &fields).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    unzipped(&answer.bytes)
}

fn names(test: &TestSite, files: &Files) -> Result<Names, Vec<Difference>> {
    let key = test.site.signer.key().verifying_key();
    let told = if pack::is_part(files) {
        pack::verify_part(files, key, &[], &[]).map(|summary| summary.names)
    } else {
        pack::verify(files, key, &[]).map(|summary| summary.names)
    };
    told.map(|names| names.expect("a private part"))
}

/// What the scripts in the pack say of it.
fn scripts(test: &TestSite, files: &Files) -> Vec<(bool, String)> {
    let folder = unpacked(files);
    let run = |(program, script): (&str, &str)| {
        let mut command = Command::new(program);
        command.arg(folder.join(script)).arg(test.site.signer.vkey()).arg(&folder);
        let output = command.output().expect("the script runs");
        (
            output.status.success(),
            String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned(),
        )
    };
    [("python3", "verify.py"), ("bash", "verify.sh")].into_iter().map(run).collect()
}

#[tokio::test]
async fn a_pack_of_an_earlier_year_proves_that_a_name_which_is_not_there_was_erased() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let (_, address) = somebody_left(&test).await;
        let gone = address.split('/').nth(3).and_then(StaffId::parse).expect("the person");
        test.clock.set(at("2032-04-01T00:00:00Z"));
        let before = packed(&test, None).await;
        let everybody = names(&test, &before).unwrap_or_else(|found| panic!("{engine:?}: {found:?}"));
        assert_eq!((everybody.erased, before.contains_key(pack::ERASURES)), (0, false));
        erase_by_two(&test, &gone).await;

        let whole = packed(&test, None).await;
        let after = names(&test, &whole).unwrap_or_else(|found| panic!("{engine:?}: {found:?}"));
        assert_eq!((after.told + after.erased, after.erased, after.otherwise), (everybody.told, 1, 0));
        let part = packed(&test, Some(&gone)).await;
        assert_eq!(names(&test, &part), Ok(Names { told: 0, erased: 1, otherwise: 0 }), "{engine:?}");
        for files in [&whole, &part] {
            for (name, bytes) in files {
                let text = String::from_utf8_lossy(bytes);
                assert!(!text.contains("佐藤") && !text.contains("000042"), "{engine:?}: {name}");
            }
            for (right, told) in scripts(&test, files) {
                assert!(right && told.contains("OK"), "{engine:?}: {told}");
            }
            let mut silent = files.clone();
            silent.remove(pack::ERASURES);
            let found = names(&test, &silent).expect_err("a name is missing");
            assert!(found.iter().any(|one| one.fault == Fault::PrivateMissing), "{engine:?}: {found:?}");
            let (right, told) = scripts(&test, &silent).remove(0);
            assert!(!right && told.contains("neither there nor erased"), "{engine:?}: {told}");
        }
    }
}
