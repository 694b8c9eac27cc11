//! A log made up for the tests, and its pack.

use std::collections::BTreeMap;

use kokoroe_evidence::pack::{self, Table};
use kokoroe_evidence::{Checkpoint, Frontier, Hash, Kind, Leaf, SigningKey, leaf, tree};
use serde_json::{Map, Value, json};

pub(crate) const LOG: &str = "h0001/2026";
pub(crate) const MADE_AT: &str = "2027-04-01T00:00:00.000Z";

pub(crate) fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed("h0001", &[seed; 32]).unwrap()
}

/// Millisecond number `n` of 1 May 2026.
pub(crate) fn at(n: usize) -> String {
    let (hour, minute, second) = (n / 3_600_000 % 24, n / 60_000 % 60, n / 1_000 % 60);
    format!("2026-05-{:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", 1 + n / 86_400_000, n % 1_000)
}

pub(crate) fn content() -> Vec<u8> {
    r#"{"title":"写真を投稿する前に"}"#.as_bytes().to_vec()
}

/// A fact of its kind with a content that has something of everything.
pub(crate) fn fact(kind: Kind, n: usize, d: Value) -> Vec<u8> {
    Leaf::new(LOG, kind, &at(n), &format!("u:{}", n % 7))
        .unwrap()
        .with_obj(&format!("att:{}", n / 4))
        .unwrap()
        .with_req(&format!("r:{n}"))
        .unwrap()
        .with_d(d)
        .unwrap()
        .encode()
}

pub(crate) fn leaves(number: usize) -> Vec<Vec<u8>> {
    let rev = Hash::of(&content()).to_string();
    (0..number)
        .map(|n| match n {
            0 => fact(Kind::LOG_OPEN, n, json!({"version": "0.1.0"})),
            n if n % 6 == 4 => fact(Kind::COMPLETION, n, json!({"late": n % 4 == 0, "score": 9_500})),
            n if n % 6 == 5 => {
                fact(Kind::ATTEST_SIGN, n, json!({"rev": rev, "text": "読みました。\n\"同意\", します"}))
            }
            _ => fact(
                Kind::ANSWER,
                n,
                json!({"a": ["o2", "o3"], "q": format!("q:{n}"), "rev": rev, "s": n, "why": null}),
            ),
        })
        .collect()
}

pub(crate) fn hashes(leaves: &[Vec<u8>]) -> Vec<Hash> {
    leaves.iter().map(|leaf| leaf::hash(leaf)).collect()
}

pub(crate) fn checkpoint(leaves: &[Vec<u8>], size: usize, keys: &[&SigningKey]) -> Vec<u8> {
    let root = tree::root(&hashes(&leaves[..size]));
    Checkpoint { origin: LOG.to_owned(), size: size as u64, root }.sign(keys).unwrap().into_bytes()
}

/// The table of one kind, as a spreadsheet would write it.
pub(crate) fn table(leaves: &[Vec<u8>], table: Table) -> Vec<u8> {
    let rows: Vec<(usize, Leaf)> = leaves
        .iter()
        .enumerate()
        .filter_map(|(n, leaf)| Leaf::parse(leaf).ok().map(|leaf| (n, leaf)))
        .filter(|(_, leaf)| *leaf.kind() == table.kind())
        .collect();
    let keys: Vec<String> =
        rows.first().map(|(_, leaf)| leaf.d().keys().cloned().collect()).unwrap_or_default();
    let mut text =
        format!("\u{feff}leaf,obj,at,actor{}\r\n", keys.iter().map(|k| format!(",{k}")).collect::<String>());
    for (n, leaf) in rows {
        text.push_str(&format!("{n},{},{},{}", leaf.obj().unwrap_or_default(), leaf.at(), leaf.actor()));
        for key in &keys {
            text.push_str(&format!(",{}", cell(leaf.d(), key)));
        }
        text.push_str("\r\n");
    }
    text.into_bytes()
}

fn cell(d: &Map<String, Value>, key: &str) -> String {
    let text = match d.get(key) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    };
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// The pack of these leaves with checkpoints of these sizes, by a server that holds the key.
pub(crate) fn pack_of(leaves: &[Vec<u8>], sizes: &[usize]) -> Files {
    let key = key(1);
    let mut files = Files::new();
    files.insert(
        pack::LEAVES.to_owned(),
        leaves.iter().flat_map(|leaf| [leaf, &b"\n"[..]].concat()).collect(),
    );
    let mut frontier = Frontier::new();
    for (n, hash) in (1..).zip(hashes(leaves)) {
        frontier.append(hash);
        if sizes.contains(&n) {
            let size = frontier.size();
            let head = Checkpoint { origin: LOG.to_owned(), size, root: frontier.root() };
            files.insert(pack::checkpoint_file(size), head.sign(&[&key]).unwrap().into_bytes());
        }
    }
    for t in Table::ALL {
        files.insert(t.file().to_owned(), table(leaves, t));
    }
    files.insert(pack::content_file(Hash::of(&content())), content());
    files.insert(pack::README.to_owned(), "この一式の確かめ方\n".as_bytes().to_vec());
    seal(files)
}

/// Lists and signs the files again, as somebody with the key would.
pub(crate) fn seal(mut files: Files) -> Files {
    let key = key(1);
    pack::seal(&mut files, LOG, MADE_AT, key.verifying_key(), &key).unwrap();
    files
}
