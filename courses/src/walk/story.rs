//! Playing a scenario: where it stands, what can be seen, where an answer leads.

use std::collections::{BTreeMap, BTreeSet};

use super::Walk;
use super::place::{Judged, Looked, MeterPlace, NodePlace, PathStep, Place, Refusal, Response, Visit};
use crate::item::{Choice, Grade};
use crate::scenario::{Branch, Condition, Measure, Node, Post, Scenario, Stats, StoryTime, When};
use crate::text::Text;

/// A story under way.
#[derive(Clone, Debug)]
pub(super) struct Story<'m> {
    scenario: &'m Scenario,
    /// The question that is open; none once the story has ended.
    node: Option<&'m Node>,
    elapsed: u32,
    flags: BTreeSet<&'m str>,
    /// What was looked at.
    looked: BTreeSet<&'m str>,
    /// Where each meter stands, and where it stood before the last answer.
    meters: BTreeMap<&'m str, (u16, u16)>,
    hidden: BTreeSet<(&'m str, &'m str)>,
    feed: Vec<&'m Post>,
    arrived: Vec<&'m Post>,
    /// Narration since the last answer, without the words of the open question itself.
    narrated: Vec<&'m Text>,
    latest: BTreeMap<&'m str, Grade>,
    path: Vec<PathStep<'m>>,
}

/// What remains of a story that has ended.
#[derive(Clone, Debug, Default)]
pub(super) struct Ended<'m> {
    pub(super) path: Vec<PathStep<'m>>,
    pub(super) ending: Vec<&'m Text>,
    pub(super) minutes: u32,
    /// Everything that could be looked at in the posts that were there.
    pub(super) looks: Vec<Looked<'m>>,
    pub(super) meters: Vec<MeterPlace<'m>>,
}

/// What an answer did.
pub(super) struct Effect<'m> {
    pub(super) judged: Judged,
    pub(super) clock: Option<(StoryTime, StoryTime)>,
    pub(super) arrived: Vec<&'m Post>,
    pub(super) told: Vec<&'m Text>,
}

impl<'m> Story<'m> {
    /// At the first question.
    pub(super) fn begin(scenario: &'m Scenario) -> Self {
        let mut story = Self {
            scenario,
            node: None,
            elapsed: 0,
            flags: BTreeSet::new(),
            looked: BTreeSet::new(),
            meters: scenario
                .meters
                .iter()
                .map(|meter| (meter.id.as_str(), (meter.start, meter.start)))
                .collect(),
            hidden: BTreeSet::new(),
            feed: Vec::new(),
            arrived: Vec::new(),
            narrated: Vec::new(),
            latest: BTreeMap::new(),
            path: Vec::new(),
        };
        story.node = story.travel(&scenario.start);
        // What is there from the beginning is not news.
        story.arrived.clear();
        story
    }

    /// What the story leaves behind, once it has ended.
    pub(super) fn ended(&self) -> Option<Ended<'m>> {
        self.node.is_none().then(|| Ended {
            path: self.path.clone(),
            ending: self.narrated.clone(),
            minutes: self.elapsed,
            looks: self.looks(),
            meters: self.meters(),
        })
    }

    /// The question now open.
    pub(super) fn place(&self) -> Option<NodePlace<'m>> {
        let node = self.node?;
        Some(NodePlace {
            scenario: self.scenario,
            node,
            told: self.narrated.iter().copied().chain(&node.tell).collect(),
            feed: self.feed.clone(),
            fresh: self.arrived.iter().map(|post| post.id.as_str()).collect(),
            counts: self.feed.iter().map(|post| (post.id.as_str(), self.stats(post))).collect(),
            looked: self.looked.iter().copied().collect(),
            meters: self.meters(),
            clock: self.time(),
            choices: self.offered(node).map(|branch| &branch.choice).collect(),
        })
    }

    /// Answers the open question.
    pub(super) fn answer(&mut self, choice: &str) -> Result<Effect<'m>, Refusal> {
        let node = self.node.ok_or(Refusal::Finished)?;
        let branch = self
            .offered(node)
            .find(|branch| branch.choice.id == choice)
            .ok_or_else(|| Refusal::Unknown(choice.to_owned()))?;
        let grade = branch.choice.grade;
        let before = self.time();
        self.elapsed = self.elapsed.saturating_add(u32::from(branch.cost));
        let clock = before.zip(self.time());
        self.flags.extend(branch.set.iter().map(String::as_str));
        self.measure(branch);
        self.latest.insert(&node.id, grade);
        self.path.push(PathStep { node, choice: &branch.choice, grade, clock });
        self.arrived.clear();
        self.narrated.clear();
        self.arrive();
        let next = self.travel(&branch.to);
        let resolved = !node.must || grade >= Grade::Ok;
        // Whatever the file says: a must is not left before it is answered well, and no story ends without it.
        self.node = if resolved { next.or_else(|| self.open_must()) } else { Some(node) };
        let judged =
            Judged { grade: Some(grade), points: grade.points(), of: 3, resolved, remarks: Vec::new() };
        Ok(Effect { judged, clock, arrived: self.arrived.clone(), told: self.narrated.clone() })
    }

    /// Looks at something in a post that is there. It costs nothing, and what it brings to light may bring more posts and choices.
    pub(super) fn look(&mut self, id: &str) -> Result<Effect<'m>, Refusal> {
        self.node.ok_or(Refusal::Finished)?;
        let look = self.feed.iter().copied().flat_map(|post| &post.looks).find(|look| look.id == id);
        let look = look.ok_or_else(|| Refusal::Unknown(id.to_owned()))?;
        if !self.looked.insert(&look.id) {
            return Err(Refusal::Repeated(id.to_owned()));
        }
        let before = self.arrived.len();
        self.arrive();
        let arrived = self.arrived.iter().skip(before).copied().collect();
        Ok(Effect { judged: Judged::default(), clock: None, arrived, told: Vec::new() })
    }

    /// Moves the meters as a choice says.
    fn measure(&mut self, branch: &Branch) {
        for meter in &self.scenario.meters {
            if let Some((value, before)) = self.meters.get_mut(meter.id.as_str()) {
                *before = *value;
                let by = branch.moves.get(&meter.id).copied().unwrap_or_default();
                *value = value.saturating_add_signed(by).min(meter.max);
            }
        }
    }

    fn meters(&self) -> Vec<MeterPlace<'m>> {
        let place = |meter: &'m crate::scenario::Meter| {
            let (value, before) =
                self.meters.get(meter.id.as_str()).copied().unwrap_or((meter.start, meter.start));
            MeterPlace { meter, value, before }
        };
        self.scenario.meters.iter().map(place).collect()
    }

    fn looks(&self) -> Vec<Looked<'m>> {
        let each = |post: &'m Post| {
            let seen = |look: &'m crate::scenario::Look| Looked {
                post,
                look,
                seen: self.looked.contains(look.id.as_str()),
            };
            post.looks.iter().map(seen).collect::<Vec<_>>()
        };
        self.feed.iter().copied().flat_map(each).collect()
    }

    /// The counts below a post, as the story has changed them.
    fn stats(&self, post: &Post) -> Stats {
        let change = post.changes.iter().rev().find(|change| self.holds(&change.when));
        change.map_or(post.stats, |change| change.stats)
    }

    fn holds(&self, when: &When) -> bool {
        when.0.iter().all(|condition| match condition {
            Condition::Set(flag) => self.is_set(flag),
            Condition::NotSet(flag) => !self.is_set(flag),
            Condition::AtLeast(measure, least) => self.measured(measure) >= *least,
            Condition::Below(measure, bound) => self.measured(measure) < *bound,
        })
    }

    fn is_set(&self, flag: &str) -> bool {
        let looked = flag.strip_prefix("looked-").is_some_and(|look| self.looked.contains(look));
        looked || self.flags.contains(flag)
    }

    fn measured(&self, measure: &Measure) -> u32 {
        match measure {
            Measure::Minutes => self.elapsed,
            Measure::Meter(id) => self.meters.get(id.as_str()).map_or(0, |(value, _)| u32::from(*value)),
        }
    }

    /// The recommended choice of the open question.
    fn recommended_choice(&self) -> Option<&'m Choice> {
        let node = self.node?;
        self.offered(node).map(|branch| &branch.choice).max_by_key(|choice| choice.grade)
    }

    /// Plays on with the recommended choices, and gives what the whole story leaves behind.
    pub(super) fn play_recommended(mut self) -> Ended<'m> {
        // Content that goes round in circles is found by the check; here it must only not hang.
        for _ in 0..self.scenario.nodes.len().saturating_mul(2) {
            match self.recommended_choice() {
                Some(choice) if self.answer(&choice.id).is_ok() => {}
                _ => break,
            }
        }
        let (looks, meters) = (self.looks(), self.meters());
        Ended { path: self.path, ending: self.narrated, minutes: self.elapsed, looks, meters }
    }

    /// The number of questions still to come on the recommended path, the open one included.
    pub(super) fn remaining(&self) -> usize {
        self.clone().play_recommended().path.len().saturating_sub(self.path.len())
    }

    fn time(&self) -> Option<StoryTime> {
        self.scenario.clock.map(|start| start.plus(self.elapsed))
    }

    /// The choices now offered. A best choice always is, so that no story can be stuck.
    fn offered(&self, node: &'m Node) -> impl Iterator<Item = &'m Branch> {
        node.branches.iter().filter(move |branch| {
            let open = branch.only_if.as_ref().is_none_or(|when| self.holds(when))
                && !branch.unless.as_ref().is_some_and(|flag| self.is_set(flag));
            let hidden = self.hidden.contains(&(node.id.as_str(), branch.choice.id.as_str()));
            (open && !hidden) || branch.choice.grade == Grade::Best
        })
    }

    /// A must that has not been answered well.
    fn open_must(&self) -> Option<&'m Node> {
        let mut musts = self.scenario.nodes.iter().filter(|node| node.must && is_question(node));
        musts.find(|node| self.latest.get(node.id.as_str()).is_none_or(|grade| *grade < Grade::Ok))
    }

    /// Goes through narration to the next question; none at an ending.
    fn travel(&mut self, to: &'m str) -> Option<&'m Node> {
        let mut hide: Vec<&'m str> = Vec::new();
        let mut to = Some(to);
        for _ in 0..=self.scenario.nodes.len() {
            let node = self.scenario.node(to?)?;
            for post in node.show.iter().filter_map(|id| self.scenario.post(id)) {
                self.show(post);
            }
            if is_question(node) {
                self.hidden.extend(hide.into_iter().map(|choice| (node.id.as_str(), choice)));
                return Some(node);
            }
            self.narrated.extend(&node.tell);
            hide.extend(node.hide.iter().map(String::as_str));
            let turn = node.turns.iter().find(|turn| self.holds(&turn.when)).map(|turn| turn.to.as_str());
            to = turn.or(node.to.as_deref()).filter(|_| !node.end);
        }
        None
    }

    /// Lets the posts come whose time or flag has come.
    fn arrive(&mut self) {
        let mut due: Vec<(u32, &'m Post)> = self
            .scenario
            .posts
            .iter()
            .filter(|post| post.when.as_ref().is_none_or(|when| self.holds(when)))
            .filter_map(|post| match self.scenario.arrival(post) {
                Some(after) => (after <= self.elapsed).then_some((after, post)),
                // Without a time of its own, only a flag brings a post.
                None => post.when.is_some().then_some((0, post)),
            })
            .collect();
        due.sort_by_key(|(after, _)| *after);
        for (_, post) in due {
            self.show(post);
        }
    }

    fn show(&mut self, post: &'m Post) {
        if !self.feed.iter().any(|seen| seen.id == post.id) {
            self.feed.push(post);
            self.arrived.push(post);
        }
    }
}

fn is_question(node: &Node) -> bool {
    node.ask.is_some() && !node.branches.is_empty()
}

impl<'m> Walk<'m> {
    /// The answers to the questions of a story, oldest first, without those that were taken back.
    #[must_use]
    pub fn decisions(&self, scenario: &str) -> Vec<&Visit<'m>> {
        let mut made: Vec<&Visit<'m>> = Vec::new();
        for visit in &self.visits {
            let in_story = matches!(&visit.place, Place::Node(node) if node.scenario.id == scenario);
            match &visit.response {
                Response::Choice(_) if in_story => made.push(visit),
                // What is taken back is the answer just before, wherever that had led.
                Response::Again if made.last().is_some_and(|last| last.turn + 1 == visit.turn) => {
                    made.pop();
                }
                _ => {}
            }
        }
        made
    }
}
