//! The table of departments as a file.

use kokoroe_app::reports::export::{self, Label};

use super::{Cell, Fact, Kind, Made, Printed, Sheet, answer, notes};
use crate::audit;
use crate::http::{Answer, Problem, Signed, Visitor};
use crate::reports::table::Table;
use crate::requirements::status::Status;
use crate::state::Site;
use crate::training::translate::day;

/// The table of departments as a file.
pub(in crate::reports) async fn table(
    site: &Site,
    visitor: &Visitor,
    signed: &Signed,
    table: Table,
    kind: Kind,
) -> Answer {
    let (lang, calendar) = (visitor.lang, site.calendar());
    let checkpoint = audit::sign_for_report(site).await.map_err(Problem::broken)?;
    let Table { page, rows, about } = table;
    let requirement = about.requirement.clone().ok_or(Problem::not_found())?;
    let (before, after) = export::table_columns(lang);
    let first = before.len();
    let rate_column = first + 2 * page.modules.len() + 1;
    let printed = Printed {
        names: Some(1),
        pairs: (first..).step_by(2).zip(page.modules.iter().cloned()).collect(),
        bar: Some(rate_column),
    };
    let mut columns = before;
    columns.extend(page.modules.iter().flat_map(|title| export::module_columns(title, lang)));
    columns.extend(after);
    let mut widths = vec![12.0, 24.0, 7.0, 10.0, 8.0];
    widths.resize(columns.len(), 12.0);
    let cells = rows
        .iter()
        .map(|row| {
            let rate = row.tally.rate();
            let mut cells = vec![
                Cell::Text(row.row.code.clone()),
                Cell::Text(row.row.name.clone()),
                Cell::Number(row.row.depth.into()),
                Cell::Text(export::row_kind(row.row.kind, lang)),
                Cell::Number(rate.of),
            ];
            for module in &row.row.modules {
                // Nobody there owes it: neither none of them nor all of them have done it.
                cells.push(if module.of > 0 { Cell::Number(module.done.into()) } else { Cell::Empty });
                cells.push(module.tenths().map_or(Cell::Empty, |tenths| Cell::Permille(tenths.into())));
            }
            cells.push(Cell::Number(rate.done));
            cells.push(rate.permille().map_or(Cell::Empty, Cell::Permille));
            cells.push(Cell::Number(row.tally.open()));
            for status in [Status::Overdue, Status::Exempt, Status::Out] {
                cells.push(Cell::Number(row.tally.of(status)));
            }
            cells
        })
        .collect();
    let mut conditions = vec![
        (Label::Hospital.words(lang), site.hospital.name(lang).to_owned()),
        (Label::Report.words(lang), export::table_sheet(lang)),
    ];
    conditions.extend(page.paper.conditions.clone());
    conditions.push((Label::Due.words(lang), day(calendar.last_day_before(requirement.due_at)).long(lang)));
    let narrowed = page.conditions.professions.iter().any(|choice| choice.chosen && !choice.value.is_empty());
    let sheet = Sheet {
        name: export::table_sheet(lang),
        title: requirement.title_in(lang).to_owned(),
        columns,
        widths,
        rows: cells,
        printed,
    };
    let fact = Fact {
        report: "departments",
        requirement: requirement.id.clone(),
        scope: vec!["all".into()],
        status: "all",
        narrowed,
    };
    let name = export::table_file(lang);
    answer(
        Made {
            site,
            visitor,
            signed,
            requirement: &requirement,
            when: about.when,
            kind,
            checkpoint,
            notes: notes(lang),
        },
        sheet,
        conditions,
        fact,
        &name,
        None,
    )
    .await
}
