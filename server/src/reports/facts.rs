//! The facts of a period as one number, so that the database can count people with equal facts. What the facts mean is decided
//! by [`Facts::status`] alone: a statement that filters or sorts by status is handed a key made from it.

use crate::requirements::status::{Facts, Status};
use crate::training::store::Way;

/// One bit for each fact, in the order of the fields of [`Facts`]. `store.rs` adds up the same numbers.
const BITS: u32 = 10;

/// Set beside the facts: the due date comes within the days that a count was asked for.
pub(super) const SOON: i64 = 1 << BITS;

/// Reads the number that a statement made of the facts.
pub(super) const fn facts(mask: i64) -> Facts {
    const fn bit(mask: i64, place: u32) -> bool {
        mask & (1 << place) != 0
    }
    Facts {
        started: bit(mask, 0),
        missed: bit(mask, 1),
        done: bit(mask, 2),
        completed: bit(mask, 3),
        in_time: bit(mask, 4),
        due_passed: bit(mask, 5),
        exempt: bit(mask, 6),
        out: bit(mask, 7),
        ending: bit(mask, 8),
        ended: bit(mask, 9),
    }
}

/// How somebody took part, as a statement gives it; on the server as long as nothing is completed.
pub(super) fn way(code: Option<&str>, facts: Facts) -> Way {
    code.filter(|_| facts.completed).and_then(Way::from_code).unwrap_or_default()
}

/// A key for statements: the character at place `1 + number of the facts` says what is to be done with a row of these facts.
pub(super) fn key(letter: impl Fn(Facts) -> char) -> String {
    (0..1_i64 << BITS).map(|mask| letter(facts(mask))).collect()
}

/// In a key: leave the row out.
pub(super) const LEAVE_OUT: char = '0';

/// How soon somebody of this status has to act: sorts before everything that can wait longer.
pub(super) const fn urgency(status: Status) -> char {
    match status {
        Status::Overdue => 'a',
        Status::Expired => 'b',
        Status::Retry | Status::ToSign | Status::InProgress | Status::NotStarted => 'c',
        Status::Renew => 'd',
        Status::CompletedLate | Status::Completed => 'e',
        Status::Exempt => 'f',
        Status::Out => 'g',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_has_a_bit_of_its_own() {
        let all = Facts {
            started: true,
            missed: true,
            done: true,
            completed: true,
            in_time: true,
            due_passed: true,
            exempt: true,
            out: true,
            ending: true,
            ended: true,
        };
        assert_eq!(facts((1 << BITS) - 1), all);
        assert_eq!(facts(0), Facts::default());
        let singles: std::collections::HashSet<Facts> = (0..BITS).map(|place| facts(1 << place)).collect();
        assert_eq!(singles.len(), 10, "no two bits are one fact");
    }

    #[test]
    fn a_key_has_a_letter_for_every_number() {
        let overdue = key(|facts| if facts.status() == Status::Overdue { '1' } else { LEAVE_OUT });
        assert_eq!(overdue.len(), 1 << BITS);
        assert_eq!(overdue.chars().nth(32), Some('1'), "only the due date has passed");
        assert_eq!(overdue.chars().nth(32 + 8), Some(LEAVE_OUT), "completed");
    }
}
