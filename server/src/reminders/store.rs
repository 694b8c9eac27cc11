//! What the database knows about reminders: what was decided, the mail on its way, who spoke to whom.

mod erased;
mod follow_up;
mod outbox;
mod reminder;

pub use erased::erase;
pub(super) use follow_up::add as add_note;
pub use follow_up::{Note, newest_of, notes_of};
pub(super) use outbox::{
    Mail, MailKind, NewMail, add as add_mail, claim, failed, forget, give_up, has, later, mark_sent,
    try_again, waiting, withdraw, withdraw_others,
};
pub(super) use reminder::{Decided, Step, add, last_shown, of_period, of_person, since};

/// Every statement of this store, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] = &[
    reminder::ADD,
    reminder::OF_PERIOD,
    reminder::SINCE,
    reminder::OF_PERSON,
    reminder::LAST_SHOWN,
    outbox::ADD,
    outbox::HAS,
    outbox::CLAIM,
    outbox::SENT,
    outbox::LATER,
    outbox::GIVE_UP,
    outbox::WITHDRAW,
    outbox::WITHDRAW_OTHERS,
    outbox::FAILED,
    outbox::WAITING,
    outbox::TRY_AGAIN,
    outbox::FORGET,
    erased::DROP_MAIL,
    erased::EMPTY_MAIL,
    erased::NOTES,
    follow_up::ADD,
    follow_up::OF,
    follow_up::NEWEST,
];
