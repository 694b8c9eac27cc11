//! What a draft would do, and doing it.

use axum::extract::{Path, State};
use axum::response::Response;
use chrono::{DateTime, SecondsFormat, Utc};
use http::StatusCode;
use kokoroe_app::paths;
use kokoroe_app::requirements::{DryRun, Planned, PlannedPerson};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::{draft_path, form, requirement_path, words};
use crate::audit::{Entry, Kind, append, hold};
use crate::clock::Calendar;
use crate::db::{Conn, DbError};
use crate::http::{Answer, Form, Office, Problem, Visitor, page_with_status, see_other};
use crate::id::StaffId;
use crate::people::display_name;
use crate::people::staff::staff;
use crate::requirements::draft::Draft;
use crate::requirements::follow::{Everybody, Standing, facts, follow_confirmed};
use crate::requirements::period::Because;
use crate::requirements::plan::{Plan, plan, validity_moves};
use crate::requirements::store::draft::DraftRow;
use crate::requirements::store::{self, Requirement};
use crate::requirements::track;
use crate::requirements::year;
use crate::state::Site;
use crate::training::translate::day;

/// How many people of a sort are named.
const NAMED: usize = 50;

/// A draft, what it would become, and what that would do.
struct Run {
    row: DraftRow,
    draft: Draft,
    changes: Option<Requirement>,
    requirement: Requirement,
    everybody: Everybody,
    plan: Plan,
    /// By what is known now; of a training that opens later, by what would be were it open.
    later: bool,
}

impl Run {
    async fn load(site: &Site, conn: &mut Conn, id: &str) -> Result<Self, Problem> {
        let (row, draft, changes) = form::find(conn, id).await?;
        let (now, calendar) = (site.now(), site.calendar());
        let everybody = Everybody::load(conn, calendar, now).await?;
        let requirement = match &changes {
            Some(present) => Requirement { rule: draft.rule.clone(), ..present.clone() },
            None => {
                draft.requirement(&site.clock, &site.content.catalogue.course.id, String::new(), calendar)
            }
        };
        let standing = match &changes {
            Some(present) => Standing::load(conn, present, &draft.rule, now).await?,
            None => Standing::for_new(conn, &requirement, now).await?,
        };
        let later = changes.is_none() && draft.opens_later(now, calendar);
        // What opens later is shown as it would be on its first day, by the staff list of today.
        let at = if later { requirement.opens_at } else { now };
        let facts = facts(&requirement, &draft.rule, &everybody, &standing, (at, calendar), true);
        let mut plan = plan(&facts);
        if let Some(present) = &changes {
            plan.moves.extend(validity_moves(&facts, present.rule.cycle));
        }
        Ok(Self { row, draft, changes, requirement, everybody, plan, later })
    }

    /// Names the plan: whoever confirms has seen this one and no other.
    fn seen(&self) -> String {
        let seconds = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
        let mut lines: Vec<String> = Vec::new();
        lines.extend(self.plan.give.iter().map(|give| format!("+{} {}", give.staff, seconds(give.due_at))));
        lines.extend(self.plan.release.iter().map(|(_, period, _)| format!("-{period}")));
        lines.extend(self.plan.take_back.iter().map(|(_, period)| format!("*{period}")));
        lines.extend(
            self.plan.moves.iter().map(|moved| format!("~{} {}", moved.period, seconds(moved.due_at))),
        );
        lines.sort();
        hex::encode(Sha256::digest(lines.join("\n").as_bytes())).chars().take(16).collect()
    }

    async fn view(
        &self,
        conn: &mut Conn,
        visitor: &Visitor,
        calendar: Calendar,
        stale: bool,
    ) -> Result<DryRun, DbError> {
        let lang = visitor.lang;
        let plan = &self.plan;
        let last = |at: DateTime<Utc>| Some(day(calendar.last_day_before(at)));
        let give: Vec<_> = plan.give.iter().map(|give| (&give.staff, last(give.due_at))).collect();
        let is_late = |because: &Because| matches!(because, Because::Late { .. });
        let late = plan.give.iter().filter(|give| is_late(&give.because));
        let late: Vec<_> = late.map(|give| (&give.staff, last(give.due_at))).collect();
        let release: Vec<_> = plan.release.iter().map(|(staff, ..)| (staff, None)).collect();
        let back: Vec<_> = plan.take_back.iter().map(|(staff, _)| (staff, None)).collect();
        let validity = plan.moves.iter().filter_map(|moved| Some((&moved.staff, last(moved.valid_until?))));
        let validity: Vec<_> = validity.collect();
        let path = draft_path(&self.row.id);
        let requirement = &self.requirement;
        Ok(DryRun {
            title: requirement.title_in(lang).to_owned(),
            changes: self.changes.is_some(),
            whom: words::audience(conn, visitor.lang, &self.draft.rule.whom).await?,
            cycle: words::cycle(&self.draft.rule, requirement.fiscal_year, lang),
            opens: day(self.draft.opens),
            due: day(self.draft.due),
            later: self.later,
            give: self.planned(conn, visitor, &give).await?,
            late: self.planned(conn, visitor, &late).await?,
            release: self.planned(conn, visitor, &release).await?,
            take_back: self.planned(conn, visitor, &back).await?,
            validity: self.planned(conn, visitor, &validity).await?,
            stale,
            version: self.row.version,
            seen: self.seen(),
            action: format!("{path}/dry-run"),
            edit: path.clone(),
            discard: format!("{path}/discard"),
        })
    }

    async fn planned(
        &self,
        conn: &mut Conn,
        visitor: &Visitor,
        people: &[(&StaffId, Option<kokoroe_app::Day>)],
    ) -> Result<Planned, DbError> {
        let mut first = Vec::new();
        for (id, day) in people.iter().take(NAMED) {
            let Some(person) = staff(conn, id).await? else { continue };
            let place = self.everybody.people.iter().find(|who| who.staff == **id);
            first.push(PlannedPerson {
                name: display_name(&person.family, &person.given, &person.roman, visitor.lang),
                number: person.staff_no,
                department: place.and_then(|who| who.places.first()).map(|place| place.name.clone()),
                day: *day,
            });
        }
        first.sort_by(|a, b| a.number.cmp(&b.number));
        Ok(Planned { people: u32::try_from(people.len()).unwrap_or(u32::MAX), first })
    }
}

/// The page. Changes nothing.
pub(super) async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    _office: Office,
    Path(id): Path<String>,
) -> Answer {
    let mut conn = site.db.read().await?;
    let run = Run::load(&site, &mut conn, &id).await?;
    answer(&site, &mut conn, &visitor, &run, false).await
}

async fn answer(
    site: &Site,
    conn: &mut Conn,
    visitor: &Visitor,
    run: &Run,
    stale: bool,
) -> Result<Response, Problem> {
    let view = run.view(conn, visitor, site.calendar(), stale).await?;
    let status = if stale { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok(page_with_status(site, visitor, status, view))
}

/// Does what was shown, if it is still so.
pub(super) async fn submit(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let mut conn = site.db.read().await?;
    let run = Run::load(&site, &mut conn, &id).await?;
    if form.text("version") != run.row.version.to_string() || form.text("seen") != run.seen() {
        return answer(&site, &mut conn, &visitor, &run, true).await;
    }
    let code = code(&mut conn, &run.requirement).await?;
    drop(conn);
    let Run { row, draft, changes, requirement, everybody, plan, later } = run;
    let by = office.0.staff.clone();
    let requirement = match changes {
        Some(_) => requirement,
        None => Requirement { code, ..requirement },
    };
    let (inner, written, modules) = (site.clone(), requirement.clone(), draft.modules.clone());
    let changed = changes.is_some();
    let done: Result<(), DbError> = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let at = hold(tx, &inner.ledger, &inner.clock).await?;
                store::draft::drop_draft(tx, &row.id, row.version).await?;
                if changed {
                    let d = json!({ "rule": written.rule });
                    let entry = Entry {
                        kind: Kind::REQUIREMENT_CHANGE,
                        at,
                        actor: by.as_str(),
                        obj: written.id.as_str(),
                        req: None,
                        d,
                    };
                    let leaf = append(tx, &inner.ledger, entry).await?;
                    store::add_change(tx, &written.id, &written.rule, &by, at, leaf).await
                } else {
                    let tracks = &inner.content.catalogue.course.tracks;
                    let lists = match &modules {
                        _ if written.is_signature() => Vec::new(),
                        chosen if chosen.is_empty() => track::lists(tracks),
                        chosen => track::one_list(chosen),
                    };
                    year::open(tx, &inner.ledger, &inner.clock, &written, &lists, by.as_str()).await
                }
            })
        })
        .await;
    done?;
    let to = requirement_path(&requirement.id);
    if later {
        return Ok(see_other(&to));
    }
    follow_confirmed(site, requirement, plan, everybody, office.0.staff.to_string()).await?;
    Ok(see_other(&to))
}

/// A short name that no other requirement has.
async fn code(conn: &mut Conn, requirement: &Requirement) -> Result<String, DbError> {
    let base = format!("{}-{}", requirement.course, requirement.fiscal_year);
    let taken: Vec<String> = store::requirements(conn).await?.into_iter().map(|each| each.code).collect();
    let next = (2..).map(|number| format!("{base}-{number}")).find(|code| !taken.contains(code));
    Ok(next.unwrap_or(base))
}

/// Throws a draft away.
pub(super) async fn discard(
    State(site): State<Site>,
    _visitor: Visitor,
    _office: Office,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let mut conn = site.db.read().await?;
    let (row, ..) = form::find(&mut conn, &id).await?;
    drop(conn);
    if form.text("version") != row.version.to_string() {
        return Ok(see_other(&format!("{}/dry-run", draft_path(&row.id))));
    }
    let dropped: Result<(), DbError> = site
        .db
        .write(move |tx| Box::pin(async move { store::draft::drop_draft(tx, &row.id, row.version).await }))
        .await;
    dropped?;
    Ok(see_other(paths::REQUIREMENTS))
}
