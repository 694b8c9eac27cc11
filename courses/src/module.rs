//! A module: what one person walks through in one sitting.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalogue::Incident;
use crate::item::Item;
use crate::prose::Passage;
use crate::scenario::Scenario;
use crate::test::Test;
use crate::text::{Text, sha256_hex};

/// A module of the course, complete: nothing outside it is needed to show it again years later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Module {
    /// Never changes and is never reused.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// Why everybody gets it, in one or two sentences.
    pub summary: Text,
    /// How long it takes, in minutes.
    pub minutes: u16,
    /// A subject that needs a word before it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub care: Option<Care>,
    /// Another module that may be taken instead, without giving a reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub swap: Option<String>,
    /// Families of the final test that are asked again after one week, one month and three months.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recall: Vec<String>,
    /// Ids of its questions that may be tried before anything is read. Whoever answers all of them well need not read its pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diagnosis: Vec<String>,
    /// The one thing to do differently, told at its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub takeaway: Option<Text>,
    /// What is walked through.
    pub content: Content,
    /// The invented people of its posts, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub actors: BTreeMap<String, Actor>,
    /// The SVG drawings its items show, by file name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub drawings: BTreeMap<String, String>,
    /// The real incidents it draws on, by id, without their sources.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub incidents: BTreeMap<String, Incident>,
}

/// A subject that gets a content note first, a way out and help on every page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Care {
    /// Somebody speaks of wanting to die.
    Suicide,
    /// A disaster or a great accident, which somebody may have lived through.
    Disaster,
    /// Violence, harassment or abuse.
    Abuse,
}

/// What a module consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// Steps, one after the other.
    Lesson(Vec<Step>),
    /// Questions drawn from a pool.
    Test(Test),
}

/// One step of a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A page to read.
    Read(Reading),
    /// One question.
    Item(Item),
    /// A story in which each answer decides what happens next.
    Scenario(Scenario),
    /// The look back at a story.
    Debrief {
        /// The id of the scenario.
        scenario: String,
    },
}

/// A page to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The stem of its file.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// Its text.
    pub body: Passage,
}

/// An invented person of the fake networks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// What posts call them by.
    pub id: String,
    /// The name shown.
    pub name: Text,
    /// The account name, such as `@yuki_0412`.
    pub handle: String,
    /// The line of the profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Text>,
    /// What kind of face stands beside the name.
    #[serde(default, skip_serializing_if = "Face::is_person")]
    pub face: Face,
}

/// What kind of face an account has. It is drawn by the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Face {
    /// A person.
    #[default]
    Person,
    /// A hospital.
    Hospital,
    /// A shop or a company.
    Shop,
    /// News.
    News,
    /// An account without a picture.
    Unknown,
    /// Several people.
    Crowd,
}

impl Face {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
    fn is_person(&self) -> bool {
        *self == Self::Person
    }
}

/// Stored content cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the stored content cannot be read: {0}")]
pub struct Unreadable(#[from] serde_json::Error);

impl Module {
    /// The module as one JSON text with a fixed key order. This text is what an attempt pins.
    #[must_use]
    pub fn canonical(&self) -> String {
        canonical(self)
    }

    /// SHA-256 of [`Module::canonical`], in lower-case hex.
    #[must_use]
    pub fn revision(&self) -> String {
        sha256_hex(&self.canonical())
    }

    /// Reads a pinned text back. Fields that this version does not know are passed over.
    ///
    /// # Errors
    /// When the text is not the canonical text of a module.
    pub fn from_canonical(text: &str) -> Result<Self, Unreadable> {
        Ok(serde_json::from_str(text)?)
    }

    /// The scenario of that id.
    #[must_use]
    pub fn scenario(&self, id: &str) -> Option<&Scenario> {
        self.steps().iter().find_map(|step| match step {
            Step::Scenario(scenario) if scenario.id == id => Some(scenario),
            _ => None,
        })
    }

    /// The single question of that id.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.steps().iter().find_map(|step| match step {
            Step::Item(item) if item.id == id => Some(item),
            _ => None,
        })
    }

    /// The steps of a lesson; none for a test.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        match &self.content {
            Content::Lesson(steps) => steps,
            Content::Test(_) => &[],
        }
    }
}

/// Content as JSON. Only structs and ordered maps with text keys occur, so writing cannot fail.
pub(crate) fn canonical<T: Serialize>(value: &T) -> String {
    match serde_json::to_string(value) {
        Ok(text) => text,
        Err(fault) => unreachable!("content has only text keys: {fault}"),
    }
}
