//! Reading a catalogue from its files.

pub(crate) mod fields;
pub(crate) mod item;
pub(crate) mod markdown;
pub(crate) mod module;
pub(crate) mod notes;
mod policy;
mod post;
mod rows;
mod scenario;
pub(crate) mod sidecar;
mod test;

use std::collections::BTreeMap;

use crate::catalogue::{Catalogue, Contact, Course, Glossary, Incident, IncidentKind};
use crate::fault::Fault;
use crate::item::Group;
use crate::module::{Content, Module, Step};
use crate::policy::Policy;
use crate::sources::Sources;
use crate::track::{Members, Track};
use fields::{Fields, File};
use item::{Beside, limit};
use module::{ModuleFiles, TEST_FOLDER};
use notes::{Noted, Notes, Voice, easy_path, english_path};
use sidecar::Sidecar;

/// Everything that could be read, and what was noted on the way. Files that could not be read are left out, so
/// that the rest can still be checked.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    /// The course.
    pub(crate) course: Option<Course>,
    /// The modules of the course in its order, then modules that it does not name.
    pub(crate) modules: Vec<ModuleFiles>,
    /// The policy.
    pub(crate) policy: Option<Policy>,
    /// The incidents.
    pub(crate) incidents: Option<Vec<Incident>>,
    /// The contacts.
    pub(crate) contacts: Option<Vec<Contact>>,
    /// The glossary.
    pub(crate) glossary: Option<Glossary>,
    /// The files with English and plain Japanese, by path.
    pub(crate) sidecars: BTreeMap<String, Sidecar>,
    /// What was noted.
    pub(crate) noted: Noted,
}

static NO_SIDECAR: Sidecar = Sidecar { entries: BTreeMap::new(), unreadable: false };

impl Catalogue {
    /// The content inside the program.
    ///
    /// # Errors
    /// As [`Catalogue::read`].
    pub fn embedded() -> Result<Self, Vec<Fault>> {
        Self::read(&Sources::embedded())
    }

    /// Reads a catalogue. Only what makes it unreadable is an error here; [`crate::check`] finds the rest.
    ///
    /// # Errors
    /// Every fault that stands in the way, with file and line.
    pub fn read(sources: &Sources) -> Result<Self, Vec<Fault>> {
        let shelf = Shelf::read(sources);
        let mut broken = shelf.noted.broken;
        broken.sort();
        let (Some(mut course), Some(policy), Some(incidents), Some(contacts), Some(glossary), true) =
            (shelf.course, shelf.policy, shelf.incidents, shelf.contacts, shelf.glossary, broken.is_empty())
        else {
            return Err(broken);
        };
        if course.tracks.is_empty() {
            course.tracks.push(Track::of_everybody(&course.modules));
        }
        let listed = |module: &Module| course.modules.contains(&module.id);
        let modules = shelf.modules.into_iter().map(|files| files.module).filter(listed).collect();
        Ok(Self { course, modules, policy, incidents, contacts, glossary })
    }
}

impl Shelf {
    /// Reads whatever can be read.
    pub(crate) fn read(sources: &Sources) -> Self {
        let notes = Notes::default();
        let mut shelf = Self::default();
        for (path, text) in
            sources.iter().filter(|(path, _)| path.ends_with(".en.toml") || path.ends_with(".easy.toml"))
        {
            shelf.sidecars.insert(path.to_owned(), Sidecar::read(&notes, path, text));
        }
        shelf.course = shelf.course(sources, &notes);
        shelf.incidents = shelf.incidents(sources, &notes);
        shelf.contacts = shelf.contacts(sources, &notes);
        shelf.glossary = shelf.glossary(sources, &notes);
        let policy = shelf.course.as_ref().map_or("sns", |course| course.policy.as_str());
        shelf.policy = policy::policy(&shelf, sources, &notes, policy);
        shelf.modules = shelf
            .folders(sources)
            .iter()
            .filter_map(|f| module::module(&shelf, sources, &notes, f))
            .collect();
        shelf.pin_incidents();
        shelf.noted = notes.into_noted();
        shelf
    }

    /// The English and the plain Japanese of a file.
    pub(crate) fn sidecar(&self, path: &str) -> sidecar::Beside<'_> {
        let beside = |path: String| self.sidecars.get(&path).unwrap_or(&NO_SIDECAR);
        sidecar::Beside { en: beside(english_path(path)), easy: beside(easy_path(path)) }
    }

    /// What items name that stands in other files.
    pub(crate) fn beside(&self) -> Beside {
        let clauses = self.policy.iter().flat_map(|policy| &policy.clauses);
        let contacts = self.contacts.iter().flatten();
        Beside {
            clauses: clauses
                .map(|clause| Group { id: clause.id.clone(), text: clause.heading.clone() })
                .collect(),
            contacts: contacts
                .map(|contact| Group { id: contact.id.clone(), text: contact.name.clone() })
                .collect(),
        }
    }

    /// The folders of the modules: those of the course in its order, then any other.
    fn folders(&self, sources: &Sources) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let listed = self.course.iter().flat_map(|course| &course.modules);
        let listed = listed.map(|id| format!("modules/{id}/"));
        let lying = sources.under("modules/").filter_map(|(path, _)| {
            let (id, _) = path.strip_prefix("modules/")?.split_once('/')?;
            Some(format!("modules/{id}/"))
        });
        for folder in listed.chain(lying) {
            let folder =
                if folder == format!("modules/{TEST_FOLDER}") { TEST_FOLDER.to_owned() } else { folder };
            if !found.contains(&folder) {
                found.push(folder);
            }
        }
        if sources.under(TEST_FOLDER).next().is_some() && !found.iter().any(|folder| folder == TEST_FOLDER) {
            found.push(TEST_FOLDER.to_owned());
        }
        found
    }

    fn course(&self, sources: &Sources, notes: &Notes) -> Option<Course> {
        let path = "course.toml";
        let file = File::open(notes, sources, path, self.sidecar(path))?;
        let mut fields = file.root(notes);
        fields.maybe_number("schema", 1);
        let course = Course {
            id: fields.string("id"),
            title: fields.text("title", limit::TITLE),
            summary: fields.maybe_text("summary", 240, Voice::Course),
            modules: fields.list("modules"),
            tracks: tracks(&mut fields),
            policy: fields.string("policy"),
        };
        fields.finish();
        (!notes.is_broken(path)).then_some(course)
    }

    fn incidents(&self, sources: &Sources, notes: &Notes) -> Option<Vec<Incident>> {
        const KINDS: &[(&str, IncidentKind)] = &[
            ("verified", IncidentKind::Verified),
            ("reported", IncidentKind::Reported),
            ("contested", IncidentKind::Contested),
            ("positive", IncidentKind::Positive),
        ];
        let path = "incidents.toml";
        let file = File::open(notes, sources, path, self.sidecar(path))?;
        let mut fields = file.root(notes);
        fields.maybe_number("schema", 1);
        let incidents = fields
            .tables("incident")
            .into_iter()
            .map(|mut table| {
                let incident = Incident {
                    id: table.string("id"),
                    year: table.maybe_number("year", 9999).and_then(|year| u16::try_from(year).ok()),
                    place: table.text("place", limit::TITLE),
                    what: table.text("what", 120),
                    followed: table.text("followed", 80),
                    kind: table.one_of("kind", KINDS, IncidentKind::Reported),
                    source: table.string("source"),
                };
                table.finish();
                incident
            })
            .collect();
        fields.finish();
        (!notes.is_broken(path)).then_some(incidents)
    }

    fn contacts(&self, sources: &Sources, notes: &Notes) -> Option<Vec<Contact>> {
        let path = "contacts.toml";
        let file = File::open(notes, sources, path, self.sidecar(path))?;
        let mut fields = file.root(notes);
        fields.maybe_number("schema", 1);
        let contacts = fields
            .tables("contact")
            .into_iter()
            .map(|mut table| {
                let contact = Contact {
                    id: table.string("id"),
                    name: table.text("name", limit::TITLE),
                    note: table.maybe_text("note", limit::SCENE, Voice::Course),
                };
                table.finish();
                contact
            })
            .collect();
        fields.finish();
        (!notes.is_broken(path)).then_some(contacts)
    }

    fn glossary(&self, sources: &Sources, notes: &Notes) -> Option<Glossary> {
        let path = "glossary.toml";
        let file = File::open(notes, sources, path, self.sidecar(path))?;
        let mut fields = file.root(notes);
        fields.maybe_number("schema", 1);
        let readings = fields.pairs("readings").into_iter().collect();
        fields.finish();
        (!notes.is_broken(path)).then_some(Glossary { readings })
    }

    /// Gives every module the incidents it draws on, so that it is complete.
    fn pin_incidents(&mut self) {
        let Some(incidents) = &self.incidents else { return };
        for files in &mut self.modules {
            let wanted = draws_on(&files.module);
            for incident in incidents.iter().filter(|incident| wanted.contains(&incident.id)) {
                let pinned = Incident { source: String::new(), ..incident.clone() };
                files.module.incidents.insert(incident.id.clone(), pinned);
            }
        }
    }
}

/// The tracks as they are written. A course that writes none down is completed by [`Catalogue::read`].
fn tracks(fields: &mut Fields<'_, '_>) -> Vec<Track> {
    let tracks = fields.tables("track").into_iter().map(|mut table| {
        let track = Track {
            id: table.string("id"),
            title: table.text("title", limit::TITLE),
            members: table.table("for").map(members).unwrap_or_default(),
            modules: table.list("modules"),
        };
        table.finish();
        track
    });
    tracks.collect()
}

fn members(mut table: Fields<'_, '_>) -> Members {
    let members = Members {
        everybody: table.flag("everybody"),
        manager: table.flag("manager"),
        new: table.flag("new"),
        professions: table.list("professions"),
        departments: table.list("departments"),
    };
    table.finish();
    members
}

/// Every incident that a module draws on.
fn draws_on(module: &Module) -> Vec<String> {
    match &module.content {
        Content::Lesson(steps) => steps
            .iter()
            .flat_map(|step| match step {
                Step::Item(item) => item.draws_on.clone(),
                Step::Scenario(scenario) => scenario.draws_on.clone(),
                Step::Read(_) | Step::Debrief { .. } => Vec::new(),
            })
            .collect(),
        Content::Test(test) => test.families.iter().flat_map(|family| family.draws_on.clone()).collect(),
    }
}
