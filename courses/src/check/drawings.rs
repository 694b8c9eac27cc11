//! Drawings: only what draws.

use super::Desk;
use crate::fault::Fault;
use crate::item::Task;
use crate::module::Step;
use crate::read::module::ModuleFiles;
use crate::read::notes::LineIndex;

/// What must not be in a drawing, in lower case, and why.
const FORBIDDEN: &[(&str, &str)] = &[
    ("<script", "a drawing runs nothing"),
    ("<foreignobject", "a drawing holds no HTML"),
    ("<iframe", "a drawing holds no pages"),
    ("<!entity", "a drawing defines no entities"),
    ("<!doctype", "a drawing has no document type"),
    ("javascript:", "a drawing runs nothing"),
    ("@import", "a drawing loads nothing"),
    ("<style", "style sheets are not allowed inside a page; use attributes such as fill"),
    (" style=", "style attributes are not allowed inside a page; use attributes such as fill"),
];

pub(super) fn check(desk: &mut Desk<'_>, files: &ModuleFiles) {
    for (name, svg) in &files.module.drawings {
        let path = format!("{}{name}", files.folder);
        let index = LineIndex::new(svg);
        let lower = svg.to_ascii_lowercase();
        let mut fault =
            |at: usize, message: String| desk.faults.push(Fault::error(&path, index.line(at), message));
        if !lower.contains("<svg") {
            fault(0, "this is not an SVG drawing".to_owned());
        }
        for (word, why) in FORBIDDEN {
            if let Some(at) = lower.find(word) {
                fault(at, format!("`{}` is not allowed: {why}", word.trim()));
            }
        }
        for (at, value) in attributes(&lower, "href") {
            if !value.starts_with('#') {
                fault(at, "a link inside a drawing may only lead to a part of it (#…)".to_owned());
            }
        }
        for (at, _) in lower.match_indices("url(") {
            let target = lower.get(at + 4..).unwrap_or_default().trim_start_matches(['"', '\'', ' ']);
            if !target.starts_with('#') {
                fault(at, "url(…) inside a drawing may only name a part of it (#…)".to_owned());
            }
        }
        if let Some(at) = handler(&lower) {
            fault(at, "a drawing runs nothing: take the on… attribute out".to_owned());
        }
    }
    for step in files.module.steps() {
        if let Step::Item(item) = step
            && let Task::Hotspot(hotspot) = &item.task
            && let Some(svg) = files.module.drawings.get(&hotspot.image)
        {
            let [width, height] = hotspot.size;
            let wanted = format!("0 0 {width} {height}");
            let found = attributes(svg, "viewBox")
                .next()
                .map(|(_, value)| value.split_whitespace().collect::<Vec<_>>().join(" "));
            if found.as_deref() != Some(wanted.as_str()) {
                let path = format!("{}{}.toml", files.folder, item.id);
                let found = found.unwrap_or_else(|| "none".to_owned());
                desk.error(
                    &path,
                    "size",
                    format!("the drawing has the viewBox \"{found}\"; size says \"{wanted}\""),
                );
            }
        }
    }
}

/// The values of an attribute and where they stand. `name` also finds prefixed forms such as `xlink:href`.
fn attributes<'t>(svg: &'t str, name: &str) -> impl Iterator<Item = (usize, &'t str)> {
    let pattern = format!("{name}=");
    let places: Vec<usize> = svg.match_indices(&pattern).map(|(at, _)| at).collect();
    let length = pattern.len();
    places.into_iter().filter_map(move |at| {
        let rest = svg.get(at + length..)?;
        let quote = rest.chars().next().filter(|quote| ['"', '\''].contains(quote))?;
        let value = rest.get(1..)?;
        Some((at, value.get(..value.find(quote)?)?.trim()))
    })
}

/// Where an attribute such as `onload=` stands.
fn handler(lower: &str) -> Option<usize> {
    lower.match_indices(" on").map(|(at, _)| at).find(|at| {
        let rest = lower.get(at + 3..).unwrap_or_default();
        let name = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        name > 0 && rest.get(name..).is_some_and(|rest| rest.trim_start().starts_with('='))
    })
}
