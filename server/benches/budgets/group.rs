//! A hospital group of 5,000 and of 50,000 people over ten years, on both engines, as `kokoroe make-hospital` makes it.

use std::path::PathBuf;

use kokoroe_server::db::Location;

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
        drop(std::fs::remove_dir_all(&self.folder));
    }
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
    let postgres = match engine {
        "SQLite" => None,
        _ => Some(fresh_postgres(&format!("group_{people}")).await?),
    };
    let folder = fresh_folder();
    let words = ["make-hospital", "--people", &people.to_string(), "--cycles", "10"];
    let (told, took) = run(command(&words, &folder, postgres.as_deref()));
    let number = |line: usize| {
        let line = told.lines().nth(line).expect("a staff number");
        line.split_whitespace().next().unwrap_or_default().to_owned()
    };
    let name = format!("{engine}, {size}");
    let (office, nursing, ward) = (number(0), number(2), number(3));
    let group = Group { name, people, folder, postgres, office, nursing, ward };
    figures.plain(&group.figure("made with its log"), took.as_secs_f64(), "s");
    Some(group)
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
