//! Looking at something in a post more closely: a button that is a form, and afterwards what was seen.

use crate::lang::Lang;
use crate::say;
use crate::ui::face::{Face, FaceDrawing, FaceKind};
use crate::ui::icon::{Icon, Shape};
use crate::ui::post::PostPicture;
use crate::ui::say::{Say, Words};
use leptos::prelude::*;

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LookKind {
    /// The picture, large.
    Photo,
    /// Who the account is.
    Profile,
    /// Where a link leads.
    Link,
    /// What others wrote beneath.
    Thread,
}

/// What was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// What one sees.
    pub tell: Words,
    /// A drawing of it; its description is the words.
    pub picture: Option<PostPicture>,
    /// An invented address, for a link.
    pub address: Option<String>,
    /// Looked at just now: open. Earlier ones are folded, so that the feed stays calm.
    pub now: bool,
}

/// Something in a post that can be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookView {
    /// Its number on the page: the value of the field `look`, and of the anchor `#look-{number}`.
    pub number: u16,
    /// What it is.
    pub kind: LookKind,
    /// Words of the button: 「写真を大きくして見る」.
    pub label: Words,
    /// What was seen, once it was looked at.
    pub seen: Option<Seen>,
}

/// Whose post it is, for the card of a profile and for the full names of buttons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Owner {
    pub(crate) name: Words,
    pub(crate) handle: Option<String>,
    pub(crate) about: Option<Words>,
    pub(crate) face: Face,
    pub(crate) mine: bool,
}

impl Owner {
    /// 「ゆきさん」 for a person with a plain name; accounts and names with a remark keep their name as it is.
    fn called(&self, lang: Lang) -> String {
        let name = self.name.text();
        let person = self.face.kind() == FaceKind::Person && !self.mine && !name.ends_with('）');
        match lang {
            Lang::Ja if person => format!("{name}さん"),
            Lang::Ja | Lang::En => name,
        }
    }
}

/// The id of the one form on a page that all buttons for looking belong to. The buttons may stand inside another form.
pub(crate) const LOOK_FORM: &str = "look";

impl LookKind {
    const fn shape(self) -> Shape {
        match self {
            Self::Photo => Shape::ZoomIn,
            Self::Profile => Shape::Person,
            Self::Link => Shape::Link,
            Self::Thread => Shape::Reply,
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::Profile => "profile",
            Self::Link => "link",
            Self::Thread => "thread",
        }
    }
}

/// The buttons of a post, and in their place what was seen already.
pub(crate) fn looks_view(looks: Vec<LookView>, owner: &Owner, offered: bool, lang: Lang) -> AnyView {
    let lines = looks
        .into_iter()
        .filter(|look| offered || look.seen.is_some())
        .map(|LookView { number, kind, label, seen }| match seen {
            Some(seen) => {
                let owner = owner.clone();
                view! { <li class="looks__seen"><SeenPanel number kind label seen owner lang/></li> }.into_any()
            }
            None => {
                let whose = owner.called(lang);
                view! {
                    <li>
                        <button class="look" type="submit" form=LOOK_FORM name="look" value=number.to_string()>
                            <Icon shape=kind.shape()/>
                            <span>
                                <span class="visually-hidden">{say!(lang, "{whose}の投稿の", "Post by {whose}: ")}</span>
                                <Say words=label page=lang/>
                            </span>
                        </button>
                    </li>
                }
                .into_any()
            }
        })
        .collect::<Vec<_>>();
    (!lines.is_empty()).then(|| view! { <ul class="looks" role="list">{lines}</ul> }).into_any()
}

/// What was seen, behind the words of the button that showed it. Its head is where the page stands after looking.
#[component]
fn SeenPanel(number: u16, kind: LookKind, label: Words, seen: Seen, owner: Owner, lang: Lang) -> AnyView {
    let Seen { tell, picture, address, now } = seen;
    let whose = owner.called(lang);
    let picture = picture.map(|picture| view! { <Closer number picture whose=whose.clone() lang/> });
    let tell = view! { <p class="seen__tell"><Say words=tell page=lang/></p> };
    let body = match kind {
        LookKind::Photo | LookKind::Thread => view! { {picture}{tell} }.into_any(),
        LookKind::Profile => {
            let Owner { name, handle, about, face, .. } = owner;
            view! {
                <div class="profile">
                    <FaceDrawing face/>
                    <p>
                        <b><Say words=name page=lang/></b>
                        {handle.map(|handle| view! { <span class="profile__handle">{handle}</span> })}
                    </p>
                    {about.map(|about| view! { <p class="profile__about"><Say words=about page=lang/></p> })}
                </div>
                {picture}
                {tell}
            }
            .into_any()
        }
        LookKind::Link => view! {
            <p class="seen__address">
                <Icon shape=Shape::Globe/>
                <span class="visually-hidden">{say!(lang, "アドレス欄：", "Address bar: ")}</span>
                {match address {
                    Some(address) => view! { <code>{address}</code> }.into_any(),
                    None => say!(lang, "架空のページ", "An invented page").into_any(),
                }}
            </p>
            {picture}
            {tell}
        }
        .into_any(),
    };
    view! {
        <details class="seen" data-kind=kind.code() open=now>
            <summary class="seen__head" id=format!("look-{number}")>
                <Icon shape=kind.shape()/>
                <span>
                    <span class="visually-hidden">{say!(lang, "{whose}の投稿の", "Post by {whose}: ")}</span>
                    <Say words=label page=lang/>
                </span>
                <span class="seen__done"><Icon shape=Shape::Tick/>{say!(lang, "見ました", "Seen")}</span>
            </summary>
            <div class="seen__body">{body}</div>
        </details>
    }
    .into_any()
}

/// A picture in a window that scrolls, with three sizes to choose from: works with touch, wheel and arrow keys, without scripts.
#[component]
fn Closer(number: u16, picture: PostPicture, whose: String, lang: Lang) -> AnyView {
    let PostPicture { src, say } = picture;
    let said = (say.lang != lang).then(|| say.lang.tag());
    let name = format!("zoom-{number}");
    let sizes = (1_u8..=3)
        .map(|size| {
            let (id, name) = (format!("{name}-{size}"), name.clone());
            let owner = id.clone();
            view! {
                <span class="closer__size">
                    <input class="closer__dot" type="radio" name=name id=id data-size=size.to_string() checked=size == 1/>
                    <label for=owner>{say!(lang, "{size}倍", "{size}×")}</label>
                </span>
            }
        })
        .collect_view();
    view! {
        <div class="closer">
            <fieldset class="closer__sizes">
                <legend class="visually-hidden">{say!(lang, "写真の大きさ", "Size of the picture")}</legend>
                {sizes}
            </fieldset>
            <div class="closer__window" tabindex="0" role="region" aria-label=say!(
                lang,
                "{whose}の投稿の写真。矢印キーで動かせます",
                "Picture in the post by {whose}. Move it with the arrow keys",
            )>
                <img class="closer__picture" src=src alt=say.text() lang=said loading="lazy"/>
            </div>
        </div>
    }
    .into_any()
}
