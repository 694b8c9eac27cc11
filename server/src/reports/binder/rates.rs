//! ④ 受講率: by department and by profession, counted from the same reading as the roster.

use kokoroe_app::reports::export::Label;
use kokoroe_app::{Lang, say};

use super::BinderError;
use super::archive::Archive;
use super::frame::{Frame, Part, text};
use super::people::{Counted, Tally};
use crate::reports::file::{Cell, Printed, notes};
use crate::reports::tally::rate_view;
use crate::requirements::status::Status;

/// Writes both tables.
pub(super) async fn write(
    frame: &Frame,
    archive: Archive,
    counted: &Counted,
) -> Result<Archive, BinderError> {
    let lang = frame.lang;
    let places = counted.departments.iter().map(|((nowhere, code, name), tally)| {
        let name = if *nowhere { say!(lang, "所属なし", "No department") } else { name.clone() };
        (vec![text(code), text(name)], tally)
    });
    let columns =
        vec![(say!(lang, "部署コード", "Department code"), 12.0), (say!(lang, "部署", "Department"), 26.0)];
    let total = vec![Cell::Empty, text(say!(lang, "全体", "The whole hospital"))];
    let file = if lang == Lang::Ja { "04_受講率_部署別" } else { "04_rates_by-department" };
    let title = say!(lang, "④ 受講率（部署別）", "4 Rates by department");
    let part = table(frame, (file, title), columns, (total, &counted.all), places);
    let archive = frame.table(archive, part).await?;
    let professions = counted.professions.iter().map(|(profession, tally)| (vec![text(profession)], tally));
    let columns = vec![(say!(lang, "職種", "Profession"), 26.0)];
    let total = vec![text(say!(lang, "全体", "The whole hospital"))];
    let file = if lang == Lang::Ja { "04_受講率_職種別" } else { "04_rates_by-profession" };
    let title = say!(lang, "④ 受講率（職種別）", "4 Rates by profession");
    let part = table(frame, (file, title), columns, (total, &counted.all), professions);
    frame.table(archive, part).await
}

fn table<'t>(
    frame: &Frame,
    (file, title): (&str, String),
    mut columns: Vec<(String, f64)>,
    total: (Vec<Cell>, &'t Tally),
    rows: impl Iterator<Item = (Vec<Cell>, &'t Tally)>,
) -> Part {
    let lang = frame.lang;
    let names = columns.len() - 1;
    columns.extend(
        [
            say!(lang, "割当", "Assigned"),
            say!(lang, "免除", "Exempt"),
            say!(lang, "対象外", "Not in scope"),
            say!(lang, "対象", "In scope"),
            say!(lang, "修了", "Completed"),
            say!(lang, "うち期限後", "Of these, late"),
            say!(lang, "受講率", "Rate"),
            say!(lang, "未修了", "Not finished"),
            say!(lang, "うち期限超過", "Of these, overdue"),
        ]
        .map(|words| (words, 12.0)),
    );
    let bar = names + 7;
    let (columns, widths) = columns.into_iter().unzip();
    let whole = rate_view(total.1.rate()).words(lang);
    let rows = std::iter::once(total).chain(rows).map(|(names, tally)| row(names, tally)).collect();
    Part {
        file: file.to_owned(),
        title,
        columns,
        widths,
        rows,
        printed: Printed { names: Some(names), bar: Some(bar), ..Printed::default() },
        told: vec![(Label::Rate.words(lang), whole)],
        notes: notes(lang),
    }
}

fn row(mut cells: Vec<Cell>, tally: &Tally) -> Vec<Cell> {
    let rate = tally.rate();
    cells.extend([
        Cell::Number(tally.all()),
        Cell::Number(tally.of(Status::Exempt)),
        Cell::Number(tally.of(Status::Out)),
        Cell::Number(rate.of),
        Cell::Number(rate.done),
        Cell::Number(tally.of(Status::CompletedLate)),
        rate.permille().map_or(Cell::Empty, Cell::Permille),
        Cell::Number(tally.open()),
        Cell::Number(tally.of(Status::Overdue)),
    ]);
    cells
}
