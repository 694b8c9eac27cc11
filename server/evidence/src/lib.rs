//! The evidence log's arithmetic: what a leaf is, how leaves become one number, how that number is signed, and how
//! somebody else checks all of it without us. No clock, no files, no network: the server, the `verify` command and a
//! browser run the same code.
//!
//! | module | what it is for |
//! | --- | --- |
//! | [`leaf`] | one fact of the log as canonical JSON bytes |
//! | [`tree`] | the RFC 6962 hash tree: append, root, inclusion and consistency proofs |
//! | [`note`] | C2SP signed notes: keys, signatures |
//! | [`checkpoint`] | the signed statement "this log had this size and this root" |
//! | [`keys`] | which key signs which part of which log, and how one follows another |
//! | [`brought`] | what an auditor kept: a checkpoint in a mail, a line on paper |
//! | [`proof`] | C2SP tlog-proof: one leaf that proves itself |
//! | [`identity`] | whom an id names |
//! | [`certificate`] | a certificate that proves itself |
//! | [`difference`] | what a check found, in a sentence of either language |
//! | [`log_check`] | is the live log in the database whole? |
//! | [`stamp`] | time stamps of checkpoints: what an authority is asked, and what it says |
//! | [`witness`] | cosignatures of checkpoints: what a witness is sent, when it signs, and what it says |
//! | [`pack`] | is this evidence pack whole? |

pub mod brought;
pub mod certificate;
mod check;
pub mod checkpoint;
pub mod difference;
pub mod hash;
pub mod identity;
mod json;
pub mod keys;
pub mod leaf;
pub mod log_check;
pub mod note;
pub mod pack;
pub mod proof;
pub mod stamp;
pub mod tree;
mod walk;
pub mod witness;

pub use check::Check;
pub use checkpoint::Checkpoint;
pub use difference::{Difference, Fault};
pub use hash::Hash;
pub use keys::KeyBook;
pub use leaf::{Kind, Leaf};
pub use note::{SigningKey, VerifyingKey};
pub use stamp::Stamp;
pub use tree::Frontier;
pub use witness::{Witness, WitnessKey};
