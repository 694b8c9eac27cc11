//! Small random modules. Their stories are deliberately bad: choices lead anywhere, also past what must be
//! answered, so that the engine has to hold its promises by itself. Only the best choices lead forward.

use std::collections::BTreeMap;

use kokoroe_courses::{
    Assign, AssignKind, AssignRow, Basis, Branch, Card, Channel, Checklist, Choice, Content, Draft, Family,
    Fires, Good, Grade, Group, Hotspot, Item, Level, Look, LookOf, Lookup, Meter, Model, Module, Mosaic,
    Node, Order, Passage, Pick, PickKind, PickOption, Post, Reading, Region, Rule, Scenario, ScenarioKind,
    Skin, StatChange, Stats, Step, StoryTime, Task, Test, Text, Turn, Variant, Way, When, Whom, WhomOption,
    Words,
};
use proptest::prelude::*;

fn text(words: &str) -> Text {
    Text { ja: words.to_owned(), en: Some(format!("{words} in English")), easy: None }
}

/// A choice of that grade.
pub(crate) fn choice(id: usize, grade: Grade) -> Choice {
    Choice {
        id: format!("c{id}"),
        text: text("選ぶ"),
        grade,
        why: text("理由"),
        cite: "C1".to_owned(),
        basis: Basis::Rule,
        act: None,
        contact: None,
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
        options().prop_map(|options| Task::Pick(Pick { kind: PickKind::MarkText, options })),
        assign().prop_map(Task::Assign),
        (options(), choices(), choices()).prop_map(|(clues, findings, cuts)| Task::Mosaic(Mosaic {
            clues,
            findings,
            cuts
        })),
        whom().prop_map(Task::Contact),
        (1_usize..6, any::<prop::sample::Index>()).prop_map(|(count, best)| {
            let clauses: Vec<Group> = (0..count).map(|at| group(format!("C{at}"))).collect();
            let best = clauses[best.index(count)].id.clone();
            Task::Lookup(Lookup { clauses, best, ok: vec!["C0".to_owned()], why: text("理由") })
        }),
        Just(Task::Reflect { max: 100 }),
        options().prop_map(|mut options| {
            for option in &mut options {
                option.plain = false;
            }
            Task::Checklist(Checklist { options })
        }),
    ]
}

fn group(id: String) -> Group {
    Group { id, text: text("名") }
}

/// Options of which some apply, some must be found and some cannot be ticked.
fn options() -> impl Strategy<Value = Vec<PickOption>> {
    prop::collection::vec((any::<bool>(), any::<bool>(), prop::bool::weighted(0.2)), 1..8).prop_map(
        |options| {
            let option = |(at, (hit, must, plain)): (usize, (bool, bool, bool))| PickOption {
                id: format!("o{at}"),
                text: text("しるし"),
                plain,
                hit: hit && !plain,
                must: hit && must && !plain,
                why: (!plain).then(|| text("理由")),
                cite: None,
            };
            options.into_iter().enumerate().map(option).collect()
        },
    )
}

fn assign() -> impl Strategy<Value = Assign> {
    let kind = prop_oneof![Just(AssignKind::Triage), Just(AssignKind::Sort), Just(AssignKind::Redact)];
    let row = (any::<prop::sample::Index>(), prop::option::of(any::<prop::sample::Index>()), any::<bool>());
    (kind, prop::collection::vec(row, 1..6)).prop_map(|(kind, rows)| {
        let groups =
            if kind == AssignKind::Sort { vec![group("g0".into()), group("g1".into())] } else { Vec::new() };
        let mut assign = Assign { kind, groups, rows: Vec::new() };
        for (at, (best, harm, must)) in rows.into_iter().enumerate() {
            let blank = AssignRow {
                id: format!("row{at}"),
                text: Some(text("文")),
                soft: (at % 2 == 0).then(|| text("ある人")),
                plain: at == 3,
                best: String::new(),
                ok: Vec::new(),
                harm: Vec::new(),
                must,
                why: Some(text("理由")),
                cite: None,
            };
            let acts: Vec<String> = assign.acts(&blank).into_iter().map(str::to_owned).collect();
            let best = acts[best.index(acts.len())].clone();
            let harm = harm.map(|harm| acts[harm.index(acts.len())].clone()).filter(|harm| *harm != best);
            assign.rows.push(AssignRow { best, harm: harm.into_iter().collect(), ..blank });
        }
        assign
    })
}

fn whom() -> impl Strategy<Value = Whom> {
    (2_usize..6, any::<prop::sample::Index>()).prop_map(|(count, best)| {
        let book: Vec<Group> = (0..count).map(|at| group(format!("who{at}"))).collect();
        let id = book[best.index(count)].id.clone();
        let way = |by, grade| Way { by, grade, why: text("理由"), cite: None };
        Whom {
            at: StoryTime::new(2, 10).unwrap(),
            book,
            options: vec![WhomOption { id, grade: Grade::Best, why: text("理由"), cite: None }],
            otherwise: text("理由"),
            ways: vec![way(Channel::Public, Grade::Harm), way(Channel::Phone, Grade::Best)],
        }
    })
}

fn item(at: usize) -> impl Strategy<Value = Step> {
    (task(), any::<bool>()).prop_map(move |(task, must)| item_named(format!("i{at}"), task, must))
}

/// A step that asks this.
pub(crate) fn item_of(task: Task, must: bool) -> Step {
    item_named("i0".to_owned(), task, must)
}

fn item_named(id: String, task: Task, must: bool) -> Step {
    Step::Item(Item {
        id,
        must,
        cite: vec!["C1".to_owned()],
        draws_on: Vec::new(),
        scene: None,
        examples: Vec::new(),
        ask: text("どうしますか"),
        posts: Vec::new(),
        task,
    })
}

/// A lesson of these steps.
pub(crate) fn lesson_of(steps: Vec<Step>) -> Module {
    module(Content::Lesson(steps))
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
            // Some conditions ask about what was looked at, about time and about a meter.
            let when = |number: u8| {
                let words = ["flag0", "!flag1", "looked-look0", "minutes >= 10", "spread < 2"];
                When(
                    (0..=number)
                        .map(|at| words[usize::from(at + number) % words.len()].parse().unwrap())
                        .collect(),
                )
            };
            let blank = |id: String| Node {
                id,
                show: Vec::new(),
                tell: Some(text("語り")),
                ask: None,
                must: false,
                branches: Vec::new(),
                turns: Vec::new(),
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
                        moves: set.map(|by| ("spread".to_owned(), i16::from(by) - 1)).into_iter().collect(),
                        only_if: only_if.filter(|_| !best).map(when),
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
                let turn = Turn { when: when(u8::try_from(hide.len()).unwrap()), to: "q0".to_owned() };
                nodes.push(Node {
                    turns: if number == 1 { vec![turn] } else { Vec::new() },
                    to: Some(names[to.index(names.len())].clone()),
                    hide: hide.into_iter().map(|choice| format!("c{choice}")).collect(),
                    ..blank(format!("t{number}"))
                });
            }
            nodes.push(Node { end: true, ..blank("end".to_owned()) });
            let post = |(number, (hour, minute, when_bits)): (usize, (u16, u16, Option<u8>))| Post {
                id: format!("p{number}"),
                skin: Skin::Short,
                by: "a".to_owned(),
                at: StoryTime::new(hour, minute).unwrap(),
                text: text("投稿"),
                say: text("投稿です"),
                stars: None,
                place: None,
                stats: Stats::default(),
                image: None,
                when: when_bits.map(when),
                reply_to: (number > 0).then(|| "p0".to_owned()),
                quotes: None,
                changes: vec![StatChange { when: when(0), stats: Stats { like: 3, reply: 2, share: 1 } }],
                looks: vec![Look {
                    id: format!("look{number}"),
                    of: LookOf::Photo,
                    label: text("大きくする"),
                    tell: text("奥に板がある"),
                    image: None,
                }],
                frames: Vec::new(),
            };
            Step::Scenario(Scenario {
                id: format!("s{at}"),
                kind: if clock.is_some() { ScenarioKind::Crisis } else { ScenarioKind::Branch },
                title: text("題"),
                setup: text("場面"),
                examples: Vec::new(),
                meters: vec![Meter {
                    id: "spread".to_owned(),
                    name: text("広がり"),
                    start: 1,
                    max: 3,
                    good: Good::Low,
                }],
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
        recall: Vec::new(),
        diagnosis: Vec::new(),
        takeaway: None,
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
