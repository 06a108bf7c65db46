//! A font cut down to some characters that is still a font for every program: glyphs keep their numbers, those not wanted are empty.

use super::Font;
use super::outlines::{Outlines, components, composite};
use super::sfnt::{Table, assemble};
use super::subset::{allow_composites, bounds};
use super::vertical::Made;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use ttf_parser::{Face, Tag};

/// How a glyph is drawn otherwise than its font has it.
#[derive(Debug, Clone, PartialEq)]
pub enum Redrawn<'a> {
    /// With this outline, of a font of the same units.
    As(&'a [u8]),
    /// As what is made of its own.
    Made(Made),
}

impl Font {
    /// A TrueType font named `family`, upright and of regular weight by what it says of itself, with these `glyphs` of this font for
    /// characters, some of them `redrawn`; `None` when there are none.
    pub fn program(
        &self,
        family: &str,
        glyphs: &BTreeMap<char, u16>,
        redrawn: &BTreeMap<u16, Redrawn<'_>>,
    ) -> Option<Vec<u8>> {
        let face = self.face()?;
        let table = |tag: &[u8; 4]| face.raw_face().table(Tag::from_bytes(tag));
        if glyphs.is_empty() {
            return None;
        }
        let mut head = table(b"head")?.to_vec();
        let outlines = Outlines::of(&face)?;
        let drawn = drawn(&face, outlines, glyphs.values().copied(), redrawn)?;
        let (glyf, loca) = joined(outlines.count(), &drawn)?;
        head.get_mut(8..12)?.fill(0);
        head.get_mut(44..46)?.fill(0);
        head.get_mut(50..52)?.copy_from_slice(&[0, 1]);
        let mut os2 = table(b"OS/2")?.to_vec();
        os2.get_mut(62..64)?.copy_from_slice(&[0, 0x40]);
        // Version 3: no names of glyphs.
        let mut post = table(b"post")?.get(..32)?.to_vec();
        post.get_mut(..4)?.copy_from_slice(&[0, 3, 0, 0]);
        let mut tables: Vec<Table<'_>> = vec![
            (*b"OS/2", os2.into()),
            (*b"cmap", cmap(glyphs).into()),
            (*b"glyf", glyf.into()),
            (*b"head", head.into()),
            (*b"loca", loca.into()),
            (*b"name", names(family).into()),
            (*b"post", post.into()),
        ];
        let (mut hmtx, mut maxp) = (table(b"hmtx")?.to_vec(), table(b"maxp")?.to_vec());
        let told = usize::from(u16::from_be_bytes(*table(b"hhea")?.get(34..)?.first_chunk()?));
        for glyph in redrawn.keys() {
            // What is drawn begins where the table says that it does.
            let (place, outline) = (usize::from(*glyph), drawn.get(glyph)?);
            let at = if place < told { 4 * place + 2 } else { 4 * told + 2 * (place - told) };
            if let (Some(bearing), Some(left)) = (hmtx.get_mut(at..at + 2), outline.get(2..4)) {
                bearing.copy_from_slice(left);
            }
        }
        if redrawn.values().any(|how| matches!(how, Redrawn::Made(_))) {
            allow_composites(&mut maxp)?;
        }
        tables.extend([(*b"hmtx", hmtx.into()), (*b"maxp", maxp.into())]);
        for tag in [b"cvt ", b"fpgm", b"gasp", b"hhea", b"prep"] {
            tables.extend(table(tag).map(|table| (*tag, table.into())));
        }
        tables.sort();
        Some(assemble(&tables))
    }
}

/// The outlines of `glyphs` and of their components, by their numbers. What a glyph is made of takes the place of one that is not wanted.
fn drawn<'a>(
    face: &Face<'a>,
    outlines: Outlines<'a>,
    glyphs: impl Iterator<Item = u16>,
    redrawn: &BTreeMap<u16, Redrawn<'a>>,
) -> Option<BTreeMap<u16, Cow<'a, [u8]>>> {
    let mut wanted = BTreeSet::from([0]);
    let mut open: Vec<u16> = glyphs.collect();
    while let Some(glyph) = open.pop() {
        if wanted.insert(glyph) {
            open.extend(components(outlines.get(glyph)?).map(|(_, part)| part));
        }
    }
    let own = wanted.iter().map(|&glyph| Some((glyph, outlines.get(glyph)?.into())));
    let mut drawn: BTreeMap<u16, Cow<'a, [u8]>> = own.collect::<Option<_>>()?;
    let mut spare =
        (0..outlines.count()).filter_map(|glyph| u16::try_from(glyph).ok()).filter(|glyph| !wanted.contains(glyph));
    for (&glyph, how) in redrawn {
        match how {
            Redrawn::As(outline) => {
                drawn.insert(glyph, (*outline).into());
            }
            Redrawn::Made(made) => {
                if let (Some(part), Some(bounds)) = (spare.next(), bounds(face, glyph, made)) {
                    drawn.insert(part, outlines.get(glyph)?.into());
                    drawn.insert(glyph, composite(part, made, bounds).into());
                }
            }
        }
    }
    Some(drawn)
}

/// The outlines one behind the other, and where each of `count` begins.
fn joined(count: usize, drawn: &BTreeMap<u16, Cow<'_, [u8]>>) -> Option<(Vec<u8>, Vec<u8>)> {
    let (mut kept, mut places) = (vec![], Vec::with_capacity(count * 4 + 4));
    for glyph in 0..=count {
        places.extend_from_slice(&u32::try_from(kept.len()).ok()?.to_be_bytes());
        if let Some(outline) = u16::try_from(glyph).ok().and_then(|glyph| drawn.get(&glyph)) {
            kept.extend_from_slice(outline);
            kept.resize(kept.len().next_multiple_of(4), 0);
        }
    }
    Some((kept, places))
}

/// A character map: segments for the basic plane (format 4), which every program reads, and groups for all planes (format 12).
fn cmap(map: &BTreeMap<char, u16>) -> Vec<u8> {
    // Runs of characters whose glyphs are numbered in a row: first, last, glyph of the first.
    let mut groups: Vec<(u32, u32, u32)> = vec![];
    for (&c, &glyph) in map {
        let (c, glyph) = (u32::from(c), u32::from(glyph));
        match groups.last_mut() {
            Some((first, last, start)) if *last + 1 == c && glyph == *start + (c - *first) && c != 0x1_0000 => {
                *last = c
            }
            _ => groups.push((c, c, glyph)),
        }
    }
    let mut segments: Vec<(u16, u16, u16)> = groups
        .iter()
        .filter_map(|&(first, last, glyph)| {
            let (first, last) = (u16::try_from(first).ok()?, u16::try_from(last).ok()?);
            Some((first, last.min(0xFFFE), (glyph as u16).wrapping_sub(first)))
        })
        .collect();
    // The length of this table has sixteen bits; the other one holds everything.
    segments.truncate(8000);
    segments.push((0xFFFF, 0xFFFF, 1));
    let count = segments.len() as u16;
    let range = 2 << count.ilog2();
    let mut basic = vec![];
    for value in [4, 16 + 8 * count, 0, 2 * count, range, count.ilog2() as u16, 2 * count - range] {
        basic.extend_from_slice(&value.to_be_bytes());
    }
    basic.extend(segments.iter().flat_map(|s| s.1.to_be_bytes()));
    basic.extend_from_slice(&[0; 2]);
    basic.extend(segments.iter().flat_map(|s| s.0.to_be_bytes()));
    basic.extend(segments.iter().flat_map(|s| s.2.to_be_bytes()));
    basic.extend(segments.iter().flat_map(|_| [0; 2]));
    let mut full = vec![0, 12, 0, 0];
    for value in [16 + 12 * groups.len() as u32, 0, groups.len() as u32] {
        full.extend_from_slice(&value.to_be_bytes());
    }
    full.extend(groups.iter().flat_map(|g| [g.0, g.1, g.2]).flat_map(u32::to_be_bytes));

    // Windows, basic plane; Windows, all planes.
    let mut out = vec![0, 0, 0, 2, 0, 3, 0, 1, 0, 0, 0, 20, 0, 3, 0, 10];
    out.extend_from_slice(&(20 + basic.len() as u32).to_be_bytes());
    out.append(&mut basic);
    out.append(&mut full);
    out
}

/// The names of a font: family, style, unique and full name, version, PostScript name.
fn names(family: &str) -> Vec<u8> {
    let plain: String = family.chars().filter(char::is_ascii_alphanumeric).collect();
    let all = [family, "Regular", &plain, family, "Version 1.0", &plain];
    let (mut records, mut strings) = (vec![], vec![]);
    for (id, name) in (1_u16..).zip(all) {
        let start = strings.len() as u16;
        strings.extend(name.encode_utf16().flat_map(u16::to_be_bytes));
        // Windows, Unicode, English (United States).
        for value in [3, 1, 0x409, id, strings.len() as u16 - start, start] {
            records.extend_from_slice(&value.to_be_bytes());
        }
    }
    let mut out = vec![0, 0, 0, 6];
    out.extend_from_slice(&(6 + records.len() as u16).to_be_bytes());
    out.append(&mut records);
    out.append(&mut strings);
    out
}

#[cfg(all(test, feature = "embedded-fonts"))]
mod tests {
    use super::super::Library;
    use super::super::sfnt::{SUM, sum};
    use super::*;

    #[test]
    fn another_reader_finds_the_wanted_glyphs_and_no_others() {
        let library = Library::embedded().expect("fonts are compiled in");
        let wanted: BTreeSet<char> = "永和九年，Ab 。𠮷".chars().collect();
        for number in 0..5 {
            let font = library.font(number).expect("a font");
            let glyphs = wanted.iter().filter_map(|&c| Some((c, font.glyph(c)?.id))).collect();
            let program = font.program("Shanben Test", &glyphs, &BTreeMap::new()).expect("a program");
            let (whole, cut) = (font.face().expect("a font"), ttf_parser::Face::parse(&program, 0).expect("a font"));
            assert_eq!(sum(&program), SUM);
            assert!(program.len() < 600_000, "{} of {}", program.len(), font.bytes().len());
            for c in wanted.iter().copied().filter(|&c| font.glyph(c).is_some()) {
                let glyph = cut.glyph_index(c).expect("its glyph");
                assert_eq!(Some(glyph), whole.glyph_index(c), "{c}");
                assert_eq!(cut.glyph_hor_advance(glyph), whole.glyph_hor_advance(glyph));
                assert_eq!(cut.glyph_bounding_box(glyph), whole.glyph_bounding_box(glyph), "{c}");
            }
            assert_eq!(cut.glyph_index('丙'), None);
            let family = cut.names().into_iter().find(|n| n.name_id == 1).and_then(|n| n.to_string());
            assert_eq!(family.as_deref(), Some("Shanben Test"));
            assert!(cut.is_regular() && !cut.is_bold());
        }
        assert_eq!(library.font(4).expect("Mono").program("x", &BTreeMap::new(), &BTreeMap::new()), None);
    }
}
