//! 「わたしの研修」: what is owed, by when, and one way on.

use crate::day::Day;
use crate::training::history::YearLine;
use crate::ui::say::Words;
use crate::ui::status::Status;

/// A due date seen from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The last day on which it is in time.
    pub day: Day,
    /// Days from today to `day`: 0 is today, negative is over.
    pub days_left: i32,
}

/// What the one card on top leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextKind {
    /// Begin a module.
    Start,
    /// Go on in the middle of a module.
    Continue,
    /// Go back to a point that is still open.
    Redo,
    /// Sign the policy.
    Sign,
}

/// The one thing to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// What it is.
    pub kind: NextKind,
    /// Module, or the policy.
    pub title: Words,
    /// Minutes that are left of it, at least 1.
    pub minutes: u16,
    /// Where it is.
    pub href: String,
    /// By when.
    pub due: Option<Due>,
}

/// How far a module is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModuleState {
    /// Not begun.
    NotStarted,
    /// So many minutes left.
    InProgress(u16),
    /// Done, but a required point is open.
    Redo,
    /// Done.
    Done,
}

/// A module in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleRow {
    /// Its title.
    pub title: Words,
    /// Minutes for the whole module.
    pub minutes: u16,
    /// How far it is.
    pub state: ModuleState,
    /// Its first page or the step that is open.
    pub href: String,
}

/// The signature in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignRow {
    /// Title of the policy.
    pub title: Words,
    /// Version to sign.
    pub version: u32,
    /// Signed on this day.
    pub signed: Option<Day>,
    /// Where to sign. `None` while modules are open: the row then says what comes first.
    pub href: Option<String>,
}

/// Why this is owed and why by that date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// Everybody, every fiscal year.
    EveryYear,
    /// Works in this department since that day.
    Posting {
        /// Name of the department.
        department: String,
        /// First day there.
        since: Day,
    },
    /// Joined on this day; so many days from then.
    Joined {
        /// First day of work.
        on: Day,
        /// Days allowed.
        days: u16,
    },
    /// Extended, with the reason as written.
    Extended {
        /// New due date.
        until: Day,
        /// Reason.
        reason: String,
    },
    /// Back from leave; a grace period runs.
    Returned {
        /// First day back.
        on: Day,
    },
}

/// One requirement in one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// Title of the requirement: 「SNSの約束 2026年度」.
    pub title: Words,
    /// Where it stands.
    pub status: Status,
    /// By when. `None` for exempt and out of scope.
    pub due: Option<Due>,
    /// Minutes that are left in all.
    pub minutes_left: u16,
    /// Its modules in order.
    pub modules: Vec<ModuleRow>,
    /// Its signature.
    pub sign: Option<SignRow>,
    /// Rules that explain it.
    pub because: Vec<Because>,
    /// Exempt or out until this day.
    pub released_until: Option<Day>,
    /// Address of the certificate, once there is one.
    pub certificate: Option<String>,
}

/// A certificate in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateLine {
    /// Number: 「2026-SNS-000123」.
    pub number: String,
    /// Course and year.
    pub title: Words,
    /// Day of completion.
    pub completed: Day,
    /// Its page.
    pub href: String,
}

/// The first page of everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MyTraining {
    /// Name at work, for the greeting.
    pub name: String,
    /// The one thing to do next. `None`: nothing is owed or all is done.
    pub next: Option<Next>,
    /// What is owed in the present periods, done ones too.
    pub owed: Vec<Owed>,
    /// Certificates, newest first.
    pub certificates: Vec<CertificateLine>,
    /// Earlier years, newest first (a few; the rest is behind [`crate::paths::HISTORY`]).
    pub earlier: Vec<YearLine>,
}
