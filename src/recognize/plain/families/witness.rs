//! What the other readers of plain text say of a line: one witness among others.

use super::super::headings::POST;
use super::super::{Part, dispatch, patterns};
use crate::chinese::shape::Class;
use crate::document::Role;

/// What they may say.
pub const NAMES: [&str; 35] = [
    "nothing",
    "title",
    "data",
    "role",
    "verbatim",
    "quoted",
    "verse",
    "rule",
    "item",
    "row",
    "note",
    "pattern",
    "other",
    "numbered part",
    "name of a part",
    "named in the contents",
    "number that counts on",
    "title of an attachment",
    "marked with #",
    "underlined",
    "below a rule",
    "bracketed head",
    "numbered head",
    "marked line before a paragraph",
    "apart, at the margin of deeper text",
    "at the margin of indented text",
    "short line without a stop before a paragraph",
    "headline",
    "title of a post",
    "none",
    "signature",
    "closing",
    "attachment",
    "addressee",
    "second headline",
];

/// Where the reasons of heads begin among them.
const HEADS: u8 = 12;
/// A headline below another.
const SECOND: u8 = 34;
/// No line.
pub const NONE: u8 = 29;

/// What was said of a line that is `part`.
pub(in crate::recognize::plain) fn said(part: &Part) -> u8 {
    match part {
        Part::Open => 0,
        Part::Title => 1,
        Part::Role(Role::Imprint | Role::Subtitle | Role::DocumentNumber | Role::Issuer | Role::Classification) => 2,
        Part::Role(Role::Signature) => 30,
        Part::Role(Role::Closing) => 31,
        Part::Role(Role::Attachment) => 32,
        Part::Role(Role::Salutation) => 33,
        Part::Role(_) => 3,
        Part::Code(_) => 4,
        Part::Quote(_) => 5,
        Part::Verse => 6,
        Part::Divider => 7,
        Part::Item { .. } | Part::ItemMore { .. } => 8,
        Part::Row(_) => 9,
        Part::Note { .. } => 10,
        Part::Heading { reason, .. } if *reason == patterns::REASON => 11,
        Part::Heading { rank, reason, .. } if *reason == dispatch::REASON && *rank > POST => SECOND,
        Part::Heading { reason, .. } => {
            let at = NAMES[usize::from(HEADS)..].iter().position(|name| name == reason);
            HEADS + at.unwrap_or(0) as u8
        }
    }
}

/// How heads are known that other readers see.
pub const MANNERS: [&str; 6] = ["numbered", "drawn", "marked", "plain", "news", "contents"];

/// How a head is known that was seen.
pub fn manner(said: u8) -> Option<usize> {
    match said {
        13 | 14 | 16 | 22 => Some(0),
        15 => Some(5),
        19 | 20 => Some(1),
        17 | 18 | 21 | 23 => Some(2),
        24..=26 => Some(3),
        27 | 28 | SECOND => Some(4),
        _ => None,
    }
}

/// The bits that a head which is seen has in advance, by how seldom who sees it errs. They count whole in a short text, where no family can
/// show how it behaves, and the less the longer the text is.
pub fn trust(said: u8, class: usize, lines: usize) -> f32 {
    let bits = match said {
        // Who knows such numbers saw no head.
        0 if class == Class::Chapter.index() => -6.0,
        0 if class > Class::Plain.index() => -5.0,
        0 => -1.5,
        27 | 28 | SECOND => 12.0,
        15 | 17..=20 => 14.0,
        13 | 14 | 21 | 23 => 7.0,
        22 => 12.0,
        24..=26 => 2.0,
        _ => 0.0,
    };
    bits * if is_sure(said) { 1.0 } else { (1.0 - lines as f32 / SHORT).max(0.0) }
}

/// Whether who sees a head knows it by its syntax.
pub fn is_sure(said: u8) -> bool {
    matches!(said, 15 | 17..=20 | 27 | 28 | SECOND)
}

/// In a text of so many lines families speak for themselves.
const SHORT: f32 = 120.0;

/// How far out headlines and titles of posts stand: outside all others.
pub fn news_rank(said: u8) -> Option<u8> {
    match said {
        27 | 28 => Some(5),
        SECOND => Some(6),
        _ => None,
    }
}

/// Whether it stands within others by its indent.
pub fn stands_within(said: u8) -> bool {
    said == 24
}

/// Whether the contents name it.
pub fn is_named_in_contents(said: u8) -> bool {
    said == 15
}

/// Whether a line has a part of its own: data, signatures and the like, quotations, rules, rows of a table, notes.
pub fn has_part(said: u8) -> bool {
    matches!(said, 2 | 3 | 5 | 7 | 9 | 10 | 30..=33)
}

/// Whether a line can be the title, by what was said of it.
pub fn may_be_title(said: u8) -> bool {
    !matches!(said, 5 | 7 | 9 | 10 | 27 | 28 | 33 | SECOND)
}

/// Whether a head was seen.
pub fn is_head(said: u8) -> bool {
    (HEADS..NONE).contains(&said) || said == SECOND
}

/// Whether a rule was seen.
pub fn is_rule(said: u8) -> bool {
    said == 7
}

/// Whether the title was seen.
pub fn is_title(said: u8) -> bool {
    said == 1
}
