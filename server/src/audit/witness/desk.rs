//! The desk of a witness: what logs bring there is compared with what was seen before, kept, and then signed.
//!
//! Everything is in one folder: the key, the name, and in `checkpoints/` every checkpoint that was ever signed, under the name of its log.
//! A checkpoint is on the disk before its signature leaves the house, so the witness never forgets what it has said.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use kokoroe_evidence::witness::{Refusal, Submission};
use kokoroe_evidence::{Checkpoint, VerifyingKey, WitnessKey};

use super::{ADD_CHECKPOINT, SIZE};
use crate::audit::copies::Copies;
use crate::audit::signer::{KeyFileError, seed_file, write_private};
use crate::clock::Clock;

/// The file of the witness's key.
pub const KEY_FILE: &str = "witness.key";
/// The file of its name.
pub const NAME_FILE: &str = "witness.name";
/// The longest submission: 63 hashes, and a note with as many signatures as anybody asks for.
const LONGEST: usize = 1 << 16;
const TEXT: &str = "text/plain; charset=utf-8";

/// A witness at work.
#[derive(Debug)]
pub struct Desk {
    key: WitnessKey,
    logs: Vec<VerifyingKey>,
    /// Held from the comparison with what was seen before until the new checkpoint is on the disk: no two of a log are signed side by side.
    seen: Mutex<Copies>,
    clock: Clock,
}

/// Why a submission got no signature.
#[derive(Debug, thiserror::Error)]
enum Unsigned {
    /// It is not to be signed.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// What was seen before cannot be read, or the checkpoint not be kept.
    #[error(transparent)]
    Files(#[from] KeyFileError),
    /// The kept checkpoint is not one that this witness has signed.
    #[error("the checkpoint that was kept of {0} is not as it was signed")]
    Altered(String),
}

impl Desk {
    /// The witness of a folder, for the logs of these keys. Its key is made at the first start, and its name is kept from then on.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read or written, or it has no name.
    pub fn open(
        data: &Path,
        name: Option<&str>,
        logs: Vec<VerifyingKey>,
        clock: Clock,
    ) -> Result<Self, KeyFileError> {
        let file = data.join(NAME_FILE);
        let fail = |cause: &dyn std::fmt::Display| KeyFileError::new(&file, cause);
        let kept = match std::fs::read_to_string(&file) {
            Ok(kept) => Some(kept.trim().to_owned()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(fail(&error)),
        };
        let name = match (kept, name) {
            (Some(kept), Some(name)) if kept != name => {
                return Err(fail(&format!(
                    "this witness is called {kept}. Its name is in every signature and does not change.\n\
                     この証人の名前は{kept}です。名前は署名に入っているため、変えられません。"
                )));
            }
            (Some(kept), _) => kept,
            (None, Some(name)) => name.to_owned(),
            (None, None) => {
                return Err(fail(
                    &"a new witness needs a name, such as witness.example.jp: --name NAME\n\
                      はじめての起動では、証人の名前を --name で付けます（例：witness.example.jp）。",
                ));
            }
        };
        let seed = seed_file(&data.join(KEY_FILE))?;
        let key = WitnessKey::from_seed(&name, &seed).map_err(|error| fail(&error))?;
        if !file.exists() {
            write_private(&file, name.as_bytes()).map_err(|error| fail(&error))?;
        }
        Ok(Self { key, logs, seen: Mutex::new(Copies::open(data)?), clock })
    }

    /// The verifier key of this witness.
    #[must_use]
    pub fn vkey(&self) -> String {
        self.key.witness().to_string()
    }

    /// What can be asked of the witness: to look at a checkpoint, and what it has seen.
    pub fn router(self) -> Router {
        Router::new()
            .route("/", get(show))
            .route(ADD_CHECKPOINT, post(add))
            .layer(DefaultBodyLimit::max(LONGEST))
            .with_state(Arc::new(self))
    }

    /// Looks at a submission and gives the signature line.
    fn look(&self, bytes: &[u8]) -> Result<String, Unsigned> {
        let submission = Submission::parse(bytes)?;
        let checkpoint = submission.signed(&self.logs)?;
        let copies = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = self.seen_last(&copies, &checkpoint.origin)?;
        submission.continues(&checkpoint, seen.as_ref())?;
        let at = u64::try_from(self.clock.now().timestamp()).unwrap_or(0);
        let line = self.key.cosign(&checkpoint, at);
        // Asked again for what it has signed, it signs it again.
        if seen.is_none_or(|seen| seen.size < checkpoint.size) {
            let note = format!("{}{line}", submission.note);
            copies.keep(&checkpoint.origin, checkpoint.size, &note)?;
        }
        drop(copies);
        Ok(line)
    }

    /// The largest checkpoint of a log that this witness has signed.
    fn seen_last(&self, copies: &Copies, log: &str) -> Result<Option<Checkpoint>, Unsigned> {
        let Some(note) = copies.newest(log, u64::MAX)? else { return Ok(None) };
        let altered = || Unsigned::Altered(log.to_owned());
        self.key.witness().saw(&note).map_err(|_| altered())?;
        let seen = Checkpoint::read_unverified(&note).map_err(|_| altered())?;
        // Two logs whose names differ in a slash alone would have one folder: the second one is not witnessed.
        if seen.origin == log { Ok(Some(seen)) } else { Err(altered()) }
    }

    /// The newest checkpoint of every log, as they were signed.
    fn newest(&self) -> Result<Vec<String>, KeyFileError> {
        let copies = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let mut notes = Vec::new();
        for log in copies.logs()? {
            notes.extend(copies.newest(&log, u64::MAX)?.and_then(|note| String::from_utf8(note).ok()));
        }
        drop(copies);
        Ok(notes)
    }
}

/// `POST /add-checkpoint`
async fn add(State(desk): State<Arc<Desk>>, body: Bytes) -> Response {
    let looked = tokio::task::spawn_blocking(move || desk.look(&body)).await;
    let (status, content, words) = match looked {
        Ok(Ok(line)) => (StatusCode::OK, TEXT, line),
        Ok(Err(Unsigned::Refused(refusal))) => {
            tracing::warn!(%refusal, "a checkpoint was not signed");
            match refusal {
                Refusal::Held(size) | Refusal::OtherRoot(size) => {
                    (StatusCode::CONFLICT, SIZE, format!("{size}\n"))
                }
                other => (status(&other), TEXT, format!("{other}\n")),
            }
        }
        Ok(Err(error @ (Unsigned::Files(_) | Unsigned::Altered(_)))) => failed(&error),
        Err(error) => failed(&error),
    };
    (status, [(CONTENT_TYPE, content), (CACHE_CONTROL, "no-store")], words).into_response()
}

fn failed(error: &dyn std::fmt::Display) -> (StatusCode, &'static str, String) {
    tracing::error!(%error, "a checkpoint was not signed");
    (StatusCode::INTERNAL_SERVER_ERROR, TEXT, "the witness cannot read or keep what it has seen\n".to_owned())
}

const fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::Form(_) => StatusCode::BAD_REQUEST,
        Refusal::UnknownLog(_) => StatusCode::NOT_FOUND,
        Refusal::Unsigned(_) => StatusCode::FORBIDDEN,
        Refusal::Held(_) | Refusal::OtherRoot(_) => StatusCode::CONFLICT,
        Refusal::Inconsistent => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// `GET /`: what this witness has seen. The text as a whole is what an auditor brings to `kokoroe verify --checkpoint`.
async fn show(State(desk): State<Arc<Desk>>) -> Response {
    let name = desk.key.witness().name().to_owned();
    let vkey = desk.vkey();
    let newest = tokio::task::spawn_blocking(move || desk.newest()).await;
    let notes = match newest {
        Ok(Ok(notes)) => notes,
        Ok(Err(error)) => {
            tracing::error!(%error, "what was seen cannot be read");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
        Err(_) => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    };
    let seen = if notes.is_empty() {
        "まだ何も見ていません。  Nothing was seen yet.\n".to_owned()
    } else {
        notes.join("\n")
    };
    let text = format!(
        "{name}\n\n\
         ほかの病院の証跡が、あとから書き換えられていないことを見届ける証人です。\n\
         下は、証跡ごとに、この証人が最後に署名したチェックポイントです。この全文をファイルに保存して、\n\
         kokoroe verify 証跡パック.zip --vkey 病院の検証鍵 --checkpoint 保存したファイル で照合できます。\n\n\
         This witness looks after the logs of other hospitals: they may grow, and nothing in them may change.\n\
         Below is the last checkpoint of each log that it signed. Save this text as a file, and compare:\n\
         kokoroe verify PACK.zip --vkey \"KEY OF THE HOSPITAL\" --checkpoint FILE --witness \"{vkey}\"\n\n\
         {seen}"
    );
    ([(CONTENT_TYPE, TEXT), (CACHE_CONTROL, "no-store")], text).into_response()
}
