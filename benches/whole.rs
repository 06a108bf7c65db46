//! How fast whole editions are made: `cargo bench --bench whole`. An article and a novel in memory, by format; and a folder of 200 articles as the
//! program makes it, with one worker and with two, the writing to disk included.

mod generate;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use shanben::Source;
use shanben::batch::{Batch, Folder, Manifest, Options};
use shanben::discover::Search;
use shanben::fonts::Library;
use shanben::options::{Chosen, Format, Settings};
use shanben::style::Style;
use shanben::write::Deflate;
use std::hint::black_box;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::embedded().expect("the fonts are built in"));

fn settings(formats: &[Format]) -> Settings {
    Settings { formats: formats.to_vec(), ..Settings::new(Style::builtin("book").expect("a built-in style")) }
}

fn editions(c: &mut Criterion) {
    let novel = generate::novel(generate::NOVEL);
    for (name, text, samples) in [("article", generate::article(1), 50), ("novel", novel, 10)] {
        let source = Source::new("bench.txt", "bench.txt", text.into_bytes());
        let mut group = c.benchmark_group(name);
        group.throughput(Throughput::Bytes(source.bytes.len() as u64)).sample_size(samples);
        let all = [Format::Pdf, Format::Docx, Format::Markdown];
        for (format, settings) in
            all.map(|f| (f.name(), settings(&[f]))).into_iter().chain([("all three", settings(&all))])
        {
            let mut deflate = Deflate::default();
            group.bench_function(format, |b| {
                b.iter(|| shanben::convert(black_box(&source), &settings, &LIBRARY, &mut deflate))
            });
        }
        group.finish();
    }
}

fn batch(c: &mut Criterion) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let input = dir.path().join("in");
    std::fs::create_dir(&input).expect("room");
    for n in 1..=200 {
        std::fs::write(input.join(format!("{n:03}.txt")), generate::article(n)).expect("room");
    }
    let inputs = Search::new(shanben::name_of_bytes).find(&[input]).inputs;
    let folder = Folder::hold(&dir.path().join("out")).expect("a folder of its own");
    let (settings, stop) = (Chosen::new(settings(&[Format::Pdf]), ""), AtomicBool::new(false));
    let mut group = c.benchmark_group("200 articles to PDF");
    group.throughput(Throughput::Elements(200)).sample_size(10);
    for jobs in [1, 2] {
        let options = Options { jobs, force: true, strict: false, max_size: 1 << 20, changes: None };
        let batch = Batch {
            inputs: &inputs,
            settings: &settings,
            options: &options,
            folder: &folder,
            library: &LIBRARY,
            stop: &stop,
        };
        group.bench_function(BenchmarkId::new("workers", jobs), |b| {
            b.iter(|| batch.run(Manifest::default(), &mut |_| {}).expect("a batch that ends"));
        });
    }
}

criterion_group!(benches, editions, batch);
criterion_main!(benches);
