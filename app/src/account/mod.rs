//! Signing in and out, and how the screen should look.

pub mod first_sign_in;
pub mod locked;
pub mod settings;
pub mod sign_in;
pub mod signed_out;

pub use first_sign_in::{FirstSignIn, FirstSignInError};
pub use locked::{Locked, LockedError};
pub use settings::Settings;
pub use sign_in::{DemoPerson, SignIn, SignInError, SignInNotice};
pub use signed_out::SignedOut;
