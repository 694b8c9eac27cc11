use super::*;

fn form(changed: &[(&str, &str)]) -> Form {
    let usual = [
        ("title", "撮影する人の研修"),
        ("basis", "SNS利用規程"),
        ("opens", "2026-10-01"),
        ("due", "２０２６/１０/３１"),
        ("cycle", "year"),
        ("joiner", "60"),
        ("back", "30"),
        ("least", "１４"),
        ("renewal", "60"),
        ("gap", "0"),
    ];
    let other = usual.iter().filter(|(name, _)| !changed.iter().any(|(changed, _)| changed == name));
    other.chain(changed).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn read(changed: &[(&str, &str)]) -> Result<Draft, Vec<FormFault>> {
    let people = HashMap::from([("100301".to_owned(), StaffId::new(&Clock::system()))]);
    let today = "2026-10-01".parse().expect("a day");
    let desk = Desk { today, people: &people, changes: None, calendar: Calendar::default() };
    Draft::from_form(&form(changed), &desk)
}

#[test]
fn a_form_with_full_width_digits_is_read_and_comes_back_as_it_was() {
    let changed = [
        ("profession", "看護師"),
        ("profession", "助産師"),
        ("except_people", "１００３０１"),
        ("managers", "on"),
    ];
    let draft = read(&changed).expect("a draft");
    assert_eq!(draft.due.to_string(), "2026-10-31");
    assert_eq!(draft.rule.whom.professions, ["看護師", "助産師"]);
    assert_eq!(draft.rule.days, Days::default());
    let people =
        HashMap::from([("100301".to_owned(), draft.rule.whom.except.people.first().expect("one").clone())]);
    let desk = Desk { today: draft.opens, people: &people, changes: None, calendar: Calendar::default() };
    assert_eq!(Draft::from_form(&draft.fields(&["100301".into()]), &desk), Ok(draft.clone()));
    assert_eq!(Draft::read(&draft.text()), Some(draft));
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let wrong = [
        ("title", ""),
        ("opens", "2026-09-30"),
        ("due", "2026-09-30"),
        ("valid_to", "きのう"),
        ("cycle", "rolling"),
        ("months", "0"),
        ("gap", "-1"),
        ("except_people", "999"),
        ("joined_from", "2026-10-01"),
        ("joined_before", "2026-10-01"),
    ];
    let faults = read(&wrong).expect_err("faults");
    for fault in [
        FormFault::NoTitle,
        FormFault::OpensPast,
        FormFault::DueBeforeOpens,
        FormFault::Day("valid_to"),
        FormFault::Number("months", 1, 120),
        FormFault::Number("gap", 0, 365),
        FormFault::Nobody("999".into()),
        FormFault::Joined,
    ] {
        assert!(faults.contains(&fault), "{fault:?} of {faults:?}");
    }
}
