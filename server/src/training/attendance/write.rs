//! Writing down who took part, with the completion that it makes.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::Sheet;
use crate::account::secret;
use crate::audit::{Entry, Kind, append, hold};
use crate::db::{DbError, Tx};
use crate::id::StaffId;
use crate::requirements::follow;
use crate::requirements::store::Period;
use crate::state::Site;
use crate::training::signature::on_paper;
use crate::training::store::{self, Attendance, Completion, Way};

/// Somebody's period that a sheet completes.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) period: Period,
    pub(super) due_at: DateTime<Utc>,
    pub(super) until: Option<DateTime<Utc>>,
    pub(super) name: String,
}

/// Records one person, who is completed from now on; whoever is already stays as they are. `version` is that of the policy which held when
/// they were there: that is the text they read.
pub(super) async fn complete(
    tx: &mut Tx,
    site: &Site,
    by: &StaffId,
    sheet: &Sheet,
    (held_at, version): (DateTime<Utc>, i64),
    taken: Taken,
) -> Result<(), DbError> {
    let (ledger, clock) = (&site.ledger, &site.clock);
    let now = hold(tx, ledger, clock).await?;
    let Taken { period, due_at, until, name } = taken;
    if store::completion(tx, &period.id).await?.is_some() {
        return Ok(());
    }
    let (obj, actor) = (period.id.as_str(), by.as_str());
    let d = attended(sheet.way, sheet.held, &sheet.sha256);
    let leaf =
        append(tx, ledger, Entry { kind: Kind::ATTENDANCE, at: now, actor, obj, req: None, d }).await?;
    let attendance = Attendance {
        period: period.id.clone(),
        way: sheet.way,
        held_on: sheet.held,
        sheet_name: sheet.sheet_name.clone(),
        sheet_sha256: sheet.sha256.clone(),
        recorded_by: by.clone(),
        recorded_at: now,
        leaf,
    };
    store::add_attendance(tx, &attendance).await?;
    let series = sheet.requirement.series();
    let number = format!("{series}-{:06}", store::next_number(tx, &series).await?);
    let mut completion = Completion {
        period_id: period.id.clone(),
        number,
        code: secret::legible_code(12),
        completed_at: now,
        valid_until: until,
        name,
        policy_version: version,
        leaf: 0,
        held_at: Some(held_at),
        way: sheet.way,
    };
    let d = completed(&period.staff_id, &completion, held_at, held_at < due_at);
    completion.leaf =
        append(tx, ledger, Entry { kind: Kind::COMPLETION, at: now, actor, obj, req: None, d }).await?;
    store::add_completion(tx, &completion).await?;
    follow::signed(tx, ledger, clock, &period.staff_id, version).await
}

/// What the log says of somebody who took part elsewhere.
pub(in crate::training) fn attended(way: Way, held: NaiveDate, sheet: &str) -> Value {
    json!({ "way": way.code(), "held": held.to_string(), "sheet": sheet })
}

/// What the log says of a completion that a sheet made.
pub(in crate::training) fn completed(
    staff: &StaffId,
    new: &Completion,
    held_at: DateTime<Utc>,
    in_time: bool,
) -> Value {
    let seconds = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    json!({
        "number": new.number, "subject": staff, "in_time": in_time, "version": new.policy_version,
        "valid_until": new.valid_until.map(seconds), "paper": on_paper(&new.name, &new.code),
        "way": new.way.code(), "held": seconds(held_at),
    })
}
