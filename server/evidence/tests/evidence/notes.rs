//! Notes, checkpoints and proofs against the C2SP examples and against ourselves.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kokoroe_evidence::note::{self, Note, NoteError};
use kokoroe_evidence::proof::{Proof, ProofError};
use kokoroe_evidence::{Checkpoint, Hash, SigningKey, VerifyingKey, tree};
use proptest::prelude::*;

/// The documented example of Go's `sumdb/note`, the format's first implementation. Ed25519 signs without chance, so
/// the same seed must give the same line.
const GO_SEED: &str = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const GO_KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const GO_TEXT: &str =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const GO_LINE: &str = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

/// The example of c2sp.org/signed-note. Its key is not printed there.
const C2SP_NOTE: &str = "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n";

/// The example of c2sp.org/tlog-checkpoint. Its key is not printed there.
const C2SP_CHECKPOINT: &str = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

/// The example of c2sp.org/tlog-proof. Its signatures are abridged there and its path is too short for its size.
const C2SP_PROOF: &str = "c2sp.org/tlog-proof@v1\nextra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6kYXJ3aW4tYXJ\nindex 73894\ngSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=\nB95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=\nEKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=\nRoopEkOdqkYqMB4MJXrbt/hMjOxsVn0IrWjpz1ZMMes=\nAHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=\n\nexample.com/fancylog\n109482\nsFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=\n\n— example.com/fancylog hI2DJw[...]1roloI=\n";

fn go_key() -> SigningKey {
    let typed = STANDARD.decode(GO_SEED).unwrap();
    SigningKey::from_seed("PeterNeumann", typed[1..].try_into().unwrap()).unwrap()
}

fn key(name: &str, seed: u8) -> SigningKey {
    SigningKey::from_seed(name, &[seed; 32]).unwrap()
}

fn checkpoint() -> Checkpoint {
    Checkpoint { origin: "h0001/2026".to_owned(), size: 7, root: Hash::of(b"root") }
}

#[test]
fn the_documented_seed_gives_the_documented_key_and_signature() {
    let key = go_key();
    assert_eq!(key.verifying_key().to_string(), GO_KEY);
    assert_eq!(&VerifyingKey::parse(GO_KEY).unwrap(), key.verifying_key());
    let note = note::sign(GO_TEXT, &[&key]).unwrap();
    assert_eq!(note, format!("{GO_TEXT}\n{GO_LINE}"));
    assert_eq!(Note::parse(note.as_bytes()).unwrap().verify(key.verifying_key()), Ok(GO_TEXT));
}

#[test]
fn the_example_of_the_note_specification_is_read_with_the_empty_line_in_its_text() {
    let note = Note::parse(C2SP_NOTE.as_bytes()).unwrap();
    assert!(note.unverified_text().ends_with("sole:\n\ned è subito sera.\n"));
    let stranger = key("quasimodo.example/salvatore", 1);
    assert_eq!(
        note.verify(stranger.verifying_key()),
        Err(NoteError::Unsigned("quasimodo.example/salvatore".to_owned()))
    );
}

#[test]
fn the_example_of_the_checkpoint_specification_is_read_and_written_back() {
    let read = Checkpoint::read_unverified(C2SP_CHECKPOINT.as_bytes()).unwrap();
    assert_eq!((read.origin.as_str(), read.size), ("example.com/behind-the-sofa", 20_852_163));
    assert_eq!(read.root.to_base64(), "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=");
    assert!(C2SP_CHECKPOINT.starts_with(&format!("{}\n", read.text())));
    assert!(Checkpoint::open(C2SP_CHECKPOINT.as_bytes(), go_key().verifying_key()).is_err());
}

#[test]
fn the_example_of_the_proof_specification_is_read_and_written_back() {
    let proof = Proof::parse(C2SP_PROOF).unwrap();
    assert_eq!((proof.index, proof.path.len()), (73_894, 5));
    assert!(proof.extra.as_ref().unwrap().starts_with(b"age-v1.2.1-darwin-arm64.tar.gz"));
    assert_eq!(proof.encode(), C2SP_PROOF);
    let refused = proof.verify(b"", "example.com/fancylog", &go_key().verifying_key().clone().into());
    assert!(matches!(refused, Err(ProofError::Note(NoteError::Form(_)))));
}

#[test]
fn a_checkpoint_is_believed_only_from_its_key() {
    let (ours, other) = (key("h0001", 1), key("h0001", 2));
    let note = checkpoint().sign(&[&ours]).unwrap();
    assert_eq!(Checkpoint::open(note.as_bytes(), ours.verifying_key()).unwrap(), checkpoint());
    assert!(matches!(Checkpoint::open(note.as_bytes(), other.verifying_key()), Err(NoteError::Unsigned(_))));
}

#[test]
fn signatures_by_strangers_are_ignored_and_false_ones_are_not() {
    let (ours, witness) = (key("h0001", 1), key("witness.example", 2));
    let note = checkpoint().sign(&[&witness, &ours]).unwrap();
    assert!(Checkpoint::open(note.as_bytes(), ours.verifying_key()).is_ok());
    assert!(Checkpoint::open(note.as_bytes(), witness.verifying_key()).is_ok());
    // A large post-quantum signature of a kind that we do not know.
    let large = format!("{note}— pq.example {}\n", STANDARD.encode([9; 4 + 4_000]));
    assert!(Checkpoint::open(large.as_bytes(), ours.verifying_key()).is_ok());
    // Our name and key id over somebody else's bytes.
    let moved = Checkpoint { size: 8, ..checkpoint() }.sign(&[&ours]).unwrap();
    let line = moved.lines().last().unwrap();
    let forged = format!("{}\n{line}\n", checkpoint().text());
    assert_eq!(
        Checkpoint::open(forged.as_bytes(), ours.verifying_key()),
        Err(NoteError::FalseSignature("h0001".to_owned()))
    );
    let both = format!("{note}{line}\n");
    assert!(Checkpoint::open(both.as_bytes(), ours.verifying_key()).is_err());
}

#[test]
fn a_key_is_read_from_what_it_prints_and_from_nothing_else() {
    let printed = key("h0001.example/log", 3).verifying_key().to_string();
    assert_eq!(VerifyingKey::parse(&format!(" {printed}\n")).unwrap().to_string(), printed);
    let (name_and_id, public) = printed.rsplit_once("+A").unwrap();
    for wrong in [
        String::new(),
        "h0001".to_owned(),
        printed.replacen("h0001", "h0002", 1),
        printed.replacen("h0001", "h 001", 1),
        format!("{name_and_id}+B{public}"),
        printed[..printed.len() - 4].to_owned(),
        printed.replacen('+', "+0", 1),
    ] {
        assert!(VerifyingKey::parse(&wrong).is_err(), "{wrong}");
    }
    for name in ["", "a b", "a+b", "a\u{3000}b", "a\nb"] {
        assert!(SigningKey::from_seed(name, &[1; 32]).is_err(), "{name:?}");
    }
}

#[test]
fn the_secret_never_prints_itself() {
    assert_eq!(format!("{:?}", key("h0001", 1)), "SigningKey(h0001)");
}

#[test]
fn a_note_of_another_form_is_refused() {
    let ours = key("h0001", 1);
    let text = checkpoint().text();
    let note = checkpoint().sign(&[&ours]).unwrap();
    let line = note.lines().last().unwrap();
    for wrong in [
        String::new(),
        text.clone(),
        format!("{text}\n"),
        format!("{text}\n{line}"),
        format!("{text}\n{line}\n\n"),
        format!("{text}{line}\n"),
        format!("{text}\n{}\n", line.replace('—', "-")),
        format!("{text}\n{}\n", line.replace("h0001", "h+1")),
        format!("{text}\n{}\n", line.trim_end_matches('=')),
        format!("{text}\n{line} \n"),
        format!("{text}\n— h0001 AAAA\n"),
        note.replace('\n', "\r\n"),
        note.replacen('7', "\t7", 1),
    ] {
        assert!(Checkpoint::open(wrong.as_bytes(), ours.verifying_key()).is_err(), "{wrong}");
    }
    assert!(Note::parse(b"a\n\n\xe2\x80\x94 \xff\n").is_err());
    assert!(note::sign("no line end", &[&ours]).is_err() && note::sign("a\tb\n", &[&ours]).is_err());
    assert!(note::sign("nobody\n", &[]).is_err());
}

#[test]
fn a_signed_text_that_is_not_a_checkpoint_is_refused() {
    let ours = key("h0001", 1);
    let root = Hash::of(b"").to_base64();
    for text in [
        format!("o\n07\n{root}\n"),
        format!("o\n+7\n{root}\n"),
        format!("o\n-7\n{root}\n"),
        format!("o\n\n{root}\n"),
        format!("o\n99999999999999999999\n{root}\n"),
        format!("\n7\n{root}\n"),
        format!("o\n7\n{}\n", &root[..40]),
        format!("o\n7\n{root}\nextension\n"),
        "o\n7\n".to_owned(),
    ] {
        let note = note::sign(&text, &[&ours]).unwrap();
        let refused = Checkpoint::open(note.as_bytes(), ours.verifying_key());
        assert!(matches!(refused, Err(NoteError::Checkpoint(_))), "{text}");
    }
    let two_lines = Checkpoint { origin: "a\nb".to_owned(), ..checkpoint() };
    assert!(two_lines.sign(&[&ours]).is_err());
    assert!(Checkpoint { size: 0, ..checkpoint() }.sign(&[&ours]).is_ok());
}

fn log(size: usize, key: &SigningKey) -> (Vec<Hash>, String) {
    let leaves: Vec<_> = (0..size).map(|i| tree::leaf_hash(i.to_string().as_bytes())).collect();
    let head = Checkpoint { origin: "h0001/2026".to_owned(), size: size as u64, root: tree::root(&leaves) };
    (leaves, head.sign(&[key]).unwrap())
}

#[test]
fn a_proof_is_of_one_leaf_in_one_log_by_one_key() {
    let ours = key("h0001", 1);
    let (leaves, note) = log(100, &ours);
    let proof = Proof::make(&leaves, 42, &note).unwrap();
    let proof = Proof { extra: Some(b"course".to_vec()), ..proof };
    let read = Proof::parse(&proof.encode()).unwrap();
    assert_eq!(read, proof);
    let ours = &ours.verifying_key().clone().into();
    assert_eq!(read.verify(b"42", "h0001/2026", ours).unwrap().size, 100);
    assert_eq!(read.verify(b"43", "h0001/2026", ours), Err(ProofError::NotIncluded { index: 42, size: 100 }));
    assert!(matches!(read.verify(b"42", "h0001/2025", ours), Err(ProofError::Origin(_))));
    assert!(matches!(
        read.verify(b"42", "h0001/2026", &key("h0001", 9).verifying_key().clone().into()),
        Err(ProofError::Note(_))
    ));
}

#[test]
fn a_proof_is_not_made_for_what_the_checkpoint_does_not_cover() {
    let ours = key("h0001", 1);
    let (leaves, note) = log(10, &ours);
    assert!(Proof::make(&leaves, 10, &note).is_err());
    assert!(Proof::make(&leaves[..9], 3, &note).is_err());
    let longer = [&leaves[..], &[Hash::of(b"later")]].concat();
    assert!(Proof::make(&longer, 3, &note).is_ok());
    let mut altered = leaves;
    altered[5] = Hash::of(b"altered");
    assert!(Proof::make(&altered, 3, &note).is_err());
}

#[test]
fn a_proof_of_another_form_is_refused() {
    let (leaves, note) = log(4, &key("h0001", 1));
    let good = Proof::make(&leaves, 2, &note).unwrap().encode();
    assert!(Proof::parse(&good).is_ok());
    for (from, to) in [
        ("@v1", "@v2"),
        ("index 2", "index 02"),
        ("index 2", "index -2"),
        ("index 2", "index"),
        ("index 2", "extra !\nindex 2"),
        ("index 2\n", "index 2\nAAAA\n"),
        ("index 2\n", &format!("index 2\n{}", format!("{}\n", Hash::of(b"").to_base64()).repeat(63))),
        ("index 2\n", ""),
    ] {
        assert!(Proof::parse(&good.replacen(from, to, 1)).is_err(), "{from} → {to}");
    }
}

proptest! {
    #[test]
    fn a_flipped_byte_in_a_signed_checkpoint_is_found(at in any::<prop::sample::Index>(), bit in 0u8..8) {
        let ours = key("h0001", 1);
        let mut note = checkpoint().sign(&[&ours]).unwrap().into_bytes();
        let at = at.index(note.len());
        note[at] ^= 1 << bit;
        prop_assert!(Checkpoint::open(&note, ours.verifying_key()).is_err());
    }

    #[test]
    fn chance_bytes_are_neither_a_checkpoint_nor_a_proof(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(Checkpoint::read_unverified(&bytes).is_err());
        prop_assert!(Proof::parse(&String::from_utf8_lossy(&bytes)).is_err());
    }
}
