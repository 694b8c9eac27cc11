//! Which version of the policy holds when: one pure function of what was published and an instant.

use chrono::{DateTime, Utc};

use crate::training::store::VersionRow;

/// The version in force at an instant, among all in the order in which they were published. A version of the hospital's own holds from its
/// day on; what came with the program holds from when it came, until the hospital has one of its own. Before anything was published the
/// first one answers, because there is nothing else to read.
#[must_use]
pub fn holding(versions: &[VersionRow], at: DateTime<Utc>) -> Option<&VersionRow> {
    let own = versions.iter().filter(|version| version.effective_at.is_some_and(|from| from <= at));
    // Of several that begin to hold at once, the one that was published last.
    let own = own.max_by_key(|version| version.effective_at);
    let first_own = versions.iter().position(|version| version.effective_at.is_some());
    let of_program = versions.get(..first_own.unwrap_or(versions.len())).unwrap_or_default();
    own.or_else(|| of_program.iter().rfind(|version| version.published_at <= at))
        .or_else(|| of_program.first())
        .or_else(|| versions.first())
}

/// From when a version holds.
#[must_use]
pub fn holds_from(version: &VersionRow) -> DateTime<Utc> {
    version.effective_at.unwrap_or(version.published_at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use proptest::prelude::*;

    fn at(day: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(day)
    }

    fn version(hash: &str, published: i64, effective: Option<i64>) -> VersionRow {
        VersionRow {
            hash: hash.into(),
            published_at: at(published),
            published_by: "system".into(),
            effective_at: effective.map(at),
            change_kind: String::new(),
            requirement_id: None,
            leaf: 0,
        }
    }

    fn hash(versions: &[VersionRow], day: i64) -> Option<&str> {
        holding(versions, at(day)).map(|version| version.hash.as_str())
    }

    #[test]
    fn a_version_holds_from_its_day_and_a_later_release_of_the_program_changes_nothing() {
        let versions = [
            version("program-1", 0, None),
            version("program-2", 10, None),
            version("own-1", 20, Some(30)),
            version("program-3", 25, None),
            version("own-2", 40, Some(40)),
            version("own-3", 41, Some(40)),
        ];
        for (day, expected) in [
            (-5, "program-1"),
            (0, "program-1"),
            (10, "program-2"),
            (29, "program-2"),
            (30, "own-1"),
            (39, "own-1"),
            (40, "own-3"),
            (99, "own-3"),
        ] {
            assert_eq!(hash(&versions, day), Some(expected), "day {day}");
        }
        assert_eq!(hash(&[], 5), None);
    }

    proptest! {
        /// As the office publishes: no version begins to hold before one that was published earlier.
        #[test]
        fn what_holds_never_goes_back(steps in prop::collection::vec((0_i64..5, 0_i64..9), 1..12), days in prop::collection::vec(0_i64..120, 2)) {
            let mut versions = vec![version("0", 0, None)];
            let (mut published, mut effective) = (0, 0);
            for (number, (wait, ahead)) in (1..).zip(steps) {
                published += wait;
                effective = effective.max(published + ahead);
                versions.push(version(&format!("{number}"), published, Some(effective)));
            }
            let place = |day: i64| hash(&versions, day).and_then(|hash| hash.parse::<usize>().ok());
            let (early, late) = (days[0].min(days[1]), days[0].max(days[1]));
            prop_assert!(place(early) <= place(late));
            let held = holding(&versions, at(late)).expect("one");
            prop_assert!(holds_from(held) <= at(late));
        }
    }
}
