//! Shanben Kai, the face of quotations of the program shanben, with the forms of Taiwan.
#![no_std]

/// The files by their names.
pub const FILES: &[(&str, &[u8])] = &[
    ("ShanbenKai-Regular.ttf", include_bytes!("ShanbenKai-Regular.ttf")),
    ("ShanbenKaiTW-Regular.ttf", include_bytes!("ShanbenKaiTW-Regular.ttf")),
];
