//! Reading scenarios, and the actors and posts that items have too.

use std::collections::BTreeMap;

use super::fields::Fields;
use super::item::{choice, examples, limit};
use super::notes::Voice;
use super::post::posts;
use crate::module::{Actor, Care, Face};
use crate::scenario::{Branch, Good, Meter, Node, Scenario, ScenarioKind, StoryTime, Turn};

const GOODS: &[(&str, Good)] = &[("high", Good::High), ("low", Good::Low)];

const FACES: &[(&str, Face)] = &[
    ("person", Face::Person),
    ("hospital", Face::Hospital),
    ("shop", Face::Shop),
    ("news", Face::News),
    ("unknown", Face::Unknown),
    ("crowd", Face::Crowd),
];

/// The subjects that need care.
pub(crate) const CARES: &[(&str, Care)] =
    &[("suicide", Care::Suicide), ("disaster", Care::Disaster), ("abuse", Care::Abuse)];

/// A scenario as its file has it.
pub(crate) struct ScenarioFile {
    pub(crate) scenario: Scenario,
    pub(crate) actors: BTreeMap<String, Actor>,
}

/// Reads a scenario. The caller has taken `schema` and `kind`.
pub(crate) fn scenario(mut fields: Fields<'_, '_>, kind: ScenarioKind) -> ScenarioFile {
    let id = fields.string("id");
    let title = fields.text("title", limit::TITLE);
    let setup = fields.text("setup", limit::SCENE);
    let examples = examples(&mut fields, "setup");
    let start = fields.string("start");
    let draws_on = fields.list("draws_on");
    let care = fields.maybe_one_of("care", CARES);
    let clock = fields.table("clock").and_then(|mut table| {
        let start = table.parsed::<StoryTime>("start");
        table.finish();
        start
    });
    let meters = fields.tables("meter").into_iter().map(meter).collect();
    let actors = actors(&mut fields);
    let posts = posts(&mut fields);
    let nodes = fields.tables("node").into_iter().map(node).collect();
    fields.finish();
    ScenarioFile {
        scenario: Scenario {
            id,
            kind,
            title,
            setup,
            examples,
            start,
            draws_on,
            care,
            clock,
            meters,
            posts,
            nodes,
        },
        actors,
    }
}

fn meter(mut table: Fields<'_, '_>) -> Meter {
    let meter = Meter {
        id: table.string("id"),
        name: table.text("name", limit::METER),
        start: table.number("start", 9),
        max: table.number("max", 9),
        good: table.one_of("good", GOODS, Good::High),
    };
    table.finish();
    meter
}

fn turn(mut table: Fields<'_, '_>) -> Option<Turn> {
    let (when, to) = (table.when("if"), table.string("to"));
    if when.is_none() {
        table.broken(table.line_of("to"), "a turn says when it is taken: if = \"…\"");
    }
    table.finish();
    Some(Turn { when: when?, to })
}

fn node(mut table: Fields<'_, '_>) -> Node {
    let node = Node {
        id: table.string("id"),
        show: table.list("show"),
        tell: table.maybe_text("tell", limit::TELL, Voice::Course),
        ask: table.maybe_text("ask", limit::ASK, Voice::Course),
        must: table.flag("must"),
        branches: table.tables("choice").into_iter().map(branch).collect(),
        turns: table
            .unnamed("turn", |number, _| format!("turn-{number}"))
            .into_iter()
            .filter_map(turn)
            .collect(),
        to: table.maybe_string("to"),
        hide: table.list("hide"),
        end: table.flag("end"),
    };
    let line = table.line_of("id");
    let id = &node.id;
    if node.ask.is_some() == node.branches.is_empty() {
        table.broken(line, format!("the node `{id}` needs both ask and [[node.choice]], or neither"));
    } else if node.ask.is_some() && (node.to.is_some() || node.end || !node.turns.is_empty()) {
        table.broken(
            line,
            format!("the node `{id}` asks, so its choices say where it goes; take out to, turn and end"),
        );
    } else if node.ask.is_none() && node.to.is_some() == node.end {
        table.broken(
            line,
            format!("the node `{id}` asks nothing; give it either to = \"…\" (narration) or end = true (an ending)"),
        );
    }
    table.finish();
    node
}

fn branch(mut table: Fields<'_, '_>) -> Branch {
    let branch = Branch {
        choice: choice(&mut table),
        to: table.string("to"),
        cost: table.number_or_zero("cost", 240),
        set: table.list("set"),
        moves: table.moves("move"),
        only_if: table.when("if"),
        unless: table.maybe_string("unless"),
    };
    table.finish();
    branch
}

/// The `[[actor]]` tables.
pub(crate) fn actors(fields: &mut Fields<'_, '_>) -> BTreeMap<String, Actor> {
    fields
        .tables("actor")
        .into_iter()
        .map(|mut table| {
            let actor = Actor {
                id: table.string("id"),
                name: table.spoken("name"),
                handle: table.string("handle"),
                about: table.maybe_text("about", limit::LABEL, Voice::Person),
                face: table.maybe_one_of("face", FACES).unwrap_or_default(),
            };
            table.finish();
            (actor.id.clone(), actor)
        })
        .collect()
}
