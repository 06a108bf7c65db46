//! Lists of terms with what they mean: a term alone on its line, and below it, further in, what it means; several such entries alike.

use super::lines::Line;
use super::{Part, Reading};
use crate::chinese::numbering;
use crate::document::Role;

/// The longest term, and what is longer is text and no definition, in characters.
const TERM: usize = 20;
const DEFINITION: usize = 160;
/// The fewest entries, and the most lines of one.
const ENTRIES: usize = 3;
const LINES: usize = 4;

/// Claims such lists.
pub fn claim(reading: &mut Reading<'_>) {
    let mut at = 0;
    while at < reading.parts.len() {
        let mut entries = vec![];
        let mut next = at;
        while let Some(end) = entry(reading, next).filter(|_| entries.is_empty() || alike(reading, at, next)) {
            entries.push(next..end);
            next = end;
        }
        if entries.len() >= ENTRIES {
            for lines in entries {
                reading.parts[lines.start] = Part::Role(Role::Body);
                reading.parts[lines.start + 1..lines.end].fill(Part::Role(Role::Definition));
            }
        }
        at = next.max(at + 1);
    }
}

/// Whether the entries at the two lines stand alike.
fn alike(reading: &Reading<'_>, first: usize, other: usize) -> bool {
    let lines = &reading.page.lines;
    let of = |at: usize| (lines[at].indent, lines[at + 1].indent);
    of(first) == of(other)
}

/// Where the entry ends that begins with line `at`, if one does.
fn entry(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let lines = &reading.page.lines;
    let term = lines.get(at).filter(|term| reading.open(at) && is_term(term))?;
    let means = |line: &Line<'_>| line.gap == 0 && line.indent >= term.indent + 2 && line.chars <= DEFINITION;
    let count = (at + 1..lines.len()).take(LINES + 1).take_while(|&i| reading.open(i) && means(&lines[i])).count();
    let end = at + 1 + count;
    let closed = lines.get(end - 1).is_some_and(Line::ends_sentence);
    let alone = (at + 2..end).all(|i| lines[i].indent == lines[at + 1].indent);
    ((1..=LINES).contains(&count) && closed && alone).then_some(end)
}

fn is_term(line: &Line<'_>) -> bool {
    let marked = line.text.contains(['。', '，', '；', '：', '？', '！', '“', '”', '—', '…', ':', '\t']);
    line.chars <= TERM && !marked && numbering::label(line.text).is_none()
}

#[cfg(test)]
mod tests {
    use crate::document::{BlockKind, Role};
    use crate::recognize::{Hints, plain};

    fn definitions(text: &str) -> usize {
        let document = plain(text, &[], &Hints::default()).0;
        let is = |kind: &BlockKind| matches!(kind, BlockKind::Paragraph { role: Role::Definition, .. });
        document.blocks.iter().filter(|block| is(&block.kind)).count()
    }

    #[test]
    fn terms_with_what_stands_further_in_below_them_are_defined() {
        let terms = "印刷术语简释\n\n活字\n    用于排版的单个字模，用泥、木、铜、铅等材料制成。\n\n版心\n    书页中印有文字的部分，四周为空白。\n\n书口\n    书籍翻阅的一侧，与书脊相对。\n\n天头\n    版心上方的空白。\n";
        assert_eq!(definitions(terms), 4);
        let prose =
            "夜渡\n\n　　船家收起竹篙，坐到了船尾，一句话也没有说。\n　　她也没有说话。\n他们\n　　到了对岸。\n";
        assert_eq!(definitions(prose), 0);
    }
}
