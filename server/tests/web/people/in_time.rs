//! Departments and postings in time: what was counted on a day stays what it was, whatever is decided later.

use super::*;
use crate::support::people::Ward;
use crate::support::{at, engines};
use kokoroe_server::audit::{self, live_check};
use kokoroe_server::jobs::hourly;
use kokoroe_server::people::department::{departments, departments_on};

/// The rows of the first table of a page.
fn rows(page: &Answered) -> String {
    let (_, rest) = page.body.split_once("<tbody").expect("a table");
    rest.split("</tbody>").next().expect("an end").to_owned()
}

/// Asks for a change, looks at the preview and confirms it. Gives the preview.
pub(super) async fn change(office: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Answered {
    let preview = office.post(path, fields).await;
    assert_eq!(preview.status, StatusCode::OK, "{path} {}", preview.body);
    let done = confirm_change(office, path, fields, &preview).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{path} {}", done.body);
    let shown = office.get(done.location()).await;
    assert!(shown.body.contains("変更を記録しました"), "{}", shown.body);
    preview
}

async fn confirm_change(
    office: &mut Browser,
    path: &str,
    fields: &[(&str, &str)],
    preview: &Answered,
) -> Answered {
    let (_, rest) = preview.body.split_once("name=\"confirmed\" value=\"").expect("a preview");
    let seal = rest.split('"').next().expect("a value").to_owned();
    let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("confirmed", seal.as_str())]).collect();
    office.post(path, &fields).await
}

fn record(department: &DepartmentId, what: &str) -> String {
    format!("/office/departments/{department}/record/{what}")
}

/// A ward on 10 October, nine days after everybody came to owe the year.
async fn nine_days_later(engine: kokoroe_server::db::Engine) -> (TestSite, Ward, Browser) {
    let site = TestSite::on(engine).await;
    let ward = site.ward().await;
    site.clock.set(at("2026-10-10T00:00:00Z"));
    let office = site.signed_in("100020").await;
    (site, ward, office)
}

async fn report_of(office: &mut Browser, day: &str) -> String {
    let page = office.get(&format!("/office/report?at={day}")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    rows(&page)
}

#[tokio::test]
async fn a_rename_a_move_and_a_close_change_no_past_report() {
    for engine in engines() {
        let (site, ward, mut office) = nine_days_later(engine).await;
        let past = report_of(&mut office, "2026-10-05").await;
        let new = [("on", "2026-10-10"), ("code", "０５"), ("name", "看護部"), ("parent", ward.top.as_str())];
        change(&mut office, "/office/departments/open", &new).await;
        let mut conn = site.site.db.read().await.expect("a connection");
        let all = departments(&mut conn).await.expect("departments");
        drop(conn);
        let nursing = all.iter().find(|each| each.code == "05").expect("the new one").id.clone();

        let renamed = [("on", "2026-10-10"), ("name", "3東病棟"), ("name_en", "Ward 3 East")];
        change(&mut office, &record(&ward.third, "rename"), &renamed).await;
        let moved = [("on", "2026-10-10"), ("parent", nursing.as_str())];
        let preview = change(&mut office, &record(&ward.third, "move"), &moved).await;
        assert!(preview.body.contains("3人"), "so many are counted in it: {}", preview.body);

        let closed = [("on", "2026-10-10")];
        let refused = office.post(&record(&ward.fourth, "close"), &closed).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("まだ2人が所属しています"), "{}", refused.body);
        let into = [("on", "2026-10-10"), ("into", ward.third.as_str())];
        change(&mut office, &record(&ward.fourth, "merge"), &into).await;

        assert_eq!(report_of(&mut office, "2026-10-05").await, past, "{engine:?}");
        let now = rows(&office.get("/office/report").await);
        assert!(now.contains("3東病棟") && !now.contains("4病棟") && now.contains("看護部"), "{now}");
        let paper = office.get("/audit/roster?at=2026-10-05").await;
        assert_eq!(paper.status, StatusCode::FORBIDDEN);
        let mut auditor = site.signed_in("100030").await;
        let then = auditor.get("/audit/roster?at=2026-10-05").await;
        assert!(
            then.body.contains("3病棟") && !then.body.contains("3東病棟"),
            "the auditor sees the old names"
        );
        audit::sign_now(&site.site).await.expect("signed");
        assert!(live_check(&site.site).await.expect("a check").is_whole());
    }
}

#[tokio::test]
async fn a_merge_changes_no_past_report() {
    for engine in engines() {
        let (site, ward, mut office) = nine_days_later(engine).await;
        let past = report_of(&mut office, "2026-10-09").await;
        let new = [("on", "2026-10-10"), ("code", "07"), ("name", "混合病棟"), ("parent", ward.top.as_str())];
        change(&mut office, "/office/departments/open", &new).await;
        let mut conn = site.site.db.read().await.expect("a connection");
        let all = departments(&mut conn).await.expect("departments");
        drop(conn);
        let mixed = all.iter().find(|each| each.code == "07").expect("the new one").id.clone();
        let fields = [("on", "2026-10-10"), ("into", mixed.as_str()), ("others", "04")];
        let preview = change(&mut office, &record(&ward.third, "merge"), &fields).await;
        for told in ["移る人（5人）", "鈴木 一郎", "𠮷田 恵", "阿部 洋子 100010", "﨑山 実 100011"]
        {
            assert!(preview.body.contains(told), "{told}: {}", preview.body);
        }
        assert_eq!(report_of(&mut office, "2026-10-09").await, past, "{engine:?}");
        let now = rows(&office.get("/office/report").await);
        assert!(now.contains("混合病棟") && !now.contains("3病棟"), "{now}");
        for number in ["100001", "100003"] {
            assert_eq!(departments_of(&site, number).await, if number == "100001" { ["03"] } else { ["04"] });
            let staff = person(&site, number).await.expect("a person");
            let mut conn = site.site.db.read().await.expect("a connection");
            let last = postings_of(&mut conn, &staff.id).await.expect("postings").pop().expect("one");
            assert_eq!(
                (last.department_id, last.from_on, last.main),
                (mixed.clone(), day("2026-10-10"), true)
            );
        }
        let mut manager = site.signed_in("100010").await;
        assert_eq!(manager.get("/team").await.status, StatusCode::FORBIDDEN, "what they managed has ended");
        let again = office.post(&record(&ward.third, "merge"), &fields).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "it is closed already");
    }
}

#[tokio::test]
async fn the_tree_of_april_can_be_entered_in_march_and_holds_from_its_day() {
    for engine in engines() {
        let (site, ward, mut office) = nine_days_later(engine).await;
        change(&mut office, &record(&ward.third, "rename"), &[("on", "2027-04-01"), ("name", "3東病棟")])
            .await;
        let moved = [("on", "2027-04-01"), ("parent", ward.fourth.as_str())];
        change(&mut office, &record(&ward.third, "move"), &moved).await;
        // Decided later, for an earlier day: the name of April stays.
        change(&mut office, &record(&ward.third, "rename"), &[("on", "2027-01-01"), ("name", "第3病棟")])
            .await;
        let names = async |on: &str| {
            let mut conn = site.site.db.read().await.expect("a connection");
            let then = departments_on(&mut conn, day(on)).await.expect("departments");
            let found = then.into_iter().map(|each| each.department).find(|each| each.id == ward.third);
            let found = found.expect("the ward");
            (found.name, found.parent_id == Some(ward.fourth.clone()))
        };
        assert_eq!(names("2026-12-31").await, ("3病棟".into(), false), "{engine:?}");
        assert_eq!(names("2027-03-31").await, ("第3病棟".into(), false));
        assert_eq!(names("2027-04-01").await, ("3東病棟".into(), true));
        assert!(office.get("/office/departments").await.body.contains("3病棟"));
        let history = office.get(&format!("/office/departments/{}/record", ward.third)).await;
        for words in ["2027年4月1日", "3東病棟", "予定"] {
            assert!(history.body.contains(words), "{words}: {}", history.body);
        }

        // On the day itself rights follow at once, the rest within the hour.
        site.clock.set(at("2027-03-31T15:00:00Z"));
        let mut fourth = site.signed_in("100011").await;
        assert!(fourth.get("/team").await.body.contains("3東病棟"), "now below them");
        hourly(&site.site).await;
        let mut office = site.signed_in("100020").await;
        let list = office.get(&format!("/office/people?below={}", ward.fourth)).await;
        assert!(list.body.contains("鈴木 一郎"), "{}", list.body);
        let ring = [("on", "2027-04-02"), ("parent", ward.third.as_str())];
        let refused = office.post(&record(&ward.fourth, "move"), &ring).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("下にある部署は、上位の部署にできません"), "{}", refused.body);
    }
}

#[tokio::test]
async fn a_manager_sees_no_past_of_a_department_that_is_no_longer_theirs() {
    for engine in engines() {
        let (site, ward, mut office) = nine_days_later(engine).await;
        make_manager(&site, "100010", ward.top.clone()).await;
        let mut manager = site.signed_in("100010").await;
        let fourth = format!("/team?at=2026-10-05&department={}", ward.fourth);
        assert_eq!(manager.get(&fourth).await.status, StatusCode::OK);
        change(&mut office, &record(&ward.fourth, "move"), &[("on", "2026-10-10"), ("parent", "")]).await;
        assert_eq!(manager.get(&fourth).await.status, StatusCode::NOT_FOUND, "{engine:?}");
        let whole = manager.get("/team?at=2026-10-05").await;
        assert!(whole.body.contains("鈴木 一郎") && !whole.body.contains("𠮷田 恵"), "{}", whole.body);
        let person = format!("/team/people/{}?at=2026-10-05", ward.fourth_nurse);
        assert_eq!(manager.get(&person).await.status, StatusCode::NOT_FOUND);
        let then = office.get(&format!("/office/departments/{}?at=2026-10-05", ward.top)).await;
        assert!(then.body.contains("𠮷田 恵"), "the office sees that day as it was");
    }
}

#[tokio::test]
async fn a_split_moves_only_those_who_were_chosen() {
    for engine in engines() {
        let (site, ward, mut office) = nine_days_later(engine).await;
        let form = office.get(&record(&ward.third, "split")).await;
        assert!(form.body.contains("鈴木 一郎") && !form.body.contains("𠮷田 恵"), "{}", form.body);
        let fields =
            [("on", "2026-10-20"), ("code", "031"), ("name", "3西病棟"), ("parent", ward.top.as_str())];
        let nobody = office.post(&record(&ward.third, "split"), &fields).await;
        assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nobody.body.contains("移る人を選んでください") && nobody.body.contains("value=\"031\""));
        let stranger: Vec<_> = fields.into_iter().chain([("people", ward.fourth_nurse.as_str())]).collect();
        let nobody = office.post(&record(&ward.third, "split"), &stranger).await;
        assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY, "who works elsewhere cannot be chosen");
        let chosen: Vec<_> = fields.into_iter().chain([("people", ward.nurse.as_str())]).collect();
        let preview = change(&mut office, &record(&ward.third, "split"), &chosen).await;
        assert!(preview.body.contains("移る人（1人）") && preview.body.contains("2人"), "{}", preview.body);
        let place = async |staff: &kokoroe_server::id::StaffId, on: &str| {
            let mut conn = site.site.db.read().await.expect("a connection");
            let all = postings_of(&mut conn, staff).await.expect("postings");
            let open: Vec<_> = all.into_iter().filter(|posting| posting.holds_on(day(on))).collect();
            assert_eq!(open.len(), 1);
            let id = &open[0].department_id;
            kokoroe_server::people::department::department(&mut conn, id)
                .await
                .expect("a look")
                .expect("one")
                .code
        };
        assert_eq!(place(&ward.nurse, "2026-10-19").await, "03", "{engine:?}");
        assert_eq!(place(&ward.nurse, "2026-10-20").await, "031");
        assert_eq!(place(&ward.other_nurse, "2026-10-20").await, "03");
    }
}

#[tokio::test]
async fn what_is_confirmed_is_what_was_seen() {
    for engine in engines() {
        let (site, ward, mut office) = nine_days_later(engine).await;
        let path = record(&ward.fourth, "merge");
        let fields = [("on", "2026-10-10"), ("into", ward.third.as_str())];
        let preview = office.post(&path, &fields).await;
        let edit: Vec<_> = fields.into_iter().chain([("edit", "on")]).collect();
        let form = office.post(&path, &edit).await;
        assert!(form.status == StatusCode::OK && form.body.contains("value=\"2026-10-10\""), "kept");
        let third = [("department", ward.third.as_str()), ("kind", "main"), ("from", "2026-10-10")];
        let moved =
            office.post(&format!("/office/people/{}/record/posting", ward.fourth_nurse), &third).await;
        assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);
        let again = confirm_change(&mut office, &path, &fields, &preview).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "{engine:?}");
        assert!(again.body.contains("もう一度確かめてください") && again.body.contains("移る人（1人）"));
        assert!(office.get("/office/departments").await.body.contains("4病棟"), "nothing was done");
        let done = confirm_change(&mut office, &path, &fields, &again).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        drop(site);
    }
}

#[tokio::test]
async fn only_the_training_office_changes_departments_and_records() {
    let site = TestSite::new().await;
    let ward = site.ward().await;
    let pages = [
        "/office/departments/open".to_owned(),
        format!("/office/departments/{}/record", ward.third),
        record(&ward.third, "rename"),
        record(&ward.third, "close"),
        format!("/office/people/{}/record", ward.nurse),
    ];
    let forms = [
        format!("/office/people/{}/record/posting", ward.nurse),
        format!("/office/people/{}/record/release/posting", ward.nurse),
    ];
    for number in ["100001", "100010", "100030"] {
        let mut browser = site.signed_in(number).await;
        for path in &pages {
            assert_eq!(browser.get(path).await.status, StatusCode::FORBIDDEN, "{number} {path}");
        }
        for path in forms.iter().chain([&pages[0], &pages[2]]) {
            assert_eq!(browser.post(path, &[]).await.status, StatusCode::FORBIDDEN, "{number} {path}");
        }
    }
    let mut office = site.signed_in("100020").await;
    for path in &pages {
        for lang in ["ja", "en"] {
            office.lang = lang;
            assert_eq!(office.get(path).await.status, StatusCode::OK, "{path}");
        }
    }
    for wrong in ["/office/departments/0/record", &record(&ward.third, "open"), &record(&ward.third, "x")] {
        assert_eq!(office.get(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let tree = office.get("/office/departments").await;
    assert!(tree.body.contains("/office/departments/open") && tree.body.contains(&pages[1]), "the way there");
}
