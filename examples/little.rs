//! Measures how often very little text is read right: words, names, titles and short lines.
//!
//! ```text
//! cargo run --release --example little -- FOLDER [misses]
//! ```
//!
//! The folder holds lists named `KIND.ENCODING.txt`, in UTF-8, one text a line; what stands behind a tab is how common it is. Each
//! text is written in that encoding and read again: alone, with line ends, among lines of UTF-8, above a rule, beside letters and
//! digits. Right is what gives the very text. Of lists that say how common their texts are, the commonest thousand of each
//! length are taken; those that were kept aside when `src/decode/word_pairs.txt` was fitted are counted apart. With a second
//! argument each miss is printed.

use encoding_rs::Encoding;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

mod aside;

/// How many of the commonest texts of one length are taken.
const COMMONEST: usize = 1000;

/// What stands around a text.
struct Around {
    name: &'static str,
    /// In UTF-8, whatever the text is in.
    before: &'static str,
    behind: &'static str,
}

const CHINESE: [Around; 8] = [
    Around { name: "alone", before: "", behind: "" },
    Around { name: "LF", before: "", behind: "\n" },
    Around { name: "CRLF", before: "", behind: "\r\n" },
    Around { name: "rule", before: "", behind: "\n==========\n" },
    Around { name: "odd rule", before: "", behind: "\n\n =-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-\n" },
    Around { name: "beside", before: "2024 ", behind: " v1.0\n" },
    Around { name: "header", before: "", behind: "\n王小明,档案科,010-60000\n李秀英,人事科,010-60001\n" },
    Around {
        name: "among",
        before: "第一组今天完成了登记。\n第二组今天完成了登记。\n",
        behind: "\n第三组今天完成了登记。\n",
    },
];

/// Readings that are as good for a text of ASCII into which one byte strayed.
const OF_ASCII: [&str; 2] = ["utf-8", "windows-1252"];

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let Some(folder) = arguments.next() else {
        eprintln!("usage: little FOLDER [misses]");
        return ExitCode::from(2);
    };
    let show = arguments.next().is_some();
    let lists = match lists(Path::new(&folder)) {
        Ok(lists) => lists,
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            return ExitCode::FAILURE;
        }
    };
    println!("% right; in brackets % doubted of the right / % wrong without a doubt");
    for ((kind, label), texts) in &lists {
        let chinese = matches!(label.as_str(), "gb18030" | "big5");
        let around = if chinese { &CHINESE[..] } else { &CHINESE[..2] };
        print!("{:28} {:5}", format!("{kind} {label}"), texts.len());
        for around in around {
            let mut count = Count::default();
            for (number, text) in texts.iter().enumerate() {
                count.add(&weigh(label, text, around, number), show.then_some((around.name, text)));
            }
            print!("  {} {}", around.name, count.told());
        }
        println!();
    }
    ExitCode::SUCCESS
}

/// Whether a text was read right, whether that was doubted, and as what it was read.
struct Read {
    right: bool,
    doubted: bool,
    encoding: &'static str,
    text: String,
}

/// Reads `text` as written in the encoding `label`.
fn weigh(label: &str, text: &str, around: &Around, number: usize) -> Read {
    let mut bytes = match Encoding::for_label(label.as_bytes()) {
        Some(encoding) if label != "us-ascii" => encoding.encode(text).0.into_owned(),
        _ => text.as_bytes().to_vec(),
    };
    if label == "us-ascii" {
        // One byte strayed in, always the same.
        let at = number * 7 % bytes.len();
        bytes.insert(at, 0x80 + (number * 37 % 128) as u8);
    }
    let bytes = [around.before.as_bytes(), &bytes, around.behind.as_bytes()].concat();
    match shanben::decode::decode(Path::new("a.txt"), &bytes, None) {
        Ok(decoded) => Read {
            right: match label {
                "us-ascii" => OF_ASCII.contains(&decoded.encoding),
                _ => decoded.text == [around.before, text, around.behind].concat(),
            },
            doubted: decoded.notes.iter().any(|note| note.kind == "encoding-doubtful"),
            encoding: decoded.encoding,
            text: decoded.text,
        },
        Err(error) => Read { right: false, doubted: true, encoding: error.kind.name(), text: String::new() },
    }
}

#[derive(Default)]
struct Count {
    all: usize,
    right: usize,
    doubted: usize,
    unseen: usize,
}

impl Count {
    fn add(&mut self, read: &Read, show: Option<(&str, &String)>) {
        self.all += 1;
        self.right += usize::from(read.right);
        self.doubted += usize::from(read.right && read.doubted);
        self.unseen += usize::from(!read.right && !read.doubted);
        if let Some((around, text)) = show.filter(|_| !read.right) {
            println!("miss: {around} {text:?} read as {}: {:?} doubted {}", read.encoding, read.text, read.doubted);
        }
    }

    fn told(&self) -> String {
        let share = |part: usize, of: usize| part as f64 * 100.0 / of.max(1) as f64;
        format!(
            "{:.1} ({:.0}/{:.1})",
            share(self.right, self.all),
            share(self.doubted, self.right),
            share(self.unseen, self.all)
        )
    }
}

/// The texts of a folder by their kind and encoding.
fn lists(folder: &Path) -> std::io::Result<BTreeMap<(String, String), Vec<String>>> {
    let mut lists: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some((kind, label)) = name.trim_end_matches(".txt").rsplit_once('.') else { continue };
        let mut texts: Vec<(u64, String)> = vec![];
        for line in std::fs::read_to_string(&path)?.lines() {
            let (text, common) = line.split_once('\t').unwrap_or((line, "0"));
            texts.push((common.parse().unwrap_or(0), text.to_owned()));
        }
        texts.sort_by_key(|(common, _)| std::cmp::Reverse(*common));
        let ranked = texts.first().is_some_and(|(common, _)| *common > 0);
        let mut of_length: BTreeMap<usize, usize> = BTreeMap::new();
        for (_, text) in texts {
            let length = text.chars().count();
            let fits = Encoding::for_label(label.as_bytes()).is_none_or(|encoding| !encoding.encode(&text).2);
            if !fits || (ranked && !(2..=4).contains(&length)) {
                continue;
            }
            let taken = of_length.entry(length).or_default();
            *taken += 1;
            if ranked && *taken > COMMONEST {
                continue;
            }
            let kinds = if ranked {
                let aside = if aside::is_aside(&text) { "aside" } else { "fitted" };
                vec![format!("{kind} of {length}"), format!("{kind} of {length}, {aside}")]
            } else {
                vec![kind.to_owned()]
            };
            for kind in kinds {
                lists.entry((kind, label.to_owned())).or_default().push(text.clone());
            }
        }
    }
    Ok(lists)
}
