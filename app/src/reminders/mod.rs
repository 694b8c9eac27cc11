//! Reminders and follow-up: what was sent to somebody and what would be sent next, who spoke to them, the list for the morning meeting.

pub mod cases;
pub mod mail;
pub mod morning;
pub mod notes;
pub mod record;

pub use cases::{CaseLine, CasesPage};
pub use mail::{LostMail, MailPage, MailState};
pub use morning::{MorningGroup, MorningLine, MorningPage};
pub use notes::{NoteFault, NoteForm, NoteLine, Notes, Spoken, Way};
pub use record::{Ahead, AheadLine, Fate, NoticeLine, Notices, Reach, Reminded, ShownNotice, Step};
