//! Characters to glyphs and advances: a font's `cmap` and `hmtx` as one table of two levels.

use ttf_parser::{Face, GlyphId, PlatformId, Tag, cmap};

/// A glyph and its advance in thousandths of an em.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Glyph {
    /// Index in the font; 0 stands for none.
    pub id: u16,
    /// Advance in thousandths of an em.
    pub advance: u16,
}

/// Characters a page of the table.
const PAGE: usize = 256;
const PAGES: usize = 0x11_0000 / PAGE;

/// The characters of a font.
pub struct Characters {
    /// Number of each page in `glyphs`; page 0 there is the empty one.
    pages: Box<[u16]>,
    glyphs: Vec<[Glyph; PAGE]>,
    count: usize,
}

impl std::fmt::Debug for Characters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Characters({})", self.count)
    }
}

impl Default for Characters {
    fn default() -> Self {
        Characters { pages: vec![0; PAGES].into(), glyphs: vec![[Glyph::default(); PAGE]], count: 0 }
    }
}

impl Characters {
    /// Reads the characters of `face`.
    pub fn read(face: &Face<'_>) -> Self {
        let mut table = Characters::default();
        let mut put = |c: u32, id: u16| {
            if id == 0 || char::from_u32(c).is_none() {
                return;
            }
            table.put(c, Glyph { id, advance: thousandths(face, GlyphId(id)) });
        };
        if let Some(groups) = segmented_coverage(face) {
            for (start, end, glyph) in groups {
                for c in start..=end.min(0x10_FFFF) {
                    put(c, u16::try_from(glyph.saturating_add(c - start)).unwrap_or(0));
                }
            }
        } else if let Some(subtable) = basic_plane(face) {
            subtable.codepoints(|c| put(c, subtable.glyph_index(c).map_or(0, |g| g.0)));
        }
        table
    }

    fn put(&mut self, c: u32, glyph: Glyph) {
        let (page, at) = (c as usize / PAGE, c as usize % PAGE);
        if self.pages[page] == 0 {
            self.pages[page] = self.glyphs.len() as u16;
            self.glyphs.push([Glyph::default(); PAGE]);
        }
        let slot = &mut self.glyphs[usize::from(self.pages[page])][at];
        self.count += usize::from(slot.id == 0);
        *slot = glyph;
    }

    /// The glyph of `c`, if the font has one.
    #[inline]
    pub fn get(&self, c: char) -> Option<Glyph> {
        let c = c as usize;
        let page = usize::from(*self.pages.get(c / PAGE)?);
        let glyph = self.glyphs.get(page)?[c % PAGE];
        (glyph.id != 0).then_some(glyph)
    }

    /// Number of characters.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The characters with their glyphs, in order.
    pub fn iter(&self) -> impl Iterator<Item = (char, Glyph)> + '_ {
        self.pages.iter().enumerate().filter(|&(_, &page)| page != 0).flat_map(|(high, &page)| {
            self.glyphs[usize::from(page)]
                .iter()
                .enumerate()
                .filter(|(_, g)| g.id != 0)
                .filter_map(move |(low, &g)| Some((char::from_u32((high * PAGE + low) as u32)?, g)))
        })
    }
}

/// The advance of a glyph in thousandths of an em, rounded to the nearest.
pub fn thousandths(face: &Face<'_>, glyph: GlyphId) -> u16 {
    let units = u32::from(face.units_per_em());
    let advance = u32::from(face.glyph_hor_advance(glyph).unwrap_or(0));
    u16::try_from((advance * 1000 + units / 2) / units).unwrap_or(u16::MAX)
}

/// The groups `(first, last, glyph of first)` of the full-repertoire subtable (format 12), read straight: a font of 33,000 characters in
/// a tenth of a millisecond.
fn segmented_coverage<'a>(face: &Face<'a>) -> Option<impl Iterator<Item = (u32, u32, u32)> + use<'a>> {
    let table = face.raw_face().table(Tag::from_bytes(b"cmap"))?;
    let records = usize::from(u16::from_be_bytes(*table.get(2..)?.first_chunk()?));
    let subtable = table.get(4..)?.chunks_exact(8).take(records).find_map(|record| {
        let (kind, offset) = record.split_first_chunk::<4>()?;
        let offset = u32::from_be_bytes(*offset.first_chunk()?) as usize;
        let subtable = table.get(offset..)?;
        let full = matches!(kind, [0, 0, 0, 4 | 6] | [0, 3, 0, 10]);
        (full && subtable.starts_with(&[0, 12])).then_some(subtable)
    })?;
    let groups = u32::from_be_bytes(*subtable.get(12..)?.first_chunk()?) as usize;
    Some(subtable.get(16..)?.as_chunks::<12>().0.iter().take(groups).map(|group| {
        let word = |at: usize| u32::from_be_bytes([group[at], group[at + 1], group[at + 2], group[at + 3]]);
        (word(0), word(4), word(8))
    }))
}

/// The subtable of the basic plane (format 4).
fn basic_plane<'a>(face: &Face<'a>) -> Option<cmap::Subtable<'a>> {
    face.tables().cmap?.subtables.into_iter().find(|s| {
        (s.platform_id == PlatformId::Unicode || s.platform_id == PlatformId::Windows)
            && matches!(s.format, cmap::Format::SegmentMappingToDeltaValues(_))
    })
}
