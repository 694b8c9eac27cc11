//! Writing SVG. Only attributes, no style sheet, so that the drawing may also stand inside a page.

use std::fmt::Write as _;

use crate::item::Grade;

/// The fonts of the product, those with Japanese letters of even weight first.
const FONTS: &str =
    "'BIZ UDPGothic', 'Hiragino Sans', 'Noto Sans JP', 'Noto Sans CJK JP', Meiryo, sans-serif";

pub(super) const INK: &str = "#1a1a1a";
pub(super) const SOFT: &str = "#4d4d4d";
pub(super) const LINE: &str = "#767676";

/// A drawing under way.
#[derive(Default)]
pub(super) struct Svg(String);

/// How a text stands.
#[derive(Clone, Copy)]
pub(super) struct Letters {
    pub(super) size: i32,
    pub(super) bold: bool,
    pub(super) ink: &'static str,
    /// The place is the right end of the text instead of the left one.
    pub(super) right: bool,
}

impl Letters {
    pub(super) const fn of(size: i32, ink: &'static str) -> Self {
        Self { size, bold: false, ink, right: false }
    }

    pub(super) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(super) const fn right(self) -> Self {
        Self { right: true, ..self }
    }
}

/// How a frame looks.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    pub(super) fill: &'static str,
    pub(super) line: &'static str,
    /// The width of the line, in tenths.
    pub(super) weight: i32,
    pub(super) round: i32,
}

/// The colour, the tint and the dashes of a grade; the colours are those of the pages.
pub(super) fn look(grade: Option<Grade>) -> (&'static str, &'static str, &'static str) {
    match grade {
        Some(Grade::Best) => ("#115a36", "#eef8f2", "none"),
        Some(Grade::Ok) => ("#00428c", "#eff6fd", "9 3"),
        Some(Grade::Risky) => ("#8b3200", "#fff4ec", "5 3"),
        Some(Grade::Harm) => ("#850000", "#fbf1f0", "2 3"),
        None => (SOFT, "#f5f7f7", "none"),
    }
}

impl Svg {
    /// The whole document: so many units wide and high, printed at 297 mm a page's width.
    pub(super) fn finish(self, (width, height): (i32, i32), pages: i32, lang: &str, title: &str) -> String {
        let mm = pages * 210;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"297mm\" height=\"{mm}mm\" viewBox=\"0 0 {width} {height}\" \
             lang=\"{lang}\" role=\"img\" font-family=\"{FONTS}\">\n<title>{}</title>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n{}</svg>\n",
            escape(title),
            self.0
        )
    }

    fn write(&mut self, part: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.0.write_fmt(part);
        self.0.push('\n');
    }

    /// What follows belongs together until [`Svg::close`], and says this when pointed at.
    pub(super) fn open(&mut self, kind: &str, says: &str) {
        self.write(format_args!("<g data-kind=\"{kind}\"><title>{}</title>", escape(says)));
    }

    pub(super) fn close(&mut self) {
        self.write(format_args!("</g>"));
    }

    pub(super) fn frame(&mut self, (x, y): (i32, i32), (width, height): (i32, i32), frame: Frame) {
        let Frame { fill, line, weight, round } = frame;
        self.write(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{round}\" fill=\"{fill}\" \
             stroke=\"{line}\" stroke-width=\"{}.{}\"/>",
            weight / 10,
            weight % 10
        ));
    }

    pub(super) fn text(&mut self, (x, y): (i32, i32), letters: Letters, text: &str) {
        let Letters { size, bold, ink, right } = letters;
        let weight = if bold { " font-weight=\"700\"" } else { "" };
        let anchor = if right { " text-anchor=\"end\"" } else { "" };
        self.write(format_args!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{weight}{anchor} fill=\"{ink}\">{}</text>",
            escape(text)
        ));
    }

    /// A line of these path commands.
    pub(super) fn line(&mut self, path: &str, ink: &str, dashes: &str, weight: i32) {
        self.write(format_args!(
            "<path d=\"{path}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"{}.{}\" stroke-dasharray=\"{dashes}\"/>",
            weight / 10,
            weight % 10
        ));
    }

    /// A head of an arrow whose point is here; it points right or left.
    pub(super) fn arrow(&mut self, (x, y): (i32, i32), right: bool, ink: &str) {
        let back = if right { -7 } else { 7 };
        self.write(format_args!("<path d=\"M{x} {y}l{back} -4v8z\" fill=\"{ink}\"/>"));
    }

    /// The shape of a grade, centred here: two rings, a ring, a triangle, a cross.
    pub(super) fn mark(&mut self, (x, y): (i32, i32), grade: Grade) {
        let ink = look(Some(grade)).0;
        let part = match grade {
            Grade::Best => {
                format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"4.6\"/><circle cx=\"{x}\" cy=\"{y}\" r=\"1.8\"/>")
            }
            Grade::Ok => format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"4.4\"/>"),
            Grade::Risky => format!("<path d=\"M{x} {}l5 9h-10z\"/>", y - 5),
            Grade::Harm => format!("<path d=\"M{} {}l8 8m0 -8l-8 8\"/>", x - 4, y - 4),
        };
        self.write(format_args!("<g fill=\"none\" stroke=\"{ink}\" stroke-width=\"1.5\">{part}</g>"));
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
