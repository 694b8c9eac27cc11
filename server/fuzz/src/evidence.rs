//! What a log consists of, and what vouches for it.

use std::collections::BTreeMap;

use chrono::DateTime;
use kokoroe_evidence::pack::{self, Manifest, Source, Table, seal};
use kokoroe_evidence::proof::Proof;
use kokoroe_evidence::{
    Checkpoint, Frontier, Hash, Kind, Leaf, SigningKey, Stamp, VerifyingKey, note::Note, tree,
};
use serde_json::json;

/// The log of the good files.
const LOG: &str = "h0001/2026";

/// The key by which seeds are signed.
fn key() -> SigningKey {
    SigningKey::from_seed("h0001", &[7; 32]).expect("a key")
}

/// The half of it that verifies.
fn verifier() -> VerifyingKey {
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
        drop(proof.verify(b"{}", LOG, &verifier().into()));
    }
    if let Some((size, rest)) = bytes.split_first_chunk::<8>()
        && let Ok(frontier) = Frontier::from_bytes(u64::from_le_bytes(*size), rest)
    {
        assert_eq!(frontier.to_bytes(), rest);
        drop(frontier.root().to_string());
    }
}

/// A checkpoint, a proof, a key, and where the log stands.
pub fn notes() -> Vec<Vec<u8>> {
    let note = checkpoint();
    let proof = Proof::make(&hashes(), 1, &note).expect("a proof").encode();
    let frontier = frontier();
    let stand = [frontier.size().to_le_bytes().as_slice(), &frontier.to_bytes()].concat();
    vec![note.into_bytes(), proof.into_bytes(), key().verifying_key().to_string().into_bytes(), stand]
}

/// The reply of a time stamp authority: whoever answers on the network may send anything.
pub fn reply(bytes: &[u8]) {
    if let Ok(stamp) = Stamp::read(bytes) {
        assert!(DateTime::parse_from_rfc3339(stamp.at()).is_ok(), "{}", stamp.at());
        assert!(stamp.authority().is_none_or(|name| !name.contains(char::is_control)));
    }
}

/// A reply that names the authority, one that does not, and a refusal.
pub fn replies() -> Vec<Vec<u8>> {
    vec![
        include_bytes!("../../evidence/tests/evidence/named.tsr").to_vec(),
        include_bytes!("../../evidence/tests/evidence/unnamed.tsr").to_vec(),
        vec![0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02],
    ]
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

/// The three leaves of a log.
pub fn leaves() -> Vec<Vec<u8>> {
    let kinds = [Kind::LOG_OPEN, Kind::ANSWER, Kind::ANSWER].into_iter().enumerate();
    let leaf = |(n, kind)| {
        let at = format!("2026-05-01T00:00:0{n}.000Z");
        let leaf = Leaf::new(LOG, kind, &at, "u:1").expect("a leaf").with_obj("att:1").expect("an object");
        leaf.with_d(json!({ "q": "q:1", "why": null, "a": ["o1", "o2"], "s": n }))
            .expect("a content")
            .encode()
    };
    kinds.map(leaf).collect()
}

fn hashes() -> Vec<Hash> {
    leaves().iter().map(|leaf| tree::leaf_hash(leaf)).collect()
}

fn frontier() -> Frontier {
    let mut frontier = Frontier::default();
    hashes().into_iter().for_each(|hash| frontier.append(hash));
    frontier
}

fn checkpoint() -> String {
    let frontier = frontier();
    let checkpoint = Checkpoint { origin: LOG.to_owned(), size: frontier.size(), root: frontier.root() };
    checkpoint.sign(&[&key()]).expect("signed")
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

/// The files of the pack of this log, by name.
pub fn files() -> BTreeMap<String, Vec<u8>> {
    let leaves = leaves().iter().flat_map(|leaf| [leaf.as_slice(), b"\n"].concat()).collect();
    let mut files = BTreeMap::from([
        ("leaves.ndjson".to_owned(), leaves),
        ("checkpoints/3.note".to_owned(), checkpoint().into_bytes()),
        ("README.ja.txt".to_owned(), "検証のしかた\n".as_bytes().to_vec()),
    ]);
    let row =
        |n: u8| format!("{n},att:1,2026-05-01T00:00:0{n}.000Z,u:1,\"[\"\"o1\"\",\"\"o2\"\"]\",q:1,{n},\r\n");
    for table in Table::ALL {
        let rows = if table == Table::Answers { row(1) + &row(2) } else { String::new() };
        files.insert(table.file().to_owned(), format!("leaf,obj,at,actor,a,q,s,why\r\n{rows}").into_bytes());
    }
    seal(&mut files, LOG, "2026-05-02T00:00:00.000Z", key().verifying_key(), &key()).expect("sealed");
    assert!(verified(&files), "it is whole");
    files
}

/// The list of the files of this pack.
pub fn manifests() -> Vec<Vec<u8>> {
    files().remove(pack::MANIFEST).into_iter().collect()
}
