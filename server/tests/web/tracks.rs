//! Who is asked which modules, and taking another one in the place of a hard one.

use std::collections::BTreeMap;

use http::StatusCode;
use kokoroe_app::Lang;
use kokoroe_evidence::pack;
use kokoroe_server::audit::{self, live_check};
use kokoroe_server::db::DbError;
use kokoroe_server::id::{PeriodId, StaffId};
use kokoroe_server::people::department::departments;
use kokoroe_server::people::import::{Imported, Order as ImportOrder, import_file};
use kokoroe_server::people::staff::staff_by_number;
use kokoroe_server::people::{self, Role, Scribe};
use kokoroe_server::requirements::follow::follow_all;
use kokoroe_server::requirements::period::Reason;
use kokoroe_server::requirements::store::{Period, modules, periods_of, swaps};
use kokoroe_server::requirements::track::Fit;
use kokoroe_server::requirements::year::{Order, open_year};
use kokoroe_server::training::record::{self, Written};
use kokoroe_server::training::walk::Standing;

use crate::audit::pack::{download, unzipped};
use crate::support::people::Ward;
use crate::support::solve::{Temper, respond};
use crate::support::{Browser, PASSWORD, TestSite, at, engines};
use crate::training::{go_through, sign};

const LIST: &str = "職員番号,姓,名,セイ,メイ,部署コード,部署名,上位部署コード,職種,入職日\n\
    100001,鈴木,一郎,スズキ,イチロウ,03,3病棟,00,看護師,2020/4/1\n\
    100002,阿部,洋子,アベ,ヨウコ,03,3病棟,00,看護師,2020/4/1\n\
    100003,中村,実,ナカムラ,ミノル,03,3病棟,00,看護師,2026/9/1\n\
    100004,小林,恵,コバヤシ,メグミ,33,広報課,00,事務,2020/4/1\n\
    100005,加藤,凛,カトウ,リン,31,医事課,00,事務,2020/4/1\n\
    100006,吉田,学,ヨシダ,マナブ,11,内科,00,医師,2020/4/1\n\
    100007,山田,薫,ヤマダ,カオル,01,理事会,00,医師,2020/4/1\n\
    100008,佐々木,翼,ササキ,ツバサ,03,3病棟,00,看護師,2026/12/1\n\
    100020,渡邊,学,ワタナベ,マナブ,00,病院,,薬剤師,2020/4/1\n\
    100030,林,葵,ハヤシ,アオイ,00,病院,,薬剤師,2020/4/1\n";

async fn import(test: &TestSite, list: &str) -> Imported {
    let order = ImportOrder { confirm: true, ..ImportOrder::default() };
    import_file(&test.site, list.as_bytes().to_vec(), order, Lang::En).await.expect("imported")
}

async fn id_of(test: &TestSite, number: &str) -> StaffId {
    let mut conn = test.site.db.read().await.expect("a connection");
    staff_by_number(&mut conn, number).await.expect("a look").expect("a person").id
}

async fn grant(test: &TestSite, number: &str, role: Role) {
    let (site, staff) = (test.site.clone(), id_of(test, number).await);
    let done: Result<(), DbError> = test
        .site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
                people::grant(tx, &by, &staff, &role).await.map(drop)
            })
        })
        .await;
    done.expect("granted");
}

/// 100002 manages 3病棟, 100020 is the training office, 100030 the auditor; and the year opens.
async fn opened(test: &TestSite) {
    let imported = import(test, LIST).await;
    for number in ["100001", "100002", "100020", "100030"] {
        let codes = imported.codes.iter().map(|slip| slip.split('\t').collect::<Vec<_>>());
        let code = codes.into_iter().find(|slip| slip[0] == number).expect("a code")[1].to_owned();
        let fields =
            [("number", number), ("code", &code), ("password", PASSWORD), ("password_again", PASSWORD)];
        let entered = test.browser().post("/sign-in/first", &fields).await;
        assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
    }
    let mut conn = test.site.db.read().await.expect("a connection");
    let places = departments(&mut conn).await.expect("departments");
    drop(conn);
    let third = places.into_iter().find(|place| place.code == "03").expect("a ward").id;
    for (number, role) in
        [("100002", Role::Manager(third)), ("100020", Role::Office), ("100030", Role::Auditor)]
    {
        grant(test, number, role).await;
    }
    let site = test.site.clone();
    let write = test.site.db.write(move |tx| {
        Box::pin(async move {
            let course = &site.content.catalogue.course;
            open_year(tx, &site.ledger, &site.clock, course, Order::default()).await
        })
    });
    assert_eq!(write.await.expect("opened").people, 9);
}

async fn period(test: &TestSite, number: &str) -> (Period, Vec<String>) {
    let mut conn = test.site.db.read().await.expect("a connection");
    let staff = staff_by_number(&mut conn, number).await.expect("a look").expect("a person");
    let period = periods_of(&mut conn, &staff.id).await.expect("periods").remove(0);
    let modules = modules(&mut conn, &period.id).await.expect("modules");
    (period, modules)
}

async fn assert_whole(test: &TestSite) {
    audit::sign_now(&test.site).await.expect("signed");
    let check = live_check(&test.site).await.expect("a check");
    assert!(check.is_whole(), "{:?}", check.logs);
}

#[tokio::test]
async fn each_person_owes_the_modules_of_the_first_track_that_fits() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        opened(&test).await;
        let word = |word: &str| word.to_owned();
        let expected = BTreeMap::from([
            ("100001", ("care", Fit::Profession { word: word("看護師") })),
            ("100002", ("managers", Fit::Manager)),
            ("100003", ("new", Fit::New)),
            ("100004", ("public-relations", Fit::Department { word: word("広報課") })),
            ("100005", ("desk", Fit::Department { word: word("医事課") })),
            ("100006", ("all", Fit::Everybody)),
            ("100007", ("executives", Fit::Department { word: word("理事会") })),
            ("100020", ("all", Fit::Everybody)),
        ]);
        for (number, (track, fit)) in expected {
            let (period, modules) = period(&test, number).await;
            assert_eq!(period.track, track, "{number}");
            let course = &test.site.content.catalogue.course;
            assert_eq!(modules, course.track(track).expect("a track").modules, "{number}");
            assert_eq!(modules.last().map(String::as_str), Some("final-test"), "{number}");
            let reason = Reason::read(&period.reason).expect("a reason");
            assert_eq!(reason.fits, Some(fit), "{number}");
        }
        assert_whole(&test).await;
    }
}

#[tokio::test]
async fn whoever_comes_later_gets_a_track_too_and_nobody_loses_theirs() {
    let test = TestSite::new().await;
    opened(&test).await;
    test.clock.set(at("2026-12-01T00:00:00Z"));
    assert_eq!(follow_all(&test.site).await.expect("a run"), 1);
    assert_eq!(period(&test, "100008").await.0.track, "new");
    import(&test, &LIST.replace("33,広報課,00,事務", "31,医事課,00,医師")).await;
    assert_eq!(follow_all(&test.site).await.expect("a run"), 0);
    assert_eq!(period(&test, "100004").await.0.track, "public-relations", "the period keeps its track");
    assert_whole(&test).await;
}

/// A module's title, as the pages show it.
fn title(test: &TestSite, id: &str) -> String {
    test.site.content.module(id).expect("a module").1.title.ja.clone()
}

/// The text of a page without its tags, so that readings above words do not stand between them.
fn told(body: &str) -> String {
    let mut text = String::new();
    let mut rest = body;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
        rest = if tag == "rt" { after.split_once("</rt>").map_or(after, |(_, after)| after) } else { after };
    }
    text + rest
}

/// Somebody of the ward, on their way to another topic.
struct Learner {
    browser: Browser,
    period: PeriodId,
}

impl Learner {
    async fn of(test: &TestSite, ward: &Ward) -> Self {
        Self { browser: test.signed_in("100001").await, period: test.period(&ward.nurse).await }
    }

    fn path(&self, module: &str) -> String {
        format!("/learn/{}/{module}", self.period)
    }

    async fn post(&mut self, module: &str, what: &str) -> String {
        let answer = self.browser.post(&format!("{}/{what}", self.path(module)), &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.location().to_owned()
    }

    async fn asked(&self, test: &TestSite) -> Vec<String> {
        let mut conn = test.site.db.read().await.expect("a connection");
        modules(&mut conn, &self.period).await.expect("modules")
    }
}

#[tokio::test]
async fn a_hard_module_is_swapped_without_a_reason_and_had_back_until_the_other_has_begun() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut nurse = Learner::of(&test, &ward).await;
        let (hard, other) = (nurse.path("m3-night"), nurse.path("m5-vanish"));
        assert_eq!(nurse.browser.get(&other).await.status, StatusCode::NOT_FOUND, "it is not asked yet");
        let note = nurse.browser.get(&hard).await;
        assert!(note.body.contains(&format!("action=\"{hard}/swap\"")), "{}", note.body);
        assert!(note.body.contains("別の題材に替える（理由は要りません）"));
        let pause = nurse.browser.get(&format!("{hard}/pause")).await;
        assert!(pause.body.contains(&format!("action=\"{hard}/swap\"")));
        let plain = nurse.path("m1-photo");
        assert!(!nurse.browser.get(&plain).await.body.contains("/swap"));
        assert_eq!(nurse.post("m1-photo", "swap").await, "/", "only a hard module is swapped");

        assert_eq!(nurse.post("m3-night", "swap").await, other);
        assert_eq!(nurse.post("m3-night", "swap").await, other, "a double click swaps once");
        assert_eq!(
            nurse.asked(&test).await,
            ["m1-photo", "m2-disaster", "m5-vanish", "m4-handover", "final-test"]
        );
        assert_eq!(nurse.browser.get(&hard).await.status, StatusCode::NOT_FOUND);
        let home = told(&nurse.browser.get("/").await.body);
        assert!(
            home.contains(&title(&test, "m5-vanish")) && !home.contains(&title(&test, "m3-night")),
            "{home}"
        );
        let instead = nurse.browser.get(&other).await;
        assert!(instead.body.contains(&format!("action=\"{other}/take-back\"")), "{}", instead.body);

        assert_eq!(nurse.post("m5-vanish", "take-back").await, hard);
        assert_eq!(nurse.post("m5-vanish", "take-back").await, hard, "a double click takes it back once");
        assert!(nurse.asked(&test).await.contains(&"m3-night".to_owned()));
        assert_eq!(nurse.post("m3-night", "swap").await, other, "and once more");
        let begun = nurse.browser.post(&other, &[]).await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER);
        assert!(!nurse.browser.get(&other).await.body.contains("take-back"));
        assert_eq!(nurse.post("m5-vanish", "take-back").await, "/", "what has begun stays");
        let mut conn = test.site.db.read().await.expect("a connection");
        let kept = swaps(&mut conn, &nurse.period).await.expect("swaps");
        let kept: Vec<_> = kept.iter().map(|swap| (swap.number, swap.instead.as_str())).collect();
        assert_eq!(kept, [(1, "m5-vanish"), (2, "m3-night"), (3, "m5-vanish")], "each is a fact of its own");
        drop(conn);
        assert_whole(&test).await;
    }
}

#[tokio::test]
async fn nobody_swaps_a_module_of_somebody_else() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let period = test.period(&ward.nurse).await;
    let mut other = test.signed_in("100002").await;
    for path in ["m3-night/swap", "m5-vanish/take-back"] {
        let answer = other.post(&format!("/learn/{period}/{path}"), &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_module_that_was_begun_and_laid_aside_is_neither_shown_nor_answered_any_more() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let mut nurse = Learner::of(&test, &ward).await;
    let hard = nurse.path("m3-night");
    assert_eq!(nurse.browser.post(&hard, &[]).await.status, StatusCode::SEE_OTHER);
    let step = format!("{hard}/1");
    assert_eq!(nurse.browser.get(&step).await.status, StatusCode::OK);
    nurse.post("m3-night", "swap").await;
    assert_eq!(nurse.browser.get(&step).await.status, StatusCode::CONFLICT);
    assert_eq!(nurse.browser.post(&step, &[]).await.status, StatusCode::CONFLICT);
    nurse.post("m5-vanish", "take-back").await;
    assert_eq!(nurse.browser.get(&step).await.status, StatusCode::OK, "it goes on where it was left");
}

/// Answers whatever a module asks.
async fn answer_everything(test: &TestSite, period: PeriodId, module: &'static str) {
    let site = test.site.clone();
    loop {
        let mut conn = site.db.read().await.expect("a connection");
        let owed = kokoroe_server::requirements::store::period(&mut conn, &period).await;
        let owed = owed.expect("a look").expect("a period");
        let standing = Standing::load(&site, &mut conn, owed, module).await.expect("loaded").expect("begun");
        drop(conn);
        let walk = standing.walk().expect("a walk");
        if walk.is_finished() {
            break;
        }
        let response = respond(&walk.place(), Temper::Best);
        let judgement = standing.judge(response, "ja", &site.clock).expect("judged").expect("taken");
        let inner = site.clone();
        let written: Result<Written, DbError> = site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    record::write(tx, &inner.ledger, &inner.clock, &inner.content, judgement).await
                })
            })
            .await;
        assert_eq!(written.expect("written"), Written::Saved);
    }
}

#[tokio::test]
async fn the_module_taken_instead_finishes_the_year_and_only_the_auditor_sees_it() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let mut nurse = Learner::of(&test, &ward).await;
    let hard = nurse.path("m3-night");
    nurse.browser.post(&hard, &[]).await;
    nurse.post("m3-night", "swap").await;
    let (period, staff) = (nurse.period.clone(), ward.nurse.clone());
    for module in ["m1-photo", "m2-disaster", "m4-handover"] {
        go_through(&test, &mut nurse.browser, &staff, &period, module, 0).await;
    }
    let other = nurse.path("m5-vanish");
    assert_eq!(nurse.browser.post(&other, &[]).await.status, StatusCode::SEE_OTHER);
    answer_everything(&test, nurse.period.clone(), "m5-vanish").await;
    let mut office = test.signed_in("100020").await;
    let (hard, other) = (title(&test, "m3-night"), title(&test, "m5-vanish"));
    let halfway = told(&office.get("/office/report").await.body);
    assert!(halfway.contains(&hard) && !halfway.contains(&other), "{halfway}");
    let counted = halfway.matches("1/7").count();
    assert_eq!(
        counted, 8,
        "four modules in two rows; the place of the swapped one counts by the other: {halfway}"
    );
    go_through(&test, &mut nurse.browser, &staff, &period, "final-test", 0).await;
    let number = sign(&test, &mut nurse.browser, &period).await;
    assert_whole(&test).await;

    let mut manager = test.signed_in("100010").await;
    let mut seen = Vec::new();
    for path in ["/team".to_owned(), format!("/team/people/{staff}")] {
        seen.push(manager.get(&path).await);
    }
    for format in ["csv", "xlsx"] {
        seen.push(manager.post("/team/export", &[("format", format), ("department", "")]).await);
        seen.push(office.post("/office/report/export", &[("format", format)]).await);
    }
    for path in ["/office", "/office/report"] {
        seen.push(office.get(path).await);
    }
    seen.push(office.get(&format!("/office/people/{staff}")).await);
    seen.push(office.get(&format!("/certificates/{number}")).await);
    for answer in &seen {
        assert!(!told(&answer.body).contains(&other), "{}", answer.body);
        for word in ["m5-vanish", "swap"] {
            assert!(!answer.body.contains(word), "{word}: {}", answer.body);
        }
    }
    let mut auditor = test.signed_in("100030").await;
    let record = told(&auditor.get(&format!("/audit/people/{staff}")).await.body);
    assert!(record.contains("題材の変更") && record.contains(&other) && record.contains(&hard), "{record}");
    assert!(record.contains("別の題材に替えました"), "what was laid aside stays on record");

    let files = unzipped(&download(&test).await);
    let summary = pack::verify(&files, test.site.signer.key().verifying_key(), &[])
        .unwrap_or_else(|differences| panic!("{differences:?}"));
    assert_eq!(summary.rows.get("tables/swaps.csv"), Some(&1));
}

#[tokio::test]
async fn reports_count_a_module_among_those_who_owe_it_and_a_person_is_shown_with_their_track() {
    let test = TestSite::new().await;
    opened(&test).await;
    let nurse = id_of(&test, "100001").await;
    let mut office = test.signed_in("100020").await;
    let table = told(&office.get("/office/report").await.body);
    assert!(table.contains("0/7"), "m4-handover is for seven of the nine: {table}");
    assert!(table.contains("0/1"), "m12-home is for the new one alone: {table}");
    assert!(table.contains("―"), "where nobody owes it");
    let person = told(&office.get(&format!("/office/people/{nurse}")).await.body);
    assert!(person.contains("区分 看護・介護・リハビリ"), "{person}");
    let mut nurse = test.signed_in("100001").await;
    let home = told(&nurse.get("/").await.body);
    assert!(home.contains("研修の区分は「看護・介護・リハビリ」です。"), "{home}");
    assert!(home.contains("職種が「看護師」だったためです。"), "{home}");
    assert_whole(&test).await;
}

#[tokio::test]
async fn a_pack_with_every_track_verifies() {
    let test = TestSite::new().await;
    opened(&test).await;
    let files = unzipped(&download(&test).await);
    let summary = pack::verify(&files, test.site.signer.key().verifying_key(), &[])
        .unwrap_or_else(|differences| panic!("{differences:?}"));
    assert_eq!(summary.rows.get("tables/periods.csv"), Some(&9));
    let periods = String::from_utf8(files["tables/periods.csv"].clone()).expect("text");
    for track in &test.site.content.catalogue.course.tracks {
        assert!(periods.contains(&track.id), "{}: {periods}", track.id);
    }
}
