//! What a story asks about: flags, what was looked at, minutes and meters.

use std::collections::BTreeSet;

use super::Desk;
use crate::item::Grade;
use crate::scenario::{Condition, Measure, Scenario, When};

/// What is asked about happens somewhere, and the other way round.
pub(super) fn check(desk: &mut Desk<'_>, file: &str, scenario: &Scenario) {
    let branches =
        || scenario.nodes.iter().flat_map(|node| node.branches.iter().map(move |branch| (node, branch)));
    let set: BTreeSet<&str> =
        branches().flat_map(|(_, branch)| branch.set.iter().map(String::as_str)).collect();
    let mut asked = BTreeSet::new();
    for (key, when) in asked_about(scenario) {
        for flag in when.flags() {
            asked.insert(flag.to_owned());
            let look = flag.strip_prefix("looked-");
            let known = look.map_or(set.contains(flag), |id| scenario.looks().any(|(_, look)| look.id == id));
            if !known {
                let message = match look {
                    Some(id) => format!("no post has a look `{id}`"),
                    None => format!("no choice sets the flag `{flag}`"),
                };
                desk.error(file, &key, message);
            }
        }
        for measure in when.measures() {
            match measure {
                Measure::Minutes if scenario.clock.is_none() => {
                    desk.error(file, &key, "without a clock there are no minutes to ask about");
                }
                Measure::Meter(id) if !scenario.meters.iter().any(|meter| meter.id == *id) => {
                    desk.error(file, &key, format!("there is no meter `{id}`; add a [[meter]]"));
                }
                Measure::Minutes | Measure::Meter(_) => {}
            }
        }
    }
    for (node, branch) in branches() {
        let key = format!("{}.{}", node.id, branch.choice.id);
        if branch.choice.grade == Grade::Best && (branch.only_if.is_some() || branch.unless.is_some()) {
            desk.error(file, &key, "the best choice is always offered; take `if` and `unless` out");
        }
        for meter in branch.moves.keys().filter(|id| !scenario.meters.iter().any(|meter| meter.id == **id)) {
            desk.error(file, &format!("{key}.move"), format!("there is no meter `{meter}`; add a [[meter]]"));
        }
        for flag in branch.set.iter().filter(|flag| !asked.contains(flag.as_str())) {
            desk.warning(file, &format!("{key}.set"), format!("nothing asks for the flag `{flag}`"));
        }
    }
    for meter in &scenario.meters {
        if meter.start > meter.max {
            desk.error(file, &format!("{}.start", meter.id), "a meter cannot start above its most");
        }
        if !branches().any(|(_, branch)| branch.moves.contains_key(&meter.id)) {
            desk.error(file, &meter.id, format!("no choice moves the meter `{}`", meter.id));
        }
    }
    if scenario.meters.len() > 2 {
        desk.error(file, "meter", "two meters are as many as one can watch");
    }
}

/// Every condition of a story, with where it stands.
fn asked_about(scenario: &Scenario) -> Vec<(String, When)> {
    let mut all = Vec::new();
    for node in &scenario.nodes {
        for (number, turn) in (1..).zip(&node.turns) {
            all.push((format!("{}.turn-{number}.if", node.id), turn.when.clone()));
        }
        for branch in &node.branches {
            let key = format!("{}.{}", node.id, branch.choice.id);
            all.extend(branch.only_if.clone().map(|when| (format!("{key}.if"), when)));
            let unless = branch.unless.clone().map(|flag| When(vec![Condition::Set(flag)]));
            all.extend(unless.map(|when| (format!("{key}.unless"), when)));
        }
    }
    for post in &scenario.posts {
        all.extend(post.when.clone().map(|when| (format!("{}.when", post.id), when)));
        for (number, change) in (1..).zip(&post.changes) {
            all.push((format!("{}.change-{number}.when", post.id), change.when.clone()));
        }
    }
    all
}
