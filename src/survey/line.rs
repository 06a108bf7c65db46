//! Lines and what can be said of each by itself.

use super::cue::{self, Cues};
use super::sign::{self, Sign, columns, sign_between};
use super::start::{Start, start};
use crate::chinese::numeral::is_numeral;
use crate::unicode::tab_stop;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

pub(super) use super::start::NAMES as STARTS;

/// How a line can end: classes, then half-width signs.
pub(super) const ENDS: [&str; 18] = [
    "stop", "comma", "colon", "han", "digit", "latin", "open", "other", ",", ";", ":", "{", "}", "(", ")", ">",
    "quote", "bar",
];
/// Signs of a line that speak about its neighbour as well.
pub(super) const MARKS: [&str; 10] =
    ["rule", "gap1", "gap2", "gap3", "tab1", "tab2", "repeated", "twice", "drawn", "symbols"];

/// How the last character of a line ends it; an index of [`ENDS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End(pub(super) u8);

impl End {
    pub(super) const STOP: End = End(0);
    pub(super) const COMMA: End = End(1);
    pub(super) const HAN: End = End(3);
}

/// No line is read further than this many bytes, but for its end: longer ones are paragraphs, and their beginning shows of which kind.
const READ: usize = 3072;
/// How much of the end of such a line is read.
const TAIL: usize = 512;
/// Most clauses of a line that can be verse.
const CLAUSES: usize = 4;

/// A line that is not blank.
#[derive(Debug, Clone)]
pub(super) struct Line<'t> {
    /// Where it begins in the text, in bytes, with its indent.
    pub(super) start: usize,
    /// The line without indent, blank space and end of line.
    pub(super) text: &'t str,
    /// Where `text` begins.
    pub(super) body: usize,
    /// Whether a blank line or the beginning of a page stands before it.
    pub(super) blank: bool,
    /// Columns before `text`.
    pub(super) indent: usize,
    /// Whether it begins with a tab.
    pub(super) tabbed: bool,
    /// Columns up to the end of `text`.
    pub(super) width: usize,
    /// Characters of what was read.
    pub(super) chars: usize,
    pub(super) han: usize,
    /// Han of all that is no space.
    pub(super) han_share: f32,
    pub(super) begins: Start,
    pub(super) end: End,
    /// Whether it ends a sentence.
    pub(super) stops: bool,
    /// Ends of sentences within the line.
    pub(super) inner: usize,
    /// Marks within the line that part clauses.
    pub(super) pauses: usize,
    /// The share of words without meaning of their own among its Han; only of four or more.
    pub(super) function: Option<f32>,
    /// The first classes, without repetitions; ASCII letters.
    pub(super) shape: [Sign; 6],
    /// Columns at which gaps end, four at most.
    pub(super) gaps: [u16; 4],
    /// How many there are of each of the separators.
    pub(super) separators: [usize; 6],
    /// Columns of the first thing that cannot be broken.
    pub(super) unit: usize,
    /// The column at which the text behind the mark or key of an item begins; 0 without one.
    pub(super) item: usize,
    /// Brackets opened and not closed.
    pub(super) open: i32,
    /// The first four characters, digits made equal.
    pub(super) key: [char; 4],
    /// The lengths of its clauses, if it may be verse.
    pub(super) metre: [u8; CLAUSES],
    pub(super) cues: Cues,
    pub(super) first: Sign,
    pub(super) last: Sign,
    /// The characters at both ends.
    pub(super) ends: (char, char),
    /// The two characters at the end.
    pub(super) tail: (char, char),
    pub(super) counts: Counts,
    /// Fingerprints of the text, and of the text with its numbers made equal.
    pub(super) print: u32,
    pub(super) pattern: u32,
    /// Whether it is a rule: nothing but strokes.
    pub(super) rule: bool,
    /// English words without meaning of their own, three at most.
    pub(super) english: usize,
    /// Of its words, those that are identifiers; and how many words there are, three at most.
    pub(super) identifiers: (f32, usize),
}

/// How many characters there are of some classes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) kana: usize,
    pub(super) digits: usize,
    pub(super) pieces: usize,
    /// Strokes of ASCII: `-|+/\_^<>`.
    pub(super) strokes: usize,
    pub(super) symbols: usize,
    pub(super) latin: usize,
}

/// Common English words without meaning of their own.
const ENGLISH: [&str; 17] =
    ["the", "of", "and", "to", "is", "in", "that", "for", "with", "you", "are", "this", "it", "on", "be", "or", "as"];

/// Whether `c` is blank at the ends of a line.
pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{3000}' | '\r' | '\u{B}' | '\u{C}' | '\u{A0}' | '\u{FEFF}')
}

/// Whether `word` is no word of a language but a name that a program knows.
fn is_identifier(word: &str) -> bool {
    let b = word.as_bytes();
    let digit = |x: u8| x.is_ascii_digit();
    b.windows(2).any(|w| {
        (w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase())
            || (w[0].is_ascii_alphabetic() && digit(w[1]))
            || (digit(w[0]) && w[1].is_ascii_alphabetic())
    }) || (matches!(b.first(), Some(b'-' | b'$' | b'%' | b'@' | b'&' | b'/' | b'.'))
        && b.get(1).is_some_and(|&x| x.is_ascii_alphanumeric() || x == b'_'))
        || joined(b)
}

/// Letters or digits with signs of programs between them.
fn joined(word: &[u8]) -> bool {
    let is_joint = |b: u8| b"._/\\:=@+~-".contains(&b);
    let mut at = 0;
    while let Some(i) = word[at..].iter().position(|&b| is_joint(b)).map(|i| at + i) {
        let end = word[i..].iter().position(|&b| !is_joint(b)).map_or(word.len(), |k| i + k);
        let before = i > 0 && word[i - 1].is_ascii_alphanumeric();
        if before && word.get(end).is_some_and(|&b| b.is_ascii_alphanumeric() || matches!(b, b'$' | b'%' | b'{')) {
            return true;
        }
        at = end;
    }
    false
}

fn print(of: impl Hash) -> u32 {
    let mut hasher = FxHasher::default();
    of.hash(&mut hasher);
    (hasher.finish() >> 32) as u32
}

impl<'t> Line<'t> {
    /// Reads the line `raw`, which begins at byte `start` of the text; nothing when it is blank.
    pub(super) fn read(raw: &'t str, start: usize, blank: bool) -> Option<Line<'t>> {
        let whole = raw.trim_end_matches(is_blank);
        let text = whole.trim_start_matches(is_blank);
        if text.is_empty() {
            return None;
        }
        let lead = &whole[..whole.len() - text.len()];
        let indent = lead.chars().fold(0, |column, c| match c {
            '\t' => tab_stop(column),
            '\u{3000}' => column + 2,
            ' ' | '\u{A0}' => column + 1,
            _ => column,
        });
        let head = &text[..text.floor_char_boundary(READ)];
        let tail = &text[text.ceil_char_boundary(text.len().saturating_sub(TAIL)).max(head.len())..];
        let mut line = Line {
            start,
            text,
            body: start + lead.len(),
            blank,
            indent,
            tabbed: lead.starts_with('\t'),
            width: indent,
            chars: 0,
            han: 0,
            han_share: 0.0,
            begins: Start::default(),
            end: End::STOP,
            stops: false,
            inner: 0,
            pauses: 0,
            function: None,
            shape: [0; 6],
            gaps: [0; 4],
            separators: [0; 6],
            unit: 2,
            item: 0,
            open: 0,
            key: ['\0'; 4],
            metre: [0; CLAUSES],
            cues: 0,
            first: 0,
            last: 0,
            ends: ('\0', '\0'),
            tail: ('\0', '\0'),
            counts: Counts::default(),
            print: 0,
            pattern: 0,
            rule: false,
            english: 0,
            identifiers: (0.0, 0),
        };
        line.measure(head, tail);
        Some(line)
    }

    /// Counts what the line holds, in one walk.
    fn measure(&mut self, head: &str, tail: &str) {
        let mut scan = Scan::default();
        let mut chars = head.chars().chain(tail.chars()).peekable();
        while let Some(c) = chars.next() {
            let class = scan.step(self, c, chars.peek().copied());
            self.width += columns(c, class);
        }
        if self.text.len() > head.len() + tail.len() {
            // What was not read is wider than any line that was wrapped.
            self.width += READ;
        }
        scan.close(self);
        let solid = self.chars - scan.spaces;
        self.han_share = self.han as f32 / solid.max(1) as f32;
        self.function = (self.han >= 4).then(|| scan.function as f32 / self.han as f32);
        self.begins = start(self.text, self.first);
        self.tail = scan.tail;
        self.ends.1 = scan.tail.1;
        self.last = scan.before;
        self.stops = scan.stops;
        self.end = End(end(&scan, self.stops));
        let chinese = self.han > self.counts.latin / 2;
        self.cues = cue::cues(head, scan.present, chinese);
        self.rule = scan.rule && self.chars >= 3;
        self.metre = scan.metre(self.han_share);
        self.unit = head.bytes().take_while(u8::is_ascii_graphic).count().max(2);
        if self.han * 5 < self.chars {
            let words =
                head.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|w| (2..=4).contains(&w.len()));
            self.english = words.filter(|w| ENGLISH.iter().any(|e| e.eq_ignore_ascii_case(w))).take(3).count();
        }
        if self.han * 5 < self.chars * 2 {
            let words = head.split_whitespace();
            let (all, known) =
                words.fold((0usize, 0usize), |(all, known), w| (all + 1, known + usize::from(is_identifier(w))));
            self.identifiers = (known as f32 / all.max(1) as f32, all.min(3));
        }
        self.item = self.item_column(head);
        self.print = print((self.text.len(), head, tail));
        self.pattern = scan.pattern.finish() as u32;
    }

    /// Where the text behind `1.`, `（一）`, `-`, `注意：` begins.
    fn item_column(&self, head: &str) -> usize {
        const MARKS: [Start; 5] = [
            Start::named("number"),
            Start::named("han-number"),
            Start::named("bullet"),
            Start::named("circle"),
            Start::named("han-key"),
        ];
        /// A mark with the space behind it is no longer than this, in characters.
        const LONGEST: usize = 12;
        if !self.begins.is_of(&MARKS) {
            return 0;
        }
        let ends = |c: char| matches!(c, '.' | '、' | '．' | ')' | '）' | ']' | ':' | '：' | ' ' | '\u{3000}' | '\t');
        let single = self.begins == Start::named("bullet") || self.begins == Start::named("circle");
        let mut column = self.indent;
        let mut behind = false;
        for (i, c) in head.chars().enumerate().take(LONGEST) {
            if behind && !is_blank(c) && !ends(c) {
                return column;
            }
            behind |= (i == 0 && single) || (i > 0 && ends(c));
            column += columns(c, sign::sign(c));
        }
        0
    }

    /// Whether it has this cue.
    pub(super) fn has(&self, cues: Cues) -> bool {
        self.cues & cues != 0
    }

    /// Lengths of clauses that are equal are told from none.
    pub(super) fn is_metrical(&self) -> bool {
        self.metre[0] > 0
    }
}

/// The class of the end of a line, as an index of [`ENDS`].
fn end(scan: &Scan, stops: bool) -> u8 {
    if stops {
        return End::STOP.0;
    }
    match (scan.before, scan.tail.1) {
        (sign::PAUSE, _) => 1,
        (sign::COLON, _) => 2,
        (sign::HAN | sign::KANA, _) => 3,
        (sign::DIGIT, _) => 4,
        (sign::UPPER | sign::LOWER, _) => 5,
        (sign::OPEN, _) => 6,
        (_, c) => {
            let half = match c {
                '"' | '\'' => "quote",
                '|' | '\\' => "bar",
                ',' => ",",
                ';' => ";",
                ':' => ":",
                '{' => "{",
                '}' => "}",
                '(' => "(",
                ')' => ")",
                '>' => ">",
                _ => "other",
            };
            ENDS.iter().position(|name| *name == half).unwrap_or(7) as u8
        }
    }
}

/// What a walk through a line keeps in mind.
#[derive(Default)]
struct Scan {
    /// The class before, and that of the last character that closes nothing.
    before: Sign,
    spaces: usize,
    function: usize,
    present: u128,
    quoted: bool,
    stops: bool,
    rule: bool,
    started: bool,
    tail: (char, char),
    shaped: usize,
    gap: usize,
    gaps: usize,
    clause: usize,
    clauses: Vec<u8>,
    pattern: FxHasher,
    in_number: bool,
    keyed: usize,
}

impl Scan {
    /// Takes the next character and returns its class.
    fn step(&mut self, line: &mut Line<'_>, c: char, after: Option<char>) -> Sign {
        if matches!(c, '\u{4E00}'..='\u{9FFF}') && self.started {
            return self.han(line, c);
        }
        let class = sign_between(self.before, c, after, self.quoted);
        if !self.started {
            self.started = true;
            self.rule = true;
            line.first = class;
            line.ends.0 = c;
        }
        if c == '"' {
            self.quoted = !self.quoted;
        }
        line.chars += 1;
        self.present |= cue::presence(c);
        self.count(line, c, class);
        self.shape(line, class);
        self.gaps(line, c, class);
        self.clauses(c, class);
        self.rule &= matches!(
            c,
            '-' | '=' | '*' | '_' | '~' | '#' | '+' | '.' | '·' | '—' | '─' | '━' | '═' | '＝' | '－' | '|' | ' '
        );
        // Ends of sentences, with what closes behind them.
        if class == sign::STOP {
            self.stops = true;
        } else if !matches!(class, sign::CLOSE) && !matches!(c, '"' | '\'' | '~') {
            if self.stops && class != sign::SPACE && class != sign::WIDE {
                line.inner += 1;
            }
            if class != sign::SPACE && class != sign::WIDE {
                self.stops = false;
            }
        }
        self.print(line, c, c.is_ascii_digit() || matches!(c, '０'..='９'));
        self.tail = (self.tail.1, c);
        self.before = class;
        class
    }

    /// The same of by far the commonest case, a Han character that is not the first of its line.
    fn han(&mut self, line: &mut Line<'_>, c: char) -> Sign {
        line.chars += 1;
        line.han += 1;
        self.function += usize::from(is_function(c));
        if self.before != sign::HAN {
            self.shape(line, sign::HAN);
            self.gaps(line, c, sign::HAN);
            line.inner += usize::from(std::mem::take(&mut self.stops));
            self.rule = false;
        }
        self.clause += 1;
        self.print(line, c, false);
        self.tail = (self.tail.1, c);
        self.before = sign::HAN;
        sign::HAN
    }

    /// Takes a class into the shape of the line, unless it stands there already.
    fn shape(&mut self, line: &mut Line<'_>, class: Sign) {
        if self.shaped < 6 && (self.shaped == 0 || line.shape[self.shaped - 1] != class) {
            line.shape[self.shaped] = class;
            self.shaped += 1;
        }
    }

    /// Takes a character into the fingerprint and the key of the line, in which all numbers are equal.
    fn print(&mut self, line: &mut Line<'_>, c: char, digit: bool) {
        if line.han + line.chars < 400 {
            let number = digit || is_numeral(c);
            if !(number && self.in_number) {
                (if number { '0' } else { c }).hash(&mut self.pattern);
            }
            self.in_number = number;
        }
        if self.keyed < 4 && !(digit && self.keyed > 0 && line.key[self.keyed - 1] == '0') {
            line.key[self.keyed] = if digit { '0' } else { c };
            self.keyed += 1;
        }
    }

    fn count(&mut self, line: &mut Line<'_>, c: char, class: Sign) {
        match class {
            sign::HAN => {
                line.han += 1;
                self.function += usize::from(is_function(c));
            }
            sign::KANA => line.counts.kana += 1,
            sign::SPACE => self.spaces += 1,
            sign::DIGIT => line.counts.digits += 1,
            sign::PIECE => line.counts.pieces += 1,
            sign::UPPER | sign::LOWER => line.counts.latin += 1,
            sign::OPEN => line.open += 1,
            sign::CLOSE => line.open -= 1,
            sign::PAUSE => line.pauses += 1,
            sign::ASCII | sign::OTHER => line.counts.symbols += 1,
            _ => {}
        }
        if matches!(c, '-' | '|' | '+' | '/' | '\\' | '_' | '^' | '<' | '>') {
            line.counts.strokes += 1;
        }
        let separator = match c {
            '\t' => 0,
            ',' if class == sign::ASCII => 2,
            ';' if class == sign::ASCII => 3,
            '|' => 4,
            '=' => 5,
            _ => return,
        };
        line.separators[separator] += 1;
    }

    /// Gaps: two spaces or more, a tab, a full-width space.
    fn gaps(&mut self, line: &mut Line<'_>, c: char, class: Sign) {
        match class {
            sign::SPACE => self.gap += 1 + usize::from(c == '\t'),
            sign::WIDE => self.gap += 2,
            _ => {
                if self.gap >= 2 {
                    if let Some(at) = line.gaps.get_mut(self.gaps) {
                        *at = line.width.min(usize::from(u16::MAX)) as u16;
                    }
                    self.gaps += 1;
                    line.separators[1] += 1;
                }
                self.gap = 0;
            }
        }
    }

    /// The lengths of clauses.
    fn clauses(&mut self, c: char, class: Sign) {
        let parts = matches!(class, sign::STOP | sign::PAUSE | sign::SPACE | sign::WIDE)
            || matches!(c, ',' | '.' | ';' | '?' | '!');
        if !parts {
            // The mark of a note takes no beat.
            self.clause += usize::from(!matches!(c, '①'..='⑳'));
        } else {
            self.end_clause();
        }
    }

    fn end_clause(&mut self) {
        if self.clause > 0 && self.clauses.len() <= CLAUSES {
            self.clauses.push(self.clause.min(255) as u8);
        }
        self.clause = 0;
    }

    fn close(&mut self, line: &mut Line<'_>) {
        self.end_clause();
        // The last mark is counted as the end, not within; the last pause separates nothing.
        line.pauses -= usize::from(self.before == sign::PAUSE);
    }

    fn metre(&self, han_share: f32) -> [u8; CLAUSES] {
        let mut metre = [0; CLAUSES];
        // Verse counts in characters: nothing of ASCII stands in it but spaces and marks.
        let plain = self.present & cue::ALPHANUMERIC == 0;
        let fits = plain
            && han_share > 0.6
            && self.clauses.len() <= CLAUSES
            && self.clauses.iter().all(|n| (3..=9).contains(n));
        if fits {
            metre[..self.clauses.len()].copy_from_slice(&self.clauses);
        }
        metre
    }
}

/// Whether `c` is a word without meaning of its own, in simplified or traditional, ancient or modern texts.
fn is_function(c: char) -> bool {
    matches!(
        c,
        '的' | '了'
            | '是'
            | '在'
            | '不'
            | '我'
            | '他'
            | '她'
            | '这'
            | '有'
            | '就'
            | '也'
            | '都'
            | '和'
            | '与'
            | '到'
            | '说'
            | '着'
            | '上'
            | '为'
            | '以'
            | '于'
            | '而'
            | '之'
            | '其'
            | '者'
            | '把'
            | '被'
            | '会'
            | '能'
            | '要'
            | '可'
            | '对'
            | '从'
            | '还'
            | '又'
            | '但'
            | '很'
            | '那'
            | '你'
            | '们'
            | '個'
            | '為'
            | '於'
            | '們'
            | '對'
            | '會'
            | '這'
            | '與'
            | '說'
            | '從'
            | '還'
    )
}

impl Line<'_> {
    /// Whether it is text in another language: kana or hangul, or Latin letters without Han.
    pub(super) fn is_foreign(&self) -> bool {
        self.counts.kana * 10 > self.chars || (self.han * 20 < self.chars && self.counts.latin * 2 > self.chars)
    }

    /// Whether it has two gaps or a tab, as rows of tables and drawings have.
    pub(super) fn has_gaps(&self) -> bool {
        let [tabs, gaps, ..] = self.separators;
        tabs > 0 || gaps > 1
    }
}
