//! How a line that may head others is dressed: the mark before it, the brackets around it, the number or the name at its beginning or its
//! end. Lines of one shape make a family; what a shape is worth is for others to say.

use super::fold::fold;
use super::numbering::{Family, label, refuses};
use super::numeral::{arabic, loose, numeral, spelled};
use super::words::Word;
use crate::unicode::is_han;
use std::sync::LazyLock;

/// What kind of number or name a shape has: what is weighed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// A numbered part: 第一章, 卷三, EP.1.
    Chapter,
    /// A number at the end: 其二.
    Tail,
    /// No number, but a mark: ◎.
    Mark,
    /// No number, but brackets around the whole.
    Bracket,
    /// A name of a part: 前言.
    Name,
    /// None of these.
    Plain,
    /// A number of a kind of its own: 一、, (1), 2016-11-04.
    Number(u8),
}

/// A kind of number: how it is called, to which class it belongs, how far out its heads stand, its pattern, an example.
///
/// In a pattern, `N` is a number in Han or Arabic digits, `H` and `D` one of either, `M` a decimal, `R` a Roman numeral, `A` a Latin
/// letter, `O` a number in a circle, `Z` digits that a zero pads, `S` one of 上中下, `V` a number or one of them, `U` a unit and `W` an English word of the lists below, `P`
/// a name of a part; `~` spaces or none, `_` spaces, `$` the end of the line, `>` something visible, `!` no digit, `=` no more Han than a title has,
/// `%` a few words before 第; `[…]` one of these characters, `[…]?` or none.
struct Kind {
    name: &'static str,
    class: Class,
    /// The rank of its heads where their unit has none.
    rank: u8,
    pattern: &'static str,
    #[cfg_attr(not(test), allow(dead_code))]
    example: &'static str,
}

const fn kind(name: &'static str, class: Class, rank: u8, pattern: &'static str, example: &'static str) -> Kind {
    Kind { name, class, rank, pattern, example }
}

/// Of parts, volumes, chapters, sections, and below.
const PART: u8 = 10;
const VOLUME: u8 = 20;
const CHAPTER: u8 = 30;
const SECTION: u8 = 33;
/// Of heads that stand in brackets and have no number.
const BRACKET: u8 = 55;
/// Of heads that no number orders.
pub const PLAIN: u8 = 35;

/// The kinds, of which the first that fits counts.
const KINDS: [Kind; 37] = [
    kind("di", Class::Chapter, CHAPTER, "% 第 N ~ U", "第一章 山雨"),
    kind("named", Class::Chapter, CHAPTER, "P D? [ 　:：·] ~ >", "番外二 山雨"),
    kind("unit", Class::Chapter, CHAPTER, "N [章回节卷篇话夜幕层难问화] =", "三十章"),
    kind("unit-first", Class::Chapter, CHAPTER, "[章回节篇夜幕] N /", "章一"),
    kind("juan", Class::Chapter, VOLUME, "卷 ~ 之? 第? ~ V", "卷之三 山雨"),
    kind("word", Class::Chapter, CHAPTER, "W [ .:]? ~ E", "EP.05 山雨"),
    kind("decimal", Class::Number(0), 60, "M [.．、]? !", "1.2 山雨"),
    kind("date", Class::Number(1), 60, "Y", "2016-11-04"),
    kind("han-stop", Class::Number(2), 40, "H ~ [、．.·,，∶:：]", "一、山雨"),
    kind("han-space", Class::Number(3), 40, "H _ >", "一 山雨"),
    kind("han", Class::Number(4), 40, "H $", "一"),
    kind("paren-han", Class::Number(5), 50, "[（(〔［【\\[] ~ H ~ [)）〕］】\\]]", "（一）山雨"),
    kind("paren-digit", Class::Number(6), 70, "[（(] ~ D ~ [)）]", "（1）山雨"),
    kind("square", Class::Number(7), 70, "[\\[［〔【] ~ D ~ [\\]］〕】]", "[1] 山雨"),
    kind("digit-half", Class::Number(8), 70, "D ~ [)）]", "1）山雨"),
    kind("digit-stop", Class::Number(9), 60, "D ~ [、．.|:：] !", "1. 山雨"),
    kind("zero", Class::Number(10), 60, "Z !", "001 山雨"),
    kind("digit", Class::Number(11), 60, "D $", "7"),
    kind("digit-space", Class::Number(12), 60, "D _ >", "7 山雨"),
    kind("digit-glued", Class::Number(13), 60, "D h", "7山雨"),
    kind("roman", Class::Number(14), PART, "R .", "IV. 山雨"),
    kind("circle", Class::Number(15), 80, "O", "① 山雨"),
    kind("day", Class::Number(16), CHAPTER, "d $", "星期一"),
    kind("letter", Class::Number(17), 80, "A [.、．)）]", "A. 山雨"),
    kind("side", Class::Chapter, VOLUME, "S [篇卷部册集编]", "上卷 山雨"),
    kind("section-word", Class::Chapter, CHAPTER, "c [-—－_] >", "章节-山雨"),
    kind("tail-di", Class::Tail, PLAIN, "", "五帝本纪第三十九"),
    kind("tail-part", Class::Tail, PLAIN, "", "山雨其二"),
    kind("tail-paren", Class::Tail, PLAIN, "", "山雨（上）"),
    kind("tail-count", Class::Tail, PLAIN, "", "山雨三首"),
    kind("tail-side", Class::Tail, PLAIN, "", "列传卷下"),
    kind("tail-number", Class::Tail, PLAIN, "", "雪夜一"),
    kind("mark", Class::Mark, PLAIN, "", "◎山雨"),
    kind("bracket", Class::Bracket, PLAIN, "", "【山雨】"),
    kind("name", Class::Name, CHAPTER, "", "前　言"),
    kind("tag", Class::Mark, PLAIN, "", "<篇名>山雨"),
    kind("plain", Class::Plain, PLAIN, "", "山雨"),
];

/// The units of 第…, those that are longer first, each with its rank.
const UNITS: [(&str, u8); 42] = [
    ("部分", PART),
    ("部份", PART),
    ("部", PART),
    ("集", PART),
    ("编", PART),
    ("季", PART),
    ("册", PART),
    ("辑", PART),
    ("卷", VOLUME),
    ("篇", CHAPTER),
    ("章", CHAPTER),
    ("回", CHAPTER),
    ("节", SECTION),
    ("讲", CHAPTER),
    ("课", CHAPTER),
    ("话", CHAPTER),
    ("夜", CHAPTER),
    ("幕", CHAPTER),
    ("折", CHAPTER),
    ("出", CHAPTER),
    ("场", SECTION),
    ("则", CHAPTER),
    ("封", CHAPTER),
    ("笔", CHAPTER),
    ("条", SECTION),
    ("天", CHAPTER),
    ("首", CHAPTER),
    ("品", CHAPTER),
    ("尊", CHAPTER),
    ("难", CHAPTER),
    ("问", CHAPTER),
    ("论", CHAPTER),
    ("案", CHAPTER),
    ("法", CHAPTER),
    ("步", CHAPTER),
    ("页", CHAPTER),
    ("次", CHAPTER),
    ("层", CHAPTER),
    ("单元", CHAPTER),
    ("弹", CHAPTER),
    ("更", CHAPTER),
    ("日", CHAPTER),
];

/// English words before a number, each with its rank.
const ENGLISH: [(&str, u8); 19] = [
    ("part", PART),
    ("volume", PART),
    ("vol", PART),
    ("book", PART),
    ("chapter", CHAPTER),
    ("chap", CHAPTER),
    ("episode", CHAPTER),
    ("ep", CHAPTER),
    ("no", CHAPTER),
    ("section", SECTION),
    ("step", CHAPTER),
    ("tier", CHAPTER),
    ("version", CHAPTER),
    ("ver", CHAPTER),
    ("lecture", CHAPTER),
    ("act", CHAPTER),
    ("scene", SECTION),
    ("appendix", CHAPTER),
    ("lesson", CHAPTER),
];

/// The brackets that may stand around a line.
const PAIRS: [(char, char); 17] = [
    ('【', '】'),
    ('《', '》'),
    ('「', '」'),
    ('『', '』'),
    ('〈', '〉'),
    ('［', '］'),
    ('[', ']'),
    ('〔', '〕'),
    ('（', '）'),
    ('(', ')'),
    ('“', '”'),
    ('"', '"'),
    ('<', '>'),
    ('=', '='),
    ('＝', '＝'),
    ('〖', '〗'),
    ('*', '*'),
];

/// The marks that may stand before a line.
const MARKS: &[char] = &[
    '◆', '◇', '◎', '●', '○', '☆', '★', '□', '■', '▲', '△', '※', '§', '·', '•', '＊', '*', '＃', '#', '→', '►', '▶',
    '>', '=', '＝', '\\', '<',
];

/// With which a sentence goes on or someone speaks: no title ends, begins, or goes through with them.
const SPOKEN_END: &str = "了吗呢吧啊我你他她的";
const SPOKEN_START: &str = "我你他她这那";
const SPOKEN: &str = "是就也都还";

/// The number of marks, brackets, kinds and units, each with one more for none.
pub const COUNTS: [usize; 4] = [MARKS.len() + 1, PAIRS.len() + 1, KINDS.len() + 1, UNITS.len() + ENGLISH.len() + 1];
/// How many classes there are.
pub const CLASSES: usize = 6 + 18;

/// A piece of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    One(&'static str),
    Perhaps(&'static str),
    Is(char),
}

static PATTERNS: LazyLock<Vec<Vec<Piece>>> = LazyLock::new(|| KINDS.iter().map(|kind| pieces(kind.pattern)).collect());

/// Reads a pattern.
fn pieces(pattern: &'static str) -> Vec<Piece> {
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

impl Class {
    /// Its place among all.
    pub fn index(self) -> usize {
        match self {
            Class::Chapter => 0,
            Class::Tail => 1,
            Class::Mark => 2,
            Class::Bracket => 3,
            Class::Name => 4,
            Class::Plain => 5,
            Class::Number(n) => 6 + usize::from(n),
        }
    }

    /// The name of the class at this place.
    pub fn name(index: usize) -> &'static str {
        match index {
            0 => "chapter",
            1 => "tail",
            2 => "mark",
            3 => "bracket",
            4 => "name",
            5 => "plain",
            _ => KINDS.iter().find(|kind| kind.class == Class::Number((index - 6) as u8)).map_or("", |kind| kind.name),
        }
    }
}

/// The name of a mark, a pair of brackets, a kind or a unit, by its place from 1; `none` for 0.
pub fn name(of: usize, index: usize) -> String {
    let Some(at) = index.checked_sub(1) else { return "none".to_owned() };
    match of {
        0 => MARKS[at].to_string(),
        1 => PAIRS[at].0.to_string(),
        2 => KINDS[at].name.to_owned(),
        _ => UNITS.get(at).or_else(|| ENGLISH.get(at - UNITS.len())).map_or("", |unit| unit.0).to_owned(),
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

/// What a pattern found.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    kind: u8,
    unit: u8,
    depth: u8,
    arabic: bool,
    value: Option<u32>,
}

/// How many bytes of `text` the pattern takes, if it fits.
fn fits(pattern: &[Piece], text: &str, found: &mut Found) -> Option<usize> {
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
fn step<'t>(piece: char, rest: &'t str, found: &mut Found) -> Option<&'t str> {
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
fn after(c: char, n: u32) -> char {
    char::from_u32(c as u32 + n).unwrap_or(c)
}

/// What stands from 第 on, where nothing but a few words set apart stand before it.
fn before_ordinal(text: &str) -> Option<&str> {
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
fn number<'t>(text: &'t str, han: bool, digits: bool, found: &mut Found) -> Option<&'t str> {
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
fn decimal<'t>(text: &'t str, found: &mut Found) -> Option<&'t str> {
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
fn date<'t>(text: &'t str, found: &mut Found) -> Option<&'t str> {
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

fn roman<'t>(text: &'t str, found: &mut Found) -> Option<&'t str> {
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
fn side<'t>(text: &'t str, found: &mut Found) -> Option<&'t str> {
    let c = text.chars().next()?;
    found.value = Some(match c {
        '上' => 1,
        '中' => 2,
        '下' => 3,
        _ => return None,
    });
    Some(&text[c.len_utf8()..])
}

fn unit<'t>(text: &'t str, found: &mut Found) -> Option<&'t str> {
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

const DECIMAL: u8 = 7;
const ZERO: u8 = 17;
/// The kinds of numbers at the end of a line.
const TAIL_DI: u8 = 27;
const TAIL_PART: u8 = 28;
const TAIL_PAREN: u8 = 29;
const TAIL_COUNT: u8 = 30;
const TAIL_SIDE: u8 = 31;
const TAIL_NUMBER: u8 = 32;

/// Looks for a number at the end of `text`, which begins at byte `base` of its line.
fn ends(shape: &mut Shape, text: &str, base: usize) {
    // A remark in brackets may follow.
    let whole = text.trim_end();
    let cut = whole.find(['（', '(', '\\']).filter(|&at| at > 0).map_or(whole, |at| whole[..at].trim_end());
    let Some(last) = cut.chars().next_back() else { return };
    let mut tell = |kind: u8, value: Option<u32>, rest: usize| {
        (shape.kind, shape.value) = (kind, value);
        shape.rest = (base, base + text[..rest].trim_end_matches(apart).len());
    };
    let trailing = |text: &str| {
        let start = text.len() - text.trim_end_matches(|c| numeral_sign(c)).len();
        (start > 0).then(|| text.len() - start)
    };
    if let Some(start) = trailing(cut) {
        let (before, digits) = cut.split_at(start);
        let read = numeral(digits).filter(|&(_, len)| len == digits.len());
        let value = read.and_then(|(value, _)| u32::try_from(value).ok());
        let count = digits.chars().count();
        let arabic = digits.starts_with(|c| arabic(c).is_some());
        if read.is_some() && count <= if arabic { 4 } else { 7 } {
            let last = before.chars().next_back();
            match last {
                Some('第') => return tell(TAIL_DI, value, start - '第'.len_utf8()),
                Some(c @ ('其' | '之')) if !arabic && cut.len() == whole.len() => {
                    return tell(TAIL_PART, value, start - c.len_utf8());
                }
                _ => {}
            }
            let before = before.trim_end();
            if cut.len() == whole.len() && before.ends_with(is_han) && (!arabic || count <= 3) {
                return tell(TAIL_NUMBER, value, before.len());
            }
            if cut.len() == whole.len() && before.ends_with('_') && arabic {
                return tell(TAIL_NUMBER, value, before.len() - 1);
            }
        }
    }
    if let Some(inner) = whole.strip_suffix([')', '）'])
        && let Some(open) = inner.rfind(['(', '（']).filter(|&open| open > 0)
    {
        let inside = inner[open..].trim_start_matches(['(', '（']);
        let number = numeral(inside).filter(|&(_, len)| len == inside.len() && len <= 21).map(|(value, _)| value);
        let mut found = Found::default();
        let value = match number {
            Some(value) => u32::try_from(value).ok(),
            None if side(inside, &mut found) == Some("") => found.value,
            None => None,
        };
        if value.is_some() {
            return tell(TAIL_PAREN, value, open);
        }
    }
    let before = &cut[..cut.len() - last.len_utf8()];
    if matches!(fold(last), '首' | '则' | '条')
        && let Some(start) = trailing(before)
        && !before[start..].starts_with(|c| arabic(c).is_some())
    {
        let value = numeral(&before[start..]).and_then(|(value, _)| u32::try_from(value).ok());
        return tell(TAIL_COUNT, value, start);
    }
    let mut found = Found::default();
    let part = before.chars().next_back().is_some_and(|c| matches!(fold(c), '卷' | '篇' | '章' | '集' | '部' | '编'));
    if cut.len() == whole.len() && part && side(&cut[before.len()..], &mut found).is_some() {
        tell(TAIL_SIDE, found.value, before.len());
    }
}

fn numeral_sign(c: char) -> bool {
    arabic(c).is_some() || fold(c) != '元' && super::numeral::begins(c)
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
