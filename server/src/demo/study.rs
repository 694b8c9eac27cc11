//! When somebody sits down to learn: between two rounds, after a shift, in the quiet hour of the night.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use kokoroe_courses::{Content, Module, Response};

use super::answers::{Reach, answers};
use super::careers::Career;
use super::chance::Chance;
use super::days::Days;
use super::people::Person;
use super::years::{Asked, Goal};
use crate::requirements::rule::Days as Given;

/// One module of one person, with its times.
#[derive(Clone, Debug)]
pub(super) struct Lesson {
    /// Which module.
    pub module: String,
    /// What decides the order of its cards and the draw of its test.
    pub seed: i64,
    /// When it is begun.
    pub begins_at: DateTime<Utc>,
    /// What is answered when.
    pub answers: Vec<(DateTime<Utc>, Response)>,
    /// When the policy is signed after it, if it is.
    pub signs_at: Option<DateTime<Utc>>,
}

/// The days on which somebody can learn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Window(Vec<NaiveDate>);

/// Days after its date within which something is done that is done late.
const LATE_DAYS: i64 = 40;
/// Days within which somebody who has begun also comes to the end.
const STRETCH: usize = 12;

impl Window {
    /// The days of somebody who works towards this goal and owes it since this day.
    pub(super) fn of(asked: &Asked, career: &Career, goal: Goal, since: NaiveDate, days: &Days) -> Self {
        let grace = days.calendar.end_of(career.joined + TimeDelta::days(Given::default().joiner.into()));
        let due = days.calendar.last_day_before(asked.due_at.max(grace));
        let (first, last) = match goal {
            Goal::Nothing | Goal::Exempt => return Self(Vec::new()),
            Goal::Late => (due + TimeDelta::days(1), due + TimeDelta::days(LATE_DAYS)),
            Goal::Middle | Goal::Missed | Goal::Unsigned | Goal::InTime => (since + TimeDelta::days(1), due),
        };
        // Of today nothing is told: what a newcomer does is the first of it.
        let last = last.min(days.today() - TimeDelta::days(1));
        Self(first.iter_days().take_while(|day| *day <= last).filter(|day| career.works_on(*day)).collect())
    }

    /// So many days in a row of time, close enough to each other that nobody forgets what came before.
    fn sittings(&self, count: usize, chance: &mut Chance) -> Vec<NaiveDate> {
        let latest = self.0.len().saturating_sub(STRETCH);
        let from = usize::try_from(chance.between(0, i64::try_from(latest).unwrap_or(0))).unwrap_or(0);
        let stretch: Vec<NaiveDate> = self.0.iter().copied().skip(from).take(STRETCH).collect();
        let mut sittings: Vec<NaiveDate> =
            (0..count).filter_map(|_| chance.pick(&stretch).copied()).collect();
        sittings.sort_unstable();
        sittings
    }
}

/// What somebody does of these modules on the way to a goal.
pub(super) fn lessons(
    modules: &[&Module],
    person: &Person,
    goal: Goal,
    window: &Window,
    days: &Days,
    chance: &mut Chance,
) -> Vec<Lesson> {
    let sittings = window.sittings(modules.len(), chance);
    let reaches = reaches(goal, modules, chance);
    let last = modules.len().saturating_sub(1);
    let mut free_at = DateTime::<Utc>::MIN_UTC;
    let mut lessons = Vec::new();
    for (place, ((module, day), reach)) in modules.iter().zip(sittings).zip(reaches).enumerate() {
        let (hour, minute) = hour(person.profession, chance);
        let begins_at = days.at(day, hour, minute).max(free_at + TimeDelta::minutes(3));
        let seed = i64::from_le_bytes(chance.next().to_le_bytes());
        let given = answers(module, seed.cast_unsigned(), person.temper, person.lang, reach, chance);
        let mut at = begins_at;
        let answers: Vec<_> = given
            .into_iter()
            .map(|response| {
                at += TimeDelta::seconds(seconds(&response, chance));
                (at, response)
            })
            .collect();
        free_at = at;
        let signs = place == last && matches!(goal, Goal::InTime | Goal::Late);
        let signs_at = signs.then(|| at + TimeDelta::seconds(chance.between(150, 540)));
        lessons.push(Lesson { module: module.id.clone(), seed, begins_at, answers, signs_at });
    }
    lessons
}

/// How far somebody goes in each module; the list ends where they stop.
fn reaches(goal: Goal, modules: &[&Module], chance: &mut Chance) -> Vec<Reach> {
    match goal {
        Goal::Nothing | Goal::Exempt => Vec::new(),
        Goal::Unsigned | Goal::InTime | Goal::Late => vec![Reach::End; modules.len()],
        Goal::Missed => modules
            .iter()
            .map(|module| if matches!(module.content, Content::Test(_)) { Reach::Missed } else { Reach::End })
            .collect(),
        Goal::Middle => {
            let last = i64::try_from(modules.len().saturating_sub(1)).unwrap_or(0);
            let finished = usize::try_from(chance.between(0, last.min(3))).unwrap_or(0);
            let mut reaches = vec![Reach::End; finished];
            reaches.push(Reach::Steps(usize::try_from(chance.between(2, 6)).unwrap_or(2)));
            reaches
        }
    }
}

/// When in the day somebody begins, with the minute.
fn hour(profession: &str, chance: &mut Chance) -> (i64, i64) {
    const ROUND_THE_CLOCK: [i64; 8] = [2, 7, 12, 12, 15, 17, 20, 21];
    const OFFICE_HOURS: [i64; 6] = [8, 12, 12, 13, 16, 17];
    let hours: &[i64] = match profession {
        "看護師" | "看護補助者" | "医師" | "介護福祉士" => &ROUND_THE_CLOCK,
        _ => &OFFICE_HOURS,
    };
    (chance.pick(hours).copied().unwrap_or(12), chance.between(0, 29))
}

/// How long somebody takes over a step.
pub(super) fn seconds(response: &Response, chance: &mut Chance) -> i64 {
    match response {
        Response::Again => chance.between(4, 15),
        Response::Next => chance.between(25, 80),
        Response::Look(_) | Response::Try => chance.between(6, 20),
        Response::Choice(_) | Response::Level(_) | Response::Contact { .. } => chance.between(12, 50),
        Response::Picks(_) | Response::Order(_) | Response::Rows(_) | Response::Mosaic { .. } => {
            chance.between(40, 120)
        }
        Response::Draft(_) => chance.between(60, 200),
    }
}
