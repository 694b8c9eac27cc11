//! Who stands where: the pages of managers and of the training office, the papers they print, and the words of the files they take
//! away. Dates and statuses only: no page here can show an answer or a point.

pub mod as_of;
pub mod conditions;
pub mod department;
pub mod export;
pub mod line;
pub mod office;
pub mod paper;
pub mod person;
pub mod table;
pub mod written;

pub use as_of::AsOf;
pub use conditions::{Choice, Conditions, DateError};
pub use department::{DepartmentPage, Place, Search, Sort, Sorts, Tab, Which};
pub use export::ExportForm;
pub use line::{PersonLine, Remark, Timing};
pub use office::{DepartmentLine, OfficePage, Soon, StatusLink};
pub use paper::PaperHead;
pub use person::{PersonPage, PostedIn, YearRow};
pub use table::{Cell, ReportRow, ReportTable, RowKind};

/// Rates below this many tenths of a per cent miss the target: 90 %.
pub const TARGET: u32 = 900;
/// Rates below this many tenths of a per cent are far from it: 70 %.
pub const FAR: u32 = 700;

/// A number without its thousands mark becomes hard to read: 12,345.
pub(crate) fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_marked() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000), "1,000");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }
}
