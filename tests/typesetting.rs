//! The rules of typesetting, looked for on finished pages: the fixtures and generated documents, in every style and with other settings.

mod edition;
mod proof;
mod settings;

use proptest::prelude::*;
use shanben::Source;
use shanben::document::*;
use shanben::fonts::Library;
use shanben::layout::{Layout, Line, Run, lay_out};
use shanben::style::{Kinsoku, Punctuation, Style};
use shanben::unit::Unit;
use std::path::Path;

fn library() -> Library {
    Library::load(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts")))
        .expect("the fonts are part of the repository")
}

#[test]
fn the_fixtures_are_set_without_a_fault_in_every_style() {
    let library = library();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut count = 0;
    for case in std::fs::read_dir(fixtures).unwrap() {
        for file in ["input.txt", "input.md"].map(|name| case.as_ref().unwrap().path().join(name)) {
            let Ok(bytes) = std::fs::read(&file) else { continue };
            let source = Source::new(&file, file.to_string_lossy(), bytes);
            for (name, style) in settings::all() {
                let reading = shanben::read(&source, &edition::settings(&style.name)).unwrap();
                let (layout, notes) = lay_out(&reading.document, &style, &library);
                let faults = proof::faults(&reading.document, &layout, &style, &notes);
                assert!(faults.is_empty(), "{} in {name}: {faults:?}", file.display());
                count += 1;
            }
        }
    }
    assert!(count >= 36, "{count} fixtures times styles");
}

/// The rules that pages of `text` break, whose lines are paragraphs, when they have been spoiled; before that they break none.
fn faults_of(text: &str, style: &Style, spoil: impl Fn(&mut Layout)) -> Vec<&'static str> {
    let block = |text: &str, at: usize| {
        let content = vec![Inline::text(text, at..at + text.len())];
        Block::new(BlockKind::Paragraph { role: Role::Body, content }, at..at + text.len())
    };
    let mut at = 0;
    let blocks = text.lines().map(|line| {
        at += line.len() + 1;
        block(line, at - line.len() - 1)
    });
    let doc = Document { blocks: blocks.collect(), ..Document::default() };
    let (mut layout, notes) = lay_out(&doc, style, &library());
    let sound = proof::faults(&doc, &layout, style, &notes);
    assert!(sound.is_empty(), "{text}: {sound:?}");
    spoil(&mut layout);
    proof::faults(&doc, &layout, style, &notes).into_iter().map(|(rule, _)| rule).collect()
}

/// The line of `layout` that has `c`, and the place of `c` among its runs and glyphs.
fn find(layout: &mut Layout, c: char) -> (&mut Line, usize, usize) {
    let lines = layout.pages.iter_mut().flat_map(|page| &mut page.lines);
    let mut found = lines.filter_map(|line| {
        let run = line.runs.iter().position(|run| run.glyphs.iter().any(|glyph| glyph.text == c))?;
        let glyph = line.runs[run].glyphs.iter().position(|glyph| glyph.text == c)?;
        Some((line, run, glyph))
    });
    found.next().unwrap_or_else(|| panic!("{c} is on no page"))
}

/// Moves `c`, and all that stands behind it in its line, by thousandths of an em; the line keeps its width.
fn shift(layout: &mut Layout, c: char, by: i32) {
    let (line, at, glyph) = find(layout, c);
    let by = line.runs[at].size.em(by);
    for (r, run) in line.runs.iter_mut().enumerate().skip(at) {
        let from = if r == at { glyph } else { 0 };
        run.glyphs.iter_mut().skip(from).for_each(|glyph| glyph.x += by);
    }
}

/// Moves the characters behind `c` from the end of its line to the start of the next one.
fn push_out(layout: &mut Layout, c: char) {
    let (line, run, glyph) = find(layout, c);
    let mut moved: Vec<Run> = line.runs.split_off(run + 1);
    let rest = line.runs[run].glyphs.split_off(glyph + 1);
    let first = Run { glyphs: rest, ..line.runs[run].clone() };
    moved.insert(0, first);
    let owner = line.owner;
    let below = line.baseline;
    let next = layout.pages.iter_mut().flat_map(|page| &mut page.lines);
    let next = next.filter(|line| line.owner == owner && line.baseline > below).min_by_key(|line| line.baseline);
    let next = next.expect("a line below");
    moved.retain(|run| !run.glyphs.is_empty());
    next.runs.splice(0..0, moved);
}

/// Moves what stands before `c` in its line, and `c`, to the end of the line above.
fn pull_in(layout: &mut Layout, c: char) {
    let (line, run, glyph) = find(layout, c);
    assert_eq!(run, 0, "{c} is in the first run of its line");
    let moved: Vec<_> = line.runs[0].glyphs.drain(..=glyph).collect();
    let below = line.baseline;
    let above = layout.pages[0].lines.iter_mut().filter(|line| line.baseline < below).max_by_key(|line| line.baseline);
    let above = above.expect("a line above");
    let like = above.runs[0].clone();
    above.runs.push(Run { glyphs: moved, ..like });
}

#[test]
fn every_rule_of_the_line_is_told_where_it_is_broken() {
    let han = |count: usize| "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往".chars().cycle().take(count).collect::<String>();
    let book = Style::builtin("book").expect("a built-in style");
    let set = |change: fn(&mut Style)| {
        let mut style = book.clone();
        change(&mut style);
        style
    };
    let strict = set(|style| style.kinsoku = Kinsoku::Strict);
    let hanging = set(|style| style.hanging = true);
    let kaiming = set(|style| style.punctuation = Punctuation::Kaiming);
    let quanjiao = set(|style| style.punctuation = Punctuation::Quanjiao);
    let two = |start: &str| format!("{start}{}", han(60 - start.chars().count()));
    type Spoil = Box<dyn Fn(&mut Layout)>;
    let moved = |c: char, by: i32| -> Spoil { Box::new(move |layout| shift(layout, c, by)) };
    let pushed = |c: char| -> Spoil { Box::new(move |layout| push_out(layout, c)) };
    let pulled = |c: char| -> Spoil { Box::new(move |layout| pull_in(layout, c)) };
    let line = |change: fn(&mut Line)| -> Spoil { Box::new(move |layout| change(&mut layout.pages[0].lines[0])) };
    let cases: Vec<(&str, String, &Style, Spoil)> = vec![
        // The gap between two marks, in the last line of a paragraph and in another.
        ("D5 natural", "甲》《乙丙".into(), &book, moved('《', 500)),
        ("D5 natural", "甲》《乙丙".into(), &book, moved('《', -400)),
        ("D3 stretch", two("甲》《乙》《丙"), &book, moved('《', 500)),
        ("D2 squeeze", two("甲》《乙》《丙"), &book, moved('《', -600)),
        ("D5 natural", "甲。（乙丙".into(), &quanjiao, moved('（', 500)),
        ("D5 natural", "甲，乙丙".into(), &kaiming, moved('乙', 500)),
        ("D5 natural", "甲。乙丙".into(), &kaiming, moved('乙', -500)),
        // What no line may part does not change.
        ("C1 fixed", two("甲》乙丙"), &book, moved('》', 300)),
        ("C1 fixed", two("（甲》乙丙"), &book, moved('甲', 300)),
        ("C2 end", "天地，".into(), &book, line(|line| line.width += Unit::pt(6))),
        ("D4 end", "天地".into(), &book, line(|line| line.width += Unit::pt(3))),
        ("C3 start", "（天地）".into(), &book, moved('（', 500)),
        ("D4 start", "天地A".into(), &book, moved('天', 250)),
        ("D5 natural", "天A地".into(), &book, moved('A', -250)),
        ("D5 natural", "天 A 地".into(), &book, moved('A', 250)),
        ("D5 natural", "天，A地".into(), &book, moved('A', 250)),
        ("D5 natural", "Yes no".into(), &book, moved('n', 100)),
        // The ladders.
        ("D2 squeeze", two("甲乙。丙丁A戊"), &book, moved('丙', -250)),
        ("D2 squeeze", two("甲乙A丙"), &book, moved('丙', -200)),
        ("D3 stretch", two("甲乙丙丁A戊"), &book, moved('丙', 400)),
        ("D2 squeeze", two("甲乙A丙"), &book, moved('丙', 200)),
        ("D3 word", two("甲ABC乙"), &book, moved('B', 300)),
        ("D6 hanging", format!("{}，{}", han(34), han(20)), &hanging, moved('，', 200)),
        // Parting.
        ("B1 start", format!("{}甲，{}", han(32), han(20)), &book, pushed('甲')),
        ("B1 start", format!("{}甲·{}", han(32), han(20)), &book, pushed('甲')),
        ("B2 end", format!("{}（乙）{}", han(34), han(20)), &book, pulled('（')),
        ("B3 start", format!("{}甲——{}", han(31), han(20)), &strict, pushed('甲')),
        ("B4 parted", format!("{}——甲{}", han(31), han(20)), &book, pushed('—')),
        ("B5 parted", format!("{}34.6{}", han(31), han(20)), &book, pushed('.')),
        ("B5 parted", format!("{}10:30{}", han(30), han(20)), &book, pushed('1')),
        ("B5 parted", format!("{}word{}", han(31), han(20)), &book, pushed('w')),
        ("B6 area", han(60), &book, line(|line| line.x += Unit::pt(12))),
        ("D width", han(60), &book, line(|line| line.width += -Unit::pt(1))),
        ("E1 indent", han(60), &book, line(|line| line.x += -Unit::pt(12))),
        ("E1 grid", han(60), &book, line(|line| line.baseline += Unit::pt(1))),
        ("D5 lone", format!("{}甲乙。", han(34)), &book, pulled('甲')),
    ];
    for (rule, text, style, spoil) in cases {
        let found = faults_of(&text, style, spoil);
        assert!(found.contains(&rule), "{rule}: {text}: {found:?}");
    }
}

#[test]
fn every_rule_of_the_page_is_told_where_it_is_broken() {
    let book = Style::builtin("book").expect("a built-in style");
    let long = "天地玄黄宇宙洪荒日月盈昃辰宿列张".repeat(9);
    // The last paragraph would begin on the last line of the first page, and is wholly on the second.
    let text = format!("{}{long}", "天地玄黄\n".repeat(33));
    for (rule, moved) in [("E3 orphan", 1), ("E3 widow", 4)] {
        let found = faults_of(&text, &book, |layout| {
            let lines: Vec<Line> = layout.pages[1].lines.drain(..moved).collect();
            layout.pages[0].lines.splice(33..33, lines);
        });
        assert!(found.contains(&rule), "{rule}: {found:?}");
    }
}

/// A paragraph of running text with what makes it hard to break.
fn paragraph() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        12 => "[天地玄黄宇宙洪荒日月盈昃]{1,9}",
        5 => "[，。、；：？！]",
        2 => "[（《「“【][天地玄黄A-F]{1,4}[）》」”】]",
        2 => "[a-z]{1,9}",
        1 => "[0-9]{1,4}(\\.[0-9]{1,2})?[%℃]?",
        1 => Just("——".to_owned()),
        1 => Just("……".to_owned()),
        1 => "[ ·～々]",
    ];
    ("[天地玄黄]{2}", prop::collection::vec(piece, 1..120)).prop_map(|(first, rest)| first + &rest.concat())
}

/// Headings and paragraphs, with the places that they would have in a text.
fn document() -> impl Strategy<Value = Document> {
    let heading = (1..5u8, "[天地玄黄宇宙洪荒]{3,60}").prop_map(|(level, text)| (Some(level), text));
    let block = prop_oneof![1 => heading, 5 => paragraph().prop_map(|text| (None, text.trim().to_owned()))];
    (prop::collection::vec(block, 1..25), paragraph()).prop_map(|(mut blocks, last)| {
        blocks.push((None, last.trim().to_owned()));
        let mut at = 0;
        let blocks = blocks.into_iter().map(|(level, text)| {
            let span = at..at + text.len();
            at = span.end + 1;
            let content = vec![Inline::text(text, span.clone())];
            let kind = match level {
                Some(level) => BlockKind::Heading(Heading {
                    level,
                    title: false,
                    label: None,
                    content,
                    reason: "generated",
                    weighed: None,
                }),
                None => BlockKind::Paragraph { role: Role::Body, content },
            };
            Block::new(kind, span)
        });
        Document { blocks: blocks.collect(), ..Document::default() }
    })
}

/// In how many shares the styles and settings are tried.
const SHARES: usize = 5;

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_pages_have_no_fault_in_any_style(doc in document(), turn in 0..SHARES) {
        let library = library();
        // Each document is set in a share of the styles and settings.
        for (name, style) in settings::all().into_iter().skip(turn).step_by(SHARES) {
            let (layout, notes) = lay_out(&doc, &style, &library);
            let faults = proof::faults(&doc, &layout, &style, &notes);
            prop_assert!(faults.is_empty(), "{}: {:?}", name, faults);
        }
    }
}
