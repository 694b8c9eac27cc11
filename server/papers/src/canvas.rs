//! Sheets with marks on them, and the tree that says what the marks mean. Lengths are points, from the upper left corner.

use crate::describe::Side;
use crate::line::Line;
use crate::picture::Picture;

/// Points in a millimetre.
pub(crate) const MM: f32 = 72.0 / 25.4;

/// Black enough for any printer.
pub(crate) const INK: Color = Color(26, 26, 28);
/// For what stands around the content.
pub(crate) const GREY: Color = Color(82, 82, 90);
/// For rules.
pub(crate) const RULE: Color = Color(150, 150, 158);
/// The ground of header rows.
pub(crate) const GROUND: Color = Color(237, 239, 243);

/// Red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Color(pub(crate) u8, pub(crate) u8, pub(crate) u8);

/// A part of the tree, by its place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NodeId(pub(crate) usize);

/// What a part of the paper is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Heading(u8, String),
    Paragraph,
    List,
    Item,
    Label,
    Body,
    Table(String),
    TableHead,
    TableBody,
    Row,
    ColumnName,
    RowName,
    Data,
    /// A figure in words, with its page and its frame.
    Figure(String, usize, Frame),
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Frame {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
}

/// A part of the tree.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) children: Vec<NodeId>,
}

/// What a mark belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    /// A part of the content.
    Node(NodeId),
    /// The running head.
    Head,
    /// The running foot.
    Foot,
    /// Rules, grounds and header rows that stand again.
    Ornament,
}

/// Something on a sheet.
#[derive(Clone, Debug)]
pub(crate) enum Mark {
    /// A line of text that begins at `x` and stands on `y`.
    Text {
        line: Line,
        x: f32,
        y: f32,
        color: Color,
    },
    Fill {
        frame: Frame,
        color: Color,
    },
    /// A rectangle of lines.
    Border {
        frame: Frame,
        color: Color,
        width: f32,
    },
    Picture {
        picture: Picture,
        frame: Frame,
    },
    /// The dark modules of a QR code, row by row.
    Modules {
        side: usize,
        dark: Vec<bool>,
        frame: Frame,
    },
}

/// An entry of the list of headings that readers show.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) level: u8,
    pub(crate) text: String,
    pub(crate) page: usize,
    pub(crate) y: f32,
}

/// The sheets of one paper.
#[derive(Debug)]
pub(crate) struct Canvas {
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) pages: Vec<Vec<(Of, Mark)>>,
    pub(crate) nodes: Vec<Node>,
    /// The parts that are in no other.
    pub(crate) roots: Vec<NodeId>,
    pub(crate) entries: Vec<Entry>,
}

impl Canvas {
    pub(crate) fn new(side: Side) -> Self {
        let (short, long) = (210.0 * MM, 297.0 * MM);
        let (width, height) = match side {
            Side::Portrait => (short, long),
            Side::Landscape => (long, short),
        };
        Self {
            width,
            height,
            pages: vec![Vec::new()],
            nodes: Vec::new(),
            roots: Vec::new(),
            entries: Vec::new(),
        }
    }

    /// The page that is being filled, counted from 0.
    pub(crate) const fn page(&self) -> usize {
        self.pages.len().saturating_sub(1)
    }

    pub(crate) fn new_page(&mut self) {
        self.pages.push(Vec::new());
    }

    pub(crate) fn node(&mut self, kind: Kind, parent: Option<NodeId>) -> NodeId {
        let id = NodeId(self.nodes.len());
        self.nodes.push(Node { kind, children: Vec::new() });
        match parent.and_then(|parent| self.nodes.get_mut(parent.0)) {
            Some(parent) => parent.children.push(id),
            None => self.roots.push(id),
        }
        id
    }

    pub(crate) fn mark(&mut self, of: Of, mark: Mark) {
        self.mark_on(self.page(), of, mark);
    }

    pub(crate) fn mark_on(&mut self, page: usize, of: Of, mark: Mark) {
        if let Some(marks) = self.pages.get_mut(page) {
            marks.push((of, mark));
        }
    }

    /// A line of the thinnest sort that printers keep.
    pub(crate) fn rule(&mut self, x: f32, y: f32, width: f32) {
        self.rule_on(self.page(), x, y, width);
    }

    pub(crate) fn rule_on(&mut self, page: usize, x: f32, y: f32, width: f32) {
        let frame = Frame { x, y: y - 0.2, width, height: 0.4 };
        self.mark_on(page, Of::Ornament, Mark::Fill { frame, color: RULE });
    }
}
