//! Where a title may part into lines: what it costs to begin a line at each of its characters. 0 is where the sense parts, 60 is within a
//! word.
//!
//! The costs are those of offices, which part a title before 关于, behind 》, before the verb, and never before 的 or behind 和
//! (GB/T 9704 7.3.1: 词意完整).

use super::vocabulary;
use super::words::Word;
use super::{
    fold::fold,
    numeral::{arabic, begins},
};

/// What it costs that a line begins at a place, from the best to the worst.
mod cost {
    pub const FREE: u32 = 0;
    pub const MARK: u32 = 2;
    pub const AFTER: u32 = 3;
    pub const VERB: u32 = 4;
    pub const OF: u32 = 5;
    pub const BRACKET: u32 = 6;
    pub const LISTED: u32 = 7;
    pub const WORD: u32 = 8;
    pub const PAUSE: u32 = 9;
    pub const CLOSE: u32 = 14;
    pub const SINGLE: u32 = 18;
    pub const NAME: u32 = 22;
    pub const DATE: u32 = 25;
    pub const SINGLES: u32 = 26;
    pub const WEAK: u32 = 30;
    pub const SUFFIX: u32 = 32;
    pub const NEVER: u32 = 40;
    pub const WITHIN: u32 = 60;
    pub const NUMBER: u32 = 80;
    /// Added within brackets, short ones and long ones, and where the title is parted by a space elsewhere.
    pub const SHORT: u32 = 16;
    pub const LONG: u32 = 6;
    pub const SPACED: u32 = 8;
}

const OPENING: &str = "《“‘（「『【〔〈(";
const CLOSING: &str = "》”’）」』】〕〉)";
/// Characters behind a number that it is not parted from.
const UNITS: &str =
    "年月日号个项次届章节回卷条名亿万千百余所版周岁元吨米期季编部篇讲集册页种类级人家件份天时分秒点成层场轮批座位路大";
/// Words of one character that no line ends with, that none begins with, that one may begin with.
const ENDS_BADLY: &str =
    "要关和与及暨对在把被将从向为以由于并或至到给按就所拟已未各该本每其这那又也不很最更副非可应须让使令经同无仍";
const BEGINS_BADLY: &str = "于的地得了着过们之时上中下里内外前后间等者性化率";
const CONJUNCTIONS: &str = "和与及暨并或";
const PREPOSITIONS: &str = "在对把被将从向为以由于按就经";
/// Characters that hang on to the word before them, or to that behind them.
const SUFFIXES: &str = "省市县区镇乡村州旗院厅局部委会室处科所站馆社团校系组长级化性者员率法学线等型类版港路街桥库河江山湖岛湾庄店厂矿案书费款权品奖赛杯队党报令";
const PREFIXES: &str = "副非拟各本该新老小大不再正全总原前驻省市";
/// Longest brackets that hold what is one name.
const SHORT: usize = 8;

/// A title with its words.
struct Title {
    /// In simplified characters.
    folded: Vec<char>,
    /// The word that ends, and the one that begins, before each character; none within a word.
    ends: Vec<Option<usize>>,
    begins: Vec<Option<usize>>,
    /// Pairs of brackets.
    brackets: Vec<(usize, usize)>,
    /// Whether a space parts it.
    spaced: bool,
}

/// Signs that stand for the characters of a name that is not told.
const MASKS: &str = "×○□＊";

/// What it costs that a line begins at each character of `text`; the first begins one anyhow.
pub fn costs(text: &[char]) -> Vec<u32> {
    let alone = |at: usize| {
        let blank = |at: Option<usize>| at.and_then(|at| text.get(at)).is_none_or(|c| c.is_whitespace());
        !text[at].is_whitespace() && blank(at.checked_sub(1)) && blank(Some(at + 1))
    };
    // The blanks between characters that are set apart part no words: 通　知.
    let apart = |at: usize| {
        let around = [text[..at].iter().rposition(|c| !c.is_whitespace()), next(text, at)];
        text[at].is_whitespace() && around.into_iter().flatten().any(alone)
    };
    let own: Vec<usize> = (0..text.len()).filter(|&at| !apart(at)).collect();
    let title = Title::new(&own.iter().filter_map(|&at| text.get(at).copied()).collect::<Vec<char>>());
    let mut costs = vec![cost::WITHIN; text.len()];
    for (k, at) in own.into_iter().enumerate() {
        costs[at] = if k == 0 { cost::FREE } else { title.cost(k) };
    }
    costs
}

/// The first character from `at` on that is not blank.
fn next(text: &[char], at: usize) -> Option<usize> {
    text[at..].iter().position(|c| !c.is_whitespace()).map(|ahead| at + ahead)
}

fn is_number(c: char) -> bool {
    arabic(c).is_some() || begins(c)
}

impl Title {
    fn new(text: &[char]) -> Self {
        let folded: Vec<char> = text.iter().map(|c| fold(*c)).collect();
        let (mut ends, mut begins) = (vec![None; text.len() + 1], vec![None; text.len() + 1]);
        for word in vocabulary::words(text) {
            if !text[word.clone()].iter().all(|c| c.is_whitespace()) {
                (ends[word.end], begins[word.start]) = (Some(word.start), Some(word.end));
            }
        }
        let (mut brackets, mut open) = (vec![], vec![]);
        for (at, c) in folded.iter().enumerate() {
            if OPENING.contains(*c) {
                open.push(at);
            } else if CLOSING.contains(*c)
                && let Some(from) = open.pop()
            {
                brackets.push((from, at + 1));
            }
        }
        let mut title = Title { folded, ends, begins, brackets, spaced: false };
        title.spaced = (1..title.folded.len())
            .any(|at| title.folded[at - 1].is_whitespace() && !title.folded[at].is_whitespace() && !title.is_head(at));
        title
    }

    fn text(&self, from: usize, to: usize) -> String {
        self.folded[from..to].iter().collect()
    }

    /// Whether what stands before `at` is the number of a part: 第三章.
    fn is_head(&self, at: usize) -> bool {
        let before = self.text(0, at);
        let before = before.trim_end();
        let inner = before
            .strip_prefix('第')
            .and_then(|rest| rest.strip_suffix(['回', '章', '节', '卷', '讲', '编', '篇', '部', '集']));
        inner.is_some_and(|number| !number.is_empty() && number.chars().all(is_number))
    }

    fn cost(&self, at: usize) -> u32 {
        let (before, after) = (self.folded[at - 1], self.folded[at]);
        if before.is_whitespace() {
            return cost::FREE;
        }
        let masked = MASKS.contains(after) && (MASKS.contains(before) || Word::Surname.is(&before.to_string()));
        if masked || self.ends[at].is_none() && self.begins[at].is_none() {
            return cost::WITHIN;
        }
        let left = self.text(self.ends[at].unwrap_or(at - 1), at);
        let right = self.text(at, self.begins[at].unwrap_or(at + 1));
        let own = self.between(at, before, after, &left, &right);
        let own = own + self.bracketed(at);
        let own = self.known(at, own, &left, &right);
        if self.spaced && own > cost::AFTER && own < cost::NEVER && !self.is_head(at) {
            own + cost::SPACED
        } else {
            own
        }
    }

    /// The cost between two words, by the words and the marks alone.
    fn between(&self, at: usize, before: char, after: char, left: &str, right: &str) -> u32 {
        let rest = self.text(at, self.folded.len());
        let (one_left, one_right) = (left.chars().count() == 1, right.chars().count() == 1);
        match before {
            '：' | ':' | '—' | '－' | '-' => return cost::FREE,
            '，' | ',' | '；' | ';' => return cost::MARK,
            '、' => return cost::PAUSE,
            c if CLOSING.contains(c) && is_kind_of(&rest) => return cost::OF,
            '）' | ')' => return cost::BRACKET,
            c if CLOSING.contains(c) => return cost::MARK,
            _ => {}
        }
        if OPENING.contains(after) {
            return match Word::Forwarding.is_in(left) || matches!(left, "发布" | "公布") {
                true => cost::FREE,
                false if Word::TitleVerb.is(left) => cost::LISTED,
                false => cost::MARK,
            };
        }
        if rest.starts_with("关于") {
            return cost::FREE;
        }
        if is_kind_of(&rest) {
            return cost::PAUSE;
        }
        if after == '的' {
            return cost::NEVER;
        }
        if one_right && BEGINS_BADLY.contains(after) {
            return cost::WEAK;
        }
        if matches!(left, "有关" | "若干" | "进一步") {
            return cost::CLOSE;
        }
        if one_left && ENDS_BADLY.contains(before) || Word::LeadsOn.is(left) {
            return cost::NEVER;
        }
        if is_number(before) && (UNITS.contains(after) || is_number(after)) || before == '第' {
            return cost::NUMBER;
        }
        if before == '的' {
            return if Word::TitleKind.is(&rest) { cost::NEVER } else { cost::OF };
        }
        if CONJUNCTIONS.contains(right) || matches!(right, "以及" | "及其") || one_right && PREPOSITIONS.contains(after)
        {
            return cost::VERB;
        }
        if Word::TitleVerb.is(right) {
            return cost::VERB;
        }
        if self.is_head(at) {
            return cost::FREE;
        }
        if matches!(before, '年' | '月') && is_number(after) {
            return cost::DATE;
        }
        let han = |c: char| !c.is_ascii() && c.is_alphabetic();
        let (one_left, one_right) = (one_left && han(before), one_right && han(after));
        match (one_left, one_right) {
            (true, true) => cost::SINGLES,
            (false, true) if SUFFIXES.contains(after) => cost::SUFFIX,
            (true, false) if PREFIXES.contains(before) => cost::SINGLES,
            // A name is a surname and one or two characters.
            (true, false) if right.chars().count() == 2 && Word::Surname.is(left) => cost::NAME,
            (false, false) => cost::WORD,
            _ => cost::SINGLE,
        }
    }

    /// What is added within brackets.
    fn bracketed(&self, at: usize) -> u32 {
        let inside = self.brackets.iter().filter(|(from, to)| (from + 1..*to).contains(&at));
        inside.map(|(from, to)| if to - from > SHORT { cost::LONG } else { cost::SHORT }).sum()
    }

    /// The cost beside words that say more of the sense than their neighbours.
    fn known(&self, at: usize, own: u32, left: &str, right: &str) -> u32 {
        let before = self.text(0, at);
        let rest = self.text(at, self.folded.len());
        let after = self.folded[at];
        if left.len() == 4 && left.bytes().all(|b| b.is_ascii_digit()) && after == '年' {
            return cost::NUMBER;
        }
        if Word::Forwarding.is(left) && !OPENING.contains(after) && !rest.starts_with("关于") {
            return own.max(cost::NEVER);
        }
        let mut own = own;
        if matches!(own, cost::WORD | cost::VERB | cost::SINGLE) {
            if ends_with_period(&before) && !begins_with_part(&rest) {
                own = cost::MARK;
            } else if is_ordinal(&rest, &['届']) && own < cost::SINGLE {
                own = cost::AFTER;
            } else if ends_with_ordinal(&before) {
                own = cost::CLOSE;
            } else if left.chars().count() > 1 && own < cost::SINGLE && Word::TitleBody.is_in(&before) {
                own = cost::VERB;
            }
            if Word::Held.is(right) && Word::Meeting.is_in(left) {
                own = own.max(cost::CLOSE);
            }
            if Word::Held.is(left) {
                own = cost::AFTER;
            }
        }
        if Word::Stressing.is(right)
            && own < cost::CLOSE
            && (left.ends_with(['时', '上', '中']) || Word::TitleVerb.is(left))
        {
            own = cost::CLOSE;
        }
        if Word::Stressing.is(left) && own > cost::MARK && own < cost::NEVER {
            own = cost::MARK;
        }
        own
    }
}

/// Whether `rest` is 的 and the kind of a document: 的紧急通知.
fn is_kind_of(rest: &str) -> bool {
    let Some(kind) = rest.strip_prefix('的') else { return false };
    let kind = kind.strip_prefix("紧急").or_else(|| kind.strip_prefix("补充")).unwrap_or(kind);
    Word::TitleKind.is(kind)
}

/// Whether `text` ends with a year or a part of it: 2025年度, 2025年上半年, 2025年春季学期.
fn ends_with_period(text: &str) -> bool {
    let text =
        ["上半年", "下半年", "春季学期", "秋季学期"].iter().find_map(|part| text.strip_suffix(part)).unwrap_or(text);
    let text = text.strip_suffix("季度").map_or(text, |text| text.trim_end_matches(|c| c == '第' || is_number(c)));
    let text = text.strip_suffix('度').unwrap_or(text);
    text.strip_suffix('年').is_some_and(|year| year.chars().rev().take(4).filter(|c| c.is_ascii_digit()).count() == 4)
}

/// Whether `text` begins with a part of a year or with a further number.
fn begins_with_part(text: &str) -> bool {
    text.starts_with(is_number)
        || ["上半", "下半", "春季", "秋季", "第一季", "第二季", "第三季", "第四季"]
            .iter()
            .any(|part| text.starts_with(part))
}

/// Whether `text` begins with 第, a number and one of `units`.
fn is_ordinal(text: &str, units: &[char]) -> bool {
    let Some(number) = text.strip_prefix('第') else { return false };
    let unit = number.trim_start_matches(is_number);
    unit.len() < number.len() && unit.starts_with(units)
}

/// Whether `text` ends with 第三届 or 第三次.
fn ends_with_ordinal(text: &str) -> bool {
    let Some(number) = text.strip_suffix(['届', '次']) else { return false };
    let before = number.trim_end_matches(is_number);
    before.len() < number.len() && before.ends_with('第')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The best places of a title, and those that are no better than within a word.
    fn parted(text: &str, within: impl Fn(u32) -> bool) -> String {
        let chars: Vec<char> = text.chars().collect();
        let mut out = String::new();
        for (c, cost) in chars.iter().zip(costs(&chars)) {
            if !out.is_empty() && within(cost) {
                out.push('|');
            }
            out.push(*c);
        }
        out
    }

    #[test]
    fn a_title_parts_where_the_sense_does() {
        assert_eq!(
            parted("关于印发《补贴办法（试行）》的通知", |cost| cost <= cost::OF),
            "关于印发|《补贴办法（试行）》|的通知"
        );
    }

    #[test]
    fn no_line_begins_within_a_word_or_a_number() {
        let seen = parted("对2017年第38号提案的答复", |cost| cost < cost::NEVER);
        assert_eq!(seen, "对2017年|第38号|提案|的答复");
        assert_eq!(parted("中华人民共和国", |cost| cost < cost::WITHIN), "中华人民共和国");
        assert_eq!(parted("免去李××同志", |cost| cost < cost::WITHIN), "免去|李××|同志");
        assert_eq!(parted("某法院民 事 判 决 书", |cost| cost < cost::SINGLE), "某法院|民 事 |判 决 书");
    }
}
