//! Shanben Song, the face of running text of the program shanben, with the forms of Taiwan and Hong Kong, also of the bold one.
#![no_std]

/// The files by their names.
pub const FILES: &[(&str, &[u8])] = &[
    ("ShanbenSong-Regular.ttf", include_bytes!("ShanbenSong-Regular.ttf")),
    ("ShanbenSongHK-Regular.ttf", include_bytes!("ShanbenSongHK-Regular.ttf")),
    ("ShanbenSongTW-Bold.ttf", include_bytes!("ShanbenSongTW-Bold.ttf")),
    ("ShanbenSongTW-Regular.ttf", include_bytes!("ShanbenSongTW-Regular.ttf")),
];
