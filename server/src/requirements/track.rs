//! Which track somebody gets: one pure function of what the records know of them on that day.

use chrono::{Months, NaiveDate};
use kokoroe_courses::Track;
use serde::{Deserialize, Serialize};

use super::store::{List, Requirement};
use crate::clock::Calendar;
use crate::db::{Conn, DbError};
use crate::people::Known;

/// Months before a year opens within which whoever joins is still new in it.
const NEW_MONTHS: Months = Months::new(3);

/// What tracks look at: what the records know of somebody on the day on which they come to owe something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traits {
    /// Manages a department.
    pub manager: bool,
    /// First day of work.
    pub joined_on: NaiveDate,
    /// Profession.
    pub profession: String,
    /// The departments that they work in: name and code.
    pub departments: Vec<(String, String)>,
}

impl From<&Known> for Traits {
    fn from(known: &Known) -> Self {
        Self {
            manager: known.manager,
            joined_on: known.joined_on,
            profession: known.profession.clone(),
            departments: known.places.iter().map(|place| (place.name.clone(), place.code.clone())).collect(),
        }
    }
}

/// Why a track is somebody's. It stands in the reason of the period and in its leaf, and is read back to whoever asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum Fit {
    /// They manage a department.
    Manager,
    /// They have joined lately.
    New,
    /// Their profession.
    Profession {
        /// As the course writes it.
        word: String,
    },
    /// The department that they work in.
    Department {
        /// Its name or code, as the course writes it.
        word: String,
    },
    /// No other track is for them, or there is no other.
    Everybody,
}

/// From which first day of work on somebody is new in what opens on a day: within its fiscal year, or three months before that day.
#[must_use]
pub fn new_since(fiscal_year: i64, opens: NaiveDate, calendar: Calendar) -> NaiveDate {
    let before = opens.checked_sub_months(NEW_MONTHS).unwrap_or(opens);
    calendar.first_day_of(fiscal_year).min(before)
}

/// The first track that fits, and why it does.
#[must_use]
pub fn choose<'t>(tracks: &[&'t Track], who: &Traits, new_since: NaiveDate) -> Option<(&'t Track, Fit)> {
    tracks.iter().find_map(|track| Some((*track, fit(track, who, new_since)?)))
}

fn fit(track: &Track, who: &Traits, new_since: NaiveDate) -> Option<Fit> {
    let members = &track.members;
    let profession = || members.professions.iter().find(|word| **word == who.profession);
    let department = || {
        let named =
            |word: &&String| who.departments.iter().any(|(name, code)| name == *word || code == *word);
        members.departments.iter().find(named)
    };
    if members.manager && who.manager {
        Some(Fit::Manager)
    } else if members.new && who.joined_on >= new_since {
        Some(Fit::New)
    } else if let Some(word) = department() {
        Some(Fit::Department { word: word.clone() })
    } else if let Some(word) = profession() {
        Some(Fit::Profession { word: word.clone() })
    } else {
        members.everybody.then_some(Fit::Everybody)
    }
}

/// The tracks among which a requirement is given, and what the records know of those who get it.
#[derive(Debug)]
pub(super) struct Chooser<'t> {
    tracks: Vec<&'t Track>,
    /// What whoever no track fits gets: a requirement with one list has nothing to choose.
    otherwise: String,
    new_since: NaiveDate,
}

impl<'t> Chooser<'t> {
    /// Those tracks of the course that the requirement has a list for: a year that was opened before a track came to be does not know it.
    pub(super) async fn of(
        conn: &mut Conn,
        course: &'t [Track],
        requirement: &Requirement,
        calendar: Calendar,
    ) -> Result<Self, DbError> {
        let lists = super::store::lists(conn, &requirement.id).await?;
        let tracks: Vec<&Track> = known(course, &lists);
        let last = tracks.last().map(|track| track.id.clone());
        let otherwise = last.or_else(|| lists.first().map(|list| list.track.clone()));
        Ok(Self {
            tracks,
            otherwise: otherwise.unwrap_or_else(|| Track::EVERYBODY.to_owned()),
            new_since: new_since(requirement.fiscal_year, calendar.date(requirement.opens_at), calendar),
        })
    }

    /// The track of somebody, by what is known of them; of whom nothing is known has what whoever no track fits gets.
    pub(super) fn track(&self, who: Option<&Known>) -> (String, Fit) {
        let who = who.filter(|_| self.tracks.len() > 1).map(Traits::from);
        let chosen = who.and_then(|who| choose(&self.tracks, &who, self.new_since));
        match chosen {
            Some((track, fit)) => (track.id.clone(), fit),
            None => (self.otherwise.clone(), Fit::Everybody),
        }
    }
}

/// The tracks of a course that have a list, in the order of the course.
fn known<'t>(course: &'t [Track], lists: &[List]) -> Vec<&'t Track> {
    course.iter().filter(|track| lists.iter().any(|list| list.track == track.id)).collect()
}

/// The lists of every track of a course.
#[must_use]
pub fn lists(tracks: &[Track]) -> Vec<List> {
    tracks.iter().map(|track| List { track: track.id.clone(), modules: track.modules.clone() }).collect()
}

/// One list for everybody.
#[must_use]
pub fn one_list(modules: &[String]) -> Vec<List> {
    vec![List { track: Track::EVERYBODY.to_owned(), modules: modules.to_vec() }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::content::EMBEDDED;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    /// The track of somebody, in a year that opens on 1 October and in which whoever came in April is new.
    fn given(who: &Traits) -> (String, Fit) {
        let tracks: Vec<&Track> = EMBEDDED.course.tracks.iter().collect();
        let (track, fit) = choose(&tracks, who, day("2026-04-01")).expect("a track");
        (track.id.clone(), fit)
    }

    fn somebody(profession: &str, department: &str) -> Traits {
        Traits {
            manager: false,
            joined_on: day("2020-04-01"),
            profession: profession.to_owned(),
            departments: vec![(department.to_owned(), "77".to_owned())],
        }
    }

    fn track(who: &Traits) -> String {
        given(who).0
    }

    #[test]
    fn a_head_nurse_gets_the_managers_track_and_one_who_joined_last_month_too() {
        let head = Traits { manager: true, ..somebody("看護師", "3病棟") };
        assert_eq!(given(&head), ("managers".into(), Fit::Manager));
        let newly = Traits { joined_on: day("2026-10-15"), ..head };
        assert_eq!(given(&newly), ("managers".into(), Fit::Manager));
    }

    #[test]
    fn whoever_has_joined_lately_is_new_before_they_are_a_nurse_or_in_public_relations() {
        for (profession, department) in [("看護師", "3病棟"), ("事務", "広報課"), ("医師", "内科")]
        {
            let came = |on| Traits { joined_on: day(on), ..somebody(profession, department) };
            assert_eq!(given(&came("2026-04-01")), ("new".into(), Fit::New), "{profession}");
            assert_ne!(track(&came("2026-03-31")), "new", "{profession}");
        }
    }

    #[test]
    fn the_profession_and_the_department_decide_for_everybody_else() {
        for (profession, department, expected) in [
            ("看護師", "3病棟", "care"),
            ("介護福祉士", "5病棟", "care"),
            ("言語聴覚士", "リハビリテーション科", "care"),
            ("事務", "医事課", "desk"),
            ("看護師", "外来", "desk"),
            ("事務", "広報課", "public-relations"),
            ("医師", "理事会", "executives"),
            ("医師", "内科", "all"),
            ("", "", "all"),
        ] {
            assert_eq!(track(&somebody(profession, department)), expected, "{profession} {department}");
        }
        let word = "看護師".to_owned();
        assert_eq!(given(&somebody("看護師", "3病棟")).1, Fit::Profession { word });
        let word = "外来".to_owned();
        assert_eq!(given(&somebody("看護師", "外来")).1, Fit::Department { word });
        assert_eq!(given(&somebody("医師", "内科")).1, Fit::Everybody);
    }

    #[test]
    fn one_of_several_departments_is_enough_and_its_code_will_do() {
        let mut who = somebody("医師", "内科");
        who.departments.push(("経営会議".to_owned(), "02".to_owned()));
        assert_eq!(track(&who), "executives");
        let by_code = Track {
            members: kokoroe_courses::Members { departments: vec!["02".into()], ..Default::default() },
            ..EMBEDDED.course.tracks.first().expect("a track").clone()
        };
        assert!(choose(&[&by_code], &who, day("2026-04-01")).is_some());
        assert_eq!(choose(&[&by_code], &somebody("医師", "内科"), day("2026-04-01")), None, "nothing fits");
    }

    #[test]
    fn somebody_is_new_from_the_year_on_or_from_three_months_before_it_opens() {
        let since = |opens: &str| new_since(2026, day(opens), Calendar::default()).to_string();
        assert_eq!(since("2026-10-01"), "2026-04-01");
        assert_eq!(since("2026-04-01"), "2026-01-01", "who came before the year as well");
    }
}
