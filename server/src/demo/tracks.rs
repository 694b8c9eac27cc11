//! Which track of the year somebody in the demo hospital has.
//!
//! A hospital says in its own course who gets what. This one knows its director by the department at the top, and has begun with the track
//! for nursing on two wards and in rehabilitation; the other wards still have what everybody has.

use chrono::NaiveDate;
use kokoroe_courses::{Catalogue, Course, Module, Track};

use super::careers::{Career, NEW_DEPUTY, NEW_HEAD};
use super::days::Days;
use super::departments::unit_of;
use super::people::{Person, is_head};
use super::years::{Asked, Lists};
use crate::requirements::store::List;
use crate::requirements::track::{self, Fit, Traits};

/// The department at the top, where the director is alone.
const TOP: &str = "1000";
/// Wards 4 and 5, and rehabilitation.
const NURSING: [&str; 3] = ["1004", "1005", "1022"];

/// The tracks of the course as this hospital gives them.
pub(super) fn tracks(course: &Course) -> Vec<Track> {
    let mut tracks = course.tracks.clone();
    for track in &mut tracks {
        match track.id.as_str() {
            "executives" => track.members.departments.push(TOP.to_owned()),
            "care" => {
                track.members.professions.clear();
                track.members.departments = NURSING.map(str::to_owned).to_vec();
            }
            _ => {}
        }
    }
    tracks
}

/// What is asked of each track.
pub(super) fn lists(asked: &Asked, course: &Course) -> Vec<List> {
    match asked.lists {
        Lists::Tracks => track::lists(&course.tracks),
        Lists::Everybody => track::one_list(course.modules_of_everybody()),
        Lists::These(ids) => track::one_list(&ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>()),
    }
}

/// The track of somebody who comes to owe something on a day, and why it is theirs.
pub(super) fn track_of(
    asked: &Asked,
    tracks: &[Track],
    (person, career): (&Person, &Career),
    on: NaiveDate,
    days: &Days,
) -> (String, Fit) {
    let everybody = || (Track::EVERYBODY.to_owned(), Fit::Everybody);
    if asked.lists != Lists::Tracks {
        return everybody();
    }
    let handed_over = days.new_year(0) <= on;
    let stays = career.stays.iter().filter(|stay| stay.from <= on && stay.to.is_none_or(|to| on < to));
    let who = Traits {
        manager: match person.number {
            NEW_DEPUTY => !handed_over,
            NEW_HEAD => handed_over,
            _ => is_head(person),
        },
        joined_on: career.joined,
        profession: person.profession.to_owned(),
        departments: stays
            .filter_map(|stay| unit_of(stay.unit))
            .map(|unit| (unit.name.to_owned(), unit.code.to_owned()))
            .collect(),
    };
    let opens = days.calendar.date(asked.opens_at);
    let tracks: Vec<&Track> = tracks.iter().collect();
    let new_since = track::new_since(asked.year, opens, days.calendar);
    track::choose(&tracks, &who, new_since).map_or_else(everybody, |(track, fit)| (track.id.clone(), fit))
}

/// The modules of a track of something that is owed, in order.
pub(super) fn modules<'c>(asked: &Asked, track: &str, catalogue: &'c Catalogue) -> Vec<&'c Module> {
    let lists = lists(asked, &catalogue.course);
    let list = lists.into_iter().find(|list| list.track == track);
    list.into_iter().flat_map(|list| list.modules).filter_map(|id| catalogue.module(&id)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::careers::career;
    use super::super::people;
    use super::super::years::asked;
    use super::*;
    use crate::clock::Calendar;
    use crate::training::content::EMBEDDED;

    #[test]
    fn every_track_is_somebodys_and_the_people_to_test_with_have_what_everybody_has() {
        let tracks = tracks(&EMBEDDED.course);
        for now in ["2026-11-22T01:00:00Z", "2027-04-02T10:00:00Z", "2027-07-01T00:00:00Z"] {
            let days = Days { now: now.parse().expect("an instant"), calendar: Calendar::default() };
            let asked = asked(&days).into_iter().find(|asked| asked.lists == Lists::Tracks).expect("a year");
            let opens = days.calendar.date(asked.opens_at);
            let of = |person: &Person| {
                let career = career(person, &days);
                track_of(&asked, &tracks, (person, &career), opens.max(career.joined), &days).0
            };
            let given: BTreeSet<String> = people::everybody().iter().map(of).collect();
            let known: BTreeSet<String> = tracks.iter().map(|track| track.id.clone()).collect();
            assert_eq!(given, known, "{now}");
            let fresh = people::FRESH;
            for number in fresh.chain([people::MIDDLE, people::TO_SIGN, people::FINISHED, people::RETRY]) {
                assert_eq!(of(people::person(number).expect("somebody")), "all", "{now}: {number}");
            }
            assert_eq!(of(people::person(people::WARD_HEAD).expect("somebody")), "managers");
        }
    }
}
