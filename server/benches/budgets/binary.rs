//! The built binary as a process: started, signed in to, looked at from outside.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::browser::Line;

/// A server that ends with its bench.
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

/// Where the built binary is.
pub(crate) fn binary() -> String {
    std::env::var("KOKOROE_BIN").expect("KOKOROE_BIN: make bench sets it")
}

/// A command of the binary on these records.
pub(crate) fn command(words: &[&str], folder: &Path, postgres: Option<&str>) -> Command {
    let mut command = Command::new(binary());
    command.args(words).arg("--data").arg(folder);
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

/// Starts the server and waits until it is ready; says how long that took.
pub(crate) async fn start(folder: &Path, postgres: Option<&str>, port: u16) -> (Server, Duration) {
    let began = Instant::now();
    let address = format!("127.0.0.1:{port}");
    let origin = format!("http://localhost:{port}");
    let process = command(&["serve", "--listen", &address, "--origin", &origin], folder, postgres)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary starts");
    let server = Server { process, port };
    while began.elapsed() < Duration::from_secs(60) {
        if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
            assert_eq!(Line::open(port).await.get("/readyz", "").await.status, 200);
            return (server, began.elapsed());
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    panic!("the binary was not ready within 60 seconds");
}

impl Server {
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
        let mut line = Line::open(self.port).await;
        let answer = line.post("/sign-in", "", &format!("number={number}&password={password}")).await;
        assert_eq!(answer.status, 303, "{number} signs in");
        answer.cookies.join("; ")
    }
}
