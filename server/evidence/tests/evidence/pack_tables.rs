//! The tables of a pack say what its leaves say.

use kokoroe_evidence::Fault;
use kokoroe_evidence::pack::{self, Table};

use crate::findings::*;
use crate::made_up_log::*;

#[test]
fn a_row_that_says_something_else_than_its_leaf_is_found() {
    let file = Table::Answers.file();
    for (from, to) in [
        ("q:8", "q:9"),
        ("att:2", "att:3"),
        ("2026-05-01T00:00:00.008Z", "2026-05-01T00:00:00.007Z"),
        ("u:1", "u:2"),
        ("\"[\"\"o2\"\",\"\"o3\"\"]\"", "\"[\"\"o2\"\"]\""),
    ] {
        let difference = only(&resealed(file, from, to), Fault::RowContent);
        assert_eq!(difference.file, file);
        assert!(difference.line.is_some() && difference.leaf.is_some());
    }
    let difference = only(&resealed(file, "q:8", "q:9"), Fault::RowContent);
    assert_eq!((difference.leaf, difference.line), (Some(8), Some(7)));
    assert_eq!((difference.expected.as_str(), difference.found.as_str()), ("q=q:8", "q=q:9"));
    let file = Table::Attestations.file();
    only(&resealed(file, "読みました", "読みません"), Fault::RowContent);
    // The row before it has a line break in a cell.
    assert_eq!(only(&resealed(file, "att:2", "att:3"), Fault::RowContent).line, Some(4));
    only(&resealed(Table::Completions.file(), "true", "false"), Fault::RowContent);
}

#[test]
fn a_row_too_many_or_too_few_is_found() {
    let file = Table::Completions.file();
    let row = "10,att:2,2026-05-01T00:00:00.010Z,u:3,false,9500\r\n";
    assert_eq!(only(&resealed(file, row, ""), Fault::RowMissing).leaf, Some(10));
    assert_eq!(only(&resealed(file, row, &row.repeat(2)), Fault::RowTwice).leaf, Some(10));
    let other_kind = row.replacen("10", "9", 1);
    let difference = only(&resealed(file, row, &format!("{row}{other_kind}")), Fault::RowLeaf);
    assert_eq!((difference.expected.as_str(), difference.found.as_str()), ("completion", "answer"));
    for beyond in ["20", "-1", "010", "", "99999999999999999999"] {
        only(&resealed(file, row, &format!("{row}{}", row.replacen("10", beyond, 1))), Fault::RowLeaf);
    }
    let mut without = small();
    without.remove(file);
    assert_eq!(only(&seal(without), Fault::RowMissing).expected, file);
}

#[test]
fn rows_may_come_in_any_order() {
    let turned = |file: &str, files: &mut Files| {
        let text = String::from_utf8(files[file].clone()).unwrap();
        let mut rows: Vec<&str> = text.split_inclusive("\r\n").collect();
        rows[1..].reverse();
        files.insert(file.to_owned(), rows.concat().into_bytes());
    };
    let mut files = small();
    Table::ALL.iter().for_each(|table| turned(table.file(), &mut files));
    assert_eq!(verify(&seal(files)).unwrap().rows[Table::Answers.file()], 13);
    for (from, to, fault) in [
        ("10,att:2,2026-05-01T00:00:00.010Z,u:3,false,9500\r\n", "", Fault::RowMissing),
        ("false", "true", Fault::RowContent),
        ("4,att:1", "10,att:1", Fault::RowTwice),
        ("4,att:1", "40,att:1", Fault::RowLeaf),
    ] {
        let mut files = resealed(Table::Completions.file(), from, to);
        turned(Table::Completions.file(), &mut files);
        found(&seal(files), fault);
    }
    // Batches of leaves that are far apart.
    let leaves = leaves(40_000);
    let mut files = pack_of(&leaves, &[40_000]);
    turned(Table::Answers.file(), &mut files);
    assert!(verify(&seal(files.clone())).unwrap().rows[Table::Answers.file()] > 20_000);
    let text = String::from_utf8(files[Table::Answers.file()].clone()).unwrap();
    let without: String = text.split_inclusive("\r\n").filter(|row| !row.starts_with("20001,")).collect();
    files.insert(Table::Answers.file().to_owned(), without.into_bytes());
    assert_eq!(only(&seal(files), Fault::RowMissing).leaf, Some(20_001));
}

#[test]
fn a_table_that_two_programs_could_read_differently_is_refused() {
    let row = "10,att:2,2026-05-01T00:00:00.010Z,u:3,false,9500\r\n";
    for (from, to) in [
        ("leaf,obj", "leaf,leaf"),
        ("leaf,", "leaves,"),
        (row, "10,att:2\r\n"),
        (row, &row.replace("u:3", "u\"3")),
        (row, &row.replace("u:3", "\"u:3\"x")),
        (row, &row.replace("u:3", "\"u:3")),
        (row, &row.replace("\r\n", "\r")),
    ] {
        // The table as it is seals no more: the bytes are put in after sealing, with their hash.
        let mut files = small();
        let file = Table::Completions.file();
        let text = String::from_utf8(files[file].clone()).unwrap();
        assert!(text.contains(from), "{from}");
        files.insert(file.to_owned(), text.replacen(from, to, 1).into_bytes());
        found(&files, Fault::TableForm);
    }
    let mut files = small();
    files.insert(Table::Answers.file().to_owned(), b"leaf\n\"1\n".to_vec());
    let key = key(1);
    let refused = pack::seal(&mut files, LOG, MADE_AT, key.verifying_key(), &key);
    assert!(matches!(refused, Err(pack::SealError::Table("tables/answers.csv", _))));
}

#[test]
fn a_table_of_people_is_signed_but_no_leaf_speaks_for_it() {
    let mut files = small();
    files.insert("tables/people.csv".to_owned(), "id,name\nu:1,架空 花子\n".as_bytes().to_vec());
    files.insert("tables/opened.csv".to_owned(), b"leaf,version\n0,0.1.0\n".to_vec());
    let files = seal(files);
    let summary = verify(&files).unwrap();
    assert_eq!(summary.unproven_tables, ["tables/people.csv"]);
    assert_eq!(summary.rows["tables/opened.csv"], 1);
    let mut other = files;
    other.insert("tables/opened.csv".to_owned(), b"leaf,version\n0,0.2.0\n".to_vec());
    only(&seal(other), Fault::RowContent);
}
