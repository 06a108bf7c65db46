//! Of notes and their marks.

use super::*;

#[test]
fn notes_that_are_counted_as_the_program_counts_are_counted_by_it() {
    let note = |label: &str| Footnote {
        label: label.into(),
        blocks: vec![body(vec![text("注")])],
        span: Span::default(),
        kind: NoteKind::Own,
    };
    let refer = |note| inline(InlineKind::NoteRef { note });
    let shown = |labels: &[&str], order: [usize; 3]| {
        let blocks = vec![body(vec![text("甲"), refer(order[0]), refer(order[1]), text("乙"), refer(order[2])])];
        let footnotes = labels.iter().map(|label| note(label)).collect();
        let parts = package(&Document { blocks, footnotes, ..Document::default() }, "book", &Options::default());
        let parts = read(&parts);
        let format = parts["word/settings.xml"].find("w:numFmt").first().map(|f| f.value().to_owned());
        (text_of(&parts), format.unwrap_or_default())
    };
    let none = String::new();
    assert_eq!(shown(&["1", "2"], [0, 1, 0]), ("甲[#][#]乙[1]\n[#]注\n[#]注\n".into(), none.clone()));
    let circled = "decimalEnclosedCircle".to_owned();
    assert_eq!(shown(&["①", "②"], [0, 1, 1]), ("甲##乙②\n#注\n#注\n".into(), circled));
    assert_eq!(shown(&["1", "3"], [0, 1, 1]), ("甲[1][3]乙[3]\n[1]注\n[3]注\n".into(), none.clone()));
    assert_eq!(shown(&["1", "2"], [1, 0, 0]), ("甲[2][1]乙[1]\n[1]注\n[2]注\n".into(), none));
}
