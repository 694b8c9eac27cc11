use super::people::office;
use super::{Sample, day, failed, pick};
use kokoroe_app::Lang;
use kokoroe_app::people::{
    Chosen, Concerned, DepartmentRecord, Effects, HeldLine, LeaveLine, Managing, PersonRecord, PostingKind,
    PostingLine, RecordFault, RecordForm, Reorganisation, ReorganiseFault, ReorganiseField, ReorganiseForm,
    ReorganisePreview, RoleLine, Standing, Typed,
};
use kokoroe_app::ui::SelectOption;

pub(super) fn managing() -> Vec<Managing> {
    vec![
        Managing { name: "阿部 洋子".into(), deputy: false, until: None },
        Managing { name: "﨑山 実".into(), deputy: true, until: Some(day(2027, 3, 31)) },
        Managing { name: "<img src=x onerror=alert(1)>".into(), deputy: true, until: None },
        Managing { name: "森 薫".into(), deputy: false, until: Some(day(2026, 12, 31)) },
    ]
}

fn option(value: &str, words: &str, chosen: bool) -> SelectOption {
    SelectOption { value: value.into(), words: words.into(), chosen }
}

fn departments() -> Vec<SelectOption> {
    vec![
        option("", "選んでください", true),
        option("1", "0310 3病棟", false),
        option("2", "0320 4病棟（東）", false),
    ]
}

fn form(what: Reorganisation) -> ReorganiseForm {
    let asks_people = what == Reorganisation::Split;
    let chosen =
        |name: &str, ticked| Chosen { value: name.into(), name: name.into(), number: "00123".into(), ticked };
    ReorganiseForm {
        what,
        department: (what != Reorganisation::Open).then(|| ("0310".into(), "3病棟".into())),
        on: "2027-04-01".into(),
        between: (day(2026, 8, 31), day(2027, 10, 1)),
        code: "0330".into(),
        name: "手術室".into(),
        name_en: "Theatre".into(),
        parents: match what {
            Reorganisation::Open | Reorganisation::Move | Reorganisation::Split => departments(),
            _ => Vec::new(),
        },
        targets: if what == Reorganisation::Merge { departments() } else { Vec::new() },
        others: "0320".into(),
        people: if asks_people {
            vec![chosen("髙橋 花子", true), chosen("𠮷田 恵", false)]
        } else {
            Vec::new()
        },
        faults: Vec::new(),
        action: "/office/departments/1/record/rename".into(),
        back: "/office/departments/1/record".into(),
        list: "/office/people".into(),
    }
}

fn wrong(what: Reorganisation, faults: Vec<(ReorganiseField, ReorganiseFault)>) -> ReorganiseForm {
    ReorganiseForm { faults, ..form(what) }
}

fn preview() -> ReorganisePreview {
    let concerned = |name: &str, also| Concerned { name: name.into(), number: "00123".into(), also };
    ReorganisePreview {
        what: Reorganisation::Merge,
        on: day(2027, 4, 1),
        past: true,
        effects: Effects {
            departments: vec!["0310 3病棟".into(), "0320 4病棟".into()],
            under: Some("0300 看護部".into()),
            turned: Some((String::new(), "0300 看護部".into())),
            to: Some("0330 混合病棟".into()),
            along: vec!["0311 3病棟処置室".into()],
            moving: vec![concerned("髙橋 花子", false), concerned("𠮷田 恵", true)],
            staying: 12,
            lose_sight: vec!["阿部 洋子 00010".into()],
            gain_sight: vec!["﨑山 実 00011".into()],
            tell: vec!["阿部 洋子 00010".into(), "﨑山 実 00011".into()],
        },
        again: true,
        fields: vec![("on".into(), "2027-04-01".into()), ("name".into(), "\"><img src=x>".into())],
        seal: "abc".into(),
        action: "/office/departments/1/record/merge".into(),
        list: "/office/people".into(),
    }
}

fn record() -> DepartmentRecord {
    let standing = |from, name: &str, open, now, ahead| Standing {
        from,
        name: name.into(),
        above: Some("看護部".into()),
        open,
        now,
        ahead,
    };
    DepartmentRecord {
        code: "0310".into(),
        name: "3病棟".into(),
        standings: vec![
            standing(Some(day(2028, 4, 1)), "3東病棟", false, false, true),
            standing(Some(day(2027, 4, 1)), "3東病棟", true, false, true),
            Standing { above: None, ..standing(Some(day(2024, 4, 1)), "3病棟", true, true, false) },
            standing(None, "外科病棟", true, false, false),
        ],
        managers: managing(),
        closed: false,
        done: true,
        address: "/office/departments/1/record".into(),
        below: "/office/people?below=1".into(),
        tree: "/office/departments".into(),
        list: "/office/people".into(),
    }
}

fn person(lang: Lang) -> PersonRecord {
    let posting = |department: &str, kind, from, until, now| PostingLine {
        department: department.into(),
        kind,
        from,
        until,
        now,
    };
    PersonRecord {
        name: "髙﨑 𠮷郎".into(),
        number: "00123".into(),
        joined: day(2020, 4, 1),
        left: Some(day(2027, 3, 31)),
        postings: vec![
            posting("0310 3病棟", PostingKind::Main, day(2024, 4, 1), None, true),
            posting("0500 医療安全室", PostingKind::Also, day(2025, 4, 1), Some(day(2027, 3, 31)), true),
            posting(
                "0900 みどり野クリニック",
                PostingKind::Seconded,
                day(2022, 4, 1),
                Some(day(2023, 3, 31)),
                false,
            ),
        ],
        leaves: vec![
            LeaveLine { reason: "育休".into(), from: day(2026, 9, 1), back: None },
            LeaveLine { reason: "病休".into(), from: day(2023, 9, 1), back: Some(day(2023, 10, 1)) },
        ],
        roles: vec![
            RoleLine { department: "0310 3病棟".into(), deputy: false, until: None, end: "/end/1".into() },
            RoleLine {
                department: "0320 4病棟".into(),
                deputy: true,
                until: Some(day(2026, 12, 31)),
                end: "/end/2".into(),
            },
        ],
        held: vec![HeldLine {
            what: pick(lang, "所属", "where they work").into(),
            entered: day(2026, 9, 24),
            release: "/release".into(),
        }],
        departments: departments(),
        open_postings: vec![option("1", "0310 3病棟 主の所属", false)],
        open_leaves: vec![option("1", "育休 2026/9/1", false)],
        typed: None,
        done: true,
        address: "/office/people/1/record".into(),
        training: "/office/people/1".into(),
        people: "/office/people".into(),
    }
}

fn typed(lang: Lang, form: RecordForm, faults: Vec<(&'static str, RecordFault)>) -> PersonRecord {
    let values = form.fields().iter().map(|name| ((*name).to_owned(), "2026-13-01".to_owned())).collect();
    PersonRecord { typed: Some(Typed { form, values, faults }), done: false, ..person(lang) }
}

pub(super) fn all(lang: Lang) -> Vec<Sample> {
    use RecordFault as F;
    use ReorganiseFault as R;
    use ReorganiseField as At;
    vec![
        office("department-open", lang, form(Reorganisation::Open)),
        office("department-move", lang, form(Reorganisation::Move)),
        office("department-merge", lang, form(Reorganisation::Merge)),
        office("department-split", lang, form(Reorganisation::Split)),
        failed(
            "department-open-error",
            lang,
            wrong(
                Reorganisation::Open,
                vec![
                    (At::On, R::DayOutside),
                    (At::Code, R::CodeTaken),
                    (At::Name, R::NoName),
                    (At::Parent, R::Ring),
                ],
            ),
        ),
        failed(
            "department-merge-error",
            lang,
            wrong(
                Reorganisation::Merge,
                vec![(At::Into, R::TargetBelow), (At::Others, R::NoSuchCode("0999".into()))],
            ),
        ),
        failed(
            "department-split-error",
            lang,
            wrong(Reorganisation::Split, vec![(At::Code, R::BadCode), (At::People, R::Nobody)]),
        ),
        failed(
            "department-close-error",
            lang,
            wrong(
                Reorganisation::Close,
                vec![(At::Whole, R::PeopleThere(12)), (At::Whole, R::BelowThere(2))],
            ),
        ),
        office("department-preview", lang, preview()),
        office("department-record", lang, record()),
        office(
            "department-record-closed",
            lang,
            DepartmentRecord { closed: true, managers: Vec::new(), ..record() },
        ),
        office("person-record", lang, person(lang)),
        office(
            "person-record-bare",
            lang,
            PersonRecord {
                left: None,
                postings: Vec::new(),
                leaves: Vec::new(),
                roles: Vec::new(),
                held: Vec::new(),
                open_postings: Vec::new(),
                open_leaves: Vec::new(),
                done: false,
                ..person(lang)
            },
        ),
        failed(
            "person-record-posting-error",
            lang,
            typed(lang, RecordForm::Posting, vec![("department", F::PostedThere), ("until", F::Order)]),
        ),
        failed(
            "person-record-leave-error",
            lang,
            typed(lang, RecordForm::Leave, vec![("reason", F::NoReason), ("leave_from", F::OnLeave)]),
        ),
        failed(
            "person-record-role-error",
            lang,
            typed(lang, RecordForm::Role, vec![("role_until", F::NoEnd)]),
        ),
    ]
}
