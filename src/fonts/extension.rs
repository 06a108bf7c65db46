//! Extension subtables of look-ups (OpenType, GSUB type 7 and GPOS type 9), which say where another subtable stands.

use ttf_parser::{Face, Tag};

/// The tables that have look-ups, with the type of their extension subtables.
const TABLES: [(&[u8; 4], u16); 2] = [(b"GSUB", 7), (b"GPOS", 9)];

/// Whether an extension subtable of `face` leads to another. OpenType forbids it, and who follows one that leads to itself never ends.
pub fn leads_to_extension(face: &Face<'_>) -> bool {
    TABLES.iter().any(|&(tag, extension)| {
        let table = face.raw_face().table(Tag::from_bytes(tag));
        table.is_some_and(|table| subtables(table, extension).any(|kind| kind == extension))
    })
}

/// The types that the extension subtables of `table` lead to.
fn subtables(table: &[u8], extension: u16) -> impl Iterator<Item = u16> + '_ {
    let list = word(table, 8).and_then(|at| table.get(usize::from(at)..)).unwrap_or_default();
    let lookups = offsets(list, 0).filter_map(move |at| list.get(at..));
    lookups
        .filter(move |lookup| word(lookup, 0) == Some(extension))
        .flat_map(|lookup| offsets(lookup, 4).filter_map(move |at| word(lookup, at + 2)))
}

/// The offsets in `table`, of which byte `at` has the number.
fn offsets(table: &[u8], at: usize) -> impl Iterator<Item = usize> + '_ {
    let count = usize::from(word(table, at).unwrap_or(0));
    (0..count).map_while(move |i| word(table, at + 2 + 2 * i)).map(usize::from)
}

fn word(table: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(*table.get(at..)?.first_chunk()?))
}

#[cfg(all(test, feature = "embedded-fonts"))]
mod tests {
    use super::*;

    #[test]
    fn a_subtable_that_leads_to_itself_is_seen_and_every_font_of_ours_has_none() {
        for (_, font) in crate::fonts::Library::embedded().unwrap().fonts() {
            let face = Face::parse(font.bytes(), 0).unwrap();
            assert!(!leads_to_extension(&face), "{}", font.file);
        }
        // A header, a list of one look-up, the look-up, and its subtable: format, type, offset.
        let table = |kind: u16| {
            let words = [1, 0, 0, 0, 10, 1, 4, 7, 0, 1, 8, 1, kind, 0, 0];
            words.iter().flat_map(|word: &u16| word.to_be_bytes()).collect::<Vec<u8>>()
        };
        assert_eq!(subtables(&table(7), 7).collect::<Vec<_>>(), [7]);
        assert_eq!(subtables(&table(1), 7).collect::<Vec<_>>(), [1]);
        assert_eq!(subtables(&table(1)[..20], 7).count(), 0);
    }
}
