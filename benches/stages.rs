//! How fast each stage is: `cargo bench --bench stages`. What a stage takes is made beforehand by the stages before it.

mod generate;

use criterion::{
    BenchmarkGroup, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime,
};
use shanben::decode::{bytes_in, decode};
use shanben::document::Document;
use shanben::fonts::Library;
use shanben::layout::lay_out;
use shanben::normalize::{Rules, Syntax, normalize};
use shanben::pictures::Pictures;
use shanben::recognize::{Hints, plain};
use shanben::style::Style;
use shanben::write::{Deflate, Provenance, docx, markdown, pdf};
use std::hint::black_box;
use std::path::Path;
use std::sync::LazyLock;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::embedded().expect("the fonts are built in"));
static STYLE: LazyLock<Style> = LazyLock::new(|| Style::builtin("book").expect("a built-in style"));

/// The texts, and how often each is measured.
fn texts() -> [(&'static str, String, usize); 2] {
    [("article", generate::article(1), 50), ("novel", generate::novel(generate::NOVEL), 10)]
}

fn document(text: &str) -> Document {
    plain(text, &shanben::survey::regions(text), &Hints::default()).0
}

/// A group of measurements in bytes of text a second.
fn group<'c>(c: &'c mut Criterion, stage: &str, text: &str, samples: usize) -> BenchmarkGroup<'c, WallTime> {
    let mut group = c.benchmark_group(stage);
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(samples);
    group
}

fn reading(c: &mut Criterion) {
    let path = Path::new("bench.txt");
    for (name, text, samples) in &texts() {
        let gb18030 = bytes_in(text, "gb18030").expect("characters of GB18030");
        let mut detect = group(c, "detect and decode", text, *samples);
        for (encoding, bytes) in [("UTF-8", text.as_bytes()), ("GB18030", &gb18030)] {
            detect
                .bench_function(BenchmarkId::new(encoding, name), |b| b.iter(|| decode(path, black_box(bytes), None)));
        }
        drop(detect);
        let mut forced = group(c, "decode", text, *samples);
        for (encoding, bytes) in [("utf-8", text.as_bytes()), ("gb18030", &gb18030)] {
            let run = || decode(path, black_box(bytes), Some(encoding));
            forced.bench_function(BenchmarkId::new(encoding, name), |b| b.iter(run));
        }
        drop(forced);
        let rules = Rules::default();
        let run = || normalize(black_box(text), Syntax::Plain, &rules, Some(&shanben::Repertoire));
        group(c, "normalize", text, *samples).bench_function(*name, |b| b.iter(run));
        group(c, "recognize", text, *samples).bench_function(*name, |b| b.iter(|| document(black_box(text))));
    }
}

/// Breaking costs by the character, paginating by the line: a text of long paragraphs and one of as many short lines tell them apart.
fn pages(c: &mut Criterion) {
    let mut numbers = generate::Numbers::new(7);
    let long = generate::paragraphs(200_000, &mut numbers);
    let chars: Vec<char> = long.chars().filter(|c| !c.is_whitespace()).collect();
    let short: String = chars.chunks(12).map(|line| format!("{}\n\n", line.iter().collect::<String>())).collect();
    for (stage, text) in [("break", long), ("paginate", short)] {
        let document = document(&text);
        let run = || lay_out(black_box(&document), &STYLE, &*LIBRARY);
        group(c, stage, &text, 10).bench_function("200,000 characters", |b| b.iter(run));
    }
}

fn writing(c: &mut Criterion) {
    // A page of as many different characters as there are: next to nothing but subsetting.
    let han: String = ('\u{4e00}'..='\u{9fa5}').step_by(12).collect();
    let [article, novel] = texts();
    for (name, text, samples) in [("characters", han, 20), article, novel] {
        let document = document(&text);
        let (layout, _) = lay_out(&document, &STYLE, &*LIBRARY);
        let provenance = Provenance {
            name: "bench.txt".to_owned(),
            bytes: text.as_bytes(),
            sha256: shanben::digest::sha256(text.as_bytes()),
            encoding: "utf-8".to_owned(),
            edits: vec![],
            date: None,
        };
        let mut deflate = Deflate::default();
        let options = pdf::Options { attach: true, print_ready: false, booklet: false, pictures: Pictures::default() };
        let mut run = || pdf::write(black_box(&document), &layout, &LIBRARY, &provenance, &options, &mut deflate);
        if name == "characters" {
            group(c, "subset", &text, samples).bench_function("1,742 characters", |b| b.iter(&mut run));
            continue;
        }
        group(c, "pdf", &text, samples).bench_function(name, |b| b.iter(&mut run));
        let mut run =
            || docx::write(black_box(&document), &STYLE, &provenance, &docx::Options::default(), &mut deflate);
        group(c, "docx", &text, samples).bench_function(name, |b| b.iter(&mut run));
        let run = || markdown::write(black_box(&document), &markdown::Options::default());
        group(c, "md", &text, samples).bench_function(name, |b| b.iter(run));
    }
}

criterion_group!(benches, reading, pages, writing);
criterion_main!(benches);
