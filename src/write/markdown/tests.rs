//! What is written, by hand, and that it is read as it was meant.

use super::*;
use crate::document::{
    Block, BlockKind, Footnote, Heading, Inline, InlineKind, List, ListItem, Marker, NoteKind, NumberForm, Role,
    Stanza, VerseLine,
};
use crate::span::Span;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

fn text(text: &str) -> Inline {
    Inline::text(text, 0..0)
}

fn strong(content: Vec<Inline>) -> Inline {
    Inline::new(InlineKind::Strong(content), 0..0)
}

fn emphasis(content: Vec<Inline>) -> Inline {
    Inline::new(InlineKind::Emphasis(content), 0..0)
}

fn paragraph(content: Vec<Inline>) -> Block {
    Block::new(BlockKind::Paragraph { role: Role::Body, content }, 0..0)
}

fn list(marker: Marker, tight: bool, items: Vec<Vec<Block>>) -> Block {
    let items = items.into_iter().map(|blocks| ListItem { blocks, span: Span::default() }).collect();
    Block::new(BlockKind::List(List { marker, tight, items }), 0..0)
}

fn written(blocks: Vec<Block>) -> String {
    write(&Document { blocks, ..Document::default() }, &Options::default())
}

/// What a reader may have switched on, short of what changes text that nobody marked up.
fn dialect() -> pulldown_cmark::Options {
    use pulldown_cmark::Options;
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
}

/// The text of the only block that pulldown-cmark sees, emphasis shown as `{` `}`; anything else shows as its event.
fn read(markdown: &str) -> String {
    let mut out = String::new();
    for event in Parser::new_ext(markdown, dialect()) {
        match event {
            Event::Text(text) => out.push_str(&text),
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
            Event::Start(Tag::Strong | Tag::Emphasis) => out.push('{'),
            Event::End(TagEnd::Strong | TagEnd::Emphasis) => out.push('}'),
            other => out.push_str(&format!("⟦{other:?}⟧")),
        }
    }
    out
}

#[test]
fn text_full_of_signs_stays_text() {
    for sample in [
        "* _ # > | \\ < & [ ] ~ ` $",
        "*甲*乙",
        "_甲_ ＿",
        "a_b_c",
        "# 甲",
        "####### 甲",
        "#甲",
        "#\u{c}甲",
        "1.\u{b}甲",
        "> 甲",
        ">甲",
        "- 甲",
        "-甲",
        "---",
        "--",
        "- - -",
        "+ 甲",
        "+",
        "* 甲",
        "***",
        "===",
        "1. 甲",
        "1.甲",
        "12) 甲",
        "1.",
        "1234567890. 甲",
        "2018. ",
        "~~~ 甲",
        "~~甲~~",
        "```",
        "``甲``",
        "`甲",
        "[甲](乙)",
        "[甲]: 乙",
        "[^1]",
        "[^1]: 甲",
        "[ ] 甲",
        "[x] 甲",
        "![甲](乙)",
        "^[甲]",
        "<b>甲</b>",
        "<!-- 甲 -->",
        "a<b",
        "1 < 2",
        "<http://a.b>",
        "<1@a>",
        "&amp;",
        "&#20057;",
        "&copy",
        "AT&T",
        "\\",
        "\\\\",
        "\\*",
        "C:\\乙",
        "甲\\",
        "  甲",
        "甲  ",
        "\t甲",
        "\u{3000}\u{3000}甲\u{3000}",
        " ",
        "$5和$6$",
        "=甲=",
        "| a | b |",
        "|---|---|",
        ":--",
        "甲：乙",
        "5*6=30",
        "____",
        "姓名____电话____（____）",
        "**“甲”**乙",
        "**注意：**先看",
        "==甲==乙==丙==",
        "%%甲%%",
        "[[甲|乙]]",
        "::: tip",
        "!!! note",
        "[!NOTE] 甲",
        "[TOC]",
        "\\newpage",
        "!",
        "! [甲]",
        "||甲||",
        "a  b",
        "甲\u{a0}",
        "#甲",
    ] {
        let markdown = written(vec![paragraph(vec![text(sample)])]);
        assert_eq!(read(&markdown), sample, "written as {markdown:?}");
    }
}

#[test]
fn only_what_must_be_is_escaped() {
    for sample in [
        "《山雨》（上）：“甲”——乙……丙。",
        "1.甲",
        "-甲",
        "5*6=30",
        "AT&T a<b 1 < 2",
        "a_b_c 姓名____",
        "C:\\乙",
        "3~5日",
        "共$5",
        "[甲] [乙]！",
        "a | b",
        "2018.5.1 (a) * b",
        "1、甲 （一）乙 ①丙",
        "甲- 乙+ 丙=",
        "! ? ; : , . ' \" / @ ^ { }",
        // Neither sign can end emphasis: one begins the line, the other stands behind a space.
        "**注意 **先看",
    ] {
        assert_eq!(written(vec![paragraph(vec![text(sample)])]), format!("{sample}\n"));
    }
}

#[test]
fn emphasis_beside_chinese_marks_is_emphasis() {
    let cases: [(Vec<Inline>, &str, &str); 10] = [
        (
            vec![strong(vec![text("甲")]), strong(vec![text("乙_丙"), emphasis(vec![text("，")])])],
            "**甲**__乙\\_&#19993;*，*__\n",
            "{甲}{乙_丙{，}}",
        ),
        (vec![strong(vec![text("甲")]), text("乙")], "**甲**乙\n", "{甲}乙"),
        (vec![strong(vec![text("“甲”")]), text("乙")], "**“甲”**&#20057;\n", "{“甲”}乙"),
        (vec![text("乙"), strong(vec![text("“甲”")])], "&#20057;**“甲”**\n", "乙{“甲”}"),
        (vec![text("，"), strong(vec![text("“甲”")]), text("。")], "，**“甲”**。\n", "，{“甲”}。"),
        (vec![text("→"), strong(vec![text("“甲”")]), text("￥5")], "&#8594;**“甲”**&#65509;5\n", "→{“甲”}￥5"),
        (vec![emphasis(vec![strong(vec![text("甲")])]), text("乙")], "***甲***乙\n", "{{甲}}乙"),
        (vec![strong(vec![emphasis(vec![text("甲")])]), text("乙")], "**_甲_**&#20057;\n", "{{甲}}乙"),
        (vec![emphasis(vec![text("甲")]), strong(vec![text("乙")]), text("丙")], "*甲*__乙__&#19993;\n", "{甲}{乙}丙"),
        (vec![strong(vec![text("甲 "), strong(vec![text("乙")]), text(" 丙")])], "**甲 __乙__ 丙**\n", "{甲 {乙} 丙}"),
    ];
    for (content, expected, meaning) in cases {
        let markdown = written(vec![paragraph(content)]);
        assert_eq!(markdown, expected);
        assert_eq!(read(&markdown), meaning, "{markdown}");
    }
}

#[test]
fn lists_that_markdown_has_are_lists_and_others_keep_their_markers() {
    let items = || vec![vec![paragraph(vec![text("甲")])], vec![paragraph(vec![text("乙")])]];
    let number = |form| Marker::Number { start: 9, form };
    assert_eq!(written(vec![list(number(NumberForm::ARABIC_DOT), true, items())]), "9. 甲\n10. 乙\n");
    assert_eq!(written(vec![list(number(NumberForm::HAN_COMMA), true, items())]), "九、甲\n\n十、乙\n");
    assert_eq!(written(vec![list(Marker::Bullet('●'), true, items())]), "● 甲\n\n● 乙\n");
    assert_eq!(
        written(vec![list(Marker::Bullet('-'), false, items()), list(Marker::Bullet('-'), true, items())]),
        "- 甲\n\n- 乙\n\n<!-- -->\n\n- 甲\n- 乙\n"
    );
}

#[test]
fn verse_breaks_its_lines_and_headings_stay_on_one() {
    let line = |t| VerseLine { content: vec![text(t)], span: Span::default() };
    let stanza = |a, b| Stanza { lines: vec![line(a), line(b)] };
    let verse = BlockKind::Verse(vec![stanza("白日依山尽", "黄河入海流"), stanza("- 甲", "1. 乙")]);
    assert_eq!(written(vec![Block::new(verse, 0..0)]), "白日依山尽\\\n黄河入海流\n\n\\- 甲\\\n1\\. 乙\n");
    let heading = BlockKind::Heading(Heading {
        level: 2,
        title: false,
        label: None,
        content: vec![text("甲 #"), Inline::new(InlineKind::Break, 0..0), text("乙 ##")],
        reason: "test",
        weighed: None,
    });
    assert_eq!(written(vec![Block::new(heading, 0..0)]), "## 甲 #<br>乙 #\\#\n");
}

#[test]
fn code_cannot_close_its_fence() {
    let code = BlockKind::Code { language: Some("c".into()), text: "```\n  ````x\n".into() };
    assert_eq!(written(vec![Block::new(code, 0..0)]), "`````c\n```\n  ````x\n\n`````\n");
    let span = Inline::new(InlineKind::Code("`a``".into()), 0..0);
    assert_eq!(written(vec![paragraph(vec![span])]), "``` `a`` ```\n");
}

#[test]
fn notes_of_one_label_are_kept_apart() {
    let note = |label: &str| Footnote {
        label: label.into(),
        blocks: vec![paragraph(vec![text("注")])],
        span: Span::default(),
        kind: NoteKind::Own,
    };
    let reference = |note| Inline::new(InlineKind::NoteRef { note }, 0..0);
    let document = Document {
        blocks: vec![paragraph(vec![text("甲"), reference(0), reference(1), text("(乙)"), reference(2)])],
        footnotes: vec![note("①"), note("①"), note("a~1")],
        ..Document::default()
    };
    assert_eq!(
        write(&document, &Options::default()),
        "甲[^①][^①~2]\\(乙)[^a~1~1]\n\n[^①]: 注\n\n[^①~2]: 注\n\n[^a~1~1]: 注\n"
    );
}

#[test]
fn wrapping_breaks_where_nothing_is_read_in_its_place() {
    let sample = "第一句。“第二句。”第三句！Here is one. And two are here.";
    let wrapped = |wrap| {
        let document = Document { blocks: vec![paragraph(vec![text(sample)])], ..Document::default() };
        write(&document, &Options { wrap })
    };
    assert_eq!(wrapped(Wrap::Sentence), "第一句。\n“第二句。”\n第三句！Here is one.\nAnd two are here.\n");
    assert_eq!(wrapped(Wrap::Columns(12)), "第一句。“第\n二句。”第三\n句！Here is\none. And two\nare here.\n");
}

#[test]
fn no_line_is_broken_before_what_could_begin_a_block() {
    for mark in [
        ":", "-", "+", "*", "1.", "12)", "a)", "iv.", "(1)", "#", "##", ">", "|", "===", "---", "~~~", ":::", "```",
        "[^1]:", "[a]:", "<div>", "$$", "@",
    ] {
        let text = Inline::text(format!("{}{mark} three", "one two ".repeat(5)), 0..0);
        for columns in 1..40 {
            let document = Document { blocks: vec![paragraph(vec![text.clone()])], ..Document::default() };
            let written = write(&document, &Options { wrap: Wrap::Columns(columns) });
            let begins = |line: &str| line.trim_start_matches('\\').starts_with(mark);
            assert!(!written.lines().any(begins), "{mark} at {columns}: {written}");
        }
    }
}

#[test]
fn a_row_of_dashes_is_a_rule_that_keeps_its_length() {
    let text = "甲\n\n----------\n\n_____\n\n=====\n\n***\n\n乙\n";
    let doc = crate::recognize::markdown(text, &crate::recognize::Hints::default()).0;
    assert_eq!(doc.text(), "甲\n----------\n_____\n=====\n乙\n");
    assert_eq!(write(&doc, &Options::default()), text);
}
