//! Small random modules. Their stories are deliberately bad: choices lead anywhere, also past what must be
//! answered, so that the engine has to hold its promises by itself. Only the best choices lead forward.

use std::collections::BTreeMap;

use kokoroe_courses::{
    Basis, Branch, Card, Choice, Content, Draft, Family, Fires, Grade, Hotspot, Item, Level, Model, Module,
    Node, Order, Passage, Post, Reading, Region, Rule, Scenario, ScenarioKind, Skin, Stats, Step, StoryTime,
    Task, Test, Text, Variant, Words,
};
use proptest::prelude::*;

fn text(words: &str) -> Text {
    Text { ja: words.to_owned(), en: Some(format!("{words} in English")) }
}

fn choice(id: usize, grade: Grade) -> Choice {
    Choice {
        id: format!("c{id}"),
        text: text("選ぶ"),
        grade,
        why: text("理由"),
        cite: "C1".to_owned(),
        basis: Basis::Rule,
    }
}

fn poor() -> impl Strategy<Value = Grade> {
    prop_oneof![Just(Grade::Harm), Just(Grade::Risky), Just(Grade::Ok)]
}

/// Choices of which exactly one, anywhere, is the best.
fn choices() -> impl Strategy<Value = Vec<Choice>> {
    (prop::collection::vec(poor(), 1..4), any::<prop::sample::Index>()).prop_map(|(mut grades, place)| {
        grades.insert(place.index(grades.len() + 1), Grade::Best);
        grades.into_iter().enumerate().map(|(id, grade)| choice(id, grade)).collect()
    })
}

fn task() -> impl Strategy<Value = Task> {
    let regions = prop::collection::vec((any::<bool>(), any::<bool>()), 1..9).prop_map(|regions| {
        let region = |(at, (leak, must)): (usize, (bool, bool))| Region {
            id: format!("r{at}"),
            at: [0, 0, 60, 60],
            label: text("物"),
            leak,
            must: leak && must,
            why: text("理由"),
            cite: None,
        };
        let regions = regions.into_iter().enumerate().map(region).collect();
        Task::Hotspot(Hotspot { image: "x.svg".to_owned(), size: [100, 100], say: text("絵"), regions })
    });
    let cards = (2_usize..7).prop_map(|count| {
        let card = |at| Card { id: format!("k{at}"), text: text("する"), why: text("理由") };
        Task::Order(Order { cards: (0..count).map(card).collect(), explain: text("説明") })
    });
    let rule = Rule {
        id: "rule".to_owned(),
        level: Level::Good,
        fires: Fires::Any(Words { ja: vec!["返事".to_owned()], en: Vec::new() }),
        except: Words::default(),
        why: text("理由"),
        cite: None,
    };
    let model = Model { id: "m".to_owned(), text: text("返事"), note: text("よい") };
    prop_oneof![
        choices().prop_map(Task::Judge),
        regions,
        cards,
        Just(Task::Draft(Draft { max: 100, rules: vec![rule], models: vec![model] })),
        Just(Task::Confidence { about: "i0".to_owned() }),
    ]
}

fn item(at: usize) -> impl Strategy<Value = Step> {
    (task(), any::<bool>()).prop_map(move |(task, must)| {
        Step::Item(Item {
            id: format!("i{at}"),
            must,
            cite: vec!["C1".to_owned()],
            draws_on: Vec::new(),
            scene: None,
            ask: text("どうしますか"),
            posts: Vec::new(),
            task,
        })
    })
}

/// Where a choice leads, what it costs, sets and asks for.
type Lead = (prop::sample::Index, u16, Option<u8>, Option<u8>, Option<u8>);

fn lead() -> impl Strategy<Value = Lead> {
    let flag = || prop::option::weighted(0.3, 0_u8..3);
    (any::<prop::sample::Index>(), 0_u16..30, flag(), flag(), flag())
}

fn scenario(at: usize) -> impl Strategy<Value = Step> {
    let question = (choices(), prop::collection::vec(lead(), 4), any::<bool>());
    let narration = (any::<prop::sample::Index>(), prop::collection::vec(0_usize..4, 0..3));
    let post = (0_u16..24, 0_u16..60, prop::option::weighted(0.4, 0_u8..3));
    (
        prop::collection::vec(question, 1..6),
        prop::collection::vec(narration, 0..4),
        prop::collection::vec(post, 0..5),
        prop::option::of((0_u16..24, 0_u16..60)),
    )
        .prop_map(move |(questions, narrations, posts, clock)| {
            let count = questions.len();
            let mut names: Vec<String> = (0..count).map(|n| format!("q{n}")).collect();
            names.extend((0..narrations.len()).map(|n| format!("t{n}")));
            names.push("end".to_owned());
            let flag = |number: u8| format!("flag{number}");
            let blank = |id: String| Node {
                id,
                show: Vec::new(),
                tell: Some(text("語り")),
                ask: None,
                must: false,
                branches: Vec::new(),
                to: None,
                hide: Vec::new(),
                end: false,
            };
            let mut nodes = Vec::new();
            for (number, (choices, leads, must)) in questions.into_iter().enumerate() {
                let branch = |(choice, (to, cost, set, only_if, unless)): (Choice, Lead)| {
                    let best = choice.grade == Grade::Best;
                    let forward =
                        if number + 1 < count { format!("q{}", number + 1) } else { "end".to_owned() };
                    Branch {
                        to: if best { forward } else { names[to.index(names.len())].clone() },
                        choice,
                        cost,
                        set: set.map(flag).into_iter().collect(),
                        only_if: only_if.filter(|_| !best).map(flag),
                        unless: unless.filter(|_| !best).map(flag),
                    }
                };
                nodes.push(Node {
                    ask: Some(text("どうしますか")),
                    must,
                    show: if number == 0 { vec!["p0".to_owned()] } else { Vec::new() },
                    branches: choices.into_iter().zip(leads).map(branch).collect(),
                    ..blank(format!("q{number}"))
                });
            }
            for (number, (to, hide)) in narrations.into_iter().enumerate() {
                nodes.push(Node {
                    to: Some(names[to.index(names.len())].clone()),
                    hide: hide.into_iter().map(|choice| format!("c{choice}")).collect(),
                    ..blank(format!("t{number}"))
                });
            }
            nodes.push(Node { end: true, ..blank("end".to_owned()) });
            let post = |(number, (hour, minute, when)): (usize, (u16, u16, Option<u8>))| Post {
                id: format!("p{number}"),
                skin: Skin::Short,
                by: "a".to_owned(),
                at: StoryTime::new(hour, minute).unwrap(),
                text: text("投稿"),
                say: text("投稿です"),
                stats: Stats::default(),
                image: None,
                when: when.map(flag),
            };
            Step::Scenario(Scenario {
                id: format!("s{at}"),
                kind: if clock.is_some() { ScenarioKind::Crisis } else { ScenarioKind::Branch },
                title: text("題"),
                setup: text("場面"),
                start: "q0".to_owned(),
                draws_on: Vec::new(),
                care: None,
                clock: clock.and_then(|(hour, minute)| StoryTime::new(hour, minute)),
                posts: posts.into_iter().enumerate().map(post).collect(),
                nodes,
            })
        })
}

fn module(content: Content) -> Module {
    Module {
        id: "random".to_owned(),
        title: text("題"),
        summary: text("理由"),
        minutes: 3,
        care: None,
        swap: None,
        content,
        actors: BTreeMap::new(),
        drawings: BTreeMap::new(),
        incidents: BTreeMap::new(),
    }
}

/// A lesson of up to five steps, each story followed by its debrief.
pub(crate) fn lesson() -> impl Strategy<Value = Module> {
    let reading = |at: usize| {
        Step::Read(Reading { id: format!("r{at}"), title: text("頁"), body: Passage::default() })
    };
    let step = move |at: usize| prop_oneof![1 => Just(reading(at)), 4 => item(at), 4 => scenario(at)];
    (step(0), step(1), step(2), 1_usize..4).prop_map(|(first, second, third, count)| {
        let mut steps = Vec::new();
        for step in [first, second, third].into_iter().take(count) {
            let debrief = match &step {
                Step::Scenario(scenario) => Some(Step::Debrief { scenario: scenario.id.clone() }),
                _ => None,
            };
            steps.push(step);
            steps.extend(debrief);
        }
        module(Content::Lesson(steps))
    })
}

/// A test with a pool of one to eight families.
pub(crate) fn test() -> impl Strategy<Value = Module> {
    let family = (1_u8..4, prop::bool::weighted(0.3), prop::collection::vec(choices(), 1..4));
    (prop::collection::vec(family, 1..9), 1_u16..7, 1_u8..=100).prop_map(|(families, draw, pass_percent)| {
        let family = |(at, (clause, must, variants)): (usize, (u8, bool, Vec<Vec<Choice>>))| Family {
            id: format!("f{at}"),
            clause: format!("C{clause}"),
            must,
            draws_on: Vec::new(),
            variants: variants
                .into_iter()
                .enumerate()
                .map(|(at, choices)| Variant {
                    id: format!("v{at}"),
                    scene: None,
                    ask: text("どうしますか"),
                    choices,
                })
                .collect(),
        };
        let families = families.into_iter().enumerate().map(family).collect();
        module(Content::Test(Test { draw, pass_percent, families }))
    })
}
