//! Tracks: nobody is asked every module of a course; each person gets the list that is meant for their work.

use serde::{Deserialize, Serialize};

use crate::catalogue::Course;
use crate::text::Text;

/// A list of modules, and whom it is for. Somebody gets the first track of the course that fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Track {
    /// Never changes: the periods of many years name it.
    pub id: String,
    /// What it is called: the people it is for.
    pub title: Text,
    /// Whom it is for.
    #[serde(rename = "for")]
    pub members: Members,
    /// Ids of its modules in order; the test comes last.
    pub modules: Vec<String>,
}

/// Whom a track is for: whoever at least one of these fits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Members {
    /// Everybody for whom there is no other track. Exactly one track has it, the last.
    #[serde(default, skip_serializing_if = "is_false")]
    pub everybody: bool,
    /// Whoever is appointed manager of a department.
    #[serde(default, skip_serializing_if = "is_false")]
    pub manager: bool,
    /// Whoever has joined lately.
    #[serde(default, skip_serializing_if = "is_false")]
    pub new: bool,
    /// Professions, in the words of the staff list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub professions: Vec<String>,
    /// Departments, by name or code of the staff list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub departments: Vec<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

impl Members {
    /// Whether it is for nobody at all.
    #[must_use]
    pub const fn is_nobody(&self) -> bool {
        !self.everybody
            && !self.manager
            && !self.new
            && self.professions.is_empty()
            && self.departments.is_empty()
    }
}

impl Track {
    /// The id of the one track of a course that names none: everybody gets all of it.
    pub const EVERYBODY: &'static str = "all";

    /// The one track of a course that names none.
    pub(crate) fn of_everybody(modules: &[String]) -> Self {
        Self {
            id: Self::EVERYBODY.to_owned(),
            title: Text { ja: "全職員".to_owned(), en: Some("All staff".to_owned()), easy: None },
            members: Members { everybody: true, ..Members::default() },
            modules: modules.to_vec(),
        }
    }
}

impl Course {
    /// The track of that id.
    #[must_use]
    pub fn track(&self, id: &str) -> Option<&Track> {
        self.tracks.iter().find(|track| track.id == id)
    }

    /// The modules of whoever no other track is for.
    #[must_use]
    pub fn modules_of_everybody(&self) -> &[String] {
        self.tracks.iter().find(|track| track.members.everybody).map_or(&self.modules, |track| &track.modules)
    }
}
