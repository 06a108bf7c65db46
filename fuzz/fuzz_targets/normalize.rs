//! Replaying the edits gives the text, and restoring a restored text changes nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shanben::Repertoire;
use shanben::normalize::{Rules, Syntax, normalize, replay};

fuzz_target!(|input: (bool, &str)| {
    let (markdown, text) = input;
    let syntax = if markdown { Syntax::Markdown } else { Syntax::Plain };
    let once = normalize(text, syntax, &Rules::default(), Some(&Repertoire));
    assert_eq!(replay(text, &once.edits), once.text, "replay");
    let twice = normalize(&once.text, syntax, &Rules::default(), Some(&Repertoire));
    assert_eq!(twice.text, once.text, "twice is once");
});
