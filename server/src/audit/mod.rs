//! The evidence log: facts are appended in the transaction that makes them, checkpoints are signed and kept outside as well.

pub mod append;
pub mod certificate;
pub mod check;
pub mod checking;
pub mod checkpoint;
mod compare;
pub mod contents;
pub mod copies;
pub mod download;
pub mod glance;
pub mod keys;
pub mod leaves;
pub mod ledger;
pub mod outside;
pub mod pack;
pub mod person;
pub mod policies;
pub mod proofs;
pub mod reading;
pub mod recovery;
pub mod regrade;
pub mod roster;
pub mod rotation;
pub mod signer;
pub mod stamp;
pub mod store;
pub mod top;
pub mod unpack;
pub mod witness;

pub use append::{Entry, Portion, Run, append, hold};
pub use check::live_check;
pub use checkpoint::{CheckpointError, sign_for_report, sign_now};
pub use kokoroe_evidence::Kind;
pub use ledger::{Epoch, Ledger, Sealed};
pub use reading::{Opened, note};
pub use signer::Signer;

use axum::routing::{get, post};
use kokoroe_app::paths;

use crate::http::Addresses;

/// The addresses of this slice. All of them are for auditors alone.
pub fn routes() -> Addresses {
    Addresses::new()
        .route(paths::AUDIT, get(top::show))
        .route(paths::AUDIT_CHECK, get(checking::show).post(checking::submit))
        .route(paths::AUDIT_PACK, post(download::submit))
        .route(paths::AUDIT_ROSTER, get(roster::show))
        .route("/audit/people/{staff}", get(person::show))
        .route(paths::AUDIT_CONTENT, get(contents::list))
        .route(paths::AUDIT_POLICIES, get(policies::show))
        .route("/audit/content/{hash}", get(contents::show))
        .route("/audit/content/{hash}/text", get(contents::text))
        .route(paths::AUDIT_READINGS, get(reading::page::show))
        .route(paths::AUDIT_LOG, get(leaves::show))
}
