//! A hospital for one test: its own database, a clock that stands still, a few people, and a browser without JavaScript.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

use axum::body::Body;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use kokoroe_courses::Sources;
use kokoroe_server::clock::{Calendar, Clock};
use kokoroe_server::config::{Config, Origin};
use kokoroe_server::db::{Engine, Location};
use kokoroe_server::training::Content;
use kokoroe_server::{Site, router, start};
use tower::ServiceExt as _;

pub(crate) mod facts;
pub(crate) mod group;
pub(crate) mod inventory;
pub(crate) mod lesson;
pub(crate) mod people;
pub(crate) mod post;
pub(crate) mod solve;
pub(crate) mod tsa;

/// The password of everybody in a test.
pub(crate) const PASSWORD: &str = "a quiet ward at night";

/// The origin of every test server.
pub(crate) const ORIGIN: &str = "http://localhost:3000";

/// Which engine a test runs on. PostgreSQL is asked for by `KOKOROE_TEST_POSTGRES`; where `KOKOROE_REQUIRE_POSTGRES` is set, its absence is
/// a failure and not a skip.
pub(crate) fn engines() -> Vec<Engine> {
    match std::env::var("KOKOROE_TEST_POSTGRES") {
        Ok(_) => vec![Engine::Sqlite, Engine::Postgres],
        Err(_) if std::env::var("KOKOROE_REQUIRE_POSTGRES").is_ok() => {
            panic!("KOKOROE_TEST_POSTGRES is not set")
        }
        Err(_) => vec![Engine::Sqlite],
    }
}

/// A hospital for one test.
pub(crate) struct TestSite {
    pub(crate) site: Site,
    pub(crate) clock: Clock,
    folder: PathBuf,
}

impl Drop for TestSite {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// An empty folder of its own.
pub(crate) fn fresh_folder() -> PathBuf {
    let number = NUMBER.fetch_add(1, Ordering::SeqCst);
    let folder = std::env::temp_dir().join(format!("kokoroe-test-{}-{number}", std::process::id()));
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// An instant as text.
pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

/// A day as text.
pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

impl TestSite {
    /// A hospital on SQLite, on Thursday 1 October 2026 at nine in the morning.
    pub(crate) async fn new() -> Self {
        Self::on(Engine::Sqlite).await
    }

    /// A hospital on this engine.
    pub(crate) async fn on(engine: Engine) -> Self {
        let folder = fresh_folder();
        let location = fresh_location(engine, &folder).await;
        Self::open(folder, location).await
    }

    /// A hospital that teaches this and nothing else.
    pub(crate) async fn teaching(content: Content) -> Self {
        Self::teaching_on(Engine::Sqlite, content).await
    }

    /// The same on this engine.
    pub(crate) async fn teaching_on(engine: Engine, content: Content) -> Self {
        let folder = fresh_folder();
        let location = fresh_location(engine, &folder).await;
        Self::with(folder, location, content).await
    }

    /// A hospital on records that may exist already.
    pub(crate) async fn open(folder: PathBuf, location: Location) -> Self {
        Self::with(folder, location, Content::embedded().expect("the catalogue")).await
    }

    /// A hospital that teaches one module of the small catalogue of the courses' own tests.
    pub(crate) async fn small(module: &str) -> Self {
        let mut content = small_catalogue();
        content.catalogue.course.modules = vec![module.to_owned()];
        for track in &mut content.catalogue.course.tracks {
            track.modules = vec![module.to_owned()];
        }
        Self::teaching(content).await
    }

    /// The same today, at a time of its own distance from the machine's: for a test with another program that has no clock but that one.
    pub(crate) async fn today(engine: Engine, ahead: chrono::TimeDelta) -> Self {
        let folder = fresh_folder();
        let location = fresh_location(engine, &folder).await;
        let clock = Clock::standing_at(Clock::system().now() + ahead);
        let site = start::site(config(&folder, location), clock.clone()).await.expect("a site");
        Self { site, clock, folder }
    }

    async fn with(folder: PathBuf, location: Location, content: Content) -> Self {
        let clock = Clock::standing_at(at("2026-10-01T00:00:00Z"));
        let site = start::teaching(config(&folder, location), clock.clone(), content).await.expect("a site");
        Self { site, clock, folder }
    }

    /// Where its files are.
    pub(crate) fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    /// A browser that has not signed in.
    pub(crate) fn browser(&self) -> Browser {
        Browser { site: self.site.clone(), cookies: Vec::new(), lang: "ja" }
    }

    /// A browser in which somebody has signed in.
    pub(crate) async fn signed_in(&self, number: &str) -> Browser {
        let mut browser = self.browser();
        let answer = browser.post("/sign-in", &[("number", number), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        browser
    }
}

/// The small catalogue of the courses' own tests.
pub(crate) fn small_catalogue() -> Content {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../courses/tests/small");
    let mut sources = Sources::default();
    collect(&root, &root, &mut sources);
    Content::read(&sources).expect("the small catalogue")
}

/// The files of a catalogue.
fn collect(root: &Path, folder: &Path, sources: &mut Sources) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(root, &path, sources);
        } else {
            let name = path.strip_prefix(root).expect("below").to_string_lossy().into_owned();
            sources.extend([(name, std::fs::read_to_string(&path).expect("a text"))]);
        }
    }
}

/// An empty place of its own for the records, on this engine.
pub(crate) async fn fresh_location(engine: Engine, folder: &Path) -> Location {
    match engine {
        Engine::Sqlite => Location::File(folder.join("kokoroe.db")),
        Engine::Postgres => fresh_postgres().await,
    }
}

async fn fresh_postgres() -> Location {
    use sqlx::{Connection as _, Executor as _};
    let url = std::env::var("KOKOROE_TEST_POSTGRES").expect("KOKOROE_TEST_POSTGRES");
    let options: sqlx::postgres::PgConnectOptions = url.parse().expect("an address");
    let name = format!("test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
    let mut admin = sqlx::PgConnection::connect(&url).await.expect("the test cluster");
    migrated(&mut admin, &options).await;
    admin.execute(sqlx::AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name}"))).await.expect("dropped");
    admin
        .execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name} TEMPLATE {MIGRATED}")))
        .await
        .expect("made");
    Location::Postgres(Box::new(options.database(&name)))
}

/// The database from which those of the tests are copied, so that not each of them runs every migration.
const MIGRATED: &str = "migrated";

/// Makes that database, unless another test has done so.
async fn migrated(admin: &mut sqlx::PgConnection, options: &sqlx::postgres::PgConnectOptions) {
    use sqlx::Executor as _;
    admin.execute("SELECT pg_advisory_lock(1)").await.expect("the lock");
    let there: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM pg_database WHERE datname = $1")
        .bind(MIGRATED)
        .fetch_one(&mut *admin)
        .await
        .expect("a look");
    if there == 0 {
        // Under another name until it is whole.
        admin.execute("DROP DATABASE IF EXISTS migrating").await.expect("dropped");
        admin.execute("CREATE DATABASE migrating ENCODING 'UTF8' TEMPLATE template0").await.expect("made");
        let location = Location::Postgres(Box::new(options.clone().database("migrating")));
        let db = start::open_db(&location).await.expect("every migration");
        inventory::guard(&db).await;
        db.close().await;
        admin
            .execute(sqlx::AssertSqlSafe(format!("ALTER DATABASE migrating RENAME TO {MIGRATED}")))
            .await
            .expect("named");
    }
    admin.execute("SELECT pg_advisory_unlock(1)").await.expect("unlocked");
}

/// What came back.
pub(crate) struct Answered {
    pub(crate) status: StatusCode,
    pub(crate) headers: http::HeaderMap,
    pub(crate) body: String,
    pub(crate) bytes: Vec<u8>,
}

impl Answered {
    /// Where it leads.
    pub(crate) fn location(&self) -> &str {
        self.headers
            .get(LOCATION)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_else(|| panic!("no location: {} {}", self.status, self.body))
    }
}

/// A browser without JavaScript.
#[derive(Clone)]
pub(crate) struct Browser {
    site: Site,
    pub(crate) cookies: Vec<(String, String)>,
    pub(crate) lang: &'static str,
}

impl Browser {
    /// A browser that has not signed in, at any hospital.
    pub(crate) fn at(site: &Site) -> Self {
        Self { site: site.clone(), cookies: Vec::new(), lang: "ja" }
    }

    /// The hospital that it looks at.
    pub(crate) fn site(&self) -> &Site {
        &self.site
    }

    /// Opens a page.
    pub(crate) async fn get(&mut self, path: &str) -> Answered {
        self.send(Request::get(path).body(Body::empty()).expect("a request")).await
    }

    /// Opens a page and every page that it leads to.
    pub(crate) async fn follow(&mut self, path: &str) -> (String, Answered) {
        let mut path = path.to_owned();
        for _ in 0..10 {
            let answer = self.get(&path).await;
            if answer.status != StatusCode::SEE_OTHER {
                return (path, answer);
            }
            path = answer.location().to_owned();
        }
        panic!("it leads in a circle: {path}");
    }

    /// Sends a form from our own page.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answered {
        let body = form(fields);
        let request = Request::post(path)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .expect("a request");
        self.send(request).await
    }

    /// Sends a form as the script of its page does.
    pub(crate) async fn post_by_script(&mut self, path: &str, fields: &[(&str, &str)]) -> Answered {
        let request = Request::post(path)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .header("prefer", "return=minimal")
            .body(Body::from(form(fields)))
            .expect("a request");
        self.send(request).await
    }

    /// Sends a form with a file: the name of its field, its own name and what is in it.
    pub(crate) async fn upload(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        (field, name, bytes): (&str, &str, &[u8]),
    ) -> Answered {
        const BOUNDARY: &str = "----a-boundary-that-stands-in-no-file";
        let mut body = Vec::new();
        for (name, value) in fields {
            let part =
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(part.into_bytes());
        }
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.into_bytes());
        body.extend_from_slice(bytes);
        body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
        let request = Request::post(path)
            .header(CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
            .header("sec-fetch-site", "same-origin")
            .body(body.into())
            .expect("a request");
        self.send(request).await
    }

    /// Sends any request with this browser's cookies.
    pub(crate) async fn send(&mut self, mut request: Request<Body>) -> Answered {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request.headers_mut().insert(COOKIE, cookies.join("; ").parse().expect("a header"));
        }
        request.headers_mut().insert("accept-language", self.lang.parse().expect("a header"));
        let response: Response = router(self.site.clone()).oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(SET_COOKIE) {
            let pair = cookie.to_str().expect("text").split(';').next().expect("a pair");
            let (name, value) = pair.split_once('=').expect("a pair");
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        let bytes = body.collect().await.expect("a body").to_bytes().to_vec();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answered { status: parts.status, headers: parts.headers, body, bytes }
    }
}

/// Fields as a form sends them.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    fields
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect::<Vec<_>>()
        .join("&")
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}

/// Runs the program on a data folder, for somebody whose terminal speaks English.
pub(crate) fn kokoroe(data: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kokoroe"));
    command.env_remove("KOKOROE_POSTGRES").env("LANG", "en_US.UTF-8").args(words).arg("--data").arg(data);
    command.output().expect("the program runs")
}

/// How a hospital of the tests runs.
pub(crate) fn config(folder: &Path, location: Location) -> Config {
    Config {
        data: folder.to_path_buf(),
        location,
        listen: ([127, 0, 0, 1], 0).into(),
        origin: Origin::parse(ORIGIN).expect("an origin"),
        trusted_proxies: Vec::new(),
        calendar: Calendar::default(),
        demo: false,
    }
}
