//! What the other readers of plain text say of a line: one witness among others.

use super::super::headings::{POST, TITLE_OF_ATTACHMENT};
use super::super::office::DOCUMENT;
use super::super::ruled::TAGGED;
use super::super::{Part, dispatch, patterns};
use super::SHORT;
use crate::chinese::shape::Class;
use crate::document::Role;

/// Something that is said of a line.
struct Saying {
    /// How it is called, as the reason of a head is.
    name: &'static str,
    /// How a head is known that was seen: a place in [`MANNERS`]; `None` where no head was seen.
    manner: Option<&'static str>,
    /// The bits that such a head has in advance, by how seldom who sees it errs.
    trust: f32,
    /// Whether who sees it knows it by its syntax.
    sure: bool,
    /// Whether the line has a part of its own: data, signatures and the like, quotations, rules, rows of a table.
    part: bool,
    /// Whether the line can be the title.
    title: bool,
}

/// How heads are known that other readers see.
pub const MANNERS: [&str; 6] = ["numbered", "drawn", "marked", "plain", "news", "contents"];
/// Of a head that is known in none of these ways.
const UNKNOWN: &str = "";

/// A head that was seen.
const fn head(name: &'static str, manner: &'static str, trust: f32) -> Saying {
    Saying { name, manner: Some(manner), trust, sure: false, part: false, title: true }
}

/// A head that was seen by its syntax.
const fn surely(name: &'static str, manner: &'static str, trust: f32) -> Saying {
    Saying { sure: true, ..head(name, manner, trust) }
}

/// One that stands among the news or posts of a collection, and is the title of none of them all.
const fn among(name: &'static str, trust: f32) -> Saying {
    Saying { title: false, ..surely(name, "news", trust) }
}

/// Anything else, which may be the `title` or not.
const fn other(name: &'static str, title: bool) -> Saying {
    Saying { name, manner: None, trust: 0.0, sure: false, part: false, title }
}

/// The same of a line that has a part of its own.
const fn part(name: &'static str, title: bool) -> Saying {
    Saying { part: true, ..other(name, title) }
}

/// Everything that is said; the order is that of `weights.tsv`.
const SAYINGS: [Saying; 36] = [
    other("nothing", true),
    other("title", true),
    part("data", true),
    part("role", true),
    other("verbatim", true),
    part("quoted", false),
    other("verse", true),
    part("rule", false),
    other("item", true),
    part("row", false),
    other("pattern", true),
    head("other", UNKNOWN, 0.0),
    head("numbered part", "numbered", 7.0),
    head("name of a part", "numbered", 7.0),
    surely("named in the contents", "contents", 14.0),
    head("number that counts on", "numbered", 0.0),
    surely(TITLE_OF_ATTACHMENT, "marked", 14.0),
    surely("marked with #", "marked", 14.0),
    surely("underlined", "drawn", 14.0),
    surely("below a rule", "drawn", 14.0),
    head("bracketed head", "marked", 7.0),
    head("numbered head", "numbered", 12.0),
    head("marked line before a paragraph", "marked", 7.0),
    head("apart, at the margin of deeper text", "plain", 2.0),
    head("at the margin of indented text", "plain", 2.0),
    head("short line without a stop before a paragraph", "plain", 2.0),
    among("headline", 12.0),
    among("title of a post", 12.0),
    part("signature", true),
    part("closing", true),
    part("attachment", true),
    part("addressee", false),
    among("second headline", 12.0),
    surely("between signs", "marked", 14.0),
    among(DOCUMENT, 14.0),
    surely(TAGGED, "marked", 14.0),
];

/// The place of what is called so.
const fn at(name: &str) -> u8 {
    let mut i = 0;
    while i < SAYINGS.len() {
        let (a, b) = (SAYINGS[i].name.as_bytes(), name.as_bytes());
        let mut k = 0;
        while a.len() == b.len() && k < a.len() && a[k] == b[k] {
            k += 1;
        }
        if k == a.len() && a.len() == b.len() {
            return i as u8;
        }
        i += 1;
    }
    panic!("nothing is called so")
}

const NOTHING: u8 = at("nothing");
/// A line of data that the work is known by: its author, source, number.
pub const DATA: u8 = at("data");
/// A head by a pattern of the user's.
pub const PATTERN: u8 = at("pattern");
const HEADLINE: u8 = at("headline");
const TITLE_OF_A_POST: u8 = at("title of a post");
const TITLE_OF_A_DOCUMENT: u8 = at(DOCUMENT);
/// A headline below another.
const SECOND: u8 = at("second headline");

/// The names of all that is said.
pub const NAMES: [&str; SAYINGS.len()] = {
    let mut names = [""; SAYINGS.len()];
    let mut i = 0;
    while i < SAYINGS.len() {
        names[i] = SAYINGS[i].name;
        i += 1;
    }
    names
};

/// What is at this place.
fn saying(said: u8) -> &'static Saying {
    &SAYINGS[usize::from(said).min(SAYINGS.len() - 1)]
}

/// What was said of a line that is `part`.
pub(in crate::recognize::plain) fn said(part: &Part) -> u8 {
    match part {
        Part::Open => NOTHING,
        Part::Title => const { at("title") },
        Part::Role(Role::Imprint | Role::Subtitle | Role::DocumentNumber | Role::Issuer | Role::Classification) => DATA,
        Part::Role(Role::Signature) => const { at("signature") },
        Part::Role(Role::Closing) => const { at("closing") },
        Part::Role(Role::Attachment) => const { at("attachment") },
        Part::Role(Role::Salutation) => const { at("addressee") },
        Part::Role(_) | Part::More => const { at("role") },
        Part::Code(_) => const { at("verbatim") },
        Part::Quote(_) => const { at("quoted") },
        Part::Verse => const { at("verse") },
        Part::Divider => const { at("rule") },
        Part::Item { .. } | Part::ItemMore { .. } => const { at("item") },
        Part::Row(_) => const { at("row") },
        Part::Heading { reason, .. } if *reason == patterns::REASON => PATTERN,
        Part::Heading { rank, reason, .. } if *reason == dispatch::REASON && *rank > POST => SECOND,
        Part::Heading { reason, .. } => {
            let named = SAYINGS.iter().position(|saying| saying.manner.is_some() && saying.name == *reason);
            named.map_or(const { at("other") }, |at| at as u8)
        }
    }
}

/// How a head is known that was seen.
pub fn manner(said: u8) -> Option<usize> {
    MANNERS.iter().position(|&manner| saying(said).manner == Some(manner))
}

/// The bits that a head which is seen has in advance. They count whole in a short text, where no family can show how it behaves, and the
/// less the longer the text is.
pub fn trust(said: u8, class: usize, lines: usize) -> f32 {
    let bits = match said {
        // Who knows such numbers saw no head.
        NOTHING if class == Class::Chapter.index() => -3.0,
        NOTHING if class > Class::Plain.index() => -2.5,
        NOTHING => -0.75,
        _ => saying(said).trust,
    };
    bits * if is_sure(said) { 1.0 } else { (1.0 - lines as f32 / SHORT).max(0.0) }
}

/// Whether who sees a head knows it by its syntax.
pub fn is_sure(said: u8) -> bool {
    saying(said).sure
}

/// How far out headlines and titles of posts stand: outside all others.
pub fn news_rank(said: u8) -> Option<u8> {
    match said {
        HEADLINE | TITLE_OF_A_POST | TITLE_OF_A_DOCUMENT => Some(5),
        SECOND => Some(6),
        _ => None,
    }
}

/// Whether it stands within others by its indent.
pub fn stands_within(said: u8) -> bool {
    said == const { at("apart, at the margin of deeper text") }
}

/// Whether the contents name it.
pub fn is_named_in_contents(said: u8) -> bool {
    said == const { at("named in the contents") }
}

/// Whether a line has a part of its own.
pub fn has_part(said: u8) -> bool {
    saying(said).part
}

/// Whether a line can be the title, by what was said of it.
pub fn may_be_title(said: u8) -> bool {
    saying(said).title
}

/// Whether a head was seen.
pub fn is_head(said: u8) -> bool {
    saying(said).manner.is_some()
}

/// Whether a rule was seen.
pub fn is_rule(said: u8) -> bool {
    said == const { at("rule") }
}

/// Whether a line says whom a letter or a document is for.
pub fn is_addressee(said: u8) -> bool {
    said == const { at("addressee") }
}

/// Whether the title was seen.
pub fn is_title(said: u8) -> bool {
    said == const { at("title") }
}
