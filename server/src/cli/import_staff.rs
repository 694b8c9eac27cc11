//! `kokoroe import-staff`

use std::path::PathBuf;

use clap::Args;

use super::records::Records;
use super::{Failure, Outcome};

/// The command's options.
#[derive(Debug, Args)]
pub(super) struct ImportStaff {
    /// The file: CSV (UTF-8 or CP932) or XLSX
    file: PathBuf,
    /// The file lists everybody: who is missing from it has left
    #[arg(long)]
    complete: bool,
    /// Write the changes; without it they are only listed
    #[arg(long)]
    confirm: bool,
    #[command(flatten)]
    records: Records,
}

impl ImportStaff {
    pub(super) async fn run(self) -> Outcome {
        let (_lock, site) = self.records.open().await?;
        site.db.close().await;
        let Self { file, complete, confirm, .. } = self;
        Err(Failure::impossible(format!(
            "{}: not read (complete: {complete}, confirm: {confirm})",
            file.display()
        )))
    }
}
