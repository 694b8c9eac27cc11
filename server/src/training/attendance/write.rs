//! Writing down who took part, with the completion that it makes.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::json;

use super::Sheet;
use crate::account::secret;
use crate::audit::{Entry, Kind, append, hold};
use crate::db::{DbError, Tx};
use crate::id::StaffId;
use crate::policies::in_force_at;
use crate::requirements::follow;
use crate::requirements::store::Period;
use crate::state::Site;
use crate::training::signature::on_paper;
use crate::training::store::{self, Attendance, Completion};

/// Somebody's period that a sheet completes.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) period: Period,
    pub(super) due_at: DateTime<Utc>,
    pub(super) until: Option<DateTime<Utc>>,
    pub(super) name: String,
}

/// Records one person, who is completed from now on; whoever is already stays as they are.
pub(super) async fn complete(
    tx: &mut Tx,
    site: &Site,
    by: &StaffId,
    sheet: &Sheet,
    held_at: DateTime<Utc>,
    taken: Taken,
) -> Result<(), DbError> {
    let (ledger, clock) = (&site.ledger, &site.clock);
    let now = hold(tx, ledger, clock).await?;
    let Taken { period, due_at, until, name } = taken;
    if store::completion(tx, &period.id).await?.is_some() {
        return Ok(());
    }
    let (obj, actor) = (period.id.as_str(), by.as_str());
    let d = json!({ "way": sheet.way.code(), "held": sheet.held.to_string(), "sheet": sheet.sha256 });
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
    let requirement = &sheet.requirement;
    let series = format!("{}-{}", requirement.fiscal_year, requirement.course.to_uppercase());
    let number = format!("{series}-{:06}", store::next_number(tx, &series).await?);
    let code = secret::legible_code(12);
    let seconds = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    // Who was there read the text that held on that day.
    let version = i64::from(in_force_at(site, tx, held_at).await?.policy.version);
    let d = json!({
        "number": number, "subject": period.staff_id, "in_time": held_at < due_at, "version": version,
        "valid_until": until.map(seconds), "paper": on_paper(&name, &code), "way": sheet.way.code(),
        "held": seconds(held_at),
    });
    let leaf =
        append(tx, ledger, Entry { kind: Kind::COMPLETION, at: now, actor, obj, req: None, d }).await?;
    let completion = Completion {
        period_id: period.id.clone(),
        number,
        code,
        completed_at: now,
        valid_until: until,
        name,
        policy_version: version,
        leaf,
        held_at: Some(held_at),
        way: sheet.way,
    };
    let staff = period.staff_id.clone();
    store::add_completion(tx, &completion).await?;
    follow::signed(tx, ledger, clock, &staff, version).await
}
