//! What can happen on a day: somebody joins, moves, is away, goes, completes, is corrected, is exempt, has more time; a ward is renamed.

use chrono::{NaiveDate, TimeDelta};
use kokoroe_server::db::DbError;
use kokoroe_server::id::{DepartmentId, StaffId};
use kokoroe_server::people::department::rename_department;
use kokoroe_server::people::staff::{leave_hospital, staff};
use kokoroe_server::people::{self, NewPosting, NewStaff, Scribe};
use kokoroe_server::requirements::exception::{self, Kind, Request, Verdict};
use kokoroe_server::requirements::store::exception::exceptions_of;
use kokoroe_server::requirements::store::{self as requirements, Period};
use kokoroe_server::training::overview::Overview;

use super::History;
use crate::reports::hospital::{finish, leave, move_to, profession};

impl History {
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
    pub(super) async fn something(&mut self) {
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
        leave(&self.test, &staff, from_on, to_on).await;
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
        profession(&self.test, &who, word).await;
        true
    }
}
