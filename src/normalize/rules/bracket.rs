//! Round brackets: `half-paren`, `mixed-pair`.

use super::punctuation::put;
use crate::chinese::date;
use crate::chinese::numeral::is_numeral;
use crate::normalize::evidence::Damage;
use crate::normalize::line::{Line, is_latin, is_space, is_wide};
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};

/// `()` in Chinese becomes `（）`, always as a pair: when there is Chinese inside, or Chinese directly before it, or directly
/// behind it in a line that is mostly Chinese.
///
/// A bracket without a partner follows the Chinese before it where the file's marks are damaged: the partner often stands in
/// the next line.
///
/// Left alone: calls `foo(x)`, expressions `(8 - n)` and plurals `3(s)` without Chinese inside; link targets; the marker `1)`; pairs set apart from
/// the Chinese around them by spaces, a house style of technical texts; and, where the other marks of the file are
/// full-width, pairs that hold no Chinese, and all pairs when four of five in the file are half-width and some are set apart by a space.
pub const HALF_PAREN: Rule = Rule {
    id: "half-paren",
    concern: Concern::Marks,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "make a pair of half-width brackets in Chinese full-width",
    zh: "中文里成对的半角圆括号改为全角",
    why_en: "A half-width bracket leaves Chinese without the room that a mark has, and a pair of two widths looks torn.",
    why_zh: "半角括号占不足一字，使中文行距参差；一对括号一半全角一半半角更显破损。",
    standard: "GB/T 15834-2011, 4.9",
    example: ("世贸组织(WTO)的(新)规则f(x)", "世贸组织（WTO）的（新）规则f(x)"),
};

/// A pair of which one bracket is full-width becomes full-width throughout: `（…)`, and `《…>` around a title of Han characters.
pub const MIXED_PAIR: Rule = Rule {
    id: "mixed-pair",
    concern: Concern::Marks,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "give both brackets of a pair the same width",
    zh: "同一对括号、书名号统一为全角",
    why_en: "Two widths in one pair are a slip of the keyboard; the full-width one shows what was meant.",
    why_zh: "一对括号宽窄不一是输入法切换之误，全角的那一半说明了本意。",
    standard: "GB/T 15834-2011, 4.9",
    example: ("（共3人)到场", "（共3人）到场"),
};

pub fn judge(pass: &mut Pass<'_>, line: &mut Line) {
    if !line.signs.iter().any(|&i| matches!(line.chars[i], '(' | ')')) {
        return;
    }
    let mut open = Vec::new();
    let mut wide_before = Vec::new();
    let mut wide = 0usize;
    let mut orphans = Vec::new();
    for i in 0..line.chars.len() {
        let c = line.chars[i];
        if !line.kept[i] {
            match c {
                '(' | '（' => {
                    open.push(i);
                    wide_before.push(wide);
                }
                ')' | '）' => {
                    if let (Some(start), Some(before)) = (open.pop(), wide_before.pop()) {
                        judge_pair(pass, line, start, i, wide > before + usize::from(line.chars[start] == '（'));
                    } else if c == ')' {
                        orphans.push(i);
                    }
                }
                _ => {}
            }
        }
        wide += usize::from(is_wide(line.chars[i]) || is_wide(c));
    }
    orphans.extend(open.into_iter().filter(|&i| line.chars[i] == '('));
    for i in orphans {
        judge_orphan(pass, line, i);
    }
}

/// A bracket whose partner stands in another line or was lost.
fn judge_orphan(pass: &mut Pass<'_>, line: &mut Line, i: usize) {
    let opens = line.chars[i] == '(';
    let (behind, before) = (line.prev(i).is_some_and(is_wide), line.get(i + 1).is_some_and(is_wide));
    // `1)` and `甲)` number an item; a bracket that begins a line, `三钱)`, closes what the line above began.
    let numbers = !opens && (1..=MOST_NUMBER).contains(&i) && is_number(&line.chars[..i]);
    let begins = line.chars[..i].iter().all(|&c| is_space(c));
    let chinese = behind && before || line.is_dominant() && (behind || begins || before && opens);
    if pass.evidence.damage() != Damage::None && chinese && !numbers {
        put(pass, line, &HALF_PAREN, i, if opens { '（' } else { '）' });
    }
}

/// Longest number of an item, in characters.
const MOST_NUMBER: usize = 4;

/// Whether `label` numbers an item: letters and digits, Chinese numerals, or one of the ten stems.
fn is_number(label: &[char]) -> bool {
    label.iter().all(|&c| is_latin(c) || is_space(c) || c == '.')
        || label.iter().all(|&c| is_numeral(c))
        || matches!(label, [stem] if date::STEMS.contains(*stem))
}

fn judge_pair(pass: &mut Pass<'_>, line: &mut Line, start: usize, end: usize, chinese_inside: bool) {
    let (opens, closes) = (line.chars[start] == '(', line.chars[end] == ')');
    // `(?U)` is a pattern's.
    if !(opens || closes)
        || end == start + 1
        || matches!(line.chars.get(start + 1..end), Some(['?', c, ..]) if c.is_ascii())
        || is_factor(line, start, end)
    {
        return;
    }
    // Marks of emphasis and code spans belong to the word: `*栈*(Stack)`.
    let inked = line.chars[..start].iter().rposition(|&c| !matches!(c, '*' | '_' | '`')).and_then(|i| line.get(i));
    let (before, behind) = (inked, line.get(end + 1));
    if opens != closes {
        let rule = &MIXED_PAIR;
        if chinese_inside || before.is_some_and(is_wide) || behind.is_some_and(is_wide) {
            put(pass, line, rule, if opens { start } else { end }, if opens { '（' } else { '）' });
        }
        return;
    }
    let explains = explains(&line.chars[start + 1..end]);
    let named = before.is_some_and(|c| is_latin(c) || matches!(c, '_' | '.' | '$'));
    let call = !chinese_inside && (named && !explains || is_expression(line, start + 1..end));
    let after_chinese = before.is_some_and(is_wide);
    // A stop behind the bracket is not judged yet: `crate(library crate);包`.
    let stopped = behind.is_some_and(|c| matches!(c, ',' | ';' | ':')) && line.get(end + 2).is_some_and(is_wide);
    let before_chinese = behind.is_some_and(is_wide) || stopped;
    let begins = line.chars[..start].iter().all(|&c| is_space(c));
    let apart = |space: Option<char>, beyond: Option<char>| space == Some(' ') && beyond.is_some_and(is_wide);
    let typed = pass.evidence.is_spaced() && pass.evidence.damage() == Damage::HalfWidth && chinese_inside;
    if !typed && apart(before, start.checked_sub(2).and_then(|i| line.get(i)))
        || !typed && apart(behind, line.get(end + 2)) && !after_chinese
    {
        return;
    }
    let full = match pass.evidence.damage() {
        Damage::None => chinese_inside && !before.is_some_and(is_latin) && !pass.evidence.keeps_half_brackets(),
        Damage::Mixed | Damage::HalfWidth => {
            chinese_inside
                || (after_chinese && !call)
                || (before_chinese
                    && !call
                    && (line.is_dominant() || explains)
                    && (begins || !matches!(before, Some(' ' | ')'))))
        }
    };
    if full && pass.rules.action(&HALF_PAREN) != Action::Off {
        put(pass, line, &HALF_PAREN, start, '（');
        put(pass, line, &HALF_PAREN, end, '）');
    }
}

/// Whether the pair stands in a formula: behind a sign that computes, or before one, `余数 = (商 × 除数) + 1`.
fn is_factor(line: &Line, start: usize, end: usize) -> bool {
    let left = line.chars[..start].iter().rposition(|&c| c != ' ');
    let right = line.chars.get(end + 1..).and_then(|rest| rest.iter().take(2).find(|&&c| c != ' '));
    let computes = |c: char| matches!(c, '=' | '+' | '×' | '÷');
    // `px * (目标宽 / 750)`: nothing emphasized is set so.
    if left.is_some_and(|at| line.chars[at] == '*' && line.prev(at) == Some(' ') && at + 2 == start) {
        return true;
    }
    // `C++(语言)`.
    let named = left.and_then(|at| line.prev(at)).is_some_and(|c| c == '+' || c.is_ascii_alphabetic());
    left.is_some_and(|at| computes(line.chars[at]) && !named) || right.is_some_and(|&c| computes(c))
}

/// Whether what stands in a bracket computes or compares: `(8 - N)`, `((flags & mask) == value)`.
fn is_expression(line: &Line, inside: std::ops::Range<usize>) -> bool {
    // Code that is marked as such speaks for itself: 轴上(`x = 0`).
    let spanned = line.kept.get(inside.clone()).is_none_or(|kept| kept.contains(&true));
    let inside = line.chars.get(inside).unwrap_or_default();
    // One `&` joins names: `(Waller & Hill, 1951)`.
    !spanned && (inside.iter().any(|&c| "=<>|{}".contains(c)) || inside.windows(2).any(|two| two == ['&', '&']))
        || inside.windows(3).any(|three| matches!(three, [' ', '+' | '-' | '*' | '/' | '%', ' ']))
}

/// Whether what stands in a bracket behind a Latin word is its wording rather than arguments: words parted by single spaces
/// (`crate(library crate)`), or emphasis (`trait(*supertrait*)`).
pub fn explains(inside: &[char]) -> bool {
    let emphasis = matches!(inside, ['*', .., '*']);
    let words = inside.iter().all(|c| c.is_ascii_alphabetic() || matches!(c, ' ' | '-')) && inside.contains(&' ');
    emphasis || words
}
