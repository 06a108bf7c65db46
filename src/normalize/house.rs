//! House styles: questions of taste that no standard settles, each a switch with named values.

/// A switch of `-r id=value` and of the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Switch {
    /// Its name.
    pub id: &'static str,
    /// Its values; the first holds when the user says nothing.
    pub values: &'static [&'static str],
    /// What it decides, in English.
    pub en: &'static str,
    /// What it decides, in Chinese.
    pub zh: &'static str,
}

/// All switches.
pub const SWITCHES: &[Switch] = &[INDENT, PANGU, QUOTES, MOJIBAKE, LOST, BBS];

/// Spaces at the beginning of a paragraph. They stay in the text; recognition takes them for style.
pub const INDENT: Switch = Switch {
    id: "indent",
    values: &["keep", "two-ideographic", "none"],
    en: "spaces at the beginning of paragraphs",
    zh: "段首空格：保留、统一为两个全角空格或去掉",
};

/// Spaces between Chinese and Western text. The typesetter makes the gap, so the text needs none.
pub const PANGU: Switch = Switch {
    id: "pangu",
    values: &["keep", "add", "remove"],
    en: "spaces between Chinese and Western characters",
    zh: "中西文之间的空格：保留、加上或去掉",
};

/// The family of quotation marks.
pub const QUOTES: Switch = Switch {
    id: "quotes",
    values: &["keep", "curly", "corner"],
    en: "quotation marks “ ” or 「 」",
    zh: "引号式样：保留、弯引号或直角引号",
};

/// How much of a misread passage must come back before it is turned back.
pub const MOJIBAKE: Switch = Switch {
    id: "mojibake",
    values: &["whole", "best-effort"],
    en: "undo UTF-8 read as GBK only where no byte is lost, or also with U+FFFD for what is lost",
    zh: "误读为 GBK 的 UTF-8：仅还原未丢字节者，或连丢字节者一并还原（缺处为 U+FFFD）",
};

/// What becomes of signs that stand for lost characters.
pub const LOST: Switch = Switch {
    id: "lost",
    values: &["keep", "mark"],
    en: "signs that stand for lost characters (?, □): leave them, or put U+FFFD",
    zh: "代替缺字的符号（?、□ 等）：保留，或改为 U+FFFD",
};

/// Colour codes of bulletin boards whose ESC was lost.
pub const BBS: Switch = Switch {
    id: "bbs",
    values: &["no", "yes"],
    en: "drop colour codes that have lost their ESC (*[1;31m)",
    zh: "去掉丢失 ESC 的 BBS 颜色代码（*[1;31m）",
};
