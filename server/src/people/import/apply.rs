//! Doing exactly what a plan says, in one write.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use kokoroe_app::people::StaffColumn;
use kokoroe_courses::Track;

use super::plan::{Added, Base, Changed, DepartmentChange, DepartmentStep, Moved, Plan};
use crate::account;
use crate::audit::Run;
use crate::db::{DbError, Tx};
use crate::id::{DepartmentId, PostingId, StaffId};
use crate::people::codes::Code;
use crate::people::crowd::{self, Order};
use crate::people::department::Department;
use crate::people::posting::Posting;
use crate::people::role::revoke_managed;
use crate::people::staff::{Staff, update_among};
use crate::people::{
    NewDepartment, NewPosting, Scribe, come_back, department, end_posting, leave_hospital, post, update_staff,
};
use crate::requirements::follow::follow_for;

/// So many rows of those who join are written at once. More would only take more memory.
const AT_ONCE: usize = 10_000;

/// Applies a plan to the records that it was made for; whoever joins owes a track of these. Gives the codes with which the new people sign in for the first time:
/// nobody can see them again.
///
/// # Errors
/// When the database fails or the records are not those of the plan; then nothing was done.
pub async fn apply(
    tx: &mut Tx,
    by: &Scribe<'_>,
    base: &Base,
    plan: &Plan,
    tracks: &[Track],
) -> Result<Vec<Code>, DbError> {
    let mut work = Work::new(base, plan.on);
    for step in &plan.departments {
        work.department(tx, by, step).await?;
    }
    if !plan.departments.is_empty() {
        department::settle(tx, by).await?;
    }
    let codes = work.add_all(tx, by, &plan.added).await?;
    let (goes, stays): (Vec<&Changed>, Vec<&Changed>) =
        plan.changed.iter().partition(|changed| goes(changed));
    work.change_all(tx, by, &stays).await?;
    for changed in goes {
        work.change(tx, by, changed).await?;
    }
    for moved in &plan.moved {
        work.move_person(tx, by, moved).await?;
    }
    for leaving in &plan.leaving {
        let person = work.person(&leaving.staff_no)?.clone();
        leave_hospital(tx, by, person, plan.on).await?;
    }
    follow_for(tx, by.ledger, by.clock, tracks, &work.owing).await?;
    Ok(codes)
}

/// Whether the day changes on which somebody leaves: then they go or come back, which is more than other words in their row.
fn goes(changed: &Changed) -> bool {
    changed.differences.iter().any(|difference| difference.column == StaffColumn::Left)
}

/// The records while they change.
struct Work<'a> {
    on: NaiveDate,
    departments: BTreeMap<String, (DepartmentId, Department)>,
    last_position: i64,
    people: BTreeMap<&'a str, Staff>,
    postings: BTreeMap<&'a StaffId, Vec<&'a Posting>>,
    /// Whoever joined or came back.
    owing: Vec<StaffId>,
}

fn lost(what: &str, word: &str) -> DbError {
    DbError::Inconsistent(format!("a plan names {what} {word}, which is not on record"))
}

impl<'a> Work<'a> {
    fn new(base: &'a Base, on: NaiveDate) -> Self {
        let mut postings: BTreeMap<&StaffId, Vec<&Posting>> = BTreeMap::new();
        for posting in &base.postings {
            postings.entry(&posting.staff_id).or_default().push(posting);
        }
        let departments =
            base.departments.iter().map(|each| (each.code.clone(), (each.id.clone(), each.clone())));
        Self {
            on,
            departments: departments.collect(),
            last_position: base.departments.iter().map(|department| department.position).max().unwrap_or(0),
            people: base.people.iter().map(|person| (person.staff_no.as_str(), person.clone())).collect(),
            postings,
            owing: Vec::new(),
        }
    }

    fn department_id(&self, code: &str) -> Result<DepartmentId, DbError> {
        self.departments.get(code).map(|(id, _)| id.clone()).ok_or_else(|| lost("department", code))
    }

    fn person(&self, staff_no: &str) -> Result<&Staff, DbError> {
        self.people.get(staff_no).ok_or_else(|| lost("person", staff_no))
    }

    async fn department(
        &mut self,
        tx: &mut Tx,
        by: &Scribe<'_>,
        step: &DepartmentStep,
    ) -> Result<(), DbError> {
        match &step.change {
            DepartmentChange::New { name, name_en, parent } => {
                let parent = parent.as_ref().map(|code| self.department_id(code)).transpose()?;
                self.last_position += 1;
                let new = NewDepartment {
                    code: step.code.clone(),
                    name: name.clone(),
                    name_en: name_en.clone(),
                    parent,
                    position: self.last_position,
                };
                let id = department::open(tx, by, &new, self.on).await?;
                let known =
                    department::department(tx, &id).await?.ok_or_else(|| lost("department", &step.code))?;
                self.departments.insert(step.code.clone(), (id, known));
                Ok(())
            }
            DepartmentChange::Renamed { after: (name, name_en), .. } => {
                department::rename(tx, by, &self.department_id(&step.code)?, name, name_en, self.on).await
            }
            DepartmentChange::Moved { after, .. } => {
                let (id, above) = (self.department_id(&step.code)?, self.department_id(after)?);
                department::put(tx, by, &id, Some(&above), self.on).await
            }
        }
    }

    /// Everybody who joins, written at a stroke: into an empty hospital, that is everybody.
    async fn add_all(&mut self, tx: &mut Tx, by: &Scribe<'_>, all: &[Added]) -> Result<Vec<Code>, DbError> {
        if all.is_empty() {
            return Ok(Vec::new());
        }
        let order: Vec<&'static str> = crowd::ROWS.into_iter().chain(account::ROWS).collect();
        let (mut run, at) = Run::begin(tx, by.ledger, by.clock, &order).await?;
        let mut codes = Vec::with_capacity(all.len());
        for added in all {
            codes.push(self.add(&mut run, by, Order { actor: by.actor, at }, added)?);
            if run.rows() >= AT_ONCE {
                run.take().write(tx).await?;
            }
        }
        run.take().write(tx).await?;
        Ok(codes)
    }

    fn add(
        &mut self,
        run: &mut Run,
        scribe: &Scribe<'_>,
        by: Order<'_>,
        added: &Added,
    ) -> Result<Code, DbError> {
        let staff = Staff {
            id: StaffId::new(scribe.clock),
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
        };
        crowd::join(run, by, &staff)?;
        let places =
            std::iter::once((&added.department, true)).chain(added.sides.iter().map(|code| (code, false)));
        for (code, main) in places {
            let posting = Posting {
                id: PostingId::new(scribe.clock),
                staff_id: staff.id.clone(),
                department_id: self.department_id(code)?,
                from_on: added.joined_on,
                to_on: added.left_on,
                main,
                seconded: false,
            };
            crowd::post(run, by, &posting, posting.to_on)?;
        }
        self.owing.push(staff.id.clone());
        let department = self.departments.get(&added.department).map(|(_, department)| department.clone());
        crowd::give_code(run, by, scribe.ledger.calendar, &staff, department)
    }

    /// What a person is called and does after a change. When they leave is another matter.
    fn after(&self, Changed { after, .. }: &Changed) -> Result<Staff, DbError> {
        let before = self.person(&after.staff_no)?;
        Ok(Staff {
            id: before.id.clone(),
            staff_no: after.staff_no.clone(),
            family: after.family.clone(),
            given: after.given.clone(),
            family_kana: after.family_kana.clone(),
            given_kana: after.given_kana.clone(),
            roman: after.roman.clone(),
            profession: after.profession.clone(),
            employment: after.employment.clone(),
            joined_on: after.joined_on,
            left_on: before.left_on,
            mail: after.mail.clone(),
        })
    }

    /// Everybody who is called or does something else than before: readings that were missing may be those of the whole hospital, and facts
    /// that are appended one by one would make PostgreSQL walk past all earlier ones each time.
    async fn change_all(&mut self, tx: &mut Tx, by: &Scribe<'_>, all: &[&Changed]) -> Result<(), DbError> {
        if all.is_empty() {
            return Ok(());
        }
        let (mut run, at) = Run::begin(tx, by.ledger, by.clock, &crowd::ROWS).await?;
        let (order, today) = (Order { actor: by.actor, at }, by.ledger.calendar.date(at));
        for changed in all {
            let person = self.after(changed)?;
            update_among(tx, &mut run, order, today, &person).await?;
            self.know(person);
            if run.rows() >= AT_ONCE {
                run.take().write(tx).await?;
            }
        }
        run.take().write(tx).await
    }

    fn know(&mut self, person: Staff) {
        if let Some(known) = self.people.get_mut(person.staff_no.as_str()) {
            *known = person;
        }
    }

    /// Somebody whose last day changes, whatever else does.
    async fn change(&mut self, tx: &mut Tx, by: &Scribe<'_>, changed: &Changed) -> Result<(), DbError> {
        let after = &changed.after;
        let person = self.after(changed)?;
        update_staff(tx, by, &person).await?;
        let was_gone = !person.is_staff_on(self.on);
        let is_gone = after.left_on.is_some_and(|day| day <= self.on);
        if after.left_on.is_none() || (was_gone && !is_gone) {
            come_back(tx, by, person.clone()).await?;
        }
        if let Some(left_on) = after.left_on {
            let left_before = if was_gone && !is_gone { None } else { person.left_on };
            leave_hospital(tx, by, Staff { left_on: left_before, ..person.clone() }, left_on).await?;
        }
        if was_gone && !is_gone {
            self.owing.push(person.id.clone());
        }
        self.know(Staff { left_on: after.left_on, ..person });
        Ok(())
    }

    async fn move_person(&self, tx: &mut Tx, by: &Scribe<'_>, moved: &Moved) -> Result<(), DbError> {
        let person = self.person(&moved.staff_no)?;
        let open: Vec<&Posting> = self.postings.get(&person.id).cloned().unwrap_or_default();
        let ends: BTreeSet<DepartmentId> =
            moved.ends.iter().map(|code| self.department_id(code)).collect::<Result<_, _>>()?;
        for posting in open.iter().filter(|posting| posting.holds_on(moved.on)) {
            let over =
                if posting.main { moved.main.is_some() } else { ends.contains(&posting.department_id) };
            if over {
                end_posting(tx, by, posting, moved.on).await?;
            }
        }
        // A posting that was decided for later still begins when it was to.
        let next = open
            .iter()
            .filter(|posting| posting.main && posting.from_on > moved.on)
            .map(|posting| posting.from_on)
            .min();
        let main = moved.main.iter().map(|(_, code)| (code, true));
        for (code, main) in main.chain(moved.begins.iter().map(|code| (code, false))) {
            let until = if main { next.into_iter().chain(person.left_on).min() } else { person.left_on };
            let department = self.department_id(code)?;
            let staff = person.id.clone();
            post(tx, by, &NewPosting { staff, department, from_on: moved.on, to_on: until, main }).await?;
        }
        let over = moved.hands_over.iter().map(|code| self.department_id(code)).collect::<Result<_, _>>()?;
        revoke_managed(tx, by, &person.id, &over).await
    }
}
