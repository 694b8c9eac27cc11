//! Jobs as pages show them.

use std::collections::HashMap;

use kokoroe_app::Lang;
use kokoroe_app::exports::{JobLine, JobState, Part};

use super::asked::Asked;
use super::state::{State, state};
use super::store::{self, JobRow, Which};
use crate::db::{Conn, DbError};
use crate::http::query;
use crate::id::RequirementId;
use crate::people::{display_name, staff};
use crate::reports::as_of;
use crate::requirements::store::requirements;
use crate::state::Site;
use crate::training::translate::moment;

/// Jobs on one page.
const PAGE: i64 = 20;

/// What every line needs.
pub(super) struct Liner<'a> {
    site: &'a Site,
    lang: Lang,
    /// The page of a job, without its id.
    base: &'a str,
    titles: HashMap<RequirementId, String>,
}

impl<'a> Liner<'a> {
    pub(super) async fn new(
        site: &'a Site,
        conn: &mut Conn,
        lang: Lang,
        base: &'a str,
    ) -> Result<Self, DbError> {
        let all = requirements(conn).await?;
        let titles = all.into_iter().map(|each| (each.id.clone(), each.title_in(lang).to_owned())).collect();
        Ok(Self { site, lang, base, titles })
    }

    /// A page of those that are asked for, and which part of them it is; a number beyond the last page is the last page.
    pub(super) async fn page(
        &self,
        conn: &mut Conn,
        which: Which<'_>,
        number: i64,
    ) -> Result<(Vec<JobLine>, Part), DbError> {
        let of = store::count(conn, which).await?;
        let number = number.clamp(1, (of + PAGE - 1).div_euclid(PAGE).max(1));
        let rows = store::list(conn, which, PAGE, (number - 1) * PAGE).await?;
        let mut lines = Vec::with_capacity(rows.len());
        for row in &rows {
            lines.push(self.line(conn, row).await?);
        }
        Ok((lines, part(self.base, number, of, rows.len())))
    }

    pub(super) async fn line(&self, conn: &mut Conn, row: &JobRow) -> Result<JobLine, DbError> {
        let asked = Asked::of(row)?;
        let calendar = self.site.calendar();
        let (at, past) = asked.when();
        Ok(JobLine {
            href: format!("{}/{}", self.base, row.id),
            title: self.titles.get(&row.subject).cloned().unwrap_or_default(),
            as_of: as_of(at, past, calendar),
            conditions: asked.told().to_vec(),
            by: asked.by().to_owned(),
            at: moment(row.asked_at, calendar),
            state: self.state(conn, row).await?,
            size: row.file_size.and_then(|size| u64::try_from(size).ok()),
            sha256: row.sha256.clone(),
        })
    }

    async fn state(&self, conn: &mut Conn, row: &JobRow) -> Result<JobState, DbError> {
        let small = |steps: i64| u32::try_from(steps).unwrap_or(0);
        Ok(match state(row, self.site.now()) {
            State::Waiting => JobState::Waiting,
            State::Working => JobState::Working { done: small(row.steps_done), of: small(row.steps) },
            State::Finished => JobState::Finished,
            State::Failed(why) => JobState::Failed(why.view()),
            State::Withdrawn => JobState::Withdrawn,
            State::Removed => {
                let by = match &row.removed_by {
                    Some(id) => staff::staff(conn, id).await?,
                    None => None,
                };
                JobState::Removed {
                    at: moment(row.removed_at.unwrap_or_default(), self.site.calendar()),
                    by: by.map(|who| display_name(&who.family, &who.given, &who.roman, self.lang)),
                    why: row.removed_why.clone().unwrap_or_default(),
                }
            }
        })
    }
}

/// Which part of a list a page shows.
fn part(base: &str, page: i64, of: i64, shown: usize) -> Part {
    let skip = (page - 1) * PAGE;
    let small = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    let link = |page: i64| query::address(base, [("page", page.to_string())]);
    let last = skip + i64::try_from(shown).unwrap_or(0);
    Part {
        first: small(skip + 1),
        last: small(last),
        of: small(of),
        before: (page > 1).then(|| link(page - 1)),
        after: (skip + PAGE < of).then(|| link(page + 1)),
    }
}
