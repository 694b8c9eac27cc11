//! Looking for words: in the bytes of files and of what they hold, in every column of a database.

use std::collections::BTreeSet;
use std::path::Path;

use kokoroe_server::on;
use sqlx::AssertSqlSafe;

use super::inventory::columns;
use crate::audit::pack::unzipped;
use crate::exports::binder::printed;
use crate::support::TestSite;

/// Stands in every word of the person, and in nothing else.
pub(super) const MARK: &str = "zq7x";

/// Where any of these stands in the files below a folder, as they lie there.
pub(super) fn files_with(folder: &Path, words: &[Vec<u8>]) -> Vec<String> {
    let (mut open, mut found) = (vec![folder.to_path_buf()], Vec::new());
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.extend(in_bytes(
                    &path.to_string_lossy(),
                    &std::fs::read(&path).expect("a file"),
                    words,
                ));
            }
        }
    }
    found
}

/// Where any of these stands in a file, or in the files that it holds, or in the text that it prints.
pub(super) fn in_bytes(name: &str, bytes: &[u8], words: &[Vec<u8>]) -> Vec<String> {
    let has =
        |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word));
    let mut found: Vec<String> = words
        .iter()
        .filter(|word| has(bytes, word))
        .map(|word| format!("{name}: {}", String::from_utf8_lossy(word)))
        .collect();
    if bytes.starts_with(b"PK\x03\x04") {
        for (inner, bytes) in unzipped(bytes) {
            found.extend(in_bytes(&format!("{name}/{inner}"), &bytes, words));
        }
    }
    if bytes.starts_with(b"%PDF-") {
        found.extend(in_bytes(&format!("{name} as text"), printed(bytes).as_bytes(), words));
    }
    found
}

/// Where any of these stands in a PostgreSQL database: every column that holds text, bytes or JSON, and what the planner remembers of them.
pub(super) async fn columns_with(test: &TestSite, words: &[Vec<u8>]) -> Vec<String> {
    let mut conn = test.site.db.read().await.expect("a connection");
    let named: Vec<(String, String)> = on!(&mut conn, |c| sqlx::query_as(
        "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT)
           FROM information_schema.columns
          WHERE table_schema = 'public' AND data_type IN ('text', 'bytea', 'jsonb', 'json', 'character varying')"
    )
    .fetch_all(c)
    .await)
    .expect("columns");
    assert!(named.len() > 100, "{named:?}");
    let mut found = Vec::new();
    let remembered = ("pg_stats".to_owned(), "most_common_vals".to_owned());
    let ends = ("pg_stats".to_owned(), "histogram_bounds".to_owned());
    for (table, column) in named.into_iter().chain([remembered, ends]) {
        let letters = format!("encode(convert_to(lower(\"{column}\"::text), 'UTF8'), 'hex')");
        let bytes = format!(
            "CASE WHEN pg_typeof(\"{column}\") = 'bytea'::regtype THEN \"{column}\"::text ELSE {letters} END"
        );
        let statement =
            format!("SELECT COUNT(*) FROM {table} WHERE strpos({bytes}, $1) > 0 OR strpos({bytes}, $2) > 0");
        for word in words {
            let (as_it_is, lower) = (hex::encode(word), hex::encode(word.to_ascii_lowercase()));
            let rows: i64 = on!(&mut conn, |c| sqlx::query_scalar(AssertSqlSafe(statement.clone()))
                .bind(&as_it_is)
                .bind(&lower)
                .fetch_one(c)
                .await)
            .unwrap_or_else(|error| panic!("{table}.{column}: {error}"));
            if rows > 0 {
                found.push(format!("{table}.{column}: {}", String::from_utf8_lossy(word)));
            }
        }
    }
    found
}

/// Every column in which a row holds the mark.
pub(super) async fn marked(test: &TestSite) -> BTreeSet<(String, String)> {
    let schema = TestSite::new().await;
    let mut marked = BTreeSet::new();
    let mut conn = test.site.db.read().await.expect("a connection");
    for (table, column) in columns(&schema).await {
        let statement = format!(
            "SELECT COUNT(*) FROM \"{table}\" WHERE LOWER(CAST(\"{column}\" AS TEXT)) LIKE '%{MARK}%'"
        );
        let rows: i64 =
            on!(&mut conn, |c| sqlx::query_scalar(AssertSqlSafe(statement.clone())).fetch_one(c).await)
                .expect("a count");
        if rows > 0 {
            marked.insert((table, column));
        }
    }
    marked
}
