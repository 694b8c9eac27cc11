//! The documents that say what keeps an attack out are true as far as that can be read: whatever they name is there.

use std::path::{Path, PathBuf};

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The rows of the table of a document, without its head.
fn rows(document: &str) -> Vec<Vec<&str>> {
    let lines = document.lines().filter(|line| line.starts_with("| "));
    let rows = lines.map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect::<Vec<_>>());
    rows.filter(|cells| !cells[0].starts_with("---")).skip(1).collect()
}

/// What stands between backticks.
fn named(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Why what is named cannot be found; `None` if it is there.
fn missing(name: &str) -> Option<String> {
    let (path, test) = name.split_once("::").map_or((name, None), |(path, test)| (path, Some(test)));
    let file = top().join(path);
    if !file.exists() {
        return Some(format!("{path} is gone"));
    }
    let test = test?;
    let text = std::fs::read_to_string(&file).unwrap_or_default();
    let found = text.split(&format!("fn {test}(")).next().filter(|before| before.len() < text.len());
    // What is named is a test, not a step of one.
    let is_test = found.is_some_and(|before| {
        before.rsplit('\n').take(4).any(|line| line.contains("#[test]") || line.contains("#[tokio::test"))
    });
    (!is_test).then(|| format!("{path} has no test {test}"))
}

fn check(document: &str, least: usize, columns: usize) {
    let rows = rows(document);
    assert!(rows.len() >= least, "{}", rows.len());
    let mut wrong = Vec::new();
    for row in &rows {
        assert_eq!(row.len(), columns, "{row:?}");
        let shown = row[columns - 1];
        wrong.extend(
            named(shown).filter(|name| name.contains('/') || name.contains("::")).filter_map(missing),
        );
        let explained =
            ["not apply", "not met", "no packages", "the same"].iter().any(|words| shown.contains(words));
        if named(shown).next().is_none() && !explained {
            wrong.push(format!("nothing shows {row:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn whatever_the_table_of_the_standard_names_is_there() {
    check(include_str!("../../../docs/asvs.md"), 100, 3);
}

#[test]
fn whatever_the_table_of_lessons_names_is_there() {
    check(include_str!("../../../docs/lessons.md"), 35, 2);
}

#[test]
fn whatever_the_model_of_threats_names_is_there() {
    let document = include_str!("../../../docs/threat-model.md");
    let named = named(document).filter(|name| name.contains('/') && !name.starts_with("data/"));
    let named: Vec<&str> = named.collect();
    assert!(named.len() > 20, "{}", named.len());
    let wrong: Vec<String> = named.into_iter().filter_map(missing).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_test_that_does_not_exist_is_noticed() {
    for name in [
        "server/tests/web/attacks/documents.rs::no_such_test",
        "server/tests/web/attacks/documents.rs::missing",
        "server/tests/web/attacks/none.rs::a_test_that_does_not_exist_is_noticed",
        "server/none.rs",
    ] {
        assert!(missing(name).is_some(), "{name}");
    }
    assert_eq!(missing("server/tests/web/attacks/documents.rs::a_test_that_does_not_exist_is_noticed"), None);
    assert_eq!(missing(".ci/architecture"), None);
}
