//! The 240 invented people: numbers, names, professions, and how each of them learns.
//!
//! A number is the code of the department in which somebody began and a place in it: `100300` is the first of Ward 3.
//!
//! For tests in the browser, [`FRESH`] are ten ordinary nurses of Ward 3 who have done every earlier year and have opened
//! nothing of this one. Nothing else is expected of them, so one test may finish the year as one of them.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use kokoroe_app::Lang;

use super::chance::Chance;
use super::departments::{UNITS, Unit};
use super::names::{Name, Names};

/// Ten nurses of Ward 3 who have not begun this year: 100301 to 100310.
pub const FRESH: RangeInclusive<u32> = 100_301..=100_310;
/// A nurse of Ward 3 in the middle of the year's course.
pub const MIDDLE: u32 = 100_311;
/// A nurse of Ward 3 who has only to sign.
pub const TO_SIGN: u32 = 100_312;
/// A nurse of Ward 3 who has finished the year.
pub const FINISHED: u32 = 100_313;
/// A nurse of Ward 3 who missed the final test.
pub const RETRY: u32 = 100_314;
/// A nurse of Ward 3 who is exempt this year.
pub const EXEMPT: u32 = 100_316;
/// A nurse of Ward 3 on leave.
pub const ON_LEAVE: u32 = 100_317;
/// A nurse who joined Ward 3 and let the date of the training on joining pass.
pub const OVERDUE: u32 = 100_318;
/// A nurse who joined Ward 3 and did the training on joining too late.
pub const LATE: u32 = 100_319;
/// The head nurse of Ward 3.
pub const WARD_HEAD: u32 = 100_300;
/// The head of the whole nursing department.
pub const NURSING_HEAD: u32 = 100_100;
/// The training office.
pub const OFFICE: [u32; 2] = [104_000, 104_001];
/// The auditors.
pub const AUDITORS: [u32; 2] = [104_200, 104_201];

/// How somebody answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Temper {
    /// Reads before answering.
    Careful,
    /// Like most.
    Usual,
    /// Taps first.
    Hasty,
}

/// One invented person.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// Staff number.
    pub number: u32,
    /// Name.
    pub name: Name,
    /// Profession.
    pub profession: &'static str,
    /// Sort of employment.
    pub employment: &'static str,
    /// Code of the department in which the person began.
    pub unit: &'static str,
    /// How the person answers.
    pub temper: Temper,
    /// In which language the person reads.
    pub lang: Lang,
}

/// Who reads in English.
const ENGLISH: [u32; 3] = [100_405, 100_612, 102_205];

/// Everybody, by number.
pub(super) fn everybody() -> &'static [Person] {
    static PEOPLE: LazyLock<Vec<Person>> = LazyLock::new(invent);
    &PEOPLE
}

/// The person with this number.
pub(super) fn person(number: u32) -> Option<&'static Person> {
    everybody().iter().find(|person| person.number == number)
}

fn invent() -> Vec<Person> {
    let mut names = Names::new();
    let mut people = Vec::new();
    for unit in &UNITS {
        let crew = unit
            .crew
            .iter()
            .flat_map(|&(profession, employment, count)| (0..count).map(move |_| (profession, employment)));
        for (number, (profession, employment)) in (first_number(unit)..).zip(crew) {
            let mut chance = Chance::of(&format!("person {number}"));
            let name = names.of(number, chance.percent(women(profession)));
            let temper = match chance.between(1, 100) {
                1..=55 => Temper::Careful,
                56..=88 => Temper::Usual,
                _ => Temper::Hasty,
            };
            let lang = if ENGLISH.contains(&number) { Lang::En } else { Lang::Ja };
            people.push(Person { number, name, profession, employment, unit: unit.code, temper, lang });
        }
    }
    people
}

/// The address at work. Whoever has a desk or a licence has one; the others are told on the first page.
pub(super) fn mail(number: u32) -> String {
    if number % 5 < 3 { format!("s{number}@mail.minato-no-mori.example") } else { String::new() }
}

fn first_number(unit: &Unit) -> u32 {
    unit.code.parse::<u32>().unwrap_or_default() * 100
}

/// How many of a hundred in this profession are women.
fn women(profession: &str) -> u64 {
    match profession {
        "看護師" | "看護補助者" => 88,
        "医師" | "運転員" | "情報技術者" => 28,
        "臨床工学技士" | "診療放射線技師" => 35,
        _ => 60,
    }
}

/// Whether somebody stands at the top of the department in which they began.
pub(super) fn is_head(person: &Person) -> bool {
    person.number.is_multiple_of(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_people_to_test_with_are_ordinary_nurses_of_ward_3() {
        for number in FRESH.chain([MIDDLE, TO_SIGN, FINISHED, RETRY, EXEMPT, ON_LEAVE, OVERDUE, LATE]) {
            let nurse = person(number).expect("somebody");
            assert_eq!((nurse.unit, nurse.profession), ("1003", "看護師"), "{number}");
        }
        assert_eq!(FRESH.count(), 10);
    }

    #[test]
    fn numbers_are_given_once_and_names_too() {
        let people = everybody();
        assert_eq!(people.len(), 240);
        for (at, person) in people.iter().enumerate() {
            for other in &people[at + 1..] {
                assert_ne!(person.number, other.number);
                assert_ne!(person.name, other.name, "{} and {}", person.number, other.number);
            }
        }
        for number in OFFICE.into_iter().chain(AUDITORS).chain([WARD_HEAD, NURSING_HEAD]) {
            assert!(person(number).is_some(), "{number}");
        }
    }
}
