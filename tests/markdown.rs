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
        ["- [ ] 甲\n- [x] 乙\n", "价 $`a_1*b`$ 与 <s>删</s>\n", "甲乙丙\n\n```math\na*b\n```\n", "术语\\\n: 定义\n"]
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
