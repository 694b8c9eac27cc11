//! 「この説明に納得できない」: from the page of an explanation to the training office and back.

use chrono::TimeDelta;
use http::StatusCode;
use kokoroe_server::db::DbError;
use kokoroe_server::id::{RequirementId, StaffId};
use kokoroe_server::on;
use kokoroe_server::requirements::store::{Requirement, requirement};
use kokoroe_server::requirements::track::one_list;
use kokoroe_server::requirements::year;

use crate::support::facts::refuses;
use crate::support::solve::{self, Temper};
use crate::support::{Browser, TestSite, engines};

const WORDS: &str = "夜間は広報課がいません。<b>先に</b>責任者ではないでしょうか。";

/// Answers a module up to its first question, badly; gives the address of the explanation and the name of the question.
async fn explanation(test: &TestSite, browser: &mut Browser, staff: &StaffId) -> (String, String) {
    let period = test.period(staff).await;
    let base = format!("/learn/{period}/m1-photo");
    browser.post(&base, &[]).await;
    loop {
        let ask =
            solve::answer(&test.site, staff, &period, "m1-photo", Temper::Worst).await.expect("a question");
        let fields: Vec<(&str, &str)> = ask.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let saved = browser.post(&format!("{base}/{}", ask.turn), &fields).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        if let Some(question) = ask.question {
            return (saved.location().to_owned(), question);
        }
    }
}

async fn leaves(test: &TestSite, kind: &str) -> Vec<String> {
    let mut conn = test.site.db.read().await.expect("a connection");
    let bodies: Vec<Vec<u8>> =
        on!(&mut conn, |c| sqlx::query_scalar("SELECT body FROM log_leaf WHERE kind = $1 ORDER BY seq")
            .bind(kind)
            .fetch_all(c)
            .await)
        .expect("leaves");
    bodies.into_iter().map(|body| String::from_utf8(body).expect("text")).collect()
}

/// The first objection in the list.
async fn first(office: &mut Browser) -> String {
    let list = office.get("/office/objections").await;
    let href = list.body.split("href=\"/office/objections/").nth(1).and_then(|rest| rest.split('"').next());
    format!("/office/objections/{}", href.expect("an objection"))
}

#[tokio::test]
async fn words_reach_the_training_office_without_a_name_unless_somebody_wants_it() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut nurse = test.signed_in("100001").await;
        let (why, question) = explanation(&test, &mut nurse, &ward.nurse).await;
        let page = nurse.get(&why).await;
        assert!(
            page.body.contains("この説明に納得できない") && page.body.contains(&format!("action=\"{why}\""))
        );
        let empty = nurse.post(&why, &[("objection", " 　\n"), ("named", "on")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.body.contains("ひとことでも書いてください") && empty.body.contains("role=\"alert\""));
        assert!(
            empty.body.contains("name=\"named\" value=\"on\" checked"),
            "the tick is kept: {}",
            empty.body
        );
        let long = "あ".repeat(401);
        let too_long = nurse.post(&why, &[("objection", &long)]).await;
        assert_eq!(too_long.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(too_long.body.contains("いまは401字") && too_long.body.contains(&long), "the words are kept");
        for _ in 0..2 {
            let sent = nurse.post(&why, &[("objection", WORDS)]).await;
            assert_eq!(
                (sent.status, sent.location()),
                (StatusCode::SEE_OTHER, format!("{why}#objection-box").as_str())
            );
        }
        let thanked = nurse.get(&why).await;
        assert!(
            thanked.body.contains("ご意見を受け取りました") && !thanked.body.contains("name=\"objection\"")
        );
        let made = leaves(&test, "objection.made").await;
        assert_eq!(made.len(), 1, "one open objection a person and question");
        let length = format!("\"characters\":{}", WORDS.chars().count());
        assert!(made[0].contains(&length) && made[0].contains("\"named\":false"), "{}", made[0]);
        for secret in ["夜間", ward.nurse.as_str(), question.as_str(), "m1-photo"] {
            assert!(!made[0].contains(secret), "{secret}: {}", made[0]);
        }
        let mut office = test.signed_in("100020").await;
        let list = office.get("/office/objections").await;
        assert!(list.body.contains("夜間は広報課がいません。&lt;b&gt;先に"), "shown as words: {}", list.body);
        assert!(list.body.contains("名前なし") && list.body.contains(&question));
        let one = first(&mut office).await;
        let id = one.rsplit('/').next().expect("an id");
        assert_eq!(id.as_bytes().get(14), Some(&b'4'), "{id} does not tell when it was made");
        assert!(!made[0].contains(id), "nor does the log: {}", made[0]);
        let shown = office.get(&one).await;
        assert!(shown.body.contains("この人の答え") && shown.body.contains("選ぶところ"), "{}", shown.body);
        for page in [&list.body, &shown.body] {
            for name in ["鈴木", "100001", ward.nurse.as_str()] {
                assert!(!page.contains(name), "{name}");
            }
        }
        assert!(!shown.body.contains("name=\"reply\""), "nobody would read a reply");
        let home = office.get("/office").await;
        assert!(home.body.contains("対応前 1件"), "{}", home.body);
        let done = office.post(&one, &[("reply", "読まれない返事")]).await;
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, one.as_str()));
        let after = office.get("/office/objections").await;
        assert!(after.body.contains("声はありません"), "nothing is open");
        assert!(office.get("/office/objections?state=answered").await.body.contains("対応済み"));
        assert!(!office.get(&one).await.body.contains("読まれない返事"));
        assert!(nurse.get(&why).await.body.contains("name=\"objection\""), "one may write again");
        assert!(!nurse.get("/").await.body.contains("お寄せいただいた声への返事"));
    }
}

#[tokio::test]
async fn whoever_gives_their_name_reads_the_reply_on_their_first_page() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut nurse = test.signed_in("100001").await;
        let (why, question) = explanation(&test, &mut nurse, &ward.nurse).await;
        let sent = nurse.post(&why, &[("objection", WORDS), ("named", "on")]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let mut other = test.signed_in("100002").await;
        let (other_why, _) = explanation(&test, &mut other, &ward.other_nurse).await;
        assert!(
            other.get(&other_why).await.body.contains("name=\"objection\""),
            "the limit is each person's own"
        );
        let mut office = test.signed_in("100020").await;
        let one = first(&mut office).await;
        let shown = office.get(&one).await;
        assert!(shown.body.contains("鈴木 一郎") && shown.body.contains("100001"), "{}", shown.body);
        let long = "あ".repeat(401);
        let too_long = office.post(&one, &[("reply", &long)]).await;
        assert_eq!(too_long.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(too_long.body.contains(&long));
        for reply in ["ご指摘のとおりです。", "あとから来た返事"] {
            assert_eq!(office.post(&one, &[("reply", reply)]).await.status, StatusCode::SEE_OTHER);
        }
        let home = nurse.get("/").await;
        assert!(
            home.body.contains("お寄せいただいた声への返事") && home.body.contains("ご指摘のとおりです。")
        );
        assert!(!home.body.contains("あとから来た返事"), "what was said first stays");
        assert!(!other.get("/").await.body.contains("ご指摘のとおりです。"), "nobody else reads it");
        let narrowed =
            office.get(&format!("/office/objections?state=all&module=m1-photo&place={question}")).await;
        assert!(narrowed.body.contains("鈴木 一郎"), "{}", narrowed.body);
        assert!(
            office
                .get("/office/objections?state=all&module=m2-disaster")
                .await
                .body
                .contains("声はありません")
        );
        let answered = leaves(&test, "objection.answered").await;
        assert_eq!(answered.len(), 1);
        assert!(
            answered[0].contains("\"characters\":10") && !answered[0].contains("ご指摘"),
            "{}",
            answered[0]
        );
        for statement in
            ["UPDATE objection SET words = 'x'", "UPDATE objection SET reply = 'x'", "DELETE FROM objection"]
        {
            refuses(&test.site.db, statement).await;
        }
    }
}

#[tokio::test]
async fn only_an_explanation_of_ones_own_takes_words_and_only_the_office_answers_them() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let mut nurse = test.signed_in("100001").await;
    let (why, _) = explanation(&test, &mut nurse, &ward.nurse).await;
    nurse.post(&why, &[("objection", WORDS)]).await;
    let mut other = test.signed_in("100002").await;
    assert_eq!(
        other.post(&why, &[("objection", WORDS)]).await.status,
        StatusCode::NOT_FOUND,
        "somebody else's"
    );
    let ahead = why.replace("/why", "9/why");
    assert_eq!(
        nurse.post(&ahead, &[("objection", WORDS)]).await.status,
        StatusCode::NOT_FOUND,
        "not answered yet"
    );
    let period = test.period(&ward.nurse).await;
    let reading = format!("/learn/{period}/m1-photo/1/why");
    if why != reading {
        assert_eq!(nurse.post(&reading, &[("objection", WORDS)]).await.status, StatusCode::NOT_FOUND);
    }
    let one = first(&mut test.signed_in("100020").await).await;
    for number in ["100001", "100010", "100030"] {
        let mut browser = test.signed_in(number).await;
        for answer in [browser.get(&one).await, browser.post(&one, &[("reply", "x")]).await] {
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{number}");
        }
    }
    let mut auditor = test.signed_in("100030").await;
    let log = auditor.get("/audit/log?kind=objection.made").await;
    assert!(log.body.contains("説明に納得できないという声") && !log.body.contains("夜間"), "{}", log.body);
    let mut office = test.signed_in("100020").await;
    for wrong in ["/office/objections/0", "/office/objections/018f0000-0000-7000-8000-000000000000"] {
        assert_eq!(office.get(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn an_objection_of_last_year_does_not_lead_to_the_numbers_of_this_year() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut nurse = test.signed_in("100001").await;
        let (why, _) = explanation(&test, &mut nurse, &ward.nurse).await;
        nurse.post(&why, &[("objection", WORDS)]).await;
        test.clock.advance(TimeDelta::days(400));
        let (site, last) = (test.site.clone(), ward.requirement.clone());
        let opened: Result<(), DbError> = test
            .site
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let now = site.now();
                    let last = requirement(tx, &last).await?.expect("last year's");
                    let next = Requirement {
                        id: RequirementId::new(&site.clock),
                        code: "sns-2027".into(),
                        fiscal_year: 2027,
                        opens_at: now - TimeDelta::days(1),
                        due_at: now + TimeDelta::days(30),
                        ..last
                    };
                    let lists = one_list(site.content.catalogue.course.modules_of_everybody());
                    year::open(tx, &site.ledger, &site.clock, &next, &lists, "system").await.map(drop)
                })
            })
            .await;
        opened.expect("a new year");
        let mut office = test.signed_in("100020").await;
        let one = first(&mut office).await;
        let page = office.get(&one).await;
        let named = format!("requirement={}", ward.requirement);
        let href = page.body.split("href=\"").filter_map(|rest| rest.split('"').next());
        let href =
            href.map(|href| href.replace("&amp;", "&")).find(|href| href.starts_with("/office/questions/"));
        let href = href.expect("a way to the numbers");
        assert!(href.contains(&named), "{engine:?}: {href}");
        assert_eq!(office.get(&href).await.status, StatusCode::OK);
    }
}
