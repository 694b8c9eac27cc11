//! `kokoroe recover`

use std::path::PathBuf;

use super::records::Records;
use super::{Failure, Outcome, brought, say};
use crate::audit::checkpoint::{CheckpointError, sign_closed, sign_now};
use crate::audit::recovery::{Lost, losses, recover};
use crate::clock::Clock;
use crate::start;
use clap::Args;

/// The command's options. The server must not be running meanwhile.
#[derive(Debug, Args)]
#[command(after_long_help = "\
    A server that was started on a backup, or on records that are older than what was signed, shows everything and records nothing: \
    what it would write takes the places of records that others hold proofs of. This command closes the logs as they are and begins a new one, \
    whose first entry names what is gone. Without --confirm it only tells what it would do.\n\n\
    Ask the auditors for the newest mails with a checkpoint and name them with --checkpoint: the more is known of what was signed, the \
    more exactly the loss is named. Whatever was lost has to be recorded anew, for instance from certificates that people hold.\n\n\
    復元した記録でサーバーを起動すると、読めますが記録はできません。この命令は、残っている証跡を閉じ、失われた範囲を最初の記録に書いた新しい証跡を始めます。\
    --confirm を付けなければ、何が起きるかを示すだけです。監査者の手元にあるチェックポイントのメールを --checkpoint で渡すと、失われた範囲が正確になります。")]
pub(super) struct Recover {
    /// Checkpoints that auditors kept, from mails
    #[arg(long, value_name = "FILE", num_args = 1..)]
    checkpoint: Vec<PathBuf>,
    /// The signing key is gone for good: begin the new log with a new key
    #[arg(long)]
    new_key: bool,
    /// Do it
    #[arg(long)]
    confirm: bool,
    #[command(flatten)]
    records: Records,
}

impl Recover {
    pub(super) async fn run(self) -> Outcome {
        let (lock, site) = match self.new_key {
            true => self.records.open_without_key().await?,
            false => self.records.open().await?,
        };
        let _alone = site.db.attend_alone().await?;
        let brought = brought::checkpoints(&self.checkpoint, site.signer.keys())?;
        let lost = losses(&site, &brought).await?;
        let behind = lost.iter().any(|lost| lost.leaves() > 0);
        if site.ledger.sealed().is_none() && !behind {
            match sign_now(&site).await {
                Ok(_) => {
                    say::line(
                        "Nothing is lost: the records are those that were signed. Nothing was changed.",
                    );
                    say::line(
                        "失われた記録はありません。署名されたとおりの記録が残っています。何も変えていません。",
                    );
                    site.db.close().await;
                    return Ok(());
                }
                Err(CheckpointError::Disagrees { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        if let Some(sealed) = site.ledger.sealed() {
            say::line(&sealed.to_string());
        }
        for lost in &lost {
            tell(lost);
        }
        if !self.confirm {
            site.db.close().await;
            return Err(Failure::new(
                "Nothing was changed. To begin the new log, run the same command with --confirm.\n\
                 何も変えていません。新しい証跡を始めるには、同じ命令に --confirm を付けます。",
            ));
        }
        let log = recover(&site, lost).await?;
        site.db.close().await;
        // Opened anew, so that what was written is what is read from now on.
        let site = start::site(self.records.config()?, Clock::system()).await?;
        sign_closed(&site).await?;
        let signed = sign_now(&site).await;
        let vkey = site.signer.vkey();
        site.db.close().await;
        drop(lock);
        signed?;
        say::line(&format!("The log {log} has begun. Start the server; tell the auditors."));
        say::line(&format!("証跡「{log}」を始めました。サーバーを起動し、監査者に知らせます。"));
        if self.new_key {
            brought::hand_out(&vkey);
        }
        Ok(())
    }
}

fn tell(lost: &Lost) {
    let Lost { log, signed, found, .. } = lost;
    if lost.leaves() > 0 {
        let last = signed - 1;
        say::line(&format!(
            "{log}: {found} leaves are there; leaves {found} to {last} were signed and are gone"
        ));
        say::line(&format!(
            "{log}：{found}件が残っています。署名された証跡番号{found}から{last}までがありません"
        ));
    } else {
        say::line(&format!("{log}: {found} leaves are there; it is closed with them"));
        say::line(&format!("{log}：{found}件が残っています。ここで閉じます"));
    }
}
