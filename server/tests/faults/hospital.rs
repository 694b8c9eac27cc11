//! The hospital that faults are done to: a ward full of people who have begun a module, each with all their answers in their head.

use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use kokoroe_courses::{Module, Walk};
use kokoroe_server::account::password::demo_hash;
use kokoroe_server::clock::Clock;
use kokoroe_server::db::{DbError, Engine, Location};
use kokoroe_server::id::{DepartmentId, PeriodId, RequirementId, StaffId};
use kokoroe_server::people::{self, NewDepartment, Role, Scribe};
use kokoroe_server::requirements::rule::Rule;
use kokoroe_server::requirements::store::Requirement;
use kokoroe_server::requirements::track::one_list;
use kokoroe_server::requirements::year;
use kokoroe_server::training::walk::{Standing, module_path, own_period, seed};
use kokoroe_server::{Site, start};
use sqlx::ConnectOptions as _;

use crate::population::{self, Person};
use crate::process::{Server, Start, command, run};
use crate::support::solve::{Temper, fields, respond};
use crate::support::{Browser, ORIGIN, PASSWORD, config, engines, form, fresh_folder, fresh_location};

/// The module that everybody owes.
pub(crate) const MODULE: &str = "m1-photo";

/// One answer on its way: where it is sent, what is sent, and what stands in the records afterwards.
#[derive(Clone, Debug)]
pub(crate) struct Turn {
    pub(crate) path: String,
    pub(crate) body: String,
    pub(crate) response: String,
}

/// What somebody owes, with all the answers; the signature comes last, where there is one.
#[derive(Clone, Debug)]
pub(crate) struct Duty {
    pub(crate) number: String,
    pub(crate) cookies: String,
    pub(crate) staff: StaffId,
    pub(crate) period: PeriodId,
    pub(crate) attempt: String,
    /// How many of the answers were given with the start.
    pub(crate) begun: usize,
    pub(crate) turns: Vec<Turn>,
    /// Not everybody signs: each signature costs a password.
    pub(crate) signature: Option<Turn>,
}

/// The hospital, with its records closed.
#[derive(Debug)]
pub(crate) struct Hospital {
    pub(crate) engine: Engine,
    pub(crate) folder: PathBuf,
    pub(crate) postgres: Option<String>,
    pub(crate) port: u16,
    pub(crate) vkey: String,
    pub(crate) log: String,
    /// Everybody, with the cookies of the browser in which they are signed in.
    pub(crate) people: Vec<(Person, String)>,
    /// What those who have begun owe.
    pub(crate) duties: Vec<Duty>,
}

impl Drop for Hospital {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            drop(std::fs::remove_dir_all(&self.folder));
        }
    }
}

/// A port of this machine that nobody listens on.
pub(crate) fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

/// The engines that are there, one hospital after the other.
pub(crate) async fn on_each_engine<F: Future<Output = ()>>(people: usize, test: impl Fn(Hospital) -> F) {
    for engine in engines() {
        test(Hospital::on(engine, people).await).await;
    }
}

impl Hospital {
    /// A hospital on this engine, with so many people who have begun.
    pub(crate) async fn on(engine: Engine, people: usize) -> Self {
        let folder = fresh_folder();
        let location = fresh_location(engine, &folder).await;
        Self::at(folder, &location, people).await
    }

    /// A hospital in this place, which is empty, with so many people who have begun.
    pub(crate) async fn at(folder: PathBuf, location: &Location, people: usize) -> Self {
        let mut hospital = Self::waiting(folder, location, people).await;
        let site = hospital.open().await;
        for (person, cookies) in &hospital.people {
            begin(&site, person, cookies).await;
        }
        hospital.think(&site).await;
        site.db.close().await;
        hospital
    }

    /// The same with people who have not begun.
    pub(crate) async fn waiting(folder: PathBuf, location: &Location, people: usize) -> Self {
        let (engine, postgres) = match location {
            Location::File(_) => (Engine::Sqlite, None),
            Location::Postgres(options) => (Engine::Postgres, Some(options.to_url_lossy().to_string())),
        };
        let site = open(&folder, location.clone()).await;
        let (ward, training) = found(&site).await;
        let hash = demo_hash(PASSWORD).expect("a hash");
        let crowd = population::learners(&site, &ward, &training, people, Some(hash)).await;
        let cookies = population::sign_in(&site, &crowd).await;
        let (vkey, log) = (site.signer.vkey(), site.ledger.log_at(site.now()));
        site.db.close().await;
        let people = crowd.into_iter().zip(cookies).collect();
        Self { engine, folder, postgres, port: free_port(), vkey, log, people, duties: Vec::new() }
    }

    /// Everybody has begun, and thinks of everything that they will answer.
    pub(crate) async fn think(&mut self, site: &Site) {
        let mut duties = Vec::with_capacity(self.people.len());
        for (person, cookies) in &self.people {
            duties.push(duty(site, person, cookies).await);
        }
        self.duties = duties;
    }

    /// Where its records are.
    pub(crate) fn location(&self) -> Location {
        match &self.postgres {
            Some(address) => Location::postgres(address).expect("an address"),
            None => Location::File(self.file()),
        }
    }

    /// The file of the embedded engine.
    pub(crate) fn file(&self) -> PathBuf {
        self.folder.join("kokoroe.db")
    }

    /// Opens its records from inside, as the next start would. No server may be running on them.
    pub(crate) async fn open(&self) -> Site {
        open(&self.folder, self.location()).await
    }

    /// Changes its settings. No server may be running on it.
    pub(crate) async fn set(&self, settings: Vec<(&'static str, String)>) {
        let site = self.open().await;
        let inner = site.clone();
        let written: Result<(), DbError> = site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: "system" };
                    for (name, value) in settings {
                        people::hospital::set(tx, &by, name, &value).await?;
                    }
                    Ok(())
                })
            })
            .await;
        written.expect("settings");
        site.db.close().await;
    }

    /// How its server is started.
    pub(crate) fn start(&self) -> Start<'_> {
        let start = Start::on(&self.folder, self.postgres.as_deref(), self.port);
        Start { origin: Some(ORIGIN), ..start }
    }

    /// Its server, ready.
    pub(crate) async fn serve(&self) -> Server {
        self.start().ready().await.0
    }

    /// A command of the program on its records.
    pub(crate) fn command(&self, words: &[&str]) -> std::process::Command {
        command(words, &self.folder, self.postgres.as_deref())
    }

    /// Writes the evidence pack of the year, which signs the log.
    pub(crate) fn export(&self, name: &str) -> PathBuf {
        let pack = self.folder.join(name);
        run(self.command(&["export", "--out", pack.to_str().expect("text")]));
        pack
    }

    /// Verifies a pack with the key of the first day and the checkpoints that somebody kept; what it says and whether it is whole.
    pub(crate) fn verify(&self, pack: &Path, kept: &[PathBuf]) -> (bool, String) {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_kokoroe"));
        command.arg("verify").arg(pack).args(["--vkey", &self.vkey]);
        if !kept.is_empty() {
            command.arg("--checkpoint").args(kept);
        }
        let output = command.output().expect("the program runs");
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    }

    /// The checkpoints that are kept beside the records, newest last.
    pub(crate) fn checkpoints(&self) -> Vec<PathBuf> {
        let folder = self.folder.join("checkpoints").join(self.log.replace('/', "-"));
        let entries = std::fs::read_dir(folder).expect("checkpoints");
        let mut notes: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        let size = |path: &PathBuf| path.file_stem().and_then(|name| name.to_str()?.parse::<u64>().ok());
        notes.retain(|path| size(path).is_some());
        notes.sort_by_key(size);
        notes
    }
}

async fn open(folder: &Path, location: Location) -> Site {
    start::site(config(folder, location), Clock::system()).await.expect("a site")
}

/// A ward, whose training is open since yesterday; an office and an auditor.
async fn found(site: &Site) -> (DepartmentId, RequirementId) {
    let inner = site.clone();
    let made: Result<_, DbError> = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let site = inner;
                let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                let ward = NewDepartment {
                    code: "03".into(),
                    name: "3病棟".into(),
                    name_en: String::new(),
                    parent: None,
                    position: 0,
                };
                let ward = people::add_department(tx, &by, &ward).await?;
                let now = site.now();
                let training = Requirement {
                    id: RequirementId::new(&site.clock),
                    code: "sns".into(),
                    title: "SNSの約束".into(),
                    title_en: "Our social media promises".into(),
                    basis: "医療安全研修の一つとして".into(),
                    basis_en: "As part of safety training".into(),
                    course: site.content.catalogue.course.id.clone(),
                    fiscal_year: site.calendar().fiscal_year(now),
                    opens_at: now - TimeDelta::days(1),
                    due_at: now + TimeDelta::days(28),
                    valid_until: None,
                    rule: Rule::default(),
                    closed_at: None,
                };
                let lists = one_list(&[MODULE.to_owned()]);
                year::open(tx, &site.ledger, &site.clock, &training, &lists, "system").await?;
                Ok((ward, training.id))
            })
        })
        .await;
    made.expect("a ward")
}

/// Gives people who look into everything their roles: the first is the training office, the second an auditor.
pub(crate) async fn appoint(hospital: &Hospital) {
    let site = hospital.open().await;
    let roles: Vec<(StaffId, Role)> = hospital
        .duties
        .iter()
        .zip([Role::Office, Role::Auditor])
        .map(|(duty, role)| (duty.staff.clone(), role))
        .collect();
    let inner = site.clone();
    let granted: Result<(), DbError> = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: "system" };
                for (staff, role) in roles {
                    people::grant(tx, &by, &staff, &role).await?;
                }
                Ok(())
            })
        })
        .await;
    granted.expect("roles");
    site.db.close().await;
}

/// Lets somebody begin, from inside.
async fn begin(site: &Site, person: &Person, cookies: &str) {
    let mut browser = Browser::at(site);
    let pair = |cookie: &str| cookie.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
    browser.cookies = cookies.split("; ").filter_map(pair).collect();
    let begun = browser.post(&module_path(&person.period, MODULE), &[]).await;
    assert_eq!(begun.status, http::StatusCode::SEE_OTHER, "{}", begun.body);
}

/// What somebody owes who has begun, with everything that they will answer.
async fn duty(site: &Site, person: &Person, cookies: &str) -> Duty {
    let Person { number, staff, period } = person;
    let mut conn = site.db.read().await.expect("a connection");
    let own = own_period(&mut conn, period.as_str(), staff).await.expect("their period");
    let standing = Standing::load(site, &mut conn, own, MODULE).await.expect("loaded").expect("begun");
    let (hash, policy) = site.content.policy();
    let ticked: Vec<&str> = policy.statements.iter().map(|statement| statement.id.as_str()).collect();
    let mut ticks: Vec<(&str, &str)> = ticked.iter().map(|id| ("statement", *id)).collect();
    ticks.push(("password", PASSWORD));
    let signature = Turn {
        path: format!("/learn/{period}/sign/check?policy={hash}&ticked={}", ticked.join(",")),
        body: form(&ticks),
        response: String::new(),
    };
    Duty {
        number: number.clone(),
        cookies: cookies.to_owned(),
        staff: staff.clone(),
        period: period.clone(),
        attempt: standing.attempt.id.to_string(),
        begun: standing.answers.len(),
        turns: turns(&standing.module, standing.attempt.seed, &module_path(period, MODULE)),
        signature: number.ends_with(['0', '4', '8']).then_some(signature),
    }
}

/// The best answers to a whole module.
pub(crate) fn turns(module: &Module, stored_seed: i64, base: &str) -> Vec<Turn> {
    let mut walk = Walk::begin(module, seed(stored_seed));
    let mut turns = Vec::new();
    while !walk.is_finished() {
        let place = walk.place();
        let response = respond(&place, Temper::Best);
        let fields = fields(&place, &response);
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        turns.push(Turn {
            path: format!("{base}/{}", walk.turn()),
            body: form(&fields),
            response: serde_json::to_string(&response).expect("a response"),
        });
        walk.answer(response).expect("it fits");
    }
    turns
}
