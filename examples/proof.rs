//! Sets files in a style and looks for lines and pages that break a rule of Chinese typesetting, by its own lists of marks and not by
//! those of the layout: `cargo run --release --example proof -- book FILE…`. Prints the faults per rule, and the speed.

use shanben::document::Document;
use shanben::layout::{ElementId, Layout, Line, Means, Owner, Tag, lay_out};
use shanben::normalize::{Rules, Syntax};
use shanben::recognize::{self, Hints};
use shanben::style::{Alignment, Style};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

const NEVER_FIRST: &str = "）》〉」』】〕］｝”’，、；：。！？·～／%‰℃々";
const NEVER_LAST: &str = "（《〈「『【〔［｛“‘￥";

fn main() {
    let mut args = std::env::args().skip(1);
    let style = args.next().unwrap_or_else(|| "book".into());
    let Some(style) = Style::builtin(&style) else {
        eprintln!("there is no style {style}");
        std::process::exit(2);
    };
    let Some(library) = shanben::fonts::Library::embedded() else {
        eprintln!("the program was built without its fonts");
        std::process::exit(2);
    };
    let mut faults: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let (mut chars, mut lines, mut time) = (0, 0, Duration::ZERO);
    for path in args {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let Ok(decoded) = shanben::decode::decode(Path::new(&path), &bytes, None) else { continue };
        let syntax = if path.ends_with(".md") { Syntax::Markdown } else { Syntax::Plain };
        let text = shanben::normalize::normalize(&decoded.text, syntax, &Rules::default(), None).text;
        let (document, _) = match syntax {
            Syntax::Markdown => recognize::markdown(&text, &Hints::default()),
            Syntax::Plain => recognize::plain(&text, &Hints::default()),
        };
        let start = Instant::now();
        let (layout, _) = lay_out(&document, &style, &library);
        time += start.elapsed();
        chars += document.counts().1;
        lines += layout.pages.iter().map(|p| p.lines.len()).sum::<usize>();
        let mut fault = |rule, what: String| faults.entry(rule).or_default().push(format!("{path}: {what}"));
        check(&document, &layout, &style, &mut fault);
    }
    for (rule, places) in &faults {
        println!("{rule}: {}", places.len());
        places.iter().take(5).for_each(|place| println!("    {place}"));
    }
    let seconds = time.as_secs_f64().max(1e-9);
    println!("{chars} characters, {lines} lines, {:.2} million characters a second", chars as f64 / seconds / 1e6);
}

fn text_of(line: &Line) -> String {
    let runs = line.runs.iter().filter(|run| run.means != Means::Nothing);
    runs.flat_map(|run| run.glyphs.iter().map(|g| g.text)).collect()
}

fn check(doc: &Document, layout: &Layout, style: &Style, fault: &mut impl FnMut(&'static str, String)) {
    if layout.text() != doc.text().replace('\n', "") {
        fault("F1 text", "differs".into());
    }
    let tag = |e: ElementId| layout.structure[e.0 as usize].tag;
    let mut paragraphs: BTreeMap<u32, Vec<(usize, &Line)>> = BTreeMap::new();
    let mut edges = vec![];
    for (p, page) in layout.pages.iter().enumerate() {
        let mut on_page = vec![];
        for line in &page.lines {
            if let Owner::Element(e) = line.owner
                && !layout.in_contents(e)
            {
                paragraphs.entry(e.0).or_default().push((p, line));
                on_page.push(e);
            }
        }
        edges.push(on_page);
    }
    for (&e, lines) in &paragraphs {
        let tag = tag(ElementId(e));
        if !matches!(tag, Tag::Paragraph | Tag::Heading(_)) {
            continue;
        }
        let last = lines.len() - 1;
        for (i, (_, line)) in lines.iter().enumerate() {
            let text = text_of(line);
            let shown = text.trim_end();
            if i > 0 && shown.starts_with(|c| NEVER_FIRST.contains(c)) {
                fault("B1 start", shown.into());
            }
            if i < last && shown.ends_with(|c| NEVER_LAST.contains(c)) {
                fault("B2 end", shown.into());
            }
            if i > 0 && shown.starts_with('—') && text_of(lines[i - 1].1).ends_with('—') {
                fault("B4 dash", shown.into());
            }
            let full = style.page.inside + style.measure();
            if line.x < style.page.inside || line.x + line.width > full && style.page.columns == 1 {
                fault("B6 area", shown.into());
            }
            let body =
                style.body.align == Alignment::Justify && lines.get(1).is_some_and(|(_, l)| l.x == style.page.inside);
            if i < last && body && tag == Tag::Paragraph && line.x + line.width != full {
                fault("D width", format!("{} {shown}", (line.x + line.width - full).0));
            }
            let han = |c: char| ('一'..='鿿').contains(&c);
            let widest = line.runs.iter().flat_map(|r| r.glyphs.windows(2).map(move |g| (r.size, g)));
            let widest = widest.filter(|(_, g)| han(g[0].text) && han(g[1].text));
            let widest = widest.map(|(size, g)| (g[1].x - g[0].x - g[0].advance).0 * 100 / size.0).max().unwrap_or(0);
            if widest > 12 {
                fault("D3 loose", format!("{widest}/100 em: {shown}"));
            }
        }
        if last > 0 {
            let end = text_of(lines[last].1);
            let content = end.chars().filter(|c| c.is_alphanumeric()).count();
            if content < 2 {
                fault("D5 lone", end.clone());
            }
            if matches!(tag, Tag::Heading(_)) && end.chars().count() <= 2 {
                fault("E2 heading", end);
            }
        }
    }
    for pair in edges.windows(2) {
        let (Some(&last), Some(&first)) = (pair[0].last(), pair[1].first()) else { continue };
        let count = |e: ElementId| paragraphs.get(&e.0).map_or(0, Vec::len);
        if matches!(tag(last), Tag::Heading(_)) {
            fault("E2 last on page", "a heading".into());
        }
        if first == last && tag(first) == Tag::Paragraph {
            if pair[1].iter().filter(|&&e| e == first).count() == 1 {
                fault("E3 widow", text_of(paragraphs[&first.0][count(first) - 1].1));
            }
            if count(first) >= 3 && pair[0].iter().filter(|&&e| e == first).count() == 1 {
                fault("E3 orphan", text_of(paragraphs[&first.0][0].1));
            }
        }
    }
}
