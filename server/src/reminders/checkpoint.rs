//! The auditors' one mail a day: the newest checkpoint of the evidence log. A copy that lies in a mailbox is out of reach of whoever runs the
//! server, and shows for ever what the records were that morning.

use chrono::{DateTime, Utc};
use kokoroe_app::Lang;

use super::decide::Desk;
use super::store::{self, MailKind, NewMail};
use super::{outbox, words};
use crate::account::store::language;
use crate::audit::store::{heads, newest_checkpoint_by};
use crate::db::{Conn, DbError};
use crate::id::MailId;
use crate::people::{role, staff};
use crate::state::Site;

/// Writes this morning's mail to every auditor with an address, for each log that has grown since their last one. Can be run again
/// without harm, on several servers too: what is sent is the newest checkpoint *of this morning*, whoever asks and however often. Gives
/// how many were written.
///
/// # Errors
/// When the database fails; what was written until then stays.
pub async fn run(site: &Site) -> Result<u64, DbError> {
    let desk = Desk::of(site);
    let now = site.now();
    let morning = desk.quiet.morning(desk.calendar.date(now), desk.calendar);
    if !desk.mail || now < morning || !desk.quiet.allows(now, desk.calendar) {
        return Ok(0);
    }
    let mut conn = site.db.read().await?;
    let mails = mails(&mut conn, site, &desk, morning).await?;
    drop(conn);
    outbox::write_down(site, mails).await
}

async fn mails(
    conn: &mut Conn,
    site: &Site,
    desk: &Desk,
    morning: DateTime<Utc>,
) -> Result<Vec<NewMail>, DbError> {
    let today = desk.calendar.date(site.now());
    let mut mails = Vec::new();
    for head in heads(conn).await? {
        let log = &head.log_id;
        let Some(newest) = newest_checkpoint_by(conn, log, morning).await? else { continue };
        // What this key did not sign is not spread; the check of the log tells of it.
        let Ok(signed) = site.signer.keys().open(newest.note.as_bytes()) else { continue };
        for auditor in role::auditors(conn).await? {
            let key = format!("checkpoint/{auditor}/{log}/{}", signed.size);
            if store::has(conn, &key).await? {
                continue;
            }
            let person = staff::staff(conn, &auditor).await?.filter(|person| person.is_staff_on(today));
            let Some(person) = person.filter(|person| !person.mail.is_empty()) else { continue };
            let lang =
                language(conn, &auditor).await?.as_deref().and_then(Lang::from_tag).unwrap_or_default();
            let about = words::Signed {
                log: &signed.origin,
                size: signed.size,
                root: &signed.root.to_base64(),
                note: &newest.note,
                hospital: desk.hospital.name(lang),
                help: desk.hospital.help(lang),
            };
            let (subject, body) = words::checkpoint(&about, lang);
            mails.push(NewMail {
                id: MailId::new(&desk.clock),
                message_id: desk.message_id(&key),
                key,
                kind: MailKind::Checkpoint,
                staff_id: auditor,
                period_id: None,
                address: person.mail,
                subject,
                body,
                at: site.now(),
            });
        }
    }
    Ok(mails)
}
