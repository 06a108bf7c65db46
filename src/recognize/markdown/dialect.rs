//! Signs within lines that dialects of Markdown have and CommonMark takes for text: `[[页|名]]`, `==高亮==`, `%%注释%%`.

use super::Reader;
use super::boxes::told;
use super::inlines::Container;
use super::scripts::off_line;
use crate::document::{Image, InlineKind};
use pulldown_cmark::Event;
use std::ops::Range;

/// The longest link between double brackets, in bytes.
const LONGEST: usize = 200;
/// How the names of pictures end.
const PICTURES: [&str; 6] = ["png", "jpg", "jpeg", "gif", "webp", "svg"];

/// Whether the sign at `at` is escaped by a backslash before it. Of a backslash itself nobody asks: of a row of them each is a piece, and all that
/// stand before would be counted for each.
pub fn escaped(text: &str, at: usize) -> bool {
    let (before, sign) = text.split_at(at);
    !sign.starts_with('\\') && before.bytes().rev().take_while(|&b| b == b'\\').count() % 2 == 1
}

impl Reader<'_> {
    /// Reads text within a line; returns how many of the following events it has taken.
    pub fn words(&mut self, text: &str, range: &Range<usize>, rest: &[(Event<'_>, Range<usize>)]) -> usize {
        let escaped = escaped(self.text, range.start);
        if !escaped
            && text.trim_start_matches('!') == "["
            && let Some(taken) = self.wiki_link(text, range, rest)
        {
            return taken;
        }
        let exact = text.len() == range.len();
        let pairs = if exact { pairs(text, escaped) } else { vec![] };
        let mut from = 0;
        for (pair, marks) in pairs {
            self.plain(&text[from..pair.start], range.start + from..range.start + pair.start);
            let place = range.start + pair.start..range.start + pair.end;
            let inner = pair.start + 2..pair.end - 2;
            if marks {
                self.inlines.open(Container::Emphasis, place);
                self.plain(&text[inner.clone()], range.start + inner.start..range.start + inner.end);
                self.inlines.close();
            } else {
                self.dropped.push(told(&text[pair.clone()], place));
            }
            from = pair.end;
        }
        self.plain(&text[from..], if exact { range.start + from..range.end } else { range.clone() });
        0
    }

    fn plain(&mut self, text: &str, range: Range<usize>) {
        let mut from = 0;
        let exact = text.len() == range.len();
        for (place, said) in if exact { off_line(text) } else { vec![] } {
            self.inlines.text(&text[from..place.start], range.start + from..range.start + place.start);
            self.inlines.push(InlineKind::Text(said), range.start + place.start..range.start + place.end);
            from = place.end;
        }
        if from < text.len() {
            self.inlines.text(&text[from..], if exact { range.start + from..range.end } else { range });
        }
    }

    /// A link to another page by its name, `[[页|名]]`, or what such a page holds, `![[图.png]]`.
    fn wiki_link(&mut self, first: &str, range: &Range<usize>, rest: &[(Event<'_>, Range<usize>)]) -> Option<usize> {
        let mut said = first.trim_start_matches('!').to_owned();
        let mut end = range.end;
        let mut taken = 0;
        while !said.ends_with("]]") {
            let (Event::Text(piece), place) = rest.get(taken)? else { return None };
            // What is escaped is text.
            if place.start != end || said.len() + piece.len() > LONGEST || piece.len() != place.len() {
                return None;
            }
            said.push_str(piece);
            end = place.end;
            taken += 1;
        }
        let inner = said.strip_prefix("[[")?.strip_suffix("]]")?;
        // `[[1]](url)` and `[[1]][a]` are links of other kinds; `[[ -f x ]]` is a program.
        let follows = self.text[end..].starts_with(['(', '[', ':', ']']) || self.text[..range.start].ends_with('[');
        if follows || inner.is_empty() || inner.contains(['[', ']']) || inner.starts_with(char::is_whitespace) {
            return None;
        }
        let (page, name) = inner.split_once('|').unwrap_or((inner, inner));
        let source = range.start + first.len() - 1..end;
        let marks = first.len() - 1;
        if marks > 1 {
            self.plain(&first[..marks - 1], range.start..range.start + marks - 1);
        }
        let picture =
            page.rsplit_once('.').is_some_and(|(_, kind)| PICTURES.iter().any(|p| p.eq_ignore_ascii_case(kind)));
        if marks > 0 && picture {
            let alt = if name.bytes().all(|b| b.is_ascii_digit() || b == b'x') { page } else { name };
            let image = Image { target: page.to_owned(), alt: alt.to_owned(), title: String::new() };
            self.inlines.push(InlineKind::Image(image), source);
        } else {
            // A page is named without its extension and folder: where it lies nobody knows, and its name is kept as the target.
            let shown = if name == page { name.trim_start_matches('#') } else { name };
            self.inlines.open(Container::Link { target: page.to_owned(), title: String::new() }, source.clone());
            self.plain(shown, source);
            self.inlines.close();
        }
        Some(taken)
    }
}

/// The pairs of `==` and `%%` in `text`, signs included, each with whether it marks what stands between. A sign goes with the next of its kind,
/// or with none. Where the text is `escaped`, its first sign is text.
fn pairs(text: &str, escaped: bool) -> Vec<(Range<usize>, bool)> {
    let plain = |c: char| !c.is_whitespace();
    // Between letters or digits of a program it compares: `a==b`.
    let letter = |c: char| c.is_ascii_alphanumeric();
    let begins = |at: usize| !text[..at].ends_with(letter) && text[at + 2..].starts_with(plain);
    let ends = |at: usize| !text[at + 2..].starts_with(letter) && text[..at].ends_with(plain);
    let mut found: Vec<(Range<usize>, bool)> = vec![];
    let mut end = 0;
    let mut open: [Option<usize>; 2] = [None; 2];
    for (at, sign) in runs(text).filter(|&(at, _)| !(escaped && at == 0)) {
        let own = &mut open[usize::from(sign == b'%')];
        match own.take_if(|open| *open >= end) {
            Some(start) if ends(at) => {
                found.push((start..at + 2, sign == b'='));
                end = at + 2;
            }
            Some(_) | None => *own = Some(at).filter(|&at| begins(at)),
        }
    }
    found
}

/// Where runs of exactly two `=` or two `%` stand.
fn runs(text: &str) -> impl Iterator<Item = (usize, u8)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let sign = *bytes.get(at)?;
            let start = at;
            at += bytes[at..].iter().take_while(|&&b| b == sign).count();
            if matches!(sign, b'=' | b'%') && at - start == 2 {
                return Some((start, sign));
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::recognize::{Hints, markdown};

    #[test]
    fn signs_of_dialects_say_what_they_mean() {
        for (text, said, told) in [
            ("参见 [[县志卷三|县志]] 与 [[江防志]]，以及 [[县志#义渡]]。", "参见 县志 与 江防志，以及 县志#义渡。", 0),
            ("![[县志卷三]]！[[图]]", "县志卷三！图", 0),
            ("这是 ==高亮== 和 %%隐藏的注释%%，==又一处==。", "这是 高亮 和 ，又一处。", 1),
            // What means nothing in any dialect.
            ("a==b，c==d？50%%，x === y", "a==b，c==d？50%%，x === y", 0),
            ("[[1]](http://a.b) \\[[甲]]，\\==甲==，`==甲==`，[[ -f x ]]", "[1] [[甲]]，==甲==，==甲==，[[ -f x ]]", 0),
        ] {
            let (document, notes) = markdown(text, &Hints::default());
            assert_eq!((document.text().trim_end(), notes.len()), (said, told));
        }
    }

    #[test]
    fn names_of_headings_are_no_text_and_links_lead_to_them() {
        let text = "<a name=\"abc\"></a>\n# 渡口 概况 {#top}\n\n## 甲\n\n[一](#abc)[二](#top)[[#甲]]\n\n[TOC]\n\n\\newpage\n\n文 {#x}\n";
        let (document, notes) = markdown(text, &Hints::default());
        assert_eq!(document.text(), "渡口 概况\n甲\n一二甲\n文 {#x}\n");
        assert!(document.dead_links().is_empty(), "{:?}", document.dead_links());
        let told: Vec<String> = notes.iter().map(|note| note.detail.to_string()).collect();
        assert_eq!(told, ["<a name=\"abc\">", "{#top}", "[TOC]", "\\newpage"]);
    }
}
