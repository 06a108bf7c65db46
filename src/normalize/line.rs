//! One line opened up for the rules of punctuation. After hard-wrapped lines are joined, a line is a paragraph.

use super::pass::byte_set;
use super::protect;
use crate::chinese::{code, english, marks};
use crate::unicode::{is_cjk_mark, is_han, is_hangul, is_kana, is_private_use};
use std::cell::OnceCell;

/// Whether `c` is Chinese in the sense of the punctuation rules: a Han character, a Chinese mark or kana, or what stands for a
/// rare or lost character: a private-use character or U+FFFD.
pub(crate) fn is_wide(c: char) -> bool {
    c > '\u{7f}'
        && (is_han(c)
            || is_cjk_mark(c)
            || is_kana(c)
            || is_private_use(c)
            || matches!(c as u32, 0x30FB | 0x3105..=0x312F | 0xFFFD))
}

/// An ASCII letter or digit.
pub(crate) fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

/// Marks that may stand between a stop and the word that it follows.
fn closes(c: char) -> bool {
    marks::closes(c) || matches!(c, ')' | ']' | '"' | '\'' | '*' | '_' | '`' | '~' | '>')
}

/// Marks that may stand between a stop and the word that follows it.
fn opens(c: char) -> bool {
    marks::opens(c) || matches!(c, '(' | '[' | '"' | '\'' | '*' | '_' | '`' | '~' | '<')
}

/// Marks of which source code is full.
const TOKENS: [bool; 256] = byte_set(b"{}[];=<>()_$\\\"'|&+");

/// Whether `c` is one of them.
fn is_token(c: char) -> bool {
    u8::try_from(c).is_ok_and(|b| TOKENS[usize::from(b)])
}

/// Fewer words than these make no English sentence.
const FEWEST_WORDS: usize = 3;

/// A line, character by character.
#[derive(Default)]
pub(crate) struct Line<'t> {
    /// Offset of the line in the text.
    pub start: usize,
    /// What it says.
    text: &'t str,
    /// Its characters; rules that replace one character by one write here, so that later ones see it.
    pub chars: Vec<char>,
    /// Byte offset of each character in the line, and of its end; found when it is asked for, as in most lines it never is.
    offsets: OnceCell<Vec<usize>>,
    /// The places of all characters that are neither U+4E00–9FFF nor ASCII letters or digits: marks, spaces and the like.
    pub signs: Vec<usize>,
    /// Whether no punctuation rule may touch the character.
    pub kept: Vec<bool>,
    /// Number of Han characters.
    pub han: usize,
    /// Number of words in Latin letters.
    pub words: usize,
    /// Whether the line looks like source code.
    pub code: bool,
    /// Whether the text is a file of settings, whose remarks begin with `#`; said before lines are opened.
    pub settings: bool,
    /// Number of kana and hangul.
    foreign: usize,
}

impl<'t> Line<'t> {
    /// Opens `line`, which begins at byte `start` of the text. The buffers are used again from line to line.
    pub fn open(&mut self, start: usize, line: &'t str, markdown: bool) {
        (self.start, self.text) = (start, line);
        self.chars.clear();
        self.offsets.take();
        self.signs.clear();
        let ascii_marks = self.count(line, markdown);
        // Markdown says itself what is code.
        self.code |= !markdown && (code::is_statement(line) || code::is_annotated(line) || code::is_remark(line));
        self.code |= self.settings && code::is_hash_remark(line);
        self.kept.clear();
        self.kept.resize(self.chars.len(), false);
        if self.words > 0 || ascii_marks {
            protect::mark(&self.chars, &self.signs, markdown, &mut self.kept);
        }
        if self.words >= FEWEST_WORDS && self.han > 0 {
            for sentence in english::sentences(&self.chars) {
                self.kept.get_mut(sentence).into_iter().for_each(|kept| kept.fill(true));
            }
        }
    }

    /// Takes the characters of `line` in and counts them; gives whether there are marks of ASCII.
    fn count(&mut self, line: &str, markdown: bool) -> bool {
        let (mut han, mut words, mut foreign, mut others, mut tokens) = (0, 0, 0, 0, 0usize);
        let (mut in_word, mut ascii_marks) = (false, false);
        let (mut values, mut before) = (0usize, '\n');
        let mut quoted = false;
        // As many as there can be without ASCII; the rest is seldom needed.
        self.chars.reserve(line.len() / 3 + 1);
        let mut at = 0;
        while let Some(rest) = line.as_bytes().get(at..) {
            // By far the commonest case: U+4E00–9FFF.
            let run = self.take_han(rest);
            if run > 0 {
                han += run;
                at += run * '一'.len_utf8();
                (before, in_word) = ('一', false);
            }
            let Some(c) = line.get(at..).and_then(|rest| rest.chars().next()) else { break };
            if c == '<'
                && let Some(tag) = line.get(at..).and_then(code::tag)
            {
                // What a tag says is no part of the sentence around it.
                for c in tag.chars() {
                    if !is_latin(c) {
                        self.signs.push(self.chars.len());
                    }
                    self.chars.push(c);
                }
                at += tag.len();
                (before, in_word, ascii_marks) = ('>', false, true);
                continue;
            }
            self.chars.push(c);
            at += c.len_utf8();
            if !c.is_ascii() {
                self.signs.push(self.chars.len() - 1);
                // A word in kana that a Chinese sentence quotes makes it no Japanese one.
                quoted = marks::opens(c) || quoted && !marks::closes(c);
                if is_cjk_mark(c) {
                    others += 1;
                } else if is_han(c) {
                    han += 1;
                } else {
                    others += usize::from(!c.is_whitespace());
                    foreign += usize::from((is_kana(c) || is_hangul(c)) && !quoted);
                }
                (before, in_word) = (c, false);
                continue;
            }
            let letter = c.is_ascii_alphabetic();
            words += usize::from(letter && !in_word);
            others += usize::from(!c.is_ascii_whitespace());
            if !(letter || c.is_ascii_digit()) {
                self.signs.push(self.chars.len() - 1);
                ascii_marks |= c.is_ascii_punctuation();
                tokens += usize::from(is_token(c));
                values += usize::from(matches!((before, c), ('\'', ',') | (',', '\'')));
            }
            (before, in_word) = (c, letter);
        }
        let visible = han + others;
        (self.han, self.words, self.foreign) = (han, words, foreign);
        // A sentence with a Chinese full stop that speaks of code is prose, and so is one that ends half-width behind Chinese.
        let last = marks::without_closing(line.trim_end());
        let half =
            last.strip_suffix(['.', '!', '?']).is_some_and(|text| marks::without_closing(text).ends_with(is_han));
        let begins = || line.trim_start().starts_with(is_han);
        // Or one whose only signs are quotation marks.
        let quotes = || {
            last.ends_with(['.', '!', '?'])
                && !line.contains(|c: char| c != '"' && c != '\'' && c != '+' && is_token(c))
        };
        let sentence = || last.ends_with('。') || (half && !line.contains(['{', ';']) || quotes()) && begins();
        let signs = tokens >= 4 && han * 10 < visible * 4 && tokens * 6 > visible && !sentence();
        // Markdown says itself what is code, and its links are full of signs.
        self.code = !markdown && (signs || (values >= 2 && han * 10 < visible * 6));
        ascii_marks
    }

    /// Takes in the characters of U+4E00–9FFF that `bytes` begin with, and gives how many they are.
    fn take_han(&mut self, mut bytes: &[u8]) -> usize {
        let before = self.chars.len();
        while let [a @ 0xE4, b @ 0xB8..=0xBF, c, behind @ ..] | [a @ 0xE5..=0xE9, b, c, behind @ ..] = bytes {
            let code = (u32::from(*a) & 0xF) << 12 | (u32::from(*b) & 0x3F) << 6 | u32::from(*c) & 0x3F;
            self.chars.push(char::from_u32(code).unwrap_or('一'));
            bytes = behind;
        }
        self.chars.len() - before
    }

    /// Whether its punctuation is Chinese to judge: it has Han characters, is not Japanese or Korean, and not source code.
    /// In a text with stray kana only a line that is mostly kana is Japanese.
    pub fn is_chinese(&self, stray_kana: bool) -> bool {
        let japanese = self.foreign * if stray_kana { 1 } else { 9 } >= self.han;
        self.han > 0 && !japanese && !self.code
    }

    /// Whether Chinese outweighs what is written in Latin letters.
    pub fn is_dominant(&self) -> bool {
        self.han >= self.words * 2
    }

    /// The character at `i`, if any.
    pub fn get(&self, i: usize) -> Option<char> {
        self.chars.get(i).copied()
    }

    /// The character before `i`, if any.
    pub fn prev(&self, i: usize) -> Option<char> {
        i.checked_sub(1).and_then(|i| self.get(i))
    }

    /// Whether `i` is protected; false beyond the ends.
    pub fn is_kept(&self, i: usize) -> bool {
        self.kept.get(i).copied().unwrap_or(false)
    }

    /// The bytes of the text from character `from` to before character `to`.
    pub fn range(&self, from: usize, to: usize) -> std::ops::Range<usize> {
        let offsets = self.offsets.get_or_init(|| {
            let mut offsets = Vec::with_capacity(self.chars.len() + 1);
            offsets.extend(self.text.char_indices().map(|(at, _)| at));
            offsets.push(self.text.len());
            offsets
        });
        let at = |i: usize| self.start + offsets.get(i).copied().unwrap_or(self.text.len());
        at(from)..at(to)
    }

    /// Writes `c` over character `i`.
    pub fn set(&mut self, i: usize, c: char) {
        if let Some(slot) = self.chars.get_mut(i) {
            *slot = c;
        }
    }

    /// The nearest character before `i` that carries sense: spaces, closing marks of Latin text and protected characters are
    /// passed over, at most [`REACH`] of them.
    pub fn sense_before(&self, i: usize) -> Option<char> {
        for j in (i.saturating_sub(REACH)..i).rev() {
            let c = self.get(j)?;
            if marks::closes(c) || !(is_space(c) || closes(c) || self.is_kept(j)) {
                return Some(c);
            }
        }
        None
    }

    /// The nearest character after `i` that carries sense, as [`Line::sense_before`]; protected words count as Latin text.
    pub fn sense_after(&self, i: usize) -> Option<char> {
        for j in (i + 1)..(i + 1).saturating_add(REACH) {
            let c = self.get(j)?;
            let passed = is_space(c) || opens(c) || (self.is_kept(j) && !c.is_ascii_alphabetic());
            if marks::opens(c) || !passed {
                return Some(c);
            }
        }
        None
    }

    /// Whether nothing but spaces and closing marks follows `i`.
    pub fn ends_at(&self, i: usize) -> bool {
        self.sense_after(i).is_none() && self.chars.iter().skip(i + 1).take(REACH).all(|&c| is_space(c) || closes(c))
    }
}

/// How far a mark looks for the words on its sides; keeps the cost of a line linear.
const REACH: usize = 64;

/// A space that may stand in a line.
pub(crate) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\u{3000}' | '\u{a0}')
}
