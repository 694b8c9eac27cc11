//! The recall cards of the person who has finished the year: answered as they came, but for the newest, which still waits.

use chrono::{DateTime, TimeDelta, Utc};
use kokoroe_courses::{Catalogue, Content, Grade, Place, RecallCard, Response, Test, Walk};

use super::days::Days;
use super::study::Lesson;
use crate::training::recall::due::{AFTER, SURE};

/// A card and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Card {
    /// After which of the lessons.
    pub lesson: usize,
    /// Which of its cards.
    pub number: i64,
    /// The family of the question.
    pub family: String,
    /// Its wording.
    pub variant: String,
    /// The choice.
    pub choice: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The cards after these lessons that have been answered by now.
pub(super) fn answered(lessons: &[Lesson], days: &Days, catalogue: &Catalogue) -> Vec<Card> {
    let Some(test) = pool(catalogue) else { return Vec::new() };
    let given = given(lessons, catalogue);
    let mut cards = Vec::new();
    for (place, lesson) in lessons.iter().enumerate() {
        let (Some(module), Some((ended, _))) = (catalogue.module(&lesson.module), lesson.answers.last())
        else {
            continue;
        };
        for ((number, after), family) in
            AFTER.into_iter().filter(|(number, _)| *number != SURE).zip(&module.recall)
        {
            let after = TimeDelta::days(i64::try_from(after).unwrap_or(0));
            let at = days.at(days.calendar.date(*ended) + after, 12, 10);
            let had: Vec<&str> =
                given.iter().filter(|(id, _)| id == family).map(|(_, variant)| variant.as_str()).collect();
            let seed = lesson.seed.cast_unsigned();
            let Some(variant) = test.fresh_variant(family, &had, seed) else { continue };
            let card = RecallCard::of(test, family, &variant.id, seed);
            let best =
                card.and_then(|card| card.choices.into_iter().find(|choice| choice.grade == Grade::Best));
            let Some(choice) = best.map(|choice| choice.id.clone()) else { continue };
            let (family, variant) = (family.clone(), variant.id.clone());
            cards.push(Card { lesson: place, number, family, variant, choice, at });
        }
    }
    cards.sort_by_key(|card| card.at);
    cards.retain(|card| days.calendar.date(card.at) <= days.today());
    cards.pop();
    cards.retain(|card| card.at <= days.now);
    cards
}

fn pool(catalogue: &Catalogue) -> Option<&Test> {
    catalogue.course.modules.iter().find_map(|id| match &catalogue.module(id)?.content {
        Content::Test(test) => Some(test),
        Content::Lesson(_) => None,
    })
}

/// What the final test has asked already: family and wording.
fn given(lessons: &[Lesson], catalogue: &Catalogue) -> Vec<(String, String)> {
    let mut given = Vec::new();
    for lesson in lessons {
        let Some(module) = catalogue.module(&lesson.module) else { continue };
        let responses: Vec<Response> = lesson.answers.iter().map(|(_, response)| response.clone()).collect();
        let Ok(walk) = Walk::replay(module, lesson.seed.cast_unsigned(), &responses) else { continue };
        given.extend(walk.visits().iter().filter_map(|visit| match &visit.place {
            Place::Question(question) => Some((question.family.id.clone(), question.variant.id.clone())),
            _ => None,
        }));
    }
    given
}
