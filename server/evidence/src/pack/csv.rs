//! Tables as spreadsheets read them (RFC 4180), strictly: what two programs could read differently is refused.

use std::borrow::Cow;

/// One row at a time.
pub(crate) struct Rows<'a> {
    rest: &'a str,
    line: u64,
}

impl<'a> Rows<'a> {
    /// Begins before the first row. A byte order mark, which one spreadsheet needs to see Japanese, is stepped over.
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Self, &'static str> {
        let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8")?;
        Ok(Self { rest: text.strip_prefix('\u{feff}').unwrap_or(text), line: 1 })
    }

    /// Reads the next row into `cells` and gives its line, or `None` at the end.
    pub(crate) fn next_into(
        &mut self,
        cells: &mut Vec<Cow<'a, str>>,
    ) -> Result<Option<u64>, (u64, &'static str)> {
        cells.clear();
        if self.rest.is_empty() {
            return Ok(None);
        }
        let line = self.line;
        loop {
            let (cell, rest) = if let Some(quoted) = self.rest.strip_prefix('"') {
                quoted_cell(quoted).ok_or((line, "a quote is not closed"))?
            } else {
                let end = self.rest.find([',', '\n', '\r', '"']).unwrap_or(self.rest.len());
                let (cell, rest) = self.rest.split_at(end);
                (Cow::Borrowed(cell), rest)
            };
            self.line += cell.bytes().filter(|b| *b == b'\n').count() as u64;
            cells.push(cell);
            if let Some(rest) = rest.strip_prefix(',') {
                self.rest = rest;
                continue;
            }
            self.rest = rest
                .strip_prefix("\r\n")
                .or_else(|| rest.strip_prefix('\n'))
                .ok_or((line, "a cell or the last row does not end as it must"))?;
            self.line += 1;
            return Ok(Some(line));
        }
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
    let mut rows = Rows::new(bytes)?;
    let mut cells = Vec::new();
    let mut number: u64 = 0;
    while rows.next_into(&mut cells).map_err(|(_, error)| error)?.is_some() {
        number += 1;
    }
    Ok(number.saturating_sub(1))
}
