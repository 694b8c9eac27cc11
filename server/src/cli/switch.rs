//! `kokoroe disable` and `kokoroe enable`

use clap::Args;

use super::records::Records;
use super::{Outcome, say};
use crate::people::Scribe;
use crate::people::switch::{Switch, SwitchError, switch_by_number};

/// Whose account.
#[derive(Debug, Args)]
#[command(after_long_help = "\
    While the server runs, the training office does the same on its page of people, at once and without stopping anything.\n\n\
    サーバーの稼働中は、教育研修の担当が「職員」の画面で同じことをすぐにできます。")]
pub(super) struct Whose {
    /// The staff number
    #[arg(value_name = "STAFF_NO")]
    staff_no: String,
    #[command(flatten)]
    records: Records,
}

impl Whose {
    pub(super) async fn run(self, to: Switch) -> Outcome {
        let (_lock, site) = self.records.open().await?;
        let (inner, staff_no) = (site.clone(), self.staff_no);
        let done: Result<_, SwitchError> = site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: "system" };
                    switch_by_number(tx, &by, &staff_no, to).await
                })
            })
            .await;
        site.db.close().await;
        let person = done?;
        let words = match to {
            Switch::Disable => "can no longer sign in. サインインを止めました。",
            Switch::Enable => "can sign in again. サインインを再開しました。",
        };
        say::line(&format!("{} {} {}: {words}", person.staff_no, person.family, person.given));
        Ok(())
    }
}
