//! The demo hospital, as a newcomer finds it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use http::StatusCode;
use kokoroe_server::audit::{self, store as log};
use kokoroe_server::clock::{Calendar, Clock};
use kokoroe_server::config::{Config, Origin};
use kokoroe_server::db::{Conn, Location};
use kokoroe_server::demo::{self, people::FRESH};
use kokoroe_server::people::{department::departments, staff::everybody};
use kokoroe_server::requirements::follow::follow_all;
use kokoroe_server::requirements::status::{Record, Status};
use kokoroe_server::requirements::store as requirements;
use kokoroe_server::training::store as training;
use kokoroe_server::{Site, people};

use crate::support::{Browser, ORIGIN, at, fresh_folder};

/// When the newcomer comes.
const NOW: &str = "2026-11-22T01:00:00Z";

async fn open(data: &Path) -> Site {
    let config = Config {
        data: data.to_path_buf(),
        location: Location::File(data.join("kokoroe.db")),
        listen: ([127, 0, 0, 1], 0).into(),
        origin: Origin::parse(ORIGIN).expect("an origin"),
        trusted_proxies: Vec::new(),
        calendar: Calendar::default(),
        demo: true,
    };
    demo::site(config, Clock::standing_at(at(NOW))).await.expect("the demo hospital")
}

/// A copy of the hospital, opened.
async fn hospital() -> Site {
    let made = tokio::task::spawn_blocking(made).await.expect("made");
    let copy = fresh_folder();
    copy_folder(&made, &copy);
    open(&copy).await
}

/// The folder of the hospital. It takes long to make, so it is made once for each build of the tests, whether they run in one process
/// or in many.
fn made() -> PathBuf {
    let shelf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("demo");
    std::fs::create_dir_all(&shelf).expect("a folder");
    let lock = File::create(shelf.join("lock")).expect("a file");
    lock.lock().expect("one at a time");
    let built =
        std::env::current_exe().and_then(|tests| tests.metadata()?.modified()).expect("when it was built");
    let built = built.duration_since(SystemTime::UNIX_EPOCH).expect("a time").as_nanos();
    let (folder, finished) = (shelf.join(built.to_string()), shelf.join(format!("{built}-finished")));
    if finished.exists() {
        return folder;
    }
    for old in std::fs::read_dir(&shelf).expect("a folder").flatten() {
        let path = old.path();
        if path.ends_with("lock") {
            continue;
        }
        let _ = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
    }
    std::fs::create_dir_all(&folder).expect("a folder");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let site = open(&folder).await;
        site.db.close().await;
    });
    runtime.shutdown_background();
    File::create(finished).expect("a mark");
    folder
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

/// Everybody's status in everything: by requirement and staff number.
async fn statuses(site: &Site, conn: &mut Conn) -> BTreeMap<(String, String), Status> {
    let today = site.calendar().date(site.now());
    let mut found = BTreeMap::new();
    let asked = requirements::requirements(conn).await.expect("requirements");
    for person in everybody(conn).await.expect("people") {
        let out = people::is_out(conn, &person.id, today).await.expect("known");
        for period in requirements::periods_of(conn, &person.id).await.expect("periods") {
            let progress = training::progress(conn, &period.id).await.expect("progress");
            let completion = training::completion(conn, &period.id).await.expect("a completion");
            let exemptions = requirements::exemptions(conn, &period.id).await.expect("exemptions");
            let record = Record {
                held_at: None,
                started_at: progress.started_at,
                retry_at: progress.retry_at,
                recovered_at: progress.recovered_at,
                done_at: progress.done_at,
                completed_at: completion.as_ref().map(|completion| completion.completed_at),
                renewed_at: None,
                due_at: period.due_at,
                valid_until: completion.and_then(|completion| completion.valid_until),
                exempt: exemptions.iter().map(|exemption| (exemption.from_at, exemption.until_at)).collect(),
                out,
            };
            let code =
                asked.iter().find(|r| r.id == period.requirement_id).expect("a requirement").code.clone();
            found.insert((code, person.staff_no.clone()), record.status(site.now()));
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn every_status_is_somebodys_this_year() {
    let site = hospital().await;
    let mut conn = site.db.read().await.expect("a connection");
    let statuses = statuses(&site, &mut conn).await;
    let this_year: BTreeSet<Status> =
        statuses.iter().filter(|((code, _), _)| code.ends_with("-2026")).map(|(_, status)| *status).collect();
    for status in Status::ALL {
        assert!(this_year.contains(&status), "nobody is {}", status.code());
    }
    let of = |code: &str, number: u32| statuses.get(&(code.to_owned(), number.to_string())).copied();
    for number in FRESH {
        assert_eq!(of("sns-2026", number), Some(Status::NotStarted), "{number}");
        assert_eq!(of("sns-2025", number), Some(Status::Completed), "{number}");
        assert_eq!(of("sns-2024", number), Some(Status::Completed), "{number}");
        assert_eq!(statuses.keys().filter(|(_, who)| *who == number.to_string()).count(), 3, "{number}");
    }
    assert_eq!(of("sns-2026", demo::people::MIDDLE), Some(Status::InProgress));
    assert_eq!(of("sns-2026", demo::people::TO_SIGN), Some(Status::ToSign));
    assert_eq!(of("sns-2026", demo::people::FINISHED), Some(Status::Completed));
    assert_eq!(of("sns-2026", demo::people::RETRY), Some(Status::Retry));
    assert_eq!(of("sns-2026", demo::people::EXEMPT), Some(Status::Exempt));
    assert_eq!(of("sns-2026", demo::people::ON_LEAVE), Some(Status::Out));
    assert_eq!(of("sns-join-2026", demo::people::OVERDUE), Some(Status::Overdue));
    assert_eq!(of("sns-join-2026", demo::people::LATE), Some(Status::CompletedLate));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_departments_are_one_tree_and_240_people_came() {
    let site = hospital().await;
    let mut conn = site.db.read().await.expect("a connection");
    let departments = departments(&mut conn).await.expect("departments");
    assert_eq!(departments.len(), 25);
    assert_eq!(departments.iter().filter(|department| department.parent_id.is_none()).count(), 1);
    for department in &departments {
        let above = departments.iter().find(|above| Some(&above.id) == department.parent_id.as_ref());
        let path = above.map_or_else(String::new, |above| above.path.clone());
        assert_eq!(department.path, format!("{path}{}/", department.id), "{}", department.name);
        assert_ne!(department.name, department.name_en);
    }
    assert_eq!(everybody(&mut conn).await.expect("people").len(), 240);
    assert_eq!(site.hospital.name(kokoroe_app::Lang::Ja), "みなとの森病院");
    for contact in &site.content.catalogue.contacts {
        assert!(site.hospital.contact(&contact.id).is_some(), "{}", contact.id);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_it_again_changes_nothing() {
    let site = hospital().await;
    let sizes =
        |heads: Vec<log::Head>| heads.into_iter().map(|head| (head.log_id, head.size)).collect::<Vec<_>>();
    let mut conn = site.db.read().await.expect("a connection");
    let before = sizes(log::heads(&mut conn).await.expect("heads"));
    drop(conn);
    site.db.close().await;
    let again = open(&site.config.data).await;
    let mut conn = again.db.read().await.expect("a connection");
    assert_eq!(sizes(log::heads(&mut conn).await.expect("heads")), before);
    assert_eq!(before.len(), 3, "one log a fiscal year");
    drop(conn);
    assert_eq!(follow_all(&again).await.expect("a run"), 0, "everybody has what they owe");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_of_every_year_is_whole_and_every_record_agrees_with_it() {
    let site = hospital().await;
    audit::sign_now(&site).await.expect("signed");
    let check = audit::live_check(&site).await.expect("checked");
    assert!(check.is_whole(), "{:?}", check.logs);
    for log in &check.logs {
        assert_eq!(log.leaves, log.signed, "{}", log.log);
        assert!(log.rows > 1000, "{}: {} records", log.log, log.rows);
    }
    let mut conn = site.db.read().await.expect("a connection");
    for head in log::heads(&mut conn).await.expect("heads") {
        assert!(head.last_at <= site.now(), "nothing is written in the future");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_suggested_can_sign_in() {
    let site = hospital().await;
    let (people, password) = demo::people_to_be(&site, kokoroe_app::Lang::Ja);
    assert_eq!(people.len(), 9);
    let password = password.expect("a password");
    for person in people {
        let mut browser = Browser::at(&site);
        let answer = browser.post("/sign-in", &[("number", &person.number), ("password", &password)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", person.number);
        let page = browser.get("/").await;
        assert_eq!(page.status, StatusCode::OK, "{}", person.number);
        assert!(page.body.contains("みなとの森病院"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_earlier_year_reads_as_it_was() {
    let site = hospital().await;
    let (_, password) = demo::people_to_be(&site, kokoroe_app::Lang::Ja);
    let password = password.expect("a password");
    let mut browser = Browser::at(&site);
    browser.post("/sign-in", &[("number", &FRESH.start().to_string()), ("password", &password)]).await;
    let (present, policy) = site.content.policy();
    let history = browser.get("/history").await.body;
    let before = policy.version - 1;
    assert!(history.contains(&format!("署名した規程（第{before}版）を読む")), "{history}");
    assert!(history.contains(&format!("私は、SNS利用規程 第{before}版を読みました。")), "{history}");
    assert!(history.contains("日本語の画面で署名しました"), "{history}");
    let hash = history
        .split("href=\"/policy/sns/")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("the way to the signed text");
    assert_ne!(hash, present);
    let text = browser.get(&format!("/policy/sns/{hash}")).await.body;
    assert!(
        text.contains("これは以前の版です") && text.contains("すぐに消して、所属長に知らせます"),
        "{text}"
    );
    let sheet = history
        .split("href=\"/history/")
        .find(|rest| rest.contains("/m1-photo\""))
        .and_then(|rest| rest.split('"').next())
        .expect("the answers of that year");
    let mut named = 0;
    for turn in 1..12 {
        let page = browser.get(&format!("/learn/{sheet}/{turn}/why")).await;
        if page.status == StatusCode::OK && page.body.contains("#C") {
            assert!(page.body.contains(&format!("/policy/sns/{hash}#C")), "{turn}: {}", page.body);
            named += 1;
        }
    }
    assert!(named > 0, "an explanation names a clause");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_recall_card_waits_for_the_nurse_who_has_finished_the_year() {
    let site = hospital().await;
    let mut browser = Browser::at(&site);
    let number = demo::people::FINISHED.to_string();
    let signed = browser.post("/sign-in", &[("number", &number), ("password", demo::PASSWORD)]).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER);
    let home = browser.get("/").await;
    assert!(home.body.contains("思い出しカードが1枚あります"), "{}", home.body);
    assert_eq!(browser.get("/recall").await.status, StatusCode::OK);
}
