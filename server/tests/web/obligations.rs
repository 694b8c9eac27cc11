//! Who owes what, and until when, over years: the stories of those who run such a training, each as a sentence.

mod asking;
pub(crate) mod attendance;
pub(crate) mod office;
mod steps;

use chrono::TimeDelta;
use kokoroe_server::audit::{self, live_check};
use kokoroe_server::clock::Calendar;
use kokoroe_server::db::DbError;
use kokoroe_server::id::StaffId;
use kokoroe_server::people::{self, NewStaff, Scribe};
use kokoroe_server::requirements::follow::{Everybody, Standing, facts, follow};
use kokoroe_server::requirements::period::Because;
use kokoroe_server::requirements::plan::{plan, validity_moves};
use kokoroe_server::requirements::rule::{Cycle, Days, Rule};
use kokoroe_server::requirements::status::{Rate, Status};
use kokoroe_server::requirements::store::{self as requirements};

use crate::reports::hospital::{leave, move_to, profession};
use crate::support::{TestSite, at, day, engines};
use steps::{because, complete, last_day, nurses, open, owed, rate, run, status, status_at};

/// The training of the present fiscal year, open and given to everybody.
pub(crate) async fn open_year_for(test: &TestSite) -> requirements::Requirement {
    let requirement = open(test, Rule::default()).await;
    run(test).await;
    requirement
}

#[tokio::test]
async fn a_new_year_asks_everybody_again_and_the_old_year_stays_as_it_was() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let first = open(&test, Rule::default()).await;
        run(&test).await;
        let done = owed(&test, &ward.nurse, &first).await.remove(0);
        complete(&test, &first, &done, None).await;
        test.clock.set(at("2027-04-05T00:00:00Z"));
        let second = open(&test, Rule::default()).await;
        assert_eq!(run(&test).await, 7);
        let next = owed(&test, &ward.nurse, &second).await.remove(0);
        assert_eq!(
            status(&test, &ward.nurse, &next.id).await,
            Status::NotStarted,
            "nothing is done beforehand"
        );
        assert_eq!(status(&test, &ward.nurse, &done.id).await, Status::Completed, "and nothing is undone");
        assert_eq!(run(&test).await, 0, "once is enough");
    }
}

#[tokio::test]
async fn a_completion_that_ends_is_asked_for_again_before_it_does_and_an_early_renewal_loses_no_day() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let rolling = open(&test, nurses(Cycle::Rolling { months: 12 })).await;
        run(&test).await;
        let first = owed(&test, &ward.nurse, &rolling).await.remove(0);
        test.clock.set(at("2026-10-05T03:00:00Z"));
        let until = complete(&test, &rolling, &first, None).await;
        assert_eq!(last_day(until), day("2027-10-04"));
        test.clock.set(at("2027-08-05T03:00:00Z"));
        run(&test).await;
        assert_eq!(owed(&test, &ward.nurse, &rolling).await.len(), 1, "sixty-one days before");
        test.clock.set(at("2027-08-06T03:00:00Z"));
        run(&test).await;
        run(&test).await;
        let periods = owed(&test, &ward.nurse, &rolling).await;
        assert_eq!(periods.len(), 2, "once");
        assert_eq!(last_day(periods[1].due_at), day("2027-10-04"), "by the day on which the first one ends");
        assert_eq!(because(&periods[1]), Because::Again { until: day("2027-10-05") });
        assert_eq!(status(&test, &ward.nurse, &first.id).await, Status::Renew);
        let nobody_twice = rate(&test, &rolling, None, test.site.now()).await;
        assert_eq!(nobody_twice, Rate { done: 1, of: 7 }, "she still counts as done, and once");
        let again = complete(&test, &rolling, &periods[1], Some(until)).await;
        assert_eq!(last_day(again), day("2028-10-04"), "two months early, and no day lost");
    }
}

#[tokio::test]
async fn whoever_let_it_lapse_or_never_began_is_not_lost() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let rolling = open(&test, nurses(Cycle::Rolling { months: 12 })).await;
        run(&test).await;
        let first = owed(&test, &ward.nurse, &rolling).await.remove(0);
        complete(&test, &rolling, &first, None).await;
        // Nobody ran the server for three years.
        test.clock.set(at("2029-12-01T00:00:00Z"));
        run(&test).await;
        let periods = owed(&test, &ward.nurse, &rolling).await;
        assert_eq!(periods.len(), 2);
        assert_eq!(because(&periods[1]), Because::Late { on: day("2029-12-01"), days: 14 });
        assert_eq!(last_day(periods[1].due_at), day("2029-12-15"), "never a date that is past");
        let other = owed(&test, &ward.other_nurse, &rolling).await;
        assert_eq!(other.len(), 1, "who never began still holds the first");
        assert_eq!(status(&test, &ward.other_nurse, &other[0].id).await, Status::Overdue);
    }
}

#[tokio::test]
async fn whoever_was_trained_in_november_is_not_asked_again_in_january() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        test.clock.set(at("2026-11-20T03:00:00Z"));
        let yearly = test.period(&ward.nurse).await;
        let mut conn = test.site.db.read().await.expect("a connection");
        let of = requirements::requirement(&mut conn, &ward.requirement).await.expect("a look").expect("it");
        let period = requirements::period(&mut conn, &yearly).await.expect("a look").expect("it");
        drop(conn);
        complete(&test, &of, &period, None).await;
        test.clock.set(at("2027-01-08T00:00:00Z"));
        let days = Days { gap: 90, ..Days::default() };
        let january = open(&test, Rule { days, ..Rule::default() }).await;
        run(&test).await;
        assert_eq!(owed(&test, &ward.nurse, &january).await, []);
        assert_eq!(owed(&test, &ward.other_nurse, &january).await.len(), 1);
        test.clock.set(at("2027-02-18T00:00:00Z"));
        run(&test).await;
        let later = owed(&test, &ward.nurse, &january).await;
        assert_eq!(later.len(), 1, "ninety days after");
        assert_eq!(
            last_day(later[0].due_at),
            day("2027-03-08"),
            "with everybody's date, which is still to come"
        );
    }
}

#[tokio::test]
async fn whoever_is_hired_during_the_year_has_sixty_days_or_everybodys_date_if_that_is_later() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        test.ward().await;
        let yearly = open(&test, Rule::default()).await;
        run(&test).await;
        test.clock.set(at("2026-11-10T00:00:00Z"));
        let site = test.site.clone();
        let hired: Result<StaffId, DbError> = test
            .site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                    let new = NewStaff {
                        staff_no: "100050".into(),
                        family: "竹田".into(),
                        joined_on: day("2026-11-10"),
                        ..NewStaff::default()
                    };
                    people::add_staff(tx, &by, &new).await
                })
            })
            .await;
        let hired = hired.expect("hired");
        run(&test).await;
        let period = owed(&test, &hired, &yearly).await.remove(0);
        assert_eq!(last_day(period.due_at), day("2027-01-09"));
        assert_eq!(because(&period), Because::Joined { on: day("2026-11-10"), days: 60 });
    }
}

#[tokio::test]
async fn one_wrong_night_in_the_staff_list_ends_nothing_and_whoever_returns_finds_what_they_did() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let of = open(&test, nurses(Cycle::FiscalYear)).await;
        run(&test).await;
        let period = owed(&test, &ward.nurse, &of).await.remove(0);
        profession(&test, &ward.nurse, "事務").await;
        run(&test).await;
        assert_eq!(status(&test, &ward.nurse, &period.id).await, Status::NotStarted, "the first night");
        profession(&test, &ward.nurse, "看護師").await;
        run(&test).await;
        profession(&test, &ward.nurse, "事務").await;
        test.clock.advance(TimeDelta::days(8));
        run(&test).await;
        assert_eq!(status(&test, &ward.nurse, &period.id).await, Status::NotStarted, "counted anew");
        test.clock.advance(TimeDelta::days(7));
        run(&test).await;
        assert_eq!(status(&test, &ward.nurse, &period.id).await, Status::Out, "seven days on end");
        profession(&test, &ward.nurse, "看護師").await;
        test.clock.set(at("2026-12-10T00:00:00Z"));
        run(&test).await;
        assert_eq!(owed(&test, &ward.nurse, &of).await.len(), 1, "the same period, with all that was done");
        assert_eq!(status(&test, &ward.nurse, &period.id).await, Status::NotStarted);
        let mut conn = test.site.db.read().await.expect("a connection");
        let moved = requirements::terms(&mut conn, &period.id).await.expect("changes");
        assert_eq!(
            moved.iter().map(|change| last_day(change.due_at)).collect::<Vec<_>>(),
            [day("2026-12-24")]
        );
    }
}

#[tokio::test]
async fn longer_validity_reaches_those_who_hold_a_completion_already() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let of = open(&test, nurses(Cycle::Rolling { months: 12 })).await;
        run(&test).await;
        let period = owed(&test, &ward.nurse, &of).await.remove(0);
        complete(&test, &of, &period, None).await;
        test.clock.set(at("2027-08-20T00:00:00Z"));
        run(&test).await;
        let rule = nurses(Cycle::Rolling { months: 24 });
        let (now, calendar) = (test.site.now(), Calendar::default());
        let mut conn = test.site.db.read().await.expect("a connection");
        let everybody = Everybody::load(&mut conn, calendar, now).await.expect("people");
        let standing = Standing::load(&mut conn, &of, &rule, test.site.now()).await.expect("periods");
        drop(conn);
        let seen = facts(&of, &rule, &everybody, &standing, (now, calendar), true);
        let mut plan = plan(&seen);
        plan.moves = validity_moves(&seen, of.rule.cycle);
        assert_eq!(plan.moves.len(), 2, "the completion, and the period that was to renew it");
        follow(&test.site, &of, plan, &everybody, "system").await.expect("followed");
        assert_eq!(
            status(&test, &ward.nurse, &period.id).await,
            Status::Completed,
            "not due for renewal any more"
        );
        let before = test.site.now() - TimeDelta::hours(1);
        assert_eq!(status_at(&test, &ward.nurse, &period.id, before).await, Status::Renew, "as it was then");
    }
}

#[tokio::test]
async fn somebody_who_moved_is_in_the_reports_of_the_place_where_they_were_that_day() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let of = open(&test, Rule::default()).await;
        run(&test).await;
        test.clock.set(at("2026-10-20T00:00:00Z"));
        let period = owed(&test, &ward.nurse, &of).await.remove(0);
        complete(&test, &of, &period, None).await;
        move_to(&test, &ward.nurse, &ward.fourth, day("2026-11-01")).await;
        let (october, november) = (at("2026-10-31T00:00:00Z"), at("2026-11-01T00:00:00Z"));
        assert_eq!(rate(&test, &of, Some(&ward.third), october).await, Rate { done: 1, of: 3 });
        assert_eq!(rate(&test, &of, Some(&ward.third), november).await, Rate { done: 0, of: 2 });
        assert_eq!(rate(&test, &of, Some(&ward.fourth), november).await, Rate { done: 1, of: 3 });
        assert_eq!(rate(&test, &of, None, october).await, rate(&test, &of, None, november).await);
    }
}

#[tokio::test]
async fn a_leave_stops_the_clock_and_gives_thirty_days_after_the_return() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let of = open(&test, Rule::default()).await;
        run(&test).await;
        let period = owed(&test, &ward.nurse, &of).await.remove(0);
        assert_eq!(last_day(period.due_at), day("2026-11-29"));
        leave(&test, &ward.nurse, day("2026-10-10"), Some(day("2026-12-01"))).await;
        run(&test).await;
        assert_eq!(run(&test).await, 0);
        test.clock.set(at("2026-11-30T00:00:00Z"));
        assert_eq!(status(&test, &ward.nurse, &period.id).await, Status::Out, "away when it was due");
        test.clock.set(at("2026-12-02T00:00:00Z"));
        assert_eq!(status(&test, &ward.nurse, &period.id).await, Status::NotStarted, "back, and not late");
        test.clock.set(at("2027-01-01T00:00:00Z"));
        assert_eq!(status(&test, &ward.nurse, &period.id).await, Status::Overdue, "the thirty days are over");
    }
}

#[tokio::test]
async fn whoever_was_away_from_the_date_into_another_year_owes_only_the_new_year() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let of = open(&test, Rule::default()).await;
        run(&test).await;
        let period = owed(&test, &ward.nurse, &of).await.remove(0);
        leave(&test, &ward.nurse, day("2026-10-10"), None).await;
        test.clock.set(at("2027-05-01T00:00:00Z"));
        let next = open(&test, Rule::default()).await;
        run(&test).await;
        let id = {
            let mut conn = test.site.db.read().await.expect("a connection");
            people::posting::leaves_of(&mut conn, &ward.nurse).await.expect("leaves").remove(0)
        };
        let site = test.site.clone();
        let back: Result<(), DbError> = test
            .site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                    people::end_leave(tx, &by, id, day("2027-07-01")).await
                })
            })
            .await;
        back.expect("back");
        test.clock.set(at("2027-07-02T00:00:00Z"));
        run(&test).await;
        assert_eq!(status(&test, &ward.nurse, &period.id).await, Status::Out, "lawfully away all the time");
        let owes = owed(&test, &ward.nurse, &next).await.remove(0);
        assert_eq!(status(&test, &ward.nurse, &owes.id).await, Status::NotStarted);
        let mut conn = test.site.db.read().await.expect("a connection");
        let moved = requirements::terms(&mut conn, &owes.id).await.expect("changes");
        assert_eq!(last_day(moved.last().expect("a change").due_at), day("2027-07-31"));
    }
}

#[tokio::test]
async fn a_training_that_is_closed_is_given_to_nobody_new_and_still_owed_by_those_who_have_it() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let of = open(&test, nurses(Cycle::FiscalYear)).await;
    profession(&test, &ward.nurse, "事務").await;
    run(&test).await;
    let mut office = test.signed_in("100020").await;
    let closed = office.post(&format!("/office/requirements/{}/close", of.id), &[]).await;
    assert_eq!(closed.location(), format!("/office/requirements/{}", of.id));
    profession(&test, &ward.nurse, "看護師").await;
    run(&test).await;
    assert_eq!(owed(&test, &ward.nurse, &of).await, []);
    let period = owed(&test, &ward.other_nurse, &of).await.remove(0);
    assert_eq!(status(&test, &ward.other_nurse, &period.id).await, Status::NotStarted);
    audit::sign_now(&test.site).await.expect("signed");
    assert!(live_check(&test.site).await.expect("a check").is_whole());
}
