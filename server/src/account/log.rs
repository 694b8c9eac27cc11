//! One line in the log for each try to sign in and for each sign-out, so that whoever runs the server sees an attack while it goes on and can
//! tell afterwards what it reached. It names people by their id alone. What was typed is never written: a number that nobody has may be a
//! password in the wrong field.

use tracing::field::display;

use super::caller::Caller;
use crate::id::StaffId;

/// How somebody said who they are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way {
    /// Number and password.
    Password,
    /// A one-time code, with which an own password is set.
    Code,
    /// The password again, within a session: a locked screen, a signature, a new password.
    Again,
}

/// What came of it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Outcome {
    /// It is the person.
    Right,
    /// No such number, another password, a code that does not hold, or an account that is closed.
    Wrong,
    /// Not looked at: there were too many tries.
    Wait,
    /// Not looked at: something was left out, or a new password cannot be one.
    Incomplete,
}

/// Notes a try. `staff` is whose number was given, where it is somebody's.
pub(super) fn tried(way: Way, outcome: Outcome, staff: Option<&StaffId>, caller: Option<Caller>) {
    let way = match way {
        Way::Password => "password",
        Way::Code => "code",
        Way::Again => "again",
    };
    let outcome = match outcome {
        Outcome::Right => "right",
        Outcome::Wrong => "wrong",
        Outcome::Wait => "wait",
        Outcome::Incomplete => "incomplete",
    };
    let address = caller.map(|caller| display(caller.0));
    tracing::info!(way, outcome, staff = staff.map(display), address, "a sign-in was tried");
}

/// Notes that somebody signed out.
pub(super) fn signed_out(staff: &StaffId, caller: Caller) {
    tracing::info!(outcome = "out", %staff, address = %caller.0, "somebody signed out");
}
