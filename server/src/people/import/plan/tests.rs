//! Planning, tried with lists that people could write and with lists that chance writes.

mod by_chance;
mod model;

use super::*;
use crate::people::hand::What;
use crate::people::import::lines;
use kokoroe_app::people::RowFault;
use model::{day, empty, hospital, manage, today};

fn read(csv: &str) -> Vec<Line> {
    lines(csv.as_bytes()).expect("a list")
}

const HEAD: &str =
    "職員番号,氏名,フリガナ,部署コード,部署名,上位部署コード,職種,入職日,退職日,兼務部署コード";

fn list(rows: &[&str]) -> Vec<Line> {
    read(&format!("{HEAD}\n{}\n", rows.join("\n")))
}

fn planned(rows: &[&str]) -> Plan {
    plan(&hospital(), &list(rows), false, today())
}

#[test]
fn a_first_list_fills_an_empty_hospital_from_the_top_down() {
    let lines = list(&[
        "0001,髙橋 花子,タカハシ ハナコ,310,3病棟,300,看護師,2020/4/1,,",
        "0002,𠮷田 恵,ヨシダ メグミ,300,看護部,000,看護師,2020/4/1,,310",
        ",,,000,病院,,,,,",
    ]);
    let plan = plan(&empty(), &lines, true, today());
    let codes: Vec<&str> = plan.departments.iter().map(|step| step.code.as_str()).collect();
    assert_eq!(codes, ["000", "300", "310"]);
    assert_eq!(plan.added.len(), 2);
    assert_eq!(plan.added[1].sides, ["310"]);
    assert_eq!(plan.bad, []);
}

#[test]
fn a_changed_name_shows_what_it_was_and_what_it_becomes() {
    let plan = planned(&["001,渡邊 一郎,スズキ イチロウ,310,,,看護師,2020/4/1,,"]);
    let difference =
        |column, before: &str, after: &str| Difference { column, before: before.into(), after: after.into() };
    assert_eq!(plan.changed[0].differences, [difference(StaffColumn::Family, "鈴木", "渡邊")]);
    assert_eq!((plan.moved.len(), plan.unchanged), (0, 0));
}

#[test]
fn an_empty_cell_never_takes_away_what_is_known() {
    let plan = planned(&["001,鈴木 一郎,,,,,,,,"]);
    assert_eq!((plan.is_empty(), plan.unchanged), (true, 1));
}

#[test]
fn a_move_names_both_departments_and_the_day() {
    let plan = planned(&["001,鈴木 一郎,,320,,,,,,310"]);
    let moved = &plan.moved[0];
    assert_eq!(moved.main, Some((Some("310".into()), "320".into())));
    assert_eq!((moved.begins.as_slice(), moved.on), (&["310".to_owned()][..], today()));
}

#[test]
fn whoever_leaves_a_department_no_longer_manages_it_or_what_lies_below() {
    let hands_over = |managed: &[&str], row: &str| {
        let mut base = hospital();
        managed.iter().for_each(|code| manage(&mut base, "001", code));
        let plan = plan(&base, &list(&[row]), false, today());
        assert_eq!(super::plan(&model::apply(&base, &plan), &list(&[row]), false, today()).moved, []);
        plan.moved.into_iter().flat_map(|moved| moved.hands_over).collect::<Vec<_>>()
    };
    assert_eq!(hands_over(&["310"], "001,鈴木 一郎,,320,,,,,,"), ["310"]);
    assert_eq!(hands_over(&["310"], "001,鈴木 一郎,,300,,,,,,"), ["310"], "a promotion is a move too");
    assert_eq!(
        hands_over(&["310"], "001,鈴木 一郎,,320,,,,,,310"),
        [""; 0],
        "who still works there keeps it"
    );
    assert_eq!(
        hands_over(&["300", "320"], "001,鈴木 一郎,,320,,,,,,"),
        [""; 0],
        "above both, and the new one"
    );
    assert_eq!(hands_over(&["310"], "001,鈴木 一郎,,,,,,,,320"), [""; 0], "a second place ends nothing");
}

#[test]
fn nobody_leaves_unless_the_list_is_declared_complete() {
    let lines = list(&["001,鈴木 一郎,,310,,,,,,"]);
    assert_eq!(plan(&hospital(), &lines, false, today()).leaving, []);
    let leaving: Vec<String> =
        plan(&hospital(), &lines, true, today()).leaving.into_iter().map(|person| person.staff_no).collect();
    assert_eq!(leaving, ["002", "003"], "not 004, who left long ago, nor 005, who has not begun");
}

#[test]
fn whoever_stands_in_a_bad_row_is_not_missing() {
    let lines = list(&["001,鈴木 一郎,,310,,,,,,", "2,髙橋 花子,,310,,,,,,", "003,𠮷田 恵,,999,,,,,,"]);
    let plan = plan(&hospital(), &lines, true, today());
    assert_eq!(plan.leaving, []);
    assert_eq!(plan.bad.len(), 2);
}

#[test]
fn a_list_of_departments_lets_nobody_go() {
    let lines = read("部署コード,部署名,上位部署コード\n330,手術室,300\n");
    let plan = plan(&hospital(), &lines, true, today());
    assert_eq!((plan.leaving.len(), plan.departments.len()), (0, 1));
}

#[test]
fn lost_zeros_are_noticed_before_they_make_a_stranger() {
    let plan = planned(&["1,鈴木 一郎,,310,,,,,,"]);
    let lost = RowFault::LostZeros { column: StaffColumn::Number, value: "1".into(), known: "001".into() };
    assert_eq!(plan.bad[0].faults, [lost]);
}

#[test]
fn the_same_number_twice_leaves_both_rows_out() {
    let plan = planned(&[
        "101,山田 太郎,,310,,,,2026/4/1,,",
        "101,山田 次郎,,310,,,,2026/4/1,,",
        "102,森 薫,,310,,,,2026/4/1,,",
    ]);
    assert_eq!(plan.added.len(), 1);
    assert_eq!(plan.bad[0].faults, [RowFault::Repeated { rows: vec![3] }]);
    assert_eq!(plan.bad[1].faults, [RowFault::Repeated { rows: vec![2] }]);
}

#[test]
fn where_rows_disagree_about_a_department_the_greater_number_is_right() {
    let plan = planned(&[
        "101,山田 太郎,,330,手術室,300,,2026/4/1,,",
        "102,森 薫,,330,手術室,300,,2026/4/1,,",
        "103,林 学,,330,手術部,300,,2026/4/1,,",
        "104,原 実,,340,透析室,300,,2026/4/1,,",
        "105,谷 恵,,340,透析,300,,2026/4/1,,",
    ]);
    assert_eq!(plan.departments.len(), 1);
    assert_eq!(plan.added.len(), 2);
    let rows: Vec<u32> = plan.bad.iter().map(|bad| bad.row).collect();
    assert_eq!(rows, [4, 5, 6], "one against two, and one against one");
    assert_eq!(
        plan.bad[0].faults,
        [RowFault::OtherName { code: "330".into(), names: vec!["手術室".into(), "手術部".into()] }]
    );
}

#[test]
fn a_department_that_nobody_names_takes_its_rows_along() {
    let plan = planned(&[
        "101,山田 太郎,,330,手術室,999,,2026/4/1,,",
        "102,森 薫,,330,,,,2026/4/1,,330",
        "103,林 学,,310,,,,2026/4/1,,",
    ]);
    assert_eq!((plan.added.len(), plan.departments.len()), (1, 0));
    let unknown = |column| RowFault::UnknownDepartment { column, code: "330".into() };
    assert_eq!(plan.bad[1].faults, [unknown(StaffColumn::Department), unknown(StaffColumn::Side)]);
}

#[test]
fn departments_never_lie_in_a_ring() {
    let plan = planned(&[
        ",,,300,看護部,310,,,,",
        ",,,310,3病棟,300,,,,",
        ",,,330,手術室,340,,,,",
        ",,,340,透析室,330,,,,",
    ]);
    assert_eq!(plan.departments, []);
    let rows: Vec<u32> = plan.bad.iter().map(|bad| bad.row).collect();
    assert_eq!(rows, [2, 4, 5], "310 under 300 is on record and not the cause");
}

#[test]
fn a_renamed_and_a_moved_department_are_two_steps() {
    let plan = planned(&[",,,320,4病棟（東）,310,,,,"]);
    let changes: Vec<&DepartmentChange> = plan.departments.iter().map(|step| &step.change).collect();
    assert!(
        matches!(changes[0], DepartmentChange::Renamed { after, .. } if after.0 == "4病棟（東）" && after.1 == "4病棟（東）")
    );
    assert_eq!(changes[1], &DepartmentChange::Moved { before: Some("300".into()), after: "310".into() });
}

#[test]
fn strangers_need_a_first_day_and_a_department() {
    let plan = planned(&["101,山田 太郎,,,,,,,,", "102,森 薫,,310,,,,2020/4/1,2026/9/30,"]);
    let empty = |column| RowFault::Empty { column };
    assert_eq!(plan.bad[0].faults, [empty(StaffColumn::Department), empty(StaffColumn::Joined)]);
    assert_eq!(plan.bad[1].faults, [RowFault::LeftAlready]);
}

#[test]
fn a_last_day_of_work_and_its_withdrawal_are_changes() {
    let leaves = planned(&["001,鈴木 一郎,,,,,,,2026/12/31,"]);
    assert_eq!((leaves.changed[0].after.left_on, leaves.departures()), (Some(day("2027-01-01")), 1));
    let back = planned(&["004,加藤 凛,,310,,,,,復職,"]);
    assert_eq!(back.changed[0].differences[0].before, "2026-03-31");
    assert_eq!(back.moved[0].main, Some((None, "310".into())), "whoever comes back gets a new place");
}

#[test]
fn whoever_has_left_comes_back_by_a_word_alone() {
    let without = read("職員番号,氏名,部署コード\n004,加藤 凛,310\n");
    for lines in [list(&["004,加藤 凛,,310,,,,,,"]), without] {
        let plan = plan(&hospital(), &lines, true, today());
        assert!(plan.changed.is_empty() && plan.moved.is_empty());
        assert_eq!(plan.bad[0].faults, [RowFault::Gone], "and somebody is told");
    }
    let kept = planned(&["004,加藤 凛,,310,,,,,2026/3/31,"]);
    assert_eq!((kept.is_empty(), kept.bad.len()), (true, 0), "a list that says so itself is right");
}

#[test]
fn a_last_day_that_was_announced_stays_until_a_word_takes_it_back() {
    let leaves = planned(&["001,鈴木 一郎,,,,,,,2026/12/31,"]);
    let base = model::apply(&hospital(), &leaves);
    let silent = plan(&base, &list(&["001,鈴木 一郎,,,,,,,,"]), false, today());
    assert_eq!((silent.is_empty(), silent.unchanged), (true, 1));
    let later = plan(&base, &list(&["001,鈴木 一郎,,,,,,2027/4/1,,"]), false, today());
    assert_eq!(later.bad[0].faults, [RowFault::LeftBeforeJoined]);
    let stays = plan(&base, &list(&["001,鈴木 一郎,,,,,,,在職,"]), false, today());
    assert_eq!(stays.changed[0].after.left_on, None);
}

#[test]
fn other_departments_end_by_a_word_alone() {
    let both = planned(&["001,鈴木 一郎,,310,,,,,,320"]);
    let base = model::apply(&hospital(), &both);
    let silent = plan(&base, &list(&["001,鈴木 一郎,,310,,,,,,"]), false, today());
    assert_eq!((silent.is_empty(), silent.unchanged), (true, 1));
    let none = plan(&base, &list(&["001,鈴木 一郎,,310,,,,,,なし"]), false, today());
    assert_eq!(none.moved[0].ends, ["320"]);
}

#[test]
fn more_than_the_set_share_and_at_least_three_people_are_many() {
    let leaving = |people: usize, present: usize, most: u8| {
        let one = Leaving { staff_no: "1".into(), name: String::new(), department: None };
        Plan { present, leaving: vec![one; people], most_leaving: MostLeaving(most), ..Plan::default() }
            .many_leave()
    };
    assert_eq!([leaving(5, 100, 5), leaving(6, 100, 5)], [false, true]);
    assert_eq!([leaving(2, 7, 5), leaving(3, 7, 5)], [false, true], "two may leave a hospital of any size");
    assert_eq!([leaving(30, 100, 30), leaving(3, 100, 0)], [false, true]);
}

fn hold(base: &mut Base, number: &str, what: What) {
    let staff_id = base.people.iter().find(|person| person.staff_no == number).expect("a person").id.clone();
    base.held.push(Held { staff_id, what: what.code().into(), entered_on: day("2026-09-24") });
}

#[test]
fn what_was_entered_by_hand_stays_whatever_the_list_says() {
    let mut base = hospital();
    hold(&mut base, "001", What::Posting);
    hold(&mut base, "002", What::Left);
    hold(&mut base, "003", What::Leave);
    let lines = list(&["001,鈴木 一朗,,320,,,,,,310", "002,髙橋 花子,,310,,,,,2026/12/31,"]);
    let plan = plan(&base, &lines, true, today());
    let kept: Vec<(Option<u32>, &str, &str)> =
        plan.kept.iter().map(|kept| (kept.row, kept.staff_no.as_str(), kept.what.as_str())).collect();
    assert_eq!(kept, [(Some(2), "001", "posting"), (Some(3), "002", "left"), (None, "003", "leave")]);
    assert_eq!((plan.moved.len(), plan.leaving.len(), plan.departures()), (0, 0, 0));
    let columns: Vec<StaffColumn> = plan.changed[0].differences.iter().map(|each| each.column).collect();
    assert_eq!(columns, [StaffColumn::Given], "the rest of the row is brought in");
    let second = super::plan(&model::apply(&base, &plan), &lines, true, today());
    assert!(second.is_empty() && second.kept.len() == 3, "the next night says the same");
}

#[test]
fn a_list_that_still_names_whoever_left_by_hand_is_told_and_changes_nothing() {
    let mut base = hospital();
    hold(&mut base, "004", What::Left);
    for row in ["004,加藤 凛,,310,,,,,,", "004,加藤 凛,,310,,,,,復職,"] {
        let plan = plan(&base, &list(&[row]), false, today());
        assert!(plan.is_empty() && plan.bad.is_empty(), "{plan:?}");
        assert_eq!(plan.kept.len(), 1);
    }
}
