//! Inlines to runs.

use super::changes::{Changes, deleted};
use super::faces::language_tag;
use super::leftward::Turned;
use super::links::Links;
use super::notes::{Marks, style_of_mark};
use super::order::{ABREAST, COMBINED, LEFTWARD};
use super::picture::{Media, part_name};
use super::script::{Side, is_ambiguous, segments};
use super::styles::half_points;
use super::xml::escape;
use crate::chinese::posture::abreast;
use crate::document::{Document, Image, Inline, InlineKind, Underline, display_label, is_framed};
use crate::lang::Language;
use crate::pictures::Pictures;
use crate::span::{Normal, Span};
use crate::style::{Face, TextStyle};
use crate::unit::Unit;
use docx_rs::{
    BreakType, FieldCharType, FitText, Hyperlink, HyperlinkData, InstrText, ParagraphChild, Run, RunChild, RunFonts,
    RunProperty, Text,
};
use std::ops::Range;

/// What is known while the inlines of one part are turned into runs.
pub struct Runs<'a, 'c> {
    /// The document, for its notes.
    pub document: &'a Document,
    /// Links of the part.
    pub links: &'a mut Links,
    /// For each note, whether its reference has been written; a DOCX note has one reference, further ones are links to it.
    pub referred: &'a mut [bool],
    /// Whether notes may be referred to here: not within notes (Word forbids it).
    pub notes_allowed: bool,
    /// How notes are marked.
    pub marks: Marks,
    /// What normalization changed, where it is to be shown.
    pub changes: &'a mut Changes<'c>,
    /// The pictures of the document.
    pub pictures: &'a Pictures,
    /// Those that have been shown.
    pub media: &'a mut Media,
    /// Room for a picture.
    pub room: (Unit, Unit),
    /// Size of notes between the words, in thousandths, and whether they stand in two half columns.
    pub gloss: i32,
    pub combines: bool,
    /// Numbers of up to so many digits stand side by side in one place of a column; 0 where lines are horizontal.
    pub abreast: i32,
    /// What of the paragraph runs from right to left.
    pub turned: Turned,
    /// Size of its text in half points, where it is not that of its style, and what is added behind each character.
    pub size: Option<usize>,
    pub spread: Option<Unit>,
    /// How the paragraph looks: emphasis in Kai needs dots where all is Kai, readings are half the size of their base.
    pub look: &'a TextStyle,
}

/// What applies to a run.
#[derive(Clone, Copy, Default)]
struct Look {
    strong: bool,
    emphasis: bool,
    code: bool,
    link: bool,
    underline: Option<Underline>,
    /// Kept as it is, whatever typeface that gives its ambiguous characters.
    verbatim: bool,
    /// Size in half points, where it is not that of the style.
    size: Option<usize>,
    /// What is added behind each character.
    spread: Option<Unit>,
    /// In half columns, with the notes that have the same number.
    combined: Option<u32>,
    /// Side by side in one place of a column.
    abreast: bool,
    /// From right to left, in the language of this number.
    leftward: Option<u32>,
    /// The style that all of it takes unless something inside has one of its own.
    base: Option<&'static str>,
}

impl Runs<'_, '_> {
    /// The runs of `inlines`; `base` is a character style for plain text among them.
    pub fn build(&mut self, inlines: &[Inline], base: Option<&'static str>) -> Vec<ParagraphChild> {
        let mut out = Vec::with_capacity(inlines.len());
        self.turned = Turned::of(self.document, inlines);
        let look = Look { base, size: self.size, spread: self.spread, ..Look::default() };
        self.push(inlines, look, &mut out);
        out
    }

    /// The runs of `text` at `span`, to be kept verbatim.
    pub fn verbatim(&mut self, text: &str, span: Span<Normal>) -> Vec<ParagraphChild> {
        let mut out = Vec::with_capacity(1);
        self.push_text(text, span, Look { verbatim: true, ..Look::default() }, &mut out);
        out
    }

    /// The runs of `text` at `span`, kept verbatim, in a size so small that it fits in one line of `room`.
    pub fn fitting(&mut self, text: &str, span: Span<Normal>, room: Unit) -> Vec<ParagraphChild> {
        // A Western sign is never wider than this, of an em; so is one of which the face makes a full-width character.
        let ems: i32 = text.chars().map(|c| if c.is_ascii() { 750 } else { 1000 }).sum();
        let width = self.look.size.em(ems);
        let shrunk = || i64::from(self.look.size.0) * i64::from(room.0) / i64::from(width.0) / 500;
        let size = (width > room).then(|| usize::try_from(shrunk()).unwrap_or_default().max(2));
        let mut out = Vec::with_capacity(1);
        self.push_text(text, span, Look { verbatim: true, size, ..Look::default() }, &mut out);
        out
    }

    fn push(&mut self, inlines: &[Inline], look: Look, out: &mut Vec<ParagraphChild>) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) => self.push_text(text, inline.span, look, out),
                InlineKind::Strong(content) => self.push(content, Look { strong: true, ..look }, out),
                InlineKind::Emphasis(content) => self.push(content, Look { emphasis: true, ..look }, out),
                InlineKind::Underline { mark, content } => {
                    self.push(content, Look { underline: Some(*mark), ..look }, out);
                }
                InlineKind::Gloss(content) => self.push_gloss(content, inline.span, look, out),
                InlineKind::Code(text) => self.push_plain(text, Look { code: true, ..look }, out),
                InlineKind::Link { target, title: _, content } => self.push_link(target, content, look, out),
                InlineKind::NoteRef { note } => self.push_note_reference(*note, out),
                InlineKind::Ruby { base, reading } => {
                    let ruby = self.ruby(base, reading);
                    out.push(run(vec![ruby], self.property(look, None)));
                }
                InlineKind::Image(image) => match self.picture(image, &image.alt) {
                    Some(picture) => out.push(picture),
                    None => self.push_plain(&image.alt, look, out),
                },
                InlineKind::Break => out.push(run(vec![line_break()], RunProperty::new())),
            }
        }
    }

    /// A note between the words: in small type, or in two half columns within its brackets.
    fn push_gloss(&mut self, content: &[Inline], span: Span<Normal>, look: Look, out: &mut Vec<ParagraphChild>) {
        if !self.combines {
            let size = usize::try_from(half_points(self.look.size.em(self.gloss))).ok();
            return self.push(content, Look { size, ..look }, out);
        }
        let combined = Look { combined: u32::try_from(span.start).ok(), ..look };
        let [opening, within, closing] = parted(content);
        for (part, look) in [(opening, look), (within, combined), (closing, look)] {
            self.push(&part, look, out);
        }
    }

    /// The runs of `text`, which stands at `span`, with its changes.
    fn push_text(&mut self, text: &str, span: Span<Normal>, look: Look, out: &mut Vec<ParagraphChild>) {
        let mut at = 0;
        // Where the lengths differ, Markdown syntax was read and offsets do not hold.
        let changes = if span.len() == text.len() { self.changes.take_within(span) } else { vec![] };
        for change in changes {
            let (from, to) = (change.span.start - span.start, change.span.end - span.start);
            let (Some(before), Some(new)) = (text.get(at..from), text.get(from..to)) else { continue };
            self.push_plain(before, look, out);
            let old = deleted(&change.was);
            let old = (!old.is_empty()).then(|| Run { run_property: self.property(look, None), children: old });
            let new = self.runs_of(new, look);
            out.extend(self.changes.show(change, old, new));
            at = to;
        }
        self.push_plain(text.get(at..).unwrap_or_default(), look, out);
    }

    fn push_plain(&self, text: &str, look: Look, out: &mut Vec<ParagraphChild>) {
        let mut at = 0;
        let most = if look.code || look.verbatim || look.combined.is_some() { 0 } else { self.abreast };
        for Range { start, end } in abreast(text, most) {
            self.push_runs(&text[at..start], look, out);
            self.push_runs(&text[start..end], Look { abreast: true, ..look }, out);
            at = end;
        }
        self.push_runs(&text[at..], look, out);
    }

    fn push_runs(&self, text: &str, look: Look, out: &mut Vec<ParagraphChild>) {
        out.extend(self.runs_of(text, look).into_iter().map(|run| ParagraphChild::Run(Box::new(run))));
    }

    /// `text` as runs, cut where the typeface of its ambiguous characters changes.
    fn runs_of(&self, text: &str, look: Look) -> Vec<Run> {
        if look.verbatim && !text.is_empty() {
            // One typeface for all, lest columns go out of step: block graphics are as wide as Han characters.
            let side = Some(home(self.document.meta.language)).filter(|_| text.chars().any(is_ambiguous));
            return vec![Run { run_property: self.property(look, side), children: text_children(text) }];
        }
        let mut runs = Vec::with_capacity(1);
        segments(text, home(self.document.meta.language), look.strong || look.emphasis, |piece, side| {
            self.turned.parts(piece, |part, leftward| {
                let look = Look { leftward, ..look };
                runs.push(Run { run_property: self.property(look, side), children: text_children(part) });
            });
        });
        runs
    }

    /// The properties of a run of `look`, whose ambiguous characters take `side`.
    fn property(&self, look: Look, side: Option<Side>) -> RunProperty {
        let western = side == Some(Side::Western);
        let style = match look {
            Look { code: true, .. } => Some("CodeChar"),
            Look { strong: true, emphasis: true, .. } => Some("StrongEmphasis"),
            Look { strong: true, .. } if western => Some("StrongWestern"),
            Look { strong: true, .. } => Some("Strong"),
            Look { emphasis: true, .. } if western => Some("EmphasisWestern"),
            Look { emphasis: true, .. } if self.look.face == Face::Kai => Some("EmphasisMark"),
            Look { emphasis: true, .. } => Some("Emphasis"),
            Look { link: true, .. } => Some("Hyperlink"),
            Look { base, .. } => base,
        };
        let mut property = RunProperty::new();
        if let Some(style) = style {
            property = property.style(style);
            if look.link && style != "Hyperlink" {
                property = property.color("0563C1").underline("single");
            }
            if look.code && look.strong {
                property = property.bold();
            }
        }
        if let Some(mark) = look.underline {
            property = match mark {
                Underline::Straight => property.underline("single"),
                Underline::Wavy => property.underline("wave"),
                Underline::Through => property.strike(),
            };
        }
        if let Some(size) = look.size {
            property = property.size(size);
        }
        if let Some(spread) = look.spread {
            property = property.character_spacing(spread.to_twips());
        }
        // docx-rs has no such element; what stands for it is put right where elements are put in order.
        property.fit_text = match look {
            Look { combined: Some(id), .. } => Some(FitText::new(COMBINED).id(id)),
            Look { abreast: true, .. } => Some(FitText::new(ABREAST).id(0)),
            Look { leftward: Some(language), .. } => Some(FitText::new(LEFTWARD).id(language)),
            _ => None,
        };
        if side == Some(Side::EastAsian) {
            property.fonts = Some(RunFonts::new().hint("eastAsia"));
        }
        property
    }

    fn push_link(&mut self, target: &str, content: &[Inline], look: Look, out: &mut Vec<ParagraphChild>) {
        let Some(link) = self.links.add(target) else { return self.push(content, look, out) };
        let mut inner = Vec::new();
        // A link holds no other link, and Word wants note references outside.
        self.push(content, Look { link: true, ..look }, &mut inner);
        let mut run = Vec::new();
        for child in inner {
            match child {
                ParagraphChild::Hyperlink(_) => {
                    flush(&link, &mut run, out);
                    out.push(child);
                }
                child => run.push(child),
            }
        }
        flush(&link, &mut run, out);
    }

    /// A run with the picture itself, described as `name`, if it can be had.
    pub fn picture(&mut self, image: &Image, name: &str) -> Option<ParagraphChild> {
        let file = self.pictures.number(&image.target)?;
        let picture = self.pictures.at(file)?;
        let number = self.media.number(file);
        let relationship = self.links.image(number, part_name(number, picture));
        let drawing = self.media.drawing(&relationship, name, picture.fit(self.room));
        Some(run(vec![raw(&drawing)], RunProperty::new()))
    }

    /// `base` with its `reading` above, at half its size.
    fn ruby(&self, base: &str, reading: &str) -> RunChild {
        let half_points = half_points(self.look.size);
        let small = half_points / 2;
        raw(&format!(
            "<w:ruby><w:rubyPr><w:rubyAlign w:val=\"distributeSpace\"/><w:hps w:val=\"{small}\"/>\
             <w:hpsRaise w:val=\"{raise}\"/><w:hpsBaseText w:val=\"{half_points}\"/><w:lid w:val=\"{language}\"/></w:rubyPr>\
             <w:rt><w:r><w:rPr><w:sz w:val=\"{small}\"/></w:rPr><w:t xml:space=\"preserve\">{reading}</w:t></w:r></w:rt>\
             <w:rubyBase><w:r><w:t xml:space=\"preserve\">{base}</w:t></w:r></w:rubyBase></w:ruby>",
            raise = half_points - half_points / 10,
            language = language_tag(self.document.meta.language),
            reading = escape(reading),
            base = escape(base),
        ))
    }

    fn push_note_reference(&mut self, index: usize, out: &mut Vec<ParagraphChild>) {
        let Some(note) = self.document.footnotes.get(index) else { return };
        let label = display_label(&note.label);
        let style = style_of_mark(note.kind);
        let property = RunProperty::new().style(style);
        let first = self.notes_allowed && self.referred.get(index) == Some(&false);
        if !first {
            return out.push(run(text_children(&label), property));
        }
        if let Some(referred) = self.referred.get_mut(index) {
            *referred = true;
        }
        let reference = format!("<w:footnoteReference w:id=\"{}\"/>", index + 1);
        if let Some(mark) = self.marks.around(&reference) {
            return out.extend(counted_mark(mark, style));
        }
        let reference = raw(&format!("<w:footnoteReference w:customMarkFollows=\"1\" w:id=\"{}\"/>", index + 1));
        let mut children = vec![reference];
        children.extend(text_children(&label));
        out.push(run(children, property));
    }
}

/// `content` of a note: its opening bracket, its text, its closing bracket.
fn parted(content: &[Inline]) -> [Vec<Inline>; 3] {
    let mut within = content.to_vec();
    if !is_framed(content) {
        return [vec![], within, vec![]];
    }
    let mut cut = |last: bool| {
        let inline = if last { within.last_mut() } else { within.first_mut() };
        let Some(Inline { kind: InlineKind::Text(text), span }) = inline else { return vec![] };
        let at = if last {
            text.len() - text.chars().next_back().map_or(0, char::len_utf8)
        } else {
            text.chars().next().map_or(0, char::len_utf8)
        };
        let (before, after) = (text[..at].to_owned(), text[at..].to_owned());
        let exact = span.len() == text.len();
        let place = |from: usize, to: usize| if exact { Span::new(from, to) } else { *span };
        let (front, back) = (place(span.start, span.start + at), place(span.start + at, span.end));
        let (kept, bracket) = if last { ((before, front), (after, back)) } else { ((after, back), (before, front)) };
        (*text, *span) = kept;
        vec![Inline::text(bracket.0, bracket.1)]
    };
    let (opening, closing) = (cut(false), cut(true));
    [opening, within, closing]
}

/// The side that ambiguous characters take in a text of `language` that has no letter at all.
pub const fn home(language: Language) -> Side {
    match language {
        Language::En => Side::Western,
        Language::ZhHans | Language::ZhHant(_) | Language::Ja | Language::Ko => Side::EastAsian,
    }
}

/// A mark of a note: an element that shows its number, and what stands around it. Each is a run of its own, for LibreOffice takes text
/// beside the element for a mark that is not counted. All take `style`.
pub fn counted_mark([before, element, after]: [&str; 3], style: &str) -> impl Iterator<Item = ParagraphChild> {
    [text_children(before), vec![raw(element)], text_children(after)]
        .into_iter()
        .filter(|children| !children.is_empty())
        .map(move |children| run(children, RunProperty::new().style(style)))
}

/// Moves what was gathered in `run` into a hyperlink.
fn flush(link: &HyperlinkData, run: &mut Vec<ParagraphChild>, out: &mut Vec<ParagraphChild>) {
    if !run.is_empty() {
        let children = std::mem::take(run);
        out.push(ParagraphChild::Hyperlink(Hyperlink { link: link.clone(), history: Some(1), children }));
    }
}

/// A run of `children`.
pub fn run(children: Vec<RunChild>, run_property: RunProperty) -> ParagraphChild {
    ParagraphChild::Run(Box::new(Run { run_property, children }))
}

/// A line end that is a matter of looks and no part of the text: it differs from others in that it would go below what floats beside it.
pub fn soft_break() -> ParagraphChild {
    run(vec![raw("<w:br w:type=\"textWrapping\" w:clear=\"all\"/>")], RunProperty::new())
}

/// A run of plain `text` in the character style `style`, if any.
pub fn text_run(text: &str, style: Option<&str>) -> ParagraphChild {
    let property = style.map_or_else(RunProperty::new, |style| RunProperty::new().style(style));
    run(text_children(text), property)
}

/// A tab in the place of `blanks`, which are there and not seen.
pub fn gap(blanks: &str) -> impl Iterator<Item = ParagraphChild> {
    [hidden(blanks), run(vec![RunChild::Tab(docx_rs::Tab::new())], RunProperty::new())].into_iter()
}

/// A run of `blanks` that is not seen. A tab in the run behind it is no part of the text, which readers know by it.
fn hidden(blanks: &str) -> ParagraphChild {
    run(text_children(blanks), RunProperty::new().vanish())
}

/// `blanks` that are there and not seen.
pub fn unseen(blanks: &str) -> impl Iterator<Item = ParagraphChild> {
    (!blanks.is_empty()).then(|| hidden(blanks)).into_iter()
}

/// `text` as children of a run: tabs and line ends are elements of their own.
pub fn text_children(text: &str) -> Vec<RunChild> {
    let mut children = Vec::with_capacity(1);
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            children.push(line_break());
        }
        for (i, piece) in line.split('\t').enumerate() {
            if i > 0 {
                children.push(RunChild::Tab(docx_rs::Tab::new()));
            }
            if !piece.is_empty() {
                children.push(RunChild::Text(Text { text: escape(piece).into_owned(), preserve_space: true }));
            }
        }
    }
    children
}

/// The runs of a field (begin, instruction, separator, result, end) whose result is `result` until a program counts anew.
pub fn field(instruction: &str, result: &str, dirty: bool) -> [ParagraphChild; 5] {
    let mark = |kind, dirty| run(Run::new().add_field_char(kind, dirty).children, RunProperty::new());
    [
        mark(FieldCharType::Begin, dirty),
        run(
            vec![RunChild::InstrText(Box::new(InstrText::Unsupported(escape(instruction).into_owned())))],
            RunProperty::new(),
        ),
        mark(FieldCharType::Separate, false),
        text_run(result, None),
        mark(FieldCharType::End, false),
    ]
}

/// A line break.
fn line_break() -> RunChild {
    Run::new().add_break(BreakType::TextWrapping).children.pop().unwrap_or_else(|| raw("<w:br/>"))
}

/// An element that docx-rs does not know, as a child of a run: it closes the text that docx-rs opens for it and opens one anew; the pass that
/// puts elements in order drops both, since they are empty.
pub fn raw(xml: &str) -> RunChild {
    RunChild::Text(Text { text: format!("</w:t>{xml}<w:t>"), preserve_space: true })
}
