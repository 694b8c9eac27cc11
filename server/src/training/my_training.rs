//! 「わたしの研修」: what I owe, by when, and one way on.

use axum::extract::State;
use chrono::{DateTime, Utc};
use kokoroe_app::day::Day;
use kokoroe_app::training::{
    CertificateLine, Due, ModuleRow, ModuleState, MyTraining, Owed, ReplyLine, SignRow, TrackOf, TrackReason,
    YearLine,
};
use kokoroe_app::ui::status::Status as StatusView;

use super::because::because;
use super::overview::{self, ModuleStanding, Overview, SIGNING_MINUTES};
use super::translate::{Translator, day};
use super::{asked_question, recall, store};
use crate::db::{Conn, DbError};
use crate::http::{Answer, Learner, Visitor, page};
use crate::id::StaffId;
use crate::policies::in_force;
use crate::reminders;
use crate::requirements::office::ask;
use crate::requirements::period::Reason;
use crate::requirements::status::Status;
use crate::requirements::store::{self as requirements, Period};
use crate::requirements::track::Fit;
use crate::state::Site;

/// The first page of everybody.
pub async fn show(State(site): State<Site>, visitor: Visitor, Learner(signed): Learner) -> Answer {
    let words = Translator::new(&site, &visitor);
    let mut conn = site.db.read().await?;
    in_force(&site, &mut conn).await?;
    let now = site.now();
    let this_year = site.calendar().fiscal_year(now);
    let mut finished = Vec::new();
    let mut view = MyTraining { name: signed.name(visitor.lang), ..MyTraining::default() };
    for period in requirements::periods_of(&mut conn, &signed.staff).await? {
        let overview = Overview::load(&site, &mut conn, period).await?;
        if overview.corrected.is_some() {
            view.earlier.push(year_line(&site, &mut conn, words, &overview).await?);
            continue;
        }
        let ended = overview.modules.iter().filter_map(|(_, attempt)| attempt.clone());
        let ended = ended.filter(|attempt| attempt.finished_at.is_some());
        finished.extend(ended.map(|attempt| (overview.period.clone(), attempt)));
        // The receipt of a signature is no certificate; it stands with what was asked.
        if let Some(completion) =
            overview.completion.as_ref().filter(|_| !overview.requirement.is_signature())
        {
            view.certificates.push(CertificateLine {
                number: completion.number.clone(),
                title: title(words, &overview),
                completed: day(site.calendar().date(completion.dated())),
                href: format!("/certificates/{}", completion.number),
            });
        }
        // What is still owed stays on this page when the year turns.
        let open = overview.completion.is_none() && overview.status.has_to_act();
        let present = overview.requirement.fiscal_year >= this_year || open;
        if open && let Some(lost) = lost_since(&site, overview.requirement.opens_at) {
            view.lost = view.lost.max(Some(lost));
        }
        if present && overview.requirement.opens_at <= now {
            let modules = overview::modules(&site, &mut conn, words, &overview).await?;
            view.next = view.next.or_else(|| overview::next(&site, words, &overview, &modules));
            let owed = owed(&site, &mut conn, words, &overview, &modules).await?;
            view.owed.push(owed);
        } else if !present {
            view.earlier.push(year_line(&site, &mut conn, words, &overview).await?);
        }
    }
    view.replies = replies(&site, &mut conn, words, &signed.staff).await?;
    view.recall =
        overview::small(recall::deck::waiting(&site, &mut conn, &signed.staff, finished).await?.len());
    view.notice = reminders::shown_at_sign_in(&site, &mut conn, visitor.lang, &signed.staff).await?;
    drop(conn);
    let owes = view.owed.iter().any(|owed| !owed.status.is_settled());
    view.calendar = owes.then(|| reminders::CALENDAR.to_owned());
    view.certificates.truncate(3);
    view.earlier.truncate(3);
    Ok(page(&site, &visitor, view))
}

/// When records were lost last, if a completion of what opened at an instant may have been among them.
fn lost_since(site: &Site, opens_at: DateTime<Utc>) -> Option<Day> {
    let at = site.ledger.recoveries().last()?.at;
    (at >= opens_at).then(|| day(site.calendar().date(at)))
}

/// How many replies stand on the page.
const REPLIES: i64 = 3;

/// What the training office replied to what the person could not agree with.
async fn replies(
    site: &Site,
    conn: &mut Conn,
    words: Translator<'_>,
    staff: &StaffId,
) -> Result<Vec<ReplyLine>, DbError> {
    let mut lines = Vec::new();
    for objection in store::replies_to(conn, staff, REPLIES).await? {
        let pinned = site.content.pinned(conn, &objection.revision).await?;
        let question =
            pinned.and_then(|module| asked_question::question(words, &module, &objection.place, None));
        let (Some(question), Some(reply), Some(at)) = (question, objection.reply, objection.answered_at)
        else {
            continue;
        };
        let on = day(site.calendar().date(at));
        lines.push(ReplyLine { ask: question.ask, words: objection.words, reply, on });
    }
    Ok(lines)
}

/// The title of a requirement with its year.
#[must_use]
pub fn title(words: Translator<'_>, overview: &Overview) -> kokoroe_app::ui::say::Words {
    words.either(&overview.requirement.title, &overview.requirement.title_en)
}

/// A due date seen from today.
#[must_use]
pub fn due(site: &Site, due_at: DateTime<Utc>) -> Due {
    let last = site.calendar().last_day_before(due_at);
    let days = (last - site.calendar().date(site.now())).num_days();
    Due { day: day(last), days_left: i32::try_from(days).unwrap_or(i32::MAX) }
}

/// A status as the page shows it.
#[must_use]
pub fn status_view(status: Status) -> StatusView {
    match status {
        Status::NotStarted => StatusView::NotStarted,
        Status::InProgress => StatusView::InProgress,
        Status::ToSign => StatusView::ToSign,
        Status::Completed => StatusView::Completed,
        Status::CompletedLate => StatusView::CompletedLate,
        Status::Overdue => StatusView::Overdue,
        Status::Retry => StatusView::Retry,
        Status::Renew => StatusView::Renew,
        Status::Expired => StatusView::Expired,
        Status::Exempt => StatusView::Exempt,
        Status::Out => StatusView::Out,
    }
}

async fn owed(
    site: &Site,
    conn: &mut Conn,
    words: Translator<'_>,
    overview: &Overview,
    modules: &[ModuleStanding],
) -> Result<Owed, DbError> {
    let attestation = store::attestation(conn, &overview.period.id).await?;
    let policy = site.content.present().policy;
    let signed = attestation.as_ref().map(|signature| day(site.calendar().date(signature.signed_at)));
    let sign = SignRow {
        title: words.words(&policy.title),
        version: overview
            .completion
            .as_ref()
            .and_then(|completion| u32::try_from(completion.policy_version).ok())
            .unwrap_or(policy.version),
        signed,
        href: (overview.progress.done_at.is_some() && signed.is_none())
            .then(|| format!("/learn/{}/sign", overview.period.id)),
    };
    let left: u16 = modules.iter().map(|module| module.left).sum();
    let counts = overview.status.counts();
    Ok(Owed {
        title: title(words, overview),
        status: status_view(overview.status),
        due: counts.then(|| due(site, overview.terms.due_at)),
        minutes_left: left + if signed.is_none() { SIGNING_MINUTES } else { 0 },
        modules: modules.iter().map(row).collect(),
        sign: Some(sign),
        because: because(site, conn, words, &overview.period, site.now()).await?,
        released_until: overview
            .released_until(site.now())
            .map(|until| day(site.calendar().last_day_before(until))),
        certificate: overview
            .completion
            .as_ref()
            .map(|completion| format!("/certificates/{}", completion.number)),
        alone: overview.requirement.is_signature(),
        exceptions: overview.status.has_to_act().then(|| ask::address(&overview.period.id)),
    })
}

fn row(module: &ModuleStanding) -> ModuleRow {
    ModuleRow {
        title: module.title.clone(),
        minutes: module.minutes,
        state: match module {
            ModuleStanding { finished: true, .. } => ModuleState::Done,
            ModuleStanding { redo: true, .. } => ModuleState::Redo,
            ModuleStanding { begun: true, left, .. } => ModuleState::InProgress(*left),
            ModuleStanding { .. } => ModuleState::NotStarted,
        },
        href: module.href.clone(),
    }
}

/// The track of a period and why it is somebody's; `None` where the requirement has one list for everybody.
///
/// # Errors
/// When the database fails.
pub async fn track(
    site: &Site,
    conn: &mut Conn,
    words: Translator<'_>,
    period: &Period,
) -> Result<Option<TrackOf>, DbError> {
    if requirements::lists(conn, &period.requirement_id).await?.len() < 2 {
        return Ok(None);
    }
    let reason = Reason::read(&period.reason).and_then(|reason| reason.fits).map(|fit| match fit {
        Fit::Manager => TrackReason::Manager,
        Fit::New => TrackReason::New,
        Fit::Profession { word } => TrackReason::Profession(word),
        Fit::Department { word } => TrackReason::Department(word),
        Fit::Everybody => TrackReason::Everybody,
    });
    Ok(Some(TrackOf { title: track_title(site, words, &period.track), reason }))
}

/// What a track is called; one that the course no longer has is called by its id.
#[must_use]
pub fn track_title(site: &Site, words: Translator<'_>, id: &str) -> String {
    let track = site.content.catalogue.course.track(id);
    track.map_or_else(|| id.to_owned(), |track| words.words(&track.title).text())
}

/// One line of the record of a person.
///
/// # Errors
/// When the database fails.
pub async fn year_line(
    site: &Site,
    conn: &mut Conn,
    words: Translator<'_>,
    overview: &Overview,
) -> Result<YearLine, DbError> {
    let mut sheets = Vec::new();
    for (id, attempt) in &overview.modules {
        let Some(attempt) = attempt else { continue };
        if let Some(module) = site.content.pinned(conn, &attempt.revision).await? {
            sheets.push((words.words(&module.title), format!("/history/{}/{id}", overview.period.id)));
        }
    }
    Ok(YearLine {
        year: i32::try_from(overview.requirement.fiscal_year).unwrap_or(0),
        title: title(words, overview),
        status: status_view(overview.status),
        completed: overview.completion.as_ref().map(|c| day(site.calendar().date(c.dated()))),
        policy_version: overview.completion.as_ref().and_then(|c| u32::try_from(c.policy_version).ok()),
        corrected: overview.corrected.map(|at| day(site.calendar().date(at))),
        signed: None,
        certificate: overview.completion.as_ref().map(|c| format!("/certificates/{}", c.number)),
        alone: overview.requirement.is_signature(),
        sheets,
    })
}
