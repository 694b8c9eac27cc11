//! What managers cannot learn, and who has no reports at all.

use http::StatusCode;
use kokoroe_server::id::StaffId;

use super::hospital::{leaves, newcomer};
use crate::support::TestSite;

/// Everything that could tell a manager of 3病棟 something about 4病棟.
fn of_the_fourth(ward: &crate::support::people::Ward, extra: &StaffId) -> Vec<String> {
    ["4病棟", "𠮷田", "﨑山", "ヨシダ", "サキヤマ", "100003", "100011", "渡邊", "100020", "極秘"]
        .map(str::to_owned)
        .into_iter()
        .chain([&ward.fourth_nurse, &ward.fourth_manager, &ward.office, extra].map(ToString::to_string))
        .chain([&ward.fourth, &ward.top].map(ToString::to_string))
        .collect()
}

#[tokio::test]
async fn a_manager_learns_nothing_of_another_department_by_any_address() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let extra = newcomer(&test, &ward, &ward.fourth, "200001", ["極秘", "太郎", "ゴクヒ", "タロウ"]).await;
    let secrets = of_the_fourth(&ward, &extra);
    let mut manager = test.signed_in("100010").await;
    let other = ward.fourth.to_string();
    let ids = [
        other.clone(),
        other.to_uppercase(),
        ward.top.to_string(),
        format!("{} {}", ward.third, ward.fourth),
        format!("{}/", ward.fourth),
        "0".into(),
        "-1".into(),
        "null".into(),
        "all".into(),
        "none".into(),
        "%25".into(),
        "' OR '1'='1".replace(' ', "%20"),
        "018f0000-0000-7000-8000-000000000000".into(),
    ];
    let mut tried = 0;
    for id in &ids {
        let id = id.replace(' ', "%20");
        for rest in ["", "&status=open", "&at=2026-09-30", "&sort=department", "&q=%E6%A5%B5"] {
            let page = manager.get(&format!("/team?department={id}{rest}")).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{id}{rest}");
            silent(&page.body, &secrets, &id);
            tried += 1;
        }
        let page = manager.get(&format!("/team/people/{id}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{id}");
    }
    assert!(tried > 60);
    // Twice the same name: neither of the two is taken.
    for twice in [
        format!("/team?department={}&department={other}", ward.third),
        format!("/team?department={other}&department={}", ward.third),
        format!("/team?department=&department={other}"),
    ] {
        let page = manager.get(&twice).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{twice}");
        silent(&page.body, &secrets, &twice);
    }
    // One's own, by every way of saying so.
    for own in
        [String::new(), "?department=".into(), format!("?department={}", ward.third), "?unknown=1".into()]
    {
        for rest in [
            "",
            "status=open",
            "q=%E6%A5%B5%E7%A7%98",
            "q=100003",
            "at=2026-09-30",
            "page=2",
            "profession=%E4%BA%8B%E5%8B%99",
        ] {
            let joint = if own.is_empty() { "?" } else { "&" };
            let path = format!("/team{own}{joint}{rest}");
            let page = manager.get(&path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            // What was typed into the search box stands in it again.
            let body = page.body.replace("value=\"極秘\"", "").replace("value=\"100003\"", "");
            let body = body.replace("q=%E6%A5%B5%E7%A7%98", "").replace("q=100003", "");
            silent(&without_paper(&body), &secrets, &path);
        }
    }
    for staff in [&ward.fourth_nurse, &ward.fourth_manager, &ward.office, &extra] {
        for path in [
            format!("/team/people/{staff}"),
            format!("/team/people/{staff}?at=2026-09-30"),
            format!("/office/people/{staff}"),
        ] {
            let page = manager.get(&path).await;
            assert!(matches!(page.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN), "{path}");
            silent(&page.body, &secrets, &path);
        }
    }
    for path in [
        "/office".to_owned(),
        "/office/report".to_owned(),
        format!("/office/departments/{}", ward.third),
        format!("/office/departments/{other}"),
        "/office/departments/all".to_owned(),
    ] {
        let page = manager.get(&path).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
        silent(&page.body, &secrets, &path);
    }
}

/// The conditions on paper repeat what was searched for.
fn without_paper(body: &str) -> String {
    match (body.find("<div class=\"paper__head\""), body.find("<header class=\"report-head\"")) {
        (Some(from), Some(to)) if from < to => format!("{}{}", &body[..from], &body[to..]),
        _ => body.to_owned(),
    }
}

fn silent(body: &str, secrets: &[String], what: &str) {
    for secret in secrets {
        // The way back that the page keeps repeats its own address: what somebody has typed tells them nothing.
        let typed: String = secret.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let known = what.contains(secret.as_str()) || what.contains(&typed);
        assert!(known || !body.contains(secret.as_str()), "{what} tells {secret}");
    }
}

#[tokio::test]
async fn only_managers_and_the_office_have_reports() {
    let test = TestSite::new().await;
    let ward = test.ward().await;
    let paths = [
        "/team".to_owned(),
        format!("/team/people/{}", ward.nurse),
        "/office".to_owned(),
        "/office/report".to_owned(),
        "/office/departments/all".to_owned(),
        format!("/office/people/{}", ward.nurse),
    ];
    let posts = ["/team/export", "/office/report/export", "/office/departments/all/export"];
    let mut nobody = test.browser();
    let mut nurse = test.signed_in("100001").await;
    for path in &paths {
        assert_eq!(nobody.get(path).await.status, StatusCode::SEE_OTHER, "{path}");
        assert_eq!(nurse.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    for path in posts {
        assert_eq!(nobody.post(path, &[("format", "xlsx")]).await.status, StatusCode::SEE_OTHER, "{path}");
        assert_eq!(nurse.post(path, &[("format", "xlsx")]).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let mut office = test.signed_in("100020").await;
    assert_eq!(office.get("/team").await.status, StatusCode::FORBIDDEN, "nobody's manager");
    assert!(leaves(&test, "export.made").await.is_empty());
}
