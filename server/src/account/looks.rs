//! How a visitor likes to read who has not signed in: kept in a cookie, as the language is.

use kokoroe_app::TextSize;

/// Everything but the language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looks {
    /// Furigana.
    pub furigana: bool,
    /// Plain Japanese.
    pub easy: bool,
    /// Size of the text.
    pub text_size: TextSize,
    /// No motion.
    pub calm: bool,
}

impl Looks {
    /// The value of the cookie: `furigana.easy.large.calm`, each part absent where it is not asked for.
    #[must_use]
    pub fn text(self) -> String {
        let parts = [
            self.furigana.then_some("furigana"),
            self.easy.then_some("easy"),
            (self.text_size != TextSize::default()).then_some(self.text_size.code()),
            self.calm.then_some("calm"),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(".")
    }

    /// Reads [`Looks::text`]. A part that nobody wrote means nothing.
    #[must_use]
    pub fn read(text: &str) -> Self {
        text.split('.').fold(Self::default(), |looks, part| match (part, TextSize::from_code(part)) {
            ("furigana", _) => Self { furigana: true, ..looks },
            ("easy", _) => Self { easy: true, ..looks },
            ("calm", _) => Self { calm: true, ..looks },
            (_, Some(text_size)) => Self { text_size, ..looks },
            (_, None) => looks,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again_and_anything_else_is_nothing() {
        for (furigana, easy, calm) in (0..8).map(|n| (n & 1 > 0, n & 2 > 0, n & 4 > 0)) {
            for text_size in TextSize::ALL {
                let looks = Looks { furigana, easy, text_size, calm };
                assert_eq!(Looks::read(&looks.text()), looks);
            }
        }
        assert_eq!(Looks::default().text(), "");
        assert_eq!(Looks::read("huge.<script>.."), Looks::default());
    }
}
