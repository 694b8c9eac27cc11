//! A file as rows of cells: text in any of the usual encodings, or an Excel workbook.

use calamine::{DataRef, Reader, Xlsx};
use chrono::NaiveDate;
use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};
use kokoroe_app::people::FileFault;
use std::io::{Cursor, Read};

/// The most rows that are read: the largest hospital groups have half as many people.
pub(super) const MOST_ROWS: usize = 100_000;
/// Columns beyond this one are not read.
const MOST_COLUMNS: usize = 200;
/// The most that a workbook may unfold to, in bytes. A few kilobytes can claim to be terabytes.
const MOST_UNFOLDED: u64 = 256 * 1024 * 1024;
/// The most that the cells of a file may take in memory, in bytes. A workbook writes a text once, and any number of cells can show it.
const MOST_KEPT: usize = 256 * 1024 * 1024;
/// The longest number that a format fills up with zeros. No hospital has staff numbers of more digits.
const MOST_ZEROS: usize = 20;
/// The most parts that a workbook may have.
const MOST_PARTS: usize = 2000;

/// A cell as it was in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// Its text, without control characters, trimmed.
    pub(super) text: String,
    /// The day, when the file itself says that it is one.
    pub(super) day: Option<NaiveDate>,
}

/// A row that is not blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SheetRow {
    /// Its number as a table program shows it, from 1.
    pub(super) number: u32,
    /// Its cells from the left.
    pub(super) cells: Vec<Cell>,
}

impl SheetRow {
    /// The cell of a column; an empty one where the row is shorter.
    pub(super) fn cell(&self, column: usize) -> Cell {
        self.cells.get(column).cloned().unwrap_or_default()
    }
}

/// The tables of a file: one for text, one for each sheet of a workbook.
pub(super) fn tables(bytes: &[u8]) -> Result<Vec<Vec<SheetRow>>, FileFault> {
    match bytes {
        [] => Err(FileFault::Nothing),
        [b'P', b'K', 3, 4, ..] => workbook(bytes),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(FileFault::OldExcel),
        _ => text(bytes).map(|table| vec![table]),
    }
}

/// Text without control characters and without white space around it.
fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c })
        .filter(|c| !c.is_control() && !matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .collect::<String>()
        .trim()
        .to_owned()
}

// ── text ──

/// UTF-16 only with its mark, UTF-8 with or without, and otherwise CP932, which is what remains in Japan.
fn decode(bytes: &[u8]) -> Result<String, FileFault> {
    let (encoding, rest): (&Encoding, &[u8]) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) if [UTF_8, UTF_16LE, UTF_16BE].contains(&encoding) => {
            (encoding, bytes.get(length..).unwrap_or_default())
        }
        _ if std::str::from_utf8(bytes).is_ok() => (UTF_8, bytes),
        _ => (SHIFT_JIS, bytes),
    };
    // What cannot be mapped becomes U+FFFD, and its row is reported.
    let (decoded, _) = encoding.decode_without_bom_handling(rest);
    let lost = decoded.chars().filter(|c| *c == '\u{fffd}').count();
    if decoded.contains('\0') || lost * 10 > decoded.chars().count() {
        return Err(FileFault::NotTable);
    }
    Ok(decoded.into_owned())
}

/// Whatever separates most in the first lines.
fn separator(text: &str) -> u8 {
    let head: String = text.lines().take(20).collect();
    let count = |separator: char| head.chars().filter(|c| *c == separator).count();
    [('\t', b'\t'), (';', b';'), (',', b',')]
        .into_iter()
        .max_by_key(|(c, _)| count(*c))
        .map_or(b',', |(_, byte)| byte)
}

fn text(bytes: &[u8]) -> Result<Vec<SheetRow>, FileFault> {
    // One sort of line end, because the reader counts a line when it meets '\n', which after '\r' it has not done yet.
    let mut decoded = decode(bytes)?.replace("\r\n", "\n").replace('\r', "\n");
    decoded.push('\n');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(&decoded))
        .from_reader(decoded.as_bytes());
    let (mut rows, mut room) = (Vec::new(), Room(MOST_KEPT));
    let mut record = csv::StringRecord::new();
    let mut inside = 0;
    while reader.read_record(&mut record).map_err(|_| FileFault::NotTable)? {
        // A table program counts blank lines as rows, and a cell of several lines as one.
        inside += record.iter().map(|text| text.matches('\n').count()).sum::<usize>();
        let lines = usize::try_from(reader.position().line()).unwrap_or(usize::MAX);
        let row = lines.saturating_sub(1 + inside);
        let cells: Vec<Cell> =
            record.iter().take(MOST_COLUMNS).map(|text| Cell { text: clean(text), day: None }).collect();
        room.take(cells.iter().map(|cell| cell.text.len()).sum(), cells.len())?;
        keep(&mut rows, u32::try_from(row).unwrap_or(u32::MAX), cells)?;
    }
    Ok(rows)
}

/// What the cells of a file may still take in memory, in bytes.
struct Room(usize);

impl Room {
    fn take(&mut self, letters: usize, cells: usize) -> Result<(), FileFault> {
        let bytes = cells.saturating_mul(size_of::<Cell>()).saturating_add(letters);
        self.0 = self.0.checked_sub(bytes).ok_or(FileFault::TooManyRows { most: MOST_ROWS })?;
        Ok(())
    }
}

fn keep(rows: &mut Vec<SheetRow>, number: u32, cells: Vec<Cell>) -> Result<(), FileFault> {
    if cells.iter().all(|cell| cell.text.is_empty()) {
        return Ok(());
    }
    if rows.len() >= MOST_ROWS {
        return Err(FileFault::TooManyRows { most: MOST_ROWS });
    }
    rows.push(SheetRow { number, cells });
    Ok(())
}

// ── workbooks ──

/// The reader of workbooks has places at which it stumbles over numbers that no workbook has: a column far beyond the last one.
fn workbook(bytes: &[u8]) -> Result<Vec<Vec<SheetRow>>, FileFault> {
    check_size(bytes)?;
    std::panic::catch_unwind(|| sheets(bytes)).unwrap_or(Err(FileFault::Damaged))
}

fn sheets(bytes: &[u8]) -> Result<Vec<Vec<SheetRow>>, FileFault> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| FileFault::Damaged)?;
    let names = book.sheet_names();
    let mut room = Room(MOST_KEPT);
    names.iter().map(|name| sheet(&mut book, name, &mut room)).collect()
}

/// Unfolds everything once, keeping nothing, before anybody trusts the sizes that the file claims.
fn check_size(bytes: &[u8]) -> Result<(), FileFault> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileFault::Damaged)?;
    if archive.len() > MOST_PARTS {
        return Err(FileFault::Damaged);
    }
    let mut left = MOST_UNFOLDED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| FileFault::Damaged)?;
        let size =
            std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| FileFault::Damaged)?;
        left = left.checked_sub(size).ok_or(FileFault::Damaged)?;
    }
    Ok(())
}

/// Cells come one by one: a cell in the last corner of a sheet must not call for a table that reaches there.
fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, room: &mut Room) -> Result<Vec<SheetRow>, FileFault> {
    let damaged = |_| FileFault::Damaged;
    let mut reader = book.worksheet_cells_reader(name).map_err(damaged)?;
    let padded: Vec<usize> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().map_or(0, |format| zeros(&format.format_code)))
        .collect();
    let mut rows = Vec::new();
    let mut cells: Vec<Cell> = Vec::new();
    let mut present = 0;
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(damaged)? {
        let (row, column) = cell.get_position();
        if row != present {
            keep(&mut rows, present + 1, std::mem::take(&mut cells))?;
            present = row;
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= MOST_COLUMNS {
            continue;
        }
        let value = value(cell.get_value(), padded.get(style).copied().unwrap_or(0));
        if value.text.is_empty() {
            continue;
        }
        room.take(value.text.len(), (column + 1).saturating_sub(cells.len()))?;
        if cells.len() <= column {
            cells.resize(column + 1, Cell::default());
        }
        if let Some(slot) = cells.get_mut(column) {
            *slot = value;
        }
    }
    keep(&mut rows, present + 1, cells)?;
    Ok(rows)
}

/// How many digits a format such as `00000` fills up with zeros.
fn zeros(format: &str) -> usize {
    if format.len() <= MOST_ZEROS && format.bytes().all(|b| b == b'0') { format.len() } else { 0 }
}

fn value(value: &DataRef<'_>, padded: usize) -> Cell {
    let words = |text: String| Cell { text: clean(&text), day: None };
    match value {
        DataRef::Empty | DataRef::Error(_) => Cell::default(),
        DataRef::String(text) | DataRef::DurationIso(text) => words(text.clone()),
        DataRef::SharedString(text) => words((*text).to_owned()),
        DataRef::Bool(yes) => words(yes.to_string()),
        DataRef::Int(number) => words(format!("{number:0padded$}")),
        // Whole numbers that a double holds exactly are written without a fraction.
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
            words(format!("{number:0padded$.0}"))
        }
        DataRef::Float(number) => words(number.to_string()),
        DataRef::DateTime(at) => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            let day = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
            Cell { text: day.map_or_else(|| at.as_f64().to_string(), |day| day.to_string()), day }
        }
        DataRef::DateTimeIso(text) => Cell { text: clean(text), day: super::day::parse(text) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_xlsxwriter::{Format, Workbook};

    fn first(bytes: &[u8]) -> Vec<Vec<String>> {
        let tables = tables(bytes).expect("tables");
        tables[0].iter().map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect()).collect()
    }

    const LIST: &str = "職員番号,氏名\r\n00123,髙橋 花子\r\n";

    #[test]
    fn text_is_read_in_every_encoding_that_hospitals_use() {
        let with_mark = [&[0xEF, 0xBB, 0xBF], LIST.as_bytes()].concat();
        let (cp932, _, lost) = SHIFT_JIS.encode(LIST);
        assert!(!lost, "髙 has a place in CP932");
        let utf16: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain(LIST.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for bytes in [LIST.as_bytes(), &with_mark, &cp932, &utf16] {
            assert_eq!(first(bytes), [["職員番号", "氏名"], ["00123", "髙橋 花子"]]);
        }
        assert_eq!(first(LIST.replace(',', "\t").as_bytes())[1], ["00123", "髙橋 花子"]);
    }

    #[test]
    fn what_cp932_cannot_map_stays_visible() {
        let mut bytes = SHIFT_JIS.encode("職員番号,氏名\r\n1,田中一郎と長い名前の人\r\n2,").0.into_owned();
        bytes.extend([0xFC, 0xFC]);
        assert!(first(&bytes)[2][1].contains('\u{fffd}'));
    }

    #[test]
    fn rows_keep_the_numbers_that_a_table_program_shows() {
        let list = "職員番号,氏名\n\n1,\"山田\n太郎\"\n2,花子\n";
        for end in ["\n", "\r\n", "\r"] {
            let tables = tables(list.replace('\n', end).as_bytes()).expect("tables");
            let numbers: Vec<u32> = tables[0].iter().map(|row| row.number).collect();
            assert_eq!(numbers, [1, 3, 4], "lines that end with {end:?}");
            assert_eq!(tables[0][1].cells[1].text, "山田 太郎");
        }
    }

    #[test]
    fn a_workbook_keeps_text_zeros_and_days() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "職員番号").expect("written");
        sheet.write(0, 1, "入職日").expect("written");
        sheet.write(1, 0, "00123").expect("written");
        sheet.write_with_format(1, 1, 46113, &Format::new().set_num_format("yyyy/m/d")).expect("written");
        sheet.write_with_format(2, 0, 124, &Format::new().set_num_format("00000")).expect("written");
        sheet.write(2, 1, 46113).expect("written");
        sheet.write(1_048_575, 16_383, "far away").expect("written");
        let bytes = book.save_to_buffer().expect("a workbook");
        let tables = tables(&bytes).expect("tables");
        let rows = &tables[0];
        assert_eq!((rows[1].cells[0].text.as_str(), rows[2].cells[0].text.as_str()), ("00123", "00124"));
        assert_eq!(rows[1].cells[1].day, NaiveDate::from_ymd_opt(2026, 4, 1));
        assert_eq!(rows[2].cells[1].text, "46113");
        assert_eq!(rows.len(), 3, "what lies beyond every real column is not read");
    }

    #[test]
    fn files_that_are_no_tables_are_named_for_what_they_are() {
        assert_eq!(tables(b""), Err(FileFault::Nothing));
        assert_eq!(tables(&[0xD0, 0xCF, 0x11, 0xE0, 0, 0]), Err(FileFault::OldExcel));
        assert_eq!(tables(b"PK\x03\x04 but nothing more"), Err(FileFault::Damaged));
        assert_eq!(tables(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Err(FileFault::NotTable));
    }

    /// A workbook whose sheets have this and nothing else.
    fn workbook(sheets: usize, data: &str, shared: &str, format: &str) -> Vec<u8> {
        use std::io::Write as _;
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let mut part = |name: &str, text: &str| {
            writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
            writer.write_all(text.as_bytes()).expect("written");
        };
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let package = "http://schemas.openxmlformats.org/package/2006/relationships";
        let each = |line: &dyn Fn(usize) -> String| (1..=sheets).map(line).collect::<String>();
        let listed = each(&|n| format!("<sheet name=\"s{n}\" sheetId=\"{n}\" r:id=\"r{n}\"/>"));
        part(
            "_rels/.rels",
            &format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r\" Type=\"{office}/officeDocument\" \
                 Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        );
        part(
            "xl/workbook.xml",
            &format!("<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets>{listed}</sheets></workbook>"),
        );
        let related = each(&|n| {
            format!("<Relationship Id=\"r{n}\" Type=\"{office}/worksheet\" Target=\"worksheets/s{n}.xml\"/>")
        });
        part(
            "xl/_rels/workbook.xml.rels",
            &format!("<Relationships xmlns=\"{package}\">{related}</Relationships>"),
        );
        part("xl/sharedStrings.xml", &format!("<sst xmlns=\"{main}\"><si><t>{shared}</t></si></sst>"));
        part(
            "xl/styles.xml",
            &format!(
                "<styleSheet xmlns=\"{main}\"><numFmts count=\"1\"><numFmt numFmtId=\"200\" formatCode=\"{format}\"/>\
                 </numFmts><cellXfs count=\"1\"><xf numFmtId=\"200\"/></cellXfs></styleSheet>"
            ),
        );
        for n in 1..=sheets {
            let sheet = format!("<worksheet xmlns=\"{main}\"><sheetData>{data}</sheetData></worksheet>");
            part(&format!("xl/worksheets/s{n}.xml"), &sheet);
        }
        writer.finish().expect("an archive").into_inner()
    }

    #[test]
    fn a_workbook_of_a_few_kilobytes_does_not_fill_the_memory() {
        // One text of a megabyte, shown by a thousand cells.
        let shown: String =
            (1..=1000).map(|n| format!("<row><c r=\"A{n}\" t=\"s\"><v>0</v></c></row>")).collect();
        let long = "あ".repeat(350_000);
        // The last column of every row, in sheet after sheet.
        let last: String = (1..=5000).map(|n| format!("<row><c r=\"GR{n}\"><v>1</v></c></row>")).collect();
        for bytes in [workbook(1, &shown, &long, "0"), workbook(20, &last, "", "0")] {
            assert!(bytes.len() < 1024 * 1024, "{}", bytes.len());
            assert_eq!(tables(&bytes), Err(FileFault::TooManyRows { most: MOST_ROWS }));
        }
    }

    #[test]
    fn a_format_of_a_million_zeros_fills_nothing_up() {
        let row = "<row><c r=\"A1\" s=\"0\"><v>7</v></c></row>";
        assert_eq!(first(&workbook(1, row, "", "00000")), [["00007"]]);
        for zeros in [21, 60_000, 1_000_000] {
            assert_eq!(first(&workbook(1, row, "", &"0".repeat(zeros))), [["7"]]);
        }
    }

    #[test]
    fn a_workbook_that_unfolds_without_end_is_not_unfolded() {
        use std::io::Write as _;
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).expect("a part");
        let megabyte = vec![b' '; 1024 * 1024];
        for _ in 0..300 {
            writer.write_all(&megabyte).expect("written");
        }
        let bytes = writer.finish().expect("an archive").into_inner();
        assert!(bytes.len() < 1024 * 1024);
        assert_eq!(tables(&bytes), Err(FileFault::Damaged));
    }
}
