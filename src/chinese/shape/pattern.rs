//! Patterns of numbers: small, read once, tried on the beginning of a line.

use super::kinds::{ENGLISH, KINDS, UNITS};
use crate::chinese::fold::fold;
use crate::chinese::numbering::refuses;
use crate::chinese::numeral::{self, arabic, loose, numeral, spelled};
use crate::chinese::words::Word;
use crate::unicode::is_han;
use std::sync::LazyLock;

/// A piece of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    One(&'static str),
    Perhaps(&'static str),
    Is(char),
}

pub(super) static PATTERNS: LazyLock<Vec<Vec<Piece>>> =
    LazyLock::new(|| KINDS.iter().map(|kind| pieces(kind.pattern)).collect());

/// Reads a pattern.
pub(super) fn pieces(pattern: &'static str) -> Vec<Piece> {
    let mut rest = pattern;
    let mut pieces = vec![];
    while let Some(first) = rest.chars().next() {
        if first == '[' {
            // A bracket within the set is escaped.
            let mut end = 1;
            while !rest[end..].starts_with(']') {
                end += if rest[end..].starts_with('\\') {
                    2
                } else {
                    rest[end..].chars().next().map_or(1, char::len_utf8)
                };
            }
            let set = &rest[1..end];
            rest = &rest[end + 1..];
            let perhaps = rest.strip_prefix('?');
            pieces.push(if perhaps.is_some() { Piece::Perhaps(set) } else { Piece::One(set) });
            rest = perhaps.unwrap_or(rest).trim_start_matches(' ');
            continue;
        }
        let len = first.len_utf8();
        let word = &rest[..len];
        rest = &rest[len..];
        let perhaps = rest.strip_prefix('?');
        pieces.push(match perhaps {
            Some(_) => Piece::Perhaps(word),
            None => Piece::Is(first),
        });
        rest = perhaps.unwrap_or(rest).trim_start_matches(' ');
    }
    pieces
}

/// What a pattern found.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Found {
    pub(super) kind: u8,
    pub(super) unit: u8,
    pub(super) depth: u8,
    pub(super) arabic: bool,
    pub(super) value: Option<u32>,
}

/// How many bytes of `text` the pattern takes, if it fits.
pub(super) fn fits(pattern: &[Piece], text: &str, found: &mut Found) -> Option<usize> {
    let mut rest = text;
    for &piece in pattern {
        let next = rest.chars().next();
        match piece {
            Piece::One(set) => {
                let c = next.filter(|&c| set.contains(fold(c)) && c != '\\')?;
                rest = &rest[c.len_utf8()..];
            }
            Piece::Perhaps("D") => rest = rest.trim_start_matches(numeral_sign),
            Piece::Perhaps(set) => {
                if let Some(c) = next.filter(|&c| set.contains(fold(c))) {
                    rest = &rest[c.len_utf8()..];
                }
            }
            Piece::Is(piece) => rest = step(piece, rest, found)?,
        }
    }
    Some(text.len() - rest.len())
}

/// What is left of `rest` after one piece of a pattern.
pub(super) fn step<'t>(piece: char, rest: &'t str, found: &mut Found) -> Option<&'t str> {
    let next = rest.chars().next();
    let space = |c: char| matches!(c, ' ' | '\u{3000}' | '\t' | '\u{A0}');
    Some(match piece {
        '~' => rest.trim_start_matches(space),
        '_' => next.filter(|&c| space(c)).map(|_| rest.trim_start_matches(space))?,
        '$' => rest.is_empty().then_some(rest)?,
        '/' => (rest.is_empty() || rest.starts_with(space)).then_some(rest)?,
        '.' => (rest.is_empty() || rest.starts_with(|c| space(c) || matches!(c, '.' | '、' | '．'))).then_some(rest)?,
        '>' => next.is_some().then_some(rest)?,
        '!' => (!rest.starts_with(|c| arabic(c).is_some())).then_some(rest)?,
        'h' => next.filter(|&c| is_han(c) || matches!(c, '《' | '【' | '「')).map(|_| rest)?,
        '=' => {
            let han = rest.chars().take_while(|&c| is_han(c)).count();
            let all = rest.chars().take(16).count();
            (han == 0 || han == all && han <= 14).then_some(rest)?
        }
        '%' => before_ordinal(rest)?,
        'N' => number(rest, true, true, found)?,
        'H' => number(rest, true, false, found)?,
        'D' => number(rest, false, true, found)?,
        'M' => decimal(rest, found)?,
        'Y' => date(rest, found)?,
        'Z' => {
            let len = rest.bytes().take_while(u8::is_ascii_digit).count();
            (rest.starts_with('0') && (2..=4).contains(&len)).then_some(())?;
            (found.value, found.depth, found.arabic) = (rest[..len].parse().ok(), len as u8, true);
            &rest[len..]
        }
        'R' => roman(rest, found)?,
        'E' => {
            if let Some(after) = number(rest, true, true, found) {
                after
            } else {
                let (value, len) = spelled(rest)?;
                found.value = u32::try_from(value).ok();
                &rest[len..]
            }
        }
        'S' => side(rest, found)?,
        'V' => {
            let numbered = number(rest, true, true, found);
            // 卷十二上: the same number again.
            let part = |rest: &'t str| {
                side(rest, &mut found.clone()).filter(|rest| rest.is_empty() || rest.starts_with(space))
            };
            match numbered {
                Some(rest) => part(rest).unwrap_or(rest),
                None => side(rest, found)?,
            }
        }
        'n' | 'O' => {
            let c = next?;
            let first = ['①', '㈠', '⒈', '⑴'].into_iter().find(|&first| (first..=after(first, 19)).contains(&c))?;
            found.value = Some(c as u32 - first as u32 + 1);
            &rest[c.len_utf8()..]
        }
        'A' => {
            let c = next.filter(char::is_ascii_alphabetic)?;
            found.value = Some(u32::from(c.to_ascii_lowercase()) - 96);
            &rest[1..]
        }
        'U' => unit(rest, found)?,
        'W' => {
            let word = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
            let at = ENGLISH.iter().position(|(own, _)| own.eq_ignore_ascii_case(&rest[..word]))?;
            found.unit = (UNITS.len() + at) as u8 + 1;
            &rest[word..]
        }
        'P' => Word::PartName.strip(rest).or_else(|| Word::ShortPartName.strip(rest))?,
        'c' => Word::SectionWord.strip(rest)?,
        'd' => {
            let day = Word::Weekday.strip(rest)?;
            let c = day.chars().next()?;
            found.value = numeral(day).and_then(|(value, _)| u32::try_from(value).ok()).or(Some(7));
            &day[c.len_utf8()..]
        }
        own => next.filter(|&c| fold(c) == own).map(|c| &rest[c.len_utf8()..])?,
    })
}

/// The character `n` places after `c`.
pub(super) fn after(c: char, n: u32) -> char {
    char::from_u32(c as u32 + n).unwrap_or(c)
}

/// What stands from 第 on, where nothing but a few words set apart stand before it.
pub(super) fn before_ordinal(text: &str) -> Option<&str> {
    if text.starts_with('第') {
        return Some(text);
    }
    if let Some(rest) = text.strip_prefix(['【', '〖', '『', '「', '[', '〔'])
        && rest.starts_with('第')
    {
        return Some(rest);
    }
    let mut chars = text.char_indices().peekable();
    let mut words = 0;
    while let Some(&(_, c)) = chars.peek().filter(|(_, c)| is_han(*c) || c.is_ascii_alphabetic()) {
        if c == '第' || words == 6 {
            break;
        }
        words += 1;
        chars.next();
    }
    let (at, c) = *chars.peek()?;
    let rest = match c {
        ' ' | '\u{3000}' | '·' | ':' | '：' => text[at + c.len_utf8()..].trim_start(),
        // 《渡口旧事》第一章
        '《' if words == 0 => {
            let end = text.find('》').filter(|&end| end <= 48)?;
            text[end + '》'.len_utf8()..].trim_start()
        }
        '第' if Word::BeforeOrdinal.is(&text[..at]) => &text[at..],
        _ => return None,
    };
    rest.starts_with('第').then_some(rest)
}

/// A number of up to seven Han or four Arabic digits; after 第 its characters may be set apart.
pub(super) fn number<'t>(text: &'t str, han: bool, digits: bool, found: &mut Found) -> Option<&'t str> {
    let first = text.trim_start_matches([' ', '\u{3000}']).chars().next()?;
    found.arabic = arabic(first).is_some();
    // 元 counts in dates only.
    if found.arabic && !digits || !found.arabic && (!han || fold(first) == '元') {
        return None;
    }
    let (value, len) = if found.kind == 1 { loose(text)? } else { numeral(text)? };
    let count = text[..len].chars().filter(|c| !c.is_whitespace()).count();
    (count <= if found.arabic { 4 } else { 7 }).then_some(())?;
    found.value = u32::try_from(value).ok();
    Some(&text[len..])
}

/// `1.2`, `1.2.3`.
pub(super) fn decimal<'t>(text: &'t str, found: &mut Found) -> Option<&'t str> {
    let mut rest = text;
    let mut depth = 0;
    loop {
        let len = rest.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=3).contains(&len) || depth == 4 {
            return None;
        }
        found.value = rest[..len].parse().ok();
        rest = &rest[len..];
        depth += 1;
        match rest.strip_prefix(['.', '．']) {
            Some(after) if after.starts_with(|c: char| c.is_ascii_digit()) => rest = after,
            _ => break,
        }
    }
    (found.depth, found.arabic) = (depth, true);
    (depth > 1).then_some(rest)
}

/// `2016-11-04`, `2016年11月`.
pub(super) fn date<'t>(text: &'t str, found: &mut Found) -> Option<&'t str> {
    let year = text.bytes().take_while(u8::is_ascii_digit).count();
    (year == 4 && (text.starts_with("19") || text.starts_with("20"))).then_some(())?;
    let rest = text[4..].strip_prefix(['-', '.', '/', '年'])?;
    let month = rest.bytes().take_while(u8::is_ascii_digit).count();
    let rest = rest.get(month..).filter(|_| (1..=2).contains(&month))?.strip_prefix(['-', '.', '/', '月'])?;
    let day = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = rest.get(day..).filter(|_| (1..=2).contains(&day))?;
    found.value = text[..4].parse().ok();
    Some(after.strip_prefix('日').unwrap_or(after))
}

pub(super) fn roman<'t>(text: &'t str, found: &mut Found) -> Option<&'t str> {
    let first = text.chars().next()?;
    if ('Ⅰ'..='Ⅻ').contains(&first) {
        found.value = Some(first as u32 - 'Ⅰ' as u32 + 1);
        return Some(&text[first.len_utf8()..]);
    }
    let len = text.bytes().take_while(|b| matches!(b, b'I' | b'V' | b'X' | b'L')).count();
    (len > 0).then_some(())?;
    let (value, taken) = spelled(&text[..len])?;
    (taken == len).then_some(())?;
    found.value = u32::try_from(value).ok();
    Some(&text[len..])
}

/// `上`, `中`, `下`, or a number.
pub(super) fn side<'t>(text: &'t str, found: &mut Found) -> Option<&'t str> {
    let c = text.chars().next()?;
    found.value = Some(match c {
        '上' => 1,
        '中' => 2,
        '下' => 3,
        _ => return None,
    });
    Some(&text[c.len_utf8()..])
}

pub(super) fn unit<'t>(text: &'t str, found: &mut Found) -> Option<&'t str> {
    let first = fold(text.chars().next()?);
    let own = |unit: &str| {
        let mut chars = text.char_indices();
        unit.starts_with(first).then_some(())?;
        unit.chars().try_for_each(|u| chars.next().filter(|(_, c)| fold(*c) == u).map(|_| ()))?;
        Some(chars.next().map_or(text.len(), |(at, _)| at))
    };
    let (at, len) = UNITS.iter().enumerate().find_map(|(at, (unit, _))| own(unit).map(|len| (at, len)))?;
    let rest = &text[len..];
    let mut own = UNITS[at].0.chars();
    let refused = match (own.next(), own.next(), rest.chars().next()) {
        (Some(unit), None, Some(next)) => refuses(unit, next),
        // 第二部分更难懂
        (_, Some(_), Some(next)) => is_han(next),
        _ => false,
    };
    found.unit = at as u8 + 1;
    (!refused).then_some(rest)
}

/// Whether `c` is a digit of any kind; 元 counts in dates only.
pub(super) fn numeral_sign(c: char) -> bool {
    arabic(c).is_some() || fold(c) != '元' && numeral::begins(c)
}

/// Whether `text` begins as a numbered part would, but another word begins there: 第三回合; or says where something stands in another
/// work: 《渡口旧事》第二卷，第三章.
pub fn is_refused(text: &str) -> bool {
    if let Some((_, place)) = text.strip_prefix('《').and_then(|text| text.split_once('》')) {
        let numbered = place.strip_prefix('第').and_then(|place| loose(place).map(|(_, len)| &place[len..]));
        let unit = numbered.map(|rest| rest.trim_start().chars());
        return unit.is_some_and(|mut unit| unit.next().is_some() && matches!(unit.next(), Some('，' | ',')));
    }
    let Some(rest) = text.strip_prefix('第') else { return false };
    let Some((_, len)) = loose(rest) else { return false };
    let unit_at = rest[len..].trim_start();
    let known = unit_at.chars().next().is_some_and(|c| UNITS.iter().any(|(unit, _)| unit.starts_with(fold(c))));
    known && unit(unit_at, &mut Found::default()).is_none()
}
