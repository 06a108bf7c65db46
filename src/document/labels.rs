//! What a paragraph of an official document begins with, below whose end or in whose face it is set: labels of what is attached, of who gets a copy and of
//! who was there, and sentences that lead in.

use super::Role;
use crate::chinese::class::Class;
use crate::chinese::numbering::{self, Family};
use crate::chinese::words::Word;
use crate::unicode::tight;

/// The bytes of the label of a paragraph that plays `role` and says `text`, below whose end its other lines stand, and what the label itself stands
/// behind; `further` where one of its role stands above it.
pub fn label_of(role: Role, text: &str, further: bool) -> Option<(usize, &'static str)> {
    match role {
        Role::Attachment => match attached(text) {
            Some(label) => Some((label, "")),
            // Below the number of the first, which stands behind `附件：` (7.3.4).
            None => further.then(|| (numbered(text), "附件：")),
        },
        Role::PrintRecord => Some((field(text, Word::CopiedTo)?, "")),
        Role::Body => Some((field(text, Word::Attending)?, "")),
        _ => None,
    }
}

/// No sentence that leads in is longer.
const LONGEST: usize = 30;

/// The sentence that leads into the paragraph `text`, with its number: `（一）摸清底数。` (7.3.3). The level of that number, 1 for 一、, and the characters.
pub fn lead_in(text: &str) -> Option<(usize, usize)> {
    let label = numbering::label(text)?;
    let level = match label.family {
        Family::HanComma => 1,
        Family::HanBrackets => 2,
        _ => return None,
    };
    let begins = text[..label.len].chars().count();
    let sentence = || text[label.len..].chars().take(LONGEST).take_while(|c| *c != '\n');
    let find = |signs: &[char]| sentence().position(|c| signs.contains(&c));
    let end = begins + find(&['。']).or_else(|| find(&['：', '；']))? + 1;
    // What is nothing but one sentence leads nowhere.
    let leads = text.chars().skip(end).any(|c| !c.is_whitespace() && !Class::of(c).is_mark());
    leads.then_some((level, end))
}

/// The bytes of `附件：` or `附件：1.` at the beginning of `text`.
fn attached(text: &str) -> Option<usize> {
    let rest = Word::Attachment.strip(text).or_else(|| text.strip_prefix('附'))?;
    let names = colon(rest)?;
    Some(text.len() - names.len() + numbered(names))
}

/// The bytes of a number at the beginning of `text`, with the blanks behind it.
fn numbered(text: &str) -> usize {
    let label = numbering::label(text).filter(|label| label.family >= Family::Arabic);
    let rest = &text[label.map_or(0, |label| label.len)..];
    if rest.len() == text.len() { 0 } else { text.len() - rest.trim_start().len() }
}

/// The bytes of a word of this sense with its colon at the beginning of `text`.
fn field(text: &str, sense: Word) -> Option<usize> {
    // Blanks part the characters of the word: `抄　送：`.
    let at = text.find(['：', ':']).filter(|at| *at <= "抄　　送　".len())?;
    let word = tight(&text[..at]);
    sense.is(&word).then(|| text.len() - colon(&text[at..]).unwrap_or_default().len())
}

/// What follows a colon that `text` begins with.
fn colon(text: &str) -> Option<&str> {
    text.trim_start().strip_prefix(['：', ':']).map(str::trim_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_attachments_copies_and_of_those_who_were_there() {
        let label = |text: &'static str| attached(text).map(|len| &text[..len]);
        assert_eq!(label("附件：1.名单"), Some("附件：1."));
        assert_eq!(label("附件： 名单"), Some("附件： "));
        assert_eq!(label("附：名单"), Some("附："));
        assert_eq!(label("附件1"), None);
        assert_eq!(numbered("2. 任务分解表"), "2. ".len());
        assert_eq!(numbered("任务"), 0);
        let field = |text: &'static str, sense| field(text, sense).map(|len| &text[..len]);
        assert_eq!(field("抄　送：某委", Word::CopiedTo), Some("抄　送："));
        assert_eq!(field("出席：某某", Word::Attending), Some("出席："));
        assert_eq!(field("列席人员名单：某某", Word::Attending), None);
        assert_eq!(label_of(Role::Attachment, "2.乙", true), Some((2, "附件：")));
        assert_eq!(label_of(Role::Attachment, "2.乙", false), None);
    }

    #[test]
    fn a_sentence_leads_in_where_more_follows() {
        assert_eq!(lead_in("一、提高认识。各单位要重视。"), Some((1, 7)));
        assert_eq!(lead_in("（二）政治审查：由某所牵头"), Some((2, 8)));
        assert_eq!(lead_in("（一）没有固定住所的；"), None);
        assert_eq!(lead_in("（一）提高认识\n各单位要重视。其他"), None);
        assert_eq!(lead_in("1.供水管网。由某局牵头。"), None);
    }
}
