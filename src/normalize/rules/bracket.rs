//! Round brackets: `half-paren`, `mixed-pair`.

use super::punctuation::put;
use crate::normalize::evidence::Damage;
use crate::normalize::line::{Line, is_latin, is_wide};
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Rule, Safety};
use crate::unicode::is_han;

/// `()` in Chinese becomes `（）`, always as a pair: when there is Chinese inside, or Chinese directly before it, or directly
/// behind it in a line that is mostly Chinese.
///
/// A bracket without a partner follows the Chinese before it where the file's marks are damaged: the partner often stands in
/// the next line.
///
/// Left alone: calls `foo(x)` and plurals `3(s)` without Chinese inside; link targets; the marker `1)`; pairs set apart from
/// the Chinese around them by spaces, a house style of technical texts; and, where the other marks of the file are
/// full-width, pairs that hold no Chinese, and all pairs when four of five in the file are half-width.
pub const HALF_PAREN: Rule = Rule {
    id: "half-paren",
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "make a pair of half-width brackets in Chinese full-width",
    zh: "中文里成对的半角圆括号改为全角",
    standard: "GB/T 15834-2011, 4.9",
    example: ("世贸组织(WTO)的(新)规则f(x)", "世贸组织（WTO）的（新）规则f(x)"),
};

/// A pair of which one bracket is full-width becomes full-width throughout.
pub const MIXED_PAIR: Rule = Rule {
    id: "mixed-pair",
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "give both brackets of a pair the same width",
    zh: "同一对圆括号统一为全角",
    standard: "GB/T 15834-2011, 4.9",
    example: ("（共3人)到场", "（共3人）到场"),
};

pub fn judge(pass: &mut Pass<'_>, line: &mut Line) {
    if !line.chars.iter().any(|&c| c == '(' || c == ')') {
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
    let behind_chinese = line.prev(i).is_some_and(is_wide);
    let numbers = !opens && i <= 4 && !line.chars[..i].iter().any(|&c| is_wide(c) && !is_han(c));
    if pass.evidence.damage() != Damage::None && behind_chinese && line.is_dominant() && !numbers {
        put(pass, line, &HALF_PAREN, i, if opens { '（' } else { '）' });
    }
}

fn judge_pair(pass: &mut Pass<'_>, line: &mut Line, start: usize, end: usize, chinese_inside: bool) {
    let (opens, closes) = (line.chars[start] == '(', line.chars[end] == ')');
    if !(opens || closes) || end == start + 1 {
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
    let call = !chinese_inside && before.is_some_and(|c| is_latin(c) || matches!(c, '_' | '.' | '$'));
    let after_chinese = before.is_some_and(is_wide);
    let before_chinese = behind.is_some_and(is_wide);
    let apart = |space: Option<char>, beyond: Option<char>| space == Some(' ') && beyond.is_some_and(is_wide);
    if apart(before, start.checked_sub(2).and_then(|i| line.get(i))) || apart(behind, line.get(end + 2)) {
        return;
    }
    let full = match pass.evidence.damage() {
        Damage::None => chinese_inside && !before.is_some_and(is_latin) && !pass.evidence.keeps_half_brackets(),
        Damage::Mixed | Damage::HalfWidth => {
            chinese_inside
                || (after_chinese && !call)
                || (before_chinese && !call && line.is_dominant() && before != Some(' '))
        }
    };
    if full && pass.rules.action(&HALF_PAREN) != Action::Off {
        put(pass, line, &HALF_PAREN, start, '（');
        put(pass, line, &HALF_PAREN, end, '）');
    }
}
