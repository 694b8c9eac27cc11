//! Recording a signature, and the completion that it makes.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::store::{self, Attestation, Completion, Progress, Way};
use crate::account::{secret, session};
use crate::audit::{Entry, Kind, Ledger, append, hold};
use crate::clock::Clock;
use crate::db::{DbError, Tx};
use crate::id::{AttestationId, PeriodId, SessionId, StaffId};
use crate::requirements::follow;
use crate::requirements::store::Period;

/// A signature on its way into the record.
#[derive(Clone, Debug)]
pub struct Signature {
    /// For which period.
    pub period: Period,
    /// The first part of the certificate's number.
    pub series: String,
    /// The first instant that is too late.
    pub due_at: DateTime<Utc>,
    /// The first instant at which the completion no longer counts.
    pub valid_until: Option<DateTime<Utc>>,
    /// Hash of the policy that is signed.
    pub policy: String,
    /// Its version.
    pub policy_version: i64,
    /// The statements as shown, JSON.
    pub statements: String,
    /// The language shown.
    pub lang: String,
    /// The name on that day.
    pub name: String,
    /// When every module was done, if it is not noted yet.
    pub done_at: Option<DateTime<Utc>>,
    /// The session that gave its password again.
    pub session: SessionId,
}

/// What the log holds of the name and the code on a certificate: their hash. Nobody can guess a name from it without the code, and nobody
/// can put another name on the paper without being found out.
#[must_use]
pub fn on_paper(name: &str, code: &str) -> String {
    kokoroe_evidence::certificate::on_paper(name, code)
}

/// What the log says of a signature.
pub(super) fn signed(period: &PeriodId, policy: &str, version: i64, lang: &str, statements: &str) -> Value {
    json!({
        "period": period, "rev": policy, "version": version, "lang": lang, "method": "password",
        "statements": hex::encode(<sha2::Sha256 as sha2::Digest>::digest(statements.as_bytes())),
    })
}

/// What the log says of a completion that a signature made.
pub(super) fn completed(staff: &StaffId, new: &Completion, in_time: bool) -> Value {
    json!({
        "number": new.number, "subject": staff, "in_time": in_time, "version": new.policy_version,
        "valid_until": new.valid_until.map(|until| until.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
        "paper": on_paper(&new.name, &new.code),
    })
}

/// Records a signature and the completion that it makes; somebody who signs twice has signed once.
///
/// # Errors
/// When the database fails.
pub async fn complete(tx: &mut Tx, ledger: &Ledger, clock: &Clock, new: Signature) -> Result<(), DbError> {
    let now = hold(tx, ledger, clock).await?;
    if store::attestation(tx, &new.period.id).await?.is_some() {
        return Ok(());
    }
    let staff = &new.period.staff_id;
    let id = AttestationId::new(clock);
    let entry = Entry {
        kind: Kind::ATTEST_SIGN,
        at: now,
        actor: staff.as_str(),
        obj: id.as_str(),
        req: None,
        d: signed(&new.period.id, &new.policy, new.policy_version, &new.lang, &new.statements),
    };
    let leaf = append(tx, ledger, entry).await?;
    let attestation = Attestation {
        id,
        period_id: new.period.id.clone(),
        policy: new.policy,
        statements: new.statements,
        lang: new.lang,
        signed_at: now,
        leaf,
    };
    store::add_attestation(tx, &attestation, "password", &new.session).await?;
    session::reauthenticated(tx, &new.session, now).await?;
    let number = format!("{}-{:06}", new.series, store::next_number(tx, &new.series).await?);
    let in_time = now < new.due_at;
    let mut completion = Completion {
        period_id: new.period.id.clone(),
        number,
        code: secret::legible_code(12),
        completed_at: now,
        valid_until: new.valid_until,
        name: new.name,
        policy_version: new.policy_version,
        leaf: 0,
        held_at: None,
        way: Way::Here,
    };
    let entry = Entry {
        kind: Kind::COMPLETION,
        at: now,
        actor: staff.as_str(),
        obj: new.period.id.as_str(),
        req: None,
        d: completed(staff, &completion, in_time),
    };
    completion.leaf = append(tx, ledger, entry).await?;
    store::add_completion(tx, &completion).await?;
    let noted = Progress { done_at: new.done_at, ..Progress::default() };
    store::note_progress(tx, &new.period.id, &noted).await?;
    // Whoever was asked to sign the same text elsewhere owes nothing twice.
    follow::signed(tx, ledger, clock, &new.period.staff_id, new.policy_version).await
}
