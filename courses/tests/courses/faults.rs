//! Every fault that the check finds: a small change to a faultless catalogue gives exactly that fault, with its
//! file and line.

mod frame;
mod items;
mod modules;
mod stories;
mod test_pool;
mod tracks;
mod translations;
mod whole;
mod words;

use kokoroe_courses::{Severity, Sources, check};

use crate::small::{replaced, sources, translated};

const QUIZ: &str = "modules/m1-day/quiz.toml";
const PHOTO: &str = "modules/m1-day/photo.toml";
const STEPS: &str = "modules/m1-day/first-steps.toml";
const REPLY: &str = "modules/m1-day/reply.toml";
const SURE: &str = "modules/m1-day/quiz-sure.toml";
const PAGE: &str = "modules/m1-day/ward-page.toml";
const NIGHT: &str = "modules/m2-night/night.toml";
const DAY: &str = "modules/m1-day/module.toml";
const READ: &str = "modules/m1-day/01-read.md";
const SVG: &str = "modules/m1-day/photo.svg";
const POOL: &str = "final-test/pool-all.toml";
const TEST: &str = "final-test/module.toml";
const POLICY: &str = "policy/sns/policy.toml";
const CLAUSES: &str = "policy/sns/ja.md";

/// A change: `from` into `to`.
type Edit = (&'static str, &'static str);

/// After these changes to `file` there is exactly one fault: an error in the line where `at` stands that says
/// `says`. Translations follow the changes, so that they are not a second fault.
fn error(file: &str, edits: &[Edit], at: &str, says: &str) {
    let sources = edits.iter().fold(sources(), |sources, (from, to)| replaced(sources, file, from, to));
    expect(&translated(sources), Severity::Error, file, at, says);
}

/// The same for a warning.
fn warning(file: &str, edits: &[Edit], at: &str, says: &str) {
    let sources = edits.iter().fold(sources(), |sources, (from, to)| replaced(sources, file, from, to));
    expect(&translated(sources), Severity::Warning, file, at, says);
}

/// Exactly one fault.
fn expect(sources: &Sources, severity: Severity, file: &str, at: &str, says: &str) {
    let report = check(sources);
    let all = report.faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    assert_eq!(report.faults.len(), 1, "expected only {says:?}, found:\n{all}");
    let fault = &report.faults[0];
    assert!(fault.message.contains(says), "expected {says:?}, found:\n{all}");
    assert_eq!((fault.file.as_str(), fault.line), (file, line_of(sources, file, at)), "{all}");
    assert_eq!(fault.severity, severity, "{all}");
    assert_eq!(report.is_ok(), severity == Severity::Warning);
}

/// The line of a text; the first line if the file is missing.
fn line_of(sources: &Sources, file: &str, at: &str) -> usize {
    let text = sources.get(file).unwrap_or_default();
    let place = text.find(at).unwrap_or_else(|| panic!("{file} has no {at:?}"));
    text[..place].matches('\n').count() + 1
}
