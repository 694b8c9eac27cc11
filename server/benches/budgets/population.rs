//! People in numbers.

use kokoroe_server::db::DbError;
use kokoroe_server::id::{PeriodId, StaffId};
use kokoroe_server::people::{self, NewPosting, NewStaff, Scribe};
use kokoroe_server::requirements::period::assign;
use kokoroe_server::requirements::store::{self as requirements, InPost};

use crate::support::{TestSite, day};

/// Somebody with something to do.
pub(crate) struct Person {
    pub(crate) staff: StaffId,
    pub(crate) period: PeriodId,
}

/// A ward full of people who owe the year's training, made through the real functions.
pub(crate) async fn learners(test: &TestSite, count: usize) -> Vec<Person> {
    let ward = test.ward().await;
    let site = test.site.clone();
    let made: Result<Vec<Person>, DbError> = test
        .site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                let requirement =
                    requirements::requirement(tx, &ward.requirement).await?.expect("a requirement");
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
                    kokoroe_server::account::open(tx, &staff, Default::default(), site.now()).await?;
                    let department = ward.third.clone();
                    let posting = NewPosting {
                        staff: staff.clone(),
                        department,
                        from_on: day("2020-04-01"),
                        to_on: None,
                        main: true,
                    };
                    people::post(tx, &by, &posting).await?;
                    let in_post = InPost { staff: staff.clone(), joined_on: day("2020-04-01") };
                    let tracks = &site.content.catalogue.course.tracks;
                    assign(tx, &site.ledger, &site.clock, tracks, &requirement, &[in_post]).await?;
                    let period = requirements::periods_of(tx, &staff).await?.remove(0).id;
                    made.push(Person { staff, period });
                }
                Ok(made)
            })
        })
        .await;
    made.expect("people")
}
