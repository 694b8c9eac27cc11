//! 「所属と休職」: what the training office writes down about a person, and what lists of staff then leave alone.

use super::in_time::change;
use super::*;
use crate::support::people::Ward;
use crate::support::{at, engines};
use kokoroe_app::Lang;
use kokoroe_server::audit::store as log;
use kokoroe_server::db::Engine;
use kokoroe_server::id::StaffId;
use kokoroe_server::jobs::hourly;
use kokoroe_server::people::import::{ImportError, Order, import_file};
use kokoroe_server::people::posting::leaves_of;
use kokoroe_server::people::{hospital, update_staff};

async fn ten_days_later(engine: Engine) -> (TestSite, Ward, Browser) {
    let site = TestSite::on(engine).await;
    let ward = site.ward().await;
    site.clock.set(at("2026-10-10T00:00:00Z"));
    let office = site.signed_in("100020").await;
    (site, ward, office)
}

fn form(staff: &StaffId, form: &str) -> String {
    format!("/office/people/{staff}/record/{form}")
}

async fn write(office: &mut Browser, staff: &StaffId, which: &str, fields: &[(&str, &str)]) {
    let done = office.post(&form(staff, which), fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{which} {}", done.body);
    assert!(office.get(done.location()).await.body.contains("記録しました"));
}

async fn refused(office: &mut Browser, staff: &StaffId, which: &str, fields: &[(&str, &str)], why: &str) {
    let answer = office.post(&form(staff, which), fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{which} {fields:?}");
    assert!(answer.body.contains(why) && answer.body.contains("error-summary"), "{why}: {}", answer.body);
}

async fn leaves(site: &TestSite, about: &str) -> Vec<String> {
    let mut conn = site.site.db.read().await.expect("a connection");
    let name = site.site.ledger.log_at(site.site.now());
    let all = log::leaves_of(&mut conn, &name, about).await.expect("leaves");
    all.into_iter().map(|leaf| leaf.kind).collect()
}

#[tokio::test]
async fn somebody_who_moved_counts_where_they_were_that_day() {
    for engine in engines() {
        let (_site, ward, mut office) = ten_days_later(engine).await;
        let fourth = [("department", ward.fourth.as_str()), ("kind", "main"), ("from", "2026-10-08")];
        write(&mut office, &ward.nurse, "posting", &fourth).await;
        for (on, third, fourth) in
            [("2026-10-07", true, false), ("2026-10-08", false, true), ("", false, true)]
        {
            for (department, there) in [(&ward.third, third), (&ward.fourth, fourth)] {
                let page = office.get(&format!("/office/departments/{department}?at={on}")).await;
                assert_eq!(page.body.contains("鈴木 一郎"), there, "{engine:?} {on}");
            }
        }
        let record = office.get(&form(&ward.nurse, "")[..form(&ward.nurse, "").len() - 1]).await;
        assert!(
            record.body.contains("2026年10月7日") && record.body.contains("2026年10月8日"),
            "{}",
            record.body
        );
    }
}

#[tokio::test]
async fn two_postings_count_once() {
    for engine in engines() {
        let (site, ward, mut office) = ten_days_later(engine).await;
        let also = [("department", ward.fourth.as_str()), ("kind", "also"), ("from", "2026-10-09")];
        write(&mut office, &ward.nurse, "posting", &also).await;
        let away = [("department", ward.top.as_str()), ("kind", "seconded"), ("from", "2026-10-09")];
        write(&mut office, &ward.nurse, "posting", &away).await;
        assert_eq!(rate_of(&mut office, "/office").await, "0 / 7人", "{engine:?}");
        let fourth = office.get(&format!("/office/departments/{}", ward.fourth)).await;
        assert!(fourth.body.contains("鈴木 一郎"), "listed there too");
        assert_eq!(rate_of(&mut office, &format!("/office/departments/{}", ward.fourth)).await, "0 / 2人");
        refused(&mut office, &ward.nurse, "posting", &also, "もうこの部署に所属しています").await;
        let record = office.get(&format!("/office/people/{}/record", ward.nurse)).await;
        assert!(record.body.contains("出向") && record.body.contains("兼務"), "{}", record.body);
        let mut conn = site.site.db.read().await.expect("a connection");
        let all = postings_of(&mut conn, &ward.nurse).await.expect("postings");
        let last =
            all.iter().find(|posting| posting.department_id == ward.fourth).expect("one").id.to_string();
        drop(conn);
        let end = [("posting", last.as_str()), ("last", "2026-10-09")];
        write(&mut office, &ward.nurse, "posting-end", &end).await;
        let fourth = office.get(&format!("/office/departments/{}", ward.fourth)).await;
        assert!(!fourth.body.contains("鈴木 一郎"));
        for (fields, why) in [
            (vec![("from", "")], "日付を入れてください"),
            (vec![("from", "2026-10-10"), ("until", "2026-10-09")], "始まりの日より前です"),
            (vec![("from", "2019-10-10")], "入職日より前の日です"),
            (vec![("from", "2026-10-10"), ("department", "x")], "選んでください"),
        ] {
            refused(&mut office, &ward.nurse, "posting", &fields, why).await;
        }
    }
}

/// The counts behind the rate that a page shows first.
async fn rate_of(office: &mut Browser, path: &str) -> String {
    let page = office.get(path).await;
    let (_, rest) = page.body.split_once("0.0%（").unwrap_or_else(|| panic!("{path}: {}", page.body));
    rest.split('）').next().expect("an end").to_owned()
}

#[tokio::test]
async fn a_deputy_sees_what_the_manager_sees_and_loses_sight_on_the_day_after_the_end() {
    for engine in engines() {
        let (site, ward, mut office) = ten_days_later(engine).await;
        let deputy = |until: &'static str| {
            [("managed", ward.third.to_string()), ("role", "deputy".into()), ("role_until", until.to_owned())]
        };
        for (until, why) in [
            ("", "代行には最後の日を入れてください"),
            ("2026-10-09", "今日から1年までの間で"),
            ("2027-10-10", "今日から1年までの間で"),
        ] {
            let fields = deputy(until);
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            refused(&mut office, &ward.fourth_nurse, "role", &fields, why).await;
        }
        let fields = deputy("2026-10-12");
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        write(&mut office, &ward.fourth_nurse, "role", &fields).await;
        refused(&mut office, &ward.fourth_nurse, "role", &fields, "もうこの役割があります").await;
        let tree = office.get("/office/departments").await;
        assert!(tree.body.contains("𠮷田 恵（代行、2026年10月12日まで）"), "{}", tree.body);

        let mut nurse = site.signed_in("100003").await;
        let team = nurse.get("/team").await;
        assert!(team.body.contains("鈴木 一郎") && team.body.contains("部署の状況（代行）"), "{}", team.body);
        site.clock.set(at("2026-10-12T14:59:00Z"));
        let mut nurse = site.signed_in("100003").await;
        assert_eq!(nurse.get("/team").await.status, StatusCode::OK, "until the last minute of the day");
        site.clock.set(at("2026-10-12T15:00:00Z"));
        assert_eq!(nurse.get("/team").await.status, StatusCode::FORBIDDEN, "{engine:?}");
        let path = format!("/team/people/{}", ward.nurse);
        assert_eq!(nurse.get(&path).await.status, StatusCode::FORBIDDEN);
        assert!(!leaves(&site, ward.fourth_nurse.as_str()).await.contains(&"role.revoke".to_owned()));
        hourly(&site.site).await;
        hourly(&site.site).await;
        let ended = leaves(&site, ward.fourth_nurse.as_str()).await;
        assert_eq!(ended.iter().filter(|kind| *kind == "role.revoke").count(), 1, "{ended:?}");
    }
}

#[tokio::test]
async fn a_leave_begins_ends_and_does_not_meet_another() {
    for engine in engines() {
        let (site, ward, mut office) = ten_days_later(engine).await;
        let leave = [("reason", "育休"), ("leave_from", "2026-10-09"), ("leave_back", "")];
        write(&mut office, &ward.nurse, "leave", &leave).await;
        refused(&mut office, &ward.nurse, "leave", &leave, "もう休職になっています").await;
        refused(&mut office, &ward.nurse, "leave", &[("leave_from", "2026-10-09")], "理由を").await;
        let page = office.get(&format!("/office/departments/{}", ward.third)).await;
        assert!(page.body.contains("休職（育休）"), "{engine:?}");
        let mut conn = site.site.db.read().await.expect("a connection");
        let id = leaves_of(&mut conn, &ward.nurse).await.expect("leaves").pop().expect("one").id.to_string();
        drop(conn);
        let early = [("leave", id.as_str()), ("back", "2026-10-09")];
        refused(&mut office, &ward.nurse, "leave-end", &early, "始まりの日より前です").await;
        write(&mut office, &ward.nurse, "leave-end", &[("leave", &id), ("back", "2026-10-10")]).await;
        let page = office.get(&format!("/office/departments/{}", ward.third)).await;
        assert!(!page.body.contains("休職（育休）"), "back today");
    }
}

#[tokio::test]
async fn a_departure_is_set_and_taken_back_and_nobody_lets_themselves_go() {
    for engine in engines() {
        let (site, ward, mut office) = ten_days_later(engine).await;
        let mut nurse = site.signed_in("100001").await;
        refused(&mut office, &ward.office, "left", &[("last_day", "2026-10-09")], "自分自身を").await;
        write(&mut office, &ward.nurse, "left", &[("last_day", "2026-10-09")]).await;
        assert_eq!(nurse.get("/").await.status, StatusCode::SEE_OTHER, "{engine:?}");
        let then = office.get(&format!("/office/departments/{}?at=2026-10-05", ward.third)).await;
        assert!(then.body.contains("鈴木 一郎"), "the past keeps them");
        write(&mut office, &ward.nurse, "left", &[("stays", "on")]).await;
        assert_eq!(person(&site, "100001").await.expect("known").left_on, None);
    }
}

/// The names of the sorts of change of a plan that are not empty.
fn told(plan: &[String]) -> Vec<&str> {
    let heads = plan.iter().filter(|line| !line.starts_with(' ') && !line.ends_with(": 0"));
    heads.filter_map(|line| line.split_once(':')).map(|(head, _)| head).collect()
}

#[tokio::test]
async fn what_the_office_entered_by_hand_stays_until_it_is_released() {
    for engine in engines() {
        let (site, ward, mut office) = ten_days_later(engine).await;
        let fourth = [("department", ward.fourth.as_str()), ("kind", "main"), ("from", "2026-10-10")];
        write(&mut office, &ward.nurse, "posting", &fourth).await;
        let leave = [("reason", "育休"), ("leave_from", "2026-10-09")];
        write(&mut office, &ward.other_nurse, "leave", &leave).await;
        // The personnel office has not heard of either yet, and leaves those on leave out of its list.
        let csv = without("100002", &[]).into_bytes();
        let order = Order { complete: true, confirm: true, leavers: None };
        let first = import_file(&site.site, csv.clone(), order, Lang::En).await.expect("brought in");
        assert_eq!(told(&first.plan), ["Kept", "Staying as they are"], "{:?}", first.plan);
        let kept: Vec<_> =
            first.plan.iter().filter(|line| line.contains("entered by hand on 2026-10-10")).collect();
        assert_eq!(kept.len(), 2, "{:?}", first.plan);
        assert_eq!(person(&site, "100002").await.expect("known").left_on, None);
        let (_, page) = plan_of(&mut office, &list(&WARD), true).await;
        assert!(page.body.contains("変わるところはありません") && page.body.contains("そのまま残すこと"));

        let record = office.get(&format!("/office/people/{}/record", ward.nurse)).await;
        assert!(
            record.body.contains("手で入力したこと") && record.body.contains("2026年10月10日"),
            "{}",
            record.body
        );
        let release = form(&ward.nurse, "release/posting");
        for _ in 0..2 {
            assert_eq!(office.post(&release, &[]).await.status, StatusCode::SEE_OTHER);
        }
        let second = import_file(&site.site, csv, order, Lang::En).await.expect("brought in");
        assert_eq!(told(&second.plan), ["Moving", "Kept", "Staying as they are"], "{:?}", second.plan);
        let kinds = leaves(&site, ward.nurse.as_str()).await;
        let count = |kind: &str| kinds.iter().filter(|each| *each == kind).count();
        assert_eq!((count("hand.entry"), count("hand.release")), (1, 1), "{kinds:?}");
    }
}

/// So many people in one ward, as a list names them.
fn many(people: std::ops::Range<u32>) -> Vec<String> {
    people.map(|n| format!("2{n:05},山田,{n},ヤマダ,タロウ,03,3病棟,00,看護師,2020/4/1,,")).collect()
}

fn listed(rows: &[String]) -> Vec<u8> {
    let rows: Vec<&str> = WARD.into_iter().chain(rows.iter().map(String::as_str)).collect();
    list(&rows).into_bytes()
}

#[tokio::test]
async fn the_second_run_of_the_same_file_changes_nothing() {
    for engine in engines() {
        let (site, _ward, _) = ten_days_later(engine).await;
        let csv = listed(&many(0..20));
        let order = Order { complete: true, confirm: true, leavers: None };
        let first = import_file(&site.site, csv.clone(), order, Lang::En).await.expect("brought in");
        assert_eq!(first.codes.len(), 20);
        let size = async || {
            let mut conn = site.site.db.read().await.expect("a connection");
            kokoroe_server::reports::store::versions(&mut conn).await.expect("the length of the log")
        };
        let before = size().await;
        for _ in 0..2 {
            let again = import_file(&site.site, csv.clone(), order, Lang::En).await.expect("brought in");
            assert_eq!(told(&again.plan), ["Staying as they are"], "{engine:?} {:?}", again.plan);
            assert_eq!(again.codes.len(), 0);
        }
        assert_eq!(size().await, before, "not one fact was added");
    }
}

#[tokio::test]
async fn a_file_that_would_let_a_tenth_leave_is_stopped() {
    for engine in engines() {
        let (site, ward, _) = ten_days_later(engine).await;
        let order = Order { complete: true, confirm: true, leavers: None };
        let all = listed(&many(0..33));
        import_file(&site.site, all.clone(), order, Lang::En).await.expect("forty people");
        let fewer = listed(&many(4..33));
        let stopped = import_file(&site.site, fewer.clone(), order, Lang::En).await;
        assert!(
            matches!(&stopped, Err(ImportError::ManyLeave(why)) if why.contains("4 of the 40 people") && why.contains("5%")),
            "{stopped:?}"
        );
        let wrong = Order { leavers: Some(3), ..order };
        assert!(import_file(&site.site, fewer.clone(), wrong, Lang::En).await.is_err(), "another number");
        assert_eq!(person(&site, "200000").await.expect("known").left_on, None);

        let inner = site.site.clone();
        let office = ward.office.clone();
        let set = site.site.db.write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: office.as_str() };
                let contacts = &inner.content.catalogue.contacts;
                for wrong in ["101", "-1", "5%", "x"] {
                    assert!(hospital::change(tx, &by, contacts, "import.most_leaving", wrong).await.is_err());
                }
                hospital::change(tx, &by, contacts, "import.most_leaving", "10").await
            })
        });
        set.await.expect("a setting");
        let done = import_file(&site.site, fewer, order, Lang::En).await.expect("a tenth may leave");
        assert!(done.applied, "{engine:?}");
        assert_eq!(person(&site, "200000").await.expect("known").left_on, Some(day("2026-10-10")));
    }
}

#[tokio::test]
async fn a_past_report_tells_the_profession_of_that_day() {
    for engine in engines() {
        let (site, ward, mut office) = ten_days_later(engine).await;
        let mut nurse = person(&site, "100001").await.expect("a person");
        nurse.profession = "助産師".into();
        let inner = site.site.clone();
        let write = site.site.db.write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &inner.ledger, clock: &inner.clock, actor: "system" };
                update_staff(tx, &by, &nurse).await?;
                // The same again on the same day: what was before that day stays.
                update_staff(tx, &by, &Staff { profession: "保健師".into(), ..nurse }).await
            })
        });
        write.await.expect("changed");
        let midwives = support::form(&[("profession", "看護師"), ("at", "2026-10-09")]);
        let path = format!("/office/departments/{}", ward.third);
        let then = office.get(&format!("{path}?{midwives}")).await;
        assert!(then.body.contains("鈴木 一郎"), "{engine:?}");
        let now = office.get(&format!("{path}?{}", support::form(&[("profession", "看護師")]))).await;
        assert!(!now.body.contains("鈴木 一郎"));
        let now = office.get(&format!("{path}?{}", support::form(&[("profession", "保健師")]))).await;
        assert!(now.body.contains("鈴木 一郎"));
    }
}

#[tokio::test]
async fn the_slips_of_each_department_begin_a_sheet_of_their_own() {
    let (_site, ward, mut office) = ten_days_later(Engine::Sqlite).await;
    let _ = change(
        &mut office,
        &format!("/office/departments/{}/record/rename", ward.third),
        &[("on", "2026-10-10"), ("name", "3東病棟")],
    )
    .await;
    let rows = [
        "100041,武田,葵,タケダ,アオイ,03,,,看護師,2026/9/1,,",
        "100042,武田,茜,タケダ,アカネ,04,,,看護師,2026/9/1,,",
        "100043,武田,藍,タケダ,アイ,04,,,看護師,2026/9/1,,",
    ];
    let (path, page) = plan_of(&mut office, &list(&rows), false).await;
    let sheet = confirm(&mut office, &path, &page).await;
    assert_eq!(sheet.body.matches("codes__bundle").count(), 2, "{}", sheet.body);
    for words in ["3東病棟", "1人分。", "4病棟", "2人分。"] {
        assert!(sheet.body.contains(words), "{words}: {}", sheet.body);
    }
}
