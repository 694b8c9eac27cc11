//! Files that take long to make: the inspection binder, and lists of many people. They are asked for, made beside the pages, and taken later.

mod binders;
mod job;
mod lists;
mod watch;

pub use binders::{AskFault, BinderForm, BindersPage, HashCheck};
pub use job::{JobActions, JobPage};
pub use lists::ExportsPage;

use crate::day::Moment;
use crate::reports::AsOf;
use crate::ui::icon::{Icon, Shape};
use crate::ui::written::Written;
use crate::ui::{Pager, Sheet};
use crate::{Lang, say};
use leptos::prelude::*;

/// Why a file was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureView {
    /// The disk is full.
    NoSpace,
    /// The database did not answer.
    Database,
    /// The server was stopped in the middle of it again and again.
    Interrupted,
    /// Whoever asked may no longer have it.
    NotAllowed,
    /// Something else, which stands in the server's log.
    Inside,
}

impl FailureView {
    /// What happened, and what helps.
    pub fn words(self, lang: Lang) -> String {
        match self {
            Self::NoSpace => say!(
                lang,
                "サーバーの保存場所がいっぱいで、ファイルを書けませんでした。システムの担当者に空きを増やしてもらってから、もう一度作ってください。",
                "The server’s disk is full, so the file could not be written. Have space freed, then try again."
            ),
            Self::Database => say!(
                lang,
                "データベースから記録を読めませんでした。少し待ってから、もう一度作ってください。",
                "The records could not be read from the database. Wait a little, then try again."
            ),
            Self::Interrupted => say!(
                lang,
                "作っている途中でサーバーが何度も止まりました。システムの担当者に知らせてから、もう一度作ってください。",
                "The server stopped again and again while making it. Tell whoever runs the server, then try again."
            ),
            Self::NotAllowed => say!(
                lang,
                "依頼した人の権限が変わったため、作りませんでした。",
                "Whoever asked for it may no longer have it, so it was not made."
            ),
            Self::Inside => say!(
                lang,
                "システムの内部で問題が起きました。もう一度作ってもできないときは、システムの担当者に知らせてください。",
                "Something went wrong inside. If it fails again, tell whoever runs the server."
            ),
        }
    }
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobState {
    /// Nobody has begun yet.
    Waiting,
    /// So many steps of so many.
    Working {
        /// Done.
        done: u32,
        /// In all.
        of: u32,
    },
    /// It can be taken.
    Finished,
    /// It was not made.
    Failed(FailureView),
    /// Somebody withdrew it.
    Withdrawn,
    /// It was made, and is gone.
    Removed {
        /// When.
        at: Moment,
        /// By whom; nobody when its time was over.
        by: Option<String>,
        /// Why.
        why: String,
    },
}

impl JobState {
    /// Whether something is still to come.
    pub const fn is_under_way(&self) -> bool {
        matches!(self, Self::Waiting | Self::Working { .. })
    }

    const fn shape(&self) -> Shape {
        match self {
            Self::Waiting | Self::Working { .. } => Shape::Clock,
            Self::Finished => Shape::Tick,
            Self::Failed(_) => Shape::Alarm,
            Self::Withdrawn | Self::Removed { .. } => Shape::Cross,
        }
    }

    /// In a word or two.
    pub fn word(&self, lang: Lang) -> String {
        match self {
            Self::Waiting => say!(lang, "順番待ち", "Waiting"),
            Self::Working { done, of } => {
                let percent = percent(*done, *of);
                say!(lang, "作成中 {percent}%", "Being made, {percent} %")
            }
            Self::Finished => say!(lang, "できました", "Ready"),
            Self::Failed(_) => say!(lang, "作れませんでした", "Not made"),
            Self::Withdrawn => say!(lang, "取りやめ", "Withdrawn"),
            Self::Removed { .. } => say!(lang, "削除済み", "Removed"),
        }
    }
}

/// So many of a hundred, and never all of them before the end.
fn percent(done: u32, of: u32) -> u32 {
    if of == 0 { 0 } else { (u64::from(done) * 100 / u64::from(of)).try_into().unwrap_or(99).min(99) }
}

/// A file in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobLine {
    /// Its page.
    pub href: String,
    /// Title of the training.
    pub title: String,
    /// As of when.
    pub as_of: AsOf,
    /// What else it was narrowed to, as names and values.
    pub conditions: Vec<(String, String)>,
    /// Who asked.
    pub by: String,
    /// When.
    pub at: Moment,
    /// What became of it.
    pub state: JobState,
    /// Its length in bytes.
    pub size: Option<u64>,
    /// Its SHA-256.
    pub sha256: Option<String>,
}

/// A length as people read it: 1.2 MB.
pub fn length(bytes: u64) -> String {
    const KILO: u64 = 1_000;
    match bytes {
        0..KILO => format!("{bytes} B"),
        KILO..1_000_000 => format!("{} kB", bytes.div_ceil(KILO)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// The mark and the word of a state.
fn state_tag(state: &JobState, lang: Lang) -> AnyView {
    let (shape, word) = (state.shape(), state.word(lang));
    view! { <span class="job-state"><Icon shape/><span>{word}</span></span> }.into_any()
}

/// Which part of a list is shown, and the ways to the parts beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// First line, from 1.
    pub first: u32,
    /// Last line.
    pub last: u32,
    /// Lines in all.
    pub of: u32,
    /// Address of the page before.
    pub before: Option<String>,
    /// Address of the page after.
    pub after: Option<String>,
}

/// The list of files.
fn job_list(caption: String, lines: Vec<JobLine>, part: Part, lang: Lang) -> AnyView {
    let heads = [
        say!(lang, "研修と時点", "Training and instant"),
        say!(lang, "状態", "State"),
        say!(lang, "依頼した人", "Asked by"),
        say!(lang, "依頼した日時", "Asked at"),
        say!(lang, "大きさとSHA-256", "Size and SHA-256"),
    ];
    let head = heads.iter().map(|words| view! { <th scope="col">{words.clone()}</th> }).collect_view();
    let rows = lines.into_iter().map(|line| row(line, &heads, lang)).collect_view();
    let Part { first, last, of, before, after } = part;
    view! {
        <Sheet id="jobs" caption quiet=true>
            <thead><tr>{head}</tr></thead>
            <tbody>{rows}</tbody>
        </Sheet>
        <Pager lang first last of before after/>
    }
    .into_any()
}

fn row(line: JobLine, heads: &[String; 5], lang: Lang) -> AnyView {
    let JobLine { href, title, as_of, conditions, by, at, state, size, sha256 } = line;
    let [_, states, who, when, file] = heads.clone();
    let narrowed: Vec<String> = conditions
        .into_iter()
        .map(|(name, value)| say!(lang, "{name}：{value}", "{name}: {value}"))
        .collect();
    let narrowed = narrowed.join(&say!(lang, "、", ", "));
    view! {
        <tr>
            <th scope="row">
                <a href=href><Written text=title lang/>" "<span class="nowrap">{as_of.words(lang)}</span></a>
                {(!narrowed.is_empty()).then(|| view! { <span class="job__narrowed"><Written text=narrowed lang/></span> })}
            </th>
            <td data-label=states>{state_tag(&state, lang)}</td>
            <td data-label=who><Written text=by lang/></td>
            <td data-label=when><span class="nowrap">{at.minutes(lang)}</span></td>
            <td data-label=file>
                <span>
                    {size.map(length)}
                    {sha256.map(|hash| view! { " "<code class="audit__hash">{hash}</code> })}
                </span>
            </td>
        </tr>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_being_made_is_never_said_to_be_whole() {
        assert_eq!(percent(0, 0), 0);
        assert_eq!(percent(1, 3), 33);
        assert_eq!(percent(20, 20), 99);
    }

    #[test]
    fn lengths_are_rounded_to_what_people_read() {
        for (bytes, words) in
            [(12, "12 B"), (1_200, "2 kB"), (2_345_678, "2.3 MB"), (120_000_000, "120.0 MB")]
        {
            assert_eq!(length(bytes), words);
        }
    }
}
