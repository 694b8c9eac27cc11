//! People of a hospital who answer the questions of one module, each as a test wants it.

use kokoroe_courses::{Choice, Content, Grade, Module, Step, Task};

use super::hospital::write;
use super::stored::{Rows, Value};
use crate::support::people::Ward;
use crate::support::{TestSite, day};

const STAFF: &str = "
    INSERT INTO staff (id, staff_no, family, given, family_kana, given_kana, roman, kana_key, search, profession, employment,
                       joined_on, left_on)
    VALUES ($1, $2, '極秘', '花子', 'カナ', 'ハナコ', '', $3, $2, $4, '常勤', $5, NULL)";
const POSTING: &str = "
    INSERT INTO posting (id, staff_id, department_id, from_on, to_on, main) VALUES ($1, $1, $2, $3, NULL, $4)";
const PERIOD: &str = "
    INSERT INTO period (id, staff_id, requirement_id, cycle, assigned_at, due_at, reason, leaf)
    VALUES ($1, $1, $2, 2026, $3, $3, '', 0)";
const ATTEMPT: &str = "
    INSERT INTO attempt (id, period_id, module_id, revision, seed, turn, started_at, finished_at, leaf)
    VALUES ($1, $1, $2, $3, 1, 9, $4, NULL, 0)";
const ANSWER: &str = "
    INSERT INTO answer (attempt_id, turn, place, response, grade, points, out_of, first, lang, answered_at, leaf)
    VALUES ($1, $2, $3, $4, $5, $5, 3, $6, 'ja', $7, 0)";
const UNGRADED: &str = "
    INSERT INTO answer (attempt_id, turn, place, response, grade, points, out_of, first, lang, answered_at, leaf)
    VALUES ($1, 9, 'words', '{\"draft\":\"ひみつ\"}', NULL, 0, 0, $2, 'ja', $3, 0)";

pub(super) const MODULE: &str = "m1-photo";

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// A question of the module: its name, and choices from the best down.
pub(super) struct Asked {
    pub(super) place: String,
    pub(super) ask: String,
    pub(super) clause: String,
    pub(super) choices: Vec<(String, i64, String)>,
}

pub(super) fn asked(test: &TestSite) -> Vec<Asked> {
    let module = test.site.content.module(MODULE).expect("a module").1.clone();
    let Content::Lesson(steps) = &module.content else { panic!("a lesson") };
    let sorted = |choices: Vec<&Choice>| {
        let mut all: Vec<_> =
            choices.iter().map(|c| (c.id.clone(), i64::from(c.grade.points()), c.text.ja.clone())).collect();
        all.sort_by_key(|(_, points, _)| std::cmp::Reverse(*points));
        all
    };
    let mut found = Vec::new();
    for step in steps {
        match step {
            Step::Item(item) => {
                let Task::Judge(choices) = &item.task else { continue };
                found.push(Asked {
                    place: item.id.clone(),
                    ask: item.ask.ja.clone(),
                    clause: item.cite.first().or(choices.first().map(|c| &c.cite)).expect("a clause").clone(),
                    choices: sorted(choices.iter().collect()),
                });
            }
            Step::Scenario(scenario) => {
                for node in scenario.nodes.iter().filter(|node| node.ask.is_some()) {
                    let choices: Vec<&Choice> = node.branches.iter().map(|branch| &branch.choice).collect();
                    let best =
                        choices.iter().find(|choice| choice.grade == Grade::Best).expect("a best choice");
                    found.push(Asked {
                        place: format!("{}/{}", scenario.id, node.id),
                        ask: node.ask.as_ref().expect("a question").ja.clone(),
                        clause: best.cite.clone(),
                        choices: sorted(choices),
                    });
                }
            }
            _ => {}
        }
    }
    found
}

/// Somebody who answers: profession, department, and which choice of each question (0 is the best), in order.
pub(super) struct Answering<'d> {
    pub(super) profession: &'static str,
    pub(super) department: &'d str,
    pub(super) chosen: Vec<usize>,
}

pub(super) async fn store(test: &TestSite, ward: &Ward, people: Vec<Answering<'_>>) {
    store_after(test, ward, 0, people).await;
}

/// The same where so many have answered already.
pub(super) async fn store_after(test: &TestSite, ward: &Ward, before: usize, people: Vec<Answering<'_>>) {
    let (questions, now) = (asked(test), Value::Time(test.site.now()));
    let hash = text(test.site.content.module(MODULE).expect("a module").0);
    let mut tables: Vec<Rows> = Vec::new();
    for (number, person) in people.into_iter().enumerate() {
        let number = before + number;
        let id = text(&format!("018f0000-0000-7000-8000-{number:012}"));
        let joined = Value::Day(day("2020-04-01"));
        let no = format!("7{number:05}");
        tables.push((
            STAFF,
            vec![vec![
                id.clone(),
                text(&no),
                Value::Bytes(no.clone().into_bytes()),
                text(person.profession),
                joined.clone(),
            ]],
        ));
        tables.push((POSTING, vec![vec![id.clone(), text(person.department), joined, Value::Bool(true)]]));
        tables.push((PERIOD, vec![vec![id.clone(), text(ward.requirement.as_str()), now.clone()]]));
        tables.push((ATTEMPT, vec![vec![id.clone(), text(MODULE), hash.clone(), now.clone()]]));
        for (turn, (question, choice)) in questions.iter().zip(&person.chosen).enumerate() {
            let (choice, grade, _) = &question.choices[(*choice).min(question.choices.len() - 1)];
            let turn = i64::try_from(turn).expect("small") + 1;
            let answer = |turn: i64, first: bool, choice: &str, grade: i64| {
                vec![
                    id.clone(),
                    Value::Number(turn),
                    text(&question.place),
                    text(&format!("{{\"choice\":\"{choice}\"}}")),
                    Value::Number(grade),
                    Value::Bool(first),
                    now.clone(),
                ]
            };
            // Somebody who thinks again answers best, and that is not counted.
            let again = answer(turn + 20, false, &question.choices[0].0, 3);
            tables.push((ANSWER, vec![answer(turn, true, choice, *grade), again]));
        }
        tables.push((UNGRADED, vec![vec![id, Value::Bool(true), now.clone()]]));
    }
    write(test, tables).await;
}

/// So many people of a department who all choose the same.
pub(super) fn many<'d>(
    count: usize,
    profession: &'static str,
    department: &'d str,
    chosen: &[usize],
) -> Vec<Answering<'d>> {
    (0..count).map(|_| Answering { profession, department, chosen: chosen.to_vec() }).collect()
}

/// So many nurses of 3病棟 answer the wordings of one question of the final test, all of them at best. Gives the name of the question.
pub(super) async fn store_wordings(test: &TestSite, ward: &Ward, people: &[usize]) -> String {
    let (hash, module) = test.site.content.module("final-test").expect("the test");
    store_wordings_of(test, ward, (hash, module), people).await
}

/// The same of a revision of the test.
pub(super) async fn store_wordings_of(
    test: &TestSite,
    ward: &Ward,
    (hash, module): (&str, &Module),
    people: &[usize],
) -> String {
    let Content::Test(pool) = &module.content else { panic!("a test") };
    let family = pool.families.iter().find(|family| family.variants.len() >= people.len()).expect("wordings");
    let now = Value::Time(test.site.now());
    let mut tables: Vec<Rows> = Vec::new();
    for (number, (variant, count)) in family.variants.iter().zip(people).enumerate() {
        let best = variant.choices.iter().find(|choice| choice.grade == Grade::Best).expect("a best choice");
        for person in 0..*count {
            let no = format!("8{}{number:02}{person:03}", &hash[..4]);
            let id = text(&format!("018f0000-0000-7000-8000-{}000{number:02}{person:03}", &hash[..4]));
            let joined = Value::Day(day("2020-04-01"));
            let key = Value::Bytes(no.clone().into_bytes());
            tables.push((STAFF, vec![vec![id.clone(), text(&no), key, text("看護師"), joined.clone()]]));
            let main = Value::Bool(true);
            tables.push((POSTING, vec![vec![id.clone(), text(ward.third.as_str()), joined, main.clone()]]));
            tables.push((PERIOD, vec![vec![id.clone(), text(ward.requirement.as_str()), now.clone()]]));
            tables.push((ATTEMPT, vec![vec![id.clone(), text("final-test"), text(hash), now.clone()]]));
            let answer = vec![
                id,
                Value::Number(1),
                text(&format!("{}/{}", family.id, variant.id)),
                text(&format!("{{\"choice\":\"{}\"}}", best.id)),
                Value::Number(3),
                main,
                now.clone(),
            ];
            tables.push((ANSWER, vec![answer]));
        }
    }
    write(test, tables).await;
    family.id.clone()
}
