//! A certificate that proves itself: its file, the page that checks it, and the program.

use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Output};

use base64::Engine as _;
use http::StatusCode;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use kokoroe_evidence::certificate::check;
use kokoroe_server::audit;

use super::tampering::alter;
use super::{auditor, finished};
use crate::support::{TestSite, engines};

const NUMBER: &str = "2026-SNS-000001";

fn verify(proof: &Path, vkey: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kokoroe"));
    command.args(["verify", "--vkey", vkey]).arg(proof).output().expect("the program runs")
}

async fn proof(test: &TestSite) -> String {
    audit::sign_now(&test.site).await.expect("signed");
    let mut nurse = test.signed_in("100001").await;
    let answer = nurse.get(&format!("/certificates/{NUMBER}/proof")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(answer.headers[CONTENT_TYPE], "text/plain; charset=utf-8");
    let named = answer.headers[CONTENT_DISPOSITION].to_str().expect("a name");
    assert!(named.contains(&format!("{NUMBER}.tlog-proof")), "{named}");
    answer.body
}

#[tokio::test]
async fn the_proof_of_a_certificate_needs_nothing_but_the_key() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        finished(&test).await;
        let text = proof(&test).await;
        let key = test.site.signer.key().verifying_key();
        let proven = check(&text, &key.clone().into()).unwrap_or_else(|error| panic!("{engine:?}: {error}"));
        assert_eq!((proven.number.as_str(), proven.name.as_str()), (NUMBER, "鈴木 一郎"));
        assert_eq!(proven.in_time, Some(true));

        let file = test.folder().join("mine.tlog-proof");
        std::fs::write(&file, &text).expect("saved");
        let told = verify(&file, &test.site.signer.vkey());
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        assert!(String::from_utf8_lossy(&told.stdout).contains("OK  2026-SNS-000001  鈴木 一郎"));
        std::fs::write(&file, text.replace("extra ", "extra QQ")).expect("saved");
        assert_eq!(verify(&file, &test.site.signer.vkey()).status.code(), Some(1));
    }
}

#[tokio::test]
async fn anybody_checks_a_proof_without_signing_in_and_is_told_why_it_proves_nothing() {
    let test = TestSite::new().await;
    finished(&test).await;
    let text = proof(&test).await;
    let mut stranger = test.browser();
    let page = stranger.get("/verify/proof").await;
    assert!(page.body.contains(&test.site.signer.vkey()), "the key to check it with is on the page");
    let asked = stranger.post("/verify/proof", &[("proof", &text)]).await;
    assert!(asked.body.contains("この修了は、病院が署名した記録にあります"), "{}", asked.body);
    assert!(asked.body.contains("鈴木 一郎"));
    let answers = |body: &str| {
        // The answers that a script could show stand in templates; only what is outside them is shown.
        let mut shown = String::new();
        for (n, piece) in body.split("<template").enumerate() {
            shown.push_str(if n == 0 {
                piece
            } else {
                piece.split_once("</template>").map_or("", |(_, rest)| rest)
            });
        }
        shown
    };
    let other = TestSite::new().await;
    finished(&other).await;
    let foreign = proof(&other).await;
    let cut: String = text.lines().filter(|line| !line.starts_with("extra")).collect::<Vec<_>>().join("\n");
    for (given, told) in [
        (foreign.as_str(), "この病院の鍵による署名ではありません"),
        (cut.as_str(), "証明ファイルとして読み取れません"),
        ("ok", "証明ファイルとして読み取れません"),
    ] {
        let answer = stranger.post("/verify/proof", &[("proof", given)]).await;
        let shown = answers(&answer.body);
        assert!(
            shown.contains(told) && !shown.contains("この修了は、病院が署名した記録にあります"),
            "{shown}"
        );
    }
    assert_eq!(
        stranger.post("/verify/proof", &[("proof", " ")]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn only_who_may_see_a_certificate_gets_its_proof() {
    let test = TestSite::new().await;
    finished(&test).await;
    let address = format!("/certificates/{NUMBER}/proof");
    let mut nurse = test.signed_in("100001").await;
    assert_eq!(nurse.get(&address).await.status, StatusCode::NOT_FOUND, "no checkpoint covers it yet");
    let page = nurse.get(&format!("/certificates/{NUMBER}")).await;
    assert!(page.body.contains("1時間以内に署名されます") && !page.body.contains(&address), "{}", page.body);
    audit::sign_now(&test.site).await.expect("signed");
    assert!(nurse.get(&format!("/certificates/{NUMBER}")).await.body.contains(&address));
    for (number, status) in [
        ("100002", StatusCode::NOT_FOUND),
        ("100010", StatusCode::NOT_FOUND),
        ("100020", StatusCode::OK),
        ("100030", StatusCode::OK),
    ] {
        assert_eq!(test.signed_in(number).await.get(&address).await.status, status, "{number}");
    }
    assert_eq!(test.browser().get(&address).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_completion_that_somebody_altered_has_no_proof() {
    let test = TestSite::new().await;
    finished(&test).await;
    audit::sign_now(&test.site).await.expect("signed");
    alter(&test, "UPDATE completion SET name = '別の 人'").await;
    let mut browser = auditor(&test).await;
    let answer = browser.get(&format!("/certificates/{NUMBER}/proof")).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let page = browser.get(&format!("/certificates/{NUMBER}")).await;
    assert_eq!(page.status, StatusCode::OK, "what the record says is still shown");
}

#[tokio::test]
async fn the_code_behind_a_printed_certificate_holds_the_whole_proof() {
    let test = TestSite::new().await;
    finished(&test).await;
    let text = proof(&test).await;
    let address = kokoroe_server::training::certificate_proof::address(&test.site, &text);
    let (page, packed) = address.split_once('#').expect("an address");
    assert!(page.ends_with("/verify/proof"), "{page}");
    assert!(address.len() < 2_900, "it fits the largest code: {}", address.len());
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(packed).expect("base64");
    let mut unpacked = String::new();
    flate2::read::DeflateDecoder::new(bytes.as_slice()).read_to_string(&mut unpacked).expect("deflate");
    assert_eq!(unpacked, text);
    let mut nurse = test.signed_in("100001").await;
    let paper = nurse.get(&format!("/certificates/{NUMBER}/pdf")).await;
    assert_eq!(paper.status, StatusCode::OK);
    assert!(paper.bytes.starts_with(b"%PDF"));
}
