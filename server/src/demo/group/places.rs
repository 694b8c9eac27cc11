//! The departments of a group of hospitals: regions, in each its hospitals, in each the departments of the demo hospital.

use super::super::departments::UNITS;
use crate::people::NewDepartment;

/// A hospital has about so many people; a group has as many hospitals as it takes.
const ONE_HOSPITAL: usize = 1_000;
/// So many hospitals lie in one region.
const ONE_REGION: usize = 8;

/// A department and the place in the list of the one above it.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) above: Option<usize>,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) name_en: String,
}

/// Where somebody can work, and as what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seat {
    pub(super) place: usize,
    /// The first place of the hospital; its departments follow it.
    pub(super) hospital: usize,
    pub(super) profession: &'static str,
    pub(super) employment: &'static str,
    /// Stands at the top of the department.
    pub(super) head: bool,
}

/// The tree, each department after the one above it, and a seat for everybody.
pub(super) fn lay_out(people: usize) -> (Vec<Place>, Vec<Seat>) {
    let hospitals = people.div_ceil(ONE_HOSPITAL).max(1);
    let place = |above, code: String, name: String, name_en: String| Place { above, code, name, name_en };
    let mut places = Vec::new();
    if hospitals > 1 {
        places.push(place(
            None,
            "G".into(),
            "みなとの森病院グループ".into(),
            "Minato-no-Mori Hospital Group".into(),
        ));
    }
    let mut seats = Vec::with_capacity(people);
    let mut region = None;
    for hospital in 0..hospitals {
        if hospitals > ONE_REGION && hospital % ONE_REGION == 0 {
            let number = hospital / ONE_REGION + 1;
            region = Some(places.len());
            places.push(place(
                Some(0),
                format!("R{number:02}"),
                format!("第{number}地区"),
                format!("Region {number}"),
            ));
        }
        let first = places.len();
        let above = region.or_else(|| (hospitals > 1).then_some(0));
        let number = hospital + 1;
        for unit in &UNITS {
            let over = UNITS.iter().position(|other| other.code == unit.above);
            let (name, name_en) = match over {
                Some(_) => (unit.name.to_owned(), unit.name_en.to_owned()),
                None if number == 1 => (unit.name.to_owned(), unit.name_en.to_owned()),
                None => (format!("みなとの森第{number}病院"), format!("{} {number}", unit.name_en)),
            };
            let above = over.map_or(above, |over| Some(first + over));
            places.push(place(above, format!("{number:03}-{}", unit.code), name, name_en));
        }
        let share = people * (hospital + 1) / hospitals - people * hospital / hospitals;
        take_seats(&mut seats, first, share);
    }
    (places, seats)
}

/// The people of a hospital, in the proportions of the demo hospital.
fn take_seats(seats: &mut Vec<Seat>, hospital: usize, share: usize) {
    let crew: Vec<(usize, &'static str, &'static str)> = UNITS
        .iter()
        .enumerate()
        .flat_map(|(at, unit)| {
            unit.crew.iter().flat_map(move |&(profession, employment, count)| {
                (0..count).map(move |_| (at, profession, employment))
            })
        })
        .collect();
    let mut before = None;
    for number in 0..share {
        let Some(&(unit, profession, employment)) = crew.get(number * crew.len() / share.max(1)) else {
            continue;
        };
        let head = before != Some(unit);
        before = Some(unit);
        seats.push(Seat { place: hospital + unit, hospital, profession, employment, head });
    }
}

/// As it is opened.
pub(super) fn opened(places: &[Place]) -> Vec<(NewDepartment, Option<usize>)> {
    let new = |(place, position): (&Place, i64)| {
        let new = NewDepartment {
            code: place.code.clone(),
            name: place.name.clone(),
            name_en: place.name_en.clone(),
            parent: None,
            position,
        };
        (new, place.above)
    };
    places.iter().zip(1..).map(new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_a_seat_and_every_department_with_people_one_head() {
        for people in [1, 300, 5_000, 50_000] {
            let (places, seats) = lay_out(people);
            assert_eq!(seats.len(), people);
            let mut with_people: Vec<usize> = seats.iter().map(|seat| seat.place).collect();
            with_people.dedup();
            assert_eq!(seats.iter().filter(|seat| seat.head).count(), with_people.len());
            for (at, place) in places.iter().enumerate() {
                assert!(place.above.is_none_or(|above| above < at), "{}", place.code);
            }
            assert_eq!(places.iter().filter(|place| place.above.is_none()).count(), 1);
        }
        assert_eq!(lay_out(300).0.len(), 25);
        assert_eq!(lay_out(50_000).0.len(), 1 + 7 + 50 * 25);
    }
}
