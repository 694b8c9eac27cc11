//! The built binary as a process: started, signed in to, looked at from outside.

use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::Line;

/// How long a server may take until it is ready.
pub(crate) const READY: Duration = Duration::from_secs(60);

/// A server that ends with its test.
#[derive(Debug)]
pub(crate) struct Server {
    process: Child,
    pub(crate) port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// The built program: the one that `KOKOROE_BIN` names, such as an optimised one, or the one of this build.
fn binary() -> String {
    std::env::var("KOKOROE_BIN").unwrap_or_else(|_| env!("CARGO_BIN_EXE_kokoroe").to_owned())
}

/// A command of the program on these records.
pub(crate) fn command(words: &[&str], folder: &Path, postgres: Option<&str>) -> Command {
    let mut command = Command::new(binary());
    command.env_remove("KOKOROE_POSTGRES").env("LANG", "en_US.UTF-8").args(words).arg("--data").arg(folder);
    command.args(postgres.iter().flat_map(|address| ["--postgres", address]));
    command
}

/// Runs a command to its end; what it said on standard output, and how long it took.
pub(crate) fn run(mut command: Command) -> (String, Duration) {
    let began = Instant::now();
    let output = command.output().expect("the binary runs");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    (String::from_utf8_lossy(&output.stdout).into_owned(), began.elapsed())
}

/// How a server is started.
#[derive(Clone, Debug)]
pub(crate) struct Start<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) postgres: Option<&'a str>,
    pub(crate) port: u16,
    /// How browsers reach it; its own port where none is named.
    pub(crate) origin: Option<&'a str>,
    /// Further options.
    pub(crate) options: &'a [&'a str],
    /// What stands in its environment.
    pub(crate) environment: &'a [(&'a str, &'a str)],
    /// Where its log goes, if anybody wants to read it.
    pub(crate) log: Option<&'a Path>,
}

impl<'a> Start<'a> {
    pub(crate) const fn on(folder: &'a Path, postgres: Option<&'a str>, port: u16) -> Self {
        Self { folder, postgres, port, origin: None, options: &[], environment: &[], log: None }
    }

    /// Starts it, and waits for nothing.
    pub(crate) fn begin(&self) -> Server {
        let address = format!("127.0.0.1:{}", self.port);
        let own = format!("http://localhost:{}", self.port);
        let words = ["serve", "--listen", &address, "--origin", self.origin.unwrap_or(&own)];
        let mut command = command(&words, self.folder, self.postgres);
        let log = self.log.map_or_else(Stdio::null, |path| {
            let file = std::fs::File::options().create(true).append(true).open(path);
            file.expect("a log").into()
        });
        command.args(self.options).envs(self.environment.iter().copied());
        let process = command.stdout(Stdio::null()).stderr(log).spawn().expect("the binary starts");
        Server { process, port: self.port }
    }

    /// Starts it and waits until it is ready; says how long that took.
    pub(crate) async fn ready(&self) -> (Server, Duration) {
        let began = Instant::now();
        let mut server = self.begin();
        assert!(server.becomes_ready(READY).await, "the server was not ready: {:?}", server.ended());
        (server, began.elapsed())
    }
}

impl Server {
    /// Waits until it is ready, for so long at most.
    pub(crate) async fn becomes_ready(&mut self, at_most: Duration) -> bool {
        let began = Instant::now();
        while began.elapsed() < at_most && self.ended().is_none() {
            if self.is_ready().await {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        false
    }

    /// Whether it says that it is ready.
    pub(crate) async fn is_ready(&self) -> bool {
        let Ok(mut line) = Line::open(self.port).await else { return false };
        line.get("/readyz", "").await.is_ok_and(|answer| answer.status == 200)
    }

    /// Its number.
    pub(crate) fn process(&self) -> u32 {
        self.process.id()
    }

    /// How it ended, if it has.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.process.try_wait().expect("a process")
    }

    /// Waits for its end, for so long at most.
    pub(crate) async fn ends(&mut self, at_most: Duration) -> Option<ExitStatus> {
        let began = Instant::now();
        while began.elapsed() < at_most {
            if let Some(status) = self.ended() {
                return Some(status);
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        None
    }

    /// `kill -9`: no word, nothing put in order.
    pub(crate) fn kill(&mut self) {
        // It may have ended already.
        self.process.kill().ok();
        self.process.wait().expect("it has ended");
    }

    /// What a service manager says: stop.
    pub(crate) fn terminate(&self) {
        let said = Command::new("kill").arg(self.process.id().to_string()).status().expect("kill");
        assert!(said.success());
    }

    /// Tells it to stop and waits for its end.
    pub(crate) async fn stop(mut self) {
        self.terminate();
        let ended = self.ends(Duration::from_secs(30)).await.expect("it stops");
        assert!(ended.success(), "{ended}");
    }

    /// Megabytes that the process holds now, and at most held.
    pub(crate) fn memory(&self) -> (f64, f64) {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).expect("a process");
        let mib = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name)).expect("its memory");
            let kib: f64 =
                line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number");
            kib / 1024.0
        };
        (mib("VmRSS:"), mib("VmHWM:"))
    }

    /// Forgets how much it held at most.
    pub(crate) fn forget_most(&self) {
        std::fs::write(format!("/proc/{}/clear_refs", self.process.id()), "5").expect("forgotten");
    }

    /// Waits until it has nothing to do: the work of the hour begins with the start.
    pub(crate) async fn at_rest(&self) -> Duration {
        let began = Instant::now();
        let ticks = || {
            let stat =
                std::fs::read_to_string(format!("/proc/{}/stat", self.process.id())).expect("a process");
            let behind = stat.rsplit_once(')').expect("its name").1.to_owned();
            let field =
                |at: usize| behind.split_whitespace().nth(at).and_then(|text| text.parse::<u64>().ok());
            field(11).expect("user time") + field(12).expect("system time")
        };
        let mut quiet = 0;
        let mut before = ticks();
        while quiet < 8 && began.elapsed() < Duration::from_secs(600) {
            tokio::time::sleep(Duration::from_millis(250)).await;
            let now = ticks();
            quiet = if now - before <= 1 { quiet + 1 } else { 0 };
            before = now;
        }
        began.elapsed() - Duration::from_millis(250 * quiet)
    }

    /// The cookies of somebody who has signed in.
    pub(crate) async fn sign_in(&self, number: &str, password: &str) -> String {
        let mut line = Line::open(self.port).await.expect("a connection");
        let answer = line
            .post("/sign-in", "", &format!("number={number}&password={}", password.replace(' ', "+")))
            .await;
        let answer = answer.expect("an answer");
        assert_eq!(answer.status, 303, "{number} signs in");
        answer.cookies.join("; ")
    }
}
