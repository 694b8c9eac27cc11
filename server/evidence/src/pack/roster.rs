//! The roster of a pack beside the names that its leaves bind. It has names as they stand on record when the pack is made, which may be years later: so
//! a row with another name than the one that was bound last is no difference, and is counted.

use std::borrow::Cow;
use std::collections::HashMap;
use std::thread;

use super::csv;
use super::people::{Id, id};
use super::source::Source;
use super::stream::Stream;
use crate::identity::Identity;

/// The roster.
const ROSTER: &str = "tables/roster.csv";
/// The English word at the end of the head of each column that names somebody.
const COLUMNS: [&str; 4] = ["staff", "staff_no", "name", "reading"];

/// What the roster has to say of somebody, in a fixed size.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark(Id);

impl Mark {
    fn new(words: [&str; 3]) -> Self {
        // Tables put an apostrophe before what a spreadsheet would reckon.
        Self(id(&words.map(|word| word.strip_prefix('\'').unwrap_or(word)).join("\n")))
    }

    pub(super) fn of(who: &Identity) -> Self {
        let both = |family: &str, given: &str| format!("{family} {given}").trim().to_owned();
        let (name, reading) = (both(&who.family, &who.given), both(&who.family_kana, &who.given_kana));
        Self::new([&who.staff_no, &name, &reading])
    }
}

/// What the leaves bound last of each person; `None` of whoever was erased.
pub(super) type Known = HashMap<Id, Option<Mark>>;

/// The number of rows of the roster that call somebody otherwise than the leaves bound last, or whom no leaf binds.
pub(super) fn otherwise<S: Source + ?Sized>(source: &S, known: &Known) -> u64 {
    thread::scope(|scope| {
        let mut rows = csv::Rows::new(Stream::open(scope, source, ROSTER));
        let (mut row, mut number, mut columns) = (Vec::new(), 0, None);
        while let Ok(Some(_)) = rows.next_into(&mut row) {
            let mut cells = Vec::new();
            // A roster that cannot be read is told with the tables.
            if csv::cells(&row, &mut cells).is_err() {
                break;
            }
            match &columns {
                None => columns = Some(COLUMNS.map(|column| place(&cells, column))),
                Some(places) => {
                    let [whom, words @ ..] =
                        places.map(|place| place.and_then(|place| cells.get(place)).map_or("", Cow::as_ref));
                    let here = known.get(&id(whom));
                    number +=
                        u64::from(here.is_none_or(|mark| mark.is_some_and(|mark| mark != Mark::new(words))));
                }
            }
        }
        number
    })
}

/// Where the column is whose head ends with this word.
fn place(heads: &[Cow<'_, str>], word: &str) -> Option<usize> {
    heads.iter().position(|head| head.rsplit(' ').next() == Some(word))
}
