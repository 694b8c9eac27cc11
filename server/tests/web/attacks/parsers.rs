//! Everything that reads bytes from outside is given good files with some of their bytes changed, and has to come back in time, within memory,
//! and with one spelling for what has one. `server/fuzz` does the same without end.

#[path = "../../../fuzz/src/courses.rs"]
#[expect(unreachable_pub, reason = "the fuzzer uses these from outside")]
mod courses;
#[path = "../../../fuzz/src/evidence.rs"]
#[expect(unreachable_pub, reason = "the fuzzer uses these from outside")]
mod evidence;
#[path = "../../../fuzz/src/server.rs"]
#[expect(unreachable_pub, reason = "the fuzzer uses these from outside")]
mod server;

use std::time::{Duration, Instant};

use kokoroe_evidence::pack::{Manifest, Source as _, sum};
use kokoroe_server::audit::unpack::{UnpackError, Zipped};

use crate::support::TestSite;

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
    // A whole catalogue is checked each time, which takes its while; the fuzzer has more patience.
    hammer(courses::catalogue, &courses::catalogues(), 10);
}

#[test]
fn no_kept_content_makes_the_reading_stumble() {
    hammer(courses::canonical, &courses::contents(), 500);
}

#[test]
fn no_list_of_staff_makes_the_reading_stumble() {
    hammer(server::staff_list, &server::staff_lists(), 4000);
}

#[test]
fn no_workbook_makes_the_reading_stumble() {
    hammer(server::workbook, &server::sheets(), 2500);
    hammer(server::staff_list, &server::workbooks(), 1500);
}

#[test]
fn no_note_proof_or_leaf_makes_the_checking_stumble() {
    hammer(evidence::note, &evidence::notes(), 6000);
    hammer(evidence::leaf, &evidence::leaves(), 6000);
}

#[test]
fn no_reply_of_an_authority_makes_the_reading_stumble() {
    hammer(evidence::reply, &evidence::replies(), 20_000);
}

#[test]
fn no_pack_makes_the_checking_stumble() {
    let manifests = evidence::manifests();
    assert!(Manifest::parse(&manifests[0]).is_ok());
    hammer(evidence::leaf, &manifests, 2000);
    hammer(server::pack, &server::packs(), 1500);
    // Changed inside of the zip, where its sums do not stand before.
    let files: Vec<(String, Vec<u8>)> = evidence::files().into_iter().collect();
    let mut chance = Chance(5);
    for _ in 0..600 {
        let which = chance.below(files.len());
        let changed = mutated(&mut chance, &[files[which].1.clone()]);
        let same = changed == files[which].1;
        let bytes = server::zipped(files.iter().map(|(name, bytes)| {
            (name.as_str(), if *name == files[which].0 { changed.as_slice() } else { bytes.as_slice() })
        }));
        server::pack(&bytes);
        let zip = Zipped::open(std::io::Cursor::new(&bytes), 1 << 20).expect("a zip");
        assert!(same || !evidence::verified(&zip), "{} was changed and nobody saw it", files[which].0);
    }
}

#[test]
fn a_zip_that_unfolds_without_end_or_names_a_file_twice_is_no_pack() {
    let zeros = vec![0; 4 << 20];
    let bomb = server::zipped([("a", zeros.as_slice())]);
    assert!(bomb.len() < 16 << 10);
    let open = |bytes| Zipped::open(std::io::Cursor::new(bytes), 1 << 20);
    let unfolded = open(bomb.as_slice()).expect("its directory says nothing");
    assert!(sum(&unfolded, "a").is_err_and(|error| error.to_string().contains("too large")));
    assert!(!evidence::verified(&unfolded));
    // What is not too much may be read again, and all files together may not be too much.
    let both = server::zipped([("a", &zeros[..600 << 10]), ("b", &zeros[..600 << 10])]);
    let unfolded = open(both.as_slice()).expect("a zip");
    let read = ["a", "a", "b", "a"].map(|name| sum(&unfolded, name).is_ok());
    assert_eq!(read, [true, true, false, true]);
    // The names of two files become one: the directory is written by hand, because no writer does this.
    let twice = server::zipped([("manifest.jsoN", b"1".as_slice()), ("manifest.json", b"2")]);
    assert!(open(twice.as_slice()).is_ok_and(|files| files.names().len() == 2));
    let replaced = replaced(&twice);
    let refused = open(replaced.as_slice());
    assert!(matches!(refused, Err(UnpackError::Twice)), "{refused:?}");
    // A name that leads out of a folder is only a name: nothing is written.
    let out = server::zipped([("../../outside", b"x".as_slice())]);
    assert!(!evidence::verified(&open(out.as_slice()).expect("a zip")));
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
    hammer(server::token, &server::tokens(), 6000);
    hammer(server::address, &server::addresses(), 6000);
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
