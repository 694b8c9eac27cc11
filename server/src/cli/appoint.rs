//! `kokoroe appoint` and `kokoroe dismiss`

use clap::{Args, ValueEnum};

use super::records::Records;
use super::{Failure, Outcome, say};
use crate::people::Scribe;
use crate::people::appoint::{self, AppointError, RoleWanted};
use crate::people::staff::Staff;

/// A role, as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RoleWord {
    /// The training office: runs the year, brings in staff, sees every report (教育研修の担当)
    Office,
    /// An auditor: reads and checks everything, changes nothing (監査者)
    Auditor,
    /// The manager of a department and all below it (所属長)
    Manager,
}

/// Whose role, and which.
#[derive(Debug, Args)]
struct Whose {
    /// The staff number
    #[arg(value_name = "STAFF_NO")]
    staff_no: String,
    /// The role
    #[arg(value_enum)]
    role: RoleWord,
    /// The code of the department, for a manager
    #[arg(long, value_name = "CODE", required_if_eq("role", "manager"))]
    department: Option<String>,
    #[command(flatten)]
    records: Records,
}

/// The options of `appoint`. The server must not be running meanwhile.
#[derive(Debug, Args)]
pub(super) struct Appoint {
    #[command(flatten)]
    whose: Whose,
}

/// The options of `dismiss`. The server must not be running meanwhile.
#[derive(Debug, Args)]
pub(super) struct Dismiss {
    #[command(flatten)]
    whose: Whose,
}

/// What is done with a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Appoint,
    Dismiss,
}

impl Appoint {
    pub(super) async fn run(self) -> Outcome {
        let (staff, role) = self.whose.act(Deed::Appoint).await?;
        say::line(&format!("{} {} {}: {role}", staff.staff_no, staff.family, staff.given));
        say::line("The role holds from now on. 今から有効です。");
        Ok(())
    }
}

impl Dismiss {
    pub(super) async fn run(self) -> Outcome {
        let (staff, role) = self.whose.act(Deed::Dismiss).await?;
        say::line(&format!("{} {} {}: {role}", staff.staff_no, staff.family, staff.given));
        say::line("The role has ended. 権限を終わらせました。");
        Ok(())
    }
}

impl Whose {
    async fn act(self, deed: Deed) -> Result<(Staff, String), Failure> {
        let (wanted, shown) = match (self.role, self.department) {
            (RoleWord::Manager, Some(code)) => {
                let shown = format!("manager of {code} · {code}の所属長");
                (RoleWanted::Manager(code), shown)
            }
            (RoleWord::Manager, None) => return Err(Failure::new("a manager needs --department CODE")),
            (RoleWord::Office | RoleWord::Auditor, Some(_)) => {
                return Err(Failure::new(
                    "--department goes with manager only.\n--department は manager のときだけ使います。",
                ));
            }
            (RoleWord::Office, None) => (RoleWanted::Office, "training office · 教育研修の担当".to_owned()),
            (RoleWord::Auditor, None) => (RoleWanted::Auditor, "auditor · 監査者".to_owned()),
        };
        let (_lock, site) = self.records.open().await?;
        let (inner, staff_no) = (site.clone(), self.staff_no);
        let done: Result<Staff, AppointError> = site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: "system" };
                    match deed {
                        Deed::Appoint => appoint::appoint(tx, &by, &staff_no, &wanted).await,
                        Deed::Dismiss => appoint::dismiss(tx, &by, &staff_no, &wanted).await,
                    }
                })
            })
            .await;
        site.db.close().await;
        Ok((done?, shown))
    }
}
