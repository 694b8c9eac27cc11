//! Reminders and follow-up: who is told what and when, the mail that carries it, and who spoke to whom.
//!
//! What is to be said follows from the [`ladder`], a pure function. [`decide`] writes a step down, once, together with its mail; [`outbox`]
//! hands the mail to the hospital's server, as often as that takes. Nothing here needs a mail server: without one everybody is told on the
//! first page after sign-in, and the manager has a list for the morning meeting.

mod calendar;
pub mod checkpoint;
pub mod decide;
pub mod digest;
mod follow_up;
pub mod ladder;
mod mail_desk;
mod morning;
mod office;
pub mod outbox;
pub mod post;
pub mod quiet;
mod record;
pub mod store;
mod words;

use axum::routing::{get, post as submit};

pub(crate) use follow_up::write_note;
pub use follow_up::{Marks, NoteSent};
pub(crate) use record::{Reader, notes, notices, shown_at_sign_in};

use crate::http::Addresses;
use crate::people::Hospital;
use quiet::Quiet;

/// Calendar file of one's own due dates.
pub const CALENDAR: &str = "/training.ics";
/// Who is to be spoken to, for the training office.
pub const FOLLOW_UP: &str = "/office/follow-up";
/// What became of the mail, for the training office.
pub const MAIL: &str = "/office/mail";
/// The manager's list for the morning meeting.
pub const TEAM_MORNING: &str = "/team/morning";
/// The same for any department.
pub const OFFICE_MORNING: &str = "/office/morning";

/// The addresses of this slice.
pub fn routes() -> Addresses {
    Addresses::new()
        .route(CALENDAR, get(calendar::download))
        .route(TEAM_MORNING, get(morning::team))
        .route(OFFICE_MORNING, get(morning::office))
        .route("/team/people/{staff}/notes", submit(follow_up::submit_of_manager))
        .route("/office/people/{staff}/notes", submit(follow_up::submit_of_office))
        .route(FOLLOW_UP, get(office::show))
        .route(MAIL, get(mail_desk::show).post(mail_desk::submit))
}

/// When the hospital is quiet.
#[must_use]
pub fn quiet(hospital: &Hospital) -> Quiet {
    hospital.plain("mail.quiet").and_then(Quiet::read).unwrap_or_default()
}
