//! A table that may be long: it goes into the binder volume by volume, so that no more of it is held than one.

use super::BinderError;
use super::archive::Archive;
use super::frame::{Frame, Lines, Part, Sort};
use crate::reports::file::{Cell, Printed};

/// Rows of one paper: some seventy sheets, which open in a moment and fit a folder.
const PAPER: usize = 2_000;
/// Rows of one workbook: a hospital has one, a group of fifty thousand people five.
const WORKBOOK: usize = 10_000;

/// A long table on its way.
pub(super) struct Volumes {
    /// The name of its files.
    file: &'static str,
    title: String,
    columns: Vec<String>,
    widths: Vec<f64>,
    names: usize,
    notes: Lines,
    paper: Volume,
    workbook: Volume,
}

struct Volume {
    rows: Vec<Vec<Cell>>,
    number: usize,
    most: usize,
}

impl Volume {
    const fn new(most: usize) -> Self {
        Self { rows: Vec::new(), number: 0, most }
    }
}

/// What a long table is.
pub(super) struct About {
    pub(super) file: &'static str,
    pub(super) title: String,
    /// Its headings, each with its width in characters.
    pub(super) columns: Vec<(String, f64)>,
    /// The column that names the row.
    pub(super) names: usize,
    pub(super) notes: Lines,
}

impl Volumes {
    pub(super) fn of(about: About) -> Self {
        let About { file, title, columns, names, notes } = about;
        let (columns, widths) = columns.into_iter().unzip();
        let (paper, workbook) = (Volume::new(PAPER), Volume::new(WORKBOOK));
        Self { file, title, columns, widths, names, notes, paper, workbook }
    }

    /// Adds a row; a volume that is full goes into the archive.
    pub(super) async fn add(
        &mut self,
        frame: &Frame,
        mut archive: Archive,
        row: Vec<Cell>,
    ) -> Result<Archive, BinderError> {
        self.paper.rows.push(row.clone());
        self.workbook.rows.push(row);
        for sort in [Sort::Paper, Sort::Workbook] {
            let volume = self.volume(sort);
            if volume.rows.len() >= volume.most {
                archive = self.flush(frame, archive, sort).await?;
            }
        }
        Ok(archive)
    }

    /// Puts in what is left; a table without rows says so.
    pub(super) async fn end(mut self, frame: &Frame, mut archive: Archive) -> Result<Archive, BinderError> {
        for sort in [Sort::Paper, Sort::Workbook] {
            let volume = self.volume(sort);
            if !volume.rows.is_empty() || volume.number == 0 {
                archive = self.flush(frame, archive, sort).await?;
            }
        }
        Ok(archive)
    }

    const fn volume(&mut self, sort: Sort) -> &mut Volume {
        match sort {
            Sort::Paper => &mut self.paper,
            Sort::Workbook => &mut self.workbook,
        }
    }

    async fn flush(&mut self, frame: &Frame, archive: Archive, sort: Sort) -> Result<Archive, BinderError> {
        let volume = self.volume(sort);
        let rows = std::mem::take(&mut volume.rows);
        volume.number += 1;
        let number = volume.number;
        let file = if number == 1 { self.file.to_owned() } else { format!("{}_{number}", self.file) };
        let part = Part {
            file,
            title: self.title.clone(),
            columns: self.columns.clone(),
            widths: self.widths.clone(),
            rows,
            printed: Printed { names: Some(self.names), ..Printed::default() },
            told: Vec::new(),
            notes: self.notes.clone(),
        };
        let sorts: &'static [Sort] = match sort {
            Sort::Paper => &[Sort::Paper],
            Sort::Workbook => &[Sort::Workbook],
        };
        frame.put(archive, part, sorts).await
    }
}
