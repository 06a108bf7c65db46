//! Documents of every shape, for tests that hold for all of them.
//!
//! What is generated is valid and in normal form: text beside text is one text, nothing begins or ends in white space, notes are
//! numbered in the order of their references, no heading skips a level. Spans are all empty.

#![allow(dead_code)]

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use shanben::document::*;
use shanben::lang::{Language, Region};
use shanben::span::Span;

/// A row of signs longer than any line.
const DASHES: &str = "------------------------------------------------------------------------------------------------------------------------";

/// Which documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// All that the model can say.
    Everything,
    /// What Markdown can say: no parts of paragraphs, Chinese list markers, verse or ornaments.
    Markdown,
}

/// Any document of `range`.
pub fn document(range: Range) -> BoxedStrategy<Document> {
    (meta(), vec(block(range, 3), 0..7), vec((label(), vec(block(range, 1), 0..3)), 0..4))
        .prop_map(move |(meta, blocks, notes)| normal(meta, blocks, notes))
        .boxed()
}

/// Text that is full of what the syntax of some format could take for its own.
pub fn text() -> BoxedStrategy<String> {
    const PIECES: &[&str] = &[
        "甲",
        "乙丙",
        "山雨",
        "𠮷",
        "é",
        "a",
        "Bc",
        "x1",
        "1",
        "42",
        "2018",
        " ",
        "  ",
        "\u{3000}",
        "\u{a0}",
        "\t",
        "，",
        "。",
        "“",
        "”",
        "（",
        "）",
        "……",
        "——",
        "《",
        "》",
        "￥",
        "→",
        "·",
        "*",
        "**",
        "_",
        "__",
        "#",
        ">",
        "|",
        "\\",
        "<",
        "&",
        "[",
        "]",
        "~",
        "~~",
        "`",
        "```",
        "$",
        "!",
        "(",
        ")",
        ".",
        "1. ",
        "2) ",
        "- ",
        "+ ",
        "---",
        "===",
        ":",
        "-",
        "=",
        "\"",
        "'",
        "&amp;",
        "&#20057;",
        "<b>",
        "</b>",
        "<br>",
        "<!--",
        "-->",
        "](",
        "]:",
        "[^1]",
        "^",
        "{",
        "}",
        "http://a.b/c",
        "@",
        "/",
        "%",
        "\u{1f600}",
        "[x] ",
        "|---|",
        "# ",
        "<div>",
        "<ruby>",
    ];
    vec(select(PIECES), 1..9).prop_map(|pieces| pieces.concat()).boxed()
}

/// Running text, without signs.
fn prose() -> BoxedStrategy<String> {
    vec(select(&["山雨欲来", "风满楼", "，", "。", "“", "”", "one", " two", "3"][..]), 1..6)
        .prop_map(|p| p.concat())
        .boxed()
}

fn some_text() -> BoxedStrategy<String> {
    prop_oneof![prose(), text()].boxed()
}

fn plain(kind: InlineKind) -> Inline {
    Inline::new(kind, 0..0)
}

fn address() -> BoxedStrategy<String> {
    prop_oneof![
        select(
            &[
                "http://a.b/c?d=1&amp;e",
                "a.png",
                "",
                "a b",
                "a(b",
                "(a)",
                "<a>",
                "\\*",
                "图/甲.png",
                "mailto:a@b.c",
                "a\\",
                "&copy;"
            ][..]
        )
        .prop_map(str::to_owned),
        text().prop_map(|t| t.trim().replace(|c: char| c.is_whitespace(), " ")),
    ]
    .boxed()
}

fn image() -> BoxedStrategy<Image> {
    (address(), prop_oneof![Just(String::new()), some_text()], prop_oneof![Just(String::new()), some_text()])
        .prop_map(|(target, alt, title)| Image { target, alt: alt.trim().to_owned(), title })
        .boxed()
}

fn inline(depth: u32) -> BoxedStrategy<Inline> {
    let leaf = prop_oneof![
        8 => some_text().prop_map(InlineKind::Text),
        1 => text().prop_map(InlineKind::Code),
        1 => (0usize..6).prop_map(|note| InlineKind::NoteRef { note }),
        1 => ("[甲乙丙]{1,2}", "[a-z<*]{1,3}").prop_map(|(base, reading)| InlineKind::Ruby { base, reading }),
        1 => some_text().prop_map(|text| InlineKind::Gloss(vec![plain(InlineKind::Text(text))])),
        1 => image().prop_map(InlineKind::Image),
        1 => Just(InlineKind::Break),
        1 => Just("https://例.cn/_a_*b".to_owned())
            .prop_map(|t| InlineKind::Link { target: t.clone(), title: String::new(), content: vec![plain(InlineKind::Text(t))] }),
    ]
    .prop_map(plain)
    .boxed();
    if depth == 0 {
        return leaf;
    }
    let content = vec(inline(depth - 1), 1..4).boxed();
    prop_oneof![
        4 => leaf,
        1 => content.clone().prop_map(|c| plain(InlineKind::Strong(c))),
        1 => content.clone().prop_map(|c| plain(InlineKind::Emphasis(c))),
        1 => (select(&[Underline::Straight, Underline::Wavy, Underline::Through][..]), content.clone())
            .prop_map(|(mark, content)| plain(InlineKind::Underline { mark, content })),
        1 => (address(), prop_oneof![Just(String::new()), some_text()], content)
            .prop_map(|(target, title, content)| plain(InlineKind::Link { target, title, content })),
    ]
    .boxed()
}

fn inlines(depth: u32) -> BoxedStrategy<Vec<Inline>> {
    vec(inline(depth), 1..5).boxed()
}

fn block(range: Range, depth: u32) -> BoxedStrategy<Block> {
    let everything = range == Range::Everything;
    let role = if everything {
        use Role::*;
        select(vec![
            Body,
            Subtitle,
            Imprint,
            Classification,
            Issuer,
            DocumentNumber,
            Salutation,
            Closing,
            Signature,
            Attachment,
            EditorNote,
            Credit,
            Ornament,
            Caption,
            PrintRecord,
        ])
        .boxed()
    } else {
        Just(Role::Body).boxed()
    };
    let heading = (1u8..=6, inlines(1)).prop_map(|(level, content)| {
        BlockKind::Heading(Heading { level, title: false, label: None, content, reason: "generated", weighed: None })
    });
    let paragraph = (role, inlines(3)).prop_map(|(role, content)| BlockKind::Paragraph { role, content });
    let code = (
        proptest::option::of(select(&["rust", "c++", "a b", "`x", "&amp;", "\\*"][..])),
        vec(prop_oneof![text(), Just(String::new())], 0..4),
    )
        .prop_map(|(language, lines)| BlockKind::Code {
            language: language.map(str::to_owned),
            text: lines.join("\n"),
        });
    let divider = select(if everything {
        &["", "＊＊＊", "-----", "____", "=====", "～～～～", "# ----", DASHES][..]
    } else {
        &[""][..]
    })
    .prop_map(|ornament| BlockKind::Divider { ornament: ornament.to_owned() });
    let leaf = prop_oneof![
        2 => heading,
        6 => paragraph,
        1 => code,
        1 => divider,
        1 => table(),
        1 => image().prop_map(BlockKind::Image),
    ]
    .boxed();
    let leaf = if everything { prop_oneof![12 => leaf, 1 => verse()].boxed() } else { leaf };
    if depth == 0 {
        return leaf.prop_map(|kind| Block::new(kind, 0..0)).boxed();
    }
    let blocks = vec(block(range, depth - 1), 0..4);
    let list = (marker(range), any::<bool>(), vec(blocks.clone(), 1..4)).prop_map(|(marker, tight, items)| {
        let items = items.into_iter().map(|blocks| ListItem { blocks, span: Span::default() }).collect();
        BlockKind::List(List { marker, tight, items })
    });
    prop_oneof![6 => leaf, 2 => list, 1 => blocks.prop_map(BlockKind::Quote)]
        .prop_map(|kind| Block::new(kind, 0..0))
        .boxed()
}

fn marker(range: Range) -> BoxedStrategy<Marker> {
    let bullets: &[char] = match range {
        Range::Everything => &['-', '*', '+', '•', '●'],
        Range::Markdown => &['-', '*', '+'],
    };
    let form = match range {
        Range::Everything => {
            use Numerals::{Arabic, Circled, Enclosed, Han, Lower, Upper};
            let open = select(&[None, None, Some('('), Some('（')][..]);
            let close = select(&[Some('.'), Some('、'), Some(')'), Some('）'), None][..]);
            let numerals = select(&[Arabic, Arabic, Han, Circled, Enclosed('⒈'), Enclosed('㈠'), Lower, Upper][..]);
            (open, numerals, close, any::<bool>())
                .prop_map(|(open, numerals, close, space)| NumberForm { open, numerals, close, space })
                .boxed()
        }
        Range::Markdown => select(&[NumberForm::ARABIC_DOT, NumberForm::ARABIC_PAREN][..]).boxed(),
    };
    prop_oneof![
        1 => Just(Marker::None),
        3 => select(bullets).prop_map(Marker::Bullet),
        3 => (select(&[0, 1, 1, 9, 99, 1998][..]), form).prop_map(|(start, form)| Marker::Number { start, form }),
    ]
    .boxed()
}

fn verse() -> BoxedStrategy<BlockKind> {
    let line = some_text().prop_map(|t| VerseLine { content: vec![plain(InlineKind::Text(t))], span: Span::default() });
    vec(vec(line, 1..4).prop_map(|lines| Stanza { lines }), 1..3).prop_map(BlockKind::Verse).boxed()
}

fn table() -> BoxedStrategy<BlockKind> {
    use Align::*;
    (vec(select(vec![None, Left, Center, Right]), 1..4), 0usize..2)
        .prop_flat_map(|(columns, head_rows)| {
            let cell = prop_oneof![1 => Just(vec![]), 5 => inlines(1)];
            let row = vec(cell, columns.len()).prop_map(|cells| Row { cells, span: Span::default() });
            (Just(columns), Just(head_rows), vec(row, 1..4))
        })
        .prop_map(|(columns, head_rows, rows)| BlockKind::Table(Table { columns, head_rows, rows }))
        .boxed()
}

fn label() -> BoxedStrategy<String> {
    select(&["1", "2", "①", "注", "A", "a", "1~2", "*", "〔3〕"][..]).prop_map(str::to_owned).boxed()
}

fn meta() -> BoxedStrategy<Meta> {
    let field = || proptest::option::of(text());
    let regions = [Region::Taiwan, Region::HongKong, Region::Mainland].map(Language::ZhHant);
    let language = select([&[Language::ZhHans, Language::En][..], &regions[..]].concat());
    (
        field(),
        field(),
        vec(text(), 0..3),
        field(),
        proptest::option::of(Just("2018-01-05".to_owned())),
        language,
        vec(text(), 0..2),
    )
        .prop_map(|(title, subtitle, authors, source, date, language, extra)| Meta {
            title,
            subtitle,
            authors,
            source,
            date,
            language,
            extra: extra.into_iter().enumerate().map(|(i, value)| (format!("键{i}"), value)).collect(),
        })
        .boxed()
}

/// Puts a document into normal form.
fn normal(meta: Meta, mut blocks: Vec<Block>, notes: Vec<(String, Vec<Block>)>) -> Document {
    let mut normalizer = Normalizer { notes: notes.len(), order: vec![], levels: vec![] };
    normalizer.blocks(&mut blocks);
    let order = std::mem::take(&mut normalizer.order);
    normalizer.notes = 0;
    let footnotes = order
        .into_iter()
        .map(|i| {
            let (label, mut blocks) = notes[i].clone();
            normalizer.nested(&mut blocks);
            if let Some(BlockKind::List(_) | BlockKind::Quote(_)) = blocks.first().map(|block| &block.kind) {
                // In Markdown no label stands alone before a marker that is text there.
                let content = vec![plain(InlineKind::Text("甲".into()))];
                blocks.insert(0, Block::new(BlockKind::Paragraph { role: Role::Body, content }, 0..0));
            }
            Footnote { label, blocks, span: Span::default(), kind: NoteKind::Own }
        })
        .collect();
    let mut document = Document { meta, blocks, footnotes };
    let mut headings = document.blocks.iter_mut().filter_map(|block| match &mut block.kind {
        BlockKind::Heading(heading) => Some(heading),
        _ => None,
    });
    if headings.next().is_some() && headings.all(|heading| heading.level > 1) {
        for block in &mut document.blocks {
            if let BlockKind::Heading(heading) = &mut block.kind {
                heading.title = heading.level == 1;
            }
        }
        if document.meta.title.is_none() {
            document.meta.title = document.outline().first().map(|entry| entry.text.replace('\n', " "));
        }
    } else {
        // A title that stands nowhere in a text is set above it by whoever reads it.
        document.meta.title = None;
    }
    document
}

struct Normalizer {
    notes: usize,
    order: Vec<usize>,
    levels: Vec<u8>,
}

impl Normalizer {
    /// Blocks within others, where no heading stands.
    fn nested(&mut self, blocks: &mut Vec<Block>) {
        blocks.retain(|block| !matches!(block.kind, BlockKind::Heading(_)));
        self.blocks(blocks);
    }

    fn blocks(&mut self, blocks: &mut Vec<Block>) {
        for block in blocks.iter_mut() {
            match &mut block.kind {
                BlockKind::Heading(heading) => {
                    self.inlines(&mut heading.content, false);
                    if heading.content.is_empty() {
                        heading.content = vec![plain(InlineKind::Text("甲".into()))];
                    }
                    while self.levels.last().is_some_and(|&open| open >= heading.level) {
                        self.levels.pop();
                    }
                    self.levels.push(heading.level);
                    heading.level = self.levels.len() as u8;
                }
                BlockKind::Paragraph { content, .. } => {
                    self.inlines(content, false);
                    if let [Inline { kind: InlineKind::Image(image), .. }] = content.as_slice() {
                        block.kind = BlockKind::Image(image.clone());
                    }
                }
                BlockKind::List(list) => {
                    for item in &mut list.items {
                        self.nested(&mut item.blocks);
                    }
                    // In Markdown such a list within one without markers has none either.
                    let within =
                        list.items.iter_mut().flat_map(|item| &mut item.blocks).filter_map(|b| match &mut b.kind {
                            BlockKind::List(within) if within.marker == Marker::Bullet('-') => Some(within),
                            _ => None,
                        });
                    if list.marker == Marker::None {
                        within.for_each(|within| within.marker = Marker::Bullet('+'));
                    }
                    let text = |block: &Block| matches!(block.kind, BlockKind::Paragraph { .. } | BlockKind::Image(_));
                    let several = list.items.len() > 1 || list.items.iter().any(|item| item.blocks.len() > 1);
                    if !several || !list.items.iter().flat_map(|item| &item.blocks).any(text) {
                        list.tight = true;
                    }
                }
                BlockKind::Quote(blocks) => {
                    self.nested(blocks);
                }
                BlockKind::Verse(stanzas) => {
                    for stanza in stanzas.iter_mut() {
                        for line in &mut stanza.lines {
                            self.inlines(&mut line.content, false);
                        }
                        stanza.lines.retain(|line| !line.content.is_empty());
                    }
                    stanzas.retain(|stanza| !stanza.lines.is_empty());
                }
                BlockKind::Table(table) => {
                    for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                        self.inlines(cell, false);
                    }
                    // A table of nothing is no table.
                    if let [only] = table.rows.as_slice()
                        && only.cells.iter().all(Vec::is_empty)
                    {
                        table.rows[0].cells[0] = vec![plain(InlineKind::Text("甲".into()))];
                    }
                    if table.rows[0].cells.iter().all(Vec::is_empty) {
                        table.head_rows = 0;
                    }
                }
                BlockKind::Code { .. } | BlockKind::Divider { .. } | BlockKind::Image(_) => {}
            }
        }
        blocks.retain(|block| match &block.kind {
            BlockKind::Paragraph { content, .. } | BlockKind::Heading(Heading { content, .. }) => !content.is_empty(),
            BlockKind::Verse(stanzas) => !stanzas.is_empty(),
            BlockKind::List(_)
            | BlockKind::Quote(_)
            | BlockKind::Code { .. }
            | BlockKind::Table(_)
            | BlockKind::Divider { .. }
            | BlockKind::Image(_) => true,
        });
    }

    /// Joins text, numbers notes, and takes white space from both ends and from around breaks.
    fn inlines(&mut self, content: &mut Vec<Inline>, in_link: bool) {
        let mut out: Vec<Inline> = vec![];
        for mut inline in std::mem::take(content) {
            match &mut inline.kind {
                // The one thing that Markdown cannot say: a link that begins a paragraph with such code.
                InlineKind::Code(code) if in_link => *code = code.replace(':', ";"),
                InlineKind::Text(_)
                | InlineKind::Code(_)
                | InlineKind::Ruby { .. }
                | InlineKind::Image(_)
                | InlineKind::Break => {}
                InlineKind::Strong(content)
                | InlineKind::Emphasis(content)
                | InlineKind::Underline { content, .. }
                | InlineKind::Gloss(content) => {
                    self.inlines(content, in_link);
                    if content.is_empty() {
                        continue;
                    }
                }
                InlineKind::Link { .. } | InlineKind::NoteRef { .. } if in_link => continue,
                InlineKind::Link { content, .. } => {
                    self.inlines(content, true);
                    if content.is_empty() {
                        continue;
                    }
                }
                InlineKind::NoteRef { note } => {
                    if self.notes == 0 {
                        continue;
                    }
                    *note %= self.notes;
                    let place = self.order.iter().position(|n| n == note).unwrap_or_else(|| {
                        self.order.push(*note);
                        self.order.len() - 1
                    });
                    *note = place;
                }
            }
            match (out.last_mut().map(|last| &mut last.kind), &inline.kind) {
                (Some(InlineKind::Text(before)), InlineKind::Text(more)) => before.push_str(more),
                _ => out.push(inline),
            }
        }
        // A break parts its neighbours; white space beside it or at an end is layout.
        let breaks: Vec<bool> = out.iter().map(|inline| inline.kind == InlineKind::Break).collect();
        let last = out.len().wrapping_sub(1);
        for (i, inline) in out.iter_mut().enumerate() {
            if let InlineKind::Text(text) = &mut inline.kind {
                if i == 0 || breaks[i - 1] {
                    *text = text.trim_start().to_owned();
                }
                if i == last || breaks[i + 1] {
                    *text = text.trim_end().to_owned();
                }
            }
        }
        out.retain(|inline| !matches!(&inline.kind, InlineKind::Text(text) if text.is_empty()));
        while out.first().is_some_and(|inline| inline.kind == InlineKind::Break) {
            out.remove(0);
        }
        while out.last().is_some_and(|inline| inline.kind == InlineKind::Break) {
            out.pop();
        }
        *content = out;
    }
}
