//! The small catalogue under `tests/small`, complete and without a fault.

use std::fs;
use std::path::Path;

use kokoroe_courses::{Catalogue, Module, Sources, stamp};

/// Its files.
pub(crate) fn sources() -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/small");
    let mut sources = Sources::default();
    collect(&root, &root, &mut sources);
    sources
}

fn collect(root: &Path, folder: &Path, sources: &mut Sources) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, sources);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            sources.extend([(name, fs::read_to_string(&path).unwrap())]);
        }
    }
}

/// Its files with the first `from` of `file` replaced.
pub(crate) fn edited(file: &str, from: &str, to: &str) -> Sources {
    replaced(sources(), file, from, to)
}

/// The files with the first `from` of `file` replaced.
pub(crate) fn replaced(mut sources: Sources, file: &str, from: &str, to: &str) -> Sources {
    let text = sources.get(file).unwrap_or_else(|| panic!("no {file}"));
    assert!(text.contains(from), "{file} has no {from:?}");
    let text = text.replacen(from, to, 1);
    sources.extend([(file, text)]);
    sources
}

/// The same with all translations marked as current.
pub(crate) fn stamped(mut sources: Sources) -> Sources {
    let changed = stamp(&sources);
    sources.extend(changed);
    sources
}

/// The catalogue.
pub(crate) fn catalogue() -> Catalogue {
    Catalogue::read(&sources()).unwrap()
}

/// One of its modules.
pub(crate) fn module(id: &str) -> Module {
    catalogue().modules.into_iter().find(|module| module.id == id).unwrap()
}

/// The same with every text translated, no translation left over, and all of them marked as current.
pub(crate) fn translated(mut sources: Sources) -> Sources {
    for fault in kokoroe_courses::check(&sources).faults {
        let named = fault.message.split('`').nth(1).unwrap_or_default().to_owned();
        let head = format!("[\"{named}\"]\n");
        let english = fault.file.replace(".en.", ".").replace(".toml", ".en.toml");
        let text = sources.get(&english).unwrap_or_default().to_owned();
        if fault.message.starts_with("the English of") {
            let listed = [".any", ".none", ".except"].iter().any(|end| named.ends_with(end));
            let value = if listed { "list = [\"word\"]" } else { "en = \"word\"" };
            sources.extend([(english, format!("{text}{head}{value}\n"))]);
        } else if fault.message.contains("translates nothing") {
            let (before, rest) = text.split_once(&head).unwrap();
            let after = rest.find("\n[").map_or("", |at| &rest[at + 1..]);
            sources.extend([(english, format!("{before}{after}"))]);
        }
    }
    stamped(sources)
}
