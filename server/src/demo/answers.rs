//! How an invented person goes through a module: mostly well, sometimes tapping first and thinking afterwards.

use std::collections::{BTreeMap, BTreeSet};

use kokoroe_app::Lang;
use kokoroe_courses::{
    Assign, Choice, Draft, Grade, Hotspot, ItemPlace, Module, Order, PickOption, Place, Response, Task, Walk,
    Whom,
};

use super::chance::Chance;
use super::people::Temper;

/// How far somebody goes in one module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// To its end.
    End,
    /// So many steps.
    Steps(usize),
    /// To the first result of a test that was missed.
    Missed,
}

/// The most steps that anybody takes in one module; only content that goes round in circles could need more.
const LONGEST: usize = 300;
/// After so many answers that were not the best, everybody has learned.
const LESSONS: usize = 8;

/// The answers of one person in one module.
pub(super) fn answers(
    module: &Module,
    seed: u64,
    temper: Temper,
    lang: Lang,
    reach: Reach,
    chance: &mut Chance,
) -> Vec<Response> {
    let mut learner = Learner { temper, lang, reach, chance, lessons: 0 };
    let mut walk = Walk::begin(module, seed);
    let mut given = Vec::new();
    while !walk.is_finished() && given.len() < LONGEST {
        let place = walk.place();
        let stop = match reach {
            Reach::End => false,
            Reach::Steps(steps) => given.len() >= steps,
            Reach::Missed => matches!(&place, Place::TestResult(result) if !result.passed),
        };
        if stop {
            break;
        }
        let response = learner.answer(&place);
        let Ok(visit) = walk.answer(response.clone()) else { break };
        let regret = visit.judged.grade.is_some_and(|grade| grade < Grade::Ok)
            && visit.judged.resolved
            && matches!(place, Place::Item(_) | Place::Node(_))
            && learner.tries_again();
        given.push(response);
        if regret && walk.answer(Response::Again).is_ok() {
            given.push(Response::Again);
        }
    }
    given
}

struct Learner<'c> {
    temper: Temper,
    lang: Lang,
    reach: Reach,
    chance: &'c mut Chance,
    /// Answers so far that were not the best.
    lessons: usize,
}

impl Learner<'_> {
    fn answer(&mut self, place: &Place<'_>) -> Response {
        match place {
            Place::Diagnosis(_) | Place::Read(_) | Place::Debrief(_) | Place::TestResult(_) | Place::End => {
                Response::Next
            }
            Place::Node(node) => self.choose(&node.choices),
            Place::Question(question) if self.reach == Reach::Missed && question.number % 2 == 0 => {
                worst(&question.choices)
            }
            Place::Question(question) => self.choose(&question.choices),
            Place::Item(item) => self.item(item),
        }
    }

    fn item(&mut self, place: &ItemPlace<'_>) -> Response {
        match &place.item.task {
            Task::Judge(_) => self.choose(&place.choices),
            Task::Hotspot(picture) => self.picks(picture),
            Task::Order(order) => self.order(order),
            Task::Draft(draft) => self.draft(draft),
            Task::Confidence { .. } => {
                let level = if self.temper == Temper::Hasty { 4 } else { self.chance.between(2, 4) };
                Response::Level(u8::try_from(level).unwrap_or(3))
            }
            Task::Pick(pick) => Response::Picks(self.ticks(&pick.options)),
            Task::Assign(assign) => self.rows(assign),
            Task::Mosaic(mosaic) => {
                let clues = self.ticks(&mosaic.clues);
                let (finding, cut) = (self.one_of(&mosaic.findings), self.one_of(&mosaic.cuts));
                Response::Mosaic { clues, finding, cut }
            }
            Task::Contact(whom) => self.whom(whom),
            Task::Lookup(lookup) => {
                let best = lookup.clauses.iter().find(|clause| clause.id == lookup.best);
                let other = if self.knows() { None } else { self.chance.pick(&lookup.clauses) };
                other.or(best).map_or(Response::Next, |clause| Response::Choice(clause.id.clone()))
            }
            Task::Reflect { .. } => Response::Next,
            Task::Checklist(list) => {
                Response::Picks(list.options.iter().map(|line| line.id.clone()).collect())
            }
        }
    }

    /// Whether this answer will be the best one.
    fn knows(&mut self) -> bool {
        let times = match self.temper {
            Temper::Careful => 95,
            Temper::Usual => 85,
            Temper::Hasty => 65,
        };
        let knows = self.lessons >= LESSONS || self.chance.percent(times);
        self.lessons += usize::from(!knows);
        knows
    }

    fn tries_again(&mut self) -> bool {
        self.chance.percent(match self.temper {
            Temper::Careful => 80,
            Temper::Usual => 50,
            Temper::Hasty => 20,
        })
    }

    fn choose(&mut self, choices: &[&Choice]) -> Response {
        let best = choices.iter().max_by_key(|choice| choice.grade);
        let others: Vec<&Choice> =
            choices.iter().copied().filter(|choice| choice.grade != Grade::Best).collect();
        let other = if self.knows() { None } else { self.chance.pick(&others).copied() };
        other.or(best.copied()).map_or(Response::Next, |choice| Response::Choice(choice.id.clone()))
    }

    fn picks(&mut self, picture: &Hotspot) -> Response {
        let knows = self.knows();
        let mut picks = BTreeSet::new();
        for region in &picture.regions {
            let missed = !knows && self.chance.percent(30);
            let suspected = !knows && self.chance.percent(15);
            if (region.leak && !missed) || (!region.leak && suspected) {
                picks.insert(region.id.clone());
            }
        }
        Response::Picks(picks)
    }

    fn ticks(&mut self, options: &[PickOption]) -> BTreeSet<String> {
        let knows = self.knows();
        let mut ticks = BTreeSet::new();
        for option in options.iter().filter(|option| !option.plain) {
            let missed = !knows && self.chance.percent(30);
            let suspected = !knows && self.chance.percent(15);
            if (option.hit && !missed) || (!option.hit && suspected) {
                ticks.insert(option.id.clone());
            }
        }
        ticks
    }

    fn rows(&mut self, assign: &Assign) -> Response {
        let mut rows = BTreeMap::new();
        for row in assign.asked() {
            let other = if self.knows() { None } else { self.chance.pick(&assign.acts(row)).copied() };
            rows.insert(row.id.clone(), other.unwrap_or(&row.best).to_owned());
        }
        Response::Rows(rows)
    }

    fn one_of(&mut self, choices: &[Choice]) -> String {
        let choices: Vec<&Choice> = choices.iter().collect();
        match self.choose(&choices) {
            Response::Choice(id) => id,
            _ => String::new(),
        }
    }

    fn whom(&mut self, whom: &Whom) -> Response {
        let best = whom.options.iter().max_by_key(|option| option.grade).map(|option| &option.id);
        let other = if self.knows() { None } else { self.chance.pick(&whom.book).map(|entry| &entry.id) };
        let way = whom.ways.iter().max_by_key(|way| way.grade).map_or("", |way| way.by.code());
        Response::Contact { contact: other.or(best).cloned().unwrap_or_default(), way: way.to_owned() }
    }

    fn order(&mut self, order: &Order) -> Response {
        let mut ids: Vec<String> = order.cards.iter().map(|card| card.id.clone()).collect();
        if !self.knows() && ids.len() > 1 {
            // Two neighbours the wrong way round; the hasty begin with the wrong one.
            let last = i64::try_from(ids.len() - 2).unwrap_or(0);
            let first = if self.temper == Temper::Hasty { 0 } else { last.min(1) };
            let at = usize::try_from(self.chance.between(first, last)).unwrap_or(0);
            ids.swap(at, at + 1);
        }
        Response::Order(ids)
    }

    fn draft(&mut self, draft: &Draft) -> Response {
        let own = match self.lang {
            Lang::Ja => "お知らせいただき、ありがとうございます。担当の者から、あらためてご連絡します。",
            Lang::En => "Thank you for letting us know. The person in charge will be in touch with you.",
        };
        let model = if self.knows() { self.chance.pick(&draft.models) } else { None };
        let words = model.map_or(own, |model| model.text.get(course_lang(self.lang)).0);
        Response::Draft(words.chars().take(usize::from(draft.max)).collect())
    }
}

/// The same language, as the courses call it.
pub(super) const fn course_lang(lang: Lang) -> kokoroe_courses::Lang {
    match lang {
        Lang::Ja => kokoroe_courses::Lang::Ja,
        Lang::En => kokoroe_courses::Lang::En,
    }
}

fn worst(choices: &[&Choice]) -> Response {
    choices
        .iter()
        .min_by_key(|choice| choice.grade)
        .map_or(Response::Next, |choice| Response::Choice(choice.id.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::content::EMBEDDED;

    #[test]
    fn everybody_comes_to_the_end_of_every_module() {
        for module in &EMBEDDED.modules {
            for (seed, temper) in (1..).zip([Temper::Careful, Temper::Usual, Temper::Hasty].repeat(8)) {
                let mut chance = Chance::of(&format!("{} {seed}", module.id));
                let given = answers(module, seed, temper, Lang::Ja, Reach::End, &mut chance);
                let walk = Walk::replay(module, seed, &given).expect("answers that fit");
                assert!(walk.is_finished(), "{} {temper:?}: {} answers", module.id, given.len());
            }
        }
    }

    #[test]
    fn whoever_is_to_miss_the_test_misses_it_and_stops() {
        let test = EMBEDDED.module("final-test").expect("the final test");
        for seed in 0..20 {
            let mut chance = Chance::of("missed");
            let given = answers(test, seed, Temper::Careful, Lang::Ja, Reach::Missed, &mut chance);
            let walk = Walk::replay(test, seed, &given).expect("answers that fit");
            assert!(walk.failed_round() && !walk.is_finished());
        }
    }
}
