//! Asking for an exception: the person themselves, whoever manages them, or the training office.

use axum::extract::{Path, State};
use http::StatusCode;
use kokoroe_app::requirements::{AskError, ExceptionAsk, ExceptionKind, ExceptionLine, ExceptionState};
use kokoroe_app::{Lang, paths, say};

use super::words;
use crate::db::{Conn, DbError};
use crate::http::query::QueryFields;
use crate::http::{
    Answer, Form, Learner, NoDay, Problem, Signed, Visitor, page, page_with_status, see_other,
};
use crate::id::{PeriodId, StaffId};
use crate::people::erased::refuse_erased;
use crate::reports::store::person;
use crate::requirements::exception::{self, About, Kind, Refusal, Request};
use crate::requirements::store::exception::ExceptionRow;
use crate::requirements::store::{self, Requirement};
use crate::requirements::term::Terms;
use crate::state::Site;
use crate::training::store::completion;
use crate::training::translate::{day, moment};

/// The address of the form for a period.
#[must_use]
pub fn address(period: &PeriodId) -> String {
    format!("/exceptions/{period}")
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asker {
    /// The person themselves.
    Own,
    /// Somebody who manages them.
    Manager,
    /// The training office.
    Office,
}

/// A period that somebody may ask about.
struct Case {
    about: About,
    requirement: Requirement,
    asker: Asker,
}

impl Case {
    /// Not found for whoever may not ask: the two look alike.
    async fn load(site: &Site, conn: &mut Conn, signed: &Signed, id: &str) -> Result<Self, Problem> {
        let id = PeriodId::parse(id).ok_or(Problem::not_found())?;
        let about = about(site, conn, &id).await?.ok_or(Problem::not_found())?;
        let staff = &about.period.staff_id;
        let asker = if *staff == signed.staff {
            Asker::Own
        } else if signed.office {
            Asker::Office
        } else if manages(site, conn, signed, staff).await? {
            Asker::Manager
        } else {
            return Err(Problem::not_found());
        };
        let requirement =
            store::requirement(conn, &about.period.requirement_id).await?.ok_or(Problem::not_found())?;
        Ok(Self { about, requirement, asker })
    }

    /// What can be asked: a leave is told by the person or their manager, a correction by the office.
    fn kinds(&self) -> Vec<ExceptionKind> {
        match (self.about.completed, self.asker) {
            (true, Asker::Office) => vec![ExceptionKind::Correct],
            (true, Asker::Own | Asker::Manager) => Vec::new(),
            (false, _) => vec![
                ExceptionKind::Extend,
                ExceptionKind::Assist,
                ExceptionKind::Exempt,
                ExceptionKind::Leave,
            ],
        }
    }

    fn back(&self, lang: Lang) -> (String, String) {
        let staff = &self.about.period.staff_id;
        match self.asker {
            Asker::Own => (paths::HOME.to_owned(), say!(lang, "わたしの研修", "My training")),
            Asker::Manager => (
                format!("/team/people/{staff}"),
                say!(lang, "個人の受講状況", "Training status of the person"),
            ),
            Asker::Office => (
                format!("/office/people/{staff}"),
                say!(lang, "個人の受講状況", "Training status of the person"),
            ),
        }
    }
}

async fn manages(site: &Site, conn: &mut Conn, signed: &Signed, staff: &StaffId) -> Result<bool, DbError> {
    if signed.manages.is_empty() {
        return Ok(false);
    }
    let scope = signed.manages.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>().join(" ");
    Ok(person(conn, staff, &scope, site.calendar().date(site.now())).await?.is_some())
}

/// What is known of a period.
///
/// # Errors
/// When the database fails.
pub(super) async fn about(site: &Site, conn: &mut Conn, id: &PeriodId) -> Result<Option<About>, DbError> {
    let Some(period) = store::period(conn, id).await? else { return Ok(None) };
    let changes = store::terms(conn, id).await?;
    let terms = Terms::at(Terms { due_at: period.due_at, valid_until: None }, &changes, site.now());
    let corrected = store::exception::corrected(conn, id).await?.is_some();
    let completed = completion(conn, id).await?.is_some() && !corrected;
    let before = store::exception::exceptions_of(conn, id).await?;
    Ok(Some(About { period, terms, completed, before }))
}

/// The form with what was typed.
#[derive(Default)]
struct Typed<'t> {
    kind: Option<ExceptionKind>,
    words: &'t str,
    from: &'t str,
    until: &'t str,
    error: Option<AskError>,
    sent: bool,
}

async fn view(
    site: &Site,
    conn: &mut Conn,
    (visitor, signed): (&Visitor, &Signed),
    case: &Case,
    typed: Typed<'_>,
) -> Result<ExceptionAsk, DbError> {
    let lang = visitor.lang;
    let About { period, terms, before, .. } = &case.about;
    let mut lines = Vec::new();
    for row in before.iter().rev() {
        let reads = case.asker == Asker::Office || row.asked_by == signed.staff;
        lines.extend(line(site, conn, lang, row, reads, Some(&signed.staff)).await?);
    }
    Ok(ExceptionAsk {
        title: case.requirement.title_in(lang).to_owned(),
        person: match case.asker {
            Asker::Own => None,
            Asker::Manager | Asker::Office => Some(words::person_name(conn, &period.staff_id, lang).await?),
        },
        due: day(site.calendar().last_day_before(terms.due_at)),
        kinds: case.kinds(),
        chosen: typed.kind,
        words: typed.words.to_owned(),
        from: typed.from.to_owned(),
        until: typed.until.to_owned(),
        error: typed.error,
        before: lines,
        sent: typed.sent,
        action: address(&period.id),
        back: case.back(lang),
    })
}

/// Something that was asked, in words; the words of whoever asked only where `reads` says so.
///
/// # Errors
/// When the database fails.
pub(super) async fn line(
    site: &Site,
    conn: &mut Conn,
    lang: Lang,
    row: &ExceptionRow,
    reads: bool,
    reader: Option<&StaffId>,
) -> Result<Option<ExceptionLine>, DbError> {
    let Some(kind) = Kind::from_code(&row.kind).map(kind_view) else { return Ok(None) };
    let reply = row.reply.clone().unwrap_or_default();
    let by = if reader == Some(&row.asked_by) {
        None
    } else {
        Some(words::person_name(conn, &row.asked_by, lang).await?)
    };
    Ok(Some(ExceptionLine {
        kind,
        asked: moment(row.asked_at, site.calendar()),
        by,
        until: row.until_on.map(day),
        words: reads.then(|| row.words.clone()),
        state: match row.granted {
            None => ExceptionState::Waiting,
            Some(true) => ExceptionState::Granted(row.granted_until.map(day), reply),
            Some(false) => ExceptionState::Refused(reply),
        },
    }))
}

/// A kind as pages know it.
pub(super) const fn kind_view(kind: Kind) -> ExceptionKind {
    match kind {
        Kind::Exempt => ExceptionKind::Exempt,
        Kind::Extend => ExceptionKind::Extend,
        Kind::Assist => ExceptionKind::Assist,
        Kind::Leave => ExceptionKind::Leave,
        Kind::Correct => ExceptionKind::Correct,
    }
}

/// The form.
pub(super) async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Learner(signed): Learner,
    Path(id): Path<String>,
    fields: QueryFields,
) -> Answer {
    let mut conn = site.db.read().await?;
    let case = Case::load(&site, &mut conn, &signed, &id).await?;
    let sent = fields.iter().any(|(name, _)| name == "sent");
    let view = view(&site, &mut conn, (&visitor, &signed), &case, Typed { sent, ..Typed::default() }).await?;
    drop(conn);
    Ok(page(&site, &visitor, view))
}

/// Takes what is asked.
pub(super) async fn submit(
    State(site): State<Site>,
    visitor: Visitor,
    Learner(signed): Learner,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let mut conn = site.db.read().await?;
    let case = Case::load(&site, &mut conn, &signed, &id).await?;
    refuse_erased(&mut conn, &case.about.period.staff_id).await?;
    let words = form.text("words").replace("\r\n", "\n");
    let kind = Kind::from_code(form.text("kind")).filter(|kind| case.kinds().contains(&kind_view(*kind)));
    let today = site.calendar().date(site.now());
    let asked = match (kind, form.day("from"), form.day("until")) {
        (None, ..) => Err(AskError::NoKind),
        (_, Err(NoDay), _) | (_, _, Err(NoDay)) => Err(AskError::Day),
        (Some(kind), Ok(from), Ok(until)) => {
            let from = from.filter(|_| kind == Kind::Leave);
            let request = Request { kind, words: words.clone(), from, until };
            request
                .check(&case.about, today, site.calendar())
                .map(|()| request)
                .map_err(|why| error(why, &words))
        }
    };
    let request = match asked {
        Ok(request) => request,
        Err(error) => {
            let typed = Typed {
                kind: kind.map(kind_view),
                words: &words,
                from: form.text("from"),
                until: form.text("until"),
                error: Some(error),
                sent: false,
            };
            let view = view(&site, &mut conn, (&visitor, &signed), &case, typed).await?;
            return Ok(page_with_status(&site, &visitor, StatusCode::UNPROCESSABLE_ENTITY, view));
        }
    };
    drop(conn);
    let (inner, by, period) = (site.clone(), signed.staff.clone(), case.about.period.clone());
    let written: Result<(), DbError> = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                // Sent twice, it is asked once.
                let before = store::exception::exceptions_of(tx, &period.id).await?;
                let waits = |row: &ExceptionRow| row.decided_at.is_none() && row.kind == request.kind.code();
                if before.iter().any(waits) {
                    return Ok(());
                }
                exception::ask(tx, (&inner.ledger, &inner.clock), &by, &period, &request).await.map(drop)
            })
        })
        .await;
    written?;
    Ok(see_other(&format!("{}?sent=1", address(&case.about.period.id))))
}

fn error(refusal: Refusal, words: &str) -> AskError {
    match refusal {
        Refusal::Words if words.trim().is_empty() => AskError::NoWords,
        Refusal::Words => AskError::TooLong,
        Refusal::NoEnd => AskError::NoEnd,
        Refusal::Early => AskError::Early,
        Refusal::Far => AskError::Far,
        Refusal::NoStart => AskError::NoStart,
        Refusal::Again => AskError::Again,
        Refusal::State | Refusal::Own | Refusal::Decided => AskError::State,
    }
}
