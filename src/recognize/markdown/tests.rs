use super::*;
use crate::document::Footnote;
use crate::document::NumberForm;
use crate::lang::Language;
use crate::recognize::HeadingPattern;

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
fn html_that_the_model_can_say_is_read() {
    let doc = document(
        "<strong>“甲”</strong>乙<br>丙<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby><kbd>丁</kbd><u>戊</u><cite>己</cite>\n",
    );
    assert_eq!(doc.text(), "“甲”乙\n丙漢（かん）字（じ）丁戊己\n");
    let content = paragraph(&doc, 0);
    assert!(matches!(kinds(content)[0], InlineKind::Strong(_)));
    assert!(matches!(kinds(content)[4], InlineKind::Ruby { base, .. } if base == "漢"));
    assert!(matches!(kinds(content)[6], InlineKind::Code(code) if code == "丁"));
    for (i, line) in [(7, crate::document::Underline::Straight), (8, crate::document::Underline::Wavy)] {
        assert!(matches!(kinds(content)[i], InlineKind::Underline { mark, .. } if *mark == line), "{content:?}");
    }
    let doc = document("H<sub>2</sub>O，10<sup>-3</sup>，<a href=\"http://a.b\">链</a>与<img src=a.png alt=图>\n");
    assert_eq!(doc.text(), "H₂O，10⁻³，链与图\n");
    assert!(matches!(kinds(paragraph(&doc, 0))[1], InlineKind::Link { target, .. } if target == "http://a.b"));
    // Tags may cross each other, and the signs of Markdown.
    assert_eq!(document("*甲<b>乙*</b>\n").text(), "甲乙\n");
    assert_eq!(document("<b>甲<i>乙</b>丙</i>\n").text(), "甲乙丙\n");
}

#[test]
fn html_that_says_nothing_here_is_left_out_and_told() {
    let text = "<span class=\"filename\">文件名：a.rs</span>\n\n<font color=red>红</font><a name=x></a>字<sup>注</sup>\n\n\
                | 甲 |\n|---|\n| <center>一<br/>二</center> |\n";
    let (doc, notes) = read(text, &Hints::default());
    assert_eq!(doc.text(), "文件名：a.rs\n红字注\n甲\n一 二\n".replace("一 二", "一\n二"));
    let told: Vec<String> = notes.iter().map(|note| note.detail.to_string()).collect();
    assert_eq!(told, ["<span class=\"filename\">", "<font color=red>", "<a name=x>", "<center>", "<sup>注</sup>"]);
    assert!(notes.iter().all(|note| note.kind == "html-left-out"));
}

#[test]
fn text_about_html_stays() {
    for text in [
        "使用 <b> 标签",
        "甲<b>乙丙",
        "用 <br> 标签换行",
        "元素 <hr> 与其他",
        "写作<b></b> 标签",
        "一个 Vec<T> 与 <K, V>",
        "<ruby>甲<rt>乙",
    ] {
        let (doc, notes) = read(text, &Hints::default());
        assert_eq!((doc.text().trim_end(), notes.len()), (text, 0));
    }
    assert_eq!(document("`<b>甲</b>`\n\n```\n<div>\n```\n").text(), "<b>甲</b>\n<div>\n");
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
    // Read back from code, a line end in a formula is a space; so it is one from the beginning.
    let parted = document("价 $a\r+\nb$ 元\n");
    assert!(matches!(kinds(paragraph(&parted, 0))[1], InlineKind::Code(formula) if formula == "a + b"));
    assert_eq!(
        document("- [ ] 甲\n- [x] 乙\n\n术语\n: 定义一\n: 定义二\n").text(),
        "- ☐ 甲\n- ☑ 乙\n术语\n定义一\n定义二\n"
    );
}

#[test]
fn comments_are_reported() {
    let (doc, notes) = read("甲\n\n<!-- 未完 -->\n\n- 一\n\n<!-- -->\n\n- 二\n", &Hints::default());
    assert_eq!(notes.len(), 1);
    assert_eq!((notes[0].kind, &*notes[0].detail.to_string()), ("html-comment", "<!-- 未完 -->"));
    assert_eq!(doc.text(), "甲\n- 一\n- 二\n");
}

#[test]
fn blocks_of_html_are_blocks() {
    let (doc, notes) = read(
        "<div align=\"center\">\n<h2>居中<br/>标题</h2>\n图&nbsp;<b>甲</b>&lt;\n乙\n<img src=\"a.png\" alt=\"图\">\n</div>\n\n\
         <ul>\n<li>项一</li>\n<li>项二\n<ol><li>子</li></ol></li>\n</ul>\n\n\
         <pre><code>fn a() &lt;\n  x\n</code></pre>\n\n<script>\nalert(1)\n</script>\n\n<foo>\n丙\n</foo>\n\n<p>丁<hr>戊\n",
        &Hints::default(),
    );
    assert_eq!(
        doc.text(),
        "居中\n标题\n图\u{a0}甲<乙图\n- 项一\n- 项二\n1. 子\nfn a() <\n  x\n<foo>\n丙\n</foo>\n丁\n戊\n"
    );
    assert!(matches!(&doc.blocks[0].kind, BlockKind::Heading(_)));
    assert!(matches!(&doc.blocks[3].kind, BlockKind::Code { language: None, .. }));
    let told: Vec<String> = notes.iter().map(|note| note.detail.to_string()).collect();
    assert_eq!(told, ["<div align=\"center\">", "<script>\nalert(1)\n"]);
}

#[test]
fn tables_of_html_are_tables() {
    let doc = document(
        "<table>\n<tr><th>甲</th><th>乙</th></tr>\n<tr><td>一<br>二<td><b>三</b></tr>\n\n<tr><td>四</td></tr>\n</table>\n\n后\n",
    );
    let BlockKind::Table(table) = &doc.blocks[0].kind else { panic!("{doc:?}") };
    assert_eq!((table.head_rows, table.columns.len(), table.rows.len()), (1, 2, 3));
    assert_eq!(doc.text(), "甲\t乙\n一\n二\t三\n四\t\n后\n");
}

#[test]
fn cells_of_html_that_span_others_leave_their_places_empty() {
    let table = |rows: &str| {
        let doc = document(&format!("<table>\n{rows}\n</table>\n"));
        let heads = doc.blocks.iter().map(|block| match &block.kind {
            BlockKind::Table(table) => table.head_rows,
            other => panic!("{other:?}"),
        });
        (heads.collect::<Vec<_>>(), doc.text())
    };
    let spans =
        "<tr><th colspan=\"2\">名</th><th rowspan=2>数</th></tr><tr><td>姓<td>字</tr><tr><td>曹<td>操<td>一</tr>";
    assert_eq!(table(spans), (vec![1], "名\t\t数\n姓\t字\t\n曹\t操\t一\n".into()));
    let block = "<tr><td colspan=2 rowspan=2>甲<td>乙</tr><tr><td>丙</tr><tr><td>丁<td>戊<td>己</tr>";
    assert_eq!(table(block), (vec![0], "甲\t\t乙\n\t\t丙\n丁\t戊\t己\n".into()));
    assert_eq!(table("<tr><th>甲<td rowspan=x>乙</tr><tr><th>丙<td>丁</tr>"), (vec![0], "甲\t乙\n丙\t丁\n".into()));
    // However long one row is, the others are not filled beyond measure.
    let long = format!("<tr>{}</tr>{}", "<td colspan=1000>甲".repeat(3000), "<tr><td>乙</tr>".repeat(3000));
    let (heads, text) = table(&long);
    assert_eq!(heads, [0, 0]);
    assert!(text.len() < 700_000 && text.matches('甲').count() + text.matches('乙').count() == 6000);
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
    assert_eq!(&text[doc.blocks[0].span.range()], "题");
    for inline in paragraph(&doc, 1) {
        let source = &text[inline.span.range()];
        assert!(matches!(source, "甲" | "**乙**" | "`丙`"), "{source}");
    }
    assert_eq!(&text[doc.blocks[2].span.range()], "> 丁");
}

#[test]
fn a_title_that_only_the_front_matter_says_is_set_above_the_text() {
    let seen = |text: &str| {
        let doc = document(text);
        (doc.outline().into_iter().map(|entry| (entry.level, entry.text)).collect::<Vec<_>>(), doc.text())
    };
    let entry = |level: u8, text: &str| (level, text.to_owned());
    let front = |body: &str| format!("---\ntitle: 山雨\nsubtitle: 欲来\n---\n{body}");
    let (outline, text) = seen(&front("甲\n\n# 一\n\n乙\n\n# 二\n"));
    assert_eq!(outline, [entry(1, "山雨"), entry(2, "一"), entry(2, "二")]);
    assert_eq!(text, "山雨\n欲来\n甲\n一\n乙\n二\n");
    // Read again with the title in the text, it is the same.
    assert_eq!(seen(&front("# 山雨\n\n欲来\n\n甲\n\n## 一\n\n乙\n\n## 二\n")), (outline, text));
    assert_eq!(seen(&front("# 风\n\n甲\n")).1, "风\n甲\n", "the text has a title");
    assert_eq!(seen(&front("**山雨**\n\n甲\n\n# 一\n\n# 二\n")).1, "山雨\n甲\n一\n二\n", "the text says it");
    assert_eq!(seen("---\ntitle: \" \"\n---\n甲\n").1, "甲\n");
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
    let pattern = HeadingPattern::new(1, "^第.回").unwrap();
    let hints = Hints { heading_patterns: [pattern].into(), ..Hints::default() };
    let doc = read(text, &hints).0;
    let seen: Vec<String> = doc.outline().into_iter().map(|e| format!("{} {}", e.level, e.text)).collect();
    assert_eq!(seen, ["1 第一回 甲", "2 丙", "1 第二回 丁[1]"]);
    assert_eq!(doc.text(), document(text).text());
    let (own, notes) = read(&format!("---\nheading-3: ^丙\nheading-2: (\n---\n{text}"), &Hints::default());
    assert_eq!(notes.iter().map(|n| n.kind).collect::<Vec<_>>(), ["heading-pattern"]);
    assert!(matches!(&own.blocks[2].kind, BlockKind::Heading(h) if h.level == 1 && h.reason == "named by a pattern"));
}

#[test]
fn the_language_is_that_of_the_words_and_not_of_the_syntax() {
    for text in ["<strong>印</strong><em>影</em>\n", "[见](https://example.org/a-very-long-address/of-a-page)此\n"]
    {
        assert_eq!(document(text).meta.language, Language::ZhHans, "{text}");
    }
}

#[test]
fn a_span_that_is_told_to_be_a_caption_is_one() {
    let roles = |text: &str| -> Vec<Role> {
        let document = document(text);
        let role = |block: &Block| match block.kind {
            BlockKind::Paragraph { role, .. } => Some(role),
            _ => None,
        };
        document.blocks.iter().filter_map(role).collect()
    };
    let caption = "<span class=\"caption\">图 4-5：`&s` 指向 `s` 示意图</span>";
    assert_eq!(roles(&format!("{caption}\n\n见 {caption}。")), [Role::Caption, Role::Body]);
    assert_eq!(roles("<span class=\"note\">图</span>"), [Role::Body]);
}

#[test]
fn lists_and_quotations_however_deep_lose_nothing() {
    for marker in ["- ", "1. ", "> ", "> - ", "- > "] {
        for depth in 1..60 {
            for before in ["", "> "] {
                let text = document(&format!("{before}{}山", marker.repeat(depth))).text();
                assert!(text.trim_end().ends_with('山'), "{before}{marker} × {depth}: {text}");
                let markers = text.matches(['-', '1']).count();
                assert_eq!(markers, depth * usize::from(marker != "> "), "{before}{marker} × {depth}: {text}");
            }
        }
    }
}

#[test]
fn cells_beyond_the_head_are_columns_of_their_own() {
    let (doc, notes) = read("| 甲 | 乙 |\n|---|---|\n| 1 | 2 | **3** | 多出来的 |\n| 4 |\n", &Hints::default());
    assert_eq!(doc.text(), "甲\t乙\t\t\n1\t2\t3\t多出来的\n4\t\t\t\n");
    assert_eq!(notes.iter().map(|note| note.kind).collect::<Vec<_>>(), ["surplus-cell", "surplus-cell"]);
    // A row out of all measure makes no table of a million cells.
    let doc = document(&format!("|甲|\n|-|\n|{}\n{}", "乙|".repeat(2000), "|丙|\n".repeat(2000)));
    assert_eq!(doc.text().matches('乙').count(), 2000);
    assert!(doc.text().len() < 50_000);
}

#[test]
fn lines_that_are_meant_are_paragraphs_or_verse() {
    let doc = document(
        "**作者**：佚名\n**地点**：云山\n\n> 旧渡无人草自青\n> 夜来风雨满长亭\n> 一灯如豆照飘零\n\n- 要求：\n  （一）甲。\n  （二）乙。\n",
    );
    assert_eq!(
        doc.text(),
        "作者：佚名\n地点：云山\n旧渡无人草自青\n夜来风雨满长亭\n一灯如豆照飘零\n- 要求：\n（一）甲。\n（二）乙。\n"
    );
    assert!(matches!(&doc.blocks[1].kind, BlockKind::Paragraph { .. }), "{doc:?}");
    let BlockKind::Quote(quoted) = &doc.blocks[2].kind else { panic!("{doc:?}") };
    assert!(matches!(&quoted[..], [Block { kind: BlockKind::Verse(stanzas), .. }] if stanzas[0].lines.len() == 3));
}
