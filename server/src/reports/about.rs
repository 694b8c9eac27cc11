//! What a report is about: the training, as of when, and of whom.

use kokoroe_app::reports::Choice;
use kokoroe_app::reports::export::Label;
use kokoroe_app::{Lang, say};

use super::asked::{Asked, When, chosen};
use super::store::Question;
use crate::db::Conn;
use crate::http::Problem;
use crate::people::name;
use crate::requirements::store::{Requirement, requirements};
use crate::state::Site;

/// What a report is about, as it was asked for.
pub(super) struct About {
    pub(super) when: When,
    pub(super) all: Vec<Requirement>,
    pub(super) requirement: Option<Requirement>,
}

impl About {
    /// Finds it.
    ///
    /// # Errors
    /// Not found when there is no such requirement.
    pub(super) async fn read(site: &Site, conn: &mut Conn, asked: &Asked) -> Result<Self, Problem> {
        let when = When::of(&asked.at, site.now(), site.calendar());
        let all = requirements(conn).await?;
        let requirement = chosen(&all, asked.requirement.as_ref(), when.instant.at)?;
        Ok(Self { when, all, requirement })
    }

    /// The same course, a year earlier.
    pub(super) fn year_before(&self, requirement: &Requirement) -> Option<&Requirement> {
        self.all
            .iter()
            .find(|each| each.course == requirement.course && each.fiscal_year == requirement.fiscal_year - 1)
    }

    /// What the paper says of its conditions, where only a training and a profession can be asked for.
    pub(super) fn words(&self, asked: &Asked, lang: Lang) -> Vec<(String, String)> {
        let training = self
            .requirement
            .as_ref()
            .map(|requirement| (Label::Requirement.words(lang), requirement.title_in(lang).to_owned()));
        let profession =
            (!asked.profession.is_empty()).then(|| (Label::Profession.words(lang), asked.profession.clone()));
        training.into_iter().chain(profession).collect()
    }

    /// The requirements to choose from.
    pub(super) fn choices(&self, lang: Lang) -> Vec<Choice> {
        let here = self.requirement.as_ref().map(|requirement| &requirement.id);
        self.all
            .iter()
            .map(|each| Choice {
                value: each.id.to_string(),
                words: each.title_in(lang).to_owned(),
                depth: 0,
                chosen: Some(&each.id) == here,
            })
            .collect()
    }
}

/// What is asked of the database.
pub(super) fn question(requirement: &Requirement, when: When, asked: &Asked) -> Question {
    Question {
        requirement: requirement.id.clone(),
        instant: when.instant,
        profession: asked.profession.clone(),
        search: name::fold(&asked.search),
    }
}

/// The professions to choose from, with every one on top.
pub(super) fn profession_choices(professions: &[String], asked: &Asked, lang: Lang) -> Vec<Choice> {
    if professions.is_empty() {
        return Vec::new();
    }
    let every = Choice {
        value: String::new(),
        words: say!(lang, "すべての職種", "Every profession"),
        depth: 0,
        chosen: asked.profession.is_empty(),
    };
    let each = professions.iter().map(|profession| Choice {
        value: profession.clone(),
        words: profession.clone(),
        depth: 0,
        chosen: *profession == asked.profession,
    });
    std::iter::once(every).chain(each).collect()
}
