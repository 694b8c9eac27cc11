//! Recording who took part in a classroom or on paper: the same requirement, another way, marked as such wherever it is shown.
//!
//! A report counts it from the moment at which it was recorded, so that a list that was printed before can be printed again. Whether it was in
//! time goes by the day on which it was held.

pub(super) mod restore;
pub(super) mod write;

use std::collections::HashSet;

use axum::extract::State;
use chrono::NaiveDate;
use http::StatusCode;
use kokoroe_app::Lang;
use kokoroe_app::requirements::{
    AttendanceCheck, AttendanceError, AttendanceForm, Attending, AttendingLine, WayView,
};
use kokoroe_app::ui::field::SelectOption;
use sha2::{Digest as _, Sha256};
use unicode_normalization::UnicodeNormalization as _;

use super::overview::Overview;
use super::sign::valid_until;
use super::store::{self, Way};
use super::translate::day;
use crate::db::{Conn, DbError};
use crate::http::query::{self, QueryFields};
use crate::http::{
    Answer, Form, Office, Problem, Sent, SentFile, Visitor, page, page_with_status, see_other, typed_day,
};
use crate::id::{RequirementId, StaffId};
use crate::people::display_name;
use crate::people::staff::{Staff, staff_by_number};
use crate::policies::in_force_at;
use crate::requirements::store::{self as requirements, Period, Requirement};
use crate::state::Site;
use write::{Taken, complete};

/// The address of the form.
pub const ATTENDANCE: &str = "/office/attendance";
/// The largest sheet, in bytes.
pub const LARGEST: usize = 20 * 1024 * 1024;
/// How many people can be recorded at once.
const MOST: usize = 1000;

/// What was filled in.
#[derive(Clone, Debug, Default)]
struct Filled {
    requirement: String,
    way: String,
    held: String,
    numbers: String,
    sheet_name: String,
    sha256: String,
}

impl Filled {
    fn of(sent: &Sent) -> Self {
        let sheet = sent.file("sheet").filter(|sheet| !sheet.bytes.is_empty());
        let sha256 = |sheet: &SentFile| hex::encode(Sha256::digest(&sheet.bytes));
        Self {
            sheet_name: sheet.map(|sheet| sheet.name.clone()).unwrap_or_default(),
            sha256: sheet.map(sha256).unwrap_or_default(),
            ..Self::of_form(&sent.form)
        }
    }

    fn of_form(form: &Form) -> Self {
        let text = |name: &str| form.text(name).to_owned();
        Self {
            requirement: text("requirement"),
            way: text("way"),
            held: text("held"),
            numbers: text("numbers"),
            sheet_name: text("sheet_name"),
            sha256: text("sha256"),
        }
    }

    fn fields(&self) -> Vec<(String, String)> {
        [
            ("requirement", &self.requirement),
            ("way", &self.way),
            ("held", &self.held),
            ("numbers", &self.numbers),
            ("sheet_name", &self.sheet_name),
            ("sha256", &self.sha256),
        ]
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .to_vec()
    }

    /// Checked, or everything that is wrong with it.
    async fn checked(
        &self,
        site: &Site,
        conn: &mut Conn,
    ) -> Result<Result<Sheet, Vec<AttendanceError>>, Problem> {
        let requirement = RequirementId::parse(&self.requirement).ok_or(Problem::not_found())?;
        let requirement = requirements::requirement(conn, &requirement).await?.ok_or(Problem::not_found())?;
        let mut errors = Vec::new();
        let way = Way::from_code(&self.way).filter(|way| matches!(way, Way::Classroom | Way::Paper));
        if way.is_none() {
            errors.push(AttendanceError::NoWay);
        }
        let held = typed_day(&self.held).unwrap_or(None);
        let today = site.calendar().date(site.now());
        match held {
            None => errors.push(AttendanceError::Day),
            Some(held) if held > today || held < site.calendar().date(requirement.opens_at) => {
                errors.push(AttendanceError::DayOutside);
            }
            Some(_) => {}
        }
        let numbers: String = self.numbers.nfkc().collect();
        let numbers: Vec<String> = numbers.split_whitespace().map(str::to_owned).collect();
        match numbers.len() {
            0 => errors.push(AttendanceError::NoPeople),
            count if count > MOST => errors.push(AttendanceError::TooMany),
            _ => {}
        }
        let is_hash = self.sha256.len() == 64 && self.sha256.bytes().all(|b| b.is_ascii_hexdigit());
        if !is_hash {
            errors.push(AttendanceError::NoSheet);
        }
        let (Some(way), Some(held), true) = (way, held, errors.is_empty()) else { return Ok(Err(errors)) };
        let mut lines = Vec::new();
        let mut seen = HashSet::new();
        for number in numbers {
            let line = line(conn, &requirement, number, &mut seen).await?;
            lines.push(line);
        }
        if lines.iter().all(|line| line.period.is_none()) {
            return Ok(Err(vec![AttendanceError::Nobody]));
        }
        let (sheet_name, sha256) = (self.sheet_name.clone(), self.sha256.to_ascii_lowercase());
        Ok(Ok(Sheet { requirement, way, held, sheet_name, sha256, lines }))
    }
}

/// A sheet that can be recorded.
#[derive(Clone, Debug)]
struct Sheet {
    requirement: Requirement,
    way: Way,
    held: NaiveDate,
    sheet_name: String,
    sha256: String,
    lines: Vec<Line>,
}

#[derive(Clone, Debug)]
struct Line {
    number: String,
    person: Option<Staff>,
    what: Attending,
    /// What would be completed.
    period: Option<Period>,
}

async fn line(
    conn: &mut Conn,
    requirement: &Requirement,
    number: String,
    seen: &mut HashSet<StaffId>,
) -> Result<Line, DbError> {
    let Some(person) = staff_by_number(conn, &number).await? else {
        return Ok(Line { number, person: None, what: Attending::Unknown, period: None });
    };
    let mut open = None;
    let mut what = Attending::NotOwed;
    for period in requirements::periods_of(conn, &person.id).await? {
        let corrected = requirements::exception::corrected(conn, &period.id).await?.is_some();
        if period.requirement_id != requirement.id || corrected {
            continue;
        }
        if store::completion(conn, &period.id).await?.is_some() {
            what = Attending::Already;
        } else {
            open = Some(period);
        }
    }
    if open.is_some() {
        what = if seen.insert(person.id.clone()) { Attending::Recorded } else { Attending::Twice };
    }
    let period = open.filter(|_| what == Attending::Recorded);
    Ok(Line { number, person: Some(person), what, period })
}

/// A way as pages know it.
pub const fn way_view(way: Way) -> WayView {
    match way {
        Way::Here => WayView::Here,
        Way::Classroom => WayView::Classroom,
        Way::Paper => WayView::Paper,
        Way::Certificate => WayView::Certificate,
    }
}

async fn form(
    site: &Site,
    conn: &mut Conn,
    lang: Lang,
    filled: &Filled,
    errors: Vec<AttendanceError>,
    recorded: Option<u32>,
) -> Result<AttendanceForm, DbError> {
    let now = site.now();
    let options = requirements::requirements(conn)
        .await?
        .into_iter()
        .filter(|requirement| requirement.opens_at <= now)
        .map(|requirement| SelectOption {
            words: requirement.title_in(lang).to_owned(),
            chosen: requirement.id.as_str() == filled.requirement,
            value: requirement.id.to_string(),
        })
        .collect();
    Ok(AttendanceForm {
        requirements: options,
        way: Way::from_code(&filled.way).map(way_view).unwrap_or_default(),
        held: filled.held.clone(),
        numbers: filled.numbers.clone(),
        errors,
        recorded,
        action: ATTENDANCE.to_owned(),
    })
}

/// The form.
pub async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    _office: Office,
    fields: QueryFields,
) -> Answer {
    let [recorded] = query::once(["recorded"], fields.iter())?;
    let mut conn = site.db.read().await?;
    let recorded = recorded.parse().ok();
    let view = form(&site, &mut conn, visitor.lang, &Filled::default(), Vec::new(), recorded).await?;
    drop(conn);
    Ok(page(&site, &visitor, view))
}

/// Reads the sheet and shows what would be recorded.
pub async fn check(State(site): State<Site>, visitor: Visitor, _office: Office, sent: Sent) -> Answer {
    let filled = Filled::of(&sent);
    let mut conn = site.db.read().await?;
    let sheet = match filled.checked(&site, &mut conn).await? {
        Ok(sheet) => sheet,
        Err(errors) => {
            let view = form(&site, &mut conn, visitor.lang, &filled, errors, None).await?;
            return Ok(page_with_status(&site, &visitor, StatusCode::UNPROCESSABLE_ENTITY, view));
        }
    };
    drop(conn);
    let name = |line: &Line| {
        line.person.as_ref().map_or_else(String::new, |person| {
            display_name(&person.family, &person.given, &person.roman, visitor.lang)
        })
    };
    let view = AttendanceCheck {
        title: sheet.requirement.title_in(visitor.lang).to_owned(),
        way: way_view(sheet.way),
        held: day(sheet.held),
        sheet: sheet.sheet_name.clone(),
        sha256: sheet.sha256.clone(),
        lines: sheet
            .lines
            .iter()
            .map(|line| AttendingLine { number: line.number.clone(), name: name(line), what: line.what })
            .collect(),
        fields: filled.fields(),
        action: format!("{ATTENDANCE}/record"),
        back: ATTENDANCE.to_owned(),
    };
    Ok(page(&site, &visitor, view))
}

/// Records it. Sent twice, it is recorded once.
pub async fn record(State(site): State<Site>, visitor: Visitor, office: Office, fields: Form) -> Answer {
    let filled = Filled::of_form(&fields);
    let mut conn = site.db.read().await?;
    let sheet = match filled.checked(&site, &mut conn).await? {
        Ok(sheet) => sheet,
        Err(errors) => {
            let view = form(&site, &mut conn, visitor.lang, &filled, errors, None).await?;
            return Ok(page_with_status(&site, &visitor, StatusCode::UNPROCESSABLE_ENTITY, view));
        }
    };
    let held_at = site.calendar().start_of(sheet.held);
    let mut new = Vec::new();
    for line in &sheet.lines {
        let (Some(period), Some(person)) = (&line.period, &line.person) else { continue };
        let overview = Overview::load(&site, &mut conn, period.clone()).await?;
        let until = valid_until(&site, &mut conn, &overview, held_at).await?;
        let name = display_name(&person.family, &person.given, "", Lang::Ja);
        new.push(Taken { period: period.clone(), due_at: overview.terms.due_at, until, name });
    }
    drop(conn);
    let count = new.len();
    let (inner, by) = (site.clone(), office.0.staff.clone());
    let written: Result<(), DbError> = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                let version = i64::from(in_force_at(&inner, tx, held_at).await?.policy.version);
                for taken in new {
                    complete(tx, &inner, &by, &sheet, (held_at, version), taken).await?;
                }
                Ok(())
            })
        })
        .await;
    written?;
    Ok(see_other(&format!("{ATTENDANCE}?recorded={count}")))
}
