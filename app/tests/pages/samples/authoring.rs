use super::{Sample, chrome, pick, w};
use kokoroe_app::authoring::{
    AuthorIndex, AuthorScreen, FaultLine, FrameView, ModulePart, ScreenLine, StateGroup, StateLink, ViewLink,
};
use kokoroe_app::training::StepKind;
use kokoroe_app::ui::Verdict;
use kokoroe_app::ui::trail::Crumb;
use kokoroe_app::{Lang, Page};

/// A page of an author: nobody is signed in.
fn sample(name: &'static str, lang: Lang, page: impl Page) -> Sample {
    Sample { name, html: kokoroe_app::html(chrome(lang), page), has_error: false }
}

fn faults() -> Vec<FaultLine> {
    let line = |error, line, message: &str| FaultLine {
        error,
        file: "modules/m1-photo/quiz.toml".into(),
        line,
        message: message.into(),
    };
    vec![
        line(true, 35, "exactly one choice is `best`; here there are 2"),
        line(false, 48, "a sentence has 64 characters; up to 60 read well. Make it two"),
    ]
}

fn index(lang: Lang) -> AuthorIndex {
    AuthorIndex {
        folder: "courses/catalog".into(),
        errors: 1,
        warnings: 1,
        modules: vec![ModulePart {
            title: w(lang, "写真に写るもの", "What a photo shows"),
            id: "m1-photo".into(),
            folder: "modules/m1-photo/".into(),
            minutes: 9,
            intro: "/show/ja/m1-photo".into(),
            screens: vec![
                ScreenLine {
                    kind: StepKind::Read,
                    title: w(lang, "背景が先、笑顔はあと", "The background first"),
                    id: "01-read".into(),
                    href: "/ja/m1-photo/01-read".into(),
                    errors: 0,
                    warnings: 0,
                },
                ScreenLine {
                    kind: StepKind::Judge,
                    title: w(lang, "この投稿を見て、どうしますか。", "You see this post. What do you do?"),
                    id: "quiz".into(),
                    href: "/ja/m1-photo/quiz".into(),
                    errors: 1,
                    warnings: 1,
                },
            ],
            faults: Vec::new(),
        }],
        faults: Vec::new(),
        watch: "/revision".into(),
        revision: "0123".into(),
    }
}

fn screen(lang: Lang, faults: Vec<FaultLine>) -> AuthorScreen {
    let state =
        |answer, verdict, current| StateLink { answer, verdict, href: "/ja/m1-photo/quiz".into(), current };
    AuthorScreen {
        kind: StepKind::Judge,
        title: w(lang, "この投稿を見て、どうしますか。", "You see this post. What do you do?"),
        above: vec![Crumb {
            words: pick(lang, "教材の下見", "Preview of the courses").into(),
            href: "/ja".into(),
        }],
        faults,
        widths: vec![
            ViewLink { words: "320 px".into(), href: "/ja/m1-photo/quiz?width=320".into(), current: true },
            ViewLink { words: "390 px".into(), href: "/ja/m1-photo/quiz?width=390".into(), current: false },
        ],
        states: vec![StateGroup {
            name: "quiz".into(),
            states: vec![
                state(None, None, true),
                state(Some(w(lang, "このままでよい", "Leave it as it is")), Some(Verdict::Best), false),
                state(Some(w(lang, "広める", "Pass it on")), Some(Verdict::Harm), false),
            ],
        }],
        frames: vec![FrameView {
            width: 320,
            shown: lang.into(),
            src: "/show/ja/m1-photo/quiz/W10/1".into(),
        }],
        drawing: Some("/ja/m1-photo/quiz/story.svg".into()),
        previous: Some("/ja/m1-photo/01-read".into()),
        next: None,
        watch: "/revision".into(),
        revision: "0123".into(),
    }
}

/// All samples of this file.
pub(super) fn all(lang: Lang) -> Vec<Sample> {
    vec![
        sample("author-index", lang, index(lang)),
        sample("author-screen", lang, screen(lang, Vec::new())),
        sample("author-screen-faults", lang, screen(lang, faults())),
    ]
}
