//! The content stream of a page: its text, written straight, in marked-content sequences.
//!
//! One text-showing operator a run. The pen moves by the widths that the font declares plus one character spacing (`Tc`) for the whole
//! run, and is put right by a number in the array wherever it would be off by half a thousandth of an em.

use super::image::Images;
use super::imposition::Slot;
use super::structure::Structure;
use super::subset::{Code, Subset, Subsets, resource};
use super::syntax::{integer, length, literal_byte, text};
use crate::layout::{ElementId, FontId, Line, Means, Owner, Page, Picture, Run};
use crate::unit::Unit;

/// A place on a page that can be clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkArea {
    /// The element that leads somewhere.
    pub link: u32,
    /// Left, bottom, right, top, from the lower left corner of the page.
    pub corners: [Unit; 4],
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
    font: Option<(FontId, Unit)>,
    spacing: Unit,
    /// Start of the line that the pen was last put on.
    origin: (Unit, Unit),
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
            origin: (Unit::ZERO, Unit::ZERO),
            gaps: vec![],
        };
        if !contents.out.is_empty() {
            contents.out.push(b'\n');
        }
        contents.out.extend_from_slice(b"BT\n");
        // Pictures come in reading order among the lines.
        let mut pictures = page.pictures.iter().peekable();
        for line in &page.lines {
            let before = |picture: &&Picture| match line.owner {
                Owner::Element(element) => picture.element <= element,
                Owner::Artifact => true,
            };
            while let Some(picture) = pictures.next_if(before) {
                contents.picture(picture)?;
            }
            let mut area = None;
            for run in &line.runs {
                contents.run(line, run, &mut area)?;
            }
            contents.links.extend(area);
        }
        for picture in pictures {
            contents.picture(picture)?;
        }
        contents.end();
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
        self.origin = (Unit::ZERO, Unit::ZERO);
        Ok(())
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
                self.show(line, run, |i| subset.code(&run.glyphs[i]), run.glyphs.len());
            }
            (Means::Text, Some(element)) => {
                self.turn(Sequence::Element(element))?;
                self.show(line, run, |i| subset.code(&run.glyphs[i]), run.glyphs.len());
                self.link(line, run, element, area);
            }
            (Means::Unseen, Some(element)) => {
                self.turn(Sequence::Element(element))?;
                self.out.extend_from_slice(b"3 Tr ");
                self.show(line, run, |i| subset.code(&run.glyphs[i]), run.glyphs.len());
                self.out.extend_from_slice(b"0 Tr\n");
            }
            (Means::CodePoint(_) | Means::Unseen, None) => {}
            (Means::CodePoint(c), Some(element)) => {
                self.carry(line, run, subset, element, c);
                self.link(line, run, element, area);
            }
        }
        Ok(())
    }

    /// Shows the blank glyph that stands for a character that no font has; what the reader sees is drawn by the artwork.
    fn carry(&mut self, line: &Line, run: &Run, subset: &Subset, element: ElementId, c: char) {
        self.end();
        // A sequence of its own, because characters of the private-use areas must have their text said once more (ISO 19005-3
        // §6.2.11.7.3) and some readers lose what follows a sequence within a sequence.
        self.out.extend_from_slice(b"/Span<</MCID ");
        let mcid = self.structure.sequence(element, self.place.sheet);
        integer(self.out, mcid.into());
        self.out.extend_from_slice(b"/ActualText");
        text(self.out, c.encode_utf8(&mut [0; 4]));
        self.out.extend_from_slice(b">>BDC\n");
        self.show(line, run, |_| subset.carrier(c), 1.min(run.glyphs.len()));
        self.out.extend_from_slice(b"EMC\n");
    }

    /// Ends the sequence that is open, if any.
    fn end(&mut self) {
        if std::mem::replace(&mut self.open, Sequence::None) != Sequence::None {
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
            Sequence::Artifact => self.out.extend_from_slice(b"/Artifact<</Type/Pagination>>BDC\n"),
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

    /// Shows the first `count` glyphs of `run` in the codes that `code` gives.
    fn show(&mut self, line: &Line, run: &Run, code: impl Fn(usize) -> Code, count: usize) {
        let Some(glyphs) = run.glyphs.get(..count).filter(|g| !g.is_empty()) else { return };
        self.set_font(run);
        self.gaps.clear();
        self.gaps.extend(glyphs.windows(2).map(|pair| pair[1].x.0 - pair[0].x.0 - pair[0].advance.0));
        if !self.gaps.is_empty() {
            let middle = self.gaps.len() / 2;
            let spacing = Unit(*self.gaps.select_nth_unstable(middle).1);
            if spacing != self.spacing {
                self.spacing = spacing;
                length(self.out, spacing);
                self.out.extend_from_slice(b" Tc ");
            }
        }
        let start = glyphs[0].x;
        self.put_pen(self.place.x + line.x + start, self.page.size.1 - line.baseline + run.rise);

        let size = i64::from(run.size.0.max(1));
        // In millionths of a point, in which a thousandth of an em is a whole number.
        let mut pen = 0;
        self.out.extend_from_slice(b"[(");
        for (i, glyph) in glyphs.iter().enumerate() {
            let off = i64::from((glyph.x - start).0) * 1000 - pen;
            let thousandths = (off + size / 2).div_euclid(size);
            if thousandths != 0 {
                self.out.push(b')');
                integer(self.out, -thousandths);
                self.out.push(b'(');
                pen += thousandths * size;
            }
            let Code { code, width } = code(i);
            for byte in code.to_be_bytes() {
                literal_byte(self.out, byte);
            }
            pen += i64::from(width) * size + i64::from(self.spacing.0) * 1000;
        }
        self.out.extend_from_slice(b")]TJ\n");
    }

    fn set_font(&mut self, run: &Run) {
        if self.font != Some((run.font, run.size)) {
            self.font = Some((run.font, run.size));
            self.out.push(b'/');
            self.out.extend_from_slice(resource(run.font.0).as_bytes());
            self.out.push(b' ');
            length(self.out, run.size);
            self.out.extend_from_slice(b" Tf ");
        }
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
        let baseline = self.page.size.1 - line.baseline + run.rise;
        let corners = [
            self.place.x + line.x + first.x,
            baseline - run.size.em(120),
            self.place.x + line.x + last.x + last.advance,
            baseline + run.size.em(880),
        ];
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
