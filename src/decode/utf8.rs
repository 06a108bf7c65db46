//! Weighing bytes as UTF-8.
//!
//! Its characters of three bytes do not come by chance. Those of two bytes do: a quarter of the pairs of common characters in GBK
//! are such. So they count as text only where they read as words of one script.

use super::model::{MALFORMED, Model};
use super::reading::{Cost, REPEATED};

/// What it costs to begin or end inside a character, as a piece cut from a text does.
const CUT: u64 = 60;
/// The same where no whole character speaks for UTF-8: a word is not cut as easily as a piece of a text, nor one
/// that is broken besides.
const CUT_UNSEEN: [u64; 2] = [160, 70];
/// How many characters are a piece of a text.
const PIECE: usize = 9;
/// What the first letter of another script costs in addition.
const NEW_SCRIPT: u64 = 40;
/// What a letter of Latin costs in addition that stands in no word.
const ALONE: u64 = 50;
/// What a character of three bytes costs at most that speaks for UTF-8 beyond what it costs: not those of rare scripts.
const KNOWN: u64 = 165;
/// What two letters of different scripts cost in addition that stand side by side.
const MIXED_WORD: u64 = 120;
/// How many bytes beyond ASCII make characters of two bytes certain.
const MANY: usize = 48;
/// How many characters of three bytes make a text certain that is cut.
const SOME: usize = 2;

/// A script whose letters take two bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
}

/// The letters of the scripts that take two bytes: first, last, their script, and their costs in tenths of a bit.
const LETTERS: &[(char, char, Script, u8)] = &[
    ('À', 'Þ', Script::Latin, 130),
    ('ß', 'ÿ', Script::Latin, 90),
    ('Ā', 'ſ', Script::Latin, 95),
    ('Ǎ', 'ǜ', Script::Latin, 105),
    ('Ơ', 'ơ', Script::Latin, 100),
    ('Ư', 'ư', Script::Latin, 100),
    ('Ά', 'Ϋ', Script::Greek, 95),
    ('ά', 'ώ', Script::Greek, 52),
    ('Ѐ', 'Я', Script::Cyrillic, 95),
    ('а', 'я', Script::Cyrillic, 52),
    ('ѐ', 'џ', Script::Cyrillic, 75),
    ('Ґ', 'ґ', Script::Cyrillic, 90),
    ('Ԁ', 'ԯ', Script::Cyrillic, 150),
    ('Ա', 'Ֆ', Script::Armenian, 95),
    ('ա', 'և', Script::Armenian, 52),
    ('א', 'ת', Script::Hebrew, 52),
    ('ء', 'ي', Script::Arabic, 52),
    ('پ', 'پ', Script::Arabic, 80),
    ('چ', 'چ', Script::Arabic, 80),
    ('ک', 'ک', Script::Arabic, 70),
    ('گ', 'گ', Script::Arabic, 80),
    ('ی', 'ی', Script::Arabic, 60),
    ('،', '؟', Script::Arabic, 90),
];

/// The script of `c` and what it costs in a text of that script.
fn letter(c: char) -> Option<(Script, u8)> {
    let &(_, _, script, cost) = LETTERS.iter().find(|&&(first, last, ..)| (first..=last).contains(&c))?;
    // The commonest letters are better known.
    let known = match script {
        Script::Cyrillic => Model::Cyrillic.cost(c),
        Script::Latin => Model::Latin.cost(c),
        _ => cost,
    };
    Some((script, cost.min(known)))
}

/// What a letter of Vietnamese costs.
const VIETNAMESE: u64 = 120;

/// Whether `c` is one of the letters with two marks that Vietnamese has.
fn is_vietnamese(c: char) -> bool {
    matches!(c, 'Ạ'..='ỹ')
}

/// What `c`, of two bytes, costs that is no letter of a script, behind another character.
fn other(c: char, before: Option<char>) -> u8 {
    match c {
        ..'À' => Model::Latin.cost(c),
        '×' | '÷' => 120,
        // Letters and signs of phonetics.
        '\u{250}'..='\u{2FF}' => 150,
        // Marks that stand upon a letter.
        '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5C7}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' => {
            if before.is_some_and(|c| c.is_ascii_alphabetic() || letter(c).is_some()) { 100 } else { 230 }
        }
        'À'..'\u{250}' => 180,
        _ => 210,
    }
}

/// Whether `c`, of four bytes, is one that texts have: a picture or a character of the later extensions.
fn is_known(c: char) -> bool {
    matches!(c, '\u{1D000}'..='\u{1FBFF}' | '\u{20000}'..='\u{323AF}')
}

/// Whether `bytes` are UTF-8 for certain, and not only ASCII.
pub(super) fn is_certain(bytes: &[u8]) -> bool {
    // A piece cut from a text may begin and end inside a character.
    let lead = bytes.iter().take(3).take_while(|&&byte| byte & 0xC0 == 0x80).count();
    let whole = bytes.get(lead..).unwrap_or_default();
    let (text, cut) = match std::str::from_utf8(whole) {
        Ok(text) => (text, lead > 0),
        Err(error) if error.error_len().is_none() => {
            (std::str::from_utf8(whole.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default(), true)
        }
        Err(_) => return false,
    };
    let long = text.bytes().filter(|&byte| byte >= 0xE0).take(SOME).count();
    let certain = if cut { long == SOME } else { long > 0 };
    let many = || bytes.iter().filter(|byte| !byte.is_ascii()).nth(MANY).is_some();
    (certain || many()) && !text.contains('\0')
}

/// What `piece` costs as UTF-8, in whatever language: its form alone tells it from the rest.
pub(super) fn weigh(piece: &[u8]) -> Cost {
    const MODELS: [Model; 3] = [Model::Chinese, Model::Japanese, Model::Korean];
    let mut cost = Cost::default();
    // Characters of three bytes and more, and letters of two.
    let (mut long, mut letters) = (0, 0);
    // Breaks where a piece may have been cut.
    let mut cuts = 0;
    let mut script = None;
    let mut read = 0;
    for chunk in piece.utf8_chunks() {
        let valid = chunk.valid();
        let mut before: Option<char> = None;
        let mut characters = valid.chars().peekable();
        while let Some(c) = characters.next() {
            let repeated = if c.is_ascii() { REPEATED } else { 2 * REPEATED };
            let most = if before == Some(c) { u64::from(repeated) } else { u64::MAX };
            let own = match c.len_utf8() {
                2 => match letter(c) {
                    Some((own, bits)) => {
                        let latin = own == Script::Latin;
                        let in_word = !latin
                            || [before, characters.peek().copied()].iter().flatten().any(char::is_ascii_alphabetic);
                        let new = !latin && script.replace(own) != Some(own);
                        letters += usize::from(in_word && !new);
                        let beside = before.and_then(|c| match c {
                            'A'..='Z' | 'a'..='z' => Some(Script::Latin),
                            _ => letter(c).map(|(script, _)| script),
                        });
                        let mixed = beside.is_some_and(|script| script != own);
                        u64::from(bits)
                            + u64::from(new) * NEW_SCRIPT
                            + u64::from(mixed) * MIXED_WORD
                            + u64::from(!in_word) * ALONE
                    }
                    None => u64::from(other(c, before)),
                },
                4 if !is_known(c) => u64::from(MALFORMED),
                3 if is_vietnamese(c) => VIETNAMESE,
                _ => MODELS.iter().map(|model| u64::from(model.cost(c))).min().unwrap_or(0),
            };
            cost.tenths += own.min(most);
            cost.characters += 1;
            long += usize::from((c.len_utf8() == 3 && own <= KNOWN && !is_vietnamese(c)) || is_known(c));
            before = Some(c);
        }
        let begun = read + valid.len();
        read = begun + chunk.invalid().len();
        if !chunk.invalid().is_empty() {
            let at_start = read <= 2 && piece.iter().take(read).all(|byte| byte & 0xC0 == 0x80);
            let at_end = read == piece.len()
                && std::str::from_utf8(chunk.invalid()).is_err_and(|error| error.error_len().is_none());
            cost.malformed += 1;
            if at_end || (at_start && begun > 0) {
                cuts += usize::from(at_end);
            } else if at_start {
                cuts += 1;
            } else {
                cost.tenths += u64::from(MALFORMED);
            }
        }
    }
    cost.tenths += cuts as u64
        * match cost.characters {
            _ if long + letters / 2 > 0 => CUT,
            characters => CUT_UNSEEN[usize::from(characters >= PIECE && cost.malformed == cuts)],
        };
    // Three bytes of the strict form of UTF-8 do not come by chance: where they prevail, a break says little against it.
    let inner = cost.malformed.saturating_sub(cuts);
    if long * 2 > inner {
        cost.tenths = cost.tenths.saturating_sub(inner as u64 * u64::from(MALFORMED) / 2);
    }
    cost
}
