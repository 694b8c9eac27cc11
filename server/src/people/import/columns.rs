//! Which column holds what, by the words of the headings, in any order.

use std::collections::BTreeMap;

use kokoroe_app::people::{FileFault, StaffColumn};

use super::sheet::SheetRow;
use crate::people::name::fold;

/// Rows near the top among which the headings are looked for: lists often begin with a title.
const NEAR_THE_TOP: usize = 20;

/// Where each column is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    /// How many of the rows come before the data.
    pub(super) skip: usize,
    one: BTreeMap<StaffColumn, usize>,
    /// 兼務 may have a column for each department.
    sides: Vec<usize>,
}

impl Columns {
    /// The place of a column that the list has.
    pub(super) fn place(&self, column: StaffColumn) -> Option<usize> {
        self.one.get(&column).copied()
    }

    /// The places of the columns of 兼務; none when the list has none.
    pub(super) fn sides(&self) -> &[usize] {
        &self.sides
    }

    fn has(&self, column: StaffColumn) -> bool {
        self.one.contains_key(&column)
    }

    fn len(&self) -> usize {
        self.one.len() + usize::from(!self.sides.is_empty())
    }
}

/// Finds the headings of a table.
pub(super) fn find(rows: &[SheetRow]) -> Result<Columns, FileFault> {
    let found = rows.iter().take(NEAR_THE_TOP).enumerate().find_map(|(index, row)| {
        let columns = headings(row).map(|columns| Columns { skip: index + 1, ..columns });
        match columns {
            Ok(columns) if columns.len() < 2 => None,
            decided => Some(decided),
        }
    });
    let columns = found.ok_or(FileFault::NoHeadings)??;
    // Half of a name or of a reading would be taken for the whole of it.
    for (given, family, full) in [
        (StaffColumn::Given, StaffColumn::Family, StaffColumn::FullName),
        (StaffColumn::GivenKana, StaffColumn::FamilyKana, StaffColumn::FullKana),
    ] {
        if columns.has(given) && !columns.has(family) && !columns.has(full) {
            return Err(FileFault::MissingColumns(vec![family]));
        }
    }
    let named = columns.has(StaffColumn::FullName) || columns.has(StaffColumn::Family);
    if !columns.has(StaffColumn::Number) && !named && columns.has(StaffColumn::DepartmentName) {
        // A list of departments alone.
        return require(columns, &[StaffColumn::Department]);
    }
    let name = if named { None } else { Some(StaffColumn::FullName) };
    let needed: Vec<StaffColumn> =
        [Some(StaffColumn::Number), name, Some(StaffColumn::Department)].into_iter().flatten().collect();
    require(columns, &needed)
}

fn require(columns: Columns, needed: &[StaffColumn]) -> Result<Columns, FileFault> {
    let missing: Vec<StaffColumn> = needed.iter().copied().filter(|column| !columns.has(*column)).collect();
    if missing.is_empty() { Ok(columns) } else { Err(FileFault::MissingColumns(missing)) }
}

fn headings(row: &SheetRow) -> Result<Columns, FileFault> {
    let mut columns = Columns::default();
    let mut twice = None;
    for (place, cell) in row.cells.iter().enumerate() {
        match heading(&cell.text) {
            Some(StaffColumn::Side) => columns.sides.push(place),
            Some(column) if columns.one.insert(column, place).is_some() => twice = Some(column),
            Some(_) | None => {}
        }
    }
    // A word that happens to stand twice in a line of text is no fault of the headings.
    match twice {
        Some(column) if columns.len() >= 2 => Err(FileFault::RepeatedColumn(column)),
        _ => Ok(columns),
    }
}

/// What a heading means. Width, case, kana, spaces, dots and a remark in brackets make no difference.
fn heading(text: &str) -> Option<StaffColumn> {
    let folded = fold(text);
    let bare =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric() || *c == 'ー').collect() };
    let outside = folded.split(['(', '[', '【', '〔']).next().unwrap_or_default();
    meaning(&bare(&folded)).or_else(|| meaning(&bare(outside)))
}

fn meaning(word: &str) -> Option<StaffColumn> {
    use StaffColumn as C;
    Some(match word {
        // Never 個人番号: that is a number which the law keeps out of such lists.
        "職員番号" | "職員no" | "職員コード" | "職員cd" | "職員id" | "社員番号" | "社員no" | "社員コード"
        | "従業員番号" | "従業員コード" | "職番" | "staffnumber" | "staffno" | "staffid" | "staffcode"
        | "employeenumber" | "employeeno" | "employeeid" => C::Number,
        "氏名" | "名前" | "職員氏名" | "職員名" | "社員名" | "氏名漢字" | "漢字氏名" | "name"
        | "fullname" | "staffname" => C::FullName,
        "姓" | "氏" | "苗字" | "名字" | "姓漢字" | "漢字姓" | "familyname" | "lastname" | "surname" => {
            C::Family
        }
        "名" | "名漢字" | "漢字名" | "givenname" | "firstname" => C::Given,
        "フリガナ" | "カナ" | "カナ氏名" | "氏名カナ" | "氏名フリガナ" | "フリガナ氏名" | "ヨミ"
        | "ヨミガナ" | "読ミ仮名" | "読ミガナ" | "kana" | "namekana" | "reading" => C::FullKana,
        "セイ"
        | "姓カナ"
        | "カナ姓"
        | "姓フリガナ"
        | "フリガナ姓"
        | "氏カナ"
        | "カナ氏"
        | "氏フリガナ"
        | "フリガナ氏"
        | "familynamekana"
        | "lastnamekana"
        | "readingoffamilyname" => C::FamilyKana,
        "メイ" | "名カナ" | "カナ名" | "名フリガナ" | "フリガナ名" | "givennamekana" | "firstnamekana"
        | "readingofgivenname" => C::GivenKana,
        "ローマ字" | "ローマ字氏名" | "氏名ローマ字" | "ローマ字名" | "英字氏名" | "氏名英字" | "英語名"
        | "roman" | "romanname" | "romaji" | "nameromaji" | "nameinlatinletters" | "latinname" => C::Roman,
        "部署コード" | "部署cd" | "部署番号" | "所属コード" | "所属cd" | "部門コード" | "部門cd"
        | "departmentcode" | "deptcode" | "departmentid" => C::Department,
        "部署名" | "部署" | "部署名称" | "所属名" | "所属" | "所属名称" | "部門名" | "部門"
        | "departmentname" | "department" | "deptname" => C::DepartmentName,
        "部署名英語"
        | "部署名英"
        | "部署英語名"
        | "部署名英字"
        | "departmentenglish"
        | "departmentnameenglish"
        | "departmentnameen" => C::DepartmentNameEn,
        "上位部署コード"
        | "上位部署cd"
        | "上位所属コード"
        | "上位部門コード"
        | "親部署コード"
        | "上位コード"
        | "parentdepartmentcode"
        | "parentcode"
        | "parentdepartment" => C::Parent,
        "職種" | "職種名" | "profession" | "occupation" | "jobtype" => C::Profession,
        "雇用区分" | "雇用形態" | "雇用種別" | "職員区分" | "employment" | "employmenttype" => {
            C::Employment
        }
        "入職日" | "入職年月日" | "入社日" | "入社年月日" | "採用日" | "採用年月日" | "雇入日"
        | "firstdayofwork" | "firstday" | "joinedon" | "joindate" | "startdate" | "hiredate" => C::Joined,
        "退職日" | "退職年月日" | "退社日" | "退社年月日" | "離職日" | "lastdayofwork" | "lastday"
        | "leavingdate" | "enddate" => C::Left,
        "メールアドレス"
        | "メール"
        | "院内メール"
        | "院内メールアドレス"
        | "職場メール"
        | "職場メールアドレス"
        | "mail"
        | "mailaddress"
        | "email"
        | "emailaddress"
        | "workmail"
        | "workmailaddress"
        | "workemail" => C::Mail,
        _ => return side(word),
    })
}

fn side(word: &str) -> Option<StaffColumn> {
    let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let known = [
        "兼務部署コード",
        "兼務部署cd",
        "兼務コード",
        "兼務所属コード",
        "兼務部門コード",
        "兼務先コード",
        "兼務部署",
        "兼務",
        "otherdepartmentcodes",
        "otherdepartmentcode",
        "seconddepartmentcode",
    ];
    known.contains(&word).then_some(StaffColumn::Side)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::import::sheet::Cell;
    use kokoroe_app::Lang;

    fn row(number: u32, cells: &[&str]) -> SheetRow {
        let cells = cells.iter().map(|text| Cell { text: (*text).to_owned(), day: None }).collect();
        SheetRow { number, cells }
    }

    #[test]
    fn every_heading_of_our_own_words_is_understood_in_both_languages() {
        for column in StaffColumn::ALL {
            for lang in [Lang::Ja, Lang::En] {
                assert_eq!(heading(&column.words(lang)), Some(column), "{}", column.words(lang));
            }
        }
    }

    #[test]
    fn headings_forgive_width_spaces_and_remarks() {
        assert_eq!(heading("職 員 番 号（必須）"), Some(StaffColumn::Number));
        assert_eq!(heading("ﾌﾘｶﾞﾅ"), Some(StaffColumn::FullKana));
        assert_eq!(heading("Staff No."), Some(StaffColumn::Number));
        assert_eq!(heading("姓（カナ）"), Some(StaffColumn::FamilyKana));
        assert_eq!(heading("氏カナ"), Some(StaffColumn::FamilyKana));
        assert_eq!(heading("兼務部署コード２"), Some(StaffColumn::Side));
        assert_eq!(heading("個人番号"), None, "never the number of the tax office");
        assert_eq!(heading("備考"), None);
    }

    #[test]
    fn the_order_is_free_and_a_title_may_come_first() {
        let rows = [
            row(1, &["職員一覧 2026年10月1日 現在"]),
            row(3, &["部署コード", "兼務部署コード1", "氏名", "備考", "職員番号", "兼務部署コード2"]),
            row(4, &["310", "", "髙橋 花子", "", "00123", ""]),
        ];
        let columns = find(&rows).expect("columns");
        assert_eq!(columns.skip, 2);
        assert_eq!(columns.place(StaffColumn::Number), Some(4));
        assert_eq!(columns.sides(), [1, 5]);
        assert_eq!(columns.place(StaffColumn::Left), None);
    }

    #[test]
    fn missing_and_doubled_headings_are_named() {
        let faults = |cells: &[&str]| find(&[row(1, cells)]).expect_err("a fault");
        assert_eq!(
            faults(&["氏名", "職種"]),
            FileFault::MissingColumns(vec![StaffColumn::Number, StaffColumn::Department])
        );
        assert_eq!(
            faults(&["職員番号", "部署コード"]),
            FileFault::MissingColumns(vec![StaffColumn::FullName])
        );
        assert_eq!(faults(&["職員番号", "社員番号", "氏名"]), FileFault::RepeatedColumn(StaffColumn::Number));
        assert_eq!(faults(&["あ", "い"]), FileFault::NoHeadings);
    }

    #[test]
    fn half_of_a_reading_is_not_taken_for_the_whole_of_it() {
        let cells = ["職員番号", "氏", "名", "氏のよみ", "名カナ", "部署コード"];
        let fault = find(&[row(1, &cells)]).expect_err("the reading of the family name is not understood");
        assert_eq!(fault, FileFault::MissingColumns(vec![StaffColumn::FamilyKana]));
    }

    #[test]
    fn a_list_of_departments_alone_is_enough() {
        assert!(find(&[row(1, &["部署コード", "部署名", "上位部署コード"])]).is_ok());
    }
}
