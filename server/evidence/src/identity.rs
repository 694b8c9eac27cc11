//! Whom an id names. Leaves hold random ids and no names; so that nobody can give a completion to somebody else by exchanging two names beside the
//! log, a leaf `user.identity` binds number and name of the person to the id: by a hash with a random salt, from which nothing can be guessed. Once the salt
//! and the words are erased, the leaf says nothing about anybody any more, and the log stays whole.

use crate::hash::Hash;

/// Bytes of a salt.
pub const SALT: usize = 32;

/// What is bound to an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Family name, or the only name.
    pub family: String,
    /// Reading of the family name.
    pub family_kana: String,
    /// Given name.
    pub given: String,
    /// Reading of the given name.
    pub given_kana: String,
    /// Name in Latin letters.
    pub roman: String,
    /// The staff number.
    pub staff_no: String,
}

impl Identity {
    /// The words that are bound, as canonical JSON.
    #[must_use]
    pub fn told(&self) -> String {
        let words = [
            ("family", &self.family),
            ("family_kana", &self.family_kana),
            ("given", &self.given),
            ("given_kana", &self.given_kana),
            ("roman", &self.roman),
            ("staff_no", &self.staff_no),
        ];
        let words = words.into_iter().map(|(key, word)| (key.to_owned(), word.as_str().into())).collect();
        let mut bytes = Vec::new();
        crate::json::write(&serde_json::Value::Object(words), &mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Reads the words; `None` if they are none.
    #[must_use]
    pub fn read(told: &str) -> Option<Self> {
        let words: serde_json::Value = serde_json::from_str(told).ok()?;
        let word = |key: &str| words.get(key)?.as_str().map(str::to_owned);
        Some(Self {
            family: word("family")?,
            family_kana: word("family_kana")?,
            given: word("given")?,
            given_kana: word("given_kana")?,
            roman: word("roman")?,
            staff_no: word("staff_no")?,
        })
    }
}

/// What the leaf says (`d.who`): the hash of the salt, as hexadecimal digits, and of the words.
#[must_use]
pub fn who(salt: &str, told: &str) -> String {
    Hash::of(format!("{salt}\n{told}").as_bytes()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity() -> Identity {
        Identity {
            family: "佐藤".into(),
            family_kana: "サトウ".into(),
            given: "\"葵\"".into(),
            given_kana: "アオイ".into(),
            roman: String::new(),
            staff_no: "0012".into(),
        }
    }

    #[test]
    fn the_words_have_one_spelling_that_is_read_again() {
        let told = identity().told();
        assert_eq!(
            told,
            r#"{"family":"佐藤","family_kana":"サトウ","given":"\"葵\"","given_kana":"アオイ","roman":"","staff_no":"0012"}"#
        );
        assert_eq!(Identity::read(&told), Some(identity()));
        assert_eq!(Identity::read("{}"), None);
    }

    #[test]
    fn another_number_another_salt_or_another_name_is_another_hash() {
        let told = identity().told();
        let here = who("aa", &told);
        assert_eq!(here.len(), 64);
        assert_ne!(here, who("ab", &told));
        for other in [
            Identity { staff_no: "0013".into(), ..identity() },
            Identity { given: String::new(), ..identity() },
            Identity { roman: "SATO".into(), ..identity() },
        ] {
            assert_ne!(here, who("aa", &other.told()));
        }
    }
}
