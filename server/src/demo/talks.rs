//! Who has spoken to whom.

use kokoroe_app::reminders::Way;

use super::people::{MIDDLE, OVERDUE, WARD_HEAD};

/// Somebody spoke to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Talk {
    /// Who.
    pub by: u32,
    /// To whom.
    pub to: u32,
    /// So many days ago.
    pub ago: i64,
    /// How.
    pub way: Way,
    /// What came of it.
    pub words: &'static str,
    /// They will speak again so many days later.
    pub again: Option<i64>,
}

/// All of them. One next talk is still to come, the other is past.
pub(super) const TALKS: [Talk; 3] = [
    Talk {
        by: WARD_HEAD,
        to: MIDDLE,
        ago: 12,
        way: Way::Meeting,
        words: "夜勤明けに続きをやるとのこと。",
        again: Some(7),
    },
    Talk {
        by: WARD_HEAD,
        to: OVERDUE,
        ago: 9,
        way: Way::InPerson,
        words: "病棟のPCが空かないとのこと。日勤の午後に30分とることにした。",
        again: Some(5),
    },
    Talk {
        by: WARD_HEAD,
        to: OVERDUE,
        ago: 3,
        way: Way::Phone,
        words: "半分まで進んだ。来週の日勤で終える。",
        again: Some(7),
    },
];
