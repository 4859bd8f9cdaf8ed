//! The page as a tagged PDF for paper, eye and screen reader; it is refused rather than written against PDF/UA-1.
#![allow(clippy::float_arithmetic, reason = "lengths on paper; nothing is decided with them")]

use std::num::NonZeroU16;

use gravida_record::{Paper, Sheet};
use krilla::configure::{Configuration, Validator};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, LineJoin, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, Tag, TagGroup, TagTree};
use krilla::text::{GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

use crate::NotOnPaper;
use crate::face::{Faces, Glyph};
use crate::layout::{Block, Kind, pages};

/// Points from the edge of the paper: 18 mm.
const MARGIN: f32 = 51.0;
/// The outline that makes a character bold, in units of the size of the text.
const BOLDER: f32 = 0.035;

/// The bytes of the document. The same sheet gives the same ones: it holds no date of its making.
///
/// # Errors
/// When the document cannot be written, or would break PDF/UA-1.
pub fn pdf(sheet: &Sheet, paper: Paper) -> Result<Vec<u8>, NotOnPaper> {
    let (width, height) = match paper {
        Paper::A4 => (595.28, 841.89),
        Paper::Letter => (612.0, 792.0),
    };
    let faces = Faces::load()?;
    let mut document = Document::new_with(SerializeSettings { configuration: Configuration::new_with_validator(Validator::UA1), ..SerializeSettings::default() });
    let mut tags = Tags { tree: TagTree::new(), list: None };
    let mut outline = Outline::new();
    let laid_out = pages(sheet, &faces, width - 2.0 * MARGIN, height - 2.0 * MARGIN);
    let of = laid_out.len();
    for (number, blocks) in laid_out.iter().enumerate() {
        let size = PageSettings::from_wh(width, height).ok_or(NotOnPaper::Size)?;
        let mut page = document.start_page_with(size);
        let mut surface = page.surface();
        let mut top = MARGIN;
        for block in blocks {
            top += block.before;
            if matches!(block.kind, Kind::Title | Kind::Heading) {
                outline.push_child(OutlineNode::new(block.text.clone(), XyzDestination::new(number, Point::from_xy(MARGIN, top))));
            }
            if block.kind == Kind::Heading {
                rule(&mut surface, MARGIN, top + block.leading() + 1.0, width - MARGIN);
            }
            let marks = draw(&mut surface, &faces, block, top);
            tags.add(block, marks);
            top += block.leading() * block.lines.len() as f32;
        }
        if of > 1 {
            let glyphs: Vec<Glyph> = format!("{} / {of}", number + 1).chars().map(|character| faces.glyph(character, false)).collect();
            surface.start_tagged(ContentTag::Artifact(ArtifactType::Footer));
            line(&mut surface, &faces, &glyphs, 8.0, MARGIN, height - MARGIN / 2.0);
            surface.end_tagged();
        }
        surface.finish();
        page.finish();
    }
    document.set_outline(outline);
    document.set_tag_tree(tags.finish());
    document.set_metadata(Metadata::new().title(sheet.title.clone()).language(sheet.language.clone()).creator(format!("Gravida {}", env!("CARGO_PKG_VERSION"))));
    document.finish().map_err(|why| NotOnPaper::NotAccessible(format!("{why:?}")))
}

/// A thin line under a heading: for the eye alone.
fn rule(surface: &mut Surface<'_>, from: f32, y: f32, to: f32) {
    let mut path = PathBuilder::new();
    if let Some(rect) = Rect::from_ltrb(from, y, to, y + 0.1) {
        path.push_rect(rect);
    }
    if let Some(path) = path.finish() {
        surface.start_tagged(ContentTag::Artifact(ArtifactType::Other));
        surface.set_stroke(Some(Stroke { width: 0.4, ..Stroke::default() }));
        surface.draw_path(&path);
        surface.set_stroke(None);
        surface.end_tagged();
    }
}

/// Draws the lines of a block and returns a mark for each; a bullet has a mark of its own, the first.
fn draw(surface: &mut Surface<'_>, faces: &Faces, block: &Block, top: f32) -> Vec<Identifier> {
    let mut marks = Vec::new();
    let mut tagged = |glyphs: &[Glyph], left: f32, y: f32| {
        marks.push(surface.start_tagged(ContentTag::Span(SpanTag::empty())));
        line(surface, faces, glyphs, block.size, left, y);
        surface.end_tagged();
    };
    let first = top + block.size;
    if block.kind == Kind::Item {
        let bullet = [faces.glyph('•', false), faces.glyph(' ', false)];
        tagged(&bullet, MARGIN + block.left - block.size * 0.8, first);
    }
    for (n, glyphs) in block.lines.iter().enumerate() {
        tagged(glyphs, MARGIN + block.left, first + block.leading() * n as f32);
    }
    marks
}

/// Draws one line, a run of each font after the other.
fn line(surface: &mut Surface<'_>, faces: &Faces, glyphs: &[Glyph], size: f32, left: f32, y: f32) {
    let mut x = left;
    for run in glyphs.chunk_by(|a, b| (a.face, a.outlined) == (b.face, b.outlined)) {
        let Some(font) = run.first().and_then(|glyph| faces.font(glyph.face)) else { continue };
        let text: String = run.iter().map(|glyph| glyph.character).collect();
        let mut at = 0;
        let shaped: Vec<KrillaGlyph> = run
            .iter()
            .map(|glyph| {
                let from = at;
                at += glyph.character.len_utf8();
                KrillaGlyph { glyph_id: GlyphId::new(glyph.id), text_range: from..at, x_advance: glyph.advance, x_offset: 0.0, y_offset: 0.0, y_advance: 0.0, location: None }
            })
            .collect();
        if run.first().is_some_and(|glyph| glyph.outlined) {
            surface.set_fill(Some(Fill::default()));
            surface.set_stroke(Some(Stroke { width: size * BOLDER, line_join: LineJoin::Round, ..Stroke::default() }));
        }
        surface.draw_glyphs(Point::from_xy(x, y), &shaped, font, &text, size, false);
        surface.set_fill(None);
        surface.set_stroke(None);
        x += run.iter().map(|glyph| glyph.advance).sum::<f32>() * size;
    }
}

/// The structure that a screen reader follows: headings, paragraphs and lists in reading order.
struct Tags {
    tree: TagTree,
    list: Option<TagGroup>,
}

impl Tags {
    fn add(&mut self, block: &Block, marks: Vec<Identifier>) {
        let mut marks = marks.into_iter().map(Node::from);
        if block.kind == Kind::Item {
            let list = self.list.get_or_insert_with(|| TagGroup::new(Tag::L(ListNumbering::Disc)));
            let label = TagGroup::with_children(Tag::Lbl, marks.by_ref().take(1).collect());
            let body = TagGroup::with_children(Tag::LBody, marks.collect());
            list.push(TagGroup::with_children(Tag::LI, vec![label.into(), body.into()]));
            return;
        }
        self.close_list();
        let heading = |level: u16, title: &str| Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(title.to_owned()));
        let group = match block.kind {
            Kind::Title => TagGroup::with_children(heading(1, &block.text), marks.collect()),
            Kind::Heading => TagGroup::with_children(heading(2, &block.text), marks.collect()),
            Kind::Level | Kind::Paragraph | Kind::Item | Kind::Foot => TagGroup::with_children(Tag::P, marks.collect()),
        };
        self.tree.push(group);
    }

    fn close_list(&mut self) {
        if let Some(list) = self.list.take() {
            self.tree.push(list);
        }
    }

    fn finish(mut self) -> TagTree {
        self.close_list();
        self.tree
    }
}
