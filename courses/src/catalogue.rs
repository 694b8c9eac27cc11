//! Everything that is taught, together.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::module::Module;
use crate::policy::Policy;
use crate::text::Text;
use crate::track::Track;

/// The content of a hospital: one course, its modules, its policy and what they lean on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalogue {
    /// The course of the year.
    pub course: Course,
    /// Its modules, in the order of the year.
    pub modules: Vec<Module>,
    /// The policy that is signed at the end.
    pub policy: Policy,
    /// The real incidents, with their sources for reviewers.
    pub incidents: Vec<Incident>,
    /// Whom to ask, by role; the numbers come from the settings of the hospital.
    pub contacts: Vec<Contact>,
    /// Readings of words.
    pub glossary: Glossary,
}

/// The course of a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    /// Never changes.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
    /// Ids of all its modules, in order. Nobody is asked all of them: who is asked which, the tracks say.
    pub modules: Vec<String>,
    /// Which modules make up the year for whom. The first that fits is somebody's; the last is for everybody else.
    #[serde(default)]
    pub tracks: Vec<Track>,
    /// The id of its policy.
    pub policy: String,
}

/// Something that really happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// Never changes and is never reused.
    pub id: String,
    /// The year; none if its source gives no date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// The kind of place and the region, never a name.
    pub place: Text,
    /// What happened.
    pub what: Text,
    /// What followed.
    pub followed: Text,
    /// How sure we are of it.
    pub kind: IncidentKind,
    /// Where it is documented. For reviewers only: it never reaches a screen and is not pinned with a module.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

/// How an incident is to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncidentKind {
    /// Confirmed by an official or first-hand source.
    Verified,
    /// Told by the press or by others.
    Reported,
    /// Disputed, or its outcome was reversed.
    Contested,
    /// It went well.
    Positive,
}

/// Whom to ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// What settings give a number to.
    pub id: String,
    /// The role.
    pub name: Text,
    /// When to turn to them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// Readings of words, for furigana.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glossary {
    /// Word and reading.
    pub readings: BTreeMap<String, String>,
}

/// A piece of a text, with its reading when it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    /// The piece.
    pub base: &'t str,
    /// How it is read.
    pub reading: Option<&'t str>,
}

impl Glossary {
    /// Cuts a text into pieces with and without readings. The longest word of the glossary wins.
    #[must_use]
    pub fn words<'t>(&'t self, text: &'t str) -> Vec<Word<'t>> {
        let mut words = Vec::new();
        let (mut plain, mut at) = (0, 0);
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            if let Some((base, reading)) = self.longest_at(rest) {
                if let Some(before) = text.get(plain..at).filter(|before| !before.is_empty()) {
                    words.push(Word { base: before, reading: None });
                }
                words.push(Word { base, reading: Some(reading) });
                at += base.len();
                plain = at;
            } else {
                at += rest.chars().next().map_or(1, char::len_utf8);
            }
        }
        if let Some(rest) = text.get(plain..).filter(|rest| !rest.is_empty()) {
            words.push(Word { base: rest, reading: None });
        }
        words
    }

    /// The longest word of the glossary that `rest` starts with.
    fn longest_at<'t>(&'t self, rest: &str) -> Option<(&'t str, &'t str)> {
        let first = rest.chars().next()?;
        // A word sorts right behind its own beginnings, so all candidates stand together.
        self.readings
            .range(first.to_string()..)
            .take_while(|(word, _)| word.starts_with(first))
            .filter(|(word, _)| rest.starts_with(word.as_str()))
            .max_by_key(|(word, _)| word.len())
            .map(|(word, reading)| (word.as_str(), reading.as_str()))
    }
}

impl Catalogue {
    /// The module of that id.
    #[must_use]
    pub fn module(&self, id: &str) -> Option<&Module> {
        self.modules.iter().find(|module| module.id == id)
    }

    /// The incident of that id.
    #[must_use]
    pub fn incident(&self, id: &str) -> Option<&Incident> {
        self.incidents.iter().find(|incident| incident.id == id)
    }

    /// The contact of that id.
    #[must_use]
    pub fn contact(&self, id: &str) -> Option<&Contact> {
        self.contacts.iter().find(|contact| contact.id == id)
    }
}
