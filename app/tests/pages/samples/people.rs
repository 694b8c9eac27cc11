use super::reorganise::managing;
use super::{Sample, chrome, day, failed, pick, sample, who};
use kokoroe_app::people::{
    AddedRow, BadLine, Belonging, ChangedRow, CodeCard, CodeSheet, CodeUntil, ConfirmError, DepartmentNode,
    DepartmentRow, DepartmentRowChange, DepartmentTree, ErasedLine, ErasureBasis, ErasureError, ErasurePage,
    ErasureState, FileFault, ImportForm, ImportLine, KeptRow, KeptUntil, LeavingRow, Listed, ManyLeave,
    MovedRow, OverLine, PeopleList, PeopleState, PersonRow, PlanNotice, PlanPage, PlanRows, PlanState,
    PlanTab, RenewCode, RenewCodeError, RenewCodeState, RetentionPage, RowFault, SignInSwitch, StaffColumn,
    WaitingLine,
};
use kokoroe_app::{Chrome, Lang, Moment, Page, RoleView, WhoView};

pub(super) fn office(name: &'static str, lang: Lang, page: impl Page) -> Sample {
    let who = WhoView { roles: vec![RoleView::Learner, RoleView::Office], ..who(lang) };
    let chrome = Chrome { who: Some(who), path: "/office/people".into(), ..chrome(lang) };
    Sample { name, html: kokoroe_app::html(chrome, page), has_error: false }
}

fn at() -> Moment {
    Moment { day: day(2026, 10, 1), hour: 9, minute: 5, second: 0 }
}

fn person(number: &str, name: &str, kana: &str, belonging: Belonging) -> PersonRow {
    PersonRow {
        number: number.into(),
        name: name.into(),
        kana: kana.into(),
        department: Some(("0310".into(), "3病棟".into())),
        profession: "看護師".into(),
        belonging,
        href: format!("/office/people/{number}"),
        record: format!("/office/people/{number}/record"),
        code: (!matches!(belonging, Belonging::Left(_))).then(|| format!("/office/people/{number}/code")),
        switch: (!matches!(belonging, Belonging::Left(_)))
            .then(|| SignInSwitch::Stop(format!("/office/people/{number}/disable"))),
    }
}

fn list() -> PeopleList {
    PeopleList {
        query: "たか".into(),
        state: PeopleState::Both,
        below: Some(("x".into(), "看護部".into())),
        rows: vec![
            person("00123", "髙﨑 𠮷郎", "タカサキ ヨシロウ", Belonging::InPost),
            PersonRow {
                code: None,
                switch: Some(SignInSwitch::Allow("/office/people/00124/enable".into())),
                ..person("00124", "髙橋 花子", "タカハシ ハナコ", Belonging::Leaves(day(2027, 3, 31)))
            },
            person(
                "00125",
                "=HYPERLINK(\"http://x\")<img src=x onerror=alert(1)>",
                "",
                Belonging::Begins(day(2026, 11, 1)),
            ),
            PersonRow {
                department: None,
                ..person("00126", "スカルノ", "", Belonging::Left(day(2026, 3, 31)))
            },
        ],
        listed: Listed {
            first: 51,
            last: 54,
            of: 120,
            before: Some("/office/people?page=1".into()),
            after: None,
        },
        address: "/office/people".into(),
        import: "/office/people/import".into(),
        departments: "/office/departments".into(),
    }
}

fn form() -> ImportForm {
    ImportForm {
        action: "/office/people/import".into(),
        earlier: vec![
            ImportLine {
                file: "職員一覧.xlsx".into(),
                at: at(),
                confirmed: Some(at()),
                href: "/office/people/import/1".into(),
            },
            ImportLine {
                file: "\"><img src=x>.csv".into(),
                at: at(),
                confirmed: None,
                href: "/office/people/import/2".into(),
            },
        ],
        people: "/office/people".into(),
        ..ImportForm::default()
    }
}

fn plan(tab: PlanTab, rows: PlanRows) -> PlanPage {
    PlanPage {
        file: "職員一覧.xlsx".into(),
        made: at(),
        by: "渡邊 学".into(),
        complete: true,
        on: day(2026, 10, 1),
        counts: PlanTab::ALL.into_iter().zip([1, 2, 1, 1, 30, 3, 2]).collect(),
        unchanged: 180,
        tab,
        rows,
        listed: Listed { first: 1, last: 1, of: 12, before: None, after: None },
        query: String::new(),
        state: PlanState::Waiting { seal: "abc".into(), many: None, ticked: false, typed: String::new() },
        notice: None,
        errors: Vec::new(),
        address: "/office/people/import/1".into(),
        import: "/office/people/import".into(),
        people: "/office/people".into(),
    }
}

fn changes() -> PlanRows {
    PlanRows::Changed(vec![ChangedRow {
        row: 12,
        number: "00124".into(),
        name: "渡邊 花子".into(),
        differences: vec![
            (StaffColumn::Family, "髙橋".into(), "渡邊".into()),
            (StaffColumn::Left, String::new(), "2027-03-31".into()),
            (StaffColumn::Left, "2026-03-31".into(), String::new()),
        ],
    }])
}

fn moves() -> PlanRows {
    PlanRows::Moved(vec![MovedRow {
        row: 13,
        number: "00123".into(),
        name: "髙﨑 𠮷郎".into(),
        main: Some((Some("0310 3病棟".into()), "0320 4病棟".into())),
        begins: vec!["0400 医療安全室".into()],
        ends: vec!["0500 外来".into()],
        hands_over: vec!["0310 3病棟".into()],
        on: day(2026, 10, 1),
    }])
}

fn bad() -> PlanRows {
    PlanRows::Bad(vec![BadLine {
        row: 14,
        number: "1".into(),
        name: "〓田 一郎".into(),
        faults: vec![
            RowFault::Garbled { column: StaffColumn::FullName, mark: "〓".into() },
            RowFault::Gone,
            RowFault::LostZeros { column: StaffColumn::Number, value: "1".into(), known: "00001".into() },
            RowFault::OtherName { code: "0310".into(), names: vec!["3病棟".into(), "三病棟".into()] },
        ],
    }])
}

fn added() -> PlanRows {
    PlanRows::Added(vec![AddedRow {
        row: 2,
        number: "00200".into(),
        name: "アナ マリア デ ソウザ フェレイラ".into(),
        kana: String::new(),
        departments: vec!["0310 3病棟".into(), "0400 医療安全室".into()],
        profession: "医師".into(),
        joined: day(2026, 11, 1),
    }])
}

fn departments() -> PlanRows {
    let row = |code: &str, change| DepartmentRow { code: code.into(), change };
    PlanRows::Departments(vec![
        row("0330", DepartmentRowChange::New { name: "手術室".into(), parent: Some("0300 看護部".into()) }),
        row("0320", DepartmentRowChange::Renamed { before: "4病棟".into(), after: "4病棟（東）".into() }),
        row("0320", DepartmentRowChange::Moved { before: None, after: "0300 看護部".into() }),
    ])
}

fn leaving() -> PlanRows {
    PlanRows::Leaving(vec![LeavingRow {
        number: "00126".into(), name: "加藤 凛".into(), department: None
    }])
}

fn tree() -> DepartmentTree {
    let node = |code: &str, name: &str, people, below, children| DepartmentNode {
        code: code.into(),
        name: name.into(),
        people,
        below,
        managers: if below > 0 { managing() } else { Vec::new() },
        closed: below == 0,
        opens: (code == "0310").then(|| day(2027, 4, 1)),
        record: format!("/office/departments/{code}/record"),
        href: format!("/office/people?below={code}"),
        children,
    };
    let wards = vec![node("0310", "3病棟", 34, 34, Vec::new()), node("0320", "4病棟", 0, 0, Vec::new())];
    DepartmentTree {
        departments: vec![node("0000", "病院", 1, 240, vec![node("0300", "看護部", 3, 37, wards)])],
        nowhere: 2,
        open: "/office/departments/open".into(),
        people: "/office/people".into(),
    }
}

fn kept(lang: Lang) -> PlanRows {
    let row = |row, name: &str, what: &str| KeptRow {
        row,
        number: "00127".into(),
        name: name.into(),
        what: what.into(),
        entered: day(2026, 9, 24),
    };
    PlanRows::Kept(vec![
        row(Some(8), "阿部 洋子", pick(lang, "所属", "where they work")),
        row(None, "森 薫", pick(lang, "休職", "their leave")),
    ])
}

fn codes(lang: Lang) -> CodeSheet {
    let card = |number: &str, name: &str| CodeCard {
        number: number.into(),
        name: name.into(),
        department: "3病棟".into(),
        code: "K7QM-2XWB-9HTD".into(),
        until: CodeUntil::Day(day(2026, 10, 31)),
    };
    CodeSheet {
        cards: vec![
            card("00200", "髙橋 花子"),
            card("00201", "アナ マリア デ ソウザ フェレイラ"),
            CodeCard { department: "4病棟".into(), ..card("00202", "𠮷田 恵") },
            CodeCard { department: String::new(), ..card("00203", "スカルノ") },
        ],
        place: "kokoroe.example.jp/sign-in/first".into(),
        help: pick(lang, "教育研修室 内線 2345", "Training office, ext. 2345").into(),
        import: Some("/office/people/import/1".into()),
        people: "/office/people".into(),
    }
}

fn renew(state: RenewCodeState) -> RenewCode {
    RenewCode {
        name: "髙橋 花子".into(),
        number: "00200".into(),
        minutes: 30,
        state,
        action: "/office/people/1/code".into(),
        people: "/office/people".into(),
    }
}

fn erasure(state: ErasureState) -> ErasurePage {
    ErasurePage {
        name: "髙橋 花子".into(),
        number: "00200".into(),
        left: Some(day(2021, 3, 31)),
        state,
        person: "/office/people/1".into(),
        action: "/office/people/1/erasure".into(),
    }
}

fn waiting(own: bool, error: Option<ErasureError>) -> ErasureState {
    ErasureState::Waiting { by: "渡邊 学".into(), at: at(), basis: ErasureBasis::Retention, own, error }
}

fn erasures(lang: Lang) -> Vec<Sample> {
    let kept = |year| KeptUntil { day: day(2026, 4, 1), year, years: 5 };
    let done = |swept| ErasureState::Done {
        at: at(),
        basis: ErasureBasis::Wish,
        asked_by: Some("渡邊 学".into()),
        done_by: None,
        swept,
    };
    let lists = RetentionPage {
        years: 5,
        waiting: vec![WaitingLine {
            name: "髙橋 花子".into(),
            number: "00200".into(),
            by: "渡邊 学".into(),
            at: at(),
            href: "/office/people/1/erasure".into(),
        }],
        over: vec![OverLine {
            name: "髙橋 花子".into(),
            number: "00200".into(),
            left: day(2021, 3, 31),
            since: day(2026, 4, 1),
            href: "/office/people/1/erasure".into(),
        }],
        more: true,
        erased: vec![ErasedLine {
            number: "#0123456789ab".into(),
            at: at(),
            basis: ErasureBasis::Retention,
            href: "/office/people/2/erasure".into(),
        }],
    };
    let none = RetentionPage { waiting: vec![], over: vec![], more: false, erased: vec![], ..lists.clone() };
    vec![
        office("erasure-here", lang, erasure(ErasureState::Here)),
        office("erasure-kept", lang, erasure(ErasureState::Kept(kept(Some(2020))))),
        office("erasure-ask", lang, erasure(ErasureState::Ask(kept(None)))),
        office("erasure-confirm", lang, erasure(waiting(false, None))),
        office("erasure-own", lang, erasure(waiting(true, None))),
        failed("erasure-error", lang, erasure(waiting(false, Some(ErasureError::Wrong)))),
        office("erasure-done", lang, erasure(done(None))),
        office("erasure-swept", lang, erasure(done(Some(at())))),
        office("retention", lang, lists),
        office("retention-none", lang, none),
    ]
}

pub(super) fn all(lang: Lang) -> Vec<Sample> {
    let many = PlanState::Waiting {
        seal: "abc".into(),
        many: Some(ManyLeave { leaving: 30, present: 240, most: 5 }),
        ticked: true,
        typed: "3".into(),
    };
    let mut all = erasures(lang);
    all.extend([
        office("people", lang, list()),
        office("people-nobody", lang, PeopleList { rows: Vec::new(), listed: Listed::default(), ..list() }),
        office("import", lang, form()),
        failed(
            "import-error",
            lang,
            ImportForm { complete: true, error: Some(FileFault::NoHeadings), ..form() },
        ),
        office("import-plan-added", lang, plan(PlanTab::Added, added())),
        office(
            "import-plan-changed",
            lang,
            PlanPage { notice: Some(PlanNotice::PlannedAgain), ..plan(PlanTab::Changed, changes()) },
        ),
        office("import-plan-moved", lang, plan(PlanTab::Moved, moves())),
        failed(
            "import-plan-many-leave",
            lang,
            PlanPage {
                state: many,
                errors: vec![ConfirmError::NoTick, ConfirmError::WrongNumber, ConfirmError::YourselfGone],
                ..plan(PlanTab::Leaving, leaving())
            },
        ),
        office("import-plan-departments", lang, plan(PlanTab::Departments, departments())),
        office("import-plan-bad", lang, plan(PlanTab::Bad, bad())),
        office(
            "import-plan-done",
            lang,
            PlanPage {
                state: PlanState::Done {
                    at: at(),
                    awaiting: 12,
                    codes: "/office/people/import/1/codes".into(),
                },
                ..plan(PlanTab::Added, PlanRows::Added(Vec::new()))
            },
        ),
        office(
            "import-plan-empty",
            lang,
            PlanPage {
                counts: PlanTab::ALL.into_iter().map(|tab| (tab, 0)).collect(),
                query: "x".into(),
                ..plan(PlanTab::Bad, PlanRows::Bad(Vec::new()))
            },
        ),
        office("import-plan-kept", lang, plan(PlanTab::Kept, kept(lang))),
        office("departments", lang, tree()),
        sample("departments-none", lang, DepartmentTree::default()),
        office("codes", lang, codes(lang)),
        office("renew-code", lang, renew(RenewCodeState::Ask(None))),
        failed("renew-code-error", lang, renew(RenewCodeState::Ask(Some(RenewCodeError::Wrong)))),
        office("renew-code-office", lang, renew(RenewCodeState::HoldsOffice)),
    ]);
    all
}
