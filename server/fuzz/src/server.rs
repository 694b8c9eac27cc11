//! What staff, browsers and auditors send to the server.

use std::io::{Cursor, Write as _};

use axum::extract::Query;
use chrono::{DateTime, Utc};
use encoding_rs::SHIFT_JIS;
use http::header::COOKIE;
use http::{HeaderMap, HeaderValue, Uri};
use kokoroe_server::account::cookie::Cookie;
use kokoroe_server::account::looks::Looks;
use kokoroe_server::account::{Keys, secret};
use kokoroe_server::audit::unpack::Zipped;
use kokoroe_server::clock::Clock;
use kokoroe_server::config::Origin;
use kokoroe_server::http::query::{encoded, once};
use kokoroe_server::http::{local_path, page_of, typed_day, url_encode};
use kokoroe_server::id::{SessionId, StaffId};
use kokoroe_server::people::import::lines;
use kokoroe_server::reminders::quiet::Quiet;
use zip::write::SimpleFileOptions;

use super::evidence::{files, verified};

/// The most that a pack may unfold to here.
const LARGEST_PACK: u64 = 1 << 20;

/// A list of staff in any encoding, or a workbook.
pub fn staff_list(bytes: &[u8]) {
    if let Ok(lines) = lines(bytes) {
        assert!(lines.len() <= 100_000);
    }
}

const LIST: &str = "職員番号,姓,名,セイ,メイ,部署コード,部署名,上位部署コード,職種,入職日,退職日,兼務部署コード\r\n\
    00123,髙橋,花子,タカハシ,ハナコ,03,3病棟,00,看護師,2020/4/1,,04\r\n\
    \"1,2\",\"鈴木\n一郎\",,ｽｽﾞｷ,,04,\"4\"\"病棟\",,医師,令和2年4月1日,R8.3.31,\r\n";

/// Lists of staff in every encoding and with every separator.
pub fn staff_lists() -> Vec<Vec<u8>> {
    vec![
        LIST.as_bytes().to_vec(),
        SHIFT_JIS.encode(LIST).0.into_owned(),
        [0xFF, 0xFE].into_iter().chain(LIST.encode_utf16().flat_map(u16::to_le_bytes)).collect(),
        LIST.replace(',', "\t").into_bytes(),
        [&[0xEF, 0xBB, 0xBF], LIST.as_bytes()].concat(),
        "部署コード;部署名;上位部署コード\n03;3病棟;00\n".as_bytes().to_vec(),
    ]
}

/// A list of staff as a workbook, as another program has written it.
pub fn workbooks() -> Vec<Vec<u8>> {
    let mut whole = rust_xlsxwriter::Workbook::new();
    let page = whole.add_worksheet();
    for (column, head) in (0_u16..).zip(LIST.lines().next().expect("a head").split(',')) {
        page.write(0, column, head).expect("written");
        page.write(1, column, f64::from(column) * 1000.5).expect("written");
    }
    vec![whole.save_to_buffer().expect("a workbook")]
}

/// A sheet of a workbook; the rest of the workbook is as it should be.
pub fn workbook(bytes: &[u8]) {
    staff_list(&bound(bytes));
}

/// A sheet with a cell of every kind.
pub fn sheets() -> Vec<Vec<u8>> {
    let sheet = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:B3"/><sheetData>
        <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>部署コード</t></is></c></row>
        <row r="2"><c r="A2"><v>00123</v></c><c r="B2" t="inlineStr"><is><t>髙橋 花子</t></is></c></row>
        <row r="3"><c r="A3" t="str"><f>1+1</f><v>2</v></c><c r="XFD1048576" t="d"><v>2026-04-01</v></c><c r="B3" t="b"><v>1</v></c></row>
        </sheetData></worksheet>"#;
    let lines = lines(&bound(sheet.as_bytes())).expect("a list");
    assert!(lines.len() >= 2, "the good one is read");
    vec![sheet.as_bytes().to_vec()]
}

/// A workbook with this sheet.
fn bound(sheet: &[u8]) -> Vec<u8> {
    zipped(WORKBOOK.iter().map(|(name, text)| (*name, text.as_bytes())).chain([(SHEET, sheet)]))
}

const SHEET: &str = "xl/worksheets/sheet1.xml";
const WORKBOOK: [(&str, &str); 4] = [
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
    ),
    (
        "xl/sharedStrings.xml",
        r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>職員番号</t></si><si><t>氏名</t></si></sst>"#,
    ),
];

/// A zip of these files.
pub fn zipped<'f>(files: impl IntoIterator<Item = (&'f str, &'f [u8])>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name, SimpleFileOptions::default()).expect("a file");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("a zip").into_inner()
}

/// A zip that says that it is an evidence pack.
pub fn pack(bytes: &[u8]) {
    if let Ok(files) = Zipped::open(Cursor::new(bytes), LARGEST_PACK) {
        verified(&files);
    }
}

/// A whole pack.
pub fn packs() -> Vec<Vec<u8>> {
    let files = files();
    vec![zipped(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))]
}

const ORIGIN: &str = "https://kokoroe.example.jp";

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).expect("an instant")
}

/// What browsers send to say who they are: nothing that was not made with our key names anybody.
pub fn token(bytes: &[u8]) {
    let (now, keys) = (now(), Keys::new(&[9; 32], ORIGIN));
    let origin = Origin::parse(ORIGIN).expect("an origin");
    let text = String::from_utf8_lossy(bytes);
    assert_eq!(keys.session(&text, now), None, "a token that was not issued: {text}");
    let mut headers = HeaderMap::new();
    if let Ok(value) = HeaderValue::from_bytes(bytes) {
        headers.insert(COOKIE, value);
    }
    for cookie in [Cookie::Access, Cookie::Refresh, Cookie::Language, Cookie::Looks] {
        if let Some(value) = cookie.read(&headers, &origin) {
            assert_eq!(keys.session(value, now), None);
            let looks = Looks::read(value);
            assert_eq!(Looks::read(&looks.text()), looks);
        }
    }
    let code = secret::normal_code(&text);
    assert_eq!(secret::normal_code(&code), code, "a code that was read reads the same");
}

/// A token of ours without the end of its signature, tokens of others, cookies, and a code.
pub fn tokens() -> Vec<Vec<u8>> {
    let clock = Clock::standing_at(now());
    let issued = |key: u8| {
        let keys = Keys::new(&[key; 32], ORIGIN);
        keys.issue(&SessionId::new(&clock), &StaffId::new(&clock), clock.now()).expect("a token")
    };
    let token = issued(9);
    // What is right is no seed, nor is what can be made right by guessing a letter.
    let cut = &token[..token.len() - 20];
    let payload = token.split('.').nth(1).expect("claims");
    let unsigned = ["eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0", payload, ""].join(".");
    vec![
        cut.as_bytes().to_vec(),
        issued(8).into_bytes(),
        unsigned.into_bytes(),
        format!("__Host-at={cut}; lang=ja; looks=f1s2c1e1").into_bytes(),
        b"ABCD-EFGH-JKLM".to_vec(),
    ]
}

/// An address, a query, and the words that stand in them.
pub fn address(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let local = local_path(Some(&text));
    assert!(
        local.starts_with('/') && !local.starts_with("//") && !local.contains(['\\', '\n', '\r']),
        "{local}"
    );
    assert!(url_encode(&text).is_ascii() && encoded(&text).is_ascii());
    assert!(page_of(&text).len() <= text.len().max(1));
    assert!(typed_day(&text).is_ok() || !text.trim().is_empty());
    if let Some(quiet) = Quiet::read(&text) {
        drop(quiet);
    }
    if let Some(id) = StaffId::parse(&text) {
        assert_eq!(StaffId::parse(id.as_str()), Some(id));
    }
    let Ok(uri) = format!("http://localhost/team?{text}").parse::<Uri>() else { return };
    if let Ok(Query(fields)) = Query::<Vec<(String, String)>>::try_from_uri(&uri) {
        let pairs = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        if let Ok([department, at]) = once(["department", "at"], pairs) {
            assert_eq!((department.trim(), at.trim()), (department, at));
        }
    }
}

/// Addresses, conditions of a page, and the hours in which nobody is written to.
pub fn addresses() -> Vec<Vec<u8>> {
    let texts = [
        "department=018f0000-0000-7000-8000-000000000000&at=2026-09-30&status=overdue&q=%E9%AB%99",
        "/learn/p/m1-photo/3/again?x=1#y",
        "//evil.example/\\x",
        "18-8 sat sun",
        "２０２６／０４／０１",
    ];
    texts.map(|text| text.as_bytes().to_vec()).to_vec()
}
