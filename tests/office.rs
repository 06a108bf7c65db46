//! The page of official documents, measured: what the layout has placed against the lengths of GB/T 9704, in `data/office/lengths.tsv`. The
//! checks by outside readers measure the same in the PDF.

use shanben::fonts::Library;
use shanben::layout::{self, Course, Layout, Means, Page};
use shanben::unit::Unit;
use std::collections::BTreeMap;
use std::path::Path;

mod edition;

/// How far a length may be off, in millimetres.
const OFF: f64 = 0.2;
/// Rules that are at least so wide stand across the page.
const ACROSS: f64 = 100.0;

fn mm(length: Unit) -> f64 {
    f64::from(length.0) * 25.4 / 72_000.0
}

/// Left, top, right and lower edge.
type Edges = [f64; 4];

/// The em squares of `text` on a page, blanks left out.
fn find(page: &Page, text: &str) -> Option<Edges> {
    let wanted: Vec<char> = text.chars().collect();
    page.lines.iter().find_map(|line| {
        let glyphs: Vec<(char, Edges)> = line
            .runs
            .iter()
            .filter(|run| matches!(run.means, Means::Text | Means::Nothing))
            .flat_map(|run| {
                run.glyphs.iter().filter(|glyph| !glyph.text.is_whitespace()).map(move |glyph| {
                    let (above, below) = (run.size.em(880), run.size.em(120));
                    let square = match line.course {
                        Course::Turned => {
                            let top = line.baseline + glyph.x;
                            [line.x - below, top, line.x + above, top + glyph.advance]
                        }
                        Course::Level | Course::Column => {
                            let (left, baseline) = (line.x + glyph.x, line.baseline - run.rise);
                            [left, baseline - above, left + glyph.advance, baseline + below]
                        }
                    };
                    (glyph.text, square.map(mm))
                })
            })
            .collect();
        let found =
            glyphs.windows(wanted.len()).find(|window| window.iter().map(|(c, _)| *c).eq(wanted.iter().copied()))?;
        let (first, last) = (found.first()?.1, found.last()?.1);
        Some([first[0], first[1], last[2], last[3]])
    })
}

/// The rules across a page, from its top on.
fn rules(page: &Page) -> Vec<Edges> {
    let edges = page.rules.iter().map(|rule| [rule.x, rule.y, rule.x + rule.width, rule.y + rule.height].map(mm));
    let mut across: Vec<Edges> = edges.filter(|[left, _, right, _]| right - left >= ACROSS).collect();
    across.sort_by(|a, b| a[1].total_cmp(&b[1]));
    across
}

fn measured(layout: &Layout, page: usize, what: &str, of: &str) -> Option<f64> {
    let page = layout.pages.get(page - 1)?;
    let (width, height) = (mm(page.size.0), mm(page.size.1));
    let rule = |n: &str| rules(page).get(n.parse::<usize>().ok()? - 1).copied();
    let (first, second) = of.split_once('|').unwrap_or((of, ""));
    let middle = |edges: Edges| (edges[0] + edges[2]) / 2.0;
    Some(match what {
        "top" => find(page, of)?[1],
        "left" => find(page, of)?[0],
        "right" => width - find(page, of)?[2],
        "middle" => middle(find(page, of)?),
        "below" => find(page, second)?[1] - find(page, first)?[3],
        "centred" => middle(find(page, second)?) - middle(find(page, first)?),
        "rule" => rule(of)?[1],
        "rule-left" => rule(of)?[0],
        "rule-width" => rule(of)?[2] - rule(of)?[0],
        "rule-foot" => height - rule(of)?[3],
        "rule-below" => rule(second)?[1] - find(page, first)?[3],
        "below-rule" => find(page, second)?[1] - rule(first)?[3],
        other => panic!("there is no measure {other}"),
    })
}

#[test]
fn every_length_is_that_of_the_standard() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/office"));
    let fonts = concat!(env!("CARGO_MANIFEST_DIR"), "/fonts");
    let library = Library::load(Path::new(fonts)).expect("the fonts are part of the repository");
    let settings = edition::settings("official");
    let mut layouts: BTreeMap<String, Layout> = BTreeMap::new();
    let table = std::fs::read_to_string(folder.join("lengths.tsv")).expect("the table is part of the repository");
    let mut faults = vec![];
    let mut count = 0;
    for row in table.lines().filter(|row| !row.starts_with('#')) {
        let fields: Vec<&str> = row.split('\t').collect();
        let [name, page, what, of, length, clause] = fields[..] else { panic!("not six fields: {row}") };
        let layout = layouts.entry(name.to_owned()).or_insert_with(|| {
            let bytes = std::fs::read(folder.join(format!("{name}.txt"))).expect("a document of that name");
            let file = format!("{name}.txt");
            let source = shanben::Source::new(&file, &file, bytes);
            let reading = shanben::read(&source, &settings).unwrap_or_else(|error| panic!("{error}"));
            layout::lay_out(&reading.document, &settings.style, &library).0
        });
        let wanted: f64 = length.parse().expect("a number");
        let got = measured(layout, page.parse().expect("a page"), what, of);
        count += 1;
        if got.is_none_or(|got| (got - wanted).abs() > OFF) {
            faults.push(format!("{name} {page}: {what} {of}: {got:.2?}, not {wanted} ({clause})"));
        }
    }
    assert!(faults.is_empty() && count > 80, "{} of {count}:\n{}", faults.len(), faults.join("\n"));
}
