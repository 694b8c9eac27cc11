use super::*;
use crate::id::{PeriodId, RequirementId};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn about(completed: bool) -> About {
    let clock = Clock::system();
    let due_at = Calendar::default().end_of(day("2026-10-31"));
    let period = Period {
        id: PeriodId::new(&clock),
        staff_id: StaffId::new(&clock),
        requirement_id: RequirementId::new(&clock),
        cycle: 2026,
        assigned_at: DateTime::UNIX_EPOCH,
        due_at,
        reason: String::new(),
        track: "all".into(),
        leaf: 0,
    };
    About { period, terms: Terms { due_at, valid_until: None }, completed, before: Vec::new() }
}

fn asked(kind: Kind, until: Option<&str>) -> Result<(), Refusal> {
    let request = Request { kind, words: "夜勤が続く".into(), from: None, until: until.map(day) };
    request.check(&about(false), day("2026-10-01"), Calendar::default())
}

#[test]
fn more_time_ends_later_than_the_date_that_it_moves() {
    assert_eq!(asked(Kind::Extend, None), Err(Refusal::NoEnd));
    assert_eq!(asked(Kind::Extend, Some("2026-10-31")), Err(Refusal::Early));
    assert_eq!(asked(Kind::Extend, Some("2026-11-01")), Ok(()));
    assert_eq!(asked(Kind::Extend, Some("2029-01-01")), Err(Refusal::Far));
    assert_eq!(asked(Kind::Exempt, Some("2026-09-30")), Err(Refusal::Early));
    assert_eq!(asked(Kind::Leave, Some("2026-11-01")), Err(Refusal::NoStart));
    assert_eq!(asked(Kind::Assist, None), Ok(()));
}

#[test]
fn only_what_is_completed_can_be_corrected() {
    assert_eq!(asked(Kind::Correct, None), Err(Refusal::State));
    let request =
        Request { kind: Kind::Correct, words: "別の人でした".into(), from: None, until: None };
    assert_eq!(request.check(&about(true), day("2026-10-01"), Calendar::default()), Ok(()));
}

#[test]
fn nobody_decides_what_they_asked_or_what_is_about_themselves() {
    let (clock, about) = (Clock::system(), about(false));
    let (asker, office) = (StaffId::new(&clock), StaffId::new(&clock));
    let row = ExceptionRow {
        id: ExceptionId::new(&clock),
        period_id: about.period.id.clone(),
        kind: "extend".into(),
        words: "夜勤が続く".into(),
        from_on: None,
        until_on: Some(day("2026-11-30")),
        asked_by: asker.clone(),
        asked_at: DateTime::UNIX_EPOCH,
        decided_by: None,
        decided_at: None,
        granted: None,
        granted_until: None,
        reply: None,
    };
    let verdict = Verdict { granted: true, until: None, reply: "業務の都合のため".into() };
    let check = |who: &StaffId| verdict.check(&row, &about, who, day("2026-10-01"), Calendar::default());
    assert_eq!(check(&asker), Err(Refusal::Own));
    assert_eq!(check(&about.period.staff_id), Err(Refusal::Own));
    assert_eq!(check(&office), Ok(()));
    let silent = Verdict { reply: " ".into(), ..verdict.clone() };
    let said = silent.check(&row, &about, &office, day("2026-10-01"), Calendar::default());
    assert_eq!(said, Err(Refusal::Words), "a decision has a reason");
}
