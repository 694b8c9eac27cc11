//! What the hospital says of itself: its name, whom to ask, help lines. Never in the content, always in the settings.

use std::collections::BTreeMap;

use kokoroe_app::Lang;

use super::store::setting;
use crate::db::{Conn, DbError, Tx};

/// A help line that is offered beside hard content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpLine {
    /// Its name in Japanese.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// The number.
    pub number: String,
    /// When it answers, in Japanese.
    pub hours: String,
    /// When it answers, in English.
    pub hours_en: String,
}

/// The hospital's own words, read once at start.
#[derive(Clone, Debug, Default)]
pub struct Hospital(BTreeMap<String, String>);

impl Hospital {
    /// Reads the settings.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(conn: &mut Conn) -> Result<Self, DbError> {
        Ok(Self(setting::all(conn).await?.into_iter().collect()))
    }

    fn get(&self, name: &str, lang: Lang) -> &str {
        let english = match lang {
            Lang::En => self.0.get(&format!("{name}.en")),
            Lang::Ja => None,
        };
        english.or_else(|| self.0.get(name)).map_or("", String::as_str)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        match (self.get("hospital.name", lang), lang) {
            ("", Lang::Ja) => "病院名は未設定です",
            ("", Lang::En) => "Hospital name not set",
            (name, _) => name,
        }
    }

    /// Its names in every language, as far as they are set.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        ["hospital.name", "hospital.name.en"]
            .into_iter()
            .filter_map(|name| self.0.get(name))
            .map(String::as_str)
    }

    /// Who issues its certificates, such as 「院長 …」.
    #[must_use]
    pub fn issuer(&self, lang: Lang) -> &str {
        self.get("hospital.issuer", lang)
    }

    /// Whom to ask about the training: 「教育研修室 内線 1234」.
    #[must_use]
    pub fn help(&self, lang: Lang) -> &str {
        match (self.get("hospital.help", lang), lang) {
            ("", Lang::Ja) => "教育研修の担当",
            ("", Lang::En) => "the training office",
            (help, _) => help,
        }
    }

    /// The number of a contact role of the catalogue; `None` while nobody has set it.
    #[must_use]
    pub fn contact(&self, role: &str) -> Option<&str> {
        self.0.get(&format!("contact.{role}")).map(String::as_str)
    }

    /// The help lines, the staff's own first. One setting each: name|name in English|number|hours|hours in English.
    #[must_use]
    pub fn help_lines(&self) -> Vec<HelpLine> {
        self.0
            .iter()
            .filter(|(name, _)| name.starts_with("helpline."))
            .filter_map(|(_, value)| {
                let mut parts = value.split('|').map(|part| part.trim().to_owned());
                Some(HelpLine {
                    name: parts.next()?,
                    name_en: parts.next()?,
                    number: parts.next()?,
                    hours: parts.next().unwrap_or_default(),
                    hours_en: parts.next().unwrap_or_default(),
                })
            })
            .collect()
    }
}

/// Sets one of the hospital's words; running servers learn it at their next start.
///
/// # Errors
/// When the database fails.
pub async fn set(tx: &mut Tx, name: &str, value: &str) -> Result<(), DbError> {
    setting::set(tx, name, value).await
}
