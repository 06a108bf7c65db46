//! Code pages, and the encodings that hold their characters.

/// The encoding of a file that names none.
pub const ANSI: &str = "windows-1252";

/// Code pages, and the encodings that hold their characters.
const PAGES: &[(i32, &str)] = &[
    (874, "windows-874"),
    (932, "shift_jis"),
    (936, "gb18030"),
    (949, "euc-kr"),
    (950, "big5"),
    (1250, "windows-1250"),
    (1251, "windows-1251"),
    (1252, ANSI),
    (1253, "windows-1253"),
    (1254, "windows-1254"),
    (1255, "windows-1255"),
    (1256, "windows-1256"),
    (1257, "windows-1257"),
    (1258, "windows-1258"),
    (54936, "gb18030"),
    (65001, "utf-8"),
];

/// Character sets of fonts (`\fcharset`), and their code pages.
const CHARSETS: &[(i32, i32)] =
    &[(128, 932), (129, 949), (134, 936), (136, 950), (161, 1253), (162, 1254), (204, 1251), (222, 874), (238, 1250)];

/// The encoding of a code page.
pub fn encoding(number: i32) -> Option<&'static str> {
    PAGES.iter().find(|(known, _)| *known == number).map(|(_, encoding)| *encoding)
}

/// The encoding of a character set.
pub fn of_charset(number: i32) -> Option<&'static str> {
    CHARSETS.iter().find(|(known, _)| *known == number).and_then(|(_, page)| encoding(*page))
}
