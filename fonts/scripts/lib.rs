//! Faces of code, of rare characters, symbols and other scripts of the program shanben.
#![no_std]

/// The files by their names.
pub const FILES: &[(&str, &[u8])] = &[
    ("NotoEmoji-Regular.ttf", include_bytes!("NotoEmoji-Regular.ttf")),
    ("NotoNaskhArabic-Regular.ttf", include_bytes!("NotoNaskhArabic-Regular.ttf")),
    ("NotoSansMath-Regular.ttf", include_bytes!("NotoSansMath-Regular.ttf")),
    ("NotoSansMongolian-Regular.ttf", include_bytes!("NotoSansMongolian-Regular.ttf")),
    ("NotoSansSymbols2-Regular.ttf", include_bytes!("NotoSansSymbols2-Regular.ttf")),
    ("NotoSansTaiLe-Regular.ttf", include_bytes!("NotoSansTaiLe-Regular.ttf")),
    ("NotoSansYi-Regular.ttf", include_bytes!("NotoSansYi-Regular.ttf")),
    ("NotoSerif-Regular.ttf", include_bytes!("NotoSerif-Regular.ttf")),
    ("NotoSerifArmenian-Regular.ttf", include_bytes!("NotoSerifArmenian-Regular.ttf")),
    ("NotoSerifDevanagari-Regular.ttf", include_bytes!("NotoSerifDevanagari-Regular.ttf")),
    ("NotoSerifGeorgian-Regular.ttf", include_bytes!("NotoSerifGeorgian-Regular.ttf")),
    ("NotoSerifHebrew-Regular.ttf", include_bytes!("NotoSerifHebrew-Regular.ttf")),
    ("NotoSerifThai-Regular.ttf", include_bytes!("NotoSerifThai-Regular.ttf")),
    ("NotoSerifTibetan-Regular.ttf", include_bytes!("NotoSerifTibetan-Regular.ttf")),
    ("ShanbenHangul-Regular.ttf", include_bytes!("ShanbenHangul-Regular.ttf")),
    ("ShanbenMono-Regular.ttf", include_bytes!("ShanbenMono-Regular.ttf")),
    ("ShanbenRare-Regular.ttf", include_bytes!("ShanbenRare-Regular.ttf")),
];
