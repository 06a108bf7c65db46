//! The page that says who has published a book, and how (版权页): its entry in the catalogue (CIP), and the fields of its imprint.

use super::{Part, Reading};
use crate::chinese::fold::find;
use crate::chinese::words::Word;
use crate::document::Role;
use crate::unicode::tight;

/// The fewest lines that say such things, and no line of such a page is longer, in characters.
const FEWEST: usize = 4;
const LONGEST: usize = 120;
/// So many other lines, or blank ones, stand between two that do.
const BETWEEN: usize = 3;
/// No entry of the catalogue has more lines.
const ENTRY: usize = 16;

/// Claims such pages.
pub fn claim(reading: &mut Reading<'_>) {
    let lines = &reading.page.lines;
    let says: Vec<bool> = (0..lines.len())
        .map(|i| reading.open(i) && lines[i].chars <= LONGEST && is_of_publication(lines[i].text))
        .collect();
    let mut at = 0;
    while let Some(first) = (at..says.len()).find(|&i| says[i]) {
        let (mut last, mut count) = (first, 1);
        let entry = is_catalogue(lines[first].text);
        while let Some(next) = (last + 1..says.len())
            .take(1 + if entry && count == 1 { ENTRY } else { BETWEEN })
            .find(|&i| says[i] && (last + 1..=i).all(|k| lines[k].gap <= BETWEEN && lines[k].chars <= LONGEST))
        {
            count += 1;
            last = next;
        }
        if count >= FEWEST && (first..=last).all(|i| reading.open(i) || reading.parts[i] == Part::Divider) {
            reading.parts[first..=last].fill(Part::Role(Role::Publication));
        }
        at = last + 1;
    }
}

/// Whether a line heads, or is, the entry of a book in the catalogue.
fn is_catalogue(text: &str) -> bool {
    text.contains("CIP") || text.contains("ＣＩＰ") || find(text, "在版编目").is_some()
}

/// Whether a line says something of how a book was published.
fn is_of_publication(text: &str) -> bool {
    let words = tight(text);
    let end = words.find(|c: char| matches!(c, '：' | ':' | '第') || c.is_ascii_digit()).unwrap_or(0);
    let key = words[..end].trim_matches(['【', '】', '（', '）', '(', ')']);
    let reserved = Word::Reserved.is(words.trim_end_matches(['。', '！', '!']));
    is_catalogue(&words) || words.starts_with("ISBN") || reserved || Word::KeyImprint.is(key)
}

#[cfg(test)]
mod tests {
    use crate::document::{BlockKind, Role};
    use crate::recognize::{Hints, plain};

    fn lines(text: &str) -> usize {
        let document = plain(text, &[], &Hints::default()).0;
        let is = |kind: &BlockKind| matches!(kind, BlockKind::Paragraph { role: Role::Publication, .. });
        document.blocks.iter().filter(|block| is(&block.kind)).count()
    }

    #[test]
    fn the_page_of_the_publisher_is_found() {
        let page = "图书在版编目（CIP）数据\n山城旧事/佐藤一郎著；陈某某译．—南州：南州人民出版社，2011.5\n（海外丛书）\nISBN 978-7-0000-0000-0\nⅠ．①山… Ⅱ．①佐…\n中国版本图书馆CIP数据核字（2011）第012345号\n\n责任编辑：方某\n地　　址：南州市文化路12号\n开　　本：880×1230　1/32\n版　　次：2011年5月第1版\n定　　价：28.00元\n版权所有　侵权必究\n";
        let body = "第一章　到山城去\n\n车子在山路上走了整整一天，窗外的雾越来越浓，什么也看不见了。\n";
        assert_eq!(lines(&format!("山城旧事\n\n{page}\n{body}")), 12);
        assert_eq!(lines("通知\n\n地址：江边路2号\n电话：123\n\n请按时参加。\n"), 0);
    }
}
