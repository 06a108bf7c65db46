//! The pass over the marks of each line: brackets first, since the other marks look at them, then stops, then quotes.

use super::{bracket, period, quote, stop};
use crate::normalize::Syntax;
use crate::normalize::census::Census;
use crate::normalize::evidence::Damage;
use crate::normalize::line::Line;
use crate::normalize::pass::{Pass, byte_set, next_of};
use crate::normalize::rule::{Action, Rule};
use crate::unicode::is_han;

/// The ASCII marks that these rules judge.
const MARKS: &str = ",;:?!.()\"'";

pub fn fires(census: &Census) -> bool {
    census.any(MARKS) || census.any("“”‘’「」『』（）")
}

pub fn run(pass: &mut Pass<'_>) {
    let evidence = pass.evidence;
    if evidence.is_foreign() || evidence.is_source_code() || evidence.is_word_list() {
        return;
    }
    let markdown = pass.syntax == Syntax::Markdown;
    let mut line = Line::default();
    line.settings = evidence.has_settings();
    let parts = period::Parts::default();
    let mut quotes = quote::Quotes::of(pass.census, pass.text);
    let mut lines = pass.lines().peekable();
    // Whether the line above is Chinese.
    let mut above = false;
    while let Some((start, text)) = lines.next() {
        if !calls(text) {
            if !text.trim_ascii().is_empty() {
                quotes.plain_line(pass);
            }
            above = text.contains(is_han);
            continue;
        }
        // What an open quotation means to a line is not in the line, nor what a point at its beginning ends.
        let closed = quotes.are_closed() && !text.starts_with('.');
        if closed && pass.is_settled(text) {
            above = true;
            continue;
        }
        let found = pass.found();
        line.open(start, text, markdown);
        if !line.is_chinese(evidence.has_stray_kana()) {
            let between =
                std::mem::replace(&mut above, false) && lines.peek().is_some_and(|(_, below)| below.contains(is_han));
            if between && evidence.damage() == Damage::HalfWidth {
                stop::judge_rest(pass, &mut line);
            }
            // `"……"`: somebody says nothing.
            if is_silence(text) {
                quotes.judge(pass, &mut line);
            }
            continue;
        }
        above = true;
        // `in Beijing (北京).` and `Names: 大道, 天道` are English.
        if evidence.is_latin() && (line.words > 0 || !line.is_dominant()) {
            continue;
        }
        bracket::judge(pass, &mut line);
        stop::judge(pass, &mut line);
        period::judge(pass, &mut line, &parts);
        quotes.judge(pass, &mut line);
        // What a point between names is depends on those that other lines come to have.
        let pointed = || pass.census.has('·') && text.contains('.');
        if closed && quotes.are_closed() && pass.found() == found && !pointed() {
            pass.settle(text);
        }
    }
    quotes.plain_line(pass);
}

/// Whether a line is a quotation of nothing but dots, dashes and marks.
fn is_silence(line: &str) -> bool {
    let said = line.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    said.is_some_and(|said| said.contains(['…', '—']) && said.chars().all(|c| "…—？！?!。".contains(c)))
}

/// Bytes with which the marks of [`calls`] begin.
const LEADS: [bool; 256] = byte_set(b",;:?!.()\"'\xE2\xE3\xEF");

/// Whether a line holds anything to judge: a mark of [`MARKS`], or a byte that begins `“ ” ‘ ’` or `「 」 『 』 （ ）`.
fn calls(line: &str) -> bool {
    let bytes = line.as_bytes();
    let mut at = 0;
    while let Some(found) = next_of(bytes, at, &LEADS) {
        at = found;
        match bytes.get(at..) {
            Some([0xE3, 0x80, 0x8C..=0x8F, ..] | [0xEF, 0xBC, 0x88 | 0x89, ..]) => return true,
            Some([0xE3 | 0xEF, ..]) => at += 3,
            _ => return true,
        }
    }
    false
}

/// The marks that are put most often.
const PUT: [&str; 8] = ["，", "“", "”", "：", "？", "！", "。", "；"];

/// Puts `c` in place of character `i` and lets the later rules of the line see it.
pub fn put(pass: &mut Pass<'_>, line: &mut Line, rule: &'static Rule, i: usize, c: char) {
    let range = line.range(i, i + 1);
    match PUT.iter().find(|mark| mark.starts_with(c)) {
        // Without a text of their own for each of what may be every mark of a book.
        Some(&mark) => pass.change(rule, range, mark),
        None => pass.change(rule, range, String::from(c)),
    }
    if pass.rules.action(rule) == Action::Fix {
        line.set(i, c);
    }
}
