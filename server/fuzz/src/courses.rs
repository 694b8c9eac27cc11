//! What authors and hospitals write, and what is kept of it.

use std::sync::LazyLock;

use kokoroe_courses::{Catalogue, Module, Policy, Sources, check, policy_text, stamp};

/// One module and the files that every catalogue needs, so that reading them takes no time.
static CATALOGUE: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let all = Sources::embedded();
    let kept = |path: &str| {
        !path.starts_with("modules/") && !path.starts_with("final-test/")
            || path.starts_with("modules/m1-photo/")
    };
    let course =
        "schema = 1\nid = \"sns\"\ntitle = \"SNSの約束\"\nmodules = [\"m1-photo\"]\npolicy = \"sns\"\n";
    let files = all.iter().filter(|(path, _)| kept(path));
    files
        .map(|(path, text)| (path.to_owned(), if path == "course.toml" { course } else { text }.to_owned()))
        .collect()
});

/// A file of a catalogue, as a hospital or an author may have written it. The first byte says which.
pub fn catalogue(bytes: &[u8]) {
    let Some((which, text)) = bytes.split_first() else { return };
    let text = String::from_utf8_lossy(text).into_owned();
    let path = &CATALOGUE[usize::from(*which) % CATALOGUE.len()].0;
    let mut sources: Sources = CATALOGUE.iter().cloned().collect();
    sources.extend([(path.clone(), text)]);
    let report = check(&sources);
    // What the author is told points into the file.
    for fault in report.faults {
        assert!(fault.line >= 1, "{fault}");
    }
    drop(stamp(&sources));
}

/// Every file of the catalogue, behind the byte that says which it is.
pub fn catalogues() -> Vec<Vec<u8>> {
    let files = (0_u8..).zip(CATALOGUE.iter());
    files.map(|(which, (_, text))| [&[which], text.as_bytes()].concat()).collect()
}

/// A content as it is kept: only what is written back as it was read is one.
pub fn canonical(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(module) = Module::from_canonical(&text) {
        let again = Module::from_canonical(&module.canonical()).expect("what was written is read");
        assert_eq!(module, again);
    }
    if let Ok(policy) = Policy::from_canonical(&text) {
        let again = Policy::from_canonical(&policy.canonical()).expect("what was written is read");
        assert_eq!(policy, again);
    }
    drop(policy_text::read(&text));
}

/// Some modules and the policy as they are kept, and a policy as it is written.
pub fn contents() -> Vec<Vec<u8>> {
    let catalogue = Catalogue::embedded().expect("a catalogue");
    let modules = catalogue.modules.iter().take(3).map(Module::canonical);
    let text = "# 題\n\n1. [C3](#C3) **x**\n   - `y`\n\n> z\n\n| a | b |\n".to_owned();
    modules.chain([catalogue.policy.canonical(), text]).map(String::into_bytes).collect()
}
