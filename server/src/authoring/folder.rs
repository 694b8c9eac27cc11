//! The folder with the files of a catalogue.

use std::fs;
use std::path::Path;

use kokoroe_courses::Sources;
use sha2::{Digest as _, Sha256};

/// Why a folder could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// A file or folder.
    #[error("{0}: {1}")]
    Io(String, std::io::Error),
    /// It holds none of the files of a catalogue.
    #[error("{0}: there is no catalogue here")]
    Empty(String),
}

/// The content files of a folder.
///
/// # Errors
/// When one of them cannot be read, or there is none.
pub fn read(root: &Path) -> Result<Sources, FolderError> {
    let mut sources = Sources::default();
    walk(root, &mut |path| {
        let name = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(path).map_err(|error| at(path, error))?;
        sources.extend([(name, text)]);
        Ok(())
    })?;
    if sources.iter().next().is_none() {
        Err(FolderError::Empty(root.display().to_string()))
    } else {
        Ok(sources)
    }
}

/// Something that differs as soon as one of the files is another one: names, lengths and times of change.
///
/// # Errors
/// When the folder cannot be read.
pub fn revision(root: &Path) -> Result<String, FolderError> {
    let mut files = Vec::new();
    walk(root, &mut |path| {
        let known = fs::metadata(path).map_err(|error| at(path, error))?;
        let changed = known.modified().map_err(|error| at(path, error))?;
        files.push(format!("{} {} {changed:?}", path.display(), known.len()));
        Ok(())
    })?;
    files.sort();
    let mut hash = hex::encode(Sha256::digest(files.join("\n").as_bytes()));
    hash.truncate(16);
    Ok(hash)
}

/// Every content file below a folder. Editors' own files are not content.
fn walk(folder: &Path, each: &mut dyn FnMut(&Path) -> Result<(), FolderError>) -> Result<(), FolderError> {
    for entry in fs::read_dir(folder).map_err(|error| at(folder, error))? {
        let path = entry.map_err(|error| at(folder, error))?.path();
        if path.is_dir() {
            walk(&path, each)?;
        } else if path.extension().is_some_and(|ending| ending == "toml" || ending == "md" || ending == "svg")
        {
            each(&path)?;
        }
    }
    Ok(())
}

fn at(path: &Path, error: std::io::Error) -> FolderError {
    FolderError::Io(path.display().to_string(), error)
}
