//! Reading items.

use std::collections::BTreeMap;

use super::fields::Fields;
use super::notes::Voice;
use super::post::posts;
use super::rows::{assign, checklist, lookup, mosaic, pick, whom};
use super::scenario::actors;
use crate::item::{
    AssignKind, Basis, Card, Choice, Draft, Fires, Grade, Group, Hotspot, Item, Level, Model, Order,
    PickKind, Region, Rule, Task,
};
use crate::module::Actor;
use crate::role::{Example, Role};
use crate::scenario::Act;

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
    pub(crate) const BUTTON: usize = 30;
    pub(crate) const LOOK: usize = 160;
    pub(crate) const METER: usize = 8;
}

pub(crate) const GRADES: &[(&str, Grade)] =
    &[("best", Grade::Best), ("ok", Grade::Ok), ("risky", Grade::Risky), ("harm", Grade::Harm)];
const BASES: &[(&str, Basis)] = &[("law", Basis::Law), ("rule", Basis::Rule), ("manners", Basis::Manners)];
const LEVELS: &[(&str, Level)] =
    &[("must_fix", Level::MustFix), ("improve", Level::Improve), ("good", Level::Good)];

const ACTS: &[(&str, Act)] = &[
    ("look", Act::Look),
    ("talk", Act::Talk),
    ("call", Act::Call),
    ("report", Act::Report),
    ("save", Act::Save),
    ("reply", Act::Reply),
    ("post", Act::Post),
    ("delete", Act::Delete),
    ("wait", Act::Wait),
];

/// The kinds of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemKind {
    Judge,
    Hotspot,
    Order,
    Draft,
    Confidence,
    Pick(PickKind),
    Assign(AssignKind),
    Mosaic,
    Contact,
    Lookup,
    Reflect,
    Checklist,
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

/// What items name that stands in other files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beside {
    /// The clauses of the policy.
    pub(crate) clauses: Vec<Group>,
    /// The contact book.
    pub(crate) contacts: Vec<Group>,
}

/// Reads an item. The caller has taken `schema` and `kind`.
pub(crate) fn item(mut fields: Fields<'_, '_>, kind: ItemKind, beside: &Beside) -> ItemFile {
    let mut samples = Vec::new();
    let id = fields.string("id");
    let must = fields.flag("must");
    let cite = fields.list("cite");
    let draws_on = fields.list("draws_on");
    let scene = fields.maybe_text("scene", limit::SCENE, Voice::Course);
    let examples = examples(&mut fields, "scene");
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
        ItemKind::Pick(kind) => Task::Pick(pick(&mut fields, kind)),
        ItemKind::Assign(kind) => Task::Assign(assign(&mut fields, kind)),
        ItemKind::Mosaic => Task::Mosaic(mosaic(&mut fields)),
        ItemKind::Contact => Task::Contact(whom(&mut fields, &beside.contacts)),
        ItemKind::Lookup => Task::Lookup(lookup(&mut fields, &beside.clauses)),
        ItemKind::Reflect => Task::Reflect { max: fields.number("max", 1000) },
        ItemKind::Checklist => Task::Checklist(checklist(&mut fields)),
    };
    fields.finish();
    ItemFile { item: Item { id, must, cite, draws_on, scene, examples, ask, posts, task }, actors, samples }
}

/// The `[[as]]` tables: the same setting in words of somebody's own work.
pub(crate) fn examples(fields: &mut Fields<'_, '_>, name: &'static str) -> Vec<Example> {
    let first_role = |_: usize, table: &Fields<'_, '_>| format!("as-{}", table.first_of("roles"));
    fields
        .unnamed("as", first_role)
        .into_iter()
        .map(|mut table| {
            let mut roles = Vec::new();
            for word in table.list("roles") {
                match Role::of_code(&word) {
                    Some(role) => roles.push(role),
                    None => {
                        let known: Vec<_> = Role::ALL.iter().map(|(code, _)| *code).collect();
                        let message = format!("there is no role `{word}`; there are {}", known.join(", "));
                        table.broken(table.line_of("roles"), message);
                    }
                }
            }
            if roles.is_empty() {
                table.broken(table.line_of("roles"), "say whose work it is: roles = [\"nurse\"]");
            }
            let example = Example { roles, text: table.text(name, limit::SCENE) };
            table.finish();
            example
        })
        .collect()
}

/// The `[[choice]]` tables.
pub(crate) fn choices(fields: &mut Fields<'_, '_>) -> Vec<Choice> {
    choices_in(fields, "choice")
}

/// The tables of that name, read as choices.
pub(crate) fn choices_in(fields: &mut Fields<'_, '_>, name: &'static str) -> Vec<Choice> {
    fields
        .tables(name)
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
        act: table.maybe_one_of("act", ACTS),
        contact: table.maybe_string("contact"),
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
