//! The page of an official document (GB/T 9704), as near as word processors come to it: its head, what leads into a paragraph, what is attached, who has
//! signed, the record of printing.

use super::super::inline::{Runs, gap, unseen};
use super::super::numbering::Label;
use super::super::paragraph::{self, Properties};
use super::super::styles::{self, HEI, KAI, half_points, of_role};
use super::super::title::width;
use super::{Place, Writer};
use crate::chinese::gaps::pieces;
use crate::chinese::words::Word;
use crate::document::{
    Block, BlockKind, Document, Inline, InlineKind, OfficeForm, OfficeHead, Role, Signing, inline_text, is_date,
    label_of, lead_in, marks_attachment,
};
use crate::style::{Office, Seal, Style, TextStyle};
use crate::unit::Unit;
use std::collections::VecDeque;

/// The largest size of the name of a body on one line, and the room of several (7.2.4).
const LARGEST: Unit = Unit::pt(36);
const ROOM_OF_MANY: Unit = Unit::micrometres(75_000);
/// From one name to the next, and from the names to 文件, in thousandths of their size; how far the em square is below the top of its line.
const ROW: i32 = 1250;
const BESIDE: i32 = 500;
const ABOVE: i32 = 100;
/// From the rule of a letter to what stands below it, in thousandths of a character of the body (10.1).
const DROP: i32 = 875;
/// From the right edge, in characters: the date where there is a seal, and the name where there is none.
const SEALED: i32 = 4;
const PLAIN: i32 = 2;
/// Lines above a name that a seal is put on.
const SEAL: i32 = 3;

/// What of the document in hand has a place of its own.
#[derive(Default)]
pub(super) struct Sheet {
    head: Option<OfficeHead>,
    /// How the names of the bodies that issue it stand.
    mark: Mark,
    /// Whether the block in hand belongs to the head, and how many of its lines stand above the names.
    within: bool,
    above: i32,
    /// How many of the names have been written, and whether the number has.
    names: usize,
    numbered: bool,
    /// How the lines of the block of signatures in hand stand.
    signed: VecDeque<Properties<'static>>,
    /// Whether what is attached has been told of.
    attached: bool,
    /// The mark of the item in hand.
    pub(super) mark_of_item: String,
}

/// How the names of the bodies that issue a document stand.
#[derive(Default)]
struct Mark {
    names: Vec<String>,
    size: Unit,
    /// The name that 文件 stands behind.
    papers: Option<usize>,
    widest: Unit,
    left: Unit,
}

impl Mark {
    fn of(names: Vec<String>, measure: Unit) -> Self {
        let many = names.len() > 1;
        let papers = names.iter().position(|name| many && Word::Papers.ends(name));
        let own = |(k, name): (usize, &String)| width(Mark::own(name, papers == Some(k)));
        let widest = names.iter().enumerate().map(own).max().unwrap_or_default().max(1);
        let beside = if papers.is_some() { BESIDE + 2000 } else { 0 };
        let count = names.len().max(1) as i32;
        let most = if many { (ROOM_OF_MANY / count).em(1000 * 1000 / ROW).min(LARGEST) } else { LARGEST };
        let fits = Unit((i64::from(measure.0) * 1000 / i64::from(widest + beside)) as i32).min(most);
        // Half points, as offices choose sizes.
        let size = Unit((fits.0 / 500 * 500).max(4_000));
        let left = ((measure - size.em(widest + beside)) / 2).max(Unit::ZERO);
        Mark { names, size, papers, widest: size.em(widest), left }
    }

    /// A name without 文件 behind it.
    fn own(name: &str, apart: bool) -> &str {
        let papers = Word::Papers.find(name).filter(|_| apart);
        papers.map_or(name, |word| &name[..word.start]).trim_end()
    }
}

impl Sheet {
    /// That of `document` in `style`.
    pub(super) fn of(document: &Document, style: &Style) -> Self {
        let head = document.office_head().filter(|_| style.office.is_some());
        let blocks = head.as_ref().and_then(|head| document.blocks.get(head.blocks.clone())).unwrap_or_default();
        let names = of(blocks, Role::Issuer).flat_map(lines).map(|line| inline_text(document, line)).collect();
        Sheet { mark: Mark::of(names, style.measure() - style.body.size / 2), head, ..Sheet::default() }
    }

    /// The form of the document.
    pub(super) fn form(&self) -> OfficeForm {
        self.head.as_ref().map_or(OfficeForm::Document, |head| head.form)
    }

    /// Block `index` is the next.
    pub(super) fn enter(&mut self, index: usize) {
        self.within = self.head.as_ref().is_some_and(|head| head.blocks.contains(&index));
    }

    /// Whether the block in hand belongs to the head.
    pub(super) fn in_head(&self) -> bool {
        self.within
    }
}

/// The paragraphs of `wanted` among `blocks`.
fn of(blocks: &[Block], wanted: Role) -> impl Iterator<Item = &[Inline]> {
    blocks.iter().filter_map(move |block| match &block.kind {
        BlockKind::Paragraph { role, content } if *role == wanted => Some(content.as_slice()),
        _ => None,
    })
}

/// The lines of `content` that the source has parted.
fn lines(content: &[Inline]) -> impl Iterator<Item = &[Inline]> {
    content.split(|inline| matches!(inline.kind, InlineKind::Break))
}

impl Writer<'_> {
    /// Writes a paragraph of `role`, if it has a place of its own; false where it is set as any other.
    ///
    /// # Errors
    /// As [`Writer::main`].
    pub(super) fn office(
        &mut self,
        role: Role,
        content: &[Inline],
        place: &Place<'_>,
        label: &mut Option<Label>,
    ) -> Result<bool, String> {
        let Some(office) = self.style.office.clone().filter(|_| place.left == Unit::ZERO && !place.quoted) else {
            return Ok(false);
        };
        match role {
            Role::Body => return self.led(content, place, label),
            _ if label.is_some() => return Ok(false),
            Role::Classification if self.sheet.within => {
                self.sheet.above += lines(content).count() as i32;
                return Ok(false);
            }
            Role::Issuer if self.sheet.within => {
                lines(content).try_for_each(|line| self.issuer(line, &office, place))?
            }
            Role::DocumentNumber if self.sheet.within => {
                lines(content).try_for_each(|line| self.number(line, place))?;
            }
            Role::PrintRecord if self.sheet.within || self.record => {
                lines(content).try_for_each(|line| self.recorded(line, &office, place))?;
            }
            Role::Signature if !self.sheet.signed.is_empty() => {
                for line in lines(content) {
                    self.beyond = self.sheet.signed.pop_front().unwrap_or_default();
                    self.keeps_next |= !self.sheet.signed.is_empty();
                    self.gapped(line, role, None, place)?;
                }
            }
            Role::Attachment => lines(content).try_for_each(|line| self.attached(line, place))?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// A name of a body that issues the document.
    fn issuer(&mut self, line: &[Inline], office: &Office, place: &Place<'_>) -> Result<(), String> {
        let look = self.style.role(Role::Issuer);
        let (size, left, widest) = (self.sheet.mark.size, self.sheet.mark.left, self.sheet.mark.widest);
        let many = self.sheet.mark.names.len() > 1;
        let (k, papers) = (self.sheet.names, self.sheet.mark.papers);
        let letter = self.sheet.form() == OfficeForm::Letter;
        self.sheet.names += 1;
        let page = &self.style.page;
        let above = match self.sheet.form() {
            OfficeForm::Order => office.order_top,
            OfficeForm::Document | OfficeForm::Minutes | OfficeForm::Letter => office.mark_top,
        } - self.style.pitch * self.sheet.above
            - size.em(ABOVE);
        let above = if k == 0 && !letter { above.max(Unit::ZERO) } else { Unit::ZERO };
        self.beyond = Properties { lines: Some((above, size.em(ROW))), keep_next: true, ..Properties::default() };
        if letter {
            let rule = styles::letter_rule(self.style, office, "bottom", size.em(ROW - 1000 - ABOVE));
            self.beyond.rules = Some(rule).filter(|_| k + 1 == self.sheet.mark.names.len());
            self.beyond.frame = Some(frame(office.letter_rule, office.letter_top - size.em(ABOVE)));
        }
        if many {
            (self.beyond.align, self.beyond.indent) = (Some("left"), Some((left, Unit::ZERO)));
            self.beyond.tabs = vec![left + widest + size.em(BESIDE)];
        }
        let text = inline_text(self.document, line);
        let apart = papers == Some(k);
        let own = Mark::own(&text, apart).to_owned();
        let tight = own.chars().filter(|c| !c.is_whitespace()).count() as i32;
        let spread = Some((widest - size.em(width(&own))) / (tight - 1).max(1)).filter(|_| many);
        let dressed = |runs: &mut Runs<'_, '_>, spread: Option<Unit>| {
            (runs.size, runs.spread) = (usize::try_from(half_points(size)).ok(), spread);
        };
        let mut runs = self.text_in(look);
        dressed(&mut runs, spread);
        let content = match paragraph::plain(line).filter(|_| apart) {
            None => runs.build(line, None),
            Some(_) => {
                let mut content = runs.build(&[Inline::text(own.as_str(), 0..0)], None);
                let rest = &text[own.len()..];
                let papers = rest.trim_start();
                content.extend(gap(&rest[..rest.len() - papers.len()]));
                dressed(&mut runs, None);
                content.extend(runs.build(&[Inline::text(papers, 0..0)], None));
                content
            }
        };
        self.paragraph((of_role(Role::Issuer), look), content, place, &mut None)?;
        if letter && k + 1 == self.sheet.mark.names.len() {
            let rule = styles::letter_rule(self.style, office, "top", office.rule_gap);
            let foot = page.height - office.letter_foot - Unit::pt(4);
            Properties {
                rules: Some(rule),
                frame: Some(frame(office.letter_rule, foot)),
                ..Properties::of("SectionEnd")
            }
            .open(&mut self.out);
            paragraph::close(&mut self.out);
            // LibreOffice shows no frame that stands at a paragraph which is not seen.
            self.end_section("");
        }
        Ok(())
    }

    /// The number of the document, in a letter at the right, and who has signed it (7.2.5, 7.2.6).
    fn number(&mut self, line: &[Inline], place: &Place<'_>) -> Result<(), String> {
        let look = self.style.role(Role::DocumentNumber);
        let (zi, pitch) = (self.style.zi(look), self.style.pitch);
        let text = inline_text(self.document, line);
        let first = !std::mem::replace(&mut self.sheet.numbered, true);
        let letter = self.sheet.form() == OfficeForm::Letter;
        let size = self.sheet.mark.size;
        let half = (pitch - self.style.body.size) / 2;
        let above = match first {
            // The paragraph that holds the frames stands below the rule.
            true if letter => self.style.body.size.em(DROP) - half,
            // What the line of the name has below its em square is less than half of what parts two lines.
            true => pitch * 2 + half - size.em(ROW - 1000 - ABOVE),
            false => Unit::ZERO,
        };
        let below = if self.sheet.form() == OfficeForm::Order { pitch * 2 } else { Unit::ZERO };
        self.beyond = Properties { lines: Some((above, pitch)), below, keep_next: true, ..Properties::default() };
        let blocks = self.sheet.head.as_ref().and_then(|head| self.document.blocks.get(head.blocks.clone()));
        let rest: Vec<String> = of(blocks.unwrap_or_default(), Role::DocumentNumber)
            .flat_map(lines)
            .map(|line| inline_text(self.document, line))
            .collect();
        // The rule stands below the last line of the head alone.
        let taken = of(blocks.unwrap_or_default(), Role::PrintRecord).next().is_some();
        let last = !taken && rest.last() == Some(&text);
        self.beyond.rules = (!last || !self.document.has_head_rule()).then(|| none(&["bottom"]));
        let Some(signer) = rest.iter().find(|line| Word::Signer.is_in(line)) else {
            self.beyond.align = Some(if letter { "right" } else { "center" });
            return self.gapped(line, Role::DocumentNumber, None, place);
        };
        let label = zi.em(4000);
        let names = |line: &str| {
            let names = Word::Signer.find(line).map_or(line, |word| &line[word.end..]);
            zi.em(width(names.trim_start_matches([':', '：', ' ', '\u{3000}']).trim_end()))
        };
        let behind = rest.iter().skip_while(|line| *line != signer).map(|line| names(line)).max().unwrap_or_default();
        let at = (self.measure - zi - behind - label).max(zi);
        self.beyond.align = Some("left");
        // The rule below is as wide as the line whatever its first line leaves.
        self.beyond.indent = Some((Unit::ZERO, Unit::ZERO));
        let signs = Word::Signer.is_in(&text);
        let begins = pieces(&text).next().is_some_and(|piece| Word::Signer.is_in(piece));
        self.beyond.hang = -match (signs, begins) {
            (false, _) if first => zi,
            (true, true) => at,
            (true, false) => zi,
            // Further names stand below the first.
            (false, _) => at + label,
        };
        if !signs && first {
            return self.gapped(line, Role::DocumentNumber, None, place);
        }
        if signs && !begins {
            self.beyond.tabs = vec![at];
        }
        self.gapped(line, Role::DocumentNumber, Some(KAI), place)
    }

    /// An entry of the record of printing (7.4), or the line of minutes that says who has taken them, and when (10.3).
    fn recorded(&mut self, line: &[Inline], office: &Office, place: &Place<'_>) -> Result<(), String> {
        let text = inline_text(self.document, line);
        let head = self.sheet.within;
        let look = self.style.role(Role::PrintRecord);
        let size = if head { self.style.body.size } else { look.size };
        let edge = self.style.zi(&TextStyle { size, ..look.clone() });
        let hang = if head { -edge } else { size * 3 };
        self.beyond.indent = Some(if head { (Unit::ZERO, Unit::ZERO) } else { (edge + hang, edge) });
        self.beyond.hang = hang;
        self.beyond.rules = match (head, self.sheet.form()) {
            (true, _) => Some(none(&["top"]) + &styles::head_rule(self.style, office) + &none(&["between"])),
            (false, OfficeForm::Letter) => Some(none(&["top", "bottom", "between"])),
            (false, _) => None,
        };
        if head {
            self.beyond.lines = Some((Unit::ZERO, self.style.pitch));
        }
        let spread = !text.contains(['：', ':']) && pieces(&text).count() == 2;
        self.beyond.tab_to = spread.then_some(self.measure - edge);
        let size = usize::try_from(half_points(size)).ok().filter(|_| head);
        self.gapped_in(line, Role::PrintRecord, None, size, place)
    }

    /// An entry of what is attached: its further lines stand below its name (7.3.4).
    fn attached(&mut self, line: &[Inline], place: &Place<'_>) -> Result<(), String> {
        let look = self.style.role(Role::Attachment);
        let zi = self.style.zi(look);
        let text = inline_text(self.document, line);
        if marks_attachment(&text) {
            (self.sheet.attached, self.flush_left) = (false, true);
            let content = self.runs(line, Some(HEI), look);
            return self.paragraph((of_role(Role::Attachment), look), content, place, &mut None);
        }
        if let Some((label, behind)) = label_of(Role::Attachment, &text, self.sheet.attached) {
            let hang = zi.em(width(&text[..label]));
            self.beyond.indent = Some((zi.em(look.first_indent + width(behind)) + hang, Unit::ZERO));
            self.beyond.hang = hang;
        }
        self.sheet.attached = true;
        self.inlines((of_role(Role::Attachment), look), line, place, &mut None)
    }

    /// A paragraph that a sentence leads into, in the face of its level (7.3.3), or that says who was there (10.3); false where it is neither.
    fn led(&mut self, content: &[Inline], place: &Place<'_>, label: &mut Option<Label>) -> Result<bool, String> {
        let look = &self.style.body;
        let mark = std::mem::take(&mut self.sheet.mark_of_item);
        let mark = mark.as_str().trim_matches(|_| label.is_none());
        let text = mark.to_owned() + &inline_text(self.document, content);
        let attending = label_of(Role::Body, &text, false).map(|(bytes, _)| (HEI, text[..bytes].chars().count()));
        let leads = lead_in(&text).map(|(level, end)| (if level == 1 { HEI } else { KAI }, end));
        let Some((style, chars)) = attending.or(leads) else { return Ok(false) };
        let Some((lead, rest)) = parted(content, chars.saturating_sub(mark.chars().count())) else { return Ok(false) };
        if attending.is_some() {
            let hang = self.style.zi(look).em(width(&inline_text(self.document, std::slice::from_ref(&lead))));
            let left = self.style.zi(look).em(look.first_indent) + hang;
            (self.beyond.indent, self.beyond.hang) = (Some((left, Unit::ZERO)), hang);
        }
        let mut runs = self.runs(&[lead], Some(style), look);
        runs.extend(self.runs(&rest, None, look));
        // The mark of an item looks as the end of its paragraph does.
        self.beyond.mark = (!mark.is_empty()).then_some(style);
        self.paragraph(place.text, runs, place, label)?;
        Ok(true)
    }

    /// Finds how the lines of those who sign stand, from block `index` on (7.3.5, 10.2).
    pub(super) fn sign(&mut self, index: usize) {
        let Some(office) = &self.style.office else { return };
        let document = self.document;
        let before = index.checked_sub(1).and_then(|before| document.blocks.get(before));
        let begins =
            document.blocks.get(index).is_some_and(super::is_signature) && !before.is_some_and(super::is_signature);
        if !begins || self.signing != Signing::Right {
            return;
        }
        let blocks = document.blocks.get(index..).unwrap_or_default();
        let signed: Vec<Block> = blocks.iter().take_while(|block| super::is_signature(block)).cloned().collect();
        let told: Vec<String> =
            of(&signed, Role::Signature).flat_map(lines).map(|line| inline_text(document, line)).collect();
        let form = self.sheet.form();
        let sealed = match office.seal {
            Seal::Room => true,
            Seal::None => false,
            Seal::Auto => document.is_sealed(form, told.iter().map(String::as_str)),
        };
        let order = form == OfficeForm::Order;
        let zi = self.style.zi(self.style.role(Role::Signature));
        let wide = |text: &String| zi.em(width(text.trim()));
        let date = told.iter().find(|text| is_date(text)).map(wide);
        let single = |text: &&String| !is_date(text) && pieces(text).count() == 1;
        let widest = told.iter().filter(single).map(wide).max().unwrap_or_default();
        // As in our own layout: with a seal the names stand above the middle of the date, without one the date begins two characters further in.
        let right = |text: &String| match date {
            Some(date) if sealed || order => {
                let middle = (zi * SEALED + date / 2).max(widest / 2);
                middle - wide(text) / 2
            }
            Some(date) => {
                let from_right = (zi * PLAIN + widest).max(zi * (PLAIN + PLAIN) + date);
                from_right - wide(text) - if is_date(text) { zi * PLAIN } else { Unit::ZERO }
            }
            None => zi * if sealed { SEALED } else { PLAIN },
        };
        let pitch = self.style.pitch;
        let many = told.iter().filter(|text| !is_date(text)).count() > 1;
        for (k, text) in told.iter().enumerate() {
            let blank = match (k, order) {
                (0, true) => 2,
                (_, true) => 1,
                (0, false) if sealed => SEAL,
                (0, false) => 1,
                // A seal stands on each of several names.
                (_, false) if sealed && many && !is_date(text) => SEAL,
                (_, false) => 0,
            };
            let count = pieces(text).count() as i32;
            let mut stands = Properties { lines: Some((pitch * blank, pitch)), ..Properties::default() };
            stands.indent = Some((Unit::ZERO, right(text).max(Unit::ZERO)));
            if count > 1 && !order && !is_date(text) {
                // Bodies that sign together stand in columns.
                let column = self.measure / count;
                let left = |(k, piece): (i32, &str)| column * k + ((column - zi.em(width(piece))) / 2).max(Unit::ZERO);
                let mut lefts: VecDeque<Unit> = (0..).zip(pieces(text)).map(left).collect();
                (stands.align, stands.indent) = (Some("left"), lefts.pop_front().map(|left| (left, Unit::ZERO)));
                stands.tabs = lefts.into();
            }
            self.sheet.signed.push_back(stands);
        }
    }

    /// Writes a line whose wide gaps are tabs where it has stops for them; what stands behind who has signed takes the style `names`.
    fn gapped(
        &mut self,
        line: &[Inline],
        role: Role,
        names: Option<&'static str>,
        place: &Place<'_>,
    ) -> Result<(), String> {
        self.gapped_in(line, role, names, None, place)
    }

    fn gapped_in(
        &mut self,
        line: &[Inline],
        role: Role,
        names: Option<&'static str>,
        size: Option<usize>,
        place: &Place<'_>,
    ) -> Result<(), String> {
        let look = self.style.role(role);
        let stops = self.beyond.tabs.len() + usize::from(self.beyond.tab_to.is_some());
        let plain = paragraph::plain(line).filter(|_| self.changes.is_empty()).map(String::from_iter);
        let Some(text) = plain else {
            return self.inlines((of_role(role), look), line, place, &mut None);
        };
        let mut content = vec![];
        let mut runs = self.text_in(look);
        runs.size = size;
        let (mut rest, mut tabs) = (text.as_str(), 0);
        let signer = names.map(|_| Word::Signer.find(&text).map_or(0, |word| word.end + '：'.len_utf8()));
        for piece in pieces(&text) {
            let at = rest.find(piece).unwrap_or_default();
            let blanks = &rest[..at];
            // The first piece has its indent; of those that sign, the names are apart as they are typed.
            match tabs < stops && !content.is_empty() {
                true => {
                    content.extend(gap(blanks));
                    tabs += 1;
                }
                false if content.is_empty() => content.extend(unseen(blanks)),
                false => content.extend(runs.build(&[Inline::text(blanks, 0..0)], None)),
            }
            let from = text.len() - rest.len() + at;
            let cut = signer.map_or(piece.len(), |signer| signer.saturating_sub(from).min(piece.len()));
            let cut = piece.floor_char_boundary(cut);
            content.extend(runs.build(&[Inline::text(&piece[..cut], 0..0)], None));
            content.extend(runs.build(&[Inline::text(&piece[cut..], 0..0)], names));
            rest = &rest[at + piece.len()..];
        }
        content.extend(unseen(rest));
        self.paragraph((of_role(role), look), content, place, &mut None)
    }
}

/// A frame of `width` whose top is at `y` from that of the page, in its middle.
fn frame(width: Unit, y: Unit) -> String {
    format!(
        "w:w=\"{}\" w:hSpace=\"0\" w:wrap=\"notBeside\" w:vAnchor=\"page\" w:hAnchor=\"page\" w:xAlign=\"center\" w:y=\"{}\"",
        width.to_twips(),
        y.to_twips()
    )
}

/// That there are no rules at `sides`.
fn none(sides: &[&str]) -> String {
    sides.iter().map(|side| format!("<w:{side} w:val=\"nil\"/>")).collect()
}

/// `content` parted behind `chars` characters, which its first inline holds.
fn parted(content: &[Inline], chars: usize) -> Option<(Inline, Vec<Inline>)> {
    let (first, rest) = content.split_first()?;
    let InlineKind::Text(text) = &first.kind else { return None };
    let at = text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
    if text[..at].chars().count() < chars {
        return None;
    }
    let (start, end) = (first.span.start, first.span.end);
    let exact = end - start == text.len();
    let span = |from: usize, to: usize| if exact { start + from..start + to } else { start..end };
    let behind = Inline::text(&text[at..], span(at, text.len()));
    Some((Inline::text(&text[..at], span(0, at)), [vec![behind], rest.to_vec()].concat()))
}
