//! Every training: drafts, what is open, what is over.

use axum::extract::State;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use kokoroe_app::requirements::{DraftLine, RequirementLine, RequirementList};
use kokoroe_app::{Lang, paths};

use super::{draft_path, requirement_path, words};
use crate::db::DbError;
use crate::http::{Answer, Office, Visitor, page};
use crate::reports::store::{Instant, Question};
use crate::reports::tally::{Tally, rate_view, small};
use crate::requirements::draft::Draft;
use crate::requirements::rule::Cycle;
use crate::requirements::store::{self, Requirement};
use crate::state::Site;
use crate::training::attendance::ATTENDANCE;
use crate::training::translate::{day, moment};

/// How many trainings are counted at the same time.
const AT_ONCE: usize = 2;

/// The page.
pub(super) async fn show(State(site): State<Site>, visitor: Visitor, _office: Office) -> Answer {
    let lang = visitor.lang;
    let mut conn = site.db.read().await?;
    let mut drafts = Vec::new();
    for row in store::draft::drafts(&mut conn).await? {
        let Some(draft) = Draft::read(&row.body) else { continue };
        drafts.push(DraftLine {
            title: draft.title_in(lang).to_owned(),
            changes: row.requirement_id.is_some(),
            by: words::person_name(&mut conn, &row.made_by, lang).await?,
            at: moment(row.made_at, site.calendar()),
            href: draft_path(&row.id),
        });
    }
    let requirements = store::requirements(&mut conn).await?;
    let mut whom = Vec::with_capacity(requirements.len());
    for requirement in &requirements {
        whom.push(words::audience(&mut conn, lang, &requirement.rule.whom).await?.short(lang));
    }
    let waiting = store::exception::open(&mut conn).await?.len();
    // Counting takes connections of its own.
    drop(conn);
    let counted = requirements.clone().into_iter().map(|requirement| {
        let site = site.clone();
        async move { tally(&site, &requirement).await }
    });
    let tallies: Vec<Tally> = stream::iter(counted).buffered(AT_ONCE).try_collect().await?;
    let (mut open, mut over) = (Vec::new(), Vec::new());
    for ((requirement, whom), tally) in requirements.iter().zip(whom).zip(&tallies) {
        let line = line(&site, lang, requirement, whom, tally);
        if line.over { over.push(line) } else { open.push(line) }
    }
    let view = RequirementList {
        drafts,
        open,
        over,
        new: format!("{}/new", paths::REQUIREMENTS),
        exceptions: ("/office/exceptions".to_owned(), u32::try_from(waiting).unwrap_or(u32::MAX)),
        attendance: ATTENDANCE.to_owned(),
    };
    Ok(page(&site, &visitor, view))
}

/// Whether nobody new can come to owe it any more.
pub(super) fn is_over(site: &Site, requirement: &Requirement) -> bool {
    let now = site.now();
    let past = requirement.rule.cycle == Cycle::FiscalYear
        && requirement.fiscal_year < site.calendar().fiscal_year(now);
    past || requirement.closed_at.is_some() || requirement.valid_until.is_some_and(|until| until <= now)
}

/// Those who owe it, counted now, or shortly before now where that takes long.
pub(super) async fn tally(site: &Site, requirement: &Requirement) -> Result<Tally, DbError> {
    let asked = Question::of(requirement.id.clone(), Instant::new(site.now(), site.calendar()));
    let mut tally = Tally::default();
    for row in &site.rollups.now_as_one(site, &asked).await?.counts {
        tally.add(row);
    }
    Ok(tally)
}

fn line(site: &Site, lang: Lang, requirement: &Requirement, whom: String, tally: &Tally) -> RequirementLine {
    let calendar = site.calendar();
    RequirementLine {
        title: requirement.title_in(lang).to_owned(),
        whom,
        cycle: words::cycle(&requirement.rule, requirement.fiscal_year, lang),
        opens: day(calendar.date(requirement.opens_at)),
        due: day(calendar.last_day_before(requirement.due_at)),
        over: is_over(site, requirement),
        rate: rate_view(tally.rate()),
        href: requirement_path(&requirement.id),
    }
}

/// People who have not done it.
pub(super) async fn open_people(site: &Site, requirement: &Requirement) -> Result<u32, DbError> {
    Ok(small(tally(site, requirement).await?.open()))
}
