//! For whom a training is, in words.

use crate::day::Day;
use crate::ui::written::Written;
use crate::{Lang, say};
use leptos::prelude::*;

/// Who owes something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AudienceView {
    /// Only whom somebody gave it to by name.
    pub named: bool,
    /// Names of departments.
    pub departments: Vec<String>,
    /// Professions.
    pub professions: Vec<String>,
    /// Sorts of employment.
    pub employments: Vec<String>,
    /// Only managers.
    pub managers: bool,
    /// Joined on this day or later.
    pub joined_from: Option<Day>,
    /// Joined before this day.
    pub joined_before: Option<Day>,
    /// Last signed an earlier version of the policy than this.
    pub signed_before: Option<u32>,
    /// Who is left out: departments, professions, sorts of employment and names.
    pub except: Vec<String>,
}

impl AudienceView {
    /// In one line, for lists.
    pub fn short(&self, lang: Lang) -> String {
        if self.named {
            return say!(lang, "名前を挙げた人だけ", "People named one by one");
        }
        let comma = say!(lang, "、", ", ");
        let mut parts: Vec<String> = [&self.departments, &self.professions, &self.employments]
            .into_iter()
            .filter(|words| !words.is_empty())
            .map(|words| words.join(&comma))
            .collect();
        if self.managers {
            parts.push(say!(lang, "所属長", "managers"));
        }
        parts.extend(self.joined(lang));
        parts.extend(self.signed(lang));
        if parts.is_empty() {
            parts.push(say!(lang, "全職員", "Everybody"));
        }
        let all = parts.join(&say!(lang, "・", "; "));
        if self.except.is_empty() {
            all
        } else {
            let except = self.except.join(&comma);
            say!(lang, "{all}（{except}を除く）", "{all} (but not {except})")
        }
    }

    fn signed(&self, lang: Lang) -> Option<String> {
        self.signed_before.map(|version| {
            say!(
                lang,
                "規程の第{version}版より前の版に署名した人",
                "signed a version of the policy before version {version}"
            )
        })
    }

    fn joined(&self, lang: Lang) -> Option<String> {
        match (self.joined_from, self.joined_before) {
            (None, None) => None,
            (Some(from), None) => {
                let from = from.plain(lang);
                Some(say!(lang, "{from}以後に入職した人", "joined on or after {from}"))
            }
            (None, Some(before)) => {
                let before = before.plain(lang);
                Some(say!(lang, "{before}より前に入職した人", "joined before {before}"))
            }
            (Some(from), Some(before)) => {
                let (from, before) = (from.plain(lang), before.plain(lang));
                Some(say!(
                    lang,
                    "{from}から{before}の前の日までに入職した人",
                    "joined on or after {from} and before {before}"
                ))
            }
        }
    }

    /// As a list, each line one condition.
    pub(super) fn lines(&self, lang: Lang) -> AnyView {
        let mut lines: Vec<(String, Vec<String>)> = Vec::new();
        if self.named {
            lines.push((say!(lang, "名前を挙げた人だけ", "People named one by one"), Vec::new()));
        }
        for (label, words) in [
            (say!(lang, "部署", "Department"), &self.departments),
            (say!(lang, "職種", "Profession"), &self.professions),
            (say!(lang, "雇用区分", "Employment"), &self.employments),
        ] {
            if !words.is_empty() {
                lines.push((label, words.clone()));
            }
        }
        if self.managers {
            lines.push((say!(lang, "所属長", "Managers"), Vec::new()));
        }
        lines.extend(self.joined(lang).map(|words| (words, Vec::new())));
        lines.extend(self.signed(lang).map(|words| (words, Vec::new())));
        if lines.is_empty() {
            lines.push((say!(lang, "全職員", "Everybody"), Vec::new()));
        }
        if !self.except.is_empty() {
            lines.push((say!(lang, "除く", "But not"), self.except.clone()));
        }
        let comma = say!(lang, "、", ", ");
        let lines = lines
            .into_iter()
            .map(|(label, words)| {
                let words = words.join(&comma);
                let words =
                    (!words.is_empty()).then(|| view! { {say!(lang, "：", ": ")}<Written text=words lang/> });
                view! { <li>{label}{words}</li> }
            })
            .collect_view();
        view! { <ul role="list">{lines}</ul> }.into_any()
    }
}
