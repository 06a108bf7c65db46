//! Any text can be set in any style: pages that are numbered from one, in the order of the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shanben::fonts::Library;
use shanben::layout::lay_out;
use shanben::recognize::{Hints, markdown};
use shanben::style::Style;
use std::sync::LazyLock;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::embedded().expect("the fonts are built in"));
static STYLES: LazyLock<Vec<Style>> = LazyLock::new(|| Style::names().filter_map(Style::builtin).collect());

fuzz_target!(|input: (u8, &str)| {
    let (style, text) = input;
    let document = markdown(text, &Hints::default()).0;
    let (layout, _) = lay_out(&document, &STYLES[usize::from(style) % STYLES.len()], &*LIBRARY);
    assert!(layout.outline.iter().all(|item| item.page < layout.pages.len()), "a heading stands on no page");
});
