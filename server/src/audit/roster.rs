//! The roster of a requirement, as of any day, and random samples of it.

use axum::extract::{Query, State};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use kokoroe_app::audit::{AuditRoster, Choice, RosterLine, Sample};
use kokoroe_app::people::Listed;
use kokoroe_app::reports::AsOf;
use kokoroe_app::ui::{Rate, Status as StatusView};
use kokoroe_app::{Lang, paths};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::db::{Conn, DbError};
use crate::http::{Answer, Auditor, Problem, Visitor, page, query};
use crate::id::RequirementId;
use crate::people::department::{OnDay, departments_on};
use crate::people::display_name;
use crate::people::name::fold;
use crate::reports::remark;
use crate::reports::store::{Instant, Order, Page, Question, RosterRow, Scan, counts_as_one, roster};
use crate::requirements::status::Status;
use crate::requirements::store::{Requirement, requirements};
use crate::state::Site;
use crate::training::my_training::status_view;
use crate::training::translate::{day, moment};

/// People on a page.
const PAGE: i64 = 100;
/// A sample is small, or it is none.
const LARGEST_SAMPLE: usize = 500;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    requirement: String,
    #[serde(default)]
    at: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    sample: String,
    #[serde(default)]
    seed: String,
    #[serde(default)]
    page: String,
}

/// Who stood where.
pub async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    _auditor: Auditor,
    Query(asked): Query<Asked>,
) -> Answer {
    let lang = visitor.lang;
    let mut conn = site.db.read().await?;
    let all = requirements(&mut conn).await?;
    let (when, at_wrong) = instant(&asked.at, &site);
    let Some(requirement) = chosen(&all, &asked.requirement, when.instant.at)? else {
        return Ok(page(&site, &visitor, AuditRoster::without_training(when.view)));
    };
    let choices = all.iter().map(|other| choice(other, other.id == requirement.id, lang)).collect();
    let question = Question { search: fold(&asked.q), ..Question::of(requirement.id.clone(), when.instant) };
    let everybody = Question::of(requirement.id.clone(), when.instant);
    let (rate, left_out, counts) = reckon(&mut conn, &everybody).await?;
    let places = departments_on(&mut conn, when.instant.day).await?;
    let (rows, listed) = lines(&mut conn, &question, &asked).await?;
    drop(conn);
    let name = Namer { site: &site, instant: when.instant, places: &places, lang };
    let view = AuditRoster {
        requirements: choices,
        basis: requirement.basis_in(lang).to_owned(),
        at: asked.at,
        at_wrong,
        q: asked.q,
        sample: Sample { size: asked.sample, seed: asked.seed },
        as_of: when.view,
        rate,
        left_out,
        counts,
        lines: rows.iter().map(|row| name.line(row)).collect(),
        listed,
    };
    Ok(page(&site, &visitor, view))
}

pub(super) struct When {
    pub(super) instant: Instant,
    pub(super) view: AsOf,
}

/// Now, or the last moment of a past day; whether what was typed is neither.
pub(super) fn instant(typed: &str, site: &Site) -> (When, bool) {
    let (now, calendar) = (site.now(), site.calendar());
    let present = When { instant: Instant::new(now, calendar), view: AsOf::Now(moment(now, calendar)) };
    let today = calendar.date(now);
    match typed.trim().parse::<NaiveDate>() {
        Ok(asked) if asked < today => {
            let end: DateTime<Utc> = calendar.end_of(asked) - TimeDelta::microseconds(1);
            (When { instant: Instant::new(end, calendar), view: AsOf::EndOf(day(asked)) }, false)
        }
        Ok(asked) => (present, asked > today),
        Err(_) => (present, !typed.trim().is_empty()),
    }
}

/// The requirement that is asked for; when none is, the newest that had begun, or the newest of all, if there is one.
fn chosen(all: &[Requirement], asked: &str, at: DateTime<Utc>) -> Result<Option<Requirement>, Problem> {
    let found = match asked {
        "" => {
            let begun = || all.iter().filter(|each| each.opens_at <= at);
            // Whoever asks for nothing in particular is shown the training and not a signature that is asked for alone.
            begun().find(|each| !each.is_signature()).or_else(|| begun().next()).or(all.first())
        }
        id => {
            let id = RequirementId::parse(id).ok_or(Problem::not_found())?;
            Some(all.iter().find(|each| each.id == id).ok_or(Problem::not_found())?)
        }
    };
    Ok(found.cloned())
}

fn choice(requirement: &Requirement, chosen: bool, lang: Lang) -> Choice {
    let words = requirement.title_in(lang).to_owned();
    Choice { value: requirement.id.to_string(), words, chosen }
}

type Reckoning = (Rate, (u32, u32), Vec<(StatusView, u32)>);

async fn reckon(conn: &mut Conn, question: &Question) -> Result<Reckoning, DbError> {
    let mut people = [0_i64; Status::ALL.len()];
    for row in counts_as_one(conn, question).await? {
        let status = row.facts.status();
        for (sum, _) in people.iter_mut().zip(Status::ALL).filter(|(_, each)| *each == status) {
            *sum += row.people;
        }
    }
    let small = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    let counted: Vec<(Status, i64)> =
        Status::ALL.into_iter().zip(people).filter(|(_, people)| *people > 0).collect();
    let rate = crate::requirements::status::Rate::of(counted.iter().copied());
    let of = |wanted: Status| {
        small(counted.iter().filter(|(status, _)| *status == wanted).map(|(_, people)| people).sum())
    };
    Ok((
        Rate { done: small(rate.done), of: small(rate.of) },
        (of(Status::Exempt), of(Status::Out)),
        counted.iter().map(|(status, people)| (status_view(*status), small(*people))).collect(),
    ))
}

/// The people on this page: all in turn, or a sample.
async fn lines(
    conn: &mut Conn,
    question: &Question,
    asked: &Asked,
) -> Result<(Vec<RosterRow>, Listed), Problem> {
    let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let scan = Scan::Everywhere;
    if let Ok(size) = asked.sample.trim().parse::<usize>() {
        let mut rows = roster(conn, question, &scan, "all", |_| true, Order::Department, Page::WHOLE).await?;
        // Whoever knows the word can draw the same people again, and nobody can choose a word for the people it draws.
        rows.sort_by_cached_key(|row| {
            Sha256::digest(format!("{}\n{}", asked.seed, row.staff_id).as_bytes()).to_vec()
        });
        rows.truncate(size.min(LARGEST_SAMPLE));
        let listed =
            Listed { first: 1, last: small(rows.len()), of: small(rows.len()), before: None, after: None };
        return Ok((rows, listed));
    }
    let number = asked.page.parse::<i64>().unwrap_or(1).clamp(1, 1_000_000);
    let skip = (number - 1) * PAGE;
    // One more than fits tells whether there is another page.
    let part = Page { lines: PAGE + 1, skip };
    let mut rows = roster(conn, question, &scan, "all", |_| true, Order::Department, part).await?;
    let more = rows.len() as i64 > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let first = u32::try_from(skip + 1).unwrap_or(u32::MAX);
    let last = first.saturating_add(small(rows.len())).saturating_sub(1);
    let of = if more || skip > 0 { total(conn, question).await? } else { last };
    let address = |number: i64| {
        let values = [&*number.to_string(), &asked.requirement, &asked.at, &asked.q];
        query::address(paths::AUDIT_ROSTER, query::filled(["page", "requirement", "at", "q"], values))
    };
    let before = (number > 1).then(|| address(number - 1));
    Ok((rows, Listed { first, last, of, before, after: more.then(|| address(number + 1)) }))
}

async fn total(conn: &mut Conn, question: &Question) -> Result<u32, DbError> {
    let people: i64 = counts_as_one(conn, question).await?.iter().map(|row| row.people).sum();
    Ok(u32::try_from(people).unwrap_or(u32::MAX))
}

struct Namer<'a> {
    site: &'a Site,
    instant: Instant,
    places: &'a [OnDay],
    lang: Lang,
}

impl Namer<'_> {
    fn line(&self, row: &RosterRow) -> RosterLine {
        let calendar = self.site.calendar();
        let date = |at: DateTime<Utc>| day(calendar.date(at));
        let department = row
            .department_id
            .as_ref()
            .and_then(|id| self.places.iter().map(|each| &each.department).find(|each| each.id == *id));
        RosterLine {
            name: display_name(&row.family, &row.given, &row.roman, self.lang),
            kana: display_name(&row.family_kana, &row.given_kana, "", Lang::Ja),
            number: row.staff_no.clone(),
            href: format!("/audit/people/{}", row.staff_id),
            profession: row.profession.clone(),
            department: department.map(|department| department.name_in(self.lang).to_owned()),
            status: status_view(row.status()),
            due: day(calendar.last_day_before(row.due_at)),
            started: row.started().map(date),
            completed: row.completed().map(date),
            remark: remark(row, self.instant, calendar).map(|remark| remark.words(self.lang)),
        }
    }
}
