//! The lists of a document: what stands before each of their paragraphs.

use super::styles::Styles;
use super::xml::{Node, Space, Walk};
use crate::chinese::numeral;
use std::collections::HashMap;

/// The longest form of a label, in bytes: it stands before each of its paragraphs.
const LABEL: usize = 256;

/// Levels of a list (ECMA-376, 17.9.6).
const LEVELS: usize = 9;

/// A level of a list.
#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: String,
    /// What is written, `%1` for the number of the first level.
    text: String,
    /// What stands behind it: a tab unless it is said.
    suffix: String,
    style: String,
    legal: bool,
    /// The level whose numbers make this one begin anew, from 1; 0 for none.
    restart: Option<usize>,
}

impl Default for Level {
    fn default() -> Self {
        let (format, suffix, style) = (String::new(), String::new(), String::new());
        Level { start: 0, format, text: String::new(), suffix, style, legal: false, restart: None }
    }
}

/// Lists of one kind, which count together.
#[derive(Debug, Default)]
struct Kind {
    levels: [Level; LEVELS],
    /// The style of lists that says what its levels are.
    link: String,
    counts: [Option<u32>; LEVELS],
}

/// A list.
#[derive(Debug, Default)]
struct List {
    kind: String,
    /// Numbers with which its levels begin, the first time.
    starts: [Option<u32>; LEVELS],
    /// Levels that it has in place of those of its kind.
    levels: [Option<Level>; LEVELS],
}

/// The lists by their ids.
#[derive(Debug, Default)]
pub struct Numbering {
    kinds: HashMap<String, Kind>,
    /// The kinds that styles of lists name, by these.
    named: HashMap<String, String>,
    lists: HashMap<String, List>,
}

/// What stands before a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Label {
    /// A bullet.
    Bullet,
    /// A number as lists of Markdown have it: `1.`
    Number(u32),
    /// Anything else: `第一条`, `(a)`, `1.2`, with what parts it from the text.
    Text(String),
}

impl Numbering {
    /// Reads the part that has them.
    pub fn read(source: &str) -> Self {
        let mut numbering = Numbering::default();
        let (mut kind, mut list, mut level, mut overrides) = (String::new(), String::new(), 0, false);
        // What may be said in two ways is read once.
        let (mut depth, mut other) = (0usize, None);
        for node in Walk::new(source) {
            let tag = match node {
                Node::Open(tag) => tag,
                Node::Close => {
                    other = other.filter(|outer| *outer < depth);
                    depth = depth.saturating_sub(1);
                    continue;
                }
                Node::Text(_) => continue,
            };
            depth += 1;
            if tag.space == Space::Compatibility && tag.name == "Fallback" {
                other.get_or_insert(depth);
            }
            if tag.space != Space::Word || other.is_some() {
                continue;
            }
            let value = || tag.attributes.value().to_owned();
            let id = || tag.attributes.id("val");
            let number = |name: &str| tag.attributes.get(name).parse::<usize>().unwrap_or(0).min(LEVELS - 1);
            match tag.name {
                "abstractNum" => {
                    kind = tag.attributes.id("abstractNumId");
                    overrides = false;
                    numbering.kinds.insert(kind.clone(), Kind::default());
                }
                "num" => {
                    list = tag.attributes.id("numId");
                    overrides = true;
                    numbering.lists.insert(list.clone(), List::default());
                }
                "abstractNumId" => numbering.lists.entry(list.clone()).or_default().kind = id(),
                "numStyleLink" => numbering.kinds.entry(kind.clone()).or_default().link = id(),
                "styleLink" => drop(numbering.named.insert(id(), kind.clone())),
                "lvlOverride" => level = number("ilvl"),
                "lvl" => {
                    level = number("ilvl");
                    if overrides {
                        numbering.lists.entry(list.clone()).or_default().levels[level] = Some(Level::default());
                    }
                }
                "startOverride" => {
                    numbering.lists.entry(list.clone()).or_default().starts[level] = value().parse().ok();
                }
                name => {
                    let own = match overrides {
                        true => numbering.lists.get_mut(&list).and_then(|list| list.levels[level].as_mut()),
                        false => numbering.kinds.get_mut(&kind).map(|kind| &mut kind.levels[level]),
                    };
                    let Some(level) = own else { continue };
                    match name {
                        "start" => level.start = value().parse().unwrap_or(0),
                        // `001, 002, 003, ...`
                        "numFmt" if tag.attributes.value() == "custom" => level.format = tag.attributes.id("format"),
                        "numFmt" => level.format = tag.attributes.id("val"),
                        "lvlText" => level.text = Some(value()).filter(|text| text.len() <= LABEL).unwrap_or_default(),
                        "suff" => level.suffix = value(),
                        "pStyle" => level.style = id(),
                        "isLgl" => level.legal = tag.attributes.is_on(),
                        "lvlRestart" => level.restart = value().parse().ok(),
                        _ => {}
                    }
                }
            }
        }
        numbering
    }

    /// The kind of the list of this id.
    fn kind(&self, list: &str, styles: &Styles) -> Option<String> {
        let kind = &self.lists.get(list)?.kind;
        let link = &self.kinds.get(kind)?.link;
        let by_style = styles.list_of_style(link).and_then(|list| self.lists.get(list)).map(|list| &list.kind);
        Some(by_style.or_else(|| self.named.get(link)).unwrap_or(kind).clone())
    }

    /// The level of a list that has this style.
    pub fn level_of(&self, list: &str, style: &str, styles: &Styles) -> Option<usize> {
        let kind = self.kinds.get(&self.kind(list, styles)?)?;
        kind.levels.iter().position(|level| !style.is_empty() && level.style == style)
    }

    /// What stands before the next paragraph of this list and level.
    pub fn next(&mut self, list: &str, at: usize, styles: &Styles) -> Option<Label> {
        let at = at.min(LEVELS - 1);
        let name = self.kind(list, styles)?;
        let list = self.lists.get_mut(list)?;
        let start = list.starts[at].take();
        let kind = self.kinds.get_mut(&name)?;
        let level = |at: usize| list.levels[at].as_ref().unwrap_or(&kind.levels[at]);
        let counts = &mut kind.counts;
        let next = match (start, counts[at]) {
            (Some(start), _) => start,
            (None, Some(count)) => count.saturating_add(1),
            (None, None) => level(at).start,
        };
        counts[at] = Some(next);
        for (below, count) in counts.iter_mut().enumerate().skip(at + 1) {
            if level(below).restart.is_none_or(|level| level > at) {
                *count = None;
            }
        }
        let own = level(at);
        let written = own.text.as_str();
        if own.format == "none" && written.is_empty() {
            return None;
        }
        if own.format == "bullet" {
            return Some(Label::Bullet);
        }
        if own.format == "decimal" && written == format!("%{}.", at + 1) {
            return Some(Label::Number(next));
        }
        let mut text = String::new();
        let mut signs = written.chars();
        while let Some(c) = signs.next() {
            let number = if c == '%' { signs.clone().next().and_then(|c| c.to_digit(10)) } else { None };
            match number.and_then(|number| (number as usize).checked_sub(1)).filter(|level| *level < LEVELS) {
                Some(other) => {
                    signs.next();
                    let count = counts[other].unwrap_or(level(other).start);
                    let format = if own.legal { "decimal" } else { &level(other).format };
                    text.push_str(&numeral(count, format));
                }
                None => text.push(c),
            }
        }
        if text.is_empty() {
            return None;
        }
        match own.suffix.as_str() {
            "nothing" => {}
            // Chinese numbers have their mark, and no blank behind it.
            _ if text.ends_with(['、', '）', '．', '，', '：']) => {}
            _ => text.push(' '),
        }
        Some(Label::Text(text))
    }
}

/// `n` in a format (ECMA-376, 17.18.59).
fn numeral(n: u32, format: &str) -> String {
    let letter = |first: u8| {
        let (n, times) = ((n.saturating_sub(1)) % 26, (n.saturating_sub(1)) / 26 + 1);
        char::from(first + n as u8).to_string().repeat(times.min(9) as usize)
    };
    let of = |signs: &str| signs.chars().nth((n as usize).saturating_sub(1)).map(String::from);
    let each = |signs: &str| {
        n.to_string()
            .chars()
            .filter_map(|c| signs.chars().nth(c.to_digit(10).unwrap_or(0) as usize))
            .collect::<String>()
    };
    let named = match format {
        "none" => Some(String::new()),
        "hebrew1" => Some(hebrew(n)),
        "upperLetter" => Some(letter(b'A')),
        "lowerLetter" => Some(letter(b'a')),
        "upperRoman" => Some(roman(n)),
        "lowerRoman" => Some(roman(n).to_lowercase()),
        "decimalZero" => Some(format!("{n:02}")),
        _ if format.starts_with('0') => {
            let width = format.bytes().take_while(u8::is_ascii_digit).count();
            Some(format!("{n:0width$}"))
        }
        "ordinal" => Some(format!("{n}{}", ending(n))),
        "cardinalText" => in_words(n, false),
        "ordinalText" => in_words(n, true),
        "chicago" => Some(["§", "*", "†", "‡"][n as usize % 4].repeat((n.saturating_sub(1) / 4 + 1).min(9) as usize)),
        "decimalFullWidth" | "decimalFullWidth2" => Some(each("０１２３４５６７８９")),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => of("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
        "decimalEnclosedParen" => of("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
        "decimalEnclosedFullstop" => of("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
        "ideographEnclosedCircle" => of("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
        "ideographTraditional" => of("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => of("子丑寅卯辰巳午未申酉戌亥"),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "koreanCounting" => Some(numeral::spell(u64::from(n))),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => Some(numeral::digits(u64::from(n))),
        "koreanDigital2" => Some(numeral::digits(u64::from(n)).replace('〇', "零")),
        "chineseLegalSimplified" => Some(whole(numeral::in_accounts(u64::from(n), false))),
        "ideographLegalTraditional" => Some(whole(numeral::in_accounts(u64::from(n), true))),
        _ => ALPHABETS.iter().find(|(known, _)| *known == format).and_then(|(_, letters)| of(letters)),
    };
    named.unwrap_or_else(|| n.to_string())
}

/// Formats that count by the letters of an alphabet, or by words that stand for them.
const ALPHABETS: [(&str, &str); 9] = [
    ("aiueo", "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"),
    ("aiueoFullWidth", "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"),
    ("arabicAbjad", "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"),
    ("arabicAlpha", "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"),
    ("chosung", "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"),
    ("ganada", "가나다라마바사아자차카타파하"),
    ("hebrew2", "אבגדהוזחטיכלמנסעפצקרשת"),
    ("iroha", "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"),
    ("russianUpper", "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ"),
];

/// A number in Hebrew letters; fifteen and sixteen are no part of the name of God.
fn hebrew(n: u32) -> String {
    const SIGNS: [(u32, &str); 24] = [
        (400, "ת"),
        (300, "ש"),
        (200, "ר"),
        (100, "ק"),
        (90, "צ"),
        (80, "פ"),
        (70, "ע"),
        (60, "ס"),
        (50, "נ"),
        (40, "מ"),
        (30, "ל"),
        (20, "כ"),
        (16, "טז"),
        (15, "טו"),
        (10, "י"),
        (9, "ט"),
        (8, "ח"),
        (7, "ז"),
        (6, "ו"),
        (5, "ה"),
        (4, "ד"),
        (3, "ג"),
        (2, "ב"),
        (1, "א"),
    ];
    by_addition(n, &SIGNS)
}

/// A numeral of accounts, which says how many tens it begins with.
fn whole(numeral: String) -> String {
    if numeral.starts_with('拾') { format!("壹{numeral}") } else { numeral }
}

/// The ending of an ordinal number: 1st, 22nd, 13th.
fn ending(n: u32) -> &'static str {
    match (n / 10 % 10, n % 10) {
        (1, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

/// A number below a hundred in English words: twenty-one, or twenty-first.
fn in_words(n: u32, ordinal: bool) -> Option<String> {
    const ONES: [(&str, &str); 20] = [
        ("Zero", "Zeroth"),
        ("One", "First"),
        ("Two", "Second"),
        ("Three", "Third"),
        ("Four", "Fourth"),
        ("Five", "Fifth"),
        ("Six", "Sixth"),
        ("Seven", "Seventh"),
        ("Eight", "Eighth"),
        ("Nine", "Ninth"),
        ("Ten", "Tenth"),
        ("Eleven", "Eleventh"),
        ("Twelve", "Twelfth"),
        ("Thirteen", "Thirteenth"),
        ("Fourteen", "Fourteenth"),
        ("Fifteen", "Fifteenth"),
        ("Sixteen", "Sixteenth"),
        ("Seventeen", "Seventeenth"),
        ("Eighteen", "Eighteenth"),
        ("Nineteen", "Nineteenth"),
    ];
    const TENS: [&str; 8] = ["Twent", "Thirt", "Fort", "Fift", "Sixt", "Sevent", "Eight", "Ninet"];
    let said = |n: u32| ONES.get(n as usize).map(|(cardinal, nth)| if ordinal { nth } else { cardinal });
    if let Some(own) = said(n) {
        return Some((*own).to_owned());
    }
    let tens = TENS.get((n / 10) as usize - 2)?;
    Some(match n % 10 {
        0 if ordinal => format!("{tens}ieth"),
        0 => format!("{tens}y"),
        ones => format!("{tens}y-{}", said(ones)?.to_lowercase()),
    })
}

fn roman(n: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    by_addition(n, &SIGNS)
}

/// A number of signs that are added up, the largest first.
fn by_addition(n: u32, signs: &[(u32, &str)]) -> String {
    let (mut rest, mut out) = (n.min(5000), String::new());
    for (value, sign) in signs {
        while rest >= *value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}
