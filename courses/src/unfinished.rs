//! A catalogue that is still being written.

use crate::catalogue::{Catalogue, Course};
use crate::fault::Fault;
use crate::read::Shelf;
use crate::sources::Sources;
use crate::text::Text;

impl Catalogue {
    /// Whatever can be read of a catalogue, for those who are writing it: files with faults are left out, and modules that
    /// the course does not name yet stand at the end. [`crate::check`] says what is missing.
    ///
    /// # Errors
    /// Without a policy there is nothing that clauses could be shown from: every fault that stands in the way.
    pub fn unfinished(sources: &Sources) -> Result<Self, Vec<Fault>> {
        let shelf = Shelf::read(sources);
        let Some(policy) = shelf.policy else { return Err(shelf.noted.broken) };
        let nameless = || Course {
            id: String::new(),
            title: Text::ja(""),
            summary: None,
            modules: Vec::new(),
            tracks: Vec::new(),
            policy: policy.id.clone(),
        };
        Ok(Self {
            course: shelf.course.unwrap_or_else(nameless),
            modules: shelf.modules.into_iter().map(|files| files.module).collect(),
            incidents: shelf.incidents.unwrap_or_default(),
            contacts: shelf.contacts.unwrap_or_default(),
            glossary: shelf.glossary.unwrap_or_default(),
            policy,
        })
    }
}
