//! How stretches of lines look.

use crate::document::Underline;

/// How a stretch of a line looks, or what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// Strong emphasis.
    Strong,
    /// Emphasis.
    Emphasis,
    /// A line under it, or through it.
    Underline(Underline),
    /// Raised.
    Superscript,
    /// Lowered.
    Subscript,
    /// In small type: a note between the words.
    Gloss,
    /// A link to this target.
    Link(String),
}

impl Look {
    /// The tag that says it.
    pub(super) const fn tag(&self) -> &'static str {
        match self {
            Look::Strong => "strong",
            Look::Emphasis => "em",
            Look::Underline(Underline::Straight) => "u",
            Look::Underline(Underline::Wavy) => "cite",
            Look::Underline(Underline::Through) => "s",
            Look::Superscript => "sup",
            Look::Subscript => "sub",
            Look::Gloss => "small",
            Look::Link(_) => "a",
        }
    }
}
