//! Exceptions that people asked for in this year's course, and what the training office said; and a training that it is still writing.

use crate::requirements::exception::Kind;

use super::people::{MIDDLE, OFFICE, TO_SIGN, WARD_HEAD};

/// Somebody asked for an exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wish {
    /// Who asked.
    pub by: u32,
    /// For whom.
    pub of: u32,
    /// So many days ago.
    pub ago: i64,
    /// What.
    pub kind: Kind,
    /// Why.
    pub words: &'static str,
    /// The last day, so many days from today, where the kind has one.
    pub until: Option<i64>,
    /// What was decided on the next day.
    pub decided: Option<Decided>,
}

/// What the training office decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decided {
    /// Who.
    pub by: u32,
    /// Granted, or refused.
    pub granted: bool,
    /// Why.
    pub reply: &'static str,
}

/// All of them: one refused, one granted, two that wait.
pub(super) const WISHES: [Wish; 4] = [
    Wish {
        by: TO_SIGN,
        of: TO_SIGN,
        ago: 40,
        kind: Kind::Exempt,
        words: "去年も同じ研修を受けました。",
        until: Some(120),
        decided: Some(Decided {
            by: OFFICE[0],
            granted: false,
            reply: "毎年の研修です。今年は新しい事例が入ったため、あらためて受けてください。",
        }),
    },
    Wish {
        by: 100_308,
        of: 100_308,
        ago: 15,
        kind: Kind::Extend,
        words: "新人の指導が続いていて、研修の時間がとれません。",
        until: Some(41),
        decided: Some(Decided {
            by: OFFICE[1], granted: true, reply: "指導の期間が終わるまで延ばします。"
        }),
    },
    Wish {
        by: WARD_HEAD,
        of: 100_309,
        ago: 4,
        kind: Kind::Exempt,
        words: "年度末まで大学院の実習に出ていて、病棟では働いていません。",
        until: Some(100),
        decided: None,
    },
    Wish {
        by: MIDDLE,
        of: MIDDLE,
        ago: 2,
        kind: Kind::Assist,
        words: "画面を長く見ると頭が痛くなります。紙の資料で受けたいです。",
        until: None,
        decided: None,
    },
];

/// So many days ago the training office began to write the training below.
pub(super) const DRAFT_AGO: i64 = 3;
/// A training that is still being written: its title and reason, in both languages.
pub(super) const DRAFT: [&str; 4] = [
    "夜間の連絡当番になる人の研修",
    "Training for those on call at night",
    "SNS利用規程により、夜間の連絡当番に就く前に受けます。",
    "Under the social media policy, before somebody goes on call at night.",
];
/// Its modules.
pub(super) const DRAFT_MODULES: [&str; 2] = ["m3-night", "m13-receive"];
