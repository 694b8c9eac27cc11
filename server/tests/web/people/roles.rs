//! Who is given a role, and who loses it by moving or leaving.

use super::*;
use crate::support::{at, engines, kokoroe};
use kokoroe_app::Lang;
use kokoroe_server::audit::{self, live_check, store as log};
use kokoroe_server::jobs::hourly;
use kokoroe_server::people::appoint::{AppointError, RoleWanted, appoint, dismiss};
use kokoroe_server::people::import::{Order, import_file};
use kokoroe_server::people::role::grants_of;

async fn give(test: &TestSite, number: &str, role: RoleWanted) -> Result<Staff, AppointError> {
    let (site, number) = (test.site.clone(), number.to_owned());
    let write = test.site.db.write(move |tx| {
        Box::pin(async move {
            let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
            appoint(tx, &by, &number, &role).await
        })
    });
    write.await
}

async fn take(test: &TestSite, number: &str, role: RoleWanted) -> Result<Staff, AppointError> {
    let (site, number) = (test.site.clone(), number.to_owned());
    let write = test.site.db.write(move |tx| {
        Box::pin(async move {
            let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
            dismiss(tx, &by, &number, &role).await
        })
    });
    write.await
}

/// How many leaves of this kind the log has.
async fn leaves(test: &TestSite, kind: &str) -> usize {
    let mut conn = test.site.db.read().await.expect("a connection");
    let head = log::heads(&mut conn).await.expect("heads").pop().expect("a log");
    let leaves = log::leaves(&mut conn, &head.log_id, 0, head.size).await.expect("leaves");
    leaves.iter().filter(|leaf| leaf.kind == kind).count()
}

#[tokio::test]
async fn a_role_is_given_once_and_taken_once() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        test.ward().await;
        let (given, taken) = (leaves(&test, "role.grant").await, leaves(&test, "role.revoke").await);
        let manager = || RoleWanted::Manager("04".into());
        give(&test, "100001", manager()).await.expect("given");
        assert!(matches!(give(&test, "100001", manager()).await, Err(AppointError::Held(_))));
        let mut nurse = test.signed_in("100001").await;
        assert_eq!(nurse.get("/team").await.status, StatusCode::OK);
        take(&test, "100001", manager()).await.expect("taken");
        assert!(matches!(take(&test, "100001", manager()).await, Err(AppointError::NotHeld(_))));
        assert_eq!(nurse.get("/team").await.status, StatusCode::FORBIDDEN);
        assert_eq!(leaves(&test, "role.grant").await, given + 1);
        assert_eq!(leaves(&test, "role.revoke").await, taken + 1);

        give(&test, "100001", RoleWanted::Office).await.expect("given");
        assert_eq!(nurse.get("/office/people").await.status, StatusCode::OK);
        assert!(matches!(give(&test, "1", RoleWanted::Office).await, Err(AppointError::Nobody(_))));
        let nowhere = RoleWanted::Manager("99".into());
        assert!(matches!(give(&test, "100001", nowhere).await, Err(AppointError::NoDepartment(_))));
    }
}

#[tokio::test]
async fn whoever_moves_is_refused_the_page_of_the_department_they_left() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let old = format!("/team?department={}", ward.third);
        let mut manager = test.signed_in("100010").await;
        assert_eq!(manager.get(&old).await.status, StatusCode::OK);
        let csv = without("100010", &["100010,阿部,洋子,アベ,ヨウコ,04,4病棟,00,看護師,2020/4/1,,"]);

        let order = Order::default();
        let told = import_file(&test.site, csv.clone().into_bytes(), order, Lang::En).await.expect("a plan");
        assert!(told.plan.iter().any(|line| line.contains("no longer manages 03")), "{:?}", told.plan);
        assert_eq!(manager.get(&old).await.status, StatusCode::OK, "a dry run ends nothing");

        let mut office = test.signed_in("100020").await;
        let (path, page) = plan_of(&mut office, &csv, false).await;
        assert!(page.body.contains("所属長を外れる"), "{}", page.body);
        assert_eq!(confirm(&mut office, &path, &page).await.status, StatusCode::SEE_OTHER);
        assert_eq!(manager.get("/team").await.status, StatusCode::FORBIDDEN);
        assert_eq!(manager.get(&old).await.status, StatusCode::FORBIDDEN);
        assert_eq!(leaves(&test, "role.revoke").await, 1);
        let mut other = test.signed_in("100011").await;
        assert_eq!(other.get("/team").await.status, StatusCode::OK, "who stays keeps what they manage");
        audit::sign_now(&test.site).await.expect("signed");
        let check = live_check(&test.site).await.expect("a check");
        assert!(check.is_whole(), "{:?}", check.logs);
    }
}

#[tokio::test]
async fn a_last_day_that_was_set_beforehand_ends_every_role_when_it_has_passed() {
    for engine in engines() {
        let test = TestSite::on(engine).await;
        let ward = test.ward().await;
        let csv =
            without("100010", &["100010,阿部,洋子,アベ,ヨウコ,03,3病棟,00,看護師,2020/4/1,2026/10/31,"]);
        let order = Order { confirm: true, leavers: Some(1), ..Order::default() };
        import_file(&test.site, csv.into_bytes(), order, Lang::En).await.expect("applied");
        hourly(&test.site).await;
        assert_eq!(leaves(&test, "role.revoke").await, 0, "still there");
        test.clock.set(at("2026-10-31T15:00:00Z"));
        hourly(&test.site).await;
        hourly(&test.site).await;
        assert_eq!(leaves(&test, "role.revoke").await, 1);
        let mut conn = test.site.db.read().await.expect("a connection");
        let grants = grants_of(&mut conn, &ward.manager).await.expect("grants");
        assert!(grants.iter().all(|grant| grant.revoked_at.is_some()), "{grants:?}");
    }
}

#[test]
fn the_command_line_appoints_the_first_training_office_and_sets_the_name_of_the_hospital() {
    let folder = support::fresh_folder();
    let data = folder.join("data");
    let csv = folder.join("list.csv");
    std::fs::write(&csv, list(&WARD)).expect("written");
    let done = |words: &[&str]| {
        let output = kokoroe(&data, words);
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let refused = |words: &[&str], why: &str| {
        let output = kokoroe(&data, words);
        assert!(!output.status.success(), "{words:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(why), "{words:?}: {said}");
    };
    done(&["set", "hospital.name", "みなとの森病院"]);
    done(&["import-staff", csv.to_str().expect("text"), "--confirm"]);
    done(&["appoint", "100020", "office"]);
    refused(&["appoint", "100020", "office"], "has this role already");
    done(&["appoint", "100010", "manager", "--department", "03"]);
    refused(&["appoint", "100010", "manager"], "--department");
    refused(&["appoint", "100020", "auditor", "--department", "03"], "goes with manager only");
    done(&["dismiss", "100010", "manager", "--department", "03"]);
    refused(&["dismiss", "100010", "manager", "--department", "03"], "does not have this role");
    let code = done(&["code", "100020"]);
    assert!(code.starts_with("100020 ") && code.contains("30 minutes"), "{code}");
    refused(&["code", "999"], "nobody in post");
    done(&["disable", "100030"]);
    refused(&["code", "100030"], "the sign-in is stopped");
    refused(&["disable", "100030"], "this is so already");
    done(&["enable", "100030"]);
    refused(&["enable", "999"], "nobody with this staff number");
    done(&["set", "helpline.1", "よりそい|Yorisoi|0120-000-000|24時間|24 hours"]);
    refused(&["set", "helpline.2", "0120-000-000"], "a help line is written as");
    refused(&["set", "hospital.colour", "x"], "there is no such setting");
    let listed = done(&["settings"]);
    assert!(listed.contains("hospital.name\tみなとの森病院"), "{listed}");
    assert!(listed.contains("contact.training-office\t-"), "{listed}");
    done(&["set", "helpline.1", ""]);
    assert!(done(&["settings"]).contains("helpline.1\t-"));
    drop(std::fs::remove_dir_all(folder));
}

#[tokio::test]
async fn the_leaf_of_a_setting_never_holds_its_value() {
    let test = TestSite::new().await;
    let site = test.site.clone();
    let write = test.site.db.write(move |tx| {
        Box::pin(async move {
            let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
            let contacts = &site.content.catalogue.contacts;
            kokoroe_server::people::hospital::change(tx, &by, contacts, "hospital.issuer", "Dr Mori").await
        })
    });
    write.await.expect("set");
    let mut conn = test.site.db.read().await.expect("a connection");
    let log = test.site.ledger.log_at(test.site.now());
    let leaves = log::leaves_of(&mut conn, &log, "hospital.issuer").await.expect("leaves");
    let body = String::from_utf8_lossy(&leaves.first().expect("a leaf").body).into_owned();
    assert!(body.contains("config.change") && body.contains("\"sha256\":"), "{body}");
    assert!(!body.contains("Mori"), "{body}");
}
