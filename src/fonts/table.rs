//! The fonts that ship with the program, as data. Their origin and licences are described in `fonts/README.md`.

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
    /// Its bytes, when they are compiled in.
    pub bytes: Option<&'static [u8]>,
}

/// The bytes of a file of `fonts/`, which the system maps from the program file when they are first looked at.
#[cfg(feature = "embedded-fonts")]
macro_rules! bytes {
    ($file:literal) => {
        Some(include_bytes!(concat!("../../fonts/", $file)))
    };
}
#[cfg(not(feature = "embedded-fonts"))]
macro_rules! bytes {
    ($file:literal) => {
        None
    };
}

macro_rules! entry {
    ($file:literal, $role:literal, $role_zh:literal, $licence:literal) => {
        Entry { file: $file, role: $role, role_zh: $role_zh, licence: $licence, bytes: bytes!($file) }
    };
}

/// The fonts; the index is the font's number.
#[rustfmt::skip]
pub const FONTS: [Entry; 10] = [
    entry!("ShanbenSong-Regular.ttf",      "body text (Song)",                    "宋体，正文",           "OFL-1.1"),
    entry!("ShanbenSong-Bold.ttf",         "titles, bold in body (Song Bold)",    "粗宋，标题、加重",     "OFL-1.1"),
    entry!("ShanbenHei-Bold.ttf",          "headings, emphasis (Hei)",            "黑体，小标题、着重",   "OFL-1.1"),
    entry!("ShanbenKai-Regular.ttf",       "quotations, by-lines (Kai)",          "楷体，引文、署名",     "OFL-1.1"),
    entry!("ShanbenMono-Regular.ttf",      "code",                                "等宽，代码",           "OFL-1.1"),
    entry!("ShanbenRare-Regular.ttf",      "fallback: rare Han characters",       "后备：生僻字",         "Hanazono-Font-License"),
    entry!("NotoSerif-Regular.ttf",        "fallback: Latin, Greek, Cyrillic",    "后备：西文",           "OFL-1.1"),
    entry!("NotoSansSymbols2-Regular.ttf", "fallback: symbols",                   "后备：符号",           "OFL-1.1"),
    entry!("NotoSansMath-Regular.ttf",     "fallback: mathematics",               "后备：数学符号",       "OFL-1.1"),
    entry!("NotoEmoji-Regular.ttf",        "fallback: emoji, in one colour",      "后备：表情符号",       "OFL-1.1"),
];

/// Number of the font of `face`. There is no Fangsong file yet: it is set in Song.
pub const fn role_font(face: Face) -> u8 {
    match face {
        Face::Song | Face::Fangsong => 0,
        Face::SongBold => 1,
        Face::Hei => 2,
        Face::Kai => 3,
        Face::Mono => 4,
    }
}

/// The face whose font sets the Western letters of `face`: those of Kai have the shapes of a handwriting sans, which are alien among serifs.
pub const fn western_face(face: Face) -> Face {
    match face {
        Face::Kai => Face::Song,
        Face::Song | Face::SongBold | Face::Hei | Face::Fangsong | Face::Mono => face,
    }
}

/// Number of the font of the Western letters of `face`.
pub const fn western_font(face: Face) -> u8 {
    role_font(western_face(face))
}

/// The fonts that are asked, in this order, for a character that the role's font has not. Emoji is last because it has digits of its own.
pub const FALLBACK: [u8; 6] = [0, 5, 6, 7, 8, 9];

/// The font whose Western marks stand in for those that a role's font has not.
pub const WESTERN: u8 = 6;
