//! Which faults belong to which screen.

use kokoroe_app::authoring::FaultLine;
use kokoroe_courses::{Fault, Module, Screen, ScreenKind, Severity};

use super::desk::Draft;

/// The folder of a module inside the catalogue, with the closing `/`.
pub(super) fn folder(module: &Module) -> String {
    match module.content {
        kokoroe_courses::Content::Lesson(_) => format!("modules/{}/", module.id),
        kokoroe_courses::Content::Test(_) => format!("{}/", module.id),
    }
}

/// The faults of a screen: those of its files, or of its family in the pool.
pub(super) fn of_screen<'d>(draft: &'d Draft, module: &Module, screen: &Screen) -> Vec<&'d Fault> {
    let folder = folder(module);
    let faults = draft.report.faults.iter().filter(|fault| fault.file.starts_with(&folder));
    match screen.kind {
        ScreenKind::Question => {
            let family = screen.id.split('.').next().unwrap_or_default();
            faults.filter(|fault| stands_in(draft, fault, family)).collect()
        }
        ScreenKind::Read | ScreenKind::Item | ScreenKind::Scenario => faults
            .filter(|fault| {
                let name = fault.file.strip_prefix(&folder).unwrap_or_default();
                name.strip_prefix(screen.id.as_str()).is_some_and(|rest| rest.starts_with('.'))
            })
            .collect(),
    }
}

/// Whether a fault of the pool stands in this family, or in its translation.
fn stands_in(draft: &Draft, fault: &Fault, family: &str) -> bool {
    let Some(text) = draft.sources.get(&fault.file) else { return false };
    let before: Vec<&str> = text.lines().take(fault.line.max(1)).collect();
    if fault.file.ends_with(".en.toml") {
        let head = before.iter().rev().find_map(|line| line.trim().strip_prefix("[\""));
        return head.is_some_and(|head| head.split(['.', '"']).next() == Some(family));
    }
    let Some(start) = before.iter().rposition(|line| line.trim() == "[[family]]") else { return false };
    let id = text.lines().skip(start + 1).find_map(|line| {
        let (key, value) = line.split_once('=')?;
        (key.trim() == "id").then(|| value.trim().trim_matches('"'))
    });
    id == Some(family)
}

/// The faults of the module that belong to none of its screens.
pub(super) fn of_module<'d>(draft: &'d Draft, module: &Module) -> Vec<&'d Fault> {
    let folder = folder(module);
    let screens = module.screens();
    let elsewhere: Vec<&Fault> = screens.iter().flat_map(|screen| of_screen(draft, module, screen)).collect();
    let faults = draft.report.faults.iter().filter(|fault| fault.file.starts_with(&folder));
    faults.filter(|fault| !elsewhere.contains(fault)).collect()
}

/// How many are errors, and how many warnings.
pub(super) fn counted<'d>(faults: impl IntoIterator<Item = &'d Fault>) -> (usize, usize) {
    faults.into_iter().fold((0, 0), |(errors, warnings), fault| match fault.severity {
        Severity::Error => (errors + 1, warnings),
        Severity::Warning => (errors, warnings + 1),
    })
}

/// As the page shows it.
pub(super) fn line(fault: &Fault) -> FaultLine {
    FaultLine {
        error: fault.severity == Severity::Error,
        file: fault.file.clone(),
        line: fault.line,
        message: fault.message.clone(),
    }
}
