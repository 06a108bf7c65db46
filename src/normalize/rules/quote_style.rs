//! The family of quotation marks: `quote-style`.

use crate::normalize::Syntax;
use crate::normalize::census::Census;
use crate::normalize::house::QUOTES;
use crate::normalize::line::{Line, is_latin, is_wide};
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};

/// `“ ” ‘ ’` become `「 」 『 』` or the other way round, by the switch `quotes`; they stay when nothing is said.
///
/// Left alone: apostrophes, a closing `’` that nothing opens, quotations among Western text, and lines that are not Chinese.
pub const QUOTE_STYLE: Rule = Rule {
    id: "quote-style",
    concern: Concern::Quotes,
    safety: Safety::Sure,
    default: Action::Off,
    warns: false,
    en: "turn curly quotation marks into corner ones (or as quotes=… says)",
    zh: "弯引号改为直角引号（或按 quotes=… 处理）",
    why_en: "Corner or curly quotation marks are a choice of the house, not a fault.",
    why_zh: "用直角引号还是弯引号是体例的选择，不是错误。",
    standard: "house style; CLReq, 5.1.1",
    example: ("“甲说‘好’，it’s乙。”", "「甲说『好』，it’s乙。」"),
};

pub fn fires(census: &Census) -> bool {
    census.any("“”‘’「」『』")
}

pub fn run(pass: &mut Pass<'_>) {
    let corner = match pass.rules.value(&QUOTES) {
        "corner" => true,
        "curly" => false,
        _ if pass.rules.action(&QUOTE_STYLE) == Action::Fix => true,
        _ => return,
    };
    let evidence = pass.evidence;
    if evidence.is_foreign() || evidence.is_source_code() {
        return;
    }
    let markdown = pass.syntax == Syntax::Markdown;
    let mut line = Line::default();
    for (start, text) in pass.lines() {
        if !text.contains(['“', '”', '‘', '’', '「', '」', '『', '』']) {
            continue;
        }
        line.open(start, text, markdown);
        if line.is_chinese(evidence.has_stray_kana()) {
            judge(pass, &line, corner);
        }
    }
}

fn judge(pass: &mut Pass<'_>, line: &Line, corner: bool) {
    let mut singles = 0usize;
    for (i, &c) in line.chars.iter().enumerate() {
        let (before, after) = (line.prev(i), line.get(i + 1));
        let apostrophe = c == '’' && before.is_some_and(is_latin) && after.is_some_and(is_latin);
        let western = !before.is_some_and(is_wide) && !after.is_some_and(is_wide) && line.words > line.han;
        if line.is_kept(i) || apostrophe || western {
            continue;
        }
        let with = match (c, corner) {
            ('“', true) => "「",
            ('”', true) => "」",
            ('‘', true) => {
                singles += 1;
                "『"
            }
            ('’', true) if singles > 0 => {
                singles -= 1;
                "』"
            }
            ('「', false) => "“",
            ('」', false) => "”",
            ('『', false) => "‘",
            ('』', false) => "’",
            _ => continue,
        };
        pass.force(&QUOTE_STYLE, line.range(i, i + 1), with);
    }
}
