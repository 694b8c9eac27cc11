//! 監査用ファイル: everything that an inspection asks to see of one training, as of one instant, in one zip that says of each of its files
//! what it must be.
//!
//! Made of the records and of an [`Input`], and of nothing else: no clock is asked and nothing is drawn, so the same input makes the same
//! bytes again as long as the records of that instant are the same.

mod archive;
mod contents;
mod decided;
mod follow;
mod frame;
mod improve;
mod lists;
mod material;
mod origin;
mod pages;
mod people;
mod plan;
mod questions;
mod rates;
pub mod store;
mod volumes;

use std::fs::File;
use std::io;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, NaiveDate, Utc};
use kokoroe_app::{Lang, say};
use serde::{Deserialize, Serialize};

pub(crate) use archive::SUMS;
pub(crate) use questions::{Frozen, freeze};

use crate::db::DbError;
use crate::id::RequirementId;
use crate::requirements::store::requirement;
use crate::state::Site;
use archive::Archive;
use frame::Frame;

/// Everything that a binder is made from beside the records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Input {
    /// Of which training.
    pub requirement: RequirementId,
    /// As of when.
    pub at: DateTime<Utc>,
    /// The past day at whose end that is, where a day was chosen.
    pub past: Option<NaiveDate>,
    /// The language, by its tag.
    pub lang: String,
    /// The name of whoever asked.
    pub by: String,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// What the training office wants to do better next year.
    pub improve: String,
    /// The newest checkpoint of the evidence log when it was asked for.
    pub checkpoint: Option<Anchor>,
    /// What the answers came to when they were last counted. Counting may take long, so whoever begins to make the binder looks, and keeps it
    /// before anything is written.
    pub questions: Option<Frozen>,
}

impl Input {
    pub(crate) fn lang(&self) -> Lang {
        Lang::from_tag(&self.lang).unwrap_or_default()
    }
}

/// A checkpoint of the evidence log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Anchor {
    /// Which log.
    pub log: String,
    /// How many leaves it covers.
    pub size: u64,
    /// The root over them.
    pub root: String,
}

/// Why a binder was not made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BinderError {
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// There is no such training.
    #[error("the training is not there")]
    NoTraining,
    /// The file could not be written.
    #[error("the file could not be written: {0}")]
    Io(#[from] io::Error),
    /// A table or a paper could not be set.
    #[error("{0}")]
    Set(String),
}

impl BinderError {
    fn set(error: impl std::fmt::Display) -> Self {
        Self::Set(error.to_string())
    }

    fn file(error: zip::result::ZipError) -> Self {
        match error {
            zip::result::ZipError::Io(error) => Self::Io(error),
            other => Self::set(other),
        }
    }
}

/// How far it is.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    done: AtomicI64,
    of: AtomicI64,
}

impl Progress {
    /// So many steps in all.
    pub(crate) fn expect(&self, steps: i64) {
        self.of.store(steps, Ordering::Relaxed);
    }

    /// One more is done.
    pub(crate) fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// Steps done, and steps in all.
    pub(crate) fn now(&self) -> (i64, i64) {
        let of = self.of.load(Ordering::Relaxed);
        (self.done.load(Ordering::Relaxed).min(of), of)
    }
}

/// Steps beside those of the people and of the materials.
const PARTS: i64 = 8;

/// Makes the binder into `file`, and gives the name to save it under.
///
/// # Errors
/// When the database or the file fails.
pub(crate) async fn make(
    site: &Site,
    input: &Input,
    file: File,
    progress: &Progress,
) -> Result<String, BinderError> {
    let mut conn = site.db.read().await?;
    let found = requirement(&mut conn, &input.requirement).await?.ok_or(BinderError::NoTraining)?;
    let questions =
        input.questions.clone().ok_or_else(|| BinderError::set("the answers were not counted"))?;
    let frame = Frame::new(site, input, found, questions);
    let used = material::used(site, &mut conn, &frame).await?;
    let batches = people::batches(&mut conn, &frame).await?;
    progress.expect(PARTS + batches + i64::try_from(used.len()).unwrap_or(0));
    let mut archive = Archive::begin(file, input.asked_at, site.calendar());
    archive = plan::write(site, &mut conn, &frame, archive).await?;
    progress.step();
    archive = material::write(site, &frame, archive, &used, progress).await?;
    progress.step();
    drop(conn);
    let (made, counted) = Box::pin(people::write(site, &frame, archive, progress)).await?;
    archive = rates::write(&frame, made, &counted).await?;
    progress.step();
    let mut conn = site.db.read().await?;
    archive = follow::write(&mut conn, &frame, archive, &counted).await?;
    progress.step();
    archive = decided::write(&mut conn, &frame, archive).await?;
    progress.step();
    archive = questions::write(&frame, archive, &used).await?;
    progress.step();
    archive = improve::write(site, &mut conn, &frame, archive, &counted).await?;
    progress.step();
    drop(conn);
    archive = contents::write(&frame, archive, &counted).await?;
    archive = origin::write(&frame, archive).await?;
    beside(move || archive.end()).await?;
    progress.step();
    Ok(name(&frame))
}

/// 「監査用ファイル_SNS研修_2026年度_20261001時点.zip」
fn name(frame: &Frame) -> String {
    let lang = frame.lang;
    let day = frame.calendar.date(frame.at).format("%Y%m%d").to_string();
    let day = kokoroe_app::reports::export::file_day(&day, lang);
    let title = frame.requirement.title_in(lang);
    let name = super::file::file_name(
        &say!(lang, "監査用ファイル", "inspection-binder"),
        title,
        frame.requirement.fiscal_year,
        &day,
        lang,
    );
    format!("{name}.zip")
}

/// Does work that keeps a processor busy beside the threads that answer.
async fn beside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, BinderError> + Send + 'static,
) -> Result<T, BinderError> {
    tokio::task::spawn_blocking(work).await.map_err(BinderError::set)?
}
