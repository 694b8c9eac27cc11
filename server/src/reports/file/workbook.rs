//! The workbook: one sheet that Excel can sort and filter, and one that says what it is.

use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{Cell, Coming, Document, Lost, Sheet};
use kokoroe_app::reports::export;

/// A4.
const PAPER: u8 = 9;
/// On every Japanese Windows and Mac with Excel.
const FONT: &str = "Yu Gothic";

/// The bytes of the file, and how many rows its list has: those of the document, or those that are still coming, which are not held in
/// memory.
pub(super) fn write(document: &Document, coming: Option<Coming>) -> Result<(Vec<u8>, usize), XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_timestamp(document.at.timestamp())?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(&document.sheet.title)
            .set_subject(&document.as_of)
            .set_author(&document.by)
            .set_company(&document.hospital)
            .set_creation_datetime(&created),
    );
    let rows = match coming {
        None => list(workbook.add_worksheet(), document, |place, write| {
            (place..).zip(&document.sheet.rows).try_for_each(|(place, cells)| write(place, cells))?;
            Ok(document.sheet.rows.len())
        })?,
        Some(mut coming) => {
            list(workbook.add_worksheet_with_constant_memory()?, document, |mut place, write| {
                let first = place;
                while let Some(some) = coming.blocking_recv() {
                    let some = some.map_err(|lost: Lost| XlsxError::ParameterError(lost.to_string()))?;
                    for cells in some {
                        write(place, &cells)?;
                        place += 1;
                    }
                }
                Ok(usize::try_from(place - first).unwrap_or(usize::MAX))
            })?
        }
    };
    conditions(workbook.add_worksheet(), document)?;
    Ok((workbook.save_to_buffer()?, rows))
}

/// Writes one row at its place.
type Write<'w> = dyn FnMut(u32, &[Cell]) -> Result<(), XlsxError> + 'w;

fn plain() -> Format {
    Format::new().set_font_name(FONT).set_font_size(11).set_align(FormatAlign::VerticalCenter)
}

/// A text in the head or foot of a printed page: `&` begins a code there.
fn printed(text: &str) -> String {
    // Excel takes 255 characters for all parts together.
    text.chars().take(70).collect::<String>().replace('&', "&&")
}

fn for_paper(sheet: &mut Worksheet, document: &Document) {
    sheet
        .set_paper_size(PAPER)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.5, 0.5, 0.75, 0.6, 0.3, 0.3)
        .set_header(format!(
            "&L{}&C{}&R{}",
            printed(&document.hospital),
            printed(&document.sheet.title),
            printed(&document.as_of)
        ))
        .set_footer(format!("&L{}&R&P / &N", printed(&document.by)));
}

/// The list; `fill` gives its rows one after another from a place on and says how many they were.
fn list(
    out: &mut Worksheet,
    document: &Document,
    fill: impl FnOnce(u32, &mut Write<'_>) -> Result<usize, XlsxError>,
) -> Result<usize, XlsxError> {
    let Sheet { name, columns, widths, .. } = &document.sheet;
    out.set_name(name)?;
    let head = plain()
        .set_bold()
        .set_background_color(Color::RGB(0x00E9_EDEE))
        .set_border_bottom(FormatBorder::Thin)
        .set_text_wrap();
    let text = plain();
    let day = plain().set_num_format("yyyy/mm/dd").set_align(FormatAlign::Left);
    let rate = plain().set_num_format("0.0%");
    for (column, words) in (0_u16..).zip(columns) {
        out.write_string_with_format(0, column, words, &head)?;
    }
    for (column, width) in (0_u16..).zip(widths) {
        out.set_column_width(column, *width)?;
    }
    let mut write = |place: u32, cells: &[Cell]| {
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                // As a string and nothing else, whatever it begins with.
                Cell::Text(words) if !words.is_empty() => {
                    out.write_string_with_format(place, column, words, &text)?;
                }
                Cell::Number(number) => {
                    out.write_number_with_format(place, column, to_float(*number), &text)?;
                }
                Cell::Permille(permille) => {
                    out.write_number_with_format(place, column, to_float(*permille) / 1000.0, &rate)?;
                }
                Cell::Day(date) => {
                    out.write_datetime_with_format(place, column, excel_day(*date)?, &day)?;
                }
                Cell::Text(_) | Cell::Empty => {}
            }
        }
        Ok(())
    };
    let rows = fill(1, &mut write)?;
    out.set_freeze_panes(1, 0)?;
    out.set_repeat_rows(0, 0)?;
    let last_row = u32::try_from(rows).unwrap_or(0);
    let last_column = u16::try_from(columns.len()).unwrap_or(1).saturating_sub(1);
    out.autofilter(0, 0, last_row, last_column)?;
    for_paper(out, document);
    Ok(rows)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a workbook knows no other numbers; counts of people are far below 2^53"
)]
const fn to_float(number: i64) -> f64 {
    number as f64
}

fn excel_day(day: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    let small = |number: u32| u8::try_from(number).unwrap_or(1);
    ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(1900), small(day.month()), small(day.day()))
}

fn conditions(out: &mut Worksheet, document: &Document) -> Result<(), XlsxError> {
    out.set_name(export::conditions_sheet(document.lang))?;
    let name = plain().set_bold().set_align(FormatAlign::Top);
    let value = plain().set_text_wrap().set_align(FormatAlign::Top);
    out.set_column_width(0, 32)?;
    out.set_column_width(1, 100)?;
    let mut before = "";
    let lines =
        [&document.conditions, &document.told, &document.origin, &document.notes].into_iter().flatten();
    for (row, (label, words)) in (0_u32..).zip(lines) {
        // A name that stands for several lines is said once.
        if label != before {
            out.write_string_with_format(row, 0, label, &name)?;
        }
        before = label;
        out.write_string_with_format(row, 1, words, &value)?;
    }
    for_paper(out, document);
    Ok(())
}
