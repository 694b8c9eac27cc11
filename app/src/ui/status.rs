//! Where a period stands: a word and a shape, the colour last.

use crate::lang::Lang;
use crate::say;
use crate::ui::icon::{Icon, Shape};
use leptos::prelude::*;

/// The eleven states of a period, derived by the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Owed, nothing opened yet.
    NotStarted,
    /// At least one answer is saved.
    InProgress,
    /// Every step is done, the signature is missing.
    ToSign,
    /// Done and signed by the due date.
    Completed,
    /// Done after the due date.
    CompletedLate,
    /// The due date is over and it is not done.
    Overdue,
    /// A required point is still open.
    Retry,
    /// Valid now, ends soon.
    Renew,
    /// Validity is over and there is no new completion.
    Expired,
    /// Released, with a reason, an approver and an end.
    Exempt,
    /// Not in scope: on leave, has left, is seconded.
    Out,
}

impl Status {
    /// All states in the order in which lists and tabs show them.
    pub const ALL: [Self; 11] = [
        Self::Overdue,
        Self::Expired,
        Self::Retry,
        Self::ToSign,
        Self::InProgress,
        Self::NotStarted,
        Self::Renew,
        Self::Completed,
        Self::CompletedLate,
        Self::Exempt,
        Self::Out,
    ];

    /// Whether nothing is left to do: done, or not owed.
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Completed | Self::CompletedLate | Self::Renew | Self::Exempt | Self::Out)
    }

    /// The name in addresses, files and class names.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::InProgress => "in_progress",
            Self::ToSign => "to_sign",
            Self::Completed => "completed",
            Self::CompletedLate => "completed_late",
            Self::Overdue => "overdue",
            Self::Retry => "retry",
            Self::Renew => "renew",
            Self::Expired => "expired",
            Self::Exempt => "exempt",
            Self::Out => "out",
        }
    }

    /// The word on screen and on paper.
    pub fn word(self, lang: Lang) -> String {
        match self {
            Self::NotStarted => say!(lang, "未着手", "Not started"),
            Self::InProgress => say!(lang, "受講中", "In progress"),
            Self::ToSign => say!(lang, "署名待ち", "Waiting for signature"),
            Self::Completed => say!(lang, "修了", "Completed"),
            Self::CompletedLate => say!(lang, "期限後修了", "Completed late"),
            Self::Overdue => say!(lang, "期限超過", "Overdue"),
            Self::Retry => say!(lang, "再受講", "Needs another try"),
            Self::Renew => say!(lang, "更新時期", "Due for renewal"),
            Self::Expired => say!(lang, "有効期限切れ", "Expired"),
            Self::Exempt => say!(lang, "免除", "Exempt"),
            Self::Out => say!(lang, "対象外", "Not in scope"),
        }
    }
}

impl Status {
    const fn shape(self) -> Shape {
        match self {
            Self::NotStarted => Shape::Ring,
            Self::InProgress => Shape::Half,
            Self::ToSign => Shape::Pencil,
            Self::Completed => Shape::Tick,
            Self::CompletedLate => Shape::TickLate,
            Self::Overdue => Shape::Alarm,
            Self::Retry => Shape::Again,
            Self::Renew => Shape::Clock,
            Self::Expired => Shape::Glass,
            Self::Exempt => Shape::Dash,
            Self::Out => Shape::Slash,
        }
    }
}

/// The state as a small tag.
#[component]
pub fn StatusTag(
    /// The state.
    status: Status,
    /// Language of the page.
    lang: Lang,
) -> AnyView {
    view! {
        <span class="status" data-status=status.code()>
            <Icon shape=status.shape()/>
            <span>{status.word(lang)}</span>
        </span>
    }
    .into_any()
}
