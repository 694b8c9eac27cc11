//! What a paper says, before anybody knows where it will stand on the page.

use crate::picture::Picture;

/// The language a paper is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// Japanese.
    Ja,
    /// English.
    En,
}

impl Lang {
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }
}

/// How an A4 sheet lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Upright.
    Portrait,
    /// On its long side.
    Landscape,
}

/// An instant as a wall clock shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The year.
    pub year: u16,
    /// The month, from 1.
    pub month: u8,
    /// The day, from 1.
    pub day: u8,
    /// The hour.
    pub hour: u8,
    /// The minute.
    pub minute: u8,
    /// The second.
    pub second: u8,
    /// How far the clock is ahead of UTC, in minutes.
    pub offset: i16,
}

/// What every page of a paper says above and below its content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The hospital.
    pub hospital: String,
    /// What the paper is.
    pub report: String,
    /// What it was narrowed to.
    pub conditions: String,
    /// As of when it is true.
    pub as_of: String,
    /// Who made it, and when.
    pub by: String,
}

/// A paper.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper {
    /// Its language.
    pub lang: Lang,
    /// How its sheets lie.
    pub side: Side,
    /// Its title, at the top of the first page and in the title bar of a reader.
    pub title: String,
    /// What every page says.
    pub head: Head,
    /// When it was made.
    pub made: Moment,
    /// Its content.
    pub blocks: Vec<Block>,
}

/// A part of a paper.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading: 1 for a section, 2 for a part of one.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(String),
    /// A paragraph in small letters.
    Note(String),
    /// Names and values.
    Facts(Vec<(String, String)>),
    /// A table.
    Table(Table),
    /// A picture with what it shows in words, so many millimetres wide.
    Picture(Picture, String, f32),
    /// What follows begins on a new page.
    NewPage,
}

/// A table. Its header row stands again on each page, and no row is torn apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What it is about, for those who hear it instead of seeing it.
    pub summary: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// Which column names the row, counted from 0.
    pub names: Option<usize>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// Where its cells stand.
    pub align: Align,
}

/// Where a text stands in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At its beginning.
    Start,
    /// In its middle.
    Middle,
    /// At its end.
    End,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it says. A number that is drawn always stands here too: nothing is told by colour or length alone.
    pub text: String,
    /// What is drawn behind or below the text.
    pub shade: Option<Shade>,
}

impl Cell {
    /// A cell of words.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), shade: None }
    }
}

/// What makes a number quick to see. In thousandths, from 0 to 1000.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shade {
    /// A ground that is the darker the more is missing.
    Missing(u16),
    /// A bar below the number.
    Bar(u16),
}

/// A finished paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Letters that no font here has. The paper shows 〓 for each and lists them at its end.
    pub replaced: Vec<char>,
}

/// Why there is no paper.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// An embedded font cannot be read, which only a damaged build explains.
    #[error("a font of the program cannot be read")]
    Font,
    /// A picture is not one that papers take.
    #[error("{0}")]
    Picture(String),
    /// A text does not fit into a QR code.
    #[error("a text is too long for a QR code")]
    Modules,
    /// The PDF engine refused the document.
    #[error("the PDF could not be written: {0}")]
    Engine(String),
}
