//! Notes between the words (夹注), and their brackets.

use super::{Inline, InlineKind};

/// The brackets that old texts have round such notes.
const BRACKETS: [(char, char); 5] = [('（', '）'), ('(', ')'), ('〔', '〕'), ('［', '］'), ('〖', '〗')];

/// Whether a note that holds `content` begins and ends with its brackets.
pub fn is_framed(content: &[Inline]) -> bool {
    let (Some(first), Some(last)) = (content.first(), content.last()) else { return false };
    match (&first.kind, &last.kind) {
        (InlineKind::Text(first), InlineKind::Text(last)) => {
            let alone = content.len() == 1 && first.chars().nth(1).is_none();
            !alone && BRACKETS.iter().any(|&(open, close)| first.starts_with(open) && last.ends_with(close))
        }
        _ => false,
    }
}
