//! The inspection binder and other files that take long.

use super::{Sample, chrome, day, failed, pick, who};
use kokoroe_app::exports::{
    AskFault, BinderForm, BindersPage, ExportsPage, FailureView, HashCheck, JobActions, JobLine, JobPage,
    JobState, Part,
};
use kokoroe_app::reports::{AsOf, Choice, DateError};
use kokoroe_app::{Chrome, Lang, Moment, Page, RoleView, WhoView};

const HASH: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

fn at(hour: u8) -> Moment {
    Moment { day: day(2026, 10, 1), hour, minute: 5, second: 9 }
}

fn line(lang: Lang, state: JobState) -> JobLine {
    let finished = matches!(state, JobState::Finished | JobState::Removed { .. });
    JobLine {
        href: "/office/binder/0".into(),
        title: pick(lang, "SNSの約束 2026年度", "Social media promises, FY2026").into(),
        as_of: AsOf::EndOf(day(2026, 9, 30)),
        conditions: Vec::new(),
        by: pick(lang, "渡邊 学", "Manabu Watanabe").into(),
        at: at(17),
        state,
        size: finished.then_some(2_345_678),
        sha256: finished.then(|| HASH.into()),
    }
}

fn form(lang: Lang) -> BinderForm {
    let choice = |value: &str, ja: &str, en: &str, chosen| Choice {
        value: value.into(),
        words: pick(lang, ja, en).into(),
        depth: 0,
        chosen,
    };
    BinderForm {
        action: "/office/binder".into(),
        form: "0123456789abcdef".into(),
        requirements: vec![
            choice("a", "2026年度　SNSの約束", "FY2026: Social media promises", true),
            choice("b", "2025年度　SNSの約束", "FY2025: Social media promises", false),
        ],
        at: "2026-09-30".into(),
        improve: Some(pick(lang, "夜勤の人に早めに案内する。", "Tell night shifts earlier.").into()),
        faults: Vec::new(),
    }
}

fn binders(lang: Lang) -> BindersPage {
    BindersPage {
        above: ("/office".into(), pick(lang, "全体の状況", "The whole hospital").into()),
        here: "/office/binder".into(),
        form: Some(form(lang)),
        lines: vec![
            line(lang, JobState::Working { done: 7, of: 20 }),
            line(lang, JobState::Waiting),
            line(lang, JobState::Finished),
            line(lang, JobState::Failed(FailureView::NoSpace)),
            line(lang, JobState::Withdrawn),
            line(lang, JobState::Removed { at: at(9), by: None, why: String::new() }),
        ],
        part: Part { first: 1, last: 6, of: 26, before: None, after: Some("/office/binder?page=2".into()) },
        check: HashCheck {
            typed: HASH.into(),
            unreadable: false,
            found: vec![line(lang, JobState::Finished)],
        },
    }
}

fn job(lang: Lang, state: JobState) -> JobPage {
    let on = || Some("/office/binder/0/x".to_owned());
    let actions = JobActions {
        take: on().filter(|_| state == JobState::Finished),
        withdraw: on().filter(|_| state.is_under_way()),
        again: on().filter(|_| matches!(state, JobState::Failed(_))),
        remove: on().filter(|_| state == JobState::Finished),
    };
    JobPage {
        back: ("/office/binder".into(), pick(lang, "監査用ファイルの一覧", "Inspection binders").into()),
        what: pick(lang, "監査用ファイル", "Inspection binder").into(),
        line: line(lang, state),
        figures: "/office/binder/0/figures".into(),
        actions,
        kept_days: None,
        no_reason: false,
    }
}

fn desk(name: &'static str, lang: Lang, role: RoleView, page: impl Page) -> Sample {
    let who = WhoView { roles: vec![RoleView::Learner, role], ..who(lang) };
    let path = if role == RoleView::Auditor { "/audit/binder" } else { "/office/binder" };
    let chrome = Chrome { who: Some(who), path: path.to_owned(), ..chrome(lang) };
    Sample { name, html: kokoroe_app::html(chrome, page), has_error: false }
}

pub(super) fn all(lang: Lang) -> Vec<Sample> {
    let office = RoleView::Office;
    let none = BindersPage {
        form: None,
        lines: Vec::new(),
        part: Part::default(),
        check: HashCheck::default(),
        ..binders(lang)
    };
    let faults = vec![AskFault::Day(DateError::Future), AskFault::TooLong { found: 2_003, most: 2_000 }];
    let wrong = BindersPage {
        form: Some(BinderForm { faults, ..form(lang) }),
        check: HashCheck::default(),
        ..binders(lang)
    };
    let auditor = BindersPage {
        above: ("/audit".into(), pick(lang, "監査", "Audit").into()),
        form: Some(BinderForm { improve: None, ..form(lang) }),
        check: HashCheck { typed: HASH.into(), unreadable: false, found: Vec::new() },
        ..binders(lang)
    };
    let removed = JobState::Removed {
        at: at(9),
        by: Some(pick(lang, "渡邊 学", "Manabu Watanabe").into()),
        why: pick(lang, "作り直したため", "Made anew").into(),
    };
    let list = JobLine {
        conditions: vec![(pick(lang, "職種", "Profession").into(), pick(lang, "看護師", "Nurse").into())],
        ..line(lang, JobState::Finished)
    };
    let exports = ExportsPage { lines: vec![list], part: Part::default(), kept_days: 14 };
    vec![
        desk("binders", lang, office, binders(lang)),
        desk("binders-none", lang, office, none),
        failed("binders-wrong", lang, wrong),
        desk("binders-auditor", lang, RoleView::Auditor, auditor),
        desk("binder-waiting", lang, office, job(lang, JobState::Waiting)),
        desk("binder-working", lang, office, job(lang, JobState::Working { done: 7, of: 20 })),
        desk("binder-finished", lang, office, job(lang, JobState::Finished)),
        desk("binder-failed", lang, office, job(lang, JobState::Failed(FailureView::Interrupted))),
        desk("binder-withdrawn", lang, office, job(lang, JobState::Withdrawn)),
        desk("binder-removed", lang, office, job(lang, removed)),
        desk("binder-no-reason", lang, office, JobPage { no_reason: true, ..job(lang, JobState::Finished) }),
        desk("exports", lang, office, exports.clone()),
        desk("exports-none", lang, office, ExportsPage { lines: Vec::new(), ..exports }),
    ]
}
