//! Everything that reads bytes from outside is given good files with some of their bytes changed, and has to come back in time, within memory,
//! and with one spelling for what has one. `server/fuzz` does the same without end.

#[path = "../../../fuzz/src/lib.rs"]
#[expect(unreachable_pub, reason = "the fuzzer uses these from outside")]
mod read;

use std::time::{Duration, Instant};

use encoding_rs::SHIFT_JIS;
use kokoroe_evidence::pack::{Manifest, Source as _, Table, seal, sum};
use kokoroe_evidence::proof::Proof;
use kokoroe_evidence::{Checkpoint, Frontier, Kind, Leaf, leaf, tree};
use kokoroe_server::account::Keys;
use kokoroe_server::audit::unpack::{UnpackError, Zipped};
use kokoroe_server::clock::Clock;
use kokoroe_server::id::{SessionId, StaffId};
use serde_json::json;

use crate::support::{TestSite, at};

/// What was found once. Each of these is read in every run.
const FOUND: &[(Reader, &[u8])] = &[];

/// One of the functions that read.
type Reader = fn(&[u8]);

/// The longest that one reading may take, on a machine that does other things as well.
const LONGEST: Duration = Duration::from_secs(10);
/// The most memory that the tests of this file may take in all, in kilobytes.
const LARGEST: u64 = 1 << 20;

/// Numbers that are the same in every run.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).expect("small")
    }

    fn of<'l, T: ?Sized>(&mut self, list: &[&'l T]) -> &'l T {
        list[self.below(list.len())]
    }
}

/// What files of attackers are made of.
const PIECES: &[&[u8]] = &[
    b"\0",
    b"\r\n",
    b"\"",
    b"'",
    b"\\",
    b",",
    b";",
    b"\t",
    b"-1",
    b"0",
    b"18446744073709551616",
    b"1e309",
    b"NaN",
    b"=HYPERLINK(\"x\")",
    b"<script>",
    b"</textarea>",
    b"]]>",
    b"<!ENTITY x SYSTEM \"file:///etc/passwd\">",
    b"&x;",
    b"../../../etc/passwd",
    b"%00",
    b"%FF",
    b"{",
    b"[[[[",
    b"}",
    b"]",
    b"\n\n",
    "\u{2028}\u{202e}\u{feff}".as_bytes(),
    "髙﨑𠮷".as_bytes(),
    "\u{1F469}\u{200D}\u{1F4BB}".as_bytes(),
    b"\xFF\xFE",
    b"\x81",
    b"\xFC\xFC",
    b"PK\x03\x04",
    b"9999-99-99",
    b"null",
    b"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
];

/// A few changes to a good file; now and then the end of another.
fn mutated(chance: &mut Chance, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = seeds[chance.below(seeds.len())].clone();
    for _ in 0..=chance.below(6) {
        let at = chance.below(bytes.len() + 1);
        let end = (at + 1 + chance.below(40)).min(bytes.len());
        match chance.below(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
            1 if at < bytes.len() => bytes[at] = u8::try_from(chance.below(256)).expect("a byte"),
            2 => drop(bytes.splice(at..at, chance.of(PIECES).iter().copied())),
            3 => drop(bytes.drain(at..end)),
            4 => {
                let piece = bytes[at..end].to_vec();
                let times = 1 + chance.below(30);
                drop(bytes.splice(at..at, piece.repeat(times)));
            }
            5 => bytes.truncate(at),
            6 => {
                let other = &seeds[chance.below(seeds.len())];
                bytes.truncate(at);
                bytes.extend_from_slice(&other[chance.below(other.len() + 1)..]);
            }
            _ => drop(bytes.splice(at..end, chance.of(PIECES).iter().copied())),
        }
    }
    bytes
}

/// How many times as many mutations: `KOKOROE_ROUNDS=100 cargo nextest run … -E 'test(parsers)'` looks for longer, at others.
fn times() -> usize {
    std::env::var("KOKOROE_ROUNDS").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}

/// Reads every seed, and so many mutations.
fn hammer(read: Reader, seeds: &[Vec<u8>], rounds: usize) {
    let rounds = rounds * times();
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15 ^ times() as u64);
    for round in 0..seeds.len() + rounds {
        let bytes = seeds.get(round).cloned().unwrap_or_else(|| mutated(&mut chance, seeds));
        let began = Instant::now();
        read(&bytes);
        assert!(began.elapsed() < LONGEST, "{:?} for {}", began.elapsed(), String::from_utf8_lossy(&bytes));
    }
    for (_, bytes) in FOUND.iter().filter(|(known, _)| std::ptr::fn_addr_eq(*known, read)) {
        read(bytes);
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse::<u64>().ok());
    assert!(peak.unwrap_or(0) < LARGEST, "{peak:?} kB");
}

#[test]
fn no_content_file_makes_the_check_stumble() {
    let files = (0_u8..).zip(read::CATALOGUE.iter());
    let seeds: Vec<Vec<u8>> = files.map(|(which, (_, text))| [&[which], text.as_bytes()].concat()).collect();
    // A whole catalogue is checked each time, which takes its while; the fuzzer has more patience.
    hammer(read::catalogue, &seeds, 10);
}

#[test]
fn no_kept_content_makes_the_reading_stumble() {
    let catalogue = kokoroe_courses::Catalogue::embedded().expect("a catalogue");
    let mut seeds: Vec<Vec<u8>> =
        catalogue.modules.iter().take(3).map(|module| module.canonical().into_bytes()).collect();
    seeds.push(catalogue.policy.canonical().into_bytes());
    seeds.push(b"# \xE9\xA1\x8C\n\n1. [C3](#C3) **x**\n   - `y`\n\n> z\n\n| a | b |\n".to_vec());
    hammer(read::canonical, &seeds, 500);
}

const LIST: &str = "職員番号,姓,名,セイ,メイ,部署コード,部署名,上位部署コード,職種,入職日,退職日,兼務部署コード\r\n\
    00123,髙橋,花子,タカハシ,ハナコ,03,3病棟,00,看護師,2020/4/1,,04\r\n\
    \"1,2\",\"鈴木\n一郎\",,ｽｽﾞｷ,,04,\"4\"\"病棟\",,医師,令和2年4月1日,R8.3.31,\r\n";

#[test]
fn no_list_of_staff_makes_the_reading_stumble() {
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(LIST.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let seeds = vec![
        LIST.as_bytes().to_vec(),
        SHIFT_JIS.encode(LIST).0.into_owned(),
        utf16,
        LIST.replace(',', "\t").into_bytes(),
        [&[0xEF, 0xBB, 0xBF], LIST.as_bytes()].concat(),
        "部署コード;部署名;上位部署コード\n03;3病棟;00\n".as_bytes().to_vec(),
    ];
    hammer(read::staff_list, &seeds, 4000);
}

#[test]
fn no_workbook_makes_the_reading_stumble() {
    let sheet = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:B3"/><sheetData>
        <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>部署コード</t></is></c></row>
        <row r="2"><c r="A2"><v>00123</v></c><c r="B2" t="inlineStr"><is><t>髙橋 花子</t></is></c></row>
        <row r="3"><c r="A3" t="str"><f>1+1</f><v>2</v></c><c r="XFD1048576" t="d"><v>2026-04-01</v></c><c r="B3" t="b"><v>1</v></c></row>
        </sheetData></worksheet>"#;
    let lines = kokoroe_server::people::import::lines(&read::bound(sheet.as_bytes())).expect("a list");
    assert!(lines.len() >= 2, "the good one is read");
    hammer(read::workbook, &[sheet.as_bytes().to_vec()], 2500);
    let mut whole = rust_xlsxwriter::Workbook::new();
    let page = whole.add_worksheet();
    for (column, head) in (0_u16..).zip(LIST.lines().next().expect("a head").split(',')) {
        page.write(0, column, head).expect("written");
        page.write(1, column, f64::from(column) * 1000.5).expect("written");
    }
    hammer(read::staff_list, &[whole.save_to_buffer().expect("a workbook")], 1500);
}

/// The files of a pack, by name.
type Files = Vec<(String, Vec<u8>)>;

/// A log of three leaves with its checkpoint, and its pack.
fn made() -> (Vec<Vec<u8>>, String, Files) {
    let log = "h0001/2026";
    let fact = |n: usize, kind: Kind| {
        let at = format!("2026-05-01T00:00:0{n}.000Z");
        let leaf = Leaf::new(log, kind, &at, "u:1").expect("a leaf").with_obj("att:1").expect("an object");
        leaf.with_d(json!({ "q": "q:1", "why": null, "a": ["o1", "o2"], "s": n }))
            .expect("a content")
            .encode()
    };
    let leaves: Vec<Vec<u8>> = [Kind::LOG_OPEN, Kind::ANSWER, Kind::ANSWER]
        .into_iter()
        .enumerate()
        .map(|(n, kind)| fact(n, kind))
        .collect();
    let mut frontier = Frontier::default();
    leaves.iter().for_each(|leaf| frontier.append(leaf::hash(leaf)));
    let checkpoint = Checkpoint { origin: log.to_owned(), size: frontier.size(), root: frontier.root() };
    let note = checkpoint.sign(&[&read::key()]).expect("signed");
    let mut files = std::collections::BTreeMap::from([
        (
            "leaves.ndjson".to_owned(),
            leaves.iter().flat_map(|leaf| [leaf.as_slice(), b"\n"].concat()).collect(),
        ),
        ("checkpoints/3.note".to_owned(), note.clone().into_bytes()),
        ("README.ja.txt".to_owned(), "検証のしかた\n".as_bytes().to_vec()),
    ]);
    let row =
        |n: u8| format!("{n},att:1,2026-05-01T00:00:0{n}.000Z,u:1,\"[\"\"o1\"\",\"\"o2\"\"]\",q:1,{n},\r\n");
    for table in Table::ALL {
        let rows = if table == Table::Answers { row(1) + &row(2) } else { String::new() };
        files.insert(table.file().to_owned(), format!("leaf,obj,at,actor,a,q,s,why\r\n{rows}").into_bytes());
    }
    seal(&mut files, log, "2026-05-02T00:00:00.000Z", read::key().verifying_key(), &read::key())
        .expect("sealed");
    assert!(read::verified(&files), "it is whole");
    (leaves, note, files.into_iter().collect())
}

#[test]
fn no_note_proof_or_leaf_makes_the_checking_stumble() {
    let (leaves, note, _) = made();
    let hashes: Vec<_> = leaves.iter().map(|leaf| tree::leaf_hash(leaf)).collect();
    let proof = Proof::make(&hashes, 1, &note).expect("a proof").encode();
    let key = read::key().verifying_key().to_string();
    let mut frontier = 3_u64.to_le_bytes().to_vec();
    hashes.iter().for_each(|hash| frontier.extend(hex::decode(hash.to_string()).expect("hex")));
    hammer(read::note, &[note.into_bytes(), proof.into_bytes(), key.into_bytes(), frontier], 6000);
    hammer(read::leaf, &leaves, 6000);
}

#[test]
fn no_reply_of_an_authority_makes_the_reading_stumble() {
    let seeds = [
        include_bytes!("../../../evidence/tests/evidence/named.tsr").to_vec(),
        include_bytes!("../../../evidence/tests/evidence/unnamed.tsr").to_vec(),
        vec![0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02],
    ];
    hammer(read::reply, &seeds, 20_000);
}

#[test]
fn no_pack_makes_the_checking_stumble() {
    let (_, _, files) = made();
    let named = || files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    let manifest = files.iter().find(|(name, _)| name == "manifest.json").expect("a manifest");
    hammer(read::leaf, std::slice::from_ref(&manifest.1), 2000);
    assert!(Manifest::parse(&manifest.1).is_ok());
    hammer(read::pack, &[read::zipped(named())], 1500);
    // Changed inside of the zip, where its sums do not stand before.
    let mut chance = Chance(5);
    for _ in 0..600 {
        let which = chance.below(files.len());
        let changed = mutated(&mut chance, &[files[which].1.clone()]);
        let same = changed == files[which].1;
        let bytes = read::zipped(named().map(|(name, bytes)| {
            if name == files[which].0 { (name, changed.as_slice()) } else { (name, bytes) }
        }));
        read::pack(&bytes);
        let zip = Zipped::open(std::io::Cursor::new(&bytes), 1 << 20).expect("a zip");
        assert!(same || !read::verified(&zip), "{} was changed and nobody saw it", files[which].0);
    }
}

#[test]
fn a_zip_that_unfolds_without_end_or_names_a_file_twice_is_no_pack() {
    let zeros = vec![0; 4 << 20];
    let bomb = read::zipped([("a", zeros.as_slice())]);
    assert!(bomb.len() < 16 << 10);
    let open = |bytes| Zipped::open(std::io::Cursor::new(bytes), 1 << 20);
    let unfolded = open(bomb.as_slice()).expect("its directory says nothing");
    assert!(sum(&unfolded, "a").is_err_and(|error| error.to_string().contains("too large")));
    assert!(!read::verified(&unfolded));
    // What is not too much may be read again, and all files together may not be too much.
    let both = read::zipped([("a", &zeros[..600 << 10]), ("b", &zeros[..600 << 10])]);
    let unfolded = open(both.as_slice()).expect("a zip");
    let read = ["a", "a", "b", "a"].map(|name| sum(&unfolded, name).is_ok());
    assert_eq!(read, [true, true, false, true]);
    // The names of two files become one: the directory is written by hand, because no writer does this.
    let twice = read::zipped([("manifest.jsoN", b"1".as_slice()), ("manifest.json", b"2")]);
    assert!(open(twice.as_slice()).is_ok_and(|files| files.names().len() == 2));
    let replaced = replaced(&twice);
    let refused = open(replaced.as_slice());
    assert!(matches!(refused, Err(UnpackError::Twice)), "{refused:?}");
    // A name that leads out of a folder is only a name: nothing is written.
    let out = read::zipped([("../../outside", b"x".as_slice())]);
    assert!(!read::verified(&open(out.as_slice()).expect("a zip")));
}

fn replaced(bytes: &[u8]) -> Vec<u8> {
    let (from, to) = (b"manifest.jsoN", b"manifest.json");
    let mut out = bytes.to_vec();
    while let Some(at) = out.windows(from.len()).position(|piece| piece == from) {
        out[at..at + to.len()].copy_from_slice(to);
    }
    out
}

#[test]
fn no_token_cookie_or_address_makes_the_reading_stumble() {
    let (keys, clock) =
        (Keys::new(&[9; 32], "https://kokoroe.example.jp"), Clock::standing_at(at("2026-09-21T14:13:20Z")));
    let token = keys.issue(&SessionId::new(&clock), &StaffId::new(&clock), clock.now()).expect("a token");
    let other = Keys::new(&[8; 32], "https://kokoroe.example.jp");
    let foreign = other.issue(&SessionId::new(&clock), &StaffId::new(&clock), clock.now()).expect("a token");
    let payload = token.split('.').nth(1).expect("claims");
    let unsigned = ["eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0", payload, ""].join(".");
    let seeds = vec![
        // Its own signature is cut off: what is right is no seed.
        token.as_bytes()[..token.len() - 1].to_vec(),
        foreign.into_bytes(),
        unsigned.into_bytes(),
        format!("__Host-at={}; lang=ja; looks=f1s2c1e1", &token[..token.len() - 2]).into_bytes(),
        b"ABCD-EFGH-JKLM".to_vec(),
    ];
    hammer(read::token, &seeds, 6000);
    let seeds: Vec<Vec<u8>> = [
        "department=018f0000-0000-7000-8000-000000000000&at=2026-09-30&status=overdue&q=%E9%AB%99",
        "/learn/p/m1-photo/3/again?x=1#y",
        "//evil.example/\\x",
        "18-8 sat sun",
        "２０２６／０４／０１",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec();
    hammer(read::address, &seeds, 6000);
}

/// Each page that is read with conditions, and what is usual in them.
const PAGES: [(&str, &str, &str); 14] = [
    ("100010", "/team", "status=open&q=x&page=2&sort=due&at=2026-09-30&profession=x"),
    ("100010", "/team/morning", "at=2026-09-30"),
    ("100020", "/office", "requirement=&at=2026-09-30"),
    ("100020", "/office/report", "requirement=&at=2026-09-30&sort=rate&profession=x"),
    ("100020", "/office/trend", "requirement=&profession=x"),
    ("100020", "/office/departments/all", "status=overdue&q=x&page=1&at=2026-09-30"),
    ("100020", "/office/people", "q=x&page=1&show=both"),
    ("100020", "/office/questions", "requirement=&sort=rate&group=profession"),
    ("100020", "/office/clauses", "requirement="),
    ("100020", "/office/exceptions", "show=all&page=1"),
    ("100020", "/office/follow-up", "department=&page=1"),
    ("100030", "/audit/roster", "requirement=&at=2026-09-30&q=x&sample=5&word=x"),
    ("100030", "/audit/log", "log=h0001/2026&from=0&kind=answer&page=1"),
    ("100030", "/verify", "number=2026-SNS-000001&code=x"),
];

#[tokio::test]
async fn no_condition_in_an_address_breaks_a_page() {
    let test = TestSite::new().await;
    test.ward().await;
    let mut chance = Chance(11);
    for (number, page, usual) in PAGES {
        let mut browser = test.signed_in(number).await;
        let seeds = [usual.as_bytes().to_vec()];
        for _ in 0..12 {
            let query: String = mutated(&mut chance, &seeds)
                .iter()
                .map(|byte| match byte {
                    b'&' | b'=' | b'%' | b'-' => char::from(*byte).to_string(),
                    byte if byte.is_ascii_alphanumeric() => char::from(*byte).to_string(),
                    byte => format!("%{byte:02X}"),
                })
                .collect();
            let answer = browser.get(&format!("{page}?{query}")).await;
            let status = answer.status.as_u16();
            assert!(matches!(status, 200 | 303 | 400 | 404 | 422 | 429), "{page}?{query}: {status}");
            assert!(
                !answer.body.contains("<script>") && !answer.body.contains("</textarea><"),
                "{page}?{query}"
            );
        }
    }
}
