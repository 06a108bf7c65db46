//! What a file as a whole tells about its punctuation, decided once and used by the rules of marks.

use super::pass::lines;
use crate::chinese::{asking, code, marks};
use crate::unicode::{is_cjk_mark, is_han, is_hangul, is_kana, leading_han};
use std::ops::Range;

/// How far the Chinese marks of a file have been turned into half-width ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Damage {
    /// Chinese marks are full-width, or there are too few to tell: only what is plainly wrong is changed.
    None,
    /// Both kinds occur.
    Mixed,
    /// Nearly all marks that could be half-width are.
    #[default]
    HalfWidth,
}

/// Fewest `．` behind Chinese, with no `。` in the file, that make it the file's full stop.
const FEWEST_FULL_POINTS: usize = 5;
/// Fewest `?` behind sentences that ask which show that others are marks, too.
const FEWEST_QUESTIONS: usize = 3;
/// Fewest remarks of a file of settings.
const FEWEST_REMARKS: usize = 3;
/// So many letters to a Han character make a text one of Latin letters.
const LETTERS: usize = 20;
/// So many make a line one of Latin letters.
const LETTERS_OF_A_LINE: usize = 4;
/// So many lines of Latin letters to another make a text one of them.
const LATIN_LINES: usize = 3;
/// Most characters of a line that holds a word and nothing else.
const MOST_OF_A_WORD: usize = 8;
/// Fewest lines of a list of words.
const FEWEST_WORDS: usize = 50;
/// Fewest marks with a space behind them that were typed so on purpose.
const FEWEST_SPACED: usize = 2;
/// Fewest Han characters of a line whose point is a full stop rather than the point of a number.
const FEWEST_OF_A_SENTENCE: usize = 4;
/// Fewer lines than these do not make a program.
const FEWEST_LINES: usize = 3;

/// What a file as a whole tells.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Evidence {
    /// Half-width `, ; : ? !` behind Chinese.
    pub half: usize,
    /// Full-width `，；：？！`.
    pub full: usize,
    /// `(` beside Chinese.
    pub half_brackets: usize,
    /// Those of them that a space sets apart from the Chinese before it.
    pub spaced_brackets: usize,
    /// `（`.
    pub full_brackets: usize,
    /// Han characters.
    pub han: usize,
    /// Kana and hangul.
    pub foreign: usize,
    /// Latin letters.
    pub latin: usize,
    /// Lines that hold anything but a comment of a program.
    pub lines: usize,
    /// Lines that look like source code.
    pub code_lines: usize,
    /// Lines that begin with `#`.
    pub hash_lines: usize,
    /// Other lines without a Han character.
    pub bare_lines: usize,
    /// All lines that are not blank.
    pub full_lines: usize,
    /// Those of them that are no longer than a word.
    pub word_lines: usize,
    /// Those that hold two words and a comma between them.
    pub pair_lines: usize,
    /// Lines of which Latin letters are by far the most part.
    pub latin_lines: usize,
    /// Other lines with Han characters.
    pub han_lines: usize,
    /// `．` behind Han characters, where a full stop could stand.
    pub full_points: usize,
    /// Those of them that end a line.
    pub last_points: usize,
    /// `。`.
    pub stops: usize,
    /// `.` where a Chinese sentence ends: behind Chinese, and before a space, a closing mark or the line's end.
    pub half_stops: usize,
    /// Half-width marks behind Chinese with one space behind them.
    pub spaced: usize,
    /// Those with Chinese behind them.
    pub tight: usize,
    /// Single `?` between Han characters behind a sentence that asks: those without, and those with a space behind them.
    pub asking: [usize; 2],
    /// Those behind one that does not.
    pub unasking: [usize; 2],
}

impl Evidence {
    /// Weighs `text` but for the sorted ranges `verbatim`, of which nothing may be concluded for the rest.
    pub(crate) fn of(text: &str, verbatim: Vec<Range<usize>>) -> Self {
        let mut verbatim = verbatim.into_iter().peekable();
        let mut evidence = Evidence::default();
        for (start, line) in lines(text) {
            while verbatim.next_if(|range| range.end <= start).is_some() {}
            if verbatim.peek().is_none_or(|range| start < range.start) {
                evidence.weigh(line);
            }
        }
        evidence
    }

    fn weigh(&mut self, line: &str) {
        let (mut han, mut latin, mut visible, mut tokens) = (0usize, 0usize, 0usize, 0usize);
        let mut before = '\n';
        let (mut half, mut quoted) = (false, false);
        // Whether `before` is a space behind Chinese.
        let mut apart = false;
        let mut rest = line.as_bytes();
        loop {
            let run = leading_han(rest);
            if run > 0 {
                han += run;
                visible += run;
                self.half_brackets += usize::from(before == '(');
                before = '一';
                rest = rest.get(run * before.len_utf8()..).unwrap_or_default();
            }
            let Some(c) = line.get(line.len() - rest.len()..).and_then(|rest| rest.chars().next()) else { break };
            if c == '<'
                && let Some(tag) = line.get(line.len() - rest.len()..).and_then(code::tag)
            {
                // What a tag says is no part of the sentence around it.
                rest = rest.get(tag.len()..).unwrap_or_default();
                visible += usize::from(before == '\n');
                before = '>';
                continue;
            }
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            if c.is_ascii() {
                visible += usize::from(c > ' ');
                half |= matches!(c, ',' | ';' | ':' | '?' | '!' | '.')
                    && (is_han(before) || is_cjk_mark(before) || matches!(before, '"' | ')'));
                match c {
                    ',' | ';' | ':' | '?' | '!' => {
                        self.half +=
                            usize::from(is_han(before) || matches!(before, '”' | '’' | '》' | '）' | '」' | '』'));
                        tokens += usize::from(c == ';');
                    }
                    ' ' => apart = is_han(before) || is_cjk_mark(before),
                    '{' | '}' | '[' | ']' | '=' | '<' | '>' | '(' | ')' | '_' | '$' | '\\' | '"' | '\'' | '|' | '&'
                    | '+' => tokens += 1,
                    _ => latin += usize::from(c.is_ascii_alphabetic()),
                }
            } else {
                visible += 1;
                match c {
                    '，' | '；' | '：' | '？' | '！' => self.full += 1,
                    '。' => self.stops += 1,
                    '（' => {
                        self.full_brackets += 1;
                        quoted = true;
                    }
                    '．' => self.full_points += usize::from(is_han(before)),
                    _ if is_han(c) => han += 1,
                    _ if marks::opens(c) => quoted = true,
                    _ if marks::closes(c) => quoted = false,
                    _ => self.foreign += usize::from((is_kana(c) || is_hangul(c)) && !quoted),
                }
            }
            self.half_brackets += usize::from((c == '(' && is_han(before)) || (before == '(' && is_han(c)));
            self.spaced_brackets += usize::from(c == '(' && before == ' ' && apart);
            before = c;
        }
        if half || line.contains('?') {
            self.weigh_marks(line);
        }
        self.last_points += usize::from(line.trim_end().trim_end_matches(['”', '」', '）']).ends_with('．'));
        self.han += han;
        self.latin += latin;
        if visible > 0 {
            let hash = code::is_hash_remark(line);
            self.full_lines += 1;
            self.word_lines += usize::from(visible <= MOST_OF_A_WORD);
            self.pair_lines += usize::from(is_pair(line));
            let mostly_latin = latin > han * LETTERS_OF_A_LINE;
            self.latin_lines += usize::from(mostly_latin);
            self.han_lines += usize::from(han > 0 && !mostly_latin);
            self.hash_lines += usize::from(hash);
            self.bare_lines += usize::from(!hash && han == 0);
        }
        // A string by itself is as good as speech.
        if visible > 0 && !code::is_comment(line) && !code::is_string(line) {
            self.lines += 1;
            let signs = tokens >= 4 && han * 10 < visible * 4 && tokens * 6 > visible;
            self.code_lines += usize::from(signs || code::is_statement(line));
        }
    }

    /// Weighs the half-width marks of a line by what stands behind them.
    fn weigh_marks(&mut self, line: &str) {
        let chars: Vec<char> = line.chars().collect();
        let get = |i: usize| chars.get(i).copied();
        let chinese = |c: char| is_han(c) || is_cjk_mark(c);
        let mut han = 0usize;
        for (i, &c) in chars.iter().enumerate() {
            han += usize::from(is_han(c));
            let Some(before) =
                i.checked_sub(1).and_then(get).filter(|_| matches!(c, ',' | ';' | ':' | '?' | '!' | '.'))
            else {
                continue;
            };
            let behind = get(i + 1);
            if chinese(before) {
                self.tight += usize::from(behind.is_some_and(is_han));
                self.spaced += usize::from(behind == Some(' ') && get(i + 2).is_some_and(|c| c != ' '));
            }
            match c {
                // Behind what closes, no name goes on.
                '.' if matches!(before, '"' | ')' | '”' | '）' | '」')
                    && i.checked_sub(2).and_then(get).is_some_and(is_han)
                    && behind.is_some_and(is_han) =>
                {
                    self.half_stops += 1;
                }
                '.' if han >= FEWEST_OF_A_SENTENCE && chinese(before) => {
                    let closes = |c: char| is_cjk_mark(c) || matches!(c, ' ' | ')' | '"' | '\'');
                    self.half_stops += usize::from(behind.is_none_or(closes));
                }
                '?' if is_han(before) && behind.filter(|&c| c != ' ').or_else(|| get(i + 2)).is_some_and(is_han) => {
                    let asks = chars.get(..i).is_some_and(asking::asks);
                    let spaced = usize::from(behind == Some(' '));
                    self.asking[spaced] += usize::from(asks);
                    self.unasking[spaced] += usize::from(!asks);
                }
                _ => {}
            }
        }
    }

    /// How far the full stops are damaged; where there are none, as far as the other marks.
    pub fn stop_damage(&self) -> Damage {
        match (self.half_stops, self.half_stops + self.stops) {
            (_, 0) => self.damage(),
            (half, all) if half * 10 >= all * 9 => Damage::HalfWidth,
            (half, all) if half * 10 > all => Damage::Mixed,
            _ => Damage::None,
        }
    }

    /// Whether the marks were typed as in Latin text, with a space behind each.
    pub fn is_spaced(&self) -> bool {
        self.spaced >= FEWEST_SPACED && self.spaced > self.tight
    }

    /// How many `?` between Han characters, with a space behind them or without, are behind sentences that ask, and how many are not.
    fn questions(&self, spaced: bool) -> (usize, usize) {
        if spaced { (self.asking[1], self.unasking[1]) } else { (self.asking[0], self.unasking[0]) }
    }

    /// Whether `?` between Han characters, with a space behind them or without, ends questions: hardly one in five is behind a sentence that does not
    /// ask, as some are whose words do not tell. Lost characters stand anywhere.
    pub fn has_questions(&self, spaced: bool) -> bool {
        let (asking, unasking) = self.questions(spaced);
        asking >= FEWEST_QUESTIONS && asking >= unasking * 4
    }

    /// Whether `?` between Han characters stands for characters that a conversion lost: most of those with a space behind them, or of those without, are behind
    /// sentences that do not ask.
    pub fn has_lost_characters(&self, spaced: bool) -> bool {
        let (asking, unasking) = self.questions(spaced);
        unasking > asking
    }

    /// How far the marks are damaged.
    pub fn damage(&self) -> Damage {
        let all = self.half + self.full;
        if self.half * 10 >= all * 9 {
            Damage::HalfWidth
        } else if self.half * 10 > all {
            Damage::Mixed
        } else {
            Damage::None
        }
    }

    /// Whether both give the same answer to every question that is asked of them.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        let answers = |evidence: &Self| {
            [
                evidence.keeps_half_brackets(),
                evidence.has_stray_kana(),
                evidence.is_foreign(),
                evidence.is_latin(),
                evidence.is_word_list(),
                evidence.is_japanese_or_korean(),
                evidence.is_source_code(),
                evidence.has_full_points(),
                evidence.has_settings(),
                evidence.is_spaced(),
                evidence.has_lost_characters(false),
                evidence.has_lost_characters(true),
                evidence.has_questions(false),
                evidence.has_questions(true),
            ]
        };
        self.damage() == other.damage() && self.stop_damage() == other.stop_damage() && answers(self) == answers(other)
    }

    /// Whether `．` is the full stop of the text: lines end in it, too. In names, as of files, it parts.
    pub fn has_full_points(&self) -> bool {
        self.stops == 0 && self.full_points >= FEWEST_FULL_POINTS && self.last_points * 10 >= self.full_points
    }

    /// Whether half-width brackets are the house style of a text whose other marks are full-width: four of five are, and one in five of
    /// them is set apart by a space. Where none is, as in `(一)`, they are what a keyboard gave.
    pub fn keeps_half_brackets(&self) -> bool {
        self.damage() == Damage::None
            && self.half_brackets * 5 >= (self.half_brackets + self.full_brackets) * 4
            && self.spaced_brackets * 5 >= self.half_brackets
    }

    /// Whether the file holds settings: remarks that begin with `#`, and four of five other lines without a Han character.
    pub fn has_settings(&self) -> bool {
        let others = self.full_lines - self.hash_lines;
        self.hash_lines >= FEWEST_REMARKS && others > 0 && self.bare_lines * 5 >= others * 4
    }

    /// Whether kana in this text are strays (user-defined characters of old fonts were given their codes) rather than Japanese.
    pub fn has_stray_kana(&self) -> bool {
        self.foreign * 100 < self.han
    }

    /// Whether the text is not Chinese: Japanese, Korean, or without Han characters.
    pub fn is_foreign(&self) -> bool {
        self.foreign * 9 >= self.han.max(1) || self.han == 0
    }

    /// Whether the text is English or another of Latin letters, with a few Chinese words in it: a Han character for
    /// [`LETTERS`] of them at most, or hardly a line in which they are not by far the most.
    pub fn is_latin(&self) -> bool {
        self.han * LETTERS < self.latin || self.latin_lines >= self.han_lines.max(1) * LATIN_LINES
    }

    /// Whether the text is a list of words, one in each line, as of those that an index leaves out: signs stand there for themselves. Or one of
    /// pairs of them, `承担,承当`.
    pub fn is_word_list(&self) -> bool {
        let marks = self.full + self.half + self.stops;
        let most = |lines: usize| lines * 10 >= self.full_lines * 9;
        self.full_lines >= FEWEST_WORDS
            && (most(self.word_lines) && marks * 10 < self.full_lines || most(self.pair_lines))
    }

    /// Whether the text is Japanese or Korean.
    pub fn is_japanese_or_korean(&self) -> bool {
        self.foreign > 0 && self.foreign * 9 >= self.han
    }

    /// Whether the file is a program rather than a text.
    pub fn is_source_code(&self) -> bool {
        self.lines >= FEWEST_LINES && self.code_lines * 5 >= self.lines * 2
    }
}

/// Whether a line holds two words of Chinese and a comma between them, and nothing else.
fn is_pair(line: &str) -> bool {
    let word = |word: &str| (1..=MOST_OF_A_WORD).contains(&word.chars().count()) && word.chars().all(is_han);
    line.trim().split_once(',').is_some_and(|(left, right)| word(left) && word(right))
}
