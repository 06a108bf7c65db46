//! Quotation marks: `straight-quote`, `straight-single`, `quote-direction`, `quote-nesting`, `quote-unbalanced`.
//!
//! Which marks of a paragraph open and which close is decided for all of them at once, at the least cost: what stands beside
//! a mark speaks for one reading, the alternation of opening and closing for another. A paragraph may begin or end inside a
//! quotation (GB/T 15834-2011, 4.8.3.4: a quotation of several paragraphs opens in each and closes in the last).

use super::punctuation::put;
use super::quote_reading::{Mark, Reading, Side, cost, read, stand};
use crate::chinese::speech;
use crate::error::Cause;
use crate::normalize::census::Census;
use crate::normalize::line::{Line, is_latin, is_wide};
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};
use crate::unicode::is_han;
use std::ops::Range;

/// `"` becomes `“` or `”` where there is Chinese inside or beside the pair.
///
/// A quotation inside another gets the inner marks: `"你看过"红楼梦"吗?"`. In a text whose own quotation marks are 「 」, straight quotes become
/// those.
///
/// Left alone: inches and seconds (`5"`), code, attribute values, paths and options in quotes (`"/etc/fstab"`), English in quotes
/// among English, paragraphs in which another reading costs nearly the same, and a mark without a partner that nothing beside it
/// speaks for (these are reported).
pub const STRAIGHT_QUOTE: Rule = Rule {
    id: "straight-quote",
    concern: Concern::Quotes,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: true,
    en: "turn straight quotes into “ ” by the cheapest reading of the paragraph",
    zh: "直引号按整段最合理的读法改为弯引号",
    why_en: "A straight mark does not say whether it opens or closes; the page needs to know, and so does the reader.",
    why_zh: "直引号不分开合，而排版与读者都需要知道。",
    standard: "GB/T 15834-2011, 4.8",
    example: ("\"你去哪里？\"我说：\"回家。\"", "“你去哪里？”我说：“回家。”"),
};

/// `'` becomes `‘` or `’` where there is Chinese inside a balanced pair.
///
/// Left alone: apostrophes, primes, the syllable mark of pinyin (`xi'an`).
pub const STRAIGHT_SINGLE: Rule = Rule {
    id: "straight-single",
    concern: Concern::Quotes,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "turn straight single quotes around Chinese into ‘ ’",
    zh: "中文两侧的直单引号改为弯单引号",
    why_en: "The inner quotation marks of Chinese are ‘ ’; a straight one is an apostrophe or a prime as well.",
    why_zh: "中文的内层引号是‘ ’；直单引号还可能是撇号或角分符号。",
    standard: "GB/T 15834-2011, 4.8.3.3",
    example: ("他说：“'不放心'，xi'an。”", "他说：“‘不放心’，xi'an。”"),
};

/// A curly quote that points the wrong way, when the paragraph as it stands reads much worse and what stands beside the mark, or beside its
/// partner, decides. Others are reported: more often a partner is lost than a mark is turned.
pub const QUOTE_DIRECTION: Rule = Rule {
    id: "quote-direction",
    concern: Concern::Quotes,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "turn quotes that plainly point the wrong way",
    zh: "纠正方向错误的弯引号",
    why_en: "Input methods alternate the two marks and fall out of step after a deletion.",
    why_zh: "输入法交替给出左右引号，删改之后便会错位。",
    standard: "GB/T 15834-2011, 4.8",
    example: ("他说：”你好。“", "他说：“你好。”"),
};

/// A quotation inside another with the same marks, where the inner ones should be of the other size. Only reported when nothing
/// is said: in an old text it may be meant.
pub const QUOTE_NESTING: Rule = Rule {
    id: "quote-nesting",
    concern: Concern::Quotes,
    safety: Safety::Likely,
    default: Action::Report,
    warns: false,
    en: "give a quotation inside another the inner marks ‘ ’ or 『 』",
    zh: "引号里的引号改用另一种（单引号或双直角引号）",
    why_en: "Two levels of the same marks cannot be told apart; in old prints it may be meant, so it is only reported.",
    why_zh: "内外两层用同样的引号便分不清层次；旧书中可能有意为之，故只报告。",
    standard: "GB/T 15834-2011, 4.8.3.3",
    example: ("他说：“我读过“论语”两遍。”", "他说：“我读过‘论语’两遍。”"),
};

/// A quotation that is opened and never closed, or closed and never opened. The missing mark is never invented.
pub const QUOTE_UNBALANCED: Rule = Rule {
    id: "quote-unbalanced",
    concern: Concern::Quotes,
    safety: Safety::Suggest,
    default: Action::Report,
    warns: true,
    en: "report a quotation mark without its partner",
    zh: "报告不成对的引号",
    why_en: "Where the missing mark belongs only the sense tells, so it is never invented.",
    why_zh: "缺的引号该在何处只有文意能定，因此从不补造。",
    standard: "GB/T 15834-2011, 4.8",
    example: ("为干部守好“廉政门", "为干部守好“廉政门"),
};

/// A family of quotation marks.
struct Family {
    straight: Option<char>,
    open: char,
    close: char,
    /// The marks of a quotation inside one of these.
    inner: (char, char),
    /// Whether the direction of its marks may be wrong: corner brackets do not get confused.
    turns: bool,
}

/// The families of a text with curly marks, and of one with corner brackets: there a straight quote stands for those.
const FAMILIES: [[Family; 4]; 2] = [
    [
        Family { straight: Some('"'), open: '“', close: '”', inner: ('‘', '’'), turns: true },
        Family { straight: Some('\''), open: '‘', close: '’', inner: ('“', '”'), turns: true },
        Family { straight: None, open: '「', close: '」', inner: ('『', '』'), turns: false },
        Family { straight: None, open: '『', close: '』', inner: ('「', '」'), turns: false },
    ],
    [
        Family { straight: None, open: '“', close: '”', inner: ('‘', '’'), turns: true },
        Family { straight: None, open: '‘', close: '’', inner: ('“', '”'), turns: true },
        Family { straight: Some('"'), open: '「', close: '」', inner: ('『', '』'), turns: false },
        Family { straight: Some('\''), open: '『', close: '』', inner: ('「', '」'), turns: false },
    ],
];

impl Family {
    fn has(&self, c: char) -> bool {
        c == self.open || c == self.close || Some(c) == self.straight
    }
}

/// Follows quotations from paragraph to paragraph.
#[derive(Default)]
pub struct Quotes {
    /// For each family, the mark that the last paragraph left open.
    open: [Option<Range<usize>>; 4],
    /// Whether the marks of the text are corner brackets.
    corner: bool,
}

impl Quotes {
    /// For `text`, which has the characters of `census`: its own marks are corner brackets where it has no others and more of them
    /// than straight ones.
    pub fn of(census: &Census, text: &str) -> Self {
        let count = |mark: &str| memchr::memmem::find_iter(text.as_bytes(), mark).count();
        let corner = census.has('「') && !census.any("“”") && census.has('"') && count("「") * 2 > count("\"");
        Quotes { corner, ..Quotes::default() }
    }

    /// Whether no quotation is open.
    pub fn are_closed(&self) -> bool {
        self.open.iter().all(Option::is_none)
    }

    /// A paragraph without any mark, or the end of the text: what is open stays open for good.
    pub fn plain_line(&mut self, pass: &mut Pass<'_>) {
        for open in &mut self.open {
            if let Some(range) = open.take() {
                pass.report(&QUOTE_UNBALANCED, range, Cause::NeverClosed);
            }
        }
    }

    /// Judges the marks of a paragraph.
    pub fn judge(&mut self, pass: &mut Pass<'_>, line: &mut Line) {
        let families = &FAMILIES[usize::from(self.corner)];
        let mut seen = [false; 4];
        for &i in &line.signs {
            let family = families.iter().position(|family| family.has(line.chars[i]));
            if let Some(seen) = family.and_then(|family| seen.get_mut(family)) {
                *seen = true;
            }
        }
        for ((family, open), seen) in families.iter().zip(&mut self.open).zip(seen) {
            if seen || open.is_some() {
                judge_family(pass, line, family, open);
            }
        }
    }
}

fn judge_family(pass: &mut Pass<'_>, line: &mut Line, family: &Family, open: &mut Option<Range<usize>>) {
    let mut marks = marks(line, family);
    let was_open = open.take();
    if marks.is_empty() {
        if let Some(range) = was_open {
            pass.report(&QUOTE_UNBALANCED, range, Cause::NeverClosed);
        }
        return;
    }
    let stand = || stand(&marks, |mark| line.get(mark.at) == Some(family.open));
    if was_open.is_none() && (stand() || nested(pass, line, family, &marks)) {
        return;
    }
    let torn = was_open.is_some() && is_torn(pass, line, &marks);
    if let Some(first) = marks.first_mut().filter(|_| torn) {
        // It may as well end what the line above began.
        first.costs[1] -= cost::STRONG;
    }
    let begins = match was_open {
        Some(_) if torn => 0,
        Some(_) => cost::BEGINS_INSIDE,
        None => cost::BEGINS_UNOPENED,
    };
    let readings = read(&mut marks, begins);
    if family.straight == Some('"') {
        let doubtful = marks.iter().find(|mark| mark.straight && !mark.sure);
        if let Some(at) = doubtful.map(|mark| mark.at) {
            pass.report(&STRAIGHT_QUOTE, line.range(at, at + 1), Cause::TwoReadings);
        }
    }
    // `把"-p-"改成"q"`: the words beside code are code as well.
    let quoted = marks.iter().zip(marks.iter().skip(1)).zip(&readings);
    let mut quoted = quoted.filter(|((mark, _), reading)| mark.straight && **reading == Reading::Open);
    if quoted.any(|((open, close), _)| line.chars.get(open.at + 1..close.at).is_some_and(is_code)) {
        marks.iter_mut().for_each(|mark| mark.beside_code = true);
    }
    let was_inside = was_open.is_some();
    let mut inside: Option<usize> = None;
    let mut inner: Option<usize> = None;
    let outer = (family.open, family.close);
    let mut before_line = was_open;
    for (index, (mark, reading)) in marks.iter().zip(&readings).enumerate() {
        match reading {
            Reading::None => {}
            Reading::OpenInner => inner = Some(mark.at),
            Reading::CloseInner => {
                if let Some(start) = inner.take() {
                    settle(pass, line, family, &marks, (Some(start), Some(mark.at)), family.inner);
                }
            }
            Reading::Open => {
                if let Some(range) = before_line.take()
                    && index > 0
                {
                    pass.report(&QUOTE_UNBALANCED, range, Cause::NeverClosed);
                }
                if let Some(earlier) = inside.replace(mark.at) {
                    pass.report(&QUOTE_UNBALANCED, line.range(earlier, earlier + 1), Cause::OpenedAgain);
                    settle(pass, line, family, &marks, (Some(earlier), None), outer);
                }
            }
            Reading::Close => match inside.take() {
                Some(start) => settle(pass, line, family, &marks, (Some(start), Some(mark.at)), outer),
                None => {
                    let opened = was_inside && before_line.take().is_some();
                    if !opened {
                        pass.report(&QUOTE_UNBALANCED, line.range(mark.at, mark.at + 1), Cause::NeverOpened);
                    }
                    // A single one that nothing opened is as likely a stray, `“不'，不”`.
                    if opened || !(mark.straight && family.straight == Some('\'')) {
                        settle(pass, line, family, &marks, (None, Some(mark.at)), outer);
                    }
                }
            },
        }
    }
    if let Some(start) = inside {
        settle(pass, line, family, &marks, (Some(start), None), outer);
        *open = Some(line.range(start, start + 1));
    } else if let Some(range) = before_line
        && readings.iter().all(|reading| *reading == Reading::None)
    {
        pass.report(&QUOTE_UNBALANCED, range, Cause::NeverClosed);
    }
}

/// Whether the first of `marks` begins the line, and the line above breaks off: what it quotes was torn, `各军种的 “联合 ⏎”作战`.
fn is_torn(pass: &Pass<'_>, line: &Line, marks: &[Mark]) -> bool {
    let begins = marks.first().is_some_and(|mark| line.chars[..mark.at].iter().all(|c| c.is_whitespace()));
    let above = pass.text.get(..line.start).unwrap_or_default().trim_end();
    begins && above.ends_with(|c| is_han(c) || is_latin(c))
}

/// Whether the marks stand as quotations within quotations, none of them against what stands beside it; the inner ones are
/// judged by `quote-nesting`.
fn nested(pass: &mut Pass<'_>, line: &mut Line, family: &Family, marks: &[Mark]) -> bool {
    let inner = match family.open {
        '“' => ('‘', '’'),
        '「' => ('『', '』'),
        _ => return false,
    };
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    for mark in marks {
        let opens = line.get(mark.at) == Some(family.open);
        if mark.straight || mark.costs[usize::from(!opens)] >= cost::WEAK {
            return false;
        }
        if opens {
            open.push(mark.at);
        } else {
            let Some(start) = open.pop() else { return false };
            if open.len() == 1 {
                pairs.push((start, mark.at));
            } else if open.len() > 1 {
                return false;
            }
        }
    }
    if !open.is_empty() || pairs.is_empty() {
        return false;
    }
    for (start, end) in pairs {
        if pass.rules.action(&QUOTE_NESTING) == Action::Fix {
            put(pass, line, &QUOTE_NESTING, start, inner.0);
            put(pass, line, &QUOTE_NESTING, end, inner.1);
        } else {
            pass.report(&QUOTE_NESTING, line.range(start, end + 1), Cause::text(""));
        }
    }
    true
}

/// The marks of one family in the line, with the cost of each reading.
fn marks(line: &Line, family: &Family) -> Vec<Mark> {
    let mut marks = Vec::new();
    let beside = |i: usize| line.prev(i).is_some_and(is_wide) || line.get(i + 1).is_some_and(is_wide);
    let is_inner = |i: usize| matches!(line.chars[i], '\'' | '‘' | '’' | '『') && beside(i) && !line.kept[i];
    // Asked where a straight mark is met, as in most texts none is.
    let has_inner = std::cell::LazyCell::new(|| line.signs.iter().any(|&i| is_inner(i)));
    for &i in &line.signs {
        let c = line.chars[i];
        let straight = Some(c) == family.straight;
        if !family.has(c) || line.kept[i] {
            continue;
        }
        let (prev, next) = (line.prev(i), line.get(i + 1));
        if prev.is_some_and(is_latin) && next.is_some_and(is_latin) && (straight || family.close == '’') {
            continue; // An apostrophe, or a quote within a word of code.
        }
        if family.straight == Some('\'') && straight && !(prev.is_some_and(is_wide) || next.is_some_and(is_wide)) {
            continue; // A prime or an apostrophe at a word's end.
        }
        if family.straight == Some('\'')
            && straight
            && (is_prime(line, i) || is_omission(line, i) || is_named(line, i) || is_value(line, i))
        {
            continue;
        }
        let (opens, closes) = kinds(line, i);
        let nests = straight && c == '"' && !*has_inner;
        marks.push(Mark {
            at: i,
            straight,
            nests,
            costs: costs(line, family, i),
            opens,
            closes,
            sure: false,
            beside_code: false,
        });
    }
    marks
}

/// Whether the mark at `i` is a prime: behind a letter or two (`A'到B'`, `f'`) that no such mark opens.
fn is_prime(line: &Line, i: usize) -> bool {
    let name = line.chars[..i].iter().rev().take(MOST_NAME + 1).take_while(|&&c| is_latin(c)).count();
    let begin = i - name;
    let quoted =
        line.prev(begin) == Some('\'') && !begin.checked_sub(2).and_then(|at| line.get(at)).is_some_and(is_latin);
    let lettered = line.chars[begin..i].iter().any(char::is_ascii_alphabetic);
    // `Ω'`.
    let greek = line.prev(i).is_some_and(|c| matches!(c, 'Α'..='ω'));
    greek || (1..=MOST_NAME).contains(&name) && lettered && !quoted
}

/// Whether the mark at `i` is one of two around words of a program, `'vim'是`, of which the other has no Chinese beside it: it is no quotation mark,
/// and so this is none.
fn is_named(line: &Line, i: usize) -> bool {
    let word = |c: &&char| c.is_ascii() && **c != '\'';
    let before = line.chars[..i].iter().rev().take(MOST_WORD).take_while(word).count();
    let behind = line.chars[i + 1..].iter().take(MOST_WORD).take_while(word).count();
    let lone = |at: Option<usize>, beside: Option<char>| {
        at.and_then(|at| line.get(at)) == Some('\'') && !beside.is_some_and(is_wide)
    };
    let opens = (i - before).checked_sub(1);
    before > 0 && lone(opens, opens.and_then(|at| line.prev(at)))
        || behind > 0 && lone(Some(i + 1 + behind), line.get(i + 2 + behind))
}

/// Whether the mark at `i` stands beside the sign that joins a key and its value, `'甲'=>'乙'`, `名='甲'`.
fn is_value(line: &Line, i: usize) -> bool {
    let arrow = |first: usize| line.get(first) == Some('=') && line.get(first + 1) == Some('>');
    line.get(i + 1) == Some('=') || line.prev(i) == Some('=') || i >= 2 && arrow(i - 2)
}

/// Longest word of a program, in characters.
const MOST_WORD: usize = 32;

/// Longest name of a point or a function, in characters.
const MOST_NAME: usize = 2;

/// Whether the mark at `i` stands for the century left out of a year: `'90后`, `'98年`.
fn is_omission(line: &Line, i: usize) -> bool {
    let digits = line.chars[i + 1..].iter().take(3).take_while(|c| c.is_ascii_digit()).count();
    digits == 2 && line.get(i + 3).is_some_and(|c| c == 's' || speech::follows_years(c))
}

/// What the mark at `i` says of the quotation that it opens, and of the one that it closes.
fn kinds(line: &Line, i: usize) -> (Side, Side) {
    let said = follows_verb(line, i);
    let opens = match line.prev(i) {
        Some(':' | '：' | '∶') => Side::Speech,
        Some(_) if said => Side::Speech,
        Some(c) if is_han(c) && !speech::introduces(c) => Side::Term,
        _ => Side::Either,
    };
    let closes = match line.prev(i) {
        Some('。' | '！' | '？' | '!' | '?' | '.' | '…') => Side::Speech,
        Some(',' | '，' | ';' | '；') if !said => Side::Pause,
        Some(c) if is_han(c) || is_latin(c) => Side::Term,
        _ => Side::Either,
    };
    (opens, closes)
}

/// Whether a verb of speech and a mark that parts stand before `i`: `他说，“你来。”`, `宋江道；“不然。”`.
fn follows_verb(line: &Line, i: usize) -> bool {
    matches!(line.prev(i), Some(',' | '，' | ';' | '；'))
        && i.checked_sub(2).and_then(|at| line.get(at)).is_some_and(speech::utters)
}

/// What reading the mark at `i` as opening, closing or nothing costs.
fn costs(line: &Line, family: &Family, i: usize) -> [i32; 3] {
    let (mut open, mut close, mut none) = (0, 0, cost::NONE);
    let c = line.chars[i];
    if !family.turns && Some(c) != family.straight {
        let never = cost::STRONG * 100;
        return if c == family.open { [0, never, never] } else { [never, 0, never] };
    }
    // A mark of the same family is judged itself, and says nothing: each would turn the other round for ever. Nor does a sign
    // between two of them, which is quoted, `':'`, or parts two quotations, `","`.
    let judged = |c: char| c == family.open || c == family.close || Some(c) == family.straight;
    let beside = |c: Option<char>, beyond: Option<char>| {
        let silent = |c: char| judged(c) || c.is_ascii_punctuation() && beyond.is_some_and(judged);
        c.map(|c| if silent(c) { '\0' } else { c })
    };
    let prev = beside(line.prev(i), i.checked_sub(2).and_then(|at| line.get(at)));
    let next = beside(line.get(i + 1), line.get(i + 2));
    match prev {
        None => close += cost::STRONG,
        // `∶` stands for a colon in many a text that was keyed in.
        Some('：' | ':' | '∶' | '（' | '(' | '《' | '【' | '「' | '“' | '‘' | '\u{3000}') => {
            close += cost::STRONG
        }
        Some('—' | '…') => close -= cost::SLIGHT,
        Some(_) if follows_verb(line, i) => close += cost::WEAK,
        Some('，' | '、' | ',') => close += cost::SLIGHT,
        Some('。' | '！' | '？' | '!' | '?' | '.' | '；') => open += cost::WEAK,
        Some(c) if c.is_whitespace() => {
            let indent = line.chars.iter().take(i).all(|c| c.is_whitespace());
            close += if indent { cost::STRONG } else { cost::WEAK };
        }
        Some(c) if c.is_ascii_digit() => {
            none = cost::NONE_BEHIND_DIGIT;
            open += cost::WEAK;
        }
        Some(c) if is_latin(c) => open += cost::FAINT,
        _ => {}
    }
    match next {
        None => open += cost::STRONG,
        Some(
            '，' | '。' | '；' | '、' | '！' | '？' | '：' | ',' | ';' | ':' | '!' | '?' | '）' | ')' | '》' | '】'
            | '」' | '”' | '’',
        ) => {
            open += cost::STRONG;
        }
        Some('—' | '…') => open += cost::SLIGHT,
        Some('“' | '‘' | '《') => close += cost::SLIGHT,
        Some(c) if is_latin(c) => close += cost::FAINT,
        Some(c) if c.is_whitespace() => open += cost::WEAK,
        Some(c) if speech::is_particle(c) => open += cost::WEAK,
        _ => {}
    }
    // `：“（一）……；“（二）……`: each item opens.
    if matches!(prev, Some('：' | ':' | '；' | ';')) && matches!(next, Some('（' | '(')) {
        close += cost::STRONG;
    }
    if Some(c) == family.straight {
        return [open, close, none];
    }
    let never = cost::STRONG * 100;
    if c == family.open { [open, close + cost::TURNED, never] } else { [open + cost::TURNED, close, never] }
}

/// What stands beside a mark without a partner must speak this much for one reading.
const SPEAKS: u32 = cost::SLIGHT as u32;

/// What stands beside half of a pair of single marks must speak this much for one reading: they may be no quotation marks at all.
const DECIDES: u32 = cost::STRONG as u32;

/// How many marks beside each other say nothing of each other.
const ROW: usize = 16;

/// Whether what is quoted is a path, an option, an expression: signs that no words of a language have.
fn is_code(inside: &[char]) -> bool {
    matches!(inside.first(), Some('-' | '.' | '%'))
        || inside.iter().any(|c| {
            matches!(c, '/' | '\\' | '_' | '$' | '=' | '~' | '<' | '>' | '{' | '}' | '[' | ']' | '|' | '*' | '@' | '#')
        })
}

/// The first of `chars` that is no mark of `family`, but for one space. Nobody writes longer rows of marks than are looked past.
fn next_but_marks<'c>(chars: impl Iterator<Item = &'c char>, family: &Family) -> Option<char> {
    let mut chars = chars.copied().take(ROW).skip_while(|&c| family.has(c));
    let next = chars.next();
    if next == Some(' ') { chars.find(|&c| !family.has(c)) } else { next }
}

/// Whether the quotation from `from` to `to` begins behind a word that introduces nothing, and holds clauses.
fn parts(line: &Line, from: usize, to: usize) -> bool {
    let word = line.prev(from).is_some_and(|c| is_han(c) && !speech::introduces(c));
    word && line.chars[from..to].iter().any(|c| matches!(c, '，' | '。' | '；' | ','))
}

/// Writes the marks of a pair, or of a half of one, as they were read.
fn settle(
    pass: &mut Pass<'_>,
    line: &mut Line,
    family: &Family,
    marks: &[Mark],
    (open, close): (Option<usize>, Option<usize>),
    (opening, closing): (char, char),
) {
    let mark_at = |at: usize| marks.binary_search_by_key(&at, |mark| mark.at).ok().and_then(|k| marks.get(k));
    let is_straight = |at: usize| mark_at(at).is_some_and(|mark| mark.straight);
    let sure = open.iter().chain(&close).all(|&at| mark_at(at).is_some_and(|mark| mark.sure));
    let whole = open.is_some() && close.is_some();
    let (from, to) = (open.unwrap_or(close.unwrap_or(0)), close.unwrap_or(open.unwrap_or(0)));
    let inside = line.chars.get(from + 1..to).unwrap_or_default().iter().any(|&c| is_wide(c));
    // What stands beside a row of marks stands beside each of them: marks that are judged themselves say nothing.
    let beside = next_but_marks(line.chars.get(..from).unwrap_or_default().iter().rev(), family).is_some_and(is_wide)
        || next_but_marks(line.chars.get(to + 1..).unwrap_or_default().iter(), family).is_some_and(is_wide);
    let single = family.straight == Some('\'');
    let beside_code = mark_at(from).is_some_and(|mark| mark.straight && mark.beside_code);
    let code = whole && (beside_code || is_straight(from) && is_code(line.chars.get(from + 1..to).unwrap_or_default()));
    // How much what stands beside a mark speaks for the reading, its own direction left aside.
    let lean = |at: Option<usize>, reading: usize, sign: char| {
        at.and_then(mark_at).map_or(0, |mark| {
            let lean = mark.costs[1 - reading] - mark.costs[reading];
            match (mark.straight, line.chars.get(mark.at) == Some(&sign)) {
                (true, _) => lean,
                (false, true) => lean - cost::TURNED,
                (false, false) => lean + cost::TURNED,
            }
        })
    };
    let leans = [lean(open, 0, opening), lean(close, 1, closing)];
    for (k, at, mark) in open.map(|at| (0, at, opening)).into_iter().chain(close.map(|at| (1, at, closing))) {
        if line.chars.get(at) == Some(&mark) {
            continue;
        }
        let (own, partner) = (leans[k], leans[1 - k]);
        if !is_straight(at) {
            // Behind a break a quotation begins as often as one ends; at the beginning of a line one may end that the line above began.
            let breaks = matches!(line.prev(at), Some('…' | '—'));
            let opens = k == 0 && line.chars[..at].iter().rev().take(ROW).any(|c| !c.is_whitespace());
            let decides = own >= cost::STRONG || opens && partner >= cost::STRONG && (own >= cost::SLIGHT || breaks);
            // Half of a pair of single marks may be what is left of a double one; and none stands beside one of its own, `’‘先生，`.
            let half = !whole && line.chars.get(at).is_some_and(|c| matches!(c, '‘' | '’'));
            let doubled = line.prev(at) == Some(mark) || line.get(at + 1) == Some(mark);
            if decides && (k == 1 || opens) && !half && !doubled {
                put(pass, line, &QUOTE_DIRECTION, at, mark);
            } else {
                pass.report(&QUOTE_DIRECTION, line.range(at, at + 1), Cause::PointsWrongWay);
            }
        } else if single {
            // Half of a pair, where what stands beside it decides: the other may stand in another paragraph.
            let decided = |mark: &Mark| mark.costs[0].abs_diff(mark.costs[1]) >= DECIDES;
            let between = line.prev(at).is_some() && line.get(at + 1).is_some();
            let half = !whole && between && mark_at(at).is_some_and(decided) && beside;
            // One that closes where one would open is what is left of a character, `“'U糖来，'U糖”`.
            let fits = leans[1] >= -cost::SLIGHT;
            // Behind a word that introduces nothing a mark opens a word, no clauses: `典'这五个字，难为他这是几时'三个`.
            let fits = fits && !(whole && parts(line, from, to));
            if sure && (whole && inside && fits || half) {
                put(pass, line, &STRAIGHT_SINGLE, at, mark);
            } else if whole && inside || half {
                pass.report(&STRAIGHT_SINGLE, line.range(at, at + 1), Cause::TwoReadings);
            }
        } else if sure && !whole && mark_at(at).is_some_and(|mark| mark.costs[0].abs_diff(mark.costs[1]) < SPEAKS) {
            pass.report(&STRAIGHT_QUOTE, line.range(at, at + 1), Cause::TwoReadings);
        } else if sure && (inside || beside && !code) && pass.rules.action(&STRAIGHT_QUOTE) == Action::Fix {
            put(pass, line, &STRAIGHT_QUOTE, at, mark);
        }
    }
}
