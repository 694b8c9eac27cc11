//! Everything that a learner's browser receives on the way through a module, byte by byte: pages, their props, redirects, headers,
//! drawings, and the files that come with every page. Nothing of what is said about an answer is in it before that answer was given.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

use http::StatusCode;
use kokoroe_courses::{Content, Module, Place, Step, Task};
use kokoroe_server::id::{PeriodId, StaffId};
use kokoroe_server::training::walk::{Standing, own_period};

use crate::support::lesson::short_course;
use crate::support::solve::{self, Temper};
use crate::support::{Answered, Browser, TestSite};

/// What is said about a question once it is answered, under the name of the question.
fn said(module: &Module) -> BTreeMap<String, BTreeSet<String>> {
    let mut said: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut add = |question: String, texts: Vec<String>| said.entry(question).or_default().extend(texts);
    match &module.content {
        Content::Lesson(steps) => {
            for step in steps {
                match step {
                    Step::Item(item) => add(item.id.clone(), solve::reasons(&item.task)),
                    Step::Scenario(scenario) => {
                        for node in &scenario.nodes {
                            let whys = node.branches.iter().map(|branch| branch.choice.why.ja.clone());
                            add(format!("{}/{}", scenario.id, node.id), whys.collect());
                        }
                    }
                    Step::Read(_) | Step::Debrief { .. } => {}
                }
            }
        }
        Content::Test(test) => {
            for family in &test.families {
                let choices = family.variants.iter().flat_map(|variant| &variant.choices);
                add(family.id.clone(), choices.map(|choice| choice.why.ja.clone()).collect());
            }
        }
    }
    if let Some(takeaway) = &module.takeaway {
        add("the end".to_owned(), vec![takeaway.ja.clone()]);
    }
    said
}

/// The longest piece of a text that stands in a page, in a prop and in a header as it is written.
fn piece(text: &str) -> Option<&str> {
    let pieces = text.split(|c: char| "\"'&<>\\\n\r　 ".contains(c));
    pieces.max_by_key(|piece| piece.len()).filter(|piece| piece.chars().count() >= 8)
}

/// A browser that looks into everything that comes.
struct Watched {
    browser: Browser,
    /// What may not be told yet.
    secret: BTreeMap<String, BTreeSet<String>>,
    /// Files that came once.
    fetched: BTreeSet<String>,
    bytes: usize,
}

impl Watched {
    fn new(browser: Browser, modules: &[Module]) -> Self {
        let secret = modules.iter().flat_map(|module| {
            said(module).into_iter().map(|(question, texts)| (format!("{}: {question}", module.id), texts))
        });
        let secret: BTreeMap<_, _> = secret.collect();
        assert!(
            secret.values().flatten().filter_map(|text| piece(text)).count() > 30,
            "there is something to tell"
        );
        Self { browser, secret, fetched: BTreeSet::new(), bytes: 0 }
    }

    /// An answer was given: what is said about it is nobody's secret any more, wherever the same words are said as well.
    fn tells(&mut self, question: &str) {
        let told: BTreeSet<String> = self
            .secret
            .iter()
            .filter(|(name, _)| name.as_str() == question || name.starts_with(&format!("{question}/")))
            .flat_map(|(_, texts)| texts.clone())
            .collect();
        let is_told =
            |text: &str| piece(text).is_none_or(|piece| told.iter().any(|told| told.contains(piece)));
        self.secret.values_mut().for_each(|texts| texts.retain(|text| !is_told(text)));
    }

    fn look_into(&mut self, path: &str, answer: &Answered) {
        let headers: Vec<String> = answer
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())))
            .collect();
        let plain = plain(answer);
        self.bytes += plain.len();
        let text = format!("{}\n{}", headers.join("\n"), String::from_utf8_lossy(&plain));
        for (question, texts) in &self.secret {
            for piece in texts.iter().filter_map(|text| piece(text)) {
                assert!(!text.contains(piece), "{path} tells «{piece}» of {question} before it is answered");
            }
        }
    }

    async fn get(&mut self, path: &str) -> Answered {
        let answer = self.browser.get(path).await;
        self.look_into(path, &answer);
        self.fetch_what_belongs_to(&answer).await;
        answer
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answered {
        let answer = self.browser.post(path, fields).await;
        self.look_into(path, &answer);
        self.fetch_what_belongs_to(&answer).await;
        answer
    }

    /// Style sheets, scripts, the module for the browser, drawings: everything that a page names.
    async fn fetch_what_belongs_to(&mut self, page: &Answered) {
        for begins in ["/assets/", "/drawings/"] {
            for rest in page.body.split(begins).skip(1) {
                let name = rest.split(|c: char| "\"'\\ <>)&".contains(c)).next().unwrap_or_default();
                let path = format!("{begins}{name}");
                if self.fetched.insert(path.clone()) {
                    let file = self.browser.get(&path).await;
                    assert_eq!(file.status, StatusCode::OK, "{path}");
                    self.look_into(&path, &file);
                }
            }
        }
    }
}

/// The body as the browser reads it.
fn plain(answer: &Answered) -> Vec<u8> {
    let mut out = Vec::new();
    match answer.headers.get("content-encoding").map(http::HeaderValue::as_bytes) {
        Some(b"br") => {
            brotli::Decompressor::new(answer.bytes.as_slice(), 4096).read_to_end(&mut out).expect("brotli");
        }
        Some(other) => panic!("unknown encoding {}", String::from_utf8_lossy(other)),
        None => out.clone_from(&answer.bytes),
    }
    out
}

/// Whose way it is.
struct Learner<'t> {
    test: &'t TestSite,
    staff: StaffId,
    period: PeriodId,
}

impl Learner<'_> {
    /// What is asked now: the name of the question under which something is said, and whether the place is the end of a story.
    async fn asked(&self, module: &str) -> Option<String> {
        let mut conn = self.test.site.db.read().await.expect("a connection");
        let period = own_period(&mut conn, self.period.as_str(), &self.staff).await.expect("their period");
        let standing =
            Standing::load(&self.test.site, &mut conn, period, module).await.expect("loaded").expect("begun");
        let walk = standing.walk().expect("a walk");
        match walk.place() {
            Place::Node(node) => Some(format!("{}/{}", node.scenario.id, node.node.id)),
            Place::Question(question) => Some(question.family.id.clone()),
            Place::Item(item) => match &item.item.task {
                Task::Confidence { .. } => None,
                _ => Some(item.item.id.clone()),
            },
            // The look back tells the whole story.
            Place::Debrief(debrief) => Some(debrief.scenario.id.clone()),
            Place::Diagnosis(_) | Place::Read(_) | Place::TestResult(_) | Place::End => None,
        }
    }

    /// Goes through a module, trying before each answer whatever could tell it.
    async fn go_through(&self, watched: &mut Watched, module: &str, temper: impl Fn(u32) -> Temper) {
        let base = format!("/learn/{}/{module}", self.period);
        for path in ["/", "/history", "/recall", "/checklists", "/policy/sns", &base] {
            watched.get(path).await;
        }
        watched.post(&base, &[]).await;
        for answered in 0..200 {
            let next =
                solve::answer(&self.test.site, &self.staff, &self.period, module, temper(answered)).await;
            let Some(ask) = next else { break };
            let step = format!("{base}/{}", ask.turn);
            let question = self.asked(module).await;
            let is_look_back = ask.question.is_none() && question.is_some();
            if let Some(question) = question.as_ref().filter(|_| is_look_back) {
                watched.tells(&format!("{module}: {question}"));
            }
            let page = watched.get(&step).await;
            assert_eq!(page.status, StatusCode::OK, "{step}");
            if ask.question.is_some() {
                assert!(!page.body.contains("data-verdict"), "{step} judges what nobody has said");
                for lang in ["en", "ja"] {
                    watched.browser.post("/language", &[("lang", lang), ("return_to", "/")]).await;
                    watched.get(&step).await;
                }
                for path in [
                    base.clone(),
                    format!("{step}/why"),
                    format!("{base}/{}", ask.turn + 1),
                    format!("{base}/{}/why", ask.turn + 1),
                    format!("{base}/done"),
                    format!("/history/{}/{module}", self.period),
                    format!("/learn/{}/sign", self.period),
                ] {
                    watched.get(&path).await;
                }
                for fields in [&[("preview", "1")][..], &[("pick", "x"), ("choice", "99")]] {
                    let refused = watched.post(&step, fields).await;
                    assert!(refused.status != StatusCode::SEE_OTHER, "{step} takes {fields:?}");
                }
                watched.post(&format!("{step}/draft"), &[("draft", "")]).await;
                watched.post(&format!("{base}/{}/again", ask.turn + 1), &[]).await;
            }
            if let Some(question) = question {
                watched.tells(&format!("{module}: {question}"));
            }
            let fields: Vec<(&str, &str)> =
                ask.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let saved = watched.post(&step, &fields).await;
            assert_eq!(saved.status, StatusCode::SEE_OTHER, "{step}: {}", saved.body);
            if saved.location().ends_with("/done") {
                watched.tells(&format!("{module}: the end"));
            }
            watched.get(saved.location()).await;
        }
        watched.tells(&format!("{module}: the end"));
        watched.get(&format!("{base}/done")).await;
    }
}

async fn learner(test: &TestSite) -> Learner<'_> {
    let ward = test.ward().await;
    let period = test.period(&ward.nurse).await;
    Learner { test, staff: ward.nurse, period }
}

#[tokio::test]
async fn no_byte_that_a_learner_receives_holds_an_answer_before_it_is_given() {
    for module in ["m1-day", "m2-night", "m3-kinds"] {
        let test = TestSite::small(module).await;
        let learner = learner(&test).await;
        let modules = test.site.content.catalogue.modules.clone();
        let mut watched = Watched::new(test.signed_in("100001").await, &modules);
        // Nobody gives the worst answer for ever: what has to be answered well is asked again.
        let patient = |answered| if answered % 2 == 0 { Temper::Worst } else { Temper::Best };
        learner.go_through(&mut watched, module, patient).await;
        assert!(watched.bytes > 500_000, "{}", watched.bytes);
        assert!(watched.fetched.iter().any(|path| path.ends_with(".css")), "{:?}", watched.fetched);
    }
}

#[tokio::test]
async fn no_byte_of_the_final_test_holds_an_answer_before_it_is_given() {
    let test = TestSite::teaching(short_course()).await;
    let learner = learner(&test).await;
    let modules = test.site.content.catalogue.modules.clone();
    let mut watched = Watched::new(test.signed_in("100001").await, &modules);
    let worse_at_first = |answered| if answered < 3 { Temper::Worst } else { Temper::Best };
    learner.go_through(&mut watched, "final-test", worse_at_first).await;
    learner.go_through(&mut watched, "m1-photo", worse_at_first).await;
    assert!(watched.bytes > 500_000, "{}", watched.bytes);
}

/// The program that runs in the browser knows nothing of the course at all: neither what is right nor what is asked.
#[tokio::test]
async fn the_files_of_every_page_hold_nothing_of_any_course() {
    let content = kokoroe_server::training::Content::embedded().expect("the catalogue");
    let mut files = vec![kokoroe_assets::css(), kokoroe_assets::favicon()];
    files.extend([kokoroe_assets::js(), kokoroe_assets::wasm()].into_iter().flatten());
    let files: Vec<(&str, String)> = files
        .into_iter()
        .map(|file| (file.path, String::from_utf8_lossy(file.identity).into_owned()))
        .collect();
    let mut compared = 0;
    for module in &content.catalogue.modules {
        for texts in said(module).values() {
            for piece in texts.iter().filter_map(|text| piece(text)) {
                for (path, text) in &files {
                    assert!(!text.contains(piece), "{path} holds «{piece}»");
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 1000, "{compared}");
}
