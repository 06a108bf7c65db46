//! Who has signed an official document, and when (7.3.5, 10.2).

use super::super::flow::{Flow, baseline};
use super::super::page::ElementId;
use super::super::paragraph::{Setting, plain_look};
use super::super::slug::Slug;
use super::super::text::Text;
use super::head::after_gaps;
use super::parted;
use super::piece::{Cut, Piece};
use crate::document::{Block, BlockKind, Inline, OfficeForm, Role, Signing, inline_text, is_date};
use crate::style::{Alignment, Office, Seal, TextStyle};
use crate::unit::Unit;

/// No block of signatures has more lines.
const LINES: usize = 24;
/// From the right edge, in characters of the body: the date where there is a seal or a stamp, and the name where there is none.
const SEALED: i32 = 4;
const PLAIN: i32 = 2;
/// Lines above a name that a seal is put on: it is 42 mm high, and ends within one line of the text, or, one line less, right below it.
const SEAL: i32 = 3;
/// Least characters of each of several names on a line.
const NAME: usize = 4;

/// A line of those who sign.
struct Signed {
    pieces: Vec<Piece>,
    dated: bool,
}

/// Where the lines of those who sign stand.
struct Places {
    /// Width of a line.
    measure: Unit,
    /// A character of the body.
    zi: Unit,
    /// Whether a seal or a stamp is put on them.
    sealed: bool,
}

impl Places {
    /// The left edge of each piece of each line.
    fn of(&self, lines: &[Signed]) -> Vec<Vec<Unit>> {
        let wide = |line: &Signed| {
            line.pieces.iter().map(Piece::width).sum::<Unit>() + self.zi * PLAIN * (line.pieces.len() as i32 - 1).max(0)
        };
        let date = lines.iter().find(|line| line.dated).map(wide);
        let names = || lines.iter().filter(|line| !line.dated && line.pieces.len() == 1);
        let widest = names().map(wide).max().unwrap_or_default();
        let right = |width: Unit, by: i32| self.measure - self.zi * by - width;
        // With a seal the date has its place, and the names stand above its middle; without one the names have theirs, and the date begins
        // two characters further in.
        let (name, dated) = match date {
            None => (None, Unit::ZERO),
            Some(date) if self.sealed => {
                let middle = right(date, SEALED) + date / 2;
                let middle = middle.min(self.measure - widest / 2);
                (Some(middle), middle - date / 2)
            }
            Some(date) => {
                let left = right(widest, PLAIN).min(right(date, PLAIN) - self.zi * 2);
                (None, left + self.zi * 2)
            }
        };
        let place = |line: &Signed| -> Vec<Unit> {
            let width = wide(line);
            match line.pieces.len() {
                1 if line.dated => vec![dated],
                1 => vec![match (name, date) {
                    (Some(middle), _) => middle - width / 2,
                    (None, Some(_)) => dated - self.zi * 2,
                    (None, None) => right(width, if self.sealed { SEALED } else { PLAIN }),
                }],
                _ => self.row(line, width),
            }
        };
        lines.iter().map(place).collect()
    }

    /// The pieces of a line with several: bodies that sign together in columns, an office and the name of who holds it beside each other.
    fn row(&self, line: &Signed, width: Unit) -> Vec<Unit> {
        let count = line.pieces.len() as i32;
        let column = self.measure / count.max(1);
        let fits = line.pieces.iter().all(|piece| piece.width() <= column);
        let mut x = self.measure - self.zi * SEALED - width;
        let apart = |(k, piece): (i32, &Piece)| column * k + (column - piece.width()) / 2;
        if fits && line.pieces.iter().all(|piece| piece.width() >= self.zi * NAME as i32) {
            return (0..).zip(&line.pieces).map(apart).collect();
        }
        let beside = line.pieces.iter().map(|piece| {
            let left = x;
            x += piece.width() + self.zi * PLAIN;
            left
        });
        beside.collect()
    }
}

impl<'a> Flow<'a> {
    /// Sets a line in which the parties of a contract sign: at the left, or, where it has several pieces that fit, each in a column of its own.
    pub(in super::super) fn party(&mut self, content: &[Inline], setting: &Setting<'_>) {
        let style = TextStyle { align: Alignment::Left, ..setting.style.clone() };
        let zi = self.style.zi(&style);
        let left = zi * PLAIN;
        if let Signing::Beside(count) = self.signing {
            let column = (self.measure - left) / count.max(1) as i32;
            let cut = |text: &mut Text| Cut { starts: after_gaps(text, 0), spread: None };
            let pieces = self.pieces(content, &plain_look(&style, zi), setting.owner, cut);
            if pieces.len() == count && pieces.iter().all(|piece| piece.width() + zi <= column) {
                let height = self.style.pitch_of(&style);
                let mut slug = Slug { height, on_grid: self.on_grid(height), ..Slug::default() };
                for (k, piece) in (0..).zip(pieces) {
                    piece.put(&mut slug, left + column * k, baseline(height, style.size));
                }
                return self.push(slug);
            }
        }
        let setting = Setting { style: &style, left, right: Unit::ZERO, first: Unit::ZERO, ..*setting };
        self.set(content, &setting, None);
    }

    /// Sets the paragraphs `blocks`, which say who has signed and when; false where they do not fit their places, and nothing is done.
    pub(super) fn signature(&mut self, blocks: &'a [Block], form: OfficeForm, office: &Office) -> bool {
        let style = self.style.role(Role::Signature);
        let zi = self.style.zi(style);
        let mut lines: Vec<(usize, &'a [Inline], String)> = vec![];
        for (k, block) in blocks.iter().enumerate() {
            let BlockKind::Paragraph { content, .. } = &block.kind else { continue };
            lines.extend(parted(content).map(|line| (k, line, inline_text(self.doc, line))));
        }
        let least = |flow: &mut Self, text: &str| {
            let tight: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            flow.width(&tight, style)
        };
        let room = self.measure - zi * SEALED;
        if lines.len() > LINES || lines.iter().any(|(_, _, text)| least(self, text) > room) {
            return false;
        }
        let order = form == OfficeForm::Order;
        let sealed = match office.seal {
            Seal::Room => true,
            Seal::None => false,
            Seal::Auto => self.doc.is_sealed(form, lines.iter().map(|(_, _, text)| text.as_str())),
        };
        let owners: Vec<ElementId> = blocks
            .iter()
            .map(|block| match &block.kind {
                BlockKind::Paragraph { content, .. } => self.paragraph_element(content),
                _ => self.column().parent,
            })
            .collect();
        let look = plain_look(style, zi);
        let mut signed = vec![];
        for (k, line, text) in lines {
            let dated = is_date(&text);
            let cut = |text: &mut super::super::text::Text| {
                let mut starts = after_gaps(text, 0);
                // Blanks within a name part nothing; those between names of bodies, or an office and its name, do.
                let long = |part: &[usize]| part[1] - part[0] >= NAME;
                let edges: Vec<usize> =
                    [0].into_iter().chain(starts.iter().copied()).chain([text.items.len()]).collect();
                if dated || !order && !edges.windows(2).all(long) {
                    starts.clear();
                }
                Cut { starts, spread: None }
            };
            let Some(&owner) = owners.get(k) else { continue };
            let pieces = self.pieces(line, &look, owner, cut);
            signed.push(Signed { pieces, dated });
        }
        let places = Places { measure: self.measure, zi, sealed: sealed || order };
        let lines = places.of(&signed);
        let pitch = self.style.pitch;
        let rise = baseline(pitch, style.size);
        let had = self.slugs.len();
        let many = signed.iter().filter(|line| !line.dated).count() > 1;
        let (mut named, mut dated) = (false, false);
        for (line, places) in signed.into_iter().zip(lines) {
            let blank = match (named, line.dated) {
                _ if order => {
                    if named {
                        1
                    } else {
                        2
                    }
                }
                (false, _) if sealed => SEAL,
                (false, _) => 1,
                // A seal stands on each of several names.
                (true, false) if sealed && many && !dated => SEAL,
                (true, _) => 0,
            };
            (named, dated) = (true, dated || line.dated);
            let spare = if blank == SEAL { pitch } else { Unit::ZERO };
            let mut slug = Slug { height: pitch, before: pitch * blank, spare, ..Slug::default() };
            for (piece, x) in line.pieces.into_iter().zip(places) {
                piece.put(&mut slug, x, rise);
            }
            self.push(slug);
        }
        self.keep_with_text_before(had);
        self.owe(Unit::ZERO);
        true
    }
}
