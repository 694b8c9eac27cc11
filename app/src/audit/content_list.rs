//! Every edition of every module and policy that was ever shown.

use super::leaf::{LeafMark, LeafRef};
use super::trail;
use crate::day::Moment;
use crate::page::Page;
use crate::ui::{Say, Sheet, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// What sort of content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentKind {
    /// A module.
    Module,
    /// A policy.
    Policy,
}

impl ContentKind {
    pub(super) fn words(self, lang: Lang) -> String {
        match self {
            Self::Module => say!(lang, "教材", "Module"),
            Self::Policy => say!(lang, "規程", "Policy"),
        }
    }
}

/// An edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentLine {
    /// What sort.
    pub kind: ContentKind,
    /// Its title then.
    pub title: Words,
    /// SHA-256 of its text.
    pub revision: String,
    /// Where it can be read.
    pub href: String,
    /// From when on it was shown.
    pub published: Moment,
    /// It is shown now.
    pub present: bool,
    /// The leaf of its publication.
    pub leaf: LeafRef,
}

/// The list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentList {
    /// Newest first.
    pub lines: Vec<ContentLine>,
}

impl Page for ContentList {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "教材と規程（監査）", "Content and policies (audit)")
    }

    fn view(self, lang: Lang) -> AnyView {
        let heads = [
            say!(lang, "名前", "Title"),
            say!(lang, "種類", "Kind"),
            say!(lang, "公開した日時", "Published"),
            say!(lang, "本文のSHA-256", "SHA-256 of the text"),
            say!(lang, "証跡", "Leaf"),
        ];
        let head = heads.iter().map(|words| view! { <th scope="col">{words.clone()}</th> }).collect_view();
        let rows = self
            .lines
            .into_iter()
            .map(|line| {
                let ContentLine { kind, title, revision, href, published, present, leaf } = line;
                let [_, sort, when, hash, proof] = heads.clone();
                let present = present
                    .then(|| view! { <span class="audit__now">{say!(lang, "使用中", "in use")}</span> });
                view! {
                    <tr>
                        <th scope="row"><a href=href><Say words=title page=lang/></a>{present}</th>
                        <td data-label=sort><span class="nowrap">{kind.words(lang)}</span></td>
                        <td data-label=when><span class="nowrap">{published.seconds(lang)}</span></td>
                        <td data-label=hash><code class="audit__hash">{revision}</code></td>
                        <td data-label=proof><LeafMark leaf lang/></td>
                    </tr>
                }
            })
            .collect_view();
        let caption = say!(lang, "公開したすべての版", "Every edition that was published");
        view! {
            <div class="audit">
                {trail(lang, None)}
                <h1>{say!(lang, "教材と規程", "Content and policies")}</h1>
                <p>{say!(
                    lang,
                    "受講者に示した文章と設問を、版ごとに残しています。文字が一つでも違えば、SHA-256が変わります。",
                    "What was shown and asked is kept edition by edition. If one letter differs, so does the SHA-256.",
                )}</p>
                <Sheet id="contents" caption quiet=true>
                    <thead><tr>{head}</tr></thead>
                    <tbody>{rows}</tbody>
                </Sheet>
            </div>
        }
        .into_any()
    }
}
