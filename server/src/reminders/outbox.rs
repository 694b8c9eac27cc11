//! The worker that hands waiting mail to the mail server.
//!
//! A mail is leased, sent, and marked as sent. Whoever dies in between leaves a lease that ends, and the mail is sent again under the same
//! Message-ID: at least once, never silently not at all. Between leasing and sending it is asked once more whether it is still wanted.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use super::post::Mailer;
use super::store::{self, Mail, MailKind, NewMail};
use crate::db::{Conn, DbError};
use crate::id::StaffId;
use crate::jobs::Beat;
use crate::people::{staff, store::role};
use crate::reports::store::{Instant, history};
use crate::requirements::store::period;
use crate::state::Site;

/// How often it looks.
const TICK: Duration = Duration::from_secs(30);
/// How many mails it hands over in one go: a hundred a minute do not alarm a hospital's mail server.
const AT_ONCE: usize = 50;
/// How long a mail belongs to whoever is sending it.
const LEASE: TimeDelta = TimeDelta::minutes(5);
/// How often a mail is tried before it is given up and shown to the training office.
pub const TRIES: i64 = 8;
/// The first pause after a refusal; each further one is four times as long.
const FIRST_PAUSE: TimeDelta = TimeDelta::minutes(5);
/// The longest pause: eight tries take more than two days, a weekend of a broken server.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(12);
/// How long names and addresses stay in mails that were sent.
const KEPT: TimeDelta = TimeDelta::days(90);

/// Writes mails down that are decided, each at most once. Gives how many were new.
///
/// # Errors
/// When the database fails; what was written until then stays.
pub(super) async fn write_down(site: &Site, mails: Vec<NewMail>) -> Result<u64, DbError> {
    let mut written = 0;
    for mail in mails {
        let added: Result<bool, DbError> =
            site.db.write(move |tx| Box::pin(async move { store::add_mail(tx, &mail).await })).await;
        written += u64::from(added?);
    }
    Ok(written)
}

/// Looks again and again until it is told to stop. Without a mail server it has nothing to do.
pub async fn watch(site: Site, told: watch::Receiver<bool>) {
    let mailer = match Mailer::of(&site.hospital, &site.config.data) {
        Ok(Some(mailer)) => mailer,
        Ok(None) => return,
        Err(error) => {
            tracing::error!(%error, "no mail is sent");
            return;
        }
    };
    let mut beat = Beat::every(TICK, told);
    while beat.next().await {
        match work(&site, &mailer).await {
            Ok(0) => {}
            Ok(mails) => tracing::info!(mails, "mail was handed over"),
            Err(error) => tracing::error!(%error, "mail was not handed over"),
        }
    }
}

/// Hands over what waits, as far as this is no quiet hour and the server takes it. Gives how many it took.
///
/// # Errors
/// When the database fails; what was handed over until then may be handed over again.
pub async fn work(site: &Site, mailer: &Mailer) -> Result<u32, DbError> {
    let quiet = super::quiet(&site.hospital);
    let mut sent = 0;
    for _ in 0..AT_ONCE {
        let now = site.now();
        if site.is_stopping() || !quiet.allows(now, site.calendar()) {
            break;
        }
        let claimed: Result<Option<Mail>, DbError> =
            site.db.write(move |tx| Box::pin(async move { store::claim(tx, now, now + LEASE).await })).await;
        let Some(mail) = claimed? else { break };
        let Some(mail) = still_wanted(site, mail, now).await? else { continue };
        match mailer.send(&mail).await {
            Ok(()) => {
                let (id, at) = (mail.id.clone(), site.now());
                let marked: Result<(), DbError> = site
                    .db
                    .write(move |tx| Box::pin(async move { store::mark_sent(tx, &id, at).await }))
                    .await;
                marked?;
                sent += 1;
            }
            Err(refusal) => {
                // The address is somebody's: the log names the mail.
                tracing::warn!(mail = %mail.id, attempts = mail.attempts, error = %refusal, "a mail was not taken");
                let unreachable = refusal.unreachable;
                put_off(site, &mail, refusal.for_good, refusal.words).await?;
                if unreachable {
                    break;
                }
            }
        }
    }
    Ok(sent)
}

async fn put_off(site: &Site, mail: &Mail, for_good: bool, error: String) -> Result<(), DbError> {
    let (id, attempts, now) = (mail.id.clone(), mail.attempts, site.now());
    site.db
        .write(move |tx| {
            Box::pin(async move {
                if for_good || attempts >= TRIES {
                    store::give_up(tx, &id, now, &error).await
                } else {
                    store::later(tx, &id, now + pause(attempts), &error).await
                }
            })
        })
        .await
}

/// How long to wait after so many tries.
fn pause(attempts: i64) -> TimeDelta {
    (1..attempts).fold(FIRST_PAUSE, |pause, _| (pause * 4).min(LONGEST_PAUSE))
}

/// The mail with the address of today, unless what it says no longer holds.
async fn still_wanted(site: &Site, mail: Mail, now: DateTime<Utc>) -> Result<Option<Mail>, DbError> {
    let mut conn = site.db.read().await?;
    let address =
        staff::staff(&mut conn, &mail.staff_id).await?.map(|person| person.mail).unwrap_or_default();
    let holds = match (mail.kind, &mail.period_id) {
        (MailKind::Digest, _) => holds_role(&mut conn, site, &mail.staff_id, "manager", now).await?,
        (MailKind::Checkpoint, _) => holds_role(&mut conn, site, &mail.staff_id, "auditor", now).await?,
        (MailKind::Reminder, Some(id)) => match period(&mut conn, id).await? {
            Some(period) => {
                let instant = Instant::new(now, site.calendar());
                history(&mut conn, &mail.staff_id, instant)
                    .await?
                    .iter()
                    .any(|row| row.period_id == period.id && is_open(row))
            }
            None => false,
        },
        (MailKind::Reminder, None) => false,
    };
    drop(conn);
    if holds && !address.is_empty() {
        return Ok(Some(Mail { address, ..mail }));
    }
    let withdrawn: Result<(), DbError> =
        site.db.write(move |tx| Box::pin(async move { store::withdraw(tx, &mail.id, now).await })).await;
    withdrawn?;
    Ok(None)
}

async fn holds_role(
    conn: &mut Conn,
    site: &Site,
    staff: &StaffId,
    wanted: &str,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let found = role::in_force(conn, staff, now, site.calendar().date(now)).await?;
    Ok(found.is_some_and(|(_, roles)| roles.iter().any(|role| role.role == wanted)))
}

fn is_open(row: &crate::reports::store::HistoryRow) -> bool {
    super::decide::is_open(row.status(), row.facts())
}

/// Empties mails that were sent long ago: they hold names and addresses. What was sent when, and why, stays.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut crate::db::Tx, now: DateTime<Utc>) -> Result<u64, DbError> {
    store::forget(tx, now - KEPT).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_outlast_a_weekend() {
        let pauses: Vec<TimeDelta> = (1..TRIES).map(pause).collect();
        assert!(pauses.windows(2).all(|pair| pair.first() <= pair.get(1)));
        assert_eq!(pauses.first(), Some(&FIRST_PAUSE));
        assert_eq!(pauses.last(), Some(&LONGEST_PAUSE));
        let all = pauses.iter().fold(TimeDelta::zero(), |sum, pause| sum + *pause);
        assert!(all > TimeDelta::days(1) + TimeDelta::hours(12), "{all}");
    }
}
