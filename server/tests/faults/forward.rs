//! A new version meets the records of every earlier one: it brings the schema forward, and nothing that stood there is lost, also where
//! it dies on the way.

use std::collections::BTreeMap;
use std::path::Path;

use kokoroe_evidence::{Frontier, Hash, tree};
use kokoroe_server::audit::{self, Entry, Kind, Ledger};
use kokoroe_server::clock::Calendar;
use kokoroe_server::db::{Db, Engine, Location, connect, migrate as bring_forward};
use kokoroe_server::{on, start};
use serde_json::json;
use sqlx::migrate::{Migration, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqliteConnection};

use crate::cluster::{Cluster, make};
use crate::filled::{Table, fill, rows, tables};
use crate::migration::{migrate, schema};
use crate::shim::Shim;
use crate::support::{at, fresh_folder};
use crate::table::Row;

/// The migrations of an engine, oldest first.
async fn migrations(engine: &str) -> Vec<Migration> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations").join(engine);
    Migrator::new(folder).await.expect("the migrations").iter().cloned().collect()
}

/// Those up to a version.
async fn up_to(engine: &str, version: i64) -> Migrator {
    let all = migrations(engine).await;
    Migrator::with_migrations(all.into_iter().filter(|one| one.version <= version).collect())
}

/// A file with the schema of a version and nothing in it.
async fn file_of(version: i64, folder: &Path) -> Location {
    let path = folder.join("kokoroe.db");
    // Nothing dies while it is made, so it need not wait for the disk.
    let options = SqliteConnectOptions::new()
        .filename(&path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Memory)
        .synchronous(SqliteSynchronous::Off);
    let mut conn = SqliteConnection::connect_with(&options).await.expect("a file");
    up_to("sqlite", version).await.run(&mut conn).await.expect("the schema of then");
    conn.close().await.expect("closed");
    Location::File(path)
}

/// The tables of a file.
async fn tables_of(location: &Location) -> Vec<Table> {
    let db = connect(location).await.expect("the database");
    let tables = tables(&db).await;
    db.close().await;
    tables
}

/// What the newest schema looks like, made from nothing here.
async fn newest(location: &Location) -> Vec<String> {
    start::open_db(location).await.expect("every migration").close().await;
    schema(location).await
}

/// Every version that there was before this one.
async fn earlier_versions() -> Vec<i64> {
    let mut versions: Vec<i64> = migrations("sqlite").await.iter().map(|one| one.version).collect();
    versions.pop();
    assert!(versions.len() > 10, "{versions:?}");
    versions
}

/// The log of the product, which stands beside the rows that are nothing but rows. It has been the same since this version.
const FIRST_LOG: i64 = 5;

fn ledger() -> Ledger {
    Ledger::new("h0001", "h0001+00000000+key".to_owned(), Calendar::default())
}

/// Writes a leaf as the product does.
async fn append(db: &Db, fact: &'static str) {
    let written = db.write(move |tx| {
        Box::pin(async move {
            let entry = Entry {
                kind: Kind::ANSWER,
                at: at("2026-10-01T00:00:00Z"),
                actor: "system",
                obj: fact,
                req: None,
                d: json!({ "fact": fact }),
            };
            audit::append(tx, &ledger(), entry).await.map(drop)
        })
    });
    written.await.expect("a leaf");
}

/// What an earlier version left behind.
struct Left {
    version: i64,
    tables: Vec<Table>,
    rows: BTreeMap<String, Vec<String>>,
}

impl Left {
    /// Fills the schema of a version, whose tables are these.
    async fn by(version: i64, tables: Vec<Table>, location: &Location) -> Self {
        let db = connect(location).await.expect("the database");
        fill(&db, &tables).await;
        if version >= FIRST_LOG {
            append(&db, "first").await;
            append(&db, "second").await;
        }
        let rows = rows(&db, &tables, version).await;
        db.close().await;
        Self { version, tables, rows }
    }

    /// Asks whether the newest schema, which looks like this, has everything.
    async fn is_whole(&self, location: &Location, expected: &[String], of: &str) {
        assert_eq!(schema(location).await, expected, "{of}");
        let db = connect(location).await.expect("the database");
        let now = rows(&db, &self.tables, self.version).await;
        for (table, before) in &self.rows {
            assert_eq!(now[table], *before, "{table} {of}");
        }
        assert_eq!(broken(&db).await, Vec::<String>::new(), "{of}");
        self.means_what_it_meant(&db, of).await;
        if self.version >= FIRST_LOG {
            append(&db, "third").await;
            log_is_whole(&db, of).await;
        }
        db.close().await;
    }

    /// What the migrations have made of what they read.
    async fn means_what_it_meant(&self, db: &Db, of: &str) {
        let version = self.version;
        if (3..14).contains(&version) {
            let rules = ask(db, "SELECT rule FROM requirement ORDER BY code").await;
            let [named, everybody, joiners] =
                [r#"{"whom":{"named":true}}"#, r#"{"whom":{}}"#, r#"{"whom":{"joined_from":"2025-04-01"}}"#];
            assert_eq!(rules, [named, everybody, joiners], "hygiene, sns-2025, sns-join-2025 {of}");
        }
        if (3..11).contains(&version) {
            let tracks = "SELECT track FROM requirement_module UNION SELECT track FROM period";
            assert_eq!(ask(db, tracks).await, ["all"], "{of}");
        }
        if version < 15 {
            let search = ask(db, "SELECT search FROM staff ORDER BY id").await;
            assert_eq!(search, ["広瀬 徳子", "島田 学", "鈴木 一郎"], "{of}");
            let states = "SELECT from_on || '' FROM department_state";
            assert_eq!(ask(db, states).await.len(), 5, "one is open, two were closed on a day {of}");
        }
    }
}

async fn ask(db: &Db, statement: &'static str) -> Vec<String> {
    let mut conn = db.read().await.expect("a connection");
    on!(&mut conn, |c| sqlx::query_scalar(statement).fetch_all(c).await).expect(statement)
}

/// What the engine itself finds wrong.
async fn broken(db: &Db) -> Vec<String> {
    let statement = match db.engine() {
        Engine::Sqlite => {
            "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'
             UNION ALL SELECT \"table\" || ' refers to nothing in ' || parent FROM pragma_foreign_key_check"
        }
        Engine::Postgres => "SELECT conname::text FROM pg_constraint WHERE NOT convalidated",
    };
    ask(db, statement).await
}

/// The root of the log is that of its leaves, old and new.
async fn log_is_whole(db: &Db, of: &str) {
    let log = ledger().log_at(at("2026-10-01T00:00:00Z"));
    let mut conn = db.read().await.expect("a connection");
    let head = audit::store::head(&mut conn, &log).await.expect("a look").expect("a log");
    let leaves = audit::store::leaves(&mut conn, &log, 0, head.size).await.expect("leaves");
    let hashes: Vec<Hash> = leaves.iter().map(|leaf| tree::leaf_hash(&leaf.body)).collect();
    let size = u64::try_from(head.size).expect("a size");
    let frontier = Frontier::from_bytes(size, &head.frontier).expect("a frontier");
    assert_eq!((hashes.len() as u64, tree::root(&hashes)), (size, frontier.root()), "{of}");
    assert!(["first", "second", "third"].iter().all(|fact| leaves.iter().any(|leaf| leaf.obj == *fact)));
}

/// Fills the schema of a version and brings it forward.
async fn goes_forward(version: i64, tables: Vec<Table>, location: &Location, expected: &[String]) {
    let left = Left::by(version, tables, location).await;
    let db = connect(location).await.expect("the database");
    bring_forward(&db).await.unwrap_or_else(|error| panic!("from {version}: {error}"));
    db.close().await;
    left.is_whole(location, expected, &format!("from {version}")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn records_of_every_earlier_schema_come_forward_whole() {
    let folder = fresh_folder();
    let expected = newest(&Location::File(folder.join("newest.db"))).await;
    for version in earlier_versions().await {
        let folder = fresh_folder();
        let location = file_of(version, &folder).await;
        goes_forward(version, tables_of(&location).await, &location, &expected).await;
        drop(std::fs::remove_dir_all(folder));
    }
    drop(std::fs::remove_dir_all(folder));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn records_of_every_earlier_schema_come_forward_whole_on_postgresql() {
    let Some(cluster) = Cluster::start() else { return };
    let hall = Hall::of(&cluster).await;
    for version in earlier_versions().await {
        let name = format!("from_{version}");
        let (location, tables) = hall.schema_of(version, &name).await;
        goes_forward(version, tables, &location, &hall.expected).await;
    }
}

/// Versions whose records meet the migrations that write tables anew, and how many places are left out between two at which one dies: in a
/// long run none, in every run so many that a sample is left.
fn dying(many: usize) -> ([i64; 3], usize) {
    ([8, 13, 19], if std::env::var("KOKOROE_FAULT_ROUNDS").is_ok() { 1 } else { many })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_migration_of_records_that_is_killed_at_any_write_is_finished_by_the_next_start() {
    let origin = fresh_folder();
    let expected = newest(&Location::File(origin.join("newest.db"))).await;
    let (versions, step) = dying(61);
    let mut killed = 0;
    for version in versions {
        let origin = fresh_folder();
        let location = file_of(version, &origin).await;
        let left = Left::by(version, tables_of(&location).await, &location).await;
        for at in (1_usize..).step_by(step) {
            let folder = fresh_folder();
            std::fs::copy(origin.join("kokoroe.db"), folder.join("kokoroe.db")).expect("the records of then");
            let shim = Shim::in_front_of(&folder);
            let number = at.to_string();
            let mut environment = shim.environment();
            environment.push(("SHIM_KILL_AT", &number));
            let died = migrate(&folder, None, &environment);
            let ended = died.status.success();
            if !ended {
                killed += 1;
                // The power goes as well: what was not synced is not there.
                shim.power_cut(&folder, 0);
                let again = migrate(&folder, None, &[]);
                assert!(
                    again.status.success(),
                    "write {at} from {version}: {}",
                    String::from_utf8_lossy(&again.stderr)
                );
            }
            let of = format!("from {version}, killed at write {at}");
            left.is_whole(&Location::File(folder.join("kokoroe.db")), &expected, &of).await;
            drop(std::fs::remove_dir_all(folder));
            if ended {
                break;
            }
        }
        drop(std::fs::remove_dir_all(origin));
    }
    assert!(killed > 5, "{killed}");
    drop(std::fs::remove_dir_all(origin));
    Row {
        number: 30,
        engine: Some(Engine::Sqlite),
        fault: format!("a migration of records killed at a write and the power cut, at {killed} places"),
        saw: "the server does not start; the next start goes on".into(),
        kept: "every row, with its values, and the schema as without the fault".into(),
        back: None,
    }
    .tell();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_migration_of_records_that_dies_at_any_statement_is_finished_by_the_next_start() {
    let Some(cluster) = Cluster::start() else { return };
    let hall = Hall::of(&cluster).await;
    let folder = fresh_folder();
    let (versions, step) = dying(31);
    let mut died = 0;
    for version in versions {
        let origin = format!("from_{version}");
        let (location, tables) = hall.schema_of(version, &origin).await;
        let left = Left::by(version, tables, &location).await;
        for at in (1_usize..).step_by(step) {
            let name = format!("dies_{version}_{at}");
            let address = hall.copy(&origin, &name).await;
            hall.dies_at(&name, at).await;
            let first = tokio::task::block_in_place(|| migrate(&folder, Some(&address), &[]));
            hall.lives(&name).await;
            let ended = first.status.success();
            if !ended {
                died += 1;
                let again = tokio::task::block_in_place(|| migrate(&folder, Some(&address), &[]));
                assert!(
                    again.status.success(),
                    "statement {at} from {version}: {}",
                    String::from_utf8_lossy(&again.stderr)
                );
            }
            let location = Location::postgres(&address).expect("an address");
            left.is_whole(&location, &hall.expected, &format!("from {version}, dead at statement {at}"))
                .await;
            hall.forget(&name).await;
            if ended {
                break;
            }
        }
    }
    assert!(died > 5, "{died}");
    drop(std::fs::remove_dir_all(folder));
    Row {
        number: 30,
        engine: Some(Engine::Postgres),
        fault: format!(
            "a migration of records whose session PostgreSQL ends at a statement, at {died} places"
        ),
        saw: "the server does not start; the next start goes on".into(),
        kept: "every row, with its values, and the schema as without the fault".into(),
        back: None,
    }
    .tell();
}

/// A cluster in which databases are made and copied.
struct Hall<'c> {
    cluster: &'c Cluster,
    /// What the newest schema looks like.
    expected: Vec<String>,
}

impl<'c> Hall<'c> {
    async fn of(cluster: &'c Cluster) -> Self {
        make(&cluster.address("postgres"), "newest").await;
        make(&cluster.address("postgres"), "ladder").await;
        let location = Location::postgres(&cluster.address("newest")).expect("an address");
        Self { cluster, expected: newest(&location).await }
    }

    /// A database with the schema of a version and nothing in it, and its tables. Versions are asked for in their order: each is a step up.
    async fn schema_of(&self, version: i64, name: &str) -> (Location, Vec<Table>) {
        let folder = fresh_folder();
        let tables = tables_of(&file_of(version, &folder).await).await;
        drop(std::fs::remove_dir_all(folder));
        let mut ladder = PgConnection::connect(&self.cluster.address("ladder")).await.expect("the database");
        up_to("postgres", version).await.run(&mut ladder).await.expect("the schema of then");
        ladder.close().await.expect("closed");
        let address = self.copy("ladder", name).await;
        (Location::postgres(&address).expect("an address"), tables)
    }

    async fn tell(&self, database: &str, statements: &[String]) {
        let mut conn = PgConnection::connect(&self.cluster.address(database)).await.expect("the database");
        for statement in statements {
            conn.execute(AssertSqlSafe(statement.clone())).await.expect(statement);
        }
        conn.close().await.expect("closed");
    }

    /// A copy of a database that nobody uses. Gives its address.
    async fn copy(&self, from: &str, to: &str) -> String {
        let statement = format!("CREATE DATABASE {to} TEMPLATE {from}");
        self.tell("postgres", &[statement]).await;
        self.cluster.address(to)
    }

    async fn forget(&self, name: &str) {
        self.tell("postgres", &[format!("DROP DATABASE {name} WITH (FORCE)")]).await;
    }

    /// Whoever changes the schema is cut off at the n-th statement that does. The count stands although the transaction does not.
    async fn dies_at(&self, name: &str, at: usize) {
        let count = "CREATE SEQUENCE changes".to_owned();
        let function = format!(
            "CREATE FUNCTION die() RETURNS event_trigger LANGUAGE plpgsql AS
             $$ BEGIN IF nextval('changes') = {at} THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; END $$"
        );
        let trigger = "CREATE EVENT TRIGGER dies ON ddl_command_end EXECUTE FUNCTION die()".to_owned();
        self.tell(name, &[count, function, trigger]).await;
    }

    /// Nobody is cut off any more.
    async fn lives(&self, name: &str) {
        let gone = ["DROP EVENT TRIGGER dies", "DROP FUNCTION die", "DROP SEQUENCE changes"];
        self.tell(name, &gone.map(str::to_owned)).await;
    }
}
