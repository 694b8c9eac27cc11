//! The texts of a catalogue, before they are read.

use std::collections::BTreeMap;

/// The files of a catalogue: path inside the catalogue (with `/`) and text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources(BTreeMap<String, String>);

static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/catalog.rs"));

impl Sources {
    /// The files this program was built with.
    #[must_use]
    pub fn embedded() -> Self {
        EMBEDDED.iter().map(|(path, text)| (*path, *text)).collect()
    }

    /// The text of a file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// Every file, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The files whose path starts with `prefix`, by path.
    pub fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0
            .range(prefix.to_owned()..)
            .take_while(move |(path, _)| path.starts_with(prefix))
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }
}

impl<P: Into<String>, T: Into<String>> FromIterator<(P, T)> for Sources {
    fn from_iter<I: IntoIterator<Item = (P, T)>>(files: I) -> Self {
        let mut sources = Self::default();
        sources.extend(files);
        sources
    }
}

/// Files of the same path are replaced, so that a hospital's own folder can be laid over the built-in one.
impl<P: Into<String>, T: Into<String>> Extend<(P, T)> for Sources {
    fn extend<I: IntoIterator<Item = (P, T)>>(&mut self, files: I) {
        self.0.extend(files.into_iter().map(|(path, text)| (path.into(), text.into())));
    }
}
