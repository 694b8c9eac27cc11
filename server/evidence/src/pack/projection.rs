//! The tables: each row says what one leaf says, and no leaf of their kinds is left out.

use std::borrow::Cow;

use super::leaves::Batch;
use super::{Table, csv, parallel};
use crate::difference::{Fault, Findings, Place};
use crate::json::Cursor;
use crate::leaf::View;

/// Where a column's values come from.
pub(crate) enum Column {
    Leaf,
    Obj,
    At,
    Actor,
    Content(String),
}

impl Column {
    fn of(name: &str) -> Self {
        match name {
            "leaf" => Self::Leaf,
            "obj" => Self::Obj,
            "at" => Self::At,
            "actor" => Self::Actor,
            key => Self::Content(key.to_owned()),
        }
    }
}

/// The first row of a table.
pub(crate) struct Head {
    pub(crate) columns: Vec<Column>,
    /// Which column names the leaf.
    pub(crate) leaf: usize,
}

/// Why a first row is none of a table of leaves.
pub(crate) enum Headless {
    /// It names no leaves.
    NoLeaf,
    /// It cannot be read.
    Form(&'static str),
}

impl Head {
    pub(crate) fn read(row: &[u8]) -> Result<Self, Headless> {
        let mut cells = Vec::new();
        csv::cells(row, &mut cells).map_err(Headless::Form)?;
        for (i, name) in cells.iter().enumerate() {
            if cells.iter().take(i).any(|earlier| earlier == name) {
                return Err(Headless::Form("two columns have the same name"));
            }
        }
        let columns: Vec<Column> = cells.iter().map(|name| Column::of(name)).collect();
        let leaf =
            columns.iter().position(|column| matches!(column, Column::Leaf)).ok_or(Headless::NoLeaf)?;
        Ok(Self { columns, leaf })
    }

    /// The cell that names the leaf of a row; nothing if the row cannot be read.
    pub(crate) fn leaf_cell<'a>(&self, row: &'a [u8]) -> Cow<'a, str> {
        if self.leaf == 0
            && let Some(end) = row.iter().position(|byte| !byte.is_ascii_digit())
            && row.get(end) == Some(&b',')
        {
            return String::from_utf8_lossy(row.get(..end).unwrap_or_default());
        }
        let mut cells = Vec::new();
        csv::cells(row, &mut cells).ok();
        cells.into_iter().nth(self.leaf).unwrap_or_default()
    }
}

/// One row, waiting to be compared.
pub(crate) struct Row {
    pub(crate) line: u64,
    pub(crate) leaf: u64,
    pub(crate) bytes: Vec<u8>,
}

/// A table and the leaves that its rows are of.
pub(crate) struct Comparison<'a> {
    pub(crate) file: &'a str,
    pub(crate) table: Option<Table>,
    pub(crate) head: &'a Head,
    pub(crate) batch: &'a Batch,
    pub(crate) views: &'a [Option<View<'a>>],
}

impl Comparison<'_> {
    /// Compares rows of these leaves.
    pub(crate) fn of(&self, rows: &[Row], findings: &mut Findings) {
        let all = parallel::pieces(rows, |_, rows| {
            let mut findings = Findings::default();
            rows.iter().for_each(|row| self.row(row, &mut findings));
            findings
        });
        for found in all {
            findings.merge(found);
        }
    }

    fn row(&self, row: &Row, findings: &mut Findings) {
        let mut cells = Vec::with_capacity(self.head.columns.len());
        let read = csv::cells(&row.bytes, &mut cells);
        let read = read.and_then(|()| {
            let fits = cells.len() == self.head.columns.len();
            fits.then_some(()).ok_or("the row has not as many cells as the header")
        });
        if let Err(error) = read {
            return bad_form(self.file, row.line, error, findings);
        }
        let index = self.batch.position(row.leaf);
        let view = index.and_then(|index| self.views.get(index)).and_then(Option::as_ref);
        let place = Place { file: self.file, line: Some(row.line), leaf: Some(row.leaf) };
        let of_kind = view.and_then(|view| Table::of_kind(view.kind));
        if let Some(table) = self.table.filter(|table| of_kind != Some(*table)) {
            let found = view.map(|view| view.kind.to_owned()).unwrap_or_default();
            findings.add(Fault::RowLeaf, place, || (table.kind().to_string(), found));
        } else if let Some(view) = view {
            self.cells(&cells, view, place, findings);
        }
        // A line that is not a leaf is a difference of its own.
    }

    fn cells(&self, cells: &[Cow<'_, str>], view: &View<'_>, place: Place<'_>, findings: &mut Findings) {
        let columns = &self.head.columns;
        let mut values = vec![""; columns.len()];
        // `View::read` has walked over these bytes before: they cannot fail now.
        let _ = Cursor::new(view.d).object(|key, value| {
            let column =
                columns.iter().position(|column| matches!(column, Column::Content(name) if name == key));
            if let Some(cell) = column.and_then(|column| values.get_mut(column)) {
                *cell = value;
            }
        });
        for ((column, cell), value) in columns.iter().zip(cells).zip(values) {
            let (name, expected) = match column {
                Column::Leaf => continue,
                Column::Obj => ("obj", Cow::Borrowed(view.obj.unwrap_or_default())),
                Column::At => ("at", Cow::Borrowed(view.at)),
                Column::Actor => ("actor", Cow::Borrowed(view.actor)),
                Column::Content(name) => (name.as_str(), text(value)),
            };
            if *cell != expected {
                findings.add(Fault::RowContent, place, || {
                    (format!("{name}={expected}"), format!("{name}={cell}"))
                });
            }
        }
    }
}

pub(crate) fn bad_form(file: &str, line: u64, what: &str, findings: &mut Findings) {
    let place = Place { file, line: Some(line), leaf: None };
    findings.add(Fault::TableForm, place, || (String::new(), what.to_owned()));
}

/// Notes the leaves of a table's kind that have no row among those `seen`.
pub(crate) fn missing(
    table: Table,
    batch: &Batch,
    views: &[Option<View<'_>>],
    seen: &[bool],
    findings: &mut Findings,
) {
    let mut seen = seen.iter().copied().chain(std::iter::repeat(false));
    for (index, view) in views.iter().enumerate() {
        let seen = seen.next().unwrap_or(false);
        if !seen && view.as_ref().is_some_and(|view| Table::of_kind(view.kind) == Some(table)) {
            let (file, place) = (table.file().to_owned(), Place::leaf(batch.file, batch.place(index)));
            findings.add(Fault::RowMissing, place, || (file, String::new()));
        }
    }
}

/// The text of a value as a cell holds it, from its canonical JSON.
fn text(value: &str) -> Cow<'_, str> {
    match value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(plain) if !plain.contains('\\') => Cow::Borrowed(plain),
        Some(_) => Cow::Owned(serde_json::from_str(value).unwrap_or_default()),
        None if value == "null" => Cow::Borrowed(""),
        None => Cow::Borrowed(value),
    }
}
