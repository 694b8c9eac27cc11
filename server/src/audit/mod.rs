//! The evidence log: facts are appended in the transaction that makes them, checkpoints are signed and kept outside as well.

pub mod append;
pub mod check;
pub mod checkpoint;
pub mod copies;
pub mod glance;
pub mod pack;
pub mod signer;
pub mod store;

pub use append::{Entry, Ledger, append};
pub use check::live_check;
pub use checkpoint::{CheckpointError, sign_now};
pub use kokoroe_evidence::Kind;
pub use signer::Signer;
