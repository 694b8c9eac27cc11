//! The two languages of the screen.

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

    /// The language that the switch offers: there are two.
    pub const fn other(self) -> Self {
        match self {
            Self::Ja => Self::En,
            Self::En => Self::Ja,
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
    use super::Lang;

    #[test]
    fn a_tag_reads_back_and_an_unknown_tag_is_nothing() {
        for lang in [Lang::Ja, Lang::En] {
            assert_eq!(Lang::from_tag(lang.tag()), Some(lang));
        }
        assert_eq!(Lang::from_tag("fr"), None);
    }

    #[test]
    fn words_are_chosen_by_language_and_take_inline_arguments() {
        let n = 4;
        assert_eq!(say!(Lang::Ja, "あと{n}分", "{n} min left"), "あと4分");
        assert_eq!(say!(Lang::En, "あと{n}分", "{n} min left"), "4 min left");
    }
}
