//! Why a change of departments cannot be made, and where on the form that stands.

use crate::{Lang, say};

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReorganiseField {
    /// `on`.
    On,
    /// `code`.
    Code,
    /// `name`.
    Name,
    /// `parent`.
    Parent,
    /// `into`.
    Into,
    /// `others`.
    Others,
    /// `people`.
    People,
    /// None of them.
    Whole,
}

impl ReorganiseField {
    pub(super) const fn id(self) -> Option<&'static str> {
        Some(match self {
            Self::On => "on",
            Self::Code => "code",
            Self::Name => "name",
            Self::Parent => "parent",
            Self::Into => "into",
            Self::Others => "others",
            Self::People => "people-1",
            Self::Whole => return None,
        })
    }
}

/// Why a change cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReorganiseFault {
    /// The day is missing or not a day.
    NoDay,
    /// The day lies too far back or ahead.
    DayOutside,
    /// The code is missing.
    NoCode,
    /// The code has signs that no code has.
    BadCode,
    /// Another department has the code.
    CodeTaken,
    /// No department has this code.
    NoSuchCode(String),
    /// The name is missing.
    NoName,
    /// The name is too long or has signs that cannot be shown.
    BadName,
    /// Nothing would change.
    Same,
    /// A department would lie below itself.
    Ring,
    /// No department is chosen.
    NoDepartment,
    /// A department is closed by that day, or not yet open.
    NotOpen(String),
    /// It is closed already.
    Closed,
    /// So many people still work there.
    PeopleThere(u32),
    /// So many departments still lie below.
    BelowThere(u32),
    /// The department it would become part of lies below it.
    TargetBelow,
    /// Nobody is chosen.
    Nobody,
}

impl ReorganiseFault {
    pub(super) fn words(&self, lang: Lang) -> String {
        match self {
            Self::NoDay => {
                say!(lang, "いつからか、日付を入れてください", "Enter the day from which it holds")
            }
            Self::DayOutside => say!(
                lang,
                "日付は、1か月前から1年先までの間で入れてください",
                "Choose a day between one month ago and a year ahead"
            ),
            Self::NoCode => say!(lang, "コードを入れてください", "Enter a code"),
            Self::BadCode => say!(
                lang,
                "コードは英数字と「.」「_」「-」で、32文字までにしてください",
                "A code has letters, digits, '.', '_' and '-', at most 32"
            ),
            Self::CodeTaken => {
                say!(lang, "このコードの部署はもうあります", "A department has this code already")
            }
            Self::NoSuchCode(code) => {
                say!(lang, "コード {code} の部署はありません", "There is no department with the code {code}")
            }
            Self::NoName => say!(lang, "名前を入れてください", "Enter a name"),
            Self::BadName => {
                say!(lang, "名前は100文字までにしてください", "A name has at most 100 characters")
            }
            Self::Same => say!(lang, "今と同じです。変わるところがありません", "Nothing would change"),
            Self::Ring => say!(
                lang,
                "この部署の下にある部署は、上位の部署にできません",
                "A department cannot lie below one that lies below it"
            ),
            Self::NoDepartment => say!(lang, "部署を選んでください", "Choose a department"),
            Self::NotOpen(name) => {
                say!(lang, "{name}は、その日に開いていません", "{name} is not open on that day")
            }
            Self::Closed => {
                say!(lang, "この部署はもう廃止が決まっています", "This department is closed already")
            }
            Self::PeopleThere(people) => say!(
                lang,
                "その日にまだ{people}人が所属しています。先に異動させるか、統合してください",
                "Still posted there on that day: {people}. Move them first, or merge the department"
            ),
            Self::BelowThere(departments) => say!(
                lang,
                "その日にまだ{departments}の部署が下にあります。先に移すか、統合してください",
                "Still below it on that day: {departments}. Move them first, or merge the department"
            ),
            Self::TargetBelow => say!(
                lang,
                "統合先が、統合する部署の下にあります。先に統合先の上位の部署を変えてください",
                "The other department lies below this one. Move it first"
            ),
            Self::Nobody => say!(lang, "移る人を選んでください", "Choose who moves"),
        }
    }
}
