//! Where the files lie: a folder of the data folder, each under the id of its job.

use std::collections::HashSet;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::id::ExportId;

/// Its name in the data folder.
pub(crate) const NAME: &str = "exports";
/// How much of a file is read at a time.
const PIECE: usize = 256 * 1024;

fn folder(data: &Path) -> PathBuf {
    data.join(NAME)
}

/// The file of a job that is finished, by whoever finished it: two servers that believe in the same job never write over each other.
pub(super) fn whole(data: &Path, id: &ExportId, holder: &str) -> PathBuf {
    folder(data).join(format!("{id}.{holder}.file"))
}

fn part(data: &Path, id: &ExportId, holder: &str) -> PathBuf {
    folder(data).join(format!("{id}.{holder}.part"))
}

/// A new file for whoever makes a job. What others left of the same job, who died over it, goes.
pub(super) fn begin(data: &Path, id: &ExportId, holder: &str) -> io::Result<File> {
    let folder = folder(data);
    DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
    let left = format!("{id}.");
    for entry in fs::read_dir(&folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(&left) {
            fs::remove_file(entry.path())?;
        }
    }
    // It holds names: nobody else on this machine reads it.
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(part(data, id, holder))
}

/// What is left of a job that somebody gave up.
pub(super) fn give_up(data: &Path, id: &ExportId, holder: &str) {
    // There may be none, and the next who begins takes away what could not be removed now.
    fs::remove_file(part(data, id, holder)).ok();
}

/// A file that is whole on the disk: its length and its SHA-256.
pub(super) struct Kept {
    pub(super) size: u64,
    pub(super) sha256: String,
}

/// Makes the written file the file of its job: only after this anybody is told that it is there.
pub(super) fn keep(data: &Path, id: &ExportId, holder: &str) -> io::Result<Kept> {
    let written = part(data, id, holder);
    let mut file = File::open(&written)?;
    file.sync_all()?;
    let mut hash = Sha256::new();
    let (mut size, mut piece) = (0, vec![0; PIECE]);
    loop {
        let read = file.read(&mut piece)?;
        let Some(bytes) = piece.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
        hash.update(bytes);
        size += read as u64;
    }
    fs::rename(&written, whole(data, id, holder))?;
    File::open(folder(data))?.sync_all()?;
    Ok(Kept { size, sha256: hex::encode(hash.finalize()) })
}

/// Takes the file of a job away.
pub(super) fn remove(data: &Path, id: &ExportId, holder: &str) -> io::Result<()> {
    match fs::remove_file(whole(data, id, holder)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Takes away every file of these jobs, whoever made it.
pub(super) fn remove_all(data: &Path, ids: &HashSet<ExportId>) -> io::Result<()> {
    let entries = match fs::read_dir(folder(data)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        other => other?,
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let id = name.split('.').next().and_then(ExportId::parse);
        if id.is_some_and(|id| ids.contains(&id)) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
