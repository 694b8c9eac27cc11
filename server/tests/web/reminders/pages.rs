//! Where reminders and talks are seen, and by whom.

use http::StatusCode;
use kokoroe_server::db::Engine;
use kokoroe_server::on;
use kokoroe_server::reminders::decide;

use super::{Posted, exempt};
use crate::support::{TestSite, at, engines};

#[tokio::test]
async fn somebody_without_mail_is_told_on_the_first_page_until_it_is_old_or_done() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        decide::run(&test.site).await.expect("decided");
        let mut nurse = test.signed_in("100001").await;
        let home = nurse.get("/").await.body;
        assert!(
            home.contains("10月1日（木）のお知らせ：「SNSの約束 2026年度」の期限は10月31日（土）です"),
            "{home}"
        );
        assert!(home.contains("教育研修の担当"), "whom to ask");
        exempt(&test, &ward, &ward.nurse).await;
        assert!(!nurse.get("/").await.body.contains("のお知らせ："), "{engine:?}: nothing to do");
        let mut other = test.signed_in("100002").await;
        test.clock.set(at("2026-10-09T00:00:00Z"));
        let mut later = test.signed_in("100002").await;
        assert!(!later.get("/").await.body.contains("のお知らせ："), "{engine:?}: a week later");
        other.lang = "en";
    }
}

#[tokio::test]
async fn somebody_with_mail_is_not_told_twice() {
    let posted = Posted::on(Engine::Sqlite, "smtp://localhost:2525", "none").await;
    decide::run(&posted.site).await.expect("decided");
    let mut nurse = posted.test.signed_in("100001").await;
    assert!(!nurse.get("/").await.body.contains("のお知らせ："));
}

#[tokio::test]
async fn the_page_of_a_person_tells_what_was_sent_why_and_what_comes_next() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        decide::run(&test.site).await.expect("decided");
        let mut manager = test.signed_in("100010").await;
        let path = format!("/team/people/{}", ward.nurse);
        let page = manager.get(&path).await.body;
        assert!(page.contains("割り当てられたとき") && page.contains("サインイン後の画面に表示"), "{page}");
        assert!(page.contains("次は 2026年10月19日 8:00（期限の14日前）"), "{page}");
        assert!(page.contains("18時〜8時、土曜、日曜"), "{page}");
        let mut nurse = test.signed_in("100001").await;
        let own = nurse.get("/history").await.body;
        assert!(own.contains("次は 2026年10月19日 8:00（期限の14日前）"), "{engine:?}: {own}");
        exempt(&test, &ward, &ward.nurse).await;
        assert!(manager.get(&path).await.body.contains("免除の間は送りません"), "{engine:?}");
        let past = manager.get(&format!("{path}?at=2026-09-30")).await.body;
        assert!(!past.contains("お知らせの記録"), "an earlier day had none of it");
    }
}

#[tokio::test]
async fn a_talk_is_written_down_once_and_read_by_whom_it_is_about() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut manager = test.signed_in("100010").await;
        let page = format!("/team/people/{}", ward.nurse);
        let path = format!("{page}/notes");
        let wrong = manager.post(&path, &[("spoken_on", "2026-10-09"), ("words", "来週やります")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            wrong.body.contains("来週やります") && wrong.body.contains("2026-10-09"),
            "the fields are kept"
        );
        assert!(
            wrong.body.contains("href=\"#way-1\"") && wrong.body.contains("今日より後"),
            "{}",
            wrong.body
        );
        let note = [
            ("spoken_on", "2026-10-01"),
            ("way", "in_person"),
            ("words", "来週やります"),
            ("next_on", "2026-10-08"),
        ];
        for _ in 0..2 {
            assert_eq!(manager.post(&path, &note).await.location(), format!("{page}#notes"));
        }
        let mut conn = test.site.db.read().await.expect("a connection");
        let (notes, leaf): (i64, i64) =
            on!(&mut conn, |c| sqlx::query_as("SELECT CAST(COUNT(*) AS BIGINT), MAX(leaf) FROM follow_up")
                .fetch_one(c)
                .await)
            .expect("notes");
        let body: Vec<u8> =
            on!(&mut conn, |c| sqlx::query_scalar("SELECT body FROM log_leaf WHERE seq = $1")
                .bind(leaf)
                .fetch_one(c)
                .await)
            .expect("a leaf");
        drop(conn);
        assert_eq!(notes, 1, "{engine:?}: pressed twice");
        let leaf = String::from_utf8(body).expect("text");
        assert!(
            leaf.contains("followup.note")
                && leaf.contains(ward.nurse.as_str())
                && leaf.contains("2026-10-08"),
            "{leaf}"
        );
        assert!(!leaf.contains("来週"), "no words in a leaf: {leaf}");

        let mut nurse = test.signed_in("100001").await;
        let own = nurse.get("/history").await.body;
        assert!(own.contains("来週やります") && own.contains("阿部 洋子"), "{engine:?}: {own}");
        assert!(!own.contains("name=\"spoken_on\""), "nobody writes about themselves");
        let team = manager.get("/team").await.body;
        assert!(team.contains("声かけ 10月1日（木）・次は 10月8日（木）"), "{engine:?}: {team}");
        let mut auditor = test.signed_in("100030").await;
        assert!(auditor.get("/audit/log?kind=followup.note").await.body.contains("声かけの記録"));
    }
}

#[tokio::test]
async fn nobody_writes_about_people_of_others_or_about_themselves() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let note = [("spoken_on", "2026-10-01"), ("way", "phone")];
    let mut fourth = test.signed_in("100011").await;
    let mut manager = test.signed_in("100010").await;
    let mut nurse = test.signed_in("100001").await;
    let mut office = test.signed_in("100020").await;
    let of = |place: &str, staff: &kokoroe_server::id::StaffId| format!("/{place}/people/{staff}/notes");
    assert_eq!(fourth.post(&of("team", &ward.nurse), &note).await.status, StatusCode::NOT_FOUND);
    assert_eq!(manager.post(&of("team", &ward.manager), &note).await.status, StatusCode::NOT_FOUND);
    assert_eq!(manager.post(&of("office", &ward.nurse), &note).await.status, StatusCode::FORBIDDEN);
    assert_eq!(nurse.post(&of("team", &ward.other_nurse), &note).await.status, StatusCode::FORBIDDEN);
    assert_eq!(office.post(&of("office", &ward.office), &note).await.status, StatusCode::NOT_FOUND);
    assert_eq!(office.post(&of("office", &ward.nurse), &note).await.status, StatusCode::SEE_OTHER);
    for page in ["/office/follow-up", "/office/mail", "/office/morning"] {
        assert_eq!(manager.get(page).await.status, StatusCode::FORBIDDEN, "{page}");
    }
    assert_eq!(nurse.get("/team/morning").await.status, StatusCode::FORBIDDEN);
    let other = format!("/team/morning?department={}", ward.fourth);
    assert_eq!(manager.get(&other).await.status, StatusCode::NOT_FOUND, "another ward");
    assert!(!nurse.get("/history").await.body.contains("s100001@"), "no address, none shown");
}

#[tokio::test]
async fn the_office_sees_every_open_case_and_those_whose_next_talk_is_past() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut office = test.signed_in("100020").await;
        let page = office.get("/office/follow-up").await.body;
        assert!(page.contains("あてはまる人はいません"), "{engine:?}: a month before the due date");
        test.clock.set(at("2026-10-20T00:00:00Z"));
        let mut office = test.signed_in("100020").await;
        let note = [
            ("spoken_on", "2026-10-20"),
            ("way", "phone"),
            ("words", "夜勤明けに"),
            ("next_on", "2026-10-22"),
        ];
        office.post(&format!("/office/people/{}/notes", ward.nurse), &note).await;
        let page = office.get("/office/follow-up").await.body;
        assert!(page.contains("7件") && page.contains("夜勤明けに"), "{engine:?}: {page}");
        let of = |department: &kokoroe_server::id::DepartmentId| {
            format!("/office/follow-up?department={department}")
        };
        let page = office.get(&of(&ward.fourth)).await.body;
        assert!(page.contains("𠮷田 恵") && !page.contains("鈴木 一郎"), "{engine:?}: one ward");
        let page = office.get("/office/follow-up?past=on").await.body;
        assert!(page.contains("あてはまる人はいません"), "{engine:?}: the next talk is still to come");
        test.clock.set(at("2026-11-05T00:00:00Z"));
        let mut office = test.signed_in("100020").await;
        let page = office.get("/office/follow-up?past=on").await.body;
        assert!(
            page.contains("1件") && page.contains("鈴木 一郎") && page.contains("過ぎています"),
            "{engine:?}: {page}"
        );
    }
}

#[tokio::test]
async fn the_list_for_the_morning_meeting_has_names_and_days_and_nothing_else() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    exempt(&test, &ward, &ward.other_nurse).await;
    let mut manager = test.signed_in("100010").await;
    let page = manager.get("/team/morning").await.body;
    let main = page.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).expect("a main");
    assert!(
        main.contains("3病棟") && main.contains("鈴木 一郎") && main.contains("期限 10月31日（土）"),
        "{main}"
    );
    for other in ["髙橋 花子", "𠮷田 恵", "100001", "看護師", "未着手"] {
        assert!(!main.contains(other), "{other}: {main}");
    }
    let mut office = test.signed_in("100020").await;
    let page = office.get("/office/morning").await.body;
    assert!(page.contains("4病棟") && page.contains("𠮷田 恵"), "{page}");
}

#[tokio::test]
async fn a_calendar_takes_the_due_date_once_however_often_it_is_downloaded() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let mut nurse = test.signed_in("100001").await;
    assert!(nurse.get("/").await.body.contains("href=\"/training.ics\""));
    let file = nurse.get("/training.ics").await;
    assert_eq!(file.headers["content-type"], "text/calendar; charset=utf-8");
    assert!(file.headers["content-disposition"].to_str().expect("text").starts_with("attachment"));
    let text = file.body.replace("\r\n ", "");
    let uid = format!("UID:{}@localhost:3000\r\n", test.period(&ward.nurse).await);
    assert!(text.contains(&uid), "{text}");
    assert!(text.contains("DTSTART;VALUE=DATE:20261031\r\n"), "{text}");
    assert!(text.contains("SUMMARY:期限：SNSの約束 2026年度\r\n"), "{text}");
    assert!(text.contains("BEGIN:VALARM\r\n") && text.contains("TRIGGER:-P14D\r\n"), "{text}");
    assert!(file.body.lines().all(|line| line.len() <= 75), "lines are folded (RFC 5545, 3.1)");
    test.clock.set(at("2026-10-02T00:00:00Z"));
    let mut nurse = test.signed_in("100001").await;
    assert!(nurse.get("/training.ics").await.body.replace("\r\n ", "").contains(&uid), "the same name");
    exempt(&test, &ward, &ward.nurse).await;
    assert!(!nurse.get("/training.ics").await.body.contains("BEGIN:VEVENT"));
    assert_eq!(test.browser().get("/training.ics").await.status, StatusCode::SEE_OTHER, "only after sign-in");
}
