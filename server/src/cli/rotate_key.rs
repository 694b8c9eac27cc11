//! `kokoroe rotate-key`

use std::path::PathBuf;

use clap::Args;

use super::records::Records;
use super::{Failure, Outcome, brought, say};
use crate::audit::rotation::{Why, rotate};

/// The command's options. No server may be running on these records meanwhile.
#[derive(Debug, Args)]
#[command(after_long_help = "\
    Every log is read and signed once more by the old key; then a new one is made, the old one signs over to it, and the checkpoint that ends with \
    this fact bears both signatures. Whoever trusts the old key follows to the new one by the log alone. What was signed before stays as it is.\n\n\
    With --stolen the fact says that somebody else may have had the key. Such a person can sign a history of their own, so what was recorded \
    after the last checkpoint that somebody outside holds is only as good as this server's word: bring the newest one that auditors have with \
    --checkpoint. The logs are compared with it before anything is changed, and the fact names it.\n\n\
    Servers that share records in PostgreSQL each have a copy of evidence.key: stop all of them, change the key on one, and copy the file to the others.\n\n\
    古い鍵ですべての証跡にもう一度署名してから、新しい鍵を作り、古い鍵で引き継ぎに署名します。引き継ぎまでのチェックポイントには、両方の鍵で署名します。\
    古い鍵を信じている人は、証跡をたどって新しい鍵を確かめられます。鍵がほかの人に渡ったおそれがあるときは --stolen を付け、\
    監査者の手元にあるいちばん新しいチェックポイントを --checkpoint で渡します。")]
pub(super) struct RotateKey {
    /// Somebody else may have had the key
    #[arg(long)]
    stolen: bool,
    /// Checkpoints that auditors kept, from mails
    #[arg(long, value_name = "FILE", num_args = 1..)]
    checkpoint: Vec<PathBuf>,
    /// Do it
    #[arg(long)]
    confirm: bool,
    #[command(flatten)]
    records: Records,
}

impl RotateKey {
    pub(super) async fn run(self) -> Outcome {
        let (_lock, site) = self.records.open().await?;
        let _alone = site.db.attend_alone().await?;
        let held = brought::checkpoints(&self.checkpoint, site.signer.keys())?;
        if !self.confirm {
            say::line(&format!("vkey: {}", site.signer.vkey()));
            site.db.close().await;
            return Err(Failure::new(
                "Nothing was changed. This is the key that signs now. To change it, run the same command with --confirm.\n\
                 何も変えていません。いまの鍵を表示しました。交換するには、同じ命令に --confirm を付けます。",
            ));
        }
        let why = if self.stolen { Why::Stolen } else { Why::Routine };
        let changed = rotate(&site, why, &held).await;
        site.db.close().await;
        let changed = changed?;
        say::line(&format!(
            "The key was changed with leaf {} of {}.  証跡「{}」の{}番で、鍵を交換しました。",
            changed.leaf, changed.log, changed.log, changed.leaf
        ));
        if self.stolen && held.is_empty() {
            say::line(
                "No checkpoint of the auditors was brought: compare the logs with the newest one that they hold (kokoroe verify --checkpoint).\n\
                 監査者のチェックポイントは渡されていません。手元のいちばん新しいものと証跡を照合してください（kokoroe verify --checkpoint）。",
            );
        }
        brought::hand_out(&changed.vkey);
        Ok(())
    }
}
