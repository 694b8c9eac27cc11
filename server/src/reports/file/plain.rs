//! CSV: UTF-8 with the mark that Excel needs, or Shift_JIS as Windows has it. Lines end as Windows ends them.

use std::borrow::Cow;
use std::io;

use csv::{Terminator, WriterBuilder};
use encoding_rs::SHIFT_JIS;
use kokoroe_app::reports::export;

use super::{Cell, Document};

/// What a cell that a spreadsheet would take for a formula begins with, in either width.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Stands for a letter that the file cannot hold.
const GETA: char = '〓';

/// UTF-8.
pub(super) fn utf8(document: &Document) -> io::Result<Vec<u8>> {
    let mut out = vec![0xEF, 0xBB, 0xBF];
    out.extend(lines(document, |text| (text.to_owned(), false))?);
    Ok(out)
}

/// Shift_JIS. Letters that it lacks become 〓, and the last column of the row says so.
pub(super) fn shift_jis(document: &Document) -> io::Result<Vec<u8>> {
    let text = String::from_utf8(lines(document, representable)?).map_err(io::Error::other)?;
    let (bytes, _, lossy) = SHIFT_JIS.encode(&text);
    if lossy {
        Err(io::Error::other("a letter without a code was left over"))
    } else {
        Ok(bytes.into_owned())
    }
}

fn lines(document: &Document, fit: impl Fn(&str) -> (String, bool)) -> io::Result<Vec<u8>> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    let sheet = &document.sheet;
    writer.write_record(sheet.columns.iter().map(|words| fit(words).0)).map_err(io::Error::other)?;
    for row in &sheet.rows {
        let mut changed = false;
        let mut cells: Vec<String> = row
            .iter()
            .map(|cell| {
                let (text, lost) = fit(&written(cell));
                changed |= lost;
                text
            })
            .collect();
        if let (true, Some(remarks)) = (changed, cells.last_mut()) {
            let note = fit(&export::unmappable(document.lang)).0;
            *remarks = if remarks.is_empty() { note } else { format!("{remarks} {note}") };
        }
        writer.write_record(&cells).map_err(io::Error::other)?;
    }
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// A text that no spreadsheet takes for a formula: an apostrophe makes words of it again.
pub(crate) fn harmless(text: &str) -> Cow<'_, str> {
    if text.starts_with(FORMULA) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => harmless(text).into_owned(),
        Cell::Number(number) => number.to_string(),
        Cell::Permille(permille) => format!("{}.{}%", permille / 10, permille % 10),
        Cell::Day(day) => day.format("%Y/%m/%d").to_string(),
        Cell::Empty => String::new(),
    }
}

/// A text that Shift_JIS can hold, and whether a letter was lost. Signs that Windows knows under a neighbouring code take that one.
fn representable(text: &str) -> (String, bool) {
    let mut lost = false;
    let fitted = text
        .chars()
        .map(|c| match c {
            '〜' => '～',
            '−' => '－',
            '—' => '―',
            '‖' => '∥',
            other => {
                let mut buffer = [0; 4];
                if SHIFT_JIS.encode(other.encode_utf8(&mut buffer)).2 {
                    lost = true;
                    GETA
                } else {
                    other
                }
            }
        })
        .collect();
    (fitted, lost)
}

#[cfg(test)]
mod tests {
    use super::super::Sheet;
    use super::*;
    use kokoroe_app::Lang;
    use proptest::prelude::*;

    fn document(rows: Vec<Vec<Cell>>) -> Document {
        Document {
            lang: Lang::Ja,
            sheet: Sheet {
                name: "受講状況".into(),
                title: "SNS研修".into(),
                columns: vec!["氏名".into(), "備考".into()],
                widths: vec![10.0, 10.0],
                rows,
                printed: super::super::Printed::default(),
            },
            hospital: "病院".into(),
            as_of: "2026年10月1日".into(),
            conditions: Vec::new(),
            told: Vec::new(),
            origin: Vec::new(),
            notes: Vec::new(),
            by: "鈴木".into(),
            at: chrono::DateTime::UNIX_EPOCH,
            made_at: String::new(),
        }
    }

    fn text(text: &str) -> Cell {
        Cell::Text(text.into())
    }

    #[test]
    fn the_text_begins_with_the_mark_and_lines_end_as_windows_ends_them() {
        let bytes = utf8(&document(vec![vec![text("髙﨑 𠮷"), Cell::Empty]])).expect("a file");
        assert_eq!(bytes.get(..3), Some([0xEF, 0xBB, 0xBF].as_slice()));
        assert_eq!(String::from_utf8_lossy(&bytes), "\u{feff}氏名,備考\r\n髙﨑 𠮷,\r\n");
    }

    #[test]
    fn old_letters_of_windows_survive_and_others_are_marked_and_told() {
        let bytes = shift_jis(&document(vec![
            vec![text("髙﨑 花子"), Cell::Empty],
            vec![text("𠮷田 恵"), text("休職")],
            vec![text("3階〜5階"), Cell::Empty],
        ]))
        .expect("a file");
        let (back, _, broken) = SHIFT_JIS.decode(&bytes);
        assert!(!broken);
        assert_eq!(
            back,
            "氏名,備考\r\n髙﨑 花子,\r\n〓田 恵,休職 表せない文字を〓にしました\r\n3階～5階,\r\n"
        );
    }

    proptest! {
        #[test]
        fn no_cell_begins_like_a_formula(words in "[=+@\\-＝＋－＠\t\r]?.{0,12}") {
            let bytes = utf8(&document(vec![vec![text(&words), Cell::Empty]])).expect("a file");
            let mut reader = csv::ReaderBuilder::new().has_headers(true).from_reader(bytes.get(3..).unwrap_or_default());
            let record = reader.records().next().expect("a row").expect("a row");
            let cell = record.get(0).expect("a cell");
            prop_assert!(!cell.starts_with(FORMULA), "{cell:?}");
            let quoted = format!("'{words}");
            prop_assert!(cell == words || cell == quoted);
        }

        #[test]
        fn every_text_can_be_written_in_shift_jis(words in "\\PC{0,20}") {
            prop_assert!(shift_jis(&document(vec![vec![text(&words), Cell::Empty]])).is_ok());
        }
    }
}
