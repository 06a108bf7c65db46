//! Any text is a Markdown document whose parts lie within it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shanben::recognize::{Hints, markdown};

fuzz_target!(|text: &str| {
    let document = markdown(text, &Hints::default()).0;
    for block in &document.blocks {
        assert!(block.span.start <= block.span.end && block.span.end <= text.len(), "a block lies outside of the text");
    }
});
