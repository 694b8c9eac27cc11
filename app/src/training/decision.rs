//! What can be done with a post, with a part of a text, with a whole text; and the ways to reach somebody. The words are the
//! product's and the same in every item.

use crate::{Lang, say};

/// Things to choose from that have a fixed value in forms and fixed words on screen.
macro_rules! decisions {
    ($(#[$about:meta])* $name:ident { $($(#[$extra:meta])* $one:ident = $code:literal, $ja:literal, $en:literal;)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $(#[doc = $ja] $(#[$extra])* $one,)+
        }

        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &[Self] = &[$(Self::$one),+];

            /// The value in a form.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$one => $code,)+
                }
            }

            /// The one of a value in a form.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }

            /// The word on screen.
            #[must_use]
            pub fn word(self, lang: Lang) -> String {
                match self {
                    $(Self::$one => say!(lang, $ja, $en),)+
                }
            }
        }
    };
}

decisions! {
    /// What is done with a post.
    PostAct {
        Nothing = "nothing", "何もしない", "Do nothing";
        Consult = "consult", "相談する", "Ask somebody";
        Report = "report", "報告する", "Report it";
        Reply = "reply", "返信する", "Reply";
        KeepReport = "keep-report", "保存して報告する", "Save it and report it";
    }
}

decisions! {
    /// What becomes of a part of a text, from the least to the most.
    #[derive(Default)]
    PartAct {
        #[default]
        Keep = "keep", "そのまま", "Leave as it is";
        Soft = "soft", "言いかえる", "Say it differently";
        Cut = "cut", "消す", "Take it out";
    }
}

decisions! {
    /// What becomes of the whole text.
    TextAct {
        Post = "post", "出す", "Post it";
        Consent = "consent", "本人の同意をもらってから出す", "Post it once the person has agreed";
        Drop = "drop", "出さない", "Do not post it";
    }
}

decisions! {
    /// How somebody is told.
    Way {
        Phone = "phone", "電話で", "By telephone";
        InPerson = "in-person", "会って", "In person";
        Chat = "chat", "仕事の連絡の道具で", "By the messaging tool for work";
        Mail = "mail", "メールで", "By e-mail";
        Public = "public", "だれでも読める場所に書いて", "In a place that anybody can read";
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
