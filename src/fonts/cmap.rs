//! Characters to glyphs and advances: a font's `cmap` and `hmtx` as one table of two levels, filled as a text asks for it.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
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

/// What has been looked up: of each character the glyph in the upper half and the advance in the lower one; 0 before anybody asked.
type Page = [AtomicU32; PAGE];
/// What stands in a page for a character that the font does not have.
const NONE: u32 = 1;

/// Characters that follow each other, with glyphs that do.
#[derive(Clone, Copy)]
struct Group {
    first: u32,
    last: u32,
    /// The glyph of the first.
    glyph: u32,
}

impl Group {
    /// The glyph of `c`; glyph 0 is none, nor have the halves of pairs of UTF-16 any.
    fn glyph(self, c: u32) -> Option<u16> {
        let id = u16::try_from(self.glyph.checked_add(c - self.first)?).ok()?;
        (id != 0 && char::from_u32(c).is_some()).then_some(id)
    }
}

/// The characters of a font. A text has few of the tens of thousands, so each is looked up when it is first asked for, and then known.
#[derive(Default)]
pub struct Characters {
    /// In order.
    groups: Vec<Group>,
    advances: Advances,
    pages: Box<[OnceLock<Box<Page>>]>,
}

impl std::fmt::Debug for Characters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Characters({})", self.count())
    }
}

impl Characters {
    /// Reads the characters of `face`.
    pub fn read(face: &Face<'_>) -> Self {
        let mut groups = segmented_coverage(face).unwrap_or_else(|| basic_plane(face));
        if !groups.is_sorted_by_key(|group| group.first) {
            groups.sort_by_key(|group| group.first);
        }
        Characters { groups, advances: Advances::of(face), pages: (0..PAGES).map(|_| OnceLock::new()).collect() }
    }

    /// The glyph of `c`, if the font has one.
    #[inline]
    pub fn get(&self, c: char) -> Option<Glyph> {
        let c = c as u32;
        let page = self.pages.get(c as usize / PAGE)?;
        let place = &page.get_or_init(|| Box::new([const { AtomicU32::new(0) }; PAGE]))[c as usize % PAGE];
        // Whoever looks a character up finds the same: nothing is ordered by it.
        let known = match place.load(Relaxed) {
            0 => {
                let found = self.look_up(c).map_or(NONE, |g| u32::from(g.id) << 16 | u32::from(g.advance));
                place.store(found, Relaxed);
                found
            }
            known => known,
        };
        let glyph = Glyph { id: (known >> 16) as u16, advance: known as u16 };
        (glyph.id != 0).then_some(glyph)
    }

    fn look_up(&self, c: u32) -> Option<Glyph> {
        let group = self.groups[..self.groups.partition_point(|group| group.first <= c)].last()?;
        let id = group.glyph(c).filter(|_| c <= group.last)?;
        Some(Glyph { id, advance: self.advances.of_glyph(id) })
    }

    /// Number of characters.
    pub fn count(&self) -> usize {
        self.iter().count()
    }

    /// The characters with their glyphs, in order.
    pub fn iter(&self) -> impl Iterator<Item = (char, Glyph)> + '_ {
        let next = self.groups.iter().skip(1).map(|group| group.first).chain([0x11_0000]);
        self.groups.iter().zip(next).flat_map(move |(&group, next)| {
            (group.first..=group.last.min(next.saturating_sub(1))).filter_map(move |c| {
                let id = group.glyph(c)?;
                Some((char::from_u32(c)?, Glyph { id, advance: self.advances.of_glyph(id) }))
            })
        })
    }
}

/// The advance of a glyph in thousandths of an em, rounded to the nearest.
pub fn thousandths(face: &Face<'_>, glyph: GlyphId) -> u16 {
    in_thousandths(face.glyph_hor_advance(glyph).unwrap_or(0), face.units_per_em().into())
}

fn in_thousandths(advance: u16, units: u32) -> u16 {
    u16::try_from((u32::from(advance) * 1000 + units / 2) / units).unwrap_or(u16::MAX)
}

/// The advances of a font's glyphs (`hmtx`).
#[derive(Default)]
struct Advances {
    /// Advance and bearing of each glyph, as the font has them; those that are not there have the last advance.
    metrics: Vec<[u8; 4]>,
    units: u32,
}

impl Advances {
    fn of(face: &Face<'_>) -> Self {
        let tables = face.raw_face();
        let table = |tag: &[u8; 4]| tables.table(Tag::from_bytes(tag)).unwrap_or_default();
        let count = table(b"hhea").get(34..36).map_or(0, |n| usize::from(u16::from_be_bytes([n[0], n[1]])));
        let metrics = table(b"hmtx").as_chunks().0;
        Advances { metrics: metrics[..metrics.len().min(count)].to_vec(), units: u32::from(face.units_per_em()) }
    }

    /// That of glyph `id` in thousandths of an em, rounded to the nearest.
    fn of_glyph(&self, id: u16) -> u16 {
        let Some([high, low, ..]) = self.metrics.get(usize::from(id)).or(self.metrics.last()) else { return 0 };
        in_thousandths(u16::from_be_bytes([*high, *low]), self.units)
    }
}

/// The groups of the full-repertoire subtable (format 12), read straight.
fn segmented_coverage(face: &Face<'_>) -> Option<Vec<Group>> {
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
    let read = |group: &[u8; 12]| {
        let word = |at: usize| u32::from_be_bytes([group[at], group[at + 1], group[at + 2], group[at + 3]]);
        Group { first: word(0), last: word(4).min(0x10_FFFF), glyph: word(8) }
    };
    Some(subtable.get(16..)?.as_chunks::<12>().0.iter().take(groups).map(read).collect())
}

/// The groups of the subtable of the basic plane (format 4).
fn basic_plane(face: &Face<'_>) -> Vec<Group> {
    let subtable = face.tables().cmap.and_then(|cmap| {
        cmap.subtables.into_iter().find(|s| {
            (s.platform_id == PlatformId::Unicode || s.platform_id == PlatformId::Windows)
                && matches!(s.format, cmap::Format::SegmentMappingToDeltaValues(_))
        })
    });
    let mut groups: Vec<Group> = vec![];
    let Some(subtable) = subtable else { return groups };
    subtable.codepoints(|c| {
        let glyph = subtable.glyph_index(c).map_or(0, |glyph| u32::from(glyph.0));
        match groups.last_mut() {
            Some(group) if c == group.last + 1 && glyph == group.glyph + (c - group.first) => group.last = c,
            _ => groups.push(Group { first: c, last: c, glyph }),
        }
    });
    groups
}
