//! What the elements of a page are, beside what they say.

use crate::document::{HtmlBlock, Sense, element};

/// Elements that a page has, and a text seldom: divisions, and what is shown as it is written.
const OTHERS: &[(&str, Sense)] = &[
    ("button", Sense::Bare),
    ("dialog", Sense::Bare),
    ("dir", Sense::Block(HtmlBlock::List { ordered: false })),
    ("fieldset", Sense::Bare),
    ("form", Sense::Bare),
    ("hgroup", Sense::Bare),
    ("legend", Sense::Block(HtmlBlock::Paragraph)),
    ("listing", Sense::Block(HtmlBlock::Verbatim)),
    ("marquee", Sense::Bare),
    ("menu", Sense::Block(HtmlBlock::List { ordered: false })),
    ("noembed", Sense::Unseen),
    ("noframes", Sense::Bare),
    ("noscript", Sense::Unseen),
    ("object", Sense::Bare),
    ("option", Sense::Bare),
    ("plaintext", Sense::Block(HtmlBlock::Verbatim)),
    ("search", Sense::Bare),
    ("select", Sense::Bare),
    ("template", Sense::Unseen),
    ("textarea", Sense::Bare),
    ("xmp", Sense::Block(HtmlBlock::Verbatim)),
];

/// The attributes that matter.
const ATTRIBUTES: &[&str] = &[
    "align", "alt", "border", "class", "colspan", "height", "hidden", "href", "id", "name", "role", "rowspan", "size",
    "src", "start", "style", "title", "width",
];

/// An element by its name, in lower case; without one where it is not known.
pub fn named(name: &str) -> (&'static str, Sense) {
    let other = || OTHERS.iter().find(|(known, _)| *known == name).copied();
    element(name).or_else(other).unwrap_or(("", Sense::Bare))
}

/// An attribute that matters by its name.
pub fn attribute(name: &[u8]) -> Option<&'static str> {
    ATTRIBUTES.iter().find(|known| known.as_bytes() == name).copied()
}

/// Whether nothing stands in an element.
pub fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether an element is there to be filled in or pressed.
pub fn is_control(name: &str) -> bool {
    matches!(name, "button" | "option" | "select" | "textarea")
}

/// Whether an element without a sense parts what stands in it from what stands around it.
pub fn is_division(name: &str) -> bool {
    matches!(
        name,
        "dialog"
            | "fieldset"
            | "form"
            | "hgroup"
            | "marquee"
            | "noframes"
            | "object"
            | "search"
            | "tbody"
            | "tfoot"
            | "thead"
    )
}
