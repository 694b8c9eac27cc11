//! What is asked for, as it was typed; and read, as far as that can be done without looking at the records.

use chrono::{Days, Months, NaiveDate};
use kokoroe_app::people::{Reorganisation, ReorganiseFault, ReorganiseField};
use unicode_normalization::UnicodeNormalization;

use crate::http::Form;
use crate::id::DepartmentId;

/// How far back a change may begin: what the personnel office tells late.
const DAYS_BACK: Days = Days::new(31);
/// How far ahead a change may begin: the next fiscal year.
const MONTHS_AHEAD: Months = Months::new(12);
/// The longest name, in characters.
const LONGEST_NAME: usize = 100;
/// The longest code.
const LONGEST_CODE: usize = 32;

/// What is wrong, by field.
pub(super) type Faults = Vec<(ReorganiseField, ReorganiseFault)>;

/// The fields of a form, as they were typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What is done.
    pub what: Reorganisation,
    /// With which department; none for a new one.
    pub department: Option<DepartmentId>,
    /// From which day.
    pub on: String,
    /// Code of a new one.
    pub code: String,
    /// Name.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// Id of the department above; empty at the top.
    pub parent: String,
    /// Id of the department that it becomes part of.
    pub into: String,
    /// Codes of others that become part of the same.
    pub others: String,
    /// Ids of those who move.
    pub people: Vec<String>,
}

/// The days on which a change may begin.
pub(super) fn between(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first = today.checked_sub_days(DAYS_BACK).unwrap_or(today);
    (first, today.checked_add_months(MONTHS_AHEAD).unwrap_or(today))
}

fn narrow(text: &str) -> String {
    text.nfkc().collect::<String>().trim().to_owned()
}

impl Asked {
    pub(super) fn read(what: Reorganisation, department: Option<DepartmentId>, form: &Form) -> Self {
        Self {
            what,
            department,
            on: narrow(form.text("on")),
            code: narrow(form.text("code")),
            name: form.text("name").to_owned(),
            name_en: form.text("name_en").to_owned(),
            parent: form.text("parent").to_owned(),
            into: form.text("into").to_owned(),
            others: narrow(form.text("others")),
            people: form.all("people").map(str::to_owned).collect(),
        }
    }

    /// As hidden fields of the preview.
    pub(super) fn fields(&self) -> Vec<(String, String)> {
        let single = [
            ("on", &self.on),
            ("code", &self.code),
            ("name", &self.name),
            ("name_en", &self.name_en),
            ("parent", &self.parent),
            ("into", &self.into),
            ("others", &self.others),
        ];
        let single = single.into_iter().filter(|(_, value)| !value.is_empty());
        let people = self.people.iter().map(|id| ("people", id));
        single.chain(people).map(|(name, value)| (name.to_owned(), value.clone())).collect()
    }

    /// The day.
    pub(super) fn day(&self, today: NaiveDate) -> Result<NaiveDate, ReorganiseFault> {
        let day = self.on.parse::<NaiveDate>().map_err(|_| ReorganiseFault::NoDay)?;
        let (first, last) = between(today);
        if (first..=last).contains(&day) { Ok(day) } else { Err(ReorganiseFault::DayOutside) }
    }

    /// What is wrong with the code of a new department, by itself.
    pub(super) fn code_fault(&self) -> Option<ReorganiseFault> {
        let legible = self.code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
        if self.code.is_empty() {
            Some(ReorganiseFault::NoCode)
        } else if !legible || self.code.len() > LONGEST_CODE {
            Some(ReorganiseFault::BadCode)
        } else {
            None
        }
    }

    /// What is wrong with the names.
    pub(super) fn name_fault(&self) -> Option<ReorganiseFault> {
        let bad = |name: &str| name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control);
        if self.name.is_empty() {
            Some(ReorganiseFault::NoName)
        } else if bad(&self.name) || bad(&self.name_en) {
            Some(ReorganiseFault::BadName)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(fields: &[(&str, &str)]) -> Asked {
        let form = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Asked::read(Reorganisation::Open, None, &form)
    }

    #[test]
    fn a_code_and_a_day_are_read_in_any_width_and_a_change_begins_within_a_month_and_a_year() {
        let today: NaiveDate = "2026-10-01".parse().expect("a day");
        let read = asked(&[("code", "０３３０"), ("on", "２０２７-０４-０１"), ("name", "手術室")]);
        assert_eq!((read.code.as_str(), read.code_fault(), read.name_fault()), ("0330", None, None));
        assert_eq!(read.day(today), Ok("2027-04-01".parse().expect("a day")));
        for (typed, fault) in [
            ("", ReorganiseFault::NoDay),
            ("2026-02-30", ReorganiseFault::NoDay),
            ("2026-08-30", ReorganiseFault::DayOutside),
            ("2027-10-02", ReorganiseFault::DayOutside),
        ] {
            assert_eq!(asked(&[("on", typed)]).day(today), Err(fault), "{typed}");
        }
        assert_eq!(asked(&[("code", "３ 病棟")]).code_fault(), Some(ReorganiseFault::BadCode));
    }
}
