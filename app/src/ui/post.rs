//! A post of an invented network. Each carries the mark 「研修用・架空」, so that no picture of the screen passes for real.

use crate::lang::Lang;
use crate::say;
use crate::ui::say::Words;

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
