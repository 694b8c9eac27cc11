//! The private part of a pack: names are those that leaves bind, or were erased.

use kokoroe_evidence::identity::{Identity, who};
use kokoroe_evidence::pack::{self, Names};
use kokoroe_evidence::proof::Proof;
use kokoroe_evidence::{Check, Checkpoint, Difference, Fault, Kind, Leaf, tree};
use serde_json::json;

use crate::findings::verify;
use crate::made_up_log::*;

const LATER: &str = "h0001/2034";

fn told(family: &str) -> String {
    let word = String::new;
    let (given, staff_no) = ("葵".to_owned(), "0012".to_owned());
    Identity {
        family: family.to_owned(),
        family_kana: word(),
        given,
        given_kana: word(),
        roman: word(),
        staff_no,
    }
    .told()
}

fn salt(n: usize) -> String {
    format!("{n:064x}")
}

fn line(n: usize, family: &str) -> String {
    pack::identity(n as u64, &salt(n), &told(family))
}

fn about(log: &str, kind: Kind, n: usize, whom: &str, d: serde_json::Value) -> Vec<u8> {
    let leaf = Leaf::new(log, kind, &at(n), "system").unwrap().with_obj(whom).unwrap();
    leaf.with_d(d).unwrap().encode()
}

fn binds(n: usize, whom: &str, family: &str) -> Vec<u8> {
    about(LOG, Kind::USER_IDENTITY, n, whom, json!({ "who": who(&salt(n), &told(family)) }))
}

fn erases(log: &str, n: usize, whom: &str) -> Vec<u8> {
    about(log, Kind::ERASE_DONE, n, whom, json!({ "asked_by": "u:9", "basis": "wish" }))
}

/// Three people: one of them takes another name, another was erased within the year.
fn log() -> Vec<Vec<u8>> {
    vec![
        about(LOG, Kind::LOG_OPEN, 0, LOG, json!({})),
        binds(1, "u:1", "佐藤"),
        binds(2, "u:2", "鈴木"),
        binds(3, "u:3", "高橋"),
        erases(LOG, 4, "u:3"),
        binds(5, "u:1", "\"新姓\""),
    ]
}

fn names(lines: &[String]) -> Files {
    let mut files = pack_of(&log(), &[6]);
    files.insert(pack::IDENTITIES.to_owned(), lines.concat().into_bytes());
    seal(files)
}

fn all() -> Vec<String> {
    vec![line(1, "佐藤"), line(2, "鈴木"), line(5, "\"新姓\"")]
}

fn only(files: &Files) -> Difference {
    let mut found = verify(files).expect_err("a difference should be found");
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

/// The proof that the leaf is in the log of a later year, as `seed` signed it.
fn proof(log: &str, leaf: &[u8], seed: u8) -> String {
    let leaves = [about(LATER, Kind::LOG_OPEN, 0, LATER, json!({})), leaf.to_vec()];
    let hashes = hashes(&leaves);
    let head = Checkpoint { origin: log.to_owned(), size: 2, root: tree::root(&hashes) };
    let note = head.sign(&[&key(seed)]).unwrap();
    pack::erasure(leaf, Proof::make(&hashes, 1, &note).unwrap())
}

/// A pack without the name of `u:2`, and with these proofs.
fn erased_later(proofs: &[String]) -> Files {
    let mut files = names(&[line(1, "佐藤"), line(5, "\"新姓\"")]);
    files.insert(pack::ERASURES.to_owned(), proofs.concat().into_bytes());
    seal(files)
}

#[test]
fn names_are_told_and_those_of_whoever_was_erased_are_not_there() {
    assert_eq!(verify(&names(&all())).unwrap().names, Some(Names { told: 3, erased: 1, otherwise: 0 }));
}

#[test]
fn a_pack_of_an_older_program_has_no_private_part_and_says_so() {
    assert_eq!(verify(&pack_of(&log(), &[6])).unwrap().names, None);
}

#[test]
fn a_name_that_is_not_the_one_that_was_bound_is_found() {
    for other in
        [line(2, "佐藤"), line(2, "鈴木").replace("0012", "0013"), line(2, "鈴木").replacen('0', "1", 5)]
    {
        let found = only(&names(&[line(1, "佐藤"), other, line(5, "\"新姓\"")]));
        assert_eq!((found.fault, found.check()), (Fault::Identity, Check::Private));
        assert_eq!((found.line, found.leaf), (Some(2), Some(2)));
    }
    // Each has the salt and the words of the other.
    let exchanged = [
        pack::identity(1, &salt(2), &told("鈴木")),
        pack::identity(2, &salt(1), &told("佐藤")),
        line(5, "\"新姓\""),
    ];
    assert_eq!(only(&names(&exchanged)).count, 2);
}

#[test]
fn a_name_that_is_neither_there_nor_erased_is_missing() {
    for (missing, leaf) in [(0, 1), (1, 2), (2, 5)] {
        let mut lines = all();
        lines.remove(missing);
        let found = only(&names(&lines));
        assert_eq!((found.fault, found.leaf), (Fault::PrivateMissing, Some(leaf)));
        assert_eq!(found.check(), Check::Private);
    }
    assert_eq!(only(&names(&[])).count, 2, "two people");
}

#[test]
fn a_line_that_no_leaf_binds_is_found() {
    for (n, place) in [(0, 0), (4, 2), (6, 3), (99, 3)] {
        let mut lines = all();
        lines.insert(place, line(n, "誰か"));
        let found = only(&names(&lines));
        assert_eq!(
            (found.fault, found.leaf, found.line),
            (Fault::PrivateLeaf, Some(n as u64), Some(place as u64 + 1))
        );
    }
}

#[test]
fn what_is_no_line_in_its_place_is_found() {
    let [first, second, third] = <[String; 3]>::try_from(all()).unwrap();
    let twice = [first.clone(), second.clone(), second.clone(), third.clone()];
    assert_eq!(only(&names(&twice)).fault, Fault::PrivateForm);
    for (from, to) in [
        ("{\"leaf\"", "{ \"leaf\""),
        ("\"salt\":\"0", "\"salt\":\""),
        (",\"told\":{", ",\"told\":{\"age\":1,"),
        ("\"roman\":\"\",", ""),
        ("}}\n", "},\"x\":1}\n"),
        ("}}\n", "}"),
        ("\"leaf\":5", "\"leaf\":05"),
        ("\"leaf\":5", "\"leaf\":\"5\""),
    ] {
        let other = third.replacen(from, to, 1);
        assert_ne!(other, third);
        let found = verify(&names(&[first.clone(), second.clone(), other])).unwrap_err();
        let expected = if to.contains("age") { Fault::Identity } else { Fault::PrivateForm };
        assert!(found.iter().any(|one| one.fault == expected && one.line == Some(3)), "{from}: {found:?}");
    }
    let reversed = [third, second, first];
    assert!(verify(&names(&reversed)).unwrap_err().iter().any(|one| one.fault == Fault::PrivateForm));
}

#[test]
fn whoever_was_erased_in_a_later_year_is_proved_to_be() {
    let files = erased_later(&[proof(LATER, &erases(LATER, 9, "u:2"), 1)]);
    assert_eq!(verify(&files).unwrap().names, Some(Names { told: 2, erased: 2, otherwise: 0 }));
}

#[test]
fn an_erasure_that_is_not_proved_is_none() {
    let leaf = erases(LATER, 9, "u:2");
    let good = proof(LATER, &leaf, 1);
    for bad in [
        proof(LATER, &leaf, 9),
        proof("h0001/2035", &leaf, 1),
        proof(LATER, &binds(9, "u:2", "鈴木"), 1),
        proof(LATER, &about(LATER, Kind::USER_DISABLE, 9, "u:2", json!({})), 1),
        good.replacen("index 1", "index 0", 1),
        good.replacen("extra ", "extra AAAA", 1),
        good.replacen("tlog-proof", "tlog-prove", 1),
        "x".to_owned(),
    ] {
        let found = verify(&erased_later(&[bad])).unwrap_err();
        let faults: Vec<Fault> = found.iter().map(|one| one.fault).collect();
        assert_eq!(faults, [Fault::PrivateMissing, Fault::ErasureProof]);
        assert!(found.iter().all(|one| one.check() == Check::Private));
    }
    for nobody in [proof(LATER, &erases(LATER, 9, "u:1"), 1), good.clone()] {
        let found = verify(&erased_later(&[good.clone(), nobody])).unwrap_err();
        let [one] = &found[..] else { panic!("{found:?}") };
        assert_eq!((one.fault, one.file.as_str()), (Fault::PrivateLeaf, pack::ERASURES));
    }
}

#[test]
fn rows_of_the_roster_with_another_name_than_the_one_that_was_bound_last_are_counted() {
    let head = "\u{feff}研修 requirement,職員番号 staff_no,氏名 name,フリガナ reading,職員ID staff\r\n";
    let roster = |rows: &[&str]| {
        let mut files = names(&all());
        files.insert("tables/roster.csv".to_owned(), (head.to_owned() + &rows.concat()).into_bytes());
        verify(&seal(files)).unwrap().names.map(|names| names.otherwise)
    };
    let right = ["a,0012,\"\"\"新姓\"\" 葵\",,u:1\r\n", "a,0012,鈴木 葵,,u:2\r\n", "a,#3,消去済み,,u:3\r\n"];
    assert_eq!(roster(&right), Some(0));
    for other in [
        "b,0012,佐藤 葵,,u:1\r\n",
        "b,0013,鈴木 葵,,u:2\r\n",
        "b,0012,鈴木 葵,スズキ,u:2\r\n",
        "b,1,誰か,,u:4\r\n",
    ] {
        assert_eq!(roster(&[right[0], other, right[1]]), Some(1), "{other}");
    }
}
