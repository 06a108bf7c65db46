//! Characters below the line and above it: `H~2~O`, `10^6^`. Both are written with signs that Chinese texts use otherwise, so only what no text says
//! by them is read so: figures and signs right behind a letter or a figure.

use super::Reader;
use crate::document::{Inline, InlineKind};
use crate::recognize::html::Mark;
use pulldown_cmark::Event;
use std::ops::Range;

/// The longest of them, in characters.
const LONGEST: usize = 8;

impl Reader<'_> {
    /// Reads what stands between single tildes at `range` as characters below the line; how many of the following events that takes.
    pub fn below_line(&mut self, range: &Range<usize>, rest: &[(Event<'_>, Range<usize>)]) -> Option<usize> {
        let [(Event::Text(text), _), (Event::End(_), _), ..] = rest else { return None };
        let before = self.text[..range.start].chars().next_back();
        let said = shifted(Mark::Subscript, text, before)?;
        self.inlines.push(InlineKind::Text(said), range.clone());
        Some(2)
    }
}

/// `text` at `range` with the pieces behind it that the parser has cut off at single tildes, and how many these are; `None` where there are none.
pub fn at_tildes(
    text: &str,
    range: &Range<usize>,
    rest: &[(Event<'_>, Range<usize>)],
) -> Option<(String, Range<usize>, usize)> {
    let mut joined = String::new();
    let (mut end, mut taken) = (range.end, 0);
    while let Some((Event::Text(piece), place)) = rest.get(taken)
        && place.start == end
        && piece.len() == place.len()
        && (&**piece == "~" || joined.ends_with('~'))
    {
        if joined.is_empty() {
            joined.push_str(text);
        }
        joined.push_str(piece);
        (end, taken) = (place.end, taken + 1);
    }
    (taken > 0 && text.len() == range.len()).then_some((joined, range.start..end, taken))
}

/// Where characters stand above the line in `text`, or below it, with their signs, and what they are.
pub fn off_line(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = vec![];
    let mut at = 0;
    while let Some(open) = text[at..].find(['^', '~']).map(|found| at + found) {
        at = open + 1;
        let sign = if text[open..].starts_with('^') { '^' } else { '~' };
        let mark = if sign == '^' { Mark::Superscript } else { Mark::Subscript };
        let close = text[at..].char_indices().take(LONGEST + 1).find(|(_, c)| *c == sign).map(|(len, _)| at + len);
        let Some(close) = close else { continue };
        if let Some(said) = shifted(mark, &text[at..close], text[..open].chars().next_back()) {
            found.push((open..close + 1, said));
            at = close + 1;
        }
    }
    found
}

/// The characters of `text` in the place that `mark` says, behind `before`.
fn shifted(mark: Mark, text: &str, before: Option<char>) -> Option<String> {
    let behind = before.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, ')' | '）' | ']'));
    let figure = before.is_some_and(|c| c.is_ascii_digit()) && mark == Mark::Superscript;
    let is_sign = |c: char| c.is_alphanumeric() || matches!(c, '+' | '-' | '−');
    if !behind && !figure || text.is_empty() || !text.chars().all(is_sign) || text.chars().count() > LONGEST {
        return None;
    }
    match mark.inline(vec![Inline::text(text, 0..0)]) {
        Ok(InlineKind::Text(said)) => Some(said),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::recognize::{Hints, markdown};

    #[test]
    fn figures_stand_below_and_above_the_line() {
        for (text, said) in [
            ("水是 H~2~O，CO~2~ 也是；面积 10 m^2^，约 10^6^ 个。", "水是 H₂O，CO₂ 也是；面积 10 m²，约 10⁶ 个。"),
            ("3~5天，7~8天，3~5~8", "3~5天，7~8天，3~5~8"),
            ("(^o^) ^_^ a^b^c ^2^", "(^o^) ^_^ a^b^c ^2^"),
        ] {
            assert_eq!(markdown(text, &Hints::default()).0.text().trim_end(), said);
        }
    }
}
