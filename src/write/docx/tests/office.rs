//! Of official documents (GB/T 9704).

use super::*;

/// The paragraphs of `blocks` in the style of official documents.
fn paragraphs(blocks: Vec<Block>) -> Vec<Element> {
    let document = Document { blocks, ..Document::default() };
    let parts = package(&document, "official", &Options::default());
    let mut parts = read(&parts);
    let main = parts.remove("word/document.xml").unwrap();
    main.find("w:p").into_iter().filter(|paragraph| !said(paragraph).is_empty()).cloned().collect()
}

fn said(element: &Element) -> String {
    element.find("w:t").iter().map(|t| t.text.as_str()).collect()
}

fn value(paragraph: &Element, element: &str, name: &str) -> i32 {
    let found = paragraph.find(element);
    found.first().and_then(|element| element.attribute(name).parse().ok()).unwrap_or_default()
}

/// What the runs of a paragraph say, each with its character style.
fn dressed(paragraph: &Element) -> Vec<(String, String)> {
    let style = |run: &Element| run.find("w:rStyle").first().map_or(String::new(), |s| s.attribute("w:val").to_owned());
    let runs = paragraph.find("w:r").into_iter().map(|run| (said(run), style(run)));
    runs.filter(|(said, _)| !said.is_empty()).collect()
}

#[test]
fn the_head_has_its_sizes_and_places() {
    let paragraphs = paragraphs(vec![
        role(Role::Classification, "000017"),
        role(Role::Issuer, "某市人民政府文件"),
        role(Role::DocumentNumber, "某政发〔2018〕1号　　签发人：张三"),
        body(vec![text("正文")]),
    ]);
    // Eight characters of 36 points, 35 mm below the top but for a line and a tenth of their size.
    assert_eq!(value(&paragraphs[1], "w:sz", "w:val"), 72);
    assert_eq!(value(&paragraphs[1], "w:spacing", "w:before"), 1984 - 580 - 72);
    // The number a character from the left, who has signed one from the right, his name in Kai.
    assert_eq!(value(&paragraphs[2], "w:ind", "w:firstLine"), 316);
    assert_eq!(paragraphs[2].find("w:tabs")[0].find("w:tab").len(), 1);
    let runs = dressed(&paragraphs[2]);
    assert_eq!(runs.last().unwrap(), &("张三".to_owned(), "KaiChar".to_owned()));
}

#[test]
fn names_of_several_bodies_are_as_wide_as_each_other() {
    let paragraphs = paragraphs(vec![
        role(Role::Issuer, "某市教育局"),
        role(Role::Issuer, "某市人力资源和社会保障局　　文件"),
        role(Role::DocumentNumber, "某教发〔2018〕1号"),
        body(vec![text("正文")]),
    ]);
    let size = value(&paragraphs[0], "w:sz", "w:val") * 10;
    let spread = value(&paragraphs[0].find("w:r")[0].clone(), "w:spacing", "w:val");
    // Five characters and four gaps are as wide as twelve characters.
    assert!((5 * size + 4 * spread - 12 * size).abs() < 10, "{size} {spread}");
    assert_eq!(value(&paragraphs[1].find("w:r")[0].clone(), "w:spacing", "w:val"), 0);
}

#[test]
fn what_leads_in_and_what_is_attached_and_who_signs_have_their_looks() {
    let paragraphs = paragraphs(vec![
        role(Role::Issuer, "某市人民政府文件"),
        role(Role::DocumentNumber, "某政发〔2018〕1号"),
        body(vec![text("（一）摸清底数。各县要查清。")]),
        role(Role::Attachment, "附件：1.名单"),
        role(Role::Attachment, "2.分工"),
        role(Role::Signature, "某市人民政府"),
        role(Role::Signature, "2018年1月12日"),
    ]);
    let told = |runs: &[(&str, &str)]| runs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>();
    assert_eq!(dressed(&paragraphs[2]), told(&[("（一）摸清底数。", "KaiChar"), ("各县要查清。", "")]));
    // Both numbers stand below each other: two characters and the three of 附件： in.
    let number = |k: usize| value(&paragraphs[k], "w:ind", "w:left") - value(&paragraphs[k], "w:ind", "w:hanging");
    assert!((number(4) - number(3) - 3 * 316).abs() < 6, "{} {}", number(3), number(4));
    // Three lines for the seal; the name above the middle of the date, which ends four characters from the right.
    assert_eq!(value(&paragraphs[5], "w:spacing", "w:before"), 3 * 580 - 1);
    assert!((value(&paragraphs[6], "w:ind", "w:right") - 4 * 316).abs() < 6);
    assert!(value(&paragraphs[5], "w:ind", "w:right") > 4 * 316);
}

#[test]
fn a_letter_has_its_rules_in_frames_and_no_number_on_its_first_page() {
    let document = Document {
        blocks: vec![
            role(Role::Issuer, "某市某局"),
            role(Role::DocumentNumber, "某函〔2018〕1号"),
            body(vec![text("正文")]),
        ],
        ..Document::default()
    };
    let parts = package(&document, "official", &Options::default());
    let parts = read(&parts);
    let main = &parts["word/document.xml"];
    let tops: Vec<i32> = main.find("w:framePr").iter().map(|frame| frame.attribute("w:y").parse().unwrap()).collect();
    assert_eq!(tops.len(), 2);
    assert!(tops[0] < 1701 && tops[1] > 15_000, "{tops:?}");
    assert_eq!(main.find("w:titlePg").len(), 1);
}
