//! How Chinese texts number their parts: `第一章`, `卷三`, `一、`, `（一）`, `1.`, `（1）`, `①`, and names such as 楔子 that stand for a number.

use super::fold::fold;
use super::numeral::{arabic, begins, loose, numeral, spelled};
use super::words::Word;
use crate::unicode::is_han;

/// The families of numbering, from outer to inner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// 第一部
    Book,
    /// 第一卷, 卷一, 上卷, 第一集, 第一册
    Volume,
    /// 第一编, 第一篇
    Division,
    /// 第一幕
    Act,
    /// 第一章, 第一回, 第一折, 第一出, Chapter 1
    Chapter,
    /// 第一节, 第一场
    Section,
    /// 序, 楔子, 后记, 番外
    Named,
    /// 一、
    HanComma,
    /// （一）
    HanBrackets,
    /// 1.1, 1.1.1
    Decimal,
    /// 1. 1、 1．
    Arabic,
    /// （1） 1)
    ArabicBrackets,
    /// ①
    Circled,
}

/// Whether `c` makes an ordinal of the number behind it: `第一`, `其二`.
pub const fn is_ordinal(c: char) -> bool {
    matches!(c, '第' | '其')
}

/// The numbering that a line begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// Its family.
    pub family: Family,
    /// Its number; 0 where it has none.
    pub number: u64,
    /// 1 to 3 for 上 中 下 after the number, more for 上之上 and so on, or the depth of a decimal; else 0.
    pub part: u8,
    /// Its bytes at the beginning of the line.
    pub len: usize,
    /// Whether something parts it from what follows, or nothing follows.
    pub apart: bool,
}

/// Units of 第…X in simplified characters, with what must not follow them because another word would begin there.
const UNITS: [(char, Family, &str); 21] = [
    ('部', Family::Book, "分门下队长属委落"),
    ('卷', Family::Volume, "入土发烟宗积起走"),
    ('集', Family::Volume, "团体合中市结"),
    ('辑', Family::Volume, "录"),
    ('册', Family::Volume, "子页"),
    ('编', Family::Division, "辑号队者写制"),
    ('篇', Family::Division, "文幅章"),
    ('幕', Family::Act, "后僚布府"),
    ('章', Family::Chapter, "程法鱼"),
    ('回', Family::Chapter, "合来去到家答头国见听想过"),
    ('折', Family::Chapter, "扣叠腾旧"),
    ('出', Family::Chapter, "来去口门发现生场"),
    ('话', Family::Chapter, "说题音"),
    ('讲', Family::Chapter, "的话师到座"),
    ('课', Family::Chapter, "堂程本"),
    ('则', Family::Chapter, ""),
    ('品', Family::Chapter, "级牌种位"),
    ('弹', Family::Chapter, ""),
    ('尊', Family::Chapter, "重敬"),
    ('节', Family::Section, "课日目约省奏点车"),
    ('场', Family::Section, "比地合面景所馆次"),
];

/// English units.
const ENGLISH: [(&str, Family); 5] = [
    ("chapter", Family::Chapter),
    ("part", Family::Book),
    ("book", Family::Book),
    ("volume", Family::Volume),
    ("section", Family::Section),
];
/// Whether another word begins where `next` follows `unit`: 第三回合.
pub fn refuses(unit: char, next: char) -> bool {
    let refused = UNITS.iter().find(|(own, _, _)| *own == fold(unit)).map_or("", |(_, _, refused)| refused);
    refused.contains(fold(next))
}

/// Whether `c` is a unit of laws below the section: 第一条, 第二款, 第三项.
pub fn is_article(c: char) -> bool {
    matches!(fold(c), '条' | '款' | '项')
}

/// The bytes of the number of an article at the beginning of `line`: `第三条`.
pub fn article(line: &str) -> Option<usize> {
    let after = line.strip_prefix('第')?;
    let (_, len) = numeral(after)?;
    let unit = after[len..].chars().next().filter(|&c| is_article(c))?;
    Some('第'.len_utf8() + len + unit.len_utf8())
}

/// The numbering at the beginning of `line` (without indent).
pub fn label(line: &str) -> Option<Label> {
    let first = line.chars().next()?;
    match first {
        '第' => ordinal(line),
        '卷' => volume(line).or_else(|| named(line)),
        '上' | '中' | '下' | '正' => prefixed(line).or_else(|| named(line)),
        '（' | '(' => bracketed(line),
        '①'..='⑳' | '㉑'..='㉟' => Some(Label {
            family: Family::Circled,
            number: if first <= '⑳' { first as u64 - '①' as u64 + 1 } else { first as u64 - '㉑' as u64 + 21 },
            part: 0,
            len: first.len_utf8(),
            apart: true,
        }),
        'A'..='Z' | 'a'..='z' => english(line),
        _ if arabic(first).is_some() => enumerated(line),
        _ if begins(first) => han_comma(line),
        _ => named(line),
    }
}

/// `第一章`, `第 十 回`, `第3卷`, with 上 中 下 after it, and a chapter within a part on one line: `第一卷 第三章`.
fn ordinal(line: &str) -> Option<Label> {
    let after = line.strip_prefix('第')?;
    let (number, len) = loose(after)?;
    let tail = &after[len..];
    let unit_at = tail.trim_start_matches([' ', '\u{3000}']);
    let unit = unit_at.chars().next()?;
    let &(_, family, refused) = UNITS.iter().find(|(own, _, _)| *own == fold(unit))?;
    let rest = &unit_at[unit.len_utf8()..];
    if rest.chars().next().is_some_and(|c| refused.contains(fold(c))) {
        return None;
    }
    let outer = finish(line, rest, family, number);
    if family < Family::Chapter
        && let Some(inner) = inner_chapter(line, outer.len)
    {
        return Some(inner);
    }
    Some(outer)
}

/// `卷一`, `卷之三`, `卷二十八下`.
fn volume(line: &str) -> Option<Label> {
    let after = line.strip_prefix('卷')?;
    let after = after.strip_prefix('之').or_else(|| after.strip_prefix('第')).unwrap_or(after);
    let space = after.len() - after.trim_start_matches([' ', '\u{3000}']).len();
    let label = match numeral(after) {
        Some((number, len)) => {
            let rest = &after[len..];
            let (part, rest) = volume_part(rest).unwrap_or((0, rest));
            let label = finish(line, rest, Family::Volume, number);
            Label { part: if part > 0 { part } else { label.part }, ..label }
        }
        None => match after[space..].chars().next().and_then(side) {
            Some(part) => {
                let rest = &after[space + '上'.len_utf8()..];
                Label { part, ..finish(line, rest, Family::Volume, u64::from(part)) }
            }
            None => return None,
        },
    };
    Some(inner_chapter(line, label.len).unwrap_or(label))
}

/// 上 中 下 of a volume, which need no space after them here, and 中之上 of a part that is divided again: 1 to 9, and what follows.
fn volume_part(rest: &str) -> Option<(u8, &str)> {
    let first = rest.chars().next()?;
    let part = side(first)?;
    let after = &rest[first.len_utf8()..];
    let within = after.strip_prefix('之').and_then(|a| {
        let second = a.chars().next()?;
        Some((3 * part + side(second)?, &a[second.len_utf8()..]))
    });
    within.or_else(|| (first != '中').then_some((part, after)))
}

/// `上卷`, `中篇`, `下部`, and `正文` or one of them before a chapter: `正文 第一回`, `上卷 第一回`.
fn prefixed(line: &str) -> Option<Label> {
    let first = line.chars().next()?;
    let second = line.chars().nth(1)?;
    let len = first.len_utf8() + second.len_utf8();
    if (first, second) == ('正', '文') {
        if let Some(inner) = inner_chapter(line, len) {
            return Some(inner);
        }
        let rest = line[len..].trim_start_matches([' ', '\u{3000}']);
        if rest.len() == line.len() - len {
            return None;
        }
        let inner = named(rest)?;
        return Some(Label { len: inner.len + line.len() - rest.len(), ..inner });
    }
    let family = match fold(second) {
        '卷' | '集' | '册' => Family::Volume,
        '篇' | '编' => Family::Division,
        '部' => Family::Book,
        _ => return None,
    };
    let part = side(first)?;
    if let Some(inner) = inner_chapter(line, len) {
        return Some(inner);
    }
    let label = finish(line, &line[len..], family, u64::from(part));
    label.apart.then_some(label)
}

/// The chapter that follows a part on the same line, parted by a space.
fn inner_chapter(line: &str, from: usize) -> Option<Label> {
    let rest = &line[from..];
    let at = from + rest.find('第')?;
    line[..at].ends_with([' ', '\u{3000}', '·', '：', '-', '—']).then_some(())?;
    (line[from..at].chars().count() <= 16).then_some(())?;
    let inner = ordinal(&line[at..])?;
    (inner.family >= Family::Chapter).then_some(Label { len: at + inner.len, ..inner })
}

/// `Chapter 3`, `PART II`, `Book One`; `Prologue`.
fn english(line: &str) -> Option<Label> {
    let (word, rest) = line.split_at(line.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(line.len()));
    if Word::EnglishPartName.words().iter().any(|name| word.eq_ignore_ascii_case(name)) {
        let apart = rest.is_empty() || rest.trim_start().starts_with([':', '：', '-', '—']);
        return apart.then_some(Label { family: Family::Named, number: 0, part: 0, len: word.len(), apart });
    }
    let (_, family) = ENGLISH.iter().find(|(unit, _)| word.eq_ignore_ascii_case(unit))?;
    let after = rest.strip_prefix(' ')?;
    let (number, len) =
        numeral(after).filter(|_| after.starts_with(|c: char| c.is_ascii_digit())).or_else(|| spelled(after))?;
    let label = finish(line, &after[len..], *family, number);
    label.apart.then_some(label)
}

/// Completes a label whose unit has been read; `rest` is what follows it in `line`.
fn finish(line: &str, rest: &str, family: Family, number: u64) -> Label {
    let mut rest = rest;
    let mut part = 0;
    if let Some(side) = rest.chars().next().and_then(side) {
        let after = &rest['上'.len_utf8()..];
        if after.is_empty() || after.starts_with([' ', '\u{3000}', '\t']) {
            (part, rest) = (side, after);
        }
    } else if let Some(inside) = rest.strip_prefix(['（', '('])
        && let Some(side) = inside.chars().next().and_then(side)
        && let Some(after) = inside['上'.len_utf8()..].strip_prefix(['）', ')'])
    {
        (part, rest) = (side, after);
    }
    let apart = rest.is_empty()
        || rest.starts_with(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '：' | ':'
                        | '、'
                        | '．'
                        | '.'
                        | '·'
                        | '—'
                        | '-'
                        | '－'
                        | '（'
                        | '('
                        | '《'
                        | '【'
                        | '「'
                        | '“'
                        | '〈'
                        | '】'
                        | ']'
                        | '〗'
                        | '》'
                        | '」'
                        | '』'
                        | '='
                        | '＝'
                        | '*'
                        | '＊'
                        | '★'
                        | '☆'
                        | '~'
                        | '～'
                )
        });
    Label { family, number, part, len: line.len() - rest.len(), apart }
}

fn side(c: char) -> Option<u8> {
    match c {
        '上' => Some(1),
        '中' => Some(2),
        '下' => Some(3),
        _ => None,
    }
}

/// `一、` and its like.
fn han_comma(line: &str) -> Option<Label> {
    let (number, len) = numeral(line)?;
    let mark = line[len..].chars().next()?;
    let len = match mark {
        '、' | '．' => len + mark.len_utf8(),
        _ => return None,
    };
    (1..=99).contains(&number).then_some(Label { family: Family::HanComma, number, part: 0, len, apart: true })
}

/// `（一）` and `（1）`.
fn bracketed(line: &str) -> Option<Label> {
    let open = line.chars().next()?;
    let inner = &line[open.len_utf8()..];
    let (number, len) = numeral(inner)?;
    let close = inner[len..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
    let family = if inner.starts_with(|c| arabic(c).is_some()) { Family::ArabicBrackets } else { Family::HanBrackets };
    (1..=99).contains(&number).then_some(())?;
    Some(Label { family, number, part: 0, len: open.len_utf8() + len + close.len_utf8(), apart: true })
}

/// What may follow a decimal number that counts something.
const MEASURES: &str = "倍万亿元美英年月日号米分公千百吨个人次版时秒度是和或与至到以的左多";

/// `1.`, `1、`, `1)`, `1.2`, `1.2.3`.
fn enumerated(line: &str) -> Option<Label> {
    let (number, mut len) = numeral(line)?;
    let (mut depth, mut last) = (1u8, number);
    while let Some(after) = line[len..].strip_prefix('.')
        && let Some((n, more)) = numeral(after).filter(|_| after.starts_with(|c| arabic(c).is_some()))
    {
        depth = depth.saturating_add(1);
        last = n;
        len += 1 + more;
    }
    let rest = &line[len..];
    if depth > 1 {
        let rest = rest.strip_prefix('.').unwrap_or(rest);
        // 2.1系统结构, but not 3.14是 or 1.5倍.
        let joined = rest.chars().next().is_some_and(|c| is_han(c) && !MEASURES.contains(fold(c)));
        let parted = rest.starts_with([' ', '\t', '\u{3000}', '、']);
        let fits = depth <= 5 && last < 100 && number < 100 && (parted || joined);
        return fits.then_some(Label {
            family: Family::Decimal,
            number: last,
            part: depth,
            len: line.len() - rest.len(),
            apart: true,
        });
    }
    let mark = rest.chars().next()?;
    let family = match mark {
        '.' | '、' | '．' => Family::Arabic,
        ')' | '）' => Family::ArabicBrackets,
        _ => return None,
    };
    (number <= 999 && line.len() > len + mark.len_utf8()).then_some(Label {
        family,
        number,
        part: 0,
        len: len + mark.len_utf8(),
        apart: true,
    })
}

/// The longest name of a person whose extra a chapter is, in characters.
const LONGEST_NAME: usize = 5;

/// 楔子, 序, 后记 and the other names; a number, a subtitle after a space or colon may follow.
fn named(line: &str) -> Option<Label> {
    let spaced = unspaced_name(line);
    if let Some(len) = spaced {
        return Some(Label { family: Family::Named, number: 0, part: 0, len, apart: true });
    }
    if let Some(rest) = Word::ShortPartName.strip(line)
        && let Some(number) = bracketed(rest)
        && number.len == rest.len()
    {
        return Some(Label { family: Family::Named, number: number.number, part: 0, len: line.len(), apart: true });
    }
    if let Some(len) = extra_of(line) {
        return Some(Label { family: Family::Named, number: 0, part: 0, len, apart: true });
    }
    let rest = Word::PartName.strip(line).or_else(|| Word::Contents.strip(line))?;
    let numbers = rest.strip_prefix('之').unwrap_or(rest);
    let numbered = numeral(numbers).map(|(number, len)| (number, &numbers[len..]));
    let (number, rest) = numbered.unwrap_or((0, rest));
    let apart = rest.is_empty()
        || rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '：' | ':' | '·' | '—' | '（' | '('));
    apart.then_some(Label { family: Family::Named, number, part: 0, len: line.len() - rest.len(), apart })
}

/// Whose extra a chapter is, and that it is one: `李掌柜番外：酱菜`. The bytes of both.
fn extra_of(line: &str) -> Option<usize> {
    const EXTRA: &str = "番外";
    let (name, rest) = line.split_once(EXTRA)?;
    let whose = (2..=LONGEST_NAME).contains(&name.chars().count()) && name.chars().all(is_han);
    (whose && rest.starts_with(['：', ':', '·', ' ', '\u{3000}'])).then(|| name.len() + EXTRA.len())
}

/// `序`, `目　录`, `引 子`: a name alone on its line, its characters perhaps set apart.
fn unspaced_name(line: &str) -> Option<usize> {
    if line.len() > 24 || !line.chars().next().is_some_and(is_han) {
        return None;
    }
    let mut name = [0u8; 24];
    let mut len = 0;
    for c in line.chars().filter(|c| !c.is_whitespace()) {
        len += c.encode_utf8(&mut name[len..]).len();
    }
    let name = std::str::from_utf8(&name[..len]).ok()?;
    let known = [Word::PartName, Word::ShortPartName, Word::Contents].into_iter().any(|sense| sense.is(name));
    known.then_some(line.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<(Family, u64, &str)> {
        label(line).map(|l| (l.family, l.number, &line[..l.len]))
    }

    #[test]
    fn chapters_are_read_in_many_spellings() {
        for (line, family, number, label) in [
            ("第一章 山雨", Family::Chapter, 1, "第一章"),
            ("第　十 一　回　　灵根", Family::Chapter, 11, "第　十 一　回"),
            ("第十—回 慕漁翁", Family::Chapter, 11, "第十—回"),
            ("第１２节：夜", Family::Section, 12, "第１２节"),
            ("第二部分内容", Family::Chapter, 0, ""),
            ("第一回合", Family::Chapter, 0, ""),
            ("第三卷", Family::Volume, 3, "第三卷"),
            ("卷二十八下 地理志", Family::Volume, 28, "卷二十八下"),
            ("卷二十七中之上五行志", Family::Volume, 27, "卷二十七中之上"),
            ("卷之五", Family::Volume, 5, "卷之五"),
            ("上卷 第一回　王教头", Family::Chapter, 1, "上卷 第一回"),
            ("正文 第十二章 夜", Family::Chapter, 12, "正文 第十二章"),
            ("正文 前言", Family::Named, 0, "正文 前言"),
            ("第一卷 风起 第三章 夜行", Family::Chapter, 3, "第一卷 风起 第三章"),
            ("楔子　张天师", Family::Named, 0, "楔子"),
            ("目　录", Family::Named, 0, "目　录"),
            ("序（二）", Family::Named, 2, "序（二）"),
            ("番外二 雪", Family::Named, 2, "番外二"),
            ("番外之三：雪", Family::Named, 3, "番外之三"),
            ("李掌柜番外：酱菜", Family::Named, 0, "李掌柜番外"),
            ("看了番外的人说", Family::Named, 0, ""),
            ("番外之后", Family::Named, 0, ""),
            ("再版后记", Family::Named, 0, "再版后记"),
            ("序列化", Family::Named, 0, ""),
            ("前言不搭后语", Family::Named, 0, ""),
            ("一、总则", Family::HanComma, 1, "一、"),
            ("（十二）附则", Family::HanBrackets, 12, "（十二）"),
            ("（3）其他", Family::ArabicBrackets, 3, "（3）"),
            ("3．其他", Family::Arabic, 3, "3．"),
            ("1.2.3 其他", Family::Decimal, 3, "1.2.3"),
            ("3.14是", Family::Decimal, 0, ""),
            ("2.1系统结构", Family::Decimal, 1, "2.1"),
            ("1.5万人", Family::Decimal, 0, ""),
            ("①甲", Family::Circled, 1, "①"),
            ("Chapter 4 Night", Family::Chapter, 4, "Chapter 4"),
            ("PART IV", Family::Book, 4, "PART IV"),
            ("Book Two: Night", Family::Book, 2, "Book Two"),
            ("Part of it", Family::Chapter, 0, ""),
            ("Prologue", Family::Named, 0, "Prologue"),
            ("第一章】夜", Family::Chapter, 1, "第一章"),
            ("番外篇 雪", Family::Named, 0, "番外篇"),
            ("译后记", Family::Named, 0, "译后记"),
        ] {
            let expected = (!label.is_empty()).then_some((family, number, label));
            assert_eq!(read(line), expected, "{line}");
        }
    }
}
