//! Every training: drafts, what is open, what is over.

use axum::extract::State;
use kokoroe_app::paths;
use kokoroe_app::requirements::{DraftLine, RequirementLine, RequirementList};

use super::{draft_path, requirement_path, words};
use crate::db::{Conn, DbError};
use crate::http::{Answer, Office, Visitor, page};
use crate::reports::store::{Instant, Question, Scan};
use crate::reports::tally::{Tally, rate_view, small};
use crate::requirements::draft::Draft;
use crate::requirements::rule::Cycle;
use crate::requirements::store::{self, Requirement};
use crate::state::Site;
use crate::training::attendance::ATTENDANCE;
use crate::training::translate::{day, moment};

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
    let (mut open, mut over) = (Vec::new(), Vec::new());
    for requirement in store::requirements(&mut conn).await? {
        let line = line(&site, &mut conn, &visitor, &requirement).await?;
        if line.over { over.push(line) } else { open.push(line) }
    }
    let waiting = store::exception::open(&mut conn).await?.len();
    drop(conn);
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
    for row in &site.rollups.now(site, &asked, &Scan::Everywhere).await?.counts {
        tally.add(row);
    }
    Ok(tally)
}

async fn line(
    site: &Site,
    conn: &mut Conn,
    visitor: &Visitor,
    requirement: &Requirement,
) -> Result<RequirementLine, DbError> {
    let lang = visitor.lang;
    let calendar = site.calendar();
    Ok(RequirementLine {
        title: requirement.title_in(lang).to_owned(),
        whom: words::audience(conn, visitor.lang, &requirement.rule.whom).await?.short(lang),
        cycle: words::cycle(&requirement.rule, requirement.fiscal_year, lang),
        opens: day(calendar.date(requirement.opens_at)),
        due: day(calendar.last_day_before(requirement.due_at)),
        over: is_over(site, requirement),
        rate: rate_view(tally(site, requirement).await?.rate()),
        href: requirement_path(&requirement.id),
    })
}

/// People who have not done it.
pub(super) async fn open_people(site: &Site, requirement: &Requirement) -> Result<u32, DbError> {
    Ok(small(tally(site, requirement).await?.open()))
}
