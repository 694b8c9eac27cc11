//! Witnesses (C2SP tlog-witness): somebody outside of the house, at best a sister hospital, is shown every new checkpoint with the proof
//! that the log only grew, and signs it with the time. A server that shows its auditors another log than its witness cannot get it signed.
//!
//! [`ask`] is the side of the hospital whose log it is: off unless it names a witness. [`desk`] is the side of the witness, a small server
//! of its own (`kokoroe witness`), without records, people or a database.

pub mod ask;
pub mod desk;

pub use ask::{Asked, Trouble, watch, work};
pub use desk::Desk;

/// The setting with the address of the witness, to which `/add-checkpoint` is added.
pub const URL: &str = "witness.url";
/// The setting with the verifier key of the witness.
pub const KEY: &str = "witness.vkey";
/// The setting of the file with the certificates that may vouch for its https.
pub const CA: &str = "witness.ca";

/// What is asked for at a witness.
const ADD_CHECKPOINT: &str = "/add-checkpoint";
/// What the answer is called that tells how many leaves the witness has seen.
const SIZE: &str = "text/x.tlog.size";
