//! Whether the course asks about everything, leaves enough alone, and takes as long as it says.

use super::Desk;
use crate::item::Grade;
use crate::module::{Content, Module, Step};
use crate::read::module::ModuleFiles;
use crate::read::notes::Voice;
use crate::survey::{MINUTES, Survey};
use crate::walk::{Place, Response, Walk};

/// Fewer questions of the lessons on a clause are too few.
const QUESTIONS: usize = 1;
/// With fewer cases nothing can be said about harmless ones.
const CASES: usize = 6;

pub(super) fn check(desk: &mut Desk<'_>, survey: &Survey) {
    if desk.is_whole("") {
        clauses(desk, survey);
    }
    let shelf = desk.shelf;
    for (files, line) in shelf.modules.iter().zip(&survey.modules) {
        if !desk.is_whole(&files.folder) {
            continue;
        }
        let file = format!("{}module.toml", files.folder);
        let lesson = matches!(files.module.content, Content::Lesson(_));
        if lesson && line.harmless.of >= CASES && line.harmless.harmless == 0 {
            let message = format!(
                "none of the {} cases here is best left as it is (act = \"wait\", 「このままで」 and the like, nothing, post); people who \
                 only see dangers learn to fear every post. About a quarter is harmless; add one",
                line.harmless.of
            );
            desk.warning(&file, "steps", message);
        }
        let (said, reckoned) = (f64::from(line.minutes), line.minutes_by_words);
        // Two minutes more or less are a matter of people.
        if reckoned > said * 1.3 + 2.0 || reckoned < said * 0.5 - 2.0 {
            let message = format!(
                "it says {} minutes; its words on the recommended way take {reckoned:.1} ({:.0} letters a minute, {:.0} seconds a \
                 question). Correct minutes, or the words",
                line.minutes, MINUTES.0, MINUTES.1
            );
            desk.warning(&file, "minutes", message);
        }
    }
}

fn clauses(desk: &mut Desk<'_>, survey: &Survey) {
    let Some(policy) = &desk.shelf.policy else { return };
    let file = format!("policy/{}/ja.md", policy.id);
    for clause in &survey.clauses {
        let asked = clause.items + clause.questions;
        if asked < QUESTIONS {
            let message = format!(
                "{asked} items and questions of stories are about {} (cite of an item, or of a best choice); write at least {QUESTIONS}",
                clause.id
            );
            desk.warning(&file, &clause.id, message);
        }
    }
}

/// How long a module takes by its words, for somebody who chooses the best.
pub(super) fn minutes(desk: &Desk<'_>, module: &Module) -> f64 {
    let Some(files) = desk.shelf.modules.iter().find(|files| files.module.id == module.id) else {
        return 0.0;
    };
    let (letters, questions) = match &module.content {
        Content::Lesson(steps) => steps.iter().fold((0, 0), |(letters, questions), step| {
            let (more, asked) = step_length(desk, files, step);
            (letters + more, questions + asked)
        }),
        Content::Test(test) => {
            let variants: Vec<usize> = test
                .families
                .iter()
                .flat_map(|family| &family.variants)
                .map(|variant| {
                    let scene = variant.scene.as_ref().map_or(0, |scene| length(&scene.ja));
                    let texts = variant.choices.iter().map(|choice| length(&choice.text.ja)).sum::<usize>();
                    let best = variant.choices.iter().find(|choice| choice.grade == Grade::Best);
                    scene + length(&variant.ask.ja) + texts + best.map_or(0, |choice| length(&choice.why.ja))
                })
                .collect();
            let mean = variants.iter().sum::<usize>().checked_div(variants.len()).unwrap_or_default();
            (mean * usize::from(test.draw), usize::from(test.draw))
        }
    };
    count(letters) / MINUTES.0 + count(questions) * MINUTES.1 / 60.0
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

fn length(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// The letters that are read in a step, and the questions that are answered.
fn step_length(desk: &Desk<'_>, files: &ModuleFiles, step: &Step) -> (usize, usize) {
    match step {
        Step::Read(reading) => (length(&reading.body.ja.plain()), 0),
        Step::Item(item) => {
            // Sooner or later everything in the file of an item is read: the question first, then every reason.
            let file = format!("{}{}.toml", files.folder, item.id);
            let texts = desk.shelf.noted.originals.iter().filter(|text| text.file == file);
            (texts.filter(|text| text.voice != Voice::Pattern).map(|text| length(&text.ja)).sum(), 1)
        }
        Step::Scenario(scenario) => {
            files.module.excerpt(&scenario.id).map_or((0, 0), |alone| story_length(&alone))
        }
        Step::Debrief { .. } => (0, 0),
    }
}

/// A story on its recommended way, and the look back at it.
fn story_length(alone: &Module) -> (usize, usize) {
    let mut walk = Walk::begin(alone, 0);
    let (mut letters, mut questions) = (0, 0);
    loop {
        match walk.place() {
            Place::Node(place) => {
                if questions == 0 {
                    letters += length(&place.scenario.setup.ja);
                }
                letters += place.told.iter().map(|text| length(&text.ja)).sum::<usize>();
                let fresh = place
                    .feed
                    .iter()
                    .filter(|post| questions == 0 || place.fresh.contains(&post.id.as_str()));
                letters += fresh.map(|post| length(&post.text.ja)).sum::<usize>();
                letters += place.node.ask.as_ref().map_or(0, |ask| length(&ask.ja));
                letters += place.choices.iter().map(|choice| length(&choice.text.ja)).sum::<usize>();
                questions += 1;
                let Some(best) = place.choices.iter().max_by_key(|choice| choice.grade) else { break };
                letters += length(&best.why.ja);
                let going_round = questions > place.scenario.nodes.len();
                if going_round || walk.answer(Response::Choice(best.id.clone())).is_err() {
                    break;
                }
            }
            Place::Debrief(debrief) => {
                letters += debrief.ending.iter().map(|text| length(&text.ja)).sum::<usize>();
                letters += alone
                    .incidents
                    .values()
                    .map(|it| length(&it.what.ja) + length(&it.followed.ja))
                    .sum::<usize>();
                break;
            }
            _ => break,
        }
    }
    (letters, questions)
}
