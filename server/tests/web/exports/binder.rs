//! What is in an inspection binder.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::process::Command;

use calamine::{Reader as _, Xlsx};
use chrono::TimeDelta;
use kokoroe_server::exports::work::Turn;
use kokoroe_server::reports::store::{Instant, Question, Scan, counts};
use kokoroe_server::requirements::status::Status;
use sha2::{Digest as _, Sha256};

use super::{ask, id, taken, turn};
use crate::audit::pack::{unpacked, unzipped};
use crate::reports::hospital::{finish, move_to};
use crate::support::people::Ward;
use crate::support::{TestSite, at, day, engines, fresh_folder};
use crate::training::{finish_modules, sign};

const BASE: &str = "/office/binder";

async fn made(test: &TestSite, ward: &Ward, form: &str, at: &str) -> Vec<u8> {
    let mut office = test.signed_in("100020").await;
    let page = ask(&mut office, BASE, ward, form, at).await;
    assert_eq!(turn(test).await, Turn::Finished(id(&page)));
    taken(&mut office, &page).await
}

/// The rows of the first sheet as text.
fn rows(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Vec<Vec<String>> {
    let bytes = files.get(name).unwrap_or_else(|| panic!("no {name}: {:?}", files.keys()));
    let mut workbook = Xlsx::new(Cursor::new(bytes.clone())).expect("a workbook");
    let range = workbook.worksheet_range_at(0).expect("a sheet").expect("a range");
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

/// A hospital in which one nurse has finished the year.
async fn finished(test: &TestSite) -> Ward {
    let ward = test.ward().await;
    let period = test.period(&ward.nurse).await;
    let mut browser = test.signed_in("100001").await;
    finish_modules(test, &mut browser, &ward.nurse, &period).await;
    sign(test, &mut browser, &period).await;
    ward
}

#[tokio::test]
async fn everything_that_an_inspection_asks_for_is_in_it_and_its_sums_hold() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = finished(&test).await;
        let bytes = made(&test, &ward, "a", "").await;
        let files = unzipped(&bytes);
        for name in [
            "00_目次.pdf",
            "01_研修計画.pdf",
            "02_資料/00_資料一覧.pdf",
            "03_受講者名簿.pdf",
            "04_受講率_部署別.pdf",
            "04_受講率_職種別.pdf",
            "05_未受講者フォロー_未修了者.pdf",
            "05_未受講者フォロー_声かけ記録.pdf",
            "06_免除・対象外.pdf",
            "06_申請と決定.pdf",
            "07_テスト.pdf",
            "08_評価と改善.pdf",
            "09_定義と作成記録.pdf",
        ] {
            assert!(
                files.get(name).is_some_and(|pdf| pdf.starts_with(b"%PDF-")),
                "{name}: {:?}",
                files.keys()
            );
        }
        let sums = String::from_utf8(files.get("SHA256SUMS").expect("sums").clone()).expect("text");
        let listed: BTreeMap<&str, &str> =
            sums.lines().filter_map(|line| line.split_once(" *")).map(|(hash, name)| (name, hash)).collect();
        assert_eq!(listed.len(), files.len() - 1, "every other file is listed");
        for (name, bytes) in files.iter().filter(|(name, _)| *name != "SHA256SUMS") {
            let hash = hex::encode(Sha256::digest(bytes));
            assert_eq!(listed.get(name.as_str()), Some(&hash.as_str()), "{name}");
        }
        for (name, body) in files.iter().filter(|(name, _)| name.ends_with(".json")) {
            let hash = hex::encode(Sha256::digest(body));
            assert!(name.ends_with(&format!("{hash}.json")), "an edition is named by its text: {name}");
        }
    }
}

#[tokio::test]
async fn whoever_reads_english_gets_it_in_english() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let mut office = test.signed_in("100020").await;
    office.lang = "en";
    let page = ask(&mut office, BASE, &ward, "a", "").await;
    assert_eq!(turn(&test).await, Turn::Finished(id(&page)));
    let files = unzipped(&taken(&mut office, &page).await);
    for name in ["00_contents.pdf", "01_plan.pdf", "03_roster.xlsx", "06_decisions.xlsx", "09_origin.pdf"] {
        assert!(files.contains_key(name), "{name}: {:?}", files.keys());
    }
    let contents = printed(files.get("00_contents.pdf").expect("a paper"));
    assert!(contents.contains("Howtocheckthatnothingwasaltered"), "{contents}");
}

#[tokio::test]
async fn the_program_checks_a_binder_and_names_what_was_altered() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let bytes = made(&test, &ward, "a", "").await;
    let path = test.folder().join("binder.zip");
    std::fs::write(&path, &bytes).expect("written");
    let verify = |path: &std::path::Path| {
        Command::new(env!("CARGO_BIN_EXE_kokoroe"))
            .arg("verify")
            .arg(path)
            .output()
            .expect("the program runs")
    };
    let whole = verify(&path);
    let said = String::from_utf8_lossy(&whole.stdout).into_owned();
    assert!(whole.status.success(), "{}", String::from_utf8_lossy(&whole.stderr));
    assert!(said.contains(&hex::encode(Sha256::digest(&bytes))), "{said}");
    let folder = unpacked(&unzipped(&bytes));
    assert!(verify(&folder).status.success());
    std::fs::write(folder.join("01_研修計画.pdf"), b"another plan").expect("written");
    let altered = verify(&folder);
    assert!(!altered.status.success());
    assert!(String::from_utf8_lossy(&altered.stderr).contains("01_研修計画.pdf: altered"));
}

#[tokio::test]
async fn the_list_of_sums_is_one_that_sha256sum_takes() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let files = unzipped(&made(&test, &ward, "a", "").await);
    let folder = unpacked(&files);
    let check = || {
        let out = Command::new("sha256sum").args(["-c", "SHA256SUMS"]).current_dir(&folder).output();
        out.expect("sha256sum runs").status.success()
    };
    assert!(check());
    std::fs::write(folder.join("01_研修計画.pdf"), b"another plan").expect("written");
    assert!(!check(), "an altered file is found");
    std::fs::remove_dir_all(folder).ok();
}

#[tokio::test]
async fn the_same_request_makes_the_same_bytes_whatever_happens_in_between() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = finished(&test).await;
        test.clock.advance(TimeDelta::hours(1));
        let mut office = test.signed_in("100020").await;
        let page = ask(&mut office, BASE, &ward, "a", "").await;
        test.clock.advance(TimeDelta::seconds(1));
        let again = ask(&mut office, BASE, &ward, "b", "").await;
        assert_eq!(turn(&test).await, Turn::Finished(id(&page)));
        copy_request(&test, &page, &again).await;
        // What is true from now on is no part of that instant.
        test.clock.advance(TimeDelta::days(3));
        finish(&test, &ward.other_nurse).await;
        assert_eq!(turn(&test).await, Turn::Finished(id(&again)));
        let mut office = test.signed_in("100020").await;
        let (first, second) = (taken(&mut office, &page).await, taken(&mut office, &again).await);
        let (one, other) = (unzipped(&first), unzipped(&second));
        for (name, bytes) in &one {
            assert_eq!(Some(bytes), other.get(name), "{name} differs");
        }
        assert_eq!(first, second);
    }
}

/// Lets one job be made from the request of another.
async fn copy_request(test: &TestSite, from: &str, to: &str) {
    use kokoroe_server::db::DbError;
    use kokoroe_server::on;
    let (from, to) = (id(from), id(to));
    let done: Result<(), DbError> = test
        .site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let copy = "UPDATE export_job SET asked = (SELECT asked FROM export_job WHERE id = $1) WHERE id = $2";
                on!(tx, |c| sqlx::query(copy).bind(&from).bind(&to).execute(c).await.map(drop))?;
                Ok(())
            })
        })
        .await;
    done.expect("copied");
}

#[tokio::test]
async fn its_counts_are_those_of_the_reports_as_of_the_instant() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        finish(&test, &ward.nurse).await;
        move_to(&test, &ward.other_nurse, &ward.fourth, day("2026-10-03")).await;
        test.clock.set(at("2026-10-05T00:00:00Z"));
        finish(&test, &ward.fourth_nurse).await;
        for asked in ["", "2026-10-02"] {
            let files = unzipped(&made(&test, &ward, &format!("form {asked}"), asked).await);
            let roster = rows(&files, "03_受講者名簿.xlsx");
            assert_eq!(roster.len(), 1 + 7, "everybody who owes it");
            let then = if asked.is_empty() { test.site.now() } else { at("2026-10-02T14:59:59.999999Z") };
            let mut conn = test.site.db.read().await.expect("a connection");
            let question = Question::of(ward.requirement.clone(), Instant::new(then, test.site.calendar()));
            let counted = counts(&mut conn, &question, &Scan::Everywhere).await.expect("counts");
            let done: i64 =
                counted.iter().filter(|row| row.status() == Status::Completed).map(|row| row.people).sum();
            let rates = rows(&files, "04_受講率_部署別.xlsx");
            let whole = rates.get(1).expect("the whole hospital");
            assert_eq!(whole.get(5), Some(&"7".to_owned()), "{whole:?}");
            assert_eq!(whole.get(6), Some(&done.to_string()), "{whole:?}");
            let completed =
                roster.iter().filter(|row| row.get(11).is_some_and(|result| result == "修了")).count();
            assert_eq!(completed.to_string(), done.to_string(), "{asked}");
            let place = roster.iter().find(|row| row.first().is_some_and(|number| number == "100002"));
            let ward_of = if asked.is_empty() { "4病棟" } else { "3病棟" };
            assert_eq!(place.and_then(|row| row.get(4)), Some(&ward_of.to_owned()), "the ward of that day");
            let open = rows(&files, "05_未受講者フォロー_未修了者.xlsx");
            assert_eq!(open.len() as i64 - 1, 7 - done, "everybody else has not finished");
        }
    }
}

#[tokio::test]
async fn what_people_wrote_privately_stays_with_the_office() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let period = test.period(&ward.nurse).await;
        let mut nurse = test.signed_in("100001").await;
        let secret = "家族の看病のため";
        let fields = [("kind", "exempt"), ("words", secret), ("until", "2026-12-31")];
        let asked = nurse.post(&format!("/exceptions/{period}"), &fields).await;
        assert_eq!(asked.status, http::StatusCode::SEE_OTHER, "{}", asked.body);
        let mut office = test.signed_in("100020").await;
        let list = office.get("/office/exceptions").await.body;
        let at = list.find("/office/exceptions/").expect("a request");
        let address: String = list[at..].chars().take_while(|c| *c != '"').collect();
        let fields = [("granted", "yes"), ("until", "2026-12-31"), ("reply", "院長が承認")];
        let decided = office.post(&address, &fields).await;
        assert_eq!(decided.status, http::StatusCode::SEE_OTHER, "{}", decided.body);
        let bytes = made(&test, &ward, "a", "").await;
        let files = unzipped(&bytes);
        let decisions = rows(&files, "06_申請と決定.xlsx");
        assert!(format!("{decisions:?}").contains("院長が承認"), "{decisions:?}");
        for name in files.keys().filter(|name| name.ends_with(".xlsx")) {
            assert!(!format!("{:?}", rows(&files, name)).contains(secret), "{name}");
        }
        for (name, pdf) in files.iter().filter(|(name, _)| name.ends_with(".pdf")) {
            assert!(!printed(pdf).contains(secret), "{name}");
        }
    }
}

/// The text of a paper, as a reader finds it.
pub(crate) fn printed(pdf: &[u8]) -> String {
    let folder = fresh_folder();
    let path = folder.join("paper.pdf");
    std::fs::write(&path, pdf).expect("written");
    let out = Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output().expect("pdftotext runs");
    std::fs::remove_dir_all(folder).ok();
    String::from_utf8_lossy(&out.stdout).replace([' ', '\n'], "")
}

#[tokio::test]
async fn every_paper_says_whose_it_is_and_as_of_when() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let files = unzipped(&made(&test, &ward, "a", "2026-09-30").await);
    for (name, pdf) in files.iter().filter(|(name, _)| name.ends_with(".pdf")) {
        let text = printed(pdf);
        for said in ["病院名は未設定です", "2026年9月30日24:00時点", "渡邊学", "1/"] {
            assert!(text.contains(said), "{name} does not say {said}");
        }
    }
    let improve = printed(files.get("08_評価と改善.pdf").expect("a paper"));
    assert!(improve.contains("夜勤の人に早めに案内する。"));
    assert!(improve.contains("アンケートの機能はありません"), "what there is none of is said");
}
