//! The appendices of a whole edition, read back from its PDF and its pages.

use crate::layout::{Layout, Tag};
use crate::options::{Format, Settings};
use crate::style::Style;
use crate::write::Deflate;
use crate::{Source, convert, fonts::Library, layout, read, verify};

fn settings(collation: bool, colophon: bool) -> Settings {
    let style = Style::builtin("book").unwrap();
    Settings { formats: vec![Format::Pdf], collation, colophon, ..Settings::new(style) }
}

fn source() -> Source {
    let story = "他说,山雨欲来.“来了,”她说,“走吧?”那天下着雨,街上没有人,只有一条狗走过去,又走回来.\n".repeat(80);
    Source::new("story.txt", "story.txt", format!("第一章 山雨\n{story}第二章 归途\n{story}").into_bytes())
}

/// The pages of `source` with their appendices.
fn bound(source: &Source, settings: &Settings) -> Layout {
    let library = Library::embedded().unwrap();
    let reading = read(source, settings).unwrap();
    let (mut layout, notes) =
        layout::lay_out(&reading.document, &settings.page_style(reading.document.meta.language), &library);
    super::bind(&mut layout, source, &reading, &notes, settings, &library);
    layout
}

/// All that is printed below elements with `tag`, artifacts left out.
fn printed(layout: &Layout, tag: Tag) -> String {
    let root = layout.structure.iter().position(|element| element.tag == tag).unwrap();
    let below = |mut id: u32| loop {
        if id as usize == root {
            return true;
        }
        match layout.structure[id as usize].parent {
            Some(parent) => id = parent.0,
            None => return false,
        }
    };
    let lines = layout.pages.iter().flat_map(|page| &page.lines);
    let own = lines.filter(|line| matches!(line.owner, layout::Owner::Element(e) if below(e.0)));
    own.flat_map(|line| &line.runs).flat_map(|run| &run.glyphs).map(|glyph| glyph.text).collect()
}

#[test]
fn the_collation_lists_every_change_once() {
    let source = source();
    let settings = settings(true, false);
    let reading = read(&source, &settings).unwrap();
    let said = printed(&bound(&source, &settings), Tag::Collation);
    // How many changes the lists of lines say there are: 3, 5(2), 7–9.
    let mut counted = 0;
    for list in said.split("行 ").skip(1) {
        let list = list.split(['〔', '第', '存']).next().unwrap();
        for item in list.split(", ") {
            let number = |text: &str| text.trim().parse::<usize>().unwrap();
            counted += match (item.split_once('–'), item.split_once('(')) {
                (Some((first, last)), _) => number(last) - number(first) + 1,
                (None, Some((_, times))) => number(times.trim_end_matches([')', ' '])),
                (None, None) => usize::from(number(item) > 0),
            };
        }
    }
    assert!(reading.normalized.edits.len() > 500);
    assert_eq!(counted, reading.normalized.account().count());
    assert!(said.contains("〔,〕→〔，〕 half-comma 行 "), "{said}");
}

#[test]
fn changes_of_the_layout_are_counted_and_not_listed() {
    let text = "他说,山雨欲来。 \r\n\r\n她没有回答，只是看着窗外的雨。\r\n";
    let source = Source::new("a.txt", "a.txt", text.into());
    let said = printed(&bound(&source, &settings(true, false)), Tag::Collation);
    // A space and three CR; the space and the CR behind it are told as one, and are two.
    assert!(said.contains("换行、空行与行末空白另有改动 4 处"), "{said}");
    assert!(said.contains("〔,〕→〔，〕") && !said.contains("newline"), "{said}");
}

#[test]
fn appendices_are_pages_of_their_own_and_no_part_of_the_text() {
    let source = source();
    let reading = read(&source, &settings(false, false)).unwrap();
    let (plain, bound) = (bound(&source, &settings(false, false)), bound(&source, &settings(true, true)));
    assert_eq!(bound.pages[..plain.pages.len()], plain.pages[..], "the pages of the text stay as they are");
    assert_eq!(bound.text(), reading.document.text().replace('\n', ""));
    assert!(printed(&bound, Tag::Colophon).contains(&source.sha256));
    let labels: Vec<usize> =
        bound.pages[plain.pages.len() - 1..].iter().map(|page| page.label.parse().unwrap()).collect();
    assert!(labels.windows(2).all(|pair| pair[1] == pair[0] + 1), "{labels:?}");

    let edition =
        convert(&source, &settings(true, true), &Library::embedded().unwrap(), &mut Deflate::default()).unwrap();
    let facts = verify::pdf_facts(edition.files[0].bytes.clone()).unwrap();
    assert_eq!(facts.pages, bound.pages.len());
    let measure = verify::Facts::of_document(&reading.document);
    assert_eq!(measure.compare(&facts.facts, verify::LineEnds::Joined), Ok(()));
}

#[test]
fn a_part_of_a_mirrored_book_begins_on_a_right_hand_page() {
    let source = source();
    let mut settings = settings(true, true);
    settings.print_ready = true;
    let layout = bound(&source, &settings);
    let first = |tag| {
        let root = layout.structure.iter().position(|element| element.tag == tag).unwrap() as u32;
        let above = |e: u32| e > root;
        let page = layout
            .pages
            .iter()
            .find(|page| page.lines.iter().any(|line| matches!(line.owner, layout::Owner::Element(e) if above(e.0))));
        page.unwrap().number
    };
    assert_eq!((first(Tag::Collation) % 2, first(Tag::Colophon) % 2), (1, 1));
}

#[test]
fn the_square_code_is_one_of_71_characters_in_capitals() {
    // ISO/IEC 18004 table 7: version 4-M holds 90 alphanumeric characters and 3-M only 61; a version 4 symbol has 33 modules a side.
    let code = super::colophon::square(&"0123456789abcdef".repeat(4));
    assert!(code.len() == 33 && code.iter().all(|row| row.len() == 33));
    // The finder pattern in its corner: dark, light and dark again.
    assert_eq!(code[0][..8], [true, true, true, true, true, true, true, false]);
    assert_eq!(code[1][..8], [true, false, false, false, false, false, true, false]);
}

#[test]
fn doubts_are_told_in_the_language_of_the_text() {
    let said = |text: &str| {
        let source = Source::new("a.txt", "a.txt", text.into());
        printed(&bound(&source, &settings(true, false)), Tag::Collation)
    };
    let chinese = said("他说：“山雨欲来，风满楼。\n\n她没有回答，只是看着窗外的雨。\n");
    assert!(chinese.contains("不成对的引号 quote-unbalanced 有始无终"), "{chinese}");
    let english = said("The rain is coming, and the wind fills the tower\u{E123}.\n\nShe did not answer him.\n");
    assert!(english.contains("a character that no font has missing-glyph U+E123 × 1"), "{english}");
}
