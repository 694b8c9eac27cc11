//! What managers and the training office see.

use chrono::TimeDelta;
use http::StatusCode;
use kokoroe_server::db::DbError;
use kokoroe_server::id::DepartmentId;
use kokoroe_server::people::{self, NewDepartment, Scribe};

use super::hospital::{also_in, answer, finish, leaves, move_to, run};
use super::population::Population;
use super::stored::Value;
use crate::support::{TestSite, at, day, engines};

#[tokio::test]
async fn a_manager_sees_who_has_to_act_and_the_page_changes_with_them() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut manager = test.signed_in("100010").await;
        let page = manager.get("/team").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("3病棟：未修了 3人</h1>"), "{}", page.body);
        assert!(page.body.contains("0.0%（0 / 3人）"));
        assert!(page.body.contains("2026年10月1日 9:00 時点"), "as of when");
        assert!(page.body.contains("期限まで30日"));
        finish(&test, &ward.nurse).await;
        let page = manager.get("/team").await;
        assert!(page.body.contains("3病棟：未修了 2人</h1>"));
        assert!(page.body.contains("33.3%（1 / 3人）"), "both counts");
        test.clock.set(at("2026-11-03T00:00:00Z"));
        let mut manager = test.signed_in("100010").await;
        let page = manager.get("/team").await;
        assert!(page.body.contains("3病棟：未修了 2人（うち期限超過 2人）</h1>"));
        assert!(page.body.contains("期限を3日過ぎています"), "how late, in words");
        finish(&test, &ward.other_nurse).await;
        finish(&test, &ward.manager).await;
        let page = manager.get("/team").await;
        assert!(page.body.contains("3病棟：全員が修了しています"));
        assert!(page.body.contains("期限後修了"), "late, and said so");
        assert!(page.body.contains("100.0%（3 / 3人）"));
    }
}

#[tokio::test]
async fn tabs_narrow_the_list_and_their_counts_are_those_of_the_lists() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    finish(&test, &ward.nurse).await;
    let mut manager = test.signed_in("100010").await;
    let completed = manager.get("/team?status=completed").await;
    assert!(completed.body.contains("鈴木 一郎") && !completed.body.contains("髙橋 花子"));
    let open = manager.get("/team?status=open&sort=due").await;
    assert!(!open.body.contains("鈴木 一郎") && open.body.contains("髙橋 花子"));
    let nobody = manager.get("/team?status=overdue").await;
    assert!(nobody.body.contains("「期限超過」の人はいません"));
    let found = manager.get("/team?q=%E3%81%9F%E3%81%8B%E3%81%AF%E3%81%97").await;
    assert!(found.body.contains("髙橋 花子"), "たかはし finds タカハシ");
    assert!(!found.body.contains("鈴木 一郎"));
    let nothing = manager.get("/team?q=%25").await;
    assert!(nothing.body.contains("見つかりませんでした"), "a sign of patterns is a sign");
    for wrong in ["/team?status=passed", "/team?sort=1;DROP", "/team?requirement=0"] {
        assert_eq!(manager.get(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let second = manager.get("/team?page=99").await;
    assert_eq!(second.status, StatusCode::OK, "the nearest page there is");
    assert!(second.body.contains("鈴木 一郎"));
}

#[tokio::test]
async fn a_past_day_shows_the_people_and_the_facts_of_that_day() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        test.clock.advance(TimeDelta::days(10));
        finish(&test, &ward.nurse).await;
        move_to(&test, &ward.nurse, &ward.fourth, day("2026-10-15")).await;
        test.clock.set(at("2026-10-20T03:00:00Z"));
        let mut third = test.signed_in("100010").await;
        let mut fourth = test.signed_in("100011").await;
        let now = third.get("/team").await;
        assert!(now.body.contains("未修了 2人") && !now.body.contains("鈴木 一郎"), "moved away");
        let before = third.get("/team?at=2026-10-14").await;
        assert!(before.body.contains("33.3%（1 / 3人）") && before.body.contains("鈴木 一郎"));
        assert!(before.body.contains("2026年10月14日 24:00 時点"));
        let earlier = third.get("/team?at=2026-10-10").await;
        assert!(earlier.body.contains("0.0%（0 / 3人）"), "not finished by then");
        let nurse = format!("/team/people/{}", ward.nurse);
        assert_eq!(third.get(&nurse).await.status, StatusCode::NOT_FOUND, "somebody else's now");
        assert_eq!(fourth.get(&nurse).await.status, StatusCode::OK);
        let then = format!("{nurse}?at=2026-10-12");
        assert_eq!(third.get(&then).await.status, StatusCode::OK, "theirs on that day");
        assert_eq!(fourth.get(&then).await.status, StatusCode::NOT_FOUND);
        let future = third.get("/team?at=2031-01-01").await;
        assert_eq!(future.status, StatusCode::OK);
        assert!(future.body.contains("きょうまでの日付を選びます") && future.body.contains("role=\"alert\""));
        assert!(third.get("/team?at=soon").await.body.contains("日付を読めませんでした"));
        let long_ago = third.get("/team?at=2019-01-01").await;
        assert!(long_ago.body.contains("この時点で始まっている研修はありません"));
    }
}

#[tokio::test]
async fn somebody_who_works_here_as_well_is_listed_and_not_counted() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    also_in(&test, &ward.nurse, &ward.fourth, day("2026-04-01")).await;
    let mut fourth = test.signed_in("100011").await;
    let page = fourth.get("/team").await;
    assert!(page.body.contains("0.0%（0 / 2人）"), "two people are counted");
    assert!(page.body.contains("兼務の人 1人") && page.body.contains("鈴木 一郎"));
    assert!(!page.body.contains("3病棟"), "where else somebody works is not told");
    let person = fourth.get(&format!("/team/people/{}", ward.nurse)).await;
    assert!(
        person.body.contains("4病棟") && person.body.contains("（兼務）") && !person.body.contains("3病棟")
    );
    let third = test.signed_in("100010").await.get("/team").await;
    assert!(third.body.contains("0.0%（0 / 3人）") && !third.body.contains("兼務の人 1人"));
    let whole = test.signed_in("100020").await.get("/office/departments/all").await;
    assert!(whole.body.contains("0.0%（0 / 7人）"), "once in the whole hospital");
    assert_eq!(whole.body.matches("鈴木 一郎").count(), 2, "once among the open ones, once in the list");
}

#[tokio::test]
async fn exempt_and_away_are_told_with_their_reason_and_not_counted() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let leave = "INSERT INTO leave_of_absence (id, staff_id, reason, from_on, to_on) VALUES ('leave', $1, '育休', $2, NULL)";
    run(&test, leave, ward.nurse.as_str(), Value::Day(day("2026-09-01"))).await;
    let mut manager = test.signed_in("100010").await;
    let page = manager.get("/team").await;
    assert!(page.body.contains("0.0%（0 / 2人）"), "{}", page.body);
    assert!(page.body.contains("ほかに 対象外 1人"));
    assert!(page.body.contains("休職（育休）"));
}

#[tokio::test]
async fn a_department_without_people_and_a_closed_one_say_so() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    for staff in [&ward.fourth_nurse, &ward.fourth_manager] {
        move_to(&test, staff, &ward.third, day("2026-09-30")).await;
    }
    let mut fourth = test.signed_in("100011").await;
    let page = fourth.get("/team").await;
    assert!(page.body.contains("4病棟：受ける人はいません"));
    assert!(page.body.contains("この部署には、この研修を受ける人がいません"));
    run(
        &test,
        "UPDATE department SET closed_on = $2 WHERE id = $1",
        ward.fourth.as_str(),
        Value::Day(day("2026-09-30")),
    )
    .await;
    let page = fourth.get("/team").await;
    assert!(page.body.contains("2026年9月30日に廃止された部署です"));
    let before = fourth.get("/team?at=2026-09-29").await;
    assert!(!before.body.contains("廃止された部署"), "it still existed");
}

#[tokio::test]
async fn a_manager_of_a_subtree_chooses_departments_below_it() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let grant = "INSERT INTO role_grant (id, staff_id, role, department_id, granted_at) SELECT 'g', $1, 'manager', id, $2 FROM department WHERE code = '00'";
    run(&test, grant, ward.manager.as_str(), Value::Time(test.site.now() - TimeDelta::hours(1))).await;
    let mut manager = test.signed_in("100010").await;
    let all = manager.get("/team").await;
    assert!(all.body.contains("担当の部署：未修了 7人"), "everybody once");
    assert!(all.body.contains("担当の部署すべて") && all.body.contains("4病棟"));
    let fourth = manager.get(&format!("/team?department={}", ward.fourth)).await;
    assert!(fourth.body.contains("4病棟：未修了 2人"));
    let sorted = manager.get("/team?sort=department").await;
    assert_eq!(sorted.status, StatusCode::OK);
}

#[tokio::test]
async fn one_person_is_shown_with_dates_and_never_with_answers() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let module = test.site.content.catalogue.course.modules_of_everybody().first().expect("a module").clone();
    answer(&test, &ward.nurse, &module, Some(test.site.now())).await;
    finish(&test, &ward.nurse).await;
    let mut manager = test.signed_in("100010").await;
    let mut office = test.signed_in("100020").await;
    let person = manager.get(&format!("/team/people/{}", ward.nurse)).await;
    assert_eq!(person.status, StatusCode::OK);
    assert!(person.body.contains("SNSの約束 2026年度") && person.body.contains("2026年10月1日"));
    let mut pages = vec![person, manager.get("/team").await];
    for path in
        ["/office", "/office/report", "/office/departments/all", &format!("/office/people/{}", ward.nurse)]
    {
        pages.push(office.get(path).await);
    }
    for page in pages {
        assert_eq!(page.status, StatusCode::OK);
        for secret in ["secret-answer", "secret-place", "777777", "888888"] {
            assert!(!page.body.contains(secret), "{secret}");
        }
    }
}

#[tokio::test]
async fn the_training_office_sees_the_whole_hospital_and_every_link_leads_somewhere() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        finish(&test, &ward.nurse).await;
        let modules = test.site.content.catalogue.course.modules_of_everybody().to_vec();
        answer(&test, &ward.fourth_nurse, modules.first().expect("a module"), Some(test.site.now())).await;
        let mut office = test.signed_in("100020").await;
        let home = office.get("/office").await;
        assert_eq!(home.status, StatusCode::OK);
        assert!(home.body.contains("14.2%（1 / 7人）"), "rounded down: {}", home.body);
        assert!(home.body.contains("目標の90%に届いていない部署") && home.body.contains("4病棟"));
        let table = office.get("/office/report").await;
        assert!(table.body.contains("1/7") || table.body.contains(">1<!>/<!>7"), "{}", table.body);
        for sort in ["/office/report?sort=rate", "/office/report?profession=%E7%9C%8B%E8%AD%B7%E5%B8%AB"] {
            assert_eq!(office.get(sort).await.status, StatusCode::OK, "{sort}");
        }
        let mut links = hrefs(&home.body);
        links.extend(hrefs(&table.body));
        links.retain(|link| link.starts_with("/office"));
        links.sort();
        links.dedup();
        assert!(links.len() > 8, "{links:?}");
        for link in links {
            let page = office.get(&link).await;
            assert_eq!(page.status, StatusCode::OK, "{link}");
        }
        for wrong in ["0", "", "-1", "all%20", "018f0000-0000-7000-8000-000000000000"] {
            assert_eq!(
                office.get(&format!("/office/departments/{wrong}")).await.status,
                StatusCode::NOT_FOUND,
                "{wrong}"
            );
        }
    }
}

fn hrefs(body: &str) -> Vec<String> {
    body.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|href| href.split('#').next().unwrap_or(href).replace("&amp;", "&"))
        .collect()
}

#[tokio::test]
async fn whoever_is_in_no_department_is_not_lost() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    run(
        &test,
        "UPDATE posting SET to_on = $2 WHERE staff_id = $1",
        ward.nurse.as_str(),
        Value::Day(day("2026-09-01")),
    )
    .await;
    let mut office = test.signed_in("100020").await;
    let home = office.get("/office").await;
    assert!(home.body.contains("どの部署にも数えられていない人が1人います"));
    let list = office.get("/office/departments/none").await;
    assert!(list.body.contains("鈴木 一郎") && !list.body.contains("髙橋 花子"));
    let table = office.get("/office/report").await;
    assert!(table.body.contains("所属なし"));
}

#[tokio::test]
async fn the_table_of_a_large_tree_is_shown_one_level_at_a_time_and_the_file_has_all_of_it() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let site = test.site.clone();
        let top = ward.top.clone();
        let division: Result<DepartmentId, DbError> = test
            .site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                    let new = |code: String, parent: &DepartmentId| NewDepartment {
                        name: format!("部門{code}"),
                        code,
                        name_en: String::new(),
                        parent: Some(parent.clone()),
                        position: 1,
                    };
                    let division = people::add_department(tx, &by, &new("9".into(), &top)).await?;
                    for number in 100..310 {
                        people::add_department(tx, &by, &new(number.to_string(), &division)).await?;
                    }
                    Ok(division)
                })
            })
            .await;
        let division = division.expect("a division");
        let mut office = test.signed_in("100020").await;
        let rows = |body: &str| body.matches("<tr data-kind").count();
        let whole = office.get("/office/report").await.body;
        // The total, the hospital, those directly in it, two wards, the division.
        assert_eq!(rows(&whole), 6, "{engine:?}: {whole}");
        let inside = format!("/office/report?department={division}");
        assert!(whole.contains(&inside) && whole.contains("3病棟") && !whole.contains("部門200"));
        let part = office.get(&inside).await.body;
        assert_eq!(rows(&part), 211, "the division and everything below it");
        assert!(part.contains("部門200") && !part.contains("3病棟"));
        assert!(part.contains(&format!("/office/report?department={}", ward.top)), "a way up");
        let lowest = office.get("/office/report?sort=rate").await.body;
        assert_eq!(rows(&lowest), 101, "the total and the lowest hundred");
        assert!(lowest.contains("ほかに113部署あります"), "{lowest}");
        let csv = |answer: &str| answer.lines().filter(|line| line.contains("部門")).count();
        let file = office.post("/office/report/export", &[("format", "csv")]).await;
        assert_eq!(csv(&file.body), 211, "{}", file.body);
        let fields = [("format", "csv"), ("department", division.as_str())];
        let file = office.post("/office/report/export", &fields).await.body;
        assert!(csv(&file) == 211 && !file.contains("3病棟"), "{file}");
        assert_eq!(office.get("/office/report?department=x").await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_long_list_comes_in_pages() {
    let test = TestSite::new().await;
    test.ward().await;
    Population::invent(5, 260).store(&test.site.db).await;
    let mut office = test.signed_in("100020").await;
    let requirement = {
        let mut conn = test.site.db.read().await.expect("a connection");
        let all = kokoroe_server::requirements::store::requirements(&mut conn).await.expect("requirements");
        all.into_iter().find(|each| each.code == "odd-2026").expect("the other one").id
    };
    let list = format!("/office/departments/all?requirement={requirement}");
    let first = office.get(&list).await;
    let second = office.get(&format!("{list}&page=2")).await;
    let numbers = |body: &str| -> Vec<String> {
        body.split("/office/people/")
            .skip(1)
            .filter_map(|rest| rest.split(['"', '?']).next())
            .map(str::to_owned)
            .collect()
    };
    assert!(first.body.contains("rel=\"next\"") && !first.body.contains("rel=\"prev\""));
    assert!(second.body.contains("rel=\"prev\""));
    let (first, second) = (numbers(&first.body), numbers(&second.body));
    assert_eq!(second.len(), 100);
    let listed = &first[first.len() - 100..];
    assert!(second.iter().all(|id| !listed.contains(id)), "nobody stands on both");
}

#[tokio::test]
async fn pages_speak_english_too() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let mut manager = test.signed_in("100010").await;
    let switched = manager.post("/language", &[("lang", "en"), ("return_to", "/team")]).await;
    assert_eq!(switched.status, StatusCode::SEE_OTHER);
    let page = manager.get("/team").await;
    assert!(page.body.contains("3 not finished"), "{}", page.body);
    assert!(page.body.contains("Our social media promises, FY2026"));
    let person = manager.get(&format!("/team/people/{}", ward.nurse)).await;
    assert!(person.body.contains("Dates and statuses only"));
}

#[tokio::test]
async fn looking_changes_nothing() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let mut manager = test.signed_in("100010").await;
    let mut office = test.signed_in("100020").await;
    let before = leaves(&test, "export.made").await.len();
    for path in ["/team".to_owned(), "/team?status=open".to_owned(), format!("/team/people/{}", ward.nurse)] {
        manager.get(&path).await;
    }
    for path in ["/office", "/office/report", "/office/departments/all"] {
        office.get(path).await;
    }
    assert_eq!(manager.get("/team/export").await.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(leaves(&test, "export.made").await.len(), before);
}
