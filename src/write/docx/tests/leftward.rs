//! Of text that runs from right to left.

use super::*;

#[test]
fn words_from_right_to_left_say_so_and_paragraphs_of_them_begin_at_the_right() {
    let strong = inline(InlineKind::Strong(vec![text("שלום")]));
    let blocks = vec![body(vec![text("甲אב 12 "), strong, text(" גד乙")]), body(vec![text("אב גד הו Rust 12.")])];
    let document = Document { blocks, ..Document::default() };
    let parts = package(&document, "book", &Options::default());
    let parts = read(&parts);
    let paragraphs = parts["word/document.xml"].find("w:p");
    let said = |paragraph: &Element| -> Vec<(String, bool)> {
        let run = |run: &&Element| {
            let said = run.find("w:t").iter().map(|t| t.text.as_str()).collect::<String>();
            (said, !run.find("w:rtl").is_empty())
        };
        paragraph.find("w:r").iter().map(run).filter(|(said, _)| !said.is_empty()).collect()
    };
    let told = |runs: &[(&str, bool)]| runs.iter().map(|(a, b)| ((*a).to_owned(), *b)).collect::<Vec<_>>();
    assert_eq!(
        said(paragraphs[0]),
        told(&[("甲", false), ("אב 12 ", true), ("שלום", true), (" גד", true), ("乙", false)])
    );
    assert_eq!(said(paragraphs[1]), told(&[("אב גד הו ", true), ("Rust 12", false), (".", true)]));
    assert!(paragraphs[0].find("w:bidi").is_empty() && !paragraphs[1].find("w:bidi").is_empty());
}
