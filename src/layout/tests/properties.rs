//! Rules that hold for any text.

use super::*;
use crate::chinese::kinsoku::{may_begin, may_end};
use proptest::prelude::*;

fn chinese() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        12 => "[天地玄黄宇宙洪荒]{1,9}",
        4 => "[，。、；：？！]",
        2 => "[（《「“【][天地玄黄A-F]{1,4}[）》」”】]",
        2 => "[a-zA-Z]{1,9}",
        1 => "[0-9]{1,4}[.%]?[0-9]{0,2}",
        1 => Just("——".to_owned()),
        1 => Just("……".to_owned()),
        1 => "[ ·～々]",
    ];
    prop::collection::vec(piece, 1..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_are_full_and_their_edges_are_lawful(text in chinese(), measure in 12..40i32) {
        let style = flush(measure);
        let lines = seen(&[&text], &style);
        let last = lines.len() - 1;
        for (i, line) in lines.iter().enumerate() {
            let shown: Vec<char> = line.text.trim_end_matches(' ').chars().collect();
            if i < last {
                // What is short has fewer places than it would take to fill it, 1/3 em each.
                let rest = measure * 1000 - line.width;
                let places = line.glyphs.windows(2).filter(|pair| pair.iter().all(|g| Class::of(g.text) == Class::Han)).count();
                prop_assert!(rest == 0 || rest > places as i32 * 333, "line {} is not as wide as the measure: {}", i, line.text);
            } else {
                prop_assert!(line.width <= measure * 1000);
            }
            let (Some(&first), Some(&end)) = (shown.first(), shown.last()) else { continue };
            // B1, B2: no generated paragraph holds more than a line of marks together.
            if i > 0 && !text.contains("……，") {
                let held = line.text.chars().take_while(|&c| !may_begin(Class::of(c), style.kinsoku)).count();
                prop_assert!(held == 0 || first.is_ascii(), "line {} begins with {}: {:?}", i, first, lines.iter().map(|l| &l.text).collect::<Vec<_>>());
            }
            if i < last {
                prop_assert!(may_end(Class::of(end), style.kinsoku), "line {} ends with {}", i, end);
            }
        }
    }

    #[test]
    fn glyphs_do_not_overlap_nor_leave_the_line(text in chinese(), measure in 12..40i32) {
        for line in seen(&[&text], &flush(measure)) {
            let mut edge = i32::MIN;
            for glyph in line.glyphs.iter().filter(|g| g.text != ' ') {
                let x = glyph.x.0 / 10;
                let ink = if Class::of(glyph.text) == Class::Opening && glyph.advance.0 == 10_000 { x + 500 } else { x };
                prop_assert!(ink >= edge.saturating_sub(1), "{} overlaps in {}", glyph.text, line.text);
                let mark = Class::of(glyph.text).is_mark() && glyph.advance.0 == 10_000;
                edge = ink + if mark { 500 } else { glyph.advance.0 / 10 };
            }
            prop_assert!(edge <= measure * 1000 + 1);
        }
    }

    #[test]
    fn any_text_is_set_and_none_of_it_is_lost(text in "\\PC{0,200}", measure in 6..40i32) {
        let doc = document(vec![paragraph(&text), heading(2, &text)]);
        let (layout, _) = lay_out(&doc, &style(measure, 12), &Typewriter);
        prop_assert_eq!(layout.text(), doc.text().replace('\n', ""));
    }
}
