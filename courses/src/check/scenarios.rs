//! Stories: every way through ends well, and nobody gets around what matters.

use std::collections::{BTreeMap, BTreeSet};

use super::items::exactly_one_best;
use super::{Desk, conditions};
use crate::item::Grade;
use crate::read::module::ModuleFiles;
use crate::scenario::{Branch, Node, Scenario, ScenarioKind};

/// Questions on the recommended path.
const QUESTIONS: std::ops::RangeInclusive<usize> = 4..=7;

pub(super) fn check(desk: &mut Desk<'_>, files: &ModuleFiles, scenario: &Scenario) {
    let file = format!("{}{}.toml", files.folder, scenario.id);
    let graph = Graph::of(scenario);
    if graph.names(desk, &file) {
        graph.shape(desk, &file);
        graph.ways(desk, &file);
        graph.musts(desk, &file);
    }
    graph.questions(desk, &file);
    posts(desk, &file, scenario);
    conditions::check(desk, &file, scenario);
    clock(desk, &file, scenario);
}

struct Graph<'s> {
    scenario: &'s Scenario,
    nodes: BTreeMap<&'s str, &'s Node>,
}

impl<'s> Graph<'s> {
    fn of(scenario: &'s Scenario) -> Self {
        Self { scenario, nodes: scenario.nodes.iter().map(|node| (node.id.as_str(), node)).collect() }
    }

    /// Every node named exists.
    fn names(&self, desk: &mut Desk<'_>, file: &str) -> bool {
        let mut ok = true;
        let mut name = |desk: &mut Desk<'_>, key: String, id: &str| {
            if !self.nodes.contains_key(id) {
                desk.error(file, &key, format!("there is no node `{id}`"));
                ok = false;
            }
        };
        name(desk, "start".to_owned(), &self.scenario.start);
        for node in &self.scenario.nodes {
            if let Some(to) = &node.to {
                name(desk, format!("{}.to", node.id), to);
            }
            for (number, turn) in (1..).zip(&node.turns) {
                name(desk, format!("{}.turn-{number}.to", node.id), &turn.to);
            }
            for branch in &node.branches {
                name(desk, format!("{}.{}.to", node.id, branch.choice.id), &branch.to);
            }
        }
        ok
    }

    /// Where one can go from a node in one step.
    fn next(&self, id: &str) -> Vec<&'s str> {
        let Some(node) = self.nodes.get(id) else { return Vec::new() };
        let turns = node.turns.iter().map(|turn| &turn.to);
        let branches = node.branches.iter().map(|branch| &branch.to);
        node.to.iter().chain(turns).chain(branches).map(String::as_str).collect()
    }

    /// Everything that can be reached from `start` without entering a node that `closed` names.
    fn reach(&self, start: &'s str, closed: &dyn Fn(&Node) -> bool) -> BTreeSet<&'s str> {
        let mut seen = BTreeSet::new();
        let mut open = vec![start];
        while let Some(id) = open.pop() {
            if self.nodes.get(id).is_some_and(|node| !closed(node)) && seen.insert(id) {
                open.extend(self.next(id));
            }
        }
        seen
    }

    /// Whether some way leads to an ending.
    fn ends(&self, start: &'s str) -> bool {
        self.reach(start, &|_| false).iter().any(|id| self.nodes.get(id).is_some_and(|node| node.end))
    }

    /// The questions and endings that narration can lead to; none if it can go in a circle.
    fn through_narration(&self, start: &str) -> Vec<&'s Node> {
        self.through(start, self.nodes.len()).unwrap_or_default()
    }

    fn through(&self, id: &str, left: usize) -> Option<Vec<&'s Node>> {
        let node = *self.nodes.get(id)?;
        if node.ask.is_some() || node.to.is_none() {
            return Some(vec![node]);
        }
        let left = left.checked_sub(1)?;
        let mut found = Vec::new();
        for to in self.next(id) {
            found.extend(self.through(to, left)?);
        }
        Some(found)
    }

    fn shape(&self, desk: &mut Desk<'_>, file: &str) {
        let reached = self.reach(&self.scenario.start, &|_| false);
        for node in &self.scenario.nodes {
            if !reached.contains(node.id.as_str()) {
                desk.error(
                    file,
                    &node.id,
                    format!("nothing leads to the node `{}`; link it or take it out", node.id),
                );
            } else if node.ask.is_none() && self.through_narration(&node.id).is_empty() {
                desk.error(
                    file,
                    &node.id,
                    format!("the narration from `{}` goes round in a circle", node.id),
                );
            } else if !self
                .reach(&node.id, &|_| false)
                .iter()
                .any(|id| self.nodes.get(id).is_some_and(|n| n.end))
            {
                desk.error(file, &node.id, format!("from the node `{}` no way leads to an ending", node.id));
            }
            if node.end && node.tell.is_none() {
                desk.error(file, &node.id, "an ending tells how the story ends; add tell");
            } else if node.tell.is_none() && node.ask.is_none() {
                desk.error(file, &node.id, "narration without words; add tell or lead past it");
            }
            self.hides(desk, file, node);
        }
    }

    /// What narration takes away is there, and what remains is enough.
    fn hides(&self, desk: &mut Desk<'_>, file: &str, node: &Node) {
        if node.hide.is_empty() {
            return;
        }
        let key = format!("{}.hide", node.id);
        let targets = self.through_narration(&node.id);
        let Some(target) = targets.into_iter().find(|target| target.ask.is_some()) else {
            desk.error(file, &key, "`hide` takes choices from the question that follows; none follows here");
            return;
        };
        if node.ask.is_some() {
            desk.error(file, &key, "`hide` belongs to narration, not to a question");
        }
        for id in &node.hide {
            match target.branches.iter().find(|branch| branch.choice.id == *id) {
                None => desk.error(file, &key, format!("the question `{}` has no choice `{id}`", target.id)),
                Some(branch) if branch.choice.grade == Grade::Best => {
                    desk.error(
                        file,
                        &key,
                        format!("`{id}` is the best choice of `{}` and has to stay", target.id),
                    );
                }
                Some(_) => {}
            }
        }
    }

    fn best(node: &'s Node) -> Option<&'s Branch> {
        node.branches.iter().find(|branch| branch.choice.grade == Grade::Best)
    }

    /// The recommended path ends, from everywhere; harm never ends a story.
    fn ways(&self, desk: &mut Desk<'_>, file: &str) {
        let questions = || self.scenario.nodes.iter().filter(|node| node.ask.is_some());
        // A question without a best choice, and a story without a way out, are faults of their own.
        if self.ends(&self.scenario.start)
            && questions().all(|node| Self::best(node).is_some())
            && let Some(node) = questions().find(|node| self.recommended_from(node).is_none())
        {
            let message = format!("from `{}` the best choices never reach an ending", node.id);
            desk.error(file, &node.id, message);
        }
        for node in questions() {
            for branch in node.branches.iter().filter(|branch| branch.choice.grade == Grade::Harm) {
                if self.through_narration(&branch.to).iter().any(|target| target.end) {
                    let message =
                        "a harmful choice leads to an ending; let narration lead back before harm is done";
                    desk.error(file, &format!("{}.{}.to", node.id, branch.choice.id), message);
                }
            }
        }
        let start = self.default_way(&self.scenario.start).filter(|node| node.ask.is_some());
        let questions = start.and_then(|node| self.recommended_from(node)).unwrap_or_default();
        if start.is_none() {
            desk.error(file, "start", "the story has no question");
        } else if !QUESTIONS.contains(&questions.len()) && !questions.is_empty() {
            let message =
                format!("the recommended path has {} questions; it should have 4 to 7", questions.len());
            desk.error(file, "start", message);
        }
        self.positions(desk, file, &questions);
    }

    /// The questions from here to the ending, choosing best; none if there is no end.
    fn recommended_from(&self, node: &'s Node) -> Option<Vec<&'s Node>> {
        let mut path = Vec::new();
        let mut node = node;
        while !node.end {
            if path.len() > self.nodes.len() {
                return None;
            }
            path.push(node);
            node = self.default_way(&Self::best(node)?.to)?;
        }
        Some(path)
    }

    /// Where narration leads when no turn is taken: turns are for those who went another way before.
    fn default_way(&self, start: &str) -> Option<&'s Node> {
        let mut node = *self.nodes.get(start)?;
        for _ in 0..=self.nodes.len() {
            match &node.to {
                Some(to) if node.ask.is_none() => node = self.nodes.get(to.as_str())?,
                _ => return Some(node),
            }
        }
        None
    }

    /// The best choice does not always stand in the same place.
    fn positions(&self, desk: &mut Desk<'_>, file: &str, questions: &[&Node]) {
        if questions.len() < 3 {
            return;
        }
        let mut places: BTreeMap<usize, usize> = BTreeMap::new();
        for node in questions {
            if let Some(place) = node.branches.iter().position(|branch| branch.choice.grade == Grade::Best) {
                *places.entry(place).or_default() += 1;
            }
        }
        if let Some((place, count)) = places.iter().find(|(_, count)| **count * 2 > questions.len() + 1) {
            let message = format!(
                "the best choice stands in place {} in {count} of {} questions; mix the places",
                place + 1,
                questions.len()
            );
            desk.error(file, "start", message);
        }
    }

    /// What must be answered cannot be walked around, and a poor answer leads back to it.
    fn musts(&self, desk: &mut Desk<'_>, file: &str) {
        for must in self.scenario.nodes.iter().filter(|node| node.must) {
            if must.ask.is_none() {
                desk.error(file, &format!("{}.must", must.id), "only a question can be a must");
                continue;
            }
            let around = self.reach(&self.scenario.start, &|node| node.id == must.id);
            if around.iter().any(|id| self.nodes.get(id).is_some_and(|node| node.end)) {
                let message =
                    format!("an ending can be reached without `{}`; lead every way through it", must.id);
                desk.error(file, &format!("{}.must", must.id), message);
            }
            for branch in must.branches.iter().filter(|branch| branch.choice.grade < Grade::Ok) {
                let targets = self.through_narration(&branch.to);
                if targets.is_empty() || targets.iter().any(|target| target.id != must.id) {
                    let message =
                        format!("this answer is not good enough for a must; lead it back to `{}`", must.id);
                    desk.error(file, &format!("{}.{}.to", must.id, branch.choice.id), message);
                }
            }
        }
    }

    fn questions(&self, desk: &mut Desk<'_>, file: &str) {
        for node in self.scenario.nodes.iter().filter(|node| node.ask.is_some()) {
            if !(3..=4).contains(&node.branches.len()) {
                let message =
                    format!("a question has 3 or 4 choices; `{}` has {}", node.id, node.branches.len());
                desk.error(file, &node.id, message);
            }
            exactly_one_best(desk, file, &node.id, node.branches.iter().map(|branch| &branch.choice));
        }
    }
}

/// Every post named exists, and every post appears somewhere.
fn posts(desk: &mut Desk<'_>, file: &str, scenario: &Scenario) {
    let mut shown = BTreeSet::new();
    for node in &scenario.nodes {
        for id in &node.show {
            shown.insert(id.as_str());
            if scenario.post(id).is_none() {
                desk.error(file, &format!("{}.show", node.id), format!("there is no post `{id}`"));
            }
        }
    }
    for post in &scenario.posts {
        let timeless = scenario.kind == ScenarioKind::Crisis && scenario.clock.is_none();
        let comes = timeless || post.when.is_some() || scenario.arrival(post).is_some();
        if !shown.contains(post.id.as_str()) && !comes {
            let message = format!("the post `{}` never appears; name it in the show of a node", post.id);
            desk.error(file, &post.id, message);
        }
    }
}

fn clock(desk: &mut Desk<'_>, file: &str, scenario: &Scenario) {
    match (scenario.kind, scenario.clock) {
        (ScenarioKind::Crisis, None) => {
            desk.error(file, "kind", "a crisis has a clock; add [clock] with start = \"23:04\"");
        }
        (ScenarioKind::Branch, Some(_)) => {
            desk.error(
                file,
                "clock",
                "only a crisis has a clock; take [clock] out or write kind = \"crisis\"",
            );
        }
        _ => {}
    }
    for node in &scenario.nodes {
        for branch in &node.branches {
            let key = format!("{}.{}", node.id, branch.choice.id);
            if scenario.kind == ScenarioKind::Branch && branch.cost > 0 {
                desk.error(
                    file,
                    &format!("{key}.cost"),
                    "without a clock nothing costs minutes; take cost out",
                );
            } else if scenario.kind == ScenarioKind::Crisis && branch.cost == 0 {
                desk.error(file, &key, "every action in a crisis costs minutes; add cost = 3 or so");
            }
        }
    }
}
