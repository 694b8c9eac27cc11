//! The file of a pack: written by a thread of its own, hashed on the way, sealed at the end.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Seek as _, SeekFrom, Write as _};

use chrono::{DateTime, Datelike as _, Timelike as _, Utc};
use kokoroe_evidence::Hash;
use kokoroe_evidence::pack::{Counts, MANIFEST, MANIFEST_NOTE, Manifest, Part};
use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::audit::Signer;
use crate::clock::Calendar;
use crate::reports::evidence::millis;

/// Fast rather than small: leaves are mostly hashes and ids, which no level makes much smaller.
const LEVEL: i64 = 2;

/// What the archive is told.
pub(super) enum Piece {
    /// The file of this name begins; the one before ends.
    Begin(String),
    /// More of the file that was begun.
    Bytes(Vec<u8>),
    /// Nothing comes any more: the list of all files is made and signed.
    Seal {
        /// Which log.
        log: String,
        /// How much of each thing was written.
        counts: Counts,
        /// That it is a part of the log.
        part: Option<Part>,
    },
}

/// The way to the archive. If the disk is full, pieces go nowhere, and the archive tells why at its end.
pub(super) struct Order(mpsc::Sender<Piece>);

impl Order {
    pub(super) const fn new(to: mpsc::Sender<Piece>) -> Self {
        Self(to)
    }

    pub(super) async fn send(&self, piece: Piece) {
        self.0.send(piece).await.ok();
    }

    pub(super) async fn file(&self, name: &str, bytes: Vec<u8>) {
        self.send(Piece::Begin(name.to_owned())).await;
        self.send(Piece::Bytes(bytes)).await;
    }
}

/// An archive under way.
pub(super) struct Archive(JoinHandle<Result<(File, u64), String>>);

impl Archive {
    pub(super) fn begin(
        file: File,
        calendar: Calendar,
        now: DateTime<Utc>,
        signer: Signer,
        mut pieces: mpsc::Receiver<Piece>,
    ) -> Self {
        Self(tokio::task::spawn_blocking(move || {
            let mut writing = Writing::new(file, calendar, now);
            while let Some(piece) = pieces.blocking_recv() {
                match piece {
                    Piece::Begin(name) => writing.begin(name)?,
                    Piece::Bytes(bytes) => writing.bytes(&bytes)?,
                    Piece::Seal { log, counts, part } => {
                        return writing.seal(log, counts, part, &signer, now);
                    }
                }
            }
            Err("the records could not be read to their end".to_owned())
        }))
    }

    /// The finished file, at its beginning, and its length.
    pub(super) async fn end(self) -> Result<(File, u64), String> {
        self.0.await.map_err(|error| error.to_string())?
    }
}

struct Writing {
    zip: ZipWriter<BufWriter<File>>,
    options: SimpleFileOptions,
    current: Option<(String, Sha256)>,
    files: BTreeMap<String, Hash>,
}

impl Writing {
    fn new(file: File, calendar: Calendar, now: DateTime<Utc>) -> Self {
        // Archives keep the wall clock, to two seconds.
        let local = now.with_timezone(&calendar.zone);
        let part = |number: u32| u8::try_from(number).unwrap_or(0);
        let year = u16::try_from(local.year()).unwrap_or(1980);
        let (month, day) = (part(local.month()), part(local.day()));
        let time = (part(local.hour()), part(local.minute()), part(local.second()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(LEVEL))
            .large_file(true);
        let options = match zip::DateTime::from_date_and_time(year, month, day, time.0, time.1, time.2) {
            Ok(at) => options.last_modified_time(at),
            Err(_) => options,
        };
        let zip = ZipWriter::new(BufWriter::with_capacity(1 << 20, file));
        Self { zip, options, current: None, files: BTreeMap::new() }
    }

    fn begin(&mut self, name: String) -> Result<(), String> {
        self.finish();
        self.zip.start_file(&name, self.options).map_err(|error| format!("{name}: {error}"))?;
        self.current = Some((name, Sha256::new()));
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), String> {
        let Some((name, hash)) = &mut self.current else { return Err("bytes without a file".to_owned()) };
        hash.update(bytes);
        self.zip.write_all(bytes).map_err(|error| format!("{name}: {error}"))
    }

    fn finish(&mut self) {
        if let Some((name, hash)) = self.current.take() {
            let hash: [u8; 32] = hash.finalize().into();
            self.files.insert(name, Hash::from(hash));
        }
    }

    fn seal(
        mut self,
        log: String,
        counts: Counts,
        part: Option<Part>,
        signer: &Signer,
        now: DateTime<Utc>,
    ) -> Result<(File, u64), String> {
        self.finish();
        let manifest =
            Manifest { part, log, generated_at: millis(now), counts, files: std::mem::take(&mut self.files) };
        let encoded = manifest.encode().map_err(|error| error.to_string())?;
        let note = manifest.sign(&encoded, signer.key()).map_err(|error| error.to_string())?;
        for (name, bytes) in [(MANIFEST, encoded), (MANIFEST_NOTE, note.into_bytes())] {
            self.begin(name.to_owned())?;
            self.bytes(&bytes)?;
        }
        let told = |error: &dyn std::fmt::Display| error.to_string();
        let out = self.zip.finish().map_err(|error| told(&error))?;
        let mut file = out.into_inner().map_err(|error| told(&error))?;
        file.sync_all().map_err(|error| told(&error))?;
        let length = file.seek(SeekFrom::End(0)).map_err(|error| told(&error))?;
        file.rewind().map_err(|error| told(&error))?;
        Ok((file, length))
    }
}
