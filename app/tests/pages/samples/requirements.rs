use super::{Sample, chrome, day, pick, who};
use kokoroe_app::requirements::{
    AskError, AttendanceCheck, AttendanceError, AttendanceForm, Attending, AttendingLine, AudienceView,
    CloseRequirement, CycleView, DecideError, DraftLine, DryRun, Effect, ExceptionAsk, ExceptionDecide,
    ExceptionKind, ExceptionLine, ExceptionList, ExceptionRowView, ExceptionState, FormFault, Planned,
    PlannedPerson, RequirementForm, RequirementLine, RequirementList, RequirementPage, TickBox, WayView,
};
use kokoroe_app::ui::Rate;
use kokoroe_app::ui::field::SelectOption;
use kokoroe_app::{Chrome, Lang, Moment, Page, RoleView, WhoView};

fn office(name: &'static str, lang: Lang, page: impl Page) -> Sample {
    let who = WhoView { roles: vec![RoleView::Learner, RoleView::Office], ..who(lang) };
    let chrome = Chrome { who: Some(who), path: "/office/requirements".into(), ..chrome(lang) };
    Sample { name, html: kokoroe_app::html(chrome, page), has_error: false }
}

fn failed(sample: Sample) -> Sample {
    Sample { has_error: true, ..sample }
}

fn at() -> Moment {
    Moment { day: day(2026, 10, 1), hour: 9, minute: 5, second: 0 }
}

fn audience(lang: Lang) -> AudienceView {
    AudienceView {
        departments: vec![pick(lang, "看護部", "Nursing").into(), "広報課 <b>".into()],
        professions: vec!["看護師".into()],
        joined_from: Some(day(2020, 4, 1)),
        except: vec![pick(lang, "手術室", "Theatre").into()],
        ..AudienceView::default()
    }
}

fn line(lang: Lang, over: bool) -> RequirementLine {
    RequirementLine {
        title: pick(lang, "院内で撮影する人の研修", "Training for taking pictures").into(),
        whom: audience(lang).short(lang),
        cycle: pick(lang, "修了から12か月ごと", "every 12 months from the completion").into(),
        opens: day(2026, 4, 1),
        due: day(2026, 10, 31),
        over,
        rate: Rate { done: 205, of: 210 },
        href: "/office/requirements/1".into(),
    }
}

fn list(lang: Lang) -> RequirementList {
    RequirementList {
        drafts: vec![
            DraftLine {
                title: "採用時の研修 <script>".into(),
                changes: false,
                by: "渡邊 学".into(),
                at: at(),
                href: "/office/requirements/drafts/1".into(),
            },
            DraftLine {
                title: pick(lang, "SNSの約束 2026年度", "Our promises, FY2026").into(),
                changes: true,
                by: "渡邊 学".into(),
                at: at(),
                href: "/office/requirements/drafts/2".into(),
            },
        ],
        open: vec![line(lang, false)],
        over: vec![line(lang, true)],
        new: "/office/requirements/new".into(),
        exceptions: ("/office/exceptions".into(), 3),
        attendance: "/office/attendance".into(),
    }
}

fn form(lang: Lang) -> RequirementForm {
    let tick = |value: &str, ticked| TickBox { value: value.into(), words: value.into(), ticked };
    RequirementForm {
        title: pick(lang, "院内で撮影する人の研修", "Training for taking pictures").into(),
        basis: pick(lang, "SNS利用規程 第3条", "Social media policy, clause 3").into(),
        modules: vec![tick("m1", true), tick("m2", false)],
        opens: "2026-10-01".into(),
        due: "2026-11-30".into(),
        cycle: CycleView::Rolling,
        months: "12".into(),
        departments: vec![tick("3病棟", true), tick("4病棟", false)],
        professions: vec![tick("看護師", false)],
        employments: vec![tick("常勤", false)],
        except_departments: vec![tick("3病棟", false)],
        joiner: "60".into(),
        back: "30".into(),
        least: "14".into(),
        renewal: "60".into(),
        gap: "0".into(),
        action: "/office/requirements/new".into(),
        back_to: "/office/requirements".into(),
        ..RequirementForm::default()
    }
}

fn wrong(lang: Lang) -> RequirementForm {
    RequirementForm {
        title: String::new(),
        due: "きのう".into(),
        faults: vec![
            FormFault::NoTitle,
            FormFault::Day("due"),
            FormFault::Number("months", 1, 120),
            FormFault::Nobody("999999".into()),
        ],
        conflict: true,
        ..form(lang)
    }
}

fn planned(people: u32) -> Planned {
    let person = |number: &str| PlannedPerson {
        name: "髙﨑 𠮷郎".into(),
        number: number.into(),
        department: Some("3病棟".into()),
        day: Some(day(2026, 10, 31)),
    };
    Planned { people, first: vec![person("100001"), person("100002")] }
}

fn dry_run(lang: Lang) -> DryRun {
    DryRun {
        title: pick(lang, "院内で撮影する人の研修", "Training for taking pictures").into(),
        changes: true,
        whom: audience(lang),
        cycle: pick(lang, "2026年度に1回", "once in FY2026").into(),
        opens: day(2026, 10, 1),
        due: day(2026, 11, 30),
        later: false,
        give: planned(37),
        late: planned(2),
        release: planned(4),
        take_back: Planned::default(),
        validity: planned(12),
        stale: true,
        version: 2,
        seen: "0123456789abcdef".into(),
        action: "/office/requirements/drafts/1/dry-run".into(),
        edit: "/office/requirements/drafts/1".into(),
        discard: "/office/requirements/drafts/1/discard".into(),
    }
}

fn page(lang: Lang) -> RequirementPage {
    RequirementPage {
        title: pick(lang, "院内で撮影する人の研修", "Training for taking pictures").into(),
        basis: "SNS利用規程 第3条".into(),
        whom: audience(lang),
        cycle: pick(lang, "修了から12か月ごと", "every 12 months from the completion").into(),
        opens: day(2026, 4, 1),
        due: day(2026, 10, 31),
        valid_to: Some(day(2027, 3, 31)),
        days: vec![pick(lang, "入職した人は入職日から60日", "60 days from the first day of work").into()],
        modules: vec![(None, vec![pick(lang, "写真の背景", "What stands behind").into()])],
        closed: None,
        over: false,
        rate: Rate { done: 205, of: 210 },
        waiting: 1200,
        changes: 1,
        people: "/office/departments/all".into(),
        change: "/office/requirements/1/change".into(),
        close: "/office/requirements/1/close".into(),
    }
}

fn asked(lang: Lang, state: ExceptionState) -> ExceptionLine {
    ExceptionLine {
        kind: ExceptionKind::Extend,
        asked: at(),
        by: Some("阿部 洋子".into()),
        until: Some(day(2026, 11, 30)),
        words: Some(pick(lang, "夜勤が続くため <i>", "Night shifts <i>").into()),
        state,
    }
}

fn ask(lang: Lang) -> ExceptionAsk {
    ExceptionAsk {
        title: pick(lang, "SNSの約束 2026年度", "Our promises, FY2026").into(),
        person: Some("鈴木 一郎".into()),
        due: day(2026, 10, 31),
        kinds: vec![
            ExceptionKind::Extend,
            ExceptionKind::Assist,
            ExceptionKind::Exempt,
            ExceptionKind::Leave,
        ],
        chosen: None,
        words: String::new(),
        from: String::new(),
        until: String::new(),
        error: None,
        before: vec![
            asked(lang, ExceptionState::Refused(pick(lang, "まだ間に合います", "There is time").into())),
            asked(lang, ExceptionState::Granted(Some(day(2026, 11, 20)), "業務の都合".into())),
        ],
        sent: true,
        action: "/exceptions/1".into(),
        back: ("/".into(), pick(lang, "わたしの研修", "My training").into()),
    }
}

fn decide(lang: Lang) -> ExceptionDecide {
    ExceptionDecide {
        person: pick(lang, "鈴木 一郎", "Ichiro Suzuki").into(),
        number: "100001".into(),
        department: Some("3病棟".into()),
        person_href: "/office/people/1".into(),
        title: pick(lang, "SNSの約束 2026年度", "Our promises, FY2026").into(),
        due: day(2026, 10, 31),
        line: asked(lang, ExceptionState::Waiting),
        others: vec![asked(lang, ExceptionState::Refused("業務の都合".into()))],
        effects: vec![Effect {
            of: "3病棟".into(),
            now: Rate { done: 5, of: 10 },
            then: Rate { done: 5, of: 9 },
        }],
        own: false,
        open: true,
        until: "2026-11-30".into(),
        reply: String::new(),
        error: None,
        action: "/office/exceptions/1".into(),
    }
}

fn exceptions(lang: Lang) -> ExceptionList {
    let row = |granted| ExceptionRowView {
        kind: ExceptionKind::Exempt,
        person: "鈴木 一郎".into(),
        department: Some("3病棟".into()),
        title: pick(lang, "SNSの約束 2026年度", "Our promises, FY2026").into(),
        by: "阿部 洋子".into(),
        asked: at(),
        until: Some(day(2026, 11, 30)),
        granted,
        href: "/office/exceptions/1".into(),
    };
    ExceptionList {
        open: vec![row(None)],
        decided: vec![row(Some(true)), row(Some(false))],
        older: Some("/office/exceptions?page=2".into()),
        newer: None,
    }
}

fn attendance(lang: Lang) -> AttendanceForm {
    let option = |value: &str, words: &str| SelectOption {
        value: value.into(),
        words: words.into(),
        chosen: value == "1",
    };
    AttendanceForm {
        requirements: vec![
            option("1", pick(lang, "SNSの約束 2026年度", "Our promises, FY2026")),
            option("2", pick(lang, "撮影 <b>", "Pictures <b>")),
        ],
        way: WayView::Classroom,
        held: "2026-10-01".into(),
        numbers: "100001 100002".into(),
        errors: Vec::new(),
        recorded: Some(2),
        action: "/office/attendance".into(),
    }
}

fn attendance_check(lang: Lang) -> AttendanceCheck {
    let line =
        |number: &str, what| AttendingLine { number: number.into(), name: "髙﨑 𠮷郎".into(), what };
    AttendanceCheck {
        title: pick(lang, "SNSの約束 2026年度", "Our promises, FY2026").into(),
        way: WayView::Paper,
        held: day(2026, 10, 1),
        sheet: "名簿 <1>.pdf".into(),
        sha256: "5c".repeat(32),
        lines: vec![
            line("100001", Attending::Recorded),
            line("100002", Attending::Already),
            line("999999", Attending::Unknown),
            line("100001", Attending::Twice),
            line("100003", Attending::NotOwed),
        ],
        fields: vec![("numbers".into(), "100001 <b>".into())],
        action: "/office/attendance/record".into(),
        back: "/office/attendance".into(),
    }
}

pub(crate) fn all(lang: Lang) -> Vec<Sample> {
    let empty = RequirementList { drafts: Vec::new(), open: Vec::new(), over: Vec::new(), ..list(lang) };
    let quiet = ExceptionList { open: Vec::new(), decided: Vec::new(), older: None, newer: None };
    let own = ExceptionDecide { own: true, ..decide(lang) };
    let closed = RequirementPage { closed: Some(at()), waiting: 0, ..page(lang) };
    let change = RequirementForm {
        changes: Some(pick(lang, "SNSの約束 2026年度", "Our promises, FY2026").into()),
        ..form(lang)
    };
    let unsaid = ExceptionDecide { error: Some(DecideError::NoWords), ..decide(lang) };
    let unasked = ExceptionAsk { error: Some(AskError::NoEnd), sent: false, ..ask(lang) };
    let unsigned = AttendanceForm {
        errors: vec![AttendanceError::Day, AttendanceError::NoPeople, AttendanceError::NoSheet],
        recorded: None,
        ..attendance(lang)
    };
    let close = CloseRequirement {
        title: "SNSの約束 2026年度".into(),
        open: 12,
        action: "/office/requirements/1/close".into(),
        back: "/office/requirements/1".into(),
    };
    vec![
        office("requirements", lang, list(lang)),
        office("requirements-empty", lang, empty),
        office("attendance", lang, attendance(lang)),
        failed(office("attendance-wrong", lang, unsigned)),
        office("attendance-check", lang, attendance_check(lang)),
        office("requirement-form", lang, form(lang)),
        failed(office("requirement-form-wrong", lang, wrong(lang))),
        office("requirement-change", lang, change),
        office("requirement-dry-run", lang, dry_run(lang)),
        office("requirement", lang, page(lang)),
        office("requirement-closed", lang, closed),
        office("requirement-close", lang, close),
        office("exception-ask", lang, ask(lang)),
        failed(office("exception-ask-wrong", lang, unasked)),
        office("exceptions", lang, exceptions(lang)),
        office("exceptions-empty", lang, quiet),
        office("exception-decide", lang, decide(lang)),
        office("exception-decide-own", lang, own),
        failed(office("exception-decide-wrong", lang, unsaid)),
    ]
}
