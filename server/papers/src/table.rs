//! Tables: as wide as the page, columns as wide as their words need, the header again on each page, rows whole.

use crate::canvas::{Color, Frame, GROUND, INK, Kind, Mark, NodeId, Of};
use crate::describe::{Align, Cell, Shade, Table};
use crate::flow::Flow;
use crate::line::{Line, Style, Words};

/// Room left and right of the words of a cell.
const PAD: f32 = 3.0;
/// Room above and below them.
const AIR: f32 = 2.4;
/// A column is not narrower than this, or its words would stand one letter below the other.
const NARROWEST: f32 = 30.0;
/// The longest figure that stays whole, in letters: a day.
const FIGURE: usize = 12;
/// The ground where everything is missing: dark enough to be seen, light enough for black figures (contrast 8.9).
const DEEP: [f32; 3] = [126.0, 168.0, 245.0];
const BAR: Color = Color(38, 74, 244);

/// A cell whose letters are known.
struct Set {
    words: Words,
    shade: Option<Shade>,
}

/// A row whose lines are known.
struct Row {
    cells: Vec<(Vec<Line>, Option<Shade>)>,
    height: f32,
}

struct Form<'a> {
    table: &'a Table,
    widths: Vec<f32>,
    size: f32,
}

/// Puts the table where the flow is.
pub(crate) fn set(flow: &mut Flow, table: &Table) {
    let columns = table.columns.len();
    if columns == 0 {
        return;
    }
    // Smaller letters before columns that are too narrow.
    let wide = [(8.5, 40.0), (7.5, 34.0), (6.5, 30.0), (5.5, 0.0)];
    #[expect(clippy::cast_precision_loss, reason = "a few dozen columns")]
    let share = flow.measure / columns as f32;
    let size = wide.iter().find(|(_, least)| share >= *least).map_or(5.5, |(size, _)| *size);
    let title = Style::bold(size);
    let heads: Vec<Set> = table
        .columns
        .iter()
        .map(|column| Set { words: flow.words(&column.title, title), shade: None })
        .collect();
    let rows: Vec<Vec<Set>> = table
        .rows
        .iter()
        .map(|row| {
            (0..columns)
                .map(|index| {
                    let empty = Cell::default();
                    let cell = row.get(index).unwrap_or(&empty);
                    let style = Style { size, bold: table.names == Some(index) };
                    // A cell without a word would be missing from the tree, and the row one cell short.
                    let text = if cell.text.is_empty() { " " } else { &cell.text };
                    Set { words: flow.words(text, style), shade: cell.shade }
                })
                .collect()
        })
        .collect();
    let form = Form { table, widths: widths(&heads, &rows, flow.measure), size };
    let head = form.row(&heads);
    let node = flow.canvas.node(Kind::Table(table.summary.clone()), None);
    let first = rows.first().map_or(0.0, |row| form.row(row).height);
    flow.need((head.height + first).min(flow.whole()));
    let group = flow.canvas.node(Kind::TableHead, Some(node));
    let tree = flow.canvas.node(Kind::Row, Some(group));
    form.draw(flow, &head, Some(tree), true);
    let body = flow.canvas.node(Kind::TableBody, Some(node));
    for row in &rows {
        let mut row = form.row(row);
        let tree = flow.canvas.node(Kind::Row, Some(body));
        if row.height > flow.room() {
            flow.new_page();
            form.draw(flow, &head, None, true);
        }
        // A row that is higher than a page cannot stay whole.
        while row.height > flow.room() {
            let rest = form.split(&mut row, flow.room());
            form.draw(flow, &row, Some(tree), false);
            flow.new_page();
            form.draw(flow, &head, None, true);
            row = rest;
        }
        form.draw(flow, &row, Some(tree), false);
    }
    flow.y += 8.0;
}

/// Columns take what their longest cell needs. If that is more than there is, the widest give way first.
fn widths(heads: &[Set], rows: &[Vec<Set>], measure: f32) -> Vec<f32> {
    let mut wanted: Vec<f32> = heads
        .iter()
        .enumerate()
        .map(|(index, head)| {
            let cells = rows.iter().filter_map(|row| row.get(index)).map(|cell| cell.words.width());
            let widest = cells.fold(0.0, f32::max);
            // A heading may take two lines, three if it is long, and never less than its longest word.
            let whole = head.words.width();
            let word = head
                .words
                .text
                .split_whitespace()
                .filter(|word| word.is_ascii())
                .map(|word| Words::new(word, head.words.style, &mut Default::default()).width())
                .fold(0.0, f32::max);
            let heading = if whole < 48.0 { whole } else { (whole * 0.4).max(48.0) };
            widest.max(heading).max(word) + 2.0 * PAD + 0.5
        })
        .collect();
    let all: f32 = wanted.iter().sum();
    if all <= measure {
        // What is left over goes to all in proportion, so that the table is as wide as the text.
        let more = measure / all;
        for width in &mut wanted {
            *width *= more;
        }
        return wanted;
    }
    // A day or a time is not torn apart as long as something else can give way.
    let least: Vec<f32> = (0..heads.len())
        .map(|index| {
            let cells = rows.iter().filter_map(|row| row.get(index));
            cells.map(|cell| figure(&cell.words)).fold(0.0, f32::max) + 2.0 * PAD + 0.5
        })
        .collect();
    let at_most = |cap: f32| {
        wanted.iter().zip(&least).map(move |(width, least)| width.min(cap.max(*least))).collect::<Vec<f32>>()
    };
    let (mut low, mut high) = (NARROWEST, measure);
    for _ in 0..40 {
        let cap = f32::midpoint(low, high);
        if at_most(cap).iter().sum::<f32>() > measure {
            high = cap;
        } else {
            low = cap;
        }
    }
    let capped = at_most(low);
    let share = measure / capped.iter().sum::<f32>();
    // More columns than a page takes at the narrowest: all the same, and inside the page.
    capped.into_iter().map(|width| if share < 1.0 { width * share } else { width }).collect()
}

/// How wide the longest piece of a cell of figures is that should stay whole; nothing of a cell of words, which breaks anywhere, or of
/// figures that no column has room for.
#[expect(clippy::cast_precision_loss, reason = "the length of a cell")]
fn figure(words: &Words) -> f32 {
    let text = words.text.as_str();
    if !text.is_ascii() {
        return 0.0;
    }
    let longest = text.split_whitespace().map(str::len).max().unwrap_or(0);
    if longest > FIGURE {
        return 0.0;
    }
    // Figures are about equally wide, and wider than the signs between them: a part of the cell is as wide as its part of the letters
    // and a little more.
    1.12 * words.width() * longest as f32 / text.len().max(1) as f32 + 1.0
}

impl Form<'_> {
    fn step(&self) -> f32 {
        self.size * 1.42
    }

    fn row(&self, cells: &[Set]) -> Row {
        let cells: Vec<_> = cells
            .iter()
            .zip(&self.widths)
            .map(|(cell, width)| (cell.words.lines((width - 2.0 * PAD).max(self.size)), cell.shade))
            .collect();
        self.measured(cells)
    }

    fn measured(&self, cells: Vec<(Vec<Line>, Option<Shade>)>) -> Row {
        let lines = cells.iter().map(|(lines, _)| lines.len()).max().unwrap_or(1);
        let bar = if cells.iter().any(|(_, shade)| matches!(shade, Some(Shade::Bar(_)))) { 3.0 } else { 0.0 };
        #[expect(clippy::cast_precision_loss, reason = "a few lines")]
        let height = lines as f32 * self.step() + 2.0 * AIR + bar;
        Row { cells, height }
    }

    /// Leaves in the row what fits and gives back the rest.
    fn split(&self, row: &mut Row, room: f32) -> Row {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few dozen lines")]
        let fits = (((room - 2.0 * AIR - 3.0) / self.step()) as usize).max(1);
        let rest = row
            .cells
            .iter_mut()
            .map(|(lines, shade)| (lines.split_off(fits.min(lines.len())), shade.take()))
            .collect();
        *row = self.measured(std::mem::take(&mut row.cells));
        self.measured(rest)
    }

    /// Draws a row. Without a place in the tree it is an ornament: the header that stands there again.
    fn draw(&self, flow: &mut Flow, row: &Row, tree: Option<NodeId>, head: bool) {
        let (top, height) = (flow.y, row.height);
        if head {
            let frame = Frame { x: flow.left, y: top, width: flow.measure, height };
            flow.canvas.mark(Of::Ornament, Mark::Fill { frame, color: GROUND });
            flow.canvas.rule(flow.left, top, flow.measure);
        }
        let mut x = flow.left;
        for (index, ((lines, shade), width)) in row.cells.iter().zip(&self.widths).enumerate() {
            if let Some(shade) = shade {
                ground(flow, *shade, Frame { x, y: top, width: *width, height });
            }
            let kind = match (head, self.table.names == Some(index)) {
                (true, _) => Kind::ColumnName,
                (false, true) => Kind::RowName,
                (false, false) => Kind::Data,
            };
            let of = tree.map_or(Of::Ornament, |tree| Of::Node(flow.canvas.node(kind, Some(tree))));
            let align = self.table.columns.get(index).map_or(Align::Start, |column| column.align);
            let mut y = top + AIR + self.size * 1.08;
            for line in lines {
                let free = width - 2.0 * PAD - line.width;
                let move_by = match align {
                    Align::Start => 0.0,
                    Align::Middle => free / 2.0,
                    Align::End => free,
                };
                let mark = Mark::Text { line: line.clone(), x: x + PAD + move_by.max(0.0), y, color: INK };
                flow.canvas.mark(of, mark);
                y += self.step();
            }
            x += width;
        }
        flow.y += height;
        flow.canvas.rule(flow.left, flow.y, flow.measure);
    }
}

fn ground(flow: &mut Flow, shade: Shade, cell: Frame) {
    match shade {
        Shade::Missing(permille) => {
            let part = f32::from(permille.min(1000)) / 1000.0;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 255")]
            let [red, green, blue] = DEEP.map(|deep| (255.0 - (255.0 - deep) * part).round() as u8);
            let frame = Frame {
                x: cell.x + 0.5,
                y: cell.y + 0.5,
                width: cell.width - 1.0,
                height: cell.height - 1.0,
            };
            flow.canvas.mark(Of::Ornament, Mark::Fill { frame, color: Color(red, green, blue) });
        }
        Shade::Bar(permille) => {
            let full = cell.width - 2.0 * PAD;
            let width = full * f32::from(permille.min(1000)) / 1000.0;
            let frame = Frame { x: cell.x + PAD, y: cell.y + cell.height - 4.2, width: full, height: 2.2 };
            flow.canvas.mark(Of::Ornament, Mark::Fill { frame, color: GROUND });
            if width > 0.0 {
                flow.canvas.mark(Of::Ornament, Mark::Fill { frame: Frame { width, ..frame }, color: BAR });
            }
        }
    }
}
