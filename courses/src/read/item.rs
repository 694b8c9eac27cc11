//! Reading items.

use std::collections::BTreeMap;

use super::fields::Fields;
use super::notes::Voice;
use super::scenario::{actors, posts};
use crate::item::{
    Basis, Card, Choice, Draft, Fires, Grade, Hotspot, Item, Level, Model, Order, Region, Rule, Task,
};
use crate::module::Actor;

/// How long texts may be, in characters: what fits its place on a phone.
pub(crate) mod limit {
    pub(crate) const ASK: usize = 80;
    pub(crate) const WHY: usize = 80;
    pub(crate) const CHOICE: usize = 60;
    pub(crate) const SCENE: usize = 120;
    pub(crate) const SUMMARY: usize = 80;
    pub(crate) const CARD: usize = 40;
    pub(crate) const CARD_WHY: usize = 60;
    pub(crate) const EXPLAIN: usize = 120;
    pub(crate) const TITLE: usize = 40;
    pub(crate) const SAY: usize = 120;
    pub(crate) const TELL: usize = 240;
    pub(crate) const LABEL: usize = 60;
}

const GRADES: &[(&str, Grade)] =
    &[("best", Grade::Best), ("ok", Grade::Ok), ("risky", Grade::Risky), ("harm", Grade::Harm)];
const BASES: &[(&str, Basis)] = &[("law", Basis::Law), ("rule", Basis::Rule), ("manners", Basis::Manners)];
const LEVELS: &[(&str, Level)] =
    &[("must_fix", Level::MustFix), ("improve", Level::Improve), ("good", Level::Good)];

/// The five kinds of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemKind {
    Judge,
    Hotspot,
    Order,
    Draft,
    Confidence,
}

/// A reply that a draft's rules are tried on.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) key: String,
    pub(crate) text: String,
    pub(crate) fires: Vec<String>,
}

/// An item as its file has it.
pub(crate) struct ItemFile {
    pub(crate) item: Item,
    pub(crate) actors: BTreeMap<String, Actor>,
    pub(crate) samples: Vec<Sample>,
}

/// Reads an item. The caller has taken `schema` and `kind`.
pub(crate) fn item(mut fields: Fields<'_, '_>, kind: ItemKind) -> ItemFile {
    let mut samples = Vec::new();
    let id = fields.string("id");
    let must = fields.flag("must");
    let cite = fields.list("cite");
    let draws_on = fields.list("draws_on");
    let scene = fields.maybe_text("scene", limit::SCENE, Voice::Course);
    let ask = fields.text("ask", limit::ASK);
    let actors = actors(&mut fields);
    let posts = posts(&mut fields);
    let task = match kind {
        ItemKind::Judge => Task::Judge(choices(&mut fields)),
        ItemKind::Hotspot => Task::Hotspot(hotspot(&mut fields)),
        ItemKind::Order => Task::Order(order(&mut fields)),
        ItemKind::Draft => {
            let (draft, fixtures) = draft(&mut fields);
            samples = fixtures;
            Task::Draft(draft)
        }
        ItemKind::Confidence => Task::Confidence { about: fields.string("about") },
    };
    fields.finish();
    ItemFile { item: Item { id, must, cite, draws_on, scene, ask, posts, task }, actors, samples }
}

/// The `[[choice]]` tables.
pub(crate) fn choices(fields: &mut Fields<'_, '_>) -> Vec<Choice> {
    fields
        .tables("choice")
        .into_iter()
        .map(|mut table| {
            let choice = choice(&mut table);
            table.finish();
            choice
        })
        .collect()
}

/// The fields that every choice has.
pub(crate) fn choice(table: &mut Fields<'_, '_>) -> Choice {
    Choice {
        id: table.string("id"),
        text: table.text("text", limit::CHOICE),
        grade: table.one_of("grade", GRADES, Grade::Harm),
        why: table.text("why", limit::WHY),
        cite: table.string("cite"),
        basis: table.maybe_one_of("basis", BASES).unwrap_or_default(),
    }
}

fn hotspot(fields: &mut Fields<'_, '_>) -> Hotspot {
    Hotspot {
        image: fields.string("image"),
        size: fields.numbers("size"),
        say: fields.text("say", limit::SAY),
        regions: fields
            .tables("region")
            .into_iter()
            .map(|mut table| {
                let region = Region {
                    id: table.string("id"),
                    at: table.numbers("at"),
                    label: table.text("label", limit::LABEL),
                    leak: table.flag("leak"),
                    must: table.flag("must"),
                    why: table.text("why", limit::WHY),
                    cite: table.maybe_string("cite"),
                };
                table.finish();
                region
            })
            .collect(),
    }
}

fn order(fields: &mut Fields<'_, '_>) -> Order {
    Order {
        cards: fields
            .tables("card")
            .into_iter()
            .map(|mut table| {
                let card = Card {
                    id: table.string("id"),
                    text: table.text("text", limit::CARD),
                    why: table.text("why", limit::CARD_WHY),
                };
                table.finish();
                card
            })
            .collect(),
        explain: fields.text("explain", limit::EXPLAIN),
    }
}

fn draft(fields: &mut Fields<'_, '_>) -> (Draft, Vec<Sample>) {
    let max = fields.number("max", 2000);
    let room = if max == 0 { usize::MAX } else { usize::from(max) };
    let rules = fields.tables("rule").into_iter().map(rule).collect();
    let models = fields
        .tables("model")
        .into_iter()
        .map(|mut table| {
            let model = Model {
                id: table.string("id"),
                text: table.text("text", room),
                note: table.text("note", limit::WHY),
            };
            table.finish();
            model
        })
        .collect();
    let samples = fields
        .tables("sample")
        .into_iter()
        .map(|mut table| {
            table.string("id");
            let sample = Sample {
                key: table.key().to_owned(),
                text: table.string("text"),
                fires: table.list("fires"),
            };
            table.finish();
            sample
        })
        .collect();
    (Draft { max, rules, models }, samples)
}

fn rule(mut table: Fields<'_, '_>) -> Rule {
    let id = table.string("id");
    let level = table.one_of("level", LEVELS, Level::Improve);
    let (any, none) = (table.words("any", true), table.words("none", true));
    if any.ja.is_empty() == none.ja.is_empty() {
        table.broken(
            table.line_of("level"),
            format!("the rule `{id}` needs either any = [\"…\"] (words that should not be there, or do well) or none = [\"…\"] (words that are missed)"),
        );
    }
    let fires = if any.ja.is_empty() { Fires::None(none) } else { Fires::Any(any) };
    let rule = Rule {
        id,
        level,
        fires,
        except: table.words("except", false),
        why: table.text("why", limit::WHY),
        cite: table.maybe_string("cite"),
    };
    table.finish();
    rule
}
