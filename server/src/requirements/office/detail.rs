//! One training.

use axum::extract::{Path, State};
use kokoroe_app::requirements::RequirementPage;
use kokoroe_courses::Lang as CourseLang;

use super::{list, requirement_path, words};
use crate::db::Conn;
use crate::http::{Answer, Office, Problem, Visitor, page};
use crate::id::RequirementId;
use crate::reports::tally::rate_view;
use crate::requirements::follow::{Everybody, Standing, facts};
use crate::requirements::plan::plan;
use crate::requirements::store::{self, Requirement};
use crate::state::Site;
use crate::training::my_training::track_title;
use crate::training::translate::{Translator, day, moment};

/// The requirement that an address names.
///
/// # Errors
/// Not found when there is none.
pub(super) async fn find(conn: &mut Conn, id: &str) -> Result<Requirement, Problem> {
    let id = RequirementId::parse(id).ok_or(Problem::not_found())?;
    store::requirement(conn, &id).await?.ok_or(Problem::not_found())
}

/// The page.
pub(super) async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    _office: Office,
    Path(id): Path<String>,
) -> Answer {
    let (lang, calendar, now) = (visitor.lang, site.calendar(), site.now());
    let translator = Translator::new(&site, &visitor);
    let mut conn = site.db.read().await?;
    let requirement = find(&mut conn, &id).await?;
    let lists = store::lists(&mut conn, &requirement.id).await?;
    let course_lang = if lang == kokoroe_app::Lang::En { CourseLang::En } else { CourseLang::Ja };
    let title = |module: &String| match site.content.module(module) {
        Some((_, found)) => found.title.get(course_lang).0.to_owned(),
        None => module.clone(),
    };
    let several = lists.len() > 1;
    let modules = lists
        .iter()
        .map(|list| {
            let track = several.then(|| track_title(&site, translator, &list.track));
            (track, list.modules.iter().map(title).collect())
        })
        .collect();
    let over = list::is_over(&site, &requirement);
    let waiting = if over {
        0
    } else {
        let everybody = Everybody::load(&mut conn, calendar, now).await?;
        let standing = Standing::load(&mut conn, &requirement, &requirement.rule, now).await?;
        let at = (now, calendar);
        plan(&facts(&requirement, &requirement.rule, &everybody, &standing, at, false)).give.len()
    };
    let base = requirement_path(&requirement.id);
    let view = RequirementPage {
        title: requirement.title_in(lang).to_owned(),
        basis: requirement.basis_in(lang).to_owned(),
        whom: words::audience(&mut conn, &visitor, &requirement.rule.whom).await?,
        cycle: words::cycle(&requirement.rule, requirement.fiscal_year, lang),
        opens: day(calendar.date(requirement.opens_at)),
        due: day(calendar.last_day_before(requirement.due_at)),
        valid_to: requirement.valid_until.map(|until| day(calendar.last_day_before(until))),
        days: words::days(&requirement.rule, lang),
        modules,
        closed: requirement.closed_at.map(|at| moment(at, calendar)),
        over,
        rate: rate_view(list::tally(&site, &mut conn, &requirement).await?.rate()),
        waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
        changes: u32::try_from(store::changes(&mut conn, &requirement.id).await?).unwrap_or(0),
        people: format!("/office/departments/all?requirement={}", requirement.id),
        change: format!("{base}/change"),
        close: format!("{base}/close"),
    };
    drop(conn);
    Ok(page(&site, &visitor, view))
}
