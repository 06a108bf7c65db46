//! How long an edition takes, by format: `cargo bench --bench edition`.
//!
//! The article is the sample of `input/`; the novel repeats it under chapter lines until it holds a million characters.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use shanben::Source;
use shanben::fonts::Library;
use shanben::layout;
use shanben::options::{Format, Settings};
use shanben::style::Style;
use std::hint::black_box;
use std::path::Path;

const ARTICLE: &str = include_str!("../input/000_86b22e2ad579ea92.txt");

/// Repetitions of the article that make a million characters.
const CHAPTERS: usize = 220;

fn novel() -> String {
    let body: Vec<&str> = ARTICLE.lines().skip(10).collect();
    let body = body.join("\n");
    let chapters = (1..=CHAPTERS).map(|n| format!("第{n}章 谈话之{n}\n\n{body}\n\n"));
    format!("谈话录\n\n{}", chapters.collect::<String>())
}

fn settings(format: Format) -> Settings {
    Settings { formats: vec![format], ..Settings::new(Style::builtin("book").expect("a built-in style")) }
}

fn editions(c: &mut Criterion) {
    let library = Library::load(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts"))).expect("the fonts");
    for (name, text, samples) in [("article", ARTICLE.to_owned(), 100), ("novel", novel(), 10)] {
        let source = Source::new("bench.txt", "bench.txt", text.into_bytes());
        let mut group = c.benchmark_group(name);
        group.throughput(Throughput::Bytes(source.bytes.len() as u64)).sample_size(samples);
        for format in Format::ALL {
            let settings = settings(format);
            group.bench_function(BenchmarkId::from_parameter(format.name()), |b| {
                b.iter(|| shanben::convert(black_box(&source), &settings, &library));
            });
        }
        let settings = settings(Format::Text);
        let reading = shanben::read(&source, &settings).expect("readable");
        group.throughput(Throughput::Elements(reading.document.counts().1 as u64));
        group.bench_function("layout, in characters", |b| {
            b.iter(|| layout::lay_out(black_box(&reading.document), &settings.style, &library));
        });
        group.finish();
    }
}

criterion_group!(benches, editions);
criterion_main!(benches);
