//! What must be escaped so that text stays text: the tables and questions; [`super::inline`] asks them.

use crate::document::{glued_level, is_alert_head, is_box, is_instruction};

/// What kind of characters may pair with each other in one run of inlines. A sign that stands alone in it starts nothing and is
/// left as it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pairs {
    /// Number of runs of `*`.
    pub stars: usize,
    /// Whether any of them may end emphasis. Where each stands behind a space, none begins any.
    pub ends: bool,
    /// Number of `_`.
    pub underscores: usize,
    /// Number of backticks.
    pub ticks: usize,
    /// Number of `~` (strikethrough in most dialects).
    pub tildes: usize,
    /// Number of `=` and of `%`, two of which begin and end what is marked, or hidden, in some dialects.
    pub equals: usize,
    /// See [`equals`](Self::equals).
    pub percents: usize,
    /// Number of `$` (mathematics in many dialects).
    pub dollars: usize,
    /// Number of `>`, without which no `<` within a line begins a tag.
    pub angles: usize,
    /// Number of `@`, without which `<` and `>` hold no mail address.
    pub ats: usize,
    /// Whether `]:` stands where it cannot be escaped: a paragraph that begins with `[` could be read as a link definition.
    pub definition: bool,
}

impl Pairs {
    /// Counts the signs of `text`.
    pub fn count(&mut self, text: &str) {
        let pairs = |b: &u8| matches!(b, b'*' | b'_' | b'`' | b'~' | b'$' | b'>' | b'@' | b'=' | b'%');
        // Most texts have none, which is seen of many bytes at a time.
        if text.as_bytes().iter().filter(|b| pairs(b)).count() == 0 {
            return;
        }
        let mut before = 0;
        for b in text.bytes() {
            let goes_on = std::mem::replace(&mut before, b) == b;
            match b {
                b'*' => self.stars += usize::from(!goes_on),
                b'_' => self.underscores += 1,
                b'`' => self.ticks += 1,
                b'~' => self.tildes += 1,
                b'=' => self.equals += 1,
                b'%' => self.percents += 1,
                b'$' => self.dollars += 1,
                b'>' => self.angles += 1,
                b'@' => self.ats += 1,
                _ => {}
            }
        }
    }
}

/// Whether one of the runs of `*` in `text` may end emphasis, as some reader takes it: not behind a space. `before` is the character before the
/// text, if it is known.
pub fn ends_emphasis(text: &str, before: Option<char>) -> bool {
    let (mut rest, mut before) = (text, before);
    while let Some(at) = rest.find('*') {
        let (head, behind) = (&rest[..at], rest[at..].trim_start_matches('*'));
        let last = head.chars().next_back().or(before);
        if !last.is_some_and(char::is_whitespace) {
            return true;
        }
        (rest, before) = (behind, Some('*'));
    }
    false
}

/// Whether an ASCII character may need an escape somewhere within a line.
pub const fn is_special(b: u8) -> bool {
    matches!(
        b,
        b'\\'
            | b'*'
            | b'_'
            | b'['
            | b']'
            | b'('
            | b'<'
            | b'&'
            | b'!'
            | b'`'
            | b'~'
            | b'$'
            | b'|'
            | b':'
            | b'='
            | b'%'
            | b'^'
            | b'\n'
            | b'\r'
    )
}

/// Whether `text`, which begins with `&`, begins with a character reference (or what looks like one).
pub fn is_entity(text: &str) -> bool {
    let Some(end) = text.bytes().take(40).position(|b| b == b';') else { return false };
    let Some(name) = text.get(1..end) else { return false };
    match name.strip_prefix('#') {
        Some(digits) => match digits.strip_prefix(['x', 'X']) {
            Some(hex) => !hex.is_empty() && hex.bytes().all(|b| b.is_ascii_hexdigit()),
            None => !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()),
        },
        None => !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric()),
    }
}

/// What readers take for a space beside the sign of a block: CommonMark only the first two.
const SPACES: &[u8] = b" \t\x0B\x0C";

/// Where to put a backslash so that `line`, standing at the beginning of a line, starts no block: the byte before which it goes.
///
/// `first`: it is the first line of its block, so that no underline of a heading or table can stand there. `ends`: the line ends
/// with `line`; otherwise other inlines follow.
pub fn block_start(line: &str, first: bool, ends: bool) -> Option<usize> {
    let bytes = line.as_bytes();
    let run = |b: u8| bytes.iter().take_while(|&&x| x == b).count();
    // Whether the character at `i` ends the sign of a block.
    let gap = |i: usize| match bytes.get(i) {
        None => ends,
        Some(b) => SPACES.contains(b),
    };
    let only = |set: &[u8]| ends && bytes.iter().all(|b| set.contains(b) || SPACES.contains(b));
    if is_box(line) || is_alert_head(line) || first && ends && is_instruction(line) {
        return Some(0);
    }
    match *bytes.first()? {
        b'#' => (run(b'#') <= 6 && (gap(run(b'#')) || !ends || glued_level(line).is_some())).then_some(0),
        b'>' => Some(0),
        b'+' => gap(1).then_some(0),
        b'*' => (gap(1) || only(b"*")).then_some(0),
        b'-' => (gap(1) || only(b"-") || !first && only(b"-:|")).then_some(0),
        b':' => (gap(1) || !first && only(b"-:|")).then_some(0),
        b'|' => (!first && only(b"-:|")).then_some(0),
        b'=' => (!first && only(b"=")).then_some(0),
        b'_' => only(b"_").then_some(0),
        b'`' => (run(b'`') >= 3).then_some(0),
        b'~' => (run(b'~') >= 3).then_some(0),
        b'[' => matches!(bytes.get(1..3), Some([b' ' | b'x' | b'X', b']'])).then_some(0),
        b'0'..=b'9' => {
            let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
            (digits <= 9 && matches!(bytes.get(digits), Some(b'.' | b')')) && gap(digits + 1)).then_some(digits)
        }
        _ => None,
    }
}

/// A link's address and title, `(address "title")`. Code spans, formulas and tags begin even there; within a cell of a table `|` parts it.
pub fn destination(address: &str, title: &str, cell: bool, out: &mut String) {
    out.push('(');
    target(address, cell, out);
    if !title.is_empty() {
        out.push_str(" \"");
        escaped(title, if cell { b"\"`$<|" } else { b"\"`$<" }, out);
        out.push('"');
    }
    out.push(')');
}

/// An address, with brackets where it needs them.
fn target(target: &str, cell: bool, out: &mut String) {
    let mut depth = 0i32;
    let balanced = target.bytes().all(|b| {
        depth += i32::from(b == b'(') - i32::from(b == b')');
        (0..8).contains(&depth)
    }) && depth == 0;
    let plain = !target.is_empty()
        && balanced
        && !target.starts_with('<')
        && !target.chars().any(|c| c.is_whitespace() || c.is_control());
    if plain {
        escaped(target, if cell { b"`$<|" } else { b"`$<" }, out);
    } else {
        out.push('<');
        escaped(target, if cell { b"`$<>|" } else { b"`$<>" }, out);
        out.push('>');
    }
}

/// `text` where only backslashes, character references, line ends and the signs `also` mean something.
pub fn escaped(text: &str, also: &[u8], out: &mut String) {
    for (i, c) in text.char_indices() {
        match c {
            '\n' | '\r' => entity(c, out),
            '\\' => {
                let next = text.as_bytes().get(i + 1);
                out.push_str(if next.is_none_or(u8::is_ascii_punctuation) { "\\\\" } else { "\\" });
            }
            '&' => out.push_str(if is_entity(&text[i..]) { "\\&" } else { "&" }),
            c if c.is_ascii() && also.contains(&(c as u8)) => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
}

/// `c` as a numeric character reference.
pub fn entity(c: char, out: &mut String) {
    use std::fmt::Write;
    let _ = write!(out, "&#{};", c as u32);
}

/// Whether `target` may be written as an autolink, `<https://…>`.
pub fn is_absolute_uri(target: &str) -> bool {
    let Some((scheme, _)) = target.split_once(':') else { return false };
    (2..=32).contains(&scheme.len())
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'.' | b'-'))
        && !target.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '|'))
}
