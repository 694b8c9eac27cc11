//! Playing a scenario: where it stands, what can be seen, where an answer leads.

use std::collections::{BTreeMap, BTreeSet};

use super::place::{Judged, NodePlace, PathStep, Refusal};
use crate::item::{Choice, Grade};
use crate::scenario::{Branch, Node, Post, Scenario, StoryTime};
use crate::text::Text;

/// A story under way.
#[derive(Clone, Debug)]
pub(super) struct Story<'m> {
    scenario: &'m Scenario,
    /// The question that is open; none once the story has ended.
    node: Option<&'m Node>,
    elapsed: u32,
    flags: BTreeSet<&'m str>,
    hidden: BTreeSet<(&'m str, &'m str)>,
    feed: Vec<&'m Post>,
    arrived: Vec<&'m Post>,
    /// Narration since the last answer, without the words of the open question itself.
    narrated: Vec<&'m Text>,
    latest: BTreeMap<&'m str, Grade>,
    path: Vec<PathStep<'m>>,
}

/// What remains of a story that has ended.
#[derive(Clone, Debug)]
pub(super) struct Ended<'m> {
    pub(super) path: Vec<PathStep<'m>>,
    pub(super) ending: Vec<&'m Text>,
    pub(super) minutes: u32,
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
        Ended { path: self.path, ending: self.narrated, minutes: self.elapsed }
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
            let set = |flag: &Option<String>| flag.as_ref().map(|flag| self.flags.contains(flag.as_str()));
            let open = set(&branch.only_if).unwrap_or(true) && !set(&branch.unless).unwrap_or(false);
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
            to = node.to.as_deref().filter(|_| !node.end);
        }
        None
    }

    /// Lets the posts come whose time or flag has come.
    fn arrive(&mut self) {
        let mut due: Vec<(u32, &'m Post)> = self
            .scenario
            .posts
            .iter()
            .filter(|post| post.when.as_ref().is_none_or(|flag| self.flags.contains(flag.as_str())))
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
