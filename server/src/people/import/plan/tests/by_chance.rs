//! Properties that hold for every list.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::model::{apply, day, empty, hospital, today};
use crate::people::import::line::{DepartmentLine, LeftCell, Line, PersonLine};
use crate::people::import::plan::{Base, Plan, plan};
use kokoroe_app::people::{RowFault, StaffColumn};

/// Few numbers, codes and names, so that rows meet each other and what is on record.
fn number() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["001", "002", "003", "004", "005", "1", "101", "102", "0101", "103"])
        .prop_map(str::to_owned)
}

fn code() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["000", "300", "310", "320", "330", "340", "350", "31"]).prop_map(str::to_owned)
}

fn some_day() -> impl Strategy<Value = NaiveDate> {
    prop::sample::select(vec!["2019-04-01", "2026-09-01", "2026-10-01", "2026-12-01"]).prop_map(day)
}

fn department() -> impl Strategy<Value = DepartmentLine> {
    let name = prop::option::weighted(
        0.7,
        prop::sample::select(vec!["3病棟", "4病棟", "手術室", "透析室"]).prop_map(str::to_owned),
    );
    let english =
        prop::option::weighted(0.2, prop::sample::select(vec!["Ward 3", "Theatre"]).prop_map(str::to_owned));
    (code(), name, english, prop::option::weighted(0.4, code())).prop_map(|(code, name, name_en, parent)| {
        let parent = parent.filter(|parent| *parent != code);
        DepartmentLine { code, name, name_en, parent }
    })
}

fn person() -> impl Strategy<Value = PersonLine> {
    let left = prop_oneof![
        4 => Just(LeftCell::Unsaid),
        2 => Just(LeftCell::AtWork),
        2 => some_day().prop_map(LeftCell::From),
    ];
    let kana = prop::option::of(Just(("タカハシ".to_owned(), "ハナコ".to_owned())));
    let family = prop::sample::select(vec!["髙橋", "𠮷田", "﨑山"]).prop_map(str::to_owned);
    let profession = prop::option::of(prop::sample::select(vec!["看護師", "医師"]).prop_map(str::to_owned));
    let sides = prop::option::of(
        prop::collection::btree_set(code(), 0..3).prop_map(|codes| codes.into_iter().collect()),
    );
    (family, kana, profession, prop::option::weighted(0.8, some_day()), left, sides).prop_map(
        |(family, kana, profession, joined_on, left, sides)| PersonLine {
            family,
            given: "花子".into(),
            kana,
            roman: None,
            profession,
            employment: None,
            mail: None,
            joined_on,
            left: match (joined_on, left) {
                (Some(joined), LeftCell::From(left)) if left <= joined => LeftCell::AtWork,
                (_, left) => left,
            },
            sides,
        },
    )
}

fn line() -> impl Strategy<Value = Line> {
    let broken = prop::bool::weighted(0.1);
    (number(), prop::option::weighted(0.8, person()), prop::option::weighted(0.9, department()), broken)
        .prop_map(|(staff_no, person, department, broken)| {
            let staff_no = if person.is_some() { staff_no } else { String::new() };
            let faults = if broken || (person.is_none() && department.is_none()) {
                vec![RowFault::Empty { column: StaffColumn::FullName }]
            } else {
                Vec::new()
            };
            Line { row: 0, staff_no, name: String::new(), person, department, faults }
        })
}

fn numbered(mut lines: Vec<Line>) -> Vec<Line> {
    for (line, row) in lines.iter_mut().zip(2..) {
        line.row = row;
    }
    lines
}

fn list() -> impl Strategy<Value = Vec<Line>> {
    prop::collection::vec(line(), 0..14).prop_map(numbered)
}

fn base() -> impl Strategy<Value = Base> {
    prop::bool::ANY.prop_map(|full| if full { hospital() } else { empty() })
}

/// What a plan would do, without the rows that it comes from.
fn deeds(mut plan: Plan) -> Plan {
    plan.bad.clear();
    plan.unchanged = 0;
    let rows = plan.added.iter_mut().map(|added| &mut added.row);
    let rows = rows.chain(plan.changed.iter_mut().map(|changed| &mut changed.row));
    rows.chain(plan.moved.iter_mut().map(|moved| &mut moved.row)).for_each(|row| *row = 0);
    plan
}

fn is_bad(plan: &Plan, row: u32) -> bool {
    plan.bad.iter().any(|bad| bad.row == row)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn planning_again_after_applying_finds_nothing_to_do(base in base(), lines in list(), complete: bool) {
        let first = plan(&base, &lines, complete, today());
        let after = apply(&base, &first);
        let good: Vec<Line> = lines.iter().filter(|line| !is_bad(&first, line.row)).cloned().collect();
        let second = plan(&after, &good, false, today());
        prop_assert!(second.is_empty(), "{second:#?}");
        prop_assert_eq!(second.bad, []);
        let again = plan(&after, &lines, complete, today());
        prop_assert_eq!(again.leaving, []);
    }

    #[test]
    fn the_order_of_the_rows_does_not_matter(
        (lines, shuffled) in list().prop_flat_map(|lines| (Just(lines.clone()), Just(lines).prop_shuffle())),
        base in base(),
        complete: bool,
    ) {
        let one = plan(&base, &lines, complete, today());
        let other = plan(&base, &shuffled, complete, today());
        prop_assert_eq!(one, other, "each row keeps its number, so even the bad rows are the same");
    }

    #[test]
    fn a_bad_row_is_never_applied_and_never_holds_another_one_up(base in base(), lines in list()) {
        let all = plan(&base, &lines, false, today());
        let good: Vec<Line> = lines.iter().filter(|line| !is_bad(&all, line.row)).cloned().collect();
        let without = plan(&base, &good, false, today());
        prop_assert_eq!(without.bad.clone(), []);
        prop_assert_eq!(deeds(without), deeds(all));
    }

    #[test]
    fn every_row_is_accounted_for(base in base(), lines in list()) {
        let plan = plan(&base, &lines, false, today());
        for line in &lines {
            let told = plan.added.iter().filter(|added| added.row == line.row).count()
                + usize::from(
                    plan.changed.iter().any(|changed| changed.row == line.row)
                        || plan.moved.iter().any(|moved| moved.row == line.row),
                )
                + usize::from(is_bad(&plan, line.row));
            prop_assert!(told <= 1, "row {} is told of {told} times", line.row);
        }
        let people = lines.iter().filter(|line| line.person.is_some() && !is_bad(&plan, line.row)).count();
        let both = plan.changed.iter().filter(|changed| plan.moved.iter().any(|moved| moved.row == changed.row)).count();
        prop_assert_eq!(plan.added.len() + plan.changed.len() + plan.moved.len() - both + plan.unchanged, people);
    }

    #[test]
    fn what_a_row_leaves_empty_stays_as_it_is(base in base(), mut lines in list()) {
        for person in lines.iter_mut().filter_map(|line| line.person.as_mut()) {
            (person.left, person.sides) = (LeftCell::Unsaid, None);
        }
        let plan = plan(&base, &lines, false, today());
        prop_assert_eq!(plan.departures(), 0);
        for changed in &plan.changed {
            prop_assert!(changed.differences.iter().all(|each| each.column != StaffColumn::Left), "{changed:?}");
        }
        for moved in &plan.moved {
            prop_assert_eq!(&moved.begins, &Vec::<String>::new());
            // A second posting ends where it becomes the main one.
            prop_assert!(moved.ends.iter().all(|code| moved.main.as_ref().is_some_and(|(_, to)| to == code)));
        }
    }

    #[test]
    fn nobody_leaves_an_incomplete_list_and_nobody_on_a_complete_one(lines in list()) {
        prop_assert_eq!(plan(&hospital(), &lines, false, today()).leaving, []);
        let plan = plan(&hospital(), &lines, true, today());
        for leaving in plan.leaving {
            let named = lines.iter().any(|line| line.staff_no == leaving.staff_no);
            prop_assert!(!named, "{} stands in the list", leaving.staff_no);
        }
    }
}
