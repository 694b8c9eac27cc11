//! A small hospital, and a plain retelling of what applying a plan does to it.

use chrono::NaiveDate;

use crate::clock::Clock;
use crate::id::{DepartmentId, PostingId, StaffId};
use crate::people::department::Department;
use crate::people::import::plan::{Added, Base, DepartmentChange, Plan};
use crate::people::posting::Posting;
use crate::people::role::Managed;
use crate::people::staff::Staff;

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

pub(super) fn today() -> NaiveDate {
    day("2026-10-01")
}

pub(super) fn empty() -> Base {
    Base::default()
}

/// 000 病院 > 300 看護部 > 310 3病棟, 320 4病棟; 001 to 003 in post, 004 left in March, 005 begins in November.
pub(super) fn hospital() -> Base {
    let mut base = Base::default();
    for (code, name, parent) in [
        ("000", "病院", None),
        ("300", "看護部", Some("000")),
        ("310", "3病棟", Some("300")),
        ("320", "4病棟", Some("300")),
    ] {
        add_department(&mut base, code, name, "", parent);
    }
    for (number, family, given, joined, left) in [
        ("001", "鈴木", "一郎", "2020-04-01", None),
        ("002", "髙橋", "花子", "2020-04-01", None),
        ("003", "𠮷田", "恵", "2020-04-01", None),
        ("004", "加藤", "凛", "2020-04-01", Some("2026-04-01")),
        ("005", "阿部", "洋子", "2026-11-01", None),
    ] {
        let added = Added {
            row: 0,
            staff_no: number.into(),
            family: family.into(),
            given: given.into(),
            family_kana: if number == "001" { "スズキ".into() } else { String::new() },
            given_kana: if number == "001" { "イチロウ".into() } else { String::new() },
            roman: String::new(),
            profession: "看護師".into(),
            employment: String::new(),
            joined_on: day(joined),
            left_on: left.map(day),
            mail: String::new(),
            department: "310".into(),
            sides: Vec::new(),
        };
        add_person(&mut base, &added);
    }
    base.postings.retain(|posting| posting.to_on.is_none_or(|to| to > today()));
    base
}

fn code_of_id(departments: &[Department], id: &DepartmentId) -> String {
    departments.iter().find(|department| department.id == *id).expect("a department").code.clone()
}

/// Makes somebody manager of a department.
pub(super) fn manage(base: &mut Base, number: &str, code: &str) {
    let staff_id = base.people.iter().find(|person| person.staff_no == number).expect("a person").id.clone();
    base.managed.push(Managed { staff_id, department_id: code_of(base, code) });
}

fn code_of(base: &Base, code: &str) -> DepartmentId {
    base.departments.iter().find(|department| department.code == code).expect("a department").id.clone()
}

fn add_department(base: &mut Base, code: &str, name: &str, name_en: &str, parent: Option<&str>) {
    let department = Department {
        id: DepartmentId::new(&Clock::system()),
        code: code.into(),
        name: name.into(),
        name_en: if name_en.is_empty() { name.into() } else { name_en.into() },
        parent_id: parent.map(|code| code_of(base, code)),
        path: String::new(),
        position: 0,
        closed_on: None,
    };
    base.departments.push(department);
}

fn add_posting(
    base: &mut Base,
    staff: &StaffId,
    code: &str,
    from_on: NaiveDate,
    to_on: Option<NaiveDate>,
    main: bool,
) {
    let department_id = code_of(base, code);
    let id = PostingId::new(&Clock::system());
    let staff_id = staff.clone();
    base.postings.push(Posting { id, staff_id, department_id, from_on, to_on, main, seconded: false });
}

fn add_person(base: &mut Base, added: &Added) {
    let id = StaffId::new(&Clock::system());
    base.people.push(Staff {
        id: id.clone(),
        staff_no: added.staff_no.clone(),
        family: added.family.clone(),
        given: added.given.clone(),
        family_kana: added.family_kana.clone(),
        given_kana: added.given_kana.clone(),
        roman: added.roman.clone(),
        profession: added.profession.clone(),
        employment: added.employment.clone(),
        joined_on: added.joined_on,
        left_on: added.left_on,
        mail: added.mail.clone(),
    });
    add_posting(base, &id, &added.department, added.joined_on, added.left_on, true);
    for code in &added.sides {
        add_posting(base, &id, code, added.joined_on, added.left_on, false);
    }
}

/// What the records are after a plan was applied.
pub(super) fn apply(base: &Base, plan: &Plan) -> Base {
    let mut base = base.clone();
    for step in &plan.departments {
        match &step.change {
            DepartmentChange::New { name, name_en, parent } => {
                add_department(&mut base, &step.code, name, name_en, parent.as_deref());
            }
            DepartmentChange::Renamed { after, .. } => {
                let department =
                    base.departments.iter_mut().find(|each| each.code == step.code).expect("a department");
                (department.name, department.name_en) = after.clone();
            }
            DepartmentChange::Moved { after, .. } => {
                let above = code_of(&base, after);
                let department =
                    base.departments.iter_mut().find(|each| each.code == step.code).expect("a department");
                department.parent_id = Some(above);
            }
        }
    }
    for added in &plan.added {
        add_person(&mut base, added);
    }
    for changed in &plan.changed {
        let after = &changed.after;
        let person =
            base.people.iter_mut().find(|person| person.staff_no == after.staff_no).expect("a person");
        person.family.clone_from(&after.family);
        person.given.clone_from(&after.given);
        person.family_kana.clone_from(&after.family_kana);
        person.given_kana.clone_from(&after.given_kana);
        person.roman.clone_from(&after.roman);
        person.profession.clone_from(&after.profession);
        person.employment.clone_from(&after.employment);
        person.mail.clone_from(&after.mail);
        person.joined_on = after.joined_on;
        let (id, before) = (person.id.clone(), person.left_on);
        person.left_on = after.left_on;
        for posting in base.postings.iter_mut().filter(|posting| posting.staff_id == id) {
            if posting.to_on == before
                || posting.to_on.is_none_or(|to| after.left_on.is_some_and(|left| to > left))
            {
                posting.to_on = after.left_on.map(|left| left.max(posting.from_on));
            }
        }
    }
    for moved in &plan.moved {
        let person =
            base.people.iter().find(|person| person.staff_no == moved.staff_no).expect("a person").clone();
        let ends: Vec<DepartmentId> = moved.ends.iter().map(|code| code_of(&base, code)).collect();
        for posting in base
            .postings
            .iter_mut()
            .filter(|posting| posting.staff_id == person.id && posting.holds_on(moved.on))
        {
            if if posting.main { moved.main.is_some() } else { ends.contains(&posting.department_id) } {
                posting.to_on = Some(moved.on);
            }
        }
        if let Some((_, to)) = &moved.main {
            add_posting(&mut base, &person.id, to, moved.on, person.left_on, true);
        }
        base.managed.retain(|each| {
            let over = moved
                .hands_over
                .iter()
                .any(|code| code_of_id(&base.departments, &each.department_id) == *code);
            each.staff_id != person.id || !over
        });
        for code in &moved.begins {
            add_posting(&mut base, &person.id, code, moved.on, person.left_on, false);
        }
    }
    for leaving in &plan.leaving {
        let person =
            base.people.iter_mut().find(|person| person.staff_no == leaving.staff_no).expect("a person");
        person.left_on = Some(plan.on);
        let id = person.id.clone();
        for posting in base.postings.iter_mut().filter(|posting| posting.staff_id == id) {
            posting.to_on = Some(plan.on.max(posting.from_on));
        }
    }
    base
}
