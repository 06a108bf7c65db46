//! Which characters could be signs of Markdown, or of one of its dialects, where they stand.

/// Where a character stands.
#[derive(Debug, Clone, Copy)]
pub struct Site {
    /// The character before it.
    pub last: char,
    /// The character behind it, if it is known.
    pub next: Option<char>,
    /// Whether a line begins with it, or with digits before it.
    pub start: bool,
    /// Whether it stands in a link.
    pub linked: bool,
    /// Whether it stands in a heading.
    pub heading: bool,
    /// Whether it stands in a table, where text is HTML.
    pub in_table: bool,
}

/// Whether `c` may be a sign there.
pub fn is_sign(c: char, site: Site) -> bool {
    let Site { last, next, linked, heading, .. } = site;
    let first = site.start && !last.is_ascii_digit();
    let before = |wanted: fn(char) -> bool| next.is_none_or(wanted);
    match c {
        '&' => before(|c| c.is_ascii_alphanumeric() || c == '#'),
        '<' => before(|c| c.is_ascii_graphic() && c != '<'),
        // Beside a tag it could be taken for the blank between that and a word that speaks of it.
        ' ' => next.is_none() || last == '>',
        _ if site.in_table => false,
        '*' | '`' | '$' => true,
        '_' => !(last.is_alphanumeric() && next.is_some_and(char::is_alphanumeric)),
        '\\' => first || before(|c| c.is_ascii_punctuation()),
        '~' | '=' | '%' => last == c || next.is_none_or(|next| next == c) || first,
        '[' => linked || first || before(|c| matches!(c, '^' | '[' | '!')),
        ']' => linked || before(|c| matches!(c, '(' | '[' | ':' | ']')),
        '{' => first || heading || next == Some('#'),
        '#' => first || heading,
        '>' | '+' | '-' | ':' | '|' | '!' | '?' | '/' | '^' => first,
        // The number of an item.
        '.' | ')' if site.start && !first => before(|c| matches!(c, ' ' | '\t')),
        _ => false,
    }
}
