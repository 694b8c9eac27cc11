//! Authorisation is a value that a handler must hold. Each of these can only be had by asking the session.

use std::sync::Arc;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use http::request::Parts;
use kokoroe_app::Lang;

use super::page::Visitor;
use super::problem::Problem;
use crate::id::{DepartmentId, SessionId, StaffId};

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The session.
    pub session: SessionId,
    /// The person.
    pub staff: StaffId,
    /// Their staff number.
    pub number: String,
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// Name in Latin letters; may be empty.
    pub roman: String,
    /// Profession in the hospital's words; may be empty.
    pub profession: String,
    /// On a shared PC.
    pub shared: bool,
    /// The screen waits for the password: nothing but unlocking and signing out is answered.
    pub locked: bool,
    /// The departments at whose top the person stands, with their paths.
    pub manages: Vec<(DepartmentId, String)>,
    /// Stands there only in somebody's place for a time (代行).
    pub deputy: bool,
    /// Works in the training office.
    pub office: bool,
    /// Audits.
    pub auditor: bool,
}

impl Signed {
    /// The name as it is shown in a language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> String {
        crate::people::display_name(&self.family, &self.given, &self.roman, lang)
    }
}

/// Everybody who is signed in is a learner.
#[derive(Clone, Debug)]
pub struct Learner(pub Arc<Signed>);

/// Somebody at the top of at least one department. What they may see is what lies below these paths.
#[derive(Clone, Debug)]
pub struct Manager {
    /// Who.
    pub signed: Arc<Signed>,
}

impl Manager {
    /// Whether a department with this path lies below one of theirs.
    #[must_use]
    pub fn may_see(&self, path: &str) -> bool {
        self.signed.manages.iter().any(|(_, top)| path.starts_with(top.as_str()))
    }
}

/// Somebody of the training office.
#[derive(Clone, Debug)]
pub struct Office(pub Arc<Signed>);

/// An auditor: reads everything, changes nothing.
#[derive(Clone, Debug)]
pub struct Auditor(pub Arc<Signed>);

fn signed(parts: &Parts) -> Result<Arc<Signed>, Problem> {
    parts.extensions.get::<Visitor>().and_then(|visitor| visitor.signed.clone()).ok_or(Problem::sign_in())
}

impl<S: Send + Sync> FromRequestParts<S> for Learner {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        signed(parts).map(Self)
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Learner {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Problem> {
        Ok(signed(parts).ok().map(Self))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Manager {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let signed = signed(parts)?;
        if signed.manages.is_empty() { Err(Problem::forbidden()) } else { Ok(Self { signed }) }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Office {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let signed = signed(parts)?;
        if signed.office { Ok(Self(signed)) } else { Err(Problem::forbidden()) }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Auditor {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let signed = signed(parts)?;
        if signed.auditor { Ok(Self(signed)) } else { Err(Problem::forbidden()) }
    }
}
