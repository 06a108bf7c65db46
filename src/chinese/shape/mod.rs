//! How a line that may head others is dressed: the mark before it, the brackets around it, the number or the name at its beginning or its
//! end. Lines of one shape make a family; what a shape is worth is for others to say.

mod kinds;
mod pattern;
mod tail;

pub use kinds::{CLASSES, COUNTS, Class, PLAIN, name};
pub use pattern::is_refused;

use super::fold::fold;
use super::numbering::{Family, label};
use super::words::Word;
use crate::unicode::is_han;
use kinds::{BRACKET, CHAPTER, ENGLISH, KINDS, MARKS, PAIRS, UNITS};
use pattern::{Found, PATTERNS, Piece, fits};
use tail::{DECIMAL, ZERO, ends};

/// With which a sentence goes on or someone speaks: no title ends, begins, or goes through with them.
const SPOKEN_END: &str = "了吗呢吧啊我你他她的";
const SPOKEN_START: &str = "我你他她这那";
const SPOKEN: &str = "是就也都还";

/// The shape of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// The mark before it: an index of those that there are, from 1; 0 without.
    pub mark: u8,
    /// The brackets around it, likewise.
    pub bracket: u8,
    /// The kind of its number, likewise.
    pub kind: u8,
    /// The unit of the number, likewise.
    pub unit: u8,
    /// How many numbers a decimal has, or how many digits a padded one.
    pub depth: u8,
    /// Whether a decimal digit is the first of the number.
    pub arabic: bool,
    /// Whether the line is a name of a part and no more.
    pub name: bool,
    /// The value of its number.
    pub value: Option<u32>,
    /// The bytes of mark and number at the beginning of the line.
    pub label: usize,
    /// What it says beside mark, brackets and number: bytes of the line.
    pub rest: (usize, usize),
    /// What stands within mark and brackets, its number included: bytes of the line.
    pub inner: (usize, usize),
}

impl Shape {
    /// Its class.
    pub fn class(&self) -> Class {
        match usize::from(self.kind).checked_sub(1).map(|kind| KINDS[kind].class) {
            Some(class) => class,
            None if self.mark > 0 => Class::Mark,
            None if self.bracket > 0 => Class::Bracket,
            None if self.name => Class::Name,
            None => Class::Plain,
        }
    }

    /// Whether zeros pad its number.
    pub fn is_padded(&self) -> bool {
        self.kind == ZERO
    }

    /// Makes a number of `width` digits one that needs no zero to be as wide as others; whether it can be.
    pub fn pad(&mut self, width: u8) -> bool {
        let bare = self.kind > 0 && KINDS[usize::from(self.kind) - 1].name.starts_with("digit");
        if bare && !self.is_padded() {
            (self.kind, self.depth) = (ZERO, width);
        }
        bare
    }

    /// How deep it is by the numbers of a decimal; else 0.
    pub fn level_depth(&self) -> u8 {
        if self.kind == DECIMAL { self.depth } else { 0 }
    }

    /// Whether it has a pattern of any kind.
    pub fn has_pattern(&self) -> bool {
        self.kind > 0 || self.mark > 0 || self.bracket > 0 || self.name
    }

    /// What it has in common with the lines of its family: 0 for a line without any pattern.
    pub fn key(&self) -> u64 {
        let mut key = u64::from(self.mark);
        key = key << 8 | u64::from(self.bracket);
        key = key << 8 | u64::from(self.kind);
        key = key << 8 | u64::from(self.unit);
        key = key << 4 | u64::from(self.depth.min(15));
        key << 1 | u64::from(self.name && self.kind == 0)
    }

    /// How far out its heads stand by its number: the smaller, the farther.
    pub fn rank(&self) -> u8 {
        let of = |units: &[(&str, u8)], at: usize| units.get(at).map(|(_, rank)| *rank);
        let unit = usize::from(self.unit).checked_sub(1);
        let of_unit = unit.and_then(|at| of(&UNITS, at).or_else(|| of(&ENGLISH, at - UNITS.len())));
        match usize::from(self.kind).checked_sub(1) {
            _ if of_unit.is_some() => of_unit.unwrap_or(PLAIN),
            Some(kind) => KINDS[kind].rank + self.level_depth().saturating_sub(1),
            None if self.name => CHAPTER,
            None if self.bracket > 0 && self.mark == 0 => BRACKET,
            None => PLAIN,
        }
    }
}

/// The longest line, in bytes, of which the end is looked at.
const WHOLE: usize = 180;

/// The shape of `line`, which has no spaces at its ends.
pub fn shape(line: &str) -> Shape {
    let mut shape = Shape {
        mark: 0,
        bracket: 0,
        kind: 0,
        unit: 0,
        depth: 0,
        arabic: false,
        name: false,
        value: None,
        label: 0,
        rest: (0, line.len()),
        inner: (0, line.len()),
    };
    let (mut from, mut to) = (0, line.len());
    if let Some((mark, len)) = mark(line) {
        shape.mark = mark;
        from = len;
        to = unmarked_end(line, from, mark);
    }
    let short = line.len() <= WHOLE;
    if short && let Some(at) = bracket(&line[from..to]) {
        shape.bracket = at as u8 + 1;
        from += PAIRS[at].0.len_utf8();
        to -= PAIRS[at].1.len_utf8();
        let inner = &line[from..to];
        from += inner.len() - inner.trim_start().len();
        to = from + inner.trim().len();
    }
    shape.label = if shape.bracket > 0 { 0 } else { from };
    (shape.inner, shape.rest) = ((from, to), (from, to));
    let inner = &line[from..to];
    if !begins(&mut shape, inner, from) && short {
        ends(&mut shape, inner, from);
    }
    shape.name = short && is_name(inner);
    if shape.name && shape.class() == Class::Tail {
        // 序（一）
        shape.kind = 0;
    }
    shape
}

/// The mark at the beginning of a line, and the bytes that it takes with the space behind it.
fn mark(line: &str) -> Option<(u8, usize)> {
    let first = line.chars().next()?;
    let at = MARKS.iter().position(|&mark| mark == first)?;
    let run = line.len() - line.trim_start_matches(|c| MARKS.contains(&c) && !matches!(c, '<' | '\\')).len();
    let len = match first {
        '<' => {
            let end =
                line.find('>').filter(|&end| line[1..end].chars().all(is_han) && (6..=12).contains(&(end - 1)))?;
            end + 1
        }
        '\\' => (line[1..].starts_with(['x', 'r']) && !line[2..].starts_with(|c: char| c.is_ascii_lowercase()))
            .then_some(2)?,
        '=' | '＝' if run < 2 * first.len_utf8() => return None,
        // >_< and the like are no marks.
        '>' if run > 3 || !line[run..].starts_with(|c: char| c == ' ' || is_han(c)) => return None,
        // Emphasis, not a mark.
        '*' if line.len() > 2 && line.ends_with('*') => return None,
        _ => run,
    };
    let rest = &line[len..];
    // ☆、第一章
    let rest = rest.strip_prefix('、').unwrap_or(rest).trim_start();
    (!rest.is_empty()).then_some((at as u8 + 1, line.len() - rest.len()))
}

/// Where the line ends without what closes its mark.
fn unmarked_end(line: &str, from: usize, mark: u8) -> usize {
    let inner = &line[from..];
    let inner = match MARKS[usize::from(mark) - 1] {
        '=' | '＝' => inner.trim_end_matches(['=', '＝']),
        '\\' => inner.strip_suffix("\\x").or_else(|| inner.strip_suffix("\\r")).unwrap_or(inner),
        first @ ('★' | '☆' | '◆' | '◇' | '●' | '○' | '■' | '□' | '#' | '＊') => {
            inner.trim_end_matches(first)
        }
        _ => inner,
    };
    from + inner.trim_end().len()
}

/// The brackets around the whole of `text`.
fn bracket(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let at = PAIRS.iter().position(|pair| pair.0 == first)?;
    let (open, close) = PAIRS[at];
    let inner = &text[open.len_utf8()..];
    let end = inner.find(close)?;
    (end > 0 && end + close.len_utf8() == inner.len()).then_some(at)
}

/// Looks for a number at the beginning of `text`, which begins at byte `base` of its line.
fn begins(shape: &mut Shape, text: &str, base: usize) -> bool {
    let first = text.chars().next();
    for (at, pattern) in PATTERNS.iter().enumerate().filter(|(_, pattern)| !pattern.is_empty()) {
        if let Some(Piece::One(set)) = pattern.first()
            && !first.is_some_and(|c| set.contains(fold(c)))
        {
            continue;
        }
        let mut found = Found { kind: at as u8 + 1, ..Found::default() };
        if let Some(len) = fits(pattern, text, &mut found) {
            (shape.kind, shape.unit, shape.depth) = (found.kind, found.unit, found.depth);
            (shape.value, shape.arabic) = (found.value, found.arabic);
            let closed = text[len..].trim_start_matches(['】', '〗', ']', '〕']);
            let rest = closed.trim_start_matches(apart);
            let start = base + text.len() - rest.len();
            shape.rest = (start, start + rest.trim_end_matches(apart).len());
            shape.label = base + len;
            return true;
        }
    }
    false
}

fn apart(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | '\t' | '.' | '、' | '．' | ':' | '：' | '|')
}

/// Whether `text` is a name of a part and no more, its characters perhaps set apart.
fn is_name(text: &str) -> bool {
    if !text.starts_with(|c: char| is_han(c)) || text.len() > 72 {
        return false;
    }
    if label(text).is_some_and(|label| label.family == Family::Named && label.len == text.len()) {
        return true;
    }
    if text.len() > 36 {
        return false;
    }
    let mut name = [0u8; 36];
    let mut len = 0;
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        len += c.encode_utf8(&mut name[len..]).len();
    }
    std::str::from_utf8(&name[..len]).is_ok_and(|name| Word::BookPart.is(name))
}

/// Whether `title` reads as something said, or a sentence that goes on, rather than as a title.
pub fn is_spoken(title: &str) -> bool {
    title.ends_with(|c| SPOKEN_END.contains(fold(c)))
        || title.starts_with(|c| SPOKEN_START.contains(fold(c)))
        || title.contains(|c| SPOKEN.contains(fold(c)))
}

#[cfg(test)]
mod tests {
    use super::tail::{TAIL_DI, TAIL_NUMBER};
    use super::*;

    #[test]
    fn every_kind_is_found_in_its_example() {
        for (at, kind) in KINDS.iter().enumerate() {
            let found = shape(kind.example);
            if kind.pattern.is_empty() && kind.class != Class::Tail {
                assert_eq!((found.kind, found.class()), (0, kind.class), "{}", kind.name);
            } else {
                let name = |at: u8| KINDS[usize::from(at) - 1].name;
                assert_eq!(name(found.kind), KINDS[at].name, "{}", kind.example);
            }
        }
    }

    #[test]
    fn lines_are_taken_apart() {
        for (line, kind) in
            [("1.2 山雨", DECIMAL), ("001 山雨", ZERO), ("夏本纪第二", TAIL_DI), ("雪夜一", TAIL_NUMBER)]
        {
            assert_eq!(shape(line).kind, kind, "{line}");
        }
        for (line, value, rest) in [
            ("第一章 山雨", 1, "山雨"),
            ("第　十 一　回　灵根", 11, "灵根"),
            ("《渡口旧事》第二章 雾", 2, "雾"),
            ("VIP卷 第4章 旧账", 4, "旧账"),
            ("☆、3 旧账", 3, "旧账"),
            ("【第三章】旧账", 3, "旧账"),
            ("★ 一 ★", 1, ""),
            ("EP.05 石桥", 5, "石桥"),
            ("卷之三　山雨", 3, "山雨"),
            ("1 | 石阶", 1, "石阶"),
            ("夏本纪第二", 2, "夏本纪"),
            ("雪夜(11)", 11, "雪夜"),
            ("渡口旧事_分节阅读_4", 4, "渡口旧事_分节阅读"),
            ("877화. 石阶", 877, "石阶"),
        ] {
            let found = shape(line);
            assert_eq!((found.value, &line[found.rest.0..found.rest.1]), (Some(value), rest), "{line}");
        }
    }

    #[test]
    fn running_text_has_no_shape() {
        for line in ["他说了一句话。", "元旦那天下雪", "——他笑了", "“好！”"] {
            assert_eq!(shape(line).kind, 0, "{line}");
        }
        assert!(shape("前　言").name && shape("后记").name && !shape("前言不搭后语").name);
    }
}
