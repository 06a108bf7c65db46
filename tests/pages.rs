//! Pages of the web: what they say is what is read, and what stands around it is told.

use proptest::prelude::*;
use shanben::document::{BlockKind, Document, InlineKind, inline_text};
use shanben::normalize::Rules;
use shanben::note::Note;
use shanben::options::Settings;
use shanben::report::{Places, Record};
use shanben::style::Style;
use shanben::{Reading, Source, open, read};

fn settings(rules: &str) -> Settings {
    Settings { rules: Rules::parse(rules).unwrap(), ..Settings::new(Style::builtin("book").unwrap()) }
}

fn reading(name: &str, bytes: impl Into<Vec<u8>>) -> Reading {
    read(&Source::new(name, name, bytes.into()), &settings("none")).unwrap()
}

fn document(body: &str) -> Document {
    reading("a.htm", body).document
}

/// What the blocks of a document are, and what each says.
fn blocks(document: &Document) -> Vec<String> {
    let said = |content: &[_]| inline_text(document, content);
    let block = |block: &shanben::document::Block| match &block.kind {
        BlockKind::Heading(heading) => format!("h{} {}", heading.level, said(&heading.content)),
        BlockKind::Paragraph { content, .. } => format!("p {}", said(content)),
        BlockKind::List(list) => format!("{} items", list.items.len()),
        BlockKind::Table(table) => {
            let cells =
                table.rows.iter().map(|row| row.cells.iter().map(|cell| said(cell)).collect::<Vec<_>>().join("|"));
            cells.collect::<Vec<_>>().join("/")
        }
        BlockKind::Code { text, .. } => format!("code {text}"),
        BlockKind::Divider { .. } => "rule".to_owned(),
        BlockKind::Quote(blocks) => format!("quote of {}", blocks.len()),
        BlockKind::Verse(_) => "verse".to_owned(),
        BlockKind::Image(image) => format!("picture {} {}", image.target, image.alt),
    };
    document.blocks.iter().map(block).collect()
}

fn kinds(notes: &[Note]) -> Vec<&str> {
    notes.iter().map(|note| note.kind).collect()
}

#[test]
fn what_a_page_does_not_show_is_told() {
    let page = "<html><body><p>甲乙</p><div style=\"display:none\">隐藏的字</div><script>var x;</script></body></html>";
    let reading = reading("a.htm", page);
    assert_eq!(reading.document.text(), "甲乙\n");
    let told: Vec<String> = reading.notes.iter().map(|note| note.detail.to_string()).collect();
    assert!(told.iter().any(|told| told == "hidden characters: 4"), "{told:?}");
}

#[test]
fn blocks_in_pre_have_lines_of_their_own_and_scripts_are_no_text() {
    let pre = "<pre>甲段在此<p>乙段在此<div>丙段在此<script>var x=1;</script></div>丁</pre>";
    assert_eq!(document(&format!("<html><body>{pre}</body></html>")).text(), "甲段在此\n乙段在此\n丙段在此\n丁\n");
    let deep = "<font>".repeat(300) + "甲<script>var x=1;</script><p>乙<p>丙";
    assert_eq!(document(&format!("<html><body>{deep}</body></html>")).text(), "甲\n乙\n丙\n");
}

#[test]
fn what_a_page_marks_is_read_as_what_it_is() {
    let page = "<h1>山房</h1><p>第一段，<b>要紧</b>的话。<p>第二段<br>第二行<ul><li>甲<li>乙<ol><li>子<li>丑</ol></ul>\
                <table border=1><tr><th>名<th>数<tr><td>茶<td>3</table><hr><pre>let a = 1;\n\nlet b;</pre>\
                <blockquote>引文</blockquote><p><img src=图.png alt=山景><h4>尾</h4>末段。";
    let expected = [
        "h1 山房",
        "p 第一段，要紧的话。",
        "p 第二段\n第二行",
        "2 items",
        "名|数/茶|3",
        "rule",
        "code let a = 1;\n\nlet b;",
        "quote of 1",
        "picture 图.png 山景",
        "h2 尾",
        "p 末段。",
    ];
    assert_eq!(blocks(&document(page)), expected);
}

#[test]
fn a_page_of_paragraphs_alone_is_read_as_plain_text() {
    let page = "<center><font size=5>第一章　山雨</font></center><br><br>　　山雨欲来风满楼。<br>　　溪云初起日沉阁。<br><br>\
                <center><font size=5>第二章　溪云</font></center><br><br>　　他说：“来了。”<br>　　* 星号是字。";
    assert_eq!(
        blocks(&document(page)),
        [
            "h1 第一章　山雨",
            "p 山雨欲来风满楼。",
            "p 溪云初起日沉阁。",
            "h1 第二章　溪云",
            "p 他说：“来了。”",
            "p * 星号是字。"
        ]
    );
}

#[test]
fn blanks_are_as_browsers_show_them_and_line_ends_between_chinese_are_none() {
    let text = |page: &str| document(page).text();
    assert_eq!(
        text("<h1>题</h1><p>山雨\n  欲来 <b>风</b> 满楼，\nand a \n word.<p> &nbsp; <p>末"),
        "题\n山雨欲来 风 满楼， and a word.\n末\n"
    );
    assert_eq!(text("<h1>题</h1><p><b>甲</b> 标签<p>乙<br><br>丙<br>&nbsp;&nbsp;丁"), "题\n甲 标签\n乙\n丙\n丁\n");
}

#[test]
fn ruby_links_and_marks_left_open_are_kept() {
    let page = "<h1>题</h1><p><ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp>字<rt>zì</rt></ruby>与<a href='b.htm?x=(1)&amp;y=*2*'>另一[页]</a>。<p><b>甲<p>乙</b>丙";
    let document = document(page);
    assert_eq!(document.text(), "题\n漢（hàn）字（zì）与另一[页]。\n甲\n乙丙\n");
    let BlockKind::Paragraph { content, .. } = &document.blocks[1].kind else { panic!("{:?}", document.blocks[1]) };
    assert!(matches!(&content[0].kind, InlineKind::Ruby { base, reading } if base == "漢" && reading == "hàn"));
    let link = content.iter().find_map(|inline| match &inline.kind {
        InlineKind::Link { target, .. } => Some(target.as_str()),
        _ => None,
    });
    assert_eq!(link, Some("b.htm?x=(1)&y=*2*"));
    let BlockKind::Paragraph { content, .. } = &document.blocks[3].kind else { panic!("{:?}", document.blocks[3]) };
    assert!(
        matches!(&content[0].kind, InlineKind::Strong(_))
            && matches!(&content[1].kind, InlineKind::Text(text) if text == "丙")
    );
}

#[test]
fn what_stands_around_the_article_is_left_out_and_told_where_it_stood() {
    let sentence = "今年的雨水比往年多，从三月一直下到五月，溪水涨了三尺。";
    let page = format!(
        "<div class=nav><a href=/>首页</a> <a href=/a>小说</a></div>\n<div id=content><h2>山雨</h2>\n<p>{}</p></div>\n<div>版权所有 &copy; 山房</div>\n",
        sentence.repeat(3)
    );
    let source = Source::new("a.htm", "a.htm", page.into_bytes());
    let reading = read(&source, &settings("none")).unwrap();
    assert_eq!(reading.document.text(), format!("山雨\n{}\n", sentence.repeat(3)));
    let mut record = Record::new("a.htm");
    record.describe(&reading, &Places::new(&source.bytes, &reading.decoded, &reading.normalized));
    let left: Vec<_> =
        record.left_out.iter().map(|left| (left.what.as_str(), left.first.map(|place| place.line))).collect();
    assert_eq!(left, [("“首页 小说” (4 characters)", Some(1)), ("“版权所有 © 山房” (7 characters)", Some(4))]);
    assert!(kinds(&reading.notes).contains(&"page-around"));
}

#[test]
fn lists_of_other_texts_behind_the_article_go_and_its_title_above_stays() {
    let sentence = "今年的雨水比往年多，从三月一直下到五月，溪水涨了三尺。";
    let text = format!("<p>{}</p>", sentence.repeat(4)).repeat(4);
    let list: String = (1..9)
        .map(|day| format!("<li><a href=/{day}>山中的雨下了{day}天，溪边的人家怎么办？</a><span>05-0{day}</span></li>"))
        .collect();
    let page = format!(
        "<title>山雨：今年的雨水比往年多_山房新闻</title><div><a href=/>首页</a> <a href=/n>新闻</a></div>\n<div><div>山雨：今年的雨水比往年多</div></div><div class=share><a href=/1>微信</a> <a href=/2>微博</a> <a href=/3>收藏</a></div>\n\
         <div id=content>{text}</div>\n<div class=share><a href=/1>微信</a> <a href=/2>微博</a></div><div><div><ul>{list}</ul></div></div>\n<div>版权所有 &copy; 山房</div>"
    );
    let expected = format!("山雨：今年的雨水比往年多\n{}", format!("{}\n", sentence.repeat(4)).repeat(4));
    assert_eq!(document(&page).text(), expected);
    // What they say may stand below each.
    let teasers = format!("<p><a href=/9>溪水涨了三尺</a></p><p>{sentence}{sentence}</p>").repeat(4);
    let page = page.replace("<div>版权所有", &format!("<p>为你推荐</p>{teasers}<div>版权所有"));
    assert_eq!(document(&page).text(), expected);
}

#[test]
fn an_edit_is_followed_to_its_line_and_byte_in_the_page() {
    let page = "<html><body>\n<h1>题</h1>\n<p>一二三四五六七&#65292;八九\n<b>十,他</b>说,好.</p></body></html>";
    let bytes = [&b"<meta charset=gbk>"[..], &encoding(page)].concat();
    let source = Source::new("a.htm", "a.htm", bytes);
    let reading = read(&source, &settings("")).unwrap();
    let places = Places::new(&source.bytes, &reading.decoded, &reading.normalized);
    let told: Vec<_> = reading.normalized.account().filter(|told| &*told.replacement == "，").collect();
    assert_eq!(told.len(), 2, "{:?}", reading.normalized.text);
    for told in told {
        assert_eq!(places.place(told.span.start).line, 4);
        assert_eq!(source.bytes[places.byte(told.span.start)], b',');
    }
}

fn encoding(text: &str) -> Vec<u8> {
    shanben::decode::bytes_in(text, "gb18030").unwrap()
}

#[test]
fn the_encoding_is_what_it_is_whatever_the_page_says() {
    let text = "话说天下大势，分久必合，合久必分。周末七国分争，并入于秦。";
    let page = format!(
        "<html><head><meta http-equiv=Content-Type content='text/html; charset=big5'></head><body><h1>三国</h1><p>{text}</body></html>"
    );
    let reading = reading("a.htm", encoding(&page));
    assert_eq!((reading.decoded.encoding, reading.document.text()), ("gb18030", format!("三国\n{text}\n")));
}

#[test]
fn a_page_by_the_name_of_a_text_is_a_page_and_a_text_that_speaks_of_one_is_none() {
    let page = reading(
        "a.txt",
        "<!-- saved from url=(0014)about:internet -->\n<HTML><BODY><h1>山房</h1><p>雨。</BODY></HTML>",
    );
    assert_eq!(page.document.text(), "山房\n雨。\n");
    assert!(kinds(&page.notes).contains(&"read-as-page"));
    let text = reading("a.txt", "山房的第一页用 <html> 开头。\n<html> 是标签。\n");
    assert!(text.document.text().contains("<html>"));
}

#[test]
fn a_page_in_a_message_is_read_in_either_packing() {
    let head = "From: <Saved by Microsoft Internet Explorer 5>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"--=_x\";\r\n\ttype=\"text/html\"\r\n\r\n\
                This is a multi-part message.\r\n\r\n----=_x\r\nContent-Type: text/html;\r\n\tcharset=\"gb2312\"\r\n";
    let tail =
        "\r\n----=_x\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\nR0lGODdh\r\n----=_x--\r\n";
    // 山雨 in GBK.
    let quoted =
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n<h1>=C9=BD=D3=EA</h1><p align=3Dleft>=C9=BD=\r\n=D3=EA";
    let packed = "Content-Transfer-Encoding: base64\r\n\r\nPGgxPsm90+o8L2gxPjxwPsm9\r\n0+o";
    for body in [quoted, packed] {
        let reading = reading("a.mht", format!("{head}{body}{tail}"));
        assert_eq!((reading.document.text().as_str(), reading.decoded.encoding), ("山雨\n山雨\n", "gb18030"), "{body}");
    }
}

/// A message of these parts: the lines of the head of each, and its body.
fn message(kind: &str, parts: &[(&str, &str)]) -> String {
    let parts = parts.iter().map(|(head, body)| format!("\r\n--=_a\r\n{head}\r\n\r\n{body}"));
    format!(
        "MIME-Version: 1.0\r\nContent-Type: {kind}; boundary=\"=_a\"\r\n{}\r\n--=_a--\r\n",
        parts.collect::<String>()
    )
}

#[test]
fn a_message_shows_the_pages_of_its_frames_in_order_and_names_those_that_it_does_not_show() {
    let sentence = "山雨欲来风满楼，水光潋滟晴方好。";
    let saved = message(
        "Multipart/Related; type=\"Text/HTML\"; start=\"<root>\"",
        &[
            ("Content-Type: TEXT/HTML\r\nContent-Location: http://a.b/ad.htm", "<p>广告"),
            (
                "Content-Type: text/html\r\nContent-ID: <root>\r\nContent-Location: http://a.b/c/index.htm",
                "<title>集</title><frameset><frame src=\"two.htm\"><frame src=\"../d/one.htm\"><noframes>浏览器不支持框架</noframes></frameset>",
            ),
            ("Content-Type: text/html\r\nContent-Location: http://a.b/d/one.htm", &format!("<p>末章。{sentence}")),
            ("Content-Type: text/html\r\nContent-Location: http://a.b/c/two.htm", &format!("<p>首章。{sentence}")),
        ],
    );
    let reading = reading("a.mht", saved);
    assert_eq!(reading.document.text(), format!("集\n首章。{sentence}\n末章。{sentence}\n"));
    let told: Vec<String> = reading.notes.iter().map(|note| note.detail.to_string()).collect();
    assert!(told.iter().any(|told| told == "other pages in the same file: 1, the first http://a.b/ad.htm"), "{told:?}");
    assert!(!kinds(&reading.notes).contains(&"shows-others"), "{told:?}");
}

#[test]
fn a_boundary_may_begin_with_another_and_pictures_are_found_by_either_name() {
    let inner = "Content-Type: multipart/alternative; boundary=\"=_a_b\"\r\n\r\n--=_a_b\r\nContent-Type: text/html\r\n\r\n<p>山雨欲来风满楼。<img src=\"p/a.png\" alt=甲><img src=\"cid:x@y\" alt=乙>\r\n--=_a_b--\r\n";
    let png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";
    let picture = "Content-Type: Image/PNG\r\nContent-Transfer-Encoding: Base64\r\nContent-ID: <x@y>\r\nContent-Location: p/a.png";
    let (head, alternative) = inner.split_once("\r\n\r\n").unwrap();
    let saved = message("multipart/related", &[(head, alternative), (picture, png)]);
    let mut pictures = open::Pictures::of(Some(open::Kind::Archive), saved.as_bytes());
    let found = ["p/a.png", "cid:x@y", "p/b.png"].map(|name| pictures.get(name).map(|bytes| bytes.len()));
    assert_eq!(found, [Some(67), Some(67), None]);
    assert!(reading("a.mht", saved).document.text().starts_with("山雨欲来风满楼。"));
}

#[test]
fn a_page_of_frames_names_them() {
    let settings = settings("none");
    let frames = "<frameset><frame src=menu.htm><frame src=text.htm></frameset>";
    let error = read(&Source::new("a.htm", "a.htm", frames.into()), &settings).unwrap_err();
    assert!(error.to_string().contains("menu.htm, text.htm; convert these"), "{error}");
    let reading = reading("a.htm", format!("{frames}<noframes><p>山雨欲来风满楼，水光潋滟晴方好。</noframes>"));
    assert!(kinds(&reading.notes).contains(&"shows-others"));
}

#[test]
fn what_goes_on_behind_blocks_is_not_repeated_without_end() {
    let long = "a".repeat(100_000);
    let open = format!("<h1>题</h1><p><a href=\"http://{long}\">{}", "<p>山雨。".repeat(5_000));
    let around = format!("<h1>题</h1><a href=\"http://{long}\">{}</a>", "<p>山雨。</p>".repeat(5_000));
    for page in [open, around] {
        let text = reading("a.htm", page);
        assert!(text.decoded.text.len() < 1 << 20, "{} bytes", text.decoded.text.len());
        assert_eq!(text.document.text().matches("山雨。").count(), 5_000);
    }
}

/// Signs that mean something in Markdown, or in one of its dialects, among others that do not.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("山"),
        Just("雨。"),
        Just("a"),
        Just("1"),
        Just(" "),
        Just("*"),
        Just("**"),
        Just("_"),
        Just("`"),
        Just("["),
        Just("]"),
        Just("(b)"),
        Just("<"),
        Just("b>"),
        Just("&amp;"),
        Just("\\"),
        Just("~~"),
        Just("=="),
        Just("%%"),
        Just("$"),
        Just("#"),
        Just("# "),
        Just("- "),
        Just("1. "),
        Just("+ "),
        Just(">"),
        Just("|"),
        Just(":::"),
        Just("!"),
        Just("[^1]"),
        Just("[[甲]]"),
        Just("[TOC]"),
        Just("{#甲}"),
        Just("---"),
        Just("http://a.b/"),
        Just("：\""),
        Just("\u{3000}"),
        Just("[!NOTE]"),
        Just("标签"),
        Just("://"),
        Just("\\newpage"),
    ];
    prop::collection::vec(piece, 1..14).prop_map(|pieces| pieces.concat())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn every_character_of_a_page_is_text(texts in [text(), text(), text(), text(), text(), text()]) {
        let [a, b, c, d, e, f] = texts.each_ref().map(|text| escaped(text));
        let page = format!("<main><h1>题</h1><h3>{a}甲</h3><p>{b}<b>{c}乙</b>{d}<ul><li>{e}<li>{f}丙</ul><p><a href='x'>{a}丁</a>{b}<table border=1><tr><th>{c}<td>{d}戊<tr><td>{e}<td>{f}</table>");
        // An item that says nothing has no marker.
        let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>();
        let [a, b, c, d, e, f] = texts.each_ref().map(|text| squeezed(text));
        let expected = format!("题{a}甲{b}{c}乙{d}{e}{f}丙{a}丁{b}{c}{d}戊{e}{f}");
        prop_assert_eq!(squeezed(&document(&page).text()), expected);
    }

    #[test]
    fn no_page_is_too_broken(pieces in prop::collection::vec(prop_oneof![
        Just("<p>"), Just("</p>"), Just("<table>"), Just("<tr>"), Just("<td>"), Just("</td>"), Just("</table>"), Just("<li>"), Just("<ul>"), Just("</ul>"),
        Just("<b>"), Just("</b>"), Just("<a href=x>"), Just("</a>"), Just("<h2>"), Just("</h2>"), Just("<br>"), Just("<hr>"), Just("<pre>"), Just("</pre>"),
        Just("<ruby>"), Just("<rt>"), Just("</ruby>"), Just("<blockquote>"), Just("</blockquote>"), Just("<script>"), Just("</script>"), Just("<select>"),
        Just("山雨"), Just(" "), Just("\n"), Just("&#x5c71;"), Just("&lt;"), Just("<img src=a.png>"), Just("<!--"), Just("-->"), Just("<div hidden>"), Just("</div>"),
    ], 0..60)) {
        let page = "<h1>题</h1>".to_owned() + &pieces.concat();
        let reading = reading("a.htm", page.as_str());
        let restored = read(&Source::new("a.htm", "a.htm", page.into()), &settings("")).unwrap();
        for reading in [reading, restored] {
            prop_assert!(reading.document.text().contains('题'));
        }
    }
}
