//! No character that can be seen is lost or made up, and every block knows its place.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shanben::document::Block;
use shanben::recognize::{Hints, plain};

fuzz_target!(|text: &str| {
    let document = plain(text, &Hints { stem: Some("名".to_owned()), ..Hints::default() }).0;
    let within = |block: &Block| block.span.start <= block.span.end && block.span.end <= text.len();
    assert!(document.blocks.iter().all(within), "a block lies outside of the text");
    assert!(document.text().chars().filter(|c| !c.is_whitespace()).all(|c| text.contains(c)), "a character is made up");
});
