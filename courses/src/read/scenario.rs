//! Reading scenarios, and the actors and posts that items have too.

use std::collections::BTreeMap;

use super::fields::Fields;
use super::item::{choice, limit};
use super::notes::Voice;
use crate::module::{Actor, Care};
use crate::scenario::{Branch, Node, Post, Scenario, ScenarioKind, Skin, Stats, StoryTime};

const SKINS: &[(&str, Skin)] = &[
    ("short", Skin::Short),
    ("friends", Skin::Friends),
    ("photo", Skin::Photo),
    ("chat", Skin::Chat),
    ("review", Skin::Review),
    ("video", Skin::Video),
    ("board", Skin::Board),
];

/// The subjects that need care.
pub(crate) const CARES: &[(&str, Care)] = &[("suicide", Care::Suicide)];

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
    let start = fields.string("start");
    let draws_on = fields.list("draws_on");
    let care = fields.maybe_one_of("care", CARES);
    let clock = fields.table("clock").and_then(|mut table| {
        let start = table.parsed::<StoryTime>("start");
        table.finish();
        start
    });
    let actors = actors(&mut fields);
    let posts = posts(&mut fields);
    let nodes = fields.tables("node").into_iter().map(node).collect();
    fields.finish();
    ScenarioFile {
        scenario: Scenario { id, kind, title, setup, start, draws_on, care, clock, posts, nodes },
        actors,
    }
}

fn node(mut table: Fields<'_, '_>) -> Node {
    let node = Node {
        id: table.string("id"),
        show: table.list("show"),
        tell: table.maybe_text("tell", limit::TELL, Voice::Course),
        ask: table.maybe_text("ask", limit::ASK, Voice::Course),
        must: table.flag("must"),
        branches: table.tables("choice").into_iter().map(branch).collect(),
        to: table.maybe_string("to"),
        hide: table.list("hide"),
        end: table.flag("end"),
    };
    let line = table.line_of("id");
    let id = &node.id;
    if node.ask.is_some() == node.branches.is_empty() {
        table.broken(line, format!("the node `{id}` needs both ask and [[node.choice]], or neither"));
    } else if node.ask.is_some() && (node.to.is_some() || node.end) {
        table.broken(
            line,
            format!("the node `{id}` asks, so its choices say where it goes; take out to and end"),
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
        only_if: table.maybe_string("if"),
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
            let actor =
                Actor { id: table.string("id"), name: table.spoken("name"), handle: table.string("handle") };
            table.finish();
            (actor.id.clone(), actor)
        })
        .collect()
}

/// The `[[post]]` tables.
pub(crate) fn posts(fields: &mut Fields<'_, '_>) -> Vec<Post> {
    fields
        .tables("post")
        .into_iter()
        .map(|mut table| {
            if !table.has("at") {
                table.string("at");
            }
            let post = Post {
                id: table.string("id"),
                skin: table.one_of("skin", SKINS, Skin::Short),
                by: table.string("by"),
                at: table.parsed("at").unwrap_or_default(),
                text: table.spoken("text"),
                say: table.text("say", limit::SAY),
                stats: table.table("stats").map(stats).unwrap_or_default(),
                image: table.maybe_string("image"),
                when: table.maybe_string("when"),
            };
            table.finish();
            post
        })
        .collect()
}

fn stats(mut table: Fields<'_, '_>) -> Stats {
    const MOST: u32 = 10_000_000;
    let stats = Stats {
        like: table.maybe_number("like", MOST).unwrap_or_default(),
        reply: table.maybe_number("reply", MOST).unwrap_or_default(),
        share: table.maybe_number("share", MOST).unwrap_or_default(),
    };
    table.finish();
    stats
}
