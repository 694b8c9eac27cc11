//! Sessions: the layer that finds out who is asking, and the rotation of the refresh token.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use chrono::{DateTime, TimeDelta, Utc};
use http::header::ACCEPT_LANGUAGE;
use http::{HeaderMap, HeaderName};
use kokoroe_app::{Lang, TextSize, paths};

use super::caller;
use super::cookie::Cookie;
use super::looks::Looks;
use super::store::{self, NewSession, SessionRow};
use super::{secret, token};
use crate::db::{DbError, Tx};
use crate::http::{Problem, Signed, Visitor, page_of, problem, see_other, url_encode};
use crate::id::{SessionId, StaffId};
use crate::people::store::role::{self, InForce};
use crate::people::store::staff::Staff;
use crate::state::Site;

/// Minutes after which a shared PC covers its screen.
pub const SHARED_LOCK_MINUTES: u16 = 10;

/// A sign of life is noted once in so long. What was noted last may be older than the last key by as much, so the lock waits as much
/// longer: the screen is covered first, and nobody's answer meets a lock that they could not see.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(1);

/// Minutes without a request after which a session on a shared PC ends.
const SHARED_IDLE_MINUTES: i64 = 30;
/// The same on somebody's own device.
const OWN_IDLE_MINUTES: i64 = 12 * 60;
/// How long a session lasts at most.
const SHARED_LIFE: TimeDelta = TimeDelta::hours(12);
const OWN_LIFE: TimeDelta = TimeDelta::days(7);
/// Two tabs, or an answer that got lost: a used refresh token still gives its one successor for so long.
const GRACE: TimeDelta = TimeDelta::seconds(20);

/// What the browser keeps of a session.
#[derive(Debug)]
pub struct Pass {
    /// Access token.
    pub access: String,
    /// Refresh token.
    pub refresh: String,
}

/// Opens a session for somebody who has just proved who they are.
///
/// # Errors
/// When the database or the signing fails.
pub async fn open(site: &Site, tx: &mut Tx, staff: &StaffId, shared: bool) -> Result<Pass, DbError> {
    let now = site.now();
    let id = SessionId::new(&site.clock);
    let (idle_minutes, life) =
        if shared { (SHARED_IDLE_MINUTES, SHARED_LIFE) } else { (OWN_IDLE_MINUTES, OWN_LIFE) };
    store::open_session(
        tx,
        NewSession { id: &id, staff_id: staff, now, ends_at: now + life, idle_minutes, shared },
    )
    .await?;
    let refresh = secret::token();
    store::add_refresh(tx, &secret::fingerprint(&refresh), &id, now).await?;
    Ok(Pass { access: issue(site, &id, staff, now)?, refresh })
}

fn issue(site: &Site, id: &SessionId, staff: &StaffId, now: DateTime<Utc>) -> Result<String, DbError> {
    site.keys
        .issue(id, staff, now)
        .map_err(|error| DbError::Setup(format!("a token could not be signed: {error}")))
}

/// Puts the cookies of a session on an answer. They end with the browser, not with the clock: the row decides.
pub fn hand_over(site: &Site, headers: &mut HeaderMap, pass: &Pass) {
    Cookie::Access.set(headers, &site.config.origin, &pass.access, None);
    Cookie::Refresh.set(headers, &site.config.origin, &pass.refresh, None);
}

/// Takes the cookies away and asks the browser to forget what it kept.
pub fn take_back(site: &Site, headers: &mut HeaderMap) {
    Cookie::Access.clear(headers, &site.config.origin);
    Cookie::Refresh.clear(headers, &site.config.origin);
    headers.insert(
        HeaderName::from_static("clear-site-data"),
        http::HeaderValue::from_static("\"cache\", \"storage\""),
    );
}

/// Finds out who is asking and puts a [`Visitor`] on the request and, for the problem pages, on the answer.
pub async fn layer(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let id = crate::id::request_id();
    let path = request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::from([127, 0, 0, 1]), |info| info.0.ip());
    let caller = caller::of(&site.config.trusted_proxies, peer, request.headers());
    request.extensions_mut().insert(caller);
    let asset = path.starts_with("/assets/") || path == "/healthz" || path == "/readyz";
    let found = if asset { Ok(Found::default()) } else { find(&site, request.headers()).await };
    // A database that cannot answer is not a person who is not signed in: nobody is sent away over it.
    let (found, trouble) = match found {
        Ok(found) => (found, None),
        Err(error) => (Found::default(), Some(Problem::from(error))),
    };
    let visitor = visitor(request.headers(), &site, &found, path, id);
    request.extensions_mut().insert(visitor.clone());
    let mut response = match trouble {
        // Here already: the layer that makes a page of a refusal lies further inside.
        Some(problem) => {
            problem::told(&site, &visitor, request.method().is_safe(), problem.status(), &problem)
        }
        None if found.is_locked() && !is_open_while_locked(request.uri().path()) => {
            // A form that was sent to a locked screen is not taken, and the locked screen says so.
            let unsent = if request.method().is_safe() { "" } else { "&unsent=1" };
            let back = url_encode(page_of(&visitor.path));
            see_other(&format!("{}?return_to={back}{unsent}", paths::LOCK))
        }
        None => next.run(request).await,
    };
    // A handler that signed the person out, or in anew, has the last word.
    if !Cookie::Refresh.is_set(response.headers(), &site.config.origin) {
        if let Some(pass) = &found.renewed {
            hand_over(&site, response.headers_mut(), pass);
        } else if found.worthless {
            Cookie::Access.clear(response.headers_mut(), &site.config.origin);
            Cookie::Refresh.clear(response.headers_mut(), &site.config.origin);
        }
    }
    response.extensions_mut().insert(visitor);
    response
}

#[derive(Default)]
struct Found {
    session: Option<Session>,
    renewed: Option<Pass>,
    /// The browser sent a token that is worth nothing.
    worthless: bool,
}

impl Found {
    fn is_locked(&self) -> bool {
        self.session.as_ref().is_some_and(|session| session.locked)
    }
}

/// What a locked screen may still ask for.
fn is_open_while_locked(path: &str) -> bool {
    path.starts_with("/assets/")
        || [paths::LOCK, paths::SIGN_OUT, "/signed-out", paths::LANGUAGE].contains(&path)
}

async fn find(site: &Site, headers: &HeaderMap) -> Result<Found, DbError> {
    let origin = &site.config.origin;
    let now = site.now();
    let named = Cookie::Access.read(headers, origin).and_then(|token| site.keys.session(token, now));
    match (named, Cookie::Refresh.read(headers, origin)) {
        (Some((id, staff)), _) => {
            let session = load(site, &id, &staff).await?;
            Ok(Found { worthless: session.is_none(), session, ..Found::default() })
        }
        (None, Some(refresh)) => renew(site, refresh).await,
        (None, None) => Ok(Found::default()),
    }
}

/// A session that holds, and whose it is.
struct Session {
    row: SessionRow,
    person: Staff,
    roles: Vec<InForce>,
    /// The screen waits for the password.
    locked: bool,
}

async fn load(site: &Site, id: &SessionId, staff: &StaffId) -> Result<Option<Session>, DbError> {
    let now = site.now();
    let mut conn = site.db.read().await?;
    let Some(row) = store::session(&mut conn, id.as_str()).await? else { return Ok(None) };
    let today = site.calendar().date(now);
    let idle = now - row.last_seen_at > TimeDelta::minutes(row.idle_minutes);
    if row.staff_id != *staff || idle || now >= row.ends_at {
        return Ok(None);
    }
    let found = role::in_force(&mut conn, staff, now, today).await?;
    drop(conn);
    let Some((person, roles)) = found.filter(|(person, _)| person.is_staff_on(today)) else {
        return Ok(None);
    };
    let quiet = now - row.last_seen_at;
    let alone = TimeDelta::minutes(i64::from(SHARED_LOCK_MINUTES)) + NOTED_EVERY;
    let locked = row.locked_at.is_some() || (row.shared && quiet > alone);
    if quiet > NOTED_EVERY && !locked {
        let id = row.id.clone();
        let seen: Result<(), DbError> =
            site.db.write(move |tx| Box::pin(async move { store::seen(tx, &id, now).await })).await;
        if let Err(error) = seen {
            // The next request notes it; this one is answered all the same.
            tracing::warn!(%error, "a sign of life was not noted");
        }
    }
    Ok(Some(Session { row, person, roles, locked }))
}

/// What presenting a refresh token led to.
enum Presented {
    Successor(SessionId),
    Replayed(SessionId),
    Unknown,
}

async fn renew(site: &Site, refresh: &str) -> Result<Found, DbError> {
    let now = site.now();
    let hash = secret::fingerprint(refresh);
    let successor = site.keys.successor(refresh);
    let child = secret::fingerprint(&successor);
    {
        // Whatever anybody may send is looked up before it is allowed to wait for the writer.
        let mut conn = site.db.read().await?;
        if store::refresh(&mut conn, &hash).await?.is_none() {
            return Ok(Found { worthless: true, ..Found::default() });
        }
    }
    let presented = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let first = store::use_refresh(tx, &hash, now).await?;
                let Some((session, used_at)) = store::refresh(tx, &hash).await? else {
                    return Ok(Presented::Unknown);
                };
                if first || used_at.is_some_and(|at| now - at <= GRACE) {
                    store::add_refresh(tx, &child, &session, now).await?;
                    return Ok::<_, DbError>(Presented::Successor(session));
                }
                // An old token is presented again: either side may be the thief, so the whole family ends (RFC 9700 §4.14).
                store::revoke_session(tx, &session, now).await?;
                Ok(Presented::Replayed(session))
            })
        })
        .await?;
    match presented {
        Presented::Unknown => Ok(Found { worthless: true, ..Found::default() }),
        Presented::Replayed(session) => {
            tracing::warn!(%session, "a used refresh token came back; the session was ended");
            Ok(Found { worthless: true, ..Found::default() })
        }
        Presented::Successor(session) => {
            let mut conn = site.db.read().await?;
            let Some(row) = store::session(&mut conn, session.as_str()).await? else {
                return Ok(Found { worthless: true, ..Found::default() });
            };
            drop(conn);
            let found = load(site, &session, &row.staff_id).await?;
            let renewed = match &found {
                Some(_) => {
                    Some(Pass { access: issue(site, &session, &row.staff_id, now)?, refresh: successor })
                }
                None => None,
            };
            Ok(Found { worthless: found.is_none(), session: found, renewed })
        }
    }
}

fn visitor(headers: &HeaderMap, site: &Site, found: &Found, path: String, request: String) -> Visitor {
    let asked = Cookie::Language
        .read(headers, &site.config.origin)
        .and_then(Lang::from_tag)
        .or_else(|| accepted(headers));
    let row = found.session.as_ref().map(|session| &session.row);
    let lang = row.and_then(|row| row.lang.as_deref()).and_then(Lang::from_tag).or(asked).unwrap_or_default();
    let looks = match row {
        Some(row) => Looks {
            furigana: row.furigana.unwrap_or(false),
            easy: row.easy.unwrap_or(false),
            text_size: row.text_size.as_deref().and_then(TextSize::from_code).unwrap_or_default(),
            calm: row.calm.unwrap_or(false),
        },
        None => Cookie::Looks.read(headers, &site.config.origin).map(Looks::read).unwrap_or_default(),
    };
    Visitor {
        lang,
        furigana: looks.furigana,
        easy: looks.easy,
        text_size: looks.text_size,
        calm: looks.calm,
        signed: found.session.as_ref().map(|session| Arc::new(signed(session))),
        ended: found.worthless,
        path,
        request,
    }
}

fn signed(session: &Session) -> Signed {
    let Session { row, person, roles, locked } = session;
    Signed {
        session: row.id.clone(),
        staff: row.staff_id.clone(),
        number: person.staff_no.clone(),
        family: person.family.clone(),
        given: person.given.clone(),
        roman: person.roman.clone(),
        profession: person.profession.clone(),
        shared: row.shared,
        locked: *locked,
        manages: roles
            .iter()
            .filter(|grant| grant.role == "manager")
            .filter_map(|grant| grant.department_id.clone().zip(grant.path.clone()))
            .collect(),
        deputy: roles.iter().filter(|grant| grant.role == "manager").all(|grant| grant.deputy),
        office: roles.iter().any(|grant| grant.role == "office"),
        auditor: roles.iter().any(|grant| grant.role == "auditor"),
    }
}

/// The first language of the browser that we speak.
fn accepted(headers: &HeaderMap) -> Option<Lang> {
    let header = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
    header.split(',').find_map(|part| Lang::from_tag(part.trim().get(..2)?))
}

/// The session that is asked for again its password has given it.
///
/// # Errors
/// When the database fails.
pub async fn reauthenticated(tx: &mut Tx, session: &SessionId, now: DateTime<Utc>) -> Result<(), DbError> {
    store::reauthenticated(tx, session, now).await
}

/// Somebody is there.
///
/// # Errors
/// When the database fails.
pub async fn seen(tx: &mut Tx, session: &SessionId, now: DateTime<Utc>) -> Result<(), DbError> {
    store::seen(tx, session, now).await
}

/// Locks the screen of one session until its password is given.
///
/// # Errors
/// When the database fails.
pub async fn lock(tx: &mut Tx, session: &SessionId, now: DateTime<Utc>) -> Result<(), DbError> {
    store::lock(tx, session, now).await
}

/// Ends one session.
///
/// # Errors
/// When the database fails.
pub async fn end(tx: &mut Tx, session: &SessionId, now: DateTime<Utc>) -> Result<(), DbError> {
    store::revoke_session(tx, session, now).await
}

/// Seconds for which an access token is good, for tests that wait it out.
#[must_use]
pub const fn access_seconds() -> i64 {
    token::ACCESS_MINUTES * 60
}
