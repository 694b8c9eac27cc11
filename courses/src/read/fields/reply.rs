//! Fields that only replies to write have.

use super::Fields;
use crate::item::Words;
use crate::read::notes::{Original, Voice};

impl Fields<'_, '_> {
    /// Words to look for in a reply, with the English ones of the sidecar.
    pub(crate) fn words(&mut self, name: &'static str, translate: bool) -> Words {
        let ja = self.list(name);
        let key = self.path_of(name);
        let en = self.file.sidecars.en.entries.get(&key).map(|entry| entry.list.clone()).unwrap_or_default();
        // Words without letters of a language, such as !, are the same in both.
        let translate = translate && ja.iter().any(|word| !word.is_ascii());
        if !ja.is_empty() && (translate || !en.is_empty()) {
            self.notes.original(Original {
                file: self.file.path.clone(),
                english: self.file.english.clone(),
                easy: self.file.easy.clone(),
                key,
                ja: ja.join("\n"),
                line: self.line_of(name),
                voice: Voice::Pattern,
            });
        }
        Words { ja, en }
    }
}
