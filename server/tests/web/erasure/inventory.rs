//! Is it known of every column what becomes of it when somebody is erased?

use std::collections::BTreeMap;

use kokoroe_server::on;

use crate::support::TestSite;

const PAGE: &str = include_str!("../../../docs/personal-data.md");

/// What becomes of a column, by table and column.
fn page() -> BTreeMap<(String, String), bool> {
    let mut known = BTreeMap::new();
    for line in PAGE.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [table, columns, fate, why] = cells.as_slice() else { panic!("four cells: {line}") };
        let goes = match *fate {
            "goes" => true,
            "stays" => false,
            other => panic!("{other}: {line}"),
        };
        assert!(why.chars().count() > 4, "a reason: {line}");
        for column in columns.split(", ").map(|column| column.trim_matches('`').to_owned()) {
            let twice = known.insert((table.trim_matches('`').to_owned(), column), goes);
            assert!(twice.is_none(), "said twice: {line}");
        }
    }
    known
}

/// Every column that takes text or bytes. Times and days are text here as well.
pub(super) async fn columns(test: &TestSite) -> Vec<(String, String)> {
    let mut conn = test.site.db.read().await.expect("a connection");
    on!(&mut conn, |c| sqlx::query_as(
        "SELECT m.name, i.name
           FROM sqlite_master m JOIN pragma_table_info(m.name) i
          WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\'
            AND i.type IN ('TEXT', 'BLOB')
          ORDER BY m.name, i.cid"
    )
    .fetch_all(c)
    .await)
    .expect("columns")
}

#[tokio::test]
async fn of_every_column_it_is_said_what_becomes_of_it_when_somebody_is_erased() {
    let test = TestSite::new().await;
    let mut known = page();
    let untold: Vec<(String, String)> =
        columns(&test).await.into_iter().filter(|column| known.remove(column).is_none()).collect();
    assert!(untold.is_empty(), "docs/personal-data.md does not know {untold:?}");
    assert!(known.is_empty(), "docs/personal-data.md tells of what is not there: {known:?}");
}

/// The columns that are marked as going, for the test that fills them.
pub(super) fn going() -> Vec<(String, String)> {
    page().into_iter().filter(|(_, goes)| *goes).map(|(column, _)| column).collect()
}
