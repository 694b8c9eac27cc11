//! A certificate's proof: one text that shows, without this server, that the completion stands in the evidence log.

use kokoroe_evidence::certificate::{Printed, encode};

use super::proofs::Proofs;
use crate::db::DbError;
use crate::reports::evidence::Kept;
use crate::reports::evidence::store::completion_row;
use crate::state::Site;

/// The proof of a certificate with this number, name and code; `None` where no checkpoint covers it yet, or the log does not agree.
///
/// # Errors
/// When the database or the folder of the kept checkpoints fails.
pub async fn proof(site: &Site, number: &str, name: &str, code: &str) -> Result<Option<String>, DbError> {
    let mut conn = site.db.read().await?;
    let Some(row) = completion_row(&mut conn, number).await? else { return Ok(None) };
    let proofs = Proofs::load(site, &mut conn, &[&row]).await?;
    let printed = Printed { name: name.to_owned(), code: code.to_owned() };
    Ok(proofs.alone(Kept::Completions, &row).map(|(proof, leaf)| encode(proof, leaf, &printed)))
}
