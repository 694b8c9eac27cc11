//! A post of an invented network. Each carries the mark 「研修用・架空」, so that no picture of the screen passes for real.

use crate::lang::Lang;
use crate::say;
use crate::ui::icon::{Icon, Shape};
use crate::ui::say::{Say, Words};
use leptos::prelude::*;

/// The look of an invented network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Skin {
    /// つぶやき
    Short,
    /// ひろば
    Friends,
    /// フォトログ
    Photo,
    /// トーク
    Chat,
    /// 口コミ
    Review,
    /// ショート
    Video,
    /// けいじばん
    Board,
}

impl Skin {
    /// The invented name of the network.
    pub fn word(self, lang: Lang) -> String {
        match self {
            Self::Short => say!(lang, "つぶやき", "Tsubuyaki"),
            Self::Friends => say!(lang, "ひろば", "Hiroba"),
            Self::Photo => say!(lang, "フォトログ", "Photolog"),
            Self::Chat => say!(lang, "トーク", "Talk"),
            Self::Review => say!(lang, "口コミ", "Reviews"),
            Self::Video => say!(lang, "ショート", "Shorts"),
            Self::Board => say!(lang, "けいじばん", "Keijiban"),
        }
    }

    /// The name in class names.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Friends => "friends",
            Self::Photo => "photo",
            Self::Chat => "chat",
            Self::Review => "review",
            Self::Video => "video",
            Self::Board => "board",
        }
    }
}

/// A picture in a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostPicture {
    /// Address of the drawing.
    pub src: String,
    /// What can be seen on it.
    pub say: Words,
}

/// A post as it stands in the feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostView {
    /// Id of the post, unique on its page; becomes part of element ids.
    pub id: String,
    /// The network it stands in.
    pub skin: Skin,
    /// Invented name of the author.
    pub author: Words,
    /// Invented handle, with its sign.
    pub handle: Option<String>,
    /// Time of the story at which it was written, as shown: `1:09`.
    pub at: Option<String>,
    /// The text; a line break in it is kept.
    pub text: Words,
    /// One sentence that says what kind of post this is, for people who listen.
    pub say: Words,
    /// Picture in the post.
    pub picture: Option<PostPicture>,
    /// Likes.
    pub likes: u32,
    /// Replies.
    pub replies: u32,
    /// Shares.
    pub shares: u32,
    /// Arrived with the last answer.
    pub fresh: bool,
}

/// A post as an article: author, time, text, picture, counts in words.
#[component]
pub fn Post(
    /// The post.
    post: PostView,
    /// Language of the page.
    lang: Lang,
) -> AnyView {
    let PostView { id, skin, author, handle, at, text, say, picture, likes, replies, shares, fresh } = post;
    let initial = author.text().chars().next().map(String::from).unwrap_or_default();
    let author_id = format!("post-{id}-author");
    let say_id = format!("post-{id}-say");
    let counts = (skin != Skin::Chat).then(|| {
        view! {
            <ul class="post__counts" role="list">
                <li><Icon shape=Shape::Like/><span class="visually-hidden">{say!(lang, "いいね", "Likes")}" "</span>{likes}</li>
                <li><Icon shape=Shape::Reply/><span class="visually-hidden">{say!(lang, "返信", "Replies")}" "</span>{replies}</li>
                <li><Icon shape=Shape::Share/><span class="visually-hidden">{say!(lang, "共有", "Shares")}" "</span>{shares}</li>
            </ul>
        }
    });
    let picture = picture.map(|PostPicture { src, say }| {
        view! {
            <div class="post__picture">
                <img src=src alt=say.text() lang=(say.lang != lang).then(|| say.lang.tag()) loading="lazy"/>
                <span class="post__mark post__mark--picture" aria-hidden="true">{mark(lang)}</span>
            </div>
        }
    });
    let (named, described) = (author_id.clone(), say_id.clone());
    view! {
        <article class="post" data-skin=skin.code() data-fresh=fresh.then_some("") aria-labelledby=named aria-describedby=described>
            <header class="post__head">
                <span class="post__face" aria-hidden="true">{initial}</span>
                <p class="post__who" id=author_id>
                    <span class="post__author"><Say words=author page=lang/></span>
                    {handle.map(|handle| view! { " "<span class="post__handle">{handle}</span> })}
                    {at.map(|at| view! { " "<span class="post__at">{at}</span> })}
                </p>
                <span class="post__mark">{mark(lang)}</span>
            </header>
            <p class="visually-hidden" id=say_id><Say words=say page=lang/></p>
            <div class="post__text"><Say words=text page=lang/></div>
            {picture}
            {counts}
        </article>
    }
    .into_any()
}

/// The mark in every post.
fn mark(lang: Lang) -> String {
    say!(lang, "研修用・架空", "Training, invented")
}
