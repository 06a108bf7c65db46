//! Half-width stops in Chinese: `half-comma`, `half-semicolon`, `half-colon`, `half-question`, `half-exclaim`.
//!
//! One judgement for all five. A mark is Chinese when the sense before it is Chinese, or the sense behind it is and the line
//! mostly Chinese, or it ends such a line. Where the file's marks are full-width already, only a mark with Chinese on both
//! sides, or behind one space, is a slip; anything else there is meant.
//!
//! Left alone: marks between Latin letters or digits (`1,000`, `10:30`, `foo(a,b)`, `Node.js`), `C:\`, `://`, `::`, `!=`,
//! `![`, `?.`, keys `name: value` and those of a column, the sign `: ` of quoted lines, the semicolon of a call, emoticons, lines of
//! code, and everything that is protected.

use super::bracket::{self, HALF_PAREN};
use super::mojibake::{MISREAD, lost};
use super::punctuation::put;
use crate::chinese::{asking, marks, speech};
use crate::error::Cause;
use crate::normalize::evidence::{Damage, Evidence};
use crate::normalize::line::{Line, is_latin, is_space, is_wide};
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};
use crate::unicode::is_han;

/// A comma between Chinese.
pub const HALF_COMMA: Rule = Rule {
    id: "half-comma",
    concern: Concern::Marks,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "make a half-width comma in Chinese full-width",
    zh: "中文里的半角逗号改为全角",
    why_en: "A half-width comma in Chinese is a slip of the keyboard: it crowds the characters, and a line may then begin with it.",
    why_zh: "中文里的半角逗号是输入法之误：挤在字间，换行时还可能落在行首。",
    standard: "GB/T 15834-2011, 4.4",
    example: ("下降了34.6%,比去年多1,234吨", "下降了34.6%，比去年多1,234吨"),
};

/// A semicolon between Chinese; the end of a character entity is none. One between two Latin words of a damaged text may part
/// Chinese clauses or belong to the words: it stays and is reported.
pub const HALF_SEMICOLON: Rule = Rule {
    id: "half-semicolon",
    concern: Concern::Marks,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "make a half-width semicolon in Chinese full-width",
    zh: "中文里的半角分号改为全角",
    why_en: "A half-width mark in Chinese is a slip of the keyboard; the standard gives the mark the room of a character.",
    why_zh: "中文里的半角标点是输入法之误；按标准，标点占一字。",
    standard: "GB/T 15834-2011, 4.6",
    example: ("前者已办;后者待办", "前者已办；后者待办"),
};

/// A colon between Chinese; times, ratios and keys have another.
pub const HALF_COLON: Rule = Rule {
    id: "half-colon",
    concern: Concern::Marks,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "make a half-width colon in Chinese full-width",
    zh: "中文里的半角冒号改为全角",
    why_en: "A half-width mark in Chinese is a slip of the keyboard; times, ratios and keys keep theirs.",
    why_zh: "中文里的半角标点是输入法之误；时间、比分与键名的冒号不动。",
    standard: "GB/T 15834-2011, 4.7",
    example: ("记者:“你好”10:30", "记者：“你好”10:30"),
};

/// A question mark in Chinese. Where `?` stands for a lost character it stays, and is reported as `lost-text`.
pub const HALF_QUESTION: Rule = Rule {
    id: "half-question",
    concern: Concern::Marks,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "make a half-width question mark in Chinese full-width",
    zh: "中文里的半角问号改为全角",
    why_en: "A half-width mark in Chinese is a slip of the keyboard; the standard gives the mark the room of a character.",
    why_zh: "中文里的半角标点是输入法之误；按标准，标点占一字。",
    standard: "GB/T 15834-2011, 4.2",
    example: ("怎么谈?聚焦", "怎么谈？聚焦"),
};

/// An exclamation mark in Chinese.
pub const HALF_EXCLAIM: Rule = Rule {
    id: "half-exclaim",
    concern: Concern::Marks,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "make a half-width exclamation mark in Chinese full-width",
    zh: "中文里的半角叹号改为全角",
    why_en: "A half-width mark in Chinese is a slip of the keyboard; the standard gives the mark the room of a character.",
    why_zh: "中文里的半角标点是输入法之误；按标准，标点占一字。",
    standard: "GB/T 15834-2011, 4.3",
    example: ("谢谢!", "谢谢！"),
};

/// The full-width mark and the rule of a half-width one.
fn full(c: char) -> Option<(char, &'static Rule)> {
    Some(match c {
        ',' => ('，', &HALF_COMMA),
        ';' => ('；', &HALF_SEMICOLON),
        ':' => ('：', &HALF_COLON),
        '?' => ('？', &HALF_QUESTION),
        '!' => ('！', &HALF_EXCLAIM),
        _ => return None,
    })
}

pub fn judge(pass: &mut Pass<'_>, line: &mut Line) {
    let damage = pass.evidence.damage();
    for k in 0..line.signs.len() {
        let i = line.signs[k];
        let Some((mark, rule)) = full(line.chars[i]) else { continue };
        if line.kept[i] {
            continue;
        }
        if mark == '？' && stands_for_lost(line, i, &pass.evidence) {
            lose(pass, line, i);
        } else if is_chinese(line, i, damage) {
            put(pass, line, rule, i, mark);
        } else if mark == '；'
            && damage != Damage::None
            && line.is_dominant()
            && line.prev(i).is_some_and(is_latin)
            && line.get(i + 1).is_some_and(is_latin)
        {
            pass.report(rule, line.range(i, i + 1), Cause::SemicolonBetween);
        }
    }
}

/// Judges the end of a line without Han characters between Chinese lines: what a fixed width left over of a sentence,
/// `上限值(Ceiling,⏎THV):⏎为`. Lines of three words and more are English.
pub fn judge_rest(pass: &mut Pass<'_>, line: &mut Line) {
    if line.words > 2 || line.code || line.chars.contains(&'(') {
        return;
    }
    for i in (0..line.chars.len()).rev() {
        let c = line.chars[i];
        match full(c) {
            _ if line.kept[i] => return,
            // `Subject:` is a key.
            Some(_) if c == ':' && line.prev(i).is_some_and(is_latin) => return,
            Some((mark, rule)) => put(pass, line, rule, i, mark),
            // `1)` and `a)` number an item.
            None if c == ')' && !(i < 2 || line.chars[..i].iter().all(char::is_ascii_digit)) => {
                put(pass, line, &HALF_PAREN, i, '）')
            }
            None if is_space(c) || "。”’」』）》".contains(c) => {}
            None => return,
        }
    }
}

/// Whether the half-width stop at `i` stands in Chinese.
fn is_chinese(line: &Line, i: usize, damage: Damage) -> bool {
    let mark = line.chars[i];
    let (prev, next) = (line.prev(i), line.get(i + 1));
    if prev.is_some_and(is_latin) && next.is_some_and(is_latin) {
        return damage == Damage::HalfWidth && parts_words(line, i);
    }
    let operator = match (mark, next) {
        (':', Some('/' | '\\')) | ('!', Some('[' | '=')) => true,
        // `(?U)` is a pattern's.
        ('?', Some(c)) if prev.is_some_and(|c| matches!(c, '(' | '（')) && c.is_ascii_graphic() => true,
        ('?', Some('.')) => line.get(i + 2) != Some('.'),
        // `.*?`, as few as there are.
        ('?', _) if matches!(prev, Some('*' | '+')) => true,
        // Half of a face and a bracket: `哦。:)`.
        (':', Some(')' | '）')) if !prev.is_some_and(|c| is_han(c) || is_latin(c)) => true,
        // `如下::` is syntax, `道::我` a slip, a longer run is drawn.
        (':', Some(':')) => prev == Some(':') || !line.get(i + 2).is_some_and(is_wide),
        (':', _) if prev == Some(':') => {
            let longer = i.checked_sub(2).and_then(|i| line.get(i)) == Some(':');
            longer || !next.is_some_and(is_wide)
        }
        _ if commands(line, i) => true,
        (':', _) => is_field(line, i) || is_key(line, i) || quotes(line, i) || replies(line, i),
        (';', _) => ends_call(line, i) || ends_declaration(line, i) || ends_property(line, i),
        _ => false,
    };
    if operator {
        return false;
    }
    if names_sign(line, i) {
        return false;
    }
    // A list of values: `'甲',0`, `'甲','乙'`. And a mark that is spoken of: `“,”`.
    let value = prev == Some('\'') && next.is_some_and(|c| matches!(c, '\'' | '-' | '0'..='9'));
    let topic = prev.is_some_and(|c| "“‘「『\"".contains(c)) && next.is_some_and(|c| "”’」』\"".contains(c));
    if value || topic {
        return false;
    }
    let (before, after) = (line.sense_before(i), line.sense_after(i));
    let (wide_before, wide_after) = (before.is_some_and(is_wide), after.is_some_and(is_wide));
    let ends = after.is_none() && line.ends_at(i);
    if damage == Damage::None {
        // `四卷, 三十三项`: with a space behind it as well, but for a colon, which may end a key.
        let spaced = mark != ':' && next == Some(' ') && line.get(i + 2).is_some_and(is_wide);
        return prev.is_some_and(is_wide) && (next.is_none_or(is_wide) || spaced);
    }
    if wide_before {
        // `中文 ,word`: the mark belongs to what follows.
        !(prev == Some(' ') && next.is_some_and(is_latin))
    } else if wide_after {
        line.is_dominant() || next != Some(' ')
    } else if ends {
        line.is_dominant() && before.is_some() && line.han >= if damage == Damage::HalfWidth { 1 } else { 4 }
    } else {
        // Between a code span or a bracket and Latin text, without a space.
        let beside = prev.is_some_and(|c| matches!(c, '`' | ')' | '）' | ']' | '>'))
            || next.is_some_and(|c| matches!(c, '`' | '<' | '['));
        line.is_dominant() && (mark != ':' || next == Some('`')) && next != Some(' ') && beside
    }
}

/// Whether the comma at `i` parts two Latin words of a Chinese sentence, `同一个 trait,Rust 就`: outside brackets, and with a space
/// or Chinese on the far side of one of the words, so that it is no list of values or names set tight.
fn parts_words(line: &Line, i: usize) -> bool {
    let word = |c: &&char| is_latin(**c) || matches!(**c, '_' | '-' | '.');
    let before = line.chars[..i].iter().rev().take(REACH).take_while(word).count();
    let after = line.chars[i + 1..].iter().take(REACH).take_while(word).count();
    let named = |from: usize| line.get(from).is_some_and(|c| c.is_ascii_alphabetic());
    let apart = |c: Option<char>| c.is_none_or(|c| c == ' ' || is_wide(c));
    let chinese = |c: Option<char>| c.is_some_and(is_wide);
    let (left, right) = (i.checked_sub(before + 1).and_then(|i| line.get(i)), line.get(i + 1 + after));
    let open = line.chars[..i].iter().rev().take(REACH).find(|c| "()[]{}（）".contains(**c));
    line.chars[i] == ','
        && (named(i - before) && named(i + 1))
        && (apart(left) && apart(right))
        && (line.is_dominant() || chinese(left) && chinese(right))
        && !open.is_some_and(|c| "([{（".contains(*c))
}

/// Whether the colon at `i` is one of the two of a field at the beginning of a line, `:译者: 某人`.
fn is_field(line: &Line, i: usize) -> bool {
    let begin = line.chars.iter().take_while(|&&c| is_space(c)).count();
    let name = line.chars.iter().skip(begin + 1).take(12).take_while(|&&c| c != ':' && !is_space(c)).count();
    let end = begin + 1 + name;
    line.get(begin) == Some(':')
        && name > 0
        && line.get(end) == Some(':')
        && line.get(end + 1).is_none_or(is_space)
        && (i == begin || i == end)
}

/// Whether the colon at `i` ends a short key at the beginning of the line that two spaces or a tab set apart from what it names.
fn is_key(line: &Line, i: usize) -> bool {
    let gap = line.get(i + 1) == Some('\t') || (line.get(i + 1), line.get(i + 2)) == (Some(' '), Some(' '));
    let begin = line.chars.iter().take_while(|&&c| is_space(c) || "#-*".contains(c)).count();
    let Some(key) = line.chars.get(begin..i).filter(|_| gap) else { return false };
    let columns: usize = key.iter().map(|&c| 1 + usize::from(is_wide(c))).sum();
    let named = !key.iter().any(|c| ",;:?!，。；：？！、".contains(*c)) && !key.windows(2).any(|two| two == [' ', ' ']);
    columns <= MOST_KEY && named && line.sense_after(i).is_some()
}

/// Widest key, in columns.
const MOST_KEY: usize = 14;

/// Whether the colon at `i` is the sign before a line that a letter or a post quotes, `: 原文`, `: : 原文`.
fn quotes(line: &Line, i: usize) -> bool {
    line.get(i + 1).is_none_or(|c| c == ' ') && line.chars[..i].iter().all(|&c| matches!(c, ':' | '>' | ' '))
}

/// Whether the colon at `i` ends the sign of an answer before the subject of a letter, `Re: 请问`.
fn replies(line: &Line, i: usize) -> bool {
    let word: Vec<char> = line.chars[..i].iter().rev().take(4).copied().take_while(|&c| is_latin(c)).collect();
    line.get(i + 1) == Some(' ') && matches!(word[..], ['e' | 'E', 'R'] | ['w' | 'W', 'F'] | ['d', 'w', 'F'])
}

/// Whether the mark at `i` begins a command, or stands in one: behind a space or a quotation mark come two signs or a sign and a word, tight, `按 :!dir 或 ":ls"`.
fn commands(line: &Line, i: usize) -> bool {
    let apart = |c: char| is_space(c) || matches!(c, '"' | '\'' | '`' | '“' | '‘');
    let begins = |at: usize| {
        line.get(at) == Some(':')
            && line.prev(at).is_none_or(apart)
            && line.get(at + 1).is_some_and(|c| c.is_ascii_graphic() && !is_face(c))
    };
    let before = line.chars[..i].iter().rev().take(2).take_while(|c| c.is_ascii_punctuation()).count();
    (i - before..=i).any(begins)
}

/// Whether the mark at `i` is a sign that is spoken of, between two spaces or where the words say so: `输入 : 命令`, `感叹号 ! 这个字符`, `以;开头`.
pub fn names_sign(line: &Line, i: usize) -> bool {
    let around = (line.prev(i), line.get(i + 1), line.get(i + 2));
    if matches!(around, (Some(before), Some(a), Some(b)) if speech::speaks_of_sign(before, [a, b])) {
        return true;
    }
    // `*、 +、 ?、`: one of several.
    let left = i.checked_sub(2).and_then(|at| line.get(at));
    if around.0 == Some(' ') && around.1 == Some('、') && left == Some('、') {
        return true;
    }
    let apart = |at: Option<usize>| at.is_some_and(|at| line.get(at) == Some(' '));
    if !apart(i.checked_sub(1)) || !apart(Some(i + 1)) {
        return false;
    }
    // `重定向: ; | >`: one of several.
    let behind = line.get(i + 2).is_some_and(|c| speech::follows_signs(c) || matches!(c, '|' | '&' | '>'));
    behind || line.chars[i] != ':' && i.checked_sub(2).and_then(|at| line.get(at)).is_some_and(speech::leads_to_signs)
}

/// Whether `c` is half of a face, or a bracket or quotation mark, which a colon introduces.
fn is_face(c: char) -> bool {
    matches!(c, '(' | ')' | '"' | '\'' | 'D' | 'P' | '-')
}

/// Whether the semicolon at `i` ends a call, an index or a declaration: behind a bracket that belongs to a name and holds no Chinese.
fn ends_call(line: &Line, i: usize) -> bool {
    let Some(close) = line.chars[..i].iter().rposition(|&c| c != ' ') else { return false };
    let (open, end) = match line.chars[close] {
        ')' => ('(', ')'),
        ']' => ('[', ']'),
        _ => return false,
    };
    let mut depth = 0;
    for at in (close.saturating_sub(MOST_CALL)..=close).rev() {
        match line.chars[at] {
            c if c == end => depth += 1,
            c if c == open && depth == 1 => {
                let named = line.prev(at).is_some_and(|c| is_latin(c) || c == '_');
                return named && !bracket::explains(&line.chars[at + 1..close]);
            }
            c if c == open => depth -= 1,
            c if is_wide(c) => return false,
            _ => {}
        }
    }
    false
}

/// Whether the semicolon at `i` ends the line and a declaration of C: `<类型> *变量名;`.
fn ends_declaration(line: &Line, i: usize) -> bool {
    let name =
        line.chars[..i].iter().rev().take(MOST_NAME).take_while(|&&c| is_han(c) || is_latin(c) || c == '_').count();
    let sign = i.checked_sub(name + 1).filter(|&at| name > 0 && matches!(line.chars[at], '*' | '&'));
    let apart = sign.and_then(|at| line.prev(at)).is_some_and(|c| matches!(c, ' ' | '>'));
    apart && line.chars[i + 1..].iter().all(|&c| is_space(c))
}

/// Whether the semicolon at `i` ends a property of a style sheet, `perspective:100px;`.
fn ends_property(line: &Line, i: usize) -> bool {
    let word = |c: &&char| is_latin(**c) || matches!(**c, '-' | '.' | '%' | '#');
    let value = line.chars[..i].iter().rev().take(MOST_NAME).take_while(word).count();
    let colon = i.checked_sub(value + 1).filter(|&at| value > 0 && line.chars[at] == ':');
    colon.and_then(|at| line.prev(at)).is_some_and(|c| c.is_ascii_lowercase())
}

/// Longest name of a variable, in characters.
const MOST_NAME: usize = 16;
/// How far the beginning of a call is looked for.
const MOST_CALL: usize = 200;
/// How far traces of a wrong reading are looked for.
const AROUND: usize = 16;
/// How far the ends of a word are looked for.
const REACH: usize = 64;

/// Whether the question mark at `i` stands where a conversion lost a character: where no question can end, behind nothing or an opening
/// mark, or before a mark that does not follow one; among the traces of UTF-8 that was read as GBK; and inside a sentence that does
/// not ask, where there are two or more, or most of the text are so or its own question marks are full-width.
pub fn stands_for_lost(line: &Line, i: usize, evidence: &Evidence) -> bool {
    let same = |c: &&char| **c == '?';
    let begin = i - line.chars[..i].iter().rev().take(ROW).take_while(same).count();
    let end = i + line.chars[i..].iter().take(ROW).take_while(same).count();
    let around = i.saturating_sub(AROUND)..(i + AROUND).min(line.chars.len());
    if line.chars.get(around).is_some_and(|around| around.iter().any(|&c| MISREAD.contains(c))) {
        return true;
    }
    // `吴? 、吴?`: a space behind it says nothing.
    let spaced = line.get(end) == Some(' ');
    let behind = line.get(end).filter(|_| !spaced).or_else(|| line.get(end + 1));
    let before = line.prev(begin);
    let inside = behind.is_some_and(|c| is_wide(c) && !marks::closes(c));
    let asks = || asking::asks(&line.chars[..begin]);
    match before {
        None => return inside,
        Some(c) if marks::opens(c) || matches!(c, '，' | '、' | '；' | '：' | '。' | ',' | ';' | ':') => {
            return inside;
        }
        Some(c) if !is_wide(c) => return false,
        _ => {}
    }
    match behind {
        Some('，' | '、' | '；' | '。' | ',' | ';') => !asks(),
        Some('.') => line.get(end + 1) != Some('.') && !asks(),
        // What is left of a character of two bytes: `张嘉?H`.
        Some(c) if is_latin(c) && !spaced => before.is_some_and(is_han) && !asks(),
        Some(c) if inside && is_han(c) => {
            // Where not all marks are damaged, one is a slip only behind a word that ends questions, or behind any that asks where most do.
            match evidence.damage() {
                Damage::HalfWidth => (end > begin + 1 || evidence.has_lost_characters(spaced)) && !asks(),
                Damage::None | Damage::Mixed => {
                    let asked = spaced && evidence.has_questions(true) || evidence.has_questions(spaced) && asks();
                    !(before.is_some_and(asking::ends) || asked)
                }
            }
        }
        _ => false,
    }
}

/// Longest row of question marks that is looked through.
const ROW: usize = 8;

/// Reports the question marks of the row at `i` as lost characters, and marks them where that is wished.
fn lose(pass: &mut Pass<'_>, line: &Line, i: usize) {
    if line.prev(i) == Some('?') && !i.is_multiple_of(MOST_TOLD) {
        return;
    }
    let end = i + line.chars[i..].iter().take(MOST_TOLD - i % MOST_TOLD).take_while(|c| **c == '?').count();
    lost(pass, line.range(i, end), "?", end - i);
}

/// Longest row that is told at once.
const MOST_TOLD: usize = 1 << 10;
