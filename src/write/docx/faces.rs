//! Typefaces by the names that Windows, macOS and Linux know them under, and the font table.

use super::embed::part;
use super::script::Side;
use super::xml::{DECLARATION, NAMESPACES, escape};
use crate::lang::{Language, Region};
use crate::style::Face;
use crate::write::embed::{OwnFont, chinese};

/// A typeface of the font table.
#[derive(Debug, PartialEq, Eq)]
pub struct Typeface {
    /// The name that styles use.
    pub name: &'static str,
    /// Names to try where it is missing, in order: Windows (English), macOS, Linux.
    pub alternatives: &'static str,
    /// Windows character set, in hex.
    charset: &'static str,
    /// Family: roman, swiss, modern.
    family: &'static str,
    /// Pitch: fixed or variable.
    pitch: &'static str,
}

const fn face(
    name: &'static str,
    alternatives: &'static str,
    charset: &'static str,
    family: &'static str,
    pitch: &'static str,
) -> Typeface {
    Typeface { name, alternatives, charset, family, pitch }
}

const SONG: Typeface =
    face("宋体", "SimSun,Songti SC,STSong,Noto Serif CJK SC,Source Han Serif SC", "86", "roman", "variable");
const BIAOSONG: Typeface = face(
    "华文中宋",
    "STZhongsong,方正小标宋简体,Songti SC,Noto Serif CJK SC,Source Han Serif SC",
    "86",
    "roman",
    "variable",
);
const HEI: Typeface =
    face("黑体", "SimHei,Heiti SC,STHeiti,Noto Sans CJK SC,Source Han Sans SC", "86", "swiss", "variable");
const KAI: Typeface = face("楷体", "KaiTi,Kaiti SC,STKaiti,AR PL UKai CN,Noto Serif CJK SC", "86", "roman", "variable");
const FANGSONG: Typeface = face("仿宋", "FangSong,仿宋_GB2312,STFangsong,Noto Serif CJK SC", "86", "roman", "variable");
const XINSONG: Typeface = face("新宋体", "NSimSun,SimSun,Songti SC,Noto Sans Mono CJK SC", "86", "modern", "fixed");

const MING: Typeface =
    face("新細明體", "PMingLiU,Songti TC,LiSong Pro,Noto Serif CJK TC,Source Han Serif TC", "88", "roman", "variable");
const ZHENGHEI: Typeface = face(
    "微軟正黑體",
    "Microsoft JhengHei,Heiti TC,PingFang TC,Noto Sans CJK TC,Source Han Sans TC",
    "88",
    "swiss",
    "variable",
);
const BIAOKAI: Typeface =
    face("標楷體", "DFKai-SB,BiauKai,Kaiti TC,AR PL UKai TW,Noto Serif CJK TC", "88", "roman", "variable");
const XIMING: Typeface = face("細明體", "MingLiU,Songti TC,Noto Sans Mono CJK TC", "88", "modern", "fixed");

const MINCHO: Typeface =
    face("ＭＳ 明朝", "MS Mincho,Hiragino Mincho ProN,Noto Serif CJK JP", "80", "roman", "variable");
const GOTHIC: Typeface = face("ＭＳ ゴシック", "MS Gothic,Hiragino Sans,Noto Sans CJK JP", "80", "modern", "variable");
const BATANG: Typeface = face("바탕", "Batang,AppleMyungjo,Noto Serif CJK KR", "81", "roman", "variable");
const GULIM: Typeface = face("굴림", "Gulim,Apple SD Gothic Neo,Noto Sans CJK KR", "81", "swiss", "variable");

const TIMES: Typeface = face("Times New Roman", "Times,Liberation Serif,Noto Serif", "00", "roman", "variable");
const ARIAL: Typeface = face("Arial", "Helvetica,Liberation Sans,Noto Sans", "00", "swiss", "variable");
const COURIER: Typeface =
    face("Consolas", "Menlo,DejaVu Sans Mono,Liberation Mono,Courier New", "00", "modern", "fixed");

/// The typeface for Han characters and full-width marks.
pub const fn east_asian(face: Face, language: Language) -> &'static Typeface {
    match language {
        Language::ZhHans | Language::ZhHant(Region::Mainland) | Language::En => match face {
            Face::Song | Face::Western | Face::Added(_) => &SONG,
            Face::SongBold | Face::Title => &BIAOSONG,
            Face::Hei | Face::HeiBold => &HEI,
            Face::Kai => &KAI,
            Face::Fangsong => &FANGSONG,
            Face::Mono => &XINSONG,
        },
        Language::ZhHant(Region::Taiwan | Region::HongKong) => match face {
            Face::Song | Face::SongBold | Face::Title | Face::Western | Face::Added(_) => &MING,
            Face::Hei | Face::HeiBold => &ZHENGHEI,
            Face::Kai => &BIAOKAI,
            Face::Fangsong => &FANGSONG,
            Face::Mono => &XIMING,
        },
        Language::Ja => match face {
            Face::Song | Face::SongBold | Face::Title | Face::Kai | Face::Fangsong | Face::Mono => &MINCHO,
            Face::Western | Face::Added(_) => &MINCHO,
            Face::Hei | Face::HeiBold => &GOTHIC,
        },
        Language::Ko => match face {
            Face::Song | Face::SongBold | Face::Title | Face::Kai | Face::Fangsong | Face::Mono => &BATANG,
            Face::Western | Face::Added(_) => &BATANG,
            Face::Hei | Face::HeiBold => &GULIM,
        },
    }
}

/// The typeface for Western letters and digits.
pub const fn western(face: Face) -> &'static Typeface {
    match face {
        Face::Song | Face::SongBold | Face::Title | Face::Kai | Face::Fangsong | Face::Western => &TIMES,
        Face::Hei | Face::HeiBold => &ARIAL,
        Face::Mono => &COURIER,
        Face::Added(_) => &TIMES,
    }
}

/// The tag of `language` that Word proofs and breaks lines by.
pub const fn language_tag(language: Language) -> &'static str {
    match language {
        Language::ZhHans | Language::ZhHant(Region::Mainland) | Language::En => "zh-CN",
        Language::ZhHant(Region::Taiwan) => "zh-TW",
        Language::ZhHant(Region::HongKong) => "zh-HK",
        Language::Ja => "ja-JP",
        Language::Ko => "ko-KR",
    }
}

/// The `w:rFonts` of `face`: East Asian and Western typefaces apart, each of the document's `own` if there is one.
pub fn run_fonts(face: Face, language: Language, own: &[OwnFont]) -> String {
    let own =
        |face, side| own.iter().find(|font| font.face == face && font.side == side).map(|font| escape(&font.family));
    let western = own(face, Side::Western).unwrap_or_else(|| western(face).name.into());
    let han = own(chinese(face), Side::EastAsian).unwrap_or_else(|| east_asian(face, language).name.into());
    format!(r#"<w:rFonts w:ascii="{western}" w:hAnsi="{western}" w:eastAsia="{han}" w:cs="{western}"/>"#)
}

/// The id of the relationship to the embedded font of this number.
fn font_id(number: usize) -> String {
    format!("font{}", number + 1)
}

/// The font table of a document in `language`: every typeface that its styles may name, and those of its `own`.
pub fn font_table(language: Language, own: &[OwnFont]) -> String {
    let mut typefaces: Vec<&Typeface> = Vec::new();
    for typeface in Face::NAMED.iter().flat_map(|&(_, face)| [east_asian(face, language), western(face)]) {
        if !typefaces.contains(&typeface) {
            typefaces.push(typeface);
        }
    }
    let mut out = format!("{DECLARATION}<w:fonts {NAMESPACES}>");
    for t in typefaces {
        out.push_str(&format!(
            "<w:font w:name=\"{}\"><w:altName w:val=\"{}\"/><w:charset w:val=\"{}\"/><w:family w:val=\"{}\"/><w:pitch w:val=\"{}\"/></w:font>",
            escape(t.name),
            escape(t.alternatives),
            t.charset,
            t.family,
            t.pitch
        ));
    }
    let mut carried = 0;
    for (index, font) in own.iter().enumerate() {
        if own.iter().take(index).any(|earlier| earlier.family == font.family) {
            continue;
        }
        let like = match font.side {
            Side::EastAsian => east_asian(font.face, language),
            Side::Western => western(font.face),
        };
        let others = font.others.iter().map(String::as_str).chain([like.name, like.alternatives]);
        out.push_str(&format!(
            "<w:font w:name=\"{}\"><w:altName w:val=\"{}\"/><w:charset w:val=\"{}\"/><w:family w:val=\"{}\"/><w:pitch w:val=\"{}\"/>",
            escape(&font.family),
            escape(&others.collect::<Vec<_>>().join(",")),
            like.charset,
            like.family,
            like.pitch,
        ));
        if let Some((_, _, key)) = part(font) {
            let id = font_id(carried);
            out.push_str(&format!(r#"<w:embedRegular r:id="{id}" w:fontKey="{key}" w:subsetted="1"/>"#));
            carried += 1;
        }
        out.push_str("</w:font>");
    }
    out + "</w:fonts>"
}

/// The relationships of the font table, if any font of its `own` is carried along.
pub fn font_relationships(own: &[OwnFont]) -> Option<String> {
    let items: String = own
        .iter()
        .filter_map(part)
        .enumerate()
        .map(|(number, (path, ..))| {
            format!(
                "<Relationship Id=\"{}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/font\" Target=\"{path}\"/>",
                font_id(number),
            )
        })
        .collect();
    (!items.is_empty()).then(|| super::package::relationships(&items))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_longer_than_word_takes() {
        for language in [Language::ZhHans, Language::ZhHant(Region::HongKong), Language::Ja, Language::Ko, Language::En]
        {
            let table = font_table(language, &[]);
            for name in table.split("w:name=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!((1..=31).contains(&name.chars().count()), "{name}");
            }
            assert!(table.contains("w:name=\"Times New Roman\""));
        }
    }
}
