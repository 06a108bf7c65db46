//! Notes at the end of a text, linked to their marks: ①, 〔1〕, `[1]`. Only where both ends exist and the order agrees.

use super::{Part, Reading};
use crate::chinese::fold::fold;
use crate::chinese::numeral::is_numeral;
use std::ops::Range;

/// A mark in the running text: where it stands and which note it calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Its place in the text.
    pub span: Range<usize>,
    /// Index of the note.
    pub note: usize,
}

/// Claims the notes that the last lines hold and finds their references, in order.
pub fn claim(reading: &mut Reading<'_>) -> Vec<Reference> {
    let lines = &reading.page.lines;
    let n = lines.len();
    let mut first = n;
    while first > 0
        && note_mark(lines[first - 1].text).is_some()
        && matches!(reading.parts[first - 1], Part::Open | Part::Item { .. })
    {
        first -= 1;
    }
    let marks: Vec<&str> = lines[first..].iter().filter_map(|l| note_mark(l.text)).collect();
    if marks.is_empty() || first == 0 {
        return vec![];
    }
    let mut references = vec![];
    let mut next = 0;
    for (i, line) in lines[..first].iter().enumerate() {
        if matches!(reading.parts[i], Part::Code(_) | Part::Title | Part::Divider | Part::Item { .. } | Part::Row(_)) {
            continue;
        }
        let mut from = 0;
        while let Some(mark) = marks.get(next)
            && let Some(at) = line.text[from..].find(mark).map(|at| from + at)
        {
            // A mark at the beginning of a line numbers the line.
            if at == 0 {
                return vec![];
            }
            references.push(Reference { span: line.start + at..line.start + at + mark.len(), note: next });
            from = at + mark.len();
            next += 1;
        }
    }
    if next < marks.len() {
        return vec![];
    }
    let lens: Vec<usize> = marks.iter().map(|m| m.len()).collect();
    for (note, len) in lens.into_iter().enumerate() {
        reading.parts[first + note] = Part::Note { note, len };
    }
    references
}

/// The mark that a line begins with.
pub fn note_mark(text: &str) -> Option<&str> {
    let first = text.chars().next()?;
    let mark = match first {
        '①'..='⑳' | '㉑'..='㉟' => &text[..first.len_utf8()],
        '〔' | '[' | '［' => {
            let close = match first {
                '〔' => '〕',
                '[' => ']',
                _ => '］',
            };
            let end = text.find(close)?;
            let inner = &text[first.len_utf8()..end];
            let number = (1..=4).contains(&inner.chars().count())
                && inner.chars().all(|c| c.is_ascii_digit() || is_numeral(c) || fold(c) == '注');
            if !number {
                return None;
            }
            &text[..end + close.len_utf8()]
        }
        _ => return None,
    };
    (text.len() > mark.len()).then_some(mark)
}
