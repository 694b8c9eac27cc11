//! One edition of a module or a policy, page by page, as it was shown, with what was asked, what could be answered and why each answer
//! was worth what it was.

use super::content_list::ContentKind;
use super::leaf::{LeafMark, LeafRef};
use super::trail;
use crate::day::Moment;
use crate::page::Page;
use crate::ui::{
    Block, Crumb, Device, Fact, Facts, LinkButton, Notice, PostView, PrintButton, Prose, Say, Shape, Tone,
    Verdict, VerdictTag, Weight, Words,
};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// What sort of page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// A page to read.
    Reading,
    /// A single question.
    Question,
    /// A point of a story.
    Scene,
    /// A wording of a question of the final test.
    Test,
    /// A clause of a policy.
    Clause,
    /// What the signer ticks.
    Statement,
}

impl PartKind {
    /// In words.
    pub fn words(self, lang: Lang) -> String {
        match self {
            Self::Reading => say!(lang, "読むページ", "Page to read"),
            Self::Question => say!(lang, "設問", "Question"),
            Self::Scene => say!(lang, "場面", "Scene"),
            Self::Test => say!(lang, "確認テスト", "Final test"),
            Self::Clause => say!(lang, "条", "Clause"),
            Self::Statement => say!(lang, "署名する文", "What is signed"),
        }
    }
}

/// Something that could be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentChoice {
    /// The answer.
    pub text: Words,
    /// What it is worth, where it is judged by itself.
    pub verdict: Option<Verdict>,
    /// Why.
    pub why: Option<Words>,
}

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentPart {
    /// What sort.
    pub kind: PartKind,
    /// The name by which answers and tables name it; empty for pages that ask nothing.
    pub place: String,
    /// Its heading.
    pub title: Option<Words>,
    /// A question that must be answered well before the module ends.
    pub must: bool,
    /// What is told.
    pub told: Vec<Words>,
    /// Running text.
    pub body: Vec<Block>,
    /// Posts of the invented networks.
    pub posts: Vec<PostView>,
    /// A drawing: its address and what it shows.
    pub picture: Option<(String, Words)>,
    /// The question.
    pub ask: Option<Words>,
    /// What could be answered.
    pub choices: Vec<ContentChoice>,
}

/// The edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentPage {
    /// What sort.
    pub kind: ContentKind,
    /// Its title.
    pub title: Words,
    /// Version of a policy.
    pub version: Option<u32>,
    /// From when on it was shown.
    pub published: Moment,
    /// The SHA-256 that names it.
    pub revision: String,
    /// The SHA-256 of the stored text, computed now, is the same.
    pub matches: bool,
    /// The leaf of its publication.
    pub leaf: LeafRef,
    /// The exact text of which the SHA-256 is taken.
    pub text: String,
    /// Its pages, in order.
    pub parts: Vec<ContentPart>,
}

impl Page for ContentPage {
    fn title(&self, lang: Lang) -> String {
        let title = self.title.text();
        say!(lang, "{title}（監査）", "{title} (audit)")
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { kind, title, version, published, revision, matches, leaf, text, parts } = self;
        let mut facts = vec![Fact::text(say!(lang, "種類", "Kind"), kind.words(lang))];
        if let Some(version) = version {
            facts.push(Fact::text(say!(lang, "版", "Version"), version.to_string()));
        }
        facts.push(Fact {
            name: say!(lang, "公開", "Published"),
            value: view! { <p>{published.seconds(lang)}</p><LeafMark leaf lang/> }.into_any(),
        });
        facts.push(Fact {
            name: say!(lang, "本文のSHA-256", "SHA-256 of the text"),
            value: view! { <code class="audit__hash">{revision}</code> }.into_any(),
        });
        let notice = if matches {
            let title = say!(
                lang,
                "本文から計算し直した値と一致しています",
                "The text, hashed again just now, still has this SHA-256"
            );
            view! { <Notice tone=Tone::Done title=title/> }
        } else {
            let title = say!(
                lang,
                "本文が書き換えられています。SHA-256が一致しません",
                "The text was altered: its SHA-256 is another"
            );
            view! { <Notice tone=Tone::Warn title=title/> }
        };
        let parts = (1_u16..).zip(parts).map(|(n, part)| part_view(part, n, lang)).collect_view();
        let list = Crumb {
            words: say!(lang, "教材と規程", "Content and policies"),
            href: paths::AUDIT_CONTENT.to_owned(),
        };
        view! {
            <div class="audit">
                {trail(lang, Some(list))}
                <h1><Say words=title page=lang/></h1>
                <Facts facts/>
                {notice}
                <LinkButton
                    href=text
                    words=say!(lang, "本文をそのまま保存（JSON）", "Save the exact text (JSON)")
                    weight=Weight::Side
                    shape=Shape::Save
                />
                <ol class="audit-parts" role="list">{parts}</ol>
                <PrintButton lang/>
            </div>
        }
        .into_any()
    }
}

fn part_view(part: ContentPart, n: u16, lang: Lang) -> AnyView {
    let ContentPart { kind, place, title, must, told, body, posts, picture, ask, choices } = part;
    let id = format!("part-{n}");
    let named = id.clone();
    let heading = title.or_else(|| ask.clone());
    // A heading that is the question itself is not said twice.
    let ask = ask.filter(|ask| Some(ask) != heading.as_ref());
    let heading = match heading {
        Some(words) => view! { <Say words page=lang/> }.into_any(),
        None => kind.words(lang).into_any(),
    };
    let place = (!place.is_empty()).then(|| view! { <code>{place}</code> });
    let must = must.then(|| view! { <span class="audit__now">{say!(lang, "必須", "required")}</span> });
    let told = told.into_iter().map(|words| view! { <p><Say words page=lang/></p> }).collect_view();
    let feed = (!posts.is_empty()).then(|| view! { <Device posts level=3 lang/> });
    let picture = picture.map(|(src, say)| {
        let said = (say.lang != lang).then(|| say.lang.tag());
        view! { <img class="audit-part__picture" src=src alt=say.text() lang=said loading="lazy"/> }
    });
    let choices = choices.into_iter().map(|choice| choice_view(choice, lang)).collect::<Vec<_>>();
    view! {
        <li class="audit-part" aria-labelledby=named>
            <p class="audit-part__kind"><span>{n}</span><span>{kind.words(lang)}</span>{must}{place}</p>
            <h2 class="audit-part__title" id=id>{heading}</h2>
            {told}
            {(!body.is_empty()).then(|| view! { <Prose body page=lang/> })}
            {feed}
            {picture}
            {ask.map(|words| view! { <p class="audit-part__ask"><Say words page=lang/></p> })}
            {(!choices.is_empty()).then(|| view! { <ul class="audit-part__choices" role="list">{choices}</ul> })}
        </li>
    }
    .into_any()
}

fn choice_view(choice: ContentChoice, lang: Lang) -> AnyView {
    let ContentChoice { text, verdict, why } = choice;
    view! {
        <li class="audit-choice">
            <p class="audit-choice__text"><Say words=text page=lang/>{verdict.map(|verdict| view! { <VerdictTag verdict lang/> })}</p>
            {why.map(|words| view! { <p class="audit-choice__why"><Say words page=lang/></p> })}
        </li>
    }
    .into_any()
}
