//! Of lines that run from top to bottom.

use super::*;

#[test]
fn in_columns_notes_are_two_lines_in_one_and_short_numbers_stand_abreast() {
    let note = Inline::new(InlineKind::Gloss(vec![Inline::text("（乙丙）", 3..15)]), 3..15);
    let document = Document { blocks: vec![body(vec![text("甲"), note, text("12日")])], ..Document::default() };
    let runs = |style: &str| -> Vec<(String, String)> {
        let parts = package(&document, style, &Options::default());
        let parts = read(&parts);
        let told = |run: &&Element| {
            let said = run.find("w:t").iter().map(|t| t.text.as_str()).collect::<String>();
            let layout = run.find("w:eastAsianLayout");
            let value = |name: &str| layout.first().map_or("", |layout| layout.attribute(name)) == "1";
            let kind = if value("w:combine") {
                "combined"
            } else if value("w:vert") {
                "abreast"
            } else {
                ""
            };
            (said, kind.to_owned())
        };
        parts["word/document.xml"].find("w:r").iter().map(told).filter(|(said, _)| !said.is_empty()).collect()
    };
    let told = |runs: &[(&str, &str)]| runs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>();
    assert_eq!(
        runs("vertical"),
        told(&[("甲", ""), ("（", ""), ("乙丙", "combined"), ("）", ""), ("12", "abreast"), ("日", "")])
    );
    assert_eq!(runs("book"), told(&[("甲", ""), ("（乙丙）", ""), ("12日", "")]));
}
