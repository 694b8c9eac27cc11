//! Erasing somebody: when it is allowed, who decides it, and what is left.

mod bytes;
mod inventory;
mod packs;
mod search;
mod story;

use chrono::TimeDelta;
use http::StatusCode;
use kokoroe_app::Lang;
use kokoroe_server::audit::{self, live_check};
use kokoroe_server::clock::Calendar;
use kokoroe_server::db::Engine;
use kokoroe_server::jobs;
use kokoroe_server::people::import::{Order, import_file};
use kokoroe_server::people::staff::{staff, staff_by_number};

use crate::reports::hospital::{leaves, newcomer};
use crate::support::facts::refuses;
use crate::support::people::Ward;
use crate::support::{Browser, PASSWORD, TestSite, at, engines, form, kokoroe};
use story::{erase_by_two, left, second_of_the_office};

/// A hospital in which somebody of 3病棟 left on the last day of March 2027, and the page of their erasure.
async fn somebody_left(test: &TestSite) -> (Ward, String) {
    let ward = test.ward().await;
    let gone = newcomer(test, &ward, &ward.third, "000042", ["佐藤", "幸子", "サトウ", "サチコ"]).await;
    test.clock.set(at("2027-04-01T00:00:00Z"));
    left(test, &gone, "2027-04-01").await;
    (ward, format!("/office/people/{gone}/erasure"))
}

async fn page(browser: &mut Browser, address: &str) -> String {
    let answer = browser.get(address).await;
    assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.body);
    answer.body
}

#[tokio::test]
async fn until_its_time_is_over_erasing_is_refused_with_the_day() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let (ward, address) = somebody_left(&test).await;
        let mut office = test.signed_in("100020").await;
        let in_post = page(&mut office, &format!("/office/people/{}/erasure", ward.nurse)).await;
        assert!(in_post.contains("在籍している人の個人情報は消去できません"), "{in_post}");
        let kept = page(&mut office, &address).await;
        assert!(kept.contains("2032年4月1日から消去できます"), "{kept}");
        assert!(kept.contains("退職した日から5年間"), "{kept}");
        assert!(!kept.contains("name=\"do\""), "there is nothing to press");
        let forced = office.post(&address, &[("do", "ask"), ("basis", "retention")]).await;
        assert_eq!(forced.status, StatusCode::CONFLICT);
        assert!(forced.body.contains("2032年4月1日から消去できます"));
        let empty = page(&mut office, "/office/retention").await;
        for said in [
            "確認を待っている消去はありません",
            "保存期間が過ぎた人はいません",
            "まだ、だれの個人情報も消去していません",
        ] {
            assert!(empty.contains(said), "{said}: {empty}");
        }
        test.clock.set(at("2032-03-31T14:59:59Z"));
        let mut office = test.signed_in("100020").await;
        assert!(page(&mut office, &address).await.contains("から消去できます"), "one second before");
        test.clock.set(at("2032-03-31T15:00:00Z"));
        assert!(page(&mut office, &address).await.contains("消去を依頼する"));
        let over = page(&mut office, "/office/retention").await;
        assert!(over.contains("佐藤 幸子") && over.contains(&address), "{over}");
        assert_eq!(leaves(&test, "erase.done").await.len(), 0);
    }
}

#[tokio::test]
async fn one_asks_and_another_confirms_with_their_password() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let (_, address) = somebody_left(&test).await;
        test.clock.set(at("2032-04-01T00:00:00Z"));
        let mut office = test.signed_in("100020").await;
        let mut second = second_of_the_office(&test).await;
        let asked = office.post(&address, &[("do", "ask"), ("basis", "wish")]).await;
        assert_eq!((asked.status, asked.location()), (StatusCode::SEE_OTHER, address.as_str()));
        let own = page(&mut office, &address).await;
        assert!(own.contains("ほかの担当者が確認します") && !own.contains("name=\"password\""), "{own}");
        for said in ["消えるもの", "残るもの", "取り消せません", "バックアップ"] {
            assert!(own.contains(said), "{said}: {own}");
        }
        let refused = office.post(&address, &[("do", "confirm"), ("password", PASSWORD)]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "nobody confirms what they asked for");
        let list = page(&mut second, "/office/retention").await;
        assert!(list.contains("渡邊 学") && list.contains("佐藤 幸子"), "{list}");
        let wrong = second.post(&address, &[("do", "confirm"), ("password", "not the password")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("あなたのパスワードが違っています"), "{}", wrong.body);
        assert_eq!(leaves(&test, "erase.done").await.len(), 0);
        let done = second.post(&address, &[("do", "confirm"), ("password", PASSWORD)]).await;
        assert_eq!(
            (done.status, done.location()),
            (StatusCode::SEE_OTHER, address.as_str()),
            "{}",
            done.body
        );
        let twice = second.post(&address, &[("do", "confirm"), ("password", PASSWORD)]).await;
        assert_eq!(twice.status, StatusCode::CONFLICT, "once");
        let leaf = leaves(&test, "erase.done").await;
        assert_eq!(leaf.len(), 1);
        let (office_id, second_id) = (test.staff("100020").await, test.staff("100011").await);
        for said in [
            format!("\"actor\":\"{second_id}\""),
            format!("\"asked_by\":\"{office_id}\""),
            "\"basis\":\"wish\"".to_owned(),
        ] {
            assert!(leaf[0].contains(&said), "{said}: {}", leaf[0]);
        }
        let told = page(&mut office, &address).await;
        assert!(told.contains("消去しました") && told.contains("今夜"), "{told}");
        assert!(told.contains("渡邊 学") && told.contains("﨑山 実"), "who asked and who confirmed: {told}");
        // By day nothing is made to wait; at night the files are written anew.
        jobs::hourly(&test.site).await;
        assert!(page(&mut office, &address).await.contains("今夜"), "nine in the morning");
        test.clock.set(at("2032-04-01T17:30:00Z"));
        jobs::hourly(&test.site).await;
        let mut office = test.signed_in("100020").await;
        let swept = page(&mut office, &address).await;
        assert!(swept.contains("ファイルの中にも残っていません"), "half past two at night: {swept}");
        let check = live_check(&test.site).await.expect("a check");
        assert!(check.is_whole(), "{:?}", check.logs);
    }
}

#[tokio::test]
async fn a_request_can_be_withdrawn_and_then_nobody_confirms_it() {
    let test = TestSite::new().await;
    let (_, address) = somebody_left(&test).await;
    test.clock.set(at("2032-04-01T00:00:00Z"));
    let mut office = test.signed_in("100020").await;
    let mut second = second_of_the_office(&test).await;
    office.post(&address, &[("do", "ask"), ("basis", "retention")]).await;
    assert_eq!(second.post(&address, &[("do", "withdraw")]).await.status, StatusCode::SEE_OTHER);
    let late = second.post(&address, &[("do", "confirm"), ("password", PASSWORD)]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("消去を依頼する"), "it can be asked for again: {}", late.body);
    let odd = office.post(&address, &[("do", "ask"), ("basis", "because")]).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn whoever_was_erased_is_not_found_written_about_or_brought_back() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let (_, address) = somebody_left(&test).await;
        let gone = test.staff("000042").await;
        test.clock.set(at("2032-04-01T00:00:00Z"));
        erase_by_two(&test, &gone).await;
        let mut office = test.signed_in("100020").await;
        for query in ["佐藤", "サトウ", "000042", "消去済み", "Erased", ""] {
            let address = format!("/office/people?state=both&{}", form(&[("q", query)]));
            let found = page(&mut office, &address).await;
            assert!(!found.contains(gone.as_str()), "{query}: {found}");
        }
        let shown = page(&mut office, &format!("/office/people/{gone}")).await;
        assert!(shown.contains("消去済み") && !shown.contains("佐藤"), "{shown}");
        assert!(shown.contains(&address), "the page of the erasure");
        assert!(
            !shown.contains("name=\"spoken_on\"") && !shown.contains("/record\""),
            "nothing to write: {shown}"
        );
        office.lang = "en";
        office.post("/language", &[("lang", "en"), ("return_to", "/")]).await;
        assert!(page(&mut office, &format!("/office/people/{gone}")).await.contains("Erased"));
        let base = format!("/office/people/{gone}");
        let talk = [("spoken_on", "2032-04-01"), ("way", "phone"), ("words", "x")];
        assert_eq!(office.post(&format!("{base}/notes"), &talk).await.status, StatusCode::NOT_FOUND);
        for what in ["record/left", "record/leave", "record/release/left", "enable", "disable", "code"] {
            let answer =
                office.post(&format!("{base}/{what}"), &[("stays", "on"), ("password", PASSWORD)]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{what}: {}", answer.body);
        }
        let period = test.period(&gone).await;
        let ask = [("kind", "extend"), ("words", "x"), ("until", "2032-05-01")];
        assert_eq!(office.post(&format!("/exceptions/{period}"), &ask).await.status, StatusCode::NOT_FOUND);
        for statement in [
            "UPDATE staff SET family = '佐藤' WHERE search = ''",
            "DELETE FROM erasure",
            "UPDATE erasure SET basis = 'wish'",
        ] {
            refuses(&test.site.db, statement).await;
        }
        // A list of the night names the same number: that is somebody new.
        newcomer_by_list(&test).await;
        let mut conn = test.site.db.read().await.expect("a connection");
        let new = staff_by_number(&mut conn, "000042").await.expect("a look").expect("somebody");
        assert_ne!(new.id, gone);
        let old = staff(&mut conn, &gone).await.expect("a look").expect("the row");
        assert_eq!((old.family.as_str(), old.mail.as_str()), ("消去済み", ""));
    }
}

/// The nightly list of the personnel department, as the command reads it.
async fn newcomer_by_list(test: &TestSite) {
    let csv = "職員番号,姓,名,セイ,メイ,部署コード,職種,入職日\r\n000042,佐藤,幸子,サトウ,サチコ,03,看護師,2032/4/1\r\n";
    let order = Order { confirm: true, ..Order::default() };
    let done = import_file(&test.site, csv.into(), order, Lang::Ja).await.expect("applied");
    assert_eq!(done.codes.len(), 1, "{:?}", done.plan);
}

#[tokio::test]
async fn a_fact_takes_only_the_erased_form_and_only_of_whoever_was_erased() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let (ward, _) = somebody_left(&test).await;
        let gone = test.staff("000042").await;
        let talk = [("spoken_on", "2027-04-01"), ("way", "phone"), ("words", "来週やります")];
        let mut office = test.signed_in("100020").await;
        for who in [&gone, &ward.nurse] {
            let noted = office.post(&format!("/office/people/{who}/notes"), &talk).await;
            assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.body);
        }
        test.clock.set(at("2033-04-01T00:00:00Z"));
        let form = "UPDATE follow_up SET words = '消去済み / Erased', salt = ''";
        refuses(&test.site.db, form).await;
        erase_by_two(&test, &gone).await;
        refuses(&test.site.db, form).await;
        for statement in [
            "UPDATE follow_up SET words = 'another'",
            "UPDATE follow_up SET way = 'mail' WHERE words = '消去済み / Erased'",
            "DELETE FROM follow_up",
            "UPDATE period SET reason = ''",
        ] {
            refuses(&test.site.db, statement).await;
        }
    }
}

#[tokio::test]
async fn the_command_line_erases_by_the_same_rule_and_tells_first_what_it_would_do() {
    // The program has no clock but the machine's.
    let test = TestSite::today(Engine::Sqlite, TimeDelta::days(-6 * 366)).await;
    let ward = test.ward().await;
    // Without anything that they owe: the training of these tests is of a year that is not over yet.
    let gone = story::joined(&test, &ward.third, "zq-0042").await;
    let today = Calendar::default().date(test.site.now());
    left(&test, &gone, &today.to_string()).await;
    left(&test, &ward.other_nurse, &(today + TimeDelta::days(3 * 366)).to_string()).await;
    audit::sign_now(&test.site).await.expect("signed");
    test.site.db.close().await;
    let data = test.folder();
    let run = |words: &[&str]| {
        let out = kokoroe(data, words);
        (
            out.status.code(),
            String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr),
        )
    };
    let (code, said) = run(&["erase", "--staff-no", "100001"]);
    assert!(code == Some(1) && said.contains("在籍している人"), "{said}");
    let (code, said) = run(&["erase", "--staff-no", "999999"]);
    assert!(code == Some(1) && said.contains("この職員番号の人はいません"), "{said}");
    let (code, said) = run(&["erase", "--staff-no", "100002", "--confirm"]);
    assert!(code == Some(1) && said.contains("から消去できます"), "{said}");
    let (code, said) = run(&["erase", "--staff-no", "zq-0042"]);
    assert!(code == Some(0) && said.contains("Nothing was done"), "{said}");
    let (code, said) = run(&["set", "records.years", "2"]);
    assert!(code == Some(1) && said.contains("3から50まで"), "{said}");
    let (code, said) = run(&["set", "records.years", "10"]);
    assert!(code == Some(0), "{said}");
    let (code, said) = run(&["erase", "--staff-no", "zq-0042", "--confirm"]);
    assert!(code == Some(1) && said.contains("から消去できます"), "ten years are not over: {said}");
    run(&["set", "records.years", "3"]);
    let (code, said) = run(&["erase", "--staff-no", "zq-0042", "--confirm"]);
    assert!(code == Some(0) && said.contains(gone.as_str()), "{said}");
    let (code, said) = run(&["erase", "--staff-no", "zq-0042", "--confirm"]);
    assert!(code == Some(1) && said.contains("この職員番号の人はいません"), "once: {said}");
    for word in ["幸子", "サチコ", "zq-0042"] {
        assert_eq!(search::files_with(data, &[word.as_bytes().to_vec()]), Vec::<String>::new(), "{word}");
    }
}
