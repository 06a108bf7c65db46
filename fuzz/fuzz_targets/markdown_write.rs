//! What is written as Markdown says the same when it is read back, and is written the same again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shanben::recognize::{Hints, markdown, plain};
use shanben::verify::{Facts, LineEnds};
use shanben::write::markdown::{Options, write};

fuzz_target!(|input: (bool, &str)| {
    let (from_markdown, text) = input;
    // Restored texts have neither the controls that the rule c0-control drops nor CR, which is a line end.
    if text.contains(|c: char| c == '\r' || c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\u{B}' | '\u{C}')) {
        return;
    }
    let read = |text: &str, hints: &Hints| match from_markdown {
        true => markdown(text, hints),
        false => plain(text, &shanben::survey::regions(text), hints),
    };
    let document = read(text, &Hints::default()).0;
    let written = write(&document, &Options::default());
    let mut back = markdown(&written, &Hints::default()).0;
    if let Err(difference) = Facts::of_document(&document).compare(&Facts::of_document(&back), LineEnds::Same) {
        panic!("{difference}\n{written}");
    }
    // A heading that stands alone on its level gives a title to a document that had none.
    if document.meta.title.is_none() {
        back.meta.title = None;
    }
    assert_eq!(back.meta, document.meta, "metadata");
    assert_eq!(write(&back, &Options::default()), written, "written again");
});
