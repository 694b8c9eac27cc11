//! A PostgreSQL cluster of its own, which may be broken, and a wire to it that may be cut.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use kokoroe_server::db::{Engine, Location};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream, UnixStream};

use crate::hospital::Hospital;
use crate::support::{engines, fresh_folder};

/// A cluster that ends with its test.
#[derive(Debug)]
pub(crate) struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.control("stop");
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

/// Where the programs of the newest PostgreSQL are.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL is installed");
    let version = |path: &PathBuf| path.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok());
    let newest = versions.map(|entry| entry.expect("an entry").path()).max_by_key(version);
    newest.expect("a version").join("bin")
}

impl Cluster {
    /// A new one; `None` where the tests do without PostgreSQL.
    pub(crate) fn start() -> Option<Self> {
        if !engines().contains(&Engine::Postgres) {
            return None;
        }
        let cluster = Self::in_folder();
        let words = ["-U", "kokoroe", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"];
        cluster.make_data("initdb", &words);
        assert!(cluster.control("start"), "the cluster starts");
        Some(cluster)
    }

    /// A folder where its own user may enter, and short: the path of a socket has at most 107 bytes.
    fn in_folder() -> Self {
        let folder =
            PathBuf::from("/tmp").join(fresh_folder().file_name().expect("a name")).with_extension("pg");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o711)).expect("allowed");
        if is_root() {
            let owned = Command::new("chown").arg("postgres:").arg(&folder).status();
            assert!(owned.expect("chown").success());
        }
        Self { folder, programs: programs() }
    }

    fn make_data(&self, program: &str, words: &[&str]) {
        let data = self.folder.join("data");
        let made = self.as_owner(program).arg("-D").arg(data).args(words).output().expect(program);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }

    /// A second cluster that follows this one: nothing is confirmed that it does not have on its disk as well.
    pub(crate) async fn standby(&self) -> Self {
        let standby = Self::in_folder();
        let from = self.folder.to_str().expect("text");
        let words = ["-h", from, "-U", "kokoroe", "-R", "-X", "stream", "-c", "fast", "--no-sync"];
        standby.make_data("pg_basebackup", &words);
        assert!(standby.control("start"), "the standby starts");
        let mut admin = PgConnection::connect(&self.address("postgres")).await.expect("the cluster");
        admin.execute("ALTER SYSTEM SET synchronous_standby_names = '*'").await.expect("asked");
        admin.execute("SELECT pg_reload_conf()").await.expect("read");
        loop {
            let state: Option<String> = sqlx::query_scalar("SELECT sync_state FROM pg_stat_replication")
                .fetch_optional(&mut admin)
                .await
                .expect("a look");
            if state.as_deref() == Some("sync") {
                return standby;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The machine of this cluster is gone.
    pub(crate) fn is_gone(&self) {
        tokio::task::block_in_place(|| assert!(self.control("stop"), "it stops at once"));
    }

    /// This cluster is the first one now.
    pub(crate) fn takes_over(&self) {
        tokio::task::block_in_place(|| assert!(self.control("promote"), "it takes over"));
    }

    /// A program of PostgreSQL, run by the user that owns the cluster: it refuses to be run by root.
    fn as_owner(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(&self.folder);
        command
    }

    fn control(&self, what: &str) -> bool {
        let data = self.folder.join("data");
        // Nothing here has to survive that the whole machine goes, so it need not wait for the disk.
        let options = format!(
            "-c listen_addresses='' -c unix_socket_directories='{}' -c fsync=off -c max_connections=100",
            self.folder.display()
        );
        let mut command = self.as_owner("pg_ctl");
        command.arg(what).arg("-D").arg(&data).args(["-w", "-s"]);
        if what == "stop" || what == "restart" {
            command.args(["-m", "immediate"]);
        }
        if what == "start" || what == "restart" {
            command.arg("-l").arg(data.join("log")).arg("-o").arg(options);
        }
        command.status().expect("pg_ctl").success()
    }

    /// `pg_ctl restart -m immediate`: every connection is cut, and what was not committed is gone.
    pub(crate) async fn restart(&self) {
        tokio::task::block_in_place(|| assert!(self.control("restart"), "the cluster starts again"));
    }

    /// The folder of its socket.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The address of a database in it.
    pub(crate) fn address(&self, database: &str) -> String {
        format!("postgres://kokoroe@localhost/{database}?host={}", self.folder.display())
    }

    /// A hospital in a database of this cluster.
    pub(crate) async fn hospital(&self, people: usize) -> Hospital {
        make(&self.address("postgres"), "hospital").await;
        let location = Location::postgres(&self.address("hospital")).expect("an address");
        Hospital::at(fresh_folder(), &location, people).await
    }
}

/// Makes an empty database.
pub(crate) async fn make(admin: &str, name: &str) {
    let mut admin = PgConnection::connect(admin).await.expect("the cluster");
    let statement = format!("CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0");
    admin.execute(AssertSqlSafe(statement)).await.expect("made");
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").expect("a process").uid() == 0
}

/// Where the wire is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    Nowhere = 0,
    /// The word COMMIT does not arrive.
    BeforeCommit = 1,
    /// It arrives, and what is said to it does not come back.
    AfterCommit = 2,
}

/// A wire between the program and a cluster.
#[derive(Clone, Debug)]
pub(crate) struct Wire {
    pub(crate) port: u16,
    cut: Arc<AtomicU8>,
    /// How many messages may pass before everything is cut; none are counted while this is zero.
    left: Arc<AtomicU64>,
    /// The folder of the socket at its other end.
    end: Arc<Mutex<PathBuf>>,
}

impl Wire {
    /// A wire to the socket in this folder.
    pub(crate) async fn to(folder: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let end = Arc::new(Mutex::new(folder.to_path_buf()));
        let wire = Self { port, cut: Arc::default(), left: Arc::default(), end };
        let inner = wire.clone();
        tokio::spawn(async move {
            while let Ok((program, _)) = listener.accept().await {
                let inner = inner.clone();
                tokio::spawn(async move {
                    let socket = inner.end.lock().expect("an end").join(".s.PGSQL.5432");
                    if let Ok(cluster) = UnixStream::connect(socket).await {
                        // An end that breaks ends the other one.
                        drop(inner.carry(program, cluster).await);
                    }
                });
            }
        });
        wire
    }

    /// The address of a database behind it.
    pub(crate) fn address(&self, database: &str) -> String {
        format!("postgres://kokoroe@127.0.0.1:{}/{database}?sslmode=disable", self.port)
    }

    /// Leads those who connect from now on to another cluster, as an address that moves does.
    pub(crate) fn lead_to(&self, folder: &Path) {
        *self.end.lock().expect("an end") = folder.to_path_buf();
    }

    /// Cuts the next connection that commits, there.
    pub(crate) fn cut(&self, place: Cut) {
        self.cut.store(place as u8, Ordering::SeqCst);
    }

    /// Whether the cut that was asked for has been made.
    pub(crate) fn is_whole(&self) -> bool {
        self.cut.load(Ordering::SeqCst) == Cut::Nowhere as u8
    }

    /// Lets so many messages pass and then cuts everything.
    pub(crate) fn pass(&self, messages: u64) {
        self.left.store(messages, Ordering::SeqCst);
    }

    /// Whether it was cut after the messages that might pass.
    pub(crate) fn is_used_up(&self) -> bool {
        self.left.load(Ordering::SeqCst) == 1
    }

    async fn carry(&self, mut program: TcpStream, mut cluster: UnixStream) -> std::io::Result<()> {
        let (mut said, mut answered) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
        loop {
            tokio::select! {
                read = program.read(&mut said) => {
                    let length = read?;
                    if length == 0 || self.counts_out() {
                        return Ok(());
                    }
                    let message = &said[..length];
                    let commits = message.windows(7).any(|seven| seven == b"COMMIT\0");
                    let place = if commits { self.cut.swap(Cut::Nowhere as u8, Ordering::SeqCst) } else { 0 };
                    if place == Cut::BeforeCommit as u8 {
                        return Ok(());
                    }
                    cluster.write_all(message).await?;
                    if place == Cut::AfterCommit as u8 {
                        // Long enough for the cluster to do it.
                        tokio::time::sleep(Duration::from_millis(100)).await;
                        return Ok(());
                    }
                }
                read = cluster.read(&mut answered) => {
                    let length = read?;
                    if length == 0 {
                        return Ok(());
                    }
                    program.write_all(&answered[..length]).await?;
                }
            }
        }
    }

    /// Counts a message; whether it was one too many.
    fn counts_out(&self) -> bool {
        let count = |left: u64| (left > 1).then(|| left - 1);
        let before = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, count);
        before == Err(1)
    }
}
