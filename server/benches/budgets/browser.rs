//! The smallest client that keeps its connection: bounded loops against this machine only.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A connection that stays open.
pub(crate) struct Line {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: String,
    pub(crate) cookies: Vec<String>,
    pub(crate) body: Vec<u8>,
}

impl Line {
    /// Connects to a port of this machine.
    pub(crate) async fn open(port: u16) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).await.expect("a connection");
        stream.set_nodelay(true).expect("no delay");
        Self { stream, buffer: Vec::with_capacity(64 * 1024) }
    }

    /// Opens a page.
    pub(crate) async fn get(&mut self, path: &str, cookies: &str) -> Answer {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\n\r\n")).await
    }

    /// Sends a form.
    pub(crate) async fn post(&mut self, path: &str, cookies: &str, body: &str) -> Answer {
        let length = body.len();
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{body}"
        ))
        .await
    }

    async fn send(&mut self, request: &str) -> Answer {
        self.stream.write_all(request.as_bytes()).await.expect("sent");
        self.buffer.clear();
        let mut chunk = [0; 32 * 1024];
        loop {
            let read = self.stream.read(&mut chunk).await.expect("read");
            assert!(read > 0, "the server closed the connection");
            self.buffer.extend_from_slice(&chunk[..read]);
            if let Some(answer) = self.complete() {
                return answer;
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
        let location = field("location").unwrap_or_default();
        Some(Answer { status, location, cookies: cookies.collect(), body: body.to_vec() })
    }
}
