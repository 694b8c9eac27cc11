//! What authors do: check a folder, draw its stories, look at its screens.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use axum::Router;
use axum::body::Body;
use http::header::{CONTENT_SECURITY_POLICY, HOST, LOCATION};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt as _;
use kokoroe_courses::Sources;
use kokoroe_server::authoring::{Desk, router};
use serde_json::Value;
use tower::ServiceExt as _;

use crate::support::{form, fresh_folder};

/// Runs a command that keeps no records.
fn kokoroe(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kokoroe")).args(words).output().expect("the program runs")
}

/// A copy of the content in a folder of its own.
fn written() -> PathBuf {
    let folder = fresh_folder();
    for (path, text) in Sources::embedded().iter() {
        write(&folder.join(path), text);
    }
    folder
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

/// Changes a file of a folder.
fn edit(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).expect("read");
    assert!(text.contains(from), "{file} has no {from:?}");
    write(&path, &text.replacen(from, to, 1));
}

#[test]
fn the_check_prints_one_json_document() {
    let output = kokoroe(&["check-courses", "--json"]);
    assert!(output.status.success());
    let document: Value = serde_json::from_slice(&output.stdout).expect("nothing but JSON");
    assert!(document["modules"].as_array().is_some_and(|modules| modules.len() > 4));
    assert!(document["kinds"]["judge"].as_u64() > Some(0));
    assert_eq!(document["clauses"].as_array().map(Vec::len), Some(14));
    assert_eq!(document["languages"]["en"]["missing"], 0);
    assert!(document["test"]["families"].as_u64() > Some(15));
    assert!(document["harmless"]["harmless"].as_u64() > Some(0));
}

#[test]
fn the_document_is_printed_though_there_are_errors() {
    let folder = written();
    edit(&folder, "modules/m1-photo/off-day-post.toml", "grade = \"best\"", "grade = \"ok\"");
    let dir = folder.display().to_string();
    let output = kokoroe(&["check-courses", "--json", "--dir", &dir]);
    assert_eq!(output.status.code(), Some(1));
    let document: Value = serde_json::from_slice(&output.stdout).expect("nothing but JSON");
    let faults = document["faults"].as_array().expect("a list");
    let fault = faults.iter().find(|fault| fault["severity"] == "error").expect("an error");
    assert_eq!(fault["file"], "modules/m1-photo/off-day-post.toml");
    assert!(fault["line"].as_u64() > Some(1));
    assert!(
        fault["message"].as_str().is_some_and(|message| message.contains("exactly one choice is `best`"))
    );
}

#[test]
fn every_story_is_drawn_in_the_language_asked_for() {
    let drawings = fresh_folder().join("drawings");
    let into = drawings.display().to_string();
    for (words, lang, word) in [(&["--lang", "en"][..], "en", "Best choice"), (&[], "ja", "最もよい")] {
        let arguments = [&["check-courses", "--graph", &into], words].concat();
        let output = kokoroe(&arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let svg =
            fs::read_to_string(drawings.join(format!("m3-night.friday-night.{lang}.svg"))).expect("drawn");
        assert!(svg.starts_with("<svg ") && svg.contains(word), "{lang}");
    }
    let drawn = fs::read_dir(&drawings).expect("a folder").count();
    let report = kokoroe_courses::check(&Sources::embedded());
    assert_eq!(drawn, report.counts.scenarios * 2);
    let output = kokoroe(&["check-courses", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(2), "a language alone draws nothing");
}

#[test]
fn a_folder_without_a_catalogue_is_refused() {
    let empty = fresh_folder();
    let dir = empty.display().to_string();
    for words in
        [&["check-courses", "--dir", &dir][..], &["preview", "--dir", &dir, "--listen", "127.0.0.1:0"]]
    {
        let output = kokoroe(words);
        assert_eq!(output.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&output.stderr).contains("there is no catalogue here"));
    }
}

/// An answer of the preview.
struct Shown {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Shown {
    fn location(&self) -> &str {
        self.headers.get(LOCATION).and_then(|to| to.to_str().ok()).expect("an address")
    }
}

/// The preview of a folder as the author's browser meets it.
struct Preview(Router);

impl Preview {
    fn of(folder: &Path) -> Self {
        Self(router(Desk::new(folder.to_owned(), true)))
    }

    async fn ask(&self, request: Request<Body>) -> Shown {
        let response = self.0.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a body").to_bytes();
        Shown {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    async fn get(&self, path: &str) -> Shown {
        self.ask(Request::get(path).header(HOST, "127.0.0.1:3010").body(Body::empty()).expect("a request"))
            .await
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Shown {
        let request = Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(form(fields)))
            .expect("a request");
        self.ask(request).await
    }
}

/// The addresses in the frames of a page.
fn frames(page: &str) -> Vec<String> {
    let frames = page.split("<iframe").skip(1);
    frames
        .map(|frame| {
            frame.split("src=\"").nth(1).and_then(|src| src.split('"').next()).expect("an address").to_owned()
        })
        .collect()
}

#[tokio::test]
async fn the_index_lists_every_module_and_screen() {
    let preview = Preview::of(&written());
    assert_eq!(preview.get("/").await.location(), "/ja");
    let index = preview.get("/ja").await;
    assert_eq!(index.status, StatusCode::OK);
    let catalogue = kokoroe_courses::Catalogue::embedded().expect("a catalogue");
    for module in &catalogue.modules {
        assert!(index.body.contains(&format!("href=\"/show/ja/{}\"", module.id)), "{}", module.id);
        for screen in module.screens() {
            assert!(
                index.body.contains(&format!("href=\"/ja/{}/{}\"", module.id, screen.id)),
                "{}",
                screen.id
            );
        }
    }
    let english = preview.get("/en").await;
    assert!(english.body.contains("Preview of the courses") && english.body.contains("lang=\"en\""));
}

#[tokio::test]
async fn a_question_of_a_story_is_seen_in_every_language_and_three_widths() {
    let preview = Preview::of(&written());
    for (lang, ask, must) in
        [("ja", "二人につながるまでの間", "最もよい"), ("en", "What do you do", "Best choice")]
    {
        let page = preview.get(&format!("/{lang}/m3-night/friday-night?state=n2&width=all")).await;
        assert_eq!(page.status, StatusCode::OK);
        let frames = frames(&page.body);
        assert_eq!(frames.len(), 3, "320, 390 and 1280 px");
        for width in ["320", "390", "1280"] {
            assert!(page.body.contains(&format!("width=\"{width}\"")), "{width}");
        }
        let shown = preview.get(&frames[0]).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert!(shown.body.contains(ask), "{lang}: {}", shown.body);
        assert!(!shown.body.contains(must), "the page of a learner tells no grade before the answer");
        let policy =
            shown.headers.get(CONTENT_SECURITY_POLICY).and_then(|it| it.to_str().ok()).expect("a policy");
        assert!(policy.contains("frame-ancestors 'self'") && policy.contains("script-src 'nonce-"));
    }
    let both = preview.get("/ja/m3-night/friday-night?state=n2.stay&width=languages").await;
    let frames = frames(&both.body);
    let tags: Vec<_> = frames.iter().filter_map(|frame| frame.split('/').nth(2)).collect();
    assert_eq!(tags, ["ja", "ja-easy", "en"]);
    let (japanese, english) = (preview.get(&frames[0]).await, preview.get(&frames[2]).await);
    assert!(japanese.body.contains("最もよい") && english.body.contains("Best choice"), "explained");
    let plain = preview.get(&frames[1]).await;
    assert!(
        plain.body.contains("<ruby") && !japanese.body.contains("<ruby"),
        "with readings: {}",
        plain.body
    );
}

#[tokio::test]
async fn every_state_of_every_screen_is_a_page() {
    let preview = Preview::of(&written());
    let catalogue = kokoroe_courses::Catalogue::embedded().expect("a catalogue");
    // Two modules are enough: without pages, all of them are walked through elsewhere. Of the pool, the first wordings are.
    let screens = catalogue
        .modules
        .iter()
        .step_by(9)
        .flat_map(|module| module.screens().into_iter().map(|screen| (module.id.clone(), screen.id)));
    let test = catalogue.modules.last().expect("the final test");
    let wordings = test.screens().into_iter().take(3).map(|screen| (test.id.clone(), screen.id));
    for (module, screen) in screens.chain(wordings) {
        let page = preview.get(&format!("/ja/{module}/{screen}?width=320")).await;
        assert_eq!(page.status, StatusCode::OK, "{module}/{screen}");
        let links = page.body.split("<a ").filter_map(|link| link.split('>').next());
        let states: Vec<String> = links
            .filter(|link| link.contains("class=\"state\""))
            .filter_map(|link| link.split("href=\"").nth(1)?.split('"').next())
            .map(|link| link.replace("&amp;", "&"))
            .collect();
        assert!(!states.is_empty(), "{module}/{screen}");
        for state in states {
            let page = preview.get(&state).await;
            for frame in frames(&page.body) {
                assert_eq!(preview.get(&frame).await.status, StatusCode::OK, "{state}: {frame}");
            }
        }
    }
}

#[tokio::test]
async fn an_author_answers_as_a_learner_does() {
    let preview = Preview::of(&written());
    let page = preview.get("/ja/m1-photo/off-day-post?width=390").await;
    let asked = frames(&page.body).remove(0);
    assert_eq!(preview.post(&asked, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing chosen");
    let answered = preview.post(&asked, &[("choice", "1")]).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER);
    let why = preview.get(answered.location()).await;
    assert_eq!(why.status, StatusCode::OK);
    assert!(why.body.contains("あなたの答え"));
}

#[tokio::test]
async fn a_fault_stands_above_the_screen_that_has_it_and_goes_when_it_is_mended() {
    let folder = written();
    let preview = Preview::of(&folder);
    let address = "/ja/m1-photo/off-day-post";
    assert!(preview.get(address).await.body.contains("検査で見つかった点はありません。"));
    let before = preview.get("/revision").await.body;
    edit(&folder, "modules/m1-photo/off-day-post.toml", "grade = \"best\"", "grade = \"ok\"");
    assert_ne!(preview.get("/revision").await.body, before, "the page notices that a file has changed");
    let broken = preview.get(address).await;
    assert!(broken.body.contains("exactly one choice is `best`; here there are 0"));
    assert!(broken.body.contains("modules/m1-photo/off-day-post.toml:"));
    assert!(!preview.get("/ja/m1-photo/01-read").await.body.contains("exactly one choice"), "not another's");
    edit(&folder, "modules/m1-photo/off-day-post.toml", "grade = \"ok\"", "grade = \"best\"");
    assert!(!preview.get(address).await.body.contains("exactly one choice"));
}

#[tokio::test]
async fn a_file_that_cannot_be_read_leaves_the_others_to_look_at() {
    let folder = written();
    edit(&folder, "modules/m1-photo/off-day-post.toml", "kind", "kin");
    let preview = Preview::of(&folder);
    let index = preview.get("/ja").await;
    assert!(index.body.contains("modules/m1-photo/off-day-post.toml:"), "the fault is told");
    assert_eq!(preview.get("/ja/m1-photo/ward-page").await.status, StatusCode::OK);
    assert_eq!(preview.get("/ja/m1-photo/off-day-post").await.status, StatusCode::NOT_FOUND);
    fs::remove_dir_all(&folder).expect("taken away");
    let gone = preview.get("/ja").await;
    assert_eq!(gone.status, StatusCode::OK, "and a folder that is gone is told as well");
}

#[tokio::test]
async fn a_story_has_its_drawing() {
    let preview = Preview::of(&written());
    let svg = preview.get("/en/m3-night/friday-night/story.svg").await;
    assert_eq!(svg.headers.get("content-type").and_then(|kind| kind.to_str().ok()), Some("image/svg+xml"));
    assert!(svg.body.contains("Best choice"));
}

#[tokio::test]
async fn the_other_language_is_the_same_page() {
    let preview = Preview::of(&written());
    for (from, to) in [
        ("/ja/m1-photo/ward-page", "/en/m1-photo/ward-page"),
        ("/show/ja/m1-photo/ward-page/W10/1", "/show/en/m1-photo/ward-page/W10/1"),
        ("//elsewhere.example/ja", "/en"),
    ] {
        let answer = preview.post("/language", &[("lang", "en"), ("return_to", from)]).await;
        assert_eq!(answer.location(), to);
    }
}

#[tokio::test]
async fn on_ones_own_machine_only_its_own_names_are_answered() {
    let folder = written();
    let ask = |host: &str| Request::get("/ja").header(HOST, host).body(Body::empty()).expect("a request");
    let private = Preview::of(&folder);
    for host in ["localhost:3010", "127.0.0.1:3010", "[::1]:3010"] {
        assert_eq!(private.ask(ask(host)).await.status, StatusCode::OK, "{host}");
    }
    assert_eq!(private.ask(ask("elsewhere.example")).await.status, StatusCode::MISDIRECTED_REQUEST);
    let open = Preview(router(Desk::new(folder, false)));
    assert_eq!(open.ask(ask("ward-pc:3010")).await.status, StatusCode::OK, "somebody has said so");
}
