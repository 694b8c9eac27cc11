//! Rows as people write them.

use super::*;

fn read(csv: &str) -> Vec<Line> {
    lines(csv.as_bytes()).expect("a list")
}

fn person(line: &Line) -> &PersonLine {
    assert_eq!(line.faults, []);
    line.person.as_ref().expect("a person")
}

#[test]
fn a_row_keeps_zeros_and_rare_letters_and_widens_narrow_kana() {
    let lines = read(
        "職員番号,姓,名,セイ,メイ,部署コード,部署名,入職日,退職日,兼務部署コード\n\
         ００１２３,髙﨑,𠮷郎,ﾀｶｻﾞｷ,よしろう,０３１０,３病棟ｶﾞ,令和8年4月1日,2027/3/31,\"0320、0330\"\n",
    );
    let line = &lines[0];
    assert_eq!((line.row, line.staff_no.as_str(), line.name.as_str()), (2, "00123", "髙﨑 𠮷郎"));
    let person = person(line);
    assert_eq!(person.kana, Some(("タカザキ".into(), "ヨシロウ".into())));
    assert_eq!(person.joined_on, NaiveDate::from_ymd_opt(2026, 4, 1));
    assert_eq!(
        person.left,
        LeftCell::From(NaiveDate::from_ymd_opt(2027, 4, 1).expect("a day")),
        "the day after the last"
    );
    assert_eq!(person.sides, Some(vec!["0320".into(), "0330".into()]));
    let department = line.department.as_ref().expect("a department");
    assert_eq!((department.code.as_str(), department.name.as_deref()), ("0310", Some("３病棟ガ")));
}

#[test]
fn a_name_in_one_cell_is_split_at_its_first_space_and_one_name_stays_one() {
    let lines = read(
        "職員番号,氏名,フリガナ,部署コード\n1,髙橋　花子,タカハシ ハナコ,1\n2,スカルノ,,1\n3,アナ マリア デ ソウザ,,1\n",
    );
    let names: Vec<(&str, &str)> =
        lines.iter().map(|line| (person(line).family.as_str(), person(line).given.as_str())).collect();
    assert_eq!(names, [("髙橋", "花子"), ("スカルノ", ""), ("アナ", "マリア デ ソウザ")]);
}

#[test]
fn an_empty_cell_says_nothing_and_a_word_says_that_there_is_none() {
    let lines = read(
        "職員番号,氏名,部署コード,退職日,兼務部署コード1,兼務部署コード2\n1,甲,1,,,\n2,乙,1,復職,なし,\n3,丙,1, At  Work ,320,ｎｏｎｅ\n4,丁,1,Returned,,None\n",
    );
    let said: Vec<(LeftCell, Option<Vec<String>>)> =
        lines.iter().map(|line| (person(line).left, person(line).sides.clone())).collect();
    assert_eq!(said[0], (LeftCell::Unsaid, None));
    assert_eq!(said[1], (LeftCell::AtWork, Some(Vec::new())));
    assert_eq!(said[2], (LeftCell::AtWork, Some(vec!["320".into()])), "the codes that are there are all");
    assert_eq!(said[3], (LeftCell::AtWork, Some(Vec::new())));
}

#[test]
fn a_list_that_was_read_before_still_says_nothing_where_it_said_nothing() {
    for word in ["\"no_column\"", "\"stays\"", "\"unsaid\""] {
        assert_eq!(serde_json::from_str::<LeftCell>(word).ok(), Some(LeftCell::Unsaid));
    }
}

#[test]
fn formulas_are_only_text() {
    let lines = read("職員番号,氏名,部署コード\n=\"00123\",\"=HYPERLINK(\"\"x\"\")\",1\n");
    assert_eq!(lines[0].staff_no, "00123");
    assert_eq!(person(&lines[0]).family, "=HYPERLINK(\"x\")");
}

#[test]
fn lost_letters_are_reported_where_they_stand() {
    for name in ["田\u{fffd}", "〓田", "&#134071;田", "?田", "\u{e000}田"] {
        let lines = read(&format!("職員番号,氏名,部署コード\n1,{name},1\n"));
        assert!(
            matches!(lines[0].faults.as_slice(), [RowFault::Garbled { column: StaffColumn::FullName, .. }]),
            "{name}: {:?}",
            lines[0].faults
        );
    }
}

#[test]
fn what_cannot_be_read_is_said_in_full() {
    let lines = read(
        "職員番号,氏名,フリガナ,部署コード,入職日,退職日\n,山田,,1,,\n1 2/3,山田,,1,,\n3,,,1,,\n4,山田,山ダ,1,,\n5,山田,,1,4月,\n6,山田,,1,2026/4/1,2026/3/1\n",
    );
    let faults: Vec<&[RowFault]> = lines.iter().map(|line| line.faults.as_slice()).collect();
    let empty = |column| RowFault::Empty { column };
    assert_eq!(faults[0], [empty(StaffColumn::Number)]);
    assert_eq!(faults[1], [RowFault::Code { column: StaffColumn::Number, value: "12/3".into() }]);
    assert_eq!(faults[2], [empty(StaffColumn::FullName)]);
    assert_eq!(faults[3], [RowFault::NotKana { column: StaffColumn::FullKana, value: "山ダ".into() }]);
    assert_eq!(faults[4], [RowFault::NotDay { column: StaffColumn::Joined, value: "4月".into() }]);
    assert_eq!(faults[5], [RowFault::LeftBeforeJoined]);
}

#[test]
fn a_row_with_only_a_department_defines_one() {
    let lines =
        read("職員番号,氏名,部署コード,部署名,上位部署コード\n,,310,3病棟,300\n,,311,3病棟分室,311\n");
    assert_eq!((lines[0].person.as_ref(), lines[0].name.as_str()), (None, "3病棟"));
    assert_eq!(lines[1].faults, [RowFault::Loop { code: "311".into() }]);
}
