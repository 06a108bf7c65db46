//! Any text can be opened as a page, and its transcript leads back into it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shanben::open::page;

fuzz_target!(|text: &str| {
    let Ok(opened) = page::open(text, &[]) else { return };
    assert!(opened.places.is_sorted_by_key(|stretch| stretch.start), "the places are out of order");
    for stretch in &opened.places {
        assert!(stretch.start <= opened.text.len() && stretch.place <= text.len(), "a place lies outside");
    }
});
