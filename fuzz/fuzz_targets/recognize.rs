//! No character that can be seen is lost or made up, and every block knows its place.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shanben::document::Block;
use shanben::recognize::{Hints, plain};

fuzz_target!(|text: &str| {
    let document = plain(
        text,
        &shanben::survey::regions(text),
        &Hints { stem: Some("名".to_owned()), ..Hints::default() },
    )
    .0;
    let within = |block: &Block| block.span.start <= block.span.end && block.span.end <= text.len();
    assert!(document.blocks.iter().all(within), "a block lies outside of the text");
    // A character reference stands for one that is not there, and so does a tag that raises or lowers a number.
    let raised = |c: char| text.contains("<su") && "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ".contains(c);
    let written = |c: char| c.is_whitespace() || text.contains(c) || text.contains('&') || raised(c);
    assert!(document.text().chars().all(written), "a character is made up");
});
