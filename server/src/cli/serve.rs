//! `kokoroe serve`

use std::io::IsTerminal as _;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use clap::Args;
use kokoroe_app::Lang;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;

use super::records::Records;
use super::{Failure, Outcome, say};
use crate::clock::Clock;
use crate::config::{Config, Origin};
use crate::state::Site;
use crate::{audit, demo, jobs, listen, start};

/// How long requests that are under way at a stop may take.
const DRAIN: Duration = Duration::from_secs(20);

/// The command's options.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Fill an empty folder with a made-up hospital, and print who can sign in as what
    #[arg(long)]
    demo: bool,
    #[command(flatten)]
    records: Records,
    /// Where to listen
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
    /// How browsers reach the server; http://localhost:PORT if it is not given
    #[arg(long, value_name = "URL")]
    origin: Option<String>,
    /// A reverse proxy whose word about the caller's address is believed; may be given several times
    #[arg(long, value_name = "IP")]
    trusted_proxy: Vec<IpAddr>,
    /// I know that passwords cross the network in the clear: allow http:// on an origin that is not this machine
    #[arg(long)]
    i_know: bool,
}

impl Serve {
    pub(super) async fn run(self) -> Outcome {
        write_log();
        let stop = Stop::listen()?;
        let listener = TcpListener::bind(self.listen)
            .await
            .map_err(|error| Failure::new(format!("{}: {error}", self.listen)))?;
        let address = listener.local_addr()?;
        let config = self.config(address)?;
        let _lock = start::lock_data(&config)?;
        let site = site(config).await?;
        let _attending = site.db.attend().await?;
        serve(site, listener, address, stop).await
    }

    fn config(self, address: SocketAddr) -> Result<Config, Failure> {
        let origin = self.origin.unwrap_or_else(|| format!("http://localhost:{}", address.port()));
        let origin =
            Origin::parse(&origin).map_err(|wrong| Failure::new(format!("--origin {origin}: {wrong}")))?;
        if !origin.is_secure() && !self.i_know {
            return Err(Failure::new(format!(
                "{}: over plain http anybody on the network can read passwords. Put a proxy with TLS in front and give its \
                 https:// address, or repeat the command with --i-know.\n\
                 httpのままでは、同じネットワークの人にパスワードを読まれます。TLSの中継サーバーを置き、https://の住所を指定します。",
                origin.as_str()
            )));
        }
        Ok(Config {
            location: self.records.location()?,
            data: self.records.data,
            listen: address,
            origin,
            trusted_proxies: self.trusted_proxy,
            calendar: crate::clock::Calendar::default(),
            demo: self.demo,
        })
    }
}

/// The site; with `--demo` in an empty folder, the made-up hospital first.
async fn site(config: Config) -> Result<Site, Failure> {
    let clock = Clock::system();
    Ok(if config.demo { demo::site(config, clock).await? } else { start::site(config, clock).await? })
}

/// Who can sign in as what, in the demo hospital.
fn introduce(site: &Site) {
    let (people, password) = demo::people_to_be(site, Lang::Ja);
    let (in_english, _) = demo::people_to_be(site, Lang::En);
    let Some(password) = password else { return };
    say::line(&format!(
        "The demo hospital: everybody's password is {password}  見本の病院のパスワード（全員）"
    ));
    for (person, english) in people.iter().zip(&in_english) {
        say::line(&format!("  {}  {}  {} · {}", person.number, person.name, person.note, english.note));
    }
}

/// Answers until it is told to stop, then finishes what is under way and signs what was written.
async fn serve(site: Site, listener: TcpListener, address: SocketAddr, mut stop: Stop) -> Outcome {
    // Before the first checkpoint is kept. The demo's key is worth nothing to anybody.
    let is_first = !site.config.demo && site.signer.copies().logs()?.is_empty();
    let (tell, told) = watch::channel(false);
    let jobs = jobs::start(site.clone(), told.clone());
    let mut answering = tokio::spawn(listen::listen(listener, crate::router(site.clone()), told));
    say::line(&format!("Kokoroe is ready on {}", shown(&site.config.origin, address)));
    introduce(&site);
    if is_first {
        say::line(&format!(
            "vkey: {}\n\
             Keep this line, printed or in a mail to the auditors: with it they check that the records were not altered.\n\
             この行を印刷するか監査者にメールで送って、保管してください。記録が変えられていないことを監査者が確かめるときに使います。",
            site.signer.vkey()
        ));
    }
    tokio::select! {
        () = stop.told() => {}
        ended = &mut answering => {
            return Err(Failure::new(format!("the server ended by itself: {ended:?}")));
        }
        cause = site.db.lost() => {
            return Err(Failure::disk(format!(
                "The disk with the records failed: {cause}\n\
                 Nothing was written after that, and the server has ended. Look after the disk, then start it again: it reads what is really \
                 there.\n\
                 記録のディスクで読み書きに失敗しました。そのあとは何も書かずに、サーバーを止めました。\
                 ディスクを調べてから、起動しなおします。"
            )));
        }
    }
    site.stop();
    tracing::info!("stopping: no new requests, those under way are finished");
    tell.send_replace(true);
    tokio::select! {
        _ = tokio::time::timeout(DRAIN, &mut answering) => {}
        // Asked a second time: whoever is at the terminal does not want to wait.
        () = stop.told() => {}
    }
    answering.abort();
    drop(jobs.await);
    let signed = audit::sign_now(&site).await;
    site.db.close().await;
    signed.map_err(|error| Failure::new(format!("stopped, but no checkpoint was signed: {error}")))?;
    tracing::info!("stopped; the last checkpoint covers everything");
    Ok(())
}

/// The address to open in a browser.
fn shown(origin: &Origin, address: SocketAddr) -> String {
    if address.ip().is_loopback() || address.ip().is_unspecified() {
        origin.as_str().to_owned()
    } else {
        format!("http://{address}, for {}", origin.as_str())
    }
}

/// Ctrl-C and the service manager's way to say stop.
pub(super) struct Stop {
    interrupt: Signal,
    terminate: Signal,
}

impl Stop {
    pub(super) fn listen() -> Result<Self, Failure> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    pub(super) async fn told(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// The log goes to standard error: for people, or as JSON for machines with `KOKOROE_LOG_FORMAT=json`. `RUST_LOG` chooses what.
pub(super) fn write_log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let colour = std::io::stderr().is_terminal();
    let log =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colour);
    let json = std::env::var("KOKOROE_LOG_FORMAT").is_ok_and(|format| format == "json");
    // Only a second subscriber would be refused, and there is none.
    drop(if json { log.json().flatten_event(true).try_init() } else { log.with_target(false).try_init() });
}
