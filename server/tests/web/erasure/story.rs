//! What happens to people here: they join, are spoken to, leave and are erased.

use chrono::TimeDelta;
use http::StatusCode;
use kokoroe_server::db::{DbError, Tx};
use kokoroe_server::id::{DepartmentId, RequirementId, StaffId};
use kokoroe_server::people::staff::staff;
use kokoroe_server::people::{self, NewPosting, NewStaff, Role, Scribe, grant, leave_hospital};
use kokoroe_server::requirements::period::assign;
use kokoroe_server::requirements::rule::Rule;
use kokoroe_server::requirements::store::{InPost, Requirement};
use kokoroe_server::requirements::track::one_list;
use kokoroe_server::requirements::year;

use crate::support::{Browser, PASSWORD, TestSite, day};

/// Does something in one write.
pub(super) async fn write<T, F>(test: &TestSite, work: F) -> T
where
    F: for<'t> FnOnce(&'t mut Tx) -> kokoroe_server::db::BoxFuture<'t, Result<T, DbError>> + Send + 'static,
    T: Send + 'static,
{
    test.site.db.write(work).await.expect("written")
}

/// Somebody who owes nothing.
pub(super) async fn joined(test: &TestSite, department: &DepartmentId, number: &str) -> StaffId {
    let (site, department, number) = (test.site.clone(), department.clone(), number.to_owned());
    write(test, move |tx| {
        Box::pin(async move {
            let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
            let new = NewStaff {
                staff_no: number,
                family: "佐藤".into(),
                given: "幸子".into(),
                family_kana: "サトウ".into(),
                given_kana: "サチコ".into(),
                profession: "看護師".into(),
                employment: "常勤".into(),
                joined_on: day("2015-04-01"),
                ..NewStaff::default()
            };
            let id = people::add_staff(tx, &by, &new).await?;
            let (staff, from_on) = (id.clone(), day("2015-04-01"));
            let posting = NewPosting { staff, department, from_on, to_on: None, main: true };
            people::post(tx, &by, &posting).await?;
            Ok(id)
        })
    })
    .await
}

/// Somebody no longer belongs to the hospital from a day on.
pub(super) async fn left(test: &TestSite, who: &StaffId, left_on: &str) {
    let (site, who, left_on) = (test.site.clone(), who.clone(), day(left_on));
    write(test, move |tx| {
        Box::pin(async move {
            let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
            let person = staff(tx, &who).await?.expect("a person");
            leave_hospital(tx, &by, person, left_on).await
        })
    })
    .await;
}

/// The manager of 4病棟, who is of the training office as well from now on.
pub(super) async fn second_of_the_office(test: &TestSite) -> Browser {
    let (site, who) = (test.site.clone(), test.staff("100011").await);
    write(test, move |tx| {
        Box::pin(async move {
            let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
            grant(tx, &by, &who, &Role::Office).await.map(drop)
        })
    })
    .await;
    test.signed_in("100011").await
}

/// One of the training office asks, another confirms.
pub(super) async fn erase_by_two(test: &TestSite, who: &StaffId) {
    let address = format!("/office/people/{who}/erasure");
    let mut office = test.signed_in("100020").await;
    let asked = office.post(&address, &[("do", "ask"), ("basis", "retention")]).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    let mut second = second_of_the_office(test).await;
    let done = second.post(&address, &[("do", "confirm"), ("password", PASSWORD)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}

/// Somebody owes the training of another year, from now on.
pub(super) async fn owe(test: &TestSite, who: &StaffId, year: i64) -> Requirement {
    let now = test.site.now();
    let requirement = Requirement {
        id: RequirementId::new(&test.site.clock),
        code: format!("sns-{year}"),
        title: format!("SNSの約束 {year}年度"),
        title_en: format!("Our social media promises, FY{year}"),
        basis: "医療安全研修の一つとして".into(),
        basis_en: "As part of safety training".into(),
        course: "sns".into(),
        fiscal_year: year,
        opens_at: now,
        due_at: now + TimeDelta::days(60),
        valid_until: None,
        rule: Rule::default(),
        closed_at: None,
    };
    let (site, new, staff) = (test.site.clone(), requirement.clone(), who.clone());
    write(test, move |tx| {
        Box::pin(async move {
            let course = &site.content.catalogue.course;
            let lists = one_list(course.modules_of_everybody());
            year::open(tx, &site.ledger, &site.clock, &new, &lists, "system").await?;
            let owing = [InPost { staff, joined_on: day("2020-04-01") }];
            assign(tx, &site.ledger, &site.clock, &course.tracks, &new, &owing).await.map(drop)
        })
    })
    .await;
    requirement
}
