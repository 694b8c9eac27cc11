//! People in numbers.

use kokoroe_server::account::store::NewCredential;
use kokoroe_server::db::DbError;
use kokoroe_server::id::{DepartmentId, PeriodId, RequirementId, StaffId};
use kokoroe_server::people::{self, NewPosting, NewStaff, Scribe};
use kokoroe_server::requirements::period::assign;
use kokoroe_server::requirements::store::{self as requirements, InPost};
use kokoroe_server::{Site, account};

use crate::support::day;

/// Somebody with something to do.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) number: String,
    pub(crate) staff: StaffId,
    pub(crate) period: PeriodId,
}

/// A ward full of people who owe a training, made through the real functions. Each of them signs in with the password of this hash; without
/// one they can only be signed in from inside.
pub(crate) async fn learners(
    site: &Site,
    ward: &DepartmentId,
    training: &RequirementId,
    count: usize,
    password: Option<String>,
) -> Vec<Person> {
    let inner = site.clone();
    let (ward, training) = (ward.clone(), training.clone());
    let made: Result<Vec<Person>, DbError> = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let site = inner;
                let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                let requirement = requirements::requirement(tx, &training).await?.expect("a requirement");
                let mut made = Vec::with_capacity(count);
                for number in 0..count {
                    let new = NewStaff {
                        staff_no: format!("7{number:06}"),
                        family: "鈴木".into(),
                        given: "一郎".into(),
                        family_kana: "スズキ".into(),
                        given_kana: "イチロウ".into(),
                        roman: String::new(),
                        profession: "看護師".into(),
                        employment: "常勤".into(),
                        joined_on: day("2020-04-01"),
                        mail: String::new(),
                        left_on: None,
                    };
                    let staff = people::add_staff(tx, &by, &new).await?;
                    let credential = NewCredential { password: password.clone(), code: None };
                    account::open(tx, &staff, credential, site.now()).await?;
                    let posting = NewPosting {
                        staff: staff.clone(),
                        department: ward.clone(),
                        from_on: day("2020-04-01"),
                        to_on: None,
                        main: true,
                    };
                    people::post(tx, &by, &posting).await?;
                    let in_post = InPost { staff: staff.clone(), joined_on: day("2020-04-01") };
                    let tracks = &site.content.catalogue.course.tracks;
                    assign(tx, &site.ledger, &site.clock, tracks, &requirement, &[in_post]).await?;
                    let period = requirements::periods_of(tx, &staff).await?.remove(0).id;
                    made.push(Person { number: new.staff_no, staff, period });
                }
                Ok(made)
            })
        })
        .await;
    made.expect("people")
}

/// The cookies of somebody who is signed in from inside: not each of thousands types a password.
pub(crate) async fn sign_in(site: &Site, people: &[Person]) -> Vec<String> {
    let inner = site.clone();
    let staff: Vec<StaffId> = people.iter().map(|person| person.staff.clone()).collect();
    let signed: Result<Vec<String>, DbError> = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let mut cookies = Vec::with_capacity(staff.len());
                for staff in staff {
                    let pass = account::session::open(&inner, tx, &staff, false).await?;
                    cookies.push(format!("__Host-at={}; __Host-rt={}", pass.access, pass.refresh));
                }
                Ok(cookies)
            })
        })
        .await;
    signed.expect("signed in")
}
