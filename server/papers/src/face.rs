//! The letters: which font has which, and how wide it is.
//!
//! The fonts are bytes of the program. They are not touched before the first paper, and never copied.

use std::sync::LazyLock;

use skrifa::charmap::{Charmap, MapVariant};
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider as _};

static REGULAR: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/BIZUDPGothic-Regular.ttf"));
static BOLD: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/BIZUDPGothic-Bold.ttf"));
static RARE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/KokoroeRareKanji-Regular.otf"));

/// Stands for a letter that no font here has.
pub(crate) const GETA: char = '〓';

/// One of the fonts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Face {
    Regular,
    Bold,
    /// Kanji that few names need, in one weight.
    Rare,
}

impl Face {
    pub(crate) const ALL: [Self; 3] = [Self::Regular, Self::Bold, Self::Rare];

    pub(crate) const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => REGULAR,
            Self::Bold => BOLD,
            Self::Rare => RARE,
        }
    }

    fn read(self) -> Option<&'static Read> {
        static READ: LazyLock<[Option<Read>; 3]> =
            LazyLock::new(|| Face::ALL.map(|face| Read::new(face.bytes())));
        let [regular, bold, rare] = &*READ;
        match self {
            Self::Regular => regular,
            Self::Bold => bold,
            Self::Rare => rare,
        }
        .as_ref()
    }
}

/// What is read of a font: two tables, by reference.
struct Read {
    letters: Charmap<'static>,
    widths: GlyphMetrics<'static>,
    /// How many units the size is.
    units: f32,
}

impl Read {
    fn new(bytes: &'static [u8]) -> Option<Self> {
        let font = FontRef::new(bytes).ok()?;
        let units = f32::from(font.head().ok()?.units_per_em());
        // Unscaled: at any size they would be rounded.
        let widths = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        Some(Self { letters: font.charmap(), widths, units })
    }
}

use skrifa::raw::TableProvider as _;

/// A letter as one font draws it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Drawn {
    pub(crate) face: Face,
    pub(crate) glyph: u32,
    /// In parts of the size.
    pub(crate) width: f32,
    /// Drawn with a stroke, because the font has no bold of it.
    pub(crate) thickened: bool,
}

/// How a letter is drawn, in the form that the selector behind it asks for if the font has that form.
/// `None` if no font has the letter.
pub(crate) fn drawn(letter: char, selector: Option<char>, bold: bool) -> Option<Drawn> {
    let first = if bold { Face::Bold } else { Face::Regular };
    [first, Face::Rare].into_iter().find_map(|face| {
        let read = face.read()?;
        let plain = read.letters.map(letter).filter(|glyph| glyph.to_u32() != 0)?;
        let glyph = match selector.and_then(|selector| read.letters.map_variant(letter, selector)) {
            Some(MapVariant::Variant(glyph)) => glyph,
            Some(MapVariant::UseDefault) | None => plain,
        };
        let thickened = bold && face == Face::Rare;
        Some(Drawn {
            face,
            glyph: glyph.to_u32(),
            width: read.widths.advance_width(glyph)? / read.units,
            thickened,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_names_come_out_in_one_of_the_fonts() {
        for letter in "髙﨑𠮷德濵邉邊𩸽神辻葛彅鷗éẾłß①⑨÷〓".chars() {
            assert!(drawn(letter, None, false).is_some(), "{letter}");
            assert!(drawn(letter, None, true).is_some(), "{letter}");
        }
        assert_eq!(drawn('髙', None, true).map(|drawn| drawn.face), Some(Face::Bold));
        assert_eq!(drawn('𠮷', None, true).map(|drawn| drawn.face), Some(Face::Rare));
        assert_eq!(
            drawn('\u{e000}', None, false),
            None,
            "private letters of one machine mean nothing on another"
        );
    }

    #[test]
    fn a_kanji_is_as_wide_as_the_size() {
        assert_eq!(drawn('亜', None, false).map(|drawn| drawn.width), Some(1.0));
        assert_eq!(drawn('𠮷', None, false).map(|drawn| drawn.width), Some(1.0));
    }

    #[test]
    fn a_form_that_a_name_asks_for_is_another_glyph() {
        let plain = drawn('葛', None, false).map(|drawn| drawn.glyph);
        let asked = drawn('葛', Some('\u{e0100}'), false).map(|drawn| drawn.glyph);
        assert!(asked.is_some() && asked != plain);
    }
}
