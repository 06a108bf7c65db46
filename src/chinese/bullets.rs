//! Bullets: those that Word writes as private characters of its fonts Symbol and Wingdings, and those that are typed for want of one.

/// The private character and the bullet that it stands for.
const BULLETS: [(char, char); 18] = [
    ('\u{F046}', '☞'),
    ('\u{F06C}', '●'),
    ('\u{F06D}', '○'),
    ('\u{F06E}', '■'),
    ('\u{F06F}', '□'),
    ('\u{F071}', '❑'),
    ('\u{F072}', '❒'),
    ('\u{F074}', '◆'),
    ('\u{F075}', '◆'),
    ('\u{F076}', '❖'),
    ('\u{F09F}', '•'),
    ('\u{F0A7}', '▪'),
    ('\u{F0A8}', '□'),
    ('\u{F0B7}', '•'),
    ('\u{F0D8}', '➢'),
    ('\u{F0E0}', '→'),
    ('\u{F0FC}', '✓'),
    ('\u{F0FE}', '☑'),
];

/// The bullet that the private character `c` stands for.
pub fn bullet(c: char) -> Option<char> {
    BULLETS.binary_search_by_key(&c, |(private, _)| *private).ok().map(|at| BULLETS[at].1)
}

/// The bullet that is meant where `marker` begins the items of a list: `-`, `*` and `+` are what a keyboard has.
pub const fn drawn(marker: char) -> char {
    match marker {
        '-' | '*' | '+' => '•',
        marker => marker,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_are_found_and_nothing_else() {
        assert!(BULLETS.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(bullet('\u{F06C}'), Some('●'));
        assert!(['●', '\u{F000}', '\u{E248}', '\u{F0FF}'].iter().all(|c| bullet(*c).is_none()));
    }
}
