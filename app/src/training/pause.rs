//! 「一時停止して離れる」: a neutral page. Nothing on it tells what the module is about.

use crate::ui::contact::Contact;

/// The neutral page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    /// The open step.
    pub back: String,
    /// People to talk to.
    pub help: Vec<Contact>,
    /// Another module on the same point. No reason is asked.
    pub swap: Option<String>,
}
