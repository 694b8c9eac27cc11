//! Signing in and out, and how the screen should look.

pub mod change_password;
pub mod first_sign_in;
pub mod locked;
pub mod new_password;
pub mod settings;
pub mod sign_in;
pub mod signed_out;

pub use change_password::{ChangePassword, ChangePasswordError};
pub use first_sign_in::{FirstSignIn, FirstSignInError};
pub use locked::{Locked, LockedError};
pub use new_password::NewPasswordError;
pub use settings::Settings;
pub use sign_in::{DemoPerson, SignIn, SignInError, SignInNotice};
pub use signed_out::SignedOut;

use crate::Lang;
use crate::say;

/// How long to wait, in words: seconds below two minutes, then minutes rounded up.
pub(crate) fn wait_words(seconds: u32, lang: Lang) -> String {
    if seconds < 120 {
        return say!(lang, "{seconds}秒", "{seconds} seconds");
    }
    let minutes = seconds.div_ceil(60);
    say!(lang, "{minutes}分", "{minutes} minutes")
}

/// The words of a throttled form, the same wherever a password or code is asked.
pub(crate) fn throttled_words(seconds: u32, lang: Lang) -> String {
    let wait = wait_words(seconds, lang);
    say!(
        lang,
        "何度か続けて違っていたため、{wait}待ってからもう一度入れてください",
        "There were several wrong tries. Please wait {wait} and try again"
    )
}
