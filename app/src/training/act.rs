//! What one does by a choice of a story, as a small drawing before its words.

use crate::ui::Shape;

/// What one does. It tells nothing of how good that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Looks more closely.
    Look,
    /// Talks to somebody.
    Talk,
    /// Calls somebody.
    Call,
    /// Reports it.
    Report,
    /// Keeps a copy or writes it down.
    Save,
    /// Replies.
    Reply,
    /// Posts something.
    Post,
    /// Deletes something.
    Delete,
    /// Waits.
    Wait,
}

impl Act {
    /// Its drawing.
    pub(crate) const fn shape(self) -> Shape {
        match self {
            Self::Look => Shape::Eye,
            Self::Talk => Shape::Talk,
            Self::Call => Shape::Call,
            Self::Report => Shape::Flag,
            Self::Save => Shape::Save,
            Self::Reply => Shape::Reply,
            Self::Post => Shape::Send,
            Self::Delete => Shape::Bin,
            Self::Wait => Shape::Clock,
        }
    }
}
