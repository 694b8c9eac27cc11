//! A certificate's proof: one text that shows, without this server, that the completion stands in the evidence log.

use kokoroe_evidence::certificate::{Printed, encode};

use super::proofs::Proofs;
use crate::db::{Conn, DbError};
use crate::reports::evidence::Kept;
use crate::reports::evidence::store::completion_row;
use crate::state::Site;

/// The proof of the certificate with this number that bears this; `None` where no checkpoint covers it yet, or the log does not agree.
///
/// # Errors
/// When the database or the folder of the kept checkpoints fails.
pub async fn proof(
    site: &Site,
    conn: &mut Conn,
    number: &str,
    printed: Printed,
) -> Result<Option<String>, DbError> {
    let Some(row) = completion_row(conn, number).await? else { return Ok(None) };
    let proofs = Proofs::load(site, conn, &[&row]).await?;
    Ok(proofs.alone(Kept::Completions, &row).map(|(proof, leaf)| encode(proof, leaf, &printed)))
}
