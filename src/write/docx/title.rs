//! Titles in several lines, parted where the sense parts them. Of two lines, the title is so narrow that no program can part it elsewhere, and no
//! character is added; of more, each ends with a break that is no part of the text.

use crate::chinese::title::costs;
use crate::style::TextStyle;
use crate::unicode::is_han;
use crate::unit::Unit;

/// What is longer is running text.
const LONGEST: usize = 100;
/// What costs so much stands within a word ([`costs`]).
const WITHIN: u32 = 60;
/// What two lines cost whose widths differ by all of a line.
const UNEVEN: i64 = 40;

/// The width to which `text`, set as `look` in lines of `room`, is narrowed, where two lines hold it and the first is the longer one.
pub fn narrowed(text: &str, look: &TextStyle, room: Unit) -> Option<Unit> {
    let chars: Vec<char> = text.chars().take(LONGEST + 1).collect();
    let widths = widths(&chars);
    let total: i32 = widths.iter().sum();
    let room = (i64::from(room.0) * 1000 / i64::from(look.size.0.max(1))) as i32;
    if chars.len() > LONGEST || total <= room || total > room * 2 {
        return None;
    }
    let costs = costs(&chars);
    let mut first = 0;
    let mut best: Option<(i64, i32)> = None;
    for (width, &cost) in widths.iter().zip(&costs) {
        // Half a character more has no room for what begins the next line.
        let apart = i64::from(first * 2 - total);
        if cost < WITHIN && apart >= 0 && first + 500 <= room {
            let price = i64::from(cost) + UNEVEN * apart / i64::from(room);
            if best.is_none_or(|(least, _)| price < least) {
                best = Some((price, first));
            }
        }
        first += width;
    }
    best.map(|(_, first)| look.size.em(first + 400))
}

/// About how wide `text` is, in thousandths of its size.
pub fn width(text: &str) -> i32 {
    widths(&text.chars().collect::<Vec<char>>()).iter().sum()
}

/// The widths of `chars` in thousandths of their size, each with the quarter that stands between it and the one before where one of them is Han and the other
/// a Western letter or figure: word processors set it so.
fn widths(chars: &[char]) -> Vec<i32> {
    let apart = |a: char, b: char| is_han(a) && b.is_ascii_alphanumeric() || a.is_ascii_alphanumeric() && is_han(b);
    let before = [None].into_iter().chain(chars.iter().copied().map(Some));
    let gap = |before: Option<char>, c: char| if before.is_some_and(|before| apart(before, c)) { 250 } else { 0 };
    before.zip(chars).map(|(before, &c)| if c.is_ascii() { 500 } else { 1000 } + gap(before, c)).collect()
}

/// No title has more lines.
const LINES: usize = 6;
/// What it costs that the last line has but two characters.
const SHORT: i64 = 30;

/// The places in `text`, in characters, at which the further lines begin of a title that takes three lines or more, set as `look` in lines of
/// `room`; none where it takes fewer.
pub fn parted(text: &str, look: &TextStyle, room: Unit) -> Vec<usize> {
    let chars: Vec<char> = text.chars().take(LONGEST + 1).collect();
    let room = i64::from(room.0) * 1000 / i64::from(look.size.0.max(1));
    let mut sums = vec![0];
    for width in widths(&chars) {
        sums.push(sums.last().copied().unwrap_or_default() + i64::from(width));
    }
    let total = sums.last().copied().unwrap_or_default();
    if chars.len() > LONGEST || room <= 0 || total <= room * 2 {
        return vec![];
    }
    let costs = costs(&chars);
    let least = ((total + room - 1) / room) as usize;
    // For so many lines, the cheapest that end at each place, and where the last of them begins.
    let mut best: Option<(i64, Vec<usize>)> = None;
    for count in (least..=least + 1).filter(|&count| count <= LINES) {
        let mean = total / count as i64;
        let line = |from: usize, to: usize| {
            let width = sums[to] - sums[from];
            let short = if to == chars.len() && width <= 2000 { SHORT } else { 0 };
            (width <= room).then(|| short + UNEVEN * (width - mean).abs() / room)
        };
        let mut rows: Vec<Vec<Option<(i64, usize)>>> = vec![];
        for row in 0..count {
            let before = |at: usize| match rows.last() {
                None => (at == 0).then_some(0),
                Some(above) => above[at].map(|(cost, _)| cost),
            };
            let ends = |to: usize| {
                let place = if to == chars.len() { (row + 1 == count).then_some(0)? } else { i64::from(costs[to]) };
                let from = (0..to).filter_map(|from| Some((before(from)? + line(from, to)? + place, from)));
                from.min().filter(|_| place < i64::from(WITHIN))
            };
            let found = (0..=chars.len()).map(ends).collect();
            rows.push(found);
        }
        let mut places = vec![];
        let mut at = chars.len();
        for row in rows.iter().rev() {
            let Some((_, from)) = row[at] else { break };
            (at, places) = (from, [&[from], &places[..]].concat());
        }
        let cost = rows.last().and_then(|row| row[chars.len()]).map(|(cost, _)| cost);
        if let Some(cost) = cost.filter(|cost| best.as_ref().is_none_or(|(least, _)| cost < least)) {
            best = Some((cost, places.split_off(1)));
        }
    }
    best.map_or_else(Vec::new, |(_, places)| places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::Style;

    #[test]
    fn a_title_of_three_lines_is_parted_by_its_sense() {
        let look = TextStyle { size: Unit::pt(22), ..Style::builtin("official").unwrap().title };
        let lines = |text: &str, room: i32| {
            let chars: Vec<char> = text.chars().collect();
            let ends = parted(text, &look, Unit::pt(22 * room));
            let from = [0].into_iter().chain(ends.iter().copied());
            let to = ends.iter().copied().chain([chars.len()]);
            from.zip(to).map(|(from, to)| chars[from..to].iter().collect::<String>()).collect::<Vec<_>>()
        };
        let title = "某市人民政府办公室关于进一步加强城区老旧管网改造和汛期安全运行管理工作的通知";
        assert_eq!(
            lines(title, 18),
            ["某市人民政府办公室", "关于进一步加强城区老旧管网改造", "和汛期安全运行管理工作的通知"]
        );
        assert_eq!(lines("关于防汛工作的通知", 18), ["关于防汛工作的通知"]);
    }

    #[test]
    fn a_title_is_as_narrow_as_its_first_line() {
        let look = TextStyle { size: Unit::pt(20), ..Style::builtin("book").unwrap().title };
        let characters =
            |text: &str, room: i32| narrowed(text, &look, Unit::pt(20 * room)).map(|width| width.0 / 20_000);
        // …进一步做好 / 城区…: by width alone the first line would end within 防汛.
        assert_eq!(characters("某市人民政府关于进一步做好城区防汛抗旱工作的通知", 16), Some(13));
        assert_eq!(characters("关于防汛工作的通知", 16), None);
        // Twenty characters, six figures of half a width and three gaps of a quarter: more than a line of 23, less than one of 24.
        let title = "2017年济南市纪委常委与58名党政正职进行廉政谈话";
        assert!(characters(title, 23).is_some() && characters(title, 24).is_none());
    }
}
