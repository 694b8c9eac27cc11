//! Addresses at work.

use lettre::Address;
use unicode_normalization::UnicodeNormalization;

/// The longest address that mail servers have to take (RFC 5321, 4.5.3.1.3, without the brackets).
pub const LONGEST: usize = 254;

/// An address as a mail server takes it: narrow letters, without the spaces around it. `None` when it is not one.
#[must_use]
pub fn address(text: &str) -> Option<String> {
    let narrow: String = text.trim().nfkc().collect();
    // Without extensions that a hospital's mail server need not know, an address is ASCII.
    let plain = narrow.is_ascii() && narrow.len() <= LONGEST;
    (plain && narrow.parse::<Address>().is_ok()).then_some(narrow)
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_address_is_narrowed_and_nothing_else_is_one() {
        assert_eq!(address(" ｓｕｚｕｋｉ＠mail.example.jp ").as_deref(), Some("suzuki@mail.example.jp"));
        assert_eq!(
            address("suzuki@mailhost").as_deref(),
            Some("suzuki@mailhost"),
            "a closed network has short names"
        );
        for wrong in [
            "",
            "suzuki",
            "@example.jp",
            "a b@example.jp",
            "a@b@c",
            "鈴木@example.jp",
            "a@example.jp\nBcc: x@y.z",
        ] {
            assert_eq!(address(wrong), None, "{wrong:?}");
        }
        assert_eq!(address(&format!("{}@example.jp", "a".repeat(300))), None);
    }
}
