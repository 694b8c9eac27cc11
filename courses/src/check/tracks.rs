//! Tracks: everybody gets exactly one, and each leads to the test.

use std::collections::BTreeSet;

use super::Desk;
use crate::catalogue::Course;
use crate::module::Content;
use crate::track::Track;

const FILE: &str = "course.toml";

/// Checks the tracks that the course writes down; a course without any has one for everybody.
pub(super) fn check(desk: &mut Desk<'_>) {
    let shelf = desk.shelf;
    let Some(course) = shelf.course.as_ref().filter(|course| !course.tracks.is_empty()) else { return };
    for track in &course.tracks {
        modules(desk, course, track);
        members(desk, course, track);
    }
    if course.tracks.iter().all(|track| !track.members.everybody) {
        desk.error(
            FILE,
            "track",
            "no track is for everybody else; the last one needs for = { everybody = true }",
        );
    }
    for id in &course.modules {
        if !course.tracks.iter().any(|track| track.modules.contains(id)) {
            desk.warning(FILE, "modules", format!("the module `{id}` is in no track, so nobody is asked it"));
        }
    }
}

fn modules(desk: &mut Desk<'_>, course: &Course, track: &Track) {
    let key = format!("{}.modules", track.id);
    let mut seen = BTreeSet::new();
    for id in &track.modules {
        if !course.modules.contains(id) {
            desk.error(FILE, &key, format!("there is no module `{id}`; the course does not list it"));
        }
        if !seen.insert(id) {
            desk.error(FILE, &key, format!("the module `{id}` stands twice in the track `{}`", track.id));
        }
    }
    let is_test = |id: &String| {
        let files = desk.shelf.modules.iter().find(|files| files.module.id == *id);
        files.is_some_and(|files| matches!(files.module.content, Content::Test(_)))
    };
    let (tests, last) = (track.modules.iter().filter(|id| is_test(id)).count(), track.modules.last());
    if tests != 1 || !last.is_some_and(is_test) {
        desk.error(FILE, &key, format!("the track `{}` has to end with the final test", track.id));
    }
}

fn members(desk: &mut Desk<'_>, course: &Course, track: &Track) {
    let key = format!("{}.for", track.id);
    if track.members.is_nobody() {
        desk.error(FILE, &key, format!("the track `{}` is for nobody; say for whom it is", track.id));
    }
    let last = course.tracks.last().is_some_and(|last| last.id == track.id);
    if track.members.everybody && !last {
        let message = format!(
            "the track `{}` is for everybody, so none after it is given to anybody; put it last",
            track.id
        );
        desk.error(FILE, &key, message);
    }
}
