//! Marks into a PDF that says what it is (PDF/UA-1) and can be kept (PDF/A-2a): every mark is part of the content or an ornament, the
//! fonts are inside, only the letters that are used, and the text can be read out again.

use std::collections::BTreeMap;
use std::num::NonZeroU16;

use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point, Rect, Size, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, BBox, ContentTag, Identifier, ListNumbering, SpanTag, TableHeaderScope, Tag,
    TagGroup, TagKind, TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

use crate::canvas::{Canvas, Color, Frame, Kind, Mark, NodeId, Of};
use crate::describe::{Lang, Moment, PaperError};
use crate::face::Face;
use crate::line::Line;

/// What a reader is told of the whole file.
pub(crate) struct About<'a> {
    pub(crate) title: &'a str,
    pub(crate) lang: Lang,
    pub(crate) author: &'a str,
    pub(crate) made: Moment,
}

/// The file.
pub(crate) fn write(canvas: &Canvas, about: &About<'_>) -> Result<Vec<u8>, PaperError> {
    let engine = |error: &dyn std::fmt::Debug| PaperError::Engine(format!("{error:?}"));
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| engine(&error))?;
    let mut document =
        Document::new_with(SerializeSettings { configuration, enable_tagging: true, ..Default::default() });
    let mut fonts = Fonts::default();
    // What the engine calls the pieces of each part, in the order in which they are drawn.
    let mut pieces: Vec<Vec<Identifier>> = vec![Vec::new(); canvas.nodes.len()];
    for marks in &canvas.pages {
        let settings = PageSettings::from_wh(canvas.width, canvas.height)
            .ok_or_else(|| PaperError::Engine("a sheet without a size".into()))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let mut open: Option<Of> = None;
        for (of, mark) in marks {
            if open != Some(*of) {
                if open.is_some() {
                    surface.end_tagged();
                }
                let id = surface.start_tagged(tag(*of, mark));
                if let Of::Node(node) = of
                    && let Some(list) = pieces.get_mut(node.0)
                {
                    list.push(id);
                }
                open = Some(*of);
            }
            draw(&mut surface, mark, &mut fonts)?;
        }
        if open.is_some() {
            surface.end_tagged();
        }
        surface.finish();
        page.finish();
    }
    let mut tree = TagTree::new().with_lang(Some(about.lang.tag().into()));
    for root in &canvas.roots {
        if let Some(group) = group(canvas, &pieces, *root) {
            tree.push(group);
        }
    }
    document.set_tag_tree(tree);
    document.set_outline(outline(canvas));
    document.set_metadata(metadata(about));
    document.finish().map_err(|error| PaperError::Engine(format!("{error}")))
}

fn metadata(about: &About<'_>) -> Metadata {
    let made = about.made;
    let ahead = made.offset;
    let date = DateTime::new(made.year)
        .month(made.month)
        .day(made.day)
        .hour(made.hour)
        .minute(made.minute)
        .second(made.second)
        .utc_offset_hour(i8::try_from(ahead / 60).unwrap_or_default())
        .utc_offset_minute(u8::try_from(ahead.rem_euclid(60)).unwrap_or_default());
    Metadata::new()
        .title(about.title.into())
        .language(about.lang.tag().into())
        .authors(vec![about.author.into()])
        .creator("Kokoroe".into())
        .creation_date(date)
}

fn tag(of: Of, mark: &Mark) -> ContentTag<'_> {
    let artifact = |kind| ContentTag::Artifact(Artifact::with_kind(kind));
    match of {
        Of::Node(_) => match mark {
            // Who searches or listens meets the word, not its letters one by one.
            Mark::Text { line, .. } if line.spaced => {
                ContentTag::Span(SpanTag::empty().with_actual_text(Some(&line.text)))
            }
            Mark::Text { .. } => ContentTag::Span(SpanTag::empty()),
            _ => ContentTag::Other,
        },
        Of::Head => artifact(ArtifactType::Header),
        Of::Foot => artifact(ArtifactType::Footer),
        Of::Ornament => artifact(ArtifactType::Layout),
    }
}

fn group(canvas: &Canvas, pieces: &[Vec<Identifier>], id: NodeId) -> Option<TagGroup> {
    let node = canvas.nodes.get(id.0)?;
    let kind: TagKind = match &node.kind {
        Kind::Heading(level, text) => {
            Tag::Hn(NonZeroU16::new((*level).into()).unwrap_or(NonZeroU16::MIN), Some(text.clone())).into()
        }
        Kind::Paragraph => Tag::P.into(),
        Kind::List => Tag::L(ListNumbering::None).into(),
        Kind::Item => Tag::LI.into(),
        Kind::Label => Tag::Lbl.into(),
        Kind::Body => Tag::LBody.into(),
        Kind::Table(summary) => Tag::Table.with_summary(Some(summary.clone())).into(),
        Kind::TableHead => Tag::THead.into(),
        Kind::TableBody => Tag::TBody.into(),
        Kind::Row => Tag::TR.into(),
        Kind::ColumnName => Tag::TH(TableHeaderScope::Column).into(),
        Kind::RowName => Tag::TH(TableHeaderScope::Row).into(),
        Kind::Data => Tag::TD.into(),
        Kind::Figure(words, page, frame) => {
            Tag::Figure(Some(words.clone())).with_bbox(rect(*frame).map(|rect| BBox::new(*page, rect))).into()
        }
    };
    let mut group = TagGroup::new(kind);
    for piece in pieces.get(id.0).into_iter().flatten() {
        group.push(*piece);
    }
    for child in &node.children {
        if let Some(child) = self::group(canvas, pieces, *child) {
            group.push(child);
        }
    }
    Some(group)
}

fn outline(canvas: &Canvas) -> Outline {
    let mut outline = Outline::new();
    let mut section: Option<OutlineNode> = None;
    for entry in &canvas.entries {
        let place = XyzDestination::new(entry.page, Point::from_xy(0.0, entry.y));
        let node = OutlineNode::new(entry.text.clone(), place);
        match (&mut section, entry.level) {
            (Some(section), 3..) => section.push_child(node),
            (section, _) => {
                if let Some(done) = section.replace(node) {
                    outline.push_child(done);
                }
            }
        }
    }
    if let Some(done) = section {
        outline.push_child(done);
    }
    outline
}

/// The fonts as the engine knows them, for one file.
#[derive(Default)]
struct Fonts(BTreeMap<Face, Font>);

impl Fonts {
    fn get(&mut self, face: Face) -> Result<Font, PaperError> {
        if let Some(font) = self.0.get(&face) {
            return Ok(font.clone());
        }
        let font = Font::new(face.bytes().into(), 0).ok_or(PaperError::Font)?;
        self.0.insert(face, font.clone());
        Ok(font)
    }
}

fn fill(color: Color) -> Fill {
    let Color(red, green, blue) = color;
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }
}

fn rect(frame: Frame) -> Option<Rect> {
    Rect::from_xywh(frame.x, frame.y, frame.width, frame.height)
}

fn path(frame: Frame) -> Option<Path> {
    let mut builder = PathBuilder::new();
    builder.push_rect(rect(frame)?);
    builder.finish()
}

fn draw(surface: &mut Surface<'_>, mark: &Mark, fonts: &mut Fonts) -> Result<(), PaperError> {
    match mark {
        Mark::Text { line, x, y, color } => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill(*color)));
            text(surface, line, (*x, *y), *color, fonts)?;
        }
        Mark::Fill { frame, color } => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill(*color)));
            if let Some(path) = path(*frame) {
                surface.draw_path(&path);
            }
        }
        Mark::Border { frame, color, width } => {
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke {
                paint: fill(*color).paint,
                width: *width,
                ..Default::default()
            }));
            if let Some(path) = path(*frame) {
                surface.draw_path(&path);
            }
            surface.set_stroke(None);
        }
        Mark::Picture { picture, frame } => {
            surface.push_transform(&Transform::from_translate(frame.x, frame.y));
            if let Some(size) = Size::from_wh(frame.width, frame.height) {
                surface.draw_image(picture.image()?, size);
            }
            surface.pop();
        }
        Mark::Modules { side, dark, frame } => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill(Color(0, 0, 0))));
            if let Some(path) = modules(*side, dark, *frame) {
                surface.draw_path(&path);
            }
        }
    }
    Ok(())
}

/// The runs of dark modules as bars, so that no hairline of white shows between two of them.
#[expect(clippy::cast_precision_loss, reason = "a QR code has at most 177 modules a side")]
fn modules(side: usize, dark: &[bool], frame: Frame) -> Option<Path> {
    let step = frame.width / side as f32;
    let mut builder = PathBuilder::new();
    for (row, line) in dark.chunks(side).enumerate() {
        let mut column = 0;
        for run in line.chunk_by(|a, b| a == b) {
            if run.first() == Some(&true) {
                builder.push_rect(Rect::from_xywh(
                    frame.x + column as f32 * step,
                    frame.y + row as f32 * step,
                    run.len() as f32 * step,
                    step,
                )?);
            }
            column += run.len();
        }
    }
    builder.finish()
}

fn text(
    surface: &mut Surface<'_>,
    line: &Line,
    (mut x, y): (f32, f32),
    color: Color,
    fonts: &mut Fonts,
) -> Result<(), PaperError> {
    for run in line.glyphs.chunk_by(|a, b| a.drawn.face == b.drawn.face) {
        let Some(first) = run.first() else { continue };
        let glyphs: Vec<KrillaGlyph> = run
            .iter()
            .map(|glyph| {
                KrillaGlyph::new(
                    GlyphId::new(glyph.drawn.glyph),
                    glyph.drawn.width,
                    0.0,
                    0.0,
                    0.0,
                    glyph.range.clone(),
                    None,
                )
            })
            .collect();
        let font = fonts.get(first.drawn.face)?;
        let stroke = first.drawn.thickened.then(|| Stroke {
            paint: fill(color).paint,
            width: line.size * 0.032,
            ..Default::default()
        });
        surface.set_stroke(stroke);
        surface.draw_glyphs(Point::from_xy(x, y), &glyphs, font, &line.text, line.size, false);
        x += run.iter().map(|glyph| glyph.drawn.width * line.size).sum::<f32>();
    }
    surface.set_stroke(None);
    Ok(())
}
