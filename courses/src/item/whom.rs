//! Whom to tell, and where it is written.

use serde::{Deserialize, Serialize};

use super::{Grade, Group};
use crate::scenario::StoryTime;
use crate::text::Text;

/// Choosing a contact of the hospital and a way to reach them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whom {
    /// The time of day: it decides who is there.
    pub at: StoryTime,
    /// The whole contact book, by role.
    pub book: Vec<Group>,
    /// Contacts with a reason of their own.
    pub options: Vec<WhomOption>,
    /// Why any other contact is not the right one. They count as risky.
    pub otherwise: Text,
    /// The ways to reach them.
    pub ways: Vec<Way>,
}

/// A contact with a reason of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhomOption {
    /// The id of the contact.
    pub id: String,
    /// How good it is to turn to them.
    pub grade: Grade,
    /// Why.
    pub why: Text,
    /// The clause that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cite: Option<String>,
}

/// A way to reach somebody, and how good it is here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// Which way.
    pub by: Channel,
    /// How good it is here.
    pub grade: Grade,
    /// Why.
    pub why: Text,
    /// The clause that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cite: Option<String>,
}

/// A way to reach somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// 電話.
    Phone,
    /// 会って話す.
    InPerson,
    /// 仕事の連絡の道具.
    Chat,
    /// メール.
    Mail,
    /// 公開の場に書く.
    Public,
}

impl Channel {
    /// Every way, with its word in files and answers.
    pub const ALL: &[(&str, Self)] = &[
        ("phone", Self::Phone),
        ("in-person", Self::InPerson),
        ("chat", Self::Chat),
        ("mail", Self::Mail),
        ("public", Self::Public),
    ];

    /// Its word in files and answers.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(_, way)| *way == self).map_or("", |(code, _)| code)
    }
}

impl Whom {
    /// How good it is to turn to this contact; none if the book does not have it.
    #[must_use]
    pub fn contact_grade(&self, contact: &str) -> Option<Grade> {
        let known = self.book.iter().any(|entry| entry.id == contact);
        let named = self.options.iter().find(|option| option.id == contact);
        known.then(|| named.map_or(Grade::Risky, |option| option.grade))
    }

    /// How good this way is here; none if it is not offered.
    #[must_use]
    pub fn way_grade(&self, way: &str) -> Option<Grade> {
        self.ways.iter().find(|offered| offered.by.code() == way).map(|offered| offered.grade)
    }
}

/// Finding the clause, with the policy open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lookup {
    /// The clauses of the policy as they were.
    pub clauses: Vec<Group>,
    /// The clause that says so.
    pub best: String,
    /// Neighbours that say so too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ok: Vec<String>,
    /// Why it is this one.
    pub why: Text,
}

impl Lookup {
    /// How good a clause is as an answer; none if the policy does not have it.
    #[must_use]
    pub fn grade(&self, clause: &str) -> Option<Grade> {
        let known = self.clauses.iter().any(|known| known.id == clause);
        known.then(|| match () {
            () if self.best == clause => Grade::Best,
            () if self.ok.iter().any(|neighbour| neighbour == clause) => Grade::Ok,
            () => Grade::Risky,
        })
    }
}
