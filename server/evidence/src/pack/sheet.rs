//! A table that is read beside the leaves. Its rows come in the order of their leaves, so that both can be read once and forgotten; a table
//! in another order is read again for every batch of leaves.

use std::thread::Scope;

use super::leaves::{Batch, Lines};
use super::projection::{Comparison, Head, Headless, Row, bad_form, missing};
use super::source::Source;
use super::stream::Stream;
use super::{LEAVES, Table, csv};
use crate::checkpoint::decimal;
use crate::difference::{Fault, Findings, Place};
use crate::hash::Hash;
use crate::leaf::View;

/// Rows that are held at once, and how many bytes of them, if they are long.
const ROWS: usize = 16_384;
const ROWS_BYTES: usize = 1 << 23;

/// In which order the rows of a table may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// Any.
    Any,
    /// That of the leaves and no other.
    Leaves,
}

/// A table under way.
pub(crate) struct Sheet<'scope> {
    pub(crate) file: String,
    table: Option<Table>,
    /// `None` where the first row cannot be read.
    head: Option<Head>,
    /// It names no leaves.
    unproven: bool,
    rows: csv::Rows<Stream<'scope>>,
    /// A row of a later leaf.
    waiting: Option<Row>,
    number: u64,
    last: u64,
    order: Order,
    ordered: bool,
    /// Nothing more is read of it.
    over: bool,
    findings: Findings,
}

/// What came of a table.
pub(crate) struct Read {
    pub(crate) file: String,
    /// The number of its rows; `None` if it names no leaves.
    pub(crate) rows: Option<u64>,
    pub(crate) sum: std::io::Result<Hash>,
}

impl<'scope> Sheet<'scope> {
    pub(crate) fn open<'env, S: Source + ?Sized>(
        scope: &'scope Scope<'scope, 'env>,
        source: &'env S,
        file: &str,
        order: Order,
    ) -> Self {
        let mut sheet = Self {
            file: file.to_owned(),
            table: Table::of_file(file),
            head: None,
            unproven: false,
            rows: csv::Rows::new(Stream::open(scope, source, file)),
            waiting: None,
            number: 0,
            last: 0,
            order,
            ordered: true,
            over: false,
            findings: Findings::default(),
        };
        let mut row = Vec::new();
        let head = match sheet.rows.next_into(&mut row) {
            Ok(_) => Head::read(&row),
            Err((_, error)) => Err(Headless::Form(error)),
        };
        match head {
            Ok(head) => sheet.head = Some(head),
            Err(Headless::NoLeaf) if sheet.table.is_none() => sheet.unproven = true,
            Err(Headless::NoLeaf) => sheet.bad_form(1, "it has no column “leaf”"),
            Err(Headless::Form(error)) => sheet.bad_form(1, error),
        }
        sheet
    }

    fn bad_form(&mut self, line: u64, error: &str) {
        bad_form(&self.file, line, error, &mut self.findings);
    }

    /// The next row that names a leaf.
    fn next(&mut self) -> Option<Row> {
        let head = self.head.as_ref()?;
        while !self.over {
            let mut bytes = Vec::with_capacity(256);
            let line = match self.rows.next_into(&mut bytes) {
                Ok(Some(line)) => line,
                Ok(None) => break,
                Err((line, error)) => {
                    bad_form(&self.file, line, error, &mut self.findings);
                    break;
                }
            };
            self.number += 1;
            let cell = head.leaf_cell(&bytes);
            if let Some(leaf) = decimal(&cell) {
                return Some(Row { line, leaf, bytes });
            }
            let place = Place { file: &self.file, line: Some(line), leaf: None };
            self.findings.add(Fault::RowLeaf, place, || ("0, 1, 2 …".to_owned(), cell.into_owned()));
        }
        self.over = true;
        None
    }

    /// Compares the rows of these leaves.
    pub(crate) fn compare(&mut self, batch: &Batch, views: &[Option<View<'_>>]) {
        let mut seen = vec![false; batch.len()];
        while self.ordered {
            let rows = self.take(batch, &mut seen);
            if rows.is_empty() {
                break;
            }
            let Some(head) = &self.head else { break };
            let (file, table) = (self.file.as_str(), self.table);
            Comparison { file, table, head, batch, views }.of(&rows, &mut self.findings);
        }
        if let Some(table) = self.table {
            missing(table, batch, views, &seen, &mut self.findings);
        }
    }

    fn out_of_order(&mut self, line: u64) {
        self.ordered = false;
        if self.order == Order::Leaves {
            self.bad_form(line, "the rows are not in the order of their leaves");
        }
    }

    fn take(&mut self, batch: &Batch, seen: &mut [bool]) -> Vec<Row> {
        let (mut rows, mut bytes) = (Vec::new(), 0);
        while rows.len() < ROWS && bytes < ROWS_BYTES {
            let Some(row) = self.waiting.take().or_else(|| self.next()) else { break };
            if row.leaf < self.last {
                self.out_of_order(row.line);
                break;
            }
            self.last = row.leaf;
            if row.leaf >= batch.until() {
                self.waiting = Some(row);
                break;
            }
            if first_of(&row, batch, seen, &self.file, &mut self.findings) {
                bytes += row.bytes.len();
                rows.push(row);
            }
        }
        rows
    }

    /// Ends the table beside a log of so many leaves.
    pub(crate) fn end<S: Source + ?Sized>(
        mut self,
        source: &S,
        leaves: u64,
        findings: &mut Findings,
    ) -> Read {
        // Without leaves there is nothing to be read again for.
        while (self.ordered || leaves == 0)
            && let Some(row) = self.waiting.take().or_else(|| self.next())
        {
            if row.leaf < self.last {
                self.out_of_order(row.line);
            }
            self.last = row.leaf;
            beyond(&row, leaves, &self.file, &mut self.findings);
        }
        let rows = if self.ordered || leaves == 0 || self.order == Order::Leaves {
            findings.merge(self.findings);
            self.number
        } else {
            in_any_order(source, &self.file, leaves, findings)
        };
        let sum = self.rows.into_inner().finish();
        Read { file: self.file, rows: (!self.unproven).then_some(rows), sum }
    }
}

/// Whether a row is the first of its leaf.
fn first_of(row: &Row, batch: &Batch, seen: &mut [bool], file: &str, findings: &mut Findings) -> bool {
    let place = Place { file, line: Some(row.line), leaf: Some(row.leaf) };
    let Some(seen) = batch.position(row.leaf).and_then(|index| seen.get_mut(index)) else {
        // Of a whole log it is a row of another batch.
        if batch.is_part() {
            findings.add(Fault::RowLeaf, place, Default::default);
        }
        return false;
    };
    let twice = std::mem::replace(seen, true);
    if twice {
        findings.add(Fault::RowTwice, place, Default::default);
    }
    !twice
}

fn beyond(row: &Row, leaves: u64, file: &str, findings: &mut Findings) {
    if row.leaf >= leaves {
        let place = Place { file, line: Some(row.line), leaf: Some(row.leaf) };
        findings.add(Fault::RowLeaf, place, || (format!("< {leaves}"), row.leaf.to_string()));
    }
}

/// Compares a table whose rows are in any order, reading it once for every batch of leaves. Gives the number of its rows.
fn in_any_order<S: Source + ?Sized>(source: &S, file: &str, leaves: u64, findings: &mut Findings) -> u64 {
    let mut number = 0;
    std::thread::scope(|scope| {
        // What is no leaf was told by the first reading.
        let mut told = Findings::default();
        let mut lines = Lines::new(Stream::open(scope, source, LEAVES), LEAVES);
        while let Some(batch) = lines.batch(&mut told) {
            let views: Vec<_> = batch.lines().into_iter().map(|line| View::read(line).ok()).collect();
            let mut sheet = Sheet::open(scope, source, file, Order::Any);
            let mut seen = vec![false; batch.len()];
            let mut over = false;
            while !over {
                let (mut rows, mut bytes) = (Vec::new(), 0);
                while rows.len() < ROWS && bytes < ROWS_BYTES {
                    let Some(row) = sheet.next() else {
                        over = true;
                        break;
                    };
                    if batch.first == 0 {
                        beyond(&row, leaves, file, &mut sheet.findings);
                    }
                    if first_of(&row, &batch, &mut seen, file, findings) {
                        bytes += row.bytes.len();
                        rows.push(row);
                    }
                }
                let Some(head) = &sheet.head else { break };
                Comparison { file, table: sheet.table, head, batch: &batch, views: &views }
                    .of(&rows, findings);
            }
            if let Some(table) = sheet.table {
                missing(table, &batch, &views, &seen, findings);
            }
            // What is wrong with the rows themselves is the same every time.
            if batch.first == 0 {
                number = sheet.number;
                findings.merge(sheet.findings);
            }
        }
    });
    number
}
