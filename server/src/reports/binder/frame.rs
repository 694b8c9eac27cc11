//! What all papers and tables of a binder have in common: whose, of what, as of when, by whom, and what the words mean.

use chrono::{DateTime, NaiveDate, Utc};
use kokoroe_app::reports::export::Label;
use kokoroe_app::{Day, Lang, say};
use kokoroe_papers::{Block, Head, Paper, Side, paper};

use super::archive::Archive;
use super::{BinderError, Frozen, Input, beside};
use crate::clock::Calendar;
use crate::papers;
use crate::reports::asked::When;
use crate::reports::file::{Cell, Document, Printed, Sheet, log_lines};
use crate::reports::store::Instant;
use crate::requirements::store::Requirement;
use crate::state::Site;
use crate::training::translate::{day, moment};

/// The longest name of a sheet that Excel takes.
const SHEET_NAME: usize = 31;

/// Names and values, as they stand on a paper.
pub(super) type Lines = Vec<(String, String)>;

/// What all parts say.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) lang: Lang,
    pub(super) calendar: Calendar,
    pub(super) hospital: String,
    pub(super) requirement: Requirement,
    /// As of when.
    pub(super) at: DateTime<Utc>,
    /// The same, with what statements compare.
    pub(super) instant: Instant,
    /// The same in words.
    pub(super) as_of: String,
    pub(super) input: Input,
    /// What the answers came to.
    pub(super) questions: Frozen,
    /// When it was asked for, in words.
    pub(super) asked: String,
}

/// A part that is a table: it comes as a workbook and as a paper.
pub(super) struct Part {
    /// The name of its files, without what follows the dot.
    pub(super) file: String,
    /// Its title.
    pub(super) title: String,
    pub(super) columns: Vec<String>,
    pub(super) widths: Vec<f64>,
    pub(super) rows: Vec<Vec<Cell>>,
    pub(super) printed: Printed,
    /// What it comes to, before the table.
    pub(super) told: Lines,
    /// What its words mean, behind it.
    pub(super) notes: Lines,
}

/// A sort of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A PDF.
    Paper,
    /// An Excel workbook.
    Workbook,
}

impl Frame {
    pub(super) fn new(site: &Site, input: &Input, requirement: Requirement, questions: Frozen) -> Self {
        let (lang, calendar) = (input.lang(), site.calendar());
        let when = When::frozen(input.at, input.past, calendar);
        Self {
            lang,
            calendar,
            hospital: site.hospital.name(lang).to_owned(),
            requirement,
            at: input.at,
            instant: when.instant,
            as_of: when.view(calendar).words(lang),
            asked: moment(input.asked_at, calendar).seconds(lang),
            input: input.clone(),
            questions,
        }
    }

    /// A day as papers write it.
    pub(super) fn day(&self, at: DateTime<Utc>) -> Day {
        day(self.calendar.date(at))
    }

    /// A time to the second, for a cell.
    pub(super) fn second(&self, at: Option<DateTime<Utc>>) -> Cell {
        let words =
            |at: DateTime<Utc>| at.with_timezone(&self.calendar.zone).format("%Y/%m/%d %H:%M:%S").to_string();
        at.map_or(Cell::Empty, |at| Cell::Text(words(at)))
    }

    /// The day of an instant, for a cell.
    pub(super) fn on(&self, at: Option<DateTime<Utc>>) -> Cell {
        at.map_or(Cell::Empty, |at| Cell::Day(self.calendar.date(at)))
    }

    /// What somebody is called.
    pub(super) fn name(&self, family: &str, given: &str, roman: &str) -> String {
        crate::people::display_name(family, given, roman, self.lang)
    }

    /// Whose it is and of what, as of when.
    pub(super) fn conditions(&self) -> Lines {
        let lang = self.lang;
        let year = self.requirement.fiscal_year;
        vec![
            (Label::Requirement.words(lang), self.requirement.title_in(lang).to_owned()),
            (say!(lang, "年度", "Fiscal year"), say!(lang, "{year}年度", "FY{year}")),
            (Label::AsOf.words(lang), self.as_of.clone()),
        ]
    }

    /// Who asked for it, when, and what the evidence log was then.
    pub(super) fn origin(&self) -> Lines {
        let lang = self.lang;
        let mut origin = vec![
            (Label::MadeBy.words(lang), self.input.by.clone()),
            (Label::MadeAt.words(lang), self.asked.clone()),
        ];
        if let Some(anchor) = &self.input.checkpoint {
            origin.extend(log_lines(&anchor.log, anchor.size, &anchor.root, lang));
        }
        origin
    }

    fn document(&self, part: Part) -> Document {
        let lang = self.lang;
        let Part { title, columns, widths, rows, printed, told, notes, .. } = part;
        let mut conditions = vec![
            (Label::Hospital.words(lang), self.hospital.clone()),
            (Label::Report.words(lang), title.clone()),
        ];
        conditions.extend(self.conditions());
        Document {
            lang,
            sheet: Sheet {
                name: title.chars().take(SHEET_NAME).collect(),
                title,
                columns,
                widths,
                rows,
                printed,
            },
            hospital: self.hospital.clone(),
            as_of: self.as_of.clone(),
            conditions,
            told,
            origin: self.origin(),
            notes,
            by: self.input.by.clone(),
            at: self.input.asked_at,
            made_at: self.asked.clone(),
        }
    }

    /// Puts a table in, as a paper and as a workbook.
    pub(super) async fn table(&self, archive: Archive, part: Part) -> Result<Archive, BinderError> {
        self.put(archive, part, &[Sort::Paper, Sort::Workbook]).await
    }

    /// Puts a table in as these sorts of file.
    pub(super) async fn put(
        &self,
        mut archive: Archive,
        part: Part,
        sorts: &'static [Sort],
    ) -> Result<Archive, BinderError> {
        let (file, document) = (part.file.clone(), self.document(part));
        let made = papers::moment(self.input.asked_at, self.calendar);
        beside(move || {
            for sort in sorts {
                let (ending, bytes) = match sort {
                    Sort::Paper => ("pdf", document.paper(made).map_err(BinderError::set)?),
                    Sort::Workbook => ("xlsx", document.workbook().map_err(BinderError::set)?),
                };
                archive.add(&format!("{file}.{ending}"), &bytes)?;
            }
            Ok(archive)
        })
        .await
    }

    /// Puts a paper in that is no table, under the name of its file; its part of the binder and `conditions` stand above each of its
    /// pages. Gives how many pages it has.
    pub(super) async fn paper(
        &self,
        mut archive: Archive,
        (file, report, title): (&str, &str, &str),
        conditions: String,
        blocks: Vec<Block>,
    ) -> Result<(Archive, usize), BinderError> {
        let (lang, by, asked) = (self.lang, &self.input.by, &self.asked);
        let paper_of = Paper {
            lang: papers::lang(lang),
            side: Side::Portrait,
            title: title.to_owned(),
            head: Head {
                hospital: self.hospital.clone(),
                report: say!(lang, "監査用ファイル　{report}", "Inspection binder: {report}"),
                conditions,
                as_of: self.as_of.clone(),
                by: say!(lang, "出力者：{by}　{asked}", "Made by {by}, {asked}"),
            },
            made: papers::moment(self.input.asked_at, self.calendar),
            blocks,
        };
        let name = format!("{file}.pdf");
        beside(move || {
            let pdf = paper(&paper_of).map_err(BinderError::set)?;
            archive.add(&name, &pdf.bytes)?;
            Ok((archive, pdf.pages))
        })
        .await
    }

    /// What stands above each page of a paper of the whole training.
    pub(super) fn above(&self) -> String {
        let (lang, title) = (self.lang, self.requirement.title_in(self.lang));
        say!(lang, "研修：{title}", "Training: {title}")
    }
}

/// A day for a cell.
pub(super) fn on(day: Option<NaiveDate>) -> Cell {
    day.map_or(Cell::Empty, Cell::Day)
}

/// Words for a cell.
pub(super) fn text(words: impl Into<String>) -> Cell {
    Cell::Text(words.into())
}
