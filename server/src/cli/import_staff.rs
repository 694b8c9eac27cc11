//! `kokoroe import-staff`

use std::path::PathBuf;

use clap::Args;
use kokoroe_app::Lang;

use super::records::Records;
use super::{Failure, Outcome, say};
use crate::clock::{Calendar, Clock};
use crate::people::import::{Imported, Order, import_file, preview_file};

/// So many new people that the database plans by a hospital which is no longer this one. After an ordinary night, looking at everything
/// again would take ten times as long as what was written.
const MANY: usize = 1_000;

/// The command's options. It ends with 1 when rows were left out because of their faults.
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
    /// How many are known to leave; needed when more would than the setting import.most_leaving allows
    #[arg(long, value_name = "NUMBER", alias = "leavers")]
    let_leave: Option<usize>,
    #[command(flatten)]
    records: Records,
}

impl ImportStaff {
    pub(super) async fn run(self) -> Outcome {
        let bytes = std::fs::read(&self.file)
            .map_err(|error| Failure::new(format!("{}: {error}", self.file.display())))?;
        let lang = words_of_the_terminal();
        let begins = !self.records.exist();
        let imported = if begins && !self.confirm {
            // Looking must not found a hospital in a folder that was only mistyped.
            let today = Calendar::default().date(Clock::system().now());
            preview_file(bytes, self.complete, today, lang).await?
        } else {
            let (_lock, site) = self.records.open_or_begin().await?;
            let order = Order { complete: self.complete, confirm: self.confirm, leavers: self.let_leave };
            let imported = import_file(&site, bytes, order, lang).await;
            if imported.as_ref().is_ok_and(|imported| imported.codes.len() >= MANY) {
                site.db.look_again().await?;
            }
            site.db.close().await;
            imported?
        };
        let Imported { plan, applied, left_out, codes } = imported;
        for line in plan {
            say::line(&line);
        }
        if applied {
            say::line("Written. 書き込みました。");
        } else {
            say::line(
                "Nothing was written. Add --confirm to write it. まだ書き込んでいません。--confirm を付けると書き込みます。",
            );
            if begins {
                let folder = self.records.data.display();
                say::line(&format!(
                    "There is no hospital in {folder} yet, and none was made. {folder} に病院の記録はまだありません。何も作っていません。"
                ));
            }
        }
        if !codes.is_empty() {
            say::line("Staff number, one-time code, last day. 職員番号、初回コード、使える最後の日。");
            say::line("They are shown only now. 表示はこの一度だけです。");
            for code in codes {
                say::line(&code);
            }
        }
        if left_out > 0 {
            return Err(Failure::new(format!(
                "{left_out} rows have faults and are left out; they are listed above.\n\
                 {left_out}行は誤りがあるため取り込みません。上の一覧で確かめてください。"
            )));
        }
        Ok(())
    }
}

/// The language that the person at the terminal has set; Japanese if none is told.
fn words_of_the_terminal() -> Lang {
    let locale = std::env::var("LANG").unwrap_or_default();
    locale.get(..2).and_then(Lang::from_tag).unwrap_or(Lang::Ja)
}
