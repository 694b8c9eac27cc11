//! `kokoroe export`

use std::fs::{self, File};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::records::Records;
use super::{Failure, Outcome, say};
use crate::audit::{Epoch, pack};

/// The command's options.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// The file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// The fiscal year; the present one if it is not given. The second log of a year is asked for as 2026.2
    #[arg(long)]
    year: Option<Epoch>,
    #[command(flatten)]
    records: Records,
}

impl Export {
    pub(super) async fn run(self) -> Outcome {
        let (_lock, site) = self.records.open().await?;
        // What is written under its own name is always whole.
        let part = beside(&self.out, "part");
        // The tables hold names: nobody else on this machine reads them. What an earlier try left there may be readable to all.
        fs::remove_file(&part).ok();
        let file = File::options().read(true).write(true).create_new(true).mode(0o600).open(&part);
        let file = file.map_err(|error| Failure::new(format!("{}: {error}", part.display())))?;
        let made = pack::build(&site, self.year, "system", file).await;
        site.db.close().await;
        let made = match made {
            Ok(made) => made,
            Err(error) => {
                fs::remove_file(&part).ok();
                return Err(error.into());
            }
        };
        fs::rename(&part, &self.out)
            .map_err(|error| Failure::new(format!("{}: {error}", self.out.display())))?;
        say::line(&format!("{}: {} leaves of {}", self.out.display(), made.leaves, made.log));
        say::line(&format!("vkey: {}", site.signer.vkey()));
        match made.refusal {
            None => Ok(()),
            Some(refusal) => Err(Failure::new(format!(
                "The pack was written, but its newest leaves are not signed: {refusal}\n\
                 証跡パックは作りましたが、証跡が以前の署名と合わないため、新しい記録に署名していません。"
            ))),
        }
    }
}

/// The same path with an ending.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}
