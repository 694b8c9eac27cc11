//! Whatever the program writes has a leaf beside it, or a reason why not (`docs/leaves.md`).

use std::collections::BTreeSet;

use kokoroe_server::audit::Kind;
use kokoroe_server::db::{DbError, Engine};
use kokoroe_server::{on, people};

use crate::contract::{columns, statements};
use crate::support::inventory::{Listed, inventory};
use crate::support::{TestSite, engines};

/// What a statement changes: the table, and whether rows are added or removed, or which columns change.
fn changed(statement: &str) -> Option<(String, Vec<String>)> {
    let words: Vec<&str> = statement.split_whitespace().collect();
    let place = |word: &str| words.iter().position(|each| *each == word);
    let table = |after: usize| words.get(after).map(|word| (*word).to_owned());
    match words.first().copied()? {
        "INSERT" => {
            let mut what = vec!["added".to_owned()];
            if let Some(set) = place("SET") {
                what.extend(set_columns(&words, set));
            }
            Some((table(2)?, what))
        }
        "DELETE" => Some((table(2)?, vec!["removed".to_owned()])),
        "UPDATE" => Some((table(1)?, set_columns(&words, place("SET")?))),
        _ => None,
    }
}

/// The columns behind SET: a word with `=` behind it, outside of brackets, up to where the condition begins.
fn set_columns(words: &[&str], set: usize) -> Vec<String> {
    let mut columns = Vec::new();
    let mut depth = 0_usize;
    let behind = &words[set + 1..];
    for pair in behind.windows(2) {
        if depth == 0 && ["WHERE", "RETURNING"].contains(&pair[0]) {
            break;
        }
        let is_name = pair[0].bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        if depth == 0 && is_name && pair[1] == "=" {
            columns.push(pair[0].to_owned());
        }
        depth = (depth + pair[0].matches('(').count()).saturating_sub(pair[0].matches(')').count());
    }
    columns
}

fn rows_of<'l>(listed: &'l [Listed], table: &'l str) -> impl Iterator<Item = &'l Listed> {
    listed.iter().filter(move |row| row.table == table)
}

#[test]
fn the_reader_of_statements_sees_tables_and_columns() {
    let told = |text: &str| changed(text).map(|(table, what)| format!("{table}: {}", what.join(" ")));
    assert_eq!(told("SELECT 1 FROM a"), None);
    assert_eq!(told("INSERT INTO a (b) VALUES ($1)").as_deref(), Some("a: added"));
    assert_eq!(told("DELETE FROM a WHERE b = 1").as_deref(), Some("a: removed"));
    let upsert = "INSERT INTO a (b) VALUES ($1) ON CONFLICT (b) DO UPDATE SET c = excluded.c, d = a.d + 1";
    assert_eq!(told(upsert).as_deref(), Some("a: added c d"));
    let nested = "UPDATE a SET b = (SELECT s.b FROM s WHERE s.x = a.x), c = COALESCE(c, $1) WHERE d = $2";
    assert_eq!(told(nested).as_deref(), Some("a: b c"));
}

#[test]
fn every_statement_that_changes_something_has_a_leaf_or_a_reason() {
    let listed = inventory();
    let mut wrong = Vec::new();
    let mut used: BTreeSet<(String, String)> = BTreeSet::new();
    let all = statements();
    let changes: Vec<_> = all.iter().filter_map(|statement| changed(statement)).collect();
    assert!(changes.len() > 80, "{} statements were read", changes.len());
    for (table, what) in changes {
        for one in what {
            let known = rows_of(&listed, &table).any(|row| row.what.contains(&one.as_str()));
            if !known {
                wrong.push(format!("{table}: {one}"));
            }
            used.insert((table.clone(), one));
        }
    }
    assert!(wrong.is_empty(), "neither a leaf nor a reason in docs/leaves.md for {wrong:#?}");
    let unused: Vec<String> = listed
        .iter()
        .flat_map(|row| row.what.iter().map(|what| (row.table.to_owned(), (*what).to_owned())))
        .filter(|row| !used.contains(row))
        .map(|(table, what)| format!("{table}: {what}"))
        .collect();
    assert!(unused.is_empty(), "docs/leaves.md lists what no statement changes: {unused:#?}");
}

#[test]
fn every_row_of_the_inventory_names_kinds_that_are_written_or_tells_why_there_is_none() {
    let known: BTreeSet<&str> = Kind::ALL.iter().map(Kind::as_str).chain(people::scribe::KINDS).collect();
    for row in inventory() {
        for kind in &row.kinds {
            assert!(known.contains(kind), "{}: {kind}", row.table);
        }
        assert!(!row.kinds.is_empty() || row.reason.len() > 10, "{}: why is there no leaf?", row.table);
    }
}

#[tokio::test]
async fn every_table_of_the_schema_is_in_the_inventory() {
    let listed = inventory();
    let tables: BTreeSet<String> =
        columns(Engine::Sqlite).await.into_iter().map(|(table, ..)| table).collect();
    let missing: Vec<&String> =
        tables.iter().filter(|table| rows_of(&listed, table).next().is_none()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[tokio::test]
async fn the_test_database_refuses_a_fact_without_its_leaf() {
    if !engines().contains(&Engine::Postgres) {
        return;
    }
    let test = TestSite::on(Engine::Postgres).await;
    let written: Result<(), DbError> = test
        .site
        .db
        .write(|tx| {
            Box::pin(async move {
                let row = "INSERT INTO setting (name, value) VALUES ('hospital.name', 'x')";
                on!(tx, |c| sqlx::query(row).execute(c).await.map(drop))?;
                Ok(())
            })
        })
        .await;
    let refused = written.expect_err("nothing says that the setting changed").to_string();
    assert!(refused.contains("without a leaf"), "{refused}");
}
