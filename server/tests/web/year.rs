//! Opening a training year, and who owes it from then on.

use chrono::TimeDelta;
use kokoroe_app::Lang;
use kokoroe_server::audit::{self, live_check};
use kokoroe_server::jobs::hourly;
use kokoroe_server::people::import::{Order as ImportOrder, import_file};
use kokoroe_server::people::staff::staff_by_number;
use kokoroe_server::requirements::follow::follow_all;
use kokoroe_server::requirements::store::{Period, periods_of};
use kokoroe_server::requirements::year::{OpenYearError, Opened, Order, open_year};

use crate::support::{TestSite, at, day, engines, fresh_folder, kokoroe};

const LIST: &str = "職員番号,姓,名,セイ,メイ,部署コード,部署名,上位部署コード,職種,入職日\n\
    100001,鈴木,一郎,スズキ,イチロウ,03,3病棟,00,看護師,2020/4/1\n\
    100020,渡邊,学,ワタナベ,マナブ,00,病院,,事務,2020/4/1\n\
    100050,竹田,葵,タケダ,アオイ,03,3病棟,00,看護師,2026/12/1\n";

async fn import(test: &TestSite) {
    let order = ImportOrder { confirm: true, ..ImportOrder::default() };
    import_file(&test.site, LIST.as_bytes().to_vec(), order, Lang::En).await.expect("imported");
}

async fn open(test: &TestSite, order: Order) -> Result<Opened, OpenYearError> {
    let site = test.site.clone();
    let write = test.site.db.write(move |tx| {
        Box::pin(async move {
            open_year(tx, &site.ledger, &site.clock, &site.content.catalogue.course, order).await
        })
    });
    write.await
}

async fn periods(test: &TestSite, number: &str) -> Vec<Period> {
    let mut conn = test.site.db.read().await.expect("a connection");
    let staff = staff_by_number(&mut conn, number).await.expect("a look").expect("a person");
    periods_of(&mut conn, &staff.id).await.expect("periods")
}

async fn assert_whole(test: &TestSite) {
    audit::sign_now(&test.site).await.expect("signed");
    let check = live_check(&test.site).await.expect("a check");
    assert!(check.is_whole(), "{:?}", check.logs);
}

#[tokio::test]
async fn a_year_is_opened_once_and_whoever_joins_later_owes_it_from_their_first_day() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        import(&test).await;
        let opened = open(&test, Order::default()).await.expect("opened");
        assert_eq!((opened.requirement.code.as_str(), opened.people), ("sns-2026", 2));
        assert_eq!(opened.requirement.due_at, at("2026-10-31T15:00:00Z"));
        assert!(matches!(open(&test, Order::default()).await, Err(OpenYearError::Open(2026))));
        assert_eq!(periods(&test, "100001").await.len(), 1);
        assert_eq!(periods(&test, "100050").await, [], "who has not come yet owes nothing");
        assert_whole(&test).await;
        hourly(&test.site).await;
        assert_eq!(follow_all(&test.site).await.expect("a run"), 0, "nothing twice");

        test.clock.set(at("2026-11-30T14:59:00Z"));
        assert_eq!(follow_all(&test.site).await.expect("a run"), 0, "the evening before");
        test.clock.advance(TimeDelta::minutes(2));
        assert_eq!(follow_all(&test.site).await.expect("a run"), 1, "the first day");
        assert_eq!(follow_all(&test.site).await.expect("a run"), 0, "nothing twice");
        let owed = periods(&test, "100050").await;
        assert_eq!(owed.len(), 1);
        assert_eq!(owed[0].due_at, at("2027-01-30T15:00:00Z"), "sixty days from 1 December");
        assert_whole(&test).await;
    }
}

#[tokio::test]
async fn people_who_are_imported_after_a_year_opened_owe_it_at_once() {
    let test = TestSite::new().await;
    assert_eq!(open(&test, Order::default()).await.expect("opened").people, 0);
    import(&test).await;
    assert_eq!(periods(&test, "100001").await.len(), 1);
    assert_eq!(periods(&test, "100050").await, []);
    assert_eq!(follow_all(&test.site).await.expect("a run"), 0);
}

#[tokio::test]
async fn a_year_that_opens_later_is_given_to_everybody_on_its_day() {
    let test = TestSite::new().await;
    import(&test).await;
    let order = Order { opens: Some(day("2026-10-05")), ..Order::default() };
    assert_eq!(open(&test, order).await.expect("opened").people, 0);
    hourly(&test.site).await;
    assert_eq!(periods(&test, "100001").await, []);
    test.clock.set(at("2026-10-04T15:00:00Z"));
    hourly(&test.site).await;
    hourly(&test.site).await;
    assert_eq!(periods(&test, "100001").await.len(), 1);
    assert_whole(&test).await;
}

#[test]
fn the_command_line_opens_a_year_once_and_says_what_it_did() {
    let folder = fresh_folder();
    let data = folder.join("data");
    let list = folder.join("list.csv");
    std::fs::write(&list, LIST).expect("written");
    let nothing = kokoroe(&data, &["open-year"]);
    assert_eq!(nothing.status.code(), Some(1), "there is no hospital yet");
    let imported = kokoroe(&data, &["import-staff", list.to_str().expect("text"), "--confirm"]);
    assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
    let opened = kokoroe(&data, &["open-year"]);
    let said = String::from_utf8_lossy(&opened.stdout).into_owned();
    assert!(opened.status.success(), "{}", String::from_utf8_lossy(&opened.stderr));
    assert!(said.contains("people owe it now") && said.contains("人に割り当てました"), "{said}");
    let again = kokoroe(&data, &["open-year"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("is open already"));
    drop(std::fs::remove_dir_all(folder));
}
