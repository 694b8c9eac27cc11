//! What happened in the demo hospital, in the order in which it happened, from two fiscal years ago until now.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use kokoroe_courses::{Catalogue, Response, Track};

use super::cards::{self, Card};
use super::careers::{Career, NEW_DEPUTY, career};
use super::chance::Chance;
use super::days::{self, Days};
use super::goals::goal;
use super::people::{self, Person};
use super::study::{self, Window};
use super::talks::{self, Talk};
use super::tracks;
use super::wishes::{self, Decided, Wish};
use super::years::{Asked, Goal, Whom, asked};
use crate::requirements::track::Fit;

/// The whole story.
#[derive(Clone, Debug)]
pub(super) struct Story {
    /// The days it is told by.
    pub days: Days,
    /// The time of everybody at the hospital, in the order of [`people::everybody`].
    pub careers: Vec<Career>,
    /// What is owed.
    pub asked: Vec<Asked>,
    /// Which tracks there are, and for whom.
    pub tracks: Vec<Track>,
    /// Everybody's ways through the modules.
    pub ways: Vec<Way>,
    /// What happened, in the order of time.
    pub events: Vec<Event>,
}

/// One person's way through one module for one requirement.
#[derive(Clone, Debug)]
pub(super) struct Way {
    /// For what: a place in [`Story::asked`].
    pub asked: usize,
    /// Whose: a place in [`people::everybody`].
    pub person: usize,
    /// Which module.
    pub module: String,
    /// What decides the order of its cards and the draw of its test.
    pub seed: i64,
}

/// Something that happened.
#[derive(Clone, Debug)]
pub(super) struct Event {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub deed: Deed,
}

/// What can happen. Numbers are places in the lists of the [`Story`].
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Deed {
    /// The hospital begins: settings, departments, content, everybody who is there already.
    Found,
    /// The present policy comes out.
    NewPolicy,
    /// A colleague of the training office writes the next version, which waits to be read.
    DraftPolicy,
    /// Somebody joins.
    Join(usize),
    /// Somebody begins this stay of theirs.
    Post(usize, usize),
    /// Somebody goes on leave.
    Away(usize),
    /// Somebody leaves for good.
    Leave(usize),
    /// Ward 4 gets another head.
    HandOver,
    /// Something opens, and whoever is there owes it.
    Open(usize),
    /// Somebody who came later owes it too.
    Assign(usize, usize),
    /// Somebody is exempt.
    Exempt(usize, usize),
    /// Somebody begins a module.
    Begin(usize),
    /// Somebody answers the step that is open.
    Answer(usize, Response),
    /// Somebody signs.
    Sign(usize, usize),
    /// Somebody answers a recall card after this way.
    Recall(usize, Card),
    /// Whoever is due to be reminded is.
    Remind,
    /// Somebody of their department speaks to somebody.
    Speak(Talk),
    /// Somebody asks for an exception.
    Ask(Wish),
    /// The training office decides about it.
    Decide(Wish, Decided),
    /// The training office begins to write another training.
    Draft,
}

/// Tells the story as of the instant of `days`.
pub(super) fn tell(days: Days, catalogue: &Catalogue) -> Story {
    let careers = people::everybody().iter().map(|person| career(person, &days)).collect();
    let mut story = Story {
        days,
        careers,
        asked: asked(&days),
        tracks: tracks::tracks(&catalogue.course),
        ways: Vec::new(),
        events: Vec::new(),
    };
    story.happen(days.founding(), Deed::Found);
    story.policy(catalogue);
    for (number, person) in people::everybody().iter().enumerate() {
        story.life(number, person);
    }
    story.happen(days.at(days.new_year(0), 8, 45), Deed::HandOver);
    for number in 0..story.asked.len() {
        story.requirement(number, catalogue);
    }
    story.reminders();
    story.wishes();
    // What lies behind the present has not happened.
    story.events.retain(|event| event.at <= days.now);
    story.events.sort_by_key(|event| event.at);
    story
}

impl Story {
    fn happen(&mut self, at: DateTime<Utc>, deed: Deed) {
        self.events.push(Event { at, deed });
    }

    /// The present policy came out two weeks before the day from which it holds.
    fn policy(&mut self, catalogue: &Catalogue) {
        let holds = catalogue.policy.effective.parse::<NaiveDate>().unwrap_or_else(|_| self.days.today());
        let out = self.days.at(holds - TimeDelta::days(14), 10, 0);
        let first = self.days.founding() + TimeDelta::minutes(5);
        self.happen(out.clamp(first, first.max(self.days.now)), Deed::NewPolicy);
        self.happen(self.days.at(self.days.today() - TimeDelta::days(2), 14, 20), Deed::DraftPolicy);
    }

    /// What happens to somebody at the hospital, apart from learning.
    fn life(&mut self, number: usize, person: &Person) {
        let days = self.days;
        let Some(career) = self.careers.get(number).cloned() else { return };
        let morning = |day: NaiveDate| days.at(day, 8, 30);
        let founding = days.calendar.date(days.founding());
        if career.joined > founding {
            self.happen(morning(career.joined), Deed::Join(number));
        }
        for (at, stay) in career.stays.iter().enumerate() {
            if stay.from > founding && stay.from > career.joined {
                self.happen(morning(stay.from), Deed::Post(number, at));
            }
        }
        if let Some(away) = &career.away {
            self.happen(morning(away.from), Deed::Away(number));
        }
        if let Some(left) = career.left {
            self.happen(morning(left), Deed::Leave(number));
        }
        debug_assert!(
            person.number != NEW_DEPUTY || career.stays.len() == 2,
            "she moves to the head of nursing"
        );
    }

    /// The hospital began to remind people when this year opened; the head of Ward 3 has spoken to two of hers.
    fn reminders(&mut self) {
        let days = self.days;
        for ago in 0..=days::OPEN_FOR {
            self.happen(days.at(days.ago(ago), 9, 30), Deed::Remind);
        }
        for talk in talks::TALKS {
            self.happen(days.at(days.ago(talk.ago), 16, 40), Deed::Speak(talk));
        }
    }

    /// Some asked for more time or another way; the training office has decided about half of it.
    fn wishes(&mut self) {
        let days = self.days;
        for wish in wishes::WISHES {
            self.happen(days.at(days.ago(wish.ago), 12, 50), Deed::Ask(wish));
            if let Some(decided) = wish.decided {
                self.happen(days.at(days.ago(wish.ago - 1), 10, 15), Deed::Decide(wish, decided));
            }
        }
        self.happen(days.at(days.ago(wishes::DRAFT_AGO), 15, 30), Deed::Draft);
    }

    /// What comes of something that is owed.
    fn requirement(&mut self, number: usize, catalogue: &Catalogue) {
        let days = self.days;
        let Some(asked) = self.asked.get(number).cloned() else { return };
        let opens = days.calendar.date(asked.opens_at);
        self.happen(days.at(opens, 8, 0), Deed::Open(number));
        for (at, person) in people::everybody().iter().enumerate() {
            let Some(career) = self.careers.get(at).cloned() else { continue };
            let Some(since) = owed_since(&asked, person, &career, &days) else { continue };
            if since > opens || career.joined == opens {
                self.happen(days.at(since, 9, 0), Deed::Assign(number, at));
            }
            let goal = goal(&asked, person, &career, since, &days);
            if goal == Goal::Exempt {
                let asked_on = (since + TimeDelta::days(9)).min(days.today() - TimeDelta::days(1));
                self.happen(days.at(asked_on, 14, 20), Deed::Exempt(number, at));
                continue;
            }
            self.learn(number, at, goal, since, catalogue);
        }
    }

    /// Somebody's way through what is owed.
    fn learn(&mut self, asked: usize, person: usize, goal: Goal, since: NaiveDate, catalogue: &Catalogue) {
        let (Some(owed), Some(who), Some(career)) =
            (self.asked.get(asked), people::everybody().get(person), self.careers.get(person))
        else {
            return;
        };
        let mut chance = Chance::of(&format!("{} {}", owed.code, who.number));
        let window = Window::of(owed, career, goal, since, &self.days);
        let Some((track, _)) = self.track(asked, person) else { return };
        let modules = tracks::modules(owed, &track, catalogue);
        let lessons = study::lessons(&modules, who, goal, &window, &self.days, &mut chance);
        let finished = who.number == people::FINISHED && owed.year == self.days.year();
        let cards = if finished { cards::answered(&lessons, &self.days, catalogue) } else { Vec::new() };
        let first = self.ways.len();
        for card in cards {
            self.happen(card.at, Deed::Recall(first + card.lesson, card));
        }
        for lesson in lessons {
            let way = self.ways.len();
            self.ways.push(Way { asked, person, module: lesson.module, seed: lesson.seed });
            self.happen(lesson.begins_at, Deed::Begin(way));
            for (at, response) in lesson.answers {
                self.happen(at, Deed::Answer(way, response));
            }
            if let Some(at) = lesson.signs_at {
                self.happen(at, Deed::Sign(asked, person));
            }
        }
    }
}

impl Story {
    /// The track that somebody has in something they owe, and why.
    pub(super) fn track(&self, asked: usize, person: usize) -> Option<(String, Fit)> {
        let (owed, who, career) =
            (self.asked.get(asked)?, people::everybody().get(person)?, self.careers.get(person)?);
        let since = owed_since(owed, who, career, &self.days)?;
        Some(tracks::track_of(owed, &self.tracks, (who, career), since, &self.days))
    }
}

/// The day from which somebody owes something; `None` when they never do.
pub(super) fn owed_since(asked: &Asked, person: &Person, career: &Career, days: &Days) -> Option<NaiveDate> {
    let opens = days.calendar.date(asked.opens_at);
    let year_ends = days.calendar.first_day_of(asked.year + 1);
    let owes = match asked.whom {
        Whom::Everybody => career.joined < year_ends,
        Whom::Joiners => opens <= career.joined,
        Whom::These(who) => who.contains(&person.number) && career.joined <= opens,
    };
    let since = opens.max(career.joined);
    (owes && career.belongs_on(since) && since <= days.today()).then_some(since)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::clock::Calendar;
    use crate::training::content::EMBEDDED;

    fn told(now: &str) -> Story {
        let mut catalogue = EMBEDDED.clone();
        // Who learns when does not depend on how much there is to learn.
        for track in &mut catalogue.course.tracks {
            track.modules.truncate(1);
        }
        let now = now.parse().expect("an instant");
        tell(Days { now, calendar: Calendar::default() }, &catalogue)
    }

    #[test]
    fn the_story_is_the_same_every_time() {
        let (one, other) = (told("2026-11-22T10:00:00Z"), told("2026-11-22T10:00:00Z"));
        assert_eq!(one.events.len(), other.events.len());
        for (one, other) in one.events.iter().zip(&other.events) {
            assert_eq!((one.at, &one.deed), (other.at, &other.deed));
        }
        assert_eq!(one.careers, other.careers);
    }

    #[test]
    fn on_any_day_of_the_year_nobody_learns_what_they_do_not_owe_yet() {
        for now in [
            "2026-03-31T23:00:00Z",
            "2026-04-01T01:00:00Z",
            "2026-04-20T01:00:00Z",
            "2026-08-03T01:00:00Z",
            "2026-12-31T14:59:00Z",
            "2028-02-29T03:00:00Z",
        ] {
            let story = told(now);
            assert_eq!(story.events.first().map(|event| &event.deed), Some(&Deed::Found), "{now}");
            assert!(story.events.iter().all(|event| event.at <= story.days.now), "{now}");
            let mut open = BTreeSet::new();
            let mut owed = BTreeSet::new();
            for Event { at, deed } in &story.events {
                match deed {
                    Deed::Open(asked) => {
                        open.insert(*asked);
                    }
                    Deed::Assign(asked, person) => {
                        assert!(open.contains(asked), "{now}: {at} {deed:?}");
                        owed.insert((*asked, *person));
                    }
                    Deed::Begin(way) => {
                        let Way { asked, person, .. } = story.ways[*way];
                        let asked_of = &story.asked[asked];
                        let assigned = owed.contains(&(asked, person));
                        let there =
                            story.careers[person].joined < story.days.calendar.date(asked_of.opens_at);
                        assert!(
                            assigned || (there && open.contains(&asked)),
                            "{now}: {at} {}",
                            asked_of.code
                        );
                        assert!(story.careers[person].works_on(story.days.calendar.date(*at)), "{now}: {at}");
                    }
                    _ => {}
                }
            }
            assert_eq!(open.len(), story.asked.len(), "{now}: everything has opened");
        }
    }

    #[test]
    fn this_year_is_open_for_eight_weeks_and_due_in_four_but_within_the_year() {
        for (now, last_day) in [
            ("2026-11-22T10:00:00Z", "2026-12-19"),
            ("2027-03-20T10:00:00Z", "2027-03-31"),
            ("2027-04-02T10:00:00Z", "2027-04-29"),
        ] {
            let story = told(now);
            let year = &story.asked[2];
            assert_eq!(year.year, story.days.year());
            assert_eq!(story.days.calendar.last_day_before(year.due_at).to_string(), last_day);
            assert_eq!((story.days.today() - story.days.calendar.date(year.opens_at)).num_days(), 56);
        }
    }
}
