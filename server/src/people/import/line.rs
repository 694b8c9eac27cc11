//! One row of a list of staff: what it says of a person and of a department, or why it cannot be read.

#[cfg(test)]
mod tests;

use chrono::{Days, NaiveDate};
use kokoroe_app::people::{FileFault, RowFault, StaffColumn};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::columns::{self, Columns};
use super::letters::{collapse, garbled, is_kanji, katakana, says, short, split, widen};
use super::sheet::{self, SheetRow};
use crate::people::mail;

/// The most characters of a name.
const LONGEST_NAME: usize = 100;
/// The most characters of a number or code.
const LONGEST_CODE: usize = 32;

/// Words in the place of a last day of work: the person is there, or back. In lower case.
const AT_WORK: [&str; 5] = ["復職", "在職", "在籍", "returned", "at work"];
/// Words in the place of codes of other departments, or of an address: there are none. In lower case.
const NO_SIDES: [&str; 2] = ["なし", "none"];

/// A row as it was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its number in the file, from 1.
    pub row: u32,
    /// The staff number; empty for a department, or when it cannot be read.
    pub staff_no: String,
    /// The name as it stands there, for showing.
    pub name: String,
    /// What it says of a person.
    pub person: Option<PersonLine>,
    /// What it says of a department; for a person, the main one.
    pub department: Option<DepartmentLine>,
    /// What cannot be read. Such a row is never applied.
    pub faults: Vec<RowFault>,
}

/// What a row says of a person. `None`: the list has no such column, or the cell is empty, and what is known stays. That holds for
/// leaving and for other departments too: only a word takes something away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLine {
    /// Family name, or the only name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// Readings of both.
    pub kana: Option<(String, String)>,
    /// Name in Latin letters.
    pub roman: Option<String>,
    /// Profession.
    pub profession: Option<String>,
    /// Sort of employment.
    pub employment: Option<String>,
    /// Address at work. An empty one says that there is none, by a word in [`NO_SIDES`].
    #[serde(default)]
    pub mail: Option<String>,
    /// First day of work.
    pub joined_on: Option<NaiveDate>,
    /// Whether and when the person leaves.
    pub left: LeftCell,
    /// The codes of all other departments. An empty list says that there are none, by a word in [`NO_SIDES`].
    pub sides: Option<Vec<String>>,
}

/// What a list says of leaving.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftCell {
    /// Nothing: the list has no such column, or the cell is empty.
    // Lists that wait for somebody to confirm them may have been read when an empty cell meant that the person stays.
    #[default]
    #[serde(alias = "no_column", alias = "stays")]
    Unsaid,
    /// The person is at work, by a word in [`AT_WORK`]: a departure on record is taken back.
    AtWork,
    /// The first day on which the person is no longer there: the day after the last day of work.
    From(NaiveDate),
}

/// What a row says of a department.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartmentLine {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: Option<String>,
    /// The same in English.
    pub name_en: Option<String>,
    /// The code of the department above.
    pub parent: Option<String>,
}

/// Reads a file: one line for each row below the headings.
///
/// # Errors
/// When it is no list of staff at all.
pub fn lines(bytes: &[u8]) -> Result<Vec<Line>, FileFault> {
    let tables = sheet::tables(bytes)?;
    let mut first_fault = FileFault::NoHeadings;
    for (index, table) in tables.iter().enumerate() {
        match columns::find(table) {
            Ok(columns) => {
                return Ok(table.iter().skip(columns.skip).map(|row| line(row, &columns)).collect());
            }
            Err(fault) if index == 0 => first_fault = fault,
            Err(_) => {}
        }
    }
    Err(first_fault)
}

fn line(row: &SheetRow, columns: &Columns) -> Line {
    let mut reader = Reader { row, columns, faults: Vec::new() };
    let staff_no = reader.code(StaffColumn::Number);
    let (family, given) = reader.name();
    let department = reader.department();
    let name = [family.as_str(), given.as_str()]
        .iter()
        .filter(|part| !part.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" ");
    let names_department = department.as_ref().is_some_and(|department| department.name.is_some());
    let lists_people = columns.place(StaffColumn::Number).is_some();
    let is_department = staff_no.is_empty() && name.is_empty() && (names_department || !lists_people);
    let person = if is_department { None } else { Some(reader.person(&staff_no, family, given)) };
    if is_department && department.is_none() {
        reader.faults.push(RowFault::Empty { column: StaffColumn::Department });
    }
    let name = match (&person, &department) {
        (None, Some(department)) => department.name.clone().unwrap_or_default(),
        _ => name,
    };
    Line { row: row.number, staff_no, name, person, department, faults: reader.faults }
}

struct Reader<'a> {
    row: &'a SheetRow,
    columns: &'a Columns,
    faults: Vec<RowFault>,
}

impl Reader<'_> {
    fn cell(&self, column: StaffColumn) -> sheet::Cell {
        self.columns.place(column).map(|place| self.row.cell(place)).unwrap_or_default()
    }

    /// Words of any kind, as they are written; only half-width kana become wide, because nobody means them.
    fn words(&mut self, column: StaffColumn) -> Option<String> {
        let text = collapse(&widen(&self.cell(column).text));
        self.check(column, &text);
        (!text.is_empty()).then_some(text)
    }

    fn check(&mut self, column: StaffColumn, text: &str) {
        if let Some(mark) = garbled(text, is_name(column)) {
            self.faults.push(RowFault::Garbled { column, mark });
        } else if text.chars().count() > LONGEST_NAME {
            self.faults.push(RowFault::TooLong { column, most: LONGEST_NAME });
        }
    }

    fn reading(&mut self, column: StaffColumn) -> Option<String> {
        let text = collapse(&katakana(&self.cell(column).text));
        self.check(column, &text);
        if text.chars().any(is_kanji) {
            self.faults.push(RowFault::NotKana { column, value: short(&text) });
        }
        (!text.is_empty()).then_some(text)
    }

    fn code(&mut self, column: StaffColumn) -> String {
        let text = self.cell(column).text;
        self.code_of(column, &text)
    }

    fn code_of(&mut self, column: StaffColumn, text: &str) -> String {
        // ="00123" is how some programs keep Excel from dropping the zeros.
        let text = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
        let code: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
        let legible = code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
        if legible && code.len() <= LONGEST_CODE {
            return code;
        }
        self.faults.push(RowFault::Code { column, value: short(&code) });
        String::new()
    }

    fn day(&mut self, column: StaffColumn) -> Option<NaiveDate> {
        let cell = self.cell(column);
        let day = cell.day.or_else(|| super::day::parse(&cell.text));
        if day.is_none() && !cell.text.is_empty() {
            self.faults.push(RowFault::NotDay { column, value: short(&cell.text) });
        }
        day
    }

    fn name(&mut self) -> (String, String) {
        let family = self.words(StaffColumn::Family).unwrap_or_default();
        let given = self.words(StaffColumn::Given).unwrap_or_default();
        match (family.is_empty(), given.is_empty()) {
            (true, true) => split(&self.words(StaffColumn::FullName).unwrap_or_default()),
            (true, false) => (given, String::new()),
            (false, _) => (family, given),
        }
    }

    fn kana(&mut self) -> Option<(String, String)> {
        let family = self.reading(StaffColumn::FamilyKana).unwrap_or_default();
        let given = self.reading(StaffColumn::GivenKana).unwrap_or_default();
        match (family.is_empty(), given.is_empty()) {
            (true, true) => self.reading(StaffColumn::FullKana).map(|full| split(&full)),
            (true, false) => Some((given, String::new())),
            (false, _) => Some((family, given)),
        }
    }

    fn person(&mut self, staff_no: &str, family: String, given: String) -> PersonLine {
        let unread = self
            .faults
            .iter()
            .any(|fault| matches!(fault, RowFault::Code { column: StaffColumn::Number, .. }));
        if staff_no.is_empty() && !unread {
            self.faults.push(RowFault::Empty { column: StaffColumn::Number });
        }
        if family.is_empty() {
            let column = [StaffColumn::Family, StaffColumn::FullName];
            let column = column.into_iter().find(|column| self.columns.place(*column).is_some());
            self.faults.push(RowFault::Empty { column: column.unwrap_or(StaffColumn::FullName) });
        }
        let joined_on = self.day(StaffColumn::Joined);
        let left = self.left();
        if let (Some(joined_on), LeftCell::From(left_on)) = (joined_on, left)
            && left_on <= joined_on
        {
            self.faults.push(RowFault::LeftBeforeJoined);
        }
        PersonLine {
            family,
            given,
            kana: self.kana(),
            roman: self.words(StaffColumn::Roman).map(|roman| roman.nfkc().collect()),
            profession: self.words(StaffColumn::Profession),
            employment: self.words(StaffColumn::Employment),
            mail: self.mail(),
            joined_on,
            left,
            sides: self.sides(),
        }
    }

    fn mail(&mut self) -> Option<String> {
        let text = self.cell(StaffColumn::Mail).text;
        if text.trim().is_empty() {
            return None;
        }
        if says(&text, &NO_SIDES) {
            return Some(String::new());
        }
        let address = mail::address(&text);
        if address.is_none() {
            self.faults.push(RowFault::NotAddress { value: short(&text) });
        }
        address
    }

    fn left(&mut self) -> LeftCell {
        if says(&self.cell(StaffColumn::Left).text, &AT_WORK) {
            return LeftCell::AtWork;
        }
        let last = self.day(StaffColumn::Left);
        last.and_then(|last| last.checked_add_days(Days::new(1))).map_or(LeftCell::Unsaid, LeftCell::From)
    }

    fn sides(&mut self) -> Option<Vec<String>> {
        let places = self.columns.sides();
        let (none, cells): (Vec<String>, Vec<String>) = places
            .iter()
            .map(|place| self.row.cell(*place).text)
            .filter(|text| !text.trim().is_empty())
            .partition(|text| says(text, &NO_SIDES));
        if none.is_empty() && cells.is_empty() {
            return None;
        }
        let mut codes: Vec<String> = cells
            .iter()
            .flat_map(|cell| cell.split([',', '、', '，', ';', '；', '/', '／', ' ', '\u{3000}', '・']))
            .map(|code| self.code_of(StaffColumn::Side, code))
            .filter(|code| !code.is_empty())
            .collect();
        codes.sort_unstable();
        codes.dedup();
        Some(codes)
    }

    fn department(&mut self) -> Option<DepartmentLine> {
        let code = self.code(StaffColumn::Department);
        let name = self.words(StaffColumn::DepartmentName);
        let name_en = self.words(StaffColumn::DepartmentNameEn);
        let parent = self.code(StaffColumn::Parent);
        if code.is_empty() {
            return None;
        }
        if parent == code {
            self.faults.push(RowFault::Loop { code: code.clone() });
        }
        Some(DepartmentLine { code, name, name_en, parent: (!parent.is_empty()).then_some(parent) })
    }
}

const fn is_name(column: StaffColumn) -> bool {
    matches!(
        column,
        StaffColumn::FullName
            | StaffColumn::Family
            | StaffColumn::Given
            | StaffColumn::FullKana
            | StaffColumn::FamilyKana
            | StaffColumn::GivenKana
    )
}
