//! How the screen should look.

use crate::lang::Lang;
use crate::page::TextSize;

/// Display settings. POST to [`crate::paths::SETTINGS`]: `lang`, `text_size` (codes of [`TextSize`]), `furigana` and
/// `calm` (`on` or absent), `return_to`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Language.
    pub lang: Lang,
    /// Readings above kanji in course text.
    pub furigana: bool,
    /// Size of the text.
    pub text_size: TextSize,
    /// No motion.
    pub calm: bool,
    /// Local path to go back to.
    pub return_to: Option<String>,
    /// The settings have just been saved.
    pub saved: bool,
}
