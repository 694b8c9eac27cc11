//! `kokoroe verify`

use std::path::PathBuf;

use clap::Args;

use super::{Failure, Outcome};

/// The command's options.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The evidence pack
    pack: PathBuf,
    /// The verifier key that you trust, as it was printed at installation: name+id+key
    #[arg(long, value_name = "KEY")]
    vkey: String,
    /// Checkpoints that you kept, from mails and printed reports
    #[arg(long, value_name = "FILE", num_args = 1..)]
    checkpoint: Vec<PathBuf>,
}

impl Verify {
    pub(super) fn run(self) -> Outcome {
        let Self { pack, vkey, checkpoint } = self;
        Err(Failure::impossible(format!("{}: not checked ({vkey}, {})", pack.display(), checkpoint.len())))
    }
}
