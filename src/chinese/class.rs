//! The class of every character (A1) and, for the marks that Chinese shares with the West, the choice between them (A2).

/// What a character is to the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// Han, kana, hangul, bopomofo and full-width letters and digits: may be parted on both sides.
    Han,
    /// Opening bracket or quote; blank half in front.
    Opening,
    /// Closing bracket or quote; blank half behind.
    Closing,
    /// ，、；：, blank half behind.
    Pause,
    /// 。．！？, blank half behind.
    Stop,
    /// · between the parts of a name.
    MiddleDot,
    /// － – ～ and the single —.
    Connector,
    /// One half of ——.
    Dash,
    /// One half of ……, or the whole of it where the font gives it so.
    Ellipsis,
    /// ／
    Solidus,
    /// 々 and its like, which repeat what stands before them.
    Iteration,
    /// Letters and digits of Latin, Greek, Cyrillic, and the signs that bind to them.
    Western,
    /// An opening bracket or quote of Western text.
    WesternOpening,
    /// A closing bracket, quote, stop or pause of Western text.
    WesternClosing,
    /// The space between words.
    WesternSpace,
    /// A space that must not break.
    NoBreakSpace,
    /// The space of one em, U+3000.
    IdeographicSpace,
    /// Before a number: ￥＄№＃.
    Prefix,
    /// After a number: %‰℃°′″.
    Suffix,
    /// Belongs to the character before it.
    Combining,
    /// Anything else: may be parted on both sides.
    Symbol,
}

use Class::*;

/// The class table: first and last code point of a range, and its class. In order, without overlap.
pub const CLASSES: &[(char, char, Class)] = &[
    ('\t', '\t', WesternSpace),
    (' ', ' ', WesternSpace),
    ('!', '!', WesternClosing),
    ('"', '#', Western),
    ('$', '$', Prefix),
    ('%', '%', Suffix),
    ('&', '\'', Western),
    ('(', '(', WesternOpening),
    (')', ')', WesternClosing),
    ('*', '+', Western),
    (',', ',', WesternClosing),
    ('-', '-', Western),
    ('.', '.', WesternClosing),
    ('/', '9', Western),
    (':', ';', WesternClosing),
    ('<', '>', Western),
    ('?', '?', WesternClosing),
    ('@', 'Z', Western),
    ('[', '[', WesternOpening),
    ('\\', '\\', Western),
    (']', ']', WesternClosing),
    ('^', 'z', Western),
    ('{', '{', WesternOpening),
    ('|', '|', Western),
    ('}', '}', WesternClosing),
    ('~', '~', Western),
    ('\u{a0}', '\u{a0}', NoBreakSpace),
    ('¡', '¡', WesternOpening),
    ('¢', '¢', Suffix),
    ('£', '¥', Prefix),
    ('ª', 'ª', Western),
    ('«', '«', WesternOpening),
    ('\u{ad}', '\u{ad}', Western),
    ('°', '°', Suffix),
    ('±', '±', Western),
    ('²', '³', Suffix),
    ('µ', 'µ', Western),
    ('·', '·', MiddleDot),
    ('¹', 'º', Suffix),
    ('»', '»', WesternClosing),
    ('¼', '¾', Western),
    ('¿', '¿', WesternOpening),
    ('À', 'Ö', Western),
    ('Ø', 'ö', Western),
    ('ø', '\u{2ff}', Western),
    ('\u{300}', '\u{36f}', Combining),
    ('\u{370}', '\u{482}', Western),
    ('\u{483}', '\u{489}', Combining),
    ('\u{48a}', '\u{52f}', Western),
    ('\u{1dc0}', '\u{1dff}', Combining),
    ('\u{1e00}', '\u{1fff}', Western),
    ('\u{2000}', '\u{2006}', WesternSpace),
    ('\u{2007}', '\u{2007}', NoBreakSpace),
    ('\u{2008}', '\u{200a}', WesternSpace),
    ('\u{200b}', '\u{200f}', Combining),
    ('‐', '‑', Western),
    ('‒', '–', Connector),
    ('—', '―', Dash),
    ('‘', '‘', Opening),
    ('’', '’', Closing),
    ('“', '“', Opening),
    ('”', '”', Closing),
    ('‥', '…', Ellipsis),
    ('‧', '‧', MiddleDot),
    ('\u{202f}', '\u{202f}', NoBreakSpace),
    ('‰', '‱', Suffix),
    ('′', '‴', Suffix),
    ('\u{2060}', '\u{2064}', Combining),
    ('\u{20a0}', '\u{20cf}', Prefix),
    ('\u{20d0}', '\u{20ff}', Combining),
    ('℃', '℃', Suffix),
    ('℉', '℉', Suffix),
    ('№', '№', Prefix),
    ('\u{2150}', '\u{218f}', Symbol),
    ('①', '\u{24ff}', Symbol),
    ('⸺', '⸺', Dash),
    ('\u{2e80}', '\u{2fdf}', Han),
    ('\u{3000}', '\u{3000}', IdeographicSpace),
    ('、', '、', Pause),
    ('。', '。', Stop),
    ('〃', '〃', Iteration),
    ('々', '々', Iteration),
    ('〆', '〇', Han),
    ('〈', '〈', Opening),
    ('〉', '〉', Closing),
    ('《', '《', Opening),
    ('》', '》', Closing),
    ('「', '「', Opening),
    ('」', '」', Closing),
    ('『', '『', Opening),
    ('』', '』', Closing),
    ('【', '【', Opening),
    ('】', '】', Closing),
    ('〔', '〔', Opening),
    ('〕', '〕', Closing),
    ('〖', '〖', Opening),
    ('〗', '〗', Closing),
    ('〘', '〘', Opening),
    ('〙', '〙', Closing),
    ('〚', '〚', Opening),
    ('〛', '〛', Closing),
    ('〜', '〜', Connector),
    ('〝', '〝', Opening),
    ('〞', '〟', Closing),
    ('〡', '〩', Han),
    ('〪', '〯', Combining),
    ('〻', '〻', Iteration),
    ('ぁ', 'ゖ', Han),
    ('゙', '゚', Combining),
    ('ゝ', 'ゞ', Iteration),
    ('ァ', 'ヺ', Han),
    ('・', '・', MiddleDot),
    ('ー', 'ヾ', Iteration),
    ('ㄅ', 'ㄯ', Han),
    ('ㄱ', 'ㆎ', Han),
    ('ㆠ', 'ㆿ', Han),
    ('㐀', '䶿', Han),
    ('一', '鿿', Han),
    ('가', '힣', Han),
    ('\u{f900}', '\u{faff}', Han),
    ('\u{fe00}', '\u{fe0f}', Combining),
    ('\u{fe20}', '\u{fe2f}', Combining),
    ('﹐', '﹑', Pause),
    ('﹒', '﹒', Stop),
    ('﹔', '﹕', Pause),
    ('﹖', '﹗', Stop),
    ('﹙', '﹙', Opening),
    ('﹚', '﹚', Closing),
    ('﹛', '﹛', Opening),
    ('﹜', '﹜', Closing),
    ('﹝', '﹝', Opening),
    ('﹞', '﹞', Closing),
    ('！', '！', Stop),
    ('＃', '＄', Prefix),
    ('％', '％', Suffix),
    ('（', '（', Opening),
    ('）', '）', Closing),
    ('，', '，', Pause),
    ('－', '－', Connector),
    ('．', '．', Stop),
    ('／', '／', Solidus),
    ('０', '９', Han),
    ('：', '；', Pause),
    ('？', '？', Stop),
    ('Ａ', 'Ｚ', Han),
    ('［', '［', Opening),
    ('］', '］', Closing),
    ('ａ', 'ｚ', Han),
    ('｛', '｛', Opening),
    ('｝', '｝', Closing),
    ('～', '～', Connector),
    ('｟', '｟', Opening),
    ('｠', '｠', Closing),
    ('｡', '｡', Stop),
    ('｢', '｢', Opening),
    ('｣', '｣', Closing),
    ('､', '､', Pause),
    ('･', '･', MiddleDot),
    ('ｦ', 'ｯ', Han),
    ('ｰ', 'ｰ', Iteration),
    ('ｱ', 'ﾝ', Han),
    ('ﾞ', 'ﾟ', Combining),
    ('￠', '￠', Suffix),
    ('￡', '￡', Prefix),
    ('￥', '￦', Prefix),
    ('\u{1f3fb}', '\u{1f3ff}', Combining),
    ('\u{20000}', '\u{3ffff}', Han),
    ('\u{e0100}', '\u{e01ef}', Combining),
];

impl Class {
    /// How many there are.
    pub const COUNT: usize = Symbol as usize + 1;

    /// The class of `c` by itself; [`resolve`] then looks at its neighbours.
    pub fn of(c: char) -> Class {
        if matches!(c, '一'..='鿿') {
            return Han;
        }
        let row = CLASSES.partition_point(|&(_, last, _)| last < c);
        match CLASSES.get(row) {
            Some(&(first, _, class)) if first <= c => class,
            _ if c.is_alphabetic() => Western,
            _ => Symbol,
        }
    }

    /// Whether it is part of a Western word: no line ends within it but at its own break points (B5).
    pub fn in_word(self) -> bool {
        matches!(self, Western | WesternOpening | WesternClosing | Prefix | Suffix | NoBreakSpace)
    }

    /// Whether it is a space that vanishes at the end of a line.
    pub fn is_space(self) -> bool {
        matches!(self, WesternSpace | IdeographicSpace)
    }

    /// Whether it is a full-width mark with a blank half (A3).
    pub fn is_mark(self) -> bool {
        matches!(self, Opening | Closing | Pause | Stop | MiddleDot)
    }
}

/// How far a mark looks for the text that decides about it.
const REACH: usize = 8;

/// Chooses between Chinese and Western for “ ” ‘ ’ — … · –, once for a paragraph, from the text on both sides (A2). `char_at` and
/// `classes` describe the same characters; the classes are changed in place.
pub fn resolve(classes: &mut [Class], char_at: impl Fn(usize) -> char) {
    let mut i = 0;
    let mut open: Vec<usize> = Vec::new();
    while i < classes.len() {
        let c = char_at(i);
        match c {
            '—' | '…' | '―' | '‥' => {
                let run = (i..classes.len()).take_while(|&k| char_at(k) == c).count();
                if run == 1 && western_around(classes, i, i + 1, &char_at) {
                    classes[i] = if c == '…' { WesternClosing } else { Western };
                } else if run == 1 && classes[i] == Dash {
                    classes[i] = Connector;
                }
                i += run;
                continue;
            }
            '·' | '–' | '‒' | '‧' if western_around(classes, i, i + 1, &char_at) => classes[i] = Western,
            '’' if i > 0 && is_letter(char_at(i - 1)) && classes.get(i + 1).is_some() && is_letter(char_at(i + 1)) => {
                classes[i] = Western;
            }
            '“' | '‘' => {
                if open.len() == 16 {
                    open.remove(0);
                }
                open.push(i);
            }
            '”' | '’' => {
                let own = if c == '”' { '“' } else { '‘' };
                match open.iter().rposition(|&o| char_at(o) == own) {
                    Some(at) => {
                        let start = open[at];
                        open.truncate(at);
                        let inside = western_after(classes, start + 1, &char_at) != Some(false)
                            && western_before(classes, i, &char_at) != Some(false);
                        let outside =
                            [western_before(classes, start, &char_at), western_after(classes, i + 1, &char_at)];
                        if inside && !outside.contains(&Some(false)) && outside.contains(&Some(true)) {
                            classes[start] = WesternOpening;
                            classes[i] = WesternClosing;
                        }
                    }
                    None if western_around(classes, i, i + 1, &char_at) => classes[i] = WesternClosing,
                    None => {}
                }
            }
            _ => {}
        }
        i += 1;
    }
    for start in open {
        if western_around(classes, start, start + 1, &char_at) {
            classes[start] = WesternOpening;
        }
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() && Class::of(c) == Western
}

/// Whether the text before `end` is Western; `None` where the paragraph begins.
fn western_before(classes: &[Class], end: usize, char_at: &impl Fn(usize) -> char) -> Option<bool> {
    let near = (end.saturating_sub(REACH)..end).rev();
    near.filter_map(|k| western(classes[k], char_at(k))).next()
}

/// Whether the text from `start` on is Western; `None` where the paragraph ends.
fn western_after(classes: &[Class], start: usize, char_at: &impl Fn(usize) -> char) -> Option<bool> {
    let near = start..classes.len().min(start + REACH);
    near.filter_map(|k| western(classes[k], char_at(k))).next()
}

/// Whether neither side is Chinese and one is Western.
fn western_around(classes: &[Class], start: usize, end: usize, char_at: &impl Fn(usize) -> char) -> bool {
    let sides = [western_before(classes, start, char_at), western_after(classes, end, char_at)];
    !sides.contains(&Some(false)) && sides.contains(&Some(true))
}

fn western(class: Class, c: char) -> Option<bool> {
    match class {
        Western | WesternOpening | WesternClosing => Some(true),
        WesternSpace | NoBreakSpace | Combining | Prefix | Suffix => None,
        _ if matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '·' | '–') => None,
        _ => Some(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_every_row_counts_a1() {
        for pair in CLASSES.windows(2) {
            assert!(pair[0].1 < pair[1].0, "{:?} {:?}", pair[0], pair[1]);
        }
        for &(first, last, class) in CLASSES {
            assert!(first <= last);
            assert_eq!((Class::of(first), Class::of(last)), (class, class), "{first}–{last}");
        }
    }

    #[test]
    fn classes_are_those_of_a1() {
        let rows = [
            ("《〈「『【〔［｛“‘（", Opening),
            ("）》〉」』】〕］｝”’", Closing),
            ("，、；：", Pause),
            ("。．！？", Stop),
            ("·・", MiddleDot),
            ("－–～", Connector),
            ("—", Dash),
            ("…", Ellipsis),
            ("／", Solidus),
            ("々", Iteration),
            ("aZéΩж09+=@", Western),
            (" ", WesternSpace),
            ("\u{3000}", IdeographicSpace),
            ("￥＄№＃$", Prefix),
            ("%‰℃°′″％", Suffix),
            ("\u{301}\u{fe0f}", Combining),
            ("永㐀𠀀かカ가ㄅＡ９〇", Han),
            ("■→①Ⅳ😀", Symbol),
        ];
        for (chars, class) in rows {
            for c in chars.chars() {
                assert_eq!(Class::of(c), class, "{c}");
            }
        }
    }

    fn resolved(text: &str) -> Vec<(char, Class)> {
        let chars: Vec<char> = text.chars().collect();
        let mut classes: Vec<Class> = chars.iter().map(|&c| Class::of(c)).collect();
        resolve(&mut classes, |i| chars[i]);
        chars.into_iter().zip(classes).filter(|(c, _)| "“”‘’—…·–".contains(*c)).collect()
    }

    #[test]
    fn shared_marks_are_chosen_by_both_sides_a2() {
        let cases: [(&str, &[Class]); 10] = [
            ("他说“好”。", &[Opening, Closing]),
            ("“GDP”增长", &[Opening, Closing]),
            ("增长的是“GDP”", &[Opening, Closing]),
            ("He said “yes” to it.", &[WesternOpening, WesternClosing]),
            ("“Yes,” he said.", &[WesternOpening, WesternClosing]),
            ("I don’t.", &[Western]),
            ("等等——好", &[Dash, Dash]),
            ("北京—上海", &[Connector]),
            ("yes — no … but", &[Western, WesternClosing]),
            ("卡尔·马克思 A·B", &[MiddleDot, Western]),
        ];
        for (text, classes) in cases {
            assert_eq!(resolved(text).into_iter().map(|(_, k)| k).collect::<Vec<_>>(), classes, "{text}");
        }
    }
}
