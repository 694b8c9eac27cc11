//! A hospital group of 5,000 and of 50,000 people over ten years, on both engines, as `kokoroe make-hospital` makes it.

use std::path::PathBuf;

use kokoroe_server::db::{self, Location};
use kokoroe_server::on;

use crate::figures::Figures;
use crate::process::{command, run};
use crate::support::fresh_folder;
use crate::{lists, report, work};

/// What is measured of it.
#[derive(Clone, Copy)]
pub(crate) struct Parts {
    pub(crate) report: bool,
    pub(crate) work: bool,
    pub(crate) lists: bool,
}

impl Parts {
    pub(crate) const fn any(self) -> bool {
        self.report || self.work || self.lists
    }
}

/// A group that was made.
pub(crate) struct Group {
    /// What figures of it are called.
    pub(crate) name: String,
    pub(crate) people: u32,
    pub(crate) folder: PathBuf,
    pub(crate) postgres: Option<String>,
    pub(crate) office: String,
    pub(crate) nursing: String,
    pub(crate) ward: String,
}

impl Drop for Group {
    fn drop(&mut self) {
        if kept().as_ref() != Some(&self.folder) {
            drop(std::fs::remove_dir_all(&self.folder));
        }
    }
}

/// A data folder that `make-hospital` filled before and that stays: making fifty thousand people takes longer than measuring them. Its
/// records are in PostgreSQL where `KOKOROE_POSTGRES` names a database as well.
fn kept() -> Option<PathBuf> {
    std::env::var_os("KOKOROE_BENCH_FOLDER").map(PathBuf::from)
}

impl Group {
    /// Where its records are.
    pub(crate) fn location(&self) -> Location {
        match &self.postgres {
            Some(address) => Location::postgres(address).expect("an address"),
            None => Location::File(self.folder.join("kokoroe.db")),
        }
    }

    /// A name for a figure of it.
    pub(crate) fn figure(&self, what: &str) -> String {
        format!("{}: {what}", self.name)
    }
}

pub(crate) const SIZES: [(u32, &str); 2] = [(5_000, "5,000"), (50_000, "50,000")];

/// A database of its own on the cluster beside the bench.
pub(crate) async fn fresh_postgres(name: &str) -> Option<String> {
    use sqlx::{Connection as _, Executor as _};
    let url = std::env::var("KOKOROE_TEST_POSTGRES").ok()?;
    let mut admin = sqlx::PgConnection::connect(&url).await.expect("the cluster");
    for text in
        [format!("DROP DATABASE IF EXISTS {name}"), format!("CREATE DATABASE {name} TEMPLATE template0")]
    {
        admin.execute(sqlx::AssertSqlSafe(text)).await.expect("a database");
    }
    let (before, after) = url.split_once("/kokoroe?").expect("an address with a name");
    Some(format!("{before}/{name}?{after}"))
}

async fn group(figures: &mut Figures, engine: &str, people: u32, size: &str) -> Option<Group> {
    let made = kept();
    let named = std::env::var("KOKOROE_POSTGRES").ok().filter(|_| made.is_some());
    let postgres = match engine {
        "SQLite" if named.is_some() => return None,
        "SQLite" => None,
        _ if named.is_some() => named,
        _ if made.is_some() => return None,
        _ => Some(fresh_postgres(&format!("group_{people}")).await?),
    };
    let folder = made.clone().unwrap_or_else(fresh_folder);
    let unnamed = String::new;
    let name = format!("{engine}, {size}");
    let mut group =
        Group { name, people, folder, postgres, office: unnamed(), nursing: unnamed(), ward: unnamed() };
    if made.is_none() {
        let words = ["make-hospital", "--people", &people.to_string(), "--cycles", "10"];
        let (_, took) = run(command(&words, &group.folder, group.postgres.as_deref()));
        figures.plain(&group.figure("made with its log"), took.as_secs_f64(), "s");
    }
    (group.office, group.nursing, group.ward) = people_of(&group).await;
    Some(group)
}

/// The staff numbers of a member of the training office, the head of nursing of a hospital, and the head of a ward.
async fn people_of(group: &Group) -> (String, String, String) {
    let db = db::connect(&group.location()).await.expect("the records");
    let mut conn = db.read().await.expect("a connection");
    let mut found = Vec::new();
    for (role, department) in [("office", "%"), ("manager", "001-1001"), ("manager", "001-1003")] {
        let text = "SELECT MIN(s.staff_no)
                      FROM role_grant g
                      JOIN staff s ON s.id = g.staff_id
                      LEFT JOIN department d ON d.id = g.department_id
                     WHERE g.role = $1 AND COALESCE(d.code, '') LIKE $2 AND g.revoked_at IS NULL AND s.left_on IS NULL";
        let number: String =
            on!(&mut conn, |c| sqlx::query_scalar(text).bind(role).bind(department).fetch_one(c).await)
                .expect("a staff number");
        found.push(number);
    }
    drop(conn);
    db.close().await;
    let [office, nursing, ward] = found.try_into().expect("three numbers");
    (office, nursing, ward)
}

/// `sizes`: only of so many people; none is each of [`SIZES`].
pub(crate) async fn measure(figures: &mut Figures, parts: Parts, sizes: &[u32]) {
    for engine in ["SQLite", "PostgreSQL"] {
        for (people, size) in
            SIZES.into_iter().filter(|(people, _)| sizes.is_empty() || sizes.contains(people))
        {
            let Some(group) = group(figures, engine, people, size).await else { continue };
            if parts.report {
                report::measure(figures, &group).await;
            }
            if parts.work {
                work::measure(figures, &group).await;
            }
            if parts.lists {
                lists::measure(figures, &group).await;
            }
        }
        let [(_, small), (_, large)] = SIZES;
        figures.growth(engine, small, large);
    }
}
