//! Lines that are meant, wherever a text stands: the number of an item and the name of a field begin one, and verse is made of them.

use super::marks::{is_full_stop, without_closing};
use super::numbering::{Family, label};
use crate::unicode::{is_cjk_mark, is_han};

/// The longest line of verse, in characters. Prose is broken at more columns than that.
const VERSE: usize = 16;
/// The shortest line of verse of equal lines.
const SHORTEST: usize = 4;

/// The longest name of a field, in characters.
const FIELD: usize = 8;

/// Whether `text` begins as a line of its own does: `1、…`, `（一）…`, `作者：…`.
pub fn begins_line(text: &str) -> bool {
    is_numbered(text) || is_field(text)
}

/// Whether `text` begins with the number of an item, and something behind it.
fn is_numbered(text: &str) -> bool {
    let Some(label) = label(text) else { return false };
    let counts = matches!(
        label.family,
        Family::HanComma | Family::HanBrackets | Family::Arabic | Family::ArabicBrackets | Family::Circled
    );
    counts && !text[label.len..].trim().is_empty()
}

/// Whether `text` begins with the name of a field: a few characters, a Han character among them, and a colon.
fn is_field(text: &str) -> bool {
    let name = text.split([':', '：']).next().unwrap_or_default();
    // `出租方（以下简称甲方）`
    let (before, behind) = name.split_once(['（', '(']).unwrap_or((name, ""));
    let name = if behind.ends_with(['）', ')']) { before } else { name };
    let letters = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '\u{3000}');
    text.contains([':', '：'])
        && name.chars().nth(FIELD).is_none()
        && name.chars().any(is_han)
        && name.chars().all(letters)
}

/// Where the line ends that are meant stand in `source`, a paragraph of Markdown: the bytes of their LF.
///
/// CommonMark takes the end of a line for a space. Whoever writes `**作者**：佚名` below another field, or a poem, means lines; whoever breaks
/// prose at a column does not. The lines themselves tell which.
pub fn meant(source: &str) -> Vec<usize> {
    let source = source.trim_end();
    if !source.contains('\n') {
        return vec![];
    }
    let lines = bare_lines(source);
    let ends = source.match_indices('\n').map(|(at, _)| at);
    if is_verse(source) {
        return ends.collect();
    }
    let begins: Vec<bool> = lines.iter().map(|line| begins_line(line)).collect();
    let several = begins.iter().filter(|&&begins| begins).count() > 1;
    let meant = |pair: &[String], begins: bool| {
        let [above, line] = pair else { return false };
        let closed = above.ends_with(['：', '；', '。']);
        // A bar begins a row.
        begins && (several || closed) || line.starts_with('|')
    };
    let pairs = lines.windows(2).zip(&begins[1..]).map(|(pair, &begins)| meant(pair, begins));
    ends.zip(pairs).filter(|(_, meant)| *meant).map(|(at, _)| at).collect()
}

/// The lines of a paragraph of Markdown without the signs of quotations and emphasis.
fn bare_lines(source: &str) -> Vec<String> {
    source.trim_end().split('\n').map(bare).collect()
}

/// A line without the signs of quotations and emphasis.
fn bare(line: &str) -> String {
    let line = line.trim_start_matches([' ', '\t', '\u{3000}', '>']).trim().trim_end_matches('\\');
    line.chars().filter(|c| !matches!(c, '*' | '_' | '`')).collect()
}

/// Whether each line end of `source`, a paragraph of Markdown, is a line break of its syntax.
fn breaks_its_lines(source: &str) -> bool {
    let mut lines = source.trim_end().split('\n').rev();
    lines.next();
    lines.all(|line| line.ends_with('\\') || line.ends_with("  "))
}

/// Whether the lines of `source`, a paragraph of Markdown, are those of verse: short, Chinese, and of one length, without marks at their ends,
/// or broken on purpose.
pub fn is_verse(source: &str) -> bool {
    let lines = bare_lines(source);
    let letters = |line: &String| line.chars().filter(|&c| !is_cjk_mark(c) && !c.is_whitespace()).count();
    let chinese = |line: &String| line.chars().all(|c| is_han(c) || is_cjk_mark(c) || c == '\u{3000}' || c == ' ');
    // Fields and items may be of one length as well.
    if lines.len() < 2
        || lines.iter().any(|line| begins_line(line))
        || !lines.iter().all(|line| chinese(line) && (1..=VERSE).contains(&letters(line)))
    {
        return false;
    }
    let first = letters(&lines[0]);
    let equal = first >= SHORTEST && lines.iter().all(|line| letters(line) == first);
    // One sentence a line is a way of breaking prose.
    let sentences = lines[..lines.len() - 1].iter().all(|line| without_closing(line).ends_with(is_full_stop));
    let unmarked = lines.len() > 2 && !lines.iter().any(|line| line.ends_with(is_cjk_mark));
    equal && !sentences || unmarked || lines.len() > 2 && breaks_its_lines(source)
}

#[cfg(test)]
mod tests {
    use super::{begins_line, is_verse, meant};

    #[test]
    fn numbers_and_fields_begin_lines() {
        for text in
            ["1、先看。", "（二）乙", "①丙", "3．丁", "作者：佚名", "地  点: 云山", "出租方（以下简称甲方）：孙某"]
        {
            assert!(begins_line(text), "{text}");
        }
        for text in ["先看。", "第一章", "3.14159", "http://a.b", "这是一个很长的句子：", "“甲”：乙", "1、"]
        {
            assert!(!begins_line(text), "{text}");
        }
    }

    fn lines(source: &str) -> String {
        let ends = meant(source);
        source.char_indices().map(|(at, c)| if c == '\n' && !ends.contains(&at) { ' ' } else { c }).collect()
    }

    #[test]
    fn fields_verse_and_numbers_keep_their_lines() {
        for text in [
            "**作者**：佚名\n**日期**：2001年3月\n**地点**：云山",
            "> 旧渡无人草自青\n> 夜来风雨满长亭\n> 一灯如豆照飘零",
            "床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。",
            "撑着油纸伞\n独自\n彷徨在悠长、悠长\n又寂寥的雨巷",
            "1、先看。\n2、后说。",
            "（一）甲。\n（二）乙。",
        ] {
            assert_eq!(lines(text), text);
        }
        assert_eq!(lines("内容如下：\n1、先看，\n再想。\n2、后说。"), "内容如下：\n1、先看， 再想。\n2、后说。");
        for text in ["有下列情形：\n（一）重复支付", "甲\n| 一 | 二 |"] {
            assert_eq!(lines(text), text);
        }
    }

    #[test]
    fn short_lines_that_are_broken_on_purpose_are_verse() {
        assert!(is_verse("> 轻舟已过，\\\n> 两岸的猿声还在啼；\\\n> 我回头。"));
        assert!(!is_verse("> 轻舟已过，\n> 两岸的猿声还在啼；\n> 我回头。"));
        assert!(!is_verse("地址：云山\\\n电话：一二三\\\n传真：四五六"));
    }

    #[test]
    fn broken_prose_is_joined() {
        for text in [
            "船家收起竹篙，坐到了船尾，一句话也没有说，只是看着\n水面上的光。",
            "他来了。\n她走了。\n雨停了。",
            "第一行文字，\n第二行。",
            "并不等于许可：\n要动手之前先问一句。",
            "one\ntwo\nthree",
            "见第三条第\n（二）项。",
        ] {
            assert_eq!(lines(text), text.replace('\n', " "));
        }
    }
}
