//! Every command line of the READMEs and the manual runs, one after the other, in a folder that has what they name, and prints what is shown below it.
#![cfg(unix)]

use super::{documents, read, root};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{self, Stdio};

/// A command line of a document, and what stands below it as printed by it; `…` is for any lines.
struct Command {
    line: String,
    shown: Vec<String>,
}

/// The lines of the code of a document that begin with the name of the program, each with what it is shown to print.
fn commands(text: &str) -> Vec<Command> {
    let (mut blocks, mut within) = (vec![], false);
    for event in Parser::new(text) {
        match event {
            // What is marked as output or as a file is no command.
            Event::Start(Tag::CodeBlock(kind)) => {
                within = match kind {
                    CodeBlockKind::Indented => true,
                    CodeBlockKind::Fenced(name) => matches!(&*name, "" | "sh" | "console"),
                };
                blocks.push(vec![]);
            }
            Event::End(TagEnd::CodeBlock) => within = false,
            Event::Text(text) if within => {
                blocks.last_mut().unwrap().extend(text.lines().map(str::to_owned));
            }
            _ => {}
        }
    }
    let mut found = vec![];
    for block in blocks {
        let mut prompted = None;
        for line in block {
            let typed = line.strip_prefix("$ ");
            let command = typed.unwrap_or(&line);
            if command.starts_with("shanben ") || command.contains("| shanben ") {
                prompted = typed.map(|_| found.len());
                found.push(Command { line: command.to_owned(), shown: vec![] });
            } else if let Some(at) = prompted {
                found[at].shown.push(line);
            }
        }
    }
    found
}

/// The first line that is shown and was not printed, below the ones before it.
fn missing<'a>(shown: &'a [String], printed: &str) -> Option<&'a str> {
    let mut printed = printed.lines();
    let mut shown = shown.iter().filter(|line| !matches!(line.trim(), "" | "…"));
    shown.find(|line| !printed.any(|other| other.trim_end() == line.trim_end())).map(String::as_str)
}

/// A folder with all that the documents name: texts, archives, fonts.
fn scene(home: &Path) {
    let text = "关于修缮渡口的报告\n\n县人民政府:\n\n    渡口在城东,重修已久。现将情况报告如下:\n\n一、情况\n\n    木桩多已朽坏,行人往来不便。怎么办?\n";
    let novel =
        "山行\n\n第一回 渡口\n\n远上寒山石径斜,白云生处有人家。\n\n第二回 人家\n\n停车坐爱枫林晚,霜叶红于二月花。\n";
    for (path, text) in [
        ("letter.txt", text),
        ("novel.txt", novel),
        ("letters/a.txt", text),
        ("letters/b.txt", novel),
        ("novel/001.txt", novel),
        ("old.txt", text),
        ("rare.txt", text),
        ("archive/1998/letter.txt", text),
        ("archive/1999/letter.txt", novel),
        ("novels/a.txt", novel),
        ("notes/n.md", "# 笔记\n\n甲,乙。\n"),
        ("notices/t.txt", text),
        ("scans/s.txt", text),
        ("texts/x.txt", text),
        ("texts/y.txt", novel),
    ] {
        let path = home.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let (encoded, ..) = encoding_rs::BIG5.encode("山在,水在。\n今天天氣很好,我們去看山。\n");
    fs::write(home.join("big5.txt"), encoded).unwrap();
    let sample = root().join("input");
    fs::create_dir(home.join("input")).unwrap();
    for entry in fs::read_dir(sample).unwrap().map(|entry| entry.unwrap()) {
        fs::copy(entry.path(), home.join("input").join(entry.file_name())).unwrap();
    }
    for font in ["simfang.ttf", "xiaobiaosong.ttf"] {
        fs::copy(root().join("fonts/kai/ShanbenKai-Regular.ttf"), home.join(font)).unwrap();
    }
    let tar = |name: &str, folder: &str, zipped: bool| {
        let file = fs::File::create(home.join(name)).unwrap();
        let fill =
            |to: Box<dyn std::io::Write>| tar::Builder::new(to).append_dir_all(folder, home.join(folder)).unwrap();
        fill(match zipped {
            true => Box::new(flate2::write::GzEncoder::new(file, flate2::Compression::fast())),
            false => Box::new(file),
        });
    };
    tar("texts.tar", "texts", false);
    tar("more.tar.gz", "novels", true);
    let mut zip = zip::ZipWriter::new(fs::File::create(home.join("old.zip")).unwrap());
    zip.start_file("z.txt", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut zip, text.as_bytes()).unwrap();
    zip.finish().unwrap();
}

#[test]
fn every_command_line_of_the_readmes_and_the_manual_runs() {
    let programs = Path::new(env!("CARGO_BIN_EXE_shanben")).parent().unwrap();
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap_or_default());
    let read_by_people = |path: &String| path.starts_with("README") || path.starts_with("docs/");
    let mut failed = vec![];
    let (mut run, mut checked) = (0, 0);
    for document in documents().into_iter().filter(read_by_people) {
        let lines = commands(&read(&document));
        if lines.is_empty() {
            continue;
        }
        let home = tempfile::tempdir().unwrap();
        scene(home.path());
        for Command { line, shown } in lines {
            run += 1;
            checked += usize::from(!shown.is_empty());
            let mut command = process::Command::new("sh");
            // The shell gives its place to the program, so that an end comes to it.
            let whole = if line.contains("--watch") { format!("exec {line}") } else { line.clone() };
            command.args(["-c", &whole]).current_dir(home.path()).env_clear();
            command.env("HOME", home.path()).env("PATH", &path).env("LANG", "C.UTF-8").env("JOB_COMPLETION_INDEX", "0");
            let printed = home.path().join("printed");
            command.stdin(Stdio::null()).stdout(fs::File::create(&printed).unwrap()).stderr(Stdio::piped());
            let mut child = command.spawn().unwrap();
            let mut told = vec![];
            let mut waits = false;
            for said in BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap) {
                // A run that watches a folder has done what there was to do.
                waits = said.starts_with("waiting for changes");
                told.push(said);
                if waits {
                    child.kill().unwrap();
                    break;
                }
            }
            if !child.wait().unwrap().success() && !waits {
                failed.push(format!("{document}: {line}\n{}", told.join("\n")));
            }
            let printed = fs::read_to_string(printed).unwrap();
            if let Some(shown) = missing(&shown, &printed) {
                failed.push(format!("{document}: {line}\nshown, not printed: {shown}\n{printed}"));
            }
        }
    }
    assert!(run > 30, "{run} command lines were found");
    assert!(checked >= 2, "of {checked} it is shown what they print");
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}
