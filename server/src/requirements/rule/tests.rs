use super::*;
use crate::clock::Clock;
use crate::people::known::Place;
use chrono::TimeDelta;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn at(text: &str) -> DateTime<Utc> {
    Calendar::default().start_of(day(text))
}

fn nurse() -> Known {
    let clock = Clock::system();
    Known {
        staff: StaffId::new(&clock),
        profession: "看護師".into(),
        employment: "常勤".into(),
        joined_on: day("2020-04-01"),
        manager: false,
        places: Vec::new(),
    }
}

fn place(path: String, id: &DepartmentId) -> Place {
    Place { id: id.clone(), path, name: String::new(), code: String::new() }
}

#[test]
fn an_empty_rule_is_for_everybody_and_one_by_name_for_nobody_else() {
    assert_eq!(Audience::everybody().matches(&nurse()), Some(Matched::default()));
    let named = Audience { named: true, ..Audience::default() };
    assert_eq!(named.matches(&nurse()), None);
}

#[test]
fn every_line_must_fit_and_one_word_of_a_line_is_enough() {
    let nurses = Audience {
        professions: vec!["医師".into(), "看護師".into()],
        employments: vec!["常勤".into()],
        ..Audience::default()
    };
    let matched = nurses.matches(&nurse()).expect("owes it");
    assert_eq!(matched.profession.as_deref(), Some("看護師"));
    let hourly = Known { employment: "非常勤".into(), ..nurse() };
    assert_eq!(nurses.matches(&hourly), None, "another line does not fit");
    let heads = Audience { managers: true, ..Audience::default() };
    assert_eq!(heads.matches(&nurse()), None);
    assert!(heads.matches(&Known { manager: true, ..nurse() }).is_some_and(|why| why.manager));
}

#[test]
fn whoever_is_excepted_owes_nothing() {
    let who = nurse();
    let except = Except { people: vec![who.staff.clone()], ..Except::default() };
    assert_eq!(Audience { except, ..Audience::default() }.matches(&who), None);
    let except = Except { professions: vec!["看護師".into()], ..Except::default() };
    assert_eq!(Audience { except, ..Audience::default() }.matches(&who), None);
}

#[test]
fn a_department_holds_those_who_work_below_it() {
    let clock = Clock::system();
    let (top, ward, other) =
        (DepartmentId::new(&clock), DepartmentId::new(&clock), DepartmentId::new(&clock));
    let who = Known { places: vec![place(format!("{top}/{ward}/"), &ward)], ..nurse() };
    let of = |departments: Vec<DepartmentId>| Audience { departments, ..Audience::default() };
    assert_eq!(of(vec![top.clone()]).matches(&who).and_then(|why| why.department), Some(top));
    assert!(of(vec![ward]).matches(&who).is_some());
    assert!(of(vec![other]).matches(&who).is_none());
}

#[test]
fn a_completion_counts_for_a_year_and_an_early_renewal_loses_no_day() {
    let rule = Rule { cycle: Cycle::Rolling { months: 12 }, ..Rule::default() };
    let calendar = Calendar::default();
    let until = |completed: &str, before: Option<&str>| {
        let joined = day("2020-04-01");
        let until = rule.valid_until(at(completed), before.map(at), joined, at("2026-10-01"), calendar);
        calendar.date(until.expect("an end")).to_string()
    };
    assert_eq!(until("2026-10-05", None), "2027-10-05", "the last day is 4 October 2027");
    assert_eq!(until("2026-09-01", Some("2026-10-05")), "2027-10-05", "five weeks early");
    assert_eq!(until("2026-12-24", Some("2026-10-05")), "2027-12-24", "after it had ended");
    assert_eq!(until("2028-02-29", None), "2029-02-28");
}

#[test]
fn a_cycle_from_the_first_day_of_work_ends_on_its_anniversaries_however_late_it_was_done() {
    let rule = Rule { cycle: Cycle::Hire { months: 12 }, ..Rule::default() };
    let calendar = Calendar::default();
    let until = |completed: &str, due: &str| {
        let until = rule.valid_until(at(completed), None, day("2020-10-15"), at(due), calendar);
        calendar.date(until.expect("an end")).to_string()
    };
    assert_eq!(
        until("2026-09-20", "2026-10-15"),
        "2027-10-15",
        "early: the one it was for is 15 October 2026"
    );
    assert_eq!(until("2026-12-01", "2026-10-15"), "2027-10-15", "late: the days do not move");
}

#[test]
fn a_rule_is_read_back_as_it_was_written_and_an_unknown_line_is_refused() {
    let rule = Rule { cycle: Cycle::Rolling { months: 6 }, ..Rule::yearly(Audience::everybody()) };
    let text = serde_json::to_string(&rule).expect("text");
    assert_eq!(serde_json::from_str::<Rule>(&text).expect("a rule"), rule);
    assert!(serde_json::from_str::<Rule>(r#"{"whom":{"wards":["3"]}}"#).is_err());
    assert_eq!(serde_json::from_str::<Rule>(r#"{"whom":{}}"#).expect("a rule"), Rule::default());
}

proptest! {
    #[test]
    fn an_anniversary_lies_after_the_day_and_no_more_than_one_cycle_after(
        first in 0_i64..8000, after in 0_i64..9000, months in 1_u32..40,
    ) {
        let base = day("2000-01-01");
        let (first, after) = (base + TimeDelta::days(first), base + TimeDelta::days(after));
        let found = anniversary_after(first, months, after).expect("one");
        prop_assert!(found > after && found > first);
        let earlier = after.max(first).checked_add_months(Months::new(months)).expect("a day");
        prop_assert!(found <= earlier + TimeDelta::days(3), "31 January becomes 28 February");
    }

    #[test]
    fn renewing_early_never_ends_sooner_than_waiting(early in 1_i64..60) {
        let rule = Rule { cycle: Cycle::Rolling { months: 12 }, ..Rule::default() };
        let (calendar, before) = (Calendar::default(), at("2026-10-05"));
        let end = |completed| rule.valid_until(completed, Some(before), day("2020-04-01"), before, calendar);
        prop_assert!(end(before - TimeDelta::days(early)) == end(before));
    }
}
