//! The counts of the database against a reckoning by hand, person by person, with the one function that says where somebody stands.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use kokoroe_server::clock::Calendar;
use kokoroe_server::db::Conn;
use kokoroe_server::id::RequirementId;
use kokoroe_server::reports::store::{self, CountRow, Instant, Order, Page, Question, Scan};
use kokoroe_server::requirements::status::Status;

use super::population::{MODULES, Population, RECURRING};
use crate::support::{TestSite, at, engines};

type Tally = BTreeMap<(Option<String>, &'static str), i64>;

fn instants() -> Vec<DateTime<Utc>> {
    let midnight = at("2026-10-31T15:00:00Z");
    vec![
        at("2026-04-15T03:00:00Z"),
        at("2026-07-01T15:00:00Z"),
        midnight - TimeDelta::microseconds(1),
        midnight,
        at("2027-01-20T08:30:00Z"),
    ]
}

fn question(population: &Population, which: usize, now: DateTime<Utc>) -> Question {
    let id = RequirementId::parse(&population.requirements[which]).expect("an id");
    Question::of(id, Instant::new(now, Calendar::default()))
}

async fn counted(conn: &mut Conn, asked: &Question, scan: &Scan) -> Tally {
    let mut tally = Tally::new();
    for row in store::counts(conn, asked, scan).await.expect("counts") {
        let department = row.department.as_ref().map(ToString::to_string);
        *tally.entry((department, row.status().code())).or_default() += row.people;
    }
    tally
}

fn by_hand(population: &Population, asked: &Question, top: Option<&str>) -> Tally {
    let mut tally = Tally::new();
    let (now, day) = (asked.instant.at, asked.instant.day);
    for (_, _, main, status) in population.owing(asked.requirement.as_str(), now, day) {
        let inside = top.is_none_or(|top| main.is_some_and(|main| population.lies_below(main, top)));
        if inside {
            *tally.entry((main.map(str::to_owned), status.code())).or_default() += 1;
        }
    }
    tally
}

#[tokio::test]
async fn counting_in_the_database_agrees_with_the_status_of_each_person() {
    for engine in engines() {
        for seed in 1..=3 {
            let test = TestSite::on(engine).await;
            let population = Population::invent(seed, 160);
            population.store(&test.site.db).await;
            let mut conn = test.site.db.read().await.expect("a connection");
            let mut seen = BTreeMap::new();
            for now in instants() {
                for which in 0..population.requirements.len() {
                    let asked = question(&population, which, now);
                    let whole = counted(&mut conn, &asked, &Scan::Everywhere).await;
                    assert_eq!(whole, by_hand(&population, &asked, None), "{engine:?} {seed} {now}");
                    for ((_, status), people) in &whole {
                        *seen.entry(*status).or_insert(0) += people;
                    }
                    for department in &population.departments {
                        let below =
                            counted(&mut conn, &asked, &Scan::Below(population.below(&department.id))).await;
                        let expected = by_hand(&population, &asked, Some(&department.id));
                        assert_eq!(below, expected, "{engine:?} {seed} {now} below {}", department.code);
                    }
                }
            }
            assert_eq!(seen.len(), Status::ALL.len(), "every status was there: {seen:?}");
        }
    }
}

#[tokio::test]
async fn a_list_has_exactly_the_people_that_are_counted_and_each_once() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let population = Population::invent(7, 160);
        population.store(&test.site.db).await;
        let mut conn = test.site.db.read().await.expect("a connection");
        for (now, which) in instants().into_iter().flat_map(|now| [(now, 0), (now, RECURRING)]) {
            let asked = question(&population, which, now);
            for department in &population.departments {
                let expected: BTreeMap<String, Status> = population
                    .owing(asked.requirement.as_str(), now, asked.instant.day)
                    .filter(|(_, _, main, _)| {
                        main.is_some_and(|main| population.lies_below(main, &department.id))
                    })
                    .map(|(person, _, _, status)| (person.number.clone(), status))
                    .collect();
                let below = population.below(&department.id);
                for scan in [Scan::Below(below.clone()), Scan::Everywhere] {
                    for order in [Order::Kana, Order::Due, Order::Department] {
                        let rows =
                            store::roster(&mut conn, &asked, &scan, &below, |_| true, order, Page::WHOLE)
                                .await
                                .expect("a list");
                        assert_eq!(rows.len(), expected.len(), "nobody twice");
                        let listed: BTreeMap<String, Status> =
                            rows.iter().map(|row| (row.staff_no.clone(), row.status())).collect();
                        assert_eq!(listed, expected, "{engine:?} {now} {order:?}");
                    }
                }
                let open = store::roster(
                    &mut conn,
                    &asked,
                    &Scan::Below(below.clone()),
                    &below,
                    |status| status.counts() && !status.is_done(),
                    Order::Due,
                    Page::WHOLE,
                )
                .await
                .expect("a list");
                let wanted = expected.values().filter(|status| status.counts() && !status.is_done()).count();
                assert_eq!(open.len(), wanted);
                let late =
                    open.iter().rposition(|row| row.status() == Status::Overdue).map_or(0, |last| last + 1);
                assert!(
                    open[..late].iter().all(|row| row.status() == Status::Overdue),
                    "those who are late come first"
                );
                assert!(open[..late].is_sorted_by_key(|row| row.due_at), "and of them the latest");
            }
            // Whoever has no main posting that day is not lost.
            let nowhere = store::roster(
                &mut conn,
                &asked,
                &Scan::Everywhere,
                "none",
                |_| true,
                Order::Kana,
                Page::WHOLE,
            )
            .await
            .expect("a list");
            let expected = population
                .owing(asked.requirement.as_str(), now, asked.instant.day)
                .filter(|(.., main, _)| main.is_none())
                .count();
            assert_eq!(nowhere.len(), expected);
            let all = store::roster(
                &mut conn,
                &asked,
                &Scan::Everywhere,
                "all",
                |_| true,
                Order::Kana,
                Page::WHOLE,
            )
            .await
            .expect("a list");
            assert_eq!(
                all.len(),
                population.owing(asked.requirement.as_str(), now, asked.instant.day).count()
            );
        }
    }
}

#[tokio::test]
async fn somebody_with_a_second_posting_is_listed_there_but_counted_once() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let population = Population::invent(11, 200);
        population.store(&test.site.db).await;
        let mut conn = test.site.db.read().await.expect("a connection");
        let mut listed = 0;
        for now in instants() {
            let asked = question(&population, 0, now);
            let day = asked.instant.day;
            for department in &population.departments {
                let mut expected: Vec<&str> = population
                    .owing(asked.requirement.as_str(), now, day)
                    .filter(|(person, _, main, _)| {
                        let here = |id: &str| population.lies_below(id, &department.id);
                        !main.is_some_and(here)
                            && person.postings.iter().any(|p| p.holds(day) && here(&p.department))
                    })
                    .map(|(person, ..)| person.number.as_str())
                    .collect();
                expected.sort_unstable();
                let rows = store::concurrent(
                    &mut conn,
                    &asked,
                    &population.below(&department.id),
                    |_| true,
                    Page::WHOLE,
                )
                .await
                .expect("a list");
                let numbers: Vec<&str> = rows.iter().map(|row| row.staff_no.as_str()).collect();
                assert_eq!(numbers, expected, "{engine:?} {now} {}", department.code);
                listed += numbers.len();
            }
        }
        assert!(listed > 20, "there were some: {listed}");
    }
}

fn sorted(mut counts: Vec<CountRow>) -> Vec<CountRow> {
    counts.sort_by_key(|row| format!("{row:?}"));
    counts
}

#[tokio::test]
async fn modules_are_counted_among_those_who_owe_them() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let population = Population::invent(13, 160);
        population.store(&test.site.db).await;
        let mut conn = test.site.db.read().await.expect("a connection");
        for now in instants() {
            let asked = question(&population, 0, now);
            let top = &population.departments[0].id;
            for scan in [Scan::Everywhere, Scan::Below(population.below(top))] {
                let inside = |main: Option<&str>| match &scan {
                    Scan::Everywhere => true,
                    Scan::Below(_) => main.is_some_and(|main| population.lies_below(main, top)),
                };
                let mut tally: BTreeMap<(Option<String>, String), i64> = BTreeMap::new();
                let (counts, modules) =
                    store::counts_with_modules(&mut conn, &asked, &scan).await.expect("counts");
                let of_all_tracks =
                    counts.iter().map(|row| CountRow { track: None, ..row.clone() }).collect();
                assert_eq!(
                    sorted(of_all_tracks),
                    sorted(store::counts(&mut conn, &asked, &scan).await.expect("counts"))
                );
                for row in counts {
                    if row.status().counts() && (row.facts.done || row.facts.completed) {
                        for module in MODULES {
                            let key = (row.department.as_ref().map(ToString::to_string), module.to_owned());
                            *tally.entry(key).or_default() += row.people;
                        }
                    }
                }
                for row in modules {
                    *tally.entry((row.department.map(|id| id.to_string()), row.module)).or_default() +=
                        row.people;
                }
                let mut expected: BTreeMap<(Option<String>, String), i64> = BTreeMap::new();
                for (_, period, main, status) in
                    population.owing(asked.requirement.as_str(), now, asked.instant.day)
                {
                    if !status.counts() || !inside(main) {
                        continue;
                    }
                    let by = |time: Option<DateTime<Utc>>| time.is_some_and(|time| time <= now);
                    let all = by(period.record.done_at) || by(period.record.completed_at);
                    for module in MODULES {
                        let own = period.attempts.iter().any(|(id, finished)| id == module && by(*finished));
                        if all || own {
                            *expected.entry((main.map(str::to_owned), module.to_owned())).or_default() += 1;
                        }
                    }
                }
                assert_eq!(tally, expected, "{engine:?} {now}");
            }
        }
    }
}

#[tokio::test]
async fn a_profession_and_a_search_narrow_counts_and_lists_alike() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let population = Population::invent(17, 160);
        population.store(&test.site.db).await;
        let mut conn = test.site.db.read().await.expect("a connection");
        let now = instants()[2];
        let everybody = question(&population, 0, now);
        for (profession, search) in
            [("看護師", ""), ("", "00004"), ("医師", "1"), ("", "%"), ("", "_"), ("", "!")]
        {
            let asked =
                Question { profession: profession.into(), search: search.into(), ..everybody.clone() };
            let expected = population
                .owing(asked.requirement.as_str(), now, asked.instant.day)
                .filter(|(person, ..)| profession.is_empty() || person.profession == profession)
                .filter(|(person, ..)| person.number.contains(search))
                .count();
            let people: i64 = store::counts(&mut conn, &asked, &Scan::Everywhere)
                .await
                .expect("counts")
                .iter()
                .map(|row| row.people)
                .sum();
            assert_eq!(usize::try_from(people).expect("small"), expected, "{engine:?} {profession} {search}");
            let rows = store::roster(
                &mut conn,
                &asked,
                &Scan::Everywhere,
                "all",
                |_| true,
                Order::Kana,
                Page::WHOLE,
            )
            .await
            .expect("a list");
            assert_eq!(rows.len(), expected);
        }
    }
}

#[tokio::test]
async fn pages_of_a_list_follow_each_other_without_gap_or_double() {
    let test = TestSite::new().await;
    let population = Population::invent(19, 160);
    population.store(&test.site.db).await;
    let mut conn = test.site.db.read().await.expect("a connection");
    let asked = question(&population, 0, instants()[3]);
    for order in [Order::Kana, Order::Due, Order::Department] {
        let whole = store::roster(&mut conn, &asked, &Scan::Everywhere, "all", |_| true, order, Page::WHOLE)
            .await
            .expect("a list");
        let mut parts = Vec::new();
        loop {
            let skip = i64::try_from(parts.len()).expect("small");
            let page = Page { lines: 23, skip };
            let rows = store::roster(&mut conn, &asked, &Scan::Everywhere, "all", |_| true, order, page)
                .await
                .expect("a list");
            if rows.is_empty() {
                break;
            }
            parts.extend(rows);
        }
        assert_eq!(parts, whole, "{order:?}");
    }
}
