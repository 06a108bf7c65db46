//! What GB 18030-2022 changed and `encoding_rs` does not yet know.

use super::transcript::Transcript;

/// Characters that had no code point when GB 18030 was first made, and their place in the private-use area then: the codes
/// FE51, FE52, FE53, FE6C, FE76 and FE91. The standard of 2022 gives the code points they have since got.
const REVISED: [(char, char); 6] = [
    ('\u{E816}', '\u{20087}'),
    ('\u{E817}', '\u{20089}'),
    ('\u{E818}', '\u{200CC}'),
    ('\u{E831}', '\u{215D7}'),
    ('\u{E83B}', '\u{2298F}'),
    ('\u{E855}', '\u{241FE}'),
];

/// `c` as the standard of 2022 has it.
fn revised(c: char) -> char {
    REVISED.iter().find(|(old, _)| *old == c).map_or(c, |&(_, new)| new)
}

/// Puts the code points of 2022 into a text read from GB 18030, and keeps the malformed runs and torn characters in their places.
pub(super) fn revise(transcript: &mut Transcript) {
    let text = std::mem::take(&mut transcript.text);
    let mut whole = String::with_capacity(text.len() + 64);
    let places = transcript.malformed.iter_mut().map(|run| &mut run.decoded);
    let mut places: Vec<&mut usize> = places.chain(&mut transcript.torn).collect();
    places.sort_unstable();
    let mut places = places.into_iter().peekable();
    let (mut done, mut grown) = (0, 0);
    // All of them begin with this byte in UTF-8, and hardly any other character does.
    for at in memchr::memchr_iter(0xEE, text.as_bytes()) {
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        let new = revised(c);
        if new == c {
            continue;
        }
        while let Some(place) = places.next_if(|place| **place <= at) {
            *place += grown;
        }
        whole.push_str(text.get(done..at).unwrap_or_default());
        whole.push(new);
        done = at + c.len_utf8();
        grown += new.len_utf8() - c.len_utf8();
    }
    places.for_each(|place| *place += grown);
    whole.push_str(text.get(done..).unwrap_or_default());
    transcript.text = whole;
}
