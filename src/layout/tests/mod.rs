//! Tests on synthetic metrics: every Han and full-width mark one em wide, everything else half an em.

mod bidi;
mod columns;
mod glosses;
mod insets;
mod ladders;
mod lines;
mod official;
mod pages;
mod parted;
mod posts;
mod properties;
mod signs;
mod underlines;

use super::*;
use crate::chinese::class::Class;
use crate::document::*;
use crate::span::Span;
use crate::unit::Unit;

/// A typewriter: full-width characters 1 em, · and Western 1/2 em; no font has 𠮷, private use or unassigned characters.
pub struct Typewriter;

impl Metrics for Typewriter {
    fn glyph(&self, face: Face, c: char) -> Option<GlyphMetrics> {
        if c == '𠮷' || crate::unicode::is_private_use(c) || c.is_control() {
            return None;
        }
        let advance = match Class::of(c) {
            _ if face == Face::Mono && c.is_ascii() => 500,
            Class::Western | Class::WesternOpening | Class::WesternClosing | Class::WesternSpace => 500,
            Class::NoBreakSpace | Class::MiddleDot => 500,
            Class::Prefix | Class::Suffix if c.is_ascii() => 500,
            Class::Combining => 0,
            _ => 1000,
        };
        Some(GlyphMetrics { font: FontId(face.index() as u8), glyph: (u32::from(c) % 60_000 + 1) as u16, advance })
    }

    fn western(&self, face: Face, c: char) -> Option<GlyphMetrics> {
        self.glyph(face, c).map(|glyph| GlyphMetrics { advance: 500, ..glyph })
    }

    fn column(&self, face: Face, c: char, posture: Posture) -> Option<(GlyphMetrics, Posture)> {
        let glyph = self.glyph(face, c)?;
        let advance = match posture {
            Posture::Turned => glyph.advance,
            Posture::Upright | Posture::Stroke | Posture::Middle | Posture::Low => 1000,
            Posture::Abreast(share) => 1000 / share.place().1,
        };
        Some((GlyphMetrics { advance, ..glyph }, posture))
    }

    fn kerning(&self, _: FontId, _: u16, _: u16) -> i32 {
        0
    }
}

/// A style with lines of `measure` characters of 10 pt and pages of `lines` lines.
pub fn style(measure: i32, lines: i32) -> Style {
    let text = format!(
        "folio = ['plain', 'center']\npitch = 16\ncontents = false\nchapter-break = false\nhyphenate = false\n[body]\nsize = 10\n[page]\ninside = '10mm'\nmeasure = {measure}\nlines = {lines}\n"
    );
    let mut style = Style::parse(&text, "book").unwrap_or_else(|e| panic!("{e}"));
    style.head = crate::style::RunningHead::None;
    style
}

/// The same without a first-line indent.
pub fn flush(measure: i32) -> Style {
    let mut style = style(measure, 40);
    style.body.first_indent = 0;
    style
}

pub fn paragraph(text: &str) -> Block {
    let content = vec![Inline::text(text, 0..text.len())];
    Block::new(BlockKind::Paragraph { role: Role::Body, content }, 0..text.len())
}

pub fn heading(level: u8, text: &str) -> Block {
    let content = vec![Inline::text(text, 0..text.len())];
    let heading = Heading { level, title: false, label: None, content, reason: "test", weighed: None };
    Block::new(BlockKind::Heading(heading), 0..text.len())
}

pub fn document(blocks: Vec<Block>) -> Document {
    Document { blocks, ..Document::default() }
}

/// A line as it was set: its characters with the left and right edge of their bodies, in thousandths of an em of 10 pt.
pub struct Seen {
    pub x: i32,
    pub width: i32,
    pub text: String,
    pub glyphs: Vec<Glyph>,
    pub hyphen: bool,
}

/// Sets paragraphs, and gives their lines.
pub fn seen(texts: &[&str], style: &Style) -> Vec<Seen> {
    let doc = document(texts.iter().map(|t| paragraph(t)).collect());
    let (layout, _) = lay_out(&doc, style, &Typewriter);
    assert_eq!(layout.text(), doc.text().replace('\n', ""), "no character is lost (F1)");
    let content = layout.pages.iter().flat_map(|p| &p.lines).filter(|l| l.owner != Owner::Artifact);
    content
        .map(|line| {
            let runs = line.runs.iter().filter(|run| run.means != Means::Nothing);
            let glyphs: Vec<Glyph> = runs.flat_map(|run| run.glyphs.clone()).collect();
            Seen {
                x: (line.x - style.page.inside).0 / 10,
                width: line.width.0 / 10,
                text: glyphs.iter().map(|g| g.text).collect(),
                hyphen: line.runs.iter().any(|run| run.means == Means::Nothing),
                glyphs,
            }
        })
        .collect()
}

/// The lines of one paragraph, as text.
pub fn lines(text: &str, style: &Style) -> Vec<String> {
    seen(&[text], style).into_iter().map(|line| line.text).collect()
}

/// Where `line` begins on `page` and its baseline is, of a page of columns as it lies on its side.
pub fn lying(line: &Line, page: &Page) -> (Unit, Unit) {
    match line.course {
        Course::Column => (line.baseline, page.size.0 - line.x),
        Course::Level | Course::Turned => (line.x, line.baseline),
    }
}

/// The place of the `n`th character `c` in a line, in thousandths of an em: of its glyph, trimmed half and all.
pub fn at(line: &Seen, c: char) -> i32 {
    line.glyphs.iter().find(|g| g.text == c).map_or(i32::MIN, |g| g.x.0 / 10)
}
