//! Characters that some format cannot hold: DOCX and EPUB are XML, which has no controls (XML 1.0 §2.2), a PDF may not say that a glyph means a NUL or
//! a byte order mark (PDF/UA-1 §7.21.7), Markdown has no NUL (CommonMark 2.3). So that every format says the same, a sign stands for each of
//! them in all.

use super::*;

/// What stands for `c`; `None` where it stands for itself.
const fn stand_in(c: char) -> Option<char> {
    match c {
        // The picture that Unicode has of each control.
        '\0'..='\u{8}' | '\u{B}'..='\u{1F}' => char::from_u32(0x2400 + c as u32),
        // Within a text it joins words, for which Unicode has another character now (23.8).
        '\u{FEFF}' => Some('\u{2060}'),
        '\u{FFFE}' | '\u{FFFF}' => Some('\u{FFFD}'),
        _ => None,
    }
}

/// Which characters signs stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandIns {
    /// The first of them.
    pub first: char,
    /// Where it stood, or the text that it stood in, as far as that is known.
    pub at: Span<Normal>,
    /// How many there are.
    pub count: usize,
}

impl Document {
    /// Puts a sign in the place of each character that some format cannot hold.
    pub fn stand_in(&mut self) -> Option<StandIns> {
        let mut found = None;
        let Meta { title, subtitle, authors, source, date, language: _, extra } = &mut self.meta;
        let known = [title, subtitle, source, date].into_iter().flatten().chain(authors);
        let known = known.chain(extra.iter_mut().flat_map(|(key, value)| [key, value]));
        known.for_each(|text| replace(text, Span::default(), &mut found));
        in_blocks(&mut self.blocks, &mut found);
        for note in &mut self.footnotes {
            replace(&mut note.label, note.span, &mut found);
            in_blocks(&mut note.blocks, &mut found);
        }
        found
    }
}

fn replace(text: &mut String, at: Span<Normal>, found: &mut Option<StandIns>) {
    // Bytes show it many at a time: controls, and what U+FEFF, U+FFFE and U+FFFF begin with, which the marks of Chinese do not.
    let bytes = text.as_bytes();
    let control = |b: u8| b < b' ' && b != b'\t' && b != b'\n';
    let controls = bytes.chunks(64).any(|chunk| chunk.iter().fold(false, |any, &b| any | control(b)));
    let begins = |at: usize| matches!(bytes.get(at + 1), Some(0xBB | 0xBF));
    if !controls && !memchr::memchr_iter(0xEF, bytes).any(begins) {
        return;
    }
    let mut odd = text.char_indices().filter(|&(_, c)| stand_in(c).is_some());
    let Some((offset, first)) = odd.next() else { return };
    let count = 1 + odd.count();
    // Where the lengths differ, syntax was read and offsets do not hold.
    let exact = Span::new(at.start + offset, at.start + offset + first.len_utf8());
    let at = if at.len() == text.len() { exact } else { at };
    found.get_or_insert(StandIns { first, at, count: 0 }).count += count;
    *text = text.chars().map(|c| stand_in(c).unwrap_or(c)).collect();
}

fn in_blocks(blocks: &mut [Block], found: &mut Option<StandIns>) {
    for Block { kind, span } in blocks {
        match kind {
            BlockKind::Heading(Heading { label, content, .. }) => {
                if let Some(label) = label {
                    // Told with the content, of which it is the beginning.
                    replace(label, *span, &mut None);
                }
                in_inlines(content, found);
            }
            BlockKind::Paragraph { content, .. } => in_inlines(content, found),
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| in_blocks(&mut item.blocks, found)),
            BlockKind::Quote(blocks) => in_blocks(blocks, found),
            BlockKind::Verse(stanzas) => {
                let lines = stanzas.iter_mut().flat_map(|stanza| &mut stanza.lines);
                lines.for_each(|line| in_inlines(&mut line.content, found));
            }
            BlockKind::Code { language, text } => {
                language.iter_mut().chain([text]).for_each(|text| replace(text, *span, found));
            }
            BlockKind::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.for_each(|cell| in_inlines(cell, found));
            }
            BlockKind::Divider { ornament } => replace(ornament, *span, found),
            BlockKind::Image(image) => in_image(image, *span, found),
        }
    }
}

fn in_inlines(inlines: &mut [Inline], found: &mut Option<StandIns>) {
    for Inline { kind, span } in inlines {
        match kind {
            InlineKind::Text(text) | InlineKind::Code(text) => replace(text, *span, found),
            InlineKind::Strong(content)
            | InlineKind::Emphasis(content)
            | InlineKind::Underline { content, .. }
            | InlineKind::Gloss(content) => {
                in_inlines(content, found);
            }
            InlineKind::Link { target, title, content } => {
                [target, title].into_iter().for_each(|text| replace(text, *span, found));
                in_inlines(content, found);
            }
            InlineKind::Ruby { base, reading } => {
                [base, reading].into_iter().for_each(|text| replace(text, *span, found));
            }
            InlineKind::Image(image) => in_image(image, *span, found),
            InlineKind::NoteRef { .. } | InlineKind::Break => {}
        }
    }
}

/// The target names a file as the source has it, and is no text.
fn in_image(image: &mut Image, at: Span<Normal>, found: &mut Option<StandIns>) {
    [&mut image.alt, &mut image.title].into_iter().for_each(|text| replace(text, at, found));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_stands_for_each_character_that_some_format_cannot_hold() {
        let content = vec![Inline::text("水\u{2}火\u{0}\u{FEFF}土\t\u{FFFE}", 3..21)];
        let mut document = Document {
            blocks: vec![Block::new(BlockKind::Paragraph { role: Role::Body, content }, 3..21)],
            ..Document::default()
        };
        assert_eq!(document.stand_in(), Some(StandIns { first: '\u{2}', at: Span::new(6, 7), count: 4 }));
        assert_eq!(document.text(), "水␂火␀\u{2060}土\t\u{FFFD}\n");
        assert_eq!(document.stand_in(), None);
    }
}
