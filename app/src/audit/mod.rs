//! What auditors see: everything, and nothing that could change it. Each record stands beside the number of the leaf that proves it.

pub mod checked;
pub mod content;
pub mod content_list;
pub mod leaf;
pub mod log;
pub mod person;
pub mod person_year;
pub mod policies;
pub mod readings;
pub mod roster;
pub mod signed;
pub mod swap;
pub mod top;
pub mod witness;

pub use checked::{CheckLine, CheckPage, CheckState};
pub use content::{ContentChoice, ContentPage, ContentPart, PartKind};
pub use content_list::{ContentKind, ContentLine, ContentList};
pub use leaf::{LeafRef, Proof};
pub use log::{LeafLine, LogPage};
pub use person::{AuditPerson, LeaveLine, PersonPack, PostingLine};
pub use person_year::{
    AnswerLine, AnswerPiece, AttemptLine, CompletionLine, ExemptionLine, PersonYear, SignatureLine,
};
pub use policies::{AuditPolicies, AuditReview, AuditVersion};
pub use readings::{AuditReadings, Opened, ReadingLine, ReadingOf};
pub use roster::{AuditRoster, RosterLine, Sample};
pub use signed::{KeyChange, LogLine, StampLine, Stamping};
pub use swap::SwapLine;
pub use top::{AuditTop, LostLog};
pub use witness::{WitnessDiffers, WitnessLine, WitnessWaits, Witnessing};

use crate::ui::{Crumb, Trail};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// A choice of a list box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Value in the address.
    pub value: String,
    /// Words.
    pub words: String,
    /// Chosen.
    pub chosen: bool,
}

/// Which log of which fiscal year. Where records were lost, a year has more than one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogYear {
    /// The fiscal year.
    pub year: i64,
    /// 1 for the first.
    pub number: u32,
}

impl LogYear {
    /// 「2026年度」, 「2026年度 その2」.
    pub fn words(self, lang: Lang) -> String {
        let Self { year, number } = self;
        match number {
            1 => say!(lang, "{year}年度", "FY{year}"),
            _ => say!(lang, "{year}年度 その{number}", "FY{year}, log {number}"),
        }
    }
}

fn options(choices: Vec<Choice>) -> Vec<crate::ui::SelectOption> {
    choices
        .into_iter()
        .map(|Choice { value, words, chosen }| crate::ui::SelectOption { value, words, chosen })
        .collect()
}

/// The way up to the auditor's first page, and to a list where one lies between.
fn trail(lang: Lang, between: Option<Crumb>) -> AnyView {
    let top = Crumb { words: say!(lang, "監査", "Audit"), href: paths::AUDIT.to_owned() };
    let crumbs = std::iter::once(top).chain(between).collect();
    view! { <Trail crumbs lang/> }.into_any()
}

/// 12,345: a number without its thousands mark is hard to read.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
