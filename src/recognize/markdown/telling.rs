//! Whether a text was written in Markdown though its name does not say so: answers of assistants and notes that were saved as `.txt`.

use crate::chinese::code;

/// How much of a text is looked at, in bytes.
const SAMPLE: usize = 64 * 1024;
/// Lines with bold words, beside items of lists, that say enough by themselves.
const BOLD: usize = 3;

/// What of Markdown was seen in a text.
#[derive(Debug, Default)]
struct Seen {
    headings: usize,
    /// Lines with words between `**`.
    bold: usize,
    fences: usize,
    tables: usize,
    links: usize,
    items: usize,
    /// Lines that are code, or signs of another language of marks.
    others: usize,
}

/// Whether `text` is Markdown by its signs: two kinds of them that stand in no other text, and hardly a line of anything else.
pub fn is_markdown(text: &str) -> bool {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    if !sample.contains("**") && !sample.contains("```") && !sample.contains("](") && !sample.contains("|--") {
        return false;
    }
    let mut seen = Seen::default();
    let mut fenced = false;
    for line in sample.lines() {
        let line = line.trim_end();
        let bare = line.trim_start();
        if bare.starts_with("```") {
            fenced = !fenced;
            seen.fences += 1;
        } else if !fenced {
            seen.line(line, bare);
        }
    }
    let strong = [seen.headings > 0, seen.fences > 1 && !fenced, seen.tables > 0, seen.links > 0];
    let kinds = strong.iter().filter(|&&seen| seen).count();
    let enough = kinds > 1 || kinds == 1 && seen.bold > 0 || seen.bold >= BOLD && seen.items > 1;
    enough && seen.others * 4 <= seen.headings + seen.bold + seen.items + seen.fences
}

impl Seen {
    fn line(&mut self, line: &str, bare: &str) {
        let marks = bare.bytes().take_while(|&b| b == b'#').count();
        let heading = (1..=6).contains(&marks) && bare[marks..].starts_with(' ') && line == bare;
        self.headings += usize::from(heading);
        self.bold += usize::from(has_bold(bare));
        self.tables += usize::from(is_delimiter(bare));
        self.links += usize::from(bare.split("](").skip(1).any(|target| target.starts_with("http")));
        let digits = bare.trim_start_matches(|c: char| c.is_ascii_digit());
        let numbered = digits.len() < bare.len() && digits.starts_with(". ");
        self.items += usize::from(numbered || bare.starts_with("- ") || bare.starts_with("* "));
        let ruled = bare.len() > 3 && bare.bytes().all(|b| matches!(b, b'=' | b'~' | b'^'));
        // An indented paragraph would be code.
        let indented = line.starts_with("    ") && !numbered && !bare.starts_with(['-', '*', '+']);
        let code = !heading && (code::is_statement(bare) || code::is_remark(bare)) && !has_bold(bare);
        self.others += usize::from(ruled || indented || code || bare.starts_with(".. "));
    }
}

/// Whether words stand between `**` and `**`.
fn has_bold(line: &str) -> bool {
    let Some((_, rest)) = line.split_once("**") else { return false };
    let Some((words, _)) = rest.split_once("**") else { return false };
    !words.is_empty() && !words.starts_with(['*', ' ']) && !words.ends_with(' ')
}

/// `| --- | :-: |`
fn is_delimiter(line: &str) -> bool {
    line.starts_with('|') && line.contains("--") && line.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' '))
}

#[cfg(test)]
mod tests {
    use super::is_markdown;

    #[test]
    fn markdown_is_told_by_signs_of_two_kinds() {
        for text in [
            "好的：\n\n### 一、概况\n\n**渡口**始建于明代。\n",
            "**位置**：城东\n\n- **规模**：六只\n- **船夫**：十二人\n",
            "# 安装\n\n```\nmake\n```\n",
            "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n**注**：表。\n",
        ] {
            assert!(is_markdown(text), "{text}");
        }
        for text in [
            "第一章\n\n他说**话。\n",
            "## 學而篇第一\n\n子曰。\n\n## 為政篇第二\n",
            "# 注释\nlet a = 2**3**4;\nreturn a;\n",
            "標題\n====\n\n**甲**\n\n- 乙\n- 丙\n",
            "**通知**\n\n明日放假。\n",
            "",
        ] {
            assert!(!is_markdown(text), "{text}");
        }
    }
}
