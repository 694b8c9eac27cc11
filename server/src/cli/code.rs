//! `kokoroe code`

use clap::Args;

use super::records::Records;
use super::{Failure, Outcome, say};
use crate::db::DbError;
use crate::people::Scribe;
use crate::people::codes::{Handed, IN_PERSON_MINUTES};
use crate::people::renew_code::{AskedFrom, Renewed, renew};
use crate::people::staff::staff_by_number;

/// Whose code. The server must not be running meanwhile.
#[derive(Debug, Args)]
#[command(after_long_help = "\
    For members of the training office and auditors, whose codes no screen makes. Everybody else gets one from the training office, on its \
    page of people.\n\n\
    教育研修の担当と監査者のための命令です（画面では出せません）。ほかの人には、教育研修の担当が「職員」の画面で出します。")]
pub(super) struct Whose {
    /// The staff number
    #[arg(value_name = "STAFF_NO")]
    staff_no: String,
    #[command(flatten)]
    records: Records,
}

impl Whose {
    pub(super) async fn run(self) -> Outcome {
        let (_lock, site) = self.records.open().await?;
        let (inner, staff_no) = (site.clone(), self.staff_no);
        let asked = staff_no.clone();
        let renewed: Result<Renewed, DbError> = site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: "system" };
                    match staff_by_number(tx, &asked).await? {
                        Some(staff) => {
                            renew(tx, &by, &staff.id, AskedFrom::CommandLine, Handed::InPerson).await
                        }
                        None => Ok(Renewed::Nobody),
                    }
                })
            })
            .await;
        site.db.close().await;
        match renewed? {
            Renewed::Code(code) => {
                let staff = &code.staff;
                say::line(&format!("{} {} {}\t{}", staff.staff_no, staff.family, staff.given, code.code));
                say::line(&format!(
                    "It works for {IN_PERSON_MINUTES} minutes, once, and is shown only now. The old password no longer works.\n\
                     {IN_PERSON_MINUTES}分間、一回だけ使えます。表示はこの一度だけです。これまでのパスワードは使えません。"
                ));
                Ok(())
            }
            Renewed::Nobody | Renewed::HoldsOffice => Err(Failure::new(format!(
                "{staff_no}: there is nobody in post with this staff number, or the sign-in is stopped.\n\
                 {staff_no}：在籍していないか、サインインを止めている番号です。"
            ))),
        }
    }
}
