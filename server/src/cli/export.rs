//! `kokoroe export`

use std::path::PathBuf;

use clap::Args;

use super::records::Records;
use super::{Failure, Outcome};

/// The command's options.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// The file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// The fiscal year; the present one if it is not given
    #[arg(long)]
    year: Option<i64>,
    #[command(flatten)]
    records: Records,
}

impl Export {
    pub(super) async fn run(self) -> Outcome {
        let (_lock, site) = self.records.open().await?;
        site.db.close().await;
        Err(Failure::impossible(format!("{}: not written ({:?})", self.out.display(), self.year)))
    }
}
