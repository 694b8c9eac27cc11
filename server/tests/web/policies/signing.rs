//! Who is asked to sign again, and who is not.

use chrono::NaiveDate;
use http::StatusCode;
use kokoroe_server::audit::live_check;
use kokoroe_server::clock::Calendar;
use kokoroe_server::db::DbError;
use kokoroe_server::jobs;
use kokoroe_server::on;
use kokoroe_server::reports::store::{Instant, history};
use kokoroe_server::requirements::follow::follow_all;
use kokoroe_server::requirements::plan::Release;
use kokoroe_server::requirements::status::Status;
use kokoroe_server::requirements::store as requirements;
use kokoroe_server::training::store::completion;

use super::steps::{Office, asked, hidden, periods, publish, ready, sign, signed_before};
use crate::obligations::attendance::record;
use crate::support::{TestSite, at, day, engines};

fn last_day(at: chrono::DateTime<chrono::Utc>) -> NaiveDate {
    Calendar::default().last_day_before(at)
}

/// Says that everything but the signature of somebody's training is done.
async fn modules_done(test: &TestSite, period: &kokoroe_server::id::PeriodId) {
    let (id, now) = (period.clone(), test.site.now());
    let noted: Result<(), DbError> = test
        .site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let text = "INSERT INTO progress (period_id, started_at, done_at) VALUES ($1, $2, $2)";
                Ok(on!(tx, |c| sqlx::query(text).bind(&id).bind(now).execute(c).await.map(drop))?)
            })
        })
        .await;
    noted.expect("noted");
}

async fn status(
    test: &TestSite,
    staff: &kokoroe_server::id::StaffId,
    period: &kokoroe_server::id::PeriodId,
) -> Status {
    let mut conn = test.site.db.read().await.expect("a connection");
    let now = Instant::new(test.site.now(), Calendar::default());
    let rows = history(&mut conn, staff, now).await.expect("a history");
    rows.iter().find(|row| row.period_id == *period).expect("the period").status()
}

#[tokio::test]
async fn a_material_change_asks_those_who_signed_and_whoever_is_still_learning_signs_it_there() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let mut office = Office::of(&test).await;
        let ward = office.ward.clone();
        for signer in [&ward.nurse, &ward.other_nurse] {
            signed_before(&test, signer).await;
        }
        ready(&mut office, "2026-10-01", "material").await;
        let page = office.author.get("/office/policy/draft/publish").await;
        assert!(page.body.contains("2人に、改めて署名をお願いします。"), "{}", page.body);
        assert!(page.body.contains("期限は2026年10月31日"), "{}", page.body);
        assert!(
            page.body.contains("最後の署名が第4版：2人") && page.body.contains("まだ署名したことがない：5人")
        );
        assert!(page.body.contains("3病棟"));
        let (hash, seen) = (hidden(&page.body, "hash"), hidden(&page.body, "seen"));
        let fields = [("hash", hash.as_str()), ("seen", seen.as_str()), ("days", "20")];
        let other = office.author.post("/office/policy/draft/publish", &fields).await;
        assert_eq!(other.status, StatusCode::CONFLICT, "another date has to be looked at first");
        assert!(other.body.contains("期限は2026年10月21日"), "{}", other.body);
        let fields = [("hash", hash.as_str()), ("seen", seen.as_str()), ("days", "0")];
        let none = office.author.post("/office/policy/draft/publish", &fields).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        publish(&mut office.author, Some("30")).await;
        assert_eq!(follow_all(&test.site).await.expect("a run"), 0, "once is enough");

        let (again, of) = asked(&test, &ward.nurse).await.expect("asked again");
        assert_eq!(last_day(again.due_at), day("2026-10-31"));
        assert_eq!(status(&test, &ward.nurse, &again.id).await, Status::ToSign, "there is nothing before it");
        assert!(asked(&test, &ward.fourth_nurse).await.is_none(), "she signs it at the end of her training");
        let mut nurse = test.signed_in("100001").await;
        let home = nurse.get("/").await;
        assert!(home.body.contains("第5版への署名"), "{}", home.body);
        let text = nurse.get(&format!("/learn/{}/sign", again.id)).await;
        for told in [
            "カルテを開くときの決まりを、短くしました。",
            "第4版に署名しています",
            "<del>",
            "第4版と第5版を条ごとに見比べる",
        ] {
            assert!(text.body.contains(told), "{told}: {}", text.body);
        }
        sign(&mut nurse, &again.id).await;
        let done = nurse.get(&format!("/learn/{}/sign/done", again.id)).await;
        assert!(done.body.contains("2026-POLICY-000001"), "{}", done.body);
        let paper = nurse.get("/certificates/2026-POLICY-000001").await;
        assert!(
            paper.body.contains("署名受領書") && !paper.body.contains("修了したことを証します"),
            "{}",
            paper.body
        );
        assert_eq!(status(&test, &ward.nurse, &again.id).await, Status::Completed);
        let year = nurse.get("/certificates/2026-SNS-000001").await;
        assert!(year.body.contains("第4版"), "the year's certificate reads as it was");

        let (training, _) = periods(&test, &ward.fourth_nurse).await.remove(0);
        modules_done(&test, &training.id).await;
        let mut learner = test.signed_in("100003").await;
        sign(&mut learner, &training.id).await;
        follow_all(&test.site).await.expect("a run");
        assert_eq!(periods(&test, &ward.fourth_nurse).await.len(), 1, "nothing twice");
        jobs::hourly(&test.site).await;
        for page in [
            "/office".to_owned(),
            format!("/office/report?requirement={}", of.id),
            format!("/office/departments/all?requirement={}", of.id),
            format!("/office?requirement={}", of.id),
            format!("/office/requirements/{}", of.id),
            format!("/office/report.xlsx?requirement={}", of.id),
            format!("/office/people/{}", ward.other_nurse),
        ] {
            let page_of = office.author.get(&page).await;
            assert_ne!(page_of.status, StatusCode::INTERNAL_SERVER_ERROR, "{page}");
        }
        let mut auditor = test.signed_in("100030").await;
        for page in [format!("/audit/roster?requirement={}", of.id), format!("/audit/people/{}", ward.nurse)]
        {
            assert_eq!(auditor.get(&page).await.status, StatusCode::OK, "{page}");
        }
    }
}

#[tokio::test]
async fn the_log_is_whole_after_a_version_was_published_and_signed() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let mut office = Office::of(&test).await;
        let ward = office.ward.clone();
        let (training, _) = periods(&test, &ward.nurse).await.remove(0);
        ready(&mut office, "2026-10-01", "urgent").await;
        publish(&mut office.author, Some("7")).await;
        assert!(asked(&test, &ward.nurse).await.is_none(), "who has never signed is not asked apart");
        drop(training);
        let check = live_check(&test.site).await.expect("a check");
        assert!(check.is_whole(), "{check:?}");
    }
}

#[tokio::test]
async fn an_urgent_change_is_due_within_days_and_settled_by_a_signature_elsewhere() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let mut office = Office::of(&test).await;
        let ward = office.ward.clone();
        signed_before(&test, &ward.nurse).await;
        ready(&mut office, "2027-04-01", "urgent").await;
        let page = office.author.get("/office/policy/draft/publish").await;
        assert!(page.body.contains("お願いするのは施行日の2027"), "{}", page.body);
        publish(&mut office.author, Some("7")).await;
        jobs::hourly(&test.site).await;
        assert!(asked(&test, &ward.nurse).await.is_none(), "not before its day");
        test.clock.set(at("2027-03-31T15:00:01Z"));
        jobs::hourly(&test.site).await;
        let (again, _) = asked(&test, &ward.nurse).await.expect("asked on the day");
        assert_eq!(last_day(again.due_at), day("2027-04-08"));
        // The year's training opens, and she signs the same text at its end.
        test.clock.set(at("2027-04-03T00:00:00Z"));
        let training = crate::obligations::open_year_for(&test).await;
        let (period, _) = periods(&test, &ward.nurse)
            .await
            .into_iter()
            .find(|(_, of)| of.id == training.id)
            .expect("the year's");
        modules_done(&test, &period.id).await;
        let mut nurse = test.signed_in("100001").await;
        sign(&mut nurse, &period.id).await;
        let mut conn = test.site.db.read().await.expect("a connection");
        let released = requirements::released(&mut conn, &again.id).await.expect("read");
        drop(conn);
        assert_eq!(released.map(|(why, _)| why), Some(Release::Signed));
        assert_eq!(status(&test, &ward.nurse, &again.id).await, Status::Out, "nothing is owed twice");
        jobs::hourly(&test.site).await;
        assert_eq!(status(&test, &ward.nurse, &again.id).await, Status::Out);
        let gone = nurse.get(&format!("/learn/{}/sign", again.id)).await;
        assert_eq!(gone.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn an_unchanged_text_is_signed_again_every_year_by_a_requirement_of_a_signature_alone() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let mut office = Office::of(&test).await;
        let ward = office.ward.clone();
        signed_before(&test, &ward.nurse).await;
        let form = [
            ("title", "SNS利用規程への署名 2026年度"),
            ("basis", "規程により、毎年度署名します。"),
            ("signature", "on"),
            ("opens", "2026-10-01"),
            ("due", "2026-11-30"),
            ("cycle", "year"),
            ("joiner", "60"),
            ("back", "30"),
            ("least", "14"),
            ("renewal", "60"),
            ("gap", "0"),
        ];
        let both = [&form[..], &[("module", "m1-photo")]].concat();
        let refused = office.author.post("/office/requirements/new", &both).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("署名だけにするときは"), "{}", refused.body);
        let kept = office.author.post("/office/requirements/new", &form).await;
        let dry_run = kept.location().to_owned();
        let page = office.author.get(&dry_run).await;
        let (version, seen) = (hidden(&page.body, "version"), hidden(&page.body, "seen"));
        let opened = office.author.post(&dry_run, &[("version", &version), ("seen", &seen)]).await;
        assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
        let mut found = periods(&test, &ward.nurse).await;
        found.retain(|(_, of)| of.is_signature());
        let (period, _) = found.remove(0);
        assert_eq!(status(&test, &ward.nurse, &period.id).await, Status::ToSign);
        let mut nurse = test.signed_in("100001").await;
        let text = nurse.get(&format!("/learn/{}/sign", period.id)).await;
        assert!(text.body.contains("前回と同じ文です"), "{}", text.body);
        sign(&mut nurse, &period.id).await;
        assert_eq!(status(&test, &ward.nurse, &period.id).await, Status::Completed);
        let mut of_year = periods(&test, &ward.nurse).await;
        of_year.retain(|(_, of)| !of.is_signature());
        assert_eq!(
            status(&test, &ward.nurse, &of_year[0].0.id).await,
            Status::Completed,
            "the training is another thing"
        );
    }
}

#[tokio::test]
async fn whoever_was_in_a_classroom_has_read_the_text_that_held_on_that_day() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let mut office = Office::of(&test).await;
        ready(&mut office, "2026-10-10", "material").await;
        publish(&mut office.author, Some("30")).await;
        test.clock.set(at("2026-10-20T03:00:00Z"));
        let mut author = test.signed_in("100020").await;
        author.get("/policy/sns").await;
        let ward = office.ward;
        for (held, number, who, version) in
            [("2026-10-05", "100001", &ward.nurse, 4), ("2026-10-15", "100002", &ward.other_nurse, 5)]
        {
            record(&mut author, ward.requirement.as_str(), held, number).await;
            let period = test.period(who).await;
            let mut conn = test.site.db.read().await.expect("a connection");
            let completion = completion(&mut conn, &period).await.expect("read").expect("completed");
            assert_eq!(completion.policy_version, version, "{engine:?} held on {held}");
        }
        let check = live_check(&test.site).await.expect("a check");
        assert!(check.is_whole(), "{:?}", check.logs);
    }
}
