//! A post of an invented network. Each carries the mark 「研修用・架空」, so that no picture of the screen passes for real.

use crate::lang::Lang;
use crate::say;
use crate::ui::face::{Face, FaceDrawing};
use crate::ui::icon::Icon;
use crate::ui::look::{LookView, Owner, looks_view};
use crate::ui::say::{Say, Words};
use crate::ui::skin::{Counts, Skin};
use crate::ui::storyboard::{FrameView, storyboard};
use leptos::prelude::*;

/// A picture in a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostPicture {
    /// Address of the drawing.
    pub src: String,
    /// What can be seen on it.
    pub say: Words,
}

/// Another post, shown inside one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteView {
    /// Invented name of its author.
    pub author: Words,
    /// Invented handle.
    pub handle: Option<String>,
    /// The author's face.
    pub face: Face,
    /// Its text.
    pub text: Words,
    /// Its picture.
    pub picture: Option<PostPicture>,
}

/// The post that another one answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyTo {
    /// Its id, as in [`PostView::id`]. It need not stand on the same page.
    pub id: String,
    /// Invented name of its author.
    pub author: Words,
}

/// A post as it stands in the feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostView {
    /// Unique on its page; becomes part of element ids.
    pub id: String,
    /// The network it stands in.
    pub skin: Skin,
    /// Invented name of the author.
    pub author: Words,
    /// Invented handle, with its sign.
    pub handle: Option<String>,
    /// The author's face.
    pub face: Face,
    /// What the author says of themselves.
    pub about: Option<Words>,
    /// The learner's own part in the story: in a talk it stands on the right.
    pub mine: bool,
    /// Time of the story at which it was written, as shown: `1:09`.
    pub at: Option<String>,
    /// The text; a line break in it is kept.
    pub text: Words,
    /// One sentence that says what kind of post this is, for people who listen.
    pub say: Words,
    /// Stars of a review, 1–5.
    pub stars: Option<u8>,
    /// The invented place that a review is about.
    pub place: Option<Words>,
    /// Picture in the post.
    pub picture: Option<PostPicture>,
    /// Frames of a short video.
    pub frames: Vec<FrameView>,
    /// The post it quotes.
    pub quote: Option<QuoteView>,
    /// The post that it answers.
    pub reply_to: Option<ReplyTo>,
    /// What can be looked at more closely.
    pub looks: Vec<LookView>,
    /// The counts now.
    pub counts: Counts,
    /// The counts before the last answer, where they were others.
    pub before: Option<Counts>,
    /// Arrived with the last answer.
    pub fresh: bool,
    /// It came by itself, so it may wait behind a line; what the question is about never does.
    pub waits: bool,
}

/// How a post stands among the others on its page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Its number on a board.
    pub(crate) number: Option<usize>,
    /// Whom it answers, where it does not hang beneath: a name, or a number of the board.
    pub(crate) answers: Option<String>,
    /// An own message of a talk that somebody has written after.
    pub(crate) read: bool,
    /// Things can be looked at: the page has the form for it.
    pub(crate) offered: bool,
}

/// A post as an article with a heading: author, time, text, picture, counts in words.
#[component]
pub fn Post(
    /// The post.
    post: PostView,
    /// Language of the page.
    lang: Lang,
    /// Level of its heading.
    #[prop(default = 2)]
    level: u8,
) -> AnyView {
    standing_post(post, Standing::default(), level, lang)
}

pub(crate) fn standing_post(post: PostView, standing: Standing, level: u8, lang: Lang) -> AnyView {
    let PostView {
        id,
        skin,
        author,
        handle,
        face,
        about,
        mine,
        at,
        text,
        say,
        stars,
        picture,
        frames,
        quote,
        looks,
        counts,
        before,
        fresh,
        ..
    } = post;
    let Standing { number, answers, read, offered } = standing;
    let name_id = format!("post-{id}-author");
    let say_id = format!("post-{id}-say");
    // The description of a picture says what the post is; nobody has to hear it twice.
    let described = picture.is_none().then(|| say_id.clone());
    let said = described
        .is_some()
        .then(|| view! { <p class="visually-hidden" id=say_id><Say words=say page=lang/></p> });
    let owner = Owner { name: author.clone(), handle: handle.clone(), about, face, mine };
    let who = view! {
        {number.map(|number| view! { <span class="post__number">{number}</span>" " })}
        <Say words=author page=lang/>
    };
    let labelled = name_id.clone();
    view! {
        <article
            class="post"
            data-skin=skin.code()
            data-mine=mine.then_some("")
            data-fresh=fresh.then_some("")
            tabindex=fresh.then_some("-1")
            aria-labelledby=labelled
            aria-describedby=described
        >
            <header class="post__head">
                <FaceDrawing face/>
                <div class="post__by">
                    {heading(level, name_id, who.into_any())}
                    <p class="post__meta">
                        {handle.filter(|_| skin.has_handles()).map(|handle| view! { <span>{handle}</span> })}
                        {at.map(|at| view! { <span>{at}</span> })}
                        {(mine && read && skin == Skin::Chat).then(|| view! { <span>{say!(lang, "既読", "Read")}</span> })}
                        {fresh.then(|| view! { <span class="post__new">{say!(lang, "新着", "New")}</span> })}
                        <span class="post__mark">{mark(lang)}</span>
                    </p>
                </div>
            </header>
            {said}
            {answers.map(|whom| view! { <p class="post__answers"><span aria-hidden="true">"↳ "</span>{whom}</p> })}
            {stars.map(|stars| view! { <Stars stars lang/> })}
            <p class="post__text"><Say words=text page=lang/></p>
            {quote.map(|quote| view! { <Quote quote lang/> })}
            {picture.map(|picture| view! { <Picture picture lang/> })}
            {(!frames.is_empty()).then(|| storyboard(frames, lang))}
            <CountList skin counts before lang/>
            {looks_view(looks, &owner, offered, lang)}
        </article>
    }
    .into_any()
}

/// The name of the author as a heading, so that one can go from post to post.
fn heading(level: u8, id: String, words: AnyView) -> AnyView {
    match level {
        0..=2 => view! { <h2 class="post__who" id=id>{words}</h2> }.into_any(),
        3 => view! { <h3 class="post__who" id=id>{words}</h3> }.into_any(),
        _ => view! { <h4 class="post__who" id=id>{words}</h4> }.into_any(),
    }
}

#[component]
fn Picture(picture: PostPicture, lang: Lang) -> AnyView {
    let PostPicture { src, say } = picture;
    view! {
        <div class="post__picture">
            <img src=src alt=say.text() lang=(say.lang != lang).then(|| say.lang.tag()) loading="lazy"/>
            <span class="post__mark post__mark--picture" aria-hidden="true">{mark(lang)}</span>
        </div>
    }
    .into_any()
}

#[component]
fn Quote(quote: QuoteView, lang: Lang) -> AnyView {
    let QuoteView { author, handle, face, text, picture } = quote;
    view! {
        <blockquote class="quote">
            <p class="quote__who">
                <FaceDrawing face/>
                <span class="visually-hidden">{say!(lang, "引用：", "Quoted: ")}</span>
                <b><Say words=author page=lang/></b>
                {handle.map(|handle| view! { " "<span class="quote__handle">{handle}</span> })}
            </p>
            <p class="quote__text"><Say words=text page=lang/></p>
            {picture.map(|picture| view! { <Picture picture lang/> })}
        </blockquote>
    }
    .into_any()
}

/// Stars as shapes, and in words for people who listen.
#[component]
fn Stars(stars: u8, lang: Lang) -> AnyView {
    let stars = stars.min(5);
    let full = "★".repeat(usize::from(stars));
    let empty = "☆".repeat(usize::from(5 - stars));
    view! {
        <p class="stars">
            <span class="stars__row" aria-hidden="true">{full}{empty}</span>
            <span class="stars__words">{say!(lang, "星 {stars}／5", "{stars} of 5 stars")}</span>
        </p>
    }
    .into_any()
}

/// Counts in words, with what the last answer has added.
#[component]
fn CountList(skin: Skin, counts: Counts, before: Option<Counts>, lang: Lang) -> AnyView {
    let lines = skin
        .counts(counts, before, lang)
        .into_iter()
        .map(|(shape, words, more)| {
            let more = more.map(|more| {
                view! { <b class="post__more"><span class="visually-hidden">{say!(lang, "、前より", ", since before: ")}</span>{format!("+{more}")}</b> }
            });
            view! { <li><Icon shape/><span>{words}</span>{more}</li> }
        })
        .collect::<Vec<_>>();
    (!lines.is_empty()).then(|| view! { <ul class="post__counts" role="list">{lines}</ul> }).into_any()
}

/// The mark in every post.
fn mark(lang: Lang) -> String {
    say!(lang, "研修用・架空", "Training, invented")
}
