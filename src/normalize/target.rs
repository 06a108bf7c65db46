//! Where links and pictures lead: the destinations of Markdown and the values of `href` and `src`. With one character changed they lead
//! nowhere, so no rule touches them but those that put right how the file was read.

use super::census::Census;
use memchr::memmem;
use std::ops::Range;

/// How far the end of a destination is looked for, in bytes.
const MOST: usize = 400;

/// The destinations in `text`, sorted, none within another.
pub(crate) fn targets(text: &str, census: &Census) -> Vec<Range<usize>> {
    let mut found = vec![];
    if census.has(']') && census.has('(') {
        found.extend(memmem::find_iter(text.as_bytes(), "](").filter_map(|at| destination(text, at + 2)));
    }
    if census.has('<') && census.has('=') {
        for name in ["href=", "src="] {
            let values = memmem::find_iter(text.as_bytes(), name).map(|at| at + name.len());
            found.extend(values.filter_map(|at| value(text, at)));
        }
    }
    found.sort_unstable_by_key(|range| range.start);
    let mut end = 0;
    found.retain(|range| {
        let apart = range.start >= end;
        end = end.max(range.end);
        apart
    });
    found
}

/// The end of what begins at byte `at` and goes on while `within` is true of its bytes; none beyond the line.
fn end(text: &str, at: usize, mut within: impl FnMut(u8) -> bool) -> Option<usize> {
    let rest = text.as_bytes().get(at..)?.iter().take(MOST);
    let length = rest.take_while(|&&byte| byte != b'\n').position(|&byte| !within(byte))?;
    Some(at + length)
}

/// The destination of Markdown that begins at byte `at`, with its title: an address or a path, not a remark in brackets.
fn destination(text: &str, at: usize) -> Option<Range<usize>> {
    let mut depth = 0usize;
    let end = end(text, at, |byte| {
        depth = match byte {
            b'(' => depth + 1,
            b')' if depth == 0 => return false,
            b')' => depth - 1,
            _ => depth,
        };
        true
    })?;
    text.get(at..end)?.contains(['/', '#', '.']).then_some(at..end)
}

/// The value in quotation marks that begins at byte `at`.
fn value(text: &str, at: usize) -> Option<Range<usize>> {
    let quote = *text.as_bytes().get(at)?;
    let start = at + 1;
    matches!(quote, b'"' | b'\'').then_some(start..end(text, start, |byte| byte != quote)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_of_links_and_pictures_are_found() {
        let found = |text: &str| {
            let census = Census::of(text);
            targets(text, &census).into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(found("![图](a/人中之龍６　(1).jpeg)和[注](见前文)"), ["a/人中之龍６　(1).jpeg"]);
        assert_eq!(found("<a href='甲６.htm'><img src=\"//b.cn/６　甲.png\"></a>"), ["甲６.htm", "//b.cn/６　甲.png"]);
        assert_eq!(found("[甲](a.md\n乙)"), [""; 0]);
    }
}
