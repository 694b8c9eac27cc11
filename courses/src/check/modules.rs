//! The course and its modules: everything is there, nothing lies about.

use std::collections::BTreeSet;

use super::Desk;
use crate::item::Task;
use crate::module::{Care, Content, Module, Step};
use crate::read::module::ModuleFiles;
use crate::read::notes::original_path;
use crate::scenario::Post;
use crate::sources::Sources;

pub(super) fn check(desk: &mut Desk<'_>, sources: &Sources) {
    course(desk);
    let shelf = desk.shelf;
    for files in &shelf.modules {
        let mut seen = BTreeSet::new();
        for step in files.module.steps() {
            if let Some(id) = step_id(step).filter(|id| !seen.insert(id.clone())) {
                desk.error(&module_file(files), "steps", format!("the step `{id}` is listed twice"));
            }
        }
        debriefs(desk, files);
        confidence(desk, files);
        strays(desk, sources, files);
        care(desk, files);
        recall(desk, files);
        diagnosis(desk, files);
    }
}

fn module_file(files: &ModuleFiles) -> String {
    format!("{}module.toml", files.folder)
}

fn step_id(step: &Step) -> Option<String> {
    match step {
        Step::Read(reading) => Some(reading.id.clone()),
        Step::Item(item) => Some(item.id.clone()),
        Step::Scenario(scenario) => Some(scenario.id.clone()),
        Step::Debrief { scenario } => Some(format!("debrief:{scenario}")),
    }
}

fn course(desk: &mut Desk<'_>) {
    let Some(course) = &desk.shelf.course else { return };
    let mut seen = BTreeSet::new();
    for id in &course.modules {
        if !seen.insert(id) {
            desk.error("course.toml", "modules", format!("the module `{id}` is listed twice"));
        }
    }
    let shelf = desk.shelf;
    for files in &shelf.modules {
        let module = &files.module;
        if !course.modules.contains(&module.id) {
            let message = format!(
                "the course does not list this module; add `{}` to modules in course.toml",
                module.id
            );
            desk.error(&module_file(files), "id", message);
        }
        if let Some(swap) = module.swap.as_ref().filter(|swap| !course.modules.contains(swap)) {
            desk.error(&module_file(files), "swap", format!("there is no module `{swap}` to take instead"));
        }
        if module.swap.as_ref() == Some(&module.id) {
            desk.error(&module_file(files), "swap", "a module cannot be taken instead of itself");
        }
        if module.swap.is_some() && module.care.is_none() {
            let message =
                "another module is offered only where the subject needs care; add care or take swap away";
            desk.error(&module_file(files), "swap", message);
        }
    }
}

/// What comes back after a module is in the pool of the test.
fn recall(desk: &mut Desk<'_>, files: &ModuleFiles) {
    let pools = desk.shelf.modules.iter().filter_map(|files| match &files.module.content {
        Content::Test(test) => Some(&test.families),
        Content::Lesson(_) => None,
    });
    let known: BTreeSet<&str> = pools.flatten().map(|family| family.id.as_str()).collect();
    for family in files.module.recall.iter().filter(|family| !known.contains(family.as_str())) {
        let message = format!("there is no family `{family}` in the final test that could come back");
        desk.error(&module_file(files), "recall", message);
    }
}

/// What may be tried first is judged, is enough to tell something, and can spare something.
fn diagnosis(desk: &mut Desk<'_>, files: &ModuleFiles) {
    let module = &files.module;
    if module.diagnosis.is_empty() {
        return;
    }
    let path = module_file(files);
    let mut seen = BTreeSet::new();
    for id in &module.diagnosis {
        let message = match module.item(id).map(|item| &item.task) {
            _ if !seen.insert(id) => format!("`{id}` is listed twice"),
            None => format!(
                "`{id}` is no question of this module; a diagnosis asks single questions of its steps"
            ),
            Some(Task::Draft(_) | Task::Confidence { .. } | Task::Reflect { .. } | Task::Checklist(_)) => {
                format!("`{id}` is never judged, so it tells nothing about what somebody knows")
            }
            Some(_) => continue,
        };
        desk.error(&path, "diagnosis", message);
    }
    if !(2..=5).contains(&module.diagnosis.len()) {
        desk.error(&path, "diagnosis", "a diagnosis has 2 to 5 questions");
    }
    if !module.steps().iter().any(|step| matches!(step, Step::Read(_))) {
        desk.error(&path, "diagnosis", "there is no page to read that it could spare anybody");
    }
    if module.care == Some(Care::Suicide) {
        desk.error(&path, "diagnosis", "what is said about suicide is read by everybody");
    }
}

/// Every story is looked back at, and nothing else is.
fn debriefs(desk: &mut Desk<'_>, files: &ModuleFiles) {
    let mut open = BTreeSet::new();
    let path = module_file(files);
    for step in files.module.steps() {
        match step {
            Step::Scenario(scenario) => {
                open.insert(scenario.id.clone());
            }
            Step::Debrief { scenario } if !open.remove(scenario) && !files.unread.contains(scenario) => {
                let message = format!(
                    "`debrief:{scenario}` has to follow the scenario `{scenario}`, once; no such scenario is open there"
                );
                desk.error(&path, "steps", message);
            }
            _ => {}
        }
    }
    for scenario in open {
        let message =
            format!("the scenario `{scenario}` is never looked back at; add \"debrief:{scenario}\" after it");
        desk.error(&path, "steps", message);
    }
}

/// A question about confidence comes after what it is about.
fn confidence(desk: &mut Desk<'_>, files: &ModuleFiles) {
    let mut before = None;
    for step in files.module.steps() {
        let Step::Item(item) = step else { continue };
        let Task::Confidence { about } = &item.task else {
            before = Some(&item.id);
            continue;
        };
        if before != Some(about) && !files.unread.contains(about) {
            let path = format!("{}{}.toml", files.folder, item.id);
            let message = format!("no item `{about}` comes before this one; put this right after it");
            desk.error(&path, "about", message);
        }
    }
}

/// Files that no step uses.
fn strays(desk: &mut Desk<'_>, sources: &Sources, files: &ModuleFiles) {
    let used = used_files(&files.module, &files.unread);
    for (path, _) in sources.under(&files.folder) {
        let name = path.strip_prefix(&files.folder).unwrap_or(path);
        let pool = matches!(files.module.content, Content::Test(_)) && name.starts_with("pool-");
        if !pool && !used.contains(&original_path(name)) {
            desk.error(
                path,
                "",
                "no step uses this file; list it in the steps of module.toml or take it away",
            );
        }
        if original_path(path) != path && sources.get(&original_path(path)).is_none() {
            desk.error(path, "", "this translates a file that is not there");
        }
    }
}

fn used_files(module: &Module, unread: &[String]) -> BTreeSet<String> {
    let mut used: BTreeSet<String> = BTreeSet::from(["module.toml".to_owned()]);
    for stem in unread {
        used.extend([format!("{stem}.toml"), format!("{stem}.md"), format!("{stem}.svg")]);
    }
    for step in module.steps() {
        match step {
            Step::Read(reading) => {
                used.insert(format!("{}.md", reading.id));
            }
            Step::Item(item) => {
                used.insert(format!("{}.toml", item.id));
                used.extend(item.posts.iter().flat_map(drawn));
                if let Task::Hotspot(hotspot) = &item.task {
                    used.insert(hotspot.image.clone());
                }
            }
            Step::Scenario(scenario) => {
                used.insert(format!("{}.toml", scenario.id));
                used.extend(scenario.posts.iter().flat_map(drawn));
            }
            Step::Debrief { .. } => {}
        }
    }
    used
}

/// The drawings that a post shows, at once or when it is looked at closely.
fn drawn(post: &Post) -> impl Iterator<Item = String> {
    let looked = post.looks.iter().filter_map(|look| look.image.clone());
    post.image.clone().into_iter().chain(looked)
}

/// What needs care says so before it begins.
fn care(desk: &mut Desk<'_>, files: &ModuleFiles) {
    for step in files.module.steps() {
        if let Step::Scenario(scenario) = step
            && scenario.care.is_some()
            && scenario.care != files.module.care
        {
            let message = "a scenario of this module has care; write the same care in module.toml, so that it is said first";
            desk.error(&module_file(files), "id", message);
        }
    }
}
