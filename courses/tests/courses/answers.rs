//! Ways to answer whatever is asked.

use kokoroe_courses::{Choice, Grade, Place, Response, Task, Walk};

/// What a good colleague answers.
pub(crate) fn best(place: &Place<'_>) -> Response {
    match place {
        Place::Read(_) | Place::Debrief(_) | Place::TestResult(_) | Place::End => Response::Next,
        Place::Node(place) => choice_of(&place.choices, Grade::Best),
        Place::Question(place) => choice_of(&place.choices, Grade::Best),
        Place::Item(place) => match &place.item.task {
            Task::Judge(_) => choice_of(&place.choices, Grade::Best),
            Task::Hotspot(picture) => Response::Picks(
                picture.regions.iter().filter(|region| region.leak).map(|region| region.id.clone()).collect(),
            ),
            Task::Order(order) => Response::Order(order.cards.iter().map(|card| card.id.clone()).collect()),
            Task::Draft(_) => Response::Draft("あ".to_owned()),
            Task::Confidence { .. } => Response::Level(3),
        },
    }
}

/// The choice of that grade, or else the best there is.
pub(crate) fn choice_of(choices: &[&Choice], grade: Grade) -> Response {
    let found = choices.iter().find(|choice| choice.grade == grade);
    let found = found.or_else(|| choices.iter().max_by_key(|choice| choice.grade));
    Response::Choice(found.unwrap().id.clone())
}

/// Some answer, picked by a number.
pub(crate) fn some(place: &Place<'_>, number: usize) -> Response {
    if number % 11 == 10 {
        return Response::Again;
    }
    let nth = |choices: &[&Choice]| Response::Choice(choices[number % choices.len()].id.clone());
    match place {
        Place::Read(_) | Place::Debrief(_) | Place::TestResult(_) | Place::End => Response::Next,
        Place::Node(place) => nth(&place.choices),
        Place::Question(place) => nth(&place.choices),
        Place::Item(place) => match &place.item.task {
            Task::Judge(_) => nth(&place.choices),
            Task::Hotspot(picture) => {
                let picked = picture.regions.iter().enumerate().filter(|(at, _)| number >> at & 1 == 1);
                Response::Picks(picked.map(|(_, region)| region.id.clone()).collect())
            }
            Task::Order(order) => {
                let mut ids: Vec<_> = order.cards.iter().map(|card| card.id.clone()).collect();
                let turn = number % ids.len();
                ids.rotate_left(turn);
                Response::Order(ids)
            }
            Task::Draft(_) => Response::Draft(format!("返事{number}")),
            Task::Confidence { .. } => Response::Level(u8::try_from(number % 4).unwrap() + 1),
        },
    }
}

/// Responses that never fit, whatever is asked.
pub(crate) fn misfits() -> Vec<Response> {
    vec![
        Response::Choice("no-such-choice".to_owned()),
        Response::Picks(["no-such-region".to_owned()].into()),
        Response::Order(vec!["no-such-card".to_owned()]),
        Response::Draft("  \n ".to_owned()),
        Response::Draft("あ".repeat(5000)),
        Response::Level(0),
        Response::Level(5),
    ]
}

/// Answers as a good colleague up to the end; how many steps it took.
pub(crate) fn finish(walk: &mut Walk<'_>, most: usize) -> usize {
    for step in 0..most {
        if walk.is_finished() {
            return step;
        }
        let response = best(&walk.place());
        walk.answer(response).unwrap();
    }
    panic!("not finished after {most} good answers; at {:?}", walk.place());
}

/// Answers as a good colleague until `stop` holds.
pub(crate) fn until<'m>(walk: &mut Walk<'m>, stop: impl Fn(&Place<'m>) -> bool) {
    while !stop(&walk.place()) {
        assert!(!walk.is_finished(), "the walk ended first");
        let response = best(&walk.place());
        walk.answer(response).unwrap();
    }
}

/// A choice by its id.
pub(crate) fn choose(id: &str) -> Response {
    Response::Choice(id.to_owned())
}
