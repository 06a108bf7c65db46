//! Poems whose lines differ in length, songs (词) and modern verse alike: stanzas of short lines, apart from what is above and below.

use super::decide::NAMED_REASON;
use super::lines::Line;
use super::verse::{clauses_of, is_cut, is_sung};
use super::{Part, Reading, imprint};
use crate::chinese::numbering;
use crate::recognize::Region;
use crate::survey::Form;
use crate::unicode::is_han;
use std::ops::Range;

/// The longest line of modern verse, in characters.
const LONGEST: usize = 22;
/// A stanza has no more lines.
const STANZA: usize = 24;
/// The fewest lines of a poem of several stanzas, and of one that has but one.
const FEWEST: (usize, usize) = (4, 6);
/// The mean length of lines without marks is no less: names and words in lists are shorter.
const MEAN: usize = 5;

/// Claims such poems; `regions` are what the survey has seen.
pub fn claim(reading: &mut Reading<'_>, regions: &[Region]) {
    if is_cut(&reading.page.lines) {
        return;
    }
    let mut at = 0;
    while at < reading.parts.len() {
        let stanzas = stanzas_from(reading, at);
        let (Some(first), Some(last)) = (stanzas.first(), stanzas.last()) else {
            at += 1;
            continue;
        };
        let poem = first.start..last.end;
        if is_poem(reading, &stanzas, regions) {
            reading.parts[poem.clone()].fill(Part::Verse);
        }
        at = poem.end;
    }
}

/// The stanzas that follow each other from line `at` on.
fn stanzas_from(reading: &Reading<'_>, at: usize) -> Vec<Range<usize>> {
    let lines = &reading.page.lines;
    let mut found: Vec<Range<usize>> = vec![];
    let mut start = at;
    while let Some(stanza) = stanza(reading, start) {
        if found.last().is_some() && lines[start].gap > 2 {
            break;
        }
        start = stanza.end;
        found.push(stanza);
    }
    // A line by itself at the end is a date, or who wrote the poem.
    while found.len() > 1 && found.last().is_some_and(|last| last.len() == 1) {
        found.pop();
    }
    found
}

/// The stanza that begins with line `start`, if one does.
fn stanza(reading: &Reading<'_>, start: usize) -> Option<Range<usize>> {
    let lines = &reading.page.lines;
    let apart = start == 0 || lines.get(start)?.gap > 0 || !reading.open(start - 1);
    let goes_on = |&k: &usize| reading.open(k) && (k == start || lines[k].gap == 0) && is_line(reading, k);
    let end = start + (start..lines.len()).take(STANZA + 1).take_while(goes_on).count();
    let closed = lines.get(end).is_none_or(|next| next.gap > 0 || !reading.open(end));
    (apart && closed && (1..=STANZA).contains(&(end - start))).then_some(start..end)
}

/// Whether line `i` may be one of a poem.
fn is_line(reading: &Reading<'_>, i: usize) -> bool {
    let line = &reading.page.lines[i];
    is_sung(reading, i) || is_short(line)
}

fn is_short(line: &Line<'_>) -> bool {
    if !(2..=LONGEST).contains(&line.chars) {
        return false;
    }
    let letters = line.text.chars().filter(|c| c.is_alphanumeric()).count();
    let han = line.text.chars().filter(|&c| is_han(c)).count();
    han * 5 >= letters * 4
        && line.text.starts_with(|c| is_han(c) || matches!(c, '—' | '“' | '「' | '…'))
        && !line.text.contains(['：', ':', '/', '|', '\t', '＝', '=', '（', '('])
        && !line.text.contains("  ")
        && numbering::label(line.text).is_none()
        && imprint::key(line.text).is_none()
}

/// Whether `stanzas` are those of a poem.
fn is_poem(reading: &Reading<'_>, stanzas: &[Range<usize>], regions: &[Region]) -> bool {
    let lines = &reading.page.lines;
    let poem = stanzas[0].start..stanzas[stanzas.len() - 1].end;
    let own = &lines[poem.clone()];
    let several = stanzas.len() > 1 && stanzas.iter().filter(|stanza| stanza.len() > 1).count() > 1;
    let headed =
        poem.start > 0 && matches!(reading.parts[poem.start - 1], Part::Title | Part::Heading { .. } | Part::Role(_));
    let announced = poem.start > 0 && lines[poem.start - 1].text.ends_with(['：', ':']);
    // Below a name that the contents of a collection have, and nothing else up to the next.
    let collected = poem.start > 0
        && matches!(reading.parts[poem.start - 1], Part::Heading { reason: NAMED_REASON, .. })
        && matches!(reading.parts.get(poem.end), None | Some(Part::Heading { .. } | Part::Divider));
    if collected && own.len() >= FEWEST.0 && own.iter().all(is_short) {
        return true;
    }
    if own.len() < if several { FEWEST.0 } else { FEWEST.1 } || announced || !several && !headed {
        return false;
    }
    let sung = poem.clone().filter(|&i| is_sung(reading, i)).count();
    if sung * 4 >= own.len() * 3 && poem.clone().all(|i| clauses_of(&lines[i]) > 0) {
        return headed;
    }
    if !own.iter().all(is_short) {
        return false;
    }
    let marked = own.iter().filter(|line| line.text.ends_with(['，', '；', '、', '。', '！', '？', '…', '—'])).count();
    let closed = own.iter().filter(|line| line.ends_sentence()).count();
    let chars: usize = own.iter().map(|line| line.chars).sum();
    // Of items each ends as the others do.
    let items = own.iter().all(|line| line.text.ends_with('；')) || own.iter().all(|line| line.text.ends_with('、'));
    let seen = own.iter().filter(|line| form_of(line, regions) == Some(Form::Verse)).count() * 2 >= own.len();
    let even = several && stanzas.iter().all(|stanza| stanza.len() == stanzas[0].len());
    let broken = closed * 3 <= own.len() * 2;
    let prose = reading.page.is_prose();
    match marked * 2 >= own.len() {
        true => broken && !items && (even || seen || !prose && headed),
        false => seen && chars >= MEAN * own.len() && (even || headed),
    }
}

/// What the survey takes `line` for.
fn form_of(line: &Line<'_>, regions: &[Region]) -> Option<Form> {
    let at = regions.partition_point(|region| region.span.end <= line.start);
    regions.get(at).filter(|region| region.span.start <= line.start).map(|region| region.form)
}

#[cfg(test)]
mod tests {
    use crate::document::BlockKind;
    use crate::recognize::{Hints, plain};

    /// The lines of each stanza of the verse in `text`.
    fn stanzas(text: &str) -> Vec<usize> {
        let document = plain(text, &[], &Hints::default()).0;
        let of = |kind: &BlockKind| match kind {
            BlockKind::Verse(stanzas) => stanzas.iter().map(|stanza| stanza.lines.len()).collect(),
            _ => vec![],
        };
        document.blocks.iter().flat_map(|block| of(&block.kind)).collect()
    }

    #[test]
    fn songs_and_modern_verse_keep_their_stanzas() {
        let song = "渡头·秋\n【宋】某人\n\n渡口西风，吹不散，一江灯火。\n人去也，寒潮自落，暮云低锁。\n旧约三年都负了，新愁一夜无停处。\n\n凭谁问，天涯路。\n君不见，霜前树。\n纵青山依旧，故人何许。\n";
        assert_eq!(stanzas(song), [3, 3]);
        let modern = "雨巷口\n某人\n\n我在雨里等你，\n等一盏灯从窗口亮起；\n石板路那么长，\n长得像一封没有写完的信。\n\n你从桥上走来，\n伞沿滴着昨夜的雨；\n我们都没有说话，\n只听见水声。\n\n　　　　　　1986年3月\n";
        assert_eq!(stanzas(modern), [4, 4]);
    }

    #[test]
    fn a_song_that_stands_in_within_prose_is_verse() {
        let text = "登临集\n\n　　那道士走到桥头，把拂尘一摆，也不看人，高声吟道：\n\n　　　　渡口西风，吹不散，一江灯火。\n　　　　人去也，寒潮自落，暮云低锁。\n　　　　旧约三年都负了。\n\n　　众人听了，无不称赞，都说这道士有些来历，不可怠慢了他。\n";
        assert_eq!(stanzas(text), [3]);
    }

    #[test]
    fn items_addresses_and_talk_are_no_verse() {
        for text in [
            "清单\n\n买米，\n买面，\n买油。\n\n寄信，\n交电费，\n修伞。\n",
            "通知\n\n各位业主：\n\n请带户口本；\n请带身份证；\n请带照片；\n\n请带收据；\n请带印章；\n请带合同；\n",
            "夜谈\n\n　　“来了。”\n　　“走吧。”\n　　他点点头。\n\n　　她也走了。\n　　门关上了。\n　　没有人说话。\n",
        ] {
            assert_eq!(stanzas(text), [0; 0], "{text}");
        }
    }
}
