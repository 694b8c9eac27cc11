//! The page of a question is the same, letter by letter, whatever the right answer is: every key of every module is turned round, and
//! nothing that is shown before an answer may change. So a page cannot tell the key, whatever it encodes it as.

use std::collections::{BTreeMap, BTreeSet};

use kokoroe_app::{Chrome, ShownIn};
use kokoroe_courses::{AssignRow, Module, Place, Response, Task, Walk};
use kokoroe_server::http::Form;
use kokoroe_server::people::Hospital;
use kokoroe_server::training::Content;
use kokoroe_server::training::shown::Shown;
use kokoroe_server::training::step::{StepView, view};
use kokoroe_server::training::translate::Translator;
use serde_json::{Map, Value, json};

use crate::support::small_catalogue;

/// What stands in the place of everything that is said about an answer.
const SAID: &str = "ANSWERED-ONLY";

/// Turns the key of everything in a module round: the worst becomes the best, what is nothing becomes what is looked for.
fn turned(value: &mut Value, within: &str) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(|one| turned(one, within)),
        Value::Object(fields) => {
            match within {
                "regions" => flip(fields, "leak"),
                "pick" | "clues" if fields.contains_key("id") => flip(fields, "hit"),
                "rows" => turn_row(fields),
                "lookup" => turn_lookup(fields),
                "models" => said(fields, "text"),
                _ => {}
            }
            if within != "checklist" {
                said(fields, "why");
            }
            for name in ["explain", "otherwise", "note", "takeaway"] {
                said(fields, name);
            }
            for (name, field) in fields.iter_mut() {
                match name.as_str() {
                    "grade" => *field = turned_grade(field),
                    "basis" => *field = json!("manners"),
                    "cite" if field.is_string() => *field = json!("C1"),
                    "cite" => *field = json!(["C1"]),
                    "fires" => *field = json!({ "any": { "ja": [SAID], "en": [SAID] } }),
                    "level" => *field = json!("improve"),
                    // The options of a list stand below its kind.
                    "options" if matches!(within, "pick" | "checklist") => turned(field, within),
                    _ => turned(field, name),
                }
            }
        }
        _ => {}
    }
}

fn flip(fields: &mut Map<String, Value>, name: &str) {
    let is = fields.get(name).and_then(Value::as_bool).unwrap_or_default();
    fields.insert(name.to_owned(), json!(!is));
}

fn said(fields: &mut Map<String, Value>, name: &str) {
    if fields.get(name).is_some_and(|text| text.get("ja").is_some()) {
        fields.insert(name.to_owned(), json!({ "ja": SAID, "en": SAID, "easy": SAID }));
    }
}

fn turned_grade(grade: &Value) -> Value {
    match grade.as_str() {
        Some("best") => json!("harm"),
        Some("ok") => json!("risky"),
        Some("risky") => json!("ok"),
        _ => json!("best"),
    }
}

fn turn_row(row: &mut Map<String, Value>) {
    let best = row.get("best").cloned();
    let harm = row.get("harm").and_then(|harm| harm.get(0)).cloned();
    if let Some(best) = best {
        row.insert("best".into(), harm.unwrap_or_else(|| json!("nothing-of-these")));
        row.insert("harm".into(), json!([best]));
        row.insert("ok".into(), json!([]));
    }
}

fn turn_lookup(lookup: &mut Map<String, Value>) {
    let clauses: Vec<Value> = lookup["clauses"].as_array().expect("clauses").clone();
    let other = clauses.iter().map(|clause| &clause["id"]).rfind(|id| **id != lookup["best"]);
    lookup.insert("best".into(), other.expect("another clause").clone());
    lookup.insert("ok".into(), json!([]));
}

/// Nothing is asked a second time, so that two people with other keys walk the same way.
fn once(value: &mut Value) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(once),
        Value::Object(fields) => {
            // Which families are drawn depends on those that have to be: that is no key.
            if !fields.contains_key("variants") {
                fields.remove("must");
            }
            // The best choice of a story is offered whatever else is hidden; here everything is.
            for condition in ["hide", "only_if", "unless"] {
                fields.remove(condition);
            }
            fields.values_mut().for_each(once);
        }
        _ => {}
    }
}

/// The same module with its key, and with the key turned round.
fn both(module: &Module) -> (Module, Module) {
    let mut value = serde_json::to_value(module).expect("a module");
    once(&mut value);
    let with_key: Module = serde_json::from_value(value.clone()).expect("a module");
    turned(&mut value, "");
    let without: Module = serde_json::from_value(value).expect("a module");
    assert_ne!(with_key, without, "{} has a key", module.id);
    (with_key, without)
}

/// An answer that follows from what is shown: the n-th of everything.
fn nth(place: &Place<'_>, n: usize) -> Response {
    let set = |ids: Vec<&String>| -> BTreeSet<String> { [ids[n % ids.len()].clone()].into() };
    let choice =
        |choices: &[&kokoroe_courses::Choice]| Response::Choice(choices[n % choices.len()].id.clone());
    match place {
        Place::Diagnosis(_) => {
            if n == 1 {
                Response::Try
            } else {
                Response::Next
            }
        }
        Place::Read(_) | Place::Debrief(_) | Place::TestResult(_) | Place::End => Response::Next,
        Place::Node(node) => choice(&node.choices),
        Place::Question(question) => choice(&question.choices),
        Place::Item(item) => match &item.item.task {
            Task::Judge(_) => choice(&item.choices),
            Task::Hotspot(hotspot) => Response::Picks(set(hotspot.regions.iter().map(|r| &r.id).collect())),
            Task::Order(_) => {
                let mut ids: Vec<String> = item.cards.iter().map(|card| card.id.clone()).collect();
                let by = n % ids.len();
                ids.rotate_left(by);
                Response::Order(ids)
            }
            Task::Draft(_) => Response::Draft("ご連絡ありがとうございます。".into()),
            Task::Confidence { .. } => Response::Level(3),
            Task::Pick(list) => {
                let options = list.options.iter().filter(|option| !option.plain);
                Response::Picks(set(options.map(|option| &option.id).collect()))
            }
            Task::Assign(assign) => {
                let act = |row: &AssignRow| {
                    let acts = assign.acts(row);
                    (row.id.clone(), acts[n % acts.len()].to_owned())
                };
                Response::Rows(assign.asked().map(act).collect::<BTreeMap<_, _>>())
            }
            Task::Mosaic(mosaic) => Response::Mosaic {
                clues: set(mosaic.clues.iter().map(|clue| &clue.id).collect()),
                finding: mosaic.findings[n % mosaic.findings.len()].id.clone(),
                cut: mosaic.cuts[n % mosaic.cuts.len()].id.clone(),
            },
            Task::Contact(whom) => Response::Contact {
                contact: whom.book[n % whom.book.len()].id.clone(),
                way: whom.ways[n % whom.ways.len()].by.code().to_owned(),
            },
            Task::Lookup(lookup) => Response::Choice(lookup.clauses[n % lookup.clauses.len()].id.clone()),
            Task::Reflect { .. } => Response::Draft("あすから見ます。".into()),
            Task::Checklist(list) => {
                Response::Picks(list.options.iter().map(|line| line.id.clone()).collect())
            }
        },
    }
}

/// The word of a kind of question. A new kind does not compile until it is named here and in [`KINDS`].
const fn kind(place: &Place<'_>) -> Option<&'static str> {
    match place {
        Place::Diagnosis(_) | Place::Read(_) | Place::Debrief(_) | Place::TestResult(_) | Place::End => None,
        Place::Node(_) => Some("node"),
        Place::Question(_) => Some("question"),
        Place::Item(item) => Some(match &item.item.task {
            Task::Judge(_) => "judge",
            Task::Hotspot(_) => "hotspot",
            Task::Order(_) => "order",
            Task::Draft(_) => "draft",
            Task::Confidence { .. } => "confidence",
            Task::Pick(_) => "pick",
            Task::Assign(_) => "assign",
            Task::Mosaic(_) => "mosaic",
            Task::Contact(_) => "contact",
            Task::Lookup(_) => "lookup",
            Task::Reflect { .. } => "reflect",
            Task::Checklist(_) => "checklist",
        }),
    }
}

const KINDS: [&str; 14] = [
    "node",
    "question",
    "judge",
    "hotspot",
    "order",
    "draft",
    "confidence",
    "pick",
    "assign",
    "mosaic",
    "contact",
    "lookup",
    "reflect",
    "checklist",
];

/// The page of the step that is open, in one way of reading.
fn page(content: &Content, module: &Module, walk: &Walk<'_>, shown: ShownIn) -> String {
    let hospital = Hospital::default();
    let words = Translator::shown_in(content, &hospital, shown, shown == ShownIn::PlainJapanese);
    // The address of a drawing names the hash of the whole text, which is a different one for another key.
    let place = Shown { module, revision: "revision", base: "/learn/p/m".to_owned() };
    let StepView::Step(mut page) = view(words, &place, walk, walk, walk.turn(), Form::default(), None) else {
        panic!("no page of a question")
    };
    // How many questions the best way through a story has is told to everybody, and is no answer to any of them.
    (page.head.number, page.head.of) = (1, 1);
    kokoroe_app::html(Chrome { lang: shown.lang(), nonce: "n".to_owned(), ..Chrome::default() }, page)
}

#[tokio::test]
async fn the_page_of_a_question_does_not_depend_on_its_right_answer() {
    let mut seen = BTreeSet::new();
    let mut compared = 0;
    for content in [Content::embedded().expect("the catalogue"), small_catalogue()] {
        for module in &content.catalogue.modules {
            let (with_key, turned) = both(module);
            // One way of answering tries what may be tried before reading.
            let tries = Some((1, ShownIn::English)).filter(|_| !module.diagnosis.is_empty());
            let ways = [(0, ShownIn::Japanese), (2, ShownIn::PlainJapanese)];
            for (n, shown) in ways.into_iter().chain(tries) {
                let seed = 7 + n as u64;
                let (mut left, mut right) = (Walk::begin(&with_key, seed), Walk::begin(&turned, seed));
                for _ in 0..60 {
                    let (place, other) = (left.place(), right.place());
                    if let Some(kind) = kind(&place) {
                        let (this, that) =
                            (page(&content, &with_key, &left, shown), page(&content, &turned, &right, shown));
                        assert!(
                            !that.contains(SAID),
                            "{} {kind} tells what is said about it: {that}",
                            module.id
                        );
                        assert_eq!(this, that, "{} {kind}, turn {}", module.id, left.turn());
                        seen.insert(kind);
                        compared += 1;
                    }
                    // What a test asks in its second round follows from the answers to the first.
                    if matches!(place, Place::End | Place::TestResult(_)) {
                        break;
                    }
                    let (response, same) = (nth(&place, n), nth(&other, n));
                    assert_eq!(response, same, "{}", module.id);
                    left.answer(response).expect("an answer");
                    right.answer(same).expect("an answer");
                    // After a diagnosis the way follows from its answers.
                    if n == 1 && !module.diagnosis.is_empty() && !left.is_diagnosing() {
                        break;
                    }
                }
            }
        }
    }
    assert_eq!(seen, BTreeSet::from(KINDS), "every kind was compared");
    assert!(compared > 200, "{compared}");
}
