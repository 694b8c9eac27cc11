//! `kokoroe export`

use std::fs::{self, File};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::records::Records;
use super::{Failure, Outcome, say};
use crate::audit::Epoch;
use crate::audit::pack::{self, PackError, Whom};
use crate::people::staff::staff_by_number;
use crate::state::Site;

/// The command's options.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// The file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// The fiscal year; the present one if it is not given. The second log of a year is asked for as 2026.2
    #[arg(long, visible_alias = "fy")]
    year: Option<Epoch>,
    /// Only the records of the person with this staff number
    #[arg(long, value_name = "STAFF_NO", conflicts_with = "department")]
    person: Option<String>,
    /// Only the records of the people of the department with this code, and of those below it
    #[arg(long, value_name = "CODE")]
    department: Option<String>,
    #[command(flatten)]
    records: Records,
}

impl Export {
    pub(super) async fn run(self) -> Outcome {
        let (_lock, site) = self.records.open().await?;
        let whom = whom(&site, self.person, self.department).await?;
        // What is written under its own name is always whole.
        let part = beside(&self.out, "part");
        // The tables hold names: nobody else on this machine reads them. What an earlier try left there may be readable to all.
        fs::remove_file(&part).ok();
        let file = File::options().read(true).write(true).create_new(true).mode(0o600).open(&part);
        let file = file.map_err(|error| Failure::new(format!("{}: {error}", part.display())))?;
        let made = match &whom {
            None => pack::build(&site, self.year, "system", file).await,
            Some(whom) => pack::build_part(&site, self.year, whom, "system", file).await,
        };
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

/// Whose records are asked for; those of everybody if nobody is named.
async fn whom(
    site: &Site,
    person: Option<String>,
    department: Option<String>,
) -> Result<Option<Whom>, Failure> {
    let Some(number) = person else { return Ok(department.map(Whom::Department)) };
    let mut conn = site.db.read().await.map_err(PackError::from)?;
    let found = staff_by_number(&mut conn, &number).await.map_err(PackError::from)?;
    Ok(Some(Whom::Person(found.ok_or(PackError::Nobody)?.id)))
}

/// The same path with an ending.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}
