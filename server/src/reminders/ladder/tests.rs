//! What the ladder promises.

use proptest::prelude::*;

use super::*;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn rules(quiet: &Quiet) -> Rules<'_> {
    Rules { calendar: Calendar::default(), quiet }
}

/// Given on Tuesday 1 September 2026 in the morning, due until the end of Saturday 31 October.
fn owed() -> Owed {
    Owed { given_at: at("2026-09-01T00:30:00Z"), due_at: at("2026-10-31T15:00:00Z"), open: true }
}

/// What a server sends that looks every hour from one instant to another.
fn played(
    owed: impl Fn(DateTime<Utc>) -> Owed,
    quiet: &Quiet,
    hours: impl Iterator<Item = DateTime<Utc>>,
) -> Vec<Sent> {
    let mut sent = Vec::new();
    for now in hours {
        let owed = owed(now);
        if let Some(rung) = stand(&owed, &sent, rules(quiet), now).now {
            let due_on = Calendar::default().last_day_before(owed.due_at);
            sent.push(Sent { step: rung.step, due_on, at: now });
        }
    }
    sent
}

fn hourly(from: &str, days: i64) -> impl Iterator<Item = DateTime<Utc>> {
    let from = at(from);
    (0..days * 24).map(move |hour| from + TimeDelta::hours(hour))
}

fn days(sent: &[Sent]) -> Vec<(String, String)> {
    let calendar = Calendar::default();
    sent.iter().map(|one| (one.step.code(), calendar.date(one.at).to_string())).collect()
}

fn of(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(step, day)| ((*step).to_owned(), (*day).to_owned())).collect()
}

#[test]
fn the_whole_ladder_of_somebody_who_never_begins() {
    let sent = played(|_| owed(), &Quiet::default(), hourly("2026-09-01T00:00:00Z", 200));
    assert_eq!(
        days(&sent),
        of(&[
            ("given", "2026-09-01"),
            ("before-30", "2026-10-01"),
            // Saturday the 17th waits for Monday.
            ("before-14", "2026-10-19"),
            ("before-3", "2026-10-28"),
            // The last day is a Saturday: said on Friday.
            ("last-day", "2026-10-30"),
            // Sunday waits for Monday.
            ("after-1", "2026-11-02"),
            ("after-7", "2026-11-09"),
            ("after-14", "2026-11-16"),
            ("after-21", "2026-11-23"),
            ("after-28", "2026-11-30"),
            ("after-35", "2026-12-07"),
            ("after-42", "2026-12-14"),
            ("after-49", "2026-12-21"),
            ("after-56", "2026-12-28"),
        ])
    );
}

#[test]
fn somebody_who_is_given_it_late_skips_what_is_past() {
    let late = Owed { given_at: at("2026-10-20T02:00:00Z"), ..owed() };
    let sent = played(|_| late, &Quiet::default(), hourly("2026-10-20T00:00:00Z", 12));
    assert_eq!(
        days(&sent),
        of(&[("given", "2026-10-20"), ("before-3", "2026-10-28"), ("last-day", "2026-10-30")])
    );
}

#[test]
fn a_due_date_that_moves_begins_the_steps_again_that_lie_ahead() {
    let moved = at("2026-10-29T03:00:00Z");
    let later = Owed { due_at: at("2026-11-20T15:00:00Z"), ..owed() };
    let owed = move |now| if now < moved { owed() } else { later };
    let sent = played(owed, &Quiet::default(), hourly("2026-10-28T00:00:00Z", 27));
    assert_eq!(
        days(&sent),
        of(&[
            ("before-3", "2026-10-28"),
            ("before-14", "2026-11-06"),
            ("before-3", "2026-11-17"),
            ("last-day", "2026-11-20"),
            ("after-1", "2026-11-23"),
        ]),
        "thirty days before the new date lie behind, and nothing is said twice"
    );
}

#[test]
fn nobody_is_told_in_a_quiet_hour_what_the_server_missed() {
    let quiet = Quiet::default();
    // Friday, eight in the evening: the last day's word is late.
    let now = at("2026-10-30T11:00:00Z");
    let standing = stand(&owed(), &[], rules(&quiet), now);
    assert_eq!(standing.now, None);
    let monday = at("2026-11-01T23:00:00Z");
    assert_eq!(standing.next, Some(Rung { step: Step::After(1), at: monday }), "which says more by then");
    // Wednesday, half past six in the evening: the word about three days waits for Thursday.
    let standing = stand(&owed(), &[], rules(&quiet), at("2026-10-28T09:30:00Z"));
    let thursday = at("2026-10-28T23:00:00Z");
    assert_eq!(standing, Standing { now: None, next: Some(Rung { step: Step::Before(3), at: thursday }) });
}

#[test]
fn every_step_is_read_back_from_its_word() {
    for step in
        BEFORE.map(Step::Before).into_iter().chain(AFTER.map(Step::After)).chain([Step::Given, Step::LastDay])
    {
        assert_eq!(Step::from_code(&step.code()), Some(step));
    }
    for wrong in ["", "before", "before-x", "first-day", "given-1"] {
        assert_eq!(Step::from_code(wrong), None, "{wrong}");
    }
}

fn some_quiet() -> impl Strategy<Value = Quiet> {
    prop_oneof![Just("none"), Just("18-8 sat sun"), Just("8-18"), Just("0-23 mon wed fri"), Just("12-13 sun")]
        .prop_map(|text| Quiet::read(text).expect("quiet hours"))
}

proptest! {
    /// A server looks at odd times, stands still for days, runs twice, and its clock steps back.
    #[test]
    fn nothing_is_said_twice_in_a_quiet_hour_or_after_it_was_done(
        quiet in some_quiet(),
        given in 0_i64..90,
        span in 1_i64..120,
        done in 0_i64..300,
        moved in prop::option::of((0_i64..200, -30_i64..90)),
        looks in prop::collection::vec((0_i64..(300 * 24 * 60), 0_u8..3), 1..120),
        sorted in any::<bool>(),
    ) {
        let start = at("2026-04-01T00:00:00Z");
        let day = |days: i64| start + TimeDelta::days(days);
        let calendar = Calendar::default();
        let owed = |now: DateTime<Utc>| {
            let moves = moved.filter(|(on, _)| day(*on) <= now).map_or(0, |(_, by)| by);
            let due = (given + span + moves).max(given + 1);
            Owed { given_at: day(given), due_at: calendar.end_of(calendar.date(day(due))), open: day(given) <= now && now < day(done) }
        };
        let mut looks = looks;
        if sorted { looks.sort_unstable(); }
        let mut sent: Vec<Sent> = Vec::new();
        for (minute, times) in looks {
            let now = start + TimeDelta::minutes(minute);
            for _ in 0..=times {
                let owed = owed(now);
                let standing = stand(&owed, &sent, rules(&quiet), now);
                if let Some(next) = standing.next {
                    prop_assert!(next.at > now);
                    prop_assert!(quiet.allows(next.at, calendar));
                }
                let Some(rung) = standing.now else { continue };
                let due_on = calendar.last_day_before(owed.due_at);
                prop_assert!(quiet.allows(now, calendar), "quiet");
                prop_assert!(now < day(done), "done");
                prop_assert!(rung.at <= now, "early");
                prop_assert!(!sent.iter().any(|one| one.step == rung.step && one.due_on == due_on), "twice");
                sent.push(Sent { step: rung.step, due_on, at: now });
            }
        }
    }
}

proptest! {
    // Each case is many weeks of looking.
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// However late the server looks, the step that was due is sent, as long as no later one has taken its place.
    #[test]
    fn nothing_is_lost_by_looking_late(quiet in some_quiet(), pause in 1_i64..(7 * 24), begin in 0_i64..(40 * 24)) {
        let begin = at("2026-09-20T00:00:00Z") + TimeDelta::hours(begin);
        let looks = |standing_still: bool| {
            (0..130 * 8).map(|hour| at("2026-09-01T00:00:00Z") + TimeDelta::hours(3 * hour))
                .filter(move |now| !standing_still || *now < begin || *now >= begin + TimeDelta::hours(pause))
        };
        let always = played(|_| owed(), &quiet, looks(false));
        let paused = played(|_| owed(), &quiet, looks(true));
        for (n, one) in always.iter().enumerate() {
            let said = paused.iter().find(|other| other.step == one.step);
            let soon = begin + TimeDelta::hours(pause) + TimeDelta::days(4);
            let overtaken = always.iter().skip(n + 1).any(|next| {
                paused.iter().any(|other| other.step == next.step && other.at <= soon)
            });
            prop_assert!(said.is_some() || overtaken, "{:?}", one.step);
        }
    }
}
