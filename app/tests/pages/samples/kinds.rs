//! Items in which something is picked, marked, decided row by row, changed, found out or looked up: fresh, with an error, answered.

mod asked;

use super::step::head;
use super::{Sample, failed, pick, post, ruby, sample, w};
use asked::{
    audience, checklist, contact, ids, long_pick, lookup, mark, mosaic, problems, redact, reflect, sort,
    triage,
};
use kokoroe_app::Lang;
use kokoroe_app::training::{
    AnswerError, Asked, ChecklistView, Checklists, PartAct, PostAct, Scene, StepPage, TextAct, Way,
};
use kokoroe_app::ui::Skin;

fn page(lang: Lang, asked: Asked) -> StepPage {
    StepPage {
        head: head(lang),
        clock: None,
        log: Vec::new(),
        scene: Scene::default(),
        asked,
        action: "/learn/1/3".into(),
        answered: None,
        error: None,
    }
}

fn wrong(lang: Lang, asked: Asked, error: AnswerError) -> StepPage {
    StepPage { error: Some(error), ..page(lang, asked) }
}

fn done(lang: Lang, asked: Asked) -> StepPage {
    StepPage { answered: Some("/learn/1/3/why".into()), ..page(lang, asked) }
}

fn feed(lang: Lang) -> Scene {
    Scene {
        setting: Some(w(
            lang,
            "昼休みに、病院とよく似た名前のアカウントが目に入りました。",
            "At lunch an account catches your eye whose name is much like the hospital's.",
        )),
        feed: vec![post(lang, "p1", Skin::Short)],
        ..Scene::default()
    }
}

fn unanswered(fields: &[&str]) -> AnswerError {
    AnswerError::Unanswered(ids(fields))
}

pub(super) fn all(lang: Lang) -> Vec<Sample> {
    let acts = [Some(PostAct::Nothing), Some(PostAct::Reply), Some(PostAct::KeepReport)];
    let edits = [PartAct::Soft, PartAct::Keep, PartAct::Cut];
    let keep = [PartAct::Keep; 3];
    let lists = vec![ChecklistView {
        title: w(lang, "写真を出す前のチェックリスト", "Before you post a photograph"),
        module: w(lang, "写真と患者さんの情報", "Photographs and patients"),
        points: vec![
            (ruby(lang), Some(w(lang, "知らない人は断れません。", "Who does not know cannot refuse."))),
            (w(lang, "場所と日時が分からない", "It does not tell where and when"), None),
        ],
    }];
    vec![
        sample("checklists", lang, Checklists { lists }),
        sample("checklists-empty", lang, Checklists::default()),
        sample("step-spot-list", lang, StepPage { scene: feed(lang), ..page(lang, problems(lang, &[])) }),
        failed("step-spot-list-error", lang, wrong(lang, problems(lang, &[]), AnswerError::Nothing)),
        sample("step-spot-list-answered", lang, done(lang, problems(lang, &["1", "3"]))),
        sample("step-audience", lang, StepPage { scene: feed(lang), ..page(lang, audience(lang, &["1"])) }),
        sample("step-audience-long", lang, page(lang, long_pick(lang))),
        sample("step-mark-text", lang, page(lang, mark(lang, &["1"]))),
        failed("step-mark-text-error", lang, wrong(lang, mark(lang, &[]), AnswerError::Nothing)),
        sample("step-mark-text-answered", lang, done(lang, mark(lang, &["1", "3"]))),
        sample("step-triage", lang, page(lang, triage(lang, [None; 3]))),
        failed(
            "step-triage-error",
            lang,
            wrong(lang, triage(lang, [Some(PostAct::Nothing), None, None]), unanswered(&["row-2", "row-3"])),
        ),
        sample("step-triage-answered", lang, done(lang, triage(lang, acts))),
        sample("step-sort", lang, page(lang, sort(lang, true, [Some("1"), None, None]))),
        sample("step-sort-two", lang, page(lang, sort(lang, false, [None; 3]))),
        failed(
            "step-sort-error",
            lang,
            wrong(lang, sort(lang, true, [Some("1"), None, Some("3")]), unanswered(&["row-2"])),
        ),
        sample("step-sort-answered", lang, done(lang, sort(lang, true, [Some("1"), Some("2"), Some("3")]))),
        sample("step-redact", lang, page(lang, redact(lang, keep, None))),
        sample("step-redact-preview", lang, page(lang, redact(lang, edits, Some(TextAct::Consent)))),
        failed("step-redact-error", lang, wrong(lang, redact(lang, edits, None), unanswered(&["whole"]))),
        sample("step-redact-answered", lang, done(lang, redact(lang, edits, Some(TextAct::Consent)))),
        sample("step-mosaic", lang, StepPage { scene: feed(lang), ..page(lang, mosaic(lang, false)) }),
        failed(
            "step-mosaic-error",
            lang,
            wrong(lang, mosaic(lang, false), unanswered(&["clue", "finding", "cut"])),
        ),
        sample("step-mosaic-answered", lang, done(lang, mosaic(lang, true))),
        sample("step-contact", lang, page(lang, contact(lang, None, None))),
        failed("step-contact-error", lang, wrong(lang, contact(lang, Some("1"), None), unanswered(&["way"]))),
        sample("step-contact-answered", lang, done(lang, contact(lang, Some("1"), Some(Way::Phone)))),
        sample("step-lookup", lang, page(lang, lookup(lang, None))),
        failed("step-lookup-error", lang, wrong(lang, lookup(lang, None), AnswerError::Nothing)),
        sample("step-lookup-answered", lang, done(lang, lookup(lang, Some(5)))),
        sample("step-reflect", lang, page(lang, reflect(lang, ""))),
        failed(
            "step-reflect-error",
            lang,
            wrong(lang, reflect(lang, pick(lang, "長い文", "long")), AnswerError::TooLong(230)),
        ),
        sample("step-reflect-empty-answered", lang, done(lang, reflect(lang, ""))),
        sample("step-checklist", lang, page(lang, checklist(lang, &[]))),
        failed(
            "step-checklist-error",
            lang,
            wrong(lang, checklist(lang, &["1"]), AnswerError::Unticked(ids(&["2", "3"]))),
        ),
        sample("step-checklist-answered", lang, done(lang, checklist(lang, &["1", "2", "3"]))),
    ]
}
