//! The inventory of what is written, and a database that holds the program to it.

use kokoroe_server::db::{Db, DbError};
use kokoroe_server::on;
use sqlx::AssertSqlSafe;

/// A row of the inventory.
pub(crate) struct Listed {
    pub(crate) table: &'static str,
    /// Rows that are added or removed, columns that change.
    pub(crate) what: Vec<&'static str>,
    /// The kinds of leaves of which one stands in the same write; none where the inventory says why.
    pub(crate) kinds: Vec<&'static str>,
    /// Why there is none.
    pub(crate) reason: &'static str,
}

impl Listed {
    /// The columns among what changes.
    fn columns(&self) -> impl Iterator<Item = &&'static str> {
        self.what.iter().filter(|what| !["added", "removed"].contains(*what))
    }
}

/// The whole inventory.
pub(crate) fn inventory() -> Vec<Listed> {
    let document = include_str!("../../../docs/leaves.md");
    let rows = document.lines().filter(|line| line.starts_with("| `"));
    rows.map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [table, what, beside] = cells[..] else { panic!("three cells: {line}") };
        let kinds: Vec<&str> = match beside.starts_with('`') {
            true => beside.split('`').skip(1).step_by(2).collect(),
            false => Vec::new(),
        };
        let reason = if kinds.is_empty() { beside } else { "" };
        Listed { table: table.trim_matches('`'), what: what.split(", ").collect(), kinds, reason }
    })
    .collect()
}

/// Lets a write of this transaction stand alone: a test that tampers, or that fills in what it does not tell.
pub(crate) const ALONE: &str = "SELECT SET_CONFIG('inventory.leaves', '*', TRUE)";

/// Makes a database of PostgreSQL refuse a transaction that changes something without its leaf.
pub(crate) async fn guard(db: &Db) {
    let done: Result<(), DbError> = db
        .write(|tx| {
            Box::pin(async move {
                for statement in guards() {
                    let statement = AssertSqlSafe(statement);
                    on!(tx, |c| sqlx::raw_sql(statement).execute(c).await.map(drop))?;
                }
                Ok(())
            })
        })
        .await;
    done.expect("guards");
}

fn guards() -> Vec<String> {
    let note = "
        CREATE FUNCTION note_leaf() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            noted text := COALESCE(CURRENT_SETTING('inventory.leaves', TRUE), '');
        BEGIN
            IF noted <> '*' AND POSITION(' ' || NEW.kind || ' ' IN noted) = 0 THEN
                PERFORM SET_CONFIG('inventory.leaves', noted || ' ' || NEW.kind || ' ', TRUE);
            END IF;
            RETURN NULL;
        END $$";
    let on_leaf = "CREATE TRIGGER noted AFTER INSERT ON log_leaf FOR EACH ROW EXECUTE FUNCTION note_leaf()";
    let guard = "
        CREATE FUNCTION stands_beside() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            noted text := COALESCE(CURRENT_SETTING('inventory.leaves', TRUE), '');
            one text;
        BEGIN
            IF noted = '*' THEN
                RETURN NULL;
            END IF;
            FOREACH one IN ARRAY TG_ARGV LOOP
                IF POSITION(' ' || one || ' ' IN noted) > 0 THEN
                    RETURN NULL;
                END IF;
            END LOOP;
            RAISE EXCEPTION '% of % without a leaf of %, beside [%]', TG_OP, TG_TABLE_NAME, TG_ARGV, noted;
        END $$";
    let mut statements: Vec<String> = [note, on_leaf, guard].map(str::to_owned).to_vec();
    for (number, listed) in inventory().iter().enumerate().filter(|(_, listed)| !listed.kinds.is_empty()) {
        let table = listed.table;
        let kinds: Vec<String> = listed.kinds.iter().map(|kind| format!("'{kind}'")).collect();
        let mut on = |name: &str, event: &str, when: &str| {
            statements.push(format!(
                "CREATE CONSTRAINT TRIGGER {name}_{number} AFTER {event} ON {table}
                 DEFERRABLE INITIALLY DEFERRED FOR EACH ROW {when} EXECUTE FUNCTION stands_beside({})",
                kinds.join(", ")
            ));
        };
        if listed.what.contains(&"added") {
            on("added", "INSERT", "");
        }
        if listed.what.contains(&"removed") {
            on("removed", "DELETE", "");
        }
        let differs: Vec<String> =
            listed.columns().map(|column| format!("OLD.{column} IS DISTINCT FROM NEW.{column}")).collect();
        if !differs.is_empty() {
            on("changed", "UPDATE", &format!("WHEN ({})", differs.join(" OR ")));
        }
    }
    statements
}
