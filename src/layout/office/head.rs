//! The head of an official document (7.2; of letters, orders and minutes 10): one slug, on which everything has its place.

use super::super::flow::{Flow, baseline};
use super::super::page::{Course, ElementId, Glyph, Line, Means, Owner, Posture, Rule, Run};
use super::super::paragraph::plain_look;
use super::super::slug::Slug;
use super::super::text::{Look, Text};
use super::parted;
use super::piece::{Cut, Piece};
use crate::chinese::words::Word;
use crate::document::{Block, BlockKind, Inline, InlineKind, OfficeForm, Role, inline_text, is_star};
use crate::span::{Normal, Span};
use crate::style::{Colour, Face, Office, TextStyle};
use crate::unit::Unit;

/// No head has more lines.
const LINES: usize = 24;
/// The largest size of the name of a body on one line, and that of several in thousandths of the room that they have (7.2.4).
const LARGEST: Unit = Unit::pt(36);
const ROOM_OF_MANY: Unit = Unit::micrometres(75_000);
/// From one name to the next, and from the names to 文件, in thousandths of their size.
const ROW: i32 = 1250;
const BESIDE: i32 = 500;
/// Thickness of the thin rule of a letter against that of the thick one, and of what is between them, in thousandths.
const THIN: i32 = 350;
const APART: i32 = 900;
/// From the rule of a letter to what stands below it, in thousandths of a character of the body (10.1).
const LETTER_DROP: i32 = 875;
/// Room that the star in a rule takes, in thousandths of its size.
const STAR: i32 = 1500;

/// A block of a head, and its element.
struct Part<'a> {
    owner: ElementId,
    block: &'a Block,
}

/// The paragraphs of `role` among `parts`.
fn paragraphs<'a>(parts: &[Part<'a>], role: Role) -> impl Iterator<Item = (ElementId, &'a [Inline])> {
    parts.iter().filter_map(move |part| match &part.block.kind {
        BlockKind::Paragraph { role: own, content } if *own == role => Some((part.owner, content.as_slice())),
        _ => None,
    })
}

impl<'a> Flow<'a> {
    /// Sets the head `blocks`; false where it does not fit its places, and nothing is done.
    pub(super) fn head(&mut self, blocks: &'a [Block], form: OfficeForm, office: &Office) -> bool {
        if blocks.len() > LINES || !self.head_fits(blocks) {
            return false;
        }
        let mut slug = Slug::default();
        let style = self.style;
        let red = style.role(Role::Issuer).colour;
        // What says how many copies there are, and who may read it.
        let letter = form == OfficeForm::Letter;
        let mut y = Unit::ZERO;
        let mut classes = vec![];
        let parts = self.parts(blocks);
        let parts = parts.as_slice();
        for (owner, content) in paragraphs(parts, Role::Classification) {
            let look = self.role_look(Role::Classification);
            for line in parted(content) {
                classes.extend(self.pieces(line, &look, owner, |_| Cut::NONE));
            }
        }
        if !letter {
            y = self.stack(&mut slug, classes.drain(..), y);
        }
        let top = match form {
            OfficeForm::Document | OfficeForm::Minutes => office.mark_top,
            OfficeForm::Order => office.order_top,
            OfficeForm::Letter => office.letter_top - style.page.top,
        };
        let mark = self.mark(parts, &mut slug, top.max(if letter { top } else { y }));
        let mut dividers = vec![];
        let mut bottom = mark;
        if letter {
            bottom = self.letter_rules(&mut slug, mark + office.rule_gap, office, red);
            dividers.push(bottom);
            y = bottom + style.body.size.em(LETTER_DROP) - self.half_leading();
            let below = self.stack(&mut slug, classes.into_iter(), y);
            bottom = self.number(parts, &mut slug, y, true).max(below);
        } else {
            bottom = self.number(parts, &mut slug, self.below(bottom, 2), false);
        }
        if form == OfficeForm::Minutes {
            bottom = self.taken(parts, &mut slug, bottom);
        }
        let mut height = bottom;
        if matches!(form, OfficeForm::Document | OfficeForm::Minutes) {
            let at = bottom - self.half_leading() + office.rule_gap;
            let rule = Rule { colour: red, ..Rule::bar(Unit::ZERO, at, self.measure, office.rule) };
            self.rule(&mut slug, rule, blocks);
            dividers.push(at);
            height = at + office.rule;
        }
        self.typed_rules(parts, &mut slug, dividers.first().copied().unwrap_or(bottom));
        (slug.height, slug.begins_grid) = (height, true);
        self.push(slug);
        self.owe(if form == OfficeForm::Order { style.pitch * 2 } else { Unit::ZERO });
        true
    }

    /// Whether each line of the head fits the page.
    fn head_fits(&mut self, blocks: &[Block]) -> bool {
        let room = self.measure - self.style.body.size * 4;
        blocks.iter().all(|block| match &block.kind {
            BlockKind::Paragraph { role, content } => {
                let style = self.style.role(*role).clone();
                let one = *role == Role::Issuer;
                let tight: String =
                    inline_text(self.doc, content).chars().filter(|c| !c.is_whitespace() || *c == '\n').collect();
                let least = if one { TextStyle { size: Unit::pt(10), ..style } } else { style };
                tight.split('\n').all(|line| self.width(line, &least) <= room)
            }
            _ => true,
        })
    }

    /// The blocks of a head, each with its element, in the order of the text.
    fn parts(&mut self, blocks: &'a [Block]) -> Vec<Part<'a>> {
        let part = |block: &'a Block| {
            let owner = match &block.kind {
                BlockKind::Paragraph { content, .. } => self.paragraph_element(content),
                _ => self.paragraph_element(&[]),
            };
            Part { owner, block }
        };
        blocks.iter().map(part).collect()
    }

    fn role_look(&self, role: Role) -> Look {
        let style = self.style.role(role);
        plain_look(style, self.style.zi(style))
    }

    /// Puts `pieces` below each other at the left edge, the first at `y`; gives where they end.
    fn stack(&self, slug: &mut Slug, pieces: impl Iterator<Item = Piece>, mut y: Unit) -> Unit {
        let style = self.style.role(Role::Classification);
        for piece in pieces {
            piece.put(slug, Unit::ZERO, y + baseline(self.style.pitch, style.size));
            y += self.style.pitch;
        }
        y
    }

    /// Sets the names of the bodies that issue the document, from `top` on (7.2.4); gives where their em squares end.
    fn mark(&mut self, parts: &[Part<'a>], slug: &mut Slug, top: Unit) -> Unit {
        let style = self.style.role(Role::Issuer);
        let rows: Vec<(ElementId, &'a [Inline])> = paragraphs(parts, Role::Issuer)
            .flat_map(|(owner, content)| parted(content).map(move |line| (owner, line)))
            .collect();
        let many = rows.len() > 1;
        // At this size, by which all widths are told in proportion.
        let size = Unit::pt(100);
        let probe = TextStyle { size, ..style.clone() };
        let names: Vec<String> = rows.iter().map(|(_, line)| inline_text(self.doc, line)).collect();
        let papers = names.iter().position(|name| many && Word::Papers.ends(name));
        let own = |k: usize, name: &str| match Word::Papers.find(name).filter(|_| papers == Some(k)) {
            Some(word) => name[..word.start].trim_end().to_owned(),
            None => name.to_owned(),
        };
        let widths: Vec<Unit> = names.iter().enumerate().map(|(k, name)| self.width(&own(k, name), &probe)).collect();
        let widest = widths.iter().copied().max().unwrap_or_default();
        let beside = if papers.is_some() { size.em(BESIDE) + size * 2 } else { Unit::ZERO };
        let in_proportion =
            |length: Unit, to: Unit| Unit((i64::from(length.0) * i64::from(to.0) / i64::from(size.0)) as i32);
        let count = rows.len().max(1) as i32;
        let fits = i64::from(self.measure.0) * i64::from(size.0) / i64::from((widest + beside).0.max(1));
        let most = if many { (ROOM_OF_MANY / count).em(1000 * 1000 / ROW).min(LARGEST) } else { LARGEST };
        // Half points, as offices choose sizes.
        let chosen = Unit((fits.min(i64::from(most.0)) / 500 * 500).max(4_000) as i32);
        let (widest, beside) = (in_proportion(widest, chosen), in_proportion(beside, chosen));
        let left = ((self.measure - widest - beside) / 2).max(Unit::ZERO);
        let look = Look { size: chosen, zi: chosen, ..self.role_look(Role::Issuer) };
        for (k, (owner, line)) in rows.iter().enumerate() {
            let y = top + chosen.em(ROW) * k as i32 + chosen.em(880);
            let apart = papers == Some(k);
            let cut = |text: &mut Text| {
                let last = text.items.iter().rposition(|item| !item.class.is_space()).map_or(0, |last| last + 1);
                let starts = if apart { vec![last.saturating_sub(2)] } else { vec![] };
                Cut { starts, spread: many.then_some(widest) }
            };
            for (n, piece) in self.pieces(line, &look, *owner, cut).into_iter().enumerate() {
                let (x, y) = match n {
                    0 if many => (left, y),
                    0 => ((self.measure - piece.width()) / 2, y),
                    _ => {
                        let middle = top + chosen.em(ROW) * (count - 1) / 2 + chosen.em(880);
                        (left + widest + chosen.em(BESIDE), middle)
                    }
                };
                piece.put(slug, x, y);
            }
        }
        top + chosen.em(ROW) * (count - 1) + chosen
    }

    /// Sets the number of the document in the line that begins at `y` (7.2.5), at the `right` in a letter, and who has signed it (7.2.6);
    /// gives where the last line ends.
    fn number(&mut self, parts: &[Part<'a>], slug: &mut Slug, y: Unit, right: bool) -> Unit {
        let look = self.role_look(Role::DocumentNumber);
        let kai = Look { face: Face::Kai, ..look.clone() };
        let zi = self.style.zi(&self.style.body);
        let pitch = self.style.pitch;
        let baseline = baseline(pitch, look.size);
        let (mut numbers, mut label, mut names) = (vec![], None, vec![]);
        for (owner, content) in paragraphs(parts, Role::DocumentNumber) {
            let signed = Word::Signer.is_in(&inline_text(self.doc, content));
            if names.is_empty() && label.is_none() && !signed {
                numbers.extend(self.pieces(content, &look, owner, |_| Cut::NONE));
                continue;
            }
            if label.is_some() {
                names.extend(
                    self.pieces(content, &kai, owner, |text| Cut { starts: after_gaps(text, 0), spread: None }),
                );
                continue;
            }
            let mut pieces = self.pieces(content, &look, owner, |text| {
                let (signer, first) = signer(text);
                let dressed = text.look(kai.clone());
                text.items.iter_mut().skip(first).for_each(|item| item.look = dressed);
                let mut starts = after_gaps(text, first);
                starts.extend([signer, first]);
                Cut { starts, spread: None }
            });
            // One that begins with who has signed has no number of its own.
            let begins = Word::Signer.strip(inline_text(self.doc, content).trim_start()).is_some();
            let mut pieces = pieces.drain(..);
            numbers.extend(pieces.next().filter(|_| !begins));
            label = pieces.next();
            names.extend(pieces);
        }
        let Some(label) = label else {
            let mut y = y;
            for piece in numbers {
                let x = if right { self.measure - piece.width() } else { (self.measure - piece.width()) / 2 };
                piece.put(slug, x, y + baseline);
                y += pitch;
            }
            return y;
        };
        // Two names in a line, those of further lines below the first; the number stands in the last line.
        let widest = names.iter().map(Piece::width).max().unwrap_or_default();
        let columns = names.len().min(2) as i32;
        let left = self.measure - zi - widest * columns - zi * (columns - 1).max(0);
        let lines = names.len().div_ceil(2).max(1) as i32;
        for piece in numbers {
            piece.put(slug, zi, y + pitch * (lines - 1) + baseline);
        }
        // Behind the colon is half a character of its own.
        label.put_left(slug, left - zi / 2, y + baseline);
        for (k, piece) in names.into_iter().enumerate() {
            let x = left + (widest + zi) * (k % 2) as i32;
            piece.put(slug, x, y + pitch * (k / 2) as i32 + baseline);
        }
        y + pitch * lines
    }

    /// Sets who has taken minutes, at the left, and when, at the right, below `bottom` (10.3); gives where their line ends.
    fn taken(&mut self, parts: &[Part<'a>], slug: &mut Slug, bottom: Unit) -> Unit {
        let look = Look { size: self.style.body.size, ..plain_look(&self.style.body, self.style.zi(&self.style.body)) };
        let zi = self.style.zi(&self.style.body);
        let mut y = bottom;
        for (owner, content) in paragraphs(parts, Role::PrintRecord) {
            let pieces = self.pieces(content, &look, owner, |text| {
                let starts = after_gaps(text, 0).into_iter().next_back().into_iter().collect();
                Cut { starts, spread: None }
            });
            for (k, piece) in pieces.into_iter().enumerate() {
                let x = if k == 0 { zi } else { self.measure - zi - piece.width() };
                piece.put(slug, x, y + baseline(self.style.pitch, look.size));
            }
            y += self.style.pitch;
        }
        y
    }

    /// Draws the rules of a letter, the upper from `top` on, the lower above the foot of the page; gives where the upper one ends.
    fn letter_rules(&mut self, slug: &mut Slug, top: Unit, office: &Office, colour: Option<Colour>) -> Unit {
        let page = &self.style.page;
        let width = office.letter_rule.min(page.width);
        let x = (page.width - width) / 2 - page.inside;
        let bar = |y: Unit, height: Unit| Rule { colour, ..Rule::bar(x, y, width, height) };
        let (thick, thin) = (office.rule, office.rule.em(THIN));
        let both = thick.em(1000 + APART) + thin;
        let foot = page.height - page.top - office.letter_foot;
        slug.rules.extend([
            bar(top, thick),
            bar(top + both - thin, thin),
            bar(foot - both, thin),
            bar(foot - thick, thick),
        ]);
        top + both
    }

    /// Draws the red rule below the head; with a star in its middle where one is typed.
    fn rule(&mut self, slug: &mut Slug, rule: Rule, blocks: &[Block]) {
        let starred =
            |block: &Block| matches!(&block.kind, BlockKind::Divider { ornament } if ornament.contains(is_star));
        let size = self.style.body.size;
        let star = self.metrics.glyph(Face::Song, '★').filter(|_| blocks.iter().any(starred));
        let Some(star) = star else {
            slug.rules.push(rule);
            return;
        };
        let half = (rule.width - size.em(STAR)) / 2;
        slug.rules.push(Rule { width: half, ..rule });
        slug.rules.push(Rule { width: half, x: rule.x + rule.width - half, ..rule });
        let glyph = Glyph {
            id: star.glyph,
            posture: Posture::Upright,
            text: '★',
            x: Unit::ZERO,
            advance: size.em(star.advance),
        };
        let run = Run {
            font: star.font,
            size,
            rise: Unit::ZERO,
            element: None,
            colour: rule.colour,
            means: Means::Nothing,
            glyphs: vec![glyph],
        };
        slug.lines.push(Line {
            x: rule.x + (rule.width - glyph.advance) / 2,
            // The middle of the star is that of its em square.
            baseline: rule.y + rule.height / 2 + size.em(380),
            width: glyph.advance,
            runs: vec![run],
            span: Span::default(),
            owner: Owner::Artifact,
            course: Course::Level,
        });
    }

    /// The signs of rules that are typed are there and not seen, for a rule is drawn.
    fn typed_rules(&mut self, parts: &[Part<'a>], slug: &mut Slug, y: Unit) {
        for Part { owner, block } in parts {
            if let BlockKind::Divider { ornament } = &block.kind {
                let strip = self.unseen(ornament, block.span, *owner);
                strip.put(slug, Unit::ZERO, y);
            }
        }
    }

    /// A rule that is typed where one is drawn: its signs have a place, and take no room.
    pub(in super::super) fn typed_rule(&mut self, ornament: &str, span: Span<Normal>) {
        let mut slug = Slug::default();
        let owner = self.paragraph_element(&[]);
        self.unseen(ornament, span, owner).put(&mut slug, Unit::ZERO, Unit::ZERO);
        self.push(slug);
    }

    /// Text that is not seen: it has a place, and takes no room.
    pub(in super::super) fn unseen_text(&mut self, content: &[Inline]) {
        for inline in content {
            if let InlineKind::Text(text) = &inline.kind {
                self.typed_rule(text, inline.span);
            }
        }
    }

    /// A row of signs that is not seen, no wider than a line.
    fn unseen(&mut self, ornament: &str, span: Span<Normal>, owner: ElementId) -> Piece {
        let mut style = self.style.role(Role::Ornament).clone();
        let width = self.width(ornament, &style).max(Unit(1));
        if width > self.measure {
            // A little less than fits, for widths are rounded.
            style.size =
                Unit((i64::from(style.size.0) * i64::from(self.measure.0) * 95 / 100 / i64::from(width.0)) as i32);
        }
        let look =
            Look { unseen: true, verbatim: true, zi: style.size, size: style.size, ..plain_look(&style, style.size) };
        let content = [Inline::text(ornament, span)];
        let pieces = self.pieces(&content, &look, owner, |_| Cut::NONE);
        pieces.into_iter().next().unwrap_or_default()
    }
}

/// Where who has signed begins in `text`, and where the first name does.
fn signer(text: &Text) -> (usize, usize) {
    let chars: String = text.items.iter().map(|item| item.text).collect();
    let Some(found) = Word::Signer.find(&chars) else { return (text.items.len(), text.items.len()) };
    let count = |to: usize| chars[..to].chars().count();
    let colon = chars[found.end..].chars().take_while(|c| c.is_whitespace() || matches!(c, '：' | ':')).count();
    (count(found.start), count(found.end) + colon)
}

/// The items from `from` on that stand behind a wide gap: behind more than one space, or behind one that is as wide as a character.
pub(super) fn after_gaps(text: &Text, from: usize) -> Vec<usize> {
    let mut starts = vec![];
    let mut gap = 0;
    for (k, item) in text.items.iter().enumerate().skip(from) {
        if item.class.is_space() {
            gap += if item.text == '\u{3000}' || item.text == '\t' { 2 } else { 1 };
        } else {
            if gap > 1 && k > from {
                starts.push(k);
            }
            gap = 0;
        }
    }
    starts
}
