//! Somebody who knows the answers.

use std::collections::BTreeSet;

use kokoroe_courses::{Choice, Content, Place, Response, Task};
use kokoroe_server::Site;
use kokoroe_server::id::{PeriodId, StaffId};
use kokoroe_server::training::walk::{Standing, own_period};

/// How somebody answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Temper {
    /// The best answer every time.
    Best,
    /// The worst that is offered.
    Worst,
}

/// What is asked now and how to answer it.
pub(crate) struct Ask {
    pub(crate) turn: u32,
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) question: Option<String>,
}

/// The fields that answer the step that is open; `None` when nothing is asked any more.
pub(crate) async fn answer(
    site: &Site,
    staff: &StaffId,
    period: &PeriodId,
    module: &str,
    temper: Temper,
) -> Option<Ask> {
    let mut conn = site.db.read().await.expect("a connection");
    let period = own_period(&mut conn, period.as_str(), staff).await.expect("their period");
    let standing = Standing::load(site, &mut conn, period, module).await.expect("loaded").expect("begun");
    let walk = standing.walk().expect("a walk");
    if walk.is_finished() {
        return None;
    }
    let place = walk.place();
    Some(Ask {
        turn: walk.turn(),
        question: place.question(),
        fields: fields(&place, &respond(&place, temper)),
    })
}

fn pick(choices: &[&Choice], temper: Temper) -> Response {
    let choice = match temper {
        Temper::Best => choices.iter().max_by_key(|choice| choice.grade),
        Temper::Worst => choices.iter().min_by_key(|choice| choice.grade),
    };
    Response::Choice(choice.expect("a choice").id.clone())
}

/// An answer to a place.
pub(crate) fn respond(place: &Place<'_>, temper: Temper) -> Response {
    match place {
        Place::Read(_) | Place::Debrief(_) | Place::TestResult(_) | Place::End => Response::Next,
        Place::Node(node) => pick(&node.choices, temper),
        Place::Question(question) => pick(&question.choices, temper),
        Place::Item(item) => match &item.item.task {
            Task::Judge(_) => pick(&item.choices, temper),
            Task::Hotspot(hotspot) => {
                let wanted = |leak: bool| leak == (temper == Temper::Best);
                Response::Picks(
                    hotspot
                        .regions
                        .iter()
                        .filter(|r| wanted(r.leak))
                        .map(|r| r.id.clone())
                        .collect::<BTreeSet<_>>(),
                )
            }
            Task::Order(order) => {
                let mut ids: Vec<String> = order.cards.iter().map(|card| card.id.clone()).collect();
                if temper == Temper::Worst {
                    ids.reverse();
                }
                Response::Order(ids)
            }
            Task::Draft(draft) => Response::Draft(
                draft.models.first().map_or_else(|| "ありがとうございます".into(), |m| m.text.ja.clone()),
            ),
            Task::Confidence { .. } => Response::Level(3),
        },
    }
}

/// A response as the fields of its form.
pub(crate) fn fields(place: &Place<'_>, response: &Response) -> Vec<(String, String)> {
    let choices = match place {
        Place::Item(item) => item.choices.as_slice(),
        Place::Node(node) => &node.choices,
        Place::Question(question) => &question.choices,
        _ => &[],
    };
    match response {
        Response::Next | Response::Again => Vec::new(),
        Response::Choice(id) => {
            let at = choices.iter().position(|choice| choice.id == *id).expect("a choice that is shown");
            vec![("choice".into(), (at + 1).to_string())]
        }
        Response::Picks(ids) => ids.iter().map(|id| ("pick".into(), id.clone())).collect(),
        Response::Order(ids) => {
            ids.iter().zip(1..).map(|(id, n)| (format!("place-{id}"), n.to_string())).collect()
        }
        Response::Draft(text) => vec![("draft".into(), text.clone())],
        Response::Level(level) => vec![("level".into(), level.to_string())],
    }
}

/// Every sentence of a module that must not be seen before its question is answered.
pub(crate) fn secrets(content: &Content) -> Vec<String> {
    let mut secrets = Vec::new();
    let mut choice = |choice: &Choice| secrets.push(choice.why.ja.clone());
    match content {
        Content::Lesson(steps) => {
            for step in steps {
                match step {
                    kokoroe_courses::Step::Item(item) => match &item.task {
                        Task::Judge(choices) => choices.iter().for_each(&mut choice),
                        Task::Hotspot(_) | Task::Order(_) | Task::Draft(_) | Task::Confidence { .. } => {}
                    },
                    kokoroe_courses::Step::Scenario(scenario) => {
                        scenario
                            .nodes
                            .iter()
                            .flat_map(|node| &node.branches)
                            .for_each(|branch| choice(&branch.choice));
                    }
                    kokoroe_courses::Step::Read(_) | kokoroe_courses::Step::Debrief { .. } => {}
                }
            }
        }
        Content::Test(test) => {
            test.families
                .iter()
                .flat_map(|family| &family.variants)
                .flat_map(|v| &v.choices)
                .for_each(choice);
        }
    }
    secrets.retain(|text| !text.is_empty());
    secrets
}
