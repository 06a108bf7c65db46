//! Character entities of HTML in plain text: `entity`.

use crate::error::Cause;
use crate::normalize::Syntax;
use crate::normalize::census::Census;
use crate::normalize::line::is_wide;
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};
use crate::unicode::{is_invisible_control, is_private_use};
use std::cell::LazyCell;

/// `&nbsp;`, `&#8220;`, `&amp;quot;` become the character that they name.
///
/// Left alone: Markdown, where entities are syntax, and files with tags and files that are not Chinese (reported); entities in backticks or quotes, which are
/// spoken of rather than used; numbers of controls, private-use characters or none (reported).
pub const ENTITY: Rule = Rule {
    id: "entity",
    concern: Concern::Characters,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "turn HTML entities into characters",
    zh: "HTML 实体改为字符",
    why_en: "The page that these codes were for is gone; the reader should see the character.",
    why_zh: "这些代码是给网页用的，读者该看到字符本身。",
    standard: "HTML, 13.5",
    example: ("甲&nbsp;乙&#8220;丙&amp;amp;丁", "甲 乙“丙&丁"),
};

const NAMED: &[(&str, &str)] = &[
    ("nbsp", " "),
    ("quot", "\""),
    ("lt", "<"),
    ("gt", ">"),
    ("amp", "&"),
    ("apos", "'"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("mdash", "—"),
    ("ndash", "–"),
    ("hellip", "…"),
    ("middot", "·"),
    ("times", "×"),
    ("deg", "°"),
    ("copy", "©"),
    ("reg", "®"),
    ("yen", "¥"),
    ("emsp", "\u{3000}"),
    ("ensp", " "),
];

pub fn fires(census: &Census) -> bool {
    census.has('&') && census.has(';')
}

pub fn run(pass: &mut Pass<'_>) {
    if pass.syntax == Syntax::Markdown {
        return;
    }
    let text = pass.text;
    let tagged = ["</p>", "</div>", "<br", "</a>", "</span>", "<html", "<HTML", "</P>", "<BR"];
    // Most files have none of the entities, and need not be searched for tags.
    let signs = pass.census.has('<');
    let html = LazyCell::new(|| signs && tagged.iter().any(|tag| text.contains(tag)));
    let written = pass.evidence.han == 0 && pass.evidence.foreign == 0;
    let bare = |with: &str| written && with.chars().all(is_wide);
    let mut done = 0;
    for (at, _) in text.match_indices('&') {
        if at < done {
            continue;
        }
        let Some((with, end)) = entity(text, at) else { continue };
        done = end;
        let topic = pass.before(at).is_some_and(|c| matches!(c, '`' | '“' | '‘' | '"' | '\'' | '「'));
        match with {
            // Where all of the Chinese is written so, there is none to tell by.
            Some(with) if !*html && !topic && (!pass.evidence.is_foreign() || bare(&with)) => {
                pass.change(&ENTITY, at..end, with)
            }
            _ => pass.report(&ENTITY, at..end, Cause::text(text.get(at..end).unwrap_or_default())),
        }
    }
}

/// What the entity at `at` stands for, and its end; the inner text is `None` where the number is no character for a text.
fn entity(text: &str, at: usize) -> Option<(Option<String>, usize)> {
    let mut begin = at + 1;
    // `&amp;nbsp;` was escaped once too often.
    while text.get(begin..)?.starts_with("amp;") && names(text.get(begin + 4..)?) {
        begin += 4;
    }
    let rest = text.get(begin..)?;
    let length = rest.bytes().take(10).position(|b| b == b';')?;
    let (name, end) = (rest.get(..length)?, begin + length + 1);
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        let c = code.ok().and_then(char::from_u32);
        let c = c.filter(|&c| !is_invisible_control(c) && !is_private_use(c));
        return Some((c.map(|c| if c == '\u{a0}' { ' ' } else { c }).map(String::from), end));
    }
    let (_, with) = NAMED.iter().find(|(known, _)| *known == name)?;
    Some((Some((*with).to_owned()), end))
}

/// Whether `rest` begins like the name of an entity.
fn names(rest: &str) -> bool {
    let length = rest.bytes().take(10).take_while(|&b| b.is_ascii_alphanumeric() || b == b'#').count();
    length > 0 && rest.as_bytes().get(length) == Some(&b';')
}
