//! The files of a pack or a binder that somebody has unpacked.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use kokoroe_evidence::pack::{PIECE, Source};

/// A folder and what is below it.
pub(super) struct Folder(BTreeMap<String, PathBuf>);

impl Folder {
    /// Looks up the names of all files.
    pub(super) fn open(root: &Path) -> io::Result<Self> {
        let mut files = BTreeMap::new();
        let mut folders = vec![root.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                    files.insert(name, path);
                }
            }
        }
        Ok(Self(files))
    }
}

impl Source for Folder {
    fn names(&self) -> BTreeSet<String> {
        self.0.keys().cloned().collect()
    }

    fn feed(&self, name: &str, take: &mut dyn FnMut(&[u8]) -> bool) -> io::Result<()> {
        let path = self.0.get(name).ok_or(io::ErrorKind::NotFound)?;
        let (mut file, mut piece) = (File::open(path)?, vec![0; PIECE]);
        loop {
            let read = file.read(&mut piece)?;
            let Some(bytes) = piece.get(..read).filter(|bytes| !bytes.is_empty()) else { return Ok(()) };
            if !take(bytes) {
                return Ok(());
            }
        }
    }
}
