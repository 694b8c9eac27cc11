//! /office/people/import: a list is read, compared, shown, and applied when somebody confirms it.

use super::*;
use crate::support::engines;
use kokoroe_app::Lang;
use kokoroe_server::people::import::{ImportError, Order, import_file};
use kokoroe_server::requirements::store::periods_of;

#[tokio::test]
async fn a_list_is_shown_before_it_is_applied_and_applied_exactly_as_shown() {
    for engine in engines() {
        let site = TestSite::on(engine).await;
        site.ward().await;
        let mut office = site.signed_in("100020").await;
        let csv = without(
            "100001",
            &[
                "100001,鈴木,一朗,スズキ,イチロウ,04,4病棟,00,看護師,2020/4/1,,",
                JOINER,
                "100041,野田,〓子,ノダ,ケイコ,03,3病棟,00,看護師,2026/9/1,,",
                "100042,林,学,ハヤシ,マナブ,99,,,看護師,2026/2/30,,",
            ],
        );
        let (path, page) = plan_of(&mut office, &csv, false).await;
        assert!(page.body.contains("文字化けがあります（〓）"), "the first bad row and its reason");
        assert!(page.body.contains("「2026/2/30」は日付として読めません"), "the second");
        let changed = office.get(&format!("{path}?show=changed")).await;
        assert!(changed.body.contains("一郎") && changed.body.contains("一朗"), "before and after");
        let moved = office.get(&format!("{path}?show=moved")).await;
        assert!(moved.body.contains("03 3病棟") && moved.body.contains("04 4病棟"));
        let added = office.get(&format!("{path}?show=added")).await;
        assert!(added.body.contains("=HYPERLINK(&quot;x&quot;)") || added.body.contains("=HYPERLINK(\"x\")"));
        assert!(!added.body.contains("<img src=x>"), "a name is text");
        // Nothing is written yet.
        assert_eq!(person(&site, "100040").await, None);
        assert_eq!(person(&site, "100001").await.expect("known").given, "一郎");

        let sheet = confirm(&mut office, &path, &page).await;
        assert_eq!(sheet.status, StatusCode::OK);
        assert!(!sheet.body.contains("<img src=x>"));
        let joiner = person(&site, "100040").await.expect("joined");
        assert_eq!((joiner.family.as_str(), joiner.given.as_str()), ("=HYPERLINK(\"x\")", "<img src=x>"));
        assert_eq!(departments_of(&site, "100040").await, ["03", "04"]);
        assert_eq!(departments_of(&site, "100001").await, ["04"]);
        assert_eq!(person(&site, "100001").await.expect("known").given, "一朗");
        assert_eq!(person(&site, "100041").await, None, "a bad row is not applied");
        let mut conn = site.site.db.read().await.expect("a connection");
        let periods = periods_of(&mut conn, &joiner.id).await.expect("periods");
        assert_eq!(periods.len(), 1, "a joiner owes the open requirement");
        drop(conn);

        // Again: once is enough.
        let again = confirm(&mut office, &path, &page).await;
        assert_eq!((again.status, again.location()), (StatusCode::SEE_OTHER, path.as_str()));
        let done = office.get(&path).await;
        assert!(
            done.body.contains("に取り込みました") && !done.body.contains(&code_on(&sheet)),
            "codes are shown once"
        );

        // The code works, and whoever has it chooses a password of their own.
        let code = code_on(&sheet);
        let mut new = site.browser();
        let fields = [
            ("number", "100040"),
            ("code", code.as_str()),
            ("password", PASSWORD),
            ("password_again", PASSWORD),
        ];
        assert_eq!(new.post("/sign-in/first", &fields).await.status, StatusCode::SEE_OTHER);
        site.signed_in("100040").await;

        // The same list again has nothing to do.
        let (_, nothing) = plan_of(&mut office, &csv, false).await;
        assert!(nothing.body.contains("変わるところはありません"), "{}", nothing.body);
    }
}

/// Tries a code, and says whether it was taken.
async fn enters(site: &TestSite, number: &str, code: &str) -> bool {
    let fields = [("number", number), ("code", code), ("password", PASSWORD), ("password_again", PASSWORD)];
    site.browser().post("/sign-in/first", &fields).await.status == StatusCode::SEE_OTHER
}

#[tokio::test]
async fn lost_codes_of_an_import_are_made_anew_for_whoever_has_not_signed_in() {
    for engine in engines() {
        let site = TestSite::on(engine).await;
        site.ward().await;
        let mut office = site.signed_in("100020").await;
        let csv = list(&[JOINER, "100041,野田,恵子,ノダ,ケイコ,04,4病棟,00,看護師,2026/9/1,,"]);
        let (path, page) = plan_of(&mut office, &csv, false).await;
        let codes = format!("{path}/codes");
        assert_eq!(office.post(&codes, &[]).await.status, StatusCode::NOT_FOUND, "nothing is brought in yet");
        let sheet = confirm(&mut office, &path, &page).await;
        let all = |sheet: &Answered| -> Vec<String> {
            let codes = sheet.body.split("<code>").skip(1);
            codes.filter_map(|rest| rest.split("</code>").next()).map(str::to_owned).collect()
        };
        let first = all(&sheet);
        assert_eq!(first.len(), 2);
        assert!(enters(&site, "100040", &first[0]).await);
        let done = office.get(&path).await;
        assert!(done.body.contains("まだサインインしていない1人"), "{}", done.body);
        for number in ["100001", "100010", "100030"] {
            let mut other = site.signed_in(number).await;
            assert_eq!(other.post(&codes, &[]).await.status, StatusCode::FORBIDDEN, "{number}");
        }
        let before = crate::reports::hospital::leaves(&site, "user.code").await.len();
        let again = office.post(&codes, &[]).await;
        assert_eq!(again.status, StatusCode::OK, "{}", again.body);
        let new = all(&again);
        assert_eq!(
            (new.len(), again.body.contains("100041"), again.body.contains("100040")),
            (1, true, false)
        );
        assert_eq!(crate::reports::hospital::leaves(&site, "user.code").await.len(), before + 1);
        assert!(!enters(&site, "100041", &first[1]).await, "the lost one is void");
        assert!(enters(&site, "100041", &new[0]).await);
        let nobody = office.post(&codes, &[]).await;
        assert_eq!((nobody.status, nobody.location()), (StatusCode::SEE_OTHER, path.as_str()));
        assert!(!office.get(&path).await.body.contains("まだサインインしていない"));
    }
}

#[tokio::test]
async fn whoever_is_missing_leaves_only_from_a_complete_list_and_loses_the_session() {
    for engine in engines() {
        let site = TestSite::on(engine).await;
        let ward = site.ward().await;
        let mut office = site.signed_in("100020").await;
        let mut nurse = site.signed_in("100002").await;
        make_manager(&site, "100002", ward.third).await;
        let csv = list(&[WARD[0], WARD[3], WARD[5], WARD[6]]);
        let (_, some) = plan_of(&mut office, &csv, false).await;
        assert!(some.body.contains("変わるところはありません"));
        let (path, all) = plan_of(&mut office, &csv, true).await;
        assert!(all.body.contains("今いる7人の5%を超えています"), "three of seven");

        let untold = confirm(&mut office, &path, &all).await;
        assert_eq!(untold.status, StatusCode::UNPROCESSABLE_ENTITY);
        let seal = seal(&all);
        let wrong =
            office.post(&path, &[("seal", seal.as_str()), ("leavers", "on"), ("leavers_number", "2")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("value=\"2\""), "what was typed is kept");
        assert_eq!(nurse.get("/").await.status, StatusCode::OK);

        let told =
            office.post(&path, &[("seal", seal.as_str()), ("leavers", "on"), ("leavers_number", "３")]).await;
        assert_eq!(told.status, StatusCode::SEE_OTHER, "nobody joins, so there is nothing to print");
        assert_eq!(person(&site, "100002").await.expect("known").left_on, Some(day("2026-10-01")));
        assert_eq!(departments_of(&site, "100002").await, [""; 0]);
        assert_eq!(nurse.get("/").await.status, StatusCode::SEE_OTHER, "signed out at once");
        let mut later = site.browser();
        let answer = later.post("/sign-in", &[("number", "100002"), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);

        // Back again, by the next list.
        let (_, silent) = plan_of(&mut office, &list(&WARD), true).await;
        assert!(silent.body.contains("復職なら、退職日の欄に「復職」と書きます"), "{}", silent.body);
        assert!(
            silent.body.contains("変わるところはありません"),
            "a list that says nothing takes nobody back"
        );
        let back = [1, 2, 4].map(|row| WARD[row].replace("2020/4/1,,", "2020/4/1,復職,"));
        let words = list(&[WARD[0], &back[0], &back[1], WARD[3], &back[2], WARD[5], WARD[6]]);
        let (path, back) = plan_of(&mut office, &words, true).await;
        assert_eq!(confirm(&mut office, &path, &back).await.status, StatusCode::SEE_OTHER);
        assert_eq!(departments_of(&site, "100002").await, ["03"]);
        let mut back = site.signed_in("100002").await;
        assert_eq!(back.get("/team").await.status, StatusCode::FORBIDDEN, "roles do not come back");
        let (_, nothing) = plan_of(&mut office, &list(&WARD), true).await;
        assert!(nothing.body.contains("変わるところはありません"));
    }
}

#[tokio::test]
async fn nobody_shuts_themselves_out() {
    let site = TestSite::new().await;
    site.ward().await;
    let mut office = site.signed_in("100020").await;
    let (path, page) = plan_of(&mut office, &without("100020", &[]), true).await;
    let seal = seal(&page);
    let answer =
        office.post(&path, &[("seal", seal.as_str()), ("leavers", "on"), ("leavers_number", "1")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("あなた自身がいません"));
    for (last, shut) in [("2026/9/30", true), ("2026/10/31", false)] {
        let own = "100020,渡邊,学,ワタナベ,マナブ,00,病院,,看護師,2020/4/1,LAST,".replace("LAST", last);
        let (path, page) = plan_of(&mut office, &without("100020", &[&own]), false).await;
        let seal = self::seal(&page);
        let fields = [("seal", seal.as_str()), ("leavers", "on"), ("leavers_number", "1")];
        let answer = office.post(&path, &fields).await;
        assert_eq!(answer.body.contains("あなた自身が退職しています"), shut, "{last}");
        assert_eq!(answer.status == StatusCode::UNPROCESSABLE_ENTITY, shut, "{last}");
    }
    assert_eq!(office.get("/office/people").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_plan_for_other_records_is_made_anew_and_not_applied() {
    for engine in engines() {
        let site = TestSite::on(engine).await;
        site.ward().await;
        let mut office = site.signed_in("100020").await;
        let (first, first_page) = plan_of(&mut office, &list(&[JOINER]), false).await;
        let (second, second_page) = plan_of(&mut office, &list(&[JOINER]), false).await;
        assert_eq!(confirm(&mut office, &first, &first_page).await.status, StatusCode::OK);
        let answer = confirm(&mut office, &second, &second_page).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.body.contains("比べなおしました") && answer.body.contains("変わるところはありません"));
        // A page that is older than the plan confirms nothing either.
        let stale = confirm(&mut office, &second, &second_page).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        // On another day, the same records are planned for that day.
        let (third, third_page) =
            plan_of(&mut office, &without("100003", &["100003,𠮷田,愛,,,04,,,,,,"]), false).await;
        site.clock.advance(chrono::TimeDelta::hours(20));
        let mut office = site.signed_in("100020").await;
        assert_eq!(confirm(&mut office, &third, &third_page).await.status, StatusCode::CONFLICT);
        assert_eq!(person(&site, "100003").await.expect("known").given, "恵");
        let fresh = office.get(&third).await;
        assert_eq!(confirm(&mut office, &third, &fresh).await.status, StatusCode::SEE_OTHER);
        assert_eq!(person(&site, "100003").await.expect("known").given, "愛");
    }
}

#[tokio::test]
async fn two_who_confirm_at_the_same_time_apply_once() {
    for engine in engines() {
        let site = TestSite::on(engine).await;
        site.ward().await;
        let mut office = site.signed_in("100020").await;
        let (path, page) = plan_of(&mut office, &list(&[JOINER]), false).await;
        let (mut one, mut other) = (office.clone(), office.clone());
        let (first, second) =
            tokio::join!(confirm(&mut one, &path, &page), confirm(&mut other, &path, &page));
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [StatusCode::OK, StatusCode::SEE_OTHER]);
    }
}

#[tokio::test]
async fn every_file_that_is_no_list_is_named_for_what_it_is() {
    let site = TestSite::new().await;
    site.ward().await;
    let mut office = site.signed_in("100020").await;
    for (bytes, reason) in [
        (&b""[..], "ファイルを選んでください"),
        (&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], "古い形式のExcel"),
        (&b"PK\x03\x04broken"[..], "壊れているか"),
        (&b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"[..], "CSVでもExcelでもない"),
        ("a,b\n1,2\n".as_bytes(), "見出しの行が見つかりません"),
        ("氏名,職種\n山田,医師\n".as_bytes(), "見出しが足りません：職員番号、部署コード"),
    ] {
        let answer = upload(&mut office, "x.csv", bytes, true).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{reason}");
        assert!(answer.body.contains(reason), "{reason}");
    }
    let large = vec![b'a'; 21 * 1024 * 1024];
    assert_eq!(upload(&mut office, "x.csv", &large, false).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let plain = office.post("/office/people/import", &[("file", "x")]).await;
    assert_eq!(plain.status, StatusCode::UNPROCESSABLE_ENTITY);
    let unknown = "/office/people/import/018f0000-0000-7000-8000-000000000000";
    assert_eq!(office.get(unknown).await.status, StatusCode::NOT_FOUND);
    assert_eq!(office.get("/office/people/import/1").await.status, StatusCode::NOT_FOUND);
    assert_eq!(office.post(unknown, &[("seal", "x")]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_hostile_file_name_stays_text() {
    let site = TestSite::new().await;
    site.ward().await;
    let mut office = site.signed_in("100020").await;
    let answer =
        upload(&mut office, "../><img onerror=alert(1) src=x>.csv", list(&[JOINER]).as_bytes(), false).await;
    let page = office.get(answer.location()).await;
    assert!(page.body.contains("&lt;img onerror"), "{}", page.body);
    assert!(!page.body.contains("<img onerror"));
    assert!(office.get("/office/people/import").await.body.contains("&lt;img onerror"));
}

#[tokio::test]
async fn cp932_and_a_workbook_say_the_same_as_utf8() {
    let site = TestSite::new().await;
    site.ward().await;
    let mut office = site.signed_in("100020").await;
    let csv = list(&["100050,髙﨑,太郎,ﾀｶｻｷ,ﾀﾛｳ,03,3病棟,00,医師,令和8年9月1日,,"]);
    let (cp932, _, lost) = encoding_rs::SHIFT_JIS.encode(&csv);
    assert!(!lost);
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0_u32..).zip(csv.lines()) {
        for (column, cell) in (0_u16..).zip(line.split(',')) {
            sheet.write(row, column, cell).expect("written");
        }
    }
    let xlsx = book.save_to_buffer().expect("a workbook");
    for (name, bytes) in [("a.csv", cp932.into_owned()), ("a.xlsx", xlsx)] {
        let answer = upload(&mut office, name, &bytes, false).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{name}: {}", answer.body);
        let page = office.get(answer.location()).await;
        for words in ["髙﨑 太郎", "タカサキ タロウ", "2026年9月1日"] {
            assert!(page.body.contains(words), "{name}: {words}");
        }
    }
}

#[tokio::test]
async fn the_command_line_fills_an_empty_hospital_and_tells_what_it_would_do() {
    for engine in engines() {
        let site = TestSite::on(engine).await;
        let csv = list(&WARD).into_bytes();
        let order = Order { complete: true, ..Order::default() };
        let told = import_file(&site.site, csv.clone(), order, Lang::En).await.expect("a plan");
        assert!(!told.applied && told.codes.is_empty());
        assert!(told.plan.contains(&"Joining: 7".to_owned()), "{:?}", told.plan);
        assert_eq!(person(&site, "100001").await, None);
        let order = Order { confirm: true, ..order };
        let done = import_file(&site.site, csv.clone(), order, Lang::Ja).await.expect("applied");
        assert_eq!((done.applied, done.codes.len()), (true, 7));
        assert_eq!(departments_of(&site, "100003").await, ["04"]);
        let again = import_file(&site.site, csv, order, Lang::Ja).await.expect("nothing to do");
        assert_eq!(again.codes.len(), 0);
        assert!(again.plan.contains(&"そのままの人: 7".to_owned()), "{:?}", again.plan);
        let few = list(&WARD[3..]).into_bytes();
        let refused = import_file(&site.site, few.clone(), order, Lang::En).await;
        assert!(matches!(refused, Err(ImportError::ManyLeave(words)) if words.contains("--let-leave 3")));
        let order = Order { leavers: Some(3), ..order };
        import_file(&site.site, few, order, Lang::En).await.expect("three leave");
        assert_eq!(person(&site, "100001").await.expect("known").left_on, Some(day("2026-10-01")));
        let wrong = import_file(&site.site, b"x".to_vec(), order, Lang::En).await;
        assert!(matches!(wrong, Err(ImportError::File(_))));
    }
}

#[tokio::test]
async fn a_list_can_move_departments_and_what_lies_below_them() {
    for engine in engines() {
        let site = TestSite::on(engine).await;
        let ward = site.ward().await;
        let mut office = site.signed_in("100020").await;
        let csv = "部署コード,部署名,上位部署コード\n05,看護部,00\n03,3病棟,05\n031,3病棟分室,03\n";
        let (path, page) = plan_of(&mut office, csv, true).await;
        assert_eq!(confirm(&mut office, &path, &page).await.status, StatusCode::SEE_OTHER);
        let mut conn = site.site.db.read().await.expect("a connection");
        let all = kokoroe_server::people::department::departments(&mut conn).await.expect("departments");
        let path_of =
            |code: &str| all.iter().find(|each| each.code == code).expect("a department").path.clone();
        assert_eq!(path_of("03"), format!("{}{}/", path_of("05"), ward.third));
        assert!(path_of("031").starts_with(&path_of("03")));
        assert!(path_of("05").starts_with(&path_of("00")));
    }
}
