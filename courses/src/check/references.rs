//! What a file names exists: clauses, incidents, actors, drawings.

use std::collections::BTreeSet;

use super::Desk;
use crate::item::{Choice, Item, Task};
use crate::module::{Content, Step};
use crate::read::module::ModuleFiles;
use crate::scenario::Post;

pub(super) fn check(desk: &mut Desk<'_>) {
    let shelf = desk.shelf;
    for files in &shelf.modules {
        match &files.module.content {
            Content::Lesson(steps) => {
                for step in steps {
                    lesson_step(desk, files, step);
                }
            }
            Content::Test(test) => {
                for family in &test.families {
                    let file = super::tests::file_of(desk, files, &family.id);
                    clause(desk, &file, &format!("{}.clause", family.id), &family.clause);
                    incidents(desk, &file, &format!("{}.draws_on", family.id), &family.draws_on);
                    for variant in &family.variants {
                        let key = format!("{}.{}", family.id, variant.id);
                        choices(desk, &file, &key, &variant.choices);
                    }
                }
            }
        }
    }
    let links = shelf.noted.links.clone();
    for (file, line, to) in links {
        let id = to.trim_start_matches('#');
        if let Some(message) = unknown_clause(desk, id) {
            desk.faults.push(crate::fault::Fault::error(&file, line, message));
        }
    }
    if let Some(policy) = &shelf.policy {
        let file = format!("policy/{}/policy.toml", policy.id);
        for change in &policy.changes {
            if let Some(id) = &change.clause {
                clause(desk, &file, &format!("{}.clause", change.id), id);
            }
        }
        if policy.statements.is_empty() {
            desk.error(&file, "statement", "the signer ticks nothing; add [[statement]] tables");
        }
    }
}

fn lesson_step(desk: &mut Desk<'_>, files: &ModuleFiles, step: &Step) {
    match step {
        Step::Item(item) => {
            let file = format!("{}{}.toml", files.folder, item.id);
            incidents(desk, &file, "draws_on", &item.draws_on);
            posts(desk, files, &file, &item.posts);
            item_clauses(desk, &file, item);
        }
        Step::Scenario(scenario) => {
            let file = format!("{}{}.toml", files.folder, scenario.id);
            incidents(desk, &file, "draws_on", &scenario.draws_on);
            posts(desk, files, &file, &scenario.posts);
            for node in &scenario.nodes {
                for branch in &node.branches {
                    let key = format!("{}.{}.cite", node.id, branch.choice.id);
                    clause(desk, &file, &key, &branch.choice.cite);
                    let key = format!("{}.{}.contact", node.id, branch.choice.id);
                    contact(desk, &file, &key, branch.choice.contact.as_deref());
                }
            }
        }
        Step::Read(_) | Step::Debrief { .. } => {}
    }
}

fn item_clauses(desk: &mut Desk<'_>, file: &str, item: &Item) {
    for id in &item.cite {
        clause(desk, file, "cite", id);
    }
    match &item.task {
        Task::Judge(list) => choices(desk, file, "", list),
        Task::Hotspot(hotspot) => {
            for region in &hotspot.regions {
                if let Some(id) = &region.cite {
                    clause(desk, file, &format!("{}.cite", region.id), id);
                }
            }
        }
        Task::Draft(draft) => {
            for rule in &draft.rules {
                if let Some(id) = &rule.cite {
                    clause(desk, file, &format!("{}.cite", rule.id), id);
                }
            }
        }
        Task::Pick(pick) => {
            cites(desk, file, pick.options.iter().map(|option| (option.id.as_str(), &option.cite)));
        }
        Task::Assign(assign) => cites(desk, file, assign.rows.iter().map(|row| (row.id.as_str(), &row.cite))),
        Task::Mosaic(mosaic) => {
            cites(desk, file, mosaic.clues.iter().map(|clue| (clue.id.as_str(), &clue.cite)));
            choices(desk, file, "", &mosaic.findings);
            choices(desk, file, "", &mosaic.cuts);
        }
        Task::Checklist(list) => {
            cites(desk, file, list.options.iter().map(|line| (line.id.as_str(), &line.cite)));
        }
        Task::Contact(whom) => {
            cites(desk, file, whom.options.iter().map(|option| (option.id.as_str(), &option.cite)));
            cites(desk, file, whom.ways.iter().map(|way| (way.by.code(), &way.cite)));
        }
        Task::Order(_) | Task::Confidence { .. } | Task::Lookup(_) | Task::Reflect { .. } => {}
    }
    let free = matches!(item.task, Task::Confidence { .. } | Task::Reflect { .. });
    if item.cite.is_empty() && !free {
        desk.error(file, "id", "the item does not say which clause it tests; add cite = [\"C…\"]");
    }
}

fn cites<'c>(desk: &mut Desk<'_>, file: &str, cites: impl Iterator<Item = (&'c str, &'c Option<String>)>) {
    for (id, cite) in cites {
        if let Some(cite) = cite {
            clause(desk, file, &format!("{id}.cite"), cite);
        }
    }
}

fn choices(desk: &mut Desk<'_>, file: &str, prefix: &str, choices: &[Choice]) {
    for choice in choices {
        let key = if prefix.is_empty() {
            format!("{}.cite", choice.id)
        } else {
            format!("{prefix}.{}.cite", choice.id)
        };
        clause(desk, file, &key, &choice.cite);
    }
}

/// The contact book has whom a choice turns to.
fn contact(desk: &mut Desk<'_>, file: &str, key: &str, id: Option<&str>) {
    let Some(contacts) = &desk.shelf.contacts else { return };
    if let Some(id) = id.filter(|id| !contacts.iter().any(|contact| contact.id == *id)) {
        desk.error(file, key, format!("contacts.toml has no contact `{id}`"));
    }
}

fn clause(desk: &mut Desk<'_>, file: &str, key: &str, id: &str) {
    if let Some(message) = unknown_clause(desk, id) {
        desk.error(file, key, message);
    }
}

/// Says so if the policy has no such clause. Without a policy nothing can be said.
fn unknown_clause(desk: &Desk<'_>, id: &str) -> Option<String> {
    let policy = desk.shelf.policy.as_ref()?;
    if policy.clause(id).is_some() {
        return None;
    }
    let known: Vec<_> = policy.clauses.iter().map(|clause| clause.id.as_str()).collect();
    Some(format!("the policy has no clause `{id}`; it has {}", known.join(", ")))
}

fn incidents(desk: &mut Desk<'_>, file: &str, key: &str, ids: &[String]) {
    let Some(incidents) = &desk.shelf.incidents else { return };
    for id in ids {
        if !incidents.iter().any(|incident| incident.id == *id) {
            desk.error(file, key, format!("incidents.toml has no incident `{id}`"));
        }
    }
}

fn posts(desk: &mut Desk<'_>, files: &ModuleFiles, file: &str, posts: &[Post]) {
    let drawings: BTreeSet<_> = files.module.drawings.keys().collect();
    for post in posts {
        if !files.module.actors.contains_key(&post.by) {
            desk.error(file, &format!("{}.by", post.id), format!("no actor `{}`; add an [[actor]]", post.by));
        }
        let looked = post.looks.iter().map(|look| (format!("{}.{}.image", post.id, look.id), &look.image));
        for (key, image) in std::iter::once((format!("{}.image", post.id), &post.image)).chain(looked) {
            if let Some(image) = image.as_ref().filter(|image| !drawings.contains(image)) {
                desk.error(file, &key, format!("the folder of the module has no drawing `{image}`"));
            }
        }
        let thread = [("reply_to", &post.reply_to), ("quotes", &post.quotes)];
        for (field, id) in thread {
            if let Some(id) = id.as_ref().filter(|id| !posts.iter().any(|other| other.id == **id)) {
                desk.error(file, &format!("{}.{field}", post.id), format!("there is no post `{id}`"));
            }
        }
    }
}
