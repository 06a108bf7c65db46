//! Dashes: `dash`, `dash-single`.

use crate::error::Cause;
use crate::normalize::line::{Line, is_wide};
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};
use crate::unicode::is_han;

/// Two hyphens, bars, box strokes or long-vowel signs between Chinese become `——`.
///
/// Left alone: three or more box strokes or hyphens (a rule), lines of box drawing, options `--flag`, Markdown's `---`.
pub const DASH: Rule = Rule {
    id: "dash",
    concern: Concern::Marks,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "turn two strokes of any kind into the Chinese dash ——",
    zh: "破折号统一为两字线",
    why_en: "The dash of Chinese is one line two characters long; two hyphens or box strokes are what keyboards offered.",
    why_zh: "破折号是占两字的一条线；两个连字符或制表线是键盘上的将就。",
    standard: "GB/T 15834-2011, 4.10",
    example: ("他说--不──也好", "他说——不——也好"),
};

/// A single `—` or `–` between Chinese: a dash that lost its half, or the connector of a range, which is legal.
pub const DASH_SINGLE: Rule = Rule {
    id: "dash-single",
    concern: Concern::Marks,
    safety: Safety::Suggest,
    default: Action::Report,
    warns: false,
    en: "report a single dash between Chinese",
    zh: "报告中文之间的单个一字线",
    why_en: "It may be half a dash, or the rightful connector of a range: only the sense tells.",
    why_zh: "它可能是半个破折号，也可能是正当的连接号，只有文意能判断。",
    standard: "GB/T 15834-2011, 4.13",
    example: ("他说—不", "他说—不"),
};

pub fn judge(pass: &mut Pass<'_>, line: &Line) {
    let signs = || line.signs.iter().map(|&i| line.chars[i]);
    let boxes = signs().filter(|c| matches!(c, '\u{2500}'..='\u{257f}')).count();
    let drawn = boxes >= 3 && signs().any(|c| matches!(c, '│' | '┃' | '┌' | '└' | '├' | '┤' | '┐' | '┘' | '║'));
    let mut next = 0;
    for &i in &line.signs {
        let c = line.chars[i];
        if i < next || !is_stroke(c) || line.is_kept(i) {
            continue;
        }
        let end = i + line.chars[i..].iter().take_while(|&&other| other == c).count();
        let (before, after) = (line.prev(i), line.get(end));
        let begins = line.chars[..i].iter().all(|c| c.is_whitespace());
        let wide = |c: Option<char>| c.is_some_and(is_wide);
        let chinese = wide(after) && (wide(before) || begins) || (wide(before) && after.is_none());
        match end - i {
            2 if chinese && c != '—' && !drawn && (c != 'ー' || after.is_some_and(is_han)) => {
                pass.change(&DASH, line.range(i, end), "——");
            }
            1 if matches!(c, '—' | '–') && before.is_some_and(is_han) && after.is_some_and(is_han) => {
                pass.report(&DASH_SINGLE, line.range(i, end), Cause::text(String::from(c)));
            }
            1 if c == '—' && after == Some(' ') && line.get(end + 1) == Some('—') && wide(before) => {
                pass.change(&DASH, line.range(i, end + 2), "——");
                next = end + 2;
                continue;
            }
            _ => {}
        }
        next = end;
    }
}

fn is_stroke(c: char) -> bool {
    matches!(c, '-' | '－' | '─' | '━' | 'ー' | '―' | '–' | '—')
}
