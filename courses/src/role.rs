//! The kinds of work that have examples of their own.

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// A kind of work in a hospital.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 看護.
    Nurse,
    /// 医師.
    Doctor,
    /// 介護.
    Care,
    /// 事務.
    Clerk,
    /// リハビリテーション.
    Therapist,
    /// 検査・放射線・薬剤など.
    Technician,
    /// 所属長.
    Manager,
    /// 広報.
    PublicRelations,
}

impl Role {
    /// Every role, with its word in files and records.
    pub const ALL: &[(&str, Self)] = &[
        ("nurse", Self::Nurse),
        ("doctor", Self::Doctor),
        ("care", Self::Care),
        ("clerk", Self::Clerk),
        ("therapist", Self::Therapist),
        ("technician", Self::Technician),
        ("manager", Self::Manager),
        ("public-relations", Self::PublicRelations),
    ];

    /// Its word in files and records.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(_, role)| *role == self).map_or("", |(code, _)| code)
    }

    /// The role of that word.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == code).map(|(_, role)| *role)
    }
}

/// A setting told in words of somebody's own work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// Whose work.
    pub roles: Vec<Role>,
    /// The words.
    pub text: Text,
}

impl Example {
    /// The words for this role, if there are any.
    pub(crate) fn of(examples: &[Self], role: Option<Role>) -> Option<&Text> {
        let role = role?;
        examples.iter().find(|example| example.roles.contains(&role)).map(|example| &example.text)
    }
}
