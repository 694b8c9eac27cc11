//! Checking and writing down what a form says of a person.

use chrono::{Days, NaiveDate};
use kokoroe_app::people::{PostingKind, RecordFault as Fault, RecordForm};
use kokoroe_courses::Track;
use unicode_normalization::UnicodeNormalization;

use crate::db::{Conn, DbError, Tx};
use crate::http::Form;
use crate::id::{DepartmentId, StaffId};
use crate::people::department::{OnDay, departments_on};
use crate::people::hand::{self, What};
use crate::people::posting::{Leave, Posting, leaves_of, postings_of, second};
use crate::people::role::{Grant, LONGEST_DEPUTY, Term, grant_for, grants_of};
use crate::people::staff::Staff;
use crate::people::{
    NewLeave, NewPosting, Role, Scribe, add_leave, come_back, end_leave, end_posting, leave_hospital, post,
};
use crate::requirements::follow::follow_for;

/// The longest reason of a leave, in characters.
const LONGEST_REASON: usize = 30;

/// What is wrong, by field; nothing when it was written down.
pub(super) type Faults = Vec<(&'static str, Fault)>;

/// Who writes, and when.
pub(super) struct Desk<'a> {
    pub(super) by: &'a Scribe<'a>,
    pub(super) today: NaiveDate,
    /// What whoever comes back may owe.
    pub(super) tracks: &'a [Track],
    /// It is about whoever writes.
    pub(super) own: bool,
}

fn one(field: &'static str, fault: Fault) -> Faults {
    vec![(field, fault)]
}

/// A day, where one is typed.
fn day(form: &Form, field: &'static str) -> Result<Option<NaiveDate>, Faults> {
    let text: String = form.text(field).nfkc().collect();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| one(field, Fault::NoDay))
}

/// A day that must be there.
fn needed(form: &Form, field: &'static str) -> Result<NaiveDate, Faults> {
    day(form, field)?.ok_or_else(|| one(field, Fault::NoDay))
}

/// The first day after one.
fn after(last: NaiveDate) -> NaiveDate {
    last.checked_add_days(Days::new(1)).unwrap_or(last)
}

/// Whether two spans of days share one; the second day of each is the first on which it is over.
fn meet(a: (NaiveDate, Option<NaiveDate>), b: (NaiveDate, Option<NaiveDate>)) -> bool {
    a.1.is_none_or(|over| over > b.0) && b.1.is_none_or(|over| over > a.0)
}

impl Desk<'_> {
    /// Writes a form down, or says what is wrong with it.
    pub(super) async fn write(
        &self,
        tx: &mut Tx,
        person: Staff,
        form: RecordForm,
        fields: &Form,
    ) -> Result<Faults, DbError> {
        let written = match form {
            RecordForm::Posting => self.posting(tx, &person, fields).await?,
            RecordForm::PostingEnd => self.posting_end(tx, &person, fields).await?,
            RecordForm::Leave => self.leave(tx, &person, fields).await?,
            RecordForm::LeaveEnd => self.leave_end(tx, &person, fields).await?,
            RecordForm::Left => self.left(tx, person, fields).await?,
            RecordForm::Role => self.role(tx, &person, fields).await?,
        };
        Ok(written.err().unwrap_or_default())
    }

    /// A department that is open on a day.
    async fn department(
        &self,
        conn: &mut Conn,
        fields: &Form,
        field: &'static str,
        on: NaiveDate,
    ) -> Result<Result<DepartmentId, Faults>, DbError> {
        let Some(id) = DepartmentId::parse(fields.text(field)) else {
            return Ok(Err(one(field, Fault::NotChosen)));
        };
        let tree = departments_on(conn, on).await?;
        let found = tree.into_iter().find(|each| each.department.id == id);
        Ok(match found {
            None => Err(one(field, Fault::NotChosen)),
            // Somebody may have worked there before the department was known here.
            Some(OnDay { department, .. }) if department.closed_on.is_some_and(|closed| closed <= on) => {
                Err(one(field, Fault::NotOpen))
            }
            Some(OnDay { is_open: false, .. }) if on > self.today => Err(one(field, Fault::NotOpen)),
            Some(_) => Ok(id),
        })
    }

    async fn posting(
        &self,
        tx: &mut Tx,
        person: &Staff,
        fields: &Form,
    ) -> Result<Result<(), Faults>, DbError> {
        let (from_on, last) = match (needed(fields, "from"), day(fields, "until")) {
            (Ok(from_on), Ok(last)) => (from_on, last),
            (from_on, last) => {
                let faults = from_on.err().into_iter().chain(last.err()).flatten();
                return Ok(Err(faults.collect()));
            }
        };
        if let Some(faults) = span_faults(person, ("from", from_on), ("until", last)) {
            return Ok(Err(faults));
        }
        let department = match self.department(tx, fields, "department", from_on).await? {
            Ok(department) => department,
            Err(faults) => return Ok(Err(faults)),
        };
        let Some(kind) = PostingKind::from_code(fields.text("kind")) else {
            return Ok(Err(one("kind", Fault::NotChosen)));
        };
        let main = kind == PostingKind::Main;
        let mut all = postings_of(tx, &person.id).await?;
        all.retain(Posting::holds_at_all);
        let next = all.iter().filter(|each| main && each.main && each.from_on > from_on);
        let next = next.map(|each| each.from_on);
        let to_on = last.map(after).into_iter().chain(person.left_on).chain(next).min();
        let meets = |each: &&Posting| meet((from_on, to_on), (each.from_on, each.to_on));
        let there = |each: &&Posting| each.department_id == department && (each.main || !main);
        if all.iter().filter(meets).any(|each| there(&each)) {
            return Ok(Err(one("department", Fault::PostedThere)));
        }
        // At most one main posting on any day, and nobody is in a department twice.
        for over in all.iter().filter(meets).filter(|_| main) {
            if over.main || over.department_id == department {
                end_posting(tx, self.by, over, from_on).await?;
            }
        }
        let new = NewPosting { staff: person.id.clone(), department, from_on, to_on, main };
        if kind == PostingKind::Seconded {
            second(tx, self.by, &new).await?;
        } else {
            post(tx, self.by, &new).await?;
        }
        hand::hold(tx, self.by, &person.id, What::Posting).await?;
        Ok(Ok(()))
    }

    async fn posting_end(
        &self,
        tx: &mut Tx,
        person: &Staff,
        fields: &Form,
    ) -> Result<Result<(), Faults>, DbError> {
        let all = postings_of(tx, &person.id).await?;
        let Some(posting) = all.into_iter().find(|each| each.id.as_str() == fields.text("posting")) else {
            return Ok(Err(one("posting", Fault::NotChosen)));
        };
        let last = match needed(fields, "last") {
            Ok(last) => last,
            Err(faults) => return Ok(Err(faults)),
        };
        if after(last) < posting.from_on {
            return Ok(Err(one("last", Fault::Order)));
        }
        if person.left_on.is_some_and(|left| after(last) > left) {
            return Ok(Err(one("last", Fault::AfterLeft)));
        }
        end_posting(tx, self.by, &posting, after(last)).await?;
        hand::hold(tx, self.by, &person.id, What::Posting).await?;
        Ok(Ok(()))
    }

    async fn leave(&self, tx: &mut Tx, person: &Staff, fields: &Form) -> Result<Result<(), Faults>, DbError> {
        let reason = fields.text("reason");
        let mut faults = Faults::new();
        if reason.is_empty() {
            faults.push(("reason", Fault::NoReason));
        } else if reason.chars().count() > LONGEST_REASON || reason.chars().any(char::is_control) {
            faults.push(("reason", Fault::LongReason));
        }
        let (from_on, to_on) = match (needed(fields, "leave_from"), day(fields, "leave_back")) {
            (Ok(from_on), Ok(to_on)) => (from_on, to_on),
            (from_on, to_on) => {
                faults.extend(from_on.err().into_iter().chain(to_on.err()).flatten());
                return Ok(Err(faults));
            }
        };
        if to_on.is_some_and(|back| back <= from_on) {
            faults.push(("leave_back", Fault::Order));
        }
        if from_on < person.joined_on {
            faults.push(("leave_from", Fault::BeforeJoined));
        }
        let away = leaves_of(tx, &person.id).await?;
        if away.iter().any(|each| meet((from_on, to_on), (each.from_on, each.to_on))) {
            faults.push(("leave_from", Fault::OnLeave));
        }
        if !faults.is_empty() {
            return Ok(Err(faults));
        }
        let new = NewLeave { staff: person.id.clone(), reason: reason.to_owned(), from_on, to_on };
        add_leave(tx, self.by, &new).await?;
        self.dates_move(tx, person).await?;
        hand::hold(tx, self.by, &person.id, What::Leave).await?;
        Ok(Ok(()))
    }

    /// A leave moves the dates of what is owed at once.
    async fn dates_move(&self, tx: &mut Tx, person: &Staff) -> Result<(), DbError> {
        let who = std::slice::from_ref(&person.id);
        follow_for(tx, self.by.ledger, self.by.clock, self.tracks, who).await
    }

    async fn leave_end(
        &self,
        tx: &mut Tx,
        person: &Staff,
        fields: &Form,
    ) -> Result<Result<(), Faults>, DbError> {
        let all = leaves_of(tx, &person.id).await?;
        let (others, chosen): (Vec<Leave>, Vec<Leave>) =
            all.into_iter().partition(|each| each.id.as_str() != fields.text("leave"));
        let Some(leave) = chosen.into_iter().next() else {
            return Ok(Err(one("leave", Fault::NotChosen)));
        };
        let back = match needed(fields, "back") {
            Ok(back) => back,
            Err(faults) => return Ok(Err(faults)),
        };
        if back <= leave.from_on {
            return Ok(Err(one("back", Fault::Order)));
        }
        if others.iter().any(|each| meet((leave.from_on, Some(back)), (each.from_on, each.to_on))) {
            return Ok(Err(one("back", Fault::OnLeave)));
        }
        end_leave(tx, self.by, leave, back).await?;
        self.dates_move(tx, person).await?;
        hand::hold(tx, self.by, &person.id, What::Leave).await?;
        Ok(Ok(()))
    }

    async fn left(&self, tx: &mut Tx, person: Staff, fields: &Form) -> Result<Result<(), Faults>, DbError> {
        let id = person.id.clone();
        if fields.ticked("stays") {
            if person.left_on.is_some() {
                let was_gone = !person.is_staff_on(self.today);
                come_back(tx, self.by, person).await?;
                if was_gone {
                    let who = std::slice::from_ref(&id);
                    follow_for(tx, self.by.ledger, self.by.clock, self.tracks, who).await?;
                }
                hand::hold(tx, self.by, &id, What::Left).await?;
            }
            return Ok(Ok(()));
        }
        let left_on = match needed(fields, "last_day") {
            Ok(last) => after(last),
            Err(faults) => return Ok(Err(faults)),
        };
        if left_on <= person.joined_on {
            return Ok(Err(one("last_day", Fault::BeforeJoined)));
        }
        if self.own && left_on <= self.today {
            return Ok(Err(one("last_day", Fault::Yourself)));
        }
        leave_hospital(tx, self.by, person, left_on).await?;
        hand::hold(tx, self.by, &id, What::Left).await?;
        Ok(Ok(()))
    }

    async fn role(&self, tx: &mut Tx, person: &Staff, fields: &Form) -> Result<Result<(), Faults>, DbError> {
        let department = match self.department(tx, fields, "managed", self.today).await? {
            Ok(department) => department,
            Err(faults) => return Ok(Err(faults)),
        };
        let deputy = match fields.text("role") {
            "manager" => false,
            "deputy" => true,
            _ => return Ok(Err(one("role", Fault::NotChosen))),
        };
        let last = match day(fields, "role_until") {
            Ok(last) => last,
            Err(faults) => return Ok(Err(faults)),
        };
        let latest = self.today.checked_add_months(LONGEST_DEPUTY).unwrap_or(self.today);
        let wrong = match last {
            None => deputy.then_some(Fault::NoEnd),
            Some(last) if last < self.today || (deputy && after(last) > latest) => Some(Fault::EndOutside),
            Some(_) => None,
        };
        if let Some(wrong) = wrong {
            return Ok(Err(one("role_until", wrong)));
        }
        if !person.is_staff_on(self.today) {
            return Ok(Err(one("managed", Fault::AfterLeft)));
        }
        if self.has(tx, &person.id, &department, deputy).await? {
            return Ok(Err(one("managed", Fault::HasRole)));
        }
        let term = Term { ends_on: last.map(after), deputy };
        grant_for(tx, self.by, &person.id, &Role::Manager(department), term).await?;
        Ok(Ok(()))
    }

    async fn has(
        &self,
        conn: &mut Conn,
        staff: &StaffId,
        department: &DepartmentId,
        deputy: bool,
    ) -> Result<bool, DbError> {
        let holds = |grant: &Grant| {
            grant.revoked_at.is_none()
                && grant.ends_on.is_none_or(|on| on > self.today)
                && grant.department_id.as_ref() == Some(department)
                && grant.deputy == deputy
        };
        Ok(grants_of(conn, staff).await?.iter().any(holds))
    }
}

/// What is wrong with the days of a posting, beside the person's first and last day of work.
fn span_faults(
    person: &Staff,
    (first, from_on): (&'static str, NaiveDate),
    (until, last): (&'static str, Option<NaiveDate>),
) -> Option<Faults> {
    if last.is_some_and(|last| last < from_on) {
        Some(one(until, Fault::Order))
    } else if from_on < person.joined_on {
        Some(one(first, Fault::BeforeJoined))
    } else if person.left_on.is_some_and(|left| from_on >= left) {
        Some(one(first, Fault::AfterLeft))
    } else {
        None
    }
}
