//! Text read in the wrong encoding: `mojibake-1252`, `mojibake-gbk-utf8`, `lost-text`.
//!
//! Runs before spaces and soft hyphens are looked at, since U+00A0 and U+00AD are bytes of such text.

use crate::error::Cause;
use crate::normalize::Encodings;
use crate::normalize::census::Census;
use crate::normalize::house::{LOST, MOJIBAKE};
use crate::normalize::line::is_wide;
use crate::normalize::pass::{Pass, places_of};
use crate::normalize::rule::{Action, Concern, Rule, Safety};
use crate::unicode::{is_cjk_mark, is_han, is_invisible_control, is_private_use};
use std::ops::Range;

/// UTF-8, GB 18030 or Big5 that was read as windows-1252 or Latin-1, once or twice. A run is turned back when its bytes are
/// valid in the other encoding and the result is common Chinese: at least three bits a character more likely than before, and
/// under 12.5 bits a character.
pub const MOJIBAKE_1252: Rule = Rule {
    id: "mojibake-1252",
    concern: Concern::Reading,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: true,
    en: "undo Chinese that was read as windows-1252 (ÎÒÃÇ)",
    zh: "还原被误读为西欧编码的中文（ÎÒÃÇ）",
    why_en: "The bytes are all there and only their reading was wrong, so the text can be had back exactly.",
    why_zh: "字节都在，只是读错了编码，因此可以准确还原。",
    standard: "99.3–100 % of lines restored exactly, no false repair in 10,745",
    example: ("ÎÒÃÇÊÇÖÐ¹úÈË", "我们是中国人"),
};

/// UTF-8 that was read as GBK, when all of the run can be turned back. Where bytes of it are lost it is reported, and with
/// `mojibake=best-effort` turned back as far as it goes.
pub const MOJIBAKE_GBK_UTF8: Rule = Rule {
    id: "mojibake-gbk-utf8",
    concern: Concern::Reading,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: true,
    en: "undo UTF-8 that was read as GBK (鎴戜滑), when no byte is lost",
    zh: "还原被误读为 GBK 的 UTF-8 文本（鎴戜滑），仅限未丢字节者",
    why_en: "As long as no byte is lost the wrong reading can be turned round; else something would be invented.",
    why_zh: "只要没有丢字节，误读就可以逆转；否则就是在编造。",
    standard: "measured: only whole reversals are safe",
    example: ("鎴戜滑鏄\u{e219}腑鍥戒汉", "我们是中国人"),
};

/// A whole text in Big5 that was read as GBK, or the other way round. Only reported: the cure is to name the encoding.
pub const MOJIBAKE_BIG5_GBK: Rule = Rule {
    id: "mojibake-big5-gbk",
    concern: Concern::Reading,
    safety: Safety::Suggest,
    default: Action::Report,
    warns: true,
    en: "report a text in Big5 that was read as GBK, or the other way round",
    zh: "报告疑将 Big5 误读为 GBK（或反之）的全文",
    why_en: "Both readings are valid characters; the sure cure is to say the encoding with -e.",
    why_zh: "两种读法都是合法字符，稳妥的办法是用 -e 指定编码。",
    standard: "measured: single lines in other languages look the same, whole files do not",
    example: (
        "到セ\u{e1a8}ヘ\u{e4c7}и\u{e145}常琌い瓣\u{e5ee}\u{e4c7}稲弄い瓣\u{e1a8}",
        "到セ\u{e1a8}ヘ\u{e4c7}и\u{e145}常琌い瓣\u{e5ee}\u{e4c7}稲弄い瓣\u{e1a8}",
    ),
};

/// Traces of text whose bytes are gone: 锟斤拷, 烫烫烫, U+FFFD; and signs that stand for lost characters: `?` where no question ends,
/// `□ ■ 〓 ＊` between Chinese, blanks in their places. Nothing can bring it back: they stay as they are, or with `lost=mark` each of the signs
/// becomes U+FFFD.
pub const LOST_TEXT: Rule = Rule {
    id: "lost-text",
    concern: Concern::Reading,
    safety: Safety::Suggest,
    default: Action::Report,
    warns: true,
    en: "report text that was destroyed by wrong conversions (锟斤拷)",
    zh: "报告已被错误转换毁坏的文字（锟斤拷）",
    why_en: "The bytes are gone. Nothing can bring them back, but one should know where they are missing.",
    why_zh: "字节已失，无法复原，但应当知道缺在哪里。",
    standard: "no hit in 7.77 million clean characters",
    example: ("锟斤拷锟斤拷", "锟斤拷锟斤拷"),
};

/// What destroyed text looks like.
const TRACES: &[&str] = &[
    "锟斤拷",
    "烫烫烫",
    "屯屯屯",
    "锘縗",
    "銆",
    "鈥",
    "ï»¿",
    "ï¿½",
    "â€",
    // `，` before a character of three bytes, or before one that was lost. 锛 alone is a tool.
    "锛屼",
    "锛屽",
    "锛屾",
    "锛岀",
    "锛岃",
    "锛岄",
    "锛?",
];

/// What `，。的是在产我` and their like become when their UTF-8 is read as GBK: no such text is without them.
pub const MISREAD: &str = "锛銆鐨鏄鍦浜鎴";

/// Fewest characters beyond ASCII that can be told from chance.
const FEWEST: usize = 4;
/// Most bits a character that Chinese costs.
const CHINESE: f32 = 12.5;
/// Bits a character that a repair must gain.
const GAIN: f32 = 3.0;

/// The characters of windows-1252 from 0x80 to 0x9F; those it leaves undefined stand for themselves.
const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

pub fn fires(census: &Census) -> bool {
    census.within('\u{a1}'..='\u{ff}')
        || census.any("锟烫屯\u{fffd}锘銆鈥")
        || census.any(BLOCKS)
        || census.any(MISREAD)
}

pub fn run(pass: &mut Pass<'_>) {
    traces(pass);
    let Some(encodings) = pass.encodings else { return };
    let western = pass.census.within('\u{a1}'..='\u{ff}');
    let lossy = pass.rules.value(&MOJIBAKE) == "best-effort";
    if western {
        // U+0080 to U+00FF begin with one of two bytes.
        let signs = memchr::memchr2_iter(0xC2, 0xC3, pass.text.as_bytes());
        for (at, run) in runs(pass.text, signs, |c| byte_1252(c).is_some()) {
            // The last byte of a character of two may be a letter of ASCII.
            let longer =
                || pass.text.get(at..at + run.len() + 1).filter(|run| run.ends_with(|c: char| c.is_ascii_graphic()));
            let readings = [Some(run), longer()].into_iter().flatten();
            if let Some((run, with)) = readings.filter_map(|run| Some((run, from_1252(encodings, run)?))).next() {
                pass.change(&MOJIBAKE_1252, at..at + run.len(), with);
            }
        }
    }
    let signs = places_of(pass.text, pass.census, MISREAD.chars()).into_iter().map(|(at, _)| at);
    let wide = |c: char| is_wide(c) || is_private_use(c) || c.is_ascii() || matches!(c, '€' | '\u{fffd}');
    for (at, run) in runs(pass.text, signs, wide) {
        let place = at..at + run.len();
        if let Some(with) = from_gbk(encodings, run) {
            pass.change(&MOJIBAKE_GBK_UTF8, place, with);
        } else if let Some(with) = from_torn_gbk(encodings, run) {
            if lossy {
                pass.change(&MOJIBAKE_GBK_UTF8, place, with);
            } else {
                pass.report(&MOJIBAKE_GBK_UTF8, place, Cause::BytesAreLost);
            }
        }
    }
}

/// Reports destroyed text, once for each run of it.
fn traces(pass: &mut Pass<'_>) {
    for trace in TRACES.iter().filter(|trace| trace.chars().all(|c| pass.census.has(c))) {
        let mut done = 0;
        for (at, found) in pass.text.match_indices(trace) {
            if at >= done {
                pass.report(&LOST_TEXT, at..at + found.len(), Cause::text(*trace));
            }
            done = at + found.len();
        }
    }
    signs(pass);
    let mut done = 0;
    let holes = if pass.census.has('\u{fffd}') { pass.text } else { "" };
    for (at, found) in holes.match_indices('\u{fffd}') {
        if at > done || at == 0 {
            pass.report(&LOST_TEXT, at..at + found.len(), Cause::text("U+FFFD"));
        }
        done = at + found.len();
    }
}

/// Signs that were printed for characters that a set of types lacked.
const BLOCKS: &str = "□■〓＊";
/// Longest row of them that stands for characters.
const MOST_BLOCKS: usize = 4;

/// Reports the signs that stand for characters: a few alike, behind a Han character and before Chinese. Of a drawing there are more, and
/// a bullet or a box to be ticked stands before its words.
fn signs(pass: &mut Pass<'_>) {
    let mut done = 0;
    for (at, sign) in places_of(pass.text, pass.census, BLOCKS.chars()) {
        if at < done {
            continue;
        }
        let row = pass.text.get(at..).unwrap_or_default().chars().take_while(|&c| c == sign).count();
        done = at + row * sign.len_utf8();
        let inside =
            pass.before(at).is_some_and(is_han) && pass.after(done).is_some_and(|c| is_han(c) || is_cjk_mark(c));
        if inside && row <= MOST_BLOCKS {
            lost(pass, at..done, sign.encode_utf8(&mut [0; 4]), row);
        }
    }
}

/// Reports the `count` signs `sign` in `range` as lost characters; with `lost=mark` they become U+FFFD.
pub fn lost(pass: &mut Pass<'_>, range: Range<usize>, sign: &str, count: usize) {
    if pass.rules.value(&LOST) == "mark" && pass.wants(&LOST_TEXT) {
        for i in 0..count {
            let start = range.start + i * sign.len();
            pass.force(&LOST_TEXT, start..start + sign.len(), "\u{fffd}");
        }
    } else {
        pass.report(&LOST_TEXT, range, Cause::text(format!("{count} × {sign}")));
    }
}

/// The runs of characters of a `kind` in which one of the byte offsets `signs` lies, which ascend: each within a line, from and to
/// a character beyond ASCII, with enough of them.
fn runs(
    text: &str,
    signs: impl Iterator<Item = usize>,
    kind: impl Fn(char) -> bool,
) -> impl Iterator<Item = (usize, &str)> {
    let mut done = 0;
    signs.filter_map(move |sign| {
        let (before, behind) = text.get(done..)?.split_at_checked(sign.checked_sub(done)?)?;
        let other = |c: char| c == '\n' || !kind(c);
        let start = before.rfind(&other).map_or(done, |at| done + at + 1);
        let start = text.ceil_char_boundary(start);
        done = behind.find(other).map_or(text.len(), |at| sign + at).max(sign + 1);
        let run = text.get(start..done)?;
        let begin = start + run.len() - run.trim_start_matches(|c: char| c.is_ascii()).len();
        let run = run.trim_matches(|c: char| c.is_ascii());
        (run.chars().filter(|c| !c.is_ascii()).nth(FEWEST - 1).is_some()).then_some((begin, run))
    })
}

/// The byte of windows-1252 that was read as `c`.
fn byte_1252(c: char) -> Option<u8> {
    match c {
        '\0'..='\u{7f}' | '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(c)).ok(),
        '\u{80}'..='\u{9f}' => u8::try_from(u32::from(c)).ok(),
        // Beyond the last of them.
        '\u{2123}'.. => None,
        _ => WINDOWS.chars().position(|known| known == c).and_then(|i| u8::try_from(0x80 + i).ok()),
    }
}

fn bytes_1252(run: &str) -> Option<Vec<u8>> {
    run.chars().map(byte_1252).collect()
}

/// Mean cost of the characters beyond ASCII.
fn cost(encodings: &dyn Encodings, text: &str) -> f32 {
    let costs = text.chars().filter(|c| !c.is_ascii()).map(|c| encodings.bits(c));
    let (sum, count) = costs.fold((0.0, 0.0), |(sum, count), bits| (sum + bits, count + 1.0));
    if count > 0.0 { sum / count } else { f32::MAX }
}

/// Whether `text` is Chinese: common characters, nothing that no text has.
fn is_chinese(encodings: &dyn Encodings, text: &str, before: f32) -> bool {
    let cost = cost(encodings, text);
    let sound = !text.chars().any(|c| is_private_use(c) || c == '\u{fffd}' || is_invisible_control(c));
    sound && text.chars().any(is_han) && cost < CHINESE && before - cost >= GAIN
}

/// The Chinese that a run read as windows-1252 was.
fn from_1252(encodings: &dyn Encodings, run: &str) -> Option<String> {
    let bytes = bytes_1252(run)?;
    let before = cost(encodings, run);
    let mut readings = Vec::new();
    if let Ok(text) = String::from_utf8(bytes.clone()) {
        if let Some(twice) = bytes_1252(&text).and_then(|bytes| String::from_utf8(bytes).ok()) {
            readings.push(twice);
        }
        readings.push(text);
    }
    readings.extend(encodings.decode(&bytes, "gb18030"));
    readings.extend(encodings.decode(&bytes, "big5"));
    readings.retain(|text| is_chinese(encodings, text, before));
    readings.into_iter().min_by(|a, b| cost(encodings, a).total_cmp(&cost(encodings, b)))
}

/// The Chinese that a run of UTF-8 read as GBK was.
fn from_gbk(encodings: &dyn Encodings, run: &str) -> Option<String> {
    let bytes = encodings.encode(run, "gb18030")?;
    let text = String::from_utf8(bytes).ok()?;
    is_chinese(encodings, &text, cost(encodings, run)).then_some(text)
}

/// The same with lost bytes: each hole becomes one U+FFFD, with the question mark that may stand for the lost byte. At least
/// two of three characters must come back.
fn from_torn_gbk(encodings: &dyn Encodings, run: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(run.len());
    let mut buffer = [0; 4];
    for c in run.chars() {
        match encodings.encode(c.encode_utf8(&mut buffer), "gb18030") {
            Some(code) => bytes.extend(code),
            None => bytes.push(0xFF),
        }
    }
    let mut text = String::with_capacity(run.len());
    for c in String::from_utf8_lossy(&bytes).chars() {
        if !(text.ends_with('\u{fffd}') && matches!(c, '?' | '\u{fffd}')) {
            text.push(c);
        }
    }
    let holes = text.chars().filter(|&c| c == '\u{fffd}').count();
    let whole: String = text.chars().filter(|&c| c != '\u{fffd}').collect();
    let enough = whole.chars().filter(|c| !c.is_ascii()).count() >= FEWEST.max(holes * 2);
    (enough && is_chinese(encodings, &whole, cost(encodings, run))).then_some(text)
}

/// Most bytes of a text that are tried in the other encoding.
const SAMPLE: usize = 16 << 10;
/// Fewest characters beyond ASCII that a whole text is judged by.
const FEWEST_OF_A_TEXT: usize = 12;

pub fn fires_across(census: &Census) -> bool {
    census.within('\u{4e00}'..='\u{9fff}')
}

/// Reports a whole text that reads as Chinese in the other of the two encodings and does not as it stands.
pub fn run_across(pass: &mut Pass<'_>) {
    let Some(encodings) = pass.encodings else { return };
    let first = |bytes| pass.text.get(..pass.text.floor_char_boundary(bytes)).unwrap_or_default().trim();
    // What begins as Chinese is not wholly another encoding's.
    if cost(encodings, first(SAMPLE / 16)) < CHINESE {
        return;
    }
    let sample = first(SAMPLE);
    let before = cost(encodings, sample);
    if before < CHINESE || sample.chars().filter(|c| !c.is_ascii()).count() < FEWEST_OF_A_TEXT {
        return;
    }
    let han: String = sample.chars().filter(|c| !c.is_ascii()).collect();
    for (from, to) in [("gb18030", "big5"), ("big5", "gb18030")] {
        let read = encodings.encode(&han, from).and_then(|bytes| encodings.decode(&bytes, to));
        if read.is_some_and(|text| is_chinese(encodings, &text, before)) {
            pass.report(&MOJIBAKE_BIG5_GBK, 0..sample.len(), Cause::ReadAs { right: to, wrong: from });
        }
    }
}
