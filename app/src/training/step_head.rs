//! What stands above every page of a module.

use crate::day::StoryTime;
use crate::ui::contact::Contact;
use crate::ui::say::Words;

/// Hard content: a way out and help on every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Care {
    /// The neutral page 「一時停止して離れる」.
    pub pause: String,
    /// Help lines and people to talk to, from the hospital's settings.
    pub help: Vec<Contact>,
    /// Another module on the same point. No reason is asked.
    pub swap: Option<String>,
}

/// A line in the log of a crisis: what the person has done so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// Story time at which it was done.
    pub at: StoryTime,
    /// What was done.
    pub did: Words,
}

/// What stands above every page of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepHead {
    /// Title of the module.
    pub module: Words,
    /// Step that is open, from 1.
    pub number: u16,
    /// Steps in all.
    pub of: u16,
    /// The back link: the page before this one in the attempt, or the module's first page.
    pub back: String,
    /// Hard content.
    pub care: Option<Care>,
}
