//! The people of a test hospital.

use chrono::NaiveDate;
use kokoroe_server::Site;
use kokoroe_server::account::{self, store::NewCredential};
use kokoroe_server::db::DbError;
use kokoroe_server::id::{DepartmentId, PeriodId, RequirementId, StaffId};
use kokoroe_server::people::{self, NewDepartment, NewPosting, NewStaff, Role, Scribe};
use kokoroe_server::requirements::period::assign;
use kokoroe_server::requirements::rule::Rule;
use kokoroe_server::requirements::store::{self as requirements, InPost, Requirement};
use kokoroe_server::requirements::track::one_list;
use kokoroe_server::requirements::year;

use super::{PASSWORD, TestSite, at, day};

/// A small hospital: two wards, people of every role, one requirement that is open until the end of October 2026.
#[derive(Clone, Debug)]
pub(crate) struct Ward {
    /// 病院
    pub(crate) top: DepartmentId,
    /// 3病棟
    pub(crate) third: DepartmentId,
    /// 4病棟
    pub(crate) fourth: DepartmentId,
    /// 100001, a nurse of 3病棟
    pub(crate) nurse: StaffId,
    /// 100002, another nurse of 3病棟
    pub(crate) other_nurse: StaffId,
    /// 100003, a nurse of 4病棟
    pub(crate) fourth_nurse: StaffId,
    /// 100010, manager of 3病棟
    pub(crate) manager: StaffId,
    /// 100011, manager of 4病棟
    pub(crate) fourth_manager: StaffId,
    /// 100020, training office
    pub(crate) office: StaffId,
    /// 「SNSの約束 2026年度」
    pub(crate) requirement: RequirementId,
}

impl TestSite {
    /// Fills the hospital with a [`Ward`].
    pub(crate) async fn ward(&self) -> Ward {
        let site = self.site.clone();
        self.site
            .db
            .write(move |tx| Box::pin(async move { fill(&site, tx).await }))
            .await
            .expect("a filled hospital")
    }

    /// Somebody by their number.
    pub(crate) async fn staff(&self, number: &str) -> StaffId {
        let mut conn = self.site.db.read().await.expect("a connection");
        people::staff::staff_by_number(&mut conn, number).await.expect("a look").expect("a person").id
    }

    /// The period in which somebody owes the year's requirement.
    pub(crate) async fn period(&self, staff: &StaffId) -> PeriodId {
        let mut conn = self.site.db.read().await.expect("a connection");
        let periods = requirements::periods_of(&mut conn, staff).await.expect("periods");
        periods.first().expect("a period").id.clone()
    }
}

async fn fill(site: &Site, tx: &mut kokoroe_server::db::Tx) -> Result<Ward, DbError> {
    let by = Scribe { ledger: &site.ledger, clock: &site.clock, actor: "system" };
    let hash = account::password::demo_hash(PASSWORD).map_err(|error| DbError::Setup(error.to_string()))?;
    let department = |code: &str, name: &str, parent: Option<&DepartmentId>| NewDepartment {
        code: code.into(),
        name: name.into(),
        name_en: String::new(),
        parent: parent.cloned(),
        position: 0,
    };
    let top = people::add_department(tx, &by, &department("00", "病院", None)).await?;
    let third = people::add_department(tx, &by, &department("03", "3病棟", Some(&top))).await?;
    let fourth = people::add_department(tx, &by, &department("04", "4病棟", Some(&top))).await?;
    let mut ids = Vec::new();
    for (number, family, given, family_kana, given_kana, place) in [
        ("100001", "鈴木", "一郎", "スズキ", "イチロウ", &third),
        ("100002", "髙橋", "花子", "タカハシ", "ハナコ", &third),
        ("100003", "𠮷田", "恵", "ヨシダ", "メグミ", &fourth),
        ("100010", "阿部", "洋子", "アベ", "ヨウコ", &third),
        ("100011", "﨑山", "実", "サキヤマ", "ミノル", &fourth),
        ("100020", "渡邊", "学", "ワタナベ", "マナブ", &top),
        ("100030", "加藤", "凛", "カトウ", "リン", &top),
    ] {
        let new = NewStaff {
            staff_no: number.into(),
            family: family.into(),
            given: given.into(),
            family_kana: family_kana.into(),
            given_kana: given_kana.into(),
            roman: String::new(),
            profession: "看護師".into(),
            employment: "常勤".into(),
            joined_on: day("2020-04-01"),
            left_on: None,
            mail: String::new(),
        };
        let id = people::add_staff(tx, &by, &new).await?;
        let credential = NewCredential { password: Some(hash.clone()), code: None };
        account::open(tx, &id, credential, site.now()).await?;
        let from_on: NaiveDate = day("2020-04-01");
        let posting =
            NewPosting { staff: id.clone(), department: place.clone(), from_on, to_on: None, main: true };
        people::post(tx, &by, &posting).await?;
        ids.push(id);
    }
    let ids: [StaffId; 7] = ids.try_into().expect("seven people");
    let [nurse, other_nurse, fourth_nurse, manager, fourth_manager, office, auditor] = ids;
    people::grant(tx, &by, &manager, &Role::Manager(third.clone())).await?;
    people::grant(tx, &by, &fourth_manager, &Role::Manager(fourth.clone())).await?;
    people::grant(tx, &by, &office, &Role::Office).await?;
    people::grant(tx, &by, &auditor, &Role::Auditor).await?;
    let requirement = Requirement {
        id: RequirementId::new(&site.clock),
        code: "sns-2026".into(),
        title: "SNSの約束 2026年度".into(),
        title_en: "Our social media promises, FY2026".into(),
        basis: "医療安全研修の一つとして".into(),
        basis_en: "As part of safety training".into(),
        course: "sns".into(),
        fiscal_year: 2026,
        opens_at: at("2026-08-31T15:00:00Z"),
        due_at: at("2026-10-31T15:00:00Z"),
        valid_until: None,
        rule: Rule::default(),
        closed_at: None,
    };
    // Everybody owes the same here; who gets which track is asked in `tracks.rs`.
    let course = &site.content.catalogue.course;
    let lists = one_list(course.modules_of_everybody());
    year::open(tx, &site.ledger, &site.clock, &requirement, &lists, "system").await?;
    let everybody: Vec<InPost> =
        [&nurse, &other_nurse, &fourth_nurse, &manager, &fourth_manager, &office, &auditor]
            .into_iter()
            .map(|staff| InPost { staff: staff.clone(), joined_on: day("2020-04-01") })
            .collect();
    let made = assign(tx, &site.ledger, &site.clock, &course.tracks, &requirement, &everybody).await?;
    assert_eq!(made, 7);
    Ok(Ward {
        top,
        third,
        fourth,
        nurse,
        other_nurse,
        fourth_nurse,
        manager,
        fourth_manager,
        office,
        requirement: requirement.id,
    })
}
