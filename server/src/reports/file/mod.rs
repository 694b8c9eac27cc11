//! Taking a report away as a file. Every file is written down in the evidence log, and a workbook names the newest checkpoint of the log,
//! so that what it says can be held against the records later.

mod departments;
mod paper;
mod people;
mod plain;
mod questions;
mod workbook;

pub(super) use departments::table;
pub(super) use people::{people, people_kept};
pub(crate) use plain::harmless;
pub(super) use questions::{
    Questions, cells as question_cells, clauses, questions, widths as question_widths,
};

use chrono::{DateTime, NaiveDate, Utc};
use kokoroe_app::reports::export::{self, Label};
use kokoroe_app::{Lang, say};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;

use super::asked::When;
use crate::audit::{self, Entry, append};
use crate::clock::Calendar;
use crate::db::DbError;
use crate::http::file::{PDF, Sort, XLSX, download};
use crate::http::{Answer, Problem, Signed, Visitor};
use crate::papers;
use crate::requirements::status::Status;
use crate::requirements::store::Requirement;
use crate::state::Site;
use crate::training::my_training::status_view;
use crate::training::translate::moment;

/// Which sort of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An Excel workbook with a second sheet of conditions.
    Workbook,
    /// A PDF, to be printed and kept.
    Paper,
    /// CSV in UTF-8 with a byte order mark, which Excel needs.
    Utf8,
    /// CSV in Shift_JIS as Windows has it (CP932), which older systems need.
    ShiftJis,
}

impl Kind {
    /// Reads the value of the button.
    pub(super) fn read(text: &str) -> Option<Self> {
        match text {
            "xlsx" => Some(Self::Workbook),
            "pdf" => Some(Self::Paper),
            "csv" => Some(Self::Utf8),
            "cp932" => Some(Self::ShiftJis),
            _ => None,
        }
    }

    /// The value of the button.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Workbook => "xlsx",
            Self::Paper => "pdf",
            Self::Utf8 => "csv",
            Self::ShiftJis => "cp932",
        }
    }

    const fn sort(self) -> Sort {
        match self {
            Self::Paper => PDF,
            Self::Workbook => XLSX,
            Self::Utf8 => Sort { content_type: "text/csv; charset=utf-8", extension: "csv" },
            Self::ShiftJis => Sort { content_type: "text/csv; charset=shift_jis", extension: "csv" },
        }
    }
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Cell {
    /// A text, whatever it looks like: never a formula.
    Text(String),
    /// A count.
    Number(i64),
    /// A day.
    Day(NaiveDate),
    /// Tenths of a per cent.
    Permille(i64),
    /// Nothing.
    Empty,
}

/// A table on its way into a file.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// Its name.
    pub(super) name: String,
    /// Its title, for the head of a printed page.
    pub(super) title: String,
    /// Its headings.
    pub(super) columns: Vec<String>,
    /// How wide each column is, in characters.
    pub(super) widths: Vec<f64>,
    /// Its rows.
    pub(super) rows: Vec<Vec<Cell>>,
    /// What is different on paper.
    pub(super) printed: Printed,
}

/// Rows that are still being read while the file is already being written.
pub(super) type Coming = mpsc::Receiver<Result<Rows, Lost>>;
/// Rows of a table.
pub(super) type Rows = Vec<Vec<Cell>>;

/// The rest of the rows cannot be read.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the rows ended early")]
pub(super) struct Lost;

/// How a table stands on paper, where a column cannot be made wider by hand.
#[derive(Clone, Debug, Default)]
pub(super) struct Printed {
    /// The column that names the row.
    pub(super) names: Option<usize>,
    /// Pairs of a count and its share that share one column, under this heading; the ground is the darker the more is missing.
    pub(super) pairs: Vec<(usize, String)>,
    /// The column with a bar below its share.
    pub(super) bar: Option<usize>,
}

/// A file on its way.
#[derive(Clone, Debug)]
pub(super) struct Document {
    pub(super) lang: Lang,
    pub(super) sheet: Sheet,
    /// The hospital, for the head of a printed page.
    pub(super) hospital: String,
    /// As of when, for the same.
    pub(super) as_of: String,
    /// What the report was narrowed to and comes to, as names and values: on the second sheet, and before the table on paper.
    pub(super) conditions: Vec<(String, String)>,
    /// What is told before the table beside its conditions; the head of a page has no room for it.
    pub(super) told: Vec<(String, String)>,
    /// How it came about: behind the conditions.
    pub(super) origin: Vec<(String, String)>,
    /// What its words and numbers mean: last.
    pub(super) notes: Vec<(String, String)>,
    /// Who made it.
    pub(super) by: String,
    /// When.
    pub(super) at: chrono::DateTime<chrono::Utc>,
    /// When, in words.
    pub(super) made_at: String,
}

impl Document {
    /// As a workbook.
    ///
    /// # Errors
    /// When its maker refuses it.
    pub(super) fn workbook(&self) -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
        workbook::write(self, None).map(|(bytes, _)| bytes)
    }

    /// As a PDF.
    ///
    /// # Errors
    /// When its maker refuses it.
    pub(super) fn paper(&self, made: kokoroe_papers::Moment) -> Result<Vec<u8>, kokoroe_papers::PaperError> {
        paper::write(self, made).map(|pdf| pdf.bytes)
    }
}

/// What the evidence log says of a file.
struct Fact {
    report: &'static str,
    requirement: crate::id::RequirementId,
    scope: Vec<String>,
    status: &'static str,
    /// Only some people, by profession or by a text that was searched for. The text itself may be a name and is not kept.
    narrowed: bool,
}

/// What a file is made from, beside its content.
struct Made<'a> {
    site: &'a Site,
    visitor: &'a Visitor,
    signed: &'a Signed,
    requirement: &'a Requirement,
    when: When,
    kind: Kind,
    checkpoint: Option<audit::store::CheckpointRow>,
    /// What its words and numbers mean, as name and sentence.
    notes: Vec<(String, String)>,
}

/// What the counts and the statuses of people mean.
pub(super) fn notes(lang: Lang) -> Vec<(String, String)> {
    let definitions =
        export::definitions(lang).into_iter().map(|line| (Label::Definitions.words(lang), line));
    let statuses = Status::ALL.into_iter().map(|status| {
        let shown = status_view(status);
        let (word, meaning) = (shown.word(lang), export::meaning(shown, lang));
        (Label::Statuses.words(lang), say!(lang, "{word}：{meaning}", "{word}: {meaning}"))
    });
    definitions.chain(statuses).collect()
}

/// Digits of the root on paper. Whoever keeps the paper can bring them to a check of the log, which takes no fewer (see
/// `kokoroe_evidence::brought`).
const ROOT_DIGITS: usize = 32;

/// What the evidence log was when a file was made. Typed as `LOG ENTRIES ROOT`, these lines are a checkpoint for `kokoroe verify`.
pub(super) fn log_lines(log: &str, size: u64, root: &str, lang: Lang) -> [(String, String); 3] {
    [
        (Label::Checkpoint.words(lang), log.to_owned()),
        (Label::LogSize.words(lang), size.to_string()),
        (Label::LogRoot.words(lang), root.chars().take(ROOT_DIGITS).collect()),
    ]
}

/// A document, and how many leaves the newest checkpoint covered when it was made.
fn document(
    made: &Made<'_>,
    at: DateTime<Utc>,
    sheet: Sheet,
    mut conditions: Vec<(String, String)>,
) -> Result<(Document, u64), Problem> {
    let Made { site, visitor, signed, when, checkpoint, notes, .. } = made;
    let (lang, calendar) = (visitor.lang, site.calendar());
    let as_of = when.view(calendar).words(lang);
    let by = signed.name(lang);
    conditions.push((Label::AsOf.words(lang), as_of.clone()));
    let made_at = moment(at, calendar).seconds(lang);
    let mut origin =
        vec![(Label::MadeBy.words(lang), by.clone()), (Label::MadeAt.words(lang), made_at.clone())];
    let newest = match checkpoint {
        Some(row) => Some(site.signer.keys().open(row.note.as_ref()).map_err(Problem::broken)?),
        None => None,
    };
    if let Some(newest) = &newest {
        origin.extend(log_lines(&newest.origin, newest.size, &newest.root.to_string(), lang));
    }
    let document = Document {
        lang,
        sheet,
        hospital: site.hospital.name(lang).to_owned(),
        as_of,
        conditions,
        told: Vec::new(),
        origin,
        notes: notes.clone(),
        by,
        at,
        made_at,
    };
    Ok((document, newest.map_or(0, |newest| newest.size)))
}

/// The bytes of a document and how many rows it has, made beside the threads that answer. Its rows stand in it, or are still coming.
async fn written(
    mut document: Document,
    kind: Kind,
    calendar: Calendar,
    mut coming: Option<Coming>,
) -> Result<(Vec<u8>, usize), Problem> {
    papers::aside(move || {
        // Only a workbook can be written while its rows are read; the others are laid out as a whole.
        if let Some(mut coming) = coming.take_if(|_| kind != Kind::Workbook) {
            while let Some(rows) = coming.blocking_recv() {
                document.sheet.rows.extend(rows.map_err(Problem::broken)?);
            }
        }
        let rows = document.sheet.rows.len();
        let whole = |bytes| (bytes, rows);
        match kind {
            Kind::Workbook => workbook::write(&document, coming).map_err(Problem::broken),
            Kind::Paper => {
                let made = papers::moment(document.at, calendar);
                document.paper(made).map(whole).map_err(Problem::broken)
            }
            Kind::Utf8 => plain::utf8(&document).map(whole).map_err(Problem::broken),
            Kind::ShiftJis => plain::shift_jis(&document).map(whole).map_err(Problem::broken),
        }
    })
    .await
}

/// The name of a file, without what follows the dot, and its day.
fn saved_as(made: &Made<'_>, name: &str) -> (String, String) {
    let (lang, requirement) = (made.visitor.lang, made.requirement);
    let day = made.site.calendar().date(made.when.instant.at).format("%Y%m%d").to_string();
    let told = export::file_day(&day, lang);
    (file_name(name, requirement.title_in(lang), requirement.fiscal_year, &told, lang), day)
}

async fn answer(
    made: Made<'_>,
    sheet: Sheet,
    conditions: Vec<(String, String)>,
    fact: Fact,
    name: &str,
    coming: Option<Coming>,
) -> Answer {
    let Made { site, signed, kind, when, requirement, .. } = made;
    let (document, checkpoint) = document(&made, site.now(), sheet, conditions)?;
    let (file, day) = saved_as(&made, name);
    let (bytes, rows) = written(document, kind, site.calendar(), coming).await?;
    let d = json!({
        "report": fact.report, "requirement": fact.requirement, "scope": fact.scope, "status": fact.status,
        "narrowed": fact.narrowed, "format": kind.code(), "rows": rows,
        "as_of": when.instant.at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
        "sha256": hex::encode(Sha256::digest(&bytes)),
        "checkpoint": checkpoint,
    });
    write_down(site, signed, fact.requirement.to_string(), d).await?;
    let plain = format!("report_{}_{day}", requirement.code);
    download(bytes, kind.sort(), &file, &plain)
}

/// The fact that somebody took records away.
async fn write_down(site: &Site, signed: &Signed, obj: String, d: Value) -> Result<(), DbError> {
    let (inner, actor) = (site.clone(), signed.staff.clone());
    site.db
        .write(move |tx| {
            Box::pin(async move {
                let at = inner.now();
                let entry = Entry {
                    kind: audit::Kind::EXPORT_MADE,
                    at,
                    actor: actor.as_str(),
                    obj: &obj,
                    req: None,
                    d,
                };
                append(tx, &inner.ledger, entry).await.map(drop)
            })
        })
        .await
}

/// 「受講状況_SNS研修_2026年度_20261001時点」: the parts of a name without what a file system refuses.
pub(super) fn file_name(report: &str, title: &str, year: i64, day: &str, lang: Lang) -> String {
    let mut parts = vec![report.to_owned()];
    let words =
        title.split(|c: char| c.is_whitespace() || (!c.is_alphanumeric() && !matches!(c, '-' | '・' | 'ー')));
    parts.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
    if !title.contains(&year.to_string()) {
        parts.push(say!(lang, "{year}年度", "FY{year}"));
    }
    parts.push(day.to_owned());
    parts.join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_what_is_in_it() {
        assert_eq!(
            file_name("受講状況", "SNS研修", 2026, "20261001時点", Lang::Ja),
            "受講状況_SNS研修_2026年度_20261001時点"
        );
        assert_eq!(
            file_name("受講状況", "SNSの約束 2026年度", 2026, "20261001時点", Lang::Ja),
            "受講状況_SNSの約束_2026年度_20261001時点"
        );
        assert_eq!(
            file_name("training-status", "../a\\b:c \"x\"", 2026, "as-of-20261001", Lang::En),
            "training-status_a_b_c_x_FY2026_as-of-20261001"
        );
    }
}
