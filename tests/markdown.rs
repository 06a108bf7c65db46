//! Markdown says what the document says: read back, it is the same document; written again, the same bytes.

mod generate;

use generate::Range;
use proptest::prelude::*;
use shanben::document::*;
use shanben::recognize::{self, Hints};
use shanben::span::Span;
use shanben::write::markdown::{self, Options, Wrap};

fn read(text: &str) -> Document {
    recognize::markdown(text, &Hints::default()).0
}

/// `document` without what Markdown does not say: places, the reason of a heading and the numbering found in it.
fn bare(mut document: Document) -> Document {
    fn inlines(content: &mut [Inline]) {
        for inline in content {
            inline.span = Span::default();
            match &mut inline.kind {
                InlineKind::Strong(content)
                | InlineKind::Emphasis(content)
                | InlineKind::Underline { content, .. }
                | InlineKind::Gloss(content)
                | InlineKind::Link { content, .. } => inlines(content),
                InlineKind::Text(_)
                | InlineKind::Code(_)
                | InlineKind::NoteRef { .. }
                | InlineKind::Ruby { .. }
                | InlineKind::Image(_)
                | InlineKind::Break => {}
            }
        }
    }
    fn blocks(list: &mut [Block]) {
        for block in list {
            block.span = Span::default();
            match &mut block.kind {
                BlockKind::Heading(heading) => {
                    (heading.label, heading.reason) = (None, "");
                    inlines(&mut heading.content);
                }
                BlockKind::Paragraph { content, .. } => inlines(content),
                BlockKind::List(list) => {
                    for item in &mut list.items {
                        item.span = Span::default();
                        blocks(&mut item.blocks);
                    }
                }
                BlockKind::Quote(inner) => blocks(inner),
                BlockKind::Verse(stanzas) => {
                    for line in stanzas.iter_mut().flat_map(|stanza| &mut stanza.lines) {
                        line.span = Span::default();
                        inlines(&mut line.content);
                    }
                }
                BlockKind::Table(table) => {
                    for row in &mut table.rows {
                        row.span = Span::default();
                        row.cells.iter_mut().for_each(|cell| inlines(cell));
                    }
                }
                BlockKind::Code { .. } | BlockKind::Divider { .. } | BlockKind::Image(_) => {}
            }
        }
    }
    blocks(&mut document.blocks);
    for note in &mut document.footnotes {
        note.span = Span::default();
        blocks(&mut note.blocks);
    }
    document
}

/// The lines that a document says, without the space after a marker that has nothing after it.
fn lines(document: &Document) -> Vec<String> {
    document.text().lines().map(|line| line.trim_end().to_owned()).filter(|line| !line.is_empty()).collect()
}

fn wraps() -> impl Strategy<Value = Wrap> {
    prop_oneof![2 => Just(Wrap::None), 1 => Just(Wrap::Sentence), 1 => (4usize..40).prop_map(Wrap::Columns)]
}

#[test]
fn tasks_formulas_and_what_is_struck_out_are_written_as_they_were_read() {
    for text in
        ["- [ ] 甲\n- [x] 乙\n", "价 $`a_1*b`$ 与 <s>删</s>\n", "甲乙丙\n\n```math\na*b\n```\n", "术语\n\n:   定义\n"]
    {
        assert_eq!(markdown::write(&read(text), &Options::default()), text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_markdown_can_say_is_read_back_as_the_same_document(document in generate::document(Range::Markdown), wrap in wraps()) {
        let options = Options { wrap };
        let written = markdown::write(&document, &options);
        let mut back = read(&written);
        // Without front matter the language is a guess.
        if document.meta == Meta::default() {
            back.meta.language = document.meta.language;
        }
        prop_assert_eq!(bare(back.clone()), bare(document), "{}", written);
        prop_assert_eq!(markdown::write(&back, &options), written);
    }

    #[test]
    fn every_document_keeps_its_text_and_outline(document in generate::document(Range::Everything), wrap in wraps()) {
        let options = Options { wrap };
        let written = markdown::write(&document, &options);
        let back = read(&written);
        prop_assert_eq!(lines(&back), lines(&document), "{}", written);
        let outline = |document: &Document| -> Vec<_> { document.outline().into_iter().map(|e| (e.level, e.text)).collect() };
        prop_assert_eq!(outline(&back), outline(&document));
    }
}

#[test]
fn front_matter_with_odd_keys_and_a_second_author_comes_back() {
    let text = "---\nauthors:\n  - 甲\n  - 乙\nauthor: 丙\n\"%a: b\": 丁\ntitle: 题\n'title': 又一题\n---\n\n正文。\n";
    let document = read(text);
    assert_eq!(document.meta.authors, ["甲", "乙"]);
    let written = markdown::write(&document, &Options::default());
    assert_eq!(read(&written).meta, document.meta, "{written}");
}

/// Text, code and descriptions of pictures of a document, without markers and white space.
fn said(document: &Document) -> String {
    let mut unmarked = document.clone();
    fn strip(blocks: &mut [Block]) {
        for block in blocks {
            match &mut block.kind {
                BlockKind::List(list) => {
                    list.marker = Marker::None;
                    list.items.iter_mut().for_each(|item| strip(&mut item.blocks));
                }
                BlockKind::Quote(blocks) => strip(blocks),
                BlockKind::Divider { ornament } => ornament.clear(),
                _ => {}
            }
        }
    }
    strip(&mut unmarked.blocks);
    unmarked.text().chars().filter(|c| !c.is_whitespace()).collect()
}

/// The suite of CommonMark 0.31 (its examples, CC BY-SA 4.0, https://spec.commonmark.org): what the parser says of each is what is read, and is
/// read again from what we write.
#[test]
fn the_suite_of_commonmark_is_read_and_written() {
    use pulldown_cmark::{Event, Options as Read, Parser, Tag, TagEnd};
    let options = Read::ENABLE_TABLES
        | Read::ENABLE_FOOTNOTES
        | Read::ENABLE_STRIKETHROUGH
        | Read::ENABLE_TASKLISTS
        | Read::ENABLE_MATH;
    let suite: Vec<String> = serde_json::from_str(include_str!("data/commonmark.json")).expect("a list of texts");
    assert_eq!(suite.len(), 652);
    let mut compared = 0;
    let mut faults = vec![];
    for (i, text) in suite.iter().enumerate() {
        let document = read(text);
        let parsed: Vec<_> = Parser::new_ext(text, options).into_offset_iter().collect();
        let html =
            |(event, _): &(Event<'_>, std::ops::Range<usize>)| matches!(event, Event::Html(_) | Event::InlineHtml(_));
        // `![[foo]]` is a picture or a page in other dialects.
        if !parsed.iter().any(html) && !text.contains("![[") {
            let mut words = String::new();
            for (event, range) in &parsed {
                match event {
                    Event::Text(piece) | Event::Code(piece) => words.push_str(piece),
                    Event::InlineMath(formula) => words.extend(["$", formula, "$"]),
                    Event::FootnoteReference(_) | Event::Html(_) | Event::InlineHtml(_) => {}
                    // One tilde is text here.
                    Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough)
                        if !text[range.clone()].starts_with("~~") =>
                    {
                        words.push('~')
                    }
                    _ => {}
                }
            }
            words.retain(|c| !c.is_whitespace());
            compared += 1;
            if said(&document) != words {
                faults.push(format!("{}: {text:?}\n  {words}\n  {}", i + 1, said(&document)));
            }
        }
        let written = markdown::write(&document, &Options::default());
        if read(&written).text() != document.text() {
            faults.push(format!(
                "{}: {text:?}\n  written {written:?}\n  {:?}\n  {:?}",
                i + 1,
                document.text(),
                read(&written).text()
            ));
        }
    }
    assert!(compared > 550, "{compared}");
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
}
