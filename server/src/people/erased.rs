//! What stands in the place of somebody whose data was erased. The row stays, because records point to it; here is what it says, and every
//! page, paper and list shows that without knowing more.

use super::staff::Staff;
use super::store::erased as store;
use crate::db::{Conn, DbError, Tx};
use crate::http::Problem;
use crate::id::StaffId;

/// The name, in Japanese. The database lets a name become this and nothing else (migration 23).
pub const NAME: &str = "消去済み";
/// The name, in English.
pub const ROMAN: &str = "Erased";
/// What stands in the place of words that somebody wrote, whose language is not known. Migration 23 knows it too.
pub const WORDS: &str = "消去済み / Erased";
/// Sorts after every reading.
const LAST: [u8; 1] = [0xff];
/// No number of a staff list begins with it.
const SIGN: char = '#';
/// So many digits of the random id tell one erased person from another.
const DIGITS: usize = 12;

/// What stands in the place of the staff number: the end of the random id.
#[must_use]
pub fn number(id: &StaffId) -> String {
    let text = id.as_str();
    let end = text.len().checked_sub(DIGITS).and_then(|from| text.get(from..)).unwrap_or(text);
    format!("{SIGN}{end}")
}

/// Whether this stands in the place of a staff number.
#[must_use]
pub fn is_erased(staff_no: &str) -> bool {
    staff_no.starts_with(SIGN)
}

/// Nothing is written down about somebody who was erased.
///
/// # Errors
/// Not found when they were; or when the database fails.
pub async fn refuse_erased(conn: &mut Conn, id: &StaffId) -> Result<(), Problem> {
    let person = super::staff::staff(conn, id).await?;
    if person.is_some_and(|person| is_erased(&person.staff_no)) { Err(Problem::not_found()) } else { Ok(()) }
}

/// By what a text may name a person.
#[derive(Clone, Debug)]
pub struct Marks {
    /// Long enough to mean nobody else, wherever they stand.
    anywhere: Vec<String>,
    /// The staff number, which means the person where it stands alone.
    number: String,
}

impl Marks {
    /// Those of a person.
    #[must_use]
    pub fn of(staff: &Staff) -> Self {
        let mut anywhere = vec![staff.id.to_string(), staff.mail.clone(), staff.roman.clone()];
        for (family, given) in [(&staff.family, &staff.given), (&staff.family_kana, &staff.given_kana)] {
            anywhere.extend(
                ["", " ", "\u{3000}"].map(|between| format!("{family}{between}{given}").trim().to_owned()),
            );
        }
        // A short name in Latin letters may stand in any word.
        anywhere.retain(|mark| mark.chars().count() > if mark.is_ascii() { 4 } else { 1 });
        Self { anywhere, number: staff.staff_no.clone() }
    }

    /// Whether a text names the person.
    #[must_use]
    pub fn are_in(&self, text: &str) -> bool {
        self.anywhere.iter().any(|mark| text.contains(mark)) || self.number_is_in(text)
    }

    fn number_is_in(&self, text: &str) -> bool {
        // A day, a time or an id that has these digits in it is not the number.
        let part_of_more =
            |letter: Option<char>| letter.is_some_and(|c| c.is_alphanumeric() || "-_.:/+#".contains(c));
        !self.number.is_empty()
            && text.match_indices(&self.number).any(|(at, found)| {
                let before = text.get(..at).and_then(|before| before.chars().next_back());
                let after = text.get(at + found.len()..).and_then(|after| after.chars().next());
                !part_of_more(before) && !part_of_more(after)
            })
    }
}

/// Erases what the records of people know of somebody: name, readings, number, address, why they were away, and lists of staff that
/// name them and were not forgotten yet. Departments and days stay, because the counts of the past rest on them.
///
/// # Errors
/// When the database fails or the person was erased before.
pub async fn erase(tx: &mut Tx, staff: &Staff, marks: &Marks) -> Result<(), DbError> {
    store::erase_staff(tx, &staff.id, &number(&staff.id), (NAME, ROMAN), &LAST).await?;
    store::erase_identity(tx, &staff.id).await?;
    store::erase_leaves(tx, &staff.id, WORDS).await?;
    for (id, file_name, plan) in store::imports(tx).await? {
        if marks.are_in(&file_name) || marks.are_in(&plan) {
            store::drop_import(tx, &id).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    fn person() -> Staff {
        Staff {
            id: StaffId::new(&Clock::system()),
            staff_no: "0123".into(),
            family: "鈴木".into(),
            given: "一郎".into(),
            family_kana: "スズキ".into(),
            given_kana: "イチロウ".into(),
            roman: "Ichiro Suzuki".into(),
            profession: "看護師".into(),
            employment: "常勤".into(),
            joined_on: chrono::NaiveDate::MIN,
            left_on: None,
            mail: String::new(),
        }
    }

    #[test]
    fn a_text_names_somebody_by_name_number_or_id() {
        let person = person();
        let marks = Marks::of(&person);
        for text in
            ["鈴木 一郎さん", "鈴木一郎", "スズキ　イチロウ", "by Ichiro Suzuki", "{\"no\":\"0123\"}", "0123"]
        {
            assert!(marks.are_in(text), "{text}");
        }
        assert!(marks.are_in(&format!("/people/{}", person.id)));
        for text in
            ["鈴木 花子", "10123", "01234", "2026-0123", "01934c1e-0123-7aaa", "09:0123", "看護師", ""]
        {
            assert!(!marks.are_in(text), "{text}");
        }
    }

    #[test]
    fn the_number_of_the_erased_is_the_end_of_their_id() {
        let person = person();
        let number = number(&person.id);
        assert!(is_erased(&number) && person.id.as_str().ends_with(number.trim_start_matches('#')));
        assert!(!is_erased("0123") && !is_erased(""));
    }
}
