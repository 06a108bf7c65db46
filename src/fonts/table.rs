//! The fonts that ship with the program, as data. Their origin and licences are described in `fonts/README.md`.

use crate::lang::{Language, Region};
use crate::style::Face;

/// A font file of `fonts/`.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Name of its file.
    pub file: &'static str,
    /// What it is for, in English.
    pub role: &'static str,
    /// What it is for, in Chinese.
    pub role_zh: &'static str,
    /// Its licence, an SPDX identifier where there is one.
    pub licence: &'static str,
}

macro_rules! entry {
    ($file:literal, $role:literal, $role_zh:literal, $licence:literal) => {
        Entry { file: $file, role: $role, role_zh: $role_zh, licence: $licence }
    };
}

/// The fonts; the index is the font's number.
#[rustfmt::skip]
pub const FONTS: [Entry; 26] = [
    entry!("ShanbenSong-Regular.ttf",      "body text (Song)",                    "宋体，正文",           "OFL-1.1"),
    entry!("ShanbenSong-Bold.ttf",         "titles, bold in body (Song Bold)",    "粗宋，标题、加重",     "OFL-1.1"),
    entry!("ShanbenHei-Bold.ttf",          "headings, emphasis (Hei Bold)",       "粗黑，小标题、着重",   "OFL-1.1"),
    entry!("ShanbenKai-Regular.ttf",       "quotations, by-lines (Kai)",          "楷体，引文、署名",     "OFL-1.1"),
    entry!("ShanbenMono-Regular.ttf",      "code",                                "等宽，代码",           "OFL-1.1"),
    entry!("ShanbenRare-Regular.ttf",      "fallback: rare Han characters",       "后备：生僻字",         "Hanazono-Font-License"),
    entry!("NotoSerif-Regular.ttf",        "fallback: Latin, Greek, Cyrillic",    "后备：西文",           "OFL-1.1"),
    entry!("NotoSansSymbols2-Regular.ttf", "fallback: symbols",                   "后备：符号",           "OFL-1.1"),
    entry!("NotoSansMath-Regular.ttf",     "fallback: mathematics",               "后备：数学符号",       "OFL-1.1"),
    entry!("NotoEmoji-Regular.ttf",        "fallback: emoji, in one colour",      "后备：表情符号",       "OFL-1.1"),
    entry!("ShanbenHangul-Regular.ttf",       "fallback: Hangul",                    "后备：谚文",           "OFL-1.1"),
    entry!("NotoNaskhArabic-Regular.ttf",     "fallback: Arabic, Uyghur",            "后备：阿拉伯文、维吾尔文",    "OFL-1.1"),
    entry!("NotoSerifHebrew-Regular.ttf",     "fallback: Hebrew",                    "后备：希伯来文",         "OFL-1.1"),
    entry!("NotoSerifThai-Regular.ttf",       "fallback: Thai",                      "后备：泰文",           "OFL-1.1"),
    entry!("NotoSerifDevanagari-Regular.ttf", "fallback: Devanagari",                "后备：天城文",          "OFL-1.1"),
    entry!("NotoSerifTibetan-Regular.ttf",    "fallback: Tibetan",                   "后备：藏文",           "OFL-1.1"),
    entry!("NotoSansMongolian-Regular.ttf",   "fallback: Mongolian",                 "后备：蒙古文",          "OFL-1.1"),
    entry!("NotoSansYi-Regular.ttf",          "fallback: Yi",                        "后备：彝文",           "OFL-1.1"),
    entry!("NotoSansTaiLe-Regular.ttf",       "fallback: Tai Le",                    "后备：傣文",           "OFL-1.1"),
    entry!("NotoSerifArmenian-Regular.ttf",   "fallback: Armenian",                  "后备：亚美尼亚文",        "OFL-1.1"),
    entry!("NotoSerifGeorgian-Regular.ttf",   "fallback: Georgian",                  "后备：格鲁吉亚文",        "OFL-1.1"),
    entry!("ShanbenHei-Regular.ttf",          "headings of official documents (Hei)", "黑体，公文小标题",       "OFL-1.1"),
    entry!("ShanbenSongTW-Regular.ttf",       "Song, forms of Taiwan",               "宋体，台湾字形",        "OFL-1.1"),
    entry!("ShanbenSongHK-Regular.ttf",       "Song, forms of Hong Kong",            "宋体，香港字形",        "OFL-1.1"),
    entry!("ShanbenSongTW-Bold.ttf",          "Song Bold, forms of Taiwan",          "粗宋，台湾字形",        "OFL-1.1"),
    entry!("ShanbenKaiTW-Regular.ttf",        "Kai, forms of Taiwan",                "楷体，台湾字形",        "OFL-1.1"),
];

/// The bytes of the font file of this name, when the program was built with them; the system maps them from the program file when they are first looked at.
#[cfg(feature = "embedded-fonts")]
pub fn compiled_in(file: &str) -> Option<&'static [u8]> {
    let crates =
        [shanben_fonts_song::FILES, shanben_fonts_bold::FILES, shanben_fonts_kai::FILES, shanben_fonts_scripts::FILES];
    crates.into_iter().flatten().find(|(name, _)| *name == file).map(|(_, bytes)| *bytes)
}

/// None: the program was built without fonts.
#[cfg(not(feature = "embedded-fonts"))]
pub fn compiled_in(_: &str) -> Option<&'static [u8]> {
    None
}

/// Number of the font of `face`. There is no Fangsong file yet: it is set in Song.
pub const fn role_font(face: Face) -> u8 {
    match face {
        Face::Song | Face::Fangsong | Face::Western | Face::Added(_) => 0,
        Face::SongBold | Face::Title => SONG_BOLD,
        Face::HeiBold => 2,
        Face::Hei => 21,
        Face::Kai => KAI,
        Face::Mono => 4,
    }
}

/// The face whose font sets the Western letters of `face`: those of Kai have the shapes of a handwriting sans, which are alien among serifs.
pub const fn western_face(face: Face) -> Face {
    match face {
        Face::Kai => Face::Song,
        Face::Song | Face::SongBold | Face::Title | Face::Hei | Face::HeiBold | Face::Fangsong => face,
        Face::Mono | Face::Western | Face::Added(_) => face,
    }
}

/// The fonts that are asked, in this order, for a character that the role's font has not. Emoji is last because it has digits of its own.
pub const FALLBACK: [u8; 17] = [0, 5, 6, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 7, 8, 9];

/// The forms that `language` gives to characters of a font: the font, and the one that has them, in the order in which they are asked. Hei has one form for all;
/// in Song Bold and Kai those of Taiwan serve Hong Kong.
pub const fn forms(language: Language) -> &'static [(u8, u8)] {
    match language {
        Language::ZhHant(Region::Taiwan) => &[(SONG, 22), (SONG_BOLD, 24), (KAI, 25)],
        // What is not as in Taiwan; all else is.
        Language::ZhHant(Region::HongKong) => &[(SONG, 23), (SONG, 22), (SONG_BOLD, 24), (KAI, 25)],
        Language::ZhHans | Language::ZhHant(Region::Mainland) | Language::Ja | Language::Ko | Language::En => &[],
    }
}

/// The numbers of Song Bold and Kai.
const SONG_BOLD: u8 = 1;
const KAI: u8 = 3;

/// The number of Song.
pub const SONG: u8 = 0;

/// The font whose Western marks stand in for those that a role's font has not.
pub const WESTERN: u8 = 6;
