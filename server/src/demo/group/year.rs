//! What one fiscal year brings: who owes its course, how far each of them gets, and everything that happens, in the order of time.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use kokoroe_courses::Track;

use super::super::chance::Chance;
use super::super::days::Days;
use super::walks::Walks;
use super::workers::{Worker, bytes, morning};
use crate::clock::Calendar;
use crate::id::{AttemptId, Made, PeriodId};
use crate::requirements::period::{first, first_due};
use crate::requirements::plan::{Give, Move};
use crate::requirements::rule::Matched;
use crate::requirements::store::{InPost, Requirement};
use crate::requirements::term::{self, Away};
use crate::requirements::track::Fit;
use crate::training::record::LedTo;
use crate::training::store::Progress;

/// Something that happens to a worker, with an obligation, or on a way through a module: by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Join(usize),
    /// A worker's posting of this place begins.
    Post(usize, usize),
    GoAway(usize),
    Leave(usize),
    Give(usize),
    Move(usize),
    Exempt(usize),
    TakePart(usize),
    Begin(usize),
    Answer(usize, usize),
    Sign(usize),
}

/// When it happens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    pub(super) at: DateTime<Utc>,
    pub(super) deed: Deed,
}

/// Somebody owes the year's course.
#[derive(Clone, Debug)]
pub(super) struct Owed {
    pub(super) worker: usize,
    pub(super) period: PeriodId,
    pub(super) give: Give,
    pub(super) track: (String, Fit),
    pub(super) moved: Option<Move>,
    /// The first instant that is too late in the end.
    pub(super) due_at: DateTime<Utc>,
    pub(super) noted: Progress,
    /// When it was held, where it was held in a classroom.
    pub(super) held_on: NaiveDate,
}

/// Somebody's way through a module, as far as they get.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) owed: usize,
    pub(super) attempt: AttemptId,
    pub(super) walk: usize,
    pub(super) begun_at: DateTime<Utc>,
    pub(super) turns: usize,
    pub(super) finished_at: Option<DateTime<Utc>>,
}

/// A year, told.
#[derive(Debug, Default)]
pub(super) struct Year {
    pub(super) events: Vec<Event>,
    pub(super) owed: Vec<Owed>,
    pub(super) ways: Vec<Way>,
}

/// How far somebody wants to get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Goal {
    Nothing,
    Exempt,
    /// So many modules and a bit.
    Some(usize),
    /// To the first test that is missed.
    Missed,
    Unsigned,
    Signed,
    Late,
}

/// What a year is told from.
pub(super) struct Teller<'a> {
    pub(super) days: &'a Days,
    pub(super) workers: &'a [Worker],
    /// Whether each seat is at the top of its department, and what that department is called and its code.
    pub(super) seats: &'a [(bool, String, String)],
    pub(super) walks: &'a Walks,
    /// The tracks of the course, where the year has them.
    pub(super) tracks: &'a [Track],
    pub(super) new_since: NaiveDate,
    pub(super) requirement: &'a Requirement,
    /// What is asked, by track.
    pub(super) modules: &'a dyn Fn(&str) -> Vec<String>,
    /// It was learned in the program and not in classrooms.
    pub(super) here: bool,
    /// The first instant after the year, or now: nothing happens after that.
    pub(super) until: DateTime<Utc>,
}

impl Teller<'_> {
    /// Everything that happens between the first day of the year and its end.
    pub(super) fn tell(&self, first_year: bool) -> Year {
        let mut year = Year::default();
        let from = if first_year { NaiveDate::MIN } else { self.first_day() };
        for (number, worker) in self.workers.iter().enumerate() {
            self.live(&mut year, number, worker, from);
            self.owe(&mut year, number, worker);
        }
        year.events.sort_by_key(|event| event.at);
        year
    }

    fn calendar(&self) -> Calendar {
        self.days.calendar
    }

    fn first_day(&self) -> NaiveDate {
        self.calendar().first_day_of(self.requirement.fiscal_year)
    }

    /// What is told of a year ends before the next one begins.
    fn happen(&self, year: &mut Year, at: DateTime<Utc>, deed: Deed) -> bool {
        let happens = at < self.until;
        if happens {
            year.events.push(Event { at, deed });
        }
        happens
    }

    /// Comes, moves, is away, leaves: what is known in the morning of its day. What was before the first year is told on its first day.
    fn live(&self, year: &mut Year, number: usize, worker: &Worker, from: NaiveDate) {
        let founded = self.first_day();
        let mut told = |day: NaiveDate, deed: Deed| {
            if from <= day {
                self.happen(year, morning(day.max(founded), self.days), deed);
            }
        };
        told(worker.staff.joined_on, Deed::Join(number));
        for (place, posting) in worker.postings.iter().enumerate().skip(1) {
            told(posting.from_on, Deed::Post(number, place));
        }
        if let Some(away) = &worker.away {
            told(away.from_on, Deed::GoAway(number));
        }
        if let Some(left) = worker.staff.left_on {
            told(left, Deed::Leave(number));
        }
    }

    fn owe(&self, year: &mut Year, number: usize, worker: &Worker) {
        let (requirement, calendar) = (self.requirement, self.calendar());
        let opens = calendar.date(requirement.opens_at);
        let joined = worker.staff.joined_on;
        let since = opens.max(joined);
        // Given by the work of the night, some people at a time.
        let at = if joined <= opens {
            requirement.opens_at + TimeDelta::minutes(5) + TimeDelta::milliseconds(millis(number))
        } else {
            morning(joined, self.days) + TimeDelta::minutes(20)
        };
        if !worker.belongs_on(since) || at >= self.until {
            return;
        }
        let mut chance = Chance::of(&format!("{} {number}", requirement.code));
        let due = first_due(requirement, &requirement.rule, joined, at, calendar);
        let in_post = InPost { staff: worker.staff.id.clone(), joined_on: joined };
        let give = first(requirement, &in_post, due, Matched::default());
        let period = PeriodId::made(at, bytes(&mut chance));
        let due_at = give.due_at;
        let track = self.track(worker);
        let owed = Owed {
            worker: number,
            period,
            give,
            track,
            moved: None,
            due_at,
            noted: Progress::default(),
            held_on: since,
        };
        let place = year.owed.len();
        year.owed.push(owed);
        self.happen(year, at, Deed::Give(place));
        self.move_dates(year, place, worker, at);
        self.work(year, place, worker, at, &mut chance);
    }

    fn track(&self, worker: &Worker) -> (String, Fit) {
        let everybody = || (Track::EVERYBODY.to_owned(), Fit::Everybody);
        let Some((head, name, code)) = self.seats.get(worker.seat) else { return everybody() };
        let who = crate::requirements::track::Traits {
            manager: *head,
            joined_on: worker.staff.joined_on,
            profession: worker.staff.profession.clone(),
            departments: vec![(name.clone(), code.clone())],
        };
        let tracks: Vec<&Track> = self.tracks.iter().collect();
        crate::requirements::track::choose(&tracks, &who, self.new_since)
            .map_or_else(everybody, |(track, fit)| (track.id.clone(), fit))
    }

    /// A leave whose end is known moves the date.
    fn move_dates(&self, year: &mut Year, place: usize, worker: &Worker, given: DateTime<Utc>) {
        let Some(owed) = year.owed.get_mut(place) else { return };
        let Some((from, back)) = worker.away.as_ref().and_then(|away| Some((away.from_on, away.to_on?)))
        else {
            return;
        };
        let days = self.requirement.rule.days.back;
        let leaves = [Away { from, back }];
        let Some((due_at, reason)) =
            term::of_leaves(owed.give.due_at, given, &[], &leaves, days, self.calendar())
        else {
            return;
        };
        // Back in another year: that year has a course of its own.
        let ends = self.calendar().start_of(self.calendar().first_day_of(self.requirement.fiscal_year + 1));
        let at = (given + TimeDelta::hours(1)).max(morning(from, self.days) + TimeDelta::minutes(30));
        if due_at >= ends || at >= self.until {
            return;
        }
        owed.due_at = due_at;
        owed.moved = Some(Move {
            staff: worker.staff.id.clone(),
            period: owed.period.clone(),
            number: 1,
            due_at,
            valid_until: None,
            reason,
        });
        self.happen(year, at, Deed::Move(place));
    }

    fn work(
        &self,
        year: &mut Year,
        place: usize,
        worker: &Worker,
        given: DateTime<Utc>,
        chance: &mut Chance,
    ) {
        let goal = goal(chance);
        let Some(owed) = year.owed.get(place) else { return };
        let (since, due) = (self.calendar().date(given), self.calendar().last_day_before(owed.due_at));
        let (first, last) = match goal {
            Goal::Late => (due + TimeDelta::days(1), due + TimeDelta::days(40)),
            _ => (since + TimeDelta::days(1), due),
        };
        let day = first + TimeDelta::days(chance.between(0, (last - first).num_days().max(0)));
        // Whoever is away does it when they are back.
        let day = match &worker.away {
            Some(away) if worker.belongs_on(day) && !worker.works_on(day) => {
                away.to_on.map(|back| back + TimeDelta::days(2))
            }
            _ => Some(day),
        };
        match (goal, day.filter(|day| worker.works_on(*day))) {
            (Goal::Exempt, _) => {
                self.happen(year, given + TimeDelta::days(3), Deed::Exempt(place));
            }
            (Goal::Nothing, _) | (_, None) => {}
            (_, Some(day)) if self.here => self.learn(year, place, goal, day, worker, chance),
            (Goal::Signed | Goal::Late, Some(day)) => self.attend(year, place, day, since, worker),
            (_, Some(_)) => {}
        }
    }

    /// In a classroom of that week, written down two days later.
    fn attend(&self, year: &mut Year, place: usize, day: NaiveDate, since: NaiveDate, worker: &Worker) {
        let weekday = i64::from(chrono::Datelike::weekday(&day).num_days_from_monday());
        let held_on = (day - TimeDelta::days(weekday - 2)).max(since);
        let at = self.days.at(held_on, 34, 0) + TimeDelta::milliseconds(millis(place));
        if worker.works_on(held_on)
            && self.happen(year, at, Deed::TakePart(place))
            && let Some(owed) = year.owed.get_mut(place)
        {
            owed.held_on = held_on;
        }
    }

    /// Module after module, within some days.
    fn learn(
        &self,
        year: &mut Year,
        place: usize,
        goal: Goal,
        day: NaiveDate,
        worker: &Worker,
        chance: &mut Chance,
    ) {
        let Some(track) = year.owed.get(place).map(|owed| owed.track.0.clone()) else { return };
        let modules = (self.modules)(&track);
        let mut at = self.days.at(day, chance.between(6, 21), chance.between(0, 59))
            + TimeDelta::milliseconds(chance.between(0, 59_999));
        let mut noted = Progress::default();
        let mut all_done = true;
        for (number, module) in modules.iter().enumerate() {
            let Some((walk, way)) = self.walks.pick(module, chance) else { continue };
            if !worker.works_on(self.calendar().date(at)) || at >= self.until {
                all_done = false;
                break;
            }
            let stops = match goal {
                Goal::Some(whole) if number >= whole => 2,
                Goal::Missed => way
                    .answers
                    .iter()
                    .position(|(.., led_to)| *led_to == LedTo::Missed)
                    .map_or(usize::MAX, |missed| missed + 1),
                _ => usize::MAX,
            };
            let attempt = AttemptId::made(at, bytes(chance));
            let mut begun = Way { owed: place, attempt, walk, begun_at: at, turns: 0, finished_at: None };
            let way_place = year.ways.len();
            self.happen(year, at, Deed::Begin(way_place));
            for (turn, (after, _, led_to)) in way.answers.iter().enumerate().take(stops) {
                let answered = begun.begun_at + TimeDelta::milliseconds(*after);
                if !self.happen(year, answered, Deed::Answer(way_place, turn)) {
                    break;
                }
                begun.turns = turn + 1;
                at = answered;
                noted.started_at.get_or_insert(answered);
                match led_to {
                    LedTo::Nothing => {}
                    LedTo::Missed => _ = noted.retry_at.get_or_insert(answered),
                    LedTo::Recovered => _ = noted.recovered_at.get_or_insert(answered),
                    LedTo::Finished => begun.finished_at = Some(answered),
                }
            }
            let finished = begun.finished_at.is_some();
            year.ways.push(begun);
            if !finished {
                all_done = false;
                break;
            }
            noted.done_at = Some(at);
            let pause = if chance.percent(40) { chance.between(300, 2_000) } else { chance.between(5, 30) };
            at += TimeDelta::minutes(pause);
        }
        if !all_done {
            noted.done_at = None;
        }
        let done_at = noted.done_at;
        if let Some(owed) = year.owed.get_mut(place) {
            owed.noted = noted;
        }
        if let Some(done_at) = done_at.filter(|_| matches!(goal, Goal::Signed | Goal::Late)) {
            self.happen(year, done_at + TimeDelta::seconds(chance.between(150, 540)), Deed::Sign(place));
        }
    }
}

fn millis(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(0)
}

fn goal(chance: &mut Chance) -> Goal {
    match chance.between(0, 199) {
        0..=5 => Goal::Nothing,
        6 => Goal::Exempt,
        7..=10 => Goal::Some(usize::try_from(chance.between(0, 3)).unwrap_or(0)),
        11 => Goal::Missed,
        12 => Goal::Unsigned,
        13..=23 => Goal::Late,
        _ => Goal::Signed,
    }
}
