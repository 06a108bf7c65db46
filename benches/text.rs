//! How fast text is decoded and restored: `cargo bench --bench text`. Times are of the processor, not of the clock on the wall, so
//! that a busy machine does not spoil them.
//!
//! The texts are made by a generator with a fixed seed. `SHANBEN_CORPUS=FOLDER` adds the files of a folder as one more text.

mod generate;

use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use shanben::decode::decode;
use shanben::normalize::{Rules, Syntax, normalize};
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

/// Characters of each text.
const LENGTH: usize = 400_000;

/// The novel with lines of at most 36 characters, ended with CRLF.
fn wrapped(novel: &str) -> String {
    let mut text = String::new();
    for paragraph in novel.lines() {
        let chars: Vec<char> = paragraph.chars().collect();
        for line in chars.chunks(36) {
            text.extend(line);
            text.push_str("\r\n");
        }
    }
    text
}

/// The novel with half-width marks.
fn damaged(novel: &str) -> String {
    let pairs = [('，', ','), ('：', ':'), ('！', '!'), ('？', '?'), ('“', '"'), ('”', '"')];
    novel.chars().map(|c| pairs.iter().find(|(full, _)| *full == c).map_or(c, |(_, half)| *half)).collect()
}

/// Processor time of this process (Linux); elsewhere that of the wall.
struct Processor(WallTime);

impl Processor {
    fn now() -> Option<Duration> {
        let line = std::fs::read_to_string("/proc/self/schedstat").ok()?;
        line.split(' ').next()?.parse().ok().map(Duration::from_nanos)
    }
}

impl Measurement for Processor {
    type Intermediate = (Option<Duration>, Instant);
    type Value = Duration;

    fn start(&self) -> Self::Intermediate {
        (Processor::now(), Instant::now())
    }

    fn end(&self, (processor, wall): Self::Intermediate) -> Duration {
        match (processor, Processor::now()) {
            (Some(before), Some(now)) => now.saturating_sub(before),
            _ => wall.elapsed(),
        }
    }

    fn add(&self, a: &Duration, b: &Duration) -> Duration {
        *a + *b
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        value.as_nanos() as f64
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        self.0.formatter()
    }
}

/// Files of text under one name.
type Texts = (&'static str, Vec<String>);

fn texts() -> Vec<Texts> {
    let novel = generate::paragraphs(LENGTH, &mut generate::Numbers::new(0x5EED));
    let mut texts = vec![
        ("one line", vec![novel.replace('\n', "")]),
        ("wrapped with CRLF", vec![wrapped(&novel)]),
        ("half-width marks", vec![damaged(&novel)]),
    ];
    texts.insert(0, ("novel", vec![novel]));
    if let Some(folder) = std::env::var_os("SHANBEN_CORPUS") {
        let mut paths: Vec<_> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
        paths.sort();
        let read = |path: &Path| decode(path, &std::fs::read(path).ok()?, None).ok().map(|decoded| decoded.text);
        let found: Vec<String> = paths.iter().filter_map(|path| read(path)).collect();
        let clean = found.iter().map(|text| restored(text)).collect();
        texts.push(("corpus, clean", clean));
        texts.push(("corpus, as found", found));
    }
    texts
}

fn restored(text: &str) -> String {
    normalize(text, Syntax::Plain, &Rules::default(), Some(&shanben::Repertoire)).text
}

fn restore(bytes: &[u8]) -> usize {
    decode(Path::new("bench.txt"), bytes, None).map_or(0, |decoded| restored(&decoded.text).len())
}

fn bench(criterion: &mut Criterion<Processor>) {
    let texts = texts();
    let gbk =
        |text: &str| shanben::normalize::Encodings::encode(&shanben::Repertoire, text, "gb18030").unwrap_or_default();
    let mut group = criterion.benchmark_group("decode and normalize");
    group.sample_size(10);
    for (name, texts) in &texts {
        let utf8: Vec<Vec<u8>> = texts.iter().map(|text| text.clone().into_bytes()).collect();
        let gbk: Vec<Vec<u8>> = texts.iter().map(|text| gbk(text)).collect();
        for (encoding, files) in [("UTF-8", utf8), ("GBK", gbk)] {
            group.throughput(Throughput::Bytes(files.iter().map(Vec::len).sum::<usize>() as u64));
            group.bench_with_input(BenchmarkId::new(encoding, name), &files, |bencher, files| {
                bencher.iter(|| black_box(files.iter().map(|file| restore(file)).sum::<usize>()));
            });
        }
    }
    group.finish();
    let mut group = criterion.benchmark_group("decode");
    group.sample_size(10);
    for (name, texts) in texts.iter().take(1) {
        for (encoding, bytes) in [("UTF-8", texts.concat().into_bytes()), ("GBK", gbk(&texts.concat()))] {
            group.throughput(Throughput::Bytes(bytes.len() as u64));
            group.bench_with_input(BenchmarkId::new(encoding, name), &bytes, |bencher, bytes| {
                bencher.iter(|| black_box(decode(Path::new("bench.txt"), bytes, None).is_ok()));
            });
        }
    }
    group.finish();
}

criterion_group!(
    name = benches;
    config = Criterion::default().with_measurement(Processor(WallTime));
    targets = bench
);
criterion_main!(benches);
