//! `kokoroe backup`

use std::path::PathBuf;

use clap::Args;

use super::records::Records;
use super::{Failure, Outcome};

/// The command's options.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    records: Records,
}

impl Backup {
    pub(super) async fn run(self) -> Outcome {
        self.records.location()?;
        Err(Failure::impossible(format!("{}: not written", self.out.display())))
    }
}
