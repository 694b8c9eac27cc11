//! The two languages of the screen, and plain Japanese as a way of reading one of them.

use crate::say;

/// A language that the screen, or a piece of text on it, is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Japanese, the language in which everything is written first.
    #[default]
    Ja,
    /// English, a full second language of the screen. The English of the policy is a reference translation.
    En,
}

impl Lang {
    /// The BCP 47 tag for `lang` attributes, for the settings form and for the cookie.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }

    /// Reads a tag as [`Lang::tag`] writes it. Anything else is `None`: the caller falls back to the hospital's language.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag {
            "ja" => Some(Self::Ja),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The name of the language in itself, as a language switch shows it.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Ja => "日本語",
            Self::En => "English",
        }
    }

    /// Which of two texts is shown where the English may be missing: the Japanese then stands in for it.
    pub const fn either<'t>(self, ja: &'t str, en: &'t str) -> &'t str {
        match self {
            Self::En if !en.is_empty() => en,
            Self::En | Self::Ja => ja,
        }
    }

    /// The language that the switch offers: there are two.
    pub const fn other(self) -> Self {
        match self {
            Self::Ja => Self::En,
            Self::En => Self::Ja,
        }
    }
}

/// In which language a page was shown, as records keep it. Plain Japanese (やさしい日本語) is not a language of the screen: the words
/// around the course stay as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ShownIn {
    /// Japanese.
    #[default]
    Japanese,
    /// The course and the policy in plain Japanese, where there is one.
    PlainJapanese,
    /// English.
    English,
}

impl ShownIn {
    /// The word in records: a BCP 47 tag, with `ja-easy` for plain Japanese.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Japanese => "ja",
            Self::PlainJapanese => "ja-easy",
            Self::English => "en",
        }
    }

    /// Reads [`ShownIn::tag`]. Anything else is `None`.
    pub fn from_tag(tag: &str) -> Option<Self> {
        [Self::Japanese, Self::PlainJapanese, Self::English].into_iter().find(|shown| shown.tag() == tag)
    }

    /// The language of the screen.
    pub const fn lang(self) -> Lang {
        match self {
            Self::Japanese | Self::PlainJapanese => Lang::Ja,
            Self::English => Lang::En,
        }
    }

    /// Its name, for a sentence.
    pub fn words(self, lang: Lang) -> String {
        match self {
            Self::Japanese => say!(lang, "日本語", "Japanese"),
            Self::PlainJapanese => say!(lang, "やさしい日本語", "plain Japanese"),
            Self::English => say!(lang, "英語", "English"),
        }
    }
}

impl From<Lang> for ShownIn {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Ja => Self::Japanese,
            Lang::En => Self::English,
        }
    }
}

/// Words for the screen in both languages, side by side: `say!(lang, "あと{n}分", "{n} min left")` gives a `String`.
/// Inline arguments as in `format!`.
#[macro_export]
macro_rules! say {
    ($lang:expr, $ja:literal, $en:literal $(,)?) => {
        match $lang {
            $crate::lang::Lang::Ja => ::std::format!($ja),
            $crate::lang::Lang::En => ::std::format!($en),
        }
    };
}

#[cfg(test)]
mod tests {
    use super::{Lang, ShownIn};

    #[test]
    fn where_there_is_no_english_the_japanese_is_shown() {
        assert_eq!(Lang::En.either("規程", "Policy"), "Policy");
        assert_eq!(Lang::En.either("規程", ""), "規程");
        assert_eq!(Lang::Ja.either("規程", "Policy"), "規程");
    }

    #[test]
    fn a_tag_reads_back_and_an_unknown_tag_is_nothing() {
        for lang in [Lang::Ja, Lang::En] {
            assert_eq!(Lang::from_tag(lang.tag()), Some(lang));
        }
        assert_eq!(Lang::from_tag("fr"), None);
        for shown in [ShownIn::Japanese, ShownIn::PlainJapanese, ShownIn::English] {
            assert_eq!(ShownIn::from_tag(shown.tag()), Some(shown));
        }
        assert_eq!(Lang::from_tag(ShownIn::PlainJapanese.tag()), None, "no language of the screen");
    }

    #[test]
    fn words_are_chosen_by_language_and_take_inline_arguments() {
        let n = 4;
        assert_eq!(say!(Lang::Ja, "あと{n}分", "{n} min left"), "あと4分");
        assert_eq!(say!(Lang::En, "あと{n}分", "{n} min left"), "4 min left");
    }
}
