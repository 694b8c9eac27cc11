//! A hospital with one of everything that an address can name, each belonging to somebody.

use http::StatusCode;
use kokoroe_server::on;

use crate::obligations::office::written;
use crate::records::{last_year, sign_under};
use crate::reports::hospital::write;
use crate::reports::stored::Value;
use crate::support::lesson::{MODULE, finish, short_course};
use crate::support::people::Ward;
use crate::support::{Browser, TestSite, at};

/// The day on which the recall cards of a module come that was finished on 1 October 2026.
const LATER: &str = "2026-10-08T00:00:00Z";

/// A nurse of 3病棟 has finished a module, disagrees with an explanation, asks for more time, and has a certificate of last year; the
/// training office is in the middle of all of its work.
pub(super) struct Hospital {
    pub(super) test: TestSite,
    pub(super) ward: Ward,
    /// What stands for `{name}` in an address that begins so; of the same name the first that fits.
    values: Vec<(&'static str, &'static str, String)>,
    /// The same for what belongs to 4病棟.
    of_the_fourth: Vec<(&'static str, &'static str, String)>,
}

/// Somebody who asks.
pub(super) const ROLES: [(&str, Option<&str>); 6] = [
    ("nobody", None),
    ("nurse", Some("100001")),
    ("manager of 3", Some("100010")),
    ("manager of 4", Some("100011")),
    ("office", Some("100020")),
    ("auditor", Some("100030")),
];

impl Hospital {
    pub(super) async fn on(engine: kokoroe_server::db::Engine) -> Self {
        let test = TestSite::teaching_on(engine, short_course()).await;
        let ward = test.ward().await;
        let period = test.period(&ward.nurse).await;
        let mut nurse = test.signed_in("100001").await;
        finish(&test, &mut nurse, &ward.nurse, &period, MODULE).await;
        let earlier = last_year(&test, &ward).await;
        let policy = test.site.content.policy().0.to_owned();
        sign_under(&test, &ward.nurse, &earlier, &policy, "ja").await;
        test.clock.set(at(LATER));
        let mut nurse = test.signed_in("100001").await;
        let mut office = test.signed_in("100020").await;

        let steps = format!("/learn/{period}/{MODULE}");
        let (why, drawing) = pages_of(&mut nurse, &steps).await;
        let objected = nurse.post(&why, &[("objection", "納得できません。<script>alert(0)</script>")]).await;
        assert_eq!(objected.status, StatusCode::SEE_OTHER, "{}", objected.body);
        let asked = [
            ("kind", "extend"),
            ("words", "夜勤が続くため<script>alert(0)</script>"),
            ("until", "2026-11-30"),
        ];
        assert_eq!(nurse.post(&format!("/exceptions/{period}"), &asked).await.status, StatusCode::SEE_OTHER);
        let card = after(&nurse.get("/recall").await.body, "action=\"/recall/", '?');
        let (attempt, card) = card.split_once('/').expect("a card");
        let objection =
            after(&office.get("/office/objections").await.body, "href=\"/office/objections/", '"');
        let exception =
            after(&office.get("/office/exceptions").await.body, "href=\"/office/exceptions/", '"');
        assert_eq!(office.post("/office/policy/draft", &[]).await.status, StatusCode::SEE_OTHER);
        let binder = binder(&mut office, &ward).await;
        let values = vec![
            ("/learn/", "period", period.to_string()),
            ("/learn/", "module", MODULE.to_owned()),
            ("/learn/", "turn", part(&why, 3)),
            ("/recall/", "attempt", attempt.to_owned()),
            ("/recall/", "number", card.to_owned()),
            ("/history/", "period", period.to_string()),
            ("/history/", "module", MODULE.to_owned()),
            ("/exceptions/", "period", period.to_string()),
            ("/certificates/", "number", certificate(&test).await),
            ("/drawings/", "revision", part(&drawing, 1)),
            ("/drawings/", "name", part(&drawing, 2)),
            ("/policy/", "hash", policy.clone()),
            ("/audit/content/", "hash", policy),
            ("/office/objections/", "id", objection),
            ("/office/exceptions/", "exception", exception),
            ("/office/requirements/", "draft", draft(&mut office).await),
            ("/office/requirements/", "requirement", ward.requirement.to_string()),
            ("/office/policy/", "part", "C3".to_owned()),
            ("/office/binder/", "job", binder.clone()),
            ("/audit/binder/", "job", binder),
            ("/office/exports/", "job", list_of_people(&test).await),
            ("/office/people/import/", "import", import(&mut office).await),
            ("/office/people/{staff}/record/release/", "what", "posting".to_owned()),
            ("/office/people/", "form", "posting".to_owned()),
            ("/office/people/", "grant", grant(&test).await),
            ("/office/departments/", "what", "rename".to_owned()),
            ("/office/questions/", "module", MODULE.to_owned()),
            ("/office/questions/", "*place", "off-day-post".to_owned()),
            ("/assets/", "name", asset()),
            ("/office/people/{staff}/record/role/", "staff", ward.manager.to_string()),
            ("/", "staff", ward.nurse.to_string()),
            ("/", "department", ward.third.to_string()),
        ];
        let other = test.period(&ward.fourth_nurse).await;
        let of_the_fourth = vec![
            ("/learn/", "period", other.to_string()),
            ("/history/", "period", other.to_string()),
            ("/exceptions/", "period", other.to_string()),
            ("/", "staff", ward.fourth_nurse.to_string()),
            ("/", "department", ward.fourth.to_string()),
        ];
        Self { test, ward, values, of_the_fourth }
    }

    /// The address of what belongs to 3病棟, or of its likeness in 4病棟.
    pub(super) fn address(&self, pattern: &str, of_the_fourth: bool) -> String {
        fill(pattern, |name| self.value(pattern, name, of_the_fourth))
    }

    /// What stands for a name in an address.
    pub(super) fn value(&self, pattern: &str, name: &str, of_the_fourth: bool) -> String {
        let other = self.of_the_fourth.iter().filter(|_| of_the_fourth);
        let mut known = other.chain(&self.values);
        let found = known.find(|(begins, known, _)| pattern.starts_with(begins) && *known == name);
        found.unwrap_or_else(|| panic!("nothing stands for {name} in {pattern}")).2.clone()
    }

    /// A browser of one of the [`ROLES`].
    pub(super) async fn browser(&self, role: usize) -> Browser {
        match ROLES[role].1 {
            Some(number) => self.test.signed_in(number).await,
            None => self.test.browser(),
        }
    }
}

/// A path with something for each name.
pub(super) fn fill(pattern: &str, value: impl Fn(&str) -> String) -> String {
    let mut rest = pattern;
    let mut path = String::new();
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').expect("a name");
        path.push_str(before);
        path.push_str(&value(name));
        rest = after;
    }
    path + rest
}

/// The names in a path.
pub(super) fn names(pattern: &str) -> Vec<&str> {
    pattern.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

/// What stands in a page between these words and the sign after it.
fn after(page: &str, words: &str, end: char) -> String {
    let rest = page.split(words).nth(1).unwrap_or_else(|| panic!("no {words}: {page}"));
    rest.split(end).next().expect("something").to_owned()
}

/// A part of a path, the first being 0.
fn part(path: &str, number: usize) -> String {
    path.trim_start_matches('/').split('/').nth(number).expect("a part").to_owned()
}

/// The address of an explanation that takes an objection, and that of a drawing.
async fn pages_of(nurse: &mut Browser, steps: &str) -> (String, String) {
    let (mut why, mut drawing) = (None, None);
    for turn in 1..12 {
        let page = nurse.get(&format!("{steps}/{turn}/why")).await;
        if page.body.contains("name=\"objection\"") {
            why.get_or_insert(format!("{steps}/{turn}/why"));
        }
        if page.body.contains("/drawings/") {
            drawing.get_or_insert(format!("/drawings/{}", after(&page.body, "/drawings/", '"')));
        }
    }
    (why.expect("an explanation"), drawing.expect("a drawing"))
}

async fn certificate(test: &TestSite) -> String {
    // Under a checkpoint, so that it has a proof as well.
    kokoroe_server::audit::sign_now(&test.site).await.expect("signed");
    let mut conn = test.site.db.read().await.expect("a connection");
    on!(&mut conn, |c| sqlx::query_scalar("SELECT number FROM completion").fetch_one(c).await)
        .expect("a certificate")
}

async fn grant(test: &TestSite) -> String {
    let mut conn = test.site.db.read().await.expect("a connection");
    let manager = test.staff("100010").await;
    on!(&mut conn, |c| sqlx::query_scalar("SELECT id FROM role_grant WHERE staff_id = $1")
        .bind(&manager)
        .fetch_one(c)
        .await)
    .expect("a role")
}

async fn draft(office: &mut Browser) -> String {
    let fields = written(&[("opens", "2026-10-10")]);
    let kept = office.post("/office/requirements/new", &fields).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    part(kept.location(), 3)
}

async fn binder(office: &mut Browser, ward: &Ward) -> String {
    let fields = [("form", "a"), ("requirement", ward.requirement.as_str()), ("at", ""), ("improve", "")];
    let asked = office.post("/office/binder", &fields).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    part(asked.location(), 2)
}

/// A list of people that the training office asked for. Only a hospital of thousands has one, so it is written as a row.
async fn list_of_people(test: &TestSite) -> String {
    let id = "01999999-0000-7000-8000-00000000e001";
    let row = "INSERT INTO export_job (id, form, kind, subject, asked, asked_by, asked_at, leaf, attempts, steps_done, steps)
               SELECT $1, 'list', 'people', subject, asked, asked_by, asked_at, leaf, 0, 0, 0
                 FROM export_job";
    write(test, vec![(row, vec![vec![Value::Text(id.to_owned())]])]).await;
    id.to_owned()
}

async fn import(office: &mut Browser) -> String {
    let list = "職員番号,姓,名,セイ,メイ,部署コード,部署名,上位部署コード,職種,入職日,退職日,兼務部署コード\n\
                100001,鈴木,一朗,スズキ,イチロウ,03,3病棟,00,看護師,2020/4/1,,\n";
    let sent = office.upload("/office/people/import", &[], ("file", "list.csv", list.as_bytes())).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    part(sent.location(), 3)
}

fn asset() -> String {
    kokoroe_server::http::page::assets().css.trim_start_matches("/assets/").to_owned()
}
