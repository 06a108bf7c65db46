//! A run of inlines flattened into tokens, so that whatever is written knows its neighbours on both sides.

use super::escape::{self, Pairs};
use crate::document::{Image, Inline, InlineKind, Underline};
use std::borrow::Cow;

/// A stretch of emphasis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stress {
    /// `*`
    Emphasis,
    /// `**`
    Strong,
    /// Emphasis that holds nothing but strong emphasis: `***`.
    Both,
}

impl Stress {
    /// Number of stars.
    pub fn len(self) -> usize {
        match self {
            Stress::Emphasis => 1,
            Stress::Strong => 2,
            Stress::Both => 3,
        }
    }

    /// Whether stars of one could be taken for those of the other.
    pub fn shares(self, other: Stress) -> bool {
        self == other || self == Stress::Both || other == Stress::Both
    }

    /// The tags that say the same.
    pub fn tags(self) -> (&'static str, &'static str) {
        match self {
            Stress::Emphasis => ("<em>", "</em>"),
            Stress::Strong => ("<strong>", "</strong>"),
            Stress::Both => ("<em><strong>", "</strong></em>"),
        }
    }
}

/// A piece of a flattened run.
#[derive(Debug)]
pub enum Token<'d> {
    /// Text, never beside other text.
    Text(Cow<'d, str>),
    /// Beginning of emphasis, and the index of the token that ends it.
    Open(Stress, usize),
    /// End of emphasis.
    Close(Stress),
    /// `[`
    LinkOpen,
    /// `](target "title")`
    LinkClose(&'d str, &'d str),
    /// `<https://…>`
    Autolink(&'d str),
    /// A code span.
    Code(&'d str),
    /// A reference to the note of this index.
    Note(usize),
    /// A picture.
    Image(&'d Image),
    /// An HTML tag.
    Tag(&'static str),
    /// A line break.
    Break,
}

impl Token<'_> {
    /// The character that the written token begins with, were it alone.
    pub fn first(&self) -> char {
        match self {
            Token::Text(text) => text.chars().next().unwrap_or('\n'),
            Token::Open(..) | Token::Close(_) => '*',
            Token::LinkOpen | Token::Note(_) => '[',
            Token::LinkClose(..) => ']',
            Token::Autolink(_) | Token::Tag(_) => '<',
            Token::Code(_) => '`',
            Token::Image(_) => '!',
            Token::Break => '\\',
        }
    }
}

/// The tokens of `inlines`, appended to `tokens`.
pub fn flatten<'d>(inlines: &'d [Inline], tokens: &mut Vec<Token<'d>>, in_link: bool) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) => push_text(text, tokens),
            InlineKind::Strong(content) => stress(Stress::Strong, content, tokens, in_link),
            InlineKind::Emphasis(content) => match content.as_slice() {
                [Inline { kind: InlineKind::Strong(inner), .. }] => stress(Stress::Both, inner, tokens, in_link),
                _ => stress(Stress::Emphasis, content, tokens, in_link),
            },
            InlineKind::Underline { mark, content } => {
                let (open, close) = match mark {
                    Underline::Straight => ("<u>", "</u>"),
                    Underline::Wavy => ("<cite>", "</cite>"),
                    Underline::Through => ("<s>", "</s>"),
                };
                tagged((open, close), content, tokens, in_link);
            }
            InlineKind::Gloss(content) => tagged(("<small>", "</small>"), content, tokens, in_link),
            // An empty code span cannot be written, and there is nothing in it to lose.
            InlineKind::Code(code) if code.is_empty() => {}
            InlineKind::Code(code) => {
                // As the text of a link this would make the paragraph a definition: `[`]:`](…)`.
                if in_link && code.contains("]:") {
                    push_text(code, tokens);
                    continue;
                }
                if matches!(tokens.last(), Some(Token::Code(_))) {
                    tokens.push(Token::Tag("<!-- -->"));
                }
                tokens.push(Token::Code(code));
            }
            // A link cannot stand in another; its text can.
            InlineKind::Link { content, .. } if in_link => flatten(content, tokens, in_link),
            InlineKind::Link { target, title, content } => match content.as_slice() {
                [Inline { kind: InlineKind::Text(text), .. }]
                    if text == target && title.is_empty() && escape::is_absolute_uri(target) =>
                {
                    tokens.push(Token::Autolink(target));
                }
                _ => {
                    // `[^1][甲](…)` would be one reference.
                    if matches!(tokens.last(), Some(Token::Note(_))) {
                        tokens.push(Token::Tag("<!-- -->"));
                    }
                    tokens.push(Token::LinkOpen);
                    flatten(content, tokens, true);
                    tokens.push(Token::LinkClose(target, title));
                }
            },
            InlineKind::NoteRef { note } => tokens.push(Token::Note(*note)),
            InlineKind::Ruby { base, reading } => {
                tokens.push(Token::Tag("<ruby>"));
                push_text(base, tokens);
                tokens.push(Token::Tag("<rp>（</rp><rt>"));
                push_text(reading, tokens);
                tokens.push(Token::Tag("</rt><rp>）</rp></ruby>"));
            }
            InlineKind::Image(image) => tokens.push(Token::Image(image)),
            InlineKind::Break => tokens.push(Token::Break),
        }
    }
}

/// Whether token `i` is a formula as Markdown has it, between signs of its own: $`a`$.
pub fn is_formula(tokens: &[Token<'_>], i: usize) -> bool {
    let Some([Token::Text(before), Token::Code(formula), Token::Text(after)]) =
        i.checked_sub(1).and_then(|j| tokens.get(j..j + 3))
    else {
        return false;
    };
    let plain = !formula.contains(['`', '$', '\n', '|']) && formula.trim() == *formula;
    let opens = before.ends_with('$') && !before.ends_with("$$");
    let closes = after.starts_with('$') && !after[1..].starts_with(|c: char| c == '$' || c.is_alphanumeric());
    plain && opens && closes
}

/// The tokens of `content` between two tags; nothing where there is nothing between them.
fn tagged<'d>(
    (open, close): (&'static str, &'static str),
    content: &'d [Inline],
    tokens: &mut Vec<Token<'d>>,
    in_link: bool,
) {
    let had = tokens.len();
    tokens.push(Token::Tag(open));
    flatten(content, tokens, in_link);
    match tokens.len() - had {
        1 => tokens.truncate(had),
        _ => tokens.push(Token::Tag(close)),
    }
}

fn push_text<'d>(text: &'d str, tokens: &mut Vec<Token<'d>>) {
    match tokens.last_mut() {
        _ if text.is_empty() => {}
        Some(Token::Text(before)) => before.to_mut().push_str(text),
        _ => tokens.push(Token::Text(Cow::Borrowed(text))),
    }
}

fn stress<'d>(stress: Stress, content: &'d [Inline], tokens: &mut Vec<Token<'d>>, in_link: bool) {
    let open = tokens.len();
    tokens.push(Token::Open(stress, open));
    flatten(content, tokens, in_link);
    if tokens.len() == open + 1 {
        tokens.pop();
        return;
    }
    tokens[open] = Token::Open(stress, tokens.len());
    tokens.push(Token::Close(stress));
}

/// What the tokens hold that may pair.
pub fn pairs(tokens: &[Token<'_>]) -> Pairs {
    let mut pairs = Pairs::default();
    for (i, token) in tokens.iter().enumerate() {
        match token {
            Token::Text(text) => {
                pairs.count(text);
                pairs.ends = pairs.ends || escape::ends_emphasis(text, (i == 0).then_some('\n'));
            }
            Token::Image(image) => {
                pairs.angles += 1;
                pairs.ends = true;
                [&image.alt, &image.target, &image.title].iter().for_each(|text| pairs.count(text));
            }
            Token::Open(..) => {
                pairs.stars += 2;
                pairs.ends = true;
                pairs.underscores += 2;
                pairs.angles += 1;
            }
            Token::Code(code) => {
                pairs.ticks += 2;
                pairs.dollars += code.matches('$').count();
                pairs.angles += usize::from(code.contains('>'));
                pairs.definition |= code.contains("]:");
            }
            Token::Autolink(target) => {
                pairs.angles += 1;
                pairs.dollars += target.matches('$').count();
                pairs.definition |= target.contains("]:");
            }
            Token::LinkClose(target, title) => {
                pairs.angles += 1;
                pairs.count(target);
                pairs.count(title);
            }
            Token::Tag(_) | Token::Break => pairs.angles += 1,
            Token::Close(_) | Token::LinkOpen | Token::Note(_) => {}
        }
    }
    pairs
}
