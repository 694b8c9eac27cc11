//! The training office decides who owes what; anybody asks for an exception, and the office decides. One file a page.

pub mod ask;
pub mod attendance;
pub mod audience;
pub mod close;
pub mod decide;
pub mod detail;
pub mod dry_run;
pub mod exceptions;
pub mod form;
pub mod form_fault;
pub mod list;

pub use ask::{AskError, ExceptionAsk, ExceptionKind, ExceptionLine, ExceptionState};
pub use attendance::{AttendanceCheck, AttendanceError, AttendanceForm, Attending, AttendingLine, WayView};
pub use audience::AudienceView;
pub use close::CloseRequirement;
pub use decide::{DecideError, Effect, ExceptionDecide};
pub use detail::RequirementPage;
pub use dry_run::{DryRun, Planned, PlannedPerson};
pub use exceptions::{ExceptionList, ExceptionRowView};
pub use form::{CycleView, RequirementForm, TickBox};
pub use form_fault::FormFault;
pub use list::{DraftLine, RequirementLine, RequirementList};

use crate::ui::Trail;
use crate::ui::trail::Crumb;
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// The pages above those of the requirements.
fn trail(lang: Lang, list: bool) -> AnyView {
    let mut crumbs = vec![Crumb {
        words: say!(lang, "全体の状況", "The whole hospital"),
        href: paths::OFFICE.to_owned(),
    }];
    if list {
        crumbs.push(Crumb {
            words: say!(lang, "研修の対象と期限", "Who owes what"),
            href: paths::REQUIREMENTS.to_owned(),
        });
    }
    view! { <Trail crumbs lang/> }.into_any()
}
