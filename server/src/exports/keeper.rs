//! Who may ask for binders and take them: the training office on its pages, auditors on theirs.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use http::request::Parts;
use kokoroe_app::paths;

use crate::http::{Auditor, Office, Problem, Signed};

/// From which pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Desk {
    /// Those of the training office.
    Office,
    /// Those of auditors.
    Audit,
}

impl Desk {
    /// The page of binders.
    pub(super) const fn binders(self) -> &'static str {
        match self {
            Self::Office => paths::OFFICE_BINDER,
            Self::Audit => paths::AUDIT_BINDER,
        }
    }
}

/// Somebody who may have binders. Can only be had by asking the session for the role that the address belongs to.
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
            Ok(Self { signed, desk: Desk::Office })
        }
    }
}
