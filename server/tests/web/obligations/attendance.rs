//! Attendance in a classroom or on paper: recorded from a signed sheet, marked as such, proven like everything else.

use http::StatusCode;
use kokoroe_server::audit::{self, live_check};
use kokoroe_server::requirements::status::Status;
use kokoroe_server::requirements::store as requirements;
use sha2::{Digest as _, Sha256};

use super::steps::{rate, status};
use crate::support::{Answered, Browser, TestSite, at, engines};

const SHEET: &[u8] = b"%PDF the signed sheet of 20 October";

async fn send(office: &mut Browser, requirement: &str, held: &str, numbers: &str, sheet: &[u8]) -> Answered {
    send_named(office, (requirement, held), numbers, ("名簿.pdf", sheet)).await
}

async fn send_named(
    office: &mut Browser,
    (requirement, held): (&str, &str),
    numbers: &str,
    (name, sheet): (&str, &[u8]),
) -> Answered {
    let fields = [("requirement", requirement), ("way", "classroom"), ("held", held), ("numbers", numbers)];
    office.upload("/office/attendance", &fields, ("sheet", name, sheet)).await
}

/// Records what the page before it shows.
async fn confirm(office: &mut Browser, page: &Answered) -> Answered {
    let fields = hidden(page);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    office.post("/office/attendance/record", &fields).await
}

/// Somebody was in a classroom on a day.
pub(crate) async fn record(office: &mut Browser, requirement: &str, held: &str, number: &str) {
    record_by(office, (requirement, held), number, "名簿.pdf").await;
}

/// The same, by a sheet with this name.
pub(crate) async fn record_by(office: &mut Browser, of: (&str, &str), number: &str, name: &str) {
    let page = send_named(office, of, number, (name, SHEET)).await;
    let done = confirm(office, &page).await;
    assert_eq!(done.location(), "/office/attendance?recorded=1", "{}", done.body);
}

/// The hidden fields of a page, as they stand in it.
fn hidden(page: &Answered) -> Vec<(String, String)> {
    let fields = page.body.split("<input type=\"hidden\" name=\"").skip(1);
    fields
        .filter_map(|field| {
            let (name, rest) = field.split_once("\" value=\"")?;
            let (value, _) = rest.split_once('"')?;
            Some((name.to_owned(), value.to_owned()))
        })
        .collect()
}

#[tokio::test]
async fn a_signed_sheet_completes_those_who_owe_it_and_says_why_others_are_left_out() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        test.clock.set(at("2026-11-05T03:00:00Z"));
        let mut office = test.signed_in("100020").await;
        let id = ward.requirement.as_str();
        let page = send(&mut office, id, "2026-10-20", "１００００１ 100001\n999999 100003", SHEET).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        for said in ["同じ番号が2回あります", "名簿にいない番号です", "2人の受講を記録する"]
        {
            assert!(page.body.contains(said), "{said}: {}", page.body);
        }
        assert!(page.body.contains(&hex::encode(Sha256::digest(SHEET))));
        let (nurse, other) = (test.period(&ward.nurse).await, test.period(&ward.fourth_nurse).await);
        assert_eq!(status(&test, &ward.nurse, &nurse).await, Status::Overdue, "looking records nothing");
        let printed = test.site.now();
        test.clock.advance(chrono::TimeDelta::hours(1));
        let done = confirm(&mut office, &page).await;
        assert_eq!(done.location(), "/office/attendance?recorded=2");
        let twice = confirm(&mut office, &page).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody is left to record");
        assert_eq!(status(&test, &ward.nurse, &nurse).await, Status::Completed, "it was held in time");
        assert_eq!(status(&test, &ward.fourth_nurse, &other).await, Status::Completed);
        let mut conn = test.site.db.read().await.expect("a connection");
        let of = requirements::requirement(&mut conn, &ward.requirement).await.expect("a look").expect("it");
        drop(conn);
        assert_eq!(rate(&test, &of, None, printed).await.done, 0, "what was printed before stays true");
        assert_eq!(rate(&test, &of, None, test.site.now()).await.done, 2);
        let mut learner = test.signed_in("100001").await;
        let home = learner.get("/").await;
        assert!(home.body.contains("/certificates/2026-SNS-000001"), "{}", home.body);
        let (end, _) = learner.follow(&format!("/learn/{nurse}/sign")).await;
        assert_eq!(end, "/certificates/2026-SNS-000001", "there is nothing to sign");
        audit::sign_now(&test.site).await.expect("signed");
        let check = live_check(&test.site).await.expect("a check");
        assert!(check.is_whole(), "{:?}", check.logs);
    }
}

#[tokio::test]
async fn a_sheet_without_a_file_a_day_or_people_comes_back_with_the_reasons() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let mut office = test.signed_in("100020").await;
    let id = ward.requirement.as_str();
    let page = send(&mut office, id, "2027-01-01", "", b"").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["研修の開始日から今日までの日", "職員番号を入れてください", "名簿のファイルを選んでください"]
    {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    let nobody = send(&mut office, id, "2026-09-30", "999999", SHEET).await;
    assert!(nobody.body.contains("記録できる人がいません"), "{}", nobody.body);
    let mut manager = test.signed_in("100010").await;
    let refused = send(&mut manager, id, "2026-09-30", "100001", SHEET).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}
