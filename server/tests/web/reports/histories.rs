//! Two months of a hospital in which anything happens in any order. What a report says of a day now, it says of that day for ever; and
//! what it says now is what follows, person by person, from the page of that person.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use kokoroe_server::clock::Calendar;
use kokoroe_server::db::{DbError, Engine};
use kokoroe_server::id::{DepartmentId, StaffId};
use kokoroe_server::people::department::rename_department;
use kokoroe_server::people::staff::{leave_hospital, staff, staff_by_number, update_staff};
use kokoroe_server::people::store::posting::postings_of;
use kokoroe_server::people::{self, NewLeave, NewPosting, NewStaff, Scribe};
use kokoroe_server::reports::scope::Tree;
use kokoroe_server::reports::store::{self as reports, Instant, Order, Page, Question, Scan};
use kokoroe_server::requirements::exception::{self, Kind, Request, Verdict};
use kokoroe_server::requirements::follow::follow_all;
use kokoroe_server::requirements::status::Status;
use kokoroe_server::requirements::store::exception::exceptions_of;
use kokoroe_server::requirements::store::{self as requirements, Period};
use kokoroe_server::training::overview::Overview;

use super::hospital::{finish, move_to};
use super::population::Chance;
use crate::support::people::Ward;
use crate::support::{TestSite, day, engines};

const DAYS: i64 = 60;

/// Staff number: department, profession, status and the first instant that is too late.
type Seen = BTreeMap<String, (Option<String>, String, Status, DateTime<Utc>)>;

struct History {
    test: TestSite,
    ward: Ward,
    chance: Chance,
    /// Everybody who ever came, by number.
    people: BTreeMap<String, StaffId>,
    /// What the departments are called today.
    names: HashMap<DepartmentId, String>,
    /// How often each sort of thing happened.
    happened: BTreeMap<&'static str, u32>,
}

impl History {
    async fn begin(engine: Engine, seed: u64) -> Self {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut people = BTreeMap::new();
        for number in ["100001", "100002", "100003", "100010", "100011", "100020", "100030"] {
            people.insert(number.to_owned(), test.staff(number).await);
        }
        let names = [(&ward.top, "病院"), (&ward.third, "3病棟"), (&ward.fourth, "4病棟")]
            .map(|(id, name)| (id.clone(), name.to_owned()))
            .into();
        Self { test, ward, chance: Chance(seed), people, names, happened: BTreeMap::new() }
    }

    fn today(&self) -> NaiveDate {
        Calendar::default().date(self.test.site.now())
    }

    fn days_on(&mut self, most: u64) -> NaiveDate {
        self.today() + TimeDelta::days(i64::try_from(self.chance.below(most)).expect("small"))
    }

    fn somebody(&mut self) -> StaffId {
        let everybody: Vec<&StaffId> = self.people.values().collect();
        (*self.chance.pick(&everybody)).clone()
    }

    fn somewhere(&mut self) -> DepartmentId {
        let places = [self.ward.top.clone(), self.ward.third.clone(), self.ward.fourth.clone()];
        self.chance.pick(&places).clone()
    }

    /// One thing happens, a while after the last one; now and then the clock has stepped back before it.
    async fn something(&mut self) {
        let minutes = i64::try_from(self.chance.below(90)).expect("small");
        self.test.clock.advance(TimeDelta::minutes(if self.chance.percent(15) {
            -minutes / 3
        } else {
            minutes
        }));
        let what = *self.chance.pick(&[
            "join",
            "move",
            "move",
            "leave",
            "go",
            "complete",
            "complete",
            "complete",
            "correct",
            "exempt",
            "extend",
            "rename",
            "profession",
        ]);
        let done = match what {
            "join" => self.join().await,
            "move" => self.move_on().await,
            "leave" => self.leave().await,
            "go" => self.go().await,
            "complete" => self.complete().await,
            "correct" => self.except(Kind::Correct).await,
            "exempt" => self.except(Kind::Exempt).await,
            "extend" => self.except(Kind::Extend).await,
            "rename" => self.rename().await,
            _ => self.profession().await,
        };
        if done {
            *self.happened.entry(what).or_default() += 1;
        }
    }

    async fn join(&mut self) -> bool {
        let number = format!("2{:05}", self.people.len());
        let (joined_on, department) = (self.days_on(4), self.somewhere());
        let site = self.test.site.clone();
        let staff_no = number.clone();
        let id: Result<StaffId, DbError> = self
            .test
            .site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                    let new = NewStaff {
                        staff_no,
                        family: "新人".into(),
                        given: "一".into(),
                        family_kana: "シンジン".into(),
                        given_kana: "ハジメ".into(),
                        roman: String::new(),
                        profession: "看護師".into(),
                        employment: "常勤".into(),
                        joined_on,
                        mail: String::new(),
                        left_on: None,
                    };
                    let staff = people::add_staff(tx, &by, &new).await?;
                    let posting = NewPosting {
                        staff: staff.clone(),
                        department,
                        from_on: joined_on,
                        to_on: None,
                        main: true,
                    };
                    people::post(tx, &by, &posting).await?;
                    Ok(staff)
                })
            })
            .await;
        self.people.insert(number, id.expect("somebody new"));
        true
    }

    async fn move_on(&mut self) -> bool {
        let (who, place, on) = (self.somebody(), self.somewhere(), self.days_on(5));
        let mut conn = self.test.site.db.read().await.expect("a connection");
        let person = staff(&mut conn, &who).await.expect("a look").expect("a person");
        drop(conn);
        if person.left_on.is_some() || person.joined_on > on {
            return false;
        }
        move_to(&self.test, &who, &place, on).await;
        true
    }

    async fn leave(&mut self) -> bool {
        let (staff, from_on) = (self.somebody(), self.days_on(6));
        let back = i64::try_from(self.chance.below(20)).expect("small") + 1;
        let to_on = self.chance.percent(70).then(|| from_on + TimeDelta::days(back));
        let new = NewLeave { staff, reason: "病休".into(), from_on, to_on };
        let site = self.test.site.clone();
        let noted: Result<(), DbError> = self
            .test
            .site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                    people::add_leave(tx, &by, &new).await.map(drop)
                })
            })
            .await;
        noted.expect("noted");
        true
    }

    async fn go(&mut self) -> bool {
        let (who, on) = (self.somebody(), self.days_on(8));
        let site = self.test.site.clone();
        let gone: Result<bool, DbError> = self
            .test
            .site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                    let person = staff(tx, &who).await?.expect("a person");
                    if person.left_on.is_some() || person.joined_on > on {
                        return Ok(false);
                    }
                    leave_hospital(tx, &by, person, on).await?;
                    Ok(true)
                })
            })
            .await;
        gone.expect("gone")
    }

    /// The newest period of somebody, and whether it is completed.
    async fn period(&self, who: &StaffId) -> Option<(Period, bool)> {
        let mut conn = self.test.site.db.read().await.expect("a connection");
        let period = requirements::periods_of(&mut conn, who).await.expect("periods").into_iter().next()?;
        let overview = Overview::load(&self.test.site, &mut conn, period.clone()).await.expect("an overview");
        Some((period, overview.completion.is_some()))
    }

    async fn complete(&mut self) -> bool {
        let who = self.somebody();
        match self.period(&who).await {
            Some((_, false)) => finish(&self.test, &who).await,
            _ => return false,
        }
        true
    }

    /// Somebody asks for an exception, and two others of the office have their say.
    async fn except(&mut self, kind: Kind) -> bool {
        let who = self.somebody();
        let Some((period, completed)) = self.period(&who).await else { return false };
        let asks = completed == (kind == Kind::Correct);
        let (asker, decider) = (self.ward.manager.clone(), self.ward.office.clone());
        if !asks || [&asker, &decider].contains(&&who) {
            return false;
        }
        let until = self.days_on(40) + TimeDelta::days(1);
        let site = self.test.site.clone();
        let granted: Result<(), DbError> = self
            .test
            .site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let (at, tracks) = ((&site.ledger, &site.clock), &site.content.catalogue.course.tracks);
                    let request = Request {
                        kind,
                        words: "事情".into(),
                        from: None,
                        until: kind.has_end().then_some(until),
                    };
                    let id = exception::ask(tx, at, &asker, &period, &request).await?;
                    let rows = exceptions_of(tx, &period.id).await?;
                    let row = rows.iter().find(|row| row.id == id).expect("what was asked");
                    let verdict = Verdict { granted: true, until: None, reply: "認めます".into() };
                    exception::decide(tx, at, tracks, &decider, row, &verdict).await
                })
            })
            .await;
        granted.expect("granted");
        true
    }

    async fn rename(&mut self) -> bool {
        let (id, name) = (self.somewhere(), format!("{}科", self.chance.below(1000)));
        self.names.insert(id.clone(), name.clone());
        let site = self.test.site.clone();
        let renamed: Result<(), DbError> = self
            .test
            .site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                    rename_department(tx, &by, &id, &name, "").await
                })
            })
            .await;
        renamed.expect("renamed");
        true
    }

    async fn profession(&mut self) -> bool {
        let who = self.somebody();
        let word = *self.chance.pick(&["看護師", "医師", "事務"]);
        let site = self.test.site.clone();
        let changed: Result<(), DbError> = self
            .test
            .site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                    let mut person = staff(tx, &who).await?.expect("a person");
                    word.clone_into(&mut person.profession);
                    update_staff(tx, &by, &person).await
                })
            })
            .await;
        changed.expect("changed");
        true
    }

    /// What the list of everybody says as of an instant.
    async fn report(&self, at: DateTime<Utc>) -> Seen {
        let mut conn = self.test.site.db.read().await.expect("a connection");
        let instant = Instant::new(at, Calendar::default());
        let tree = Tree::load(&mut conn, instant.day).await.expect("a tree");
        let asked = Question::of(self.ward.requirement.clone(), instant);
        let rows =
            reports::roster(&mut conn, &asked, &Scan::Everywhere, "all", |_| true, Order::Kana, Page::WHOLE)
                .await
                .expect("a list");
        let counted = reports::counts(&mut conn, &asked, &Scan::Everywhere).await.expect("counts");
        let people: i64 = counted.iter().map(|row| row.people).sum();
        assert_eq!(usize::try_from(people).expect("small"), rows.len(), "counts and list agree");
        let seen: Seen = rows
            .iter()
            .map(|row| {
                let name = row.department_id.as_ref().and_then(|id| tree.get(id));
                let name = name.map(|node| node.department.name.clone());
                (row.staff_no.clone(), (name, row.profession.clone(), row.status(), row.due_at))
            })
            .collect();
        assert_eq!(seen.len(), rows.len(), "nobody is listed twice");
        seen
    }

    /// The same, reckoned person by person from what their own page says.
    async fn reckoned(&self) -> Seen {
        let mut conn = self.test.site.db.read().await.expect("a connection");
        let today = self.today();
        let mut seen = Seen::new();
        for number in self.people.keys() {
            let person = staff_by_number(&mut conn, number).await.expect("a look").expect("a person");
            let postings = postings_of(&mut conn, &person.id).await.expect("postings");
            let main = postings
                .iter()
                .filter(|one| one.main && one.from_on <= today && one.to_on.is_none_or(|to| today < to))
                .max_by_key(|one| (one.from_on, one.id.clone()));
            let place = main.map(|posting| self.names[&posting.department_id].clone());
            for period in requirements::periods_of(&mut conn, &person.id).await.expect("periods") {
                let overview = Overview::load(&self.test.site, &mut conn, period).await.expect("an overview");
                if overview.corrected.is_none() {
                    let stands =
                        (place.clone(), person.profession.clone(), overview.status, overview.terms.due_at);
                    assert!(seen.insert(number.clone(), stands).is_none(), "{number} owes it twice");
                }
            }
        }
        seen
    }
}

#[tokio::test]
async fn whatever_happens_a_report_of_a_past_day_says_what_it_said_on_that_day() {
    for engine in engines() {
        for seed in [3, 4] {
            let mut history = History::begin(engine, seed).await;
            let calendar = Calendar::default();
            let first = day("2026-10-02");
            let mut said = Vec::new();
            let mut statuses = BTreeMap::new();
            for passed in 0..DAYS {
                let today = first + TimeDelta::days(passed);
                history.test.clock.set(calendar.start_of(today) + TimeDelta::hours(2));
                follow_all(&history.test.site).await.expect("a run");
                for _ in 0..history.chance.below(5) {
                    history.something().await;
                }
                let end = calendar.end_of(today) - TimeDelta::microseconds(1);
                history.test.clock.set(end);
                let report = history.report(end).await;
                assert_eq!(report, history.reckoned().await, "{engine:?} {seed} {today}");
                for (_, _, status, _) in report.values() {
                    *statuses.entry(*status).or_insert(0) += 1;
                }
                said.push((end, report));
            }
            for (end, report) in said {
                assert_eq!(history.report(end).await, report, "{engine:?} {seed} as of {end}");
            }
            let kinds = [
                "join",
                "move",
                "leave",
                "go",
                "complete",
                "correct",
                "exempt",
                "extend",
                "rename",
                "profession",
            ];
            for kind in kinds {
                assert!(history.happened.contains_key(kind), "{kind} happened: {:?}", history.happened);
            }
            for status in
                [Status::NotStarted, Status::Completed, Status::Overdue, Status::Exempt, Status::Out]
            {
                assert!(statuses.contains_key(&status), "{status:?} was there: {statuses:?}");
            }
        }
    }
}
