//! What a question is, read from the module that was pinned: its words, its clauses, and what can be answered.

use kokoroe_courses::{
    Assign, Choice, Content, Grade, Item, Module, PickOption, Scenario, Step, Task, Text, Variant, WHOLE,
};
use serde::Serialize;

/// A question of a module, in one wording.
#[derive(Clone, Debug)]
pub(super) struct Question {
    /// Its stable name in the module: `item`, `scenario/node` or `family/variant`.
    pub(super) place: String,
    /// Where it stands in its module.
    pub(super) position: usize,
    pub(super) kind: Kind,
    /// Who, where and when.
    pub(super) scene: Option<Text>,
    pub(super) ask: Text,
    /// The clauses that it tests.
    pub(super) clauses: Vec<String>,
    pub(super) blocks: Vec<Block>,
    /// What is decided for each row, to name the acts.
    pub(super) assign: Option<Assign>,
    /// The whole question as it is stored: of two revisions with the same text here the answers count together, a question that was
    /// worded anew is another question.
    pub(super) wording: String,
}

/// Where a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// By itself.
    Item,
    /// In a story.
    Story,
    /// In the final test.
    Test,
}

/// Things of a question that can be answered.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) about: About,
    pub(super) lines: Vec<Line>,
}

/// What the lines of a block are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    Choices,
    Findings,
    Cuts,
    Clauses,
    Contacts,
    Ways,
    Places,
    Options,
    Clues,
    Cards,
    Rows,
}

impl About {
    /// Findings of a mosaic are explained and never scored.
    pub(super) const fn is_scored(self) -> bool {
        !matches!(self, Self::Findings | Self::Clues)
    }
}

/// One thing that can be answered.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) id: String,
    pub(super) said: Said,
    pub(super) sort: Sort,
}

/// What a line is called.
#[derive(Clone, Debug)]
pub(super) enum Said {
    Text(Text),
    /// A way to reach somebody, by its word in answers.
    Way(String),
    /// The row about a whole text.
    Whole,
}

/// What is counted of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Who chose it; it is worth this.
    Choice(Grade),
    /// Who missed it.
    Hit,
    /// Who picked it although it does not apply.
    Plain,
    /// Who put it elsewhere.
    Card,
    /// Who decided badly about it.
    Row,
}

/// The question of that name; none when nothing is graded there.
pub(super) fn find(module: &Module, place: &str) -> Option<Question> {
    match &module.content {
        Content::Lesson(steps) => steps.iter().enumerate().find_map(|(at, step)| match step {
            Step::Item(item) if item.id == place => of_item(item, at * 1_000),
            Step::Scenario(scenario) => of_story(scenario, place, at * 1_000),
            _ => None,
        }),
        Content::Test(test) => {
            let (family, variant) = place.split_once('/')?;
            let (at, family) = test.families.iter().enumerate().find(|(_, each)| each.id == family)?;
            let (number, variant) =
                family.variants.iter().enumerate().find(|(_, each)| each.id == variant)?;
            Some(of_variant(place, family.clause.clone(), variant, at * 1_000 + number))
        }
    }
}

fn wording<T: Serialize>(part: &T) -> String {
    // Content is made of structs and lists; where one could not be written, its name alone would have to tell it apart.
    serde_json::to_string(part).unwrap_or_default()
}

/// The clauses of a question are those that its author says it tests. Where none is named (a question of a story has no such line) it is
/// the clause of its best choice: the rule that says what is right. The clause of the choice that was made does not count: right and
/// wrong answers to one question would then stand under different clauses, and a clause that only wrong choices name would look as if
/// nobody understood it.
fn clauses_of(named: &[String], choices: &[&Choice]) -> Vec<String> {
    if !named.is_empty() {
        return named.to_vec();
    }
    choices
        .iter()
        .filter(|choice| choice.grade == Grade::Best && !choice.cite.is_empty())
        .map(|choice| choice.cite.clone())
        .take(1)
        .collect()
}

fn of_item(item: &Item, position: usize) -> Option<Question> {
    let blocks = blocks(item)?;
    let choices: Vec<&Choice> = match &item.task {
        Task::Judge(choices) => choices.iter().collect(),
        Task::Mosaic(mosaic) => mosaic.cuts.iter().collect(),
        _ => Vec::new(),
    };
    let mut clauses = clauses_of(&item.cite, &choices);
    if let (true, Task::Lookup(lookup)) = (clauses.is_empty(), &item.task) {
        clauses.push(lookup.best.clone());
    }
    Some(Question {
        place: item.id.clone(),
        position,
        kind: Kind::Item,
        scene: item.scene.clone(),
        ask: item.ask.clone(),
        clauses,
        blocks,
        assign: match &item.task {
            Task::Assign(assign) => Some(assign.clone()),
            _ => None,
        },
        wording: wording(item),
    })
}

fn of_story(scenario: &Scenario, place: &str, position: usize) -> Option<Question> {
    let node = scenario.node(place.strip_prefix(&scenario.id)?.strip_prefix('/')?)?;
    let at = scenario.nodes.iter().position(|each| each.id == node.id)?;
    let choices: Vec<&Choice> = node.branches.iter().map(|branch| &branch.choice).collect();
    Some(Question {
        place: place.to_owned(),
        position: position + at,
        kind: Kind::Story,
        scene: Some(scenario.title.clone()),
        ask: node.ask.clone()?,
        clauses: clauses_of(&[], &choices),
        blocks: vec![chosen(About::Choices, &choices)],
        assign: None,
        wording: wording(node),
    })
}

fn of_variant(place: &str, clause: String, variant: &Variant, position: usize) -> Question {
    let choices: Vec<&Choice> = variant.choices.iter().collect();
    Question {
        place: place.to_owned(),
        position,
        kind: Kind::Test,
        scene: variant.scene.clone(),
        ask: variant.ask.clone(),
        clauses: vec![clause],
        blocks: vec![chosen(About::Choices, &choices)],
        assign: None,
        wording: wording(variant),
    }
}

fn chosen(about: About, choices: &[&Choice]) -> Block {
    let line = |choice: &&Choice| Line {
        id: choice.id.clone(),
        said: Said::Text(choice.text.clone()),
        sort: Sort::Choice(choice.grade),
    };
    Block { about, lines: choices.iter().map(line).collect() }
}

fn picked<'o>(about: About, options: impl Iterator<Item = (&'o str, &'o Text, bool)>) -> Block {
    let line = |(id, text, hit): (&str, &Text, bool)| Line {
        id: id.to_owned(),
        said: Said::Text(text.clone()),
        sort: if hit { Sort::Hit } else { Sort::Plain },
    };
    Block { about, lines: options.map(line).collect() }
}

fn option(option: &PickOption) -> Option<(&str, &Text, bool)> {
    (!option.plain).then_some((option.id.as_str(), &option.text, option.hit))
}

/// What can be answered; `None` where nothing is ever graded.
fn blocks(item: &Item) -> Option<Vec<Block>> {
    let all = |choices: &[Choice], about| chosen(about, &choices.iter().collect::<Vec<_>>());
    Some(match &item.task {
        Task::Judge(choices) => vec![all(choices, About::Choices)],
        Task::Hotspot(hotspot) => {
            let regions =
                hotspot.regions.iter().map(|region| (region.id.as_str(), &region.label, region.leak));
            vec![picked(About::Places, regions)]
        }
        Task::Order(order) => {
            let cards = order.cards.iter().map(|card| Line {
                id: card.id.clone(),
                said: Said::Text(card.text.clone()),
                sort: Sort::Card,
            });
            vec![Block { about: About::Cards, lines: cards.collect() }]
        }
        Task::Pick(pick) => vec![picked(About::Options, pick.options.iter().filter_map(option))],
        Task::Assign(assign) => {
            let rows = assign.asked().map(|row| Line {
                id: row.id.clone(),
                said: match row.text.as_ref().or_else(|| said_of(item, &row.id)) {
                    Some(text) => Said::Text(text.clone()),
                    None if row.id == WHOLE => Said::Whole,
                    None => Said::Text(Text::ja(row.id.clone())),
                },
                sort: Sort::Row,
            });
            vec![Block { about: About::Rows, lines: rows.collect() }]
        }
        Task::Mosaic(mosaic) => vec![
            all(&mosaic.cuts, About::Cuts),
            all(&mosaic.findings, About::Findings),
            picked(About::Clues, mosaic.clues.iter().filter_map(option)),
        ],
        Task::Contact(whom) => {
            let line = |id: &str, said, grade| Line { id: id.to_owned(), said, sort: Sort::Choice(grade) };
            let book = whom.book.iter().filter_map(|entry| {
                Some(line(&entry.id, Said::Text(entry.text.clone()), whom.contact_grade(&entry.id)?))
            });
            let ways = whom
                .ways
                .iter()
                .map(|way| line(way.by.code(), Said::Way(way.by.code().to_owned()), way.grade));
            vec![
                Block { about: About::Contacts, lines: book.collect() },
                Block { about: About::Ways, lines: ways.collect() },
            ]
        }
        Task::Lookup(lookup) => {
            let clauses = lookup.clauses.iter().filter_map(|clause| {
                Some(Line {
                    id: clause.id.clone(),
                    said: Said::Text(clause.text.clone()),
                    sort: Sort::Choice(lookup.grade(&clause.id)?),
                })
            });
            vec![Block { about: About::Clauses, lines: clauses.collect() }]
        }
        Task::Draft(_) | Task::Confidence { .. } | Task::Reflect { .. } | Task::Checklist(_) => return None,
    })
}

/// A row of a feed is told by its post.
fn said_of<'i>(item: &'i Item, id: &str) -> Option<&'i Text> {
    item.posts.iter().find(|post| post.id == id).map(|post| &post.say)
}
