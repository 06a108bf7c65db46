//! The shapes that there are: marks, brackets, kinds of numbers with their units, and what each is worth in rank.

/// What kind of number or name a shape has: what is weighed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// A numbered part: 第一章, 卷三, EP.1.
    Chapter,
    /// A number at the end: 其二.
    Tail,
    /// No number, but a mark: ◎.
    Mark,
    /// No number, but brackets around the whole.
    Bracket,
    /// A name of a part: 前言.
    Name,
    /// None of these.
    Plain,
    /// A number of a kind of its own: 一、, (1), 2016-11-04.
    Number(u8),
}

/// A kind of number: how it is called, to which class it belongs, how far out its heads stand, its pattern, an example.
///
/// In a pattern, `N` is a number in Han or Arabic digits, `H` and `D` one of either, `M` a decimal, `R` a Roman numeral, `A` a Latin
/// letter, `O` a number in a circle, `Z` digits that a zero pads, `S` one of 上中下, `V` a number or one of them, `U` a unit and `W` an English word of the lists below, `P`
/// a name of a part; `~` spaces or none, `_` spaces, `$` the end of the line, `>` something visible, `!` no digit, `=` no more Han than a title has,
/// `%` a few words before 第; `[…]` one of these characters, `[…]?` or none.
pub(super) struct Kind {
    pub(super) name: &'static str,
    pub(super) class: Class,
    /// The rank of its heads where their unit has none.
    pub(super) rank: u8,
    pub(super) pattern: &'static str,
    #[cfg_attr(not(test), allow(dead_code))]
    pub(super) example: &'static str,
}

pub(super) const fn kind(
    name: &'static str,
    class: Class,
    rank: u8,
    pattern: &'static str,
    example: &'static str,
) -> Kind {
    Kind { name, class, rank, pattern, example }
}

/// Of parts, volumes, chapters, sections, and below.
pub(super) const PART: u8 = 10;
pub(super) const VOLUME: u8 = 20;
pub(super) const CHAPTER: u8 = 30;
pub(super) const SECTION: u8 = 33;
/// Of heads that stand in brackets and have no number.
pub(super) const BRACKET: u8 = 55;
/// Of heads that no number orders.
pub const PLAIN: u8 = 35;

/// The kinds, of which the first that fits counts.
pub(super) const KINDS: [Kind; 37] = [
    kind("di", Class::Chapter, CHAPTER, "% 第 N ~ U", "第一章 山雨"),
    kind("named", Class::Chapter, CHAPTER, "P D? [ 　:：·] ~ >", "番外二 山雨"),
    kind("unit", Class::Chapter, CHAPTER, "N [章回节卷篇话夜幕层难问화] =", "三十章"),
    kind("unit-first", Class::Chapter, CHAPTER, "[章回节篇夜幕] N /", "章一"),
    kind("juan", Class::Chapter, VOLUME, "卷 ~ 之? 第? ~ V", "卷之三 山雨"),
    kind("word", Class::Chapter, CHAPTER, "W [ .:]? ~ E", "EP.05 山雨"),
    kind("decimal", Class::Number(0), 60, "M [.．、]? !", "1.2 山雨"),
    kind("date", Class::Number(1), 60, "Y", "2016-11-04"),
    kind("han-stop", Class::Number(2), 40, "H ~ [、．.·,，∶:：]", "一、山雨"),
    kind("han-space", Class::Number(3), 40, "H _ >", "一 山雨"),
    kind("han", Class::Number(4), 40, "H $", "一"),
    kind("paren-han", Class::Number(5), 50, "[（(〔［【\\[] ~ H ~ [)）〕］】\\]]", "（一）山雨"),
    kind("paren-digit", Class::Number(6), 70, "[（(] ~ D ~ [)）]", "（1）山雨"),
    kind("square", Class::Number(7), 70, "[\\[［〔【] ~ D ~ [\\]］〕】]", "[1] 山雨"),
    kind("digit-half", Class::Number(8), 70, "D ~ [)）]", "1）山雨"),
    kind("digit-stop", Class::Number(9), 60, "D ~ [、．.|:：] !", "1. 山雨"),
    kind("zero", Class::Number(10), 60, "Z !", "001 山雨"),
    kind("digit", Class::Number(11), 60, "D $", "7"),
    kind("digit-space", Class::Number(12), 60, "D _ >", "7 山雨"),
    kind("digit-glued", Class::Number(13), 60, "D h", "7山雨"),
    kind("roman", Class::Number(14), PART, "R .", "IV. 山雨"),
    kind("circle", Class::Number(15), 80, "O", "① 山雨"),
    kind("day", Class::Number(16), CHAPTER, "d $", "星期一"),
    kind("letter", Class::Number(17), 80, "A [.、．)）]", "A. 山雨"),
    kind("side", Class::Chapter, VOLUME, "S [篇卷部册集编]", "上卷 山雨"),
    kind("section-word", Class::Chapter, CHAPTER, "c [-—－_] >", "章节-山雨"),
    kind("tail-di", Class::Tail, PLAIN, "", "五帝本纪第三十九"),
    kind("tail-part", Class::Tail, PLAIN, "", "山雨其二"),
    kind("tail-paren", Class::Tail, PLAIN, "", "山雨（上）"),
    kind("tail-count", Class::Tail, PLAIN, "", "山雨三首"),
    kind("tail-side", Class::Tail, PLAIN, "", "列传卷下"),
    kind("tail-number", Class::Tail, PLAIN, "", "雪夜一"),
    kind("mark", Class::Mark, PLAIN, "", "◎山雨"),
    kind("bracket", Class::Bracket, PLAIN, "", "【山雨】"),
    kind("name", Class::Name, CHAPTER, "", "前　言"),
    kind("tag", Class::Mark, PLAIN, "", "<篇名>山雨"),
    kind("plain", Class::Plain, PLAIN, "", "山雨"),
];

/// The units of 第…, those that are longer first, each with its rank.
pub(super) const UNITS: [(&str, u8); 42] = [
    ("部分", PART),
    ("部份", PART),
    ("部", PART),
    ("集", PART),
    ("编", PART),
    ("季", PART),
    ("册", PART),
    ("辑", PART),
    ("卷", VOLUME),
    ("篇", CHAPTER),
    ("章", CHAPTER),
    ("回", CHAPTER),
    ("节", SECTION),
    ("讲", CHAPTER),
    ("课", CHAPTER),
    ("话", CHAPTER),
    ("夜", CHAPTER),
    ("幕", CHAPTER),
    ("折", CHAPTER),
    ("出", CHAPTER),
    ("场", SECTION),
    ("则", CHAPTER),
    ("封", CHAPTER),
    ("笔", CHAPTER),
    ("条", SECTION),
    ("天", CHAPTER),
    ("首", CHAPTER),
    ("品", CHAPTER),
    ("尊", CHAPTER),
    ("难", CHAPTER),
    ("问", CHAPTER),
    ("论", CHAPTER),
    ("案", CHAPTER),
    ("法", CHAPTER),
    ("步", CHAPTER),
    ("页", CHAPTER),
    ("次", CHAPTER),
    ("层", CHAPTER),
    ("单元", CHAPTER),
    ("弹", CHAPTER),
    ("更", CHAPTER),
    ("日", CHAPTER),
];

/// English words before a number, each with its rank.
pub(super) const ENGLISH: [(&str, u8); 19] = [
    ("part", PART),
    ("volume", PART),
    ("vol", PART),
    ("book", PART),
    ("chapter", CHAPTER),
    ("chap", CHAPTER),
    ("episode", CHAPTER),
    ("ep", CHAPTER),
    ("no", CHAPTER),
    ("section", SECTION),
    ("step", CHAPTER),
    ("tier", CHAPTER),
    ("version", CHAPTER),
    ("ver", CHAPTER),
    ("lecture", CHAPTER),
    ("act", CHAPTER),
    ("scene", SECTION),
    ("appendix", CHAPTER),
    ("lesson", CHAPTER),
];

/// The brackets that may stand around a line.
pub(super) const PAIRS: [(char, char); 17] = [
    ('【', '】'),
    ('《', '》'),
    ('「', '」'),
    ('『', '』'),
    ('〈', '〉'),
    ('［', '］'),
    ('[', ']'),
    ('〔', '〕'),
    ('（', '）'),
    ('(', ')'),
    ('“', '”'),
    ('"', '"'),
    ('<', '>'),
    ('=', '='),
    ('＝', '＝'),
    ('〖', '〗'),
    ('*', '*'),
];

/// The marks that may stand before a line.
pub(super) const MARKS: &[char] = &[
    '◆', '◇', '◎', '●', '○', '☆', '★', '□', '■', '▲', '△', '※', '§', '·', '•', '＊', '*', '＃', '#', '→', '►', '▶',
    '>', '=', '＝', '\\', '<',
];

/// The number of marks, brackets, kinds and units, each with one more for none.
pub const COUNTS: [usize; 4] = [MARKS.len() + 1, PAIRS.len() + 1, KINDS.len() + 1, UNITS.len() + ENGLISH.len() + 1];
/// How many classes there are.
pub const CLASSES: usize = 6 + 18;

impl Class {
    /// Its place among all.
    pub fn index(self) -> usize {
        match self {
            Class::Chapter => 0,
            Class::Tail => 1,
            Class::Mark => 2,
            Class::Bracket => 3,
            Class::Name => 4,
            Class::Plain => 5,
            Class::Number(n) => 6 + usize::from(n),
        }
    }

    /// The name of the class at this place.
    pub fn name(index: usize) -> &'static str {
        match index {
            0 => "chapter",
            1 => "tail",
            2 => "mark",
            3 => "bracket",
            4 => "name",
            5 => "plain",
            _ => KINDS.iter().find(|kind| kind.class == Class::Number((index - 6) as u8)).map_or("", |kind| kind.name),
        }
    }
}

/// The name of a mark, a pair of brackets, a kind or a unit, by its place from 1; `none` for 0.
pub fn name(of: usize, index: usize) -> String {
    let Some(at) = index.checked_sub(1) else { return "none".to_owned() };
    match of {
        0 => MARKS[at].to_string(),
        1 => PAIRS[at].0.to_string(),
        2 => KINDS[at].name.to_owned(),
        _ => UNITS.get(at).or_else(|| ENGLISH.get(at - UNITS.len())).map_or("", |unit| unit.0).to_owned(),
    }
}
