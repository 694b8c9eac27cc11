//! The smallest client that keeps its connection: bounded loops against this machine only.

use std::io;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A connection that stays open.
#[derive(Debug)]
pub(crate) struct Line {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: String,
    /// Seconds after which another try makes sense; 0 where nothing is said.
    pub(crate) retry_after: u64,
    pub(crate) cookies: Vec<String>,
    pub(crate) body: Vec<u8>,
}

impl Line {
    /// Connects to a port of this machine.
    pub(crate) async fn open(port: u16) -> io::Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 * 1024) })
    }

    /// Opens a page.
    pub(crate) async fn get(&mut self, path: &str, cookies: &str) -> io::Result<Answer> {
        self.say(&head("GET", path, cookies, "\r\n")).await?;
        self.hear().await
    }

    /// Sends a form.
    pub(crate) async fn post(&mut self, path: &str, cookies: &str, body: &str) -> io::Result<Answer> {
        self.say(&form(path, cookies, body)).await?;
        self.hear().await
    }

    /// Sends anything, and does not wait for an answer.
    pub(crate) async fn say(&mut self, request: &str) -> io::Result<()> {
        self.stream.write_all(request.as_bytes()).await
    }

    /// Waits for an answer.
    pub(crate) async fn hear(&mut self) -> io::Result<Answer> {
        self.buffer.clear();
        let mut chunk = [0; 32 * 1024];
        loop {
            let read = self.stream.read(&mut chunk).await?;
            if read == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            self.buffer.extend_from_slice(&chunk[..read]);
            if let Some(answer) = self.complete() {
                return Ok(answer);
            }
        }
    }

    fn complete(&self) -> Option<Answer> {
        let end = self.buffer.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&self.buffer[..end]);
        let field = |name: &str| {
            head.lines().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
            })
        };
        let length: usize = field("content-length").map_or(0, |value| value.parse().expect("a length"));
        assert!(field("transfer-encoding").is_none(), "an answer without a length");
        let body = self.buffer.get(end + 4..end + 4 + length)?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        let cookies = head.lines().filter_map(|line| {
            let (key, value) = line.split_once(':')?;
            let pair = value.split(';').next()?.trim();
            key.eq_ignore_ascii_case("set-cookie").then(|| pair.to_owned())
        });
        Some(Answer {
            status,
            location: field("location").unwrap_or_default(),
            retry_after: field("retry-after").and_then(|seconds| seconds.parse().ok()).unwrap_or_default(),
            cookies: cookies.collect(),
            body: body.to_vec(),
        })
    }
}

/// A form as it goes over the line.
pub(crate) fn form(path: &str, cookies: &str, body: &str) -> String {
    let length = body.len();
    let rest = format!(
        "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    head("POST", path, cookies, &rest)
}

fn head(method: &str, path: &str, cookies: &str, rest: &str) -> String {
    format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\n{rest}")
}
