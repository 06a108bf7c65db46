//! The content stream of a page: its text, written straight, in marked-content sequences.
//!
//! One text-showing operator a run. The pen moves by the widths that the font declares plus one character spacing (`Tc`) for the whole
//! run, and is put right by a number in the array wherever it would be off by half a thousandth of an em.
//!
//! Columns are shown by fonts that write down the page. So that readers find the columns in their order, what is shown last of each begins at
//! another height than what is shown first of the next; so that they find turned words, each is a sequence that says its text once more; and
//! what stands in the margins says that it has none.

use super::image::Images;
use super::imposition::Slot;
use super::structure::Structure;
use super::subset::{Code, Subset, Subsets, alone, lowered, resource};
use super::syntax::{integer, length, literal_byte, text};
use super::told::{is_told, told};
use crate::fonts::LOWER;
use crate::layout::{Colour, Course, ElementId, FontId, Glyph, Line, Means, Owner, Page, Picture, Posture, Run};
use crate::layout::{MISSING_DIGIT, MISSING_PAD, MISSING_RISE};
use crate::unicode::leftward::is_leftward;
use crate::unit::Unit;

/// A place on a page that can be clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkArea {
    /// The element that leads somewhere.
    pub link: u32,
    /// Left, bottom, right, top, from the lower left corner of the page.
    pub corners: [Unit; 4],
}

/// From the baseline of a turned glyph to the middle of its column, in thousandths of its size.
const AXIS: i32 = 380;

/// From what blank on readers take what stands beyond it in a column for something else, in thousandths of the size.
const WIDE: i32 = 400;

/// Some readers take what follows each other at less than half an em in height for parts of one line, from left to right; so far apart it is not.
const APART: i32 = 600;

/// The type of the text of a note between the words.
const NOTE: &str = "WT";

/// Where a column begins, from the top of the page, and the size of what it begins with.
fn begins(line: &Line) -> Option<(Unit, Unit)> {
    let run = line.runs.first().filter(|_| line.course == Course::Column)?;
    Some((line.baseline + run.glyphs.first()?.x, run.size))
}

/// What a marked-content sequence belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sequence {
    None,
    Artifact,
    Element(ElementId),
}

/// Writes the text of one page.
pub struct Contents<'p, 's, 'l> {
    out: &'s mut Vec<u8>,
    page: &'p Page,
    place: Slot,
    subsets: &'p Subsets,
    images: &'p Images<'p>,
    structure: &'s mut Structure<'l>,
    links: Vec<LinkArea>,
    open: Sequence,
    font: Option<(FontId, Unit, bool)>,
    spacing: Unit,
    colour: Option<Colour>,
    /// Start of the line that the pen was last put on.
    origin: (Unit, Unit),
    /// Whether that line is turned.
    turned: bool,
    /// Whether the page has columns.
    columns: bool,
    /// Where the column after the line at hand begins, from the top of the page, and the size of what it begins with.
    next: Option<(Unit, Unit)>,
    /// The size of the text of columns before the run at hand, notes left out.
    around: Unit,
    /// How far beyond its last glyph what is shown reaches.
    beyond: Unit,
    /// How much lower the pen is put down.
    lower: Unit,
    /// The glyphs of the run at hand that tell the marks beside them.
    telling: [Option<(Glyph, String)>; 2],
    gaps: Vec<i32>,
}

impl<'p, 's, 'l> Contents<'p, 's, 'l> {
    /// Writes the text of `page`, which stands at `place`, to the stream `out` of its sheet; returns the links in it.
    pub fn write(
        page: &'p Page,
        place: Slot,
        out: &'s mut Vec<u8>,
        (subsets, images): (&'p Subsets, &'p Images<'p>),
        structure: &'s mut Structure<'l>,
    ) -> Result<Vec<LinkArea>, String> {
        let mut contents = Contents {
            out,
            page,
            place,
            subsets,
            images,
            structure,
            links: vec![],
            open: Sequence::None,
            font: None,
            spacing: Unit::ZERO,
            colour: None,
            origin: (Unit::ZERO, Unit::ZERO),
            turned: false,
            columns: page.lines.iter().any(|line| line.course == Course::Column),
            next: None,
            around: Unit::ZERO,
            beyond: Unit::ZERO,
            lower: Unit::ZERO,
            telling: [None, None],
            gaps: vec![],
        };
        if !contents.out.is_empty() {
            contents.out.push(b'\n');
        }
        contents.out.extend_from_slice(b"BT\n");
        // Pictures come in reading order among the lines.
        let mut pictures = page.pictures.iter().peekable();
        for (index, line) in page.lines.iter().enumerate() {
            let before = |picture: &&Picture| match line.owner {
                Owner::Element(element) => picture.element <= element,
                Owner::Artifact => true,
            };
            while let Some(picture) = pictures.next_if(before) {
                contents.picture(picture)?;
            }
            let mut area = None;
            contents.next = page.lines.get(index + 1).and_then(begins);
            let mut at = 0;
            while let Some(run) = line.runs.get(at) {
                let count = contents.piece(line, at)?;
                if count == 0 && !(line.course == Course::Column && is_told(&line.runs, at)) {
                    contents.tell(line, at);
                    contents.run(line, run, &mut area)?;
                }
                at += count.max(1);
            }
            contents.links.extend(area);
        }
        for picture in pictures {
            contents.picture(picture)?;
        }
        contents.end();
        contents.set_colour(None);
        if contents.spacing != Unit::ZERO {
            // Nothing else outlives the text object that another page on the sheet would not set anew.
            contents.out.extend_from_slice(b"0 Tc ");
        }
        contents.out.extend_from_slice(b"ET\n");
        Ok(contents.links)
    }

    /// Shows a picture: not within a text object, so that one ends before it and one begins after it.
    fn picture(&mut self, picture: &Picture) -> Result<(), String> {
        self.end();
        self.out.extend_from_slice(b"ET\n");
        let name = self.images.name(&picture.target).ok_or("a picture was set that is not there")?;
        let left = self.place.x + picture.x;
        let bottom = self.page.size.1 - picture.y - picture.height;
        self.structure.place(picture.element, [left, bottom, left + picture.width, self.page.size.1 - picture.y]);
        self.turn(Sequence::Element(picture.element))?;
        self.out.extend_from_slice(b"q ");
        for (i, part) in [picture.width, Unit::ZERO, Unit::ZERO, picture.height, left, bottom].into_iter().enumerate() {
            if i > 0 {
                self.out.push(b' ');
            }
            length(self.out, part);
        }
        self.out.extend_from_slice(b" cm /");
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b" Do Q\n");
        self.end();
        self.out.extend_from_slice(b"BT\n");
        (self.origin, self.turned) = ((Unit::ZERO, Unit::ZERO), false);
        Ok(())
    }

    /// Lets run `at` of a column tell the marks beside it.
    fn tell(&mut self, line: &Line, at: usize) {
        self.telling = if line.course == Course::Column { told(&line.runs, at) } else { [None, None] };
    }

    fn run(&mut self, line: &Line, run: &Run, area: &mut Option<LinkArea>) -> Result<(), String> {
        let subset = self.subsets.get(run.font).ok_or("a run is set in a font that was not collected")?;
        let owner = match line.owner {
            Owner::Element(element) => Some(run.element.unwrap_or(element)),
            Owner::Artifact => None,
        };
        match (run.means, owner) {
            (Means::Nothing, _) | (Means::Text, None) => {
                self.turn(Sequence::Artifact)?;
                self.show(line, run, subset, &run.glyphs);
            }
            (Means::Text, Some(element)) => {
                if line.course == Course::Column {
                    self.around = run.size;
                    self.column(line, run, subset, element)?;
                } else {
                    self.turn(Sequence::Element(element))?;
                    self.show(line, run, subset, &run.glyphs);
                }
                self.link(line, run, element, area);
            }
            (Means::Unseen | Means::Told, Some(element)) => {
                self.turn(Sequence::Element(element))?;
                self.out.extend_from_slice(b"3 Tr ");
                // What is said in a sequence is put in another place where it runs from right to left.
                let leftward = run.glyphs.iter().any(|glyph| is_leftward(glyph.text));
                match line.course {
                    Course::Column if !leftward => self.column(line, run, subset, element)?,
                    Course::Column | Course::Level | Course::Turned => self.show(line, run, subset, &run.glyphs),
                }
                self.out.extend_from_slice(b"0 Tr\n");
            }
            (Means::Drawn, _) | (Means::CodePoint(_) | Means::Unseen | Means::Told, None) => {}
            (Means::CodePoint(c), Some(element)) => {
                self.carry(line, run, subset, element, c);
                self.link(line, run, element, area);
            }
        }
        Ok(())
    }

    /// Shows what of a note in half columns stands at the beginning of `runs`, in a sequence that says its text: readers take the one half column
    /// for a part of the column beside it. Gives how many runs that are.
    fn piece(&mut self, line: &Line, at: usize) -> Result<usize, String> {
        let runs = line.runs.get(at..).unwrap_or_default();
        let element = match (line.course, runs.first().and_then(|run| run.element)) {
            (Course::Column, Some(element)) if self.structure.tag(element) == Some(NOTE) => element,
            _ => return Ok(0),
        };
        let shown =
            |run: &&Run| run.element == Some(element) && matches!(run.means, Means::Text | Means::Unseen | Means::Told);
        let (runs, behind) = runs.split_at(runs.iter().take_while(shown).count());
        let said: String = runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.text).collect();
        self.end();
        if !runs.is_empty() {
            self.span(element, &said);
        }
        let after = self.next;
        for (k, run) in runs.iter().enumerate() {
            let subset = self.subsets.get(run.font).ok_or("a run is set in a font that was not collected")?;
            if is_told(&line.runs, at + k) {
                continue;
            }
            self.tell(line, at + k);
            let seen = |run: &&Run| run.means != Means::Told;
            let last_shown = !runs[k + 1..].iter().any(|run| seen(&run));
            let beside =
                runs[k + 1..].iter().find(seen).and_then(|run| Some((line.baseline + run.glyphs.first()?.x, run.size)));
            self.next = beside.or(after);
            if run.means == Means::Unseen {
                self.out.extend_from_slice(b"3 Tr ");
            }
            match (lowered(run, &runs[k + 1..]), run.glyphs.split_last()) {
                (Some(glyph), _) => self.show(line, run, subset, &[glyph]),
                (None, Some((last, before))) if last_shown => {
                    self.show(line, run, subset, before);
                    // What is said ends where its last glyph does: at what stands behind it, lest readers find a gap there.
                    let next = behind.first().and_then(|run| run.glyphs.first());
                    let gap = next.map_or(Unit::ZERO, |next| next.x - last.x - last.advance);
                    self.beyond = gap.max(Unit::ZERO);
                    self.show(line, run, subset, std::slice::from_ref(last));
                    self.beyond = Unit::ZERO;
                }
                (None, _) => self.show(line, run, subset, &run.glyphs),
            }
            if run.means == Means::Unseen {
                self.out.extend_from_slice(b"0 Tr\n");
            }
        }
        self.telling = [None, None];
        if let Some(last) = runs.last() {
            // What is said has the size in which readers find the text at its end: that of the text around it, else they take it for another one.
            let around = self.around.max(line.runs.iter().map(|run| run.size).max().unwrap_or_default());
            self.set_font((last.font, around), true);
            self.out.extend_from_slice(b"()Tj EMC\n");
        }
        Ok(runs.len())
    }

    /// Shows text of a column: turned words, and what has a wide blank in it, each in a sequence of its own that says its text, the rest in that of
    /// `element`.
    fn column(&mut self, line: &Line, run: &Run, subset: &Subset, element: ElementId) -> Result<(), String> {
        if let Some(glyph) = alone(line).filter(|glyph| self.is_near(line, run, glyph)) {
            self.turn(Sequence::Element(element))?;
            self.show(line, run, subset, &[glyph]);
            return Ok(());
        }
        let turned = |glyph: &Glyph| glyph.posture == Posture::Turned;
        for part in run.glyphs.chunk_by(|a, b| turned(a) == turned(b)) {
            let word = part.first().is_some_and(turned) && part.iter().any(|glyph| !glyph.text.is_whitespace());
            let parted = part.windows(2).any(|pair| pair[1].x - pair[0].x - pair[0].advance > run.size.em(WIDE))
                || part.iter().any(|glyph| glyph.text == '\u{3000}');
            if !(word || parted) {
                self.turn(Sequence::Element(element))?;
                self.show(line, run, subset, part);
                continue;
            }
            self.end();
            let mut said = String::new();
            for glyph in part {
                match self.telling.iter().flatten().find(|(telling, _)| telling.x == glyph.x) {
                    Some((_, text)) => said.push_str(text),
                    None => said.push(glyph.text),
                }
            }
            self.span(element, &said);
            self.show(line, run, subset, part);
            self.out.extend_from_slice(b"EMC\n");
        }
        Ok(())
    }

    /// Shows the blank glyph that stands for a character that no font has; what the reader sees is drawn by the artwork.
    fn carry(&mut self, line: &Line, run: &Run, subset: &Subset, element: ElementId, c: char) {
        self.end();
        // A sequence of its own, because characters of the private-use areas must have their text said once more (ISO 19005-3
        // §6.2.11.7.3) and some readers lose what follows a sequence within a sequence.
        self.span(element, c.encode_utf8(&mut [0; 4]));
        let mut first = run.glyphs.get(..1).unwrap_or_default().to_vec();
        let mut carrier = Run { glyphs: vec![], ..run.clone() };
        let framed = first.first().is_some_and(|glyph| glyph.text != c);
        if line.course == Course::Column && framed {
            // It stands as the text around it does, lest readers take it for something beside the column.
            let size = Unit((i64::from(run.size.0) * 1000 / i64::from(MISSING_DIGIT)) as i32);
            (carrier.size, carrier.rise) = (size, run.rise - size.em(MISSING_RISE));
            first.iter_mut().for_each(|glyph| glyph.x -= size.em(MISSING_PAD));
        }
        self.show_codes(line, &carrier, &first, |_| subset.carrier(c));
        self.out.extend_from_slice(b"EMC\n");
    }

    /// Begins a sequence of `element` that says its text.
    fn span(&mut self, element: ElementId, said: &str) {
        self.out.extend_from_slice(b"/Span<</MCID ");
        let mcid = self.structure.sequence(element, self.place.sheet);
        integer(self.out, mcid.into());
        self.out.extend_from_slice(b"/ActualText");
        text(self.out, said);
        self.out.extend_from_slice(b">>BDC\n");
    }

    /// Ends the sequence that is open, if any.
    fn end(&mut self) {
        let open = std::mem::replace(&mut self.open, Sequence::None);
        if open != Sequence::None {
            self.out.extend_from_slice(b"EMC\n");
        }
        if open == Sequence::Artifact && self.columns {
            self.out.extend_from_slice(b"EMC\n");
        }
    }

    /// Ends the sequence that is open and begins that of `next`, unless that is the open one.
    fn turn(&mut self, next: Sequence) -> Result<(), String> {
        if self.open == next {
            return Ok(());
        }
        self.end();
        self.open = next;
        match next {
            Sequence::None => {}
            Sequence::Artifact => {
                self.out.extend_from_slice(b"/Artifact<</Type/Pagination>>BDC\n");
                if self.columns {
                    self.out.extend_from_slice(b"/Span<</ActualText<FEFF>>>BDC\n");
                }
            }
            Sequence::Element(element) => {
                let tag =
                    self.structure.tag(element).ok_or("content belongs to an element that is not in the structure")?;
                let mcid = self.structure.sequence(element, self.place.sheet);
                self.out.push(b'/');
                self.out.extend_from_slice(tag.as_bytes());
                self.out.extend_from_slice(b"<</MCID ");
                integer(self.out, mcid.into());
                self.out.extend_from_slice(b">>BDC\n");
            }
        }
        Ok(())
    }

    /// Whether readers may take a glyph of a column and the beginning of the next column for parts of one line.
    fn is_near(&self, line: &Line, run: &Run, glyph: &Glyph) -> bool {
        let near = |(y, size): (Unit, Unit)| (line.baseline + glyph.x - y).0.abs() <= run.size.max(size).em(APART).0;
        self.next.is_some_and(near)
    }

    /// Shows `glyphs` of `run`.
    fn show(&mut self, line: &Line, run: &Run, subset: &Subset, glyphs: &[Glyph]) {
        let column = line.course == Course::Column;
        let telling = std::mem::take(&mut self.telling);
        let code = |glyph: &Glyph| match telling.iter().flatten().find(|(telling, _)| telling.x == glyph.x) {
            Some((_, text)) => subset.telling(glyph, text),
            None => subset.code(glyph, column),
        };
        let near = |glyph: &Glyph| column && self.is_near(line, run, glyph);
        let split = if glyphs.first().is_some_and(near) { glyphs.iter().position(|glyph| !near(glyph)) } else { None };
        let (first, rest) = glyphs.split_at(split.unwrap_or(glyphs.len()));
        let low = first.first().is_some_and(|glyph| subset.is_low(glyph));
        self.lower = if low { run.size.em(LOWER) } else { Unit::ZERO };
        self.show_codes(line, run, first, code);
        self.lower = Unit::ZERO;
        self.show_codes(line, run, rest, code);
        self.telling = telling;
    }

    /// Shows `glyphs` of `run` in the codes that `code` gives.
    fn show_codes(&mut self, line: &Line, run: &Run, glyphs: &[Glyph], code: impl Fn(&Glyph) -> Code) {
        let Some(first) = glyphs.first() else { return };
        let column = line.course == Course::Column;
        self.set_font((run.font, run.size), column);
        self.set_colour(run.colour);
        self.gaps.clear();
        self.gaps.extend(glyphs.windows(2).map(|pair| pair[1].x.0 - pair[0].x.0 - pair[0].advance.0));
        if column {
            // Down the page, readers take the spacing for blanks. Down is away from where it leads.
            self.gaps.clear();
            self.gaps.push(-self.beyond.0);
        }
        if !self.gaps.is_empty() {
            let middle = self.gaps.len() / 2;
            let spacing = Unit(*self.gaps.select_nth_unstable(middle).1);
            if spacing != self.spacing {
                self.spacing = spacing;
                length(self.out, spacing);
                self.out.extend_from_slice(b" Tc ");
            }
        }
        let start = first.x;
        // To the right of the glyphs is down the page, up is to the right.
        let down = (self.place.x + line.x + run.rise, self.page.size.1 - line.baseline - start - self.lower);
        if line.course == Course::Turned {
            self.turn_pen(Some(down));
        } else {
            if self.turned {
                self.turn_pen(None);
            }
            match column {
                // In the middle of the column.
                true => self.put_pen(down.0 + run.size.em(AXIS), down.1),
                false => {
                    self.put_pen(self.place.x + line.x + start, self.page.size.1 - line.baseline + run.rise);
                }
            }
        }

        let size = i64::from(run.size.0.max(1));
        // In millionths of a point, in which a thousandth of an em is a whole number.
        let mut pen = 0;
        self.out.extend_from_slice(b"[(");
        for glyph in glyphs {
            let off = i64::from((glyph.x - start).0) * 1000 - pen;
            let thousandths = (off + size / 2).div_euclid(size);
            if thousandths != 0 {
                self.out.push(b')');
                integer(self.out, if column { thousandths } else { -thousandths });
                self.out.push(b'(');
                pen += thousandths * size;
            }
            let Code { code, width, height } = code(glyph);
            for byte in code.to_be_bytes() {
                literal_byte(self.out, byte);
            }
            pen += i64::from(if column { height } else { width }) * size + i64::from(self.spacing.0) * 1000;
        }
        self.out.extend_from_slice(b")]TJ\n");
    }

    fn set_font(&mut self, (font, size): (FontId, Unit), column: bool) {
        if self.font != Some((font, size, column)) {
            self.font = Some((font, size, column));
            self.out.push(b'/');
            self.out.extend_from_slice(resource(font.0, column).as_bytes());
            self.out.push(b' ');
            length(self.out, size);
            self.out.extend_from_slice(b" Tf ");
        }
    }

    /// Sets the colour of what is filled; black is that in which every page begins.
    fn set_colour(&mut self, colour: Option<Colour>) {
        if std::mem::replace(&mut self.colour, colour) == colour {
            return;
        }
        match colour {
            None => self.out.extend_from_slice(b"0 g "),
            Some(Colour(parts)) => {
                for part in parts {
                    // In thousandths, as lengths are written.
                    length(self.out, Unit(i32::from(part) * 1000 / 255));
                    self.out.push(b' ');
                }
                self.out.extend_from_slice(b"rg ");
            }
        }
    }

    /// Puts the pen down, turned by 90° to the right; without a place, upright again at the corner of the page.
    fn turn_pen(&mut self, place: Option<(Unit, Unit)>) {
        self.turned = place.is_some();
        self.out.extend_from_slice(if self.turned { b"0 -1 1 0 " } else { b"1 0 0 1 " });
        let (x, y) = place.unwrap_or_default();
        length(self.out, x);
        self.out.push(b' ');
        length(self.out, y);
        self.out.extend_from_slice(b" Tm ");
        self.origin = (Unit::ZERO, Unit::ZERO);
    }

    fn put_pen(&mut self, x: Unit, y: Unit) {
        length(self.out, x - self.origin.0);
        self.out.push(b' ');
        length(self.out, y - self.origin.1);
        self.out.extend_from_slice(b" Td");
        self.origin = (x, y);
    }

    /// Widens the area of the link that `run` belongs to, if any.
    fn link(&mut self, line: &Line, run: &Run, element: ElementId, area: &mut Option<LinkArea>) {
        let link = self.structure.link(element).map(|(link, _)| link);
        if area.as_ref().map(|a| a.link) != link {
            self.links.extend(area.take());
        }
        let (Some(link), Some(first), Some(last)) = (link, run.glyphs.first(), run.glyphs.last()) else { return };
        let (from, to) = (first.x, last.x + last.advance);
        let (below, above) = (run.size.em(120), run.size.em(880));
        let corners = if line.course == Course::Level {
            let baseline = self.page.size.1 - line.baseline + run.rise;
            [self.place.x + line.x + from, baseline - below, self.place.x + line.x + to, baseline + above]
        } else {
            let (baseline, top) = (self.place.x + line.x + run.rise, self.page.size.1 - line.baseline);
            [baseline - below, top - to, baseline + above, top - from]
        };
        *area = Some(match *area {
            None => LinkArea { link, corners },
            Some(LinkArea { corners: old, .. }) => LinkArea {
                link,
                corners: [
                    old[0].min(corners[0]),
                    old[1].min(corners[1]),
                    old[2].max(corners[2]),
                    old[3].max(corners[3]),
                ],
            },
        });
    }
}
