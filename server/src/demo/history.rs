//! Makes the story true: every deed goes through the function that the running server uses for it, at the time at which it happened.

mod learning;
mod wishing;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::TimeDelta;
use kokoroe_app::Lang;
use kokoroe_courses::{Grade, Policy, Response};
use serde_json::json;

use super::answers::course_lang;
use super::cards::Card;
use super::careers::{Career, NEW_DEPUTY, NEW_HEAD, Stay};
use super::departments::{UNITS, unit_of};
use super::earlier_policy::earlier;
use super::next_policy::next;
use super::people::{self as cast, Person, is_head};
use super::settings::settings;
use super::story::{Deed, Event, Story, owed_since};
use super::talks::Talk;
use super::tracks;
use super::years::{Whom, exempt_reason};
use crate::account::{self, store::NewCredential};
use crate::audit::Ledger;
use crate::clock::Clock;
use crate::db::{DbError, Tx};
use crate::id::{AttemptId, DepartmentId, FollowUpId, PolicyDraftId, RequirementId, SessionId, StaffId};
use crate::people::posting::postings_of;
use crate::people::role::grants_of;
use crate::people::{self, NewDepartment, NewLeave, NewPosting, NewStaff, Role, Scribe};
use crate::policies;
use crate::reminders::decide::{self, Desk};
use crate::reminders::store::Note;
use crate::reminders::{self, post};
use crate::requirements::store::{self as requirements, Exemption, InPost, Period, Requirement};
use crate::requirements::{period, year};
use crate::training::Content;
use crate::training::content::publish_one;
use crate::training::policy::Pinned;
use crate::training::recall::write;
use crate::training::record::{self, Written};
use crate::training::role::Roles;
use crate::training::signature::{self, Signature};
use crate::training::store::{self as training, Attempt, Recalled};
use crate::training::walk::Standing;

/// What has come true so far.
#[derive(Debug)]
pub(super) struct History {
    ledger: Ledger,
    content: Arc<Content>,
    /// Stands at the deed that is being done.
    clock: Clock,
    /// The hash of everybody's password.
    password: String,
    policy: Arc<Policy>,
    departments: HashMap<&'static str, DepartmentId>,
    /// By place in the list of people.
    staff: HashMap<usize, StaffId>,
    /// By place in the list of what is owed.
    requirements: HashMap<usize, Requirement>,
    /// By what is owed and by whom.
    periods: HashMap<(usize, usize), Period>,
    /// By place in the list of ways.
    ways: HashMap<usize, Standing>,
}

impl History {
    pub(super) fn new(ledger: Ledger, content: Arc<Content>, story: &Story, password: String) -> Self {
        let (_, present) = content.policy();
        let policy = Arc::new(earlier(present, story.days.new_year(2)));
        Self {
            clock: Clock::standing_at(story.days.founding()),
            ledger,
            content,
            password,
            policy,
            departments: HashMap::new(),
            staff: HashMap::new(),
            requirements: HashMap::new(),
            periods: HashMap::new(),
            ways: HashMap::new(),
        }
    }

    /// Lets the whole story happen.
    ///
    /// # Errors
    /// When the database fails, or the story contradicts itself.
    pub(super) async fn happen(mut self, tx: &mut Tx, mut story: Story) -> Result<(), DbError> {
        for Event { at, deed } in std::mem::take(&mut story.events) {
            self.clock.set(at);
            self.take_place(tx, &story, deed).await?;
        }
        Ok(())
    }

    async fn take_place(&mut self, tx: &mut Tx, story: &Story, deed: Deed) -> Result<(), DbError> {
        match deed {
            Deed::Found => self.found(tx, story).await,
            Deed::NewPolicy => self.new_policy(tx).await,
            Deed::DraftPolicy => self.draft_policy(tx, story).await,
            Deed::Join(person) => self.join(tx, story, person).await,
            Deed::Post(person, stay) => self.move_on(tx, story, person, stay).await,
            Deed::Away(person) => self.go_away(tx, story, person).await,
            Deed::Leave(person) => self.leave(tx, story, person).await,
            Deed::HandOver => self.hand_over(tx).await,
            Deed::Open(asked) => self.open(tx, story, asked).await,
            Deed::Assign(asked, person) => self.assign(tx, story, asked, &[person]).await,
            Deed::Exempt(asked, person) => self.exempt(tx, story, asked, person).await,
            Deed::Begin(way) => self.begin(tx, story, way).await,
            Deed::Answer(way, response) => self.answer(tx, story, way, response).await,
            Deed::Sign(asked, person) => self.sign(tx, asked, person).await,
            Deed::Recall(way, card) => self.recall(tx, story, way, card).await,
            Deed::Remind => self.remind(tx).await,
            Deed::Speak(talk) => self.speak(tx, story, talk).await,
            Deed::Ask(wish) => self.ask(tx, story, wish).await,
            Deed::Decide(wish, decided) => self.decide(tx, story, wish, decided).await,
            Deed::Draft => self.draft(tx, story).await,
        }
    }

    /// As the running server does every hour.
    async fn remind(&self, tx: &mut Tx) -> Result<(), DbError> {
        let hospital = super::hospital();
        let desk = Desk {
            calendar: self.ledger.calendar,
            clock: self.clock.clone(),
            quiet: reminders::quiet(&hospital),
            mail: post::is_set(&hospital),
            hospital,
            origin: String::new(),
        };
        for candidate in decide::candidates(tx, &desk).await? {
            decide::decide(tx, &desk, &candidate).await?;
        }
        Ok(())
    }

    async fn speak(&self, tx: &mut Tx, story: &Story, talk: Talk) -> Result<(), DbError> {
        let (Some(by), Some(to)) = (self.id_of(talk.by), self.id_of(talk.to)) else { return Ok(()) };
        let spoken_on = story.days.calendar.date(self.clock.now());
        let note = Note {
            id: FollowUpId::new(&self.clock),
            staff_id: to.clone(),
            by_id: by.clone(),
            spoken_on,
            way: talk.way.code().to_owned(),
            words: talk.words.to_owned(),
            next_on: talk.again.map(|days| spoken_on + TimeDelta::days(days)),
            made_at: self.clock.now(),
        };
        reminders::write_note(tx, &self.ledger, note).await
    }

    fn scribe(&self) -> Scribe<'_> {
        Scribe { ledger: &self.ledger, clock: &self.clock, actor: "system" }
    }

    async fn found(&mut self, tx: &mut Tx, story: &Story) -> Result<(), DbError> {
        for (name, value) in settings() {
            people::hospital::set(tx, &self.scribe(), &name, &value).await?;
        }
        for module in &self.content.catalogue.modules {
            let hash = module.revision();
            publish_one(tx, &self.ledger, &self.clock, "module", &module.id, &hash, || module.canonical())
                .await?;
        }
        self.publish_policy(tx).await?;
        for (position, unit) in (1..).zip(&UNITS) {
            let new = NewDepartment {
                code: unit.code.to_owned(),
                name: unit.name.to_owned(),
                name_en: unit.name_en.to_owned(),
                parent: self.departments.get(unit.above).cloned(),
                position,
            };
            let id = people::add_department(tx, &self.scribe(), &new).await?;
            self.departments.insert(unit.code, id);
        }
        let today = story.days.calendar.date(self.clock.now());
        for (person, career) in story.careers.iter().enumerate() {
            if career.joined <= today {
                self.join(tx, story, person).await?;
            }
        }
        self.first_roles(tx).await
    }

    async fn publish_policy(&self, tx: &mut Tx) -> Result<(), DbError> {
        let (policy, hash) = (&self.policy, self.policy.revision());
        publish_one(tx, &self.ledger, &self.clock, "policy", &policy.id, &hash, || policy.canonical()).await
    }

    async fn new_policy(&mut self, tx: &mut Tx) -> Result<(), DbError> {
        self.policy = Arc::clone(self.content.policy().1);
        self.publish_policy(tx).await
    }

    async fn draft_policy(&self, tx: &mut Tx, story: &Story) -> Result<(), DbError> {
        let [_, colleague] = cast::OFFICE;
        let Some(by) = self.id_of(colleague) else { return Ok(()) };
        let policy = next(&self.policy, story.days.today() + TimeDelta::days(30));
        policies::draft::put(tx, PolicyDraftId::new(&self.clock), by, &policy, self.clock.now())
            .await
            .map(drop)
    }

    async fn first_roles(&self, tx: &mut Tx) -> Result<(), DbError> {
        for person in cast::everybody() {
            let Some(department) = self.departments.get(person.unit).filter(|_| is_head(person)) else {
                continue;
            };
            self.grant(tx, person.number, &Role::Manager(department.clone())).await?;
        }
        for number in cast::OFFICE {
            self.grant(tx, number, &Role::Office).await?;
        }
        for number in cast::AUDITORS {
            self.grant(tx, number, &Role::Auditor).await?;
        }
        Ok(())
    }

    async fn grant(&self, tx: &mut Tx, number: u32, role: &Role) -> Result<(), DbError> {
        match self.id_of(number) {
            Some(staff) => people::grant(tx, &self.scribe(), staff, role).await.map(drop),
            None => Ok(()),
        }
    }

    /// The id of the person with this number, once they have joined.
    fn id_of(&self, number: u32) -> Option<&StaffId> {
        let at = cast::everybody().iter().position(|person| person.number == number)?;
        self.staff.get(&at)
    }

    async fn join(&mut self, tx: &mut Tx, story: &Story, at: usize) -> Result<(), DbError> {
        let (Some(person), Some(career)) = (cast::everybody().get(at), story.careers.get(at)) else {
            return Ok(());
        };
        let Person { number, name, profession, employment, .. } = person;
        let new = NewStaff {
            staff_no: number.to_string(),
            family: name.family.to_owned(),
            given: name.given.to_owned(),
            family_kana: name.family_kana.to_owned(),
            given_kana: name.given_kana.to_owned(),
            roman: name.roman.clone(),
            profession: (*profession).to_owned(),
            employment: (*employment).to_owned(),
            joined_on: career.joined,
            left_on: None,
            mail: cast::mail(*number),
        };
        let id = people::add_staff(tx, &self.scribe(), &new).await?;
        let credential = NewCredential { password: Some(self.password.clone()), code: None };
        account::open(tx, &id, credential, self.clock.now()).await?;
        self.staff.insert(at, id);
        match career.stays.first() {
            Some(stay) => self.post(tx, at, stay).await,
            None => Ok(()),
        }
    }

    async fn post(&self, tx: &mut Tx, person: usize, stay: &Stay) -> Result<(), DbError> {
        let (Some(staff), Some(department)) = (self.staff.get(&person), self.departments.get(stay.unit))
        else {
            return Ok(());
        };
        let new = NewPosting {
            staff: staff.clone(),
            department: department.clone(),
            from_on: stay.from,
            to_on: None,
            main: stay.main,
        };
        people::post(tx, &self.scribe(), &new).await.map(drop)
    }

    /// Begins another stay; a new main one ends the one before.
    async fn move_on(&self, tx: &mut Tx, story: &Story, person: usize, stay: usize) -> Result<(), DbError> {
        let stay = story.careers.get(person).and_then(|career| career.stays.get(stay));
        let (Some(stay), Some(staff)) = (stay, self.staff.get(&person)) else { return Ok(()) };
        if stay.main {
            for open in postings_of(tx, staff).await?.iter().filter(|open| open.main && open.to_on.is_none())
            {
                people::end_posting(tx, &self.scribe(), open, stay.from).await?;
            }
        }
        self.post(tx, person, stay).await
    }

    async fn go_away(&self, tx: &mut Tx, story: &Story, person: usize) -> Result<(), DbError> {
        let away = story.careers.get(person).and_then(|career| career.away.as_ref());
        let (Some(away), Some(staff)) = (away, self.staff.get(&person)) else { return Ok(()) };
        let new = NewLeave {
            staff: staff.clone(),
            reason: away.reason.to_owned(),
            from_on: away.from,
            to_on: away.to,
        };
        people::add_leave(tx, &self.scribe(), &new).await.map(drop)
    }

    async fn leave(&self, tx: &mut Tx, story: &Story, person: usize) -> Result<(), DbError> {
        let (Some(career), Some(id)) = (story.careers.get(person), self.staff.get(&person)) else {
            return Ok(());
        };
        let (Some(left), Some(staff)) = (career.left, people::staff::staff(tx, id).await?) else {
            return Ok(());
        };
        people::staff::leave_hospital(tx, &self.scribe(), staff, left).await
    }

    async fn hand_over(&self, tx: &mut Tx) -> Result<(), DbError> {
        let (Some(old), Some(department)) =
            (self.id_of(NEW_DEPUTY), unit_of("1004").and_then(|unit| self.departments.get(unit.code)))
        else {
            return Ok(());
        };
        for grant in grants_of(tx, old).await? {
            people::revoke(tx, &self.scribe(), &grant).await?;
        }
        self.grant(tx, NEW_HEAD, &Role::Manager(department.clone())).await
    }
}
