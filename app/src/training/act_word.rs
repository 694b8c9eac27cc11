//! The fixed acts of items that decide row by row, and the ways to reach somebody, in words.

use crate::{Lang, say};

/// What is done with a post (`nothing` … `keep-report`), with a part of a text (`keep`, `soft`, `cut`) or with the whole of it (`post`,
/// `consent`, `drop`). Anything else has no word here: a group of cards brings its own.
#[must_use]
pub fn act_word(act: &str, lang: Lang) -> Option<String> {
    Some(match act {
        "nothing" => say!(lang, "何もしない", "Do nothing"),
        "consult" => say!(lang, "相談する", "Ask somebody"),
        "report" => say!(lang, "報告する", "Report it"),
        "reply" => say!(lang, "返信する", "Reply"),
        "keep-report" => say!(lang, "保存して報告する", "Save it and report it"),
        "keep" => say!(lang, "そのまま", "Leave as it is"),
        "soft" => say!(lang, "言いかえる", "Say it differently"),
        "cut" => say!(lang, "消す", "Take it out"),
        "post" => say!(lang, "出す", "Post it"),
        "consent" => say!(lang, "本人の同意をもらってから出す", "Post it once the person has agreed"),
        "drop" => say!(lang, "出さない", "Do not post it"),
        _ => return None,
    })
}

/// A way to reach somebody.
#[must_use]
pub fn way_word(way: &str, lang: Lang) -> Option<String> {
    Some(match way {
        "phone" => say!(lang, "電話で", "By telephone"),
        "in-person" => say!(lang, "会って", "In person"),
        "chat" => say!(lang, "仕事の連絡の道具で", "By the messaging tool for work"),
        "mail" => say!(lang, "メールで", "By mail"),
        "public" => say!(lang, "だれでも読める場所に書いて", "In a place that anybody can read"),
        _ => return None,
    })
}
