//! Where the records are: the options that several commands share.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use clap::Args;

use super::Failure;
use crate::audit::signer::NAME;
use crate::clock::{Calendar, Clock};
use crate::config::{Config, Origin};
use crate::db::Location;
use crate::start::{self, DataLock};
use crate::state::Site;

/// The file of the embedded database inside the data folder.
pub(super) const DATABASE: &str = "kokoroe.db";

/// The options that say where the records are.
#[derive(Debug, Args)]
pub(super) struct Records {
    /// The folder with the database, the keys and the copies of the checkpoints
    #[arg(long, value_name = "DIR", default_value = "./data")]
    pub(super) data: PathBuf,
    /// Keep the records in PostgreSQL instead: postgres://user@host/name
    #[arg(long, value_name = "URL", env = "KOKOROE_POSTGRES", hide_env_values = true)]
    pub(super) postgres: Option<String>,
}

impl Records {
    /// The place of the database.
    pub(super) fn location(&self) -> Result<Location, Failure> {
        match &self.postgres {
            Some(url) => Ok(Location::postgres(url)?),
            None => Ok(Location::File(self.data.join(DATABASE))),
        }
    }

    /// How a command that is not a server sees them.
    pub(super) fn config(&self) -> Result<Config, Failure> {
        Ok(Config {
            data: self.data.clone(),
            location: self.location()?,
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            origin: Origin::parse("http://localhost").map_err(Failure::new)?,
            trusted_proxies: Vec::new(),
            calendar: Calendar::default(),
            demo: false,
        })
    }

    /// Whether there is a hospital already: its database, or the name of its log where the database is elsewhere.
    pub(super) fn exist(&self) -> bool {
        let file = if self.postgres.is_some() { NAME } else { DATABASE };
        self.data.join(file).is_file()
    }

    /// Opens records that exist, for a command that writes. No server may be using the folder meanwhile.
    pub(super) async fn open(&self) -> Result<(DataLock, Site), Failure> {
        if !self.exist() {
            return Err(Failure::new(format!(
                "{folder}: there are no records here. Name the folder with --data, or begin with kokoroe import-staff.\n\
                 {folder}：ここに記録はありません。--data でフォルダーを指定するか、kokoroe import-staff から始めます。",
                folder = self.data.display()
            )));
        }
        self.open_or_begin().await
    }

    /// Opens records whose signing key is gone for good, to begin a log with a new one.
    pub(super) async fn open_without_key(&self) -> Result<(DataLock, Site), Failure> {
        let config = self.config()?;
        let lock = start::lock_data(&config)?;
        Ok((lock, start::without_key(config, Clock::system()).await?))
    }

    /// The same; an empty folder becomes a hospital without people.
    pub(super) async fn open_or_begin(&self) -> Result<(DataLock, Site), Failure> {
        let config = self.config()?;
        let lock = start::lock_data(&config)?;
        Ok((lock, start::site(config, Clock::system()).await?))
    }
}
