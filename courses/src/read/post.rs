//! Reading posts, which stories and items have.

use super::fields::Fields;
use super::item::limit;
use super::notes::Voice;
use crate::scenario::{Frame, Look, LookOf, Post, Skin, StatChange, Stats};

const SKINS: &[(&str, Skin)] = &[
    ("short", Skin::Short),
    ("friends", Skin::Friends),
    ("photo", Skin::Photo),
    ("chat", Skin::Chat),
    ("review", Skin::Review),
    ("video", Skin::Video),
    ("board", Skin::Board),
];

const LOOKS: &[(&str, LookOf)] = &[
    ("photo", LookOf::Photo),
    ("profile", LookOf::Profile),
    ("link", LookOf::Link),
    ("thread", LookOf::Thread),
];

/// The `[[post]]` tables.
pub(crate) fn posts(fields: &mut Fields<'_, '_>) -> Vec<Post> {
    fields
        .tables("post")
        .into_iter()
        .map(|mut table| {
            if !table.has("at") {
                table.string("at");
            }
            let post = Post {
                id: table.string("id"),
                skin: table.one_of("skin", SKINS, Skin::Short),
                by: table.string("by"),
                at: table.parsed("at").unwrap_or_default(),
                text: table.spoken("text"),
                say: table.text("say", limit::SAY),
                stars: table
                    .maybe_number("stars", 5)
                    .and_then(|stars| u8::try_from(stars).ok())
                    .filter(|stars| *stars > 0),
                place: table.maybe_text("place", limit::TITLE, Voice::Person),
                stats: table.table("stats").map(stats).unwrap_or_default(),
                image: table.maybe_string("image"),
                when: table.when("when"),
                reply_to: table.maybe_string("reply_to"),
                quotes: table.maybe_string("quotes"),
                changes: table
                    .unnamed("change", |number, _| format!("change-{number}"))
                    .into_iter()
                    .filter_map(change)
                    .collect(),
                looks: table.tables("look").into_iter().map(look).collect(),
                frames: table.tables("frame").into_iter().map(frame).collect(),
            };
            table.finish();
            post
        })
        .collect()
}

fn change(mut table: Fields<'_, '_>) -> Option<StatChange> {
    let when = table.when("when");
    let counts = table.table("stats").map(stats);
    if when.is_none() || counts.is_none() {
        table.broken(
            table.line_of("when"),
            "a change says when and what: when = \"…\" and stats = { like = 3 }",
        );
    }
    table.finish();
    Some(StatChange { when: when?, stats: counts? })
}

fn look(mut table: Fields<'_, '_>) -> Look {
    let look = Look {
        id: table.string("id"),
        of: table.one_of("of", LOOKS, LookOf::Photo),
        label: table.text("label", limit::BUTTON),
        tell: table.text("tell", limit::LOOK),
        image: table.maybe_string("image"),
    };
    table.finish();
    look
}

fn frame(mut table: Fields<'_, '_>) -> Frame {
    let frame = Frame {
        id: table.string("id"),
        text: table.text("text", limit::LABEL),
        say: table.maybe_text("say", limit::LABEL, Voice::Person),
    };
    table.finish();
    frame
}

fn stats(mut table: Fields<'_, '_>) -> Stats {
    const MOST: u32 = 10_000_000;
    let stats = Stats {
        like: table.maybe_number("like", MOST).unwrap_or_default(),
        reply: table.maybe_number("reply", MOST).unwrap_or_default(),
        share: table.maybe_number("share", MOST).unwrap_or_default(),
    };
    table.finish();
    stats
}
