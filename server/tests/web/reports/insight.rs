//! What the answers show: the counts on both engines, the flags, what is hidden, who may look, what can be taken away.

use http::StatusCode;
use kokoroe_server::reports::store::{Instant, answers};

use super::answering::{MODULE, asked, many, store, store_wordings};
use super::hospital::leaves;
use crate::support::{TestSite, engines};

#[tokio::test]
async fn both_engines_count_first_answers_that_were_graded_and_what_their_people_had_in_the_rest() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let mut people = many(3, "看護師", ward.third.as_str(), &[0, 0]);
        people.extend(many(2, "医師", ward.fourth.as_str(), &[9, 0]));
        people.extend(many(1, "医師", ward.fourth.as_str(), &[9]));
        store(&test, &ward, people).await;
        let questions = asked(&test);
        let instant = Instant::new(test.site.now(), test.site.calendar());
        let mut conn = test.site.db.read().await.expect("a connection");
        let rows = answers::responses(&mut conn, &ward.requirement, instant).await.expect("rows");
        let of = |place: &str, grade: i64| {
            rows.iter().find(|row| row.place == place && row.grade == grade).expect("a row").clone()
        };
        let worst = questions[0].choices.last().expect("a choice").1;
        let (best, poor) = (of(&questions[0].place, 3), of(&questions[0].place, worst));
        assert_eq!((best.people, best.with_rest, best.out_of), (3, 3, 3), "{engine:?}");
        assert!(
            (best.rest - 3.0).abs() < 1e-9 && (best.rest_squares - 3.0).abs() < 1e-9,
            "all of the rest was right"
        );
        assert_eq!((poor.people, poor.with_rest), (3, 2), "one was asked nothing else");
        assert!((poor.rest - 2.0).abs() < 1e-9);
        let second = of(&questions[1].place, 3);
        let share = f64::from(i32::try_from(worst).expect("small")) / 3.0;
        assert_eq!(second.people, 5);
        assert!((second.rest - (3.0 + 2.0 * share)).abs() < 1e-9, "{second:?}");
        assert!(rows.iter().all(|row| row.place != "words"), "what is never graded is not counted");
        let mut groups = Vec::new();
        let each = |row: &answers::GroupRow| groups.push(row.clone());
        answers::groups(&mut conn, &ward.requirement, instant, each).await.expect("rows");
        groups.retain(|row| row.place == questions[0].place && row.module == MODULE);
        let here: Vec<(i64, i64, &str)> = groups
            .iter()
            .filter(|row| row.department.as_ref() == Some(&ward.fourth))
            .map(|row| (row.people, row.grade, row.profession.as_str()))
            .collect();
        assert_eq!(here, [(3, worst, "医師")], "{engine:?}");
        let nurses: Vec<_> = groups.iter().filter(|row| row.profession == "看護師").collect();
        assert_eq!((nurses.len(), nurses[0].people, nurses[0].grade), (1, 3, 3));
        assert_eq!(nurses[0].response, format!("{{\"choice\":\"{}\"}}", questions[0].choices[0].0));
        let people = answers::people(&mut conn, &ward.requirement, instant.at).await.expect("a count");
        assert_eq!(people, 6, "{engine:?}");
    }
}

#[tokio::test]
async fn only_the_training_office_may_look() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    store(&test, &ward, many(12, "看護師", ward.third.as_str(), &[0, 0])).await;
    let place = asked(&test)[0].place.clone();
    let pages = [
        "/office/questions".to_owned(),
        format!("/office/questions/{MODULE}/{place}"),
        "/office/clauses".to_owned(),
        "/office/objections".to_owned(),
    ];
    let files = ["/office/questions/export", "/office/clauses/export"];
    for number in ["100001", "100010", "100030"] {
        let mut browser = test.signed_in(number).await;
        for page in &pages {
            assert_eq!(browser.get(page).await.status, StatusCode::FORBIDDEN, "{number} {page}");
        }
        for file in files {
            let answer = browser.post(file, &[("format", "csv")]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{number} {file}");
        }
    }
    assert_eq!(test.browser().get(&pages[0]).await.status, StatusCode::SEE_OTHER, "signed out");
    let mut office = test.signed_in("100020").await;
    let before = leaves(&test, "export.made").await.len();
    for page in &pages {
        let shown = office.get(page).await;
        assert_eq!(shown.status, StatusCode::OK, "{page}: {}", shown.body);
        assert!(
            !shown.body.contains("極秘") && !shown.body.contains("70000"),
            "no page shows a person: {page}"
        );
        assert!(!shown.body.contains("ひみつ"), "nor what somebody wrote");
    }
    for file in files {
        assert_eq!(office.get(file).await.status, StatusCode::METHOD_NOT_ALLOWED, "{file}");
    }
    assert_eq!(leaves(&test, "export.made").await.len(), before, "looking changes nothing");
    let unknown = format!("/office/questions/{MODULE}/no-such-question");
    for wrong in [
        unknown.as_str(),
        "/office/questions?flag=x",
        "/office/questions?sort=1",
        "/office/objections?state=x",
    ] {
        assert_eq!(office.get(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    assert_eq!(
        office.get("/office/questions?module=a&module=b").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

/// The row of a question in the list.
pub(super) fn row<'b>(body: &'b str, place: &str) -> &'b str {
    let code = format!("<code>{place}</code>");
    body.split("<tr>").find(|row| row.contains(&code)).unwrap_or_else(|| panic!("{place}: {body}"))
}

#[tokio::test]
async fn questions_that_mislead_and_questions_that_teach_nothing_are_flagged() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    // The first misleads the strong, the second is got wrong alike by half of them, the third by nobody.
    let mut people = many(14, "看護師", ward.third.as_str(), &[9, 0, 0, 0]);
    people.extend(many(14, "看護師", ward.third.as_str(), &[0, 9, 0, 9]));
    store(&test, &ward, people).await;
    let questions = asked(&test);
    let mut office = test.signed_in("100020").await;
    let list = office.get("/office/questions").await;
    let (first, second, third) = (
        row(&list.body, &questions[0].place),
        row(&list.body, &questions[1].place),
        row(&list.body, &questions[2].place),
    );
    assert!(
        first.contains("data-flag=\"backwards\"") && first.contains("data-flag=\"same-wrong\""),
        "{first}"
    );
    assert!(first.contains("50.0%") && first.contains("28"), "{first}");
    assert!(
        second.contains("data-flag=\"same-wrong\"") && !second.contains("data-flag=\"backwards\""),
        "{second}"
    );
    let worst = &questions[1].choices.last().expect("a choice").2;
    assert!(second.contains(worst.as_str()), "the mistake is named: {second}");
    assert!(third.contains("data-flag=\"all-right\"") && third.contains("100.0%"), "{third}");
    let places = |body: &str| -> Vec<String> {
        body.split("<code>").skip(1).filter_map(|rest| rest.split('<').next()).map(str::to_owned).collect()
    };
    assert_eq!(places(&list.body).first(), Some(&questions[0].place), "what needs a look comes first");
    let only = office.get("/office/questions?flag=all-right").await;
    assert_eq!(places(&only.body), [questions[2].place.clone()]);
    let by_rate = office.get("/office/questions?sort=rate").await;
    assert_eq!(places(&by_rate.body).last(), Some(&questions[2].place));
    let by_course = office.get("/office/questions?sort=course").await;
    assert_eq!(places(&by_course.body), questions[..4].iter().map(|q| q.place.clone()).collect::<Vec<_>>());
    let none = office.get("/office/questions?q=zzzz").await;
    assert!(none.body.contains("あてはまる問いはありません"));
    let other = office.get("/office/questions?module=m2-disaster").await;
    assert!(other.body.contains("あてはまる問いはありません") && other.body.contains("条件をはずす"));
    let one = office.get(&format!("/office/questions/{MODULE}/{}?sort=rate", questions[0].place)).await;
    assert!(one.body.contains(&questions[0].ask) && one.body.contains("ほかの得点率"));
    assert!(one.body.contains("/office/questions?sort=rate"), "the way back keeps the order");
}

#[tokio::test]
async fn a_group_of_fewer_than_ten_is_hidden_and_so_is_the_next_smallest() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        // 31, 13 and 9 people; each group with a rate of its own.
        let mut people = many(20, "看護師", ward.third.as_str(), &[0]);
        people.extend(many(11, "看護師", ward.third.as_str(), &[9]));
        people.extend(many(13, "事務", ward.top.as_str(), &[9]));
        people.extend(many(9, "医師", ward.fourth.as_str(), &[0]));
        store(&test, &ward, people).await;
        let question = &asked(&test)[0];
        let mut office = test.signed_in("100020").await;
        let page = office.get(&format!("/office/questions/{MODULE}/{}", question.place)).await;
        assert!(page.body.contains("54.7%（29 / 53人）"), "{}", page.body);
        let groups = page.body.split("id=\"professions\"").nth(1).expect("the groups");
        assert_eq!(
            groups.matches("64.5%").count(),
            2,
            "the large group, by profession and by department: {groups}"
        );
        assert_eq!(groups.matches("data-hidden=\"true\"").count(), 4, "two of each: {groups}");
        for hidden in ["13人", "9人", ">13<", ">9<", "100.0%", "0.0%"] {
            assert!(!groups.replace("100%", "").contains(hidden), "{hidden}: {groups}");
        }
        let clauses = office.get("/office/clauses").await;
        let table = clauses.body.split("<tbody").nth(1).expect("a table");
        let of = |name: &str| {
            table
                .split("<tr")
                .find(|row| row.contains(name))
                .unwrap_or_else(|| panic!("{name}: {table}"))
                .to_owned()
        };
        assert!(of("3病棟").contains("35%"), "{table}");
        assert!(
            !table.contains("4病棟") && clauses.body.contains("ほかの2部署は、人数が少ないため"),
            "{}",
            clauses.body
        );
        assert!(of("病院全体").contains("45%") && of("病院全体").contains("多い"), "{table}");
        let clause = format!("clause={}", question.clause);
        assert!(clauses.body.contains(&clause), "a clause leads to its questions");
        let drilled = office.get(&format!("/office/questions?{clause}")).await;
        assert!(drilled.body.contains(&question.ask), "{}", drilled.body);
    }
}

#[tokio::test]
async fn nothing_is_told_before_ten_people_have_answered() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    store(&test, &ward, many(9, "看護師", ward.third.as_str(), &[0])).await;
    let place = asked(&test)[0].place.clone();
    let mut office = test.signed_in("100020").await;
    let list = office.get("/office/questions").await;
    assert!(row(&list.body, &place).contains("10人になるまで表示しません"), "{}", list.body);
    let one = office.get(&format!("/office/questions/{MODULE}/{place}")).await;
    assert!(
        one.body.contains("答えた人が少ないため")
            && !one.body.contains("職種別")
            && !one.body.contains("100.0%")
    );
    let table = office.get("/office/clauses").await;
    assert!(table.body.contains("非表示") && !table.body.contains("<b>0%"), "{}", table.body);
    let unanswered = office.get(&format!("/office/questions/{MODULE}/{}", asked(&test)[1].place)).await;
    assert_eq!(unanswered.status, StatusCode::OK, "a question that nobody has answered has a page too");
}

#[tokio::test]
async fn the_file_has_what_the_page_shows_and_nothing_that_it_hides() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let mut people = many(20, "看護師", ward.third.as_str(), &[9, 0]);
    people.extend(many(9, "医師", ward.fourth.as_str(), &[0]));
    store(&test, &ward, people).await;
    let questions = asked(&test);
    let mut office = test.signed_in("100020").await;
    let file = office.post("/office/questions/export", &[("format", "csv"), ("sort", "course")]).await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.body);
    let lines: Vec<&str> = file.body.lines().collect();
    assert!(lines[0].contains("初回正答率") && lines[0].contains("識別力"), "{}", lines[0]);
    let of = |place: &str| *lines.iter().find(|line| line.contains(&format!(",{place},"))).expect("a line");
    assert!(of(&questions[0].place).contains(",29,31.0%,9,0,"), "{}", of(&questions[0].place));
    assert!(of(&questions[1].place).contains(",20,100.0%,20,0,0,0,"), "{}", of(&questions[1].place));
    assert!(of(&questions[1].place).contains("全員正解"));
    let table = office.post("/office/clauses/export", &[("format", "csv")]).await;
    assert_eq!(table.status, StatusCode::OK, "{}", table.body);
    assert!(table.body.contains("病院全体,") && !table.body.contains("4病棟"), "{}", table.body);
    let workbook = office.post("/office/questions/export", &[("format", "xlsx")]).await;
    assert_eq!(workbook.bytes.get(..2), Some(b"PK".as_slice()));
    let made = leaves(&test, "export.made").await;
    assert_eq!(made.len(), 3);
    assert!(
        made[0].contains("\"report\":\"questions\"") && made[1].contains("\"report\":\"clauses\""),
        "{made:?}"
    );
    let wrong = office.post("/office/questions/export", &[("format", "docx")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn before_anybody_has_answered_the_pages_say_so_in_both_languages() {
    let test = TestSite::new().await;
    test.ward().await;
    let mut office = test.signed_in("100020").await;
    for page in ["/office/questions", "/office/clauses"] {
        assert!(office.get(page).await.body.contains("まだ答えはありません"), "{page}");
    }
    office.post("/language", &[("lang", "en"), ("return_to", "/office")]).await;
    for page in ["/office/questions", "/office/clauses"] {
        assert!(office.get(page).await.body.contains("There are no answers yet"), "{page}");
    }
    let office_page = office.get("/office").await;
    assert!(office_page.body.contains("What the answers show"), "the first page leads here");
}

#[tokio::test]
async fn the_wordings_of_a_test_question_count_together_and_a_small_one_is_not_found_by_subtraction() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let family = store_wordings(&test, &ward, &[15, 4]).await;
        let mut office = test.signed_in("100020").await;
        let list = office.get("/office/questions").await;
        let all = row(&list.body, &family);
        assert!(all.contains("19人") && all.contains("100.0%"), "{all}");
        assert!(!list.body.contains(&format!("{family}/")), "the wordings stand on the page of their point");
        let page = office.get(&format!("/office/questions/final-test/{family}")).await;
        assert!(page.body.contains("文面ごと") && page.body.contains("19人"), "{}", page.body);
        assert_eq!(
            page.body.matches("data-hidden=\"true\"").count(),
            2,
            "the small one and the other: {}",
            page.body
        );
        assert!(!page.body.contains("15人") && !page.body.contains(">4人"));
        assert!(page.body.contains("看護師"), "groups are told of the point");
        let wordings: Vec<&str> =
            page.body.split("<code>").skip(1).filter_map(|rest| rest.split('<').next()).collect();
        let told: Vec<&str> = wordings.into_iter().filter(|place| place.contains('/')).collect();
        let mut shown = 0;
        for wording in &told {
            let one = office.get(&format!("/office/questions/final-test/{wording}")).await;
            assert!(!one.body.contains("職種別</h2>"), "of a wording no groups are told");
            assert!(
                one.body.contains(&format!("/office/questions/final-test/{family}\"")),
                "the way to its point"
            );
            shown += usize::from(one.body.contains("どれが選ばれたか"));
        }
        assert_eq!((told.len(), shown), (2, 0), "{told:?}");
    }
}
