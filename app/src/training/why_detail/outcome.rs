//! What came of something that could be picked.

use crate::training::asked::PickKind;
use crate::ui::Shape;
use crate::{Lang, say};

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It applies and was picked.
    Found,
    /// It applies and was not picked.
    Missed,
    /// It does not apply and was not picked.
    Harmless,
    /// It does not apply and was picked.
    Extra,
}

impl Outcome {
    /// Of whether it applies, and whether it was picked.
    pub(super) const fn of(hit: bool, picked: bool) -> Self {
        match (hit, picked) {
            (true, true) => Self::Found,
            (true, false) => Self::Missed,
            (false, false) => Self::Harmless,
            (false, true) => Self::Extra,
        }
    }

    /// The name in attributes.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Missed => "missed",
            Self::Harmless => "harmless",
            Self::Extra => "extra",
        }
    }

    /// Its shape.
    pub(super) const fn shape(self) -> Shape {
        match self {
            Self::Found => Shape::Tick,
            Self::Missed => Shape::Triangle,
            Self::Harmless => Shape::Dash,
            Self::Extra => Shape::Ring,
        }
    }

    /// Its word. `None` for places in a drawing.
    pub(super) fn word(self, kind: Option<PickKind>, lang: Lang) -> String {
        match (self, kind) {
            (Self::Found, Some(PickKind::Audience)) => say!(lang, "目にすることがあります", "Can see it"),
            (Self::Missed, Some(PickKind::Audience)) => say!(lang, "見落としやすい相手", "Easily forgotten"),
            (Self::Harmless, Some(PickKind::Audience)) => say!(lang, "目にしません", "Cannot see it"),
            (Self::Extra, Some(PickKind::Audience)) => {
                say!(lang, "選びましたが、目にしません", "Picked, but cannot see it")
            }
            (Self::Found, Some(PickKind::Phrases | PickKind::Clues)) => {
                say!(lang, "手がかりになります", "Gives it away")
            }
            (Self::Missed, Some(PickKind::Phrases | PickKind::Clues)) => {
                say!(lang, "見落としやすい手がかり", "Easily missed")
            }
            (Self::Harmless, Some(PickKind::Phrases | PickKind::Clues)) => {
                say!(lang, "手がかりになりません", "Gives nothing away")
            }
            (Self::Extra, Some(PickKind::Phrases | PickKind::Clues)) => {
                say!(lang, "選びましたが、手がかりになりません", "Picked, but gives nothing away")
            }
            (Self::Found, _) => say!(lang, "見つけました", "Found"),
            (Self::Missed, _) => say!(lang, "見落としやすい所", "Easily missed"),
            (Self::Harmless, _) => say!(lang, "問題ありません", "Harmless"),
            (Self::Extra, _) => say!(lang, "選びましたが、問題ありません", "Picked, but harmless"),
        }
    }
}
