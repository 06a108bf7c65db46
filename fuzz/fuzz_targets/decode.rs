//! Any bytes become text with every byte accounted for, or a clear error; the same bytes give the same text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shanben::decode::{self, decode};
use std::path::Path;

fuzz_target!(|bytes: &[u8]| {
    let path = Path::new("fuzz");
    // The first byte chooses a label; beyond the labels the encoding is detected.
    let labels: Vec<&str> = decode::labels().collect();
    let forced = bytes.first().and_then(|&byte| labels.get(usize::from(byte))).copied();
    let (Ok(once), Ok(twice)) = (decode(path, bytes, None), decode(path, bytes, None)) else {
        let _ = decode(path, bytes, forced);
        return;
    };
    assert_eq!(once, twice);
    for (before, after) in once.malformed.iter().zip(once.malformed.iter().skip(1)) {
        assert!(before.source.end <= after.source.start, "malformed runs overlap");
    }
    for malformed in &once.malformed {
        assert!(malformed.source.end <= bytes.len() && once.text.is_char_boundary(malformed.decoded));
    }
    let _ = decode(path, bytes, forced);
});
