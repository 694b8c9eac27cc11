//! Who may ask for files and take them: the training office on its pages, auditors on theirs.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use http::request::Parts;
use kokoroe_app::paths;

use super::store::JobRow;
use crate::http::{Auditor, Office, Problem, Signed};

/// From which pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Desk {
    /// Those of the training office.
    Office,
    /// Those of auditors.
    Audit,
    /// Those of the training office for lists of people; each sees their own.
    Lists,
}

impl Desk {
    /// The page of the list; the pages of its files lie below.
    pub(super) const fn base(self) -> &'static str {
        match self {
            Self::Office => paths::OFFICE_BINDER,
            Self::Audit => paths::AUDIT_BINDER,
            Self::Lists => paths::OFFICE_EXPORTS,
        }
    }
}

/// Somebody who may have files. Can only be had by asking the session for the role that the address belongs to.
#[derive(Clone, Debug)]
pub(super) struct Keeper {
    pub(super) signed: Arc<Signed>,
    pub(super) desk: Desk,
}

impl<S: Send + Sync> FromRequestParts<S> for Keeper {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        if parts.uri.path().starts_with(paths::AUDIT_BINDER) {
            let Auditor(signed) = Auditor::from_request_parts(parts, state).await?;
            Ok(Self { signed, desk: Desk::Audit })
        } else {
            let Office(signed) = Office::from_request_parts(parts, state).await?;
            let lists = parts.uri.path().starts_with(paths::OFFICE_EXPORTS);
            Ok(Self { signed, desk: if lists { Desk::Lists } else { Desk::Office } })
        }
    }
}

impl Keeper {
    /// Whether a job is among theirs: every binder, and the lists that they asked for themselves.
    pub(super) fn has(&self, row: &JobRow) -> bool {
        match self.desk {
            Desk::Office | Desk::Audit => row.kind == "binder",
            Desk::Lists => row.kind == "people" && row.asked_by == self.signed.staff,
        }
    }
}
