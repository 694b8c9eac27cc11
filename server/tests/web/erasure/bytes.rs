//! Is there a byte left? Somebody with words that stand nowhere else does everything that leaves words behind, is erased, and is looked for.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use http::StatusCode;
use kokoroe_evidence::pack;
use kokoroe_server::audit::live_check;
use kokoroe_server::audit::regrade::regrade;
use kokoroe_server::clock::Calendar;
use kokoroe_server::db::Engine;
use kokoroe_server::erasure::sweep;
use kokoroe_server::exports::work::Turn;
use kokoroe_server::id::{PeriodId, StaffId};
use kokoroe_server::on;
use kokoroe_server::people::staff::{staff, update_staff};
use kokoroe_server::people::{NewLeave, Scribe, add_leave};
use kokoroe_server::reports::store::{Instant, Question, Scan, counts};
use kokoroe_server::requirements::store::Requirement;
use sqlx::AssertSqlSafe;

use super::inventory::going;
use super::search::{MARK, columns_with, files_with, in_bytes, marked};
use super::story::{erase_by_two, left, owe, write};
use crate::audit::pack::unzipped;
use crate::exports::{ask, id, taken, turn};
use crate::obligations::attendance::record_by;
use crate::support::people::Ward;
use crate::support::solve::{self, Temper};
use crate::support::{Browser, TestSite, at, day, engines, kokoroe};
use crate::training::{finish_modules, sign};

const NUMBER: &str = "zq7x01";
const DRAFT: &str = "zq7x 自分で書いた返事です";

/// Gives the nurse a name of marks.
async fn name(test: &TestSite, who: &StaffId) {
    let (site, who) = (test.site.clone(), who.clone());
    write(test, move |tx| {
        Box::pin(async move {
            let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
            let mut person = staff(tx, &who).await?.expect("a person");
            NUMBER.clone_into(&mut person.staff_no);
            "zq7x姓".clone_into(&mut person.family);
            "zq7x名".clone_into(&mut person.given);
            "zq7xセイ".clone_into(&mut person.family_kana);
            "zq7xメイ".clone_into(&mut person.given_kana);
            "zq7x Roman".clone_into(&mut person.roman);
            "zq7x@example.jp".clone_into(&mut person.mail);
            update_staff(tx, &by, &person).await?;
            let reason = "zq7x 休職の理由".to_owned();
            let (from_on, to_on) = (day("2027-12-01"), Some(day("2027-12-31")));
            add_leave(tx, &by, &NewLeave { staff: who, reason, from_on, to_on }).await.map(drop)
        })
    })
    .await;
}

/// Goes through a module, with words of one's own wherever a reply is asked for, up to the first reply if `until_draft`.
async fn go(
    test: &TestSite,
    browser: &mut Browser,
    (who, period): (&StaffId, &PeriodId),
    until_draft: bool,
) -> String {
    let base = format!("/learn/{period}/m2-disaster");
    browser.post(&base, &[]).await;
    let mut objected: Vec<String> = Vec::new();
    loop {
        let temper = if !until_draft && objected.len() < 2 { Temper::Worst } else { Temper::Best };
        let Some(ask) = solve::answer(&test.site, who, period, "m2-disaster", temper).await else {
            return base;
        };
        let step = format!("{base}/{}", ask.turn);
        let is_draft = |name: &str| name == "draft";
        if until_draft && ask.fields.iter().any(|(name, _)| is_draft(name)) {
            return step;
        }
        let fields: Vec<(&str, &str)> = ask
            .fields
            .iter()
            .map(|(name, value)| (name.as_str(), if is_draft(name) { DRAFT } else { value.as_str() }))
            .collect();
        let saved = browser.post(&step, &fields).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{step}: {}", saved.body);
        let why = saved.location().to_owned();
        // While one waits, a second one to the same question is not taken.
        let question = ask.question.filter(|question| !until_draft && !objected.contains(question));
        if let Some(question) = question.filter(|_| objected.len() < 2 && why.ends_with("/why")) {
            // The first without a name, the second with it.
            let named: &[(&str, &str)] = if objected.len() == 1 { &[("named", "on")] } else { &[] };
            let mut fields = vec![("objection", "zq7x 納得できません")];
            fields.extend(named);
            let sent = browser.post(&why, &fields).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
            objected.push(question);
        }
    }
}

/// Addresses of this kind in a page.
fn links(page: &str, start: &str) -> BTreeSet<String> {
    let opening = format!("href=\"{start}");
    let after = page.split(&opening).skip(1);
    after.filter_map(|rest| rest.split('"').next()).map(|end| format!("{start}{end}")).collect()
}

/// Three years of somebody who leaves words everywhere, up to the day on which they no longer belong to the hospital.
async fn three_years(test: &TestSite, ward: &Ward) -> Vec<Requirement> {
    name(test, &ward.nurse).await;
    let mut nurse = test.signed_in(NUMBER).await;
    let first = test.period(&ward.nurse).await;
    go(test, &mut nurse, (&ward.nurse, &first), false).await;
    finish_modules(test, &mut nurse, &ward.nurse, &first).await;
    sign(test, &mut nurse, &first).await;
    nurse.post("/settings", &[("furigana", "on"), ("text_size", "large")]).await;
    let mut office = test.signed_in("100020").await;
    for one in links(&office.get("/office/objections").await.body, "/office/objections/") {
        let replied = office.post(&one, &[("reply", "zq7xさんへ、ありがとうございます")]).await;
        assert_eq!(replied.status, StatusCode::SEE_OTHER, "{}", replied.body);
    }
    let mut manager = test.signed_in("100010").await;
    let talk = [("spoken_on", "2026-10-01"), ("way", "phone"), ("words", "zq7x 声をかけた")];
    let noted = manager.post(&format!("/team/people/{}/notes", ward.nurse), &talk).await;
    assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.body);
    // A binder with a word about the person, made and taken.
    let improve = "zq7x姓 zq7x名さんのように早く受ける。";
    let fields =
        [("form", "a"), ("requirement", ward.requirement.as_str()), ("at", ""), ("improve", improve)];
    let binder = office.post("/office/binder", &fields).await.location().to_owned();
    assert_eq!(turn(test).await, Turn::Finished(id(&binder)));

    test.clock.set(at("2027-10-01T00:00:00Z"));
    let second = owe(test, &ward.nurse, 2027).await;
    let period = test.period(&ward.nurse).await;
    let mut nurse = test.signed_in(NUMBER).await;
    let step = go(test, &mut nurse, (&ward.nurse, &period), true).await;
    let kept = nurse.post(&format!("{step}/draft"), &[("draft", "zq7x 書きかけ")]).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    let wish = [("kind", "exempt"), ("words", "zq7x 家の事情"), ("until", "2028-03-31")];
    let asked = nurse.post(&format!("/exceptions/{period}"), &wish).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    let mut office = test.signed_in("100020").await;
    let open = links(&office.get("/office/exceptions").await.body, "/office/exceptions/");
    let reply = [("granted", "yes"), ("until", "2028-03-31"), ("reply", "zq7xさんの事情による")];
    let granted = office.post(open.first().expect("a request"), &reply).await;
    assert_eq!(granted.status, StatusCode::SEE_OTHER, "{}", granted.body);

    test.clock.set(at("2028-10-01T00:00:00Z"));
    let third = owe(test, &ward.nurse, 2028).await;
    let mut office = test.signed_in("100020").await;
    record_by(&mut office, (third.id.as_str(), "2028-10-01"), NUMBER, "zq7x-名簿.pdf").await;
    outbox(test, ward).await;
    test.clock.set(at("2029-01-01T00:00:00Z"));
    left(test, &ward.nurse, "2029-01-01").await;
    vec![second, third]
}

/// Mail to the person, and a list of a manager's people that never went out.
async fn outbox(test: &TestSite, ward: &Ward) {
    const MAIL: &str = "
        INSERT INTO outbox (id, key, message_id, kind, staff_id, address, subject, body, made_at, send_after, attempts, failed_at, last_error)
        VALUES ($1, $1, $1, 'digest', $2, 'zq7x@example.jp', 'zq7x', 'zq7x姓 zq7x名さんが未修了です', $3, $3, 3, $3, 'zq7x: no such mailbox')";
    let now = test.site.now();
    for (id, who) in [("own", ward.nurse.clone()), ("other", ward.manager.clone())] {
        write(test, move |tx| {
            Box::pin(async move {
                on!(tx, |c| sqlx::query(MAIL).bind(id).bind(&who).bind(now).execute(c).await.map(drop))?;
                Ok(())
            })
        })
        .await;
    }
}

/// A list of staff that names the person and waits, and tries to sign in.
async fn on_the_last_day(test: &TestSite, ward: &Ward) {
    const LIST: &str = "
        INSERT INTO staff_import (id, made_by, made_at, file_name, plan)
        VALUES ('018f0000-0000-7000-8000-000000000001', $1, $2, 'zq7x姓zq7x名.csv', '{\"no\":\"zq7x01\"}')";
    let (who, now) = (ward.office.clone(), test.site.now());
    write(test, move |tx| {
        Box::pin(async move {
            on!(tx, |c| sqlx::query(LIST).bind(&who).bind(now).execute(c).await.map(drop))?;
            Ok(())
        })
    })
    .await;
    test.browser().post("/sign-in", &[("number", NUMBER), ("password", "guessed")]).await;
}

/// Bytes that are made of the person's words and do not look like them.
async fn derived(test: &TestSite, who: &StaffId) -> Vec<Vec<u8>> {
    let mut conn = test.site.db.read().await.expect("a connection");
    let kana_key: Vec<u8> =
        on!(&mut conn, |c| sqlx::query_scalar("SELECT kana_key FROM staff WHERE id = $1")
            .bind(who)
            .fetch_one(c)
            .await)
        .expect("the person");
    let codes: Vec<String> = on!(&mut conn, |c| sqlx::query_scalar(
        "SELECT c.code FROM completion c JOIN period p ON p.id = c.period_id WHERE p.staff_id = $1"
    )
    .bind(who)
    .fetch_all(c)
    .await)
    .expect("completions");
    assert_eq!(codes.len(), 2, "signed here, and in a classroom");
    std::iter::once(kana_key).chain(codes.into_iter().map(String::into_bytes)).collect()
}

/// Columns that go and can hold words that somebody chose.
const WORDS: [(&str, &str); 27] = [
    ("answer", "response"),
    ("attendance", "sheet_name"),
    ("completion", "name"),
    ("draft", "body"),
    ("exception_request", "reply"),
    ("exception_request", "words"),
    ("exemption", "reason"),
    ("export_job", "asked"),
    ("follow_up", "words"),
    ("identity", "told"),
    ("leave_of_absence", "reason"),
    ("objection", "reply"),
    ("objection", "words"),
    ("outbox", "address"),
    ("outbox", "body"),
    ("outbox", "last_error"),
    ("outbox", "subject"),
    ("staff", "family"),
    ("staff", "family_kana"),
    ("staff", "given"),
    ("staff", "given_kana"),
    ("staff", "mail"),
    ("staff", "roman"),
    ("staff", "search"),
    ("staff", "staff_no"),
    ("staff_import", "file_name"),
    ("staff_import", "plan"),
];

/// What the hospital counted, at these instants, of every requirement: everywhere and in each ward.
async fn counted(test: &TestSite, ward: &Ward, all: &[Requirement]) -> BTreeMap<String, String> {
    let mut conn = test.site.db.read().await.expect("a connection");
    let mut told = BTreeMap::new();
    let of = all.iter().map(|one| one.id.clone()).chain([ward.requirement.clone()]);
    for requirement in of {
        for when in ["2026-12-31", "2027-12-15", "2028-12-31", "2029-03-31", "2034-04-01"] {
            let at: DateTime<Utc> = Calendar::default().end_of(day(when));
            let asked = Question::of(requirement.clone(), Instant::new(at, Calendar::default()));
            let places = [ward.third.as_str(), ward.fourth.as_str()].map(|id| Scan::Below(id.to_owned()));
            for scan in [Scan::Everywhere].into_iter().chain(places) {
                let rows = counts(&mut conn, &asked, &scan).await.expect("counts");
                told.insert(format!("{requirement} {when} {scan:?}"), format!("{rows:?}"));
            }
        }
    }
    told
}

/// The pack of a year, verified and judged anew.
async fn pack_of(test: &TestSite, year: &str) -> Vec<u8> {
    let mut auditor = test.signed_in("100030").await;
    let answer = auditor.post("/audit/pack", &[("year", year)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{year}: {}", answer.body);
    let files = unzipped(&answer.bytes);
    let key = test.site.signer.key().verifying_key();
    pack::verify(&files, key, &[]).unwrap_or_else(|differences| panic!("{year}: {differences:?}"));
    regrade(&files).unwrap_or_else(|differences| panic!("{year}: {differences:?}"));
    answer.bytes
}

/// Every file that can be had, of the time when the person was here.
async fn every_file(test: &TestSite, ward: &Ward) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for year in ["2026", "2027", "2028", "2034"] {
        files.insert(format!("pack {year}"), pack_of(test, year).await);
    }
    let mut office = test.signed_in("100020").await;
    for format in ["xlsx", "csv", "pdf"] {
        let fields = [
            ("requirement", ward.requirement.as_str()),
            ("format", format),
            ("at", "2026-12-31"),
            ("form", format),
        ];
        for address in ["/office/departments/all/export", "/office/report/export"] {
            let file = office.post(address, &fields).await;
            assert_eq!(file.status, StatusCode::OK, "{address} {format}: {}", file.body);
            files.insert(format!("{address} {format}"), file.bytes);
        }
    }
    let binder = ask(&mut office, "/office/binder", ward, "again", "2026-12-31").await;
    assert_eq!(turn(test).await, Turn::Finished(id(&binder)));
    files.insert("binder".to_owned(), taken(&mut office, &binder).await);
    files
}

#[tokio::test]
async fn after_erasing_no_word_of_the_person_is_left_anywhere() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let later = three_years(&test, &ward).await;
        test.clock.set(at("2034-03-31T15:00:00Z"));
        on_the_last_day(&test, &ward).await;
        let known: BTreeSet<(String, String)> =
            WORDS.into_iter().map(|(table, column)| (table.to_owned(), column.to_owned())).collect();
        assert_eq!(marked(&test).await, known, "the story leaves its words where words can stand");
        let goes = going();
        assert!(known.iter().all(|column| goes.contains(column)), "and each of these is said to go");
        let mut words = derived(&test, &ward.nurse).await;
        words.push(MARK.as_bytes().to_vec());
        let before = counted(&test, &ward, &later).await;
        assert!(
            !in_bytes("packs", &pack_of(&test, "2026").await, &words).is_empty(),
            "they are found while there"
        );

        erase_by_two(&test, &ward.nurse).await;
        sweep::sweep(&test.site).await.expect("swept");

        assert_eq!(marked(&test).await, BTreeSet::new());
        for table in ["credential", "session", "preference", "erasure_request"] {
            let statement = format!("SELECT COUNT(*) FROM {table} WHERE staff_id = $1");
            let mut conn = test.site.db.read().await.expect("a connection");
            let rows: i64 = on!(&mut conn, |c| sqlx::query_scalar(AssertSqlSafe(statement.clone()))
                .bind(&ward.nurse)
                .fetch_one(c)
                .await)
            .expect("a count");
            assert_eq!(rows, 0, "{table}");
        }
        assert_eq!(counted(&test, &ward, &later).await, before, "every count of the past stays what it was");
        let check = live_check(&test.site).await.expect("a check");
        assert!(check.is_whole(), "{:?}", check.logs);
        for (name, bytes) in every_file(&test, &ward).await {
            assert_eq!(in_bytes(&name, &bytes, &words), Vec::<String>::new(), "{engine:?}");
        }
        assert_eq!(files_with(test.folder(), &words), Vec::<String>::new(), "{engine:?}");
        match engine {
            Engine::Sqlite => {
                let out = test.folder().join("backup.zip");
                let made = kokoroe(test.folder(), &["backup", "--out", out.to_str().expect("a name")]);
                assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
                let backup = std::fs::read(&out).expect("the backup");
                assert_eq!(in_bytes("backup", &backup, &words), Vec::<String>::new());
            }
            Engine::Postgres => assert_eq!(columns_with(&test, &words).await, Vec::<String>::new()),
        }
        shown(&test, &ward).await;
    }
}

/// What pages show in the place of the person.
async fn shown(test: &TestSite, ward: &Ward) {
    let mut auditor = test.signed_in("100030").await;
    let record = auditor.get(&format!("/audit/people/{}", ward.nurse)).await;
    assert_eq!(record.status, StatusCode::OK);
    for said in ["消去済み", "自分で書いた文", "2026-SNS-000001"] {
        assert!(record.body.contains(said), "{said}: {}", record.body);
    }
    assert!(!record.body.contains("/certificates/2026-SNS-000001"), "nobody has that certificate any more");
    let certificate = auditor.get("/certificates/2026-SNS-000001").await;
    assert_eq!(certificate.status, StatusCode::NOT_FOUND);
    let mut office = test.signed_in("100020").await;
    let roster = office
        .get(&format!("/office/departments/all?at=2026-12-31&requirement={}&which=all", ward.requirement))
        .await;
    assert!(roster.body.contains("消去済み"), "{}", roster.body);
    for gone in [NUMBER, "消去済み"] {
        let answer = test
            .browser()
            .post("/sign-in", &[("number", gone), ("password", crate::support::PASSWORD)])
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody signs in as {gone}");
    }
}
