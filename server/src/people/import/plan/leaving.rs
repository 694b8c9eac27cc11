//! Who leaves by a list that names everybody, and how many may.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::people::{Known, full_name};
use super::{Base, Leaving};
use crate::people::import::line::Line;

/// A share of those in post, in per cent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MostLeaving(pub u8);

impl Default for MostLeaving {
    /// As long as the hospital has set no other share.
    fn default() -> Self {
        Self(5)
    }
}

/// So few may leave in a hospital of any size.
pub(super) const FEW_LEAVE: usize = 2;

/// Whoever is there on the day and stands in no row, readable or not. A list that names nobody is no list of people.
pub(super) fn leaving(known: &Known<'_>, base: &Base, lines: &[Line], on: NaiveDate) -> Vec<Leaving> {
    let named: BTreeSet<&str> =
        lines.iter().filter(|line| line.person.is_some()).flat_map(|line| known.meant(line)).collect();
    if named.is_empty() {
        return Vec::new();
    }
    let mut leaving: Vec<Leaving> = base
        .people
        .iter()
        .filter(|person| known.is_there(person, on) && !named.contains(person.staff_no.as_str()))
        .map(|person| Leaving {
            staff_no: person.staff_no.clone(),
            name: full_name(&person.family, &person.given),
            department: known.main_code(person, on),
        })
        .collect();
    leaving.sort_by(|a, b| a.staff_no.cmp(&b.staff_no));
    leaving
}
