//! A short course: one module of the catalogue and a test of five questions, with a few words of its own.

use kokoroe_courses::Sources;
use kokoroe_server::id::{PeriodId, StaffId};
use kokoroe_server::training::Content;

use super::solve::{self, Temper};
use super::{Browser, TestSite};

/// The module.
pub(crate) const MODULE: &str = "m1-photo";

/// The first of the five families of the test that is asked again, and the one that asks about the same clause and is not.
pub(crate) const CARDS: [&str; 4] = ["photo-background", "consent-scope", "low-star", "ready-post"];

/// The course.
pub(crate) fn short_course() -> Content {
    let all = Sources::embedded();
    let kept =
        |path: &str| !path.starts_with("final-test/pool-") || path.starts_with("final-test/pool-official");
    let files = all.iter().filter(|(path, _)| kept(path)).map(|(path, text)| {
        let text = match path {
            "course.toml" => COURSE.to_owned(),
            "final-test/module.toml" => set(text, "draw", "5"),
            "modules/m1-photo/module.toml" => {
                set(text, "recall", "[\"photo-background\", \"consent-scope\", \"low-star\"]")
            }
            "modules/m1-photo/off-day-post.toml" => format!("{text}{EXAMPLES}"),
            _ => text.to_owned(),
        };
        (path.to_owned(), text)
    });
    let mut sources: Sources = files.collect();
    sources.extend([
        ("modules/m1-photo/01-read.easy.md", "# やさしい題\n\nこれは やさしい文です。写真を 見ます。\n"),
        (
            "modules/m1-photo/off-day-post.easy.toml",
            "[\"ask\"]\neasy = \"これを 見ました。どうしますか。\"\n",
        ),
    ]);
    Content::read(&sources).expect("a catalogue")
}

const COURSE: &str = r#"
schema = 1
id = "sns"
title = "SNSの約束"
modules = ["m1-photo", "final-test"]
policy = "sns"
"#;

const EXAMPLES: &str = "
[[as]]
roles = [\"nurse\"]
scene = \"病棟の看護師の例です。\"

[[as]]
roles = [\"manager\"]
scene = \"所属長の例です。\"
";

/// Replaces a line of a file.
fn set(text: &str, name: &str, value: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let of = |line: &String| line.split('=').next().is_some_and(|key| key.trim() == name);
    let at = lines.iter().position(of).expect(name);
    lines[at] = format!("{name} = {value}");
    lines.join("\n") + "\n"
}

/// Goes through a module with the best answers, up to a question or to its end. A question in `wrong` is answered at its worst the
/// first time; whoever is asked how sure they are says so at this level. Gives the address of the step that is open.
pub(crate) async fn learn(
    test: &TestSite,
    browser: &mut Browser,
    (staff, period): (&StaffId, &PeriodId),
    module: &str,
    until: Option<&str>,
    (wrong, level): (&str, &str),
) -> String {
    let base = format!("/learn/{period}/{module}");
    browser.post(&base, &[]).await;
    let mut first = true;
    loop {
        let best = solve::answer(&test.site, staff, period, module, Temper::Best).await;
        let Some(mut ask) = best else { return format!("{base}/done") };
        let step = format!("{base}/{}", ask.turn);
        if until.is_some() && ask.question.as_deref() == until {
            return step;
        }
        if first && ask.question.as_deref() == Some(wrong) {
            first = false;
            ask = solve::answer(&test.site, staff, period, module, Temper::Worst).await.expect("asked");
        }
        for (_, value) in ask.fields.iter_mut().filter(|(name, _)| name == "level") {
            level.clone_into(value);
        }
        let fields: Vec<(&str, &str)> =
            ask.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let saved = browser.post(&step, &fields).await;
        assert_eq!(saved.status, http::StatusCode::SEE_OTHER, "{step}: {}", saved.body);
    }
}

/// Goes through a module with the best answers, to its end.
pub(crate) async fn finish(
    test: &TestSite,
    browser: &mut Browser,
    staff: &StaffId,
    period: &PeriodId,
    module: &str,
) {
    learn(test, browser, (staff, period), module, None, ("", "3")).await;
}
