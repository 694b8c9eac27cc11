//! What nobody can find by taking one number from another: two tables of one page, two pages, two wordings, two days.

use chrono::TimeDelta;
use http::StatusCode;
use kokoroe_courses::{Content, Module};
use kokoroe_server::id::StaffId;

use super::answering::{MODULE, asked, many, store, store_after, store_wordings, store_wordings_of};
use super::hospital::{leaves, move_to, write};
use super::insight::row;
use super::stored::Value;
use crate::support::people::Ward;
use crate::support::{Browser, TestSite, day, engines};

const REVISION: &str = "
    INSERT INTO content_revision (hash, kind, content_id, body, published_at, leaf)
    VALUES ($1, 'module', 'final-test', $2, $3, 0)";
const OBJECTION: &str = "
    INSERT INTO objection (id, module_id, revision, place, response, lang, words, staff_id, mark, made_at, leaf)
    VALUES ($1, 'final-test', $2, $3, '{\"choice\":\"x\"}', 'ja', 'ひとこと', NULL, $1, $4, 0)";
/// The same answer 100,000 times.
const VERY_MANY: &str = "
    INSERT INTO answer (attempt_id, turn, place, response, grade, points, out_of, first, lang, answered_at, leaf)
    WITH RECURSIVE n (turn) AS (SELECT 101 UNION ALL SELECT turn + 1 FROM n WHERE turn < 100100)
    SELECT $1, turn, $2, $3, 3, 3, 3, TRUE, 'ja', $4, 0 FROM n";

/// The page of the first question, from its groups on.
async fn groups(test: &TestSite, office: &mut Browser) -> String {
    let page = office.get(&format!("/office/questions/{MODULE}/{}", asked(test)[0].place)).await;
    assert_eq!(page.status, StatusCode::OK);
    page.body.split("id=\"professions\"").nth(1).expect("the groups").to_owned()
}

#[tokio::test]
async fn five_people_are_not_found_by_setting_professions_against_departments() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut people = many(40, "看護師", ward.third.as_str(), &[0]);
        people.extend(many(12, "薬剤師", ward.fourth.as_str(), &[9]));
        people.extend(many(5, "運転手", ward.third.as_str(), &[9]));
        store(&test, &ward, people).await;
        let mut office = test.signed_in("100020").await;
        let shown = groups(&test, &mut office).await;
        assert!(shown.contains("45人") && shown.contains("12人"), "the departments are told: {shown}");
        assert!(!shown.contains("40人") && !shown.contains("看護師") && !shown.contains("運転手"), "{shown}");
        assert!(shown.contains("部署別の表と引き比べると10人未満の人の答えが分かってしまうため"), "{shown}");
    }
}

#[tokio::test]
async fn the_page_of_a_question_and_the_table_of_clauses_hide_the_same_departments() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut people = many(20, "看護師", ward.third.as_str(), &[0]);
        people.extend(many(20, "看護師", ward.fourth.as_str(), &[9]));
        people.extend(many(4, "看護師", ward.top.as_str(), &[0]));
        store(&test, &ward, people).await;
        let mut office = test.signed_in("100020").await;
        let page = groups(&test, &mut office).await;
        let clauses = office.get("/office/clauses").await.body;
        let table = clauses.split("<tbody").nth(1).expect("a table");
        let told =
            |name: &str| page.split("<tr").any(|row| row.contains(name) && !row.contains("data-hidden"));
        for name in ["3病棟", "4病棟"] {
            assert_eq!(told(name), table.contains(name), "{engine:?} {name}: {page} {table}");
        }
        assert!(told("3病棟") != told("4病棟"), "one of them hides the four: {page}");
    }
}

#[tokio::test]
async fn a_wording_that_stayed_while_another_changed_does_not_tell_of_three_people() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        // In the older revision the second wording read otherwise: 13 and 12 people; now 3 and 20.
        let older = worded_otherwise(&test);
        let hash = older.revision();
        let body = Value::Text(older.canonical());
        let stored = vec![Value::Text(hash.clone()), body, Value::Time(test.site.now())];
        write(&test, vec![(REVISION, vec![stored])]).await;
        let family = store_wordings(&test, &ward, &[3, 20]).await;
        store_wordings_of(&test, &ward, (&hash, &older), &[13, 12]).await;
        let mut office = test.signed_in("100020").await;
        let wordings = |body: &str| -> String {
            body.split("id=\"wordings\"")
                .nth(1)
                .and_then(|rest| rest.split("</section>").next())
                .expect("a table")
                .to_owned()
        };
        let now = office.get(&format!("/office/questions/final-test/{family}")).await;
        assert!(now.body.contains("23人"), "{}", now.body);
        let now = wordings(&now.body);
        assert_eq!(now.matches("data-hidden=\"true\"").count(), 2, "23 − 20 would be the 3: {now}");
        let then = office.get(&format!("/office/questions/final-test/{family}?revision={hash}")).await;
        assert!(then.body.contains("25人"), "{}", then.body);
        let then = wordings(&then.body);
        assert!(then.contains("12人") && !then.contains("16人") && !then.contains("13人"), "{then}");
    }
}

/// The final test before the second wording of its first point was changed.
fn worded_otherwise(test: &TestSite) -> Module {
    let mut module = test.site.content.module("final-test").expect("the test").1.as_ref().clone();
    let Content::Test(pool) = &mut module.content else { panic!("a test") };
    let family = pool.families.iter_mut().find(|family| family.variants.len() >= 2).expect("wordings");
    family.variants[1].ask.ja.push_str("（旧）");
    module
}

/// How many people each page and the file count.
async fn counted(test: &TestSite, office: &mut Browser, people: usize) -> bool {
    let place = asked(test)[0].place.clone();
    let list = office.get("/office/questions").await.body;
    let page = office.get(&format!("/office/questions/{MODULE}/{place}")).await.body;
    let file = office.post("/office/questions/export", &[("format", "csv")]).await.body;
    let line = file.lines().find(|line| line.contains(&format!(",{place},"))).expect("a line").to_owned();
    let found = [
        row(&list, &place).contains(&format!("{people}人")),
        page.contains(&format!("{people} / {people}人")),
        line.contains(&format!(",{people},100.0%,")),
    ];
    assert!(found.iter().all(|each| *each == found[0]), "all of one instant: {found:?}");
    found[0]
}

async fn nurses(test: &TestSite, ward: &Ward, before: usize, people: usize) {
    store_after(test, ward, before, many(people, "看護師", ward.third.as_str(), &[0])).await;
}

#[tokio::test]
async fn a_reload_after_one_person_does_not_tell_what_that_person_answered() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        nurses(&test, &ward, 0, 12).await;
        let mut office = test.signed_in("100020").await;
        assert!(counted(&test, &mut office, 12).await);
        let as_of = "2026年10月1日 9:00 時点";
        for (minutes, more, before) in [(20, 1, 12), (20, 8, 13)] {
            test.clock.advance(TimeDelta::minutes(minutes));
            nurses(&test, &ward, before, more).await;
            assert!(counted(&test, &mut office, 12).await, "{engine:?} {more}");
            for page in ["/office/questions", "/office/clauses"] {
                let body = office.get(page).await.body;
                assert!(body.contains(as_of), "{page}: {body}");
            }
        }
        nurses(&test, &ward, 21, 1).await;
        assert!(counted(&test, &mut office, 22).await, "ten more people");
        nurses(&test, &ward, 22, 1).await;
        assert!(counted(&test, &mut office, 22).await);
        test.clock.advance(TimeDelta::days(1));
        let mut office = test.signed_in("100020").await;
        assert!(counted(&test, &mut office, 23).await, "a day later");
    }
}

#[tokio::test]
async fn nobody_waits_while_very_many_answers_are_counted_again() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    nurses(&test, &ward, 0, 12).await;
    let question = &asked(&test)[0];
    let text = |text: &str| Value::Text(text.to_owned());
    let response = format!("{{\"choice\":\"{}\"}}", question.choices[0].0);
    let one = text("018f0000-0000-7000-8000-000000000000");
    let values = vec![one, text(&question.place), text(&response), Value::Time(test.site.now())];
    write(&test, vec![(VERY_MANY, vec![values])]).await;
    let mut office = test.signed_in("100020").await;
    let mut counts = async |people: &str| {
        row(&office.get("/office/questions").await.body, &question.place).contains(people)
    };
    assert!(counts("100,012人").await);
    nurses(&test, &ward, 12, 10).await;
    assert!(counts("100,012人").await, "the last count is shown while the next one is made");
    let mut renewed = false;
    for _ in 0..600 {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        renewed = counts("100,022人").await;
        if renewed {
            break;
        }
    }
    assert!(renewed, "and then the next one");
}

#[tokio::test]
async fn no_number_is_of_another_instant_than_the_page_or_the_file_states() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let mut people = many(20, "看護師", ward.third.as_str(), &[0]);
    people.extend(many(20, "看護師", ward.fourth.as_str(), &[9]));
    store(&test, &ward, people).await;
    let mut office = test.signed_in("100020").await;
    let before = groups(&test, &mut office).await;
    assert!(before.contains("20人"), "{before}");
    test.clock.advance(TimeDelta::hours(3));
    let moving = StaffId::parse("018f0000-0000-7000-8000-000000000000").expect("an id");
    move_to(&test, &moving, &ward.fourth, day("2026-10-01")).await;
    let part = |page: &str| {
        page.split("id=\"departments\"")
            .nth(1)
            .and_then(|rest| rest.split("</table>").next())
            .map(str::to_owned)
    };
    assert_eq!(
        part(&groups(&test, &mut office).await),
        part(&before),
        "the groups are of the instant of the rest"
    );
    for file in ["/office/questions/export", "/office/clauses/export"] {
        assert_eq!(office.post(file, &[("format", "csv")]).await.status, StatusCode::OK);
    }
    for made in leaves(&test, "export.made").await {
        assert!(made.contains("\"as_of\":\"2026-10-01T00:00:00.000Z\""), "{made}");
    }
}

#[tokio::test]
async fn objections_to_a_wording_are_not_missing_from_the_page_of_its_point() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let family = store_wordings(&test, &ward, &[15, 14]).await;
        let (hash, module) = test.site.content.module("final-test").expect("the test");
        let Content::Test(pool) = &module.content else { panic!("a test") };
        let point = pool.families.iter().find(|each| each.id == family).expect("the point");
        let text = |text: &str| Value::Text(text.to_owned());
        let rows = point.variants.iter().take(2).enumerate().map(|(number, variant)| {
            let id = text(&format!("018f0000-0000-7000-8000-90000000000{number}"));
            vec![id, text(hash), text(&format!("{family}/{}", variant.id)), Value::Time(test.site.now())]
        });
        write(&test, vec![(OBJECTION, rows.collect())]).await;
        let mut office = test.signed_in("100020").await;
        let page = office.get(&format!("/office/questions/final-test/{family}")).await;
        assert!(page.body.contains("この問いへの声 2件"), "{engine:?}: {}", page.body);
        let list =
            office.get(&format!("/office/objections?state=all&module=final-test&place={family}")).await;
        assert_eq!(list.body.matches("ひとこと").count(), 2, "{}", list.body);
        let wording = format!("{family}/{}", point.variants[0].id);
        let one = office.get(&format!("/office/questions/final-test/{wording}")).await;
        assert!(one.body.contains("この問いへの声 1件"), "{}", one.body);
    }
}
