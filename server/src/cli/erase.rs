//! `kokoroe erase`

use clap::Args;

use super::records::Records;
use super::{Failure, Outcome, say};
use crate::db::DbError;
use crate::erasure::rule::{Because, Kept};
use crate::erasure::{self, Basis, Order, Standing, sweep};
use crate::people::staff::staff_by_number;

/// The command's options.
#[derive(Debug, Args)]
#[command(after_long_help = "\
    Names, readings, number, address, everything that the person wrote and that was written about them, passwords and sign-ins go. What was \
    owed, answered, signed and completed, and when, stays under a random id: rates of the past do not change, and the evidence log can still be \
    verified. The log notes who was erased, when and why.\n\n\
    Records are kept for the years of the setting records.years (5 unless set, never fewer than 3), from the day on which the person left and \
    from the end of the last fiscal year with records of them; the later counts. Before that day nothing is erased.\n\n\
    The files of the database are written anew, so that nothing of it stays in them; for a moment that takes as much room as they take. Backups \
    that were made before still hold the data: delete them when they are 35 days old. The training office does the same on its page of the \
    person, where one asks and another confirms; on the command line whoever runs the server answers for it. The server must not be running \
    meanwhile.\n\n\
    退職した人の個人情報を消去します。\
    保存期間（設定 records.years。なければ5年、3年より短くはできません）が過ぎるまでは、消去できません。\
    受講や修了の記録は、名前のない番号の下に残ります。\
    データベースのファイルを書き直すので、ファイルの中にも残りません。\
    これより前に取ったバックアップには残ります。35日を過ぎたら消してください。\
    サーバーを止めてから実行します。")]
pub(super) struct Erase {
    /// The staff number
    #[arg(long, value_name = "STAFF_NO")]
    staff_no: String,
    /// The person wished it (本人から求めがあったとき)
    #[arg(long)]
    wished: bool,
    /// Do it. Without this, only what would be done is told (実際に消去します)
    #[arg(long)]
    confirm: bool,
    #[command(flatten)]
    records: Records,
}

impl Erase {
    pub(super) async fn run(self) -> Outcome {
        let Self { staff_no, wished, confirm, records } = self;
        let (_lock, site) = records.open().await?;
        let mut conn = site.db.read().await?;
        let person = staff_by_number(&mut conn, &staff_no).await?;
        let person = person.filter(|person| !crate::people::erased::is_erased(&person.staff_no));
        let Some(person) = person else {
            drop(conn);
            site.db.close().await;
            return Err(Failure::new(format!(
                "{staff_no}: there is nobody with this staff number.\n{staff_no}：この職員番号の人はいません。"
            )));
        };
        let standing = erasure::standing(&site, &mut conn, &person).await?;
        let waits = erasure::store::request(&mut conn, &person.id).await?;
        drop(conn);
        let Standing::Over(kept) = standing else {
            site.db.close().await;
            return Err(refusal(&staff_no, &standing));
        };
        if !confirm {
            site.db.close().await;
            let (family, given, until) = (&person.family, &person.given, kept.until);
            say::line(&format!(
                "{staff_no} {family} {given}: may be erased since {until}. Nothing was done; --confirm does it, and it cannot be undone."
            ));
            say::line(&format!(
                "{until}から消去できます。まだ何もしていません。--confirm を付けると消去します。取り消せません。"
            ));
            return Ok(());
        }
        // What somebody of the training office asked for is confirmed here.
        let basis =
            if wished { Basis::Wish } else { waits.as_ref().map_or(Basis::Retention, |asked| asked.basis) };
        let order = Order { basis, asked_by: waits.map(|asked| asked.asked_by), done_by: None };
        let (inner, id) = (site.clone(), person.id.clone());
        let done: Result<Option<Standing>, DbError> = site
            .db
            .write(move |tx| Box::pin(async move { erasure::erase(tx, &inner, &id, order).await }))
            .await;
        done?;
        let swept = sweep::sweep(&site).await;
        crate::audit::sign_now(&site).await?;
        site.db.close().await;
        swept.map_err(|error| {
            Failure::new(format!(
                "{staff_no}: erased, but the files of the database were not written anew: {error}\n\
                 The server does it in its next night.\n\
                 消去しましたが、データベースのファイルはまだ書き直せていません。サーバーが次の夜に書き直します。"
            ))
        })?;
        say::line(&format!(
            "{staff_no}: erased, and the files of the database hold nothing of it any more. The records stay under {}.",
            person.id
        ));
        say::line("消去しました。データベースのファイルの中にも残っていません。");
        Ok(())
    }
}

/// Why nobody is erased, in both languages.
fn refusal(staff_no: &str, standing: &Standing) -> Failure {
    match standing {
        Standing::Kept(Kept { until, because }) => {
            let (en, ja) = match because {
                Because::Left => ("the day on which they left".to_owned(), "退職した日".to_owned()),
                Because::LastYear(year) => (
                    format!("the end of fiscal year {year}, the last with records of them"),
                    format!("記録がある最後の年度（{year}年度）の終わり"),
                ),
            };
            Failure::new(format!(
                "{staff_no}: may be erased from {until} on; the years are counted from {en}.\n\
                 {staff_no}：{until}から消去できます。{ja}から数えます。"
            ))
        }
        Standing::Here | Standing::Over(_) | Standing::Done(_) => Failure::new(format!(
            "{staff_no}: this person belongs to the hospital, and is not erased.\n\
             {staff_no}：在籍している人の個人情報は消去できません。"
        )),
    }
}
