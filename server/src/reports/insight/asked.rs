//! What the address of these pages asks for. There is no day to choose: between the counts of two days stand the answers of those who
//! answered in between, and on many days that is one person.

use axum::extract::FromRequestParts;
use http::request::Parts;
use kokoroe_app::reports::insight::Flag;

use super::QUESTIONS;
use crate::http::query::{self, QueryFields};
use crate::http::{Form, Problem};
use crate::id::RequirementId;

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Sorted {
    /// What needs a look first.
    #[default]
    Flag,
    /// The lowest first-try rate first.
    Rate,
    /// The lowest discrimination first.
    Discrimination,
    /// As the course goes.
    Course,
}

impl Sorted {
    pub(super) const ALL: [Self; 4] = [Self::Flag, Self::Rate, Self::Discrimination, Self::Course];

    const fn code(self) -> &'static str {
        match self {
            Self::Flag => "",
            Self::Rate => "rate",
            Self::Discrimination => "discrimination",
            Self::Course => "course",
        }
    }
}

/// What is asked for. Each name may come once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) requirement: Option<RequirementId>,
    pub(super) module: String,
    pub(super) clause: String,
    pub(super) flag: Option<Flag>,
    pub(super) sorted: Sorted,
    pub(super) search: String,
    pub(super) page: u32,
    /// Which wording of a question, by the revision of its module.
    pub(super) revision: String,
}

const NAMES: [&str; 8] = ["requirement", "module", "clause", "flag", "sort", "q", "page", "revision"];

impl Asked {
    /// Reads the fields of an address or a form.
    ///
    /// # Errors
    /// Unreadable when a name comes twice; not found when a flag, an order or a requirement does not exist.
    fn read<'f>(fields: impl IntoIterator<Item = (&'f str, &'f str)>) -> Result<Self, Problem> {
        let [requirement, module, clause, flag, sort, q, page, revision] = query::once(NAMES, fields)?;
        let known = |text: &str| text.chars().take(100).collect::<String>();
        Ok(Self {
            requirement: match requirement {
                "" => None,
                id => Some(RequirementId::parse(id).ok_or(Problem::not_found())?),
            },
            module: known(module),
            clause: known(clause),
            flag: match flag {
                "" => None,
                code => {
                    Some(Flag::ALL.into_iter().find(|flag| flag.code() == code).ok_or(Problem::not_found())?)
                }
            },
            sorted: Sorted::ALL.into_iter().find(|each| each.code() == sort).ok_or(Problem::not_found())?,
            search: known(q),
            page: page.parse().unwrap_or(1).max(1),
            revision: known(revision),
        })
    }

    /// Reads the fields of a form.
    ///
    /// # Errors
    /// As for an address.
    pub(super) fn of_form(form: &Form) -> Result<Self, Problem> {
        Self::read(form.with_prefix(""))
    }

    /// The same with something changed, from its first page.
    pub(super) fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut next = Self { page: 1, ..self.clone() };
        change(&mut next);
        next
    }

    /// As fields of a form, without what is usual.
    pub(super) fn fields(&self) -> Vec<(String, String)> {
        let page = if self.page > 1 { self.page.to_string() } else { String::new() };
        query::filled(
            NAMES,
            [
                self.requirement.as_ref().map_or("", RequirementId::as_str),
                &self.module,
                &self.clause,
                self.flag.map_or("", Flag::code),
                self.sorted.code(),
                &self.search,
                &page,
                &self.revision,
            ],
        )
    }

    /// The address of a page with these conditions.
    pub(super) fn address(&self, page: &str) -> String {
        query::address(page, self.fields())
    }
}

/// The page of a question in a revision of its module, for a requirement where it is known.
pub(crate) fn question_address(
    module: &str,
    place: &str,
    revision: &str,
    requirement: Option<RequirementId>,
) -> String {
    let asked = Asked { requirement, revision: revision.to_owned(), ..Asked::default() };
    asked.address(&format!("{QUESTIONS}/{module}/{place}"))
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        Self::read(QueryFields::from_request_parts(parts, state).await?.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_condition_survives_the_way_through_an_address() {
        let fields = [
            ("module", "m1-photo"),
            ("clause", "C4"),
            ("flag", "backwards"),
            ("sort", "rate"),
            ("q", "写真 &"),
        ];
        let asked = Asked::read(fields).expect("conditions");
        let address = asked.address("/office/questions");
        assert_eq!(
            address,
            "/office/questions?module=m1-photo&clause=C4&flag=backwards&sort=rate&q=%E5%86%99%E7%9C%9F%20%26"
        );
        let fields = asked.fields();
        let again =
            Asked::read(fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))).expect("read");
        assert_eq!(again, asked);
    }

    #[test]
    fn only_known_flags_and_orders_are_taken_and_each_name_once() {
        for wrong in [("flag", "x"), ("sort", "1;DROP"), ("requirement", "0")] {
            assert!(Asked::read([wrong]).is_err(), "{wrong:?}");
        }
        assert!(Asked::read([("module", "a"), ("module", "b")]).is_err());
    }
}
