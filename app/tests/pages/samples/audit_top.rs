//! The auditor's first page, in every state.

use super::audit::{at, years};
use kokoroe_app::Lang;
use kokoroe_app::audit::{
    AuditTop, CheckState, Choice, KeyChange, LogLine, LogYear, LostLog, StampLine, Stamping, WitnessDiffers,
    WitnessLine, WitnessWaits, Witnessing,
};

const NOTE: &str = "kokoroe-97e153ae/2026\n9850\n6nMcEBF9LNP+Y+NG3g4tYNEGcCTEWRnJ8tM3ayfIc4E=\n\n\
    — kokoroe-97e153ae iVzAG2V1i6mJt0X2e5Hn8bTqWz0c4v7dQfYkR9sLxPpMgUoAEhNwKy3B1jC6aDrSZTtFIuVlOGXbJqe5m2=\n";

pub(super) fn top(lang: Lang) -> AuditTop {
    let log = |year: i64, leaves: u64, signed: u64| LogLine {
        log: format!("kokoroe-97e153ae/{year}"),
        year: LogYear { year, number: 1 },
        leaves,
        signed,
        signed_at: Some(at(5)),
        root: Some("6nMcEBF9LNP+Y+NG3g4tYNEGcCTEWRnJ8tM3ayfIc4E=".into()),
        note: Some(NOTE.into()),
        stamp: None,
        witness: None,
    };
    AuditTop {
        logs: vec![log(2026, 9_853, 9_850), log(2025, 15_883, 15_883)],
        vkey: "kokoroe-97e153ae+895cc01b+AYPU+miW4zDGb0s8AVGslk7qPY8tobUfMvtc0VzWRogH".into(),
        pack_vkey: "kokoroe-97e153ae+895cc01b+AYPU+miW4zDGb0s8AVGslk7qPY8tobUfMvtc0VzWRogH".into(),
        changes: Vec::new(),
        refusal: None,
        lost: Vec::new(),
        stamping: Stamping::Off,
        witnessing: Witnessing::Off,
        check: CheckState::Whole { at: at(41), leaves: 25_733, rows: 24_801 },
        check_action: "/audit/check".into(),
        pack_action: "/audit/pack".into(),
        years: years(lang),
        departments: vec![Choice { value: "03".into(), words: "03 3病棟".into(), chosen: false }],
    }
}

pub(super) fn different(lang: Lang) -> AuditTop {
    AuditTop {
        refusal: Some("the log kokoroe-97e153ae/2026 does not agree with what was signed before".into()),
        check: CheckState::Different { at: at(41), ways: 2 },
        ..top(lang)
    }
}

pub(super) fn restored(lang: Lang) -> AuditTop {
    let lost = |found, signed| LostLog { at: at(5), log: "kokoroe-97e153ae/2026".into(), found, signed };
    let first = top(lang).logs.remove(0);
    let second = LogLine {
        log: "kokoroe-97e153ae/2026.2".into(),
        year: LogYear { year: 2026, number: 2 },
        leaves: 41,
        signed: 41,
        ..first.clone()
    };
    AuditTop { lost: vec![lost(9_853, 9_901), lost(9_853, 9_853)], logs: vec![second, first], ..top(lang) }
}

pub(super) fn changed_key(lang: Lang) -> AuditTop {
    let change = |stolen, old: &str| KeyChange {
        at: at(5),
        href: "/audit/log?log=2026&from=812#leaf-812".into(),
        old: old.into(),
        stolen,
    };
    let first = top(lang).vkey;
    AuditTop {
        vkey: "kokoroe-97e153ae+b9022f7c+AbJ1Zl2pYw3Q4nV8cT0xSuR6oKfLhEgDmIaNj5B7kC9W".into(),
        changes: vec![
            change(true, "kokoroe-97e153ae+1d55a0e3+AZq8mWv4LxT2cYb7RnJ0pKsE6fGhUiOdQ3aXzC5VtB1N"),
            change(false, &first),
        ],
        ..top(lang)
    }
}

pub(super) fn stamped(lang: Lang) -> AuditTop {
    let mut page = top(lang);
    page.logs[0].stamp = Some(StampLine { at: at(6), by: "みなと時刻認証局".into() });
    AuditTop { stamping: Stamping::Done, ..page }
}

pub(super) fn waiting(lang: Lang) -> AuditTop {
    AuditTop { stamping: Stamping::Waiting(3, at(5)), ..top(lang) }
}

pub(super) fn witnessed(lang: Lang) -> AuditTop {
    let mut page = top(lang);
    page.logs[0].witness = Some(WitnessLine { at: at(6), by: "witness.example.jp".into(), leaves: 9_850 });
    AuditTop { witnessing: Witnessing::Agrees, ..page }
}

pub(super) fn unwitnessed(lang: Lang) -> AuditTop {
    AuditTop {
        witnessing: Witnessing::Waits(WitnessWaits::NoAnswer(
            "witness.example.jp:4000 was not reached: Connection refused".into(),
        )),
        ..top(lang)
    }
}

pub(super) fn contradicted(lang: Lang) -> AuditTop {
    let what = WitnessDiffers::Longer { log: "kokoroe-97e153ae/2026".into(), seen: 9_901, signed: 9_850 };
    AuditTop { witnessing: Witnessing::Disagrees(what), ..top(lang) }
}

pub(super) fn begun(lang: Lang) -> AuditTop {
    AuditTop { check: CheckState::NotYet, ..top(lang) }
}
