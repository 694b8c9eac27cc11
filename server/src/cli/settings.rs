//! `kokoroe set`, `kokoroe set-seal` and `kokoroe settings`

use std::io::Read as _;
use std::path::PathBuf;

use clap::Args;
use kokoroe_papers::Picture;

use super::records::Records;
use super::{Failure, Outcome, say};
use crate::people::hospital::{self, SetError};
use crate::people::{Hospital, Scribe};

/// The options of `set`.
#[derive(Debug, Args)]
#[command(after_long_help = "\
    `kokoroe settings` lists the names. A help line is one value: name|name in English|number|hours|hours in English. An \
    empty value takes a setting away. The server must not be running meanwhile.\n\n\
    設定の名前は kokoroe settings で見られます。\
    相談窓口は「名前|英語の名前|番号|時間|英語の時間」と書きます。\
    空の値にすると設定を消します。\
    サーバーを止めてから実行します。")]
pub(super) struct Set {
    /// The name of the setting, such as hospital.name
    name: String,
    /// Its value
    value: String,
    #[command(flatten)]
    records: Records,
}

/// The options of `set-seal`.
#[derive(Debug, Args)]
#[command(after_long_help = "\
    The seal stands on certificates in place of the sentence that none is needed. `kokoroe set hospital.seal \"\"` takes it away. \
    The server must not be running meanwhile.\n\n\
    印を入れると、修了証のPDFに印が入ります。\
    kokoroe set hospital.seal \"\" で消せます。\
    サーバーを止めてから実行します。")]
pub(super) struct SetSeal {
    /// A PNG of at most 128 KiB, best with a transparent ground
    file: PathBuf,
    #[command(flatten)]
    records: Records,
}

/// The options of `settings`.
#[derive(Debug, Args)]
pub(super) struct Settings {
    #[command(flatten)]
    records: Records,
}

impl Set {
    pub(super) async fn run(self) -> Outcome {
        let (_lock, site) = self.records.open_or_begin().await?;
        let (inner, name, value) = (site.clone(), self.name.clone(), self.value);
        let done: Result<(), SetError> = site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: "system" };
                    hospital::change(tx, &by, &inner.content.catalogue.contacts, &name, &value).await
                })
            })
            .await;
        site.db.close().await;
        done?;
        say::line(&format!("{}: set. 設定しました。", self.name));
        Ok(())
    }
}

impl SetSeal {
    pub(super) async fn run(self) -> Outcome {
        let path = self.file.display();
        let cannot = |error: std::io::Error| Failure::new(format!("{path}: {error}"));
        let mut png = Vec::new();
        // One byte more than is taken, so that a file that is too large is told from one that is not.
        let most = u64::try_from(Picture::LARGEST).unwrap_or(u64::MAX).saturating_add(1);
        std::fs::File::open(&self.file).map_err(cannot)?.take(most).read_to_end(&mut png).map_err(cannot)?;
        let (_lock, site) = self.records.open_or_begin().await?;
        let inner = site.clone();
        let done: Result<(), SetError> = site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: "system" };
                    hospital::set_seal(tx, &by, png).await
                })
            })
            .await;
        site.db.close().await;
        done?;
        say::line("hospital.seal: set. 設定しました。");
        Ok(())
    }
}

impl Settings {
    pub(super) async fn run(self) -> Outcome {
        let (_lock, site) = self.records.open().await?;
        let mut conn = site.db.read().await?;
        let hospital = Hospital::load(&mut conn).await?;
        drop(conn);
        site.db.close().await;
        for (setting, value) in hospital.listed(&site.content.catalogue.contacts) {
            say::line(&format!("{}\t{}\t{}", setting.name, value.unwrap_or("-"), setting.meaning));
        }
        Ok(())
    }
}
