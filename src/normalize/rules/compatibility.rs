//! Second code points for one character: `pua-gb18030`, `pua-other`, `kangxi-radical`, `compat-ideograph`, `vertical-form`,
//! `small-form`, `halfwidth-katakana-forms`.

use crate::error::Cause;
use crate::normalize::census::Census;
use crate::normalize::pass::{Pass, byte_set, lines};
use crate::normalize::rule::{Action, Concern, Rule, Safety};
use crate::unicode::{is_han, is_private_use};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// Private-use characters to which GB 18030 gave a code point of their own (2000, 2005, 2022).
pub const PUA_GB18030: Rule = Rule {
    id: "pua-gb18030",
    concern: Concern::Reading,
    safety: Safety::Sure,
    default: Action::Fix,
    warns: false,
    en: "give characters of GB 18030 their final code point",
    zh: "GB 18030 的专用区字符改用正式码位",
    why_en: "Fonts of today show nothing, or something else, for the provisional codes of these characters; the standard says what each became.",
    why_zh: "这些字的临时码位在今天的字体中显示为空白或别的字；标准写明了各自的正式码位。",
    standard: "GB 18030-2022, annex D",
    example: ("\u{e816}\u{e854}", "\u{20087}\u{9fba}"),
};

/// All other private-use characters: each font means something else by them, so they are named, with the code that they have in GBK,
/// and never mapped.
pub const PUA_OTHER: Rule = Rule {
    id: "pua-other",
    concern: Concern::Reading,
    safety: Safety::Suggest,
    default: Action::Report,
    warns: true,
    en: "report private-use characters",
    zh: "报告专用区字符",
    why_en: "Each font gives a private code another meaning, so no table can be right for all: a person must look.",
    why_zh: "专用区的码位各家字体含义不同，没有一张对照表处处都对，只能请人看。",
    standard: "Unicode 15, 23.5",
    example: ("百里\u{e248}", "百里\u{e248}"),
};

/// Radicals that stand for characters, as text taken from PDF files has them. Lines that list or discuss radicals stay.
pub const KANGXI_RADICAL: Rule = Rule {
    id: "kangxi-radical",
    concern: Concern::Reading,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "turn radicals that stand for characters into characters",
    zh: "当作汉字使用的部首字符改为汉字",
    why_en: "Text copied from PDF files often has a radical where the character was meant: it looks the same and cannot be searched for.",
    why_zh: "从 PDF 复制的文本常把字写成形状相同的部首，看来一样却搜索不到。",
    standard: "Unicode EquivalentUnifiedIdeograph",
    example: ("⽅⾯", "方面"),
};

/// Compatibility ideographs become the unified ones; the twelve that are unified in truth stay (NFC leaves them).
pub const COMPAT_IDEOGRAPH: Rule = Rule {
    id: "compat-ideograph",
    concern: Concern::Reading,
    safety: Safety::Sure,
    default: Action::Fix,
    warns: false,
    en: "turn compatibility ideographs into unified ones",
    zh: "兼容汉字改为统一汉字",
    why_en: "Unicode has these twice for round trips with older sets only; as two codes for one character they cannot be searched for.",
    why_zh: "这些字在 Unicode 中重复编码，只为与旧字符集往返；一字两码则无法搜索。",
    standard: "Unicode NFC",
    example: ("\u{fa10}﨑", "塚﨑"),
};

/// Marks for vertical lines become the ordinary ones, which the typesetter turns itself.
pub const VERTICAL_FORM: Rule = Rule {
    id: "vertical-form",
    concern: Concern::Characters,
    safety: Safety::Sure,
    default: Action::Fix,
    warns: false,
    en: "turn vertical marks into ordinary ones",
    zh: "竖排标点改为通用标点",
    why_en: "The form that a mark takes in vertical lines is the business of the page, not of the text.",
    why_zh: "标点在竖排中的形状由排版决定，不该写死在文本里。",
    standard: "Unicode NFKC",
    example: ("﹁文﹂", "「文」"),
};

/// The small marks of Big5 become full-width ones; between Latin letters half-width ones.
pub const SMALL_FORM: Rule = Rule {
    id: "small-form",
    concern: Concern::Characters,
    safety: Safety::Sure,
    default: Action::Fix,
    warns: false,
    en: "turn small marks into full-width ones",
    zh: "小型标点改为全角标点",
    why_en: "Big5 had small marks for narrow columns; nobody means another mark by them.",
    why_zh: "Big5 的小型标点只为窄栏而设，含义与普通标点相同。",
    standard: "Unicode, Small Form Variants",
    example: ("中﹐文", "中，文"),
};

/// Half-width `｡｢｣､･` in lines that are not Japanese.
pub const HALFWIDTH_FORMS: Rule = Rule {
    id: "halfwidth-katakana-forms",
    concern: Concern::Characters,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "turn half-width Japanese marks into full-width ones",
    zh: "半角日文标点改为全角",
    why_en: "These come from sets of Japanese terminals; Chinese text means the ordinary marks.",
    why_zh: "它们来自日本终端的字符集，中文里指的就是普通标点。",
    standard: "Unicode NFKC",
    example: ("中｢文｣､字｡", "中「文」、字。"),
};

/// Radicals of U+2E80–2EF3 and the characters that they stand for, in pairs. Those whose shape is only a part stay.
const RADICALS: &str = "⺁厂⺄乙⺈刀⺊卜⺌小⺍小⺒巳⺓幺⺛旡⺝月⺟母⺠民⺧牛⺩王⺫目⺬示⺮竹⺶羊⺽臼⻁虎⻄西⻅见⻆角⻉贝⻋车\
⻏邑⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟";

/// Small forms, each with its full-width and its half-width mark.
const SMALL: &str = "﹐，,﹑、、﹒．.﹔；;﹕：:﹖？?﹗！!﹙（(﹚）)﹛｛{﹜｝}﹝〔[﹞〕]﹟＃#﹠＆&﹡＊*﹢＋+﹣－-﹤＜<﹥＞>﹦＝=﹨＼\\﹩＄$﹪％%﹫＠@﹘—-";

/// Vertical forms in pairs with the ordinary mark.
const VERTICAL: &str =
    "︐，︑、︒。︓：︔；︕！︖？︗〖︘〗︵（︶）︷｛︸｝︹〔︺〕︻【︼】︽《︾》︿〈﹀〉﹁「﹂」﹃『﹄』﹇［﹈］";

/// The characters at FE50–FEA0 of GBK 1.0, which were U+E815–E864 until Unicode had them all.
const GBK_1_0: &str = "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱\
䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻";

/// The final code point of a private-use character of GB 18030.
fn encoded(c: char) -> Option<char> {
    let code = u32::from(c);
    match code {
        0xE78D => Some('\u{fe10}'),
        0xE78E => Some('\u{fe12}'),
        0xE78F => Some('\u{fe11}'),
        0xE790..=0xE796 => char::from_u32(code - 0xE790 + 0xFE13),
        0xE7C7 => Some('\u{1e3f}'),
        0xE7C8 => Some('\u{1f9}'),
        0xE7E7 => Some('\u{303e}'),
        0xE7E8..=0xE7F3 => char::from_u32(code - 0xE7E8 + 0x2FF0),
        0xE815..=0xE864 => GBK_1_0.chars().nth((code - 0xE815) as usize),
        _ => None,
    }
}

/// The code of GBK that U+E000–E765 stand for: its three zones for characters of a user's own.
fn own_code(c: char) -> Option<u32> {
    let code = u32::from(c);
    let (first, row, cells) = match code {
        0xE000..=0xE233 => (0xE000, 0xAA, 94),
        0xE234..=0xE4C5 => (0xE234, 0xF8, 94),
        0xE4C6..=0xE765 => (0xE4C6, 0xA1, 96),
        _ => return None,
    };
    let (row, cell) = (row + (code - first) / cells, (code - first) % cells);
    // The third zone lies at 40–A0, without 7F.
    let cell = if cells == 94 { 0xA1 + cell } else { 0x40 + cell + u32::from(cell >= 0x3F) };
    Some(row << 8 | cell)
}

/// What stands `step` characters behind `c` in a table of groups of `size`.
fn look_up(table: &str, size: usize, c: char, step: usize) -> Option<char> {
    let index = table.chars().step_by(size).position(|key| key == c)?;
    table.chars().nth(index * size + step)
}

pub fn fires(census: &Census) -> bool {
    census.within('\u{2e80}'..='\u{2fdf}')
        || census.within('\u{e000}'..='\u{efff}')
        || census.has('\u{2f800}')
        || led_by_ef(census)
}

/// The other bracket of the pair of vertical ones that `c` belongs to: they stand side by side, the opening one at an odd code.
fn partner(c: char) -> Option<char> {
    let code = u32::from(c);
    let bracket = matches!(c, '\u{fe17}' | '\u{fe18}' | '\u{fe35}'..='\u{fe44}' | '\u{fe47}' | '\u{fe48}');
    bracket.then(|| char::from_u32(if code % 2 == 1 { code + 1 } else { code - 1 }))?
}

/// Whether any of the characters that are looked at begins with the byte EF: U+F000 and above.
fn led_by_ef(census: &Census) -> bool {
    census.within('\u{f000}'..='\u{faff}')
        || census.within('\u{fe10}'..='\u{fe6b}')
        || census.within('\u{ff61}'..='\u{ff65}')
}

pub fn run(pass: &mut Pass<'_>) {
    if pass.census.within('\u{2e80}'..='\u{2fdf}') {
        radicals(pass);
    }
    // EF begins every full-width mark, and is passed over where no candidate begins with it.
    const LEADS: [bool; 256] = byte_set(b"\xEE\xEF\xF0\xF3\xF4");
    const WITHOUT_EF: [bool; 256] = byte_set(b"\xEE\xF0\xF3\xF4");
    let leads = if led_by_ef(pass.census) { &LEADS } else { &WITHOUT_EF };
    let japanese = pass.census.within('\u{ff66}'..='\u{ff9d}');
    for (at, c) in pass.chars_led_by(leads, is_candidate) {
        let range = at..at + c.len_utf8();
        match c {
            _ if is_private_use(c) => match encoded(c) {
                Some(with) => pass.change(&PUA_GB18030, range, String::from(with)),
                None => {
                    let own = own_code(c).map(|code| format!(" (GBK {code:04X})")).unwrap_or_default();
                    pass.report(&PUA_OTHER, range, Cause::text(format!("U+{:04X}{own}", u32::from(c))));
                }
            },
            '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' => {
                let with = c.nfc().next().filter(|with| *with != c && is_han(*with));
                if let Some(with) =
                    with.filter(|&with| !is_alone(pass, &range) && !is_spoken_of(pass.text, &range, with))
                {
                    pass.change(&COMPAT_IDEOGRAPH, range, String::from(with));
                }
            }
            '\u{fe10}'..='\u{fe4f}' => match c {
                '︙' => pass.change(&VERTICAL_FORM, range, "…"),
                '︰' => pass.change(&VERTICAL_FORM, range, "："),
                '︱' => pass.change(&VERTICAL_FORM, range, "—"),
                '︲' => pass.change(&VERTICAL_FORM, range, "–"),
                // `︿` between `％` and `＆` is no bracket.
                _ if partner(c).is_some_and(|other| !pass.census.has(other)) => {}
                _ => {
                    if let Some(with) = look_up(VERTICAL, 2, c, 1) {
                        pass.change(&VERTICAL_FORM, range, String::from(with));
                    }
                }
            },
            '\u{fe50}'..='\u{fe6b}' => {
                let latin = pass.before(range.start).is_some_and(|c| c.is_ascii_graphic())
                    && pass.after(range.end).is_some_and(|c| c.is_ascii_graphic());
                if let Some(with) = look_up(SMALL, 3, c, if latin { 2 } else { 1 }) {
                    pass.change(&SMALL_FORM, range, String::from(with));
                }
            }
            _ if !japanese => {
                if let Some(with) = look_up("｡。｢「｣」､、･·", 2, c, 1) {
                    pass.change(&HALFWIDTH_FORMS, range, String::from(with));
                }
            }
            _ => {}
        }
    }
}

/// Whether a character stands alone in its cell: a table of characters has it for itself.
fn is_alone(pass: &Pass<'_>, range: &Range<usize>) -> bool {
    let edge = |c: Option<char>| c.is_none_or(|c| matches!(c, '\t' | '\n' | '\r'));
    edge(pass.before(range.start))
        && edge(pass.after(range.end))
        && (pass.before(range.start) == Some('\t') || pass.after(range.end) == Some('\t'))
}

/// Whether the text speaks of the character at `range` and not with it: the character that it stands for is beside it (`豈→豈`), or its code (`F900`), or it is one
/// of a row of such.
fn is_spoken_of(text: &str, range: &Range<usize>, unified: char) -> bool {
    let is_second =
        |c: &char| matches!(c, '\u{2e80}'..='\u{2fd5}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}');
    let on = |c: &char| *c != '\n';
    let mut beside: Vec<char> = text[..range.start].chars().rev().take_while(on).take(BESIDE).collect();
    beside.reverse();
    let at = beside.len();
    beside.extend(text[range.end..].chars().take_while(on).take(BESIDE));
    let of_row = beside.iter().filter(|c| is_second(c)).count() >= ROW;
    let paired = beside.iter().skip(at.saturating_sub(PAIRED)).take(at.min(PAIRED) + PAIRED).any(|&c| c == unified);
    let code = || {
        let own = text[range.clone()].chars().next().map(u32::from).unwrap_or_default();
        beside.iter().collect::<String>().to_ascii_uppercase().contains(&format!("{own:04X}"))
    };
    of_row || paired || code()
}

/// So many characters on each side tell whether a character is spoken of, so many of them are a row of such, and so near stands the one that it stands for.
const BESIDE: usize = 8;
/// See there.
const ROW: usize = 6;
/// See there.
const PAIRED: usize = 2;

fn is_candidate(c: char) -> bool {
    matches!(c as u32, 0xE000..=0xFAFF | 0xFE10..=0xFE6B | 0xFF61..=0xFF65 | 0x2F800..=0x2FA1F | 0xF0000..)
}

/// Turns radicals into characters, line by line.
fn radicals(pass: &mut Pass<'_>) {
    let is_radical = |c: char| matches!(c, '\u{2e80}'..='\u{2fd5}');
    let texts: Vec<(usize, &str)> = lines(pass.text).filter(|(_, line)| line.contains(is_radical)).collect();
    for (start, line) in texts {
        let listed = line.split(['、', ' ', '，', ',']).filter(|item| {
            let mut chars = item.chars();
            chars.next().is_some_and(is_radical) && chars.next().is_none()
        });
        if listed.count() >= 3 || line.contains("部首") || line.contains("偏旁") {
            continue;
        }
        for (at, c) in line.char_indices().filter(|(_, c)| is_radical(*c)) {
            let unified = match c {
                '\u{2f00}'..='\u{2fd5}' => c.nfkc().next(),
                _ => look_up(RADICALS, 2, c, 1),
            };
            let range = start + at..start + at + c.len_utf8();
            if let Some(with) = unified.filter(|&with| with != c && !is_spoken_of(pass.text, &range, with)) {
                pass.change(&KANGXI_RADICAL, range, String::from(with));
            }
        }
    }
}
