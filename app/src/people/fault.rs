//! What can be wrong with a list of staff, in words that say what to do about it.

use crate::people::StaffColumn;
use crate::{Lang, say};
use serde::{Deserialize, Serialize};

/// Why one row is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "fault")]
pub enum RowFault {
    /// A cell that must be filled is empty.
    Empty {
        /// Which.
        column: StaffColumn,
    },
    /// A character was lost on the way: it stands for one that the file could not hold.
    Garbled {
        /// Where.
        column: StaffColumn,
        /// What stands there now.
        mark: String,
    },
    /// A number or code with other characters than letters, digits, `.`, `_` and `-`, or more than 32 of them.
    Code {
        /// Where.
        column: StaffColumn,
        /// What stands there.
        value: String,
    },
    /// Longer than any name.
    TooLong {
        /// Where.
        column: StaffColumn,
        /// The most that is taken, in characters.
        most: usize,
    },
    /// A reading with kanji in it.
    NotKana {
        /// Where.
        column: StaffColumn,
        /// What stands there.
        value: String,
    },
    /// Not a day that exists.
    NotDay {
        /// Where.
        column: StaffColumn,
        /// What stands there.
        value: String,
    },
    /// Not an address of mail.
    NotAddress {
        /// What stands there.
        value: String,
    },
    /// The last day of work lies before the first.
    LeftBeforeJoined,
    /// Somebody unknown, whose last day of work is over.
    LeftAlready,
    /// Somebody who has left on record, and the row does not say that they are back.
    Gone,
    /// The same staff number stands in several rows.
    Repeated {
        /// The other rows.
        rows: Vec<u32>,
    },
    /// Differs from a known number or code only by zeros in front.
    LostZeros {
        /// Where.
        column: StaffColumn,
        /// What stands there.
        value: String,
        /// What is known.
        known: String,
    },
    /// The department is called differently in other rows.
    OtherName {
        /// Code of the department.
        code: String,
        /// The names that it is given.
        names: Vec<String>,
    },
    /// The department lies under different ones in other rows.
    OtherParent {
        /// Code of the department.
        code: String,
        /// The codes that it is put under.
        parents: Vec<String>,
    },
    /// No department has this code, and no row gives it a name.
    UnknownDepartment {
        /// Where.
        column: StaffColumn,
        /// The code.
        code: String,
    },
    /// The department no longer exists.
    ClosedDepartment {
        /// Where.
        column: StaffColumn,
        /// The code.
        code: String,
    },
    /// The department would lie below itself.
    Loop {
        /// Its code.
        code: String,
    },
}

impl RowFault {
    /// The reason in one sentence.
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Self::Empty { column } => {
                let column = column.words(lang);
                say!(lang, "「{column}」が空です。", "“{column}” is empty.")
            }
            Self::Garbled { column, mark } => {
                let column = column.words(lang);
                say!(
                    lang,
                    "「{column}」に文字化けがあります（{mark}）。UTF-8 か xlsx で保存すると直ります。",
                    "A character in “{column}” was lost ({mark}). Saving as UTF-8 or xlsx keeps it.",
                )
            }
            Self::Code { column, value } => {
                let column = column.words(lang);
                say!(
                    lang,
                    "「{column}」の「{value}」は使えません。英数字と . _ - の32文字までです。",
                    "“{value}” cannot be a value of “{column}”: up to 32 letters, digits and . _ -",
                )
            }
            Self::TooLong { column, most } => {
                let column = column.words(lang);
                say!(
                    lang,
                    "「{column}」が長すぎます。{most}文字までです。",
                    "“{column}” is too long. The limit is {most} characters."
                )
            }
            Self::NotKana { column, value } => {
                let column = column.words(lang);
                say!(
                    lang,
                    "「{column}」の「{value}」に、カナでない文字があります。",
                    "“{value}” in “{column}” is not a reading in kana."
                )
            }
            Self::NotDay { column, value } => {
                let column = column.words(lang);
                say!(
                    lang,
                    "「{column}」の「{value}」は日付として読めません。例：2026/4/1、令和8年4月1日",
                    "“{value}” in “{column}” cannot be read as a date. Example: 2026-04-01",
                )
            }
            Self::NotAddress { value } => say!(
                lang,
                "「{value}」はメールアドレスとして読めません。病院のアドレスがない人は、空けるか「なし」と書きます。",
                "“{value}” is not a mail address. For somebody without one at the hospital, leave it empty or write “none”.",
            ),
            Self::LeftBeforeJoined => {
                say!(lang, "退職日が入職日より前です。", "The last day of work is before the first.")
            }
            Self::LeftAlready => say!(
                lang,
                "退職日が過ぎています。台帳にない人なので加えません。",
                "The last day of work is over, and the person is not on record."
            ),
            Self::Gone => say!(
                lang,
                "台帳では退職した人です。復職なら、退職日の欄に「復職」と書きます。",
                "The person has left on record. If they are back, write “returned” as the last day of work.",
            ),
            Self::Repeated { rows } => {
                let rows = rows.iter().map(ToString::to_string).collect::<Vec<_>>();
                let (ja, en) = (rows.join("、"), rows.join(", "));
                say!(
                    lang,
                    "同じ職員番号が {ja} 行目にもあります。",
                    "The same staff number is also in row {en}."
                )
            }
            Self::LostZeros { column, value, known } => {
                let column = column.words(lang);
                say!(
                    lang,
                    "「{column}」の {value} は、先頭の 0 の数が台帳の {known} と違います。",
                    "{value} in “{column}” differs from {known} on record only by leading zeros.",
                )
            }
            Self::OtherName { code, names } => {
                let (ja, en) = (names.join("／"), names.join(" / "));
                say!(
                    lang,
                    "部署 {code} の名前が行によって違います（{ja}）。",
                    "Department {code} has different names in different rows ({en})."
                )
            }
            Self::OtherParent { code, parents } => {
                let (ja, en) = (parents.join("／"), parents.join(" / "));
                say!(
                    lang,
                    "部署 {code} の上位部署が行によって違います（{ja}）。",
                    "Department {code} has different parents in different rows ({en})."
                )
            }
            Self::UnknownDepartment { column, code } => {
                let column = column.words(lang);
                say!(
                    lang,
                    "「{column}」の {code} は台帳になく、部署名もわかりません。",
                    "{code} in “{column}” is not on record, and no row names it.",
                )
            }
            Self::ClosedDepartment { column, code } => {
                let column = column.words(lang);
                say!(
                    lang,
                    "「{column}」の {code} は廃止された部署です。",
                    "{code} in “{column}” is a department that no longer exists."
                )
            }
            Self::Loop { code } => say!(
                lang,
                "部署 {code} が自分の下に入ってしまいます。",
                "Department {code} would lie below itself."
            ),
        }
    }
}

/// Why a file cannot be read as a list of staff at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileFault {
    /// No file was chosen, or it is empty.
    Nothing,
    /// The old Excel format.
    OldExcel,
    /// Neither a table in text nor an Excel file.
    NotTable,
    /// The file is damaged or protected by a password.
    Damaged,
    /// More rows than a hospital has people.
    TooManyRows {
        /// The most that is read.
        most: usize,
    },
    /// No row near the top holds the headings.
    NoHeadings,
    /// A heading that is needed is missing.
    MissingColumns(
        /// Which.
        Vec<StaffColumn>,
    ),
    /// Two columns have the same meaning.
    RepeatedColumn(
        /// Which.
        StaffColumn,
    ),
}

impl FileFault {
    /// The reason, and what to do.
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Self::Nothing => say!(lang, "ファイルを選んでください", "Choose a file"),
            Self::OldExcel => say!(
                lang,
                "古い形式のExcelファイルです。xlsx か CSV で保存したものを選びます",
                "This is an old Excel format. Save it as xlsx or CSV and choose that file"
            ),
            Self::NotTable => {
                say!(lang, "CSVでもExcelでもないファイルです", "This file is neither CSV nor Excel")
            }
            Self::Damaged => say!(
                lang,
                "ファイルが壊れているか、パスワードで保護されています",
                "The file is damaged or protected by a password"
            ),
            Self::TooManyRows { most } => say!(
                lang,
                "行が多すぎます。一度に{most}行まで読めます",
                "There are too many rows. Up to {most} can be read at once"
            ),
            Self::NoHeadings => say!(
                lang,
                "見出しの行が見つかりません。はじめの20行のうちに「職員番号」などの見出しが必要です",
                "No row of headings was found. One of the first 20 rows must hold headings such as “Staff number”"
            ),
            Self::MissingColumns(columns) => {
                let (ja, en) = (listed(columns, Lang::Ja), listed(columns, Lang::En));
                say!(lang, "見出しが足りません：{ja}", "Headings are missing: {en}")
            }
            Self::RepeatedColumn(column) => {
                let column = column.words(lang);
                say!(lang, "「{column}」にあたる見出しが2つあります", "Two headings both mean “{column}”")
            }
        }
    }
}

fn listed(columns: &[StaffColumn], lang: Lang) -> String {
    let words: Vec<String> = columns.iter().map(|column| column.words(lang)).collect();
    words.join(match lang {
        Lang::Ja => "、",
        Lang::En => ", ",
    })
}

#[cfg(test)]
mod tests {
    use super::{FileFault, RowFault};
    use crate::Lang;
    use crate::people::StaffColumn;

    #[test]
    fn a_reason_names_the_column_and_what_stands_there() {
        let fault = RowFault::NotDay { column: StaffColumn::Joined, value: "4月".into() };
        assert!(fault.words(Lang::Ja).contains("「入職日」の「4月」"));
        assert!(fault.words(Lang::En).contains("“4月” in “First day of work”"));
        let fault = FileFault::MissingColumns(vec![StaffColumn::Number, StaffColumn::FullName]);
        assert_eq!(fault.words(Lang::Ja), "見出しが足りません：職員番号、氏名");
    }
}
