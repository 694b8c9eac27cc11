//! The test pool: wide enough, covering every clause.

use super::Desk;
use super::items::exactly_one_best;
use crate::read::module::ModuleFiles;
use crate::survey::is_left;
use crate::test::{Family, Test};

const FAMILIES: usize = 16;
const VARIANTS: usize = 34;
const MUSTS: usize = 5;
const CHOICES: usize = 4;

pub(super) fn check(desk: &mut Desk<'_>, files: &ModuleFiles, test: &Test) {
    let module = format!("{}module.toml", files.folder);
    let families = &test.families;
    if families.len() < FAMILIES {
        let message = format!("the pool has {} families; it needs at least {FAMILIES}", families.len());
        desk.error(&module, "draw", message);
    }
    let variants: usize = families.iter().map(|family| family.variants.len()).sum();
    if variants < VARIANTS {
        desk.error(
            &module,
            "draw",
            format!("the pool has {variants} variants; it needs at least {VARIANTS}"),
        );
    }
    if usize::from(test.draw) > families.len() {
        let message = format!("{} families cannot be drawn from {}", test.draw, families.len());
        desk.error(&module, "draw", message);
    }
    if test.pass_percent == 0 {
        desk.error(
            &module,
            "pass_percent",
            "a test that asks for nothing proves nothing; the usual figure is 80",
        );
    }
    if let Some(policy) = &desk.shelf.policy {
        for clause in &policy.clauses {
            if !families.iter().any(|family| family.clause == clause.id) {
                desk.error(&module, "draw", format!("no family tests the clause {}", clause.id));
            }
        }
    }
    let musts = families.iter().filter(|family| family.must).count();
    if musts > MUSTS {
        desk.error(&module, "draw", format!("{musts} families are a must; at most {MUSTS} are"));
    }
    let harmless = families.iter().filter(|family| is_harmless(family)).count();
    if harmless * 4 + 2 < families.len() {
        let message = format!(
            "about a quarter of the families is harmless (the best choice leaves it as it is: 「このままでよい」); here {harmless} of {} are",
            families.len()
        );
        desk.warning(&module, "draw", message);
    }
    for family in families {
        check_family(desk, files, family);
    }
}

fn check_family(desk: &mut Desk<'_>, files: &ModuleFiles, family: &Family) {
    let file = file_of(desk, files, &family.id);
    if family.variants.len() < 2 {
        let message = format!("`{}` needs at least 2 variants: who is asked again gets another", family.id);
        desk.error(&file, &family.id, message);
    }
    for variant in &family.variants {
        let key = format!("{}.{}", family.id, variant.id);
        if variant.choices.len() != CHOICES {
            let message =
                format!("a test question has {CHOICES} choices; this one has {}", variant.choices.len());
            desk.error(&file, &key, message);
        }
        exactly_one_best(desk, &file, &key, variant.choices.iter());
    }
}

fn is_harmless(family: &Family) -> bool {
    family.variants.iter().any(|variant| is_left(&variant.choices))
}

/// The pool file that a family stands in.
pub(super) fn file_of(desk: &Desk<'_>, files: &ModuleFiles, family: &str) -> String {
    let noted = &desk.shelf.noted;
    let found =
        noted.lines.iter().find(|(file, keys)| file.starts_with(&files.folder) && keys.contains_key(family));
    found.map_or_else(|| format!("{}module.toml", files.folder), |(file, _)| file.clone())
}
