//! The elements of HTML, and what each says: pages are made of them, and texts of Markdown have some.

use super::Underline;

/// What an element says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// `<br>`
    Break,
    /// `<hr>`
    Rule,
    /// `<img>`
    Picture,
    /// A pair of tags around a stretch of a line.
    Mark(HtmlMark),
    /// `<a>`
    Anchor,
    /// `<ruby>` and its parts.
    Ruby,
    /// A block of its own.
    Block(HtmlBlock),
    /// Nothing that the model can say; what it holds is shown.
    Bare,
    /// What it holds is not shown either.
    Unseen,
}

/// What a pair of tags makes of the text between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HtmlMark {
    /// `<strong>`, `<b>`
    Strong,
    /// `<em>`, `<i>`
    Emphasis,
    /// `<u>`, `<s>`, `<cite>`
    Underline(Underline),
    /// `<code>`
    Code,
    /// `<sup>`, which becomes the characters that Unicode has for it.
    Superscript,
    /// `<sub>`, likewise.
    Subscript,
    /// `<small>`: a note between the words.
    Small,
}

/// The elements that stand in lines of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HtmlBlock {
    /// `<p>`, `<div>` and the like.
    Paragraph,
    /// `<h1>` to `<h6>`, by its level.
    Heading(u8),
    /// `<ul>`, `<ol>`
    List {
        /// Whether its items are numbered.
        ordered: bool,
    },
    /// `<li>`
    Item,
    /// `<blockquote>`
    Quote,
    /// `<table>`
    Table,
    /// `<tr>`
    Row,
    /// `<td>`
    Cell,
    /// `<th>`
    Head,
    /// `<pre>`
    Verbatim,
}

const UNDERLINE: Sense = Sense::Mark(HtmlMark::Underline(Underline::Straight));
const STRUCK: Sense = Sense::Mark(HtmlMark::Underline(Underline::Through));
const CODE: Sense = Sense::Mark(HtmlMark::Code);
const PARAGRAPH: Sense = Sense::Block(HtmlBlock::Paragraph);

/// The elements of HTML by name (HTML, section 4, and those of old pages, section 16.2).
const ELEMENTS: &[(&str, Sense)] = &[
    ("a", Sense::Anchor),
    ("abbr", Sense::Bare),
    ("address", PARAGRAPH),
    ("article", PARAGRAPH),
    ("aside", PARAGRAPH),
    ("audio", Sense::Unseen),
    ("b", Sense::Mark(HtmlMark::Strong)),
    ("big", Sense::Bare),
    ("blockquote", Sense::Block(HtmlBlock::Quote)),
    ("body", Sense::Bare),
    ("br", Sense::Break),
    ("caption", PARAGRAPH),
    ("center", PARAGRAPH),
    // The elements that HTML has for titles of works and for Chinese proper names.
    ("cite", Sense::Mark(HtmlMark::Underline(Underline::Wavy))),
    ("code", CODE),
    ("dd", PARAGRAPH),
    ("del", STRUCK),
    ("details", PARAGRAPH),
    ("div", PARAGRAPH),
    ("dl", PARAGRAPH),
    ("dt", PARAGRAPH),
    ("em", Sense::Mark(HtmlMark::Emphasis)),
    ("figcaption", PARAGRAPH),
    ("figure", PARAGRAPH),
    ("font", Sense::Bare),
    ("footer", PARAGRAPH),
    ("h1", Sense::Block(HtmlBlock::Heading(1))),
    ("h2", Sense::Block(HtmlBlock::Heading(2))),
    ("h3", Sense::Block(HtmlBlock::Heading(3))),
    ("h4", Sense::Block(HtmlBlock::Heading(4))),
    ("h5", Sense::Block(HtmlBlock::Heading(5))),
    ("h6", Sense::Block(HtmlBlock::Heading(6))),
    ("head", Sense::Unseen),
    ("header", PARAGRAPH),
    ("hr", Sense::Rule),
    ("html", Sense::Bare),
    ("i", Sense::Mark(HtmlMark::Emphasis)),
    ("iframe", Sense::Unseen),
    ("img", Sense::Picture),
    ("ins", UNDERLINE),
    ("kbd", CODE),
    ("li", Sense::Block(HtmlBlock::Item)),
    ("main", PARAGRAPH),
    ("mark", Sense::Bare),
    ("nav", PARAGRAPH),
    ("ol", Sense::Block(HtmlBlock::List { ordered: true })),
    ("p", PARAGRAPH),
    ("pre", Sense::Block(HtmlBlock::Verbatim)),
    ("q", Sense::Bare),
    ("rb", Sense::Ruby),
    ("rp", Sense::Ruby),
    ("rt", Sense::Ruby),
    ("ruby", Sense::Ruby),
    ("s", STRUCK),
    ("samp", CODE),
    ("script", Sense::Unseen),
    ("section", PARAGRAPH),
    ("small", Sense::Mark(HtmlMark::Small)),
    ("span", Sense::Bare),
    ("strike", STRUCK),
    ("strong", Sense::Mark(HtmlMark::Strong)),
    ("style", Sense::Unseen),
    ("sub", Sense::Mark(HtmlMark::Subscript)),
    ("summary", PARAGRAPH),
    ("sup", Sense::Mark(HtmlMark::Superscript)),
    ("svg", Sense::Unseen),
    ("table", Sense::Block(HtmlBlock::Table)),
    ("tbody", Sense::Bare),
    ("td", Sense::Block(HtmlBlock::Cell)),
    ("tfoot", Sense::Bare),
    ("th", Sense::Block(HtmlBlock::Head)),
    ("thead", Sense::Bare),
    ("title", Sense::Unseen),
    ("tr", Sense::Block(HtmlBlock::Row)),
    ("tt", CODE),
    ("u", UNDERLINE),
    ("ul", Sense::Block(HtmlBlock::List { ordered: false })),
    ("var", Sense::Mark(HtmlMark::Emphasis)),
    ("video", Sense::Unseen),
    ("wbr", Sense::Bare),
];

/// The element of this name, in whichever case, as the table spells it.
pub fn element(name: &str) -> Option<(&'static str, Sense)> {
    ELEMENTS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).copied()
}
