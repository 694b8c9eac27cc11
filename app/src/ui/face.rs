//! Drawn faces of invented people and accounts. Never a photograph: nobody is meant. The same actor always has the same face.

use leptos::prelude::*;

/// What an account shows as its picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FaceKind {
    /// A drawn person.
    #[default]
    Person,
    /// A house with a cross.
    Hospital,
    /// A shop with an awning.
    Shop,
    /// A newspaper.
    News,
    /// An outline without features: no picture was set.
    Unknown,
    /// Several heads: an account that many use or that gathers the words of many.
    Crowd,
}

/// A face. It holds traits, not the id they were drawn from: an author's ids stay on the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Face {
    kind: FaceKind,
    traits: u32,
}

/// Skin, between light and dark.
const SKIN: [&str; 5] = ["#f6dcc6", "#eecbad", "#e2b690", "#c99a73", "#a97851"];
/// Hair of all ages; the last two are grey and white.
const HAIR: [&str; 10] = [
    "#2b2523", "#3a2e29", "#4d382c", "#222b33", "#5b4130", "#332a2a", "#45352c", "#6b4a35", "#9a9792",
    "#d4d0ca",
];
/// Hair from here on belongs to somebody older.
const GREY: u32 = 8;
/// Clothes, quiet.
const CLOTHES: [&str; 8] =
    ["#5f7f8c", "#8a6f8f", "#7b8f63", "#b07d5b", "#4f6a7d", "#a3655f", "#6d6a8d", "#5b8576"];
/// What is behind.
const GROUND: [&str; 6] = ["#dfe8ea", "#ece2ea", "#e6ead9", "#f3e6d8", "#e2e4ef", "#f0e4e1"];

/// Hair behind the head and hair over it, by cut.
const CUTS: [(&str, &str); 8] = [
    // short
    (
        "",
        "M14.3 21c-1.6-9.5 3.2-14 9.7-14s11.3 4.5 9.7 14c-1-4-2.5-6.3-4.7-7.5-3.5 1.4-8 1.2-10.5-.4-2.3 1.6-3.6 4.1-4.2 7.9z",
    ),
    // parted
    (
        "",
        "M14.2 22C12 12 17 6.5 24.5 6.7c7 .2 11 5.3 9.3 15.3-.8-4.6-2.6-7.5-6-9.5-3.6 3.5-8.6 4.7-12 4.7-.9 1.5-1.3 3-1.6 4.8z",
    ),
    // bob
    (
        "M12.8 32c-2.6-14 1.2-25.3 11.2-25.3S37.8 18 35.2 32c-2.5 1.2-5 1.2-7 .4h-8.4c-2 .8-4.5.8-7-.4z",
        "M14.8 20c.4-7.5 4-10.5 9.2-10.5s8.8 3 9.2 10.5c-3.7-.9-6.5-2.9-8-5.5-2.4 3-6 5-10.4 5.5z",
    ),
    // long
    (
        "M12 40c-2.5-19-1.5-33.5 12-33.5S38.5 21 36 40h-6V24H18v16z",
        "M14.8 20c.2-8 4-11 9.2-11s9 3 9.2 11c-2.2-2.5-4.5-5.5-5.2-8-2.2 3.5-7.5 6.5-13.2 8z",
    ),
    // bun
    (
        "M24 1.8a4.6 4.6 0 1 1 0 9.2 4.6 4.6 0 0 1 0-9.2z",
        "M14.5 20c-.8-8.5 3.3-12.5 9.5-12.5s10.3 4 9.5 12.5c-1-4.5-4.2-7.3-9.5-7.3s-8.5 2.8-9.5 7.3z",
    ),
    // tied low
    (
        "M32 24c5 2 6.5 8 4 15-2 .5-4-.3-5-2z",
        "M14.5 20.5c-1.2-9 3-13.5 9.5-13.5s10.7 4.5 9.5 13.5c-1.5-4.2-4.3-6.5-7.5-7.3-2.7 3.3-7.3 5.3-11.5 7.3z",
    ),
    // curly
    (
        "M24 5.5c3 0 5 1 6.5 2.5 2.8.3 4.8 2.6 4.8 5.3 1.5 1.5 1.7 4.2.2 6 .6 2.4-.5 4.7-2.7 5.7h-17.6c-2.2-1-3.3-3.3-2.7-5.7-1.5-1.8-1.3-4.5.2-6 0-2.7 2-5 4.8-5.3C19 6.5 21 5.5 24 5.5z",
        "M15.5 18c.3-4 2.6-6 5-6 1-1.5 5.6-1.7 7 0 2.7-.2 4.7 2 5 6-2-.8-3.2-2-4-3.3-3 1.2-6.5 1-8.5-.2-1 1.6-2.5 2.9-4.5 3.5z",
    ),
    // thin on top
    ("", "M14.4 22c-1-4-.6-7.5 1-10 .7 2.5.3 5.5-.2 8zM33.6 22c1-4 .6-7.5-1-10-.7 2.5-.3 5.5.2 8z"),
];

impl Face {
    /// The face of an actor.
    pub fn of(id: &str, kind: FaceKind) -> Self {
        // FNV-1a: the same everywhere, in ten lines, and nothing depends on it but the looks.
        let traits =
            id.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        Self { kind, traits: traits ^ (traits >> 15) }
    }

    /// What kind it is.
    pub const fn kind(self) -> FaceKind {
        self.kind
    }

    /// One of a few, decided by the part of the traits from this place on.
    fn pick<T: Copy>(self, from: &[T], place: u32) -> Option<T> {
        let at = (self.traits >> place) % u32::try_from(from.len()).unwrap_or(1).max(1);
        from.get(usize::try_from(at).unwrap_or(0)).copied()
    }
}

/// Draws a face. It is decoration: the name stands beside it.
#[component]
pub fn FaceDrawing(
    /// The face.
    face: Face,
) -> AnyView {
    let ground = face.pick(&GROUND, 3).unwrap_or("#dfe8ea");
    let inside = match face.kind {
        FaceKind::Person => person(face),
        FaceKind::Hospital => view! {
            <path fill="#fff" d="M10 40V17h8v-6h12v6h8v23z"></path>
            <path fill="#4f7d86" d="M22.5 14h3v2.5H28v3h-2.5V22h-3v-2.5H20v-3h2.5zM14 24h5v4h-5zM29 24h5v4h-5zM14 31h5v4h-5zM29 31h5v4h-5zM21.5 31h5v9h-5z"></path>
        }
        .into_any(),
        FaceKind::Shop => view! {
            <path fill="#fff" d="M11 22h26v18H11z"></path>
            <path fill="#a3655f" d="M10 12h28l2 9a4 4 0 0 1-8 0 4 4 0 0 1-8 0 4 4 0 0 1-8 0 4 4 0 0 1-8 0z"></path>
            <path fill="#7a6a5d" d="M15 28h8v12h-8zM27 28h7v6h-7z"></path>
        }
        .into_any(),
        FaceKind::News => view! {
            <path fill="#fff" d="M11 11h26v27H11z"></path>
            <path fill="#4a5560" d="M14.5 14.5h19v4h-19zM14.5 22h8v8h-8zM25 22h8.5v2H25zM25 26h8.5v2H25zM14.5 32.5h19v2h-19z"></path>
        }
        .into_any(),
        FaceKind::Unknown => view! {
            <path fill="#9aa1a4" d="M24 10a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM8 48c0-11 7-16 16-16s16 5 16 16z"></path>
        }
        .into_any(),
        FaceKind::Crowd => view! {
            <path fill="#8fa1a8" d="M13 15a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM1 48c0-13 4-18.5 12-18.5S25 35 25 48z"></path>
            <path fill="#a89a8f" d="M35 15a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM23 48c0-13 4-18.5 12-18.5S47 35 47 48z"></path>
            <path fill="#6b7c84" d="M24 12a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM10 48c0-14 5-19.5 14-19.5S38 34 38 48z"></path>
        }
        .into_any(),
    };
    view! {
        <svg class="face" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
            <path fill=ground d="M0 0h48v48H0z"></path>
            {inside}
        </svg>
    }
    .into_any()
}

/// Hair behind, shoulders, head, hair in front, eyes, mouth and perhaps glasses.
fn person(face: Face) -> AnyView {
    let skin = face.pick(&SKIN, 0).unwrap_or("#eecbad");
    let hair = face.pick(&HAIR, 6).unwrap_or("#2b2523");
    let older = (face.traits >> 6) % 10 >= GREY;
    let clothes = face.pick(&CLOTHES, 11).unwrap_or("#5f7f8c");
    let (behind, before) = face.pick(&CUTS, 16).unwrap_or(("", ""));
    let glasses = (face.traits >> 21).is_multiple_of(if older { 2 } else { 5 });
    let back = (!behind.is_empty()).then(|| view! { <path fill=hair d=behind></path> });
    let lines = if glasses {
        "M21 26.5q3 1.8 6 0M23.2 20.5h1.6M20.2 17.9a2.9 2.9 0 1 0 0 5.8 2.9 2.9 0 0 0 0-5.8zm7.6 0a2.9 2.9 0 1 0 0 5.8 2.9 2.9 0 0 0 0-5.8z"
    } else {
        "M21 26q3 2.2 6 0"
    };
    view! {
        {back}
        <path fill=clothes d="M6 48c.5-10 7-14 18-14s17.5 4 18 14z"></path>
        <path fill=skin d="M20.5 27h7v8.5a3.5 3.5 0 0 1-7 0z"></path>
        <path fill=skin d="M24 9.5c5.6 0 9 4.3 9 10.5s-3.8 11-9 11-9-4.8-9-11 3.4-10.5 9-10.5z"></path>
        <path fill=hair d=before></path>
        <path fill="#3a2e29" d="M20.2 19.5a1.1 1.1 0 1 1 0 2.2 1.1 1.1 0 0 1 0-2.2zm7.6 0a1.1 1.1 0 1 1 0 2.2 1.1 1.1 0 0 1 0-2.2z"></path>
        <path fill="none" stroke="#7a4f3d" stroke-width="1" stroke-linecap="round" d=lines></path>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::{Face, FaceDrawing, FaceKind};
    use leptos::prelude::*;
    use std::collections::HashSet;

    fn drawn(id: &str) -> String {
        view! { <FaceDrawing face=Face::of(id, FaceKind::Person)/> }.to_html()
    }

    #[test]
    fn the_same_actor_has_the_same_face_and_others_have_others() {
        let ids = ["yuki", "mimi", "haru", "mio", "sora", "kana", "hori", "sae", "nagi", "minato"];
        assert_eq!(drawn("yuki"), drawn("yuki"));
        let faces: HashSet<String> = ids.into_iter().map(drawn).collect();
        assert_eq!(faces.len(), ids.len(), "two of ten people look the same");
    }

    #[test]
    fn a_face_is_small_hidden_from_screen_readers_and_does_not_tell_the_id() {
        let html = drawn("lookalike-hospital");
        assert!(html.len() < 1_500, "{} bytes", html.len());
        assert!(html.contains("aria-hidden=\"true\""));
        assert!(!html.contains("lookalike"));
    }
}
