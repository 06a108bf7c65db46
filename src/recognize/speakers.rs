//! Who speaks, in texts of either syntax: plays, crosstalk, interviews.

use crate::chinese::fold::fold;
use crate::chinese::words::Word;
use crate::unicode::is_han;
use std::collections::HashMap;

/// The longest name of one who speaks, and the longest remark behind it, in characters.
const NAME: usize = 6;
const REMARK: usize = 16;
/// The fewest speeches, those of each who speaks again, and one of so many that sounds spoken.
const FEWEST: usize = 4;
const AGAIN: usize = 2;
const SPOKEN: usize = 3;
/// One line of so many is a speech at least, where they are.
const DENSE: usize = 4;
/// So many lines before the first speech, and behind the last, the stage is described.
pub const STAGE: usize = 4;

/// Which of `lines` are speeches; what is something else is none of them.
pub fn speeches(lines: &[Option<&str>]) -> Vec<usize> {
    let speaks = |(i, line): (usize, &Option<&str>)| Some((i, speaker((*line)?)?));
    let found: Vec<(usize, String)> = lines.iter().enumerate().filter_map(speaks).collect();
    let mut turns: HashMap<&str, usize> = HashMap::new();
    found.iter().for_each(|(_, name)| *turns.entry(name).or_default() += 1);
    let again = |name: &str| turns.get(name).is_some_and(|&count| count >= AGAIN);
    let speakers = turns.values().filter(|&&count| count >= AGAIN).count();
    let several: Vec<usize> = found.iter().filter(|(_, name)| again(name)).map(|(i, _)| *i).collect();
    let (Some(&first), Some(&last)) = (several.first(), several.last()) else { return vec![] };
    let spoken = several.iter().filter(|&&i| lines[i].is_some_and(sounds_spoken)).count();
    let dense = several.len() * DENSE > last - first;
    if speakers < 2 || several.len() < FEWEST || spoken * SPOKEN < several.len() || !dense {
        return vec![];
    }
    // Who speaks but once speaks among the others.
    found.iter().map(|(i, _)| *i).filter(|i| (first..=last).contains(i)).collect()
}

/// Who speaks in a line: `周朴园　（看着他）这是…`, `鲁侍萍：…`, `记者（笑）：…`.
fn speaker(text: &str) -> Option<String> {
    let is_name = |c: char| is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '·' | '×');
    let mut name = String::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let rest = &text[at..];
        match c {
            c if is_name(c) && name.chars().count() < NAME => name.push(c),
            '：' | ':' => return named(name, &rest[c.len_utf8()..]),
            '（' | '(' => {
                let (remark, rest) = rest.split_once(['）', ')'])?;
                let said = rest.strip_prefix(['：', ':'])?;
                return (remark.chars().count() <= REMARK).then(|| named(name, said))?;
            }
            ' ' | '\u{3000}' => {
                let gap = rest.len() - rest.trim_start().len();
                let said = rest.trim_start();
                let wide = gap > 1;
                let next = said.chars().nth(1);
                // A name of two characters is set as wide as one of three.
                if name.chars().count() == 1 && next.is_some_and(|c| matches!(c, ' ' | '\u{3000}' | '：' | ':')) {
                    (0..rest[..gap].chars().count() - 1).for_each(|_| {
                        chars.next();
                    });
                    continue;
                }
                return if wide { named(name, said) } else { None };
            }
            _ => return None,
        }
    }
    None
}

/// `name`, if something is `said`, and no story tells that it was: `孟子曰：“…”`.
fn named(name: String, said: &str) -> Option<String> {
    let told =
        Word::Saying.is_in(&name) && name.chars().count() > 1 || said.trim_start().starts_with(['“', '「', '『', '"']);
    let names = name.chars().any(|c| is_han(c) || c.is_ascii_alphabetic());
    (names && !told && !said.trim().is_empty()).then_some(name)
}

/// Whether a line sounds as if it were spoken.
fn sounds_spoken(text: &str) -> bool {
    text.contains(['？', '！', '…']) || text.chars().any(|c| "你我您咱吗呢吧啊".contains(fold(c)))
}

/// Whether a line says what is seen or done on the stage, and nothing else: `〔静默。`, `（敲门声）`, `——幕落`.
pub fn is_direction(text: &str) -> bool {
    let whole = |open: char, close: char| {
        text.strip_prefix(open)
            .is_some_and(|rest| rest.find(close).is_none_or(|at| at + close.len_utf8() == rest.len()))
    };
    let bare = text.trim_matches(['—', '－', '-', ' ', '\u{3000}', '（', '）', '(', ')', '〔', '〕', '［', '］']);
    Word::Curtain.is(bare.trim_end_matches('。'))
        || whole('〔', '〕')
        || whole('［', '］')
        || whole('[', ']')
        || whole('（', '）') && text.ends_with('）')
}
