//! The certificate: one upright sheet, set by hand.

use std::collections::BTreeSet;

use crate::canvas::{Canvas, Entry, Frame, INK, Kind, MM, Mark, NodeId, Of, RULE};
use crate::describe::{Lang, Moment, PaperError, Pdf, Side};
use crate::flow::replaced;
use crate::line::{Style, Words};
use crate::picture::Picture;
use crate::write::{About, write};

/// What stands where a stamp would be pressed.
#[derive(Clone, Debug, PartialEq)]
pub enum Seal {
    /// The hospital's seal, with what it is in words.
    Picture(Picture, String),
    /// The sentence that says why there is none.
    Words(String),
}

/// A certificate.
#[derive(Clone, Debug, PartialEq)]
pub struct Certificate {
    /// Its language.
    pub lang: Lang,
    /// 「修了証」.
    pub title: String,
    /// 「第○号」.
    pub number: String,
    /// The name as used at work, as it is addressed.
    pub name: String,
    /// What is certified.
    pub statement: String,
    /// Course, year, policy version, days.
    pub facts: Vec<(String, String)>,
    /// The day it is given.
    pub date: String,
    /// Who gives it, a line each.
    pub issuer: Vec<String>,
    /// The seal.
    pub seal: Seal,
    /// The address in the QR code.
    pub check: String,
    /// What the code is, for those who hear it.
    pub check_title: String,
    /// How to check the certificate, a line each.
    pub check_words: Vec<String>,
    /// The sheet behind it, if the certificate can prove itself.
    pub proof: Option<ProofSheet>,
    /// When the file was made.
    pub made: Moment,
}

/// A sheet with a code so large that it holds the whole proof of a certificate.
#[derive(Clone, Debug, PartialEq)]
pub struct ProofSheet {
    /// What it is.
    pub title: String,
    /// What it shows and how to use it, a paragraph each.
    pub words: Vec<String>,
    /// The address in the code, with the proof.
    pub address: String,
    /// What the code is, for those who hear it.
    pub address_title: String,
}

struct Sheet {
    canvas: Canvas,
    replaced: BTreeSet<char>,
}

impl Sheet {
    fn words(&mut self, text: &str, style: Style) -> Words {
        Words::new(text, style, &mut self.replaced)
    }

    /// Lines from `y` down, placed across the width by `place`, which is told the width of the line. Gives back where the next one goes.
    fn lines(
        &mut self,
        text: &str,
        style: Style,
        of: Of,
        y: f32,
        measure: f32,
        place: impl Fn(f32) -> f32,
    ) -> f32 {
        let mut y = y;
        for line in self.words(text, style).lines(measure) {
            let x = place(line.width);
            self.canvas.mark(of, Mark::Text { line, x, y, color: INK });
            y += style.leading();
        }
        y
    }

    fn paragraph(&mut self) -> Of {
        Of::Node(self.canvas.node(Kind::Paragraph, None))
    }
}

/// Sets a certificate.
///
/// # Errors
/// If the address is too long for a QR code or the engine refuses the sheet.
pub fn certificate(content: &Certificate) -> Result<Pdf, PaperError> {
    let mut sheet = Sheet { canvas: Canvas::new(Side::Portrait), replaced: BTreeSet::new() };
    let (width, height) = (sheet.canvas.width, sheet.canvas.height);
    for (inset, color, thick) in [(11.0, INK, 1.4), (12.6, RULE, 0.5)] {
        let inset = inset * MM;
        let frame = Frame { x: inset, y: inset, width: width - 2.0 * inset, height: height - 2.0 * inset };
        sheet.canvas.mark(Of::Ornament, Mark::Border { frame, color, width: thick });
    }
    let (left, right) = (30.0 * MM, width - 30.0 * MM);
    let measure = right - left;
    let middle = |line: f32| (width - line) / 2.0;
    let end = |line: f32| right - line;

    let of = sheet.paragraph();
    sheet.lines(&content.number, Style::plain(11.0), of, 29.0 * MM, measure, end);
    let heading = sheet.canvas.node(Kind::Heading(1, content.title.clone()), None);
    sheet.canvas.entries.push(Entry { level: 1, text: content.title.clone(), page: 0, y: 36.0 * MM });
    let mut y = title(&mut sheet, content, heading, 54.0 * MM, measure, width);

    // A long name takes a smaller letter before a second line.
    let of = sheet.paragraph();
    let size = [26.0, 22.0, 18.0, 15.0]
        .into_iter()
        .find(|size| sheet.words(&content.name, Style::bold(*size)).width() <= measure)
        .unwrap_or(15.0);
    y += 13.0 * MM;
    y = sheet.lines(&content.name, Style::bold(size), of, y, measure, middle);
    sheet.canvas.rule(left + 10.0 * MM, y - size * 1.05, measure - 20.0 * MM);

    y += 9.0 * MM;
    let of = sheet.paragraph();
    y = sheet.lines(&content.statement, Style::plain(13.0), of, y, measure, |_| left);

    y += 8.0 * MM;
    facts(&mut sheet, content, y, left, measure);

    let of = sheet.paragraph();
    let mut y = 212.0 * MM;
    y = sheet.lines(&content.date, Style::plain(12.0), of, y, measure, end) + 2.0 * MM;
    let seal = 24.0 * MM;
    let room = match content.seal {
        Seal::Picture(..) => seal + 3.0 * MM,
        Seal::Words(_) => 0.0,
    };
    let top = y;
    for line in &content.issuer {
        let of = sheet.paragraph();
        y = sheet.lines(line, Style::bold(13.0), of, y, measure - room, |line| end(line) - room);
    }
    match &content.seal {
        Seal::Picture(picture, words) => {
            let slope = picture.slope();
            let (wide, high) = if slope > 1.0 { (seal / slope, seal) } else { (seal, seal * slope) };
            let frame = Frame { x: right - wide, y: top - 6.0 * MM, width: wide, height: high };
            let node = sheet.canvas.node(Kind::Figure(words.clone(), 0, frame), None);
            sheet.canvas.mark(Of::Node(node), Mark::Picture { picture: picture.clone(), frame });
        }
        Seal::Words(words) => {
            let of = sheet.paragraph();
            sheet.lines(words, Style::plain(9.0), of, y + 1.5 * MM, measure, end);
        }
    }

    check(&mut sheet, content, left, height - 49.0 * MM, measure)?;
    if !sheet.replaced.is_empty() {
        let text = replaced(&sheet.replaced, content.lang);
        let of = sheet.paragraph();
        sheet.lines(&text, Style::plain(7.0), of, height - 15.0 * MM, measure, |_| left);
    }
    if let Some(proof) = &content.proof {
        behind(&mut sheet, proof, &content.number)?;
    }
    let pages = sheet.canvas.pages.len();
    let author = content.issuer.first().map_or("", String::as_str);
    let title = format!("{} {}", content.title, content.number);
    let about = About { title: &title, lang: content.lang, author, made: content.made };
    let bytes = write(&sheet.canvas, &about)?;
    Ok(Pdf { bytes, pages, replaced: sheet.replaced.into_iter().collect() })
}

/// The sheet behind the certificate: as large a code as the paper holds, since it has a thousand bytes and more.
fn behind(sheet: &mut Sheet, proof: &ProofSheet, number: &str) -> Result<(), PaperError> {
    sheet.canvas.new_page();
    let page = sheet.canvas.page();
    let (left, measure) = (30.0 * MM, sheet.canvas.width - 60.0 * MM);
    let heading = sheet.canvas.node(Kind::Heading(1, proof.title.clone()), None);
    let y = 36.0 * MM;
    sheet.canvas.entries.push(Entry { level: 1, text: proof.title.clone(), page, y });
    let mut y = sheet.lines(&proof.title, Style::bold(18.0), Of::Node(heading), y, measure, |_| left);
    for words in std::iter::once(number).chain(proof.words.iter().map(String::as_str)) {
        let of = sheet.paragraph();
        y = sheet.lines(words, Style::plain(10.0), of, y, measure, |_| left) + 1.5 * MM;
    }
    // The weakest correction: a sheet of paper is whole or it is not, and larger squares are read better.
    let level = qrcode::EcLevel::L;
    let code = qrcode::QrCode::with_error_correction_level(proof.address.as_bytes(), level)
        .map_err(|_| PaperError::Modules)?;
    let dark = code.to_colors().into_iter().map(|color| color == qrcode::Color::Dark).collect();
    let wide = measure.min(sheet.canvas.height - y - 25.0 * MM);
    let frame = Frame { x: left + (measure - wide) / 2.0, y: y + 4.0 * MM, width: wide, height: wide };
    let node = sheet.canvas.node(Kind::Figure(proof.address_title.clone(), page, frame), None);
    sheet.canvas.mark(Of::Node(node), Mark::Modules { side: code.width(), dark, frame });
    Ok(())
}

/// The title. Short Japanese titles are spaced out over a third of the width, as is the custom; a long one takes smaller letters before a
/// second line, and none of it is left out.
fn title(sheet: &mut Sheet, content: &Certificate, node: NodeId, y: f32, measure: f32, width: f32) -> f32 {
    let size = [34.0, 30.0, 26.0, 22.0]
        .into_iter()
        .find(|size| sheet.words(&content.title, Style::bold(*size)).width() <= measure)
        .unwrap_or(22.0);
    let style = Style::bold(size);
    let words = sheet.words(&content.title, style);
    let letters = content.title.chars().count();
    let mut y = y;
    for mut line in words.lines(measure) {
        if content.lang == Lang::Ja && (2..=6).contains(&letters) {
            line.spaced = true;
            for glyph in line.glyphs.iter_mut().take(letters - 1) {
                glyph.drawn.width += 0.5;
                line.width += 0.5 * style.size;
            }
        }
        let x = (width - line.width) / 2.0;
        sheet.canvas.mark(Of::Node(node), Mark::Text { line, x, y, color: INK });
        y += style.leading();
    }
    y - style.leading() * 0.5
}

fn facts(sheet: &mut Sheet, content: &Certificate, y: f32, left: f32, measure: f32) {
    let style = Style::plain(11.0);
    let label = content.facts.iter().map(|(label, _)| sheet.words(label, style).width()).fold(0.0, f32::max);
    let label = label.min(measure * 0.4);
    let (start, gap) = (left + 8.0 * MM, 7.0 * MM);
    let room = measure - 16.0 * MM - label - gap;
    let list = sheet.canvas.node(Kind::List, None);
    let mut y = y;
    for (name, value) in &content.facts {
        let item = sheet.canvas.node(Kind::Item, Some(list));
        let of = Of::Node(sheet.canvas.node(Kind::Label, Some(item)));
        let after_name = sheet.lines(name, style, of, y, label + 0.5, |_| start);
        let of = Of::Node(sheet.canvas.node(Kind::Body, Some(item)));
        y = sheet.lines(value, style, of, y, room, |_| start + label + gap).max(after_name);
        sheet.canvas.rule(start, y - style.size * 1.1, measure - 16.0 * MM);
        y += 4.0;
    }
}

/// The code and, beside it, how to use it.
fn check(
    sheet: &mut Sheet,
    content: &Certificate,
    left: f32,
    top: f32,
    measure: f32,
) -> Result<(), PaperError> {
    let code = qrcode::QrCode::new(content.check.as_bytes()).map_err(|_| PaperError::Modules)?;
    let dark: Vec<bool> = code.to_colors().into_iter().map(|color| color == qrcode::Color::Dark).collect();
    let wide = 25.0 * MM;
    let frame = Frame { x: left, y: top, width: wide, height: wide };
    let node = sheet.canvas.node(Kind::Figure(content.check_title.clone(), 0, frame), None);
    sheet.canvas.mark(Of::Node(node), Mark::Modules { side: code.width(), dark, frame });
    let start = left + wide + 6.0 * MM;
    let mut y = top + 9.0;
    for words in &content.check_words {
        let of = sheet.paragraph();
        y = sheet.lines(words, Style::plain(9.0), of, y, measure - wide - 6.0 * MM, |_| start);
    }
    Ok(())
}
