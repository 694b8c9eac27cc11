//! Everything that reads bytes from outside, each as one function that has to come back whatever the bytes are. The fuzzer calls them without end;
//! the ordinary tests (`server/tests/web/attacks/parsers.rs`) call the same ones some thousand times.

use std::io::{Cursor, Write as _};
use std::sync::LazyLock;

use axum::extract::Query;
use chrono::DateTime;
use http::header::COOKIE;
use http::{HeaderMap, HeaderValue, Uri};
use kokoroe_courses::{Module, Policy, Sources, check, policy_text, stamp};
use kokoroe_evidence::pack::{self, Manifest, Source};
use kokoroe_evidence::proof::Proof;
use kokoroe_evidence::{Checkpoint, Frontier, Leaf, SigningKey, Stamp, VerifyingKey, note::Note};
use kokoroe_server::account::cookie::Cookie;
use kokoroe_server::account::looks::Looks;
use kokoroe_server::account::{Keys, secret};
use kokoroe_server::audit::unpack::Zipped;
use kokoroe_server::config::Origin;
use kokoroe_server::http::query::{encoded, once};
use kokoroe_server::http::{local_path, page_of, typed_day, url_encode};
use kokoroe_server::id::StaffId;
use kokoroe_server::people::import::lines;
use kokoroe_server::reminders::quiet::Quiet;
use zip::write::SimpleFileOptions;

/// The most that a pack may unfold to here.
const LARGEST_PACK: u64 = 1 << 20;

/// One module and the files that every catalogue needs, so that reading them takes no time.
pub static CATALOGUE: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let all = Sources::embedded();
    let kept = |path: &str| {
        !path.starts_with("modules/") && !path.starts_with("final-test/")
            || path.starts_with("modules/m1-photo/")
    };
    let course =
        "schema = 1\nid = \"sns\"\ntitle = \"SNSの約束\"\nmodules = [\"m1-photo\"]\npolicy = \"sns\"\n";
    let files = all.iter().filter(|(path, _)| kept(path));
    files
        .map(|(path, text)| (path.to_owned(), if path == "course.toml" { course } else { text }.to_owned()))
        .collect()
});

/// A file of a catalogue, as a hospital or an author may have written it. The first byte says which.
pub fn catalogue(bytes: &[u8]) {
    let Some((which, text)) = bytes.split_first() else { return };
    let text = String::from_utf8_lossy(text).into_owned();
    let path = &CATALOGUE[usize::from(*which) % CATALOGUE.len()].0;
    let mut sources: Sources = CATALOGUE.iter().cloned().collect();
    sources.extend([(path.clone(), text)]);
    let report = check(&sources);
    // What the author is told points into the file.
    for fault in report.faults {
        assert!(fault.line >= 1, "{fault}");
    }
    drop(stamp(&sources));
}

/// A content as it is kept: only what is written back as it was read is one.
pub fn canonical(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(module) = Module::from_canonical(&text) {
        let again = Module::from_canonical(&module.canonical()).expect("what was written is read");
        assert_eq!(module, again);
    }
    if let Ok(policy) = Policy::from_canonical(&text) {
        let again = Policy::from_canonical(&policy.canonical()).expect("what was written is read");
        assert_eq!(policy, again);
    }
    drop(policy_text::read(&text));
}

/// A list of staff in any encoding, or a workbook.
pub fn staff_list(bytes: &[u8]) {
    if let Ok(lines) = lines(bytes) {
        assert!(lines.len() <= 100_000);
    }
}

/// A sheet of a workbook; the rest of the workbook is as it should be.
pub fn workbook(bytes: &[u8]) {
    staff_list(&bound(bytes));
}

/// A workbook with this sheet.
pub fn bound(sheet: &[u8]) -> Vec<u8> {
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

/// The key by which seeds are signed.
pub fn key() -> SigningKey {
    SigningKey::from_seed("h0001", &[7; 32]).expect("a key")
}

/// The half of it that verifies.
pub fn verifier() -> VerifyingKey {
    VerifyingKey::parse(&key().verifying_key().to_string()).expect("a key")
}

/// A signed note, a checkpoint, a proof, a key, and where a log stands.
pub fn note(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(note) = Note::parse(bytes) {
        drop(note.verify(&verifier()));
    }
    drop(Checkpoint::open(bytes, &verifier()));
    drop(Checkpoint::read_unverified(bytes));
    if let Ok(key) = VerifyingKey::parse(&text) {
        assert_eq!(VerifyingKey::parse(&key.to_string()).as_ref(), Ok(&key), "a key prints what is read");
    }
    if let Ok(proof) = Proof::parse(&text) {
        assert_eq!(proof.encode(), text, "a proof has one spelling");
        drop(proof.verify(b"{}", "h0001/2026", &verifier().into()));
    }
    if let Some((size, rest)) = bytes.split_first_chunk::<8>()
        && let Ok(frontier) = Frontier::from_bytes(u64::from_le_bytes(*size), rest)
    {
        assert_eq!(frontier.to_bytes(), rest);
        drop(frontier.root().to_string());
    }
}

/// The reply of a time stamp authority: whoever answers on the network may send anything.
pub fn reply(bytes: &[u8]) {
    if let Ok(stamp) = Stamp::read(bytes) {
        assert!(DateTime::parse_from_rfc3339(stamp.at()).is_ok(), "{}", stamp.at());
        assert!(stamp.authority().is_none_or(|name| !name.contains(char::is_control)));
    }
}

/// A leaf or the list of files of a pack: one value, one spelling.
pub fn leaf(bytes: &[u8]) {
    if let Ok(leaf) = Leaf::parse(bytes) {
        assert_eq!(leaf.encode(), bytes, "a leaf has one spelling");
    }
    if let Ok(manifest) = Manifest::parse(bytes) {
        assert_eq!(manifest.encode().as_deref(), Ok(bytes), "a manifest has one spelling");
    }
}

/// A zip that says that it is an evidence pack.
pub fn pack(bytes: &[u8]) {
    if let Ok(files) = Zipped::open(Cursor::new(bytes), LARGEST_PACK) {
        verified(&files);
    }
}

/// The files of a pack, checked; each difference is told in both languages.
pub fn verified(files: &impl Source) -> bool {
    match pack::verify(files, &verifier(), &[]) {
        Ok(_) => true,
        Err(differences) => {
            for difference in differences {
                assert!(!difference.japanese().is_empty() && !difference.english().is_empty());
            }
            false
        }
    }
}

/// What browsers send to say who they are: nothing that was not made with our key names anybody.
pub fn token(bytes: &[u8]) {
    let now = DateTime::from_timestamp(1_790_000_000, 0).expect("an instant");
    let origin = Origin::parse("https://kokoroe.example.jp").expect("an origin");
    let keys = Keys::new(&[9; 32], origin.as_str());
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
