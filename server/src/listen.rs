//! Taking connections: how many may be open at once, and how long somebody may take to say what they want.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tower::ServiceExt as _;

use crate::jobs::told_to_stop;

/// How long the head of a request may take, and how long a connection may wait for its next one.
const LONGEST_HEAD: Duration = Duration::from_secs(30);

/// More connections than this would only take memory: a proxy needs far fewer, and a hospital has fewer screens.
const MOST: u64 = 10_000;

/// Files that the records, the log and the papers need beside the connections.
const OTHER_FILES: u64 = 128;

/// How long to wait where the system has no more files to give.
const PAUSE: Duration = Duration::from_secs(1);

/// Answers whoever connects until it is told to stop; then takes nobody more and ends with the last answer that is under way.
pub async fn listen(listener: TcpListener, router: Router, told: watch::Receiver<bool>) {
    let places = Arc::new(Semaphore::new(usize::try_from(places()).unwrap_or(usize::MAX)));
    let open = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(LONGEST_HEAD);
    let stop = told_to_stop(told);
    tokio::pin!(stop);
    loop {
        let came = tokio::select! {
            () = &mut stop => break,
            came = take(&listener, &places) => came,
        };
        let (stream, caller, place) = match came {
            Ok(came) => came,
            Err(error) => {
                tracing::error!(%error, "no connection can be taken");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let answers = router.clone().map_request(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(caller));
            request
        });
        let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(answers));
        let connection = open.watch(connection);
        tokio::spawn(async move {
            // Whoever goes away in the middle is no fault of ours.
            drop::<Result<(), hyper::Error>>(connection.await);
            drop(place);
        });
    }
    drop(listener);
    open.shutdown().await;
}

/// The next connection, when there is a place for it. Whoever gives up while connecting is passed over.
async fn take(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    let place = Arc::clone(places).acquire_owned().await.map_err(io::Error::other)?;
    loop {
        match listener.accept().await {
            Ok((stream, caller)) => {
                // An answer is sent at once; where this cannot be said, it only comes a little later.
                stream.set_nodelay(true).ok();
                return Ok((stream, caller, place));
            }
            Err(error) if matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) => {
            }
            Err(error) => return Err(error),
        }
    }
}

/// As many as the system lets this process have. What it allows at most is asked for: where that stays at the usual 1,024, a thousand
/// people at once would take the files that the records need.
fn places() -> u64 {
    let allowed = getrlimit(Resource::Nofile);
    let most = allowed.maximum.unwrap_or(u64::MAX);
    let wanted = most.min(MOST + OTHER_FILES);
    let current = allowed.current.unwrap_or(u64::MAX);
    let raised = current < wanted
        && setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum: allowed.maximum }).is_ok();
    let files = if raised { wanted } else { current };
    files.saturating_sub(OTHER_FILES).clamp(OTHER_FILES, MOST)
}
