//! The rate from week to week.

use chrono::TimeDelta;
use http::StatusCode;
use kokoroe_server::clock::Calendar;
use kokoroe_server::id::RequirementId;
use kokoroe_server::reports::store::trend::people;
use kokoroe_server::reports::store::{Instant, Question, Scan, counts};
use kokoroe_server::reports::trend::rate;
use kokoroe_server::requirements::status::Rate;

use super::hospital::finish;
use super::population::{Population, RECURRING};
use crate::support::{TestSite, at, engines};

#[tokio::test]
async fn the_rate_of_every_week_is_the_one_that_a_report_of_that_day_shows() {
    for engine in engines() {
        let mut rates = std::collections::BTreeSet::new();
        for seed in [21, 22] {
            let test = TestSite::on(engine).await;
            let population = Population::invent(seed, 160);
            population.store(&test.site.db).await;
            let mut conn = test.site.db.read().await.expect("a connection");
            for place in 0..population.requirements.len() {
                let id = RequirementId::parse(&population.requirements[place]).expect("an id");
                let read = people(&mut conn, &id).await.expect("everybody");
                for week in 0..60 {
                    let now = at("2026-03-01T14:59:59.999999Z") + TimeDelta::weeks(week);
                    let instant = Instant::new(now, Calendar::default());
                    for profession in ["", "看護師"] {
                        let asked =
                            Question { profession: profession.into(), ..Question::of(id.clone(), instant) };
                        let counted = counts(&mut conn, &asked, &Scan::Everywhere).await.expect("counts");
                        let report = Rate::of(counted.iter().map(|row| (row.status(), row.people)));
                        let reckoned = rate(&read, place == RECURRING, profession, instant);
                        assert_eq!(reckoned, report, "{engine:?} {seed} {place} {now} {profession}");
                        rates.insert((report.done, report.of));
                    }
                }
            }
        }
        assert!(rates.len() > 200, "the rates differ: {}", rates.len());
    }
}

#[tokio::test]
async fn the_training_office_sees_how_the_rate_rose_and_nobody_else_does() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        test.clock.set(at("2026-10-05T03:00:00Z"));
        finish(&test, &ward.nurse).await;
        test.clock.set(at("2026-10-20T03:00:00Z"));
        let mut office = test.signed_in("100020").await;
        let page = office.get("/office/trend").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("期限は2026年10月31日（土）です。"), "{}", page.body);
        assert!(page.body.contains("受講率は期限の11日前で14.2%（1 / 7人）です。"), "{}", page.body);
        let rows: Vec<&str> = page.body.split("<tr>").filter(|row| row.contains("scope=\"row\"")).collect();
        let row = |when: &str| *rows.iter().find(|row| row.contains(when)).expect("a week");
        assert!(row("期限の4週前").contains("0.0%") && row("期限の4週前").contains("2026年10月3日"));
        assert!(row("期限の3週前").contains("14.2%"), "done on the fifth, shown for the tenth");
        assert!(rows.iter().all(|row| !row.contains("期限の1週前")), "what has not come has no point");
        let past = office.get("/office/trend?at=2026-10-04").await;
        assert!(past.body.contains("受講率は期限の27日前で0.0%（0 / 7人）です。"));
        let nobody = office.get("/office/trend?profession=%E4%B8%96%E7%95%8C").await;
        assert!(nobody.body.contains("この条件で数えられる人は、まだいません。"));
        for number in ["100001", "100010", "100030"] {
            let refused = test.signed_in(number).await.get("/office/trend").await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{number}");
        }
    }
}
