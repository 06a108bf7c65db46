//! Spaces and blank lines: `nbsp`, `trailing-space`, `blank-lines`, `indent`, `spaced-title`, `space-han-han`, `space-before-f`,
//! `space-after-f`, `space-han-latin`, `multi-space`, `ideographic-space-inline`, `decoration-line`.

use super::{lost_quote, mojibake, spaced};
use crate::chinese::ages;
use crate::error::Cause;
use crate::normalize::Syntax;
use crate::normalize::census::Census;
use crate::normalize::house::{INDENT, PANGU};
use crate::normalize::line::{is_latin, is_wide};
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};
use crate::survey::are_bound;
use crate::unicode::{is_cjk_mark, is_han};
use std::cell::OnceCell;

/// No-break and typographic spaces become plain ones, except between a digit and a unit, where the space must not break.
pub const NBSP: Rule = Rule {
    id: "nbsp",
    concern: Concern::Layout,
    safety: Safety::Sure,
    default: Action::Fix,
    warns: false,
    en: "turn no-break and typographic spaces into plain ones",
    zh: "不换行空格等改为普通空格",
    why_en: "The line breaks elsewhere now; only between a number and its unit must it still not.",
    why_zh: "如今在别处换行；只有数字与单位之间仍不可断。",
    standard: "Unicode 15, 6.2",
    example: ("甲\u{a0}乙 5\u{a0}kg", "甲 乙 5\u{a0}kg"),
};

/// Spaces at the end of a line. Markdown keeps two, its line break.
pub const TRAILING_SPACE: Rule = Rule {
    id: "trailing-space",
    concern: Concern::Layout,
    safety: Safety::Sure,
    default: Action::Fix,
    warns: false,
    en: "drop spaces at the end of lines",
    zh: "去掉行尾空格",
    why_en: "Nobody sees them, yet they make equal lines differ.",
    why_zh: "看不见，却使相同的行变得不同。",
    standard: "—",
    example: ("文字 　\n下文", "文字\n下文"),
};

/// Three or more blank lines become two.
pub const BLANK_LINES: Rule = Rule {
    id: "blank-lines",
    concern: Concern::Layout,
    safety: Safety::Sure,
    default: Action::Fix,
    warns: false,
    en: "reduce three or more blank lines to two",
    zh: "三个以上的空行减为两个",
    why_en: "Two blank lines set a part apart as well as ten do.",
    why_zh: "空两行与空十行一样能分隔段落。",
    standard: "—",
    example: ("甲\n\n\n\n\n乙", "甲\n\n\n乙"),
};

/// Spaces at the beginning of a paragraph, by the switch `indent`; they are kept when nothing is said.
pub const PARAGRAPH_INDENT: Rule = Rule {
    id: "paragraph-indent",
    concern: Concern::Spaces,
    safety: Safety::Sure,
    default: Action::Off,
    warns: false,
    en: "make the spaces at the beginning of paragraphs two ideographic ones (or as indent=… says)",
    zh: "段首空格统一为两个全角空格（或按 indent=… 处理）",
    why_en: "The style makes the indent; spaces in the text are kept unless a plain text must show it too.",
    why_zh: "缩进由版式决定；文本里的空格照留，除非纯文本也要缩进。",
    standard: "GB/T 9704-2012, 7.3.3",
    example: ("　　　　正文如下", "　　正文如下"),
};

/// A title whose characters are all set apart: `目　　录`. Eight characters at most, equal gaps.
pub const SPACED_TITLE: Rule = Rule {
    id: "spaced-title",
    concern: Concern::Spaces,
    safety: Safety::Likely,
    default: Action::Off,
    warns: false,
    en: "close up titles whose characters are spaced out",
    zh: "合并字间加空的标题",
    why_en: "Spaces within a short title stood for letter-spacing; a style does that now, but names are spaced the same way.",
    why_zh: "短标题里的空格是为了拉开字距，如今由版式负责；但人名也有这样的，故只在要求时改。",
    standard: "—",
    example: ("前　言", "前言"),
};

/// Spaces between Han characters. Mostly they mean something (names, verse, columns), so only by wish, and never in short lines
/// without marks.
pub const SPACE_HAN_HAN: Rule = Rule {
    id: "space-han-han",
    concern: Concern::Spaces,
    safety: Safety::Likely,
    default: Action::Off,
    warns: false,
    en: "drop spaces between Chinese characters",
    zh: "去掉汉字之间的空格",
    why_en: "A space between characters mostly means something: names, verse, columns. Only by wish.",
    why_zh: "汉字间的空格多半有意义（人名、诗行、分栏），只在要求时去掉。",
    standard: "—",
    example: ("这是 一段，有空格 的话。", "这是一段，有空格的话。"),
};

/// Spaces before `，。、；：？！）】》”’`, which carry their own.
///
/// Left alone, as by `space-after-f`: a space that is all that a pair holds, to be filled in or lost (`（ ）`, `《 》`), and the spaces of
/// a text in which they stand for quotation marks (`lost-quotes`). Where they stand between Chinese characters as well, and not within words, they
/// are what is left of rare characters that a conversion lost (`围枹 。匈奴`): all stay, and are reported (`lost-text`).
pub const SPACE_BEFORE_F: Rule = Rule {
    id: "space-before-f",
    concern: Concern::Spaces,
    safety: Safety::Sure,
    default: Action::Fix,
    warns: false,
    en: "drop spaces before closing marks and stops",
    zh: "去掉标点前的空格",
    why_en: "Full-width marks carry their own space; another one tears a hole into the line.",
    why_zh: "全角标点自带空白，再加空格便成了洞。",
    standard: "CLReq, 3.1",
    example: ("你好 ，世界", "你好，世界"),
};

/// Spaces after `，。、；？！（【《“‘`, before Chinese and before letters and digits. After `：` they may align a table of keys and stay.
pub const SPACE_AFTER_F: Rule = Rule {
    id: "space-after-f",
    concern: Concern::Spaces,
    safety: Safety::Sure,
    default: Action::Fix,
    warns: false,
    en: "drop spaces after opening marks and stops",
    zh: "去掉标点后的空格",
    why_en: "Full-width marks carry their own space; another one tears a hole into the line.",
    why_zh: "全角标点自带空白，再加空格便成了洞。",
    standard: "CLReq, 3.1",
    example: ("你好， 世界", "你好，世界"),
};

/// The gap between Chinese and Western text, by the switch `pangu`. The typesetter makes it, so the text is left as it is.
pub const SPACE_HAN_LATIN: Rule = Rule {
    id: "space-han-latin",
    concern: Concern::Spaces,
    safety: Safety::Sure,
    default: Action::Off,
    warns: false,
    en: "put a space between Chinese and Western characters (or as pangu=… says)",
    zh: "中西文之间加空格（或按 pangu=… 处理）",
    why_en: "The page sets a quarter em there by itself, so the text needs no space.",
    why_zh: "排版时自会留四分之一字的空隙，文本里不必有空格。",
    standard: "house style",
    example: ("使用Rust语言", "使用 Rust 语言"),
};

/// Several spaces between Latin words.
pub const MULTI_SPACE: Rule = Rule {
    id: "multi-space",
    concern: Concern::Spaces,
    safety: Safety::Likely,
    default: Action::Off,
    warns: false,
    en: "reduce several spaces between Western words to one",
    zh: "西文单词间的多个空格减为一个",
    why_en: "Several spaces may be a table drawn by hand; only by wish.",
    why_zh: "多个空格可能是手排的表格，只在要求时改。",
    standard: "—",
    example: ("two  words", "two words"),
};

/// Ideographic spaces inside a line: a title's, a verse's or a stray one.
pub const IDEOGRAPHIC_SPACE: Rule = Rule {
    id: "ideographic-space-inline",
    concern: Concern::Spaces,
    safety: Safety::Suggest,
    default: Action::Report,
    warns: false,
    en: "report ideographic spaces inside a line",
    zh: "报告行内的全角空格",
    why_en: "It may part the halves of a verse, or names in a list: a person should look.",
    why_zh: "它可能分开诗的上下句，或名单中的人名，应当由人看。",
    standard: "—",
    example: ("春眠　不觉晓", "春眠　不觉晓"),
};

/// Lines of signs only (`====`): an ornament or a rule, for the recognition to judge.
pub const DECORATION_LINE: Rule = Rule {
    id: "decoration-line",
    concern: Concern::Spaces,
    safety: Safety::Suggest,
    default: Action::Report,
    warns: false,
    en: "report lines of signs only",
    zh: "报告只有符号的装饰行",
    why_en: "An ornament or a rule: the recognition makes of it what it is, the text stays.",
    why_zh: "是花饰还是分隔线，由识别判断；文本不动。",
    standard: "—",
    example: ("甲\n========\n乙", "甲\n========\n乙"),
};

/// Always: a house style may ask for spaces in a text that has none.
pub fn fires(_: &Census) -> bool {
    true
}

pub fn run(pass: &mut Pass<'_>) {
    if pass.census.within('\u{2000}'..='\u{200a}') || pass.census.any("\u{a0}\u{202f}\u{205f}") {
        plain_spaces(pass);
    }
    let markdown = pass.syntax == Syntax::Markdown;
    let indents = !markdown && (pass.wants(&PARAGRAPH_INDENT) || pass.rules.value(&INDENT) != "keep");
    let inner = Inner::of(pass);
    let ideographic = memchr::memmem::Finder::new("\u{3000}");
    let mut blank = 0usize;
    for (start, line) in pass.lines() {
        // Nearly all lines end in a byte that no space ends in.
        let text = match line.as_bytes().last() {
            Some(b' ' | b'\t' | 0x80) => line.trim_end_matches([' ', '\t', '\u{3000}']),
            _ => line,
        };
        if text.len() < line.len() {
            trailing(pass, start, line, text, markdown);
        }
        if text.is_empty() {
            blank += 1;
            if blank > 2 && start > 0 && start + line.len() < pass.text.len() {
                pass.change(&BLANK_LINES, start..start + line.len() + 1, "");
            }
            continue;
        }
        blank = 0;
        if indents {
            indent(pass, start, text);
        }
        let body = text.trim_start_matches([' ', '\t', '\u{3000}']);
        let spaced = memchr::memchr(b' ', body.as_bytes()).is_some() || ideographic.find(body.as_bytes()).is_some();
        if !spaced && inner.pangu != "add" {
            if text.starts_with(['=', '-', '*', '_', '~', '+', '#']) {
                decoration(pass, start, text);
            }
            continue;
        }
        inner.look(pass, start, text, body);
    }
}

fn plain_spaces(pass: &mut Pass<'_>) {
    let wanted = |c: char| matches!(c, '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}');
    for (at, c) in pass.chars(wanted) {
        let range = at..at + c.len_utf8();
        let unit = pass.before(at).is_some_and(|c| c.is_ascii_digit())
            && pass.after(range.end).is_some_and(|c| c.is_ascii_alphabetic() || c == '%' || c == '°');
        if !unit {
            pass.change(&NBSP, range, " ");
        }
    }
}

fn trailing(pass: &mut Pass<'_>, start: usize, line: &str, text: &str, markdown: bool) {
    let end = start + line.len();
    if !markdown || text.is_empty() {
        pass.change(&TRAILING_SPACE, start + text.len()..end, "");
    } else if line.len() > text.len() + 2 && line.ends_with("  ") {
        pass.change(&TRAILING_SPACE, start + text.len()..end, "  ");
    } else if !line.ends_with("  ") {
        pass.change(&TRAILING_SPACE, start + text.len()..end, "");
    }
}

fn indent(pass: &mut Pass<'_>, start: usize, text: &str) {
    let body = text.trim_start_matches([' ', '\t', '\u{3000}']);
    let width = text.len() - body.len();
    // Columns and drawings hold several runs of spaces; a verse or list is indented by other than a paragraph's two.
    let columns = || gaps(body).any(|(_, gap)| gap.chars().nth(1).is_some());
    if width == 0 || !body.starts_with(|c| is_han(c) || is_cjk_mark(c)) || columns() {
        return;
    }
    let with = if pass.rules.value(&INDENT) == "none" { "" } else { "\u{3000}\u{3000}" };
    if pass.text.get(start..start + width) != Some(with) {
        let rule = &PARAGRAPH_INDENT;
        pass.force(rule, start..start + width, with);
    }
}

fn decoration(pass: &mut Pass<'_>, start: usize, text: &str) {
    if pass.syntax == Syntax::Plain && text.len() >= 4 && text.bytes().all(|b| b"=-*_~+#".contains(&b)) {
        pass.report(&DECORATION_LINE, start..start + text.len(), Cause::text(""));
    }
}

/// What is to be done inside lines.
struct Inner {
    /// Whether the file is a Chinese text at all.
    chinese: bool,
    pangu: &'static str,
    titles: bool,
    han: bool,
    latin: bool,
    /// Whether spaces stand for lost quotation marks; asked when the first of them is met.
    lost: OnceCell<bool>,
    /// Whether spaces stand for lost characters.
    holes: OnceCell<bool>,
    /// Whether the text is an old one in which hardly any mark has a space before it.
    strays: OnceCell<bool>,
    /// Where the text has spaces beside its marks.
    habits: OnceCell<Habits>,
}

impl Inner {
    fn of(pass: &Pass<'_>) -> Self {
        let mut pangu = pass.rules.value(&PANGU);
        if pangu == "keep" && pass.wants(&SPACE_HAN_LATIN) {
            pangu = "add";
        }
        let chinese = !pass.evidence.is_foreign() && !pass.evidence.is_source_code();
        Inner {
            chinese,
            pangu,
            titles: pass.wants(&SPACED_TITLE),
            han: pass.wants(&SPACE_HAN_HAN),
            latin: pass.wants(&MULTI_SPACE),
            lost: OnceCell::new(),
            holes: OnceCell::new(),
            strays: OnceCell::new(),
            habits: OnceCell::new(),
        }
    }

    /// Looks at the spaces inside a line, which without its indent is `body`.
    fn look(&self, pass: &mut Pass<'_>, start: usize, text: &str, body: &str) {
        // In Markdown the bars of a table say where its columns are.
        let plain = pass.syntax == Syntax::Plain;
        let table = plain && text.starts_with('|') || body.contains(['\t', '│', '┃']);
        if table {
            return;
        }
        let begin = start + text.len() - body.len();
        if self.titles && is_spaced_title(body) {
            for (at, gap) in gaps(body) {
                pass.change(&SPACED_TITLE, begin + at..begin + at + gap.len(), "");
            }
            return;
        }
        if self.chinese && spaced::is_spaced_text(body) {
            gaps(body).for_each(|(at, gap)| spaced::close_up(pass, begin + at..begin + at + gap.len()));
            return;
        }
        let short = body.chars().nth(29).is_none() && !body.chars().any(is_cjk_mark);
        // What a code span holds stays.
        let last = body.rfind('`');
        let (mut spans, mut seen) = (0usize, 0);
        for (at, gap) in gaps(body) {
            let range = begin + at..begin + at + gap.len();
            if last.is_some_and(|last| at < last) {
                let passed = body.get(seen..at).unwrap_or_default();
                spans += passed.split('`').skip(1).filter(|rest| !rest.is_empty()).count();
                spans += usize::from(passed.ends_with('`'));
                seen = at;
                if spans % 2 == 1 {
                    continue;
                }
            }
            let (Some(before), Some(after)) = (pass.before(range.start), pass.after(range.end)) else { continue };
            self.judge(pass, range, gap, before, after, short);
        }
        if self.pangu == "add" {
            let mut before = None;
            for (at, c) in body.char_indices() {
                if let Some(before) = before
                    && ((is_han(before) && is_latin(c)) || (is_latin(before) && is_han(c)))
                {
                    pass.force(&SPACE_HAN_LATIN, begin + at..begin + at, " ");
                }
                before = Some(c);
            }
        }
    }

    fn judge(
        &self,
        pass: &mut Pass<'_>,
        range: std::ops::Range<usize>,
        gap: &str,
        before: char,
        after: char,
        short: bool,
    ) {
        let plain = gap.bytes().all(|b| b == b' ');
        let closes = matches!(after, '，' | '。' | '、' | '；' | '：' | '？' | '！' | '）' | '】' | '》')
            || (matches!(after, '”' | '’')
                && is_wide(before)
                && !pass.after(range.end + 3).is_some_and(|c| c == before || c == ' '));
        let opens = matches!(before, '，' | '。' | '、' | '；' | '？' | '！' | '（' | '【' | '《')
            || (matches!(before, '“' | '‘') && is_wide(after));
        let lost = || *self.lost.get_or_init(|| lost_quote::fires(pass.census) && !lost_quote::lost(pass).is_empty());
        let blank = matches!(before, '（' | '【' | '《' | '“' | '‘') && matches!(after, '）' | '】' | '》' | '”' | '’');
        let holes = || *self.holes.get_or_init(|| stand_for_characters(pass));
        let habits = || *self.habits.get_or_init(|| Habits::of(pass.text));
        let strays = || *self.strays.get_or_init(|| ages::is_old(pass.text) && !habits().before);
        // Behind `：` and a closing quotation mark, and beside a bracket that has a space on both sides, only where all marks are set so.
        let typed = before == '：' && begins_word(after)
            || matches!(before, '”' | '」') && is_wide(after) && habits().quotes
            || before == '）' && is_wide(after) && is_apart(pass.text, range.start)
            || after == '（' && is_han(before) && habits().brackets;
        if blank || before == '\\' || (closes || opens || typed) && plain && lost() {
            return;
        }
        if is_han(before) && (closes || after == '（' || is_han(after) && !short) && is_hole(gap) && holes() {
            mojibake::lost(pass, range, gap, 1);
            return;
        }
        // Behind a mark a blank may stand for one as well: `参、 能止汗`.
        if opens && (is_han(after) || closes) && plain && holes() {
            return;
        }
        // One here and there in an old text stands for a rare character as often as not.
        if closes && plain && gap.len() == 1 && (is_han(before) || before == '）') && strays() {
            pass.report(&SPACE_BEFORE_F, range, Cause::TwoReadings);
            return;
        }
        // One space only: more of them align something.
        if closes && self.chinese && plain && gap.len() == 1 && !is_list_mark(before) && before != '?' {
            pass.change(&SPACE_BEFORE_F, range, "");
        } else if self.chinese && plain && gap.len() == 1 && (opens && begins_word(after) || typed && habits().behind) {
            pass.change(&SPACE_AFTER_F, range, "");
        } else if is_han(before) && is_han(after) {
            if self.han && !short && gap.chars().count() == 1 {
                pass.change(&SPACE_HAN_HAN, range, "");
            } else if gap.contains('\u{3000}') {
                pass.report(&IDEOGRAPHIC_SPACE, range, Cause::text(""));
            }
        } else if gap == "\u{3000}" && is_latin(before) && is_latin(after) {
            pass.change(&NBSP, range, " ");
        } else if plain && gap.len() == 1 && self.pangu == "remove" {
            if (is_han(before) && is_latin(after)) || (is_latin(before) && is_han(after)) {
                pass.force(&SPACE_HAN_LATIN, range, "");
            }
        } else if self.latin && plain && gap.len() > 1 && is_latin(before) && is_latin(after) {
            pass.change(&MULTI_SPACE, range, " ");
        }
    }
}

/// Whether a space sets the bracket that closes before byte `end` apart from the Chinese before it, `山里 （十里） 没有`. Without one it
/// belongs to that, and the space behind it parts items: `当归（三钱） 白芍（二钱）`.
fn is_apart(text: &str, end: usize) -> bool {
    let mut before =
        text.get(..end).unwrap_or_default().chars().rev().take(MOST_BRACKET).skip_while(|&c| c != '（').skip(1);
    before.next() == Some(' ') && before.next().is_some_and(is_han)
}

/// Longest bracket, in characters.
const MOST_BRACKET: usize = 64;

/// Where a text has spaces beside its marks.
#[derive(Clone, Copy)]
struct Habits {
    /// Behind most of the marks inside lines, as in Latin text.
    behind: bool,
    /// Behind most of the closing quotation marks before Chinese.
    quotes: bool,
    /// Before most of the opening brackets behind Chinese.
    brackets: bool,
    /// Before one mark in ten.
    before: bool,
}

impl Habits {
    fn of(text: &str) -> Self {
        let (mut spaced, mut tight) = (0usize, 0usize);
        let (mut apart, mut close) = (0usize, 0usize);
        let (mut set_off, mut joined) = (0usize, 0usize);
        let (mut led, mut marks) = (0usize, 0usize);
        let mut before = [' '; 2];
        let mut behind = text.chars();
        while let Some(c) = behind.next() {
            if matches!(c, '，' | '。' | '；' | '！' | '？') {
                led += usize::from(before[1] == ' ');
                marks += 1;
                let rest = behind.as_str().as_bytes();
                match rest {
                    [b' ', b' ' | b'\n', ..] | [b' '] | [b'\n', ..] | [] => {}
                    [b' ', ..] => spaced += 1,
                    _ => tight += 1,
                }
            } else if matches!(c, '”' | '」') {
                let mut rest = behind.clone();
                match rest.next() {
                    Some(' ') => apart += usize::from(rest.next().is_some_and(is_han)),
                    Some(next) => close += usize::from(is_han(next)),
                    None => {}
                }
            } else if matches!(c, '（' | '(') {
                set_off += usize::from(before[1] == ' ' && is_han(before[0]));
                joined += usize::from(is_han(before[1]));
            }
            before = [before[1], c];
        }
        Habits {
            behind: spaced >= FEWEST_SPACED && spaced > tight,
            quotes: apart > close,
            brackets: set_off > joined,
            before: led * MOST_MARKS >= marks,
        }
    }
}

/// Of so many marks one has a space before it where people set it so.
const MOST_MARKS: usize = 10;

/// Fewest marks with a space behind them that were typed so on purpose.
const FEWEST_SPACED: usize = 2;

/// Whether `gap` is as wide as one character: two spaces are the two bytes of one.
fn is_hole(gap: &str) -> bool {
    matches!(gap, " " | "  " | "\u{3000}")
}

/// Whether blanks behind Chinese characters stand for lost ones: several before marks, and half as many before Chinese, hardly any of those
/// within a word, `意味 着`, as blanks are that a page or a program put there.
fn stand_for_characters(pass: &Pass<'_>) -> bool {
    let (mut inside, mut within_words, mut before_marks) = (0usize, 0usize, 0usize);
    for (at, gap) in gaps(pass.text).filter(|(_, gap)| is_hole(gap)) {
        let (Some(before), Some(next)) = (pass.before(at).filter(|&c| is_han(c)), pass.after(at + gap.len())) else {
            continue;
        };
        inside += usize::from(is_han(next));
        within_words += usize::from(is_han(next) && are_bound(before, next));
        before_marks += usize::from("，。、；：？！）】》,;:?!)".contains(next));
    }
    before_marks.min(inside) >= FEWEST_HOLES && inside * 2 >= before_marks && within_words * MOST_BOUND <= inside
}

/// Fewest spaces before marks that are no slips.
const FEWEST_HOLES: usize = 3;

/// Of all neighbours in a text one in two to eight belong together, of those that a lost character parted hardly one in twenty; in few, one
/// may by chance.
const MOST_BOUND: usize = 5;

/// Whether `c` begins what follows a mark. Other signs may be drawn or part of a face, `好！ :)`.
fn begins_word(c: char) -> bool {
    is_latin(c) || is_wide(c) && c != '（'
}

/// A mark of Markdown or of a list, whose space belongs to it.
fn is_list_mark(c: char) -> bool {
    matches!(c, '-' | '*' | '+' | '#' | '>' | '|' | '.' | '=')
}

/// The runs of spaces inside `body`, with their offsets.
fn gaps(body: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = body.as_bytes();
    let is_space = |at: usize| match bytes.get(at..) {
        Some([b' ', ..]) => 1,
        Some([0xE3, 0x80, 0x80, ..]) => 3,
        _ => 0,
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        // Most bytes of a line are neither of the two that may begin a space.
        let begin = loop {
            at += memchr::memchr2(b' ', 0xE3, bytes.get(at..)?)?;
            if is_space(at) > 0 {
                break at;
            }
            at += 1;
        };
        while is_space(at) > 0 {
            at += is_space(at);
        }
        Some((begin, body.get(begin..at)?))
    })
}

/// Whether all of two to eight Han characters are set apart by equal gaps.
fn is_spaced_title(body: &str) -> bool {
    let letters: Vec<&str> = body.split([' ', '\u{3000}']).filter(|part| !part.is_empty()).collect();
    let single = letters.iter().all(|part| part.chars().count() == 1 && part.chars().all(is_han));
    let mut widths = gaps(body).map(|(_, gap)| gap);
    let first = widths.next();
    (2..=8).contains(&letters.len()) && single && first.is_some_and(|first| widths.all(|gap| gap == first))
}
