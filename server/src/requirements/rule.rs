//! For whom a requirement is, how often it comes back and by when: the rule that the training office writes, and what follows from it.
//!
//! Pure. Whoever asks brings what is known of the people and the day.

use chrono::{DateTime, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::clock::Calendar;
use crate::id::{DepartmentId, StaffId};
use crate::people::Known;

/// A rule, as it stands in the requirement and in its leaf.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Who owes it.
    pub whom: Audience,
    /// How often.
    #[serde(default)]
    pub cycle: Cycle,
    /// Days that people are given.
    #[serde(default)]
    pub days: Days,
}

/// Who owes a requirement: whoever every filled line fits and no line of [`Audience::except`]. Within a line one match is enough.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audience {
    /// Only whom somebody gave it to, one by one: no other line is looked at.
    #[serde(default, skip_serializing_if = "is_false")]
    pub named: bool,
    /// Whoever works in one of these departments or below. Empty: wherever they work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub departments: Vec<DepartmentId>,
    /// Professions, in the hospital's words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub professions: Vec<String>,
    /// Sorts of employment, in the hospital's words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub employments: Vec<String>,
    /// Only those who manage a department.
    #[serde(default, skip_serializing_if = "is_false")]
    pub managers: bool,
    /// Joined on this day or later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined_from: Option<NaiveDate>,
    /// Joined before this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined_before: Option<NaiveDate>,
    /// Only those whose last signature is under an earlier version of the policy than this one: they are asked to sign again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_before: Option<u32>,
    /// Who is left out all the same.
    #[serde(default, skip_serializing_if = "Except::is_nobody")]
    pub except: Except,
}

/// Who does not owe a requirement although its lines fit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Except {
    /// Whoever works in one of these departments or below.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub departments: Vec<DepartmentId>,
    /// Professions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub professions: Vec<String>,
    /// Sorts of employment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub employments: Vec<String>,
    /// These people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<StaffId>,
}

impl Except {
    fn is_nobody(&self) -> bool {
        *self == Self::default()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a function of a reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

/// How often a requirement comes back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "every")]
pub enum Cycle {
    /// Once in its fiscal year. The next year has a requirement of its own.
    #[default]
    FiscalYear,
    /// So many months after each completion.
    Rolling {
        /// Months for which a completion counts.
        months: u32,
    },
    /// Every so many months from the first day of work.
    Hire {
        /// Months between two of its days.
        months: u32,
    },
    /// Once, and never again.
    Once,
}

impl Cycle {
    /// Whether one requirement gives somebody one period after another.
    #[must_use]
    pub const fn recurs(self) -> bool {
        matches!(self, Self::Rolling { .. } | Self::Hire { .. })
    }
}

/// Days that people are given. All count from a day on which something happens to the end of a later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Days {
    /// From the first day of work.
    pub joiner: u16,
    /// From the first day back after a leave.
    pub back: u16,
    /// At least, for whoever comes to owe it when its date is near or past.
    pub least: u16,
    /// Before a completion ends, the next one may be done.
    pub renewal: u16,
    /// After a completion of the same course nobody is asked again for so long.
    pub gap: u16,
}

impl Default for Days {
    fn default() -> Self {
        Self { joiner: 60, back: 30, least: 14, renewal: 60, gap: 0 }
    }
}

/// Which lines of an audience made somebody owe something. Empty: it is for everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matched {
    /// Works there, or below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    /// Has this profession.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profession: Option<String>,
    /// Is employed so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employment: Option<String>,
    /// Manages a department.
    #[serde(default, skip_serializing_if = "is_false")]
    pub manager: bool,
    /// Joined on that day, which the rule asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined: Option<NaiveDate>,
    /// Signed this earlier version of the policy, and none since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<u32>,
    /// Somebody gave it to them by name.
    #[serde(default, skip_serializing_if = "is_false")]
    pub named: bool,
}

/// What somebody has signed so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The newest version of the policy.
    pub version: u32,
    /// Something else that they still owe ends with a signature.
    pub elsewhere: bool,
}

impl Matched {
    /// Whether the rule is for everybody.
    #[must_use]
    pub fn is_everybody(&self) -> bool {
        *self == Self::default()
    }
}

impl Audience {
    /// Everybody.
    #[must_use]
    pub fn everybody() -> Self {
        Self::default()
    }

    /// Whether somebody owes it, and by which lines: those about the person. What they have signed is looked at by [`super::plan`].
    #[must_use]
    pub fn matches(&self, who: &Known) -> Option<Matched> {
        if self.named || self.excludes(who) {
            return None;
        }
        let mut matched = Matched::default();
        if !self.departments.is_empty() {
            matched.department = Some(who.works_below(&self.departments)?.clone());
        }
        if !self.professions.is_empty() {
            matched.profession = Some(one_of(&self.professions, &who.profession)?);
        }
        if !self.employments.is_empty() {
            matched.employment = Some(one_of(&self.employments, &who.employment)?);
        }
        if self.managers {
            matched.manager = who.manager.then_some(true)?;
        }
        if self.joined_from.is_some() || self.joined_before.is_some() {
            let in_time = self.joined_from.is_none_or(|from| who.joined_on >= from)
                && self.joined_before.is_none_or(|before| who.joined_on < before);
            matched.joined = Some(in_time.then_some(who.joined_on)?);
        }
        Some(matched)
    }

    fn excludes(&self, who: &Known) -> bool {
        let Except { departments, professions, employments, people } = &self.except;
        who.works_below(departments).is_some()
            || professions.contains(&who.profession)
            || employments.contains(&who.employment)
            || people.contains(&who.staff)
    }
}

fn one_of(words: &[String], word: &str) -> Option<String> {
    words.iter().find(|each| *each == word).cloned()
}

impl Rule {
    /// A rule that comes once in its year, for these people.
    #[must_use]
    pub fn yearly(whom: Audience) -> Self {
        Self { whom, ..Self::default() }
    }

    /// As it is stored.
    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The first instant at which a completion no longer counts, where the cycle says so. `before` is when the one before it ends, if there
    /// was one: whoever renews while it still counts loses no day of it.
    #[must_use]
    pub fn valid_until(
        &self,
        completed: DateTime<Utc>,
        before: Option<DateTime<Utc>>,
        joined_on: NaiveDate,
        due_at: DateTime<Utc>,
        calendar: Calendar,
    ) -> Option<DateTime<Utc>> {
        match self.cycle {
            Cycle::FiscalYear | Cycle::Once => None,
            Cycle::Rolling { months } => {
                let from = match before {
                    Some(before) if completed < before => calendar.date(before),
                    Some(_) | None => calendar.date(completed),
                };
                from.checked_add_months(Months::new(months)).map(|day| calendar.start_of(day))
            }
            Cycle::Hire { months } => {
                // The anniversary that this completion was for is past once the next one can begin.
                let after = calendar.date(completed.max(due_at));
                anniversary_after(joined_on, months, after).map(|day| calendar.start_of(day))
            }
        }
    }
}

/// The first anniversary of a day, every so many months, that is later than another day.
#[must_use]
pub fn anniversary_after(first: NaiveDate, months: u32, after: NaiveDate) -> Option<NaiveDate> {
    // A century of months is more than any career; each step is counted from the first day, so that 31 January does not drift.
    (1..=1200_u32.checked_div(months)?)
        .filter_map(|number| first.checked_add_months(Months::new(number * months)))
        .find(|day| *day > after)
}

#[cfg(test)]
mod tests;
