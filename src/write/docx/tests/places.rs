//! Where paragraphs stand that are not where their style says.

use super::*;

#[test]
fn parties_stand_behind_tabs_verse_as_a_block_and_titles_as_narrow_as_their_sense_asks() {
    let line = |l: &str| VerseLine { content: vec![text(l)], span: Span::default() };
    let stanza = Stanza { lines: vec![line("旧渡无人草自青"), line("夜来风雨")] };
    let blocks = vec![
        heading(1, true, vec![text("某市人民政府关于进一步做好城区防汛抗旱工作的通知")]),
        role(Role::Signature, "甲方（签字）：____    乙方（签字）：____"),
        block(BlockKind::Verse(vec![stanza])),
    ];
    let parts = package(&Document { blocks, ..Document::default() }, "paper", &Options::default());
    let main = &read(&parts)["word/document.xml"];
    // Thirty-two characters of 14 pt: two in, and half of what is left.
    let stops: Vec<&str> = main.find("w:tabs").iter().map(|tabs| tabs.children[0].attribute("w:pos")).collect();
    assert_eq!(stops, ["4760"]);
    assert_eq!(main.find("w:tab").len(), 2, "the stop, and the one between the pieces");
    let left: Vec<i32> = main.find("w:ind").iter().map(|indent| indent.attribute("w:left").parse().unwrap()).collect();
    // The title is as wide as 某市人民政府关于进一步做好 and 0.4 of a character of 22 pt; verse stands in the middle as its longest line does.
    assert_eq!(left, [1532, 560, 3500]);
}
