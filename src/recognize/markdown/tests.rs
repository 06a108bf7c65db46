use super::*;
use crate::document::Footnote;

fn document(text: &str) -> Document {
    read(text, &Hints::default()).0
}

fn kinds(content: &[Inline]) -> Vec<&InlineKind> {
    content.iter().map(|i| &i.kind).collect()
}

fn paragraph(document: &Document, block: usize) -> &[Inline] {
    match &document.blocks[block].kind {
        BlockKind::Paragraph { content, .. } => content,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_only_heading_of_level_one_at_the_top_is_the_title() {
    let doc = document("# 水文条例\n\n2007年公布\n\n### 第一章 总则\n\n第一条 为了。\n");
    let outline = doc.outline();
    assert_eq!(
        outline.iter().map(|e| (e.level, e.text.as_str())).collect::<Vec<_>>(),
        [(1, "水文条例"), (2, "第一章 总则")]
    );
    assert_eq!(doc.meta.title.as_deref(), Some("水文条例"));
    let BlockKind::Heading(chapter) = &doc.blocks[2].kind else { panic!() };
    assert_eq!((chapter.label.as_deref(), chapter.title), (Some("第一章"), false));
    assert_eq!(document("# 甲\n\n# 乙\n").meta.title, None);
}

#[test]
fn a_soft_line_end_is_a_space_between_words_only() {
    let doc = document("中文\n中文，\nEnglish\nwords **中**\n文\n");
    assert_eq!(doc.text(), "中文中文，English words 中文\n");
    assert_eq!(document("one\n*two*\n").text(), "one two\n");
    assert_eq!(document("　　甲  \n　　乙\n").text(), "甲\n乙\n");
}

#[test]
fn lists_keep_their_markers_and_their_nesting() {
    let doc = document("- 甲\n- 乙\n  1) 丙\n  2) 丁\n\n     戊\n");
    let BlockKind::List(outer) = &doc.blocks[0].kind else { panic!() };
    assert_eq!((outer.marker, outer.tight, outer.items.len()), (Marker::Bullet('-'), true, 2));
    let BlockKind::List(inner) = &outer.items[1].blocks[1].kind else { panic!() };
    assert_eq!(inner.marker, Marker::Number { start: 1, form: NumberForm::ARABIC_PAREN });
    assert!(!inner.tight);
    assert_eq!(doc.text(), "- 甲\n- 乙\n1) 丙\n2) 丁\n戊\n");
}

#[test]
fn tables_have_heads_alignment_and_full_rows() {
    let doc = document("| 甲 | 乙 |\n|:--|--:|\n| 一 | **二** |\n| 三 |\n\n后文\n");
    let BlockKind::Table(table) = &doc.blocks[0].kind else { panic!() };
    assert_eq!((table.columns.as_slice(), table.head_rows), ([Align::Left, Align::Right].as_slice(), 1));
    assert!(table.rows.iter().all(|r| r.cells.len() == 2));
    assert_eq!(doc.text(), "甲\t乙\n一\t二\n三\t\n后文\n");
}

#[test]
fn notes_come_in_order_of_their_references() {
    let doc = document("甲[^b]乙[^a]，[^无]\n\n[^a]: 一[^c]\n[^b]: 二\n[^c]: 三\n[^d]: 四\n");
    let labels: Vec<&str> = doc.footnotes.iter().map(|n: &Footnote| n.label.as_str()).collect();
    assert_eq!(labels, ["b", "a", "c", "d"]);
    assert_eq!(doc.text(), "甲[b]乙[a]，[^无]\n[b]二\n[a]一[c]\n[c]三\n[d]四\n");
}

#[test]
fn html_that_the_model_can_say_is_read_and_the_rest_is_text() {
    let doc = document(
        "<strong>“甲”</strong>乙<br>丙<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby><kbd>丁</kbd><u>戊</u><cite>己</cite>\n",
    );
    assert_eq!(doc.text(), "“甲”乙\n丙漢（かん）字（じ）<kbd>丁</kbd>戊己\n");
    let content = paragraph(&doc, 0);
    assert!(matches!(kinds(content)[0], InlineKind::Strong(_)));
    assert!(matches!(kinds(content)[4], InlineKind::Ruby { base, .. } if base == "漢"));
    for (i, line) in [(7, crate::document::Underline::Straight), (8, crate::document::Underline::Wavy)] {
        assert!(matches!(kinds(content)[i], InlineKind::Underline { mark, .. } if *mark == line), "{content:?}");
    }
    assert_eq!(document("甲<b>乙 *丙*\n").text(), "甲<b>乙 丙\n");
    assert_eq!(document("*甲<b>乙*</b>\n").text(), "甲<b>乙</b>\n");
    assert_eq!(document("<ruby>甲<rt>乙\n").text(), "<ruby>甲<rt>乙\n");
}

#[test]
fn struck_out_text_tasks_formulas_and_definitions() {
    let doc = document("~~删除~~，3~5天，7~8天。\n\n价 $a_1*b_2*c$ 与 $`x`$，成本$5万到$6万\n\n$$\na*b*c\n$$\n");
    assert_eq!(doc.text(), "删除，3~5天，7~8天。\n价 $a_1*b_2*c$ 与 $x$，成本$5万到$6万\na*b*c\n");
    assert!(matches!(
        kinds(paragraph(&doc, 0))[0],
        InlineKind::Underline { mark: crate::document::Underline::Through, .. }
    ));
    assert!(matches!(kinds(paragraph(&doc, 1))[1], InlineKind::Code(formula) if formula == "a_1*b_2*c"));
    assert_eq!(doc.blocks[2].kind, BlockKind::Code { language: Some("math".into()), text: "a*b*c".into() });
    assert_eq!(
        document("- [ ] 甲\n- [x] 乙\n\n术语\n: 定义一\n: 定义二\n").text(),
        "- ☐ 甲\n- ☑ 乙\n术语\n: 定义一\n: 定义二\n"
    );
}

#[test]
fn comments_are_reported_and_blocks_of_html_kept() {
    let (doc, notes) = read(
        "甲\n\n<!-- 未完 -->\n\n<div align=\"center\">\n乙\n</div>\n\n- 一\n\n<!-- -->\n\n- 二\n",
        &Hints::default(),
    );
    assert_eq!(notes.len(), 1);
    assert_eq!((notes[0].kind, notes[0].detail.as_str()), ("html-comment", "<!-- 未完 -->"));
    assert_eq!(doc.text(), "甲\n<div align=\"center\">\n乙\n</div>\n- 一\n- 二\n");
}

#[test]
fn code_images_links_and_rules() {
    let doc = document(
        "```rust\nfn main() {}\n\n```\n\n![图 *一*](a.png \"题\")\n\n见[此处](http://a.b \"题\")和`x  y`。\n\n---\n\n    缩进\n",
    );
    assert_eq!(doc.blocks[0].kind, BlockKind::Code { language: Some("rust".into()), text: "fn main() {}\n".into() });
    assert!(
        matches!(&doc.blocks[1].kind, BlockKind::Image(i) if i.alt == "图 一" && i.target == "a.png" && i.title == "题")
    );
    assert!(
        matches!(&paragraph(&doc, 2)[1].kind, InlineKind::Link { target, title, .. } if target == "http://a.b" && title == "题")
    );
    assert_eq!(doc.blocks[3].kind, BlockKind::Divider { ornament: String::new() });
    assert_eq!(doc.blocks[4].kind, BlockKind::Code { language: None, text: "缩进".into() });
}

#[test]
fn spans_point_at_the_text() {
    let text = "---\ntitle: 题\n---\n甲**乙**`丙`\n\n> 丁\n";
    let doc = document(text);
    assert_eq!(doc.meta.title.as_deref(), Some("题"));
    for inline in paragraph(&doc, 0) {
        let source = &text[inline.span.range()];
        assert!(matches!(source, "甲" | "**乙**" | "`丙`"), "{source}");
    }
    assert_eq!(&text[doc.blocks[1].span.range()], "> 丁");
}

#[test]
fn depth_is_bounded_and_text_kept() {
    let doc = document(&format!("{}甲\n", "> ".repeat(5000)));
    assert_eq!(doc.text(), "甲\n");
    let doc = document(&format!("{}甲{}\n", "*a **b ".repeat(2000), "** *".repeat(2000)));
    assert!(doc.text().contains('甲'));
}

#[test]
fn patterns_name_headings_that_the_syntax_does_not() {
    let text = "第一回 甲\n\n乙第一回\n\n## 丙\n\n第二回 *丁*[^1]\n\n[^1]: 注\n";
    let hints = Hints { heading_patterns: vec![(1, "^第.回".into()), (2, "(".into())], ..Hints::default() };
    let (doc, notes) = read(text, &hints);
    let seen: Vec<String> = doc.outline().into_iter().map(|e| format!("{} {}", e.level, e.text)).collect();
    assert_eq!(seen, ["1 第一回 甲", "2 丙", "1 第二回 丁[1]"]);
    assert_eq!(doc.text(), document(text).text());
    assert_eq!(notes.iter().map(|n| n.kind).collect::<Vec<_>>(), ["heading-pattern"]);
    let own = read(&format!("---\nheading-3: ^丙\n---\n{text}"), &Hints::default()).0;
    assert!(matches!(&own.blocks[2].kind, BlockKind::Heading(h) if h.level == 1 && h.reason == "named by a pattern"));
}
