//! The tables: each row says what one leaf says, and no leaf of their kinds is left out.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{LEAVES, Table, csv::Rows, leaves::Leaves, parallel};
use crate::difference::{Fault, Findings, Place};
use crate::json::Cursor;
use crate::leaf::View;

/// What was compared.
#[derive(Default)]
pub(crate) struct Projected {
    /// The number of rows by file.
    pub(crate) rows: BTreeMap<String, u64>,
    /// The files without a column `leaf`.
    pub(crate) unproven: Vec<String>,
}

impl Projected {
    pub(crate) fn rows_of(&self, table: Table) -> u64 {
        self.rows.get(table.file()).copied().unwrap_or(0)
    }
}

/// Compares every table with the leaves.
pub(crate) fn check(
    files: &BTreeMap<String, Vec<u8>>,
    leaves: &Leaves<'_>,
    findings: &mut Findings,
) -> Projected {
    let mut projected = Projected::default();
    let mut has_row = vec![false; leaves.lines.len()];
    for (name, bytes) in files.iter().filter(|(name, _)| name.starts_with("tables/")) {
        let table = Table::ALL.into_iter().find(|table| table.file() == name);
        let mut own_rows = vec![false; if table.is_some() { 0 } else { leaves.lines.len() }];
        let seen = if table.is_some() { &mut has_row } else { &mut own_rows };
        let mut comparison = Comparison { file: name, table, leaves, seen, findings };
        match comparison.run(bytes) {
            Some(rows) => {
                projected.rows.insert(name.clone(), rows);
            }
            None => projected.unproven.push(name.clone()),
        }
    }
    for (index, (table, has_row)) in (0..).zip(leaves.tables.iter().zip(has_row)) {
        if let Some(table) = table.filter(|_| !has_row) {
            findings.add(Fault::RowMissing, Place::leaf(LEAVES, index), || {
                (table.file().to_owned(), String::new())
            });
        }
    }
    projected
}

/// Where a column's values come from.
enum Column {
    Leaf,
    Obj,
    At,
    Actor,
    Content(String),
}

/// One row, waiting to be compared.
struct Row<'a> {
    line: u64,
    leaf: u64,
    cells: Vec<Cow<'a, str>>,
}

/// Rows compared at a time: enough for every processor, little enough for the memory.
const BATCH: usize = 65_536;

struct Comparison<'a> {
    file: &'a str,
    table: Option<Table>,
    leaves: &'a Leaves<'a>,
    seen: &'a mut [bool],
    findings: &'a mut Findings,
}

impl<'a> Comparison<'a> {
    /// The number of rows; `None` if the table does not name its leaves.
    fn run(&mut self, bytes: &'a [u8]) -> Option<u64> {
        let mut rows = match Rows::new(bytes) {
            Ok(rows) => rows,
            Err(error) => {
                self.bad_form(1, error);
                return Some(0);
            }
        };
        let mut header = Vec::new();
        if let Err((line, error)) = rows.next_into(&mut header) {
            self.bad_form(line, error);
            return Some(0);
        }
        let columns = self.columns(&header);
        let Some(leaf_column) = columns.iter().position(|column| matches!(column, Column::Leaf)) else {
            self.table?;
            self.bad_form(1, "it has no column “leaf”");
            return Some(0);
        };
        let mut number = 0;
        let mut batch = Vec::new();
        loop {
            let mut cells = Vec::with_capacity(columns.len());
            match rows.next_into(&mut cells) {
                Ok(None) => break,
                Ok(Some(line)) if cells.len() == columns.len() => {
                    number += 1;
                    let leaf = cells.get(leaf_column).map(AsRef::as_ref).unwrap_or_default();
                    if let Some(leaf) = self.leaf(line, leaf) {
                        batch.push(Row { line, leaf, cells });
                    }
                }
                Ok(Some(line)) => {
                    number += 1;
                    self.bad_form(line, "the row has not as many cells as the header");
                }
                Err((line, error)) => {
                    self.bad_form(line, error);
                    break;
                }
            }
            if batch.len() == BATCH {
                self.compare(&columns, &batch);
                batch.clear();
            }
        }
        self.compare(&columns, &batch);
        Some(number)
    }

    fn columns(&mut self, header: &[Cow<'_, str>]) -> Vec<Column> {
        for (i, name) in header.iter().enumerate() {
            if header.iter().take(i).any(|earlier| earlier == name) {
                self.bad_form(1, "two columns have the same name");
            }
        }
        let column = |name: &str| match name {
            "leaf" => Column::Leaf,
            "obj" => Column::Obj,
            "at" => Column::At,
            "actor" => Column::Actor,
            key => Column::Content(key.to_owned()),
        };
        header.iter().map(|name| column(name)).collect()
    }

    fn bad_form(&mut self, line: u64, what: &str) {
        let place = Place { file: self.file, line: Some(line), leaf: None };
        self.findings.add(Fault::TableForm, place, || (String::new(), what.to_owned()));
    }

    /// The row's leaf, if it exists, is of the table's kind and has no row yet.
    fn leaf(&mut self, line: u64, cell: &str) -> Option<u64> {
        let leaf = crate::checkpoint::decimal(cell);
        let place = Place { file: self.file, line: Some(line), leaf };
        let index = leaf.and_then(|leaf| usize::try_from(leaf).ok());
        let kind = index.and_then(|index| self.leaves.tables.get(index));
        let (Some(leaf), Some(seen), Some(kind)) = (leaf, index.and_then(|i| self.seen.get_mut(i)), kind)
        else {
            let leaves = self.leaves.lines.len();
            self.findings.add(Fault::RowLeaf, place, || (format!("< {leaves}"), cell.to_owned()));
            return None;
        };
        if self.table.is_some_and(|table| *kind != Some(table)) {
            let expected = self.table.map(|table| table.kind().to_string()).unwrap_or_default();
            let line = index.and_then(|index| self.leaves.lines.get(index));
            let view = line.and_then(|line| View::read(line).ok());
            let found = view.map(|view| view.kind.to_owned()).unwrap_or_default();
            self.findings.add(Fault::RowLeaf, place, || (expected, found));
            return None;
        }
        if std::mem::replace(seen, true) {
            self.findings.add(Fault::RowTwice, place, Default::default);
            return None;
        }
        Some(leaf)
    }

    fn compare(&mut self, columns: &[Column], rows: &[Row<'_>]) {
        let (file, lines) = (self.file, &self.leaves.lines);
        let all = parallel::pieces(rows, |_, rows| {
            let mut findings = Findings::default();
            for row in rows {
                let line = usize::try_from(row.leaf).ok().and_then(|index| lines.get(index));
                // A line that is not a leaf is a difference of its own.
                if let Some(Ok(view)) = line.map(|line| View::read(line)) {
                    compare_row(file, columns, row, &view, &mut findings);
                }
            }
            findings
        });
        for findings in all {
            self.findings.merge(findings);
        }
    }
}

fn compare_row(file: &str, columns: &[Column], row: &Row<'_>, view: &View<'_>, findings: &mut Findings) {
    let mut values = vec![""; columns.len()];
    // `View::read` has walked over these bytes before: they cannot fail now.
    let _ = Cursor::new(view.d).object(|key, value| {
        let column = columns.iter().position(|column| matches!(column, Column::Content(name) if name == key));
        if let Some(cell) = column.and_then(|column| values.get_mut(column)) {
            *cell = value;
        }
    });
    for ((column, cell), value) in columns.iter().zip(&row.cells).zip(values) {
        let (name, expected) = match column {
            Column::Leaf => continue,
            Column::Obj => ("obj", Cow::Borrowed(view.obj.unwrap_or_default())),
            Column::At => ("at", Cow::Borrowed(view.at)),
            Column::Actor => ("actor", Cow::Borrowed(view.actor)),
            Column::Content(name) => (name.as_str(), text(value)),
        };
        if *cell != expected {
            let place = Place { file, line: Some(row.line), leaf: Some(row.leaf) };
            findings
                .add(Fault::RowContent, place, || (format!("{name}={expected}"), format!("{name}={cell}")));
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
