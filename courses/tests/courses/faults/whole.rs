//! What no question shows alone: a module, the pool or the course as a whole.

use super::*;

/// The files with the best choices of the first module made clearly the longest: that of its quiz and so many of its story.
fn lengthened(of_story: usize) -> Sources {
    let sources =
        replaced(sources(), QUIZ, "\"このままでよい\"", "\"このままでよい。だれも困らない一枚です\"");
    let best = ("\"当直に伝える\"", "\"手を止めて、当直のところへ行って伝える\"");
    translated((0..of_story).fold(sources, |sources, _| replaced(sources, PAGE, best.0, best.1)))
}

#[test]
fn the_longest_choice_is_not_usually_the_best() {
    let says = "in 5 questions of this module one choice is clearly the longest";
    let report = check(&lengthened(4));
    let said: Vec<_> = report.faults.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(said[0].starts_with("course.toml:") && said[0].contains("of all lessons"), "{said:#?}");
    assert!(
        said[1].starts_with("modules/m1-day/module.toml:6: warning") && said[1].contains(says),
        "{said:#?}"
    );
    let few = check(&lengthened(2)).faults;
    assert!(few.iter().all(|fault| fault.file != DAY), "of three questions nothing can be said: {few:#?}");
}

#[test]
fn the_best_choice_of_the_pool_stands_in_every_place() {
    let text = sources().get(POOL).unwrap().to_owned();
    // The choices of every question in the order of their ids: the best of each is `a`.
    let mut variants = text.split("  [[family.variant]]\n");
    let mut sorted = variants.next().unwrap().to_owned();
    for variant in variants {
        let mut choices: Vec<&str> = variant.split("    [[family.variant.choice]]\n").collect();
        let head = choices.remove(0);
        let (last, tail) =
            choices.last().unwrap().split_once("\n\n").map_or((None, ""), |(last, tail)| (Some(last), tail));
        let mut choices: Vec<String> = choices.iter().map(|choice| choice.trim_end().to_owned()).collect();
        if let (Some(last), Some(place)) = (last, choices.last_mut()) {
            last.trim_end().clone_into(place);
        }
        choices.sort();
        let choices: Vec<String> =
            choices.into_iter().map(|choice| format!("    [[family.variant.choice]]\n{choice}\n")).collect();
        sorted.push_str(&format!("  [[family.variant]]\n{head}{}\n{tail}", choices.concat()));
    }
    let mut sources = sources();
    sources.extend([(POOL, sorted)]);
    let says =
        "the best choice stands in place 1 in 34 of 34 questions of the pool; by chance it would be 8.5";
    expect(&translated(sources), Severity::Warning, TEST, "draw", says);
}

#[test]
fn the_longest_choice_of_the_pool_is_not_usually_the_best() {
    let text = sources().get(POOL).unwrap().replace("\"当直に伝える\"", "\"すぐに当直の人に伝える\"");
    let mut sources = sources();
    sources.extend([(POOL, text)]);
    expect(
        &translated(sources),
        Severity::Warning,
        TEST,
        "draw",
        "in 25 questions of the pool one choice is clearly the longest",
    );
}

#[test]
fn some_cases_of_a_module_are_best_left_as_they_are() {
    let example = include_str!("../../../README.md");
    let story =
        example.split("```toml\n").find(|block| block.starts_with("# modules/m1-day/farewell.toml")).unwrap();
    let story =
        story.split("```").next().unwrap().replace("\"このまま載せてよい\"", "\"花束の一枚を載せる\"");
    let steps = ("\"quiz\", ", "\"farewell\", \"debrief:farewell\", \"quiz\", ");
    let mut sources = replaced(sources(), DAY, steps.0, steps.1);
    sources
        .extend([("modules/m1-day/farewell.toml", story.as_str()), ("modules/m1-day/farewell.en.toml", "")]);
    let sources = replaced(translated(sources), QUIZ, "\"このままでよい\"", "\"弁当の写真を楽しむ\"");
    expect(
        &translated(sources),
        Severity::Warning,
        DAY,
        "steps",
        "none of the 9 cases here is best left as it is",
    );
}

#[test]
fn a_module_takes_as_long_as_it_says() {
    let minutes =
        sources().get(DAY).unwrap().lines().find(|line| line.starts_with("minutes")).unwrap().to_owned();
    let minutes: &'static str = Box::leak(minutes.into_boxed_str());
    warning(
        DAY,
        &[(minutes, "minutes = 40")],
        "minutes",
        "it says 40 minutes; its words on the recommended way take",
    );
    warning(DAY, &[(minutes, "minutes = 0")], "minutes", "it says 0 minutes; its words");
}

#[test]
fn of_a_module_that_cannot_be_read_nothing_is_said_as_a_whole() {
    let sources = replaced(lengthened(4), READ, "# 写真の奥を見る\n", "");
    let faults = check(&translated(sources)).faults;
    assert!(faults.iter().all(|fault| !fault.message.contains("longest")), "{faults:#?}");
}
