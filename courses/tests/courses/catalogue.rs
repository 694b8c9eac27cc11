//! The catalogue that the program carries.

use std::sync::LazyLock;
use std::time::Instant;

use kokoroe_courses::{Catalogue, Module, Place, Policy, Response, Sources, Walk, check};
use proptest::prelude::*;

use crate::answers::{finish, misfits, some};
use crate::small;

static EMBEDDED: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::embedded().unwrap());

#[test]
fn the_embedded_catalogue_has_no_fault() {
    let report = check(&Sources::embedded());
    let faults: Vec<_> = report.faults.iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_embedded_catalogue_is_read_back_from_its_canonical_texts() {
    let catalogue = &*EMBEDDED;
    for module in &catalogue.modules {
        let again = Module::from_canonical(&module.canonical()).unwrap();
        assert_eq!((&again, again.revision()), (module, module.revision()));
    }
    let policy = &catalogue.policy;
    assert_eq!(Policy::from_canonical(&policy.canonical()).unwrap().revision(), policy.revision());
}

#[test]
fn no_source_of_an_incident_is_pinned() {
    let catalogue = &*EMBEDDED;
    for module in &catalogue.modules {
        assert!(module.incidents.values().all(|incident| incident.source.is_empty()));
        assert!(
            !module.canonical().contains("://") || module.drawings.values().any(|svg| svg.contains("://"))
        );
    }
}

/// Prints how long it takes; the limit only catches a blunder.
#[test]
fn twenty_modules_are_checked_in_a_moment() {
    let mut sources = small::sources();
    let mut ids = ["m1-day", "m2-night", "m3-kinds", "final-test"].map(str::to_owned).to_vec();
    for copy in 0..18 {
        let id = format!("copy-{copy}");
        let files: Vec<_> = small::sources()
            .under("modules/m1-day/")
            .map(|(path, text)| {
                (path.replace("m1-day", &id), text.replace("id = \"m1-day\"", &format!("id = \"{id}\"")))
            })
            .collect();
        sources.extend(files);
        ids.push(id);
    }
    let course = sources.get("course.toml").unwrap().to_owned();
    let course = course.replace(r#"["m1-day", "m2-night", "m3-kinds", "final-test"]"#, &format!("{ids:?}"));
    sources.extend([("course.toml", course)]);
    let start = Instant::now();
    let report = check(&sources);
    let took = start.elapsed();
    println!("{} modules, {} texts: {took:?}", report.counts.modules, report.counts.texts);
    // Eighteen copies of a module repeat the places of its best choices, and the check says so.
    assert!(report.is_ok(), "{:#?}", report.faults);
    assert_eq!(report.counts.modules, 22);
    assert!(took.as_secs() < 5);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn everybody_gets_through_every_module(
        seed: u64, numbers in prop::collection::vec(0_usize..10_000, 0..60)
    ) {
        let catalogue = &*EMBEDDED;
        for module in &catalogue.modules {
            let mut walk = Walk::begin(module, seed);
            for number in &numbers {
                let response = some(&walk.place(), *number);
                let _ = walk.answer(response);
            }
            let before = (walk.turn(), walk.place());
            for misfit in misfits() {
                prop_assert!(walk.answer(misfit).is_err());
            }
            prop_assert_eq!((walk.turn(), walk.place()), before);
            finish(&mut walk, 80);
            prop_assert_eq!(walk.place(), Place::End);
            prop_assert_eq!(walk.outcome().unresolved, Vec::<String>::new());
            let responses: Vec<_> = walk.visits().iter().map(|visit| visit.response.clone()).collect();
            let again = Walk::replay(module, seed, &responses).unwrap();
            prop_assert_eq!(again.visits(), walk.visits());
        }
    }

    #[test]
    fn the_recommended_way_through_a_lesson_needs_no_step_more_than_progress_says(seed: u64) {
        let catalogue = &*EMBEDDED;
        for module in catalogue.modules.iter().filter(|module| !module.steps().is_empty()) {
            let mut walk = Walk::begin(module, seed);
            if !module.diagnosis.is_empty() {
                walk.answer(Response::Next).unwrap();
            }
            let (_, of) = walk.progress();
            let steps = finish(&mut walk, 80);
            prop_assert_eq!(steps, usize::from(of));
        }
    }
}

#[test]
fn the_worked_example_of_the_readme_has_no_fault() {
    let readme = include_str!("../../README.md");
    let example =
        readme.split("```toml\n").find(|block| block.starts_with("# modules/m1-day/farewell.toml")).unwrap();
    let example = example.split("```").next().unwrap();
    let steps = ("\"quiz\", ", "\"farewell\", \"debrief:farewell\", \"quiz\", ");
    let mut sources = small::edited("modules/m1-day/module.toml", steps.0, steps.1);
    sources.extend([("modules/m1-day/farewell.toml", example), ("modules/m1-day/farewell.en.toml", "")]);
    let report = check(&small::translated(sources.clone()));
    assert_eq!(report.faults, []);
    let catalogue = Catalogue::read(&sources).unwrap();
    let mut walk = Walk::begin(catalogue.module("m1-day").unwrap(), 1);
    finish(&mut walk, 30);
}
