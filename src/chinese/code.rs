//! Lines of source code, told by their shape: what a program writes around its Chinese is no punctuation.

/// Words that begin a statement and are followed by a space or a bracket.
const KEYWORDS: &[&str] = &[
    "import",
    "from",
    "def",
    "class",
    "return",
    "const",
    "let",
    "var",
    "function",
    "if",
    "elif",
    "else",
    "for",
    "while",
    "switch",
    "case",
    "try",
    "except",
    "catch",
    "raise",
    "throw",
    "public",
    "private",
    "protected",
    "static",
    "void",
    "int",
    "package",
    "using",
    "namespace",
    "export",
    "#include",
    "#define",
    "print",
    "assert",
    "echo",
    "struct",
    "fn",
    "use",
];

/// Whether `line` is a statement, an element of a literal, or a tag, in the manner of most languages of programming:
/// `print("好")`, `title: '好',`, `name = "好";`, `<b title="好">`, `});`.
pub fn is_statement(line: &str) -> bool {
    // Most lines of prose end beyond ASCII.
    if line.chars().next_back().is_none_or(|c| !c.is_ascii() && !c.is_whitespace()) {
        return false;
    }
    let line = line.trim();
    let bytes = line.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return false };
    if !first.is_ascii() || !last.is_ascii() {
        return false;
    }
    if matches!(first, b'{' | b'}' | b']' | b')') && bytes.len() <= 4 || is_command(line) {
        return true;
    }
    let tag = *first == b'<' && bytes.get(1).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!'));
    if tag && *last == b'>' {
        return true;
    }
    let closed = line.trim_end_matches([',', ';', ')', ']', '}', '>', '/', ':', ' ']);
    let literal = |text: &str| {
        let mut ends = text.bytes();
        matches!((ends.next(), ends.next_back()), (Some(a @ (b'"' | b'\'' | b'`')), Some(b)) if a == b)
    };
    // `'好',` in a list. A quotation that ends a line of prose has no comma behind it.
    if literal(closed) && closed.len() < bytes.len() {
        return true;
    }
    // A name, perhaps in quotes, then what joins it to a literal.
    let name = line.trim_start_matches(['"', '\'', '@', ':', '$', '-']);
    let end = name.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"_.$-[]#".contains(b)).count();
    let (word, rest) = name.split_at(end);
    let behind = rest.trim_start_matches(['"', '\'']).trim_start();
    if end > 0 && behind.starts_with(['(', ':', '=', '+', '?']) {
        let value = behind.trim_start_matches(['(', ':', '=', '+', '?', ' ', '[', '{', 'u', 'r', 'f', 'b']);
        let value = value.trim_end_matches([',', ';', ')', ']', '}', '>', '/', ' ']);
        let call = behind.starts_with("(\"") || behind.starts_with("('");
        if literal(value) || (call && matches!(last, b')' | b';')) {
            return true;
        }
    }
    let latin = line.bytes().filter(u8::is_ascii_alphabetic).count();
    let han = line.bytes().filter(|&b| b >= 0xE2).count();
    let ends =
        matches!(last, b'{' | b'}' | b';') || line.ends_with("),") || line.ends_with("],") || line.ends_with("=>");
    if ends && latin > han * 2 {
        return true;
    }
    KEYWORDS.contains(&word) && matches!(rest.as_bytes().first(), Some(b' ' | b'(')) && latin > han * 2
}

/// Whether `line` is a command of a shell with what it is given in quotation marks: `ren "【一】甲.mp4" "甲.mp4"`, `echo -e "好"`.
fn is_command(line: &str) -> bool {
    let Some((name, mut rest)) = line.split_once(' ') else { return false };
    let named = (2..=MOST_COMMAND).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    while let Some((option, behind)) = rest.split_once(' ').filter(|(option, _)| option.starts_with(['-', '/'])) {
        (_, rest) = (option, behind);
    }
    // Nothing but what is quoted, one behind the other.
    let mut given = 0;
    while let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let Some((_, behind)) = rest.get(1..).and_then(|inner| inner.split_once(quote)) else { return false };
        (rest, given) = (behind.trim_start(), given + 1);
    }
    named && given > 0 && rest.is_empty()
}

/// Longest name of a command.
const MOST_COMMAND: usize = 12;

/// Whether `line` is a string and nothing else, `"甲"`: one of several that a program joins, or speech.
pub fn is_string(line: &str) -> bool {
    let line = line.trim().as_bytes();
    matches!((line.first(), line.last()), (Some(a @ (b'"' | b'\'')), Some(b)) if a == b && line.len() > 2)
}

/// The tag that `text` begins with: a name in Latin letters, and attributes with their values or nothing.
pub fn tag(text: &str) -> Option<&str> {
    let end = text.bytes().take(MOST_TAG).position(|b| b == b'>')?;
    let (tag, inside) = (text.get(..=end)?, text.get(1..end)?);
    let name = inside.trim_start_matches('/');
    let rest = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_'));
    let named = name.starts_with(|c: char| c.is_ascii_alphabetic());
    (named && (rest.trim_matches([' ', '/']).is_empty() || rest.starts_with(' ') && rest.contains("=\"")))
        .then_some(tag)
}

/// `line` without the tags and the blanks of HTML that close it: a sentence before `&nbsp;</p>` ends there.
pub fn without_closing_tags(line: &str) -> &str {
    let mut rest = line.trim_end();
    loop {
        let closing = || rest.rfind('<').filter(|&at| rest.get(at..).is_some_and(|end| tag(end) == Some(end)));
        let blank = || ["&nbsp;", "&nbsp"].iter().find_map(|blank| rest.strip_suffix(blank));
        let shorter = if rest.ends_with('>') { closing().and_then(|at| rest.get(..at)) } else { blank() };
        match shorter {
            Some(shorter) => rest = shorter.trim_end(),
            None => return rest,
        }
    }
}

/// Longest tag, in bytes.
const MOST_TAG: usize = 400;

/// Whether `line` is a declaration or statement with a remark behind it, set apart by two spaces or a tab or marked as a comment:
/// `void    clear (void);    清屏(全部)`.
pub fn is_annotated(line: &str) -> bool {
    let line = line.trim_start();
    let ascii = line.len() - line.trim_start_matches(|c: char| c.is_ascii()).len();
    let head = line.get(..ascii).unwrap_or_default().trim_end_matches(['(', '[', '"', '\'']);
    let sign = ["//", "/*", "#", "--"].iter().find_map(|sign| head.trim_end().strip_suffix(sign));
    let code = sign.unwrap_or(head).trim_end();
    let apart = sign.is_some() || head.ends_with("  ") || head.ends_with('\t');
    let word = code.split(|c: char| !(c.is_ascii_alphanumeric() || c == '#')).next().unwrap_or_default();
    let keyword = KEYWORDS.contains(&word);
    let ends = if code.ends_with([';', '{', '}']) {
        keyword || code.contains(['(', '=', '[', '*', '&'])
    } else {
        keyword && code.ends_with([',', '('])
    };
    apart && ends && ascii < line.len()
}

/// Whether `text` begins with a call or declaration up to the sign that ends it, `int scrl (int rows);`, whatever comes after it. Less than
/// [`is_statement`], which looks at the whole line: prose may stand behind a call.
pub fn is_call(text: &str) -> bool {
    let Some(open) = text.find('(') else { return false };
    let name = text[..open].trim_end();
    let Some(close) = text[open..].find(')') else { return false };
    let rest = text[open + close + 1..].trim_start();
    is_declared(name) && rest.starts_with([';', '；', '{'])
}

/// Whether `name` is what stands before the bracket of a call or declaration: `void  move`, `x = f`.
pub fn is_declared(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '*' | ' ' | '\t' | '.' | '-' | '>' | '=' | '&');
    name.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_') && name.chars().all(fits)
}

/// Whether `line` is a remark of C and its kin, `// 捲動(非標準)`: prose does not begin so.
pub fn is_remark(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// Whether `line` is a remark of a file of settings, `# 一行一個: 10.0.0.1`.
pub fn is_hash_remark(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

/// Whether `line` is a comment of its own, as programs have them.
pub fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    matches!(line.as_bytes().first(), Some(b'/' | b'*' | b'#' | b'-' | b'<' | b'\'' | b'"'))
        && ["//", "/*", "*/", "* ", "#", "--", "<!--", "'''", "\"\"\""].iter().any(|sign| line.starts_with(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_and_literals_are_code() {
        for line in [
            "print(\"你好,世界\")",
            "    title: '未选中状态',",
            "  'next': \"下一页\"",
            "cuttest('工信处女干事', False);",
            "title=\"普通模式\"",
            "  '选项一',",
            "<md-field title=\"标题\">",
            "const name = '中文';",
            "this.$refs.captcha.setError('验证码错误，请重新输入')",
            "});",
            "if (!value) {",
            "import { t } from './中文'",
            "ren \"【一】甲.mp4\" \"甲.mp4\"",
            "echo -e \"好\"",
        ] {
            assert!(is_statement(line), "{line}");
        }
    }

    #[test]
    fn tags_that_close_a_line_are_no_part_of_its_sentence() {
        for line in ["山雨。</p>", "山雨。&nbsp&nbsp;</p> ", "山雨。<br />", "山雨。</b></font>"] {
            assert_eq!(without_closing_tags(line), "山雨。");
        }
        for line in ["a<b 又 c>", "山雨>", "<山雨>", "山雨&nb;", ""] {
            assert_eq!(without_closing_tags(line), line);
        }
    }

    #[test]
    fn a_statement_with_a_remark_is_code() {
        for line in [
            "void    clear       (void);                 清除螢幕並回到原點(0,0)",
            "void    outc        (unsigned char c);      輸出字元 (可含 ANSI 控制碼)",
            "            int rows, int cols,             顯示範圍大小為(rows,cols)，",
            "int     resizeterm_within(                  調整顯示範圍為終端機畫面的部分區域：",
            "    a = f(x); // 调用(一次),返回",
            "  return 0;\t完了;",
        ] {
            assert!(is_annotated(line), "{line}");
        }
        for line in [
            "Windows 10;  之后的版本,都好",
            "我们调用 f(x);  之后返回",
            "see a.h; 见上文,如此",
            "C++,Java  都是语言",
            "",
        ] {
            assert!(!is_annotated(line), "{line}");
        }
    }

    #[test]
    fn a_call_is_one_whatever_stands_behind_it_and_a_statement_is_the_whole_line() {
        for line in ["int scrl (int rows);   捲動畫面，如此。", "move(y, x)； 移到那裡", "if (a) { 如此"]
        {
            assert!(is_call(line) && !is_statement(line), "{line}");
        }
        assert!(is_statement("title: '好',") && !is_call("title: '好',"));
        assert!(!is_call("我們（如此）；然後") && !is_call("see f(x) 之後；"));
    }

    #[test]
    fn prose_is_none() {
        for line in [
            "\"你去哪里?\"我说:\"回家.\"",
            "他说:\"好.\"",
            "Rust 是一门语言,由 Mozilla 开发;",
            "for 循环(见下),if 语句",
            "标题: '好',",
            "\"天下大势,分久必合.\"",
            "世贸组织(WTO),",
            "A: \"你好\"他说",
            "use 的用法:",
        ] {
            assert!(!is_statement(line), "{line}");
        }
    }
}
