//! Tables as spreadsheets read them (RFC 4180), strictly: what two programs could read differently is refused.

use std::borrow::Cow;
use std::io::{BufRead, Read as _};

/// The byte order mark, which one spreadsheet needs to see Japanese.
const MARK: &[u8] = "\u{feff}".as_bytes();
/// No row is nearly as long.
const LONGEST: usize = 1 << 20;

/// One row at a time.
pub(crate) struct Rows<R> {
    from: R,
    line: u64,
}

impl<R: BufRead> Rows<R> {
    /// Begins before the first row.
    pub(crate) const fn new(from: R) -> Self {
        Self { from, line: 1 }
    }

    /// Reads the bytes of the next row, with its end, and gives its line, or `None` at the end. A line break within quotes is part of a row.
    pub(crate) fn next_into(&mut self, row: &mut Vec<u8>) -> Result<Option<u64>, (u64, &'static str)> {
        row.clear();
        let line = self.line;
        let mut quotes = 0;
        loop {
            let from = row.len();
            let most = (LONGEST + 1 - from) as u64;
            let read = self.from.by_ref().take(most).read_until(b'\n', row);
            if read.map_err(|_| (line, "it cannot be read"))? == 0 {
                break;
            }
            if row.len() > LONGEST {
                return Err((line, "a row is too long"));
            }
            quotes += row.iter().skip(from).filter(|byte| **byte == b'"').count();
            if row.last() != Some(&b'\n') {
                break;
            }
            self.line += 1;
            if quotes % 2 == 0 {
                break;
            }
        }
        if line == 1 && row.starts_with(MARK) {
            row.drain(..MARK.len());
        }
        Ok((!row.is_empty()).then_some(line))
    }

    /// What is behind the rows.
    pub(crate) fn into_inner(self) -> R {
        self.from
    }
}

/// Reads the cells of a row.
pub(crate) fn cells<'a>(row: &'a [u8], cells: &mut Vec<Cow<'a, str>>) -> Result<(), &'static str> {
    cells.clear();
    let mut text = std::str::from_utf8(row).map_err(|_| "it is not UTF-8")?;
    loop {
        let (cell, rest) = if let Some(quoted) = text.strip_prefix('"') {
            quoted_cell(quoted).ok_or("a quote is not closed")?
        } else {
            let end = text.find([',', '\n', '\r', '"']).unwrap_or(text.len());
            let (cell, rest) = text.split_at(end);
            (Cow::Borrowed(cell), rest)
        };
        cells.push(cell);
        if let Some(rest) = rest.strip_prefix(',') {
            text = rest;
            continue;
        }
        let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'));
        return match rest {
            Some("") => Ok(()),
            _ => Err("a cell or the last row does not end as it must"),
        };
    }
}

/// A cell after its opening quote, and what follows its closing one.
fn quoted_cell(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let mut end = text.find('"')?;
    if !text.get(end + 1..)?.starts_with('"') {
        return Some((Cow::Borrowed(text.get(..end)?), text.get(end + 1..)?));
    }
    let (mut cell, mut rest) = (String::new(), text);
    loop {
        cell.push_str(rest.get(..end)?);
        rest = rest.get(end + 1..)?;
        let Some(doubled) = rest.strip_prefix('"') else { return Some((Cow::Owned(cell), rest)) };
        cell.push('"');
        rest = doubled;
        end = rest.find('"')?;
    }
}

/// The number of rows below the header.
pub(crate) fn count_rows(bytes: &[u8]) -> Result<u64, &'static str> {
    let mut rows = Rows::new(bytes);
    let mut row = Vec::new();
    let mut number: u64 = 0;
    while rows.next_into(&mut row).map_err(|(_, error)| error)?.is_some() {
        cells(&row, &mut Vec::new())?;
        number += 1;
    }
    Ok(number.saturating_sub(1))
}
