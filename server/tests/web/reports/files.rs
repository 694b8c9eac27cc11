//! What managers and the training office take away.

use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};
use http::StatusCode;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use kokoroe_evidence::Checkpoint;
use kokoroe_evidence::brought::{self, Brought};
use kokoroe_server::audit;
use sha2::{Digest as _, Sha256};

use super::hospital::{also_in, answer, finish, leaves, newcomer};
use crate::support::people::Ward;
use crate::support::{Answered, TestSite, day, engines};

fn workbook(file: &Answered) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(file.bytes.clone())).expect("a workbook")
}

/// The rows of a sheet as text.
fn rows(file: &Answered, sheet: &str) -> Vec<Vec<String>> {
    let range = workbook(file).worksheet_range(sheet).expect("a sheet");
    range.rows().map(|row| row.iter().map(cell).collect()).collect()
}

fn cell(data: &Data) -> String {
    match data {
        // Days since the day before the first day of 1900, as spreadsheets count them.
        Data::DateTime(at) => {
            let days: i64 = at.as_f64().to_string().parse().expect("a whole day");
            (day("1899-12-30") + chrono::TimeDelta::days(days)).to_string()
        }
        other => other.to_string(),
    }
}

/// A part of the file as it is written.
fn part(file: &Answered, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file.bytes.clone())).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

async fn team_file(test: &TestSite, fields: &[(&str, &str)]) -> Answered {
    let file = test.signed_in("100010").await.post("/team/export", fields).await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.body);
    file
}

async fn with_odd_names(test: &TestSite) -> Ward {
    let ward = test.ward().await;
    newcomer(test, &ward, &ward.third, "000042", ["=HYPERLINK(\"http://x\")", "＋1", "ア", "イ"]).await;
    newcomer(test, &ward, &ward.third, "000043", ["@SUM(A1)", "-2", "アイ", "ウ"]).await;
    newcomer(test, &ward, &ward.third, "000044", ["𠮷﨑", "髙子", "ヨシザキ", "タカコ"]).await;
    ward
}

#[tokio::test]
async fn a_workbook_has_the_columns_that_hospitals_expect() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = with_odd_names(&test).await;
        finish(&test, &ward.nurse).await;
        also_in(&test, &ward.fourth_nurse, &ward.third, day("2026-04-01")).await;
        let file = team_file(&test, &[("format", "xlsx")]).await;
        let content_type = file.headers.get(CONTENT_TYPE).expect("a type").to_str().expect("text");
        assert_eq!(content_type, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        let name = file.headers.get(CONTENT_DISPOSITION).expect("a name").to_str().expect("text");
        let encoded: String = "受講状況_SNSの約束_2026年度_20261001時点.xlsx"
            .bytes()
            .map(|b| {
                if b.is_ascii_alphanumeric() || b"-._~".contains(&b) {
                    char::from(b).to_string()
                } else {
                    format!("%{b:02X}")
                }
            })
            .collect();
        assert!(name.contains(&format!("filename*=UTF-8''{encoded}")), "{name}");
        let rows = rows(&file, "受講状況");
        let head = [
            "No.",
            "部署コード",
            "部署名",
            "職種",
            "職員番号",
            "氏名",
            "フリガナ",
            "状態",
            "修了日",
            "期限",
            "備考",
        ];
        assert_eq!(rows[0], head);
        let suzuki = rows.iter().find(|row| row[4] == "100001").expect("the nurse");
        assert_eq!(
            suzuki[1..].join("|"),
            "03|3病棟|看護師|100001|鈴木 一郎|スズキ イチロウ|修了|2026-10-01|2026-10-31|"
        );
        let odd = rows.iter().find(|row| row[4] == "000044").expect("leading zeros stay");
        assert_eq!(odd[5], "𠮷﨑 髙子");
        let also = rows.last().expect("a row");
        assert_eq!((also[4].as_str(), also[10].as_str()), ("100003", "兼務（人数には入れません）"));
        assert_eq!(rows.len(), 1 + 6 + 1);
    }
}

#[tokio::test]
async fn no_name_becomes_a_formula() {
    let test = TestSite::new().await;
    with_odd_names(&test).await;
    let file = team_file(&test, &[("format", "xlsx")]).await;
    let sheet = part(&file, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "no formula anywhere");
    let names: Vec<String> = rows(&file, "受講状況").iter().map(|row| row[5].clone()).collect();
    assert!(names.contains(&"=HYPERLINK(\"http://x\") ＋1".to_owned()), "as it is written: {names:?}");
    let csv = team_file(&test, &[("format", "csv")]).await;
    let text = String::from_utf8(csv.bytes).expect("UTF-8");
    let mut reader = csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    for record in reader.records() {
        for field in &record.expect("a row") {
            assert!(!field.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']), "{field}");
        }
    }
}

#[tokio::test]
async fn a_workbook_prints_well_and_can_be_filtered() {
    let test = TestSite::new().await;
    test.ward().await;
    let file = team_file(&test, &[("format", "xlsx")]).await;
    let sheet = part(&file, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<pane ySplit=\"1\""), "the heading stays in view");
    assert!(sheet.contains("<autoFilter ref=\"A1:K4\""), "{sheet}");
    assert!(sheet.contains("orientation=\"landscape\"") && sheet.contains("paperSize=\"9\""));
    assert!(sheet.contains("fitToHeight=\"0\""), "as wide as a page, as long as it needs");
    assert!(!sheet.contains("mergeCell"));
    let book = part(&file, "xl/workbook.xml");
    assert!(book.contains("_xlnm.Print_Titles"), "the heading on every page");
    let core = part(&file, "docProps/core.xml");
    assert!(core.contains("阿部 洋子") && core.contains("SNSの約束 2026年度"));
}

#[tokio::test]
async fn the_second_sheet_says_what_the_file_is_and_names_the_newest_checkpoint() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        test.ward().await;
        let file = team_file(&test, &[("format", "xlsx"), ("status", "open")]).await;
        let rows = rows(&file, "条件と定義");
        let value = |name: &str| {
            rows.iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("no {name}: {rows:?}"))[1].clone()
        };
        assert_eq!(value("研修"), "SNSの約束 2026年度");
        assert_eq!(value("部署"), "3病棟");
        assert_eq!(value("状態"), "未修了");
        assert_eq!(value("いつの時点"), "2026年10月1日 9:00 時点");
        assert_eq!(value("受講率"), "0.0%（0 / 3人）");
        assert_eq!(value("出力した人"), "阿部 洋子");
        let newest = {
            let mut conn = test.site.db.read().await.expect("a connection");
            let log = test.site.ledger.log_at(test.site.now());
            audit::store::newest_checkpoint(&mut conn, &log).await.expect("read").expect("a checkpoint")
        };
        assert_eq!(value("証跡の件数"), newest.size.to_string());
        let root = value("証跡のルート（先頭32桁）");
        let (log, size) = (value("証跡の最新のチェックポイント"), value("証跡の件数"));
        let typed = format!("{log} {size} {root}");
        let [Brought::Printed(printed)] = &*brought::read(typed.as_bytes()) else { panic!("{typed}") };
        let signed = Checkpoint::read_unverified(newest.note.as_bytes()).expect("a checkpoint");
        assert!(printed.agrees(&signed.root), "what is printed can be typed into a check: {typed}");
        assert!(
            rows.iter().any(|row| row[1].contains("受講率＝（修了＋期限後修了）÷（対象者－免除－対象外）"))
        );
    }
}

#[tokio::test]
async fn every_file_is_written_down_with_its_hash_and_without_names() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let file = team_file(&test, &[("format", "cp932"), ("q", "鈴木")]).await;
        let leaves = leaves(&test, "export.made").await;
        assert_eq!(leaves.len(), 1);
        let leaf = &leaves[0];
        assert!(leaf.contains(&hex::encode(Sha256::digest(&file.bytes))), "{leaf}");
        assert!(leaf.contains(ward.manager.as_str()) && leaf.contains(ward.requirement.as_str()));
        assert!(leaf.contains("\"rows\":1") && leaf.contains("\"narrowed\":true"));
        assert!(!leaf.contains("鈴木"), "what was searched for may be a name");
        let mut office = test.signed_in("100020").await;
        for path in ["/office/report/export", "/office/departments/all/export"] {
            assert_eq!(office.post(path, &[("format", "xlsx")]).await.status, StatusCode::OK, "{path}");
        }
        assert_eq!(super::hospital::leaves(&test, "export.made").await.len(), 3);
        assert_eq!(
            office.post("/office/report/export", &[("format", "exe")]).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        audit::sign_now(&test.site).await.expect("the log is whole");
    }
}

#[tokio::test]
async fn plain_files_open_in_excel_and_in_old_systems() {
    let test = TestSite::new().await;
    with_odd_names(&test).await;
    let utf8 = team_file(&test, &[("format", "csv")]).await;
    assert!(utf8.bytes.starts_with(&[0xEF, 0xBB, 0xBF]));
    let text = String::from_utf8(utf8.bytes).expect("UTF-8");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert!(text.contains("𠮷﨑 髙子"));
    let old = team_file(&test, &[("format", "cp932")]).await;
    let (text, _, broken) = encoding_rs::SHIFT_JIS.decode(&old.bytes);
    assert!(!broken);
    assert!(text.contains("〓﨑 髙子") && text.contains("表せない文字を〓にしました"), "{text}");
    assert_eq!(text.matches("表せない文字").count(), 1, "only who is concerned");
}

#[tokio::test]
async fn a_file_of_a_manager_holds_nobody_else() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let module = test.site.content.catalogue.course.modules_of_everybody().first().expect("a module").clone();
    answer(&test, &ward.nurse, &module, Some(test.site.now())).await;
    let mut manager = test.signed_in("100010").await;
    for format in ["xlsx", "pdf", "csv", "cp932"] {
        for id in [ward.fourth.as_str(), ward.top.as_str(), "0", "-1", "all", "none", "x"] {
            let answer = manager.post("/team/export", &[("format", format), ("department", id)]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{format} {id}");
        }
        let twice =
            [("format", format), ("department", ward.third.as_str()), ("department", ward.fourth.as_str())];
        assert_eq!(manager.post("/team/export", &twice).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        for path in ["/office/report/export", "/office/departments/all/export"] {
            assert_eq!(
                manager.post(path, &[("format", format)]).await.status,
                StatusCode::FORBIDDEN,
                "{path}"
            );
        }
    }
    assert!(leaves(&test, "export.made").await.is_empty(), "what was refused left no file and no fact");
    for fields in [vec![("format", "xlsx")], vec![("format", "xlsx"), ("department", "")]] {
        let file = manager.post("/team/export", &fields).await;
        let mut numbers: Vec<String> =
            rows(&file, "受講状況").into_iter().skip(1).map(|row| row[4].clone()).collect();
        numbers.sort();
        assert_eq!(numbers, ["100001", "100002", "100010"]);
        let mut all = String::new();
        for name in
            ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "docProps/core.xml", "docProps/app.xml"]
        {
            all.push_str(&part(&file, name));
        }
        for secret in ["4病棟", "𠮷田", "100003", "secret-answer", "777777"] {
            assert!(!all.contains(secret), "{secret}");
        }
    }
}

#[tokio::test]
async fn the_table_of_departments_is_a_workbook_too() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    finish(&test, &ward.nurse).await;
    let mut office = test.signed_in("100020").await;
    office.post("/language", &[("lang", "en"), ("return_to", "/")]).await;
    let file = office.post("/office/report/export", &[("format", "xlsx")]).await;
    let rows = rows(&file, "By department");
    assert_eq!(rows[0][..5], ["Department code", "Department", "Level", "Kind", "People"]);
    let total = rows.iter().find(|row| row[3] == "Total").expect("a total");
    assert_eq!(total[4], "7");
    let third = rows.iter().find(|row| row[0] == "03").expect("the ward");
    assert_eq!((third[2].as_str(), third[4].as_str()), ("1", "3"));
    let completed = rows[0].iter().position(|name| name == "Completed").expect("a column");
    assert_eq!((third[completed].as_str(), third[completed + 1].as_str()), ("1", "0.333"));
}
