//! Forms of the parts, and what is wrong with them.

use super::*;
use crate::training::content::EMBEDDED;

const DESK: Desk = Desk {
    today: NaiveDate::from_ymd_opt(2026, 11, 29).unwrap(),
    earlier: NaiveDate::from_ymd_opt(2026, 12, 1),
};

fn form(fields: &[(&str, &str)]) -> Form {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn every_part_comes_back_from_its_own_form_as_it_was() {
    let policy = EMBEDDED.policy.clone();
    for part in Part::all(&policy).iter().filter(|part| **part != Part::Frame) {
        let mut next = policy.clone();
        part.write(&mut next, &part.fields(&policy), DESK)
            .unwrap_or_else(|faults| panic!("{part:?}: {faults:?}"));
        assert_eq!(next, policy, "{part:?}");
        assert_eq!(part.seen(&next), part.seen(&policy));
    }
}

#[test]
fn a_clause_is_added_at_the_end_with_the_next_number() {
    let mut policy = EMBEDDED.policy.clone();
    let last = policy.clauses.len();
    let fields = form(&[("heading", "第15条 院内の広報誌"), ("text", "[第4条](#C4)と同じです。")]);
    Part::New.write(&mut policy, &fields, DESK).expect("added");
    assert_eq!(policy.clauses[last].id, "C15");
    assert_eq!(policy.clauses[last].body.en, None);
}

#[test]
fn what_is_wrong_is_told_by_its_field_and_changes_nothing() {
    let before = EMBEDDED.policy.clone();
    let told = |part: &Part, fields: &[(&str, &str)]| {
        let mut policy = before.clone();
        let faults = part.write(&mut policy, &form(fields), DESK).expect_err("faults");
        assert_eq!(policy, before);
        faults
    };
    let clause = Part::Clause("C3".into());
    assert_eq!(told(&clause, &[]), [DraftFault::NoHeading, DraftFault::NoText]);
    assert_eq!(
        told(&clause, &[("heading", "第3条"), ("text", "[第99条](#C99)"), ("text_en", "ok\n\n<b>x</b>")]),
        [DraftFault::NoClause("text", "C99".into()), DraftFault::NotShown("text_en", 3)]
    );
    assert_eq!(told(&Part::Statements, &[]), [DraftFault::NoStatement]);
    let frame = |day: &str| {
        told(
            &Part::Frame,
            &[("effective", day), ("change", "material"), ("changes", "一つ\n二つ"), ("changes_en", "one")],
        )
    };
    assert_eq!(frame("2026-11-28"), [DraftFault::DayPast, DraftFault::ChangesUneven]);
    assert_eq!(frame("2026-11-30"), [DraftFault::DayBeforeEarlier, DraftFault::ChangesUneven]);
    assert_eq!(frame("いつか"), [DraftFault::NoDay, DraftFault::ChangesUneven]);
    assert_eq!(
        told(&Part::Frame, &[("effective", "2026-12-24")]),
        [DraftFault::NoKind, DraftFault::NoChanges]
    );
}
