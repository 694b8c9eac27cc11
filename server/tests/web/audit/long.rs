//! Packs of logs as long as one likes, written as they are thought up, and how much memory the program takes to check them.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use kokoroe_evidence::pack::{Counts, Manifest, Table, checkpoint_file, content_file};
use kokoroe_evidence::{Checkpoint, Frontier, Hash, SigningKey, leaf, pack};
use sha2::{Digest as _, Sha256};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const LOG: &str = "h0001/2026";

/// A zip under way, and what its files turned out to be.
struct Writing {
    zip: ZipWriter<BufWriter<File>>,
    manifest: Manifest,
}

impl Writing {
    fn file(&mut self, name: &str, write: impl FnOnce(&mut dyn FnMut(&[u8]))) {
        let options = SimpleFileOptions::default().compression_level(Some(1)).large_file(true);
        self.zip.start_file(name, options).expect("a file");
        let mut sha = Sha256::new();
        let mut out = BufWriter::with_capacity(1 << 18, &mut self.zip);
        write(&mut |bytes| {
            sha.update(bytes);
            out.write_all(bytes).expect("written");
        });
        out.flush().expect("written");
        drop(out);
        self.manifest.files.insert(name.to_owned(), Hash::from(<[u8; 32]>::from(sha.finalize())));
    }
}

/// Millisecond number `n` of 1 May 2026.
fn at(n: u64) -> String {
    let (hour, minute, second) = (n / 3_600_000 % 24, n / 60_000 % 60, n / 1_000 % 60);
    format!("2026-05-01T{hour:02}:{minute:02}:{second:02}.{:03}Z", n % 1_000)
}

/// The leaf of an answer, spelled as the log does.
fn answer(n: u64, rev: &str) -> String {
    let (attempt, turn) = (n / 13, n % 13);
    format!(
        r#"{{"actor":"01a00000-0000-7000-8000-{:012}","at":"{}","d":{{"grade":3,"lang":"ja","out_of":3,"place":"quake-evening/n1","points":3,"response":"{{\"choice\":\"stop\"}}","rev":"{rev}","turn":{turn}}},"k":"answer","log":"{LOG}","obj":"01c00000-0000-7000-8000-{attempt:012}","prev_cp":0,"req":"01d00000-0000-7000-8000-{n:012}","v":1}}"#,
        n / 65,
        at(n)
    )
}

fn row(n: u64, rev: &str) -> String {
    let (attempt, turn) = (n / 13, n % 13);
    format!(
        "{n},01c00000-0000-7000-8000-{attempt:012},{},01a00000-0000-7000-8000-{:012},{turn},quake-evening/n1,\"{{\"\"choice\"\":\"\"stop\"\"}}\",3,3,3,ja,{rev}\r\n",
        at(n),
        n / 65
    )
}

/// Writes a pack with so many answers and their rows. Gives the key.
pub(crate) fn write(path: &Path, leaves: u64) -> String {
    let key = SigningKey::from_seed("h0001", &[1; 32]).expect("a key");
    let content = "{\"title\":\"写真を投稿する前に\"}";
    let rev = Hash::of(content.as_bytes()).to_string();
    let manifest = Manifest {
        part: None,
        log: LOG.to_owned(),
        generated_at: at(0),
        counts: Counts { leaves, answers: leaves, checkpoints: 1, contents: 1, ..Counts::default() },
        files: std::collections::BTreeMap::new(),
    };
    let zip = ZipWriter::new(BufWriter::with_capacity(1 << 18, File::create(path).expect("a file")));
    let mut writing = Writing { zip, manifest };
    let vkey = key.verifying_key().to_string();
    writing.file(pack::KEY, |to| to(vkey.as_bytes()));
    writing.file(pack::README, |to| to("確かめ方".as_bytes()));
    writing.file(&content_file(Hash::of(content.as_bytes())), |to| to(content.as_bytes()));
    let mut frontier = Frontier::new();
    writing.file(pack::LEAVES, |to| {
        for n in 0..leaves {
            let body = answer(n, &rev);
            frontier.append(leaf::hash(body.as_bytes()));
            to(body.as_bytes());
            to(b"\n");
        }
    });
    let signed = Checkpoint { origin: LOG.to_owned(), size: leaves, root: frontier.root() };
    let note = signed.sign(&[&key]).expect("a note");
    writing.file(&checkpoint_file(leaves), |to| to(note.as_bytes()));
    writing.file(Table::Answers.file(), |to| {
        to("leaf,obj,at,actor,turn,place,response,grade,points,out_of,lang,rev\r\n".as_bytes());
        (0..leaves).for_each(|n| to(row(n, &rev).as_bytes()));
    });
    let encoded = writing.manifest.encode().expect("a list");
    let note = writing.manifest.sign(&encoded, &key).expect("a note");
    writing.file(pack::MANIFEST, |to| to(&encoded));
    writing.file(pack::MANIFEST_NOTE, |to| to(note.as_bytes()));
    let mut out = writing.zip.finish().expect("a zip");
    out.flush().expect("written");
    vkey
}

/// Checks a pack with the program. Gives the seconds that it took and the megabytes that it had in memory at most.
pub(crate) fn checked(path: &Path, vkey: &str, more: &[&str]) -> (f64, f64) {
    let began = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_kokoroe"))
        .args(["verify", "--vkey", vkey])
        .arg(path)
        .args(more)
        .stdout(Stdio::null())
        .spawn()
        .expect("the program");
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0.0_f64;
    loop {
        let told = std::fs::read_to_string(&status).unwrap_or_default();
        let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
        most = most.max(kilobytes.unwrap_or_default() / 1024.0);
        if let Some(ended) = child.try_wait().expect("a program that was started") {
            assert!(ended.success(), "{}", path.display());
            return (began.elapsed().as_secs_f64(), most);
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}
