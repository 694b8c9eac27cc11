//! The invented networks: seven, each with a name, a mark and an order of its own. None stands for a real one.

use crate::lang::Lang;
use crate::say;
use crate::ui::icon::Shape;
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

/// Counts below a post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Likes.
    pub likes: u32,
    /// Replies.
    pub replies: u32,
    /// Shares.
    pub shares: u32,
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

    /// Whether what is newest stands at the bottom. A talk and a board are read like a conversation, from top to bottom. In the others
    /// the newest stands first, as people's thumbs know it: on a phone, what has just arrived is what one sees without scrolling past
    /// what is known. Cause and effect stay in order all the same, because replies hang beneath their post, oldest first.
    pub(crate) const fn newest_last(self) -> bool {
        matches!(self, Self::Chat | Self::Board)
    }

    /// Whether a name has its handle beside it: in a talk people know each other, and on a board nobody has a name.
    pub(crate) const fn has_handles(self) -> bool {
        !matches!(self, Self::Chat | Self::Board)
    }

    /// Whether replies are indented beneath their post. In a talk and on a board they stand in the order of time and name what they answer.
    pub(crate) const fn nests(self) -> bool {
        !self.newest_last()
    }

    /// The line behind which what has just arrived waits.
    pub(crate) fn arrived(self, count: usize, lang: Lang) -> String {
        match self {
            Self::Chat => say!(lang, "新しいメッセージ {count}件を表示", "Show new messages ({count})"),
            Self::Review => say!(lang, "新しい口コミ {count}件を表示", "Show new reviews ({count})"),
            Self::Board => say!(lang, "新しい書きこみ {count}件を表示", "Show new entries ({count})"),
            Self::Short | Self::Friends | Self::Photo | Self::Video => {
                say!(lang, "新しい投稿 {count}件を表示", "Show new posts ({count})")
            }
        }
    }

    /// The counts in words, without those that are nought: shape, words, and how many more than before.
    pub(crate) fn counts(
        self,
        now: Counts,
        before: Option<Counts>,
        lang: Lang,
    ) -> Vec<(Shape, String, Option<u32>)> {
        let Counts { likes, replies, shares } = now;
        let (like, reply, share) = match self {
            Self::Short => (
                say!(lang, "いいね {likes}件", "Likes {likes}"),
                say!(lang, "返信 {replies}件", "Replies {replies}"),
                say!(lang, "共有 {shares}件", "Shares {shares}"),
            ),
            Self::Review => (
                say!(lang, "参考になった {likes}人", "Helpful {likes}"),
                say!(lang, "返信 {replies}件", "Replies {replies}"),
                say!(lang, "共有 {shares}件", "Shares {shares}"),
            ),
            Self::Board => (
                say!(lang, "同意 {likes}件", "Agree {likes}"),
                say!(lang, "返信 {replies}件", "Replies {replies}"),
                say!(lang, "転載 {shares}件", "Copied {shares}"),
            ),
            Self::Friends | Self::Photo | Self::Video | Self::Chat => (
                say!(lang, "いいね {likes}件", "Likes {likes}"),
                say!(lang, "コメント {replies}件", "Comments {replies}"),
                say!(lang, "共有 {shares}件", "Shares {shares}"),
            ),
        };
        let before = before.unwrap_or(now);
        [
            (Shape::Like, like, likes, before.likes),
            (Shape::Reply, reply, replies, before.replies),
            (Shape::Share, share, shares, before.shares),
        ]
        .into_iter()
        .filter(|(_, _, now, _)| *now > 0)
        .map(|(shape, words, now, before)| (shape, words, (now > before).then(|| now - before)))
        .collect()
    }

    /// The mark of the network, drawn in a box of 24 units.
    const fn mark(self) -> &'static str {
        match self {
            // rings on water
            Self::Short => {
                "M12 10.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3zm0-3.5a5 5 0 1 0 0 10 5 5 0 0 0 0-10zm0-4a9 9 0 1 0 0 18 9 9 0 0 0 0-18z"
            }
            // people around a place
            Self::Friends => {
                "M12 3a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM5 13a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zm14 0a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM12 12v4m-3 4.5q3 1.5 6 0"
            }
            // a print with a hill
            Self::Photo => "M4 3h16v18H4zm0 13h16M7 13l3.5-4 3 3 2-2 1.5 3",
            // two balloons
            Self::Chat => "M3 4h12v8H8l-3 3v-3H3zm15 5h3v8h-2v3l-3-3h-6v-2",
            // a star on a pin
            Self::Review => {
                "M12 22s-7.5-6.5-7.5-12.5a7.5 7.5 0 0 1 15 0C19.5 15.5 12 22 12 22zm0-16 1.2 2.5 2.8.4-2 1.9.5 2.7-2.5-1.3-2.5 1.3.5-2.7-2-1.9 2.8-.4z"
            }
            // a strip of film
            Self::Video => "M5 3h14v18H5zM5 8h2M5 12h2M5 16h2M17 8h2m-2 4h2m-2 4h2m-8-7 4 3-4 3z",
            // a board on legs
            Self::Board => "M3 4h18v12H3zM7 8h10M7 12h6M7 16l-2 5m12-5 2 5",
        }
    }
}

/// The mark and the invented name of a network.
pub(crate) fn network_name(skin: Skin, lang: Lang) -> AnyView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path class="icon__line" d=skin.mark()></path></svg>
        <span>{skin.word(lang)}</span>
    }
    .into_any()
}

/// What reviews are about: a place on a drawn map, and its invented name.
pub(crate) fn network_place(skin: Skin, place: Option<Words>, lang: Lang) -> Option<AnyView> {
    let name = place.map(|place| view! { <p class="network__place"><Say words=place page=lang/></p> });
    (skin == Skin::Review).then(|| {
        view! {
            <svg class="network__map" viewBox="0 0 320 56" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">
                <path fill="#e3e8d8" d="M0 0h320v56H0z"></path>
                <path fill="#cfdcc0" d="M0 0h70v22H0zM212 34h70v22h-70z"></path>
                <path fill="#c9dde3" d="M250 0c10 14 40 10 70 22V0z"></path>
                <path fill="none" stroke="#fff" stroke-width="7" d="M0 40h130l60-26h130M96-4v64M190 14v46"></path>
                <path fill="#a3522f" d="M160 44s-9-8-9-15.5a9 9 0 0 1 18 0C169 36 160 44 160 44z"></path>
                <path fill="#fff" d="M160 24.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z"></path>
            </svg>
            {name}
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use super::{Counts, Skin};
    use crate::Lang;

    #[test]
    fn counts_are_words_leave_out_what_is_nought_and_tell_what_was_added() {
        let now = Counts { likes: 41, replies: 0, shares: 3 };
        let before = Counts { likes: 2, replies: 0, shares: 3 };
        let said: Vec<_> = Skin::Short
            .counts(now, Some(before), Lang::Ja)
            .into_iter()
            .map(|(_, words, more)| (words, more))
            .collect();
        assert_eq!(said, [("いいね 41件".to_owned(), Some(39)), ("共有 3件".to_owned(), None)]);
    }

    #[test]
    fn only_a_conversation_is_read_from_top_to_bottom() {
        let last =
            [Skin::Short, Skin::Friends, Skin::Photo, Skin::Chat, Skin::Review, Skin::Video, Skin::Board]
                .into_iter()
                .filter(|skin| skin.newest_last())
                .collect::<Vec<_>>();
        assert_eq!(last, [Skin::Chat, Skin::Board]);
    }
}
