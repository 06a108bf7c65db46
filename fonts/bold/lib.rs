//! Shanben Song Bold and Shanben Hei, the faces of titles and headings of the program shanben.
#![no_std]

/// The files by their names.
pub const FILES: &[(&str, &[u8])] = &[
    ("ShanbenHei-Bold.ttf", include_bytes!("ShanbenHei-Bold.ttf")),
    ("ShanbenHei-Regular.ttf", include_bytes!("ShanbenHei-Regular.ttf")),
    ("ShanbenSong-Bold.ttf", include_bytes!("ShanbenSong-Bold.ttf")),
];
