//! Brackets and quotes written with other signs: `half-angle`, `half-bracket`, `backtick-quote`.

use super::bracket::MIXED_PAIR;
use crate::error::Cause;
use crate::normalize::line::Line;
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};
use crate::unicode::is_han;

/// `<<书名>>` becomes `《书名》` when only Han characters stand inside, at most twenty. `<书名>` may be a tag of some kind: it stays
/// and is reported.
pub const HALF_ANGLE: Rule = Rule {
    id: "half-angle",
    concern: Concern::Marks,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "turn <<title>> into 《title》",
    zh: "<<书名>> 改为 《书名》",
    why_en: "Keyboards without 《 》 made people type << >>; a single < > may be a tag, so it is only reported.",
    why_zh: "旧键盘打不出《》，常以 << >> 代替；单个 < > 可能是标签，只报告。",
    standard: "GB/T 15834-2011, 4.15",
    example: ("读<<红楼梦>>，见<甲>", "读《红楼梦》，见<甲>"),
};

/// `[…]` around Han characters becomes `［…］`. In Markdown and code it is syntax, so only by wish.
pub const HALF_BRACKET: Rule = Rule {
    id: "half-bracket",
    concern: Concern::Marks,
    safety: Safety::Likely,
    default: Action::Off,
    warns: false,
    en: "make square brackets around Chinese full-width",
    zh: "括住中文的半角方括号改为全角",
    why_en: "Brackets of a text are usually full-width, but the same sign is syntax in code and Markdown, and marks notes: only by wish.",
    why_zh: "正文的方括号宜用全角，但它在代码与 Markdown 里是语法，又常作注码，故只在要求时改。",
    standard: "GB/T 15834-2011, 4.9",
    example: ("见[附录]", "见［附录］"),
};

/// ` ``…'' `, the quotes of TeX and early mail, around Han characters.
pub const BACKTICK_QUOTE: Rule = Rule {
    id: "backtick-quote",
    concern: Concern::Marks,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "turn ``…'' around Chinese into “…”",
    zh: "``…'' 改为弯引号",
    why_en: "TeX and early mail wrote quotation marks this way; no Chinese reader knows them.",
    why_zh: "TeX 与早期邮件这样写引号，中文读者并不认识。",
    standard: "GB/T 15834-2011, 4.8",
    example: ("他说``你好''。", "他说“你好”。"),
};

/// How far the end of a pair is looked for.
const MOST: usize = 200;
/// Longest title, in characters.
const MOST_TITLE: usize = 20;

pub fn judge(pass: &mut Pass<'_>, line: &Line) {
    let mut next = 0;
    for &i in &line.signs {
        if i < next {
            continue;
        }
        let pair = (line.chars[i], line.get(i + 1));
        next = match pair {
            ('<', Some('<')) => doubled(pass, line, i, '<', '>', MOST_TITLE).unwrap_or(i + 1),
            ('<' | '《', _) if !line.kept[i] && line.prev(i) != Some('<') => title(pass, line, i),
            ('`', Some('`')) if line.get(i + 2) != Some('`') => {
                doubled(pass, line, i, '`', '\'', MOST).unwrap_or(i + 1)
            }
            ('[', _) if pass.wants(&HALF_BRACKET) && !line.kept[i] => {
                let length = line.chars[i..].iter().take(MOST).position(|&c| c == ']').unwrap_or(0);
                let inner = line.chars.get(i + 1..i + length).unwrap_or_default();
                if inner.iter().any(|&c| is_han(c)) && line.get(i + length + 1) != Some('(') {
                    pass.change(&HALF_BRACKET, line.range(i, i + 1), "［");
                    pass.change(&HALF_BRACKET, line.range(i + length, i + length + 1), "］");
                }
                i + 1
            }
            _ => i + 1,
        };
    }
}

/// Judges a title that opens at `i` with `<` or `《`; gives where to go on. One that opens with the one and closes with the other is a
/// `mixed-pair`.
fn title(pass: &mut Pass<'_>, line: &Line, i: usize) -> usize {
    let length = line.chars[i + 1..].iter().take(MOST_TITLE + 1).take_while(|&&c| is_han(c)).count();
    let end = i + 1 + length;
    let alone = line.get(end + 1) != Some('>');
    match (line.chars[i], line.get(end)) {
        _ if length == 0 || length > MOST_TITLE || line.is_kept(end) => {}
        ('<', Some('>')) if alone => pass.report(&HALF_ANGLE, line.range(i, end + 1), Cause::text("")),
        ('<', Some('》')) => pass.change(&MIXED_PAIR, line.range(i, i + 1), "《"),
        ('《', Some('>')) if alone => pass.change(&MIXED_PAIR, line.range(end, end + 1), "》"),
        _ => {}
    }
    end
}

/// Judges a pair of doubled signs that opens at `i`; gives its end when it was one.
fn doubled(pass: &mut Pass<'_>, line: &Line, i: usize, open: char, close: char, most: usize) -> Option<usize> {
    let inner = line.chars.get(i + 2..)?;
    let length = inner.iter().take(most + 1).position(|&c| c == close || c == open)?;
    let end = i + 2 + length;
    let inner = inner.get(..length)?;
    if line.get(end) != Some(close) || line.get(end + 1) != Some(close) || inner.is_empty() {
        return None;
    }
    let (rule, with) = if open == '<' { (&HALF_ANGLE, ("《", "》")) } else { (&BACKTICK_QUOTE, ("“", "”")) };
    let titled = if open == '<' { inner.iter().all(|&c| is_han(c)) } else { inner.iter().any(|&c| is_han(c)) };
    if !titled || line.get(end + 2) == Some(close) {
        return None;
    }
    pass.change(rule, line.range(i, i + 2), with.0);
    pass.change(rule, line.range(end, end + 2), with.1);
    Some(end + 2)
}
