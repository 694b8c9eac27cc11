//! The worker that shows the newest checkpoint of every log to the witness.
//!
//! Only the newest: a signature under it covers what came before. So nothing has to wait in a row, and whoever dies in between shows the next
//! one. A witness that is not there is asked again, with growing pauses; one that has seen another log is told to everybody who looks after
//! the records, because one of the two is not what it was.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use http::header::CONTENT_TYPE;
use http::{Request, StatusCode};
use kokoroe_app::Lang;
use kokoroe_app::audit::{WitnessDiffers, WitnessWaits};
use kokoroe_evidence::witness::Submission;
use kokoroe_evidence::{Checkpoint, Hash, Witness};
use tokio::sync::watch;

use super::{ADD_CHECKPOINT, CA, KEY, URL};
use crate::audit::outside::{Outside, Target, pause};
use crate::audit::proofs::Tree;
use crate::audit::store::witness::{self as store, CosignatureRow};
use crate::audit::store::{heads, newest_checkpoint};
use crate::db::DbError;
use crate::jobs::Beat;
use crate::people::Hospital;
use crate::state::Site;

/// How often it looks.
const TICK: Duration = Duration::from_secs(60);
/// A witness signs in a line or a few.
const LARGEST: usize = 1 << 14;

/// Why the newest checkpoint of a log has no signature of the witness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The witness was not reached, or could not sign.
    Waits(WitnessWaits),
    /// What the witness has seen is not the beginning of this log. Either the records here are older or other ones than those that it was
    /// shown, or the witness has lost its own.
    Disagrees(WitnessDiffers),
}

impl From<WitnessWaits> for Trouble {
    fn from(waits: WitnessWaits) -> Self {
        Self::Waits(waits)
    }
}

impl From<WitnessDiffers> for Trouble {
    fn from(differs: WitnessDiffers) -> Self {
        Self::Disagrees(differs)
    }
}

/// For the log of the server.
impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Waits(waits) => waits.words(Lang::En),
            Self::Disagrees(differs) => differs.words(Lang::En),
        })
    }
}

/// The witness that the hospital has named.
#[derive(Clone, Debug)]
pub struct Asked {
    way: Outside,
    witness: Witness,
}

impl Asked {
    /// The witness that the settings describe; `None` without one.
    ///
    /// # Errors
    /// With what is missing or cannot be used.
    pub fn of(hospital: &Hospital) -> Result<Option<Self>, String> {
        let Some(url) = hospital.plain(URL) else { return Ok(None) };
        let target = address(url).ok_or_else(|| format!("{URL} cannot be read"))?;
        let key = hospital.plain(KEY).ok_or_else(|| format!("{KEY} is not set"))?;
        let witness = Witness::parse(key).map_err(|error| format!("{KEY}: {error}"))?;
        let way = Outside::new(target, hospital.plain(CA).map(Path::new));
        let way = way.map_err(|error| format!("{CA}: {error}"))?;
        Ok(Some(Self { way, witness }))
    }

    /// The same, where an answer may take no longer than this.
    #[must_use]
    pub fn within(self, patience: Duration) -> Self {
        Self { way: self.way.within(patience), ..self }
    }

    /// Shows a checkpoint, and gives the witness's lines, or how many leaves it has seen.
    async fn show(&self, submission: &Submission) -> Result<Said, Trouble> {
        let head = Request::builder().header(CONTENT_TYPE, "text/plain; charset=utf-8");
        let sent = submission.encode();
        let answer = self.way.post(head, sent.as_bytes(), LARGEST).await;
        let (status, answer) = answer.map_err(WitnessWaits::NoAnswer)?;
        let unreadable = |why: String| WitnessWaits::Answer(format!("{}: {why}", status.as_u16()));
        let text = String::from_utf8(answer).map_err(|error| unreadable(error.to_string()))?;
        match status {
            StatusCode::OK => Ok(Said::Signed(text)),
            StatusCode::CONFLICT => text
                .trim_end()
                .parse()
                .map(Said::Seen)
                .map_err(|_| unreadable("no number of leaves".to_owned()).into()),
            StatusCode::UNPROCESSABLE_ENTITY => Ok(Said::Other),
            StatusCode::NOT_FOUND => Err(WitnessWaits::UnknownLog.into()),
            StatusCode::FORBIDDEN => Err(WitnessWaits::OtherKey.into()),
            other => Err(WitnessWaits::Status(other.as_u16()).into()),
        }
    }

    /// Those lines of an answer that are of this witness, and when it saw the checkpoint.
    fn read(&self, note: &str, answer: &str) -> Result<(String, DateTime<Utc>), Trouble> {
        let own = format!("— {} ", self.witness.name());
        let lines: String =
            answer.lines().filter(|line| line.starts_with(&own)).map(|line| format!("{line}\n")).collect();
        let seconds = self
            .witness
            .saw(format!("{note}{lines}").as_bytes())
            .map_err(|error| WitnessWaits::Answer(error.to_string()))?;
        let at = i64::try_from(seconds).ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        let at = at.ok_or_else(|| WitnessWaits::Answer(format!("{seconds} is no time")))?;
        Ok((lines, at))
    }
}

/// What a witness answers.
enum Said {
    /// It has signed.
    Signed(String),
    /// It has seen so many leaves.
    Seen(u64),
    /// It has seen other leaves.
    Other,
}

/// The address at which a witness is shown checkpoints, from the one that the hospital was given.
#[must_use]
pub fn address(url: &str) -> Option<Target> {
    Target::read(&format!("{}{ADD_CHECKPOINT}", url.trim().trim_end_matches('/')))
}

/// Looks again and again until it is told to stop. Without a witness it has nothing to do.
pub async fn watch(site: Site, told: watch::Receiver<bool>) {
    let asked = match Asked::of(&site.hospital) {
        Ok(Some(asked)) => asked,
        Ok(None) => return,
        Err(error) => {
            tracing::error!(%error, "no checkpoint is witnessed");
            site.signer.remember_witness(Some(WitnessWaits::Settings(error).into()));
            return;
        }
    };
    let mut beat = Beat::every(TICK, told);
    let (mut failed, mut again) = (0, site.now());
    while beat.next().await {
        if site.now() < again {
            continue;
        }
        let Some(worked) = beat.unless_told(work(&site, &asked)).await else { return };
        match worked {
            Ok(None) => failed = 0,
            Ok(Some(_)) => {
                failed += 1;
                again = site.now() + pause(failed);
            }
            Err(error) => tracing::error!(%error, "checkpoints were not shown to the witness"),
        }
    }
}

/// Shows the witness the newest checkpoint of every log that it has not seen yet. Gives the trouble, if there was any.
///
/// # Errors
/// When the database fails; what was kept until then stays.
pub async fn work(site: &Site, asked: &Asked) -> Result<Option<Trouble>, DbError> {
    // What is older than what was signed is shown to nobody.
    if site.ledger.sealed().is_some() {
        return Ok(None);
    }
    let mut conn = site.db.read().await?;
    let logs = heads(&mut conn).await?;
    drop(conn);
    let mut trouble = None;
    for head in logs {
        if site.is_stopping() {
            break;
        }
        match ask(site, asked, &head.log_id).await? {
            Ok(()) => {}
            Err(told @ Trouble::Waits(_)) => {
                tracing::warn!(log = %head.log_id, %told, "the newest checkpoint has no signature of the witness yet");
                // A disagreement is worse than a log that waits.
                trouble = trouble.or(Some(told));
            }
            Err(told @ Trouble::Disagrees(_)) => {
                tracing::error!(log = %head.log_id, %told, "THE WITNESS HAS SEEN ANOTHER LOG");
                trouble = Some(told);
                break;
            }
        }
    }
    site.signer.remember_witness(trouble.clone());
    Ok(trouble)
}

/// Shows the newest checkpoint of one log, if the witness has not seen it yet.
async fn ask(site: &Site, asked: &Asked, log: &str) -> Result<Result<(), Trouble>, DbError> {
    let key = asked.witness.to_string();
    let mut conn = site.db.read().await?;
    let Some(row) = newest_checkpoint(&mut conn, log).await? else { return Ok(Ok(())) };
    // One that the key did not sign is found by every check.
    let Ok(checkpoint) = site.signer.keys().open(row.note.as_bytes()) else { return Ok(Ok(())) };
    let note = row.note;
    let seen = store::newest(&mut conn, log, &key).await?;
    drop(conn);
    let seen = seen.and_then(|row| u64::try_from(row.size).ok()).unwrap_or(0);
    if seen >= checkpoint.size {
        return Ok(Ok(()));
    }
    let answer = match show_from(site, asked, (&checkpoint, &note), seen).await? {
        Ok(answer) => answer,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let (lines, at) = match asked.read(&note, &answer) {
        Ok(read) => read,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let size = i64::try_from(checkpoint.size).unwrap_or(i64::MAX);
    let row = CosignatureRow { size, witness: key, lines, at, got_at: site.now() };
    let log = log.to_owned();
    site.db.write(move |tx| Box::pin(async move { store::keep(tx, &log, &row).await })).await.map(Ok)
}

/// Shows a checkpoint with the proof from the size that the witness is believed to have seen, and once more from the one that it says.
async fn show_from(
    site: &Site,
    asked: &Asked,
    (checkpoint, note): (&Checkpoint, &str),
    believed: u64,
) -> Result<Result<String, Trouble>, DbError> {
    let Checkpoint { origin: log, size, .. } = checkpoint;
    let mut from = believed;
    for _ in 0..2 {
        let Some(proof) = proof(site, (checkpoint, note), from).await? else {
            return Ok(Err(WitnessDiffers::Here { log: log.clone() }.into()));
        };
        let submission = Submission { old: from, proof, note: note.to_owned() };
        match asked.show(&submission).await {
            Ok(Said::Signed(answer)) => return Ok(Ok(answer)),
            Ok(Said::Seen(seen)) if seen > *size => {
                let differs = WitnessDiffers::Longer { log: log.clone(), seen, signed: *size };
                return Ok(Err(differs.into()));
            }
            // The size that the proof began with: of that size it has seen another one.
            Ok(Said::Seen(seen)) if seen == from => break,
            Ok(Said::Seen(seen)) => from = seen,
            Ok(Said::Other) => break,
            Err(trouble) => return Ok(Err(trouble)),
        }
    }
    Ok(Err(WitnessDiffers::Other { log: log.clone(), seen: from }.into()))
}

/// The proof that the checkpoint continues the log's first `from` leaves; `None` if the stored leaves do not lead to the checkpoint.
async fn proof(
    site: &Site,
    (checkpoint, note): (&Checkpoint, &str),
    from: u64,
) -> Result<Option<Vec<Hash>>, DbError> {
    let mut conn = site.db.read().await?;
    let signed = (checkpoint.clone(), note.to_owned());
    let places = from.checked_sub(1).into_iter().collect();
    let tree = Tree::under(site, &mut conn, signed, &places).await?;
    Ok(tree.continues(from))
}
