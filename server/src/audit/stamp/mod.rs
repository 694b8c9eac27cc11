//! Time stamps of checkpoints (RFC 3161): somebody else's clock says when a checkpoint was there already.
//!
//! Off unless the hospital names an authority. Then each checkpoint waits for its stamp from the write that keeps it, and a worker asks for
//! them one after another, again and again. A checkpoint is one without a stamp as well: nothing waits for the authority but the stamp.

pub mod authority;
pub mod work;

pub use authority::Authority;
pub use work::{watch, work};

use crate::people::Hospital;

/// The setting that names the authority.
pub const URL: &str = "tsa.url";
/// The setting of the user there, if it asks for one.
pub const USER: &str = "tsa.user";
/// The setting of the file with the certificates that may vouch for its https.
pub const CA: &str = "tsa.ca";

/// Whether checkpoints are stamped.
#[must_use]
pub fn is_set(hospital: &Hospital) -> bool {
    hospital.plain(URL).is_some()
}
