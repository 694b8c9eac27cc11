//! A rate, never without its two counts.

use crate::{Lang, say};
use leptos::prelude::*;

/// So many of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Those who have.
    pub done: u32,
    /// Those who should.
    pub of: u32,
}

impl Rate {
    /// Tenths of a per cent, rounded down, so that 99.95 % never reads as 100 %. `None` when nobody should.
    pub fn tenths(self) -> Option<u32> {
        (self.of > 0)
            .then(|| u32::try_from(u64::from(self.done) * 1000 / u64::from(self.of)).unwrap_or(u32::MAX))
    }

    /// The per cent alone: `97.6%`, for a cell whose counts stand beside it; `―` when nobody should.
    pub fn percent(self) -> String {
        self.tenths().map_or_else(|| "―".to_owned(), |tenths| format!("{}.{}%", tenths / 10, tenths % 10))
    }

    /// The rate with its counts: 「97.6%（205 / 210人）」.
    pub fn words(self, lang: Lang) -> String {
        let Self { done, of } = self;
        let percent = self.percent();
        say!(lang, "{percent}（{done} / {of}人）", "{percent} ({done} of {of} people)")
    }
}

/// A rate on the page.
#[component]
pub fn RateLine(
    /// The rate.
    rate: Rate,
    /// Language of the page.
    lang: Lang,
) -> AnyView {
    view! { <span class="rate">{rate.words(lang)}</span> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::Rate;
    use crate::Lang;

    #[test]
    fn a_rate_is_rounded_down_and_shows_both_counts() {
        assert_eq!(Rate { done: 205, of: 210 }.words(Lang::Ja), "97.6%（205 / 210人）");
        assert_eq!(Rate { done: 1999, of: 2000 }.percent(), "99.9%");
        assert_eq!(Rate { done: 3, of: 3 }.words(Lang::En), "100.0% (3 of 3 people)");
    }

    #[test]
    fn nobody_of_nobody_is_not_a_hundred_per_cent() {
        assert_eq!(Rate { done: 0, of: 0 }.percent(), "―");
    }
}
