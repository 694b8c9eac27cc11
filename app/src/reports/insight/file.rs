//! The words inside the files of these pages.

use crate::{Lang, say};

/// The headings of the list of questions.
pub fn columns(lang: Lang) -> [String; 17] {
    [
        say!(lang, "教材", "Module"),
        say!(lang, "問いのID", "Question ID"),
        say!(lang, "問い", "Question"),
        say!(lang, "種別", "Kind"),
        say!(lang, "条", "Clauses"),
        say!(lang, "文面", "Wording"),
        say!(lang, "人数", "People"),
        say!(lang, "初回正答率", "First-try rate"),
        say!(lang, "最もよい", "Best choice"),
        say!(lang, "よい", "Good"),
        say!(lang, "注意が必要", "Needs care"),
        say!(lang, "避けるべき", "Best avoided"),
        say!(lang, "識別力", "Discrimination"),
        say!(lang, "最も多い誤り", "Most common mistake"),
        say!(lang, "その人数", "People who made it"),
        say!(lang, "目印", "Flags"),
        say!(lang, "備考", "Remarks"),
    ]
}

/// The name of the sheet with the questions.
pub fn questions_sheet(lang: Lang) -> String {
    say!(lang, "教材のふりかえり", "What the answers show")
}

/// The beginning of the name of its file.
pub fn questions_file(lang: Lang) -> String {
    say!(lang, "教材のふりかえり", "what-the-answers-show")
}

/// The name of the sheet with clauses and departments.
pub fn clauses_sheet(lang: Lang) -> String {
    say!(lang, "誤解の多い条", "Clauses misunderstood")
}

/// The beginning of the name of its file.
pub fn clauses_file(lang: Lang) -> String {
    say!(lang, "誤解の多い条", "clauses-misunderstood")
}

/// The heading of a department.
pub fn department(lang: Lang) -> String {
    say!(lang, "部署", "Department")
}

/// The row of everybody.
pub fn whole(lang: Lang) -> String {
    say!(lang, "病院全体", "The whole hospital")
}

/// The row of those without a department.
pub fn nowhere(lang: Lang) -> String {
    say!(lang, "所属なし", "No department")
}

/// The heading of a clause.
pub fn clause(number: &str, lang: Lang) -> String {
    say!(lang, "第{number}条", "Article {number}")
}

/// A wording that is no longer the present one.
pub fn older(lang: Lang) -> String {
    say!(lang, "以前の文面", "earlier wording")
}

/// In place of what is not told.
pub fn small(lang: Lang) -> String {
    say!(lang, "10人未満のため非表示", "not shown: fewer than 10 people")
}

/// What the list was narrowed to, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Narrowed {
    /// To a module.
    Module,
    /// To a clause.
    Clause,
    /// To a flag.
    Flag,
}

impl Narrowed {
    /// In words.
    pub fn words(self, lang: Lang) -> String {
        match self {
            Self::Module => say!(lang, "教材", "Module"),
            Self::Clause => say!(lang, "条", "Clause"),
            Self::Flag => say!(lang, "目印", "Flag"),
        }
    }
}
