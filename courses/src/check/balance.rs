//! Whether answers can be guessed without reading: by their place, or by their length.
//!
//! One question proves nothing, so these look at all questions of a module and at the whole pool. The measure is the chance of
//! finding as much in questions whose best choice was put anywhere: with less than one in twenty, somebody should look.

use super::Desk;
use crate::item::{Choice, Grade, Task};
use crate::module::{Content, Step};
use crate::read::module::ModuleFiles;

/// What happens less often than this by chance is no chance.
const RARE: f64 = 0.05;
/// With fewer questions nothing can be said.
const ENOUGH: usize = 5;

/// A question with choices.
struct Question<'c> {
    choices: Vec<&'c Choice>,
    /// Its choices are shown in the order of the file; those of others are shuffled for each person.
    in_order: bool,
}

/// A module alone, or the pool.
pub(super) fn module(desk: &mut Desk<'_>, files: &ModuleFiles) {
    let file = format!("{}module.toml", files.folder);
    let questions = questions(&files.module.content);
    let (key, what) = match files.module.content {
        Content::Lesson(_) => ("steps", "of this module"),
        Content::Test(_) => ("draw", "of the pool"),
    };
    longest(desk, &file, key, what, &questions);
    places(desk, &file, key, what, &questions);
}

/// All lessons together: what no module shows alone may show here.
pub(super) fn lessons(desk: &mut Desk<'_>) {
    let shelf = desk.shelf;
    let contents = shelf.modules.iter().map(|files| &files.module.content);
    let lessons = contents.filter(|content| matches!(content, Content::Lesson(_)));
    let questions: Vec<Question<'_>> = lessons.flat_map(questions).collect();
    longest(desk, "course.toml", "modules", "of all lessons", &questions);
    places(desk, "course.toml", "modules", "of all lessons", &questions);
}

fn questions(content: &Content) -> Vec<Question<'_>> {
    let question = |choices: Vec<_>, in_order| Question { choices, in_order };
    let mut questions = Vec::new();
    match content {
        Content::Lesson(steps) => {
            for step in steps {
                match step {
                    Step::Item(item) => match &item.task {
                        Task::Judge(choices) => questions.push(question(choices.iter().collect(), false)),
                        Task::Mosaic(mosaic) => {
                            questions.push(question(mosaic.findings.iter().collect(), true));
                            questions.push(question(mosaic.cuts.iter().collect(), true));
                        }
                        _ => {}
                    },
                    Step::Scenario(scenario) => {
                        let asked = scenario.nodes.iter().filter(|node| node.ask.is_some());
                        questions.extend(asked.map(|node| {
                            question(node.branches.iter().map(|branch| &branch.choice).collect(), true)
                        }));
                    }
                    Step::Read(_) | Step::Debrief { .. } => {}
                }
            }
        }
        Content::Test(test) => {
            let variants = test.families.iter().flat_map(|family| &family.variants);
            questions.extend(variants.map(|variant| question(variant.choices.iter().collect(), true)));
        }
    }
    questions.retain(|question| question.best().is_some());
    questions
}

impl Question<'_> {
    /// The place of the best choice, from 0.
    fn best(&self) -> Option<usize> {
        self.choices.iter().position(|choice| choice.grade == Grade::Best)
    }

    /// The place of the choice that anybody would call the longest: a tenth longer than the next, and two letters at least.
    fn longest(&self) -> Option<usize> {
        let length = |choice: &&Choice| choice.text.ja.chars().filter(|c| !c.is_whitespace()).count();
        let lengths: Vec<usize> = self.choices.iter().map(length).collect();
        let (place, most) = lengths.iter().enumerate().max_by_key(|(_, length)| **length)?;
        let next = lengths.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, n)| *n).max()?;
        (most * 10 >= next * 11 && *most >= next + 2).then_some(place)
    }
}

/// The chance that the best of so many choices stands in one given place.
fn chance(choices: usize) -> f64 {
    1.0 / f64::from(u16::try_from(choices.max(1)).unwrap_or(u16::MAX))
}

/// The longest choice must not usually be the best.
fn longest(desk: &mut Desk<'_>, file: &str, key: &str, what: &str, questions: &[Question<'_>]) {
    let telling: Vec<&Question<'_>> =
        questions.iter().filter(|question| question.longest().is_some()).collect();
    let hits = telling.iter().filter(|question| question.longest() == question.best()).count();
    let chances: Vec<f64> = telling.iter().map(|question| chance(question.choices.len())).collect();
    let luck = at_least(&chances, hits);
    if telling.len() >= ENOUGH && luck < RARE {
        let message = format!(
            "in {} questions {what} one choice is clearly the longest (a tenth and two letters more than the next), and in {hits} of \
             them it is the best; by chance it would be {:.1}, and as many only once in {:.0} times. Lengthen a poor choice or shorten \
             a best one",
            telling.len(),
            chances.iter().sum::<f64>(),
            1.0 / luck.max(1e-9),
        );
        desk.warning(file, key, message);
    }
}

/// The best choice stands in every place about equally often.
fn places(desk: &mut Desk<'_>, file: &str, key: &str, what: &str, questions: &[Question<'_>]) {
    // A pool is shuffled on the screen, but read and printed in the order of its files.
    let ordered = questions.iter().filter(|question| question.in_order);
    let bests: Vec<(usize, usize)> =
        ordered.filter_map(|question| Some((question.choices.len(), question.best()?))).collect();
    if let Some(Strange { luck, word, place, hits, of, expected }) = strangest(&bests) {
        let message = format!(
            "the best choice stands in place {place} in {hits} of {of} questions {what}; by chance it would be {expected:.1}, and so {word} \
             only once in {:.0} times. Mix the places",
            1.0 / luck.max(1e-9),
        );
        desk.warning(file, key, message);
    }
}

/// A place in which the best choice stands too often or too rarely.
struct Strange {
    luck: f64,
    word: &'static str,
    place: usize,
    hits: usize,
    of: usize,
    expected: f64,
}

/// The strangest place of questions of which each has so many choices and its best in that place, from 0.
fn strangest(bests: &[(usize, usize)]) -> Option<Strange> {
    let most = bests.iter().map(|(choices, _)| *choices).max().unwrap_or_default();
    if bests.len() < ENOUGH {
        return None;
    }
    let tries = f64::from(u8::try_from(2 * most).unwrap_or(u8::MAX));
    let found = (0..most).map(|place| {
        let able: Vec<&(usize, usize)> = bests.iter().filter(|(choices, _)| *choices > place).collect();
        let hits = able.iter().filter(|(_, best)| *best == place).count();
        let chances: Vec<f64> = able.iter().map(|(choices, _)| chance(*choices)).collect();
        // Every place is looked at from both sides, so each look has its share of the chance.
        let (often, rarely) = (at_least(&chances, hits) * tries, at_most(&chances, hits) * tries);
        let (luck, word) = if often < rarely { (often, "often") } else { (rarely, "rarely") };
        Strange { luck, word, place: place + 1, hits, of: able.len(), expected: chances.iter().sum() }
    });
    found.min_by(|one, other| one.luck.total_cmp(&other.luck)).filter(|strange| strange.luck < RARE)
}

/// How likely it is that at least so many of independent events with these chances happen.
fn at_least(chances: &[f64], count: usize) -> f64 {
    distribution(chances).iter().skip(count).sum::<f64>().min(1.0)
}

/// The same for at most so many.
fn at_most(chances: &[f64], count: usize) -> f64 {
    distribution(chances).iter().take(count + 1).sum::<f64>().min(1.0)
}

/// How likely each number of events is (Poisson's binomial distribution).
fn distribution(chances: &[f64]) -> Vec<f64> {
    let mut likely = vec![1.0];
    for chance in chances {
        let mut next: Vec<f64> = likely.iter().map(|each| each * (1.0 - chance)).collect();
        next.push(0.0);
        for (more, each) in next.iter_mut().skip(1).zip(&likely) {
            *more += each * chance;
        }
        likely = next;
    }
    likely
}

#[cfg(test)]
mod tests {
    use super::{at_least, at_most, strangest};

    #[test]
    fn a_place_is_strange_only_when_chance_hardly_ever_makes_it() {
        let spread = |counts: [usize; 4]| -> Vec<(usize, usize)> {
            counts.iter().enumerate().flat_map(|(place, count)| vec![(4, place); *count]).collect()
        };
        assert!(strangest(&spread([2, 1, 3, 1])).is_none(), "seven questions of a story, well mixed");
        assert!(strangest(&spread([4, 1, 1, 1])).is_none(), "four of seven happen");
        assert!(strangest(&spread([4, 0, 0, 0])).is_none(), "of four questions nothing can be said");
        let often = strangest(&spread([6, 1, 0, 0])).unwrap();
        assert_eq!((often.place, often.word, often.hits, often.of), (1, "often", 6, 7));
        let rarely = strangest(&spread([10, 10, 10, 0])).unwrap();
        assert_eq!((rarely.place, rarely.word, rarely.hits), (4, "rarely", 0));
    }

    #[test]
    fn chances_of_unlike_questions_add_up() {
        assert!((at_least(&[0.5, 0.5], 1) - 0.75).abs() < 1e-12);
        assert!((at_most(&[0.25, 0.5], 0) - 0.375).abs() < 1e-12);
        assert!((at_least(&[0.25; 7], 5) - 0.012_878).abs() < 1e-6);
        assert!((at_least(&[], 0) - 1.0).abs() < 1e-12);
    }
}
