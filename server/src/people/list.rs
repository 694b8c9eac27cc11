//! The list of people, and the slips with their codes.

use axum::extract::{Query, State};
use axum::response::Response;
use chrono::{Days, NaiveDate};
use kokoroe_app::Lang;
use kokoroe_app::people::{
    Belonging, CodeCard, CodeSheet, CodeUntil, Listed, PeopleList, PeopleState, PersonRow, SignInSwitch,
};
use serde::Deserialize;

use super::codes::{Code, Handed};
use super::department::{Department, department};
use super::display_name;
use super::staff::{self, Found, Search, SearchState, Staff};
use crate::account;
use crate::http::{Answer, Office, Problem, Visitor, page};
use crate::id::{DepartmentId, ImportId};
use crate::state::Site;
use crate::training::translate::{day, moment};

/// The list of people.
pub(super) const PEOPLE: &str = "/office/people";
/// The upload.
pub(super) const IMPORT: &str = "/office/people/import";
/// The tree of departments.
pub(super) const DEPARTMENTS: &str = "/office/departments";

/// Lines on one page.
pub(super) const PAGE: u32 = 50;

/// What the address of the list may carry.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    q: Option<String>,
    state: Option<String>,
    below: Option<String>,
    page: Option<String>,
}

/// People by number, name or reading, fifty on a page.
pub async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    office: Office,
    Query(asked): Query<Asked>,
) -> Answer {
    let lang = visitor.lang;
    let today = site.calendar().date(site.now());
    let query = asked.q.as_deref().unwrap_or_default().trim().to_owned();
    let state = asked.state.as_deref().and_then(PeopleState::from_code).unwrap_or_default();
    let mut conn = site.db.read().await?;
    let below = match asked.below.as_deref().filter(|id| !id.is_empty()) {
        None => None,
        Some(id) => {
            let id = DepartmentId::parse(id).ok_or_else(Problem::not_found)?;
            Some(department(&mut conn, &id).await?.ok_or_else(Problem::not_found)?)
        }
    };
    let search = Search {
        words: query.clone(),
        state: match state {
            PeopleState::InPost => SearchState::InPost,
            PeopleState::Left => SearchState::Left,
            PeopleState::Both => SearchState::Both,
        },
        below: below.as_ref().map(|department| department.path.clone()),
    };
    let of = u32::try_from(staff::count(&mut conn, &search, today).await?).unwrap_or(u32::MAX);
    let mut kept = vec![("state", state.code().to_owned())];
    kept.extend((!query.is_empty()).then(|| ("q", query.clone())));
    kept.extend(below.as_ref().map(|department| ("below", department.id.to_string())));
    let part = Part::new(asked.page.as_deref(), of, PEOPLE, &kept);
    let found = staff::find(&mut conn, &search, today, i64::from(PAGE), i64::from(part.offset)).await?;
    let closed = account::closed(&mut conn).await?;
    drop(conn);
    let rows = found.into_iter().map(|found| {
        let own = found.staff.id == office.0.staff;
        let is_closed = closed.contains(&found.staff.id);
        row(found, own, is_closed, today, lang)
    });
    let list = PeopleList {
        query,
        state,
        below: below.map(|department| (department.id.to_string(), department.name_in(lang).to_owned())),
        rows: rows.collect(),
        listed: part.listed,
        address: PEOPLE.to_owned(),
        import: IMPORT.to_owned(),
        departments: DEPARTMENTS.to_owned(),
    };
    Ok(page(&site, &visitor, list))
}

fn row(found: Found, own: bool, is_closed: bool, today: NaiveDate, lang: Lang) -> PersonRow {
    let Found { staff, department_code, department, department_en, .. } = found;
    let name = match lang {
        Lang::Ja => department,
        Lang::En => department_en,
    };
    let belonging = belonging(&staff, today);
    let left = matches!(belonging, Belonging::Left(_));
    let address = |what: &str| format!("{PEOPLE}/{}/{what}", staff.id);
    let code = (!left && !is_closed).then(|| address("code"));
    let switch = (!left && !own).then(|| {
        if is_closed {
            SignInSwitch::Allow(address("enable"))
        } else {
            SignInSwitch::Stop(address("disable"))
        }
    });
    PersonRow {
        name: display_name(&staff.family, &staff.given, &staff.roman, lang),
        kana: display_name(&staff.family_kana, &staff.given_kana, "", lang),
        department: department_code.zip(name),
        profession: staff.profession,
        href: format!("{PEOPLE}/{}", staff.id),
        record: address("record"),
        code,
        switch,
        number: staff.staff_no,
        belonging,
    }
}

fn belonging(staff: &Staff, today: NaiveDate) -> Belonging {
    let last = staff.left_on.map(|left_on| day(left_on.checked_sub_days(Days::new(1)).unwrap_or(left_on)));
    match last {
        Some(last) if !staff.is_staff_on(today) => Belonging::Left(last),
        _ if staff.joined_on > today => Belonging::Begins(day(staff.joined_on)),
        Some(last) => Belonging::Leaves(last),
        None => Belonging::InPost,
    }
}

/// One page of a long list.
pub(super) struct Part {
    /// Lines before it.
    pub(super) offset: u32,
    /// As the page shows it.
    pub(super) listed: Listed,
}

impl Part {
    /// The page that the address asks for; the nearest one there is.
    pub(super) fn new(asked: Option<&str>, of: u32, address: &str, kept: &[(&str, String)]) -> Self {
        let last_page = of.div_ceil(PAGE).max(1);
        let number = asked.and_then(|text| text.parse::<u32>().ok()).unwrap_or(1).clamp(1, last_page);
        let offset = (number - 1) * PAGE;
        let link = |number: u32| {
            let fields = kept.iter().map(|(name, value)| format!("{name}={}", encoded(value)));
            let fields: Vec<String> = fields.chain([format!("page={number}")]).collect();
            format!("{address}?{}", fields.join("&"))
        };
        let listed = Listed {
            first: if of == 0 { 0 } else { offset + 1 },
            last: (offset + PAGE).min(of),
            of,
            before: (number > 1).then(|| link(number - 1)),
            after: (number < last_page).then(|| link(number + 1)),
        };
        Self { offset, listed }
    }
}

/// Percent-encodes everything but unreserved characters (RFC 3986).
pub(super) fn encoded(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}

/// The slips, in the order of departments: that is how they are handed over.
pub(super) fn sheet(
    site: &Site,
    visitor: &Visitor,
    mut codes: Vec<Code>,
    import: Option<&ImportId>,
) -> Response {
    let lang = visitor.lang;
    let key = |code: &Code| {
        let place = code.department.as_ref().map(|department| department.code.clone());
        (place, code.staff.staff_no.clone())
    };
    codes.sort_by_key(key);
    let origin = site.config.origin.as_str();
    let place = origin.strip_prefix("https://").unwrap_or(origin);
    let sheet = CodeSheet {
        cards: codes.into_iter().map(|code| card(site, code, lang)).collect(),
        place: format!("{place}/sign-in/first"),
        help: site.hospital.help(lang).to_owned(),
        import: import.map(|id| format!("{IMPORT}/{id}")),
        people: PEOPLE.to_owned(),
    };
    page(site, visitor, sheet)
}

fn card(site: &Site, code: Code, lang: Lang) -> CodeCard {
    CodeCard {
        name: display_name(&code.staff.family, &code.staff.given, &code.staff.roman, lang),
        department: code
            .department
            .as_ref()
            .map_or("", |department: &Department| department.name_in(lang))
            .to_owned(),
        until: match code.handed {
            Handed::OnSlips => CodeUntil::Day(day(site.calendar().last_day_before(code.until))),
            Handed::InPerson => CodeUntil::Moment(moment(code.until, site.calendar())),
        },
        number: code.staff.staff_no,
        code: code.code,
    }
}

#[cfg(test)]
mod tests {
    use super::Part;

    #[test]
    fn a_page_that_does_not_exist_becomes_the_nearest_one() {
        let part = |asked| Part::new(asked, 120, "/office/people", &[("q", "鈴木 &".to_owned())]);
        assert_eq!(part(None).offset, 0);
        assert_eq!(part(Some("9")).offset, 100);
        assert_eq!(part(Some("-1")).offset, 0);
        let second = part(Some("2"));
        assert_eq!((second.listed.first, second.listed.last), (51, 100));
        let next = second.listed.after.expect("a next page");
        assert_eq!(next, "/office/people?q=%E9%88%B4%E6%9C%A8%20%26&page=3");
        assert_eq!(Part::new(None, 0, "/", &[]).listed.last, 0);
    }
}
