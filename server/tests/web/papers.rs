//! Papers that people take away: what another program reads out of them, and who gets none.

use std::io::Write as _;
use std::process::{Command, Stdio};

use http::StatusCode;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use kokoroe_papers::Picture;
use kokoroe_server::audit;
use kokoroe_server::people::{Scribe, hospital};
use sha2::{Digest as _, Sha256};

use crate::reports::hospital::{finish, leaves};
use crate::support::{Answered, TestSite, engines, kokoroe};
use crate::training::finished;

/// A PNG of one pixel.
const DOT: &[u8] = include_bytes!("../../papers/tests/red.png");

/// The words of a PDF, without the gaps between them, whose width is the reader's guess.
fn words(file: &Answered) -> String {
    assert_eq!(file.status, StatusCode::OK, "{}", file.body);
    assert_eq!(file.headers.get(CONTENT_TYPE).expect("a type"), "application/pdf");
    let mut child = Command::new("pdftotext")
        .args(["-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext: apt-get install poppler-utils");
    let mut input = child.stdin.take().expect("an input");
    let bytes = file.bytes.clone();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let output = child.wait_with_output().expect("an answer");
    writer.join().expect("a writer").expect("a reader");
    String::from_utf8(output.stdout).expect("UTF-8").split_whitespace().collect()
}

#[tokio::test]
async fn a_certificate_can_be_had_as_a_pdf_again_and_again_under_the_same_number() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let (mut nurse, number) = finished(&test).await;
        let address = format!("/certificates/{number}/pdf");
        let page = nurse.get(&format!("/certificates/{number}")).await;
        assert!(page.body.contains(&address) && page.body.contains("PDFで保存"), "{}", page.body);
        for _ in 0..2 {
            let file = nurse.get(&address).await;
            let text = words(&file);
            for said in [
                "修了証",
                "第2026-SNS-000001号",
                "鈴木一郎殿",
                "SNSの約束2026年度",
                "2026年10月1日",
                "電子発行のため押印を省略しています",
                "照合コード",
            ] {
                assert!(text.contains(said), "{said} is missing in {text}");
            }
            let name = file.headers.get(CONTENT_DISPOSITION).expect("a name").to_str().expect("text");
            assert!(name.contains("certificate_2026-SNS-000001.pdf"), "{name}");
        }
        nurse.post("/language", &[("lang", "en"), ("return_to", "/")]).await;
        let english = words(&nurse.get(&address).await);
        assert!(english.contains("Certificateofcompletion") && english.contains("1October2026"), "{english}");
        for stranger in ["100010", "100002"] {
            let refused = test.signed_in(stranger).await.get(&address).await;
            assert_eq!(refused.status, StatusCode::NOT_FOUND, "{stranger}");
        }
        assert!(words(&test.signed_in("100030").await.get(&address).await).contains("鈴木一郎"));
        assert_eq!(test.browser().get(&address).await.status, StatusCode::SEE_OTHER, "sign in first");
    }
}

#[tokio::test]
async fn a_hospital_sets_its_seal_and_how_it_counts_years_before_the_server_starts() {
    let folder = crate::support::fresh_folder();
    let done = |arguments: &[&str]| {
        let output = kokoroe(&folder, arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let refused = |arguments: &[&str], why: &str| {
        let output = kokoroe(&folder, arguments);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && told.contains(why), "{told}");
    };
    let (dot, text) = (folder.join("dot.png"), folder.join("text.png"));
    std::fs::write(&dot, DOT).expect("a file");
    std::fs::write(&text, "not a picture").expect("a file");
    let path = |path: &std::path::Path| path.to_str().expect("a path").to_owned();
    done(&["set", "hospital.era", "japanese"]);
    refused(&["set", "hospital.era", "roman"], "hospital.era is western or japanese");
    done(&["set-seal", &path(&dot)]);
    refused(&["set-seal", &path(&text)], "the picture is not a PNG");
    refused(&["set", "hospital.seal", "x"], "kokoroe set-seal FILE");
    let listed = done(&["settings"]);
    assert!(listed.contains("hospital.era\tjapanese") && listed.contains("hospital.seal\tPNG"), "{listed}");
    done(&["set", "hospital.seal", ""]);
    assert!(done(&["settings"]).contains("hospital.seal\t-"));
    drop(std::fs::remove_dir_all(folder));
}

#[tokio::test]
async fn a_sealed_hospital_says_so_and_its_leaf_does_not_hold_the_picture() {
    let test = TestSite::new().await;
    let site = test.site.clone();
    let write = test.site.db.write(move |tx| {
        Box::pin(async move {
            let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
            hospital::set_seal(tx, &by, DOT.to_vec()).await
        })
    });
    write.await.expect("set");
    let mut conn = test.site.db.read().await.expect("a connection");
    let loaded = kokoroe_server::people::Hospital::load(&mut conn).await.expect("settings");
    assert_eq!(loaded.seal().as_ref().map(Picture::bytes), Some(DOT));
    drop(conn);
    let leaves = leaves(&test, "config.change").await;
    assert!(leaves.iter().any(|leaf| leaf.contains("hospital.seal") && leaf.len() < 600), "{leaves:?}");
}

#[tokio::test]
async fn a_list_on_paper_says_the_same_as_the_workbook_and_is_written_down() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        finish(&test, &ward.nurse).await;
        let mut manager = test.signed_in("100010").await;
        let file = manager.post("/team/export", &[("format", "pdf")]).await;
        let text = words(&file);
        for said in [
            "部署コード",
            "フリガナ",
            "鈴木一郎",
            "スズキイチロウ",
            "100001",
            "3病棟",
            "2026/10/01",
            "受講率",
            "2026年10月1日9:00時点",
            "出力者：阿部洋子",
            "研修：SNSの約束2026年度／部署：3病棟",
            "1/2頁",
            "受講率＝（修了＋期限後修了）÷（対象者－免除－対象外）",
            "（1/3人）",
        ] {
            assert!(text.contains(said), "{said} is missing in {text}");
        }
        for secret in ["4病棟", "100003", "𠮷田"] {
            assert!(!text.contains(secret), "{secret}");
        }
        let leaves = leaves(&test, "export.made").await;
        let leaf = leaves.first().expect("a leaf");
        assert!(leaf.contains("\"format\":\"pdf\""), "{leaf}");
        assert!(leaf.contains(&hex::encode(Sha256::digest(&file.bytes))), "{leaf}");
        let mut office = test.signed_in("100020").await;
        let table = words(&office.post("/office/report/export", &[("format", "pdf")]).await);
        for said in ["部署別", "合計", "3病棟", "14.2%", "期限超過", "写真"] {
            assert!(table.contains(said), "{said} is missing in {table}");
        }
        for path in ["/office/report/export", "/office/departments/all/export"] {
            assert_eq!(
                manager.post(path, &[("format", "pdf")]).await.status,
                StatusCode::FORBIDDEN,
                "{path}"
            );
        }
        audit::sign_now(&test.site).await.expect("the log is whole");
    }
}
