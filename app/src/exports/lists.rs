//! Lists of many people that were asked for as files.

use super::{JobLine, Part, job_list};
use crate::page::{Page, PageKind};
use crate::ui::Trail;
use crate::ui::trail::Crumb;
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// The page: what the reader asked for themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportsPage {
    /// Newest first.
    pub lines: Vec<JobLine>,
    /// Which of them.
    pub part: Part,
    /// A file goes by itself after so many days.
    pub kept_days: u32,
}

impl Page for ExportsPage {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "作ったファイル", "Files")
    }

    fn kind(&self) -> PageKind {
        PageKind::Wide
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { lines, part, kept_days } = self;
        let crumbs = vec![Crumb {
            words: say!(lang, "全体の状況", "The whole hospital"),
            href: paths::OFFICE.to_owned(),
        }];
        let list = if lines.is_empty() {
            view! { <p class="report__empty">{say!(lang, "ファイルはありません。", "There are no files.")}</p> }.into_any()
        } else {
            job_list(say!(lang, "作ったファイル", "Files"), lines, part, lang)
        };
        view! {
            <div class="report">
                <Trail crumbs lang/>
                <h1>{say!(lang, "作ったファイル", "Files")}</h1>
                <p class="lead">{say!(
                    lang,
                    "人数の多い名簿は、時間がかかるため、ここで作ります。できてから{kept_days}日で消えます。",
                    "Lists of many people take long and are made here. They go by themselves after {kept_days} days.",
                )}</p>
                {list}
            </div>
        }
        .into_any()
    }
}
