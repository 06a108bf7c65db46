//! Run-in heads: `第一章 石阶　　他认得那只箱子……`, where the text begins on the line of its head.

use super::lines::{Line, Page};
use crate::chinese::marks;
use crate::chinese::numbering::{Family, label};
use std::ops::Range;

/// The fewest heads that prove that a text has them run in.
const LEAST: usize = 3;
/// Longest title of a run-in head, in characters: behind one space, and behind a wider gap.
const LONGEST: [usize; 2] = [8, 24];
/// The shortest text that runs on behind a head, in characters.
const SHORTEST: usize = 8;

/// Parts run-in heads from the text behind them, where the numbers of at least three of them go on, and hardly any other line has such a
/// number.
pub fn part(page: &mut Page<'_>) {
    let numbered = |line: &Line<'_>| label(line.text).filter(|label| label.apart && label.family <= Family::Section);
    let mut found: Vec<(usize, Range<usize>)> = vec![];
    let (mut all, mut on, mut last) = (0, 0, 0);
    for (i, line) in page.lines.iter().enumerate() {
        let Some(label) = numbered(line) else { continue };
        all += 1;
        let Some(gap) = gap(line.text, label.len) else { continue };
        on += usize::from(label.number == last + 1 || label.number == 1);
        last = label.number;
        found.push((i, gap));
    }
    if found.len() < LEAST || on * 4 < found.len() * 3 || found.len() * 2 < all {
        return;
    }
    let mut cuts = found.into_iter().peekable();
    let mut lines = Vec::with_capacity(page.lines.len() + cuts.len());
    for (i, mut line) in std::mem::take(&mut page.lines).into_iter().enumerate() {
        let Some((_, gap)) = cuts.next_if(|(cut, _)| *cut == i) else {
            lines.push(line);
            continue;
        };
        let (head, body) = (&line.text[..gap.start], &line.text[gap.end..]);
        let start = line.start + gap.end;
        let chars = body.chars().count();
        let below = Line { full: start..line.full.end, start, text: body, indent: line.indent, chars, gap: 0 };
        (line.text, line.chars) = (head, head.chars().count());
        line.full.end = line.start + head.len();
        lines.extend([line, below]);
    }
    page.lines = lines;
}

/// Where the blank stands in `text` that parts its head, whose numbering takes `label` bytes, from the sentence behind it.
fn gap(text: &str, label: usize) -> Option<Range<usize>> {
    let title = label + text[label..].len() - text[label..].trim_start().len();
    let (at, _) = text[title..].char_indices().find(|(_, c)| c.is_whitespace())?;
    let start = title + at;
    let end = start + text[start..].len() - text[start..].trim_start().len();
    let wide = text[start..end].contains('\u{3000}') || end - start > 1;
    let words = &text[title..start];
    let body = &text[end..];
    let spoken = marks::ends_sentence(body) || body.contains(['，', '。']);
    let plain = !words.contains(['，', '。', '；', '：', '“', '”']);
    let fits = (1..=LONGEST[usize::from(wide)]).contains(&words.chars().count());
    (plain && fits && spoken && body.chars().count() >= SHORTEST).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        let mut page = Page::new(text, 0);
        part(&mut page);
        page.lines.iter().map(|line| page.text[line.span()].to_owned()).collect()
    }

    #[test]
    fn heads_part_from_the_text_on_their_line_where_they_count_on() {
        let text = "第一章 石阶　　他认得那只箱子，锁却是新换的。\n第二章 雾 河水涨了又落，石阶上留下印子。\n第三章 旧账  天边露出一线白，远处的山像洗过。\n";
        assert_eq!(lines(text)[..3], ["第一章 石阶", "他认得那只箱子，锁却是新换的。", "第二章 雾"]);
        assert_eq!(lines(text).len(), 6);
        // Two prove nothing, and neither do sentences about chapters, nor a list of contents.
        let two: String = text.lines().take(2).map(|line| format!("{line}\n")).collect();
        assert_eq!(lines(&two).len(), 2);
        let about =
            "第一章 讲的是老城，第五章 讲渡口。\n第四章 我没有看，只听说很好。\n第九章 印得不清楚，看不下去。\n";
        assert_eq!(lines(about).len(), 3);
        assert_eq!(lines("第一章 石阶 1\n第二章 雾 8\n第三章 旧账 15\n").len(), 3);
    }
}
