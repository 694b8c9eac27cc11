//! Small drawings of our own: outlines for controls, and shapes for states that survive a black-and-white printer.

use leptos::prelude::*;

/// A drawing. All are decoration: a word always stands beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// ←
    Back,
    /// →
    Forward,
    /// A small arrow downwards, for what folds out.
    Down,
    /// ↑, for a card that moves.
    Up,
    /// A tick.
    Tick,
    /// A printer.
    Print,
    /// An arrow into a tray.
    Save,
    /// A clock face.
    Clock,
    /// A telephone.
    Call,
    /// Two bars.
    Pause,
    /// An i in a circle.
    Info,
    /// An exclamation mark in a triangle.
    Warn,
    /// A pencil.
    Pencil,
    /// A heart, in the invented networks.
    Like,
    /// A speech bubble, in the invented networks.
    Reply,
    /// Two arrows in a circle, in the invented networks.
    Share,
    /// An eye.
    Eye,
    /// Two speech bubbles.
    Talk,
    /// A flag.
    Flag,
    /// A paper plane.
    Send,
    /// A bin.
    Bin,
    /// Head and shoulders.
    Person,
    /// Two links of a chain.
    Link,
    /// A globe.
    Globe,
    /// A book with a tab.
    Book,
    /// A magnifying glass with a plus.
    ZoomIn,
    /// A magnifying glass with a minus.
    ZoomOut,
    /// A sheet with a seal.
    Paper,
    /// ○ of a state.
    Ring,
    /// ◐ of a state.
    Half,
    /// ✓◷ of a state.
    TickLate,
    /// ▲! of a state.
    Alarm,
    /// ↻ of a state.
    Again,
    /// ⧗ of a state.
    Glass,
    /// ― of a state.
    Dash,
    /// ／ of a state.
    Slash,
    /// ◎ of a verdict.
    DoubleRing,
    /// △ of a verdict.
    Triangle,
    /// ✕ of a verdict.
    Cross,
}

impl Shape {
    /// Paths in a box of 24 units, drawn with a line.
    const fn lines(self) -> &'static str {
        match self {
            Self::Back => "M19 12H5m6-6-6 6 6 6",
            Self::Forward => "M5 12h14m-6-6 6 6-6 6",
            Self::Down => "m6 9 6 6 6-6",
            Self::Up => "m6 15 6-6 6 6",
            Self::Tick => "m4 12.5 5.5 5.5L20 6.5",
            Self::Print => "M7 9V3.5h10V9M7 17H4V9h16v8h-3M7 14h10v6.5H7zM17 12h.01",
            Self::Save => "M12 3v12m-5-5 5 5 5-5M4 17v3.5h16V17",
            Self::Clock => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 4.5V12l3.5 2",
            Self::Call => {
                "M6 3.5h3.2l1.6 4.3-2.2 1.8a12 12 0 0 0 5.8 5.8l1.8-2.2 4.3 1.6V18a2.5 2.5 0 0 1-2.7 2.5A16.5 16.5 0 0 1 3.5 6.2 2.5 2.5 0 0 1 6 3.5z"
            }
            Self::Pause => "M8 5v14M16 5v14",
            Self::Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 8v5.5m0-9v.01",
            Self::Warn => "M12 3.5 2.5 20h19zm0 6v5m0 3v.01",
            Self::Pencil => "M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19zM14 6.5l3.5 3.5",
            Self::Like => "M12 20S3.5 15 3.5 9A4.6 4.6 0 0 1 12 6.6 4.6 4.6 0 0 1 20.5 9c0 6-8.5 11-8.5 11z",
            Self::Reply => "M4 5h16v11h-9l-5 4v-4H4z",
            Self::Share => "M4 11a8 8 0 0 1 14-4.5L20 9m0-5v5h-5m5 4a8 8 0 0 1-14 4.5L4 15m0 5v-5h5",
            Self::Eye => {
                "M2 12s3.5-6.5 10-6.5S22 12 22 12s-3.5 6.5-10 6.5S2 12 2 12zm10-2.7a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4z"
            }
            Self::Talk => "M3 4h12v8H8l-3 3v-3H3zm15 5h3v8h-2v3l-3-3h-6v-2",
            Self::Flag => "M5 21V4h13l-3 4.5 3 4.5H5",
            Self::Send => "M3 11 21 3.5 14 21l-3-7.5zm8 2.5L21 3.5",
            Self::Bin => "M4 6.5h16M9 6.5v-3h6v3M6 6.5l1 14h10l1-14M10 10.5v6m4-6v6",
            Self::Person => "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c0-4.5 3-6.5 8-6.5s8 2 8 6.5",
            Self::Link => {
                "M10 14a4 4 0 0 0 6 .4l3-3a4.2 4.2 0 0 0-6-6l-1.5 1.5M14 10a4 4 0 0 0-6-.4l-3 3a4.2 4.2 0 0 0 6 6l1.5-1.5"
            }
            Self::Globe => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 0c-5 5-5 13 0 18 5-5 5-13 0-18zM3.5 12h17",
            Self::Book => "M6 3h13v18H6a2 2 0 0 1 0-4h13M6 3a2 2 0 0 0-2 2v14M8.5 8h6",
            Self::ZoomIn => {
                "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zm4.7 11.2L20.5 20.5M7.5 10.5h6m-3-3v6"
            }
            Self::ZoomOut => "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zm4.7 11.2L20.5 20.5M7.5 10.5h6",
            Self::Paper => "M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h4",
            Self::Ring => "M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z",
            Self::Half => "M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z",
            Self::TickLate => "m2 12 4 4 7-8.5M17.5 11.5a5 5 0 1 0 0 10 5 5 0 0 0 0-10zm0 2.5v2.7l1.8 1",
            Self::Alarm => "",
            Self::Again => "M19.5 12a7.5 7.5 0 1 1-2.4-5.5L19.5 9m0-5.5V9H14",
            Self::Glass => "M6 3.5h12M6 20.5h12M7.5 3.5c0 5 9 6 9 17M16.5 3.5c0 5-9 6-9 17",
            Self::Dash => "M5 12h14",
            Self::Slash => "M18.5 4 5.5 20",
            Self::DoubleRing => {
                "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 4.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4z"
            }
            Self::Triangle => "M12 4 2.8 20h18.4z",
            Self::Cross => "m5 5 14 14M19 5 5 19",
        }
    }

    /// Paths in the same box, filled.
    const fn fills(self) -> &'static str {
        match self {
            Self::Half => "M12 4.5a7.5 7.5 0 0 0 0 15z",
            Self::Alarm => {
                "M12 2.5 1 21.5h22zM11 9h2l-.3 6.5h-1.4zm1 8a1.2 1.2 0 1 1 0 2.4 1.2 1.2 0 0 1 0-2.4z"
            }
            _ => "",
        }
    }
}

/// A small drawing, as large as the text beside it.
#[component]
pub fn Icon(
    /// What it shows.
    shape: Shape,
) -> AnyView {
    let (lines, fills) = (shape.lines(), shape.fills());
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            {(!lines.is_empty()).then(|| view! { <path class="icon__line" d=lines></path> })}
            {(!fills.is_empty()).then(|| view! { <path class="icon__fill" fill-rule="evenodd" d=fills></path> })}
        </svg>
    }
    .into_any()
}
