//! A large invented group of hospitals: as many people and years as are asked for, always the same, in minutes.
//!
//! What happens is written with the statements of the stores and with a leaf for every fact, as the running server writes it, so the check
//! of the log passes; only it is written many at a stroke. The newest years were learned in the program, with every answer; those before
//! them were held in classrooms, recorded from signed sheets. Nobody was reminded, nothing was asked for, and nobody spoke to anybody yet.

mod pen;
mod places;
mod walks;
mod workers;
mod year;

use chrono::{DateTime, TimeDelta, Utc};
use kokoroe_courses::{Course, Lang, Track};
use serde_json::json;

use super::PASSWORD;
use super::days::{Days, OPEN_FOR};
use super::settings::settings;
use crate::account::password::demo_hash;
use crate::audit::{self, sign_now};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::DbError;
use crate::id::{DepartmentId, RequirementId, StaffId};
use crate::people::staff::Staff;
use crate::people::{self, Role, Scribe};
use crate::requirements::follow::follow_all;
use crate::requirements::rule::{Audience, Rule};
use crate::requirements::store::{List, Requirement};
use crate::requirements::{track, year as training_year};
use crate::start::{self, StartError};
use crate::state::Site;
use pen::{Pen, Scene};
use places::{Place, Seat, lay_out, opened};
use walks::Walks;
use workers::{Worker, hire};
use year::Teller;

/// The course of the years before this one, as long as it was new: two modules for everybody.
const EARLIER: [&str; 2] = ["m1-photo", "m4-handover"];

/// How large the group is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// People in post.
    pub people: u32,
    /// Fiscal years, this one among them.
    pub cycles: u32,
    /// The newest of them that were learned in the program; those before them were held in classrooms.
    pub here: u32,
}

/// A group that was made, and the staff numbers by which to look into it.
#[derive(Debug)]
pub struct Made {
    /// Its records.
    pub site: Site,
    /// Somebody of the training office.
    pub office: String,
    /// An auditor.
    pub auditor: String,
    /// The head of nursing of the first hospital.
    pub nursing: String,
    /// The head of a ward.
    pub ward: String,
}

/// Makes the group; nothing may be kept in that place yet. What it is doing is told line by line.
///
/// # Errors
/// With what is missing or wrong, or when there are records already.
pub async fn make(
    config: Config,
    now: DateTime<Utc>,
    size: Size,
    told: impl Fn(&str) + Send,
) -> Result<Made, StartError> {
    let days = Days { now, calendar: config.calendar };
    let db = start::open_db(&config.location).await?;
    let heads = audit::store::heads(&mut db.read().await?).await?;
    db.close().await;
    if !heads.is_empty() {
        return Err(StartError::Files("this database holds the records of a hospital already".to_owned()));
    }
    let cycles = i64::from(size.cycles.max(1));
    let clock = Clock::standing_at(days.at(days.new_year(cycles - 1), 6, 0));
    let site = start::site(config, clock.clone()).await?;
    site.db.expect_much().await?;
    let (places, seats) = lay_out(usize::try_from(size.people).unwrap_or(usize::MAX));
    told(&format!("{} departments, {} people", places.len(), seats.len()));
    let departments = found(&site, &places).await?;
    let workers = hire(&seats, &departments, &days, cycles);
    told(&format!("{} people over {cycles} years, whoever left among them", workers.len()));
    let password = demo_hash(PASSWORD).map_err(|error| StartError::Files(error.to_string()))?;
    let course = &site.content.catalogue.course;
    let mut modules: Vec<String> = course.tracks.iter().flat_map(|track| track.modules.clone()).collect();
    modules.extend(EARLIER.map(str::to_owned));
    modules.sort();
    modules.dedup();
    let walks = Walks::through(&site.content, &modules)?;
    let group = Group { site: &site, days, places, seats, departments, workers, walks, password, size };
    for ago in (0..cycles).rev() {
        told(&format!("fiscal year {} …", days.year() - ago));
        group.year(ago).await?;
    }
    clock.set(now);
    told("what the rules still ask for, and a checkpoint of every log …");
    follow_all(&site).await?;
    sign_now(&site).await.map_err(|error| StartError::Files(error.to_string()))?;
    site.db.look_again().await?;
    let head = |unit: &str| {
        group.of_department(unit).first().map(|staff| staff.staff_no.clone()).unwrap_or_default()
    };
    let (office, auditor, nursing, ward) = (head("1040"), head("1042"), head("1001"), head("1003"));
    drop(group);
    Ok(Made { site, office, auditor, nursing, ward })
}

/// The settings and the departments.
async fn found(site: &Site, places: &[Place]) -> Result<Vec<DepartmentId>, DbError> {
    let (inner, new) = (site.clone(), opened(places));
    site.db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: "system" };
                for (name, value) in settings() {
                    people::hospital::set(tx, &by, &name, &value).await?;
                }
                people::add_departments(tx, &by, new).await
            })
        })
        .await
}

struct Group<'a> {
    site: &'a Site,
    days: Days,
    places: Vec<Place>,
    seats: Vec<Seat>,
    departments: Vec<DepartmentId>,
    workers: Vec<Worker>,
    walks: Walks,
    password: String,
    size: Size,
}

impl Group<'_> {
    /// Everything that happened in the fiscal year so many years ago.
    async fn year(&self, ago: i64) -> Result<(), DbError> {
        let (site, days, clock) = (self.site, &self.days, &self.site.clock);
        let calendar = days.calendar;
        let course = &site.content.catalogue.course;
        let first_year = ago + 1 == i64::from(self.size.cycles.max(1));
        let requirement = self.requirement(ago, &course.id);
        let lists = lists(ago, course);
        let ends = calendar.start_of(calendar.first_day_of(requirement.fiscal_year + 1));
        let opens_on = calendar.date(requirement.opens_at);
        let seats: Vec<(bool, String, String)> = self
            .seats
            .iter()
            .map(|seat| {
                let place = self.places.get(seat.place);
                let (name, code) =
                    place.map(|place| (place.name.clone(), place.code.clone())).unwrap_or_default();
                (seat.head, name, code)
            })
            .collect();
        let asked = |track: &str| {
            let list = lists.iter().find(|list| list.track == track).or(lists.first());
            list.map(|list| list.modules.clone()).unwrap_or_default()
        };
        let none: &[Track] = &[];
        let teller = Teller {
            days,
            workers: &self.workers,
            seats: &seats,
            walks: &self.walks,
            tracks: if ago == 0 { &course.tracks } else { none },
            new_since: track::new_since(requirement.fiscal_year, opens_on, calendar),
            requirement: &requirement,
            modules: &asked,
            here: ago < i64::from(self.size.here),
            until: ends.min(days.now - TimeDelta::minutes(10)),
        };
        let told = teller.tell(first_year);
        let (policy, statements) = self.policy();
        let office: Vec<StaffId> = self.of_department("1040").iter().map(|staff| staff.id.clone()).collect();
        let heads: Vec<bool> = self.seats.iter().map(|seat| seat.head).collect();
        let scene = Scene {
            workers: &self.workers,
            heads: &heads,
            walks: &self.walks,
            requirement: &requirement,
            password: &self.password,
            office: &office,
            policy,
            statements: &statements,
            ends,
            calendar,
        };
        let opens = told.events.partition_point(|event| event.at < requirement.opens_at);
        let (before, after) = told.events.split_at(opens);
        let mut numbers = 0;
        clock.set(clock.now().max(days.at(calendar.first_day_of(requirement.fiscal_year), 6, 30)));
        let mut pen = Pen::begin(&site.db, &site.ledger, clock).await?;
        if first_year {
            // Everybody who is there on the first day comes before the first of them is given anything to do.
            let first = before.partition_point(|event| event.at <= days.founding_of(requirement.fiscal_year));
            let (first, then) = before.split_at(first);
            scene.write(&mut pen, &told, first, &mut numbers).await?;
            pen.finish().await?;
            clock.set(days.founding_of(requirement.fiscal_year) + TimeDelta::hours(1));
            self.first_roles().await?;
            pen.again().await?;
            scene.write(&mut pen, &told, then, &mut numbers).await?;
        } else {
            scene.write(&mut pen, &told, before, &mut numbers).await?;
        }
        pen.finish().await?;
        clock.set(requirement.opens_at);
        self.open(&requirement, &lists).await?;
        pen.again().await?;
        scene.write(&mut pen, &told, after, &mut numbers).await?;
        scene.close(&mut pen, numbers);
        pen.finish().await?;
        if let Some(last) = told.events.last() {
            clock.set(last.at.max(clock.now()));
        }
        Ok(())
    }

    fn requirement(&self, ago: i64, course: &str) -> Requirement {
        let days = &self.days;
        let year = days.year() - ago;
        let (opens, due) = if ago == 0 {
            (
                days.ago(OPEN_FOR).max(days.new_year(0)),
                (days.today() + TimeDelta::days(27)).min(days.last_day()),
            )
        } else {
            let opens = days.new_year(ago) + TimeDelta::days(150);
            (opens, opens + TimeDelta::days(83))
        };
        Requirement {
            id: RequirementId::new(&Clock::standing_at(days.at(opens, 0, 0))),
            code: format!("sns-{year}"),
            title: format!("SNSの約束 {year}年度"),
            title_en: format!("Our social media promises, FY{year}"),
            basis: "就業規則（秘密を守る義務）とSNS利用規程による年1回の研修です。".to_owned(),
            basis_en: "Yearly training under the rules of employment and the social media policy.".to_owned(),
            course: course.to_owned(),
            fiscal_year: year,
            opens_at: days.at(opens, 0, 0),
            due_at: days.calendar.end_of(due),
            valid_until: None,
            rule: Rule::yearly(Audience::everybody()),
            closed_at: None,
        }
    }

    /// The hash and the version of the policy, and what is ticked under it.
    fn policy(&self) -> ((String, i64), String) {
        let (hash, policy) = self.site.content.policy();
        let statements: Vec<_> = policy
            .statements
            .iter()
            .map(|statement| json!({ "id": statement.id, "text": statement.text.get(Lang::Ja).0 }))
            .collect();
        ((hash.to_owned(), i64::from(policy.version)), json!(statements).to_string())
    }

    async fn open(&self, requirement: &Requirement, lists: &[List]) -> Result<(), DbError> {
        let (inner, requirement, lists) = (self.site.clone(), requirement.clone(), lists.to_vec());
        self.site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let (ledger, clock) = (&inner.ledger, &inner.clock);
                    training_year::open(tx, ledger, clock, &requirement, &lists, "system").await
                })
            })
            .await
    }

    /// The people who worked in a department of the first hospital on the first day, the head of it first.
    fn of_department(&self, unit: &str) -> Vec<&Staff> {
        let code = format!("001-{unit}");
        let place = self.places.iter().position(|place| place.code == code);
        let there = |at: usize| self.seats.get(at).map(|seat| seat.place) == place;
        let mut people: Vec<&Worker> = self.workers.iter().filter(|worker| there(worker.seat)).collect();
        people.dedup_by_key(|worker| worker.seat);
        people.into_iter().map(|worker| &worker.staff).collect()
    }

    /// Heads manage their departments; the training office and the auditors are those of the first hospital.
    async fn first_roles(&self) -> Result<(), DbError> {
        let mut roles: Vec<(StaffId, Role)> = Vec::new();
        for worker in &self.workers {
            let seat = self.seats.get(worker.seat).filter(|seat| seat.head);
            if let Some(department) = seat.and_then(|seat| self.departments.get(seat.place)) {
                roles.push((worker.staff.id.clone(), Role::Manager(department.clone())));
            }
        }
        for (unit, role) in [("1040", Role::Office), ("1042", Role::Auditor)] {
            let people = self.of_department(unit).into_iter().filter(|staff| staff.left_on.is_none()).take(2);
            roles.extend(people.map(|staff| (staff.id.clone(), role.clone())));
        }
        let inner = self.site.clone();
        self.site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: "system" };
                    for (staff, role) in roles {
                        people::grant(tx, &by, &staff, &role).await?;
                    }
                    Ok(())
                })
            })
            .await
    }
}

/// What is asked of each track: this year those of the course, before it was the same for everybody.
fn lists(ago: i64, course: &Course) -> Vec<List> {
    if ago == 0 { track::lists(&course.tracks) } else { track::one_list(&EARLIER.map(str::to_owned)) }
}
