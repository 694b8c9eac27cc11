//! The training of a fiscal year: opening it, and giving it to everybody who owes it.

use chrono::{DateTime, Months, NaiveDate, SecondsFormat, Utc};
use kokoroe_courses::{Course, Lang};
use serde_json::{Value, json};

use super::follow::{Everybody, Standing, facts, follow_in};
use super::plan::plan;
use super::rule::{Audience, Rule};
use super::store::{self, List, Requirement};
use super::track;
use crate::audit::{Entry, Kind, Ledger, append, hold};
use crate::clock::{Calendar, Clock};
use crate::db::{DbError, Tx};
use crate::id::RequirementId;

/// The last day of a year's training if nobody names one: 31 October, while there is still time for the rest.
const DUE: (u32, u32) = (10, 31);
/// Months from the opening, where that day is past.
const LATE_MONTHS: Months = Months::new(3);

/// Why the hospital asks for it, if nobody words it otherwise.
const BASIS: (&str, &str) =
    ("SNS利用規程による年1回の研修です。", "Yearly training under the social media policy.");

/// How a year is to be opened. What is left out is chosen.
#[derive(Clone, Debug, Default)]
pub struct Order {
    /// The fiscal year; the present one.
    pub year: Option<i64>,
    /// The first day; today, or the first day of a year that is still to come.
    pub opens: Option<NaiveDate>,
    /// The last day; 31 October of the year, or three months from the first day.
    pub due: Option<NaiveDate>,
    /// The last day on which a completion counts; without one it counts until the next year's.
    pub valid_to: Option<NaiveDate>,
    /// Why the hospital asks for it, and the same in English.
    pub basis: Option<(String, String)>,
}

/// Why a year was not opened. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum OpenYearError {
    /// It is open already.
    #[error(
        "The training of fiscal year {0} is open already: nothing was changed.\n\
         {0}年度の研修はもう始まっています。何も変えていません。"
    )]
    Open(i64),
    /// Neither this year nor the next.
    #[error(
        "A training year is opened for fiscal year {present} or {next}, not for {asked}.\n\
         始められるのは{present}年度か{next}年度の研修です（{asked}年度は始められません）。",
        next = present + 1
    )]
    OtherYear {
        /// What was asked for.
        asked: i64,
        /// The present fiscal year.
        present: i64,
    },
    /// The days do not follow each other.
    #[error(
        "It opens on {opens} and its last day is {due}: it must open today or later, within fiscal year {year}, and before its last day.\n\
         開始日は{opens}、期限は{due}です。開始日は今日以後の{year}年度の日、期限は開始日より後の日にします。"
    )]
    Days {
        /// The fiscal year.
        year: i64,
        /// The first day.
        opens: NaiveDate,
        /// The last day.
        due: NaiveDate,
    },
    /// The completions would end before the training does.
    #[error(
        "A completion must count until after the last day, {due}.\n修了が有効な期間は、期限の{due}より後までにします。"
    )]
    Validity {
        /// The last day.
        due: NaiveDate,
    },
    /// The records.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// A year that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// What is owed.
    pub requirement: Requirement,
    /// How many people owe it from now on.
    pub people: u64,
}

/// Writes a requirement down with the modules of each track, and that it was.
///
/// # Errors
/// When the database fails or the code is taken.
pub async fn open(
    tx: &mut Tx,
    ledger: &Ledger,
    clock: &Clock,
    new: &Requirement,
    lists: &[List],
    actor: &str,
) -> Result<(), DbError> {
    let at = hold(tx, ledger, clock).await?;
    store::add_requirement(tx, new).await?;
    store::add_lists(tx, &new.id, lists).await?;
    let seconds = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let lists: Vec<Value> =
        lists.iter().map(|list| json!({ "track": list.track, "modules": list.modules })).collect();
    let d = json!({
        "code": new.code, "course": new.course, "year": new.fiscal_year, "rule": new.rule,
        "opens": seconds(new.opens_at), "due": seconds(new.due_at), "valid_until": new.valid_until.map(seconds),
        "tracks": lists,
    });
    let kind = Kind::REQUIREMENT_OPEN;
    let entry = Entry { kind, at, actor, obj: new.id.as_str(), req: None, d };
    append(tx, ledger, entry).await.map(drop)
}

/// Opens the training of a fiscal year and gives it to everybody in post, in one write. Where it opens later, [`super::follow::follow_all`] gives it to
/// them on its day.
///
/// # Errors
/// [`OpenYearError`]; then nothing was written.
pub async fn open_year(
    tx: &mut Tx,
    ledger: &Ledger,
    clock: &Clock,
    course: &Course,
    order: Order,
) -> Result<Opened, OpenYearError> {
    // Held before looking: two who open the same year follow each other.
    let now = hold(tx, ledger, clock).await?;
    let requirement = planned(clock, ledger.calendar, course, order, now)?;
    if store::requirements(tx).await?.iter().any(|known| is_same(known, &requirement)) {
        return Err(OpenYearError::Open(requirement.fiscal_year));
    }
    open(tx, ledger, clock, &requirement, &track::lists(&course.tracks), "system").await?;
    let everybody = Everybody::load(tx, ledger.calendar, now).await?;
    let at = (now, ledger.calendar);
    let standing = Standing::default();
    let plan = plan(&facts(&requirement, &requirement.rule, &everybody, &standing, at, false));
    let people = follow_in(tx, (ledger, clock), &course.tracks, &requirement, plan, &everybody).await?;
    Ok(Opened { requirement, people })
}

fn is_same(known: &Requirement, new: &Requirement) -> bool {
    let yearly = known.fiscal_year == new.fiscal_year && known.course == new.course;
    known.code == new.code || (yearly && known.rule.whom == Audience::everybody())
}

/// The requirement that an order describes, on the day of `now`.
fn planned(
    clock: &Clock,
    calendar: Calendar,
    course: &Course,
    order: Order,
    now: DateTime<Utc>,
) -> Result<Requirement, OpenYearError> {
    let (today, present) = (calendar.date(now), calendar.fiscal_year(now));
    let year = order.year.unwrap_or(present);
    if year != present && year != present + 1 {
        return Err(OpenYearError::OtherYear { asked: year, present });
    }
    let (first, after) = (calendar.first_day_of(year), calendar.first_day_of(year + 1));
    let opens = order.opens.unwrap_or_else(|| today.max(first));
    let due = order.due.unwrap_or_else(|| {
        let october = i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, DUE.0, DUE.1));
        let late = opens.checked_add_months(LATE_MONTHS).unwrap_or(opens);
        october.filter(|day| *day > opens).unwrap_or(late)
    });
    if opens < today || opens < first || opens >= after || due <= opens {
        return Err(OpenYearError::Days { year, opens, due });
    }
    if order.valid_to.is_some_and(|valid_to| valid_to <= due) {
        return Err(OpenYearError::Validity { due });
    }
    let (title, _) = course.title.get(Lang::Ja);
    let (title_en, _) = course.title.get(Lang::En);
    let (basis, basis_en) = order.basis.unwrap_or_else(|| (BASIS.0.to_owned(), BASIS.1.to_owned()));
    Ok(Requirement {
        id: RequirementId::new(clock),
        code: format!("{}-{year}", course.id),
        title: format!("{title} {year}年度"),
        title_en: format!("{title_en}, FY{year}"),
        basis,
        basis_en,
        course: course.id.clone(),
        fiscal_year: year,
        opens_at: calendar.start_of(opens),
        due_at: calendar.end_of(due),
        valid_until: order.valid_to.map(|day| calendar.end_of(day)),
        rule: Rule::default(),
        closed_at: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::content::EMBEDDED;

    fn asked(now: &str, order: Order) -> Result<(i64, String, String), OpenYearError> {
        let now = now.parse().expect("an instant");
        let calendar = Calendar::default();
        let made = planned(&Clock::standing_at(now), calendar, &EMBEDDED.course, order, now)?;
        let (opens, due) = (calendar.date(made.opens_at), calendar.last_day_before(made.due_at));
        Ok((made.fiscal_year, opens.to_string(), due.to_string()))
    }

    fn day(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    #[test]
    fn a_year_is_due_at_the_end_of_october_or_three_months_after_it_opened() {
        let plain = |now| asked(now, Order::default()).expect("a year");
        let of = |year, opens: &str, due: &str| (year, opens.to_owned(), due.to_owned());
        assert_eq!(plain("2026-05-01T01:00:00Z"), of(2026, "2026-05-01", "2026-10-31"));
        assert_eq!(plain("2026-10-30T16:00:00Z"), of(2026, "2026-10-31", "2027-01-31"));
        assert_eq!(plain("2026-11-28T01:00:00Z"), of(2026, "2026-11-28", "2027-02-28"));
        let next = Order { year: Some(2027), ..Order::default() };
        assert_eq!(
            asked("2027-03-01T01:00:00Z", next).expect("a year"),
            of(2027, "2027-04-01", "2027-10-31"),
            "a year to come opens on its first day"
        );
    }

    #[test]
    fn a_year_that_cannot_be_is_refused() {
        let now = "2026-11-28T01:00:00Z";
        for year in [2025, 2028] {
            let order = Order { year: Some(year), ..Order::default() };
            assert!(matches!(asked(now, order), Err(OpenYearError::OtherYear { .. })), "{year}");
        }
        for (opens, due) in [
            ("2026-11-27", "2027-01-31"),
            ("2026-12-01", "2026-12-01"),
            ("2026-12-01", "2026-10-31"),
            ("2027-04-01", "2027-10-31"),
        ] {
            let order = Order { opens: day(opens), due: day(due), ..Order::default() };
            assert!(matches!(asked(now, order), Err(OpenYearError::Days { .. })), "{opens} {due}");
        }
        let order = Order { due: day("2027-01-31"), valid_to: day("2027-01-31"), ..Order::default() };
        assert!(matches!(asked(now, order), Err(OpenYearError::Validity { .. })));
    }
}
