//! Blocks one below the other, over as many pages as they need.

use std::collections::BTreeSet;

use crate::canvas::{Canvas, Entry, Frame, INK, Kind, MM, Mark, NodeId, Of};
use crate::describe::{Block, Lang, Paper, PaperError, Pdf};
use crate::line::{Line, Style, Words};
use crate::running::Running;
use crate::table;
use crate::write::{About, write};

/// From the left edge: room for the holes of a binder.
const LEFT: f32 = 20.0 * MM;
const RIGHT: f32 = 15.0 * MM;
const TOP: f32 = 24.0 * MM;
const BOTTOM: f32 = 19.0 * MM;

const TEXT: Style = Style::plain(10.0);
const SMALL: Style = Style::plain(8.5);

/// The place where the next block goes.
pub(crate) struct Flow {
    pub(crate) canvas: Canvas,
    pub(crate) y: f32,
    pub(crate) left: f32,
    pub(crate) measure: f32,
    bottom: f32,
    pub(crate) replaced: BTreeSet<char>,
}

impl Flow {
    /// How much of the page is left.
    pub(crate) fn room(&self) -> f32 {
        self.bottom - self.y
    }

    /// How much a whole page takes.
    pub(crate) fn whole(&self) -> f32 {
        self.bottom - TOP
    }

    fn at_top(&self) -> bool {
        self.y <= TOP + 0.01
    }

    pub(crate) fn new_page(&mut self) {
        self.canvas.new_page();
        self.y = TOP;
    }

    /// Goes to the next page if less than this is left of this one.
    pub(crate) fn need(&mut self, height: f32) {
        if self.room() < height && !self.at_top() {
            self.new_page();
        }
    }

    fn gap(&mut self, height: f32) {
        if !self.at_top() {
            self.y += height;
        }
    }

    pub(crate) fn words(&mut self, text: &str, style: Style) -> Words {
        Words::new(text, style, &mut self.replaced)
    }

    /// Lines of one part, none alone on a page.
    fn lines(&mut self, lines: Vec<Line>, style: Style, of: NodeId, x: f32) {
        let (step, count) = (style.leading(), lines.len());
        for (index, line) in lines.into_iter().enumerate() {
            let left = count - index;
            // The first two stay together, and so do the last two.
            let together = if (index == 0 && count > 1) || left == 2 { 2.0 } else { 1.0 };
            let together = if count == 3 && index == 0 { 3.0 } else { together };
            self.need(step * together);
            self.text(line, x, Of::Node(of));
        }
    }

    /// One line, whose height is added.
    fn text(&mut self, line: Line, x: f32, of: Of) {
        let size = line.size;
        let y = self.y + size * 1.16;
        self.canvas.mark(of, Mark::Text { line, x, y, color: INK });
        self.y += Style::plain(size).leading();
    }

    fn heading(&mut self, level: u8, text: &str, style: Style) {
        // An empty heading announces nothing, and the engine would refuse it.
        if text.trim().is_empty() {
            return;
        }
        let lines = self.words(text, style).lines(self.measure);
        self.gap(style.size * 0.9);
        #[expect(clippy::cast_precision_loss, reason = "a few lines")]
        let height = lines.len() as f32 * style.leading();
        // A heading does not stand at the foot of a page without what it announces.
        self.need(height + 4.0 * TEXT.leading());
        let node = self.canvas.node(Kind::Heading(level, text.into()), None);
        self.canvas.entries.push(Entry { level, text: text.into(), page: self.canvas.page(), y: self.y });
        for line in lines {
            self.text(line, self.left, Of::Node(node));
        }
        self.y += style.size * 0.35;
    }

    fn paragraph(&mut self, text: &str, style: Style) {
        let lines = self.words(text, style).lines(self.measure);
        let node = self.canvas.node(Kind::Paragraph, None);
        self.lines(lines, style, node, self.left);
        self.y += style.size * 0.5;
    }

    fn facts(&mut self, facts: &[(String, String)]) {
        let labels: Vec<Words> = facts.iter().map(|(label, _)| self.words(label, TEXT)).collect();
        let widest = labels.iter().map(Words::width).fold(0.0, f32::max);
        let column = (widest + 1.0).min(self.measure * 0.36);
        let gap = 5.0 * MM;
        let list = self.canvas.node(Kind::List, None);
        for (label, (_, value)) in labels.iter().zip(facts) {
            let value = self.words(value, TEXT).lines(self.measure - column - gap);
            let label = label.lines(column);
            #[expect(clippy::cast_precision_loss, reason = "a few lines")]
            let height = label.len().max(value.len()) as f32 * TEXT.leading();
            self.need(height.min(self.whole()));
            let item = self.canvas.node(Kind::Item, Some(list));
            let (page, top) = (self.canvas.page(), self.y);
            let node = self.canvas.node(Kind::Label, Some(item));
            for line in label {
                self.text(line, self.left, Of::Node(node));
            }
            let label_end = self.y;
            self.y = top;
            let node = self.canvas.node(Kind::Body, Some(item));
            self.lines(value, TEXT, node, self.left + column + gap);
            if self.canvas.page() == page {
                self.y = self.y.max(label_end);
                self.canvas.rule(self.left, self.y + 1.2, self.measure);
            }
            self.y += 3.0;
        }
        self.y += TEXT.size * 0.3;
    }

    fn picture(&mut self, picture: &crate::Picture, words: &str, width: f32) {
        let width = (width * MM).min(self.measure);
        let height = width * picture.slope();
        self.need(height);
        let frame = Frame { x: self.left, y: self.y, width, height };
        let node = self.canvas.node(Kind::Figure(words.into(), self.canvas.page(), frame), None);
        self.canvas.mark(Of::Node(node), Mark::Picture { picture: picture.clone(), frame });
        self.y += height + 6.0;
    }
}

/// Sets a paper.
///
/// # Errors
/// If the engine refuses it, which no content of the describable kind makes it do.
pub fn paper(paper: &Paper) -> Result<Pdf, PaperError> {
    let canvas = Canvas::new(paper.side);
    let (width, height) = (canvas.width, canvas.height);
    let mut flow = Flow {
        canvas,
        y: TOP,
        left: LEFT,
        measure: width - LEFT - RIGHT,
        bottom: height - BOTTOM,
        replaced: BTreeSet::new(),
    };
    flow.heading(1, &paper.title, Style::bold(17.0));
    for block in &paper.blocks {
        match block {
            Block::Heading(1, text) => flow.heading(2, text, Style::bold(13.0)),
            Block::Heading(_, text) => flow.heading(3, text, Style::bold(10.5)),
            Block::Paragraph(text) => flow.paragraph(text, TEXT),
            Block::Note(text) => flow.paragraph(text, SMALL),
            Block::Facts(facts) => flow.facts(facts),
            Block::Table(content) => table::set(&mut flow, content),
            Block::Picture(picture, words, width) => flow.picture(picture, words, *width),
            Block::NewPage => {
                if !flow.at_top() {
                    flow.new_page();
                }
            }
        }
    }
    // Its letters are looked for before the list of missing ones is written, its pages are counted after.
    let running = Running::new(&mut flow, &paper.head);
    if !flow.replaced.is_empty() {
        let text = replaced(&flow.replaced, paper.lang);
        flow.paragraph(&text, SMALL);
    }
    let total = flow.canvas.pages.len();
    running.draw(&mut flow, paper.lang);
    let about =
        About { title: &paper.title, lang: paper.lang, author: &paper.head.hospital, made: paper.made };
    let bytes = write(&flow.canvas, &about)?;
    Ok(Pdf { bytes, pages: total, replaced: flow.replaced.into_iter().collect() })
}

/// The sentence about letters that no font has.
pub(crate) fn replaced(letters: &BTreeSet<char>, lang: Lang) -> String {
    let codes: Vec<String> = letters.iter().map(|letter| format!("U+{:04X}", u32::from(*letter))).collect();
    match lang {
        Lang::Ja => format!("この書面に収められない文字を〓にしました：{}", codes.join("、")),
        Lang::En => format!("Letters that this paper cannot hold are shown as 〓: {}", codes.join(", ")),
    }
}
