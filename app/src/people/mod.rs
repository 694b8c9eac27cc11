//! The training office looks after people: who there is, where they belong, and the list that brings them up to date.

pub mod codes;
pub mod column;
pub mod department_record;
pub mod departments;
pub mod erasure;
mod erasure_effects;
pub mod fault;
pub mod import_form;
pub mod import_plan;
pub mod list;
pub mod person_forms;
pub mod person_record;
pub mod plan_confirm;
pub mod plan_rows;
pub mod renew_code;
pub mod reorganise;
pub mod reorganise_fault;
pub mod reorganise_preview;
pub mod retention;

pub use codes::{CodeCard, CodeSheet, CodeUntil};
pub use column::StaffColumn;
pub use department_record::{DepartmentRecord, Managing, Standing};
pub use departments::{DepartmentNode, DepartmentTree};
pub use erasure::{ErasureBasis, ErasureError, ErasurePage, ErasureState, KeptUntil};
pub use fault::{FileFault, RowFault};
pub use import_form::{ImportForm, ImportLine};
pub use import_plan::{PlanNotice, PlanPage, PlanState, PlanTab};
pub use list::{Belonging, PeopleList, PeopleState, PersonRow, SignInSwitch};
pub use person_forms::{RecordFault, RecordForm, Typed};
pub use person_record::{HeldLine, LeaveLine, PersonRecord, PostingKind, PostingLine, RoleLine};
pub use plan_confirm::{ConfirmError, ManyLeave};
pub use plan_rows::{
    AddedRow, BadLine, ChangedRow, DepartmentRow, DepartmentRowChange, KeptRow, LeavingRow, MovedRow,
    PlanRows,
};
pub use renew_code::{RenewCode, RenewCodeError, RenewCodeState};
pub use reorganise::{Chosen, Reorganisation, ReorganiseForm};
pub use reorganise_fault::{ReorganiseFault, ReorganiseField};
pub use reorganise_preview::{Concerned, Effects, ReorganisePreview};
pub use retention::{ErasedLine, OverLine, RetentionPage, WaitingLine};

use crate::ui::{Crumb, Trail};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// Which part of a long list is on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The first line, from 1.
    pub first: u32,
    /// The last line.
    pub last: u32,
    /// Lines in all.
    pub of: u32,
    /// Address of the page before.
    pub before: Option<String>,
    /// Address of the page after.
    pub after: Option<String>,
}

/// So many people.
fn people_words(count: u32, lang: Lang) -> String {
    match count {
        1 => say!(lang, "1人", "1 person"),
        _ => say!(lang, "{count}人", "{count} people"),
    }
}

/// The way up to the first page of the training office, and to the list of people where that lies between.
#[component]
fn OfficeTrail(
    /// Language of the page.
    lang: Lang,
    /// Address of the list of people, on pages below it.
    #[prop(optional_no_strip)]
    people: Option<String>,
) -> impl IntoView {
    let office =
        Crumb { words: say!(lang, "研修の管理", "Training office"), href: paths::OFFICE.to_owned() };
    let people = people.map(|href| Crumb { words: say!(lang, "職員", "People"), href });
    let crumbs = std::iter::once(office).chain(people).collect();
    view! { <Trail crumbs lang/> }
}
