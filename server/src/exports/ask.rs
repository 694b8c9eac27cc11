//! Asking for a file: a row and its leaf, once for each form, however often it is sent.

use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::asked::Asked;
use super::store::{self, NewJob};
use crate::audit::{Entry, Kind, append, hold};
use crate::db::DbError;
use crate::id::{ExportId, RequirementId, StaffId};
use crate::reports::long;
use crate::state::Site;

/// A file that somebody asks for.
pub(crate) struct NewExport {
    /// The form that asks.
    pub(super) form: String,
    /// The requirement that it is about.
    pub(super) subject: RequirementId,
    /// What is asked.
    pub(super) asked: Asked,
    /// Who asks.
    pub(super) by: StaffId,
}

impl NewExport {
    /// A long list of people.
    pub(crate) fn people(form: String, subject: RequirementId, input: long::Input, by: StaffId) -> Self {
        Self { form, subject, asked: Asked::People(Box::new(input)), by }
    }
}

/// Asks for it, unless this form has done so already. Gives the job.
///
/// # Errors
/// When the database fails.
pub(crate) async fn ask(site: &Site, new: NewExport) -> Result<ExportId, DbError> {
    let asked = serde_json::to_string(&new.asked).map_err(|error| DbError::Setup(error.to_string()))?;
    let inner = site.clone();
    site.db
        .write(move |tx| {
            Box::pin(async move {
                let at = hold(tx, &inner.ledger, &inner.clock).await?;
                if let Some(known) = store::of_form(tx, &new.form).await? {
                    return Ok(known);
                }
                let job = NewJob {
                    id: ExportId::new(&inner.clock),
                    form: new.form,
                    kind: new.asked.kind(),
                    subject: new.subject,
                    // What a binder is made from is bound by its hash: the words of the training office are in it.
                    asked,
                    asked_by: new.by,
                    asked_at: at,
                };
                // The name of the form is made by chance: without it nobody can tell by the hash who asked, or for whom.
                let bound = Sha256::new().chain_update(&job.form).chain_update(&job.asked).finalize();
                let d = json!({
                    "what": job.kind, "requirement": job.subject, "asked": hex::encode(bound),
                });
                let entry = Entry {
                    kind: Kind::EXPORT_ASK,
                    at,
                    actor: job.asked_by.as_str(),
                    obj: job.id.as_str(),
                    req: None,
                    d,
                };
                let leaf = append(tx, &inner.ledger, entry).await?;
                store::add(tx, &job, leaf).await?;
                Ok(job.id)
            })
        })
        .await
}
