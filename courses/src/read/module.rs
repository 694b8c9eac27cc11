//! Reading modules: `module.toml` and the files of its steps.

use std::collections::BTreeMap;

use super::Shelf;
use super::fields::File;
use super::item::{ItemKind, Sample, item, limit};
use super::markdown;
use super::notes::{Notes, Original, Voice, easy_path, english_path, original_path};
use super::scenario::{CARES, scenario};
use super::test::families;
use crate::item::{AssignKind, PickKind};
use crate::module::{Actor, Content, Module, Reading, Step};
use crate::prose::{Passage, Prose};
use crate::scenario::ScenarioKind;
use crate::sources::Sources;
use crate::test::Test;
use crate::text::Text;

/// A module and what only its files know.
#[derive(Debug)]
pub(crate) struct ModuleFiles {
    /// The module.
    pub(crate) module: Module,
    /// Its folder, with the closing `/`.
    pub(crate) folder: String,
    /// Steps whose file could not be read.
    pub(crate) unread: Vec<String>,
    /// Replies that drafts are tried on, by item.
    pub(crate) samples: BTreeMap<String, Vec<Sample>>,
}

/// The folder of the final test.
pub(crate) const TEST_FOLDER: &str = "final-test/";

#[derive(Clone, Copy)]
enum Kind {
    Item(ItemKind),
    Scenario(ScenarioKind),
}

const KINDS: &[(&str, Kind)] = &[
    ("judge", Kind::Item(ItemKind::Judge)),
    ("hotspot", Kind::Item(ItemKind::Hotspot)),
    ("order", Kind::Item(ItemKind::Order)),
    ("draft", Kind::Item(ItemKind::Draft)),
    ("confidence", Kind::Item(ItemKind::Confidence)),
    ("spot-list", Kind::Item(ItemKind::Pick(PickKind::SpotList))),
    ("audience", Kind::Item(ItemKind::Pick(PickKind::Audience))),
    ("mark-text", Kind::Item(ItemKind::Pick(PickKind::MarkText))),
    ("triage", Kind::Item(ItemKind::Assign(AssignKind::Triage))),
    ("sort", Kind::Item(ItemKind::Assign(AssignKind::Sort))),
    ("redact", Kind::Item(ItemKind::Assign(AssignKind::Redact))),
    ("mosaic", Kind::Item(ItemKind::Mosaic)),
    ("contact", Kind::Item(ItemKind::Contact)),
    ("lookup", Kind::Item(ItemKind::Lookup)),
    ("reflect", Kind::Item(ItemKind::Reflect)),
    ("checklist", Kind::Item(ItemKind::Checklist)),
    ("branch", Kind::Scenario(ScenarioKind::Branch)),
    ("crisis", Kind::Scenario(ScenarioKind::Crisis)),
];

/// Reads the module in `folder`, which ends with `/`.
pub(crate) fn module(shelf: &Shelf, sources: &Sources, notes: &Notes, folder: &str) -> Option<ModuleFiles> {
    let path = format!("{folder}module.toml");
    let file = File::open(notes, sources, &path, shelf.sidecar(&path))?;
    let mut fields = file.root(notes);
    schema(&mut fields);
    let found = fields.string("id");
    // The folder decides, so that one slip does not make every file of the module a stray.
    let id = folder.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
    if found != id {
        let message = format!("the id `{found}` has to be the name of its folder, `{id}`");
        notes.fault(&path, fields.line_of("id"), message);
    }
    let title = fields.text("title", limit::TITLE);
    let summary = fields.text("summary", limit::SUMMARY);
    let minutes = fields.number("minutes", 240);
    let care = fields.maybe_one_of("care", CARES);
    let swap = fields.maybe_string("swap");
    let recall = fields.list("recall");
    let diagnosis = fields.list("diagnosis");
    let takeaway = fields.maybe_text("takeaway", limit::SUMMARY, Voice::Course);
    let mut files = ModuleFiles {
        module: Module {
            id,
            title,
            summary,
            minutes,
            care,
            swap,
            recall,
            diagnosis,
            takeaway,
            content: Content::Lesson(Vec::new()),
            actors: BTreeMap::new(),
            drawings: BTreeMap::new(),
            incidents: BTreeMap::new(),
        },
        folder: folder.to_owned(),
        unread: Vec::new(),
        samples: BTreeMap::new(),
    };
    files.module.content = if folder == TEST_FOLDER {
        let draw = fields.number("draw", 100);
        let pass_percent = u8::try_from(fields.number("pass_percent", 100)).unwrap_or(100);
        let families = pool(shelf, sources, notes, folder);
        if draw == 0 || families.is_empty() {
            // Such a test would pass everybody.
            fields
                .broken(fields.line_of("draw"), "the test asks nothing; it needs draw and pool-*.toml files");
        }
        Content::Test(Test { draw, pass_percent, families })
    } else {
        let stems = fields.list("steps");
        if stems.is_empty() {
            fields.broken(fields.line_of("steps"), "list the steps of the module: steps = [\"01-read\", …]");
        }
        Content::Lesson(
            stems.iter().filter_map(|stem| step(shelf, sources, notes, &mut files, stem)).collect(),
        )
    };
    fields.finish();
    for (path, text) in sources.under(folder).filter(|(path, _)| path.ends_with(".svg")) {
        let name = path.strip_prefix(folder).unwrap_or(path);
        files.module.drawings.insert(name.to_owned(), text.to_owned());
    }
    (!notes.is_broken(&path)).then_some(files)
}

fn schema(fields: &mut super::fields::Fields<'_, '_>) {
    if fields.maybe_number("schema", 1) != Some(1) {
        fields.broken(fields.line_of("schema"), "the file has to say schema = 1");
    }
}

fn pool(shelf: &Shelf, sources: &Sources, notes: &Notes, folder: &str) -> Vec<crate::test::Family> {
    let prefix = format!("{folder}pool-");
    let paths = sources.under(&prefix).map(|(path, _)| path);
    let mut all = Vec::new();
    for path in paths.filter(|path| path.ends_with(".toml") && original_path(path) == *path) {
        if let Some(file) = File::open(notes, sources, path, shelf.sidecar(path)) {
            let mut root = file.root(notes);
            root.maybe_number("schema", 1);
            let found = families(root);
            if !notes.is_broken(path) {
                all.extend(found);
            }
        }
    }
    all
}

fn step(
    shelf: &Shelf,
    sources: &Sources,
    notes: &Notes,
    files: &mut ModuleFiles,
    stem: &str,
) -> Option<Step> {
    if let Some(scenario) = stem.strip_prefix("debrief:") {
        return Some(Step::Debrief { scenario: scenario.to_owned() });
    }
    let page = format!("{}{stem}.md", files.folder);
    if let Some(text) = sources.get(&page) {
        return reading(sources, notes, &page, text, stem).map(Step::Read).or_else(|| {
            files.unread.push(stem.to_owned());
            None
        });
    }
    let path = format!("{}{stem}.toml", files.folder);
    let file = File::open(notes, sources, &path, shelf.sidecar(&path));
    let found = file.as_ref().and_then(|file| {
        let mut fields = file.root(notes);
        schema(&mut fields);
        let Some(kind) = fields.maybe_one_of("kind", KINDS) else {
            fields.broken(fields.line_of("kind"), "say what this file is: kind = \"judge\", \"crisis\" …");
            return None;
        };
        let id = fields.peek("id").to_owned();
        if id != stem {
            notes.fault(
                &path,
                fields.line_of("id"),
                format!("the id `{id}` has to be the name of its file, `{stem}`"),
            );
        }
        match kind {
            Kind::Item(kind) => {
                let mut read = item(fields, kind, &shelf.beside());
                stem.clone_into(&mut read.item.id);
                (!notes.is_broken(&path)).then(|| {
                    adopt(notes, &path, &mut files.module.actors, read.actors);
                    files.samples.insert(read.item.id.clone(), read.samples);
                    Step::Item(read.item)
                })
            }
            Kind::Scenario(kind) => {
                let mut read = scenario(fields, kind);
                stem.clone_into(&mut read.scenario.id);
                (!notes.is_broken(&path)).then(|| {
                    adopt(notes, &path, &mut files.module.actors, read.actors);
                    Step::Scenario(read.scenario)
                })
            }
        }
    });
    if found.is_none() {
        files.unread.push(stem.to_owned());
    }
    found
}

/// Adds the actors of a file to those of the module. The same id is the same person.
fn adopt(notes: &Notes, path: &str, all: &mut BTreeMap<String, Actor>, new: BTreeMap<String, Actor>) {
    for (id, actor) in new {
        if let Some(known) = all.get(&id) {
            if known.name.ja != actor.name.ja || known.handle != actor.handle {
                let message = format!(
                    "the actor `{id}` is {} ({}) elsewhere in this module; use the same name and handle, or another id",
                    known.name.ja, known.handle
                );
                notes.fault_at(path, &id, message);
            }
        } else {
            all.insert(id, actor);
        }
    }
}

fn reading(sources: &Sources, notes: &Notes, path: &str, text: &str, stem: &str) -> Option<Reading> {
    let ja = markdown::page(notes, path, text);
    let english = english_path(path);
    let en = sources.get(&english).map(|text| markdown::page(notes, &english, text));
    let plain = easy_path(path);
    let easy = sources.get(&plain).map(|text| markdown::page(notes, &plain, text));
    notes.original(Original {
        file: path.to_owned(),
        english: english.clone(),
        easy: plain.clone(),
        key: String::new(),
        ja: text.trim().to_owned(),
        line: 1,
        voice: Voice::Course,
    });
    let prose = |page: &markdown::Page| Prose(page.blocks.iter().map(|(block, _)| block.clone()).collect());
    let body = Passage { ja: prose(&ja), en: en.as_ref().map(prose), easy: easy.as_ref().map(prose) };
    let length = body.ja.plain().chars().filter(|c| !c.is_whitespace()).count();
    if length > READING_LIMIT {
        let message = format!(
            "the page has {length} characters; {READING_LIMIT} are one screen. Cut it or make two pages"
        );
        notes.fault(path, 1, message);
    }
    for (block, line) in &ja.blocks {
        for part in Prose(vec![block.clone()]).inlines() {
            if let crate::prose::Inline::Link { to, .. } = part {
                notes.link(path, *line, to);
            }
        }
    }
    [path, english.as_str(), plain.as_str()].iter().all(|path| !notes.is_broken(path)).then(|| Reading {
        id: stem.to_owned(),
        title: Text { ja: ja.title, en: en.map(|page| page.title), easy: easy.map(|page| page.title) },
        body,
    })
}

/// One screen of Japanese.
const READING_LIMIT: usize = 300;
