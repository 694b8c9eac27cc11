//! Everything that the database holds, so that a test can say that nothing was written.

use std::collections::BTreeMap;

use kokoroe_server::db::Engine;
use kokoroe_server::on;
use sha2::{Digest as _, Sha256};

use crate::support::TestSite;

/// What a request may touch although it is refused: when somebody was last seen, tokens that are renewed, tries that are counted. Of
/// pages about one person that are shown it is noted who opened them; that nothing is noted of those that are refused is tested there.
const TOUCHED: [&str; 4] = ["session", "refresh_token", "throttle", "reading"];

/// One hash of all rows of each table.
pub(super) async fn kept(test: &TestSite) -> BTreeMap<String, String> {
    let mut conn = test.site.db.read().await.expect("a connection");
    let (tables, rows) = match test.site.db.engine() {
        Engine::Sqlite => (
            "SELECT m.name, (SELECT GROUP_CONCAT('QUOTE(\"' || c.name || '\")', ' || '','' || ')
                               FROM pragma_table_info(m.name) c)
               FROM sqlite_master m
              WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\'",
            "",
        ),
        Engine::Postgres => (
            "SELECT t.table_name::text, 'r::text'
               FROM information_schema.tables t
              WHERE t.table_schema = 'public' AND t.table_name NOT LIKE '\\_sqlx%'",
            " r",
        ),
    };
    let tables: Vec<(String, String)> =
        on!(&mut conn, |c| sqlx::query_as(tables).fetch_all(c).await).expect("tables");
    let mut kept = BTreeMap::new();
    for (table, row) in tables.into_iter().filter(|(table, _)| !TOUCHED.contains(&table.as_str())) {
        let all = sqlx::AssertSqlSafe(format!("SELECT {row} FROM \"{table}\"{rows}"));
        let mut all: Vec<String> =
            on!(&mut conn, |c| sqlx::query_scalar(all).fetch_all(c).await).expect("rows");
        all.sort();
        kept.insert(table, hex::encode(Sha256::digest(all.join("\n"))));
    }
    assert!(kept.len() > 30, "the tables were read: {}", kept.len());
    kept
}

/// Fails with the names of the tables that are not as they were.
pub(super) fn unchanged(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>, what: &str) {
    let changed: Vec<&String> = before
        .iter()
        .filter(|(table, rows)| after.get(*table) != Some(rows))
        .map(|(table, _)| table)
        .collect();
    assert!(changed.is_empty(), "{what}: {changed:?} changed");
}
