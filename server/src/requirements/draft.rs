//! A training that is being written: read from its form, kept as text, and turned into a requirement once somebody confirms it.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use kokoroe_app::Lang;
use kokoroe_app::requirements::{CycleView, FormFault};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use super::rule::{Audience, Cycle, Days, Except, Rule};
use super::store::{Requirement, SIGNATURE};
use crate::clock::{Calendar, Clock};
use crate::http::{Form, NoDay};
use crate::id::{DepartmentId, RequirementId, StaffId};

/// The longest title and the longest reason, in characters.
const TITLE: usize = 100;
const BASIS: usize = 400;

/// What is written so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Title.
    pub title: String,
    /// Title in English; may be empty.
    pub title_en: String,
    /// Why the hospital asks for it.
    pub basis: String,
    /// The same in English; may be empty.
    pub basis_en: String,
    /// The modules of everybody; empty: those of each person's track.
    pub modules: Vec<String>,
    /// Nothing but a signature under the policy: no modules.
    #[serde(default)]
    pub signature: bool,
    /// First day.
    pub opens: NaiveDate,
    /// Last day of whoever owes it on the first day.
    pub due: NaiveDate,
    /// Last day on which a completion counts.
    pub valid_to: Option<NaiveDate>,
    /// For whom, how often, how long.
    pub rule: Rule,
}

/// What a form is read with.
#[derive(Clone, Debug)]
pub struct Desk<'d> {
    /// Today.
    pub today: NaiveDate,
    /// People by the staff numbers that the form names.
    pub people: &'d HashMap<String, StaffId>,
    /// The requirement whose rule would change; `None` for a new one.
    pub changes: Option<&'d Requirement>,
    /// How the hospital counts days.
    pub calendar: Calendar,
}

impl Draft {
    /// What it is called in a language.
    #[must_use]
    pub fn title_in(&self, lang: Lang) -> &str {
        lang.either(&self.title, &self.title_en)
    }

    /// As it is stored.
    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a stored draft.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// A requirement as a draft of its own change.
    #[must_use]
    pub fn of(requirement: &Requirement, calendar: Calendar) -> Self {
        Self {
            title: requirement.title.clone(),
            title_en: requirement.title_en.clone(),
            basis: requirement.basis.clone(),
            basis_en: requirement.basis_en.clone(),
            modules: Vec::new(),
            signature: requirement.is_signature(),
            opens: calendar.date(requirement.opens_at),
            due: calendar.last_day_before(requirement.due_at),
            valid_to: requirement.valid_until.map(|until| calendar.last_day_before(until)),
            rule: requirement.rule.clone(),
        }
    }

    /// The requirement that it would become.
    #[must_use]
    pub fn requirement(&self, clock: &Clock, course: &str, code: String, calendar: Calendar) -> Requirement {
        let opens_at = calendar.start_of(self.opens);
        Requirement {
            id: RequirementId::new(clock),
            code,
            title: self.title.clone(),
            title_en: self.title_en.clone(),
            basis: self.basis.clone(),
            basis_en: self.basis_en.clone(),
            course: if self.signature { SIGNATURE } else { course }.to_owned(),
            fiscal_year: calendar.fiscal_year(opens_at),
            opens_at,
            due_at: calendar.end_of(self.due),
            valid_until: self.valid_to.map(|day| calendar.end_of(day)),
            rule: self.rule.clone(),
            closed_at: None,
        }
    }

    /// Whether it opens only on a later day.
    #[must_use]
    pub fn opens_later(&self, now: DateTime<Utc>, calendar: Calendar) -> bool {
        calendar.start_of(self.opens) > now
    }

    /// Reads a form.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the form.
    pub fn from_form(form: &Form, desk: &Desk<'_>) -> Result<Self, Vec<FormFault>> {
        let mut faults = Vec::new();
        let cycle = cycle(form, desk, &mut faults);
        let whom = audience(form, desk, &mut faults);
        let days = days(form, &mut faults);
        let rule = Rule { whom, cycle, days };
        let draft = match desk.changes {
            Some(requirement) => Self { rule, ..Self::of(requirement, desk.calendar) },
            None => what(form, desk, rule, &mut faults),
        };
        if faults.is_empty() { Ok(draft) } else { Err(faults) }
    }

    /// As the fields of its form.
    #[must_use]
    pub fn fields(&self, numbers: &[String]) -> Form {
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut put = |name: &str, value: String| fields.push((name.to_owned(), value));
        put("title", self.title.clone());
        put("title_en", self.title_en.clone());
        put("basis", self.basis.clone());
        put("basis_en", self.basis_en.clone());
        put("opens", self.opens.to_string());
        put("due", self.due.to_string());
        put("valid_to", self.valid_to.map(|day| day.to_string()).unwrap_or_default());
        let (cycle, months) = match self.rule.cycle {
            Cycle::FiscalYear => (CycleView::FiscalYear, String::new()),
            Cycle::Rolling { months } => (CycleView::Rolling, months.to_string()),
            Cycle::Hire { months } => (CycleView::Hire, months.to_string()),
            Cycle::Once => (CycleView::Once, String::new()),
        };
        put("cycle", cycle.code().to_owned());
        put("months", months);
        let Audience {
            departments,
            professions,
            employments,
            managers,
            joined_from,
            joined_before,
            except,
            ..
        } = &self.rule.whom;
        let day = |day: &Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        put("joined_from", day(joined_from));
        put("joined_before", day(joined_before));
        if self.signature {
            put("signature", "on".to_owned());
        }
        if *managers {
            put("managers", "on".to_owned());
        }
        for (name, values) in [
            ("module", self.modules.clone()),
            ("department", ids(departments)),
            ("profession", professions.clone()),
            ("employment", employments.clone()),
            ("except_department", ids(&except.departments)),
            ("except_profession", except.professions.clone()),
            ("except_employment", except.employments.clone()),
        ] {
            for value in values {
                put(name, value);
            }
        }
        put("except_people", numbers.join(" "));
        let Days { joiner, back, least, renewal, gap } = self.rule.days;
        for (name, days) in
            [("joiner", joiner), ("back", back), ("least", least), ("renewal", renewal), ("gap", gap)]
        {
            put(name, days.to_string());
        }
        fields.into_iter().collect()
    }
}

fn ids(departments: &[DepartmentId]) -> Vec<String> {
    departments.iter().map(ToString::to_string).collect()
}

/// The staff numbers that a form names.
#[must_use]
pub fn numbers(form: &Form) -> Vec<String> {
    narrow(form.text("except_people")).split_whitespace().map(str::to_owned).collect()
}

fn narrow(text: &str) -> String {
    text.nfkc().collect()
}

fn what(form: &Form, desk: &Desk<'_>, rule: Rule, faults: &mut Vec<FormFault>) -> Draft {
    let text = |name: &'static str, most: usize, faults: &mut Vec<FormFault>| {
        let text = form.text(name).replace("\r\n", "\n");
        if text.chars().count() > most {
            faults.push(FormFault::TooLong(name, most));
        }
        text
    };
    let title = text("title", TITLE, faults);
    if title.is_empty() {
        faults.push(FormFault::NoTitle);
    }
    let title_en = text("title_en", TITLE, faults);
    let basis = text("basis", BASIS, faults);
    if basis.is_empty() {
        faults.push(FormFault::NoBasis);
    }
    let basis_en = text("basis_en", BASIS, faults);
    let opens = day(form, "opens", faults);
    let due = day(form, "due", faults);
    let valid_to = day(form, "valid_to", faults);
    if form.text("opens").is_empty() {
        faults.push(FormFault::Day("opens"));
    }
    if form.text("due").is_empty() {
        faults.push(FormFault::Day("due"));
    }
    if let (Some(opens), Some(due)) = (opens, due) {
        if opens < desk.today {
            faults.push(FormFault::OpensPast);
        }
        if due <= opens {
            faults.push(FormFault::DueBeforeOpens);
        }
        if valid_to.is_some_and(|valid_to| valid_to <= due) {
            faults.push(FormFault::ValidBeforeDue);
        }
    }
    let modules: Vec<String> = form.all("module").map(str::to_owned).collect();
    let signature = form.ticked("signature");
    if signature && !modules.is_empty() {
        faults.push(FormFault::SignatureAndModules);
    }
    Draft {
        title,
        title_en,
        basis,
        basis_en,
        modules,
        signature,
        opens: opens.unwrap_or(desk.today),
        due: due.unwrap_or(desk.today),
        valid_to,
        rule,
    }
}

/// A day, or nothing where nothing was typed.
fn day(form: &Form, name: &'static str, faults: &mut Vec<FormFault>) -> Option<NaiveDate> {
    form.day(name).unwrap_or_else(|NoDay| {
        faults.push(FormFault::Day(name));
        None
    })
}

fn number(form: &Form, name: &'static str, least: u32, most: u32, faults: &mut Vec<FormFault>) -> u32 {
    let read = narrow(form.text(name)).parse().ok().filter(|number| (least..=most).contains(number));
    if read.is_none() {
        faults.push(FormFault::Number(name, least, most));
    }
    read.unwrap_or(least)
}

fn cycle(form: &Form, desk: &Desk<'_>, faults: &mut Vec<FormFault>) -> Cycle {
    let asked = CycleView::from_code(form.text("cycle")).unwrap_or_default();
    // How often something comes back decides how its records are read: it is not changed once there are any.
    let asked = desk.changes.map_or(asked, |requirement| view(requirement.rule.cycle));
    match asked {
        CycleView::FiscalYear => Cycle::FiscalYear,
        CycleView::Once => Cycle::Once,
        CycleView::Rolling => Cycle::Rolling { months: number(form, "months", 1, 120, faults) },
        CycleView::Hire => Cycle::Hire { months: number(form, "months", 1, 120, faults) },
    }
}

/// How often, without how many months.
#[must_use]
pub const fn view(cycle: Cycle) -> CycleView {
    match cycle {
        Cycle::FiscalYear => CycleView::FiscalYear,
        Cycle::Rolling { .. } => CycleView::Rolling,
        Cycle::Hire { .. } => CycleView::Hire,
        Cycle::Once => CycleView::Once,
    }
}

fn audience(form: &Form, desk: &Desk<'_>, faults: &mut Vec<FormFault>) -> Audience {
    let words = |name: &str| form.all(name).map(str::to_owned).collect::<Vec<_>>();
    let departments = |name: &str| form.all(name).filter_map(DepartmentId::parse).collect::<Vec<_>>();
    let (joined_from, joined_before) = (day(form, "joined_from", faults), day(form, "joined_before", faults));
    if let (Some(from), Some(before)) = (joined_from, joined_before)
        && from >= before
    {
        faults.push(FormFault::Joined);
    }
    let mut people = Vec::new();
    for number in numbers(form) {
        match desk.people.get(&number) {
            Some(staff) => people.push(staff.clone()),
            None => faults.push(FormFault::Nobody(number)),
        }
    }
    Audience {
        named: desk.changes.is_some_and(|requirement| requirement.rule.whom.named),
        departments: departments("department"),
        professions: words("profession"),
        employments: words("employment"),
        managers: form.ticked("managers"),
        joined_from,
        joined_before,
        signed_before: desk.changes.and_then(|requirement| requirement.rule.whom.signed_before),
        except: Except {
            departments: departments("except_department"),
            professions: words("except_profession"),
            employments: words("except_employment"),
            people,
        },
    }
}

fn days(form: &Form, faults: &mut Vec<FormFault>) -> Days {
    let mut read = |name: &'static str, least: u32, most: u32| {
        u16::try_from(number(form, name, least, most, faults)).unwrap_or(u16::MAX)
    };
    Days {
        joiner: read("joiner", 1, 365),
        back: read("back", 1, 365),
        least: read("least", 1, 180),
        renewal: read("renewal", 1, 180),
        gap: read("gap", 0, 365),
    }
}

#[cfg(test)]
mod tests;
