//! Which track of the year somebody has, and the fact that led to it.

use crate::ui::written::Written;
use crate::{Lang, say};
use leptos::prelude::*;

/// Why a track is somebody's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrackReason {
    /// They manage a department.
    Manager,
    /// They had joined lately.
    New,
    /// Their profession, in the words of the staff list.
    Profession(String),
    /// The department in which they work, in the words of the staff list.
    Department(String),
    /// No other track is for them.
    Everybody,
}

/// A track as somebody has it in one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackOf {
    /// What it is called.
    pub title: String,
    /// Why it is theirs; `None` where the records do not say.
    pub reason: Option<TrackReason>,
}

impl TrackOf {
    /// The track and its reason, told to whoever has it.
    pub(crate) fn told(self, lang: Lang) -> AnyView {
        let Self { title, reason } = self;
        let because = reason.map(|reason| reason.told(lang));
        view! {
            {say!(lang, "研修の区分は「", "Your track is “")}
            <Written text=title lang/>
            {say!(lang, "」です。", "”. ")}
            {because}
        }
        .into_any()
    }

    /// The track and its reason in short, for whoever looks at a record.
    pub(crate) fn noted(&self, lang: Lang) -> String {
        let title = &self.title;
        match self.reason.as_ref().map(|reason| reason.noted(lang)) {
            Some(reason) => say!(lang, "{title}（{reason}）", "{title} ({reason})"),
            None => title.clone(),
        }
    }
}

impl TrackReason {
    fn told(self, lang: Lang) -> AnyView {
        match self {
            Self::Manager => say!(
                lang,
                "割り当てた日に、部署の所属長だったためです。",
                "You managed a department on the day it was assigned.",
            )
            .into_any(),
            Self::New => say!(
                lang,
                "割り当てた日に、入職して間もなかったためです。",
                "You had joined lately on the day it was assigned.",
            )
            .into_any(),
            Self::Profession(word) => view! {
                {say!(lang, "割り当てた日の職種が「", "Your profession on the day it was assigned was ")}
                <Written text=word lang/>
                {say!(lang, "」だったためです。", ".")}
            }
            .into_any(),
            Self::Department(word) => view! {
                {say!(lang, "割り当てた日の所属が「", "On the day it was assigned you worked in ")}
                <Written text=word lang/>
                {say!(lang, "」だったためです。", ".")}
            }
            .into_any(),
            Self::Everybody => say!(
                lang,
                "ほかの区分に当てはまらない人が受けます。",
                "It is for everybody whom no other track is for.",
            )
            .into_any(),
        }
    }

    fn noted(&self, lang: Lang) -> String {
        match self {
            Self::Manager => say!(lang, "所属長のため", "manages a department"),
            Self::New => say!(lang, "入職して間もないため", "joined lately"),
            Self::Profession(word) => say!(lang, "職種 {word}", "profession {word}"),
            Self::Department(word) => say!(lang, "所属 {word}", "department {word}"),
            Self::Everybody => say!(lang, "ほかの区分に当てはまらないため", "no other track fits"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{TrackOf, TrackReason};
    use crate::Lang;

    #[test]
    fn a_track_is_told_with_the_fact_that_led_to_it() {
        let track = TrackOf { title: "所属長".into(), reason: Some(TrackReason::Manager) };
        assert_eq!(track.noted(Lang::Ja), "所属長（所属長のため）");
        let nurse = TrackReason::Profession("看護師".into());
        let care = TrackOf { title: "Nursing".into(), reason: Some(nurse) };
        assert_eq!(care.noted(Lang::En), "Nursing (profession 看護師)");
        assert_eq!(TrackOf { reason: None, ..care }.noted(Lang::Ja), "Nursing");
    }
}
