//! `kokoroe migrate`

use clap::Args;

use super::records::Records;
use super::{Outcome, say};
use crate::start;

/// The command's options.
#[derive(Debug, Args)]
pub(super) struct Migrate {
    #[command(flatten)]
    records: Records,
}

impl Migrate {
    pub(super) async fn run(self) -> Outcome {
        let config = self.records.config()?;
        let _lock = start::lock_data(&config)?;
        let db = start::open_db(&config.location).await?;
        db.close().await;
        say::line("The database is up to date. データベースは最新の形です。");
        Ok(())
    }
}
