//! Somebody who knows the answers.

use std::collections::BTreeSet;

use kokoroe_courses::{AssignRow, Choice, Content, PickOption, Place, Response, Task};
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
        Place::Diagnosis(_) | Place::Read(_) | Place::Debrief(_) | Place::TestResult(_) | Place::End => {
            Response::Next
        }
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
            Task::Pick(list) => Response::Picks(ticked(&list.options, temper)),
            Task::Assign(assign) => {
                let act = |row: &AssignRow| {
                    let acts = assign.acts(row);
                    let by_grade = |act: &&&str| row.grade(act);
                    let act = match temper {
                        Temper::Best => acts.iter().max_by_key(by_grade),
                        Temper::Worst => acts.iter().min_by_key(by_grade),
                    };
                    (row.id.clone(), (*act.expect("an act")).to_owned())
                };
                Response::Rows(assign.asked().map(act).collect())
            }
            Task::Mosaic(mosaic) => Response::Mosaic {
                clues: ticked(&mosaic.clues, temper),
                finding: one_of(&mosaic.findings, temper),
                cut: one_of(&mosaic.cuts, temper),
            },
            Task::Contact(whom) => {
                let contacts = whom.book.iter().map(|entry| entry.id.as_str());
                let ways = whom.ways.iter().map(|way| way.by.code());
                let (contact, way) = match temper {
                    Temper::Best => (
                        contacts.max_by_key(|id| whom.contact_grade(id)),
                        ways.max_by_key(|way| whom.way_grade(way)),
                    ),
                    Temper::Worst => (
                        contacts.min_by_key(|id| whom.contact_grade(id)),
                        ways.min_by_key(|way| whom.way_grade(way)),
                    ),
                };
                Response::Contact {
                    contact: contact.expect("a contact").to_owned(),
                    way: way.expect("a way").to_owned(),
                }
            }
            Task::Lookup(lookup) => {
                let clauses = lookup.clauses.iter().map(|clause| clause.id.as_str());
                let clause = match temper {
                    Temper::Best => clauses.max_by_key(|id| lookup.grade(id)),
                    Temper::Worst => clauses.min_by_key(|id| lookup.grade(id)),
                };
                Response::Choice(clause.expect("a clause").to_owned())
            }
            Task::Reflect { .. } => Response::Draft("あすから、出す前に一度見ます。".into()),
            Task::Checklist(list) => {
                Response::Picks(list.options.iter().map(|line| line.id.clone()).collect())
            }
        },
    }
}

/// What applies, or all that does not.
fn ticked(options: &[PickOption], temper: Temper) -> BTreeSet<String> {
    let wanted = options.iter().filter(|option| !option.plain && option.hit == (temper == Temper::Best));
    wanted.map(|option| option.id.clone()).collect()
}

fn one_of(choices: &[Choice], temper: Temper) -> String {
    match pick(&choices.iter().collect::<Vec<_>>(), temper) {
        Response::Choice(id) => id,
        _ => unreachable!("a choice"),
    }
}

/// A response as the fields of its form.
pub(crate) fn fields(place: &Place<'_>, response: &Response) -> Vec<(String, String)> {
    let form = kokoroe_server::training::ask::fields(place, response);
    form.with_prefix("").map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Everything that an item says only once it is answered.
pub(crate) fn reasons(task: &Task) -> Vec<String> {
    let choices = |choices: &[Choice]| choices.iter().map(|choice| choice.why.ja.clone()).collect::<Vec<_>>();
    let options = |options: &[PickOption]| {
        options.iter().filter_map(|option| Some(option.why.as_ref()?.ja.clone())).collect::<Vec<_>>()
    };
    match task {
        Task::Judge(list) => choices(list),
        Task::Hotspot(hotspot) => hotspot.regions.iter().map(|region| region.why.ja.clone()).collect(),
        Task::Order(order) => {
            let cards = order.cards.iter().map(|card| &card.why);
            cards.chain([&order.explain]).map(|text| text.ja.clone()).collect()
        }
        Task::Pick(list) => options(&list.options),
        Task::Assign(assign) => {
            assign.rows.iter().filter_map(|row| Some(row.why.as_ref()?.ja.clone())).collect()
        }
        Task::Mosaic(mosaic) => {
            [options(&mosaic.clues), choices(&mosaic.findings), choices(&mosaic.cuts)].concat()
        }
        Task::Contact(whom) => {
            let ways = whom.ways.iter().map(|way| way.why.ja.clone());
            let options = whom.options.iter().map(|option| option.why.ja.clone());
            options.chain(ways).chain([whom.otherwise.ja.clone()]).collect()
        }
        Task::Lookup(lookup) => vec![lookup.why.ja.clone()],
        Task::Draft(draft) => {
            let rules = draft.rules.iter().map(|rule| &rule.why);
            let models = draft.models.iter().flat_map(|model| [&model.text, &model.note]);
            rules.chain(models).map(|text| text.ja.clone()).collect()
        }
        // The lines of a checklist are read with their reasons; the others have none.
        Task::Checklist(_) | Task::Confidence { .. } | Task::Reflect { .. } => Vec::new(),
    }
}

/// Every sentence of a module that must not be seen before its question is answered.
pub(crate) fn secrets(content: &Content) -> Vec<String> {
    let mut secrets = Vec::new();
    match content {
        Content::Lesson(steps) => {
            for step in steps {
                match step {
                    kokoroe_courses::Step::Item(item) => {
                        reasons(&item.task).into_iter().for_each(|why| secrets.push(why));
                    }
                    kokoroe_courses::Step::Scenario(scenario) => {
                        scenario
                            .nodes
                            .iter()
                            .flat_map(|node| &node.branches)
                            .for_each(|branch| secrets.push(branch.choice.why.ja.clone()));
                    }
                    kokoroe_courses::Step::Read(_) | kokoroe_courses::Step::Debrief { .. } => {}
                }
            }
        }
        Content::Test(test) => {
            let choice = |choice: &Choice| secrets.push(choice.why.ja.clone());
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
