//! A question with its explanation, as the training office reads it beside what somebody says to it.

use kokoroe_app::training::{Given, ShownLine, ShownQuestion};
use kokoroe_app::ui::say::Words;
use kokoroe_courses::{Choice, Content, Grade, Item, Module, PickOption, Response, Step, Task, WHOLE};

use super::translate::{Translator, verdict};

/// The question of that name with the answer that was given; none when the module does not have it.
#[must_use]
pub fn question(
    words: Translator<'_>,
    module: &Module,
    place: &str,
    response: Option<&Response>,
) -> Option<ShownQuestion> {
    let maker = Maker { words, response };
    match &module.content {
        Content::Lesson(steps) => steps.iter().find_map(|step| match step {
            Step::Item(item) if item.id == place => Some(ShownQuestion {
                scene: item.scene.as_ref().map(|scene| words.words(scene)),
                ask: words.words(&item.ask),
                lines: maker.item(item),
                own_words: matches!(response, Some(Response::Draft(_))),
            }),
            Step::Scenario(scenario) => {
                let node = scenario.node(place.strip_prefix(&scenario.id)?.strip_prefix('/')?)?;
                let choices = node.branches.iter().map(|branch| maker.choice(&branch.choice));
                Some(ShownQuestion {
                    scene: Some(words.words(&scenario.title)),
                    ask: words.words(node.ask.as_ref()?),
                    lines: choices.collect(),
                    own_words: false,
                })
            }
            _ => None,
        }),
        Content::Test(test) => {
            let (family, variant) = place.split_once('/')?;
            let family = test.families.iter().find(|each| each.id == family)?;
            let variant = family.variants.iter().find(|each| each.id == variant)?;
            Some(ShownQuestion {
                scene: variant.scene.as_ref().map(|scene| words.words(scene)),
                ask: words.words(&variant.ask),
                lines: variant.choices.iter().map(|choice| maker.choice(choice)).collect(),
                own_words: false,
            })
        }
    }
}

struct Maker<'a> {
    words: Translator<'a>,
    response: Option<&'a Response>,
}

impl Maker<'_> {
    fn picked(&self, id: &str) -> Option<Given> {
        let picked = match self.response? {
            Response::Choice(chosen) => chosen == id,
            Response::Picks(picks) => picks.contains(id),
            Response::Mosaic { clues, finding, cut } => clues.contains(id) || finding == id || cut == id,
            Response::Contact { contact, way } => contact == id || way == id,
            _ => false,
        };
        picked.then_some(Given::Chosen)
    }

    fn line(&self, text: Words, grade: Option<Grade>, why: Option<Words>, given: Option<Given>) -> ShownLine {
        ShownLine { text, verdict: grade.map(verdict), why, given }
    }

    fn choice(&self, choice: &Choice) -> ShownLine {
        let why = Some(self.words.words(&choice.why));
        self.line(self.words.words(&choice.text), Some(choice.grade), why, self.picked(&choice.id))
    }

    fn option(&self, option: &PickOption) -> ShownLine {
        let why = option.why.as_ref().map(|why| self.words.words(why));
        self.line(self.words.words(&option.text), None, why, self.picked(&option.id))
    }

    fn item(&self, item: &Item) -> Vec<ShownLine> {
        let words = self.words;
        match &item.task {
            Task::Judge(choices) => choices.iter().map(|choice| self.choice(choice)).collect(),
            Task::Hotspot(hotspot) => hotspot
                .regions
                .iter()
                .map(|region| {
                    let why = Some(words.words(&region.why));
                    self.line(words.words(&region.label), None, why, self.picked(&region.id))
                })
                .collect(),
            Task::Order(order) => order
                .cards
                .iter()
                .map(|card| {
                    let given = match self.response {
                        Some(Response::Order(ids)) => ids.iter().position(|id| *id == card.id),
                        _ => None,
                    };
                    let given = given.and_then(|at| u16::try_from(at + 1).ok()).map(Given::Place);
                    self.line(words.words(&card.text), None, Some(words.words(&card.why)), given)
                })
                .collect(),
            Task::Draft(draft) => draft
                .models
                .iter()
                .map(|model| self.line(words.words(&model.text), None, Some(words.words(&model.note)), None))
                .collect(),
            Task::Pick(pick) => {
                pick.options.iter().filter(|option| !option.plain).map(|option| self.option(option)).collect()
            }
            Task::Checklist(list) => list.options.iter().map(|option| self.option(option)).collect(),
            Task::Assign(assign) => assign
                .asked()
                .map(|row| {
                    let post = item.posts.iter().find(|post| post.id == row.id).map(|post| &post.say);
                    let text = match row.text.as_ref().or(post) {
                        Some(text) => words.words(text),
                        None if row.id == WHOLE => words.either("文全体", "The whole text"),
                        None => words.either(&row.id, &row.id),
                    };
                    let act = match self.response {
                        Some(Response::Rows(rows)) => rows.get(&row.id),
                        _ => None,
                    };
                    let grade = act.map(|act| row.grade(act));
                    let why = row.why.as_ref().map(|why| words.words(why));
                    self.line(text, grade, why, act.map(|act| Given::Act(words.act(assign, act))))
                })
                .collect(),
            Task::Mosaic(mosaic) => {
                let clues = mosaic.clues.iter().filter(|clue| !clue.plain).map(|clue| self.option(clue));
                let choices = mosaic.findings.iter().chain(&mosaic.cuts).map(|choice| self.choice(choice));
                clues.chain(choices).collect()
            }
            Task::Contact(whom) => {
                let named = |id: &str| whom.options.iter().find(|option| option.id == id);
                let book = whom.book.iter().map(|entry| {
                    let why = named(&entry.id).map_or(&whom.otherwise, |option| &option.why);
                    let grade = whom.contact_grade(&entry.id);
                    self.line(words.words(&entry.text), grade, Some(words.words(why)), self.picked(&entry.id))
                });
                let ways = whom.ways.iter().map(|way| {
                    let code = way.by.code();
                    self.line(
                        words.way(code),
                        Some(way.grade),
                        Some(words.words(&way.why)),
                        self.picked(code),
                    )
                });
                book.chain(ways).collect()
            }
            Task::Lookup(lookup) => lookup
                .clauses
                .iter()
                .map(|clause| {
                    let grade = lookup.grade(&clause.id);
                    let why = (clause.id == lookup.best).then(|| words.words(&lookup.why));
                    self.line(words.words(&clause.text), grade, why, self.picked(&clause.id))
                })
                .collect(),
            Task::Confidence { .. } | Task::Reflect { .. } => Vec::new(),
        }
    }
}
