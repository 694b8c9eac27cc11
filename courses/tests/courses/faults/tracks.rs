//! Who is asked which modules.

use super::*;

const COURSE: &str = "course.toml";
const POLICY_LINE: &str = "policy = \"sns\"";

/// The course with these lines below it.
fn below(tracks: &str) -> Sources {
    translated(replaced(sources(), COURSE, POLICY_LINE, &format!("{POLICY_LINE}\n{tracks}")))
}

/// A track, in the words of its file.
fn track(id: &str, members: &str, modules: &str) -> String {
    format!("[[track]]\nid = \"{id}\"\ntitle = \"{id}の人\"\nfor = {{ {members} }}\nmodules = [{modules}]\n")
}

const ALL: &str = "\"m1-day\", \"m2-night\", \"m3-kinds\", \"final-test\"";

fn rest() -> String {
    track("rest", "everybody = true", ALL)
}

#[test]
fn a_course_with_tracks_has_no_fault() {
    let nurses = track(
        "nurses",
        "professions = [\"看護師\"], departments = [\"3病棟\"]",
        "\"m1-day\", \"final-test\"",
    );
    let heads = track("heads", "manager = true", "\"m2-night\", \"final-test\"");
    let new = track("new", "new = true", "\"final-test\"");
    let report = check(&below(&(heads + &new + &nurses + &rest())));
    assert!(report.faults.is_empty(), "{:#?}", report.faults);
}

#[test]
fn a_track_asks_modules_that_there_are_each_once() {
    let unknown = track("nurses", "new = true", "\"m9-moon\", \"final-test\"") + &rest();
    expect(
        &below(&unknown),
        Severity::Error,
        COURSE,
        "modules = [\"m9-moon\"",
        "there is no module `m9-moon`",
    );
    let twice = track("nurses", "new = true", "\"m1-day\", \"m1-day\", \"final-test\"") + &rest();
    expect(&below(&twice), Severity::Error, COURSE, "modules = [\"m1-day\", \"m1-day\"", "stands twice");
}

#[test]
fn a_track_ends_with_the_test() {
    for modules in ["\"m2-night\"", "\"final-test\", \"m2-night\""] {
        let tracks = track("nurses", "new = true", modules) + &rest();
        let at = format!("modules = [{modules}]");
        let says = "the track `nurses` has to end with the final test";
        expect(&below(&tracks), Severity::Error, COURSE, &at, says);
    }
}

#[test]
fn exactly_one_track_is_for_everybody_else_and_it_is_the_last() {
    let none = track("nurses", "new = true", ALL);
    expect(&below(&none), Severity::Error, COURSE, "[[track]]", "no track is for everybody else");
    let early = rest() + &track("nurses", "new = true", ALL);
    expect(&below(&early), Severity::Error, COURSE, "for = { everybody", "put it last");
    let nobody = track("nurses", "", ALL) + &rest();
    expect(&below(&nobody), Severity::Error, COURSE, "for = {  }", "the track `nurses` is for nobody");
}

#[test]
fn somebody_looks_at_a_module_that_nobody_is_asked() {
    let tracks = track("rest", "everybody = true", "\"m1-day\", \"m3-kinds\", \"final-test\"");
    expect(&below(&tracks), Severity::Warning, COURSE, "modules = ", "the module `m2-night` is in no track");
}
