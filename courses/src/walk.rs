//! Walking through a module: which step is asked, what an answer is worth, where it leads.

mod diagnosis;
mod exam;
mod place;
mod recall;
mod seed;
mod story;
mod trust;

use std::collections::{BTreeMap, BTreeSet};

use crate::grade;
use crate::item::{Grade, Item, Task};
use crate::module::{Content, Module, Step};
use diagnosis::Diagnosis;
use exam::Exam;
pub use place::{
    Debrief, Diagnosed, DiagnosisPlace, ItemPlace, Judged, Looked, MeterPlace, NodePlace, Outcome, PathStep,
    Place, QuestionPlace, Refusal, Response, TestResult, Visit,
};
pub use recall::RecallCard;
use seed::Chance;
use story::{Effect, Ended, Story};

/// One person's way through one module. Made again at any time from the module, the seed and the answers.
#[derive(Clone, Debug)]
pub struct Walk<'m> {
    module: &'m Module,
    seed: u64,
    visits: Vec<Visit<'m>>,
    now: State<'m>,
    /// Where the walk stood before the question just answered, so that it can be tried again.
    before: Option<State<'m>>,
}

/// Where a walk stands.
#[derive(Clone, Debug)]
struct State<'m> {
    diagnosis: Diagnosis,
    /// Numbers of the steps that the diagnosis spares somebody.
    spared: BTreeSet<usize>,
    /// The number of steps left behind.
    step: usize,
    story: Option<Story<'m>>,
    ended: BTreeMap<&'m str, Ended<'m>>,
    /// The latest judgement of each question of a lesson.
    latest: BTreeMap<String, Latest>,
    exam: Option<Exam<'m>>,
}

#[derive(Clone, Copy, Debug)]
struct Latest {
    points: u16,
    of: u16,
    grade: Option<Grade>,
    resolved: bool,
}

impl Latest {
    fn is_good(self) -> bool {
        self.grade >= Some(Grade::Ok)
    }
}

impl<'m> Walk<'m> {
    /// At the first step.
    #[must_use]
    pub fn begin(module: &'m Module, seed: u64) -> Self {
        let exam = match &module.content {
            Content::Lesson(_) => None,
            Content::Test(test) => Some(Exam::begin(test, seed)),
        };
        let mut now = State {
            diagnosis: Diagnosis::begin(module),
            spared: BTreeSet::new(),
            step: 0,
            story: None,
            ended: BTreeMap::new(),
            latest: BTreeMap::new(),
            exam,
        };
        now.settle(module);
        Self { module, seed, visits: Vec::new(), now, before: None }
    }

    /// Where somebody stands after these responses.
    ///
    /// # Errors
    /// When a response does not fit: the answers belong to another module or seed.
    pub fn replay(module: &'m Module, seed: u64, responses: &[Response]) -> Result<Self, Refusal> {
        let mut walk = Self::begin(module, seed);
        for response in responses {
            walk.answer(response.clone())?;
        }
        Ok(walk)
    }

    /// The number of the step now asked, from 1.
    #[must_use]
    pub fn turn(&self) -> u32 {
        u32::try_from(self.visits.len()).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// What is asked now.
    #[must_use]
    pub fn place(&self) -> Place<'m> {
        if let Some(exam) = &self.now.exam {
            return match exam.question() {
                _ if exam.is_done() => Place::End,
                Some(question) => Place::Question(question),
                None => Place::TestResult(exam.result()),
            };
        }
        match self.now.diagnosis {
            Diagnosis::Offered => return Place::Diagnosis(diagnosis::offer(self.module)),
            Diagnosis::Asked(number) => {
                let asked = diagnosis::items(self.module).into_iter().nth(number);
                return asked.map_or(Place::End, |item| Place::Item(self.item_place(item)));
            }
            Diagnosis::Over => {}
        }
        match self.module.steps().get(self.now.step) {
            None => Place::End,
            Some(Step::Read(reading)) => Place::Read(reading),
            Some(Step::Item(item)) => Place::Item(self.item_place(item)),
            Some(Step::Scenario(_)) => {
                self.now.story.as_ref().and_then(Story::place).map_or(Place::End, Place::Node)
            }
            Some(Step::Debrief { scenario }) => self.debrief(scenario).map_or(Place::End, Place::Debrief),
        }
    }

    /// Answers the step now asked.
    ///
    /// # Errors
    /// When the response does not fit; nothing has changed then.
    pub fn answer(&mut self, response: Response) -> Result<&Visit<'m>, Refusal> {
        self.go(response, None)
    }

    /// `known`: how the answer to an item was judged, where that is not found out here.
    fn go(&mut self, response: Response, known: Option<Judged>) -> Result<&Visit<'m>, Refusal> {
        let place = self.place();
        let mut next = self.now.clone();
        let effect = match (&place, &response) {
            (Place::End, _) => return Err(Refusal::Finished),
            (_, Response::Again) => {
                next = self.before.clone().ok_or(Refusal::NothingToRepeat)?;
                Effect::of(Judged::default())
            }
            (Place::Read(_) | Place::Debrief(_), Response::Next) => {
                next.step += 1;
                Effect::of(Judged { resolved: true, ..Judged::default() })
            }
            (Place::Diagnosis(_), Response::Try | Response::Next) => {
                let tries = response == Response::Try;
                next.diagnosis = if tries { Diagnosis::Asked(0) } else { Diagnosis::Over };
                Effect::of(Judged { resolved: true, ..Judged::default() })
            }
            (Place::Item(place), response) => {
                let judged = match known {
                    Some(known) => known,
                    None => grade::judge(place.item, response)?,
                };
                match &mut next.diagnosis {
                    Diagnosis::Asked(number) => *number += 1,
                    Diagnosis::Offered | Diagnosis::Over => next.step += usize::from(judged.resolved),
                }
                Effect::of(judged)
            }
            (Place::Node(_), Response::Look(id)) => next.story.as_mut().ok_or(Refusal::NotAsked)?.look(id)?,
            (Place::Node(_), Response::Choice(id)) => {
                next.story.as_mut().ok_or(Refusal::NotAsked)?.answer(id)?
            }
            (Place::Question(_), Response::Choice(id)) => {
                Effect::of(next.exam.as_mut().ok_or(Refusal::NotAsked)?.answer(id)?)
            }
            (Place::TestResult(_), Response::Next) => {
                next.exam.as_mut().ok_or(Refusal::NotAsked)?.go_on();
                Effect::of(Judged { resolved: true, ..Judged::default() })
            }
            _ => return Err(Refusal::NotAsked),
        };
        let answers = !matches!(response, Response::Again | Response::Look(_));
        let graded = matches!(place, Place::Item(_) | Place::Node(_)) && answers;
        // The diagnosis looks at first answers; what was not known is asked again in its place.
        let repeatable = graded && self.now.diagnosis == Diagnosis::Over;
        if let Some(question) = place.question().filter(|_| graded) {
            let Judged { points, of, grade, resolved, .. } = effect.judged;
            next.latest.insert(question, Latest { points, of, grade, resolved });
        }
        next.settle(self.module);
        let before = std::mem::replace(&mut self.now, next);
        self.before = repeatable.then_some(before);
        let Effect { judged, clock, arrived, told } = effect;
        let visit = Visit { turn: self.turn(), place, response, judged, clock, arrived, told };
        let at = self.visits.len();
        self.visits.push(visit);
        self.visits.get(at).ok_or(Refusal::Finished)
    }

    /// Every step answered so far; turn n is `visits()[n - 1]`.
    #[must_use]
    pub fn visits(&self) -> &[Visit<'m>] {
        &self.visits
    }

    /// Nothing more is asked.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        match &self.now.exam {
            Some(exam) => exam.is_done(),
            None => self.now.step >= self.module.steps().len(),
        }
    }

    /// The step now asked and the number of steps, as in 3 / 7. A story counts as many as its recommended path
    /// has; a test counts the questions of the present round. As long as a diagnosis goes on, what it may spare is not counted.
    #[must_use]
    pub fn progress(&self) -> (u16, u16) {
        if let Some(exam) = &self.now.exam {
            return exam.progress();
        }
        let tried = self.tried();
        let (mut at, mut all) = (tried, tried);
        let mut spared = self.now.spared.clone();
        let asking = self.is_diagnosing();
        if asking {
            (at, all) = (tried + 1, diagnosis::items(self.module).len());
            spared = diagnosis::spared(self.module, |_| true);
        }
        let steps = self.module.steps().iter().enumerate();
        for (number, step) in steps.filter(|(number, _)| !spared.contains(number)) {
            let length = match step {
                Step::Scenario(scenario) => Story::begin(scenario).remaining(),
                Step::Read(_) | Step::Item(_) | Step::Debrief { .. } => 1,
            };
            if number < self.now.step {
                at += length;
            } else if number == self.now.step && !asking {
                // A detour does not count back beyond the first question of the story.
                let left = self.now.story.as_ref().map_or(length, Story::remaining);
                at += length.saturating_sub(left) + 1;
            }
            all += length;
        }
        let short = |number| u16::try_from(number).unwrap_or(u16::MAX);
        (short(at), short(all))
    }

    /// How many steps of a lesson are left behind; a test has one, which is left behind at its end.
    #[must_use]
    pub fn passed_steps(&self) -> usize {
        match &self.now.exam {
            Some(exam) => usize::from(exam.is_done()),
            None => self.now.step,
        }
    }

    /// The last finished round of a test did not pass, and none has passed since.
    #[must_use]
    pub fn failed_round(&self) -> bool {
        self.now.exam.as_ref().is_some_and(Exam::failed)
    }

    /// The step just answered can be tried again.
    #[must_use]
    pub const fn is_repeatable(&self) -> bool {
        self.before.is_some()
    }

    /// Points and what is still unresolved.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        if let Some(exam) = &self.now.exam {
            let (points, of) = exam.points();
            return Outcome {
                points,
                of,
                unresolved: exam.open_musts().map(|family| family.id.clone()).collect(),
            };
        }
        let latest = self.now.latest.values();
        let (points, of) = latest.fold((0_u16, 0_u16), |(points, of), latest| {
            (points.saturating_add(latest.points), of.saturating_add(latest.of))
        });
        // What a diagnosis has spared was not missed.
        let spared = |name: &str| {
            let steps = self.now.spared.iter().filter_map(|number| self.module.steps().get(*number));
            steps.into_iter().any(|step| matches!(step, Step::Item(item) if item.id == name))
        };
        let resolved = |name: &str| self.now.latest.get(name).is_some_and(|latest| latest.resolved);
        let open = |name: &String| !resolved(name) && !spared(name);
        Outcome { points, of, unresolved: musts(self.module).into_iter().filter(open).collect() }
    }

    /// A single question with its lists in the order of this person.
    fn item_place(&self, item: &'m Item) -> ItemPlace<'m> {
        let mut place = ItemPlace { item, choices: Vec::new(), cards: Vec::new() };
        match &item.task {
            Task::Judge(choices) => {
                place.choices = Chance::new(self.seed, &format!("choices/{}", item.id)).shuffled(choices);
            }
            Task::Order(order) => {
                place.cards = Chance::new(self.seed, &format!("cards/{}", item.id)).shuffled(&order.cards);
                if place.cards.iter().copied().eq(&order.cards) && place.cards.len() > 1 {
                    // Shown in the right order there would be nothing to do.
                    place.cards.rotate_left(1);
                }
            }
            Task::Hotspot(_)
            | Task::Draft(_)
            | Task::Confidence { .. }
            | Task::Pick(_)
            | Task::Assign(_)
            | Task::Mosaic(_)
            | Task::Contact(_)
            | Task::Lookup(_)
            | Task::Reflect { .. }
            | Task::Checklist(_) => {}
        }
        place
    }

    fn debrief(&self, id: &str) -> Option<Debrief<'m>> {
        let scenario = self.module.scenario(id)?;
        let recommended = Story::begin(scenario).play_recommended();
        let walked = self.now.ended.get(id).cloned();
        let walked = walked.unwrap_or_default();
        Some(Debrief {
            scenario,
            path: walked.path,
            recommended: recommended.path,
            incidents: scenario.draws_on.iter().map(String::as_str).collect(),
            looks: walked.looks,
            meters: walked.meters,
            ending: walked.ending,
            minutes: walked.minutes,
            recommended_minutes: recommended.minutes,
        })
    }
}

impl<'m> State<'m> {
    /// Whether the latest answer to a question is best or ok.
    fn is_good(&self, question: &str) -> bool {
        self.latest.get(question).is_some_and(|latest| latest.is_good())
    }

    /// Closes a diagnosis that has no more questions, passes over what it spares, opens a story that is reached and leaves one that
    /// has ended, until something is asked.
    fn settle(&mut self, module: &'m Module) {
        if let Diagnosis::Asked(number) = self.diagnosis
            && number >= diagnosis::items(module).len()
        {
            self.spared = diagnosis::spared(module, |id| self.is_good(id));
            self.diagnosis = Diagnosis::Over;
        }
        while let Some(step) = module.steps().get(self.step) {
            match step {
                _ if self.spared.contains(&self.step) => self.step += 1,
                Step::Scenario(scenario) => {
                    let story = self.story.get_or_insert_with(|| Story::begin(scenario));
                    let Some(ended) = story.ended() else { return };
                    self.ended.insert(&scenario.id, ended);
                    self.story = None;
                    self.step += 1;
                }
                Step::Debrief { scenario } if module.scenario(scenario).is_none() => self.step += 1,
                Step::Read(_) | Step::Item(_) | Step::Debrief { .. } => return,
            }
        }
    }
}

impl Effect<'_> {
    /// An answer that changes nothing but the step.
    fn of(judged: Judged) -> Self {
        Self { judged, clock: None, arrived: Vec::new(), told: Vec::new() }
    }
}

/// Everything in a lesson that must be answered well.
fn musts(module: &Module) -> Vec<String> {
    let mut names = Vec::new();
    for step in module.steps() {
        match step {
            Step::Item(item) if item.must => names.push(item.id.clone()),
            Step::Scenario(scenario) => {
                let musts = scenario.nodes.iter().filter(|node| node.must && node.ask.is_some());
                names.extend(musts.map(|node| format!("{}/{}", scenario.id, node.id)));
            }
            Step::Item(_) | Step::Read(_) | Step::Debrief { .. } => {}
        }
    }
    names
}
