//! Lines: worked examples of each rule.

use super::*;
use crate::style::{Kinsoku, Marks, Punctuation};

/// `count` Han characters.
fn han(count: usize) -> String {
    "天地玄黄宇宙洪荒日月盈昃辰宿列张".chars().cycle().take(count).collect()
}

#[test]
fn adjacent_marks_take_one_em_and_a_half_c1() {
    let style = flush(20);
    for text in ["甲》《乙", "甲」」乙", "甲「「乙", "甲。”乙", "甲，（乙", "甲：「乙", "甲」，乙", "甲！！乙"]
    {
        let lines = seen(&[text], &style);
        assert_eq!(at(&lines[0], '乙'), 2500, "{text}");
    }
    // What is lost of 。” is the blank of the stop; the quote stands where the blank was.
    let lines = seen(&["甲。”乙"], &style);
    assert_eq!((at(&lines[0], '。'), at(&lines[0], '”')), (1000, 1500));
    // Of 》《 the ink of both stands at the outer edges.
    let lines = seen(&["甲》《乙"], &style);
    assert_eq!((at(&lines[0], '》'), at(&lines[0], '《')), (1000, 1500));
}

#[test]
fn a_mark_at_the_end_of_a_line_is_half_an_em_wide_c2() {
    let text = format!("{}，{}", han(9), han(12));
    let lines = seen(&[&text], &flush(10));
    assert_eq!(lines[0].text.chars().count(), 10);
    assert_eq!(lines[0].width, 10_000);
    let comma = lines[0].glyphs[9];
    assert_eq!(comma.x.0 / 10, 9_500, "its ink ends at the measure");
}

#[test]
fn marks_of_taiwan_stand_in_the_middle_of_a_whole_em() {
    let style = Style { marks: Marks::Middle, ..flush(10) };
    for (text, places) in
        [("甲，乙", [1000, 2000]), ("甲，「乙", [1000, 2500]), ("甲。」乙", [1000, 3000]), ("甲」。乙", [1500, 2500])]
    {
        let lines = seen(&[text], &style);
        let mark = lines[0].glyphs.iter().find(|glyph| "，。".contains(glyph.text)).unwrap();
        assert_eq!([mark.x.0 / 10, at(&lines[0], '乙')], places, "{text}");
        assert_eq!(mark.posture, Posture::Middle, "{text}");
    }
    let lines = seen(&[&format!("{}，{}", han(9), han(12))], &style);
    assert_eq!(
        lines[0].glyphs.iter().map(|glyph| glyph.x.0 / 10).collect::<Vec<_>>(),
        (0..10).map(|n| n * 1000).collect::<Vec<_>>()
    );
    // Those of half a width, and those of code, stand as they are.
    let lines = seen(&["甲､乙"], &style);
    assert_eq!(lines[0].glyphs[1].posture, Posture::Upright);
}

#[test]
fn an_opening_mark_at_the_start_of_a_line_loses_its_front_c3() {
    let lines = seen(&["（甲）乙"], &flush(20));
    assert_eq!((at(&lines[0], '（'), at(&lines[0], '甲')), (-500, 500));
    // In an indented first line too.
    let lines = seen(&["（甲）乙"], &style(20, 40));
    assert_eq!((lines[0].x, at(&lines[0], '（')), (2000, -500));
}

#[test]
fn the_four_widths_of_marks_c4() {
    let mut style = flush(20);
    let places = |style: &Style| {
        let lines = seen(&["甲，乙。丙（丁）》戊"], style);
        ['乙', '丙', '丁', '戊'].map(|c| at(&lines[0], c))
    };
    assert_eq!(places(&style), [2000, 4000, 6000, 8500]);
    style.punctuation = Punctuation::Quanjiao;
    assert_eq!(places(&style), [2000, 4000, 6000, 8500]);
    style.punctuation = Punctuation::Kaiming;
    assert_eq!(places(&style), [1500, 3500, 5000, 7000]);
    style.punctuation = Punctuation::Banjiao;
    assert_eq!(places(&style), [1500, 3000, 4500, 6500]);
}

#[test]
fn han_and_western_are_a_quarter_em_apart_and_a_space_is_that_gap_d4() {
    let style = flush(30);
    let lines = seen(&["甲AB乙"], &style);
    assert_eq!((at(&lines[0], 'A'), at(&lines[0], '乙')), (1250, 2500));
    let lines = seen(&["甲 AB 乙"], &style);
    assert_eq!((at(&lines[0], 'A'), at(&lines[0], '乙')), (1250, 2500), "the space of the text is the gap");
    let lines = seen(&["甲，AB。乙"], &style);
    assert_eq!((at(&lines[0], 'A'), at(&lines[0], '。')), (2000, 3000), "none beside a mark");
}

#[test]
fn a_space_beside_a_mark_is_nothing_and_between_two_marks_too_c1_d4() {
    let mut style = flush(20);
    let place = |text: &str, style: &Style| at(&seen(&[text], style)[0], '乙');
    assert_eq!(place("甲， 乙", &style), 2000);
    assert_eq!(place("甲： ，乙", &style), 2500);
    assert_eq!(place("甲） （乙", &style), 2500);
    assert_eq!(place("（ A乙", &style), 1250);
    style.punctuation = Punctuation::Quanjiao;
    assert_eq!(place("甲， 乙", &style), 2000);
    // No blank is between the two, and none is lost.
    assert_eq!(place("「」乙", &style), 2000);
    assert_eq!(place("「。乙", &style), 2000);
}

#[test]
fn a_word_longer_than_a_line_is_parted_where_the_prohibitions_allow_it_b1_b6() {
    for before in 0..6 {
        let text = format!("{}{}", "x".repeat(before), "%E6%9D%8E".repeat(9));
        for line in lines(&text, &flush(10)).iter().skip(1) {
            assert!(!line.starts_with('%'), "{line}");
        }
    }
}

#[test]
fn squeezing_goes_by_steps_each_evenly_d2() {
    // Half an em too long for ten: the brackets give it, a quarter each; the comma keeps its own.
    let text = format!("「甲（乙）丙，丁戊己庚{}", han(14));
    let lines = seen(&[&text], &flush(10));
    let first = &lines[0];
    assert_eq!((first.text.as_str(), first.width), ("「甲（乙）丙，丁戊己庚", 10_000));
    assert_eq!([at(first, '乙') - at(first, '甲'), at(first, '丙') - at(first, '乙')], [1750, 1750]);
    assert_eq!(at(first, '丁') - at(first, '，'), 1000);
}

#[test]
fn stretching_begins_with_western_spaces_then_gaps_then_all_d3() {
    let em = |a: i32, b: i32| b - a;
    // 9.8 em natural in 10: the gaps take it.
    let text = format!("甲乙A丙丁B戊己庚辛{}", han(20));
    let lines = seen(&[&text], &flush(10));
    assert!(lines.iter().rev().skip(1).all(|line| line.width == 10_000));
    let first = &lines[0];
    assert!(em(at(first, '甲'), at(first, '乙')) >= 1000);
    let gap = at(first, 'A') - at(first, '乙') - 1000;
    assert!((125..=333).contains(&gap), "{gap}");
}

#[test]
fn a_last_line_is_never_one_character_d5() {
    for length in 21..=45 {
        let lines = lines(&han(length), &flush(20));
        assert!(lines.last().is_some_and(|l| l.chars().count() >= 2), "{length}: {lines:?}");
        let with_stop = super::lines(&format!("{}。”", han(length)), &flush(20));
        assert!(with_stop.last().is_some_and(|l| l.chars().count() >= 4), "{length}: {with_stop:?}");
    }
}

#[test]
fn dashes_and_ellipses_are_whole_b4() {
    for before in 5..24 {
        let text = format!("{}——{}……………{}", han(before), han(7), han(9));
        for line in lines(&text, &flush(10)) {
            let dashes = line.chars().filter(|&c| c == '—').count();
            assert_ne!(dashes, 1, "{line}");
        }
        // A dash too many stays with the pair before it.
        for line in lines(&format!("{}———{}", han(before), han(9)), &flush(10)) {
            let dashes = line.chars().filter(|&c| c == '—').count();
            assert!(dashes == 0 || dashes == 3, "{line}");
        }
    }
}

#[test]
fn numbers_and_words_stay_whole_and_addresses_break_where_they_may_b5() {
    for before in 0..12 {
        let text = format!("{}34.6%与￥1,200.50及2018-01-05在10:30。{}", han(before), han(12));
        let lines = lines(&text, &flush(12));
        for whole in ["34.6%", "￥1,200.50", "2018-01-05", "10:30"] {
            assert!(lines.iter().any(|line| line.contains(whole)), "{whole} is parted: {lines:?}");
        }
    }
    let url = "见https://example.com/a_b/c-d.html?x=1&y=2。";
    for line in lines(url, &flush(12)).iter().rev().skip(1) {
        assert!(line.ends_with(['/', '.', '?', '&', '=', '-', '_', '见']), "{line}");
    }
}

#[test]
fn what_is_longer_than_a_line_is_parted_b6() {
    for text in ["a".repeat(95), "」".repeat(40), format!("中{}文", "x".repeat(60)), "—".repeat(31)] {
        for line in seen(&[&text], &flush(10)) {
            assert!(line.width <= 10_000, "{}", line.text);
        }
    }
}

#[test]
fn words_are_hyphenated_only_where_a_line_needs_it() {
    let mut style = flush(14);
    let text = "The extraordinary administration of internationalization considerations notwithstanding everything";
    assert!(seen(&[text], &style).iter().all(|line| !line.hyphen));
    style.hyphenate = true;
    let lines = seen(&[text], &style);
    assert!(lines.iter().any(|line| line.hyphen));
    style.page.measure = 60;
    assert!(seen(&[text], &style).iter().all(|line| !line.hyphen));
}

#[test]
fn a_stop_may_hang_where_the_style_allows_it_d6() {
    let mut style = flush(10);
    style.hanging = true;
    let text = format!("{}。{}", han(10), han(12));
    let lines = seen(&[&text], &style);
    assert_eq!(lines[0].text, format!("{}。", han(10)));
    assert_eq!((lines[0].width, at(&lines[0], '。')), (10_000, 10_000));
}

#[test]
fn a_run_of_dashes_may_be_parted_between_its_units_only_where_the_level_allows_b3() {
    let mut style = flush(10);
    let text = format!("{}——{}", han(10), han(12));
    style.kinsoku = Kinsoku::Strict;
    assert!(lines(&text, &style).iter().all(|line| !line.starts_with('—')));
}

#[test]
fn a_character_without_a_glyph_is_set_as_its_code_point_f2() {
    let doc = document(vec![paragraph("甲𠮷乙\u{e000}")]);
    let (layout, notes) = lay_out(&doc, &flush(20), &Typewriter);
    assert_eq!(layout.text(), "甲𠮷乙\u{e000}");
    assert_eq!(
        notes.iter().map(|n| format!("{} {}", n.kind, n.detail)).collect::<Vec<_>>(),
        ["missing-glyph U+E000 × 1", "missing-glyph U+20BB7 × 1"]
    );
    assert!(layout.pages[0].rules.len() >= 8, "two frames");
}

#[test]
fn an_automatic_break_is_set_as_a_forced_one() {
    let mut style = flush(10);
    style.body.align = crate::style::Alignment::Left;
    for c in "）》」』】，、；：。！？·－～／%々（《「“".chars() {
        let text = format!("{}{c}{}", han(9), han(8));
        let wrapped = seen(&[&text], &style);
        let apart: Vec<&str> = wrapped.iter().map(|line| line.text.as_str()).collect();
        for (a, b) in wrapped.iter().zip(&seen(&apart, &style)) {
            assert_eq!(a.glyphs, b.glyphs, "{c}");
        }
    }
}

#[test]
fn a_sign_that_hangs_on_to_a_character_is_no_second_one_d5() {
    for length in 16..40 {
        for end in ["％。", "℃", "）。", "??，", "：\""] {
            let lines = lines(&format!("{}{end}", han(length)), &flush(20));
            let last = lines.last().map_or(0, |l| l.chars().filter(|c| c.is_alphanumeric()).count());
            assert!(lines.len() == 1 || last >= 2, "{lines:?}");
        }
    }
}

#[test]
fn code_keeps_the_prohibitions_where_it_wraps_b1_b2_e6() {
    let mut style = flush(20);
    style.code.size = style.body.size;
    for before in 14..24 {
        let text = format!("  {}，（{}）。foo(a, b);", han(before), han(9));
        let block = Block::new(BlockKind::Code { language: None, text: text.clone() }, 0..0);
        let (layout, _) = lay_out(&document(vec![block]), &style, &Typewriter);
        assert_eq!(layout.text(), text);
        let content = layout.pages.iter().flat_map(|p| &p.lines).filter(|l| l.owner != Owner::Artifact);
        let lines: Vec<String> =
            content.map(|l| l.runs.iter().flat_map(|r| &r.glyphs).map(|g| g.text).collect()).collect();
        assert!(lines.len() > 1 && lines[0].starts_with("  天"), "{lines:?}");
        for pair in lines.windows(2) {
            assert!(!pair[0].ends_with('（') && !pair[1].starts_with(['，', '）', '。', ';']), "{lines:?}");
        }
    }
}

#[test]
fn ragged_text_fills_its_lines_but_for_what_a_lone_character_takes_with_it_d5() {
    let mut style = flush(20);
    style.body.align = crate::style::Alignment::Left;
    let lengths = |text: &str| lines(text, &style).iter().map(|line| line.chars().count()).collect::<Vec<_>>();
    assert_eq!(lengths(&han(41)), [20, 19, 2]);
    assert_eq!(lengths(&format!("{}，天", han(39))), [20, 18, 3], "no line begins with a mark");
    assert_eq!(lengths(&han(42)), [20, 20, 2]);
}

#[test]
fn a_line_that_no_lawful_break_keeps_from_being_loose_is_reported_d3() {
    let told = |before: usize, word: &str| {
        let text = format!("{}（{word}）{}", han(before), han(20));
        let (_, notes) = lay_out(&document(vec![paragraph(&text)]), &flush(20), &Typewriter);
        notes.iter().map(|n| format!("{} {}", n.kind, n.detail)).collect::<Vec<_>>()
    };
    // 17 characters in a line of 20: three ems at sixteen places.
    assert_eq!(told(17, &"x".repeat(30)), ["loose-line 1, at most 0.187 em"]);
    // 13 characters: seven ems at twelve places are too much, and the line is left ragged.
    assert_eq!(told(13, &"x".repeat(30)), ["ragged-line 1"]);
    let lines = seen(&[&format!("{}（{}）{}", han(13), "x".repeat(30), han(20))], &flush(20));
    assert_eq!(lines[0].width, 13_000);
    let (_, notes) = lay_out(&document(vec![paragraph(&han(100))]), &flush(20), &Typewriter);
    assert!(notes.is_empty());
}

#[test]
fn names_that_programs_know_are_parted_at_their_own_signs_b5() {
    let mut style = flush(14);
    style.hyphenate = true;
    let lines = |name: &str| -> Vec<Seen> {
        (2..12).flat_map(|n| seen(&[&format!("{}{name}{}", han(n), han(20))], &style)).collect()
    };
    for name in ["webapps-internal-search", "maximum_record_length", "/usr/share/document", "application.settings"] {
        let lines = lines(name);
        assert!(lines.iter().all(|line| !line.hyphen), "{name}");
        assert!(lines.iter().any(|line| line.text.ends_with(['-', '_', '/', '.'])), "{name}");
    }
    for word in ["Node.js", "U.S.A.", "Ph.D."] {
        assert!(lines(word).iter().all(|line| !line.text.ends_with('.') || line.text.contains(word)), "{word}");
    }
    // A compound of two words is hyphenated as words are.
    assert!(lines("well-established").iter().any(|line| line.hyphen));
}

#[test]
fn words_whose_spaces_were_lost_are_hyphenated_and_names_are_not_b5() {
    let mut style = flush(14);
    style.hyphenate = true;
    let broken = |text: &str| (2..12).any(|n| seen(&[&format!("{}{text}{}", han(n), han(20))], &style)[0].hyphen);
    assert!(broken("TheaterandtheVienna"));
    assert!(!broken("LibreOffice"));
}

/// The runs of the only line of one paragraph of `content`.
fn runs(content: Vec<Inline>, style: &Style) -> Vec<Run> {
    let doc = document(vec![Block::new(BlockKind::Paragraph { role: Role::Body, content }, 0..0)]);
    let (layout, _) = lay_out(&doc, style, &Typewriter);
    assert_eq!(layout.text(), doc.text().replace('\n', ""));
    let mut lines = layout.pages.into_iter().flat_map(|p| p.lines).filter(|l| l.owner != Owner::Artifact);
    lines.next().map(|line| line.runs).unwrap_or_default()
}

#[test]
fn a_reading_stands_over_the_middle_of_its_characters_and_its_brackets_are_not_seen() {
    let ruby =
        |base: &str, reading: &str| Inline::new(InlineKind::Ruby { base: base.into(), reading: reading.into() }, 0..0);
    let place = |runs: &[Run], c: char| {
        runs.iter().flat_map(|r| &r.glyphs).find(|g| g.text == c).map_or(i32::MIN, |g| g.x.0 / 10)
    };
    // Narrower than its characters: four letters of a quarter em over two characters.
    let set = runs(vec![Inline::text("天", 0..0), ruby("汉字", "abcd"), Inline::text("地", 0..0)], &flush(20));
    assert_eq!(['天', '汉', '字', '地'].map(|c| place(&set, c)), [0, 1000, 2000, 3000]);
    assert_eq!(place(&set, 'a'), 1500);
    let reading = set.iter().find(|r| r.glyphs[0].text == 'a').map(|r| (r.size, r.rise, r.means));
    assert_eq!(reading, Some((Unit::pt(5), Unit(9400), Means::Text)));
    let unseen: String =
        set.iter().filter(|r| r.means == Means::Unseen).flat_map(|r| &r.glyphs).map(|g| g.text).collect();
    assert_eq!(unseen, "（）");
    // Wider: eight letters take 2 em and an eighth is left free; the characters are parted for it.
    let set = runs(vec![ruby("永", "abcdefgh"), Inline::text("地", 0..0)], &flush(20));
    // At the line's start it stands over nothing, over the next character a quarter of an em.
    assert_eq!((place(&set, '永'), place(&set, 'a'), place(&set, '地')), (562, 62, 2125 - 250));
    // Between two characters it stands over both; what it needs beyond that parts them from its base.
    let set = runs(vec![Inline::text("天", 0..0), ruby("永", "abcdef"), Inline::text("地", 0..0)], &flush(20));
    assert_eq!(['天', '永', '地'].map(|c| place(&set, c)), [0, 1062, 2125]);
    assert_eq!(place(&set, 'a'), 812);
    // Beside another reading it stands over nothing.
    let set = runs(vec![ruby("永", "abcdef"), ruby("字", "ghijkl"), Inline::text("地", 0..0)], &flush(20));
    let (first, second) = (place(&set, 'a'), place(&set, 'g'));
    assert_eq!(second - first, 1500 + 125, "an eighth of an em is between the readings");
    assert_eq!(place(&set, '地'), 3250);
}

#[test]
fn a_ruby_is_never_parted_and_a_long_one_is_text_in_brackets() {
    for before in 1..25 {
        let content = vec![
            Inline::text(han(before), 0..0),
            Inline::new(InlineKind::Ruby { base: "宇宙洪荒".into(), reading: "yuzhouhonghuang".into() }, 0..0),
            Inline::text(han(12), 0..0),
        ];
        let doc = document(vec![Block::new(BlockKind::Paragraph { role: Role::Body, content }, 0..0)]);
        let (layout, _) = lay_out(&doc, &flush(12), &Typewriter);
        assert_eq!(layout.text(), doc.text().replace('\n', ""));
        let line = layout.pages[0].lines.iter().find(|l| l.runs.iter().any(|r| r.means == Means::Unseen));
        let text: String = line.iter().flat_map(|l| &l.runs).flat_map(|r| &r.glyphs).map(|g| g.text).collect();
        assert!(text.contains("宇宙洪荒（yuzhouhonghuang）"), "{text}");
    }
    let long = Inline::new(InlineKind::Ruby { base: han(11), reading: "abc".into() }, 0..0);
    assert!(runs(vec![long], &flush(20)).iter().all(|r| r.means == Means::Text));
}

#[test]
fn emphasis_is_another_face_or_dots_below_all_but_marks_e8() {
    let emphasis = || vec![Inline::new(InlineKind::Emphasis(vec![Inline::text("天，地", 0..0)]), 0..0)];
    let mut style = flush(20);
    assert_eq!(
        runs(emphasis(), &style).iter().map(|r| r.font).collect::<Vec<_>>(),
        [FontId(crate::style::Face::Kai.index() as u8)]
    );
    style.emphasis = crate::style::Emphasis::Dots;
    let set = runs(emphasis(), &style);
    assert_eq!((set[0].font, set[1].means), (FontId(crate::style::Face::Song.index() as u8), Means::Nothing));
    let dots: Vec<i32> = set[1].glyphs.iter().map(|g| (g.x + g.advance / 2).0 / 10).collect();
    assert_eq!(dots, [500, 2500]);
    assert!(set[1].rise < Unit::ZERO);
}

#[test]
fn an_accent_is_nothing_to_what_comes_after_it_b5() {
    let mut style = flush(10);
    style.kinsoku = Kinsoku::Gb;
    for before in 0..10 {
        let lines = lines(&format!("{}re\u{301}sume\u{301}s{}", han(before), han(12)), &style);
        assert!(lines.iter().any(|line| line.contains("re\u{301}sume\u{301}s")), "{lines:?}");
    }
}

#[test]
fn what_a_line_may_not_part_is_not_drawn_apart_d3() {
    // Nine ems in ten, before a word that does not fit: five places take a fifth of an em each, none of them beside what is enclosed.
    let text = format!("天地，玄黄《宇》宙ABCDEFG{}", han(20));
    let lines = seen(&[&text], &flush(10));
    let first = &lines[0];
    assert_eq!((first.text.as_str(), first.width), ("天地，玄黄《宇》宙", 10_000));
    assert_eq!((at(first, '地') - at(first, '天'), at(first, '玄') - at(first, '，')), (1200, 1200));
    assert_eq!(at(first, '，') - at(first, '地'), 1000);
    assert_eq!((at(first, '宇') - at(first, '《'), at(first, '》') - at(first, '宇')), (1000, 1000));
}
