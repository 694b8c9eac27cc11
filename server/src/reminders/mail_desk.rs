//! 「お知らせメールの状態」: whether mail is sent, and what was given up, for the training office.

use axum::extract::State;
use kokoroe_app::reminders::{LostMail, MailPage, MailState};

use super::{FOLLOW_UP, MAIL, post, quiet, store};
use crate::http::{Answer, Form, Office, Problem, Visitor, page, see_other};
use crate::id::MailId;
use crate::people::{display_name, staff};
use crate::state::Site;
use crate::training::translate::moment;

/// How many are listed.
const SHOWN: i64 = 100;

/// The page.
pub(super) async fn show(State(site): State<Site>, visitor: Visitor, _: Office) -> Answer {
    let lang = visitor.lang;
    let mut conn = site.db.read().await?;
    let (waiting, lost) = store::waiting(&mut conn).await?;
    let mut lines = Vec::new();
    for mail in store::failed(&mut conn, SHOWN).await? {
        let (Some(person), Some(at)) = (staff::staff(&mut conn, &mail.staff_id).await?, mail.failed_at)
        else {
            continue;
        };
        lines.push(LostMail {
            id: mail.id.to_string(),
            name: display_name(&person.family, &person.given, &person.roman, lang),
            number: person.staff_no,
            address: mail.address,
            subject: mail.subject,
            at: moment(at, site.calendar()),
            error: mail.last_error.unwrap_or_default(),
        });
    }
    drop(conn);
    let small = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    let state = match site.hospital.plain("mail.server") {
        None => MailState::None,
        Some(_) if !post::is_set(&site.hospital) => MailState::NoSender,
        Some(server) => MailState::On(server.to_owned()),
    };
    let view = MailPage {
        back: FOLLOW_UP.to_owned(),
        action: MAIL.to_owned(),
        state,
        quiet: quiet(&site.hospital).words(lang),
        waiting: small(waiting),
        lost: small(lost),
        lines,
    };
    Ok(page(&site, &visitor, view))
}

/// Lets one mail, or all of them, be tried again.
pub(super) async fn submit(State(site): State<Site>, _: Office, form: Form) -> Answer {
    let id = match form.text("mail") {
        "" => None,
        id => Some(MailId::parse(id).ok_or(Problem::not_found())?),
    };
    let now = site.now();
    let again: Result<u64, crate::db::DbError> =
        site.db.write(move |tx| Box::pin(async move { store::try_again(tx, id.as_ref(), now).await })).await;
    again?;
    Ok(see_other(MAIL))
}
