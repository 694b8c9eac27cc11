//! Making files beside the requests: off the threads that answer, and a few at a time.

use chrono::{DateTime, Datelike as _, Offset as _, Timelike as _, Utc};
use kokoroe_app::Lang;
use kokoroe_papers::Moment;
use tokio::sync::Semaphore;

use crate::clock::Calendar;
use crate::http::Problem;

/// How many files are made at once. A long one keeps a processor busy for seconds; the others wait their turn, the pages do not.
static PLACES: Semaphore = Semaphore::const_new(2);

/// Does the work of making a file beside the threads that answer.
///
/// # Errors
/// Those of the work.
pub async fn aside<T, F>(work: F) -> Result<T, Problem>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, Problem> + Send + 'static,
{
    let _place = PLACES.acquire().await.map_err(Problem::broken)?;
    tokio::task::spawn_blocking(work).await.map_err(Problem::broken)?
}

/// The language of a paper for that of a page.
#[must_use]
pub const fn lang(lang: Lang) -> kokoroe_papers::Lang {
    match lang {
        Lang::Ja => kokoroe_papers::Lang::Ja,
        Lang::En => kokoroe_papers::Lang::En,
    }
}

/// An instant as a paper's own date says it.
#[must_use]
pub fn moment(at: DateTime<Utc>, calendar: Calendar) -> Moment {
    let local = at.with_timezone(&calendar.zone);
    let small = |number: u32| u8::try_from(number).unwrap_or(0);
    Moment {
        year: u16::try_from(local.year()).unwrap_or(0),
        month: small(local.month()),
        day: small(local.day()),
        hour: small(local.hour()),
        minute: small(local.minute()),
        second: small(local.second()),
        offset: i16::try_from(local.offset().fix().local_minus_utc() / 60).unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_tells_its_time_as_the_hospital_reads_it() {
        let calendar = Calendar::default();
        let at = DateTime::UNIX_EPOCH + chrono::TimeDelta::hours(16);
        let made = moment(at, calendar);
        assert_eq!((made.day, made.hour, made.offset), (2, 1, 540), "Tokyo is nine hours ahead");
    }
}
