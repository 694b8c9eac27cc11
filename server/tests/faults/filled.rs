//! Records in every table that a schema has. They are made by looking at the schema, so that a table of tomorrow has some as well.

use std::collections::BTreeMap;

use kokoroe_server::db::{Db, DbError, Engine};
use kokoroe_server::on;
use sqlx::AssertSqlSafe;

/// Rows of a table, where nothing says that there can be only one.
const ROWS: usize = 3;

/// A table and what can stand in it.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) name: String,
    columns: Vec<Column>,
    rows: usize,
}

/// A column that refers: which key of its table it is a part of, its name, and the table and the column that it refers to.
type Key = (i64, String, String, String);

#[derive(Clone, Debug)]
struct Column {
    name: String,
    kind: String,
    may_be_empty: bool,
    /// Table and column that it names a row of, and how far on: two people of one row are not the same.
    refers: Option<(String, String, usize)>,
    /// What a check allows; nothing where there is none.
    allowed: Vec<String>,
}

/// What migrations change on purpose: the column is gone, or says something else, from this one on.
const CHANGED: [(&str, &str, i64); 3] =
    [("progress", "completed_at", 8), ("requirement", "whom", 14), ("staff", "search", 15)];

/// Values that a migration reads.
const READ: [(&str, &str, [&str; ROWS]); 5] = [
    ("requirement", "code", ["sns-2025", "sns-join-2025", "hygiene"]),
    ("requirement", "fiscal_year", ["2025", "2025", "2025"]),
    ("requirement", "whom", ["everybody", "joiners", "named"]),
    ("requirement", "opens_at", ["2025-03-31T15:00:00Z"; ROWS]),
    ("staff", "search", ["廣瀨 德子", "嶋田 學", "鈴木 一郎"]),
];

/// The tables of a schema, those that others refer to first. Asked of SQLite: the two schemas agree, as another test makes sure.
pub(crate) async fn tables(sqlite: &Db) -> Vec<Table> {
    let mut conn = sqlite.read().await.expect("a connection");
    let named: Vec<(String, String)> = on!(&mut conn, |c| sqlx::query_as(
        "SELECT name, sql FROM sqlite_master
          WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_sqlx%' ESCAPE '\\'
          ORDER BY name"
    )
    .fetch_all(c)
    .await)
    .expect("tables");
    let mut open = Vec::new();
    for (name, sql) in named {
        let columns: Vec<(String, String, bool)> = on!(&mut conn, |c| sqlx::query_as(
            "SELECT name, type, \"notnull\" = 0 FROM pragma_table_info($1) ORDER BY cid"
        )
        .bind(&name)
        .fetch_all(c)
        .await)
        .expect("columns");
        let keys: Vec<Key> = on!(&mut conn, |c| sqlx::query_as(
            "SELECT id, \"from\", \"table\", \"to\" FROM pragma_foreign_key_list($1) ORDER BY id DESC"
        )
        .bind(&name)
        .fetch_all(c)
        .await)
        .expect("keys");
        open.push(table(name, &sql, columns, &keys));
    }
    let mut sorted: Vec<Table> = Vec::new();
    while !open.is_empty() {
        let (ready, rest): (Vec<Table>, Vec<Table>) = open.into_iter().partition(|table| {
            table
                .columns
                .iter()
                .filter_map(|column| column.refers.as_ref())
                .all(|(to, ..)| *to == table.name || sorted.iter().any(|earlier| earlier.name == *to))
        });
        assert!(!ready.is_empty(), "tables that refer to each other: {rest:?}");
        sorted.extend(ready);
        open = rest;
    }
    sorted
}

fn table(name: String, sql: &str, columns: Vec<(String, String, bool)>, keys: &[Key]) -> Table {
    let mut columns: Vec<Column> = columns
        .into_iter()
        .map(|(name, kind, may_be_empty)| {
            let refers = keys.iter().find(|(_, from, ..)| *from == name);
            let refers = refers.map(|(_, _, to, key)| (to.clone(), key.clone(), 0));
            Column { allowed: allowed(sql, &name), name, kind, may_be_empty, refers }
        })
        .collect();
    // The columns of one key name the same row.
    let mut seen: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for Column { name, refers, .. } in &mut columns {
        let (Some((to, _, on)), Some((id, ..))) = (refers, keys.iter().find(|(_, from, ..)| from == name))
        else {
            continue;
        };
        let times = seen.entry(to.clone()).or_default();
        *on = times.iter().position(|earlier| earlier == id).unwrap_or_else(|| {
            times.push(*id);
            times.len() - 1
        });
    }
    let rows = if columns.iter().any(|column| column.allowed.len() == 1) { 1 } else { ROWS };
    Table { name, columns, rows }
}

/// What `CHECK (column IN (…))`, `CHECK (column BETWEEN … AND …)` or `CHECK (column = …)` allows.
fn allowed(sql: &str, column: &str) -> Vec<String> {
    let after = |words: &str| {
        let (_, rest) = sql.split_once(&format!("CHECK ({column} {words}"))?;
        rest.split_once(')').map(|(list, _)| list)
    };
    let plain = |text: &str| text.trim().trim_matches('\'').to_owned();
    if let Some(list) = after("IN (") {
        list.split(',').map(plain).collect()
    } else if let Some((from, to)) = after("BETWEEN ").and_then(|range| range.split_once(" AND ")) {
        let number = |text: &str| text.trim().parse::<i64>().expect("a number");
        (number(from)..=number(to)).map(|number| number.to_string()).collect()
    } else {
        after("= ").map(plain).into_iter().collect()
    }
}

/// What stands in a column of a row; `None` is NULL. The first row has nothing where nothing has to be.
fn cell(tables: &[Table], table: &Table, place: usize, row: usize) -> Option<String> {
    let column = &table.columns[place];
    let (name, kind) = (column.name.as_str(), column.kind.as_str());
    if let Some((.., values)) = READ.iter().find(|(of, read, _)| *of == table.name && *read == name) {
        return Some(values[row].to_owned());
    }
    if column.may_be_empty && row == 0 {
        return None;
    }
    if let Some((to, key, on)) = &column.refers {
        let target = tables.iter().find(|table| table.name == *to).expect("a table");
        let key = target.columns.iter().position(|column| column.name == *key).expect("a key");
        // A row of the same table refers to the one before it.
        let which = if target.name == table.name { row - 1 } else { (row + on) % target.rows };
        return cell(tables, target, key, which);
    }
    if !column.allowed.is_empty() {
        return Some(column.allowed[row % column.allowed.len()].clone());
    }
    let instant = name == "at" || ["_at", "until", "after", "since"].iter().any(|end| name.ends_with(end));
    Some(match kind {
        "INTEGER" => (row + 1).to_string(),
        "BLOB" => format!("{:02x}{:02x}", place, row + 1),
        _ if instant => format!("2025-05-{:02}T09:{place:02}:00Z", row + 1),
        _ if name.ends_with("_on") => format!("2025-06-{:02}", row + 1),
        _ => format!("{} {name} {}", table.name, row + 1),
    })
}

/// Writes rows into every table.
pub(crate) async fn fill(db: &Db, tables: &[Table]) {
    let mut statements = Vec::new();
    for table in tables {
        let names: Vec<String> = table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
        for row in 0..table.rows {
            let values: Vec<String> = (0..table.columns.len())
                .map(|place| match (cell(tables, table, place, row), table.columns[place].kind.as_str()) {
                    (None, _) => "NULL".to_owned(),
                    (Some(hex), "BLOB") if db.engine() == Engine::Sqlite => format!("X'{hex}'"),
                    (Some(hex), "BLOB") => format!("'\\x{hex}'"),
                    (Some(text), _) => format!("'{text}'"),
                })
                .collect();
            statements.push(format!(
                "INSERT INTO {} ({}) VALUES ({})",
                table.name,
                names.join(", "),
                values.join(", ")
            ));
        }
    }
    let written = db.write(move |tx| {
        Box::pin(async move {
            for statement in statements {
                on!(tx, |c| sqlx::query(AssertSqlSafe(statement.clone())).execute(c).await.map(drop))
                    .map_err(|error| DbError::Setup(format!("{error}: {statement}")))?;
            }
            Ok::<(), DbError>(())
        })
    });
    written.await.expect("rows in every table");
}

/// Every row of these tables, as text, without what a migration after this one changes on purpose.
pub(crate) async fn rows(db: &Db, tables: &[Table], after: i64) -> BTreeMap<String, Vec<String>> {
    let mut conn = db.read().await.expect("a connection");
    let mut all = BTreeMap::new();
    for table in tables {
        let changes = |column: &&Column| {
            CHANGED.iter().any(|(of, name, by)| *of == table.name && *name == column.name && *by > after)
        };
        let cells: Vec<String> = table
            .columns
            .iter()
            .filter(|column| !changes(column))
            .map(|Column { name, .. }| match db.engine() {
                Engine::Sqlite => format!("'{name}=' || quote(\"{name}\")"),
                Engine::Postgres => format!("'{name}=' || COALESCE(\"{name}\"::text, 'NULL')"),
            })
            .collect();
        let statement = format!("SELECT {} FROM {}", cells.join(" || ' ' || "), table.name);
        let mut rows: Vec<String> =
            on!(&mut conn, |c| sqlx::query_scalar(AssertSqlSafe(statement)).fetch_all(c).await)
                .expect("the rows of a table that was there");
        rows.sort();
        all.insert(table.name.clone(), rows);
    }
    all
}
