//! Heads that are drawn: with a rule below or above them, with the same signs on both sides.
//!
//! Plain text has always been written so, and reStructuredText, DokuWiki and Zim have made it their syntax: a rule is of one sign of
//! ASCII, as wide as the head or as the rule above it.

use super::headings::{LONGEST, UNDERLINED};
use super::lines::Line;
use super::{Part, Reading, opening};
use crate::chinese::numbering::label;
use crate::unicode::is_han;
use std::collections::HashSet;

/// The fewest heads that are known by nothing but the rules above them.
const LEAST: usize = 3;
/// The signs that rules are drawn with. Dots and the like below a line are its own.
const SIGNS: &[u8] = b"=-~^\"'`#*+";
/// The shortest rule, in signs.
const SHORTEST: usize = 3;
/// A rule may be wider or narrower than its head by so many columns.
const SLACK: usize = 4;
/// So many different rules are levels; all further ones are of the last.
const LEVELS: usize = 3;
/// The most signs on one side of a head: more are an ornament.
const SIDES: usize = 6;

/// Claims what is drawn as a head.
pub fn claim(reading: &mut Reading<'_>) {
    underlined(reading);
    overlined(reading);
    between_signs(reading);
    tagged(reading);
}

/// The one sign that a rule is drawn with.
fn rule(text: &str) -> Option<u8> {
    let bytes = text.as_bytes();
    let first = *bytes.first().filter(|byte| SIGNS.contains(byte))?;
    (bytes.len() >= SHORTEST && bytes.iter().all(|byte| *byte == first)).then_some(first)
}

/// What `below` is drawn with, where it is a rule as wide as `head`. `***` below two characters ends a part; only `=` and `-` may be narrower
/// than their head.
pub fn rule_below(head: &str, below: &str) -> Option<u8> {
    let sign = rule(below)?;
    let head = without_tag(head);
    let width = width(head);
    let fits = below.len().abs_diff(width) <= SLACK || below.len() == head.chars().count();
    let usual = matches!(sign, b'=' | b'-') || below.len() > SHORTEST && below.len() + 1 >= width;
    (fits && usual && head.contains(char::is_alphanumeric)).then_some(sign)
}

/// The line without the tag that leads to it in the help of Vim, at its right end: `介 绍      *ps1-syntax*`.
pub fn without_tag(text: &str) -> &str {
    let Some(start) = text.strip_suffix('*').and_then(|text| text.rfind('*')) else { return text };
    let (head, tag) = (text[..start].trim_end(), &text[start + 1..text.len() - 1]);
    let apart = text[head.len()..start].chars().map(|c| if c == '\t' { 8 } else { 1 }).sum::<usize>() > 1;
    let named = !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_graphic());
    if !named || head.is_empty() {
        return text;
    }
    // Several lead to one place, a blank between them.
    let before = without_tag(head);
    if apart || before.len() < head.len() { before } else { text }
}

/// Columns of a text.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// A head and the rules that draw it.
struct Drawn {
    line: usize,
    /// The sign, and whether a rule of it stands above the head, too: heads of one level have the same.
    rule: (u8, bool),
}

/// Heads with a rule right below, as wide as they are, or as the one right above them. The first of them is the title where nothing stands
/// above it, and no other has its rule.
fn underlined(reading: &mut Reading<'_>) {
    let lines = &reading.page.lines;
    let mut found: Vec<Drawn> = vec![];
    for i in 0..lines.len().saturating_sub(1) {
        let (head, below) = (&lines[i], &lines[i + 1]);
        let above = i.checked_sub(1).map(|above| &lines[above]);
        let boxed = above.is_some_and(|above| head.gap == 0 && above.text == below.text);
        let sign = if boxed { rule(below.text) } else { rule_below(head.text, below.text) };
        let Some(sign) = sign.filter(|_| below.gap == 0 && rule(head.text).is_none()) else { continue };
        let ruled = matches!(reading.parts[i + 1], Part::Divider | Part::Open);
        let starts = boxed || i == 0 || head.gap > 0;
        let short = head.chars <= LONGEST && !head.ends_sentence() && head.text.contains(char::is_alphanumeric);
        if reading.open(i) && ruled && starts && short && !is_attribute(head.text) {
            found.push(Drawn { line: i, rule: (sign, boxed) });
        }
    }
    let mut levels: Vec<(u8, bool)> = vec![];
    for drawn in &found {
        let level = levels.iter().position(|rule| *rule == drawn.rule).unwrap_or_else(|| {
            levels.push(drawn.rule);
            levels.len() - 1
        });
        let rank = UNDERLINED + level.min(LEVELS - 1) as u8;
        let label = label(reading.page.lines[drawn.line].text).map_or(0, |label| label.len);
        reading.parts[drawn.line] = Part::Heading { rank, label, reason: "underlined" };
    }
    title(reading, &found);
}

/// The first head is the title where nothing stands above it but data, and no other is drawn as it is.
fn title(reading: &mut Reading<'_>, found: &[Drawn]) {
    let Some(first) = found.first() else { return };
    let data = |i: usize| {
        let text = reading.page.lines[i].text;
        rule(text).is_some() || is_target(text) || is_field(text)
    };
    let alone = found.iter().filter(|drawn| drawn.rule == first.rule).count() == 1;
    let titled = reading.meta.title.is_some() || reading.parts.contains(&Part::Title);
    if alone && !titled && (0..first.line).all(data) {
        opening::title(reading, first.line, 1);
    }
}

/// Whether a line is a field of a mail or a page: `Content-Type: text/x-zim-wiki`.
pub fn is_field(text: &str) -> bool {
    let key = text.split_once(": ").map_or("", |(key, _)| key);
    key.contains('-') && key.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-')
}

/// Whether a line says in AsciiDoc what the block between two rules is: `[TIP]`, `[source,java]`.
fn is_attribute(text: &str) -> bool {
    let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    inner.is_some_and(|inner| inner.is_ascii() && !inner.contains(['[', ']']))
}

/// Whether a line is a target of reStructuredText, to which links lead: `.. _name:`.
fn is_target(text: &str) -> bool {
    text.starts_with(".. _") && text.ends_with(':')
}

/// Heads right below a rule of `=` or `-`, apart from what follows, where there are several: the parts of a list of versions. The first
/// may have no rule, and what stands below a rule at the very top is the title.
fn overlined(reading: &mut Reading<'_>) {
    let lines = &reading.page.lines;
    let fits = |i: usize| {
        let short = lines[i].chars <= LONGEST && !lines[i].ends_sentence() && !lines[i].text.contains('，');
        reading.open(i) && short && lines.get(i + 1).is_some_and(|next| next.gap > 0)
    };
    let ruled = |i: usize| {
        let uniform = matches!(rule(lines[i - 1].text), Some(b'=' | b'-'));
        reading.parts[i - 1] == Part::Divider && uniform && lines[i].gap == 0 && !is_head_above(lines, i - 1)
    };
    let mut found: Vec<usize> = (2..lines.len()).filter(|&i| ruled(i) && fits(i)).collect();
    // What stands below every rule alike heads nothing.
    let different: HashSet<&str> = found.iter().map(|&i| lines[i].text).collect();
    if different.len() < LEAST || different.len() < found.len() {
        return;
    }
    let word = |i: usize| lines[i].text.split(char::is_whitespace).next();
    if fits(0) && word(0) == word(found[0]) {
        found.insert(0, 0);
    }
    if lines.len() > 2 && ruled(1) && reading.open(1) && opening::could_be_title(&lines[1]) {
        let second = !fits(1) && lines[2].gap == 0 && fits(2);
        if second || fits(1) {
            opening::title(reading, 1, 1 + usize::from(second));
        }
    }
    for i in found {
        reading.parts[i] = Part::Heading { rank: UNDERLINED, label: 0, reason: "below a rule" };
    }
}

/// Whether the rule in line `i` underlines the line above it, and is none above what follows.
fn is_head_above(lines: &[Line<'_>], i: usize) -> bool {
    let above = i.checked_sub(1).map(|above| lines[above].text).filter(|_| lines[i].gap == 0);
    above.is_some_and(|above| rule_below(above, lines[i].text).is_some())
}

/// How many `=` stand on each side of a head as wikis write it, `====== 书单 ======`: as many on both, apart from the words.
pub fn signs_beside(text: &str) -> Option<usize> {
    let signs = text.bytes().take_while(|byte| *byte == b'=').count();
    let words = text.trim_matches('=');
    let both = text.len() == words.len() + 2 * signs;
    let apart = words.starts_with(' ') && words.ends_with(' ') && words.contains(char::is_alphanumeric);
    ((2..=SIDES).contains(&signs) && both && apart).then_some(signs)
}

/// Heads between signs.
fn between_signs(reading: &mut Reading<'_>) {
    let mut found: Vec<Drawn> = vec![];
    for (i, line) in reading.page.lines.iter().enumerate().filter(|(_, line)| line.chars <= LONGEST) {
        if let Some(signs) = signs_beside(line.text).filter(|_| reading.open(i)) {
            found.push(Drawn { line: i, rule: (signs as u8, true) });
        }
    }
    for drawn in &found {
        let rank = UNDERLINED + (SIDES - usize::from(drawn.rule.0)).min(LEVELS - 1) as u8;
        reading.parts[drawn.line] = Part::Heading { rank, label: 0, reason: "between signs" };
    }
    title(reading, &found);
}

/// Why a line to which a tag leads is a head.
pub const TAGGED: &str = "with a tag";
/// The fewest lines with tags by which a text shows itself as help of Vim.
const TAGS: usize = 3;

/// Heads to which a tag leads at the right end of their line, as the help of Vim has them. Commands and options have tags as well.
fn tagged(reading: &mut Reading<'_>) {
    let lines = &reading.page.lines;
    let found: Vec<usize> =
        (0..lines.len()).filter(|&i| without_tag(lines[i].text).len() < lines[i].text.len()).collect();
    if found.len() < TAGS {
        return;
    }
    for i in found {
        let (line, head) = (&lines[i], without_tag(lines[i].text));
        let stopped = head.ends_with(['。', '，', '；', '：', '、', '.', ',', ';', ':', '~']);
        let apart = line.indent == 0 && (line.gap > 0 || i > 0 && rule(lines[i - 1].text).is_some());
        if reading.open(i) && apart && !stopped && head.contains(is_han) && head.chars().count() <= LONGEST {
            let label = label(head).map_or(0, |label| label.len);
            reading.parts[i] = Part::Heading { rank: UNDERLINED, label, reason: TAGGED };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{rule_below, without_tag};
    use crate::document::Document;
    use crate::recognize::{Hints, plain};

    fn outline(text: &str) -> Vec<(u8, String)> {
        let (document, _): (Document, _) = plain(text, &[], &Hints::default());
        document.outline().into_iter().map(|entry| (entry.level, entry.text)).collect()
    }

    #[test]
    fn a_rule_is_as_wide_as_its_head_and_nothing_has_none() {
        assert_eq!([rule_below("社区", "~~~~"), rule_below("他说", "***")], [Some(b'~'), None]);
        assert_eq!([rule_below("", "~~~"), rule_below("", "==="), rule_below("社区的由来", "~~~~")], [None; 3]);
    }

    #[test]
    fn restructured_text_and_wikis_draw_their_heads() {
        let rst = ".. _home:\n\n####\n社区\n####\n\n这里说的是社区的由来。\n\n终身仁慈者\n~~~~~~~~~~\n\n他写了第一个版本。\n\n软件基金会\n~~~~~~~~~~\n\n它管钱。\n\n说明\n^^^^\n\n都记在这里。\n";
        let heads: Vec<String> = outline(rst).into_iter().map(|(_, text)| text).collect();
        assert_eq!(heads, ["社区", "终身仁慈者", "软件基金会", "说明"]);
        let zim = "Content-Type: text/x-zim-wiki\n\n====== 书单 ======\n\n===== 程序 =====\n这一本讲的是程序。\n\n===== 历史 =====\n这一本讲的是历史。\n";
        let heads: Vec<String> = outline(zim).into_iter().map(|(_, text)| text).collect();
        assert_eq!(heads, ["====== 书单 ======", "===== 程序 =====", "===== 历史 ====="]);
        let versions = "0.7.4\n=====\n1. 修正显示\n\n0.7.3\n=====\n1. 修正编译\n\n0.7.2\n=====\n1. 修正端口\n";
        let heads: Vec<String> = outline(versions).into_iter().map(|(_, text)| text).collect();
        assert_eq!(heads, ["0.7.4", "0.7.3", "0.7.2"], "what stands below the rule of another head is none");
        let text = "那一年的冬天特别冷，河里结了厚厚的冰。\n\n他说\n***\n第二天大家都走了。\n\n==== 完 ==\n";
        assert_eq!(outline(text), []);
        let tip = "这里说的是社区的由来，一个索引应该是因共同的特性被分到一起的文档。\n\n[TIP]\n=====\n它管钱，也管账。\n=====\n";
        assert_eq!(outline(tip), []);
    }

    #[test]
    fn tags_at_the_right_end_show_heads_of_the_help_of_vim() {
        assert_eq!(without_tag("介 绍        *ps1-syntax* *ps1*"), "介 绍");
        assert_eq!(["他说 *好*", "*ps1.txt*", "a**b**"].map(without_tag), ["他说 *好*", "*ps1.txt*", "a**b**"]);
        let help = "介 绍                            *ps1-syntax*\n\n此插件提供脚本、模块和配置文件的语法、缩进和文件类型检测。\n\n\n关 于                            *ps1-about*\n\n要从网站上获取最新版本或者报告漏洞，请看这一页。\n\n:make 编译                       *:make*\n\n编译当前的文件，并且把错误列出来，逐条跳转过去。\n";
        let heads: Vec<String> = outline(help).into_iter().map(|(_, text)| text).collect();
        assert!(heads.iter().any(|head| head.starts_with("关 于")), "{heads:?}");
    }
}
