//! What can be done with a post, with a part of a text, with a whole text; and the ways to reach somebody. The words are the
//! product's and the same in every item.

use crate::{Lang, say};

/// What is done with a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PostAct {
    /// 何もしない
    Nothing,
    /// 相談する
    Consult,
    /// 報告する
    Report,
    /// 返信する
    Reply,
    /// 保存して報告する
    KeepReport,
}

/// What becomes of a part of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PartAct {
    /// そのまま
    #[default]
    Keep,
    /// 言いかえる
    Soft,
    /// 消す
    Cut,
}

/// What becomes of the whole text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextAct {
    /// 出す
    Post,
    /// 本人の同意をもらってから出す
    Consent,
    /// 出さない
    Drop,
}

/// How somebody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// 電話で
    Phone,
    /// 会って
    InPerson,
    /// 仕事の連絡の道具で
    Chat,
    /// メールで
    Mail,
    /// だれでも読める場所に書いて
    Public,
}

impl PostAct {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Nothing, Self::Consult, Self::Report, Self::Reply, Self::KeepReport];

    /// The value in a form.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Consult => "consult",
            Self::Report => "report",
            Self::Reply => "reply",
            Self::KeepReport => "keep-report",
        }
    }

    /// Reads [`PostAct::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }

    /// The word on screen.
    #[must_use]
    pub fn word(self, lang: Lang) -> String {
        match self {
            Self::Nothing => say!(lang, "何もしない", "Do nothing"),
            Self::Consult => say!(lang, "相談する", "Ask somebody"),
            Self::Report => say!(lang, "報告する", "Report it"),
            Self::Reply => say!(lang, "返信する", "Reply"),
            Self::KeepReport => say!(lang, "保存して報告する", "Save it and report it"),
        }
    }
}

impl PartAct {
    /// All of them, from the least to the most.
    pub const ALL: [Self; 3] = [Self::Keep, Self::Soft, Self::Cut];

    /// The value in a form.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Soft => "soft",
            Self::Cut => "cut",
        }
    }

    /// Reads [`PartAct::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }

    /// The word on screen.
    #[must_use]
    pub fn word(self, lang: Lang) -> String {
        match self {
            Self::Keep => say!(lang, "そのまま", "Leave as it is"),
            Self::Soft => say!(lang, "言いかえる", "Say it differently"),
            Self::Cut => say!(lang, "消す", "Take it out"),
        }
    }
}

impl TextAct {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Post, Self::Consent, Self::Drop];

    /// The value in a form.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Consent => "consent",
            Self::Drop => "drop",
        }
    }

    /// Reads [`TextAct::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }

    /// The word on screen.
    #[must_use]
    pub fn word(self, lang: Lang) -> String {
        match self {
            Self::Post => say!(lang, "出す", "Post it"),
            Self::Consent => say!(lang, "本人の同意をもらってから出す", "Post it once the person has agreed"),
            Self::Drop => say!(lang, "出さない", "Do not post it"),
        }
    }
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Phone, Self::InPerson, Self::Chat, Self::Mail, Self::Public];

    /// The value in a form.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::InPerson => "in-person",
            Self::Chat => "chat",
            Self::Mail => "mail",
            Self::Public => "public",
        }
    }

    /// Reads [`Way::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }

    /// The word on screen.
    #[must_use]
    pub fn word(self, lang: Lang) -> String {
        match self {
            Self::Phone => say!(lang, "電話で", "By telephone"),
            Self::InPerson => say!(lang, "会って", "In person"),
            Self::Chat => say!(lang, "仕事の連絡の道具で", "By the messaging tool for work"),
            Self::Mail => say!(lang, "メールで", "By e-mail"),
            Self::Public => say!(lang, "だれでも読める場所に書いて", "In a place that anybody can read"),
        }
    }
}

/// The word of any of these acts, by its code. Anything else has no word here: a group of cards brings its own.
#[must_use]
pub fn act_word(code: &str, lang: Lang) -> Option<String> {
    let post = || PostAct::from_code(code).map(|act| act.word(lang));
    let part = || PartAct::from_code(code).map(|act| act.word(lang));
    let text = || TextAct::from_code(code).map(|act| act.word(lang));
    post().or_else(part).or_else(text)
}

/// The word of a way to reach somebody, by its code.
#[must_use]
pub fn way_word(code: &str, lang: Lang) -> Option<String> {
    Way::from_code(code).map(|way| way.word(lang))
}
