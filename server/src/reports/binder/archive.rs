//! The file of a binder: a zip, and the SHA-256 of everything in it.

use std::fs::File;
use std::io::{BufWriter, Write as _};

use chrono::{DateTime, Datelike as _, Timelike as _, Utc};
use sha2::{Digest as _, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::BinderError;
use crate::clock::Calendar;

/// The list of what `sha256sum -c` checks.
pub(crate) const SUMS: &str = "SHA256SUMS";

/// A file that was put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) size: usize,
    pub(super) sha256: String,
}

/// A binder under way.
pub(super) struct Archive {
    /// Boxed: it is handed from thread to thread, and is large.
    zip: Box<ZipWriter<BufWriter<File>>>,
    options: SimpleFileOptions,
    pub(super) entries: Vec<Entry>,
}

impl Archive {
    /// Begins one. Its files bear the time at which it was asked for, as the hospital's clock showed it.
    pub(super) fn begin(file: File, asked_at: DateTime<Utc>, calendar: Calendar) -> Self {
        let local = asked_at.with_timezone(&calendar.zone);
        let part = |number: u32| u8::try_from(number).unwrap_or(0);
        let year = u16::try_from(local.year()).unwrap_or(1980);
        let (month, day) = (part(local.month()), part(local.day()));
        let (hour, minute, second) = (part(local.hour()), part(local.minute()), part(local.second()));
        let at = zip::DateTime::from_date_and_time(year, month, day, hour, minute, second);
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .large_file(true)
            .unix_permissions(0o644)
            .last_modified_time(at.unwrap_or_default());
        let zip = Box::new(ZipWriter::new(BufWriter::with_capacity(1 << 20, file)));
        Self { zip, options, entries: Vec::new() }
    }

    /// Puts a file in.
    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), BinderError> {
        self.put(name, bytes)?;
        let sha256 = hex::encode(Sha256::digest(bytes));
        self.entries.push(Entry { name: name.to_owned(), size: bytes.len(), sha256 });
        Ok(())
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> Result<(), BinderError> {
        self.zip.start_file(name, self.options).map_err(BinderError::file)?;
        self.zip.write_all(bytes).map_err(BinderError::from)
    }

    /// Puts the list of everything in and gives the file back, whole and on the disk.
    pub(super) fn end(mut self) -> Result<File, BinderError> {
        let sums = sums(&mut self.entries);
        self.put(SUMS, sums.as_bytes())?;
        let file = self.zip.finish().map_err(BinderError::file)?;
        let file = file.into_inner().map_err(|error| BinderError::from(error.into_error()))?;
        file.sync_all()?;
        Ok(file)
    }
}

/// As `sha256sum` writes them: the digits, a space, a star for bytes as they are, the name.
fn sums(entries: &mut [Entry]) -> String {
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    entries.iter().map(|entry| format!("{} *{}\n", entry.sha256, entry.name)).collect()
}
