//! What can be done with a post, with a part of a text, with the whole text; and by which way somebody is told. The same few
//! words everywhere, so that they are the product's and not each item's.

use crate::{Lang, say};

/// What is done with a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
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
pub enum Edit {
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
pub enum Fate {
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
    /// 電話
    Phone,
    /// 直接会って
    InPerson,
    /// 業務用のチャット
    Chat,
    /// メール
    Mail,
    /// 公開の場に書く
    Public,
}

impl Act {
    /// All of them, from the least to the most.
    pub const ALL: [Self; 5] = [Self::Nothing, Self::Consult, Self::Report, Self::KeepReport, Self::Reply];

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

    /// Reads [`Act::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }

    /// The word on screen.
    #[must_use]
    pub fn word(self, lang: Lang) -> String {
        match self {
            Self::Nothing => say!(lang, "何もしない", "Do nothing"),
            Self::Consult => say!(lang, "相談する", "Ask for advice"),
            Self::Report => say!(lang, "報告する", "Report it"),
            Self::Reply => say!(lang, "返信する", "Reply"),
            Self::KeepReport => say!(lang, "保存して報告する", "Save and report it"),
        }
    }
}

impl Edit {
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

    /// Reads [`Edit::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|edit| edit.code() == code)
    }

    /// The word on screen.
    #[must_use]
    pub fn word(self, lang: Lang) -> String {
        match self {
            Self::Keep => say!(lang, "そのまま", "Keep"),
            Self::Soft => say!(lang, "言いかえる", "Reword"),
            Self::Cut => say!(lang, "消す", "Cut"),
        }
    }
}

impl Fate {
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

    /// Reads [`Fate::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fate| fate.code() == code)
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
            Self::Phone => say!(lang, "電話", "Telephone"),
            Self::InPerson => say!(lang, "直接会って", "In person"),
            Self::Chat => say!(lang, "業務用のチャット", "Work chat"),
            Self::Mail => say!(lang, "メール", "E-mail"),
            Self::Public => say!(lang, "公開の場に書く", "Write in public"),
        }
    }
}
