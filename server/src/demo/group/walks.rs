//! Ways through the modules, judged once and gone by many.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta};
use kokoroe_app::Lang;

use super::super::answers::{Reach, answers};
use super::super::chance::Chance;
use super::super::people::Temper;
use super::super::study::seconds;
use crate::clock::Clock;
use crate::db::DbError;
use crate::id::{AttemptId, PeriodId, RequirementId, StaffId};
use crate::requirements::store::Period;
use crate::training::Content;
use crate::training::policy::Pinned;
use crate::training::record::LedTo;
use crate::training::store::{Answer, Attempt};
use crate::training::walk::Standing;

/// So many ways lead through each module: more would only take longer.
const WAYS: usize = 6;

/// One way to the end of a module.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    pub(super) module: String,
    pub(super) revision: String,
    pub(super) seed: i64,
    /// Milliseconds from the beginning, what was answered, what it led to.
    pub(super) answers: Vec<(i64, Answer, LedTo)>,
}

/// Every way, by module.
#[derive(Debug, Default)]
pub(super) struct Walks {
    all: Vec<Walk>,
    of: HashMap<String, Vec<usize>>,
}

impl Walks {
    /// Goes through these modules.
    ///
    /// # Errors
    /// When an answer does not fit its step.
    pub(super) fn through(content: &Content, modules: &[String]) -> Result<Self, DbError> {
        let mut walks = Self::default();
        for module in modules {
            for number in 0..WAYS {
                let Some(walk) = walk(content, module, number)? else { continue };
                walks.of.entry(module.clone()).or_default().push(walks.all.len());
                walks.all.push(walk);
            }
        }
        Ok(walks)
    }

    /// One of the ways through a module, by its place.
    pub(super) fn pick(&self, module: &str, chance: &mut Chance) -> Option<(usize, &Walk)> {
        let place = *chance.pick(self.of.get(module)?)?;
        Some((place, self.all.get(place)?))
    }

    /// The way at a place.
    pub(super) fn get(&self, place: usize) -> Option<&Walk> {
        self.all.get(place)
    }
}

fn walk(content: &Content, id: &str, number: usize) -> Result<Option<Walk>, DbError> {
    let Some((revision, module)) = content.module(id) else { return Ok(None) };
    let mut chance = Chance::of(&format!("way {id} {number}"));
    let seed = i64::from_le_bytes(chance.next().to_le_bytes());
    let temper = match number % WAYS {
        0..=3 => Temper::Careful,
        4 => Temper::Usual,
        _ => Temper::Hasty,
    };
    let given = answers(module, seed.cast_unsigned(), temper, Lang::Ja, Reach::End, &mut chance);
    let none = DateTime::UNIX_EPOCH;
    let clock = Clock::standing_at(none);
    let period = Period {
        id: PeriodId::new(&clock),
        staff_id: StaffId::new(&clock),
        requirement_id: RequirementId::new(&clock),
        cycle: 0,
        assigned_at: none,
        due_at: none,
        reason: String::new(),
        track: String::new(),
        leaf: 0,
    };
    let attempt = Attempt {
        id: AttemptId::new(&clock),
        period_id: period.id.clone(),
        module_id: id.to_owned(),
        revision: revision.to_owned(),
        seed,
        role: String::new(),
        turn: 1,
        started_at: none,
        finished_at: None,
    };
    let policy = Pinned::present(content);
    let mut standing = Standing { period, attempt, module: Arc::clone(module), answers: Vec::new(), policy };
    let mut answers = Vec::with_capacity(given.len());
    for response in given {
        clock.advance(TimeDelta::seconds(seconds(&response, &mut chance)));
        let judged = standing.judge(response, Lang::Ja.tag(), &clock)?;
        let judged = judged.map_err(|refusal| DbError::Inconsistent(format!("{id}: {refusal}")))?;
        let answer = judged.answer().clone();
        standing.answers.push(answer.clone());
        answers.push((answer.answered_at.timestamp_millis(), answer, judged.led_to()));
    }
    Ok(Some(Walk { module: id.to_owned(), revision: revision.to_owned(), seed, answers }))
}
