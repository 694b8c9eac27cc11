//! 声かけ記録: writing down that somebody was spoken to. A note is a fact that stays; the person can read it.

use std::collections::HashMap;

use axum::extract::{Path, State};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use http::StatusCode;
use kokoroe_app::reminders::notes::LONGEST;
use kokoroe_app::reminders::{NoteFault, Spoken, Way};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::store::{self, Note};
use crate::account::secret;
use crate::audit::{Entry, Kind, Ledger, append, hold};
use crate::db::{Conn, DbError, Tx};
use crate::http::{Answer, Form, Manager, Office, Problem, Signed, Visitor, page_with_status, see_other};
use crate::id::{FollowUpId, StaffId};
use crate::people::erased::is_erased;
use crate::reports::scope::{Scope, Tree};
use crate::reports::store::person;
use crate::reports::{office_person, team_person};
use crate::state::Site;
use crate::training::translate::day;

/// Days that a talk may lie back, or ahead.
const A_YEAR: u64 = 366;
/// How far back notes matter to a list.
const LISTED: TimeDelta = TimeDelta::days(400);

/// A form that came back, with what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteSent {
    /// The day, as typed.
    pub on: String,
    /// How.
    pub way: Option<Way>,
    /// What came of it.
    pub words: String,
    /// The next day, as typed.
    pub next: String,
    /// What is wrong.
    pub faults: Vec<NoteFault>,
}

impl NoteSent {
    /// An empty form: the talk was today.
    #[must_use]
    pub fn empty(today: NaiveDate) -> Self {
        Self { on: today.to_string(), ..Self::default() }
    }

    fn read(form: &Form, today: NaiveDate) -> Result<(NaiveDate, Way, String, Option<NaiveDate>), Self> {
        // Browsers send line ends as two characters; they count as one.
        let words = form.text("words").replace("\r\n", "\n");
        let mut sent = Self {
            on: form.text("spoken_on").to_owned(),
            way: Way::from_code(form.text("way")),
            words,
            next: form.text("next_on").to_owned(),
            faults: Vec::new(),
        };
        let on = sent.on.parse::<NaiveDate>().ok();
        let oldest = today.checked_sub_days(Days::new(A_YEAR)).unwrap_or(today);
        match on {
            None => sent.faults.push(NoteFault::Day),
            Some(on) if on > today => sent.faults.push(NoteFault::Future),
            Some(on) if on < oldest => sent.faults.push(NoteFault::TooLongAgo),
            Some(_) => {}
        }
        if sent.way.is_none() {
            sent.faults.push(NoteFault::Way);
        }
        let found = sent.words.chars().count();
        if found > LONGEST {
            sent.faults.push(NoteFault::TooLong { found });
        }
        let next = sent.next.parse::<NaiveDate>().ok();
        let latest = today.checked_add_days(Days::new(A_YEAR)).unwrap_or(today);
        match next {
            None if !sent.next.is_empty() => sent.faults.push(NoteFault::Next),
            Some(next) if on.is_some_and(|on| next <= on) || next > latest => {
                sent.faults.push(NoteFault::NextOrder);
            }
            Some(_) | None => {}
        }
        match (on, sent.way) {
            (Some(on), Some(way)) if sent.faults.is_empty() => Ok((on, way, sent.words, next)),
            _ => Err(sent),
        }
    }
}

/// A manager spoke to one of their people.
pub(super) async fn submit_of_manager(
    State(site): State<Site>,
    visitor: Visitor,
    manager: Manager,
    Path(staff): Path<String>,
    form: Form,
) -> Answer {
    let day = today(&site);
    let tree = Tree::managed(&mut site.db.read().await?, &manager, day, day).await?;
    let known = known(&site, &manager.signed, &staff, &Scope::managed(&tree).listed(&tree)).await?;
    match NoteSent::read(&form, today(&site)) {
        Ok(note) => {
            write(&site, &manager.signed, known, note).await?;
            Ok(see_other(&format!("/team/people/{staff}#notes")))
        }
        Err(sent) => {
            let view = team_person(&site, &visitor, &manager, &staff, Some(sent)).await?;
            Ok(page_with_status(&site, &visitor, StatusCode::UNPROCESSABLE_ENTITY, view))
        }
    }
}

/// Somebody of the training office spoke to somebody.
pub(super) async fn submit_of_office(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    Path(staff): Path<String>,
    form: Form,
) -> Answer {
    let known = known(&site, &office.0, &staff, &Scope::All.text()).await?;
    match NoteSent::read(&form, today(&site)) {
        Ok(note) => {
            write(&site, &office.0, known, note).await?;
            Ok(see_other(&format!("/office/people/{staff}#notes")))
        }
        Err(sent) => {
            let view = office_person(&site, &visitor, &office, &staff, Some(sent)).await?;
            Ok(page_with_status(&site, &visitor, StatusCode::UNPROCESSABLE_ENTITY, view))
        }
    }
}

fn today(site: &Site) -> NaiveDate {
    site.calendar().date(site.now())
}

/// The person, if they are somebody else within the scope. Whoever is not looks like whoever does not exist.
async fn known(site: &Site, by: &Signed, staff: &str, scope: &str) -> Result<StaffId, Problem> {
    let staff = StaffId::parse(staff).filter(|staff| *staff != by.staff).ok_or(Problem::not_found())?;
    let mut conn = site.db.read().await?;
    let found = person(&mut conn, &staff, scope, today(site)).await?;
    drop(conn);
    let found = found.filter(|person| !is_erased(&person.staff_no));
    found.map(|person| person.id).ok_or(Problem::not_found())
}

async fn write(
    site: &Site,
    by: &Signed,
    staff: StaffId,
    (spoken_on, way, words, next_on): (NaiveDate, Way, String, Option<NaiveDate>),
) -> Result<(), DbError> {
    let (inner, by) = (site.clone(), by.staff.clone());
    site.db
        .write(move |tx| {
            Box::pin(async move {
                let at = hold(tx, &inner.ledger, &inner.clock).await?;
                let note = Note {
                    id: FollowUpId::new(&inner.clock),
                    staff_id: staff,
                    by_id: by,
                    spoken_on,
                    way: way.code().to_owned(),
                    words,
                    next_on,
                    made_at: at,
                };
                write_note(tx, &inner.ledger, note).await
            })
        })
        .await
}

/// Writes a note down, and that it was.
///
/// # Errors
/// When the database fails.
pub(crate) async fn write_note(tx: &mut Tx, ledger: &Ledger, note: Note) -> Result<(), DbError> {
    let newest = store::notes_of(tx, &note.staff_id, 1).await?.pop();
    if newest.is_some_and(|newest| Note { id: note.id.clone(), made_at: note.made_at, ..newest } == note) {
        // Pressed twice: the same words about the same talk say nothing more.
        return Ok(());
    }
    // Whoever has the leaf alone must not find the words by guessing, and nobody once they are erased.
    let salt = hex::encode(secret::random::<16>());
    let bound = Sha256::new().chain_update(&salt).chain_update(&note.words).finalize();
    let mut d = json!({
        "subject": note.staff_id, "on": note.spoken_on.to_string(), "way": note.way,
        "characters": note.words.chars().count(), "sha256": hex::encode(bound),
    });
    if let (Some(next), Some(d)) = (note.next_on, d.as_object_mut()) {
        d.insert("next".into(), Value::String(next.to_string()));
    }
    let entry = Entry {
        kind: Kind::FOLLOWUP_NOTE,
        at: note.made_at,
        actor: note.by_id.as_str(),
        obj: note.id.as_str(),
        req: None,
        d,
    };
    let leaf = append(tx, ledger, entry).await?;
    store::add_note(tx, &note, leaf, &salt).await
}

/// The newest note about everybody, for lists.
#[derive(Clone, Debug, Default)]
pub struct Marks(HashMap<StaffId, Note>);

impl Marks {
    /// Reads them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(conn: &mut Conn, now: DateTime<Utc>) -> Result<Self, DbError> {
        let notes = store::newest_of(conn, now - LISTED).await?;
        Ok(Self(notes.into_iter().map(|note| (note.staff_id.clone(), note)).collect()))
    }

    /// The newest note about somebody since they came to owe something.
    #[must_use]
    pub fn note(&self, staff: &StaffId, since: DateTime<Utc>) -> Option<&Note> {
        self.0.get(staff).filter(|note| note.made_at >= since)
    }

    /// The same in one line.
    #[must_use]
    pub fn spoken(&self, staff: &StaffId, since: DateTime<Utc>, today: NaiveDate) -> Option<Spoken> {
        self.note(staff, since).map(|note| spoken(note, today))
    }
}

/// A note in one line.
pub(super) fn spoken(note: &Note, today: NaiveDate) -> Spoken {
    let late = note.next_on.is_some_and(|next| next < today);
    Spoken { on: day(note.spoken_on), next: note.next_on.map(day), late }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &[(&str, &str)]) -> Result<(NaiveDate, Way, String, Option<NaiveDate>), Vec<NoteFault>> {
        let form =
            fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Form>();
        let today = NaiveDate::from_ymd_opt(2026, 10, 1).expect("a day");
        NoteSent::read(&form, today).map_err(|sent| sent.faults)
    }

    #[test]
    fn a_talk_has_a_day_that_has_come_and_a_way() {
        let good = read(&[
            ("spoken_on", "2026-10-01"),
            ("way", "phone"),
            ("words", " 来週やります "),
            ("next_on", "2026-10-08"),
        ]);
        assert!(good.is_ok_and(|(_, way, words, next)| way == Way::Phone
            && words == "来週やります"
            && next.is_some()));
        assert_eq!(read(&[]), Err(vec![NoteFault::Day, NoteFault::Way]));
        let faults =
            |on: &str, next: &str| read(&[("spoken_on", on), ("way", "phone"), ("next_on", next)]).err();
        assert_eq!(faults("2026-10-02", ""), Some(vec![NoteFault::Future]));
        assert_eq!(faults("2025-09-01", ""), Some(vec![NoteFault::TooLongAgo]));
        assert_eq!(faults("2026-10-01", "2026-10-01"), Some(vec![NoteFault::NextOrder]));
        assert_eq!(faults("2026-10-01", "soon"), Some(vec![NoteFault::Next]));
        assert_eq!(faults("2026-10-01", "2028-10-01"), Some(vec![NoteFault::NextOrder]));
        let long = "あ".repeat(LONGEST + 1);
        assert_eq!(
            read(&[("spoken_on", "2026-10-01"), ("way", "phone"), ("words", &long)]),
            Err(vec![NoteFault::TooLong { found: LONGEST + 1 }])
        );
    }
}
