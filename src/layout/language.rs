//! Words of another language in running text, and paragraphs in the other script of Chinese, told apart in the structure so that they are
//! read aloud as what they are.

use super::flow::Flow;
use super::page::{ElementId, Tag};
use super::text::{Look, Text};
use crate::chinese::script::script;
use crate::document::{Inline, inline_text};
use crate::lang::Language;
use crate::unicode::is_han;

impl Flow<'_> {
    /// Adds the element of a paragraph, heading or line that says `content`, with its language where that is decisively traditional Chinese
    /// in a simplified text, or the reverse.
    pub(super) fn add_said(&mut self, tag: Tag, parent: ElementId, content: &[Inline]) -> ElementId {
        if !self.shown {
            return self.structure.add(tag, parent);
        }
        match other_script(&inline_text(self.doc, content), self.doc.meta.language) {
            Some(language) => self.structure.add_in(tag, parent, language),
            None => self.structure.add(tag, parent),
        }
    }

    /// Adds `chars` of a paragraph below `parent`, which stand at `start` of the normalized text and fill `len` bytes of it; words of
    /// another language become spans of their own, but in code.
    pub(super) fn push_text(
        &mut self,
        chars: &str,
        (start, len): (usize, usize),
        look: &Look,
        parent: ElementId,
        text: &mut Text,
    ) {
        let exact = len == chars.len();
        let parts =
            if look.verbatim || !self.shown { vec![(0, chars, None)] } else { parts(chars, self.doc.meta.language) };
        for (offset, part, language) in parts {
            let element = match language {
                Some(language) => Some(self.structure.add_in(Tag::Span, parent, language)),
                None => look.element,
            };
            let index = text.look(Look { element, ..look.clone() });
            let (at, filled) = if exact { (start + offset, part.len()) } else { (start, len) };
            text.push(part, index, at, filled);
        }
    }
}

/// The language of Chinese `text` in the script that a text in `main` is not.
fn other_script(text: &str, main: Language) -> Option<Language> {
    match main {
        Language::ZhHans | Language::ZhHant(_) => {
            let decisive = script(text.chars()).decisive();
            decisive.filter(|language| language.is_traditional() != main.is_traditional())
        }
        Language::En | Language::Ja | Language::Ko => None,
    }
}

/// `text` in parts, each with its offset, and its language where that is not `main`: in a text in Han two and more Western words on
/// end are English, in an English one every run of Han is Chinese.
fn parts(text: &str, main: Language) -> Vec<(usize, &str, Option<Language>)> {
    let mut parts = vec![];
    let mut done = 0;
    let mut from = 0;
    let next = |text: &str| match main {
        Language::En => text.find(is_han),
        Language::ZhHans | Language::ZhHant(_) | Language::Ja | Language::Ko => {
            text.bytes().position(|b| b.is_ascii_alphabetic())
        }
    };
    while let Some(start) = next(&text[from..]).map(|at| from + at) {
        let (end, language) = match main {
            Language::En => {
                let end = han(text, start);
                (end, Some(script(text[start..end].chars()).likelier()))
            }
            Language::ZhHans | Language::ZhHant(_) | Language::Ja | Language::Ko => western(text, start),
        };
        from = end;
        if language.is_some() {
            if done < start {
                parts.push((done, &text[done..start], None));
            }
            parts.push((start, &text[start..end], language));
            done = end;
        }
    }
    if done < text.len() || text.is_empty() {
        parts.push((done, &text[done..], None));
    }
    parts
}

/// Where the run of Han that begins at `start` ends.
fn han(text: &str, start: usize) -> usize {
    text[start..].find(|c| !is_han(c)).map_or(text.len(), |at| start + at)
}

/// Where the Western run that begins at `start` ends, with its last letter or digit, or the stop after it; English if it has two words.
fn western(text: &str, start: usize) -> (usize, Option<Language>) {
    let belongs = |c: char| matches!(c, ' '..='~' | '\u{C0}'..='\u{24F}' | '’');
    let run = &text[start..];
    let run = &run[..run.find(|c| !belongs(c)).unwrap_or(run.len())];
    let words = run.trim_end_matches(|c: char| !c.is_alphanumeric());
    let stop = run[words.len()..].find(|c| !".!?\"'’".contains(c)).unwrap_or(run.len() - words.len());
    let run = &run[..words.len() + stop];
    let is_word = |word: &&str| word.chars().filter(char::is_ascii_alphabetic).count() > 1;
    let words = run.split(' ').filter(is_word).count();
    (start + run.len(), (words > 1).then_some(Language::En))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Region;
    use crate::layout::tests::{Typewriter, document, paragraph, style};
    use crate::layout::{Means, lay_out};

    fn seen(text: &str, main: Language) -> Vec<(&str, Option<Language>)> {
        let parts = parts(text, main);
        let whole: String = parts.iter().map(|(_, part, _)| *part).collect();
        assert_eq!(whole, text);
        assert!(parts.iter().all(|(offset, part, _)| text[*offset..].starts_with(part)));
        parts.into_iter().map(|(_, part, language)| (part, language)).collect()
    }

    #[test]
    fn two_english_words_are_english_and_one_is_a_name() {
        let en = Some(Language::En);
        assert_eq!(
            seen("世界卫生组织（World Health Organization）说，WHO与Rust 1.90不同。", Language::ZhHans),
            [("世界卫生组织（", None), ("World Health Organization", en), ("）说，WHO与Rust 1.90不同。", None)]
        );
        assert_eq!(seen("He said, \"Hello!\"", Language::ZhHant(Region::Taiwan)), [("He said, \"Hello!\"", en)]);
        assert_eq!(seen("甲 A B 乙", Language::ZhHans), [("甲 A B 乙", None)]);
        assert_eq!(seen("", Language::ZhHans), [("", None)]);
    }

    #[test]
    fn english_words_are_an_element_of_their_own_also_across_lines() {
        let document = document(vec![paragraph("世界卫生组织（World Health Organization）说")]);
        let (layout, _) = lay_out(&document, &style(12, 20), &Typewriter);
        let english = layout.structure.iter().position(|element| element.language == Some(Language::En)).unwrap();
        let runs = layout.pages[0].lines.iter().flat_map(|line| &line.runs);
        let own = runs.filter(|run| run.element == Some(ElementId(english as u32)) && run.means == Means::Text);
        let said: String = own.flat_map(|run| &run.glyphs).map(|glyph| glyph.text).collect();
        assert_eq!(said, "World Health Organization");
        assert_eq!(layout.structure[english].tag, Tag::Span);
        assert_eq!(layout.text(), document.text().trim_end());
    }

    #[test]
    fn han_in_an_english_text_is_chinese() {
        let zh = Some(Language::ZhHans);
        assert_eq!(seen("Shanben 善本 is", Language::En), [("Shanben ", None), ("善本", zh), (" is", None)]);
        assert_eq!(seen("國語", Language::En), [("國語", Some(Language::ZhHant(Region::Taiwan)))]);
    }

    #[test]
    fn a_paragraph_in_the_other_script_says_so() {
        let said = ["这是他的书", "床前明月光，疑是地上霜。", "這是他從國外寄來的書", "作者蕭紅"];
        let document = document(said.into_iter().map(paragraph).collect());
        let (layout, _) = lay_out(&document, &style(12, 20), &Typewriter);
        let languages = layout.structure.iter().filter(|e| e.tag == Tag::Paragraph).map(|e| e.language);
        assert_eq!(languages.collect::<Vec<_>>(), [None, None, Some(Language::ZhHant(Region::Taiwan)), None]);
    }
}
