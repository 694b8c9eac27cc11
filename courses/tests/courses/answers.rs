//! Ways to answer whatever is asked.

use std::collections::{BTreeMap, BTreeSet};

use kokoroe_courses::{AssignRow, Choice, Grade, PickOption, Place, Response, Task, Walk};

/// What a good colleague answers.
pub(crate) fn best(place: &Place<'_>) -> Response {
    match place {
        Place::Diagnosis(_) | Place::Read(_) | Place::Debrief(_) | Place::TestResult(_) | Place::End => {
            Response::Next
        }
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
            Task::Pick(pick) => Response::Picks(hits(&pick.options)),
            Task::Assign(assign) => {
                Response::Rows(assign.asked().map(|row| (row.id.clone(), row.best.clone())).collect())
            }
            Task::Mosaic(mosaic) => Response::Mosaic {
                clues: hits(&mosaic.clues),
                finding: best_of(&mosaic.findings),
                cut: best_of(&mosaic.cuts),
            },
            Task::Contact(whom) => Response::Contact {
                contact: whom.options.iter().max_by_key(|option| option.grade).unwrap().id.clone(),
                way: whom.ways.iter().max_by_key(|way| way.grade).unwrap().by.code().to_owned(),
            },
            Task::Lookup(lookup) => Response::Choice(lookup.best.clone()),
            Task::Reflect { .. } => Response::Next,
            Task::Checklist(list) => {
                Response::Picks(list.options.iter().map(|line| line.id.clone()).collect())
            }
        },
    }
}

fn hits(options: &[PickOption]) -> BTreeSet<String> {
    options.iter().filter(|option| option.hit).map(|option| option.id.clone()).collect()
}

fn best_of(choices: &[Choice]) -> String {
    choices.iter().max_by_key(|choice| choice.grade).unwrap().id.clone()
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
        Place::Diagnosis(_) if number.is_multiple_of(2) => Response::Try,
        Place::Diagnosis(_) | Place::Read(_) | Place::Debrief(_) | Place::TestResult(_) | Place::End => {
            Response::Next
        }
        Place::Node(place) => {
            let mut looks = place.feed.iter().flat_map(|post| &post.looks);
            match looks.nth(number % 7).filter(|_| number.is_multiple_of(3)) {
                Some(look) => Response::Look(look.id.clone()),
                None => nth(&place.choices),
            }
        }
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
            Task::Pick(pick) => Response::Picks(sifted(&pick.options, number)),
            Task::Assign(assign) => {
                let act = |(at, row): (usize, &AssignRow)| {
                    let acts = assign.acts(row);
                    (row.id.clone(), acts[(number + at) % acts.len()].to_owned())
                };
                Response::Rows(assign.asked().enumerate().map(act).collect())
            }
            Task::Mosaic(mosaic) => Response::Mosaic {
                clues: sifted(&mosaic.clues, number),
                finding: mosaic.findings[number % mosaic.findings.len()].id.clone(),
                cut: mosaic.cuts[number % mosaic.cuts.len()].id.clone(),
            },
            Task::Contact(whom) => Response::Contact {
                contact: whom.book[number % whom.book.len()].id.clone(),
                way: whom.ways[number % whom.ways.len()].by.code().to_owned(),
            },
            Task::Lookup(lookup) => {
                Response::Choice(lookup.clauses[number % lookup.clauses.len()].id.clone())
            }
            Task::Reflect { .. } if number.is_multiple_of(2) => Response::Draft("ひとこと".to_owned()),
            Task::Reflect { .. } => Response::Next,
            Task::Checklist(list) => Response::Picks(sifted(&list.options, number)),
        },
    }
}

/// Some of the options that can be ticked, by the bits of a number.
fn sifted(options: &[PickOption], number: usize) -> BTreeSet<String> {
    let some = options.iter().enumerate().filter(|(at, option)| !option.plain && number >> at & 1 == 1);
    some.map(|(_, option)| option.id.clone()).collect()
}

/// Responses that never fit, whatever is asked.
pub(crate) fn misfits() -> Vec<Response> {
    vec![
        Response::Choice("no-such-choice".to_owned()),
        Response::Picks(["no-such-region".to_owned()].into()),
        Response::Order(vec!["no-such-card".to_owned()]),
        Response::Draft("  \n ".to_owned()),
        Response::Draft("あ".repeat(5000)),
        Response::Rows([("no-such-row".to_owned(), "keep".to_owned())].into()),
        Response::Rows(BTreeMap::new()),
        Response::Contact { contact: "nobody".to_owned(), way: "phone".to_owned() },
        Response::Mosaic { clues: BTreeSet::new(), finding: "no".to_owned(), cut: "no".to_owned() },
        Response::Look("no-such-look".to_owned()),
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
