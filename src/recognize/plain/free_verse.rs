//! Free verse and verse in other languages, quoted in prose: runs of short lines that stand out of paragraphs.

use super::lines::Line;
use super::{Part, Reading, imprint};
use crate::chinese::numbering;
use crate::unicode::is_han;

/// The fewest lines of free verse, and its longest line, in characters.
const FREE: (usize, usize) = (6, 18);
/// The same of verse in letters.
const LATIN: (usize, usize) = (4, 52);
/// The mean length of the lines of free verse is no less: names and words in lists are shorter.
const MEAN: usize = 5;

/// Claims such runs in a text that is prose.
pub fn claim(reading: &mut Reading<'_>) {
    let lines = &reading.page.lines;
    let prose = reading.page.is_prose();
    // Letters stand out of Chinese paragraphs however these end.
    let paragraphs = prose || reading.page.prose >= 3 && reading.page.prose * 5 >= lines.len() * 2;
    if !paragraphs {
        return;
    }
    let mut start = 0;
    while start < lines.len() {
        let run = |is: &dyn Fn(&Line<'_>) -> bool| {
            let goes_on = |&i: &usize| reading.open(i) && is(&lines[i]) && (i == start || lines[i].gap <= 1);
            (start..lines.len()).take_while(goes_on).count()
        };
        let (free, latin) = (run(&is_free), run(&is_latin));
        let own = |count: usize| &lines[start..start + count];
        // What a colon announces and marks part is a list of items.
        let marked = |line: &Line<'_>| line.text.ends_with(['，', '；', '、', '。']);
        let items = start > 0 && lines[start - 1].text.ends_with(['：', ':']) && own(free).iter().all(marked);
        let verse = if prose && !items && free >= FREE.0 && is_poem(own(free)) {
            free
        } else if latin >= LATIN.0 && is_sung(own(latin)) {
            latin
        } else {
            0
        };
        reading.parts[start..start + verse].fill(Part::Verse);
        start += verse.max(free).max(latin).max(1);
    }
}

/// Whether a line may be one of free verse: short, Chinese, no field and no item of a list.
fn is_free(line: &Line<'_>) -> bool {
    if !(2..=FREE.1).contains(&line.chars) {
        return false;
    }
    let letters = line.text.chars().filter(|c| c.is_alphanumeric()).count();
    let han = line.text.chars().filter(|&c| is_han(c)).count();
    han * 5 >= letters * 4
        && line.text.starts_with(|c| is_han(c) || c == '—')
        && !line.text.contains(['：', ':', '、', '/', '|', '\t'])
        && !line.text.contains("  ")
        && numbering::label(line.text).is_none()
        && imprint::key(line.text).is_none()
}

/// Whether lines are a poem: hardly any ends as a sentence does, no two say the same length throughout, and they are more than words.
fn is_poem(lines: &[Line<'_>]) -> bool {
    let closed = lines.iter().filter(|line| line.ends_sentence()).count();
    let chars: usize = lines.iter().map(|line| line.chars).sum();
    let unequal = lines.iter().any(|line| line.chars != lines[0].chars);
    closed * 4 <= lines.len() && chars >= MEAN * lines.len() && unequal
}

/// Whether a line may be one of verse in letters.
fn is_latin(line: &Line<'_>) -> bool {
    let foreign = |c: char| is_han(c) || c.is_ascii_digit() || "{}<>=_\\/|#@".contains(c);
    let letters = || line.text.chars().filter(|c| c.is_alphabetic()).count();
    line.chars <= LATIN.1 && !line.text.contains(foreign) && letters() * 4 >= line.chars * 3
}

/// Whether lines in letters are verse: most end with a mark, as clauses do, and hardly any as a sentence.
fn is_sung(lines: &[Line<'_>]) -> bool {
    let marked =
        lines.iter().filter(|line| line.text.ends_with([',', ';', ':', '!', '?', '.', '，', '；', '！', '？'])).count();
    let sentences = lines.iter().filter(|line| line.text.ends_with('.')).count();
    marked * 2 >= lines.len() && sentences * 2 <= lines.len()
}

#[cfg(test)]
mod tests {
    use crate::document::BlockKind;
    use crate::recognize::{Hints, plain};

    fn verses(text: &str) -> usize {
        let document = plain(text, &[], &Hints::default()).0;
        let lines = |kind: &BlockKind| match kind {
            BlockKind::Verse(stanzas) => stanzas.iter().map(|stanza| stanza.lines.len()).sum(),
            _ => 0,
        };
        document.blocks.iter().map(|block| lines(&block.kind)).sum()
    }

    #[test]
    fn short_lines_in_prose_are_verse() {
        let prose = "　　船家收起竹篙，坐到了船尾，一句话也没有说，只是看着水面上一点一点散开去的月光。\n".repeat(4);
        let poem = "　　仿佛黑暗中熟悉的身影\n　　依稀又听见\n　　熟悉的声音\n　　点亮一束火在黑暗之中\n　　古老的陶罐上\n　　早有关于我们的传说\n　　可是你还在不停地问\n";
        assert_eq!(verses(&format!("{prose}{poem}{prose}")), 7);
        let english = "　　behold her, single in the field,\n　　yon solitary highland lass!\n　　reaping and singing by herself;\n　　stop here, or gently pass!\n";
        assert_eq!(verses(&format!("{prose}{english}{prose}")), 4);
        let talk = "　　“来了。”\n　　“走吧。”\n　　他点点头。\n　　她也走了。\n　　门关上了。\n　　没有人说话。\n";
        assert_eq!(verses(&format!("{prose}{talk}{prose}")), 0);
    }
}
