//! Two months of a hospital in which anything happens in any order. What a report says of a day now, it says of that day for ever; and
//! what it says now is what follows, person by person, from the page of that person.

mod happenings;

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use kokoroe_server::clock::Calendar;
use kokoroe_server::db::Engine;
use kokoroe_server::id::{DepartmentId, StaffId};
use kokoroe_server::people::staff::staff_by_number;
use kokoroe_server::people::store::posting::postings_of;
use kokoroe_server::reports::scope::Tree;
use kokoroe_server::reports::store::{self as reports, Instant, Order, Page, Question, Scan};
use kokoroe_server::requirements::follow::follow_all;
use kokoroe_server::requirements::status::Status;
use kokoroe_server::requirements::store as requirements;
use kokoroe_server::training::overview::Overview;

use super::population::Chance;
use crate::support::people::Ward;
use crate::support::{TestSite, day, engines};

const DAYS: i64 = 60;

/// Staff number: department, profession, status and the first instant that is too late.
type Seen = BTreeMap<String, (Option<String>, String, Status, DateTime<Utc>)>;

struct History {
    test: TestSite,
    ward: Ward,
    chance: Chance,
    /// Everybody who ever came, by number.
    people: BTreeMap<String, StaffId>,
    /// What the departments are called today.
    names: HashMap<DepartmentId, String>,
    /// How often each sort of thing happened.
    happened: BTreeMap<&'static str, u32>,
}

impl History {
    async fn begin(engine: Engine, seed: u64) -> Self {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut people = BTreeMap::new();
        for number in ["100001", "100002", "100003", "100010", "100011", "100020", "100030"] {
            people.insert(number.to_owned(), test.staff(number).await);
        }
        let names = [(&ward.top, "病院"), (&ward.third, "3病棟"), (&ward.fourth, "4病棟")]
            .map(|(id, name)| (id.clone(), name.to_owned()))
            .into();
        Self { test, ward, chance: Chance(seed), people, names, happened: BTreeMap::new() }
    }

    fn today(&self) -> NaiveDate {
        Calendar::default().date(self.test.site.now())
    }

    /// What the list of everybody says as of an instant.
    async fn report(&self, at: DateTime<Utc>) -> Seen {
        let mut conn = self.test.site.db.read().await.expect("a connection");
        let instant = Instant::new(at, Calendar::default());
        let tree = Tree::load(&mut conn, instant.day).await.expect("a tree");
        let asked = Question::of(self.ward.requirement.clone(), instant);
        let rows =
            reports::roster(&mut conn, &asked, &Scan::Everywhere, "all", |_| true, Order::Kana, Page::WHOLE)
                .await
                .expect("a list");
        let counted = reports::counts(&mut conn, &asked, &Scan::Everywhere).await.expect("counts");
        let people: i64 = counted.iter().map(|row| row.people).sum();
        assert_eq!(usize::try_from(people).expect("small"), rows.len(), "counts and list agree");
        let seen: Seen = rows
            .iter()
            .map(|row| {
                let name = row.department_id.as_ref().and_then(|id| tree.get(id));
                let name = name.map(|node| node.department.name.clone());
                (row.staff_no.clone(), (name, row.profession.clone(), row.status(), row.due_at))
            })
            .collect();
        assert_eq!(seen.len(), rows.len(), "nobody is listed twice");
        seen
    }

    /// The same, reckoned person by person from what their own page says.
    async fn reckoned(&self) -> Seen {
        let mut conn = self.test.site.db.read().await.expect("a connection");
        let today = self.today();
        let mut seen = Seen::new();
        for number in self.people.keys() {
            let person = staff_by_number(&mut conn, number).await.expect("a look").expect("a person");
            let postings = postings_of(&mut conn, &person.id).await.expect("postings");
            let main = postings
                .iter()
                .filter(|one| one.main && one.from_on <= today && one.to_on.is_none_or(|to| today < to))
                .max_by_key(|one| (one.from_on, one.id.clone()));
            let place = main.map(|posting| self.names[&posting.department_id].clone());
            for period in requirements::periods_of(&mut conn, &person.id).await.expect("periods") {
                let overview = Overview::load(&self.test.site, &mut conn, period).await.expect("an overview");
                if overview.corrected.is_none() {
                    let stands =
                        (place.clone(), person.profession.clone(), overview.status, overview.terms.due_at);
                    assert!(seen.insert(number.clone(), stands).is_none(), "{number} owes it twice");
                }
            }
        }
        seen
    }
}

#[tokio::test]
async fn whatever_happens_a_report_of_a_past_day_says_what_it_said_on_that_day() {
    for engine in engines() {
        for seed in [3, 4] {
            let mut history = History::begin(engine, seed).await;
            let calendar = Calendar::default();
            let first = day("2026-10-02");
            let mut said = Vec::new();
            let mut statuses = BTreeMap::new();
            for passed in 0..DAYS {
                let today = first + TimeDelta::days(passed);
                history.test.clock.set(calendar.start_of(today) + TimeDelta::hours(2));
                follow_all(&history.test.site).await.expect("a run");
                for _ in 0..history.chance.below(5) {
                    history.something().await;
                }
                let end = calendar.end_of(today) - TimeDelta::microseconds(1);
                history.test.clock.set(end);
                let report = history.report(end).await;
                assert_eq!(report, history.reckoned().await, "{engine:?} {seed} {today}");
                for (_, _, status, _) in report.values() {
                    *statuses.entry(*status).or_insert(0) += 1;
                }
                said.push((end, report));
            }
            for (end, report) in said {
                assert_eq!(history.report(end).await, report, "{engine:?} {seed} as of {end}");
            }
            let kinds = [
                "join",
                "move",
                "leave",
                "go",
                "complete",
                "correct",
                "exempt",
                "extend",
                "rename",
                "profession",
            ];
            for kind in kinds {
                assert!(history.happened.contains_key(kind), "{kind} happened: {:?}", history.happened);
            }
            for status in
                [Status::NotStarted, Status::Completed, Status::Overdue, Status::Exempt, Status::Out]
            {
                assert!(statuses.contains_key(&status), "{status:?} was there: {statuses:?}");
            }
        }
    }
}
