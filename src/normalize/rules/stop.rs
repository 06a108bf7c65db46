//! Half-width stops in Chinese: `half-comma`, `half-semicolon`, `half-colon`, `half-question`, `half-exclaim`.
//!
//! One judgement for all five. A mark is Chinese when the sense before it is Chinese, or the sense behind it is and the line
//! mostly Chinese, or it ends such a line. Where the file's marks are full-width already, only a mark with Chinese on both
//! sides is a slip; anything else there is meant.
//!
//! Left alone: marks between Latin letters or digits (`1,000`, `10:30`, `foo(a,b)`, `Node.js`), `C:\`, `://`, `::`, `!=`,
//! `![`, `?.`, keys `name: value`, emoticons, lines of code, and everything that is protected.

use super::punctuation::put;
use crate::normalize::evidence::Damage;
use crate::normalize::line::{Line, is_latin, is_wide};
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Rule, Safety};

/// A comma between Chinese.
pub const HALF_COMMA: Rule = Rule {
    id: "half-comma",
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "make a half-width comma in Chinese full-width",
    zh: "中文里的半角逗号改为全角",
    standard: "GB/T 15834-2011, 4.4",
    example: ("下降了34.6%,比去年多1,234吨", "下降了34.6%，比去年多1,234吨"),
};

/// A semicolon between Chinese; the end of a character entity is none.
pub const HALF_SEMICOLON: Rule = Rule {
    id: "half-semicolon",
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "make a half-width semicolon in Chinese full-width",
    zh: "中文里的半角分号改为全角",
    standard: "GB/T 15834-2011, 4.6",
    example: ("前者已办;后者待办", "前者已办；后者待办"),
};

/// A colon between Chinese; times, ratios and keys have another.
pub const HALF_COLON: Rule = Rule {
    id: "half-colon",
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "make a half-width colon in Chinese full-width",
    zh: "中文里的半角冒号改为全角",
    standard: "GB/T 15834-2011, 4.7",
    example: ("记者:“你好”10:30", "记者：“你好”10:30"),
};

/// A question mark in Chinese.
pub const HALF_QUESTION: Rule = Rule {
    id: "half-question",
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "make a half-width question mark in Chinese full-width",
    zh: "中文里的半角问号改为全角",
    standard: "GB/T 15834-2011, 4.2",
    example: ("怎么谈?聚焦", "怎么谈？聚焦"),
};

/// An exclamation mark in Chinese.
pub const HALF_EXCLAIM: Rule = Rule {
    id: "half-exclaim",
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "make a half-width exclamation mark in Chinese full-width",
    zh: "中文里的半角叹号改为全角",
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
    for i in 0..line.chars.len() {
        let Some((mark, rule)) = full(line.chars[i]) else { continue };
        if !line.kept[i] && is_chinese(line, i, damage) {
            put(pass, line, rule, i, mark);
        }
    }
}

/// Whether the half-width stop at `i` stands in Chinese.
fn is_chinese(line: &Line, i: usize, damage: Damage) -> bool {
    let mark = line.chars[i];
    let (prev, next) = (line.prev(i), line.get(i + 1));
    if prev.is_some_and(is_latin) && next.is_some_and(is_latin) {
        return false;
    }
    let operator = match (mark, next) {
        (':', Some('/' | '\\' | ':')) | ('!', Some('[' | '=')) | ('?', Some('.')) => true,
        (':', _) => prev == Some(':'),
        _ => false,
    };
    if operator {
        return false;
    }
    // A list of values: `'甲',0`, `'甲','乙'`. And a mark that is spoken of: `“,”`.
    let value = prev == Some('\'') && next.is_some_and(|c| matches!(c, '\'' | '-' | '0'..='9'));
    let topic = prev.is_some_and(|c| "“‘「『\"".contains(c)) && next.is_some_and(|c| "”’」』\"".contains(c));
    if value || topic || (mark == '?' && stands_for_lost(line, i, damage)) {
        return false;
    }
    let (before, after) = (line.sense_before(i), line.sense_after(i));
    let (wide_before, wide_after) = (before.is_some_and(is_wide), after.is_some_and(is_wide));
    let ends = after.is_none() && line.ends_at(i);
    if damage == Damage::None {
        return prev.is_some_and(is_wide) && (next.is_some_and(is_wide) || next.is_none());
    }
    if wide_before {
        // `中文 ,word`: the mark belongs to what follows.
        !(prev == Some(' ') && next.is_some_and(is_latin))
    } else if wide_after {
        line.is_dominant() || next != Some(' ')
    } else if ends {
        line.is_dominant() && before.is_some() && line.han >= 4
    } else {
        // Between a code span or a bracket and Latin text, without a space.
        let beside = prev.is_some_and(|c| matches!(c, '`' | ')' | '）' | ']' | '>'))
            || next.is_some_and(|c| matches!(c, '`' | '<' | '['));
        line.is_dominant() && mark != ':' && next != Some(' ') && beside
    }
}

/// Whether the question mark at `i` stands where a conversion lost a character: two or more inside a sentence, or one where the
/// file's own question marks are full-width.
fn stands_for_lost(line: &Line, i: usize, damage: Damage) -> bool {
    let end = i + line.chars.iter().skip(i).take(8).take_while(|&&c| c == '?').count();
    let doubled = end > i + 1 || line.prev(i) == Some('?');
    let inside = line.get(end).is_some_and(|c| is_wide(c) && !matches!(c, '”' | '’' | '」' | '』' | '）'));
    inside && (doubled || damage == Damage::None)
}
